//! Events that come in many at a time, from several threads, before it is known that their ids are unique.
//!
//! Looking an id up as each event comes would wait for a far place in memory a million times. Here ids are compared once
//! many have come, those that lie close together in the table one after another. A file of a million events, 493 MB, is
//! opened with 5.9 s of CPU this way and with 6.3 s the other (four runs of each by turns, 2026-11-29).

use super::event_list::EventList;
use super::{Event, SharedEvent, id_table};

/// Events that are read together, with what their ids are found by: worked out while they are at hand.
#[derive(Debug, Default)]
pub struct EventBatch {
    events: Vec<SharedEvent>,
    hashes: Vec<u64>,
}

impl EventBatch {
    /// Room for so many events.
    pub fn with_capacity(events: usize) -> Self {
        Self { events: Vec::with_capacity(events), hashes: Vec::with_capacity(events) }
    }

    /// Adds an event.
    pub fn push(&mut self, event: Event) {
        self.hashes.push(id_table::hash(&event.id));
        self.events.push(event.into());
    }
}

impl From<Vec<Event>> for EventBatch {
    fn from(events: Vec<Event>) -> Self {
        let mut batch = Self::with_capacity(events.len());
        events.into_iter().for_each(|event| batch.push(event));
        batch
    }
}

/// Batches of events in the order of a file.
#[derive(Debug, Default)]
pub struct EventBatches {
    /// All of them; the ids of the last are not compared yet.
    list: EventList,
    /// The hashes of those.
    hashes: Vec<u64>,
    /// Two share an id.
    is_spoilt: bool,
}

impl EventBatches {
    /// Makes room for so many more events.
    pub fn reserve(&mut self, events: usize) {
        self.list.reserve(events);
    }

    /// Adds the next events.
    pub fn append(&mut self, batch: EventBatch) {
        self.hashes.extend(batch.hashes);
        self.list.events.extend(batch.events);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All that have come, as a list that can be looked at while more come; nothing where two share an id.
    pub fn list(&mut self) -> Option<&EventList> {
        let hashes = std::mem::take(&mut self.hashes);
        self.is_spoilt = self.is_spoilt || !self.list.note_last(&hashes);
        (!self.is_spoilt).then_some(&self.list)
    }

    /// All of them as a list; nothing where two share an id.
    pub fn into_list(mut self) -> Option<EventList> {
        self.list().is_some().then_some(self.list)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::Date;

    proptest! {
        #[test]
        fn batches_are_what_one_event_after_another_is(
            ids in prop::collection::vec(prop::collection::vec(prop_oneof![3 => "[a-z]{1,3}", 1 => ""], 0..40), 0..8),
            looks in any::<u8>(),
        ) {
            let event = |id: &str| Event::new(id, "Same", Date::parse("2024").unwrap());
            let (mut batches, mut list, mut is_unique) = (EventBatches::default(), EventList::default(), true);
            for (nth, ids) in ids.iter().enumerate() {
                let mut batch = EventBatch::default();
                for id in ids {
                    is_unique &= list.push(event(id));
                    batch.push(event(id));
                }
                batches.append(batch);
                if looks >> nth & 1 == 1 {
                    prop_assert_eq!(batches.list().map(EventList::len), is_unique.then_some(list.len()));
                }
            }
            let read = batches.into_list();
            prop_assert_eq!(read.is_some(), is_unique);
            let Some(read) = read else { return Ok(()) };
            prop_assert_eq!(read.unnamed(), list.unnamed());
            let ((read, read_ids), (events, ids)) = (read.named(), list.named());
            prop_assert_eq!(&read, &events);
            for event in &events {
                let id_at = |at: usize| events.get(at).map(|event| event.id.as_str());
                prop_assert_eq!(read_ids.position(&event.id, id_at), ids.position(&event.id, id_at));
            }
        }
    }

    /// As many as make the table larger than the parts in which it is filled.
    #[test]
    fn many_batches_are_found_by_id_and_two_alike_are_noticed() {
        let event = |at: usize| Event::new(format!("event-{at}"), "Same", Date::parse("2024").unwrap());
        let batches_of = |positions: &[usize]| {
            let mut batches = EventBatches::default();
            for positions in positions.chunks(700) {
                let mut batch = EventBatch::default();
                positions.iter().for_each(|at| batch.push(event(*at)));
                batches.append(batch);
            }
            batches
        };
        let mut positions: Vec<usize> = (0..5_000).collect();
        let (events, ids) = batches_of(&positions).into_list().expect("no two are alike").named();
        let id_at = |at: usize| events.get(at).map(|event| event.id.as_str());
        assert!(positions.iter().all(|at| ids.position(&format!("event-{at}"), id_at) == Some(*at)));
        assert_eq!(ids.position("event-5000", id_at), None);
        positions.push(123);
        assert!(batches_of(&positions).into_list().is_none(), "the last has the id of another");
    }
}
