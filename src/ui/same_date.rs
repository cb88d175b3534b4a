//! Events of the same date, which only the order of the file tells apart: which of them stand beside one, and where it can be put.

use super::Document;
use crate::edit::{Beside, is_tied};
use crate::model::Event;
use crate::text::visible;

/// So many events of one date are looked through for those that are shown; none is further than that from another on a screen.
const MOST: usize = 10_000;

/// So many are looked at on either side for one that lies under the pointer: more have no rows on a screen.
const MOST_NEARBY: usize = 400;

/// Why an event has no other place among those of its date.
pub fn why_not(doc: Document<'_>, event: &Event) -> String {
    let date = event.date.as_ref().map(|date| date.describe());
    match (date, neighbours(doc, event)) {
        (Some(date), (None, None)) => format!("No other event that is shown has the date {date}"),
        (Some(date), _) => format!("Only among the events of {date}: elsewhere the dates say what comes first"),
        (None, (None, None)) => "No other event that is shown is without a date".to_owned(),
        (None, _) => "Only among the events without a date".to_owned(),
    }
}

/// Where an event is put that goes one place up or down among those of its date that are shown; else why it stays.
///
/// # Errors
/// Where it is the first or the last of them, in words.
pub fn step_among_tied(doc: Document<'_>, event: &Event, up: bool) -> Result<Beside, String> {
    let (before, after) = neighbours(doc, event);
    match if up { before } else { after } {
        Some(other) if up => Ok(Beside::Before(other.id.clone())),
        Some(other) => Ok(Beside::After(other.id.clone())),
        None if before.is_none() && after.is_none() => Err(why_not(doc, event)),
        None => {
            let which = if up { "first" } else { "last" };
            let of = event
                .date
                .as_ref()
                .map_or_else(|| "without a date".to_owned(), |date| format!("of {}", date.describe()));
            Err(format!("“{}” is the {which} of the events {of}", visible(&event.title)))
        }
    }
}

/// The events that are shown and tied with one, the nearest first on either side.
pub fn tied_nearby<'d>(doc: Document<'d>, event: &'d Event) -> impl Iterator<Item = &'d Event> {
    let place = || {
        let position = doc.timeline.event_position(&event.id)?;
        doc.index.rank(doc.timeline, position)
    };
    let is_shown = move |position: &usize| doc.matches.is_none_or(|matches| matches.contains(*position));
    let of = move |position: usize| doc.timeline.events().get(position);
    let is_tied = move |position: &usize| of(*position).is_some_and(|other| is_tied(event, other, doc.zone));
    place().into_iter().flat_map(move |rank| {
        let before = doc.index.order_before(rank).rev().take(MOST_NEARBY).take_while(is_tied);
        let after = doc.index.order_from(rank + 1).take(MOST_NEARBY).take_while(is_tied);
        before.chain(after).filter(is_shown).filter_map(of)
    })
}

/// The events right before and after one in time order of those that are shown and tied with it.
fn neighbours<'d>(doc: Document<'d>, event: &Event) -> (Option<&'d Event>, Option<&'d Event>) {
    let place = || {
        let position = doc.timeline.event_position(&event.id)?;
        doc.index.rank(doc.timeline, position)
    };
    let Some(rank) = place() else { return (None, None) };
    let is_shown = |position: &usize| doc.matches.is_none_or(|matches| matches.contains(*position));
    let of = |position: usize| doc.timeline.events().get(position);
    let is_tied = |position: &usize| of(*position).is_some_and(|other| is_tied(event, other, doc.zone));
    let before = doc.index.order_before(rank).rev().take(MOST).take_while(is_tied).find(is_shown);
    let after = doc.index.order_from(rank + 1).take(MOST).take_while(is_tied).find(is_shown);
    (before.and_then(of), after.and_then(of))
}
