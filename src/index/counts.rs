//! How many events begin when, over all time: what the overview strip shows.

use crate::time::Instant;

/// The most buckets; a strip has far fewer columns.
const MOST_BUCKETS: usize = 1 << 14;
/// After losing events at its ends, a count this much too long is made anew.
const SLACK: usize = 64;

/// Counts in buckets that begin at multiples of a power of two of microseconds: as fine as [`MOST_BUCKETS`] allow.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    shift: u32,
    /// The number of the first bucket.
    first: i64,
    buckets: Vec<u32>,
}

impl Counts {
    /// The counts of many instants.
    pub fn of(instants: impl Iterator<Item = Instant> + Clone) -> Self {
        let mut counts = Self::default();
        let ends = instants.clone().fold(None, |ends, instant| {
            Some(ends.map_or((instant, instant), |(a, b): (Instant, Instant)| (a.min(instant), b.max(instant))))
        });
        if let Some((first, last)) = ends {
            counts.reach(first);
            counts.reach(last);
        }
        instants.for_each(|instant| counts.add(instant));
        counts
    }

    /// Counts one more.
    pub fn add(&mut self, instant: Instant) {
        self.reach(instant);
        if let Some(count) = self.bucket(instant).and_then(|at| self.buckets.get_mut(at)) {
            *count += 1;
        }
    }

    /// Counts one less.
    pub fn remove(&mut self, instant: Instant) {
        if let Some(count) = self.bucket(instant).and_then(|at| self.buckets.get_mut(at)) {
            *count = count.saturating_sub(1);
        }
    }

    /// Whether it reaches so much further than its counts that it is coarser than it need be.
    pub fn is_loose(&self) -> bool {
        let is_counted = |count: &u32| *count > 0;
        let first = self.buckets.iter().position(is_counted).unwrap_or(0);
        let last = self.buckets.iter().rposition(is_counted).unwrap_or(0);
        self.shift > 0 && (last + 1 - first) * SLACK < self.buckets.len()
    }

    /// Every bucket with a count: its middle and how many.
    pub fn iter(&self) -> impl Iterator<Item = (Instant, u32)> {
        let middle =
            |number: i64| Instant::from_micros((number << self.shift).saturating_add((1_i64 << self.shift) / 2));
        self.numbered().filter(|(_, count)| *count > 0).map(move |(number, count)| (middle(number), count))
    }

    fn numbered(&self) -> impl Iterator<Item = (i64, u32)> {
        self.buckets.iter().enumerate().map(|(at, count)| (self.first.saturating_add(at as i64), *count))
    }

    fn bucket(&self, instant: Instant) -> Option<usize> {
        usize::try_from((instant.micros() >> self.shift).checked_sub(self.first)?).ok()
    }

    /// Makes room for an instant, by longer buckets where they would be too many.
    fn reach(&mut self, instant: Instant) {
        if self.buckets.is_empty() {
            (self.shift, self.first) = (0, instant.micros());
            self.buckets.push(0);
            return;
        }
        loop {
            let number = instant.micros() >> self.shift;
            let last = self.first.saturating_add(self.buckets.len() as i64 - 1);
            let (from, to) = (self.first.min(number), self.first.max(last).max(number));
            let needed = to.checked_sub(from).and_then(|span| usize::try_from(span).ok());
            if let Some(needed) = needed.filter(|needed| *needed < MOST_BUCKETS) {
                let ahead = usize::try_from(self.first - from).unwrap_or(0);
                self.buckets.splice(0..0, std::iter::repeat_n(0, ahead));
                self.buckets.resize(needed + 1, 0);
                self.first = from;
                return;
            }
            self.halve();
        }
    }

    fn halve(&mut self) {
        let first = self.first >> 1;
        let mut halved = vec![0; self.buckets.len() / 2 + 1];
        for (number, count) in self.numbered() {
            if let Some(sum) = usize::try_from((number >> 1) - first).ok().and_then(|at| halved.get_mut(at)) {
                *sum += count;
            }
        }
        (self.first, self.shift, self.buckets) = (first, self.shift + 1, halved);
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.buckets.capacity() * 4
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_far_from_its_place(
            instants in prop::collection::vec(prop_oneof![any::<i64>(), -1_000_i64..1_000, 0_i64..1 << 40], 1..60),
            removed in prop::collection::vec(any::<prop::sample::Index>(), 0..10),
        ) {
            let mut instants: Vec<Instant> = instants.into_iter().map(Instant::from_micros).collect();
            let mut counts = Counts::of(instants.iter().copied());
            for index in removed {
                if instants.len() > 1 {
                    counts.remove(instants.remove(index.index(instants.len())));
                }
            }
            let mut own: Vec<i128> = instants.iter().map(|instant| i128::from(instant.micros())).collect();
            own.sort_unstable();
            let counted: Vec<i128> = counts
                .iter()
                .flat_map(|(instant, count)| std::iter::repeat_n(i128::from(instant.micros()), count as usize))
                .collect();
            prop_assert_eq!(counted.len(), own.len());
            let bucket = 1_i128 << counts.shift;
            for (a, b) in own.iter().zip(&counted) {
                prop_assert!((a - b).abs() <= bucket, "{a} is counted at {b}");
            }
            prop_assert!(counts.buckets.len() <= MOST_BUCKETS);
        }
    }

    #[test]
    fn a_lone_event_far_out_makes_it_loose_once_it_is_gone() {
        let far = Instant::from_micros(1 << 60);
        let mut counts = Counts::of((0..1_000).map(Instant::from_micros).chain([far]));
        assert!(!counts.is_loose());
        counts.remove(far);
        assert!(counts.is_loose());
    }
}
