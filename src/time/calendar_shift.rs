//! Shifting a date by a span of calendar units: "three days later", "a month earlier".
//!
//! Owns the span and the rule by which a date takes it up. Moving a date by a stretch of the axis, as a drag does, is for
//! `shift`.
//!
//! **The rule.** A date shifts by whole units of its own and never gets finer: a month takes up months and years, a decade
//! tens of years, a day any number of days, months or years. A span that is no whole number of these is refused, for to
//! say which day of June something moved to would invent the day. Where a month is too short for a day, the last day of the
//! month stands for it (31 January and a month is 29 February in a leap year). Clocks keep their time of day when a time
//! shifts by days or more. Qualifiers, offsets, open ends, windows and alternatives keep their form.

use std::fmt;

use edtf_core::{Edtf, Interval, IntervalEndpoint, Set, SetElement};
use thiserror::Error;

use super::date::{Date, Form};
use super::shift::{Step, moved_time};
use super::timed::{Iso, Timed, TimedEnd};
use super::{CivilDay, Instant};

/// A unit of a [`CalendarShift`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[expect(missing_docs, reason = "named for the units, shortest first")]
pub enum ShiftUnit {
    Minutes,
    Hours,
    #[default]
    Days,
    Weeks,
    Months,
    Years,
}

impl ShiftUnit {
    /// Every unit, in the order of menus.
    pub const ALL: [Self; 6] = [Self::Minutes, Self::Hours, Self::Days, Self::Weeks, Self::Months, Self::Years];

    /// The word for several.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
        }
    }

    fn one(self) -> &'static str {
        self.label().trim_end_matches('s')
    }
}

/// A span of calendar units, earlier where negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarShift {
    /// How many.
    pub count: i64,
    /// Of what.
    pub unit: ShiftUnit,
}

/// Writes "3 days later", "1 month earlier".
impl fmt::Display for CalendarShift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.count.unsigned_abs();
        let unit = if count == 1 { self.unit.one() } else { self.unit.label() };
        write!(f, "{count} {unit} {}", if self.count < 0 { "earlier" } else { "later" })
    }
}

/// Why a date was not shifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum Unshifted {
    /// The span is no whole number of the units that the date gives.
    #[error("too vague to shift by that")]
    TooVague,
    /// The date has a form of which nothing says where it would move: scattered digits, significant digits.
    #[error("of a form that cannot be shifted")]
    Form,
    /// The result is past what a date can say.
    #[error("would leave the calendar")]
    OutOfRange,
}

/// A span as a calendar adds it up: a month has no fixed length, and a day always has 24 hours on the clock of a time, whatever its zone
/// makes of that night. Every unit is a number of one of the two.
#[derive(Debug, Clone, Copy)]
enum Span {
    Months(i64),
    Minutes(i64),
}

const MINUTES_A_DAY: i64 = 24 * 60;

impl CalendarShift {
    /// The span as minutes or months; an error where there are more than can be counted.
    fn span(self) -> Result<Span, Unshifted> {
        let times = |factor: i64| self.count.checked_mul(factor).ok_or(Unshifted::OutOfRange);
        Ok(match self.unit {
            ShiftUnit::Minutes => Span::Minutes(self.count),
            ShiftUnit::Hours => Span::Minutes(times(60)?),
            ShiftUnit::Days => Span::Minutes(times(MINUTES_A_DAY)?),
            ShiftUnit::Weeks => Span::Minutes(times(7 * MINUTES_A_DAY)?),
            ShiftUnit::Months => Span::Months(self.count),
            ShiftUnit::Years => Span::Months(times(12)?),
        })
    }
}

