//! What a number in a date counts: by the word behind it, by how many digits it has, or by what else there is.
//!
//! ```text
//! number = military | numeric date | time | count unit | year | digits | day
//! ```

use super::choices::Question;
use super::lexicon::{Grain, Mean};
use super::partial::{Stretch, Unit, Years, set};
use super::parts::{Last, Parts, half, month_in_range, quarter, set_years, small, unclear, whole};
use super::reader::Reader;
use super::tokens::{DASH, HYPHEN, Kind, Number};
use crate::time::DateError;

/// Behind a larger number of years 前 is "ago": nobody writes of what was before such a year.
const LAST_YEAR_BEFORE: u64 = 2999;

impl Reader<'_> {
    pub fn number_part(&mut self, parts: &mut Parts) -> Result<(), DateError> {
        let at = self.at();
        if parts.last == Last::Nothing
            && let Some((value, grain, taken)) = self.joined_to_ago()
        {
            self.next += taken;
            return self.ago(parts, at, value, grain);
        }
        if self.military(parts)? || self.masked_year(parts)? || self.numeric(parts)? || self.clock(parts)? {
            return Ok(());
        }
        let Some(number) = self.number(0) else { return Err(self.unexpected()) };
        self.next += 1;
        // "19. Jahrhundert", "3. Quartal".
        let is_counted = matches!(
            self.mean(1),
            Some(Mean::Century | Mean::Millennium | Mean::Quarter | Mean::Half | Mean::Grain(Grain::Week))
        );
        if number.digits <= 2 && is_counted && self.is_tight(0) && self.take_sign('.') {
            return self.counted_number(parts, at, Number { is_ordinal: true, ..number });
        }
        self.counted_number(parts, at, number)?;
        // "24. Oktober", "2024. 10. 24."
        if !number.is_ordinal && !number.is_plural && self.is_sign(0, '.') && self.is_tight(0) && !self.is_at_last() {
            self.next += 1;
            parts.stops += 1;
        }
        Ok(())
    }

    fn is_at_last(&self) -> bool {
        self.next + 1 == self.tokens.len()
    }

    /// A number that was taken, and the word behind it.
    pub fn counted_number(&mut self, parts: &mut Parts, at: usize, number: Number) -> Result<(), DateError> {
        if number.is_plural {
            self.decade(parts, at, whole(number, at)?)?;
            self.take_mean(|mean| mean == Mean::Grain(Grain::Year));
            return Ok(());
        }
        if number.is_ordinal && self.stretch(parts, at, number)? {
            return Ok(());
        }
        let (value, taken) = self.grouped(number, false)?;
        let start = self.next;
        self.next += taken;
        if number.digits <= 2 && taken == 0 {
            self.take_inner_hyphen();
        }
        let is_short = number.digits <= 2 && taken == 0;
        let is_next_last = self.token(1).is_none();
        let is_h = self.written(0) == "h" && self.is_tight(0);
        let Some(mean) = self.take_mean(|mean| match mean {
            Mean::Decade | Mean::Bc | Mean::Ad => true,
            Mean::Grain(_) | Mean::Grains(_) => !number.is_ordinal,
            Mean::Century | Mean::Millennium | Mean::Quarter | Mean::Half => is_short,
            Mean::Hour | Mean::Minute | Mean::Second | Mean::Am | Mean::Pm => is_short && !number.is_ordinal,
            Mean::CircaOrCentury => is_short && number.is_ordinal,
            // "20 в."
            Mean::InOrCentury => is_short && is_next_last,
            Mean::Hours => number.digits == 4 || is_short && !number.is_ordinal,
            Mean::WeekBehind => is_short,
            _ => false,
        }) else {
            if taken > 0 {
                return set_years(parts, at, Years::Year(value));
            }
            self.next = start;
            return self.bare_number(parts, at, number);
        };
        match mean {
            Mean::Century | Mean::CircaOrCentury | Mean::InOrCentury => set_years(parts, at, Years::Century(value)),
            Mean::Millennium => set_years(parts, at, Years::Millennium(value)),
            Mean::Decade => self.decade(parts, at, value),
            // "17h" is no half.
            Mean::Half if is_h && number.value > 2 => self.clock_words(parts, at, number, Mean::Hour),
            Mean::Quarter | Mean::Half => {
                parts.last = Last::Season;
                if mean == Mean::Quarter { quarter(parts, at, number.value) } else { half(parts, at, number.value) }
            }
            Mean::Bc | Mean::Ad => {
                self.next -= 1;
                if number.is_ordinal {
                    return Err(self.unexpected());
                }
                set_years(parts, at, Years::Year(value))
            }
            Mean::WeekBehind => {
                let stretch = Stretch { nth: u8::try_from(value).ok(), count: Some(1), of: Unit::Week };
                set(&mut parts.partial.stretch, stretch, at, "stretch")
            }
            Mean::Grain(grain) | Mean::Grains(grain) => {
                let is_many = matches!(mean, Mean::Grains(_));
                if self.take_mean(|mean| mean == Mean::Ago).is_some() || self.takes_ago(parts, number, grain, is_many) {
                    return self.ago(parts, at, value, grain);
                }
                if is_many {
                    return Err(DateError::at(
                        at,
                        "a number of them needs \"ago\" behind it or \"first\" before it",
                        None,
                    ));
                }
                let number = if taken > 0 { Number { digits: number.digits + 3, ..number } } else { number };
                self.counted(parts, at, number, value, grain)
            }
            _ => self.clock_words(parts, at, number, mean),
        }
    }

    /// A number with its unit: "10월", "2024 год".
    fn counted(
        &mut self,
        parts: &mut Parts,
        at: usize,
        number: Number,
        value: i64,
        grain: Grain,
    ) -> Result<(), DateError> {
        match grain {
            // "1941–45 гг."
            Grain::Year if number.digits <= 2 && self.is_behind_year(at) => self.bare_number(parts, at, number),
            Grain::Year if number.digits <= 2 => set_years(parts, at, self.year(at, number)?),
            Grain::Year => set_years(parts, at, Years::Year(value)),
            Grain::Month if number.digits <= 2 => {
                parts.last = Last::Month;
                set(&mut parts.partial.month, month_in_range(at, number)?, at, "month")
            }
            Grain::Day if number.digits <= 2 => {
                parts.last = Last::Day;
                set(&mut parts.partial.day, small(number), at, "day")
            }
            _ => Err(DateError::at(at, "a number of them needs \"ago\" behind it or \"first\" before it", None)),
        }
    }

    /// Korean 전 and Chinese 前 are "ago" behind so many units, and "before" behind a date: 10년 전 but 1950년 전.
    fn takes_ago(&mut self, parts: &Parts, number: Number, grain: Grain, is_many: bool) -> bool {
        let is_ago = parts.last == Last::Nothing && self.is_ago(0, number, grain, is_many);
        self.next += usize::from(is_ago);
        is_ago
    }

    fn is_ago(&self, ahead: usize, number: Number, grain: Grain, is_many: bool) -> bool {
        let is_count = match grain {
            Grain::Year => number.digits <= 3 || number.value > LAST_YEAR_BEFORE,
            Grain::Month => is_many,
            Grain::Week | Grain::Day => number.digits <= 3,
        };
        is_count && matches!(self.written(ahead).as_str(), "전" | "前")
    }

    /// Whether a joint stands before the number at a byte, and a year in full before that.
    fn is_behind_year(&self, at: usize) -> bool {
        let before = self.tokens.iter().rev().skip_while(|token| token.at >= at).map(|token| &token.kind);
        let mut back = before.filter(|kind| !matches!(kind, Kind::Mean(Mean::Grain(Grain::Year))));
        let is_joint = matches!(
            back.next(),
            Some(Kind::Sign(HYPHEN | DASH | '/' | '~') | Kind::Mean(Mean::To | Mean::And | Mean::Or | Mean::Until))
        );
        is_joint && matches!(back.next(), Some(Kind::Number(year)) if (3..=4).contains(&year.digits))
    }

    /// A number that a word calls a year. Of two digits it is one of its era where the phrase has one, and asked about
    /// otherwise.
    pub fn year(&self, at: usize, number: Number) -> Result<Years, DateError> {
        let has_era = self.tokens.iter().any(|token| matches!(token.kind, Kind::Mean(Mean::Bc | Mean::Ad)));
        if number.digits > 2 || number.value == 0 && number.digits == 1 || has_era {
            return Ok(Years::Year(whole(number, at)?));
        }
        self.short_year(at, number)
    }

    /// A year by its last two digits, of this century or the last.
    pub fn short_year(&self, at: usize, number: Number) -> Result<Years, DateError> {
        if number.digits != 2 || number.is_ordinal || number.is_plural {
            return Err(unclear(at));
        }
        let century = if self.ask(Question::Century, &["", ""]) == 0 { 2000 } else { 1900 };
        Ok(Years::Year(century + whole(number, at)?))
    }

    /// "'98": a year by its last two digits.
    pub fn apostrophe(&mut self, parts: &mut Parts) -> Result<bool, DateError> {
        let at = self.at();
        let Some(number) = self.number(1).filter(|number| number.digits == 2 && self.is_tight(1)) else {
            return Ok(false);
        };
        self.next += 2;
        if number.is_plural {
            return self.counted_number(parts, at, number).map(|()| true);
        }
        set_years(parts, at, self.short_year(at, number)?).map(|()| true)
    }

    /// A number of thousands in groups, where an era or "ago" follows (or came before): 10,000 BC, 12 000 BCE, 5,000 years
    /// ago. Gives the value and the tokens taken behind the first.
    pub fn grouped(&self, first: Number, has_era: bool) -> Result<(i64, usize), DateError> {
        let at = self.at();
        let too_large = || DateError::at(at, "this number is too large for a date", None);
        let (mut value, mut taken) = (first.value, 0);
        if (1..=3).contains(&first.digits) && !first.is_ordinal {
            (value, taken) = self.groups(first, 0).ok_or_else(too_large)?;
            let is_counted = match self.mean(taken) {
                Some(Mean::Bc | Mean::Ad) => true,
                // "10 000 г. до н. э."
                Some(Mean::Grain(Grain::Year)) if matches!(self.mean(taken + 1), Some(Mean::Bc | Mean::Ad)) => true,
                Some(Mean::Grain(_) | Mean::Grains(_)) => self.mean(taken + 1) == Some(Mean::Ago),
                // "10,000–8,000 BC".
                _ => has_era || self.is_joined_to_era(taken),
            };
            if !is_counted {
                (value, taken) = (first.value, 0);
            }
        }
        Ok((whole(Number::plain(value, 1), at)?, taken))
    }

    /// The value of a number with its groups of thousands, and the place behind them; none where it is too large.
    fn groups(&self, first: Number, mut next: usize) -> Option<(u64, usize)> {
        let mut value = first.value;
        if !(1..=3).contains(&first.digits) {
            return Some((value, next));
        }
        loop {
            let is_comma = self.is_sign(next, ',') && self.is_tight(next) && self.is_tight(next + 1);
            let ahead = next + usize::from(is_comma);
            let group = self.number(ahead).filter(|group| group.digits == 3 && !group.is_ordinal);
            let Some(group) = group.filter(|_| is_comma || !self.is_tight(ahead)) else { return Some((value, next)) };
            value = value.checked_mul(1000)?.checked_add(group.value)?;
            next = ahead + 1;
        }
    }

    /// "100 to 50 years ago", "3, 2 or 1 days ago": how many, of what, and the tokens of this one. What four digits before
    /// "years ago" are is asked, and before other units they are a year.
    fn joined_to_ago(&self) -> Option<(i64, Grain, usize)> {
        let count = |ahead: usize| self.number(ahead).filter(|number| !number.is_ordinal && !number.is_plural);
        let grain = |ahead: usize| match self.mean(ahead) {
            Some(Mean::Grain(grain)) => Some((grain, false)),
            Some(Mean::Grains(grain)) => Some((grain, true)),
            _ => None,
        };
        let first = count(0)?;
        let (value, behind) = self.groups(first, 1)?;
        let own = grain(behind);
        let taken = behind + usize::from(own.is_some());
        let mut ahead = taken;
        loop {
            let is_sign = match self.kind(ahead)? {
                Kind::Sign(',') => false,
                Kind::Sign(DASH | HYPHEN | '/' | '~') => true,
                Kind::Mean(Mean::To | Mean::And | Mean::Or | Mean::Until | Mean::Since | Mean::Before) => false,
                _ => return None,
            };
            ahead += 1;
            while matches!(self.mean(ahead), Some(Mean::Approximate | Mean::ApproximateBeside | Mean::CircaOrCentury)) {
                ahead += 1;
            }
            let number = count(ahead)?;
            ahead = self.groups(number, ahead + 1)?.1;
            if let Some((grain, is_many)) = grain(ahead) {
                if self.mean(ahead + 1) == Some(Mean::Ago) || self.is_ago(ahead + 1, number, grain, is_many) {
                    let is_year = first.digits == 4 && (1000..=LAST_YEAR_BEFORE).contains(&first.value);
                    let is_counted = match grain {
                        _ if own.is_some_and(|(own, _)| own != grain) => false,
                        _ if !is_year => true,
                        Grain::Year => self.ask(Question::Ago, &["so many years", "a year"]) == 0,
                        _ => false,
                    };
                    return is_counted.then_some((i64::try_from(value).ok()?, grain, taken));
                }
                ahead += 1;
            }
            if is_sign {
                return None;
            }
        }
    }

    /// Whether a joint stands there, and behind the next number an era.
    fn is_joined_to_era(&self, ahead: usize) -> bool {
        let is_joint = matches!(self.kind(ahead), Some(Kind::Sign(HYPHEN | DASH)))
            || matches!(self.mean(ahead), Some(Mean::To | Mean::And | Mean::Or));
        let is_era = |mean: Option<Mean>| matches!(mean, Some(Mean::Bc | Mean::Ad));
        is_joint && self.number(ahead + 1).is_some() && (2..6).any(|behind| is_era(self.mean(ahead + behind)))
    }

    /// A number that no word counts.
    fn bare_number(&mut self, parts: &mut Parts, at: usize, number: Number) -> Result<(), DateError> {
        let has_era = parts.partial.era.is_some();
        match number.digits {
            _ if number.is_ordinal && number.digits > 2 => Err(unclear(at)),
            3 | 4 => set_years(parts, at, Years::Year(whole(number, at)?)),
            5.. if has_era => set_years(parts, at, Years::Year(whole(number, at)?)),
            8 if parts.partial.years.is_none() => self.basic_form(parts, at, number),
            5.. => self.digits(parts, at, number),
            _ => {
                parts.shorts.push((at, number));
                parts.last = Last::Short;
                Ok(())
            }
        }
    }

    /// What stands for an unknown word of a date: a numeral, a zone, or nothing.
    pub fn word_part(&mut self, parts: &mut Parts) -> Result<bool, DateError> {
        if self.numeric(parts)? || self.roman_part(parts)? || self.clock(parts)? || self.city(parts)? {
            return Ok(true);
        }
        Err(self.unexpected())
    }

    /// A roman numeral before "century" or "quarter", or as a month between day and year: 24.X.2024.
    pub fn roman_part(&mut self, parts: &mut Parts) -> Result<bool, DateError> {
        let at = self.at();
        let Some(value) = roman(self.written(0).trim_end_matches('.')) else { return Ok(false) };
        let is_followed = matches!(
            self.mean(1),
            Some(Mean::Century | Mean::Quarter | Mean::Millennium | Mean::InOrCentury | Mean::Half)
        );
        if is_followed {
            let mean = self.mean(1);
            self.next += 2;
            match mean {
                Some(Mean::Quarter) => quarter(parts, at, value)?,
                Some(Mean::Half) => half(parts, at, value)?,
                Some(Mean::Millennium) => set_years(parts, at, Years::Millennium(whole(Number::plain(value, 2), at)?))?,
                _ => set_years(parts, at, Years::Century(whole(Number::plain(value, 2), at)?))?,
            }
            if matches!(mean, Some(Mean::Quarter | Mean::Half)) {
                parts.last = Last::Season;
            }
            return Ok(true);
        }
        // "24.X.2024", and "X.2024" where nothing but a sign stands between.
        let is_first = parts.last == Last::Nothing && self.is_month_and_year();
        if (parts.last == Last::Short || is_first) && self.is_roman_month(0) {
            self.next += 1;
            set(&mut parts.partial.month, month_in_range(at, Number::plain(value, 2))?, at, "month")?;
            parts.last = Last::Month;
            return Ok(true);
        }
        // "XIX–XX век": the word stands behind the other.
        let is_joined = parts.last == Last::Nothing || parts.last == Last::Part;
        let rest = self.tokens.get(self.next + 1..).unwrap_or_default();
        let is_shared = rest
            .iter()
            .take(4)
            .any(|token| matches!(&token.kind, Kind::Mean(Mean::Century | Mean::InOrCentury | Mean::Millennium)));
        if is_joined && is_shared && matches!(self.kind(0), Some(Kind::Word(_))) {
            self.next += 1;
            parts.shorts.push((at, Number { is_ordinal: true, ..Number::plain(value, 2) }));
            parts.last = Last::Short;
            return Ok(true);
        }
        Ok(false)
    }

    /// A century with its number behind it: "siglo XIX".
    pub fn number_of_century(&mut self, parts: &mut Parts, at: usize) -> Result<bool, DateError> {
        let Some(value) = roman(&self.written(1)) else { return Ok(false) };
        self.next += 2;
        set_years(parts, at, Years::Century(whole(Number::plain(value, 2), at)?)).map(|()| true)
    }

    /// Whether a full stop, hyphen or slash joins this word to a year.
    fn is_month_and_year(&self) -> bool {
        let is_stop = self.written(0).ends_with('.') && self.is_tight(1);
        let year = if is_stop { self.number(1) } else { self.tight_sign(1).and_then(|_| self.number(2)) };
        year.is_some_and(|year| year.digits == 4)
    }

    /// Whether a roman numeral from I to XII stands there with a year behind it.
    pub fn is_roman_month(&self, ahead: usize) -> bool {
        let month = roman(self.written(ahead).trim_end_matches('.')).filter(|value| *value <= 12);
        let sign = usize::from(matches!(self.kind(ahead + 1), Some(Kind::Sign(HYPHEN | '/' | '.'))));
        let year = self.number(ahead + 1 + sign).filter(|year| (3..=4).contains(&year.digits) && !year.is_plural);
        month.is_some() && year.is_some()
    }
}

/// Roman numerals up to 39, in Latin or Cyrillic letters.
fn roman(word: &str) -> Option<u64> {
    // French "XIXe".
    let word = word.strip_suffix("ème").or_else(|| word.strip_suffix('e')).unwrap_or(word);
    let mut total = 0u64;
    let mut last = 0;
    for letter in word.chars().rev() {
        let value = match letter {
            'i' | 'і' => 1,
            'v' => 5,
            'x' | 'х' => 10,
            _ => return None,
        };
        total = if value < last { total.checked_sub(value)? } else { total.checked_add(value)? };
        last = last.max(value);
    }
    (1..=39).contains(&total).then_some(total)
}
