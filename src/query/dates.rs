//! What questions ask of dates, worked out once for each date of a dictionary: where it can lie, how finely it is known.
//!
//! A question about time then compares four numbers a date, and reads the dates alone that are more than these (one of
//! several days, years beyond the axis). What is asked for stands in columns, so that no question goes through the rest:
//!
//! ```text
//!   bounds    [d1 d1 d2 d2] [d5 d5 d9 d9] –         where dates can lie
//!   traits    day           month, vague  day       how finely each is known
//!   years     2014 2014     2015 2015     –         the first and the last that it can touch
//! ```

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::DateTrait;
use super::said::Said;
use super::when::Asked;
use crate::model::Value;
use crate::time::{Answer, Bounds, Date, Period, Precision, Zone};

/// How finely a date is known, and which properties it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DateTraits {
    pub precision: Precision,
    /// A bit each, in the order of [`DateTrait::ALL`].
    bits: u8,
}

impl DateTraits {
    pub fn of(date: &Date, zone: Zone) -> Self {
        let traits = DateTrait::ALL.into_iter().filter(|property| property.is_of(date, zone));
        Self { precision: date.precision(), bits: traits.fold(0, |bits, property| bits | 1 << property as u8) }
    }

    /// Whether the date has a property.
    pub const fn has(self, property: DateTrait) -> bool {
        self.bits >> property as u8 & 1 == 1
    }
}

/// What is known of one value of a dictionary of dates in a zone.
pub(super) struct DateFacts {
    bounds: Option<Bounds>,
    /// Where it can lie, where bounds are not all that decides about it.
    period: Option<Period>,
    traits: Option<DateTraits>,
    years: (i32, i32),
}

impl DateFacts {
    /// What is known of what is no date.
    pub const NONE: Self = Self { bounds: None, period: None, traits: None, years: NO_YEARS };

    pub fn of(date: &Date, zone: Zone) -> Self {
        let period = Period::of(date, zone);
        let bounds = period.bounds();
        Self {
            bounds,
            period: bounds.is_none().then_some(period),
            traits: Some(DateTraits::of(date, zone)),
            years: years(date, zone).unwrap_or(NO_YEARS),
        }
    }
}

/// What is known of each value of a dictionary of dates in a zone, by number.
#[derive(Debug, Clone)]
pub(super) struct Dates {
    /// Where it can lie, where that is all that decides about it.
    bounds: Vec<Option<Bounds>>,
    /// The others, by number: few, and each takes as long to work out as a hundred of these to answer. Only looked up.
    periods: FxHashMap<u32, Period>,
    /// None of what is no date.
    traits: Vec<Option<DateTraits>>,
    /// The first and the last year that it can touch. The axis ends long before an `i32` does.
    years: Vec<(i32, i32)>,
}

/// The years of a date that reaches without end, and of none: they lie in no stretch of years together.
const NO_YEARS: (i32, i32) = (i32::MIN, i32::MAX);

impl Default for Dates {
    fn default() -> Self {
        Self::NONE
    }
}

impl Dates {
    /// What is known of no dates.
    pub const NONE: Self = Self {
        bounds: Vec::new(),
        periods: FxHashMap::with_hasher(FxBuildHasher),
        traits: Vec::new(),
        years: Vec::new(),
    };

    /// Of how many values something is known.
    pub fn len(&self) -> usize {
        self.years.len()
    }

    /// Adds what is known of the values that have the next numbers.
    pub fn extend(&mut self, facts: Vec<DateFacts>) {
        self.bounds.extend(facts.iter().map(|facts| facts.bounds));
        self.traits.extend(facts.iter().map(|facts| facts.traits));
        let first = self.years.len() as u32;
        self.years.extend(facts.iter().map(|facts| facts.years));
        self.periods.extend((first..).zip(facts).filter_map(|(at, facts)| Some((at, facts.period?))));
    }

    /// The stretch of so many years in which all of each date lies, by its number from year 0; none where it may lie in several.
    pub fn wholly_in(&self, length: i32) -> impl Iterator<Item = Option<i32>> {
        self.years.iter().map(move |(first, last)| {
            let stretch = first.div_euclid(length);
            // Most dates lie in one year.
            (first == last || stretch == last.div_euclid(length)).then_some(stretch)
        })
    }
}

