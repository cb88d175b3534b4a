//! Runs of a batch that are applied in one pass: many events that go, that come, and that take the place of others.
//!
//! One after the other, each that goes or comes would move all that stand behind it in the list, in the table of ids and in the runs of
//! slots, and each would be looked for several times.

use std::collections::HashSet;

use rustc_hash::FxHashSet;

use super::Edit;
use crate::model::{Event, Key, Record, Timeline};

/// Edits of fewer events are applied one after the other.
const LEAST: usize = 32;

/// Applies as many edits from the beginning as make a run; none where they make none. Says how many these were, with the edits
/// that undo them, the last of them first.
pub(super) fn apply_run(timeline: &mut Timeline, edits: &[Edit]) -> Option<(usize, Vec<Edit>)> {
    match edits.first()? {
        Edit::Remove(Key::Event(_)) => remove_run(timeline, edits),
        Edit::Put { record: Record::Event(event), replaces: None, .. }
            if timeline.event_position(&event.id).is_some() =>
        {
            replace_run(timeline, edits)
        }
        Edit::Put { record: Record::Event(_), replaces: None, .. } => insert_run(timeline, edits),
        _ => None,
    }
}

/// Takes out events that are there, each once.
fn remove_run(timeline: &mut Timeline, edits: &[Edit]) -> Option<(usize, Vec<Edit>)> {
    let mut seen = HashSet::new();
    let position = |edit: &Edit| match edit {
        Edit::Remove(Key::Event(id)) => timeline.event_position(id).filter(|at| seen.insert(*at)),
        _ => None,
    };
    let mut positions: Vec<u32> = edits.iter().map_while(position).filter_map(|at| u32::try_from(at).ok()).collect();
    let count = positions.len();
    if count < LEAST {
        return None;
    }
    positions.sort_unstable();
    let gone = timeline.remove_events(&positions);
    // Put in from the first on, each comes to the position that it had.
    let put = |(at, event): (u32, Event)| Edit::Put {
        record: Record::Event(Box::new(event)),
        replaces: None,
        at: Some(at as usize),
    };
    Some((count, positions.into_iter().zip(gone).map(put).rev().collect()))
}

/// Puts events in place of those of the same ids, each once.
fn replace_run(timeline: &mut Timeline, edits: &[Edit]) -> Option<(usize, Vec<Edit>)> {
    let mut seen = FxHashSet::default();
    let place = |edit: &Edit| match edit {
        Edit::Put { record: Record::Event(event), replaces: None, .. } => {
            timeline.event_position(&event.id).filter(|at| seen.insert(*at))
        }
        _ => None,
    };
    let places: Vec<usize> = edits.iter().map_while(place).collect();
    if places.len() < LEAST {
        return None;
    }
    let mut undo = Vec::with_capacity(places.len());
    for (at, edit) in places.iter().zip(edits) {
        let Edit::Put { record: Record::Event(event), .. } = edit else { break };
        undo.extend(timeline.replace_event(*at, (**event).clone()).map(Edit::put_event));
    }
    Some((places.len(), undo))
}

/// Puts in events that are new, each behind the one before it.
fn insert_run(timeline: &mut Timeline, edits: &[Edit]) -> Option<(usize, Vec<Edit>)> {
    let mut seen = HashSet::new();
    let mut coming: Vec<(u32, &Event)> = Vec::new();
    for edit in edits {
        let Edit::Put { record: Record::Event(event), replaces: None, at } = edit else { break };
        let is_new = !event.id.is_empty() && timeline.event_position(&event.id).is_none() && seen.insert(&event.id);
        let at = at.unwrap_or(usize::MAX).min(timeline.events().len() + coming.len());
        let Ok(at) = u32::try_from(at) else { break };
        if !is_new || coming.last().is_some_and(|(last, _)| *last >= at) {
            break;
        }
        coming.push((at, event));
    }
    if coming.len() < LEAST {
        return None;
    }
    let undo: Vec<Edit> = coming.iter().map(|(_, event)| Edit::Remove(Key::Event(event.id.clone()))).collect();
    timeline.insert_events(coming.into_iter().map(|(at, event)| (at, event.clone())).collect());
    Some((undo.len(), undo))
}
