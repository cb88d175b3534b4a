//! What is done on a track of accounts is done to the events that they tell of.

use crate::account::{Accounts, event_id};
use crate::model::Text;
use crate::ui::{Action, Selected};

/// Why nothing can be dragged or added on a track of accounts.
pub(super) const REFUSAL: &str = "What an account says is changed in its citation, in the form of the event";

/// Whether the event that a telling is of is one of those that are selected together.
pub(super) fn is_picked(accounts: &Accounts, selected: &Selected, telling: &str) -> bool {
    let told = accounts.timeline().event_position(telling).and_then(|position| accounts.told(position));
    told.is_some_and(|told| selected.contains(told.event as usize))
}

/// Lets an action that names a telling name the event that is told. Lanes of accounts are no lanes of the timeline.
pub(super) fn name_the_event(action: &mut Action, accounts: &Accounts) {
    let named = |id: &mut Text| *id = event_id(id).into();
    match action {
        Action::Select(Some(id)) | Action::Reveal(id) | Action::Pick(id, _) => named(id),
        Action::SelectAlso(tellings) => *tellings = accounts.events_of(tellings),
        Action::BeginEvent { lane, .. } => *lane = None,
        _ => {}
    }
}
