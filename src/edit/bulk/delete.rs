//! Many events taken out together with the links that lead to them.

use rustc_hash::FxHashSet;

use super::{BulkEdit, NothingToDo, Staying, events as counted_events};
use crate::ahead;
use crate::edit::Edit;
use crate::model::{Event, Key, Timeline};

/// The edit that takes the events at these positions out, and the links to them out of those at the positions `linking`: of
/// all that may link to one of them.
///
/// # Errors
/// Where there is none.
pub fn delete_events(
    timeline: &Timeline,
    positions: impl IntoIterator<Item = usize>,
    linking: impl IntoIterator<Item = usize>,
) -> Result<BulkEdit, NothingToDo> {
    let gone = distinct(positions, timeline);
    let linking = distinct(linking, timeline);
    let mut events: Vec<&Event> = gone.iter().filter_map(|at| timeline.events().get(*at)).collect();
    let mut edits: Vec<Edit> = Vec::with_capacity(gone.len() + linking.len());
    if !linking.is_empty() {
        let ids: FxHashSet<&str> = ahead::in_parts(&events, read_ids).map(|event| event.id.as_str()).collect();
        let stays = linking.iter().filter(|at| gone.binary_search(at).is_err());
        edits.extend(stays.filter_map(|at| unlinked(timeline.events().get(*at)?, &ids)));
    }
    let links = match (edits.len(), gone.len()) {
        (0, _) => String::new(),
        (1, 1) => " and the link to it".to_owned(),
        (count, 1) => format!(" and the links to it from {count} events"),
        (count, _) => format!(" and the links to them from {}", counted_events(count)),
    };
    let what = match events.as_slice() {
        [] => return Err(Staying::default().refusal()),
        [event] => format!("“{}”", event.title),
        events => counted_events(events.len()),
    };
    // From the last on: what is taken out moves nothing that is still to be taken out.
    events.reverse();
    let removed = ahead::in_parts(&events, read_ids).map(|event| Edit::Remove(Key::Event(event.id.clone())));
    edits.extend(removed);
    Ok(BulkEdit { edit: Edit::Batch(edits), label: format!("Delete {what}"), said: format!("Deleted {what}{links}") })
}

/// Positions of events, in order and each once.
fn distinct(positions: impl IntoIterator<Item = usize>, timeline: &Timeline) -> Vec<usize> {
    let mut positions: Vec<usize> = positions.into_iter().filter(|at| *at < timeline.events().len()).collect();
    positions.sort_unstable();
    positions.dedup();
    positions
}

/// Reads the ids of some events, which lie anywhere in memory.
fn read_ids(events: &[&Event]) {
    ahead::read(events, |event| event.id.as_ptr() as usize);
    ahead::read(events, |event| event.id.len());
}

/// The edit that takes links to some events out of another; none where it has none.
fn unlinked(event: &Event, gone: &FxHashSet<&str>) -> Option<Edit> {
    let leads_there = |to: &str| gone.contains(to);
    event.links.iter().any(|link| leads_there(&link.to)).then(|| {
        let mut event = event.clone();
        event.links.retain(|link| !leads_there(&link.to));
        Edit::put_event(event)
    })
}
