//! One date's parts, or two dates and the word between them, into a date.

use super::Choice;
use super::lexicon::{Mean, Part};
use super::partial::{Partial, Years, ZoneWords};
use super::tokens::{Kind, Token};
use crate::time::date::{Date, DateError};
use crate::time::explain;
use crate::time::extent::DayBound;
use crate::time::{CivilDay, Precision};

/// What the parts of one date come to.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    /// A single EDTF date.
    Exact(Date),
    /// Once, from one to the other; `coarse` is the plain date that holds both.
    Window { from: Date, to: Date, coarse: Date },
    /// A time of day, and its day.
    Time { date: Date, day: Date },
}

/// A value with its qualifiers.
#[derive(Debug, Clone, PartialEq)]
struct Qualified {
    at: usize,
    value: Value,
    qualifier: &'static str,
}

/// The date that a whole phrase means.
pub(super) fn date(tokens: &[Token], choice: Choice, today: Option<CivilDay>) -> Result<Date, DateError> {
    let reader = Reader { choice, today };
    let mut tokens: Vec<Token> = without_leading_noise(tokens).to_vec();
    let opening = leading_relation(&mut tokens);
    let tokens = without_leading_noise(&tokens);
    let (tokens, closing) = match tokens.split_last() {
        Some((Token { kind: Kind::Mean(mean), .. }, rest)) if is_relation(*mean) || *mean == Mean::Onwards => {
            (rest, Some(*mean))
        }
        _ => (tokens, None),
    };
    if let Some((left, joint, right)) = split(tokens, opening) {
        return reader.joined(opening, left, joint, right);
    }
    let only = reader.one(tokens)?;
    match (opening, closing) {
        (None, None) => once(&only),
        (Some(Mean::Between), _) => Err(DateError::at(only.at, "the second date is missing", None)),
        (Some(Mean::Since), Some(Mean::Until)) => once(&only),
        (Some(relation), None | Some(Mean::Onwards | Mean::Since)) | (None, Some(relation)) => related(relation, &only),
        (Some(_), Some(_)) => Err(DateError::at(only.at, "this is bounded in two ways at once", None)),
    }
}

struct Reader {
    choice: Choice,
    today: Option<CivilDay>,
}

impl Reader {
    fn one(&self, tokens: &[Token]) -> Result<Qualified, DateError> {
        self.value(Partial::gather(tokens, self.choice, self.today)?)
    }

    fn joined(&self, opening: Option<Mean>, left: &[Token], joint: Mean, right: &[Token]) -> Result<Date, DateError> {
        let mut a = Partial::gather(left, self.choice, self.today)?;
        let mut b = Partial::gather(right, self.choice, self.today)?;
        if a.is_empty() || b.is_empty() {
            // "since 2019 –", "mid – 2024": a joint that joins nothing.
            let all: Vec<Token> = left.iter().chain(right).cloned().collect();
            let only = self.one(&all)?;
            return match opening {
                None => once(&only),
                Some(relation) => related(relation, &only),
            };
        }
        // "winter 2024–25" is one winter.
        if let (Some(24), Some(Years::Year(year)), Some(next)) = (a.season, a.years, b.loose)
            && (Partial { loose: None, ..b.clone() }).is_empty()
            && i64::from(next.value) == (year + 1) % 100
        {
            return once(&self.value(a)?);
        }
        share(&mut a, &mut b);
        let (a, b) = (self.value(a)?, self.value(b)?);
        match (opening, joint) {
            (Some(Mean::Between), _) => between(&a, &b),
            (_, Mean::Or) => set(&a, &b, '[', ']'),
            (_, Mean::And) => set(&a, &b, '{', '}'),
            (None | Some(Mean::From | Mean::Since), _) => span(&a, &b),
            (Some(_), _) => Err(DateError::at(a.at, "this is bounded in two ways at once", None)),
        }
    }

