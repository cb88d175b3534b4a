//! What to say of a text that is not a date: the fault in plain words, and what was probably meant.
//!
//! A hint is only ever a text that parses.

use super::calendar::{MONTHS, year_label};
use super::date::{Date, DateError};
use super::{CivilDay, phrases};

/// Longer texts are not worth guessing at.
const LONGEST_GUESS: usize = 80;

/// The same error in plain words and, where one can be told, with what to write instead.
pub(super) fn explain(text: &str, error: DateError) -> DateError {
    let message = in_words(text, &error);
    let hint = error.hint.filter(|hint| Date::parse_plainly(hint).is_ok()).or_else(|| mended(text));
    DateError { message, offset: error.offset, hint }
}

/// The fault alone, in plain words.
pub(super) fn in_words(text: &str, error: &DateError) -> String {
    calendar_fault(text, error.offset).unwrap_or_else(|| plain_words(text, error))
}

fn plain_words(text: &str, error: &DateError) -> String {
    match error.message.as_str() {
        "empty input" => "no date is given".to_owned(),
        "EDTF permits ASCII characters only" => match text.get(error.offset..).and_then(|rest| rest.chars().next()) {
            Some(found) => format!("\"{found}\" does not occur in a date"),
            None => error.message.clone(),
        },
        "whitespace is not allowed" => "a date has no spaces".to_owned(),
        message => message.to_owned(),
    }
}

/// Names the month that has no such day, or the month that does not exist, in a `YYYY-MM[-DD]` at the fault.
fn calendar_fault(text: &str, offset: usize) -> Option<String> {
    for back in [8, 5] {
        let Some(start) = offset.checked_sub(back) else { continue };
        let Some(date) = text.get(start..) else { continue };
        let Some(year) = date.get(..4).and_then(digits) else { continue };
        // A minus before it is a sign where no date ends there.
        let before = text.get(..start).unwrap_or_default();
        let is_negative =
            before.strip_suffix('-').is_some_and(|before| !before.ends_with(|c: char| c.is_ascii_alphanumeric()));
        let year = if is_negative { -year } else { year };
        if date.get(4..5) != Some("-") {
            continue;
        }
        let Some(month) = date.get(5..7).and_then(digits) else { continue };
        if back == 5 {
            return (month == 0 || month > 12).then(|| format!("there is no month {month:02}"));
        }
        let (Some("-"), Some(day)) = (date.get(7..8), date.get(8..10).and_then(digits)) else { continue };
        let number = u8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
        let days = CivilDay::days_in_month(year, number);
        let name = MONTHS.get(usize::from(number) - 1)?;
        return (day == 0 || day > i64::from(days)).then(|| format!("{name} {} has {days} days", year_label(year)));
    }
    None
}

fn digits(text: &str) -> Option<i64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// What was probably meant, where that is a date.
fn mended(text: &str) -> Option<String> {
    if text.len() > LONGEST_GUESS {
        return None;
    }
    let trimmed = text.trim();
    let parses = |candidate: &String| candidate != text && Date::parse_plainly(candidate).is_ok();
    [
        Some(trimmed.to_owned()),
        Some(padded(trimmed)),
        Some(uppercased(trimmed)),
        compact(trimmed),
        years(trimmed),
        trimmed.strip_prefix('+').map(str::to_owned),
    ]
    .into_iter()
    .flatten()
    .find(parses)
    .or_else(|| phrases::unambiguous(trimmed).map(|date| date.to_string()))
}

/// `2024-6`, `2024/6/1`, `2024.10.24`: year, month and day in this order, however divided.
fn padded(text: &str) -> String {
    let parts: Vec<&str> = text.split(['-', '/', '.', '\u{2010}', '\u{2011}', '\u{2013}', '\u{2212}']).collect();
    let is_number = |part: &&str| digits(part).is_some() && !part.is_empty();
    match parts.as_slice() {
        [year, rest @ ..] if year.len() == 4 && rest.len() <= 2 && parts.iter().all(is_number) => {
            let rest: Vec<String> = rest.iter().map(|part| format!("{part:0>2}")).collect();
            std::iter::once((*year).to_owned()).chain(rest).collect::<Vec<_>>().join("-")
        }
        _ => text.to_owned(),
    }
}

/// `202x`, `2024-10-uu`, `2024-10-24t09:30:00z`, `2024-10-24 09:30:00`.
fn uppercased(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'x' | 'u' => 'X',
            't' | ' ' => 'T',
            'z' => 'Z',
            other => other,
        })
        .collect()
}

/// `20241024` and `202406`.
fn compact(text: &str) -> Option<String> {
    digits(text)?;
    match text.len() {
        8 => Some(format!("{}-{}-{}", text.get(..4)?, text.get(4..6)?, text.get(6..8)?)),
        6 => Some(format!("{}-{}", text.get(..4)?, text.get(4..6)?)),
        _ => None,
    }
}

/// `1939-1945`, `1939/45` and `1939..1945`.
fn years(text: &str) -> Option<String> {
    let (from, to) = text
        .split_once("..")
        .or_else(|| text.split_once(['-', '/', '\u{2013}', '\u{2014}']))
        .map(|(from, to)| (from.trim(), to.trim()))?;
    digits(from)?;
    digits(to)?;
    match (from.len(), to.len()) {
        (4, 4) => Some(format!("{from}/{to}")),
        (4, 2) if to > from.get(2..4)? && digits(to)? > 12 => Some(format!("{from}/{}{to}", from.get(..2)?)),
        _ => None,
    }
}
