//! The events of a band that found no row: any number may last at once.

use std::borrow::BorrowMut;
use std::collections::BinaryHeap;

use super::column::splice;
use super::directory::Directory;
use super::line::{Line, leap, sorted_from};
use super::peaks::Peaks;
use super::{Placed, Tally};
use crate::time::Instant;

/// How many events a search for the heaviest of a stretch looks at before it answers with what it has.
const MOST_LOOKED_AT: usize = 20_000;

/// Events of one line that may overlap.
///
/// Invariant: `lasts` are the last instants of those of the line, sorted; `latest` are the maxima of those of the line as they stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Pile {
    pub line: Line,
    latest: Peaks<Instant>,
    lasts: Vec<Instant>,
    directory: Directory,
}

/// The last instant of something that ends here; what goes on has none.
const fn last(end: Instant) -> Instant {
    if end.micros() == i64::MAX { end } else { end.saturating_add(-1) }
}

impl Pile {
    /// The pile of events that come by start.
    pub fn of(line: Line) -> Self {
        let mut lasts: Vec<Instant> = line.ends.iter().map(|end| last(*end)).collect();
        lasts.sort_unstable();
        Self { latest: Peaks::of(&line.ends), directory: Directory::of(&lasts), lasts, line }
    }

    pub fn insert(&mut self, event: &Placed) {
        let at = self.line.insert(event);
        self.latest.refresh(&self.line.ends, at);
        let last = last(event.past());
        self.lasts.insert(self.lasts.partition_point(|other| *other < last), last);
        self.directory.change(last, true);
    }

    /// Takes out the event in a slot, which begins at an instant.
    pub fn remove(&mut self, slot: u32, start: Instant) -> bool {
        let end = self.line.position(slot, start).and_then(|at| self.line.ends.get(at).copied());
        let (Some(at), Some(end)) = (self.line.remove(slot, start), end) else { return false };
        self.latest.refresh(&self.line.ends, at);
        let last = last(end);
        self.lasts.remove(self.lasts.partition_point(|other| *other < last));
        self.directory.change(last, false);
        true
    }

    /// Takes out the events at these positions of the line, which rise, and puts others in, which come by start.
    pub fn splice(&mut self, gone: &[usize], come: &[Placed]) {
        if gone.is_empty() && come.is_empty() {
            return;
        }
        let mut lasts_gone: Vec<Instant> =
            gone.iter().filter_map(|at| self.line.ends.get(*at)).map(|end| last(*end)).collect();
        let mut lasts_come: Vec<Instant> = come.iter().map(|event| last(event.past())).collect();
        lasts_gone.sort_unstable();
        lasts_come.sort_unstable();
        // Of equal ones the next goes each time.
        let mut from = 0;
        let is_before = |limit: Instant| move |other: Instant| other < limit;
        let places_gone: Vec<usize> = lasts_gone
            .into_iter()
            .map(|last| {
                let at = leap(&self.lasts, from, is_before(last), &mut Tally::default());
                from = at + 1;
                at
            })
            .collect();
        let (mut at, mut gone_before) = (0, 0);
        let places_come: Vec<(usize, Instant)> = lasts_come
            .into_iter()
            .map(|last| {
                at = leap(&self.lasts, at, is_before(last), &mut Tally::default());
                let ahead = places_gone.get(gone_before..).unwrap_or_default();
                gone_before += ahead.iter().take_while(|gone| **gone < at).count();
                (at - gone_before, last)
            })
            .collect();
        splice(&mut self.lasts, &places_gone, places_come.into_iter());
        self.directory = Directory::of(&self.lasts);
        self.line.splice(gone, come);
        self.latest.refresh(&self.line.ends, 0);
    }

    /// How many start before an instant.
    pub fn begun(&self, before: Instant, from: usize, tally: &mut Tally) -> usize {
        self.line.starting(from, 0, before, tally)
    }

    /// How many are over at an instant.
    pub fn over(&self, at: Instant, from: usize, tally: &mut Tally) -> usize {
        sorted_from(&self.lasts, &self.directory, from, 0, at, tally)
    }

    /// Where the last of those that are over at an instant ended.
    pub fn last_end(&self, at: Instant, tally: &mut Tally) -> Option<Instant> {
        let last = self.over(at, 0, tally).checked_sub(1).and_then(|over| self.lasts.get(over));
        last.map(|last| last.saturating_add(1))
    }

    /// How many touch `start..end`.
    pub fn touching(&self, start: Instant, end: Instant, tally: &mut Tally) -> usize {
        self.begun(end, 0, tally) - self.over(start, 0, tally).min(self.line.len())
    }

    /// The part of `start..end` from the first that touches it to the last.
    pub fn within(&self, start: Instant, end: Instant, tally: &mut Tally) -> (Instant, Instant) {
        let past = self.begun(end, 0, tally);
        let first = self.latest.first_above(&self.line.ends, 0..past, start, tally);
        let from = first.and_then(|at| self.line.starts.get(at)).map_or(start, |first| start.max(*first));
        let over = self.over(end, 0, tally);
        let last = over.checked_sub(1).and_then(|at| self.lasts.get(at)).filter(|_| over >= past);
        (from, last.map_or(end, |last| end.min(last.saturating_add(1))))
    }

