//! Problems as values: a severity, a stable code, a place, a message and a remedy.
//!
//! Owns what a problem *is* and how byte offsets become lines and columns. Printing belongs to `cli` and `ui`; finding
//! problems to `model` (meaning) and `store` (text).

use arcstr::ArcStr as Text;
use serde::Serialize;

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file cannot be taken as it stands; it is never written to until mended.
    Error,
    /// The file can be used; something in it is probably not meant.
    Warning,
    /// Worth knowing.
    Info,
}

/// A half-open range of bytes in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The text this span covers, or nothing where it does not fit `text`.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// The record a problem is about, by its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The timeline as a whole.
    Timeline,
    /// An event.
    Event(Text),
    /// A source.
    Source(Text),
    /// A lane.
    Lane(Text),
    /// An era.
    Era(Text),
    /// A view.
    View(Text),
}

impl Subject {
    /// The id of the record; none for the timeline as a whole.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Timeline => None,
            Self::Event(id) | Self::Source(id) | Self::Lane(id) | Self::Era(id) | Self::View(id) => Some(id),
        }
    }
}

/// One problem found in a timeline or its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Stable, kebab-case name of the kind of problem: `unknown-lane`.
    pub code: &'static str,
    /// Which record it is about.
    pub subject: Subject,
    /// Where in the text, once known. Checks on the model leave it out; `store` fills it from the record and `field`.
    pub span: Option<Span>,
    /// The path of fields inside the record, for example `["citations", "1", "source"]`.
    pub field: Vec<String>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// How many problems of its kind it stands for: one, but for those that are counted and not listed.
    pub count: usize,
}

impl Diagnostic {
    /// A problem about `subject` without a place yet.
    pub fn new(severity: Severity, code: &'static str, subject: Subject, message: impl Into<String>) -> Self {
        Self { severity, code, subject, span: None, field: Vec::new(), message: message.into(), hint: None, count: 1 }
    }

    /// The rest of the problems of a kind, which are counted and not listed.
    pub fn unlisted(severity: Severity, code: &'static str, count: usize) -> Self {
        let nouns = if count == 1 { "problem of the kind `{}` is" } else { "problems of the kind `{}` are" };
        let message = format!("{} more {} not listed", grouped(count as u64), nouns.replace("{}", code));
        let hint = "mend some of those listed, or set how much this kind matters in this file";
        Self { count, ..Self::new(severity, code, Subject::Timeline, message).with_hint(hint) }
    }

    /// The same problem, placed at `span`.
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// The same problem, about the field at this path inside its record.
    pub fn in_field<I: IntoIterator<Item = S>, S: Into<String>>(mut self, path: I) -> Self {
        self.field = path.into_iter().map(Into::into).collect();
        self
    }

    /// The same problem with a remedy.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// A place in a text as people count: both from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: usize,
}

/// Turns byte offsets into lines and columns.
#[derive(Debug, Clone)]
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    /// Indexes the line starts of `text`; a line ends after `\n` (so `\r\n` works too).
    pub fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|&(_, b)| b == b'\n').map(|(at, _)| at + 1))
            .collect();
        Self { text, starts }
    }

    /// The line and column of byte `offset`; past the end gives the end. A byte-order mark takes no column.
    pub fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let before = self.text.as_bytes().get(start..offset).unwrap_or_default();
        let characters = String::from_utf8_lossy(before).chars().filter(|&c| c != '\u{feff}').count();
        Place { line, column: characters + 1 }
    }
}

/// A number with its thousands apart: 2,051.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of things with their noun: "1 row", "12 rows".
pub fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// A number of things in the words for one and for several: "1 event cites", "12 events cite".
pub fn counted_as(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The candidate closest to `word` where it is close enough to be a slip of the finger.
pub fn closest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let lower = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&lower, &candidate.to_lowercase()), candidate))
        .filter(|&(likeness, _)| likeness >= 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_and_skip_a_byte_order_mark() {
        let index = LineIndex::new("\u{feff}ab\r\nтри x");
        assert_eq!(index.place(3), Place { line: 1, column: 1 });
        assert_eq!(index.place(5), Place { line: 1, column: 3 });
        assert_eq!(index.place(7), Place { line: 2, column: 1 });
        assert_eq!(index.place(14), Place { line: 2, column: 5 });
        assert_eq!(index.place(999), Place { line: 2, column: 6 });
    }

    #[test]
    fn thousands_stand_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (2_051, "2,051"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn a_slip_finds_the_word_that_was_meant() {
        assert_eq!(closest("tilte", ["date", "title", "lane"]), Some("title"));
        assert_eq!(closest("zzz", ["date", "title"]), None);
    }
}
