//! Folds: the stretches of time that a time axis leaves out, as a value small enough to be copied with a window.

use crate::time::Instant;

/// A stretch of time that is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fold {
    /// Its first instant.
    pub start: Instant,
    /// The first instant after it.
    pub end: Instant,
}

impl Fold {
    /// How long it is, in microseconds; a length beyond the range of the number stops there.
    pub fn micros(&self) -> i64 {
        self.end.saturating_since(self.start)
    }

    /// Whether an instant lies in it.
    pub fn contains(&self, instant: Instant) -> bool {
        self.start <= instant && instant < self.end
    }
}

/// The folds of a time axis, from the earliest to the latest.
///
/// Invariant: each is longer than nothing and ends before the next begins; what stands in `list` behind `count` is the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Folds {
    list: [Fold; Self::MOST],
    count: usize,
}

impl Folds {
    /// The most that an axis can have: more would leave a window little but breaks.
    pub const MOST: usize = 24;

    /// No fold.
    pub const NONE: Self =
        Self { list: [Fold { start: Instant::from_micros(0), end: Instant::from_micros(0) }; 24], count: 0 };

    /// The folds of these stretches. Those that touch are joined; of more than [`Folds::MOST`] the longest are taken.
    pub fn of(stretches: impl IntoIterator<Item = Fold>) -> Self {
        let mut sorted: Vec<Fold> = stretches.into_iter().filter(|fold| fold.start < fold.end).collect();
        sorted.sort_by_key(|fold| (fold.start, fold.end));
        let mut joined: Vec<Fold> = Vec::with_capacity(sorted.len());
        for fold in sorted {
            match joined.last_mut().filter(|last| fold.start <= last.end) {
                Some(last) => last.end = last.end.max(fold.end),
                None => joined.push(fold),
            }
        }
        if joined.len() > Self::MOST {
            // Of equals the earlier stay: the sort is stable.
            joined.sort_by_key(|fold| std::cmp::Reverse(fold.micros()));
            joined.truncate(Self::MOST);
            joined.sort_by_key(|fold| fold.start);
        }
        let mut folds = Self::NONE;
        for (place, fold) in folds.list.iter_mut().zip(joined) {
            *place = fold;
            folds.count += 1;
        }
        folds
    }

    /// From the earliest to the latest.
    pub fn as_slice(&self) -> &[Fold] {
        self.list.get(..self.count).unwrap_or_default()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The fold in which an instant lies.
    pub fn at(&self, instant: Instant) -> Option<Fold> {
        self.as_slice().iter().copied().find(|fold| fold.contains(instant))
    }

    /// How much of `start..end` is not folded, in microseconds.
    pub fn unfolded_micros(&self, start: Instant, end: Instant) -> i128 {
        let between = |start: Instant, end: Instant| (i128::from(end.micros()) - i128::from(start.micros())).max(0);
        let folded = self.as_slice().iter().map(|fold| between(fold.start.max(start), fold.end.min(end)));
        between(start, end) - folded.sum::<i128>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(start: i64, end: i64) -> Fold {
        Fold { start: Instant::from_micros(start), end: Instant::from_micros(end) }
    }

    #[test]
    fn folds_are_in_order_and_apart() {
        let folds = Folds::of([fold(50, 60), fold(10, 20), fold(15, 30), fold(30, 40), fold(7, 7), fold(9, 3)]);
        assert_eq!(folds.as_slice(), [fold(10, 40), fold(50, 60)]);
        assert_eq!(folds.at(Instant::from_micros(39)), Some(fold(10, 40)));
        assert_eq!(folds.at(Instant::from_micros(40)), None);
        assert_eq!(folds.unfolded_micros(Instant::from_micros(0), Instant::from_micros(55)), 20);
    }

    #[test]
    fn of_too_many_the_longest_are_taken() {
        let folds = Folds::of((0..40).map(|at| fold(at * 100, at * 100 + 10 + at)));
        assert_eq!(folds.as_slice().len(), Folds::MOST);
        assert_eq!(folds.as_slice().first(), Some(&fold(1_600, 1_626)));
    }
}