impl Date {
    /// The date shifted by a span of calendar units, as precise as it is and in the form that it has.
    ///
    /// # Errors
    /// Where the span is no whole number of the date's own units, where its form cannot be shifted, or past the calendar.
    ///
    /// ```
    /// use annalist::time::{CalendarShift, Date, ShiftUnit, Unshifted};
    ///
    /// let june = Date::parse("2024-06~").unwrap();
    /// let by = |count, unit| june.shifted(CalendarShift { count, unit });
    /// assert_eq!(by(1, ShiftUnit::Months).unwrap().as_str(), "2024-07~");
    /// assert_eq!(by(3, ShiftUnit::Days), Err(Unshifted::TooVague));
    /// ```
    pub fn shifted(&self, by: CalendarShift) -> Result<Self, Unshifted> {
        let span = by.span()?;
        // All dates in it shift by the same span, or none does: a window that moved at one end only would be another.
        let one = |date: &edtf_core::Date| shifted_date(date, span);
        let text = match &*self.form() {
            Form::Edtf(Edtf::Date(date)) => return Ok(Self::from_edtf(Edtf::Date(one(date)?))),
            Form::Edtf(Edtf::DateTime(time)) => shifted_time(&Timed::from_edtf(time), span)?.to_string(),
            Form::Edtf(Edtf::Interval(interval)) => {
                let end = |end: &IntervalEndpoint| {
                    Ok(match end {
                        IntervalEndpoint::Date(date) => IntervalEndpoint::Date(one(date)?),
                        IntervalEndpoint::OnOrBefore(date) => IntervalEndpoint::OnOrBefore(one(date)?),
                        IntervalEndpoint::OnOrAfter(date) => IntervalEndpoint::OnOrAfter(one(date)?),
                        IntervalEndpoint::Open | IntervalEndpoint::Unknown => *end,
                    })
                };
                Edtf::Interval(Interval { start: end(&interval.start)?, end: end(&interval.end)? }).to_string()
            }
            Form::Edtf(Edtf::Set(set)) => {
                let element = |element: &SetElement| {
                    Ok(match element {
                        SetElement::Date(date) => SetElement::Date(one(date)?),
                        SetElement::OnOrBefore(date) => SetElement::OnOrBefore(one(date)?),
                        SetElement::OnOrAfter(date) => SetElement::OnOrAfter(one(date)?),
                        SetElement::Range(from, to) => SetElement::Range(one(from)?, one(to)?),
                    })
                };
                let elements = set.elements.iter().map(element).collect::<Result<_, _>>()?;
                Edtf::Set(Set { kind: set.kind, elements }).to_string()
            }
            Form::Iso(Iso::Time(timed)) => shifted_time(timed, span)?.to_string(),
            Form::Iso(Iso::Span(start, end)) => {
                let shifted = |end: &TimedEnd| {
                    Ok(match end {
                        TimedEnd::Time(timed) => TimedEnd::Time(shifted_time(timed, span)?),
                        TimedEnd::Day(day) => TimedEnd::Day(shifted_day(*day, span)?),
                        TimedEnd::Open | TimedEnd::Unknown => *end,
                    })
                };
                Iso::Span(shifted(start)?, shifted(end)?).to_string()
            }
        };
        // What was put together is read back: only what a file could hold is a date, and an end may have left the calendar.
        Self::parse(&text).map_err(|_| Unshifted::OutOfRange)
    }
}

/// A date without a time, by whole steps of its own: the smallest unit that it gives.
fn shifted_date(date: &edtf_core::Date, span: Span) -> Result<edtf_core::Date, Unshifted> {
    let step = Step::of(date).ok_or(Unshifted::Form)?;
    let count = match (step.months(), span) {
        // Days are steps of no number of months. A shift by months is turned into the days that it comes to from this one.
        (None, span) => {
            let day = civil_day(date).ok_or(Unshifted::Form)?;
            shifted_day(day, span)?.number() - day.number()
        }
        (Some(own), Span::Months(months)) if months % own == 0 => months / own,
        // Every date takes up a span of no time.
        (Some(_), Span::Minutes(0)) => 0,
        (Some(_), Span::Months(_) | Span::Minutes(_)) => return Err(Unshifted::TooVague),
    };
    step.applied(date, count).ok_or(Unshifted::OutOfRange)
}

