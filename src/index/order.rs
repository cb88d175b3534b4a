//! The time order of all events: their slots, each with as much of its key as tells most of them apart.
//!
//! ```text
//!   slots      7     2     19    4
//!   starts     18932 18932 18932 18933      microseconds
//!   lengths    86400 86400 —     86400      seconds; — where the whole key is to be read
//! ```
//!
//! A key is worked out of the date of an event, which lies anywhere in memory. A search that read one at each of its steps would
//! wait for that most of its time; the twelve bytes that are kept here decide nearly all of them.

use std::cmp::Ordering;

use super::column::splice;
use super::line::leap;
use super::{Tally, with_spare};
use crate::time::SortKey;

/// Slots in time order: by [`SortKey`], those of one key by position.
#[derive(Debug, Clone, Default)]
pub(super) struct Order {
    slots: Vec<u32>,
    starts: Vec<i64>,
    lengths: Vec<u32>,
}

/// As much of a key as is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ShortKey {
    start: i64,
    length: u32,
}

impl ShortKey {
    /// In place of a length where start and length are not all of the key.
    const NOT_ALL: u32 = u32::MAX;
    const SECOND: i64 = 1_000_000;

    /// What is kept of a key.
    pub fn of(key: &SortKey) -> Self {
        Self::of_clamped(key.clamped())
    }

    /// The same of start, nanoseconds after it and end, as [`SortKey::clamped`] gives them.
    pub fn of_clamped((start, nanos, end): (i64, u16, i64)) -> Self {
        let is_beyond = |micros: i64| matches!(micros, i64::MIN | i64::MAX);
        let is_all = nanos == 0 && !is_beyond(start) && !is_beyond(end);
        let length = end.checked_sub(start).filter(|length| is_all && length % Self::SECOND == 0);
        let length = length.and_then(|length| u32::try_from(length / Self::SECOND).ok()).unwrap_or(Self::NOT_ALL);
        Self { start, length }
    }

    /// How two keys compare; none where what is kept does not tell.
    fn compare(self, other: Self) -> Option<Ordering> {
        let are_all = self.length != Self::NOT_ALL && other.length != Self::NOT_ALL;
        match self.start.cmp(&other.start) {
            Ordering::Equal => are_all.then(|| self.length.cmp(&other.length)),
            of_starts => Some(of_starts),
        }
    }
}

impl Order {
    /// Of slots that come in time order.
    pub fn new(slots: impl ExactSizeIterator<Item = (u32, ShortKey)>) -> Self {
        let room = with_spare(slots.len());
        let mut order = Self {
            slots: Vec::with_capacity(room),
            starts: Vec::with_capacity(room),
            lengths: Vec::with_capacity(room),
        };
        for (slot, key) in slots {
            order.slots.push(slot);
            order.starts.push(key.start);
            order.lengths.push(key.length);
        }
        order
    }

    /// The slots.
    pub fn slots(&self) -> &[u32] {
        &self.slots
    }