    fn value(&self, partial: Partial) -> Result<Qualified, DateError> {
        let at = partial.at;
        let qualifier = match (partial.is_uncertain, partial.is_approximate) {
            (false, false) => "",
            (true, false) => "?",
            (false, true) => "~",
            (true, true) => "%",
        };
        Ok(Qualified { at, value: self.unqualified(&partial)?, qualifier })
    }

    fn unqualified(&self, partial: &Partial) -> Result<Value, DateError> {
        let at = partial.at;
        if let Some(day) = partial.week_of {
            let monday = day.number().saturating_sub(i64::from(day.weekday()) - 1);
            let (from, to) = (CivilDay::from_number(monday), CivilDay::from_number(monday.saturating_add(6)));
            return window(from, to, Precision::Day, Date::from_year(from.year));
        }
        let Some(years) = partial.years else { return Err(self.year_missing(partial)) };
        if let Some(loose) = partial.loose {
            return Err(DateError::at(at, format!("what {} counts is not clear", loose.value), None));
        }
        match years {
            Years::Year(year) => {
                if year == 0 || (partial.is_bc && year < 0) {
                    return Err(DateError::at(at, "there is no year 0: 1 BCE is followed by 1 CE", None));
                }
                self.in_year(partial, if partial.is_bc { 1 - year } else { year })
            }
            _ if partial.month.or(partial.day).or(partial.season).is_some() || partial.clock.is_some() => {
                Err(DateError::at(at, "a day or a month needs a year", None))
            }
            Years::Decade(first) => many_years(partial, first, 10, 1),
            Years::Century(number) => many_years(partial, (number - 1) * 100, 100, 2),
            Years::Millennium(number) => many_years(partial, (number - 1) * 1000, 1000, 3),
        }
    }

    fn in_year(&self, partial: &Partial, year: i64) -> Result<Value, DateError> {
        let at = partial.at;
        match (partial.season, partial.month, partial.day) {
            (Some(_), Some(_), _) | (Some(_), _, Some(_)) => {
                Err(DateError::at(at, "a season and a month cannot stand together", None))
            }
            (Some(code), None, None) => season(partial, year, code),
            (None, None, Some(_)) => Err(DateError::at(at, "the month is missing", None)),
            (None, None, None) => self.part_of_year(partial, year),
            (None, Some(month), None) => part_of_month(partial, year, month),
            (None, Some(month), Some(day)) => {
                if partial.part.is_some() || partial.half.is_some() {
                    return Err(DateError::at(at, "a day has no early, mid or late here", None));
                }
                let text = format!("{}-{month:02}-{day:02}", year_text(year));
                let date = parsed(&text, at)?;
                check_weekday(partial, CivilDay::new(year, month, day))?;
                match partial.clock {
                    Some(_) => timed(partial, self.choice, &text, date),
                    None => Ok(Value::Exact(date)),
                }
            }
        }
    }

    fn part_of_year(&self, partial: &Partial, year: i64) -> Result<Value, DateError> {
        if partial.clock.is_some() || partial.weekday.is_some() {
            return Err(DateError::at(partial.at, "the day is missing", None));
        }
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
        window(from, to, Precision::Month, Date::from_year(year))
    }

    fn year_missing(&self, partial: &Partial) -> DateError {
        let hint = self.today.and_then(|today| {
            let guess = Partial { years: Some(Years::Year(today.year)), ..partial.clone() };
            match self.unqualified(&guess).ok()? {
                Value::Exact(date) | Value::Time { date, .. } => Some(date.to_string()),
                Value::Window { from, to, .. } => Some(format!("[{from}..{to}]")),
            }
        });
        if partial.is_empty() {
            return DateError::at(partial.at, "no date is given", None);
        }
        DateError::at(partial.at, "the year is missing", hint)
    }
}

