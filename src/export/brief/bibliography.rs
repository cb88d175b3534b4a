//! The list of sources: those cited and those they derive from, by name.

use super::note::derivation;
use super::reference;
use super::subject::{ListedSource, Subject};
use super::{Line, Listed, entry};
use crate::model::{Reliability, Source};

/// The list, in its order.
pub(super) fn sources<'t>(subject: &Subject<'t>) -> impl Iterator<Item = Listed<'t>> {
    subject.sources.iter().enumerate().map(|(at, listed)| entry_of(subject, at + 1, listed))
}

fn entry_of<'t>(subject: &Subject<'t>, number: usize, listed: &ListedSource<'t>) -> Listed<'t> {
    let source = listed.source;
    let is_cited = !listed.notes.is_empty();
    Listed {
        number,
        reference: if is_cited { reference::brief(source) } else { uncited(source) },
        kind: source.kind.label(),
        grade: grade(source),
        cited: if is_cited {
            cited(subject, number, listed)
        } else {
            Line::words("Not cited itself: others derive from it")
        },
        origin: derivation(subject, source),
    }
}

/// No note has said anything of a source that is not cited, so that all of it is said here.
fn uncited(source: &Source) -> Line<'_> {
    let mut line = reference::whole(source, None);
    for text in [&source.descriptor, &source.note].into_iter().flatten() {
        line = line.and(" ").and_written(text, None);
    }
    line
}

/// "B: Usually reliable"; not graded is a third thing beside good and bad.
pub(super) fn grade(source: &Source) -> String {
    let words = |grade: Reliability| format!("{}: {}", grade.letter(), grade.label());
    source.reliability.map_or_else(|| "not graded".to_owned(), words)
}

/// Each event that cites it, with the notes.
fn cited<'t>(subject: &Subject<'t>, number: usize, listed: &ListedSource<'t>) -> Line<'t> {
    let events = listed.events.iter().filter_map(|&at| subject.shown.get(at));
    let lines = events.map(|shown| {
        let mut line = Line::default().with(entry::link(shown));
        for cited in subject.cited(shown).filter(|cited| cited.listed == Some(number - 1)) {
            line = line.and_note(cited.note);
        }
        line
    });
    Line::joined(lines, "; ")
}
