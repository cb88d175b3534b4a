//! How fine a date is, and how sure.

use edtf_core::{DateField, Edtf, SetElement, YearKind};

use super::date::{Date, Form, endpoint_date};
use super::timed::{Iso, TimedEnd};

/// The finest unit a date gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "named for the units, coarsest first")]
pub enum Precision {
    Millennium,
    Century,
    Decade,
    Year,
    Season,
    Month,
    Day,
    Minute,
    Second,
}

/// Whether the date is qualified as uncertain (`?`), approximate (`~`) or both (`%`), in any component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Certainty {
    /// The source is in doubt.
    pub uncertain: bool,
    /// The value is an estimate.
    pub approximate: bool,
}

impl Date {
    /// The finest unit down to which every digit is given: `2024-10-2X` is known to the month, `20X4` to the century.
    /// An interval or set is as fine as its finest member.
    pub fn precision(&self) -> Precision {
        match &*self.form() {
            Form::Edtf(Edtf::Date(date)) => of_date(date),
            Form::Edtf(Edtf::DateTime(_)) => Precision::Second,
            Form::Edtf(Edtf::Interval(interval)) => [&interval.start, &interval.end]
                .into_iter()
                .filter_map(endpoint_date)
                .map(of_date)
                .max()
                .unwrap_or(Precision::Millennium),
            Form::Edtf(Edtf::Set(set)) => set
                .elements
                .iter()
                .map(|element| match element {
                    SetElement::Date(date) | SetElement::OnOrBefore(date) | SetElement::OnOrAfter(date) => {
                        of_date(date)
                    }
                    SetElement::Range(from, to) => of_date(from).max(of_date(to)),
                })
                .max()
                .unwrap_or(Precision::Millennium),
            Form::Iso(Iso::Time(timed)) => of_seconds(timed.second),
            Form::Iso(Iso::Span(start, end)) => of_end(start).max(of_end(end)),
        }
    }

    /// The finest unit of its start and of its end. An end that is open or not known is as fine as the other; what has no two
    /// ends is as fine at both as it is.
    pub fn end_precisions(&self) -> (Precision, Precision) {
        let ends = match &*self.form() {
            Form::Edtf(Edtf::Interval(interval)) => {
                let of = |end| endpoint_date(end).map(of_date);
                (of(&interval.start), of(&interval.end))
            }
            Form::Iso(Iso::Span(start, end)) => {
                let of = |end: &TimedEnd| (!matches!(end, TimedEnd::Open | TimedEnd::Unknown)).then(|| of_end(end));
                (of(start), of(end))
            }
            // The two ends of a range in a set are always of one precision.
            Form::Edtf(Edtf::Date(_) | Edtf::DateTime(_) | Edtf::Set(_)) | Form::Iso(Iso::Time(_)) => (None, None),
        };
        match ends {
            (Some(start), Some(end)) => (start, end),
            (Some(one), None) | (None, Some(one)) => (one, one),
            (None, None) => (self.precision(), self.precision()),
        }
    }

    /// Its qualifiers.
    pub fn certainty(&self) -> Certainty {
        match &*self.form() {
            Form::Edtf(edtf) => Certainty { uncertain: edtf.is_uncertain(), approximate: edtf.is_approximate() },
            Form::Iso(_) => Certainty::default(),
        }
    }
}

/// The precision of a single EDTF date.
pub(super) fn of_date(date: &edtf_core::Date) -> Precision {
    let year = of_year(&date.year);
    let Some(month) = date.month.filter(|_| year == Precision::Year) else { return year };
    match month.value() {
        None => Precision::Year,
        Some(code) if code > 12 => Precision::Season,
        Some(_) if date.day.and_then(DateField::value).is_some() => Precision::Day,
        Some(_) => Precision::Month,
    }
}

fn of_year(year: &edtf_core::Year) -> Precision {
    let (width, known) = match year.kind {
        YearKind::Standard { digits, .. } => {
            let known = digits.iter().take_while(|digit| digit.is_some()).count();
            (4, year.significant_digits.unwrap_or(u32::try_from(known).unwrap_or(4)))
        }
        YearKind::Big { value } => {
            let width = value.unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
            (width, year.significant_digits.unwrap_or(width))
        }
        YearKind::Exponential { significand, exponent } => {
            let width = significand.unsigned_abs().checked_ilog10().map_or(1, |log| log + 1).saturating_add(exponent);
            (width, year.significant_digits.unwrap_or(width))
        }
    };
    match width.saturating_sub(known) {
        0 => Precision::Year,
        1 => Precision::Decade,
        2 => Precision::Century,
        _ => Precision::Millennium,
    }
}

const fn of_seconds(second: Option<u8>) -> Precision {
    if second.is_some() { Precision::Second } else { Precision::Minute }
}

const fn of_end(end: &TimedEnd) -> Precision {
    match end {
        TimedEnd::Time(timed) => of_seconds(timed.second),
        TimedEnd::Day(_) => Precision::Day,
        TimedEnd::Open | TimedEnd::Unknown => Precision::Millennium,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_end_is_as_fine_as_it_is_given() {
        use Precision::{Day, Minute, Month, Year};
        let check = |text: &str, expected| assert_eq!(Date::parse(text).unwrap().end_precisions(), expected, "{text}");
        check("1939-09-01/1945", (Day, Year));
        check("2024-06/2024-08", (Month, Month));
        check("2024-06-19/..", (Day, Day));
        check("/1945", (Year, Year));
        check("[2024-10-21..2024-10-31]", (Day, Day));
        check("[..2024-11]", (Month, Month));
        check("2024-06", (Month, Month));
        check("2024-06-01/2024-06-02T10:23[Europe/Moscow]", (Day, Minute));
    }
}
