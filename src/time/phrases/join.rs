//! Values into the date of a whole phrase: once, before or after, between two, from one to the other, one of several.

use super::lexicon::Mean;
use super::value::{Qualified, Value, parsed};
use crate::time::extent::DayBound;
use crate::time::{CivilDay, Precision};
use crate::time::{Date, DateError};

/// The end of a span that is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    /// It has not come.
    Open,
    /// It is not known.
    Unknown,
}

/// Once: a date, or a window.
pub(super) fn once(read: &Qualified) -> Result<Date, DateError> {
    match &read.value {
        Value::Exact(date) => parsed(&format!("{date}{}", read.qualifier), read.at),
        Value::Window { from, to, .. } if read.qualifier.is_empty() => parsed(&format!("[{from}..{to}]"), read.at),
        Value::Window { .. } => {
            Err(DateError::at(read.at, "EDTF cannot mark such a window as approximate or uncertain", read.value.text()))
        }
        Value::Time { date, .. } if read.qualifier.is_empty() => Ok(date.clone()),
        Value::Time { day, .. } => Err(DateError::at(
            read.at,
            "EDTF cannot mark a time as approximate or uncertain",
            Some(format!("{day}{}", read.qualifier)),
        )),
    }
}

/// Before, by, after or from a date, and what began or ended with it.
pub(super) fn related(relation: Mean, read: &Qualified) -> Result<Date, DateError> {
    let Qualified { at, qualifier, .. } = read;
    let (first, last) = match &read.value {
        Value::Exact(date) => (date, date),
        Value::Window { from, to, .. } => (from, to),
        // A set cannot hold a time: the day is the most that can be said.
        Value::Time { day, .. } => (day, day),
    };
    let is_time = matches!(read.value, Value::Time { .. });
    match relation {
        Mean::Before if is_time => parsed(&format!("[..{last}{qualifier}]"), *at),
        Mean::After if is_time => parsed(&format!("[{first}{qualifier}..]"), *at),
        Mean::Before => parsed(&format!("[..{}{qualifier}]", beside(first, -1, *at)?), *at),
        Mean::After => parsed(&format!("[{}{qualifier}..]", beside(last, 1, *at)?), *at),
        Mean::By => parsed(&format!("[..{last}{qualifier}]"), *at),
        Mean::From | Mean::NotBefore => parsed(&format!("[{first}{qualifier}..]"), *at),
        Mean::Since => half_open(read, Missing::Open, true),
        Mean::Until => half_open(read, Missing::Unknown, false),
        _ => once(read),
    }
}

/// A span of which one end is no date.
pub(super) fn half_open(read: &Qualified, missing: Missing, is_end: bool) -> Result<Date, DateError> {
    let mark = if missing == Missing::Open { ".." } else { "" };
    let around = |date: &str| if is_end { format!("{date}/{mark}") } else { format!("{mark}/{date}") };
    parsed(&around(&end(read, &|date| Some(around(date)))?), read.at)
}

/// The unit next to a date: the month before a month, otherwise the day before its first or after its last.
fn beside(date: &Date, by: i64, at: usize) -> Result<Date, DateError> {
    let too_far = || DateError::at(at, "this is beyond what can be written", None);
    let bounds = date.day_bounds();
    let bound = if by < 0 { bounds.earliest } else { bounds.latest };
    let DayBound::Day(edge) = bound else { return Err(too_far()) };
    if date.precision() == Precision::Year && edge.year.unsigned_abs() > 9_999 {
        return Ok(Date::from_year(edge.year.checked_add(by).ok_or_else(too_far)?));
    }
    let day = CivilDay::from_number(edge.number().checked_add(by).ok_or_else(too_far)?);
    let is_plain = date.as_str().bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    Ok(match date.precision() {
        Precision::Year if is_plain => Date::from_year(day.year),
        // "before the 1990s"
        _ if date.as_str().len() == 4 && date.as_str().bytes().all(|byte| byte.is_ascii_digit() || byte == b'X') => {
            Date::from_year(day.year)
        }
        Precision::Month if is_plain => Date::from_month(day.year, day.month),
        _ => Date::from_day(day),
    })
}

