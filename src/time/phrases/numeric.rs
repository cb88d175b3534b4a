//! Dates in numbers and signs: 24.10.2024, 10/24/2024, 2016-123, 08/??/1999. Which number is what depends on the sign, on
//! how many digits each has, and on nothing else; where it can be meant in two ways it is asked.

use super::choices::Question;
use super::lexicon::{Grain, Mean};
use super::partial::{Field, Years, set};
use super::parts::{Last, Parts, month_in_range, set_years, small, whole};
use super::reader::Reader;
use super::tokens::{HYPHEN, Kind, Number};
use crate::time::CivilDay;
use crate::time::DateError;

/// One of up to three numbers.
#[derive(Debug, Clone, Copy)]
enum Component {
    Number(Number),
    /// "??" or "XX".
    Masked,
}

impl Component {
    const fn digits(self) -> usize {
        match self {
            Self::Number(number) => number.digits,
            Self::Masked => 2,
        }
    }

    fn value(self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(number.value),
            Self::Masked => None,
        }
    }

    fn is_month(self) -> bool {
        self.value().is_none_or(|value| (1..=12).contains(&value))
    }
}

/// A date and how its order was read.
type Way = (&'static str, [Component; 3]);

impl Reader<'_> {
    /// Takes a numeric date where one stands.
    pub fn numeric(&mut self, parts: &mut Parts) -> Result<bool, DateError> {
        let partial = &parts.partial;
        let is_begun = partial.years.is_some() || partial.month.is_some() || partial.day.is_some();
        let (components, sign, taken) = self.components();
        if self.masked_day(parts)? {
            return Ok(true);
        }
        if is_begun || !parts.shorts.is_empty() || components.len() < 2 {
            return Ok(false);
        }
        let at = self.at();
        match components.as_slice() {
            [a, b, c] => {
                let order = self.order(at, sign, [*a, *b, *c])?;
                self.next += taken;
                set_date(parts, at, order)?;
                // "24.10.2024 г."
                if c.digits() == 4 {
                    self.take_mean(|mean| mean == Mean::Grain(Grain::Year));
                }
            }
            [a, b] => return self.two(parts, at, sign, *a, *b, taken),
            _ => return Ok(false),
        }
        (parts.last, parts.is_iso) = (Last::Day, components.first().is_some_and(|first| first.digits() == 4));
        Ok(true)
    }

    /// A day that is not known beside the word of its month: "?? Aug 1999", "Aug ??, 1999".
    fn masked_day(&mut self, parts: &mut Parts) -> Result<bool, DateError> {
        let at = self.at();
        let Some((Component::Masked, taken)) = self.component(0) else { return Ok(false) };
        let sign = usize::from(matches!(self.tight_sign(taken), Some(HYPHEN | '/' | '.')));
        let is_before = parts.last != Last::Month && matches!(self.mean(taken + sign), Some(Mean::Month(_)));
        let is_behind = parts.last == Last::Month && parts.partial.years.is_none();
        if !is_before && !is_behind {
            return Ok(false);
        }
        self.next += taken;
        parts.last = if is_before { Last::Short } else { Last::Day };
        set(&mut parts.partial.day, Field::Masked, at, "day").map(|()| true)
    }

    /// Whether an unknown day of a numeric date stands here: "?/5/1850".
    pub fn is_masked_day(&self) -> bool {
        self.is_sign(0, '?') && self.components().0.len() == 3
    }

    /// Up to three numbers with one sign between them and no space, and how many tokens they are.
    fn components(&self) -> (Vec<Component>, char, usize) {
        let (mut components, mut ahead) = (Vec::new(), 0);
        let first_is_lone = self.is_sign(0, '?') && self.tight_sign(1).is_some_and(|sign| sign != '?');
        let lone = first_is_lone.then_some((Component::Masked, 1));
        let Some((first, taken)) = lone.or_else(|| self.component(0)) else { return (components, ' ', 0) };
        components.push(first);
        ahead += taken;
        let Some(sign @ ('.' | '/' | HYPHEN | ':')) = self.tight_sign(ahead) else { return (components, ' ', ahead) };
        // 2024:10:24 is a date, as cameras write it; 10:24 is a time.
        if sign == ':' && first.digits() != 4 {
            return (components, ' ', ahead);
        }
        while components.len() < 3
            && self.tight_sign(ahead) == Some(sign)
            && let Some((component, taken)) = self.component(ahead + 1)
        {
            components.push(component);
            ahead += 1 + taken;
        }
        // "?/5/1850": one sign alone is a day only before a month and a year; "?/1850" has no known start.
        if first_is_lone && components.len() != 3 {
            return (Vec::new(), ' ', 0);
        }
        (components, sign, ahead)
    }

    fn component(&self, ahead: usize) -> Option<(Component, usize)> {
        match self.kind(ahead)? {
            Kind::Number(number) if !number.is_ordinal && !number.is_plural => Some((Component::Number(*number), 1)),
            Kind::Sign('?') if self.is_sign(ahead + 1, '?') && self.is_tight(ahead + 1) => Some((Component::Masked, 2)),
            Kind::Word(word) if matches!(word.as_str(), "xx" | "uu") => Some((Component::Masked, 1)),
            _ => None,
        }
    }

    /// Year, month and day of three numbers.
    fn order(&self, at: usize, sign: char, [a, b, c]: [Component; 3]) -> Result<[Component; 3], DateError> {
        let not_a_date = || DateError::at(at, "these numbers are not a date", None);
        let is_year = |part: Component| matches!(part, Component::Number(number) if (3..=4).contains(&number.digits));
        let short = |part: Component| part.digits() <= 2;
        if a.digits() == 4 && is_year(a) && short(b) && short(c) {
            return Ok([a, b, c]);
        }
        if is_year(c) && short(a) && short(b) {
            let day_first = [c, b, a];
            let month_first = [c, a, b];
            return Ok(match (a, b) {
                _ if sign == '.' => day_first,
                // A masked number beside a month is a day; nobody writes a day of some month.
                (Component::Masked, _) if b.is_month() => day_first,
                (_, Component::Masked) if a.is_month() => month_first,
                (Component::Masked, _) => month_first,
                (_, Component::Masked) => day_first,
                _ if a.is_month() && b.is_month() && a.value() != b.value() => {
                    match self.ask(Question::Order, &["day first", "month first"]) {
                        0 => day_first,
                        _ => month_first,
                    }
                }
                _ if a.is_month() && !b.is_month() => month_first,
                _ => day_first,
            });
        }
        let (Component::Number(first), Component::Number(second), Component::Number(third)) = (a, b, c) else {
            return Err(not_a_date());
        };
        if [first, second, third].iter().any(|number| number.digits > 2) {
            return Err(not_a_date());
        }
        self.two_digit_year(sign, [first, second, third]).ok_or_else(not_a_date)
    }

    /// Three numbers of two digits: every order in which they are a day, in this century and the last.
    fn two_digit_year(&self, sign: char, [first, second, third]: [Number; 3]) -> Option<[Component; 3]> {
        let orders = [
            ("day first", [third, second, first]),
            ("month first", [third, first, second]),
            ("year first", [first, second, third]),
        ];
        let mut ways: Vec<Way> = Vec::new();
        for (name, [year, month, day]) in orders {
            if (sign == '.' && name == "month first") || (sign == '/' && name == "year first" && first.value < 32) {
                continue;
            }
            let written = year.digits;
            for century in [2000, 1900] {
                let (number, year) = (month, i64::try_from(century + year.value).ok()?);
                let is_month = (1..=12).contains(&number.value);
                let last = u8::try_from(number.value).map_or(0, |month| CivilDay::days_in_month(year, month));
                if is_month && (1..=u64::from(last)).contains(&day.value) && written == 2 {
                    let year = Number::plain(u64::try_from(year).ok()?, 4);
                    ways.push((name, [year, month, day].map(Component::Number)));
                }
            }
        }
        let names: Vec<&'static str> = ways.iter().map(|(name, _)| *name).collect();
        let chosen = if names.is_empty() { 0 } else { self.ask(Question::Digits, &names) };
        ways.get(chosen).map(|(_, way)| *way)
    }

    /// Year and month, month and year, day and month, or a day of a year.
    fn two(
        &mut self,
        parts: &mut Parts,
        at: usize,
        sign: char,
        a: Component,
        b: Component,
        taken: usize,
    ) -> Result<bool, DateError> {
        if self.is_two_years(parts, a, b, taken) {
            return Ok(false);
        }
        // "2024:10" is neither a date nor a time.
        if sign == ':' {
            return Err(DateError::at(at, "these numbers are not a date", None));
        }
        let no_month = |value: u64| DateError::at(at, format!("there is no month {value:02}"), None);
        let (year, month) = match (a, b) {
            (Component::Number(a), Component::Number(b)) if a.digits == 4 && b.digits == 3 && sign == HYPHEN => {
                self.next += taken;
                set_years(parts, at, Years::Year(whole(a, at)?))?;
                let day = u16::try_from(b.value).unwrap_or(u16::MAX);
                (parts.last, parts.is_iso) = (Last::Day, true);
                return set(&mut parts.partial.day_of_year, day, at, "day").map(|()| true);
            }
            (Component::Number(year), Component::Masked) if year.digits == 4 => (a, b),
            (Component::Masked, Component::Number(year)) if year.digits == 4 => (b, a),
            (Component::Number(year), Component::Number(number)) if year.digits == 4 && number.digits <= 2 => {
                match self.year_and_number(sign, year, number) {
                    YearAnd::Month => (a, b),
                    YearAnd::Year => return Ok(false),
                    YearAnd::Nothing => return Err(no_month(number.value)),
                }
            }
            (Component::Number(month), Component::Number(year)) if year.digits == 4 && month.digits <= 2 => {
                let is_span = matches!(self.mean(taken), Some(Mean::Bc | Mean::Ad));
                match (1..=12).contains(&month.value) {
                    _ if sign == HYPHEN && is_span => return Ok(false),
                    true => (b, a),
                    false => return Err(no_month(month.value)),
                }
            }
            (Component::Number(day), Component::Number(month))
                if sign == '.' && day.digits <= 2 && month.digits <= 2 =>
            {
                self.next += taken;
                set(&mut parts.partial.day, small(day), at, "day")?;
                set(&mut parts.partial.month, month_in_range(at, month)?, at, "month")?;
                parts.last = Last::Month;
                return Ok(true);
            }
            (Component::Number(first), Component::Number(second))
                if sign == '/' && first.digits <= 2 && second.digits <= 2 =>
            {
                return self.day_and_month(parts, at, first, second, taken);
            }
            // "254/2001" is no span of years, though 476-1453 is one.
            _ if sign == HYPHEN || sign == '/' && a.digits() != 3 => return Ok(false),
            _ => return Err(DateError::at(at, "these numbers are not a date", None)),
        };
        self.next += taken;
        // "10.2024 г."
        if b.digits() == 4 {
            self.take_mean(|mean| mean == Mean::Grain(Grain::Year));
        }
        let (Component::Number(year), month) = (year, month) else { return Ok(false) };
        set_years(parts, at, Years::Year(whole(year, at)?))?;
        set(&mut parts.partial.month, field(at, month, true)?, at, "month")?;
        parts.last = Last::Month;
        Ok(true)
    }

    /// Whether a short number behind a year is one too, as beside a season or before "years" it is whatever its value:
    /// "winter 2009-10", "1909-10 гг.".
    fn is_two_years(&self, parts: &Parts, a: Component, b: Component, taken: usize) -> bool {
        let is_form = matches!((a, b), (Component::Number(a), Component::Number(b)) if a.digits == 4 && b.digits <= 2);
        is_form
            && (parts.partial.season.is_some()
                || matches!(self.mean(taken), Some(Mean::Season(_) | Mean::Grain(Grain::Year))))
    }

    /// What a short number behind a year is: "2024/06" a month, "1939-45" the end of a span.
    fn year_and_number(&self, sign: char, year: Number, number: Number) -> YearAnd {
        let modulus = if number.digits == 1 { 10 } else { 100 };
        let is_month = (1..=12).contains(&number.value);
        let is_later = number.value > year.value % modulus;
        let is_next = number.value == (year.value + 1) % modulus;
        // "2024-06" is a month in every standard, and "2024/6" and "2024.6" are nothing else; "2004-5" can be two years.
        let is_span = match sign {
            HYPHEN => is_later && !(is_month && number.digits == 2),
            '/' => number.digits == 2 && is_later || is_next,
            _ => false,
        };
        let last = (year.value / modulus).saturating_mul(modulus).saturating_add(number.value);
        // "2024-42" is more likely a slip than a span into years to come.
        let is_to_come = self.today.is_some_and(|today| i64::try_from(last).is_ok_and(|last| last > today.year));
        match (is_month, is_span) {
            (false, true) if is_to_come && !is_next => YearAnd::Nothing,
            (true, true) => match self.ask(Question::YearAndNumber, &["year and month", "from one year to another"]) {
                0 => YearAnd::Month,
                _ => YearAnd::Year,
            },
            (true, false) => YearAnd::Month,
            (false, true) => YearAnd::Year,
            (false, false) => YearAnd::Nothing,
        }
    }

    /// "24/10" with the year elsewhere. Two numbers that cannot be a day and a month are left to a span: 21/31 October.
    fn day_and_month(
        &mut self,
        parts: &mut Parts,
        at: usize,
        first: Number,
        second: Number,
        taken: usize,
    ) -> Result<bool, DateError> {
        // "5/6 Oct 2024": the month has its word.
        if matches!(self.mean(taken), Some(Mean::Month(_))) {
            return Ok(false);
        }
        let is_month = |number: Number| (1..=12).contains(&number.value);
        let (day, month) = match (is_month(first), is_month(second)) {
            (true, true) if first.value != second.value => {
                match self.ask(Question::Order, &["day first", "month first"]) {
                    0 => (first, second),
                    _ => (second, first),
                }
            }
            (_, true) => (first, second),
            (true, false) => (second, first),
            (false, false) => return Ok(false),
        };
        self.next += taken;
        set(&mut parts.partial.day, small(day), at, "day")?;
        set(&mut parts.partial.month, month_in_range(at, month)?, at, "month")?;
        parts.last = Last::Month;
        Ok(true)
    }
}

/// What a number behind a year is.
enum YearAnd {
    Month,
    Year,
    Nothing,
}

fn set_date(parts: &mut Parts, at: usize, [year, month, day]: [Component; 3]) -> Result<(), DateError> {
    let Component::Number(year) = year else { return Err(DateError::at(at, "the year is missing", None)) };
    set_years(parts, at, Years::Year(whole(year, at)?))?;
    set(&mut parts.partial.month, field(at, month, true)?, at, "month")?;
    set(&mut parts.partial.day, field(at, day, false)?, at, "day")
}

fn field(at: usize, part: Component, is_month: bool) -> Result<Field, DateError> {
    match part {
        Component::Masked => Ok(Field::Masked),
        Component::Number(number) if is_month => month_in_range(at, number),
        Component::Number(number) => Ok(small(number)),
    }
}
