//! People's words into dates: "late October 2024", "c. 1950", "24 октября 2024 г.", "2024년 10월 24일".
//!
//! Owns the languages and the conventions (early, mid, late; quarters; centuries), which `docs/DATES.md` lists. What is read
//! becomes a [`Date`] that says no more than the words did; where they can mean two days, both are given and neither is
//! chosen. What EDTF can read is never read otherwise. A time that came twice or never, because clocks were changed, is
//! asked about too.
//!
//! **Every word counts.** The reader is a grammar, and each token is taken by exactly one rule of it; a text with one that no
//! rule takes is refused. `tokens` cuts a text into words and numbers, `lexicon` knows what the words mean and
//! `homographs` which of two things one means in its place; `statement` is
//! the rule of a whole phrase, `parts` that of one date, with its `marks`, `numbers`, `digits`, `numeric` dates, `stretches`
//! and `clock`; `partial` holds what they gather, `value` makes a date of it and `join` of several. `choices` asks what a rule cannot know.
//!
//! ```text
//! phrase  = mark* opening? side (joint side)* closing? "."?
//! opening = "before" | "by" | "after" | "from" | "since" | "until" | "between" | "either" …
//! side    = date | "?" | "now"                       an end that is unknown, or has not come
//! joint   = "to" | dash | "/" | "~" | ".." | "or" | "and" | ";" | ","
//! closing = "onwards" | "or later" | 까지 | 以前 …
//! date    = mark* part (connective? part)* mark*
//! part    = number | month | season | weekday | early … | week | time | zone | era | day seen from today
//! number  = military | numeric | time | count unit | year | digits | day
//! ```

mod choices;
mod clock;
mod days;
mod digits;
mod homographs;
mod join;
mod lexicon;
mod marks;
mod numbers;
mod numeric;
mod partial;
mod parts;
mod reader;
mod statement;
mod stretches;
mod tokens;
mod value;

use super::date::Date;
use super::error::DateError;
use super::occurrence::Occurrence;
use super::{CivilDay, Instant, fault};
use reader::Reader;

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

/// Reads a phrase. `now` is the present on the axis of the timeline's zone, for "yesterday" and "last month".
///
/// ```
/// use annalist::time::{Instant, Reading, read_phrase};
///
/// let read = |text: &str| read_phrase(text, Instant::default());
/// assert!(matches!(read("c. 1950–1960"), Reading::Date(date) if date.as_str() == "1950~/1960~"));
/// assert!(matches!(read("05/11/2024"), Reading::Ambiguous(ways) if ways.len() == 2));
/// assert!(matches!(read("30 February 2013"), Reading::None(error) if error.message == "February 2013 has 28 days"));
/// ```
pub fn read_phrase(text: &str, now: Instant) -> Reading {
    let exact = text.trim();
    if let Some(ways) = occurrences(|occurrence| Date::parse(&occurrence.applied(exact))) {
        return Reading::Ambiguous(ways.into());
    }
    match Date::parse(exact) {
        Ok(date) => match unknown_start(exact) {
            Some(span) => Reading::Ambiguous([span, date].map(|date| (date.clone(), date.describe())).into()),
            None => Reading::Date(date),
        },
        Err(error) => match readings(exact, Some(now.day())) {
            Ok(dates) => Reading::of(dates),
            Err(words) => {
                let told = fault::better(exact, error, words);
                // Offsets are of the text as it stands.
                Reading::None(DateError { offset: told.offset + (text.len() - text.trim_start().len()), ..told })
            }
        },
    }
}

/// The one date that a phrase can mean whenever it is read; none for "yesterday", nor for 05/11/2024.
pub fn unambiguous(text: &str) -> Option<Date> {
    match Reading::of(readings(text.trim(), None).ok()?) {
        Reading::Date(date) => Some(date),
        Reading::Ambiguous(_) | Reading::None(_) => None,
    }
}

impl Reading {
    fn of(mut dates: Vec<(Date, String)>) -> Self {
        if dates.len() > 1 {
            return Self::Ambiguous(dates);
        }
        match dates.pop() {
            Some((date, _)) => Self::Date(date),
            None => Self::None(DateError::at(0, "no date is given", None)),
        }
    }
}

/// Every distinct reading of what EDTF does not read, the likeliest first.
pub(super) fn readings(text: &str, today: Option<CivilDay>) -> Result<Vec<(Date, String)>, DateError> {
    if text.len() > LONGEST_PHRASE {
        return Err(DateError::at(text.floor_char_boundary(LONGEST_PHRASE), "this is too long for a date", None));
    }
    if lexicon::says_undated(text) {
        return Err(DateError::at(0, "this says that there is no date", None));
    }
    if let Some(date) = respelled(text) {
        return Ok(vec![(date, String::new())]);
    }
    let mut tokens = tokens::tokens(text)?;
    homographs::settle(text, &mut tokens);
    let ways = choices::every_way(|answers| {
        let at = |occurrence| {
            Reader { text, tokens: &tokens, next: 0, answers, today, occurrence: Some(occurrence) }.phrase()
        };
        match occurrences(at) {
            Some(both) => Ok(both.map(|(date, when)| (date, Some(when))).to_vec()),
            None => at(Occurrence::Before).map(|date| vec![(date, None)]),
        }
    });
    let mut found: Vec<(Date, String)> = Vec::new();
    let mut first_error = None;
    for (read, way) in ways {
        match read {
            Ok(dates) => {
                for (date, when) in dates {
                    let told = match (way.as_str(), when) {
                        ("", Some(when)) => when,
                        ("", None) => date.describe(),
                        (way, Some(when)) => format!("{}, {way}, {when}", date.describe()),
                        (way, None) => format!("{}, {way}", date.describe()),
                    };
                    if found.iter().all(|(known, _)| *known != date) {
                        found.push((date, told));
                    }
                }
            }
            Err(error) => {
                // A hint that only one of the ways leads to would choose between them.
                let other = first_error.take().map(|first: DateError| DateError {
                    hint: first.hint.filter(|hint| error.hint.as_ref() == Some(hint)),
                    ..first
                });
                first_error = other.or(Some(error));
            }
        }
    }
    match first_error {
        Some(error) if found.is_empty() => Err(error),
        _ => Ok(found),
    }
}

/// "?-1971" as people mean it: until 1971, from nobody knows when. To EDTF it is a doubtful year before the era.
fn unknown_start(text: &str) -> Option<Date> {
    let end = text.strip_prefix("?-").filter(|end| end.starts_with(|c: char| c.is_ascii_digit()))?;
    Date::parse(&format!("/{end}")).ok()
}

/// EDTF in small letters, or with a plus before its year: `202x`, `2024-10-uu`, `2024-10-24t09:30:00z`.
fn respelled(text: &str) -> Option<Date> {
    let spelled = |c: char| match c {
        'x' | 'u' => 'X',
        't' => 'T',
        'z' => 'Z',
        other => other,
    };
    let spelled: String = text.strip_prefix('+').unwrap_or(text).chars().map(spelled).collect();
    Date::parse(&spelled).ok()
}

/// Both readings of a clock time that came twice or never; none where it came once.
fn occurrences(read: impl Fn(Occurrence) -> Result<Date, DateError>) -> Option<[(Date, String); 2]> {
    let [before, after] = Occurrence::ALL.map(|occurrence| Some((read(occurrence).ok()?, occurrence)));
    let ways = [before?, after?];
    let [(before, _), (after, _)] = &ways;
    (before != after).then(|| ways.map(|(date, occurrence)| (date.clone(), occurrence.words(&date))))
}

#[cfg(test)]
mod tests;
