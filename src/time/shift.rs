//! Writing dates: from a place on the axis at a given precision, and moved or stretched by a hand.
//!
//! Nothing here makes a date more precise than it was, or than was asked for. What cannot be said in the form a date has
//! is refused with none.

use edtf_core::{
    DateField, Edtf, Interval, IntervalEndpoint, Qualifier, Set, SetElement, SetKind, TimeShift, Year, YearKind,
};

use super::calendar::Unit;
use super::coverage::day_edges;
use super::date::{Date, Form, endpoint_date};
use super::timed::{Iso, Timed, TimedEnd, shift_minutes};
use super::{CivilDay, DayBound, Instant, Local, Precision, Zone, precision};

/// Codes of ISO 8601-2, 4.8, that divide a year alike, each in the order of its first month.
const SEASONS: [&[u8]; 6] =
    [&[21, 22, 23, 24], &[25, 26, 27, 28], &[31, 32, 29, 30], &[33, 34, 35, 36], &[37, 38, 39], &[40, 41]];

/// The last year EDTF can write with a month.
const LAST_PLAIN_YEAR: i64 = 9_999;

impl Date {
    /// A day. Years beyond four digits have no days in EDTF: they give the year.
    pub fn from_day(day: CivilDay) -> Self {
        Self::from_edtf(Edtf::Date(plain(day, Precision::Day)))
    }

    /// A month, 1–12. Years beyond four digits give the year.
    pub fn from_month(year: i64, month: u8) -> Self {
        Self::from_edtf(Edtf::Date(plain(CivilDay::new(year, month, 1), Precision::Month)))
    }

    /// A year, astronomical: 0 is 1 BCE.
    pub fn from_year(year: i64) -> Self {
        Self::from_edtf(Edtf::Date(plain(CivilDay::new(year, 1, 1), Precision::Year)))
    }

    /// Something that lasted from one day to another, in whichever order they are given.
    pub fn span(start: CivilDay, end: CivilDay) -> Self {
        let endpoint = |day| IntervalEndpoint::Date(plain(day, Precision::Day));
        Self::from_edtf(Edtf::Interval(Interval { start: endpoint(start.min(end)), end: endpoint(start.max(end)) }))
    }

    /// What is known of a place on the axis of `zone` at a precision, and no more. A quarter stands for a season. Minutes
    /// name the zone (`2024-10-24T10:23[Europe/Moscow]`), seconds give the offset.
    pub fn at_precision(at: Instant, precision: Precision, zone: Zone) -> Self {
        let day = at.day();
        let has_times = (0..=LAST_PLAIN_YEAR).contains(&day.year);
        match precision {
            Precision::Minute | Precision::Second if has_times => {
                let moment = zone.moment_at(at);
                let timed = Timed::from_civil(zone.civil(moment));
                Self::from_timed(if precision == Precision::Minute {
                    // A time that came twice is told apart by its offset.
                    let is_twice = matches!(zone.local(timed.civil()), Local::Fold(..));
                    let shift = shift_of(zone, moment).filter(|_| is_twice);
                    Timed { second: None, shift, zone: Some(zone.clock()), ..timed }
                } else {
                    match shift_of(zone, moment) {
                        Some(shift) => Timed { shift: Some(shift), ..timed },
                        None => Timed { zone: Some(zone.clock()), ..timed },
                    }
                })
            }
            _ => Self::from_edtf(Edtf::Date(plain(day, precision))),
        }
    }

    fn from_timed(timed: Timed) -> Self {
        Self::from_iso(Iso::Time(timed))
    }

