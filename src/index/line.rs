//! Events along time, in columns by start: a row of a band, or the pile of what found no row.

use std::collections::BinaryHeap;
use std::ops::Range;

use super::column::splice;
use super::directory::Directory;
use super::peaks::Peaks;
use super::{Placed, Tally};
use crate::time::Instant;

/// Events by start, of two the one that ends first; then in the order in which they came.
///
/// Invariant: the columns are equally long, and an end is later than its start.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub starts: Vec<Instant>,
    pub ends: Vec<Instant>,
    pub slots: Vec<u32>,
    pub weights: Vec<u8>,
    heaviest: Peaks<u8>,
    directory: Directory,
}

impl Line {
    /// The line of events that come by start.
    pub fn of(events: &[Placed]) -> Self {
        let mut growing = GrowingLine::with_room(events.len());
        events.iter().for_each(|event| growing.push(event));
        growing.done()
    }

    pub fn len(&self) -> usize {
        self.starts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    pub fn get(&self, at: usize) -> Option<Placed> {
        Some(Placed {
            slot: *self.slots.get(at)?,
            start: *self.starts.get(at)?,
            end: *self.ends.get(at)?,
            weight: *self.weights.get(at)?,
        })
    }

    /// Puts an event behind those that stand where it does; says where.
    pub fn insert(&mut self, event: &Placed) -> usize {
        let (start, end) = (event.start, event.past());
        let from = self.starts.partition_point(|other| *other < start);
        let equal = self.starts.get(from..).unwrap_or_default().partition_point(|other| *other <= start);
        let at = from + self.ends.get(from..from + equal).unwrap_or_default().partition_point(|other| *other <= end);
        self.starts.insert(at, start);
        self.ends.insert(at, end);
        self.slots.insert(at, event.slot);
        self.weights.insert(at, event.weight);
        self.heaviest.refresh(&self.weights, at);
        self.directory.change(start, true);
        at
    }

    /// Where the event in a slot stands, which begins at an instant.
    pub fn position(&self, slot: u32, start: Instant) -> Option<usize> {
        let from = self.starts.partition_point(|other| *other < start);
        let past = self.starts.partition_point(|other| *other <= start);
        let at = self.slots.get(from..past)?.iter().position(|other| *other == slot)?;
        Some(from + at)
    }

    /// Takes out the event in a slot, which begins at an instant; says where it stood.
    pub fn remove(&mut self, slot: u32, start: Instant) -> Option<usize> {
        let at = self.position(slot, start)?;
        self.starts.remove(at);
        self.directory.change(start, false);
        self.ends.remove(at);
        self.slots.remove(at);
        self.weights.remove(at);
        self.heaviest.refresh(&self.weights, at);
        Some(at)
    }

    /// Takes out the events at these positions, which rise, and puts others in, which come by start: each behind those that stand
    /// where it does. Goes through each column once.
    pub fn splice(&mut self, gone: &[usize], come: &[Placed]) {
        if gone.is_empty() && come.is_empty() {
            return;
        }
        // Where each comes among what stays: what goes before a position is left out.
        let (mut at, mut gone_before) = (0, 0);
        let places: Vec<usize> = come
            .iter()
            .map(|event| {
                let own = (event.start, event.past());
                at = leap(&self.starts, at, |start| start < own.0, &mut Tally::default());
                while let Some(other) = self.starts.get(at).zip(self.ends.get(at))
                    && (*other.0, *other.1) <= own
                {
                    at += 1;
                }
                gone_before +=
                    gone.get(gone_before..).unwrap_or_default().iter().take_while(|gone| **gone < at).count();
                at - gone_before
            })
            .collect();
        let at = |column: fn(&Placed) -> Instant| places.iter().copied().zip(come.iter().map(column));
        splice(&mut self.starts, gone, at(|event| event.start));
        splice(&mut self.ends, gone, at(Placed::past));
        splice(&mut self.slots, gone, places.iter().copied().zip(come.iter().map(|event| event.slot)));
        splice(&mut self.weights, gone, places.iter().copied().zip(come.iter().map(|event| event.weight)));
        debug_assert!(self.starts.is_sorted(), "events of a line stand by start");
        self.heaviest.refresh(&self.weights, 0);
        self.directory = Directory::of(&self.starts);
    }

    /// Gives events other weights, by their positions.
    pub fn reweigh(&mut self, weights: &[(usize, u8)]) {
        for (at, weight) in weights {
            if let Some(place) = self.weights.get_mut(*at) {
                *place = *weight;
            }
        }
        if !weights.is_empty() {
            self.heaviest.refresh(&self.weights, 0);
        }
    }

    /// The events for which a question about their slots is answered with yes.
    pub fn filtered(&self, keep: impl Fn(u32) -> bool) -> Self {
        let kept: Vec<Placed> =
            (0..self.len()).filter_map(|at| self.get(at)).filter(|event| keep(event.slot)).collect();
        Self::of(&kept)
    }

    /// The first event at or after `from` that starts at an instant or later: at once where a stretch of the directory begins
    /// there, else by leaps within one, so that one near `from + hint` is found in few steps.
    pub fn starting(&self, from: usize, hint: usize, instant: Instant, tally: &mut Tally) -> usize {
        sorted_from(&self.starts, &self.directory, from, hint, instant, tally)
    }

    /// Positions of the events that touch `start..end`, in a line in which none overlap: the ends are in order too then.
    pub fn touching(&self, start: Instant, end: Instant) -> Range<usize> {
        let mut tally = Tally::default();
        let past = self.starting(0, 0, end, &mut tally);
        let first = self.starting(0, 0, start, &mut tally);
        // Of what has begun before, the last alone can reach so far.
        let before = first.checked_sub(1).filter(|before| self.ends.get(*before).is_some_and(|end| *end > start));
        before.unwrap_or(first)..past.max(first)
    }

    /// Where the heaviest event of a stretch stands, the first of equals.
    pub fn heaviest(&self, stretch: Range<usize>, tally: &mut Tally) -> Option<usize> {
        self.heaviest.greatest(&self.weights, stretch, tally)
    }

    /// The heaviest events of a stretch, heaviest first, of two the first: in time that grows with their number alone.
    pub fn heaviest_few(&self, stretch: Range<usize>, few: usize, tally: &mut Tally) -> Vec<usize> {
        let mut parts = BinaryHeap::new();
        let mut offer = |parts: &mut BinaryHeap<_>, range: Range<usize>| {
            if let Some(at) = self.heaviest(range.clone(), tally) {
                let weight = self.weights.get(at).copied().unwrap_or(0);
                parts.push((weight, std::cmp::Reverse(at), range.start, range.end));
            }
        };
        offer(&mut parts, stretch);
        let mut found = Vec::with_capacity(few);
        while found.len() < few
            && let Some((_, std::cmp::Reverse(at), from, to)) = parts.pop()
        {
            found.push(at);
            offer(&mut parts, from..at);
            offer(&mut parts, at + 1..to);
        }
        found
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.starts.capacity() * 8
            + self.ends.capacity() * 8
            + self.slots.capacity() * 4
            + self.weights.capacity()
            + self.heaviest.bytes()
            + self.directory.bytes()
            + size_of::<Self>()
    }
}

/// A line to which events are added by start, before what is found by its columns is worked out.
#[derive(Debug)]
pub(super) struct GrowingLine(Line);

impl GrowingLine {
    /// A line with room for so many events.
    pub fn with_room(events: usize) -> Self {
        Self(Line {
            starts: Vec::with_capacity(events),
            ends: Vec::with_capacity(events),
            slots: Vec::with_capacity(events),
            weights: Vec::with_capacity(events),
            heaviest: Peaks::default(),
            directory: Directory::default(),
        })
    }