/// A value of a dictionary of dates with what is known of it. Nothing of it is read before it is asked for: of most not the date
/// itself.
#[derive(Clone, Copy)]
pub(super) struct DateTerm<'d> {
    said: &'d Said,
    dates: &'d Dates,
    at: usize,
}

impl<'d> DateTerm<'d> {
    /// What stands where there is no date.
    pub const NONE: DateTerm<'static> = DateTerm { said: &Said::Undated, dates: &Dates::NONE, at: 0 };

    /// The value that has a number.
    pub const fn new(said: &'d Said, dates: &'d Dates, at: usize) -> Self {
        Self { said, dates, at }
    }

    /// The value itself.
    pub fn value(self) -> Value<'d> {
        self.said.value()
    }

    /// How finely it is known, and its properties; none of what is no date.
    pub fn traits(self) -> Option<DateTraits> {
        self.dates.traits.get(self.at).copied().flatten()
    }

    /// What it answers to a test of where it lies in time, in one of these ways. What has no date may lie anywhere.
    pub fn answer_time(self, tests: &[Asked]) -> Answer {
        let Some(bounds) = self.dates.bounds.get(self.at).copied().flatten() else {
            let period = u32::try_from(self.at).ok().and_then(|at| self.dates.periods.get(&at));
            let Some(period) = period else { return Answer::Possibly };
            return tests.iter().map(|test| test.answer_period(period)).max().unwrap_or(Answer::No);
        };
        let date = || if let Said::Date(date) = self.said { Some(date) } else { None };
        let answer = |test: &Asked| match test.answer_bounds(bounds) {
            Some(answer) => answer,
            None => date().map_or(Answer::Possibly, |date| test.answer(date)),
        };
        tests.iter().map(answer).max().unwrap_or(Answer::No)
    }
}

fn years(date: &Date, zone: Zone) -> Option<(i32, i32)> {
    let extent = date.extent(zone);
    let (start, end) = (extent.earliest_start.instant()?, extent.latest_end.instant()?);
    // The end is the first instant after all that the date can touch.
    let last = end.saturating_add(-1).max(start);
    Some((i32::try_from(start.day().year).ok()?, i32::try_from(last.day().year).ok()?))
}

#[cfg(test)]
mod tests {
    use super::super::TimeTest;
    use super::*;

    #[test]
    fn columns_say_of_each_date_what_it_says() {
        const DATES: [&str; 6] =
            ["2024-10-24", "199X", "2024-11-02/..", "-0043?", "2019-12-31/2020-01-01", "[2024-10-04,2024-10-24]"];
        let terms: Vec<Said> = DATES.iter().map(|text| Said::Date(Date::parse(text).unwrap())).collect();
        let terms: Vec<Said> = terms.into_iter().chain([Said::Undated]).collect();
        let facts = |said: &Said| match said {
            Said::Date(date) => DateFacts::of(date, Zone::UTC),
            _ => DateFacts::NONE,
        };
        let mut dates = Dates::default();
        dates.extend(terms.iter().map(facts).collect());
        let wholly_in = |length| dates.wholly_in(length).collect::<Vec<_>>();
        assert_eq!(wholly_in(1), [Some(2024), None, None, Some(-43), None, Some(2024), None]);
        assert_eq!(wholly_in(10), [Some(202), Some(199), None, Some(-5), None, Some(202), None]);
        let has = |at: usize, property: DateTrait| {
            DateTerm::new(&terms[at], &dates, at).traits().is_some_and(|traits| traits.has(property))
        };
        for (at, said) in terms.iter().enumerate() {
            for property in DateTrait::ALL {
                let is_of = matches!(said, Said::Date(date) if property.is_of(date, Zone::UTC));
                assert_eq!(has(at, property), is_of, "{said:?} {property:?}");
            }
        }
        // One date of a few is more than its bounds, and so is a test of such.
        let days = [
            TimeTest::Overlaps(Date::parse("2024-10-14").unwrap()),
            TimeTest::Overlaps(Date::parse(DATES[5]).unwrap()),
        ];
        for test in days {
            let asked = [test.asked(Zone::UTC)];
            for (at, said) in terms.iter().enumerate() {
                let expected = match said {
                    Said::Date(date) => test.answer(date, Zone::UTC),
                    _ => Answer::Possibly,
                };
                assert_eq!(DateTerm::new(said, &dates, at).answer_time(&asked), expected, "{said:?} {test:?}");
            }
        }
        assert_eq!(DateTerm::NONE.answer_time(&[]), Answer::Possibly);
    }
}
