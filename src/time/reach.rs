//! The reach of one thing in time: where it can begin and where it can be over, in microseconds.
//!
//! Owns the four places that an [`Extent`] comes to and how two things stand to each other that are no more than these. Dates
//! with gaps or with several members are `relation`'s.

use super::{DayBound, Edge, Extent, Instant};

/// A three-valued answer, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// In no course of events that the dates allow.
    No,
    /// In some and not in others.
    Possibly,
    /// In all of them.
    Yes,
}

impl Answer {
    /// Not ruled out.
    pub const fn is_possible(self) -> bool {
        !matches!(self, Self::No)
    }
}

/// A question about two stretches of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// The first is over when the second begins.
    Before,
    /// The first begins when the second is over.
    After,
    /// They share an instant.
    Overlaps,
    /// The first lies wholly inside the second.
    Within,
}

/// Closed ranges in microseconds for the first instant (`start`) and the first instant after (`end`). Whatever happens
/// lasts at least a microsecond, so `start < end`. 128 bits hold every day of every `i64` year, 64 bits every instant of the
/// axis; the least and the greatest number stand for what reaches without end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reach<N = i128> {
    pub start_min: N,
    pub start_max: N,
    pub end_min: N,
    pub end_max: N,
}

impl Reach {
    /// Of which nothing is known.
    pub const EVER: Self = Self { start_min: i128::MIN, start_max: i128::MAX, end_min: i128::MIN, end_max: i128::MAX };

    /// Exactly from one instant to another.
    pub const fn known(start: i128, end: i128) -> Self {
        Self { start_min: start, start_max: start, end_min: end, end_max: end }
    }

    /// Either.
    pub fn hull(self, other: Self) -> Self {
        Self {
            start_min: self.start_min.min(other.start_min),
            start_max: self.start_max.max(other.start_max),
            end_min: self.end_min.min(other.end_min),
            end_max: self.end_max.max(other.end_max),
        }
    }

    /// `days` give the outer edges where they lie beyond the axis.
    pub fn new(extent: &Extent, days: Option<(DayBound, DayBound)>) -> Self {
        let micros = |instant: Instant| i128::from(instant.micros());
        let beyond = |bound: Option<DayBound>, days_after: i128| match bound {
            Some(DayBound::Day(day)) => Some((day.number_wide() + days_after) * i128::from(Instant::DAY)),
            _ => None,
        };
        let start_min = match extent.earliest_start {
            Edge::At(instant) => micros(instant),
            Edge::Open => i128::MIN,
            Edge::Unknown => beyond(days.map(|days| days.0), 0).unwrap_or(i128::MIN),
        };
        let end_max = match extent.latest_end {
            Edge::At(instant) => micros(instant),
            Edge::Open => i128::MAX,
            Edge::Unknown => beyond(days.map(|days| days.1), 1).unwrap_or(i128::MAX),
        };
        let start_max = match (extent.latest_start, extent.earliest_start) {
            (Edge::At(instant), _) => micros(instant) - 1,
            // `../1945` began before all time; `[1945..]` may begin arbitrarily late.
            (Edge::Open, Edge::Open) => i128::MIN,
            (Edge::Open | Edge::Unknown, _) => i128::MAX,
        };
        let end_min = match (extent.earliest_end, extent.latest_end) {
            (Edge::At(instant), _) => micros(instant) + 1,
            // `1945/..` never ends; `[..1945]` may end arbitrarily early.
            (Edge::Open, Edge::Open) => i128::MAX,
            (Edge::Open | Edge::Unknown, _) => i128::MIN,
        };
        Self {
            start_min,
            start_max: start_max.min(end_max.saturating_sub(1)),
            end_min: end_min.max(start_min.saturating_add(1)),
            end_max,
        }
    }

    /// The same in 64 bits; none where a place is beyond them, which only dates far off the axis are.
    pub fn narrow(self) -> Option<Reach<i64>> {
        let narrow = |place: i128| match place {
            i128::MIN => Some(i64::MIN),
            i128::MAX => Some(i64::MAX),
            // The two ends of the range are taken.
            _ => i64::try_from(place).ok().filter(|place| i64::MIN < *place && *place < i64::MAX),
        };
        Some(Reach {
            start_min: narrow(self.start_min)?,
            start_max: narrow(self.start_max)?,
            end_min: narrow(self.end_min)?,
            end_max: narrow(self.end_max)?,
        })
    }
}

impl<N: Copy + Ord> Reach<N> {
    /// Whether this stands in a relation to another.
    pub fn relates(&self, relation: Relation, other: &Self) -> Answer {
        let (always, sometimes) = match relation {
            Relation::Before => (self.end_max <= other.start_min, self.end_min <= other.start_max),
            Relation::After => return other.relates(Relation::Before, self),
            Relation::Overlaps => (
                self.start_max < other.end_min && other.start_max < self.end_min,
                self.start_min < other.end_max && other.start_min < self.end_max,
            ),
            Relation::Within => (
                other.start_max <= self.start_min && self.end_max <= other.end_min,
                other.start_min <= self.start_max
                    && self.end_min <= other.end_max
                    && self.start_min.max(other.start_min) < self.end_max.min(other.end_max),
            ),
        };
        match (always, sometimes) {
            (true, _) => Answer::Yes,
            (false, true) => Answer::Possibly,
            (false, false) => Answer::No,
        }
    }
}

/// A [`Period`](super::Period) that is no more than one reach within the axis, in 32 bytes. Two of them are held against each
/// other by comparing numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds(pub(super) Reach<i64>);

impl Bounds {
    /// Whether this stands in a relation to another, as [`Period::relates`](super::Period::relates) answers.
    pub fn relates(&self, relation: Relation, other: &Self) -> Answer {
        self.0.relates(relation, &other.0)
    }
}
