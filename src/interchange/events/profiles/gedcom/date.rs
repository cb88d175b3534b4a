//! Dates of GEDCOM (7.0, section 2.4; 5.5.1, DATE_VALUE) as EDTF.
//!
//! | GEDCOM | EDTF |
//! |---|---|
//! | `ABT x`, `EST x` | `x~` |
//! | `CAL x` | `x?` |
//! | `BEF x`, `AFT x` | `[..x]`, `[x..]`; before version 7 without x itself |
//! | `BET a AND b` | `[a..b]` |
//! | `FROM a TO b`, `FROM a`, `TO b` | `a/b`, `a/..`, `/b` |
//! | `1401 BCE` | `-1400` |
//!
//! Only dates of the Gregorian calendar are read.

use crate::interchange::events::profiles::stamp::Stamp;
use crate::time::{CivilDay, Date, DayBound};

const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// What a date says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Read {
    Date(Date),
    /// The words in brackets that stand for a date.
    Phrase(String),
    /// A date of another calendar, of two years at once, or none.
    Not,
}

/// Reads the value of a DATE. `is_inclusive` says that *before* and *after* hold the date itself.
pub(super) fn read(text: &str, is_inclusive: bool) -> (Read, Option<String>) {
    let text = text.trim();
    if let Some(phrase) = text.strip_prefix('(') {
        return (Read::Phrase(phrase.trim_end_matches(')').trim().to_owned()), None);
    }
    // "INT 1 JAN 1900 (about New Year)" is interpreted, with the words it was made of.
    if let Some(rest) = strip_word(text, "INT") {
        let (date, phrase) = rest.split_once('(').unwrap_or((rest, ""));
        let phrase = phrase.trim_end_matches(')').trim();
        return (simple(date).map_or(Read::Not, Read::Date), (!phrase.is_empty()).then(|| phrase.to_owned()));
    }
    (value(text, is_inclusive).map_or(Read::Not, Read::Date), None)
}

fn value(text: &str, is_inclusive: bool) -> Option<Date> {
    for (word, mark) in [("ABT", "~"), ("EST", "~"), ("CAL", "?")] {
        if let Some(rest) = strip_word(text, word) {
            return Date::parse(&format!("{}{mark}", simple(rest)?)).ok();
        }
    }
    if let Some(rest) = strip_word(text, "BEF") {
        let date = simple(rest)?;
        let last = if is_inclusive { date } else { beside(&date, -1)? };
        return Date::parse(&format!("[..{last}]")).ok();
    }
    if let Some(rest) = strip_word(text, "AFT") {
        let date = simple(rest)?;
        let first = if is_inclusive { date } else { beside(&date, 1)? };
        return Date::parse(&format!("[{first}..]")).ok();
    }
    if let Some(rest) = strip_word(text, "BET") {
        let (from, to) = split_word(rest, "AND")?;
        return between(&simple(from)?, &simple(to)?);
    }
    if let Some(rest) = strip_word(text, "FROM") {
        let Some((from, to)) = split_word(rest, "TO") else {
            return Date::parse(&format!("{}/..", simple(rest)?)).ok();
        };
        return Date::parse(&format!("{}/{}", simple(from)?, simple(to)?)).ok();
    }
    if let Some(rest) = strip_word(text, "TO") {
        return Date::parse(&format!("/{}", simple(rest)?)).ok();
    }
    simple(text)
}

/// `[calendar] [[day] month] year [BCE]`.
fn simple(text: &str) -> Option<Date> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    match words.first().map(|word| word.to_ascii_uppercase()) {
        Some(word) if word == "GREGORIAN" || word == "@#DGREGORIAN@" => {
            words.remove(0);
        }
        _ => {}
    }
    let is_before_christ =
        words.last().is_some_and(|word| matches!(word.to_ascii_uppercase().as_str(), "BCE" | "BC" | "B.C."));
    if is_before_christ {
        words.pop();
    }
    let number = |word: &str| word.parse::<i64>().ok().filter(|_| word.bytes().all(|byte| byte.is_ascii_digit()));
    let month = |word: &str| {
        let at = MONTHS.iter().position(|month| word.eq_ignore_ascii_case(month))?;
        u8::try_from(at + 1).ok()
    };
    let (year, month, day) = match words.as_slice() {
        [year] => (*year, None, None),
        [name, year] => (*year, Some(month(name)?), None),
        [day, name, year] => (*year, Some(month(name)?), Some(u8::try_from(number(day)?).ok()?)),
        _ => return None,
    };
    // A year 0 does not occur in the calendar of this format.
    let year = number(year).filter(|year| *year > 0)?;
    let year = if is_before_christ { 1 - year } else { year };
    Stamp::of_numbers(year, month, day)?.date()
}

