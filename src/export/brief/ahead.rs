//! Which parts of events are read ahead of writing them: what a brief says of an event is in half a dozen places in memory.

use super::numbered::Shown;
use crate::ahead::{in_parts, read};
use crate::model::Text;

/// Events whose entries are about to be written, in order.
pub(super) fn for_entries<'s, 't>(shown: &'s [Shown<'t>]) -> impl Iterator<Item = &'s Shown<'t>> {
    in_parts(shown, |part| {
        read(part, |shown| shown.event.title.len());
        read(part, |shown| {
            let event = shown.event;
            length(event.note.as_ref()) + event.citations.len() + event.actors.len() + event.links.len()
        });
        read(part, |shown| shown.event.date.as_ref().map_or(0, |date| date.as_str().len()));
    })
}

/// Events whose citations are about to be written, in order.
pub(super) fn for_notes<'s, 't>(shown: &'s [Shown<'t>]) -> impl Iterator<Item = &'s Shown<'t>> {
    in_parts(shown, |part| {
        read(part, |shown| shown.event.citations.len());
        read(part, |shown| {
            let texts = shown.event.citations.iter().map(|citation| {
                length(citation.note.as_ref()) + length(citation.quote.as_ref()) + length(citation.translation.as_ref())
            });
            texts.sum()
        });
    })
}

/// Events at positions of the chronology that are about to be named, in order.
pub(super) fn for_links<'s, 't>(shown: &'s [Shown<'t>], at: &'s [usize]) -> impl Iterator<Item = &'s Shown<'t>> {
    let title = |at: &usize| shown.get(*at).map_or(0, |shown| shown.event.title.len());
    in_parts(at, move |part| read(part, title)).filter_map(|at| shown.get(*at))
}

/// Events by their numbers, which are about to be asked for something; 0 stands for none. What they say themselves is near
/// where their numbers are in the order of the file.
pub(super) fn for_questions<'s, 't>(shown: &'s [Shown<'t>], numbers: &'s [u32]) -> impl Iterator<Item = &'s Shown<'t>> {
    let of = |number: &u32| shown.get((*number as usize).checked_sub(1)?);
    in_parts(numbers, move |part| read(part, |number| of(number).map_or(0, |shown| shown.number))).filter_map(of)
}

/// How long a text is, which stands before it in memory.
fn length(text: Option<&Text>) -> usize {
    text.map_or(0, |text| text.len())
}
