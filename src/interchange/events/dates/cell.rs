//! A cell taken apart: numbers of a day, of an epoch or of a spreadsheet, or words.

use smol_str::SmolStr;

use super::parts::{Clock, Parts};
use crate::interchange::events::question::zone_suffix;

/// What a cell can be.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Nothing,
    /// What programs write where they have no date; the reason in words.
    Sentinel(&'static str),
    /// A date in an order that can be no other.
    Parts(Parts),
    /// Two numbers and a year, in an order that the column has to tell.
    Numbers(Numbers),
    /// A count of days or of fractions of seconds: whole part and fraction.
    Count(i64, SmolStr),
    /// Anything else.
    Words,
}

/// 1/20/2025, with what follows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbers {
    /// The first number.
    pub first: u8,
    /// The second.
    pub second: u8,
    /// The year as it is written.
    pub year: i64,
    /// Whether it has two digits.
    pub is_short: bool,
    /// Whether a dot stands between them: the day comes first then.
    pub has_dots: bool,
    /// The time behind.
    pub clock: Option<Clock>,
    /// Its zone.
    pub zone: Option<SmolStr>,
}

/// Takes a cell apart.
pub fn cell(text: &str) -> Cell {
    let text = text.trim();
    if text.is_empty() {
        return Cell::Nothing;
    }
    if let Some(reason) = sentinel(text) {
        return Cell::Sentinel(reason);
    }
    if let Some(count) = count(text) {
        return count;
    }
    let (date, rest) = date_and_rest(text);
    let Some((clock, zone)) = time_and_zone(rest) else { return Cell::Words };
    if let Some(parts) = iso_day(date) {
        return Cell::Parts(Parts { clock, zone, ..parts });
    }
    numbers(date).map_or(Cell::Words, |numbers| Cell::Numbers(Numbers { clock, zone, ..numbers }))
}

/// A time of day alone: "10:23", "10:23:05.5", "3:05 pm", "1023".
pub fn clock(text: &str) -> Option<Clock> {
    let text = text.trim();
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let (hour, minute) = text.split_at_checked(2)?;
        return whole(hour.parse().ok()?, minute.parse().ok()?, None, "");
    }
    let lower = text.to_ascii_lowercase();
    let half = ["a.m.", "am", "p.m.", "pm"].into_iter().find(|half| lower.ends_with(half));
    let digits = text.get(..text.len() - half.map_or(0, str::len))?.trim_end();
    let mut parts = digits.splitn(3, ':');
    let hour: u8 = number(parts.next()?)?;
    let minute = match parts.next() {
        Some(minute) => number(minute)?,
        // "3 pm" has no minutes, and "3" is no time.
        None if half.is_some() => 0,
        None => return None,
    };
    let (second, fraction) = match parts.next() {
        Some(second) => match second.split_once(['.', ',']) {
            Some((second, fraction)) => (Some(number(second)?), fraction),
            None => (Some(number(second)?), ""),
        },
        None => (None, ""),
    };
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) => hour % 12 + if half.starts_with('p') { 12 } else { 0 },
    };
    whole(hour, minute, second, fraction)
}

fn whole(hour: u8, minute: u8, second: Option<u8>, fraction: &str) -> Option<Clock> {
    let is_time = hour < 24 && minute < 60 && second.is_none_or(|second| second < 60);
    let is_fraction = fraction.len() <= 9 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    (is_time && is_fraction).then(|| Clock { hour, minute, second, fraction: fraction.into() })
}

/// One or two digits.
fn number(text: &str) -> Option<u8> {
    let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// What programs write where they have no date.
fn sentinel(text: &str) -> Option<&'static str> {
    let day = text.get(..10).unwrap_or(text);
    let has_midnight = || text.get(11..).is_none_or(|time| time.starts_with("00:00"));
    match day {
        "0" | "0.0" | "-1" => Some("it is a count of nothing"),
        "0000-00-00" | "00/00/0000" | "0/0/0000" | "00.00.0000" => Some("there is no such day"),
        "1900-01-00" | "1899-12-30" | "1899-12-31" if has_midnight() => Some("it is the day 0 of a spreadsheet"),
        "0001-01-01" if text.len() > 10 && has_midnight() => Some("it is the first moment that a program knows"),
        "1601-01-01" if has_midnight() => Some("it is the first moment that a program knows"),
        "9999-12-31" => Some("it is the last day that a program knows"),
        _ => None,
    }
}

