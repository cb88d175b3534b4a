//! The rule of one date: its parts in whatever order a language puts them, each of them once, and what may stand between
//! them.
//!
//! ```text
//! date       = mark* part (connective? part)* mark*
//! connective = "," | inner hyphen | [","] preposition ["the"] | "of" ["the"] | "the"
//! part       = number … | month | season | weekday | early … | time | zone | week … | day seen from today …
//! mark       = "c." | "possibly" | "~" | "?" | "(est.)" …
//! ```

use super::choices::Question;
use super::days::days_after;
use super::lexicon::{Grain, Mean, Part, WeekOf};
use super::partial::{Era, Field, Partial, Stretch, Unit, Years, set};
use super::reader::Reader;
use super::tokens::{DASH, HYPHEN, Kind, Number};
use crate::time::CivilDay;
use crate::time::DateError;

/// One date while its parts are gathered.
#[derive(Clone)]
pub(super) struct Parts {
    pub partial: Partial,
    /// Numbers of one or two digits whose part is not yet known, and where each stands.
    pub shorts: Vec<(usize, Number)>,
    /// What came last.
    pub last: Last,
    /// "last week": of something longer, where that is said, or seen from today.
    pub last_of: Option<(usize, Unit)>,
    /// Byte where its year stands.
    year_at: Option<usize>,
    /// Full stops behind its numbers.
    pub stops: usize,
    /// It was written with its year first, or with a T before the time.
    pub is_iso: bool,
    /// A T stood before its time.
    pub has_t: bool,
    /// A hyphen or slash stood before the part that came last.
    after_inner_sign: bool,
    /// "pm" stands before the time.
    pub is_afternoon: Option<Mean>,
}

/// What kind of part came last: it decides what a hyphen behind it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Last {
    Nothing,
    Short,
    Year,
    Month,
    Season,
    Part,
    Week,
    Day,
    Clock,
    Other,
}

