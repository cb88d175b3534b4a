//! What a date covers: civil days, edges on the axis, its place among dates.
//!
//! Owns the meaning of every form in time. How a date is drawn from it belongs to `scene`.

use std::sync::Arc;

use edtf_core::{Edtf, IntervalEndpoint, Set, SetElement, SetKind, YearKind};
use rustc_hash::FxHashSet;

use super::date::{Date, Form, endpoint_date};
use super::extent::{DayBound, DayBounds, Edge, Extent, Shape, SortKey};
use super::precision::{Precision, of_date};
use super::timed::{Iso, Timed, TimedEnd};
use super::{CivilDay, Instant, Zone};

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

/// First and last day of a single EDTF date.
pub(super) fn day_edges(date: &edtf_core::Date) -> DayBounds {
    edtf_bounds(&Edtf::Date(*date))
}

fn single(date: &edtf_core::Date) -> Shape {
    if of_date(date) == Precision::Day { Shape::Moment } else { Shape::Window }
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