/// Once, between two dates: at their own precision where they share one, by days otherwise.
pub(super) fn between(a: &Qualified, b: &Qualified) -> Result<Date, DateError> {
    let ends = |read: &Qualified| match &read.value {
        Value::Exact(date) => (date.clone(), date.clone()),
        Value::Window { from, to, .. } => (from.clone(), to.clone()),
        Value::Time { day, .. } => (day.clone(), day.clone()),
    };
    let (from, to) = (ends(a).0, ends(b).1);
    // Two times of one day: a set cannot hold them, and the day is the most that can be said.
    let text = if from == to { from.to_string() } else { format!("[{from}..{to}]") };
    let read = Date::parse(&text);
    if !a.qualifier.is_empty() || !b.qualifier.is_empty() {
        let message = "EDTF cannot mark the ends of a window as approximate or uncertain";
        return Err(DateError::at(a.at, message, read.ok().map(|date| date.to_string())));
    }
    if let Ok(date) = read {
        return Ok(date);
    }
    match (from.day_bounds().earliest, to.day_bounds().latest) {
        (DayBound::Day(first), DayBound::Day(last)) => {
            parsed(&format!("[{}..{}]", Date::from_day(first), Date::from_day(last)), a.at)
        }
        _ => parsed(&text, a.at),
    }
}

/// From one to the other.
pub(super) fn span(a: &Qualified, b: &Qualified) -> Result<Date, DateError> {
    let wider = |read: &Qualified| match &read.value {
        Value::Window { coarse, .. } => coarse.as_ref().map(|coarse| format!("{coarse}{}", read.qualifier)),
        _ => end(read, &|_| None).ok(),
    };
    // "Early to mid October": what holds both is one and the same, and no span.
    let amid = match (&a.value, &b.value) {
        (Value::Window { from, coarse: Some(first), .. }, Value::Window { to, coarse: Some(last), .. })
            if first == last && a.qualifier.is_empty() && b.qualifier.is_empty() =>
        {
            Some(format!("[{from}..{to}]"))
        }
        _ => None,
    };
    if amid.is_some() {
        let message = "EDTF cannot begin or end a span within a window; that it was once, between the two, is";
        return Err(DateError::at(a.at, message, amid.filter(|hint| Date::parse(hint).is_ok())));
    }
    let whole = |_: &str| Some(format!("{}/{}", wider(a)?, wider(b)?));
    let (from, to) = (end(a, &whole)?, end(b, &whole)?);
    parsed(&format!("{from}/{to}"), b.at)
}

/// The text of one end of a span. EDTF has no windows there: which date holds it and says less is told, as the whole of the
/// span would be written with it, and never taken in silence.
fn end(read: &Qualified, whole: &dyn Fn(&str) -> Option<String>) -> Result<String, DateError> {
    match &read.value {
        Value::Exact(date) => Ok(format!("{date}{}", read.qualifier)),
        Value::Time { date, .. } if read.qualifier.is_empty() => Ok(date.to_string()),
        Value::Time { .. } => Err(DateError::at(read.at, "EDTF cannot mark a time as approximate or uncertain", None)),
        Value::Window { from, to, coarse } => {
            let wider = coarse.as_ref().and_then(|coarse| whole(&format!("{coarse}{}", read.qualifier)));
            let hint = wider.filter(|hint| Date::parse(hint).is_ok());
            let (from, to) = (from.describe(), to.describe());
            let message = format!("EDTF cannot begin or end a span within a window, here {from} to {to}");
            Err(DateError::at(read.at, message, hint))
        }
    }
}

/// The one window that parts of one month or year make, each of which begins where the one before it ends.
fn adjoining(members: &[Qualified]) -> Option<Qualified> {
    let mut windows = members.iter().map(|read| match &read.value {
        Value::Window { from, to, coarse: Some(coarse) } if read.qualifier.is_empty() => Some((from, to, coarse)),
        _ => None,
    });
    let (from, mut last, whole) = windows.next()??;
    for window in windows {
        let (next, to, coarse) = window?;
        if coarse != whole || beside(last, 1, 0).ok()? != *next {
            return None;
        }
        last = to;
    }
    let value = Value::Window { from: from.clone(), to: last.clone(), coarse: None };
    Some(Qualified { at: 0, value, qualifier: "" })
}

/// One of several, or all of them.
pub(super) fn set(members: &[Qualified], open: char, close: char) -> Result<Date, DateError> {
    let member = |read: &Qualified| match &read.value {
        Value::Exact(date) => Ok(format!("{date}{}", read.qualifier)),
        Value::Window { from, to, .. } if read.qualifier.is_empty() => Ok(format!("{from}..{to}")),
        _ => Err(DateError::at(read.at, "EDTF cannot hold this in a set of dates", None)),
    };
    // "Early or mid October" is one stretch of it.
    if open == '['
        && let Some(whole) = adjoining(members)
    {
        return once(&whole);
    }
    let members: Vec<String> = members.iter().map(member).collect::<Result<_, _>>()?;
    let at = 0;
    if members.iter().enumerate().any(|(index, member)| members.iter().skip(index + 1).any(|other| other == member)) {
        return Err(DateError::at(at, "the same date stands here twice", members.first().cloned()));
    }
    parsed(&format!("{open}{}{close}", members.join(",")), at)
}