/// Once between two dates: where they differ in precision, on one of the days from the first to the last.
fn between(from: &Date, to: &Date) -> Option<Date> {
    Date::parse(&format!("[{from}..{to}]")).ok().or_else(|| {
        let (DayBound::Day(first), DayBound::Day(last)) = (from.day_bounds().earliest, to.day_bounds().latest) else {
            return None;
        };
        Date::parse(&format!("[{first}..{last}]")).ok()
    })
}

/// The year, month or day before or after a date of the same precision.
fn beside(date: &Date, step: i64) -> Option<Date> {
    let text = date.as_str();
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let mut parts = digits.split('-').map(|part| part.parse::<i64>().ok());
    let year = sign * parts.next()??;
    let (month, day) = (parts.next().flatten(), parts.next().flatten());
    let stamp = match (month, day) {
        (None, _) => Stamp::of_numbers(year + step, None, None),
        (Some(month), None) => {
            let month = year * 12 + month - 1 + step;
            Stamp::of_numbers(month.div_euclid(12), Some(u8::try_from(month.rem_euclid(12)).ok()? + 1), None)
        }
        (Some(month), Some(day)) => {
            let number = CivilDay::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).number() + step;
            let CivilDay { year, month, day } = CivilDay::from_number(number);
            Stamp::of_numbers(year, Some(month), Some(day))
        }
    };
    stamp?.date()
}

fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (first, rest) = text.split_once(' ')?;
    first.eq_ignore_ascii_case(word).then(|| rest.trim())
}

fn split_word<'t>(text: &'t str, word: &str) -> Option<(&'t str, &'t str)> {
    let at = text.to_ascii_uppercase().find(&format!(" {word} "))?;
    Some((text.get(..at)?.trim(), text.get(at + word.len() + 2..)?.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_say_what_the_standard_says() {
        let cases = [
            ("1401", "1401"),
            ("OCT 1401", "1401-10"),
            ("12 AUG 1401", "1401-08-12"),
            ("1401 BCE", "-1400"),
            ("GREGORIAN 12 AUG 1401", "1401-08-12"),
            ("@#DGREGORIAN@ 1401", "1401"),
            ("ABT 918", "0918~"),
            ("EST SEP 1230", "1230-09~"),
            ("CAL 27 JAN 1495", "1495-01-27?"),
            ("BEF 1519", "[..1519]"),
            ("AFT DEC 90 BCE", "[-0089-12..]"),
            ("BET 1950 AND 1951", "[1950..1951]"),
            ("BET 1950 AND MAR 1951", "[1950-01-01..1951-03-31]"),
            ("FROM 1850", "1850/.."),
            ("FROM 730 TO FEB 740", "0730/0740-02"),
            ("TO 23 FEB 1042", "/1042-02-23"),
            ("INT 1900 (about then)", "1900"),
        ];
        for (text, expected) in cases {
            let (Read::Date(date), _) = read(text, true) else { panic!("{text} is not read") };
            assert_eq!(date.as_str(), expected, "{text}");
        }
        let exclusive =
            [("BEF 1519", "[..1518]"), ("BEF 1 MAR 1900", "[..1900-02-28]"), ("AFT DEC 1900", "[1901-01..]")];
        for (text, expected) in exclusive {
            assert_eq!(read(text, false).0, Read::Date(Date::parse(expected).unwrap()), "{text}");
        }
        for text in ["JULIAN 1401", "HEBREW 8", "11 FEB 1731/32", "30 FEB 1900", "BET 1950 AND 302", "", "FROM", "0"] {
            assert_eq!(read(text, true).0, Read::Not, "{text}");
        }
        assert_eq!(read("(at harvest)", true).0, Read::Phrase("at harvest".to_owned()));
    }
}