/// Early, mid and late are thirds: days 1–10, 11–20, 21–end.
fn part_of_month(partial: &Partial, year: i64, month: u8) -> Result<Value, DateError> {
    let at = partial.at;
    if partial.clock.is_some() || partial.weekday.is_some() {
        return Err(DateError::at(at, "the day is missing", None));
    }
    let coarse = parsed(&format!("{}-{month:02}", year_text(year)), at)?;
    let last = CivilDay::days_in_month(year, month);
    let days = match (partial.part, partial.half) {
        (None, None) => return Ok(Value::Exact(coarse)),
        (None, Some(1)) => (1, 15),
        (None, Some(_)) => (16, last),
        (Some(Part::Early), _) => (1, 10),
        (Some(Part::Mid), _) => (11, 20),
        (Some(Part::Late), _) => (21, last),
    };
    window(CivilDay::new(year, month, days.0), CivilDay::new(year, month, days.1), Precision::Day, coarse)
}

/// Early, mid and late of a season are its months.
fn season(partial: &Partial, year: i64, code: u8) -> Result<Value, DateError> {
    let at = partial.at;
    let date = parsed(&format!("{}-{code}", year_text(year)), at)?;
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

/// A decade, century or millennium: by mask where EDTF has one, as a window of years before the era.
fn many_years(partial: &Partial, first: i64, length: i64, masked: usize) -> Result<Value, DateError> {
    let at = partial.at;
    let (first, last) = if partial.is_bc {
        // The 5th century BCE is 500–401 BCE; the 440s BCE are 449–440 BCE.
        let nearest = if length == 10 { first } else { first + 1 };
        (1 - (nearest + length - 1), 1 - nearest)
    } else {
        (first, first + length - 1)
    };
    let years = |from: i64, to: i64| -> Result<Value, DateError> {
        let (from, to) = (CivilDay::new(from, 1, 1), CivilDay::new(to, 1, 1));
        let coarse = if first < 0 { Date::from_year(from.year) } else { parsed(&mask(first, masked), at)? };
        window(from, to, Precision::Year, coarse)
    };
    let third = length / 3;
    match (partial.part, partial.half) {
        (None, None) if first < 0 => years(first, last),
        (None, None) => Ok(Value::Exact(parsed(&mask(first, masked), at)?)),
        (None, Some(1)) => years(first, first + length / 2 - 1),
        (None, Some(_)) => years(first + length / 2, last),
        (Some(Part::Early), _) => years(first, first + third),
        (Some(Part::Mid), _) => years(first + third + 1, last - third),
        (Some(Part::Late), _) => years(last - third + 1, last),
    }
}

fn mask(first: i64, masked: usize) -> String {
    let digits = year_text(first);
    let kept = digits.len().saturating_sub(masked);
    format!("{}{}", digits.get(..kept).unwrap_or_default(), "X".repeat(masked))
}

/// A time without a zone needs its seconds in EDTF; with one, minutes can be said alone.
fn timed(partial: &Partial, choice: Choice, day_text: &str, day: Date) -> Result<Value, DateError> {
    let Some(clock) = partial.clock else { return Ok(Value::Exact(day)) };
    let minutes = format!("{day_text}T{:02}:{:02}", clock.hour, clock.minute);
    let with_seconds = format!("{minutes}:{:02}", clock.second.unwrap_or(0));
    let precise = if clock.second.is_some() { &with_seconds } else { &minutes };
    let text = match partial.zone {
        None => with_seconds,
        Some(ZoneWords::Zone(zone)) => format!("{precise}[{}]", zone.name()),
        Some(ZoneWords::Shift(0)) if clock.second.is_none() => format!("{minutes}[UTC]"),
        Some(ZoneWords::Shift(0)) => format!("{with_seconds}Z"),
        Some(ZoneWords::Shift(minutes)) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{with_seconds}{sign}{:02}:{:02}", minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60)
        }
    };
    let text = choice.occurrence.map_or_else(|| text.clone(), |occurrence| occurrence.applied(&text));
    Ok(Value::Time { date: parsed(&text, partial.at)?, day })
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

/// Four digits, or EDTF's `Y` beyond them.
fn year_text(year: i64) -> String {
    Date::from_year(year).to_string()
}

/// The date of a text put together here; its faults are told where the words began.
fn parsed(text: &str, at: usize) -> Result<Date, DateError> {
    Date::parse_plainly(text).map_err(|error| DateError::at(at, explain::in_words(text, &error), None))
}

fn window(from: CivilDay, to: CivilDay, precision: Precision, coarse: Date) -> Result<Value, DateError> {
    let written = |day: CivilDay| match precision {
        Precision::Day => Date::from_day(day),
        Precision::Month => Date::from_month(day.year, day.month),
        _ => Date::from_year(day.year),
    };
    Ok(Value::Window { from: written(from), to: written(to), coarse })
}

const fn is_relation(mean: Mean) -> bool {
    matches!(mean, Mean::Before | Mean::By | Mean::After | Mean::From | Mean::Since | Mean::Until)
}

fn without_leading_noise(tokens: &[Token]) -> &[Token] {
    let noise =
        tokens.iter().take_while(|token| matches!(token.kind, Kind::Mean(Mean::Noise | Mean::InOrCentury))).count();
    tokens.get(noise..).unwrap_or_default()
}

/// Takes out the word that bounds, and keeps qualifiers before it ("probably before 1945").
fn leading_relation(tokens: &mut Vec<Token>) -> Option<Mean> {
    let is_qualifier = |token: &&Token| {
        matches!(token.kind, Kind::Mean(Mean::Approximate | Mean::Uncertain | Mean::Noise) | Kind::Tilde)
    };
    let at = tokens.iter().take_while(is_qualifier).count();
    match tokens.get(at).map(|token| &token.kind) {
        Some(Kind::Mean(mean)) if is_relation(*mean) || *mean == Mean::Between => {
            let mean = *mean;
            tokens.remove(at);
            Some(mean)
        }
        _ => None,
    }
}

/// The two dates of a phrase and what joins them. A dash joins unless it stands inside a word ("mid-2024").
fn split(tokens: &[Token], opening: Option<Mean>) -> Option<(&[Token], Mean, &[Token])> {
    let is_inside_word = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at)).map(|token| &token.kind);
        let after = tokens.get(at + 1).map(|token| &token.kind);
        matches!(before, Some(Kind::Mean(Mean::Part(_) | Mean::Approximate)) | None)
            || matches!(after, Some(Kind::Mean(Mean::Century | Mean::Millennium | Mean::Decade)) | None)
    };
    let joint = |at: usize, token: &Token| match token.kind {
        Kind::Dash if !is_inside_word(at) => Some(Mean::To),
        Kind::Tilde if at > 0 && at + 1 < tokens.len() => Some(Mean::To),
        Kind::Mean(mean @ (Mean::To | Mean::Or | Mean::And)) => Some(mean),
        // "from … until …", "с … до …", "…부터 …".
        Kind::Mean(Mean::Until | Mean::Before) if matches!(opening, Some(Mean::Since | Mean::From)) => Some(Mean::To),
        Kind::Mean(Mean::Since) if at > 0 => Some(Mean::To),
        Kind::Mean(Mean::Until) if at > 0 => Some(Mean::To),
        _ => None,
    };
    let (at, mean) = tokens.iter().enumerate().find_map(|(at, token)| Some((at, joint(at, token)?)))?;
    let left = tokens.get(..at)?;
    let mut right = tokens.get(at + 1..)?;
    // "24일부터 26일까지": the last word bounds what the joint already joins.
    if let Some((Token { kind: Kind::Mean(Mean::Until | Mean::Noise), .. }, rest)) = right.split_last() {
        right = rest;
    }
    (!left.is_empty() && !right.is_empty()).then_some((left, mean, right))
}

