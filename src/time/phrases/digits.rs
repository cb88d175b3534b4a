//! Numbers of many digits: ISO 8601's basic form, epochs of computers, days of spreadsheets; and numbers that a sign changes.

use super::choices::Question;
use super::partial::{Clock, Field, Partial, Years, ZoneWords, set};
use super::parts::{Last, Parts, month_in_range, set_astronomical, set_years, small, unclear, whole};
use super::reader::Reader;
use super::tokens::{HYPHEN, Kind, Number};
use crate::time::DateError;
use crate::time::{CivilDay, Instant};

impl Reader<'_> {
    /// A year whose last digits are not known: 19??, 19--, and 199? or 199-, which can be something else.
    pub fn masked_year(&mut self, parts: &mut Parts) -> Result<bool, DateError> {
        let at = self.at();
        let Some(number) = self.number(0).filter(|number| !number.is_ordinal && !number.is_plural) else {
            return Ok(false);
        };
        let is_mask = |sign: char, many: usize| {
            let is_there = (1..=many).all(|ahead| self.is_sign(ahead, sign) && self.is_tight(ahead));
            is_there && !self.is_sign(many + 1, sign) && !matches!(self.kind(many + 1), Some(Kind::Number(_)))
        };
        match number.digits {
            2 if number.value > 0 && (is_mask('?', 2) || is_mask(HYPHEN, 2)) => {
                self.next += 3;
                set_years(parts, at, Years::Century(whole(number, at)? + 1))?;
                Ok(true)
            }
            // "185-", and "[185-?]" as catalogues write it.
            3 if is_mask('?', 1)
                || is_mask(HYPHEN, 1)
                    && (self.token(2).is_none() || self.is_sign(2, '?') && self.token(3).is_none()) =>
            {
                let ways = ["a digit is missing", "three digits are all"];
                if self.ask(Question::Digits, &ways) == 1 {
                    return Ok(false);
                }
                self.next += 2;
                set_years(parts, at, Years::Decade(10 * whole(number, at)?))?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// ISO 8601's basic form: YYYYMMDD.
    pub fn basic_form(&mut self, parts: &mut Parts, at: usize, number: Number) -> Result<(), DateError> {
        let part = |by: u64, modulus: u64| Number::plain(number.value / by % modulus, 2);
        set_years(parts, at, Years::Year(whole(part(10_000, 10_000), at)?))?;
        set(&mut parts.partial.month, month_in_range(at, part(100, 100))?, at, "month")?;
        set(&mut parts.partial.day, small(part(1, 100)), at, "day")?;
        (parts.last, parts.is_iso) = (Last::Day, true);
        Ok(())
    }

    /// Digits that stand for several things: what each would be is asked. A spreadsheet counts days from the end of 1899,
    /// and clocks of computers count seconds from 1970.
    pub fn digits(&mut self, parts: &mut Parts, at: usize, number: Number) -> Result<(), DateError> {
        let value = number.value;
        let mut ways: Vec<(&'static str, Partial)> = Vec::new();
        let day = |day: CivilDay| Partial {
            years: Some(Years::Year(day.year)),
            month: Some(Field::Given(day.month)),
            day: Some(Field::Given(day.day)),
            ..Partial::new(at)
        };
        let split = |by: u64, modulus: u64| u8::try_from(value / by % modulus).unwrap_or(u8::MAX);
        let valid = |year: u64, month: u8, date: u8| {
            let year = i64::try_from(year).ok()?;
            let is_day = (1..=12).contains(&month) && (1..=CivilDay::days_in_month(year, month)).contains(&date);
            is_day.then(|| day(CivilDay::new(year, month, date)))
        };
        let epoch = |micros: Option<i64>| {
            let instant = Instant::from_micros(micros?);
            let seconds = instant.micros_of_day() / Instant::SECOND;
            let part = |value: i64| u8::try_from(value).unwrap_or(0);
            let rest = instant.micros_of_day() % Instant::SECOND;
            let rest = u64::try_from(rest).unwrap_or(0);
            let fraction = match number.digits {
                12..=14 => Some((rest / 1000, 3)),
                15.. => Some((rest, 6)),
                _ => None,
            };
            let (hour, minute, second) = (part(seconds / 3600), part(seconds / 60 % 60), Some(part(seconds % 60)));
            let clock = Clock { hour, minute, second, fraction };
            let zone = Some(ZoneWords::Zulu);
            (0..=9999).contains(&instant.day().year).then(|| Partial { clock: Some(clock), zone, ..day(instant.day()) })
        };
        let signed = i64::try_from(value).ok();
        match number.digits {
            5 => {
                // 1899-12-30, from which day 1 of the 1900 date system and its leap day of 1900 come out right.
                let serial = signed.map(|days| CivilDay::from_number(days - 25_569));
                ways.extend(serial.map(|found| ("a day counted by a spreadsheet", day(found))));
            }
            6 => {
                let month = split(1, 100);
                if (1..=12).contains(&month) {
                    let years = i64::try_from(value / 100).ok().map(Years::Year);
                    ways.push((
                        "year and month",
                        Partial { years, month: Some(Field::Given(month)), ..Partial::new(at) },
                    ));
                }
                for century in [2000, 1900] {
                    let found = valid(century + value / 10_000, split(100, 100), split(1, 100));
                    ways.extend(found.map(|found| ("two digits each", found)));
                }
            }
            7 => {
                let day_of_year = u16::try_from(value % 1000).ok().filter(|day| (1..=366).contains(day));
                let years = i64::try_from(value / 1000).ok().map(Years::Year);
                let found = day_of_year.map(|_| Partial { years, day_of_year, ..Partial::new(at) });
                ways.extend(found.map(|found| ("a day of a year", found)));
            }
            12 | 14 => {
                let seconds = if number.digits == 14 { Some(split(1, 100)) } else { None };
                let scale = if seconds.is_some() { 100 } else { 1 };
                let date = value / scale;
                let (hour, minute) = (split(100 * scale, 100), split(scale, 100));
                let found = valid(date / 100_000_000, split(1_000_000 * scale, 100), split(10_000 * scale, 100));
                let found = found.filter(|_| hour < 24 && minute < 60 && seconds.is_none_or(|second| second < 60));
                let clock = Clock { hour, minute, second: seconds, fraction: None };
                ways.extend(found.map(|found| ("date and time", Partial { clock: Some(clock), ..found })));
            }
            _ => {}
        }
        let found = match number.digits {
            9..=11 => {
                epoch(signed.and_then(|value| value.checked_mul(Instant::SECOND))).map(|at| ("seconds since 1970", at))
            }
            12..=14 => {
                epoch(signed.and_then(|value| value.checked_mul(1000))).map(|at| ("milliseconds since 1970", at))
            }
            15..=17 => epoch(signed).map(|at| ("microseconds since 1970", at)),
            18.. => {
                epoch(signed.map(|value| value / 1000)).map(|at| ("nanoseconds since 1970, to the microsecond", at))
            }
            _ => None,
        };
        ways.extend(found);
        let year = signed.map(|year| Partial { years: Some(Years::Year(year)), ..Partial::new(at) });
        ways.extend(year.map(|year| ("a year", year)));
        let names: Vec<&'static str> = ways.iter().map(|(name, _)| *name).collect();
        let chosen = self.ask(Question::Digits, &names);
        let Some((name, found)) = ways.get(chosen) else {
            return Err(DateError::at(at, "this number is too large for a date", None));
        };
        if *name == "a year" && ways.len() == 1 && value < 10_000 {
            return Err(DateError::at(at, "these digits are no date", None));
        }
        if *name == "a year" && ways.len() == 1 && number.digits > 5 {
            let message = format!("{} digits are no date: a year of more than four is written Y{value}", number.digits);
            return Err(DateError::at(at, message, Some(format!("Y{value}"))));
        }
        if parts.last != Last::Nothing {
            return Err(unclear(at));
        }
        let marks = (parts.partial.is_approximate, parts.partial.is_uncertain);
        parts.partial = found.clone();
        (parts.partial.is_approximate, parts.partial.is_uncertain) = marks;
        parts.last = if parts.partial.clock.is_some() { Last::Clock } else { Last::Day };
        Ok(())
    }

    /// A year before the era with a sign: -300 is 300 BCE to people, and 301 BCE to EDTF.
    pub fn negative(&mut self, parts: &mut Parts) -> Result<bool, DateError> {
        let at = self.at();
        let is_first = parts.last == Last::Nothing && self.is_sign(0, HYPHEN) && self.is_tight(1);
        let Some(number) = self.number(1).filter(|_| is_first) else { return Ok(false) };
        let is_span = self.tight_sign(2) == Some('/') && self.is_sign(3, HYPHEN) && number.digits >= 3;
        if number.is_ordinal || number.is_plural || self.tight_sign(2).is_some() && !is_span {
            return Ok(false);
        }
        // "2024-10-24--26" has a hyphen too many.
        let before = self.next.checked_sub(1).and_then(|before| self.tokens.get(before));
        let is_doubled = before.is_some_and(|token| token.kind == Kind::Sign(HYPHEN)) && self.is_tight(0);
        if is_doubled && number.digits <= 2 {
            return Ok(false);
        }
        self.next += 2;
        let value = whole(number, at)?;
        if value == 0 {
            return Err(DateError::at(at, "there is no year 0: 1 BCE is followed by 1 CE", None));
        }
        let is_counted =
            self.ask(Question::Negative, &["counted without a year 0", "as EDTF counts, with a year 0"]) == 0;
        set_astronomical(parts, at, if is_counted { 1 - value } else { -value })?;
        Ok(true)
    }
}
