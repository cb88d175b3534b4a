//! What stands in a brief, in reading order and without a format: lines made of spans, as a scene is made of items.
//!
//! Every painter matches every [`Span`] without a wildcard arm, so that nothing can be forgotten in one format.

use std::ops::Range;

use crate::model::Standing;

/// A stretch of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// The brief's own words.
    Words(String),
    /// What the analyst or a source wrote, in whatever script; `language` is a BCP 47 tag where one is known.
    Written {
        /// The text, which may hold line ends.
        text: String,
        /// Its language.
        language: Option<String>,
    },
    /// A web address, exactly as the timeline has it. Whether it may become a link is for the painter to judge.
    Address(String),
    /// A fixed-width text: a file name, a hash.
    Code(String),
    /// Points to an endnote, by number.
    Note(usize),
    /// Points to an event of the chronology by its number in it, with its title.
    Event {
        /// From 1, in order of the chronology.
        number: usize,
        /// The title.
        title: String,
    },
    /// Points to an entry of the list of sources, by number.
    Source(usize),
}

/// A line of text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line(pub Vec<Span>);

impl Line {
    /// A line of the brief's own words.
    pub fn words(words: impl Into<String>) -> Self {
        Self::default().and(words)
    }

    /// A line that somebody wrote.
    pub fn written(text: &str) -> Self {
        Self::default().and_written(text, None)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same with nothing in it but single spaces between words, for places that have room for one line.
    pub fn flat(&self) -> Self {
        let flat = |span: &Span| match span {
            Span::Written { text, language } => {
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                Span::Written { text, language: language.clone() }
            }
            other => other.clone(),
        };
        Self(self.0.iter().map(flat).collect())
    }

    /// What it says, without its links.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for span in &self.0 {
            match span {
                Span::Words(part) | Span::Written { text: part, .. } | Span::Address(part) | Span::Code(part) => {
                    text.push_str(part);
                }
                Span::Event { title, .. } => text.push_str(title),
                Span::Note(number) => text.push_str(&format!("[{number}]")),
                Span::Source(number) => text.push_str(&format!("source {number}")),
            }
        }
        text
    }

    pub(super) fn and(mut self, words: impl Into<String>) -> Self {
        self.push(Span::Words(words.into()));
        self
    }

    pub(super) fn and_written(mut self, text: &str, language: Option<&str>) -> Self {
        self.push(Span::Written { text: text.trim().to_owned(), language: language.map(str::to_owned) });
        self
    }

    pub(super) fn and_quoted(self, text: &str, language: Option<&str>) -> Self {
        self.and("“").and_written(text, language).and("”")
    }

    pub(super) fn and_note(self, number: usize) -> Self {
        self.and(" ").with(Span::Note(number))
    }

    pub(super) fn with(mut self, span: Span) -> Self {
        self.push(span);
        self
    }

    pub(super) fn push(&mut self, span: Span) {
        match (self.0.last_mut(), span) {
            (_, Span::Words(words)) if words.is_empty() => {}
            (Some(Span::Words(before)), Span::Words(words)) => before.push_str(&words),
            (_, span) => self.0.push(span),
        }
    }

    pub(super) fn extend(&mut self, other: Self) {
        for span in other.0 {
            self.push(span);
        }
    }

    /// The lines one after the other with `between` in between.
    pub(super) fn joined(lines: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let mut all = Self::default();
        for line in lines {
            if !all.is_empty() {
                all.push(Span::Words(between.to_owned()));
            }
            all.extend(line);
        }
        all
    }
}

/// A name and what is to be said under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What is said: "Grade".
    pub label: &'static str,
    /// At least one line.
    pub lines: Vec<Line>,
}

impl Fact {
    pub(super) fn new(label: &'static str, line: Line) -> Self {
        Self { label, lines: vec![line] }
    }

    /// None where there is nothing to be said.
    pub(super) fn of(label: &'static str, lines: Vec<Line>) -> Option<Self> {
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
pub struct Entry {
    /// From 1, in order of the chronology.
    pub number: usize,
    /// When, exactly as vague as it is.
    pub date: Line,
    /// What.
    pub title: String,
    /// The endnotes that say who says so; each stands here and nowhere before.
    pub notes: Range<usize>,
    /// How its statement stands.
    pub standing: Standing,
    /// Lane, place, actors; empty where none is given.
    pub about: Line,
    /// The analyst's note.
    pub note: Option<Line>,
    /// Judgment, other dates, relations.
    pub facts: Vec<Fact>,
}

impl Entry {
    /// Whether its standing warns the reader: neither established nor simply reported.
    pub const fn warns(&self) -> bool {
        !matches!(self.standing, Standing::Confirmed | Standing::Reported)
    }
}

/// An event about which there is no agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contest {
    /// The event and its date.
    pub event: Line,
    /// What is contested and by whom.
    pub facts: Vec<Fact>,
}

/// An endnote: one citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// From 1, in order of first use.
    pub number: usize,
    /// The reference to the source: whole at its first mention, short afterwards.
    pub reference: Line,
    /// Stance, grade, quotation and the rest.
    pub facts: Vec<Fact>,
}

/// A source in the list of sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// From 1, in the order of the list.
    pub number: usize,
    /// The reference.
    pub reference: Line,
    /// Its kind: "Web".
    pub kind: &'static str,
    /// Its grade: "B: Usually reliable", "not graded".
    pub grade: String,
    /// The events that cite it, or what else it is here for.
    pub cited: Line,
    /// What it derives from.
    pub origin: Option<Line>,
}

/// What a term or a sign means, for those that occur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// What is explained: "Reliability of sources".
    pub heading: &'static str,
    /// Term and meaning, in the order of the standard.
    pub terms: Vec<(String, String)>,
}
