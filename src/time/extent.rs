//! What a date covers: civil days, edges on the axis, order among dates.
//!
//! Owns the meaning of every form in time. How a date is drawn from it belongs to `scene`.

use std::fmt;
use std::sync::Arc;

use edtf_core::{Edtf, IntervalEndpoint, Set, SetElement, SetKind, YearKind};
use rustc_hash::FxHashSet;

use super::date::{Date, Form};
use super::timed::{Iso, Timed, TimedEnd};
use super::{CivilDay, Instant, Precision, Zone};

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
    start_micros: i128,
    /// By how much it starts after that.
    start_nanos: u16,
    end_micros: i128,
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
    const fn within(start: Edge, end: Edge) -> Self {
        Self { earliest_start: start, latest_start: end, earliest_end: start, latest_end: end }
    }

    /// Something that lasted from somewhere in `start` to somewhere in `end`.
    ///
    /// A time without a zone may turn out to be later than the end that gives one, once it is known where its clock stood.
    /// Then neither end is certain: both lie somewhere between the two.
    fn lasting(start: (Edge, Edge), end: (Edge, Edge)) -> Self {
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
    fn or(self, other: Self) -> Self {
        Self {
            earliest_start: outer(self.earliest_start, other.earliest_start, Instant::min),
            latest_start: outer(self.latest_start, other.latest_start, Instant::max),
            earliest_end: outer(self.earliest_end, other.earliest_end, Instant::min),
            latest_end: outer(self.latest_end, other.latest_end, Instant::max),
        }
    }

    /// Both: begins with the first, ends with the last.
    fn and(self, other: Self) -> Self {
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

impl Date {
    /// First and last civil day it can touch: of a time of day, the day as written.
    pub fn day_bounds(&self) -> DayBounds {
        match &*self.form() {
            Form::Edtf(edtf) => edtf_bounds(edtf),
            Form::Iso(Iso::Time(timed)) => {
                DayBounds { earliest: DayBound::Day(timed.day), latest: DayBound::Day(timed.day) }
            }
            Form::Iso(Iso::Span(start, end)) => DayBounds { earliest: end_day(start), latest: end_day(end) },
        }
    }

    /// Where on the axis of this zone it can begin and end. Years beyond the axis give [`Edge::Unknown`].
    pub fn extent(&self, zone: Zone) -> Extent {
        self.extent_where(|time| time.on_axis(zone))
    }

    /// [`Date::extent`] by what the clock of the zone showed, even while it was put back, for a date with times of day: so it
    /// is held against civil days, which run back then too. None for a civil date, which has no other extent.
    pub(super) fn extent_by_clock(&self, zone: Zone) -> Option<Extent> {
        let is_timed = !self.is_plain() && matches!(&*self.form(), Form::Edtf(Edtf::DateTime(_)) | Form::Iso(_));
        is_timed.then(|| self.extent_where(|time| time.by_clock(zone)))
    }

    /// The extent of a date whose times of day each begin and end somewhere.
    fn extent_where(&self, place: impl Fn(&Timed) -> (Instant, Instant)) -> Extent {
        if let Some((start, end)) = self.plain_edges() {
            return Extent::within(start, end);
        }
        match &*self.form() {
            Form::Edtf(Edtf::Date(date)) => within_date(date),
            Form::Edtf(Edtf::DateTime(time)) => {
                let (start, end) = place(&Timed::from_edtf(time));
                Extent::within(Edge::At(start), Edge::At(end))
            }
            Form::Edtf(Edtf::Interval(interval)) => {
                Extent::lasting(start_edges(&interval.start), end_edges(&interval.end))
            }
            Form::Edtf(Edtf::Set(set)) => self
                .set_extents(set)
                .iter()
                .copied()
                .reduce(match set.kind {
                    SetKind::OneMember => Extent::or,
                    SetKind::AllMembers => Extent::and,
                })
                .unwrap_or(Extent::within(Edge::Unknown, Edge::Unknown)),
            Form::Iso(Iso::Time(timed)) => {
                let (start, end) = place(timed);
                Extent::within(Edge::At(start), Edge::At(end))
            }
            Form::Iso(Iso::Span(start, end)) => Extent::lasting(timed_edges(start, &place), timed_edges(end, &place)),
        }
    }

    /// What it says happened.
    pub fn shape(&self) -> Shape {
        match &*self.form() {
            Form::Edtf(Edtf::Interval(_)) | Form::Iso(Iso::Span(..)) => Shape::Span,
            Form::Edtf(Edtf::Set(set)) => {
                let extents = self.set_extents(set);
                match (set.kind, set.elements.first()) {
                    (SetKind::AllMembers, _) => Shape::AllOf(extents),
                    (SetKind::OneMember, Some(SetElement::Date(date))) if extents.len() == 1 => single(date),
                    (SetKind::OneMember, _) if extents.len() == 1 => Shape::Window,
                    (SetKind::OneMember, _) => Shape::OneOf(extents),
                }
            }
            Form::Edtf(Edtf::Date(date)) => single(date),
            Form::Edtf(Edtf::DateTime(_)) | Form::Iso(Iso::Time(_)) => Shape::Moment,
        }
    }

    /// The members of a set that are not the same, in the order in which they are written.
    fn set_extents(&self, set: &Set) -> Arc<[Extent]> {
        self.members(|| {
            let mut seen = FxHashSet::default();
            let extents = set.elements.iter().map(|element| element_extent(set.kind, element));
            extents.filter(|extent| seen.insert(*extent)).collect()
        })
    }

    /// Whether some of it lies beyond the axis (some 292,000 years to either side of 1970) and so cannot be drawn where
    /// it stands. [`Date::day_bounds`] stays exact there.
    pub fn is_beyond_axis(&self) -> bool {
        let bounds = self.day_bounds();
        let is_beyond = |bound| match bound {
            DayBound::Day(day) => edge_at(day, 1) == Edge::Unknown || edge_at(day, 0) == Edge::Unknown,
            DayBound::Open => false,
            DayBound::Unknown => self.overflow() != 0,
        };
        is_beyond(bounds.earliest) || is_beyond(bounds.latest)
    }

    /// Its place in a list.
    pub fn sort_key(&self, zone: Zone) -> SortKey {
        self.extent_and_key(zone).1
    }

    /// [`Date::extent`] and [`Date::sort_key`] at once, for less than the two.
    pub fn extent_and_key(&self, zone: Zone) -> (Extent, SortKey) {
        let (extent, start_nanos) = match self.plain_edges() {
            Some((start, end)) => (Extent::within(start, end), 0),
            None => (self.extent(zone), self.start_nanos(zone)),
        };
        if let (Edge::At(start), Edge::At(end)) = (extent.earliest_start, extent.latest_end) {
            let (start_micros, end_micros) = (i128::from(start.micros()), i128::from(end.micros()));
            return (extent, SortKey { start_micros, start_nanos, end_micros });
        }
        let bounds = self.day_bounds();
        let position = |edge: Edge, bound: DayBound, days_after: i128, open: i128| match (edge, bound) {
            (Edge::At(instant), _) => Some(i128::from(instant.micros())),
            (_, DayBound::Day(day)) => Some((day.number_wide() + days_after) * i128::from(Instant::DAY)),
            (_, DayBound::Open) => Some(open),
            (_, DayBound::Unknown) => match self.overflow() {
                0 => None,
                sign => Some(i128::from(sign) * i128::MAX / 2),
            },
        };
        let start = position(extent.earliest_start, bounds.earliest, 0, i128::MIN);
        let end = position(extent.latest_end, bounds.latest, 1, i128::MAX);
        let start_micros = start.or(end).unwrap_or(i128::MAX);
        (extent, SortKey { start_micros, start_nanos, end_micros: end.unwrap_or(i128::MAX) })
    }

    /// By how many nanoseconds it starts after the microsecond at which it stands.
    fn start_nanos(&self, zone: Zone) -> u16 {
        match &*self.form() {
            Form::Edtf(Edtf::DateTime(time)) => Timed::from_edtf(time).nanos_on_axis(zone),
            Form::Iso(Iso::Time(time) | Iso::Span(TimedEnd::Time(time), _)) => time.nanos_on_axis(zone),
            Form::Edtf(_) | Form::Iso(Iso::Span(..)) => 0,
        }
    }

    /// The sign of a year too large for 64 bits, or 0 where there is none.
    fn overflow(&self) -> i8 {
        let of_date = |date: &edtf_core::Date| match date.year.kind {
            YearKind::Exponential { significand, .. } => i8::try_from(significand.signum()).unwrap_or(0),
            YearKind::Big { value } => i8::try_from(value.signum()).unwrap_or(0),
            YearKind::Standard { .. } => 0,
        };
        let is_unbounded = |date: &edtf_core::Date| matches!(day_edges(date).earliest, DayBound::Unknown);
        let form = self.form();
        let mut dates: Vec<&edtf_core::Date> = Vec::new();
        match &*form {
            Form::Edtf(Edtf::Date(date)) => dates.push(date),
            Form::Edtf(Edtf::Interval(interval)) => {
                dates.extend([&interval.start, &interval.end].into_iter().filter_map(endpoint_date));
            }
            Form::Edtf(Edtf::Set(set)) => {
                for element in &set.elements {
                    match element {
                        SetElement::Date(date) | SetElement::OnOrBefore(date) | SetElement::OnOrAfter(date) => {
                            dates.push(date);
                        }
                        SetElement::Range(from, to) => dates.extend([from, to]),
                    }
                }
            }
            Form::Edtf(Edtf::DateTime(_)) | Form::Iso(_) => {}
        }
        dates.into_iter().find(|date| is_unbounded(date)).map_or(0, of_date)
    }
}

/// The date an endpoint names, whichever way it leans.
pub(super) const fn endpoint_date(endpoint: &IntervalEndpoint) -> Option<&edtf_core::Date> {
    match endpoint {
        IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrBefore(date) | IntervalEndpoint::OnOrAfter(date) => {
            Some(date)
        }
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
    }
}

/// First and last day of a single EDTF date.
pub(super) fn day_edges(date: &edtf_core::Date) -> DayBounds {
    edtf_bounds(&Edtf::Date(*date))
}

fn single(date: &edtf_core::Date) -> Shape {
    if super::precision::of_date(date) == Precision::Day { Shape::Moment } else { Shape::Window }
}

fn edtf_bounds(edtf: &Edtf) -> DayBounds {
    let bounds = edtf.bounds();
    DayBounds { earliest: day_bound(bounds.earliest), latest: day_bound(bounds.latest) }
}

fn day_bound(bound: edtf_core::Bound) -> DayBound {
    match bound {
        edtf_core::Bound::NegativeInfinity | edtf_core::Bound::PositiveInfinity => DayBound::Open,
        edtf_core::Bound::Unknown => DayBound::Unknown,
        edtf_core::Bound::Date(day) => DayBound::Day(CivilDay::new(day.year, day.month, day.day)),
    }
}

fn end_day(end: &TimedEnd) -> DayBound {
    match end {
        TimedEnd::Time(timed) => DayBound::Day(timed.day),
        TimedEnd::Day(day) => DayBound::Day(*day),
        TimedEnd::Open => DayBound::Open,
        TimedEnd::Unknown => DayBound::Unknown,
    }
}

fn edge_at(day: CivilDay, days_after: i64) -> Edge {
    day.number()
        .checked_add(days_after)
        .and_then(|number| number.checked_mul(Instant::DAY))
        .map_or(Edge::Unknown, |micros| Edge::At(Instant::from_micros(micros)))
}

fn edge(bound: DayBound, days_after: i64) -> Edge {
    match bound {
        DayBound::Open => Edge::Open,
        DayBound::Unknown => Edge::Unknown,
        DayBound::Day(day) => edge_at(day, days_after),
    }
}

fn date_edges(date: &edtf_core::Date) -> (Edge, Edge) {
    if let Some(day) = plain_day(date) {
        return (edge_at(day, 0), edge_at(day, 1));
    }
    let bounds = day_edges(date);
    (edge(bounds.earliest, 0), edge(bounds.latest, 1))
}

/// The day of a date that gives just one and leaves out no digit, as most do.
fn plain_day(date: &edtf_core::Date) -> Option<CivilDay> {
    let YearKind::Standard { negative, digits } = date.year.kind else { return None };
    let year = digits.iter().try_fold(0, |year, digit| Some(10 * year + i64::from((*digit)?)))?;
    let month = date.month?.value().filter(|month| *month <= 12)?;
    let is_plain = date.year.significant_digits.is_none();
    is_plain.then_some(CivilDay::new(if negative { -year } else { year }, month, date.day?.value()?))
}

fn within_date(date: &edtf_core::Date) -> Extent {
    let (start, end) = date_edges(date);
    Extent::within(start, end)
}

fn start_edges(endpoint: &IntervalEndpoint) -> (Edge, Edge) {
    match endpoint {
        IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrAfter(date) => date_edges(date),
        IntervalEndpoint::OnOrBefore(date) => (Edge::Open, date_edges(date).1),
        IntervalEndpoint::Open => (Edge::Open, Edge::Open),
        IntervalEndpoint::Unknown => (Edge::Unknown, Edge::Unknown),
    }
}

fn end_edges(endpoint: &IntervalEndpoint) -> (Edge, Edge) {
    match endpoint {
        IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrBefore(date) => date_edges(date),
        IntervalEndpoint::OnOrAfter(date) => (date_edges(date).0, Edge::Open),
        IntervalEndpoint::Open => (Edge::Open, Edge::Open),
        IntervalEndpoint::Unknown => (Edge::Unknown, Edge::Unknown),
    }
}

fn timed_edges(end: &TimedEnd, place: impl Fn(&Timed) -> (Instant, Instant)) -> (Edge, Edge) {
    match end {
        TimedEnd::Time(timed) => {
            let (start, end) = place(timed);
            (Edge::At(start), Edge::At(end))
        }
        TimedEnd::Day(day) => (edge_at(*day, 0), edge_at(*day, 1)),
        TimedEnd::Open => (Edge::Open, Edge::Open),
        TimedEnd::Unknown => (Edge::Unknown, Edge::Unknown),
    }
}

fn element_extent(kind: SetKind, element: &SetElement) -> Extent {
    match (kind, element) {
        (_, SetElement::Date(date)) => within_date(date),
        (SetKind::OneMember, SetElement::OnOrBefore(date)) => Extent::within(Edge::Open, date_edges(date).1),
        (SetKind::OneMember, SetElement::OnOrAfter(date)) => Extent::within(date_edges(date).0, Edge::Open),
        (SetKind::OneMember, SetElement::Range(from, to)) => Extent::within(date_edges(from).0, date_edges(to).1),
        (SetKind::AllMembers, SetElement::OnOrBefore(date)) => {
            Extent::lasting((Edge::Open, Edge::Open), date_edges(date))
        }
        (SetKind::AllMembers, SetElement::OnOrAfter(date)) => {
            Extent::lasting(date_edges(date), (Edge::Open, Edge::Open))
        }
        (SetKind::AllMembers, SetElement::Range(from, to)) => Extent::lasting(date_edges(from), date_edges(to)),
    }
}
