//! One date's parts into what they come to: a date, a window, or a time.
//!
//! The conventions of `docs/DATES.md` stand here: early, mid and late are thirds, a century is its hundred years as EDTF
//! masks them, and the first one begins in the year 1.

use super::choices::Question;
use super::days::{days_after, week_holding};
use super::lexicon::{Part, WeekOf};
use super::partial::{Clock, Field, Partial, Stretch, Unit, Years, ZoneWords};
use super::reader::Reader;
use crate::time::extent::DayBound;
use crate::time::{CivilDay, Precision, fault};
use crate::time::{Date, DateError};

/// What the parts of one date come to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// A single EDTF date.
    Exact(Date),
    /// Once, from one to the other; `coarse` is the plain date that holds both, where there is one.
    Window { from: Date, to: Date, coarse: Option<Date> },
    /// A time of day, and its day.
    Time { date: Date, day: Date },
}

/// A value with its qualifiers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Qualified {
    pub at: usize,
    pub value: Value,
    pub qualifier: &'static str,
}

impl Reader<'_> {
    pub fn value(&self, partial: &Partial) -> Result<Qualified, DateError> {
        let qualifier = match (partial.is_uncertain, partial.is_approximate) {
            (false, false) => "",
            (true, false) => "?",
            (false, true) => "~",
            (true, true) => "%",
        };
        Ok(Qualified { at: partial.at, value: self.unqualified(partial)?, qualifier })
    }

    fn unqualified(&self, partial: &Partial) -> Result<Value, DateError> {
        let at = partial.at;
        if partial.zone.is_some() && partial.clock.is_none() {
            return Err(DateError::at(at, "a time zone needs a time of day", None));
        }
        if let Some((from, to)) = partial.days {
            let bare = Partial { days: None, ..partial.clone() };
            return match bare.is_empty() {
                true => window(from, to, Precision::Day, None),
                false => Err(DateError::at(at, "a week seen from today cannot be said of something else", None)),
            };
        }
        let Some(years) = partial.years else { return Err(self.year_missing(partial)) };
        if let Some(loose) = partial.loose {
            return Err(DateError::at(at, format!("what {} counts is not clear", loose.value), None));
        }
        if let Some(stretch) = partial.stretch {
            return self.stretched(partial, stretch);
        }
        match years {
            Years::Year(0) => Err(DateError::at(at, "there is no year 0: 1 BCE is followed by 1 CE", None)),
            Years::Year(year) => self.in_year(partial, if partial.is_bc() { 1 - year } else { year }),
            _ if partial.month.is_some() || partial.day.is_some() || partial.season.is_some() => {
                Err(DateError::at(at, "a day or a month needs a year", None))
            }
            _ if partial.week.is_some() || partial.day_of_year.is_some() => {
                Err(DateError::at(at, "a day or a week needs a year", None))
            }
            Years::Decade(first) => many_years(partial, Some(first), 10, 1),
            Years::Century(number) => many_years(partial, (number - 1).checked_mul(100), 100, 2),
            Years::Millennium(number) => many_years(partial, (number - 1).checked_mul(1000), 1000, 3),
        }
    }

    fn in_year(&self, partial: &Partial, year: i64) -> Result<Value, DateError> {
        let at = partial.at;
        if year.unsigned_abs() > 9_999 && !partial.is_bare_year() {
            return Err(DateError::at(
                at,
                "beyond four digits EDTF has years and nothing finer",
                Some(year_text(year)),
            ));
        }
        if let Some((number, day)) = partial.week {
            let others = [partial.month.is_some(), partial.day.is_some(), partial.season.is_some()];
            let is_whole = others == [false; 3] && partial.part.is_none() && partial.half.is_none();
            return match is_whole && partial.day_of_year.is_none() && partial.week_of.is_none() {
                true => iso_week(at, year, number, day, partial),
                false => Err(DateError::at(at, "a week and a month cannot stand together", None)),
            };
        }
        if let Some(number) = partial.day_of_year {
            if partial.month.is_some() || partial.day.is_some() || partial.season.is_some() {
                return Err(DateError::at(at, "the day is given twice", None));
            }
            let day = day_of_year(at, year, number)?;
            return self.in_month(partial, year, day.month, day.day);
        }
        if partial.part.is_some() && partial.half.is_some() {
            return Err(DateError::at(at, "half of something has no early, mid or late here", None));
        }
        match (partial.season, partial.month, partial.day) {
            (Some(_), Some(_), _) | (Some(_), _, Some(_)) => {
                Err(DateError::at(at, "a season and a month cannot stand together", None))
            }
            (Some(code), None, None) => season(partial, year, code),
            (None, None, Some(_)) => Err(DateError::at(at, "the month is missing", None)),
            (None, None, None) => part_of_year(partial, year),
            (None, Some(month), None) => part_of_month(partial, year, month),
            (None, Some(Field::Given(month)), Some(Field::Given(day))) => self.in_month(partial, year, month, day),
            (None, Some(month), Some(day)) => {
                needs_no_day(partial)?;
                let text = format!("{}-{}-{}", year_text(year), field_text(month), field_text(day));
                Ok(Value::Exact(parsed(&text, at)?))
            }
        }
    }

    fn in_month(&self, partial: &Partial, year: i64, month: u8, day: u8) -> Result<Value, DateError> {
        let at = partial.at;
        if partial.part.is_some() || partial.half.is_some() {
            return Err(DateError::at(at, "a day has no early, mid or late here", None));
        }
        let text = format!("{}-{month:02}-{day:02}", year_text(year));
        let date = parsed(&text, at)?;
        let civil = CivilDay::new(year, month, day);
        check_weekday(partial, civil)?;
        match (partial.week_of, partial.clock) {
            (Some(_), _) if partial.clock.is_some() || partial.weekday.is_some() => {
                Err(DateError::at(at, "a week and a day or time in it cannot stand together", None))
            }
            (Some(week), _) => self.week_of(at, week, civil),
            (None, Some(clock)) => self.timed(partial, clock, &text, date),
            (None, None) => Ok(Value::Exact(date)),
        }
    }

    /// The seven days that a day stands for.
    fn week_of(&self, at: usize, week: WeekOf, day: CivilDay) -> Result<Value, DateError> {
        let from_it = |by| days_after(day, by, at);
        let (from, to) = match week {
            WeekOf::From => (day, from_it(6)?),
            WeekOf::To => (from_it(-6)?, day),
            WeekOf::Holding if day.weekday() == 1 => (day, from_it(6)?),
            WeekOf::Holding => {
                match self.ask(Question::Week, &["Monday to Sunday, as it lies in them", "seven days from it on"]) {
                    0 => week_holding(day, at)?,
                    _ => (day, from_it(6)?),
                }
            }
        };
        window(from, to, Precision::Day, None)
    }

    /// The first days, last week or second Monday of a month or a year.
    fn stretched(&self, partial: &Partial, stretch: Stretch) -> Result<Value, DateError> {
        let at = partial.at;
        let whole = Partial { stretch: None, ..partial.clone() };
        let Some(Years::Year(year)) = partial.years.filter(|_| partial.season.is_none()) else {
            return Err(DateError::at(at, "this can be said of a month or a year", None));
        };
        needs_no_day(&whole)?;
        let is_finer = partial.day.is_some() || partial.week.is_some() || partial.day_of_year.is_some();
        if is_finer || partial.part.is_some() || partial.half.is_some() {
            return Err(DateError::at(at, "this can be said of a month or a year", None));
        }
        let year = if partial.is_bc() { 1 - year } else { year };
        if year.unsigned_abs() > 9_999 {
            return Err(DateError::at(
                at,
                "beyond four digits EDTF has years and nothing finer",
                Some(year_text(year)),
            ));
        }
        let Value::Exact(holder) = self.unqualified(&whole)? else {
            return Err(DateError::at(at, "this can be said of a month or a year", None));
        };
        let Some(count) = stretch.count else {
            let part = if stretch.nth.is_some() { Part::Early } else { Part::Late };
            let third = self.unqualified(&Partial { part: Some(part), ..whole })?;
            let message = "how many they are is not said: write the number, or early, mid or late";
            return Err(DateError::at(at, message, third.text()));
        };
        // Only the last of them is said so.
        match stretch.of {
            Unit::Quarter if partial.month.is_none() => {
                return self.unqualified(&Partial { season: Some(36), ..whole });
            }
            Unit::Quarter => return Err(DateError::at(at, "a month has no quarters here", None)),
            Unit::Half => return self.unqualified(&Partial { half: Some(2), ..whole }),
            _ => {}
        }
        if stretch.of == Unit::Third {
            return match (partial.month, stretch.nth) {
                (None, nth @ (None | Some(1..=3))) => {
                    Ok(Value::Exact(parsed(&format!("{holder}-{}", 36 + nth.unwrap_or(3)), at)?))
                }
                (Some(_), Some(1)) => self.unqualified(&Partial { part: Some(Part::Early), ..whole }),
                (Some(_), Some(2)) => self.unqualified(&Partial { part: Some(Part::Mid), ..whole }),
                (Some(_), Some(3) | None) => self.unqualified(&Partial { part: Some(Part::Late), ..whole }),
                _ => Err(DateError::at(at, "there are three thirds", None)),
            };
        }
        let first_month = match partial.month {
            Some(Field::Given(month)) => Some(month),
            Some(Field::Masked) => return Err(DateError::at(at, "the month is missing", None)),
            None => None,
        };
        if stretch.of == Unit::Month {
            return months_of_year(at, year, first_month, stretch.nth, count);
        }
        let first = CivilDay::new(year, first_month.unwrap_or(1), 1);
        let last_month = first_month.unwrap_or(12);
        let last = CivilDay::new(year, last_month, CivilDay::days_in_month(year, last_month));
        let beyond = || DateError::at(at, format!("{} has no such days", holder.describe()), None);
        let (from, to) = match stretch.of {
            Unit::Weekday(weekday) => {
                let ahead = (i64::from(weekday) - i64::from(first.weekday())).rem_euclid(7);
                let behind = (i64::from(last.weekday()) - i64::from(weekday)).rem_euclid(7);
                let day = match stretch.nth {
                    Some(nth) => days_after(first, ahead + 7 * (i64::from(nth) - 1), at)?,
                    None => days_after(last, -behind, at)?,
                };
                (day, day)
            }
            of => {
                let each = if of == Unit::Week { 7 } else { 1 };
                let length = i64::try_from(count).ok().and_then(|count| count.checked_mul(each)).ok_or_else(beyond)?;
                match stretch.nth {
                    None => (days_after(last, 1 - length, at)?, last),
                    Some(nth) => {
                        let from = days_after(first, each * (i64::from(nth) - 1), at)?;
                        let to = days_after(from, length - 1, at)?;
                        // The fifth week of a month is what is left of it.
                        (from, if of == Unit::Week && count == 1 { to.min(last) } else { to })
                    }
                }
            }
        };
        if from < first || to > last || from > to {
            return Err(beyond());
        }
        if from == to {
            return Ok(Value::Exact(Date::from_day(from)));
        }
        window(from, to, Precision::Day, Some(holder))
    }

    fn year_missing(&self, partial: &Partial) -> DateError {
        if partial.is_empty() {
            return DateError::at(partial.at, "no date is given", None);
        }
        // "Last Monday" is not the last one of this year.
        let is_near = partial.stretch.is_some() && partial.month.is_none();
        let hint = self.today.filter(|_| !is_near).and_then(|today| {
            let guess = Partial { years: Some(Years::Year(today.year)), ..partial.clone() };
            self.unqualified(&guess).ok()?.text()
        });
        DateError::at(partial.at, "the year is missing", hint)
    }

    /// A time as it was given: to the minute or the second, with its zone or without.
    fn timed(&self, partial: &Partial, clock: Clock, day_text: &str, day: Date) -> Result<Value, DateError> {
        let mut text = format!("{day_text}T{:02}:{:02}", clock.hour, clock.minute);
        if let Some(second) = clock.second {
            text = format!("{text}:{second:02}");
        }
        if let Some((value, digits)) = clock.fraction {
            text = format!("{text}.{value:0digits$}");
        }
        let shift = |minutes: i16| {
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60)
        };
        text += &match partial.zone {
            None => String::new(),
            Some(ZoneWords::Utc) if clock.second.is_none() => "[UTC]".to_owned(),
            Some(ZoneWords::Utc | ZoneWords::Zulu) => "Z".to_owned(),
            Some(ZoneWords::Zone(zone)) => format!("[{}]", zone.name()),
            Some(ZoneWords::Shift(minutes)) => shift(minutes),
            Some(ZoneWords::Both(minutes, zone)) => format!("{}[{}]", shift(minutes), zone.name()),
        };
        let text = self.occurrence.map_or_else(|| text.clone(), |occurrence| occurrence.applied(&text));
        Ok(Value::Time { date: parsed(&text, partial.at)?, day })
    }
}

