//! A conflict of a merge decided by a person: the edit that gives the merged state the value that was chosen.

use super::merge::{Conflict, Side};
use crate::edit::Edit;
use crate::model::{
    EraField, EventField, Field, HeaderField, LaneField, OwnFields, Record, SourceField, Timeline, Value, ViewField,
};

impl Conflict {
    /// The edit of the merged state that gives it what this side has; none where it has that already.
    pub fn settled(&self, side: Side, merged: &Timeline) -> Option<Edit> {
        let Some(field) = self.field else {
            // One side removed the record and the other changed it: the merge kept it.
            let is_removed = match side {
                Side::Ours => self.ours.is_none(),
                Side::Theirs => self.theirs.is_none(),
            };
            return (is_removed && merged.record(&self.key).is_some()).then(|| Edit::Remove(self.key.clone()));
        };
        if side == Side::Ours {
            return None;
        }
        let mut record = merged.record(&self.key)?;
        let own = self.own.as_deref();
        let is_put = match (&mut record, self.their_record.as_ref()?) {
            (Record::Header(to), Record::Header(from)) => copy::<HeaderField>(field, own, from, to),
            (Record::Lane(to), Record::Lane(from)) => copy::<LaneField>(field, own, from, to),
            (Record::Source(to), Record::Source(from)) => copy::<SourceField>(field, own, from, to),
            (Record::Event(to), Record::Event(from)) => copy::<EventField>(field, own, from, to),
            (Record::Era(to), Record::Era(from)) => copy::<EraField>(field, own, from, to),
            (Record::View(to), Record::View(from)) => copy::<ViewField>(field, own, from, to),
            _ => false,
        };
        is_put.then(|| Edit::put(record))
    }
}

/// Copies the field of this label, or of a field of the user's own the one of this name; says whether it was.
fn copy<F: Field>(label: &str, own: Option<&str>, from: &F::Record, to: &mut F::Record) -> bool {
    let Some(&field) = F::ALL.iter().find(|field| field.label() == label) else { return false };
    let Some(name) = own else { return field.set(to, field.get(from)).is_ok() };
    let fields = |value| if let Value::Own(fields) = value { fields.clone() } else { OwnFields::NONE };
    let (theirs, mut all) = (fields(field.get(from)), fields(field.get(to)));
    match theirs.get(name) {
        Some(text) => all.put(name, text.clone()),
        None => all.remove(name),
    }
    field.set(to, if all.is_empty() { Value::None } else { Value::Own(&all) }).is_ok()
}