    /// Positions in the line of those that touch `start..end`, by start. Each costs a descent of the maxima.
    pub fn those_touching<'a, T: BorrowMut<Tally> + 'a>(
        &'a self,
        start: Instant,
        end: Instant,
        mut tally: T,
    ) -> impl Iterator<Item = usize> + use<'a, T> {
        let past = self.begun(end, 0, tally.borrow_mut());
        let mut from = 0;
        std::iter::from_fn(move || {
            let at = self.latest.first_above(&self.line.ends, from..past, start, tally.borrow_mut())?;
            from = at + 1;
            Some(at)
        })
    }

    /// The heaviest of those that touch `start..end`, heaviest first, of two the first. Exact unless more than some ten
    /// thousand heavier ones that started earlier are over by then.
    pub fn heaviest_few(&self, start: Instant, end: Instant, few: usize, tally: &mut Tally) -> Vec<usize> {
        let past = self.begun(end, 0, tally);
        let mut parts = BinaryHeap::new();
        let mut offer = |parts: &mut BinaryHeap<_>, from: usize, to: usize| {
            if let Some(at) = self.line.heaviest(from..to, tally) {
                let weight = self.line.weights.get(at).copied().unwrap_or(0);
                parts.push((weight, std::cmp::Reverse(at), from, to));
            }
        };
        offer(&mut parts, 0, past);
        let mut found = Vec::with_capacity(few);
        for _ in 0..MOST_LOOKED_AT {
            if found.len() == few {
                break;
            }
            let Some((_, std::cmp::Reverse(at), from, to)) = parts.pop() else { break };
            if self.line.ends.get(at).is_some_and(|end| *end > start) {
                found.push(at);
                offer(&mut parts, from, at);
                offer(&mut parts, at + 1, to);
                continue;
            }
            // What is over before the stretch begins is skipped with all around it that is over too.
            let first = self.latest.first_above(&self.line.ends, at + 1..to, start, &mut Tally::default());
            offer(&mut parts, from, at);
            if let Some(first) = first {
                offer(&mut parts, first, to);
            }
        }
        found
    }

    /// The first start and the last end that are not those of the axis.
    pub fn ends_known(&self) -> impl Iterator<Item = Instant> {
        let open = self.line.starts.partition_point(|start| *start == Instant::MIN);
        let closed = self.lasts.partition_point(|last| *last < Instant::MAX);
        let last = closed.checked_sub(1).and_then(|at| self.lasts.get(at)).map(|last| last.saturating_add(1));
        self.line.starts.get(open).copied().into_iter().chain(last)
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.line.bytes() + self.latest.bytes() + self.lasts.capacity() * 8 + self.directory.bytes()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_touches_a_stretch_is_found_and_counted(
            mut spans in prop::collection::vec((0_i64..2_000, 1_i64..900, 1_u8..6), 0..200),
            removed in prop::collection::vec(any::<prop::sample::Index>(), 0..5),
            from in 0_i64..2_500,
            length in 1_i64..300,
        ) {
            spans.sort_unstable();
            let at = Instant::from_micros;
            let placed = |(slot, (start, length, weight)): (u32, &(i64, i64, u8))| Placed {
                slot,
                start: at(*start),
                end: at(start + length),
                weight: *weight,
            };
            let events: Vec<Placed> = (0_u32..).zip(&spans).map(placed).collect();
            let mut pile = Pile::of(Line::of(&events));
            let mut left = events.clone();
            for index in removed {
                if !left.is_empty() {
                    let gone = left.remove(index.index(left.len()));
                    prop_assert!(pile.remove(gone.slot, gone.start));
                    if gone.slot.is_multiple_of(2) {
                        pile.insert(&gone);
                        left.push(gone);
                    }
                }
            }
            let (start, end) = (at(from), at(from + length));
            let mut expected: Vec<u32> =
                left.iter().filter(|event| event.start < end && event.past() > start).map(|event| event.slot).collect();
            let mut tally = Tally::default();
            prop_assert_eq!(pile.touching(start, end, &mut tally), expected.len());
            let slots = |found: Vec<usize>| -> Vec<u32> { found.into_iter().map(|at| pile.line.slots[at]).collect() };
            let mut found = slots(pile.those_touching(start, end, &mut tally).collect());
            found.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(found, expected.clone());
            let touching = || left.iter().filter(|event| event.start < end && event.past() > start);
            if let (Some(first), Some(last)) = (touching().map(|e| e.start).min(), touching().map(|e| e.past()).max()) {
                let within = (start.max(first), end.min(last));
                prop_assert_eq!(pile.within(start, end, &mut tally), within);
            }
            let heaviest = slots(pile.heaviest_few(start, end, 4, &mut tally));
            let mut weights: Vec<u8> = expected.iter().map(|slot| events[*slot as usize].weight).collect();
            weights.sort_unstable_by(|a, b| b.cmp(a));
            weights.truncate(4);
            let heaviest: Vec<u8> = heaviest.iter().map(|slot| events[*slot as usize].weight).collect();
            prop_assert_eq!(heaviest, weights);
        }
    }
}