impl Value {
    /// As it would be written, where it stands alone.
    pub fn text(&self) -> Option<String> {
        let text = match self {
            Self::Exact(date) | Self::Time { date, .. } => date.to_string(),
            Self::Window { from, to, .. } => format!("[{from}..{to}]"),
        };
        Date::parse(&text).ok().map(|date| date.to_string())
    }
}

/// "The first month", "the last three months" of a year.
fn months_of_year(at: usize, year: i64, month: Option<u8>, nth: Option<u8>, count: u64) -> Result<Value, DateError> {
    let count = u8::try_from(count).ok().filter(|count| (1..=12).contains(count) && month.is_none());
    let first = match (nth, count) {
        (Some(nth), Some(_)) => Some(nth),
        (None, Some(count)) => Some(13 - count),
        _ => None,
    };
    let (Some(first), Some(count)) = (first.filter(|first| (1..=12).contains(first)), count) else {
        return Err(DateError::at(at, "a year has twelve months", None));
    };
    let last = first + count - 1;
    match (last > 12, count) {
        (true, _) => Err(DateError::at(at, "a year has twelve months", None)),
        (false, 1) => Ok(Value::Exact(parsed(&format!("{}-{first:02}", year_text(year)), at)?)),
        (false, _) => window(
            CivilDay::new(year, first, 1),
            CivilDay::new(year, last, 1),
            Precision::Month,
            Some(Date::from_year(year)),
        ),
    }
}

