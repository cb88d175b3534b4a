//! Which events of a timeline are selected, as a bit for each.

/// A set of positions of events. Costs a bit per event, whatever it holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matches {
    words: Vec<u64>,
    events: usize,
    count: usize,
}

impl Matches {
    /// None of so many events.
    pub fn none(events: usize) -> Self {
        Self { words: vec![0; events.div_ceil(64)], events, count: 0 }
    }

    /// All of so many events.
    pub fn all(events: usize) -> Self {
        Self::from_words(vec![u64::MAX; events.div_ceil(64)], events)
    }

    /// Those of so many events for which `is_selected` holds.
    pub fn from_fn(events: usize, mut is_selected: impl FnMut(usize) -> bool) -> Self {
        let words = (0..events.div_ceil(64))
            .map(|word| {
                (word * 64..events.min(word * 64 + 64))
                    .fold(0, |bits, at| bits | (u64::from(is_selected(at)) << (at % 64)))
            })
            .collect();
        Self::from_words(words, events)
    }

    /// Those of so many events that stand at these positions.
    pub fn of(events: usize, positions: impl IntoIterator<Item = usize>) -> Self {
        let mut words = vec![0_u64; events.div_ceil(64)];
        for position in positions {
            if let Some(word) = words.get_mut(position / 64) {
                *word |= 1 << (position % 64);
            }
        }
        Self::from_words(words, events)
    }

    /// A bit for each event, the first in the lowest bit of the first word. Bits past the last event are cleared.
    pub fn from_words(mut words: Vec<u64>, events: usize) -> Self {
        words.resize(events.div_ceil(64), 0);
        if let Some(last) = words.last_mut()
            && !events.is_multiple_of(64)
        {
            *last &= (1 << (events % 64)) - 1;
        }
        let count = words.iter().map(|word| word.count_ones() as usize).sum();
        Self { words, events, count }
    }

    /// Whether the event at this position is selected.
    pub fn contains(&self, event: usize) -> bool {
        self.words.get(event / 64).is_some_and(|word| word >> (event % 64) & 1 == 1)
    }

    /// How many are selected.
    pub const fn count(&self) -> usize {
        self.count
    }

    /// How many events there are, selected or not.
    pub const fn events(&self) -> usize {
        self.events
    }

    /// The bits of the events, 64 in a word.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// The positions of those selected, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(at, &word)| {
            std::iter::successors((word != 0).then_some(word), |rest| {
                let rest = rest & (rest - 1);
                (rest != 0).then_some(rest)
            })
            .map(move |rest| at * 64 + rest.trailing_zeros() as usize)
        })
    }

    /// Leaves only those that are selected here and there.
    pub fn intersect(&mut self, other: &Self) {
        self.join(other, |own, other| own & other);
    }

    /// Adds those that are selected there.
    pub fn unite(&mut self, other: &Self) {
        self.join(other, |own, other| own | other);
    }

    /// Leaves out those that are selected there.
    pub fn subtract(&mut self, other: &Self) {
        self.join(other, |own, other| own & !other);
    }

    /// Those of the events that are not selected.
    #[must_use]
    pub fn complement(self) -> Self {
        Self::from_words(self.words.into_iter().map(|word| !word).collect(), self.events)
    }

    /// Joins the bits of both. The other is of as many events; of any more nothing is known here.
    fn join(&mut self, other: &Self, joined: impl Fn(u64, u64) -> u64) {
        let pairs = self.words.iter_mut().zip(other.words.iter().copied().chain(std::iter::repeat(0)));
        pairs.for_each(|(own, other)| *own = joined(*own, other));
        *self = Self::from_words(std::mem::take(&mut self.words), self.events);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_set_holds_what_was_put_into_it(bits in proptest::collection::vec(any::<bool>(), 0..300)) {
            let set = Matches::from_fn(bits.len(), |at| bits[at]);
            let positions: Vec<usize> = (0..bits.len()).filter(|&at| bits[at]).collect();
            prop_assert_eq!(set.iter().collect::<Vec<_>>(), positions.clone());
            prop_assert_eq!(set.count(), positions.len());
            prop_assert_eq!(Matches::of(bits.len(), positions.iter().copied()), set.clone());
            prop_assert!((0..bits.len() + 70).all(|at| set.contains(at) == bits.get(at).copied().unwrap_or(false)));
            let mut even = set.clone();
            even.intersect(&Matches::from_fn(bits.len(), |at| at % 2 == 0));
            prop_assert!(even.iter().eq(positions.iter().copied().filter(|at| at % 2 == 0)));
            let (mut odd, mut both) = (set.clone(), even.clone());
            odd.subtract(&even);
            prop_assert!(odd.iter().eq(positions.into_iter().filter(|at| at % 2 == 1)));
            both.unite(&odd);
            prop_assert_eq!(&both, &set);
            let others = set.complement();
            prop_assert_eq!(others.iter().collect::<Vec<_>>(), (0..bits.len()).filter(|&at| !bits[at]).collect::<Vec<_>>());
            both.unite(&others);
            prop_assert_eq!(both, Matches::all(bits.len()));
        }
    }

    #[test]
    fn bits_past_the_last_event_do_not_count() {
        assert_eq!(Matches::from_words(vec![u64::MAX], 3).count(), 3);
        assert_eq!(Matches::from_words(vec![], 65), Matches::none(65));
    }
}