    /// The same date `micros` later (earlier where negative), by whole units of its own precision: a month moves by
    /// months, a year by years, a time by minutes or seconds. Qualifiers, offset and zone stay. None where its form cannot be
    /// moved: scattered masks (`2024-1X-15`), sets of several members, significant digits, or past what EDTF can write.
    pub fn moved(&self, micros: i64) -> Option<Self> {
        match &*self.form() {
            Form::Edtf(Edtf::Date(date)) => {
                let step = Step::of(date)?;
                step.applied(date, step.count(date, micros)?).map(Edtf::Date).map(Self::from_edtf)
            }
            Form::Edtf(Edtf::DateTime(time)) => Self::written(&moved_time(&Timed::from_edtf(time), micros).to_string()),
            Form::Edtf(Edtf::Interval(interval)) => {
                let moved = moved_pair(&interval_pair(interval)?, micros)?;
                let mut moved = moved.into_iter();
                let mut next = |endpoint: &IntervalEndpoint| match endpoint {
                    IntervalEndpoint::Date(_) => moved.next().map(IntervalEndpoint::Date),
                    IntervalEndpoint::OnOrBefore(_) => moved.next().map(IntervalEndpoint::OnOrBefore),
                    IntervalEndpoint::OnOrAfter(_) => moved.next().map(IntervalEndpoint::OnOrAfter),
                    IntervalEndpoint::Open | IntervalEndpoint::Unknown => Some(*endpoint),
                };
                let (start, end) = (next(&interval.start)?, next(&interval.end)?);
                Self::written(&Edtf::Interval(Interval { start, end }).to_string())
            }
            Form::Edtf(Edtf::Set(set)) => {
                let [element] = set.elements.as_slice() else { return None };
                let one = |date: &edtf_core::Date| moved_pair(&[*date], micros)?.pop();
                let element = match element {
                    SetElement::Date(date) => SetElement::Date(one(date)?),
                    SetElement::OnOrBefore(date) => SetElement::OnOrBefore(one(date)?),
                    SetElement::OnOrAfter(date) => SetElement::OnOrAfter(one(date)?),
                    SetElement::Range(from, to) => match moved_pair(&[*from, *to], micros)?.as_slice() {
                        [from, to] => SetElement::Range(*from, *to),
                        _ => return None,
                    },
                };
                Self::written(&Edtf::Set(Set { kind: set.kind, elements: vec![element] }).to_string())
            }
            Form::Iso(Iso::Time(timed)) => Self::written(&moved_time(timed, micros).to_string()),
            Form::Iso(Iso::Span(start, end)) => {
                let moved = |end: &TimedEnd| match end {
                    TimedEnd::Time(timed) => TimedEnd::Time(moved_time(timed, micros)),
                    TimedEnd::Day(day) => {
                        TimedEnd::Day(CivilDay::from_number(day.number().saturating_add(rounded(micros, Instant::DAY))))
                    }
                    TimedEnd::Open | TimedEnd::Unknown => *end,
                };
                Self::written(&Iso::Span(moved(start), moved(end)).to_string())
            }
        }
    }

    /// The same span or window beginning at a place on the axis of `zone`, at the precision its start has. None where
    /// it is neither, or where it would end before it starts.
    pub fn with_start(&self, at: Instant, zone: Zone) -> Option<Self> {
        self.with_edge(Side::Start, at, zone)
    }

    /// The same span or window ending at a place on the axis of `zone`, at the precision its end has. `at` is the first
    /// instant after, as [`super::Extent::latest_end`] is: midnight after 31 October gives 31 October.
    pub fn with_end(&self, at: Instant, zone: Zone) -> Option<Self> {
        self.with_edge(Side::End, at.saturating_add(-1), zone)
    }