/// A week of ISO 8601 (Monday to Sunday; week 1 has the year's first Thursday), or a day of it.
fn iso_week(at: usize, year: i64, number: u8, day: Option<u8>, partial: &Partial) -> Result<Value, DateError> {
    let fourth = CivilDay::new(year, 1, 4);
    let (first, _) = week_holding(fourth, at)?;
    let monday = days_after(first, 7 * (i64::from(number) - 1), at)?;
    if number == 0 || monday.iso_week().0 != year {
        return Err(DateError::at(at, format!("{year} has no week {number:02}"), None));
    }
    let day = match (day, partial.weekday) {
        (Some(_), Some(_)) => return Err(DateError::at(at, "the day of the week is given twice", None)),
        (None, None) => return window(monday, days_after(monday, 6, at)?, Precision::Day, None),
        (Some(day), None) | (None, Some(day)) => day,
    };
    match day {
        1..=7 if partial.clock.is_none() => {
            Ok(Value::Exact(Date::from_day(days_after(monday, i64::from(day) - 1, at)?)))
        }
        1..=7 => Err(DateError::at(at, "write the day of this time with its month", None)),
        _ => Err(DateError::at(at, format!("a week has no day {day}"), None)),
    }
}

/// ISO 8601's ordinal date.
fn day_of_year(at: usize, year: i64, number: u16) -> Result<CivilDay, DateError> {
    let day = days_after(CivilDay::new(year, 1, 1), i64::from(number) - 1, at)?;
    if number == 0 || day.year != year {
        return Err(DateError::at(at, format!("{year} has no day {number:03}"), None));
    }
    Ok(day)
}

