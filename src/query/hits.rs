//! What a question finds, three-valued: what matches for certain, and what may.
//!
//! Kleene's strong logic over sets of events (S. C. Kleene, *Introduction to Metamathematics*, § 64): a part of which it is
//! not known whether it is so leaves the whole unknown only where the rest does not decide it.

use super::Matches;

/// The events that match a question for certain, and those that may.
///
/// Invariant: what is certain is possible, and both are of equally many events.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits {
    certain: Matches,
    possible: Matches,
}

impl Hits {
    /// All of so many events.
    pub fn all(events: usize) -> Self {
        Self::exact(Matches::all(events))
    }

    /// None of so many events.
    pub fn none(events: usize) -> Self {
        Self::exact(Matches::none(events))
    }

    /// These for certain, and no others.
    pub fn exact(matches: Matches) -> Self {
        Self { possible: matches.clone(), certain: matches }
    }

    /// These for certain, and these and the others possibly.
    pub fn new(certain: Matches, mut possible: Matches) -> Self {
        debug_assert_eq!(certain.events(), possible.events(), "both are of the same events");
        possible.unite(&certain);
        Self { certain, possible }
    }

    /// Those that match for certain.
    pub const fn certain(&self) -> &Matches {
        &self.certain
    }

    /// Those that may match: the certain ones too.
    pub const fn possible(&self) -> &Matches {
        &self.possible
    }

    /// Those that match for certain, without the others.
    pub fn into_certain(self) -> Matches {
        self.certain
    }

    /// Those that may match, as the certain ones do.
    pub fn into_possible(self) -> Matches {
        self.possible
    }

    /// How many only may match.
    pub fn only_possible(&self) -> usize {
        self.possible.count() - self.certain.count()
    }

    /// The same without these among those that only may match.
    #[must_use]
    pub fn not_merely_possible(mut self, events: &Matches) -> Self {
        self.possible.subtract(events);
        self.possible.unite(&self.certain);
        self
    }

    /// Those that match both questions.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.certain.intersect(&other.certain);
        self.possible.intersect(&other.possible);
        self
    }

    /// Those that match either question.
    #[must_use]
    pub fn or(mut self, other: &Self) -> Self {
        self.certain.unite(&other.certain);
        self.possible.unite(&other.possible);
        self
    }

    /// Those that do not match: for certain where it is not even possible, possibly where it is not certain.
    #[expect(clippy::should_implement_trait, reason = "it stands beside and and or, which are no operators either")]
    #[must_use]
    pub fn not(self) -> Self {
        Self { certain: self.possible.complement(), possible: self.certain.complement() }
    }
}