fn civil_day(date: &edtf_core::Date) -> Option<CivilDay> {
    Some(CivilDay::new(date.year.value()?, date.month?.value()?, date.day?.value()?))
}

fn shifted_day(day: CivilDay, span: Span) -> Result<CivilDay, Unshifted> {
    match span {
        Span::Minutes(minutes) if minutes % MINUTES_A_DAY != 0 => Err(Unshifted::TooVague),
        Span::Minutes(minutes) => {
            let number = day.number().checked_add(minutes / MINUTES_A_DAY).ok_or(Unshifted::OutOfRange)?;
            Ok(CivilDay::from_number(number))
        }
        Span::Months(months) => {
            // Months counted from year 0 (1 BCE): rounding down and not towards zero keeps those before it in order.
            let of_year = i64::from(day.month) - 1;
            let from_zero = day.year.checked_mul(12).and_then(|all| all.checked_add(of_year)?.checked_add(months));
            let from_zero = from_zero.ok_or(Unshifted::OutOfRange)?;
            let (year, month) = (from_zero.div_euclid(12), u8::try_from(from_zero.rem_euclid(12) + 1).unwrap_or(1));
            Ok(CivilDay::new(year, month, day.day.min(CivilDay::days_in_month(year, month))))
        }
    }
}

/// A time by its own clock: by days and more it keeps its time of day, but where its zone skips that.
fn shifted_time(timed: &Timed, span: Span) -> Result<Timed, Unshifted> {
    let minutes = match span {
        Span::Minutes(minutes) => minutes,
        Span::Months(_) => {
            let days = shifted_day(timed.day, span)?.number() - timed.day.number();
            days.checked_mul(MINUTES_A_DAY).ok_or(Unshifted::OutOfRange)?
        }
    };
    let micros = minutes.checked_mul(Instant::MINUTE).ok_or(Unshifted::OutOfRange)?;
    Ok(moved_time(timed, micros))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::ShiftUnit::{Days, Hours, Minutes, Months, Weeks, Years};
    use super::*;

    #[track_caller]
    fn check(date: &str, count: i64, unit: ShiftUnit, expected: Result<&str, Unshifted>) {
        let shifted = Date::parse(date).unwrap().shifted(CalendarShift { count, unit });
        assert_eq!(shifted.as_ref().map(Date::as_str), expected.as_ref().map(|text| *text), "{date}");
    }

    #[test]
    fn a_date_takes_up_whole_units_of_its_own() {
        check("2024-10-24", 3, Days, Ok("2024-10-27"));
        check("2024-10-24", 2, Weeks, Ok("2024-11-07"));
        check("2024-10-24?", -24, Hours, Ok("2024-10-23?"));
        check("2024-10-24", 1, Hours, Err(Unshifted::TooVague));
        check("2024-01-31", 1, Months, Ok("2024-02-29"));
        check("2024-02-29", 1, Years, Ok("2025-02-28"));
        check("2024-06", 3, Days, Err(Unshifted::TooVague));
        check("2024-06~", 1, Months, Ok("2024-07~"));
        check("2024-10-XX", 3, Months, Ok("2025-01-XX"));
        check("2024", 1, Months, Err(Unshifted::TooVague));
        check("2024", 24, Months, Ok("2026"));
        check("2024-24", 3, Months, Ok("2025-21"));
        check("2024-24", 1, Months, Err(Unshifted::TooVague));
        check("199X", 10, Years, Ok("200X"));
        check("199X", 1, Years, Err(Unshifted::TooVague));
        check("Y170000002", -2, Years, Ok("Y170000000"));
    }

    #[test]
    fn windows_alternatives_and_open_ends_keep_their_form() {
        check("[2024-10-21..2024-10-31]", 3, Days, Ok("[2024-10-24..2024-11-03]"));
        check("[2024-10-21,2024-11-02]", 1, Days, Ok("[2024-10-22,2024-11-03]"));
        check("{1667,1760-12}", 1, Years, Ok("{1668,1761-12}"));
        check("2024-06-19/..", 1, Days, Ok("2024-06-20/.."));
        check("/1945", -1, Years, Ok("/1944"));
        check("[..2024-11-09]", 1, Months, Ok("[..2024-12-09]"));
        check("2024-06-01/2024-08", 3, Days, Err(Unshifted::TooVague));
        check("2024-06-01/2024-08", 1, Months, Ok("2024-07-01/2024-09"));
    }

    #[test]
    fn times_keep_their_clock_and_their_zone() {
        check("2024-10-24T10:23:45+03:00", 90, Minutes, Ok("2024-10-24T11:53:45+03:00"));
        check("2024-10-24T23:30:00Z", 1, Hours, Ok("2024-10-25T00:30:00Z"));
        check("2024-10-26T10:23[Europe/Berlin]", 1, Days, Ok("2024-10-27T10:23[Europe/Berlin]"));
        check("2024-01-31T10:23", 1, Months, Ok("2024-02-29T10:23"));
        check("2024-06-01/2024-06-02T10:23[Europe/Moscow]", 1, Days, Ok("2024-06-02/2024-06-03T10:23[Europe/Moscow]"));
        check("2024-06-01/2024-06-02T10:23[Europe/Moscow]", 1, Hours, Err(Unshifted::TooVague));
    }

    #[test]
    fn what_has_no_place_to_go_is_refused() {
        check("2024-1X-15", 1, Years, Err(Unshifted::Form));
        check("9999", 1, Years, Err(Unshifted::OutOfRange));
        check("2024-10-24", i64::MAX, Years, Err(Unshifted::OutOfRange));
        check("2024-10-24T10:23:45Z", i64::MAX, Minutes, Err(Unshifted::OutOfRange));
    }

    #[test]
    fn a_span_is_said_in_words() {
        let said = |count, unit| CalendarShift { count, unit }.to_string();
        assert_eq!((&*said(1, Days), &*said(-2, Months)), ("1 day later", "2 months earlier"));
    }

    proptest! {
        #[test]
        fn days_and_months_shift_there_and_back(number in -3_000_000i64..2_500_000, count in -20_000i64..20_000) {
            let date = Date::from_day(CivilDay::from_number(number));
            let by = |count| CalendarShift { count, unit: Days };
            if let Ok(there) = date.shifted(by(count)) {
                prop_assert_eq!(there.shifted(by(-count)), Ok(date.clone()));
            }
            let month = date.coarsened(crate::time::Precision::Month).unwrap();
            let by = |count| CalendarShift { count: count / 10, unit: Months };
            if let Ok(there) = month.shifted(by(count)) {
                prop_assert_eq!(there.precision(), month.precision());
                prop_assert_eq!(there.shifted(by(-count)), Ok(month));
            }
        }

        #[test]
        fn months_until_a_day_lead_to_it_and_one_more_past_it(number in -3_000_000i64..2_500_000, later in 0i64..100_000) {
            let (day, later) = (CivilDay::from_number(number), CivilDay::from_number(number + later));
            let (months, has_rest) = day.months_until(later);
            let after = |count| {
                let date = Date::from_day(day).shifted(CalendarShift { count, unit: Months }).unwrap();
                date.to_string()
            };
            let written = |day| Date::from_day(day).to_string();
            let by_number = |text: String| match Date::parse(&text).unwrap().day_bounds().earliest {
                crate::time::DayBound::Day(day) => day,
                _ => unreachable!("a day"),
            };
            prop_assert_eq!(after(months) != written(later), has_rest);
            prop_assert!(by_number(after(months)) <= later && later < by_number(after(months + 1)));
        }
    }
}
