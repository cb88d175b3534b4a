//! Events as they are read, one after another, until they become the list of a timeline.
//!
//! Owns the rule that ids are unique and that those left out are derived around those given. A list can be looked at
//! while it grows: copies share what they have in common.

use std::collections::HashMap;

use super::id_table::{self, IdTable};
use super::timeline::numbered;
use super::{Event, Events, derive_id};

/// Events in the order of a file. Ids are unique; those of some may still be empty.
#[derive(Debug, Clone, Default)]
pub struct EventList {
    pub(super) events: Events,
    ids: IdTable,
    /// Positions of the events without an id, in order.
    unnamed: Vec<usize>,
}

impl EventList {
    /// Makes room for so many more events.
    pub fn reserve(&mut self, events: usize) {
        let list = &self.events;
        self.ids.reserve(events, |at| list.get(at).map(|event| event.id.as_str()));
    }

    /// Adds an event; false, and nothing changes, where an earlier one has its id.
    pub fn push(&mut self, event: Event) -> bool {
        let Self { events, ids, unnamed } = self;
        if event.id.is_empty() {
            unnamed.push(events.len());
            ids.push_nameless();
        } else if !ids.push(&event.id, |at| events.get(at).map(|event| event.id.as_str())) {
            return false;
        }
        events.push(event.into());
        true
    }

    /// Notes the ids of the events at the end that are not noted yet, by their hashes; false where two share one.
    pub(super) fn note_last(&mut self, hashes: &[u64]) -> bool {
        let Self { events, ids, unnamed } = self;
        let from = events.len() - hashes.len();
        let nameless = id_table::hash("");
        let is_nameless = |at: &usize| events.get(*at).is_none_or(|event| event.id.is_empty());
        unnamed
            .extend((from..).zip(hashes).filter(|(_, hash)| **hash == nameless).map(|(at, _)| at).filter(is_nameless));
        ids.push_many(hashes, |at| events.get(at).map(|event| event.id.as_str()))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Positions of the events whose id is still to be derived.
    pub fn unnamed(&self) -> &[usize] {
        &self.unnamed
    }

    /// The events, all with an id, and where each id stands. Ids left out are derived in the order of the file, around
    /// those it gives.
    pub(super) fn named(self) -> (Events, IdTable) {
        let Self { mut events, mut ids, unnamed } = self;
        // Ids are only ever added, so the number to try next for a base never falls.
        let mut numbers: HashMap<String, u64> = HashMap::new();
        for at in unnamed {
            let Some(event) = events.get(at) else { continue };
            let base = derive_id(&event.title, event.date.as_ref());
            let id_at = |at: usize| events.get(at).map(|event| event.id.as_str());
            let is_taken = |id: &str| ids.position(id, id_at).is_some();
            let id = if is_taken(&base) {
                let number = numbers.entry(base.clone()).or_insert(2);
                let (id, used) = numbered(&base, *number, is_taken);
                *number = used;
                id
            } else {
                base
            };
            if let Some(event) = events.get_mut(at) {
                event.id = id.into();
            }
            if let Some(event) = events.get(at) {
                ids.name(&event.id, at, |at| events.get(at).map(|event| event.id.as_str()));
            }
        }
        (events, ids)
    }
}

impl Extend<Event> for EventList {
    /// Adds events; of those that share an id the first stays.
    fn extend<I: IntoIterator<Item = Event>>(&mut self, events: I) {
        let events = events.into_iter();
        self.reserve(events.size_hint().0);
        for event in events {
            self.push(event);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Date;

    #[test]
    fn many_events_of_one_title_get_numbers_in_order() {
        let mut list = EventList::default();
        let event = |id: &str| Event::new(id, "Same", Date::parse("2024").unwrap());
        list.extend([event(""), event("same-2024-3"), event(""), event("")]);
        assert!(!list.push(event("same-2024-3")), "an id that is taken");
        assert!(list.push(event("a")));
        let (events, ids) = list.named();
        let names: Vec<&str> = events.iter().map(|event| event.id.as_str()).collect();
        assert_eq!(names, ["same-2024", "same-2024-3", "same-2024-2", "same-2024-4", "a"]);
        for (at, name) in names.iter().enumerate() {
            assert_eq!(ids.position(name, |at| names.get(at).copied()), Some(at));
        }
    }
}
