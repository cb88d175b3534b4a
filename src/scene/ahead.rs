//! Which parts of events are read ahead of measuring or drawing them: a window shows thousands that lie anywhere in memory.

use arrayvec::ArrayVec;

use crate::ahead::{AT_ONCE, in_parts, read};
use crate::model::{Citation, Event, Timeline};

/// Things about events that are about to be measured or drawn, in their order; `event` says which event, by its position.
pub(super) fn of_events<'a, T>(
    timeline: &'a Timeline,
    all: &'a [T],
    event: impl Fn(&T) -> Option<u32>,
) -> impl Iterator<Item = &'a T> {
    in_parts(all, move |part| {
        let events = part.iter().filter_map(|one| timeline.events().get(event(one)? as usize));
        let events: ArrayVec<&Event, AT_ONCE> = events.collect();
        read(&events, |event| event.title.len());
        read(&events, |event| event.id.len() + event.citations.len());
        read(&events, |event| event.date.as_ref().map_or(0, |date| date.as_str().len()));
        // Signs say how it is sourced.
        let cited = |citation: &Citation| citation.source.len() + citation.stance as usize;
        read(&events, |event| event.citations.iter().map(cited).sum());
    })
}