impl Reader<'_> {
    /// One date, as far as it goes.
    ///
    /// # Errors
    /// At the first token that means nothing, or says again what was said.
    pub fn date(&mut self) -> Result<Partial, DateError> {
        let at = self.at();
        let mut parts = Parts {
            partial: Partial::new(at),
            shorts: Vec::new(),
            last: Last::Nothing,
            last_of: None,
            year_at: None,
            stops: 0,
            is_iso: false,
            has_t: false,
            after_inner_sign: false,
            is_afternoon: None,
        };
        self.marks_before(&mut parts.partial)?;
        while self.connected_part(&mut parts)? {}
        if parts.last != Last::Nothing {
            self.marks_behind(&mut parts.partial)?;
        }
        self.settle(&mut parts)?;
        Ok(parts.partial)
    }

    /// A part with what connects it to the parts before; nothing is taken where none follows.
    fn connected_part(&mut self, parts: &mut Parts) -> Result<bool, DateError> {
        let (start, before, last) = (self.next, parts.clone(), parts.last);
        let has_comma = last != Last::Nothing && self.take_sign(',');
        let is_inner = !has_comma && self.inner_sign(parts);
        if !is_inner {
            let has_of = last != Last::Nothing && self.take_mean(|mean| mean == Mean::Of).is_some();
            if !has_of {
                self.take_mean(|mean| matches!(mean, Mean::Preposition | Mean::On | Mean::InOrCentury));
            }
            if self.city_ahead().is_none() {
                self.take_mean(|mean| mean == Mean::Article);
            }
        }
        // A number alone behind another and a comma is the next of a list: "21, 22 and 23 October".
        let is_short = self.number(0).is_some_and(|number| number.digits <= 2);
        let is_listed = has_comma && is_short && !before.shorts.is_empty() && parts.partial.years.is_none();
        let read = if is_listed && parts.partial.month.is_none() { Ok(false) } else { self.part(parts) };
        match read {
            Ok(true) => {
                parts.after_inner_sign = is_inner;
                let is_second_day = has_comma && parts.shorts.len() > 1 && parts.partial.years.is_none();
                if !is_second_day {
                    return Ok(true);
                }
            }
            Ok(false) => {}
            // What says again what was said can be the next date of a list.
            Err(_) if has_comma => {}
            Err(error) => return Err(error),
        }
        (self.next, *parts) = (start, before);
        Ok(false)
    }

    /// A hyphen or slash inside a date: "24-Oct-2024", "2024-Q1", "mid-October". Between parts of one kind it is none.
    fn inner_sign(&mut self, parts: &Parts) -> bool {
        let sign = match self.kind(0) {
            Some(Kind::Sign(sign @ (HYPHEN | DASH | '/' | ':'))) if self.tight_sign(0).is_some() => *sign,
            _ => return false,
        };
        let is_year = |number: Number| number.digits >= 3 && !number.is_plural;
        let has_month = parts.partial.month.is_some();
        let joins = match (parts.last, self.kind(1)) {
            (Last::Part, Some(Kind::Number(_) | Kind::Mean(_))) => sign == HYPHEN || sign == DASH,
            _ if sign == DASH => false,
            (Last::Year | Last::Day, Some(Kind::Number(_))) if sign == ':' => self.is_sign(2, ':'),
            _ if sign == ':' => false,
            (Last::Short, Some(Kind::Mean(Mean::Month(_)))) => !has_month,
            (Last::Short, Some(Kind::Word(_))) => !has_month && self.is_roman_month(1),
            (Last::Month, Some(Kind::Number(number))) if is_year(*number) => parts.partial.years.is_none(),
            // "2024-Oct-24" and "Oct-24-2024", but "October-24" is no more than the start of a span.
            (Last::Month, Some(Kind::Number(number))) if number.digits <= 2 => {
                let has_year = self.tight_sign(2) == Some(sign) && self.number(3).is_some_and(is_year);
                // "7-Feb-22" is one date too, though its year is not clear.
                let is_third = parts.after_inner_sign && !parts.shorts.is_empty();
                is_third
                    || parts.shorts.is_empty() && (has_year || parts.partial.years.is_some() && parts.after_inner_sign)
            }
            (Last::Short, Some(Kind::Number(number))) => {
                is_year(*number) && has_month && parts.after_inner_sign && parts.partial.years.is_none()
            }
            (Last::Year, Some(Kind::Mean(mean))) => match mean {
                Mean::Month(_) => !has_month,
                Mean::Season(_) => parts.partial.season.is_none(),
                Mean::Quarter | Mean::Half => parts.partial.season.is_none() && parts.partial.half.is_none(),
                Mean::Week => parts.partial.week.is_none(),
                _ => false,
            },
            (Last::Year, Some(Kind::Number(_))) => matches!(self.mean(2), Some(Mean::Quarter | Mean::Half)),
            (Last::Season | Last::Week, Some(Kind::Number(number))) => {
                is_year(*number) && parts.partial.years.is_none()
            }
            _ => false,
        };
        self.next += usize::from(joins);
        joins
    }

    /// One part of a date; false where the next token is none.
    pub fn part(&mut self, parts: &mut Parts) -> Result<bool, DateError> {
        let at = self.at();
        match self.kind(0) {
            None => Ok(false),
            Some(Kind::Number(_)) => self.number_part(parts).map(|()| true),
            Some(Kind::Zone(zone)) => {
                self.next += 1;
                self.set_zone(parts, at, super::partial::ZoneWords::Zone(*zone)).map(|()| true)
            }
            Some(Kind::Word(_)) => self.word_part(parts),
            Some(Kind::Sign(sign)) => self.sign_part(parts, *sign),
            Some(Kind::Mean(mean)) => self.mean_part(parts, *mean),
        }
    }

    fn mean_part(&mut self, parts: &mut Parts, mean: Mean) -> Result<bool, DateError> {
        let at = self.at();
        // "VIII" and "І" can be a numeral whatever else the letters mean.
        if self.roman_part(parts)? {
            return Ok(true);
        }
        let partial = &mut parts.partial;
        let last = match mean {
            Mean::Month(month) => {
                set(&mut partial.month, Field::Given(month), at, "month")?;
                Last::Month
            }
            Mean::Season(code) => {
                set(&mut partial.season, code, at, "season")?;
                Last::Season
            }
            Mean::Weekday(day) => {
                set(&mut partial.weekday, day, at, "day of the week")?;
                Last::Other
            }
            Mean::Part(part) => {
                set(&mut partial.part, part, at, "part")?;
                Last::Part
            }
            // Korean 초 is a second behind a number and "early" otherwise.
            Mean::Second => {
                set(&mut partial.part, Part::Early, at, "part")?;
                Last::Part
            }
            Mean::Ordinal(number) => {
                self.next += 1;
                let number = Number { is_ordinal: true, ..Number::plain(number.into(), 2) };
                self.counted_number(parts, at, number)?;
                return Ok(true);
            }
            Mean::Nth => {
                let bare = self.number(1).filter(|number| !number.is_ordinal && !number.is_plural);
                let (Some(number), before) = (bare, parts.shorts.len()) else { return Ok(false) };
                self.next += 2;
                self.counted_number(parts, at, Number { is_ordinal: true, ..number })?;
                let is_counted = parts.shorts.len() == before;
                return if is_counted { Ok(true) } else { Err(unclear(at)) };
            }
            Mean::Quarter | Mean::Half => {
                let ahead = if self.tight_sign(1) == Some(HYPHEN) { 2 } else { 1 };
                let Some(number) = self.number(ahead).filter(|number| number.digits == 1) else {
                    return Err(DateError::at(at, "which one is not said", None));
                };
                self.next += ahead + 1;
                if mean == Mean::Quarter {
                    quarter(parts, at, number.value)?
                } else {
                    half(parts, at, number.value)?
                }
                parts.last = Last::Season;
                return Ok(true);
            }
            // "the year 1066".
            Mean::Grain(Grain::Year) => {
                let Some(number) = self.number(1).filter(|number| !number.is_plural) else { return Ok(false) };
                self.next += 2;
                set_years(parts, at, self.year(at, number)?)?;
                return Ok(true);
            }
            Mean::Week => return self.week_number(parts, at),
            Mean::Grain(Grain::Week) => return self.week_word(parts, at),
            Mean::WeekOf(week) => {
                set(&mut partial.week_of, week, at, "week")?;
                Last::Other
            }
            Mean::Bc | Mean::Ad => {
                self.next += 1;
                self.era(parts, at, mean)?;
                return Ok(true);
            }
            Mean::Am | Mean::Pm => return self.half_of_day(parts, at, mean),
            Mean::Today(days) => {
                let day = days_after(self.now(at)?, i64::from(days), at)?;
                set_day(parts, at, day)?;
                Last::Day
            }
            Mean::Near(by, grain) => {
                self.next += 1;
                return self.near(parts, at, by.into(), grain).map(|()| true);
            }
            Mean::Last | Mean::Final | Mean::Previous | Mean::This | Mean::Next => {
                return self.neighbour(parts, at, mean).map(|()| true);
            }
            Mean::EstimateOrZone if partial.clock.is_some() => {
                self.next += 1;
                return self.set_zone(parts, at, super::partial::ZoneWords::Shift(-300)).map(|()| true);
            }
            Mean::Utc | Mean::Zulu | Mean::Zone(_) | Mean::Offset(_) => return self.zone_word(parts, mean),
            Mean::LocalTime | Mean::Hours if parts.last == Last::Clock => Last::Other,
            Mean::Postposition if parts.last != Last::Nothing && parts.last != Last::Other => Last::Other,
            Mean::Article => return self.city(parts),
            Mean::Calendar => {
                let message = "the calendar of a date cannot be written: give its day in the Gregorian one";
                return Err(DateError::at(at, message, None));
            }
            // "siglo XIX", "XIX secolo".
            Mean::Century if self.number_of_century(parts, at)? => return Ok(true),
            Mean::Ago if parts.last != Last::Nothing => {
                return Err(DateError::at(at, "only days, weeks, months and years are counted back from today", None));
            }
            Mean::Decade | Mean::Century | Mean::Millennium | Mean::Hour | Mean::Minute | Mean::Ago => {
                return Err(DateError::at(at, "a number is missing before this", None));
            }
            Mean::Grain(_) | Mean::Grains(_) => return Err(self.unexpected()),
            _ => return Ok(false),
        };
        self.next += 1;
        parts.last = last;
        Ok(true)
    }

    /// The era of a year that was given, or that follows: "44 BC", "AD 14", "기원전 5세기".
    fn era(&mut self, parts: &mut Parts, at: usize, mean: Mean) -> Result<(), DateError> {
        let era = if mean == Mean::Bc { Era::Bc } else { Era::Ad };
        set(&mut parts.partial.era, era, at, "era")?;
        if parts.partial.years.is_none()
            && let [(_, number)] = parts.shorts.as_slice()
            && parts.last == Last::Short
            && !number.is_ordinal
        {
            let years = Years::Year(whole(*number, at)?);
            parts.shorts.clear();
            return set_years(parts, at, years);
        }
        if parts.partial.years.is_none()
            && let Some(number) = self.number(0)
            && !number.is_ordinal
            && !number.is_plural
            && !matches!(self.tight_sign(1), Some('.' | '/' | ':'))
            && (number.digits != 4 || self.tight_sign(1).is_none())
            && !matches!(self.mean(1), Some(Mean::Century | Mean::Millennium | Mean::Decade | Mean::Grain(_)))
        {
            self.next += 1;
            let (value, taken) = self.grouped(number, true)?;
            self.next += taken;
            return set_years(parts, at, Years::Year(value));
        }
        Ok(())
    }

    /// "W14", "week 14", with the day of the week behind a hyphen: "2016-W14-3".
    fn week_number(&mut self, parts: &mut Parts, at: usize) -> Result<bool, DateError> {
        let is_basic = self.is_tight(0) && self.is_tight(1) && self.written(0) == "w";
        let most = if is_basic { 3 } else { 2 };
        let Some(number) = self.number(1).filter(|number| number.digits <= most && !number.is_plural) else {
            return Err(DateError::at(at, "which week is not said", None));
        };
        self.next += 2;
        let mut day = None;
        let mut number = number;
        if number.digits == 3 {
            day = u8::try_from(number.value % 10).ok();
            number = Number::plain(number.value / 10, 2);
        }
        if self.tight_sign(0) == Some(HYPHEN)
            && let Some(found) = self.number(1).filter(|found| found.digits == 1)
        {
            self.next += 2;
            day = Some(u8::try_from(found.value).unwrap_or(u8::MAX));
        }
        let week = (u8::try_from(number.value).unwrap_or(u8::MAX), day);
        set(&mut parts.partial.week, week, at, "week")?;
        parts.last = Last::Week;
        Ok(true)
    }

    /// "week 14", or the week of a day: "неделя 21 октября", "21일 주".
    fn week_word(&mut self, parts: &mut Parts, at: usize) -> Result<bool, DateError> {
        let is_number = self.number(1).is_some_and(|number| number.digits <= 2);
        if is_number && !matches!(self.mean(2), Some(Mean::Month(_) | Mean::Grain(_))) {
            return self.week_number(parts, at);
        }
        self.next += 1;
        set(&mut parts.partial.week_of, WeekOf::Holding, at, "week")?;
        parts.last = Last::Other;
        Ok(true)
    }

    /// Gives the numbers their parts: a day where there is a month, or month and day behind a year.
    fn settle(&mut self, parts: &mut Parts) -> Result<(), DateError> {
        self.settle_short_year(parts)?;
        let partial = &mut parts.partial;
        match (parts.shorts.as_slice(), partial.month, partial.years) {
            ([], ..) => {}
            ([(at, day)], Some(_), _) if partial.day.is_none() => set(&mut partial.day, small(*day), *at, "day")?,
            ([(at, first), (_, second)], None, Some(Years::Year(_))) if partial.day.is_none() => {
                // "2024. 10. 24.", and "24. 10. 2024" with its full stops; "1 5 2024" leaves it open.
                let (month, day) = match parts.year_at {
                    Some(year) if year < *at => (first, second),
                    _ if parts.stops >= 2 => (second, first),
                    _ => return Err(unclear(*at)),
                };
                partial.month = Some(month_in_range(*at, *month)?);
                partial.day = Some(small(*day));
            }
            ([(_, number)], ..) => partial.loose = Some(*number),
            ([_, (at, _), ..], ..) => return Err(unclear(*at)),
        }
        let Some((at, of)) = parts.last_of else { return Ok(()) };
        if partial.years.is_some() || partial.month.is_some() || partial.season.is_some() {
            return set(&mut partial.stretch, Stretch { nth: None, count: Some(1), of }, at, "stretch");
        }
        let grain = match of {
            Unit::Day => Grain::Day,
            Unit::Week => Grain::Week,
            _ => Grain::Month,
        };
        self.near(parts, at, -1, grain)
    }

    /// Takes a year of two digits from the numbers: "12 Apr 85", "Apr 12, 85", "May 85", "summer 85".
    fn settle_short_year(&self, parts: &mut Parts) -> Result<(), DateError> {
        let partial = &parts.partial;
        if partial.years.is_some() || partial.era.is_some() || partial.day.is_some() {
            return Ok(());
        }
        let can_be_day = |number: Number| (1..=31).contains(&number.value);
        let can_be_year = |number: Number| number.digits == 2 && !number.is_ordinal;
        let has_season = partial.season.is_some() || partial.half.is_some();
        let year = match (parts.shorts.as_slice(), partial.month) {
            ([(from, first), (to, second)], Some(_)) => {
                let is_month = |kind: &Kind| matches!(kind, Kind::Mean(Mean::Month(_)));
                let mut between = self.tokens.iter().filter(|token| *from < token.at && token.at < *to);
                let is_between = between.any(|token| is_month(&token.kind));
                // "12 Apr 5" has no year first.
                let is_even = second.digits == 2 || !can_be_day(*first);
                match (
                    can_be_day(*first) && can_be_year(*second),
                    is_between && can_be_day(*second) && can_be_year(*first) && is_even,
                ) {
                    (true, true) if first.value != second.value => {
                        usize::from(self.ask(Question::Ends, &["day first", "year first"]) == 0)
                    }
                    (true, _) => 1,
                    (false, true) => 0,
                    (false, false) => return Ok(()),
                }
            }
            ([(_, only)], Some(_)) if can_be_year(*only) && !can_be_day(*only) => 0,
            ([(_, only)], None) if has_season && can_be_year(*only) => 0,
            _ => return Ok(()),
        };
        let (at, number) = parts.shorts.remove(year);
        let last = parts.last;
        set_years(parts, at, self.year(at, number)?)?;
        parts.last = last;
        Ok(())
    }

    /// Decades by their first year.
    pub fn decade(&self, parts: &mut Parts, at: usize, first: i64) -> Result<(), DateError> {
        if first % 10 != 0 || first < 100 {
            return Err(DateError::at(at, "a decade is written by its first year: 1990s", None));
        }
        let is_hundred = first % 100 == 0 && self.ask(Question::Hundreds, &["ten years", "a hundred years"]) == 1;
        set_years(parts, at, if is_hundred { Years::Century(first / 100 + 1) } else { Years::Decade(first) })
    }
}

