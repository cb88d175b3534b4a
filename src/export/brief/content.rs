//! What a brief is said with, without a format: spans, of which lines are made, and the calls by which whatever says something
//! hands them to a painter.
//!
//! A brief of a million events is five million lines. None of them is kept as a value: the one pass over the content
//! (`entry`, `contested`, `note`, `bibliography`, `front`) calls the [`Painter`], which writes at once. Every painter matches
//! every [`Span`] without a wildcard arm and has to take up facts and lists, so that nothing can be forgotten in one format.

use std::ops::Range;

use crate::model::{Credibility, Reliability, Stance};

/// A stretch of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span<'a> {
    /// The brief's own words. Spaces at their ends join them to what stands beside them.
    Words(&'a str),
    /// What the analyst or a source wrote, in whatever script; `language` is a BCP 47 tag where one is known.
    Written {
        /// The text, which may hold line ends.
        text: &'a str,
        /// Its language.
        language: Option<&'a str>,
    },
    /// A web address, exactly as the timeline has it. Whether it may become a link is for the painter to judge.
    Address(&'a str),
    /// A fixed-width text: a file name, a hash.
    Code(&'a str),
    /// Points to an endnote, by number.
    Note(usize),
    /// Points to an event of the chronology by its number in it, with its title.
    Event {
        /// From 1, in order of the chronology.
        number: usize,
        /// The title.
        title: &'a str,
    },
    /// Points to an entry of the list of sources, by number.
    Source(usize),
}

/// A format that writes what it is called with, in the order of the calls.
///
/// Calls are resolved when the program is compiled: of a span that is known there, nothing is left but the writing.
pub trait Painter {
    /// Writes the next stretch of the line.
    fn span(&mut self, span: Span<'_>);

    /// Writes a fact: a label ("Grade") and the line that `line` writes.
    fn fact(&mut self, label: &'static str, line: impl FnOnce(&mut Self));

    /// Writes a fact that has a line for each of `items`; nothing where there is none.
    fn list<T>(&mut self, label: &'static str, items: &[T], line: impl FnMut(&mut Self, &T));

    /// Writes what `write` does: the same at every call with the same [`Repeat`], so that a painter may keep what it wrote.
    fn repeated(&mut self, what: Repeat, write: impl FnOnce(&mut Self));

    /// Writes the brief's own words.
    fn words(&mut self, words: &str) {
        self.span(Span::Words(words));
    }

    /// Writes what somebody wrote, without the blanks around it.
    fn written(&mut self, text: &str, language: Option<&str>) {
        self.span(Span::Written { text: text.trim(), language });
    }

    /// The same in quotation marks.
    fn quoted(&mut self, text: &str, language: Option<&str>) {
        self.words("“");
        self.written(text, language);
        self.words("”");
    }

    /// Points to an endnote from behind what it is about.
    fn note(&mut self, number: usize) {
        self.words(" ");
        self.span(Span::Note(number));
    }

    /// Writes a line for each of `items` into one, with `between` in between.
    fn joined<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        between: &'static str,
        mut line: impl FnMut(&mut Self, T),
    ) {
        for (at, item) in items.into_iter().enumerate() {
            if at > 0 {
                self.words(between);
            }
            line(self, item);
        }
    }
}

/// What is said over and over in the notes of one brief, by all that its words depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Repeat {
    /// Originator and title of a source that was cited before, by its position in the list of sources.
    Again(usize),
    /// Where the whole reference of such a source stands.
    Full(usize),
    /// Stance and grade of a citation.
    Verdict {
        /// The stance.
        stance: Stance,
        /// The reliability that the citation gives.
        own: Option<Reliability>,
        /// The reliability that its source has.
        of_source: Option<Reliability>,
        /// The credibility that the citation gives.
        credibility: Option<Credibility>,
    },
}

/// A painter of what is said and nothing else, without links and without a format: a paragraph for each fact, as
/// "Label: line; line".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlainText {
    /// What was said until now.
    pub paragraphs: Vec<String>,
}

impl PlainText {
    /// What a line says.
    pub fn line(write: impl FnOnce(&mut Self)) -> String {
        let mut plain = Self { paragraphs: vec![String::new()] };
        write(&mut plain);
        plain.paragraphs.concat()
    }

    /// What facts say, each as a paragraph.
    pub fn facts(write: impl FnOnce(&mut Self)) -> Vec<String> {
        let mut plain = Self::default();
        write(&mut plain);
        plain.paragraphs
    }

    fn push(&mut self, text: &str) {
        match self.paragraphs.last_mut() {
            Some(paragraph) => paragraph.push_str(text),
            None => self.paragraphs.push(text.to_owned()),
        }
    }
}

impl Painter for PlainText {
    fn span(&mut self, span: Span<'_>) {
        match span {
            Span::Words(text) | Span::Written { text, .. } => self.push(text),
            Span::Address(text) | Span::Code(text) | Span::Event { title: text, .. } => self.push(text),
            Span::Note(number) => self.push(&format!("[{number}]")),
            Span::Source(number) => self.push(&format!("source {number}")),
        }
    }

    fn fact(&mut self, label: &'static str, line: impl FnOnce(&mut Self)) {
        self.paragraphs.push(format!("{label}: "));
        line(self);
    }

    fn list<T>(&mut self, label: &'static str, items: &[T], line: impl FnMut(&mut Self, &T)) {
        if !items.is_empty() {
            self.fact(label, |out| out.joined(items, "; ", line));
        }
    }

    fn repeated(&mut self, _: Repeat, write: impl FnOnce(&mut Self)) {
        write(self);
    }
}

/// The title of an event or a timeline, or what stands for one that is empty.
pub(super) fn untitled_if_empty(title: &str) -> &str {
    if title.is_empty() { "(untitled)" } else { title }
}

/// A part of the chronology under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// "2024"; none where the chronology is too short for headings.
    pub heading: Option<String>,
    /// Whether it is a month of the year whose chapter comes before it.
    pub is_section: bool,
    /// Which entries stand directly under the heading, for [`super::Brief::entries`].
    pub entries: Range<usize>,
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
    fn plain_text_is_what_the_spans_say() {
        let line = PlainText::line(|out| {
            out.quoted(" A ", Some("de"));
            out.note(7);
            out.joined([1, 2], ", ", |out, number| out.span(Span::Source(number)));
            out.span(Span::Event { number: 3, title: "C" });
        });
        assert_eq!(line, "“A” [7]source 1, source 2C");
        let facts = PlainText::facts(|out| {
            out.fact("One", |out| out.words("1"));
            out.list("None", &[""; 0], |out, text| out.words(text));
            out.list("Two", &["a", "b"], |out, text| out.words(text));
        });
        assert_eq!(facts, ["One: 1", "Two: a; b"]);
    }
}
