//! Dates made coarser: a day that stood for its month, a time that stood for its day.
//!
//! Owns dropping what a date says below a precision. Nothing here makes a date finer.

use edtf_core::{DateField, Edtf, Interval, IntervalEndpoint, Set, SetElement, SetKind};

use super::Precision;
use super::date::{Date, Form};
use super::precision;
use super::shift::coarsen;
use super::timed::{Iso, Timed, TimedEnd};

impl Date {
    /// The date without what it says below a precision; none where it says nothing below it. A day that is dropped takes its
    /// own qualifiers along, and those of the month and the year stay. A window whose ends become one is that one date, and
    /// a span stays a span.
    ///
    /// ```
    /// use annalist::time::{Date, Precision};
    ///
    /// let day = Date::parse("2024-03-01~").unwrap();
    /// assert_eq!(day.coarsened(Precision::Month).unwrap().as_str(), "2024-03~");
    /// assert_eq!(Date::parse("2024").unwrap().coarsened(Precision::Month), None);
    /// ```
    pub fn coarsened(&self, to: Precision) -> Option<Self> {
        if self.precision() <= to {
            return None;
        }
        let one = |date: &edtf_core::Date| coarse_date(date, to);
        let edtf = match &*self.form() {
            Form::Edtf(Edtf::Date(date)) => Edtf::Date(one(date)),
            Form::Edtf(Edtf::DateTime(time)) => return coarse_time(&Timed::from_edtf(time), to),
            Form::Edtf(Edtf::Interval(interval)) => {
                let end = |end: &IntervalEndpoint| match end {
                    IntervalEndpoint::Date(date) => IntervalEndpoint::Date(one(date)),
                    IntervalEndpoint::OnOrBefore(date) => IntervalEndpoint::OnOrBefore(one(date)),
                    IntervalEndpoint::OnOrAfter(date) => IntervalEndpoint::OnOrAfter(one(date)),
                    IntervalEndpoint::Open | IntervalEndpoint::Unknown => *end,
                };
                Edtf::Interval(Interval { start: end(&interval.start), end: end(&interval.end) })
            }
            Form::Edtf(Edtf::Set(set)) => coarse_set(set, to),
            Form::Iso(Iso::Time(timed)) => return coarse_time(timed, to),
            Form::Iso(Iso::Span(start, end)) => return coarse_span(start, end, to),
        };
        Self::parse(&edtf.to_string()).ok()
    }
}

fn coarse_date(date: &edtf_core::Date, to: Precision) -> edtf_core::Date {
    let mut coarse = *date;
    if precision::of_date(date) <= to {
        return coarse;
    }
    if to < Precision::Day {
        coarse.day = None;
    }
    if to == Precision::Season {
        // Quarters are codes 33 to 36 (ISO 8601-2, 4.8).
        let quarter = |month: u8| 33 + (month.clamp(1, 12) - 1) / 3;
        coarse.month = date.month.map(|field| match field.value() {
            Some(month) if month <= 12 => {
                let code = quarter(month);
                DateField { digits: [Some(code / 10), Some(code % 10)], ..field }
            }
            _ => field,
        });
    } else if to < Precision::Season {
        coarse.month = None;
    }
    let forgotten = match to {
        Precision::Decade => 1,
        Precision::Century => 2,
        Precision::Millennium => 3,
        _ => 0,
    };
    if forgotten > 0 {
        coarsen(&mut coarse.year, forgotten);
    }
    coarse
}

/// The day of a time on its own clock, and what holds it.
fn coarse_time(timed: &Timed, to: Precision) -> Option<Date> {
    if to == Precision::Minute {
        let minute = Timed { second: None, fraction: None, ..*timed };
        return Date::parse(&minute.to_string()).ok();
    }
    let day = Date::from_day(timed.day);
    if to == Precision::Day { Some(day) } else { day.coarsened(to) }
}