pub(super) fn unclear(at: usize) -> DateError {
    DateError::at(at, "what this number counts is not clear: write the year with four digits", None)
}

pub(super) fn quarter(parts: &mut Parts, at: usize, number: u64) -> Result<(), DateError> {
    match u8::try_from(number) {
        Ok(number @ 1..=4) => set(&mut parts.partial.season, 32 + number, at, "quarter"),
        _ => Err(DateError::at(at, "a year has four quarters", None)),
    }
}

pub(super) fn half(parts: &mut Parts, at: usize, number: u64) -> Result<(), DateError> {
    match u8::try_from(number) {
        Ok(number @ 1..=2) => set(&mut parts.partial.half, number, at, "half"),
        _ => Err(DateError::at(at, "there are two halves", None)),
    }
}

pub(super) fn set_years(parts: &mut Parts, at: usize, years: Years) -> Result<(), DateError> {
    parts.last = Last::Year;
    parts.year_at = Some(at);
    match years {
        Years::Century(0) | Years::Millennium(0) => Err(DateError::at(at, "this is counted from 1", None)),
        _ => set(&mut parts.partial.years, years, at, "year"),
    }
}

/// A year as EDTF counts, in which 1 BCE is 0.
pub(super) fn set_astronomical(parts: &mut Parts, at: usize, year: i64) -> Result<(), DateError> {
    if year > 0 {
        return set_years(parts, at, Years::Year(year));
    }
    let counted = 1i64.checked_sub(year);
    let counted = counted.ok_or_else(|| DateError::at(at, "this number is too large for a date", None))?;
    set(&mut parts.partial.era, Era::Bc, at, "era")?;
    set_years(parts, at, Years::Year(counted))
}

