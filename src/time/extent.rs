//! What can be said of a time: civil days, edges on the axis, a shape, an order. What a date says of it belongs to `coverage`.

use std::fmt;
use std::sync::Arc;

use super::{CivilDay, Instant};

/// One end of a date's bounds in civil days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayBound {
    /// Known to have no bound on this side (`..`).
    Open,
    /// Not known.
    Unknown,
    /// The first or last day that the date can touch, inclusive.
    Day(CivilDay),
}

impl fmt::Display for DayBound {
    /// `YYYY-MM-DD`, `..` or `?`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str(".."),
            Self::Unknown => f.write_str("?"),
            Self::Day(day) => day.fmt(f),
        }
    }
}

/// The first and last day that a date can touch. Qualifiers (`?`, `~`, `%`) never widen them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayBounds {
    /// First day, inclusive.
    pub earliest: DayBound,
    /// Last day, inclusive.
    pub latest: DayBound,
}

/// One edge of an extent on the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edge {
    /// Reaches without end on this side.
    Open,
    /// Not known, or beyond the axis.
    Unknown,
    /// At this instant.
    At(Instant),
}

impl Edge {
    /// The instant, where there is one.
    pub const fn instant(self) -> Option<Instant> {
        match self {
            Self::At(instant) => Some(instant),
            Self::Open | Self::Unknown => None,
        }
    }
}

/// Where on the axis a date can begin and end. All four are half-open in the usual way: an end is the first instant
/// after. For one thing at one time (a moment or a window) all that is known is `earliest_start..latest_end`, so its
/// inner edges say no more than its outer ones.
///
/// ```text
///   a span     earliest_start   latest_start        earliest_end   latest_end
///                    |················|━━━━━━━━━━━━━━━━━━━━|···············|
///
///   a window   earliest_start = earliest_end        latest_start = latest_end
///                    |··················· once, somewhere ·················|
/// ```
///
/// `earliest_start <= latest_start`, `earliest_end <= latest_end`, `earliest_start <= earliest_end` and
/// `latest_start <= latest_end`, where they are instants. `latest_start` may lie after `earliest_end`: then no instant
/// is certainly covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Extent {
    /// It began at or after this.
    pub earliest_start: Edge,
    /// It began before or at this.
    pub latest_start: Edge,
    /// It ended at or after this.
    pub earliest_end: Edge,
    /// It ended before or at this.
    pub latest_end: Edge,
}

/// What a date says happened, apart from how well it is known: this decides how it is drawn and dragged.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// One thing at a known day or a known time of day.
    Moment,
    /// One thing, once, somewhere within bounds coarser than a day: `2024-06`, `[2024-10-21..2024-10-31]`, `199X`,
    /// `2024-10-XX`, `2024-23`. An open side is an [`Edge::Open`].
    Window,
    /// Something that lasted from a start to an end: `2024-10-21/2024-10-31`; open and unknown ends are edges.
    Span,
    /// One thing, once, on one of these: `[1667,1760-12]`.
    OneOf(Arc<[Extent]>),
    /// Something on each of these: `{1960,1961-12}`.
    AllOf(Arc<[Extent]>),
}

/// The place of a date in a list: by earliest start, then by latest end. An open start comes first; an unknown start
/// stands where its end does, an unknown end after all known ones. Exact for years beyond the axis too, and for fractions
/// of a second to the nanosecond.
///
/// A total order: one number after the other, each worked out from one date alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey {
    pub(super) start_micros: i128,
    /// By how much it starts after that.
    pub(super) start_nanos: u16,
    pub(super) end_micros: i128,
}

impl SortKey {
    /// Of what has no date: behind every date, also one whose start and end are unknown. No date has so many nanoseconds.
    pub const UNDATED: Self = Self { start_micros: i128::MAX, start_nanos: u16::MAX, end_micros: i128::MAX };

    /// Start in microseconds, nanoseconds after it, and end in microseconds, what is beyond them as their least and greatest:
    /// keys that differ in these compare as these do, up to the first number that is one of the two.
    pub fn clamped(&self) -> (i64, u16, i64) {
        let clamp = |micros: i128| match i64::try_from(micros) {
            Ok(micros) => micros,
            Err(_) if micros < 0 => i64::MIN,
            Err(_) => i64::MAX,
        };
        (clamp(self.start_micros), self.start_nanos, clamp(self.end_micros))
    }

    /// Whether it stands before everything that begins at an instant or later.
    pub fn starts_before(&self, instant: Instant) -> bool {
        self.start_micros < i128::from(instant.micros())
    }
}

impl Extent {
    /// One thing somewhere from `start` to `end`.
    pub(super) const fn within(start: Edge, end: Edge) -> Self {
        Self { earliest_start: start, latest_start: end, earliest_end: start, latest_end: end }
    }

    /// Something that lasted from somewhere in `start` to somewhere in `end`.
    ///
    /// A time without a zone may turn out to be later than the end that gives one, once it is known where its clock stood.
    /// Then neither end is certain: both lie somewhere between the two.
    pub(super) fn lasting(start: (Edge, Edge), end: (Edge, Edge)) -> Self {
        if let (Edge::At(starts), Edge::At(ends)) = (start.0, end.1)
            && ends < starts
        {
            return Self::within(end.0, start.1);
        }
        let mut extent =
            Self { earliest_start: start.0, latest_start: start.1, earliest_end: end.0, latest_end: end.1 };
        if let (Edge::At(start), Edge::At(end)) = (extent.latest_start, extent.latest_end) {
            extent.latest_start = Edge::At(start.min(end));
        }
        if let (Edge::At(start), Edge::At(end)) = (extent.earliest_start, extent.earliest_end) {
            extent.earliest_end = Edge::At(end.max(start));
        }
        extent
    }

    /// One of the two, not known which.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            earliest_start: outer(self.earliest_start, other.earliest_start, Instant::min),
            latest_start: outer(self.latest_start, other.latest_start, Instant::max),
            earliest_end: outer(self.earliest_end, other.earliest_end, Instant::min),
            latest_end: outer(self.latest_end, other.latest_end, Instant::max),
        }
    }

    /// Both: begins with the first, ends with the last.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            earliest_start: outer(self.earliest_start, other.earliest_start, Instant::min),
            latest_start: outer(self.latest_start, other.latest_start, Instant::min),
            earliest_end: outer(self.earliest_end, other.earliest_end, Instant::max),
            latest_end: outer(self.latest_end, other.latest_end, Instant::max),
        }
    }
}

fn outer(a: Edge, b: Edge, choose: fn(Instant, Instant) -> Instant) -> Edge {
    match (a, b) {
        (Edge::Open, _) | (_, Edge::Open) => Edge::Open,
        (Edge::Unknown, _) | (_, Edge::Unknown) => Edge::Unknown,
        (Edge::At(a), Edge::At(b)) => Edge::At(choose(a, b)),
    }
}
