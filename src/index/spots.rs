//! Where each event stands: its placements, by slot.
//!
//! Nearly every event has one placement, or none where it is not on the axis; several it has only where the bands stand for the
//! values of a list, of which it has several:
//!
//! ```text
//!   slot     0     1     2     3           first: a column, as long as there are slots
//!   first   2,0   0,3    —    1,0
//!   more                      3: 4,1       the others, sorted by slot and band: empty where the bands
//!                             3: 7,0       stand for a field of one value
//! ```

use std::iter;

use super::slot_set::SlotSet;

/// Where an event stands: its band and its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Position of its band.
    pub band: u32,
    /// Its row, from the top; [`MOST_ROWS`](super::MOST_ROWS) for the pile below all rows, unless the index is
    /// [spread](super::Index::spread).
    pub row: u32,
}

impl Spot {
    /// Of an event that has no place on the axis.
    pub(super) const NOWHERE: Self = Self { band: u32::MAX, row: u32::MAX };
}

/// The placements of all events.
///
/// Invariant: `more` is sorted; a slot in it has a `first`, whose band is above those of its others, and no band twice.
#[derive(Debug, Clone, Default)]
pub(super) struct Spots {
    first: Vec<Spot>,
    more: Vec<(u32, Spot)>,
}

impl Spots {
    /// So many slots, whose events stand nowhere, with room for as many placements.
    pub fn nowhere(slots: usize, room: usize) -> Self {
        let mut first = Vec::with_capacity(room.max(slots));
        first.resize(slots, Spot::NOWHERE);
        Self { first, more: Vec::new() }
    }

    /// The placements that come band by band, from the top.
    pub fn extend(&mut self, spots: impl Iterator<Item = (u32, Spot)>) {
        for (slot, spot) in spots {
            match self.first.get_mut(slot as usize) {
                Some(first) if *first == Spot::NOWHERE => *first = spot,
                Some(_) => self.more.push((slot, spot)),
                None => {}
            }
        }
    }

    /// Ends a run of [`Spots::extend`].
    pub fn settle(&mut self) {
        if self.more.is_empty() {
            return;
        }
        // A counting sort by slot: of one slot they have come by band already.
        let mut next = vec![0_u32; self.first.len() + 1];
        for (slot, _) in &self.more {
            if let Some(count) = next.get_mut(*slot as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for first in &mut next {
            sum += *first;
            *first = sum;
        }
        let mut sorted = vec![(0, Spot::NOWHERE); self.more.len()];
        for placed in &self.more {
            let Some(next) = next.get_mut(placed.0 as usize) else { continue };
            if let Some(slot) = sorted.get_mut(*next as usize) {
                *slot = *placed;
            }
            *next += 1;
        }
        self.more = sorted;
    }

    /// How many slots there are.
    pub fn len(&self) -> usize {
        self.first.len()
    }

    /// Whether some event has several placements.
    pub fn are_several(&self) -> bool {
        !self.more.is_empty()
    }

    /// The topmost placement of the event in a slot.
    pub fn first(&self, slot: u32) -> Option<Spot> {
        self.first.get(slot as usize).copied().filter(|spot| *spot != Spot::NOWHERE)
    }

    /// All placements of the event in a slot, from the top.
    pub fn of(&self, slot: u32) -> impl Iterator<Item = Spot> + '_ {
        let others = self.more.get(self.others(slot)).unwrap_or_default();
        self.first(slot).into_iter().chain(others.iter().map(|(_, spot)| *spot))
    }

    /// Whether a band is the topmost in which the event in a slot stands: where each event is to be counted once, it is
    /// counted there.
    pub fn is_first(&self, slot: u32, band: u32) -> bool {
        self.more.is_empty() || self.first.get(slot as usize).is_some_and(|spot| spot.band == band)
    }

    /// Takes out the placements of the event in a slot.
    pub fn take(&mut self, slot: u32) -> Vec<Spot> {
        let spots = self.of(slot).collect();
        let others = self.others(slot);
        self.more.drain(others);
        if let Some(first) = self.first.get_mut(slot as usize) {
            *first = Spot::NOWHERE;
        }
        spots
    }

    /// Takes out the placements of the events in these slots.
    pub fn take_all(&mut self, slots: &[u32]) {
        for slot in slots {
            if let Some(first) = self.first.get_mut(*slot as usize) {
                *first = Spot::NOWHERE;
            }
        }
        if !self.more.is_empty() {
            let taken = SlotSet::of(slots.iter().copied(), self.first.len());
            self.more.retain(|(slot, _)| !taken.has(*slot));
        }
    }

    /// Puts the placements of the event in a slot, from the top: it has none so far.
    pub fn put(&mut self, slot: u32, spots: &[Spot]) {
        if self.first.len() <= slot as usize {
            self.first.resize(slot as usize + 1, Spot::NOWHERE);
        }
        let Some((topmost, others)) = spots.split_first() else { return };
        if let Some(first) = self.first.get_mut(slot as usize) {
            *first = *topmost;
        }
        let at = self.others(slot).start;
        self.more.splice(at..at, iter::repeat(slot).zip(others.iter().copied()));
    }

    /// The same placements where bands have moved, and none where one is gone; bands stay in their order.
    pub fn moved(&self, to: impl Fn(u32) -> Option<u32>) -> Self {
        let moved = |spot: &Spot| to(spot.band).map_or(Spot::NOWHERE, |band| Spot { band, ..*spot });
        let first = self.first.iter().map(moved).collect();
        Self { first, more: self.more.iter().map(|(slot, spot)| (*slot, moved(spot))).collect() }
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.first.capacity() * size_of::<Spot>() + self.more.capacity() * size_of::<(u32, Spot)>()
    }

    /// Where the placements of a slot stand in `more`.
    fn others(&self, slot: u32) -> std::ops::Range<usize> {
        let from = self.more.partition_point(|(other, _)| *other < slot);
        let count = self.more.get(from..).unwrap_or_default().iter().take_while(|(other, _)| *other == slot).count();
        from..from + count
    }
}
