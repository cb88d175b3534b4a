//! The fault of a text that is not a date, in plain words.
//!
//! Owns what can be told from the text and its place alone, and which of two reasons says best what is wrong. What was
//! meant instead is `explain`'s to guess.

use super::CivilDay;
use super::calendar::{MONTHS, year_label};
use super::error::DateError;

/// The fault alone, in plain words.
pub(super) fn in_words(text: &str, error: &DateError) -> String {
    calendar_fault(text, error.offset).unwrap_or_else(|| plain_words(text, error))
}

/// The better of two reasons why a text is no date: EDTF's own where it was meant to be EDTF, that of the words otherwise.
pub(super) fn better(text: &str, edtf: DateError, words: DateError) -> DateError {
    if is_almost_edtf(text) {
        DateError { message: in_words(text, &edtf), hint: edtf.hint.or(words.hint), ..edtf }
    } else {
        words
    }
}

/// Whether a text has the marks of EDTF, so that its grammar says best what is wrong: a month in two digits behind the year,
/// brackets, masks, letters of the standard.
pub(super) fn is_almost_edtf(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text).as_bytes();
    let is_year_and_month = match unsigned.get(..7) {
        Some([year @ .., b'-', tens, ones]) if !unsigned.get(7).is_some_and(u8::is_ascii_digit) => {
            year.iter().chain([tens, ones]).all(|byte| byte.is_ascii_digit() || *byte == b'X')
        }
        _ => false,
    };
    let is_set = text.starts_with(['[', '{']) && text.ends_with([']', '}']);
    // Letters in brackets behind a time are its zone's.
    let outside = text.split_once('[').map_or(text, |(before, _)| if is_set { text } else { before });
    let is_foreign =
        |c: char| c.is_whitespace() || c.is_alphabetic() && !matches!(c, 'X' | 'T' | 'Z' | 'Y' | 'E' | 'S');
    let has_letters = outside.contains(['X', 'Y', '%']);
    // "05.08.XXXX" and "XX/XX/1999" are masked, but of no standard.
    let has_foreign_signs =
        text.contains('.') && !text.contains("..") && !text.contains([':', 'T']) || text.matches('/').count() > 1;
    text.is_ascii()
        && !has_foreign_signs
        && !outside.contains(is_foreign)
        && (is_year_and_month || has_letters || is_set || text.is_empty())
}

fn plain_words(text: &str, error: &DateError) -> String {
    match error.message.as_str() {
        "empty input" => "no date is given".to_owned(),
        "EDTF permits ASCII characters only" => match text.get(error.offset..).and_then(|rest| rest.chars().next()) {
            Some(found) => format!("\"{found}\" does not occur in a date"),
            None => error.message.clone(),
        },
        "whitespace is not allowed" => "a date has no spaces".to_owned(),
        "interval end precedes interval start" => "the interval ends before it starts".to_owned(),
        "year must have exactly four digits (or X)" => "a year is written with four digits".to_owned(),
        "month must be two digits (or X)" => "a month is written with two digits".to_owned(),
        "day must be two digits (or X)" => "a day is written with two digits".to_owned(),
        "month must be 01-12" => "a month is 01 to 12".to_owned(),
        "month must be 01-12 or a sub-year code 21-41" => {
            "a month is 01 to 12, and a season, quarter or half 21 to 41".to_owned()
        }
        "time must be hh:mm:ss" => "a time is written with its hour and minute, as 09:30".to_owned(),
        "time components must be two digits" => "hours, minutes and seconds are written with two digits".to_owned(),
        "hour must be 00-23 (24 is not allowed)" => "an hour is 00 to 23".to_owned(),
        "minute must be 00-59" | "shift minutes must be 00-59" => "a minute is 00 to 59".to_owned(),
        "second must be 00-60" => "a second is 00 to 59".to_owned(),
        "unexpected characters after day" => "what stands behind the day belongs to no date".to_owned(),
        "expected '-' before month" => "the hyphen before the month is missing".to_owned(),
        "expected '-' before day" => "the hyphen before the day is missing".to_owned(),
        "interval must contain exactly one '/'" => "a span has one slash, between its ends".to_owned(),
        "-0000 is not a valid year" => "there is no year -0000: 0000 is 1 BCE".to_owned(),
        message if message.starts_with("time shift") => {
            "an offset from UTC is written +03:00 or -05:00, and reaches 14 hours at most".to_owned()
        }
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
