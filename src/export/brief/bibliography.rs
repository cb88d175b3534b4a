//! The list of sources: those cited and those they derive from, by name.

use super::note::derivation;
use super::numbered::ListedSource;
use super::reference;
use super::subject::Subject;
use super::{Painter, ahead, entry};
use crate::model::{Reliability, Source};

/// A source in the list of sources, to be written part by part.
pub struct Listed<'b, 't> {
    /// From 1, in the order of the list.
    pub number: usize,
    /// Its kind: "Web".
    pub kind: &'static str,
    /// Its grade: "B: Usually reliable", "not graded".
    pub grade: String,
    subject: &'b Subject<'t>,
    listed: &'b ListedSource<'t>,
}

/// The list, in its order.
pub(super) fn sources<'b, 't>(subject: &'b Subject<'t>) -> impl Iterator<Item = Listed<'b, 't>> {
    (1..).zip(&subject.sources).map(move |(number, listed)| Listed {
        number,
        kind: listed.source.kind.label(),
        grade: grade(listed.source),
        subject,
        listed,
    })
}

impl Listed<'_, '_> {
    /// Writes the reference. No note has said anything of a source that is not cited, so that all of it is said here.
    pub fn reference(&self, out: &mut impl Painter) {
        let source = self.listed.source;
        if self.is_cited() {
            return reference::brief(source, out);
        }
        reference::whole(source, None, out);
        for text in [&source.descriptor, &source.note].into_iter().flatten() {
            out.words(" ");
            out.written(text, None);
        }
    }

    /// Writes the events that cite it, each with its notes, or what else it is here for.
    pub fn cited(&self, out: &mut impl Painter) {
        if !self.is_cited() {
            return out.words("Not cited itself: others derive from it");
        }
        // Notes and events that cite a source are both in order of the chronology, and the notes of one event follow each
        // other: each event takes up those that are its own, and no citation is looked at.
        let mut notes = self.listed.notes.iter().copied().peekable();
        let events = ahead::for_links(&self.subject.shown, &self.listed.events);
        out.joined(events, "; ", |out, shown| {
            out.span(entry::link(shown));
            while let Some(note) = notes.next_if(|note| *note < shown.notes.end) {
                out.note(note);
            }
        });
    }

    /// Whether it derives from another source.
    pub fn is_derived(&self) -> bool {
        self.listed.source.origin.is_some()
    }

    /// Writes what it derives from.
    pub fn origin(&self, out: &mut impl Painter) {
        derivation(self.subject, self.listed.source, out);
    }

    fn is_cited(&self) -> bool {
        !self.listed.notes.is_empty()
    }
}

/// "B: Usually reliable"; not graded is a third thing beside good and bad.
fn grade(source: &Source) -> String {
    let words = |grade: Reliability| format!("{}: {}", grade.letter(), grade.label());
    source.reliability.map_or_else(|| "not graded".to_owned(), words)
}
