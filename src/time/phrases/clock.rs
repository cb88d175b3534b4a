//! Times of day and their zones.
//!
//! ```text
//! time     = hh:mm[:ss[.fraction]] | "T" hhmm[ss] | hour unit | hhmm "hrs" ; with "am" or "pm" behind, or before
//! zone     = "UTC" [offset] | "Z" | offset | name | city "time" | "[" name "]" | "(" name ")"
//! offset   = ("+" | "-") hh[[:]mm]
//! military = DDhhmm letter month year
//! ```

use super::choices::Question;
use super::lexicon::Mean;
use super::partial::{Clock, Field, Years, ZoneWords, set};
use super::parts::{Last, Parts, month_in_range, set_years, small, whole};
use super::reader::Reader;
use super::tokens::{HYPHEN, Kind, Number};
use crate::time::DateError;
use crate::time::Zone;

impl Reader<'_> {
    /// A time in digits, perhaps with a T before it.
    pub fn clock(&mut self, parts: &mut Parts) -> Result<bool, DateError> {
        let at = self.at();
        let has_t = matches!(self.kind(0), Some(Kind::Word(word)) if word == "t")
            && parts.last != Last::Nothing
            && self.is_tight(1);
        let ahead = usize::from(has_t);
        let Some(first) = self.number(ahead).filter(|number| !number.is_ordinal && !number.is_plural) else {
            return Ok(false);
        };
        if has_t && matches!(first.digits, 4 | 6) && self.tight_sign(ahead + 1) != Some(':') {
            self.next += 2;
            let seconds = first.digits == 6;
            let hour = first.value / if seconds { 10_000 } else { 100 };
            let minute = first.value / if seconds { 100 } else { 1 } % 100;
            let second = seconds.then(|| byte(first.value % 100));
            (parts.is_iso, parts.has_t) = (true, true);
            return self.set_clock(parts, at, byte(hour), byte(minute), second).map(|()| true);
        }
        // "24 Oct 2024 1023Z"
        let has_zulu = self.mean(ahead + 1) == Some(Mean::Zulu) && self.is_tight(ahead + 1);
        if first.digits == 4 && has_zulu && parts.last != Last::Nothing {
            self.next += 1;
            return self.set_clock(parts, at, byte(first.value / 100), byte(first.value % 100), None).map(|()| true);
        }
        // "5 Nov 2024 17h30"
        let is_h = self.written(ahead + 1) == "h" && self.is_tight(ahead + 1) && self.is_tight(ahead + 2);
        if is_h
            && (parts.last != Last::Nothing || first.value > 2)
            && first.digits <= 2
            && let Some(minute) = self.number(ahead + 2).filter(|minute| minute.digits == 2)
        {
            self.next += ahead + 3;
            return self.set_clock(parts, at, byte(first.value), byte(minute.value), None).map(|()| true);
        }
        if first.digits > 2 || self.tight_sign(ahead + 1) != Some(':') {
            return Ok(false);
        }
        let two = |ahead: usize| self.number(ahead).filter(|number| number.digits == 2);
        let Some(minute) = two(ahead + 2) else {
            return Err(DateError::at(at, "the minutes of a time have two digits", None));
        };
        let second = two(ahead + 4).filter(|_| self.tight_sign(ahead + 3) == Some(':'));
        self.next += ahead + if second.is_some() { 5 } else { 3 };
        parts.is_iso |= has_t;
        parts.has_t = has_t;
        self.set_clock(parts, at, byte(first.value), byte(minute.value), second.map(|second| byte(second.value)))?;
        Ok(true)
    }

    /// Sets the time, with the fraction of its second where one follows.
    fn set_clock(
        &mut self,
        parts: &mut Parts,
        at: usize,
        hour: u8,
        minute: u8,
        second: Option<u8>,
    ) -> Result<(), DateError> {
        let mut fraction = None;
        if second.is_some()
            && matches!(self.tight_sign(0), Some('.' | ','))
            && let Some(digits) = self.number(1)
        {
            self.next += 2;
            fraction = Some((digits.value, digits.digits));
        }
        set(&mut parts.partial.clock, Clock { hour, minute, second, fraction }, at, "time")?;
        parts.last = Last::Clock;
        match parts.is_afternoon.take() {
            Some(half) => half_of_day(parts, at, half),
            None => Ok(()),
        }
    }

    /// "5 pm", "15시 30분", "1730 hrs".
    pub fn clock_words(&mut self, parts: &mut Parts, at: usize, number: Number, mean: Mean) -> Result<(), DateError> {
        if number.digits == 4 {
            return self.set_clock(parts, at, byte(number.value / 100), byte(number.value % 100), None);
        }
        match mean {
            Mean::Minute | Mean::Second => {
                let is_second = mean == Mean::Second;
                let Some(clock) = parts.partial.clock.as_mut().filter(|clock| clock.second.is_none()) else {
                    return Err(DateError::at(at, "the hour is missing", None));
                };
                match is_second {
                    true => clock.second = Some(byte(number.value)),
                    false => clock.minute = byte(number.value),
                }
                parts.last = Last::Clock;
                Ok(())
            }
            Mean::Am | Mean::Pm => {
                self.set_clock(parts, at, byte(number.value), 0, None)?;
                half_of_day(parts, at, mean)
            }
            _ => self.set_clock(parts, at, byte(number.value), 0, None),
        }
    }

    /// "am" and "pm" behind a time, or before one as in Korean and Chinese.
    pub fn half_of_day(&mut self, parts: &mut Parts, at: usize, half: Mean) -> Result<bool, DateError> {
        if parts.last == Last::Clock {
            self.next += 1;
            half_of_day(parts, at, half)?;
            parts.last = Last::Other;
            return Ok(true);
        }
        let is_before = self.number(1).is_some_and(|number| number.digits <= 2)
            && (self.mean(2) == Some(Mean::Hour) || self.tight_sign(2) == Some(':'));
        if !is_before || parts.is_afternoon.is_some() {
            return Err(self.unexpected());
        }
        self.next += 1;
        parts.is_afternoon = Some(half);
        Ok(true)
    }

    /// A zone that stands for itself: "UTC", "MSK", with an offset behind "UTC".
    pub fn zone_word(&mut self, parts: &mut Parts, mean: Mean) -> Result<bool, DateError> {
        let at = self.at();
        self.next += 1;
        let words = match mean {
            Mean::Utc => match self.offset() {
                Some((minutes, taken)) => {
                    self.next += taken;
                    ZoneWords::Shift(minutes)
                }
                None => ZoneWords::Utc,
            },
            Mean::Zulu => ZoneWords::Zulu,
            Mean::Offset(minutes) => ZoneWords::Shift(minutes),
            Mean::Zone(name) => match Zone::find(name) {
                Some(zone) => ZoneWords::Zone(zone),
                None => return Err(DateError::at(at, format!("{name} is not a time zone"), None)),
            },
            _ => return Ok(false),
        };
        // "Beijing time", "MSK time".
        if matches!(words, ZoneWords::Zone(_)) {
            self.take_mean(|mean| mean == Mean::Time);
        }
        self.set_zone(parts, at, words).map(|()| true)
    }

    /// A city before "time".
    pub fn city(&mut self, parts: &mut Parts) -> Result<bool, DateError> {
        let at = self.at();
        let Some((zone, words)) = self.city_ahead() else { return Ok(false) };
        self.next += words + 1;
        self.set_zone(parts, at, ZoneWords::Zone(zone)).map(|()| true)
    }

    /// The zone of a city before "time", and the words of its name; an article can be one ("La Paz").
    pub fn city_ahead(&self) -> Option<(Zone, usize)> {
        let mut words = Vec::new();
        while matches!(self.kind(words.len()), Some(Kind::Word(_) | Kind::Mean(Mean::Article))) {
            words.push(self.written(words.len()));
        }
        if words.is_empty() || self.mean(words.len()) != Some(Mean::Time) {
            return None;
        }
        Zone::of_city(&words.join(" ")).map(|zone| (zone, words.len()))
    }

    /// A zone, or an offset and the zone that it agrees with.
    pub fn set_zone(&mut self, parts: &mut Parts, at: usize, words: ZoneWords) -> Result<(), DateError> {
        parts.last = Last::Other;
        let both = match (parts.partial.zone, words) {
            (None, words) => words,
            (Some(ZoneWords::Shift(0)), ZoneWords::Utc | ZoneWords::Zulu) => ZoneWords::Zulu,
            (Some(ZoneWords::Shift(minutes)), ZoneWords::Shift(named)) if minutes == named => words,
            (Some(ZoneWords::Shift(minutes)), ZoneWords::Zone(zone)) => ZoneWords::Both(minutes, zone),
            _ => return Err(DateError::at(at, "the time zone is given twice", None)),
        };
        parts.partial.zone = Some(both);
        Ok(())
    }

    /// A sign that begins a part: an offset, a zone or a day of the week in brackets, an unknown day.
    pub fn sign_part(&mut self, parts: &mut Parts, sign: char) -> Result<bool, DateError> {
        match sign {
            '?' => self.numeric(parts),
            '+' => self.offset_part(parts),
            HYPHEN => Ok(self.offset_part(parts)? || self.negative(parts)?),
            '\'' => self.apostrophe(parts),
            '[' => self.bracketed(parts, ']'),
            '(' => self.bracketed(parts, ')'),
            _ => Ok(false),
        }
    }

    /// A zone or a day of the week in brackets; what else stands in brackets is left.
    fn bracketed(&mut self, parts: &mut Parts, close: char) -> Result<bool, DateError> {
        let start = self.next;
        self.next += 1;
        let before = parts.clone();
        let found = match self.kind(0) {
            Some(Kind::Mean(Mean::Utc | Mean::Zulu | Mean::Zone(_) | Mean::Offset(_) | Mean::EstimateOrZone)) => {
                // "(est.)" is an estimate beside a date and a zone beside a time.
                let is_zone = self.mean(0) != Some(Mean::EstimateOrZone) || parts.partial.clock.is_some();
                is_zone && self.part(parts)?
            }
            Some(Kind::Mean(Mean::Weekday(_))) => close == ')' && self.part(parts)?,
            Some(Kind::Zone(_)) => self.part(parts)?,
            _ => false,
        };
        if found && self.take_sign(close) {
            return Ok(true);
        }
        (self.next, *parts) = (start, before);
        Ok(false)
    }

    fn offset_part(&mut self, parts: &mut Parts) -> Result<bool, DateError> {
        let at = self.at();
        let Some(clock) = parts.partial.clock.filter(|_| parts.partial.zone.is_none()) else { return Ok(false) };
        let is_behind_time = parts.last == Last::Clock;
        let is_tight = self.is_tight(0) && (self.is_sign(0, '+') || self.is_sign(0, HYPHEN));
        // Behind the seconds of a written-out time too, where no more than hours and minutes follow.
        let is_form = self.tight_sign(2) == Some(':') && self.tight_sign(4) != Some(':');
        let must_be_offset = parts.has_t || parts.is_iso && clock.second.is_some() && is_form;
        // "10:00:00-12:00:00", "10:00-2024-10-24T12:00": what follows says that it is another time.
        if self.tight_sign(2) == Some(HYPHEN) || is_tight && !parts.has_t && self.tight_sign(4) == Some(':') {
            return Ok(false);
        }
        let has_digits = self.number(1).is_some_and(|number| matches!(number.digits, 2 | 4));
        if is_behind_time && is_tight && must_be_offset && has_digits && self.offset().is_none() {
            return Err(DateError::at(at, "an offset from UTC reaches no further than 14 hours", None));
        }
        let Some((minutes, taken)) = self.offset() else { return Ok(false) };
        let is_minus = self.is_sign(0, HYPHEN);
        let has_colon = taken == 4;
        if is_minus && has_colon {
            // 10:00-12:00 is a range, 07:30:30-07:00 is none, and 2024-10-24 10:00-05:00 can be both.
            let is_range_form = self.is_tight(0) && clock.second.is_none() && !parts.has_t;
            let is_in_use = minutes >= -12 * 60 || parts.has_t;
            let can_be_offset = is_behind_time && (clock.second.is_some() || parts.is_iso) && is_in_use;
            if !can_be_offset {
                return Ok(false);
            }
            if is_range_form && self.ask(Question::Minus, &["until that time", "west of Greenwich"]) == 0 {
                return Ok(false);
            }
        } else if is_minus && self.number(1).is_none_or(|number| number.digits != 4)
            || !is_behind_time && (has_colon || self.is_tight(0))
        {
            // A minus with fewer digits is a hyphen; behind something else than the time, only -0700 with its space is one.
            return Ok(false);
        }
        self.next += taken;
        let words = if is_minus && minutes == 0 { ZoneWords::Zulu } else { ZoneWords::Shift(minutes) };
        self.set_zone(parts, at, words).map(|()| true)
    }

    /// Minutes ahead of UTC where a sign and digits stand there (+3, +0300, -05:00), and the tokens they are.
    fn offset(&self) -> Option<(i16, usize)> {
        let sign = match self.kind(0)? {
            Kind::Sign('+') => 1,
            Kind::Sign(HYPHEN) => -1,
            _ => return None,
        };
        let first = self.number(1).filter(|number| self.is_tight(1) && !number.is_plural && !number.is_ordinal)?;
        let (hours, minutes, taken) = match first.digits {
            1 | 2 if self.tight_sign(2) == Some(':') => (first.value, self.number(3)?.value, 4),
            1 | 2 => (first.value, 0, 2),
            4 => (first.value / 100, first.value % 100, 2),
            _ => return None,
        };
        let total = i16::try_from(hours.checked_mul(60)?.checked_add(minutes)?).ok()?;
        (total <= 14 * 60 && minutes < 60).then_some((sign * total, taken))
    }

    /// A date-time group: 030830Z MAY 26. Its letter is a zone, its year has two digits of this century.
    pub fn military(&mut self, parts: &mut Parts) -> Result<bool, DateError> {
        let at = self.at();
        let Some(group) = self.number(0).filter(|number| number.digits == 6 && self.is_tight(1)) else {
            return Ok(false);
        };
        let written = self.written(1);
        let mut letters = written.chars();
        let Some(zone) = letters.next().and_then(military_zone) else { return Ok(false) };
        let rest = letters.as_str().trim_end_matches('.');
        let (month, taken) = if rest.is_empty() {
            match self.mean(2) {
                Some(Mean::Month(month)) => (month, 3),
                _ => return Ok(false),
            }
        } else {
            match super::lexicon::meaning(&[rest]) {
                Some((Mean::Month(month), _)) => (month, 2),
                _ => return Ok(false),
            }
        };
        let Some(year) = self.number(taken).filter(|year| matches!(year.digits, 2 | 4)) else { return Ok(false) };
        self.next += taken + 1;
        let value = whole(year, at)? + if year.digits == 2 { 2000 } else { 0 };
        set_years(parts, at, Years::Year(value))?;
        set(&mut parts.partial.month, month_in_range(at, Number::plain(month.into(), 2))?, at, "month")?;
        let day: Field = small(Number::plain(group.value / 10_000, 2));
        set(&mut parts.partial.day, day, at, "day")?;
        self.set_clock(parts, at, byte(group.value / 100 % 100), byte(group.value % 100), None)?;
        match zone {
            Some(0) => self.set_zone(parts, at, ZoneWords::Zulu)?,
            Some(hours) => self.set_zone(parts, at, ZoneWords::Shift(60 * hours))?,
            None => {}
        }
        Ok(true)
    }
}

/// Hours ahead of UTC by the letter of a date-time group; J is local time (ACP 121, time zones).
fn military_zone(letter: char) -> Option<Option<i16>> {
    const EAST: &str = "abcdefghiklm";
    const WEST: &str = "nopqrstuvwxy";
    let place =
        |letters: &str| letters.chars().position(|known| known == letter).and_then(|at| i16::try_from(at + 1).ok());
    match letter {
        'z' => Some(Some(0)),
        'j' => Some(None),
        _ => place(EAST).or_else(|| place(WEST).map(|hours| -hours)).map(Some),
    }
}

fn half_of_day(parts: &mut Parts, at: usize, half: Mean) -> Result<(), DateError> {
    let Some(clock) = &mut parts.partial.clock else { return Ok(()) };
    clock.hour = match (clock.hour, half) {
        (1..=11, Mean::Pm) => clock.hour + 12,
        (12, Mean::Am) => 0,
        (1..=12, _) => clock.hour,
        _ => return Err(DateError::at(at, "a time with am or pm has hours 1–12", None)),
    };
    Ok(())
}

/// Numbers too large for an hour or minute stay too large.
fn byte(value: u64) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}