/// Lets each of two joined dates have what only the other says: "21–31 October 2024", "October 21, 2024 – November 3".
fn share(a: &mut Partial, b: &mut Partial) {
    let is_bare_year = |partial: &Partial| {
        partial.years.is_some() && partial.month.is_none() && partial.season.is_none() && partial.day.is_none()
    };
    let only_loose = |partial: &Partial| {
        partial.years.is_none() && partial.month.is_none() && partial.season.is_none() && partial.day.is_none()
    };
    // "44–27 BCE", "1939–45".
    if let (Some(number), true, true) = (a.loose, only_loose(a), is_bare_year(b)) {
        a.years = Some(Years::Year(number.value.into()));
        a.is_bc = b.is_bc;
        a.loose = None;
    }
    if let (Some(number), true, true, Some(Years::Year(first))) = (b.loose, only_loose(b), is_bare_year(a), a.years) {
        let last = i64::from(number.value);
        let modulus = if number.digits == 1 { 10 } else { 100 };
        let in_same = if first >= modulus && !b.is_bc { first - first.rem_euclid(modulus) + last } else { last };
        b.years = Some(Years::Year(in_same));
        b.is_bc |= a.is_bc && !b.is_bc && last < first;
        b.loose = None;
    }
    if a.years.is_none() {
        (a.years, a.is_bc) = (b.years, b.is_bc);
    } else if b.years.is_none() {
        (b.years, b.is_bc) = (a.years, a.is_bc);
    } else if b.is_bc && matches!((a.years, b.years), (Some(Years::Year(a)), Some(Years::Year(b))) if a > b) {
        a.is_bc = true;
    }
    if a.clock.is_some() || b.clock.is_some() {
        (a.zone, b.zone) = (a.zone.or(b.zone), b.zone.or(a.zone));
    }
    let (from_a, from_b) = ((a.month, a.day), (b.month, b.day));
    complete(a, from_b);
    complete(b, from_a);
}

