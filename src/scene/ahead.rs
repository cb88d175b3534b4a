//! Which parts of events are read ahead of measuring or drawing them: a window shows thousands that lie anywhere in memory.

use arrayvec::ArrayVec;

use crate::ahead::{AT_ONCE, read};
use crate::layout::Title;
use crate::model::{Citation, Event, Timeline};

/// Things about events that are about to be measured or drawn, in their order, with their events; `event` says which, by its position.
pub(super) fn of_events<'a, 'e, T>(
    timeline: &'e Timeline,
    all: &'a [T],
    event: impl Fn(&T) -> Option<u32>,
) -> impl Iterator<Item = (&'a T, Option<&'e Event>)> {
    found(timeline, all, event, |events| {
        read(events, |event| event.title.len());
        read(events, |event| event.citations.len());
        read(events, |event| event.date.as_ref().map_or(0, |date| date.as_str().len()));
        // Signs say how it is sourced.
        let cited = |citation: &Citation| citation.source.len() + citation.stance as usize;
        read(events, |event| event.citations.iter().map(cited).sum());
    })
}

/// The same with the titles of the events.
pub(super) fn of_titles<'a, 'e, T>(
    timeline: &'e Timeline,
    all: &'a [T],
    event: impl Fn(&T) -> Option<u32>,
) -> impl Iterator<Item = (&'a T, Option<Title<'e>>)> {
    let found = found(timeline, all, event, |events| {
        read(events, |event| event.title.len());
        read(events, |event| event.title.bytes().next().map_or(0, usize::from));
    });
    found.map(|(one, event)| (one, event.map(|event| Title::of(&event.title))))
}

fn found<'a, 'e, T>(
    timeline: &'e Timeline,
    all: &'a [T],
    event: impl Fn(&T) -> Option<u32>,
    read: impl Fn(&[&'e Event]),
) -> impl Iterator<Item = (&'a T, Option<&'e Event>)> {
    all.chunks(AT_ONCE).flat_map(move |part| {
        // An event is found on a way of some steps through memory, so it is found once.
        let found = part.iter().map(|one| timeline.events().get(event(one)? as usize));
        let found: ArrayVec<Option<&Event>, AT_ONCE> = found.collect();
        let events: ArrayVec<&Event, AT_ONCE> = found.iter().flatten().copied().collect();
        read(&events);
        part.iter().zip(found)
    })
}
