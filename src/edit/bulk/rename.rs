//! A tag, an actor or a place renamed wherever it stands.

use super::change::replace_term;
use super::{BulkEdit, NothingToDo, Terms, events};
use crate::edit::Edit;
use crate::model::{Event, Text, Timeline};

/// What is renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renamed {
    /// A tag or an actor.
    Term(Terms),
    /// A place.
    Place,
}

impl Renamed {
    /// What it is called in the middle of a sentence.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Term(terms) => terms.noun(),
            Self::Place => "place",
        }
    }

    fn is_in(self, event: &Event, value: &Text) -> bool {
        match self {
            Self::Term(terms) => terms.of(event).contains(value),
            Self::Place => event.place.as_ref() == Some(value),
        }
    }
}

/// The edit that renames a tag, an actor or a place in every event. One that is there already takes it up: the two are one from
/// then on, and that is said. So is it where a saved view still asks for the old name.
///
/// # Errors
/// Where no event has it, or the new name is empty or the old one.
pub fn rename(timeline: &Timeline, what: Renamed, from: &Text, to: &Text) -> Result<BulkEdit, NothingToDo> {
    let noun = what.noun();
    if to.trim().is_empty() || to == from {
        return Err(NothingToDo(format!("The {noun} “{from}” keeps its name: type another")));
    }
    let (mut edits, mut had_it) = (Vec::new(), 0);
    for event in timeline.events() {
        had_it += usize::from(what.is_in(event, to));
        if what.is_in(event, from) {
            let mut event = event.clone();
            match what {
                Renamed::Term(terms) => replace_term(terms.of_mut(&mut event), from, to),
                Renamed::Place => event.place = Some(to.clone()),
            }
            edits.push(Edit::put_event(event));
        }
    }
    if edits.is_empty() {
        return Err(NothingToDo(format!("No event has the {noun} “{from}”")));
    }
    let label = format!("Rename the {noun} “{from}” to “{to}”");
    let mut said = format!("Renamed the {noun} “{from}” to “{to}” in {}", events(edits.len()));
    if had_it > 0 {
        said.push_str(&format!("; {} had “{to}” already", events(had_it)));
    }
    let asking =
        timeline.views().iter().filter(|view| view.query.as_ref().is_some_and(|query| query.contains(from.as_str())));
    match asking.count() {
        0 => {}
        1 => said.push_str(". 1 saved view still asks for the old name"),
        count => said.push_str(&format!(". {count} saved views still ask for the old name")),
    }
    Ok(BulkEdit { edit: Edit::Batch(edits), label, said })
}
