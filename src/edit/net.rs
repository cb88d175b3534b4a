//! The net effect of a run of edits: each record they touched, as it was before the first and as it is after the last.
//!
//! Owns folding edits with their inverses into pairs of records. Whether such a pair fits a timeline that has gone another way
//! meanwhile is for whoever applies it.

use std::collections::HashMap;

use super::Edit;
use crate::model::{Key, Record};

/// A record that a run of edits touched.
#[derive(Debug, Clone, PartialEq)]
pub struct NetChange {
    /// What names it.
    pub key: Key,
    /// As it was before the run; none where the run made it.
    pub before: Option<Record>,
    /// As it is after the run; none where the run took it out.
    pub after: Option<Record>,
    /// Where in its list the run put a new record.
    at: Option<usize>,
}

impl NetChange {
    /// The edit that brings the record from `before` to `after` on a timeline that has it as `before`.
    pub fn edit(&self) -> Edit {
        match &self.after {
            Some(record) => Edit::Put { record: record.clone(), replaces: None, at: self.at },
            None => Edit::Remove(self.key.clone()),
        }
    }

    /// The edit that brings the record back from `after` to `before`; its place in the list may be another.
    pub fn inverse(&self) -> Edit {
        match &self.before {
            Some(record) => Edit::put(record.clone()),
            None => Edit::Remove(self.key.clone()),
        }
    }
}

/// The net effect of edits, each with the inverse that [`super::apply`] gave for it, in the order in which they were applied.
/// What was changed and changed back is left out. A record that got another id counts as one taken out and one made.
pub fn net<'a>(edits: impl IntoIterator<Item = (&'a Edit, &'a Edit)>) -> Vec<NetChange> {
    let mut folding = Folding::default();
    for (edit, inverse) in edits {
        folding.fold(edit, inverse);
    }
    folding.changes.retain(|change| change.before != change.after);
    folding.changes
}

/// The records touched so far, in the order of the first touch.
#[derive(Default)]
struct Folding {
    changes: Vec<NetChange>,
    places: HashMap<Key, usize>,
}

impl Folding {
    fn fold(&mut self, edit: &Edit, inverse: &Edit) {
        match (edit, inverse) {
            // The inverse of a batch undoes its last edit first.
            (Edit::Batch(edits), Edit::Batch(inverses)) => {
                edits.iter().zip(inverses.iter().rev()).for_each(|(edit, inverse)| self.fold(edit, inverse));
            }
            (Edit::Put { record, at, .. }, Edit::Remove(key)) => self.touch(key, None, Some(record), *at),
            (Edit::Put { record, .. }, Edit::Put { record: previous, .. }) => {
                let (old, new) = (previous.key(), record.key());
                if old == new {
                    self.touch(&new, Some(previous), Some(record), None);
                } else {
                    self.touch(&old, Some(previous), None, None);
                    self.touch(&new, None, Some(record), None);
                }
            }
            (Edit::Remove(key), Edit::Put { record, .. }) => self.touch(key, Some(record), None, None),
            _ => debug_assert!(false, "an inverse of another edit: {edit:?}, {inverse:?}"),
        }
    }

    /// Only the first touch says what was there before the run.
    fn touch(&mut self, key: &Key, before: Option<&Record>, after: Option<&Record>, at: Option<usize>) {
        match self.places.get(key).and_then(|&place| self.changes.get_mut(place)) {
            Some(change) => {
                change.after = after.cloned();
                change.at = at.or(change.at);
            }
            None => {
                self.places.insert(key.clone(), self.changes.len());
                self.changes.push(NetChange { key: key.clone(), before: before.cloned(), after: after.cloned(), at });
            }
        }
    }
}
