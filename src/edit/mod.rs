//! The one way to change a timeline: whole records put or removed, and the stack that undoes it.
//!
//! Owns [`Edit`], [`apply`] and [`History`], the edits that mend a problem ([`fixes`]) and those of many events at once ([`BulkEdit`]). Files belong to `store`. A gesture or a form is one edit; the crash journal,
//! undo, a save and a merge speak this one language.

mod beside;
mod between;
mod bulk;
mod fix;
mod history;
mod lanes;
mod links;
mod listed;
mod merge;
mod net;
mod redate;
mod run;
mod source;

pub use beside::{Beside, NotPut, is_tied, put_beside};
pub use between::between;
pub use bulk::{
    BulkEdit, EventChange, NothingToDo, Pasted, Renamed, Terms, change_events, delete_events, duplicate_events,
    excerpt, merge_events, paste_events, rename, replace_term,
};
pub use fix::{Fix, fixes, set_level};
pub use history::History;
pub use lanes::{LaneEvents, coloured_lane, events_of_lane, lane_before, remove_lane, renamed_lane};
pub use links::{added_link, changed_link, removed_link, turned_link};
pub use listed::moved_record;
pub use merge::merge_sources;
pub use net::{NetChange, net};
pub use redate::{correct_date, redated};
pub use source::remove_source;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::model::{Key, Record, SharedEvent, Timeline};

/// A change to a timeline. The journal keeps it as it is serialised here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Edit {
    /// Puts a record: in place of `replaces` where that is given (which may have another id), else in place of the record
    /// of the same key, else as a new record at `at` (the end where not given).
    Put {
        /// The record as it shall be.
        record: Record,
        /// The key it had before, where the id changes.
        replaces: Option<Key>,
        /// The position of a new record in its list.
        at: Option<usize>,
    },
    /// Takes a record out.
    Remove(Key),
    /// Several edits as one, in order; all or none.
    Batch(Vec<Edit>),
}

impl Edit {
    /// Puts a record under its own key.
    pub fn put(record: Record) -> Self {
        Self::Put { record, replaces: None, at: None }
    }

    /// Puts a source under its own id.
    pub fn put_source(source: crate::model::Source) -> Self {
        Self::put(Record::Source(Box::new(source)))
    }

    /// Puts an event under its own id.
    pub fn put_event(event: impl Into<SharedEvent>) -> Self {
        Self::put(Record::Event(event.into()))
    }

    /// Whether applying it would leave the timeline as it is.
    pub fn is_idle(&self, timeline: &Timeline) -> bool {
        match self {
            Self::Put { record, replaces: None, .. } => timeline.record(&record.key()).as_ref() == Some(record),
            Self::Put { .. } | Self::Remove(_) => false,
            Self::Batch(edits) => edits.iter().all(|edit| edit.is_idle(timeline)),
        }
    }
}

/// Why an edit could not be applied; the timeline is as it was.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    /// The record to remove or replace is not there.
    #[error("there is no {0}")]
    Missing(Key),
    /// Another record has this id.
    #[error("there is already {0}")]
    Taken(Key),
    /// Every record but the header needs an id.
    #[error("a record needs an id")]
    NoId,
    /// A record can only take the place of another of its kind; the header cannot be removed.
    #[error("{0} cannot be replaced or removed this way")]
    Kind(Key),
    /// A record cannot be merged with itself.
    #[error("{0} cannot be merged with itself")]
    Same(Key),
}

/// Applies an edit and returns the edit that undoes it exactly, positions included.
///
/// # Errors
/// Where a record is missing, taken or of another kind; then nothing has changed.
pub fn apply(timeline: &mut Timeline, edit: &Edit) -> Result<Edit, EditError> {
    match edit {
        Edit::Put { record, replaces, at } => put(timeline, record, replaces.as_ref(), *at),
        Edit::Remove(key) => {
            if *key == Key::Header {
                return Err(EditError::Kind(key.clone()));
            }
            let (at, record) = timeline.remove(key).ok_or_else(|| EditError::Missing(key.clone()))?;
            Ok(Edit::Put { record, replaces: None, at: Some(at) })
        }
        Edit::Batch(edits) => {
            let mut inverses = Vec::with_capacity(edits.len());
            let mut rest = edits.as_slice();
            // Where no run begins, none begins among the edits of the same kind behind it: to ask at each would take longer.
            let mut is_single = None;
            while let Some((edit, behind)) = rest.split_first() {
                let kind = Some(std::mem::discriminant(edit));
                if is_single != kind {
                    if let Some((applied, undo)) = run::apply_run(timeline, rest) {
                        inverses.extend(undo);
                        rest = rest.get(applied..).unwrap_or_default();
                        continue;
                    }
                    is_single = kind;
                }
                rest = behind;
                match apply(timeline, edit) {
                    Ok(inverse) => inverses.push(inverse),
                    Err(error) => {
                        for inverse in inverses.iter().rev() {
                            // An inverse applies to the state its edit left, which is the one at hand.
                            let undone = apply(timeline, inverse);
                            debug_assert!(undone.is_ok(), "an inverse failed to apply: {undone:?}");
                        }
                        return Err(error);
                    }
                }
            }
            inverses.reverse();
            Ok(Edit::Batch(inverses))
        }
    }
}

fn put(timeline: &mut Timeline, record: &Record, replaces: Option<&Key>, at: Option<usize>) -> Result<Edit, EditError> {
    let key = record.key();
    if key == Key::Header {
        let previous = timeline.replace(&key, record.clone()).ok_or(EditError::Missing(key))?;
        return Ok(Edit::put(previous));
    }
    if key.id().is_empty() {
        return Err(EditError::NoId);
    }
    let old = replaces.unwrap_or(&key);
    if old.kind() != key.kind() {
        return Err(EditError::Kind(old.clone()));
    }
    if *old != key && timeline.position(&key).is_some() {
        return Err(EditError::Taken(key));
    }
    if timeline.position(old).is_some() {
        let previous = timeline.replace(old, record.clone()).ok_or_else(|| EditError::Missing(old.clone()))?;
        let replaces = (*old != key).then_some(key);
        return Ok(Edit::Put { record: previous, replaces, at: None });
    }
    if replaces.is_some() {
        return Err(EditError::Missing(old.clone()));
    }
    timeline.insert(at.unwrap_or(usize::MAX), record.clone());
    Ok(Edit::Remove(key))
}

#[cfg(test)]
mod tests;
