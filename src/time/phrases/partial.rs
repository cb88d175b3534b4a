//! The parts of one date as they come in a phrase, in whatever order a language puts them.

use super::Choice;
use super::lexicon::{Grain, Mean, Part};
use super::tokens::{Kind, Number, Token};
use crate::time::date::DateError;
use crate::time::{CivilDay, Zone};

/// One date's parts, perhaps not all of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Partial {
    /// Byte where it begins.
    pub at: usize,
    pub part: Option<Part>,
    /// 1 or 2.
    pub half: Option<u8>,
    pub day: Option<u8>,
    pub month: Option<u8>,
    /// A code of ISO 8601-2, 4.8.
    pub season: Option<u8>,
    pub years: Option<Years>,
    pub is_bc: bool,
    /// A number of one or two digits that can be a day or the end of a year.
    pub loose: Option<Number>,
    pub clock: Option<Clock>,
    pub zone: Option<ZoneWords>,
    pub weekday: Option<u8>,
    pub is_approximate: bool,
    pub is_uncertain: bool,
    /// The week that holds this day.
    pub week_of: Option<CivilDay>,
}

/// A year or a stretch of them, counted within its era.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Years {
    Year(i64),
    /// By its first year.
    Decade(i64),
    /// By its number: 19 is the nineteenth.
    Century(i64),
    Millennium(i64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: u8,
    pub minute: u8,
    pub second: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ZoneWords {
    Zone(Zone),
    /// Minutes ahead of UTC.
    Shift(i16),
}

impl Partial {
    /// Gathers the parts from the tokens of one date.
    ///
    /// # Errors
    /// At the first token that means nothing, or says again what was said.
    pub fn gather(tokens: &[Token], choice: Choice, today: Option<CivilDay>) -> Result<Self, DateError> {
        let at = tokens.first().map_or(0, |token| token.at);
        let mut gathering =
            Gathering { tokens, next: 0, choice, today, partial: Self { at, ..Self::default() }, shorts: Vec::new() };
        while let Some(token) = gathering.take() {
            gathering.token(token)?;
        }
        gathering.settle_shorts()?;
        Ok(gathering.partial)
    }

    /// Nothing but qualifiers, or nothing at all.
    pub fn is_empty(&self) -> bool {
        let bare = Self {
            at: self.at,
            is_approximate: self.is_approximate,
            is_uncertain: self.is_uncertain,
            ..Self::default()
        };
        *self == bare
    }
}

struct Gathering<'t> {
    tokens: &'t [Token],
    next: usize,
    choice: Choice,
    today: Option<CivilDay>,
    partial: Partial,
    /// Numbers of one or two digits whose part is not yet known.
    shorts: Vec<(usize, Number)>,
}