fn coarse_span(start: &TimedEnd, end: &TimedEnd, to: Precision) -> Option<Date> {
    let text = |end: &TimedEnd| {
        Some(match end {
            TimedEnd::Time(timed) => coarse_time(timed, to)?.to_string(),
            TimedEnd::Day(day) if to >= Precision::Day => day.to_string(),
            TimedEnd::Day(day) => Date::from_day(*day).coarsened(to)?.to_string(),
            TimedEnd::Open => "..".to_owned(),
            TimedEnd::Unknown => String::new(),
        })
    };
    Date::parse(&format!("{}/{}", text(start)?, text(end)?)).ok()
}

/// A set of coarser dates, each once; one of several that became one is that one.
fn coarse_set(set: &Set, to: Precision) -> Edtf {
    let mut elements: Vec<SetElement> = Vec::with_capacity(set.elements.len());
    for element in &set.elements {
        let coarse = match element {
            SetElement::Date(date) => SetElement::Date(coarse_date(date, to)),
            SetElement::OnOrBefore(date) => SetElement::OnOrBefore(coarse_date(date, to)),
            SetElement::OnOrAfter(date) => SetElement::OnOrAfter(coarse_date(date, to)),
            SetElement::Range(from, until) => match (coarse_date(from, to), coarse_date(until, to)) {
                (from, until) if from == until => SetElement::Date(from),
                (from, until) => SetElement::Range(from, until),
            },
        };
        // Members are mostly in order, so that a copy is the one before.
        if elements.last() != Some(&coarse) {
            elements.push(coarse);
        }
    }
    match (set.kind, elements.as_slice()) {
        (SetKind::OneMember, [SetElement::Date(date)]) => Edtf::Date(*date),
        _ => Edtf::Set(Set { kind: set.kind, elements }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(date: &str, to: Precision, expected: Option<&str>) {
        let coarse = Date::parse(date).unwrap().coarsened(to);
        assert_eq!(coarse.as_ref().map(Date::as_str), expected, "{date}");
    }

    #[test]
    fn a_date_loses_what_is_finer_and_nothing_else() {
        check("2024-03-01", Precision::Month, Some("2024-03"));
        check("2024-03-01?", Precision::Year, Some("2024?"));
        check("2024-03-01", Precision::Season, Some("2024-33"));
        check("2024-12", Precision::Season, Some("2024-36"));
        check("1987-03", Precision::Decade, Some("198X"));
        check("1987-03", Precision::Century, Some("19XX"));
        check("2024-10-24T10:23:45+03:00", Precision::Day, Some("2024-10-24"));
        check("2024-10-24T10:23:45+03:00", Precision::Minute, Some("2024-10-24T10:23+03:00"));
        check("2024-10-24T10:23[Europe/Moscow]", Precision::Month, Some("2024-10"));
    }

    #[test]
    fn nothing_gets_finer() {
        check("2024-03", Precision::Month, None);
        check("2024", Precision::Day, None);
        check("2024-10-2X", Precision::Month, None);
        check("199X", Precision::Year, None);
    }

    #[test]
    fn spans_stay_spans_and_windows_of_one_are_that_one() {
        check("2024-03-01/2024-04-15", Precision::Month, Some("2024-03/2024-04"));
        check("2024-03-01/2024-03-15", Precision::Month, Some("2024-03/2024-03"));
        check("2024-03-01/2024", Precision::Month, Some("2024-03/2024"));
        check("2024-03-01/..", Precision::Month, Some("2024-03/.."));
        check("[2024-03-01..2024-03-15]", Precision::Month, Some("2024-03"));
        check("[2024-03-01..2024-04-15]", Precision::Month, Some("[2024-03..2024-04]"));
        check("[2024-03-01,2024-03-05,2024-05-01]", Precision::Month, Some("[2024-03,2024-05]"));
        check("{2024-03-01,2024-03-05}", Precision::Month, Some("{2024-03}"));
        check("2024-06-01/2024-06-02T10:23[Europe/Moscow]", Precision::Day, Some("2024-06-01/2024-06-02"));
        check("2024-06-01T08:00/..", Precision::Month, Some("2024-06/.."));
    }
}
