//! Many events taken out together with the links that lead to them.

use std::collections::{BTreeSet, HashSet};

use super::{BulkEdit, NothingToDo, Staying, events};
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
    let gone: BTreeSet<usize> = positions.into_iter().filter(|at| *at < timeline.events().len()).collect();
    let linking: BTreeSet<usize> = linking.into_iter().collect();
    let at = |at: &usize| timeline.events().get(*at);
    let ids: HashSet<&str> = gone.iter().filter_map(at).map(|event| event.id.as_str()).collect();
    let mut edits: Vec<Edit> =
        linking.difference(&gone).filter_map(at).filter_map(|event| unlinked(event, &ids)).collect();
    let links = match (edits.len(), gone.len()) {
        (0, _) => String::new(),
        (1, 1) => " and the link to it".to_owned(),
        (count, 1) => format!(" and the links to it from {count} events"),
        (count, _) => format!(" and the links to them from {}", events(count)),
    };
    // From the last on: what is taken out moves nothing that is still to be taken out.
    edits.extend(gone.iter().rev().filter_map(at).map(|event| Edit::Remove(Key::Event(event.id.clone()))));
    let (one, several) = (gone.first().and_then(at), events(gone.len()));
    let what = match (gone.len(), one) {
        (0, _) | (_, None) => return Err(Staying::default().refusal()),
        (1, Some(event)) => format!("“{}”", event.title),
        _ => several,
    };
    Ok(BulkEdit { edit: Edit::Batch(edits), label: format!("Delete {what}"), said: format!("Deleted {what}{links}") })
}

/// The edit that takes links to some events out of another; none where it has none.
fn unlinked(event: &Event, gone: &HashSet<&str>) -> Option<Edit> {
    let leads_there = |to: &str| gone.contains(to);
    event.links.iter().any(|link| leads_there(&link.to)).then(|| {
        let mut event = event.clone();
        event.links.retain(|link| !leads_there(&link.to));
        Edit::put_event(event)
    })
}