/// # Errors
/// Where something is said that only a day has.
fn needs_no_day(partial: &Partial) -> Result<(), DateError> {
    let is_of_day = partial.clock.is_some() || partial.weekday.is_some() || partial.week_of.is_some();
    if is_of_day { Err(DateError::at(partial.at, "the day is missing", None)) } else { Ok(()) }
}

fn part_of_year(partial: &Partial, year: i64) -> Result<Value, DateError> {
    needs_no_day(partial)?;
    let months = match (partial.part, partial.half) {
        (None, None) => return Ok(Value::Exact(parsed(&year_text(year), partial.at)?)),
        (None, Some(half)) => {
            return Ok(Value::Exact(parsed(&format!("{}-{}", year_text(year), 39 + half), partial.at)?));
        }
        (Some(Part::Early), _) => (1, 4),
        (Some(Part::Mid), _) => (5, 8),
        (Some(Part::Late), _) => (9, 12),
    };
    let (from, to) = (CivilDay::new(year, months.0, 1), CivilDay::new(year, months.1, 1));
    window(from, to, Precision::Month, Some(Date::from_year(year)))
}

/// Early, mid and late are thirds: days 1–10, 11–20, 21–end.
fn part_of_month(partial: &Partial, year: i64, month: Field) -> Result<Value, DateError> {
    let at = partial.at;
    needs_no_day(partial)?;
    let coarse = parsed(&format!("{}-{}", year_text(year), field_text(month)), at)?;
    let month = match (month, partial.part, partial.half) {
        (_, None, None) => return Ok(Value::Exact(coarse)),
        (Field::Given(month), ..) => month,
        (Field::Masked, ..) => return Err(DateError::at(at, "the month is missing", None)),
    };
    let last = CivilDay::days_in_month(year, month);
    let days = match (partial.part, partial.half) {
        (None, Some(1)) => (1, 15),
        (None, _) => (16, last),
        (Some(Part::Early), _) => (1, 10),
        (Some(Part::Mid), _) => (11, 20),
        (Some(Part::Late), _) => (21, last),
    };
    window(CivilDay::new(year, month, days.0), CivilDay::new(year, month, days.1), Precision::Day, Some(coarse))
}