/// Gives a day or a time the month (and day) of the other date.
fn complete(partial: &mut Partial, (month, day): (Option<u8>, Option<u8>)) {
    let has_day = partial.loose.is_some() || partial.day.is_some();
    if partial.month.is_none() && partial.season.is_none() && (has_day || partial.clock.is_some()) {
        partial.month = month;
        if !has_day {
            partial.day = day;
        }
    }
    if let (Some(number), Some(_), None) = (partial.loose, partial.month, partial.day) {
        partial.day = u8::try_from(number.value).ok();
        partial.loose = None;
    }
}

/// Once: a date, or a window.
fn once(read: &Qualified) -> Result<Date, DateError> {
    match &read.value {
        Value::Exact(date) => parsed(&format!("{date}{}", read.qualifier), read.at),
        Value::Window { from, to, .. } if read.qualifier.is_empty() => parsed(&format!("[{from}..{to}]"), read.at),
        Value::Window { from, to, .. } => Err(DateError::at(
            read.at,
            "EDTF cannot mark such a window as approximate or uncertain",
            Some(format!("[{from}..{to}]")),
        )),
        Value::Time { date, .. } if read.qualifier.is_empty() => Ok(date.clone()),
        Value::Time { day, .. } => Err(DateError::at(
            read.at,
            "EDTF cannot mark a time as approximate or uncertain",
            Some(format!("{day}{}", read.qualifier)),
        )),
    }
}