    fn with_edge(&self, side: Side, at: Instant, zone: Zone) -> Option<Self> {
        match &*self.form() {
            Form::Edtf(Edtf::Interval(interval)) => {
                let (old, other) = side.pick(&interval.start, &interval.end);
                let model = endpoint_date(old).or_else(|| endpoint_date(other))?;
                let replaced = IntervalEndpoint::Date(placed(model, endpoint_date(old), at)?);
                let (start, end) = side.replace((interval.start, interval.end), replaced);
                Self::written(&Edtf::Interval(Interval { start, end }).to_string())
            }
            Form::Edtf(Edtf::Set(Set { kind: SetKind::OneMember, elements })) => {
                let [element] = elements.as_slice() else { return None };
                let (from, to) = match element {
                    SetElement::Range(from, to) => (Some(*from), Some(*to)),
                    SetElement::OnOrAfter(from) => (Some(*from), None),
                    SetElement::OnOrBefore(to) => (None, Some(*to)),
                    SetElement::Date(_) => return None,
                };
                let (old, other) = side.pick(&from, &to);
                let date = placed(old.as_ref().or(other.as_ref())?, None, at)?;
                let (from, to) = side.replace((from, to), Some(date));
                window(from?, to?)
            }
            Form::Edtf(Edtf::Date(date)) => {
                let coarse = precision::of_date(date);
                let is_plain = !date.has_unspecified() && !date.is_uncertain() && !date.is_approximate();
                if !is_plain
                    || date.year.significant_digits.is_some()
                    || !matches!(coarse, Precision::Month | Precision::Year)
                {
                    return None;
                }
                let (from, to) = side.replace((*date, *date), placed(date, None, at)?);
                window(from, to)
            }
            Form::Iso(Iso::Span(start, end)) => {
                let (old, other) = side.pick(start, end);
                let replaced = match (old, other) {
                    (TimedEnd::Time(model), _) | (_, TimedEnd::Time(model)) if !matches!(old, TimedEnd::Day(_)) => {
                        // The end's last second is the one before the instant it ends at.
                        TimedEnd::Time(retimed(model, at, zone))
                    }
                    _ => TimedEnd::Day(at.day()),
                };
                let (start, end) = side.replace((*start, *end), replaced);
                Self::written(&Iso::Span(start, end).to_string())
            }
            Form::Edtf(_) | Form::Iso(Iso::Time(_)) => None,
        }
    }

    /// Reads back what was put together, which is what makes it valid.
    fn written(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Start,
    End,
}

impl Side {
    /// This side, then the other.
    const fn pick<'a, T>(self, start: &'a T, end: &'a T) -> (&'a T, &'a T) {
        match self {
            Self::Start => (start, end),
            Self::End => (end, start),
        }
    }

    fn replace<T>(self, (start, end): (T, T), by: T) -> (T, T) {
        match self {
            Self::Start => (by, end),
            Self::End => (start, by),
        }
    }
}

/// The unit a date moves by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Days,
    Months,
    /// Index into [`SEASONS`].
    Seasons(usize),
    /// That many years: 10 for `199X`.
    Years(i64),
}