    /// Adds the next event.
    #[inline]
    pub fn push(&mut self, event: &Placed) {
        let Self(line) = self;
        line.starts.push(event.start);
        line.ends.push(event.past());
        line.slots.push(event.slot);
        line.weights.push(event.weight);
    }

    /// The line.
    pub fn done(self) -> Line {
        let Self(mut line) = self;
        debug_assert!(line.starts.is_sorted(), "events of a line come by start");
        line.directory = Directory::of(&line.starts);
        line.heaviest.refresh(&line.weights, 0);
        line
    }
}

/// The first position at or after `from` of what is not before an instant, in a sorted column with its directory.
pub(super) fn sorted_from(
    column: &[Instant],
    directory: &Directory,
    from: usize,
    hint: usize,
    instant: Instant,
    tally: &mut Tally,
) -> usize {
    let around = directory.around(instant, column.len());
    tally.add(1);
    if around.end <= from || around.is_empty() {
        return around.end.max(from);
    }
    let low = from.max(around.start);
    let hint = (from + hint).saturating_sub(low);
    leap_near(column.get(..around.end).unwrap_or(column), low, hint, |other| other < instant, tally)
}

/// The first position at or after `from` that is not `before`, in a column that is so from some position on.
pub(super) fn leap<T: Copy>(column: &[T], from: usize, before: impl Fn(T) -> bool, tally: &mut Tally) -> usize {
    leap_near(column, from, 0, before, tally)
}

/// [`leap`], which takes the fewer steps the nearer the answer lies to `from + hint`.
pub(super) fn leap_near<T: Copy>(
    column: &[T],
    from: usize,
    hint: usize,
    before: impl Fn(T) -> bool,
    tally: &mut Tally,
) -> usize {
    let mut is_before = |at: usize| {
        tally.add(1);
        column.get(at).is_some_and(|value| before(*value))
    };
    let guess = (from + hint).min(column.len());
    let mut step = 1;
    // All up to `low` are before; `high` is not, or is past the end.
    let (mut low, mut high) = (from, from);
    if is_before(guess) {
        low = guess + 1;
        while is_before(low + step - 1) {
            low += step;
            step *= 2;
        }
        high = (low + step - 1).min(column.len()).max(low);
    } else if guess > from {
        high = guess;
        low = high.saturating_sub(step).max(from);
        while low > from && !is_before(low) {
            high = low;
            step *= 2;
            low = high.saturating_sub(step).max(from);
        }
    }
    while low < high {
        let middle = usize::midpoint(low, high);
        if is_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_leap_lands_where_a_search_does(
            mut column in prop::collection::vec(0_u32..50, 0..200),
            from in 0_usize..220,
            limit in 0_u32..52,
            hint in 0_usize..230,
        ) {
            column.sort_unstable();
            let expected = column.partition_point(|value| *value < limit).max(from);
            prop_assert_eq!(leap(&column, from, |value| value < limit, &mut Tally::default()), expected);
            let near = leap_near(&column, from, hint, |value| value < limit, &mut Tally::default());
            prop_assert_eq!(near, expected);
        }

        #[test]
        fn the_heaviest_few_are_those_of_a_sort(
            weights in prop::collection::vec(1_u8..6, 0..300),
            few in 0_usize..20,
        ) {
            let at = |at: usize| Instant::from_micros(i64::try_from(at).unwrap() * 10);
            let events: Vec<Placed> = weights
                .iter()
                .zip(0_u32..)
                .map(|(weight, slot)| Placed { slot, start: at(slot as usize), end: at(slot as usize), weight: *weight })
                .collect();
            let mut expected: Vec<usize> = (0..events.len()).collect();
            expected.sort_by_key(|at| (std::cmp::Reverse(weights[*at]), *at));
            expected.truncate(few);
            let line = Line::of(&events);
            prop_assert_eq!(line.heaviest_few(0..events.len(), few, &mut Tally::default()), expected);
        }
    }
}