/// Early, mid and late of a season are its months.
fn season(partial: &Partial, year: i64, code: u8) -> Result<Value, DateError> {
    let at = partial.at;
    needs_no_day(partial)?;
    let date = parsed(&format!("{}-{code}", year_text(year)), at)?;
    if partial.half.is_some() {
        return Err(DateError::at(at, "half of a season cannot be written", Some(date.to_string())));
    }
    let Some(part) = partial.part else { return Ok(Value::Exact(date)) };
    let DayBound::Day(first) = date.day_bounds().earliest else { return Ok(Value::Exact(date)) };
    let months = match (code, part) {
        (33..=36 | 21..=24, Part::Early) => 0,
        (33..=36 | 21..=24, Part::Mid) => 1,
        (33..=36 | 21..=24, Part::Late) => 2,
        _ => return Err(DateError::at(at, "half a year has no early, mid or late here", None)),
    };
    let month = i64::from(first.month) - 1 + months;
    let (year, month) = (first.year + month.div_euclid(12), u8::try_from(month.rem_euclid(12) + 1).unwrap_or(1));
    Ok(Value::Exact(Date::from_month(year, month)))
}

/// A decade, century or millennium: by mask where EDTF has one, and as a window of years before the era. The first century
/// and millennium are windows too, since a mask would begin them with the year 0, which is 1 BCE.
fn many_years(partial: &Partial, first: Option<i64>, length: i64, masked: usize) -> Result<Value, DateError> {
    let at = partial.at;
    needs_no_day(partial)?;
    let first = first.filter(|first| (0..=9_999 - length + 1).contains(first));
    let first = first.ok_or_else(|| DateError::at(at, "this is beyond what can be written", None))?;
    let is_masked = !partial.is_bc() && first > 0;
    let (first, last) = if partial.is_bc() {
        // The 5th century BCE is 500–401 BCE; the 440s BCE are 449–440 BCE.
        let nearest = if length == 10 { first } else { first + 1 };
        (1 - (nearest + length - 1), 1 - nearest)
    } else {
        (first.max(1), first + length - 1)
    };
    let coarse = if is_masked { Some(parsed(&mask(first, masked), at)?) } else { None };
    let base = last - length + 1;
    let third = length / 3;
    let (from, to) = match (partial.part, partial.half) {
        (None, None) if let Some(coarse) = coarse => return Ok(Value::Exact(coarse)),
        (Some(_), Some(_)) => return Err(DateError::at(at, "half of something has no early, mid or late here", None)),
        (None, None) => (base, last),
        (None, Some(1)) => (base, base + length / 2 - 1),
        (None, Some(_)) => (base + length / 2, last),
        (Some(Part::Early), _) => (base, base + third),
        (Some(Part::Mid), _) => (base + third + 1, last - third),
        (Some(Part::Late), _) => (last - third + 1, last),
    };
    let (from, to) = (CivilDay::new(from.max(first), 1, 1), CivilDay::new(to, 1, 1));
    window(from, to, Precision::Year, coarse)
}

fn mask(first: i64, masked: usize) -> String {
    let digits = year_text(first);
    let kept = digits.len().saturating_sub(masked);
    format!("{}{}", digits.get(..kept).unwrap_or_default(), "X".repeat(masked))
}

fn check_weekday(partial: &Partial, day: CivilDay) -> Result<(), DateError> {
    const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    match partial.weekday {
        Some(said) if said != day.weekday() => {
            let name = NAMES.get(usize::from(day.weekday()) - 1).copied().unwrap_or_default();
            let words = Date::from_day(day);
            Err(DateError::at(partial.at, format!("{} is a {name}", words.describe()), Some(words.to_string())))
        }
        _ => Ok(()),
    }
}

fn field_text(field: Field) -> String {
    match field {
        Field::Given(value) => format!("{value:02}"),
        Field::Masked => "XX".to_owned(),
    }
}

/// Four digits, or EDTF's `Y` beyond them.
pub(super) fn year_text(year: i64) -> String {
    Date::from_year(year).to_string()
}

/// The date of a text put together here; its faults are told where the words began.
pub(super) fn parsed(text: &str, at: usize) -> Result<Date, DateError> {
    Date::parse(text).map_err(|error| DateError::at(at, fault::in_words(text, &error), None))
}

fn window(from: CivilDay, to: CivilDay, precision: Precision, coarse: Option<Date>) -> Result<Value, DateError> {
    let written = |day: CivilDay| match precision {
        Precision::Day => Date::from_day(day),
        Precision::Month => Date::from_month(day.year, day.month),
        _ => Date::from_year(day.year),
    };
    Ok(Value::Window { from: written(from), to: written(to), coarse })
}
