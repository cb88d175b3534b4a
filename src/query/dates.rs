//! What questions ask of dates, worked out once for each date of a dictionary: where it can lie, how finely it is known.
//!
//! A question about time then compares four numbers a date, and reads the dates alone that are more than these (one of
//! several days, years beyond the axis).

use std::borrow::Cow;

use super::test::{Ground, time_answer};
use super::when::Asked;
use super::{DateTrait, EventTest, Leaf, ValueTest};
use crate::model::{EventField, Value};
use crate::time::{Answer, Bounds, Date, Period, Precision, Zone};

/// What is known of a date in a zone.
#[derive(Debug, Clone, Copy)]
pub(super) struct DateFacts {
    /// Where it can lie, where that is all that decides about it.
    pub bounds: Option<Bounds>,
    pub precision: Precision,
    /// In the order of [`DateTrait::ALL`].
    traits: [bool; DateTrait::ALL.len()],
    /// The first and the last year that it can touch; none where it reaches without end. The axis ends long before an `i32` does.
    years: Option<(i32, i32)>,
}

impl DateFacts {
    pub fn of(date: &Date, zone: Zone) -> Self {
        Self {
            bounds: Period::of(date, zone).bounds(),
            precision: date.precision(),
            traits: DateTrait::ALL.map(|property| property.is_of(date, zone)),
            years: years(date, zone),
        }
    }

    /// Whether the date has a property.
    pub fn has(&self, property: DateTrait) -> bool {
        self.traits.get(property as usize).copied().unwrap_or(false)
    }

    /// The stretch of so many years in which all of the date lies, by its number from year 0; none where it may lie in several.
    pub fn wholly_in(&self, length: i64) -> Option<i64> {
        let (first, last) = self.years.map(|(first, last)| (i64::from(first), i64::from(last)))?;
        let (first, last) = (first.div_euclid(length), last.div_euclid(length));
        (first == last).then_some(first)
    }
}

/// What a leaf asks of the date of an event and of nothing else.
pub(super) enum DateTest<'q> {
    /// It lies so in time, in one of these ways.
    Time(Cow<'q, [Asked]>),
    /// It is known so finely, or has a property.
    Facts(&'q EventTest),
    /// It is a value that passes this.
    Value(&'q ValueTest),
}

impl<'q> DateTest<'q> {
    /// What a leaf asks of dates that stand in a zone; none where it asks anything else.
    pub fn of(leaf: &'q Leaf, zone: Zone) -> Option<Self> {
        match leaf {
            Leaf::Word(_) => None,
            Leaf::Time(test) => Some(Self::Time(vec![test.asked(zone)].into())),
            Leaf::Event(test) => match &**test {
                EventTest::Field(EventField::Date, ValueTest::Time(tests)) => Some(Self::Time(tests.into())),
                EventTest::Field(EventField::Date, test) => Some(Self::Value(test)),
                EventTest::Precision(..) | EventTest::Dated(_) => Some(Self::Facts(test)),
                _ => None,
            },
        }
    }

    /// What a date answers, or that there is none: then it may lie anywhere in time, and has nothing else that is asked.
    pub fn answer(&self, date: Option<(&Date, &DateFacts)>, ground: Ground<'_>) -> Answer {
        match self {
            Self::Time(tests) => date.map_or(Answer::Possibly, |(date, facts)| time_answer(tests, date, facts.bounds)),
            Self::Facts(test) => test.answer_date(date.map(|(_, facts)| facts)),
            Self::Value(test) => test.answer(date.map_or(Value::None, |(date, _)| Value::Date(date)), ground),
        }
    }
}

fn years(date: &Date, zone: Zone) -> Option<(i32, i32)> {
    let extent = date.extent(zone);
    let (start, end) = (extent.earliest_start.instant()?, extent.latest_end.instant()?);
    // The end is the first instant after all that the date can touch.
    let last = end.saturating_add(-1).max(start);
    Some((i32::try_from(start.day().year).ok()?, i32::try_from(last.day().year).ok()?))
}
