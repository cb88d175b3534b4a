//! What stands in a brief, in reading order and without a format: lines made of spans, as a scene is made of items.
//!
//! Every painter matches every [`Span`] without a wildcard arm, so that nothing can be forgotten in one format.

use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

use crate::model::Standing;

/// A stretch of a line. What the timeline says is borrowed from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span<'t> {
    /// The brief's own words.
    Words(Cow<'t, str>),
    /// What the analyst or a source wrote, in whatever script; `language` is a BCP 47 tag where one is known.
    Written {
        /// The text, which may hold line ends.
        text: Cow<'t, str>,
        /// Its language.
        language: Option<&'t str>,
    },
    /// A web address, exactly as the timeline has it. Whether it may become a link is for the painter to judge.
    Address(&'t str),
    /// A fixed-width text: a file name, a hash.
    Code(&'t str),
    /// Points to an endnote, by number.
    Note(usize),
    /// Points to an event of the chronology by its number in it, with its title.
    Event {
        /// From 1, in order of the chronology.
        number: usize,
        /// The title.
        title: &'t str,
    },
    /// Points to an entry of the list of sources, by number.
    Source(usize),
}

/// A line of text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line<'t>(pub Vec<Span<'t>>);

impl<'t> Line<'t> {
    /// A line of the brief's own words.
    pub fn words(words: impl Into<Cow<'t, str>>) -> Self {
        Self::default().and(words)
    }

    /// A line that somebody wrote.
    pub fn written(text: &'t str) -> Self {
        Self::default().and_written(text, None)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same with nothing in it but single spaces between words, for places that have room for one line.
    pub fn flat(mut self) -> Self {
        for span in &mut self.0 {
            if let Span::Written { text, .. } = span
                && !is_flat(text)
            {
                *text = text.split_whitespace().collect::<Vec<_>>().join(" ").into();
            }
        }
        self
    }

    /// What it says, without its links.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for span in &self.0 {
            match span {
                Span::Words(part) | Span::Written { text: part, .. } => text.push_str(part),
                Span::Address(part) | Span::Code(part) => text.push_str(part),
                Span::Event { title, .. } => text.push_str(title),
                Span::Note(number) => text.push_str(&format!("[{number}]")),
                Span::Source(number) => text.push_str(&format!("source {number}")),
            }
        }
        text
    }

    /// The last sign of [`Line::text`] that is none of `passed`.
    pub(super) fn last_sign(&self, passed: &[char]) -> Option<char> {
        self.0.iter().rev().find_map(|span| {
            let text: &str = match span {
                Span::Words(text) | Span::Written { text, .. } => text,
                Span::Address(text) | Span::Code(text) | Span::Event { title: text, .. } => text,
                Span::Note(_) => "]",
                Span::Source(_) => "0",
            };
            text.trim_end_matches(passed).chars().next_back()
        })
    }

    pub(super) fn and(mut self, words: impl Into<Cow<'t, str>>) -> Self {
        self.push(Span::Words(words.into()));
        self
    }

    pub(super) fn and_written(mut self, text: &'t str, language: Option<&'t str>) -> Self {
        self.push(Span::Written { text: text.trim().into(), language });
        self
    }

    pub(super) fn and_quoted(self, text: &'t str, language: Option<&'t str>) -> Self {
        self.and("“").and_written(text, language).and("”")
    }

    pub(super) fn and_note(self, number: usize) -> Self {
        self.and(" ").with(Span::Note(number))
    }

    pub(super) fn with(mut self, span: Span<'t>) -> Self {
        self.push(span);
        self
    }

    pub(super) fn push(&mut self, span: Span<'t>) {
        match (self.0.last_mut(), span) {
            (_, Span::Words(words)) if words.is_empty() => {}
            (Some(Span::Words(before)), Span::Words(words)) => before.to_mut().push_str(&words),
            (_, span) => self.0.push(span),
        }
    }

    pub(super) fn extend(&mut self, other: Self) {
        if self.0.is_empty() {
            *self = other;
            return;
        }
        for span in other.0 {
            self.push(span);
        }
    }

    /// The lines one after the other with `between` in between.
    pub(super) fn joined(lines: impl IntoIterator<Item = Self>, between: &'static str) -> Self {
        let mut all = Self::default();
        for line in lines {
            if !all.is_empty() {
                all.push(Span::Words(between.into()));
            }
            all.extend(line);
        }
        all
    }
}

/// Whether a text has no white space but single spaces between words.
fn is_flat(text: &str) -> bool {
    let mut is_space = true;
    let single = text.chars().all(|character| {
        let was_space = std::mem::replace(&mut is_space, character == ' ');
        !character.is_whitespace() || (is_space && !was_space)
    });
    single && (!is_space || text.is_empty())
}

/// A name and what is to be said under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<'t> {
    /// What is said: "Grade".
    pub label: &'static str,
    /// At least one line.
    pub lines: Vec<Line<'t>>,
}