impl<'t> Gathering<'t> {
    fn take(&mut self) -> Option<&'t Token> {
        let token = self.tokens.get(self.next)?;
        self.next += 1;
        Some(token)
    }

    /// The next token, past dashes ("19th-century") and noise.
    fn following(&self) -> Option<(usize, &'t Kind)> {
        let is_joint = |kind: &Kind| matches!(kind, Kind::Dash | Kind::Mean(Mean::Noise));
        let ahead = self.tokens.get(self.next..).unwrap_or_default().iter().enumerate();
        ahead.map(|(ahead, token)| (self.next + ahead + 1, &token.kind)).find(|(_, kind)| !is_joint(kind))
    }

    /// Takes the following token where it means one of these.
    fn take_meaning(&mut self, wanted: impl Fn(Mean) -> bool) -> Option<Mean> {
        match self.following() {
            Some((after, Kind::Mean(mean))) if wanted(*mean) => {
                self.next = after;
                Some(*mean)
            }
            _ => None,
        }
    }

    fn token(&mut self, token: &Token) -> Result<(), DateError> {
        let at = token.at;
        match &token.kind {
            Kind::Number(number) => self.number(at, *number),
            Kind::Numeric { parts, divider } => self.numeric(at, parts, *divider),
            Kind::Clock { hour, minute, second } => self.clock(at, *hour, *minute, *second),
            Kind::Shift(minutes) => self.shift(at, *minutes),
            Kind::Zone(zone) => set(&mut self.partial.zone, ZoneWords::Zone(*zone), at, "time zone"),
            Kind::Dash => Ok(()),
            Kind::Question => {
                self.partial.is_uncertain = true;
                Ok(())
            }
            Kind::Tilde => {
                self.partial.is_approximate = true;
                Ok(())
            }
            Kind::Mean(mean) => self.mean(at, *mean),
            Kind::Other(word) => self.other(at, word),
        }
    }

    fn number(&mut self, at: usize, number: Number) -> Result<(), DateError> {
        let value = i64::from(number.value);
        let is_follower = |mean| match mean {
            Mean::Decade | Mean::Grain(_) | Mean::Bc | Mean::Ad => true,
            Mean::Century | Mean::Millennium | Mean::Quarter | Mean::Half => number.digits <= 2,
            Mean::Hour | Mean::Minute | Mean::Second | Mean::Am | Mean::Pm => number.digits <= 2,
            _ => false,
        };
        if number.is_plural {
            return self.decade(at, value);
        }
        match self.take_meaning(is_follower) {
            Some(Mean::Century) => self.years(at, Years::Century(value)),
            Some(Mean::Millennium) => self.years(at, Years::Millennium(value)),
            Some(Mean::Decade) => self.decade(at, value),
            Some(Mean::Quarter) => self.quarter(at, number.value),
            Some(Mean::Half) => self.half(at, number.value),
            Some(Mean::Grain(grain)) => self.counted(at, number, grain),
            Some(Mean::Bc) => {
                self.partial.is_bc = true;
                self.years(at, Years::Year(value))
            }
            Some(Mean::Ad) => self.years(at, Years::Year(value)),
            Some(mean @ (Mean::Am | Mean::Pm)) => {
                self.clock(at, small(number), 0, None)?;
                self.half_of_day(at, mean)
            }
            Some(Mean::Hour) => self.clock(at, small(number), 0, None),
            Some(mean @ (Mean::Minute | Mean::Second)) => {
                let Some(clock) = &mut self.partial.clock else {
                    return Err(DateError::at(at, "the hour is missing", None));
                };
                match mean {
                    Mean::Minute => clock.minute = small(number),
                    _ => clock.second = Some(small(number)),
                }
                Ok(())
            }
            _ if number.digits >= 3 => self.years(at, Years::Year(value)),
            _ => {
                self.shorts.push((at, number));
                Ok(())
            }
        }
    }

    /// A number with its unit: "10월", "2024 год", or a stretch that ended now: "3 days ago".
    fn counted(&mut self, at: usize, number: Number, grain: Grain) -> Result<(), DateError> {
        if self.take_meaning(|mean| mean == Mean::Ago).is_some() {
            return self.ago(at, i64::from(number.value), grain);
        }
        match grain {
            Grain::Year if number.digits == 2 && self.partial.is_bc => {
                self.years(at, Years::Year(i64::from(number.value)))
            }
            Grain::Year => self.years(at, Years::Year(i64::from(number.value))),
            Grain::Month => set(&mut self.partial.month, month_in_range(at, number)?, at, "month"),
            Grain::Day => set(&mut self.partial.day, small(number), at, "day"),
            Grain::Week => Err(DateError::at(at, "weeks are only understood in \"2 weeks ago\"", None)),
        }
    }

    fn ago(&mut self, at: usize, count: i64, grain: Grain) -> Result<(), DateError> {
        let today = self.now(at)?;
        match grain {
            Grain::Day => self.whole_day(at, day_after(today, -count)),
            Grain::Week => {
                self.partial.is_approximate = true;
                self.whole_day(at, day_after(today, -7 * count))
            }
            Grain::Month => self.whole_month(at, today.year * 12 + i64::from(today.month) - 1 - count),
            Grain::Year => self.years(at, Years::Year(today.year - count)),
        }
    }

    fn numeric(&mut self, at: usize, parts: &[Number], divider: char) -> Result<(), DateError> {
        let (year, month, day) = match parts {
            [year, month, day] if year.digits >= 3 => (*year, *month, Some(*day)),
            [first, second, year] if year.digits >= 3 => {
                let is_month_first =
                    divider != '.' && first.value <= 12 && (second.value > 12 || !self.choice.day_first);
                if is_month_first { (*year, *first, Some(*second)) } else { (*year, *second, Some(*first)) }
            }
            [_, _, _] => return Err(DateError::at(at, "the year needs four digits", None)),
            [year, month] if year.digits >= 3 && month.digits <= 2 && month.value <= 12 => (*year, *month, None),
            [month, year] if year.digits >= 3 => (*year, *month, None),
            [day, month] => {
                set(&mut self.partial.day, small(*day), at, "day")?;
                return set(&mut self.partial.month, month_in_range(at, *month)?, at, "month");
            }
            _ => return Err(DateError::at(at, "these numbers are not a date", None)),
        };
        self.years(at, Years::Year(i64::from(year.value)))?;
        set(&mut self.partial.month, month_in_range(at, month)?, at, "month")?;
        day.map_or(Ok(()), |day| set(&mut self.partial.day, small(day), at, "day"))
    }

    fn clock(&mut self, at: usize, hour: u8, minute: u8, second: Option<u8>) -> Result<(), DateError> {
        let is_afternoon = self.partial.clock.is_none()
            && self.tokens.iter().take(self.next).any(|token| token.kind == Kind::Mean(Mean::Pm));
        set(&mut self.partial.clock, Clock { hour, minute, second }, at, "time")?;
        if is_afternoon { self.half_of_day(at, Mean::Pm) } else { Ok(()) }
    }

    fn half_of_day(&mut self, at: usize, half: Mean) -> Result<(), DateError> {
        let Some(clock) = &mut self.partial.clock else { return Ok(()) };
        clock.hour = match (clock.hour, half) {
            (1..=11, Mean::Pm) => clock.hour + 12,
            (12, Mean::Am) => 0,
            (1..=12, _) => clock.hour,
            _ => return Err(DateError::at(at, "a time with am or pm has hours 1–12", None)),
        };
        Ok(())
    }

    /// "+03:00" behind "UTC" says more than "UTC" alone.
    fn shift(&mut self, at: usize, minutes: i16) -> Result<(), DateError> {
        if self.partial.zone == Some(ZoneWords::Shift(0)) {
            self.partial.zone = None;
        }
        set(&mut self.partial.zone, ZoneWords::Shift(minutes), at, "time zone")
    }

    fn mean(&mut self, at: usize, mean: Mean) -> Result<(), DateError> {
        match mean {
            Mean::Noise | Mean::InOrCentury | Mean::Time | Mean::Onwards => Ok(()),
            Mean::Month(month) => set(&mut self.partial.month, month, at, "month"),
            Mean::Season(code) => set(&mut self.partial.season, code, at, "season"),
            Mean::Weekday(day) => set(&mut self.partial.weekday, day, at, "day of the week"),
            Mean::Part(part) => set(&mut self.partial.part, part, at, "part"),
            Mean::Ordinal(number) => {
                let number = Number { value: number.into(), digits: 2, is_ordinal: true, is_plural: false };
                self.number(at, number)
            }
            Mean::Quarter | Mean::Half => match self.following() {
                Some((after, Kind::Number(number))) if number.digits == 1 => {
                    self.next = after;
                    if mean == Mean::Quarter { self.quarter(at, number.value) } else { self.half(at, number.value) }
                }
                _ => Err(DateError::at(at, "which one is not said", None)),
            },
            Mean::Grain(Grain::Year) | Mean::Grain(Grain::Day) => Ok(()),
            Mean::Bc => {
                self.partial.is_bc = true;
                self.era_year()
            }
            Mean::Ad => self.era_year(),
            // In Korean and Chinese it comes before the time, where `clock` finds it.
            Mean::Am | Mean::Pm => self.half_of_day(at, mean),
            Mean::Approximate => {
                self.partial.is_approximate = true;
                Ok(())
            }
            Mean::Uncertain => {
                self.partial.is_uncertain = true;
                Ok(())
            }
            Mean::Today(days) => {
                let today = self.now(at)?;
                self.whole_day(at, day_after(today, days.into()))
            }
            Mean::Last => self.neighbour(at, -1),
            Mean::This => self.neighbour(at, 0),
            Mean::Next => self.neighbour(at, 1),
            Mean::Zone(name) => match Zone::find(name) {
                Some(zone) => set(&mut self.partial.zone, ZoneWords::Zone(zone), at, "time zone"),
                None => Err(DateError::at(at, format!("{name} is not a time zone"), None)),
            },
            Mean::Offset(minutes) => set(&mut self.partial.zone, ZoneWords::Shift(minutes), at, "time zone"),
            // Korean 초 is a second behind a number and "early" otherwise.
            Mean::Second => set(&mut self.partial.part, Part::Early, at, "part"),
            Mean::Grain(_)
            | Mean::Decade
            | Mean::Century
            | Mean::Millennium
            | Mean::Hour
            | Mean::Minute
            | Mean::Ago => Err(DateError::at(at, "a number is missing before this", None)),
            Mean::Before
            | Mean::By
            | Mean::After
            | Mean::From
            | Mean::Since
            | Mean::Until
            | Mean::Between
            | Mean::And
            | Mean::Or
            | Mean::To => Err(DateError::at(at, "this word does not belong here", None)),
        }
    }

    /// A short number behind "AD" or "기원전" is a year.
    fn era_year(&mut self) -> Result<(), DateError> {
        match self.following() {
            Some((after, Kind::Number(number))) if self.partial.years.is_none() && number.digits <= 4 => {
                let at = self.tokens.get(after - 1).map_or(self.partial.at, |token| token.at);
                self.next = after;
                if self.take_meaning(|mean| mean == Mean::Century).is_some() {
                    return self.years(at, Years::Century(number.value.into()));
                }
                self.years(at, Years::Year(number.value.into()))
            }
            _ => Ok(()),
        }
    }

    /// "last week", "this year", "next month", "last October".
    fn neighbour(&mut self, at: usize, by: i64) -> Result<(), DateError> {
        let today = self.now(at)?;
        match self.take_meaning(|mean| matches!(mean, Mean::Grain(_) | Mean::Month(_))) {
            Some(Mean::Grain(Grain::Day)) => self.whole_day(at, day_after(today, by)),
            Some(Mean::Grain(Grain::Week)) => {
                self.partial.week_of = Some(day_after(today, 7 * by));
                Ok(())
            }
            Some(Mean::Grain(Grain::Month)) => self.whole_month(at, today.year * 12 + i64::from(today.month) - 1 + by),
            Some(Mean::Grain(Grain::Year)) => self.years(at, Years::Year(today.year + by)),
            Some(Mean::Month(month)) => {
                let year = match by {
                    -1 if month >= today.month => today.year - 1,
                    1 if month <= today.month => today.year + 1,
                    _ => today.year,
                };
                self.whole_month(at, year * 12 + i64::from(month) - 1)
            }
            _ => Err(DateError::at(at, "this can be said of a week, a month or a year", None)),
        }
    }

    /// A roman numeral before "century" or "quarter", or a city before "time".
    fn other(&mut self, at: usize, word: &str) -> Result<(), DateError> {
        if let Some(value) = roman(word)
            && let Some(mean) = self.take_meaning(|mean| {
                matches!(mean, Mean::Century | Mean::Quarter | Mean::Millennium | Mean::InOrCentury)
            })
        {
            return match mean {
                Mean::Quarter => self.quarter(at, value),
                Mean::Millennium => self.years(at, Years::Millennium(value.into())),
                _ => self.years(at, Years::Century(value.into())),
            };
        }
        let mut city = word.to_owned();
        let mut after = self.next;
        while let Some(Kind::Other(more)) = self.tokens.get(after).map(|token| &token.kind) {
            city = format!("{city} {more}");
            after += 1;
        }
        let is_time = matches!(self.tokens.get(after).map(|token| &token.kind), Some(Kind::Mean(Mean::Time)));
        match Zone::of_city(&city).filter(|_| is_time) {
            Some(zone) => {
                self.next = after + 1;
                set(&mut self.partial.zone, ZoneWords::Zone(zone), at, "time zone")
            }
            None => Err(DateError::at(at, format!("\"{word}\" is not understood in a date"), None)),
        }
    }

    /// Gives the short numbers their parts: a day where there is a month, or month and day behind a year.
    fn settle_shorts(&mut self) -> Result<(), DateError> {
        match (self.shorts.as_slice(), self.partial.month, self.partial.years) {
            ([], ..) => Ok(()),
            ([(at, day)], Some(_), _) => set(&mut self.partial.day, small(*day), *at, "day"),
            ([(at, month), (_, day)], None, Some(Years::Year(_))) => {
                self.partial.month = Some(month_in_range(*at, *month)?);
                self.partial.day = Some(small(*day));
                Ok(())
            }
            ([(_, number)], ..) => {
                self.partial.loose = Some(*number);
                Ok(())
            }
            ([_, (at, _), ..], ..) => {
                Err(DateError::at(*at, "what this number counts is not clear: write the year with four digits", None))
            }
        }
    }

    fn decade(&mut self, at: usize, first: i64) -> Result<(), DateError> {
        match first {
            _ if first % 10 != 0 || first < 100 => {
                Err(DateError::at(at, "a decade is written by its first year: 1990s", None))
            }
            _ if first % 100 == 0 && self.choice.hundreds => self.years(at, Years::Century(first / 100 + 1)),
            _ => self.years(at, Years::Decade(first)),
        }
    }

    fn quarter(&mut self, at: usize, number: u32) -> Result<(), DateError> {
        match u8::try_from(number) {
            Ok(number @ 1..=4) => set(&mut self.partial.season, 32 + number, at, "quarter"),
            _ => Err(DateError::at(at, "a year has four quarters", None)),
        }
    }

    fn half(&mut self, at: usize, number: u32) -> Result<(), DateError> {
        match u8::try_from(number) {
            Ok(number @ 1..=2) => set(&mut self.partial.half, number, at, "half"),
            _ => Err(DateError::at(at, "there are two halves", None)),
        }
    }

    fn years(&mut self, at: usize, years: Years) -> Result<(), DateError> {
        match years {
            Years::Century(0) | Years::Millennium(0) => Err(DateError::at(at, "this is counted from 1", None)),
            _ => set(&mut self.partial.years, years, at, "year"),
        }
    }

    fn whole_day(&mut self, at: usize, day: CivilDay) -> Result<(), DateError> {
        self.whole_month(at, day.year * 12 + i64::from(day.month) - 1)?;
        set(&mut self.partial.day, day.day, at, "day")
    }

    /// By the number of months since year 0.
    fn whole_month(&mut self, at: usize, months: i64) -> Result<(), DateError> {
        self.years(at, Years::Year(months.div_euclid(12)))?;
        let month = u8::try_from(months.rem_euclid(12) + 1).unwrap_or(1);
        set(&mut self.partial.month, month, at, "month")
    }

    fn now(&self, at: usize) -> Result<CivilDay, DateError> {
        self.today.ok_or_else(|| DateError::at(at, "this depends on the day it was said", None))
    }
}

