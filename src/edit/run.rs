//! Runs of a batch that are applied in one pass: many events that go, that come, and that take the place of others.
//!
//! One after the other, each that goes or comes would move all that stand behind it in the list, in the table of ids and in the runs of
//! slots, and each would be looked for several times.

use rustc_hash::FxHashSet;

use super::Edit;
use crate::model::{Key, Record, SharedEvent, Text, Timeline};

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
    let removed = |edit| match edit {
        &Edit::Remove(Key::Event(ref id)) => Some(id),
        _ => None,
    };
    let ids: Vec<&Text> = edits.iter().map_while(removed).collect();
    let mut positions: Vec<u32> =
        distinct_positions(timeline, &ids).into_iter().filter_map(|at| u32::try_from(at).ok()).collect();
    let count = positions.len();
    if count < LEAST {
        return None;
    }
    positions.sort_unstable();
    let gone = timeline.remove_events(&positions);
    // Put in from the first on, each comes to the position that it had.
    let put = |(at, event): (u32, SharedEvent)| Edit::Put {
        record: Record::Event(event),
        replaces: None,
        at: Some(at as usize),
    };
    Some((count, positions.into_iter().zip(gone).map(put).rev().collect()))
}

/// Puts events in place of those of the same ids, each once.
fn replace_run(timeline: &mut Timeline, edits: &[Edit]) -> Option<(usize, Vec<Edit>)> {
    let put = |edit| match edit {
        &Edit::Put { record: Record::Event(ref event), replaces: None, .. } => Some(event),
        _ => None,
    };
    let events: Vec<&SharedEvent> = edits.iter().map_while(put).collect();
    let ids: Vec<&Text> = events.iter().map(|event| &event.id).collect();
    let places = distinct_positions(timeline, &ids);
    if places.len() < LEAST {
        return None;
    }
    let undo = timeline.replace_events(&places, &events).into_iter().map(Edit::put_event);
    Some((places.len(), undo.collect()))
}

/// Where the events of these ids stand, up to the first that is not there or was named before.
fn distinct_positions(timeline: &Timeline, ids: &[&Text]) -> Vec<usize> {
    let mut seen = FxHashSet::default();
    timeline.event_positions(ids).map_while(|at| at.filter(|at| seen.insert(*at))).collect()
}

/// Puts in events that are new, each behind the one before it.
fn insert_run(timeline: &mut Timeline, edits: &[Edit]) -> Option<(usize, Vec<Edit>)> {
    let put = |edit| match edit {
        &Edit::Put { record: Record::Event(ref event), replaces: None, at } => Some((event, at)),
        _ => None,
    };
    let events: Vec<(&SharedEvent, Option<usize>)> = edits.iter().map_while(put).collect();
    let ids: Vec<&Text> = events.iter().map(|(event, _)| &event.id).collect();
    let mut seen = FxHashSet::default();
    let mut coming: Vec<(u32, &SharedEvent)> = Vec::new();
    for ((event, at), there) in events.into_iter().zip(timeline.event_positions(&ids)) {
        let is_new = !event.id.is_empty() && there.is_none() && seen.insert(&event.id);
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
