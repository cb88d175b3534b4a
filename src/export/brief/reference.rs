//! References to sources: whole at the first mention, short afterwards. The order of the parts is that of ICD 206:
//! originator, title with its language, publisher, number, the three dates, addresses.
//!
//! Composed by hand and not by a loop over `model::field`: a reference is no list of fields. Author and publisher are one part
//! or two by which of them is given, the title stands in its language, two dates that are both missing are said to be so
//! once, each part has wording of its own, and descriptor, note, kind and grade belong to the note and not to the reference.

use super::numbered::name;
use super::wording::{is_supplied, language_name};
use super::{Painter, Span};
use crate::model::Source;
use crate::time::Date;

/// The whole reference, with the place in the source where one is cited.
pub(super) fn whole(source: &Source, locator: Option<&str>, out: &mut impl Painter) {
    let mut parts = Parts::new(out);
    parts.originator_and_title(source);
    if let (Some(_), Some(publisher)) = (&source.author, &source.publisher) {
        parts.add(publisher, |out| out.written(publisher, None));
    }
    if let Some(number) = &source.number {
        parts.add(number, |out| numbered(number, out));
    }
    parts.dated("Published ", source.published.as_ref());
    parts.dated("Date of information ", source.information.as_ref());
    if source.published.is_none() && source.information.is_none() {
        parts.words("Undated");
    }
    parts.dated("Accessed ", source.accessed.as_ref());
    if let Some(locator) = locator {
        parts.add(locator, |out| at(locator, out));
    }
    if let Some(url) = &source.url {
        parts.address("", url);
    }
    if let Some(url) = &source.archive_url {
        parts.address("Archived at ", url);
    }
}

/// A reference short enough for a list whose reader finds the rest in the notes.
pub(super) fn brief(source: &Source, out: &mut impl Painter) {
    let mut parts = Parts::new(out);
    parts.originator_and_title(source);
    match (&source.published, &source.information) {
        (Some(date), _) => parts.dated("", Some(date)),
        (None, Some(date)) => parts.dated("Information of ", Some(date)),
        (None, None) => parts.words("Undated"),
    }
}

/// Enough to know the source again.
pub(super) fn again(source: &Source, out: &mut impl Painter) {
    Parts::new(out).originator_and_title(source);
}

/// The place in a source that is cited again, as a part by itself.
pub(super) fn located(locator: &str, out: &mut impl Painter) {
    Parts::new(out).add(locator, |out| at(locator, out));
}

/// Who speaks: the author, else the publisher, else the title for want of both.
pub(super) fn originator(source: &Source, out: &mut impl Painter) {
    match source.author.as_deref().or(source.publisher.as_deref()) {
        Some(name) => out.written(name, None),
        None => title(source, out),
    }
}

/// The title in quotation marks, in its language; one in square brackets was supplied and stands as it is.
pub(super) fn title(source: &Source, out: &mut impl Painter) {
    let text = source.title.trim();
    if is_supplied(text) {
        out.written(text, None);
    } else {
        out.quoted(text, source.language.as_deref());
    }
    if let Some(name) = foreign_language(source) {
        out.words(&format!(" (in {name})"));
    }
}

/// The name of the language of a source, where it is told because it is not that of the brief.
fn foreign_language(source: &Source) -> Option<&str> {
    source.language.as_deref().map(language_name).filter(|name| !name.is_empty() && *name != "English")
}

fn at(locator: &str, out: &mut impl Painter) {
    out.words("At: ");
    out.written(locator, None);
}

/// "No. 988359"; a number that says itself what it is stays as it is.
fn numbered(number: &str, out: &mut impl Painter) {
    if number.trim().starts_with(|c: char| c.is_ascii_digit()) {
        out.words("No. ");
    }
    out.written(number, None);
}

/// The parts of a reference as sentences, each with a full stop where it has no end of its own.
struct Parts<'p, P> {
    out: &'p mut P,
    is_begun: bool,
}

impl<'p, P: Painter> Parts<'p, P> {
    fn new(out: &'p mut P) -> Self {
        Self { out, is_begun: false }
    }

    /// Who speaks, where that is not the title itself, and the title.
    fn originator_and_title(&mut self, source: &Source) {
        if source.author.is_some() || source.publisher.is_some() {
            self.add(name(source), |out| out.written(name(source), None));
        }
        let last = foreign_language(source).unwrap_or(&source.title);
        self.add(last, |out| title(source, out));
    }

    /// A date behind what it is the date of.
    fn dated(&mut self, label: &str, date: Option<&Date>) {
        if let Some(date) = date {
            self.words(&format!("{label}{}", date.describe()));
        }
    }

    fn words(&mut self, words: &str) {
        self.add(words, |out| out.words(words));
    }

    /// An address has no full stop, which would be taken for a part of it.
    fn address(&mut self, label: &str, address: &str) {
        self.begin();
        self.out.words(label);
        self.out.span(Span::Address(address.trim()));
    }

    /// A part whose last text this is.
    fn add(&mut self, last: &str, write: impl FnOnce(&mut P)) {
        self.begin();
        write(self.out);
        if !ends_in_stop(last) {
            self.out.words(".");
        }
    }

    fn begin(&mut self) {
        if self.is_begun {
            self.out.words(" ");
        }
        self.is_begun = true;
    }
}

/// Whether a text ends a sentence, also within the quotation marks or brackets that follow it.
fn ends_in_stop(text: &str) -> bool {
    text.trim().trim_end_matches(['”', ')']).ends_with(['.', '…', '?', '!'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::brief::PlainText;

    #[test]
    fn a_part_that_ends_a_sentence_has_no_second_full_stop() {
        let mut source = Source::new("s", "Who won?");
        source.author = Some("A. B.".into());
        source.number = Some("no number).".into());
        source.published = Date::parse("2024").ok();
        source.url = Some(" https://example.org/ ".into());
        let written = PlainText::line(|out| whole(&source, Some("p. 3)"), out));
        assert_eq!(written, "A. B. “Who won?” no number). Published 2024. At: p. 3). https://example.org/");
        source.language = Some("ru".into());
        source.author = None;
        assert_eq!(PlainText::line(|out| again(&source, out)), "“Who won?” (in Russian).");
        source.title = "[No title…]".into();
        source.language = None;
        assert_eq!(PlainText::line(|out| brief(&source, out)), "[No title…]. 2024.");
    }

    #[test]
    fn what_follows_the_end_of_a_sentence_is_passed_over() {
        for (text, ends) in [("B", false), ("B.", true), ("B?”)", true), ("”", false), ("", false), ("B. ", true)] {
            assert_eq!(ends_in_stop(text), ends, "{text:?}");
        }
    }
}
