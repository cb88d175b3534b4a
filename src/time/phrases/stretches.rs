//! Dates by their place: seen from today ("last week", "3 months ago"), or as a stretch of something longer ("the first ten
//! days of October", "the last Friday of March").

use super::days::{days_after, week_holding};
use super::lexicon::{Grain, Mean};
use super::partial::{Stretch, Unit, set};
use super::parts::{Last, Parts, set_astronomical, set_day, set_month, unclear};
use super::reader::Reader;
use super::tokens::Number;
use crate::time::DateError;

impl Reader<'_> {
    /// "last week", "this year", "next month", "last October", and "the last week of October".
    pub fn neighbour(&mut self, parts: &mut Parts, at: usize, mean: Mean) -> Result<(), DateError> {
        self.next += 1;
        let by = match mean {
            Mean::Last | Mean::Previous | Mean::Final => -1,
            Mean::Next => 1,
            _ => 0,
        };
        let is_last = matches!(mean, Mean::Last | Mean::Final);
        let count = self.count(0).filter(|_| is_last);
        if let (Some(count), Some(Mean::Grains(grain) | Mean::Grain(grain))) = (count, self.mean(1))
            && let Some(of) = unit(grain)
        {
            self.next += 2;
            let stretch = Stretch { nth: None, count: Some(count), of };
            return set(&mut parts.partial.stretch, stretch, at, "stretch");
        }
        parts.last = Last::Other;
        let last_one = |of| Stretch { nth: None, count: Some(1), of };
        match self.take_mean(|mean| {
            matches!(
                mean,
                Mean::Grain(_)
                    | Mean::Grains(_)
                    | Mean::Month(_)
                    | Mean::Weekday(_)
                    | Mean::Ordinal(3)
                    | Mean::Quarter
                    | Mean::Half
            )
        }) {
            Some(Mean::Grain(grain)) if mean == Mean::Last && grain != Grain::Year => {
                let unit = unit(grain).ok_or_else(|| self.unexpected())?;
                set(&mut parts.last_of, (at, unit), at, "stretch")
            }
            Some(Mean::Grain(grain)) if mean == Mean::Final => match unit(grain) {
                Some(unit) => set(&mut parts.partial.stretch, last_one(unit), at, "stretch"),
                None => Err(self.unexpected()),
            },
            Some(Mean::Grain(grain)) => self.near(parts, at, by, grain),
            Some(Mean::Grains(grain)) if is_last => match unit(grain) {
                Some(of) => {
                    let stretch = Stretch { nth: None, count: None, of };
                    set(&mut parts.partial.stretch, stretch, at, "stretch")
                }
                None => Err(self.unexpected()),
            },
            Some(Mean::Weekday(day)) if is_last => {
                set(&mut parts.partial.stretch, last_one(Unit::Weekday(day)), at, "stretch")
            }
            Some(Mean::Quarter) if is_last => set(&mut parts.partial.stretch, last_one(Unit::Quarter), at, "stretch"),
            Some(Mean::Half) if is_last => set(&mut parts.partial.stretch, last_one(Unit::Half), at, "stretch"),
            Some(Mean::Ordinal(_)) if is_last => set(&mut parts.partial.stretch, last_one(Unit::Third), at, "stretch"),
            Some(Mean::Month(month)) if mean != Mean::Final => {
                let today = self.now(at)?;
                let year = match by {
                    -1 if month >= today.month => today.year - 1,
                    1 if month <= today.month => today.year + 1,
                    _ => today.year,
                };
                set_month(parts, at, year.saturating_mul(12).saturating_add(i64::from(month) - 1))
            }
            _ => Err(DateError::at(at, "this can be said of a week, a month or a year", None)),
        }
    }

    /// What lies so many of a unit away from today.
    pub fn near(&mut self, parts: &mut Parts, at: usize, by: i64, grain: Grain) -> Result<(), DateError> {
        let today = self.now(at)?;
        parts.last = Last::Other;
        match grain {
            Grain::Day => set_day(parts, at, days_after(today, by, at)?),
            Grain::Week => {
                let day = days_after(today, 7 * by, at)?;
                set(&mut parts.partial.days, week_holding(day, at)?, at, "week")
            }
            Grain::Month => set_month(parts, at, today.year.saturating_mul(12) + i64::from(today.month) - 1 + by),
            Grain::Year => set_astronomical(parts, at, today.year.saturating_add(by)),
        }
    }

    /// Days are counted exactly; weeks, months and years ago are about so long ago.
    pub fn ago(&mut self, parts: &mut Parts, at: usize, count: i64, grain: Grain) -> Result<(), DateError> {
        let today = self.now(at)?;
        let too_far = || DateError::at(at, "this is beyond what can be written", None);
        // "about 3 years ago" says nothing more.
        parts.partial.is_approximate |= grain != Grain::Day;
        match grain {
            Grain::Day => set_day(parts, at, days_after(today, count.checked_neg().ok_or_else(too_far)?, at)?),
            Grain::Week => {
                let days = count.checked_mul(-7).ok_or_else(too_far)?;
                set_day(parts, at, days_after(today, days, at)?)
            }
            Grain::Month => {
                let months = today.year * 12 + i64::from(today.month) - 1;
                set_month(parts, at, months.checked_sub(count).ok_or_else(too_far)?)
            }
            Grain::Year => {
                let year = today.year.checked_sub(count).ok_or_else(too_far)?;
                set_astronomical(parts, at, year)
            }
        }
    }

    /// "first week", "second Monday", "first ten days", "last third"; a number of them where one is said.
    pub fn stretch(&mut self, parts: &mut Parts, at: usize, nth: Number) -> Result<bool, DateError> {
        let counted = self.count(0);
        let ahead = usize::from(counted.is_some());
        let (of, count) = match (self.mean(ahead), counted) {
            (Some(Mean::Grain(grain)), None) => (unit(grain), Some(1)),
            (Some(Mean::Grain(grain) | Mean::Grains(grain)), Some(count)) => (unit(grain), Some(count)),
            (Some(Mean::Grains(grain)), None) => (unit(grain), None),
            (Some(Mean::Weekday(day)), None) => (Some(Unit::Weekday(day)), Some(1)),
            (Some(Mean::Ordinal(3)), None) => (Some(Unit::Third), Some(1)),
            (Some(Mean::WeekBehind), None) => (Some(Unit::Week), Some(1)),
            _ => return Ok(false),
        };
        let Some(of) = of else { return Ok(false) };
        // "the first week" counts from one, and "the second ten days" are counted in tens.
        if nth.value == 0 || (counted.is_some() && nth.value != 1) {
            return Err(DateError::at(at, "which of them is not clear", None));
        }
        self.next += ahead + 1;
        parts.last = Last::Other;
        let nth = u8::try_from(nth.value).map_err(|_| unclear(at))?;
        set(&mut parts.partial.stretch, Stretch { nth: Some(nth), count, of }, at, "stretch")?;
        Ok(true)
    }

    /// How many, in digits or in words.
    pub fn count(&self, ahead: usize) -> Option<u64> {
        let number = self.number(ahead).filter(|number| !number.is_ordinal && !number.is_plural && number.digits <= 3);
        let in_words =
            || COUNTS.iter().position(|word| *word == self.written(ahead)).and_then(|at| u64::try_from(at + 2).ok());
        number.map(|number| number.value).or_else(in_words)
    }
}

/// Counts in words, from two.
const COUNTS: [&str; 11] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// The unit that stretches are counted in.
const fn unit(grain: Grain) -> Option<Unit> {
    match grain {
        Grain::Day => Some(Unit::Day),
        Grain::Week => Some(Unit::Week),
        Grain::Month => Some(Unit::Month),
        Grain::Year => None,
    }
}
