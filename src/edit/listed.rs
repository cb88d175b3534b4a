//! Edits of the records that stand in short lists, in an order that means something: lanes, eras and views.

use super::Edit;
use crate::model::{Key, Timeline};

/// The edit that moves a record to another position of its list; none where it stands there, or is no record of the timeline.
///
/// Taken out and put in again it keeps its text in a save, comments included: a save finds records by their ids.
pub fn moved_record(timeline: &Timeline, key: &Key, to: usize) -> Option<Edit> {
    let at = timeline.position(key)?;
    let record = timeline.record(key)?;
    if at == to {
        return None;
    }
    Some(Edit::Batch(vec![Edit::Remove(key.clone()), Edit::Put { record, replaces: None, at: Some(to) }]))
}