    /// How many of the order, from a place on, stand before an event with this key. `is_before` decides of a slot where short keys do
    /// not, and hears whether that is because the whole keys are the same.
    pub fn rank(&self, from: usize, own: ShortKey, is_before: impl Fn(u32, bool) -> bool) -> usize {
        let tally = &mut Tally::default();
        let first = leap(&self.starts, from, |start| start < own.start, tally);
        let past = leap(&self.starts, first, |start| start <= own.start, tally);
        let (mut low, mut high) = (first, past);
        while low < high {
            let middle = low + (high - low) / 2;
            let length = self.lengths.get(middle).copied().unwrap_or(ShortKey::NOT_ALL);
            let is_before = match (ShortKey { length, ..own }).compare(own) {
                Some(Ordering::Less) => true,
                Some(Ordering::Greater) => false,
                told => self.slots.get(middle).is_some_and(|slot| is_before(*slot, told.is_some())),
            };
            if is_before {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// How many stand before everything that begins at an instant or later. `is_before` decides of what begins before the axis.
    pub fn rank_of_start(&self, micros: i64, is_before: impl Fn(u32) -> bool) -> usize {
        let told = self.starts.partition_point(|start| *start < micros);
        let beyond = self.slots.get(told..).unwrap_or_default();
        if micros == i64::MIN { told + beyond.partition_point(|slot| is_before(*slot)) } else { told }
    }

    /// Puts a slot at a place.
    pub fn insert(&mut self, at: usize, slot: u32, key: ShortKey) {
        self.slots.insert(at, slot);
        self.starts.insert(at, key.start);
        self.lengths.insert(at, key.length);
    }

    /// Takes out the slot at a place.
    pub fn remove(&mut self, at: usize) {
        self.slots.remove(at);
        self.starts.remove(at);
        self.lengths.remove(at);
    }

    /// Takes out many slots.
    pub fn remove_many(&mut self, is_gone: impl Fn(u32) -> bool) {
        let gone = self.slots.iter().enumerate().filter(|(_, slot)| is_gone(**slot));
        let gone: Vec<usize> = gone.map(|(at, _)| at).collect();
        splice(&mut self.slots, &gone, std::iter::empty());
        splice(&mut self.starts, &gone, std::iter::empty());
        splice(&mut self.lengths, &gone, std::iter::empty());
    }

    /// Puts many slots in, each before what stands at its place now; places rise.
    pub fn insert_many(&mut self, coming: &[(usize, u32, ShortKey)]) {
        splice(&mut self.slots, &[], coming.iter().map(|(at, slot, _)| (*at, *slot)));
        splice(&mut self.starts, &[], coming.iter().map(|(at, _, key)| (*at, key.start)));
        splice(&mut self.lengths, &[], coming.iter().map(|(at, _, key)| (*at, key.length)));
    }

    /// Keeps of the last so many slots those that are wanted.
    pub fn retain_last(&mut self, count: usize, is_wanted: impl Fn(u32) -> bool) {
        let first = self.slots.len().saturating_sub(count);
        let last = self.slots.iter().enumerate().skip(first);
        let gone: Vec<usize> = last.filter(|(_, slot)| !is_wanted(**slot)).map(|(at, _)| at).collect();
        splice(&mut self.slots, &gone, std::iter::empty());
        splice(&mut self.starts, &gone, std::iter::empty());
        splice(&mut self.lengths, &gone, std::iter::empty());
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.slots.capacity() * 4 + self.starts.capacity() * 8 + self.lengths.capacity() * 4
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Event;
    use crate::time::{Date, Zone};

    /// Dates of which many begin alike, and some that say more than is kept.
    const DATES: [&str; 16] = [
        "2024-06-19",
        "2024-06",
        "2024",
        "2024-06-19/2024-06-20",
        "2024-06-19/2024-11",
        "2024-06-19/..",
        "2024-06-19/",
        "../2024-06-19",
        "/2024-06-19",
        "2024-06-19T00:00:00Z",
        "2024-06-19T00:00:00.25Z",
        "2024-06-19T00:00:00.000000001Z",
        "2024-06-19T00:00:00.000000002Z",
        "Y-17E8",
        "Y17E8",
        "0001/2024-06-19",
    ];

    fn keys(picked: &[usize]) -> Vec<SortKey> {
        let key = |at: &usize| match DATES.get(*at) {
            Some(text) => Event::new("e", "e", Date::parse(text).unwrap()).sort_key(Zone::UTC),
            None => SortKey::UNDATED,
        };
        picked.iter().map(key).collect()
    }

    proptest! {
        #[test]
        fn what_is_told_compares_as_the_keys_do(a in 0..=DATES.len(), b in 0..=DATES.len()) {
            let keys = keys(&[a, b]);
            let told = ShortKey::of(&keys[0]).compare(ShortKey::of(&keys[1]));
            prop_assert!(told.is_none_or(|told| told == keys[0].cmp(&keys[1])), "{:?} {:?}", keys, told);
        }

        #[test]
        fn a_slot_stands_where_its_key_says(
            picked in prop::collection::vec(0..=DATES.len(), 1..40), gone in prop::collection::btree_set(0_u32..40, 0..20),
        ) {
            let keys = keys(&picked);
            let own = |slot: u32| (keys[slot as usize], slot);
            let mut sorted: Vec<u32> = (0..picked.len() as u32).collect();
            sorted.sort_by_key(|slot| own(*slot));
            let short = |slot: u32| (slot, ShortKey::of(&keys[slot as usize]));
            let rank = |order: &Order, from: usize, slot: u32| {
                order.rank(from, short(slot).1, |other, is_same| if is_same { other < slot } else { own(other) < own(slot) })
            };
            let whole = Order::new(sorted.clone().into_iter().map(short));
            for (at, slot) in sorted.iter().enumerate() {
                prop_assert_eq!(rank(&whole, 0, *slot), at);
            }
            // Taken out and put back together, and one by one.
            let (mut many, mut single) = (whole.clone(), whole.clone());
            many.remove_many(|slot| gone.contains(&slot));
            for slot in sorted.iter().filter(|slot| gone.contains(slot)) {
                let at = rank(&single, 0, *slot);
                single.remove(at);
            }
            prop_assert_eq!(many.slots(), single.slots());
            let mut from = 0;
            let mut coming = Vec::new();
            for slot in sorted.iter().copied().filter(|slot| gone.contains(slot)) {
                from = rank(&many, from, slot);
                coming.push((from, slot, short(slot).1));
            }
            many.insert_many(&coming);
            for slot in gone.iter().copied().filter(|slot| (*slot as usize) < picked.len()) {
                let at = rank(&single, 0, slot);
                single.insert(at, slot, short(slot).1);
            }
            prop_assert_eq!(many.slots(), sorted.as_slice());
            prop_assert_eq!(single.slots(), sorted.as_slice());
            let undated = keys.iter().filter(|key| **key == SortKey::UNDATED).count();
            single.retain_last(undated, |_| false);
            prop_assert_eq!(single.slots(), &sorted[..sorted.len() - undated]);
        }
    }
}
