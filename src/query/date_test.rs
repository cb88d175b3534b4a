//! What a question asks of the date of an event and of nothing else, so that each date of a dictionary answers it once for all events.

use std::borrow::Cow;

use super::dates::DateTerm;
use super::test::Ground;
use super::when::Asked;
use super::{EventTest, Leaf, ValueTest};
use crate::model::EventField;
use crate::time::{Answer, Zone};

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
    pub fn answer(&self, date: DateTerm<'_>, ground: Ground<'_>) -> Answer {
        match self {
            Self::Time(tests) => date.answer_time(tests),
            Self::Facts(test) => test.answer_date(date.traits()),
            Self::Value(test) => test.answer(date.value(), ground),
        }
    }
}
