//! The part of a journal that collides with its file: what is still to be decided, once all else of it was put back.
//!
//! Owns the changes that stand for collisions, each of one field with the words and the time of the change that made it, so that
//! a journal whose other changes are back is offered for these alone.

use crate::compare::{Conflict, Side};
use crate::edit::{Edit, NetChange, apply, net};
use crate::model::{Record, Timeline};
use crate::store::JournalChange;

/// The changes that stand for these conflicts of a journal with its file.
pub(super) fn undecided(changes: &[JournalChange], conflicts: &[Conflict]) -> Vec<JournalChange> {
    let mut left = Vec::new();
    for whole in net(changes.iter().map(|change| (&change.edit, &change.inverse))) {
        let of_it: Vec<&Conflict> = conflicts.iter().filter(|conflict| conflict.key == whole.key).collect();
        // They begin from the record as all but they have left it, so that it is named as it is now.
        let reset = |record: Option<Record>, conflict: &&Conflict| {
            narrowed(record.as_ref(), whole.before.as_ref(), conflict).or(record)
        };
        let mut before = whole.before.as_ref().and_then(|_| of_it.iter().fold(whole.after.clone(), reset));
        // Several conflicts of one record follow from one another, as changes of it do.
        for conflict in of_it {
            let Some(made) = made_by(changes, conflict) else { continue };
            let (edit, inverse) = match (&before, narrowed(before.as_ref(), whole.after.as_ref(), conflict)) {
                (Some(record), Some(after)) => {
                    let inverse = Edit::put(record.clone());
                    before = Some(after.clone());
                    (Edit::put(after), inverse)
                }
                // The record itself collides.
                _ => (whole.edit(), whole.inverse()),
            };
            left.push(JournalChange { at: made.at, label: made.label.clone(), edit, inverse });
        }
    }
    left
}

/// The last change that made what collides.
pub(super) fn made_by<'a>(
    changes: impl IntoIterator<Item = &'a JournalChange>,
    conflict: &Conflict,
) -> Option<&'a JournalChange> {
    let has_made = |change: &NetChange| {
        let before = change.before.as_ref();
        change.key == conflict.key
            && narrowed(before, change.after.as_ref(), conflict).is_none_or(|after| Some(&after) != before)
    };
    changes.into_iter().filter(|change| net([(&change.edit, &change.inverse)]).iter().any(has_made)).last()
}

/// Whether two timelines have the same where a conflict is.
pub(super) fn is_same_in(conflict: &Conflict, one: &Timeline, other: &Timeline) -> bool {
    let (one, other) = (one.record(&conflict.key), other.record(&conflict.key));
    match conflict.field {
        None => one == other,
        Some(_) => narrowed(one.as_ref(), other.as_ref(), conflict) == one,
    }
}

/// A record with the field of a conflict as another has it; none where it is not about a field of both.
fn narrowed(before: Option<&Record>, after: Option<&Record>, conflict: &Conflict) -> Option<Record> {
    conflict.field?;
    let their_record = Some(after?.clone());
    // Conflicts are settled on a timeline; one with this record alone will do.
    let mut alone = Timeline::empty("");
    apply(&mut alone, &Edit::put(before?.clone())).ok()?;
    let conflict = Conflict { their_record, ..conflict.clone() };
    if let Some(edit) = conflict.settled(Side::Theirs, &alone) {
        apply(&mut alone, &edit).ok()?;
    }
    alone.record(&conflict.key)
}