/// A number that is no year: five digits or a fraction count days, more digits count from 1970.
fn count(text: &str) -> Option<Cell> {
    let (whole, fraction) = match text.split_once('.') {
        // 20.5 is no count.
        Some((whole, fraction)) if whole.len() >= 5 => (whole, fraction),
        Some(_) => return None,
        None => (text, ""),
    };
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !(5..=19).contains(&digits.len()) || !is_number(digits) || !is_number(fraction) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    // 20241024 is a day.
    if digits.len() == 8 && fraction.is_empty() && number > 0 {
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
        if (1000..=2999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day) {
            let part = |of: i64| u8::try_from(of).unwrap_or_default();
            return Some(Cell::Parts(Parts::day(year, part(month), part(day))));
        }
    }
    Some(Cell::Count(number, fraction.into()))
}

/// The date and what follows it: a time behind a blank, a comma or a T.
fn date_and_rest(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, 'T' | 't' | ','));
    let Some(end) = end.filter(|_| text.starts_with(|c: char| c.is_ascii_digit() || c == '-')) else {
        return (text, "");
    };
    let (date, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    (date, rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, 'T' | 't' | ',')))
}

/// A time with its zone; both may be missing. None where it is anything else.
fn time_and_zone(text: &str) -> Option<(Option<Clock>, Option<SmolStr>)> {
    let text = text.trim();
    if text.is_empty() {
        return Some((None, None));
    }
    // The zone begins at a sign, a letter or a bracket behind the digits; am and pm are no zones.
    let bytes = text.as_bytes();
    let mut end = bytes.len();
    for (at, byte) in bytes.iter().enumerate().skip(1) {
        let is_half = |half: &[u8]| bytes.get(at..at + half.len()).is_some_and(|tail| tail.eq_ignore_ascii_case(half));
        if matches!(byte, b'+' | b'-' | b'[')
            || byte.is_ascii_alphabetic()
                && ![b"am".as_slice(), b"pm", b"a.m", b"p.m"].into_iter().any(is_half)
                && !matches!(bytes.get(at - 1), Some(b'a' | b'A' | b'p' | b'P' | b'.'))
        {
            end = at;
            break;
        }
    }
    let (time, zone) = text.split_at_checked(end)?;
    let zone = zone.trim();
    let zone = match zone {
        "" => None,
        zone => Some(SmolStr::from(zone_suffix(zone.trim_matches(['[', ']']))?)),
    };
    // `1023` alone behind a date is a time; a day without one has no zone.
    Some((Some(clock(time)?), zone))
}

/// Year, month and day with a year of four digits first: 2024-10-24, 2024/10/24, 2024.10.24, 2024-10, 2024.
fn iso_day(text: &str) -> Option<Parts> {
    let (negative, bare) = text.strip_prefix('-').map_or((false, text), |bare| (true, bare));
    let year = bare.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let rest = bare.get(4..)?;
    let year: i64 = year.parse().ok()?;
    let year = if negative { -year } else { year };
    let nothing = Parts { year, month: None, day: None, clock: None, zone: None };
    let Some(separator) = rest.chars().next() else { return Some(nothing) };
    if !matches!(separator, '-' | '/' | '.') {
        return None;
    }
    let mut numbers = rest.get(1..)?.split(separator);
    let month = number(numbers.next()?).filter(|month| (1..=12).contains(month))?;
    let Some(day) = numbers.next() else {
        // 2024/25 and 2024.05 may be other things.
        return (separator == '-').then_some(Parts { month: Some(month), ..nothing });
    };
    let day = number(day).filter(|day| (1..=31).contains(day))?;
    numbers.next().is_none().then(|| Parts::day(year, month, day))
}

