//! Bulk edits: one change made to many events at once, with the sentence that says what came of it.
//!
//! Owns what a change does to each event ([`EventChange`]), deletion, merging and renaming, and how each is told: how many
//! changed, how many stayed and why. Each is one [`Edit`], so one step to undo. Which events are meant is for whoever asks;
//! time grows with their number, and with that of all events only where everything is looked through ([`rename`]).

mod change;
mod delete;
mod merge;
mod paste;
mod rename;

use std::collections::BTreeMap;

use thiserror::Error;

pub use change::{EventChange, Terms, change_events, replace_term};
pub use delete::delete_events;
pub use merge::merge_events;
pub use paste::{Pasted, duplicate_events, excerpt, paste_events};
pub use rename::{Renamed, rename};

use super::Edit;
use crate::diagnostic::counted;
use crate::time::Unshifted;

/// A change of many events, ready to be applied.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkEdit {
    /// The change.
    pub edit: Edit,
    /// Names the step in the undo menu: "Move 12 events to “Troops”".
    pub label: String,
    /// What was done, in the past tense: "Moved 12 events to “Troops”; 2 stayed: undated".
    pub said: String,
}

/// Why nothing is changed, in words: how many events stay, and why.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct NothingToDo(pub String);

/// Why an event stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stays {
    AlreadySo,
    Absent,
    Undated,
    Coarse,
    Unshifted(Unshifted),
}

impl Stays {
    fn words(self) -> String {
        match self {
            Self::AlreadySo => "so already".to_owned(),
            Self::Absent => "without it".to_owned(),
            Self::Undated => "undated".to_owned(),
            Self::Coarse => "as vague already".to_owned(),
            Self::Unshifted(why) => why.to_string(),
        }
    }
}

/// How many events stay for each reason.
#[derive(Debug, Default)]
struct Staying(BTreeMap<Stays, usize>);

impl Staying {
    fn note(&mut self, why: Stays) {
        *self.0.entry(why).or_default() += 1;
    }

    fn count(&self) -> usize {
        self.0.values().sum()
    }

    /// "undated" where all stay for one reason, "2 undated, 1 too vague to shift by that" where for several.
    fn reasons(&self) -> String {
        if let [why] = *self.0.keys().collect::<Vec<_>>() {
            return why.words();
        }
        let reasons: Vec<String> = self.0.iter().map(|(why, count)| format!("{count} {}", why.words())).collect();
        reasons.join(", ")
    }

    /// What follows a sentence on those that changed: "; 2 stayed: undated". Nothing where none stays.
    fn told(&self) -> String {
        if self.0.is_empty() { String::new() } else { format!("; {} stayed: {}", self.count(), self.reasons()) }
    }

    /// Why none changed.
    fn refusal(&self) -> NothingToDo {
        NothingToDo(match self.count() {
            0 => "No event is selected".to_owned(),
            1 => format!("The event stays as it is: {}", self.reasons()),
            count => format!("The {count} events stay as they are: {}", self.reasons()),
        })
    }
}

/// "1 event", "12 events".
fn events(count: usize) -> String {
    counted(count, "event")
}

#[cfg(test)]
mod tests;