fn related(relation: Mean, read: &Qualified) -> Result<Date, DateError> {
    let Qualified { at, qualifier, .. } = read;
    let (first, last) = match &read.value {
        Value::Exact(date) => (date, date),
        Value::Window { from, to, .. } => (from, to),
        // A set cannot hold a time: the day is the most that can be said.
        Value::Time { day, .. } => match relation {
            Mean::Before | Mean::By => return parsed(&format!("[..{day}{qualifier}]"), *at),
            Mean::After | Mean::From => return parsed(&format!("[{day}{qualifier}..]"), *at),
            _ => (day, day),
        },
    };
    match (relation, &read.value) {
        (Mean::Before, _) => parsed(&format!("[..{}{qualifier}]", beside(first, -1, *at)?), *at),
        (Mean::After, _) => parsed(&format!("[{}{qualifier}..]", beside(last, 1, *at)?), *at),
        (Mean::By, _) => parsed(&format!("[..{last}{qualifier}]"), *at),
        (Mean::From, _) => parsed(&format!("[{first}{qualifier}..]"), *at),
        (Mean::Since, Value::Time { date, .. }) => parsed(&format!("{date}/.."), *at),
        (Mean::Until, Value::Time { date, .. }) => parsed(&format!("/{date}"), *at),
        (Mean::Since, Value::Window { coarse, .. }) => parsed(&format!("{coarse}{qualifier}/.."), *at),
        (Mean::Until, Value::Window { coarse, .. }) => parsed(&format!("/{coarse}{qualifier}"), *at),
        (Mean::Since, _) => parsed(&format!("{first}{qualifier}/.."), *at),
        (Mean::Until, _) => parsed(&format!("/{last}{qualifier}"), *at),
        _ => once(read),
    }
}

/// The unit next to a date: the month before a month, otherwise the day before its first or after its last.
fn beside(date: &Date, by: i64, at: usize) -> Result<Date, DateError> {
    let too_far = || DateError::at(at, "this is beyond what can be written", None);
    let bounds = date.day_bounds();
    let bound = if by < 0 { bounds.earliest } else { bounds.latest };
    let DayBound::Day(edge) = bound else { return Err(too_far()) };
    let day = CivilDay::from_number(edge.number().checked_add(by).ok_or_else(too_far)?);
    let is_plain = date.as_str().bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    Ok(match date.precision() {
        Precision::Year if is_plain => Date::from_year(day.year),
        Precision::Month if is_plain => Date::from_month(day.year, day.month),
        _ => Date::from_day(day),
    })
}

/// Once, between two dates: at their own precision where they share one, by days otherwise.
fn between(a: &Qualified, b: &Qualified) -> Result<Date, DateError> {
    let ends = |read: &Qualified| match &read.value {
        Value::Exact(date) => (date.clone(), date.clone()),
        Value::Window { from, to, .. } => (from.clone(), to.clone()),
        Value::Time { day, .. } => (day.clone(), day.clone()),
    };
    if !a.qualifier.is_empty() || !b.qualifier.is_empty() {
        return Err(DateError::at(a.at, "EDTF cannot mark the ends of such a window", None));
    }
    let (from, to) = (ends(a).0, ends(b).1);
    let text = format!("[{from}..{to}]");
    if let Ok(date) = Date::parse_plainly(&text) {
        return Ok(date);
    }
    match (from.day_bounds().earliest, to.day_bounds().latest) {
        (DayBound::Day(first), DayBound::Day(last)) => {
            parsed(&format!("[{}..{}]", Date::from_day(first), Date::from_day(last)), a.at)
        }
        _ => parsed(&text, a.at),
    }
}

/// From one to the other. EDTF has no windows inside an interval: what holds them stands for them.
fn span(a: &Qualified, b: &Qualified) -> Result<Date, DateError> {
    let end = |read: &Qualified| match &read.value {
        Value::Exact(date) => format!("{date}{}", read.qualifier),
        Value::Window { coarse, .. } => format!("{coarse}{}", read.qualifier),
        Value::Time { date, .. } => date.to_string(),
    };
    parsed(&format!("{}/{}", end(a), end(b)), b.at)
}

/// One of two, or both.
fn set(a: &Qualified, b: &Qualified, open: char, close: char) -> Result<Date, DateError> {
    let member = |read: &Qualified| match &read.value {
        Value::Exact(date) => Ok(format!("{date}{}", read.qualifier)),
        Value::Window { from, to, .. } if read.qualifier.is_empty() => Ok(format!("{from}..{to}")),
        _ => Err(DateError::at(read.at, "EDTF cannot hold this in a set of dates", None)),
    };
    parsed(&format!("{open}{},{}{close}", member(a)?, member(b)?), b.at)
}