fn numbers(text: &str) -> Option<Numbers> {
    let separator = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '.' | '-'))?;
    let mut parts = text.trim_end_matches('.').split(separator);
    let (first, second, year) = (number(parts.next()?)?, number(parts.next()?)?, parts.next()?);
    let is_short = year.len() == 2;
    let is_year = (is_short || year.len() == 4) && year.bytes().all(|byte| byte.is_ascii_digit());
    if parts.next().is_some() || !is_year || first == 0 || second == 0 || first > 31 || second > 31 {
        return None;
    }
    let year = year.parse().ok()?;
    Some(Numbers { first, second, year, is_short, has_dots: separator == '.', clock: None, zone: None })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> String {
        match cell(text) {
            Cell::Nothing => "nothing".to_owned(),
            Cell::Sentinel(_) => "sentinel".to_owned(),
            Cell::Parts(parts) => parts.text(),
            Cell::Numbers(numbers) => {
                let Numbers { first, second, year, is_short, has_dots, clock, zone } = numbers;
                let time = clock.map_or_else(String::new, |clock| format!(" {}:{:02}", clock.hour, clock.minute));
                let marks = if has_dots { " dots" } else { "" }.to_owned() + if is_short { " short" } else { "" };
                format!("{first} {second} {year}{marks}{time}{}", zone.as_deref().unwrap_or_default())
            }
            Cell::Count(whole, fraction) => format!("count {whole}.{fraction}"),
            Cell::Words => "words".to_owned(),
        }
    }

    #[test]
    fn cells_are_taken_apart_and_not_yet_read() {
        for (text, expected) in [
            ("", "nothing"),
            ("2024-10-24", "2024-10-24"),
            ("2024/10/24 10:23", "2024-10-24T10:23"),
            ("2024-10-24 10:23:05.120+02:00", "2024-10-24T10:23:05.120+02:00"),
            ("2024-10-24T10:23Z", "2024-10-24T10:23Z"),
            ("2024-10-24 10:23:05 UTC", "2024-10-24T10:23:05Z"),
            ("2024-10-24 10:23 Europe/Berlin", "2024-10-24T10:23[Europe/Berlin]"),
            ("2024-10", "2024-10"),
            ("2024", "2024"),
            ("20241024", "2024-10-24"),
            ("1/20/2025", "1 20 2025"),
            ("24.10.24", "24 10 24 dots short"),
            ("2-5-2025 3:05 PM", "2 5 2025 15:05"),
            ("06/27/2012, 18:17:01", "6 27 2012 18:17"),
            ("1723474994349345", "count 1723474994349345."),
            ("45000.5", "count 45000.5"),
            ("0000-00-00T00:00:00.000000+00:00", "sentinel"),
            ("9999-12-31", "sentinel"),
            ("late October 2024", "words"),
            ("2024-10-24/2024-10-26", "words"),
            ("12/2024", "words"),
            ("Jun-24", "words"),
            ("24 October 2024", "words"),
            ("2024-10-24 noon", "words"),
            ("40/13/2024", "words"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn times_of_day_stand_alone_too() {
        for (text, expected) in [
            ("10:23", Some((10, 23, None))),
            ("9:05:07", Some((9, 5, Some(7)))),
            ("12:00 am", Some((0, 0, None))),
            ("12:30 p.m.", Some((12, 30, None))),
            ("3 pm", Some((15, 0, None))),
            ("1023", Some((10, 23, None))),
            ("24:00", None),
            ("13 pm", None),
            ("3", None),
            ("noon", None),
        ] {
            let found = clock(text).map(|clock| (clock.hour, clock.minute, clock.second));
            assert_eq!(found, expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_cell_is_too_odd(text in r"[0-9/.,:TZ +\-apmé\[\]]{0,30}") {
            cell(&text);
            clock(&text);
        }
    }
}