impl<'t> Fact<'t> {
    pub(super) fn new(label: &'static str, line: Line<'t>) -> Self {
        Self { label, lines: vec![line] }
    }

    /// None where there is nothing to be said.
    pub(super) fn of(label: &'static str, lines: Vec<Line<'t>>) -> Option<Self> {
        (!lines.is_empty()).then_some(Self { label, lines })
    }
}

/// A part of the chronology under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// "2024"; none where the chronology is too short for headings.
    pub heading: Option<String>,
    /// Whether it is a month of the year whose chapter comes before it.
    pub is_section: bool,
    /// Which entries stand directly under the heading, for [`super::Brief::entry`].
    pub entries: Range<usize>,
}

/// An event of the chronology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'t> {
    /// From 1, in order of the chronology.
    pub number: usize,
    /// When, exactly as vague as it is.
    pub date: Line<'t>,
    /// What.
    pub title: &'t str,
    /// The endnotes that say who says so; each stands here and nowhere before.
    pub notes: Range<usize>,
    /// How its statement stands.
    pub standing: Standing,
    /// Lane, place, actors; empty where none is given.
    pub about: Line<'t>,
    /// The analyst's note.
    pub note: Option<Line<'t>>,
    /// Judgment, other dates, relations.
    pub facts: Vec<Fact<'t>>,
}

impl Entry<'_> {
    /// Whether its standing warns the reader: neither established nor simply reported.
    pub const fn warns(&self) -> bool {
        !matches!(self.standing, Standing::Confirmed | Standing::Reported)
    }
}

/// An event about which there is no agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contest<'t> {
    /// The event and its date.
    pub event: Line<'t>,
    /// What is contested and by whom.
    pub facts: Vec<Fact<'t>>,
}

/// An endnote: one citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note<'t> {
    /// From 1, in order of first use.
    pub number: usize,
    /// The reference to the source: whole at its first mention, short afterwards and then shared by the notes.
    pub reference: Rc<Line<'t>>,
    /// Stance, grade, quotation and the rest.
    pub facts: Vec<Fact<'t>>,
}

/// A source in the list of sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<'t> {
    /// From 1, in the order of the list.
    pub number: usize,
    /// The reference.
    pub reference: Line<'t>,
    /// Its kind: "Web".
    pub kind: &'static str,
    /// Its grade: "B: Usually reliable", "not graded".
    pub grade: String,
    /// The events that cite it, or what else it is here for.
    pub cited: Line<'t>,
    /// What it derives from.
    pub origin: Option<Line<'t>>,
}

/// What a term or a sign means, for those that occur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// What is explained: "Reliability of sources".
    pub heading: &'static str,
    /// Term and meaning, in the order of the standard.
    pub terms: Vec<(String, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_line_has_single_spaces_between_words() {
        let cases = [
            ("one line", "one line"),
            ("", ""),
            ("two  spaces", "two spaces"),
            ("a\nb\r\n\tc", "a b c"),
            ("a\u{a0}b\u{2003}c", "a b c"),
            ("née", "née"),
        ];
        for (text, expected) in cases {
            assert_eq!(is_flat(text), text == expected, "{text:?}");
            assert_eq!(Line::written(text).flat().text(), expected);
        }
        assert!(!is_flat(" a") && !is_flat("a ") && !is_flat(" "));
    }

    #[test]
    fn the_last_sign_is_that_of_the_text_without_those_passed_over() {
        let line = |text| Line::words("A.").and_quoted(text, None);
        let lines = [
            line("B"),
            line("B."),
            line("”"),
            line(")").and(")"),
            line("B").with(Span::Note(7)),
            line("B").with(Span::Source(7)),
            line("B").with(Span::Event { number: 7, title: "C." }),
            Line::default(),
        ];
        for line in lines {
            let text = line.text();
            let stop = |sign: char| sign == '.';
            let expected = text.trim_end_matches(['”', ')']).ends_with(stop);
            assert_eq!(line.last_sign(&['”', ')']).is_some_and(stop), expected, "{text}");
        }
    }
}