impl Step {
    /// None where its form cannot be moved.
    pub(super) fn of(date: &edtf_core::Date) -> Option<Self> {
        if date.year.significant_digits.is_some() || matches!(date.year.kind, YearKind::Exponential { .. }) {
            return None;
        }
        let is_blank = |field: DateField| field.digits == [None, None];
        match (precision::of_date(date), date.month, date.day) {
            (Precision::Day, ..) => Some(Self::Days),
            (Precision::Month, _, None) => Some(Self::Months),
            (Precision::Month, _, Some(day)) if is_blank(day) => Some(Self::Months),
            (Precision::Season, Some(month), _) => {
                let code = month.value()?;
                SEASONS.iter().position(|codes| codes.contains(&code)).map(Self::Seasons)
            }
            (Precision::Year, None, _) => Some(Self::Years(1)),
            (Precision::Year, Some(month), day) if is_blank(month) && day.is_none_or(is_blank) => Some(Self::Years(1)),
            (coarse, None, _) => match date.year.kind {
                YearKind::Standard { digits, .. }
                    if digits.iter().skip_while(|digit| digit.is_some()).all(Option::is_none) =>
                {
                    match coarse {
                        Precision::Decade => Some(Self::Years(10)),
                        Precision::Century => Some(Self::Years(100)),
                        _ if digits.first() != Some(&None) => Some(Self::Years(1_000)),
                        _ => None,
                    }
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// How many of this unit lie nearest to `micros`, counted from where the date begins.
    fn count(self, date: &edtf_core::Date, micros: i64) -> Option<i64> {
        let DayBound::Day(first) = day_edges(date).earliest else { return None };
        let typical = match self {
            Self::Days => return Some(rounded(micros, Instant::DAY)),
            Self::Months => {
                let Some(start) = Instant::from_day(first) else { return Some(0) };
                let target = Unit::Month.nearest(start.saturating_add(micros)).day();
                return Some((target.year - first.year) * 12 + i64::from(target.month) - i64::from(first.month));
            }
            Self::Years(1) => {
                let Some(start) = Instant::from_day(first) else {
                    return Some(rounded(micros, Unit::Years(1).typical_micros()));
                };
                return Some(Unit::Years(1).nearest(start.saturating_add(micros)).day().year - first.year);
            }
            Self::Seasons(family) => Unit::Years(1).typical_micros() / season_parts(family),
            Self::Years(years) => Unit::Years(years).typical_micros(),
        };
        Some(rounded(micros, typical))
    }

    /// How many calendar months one such unit lasts; none for days, which no number of months is made of.
    pub(super) fn months(self) -> Option<i64> {
        match self {
            Self::Days => None,
            Self::Months => Some(1),
            Self::Seasons(family) => Some(12 / season_parts(family)),
            Self::Years(years) => years.checked_mul(12),
        }
    }

    /// The date that many units later.
    pub(super) fn applied(self, date: &edtf_core::Date, count: i64) -> Option<edtf_core::Date> {
        let mut moved = *date;
        match self {
            Self::Days => {
                let (year, month, day) = (date.year.value()?, date.month?, date.day?);
                let number = CivilDay::new(year, month.value()?, day.value()?).number().checked_add(count)?;
                let to = CivilDay::from_number(number);
                set_year(&mut moved.year, to.year)?;
                moved.month = Some(DateField { digits: two_digits(to.month), ..month });
                moved.day = Some(DateField { digits: two_digits(to.day), ..day });
            }
            Self::Months => {
                let (year, month) = (date.year.value()?, date.month?);
                let months = year.checked_mul(12)?.checked_add(i64::from(month.value()?) - 1)?.checked_add(count)?;
                set_year(&mut moved.year, months.div_euclid(12))?;
                let to = u8::try_from(months.rem_euclid(12) + 1).ok()?;
                moved.month = Some(DateField { digits: two_digits(to), ..month });
            }
            Self::Seasons(family) => {
                let (year, month, codes) = (date.year.value()?, date.month?, SEASONS.get(family)?);
                let code = month.value()?;
                let (parts, at) = (i64::try_from(codes.len()).ok()?, codes.iter().position(|&known| known == code)?);
                let total = year.checked_mul(parts)?.checked_add(i64::try_from(at).ok()?)?.checked_add(count)?;
                set_year(&mut moved.year, total.div_euclid(parts))?;
                let to = codes.get(usize::try_from(total.rem_euclid(parts)).ok()?)?;
                moved.month = Some(DateField { digits: two_digits(*to), ..month });
            }
            Self::Years(step) => {
                let years = count.checked_mul(step)?;
                match date.year.value() {
                    Some(year) => {
                        let to = year.checked_add(years)?;
                        if date.month.is_some() || matches!(date.year.kind, YearKind::Standard { .. }) {
                            set_year(&mut moved.year, to)?;
                        } else {
                            moved.year.kind = year_kind(to);
                        }
                    }
                    None => {
                        let YearKind::Standard { negative: false, digits } = date.year.kind else { return None };
                        let first = digits.iter().fold(0, |value, digit| value * 10 + i64::from(digit.unwrap_or(0)));
                        let to = u64::try_from(first.checked_add(years)?).ok().filter(|&year| year <= 9_999)?;
                        let filled = four_digits(to);
                        let mut masked = [None; 4];
                        for ((slot, old), new) in masked.iter_mut().zip(digits).zip(filled) {
                            *slot = old.and(new);
                        }
                        moved.year.kind = YearKind::Standard { negative: false, digits: masked };
                    }
                }
            }
        }
        Some(moved)
    }
}

/// Into how many parts a family of seasons divides the year.
fn season_parts(family: usize) -> i64 {
    SEASONS.get(family).and_then(|codes| i64::try_from(codes.len()).ok()).unwrap_or(4)
}

/// Dates that belong together, moved alike where they are of one precision, each by its own otherwise.
fn moved_pair(dates: &[edtf_core::Date], micros: i64) -> Option<Vec<edtf_core::Date>> {
    let steps = dates.iter().map(Step::of).collect::<Option<Vec<_>>>()?;
    let first = steps.first()?.count(dates.first()?, micros)?;
    let alike = steps.windows(2).all(|pair| pair.first() == pair.last());
    dates
        .iter()
        .zip(&steps)
        .map(|(date, step)| {
            let count = if alike { first } else { step.count(date, micros)? };
            step.applied(date, count)
        })
        .collect()
}

/// The dates of an interval's ends, start first.
fn interval_pair(interval: &Interval) -> Option<Vec<edtf_core::Date>> {
    let dates: Vec<_> = [&interval.start, &interval.end].into_iter().filter_map(endpoint_date).copied().collect();
    (!dates.is_empty()).then_some(dates)
}

/// A timed date by whole seconds of its own clock where it gives seconds, by whole minutes where not. Where a zone's clock
/// skips the result, it lands after the gap.
pub(super) fn moved_time(timed: &Timed, micros: i64) -> Timed {
    let unit = if timed.second.is_some() { Instant::SECOND } else { Instant::MINUTE };
    let by = rounded(micros, unit).saturating_mul(unit);
    let civil = timed.civil().saturating_add(by);
    let target = match timed.zone.map(|zone| (zone, zone.local(civil))) {
        Some((_, Local::Gap)) => civil.saturating_add(Instant::HOUR),
        _ => civil,
    };
    let timed = Timed { second: timed.second.and(Timed::from_civil(target).second), ..*timed };
    let shift = match (timed.shift, timed.zone.map(|zone| (zone, zone.local(target)))) {
        (Some(TimeShift::Offset { .. }), Some((zone, Local::One(moment) | Local::Fold(moment, _)))) => {
            shift_of(zone, moment)
        }
        (shift, _) => shift,
    };
    let clock = Timed::from_civil(target);
    Timed { second: timed.second, fraction: timed.fraction, shift, zone: timed.zone, ..clock }
}

/// The time at a place on the axis of `zone`, written the way `model` is.
fn retimed(model: &Timed, at: Instant, zone: Zone) -> Timed {
    let moment = zone.moment_at(at);
    let civil = match (model.shift, model.zone) {
        (Some(shift), _) => moment.saturating_add(i64::from(shift_minutes(shift)) * Instant::MINUTE),
        (None, Some(own)) => own.civil(moment),
        (None, None) => zone.of_bare_times().civil(moment),
    };
    let clock = Timed::from_civil(civil);
    let shift = match (model.shift, model.zone) {
        (Some(TimeShift::Offset { .. }), Some(own)) => shift_of(own, moment),
        (shift, _) => shift,
    };
    Timed { second: model.second.and(clock.second), shift, zone: model.zone, ..clock }
}

/// A zone's offset as EDTF writes it; none where it has seconds or is beyond 14 hours.
fn shift_of(zone: Zone, moment: Instant) -> Option<TimeShift> {
    let seconds = zone.offset_seconds(moment);
    if zone.clock() == Zone::UTC {
        return Some(TimeShift::Utc);
    }
    let minutes = i16::try_from(seconds / 60).ok().filter(|minutes| minutes.unsigned_abs() <= 14 * 60)?;
    (seconds % 60 == 0).then_some(TimeShift::Offset { minutes, hours_only: false })
}

/// A date at a place on the axis, as precise as `model`; qualifiers come from `old`.
fn placed(model: &edtf_core::Date, old: Option<&edtf_core::Date>, at: Instant) -> Option<edtf_core::Date> {
    let mut date = plain(at.day(), precision::of_date(model));
    let Some(old) = old else { return Some(date) };
    date.year.qualifier = old.year.qualifier;
    if let (Some(month), Some(old)) = (&mut date.month, old.month) {
        month.qualifier = old.qualifier;
    }
    if let (Some(day), Some(old)) = (&mut date.day, old.day) {
        day.qualifier = old.qualifier;
    }
    Some(date)
}

/// One thing, once, from one date to another of the same precision: the date itself where they are the same.
fn window(from: edtf_core::Date, to: edtf_core::Date) -> Option<Date> {
    if from == to {
        return Some(Date::from_edtf(Edtf::Date(from)));
    }
    let set = Set { kind: SetKind::OneMember, elements: vec![SetElement::Range(from, to)] };
    Date::written(&Edtf::Set(set).to_string())
}

/// The date that holds a day at a precision of a day or coarser.
fn plain(day: CivilDay, precision: Precision) -> edtf_core::Date {
    let mut date = edtf_core::Date {
        year: Year { kind: year_kind(day.year), significant_digits: None, qualifier: Qualifier::default() },
        month: None,
        day: None,
    };
    let field = |value: u8| Some(DateField { digits: two_digits(value), qualifier: Qualifier::default() });
    let has_months = day.year.unsigned_abs() <= LAST_PLAIN_YEAR.unsigned_abs();
    let month = day.month.clamp(1, 12);
    match precision {
        Precision::Millennium => coarsen(&mut date.year, 3),
        Precision::Century => coarsen(&mut date.year, 2),
        Precision::Decade => coarsen(&mut date.year, 1),
        Precision::Season if has_months => date.month = field(33 + (month - 1) / 3),
        Precision::Month if has_months => date.month = field(month),
        Precision::Day | Precision::Minute | Precision::Second if has_months => {
            date.month = field(month);
            date.day = field(day.day.clamp(1, CivilDay::days_in_month(day.year, month)));
        }
        _ => {}
    }
    date
}

/// Forgets the last digits of a year: by mask where EDTF allows one, by significant digits where it does not.
pub(super) fn coarsen(year: &mut Year, forgotten: u32) {
    let (width, is_masked) = match &mut year.kind {
        YearKind::Standard { negative: false, digits } => {
            for digit in digits.iter_mut().rev().take(usize::try_from(forgotten).unwrap_or(0)) {
                *digit = None;
            }
            (4, true)
        }
        YearKind::Standard { .. } => (4, false),
        YearKind::Big { value } => (value.unsigned_abs().checked_ilog10().map_or(1, |log| log + 1), false),
        YearKind::Exponential { .. } => return,
    };
    if !is_masked {
        year.significant_digits = Some((width - forgotten.min(width - 1)).max(1));
    }
}

fn year_kind(year: i64) -> YearKind {
    if year.unsigned_abs() <= LAST_PLAIN_YEAR.unsigned_abs() {
        YearKind::Standard { negative: year < 0, digits: four_digits(year.unsigned_abs()) }
    } else {
        // EDTF's grammar has no room for i64::MIN.
        YearKind::Big { value: year.max(-i64::MAX) }
    }
}

/// None beyond four digits: such years have no months in EDTF, and a year of four digits stays one.
fn set_year(year: &mut Year, to: i64) -> Option<()> {
    (to.unsigned_abs() <= LAST_PLAIN_YEAR.unsigned_abs()).then(|| year.kind = year_kind(to))
}

fn four_digits(value: u64) -> [Option<u8>; 4] {
    [1_000, 100, 10, 1].map(|place| u8::try_from(value / place % 10).ok())
}

fn two_digits(value: u8) -> [Option<u8>; 2] {
    [Some(value / 10 % 10), Some(value % 10)]
}

/// `micros` in whole `unit`s, to the nearest.
fn rounded(micros: i64, unit: i64) -> i64 {
    let half = unit / 2;
    micros.saturating_add(half).div_euclid(unit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MONTH: i64 = 30 * Instant::DAY;

    #[track_caller]
    fn check(date: &str, micros: i64, expected: Option<&str>) {
        let moved = Date::parse(date).unwrap().moved(micros);
        assert_eq!(moved.as_ref().map(Date::as_str), expected, "{date}");
    }

    fn instant(text: &str) -> Instant {
        Date::parse(text).unwrap().extent(Zone::UTC).earliest_start.instant().unwrap()
    }

    #[test]
    fn a_date_moves_by_its_own_units() {
        check("2024-10-24", 2 * Instant::DAY, Some("2024-10-26"));
        check("2024-10-24", 11 * Instant::HOUR, Some("2024-10-24"));
        check("2024-02-28?", Instant::DAY, Some("2024-02-29?"));
        check("2024-06~", MONTH, Some("2024-07~"));
        check("2024-06", -6 * MONTH, Some("2023-12"));
        check("2024-10-XX", MONTH, Some("2024-11-XX"));
        check("2024", 400 * Instant::DAY, Some("2025"));
        check("0000", -366 * Instant::DAY, Some("-0001"));
        check("199X", 3_700 * Instant::DAY, Some("200X"));
        check("2024-23", 92 * Instant::DAY, Some("2024-24"));
        check("2024-24", 92 * Instant::DAY, Some("2025-21"));
        check("2024-36", 92 * Instant::DAY, Some("2025-33"));
        check("Y170000002", 366 * Instant::DAY, Some("Y170000003"));
        check("9999", 366 * Instant::DAY, None);
        check("2024-1X-15", MONTH, None);
        check("[1667,1760-12]", MONTH, None);
    }

    #[test]
    fn windows_and_spans_move_whole() {
        check("[2024-10-21..2024-10-31]", 3 * Instant::DAY, Some("[2024-10-24..2024-11-03]"));
        check("2024-10-21/2024-10-31", -Instant::DAY, Some("2024-10-20/2024-10-30"));
        check("2024-06/2024-08?", MONTH, Some("2024-07/2024-09?"));
        check("2024-06-19/..", Instant::DAY, Some("2024-06-20/.."));
        check("/1945", 366 * Instant::DAY, Some("/1946"));
        check("[..2024-11-09]", Instant::DAY, Some("[..2024-11-10]"));
    }

    #[test]
    fn times_move_by_their_own_units_and_keep_their_zone() {
        check("2024-10-24T10:23:45+03:00", 90 * Instant::SECOND, Some("2024-10-24T10:25:15+03:00"));
        check("2024-10-24T23:59:00Z", Instant::MINUTE, Some("2024-10-25T00:00:00Z"));
        check("2024-10-24T23:59", Instant::MINUTE, Some("2024-10-25T00:00"));
        check("2024-10-24T10:23-07:00", Instant::DAY, Some("2024-10-25T10:23-07:00"));
        check("2024-10-24T10:23:45.0780Z", Instant::MINUTE, Some("2024-10-24T10:24:45.0780Z"));
        check("2024-10-24T10:23:45,5", Instant::DAY, Some("2024-10-25T10:23:45,5"));
        check("2024-10-24T10:23[Europe/Moscow]", Instant::MINUTE, Some("2024-10-24T10:24[Europe/Moscow]"));
        check("2024-03-31T01:30:00[Europe/Berlin]", Instant::HOUR, Some("2024-03-31T03:30:00[Europe/Berlin]"));
        check(
            "2024-10-24T10:00:00Z/2024-10-24T12:00:00Z",
            Instant::HOUR,
            Some("2024-10-24T11:00:00Z/2024-10-24T13:00:00Z"),
        );
    }

    #[test]
    fn an_edge_is_set_at_its_own_precision() {
        let edge = |date: &str, side: Side, at: &str| {
            let date = Date::parse(date).unwrap();
            let moved = match side {
                Side::Start => date.with_start(instant(at), Zone::UTC),
                Side::End => date.with_end(instant(at), Zone::UTC),
            };
            moved.map(|date| date.to_string())
        };
        assert_eq!(edge("2024-10-21/2024-10-31~", Side::End, "2024-11-04").as_deref(), Some("2024-10-21/2024-11-03~"));
        assert_eq!(edge("2024-06/2024-08", Side::Start, "2024-05-17").as_deref(), Some("2024-05/2024-08"));
        assert_eq!(edge("2024-06-19/..", Side::End, "2024-08-02").as_deref(), Some("2024-06-19/2024-08-01"));
        assert_eq!(edge("2024-06", Side::End, "2024-08-01").as_deref(), Some("[2024-06..2024-07]"));
        assert_eq!(edge("[2024-06..2024-07]", Side::Start, "2024-07-05").as_deref(), Some("2024-07"));
        assert_eq!(edge("2024-10-21/2024-10-31", Side::End, "2024-10-01"), None);
        assert_eq!(edge("2024-10-24", Side::End, "2024-10-30"), None);
        assert_eq!(
            edge("2024-10-24T10:00:00+03:00/2024-10-24T12:00:00+03:00", Side::Start, "2024-10-24T06:30:00Z").as_deref(),
            Some("2024-10-24T09:30:00+03:00/2024-10-24T12:00:00+03:00")
        );
        assert_eq!(
            edge("2024-10-24T10:00Z/2024-10-24T12:00Z", Side::End, "2024-10-24T13:30:20Z").as_deref(),
            Some("2024-10-24T10:00Z/2024-10-24T13:30Z")
        );
        // The digits of the place that was dropped on would be invented.
        assert_eq!(
            edge("2024-10-24T10:00:00.25Z/2024-10-24T12:00:00.75Z", Side::Start, "2024-10-24T09:30:05.123456Z")
                .as_deref(),
            Some("2024-10-24T09:30:05Z/2024-10-24T12:00:00.75Z")
        );
    }

    #[test]
    fn a_place_is_written_no_finer_than_asked() {
        let at = instant("2024-10-24T10:23:05");
        let moscow = Zone::parse("Europe/Moscow").unwrap();
        for (precision, expected) in [
            (Precision::Second, "2024-10-24T10:23:05+03:00"),
            (Precision::Minute, "2024-10-24T10:23[Europe/Moscow]"),
            (Precision::Day, "2024-10-24"),
            (Precision::Month, "2024-10"),
            (Precision::Season, "2024-36"),
            (Precision::Year, "2024"),
            (Precision::Decade, "202X"),
            (Precision::Century, "20XX"),
            (Precision::Millennium, "2XXX"),
        ] {
            assert_eq!(Date::at_precision(at, precision, moscow).as_str(), expected);
        }
        let caesar = instant("-0043-03-15");
        assert_eq!(Date::at_precision(caesar, Precision::Decade, Zone::UTC).as_str(), "-0043S3");
        assert_eq!(Date::at_precision(caesar, Precision::Minute, Zone::UTC).as_str(), "-0043-03-15");
    }

    #[test]
    fn a_place_in_the_hour_that_came_twice_is_written_as_one_moment() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        for (at, minute, second) in [
            ("2024-10-27T02:15:00", "2024-10-27T02:30+02:00[Europe/Berlin]", "2024-10-27T02:30:00+02:00"),
            ("2024-10-27T02:45:00", "2024-10-27T02:30+01:00[Europe/Berlin]", "2024-10-27T02:30:00+01:00"),
            ("2024-10-27T03:15:00", "2024-10-27T03:15[Europe/Berlin]", "2024-10-27T03:15:00+01:00"),
        ] {
            let at = instant(at);
            for (precision, expected) in [(Precision::Minute, minute), (Precision::Second, second)] {
                let written = Date::at_precision(at, precision, berlin);
                assert_eq!(written.as_str(), expected);
                assert_eq!(written.extent(berlin).earliest_start, Edge::At(at), "{expected}");
            }
        }
        let span = Date::parse("2024-10-27T00:00:00Z/2024-10-27T03:00:00Z").unwrap();
        let moved = span.with_start(instant("2024-10-27T02:45:00"), berlin);
        assert_eq!(moved.unwrap().as_str(), "2024-10-27T01:30:00Z/2024-10-27T03:00:00Z");
    }

    proptest! {
        #[test]
        fn a_written_place_parses_and_holds_the_place(micros in any::<i64>()) {
            let at = Instant::from_micros(micros);
            for precision in [
                Precision::Millennium, Precision::Century, Precision::Decade, Precision::Year, Precision::Season,
                Precision::Month, Precision::Day, Precision::Minute, Precision::Second,
            ] {
                let written = Date::at_precision(at, precision, Zone::UTC);
                let read = Date::parse(written.as_str());
                prop_assert_eq!(read.as_ref().map(|date| date.form()), Ok(written.form()));
                prop_assert!(written.precision() <= precision);
                let extent = written.extent(Zone::UTC);
                if let (Edge::At(start), Edge::At(end)) = (extent.earliest_start, extent.latest_end) {
                    prop_assert!(start <= at && at < end, "{written:?}");
                }
            }
        }

        #[test]
        fn a_day_moved_and_moved_back_is_the_same(number in -4_000_000i64..2_900_000, days in -10_000i64..10_000) {
            let day = Date::from_day(CivilDay::from_number(number));
            let there = day.moved(days * Instant::DAY);
            if let Some(there) = there {
                prop_assert_eq!(there.moved(-days * Instant::DAY), Some(day));
            }
        }
    }

    use super::super::Edge;
}