fn set<T>(slot: &mut Option<T>, value: T, at: usize, name: &str) -> Result<(), DateError> {
    if slot.is_some() {
        return Err(DateError::at(at, format!("the {name} is given twice"), None));
    }
    *slot = Some(value);
    Ok(())
}

fn month_in_range(at: usize, number: Number) -> Result<u8, DateError> {
    match small(number) {
        month @ 1..=12 => Ok(month),
        _ => Err(DateError::at(at, format!("there is no month {}", number.value), None)),
    }
}

/// Numbers too large for a day, hour or minute stay too large.
fn small(number: Number) -> u8 {
    u8::try_from(number.value).unwrap_or(u8::MAX)
}

fn day_after(day: CivilDay, days: i64) -> CivilDay {
    CivilDay::from_number(day.number().saturating_add(days))
}

/// Roman numerals up to 39, in Latin or Cyrillic letters.
fn roman(word: &str) -> Option<u32> {
    let mut total = 0u32;
    let mut last = 0;
    for letter in word.chars().rev() {
        let value = match letter {
            'i' | 'і' => 1,
            'v' => 5,
            'x' | 'х' => 10,
            _ => return None,
        };
        total = if value < last { total.checked_sub(value)? } else { total + value };
        last = last.max(value);
    }
    (1..=39).contains(&total).then_some(total)
}