pub(super) fn set_day(parts: &mut Parts, at: usize, day: CivilDay) -> Result<(), DateError> {
    set_month(parts, at, day.year.saturating_mul(12).saturating_add(i64::from(day.month) - 1))?;
    parts.last = Last::Day;
    set(&mut parts.partial.day, Field::Given(day.day), at, "day")
}

/// By the number of months since year 0.
pub(super) fn set_month(parts: &mut Parts, at: usize, months: i64) -> Result<(), DateError> {
    set_astronomical(parts, at, months.div_euclid(12))?;
    let month = u8::try_from(months.rem_euclid(12) + 1).unwrap_or(1);
    parts.last = Last::Month;
    set(&mut parts.partial.month, Field::Given(month), at, "month")
}

/// The value of a number as a year or a count.
pub(super) fn whole(number: Number, at: usize) -> Result<i64, DateError> {
    i64::try_from(number.value).map_err(|_| DateError::at(at, "this number is too large for a date", None))
}

pub(super) fn month_in_range(at: usize, number: Number) -> Result<Field, DateError> {
    match small(number) {
        month @ Field::Given(1..=12) => Ok(month),
        _ => Err(DateError::at(at, format!("there is no month {}", number.value), None)),
    }
}

/// Numbers too large for a day, hour or minute stay too large.
pub(super) fn small(number: Number) -> Field {
    Field::Given(u8::try_from(number.value).unwrap_or(u8::MAX))
}
