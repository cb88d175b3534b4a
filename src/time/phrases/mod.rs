//! People's words into dates: "late October 2024", "c. 1950", "24 октября 2024 г.", "2024년 10월 24일".
//!
//! Owns the languages and the conventions (early, mid, late; quarters; centuries), which `docs/DATES.md` lists. What is read
//! becomes a [`Date`] that says no more than the words did; where they can mean two days, both are given and neither is
//! chosen. What EDTF can read is never read otherwise. A time that came twice or never, because clocks were changed, is
//! asked about too.
//!
//! `tokens` cuts a text into words and numbers, `lexicon` knows what the words mean, `partial` gathers one date's parts,
//! `compose` joins parts into windows and spans.

mod compose;
mod lexicon;
mod partial;
mod tokens;

use super::date::{Date, DateError};
use super::occurrence::Occurrence;
use super::{CivilDay, Instant};

/// Longer texts are not dates.
const LONGEST_PHRASE: usize = 200;

/// What a phrase means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// This date.
    Date(Date),
    /// One of these, each with how it was read ("day first"). At least two.
    Ambiguous(Vec<(Date, String)>),
    /// None.
    None(DateError),
}

/// How a phrase is taken where it leaves a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Choice {
    /// 12/04/1985 is 12 April.
    day_first: bool,
    /// "1900s" are a hundred years.
    hundreds: bool,
    /// A clock time that came twice or never is this one; none leaves it as it is.
    occurrence: Option<Occurrence>,
}

/// Reads a phrase. `now` is the present on the axis of the timeline's zone, for "yesterday" and "last month".
pub fn read_phrase(text: &str, now: Instant) -> Reading {
    let exact = text.trim();
    if let Some(ways) = occurrences(|occurrence| Date::parse_plainly(&occurrence.applied(exact))) {
        return Reading::Ambiguous(ways.into());
    }
    if let Ok(date) = Date::parse_plainly(exact) {
        return Reading::Date(date);
    }
    match readings(text, Some(now.day())) {
        Ok(mut dates) if dates.len() > 1 => {
            dates.dedup_by(|a, b| a.0 == b.0);
            Reading::Ambiguous(dates)
        }
        Ok(dates) => match dates.into_iter().next() {
            Some((date, _)) => Reading::Date(date),
            None => Reading::None(DateError::at(0, "no date is given", None)),
        },
        Err(error) => Reading::None(error),
    }
}

/// The one date that a phrase can mean whenever it is read; none for "yesterday", nor for 05/11/2024.
pub fn unambiguous(text: &str) -> Option<Date> {
    let mut dates = readings(text, None).ok()?.into_iter();
    let (date, _) = dates.next()?;
    dates.next().is_none().then_some(date)
}

/// Every distinct reading, the day-first one leading.
fn readings(text: &str, today: Option<CivilDay>) -> Result<Vec<(Date, String)>, DateError> {
    if text.len() > LONGEST_PHRASE {
        return Err(DateError::at(LONGEST_PHRASE, "this is too long for a date", None));
    }
    let tokens = tokens::tokens(text)?;
    let mut found: Vec<(Date, String)> = Vec::new();
    let mut first_error = None;
    for (choice, way) in choices(&tokens) {
        let at = |occurrence| compose::date(&tokens, Choice { occurrence: Some(occurrence), ..choice }, today);
        if let Some(ways) = occurrences(at) {
            let told = |(date, when): (Date, String)| {
                let when = if way.is_empty() { when } else { format!("{}, {way}, {when}", date.describe()) };
                (date, when)
            };
            found.extend(ways.map(told));
            continue;
        }
        match compose::date(&tokens, choice, today) {
            Ok(date) if found.iter().all(|(known, _)| *known != date) => {
                let way = if way.is_empty() { date.describe() } else { format!("{}, {way}", date.describe()) };
                found.push((date, way));
            }
            Ok(_) => {}
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    match (found.is_empty(), first_error) {
        (true, Some(error)) => Err(error),
        (true, None) => Err(DateError::at(0, "no date is given", None)),
        (false, _) => Ok(found),
    }
}

/// Both readings of a clock time that came twice or never; none where it came once.
fn occurrences(read: impl Fn(Occurrence) -> Result<Date, DateError>) -> Option<[(Date, String); 2]> {
    let [before, after] = Occurrence::ALL.map(|occurrence| Some((read(occurrence).ok()?, occurrence)));
    let ways = [before?, after?];
    let [(before, _), (after, _)] = &ways;
    (before != after).then(|| ways.map(|(date, occurrence)| (date.clone(), occurrence.words(&date))))
}

fn choices(tokens: &[tokens::Token]) -> Vec<(Choice, &'static str)> {
    let plain = Choice { day_first: true, hundreds: false, occurrence: None };
    if tokens.iter().any(tokens::Token::has_two_orders) {
        return vec![(plain, "day first"), (Choice { day_first: false, ..plain }, "month first")];
    }
    if tokens.iter().any(tokens::Token::is_hundreds) {
        return vec![(plain, "ten years"), (Choice { hundreds: true, ..plain }, "a hundred years")];
    }
    vec![(plain, "")]
}

#[cfg(test)]
mod tests;
