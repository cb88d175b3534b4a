//! The dates of references, in the languages that references are written in.
//!
//! Words are read by `time`; this adds what the drafts of EDTF wrote otherwise, knows what numbers of a year, month and day
//! say, and what words beside them add, and finds dates in running text. Never makes one finer than it is written.

use std::ops::Range;

use super::old_edtf;
use crate::time::{self, Date, DayBound, Precision};

/// More words than this are not one date.
const MOST_WORDS: usize = 7;

/// The one date that a text can mean: EDTF, or words in one of the languages. None where it can mean two, or depends on
/// the day it is read.
pub(super) fn read(text: &str) -> Option<Date> {
    let text = text.trim();
    exact(text).or_else(|| time::unambiguous(text))
}

/// The date of a text that is EDTF, of today or of its drafts.
pub(super) fn exact(text: &str) -> Option<Date> {
    Date::parse(text).ok().or_else(|| old_edtf::read(text))
}

/// What the numbers of a year, a month and a day say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Numbers {
    Date(Date),
    /// As much as so many of them say; the month or day behind does not exist, or lacks the month before it.
    Partly(Date, usize),
    /// Nothing: all of them are 0, as programs write that nothing is known.
    Filler,
    /// No date: the year is missing, or too long for one.
    Wrong,
}

/// Reads a year, in formats that have no year 0 and count -1 as the year before 1, with its month and day as far as they are
/// given. A month or day 0 at the end is not given.
pub(super) fn of_numbers(numbers: &[i64]) -> Numbers {
    let given = numbers.iter().rposition(|number| *number != 0).map_or(0, |last| last + 1);
    let (year, rest) = match numbers.get(..given).and_then(<[i64]>::split_first) {
        None => return Numbers::Filler,
        Some((0, _)) => return Numbers::Wrong,
        Some((year, rest)) => (*year, rest),
    };
    let year = match year {
        ..0 => year + 1,
        _ => year,
    };
    let year = match year {
        0..=9999 => format!("{year:04}"),
        -9999..0 => format!("-{:04}", -year),
        ..-9999 => format!("Y{year}"),
        _ => return Numbers::Wrong,
    };
    // The longest beginning that is a date: of 31 June that is June.
    let text = match rest {
        [] => year,
        [month @ 1..=12] => format!("{year}-{month:02}"),
        [month @ 1..=12, day @ 1..=31] => format!("{year}-{month:02}-{day:02}"),
        _ => String::new(),
    };
    match Date::parse(&text) {
        Ok(date) => Numbers::Date(date),
        Err(_) => match numbers.get(..(given - 1).min(3)).map(of_numbers) {
            Some(Numbers::Date(date)) => {
                let said = date.as_str().trim_start_matches(['Y', '-']).split('-').count();
                Numbers::Partly(date, said)
            }
            Some(Numbers::Partly(date, said)) => Numbers::Partly(date, said),
            _ => Numbers::Wrong,
        },
    }
}

/// What words beside a date in numbers add to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Beside {
    /// Nothing: they say the same.
    Said,
    /// They say when in that time, or how sure it is.
    Finer(Date),
    /// They say something else, or cannot be read.
    Unread,
}

/// Reads words beside a date: "ca. 2016" and "Spring" beside 2016, "10:12:00" beside a day.
pub(super) fn beside(date: &Date, words: &str) -> Beside {
    match read(words) {
        Some(found) if found == *date => return Beside::Said,
        Some(found) if lies_in(&found, date) => return Beside::Finer(found),
        // A date of its own: another one.
        Some(_) => return Beside::Unread,
        // A bare number is no word: "2" beside 2016 may be an issue.
        None if !words.contains(|c: char| c.is_alphabetic() || matches!(c, ':' | '?' | '~')) => return Beside::Unread,
        None => {}
    }
    let year = date.as_str().get(..4).unwrap_or_default();
    if let Some(mark) = doubt(words, year) {
        let bare = date.as_str().trim_end_matches(['~', '?', '%']);
        return match Date::parse(&format!("{bare}{mark}")) {
            Ok(found) if found == *date => Beside::Said,
            Ok(found) if bare == date.as_str() => Beside::Finer(found),
            _ => Beside::Unread,
        };
    }
    let in_year = || read(&format!("{words} {year}"));
    let in_date = || read(&format!("{date} {words}"));
    // What gives back the date alone was not made of the words.
    let is_finer = |found: &Date| found != date && lies_in(found, date);
    in_year().filter(is_finer).or_else(|| in_date().filter(is_finer)).map_or(Beside::Unread, Beside::Finer)
}

/// The sign of the doubt that words beside a date say of it: `~` of "circa". None where they say anything else.
fn doubt(words: &str, year: &str) -> Option<&'static str> {
    let texts = [format!("{words} {year}"), format!("{year} {words}"), format!("{year}{words}")];
    texts.iter().find_map(|text| {
        let date = read(text)?;
        let mark = date.as_str().strip_prefix(year)?;
        ["~", "?", "%"].into_iter().find(|known| *known == mark)
    })
}

/// The year that a text is, with the sign of its doubt: 2016 and `~` of "c. 2016".
pub(super) fn doubtful_year(text: &str) -> Option<(i64, String)> {
    let date = read(text)?;
    let (year, mark) = date.as_str().split_at_checked(4)?;
    let is_mark = matches!(mark, "~" | "?" | "%");
    Some((year.parse().ok().filter(|year: &i64| *year > 0 && is_mark)?, mark.to_owned()))
}

/// Whether all days of a date are days of another; a winter belongs to the year it begins in.
pub(super) fn lies_in(date: &Date, other: &Date) -> bool {
    let (own, other) = (date.day_bounds(), other.day_bounds());
    let (DayBound::Day(from), DayBound::Day(to)) = (own.earliest, own.latest) else { return false };
    let (DayBound::Day(first), DayBound::Day(last)) = (other.earliest, other.latest) else { return false };
    first <= from && (to <= last || date.precision() == Precision::Season && from <= last)
}

/// A date in plain EDTF (level 0, or a year or more with its last digits unknown) that holds all that this one can mean,
/// with its doubts. None where it reaches beyond a century, or without end.
pub(super) fn coarser(date: &Date) -> Option<String> {
    let bounds = date.day_bounds();
    let (DayBound::Day(from), DayBound::Day(to)) = (bounds.earliest, bounds.latest) else { return None };
    if !(0..=9999).contains(&from.year) || !(0..=9999).contains(&to.year) {
        return None;
    }
    let text = if from == to {
        format!("{:04}-{:02}-{:02}", from.year, from.month, from.day)
    } else if (from.year, from.month) == (to.year, to.month) {
        format!("{:04}-{:02}", from.year, from.month)
    } else if from.year == to.year {
        format!("{:04}", from.year)
    } else if from.year / 10 == to.year / 10 {
        format!("{:03}X", from.year / 10)
    } else if from.year / 100 == to.year / 100 {
        format!("{:02}XX", from.year / 100)
    } else {
        return None;
    };
    let certainty = date.certainty();
    let doubt = match (certainty.approximate, certainty.uncertain) {
        (true, true) => "%",
        (true, false) => "~",
        (false, true) => "?",
        (false, false) => "",
    };
    Some(text + doubt)
}

/// A date found in running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it means.
    pub date: Date,
}

/// The first date in a text that gives a year, as long as it goes on. Page and issue numbers are none.
pub(super) fn find(text: &str) -> Option<Found> {
    let words = words(text);
    (0..words.len()).filter(|&at| !follows_a_locator(text, &words, at)).find_map(|at| from_word(text, &words, at))
}

/// The date that a text begins with, after spaces and opening brackets.
pub(super) fn leading(text: &str) -> Option<Found> {
    let words = words(text);
    from_word(text, &words, 0)
}

/// The date that a text ends with, before closing brackets and a full stop.
pub(super) fn trailing(text: &str) -> Option<Found> {
    let words = words(text);
    let first = words.len().saturating_sub(MOST_WORDS);
    (first..words.len()).filter(|&at| !follows_a_locator(text, &words, at)).find_map(|at| {
        let range = words.get(at)?.start..words.last()?.end;
        date_in(text, range)
    })
}

fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_whitespace(), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| from..text.len()));
    words
}

/// The longest date that begins with a word.
fn from_word(text: &str, words: &[Range<usize>], at: usize) -> Option<Found> {
    let start = words.get(at)?.start;
    let last = words.len().min(at + MOST_WORDS);
    let found = (at..last).rev().find_map(|end| date_in(text, start..words.get(end)?.end))?;
    if is_year(text.get(found.range.clone())?) && !is_set_apart(text, found.range.start) {
        return None;
    }
    Some(year_first(text, &found).unwrap_or(found))
}

/// A year with the day behind it, as Russian references have it: "2024. 24 окт." (GOST R 7.0.5).
fn year_first(text: &str, found: &Found) -> Option<Found> {
    let year = text.get(found.range.clone())?;
    let rest = text.get(found.range.end..)?;
    if !is_year(year) || !rest.starts_with(". ") {
        return None;
    }
    let base = found.range.end + 2;
    let words = words(rest.get(2..)?);
    let day = words.first()?;
    let month = words.get(1)?;
    let range = base + day.start..base + month.end;
    let text = text.get(range.clone())?.trim_end_matches([',', ';']);
    let date = read(&format!("{} {year}", text.trim_end_matches('.')))?;
    (date.precision() == Precision::Day).then(|| Found { range: found.range.start..range.start + text.len(), date })
}

/// Whether a number stands behind a stop or a bracket, so that it belongs to no name: not the one of "Resolution 1718".
fn is_set_apart(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default().trim_end();
    before.is_empty() || before.ends_with([',', '.', ';', ':', '(', '[', ')', ']'])
}

fn date_in(text: &str, range: Range<usize>) -> Option<Found> {
    let whole = text.get(range.clone())?;
    let inner = whole.trim_start_matches(['(', '[']);
    let start = range.end - inner.len();
    let inner = inner.trim_end_matches([',', ';', ')', ']', '.', ':']);
    let first = inner.split([' ', ',']).next().unwrap_or_default();
    // "(2019) 12(3)" is a year, a volume and an issue.
    if !has_year(inner) || !begins_a_date(first) || inner.contains(['(', ')', '[', ']']) {
        return None;
    }
    // "г." is Russian for "year".
    let full_stop = text.get(start + inner.len()..range.end).is_some_and(|rest| rest.starts_with('.'));
    let dotted = full_stop && inner.ends_with(" г");
    let date = read(inner)?;
    Some(Found { range: start..start + inner.len() + usize::from(dotted), date })
}

/// Whether a date in running text can begin with this word. Phrases begin with more, but so do names: "Post, 6 November
/// 2024" is no time after that day, and "The Sun" no Sunday.
fn begins_a_date(word: &str) -> bool {
    const WORDS: [&str; 20] = [
        "early",
        "mid",
        "late",
        "c",
        "ca",
        "circa",
        "about",
        "around",
        "on",
        "le",
        "am",
        "den",
        "vom",
        "im",
        "el",
        "около",
        "начало",
        "середина",
        "конец",
        "vers",
    ];
    let bare = word.trim_end_matches(['.', ':']).to_lowercase();
    let is_month = || {
        let date = read(&format!("{bare} 2024"));
        date.is_some_and(|date| matches!(date.precision(), Precision::Month | Precision::Season))
    };
    // The name of a weekday fits one day of seven. Short ones are words too.
    let is_weekday = || {
        let days = (21..28).filter(|day| read(&format!("{bare}, {day} October 2024")).is_some());
        bare.chars().count() > 3 && days.count() == 1
    };
    bare.starts_with(|c: char| c.is_ascii_digit()) || WORDS.contains(&bare.as_str()) || is_month() || is_weekday()
}

fn is_year(text: &str) -> bool {
    text.len() == 4
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text.starts_with('1') || text.starts_with("20"))
}

/// Whether a number of four digits that can be a year stands in it, alone or in a numeric date.
fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|part| is_year(part.trim_end_matches(|c: char| !c.is_ascii_digit())))
}

/// Whether the word before says that a number follows which is no year.
fn follows_a_locator(text: &str, words: &[Range<usize>], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.get(before)).and_then(|range| text.get(range.clone()));
    before.is_some_and(is_locator)
}

/// "p.", "S.", "vol.", "№": what stands before the number of a page, volume or issue.
pub(super) fn is_locator(word: &str) -> bool {
    const WORDS: [&str; 22] = [
        "p", "pp", "page", "pages", "s", "ss", "seite", "vol", "volume", "no", "nr", "num", "issue", "n°", "nº", "№",
        "с", "т", "para", "art", "jg", "bd",
    ];
    let bare = word.trim_start_matches(['(', '[']).trim_end_matches(['.', ':']).to_lowercase();
    WORDS.contains(&bare.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_languages_of_references() {
        let cases = [
            ("24. Oktober 2024", "2024-10-24"),
            ("5. März 2024", "2024-03-05"),
            ("24.10.2024", "2024-10-24"),
            ("24 octobre 2024", "2024-10-24"),
            ("1er novembre 2024", "2024-11-01"),
            ("24 окт. 2024", "2024-10-24"),
            ("24 octubre de 2024", "2024-10-24"),
            ("24 de octubre de 2024", "2024-10-24"),
            ("2024, October 24", "2024-10-24"),
            ("Oktober 2024", "2024-10"),
            ("août 2024", "2024-08"),
            ("2024-10-XX", "2024-10-XX"),
            ("late October 2024", "[2024-10-21..2024-10-31]"),
            ("Oct. 24, 2024", "2024-10-24"),
            ("24/10/2024", "2024-10-24"),
            ("24-octobre-2024", "2024-10-24"),
            ("octobre–novembre 2024", "2024-10/2024-11"),
            ("mardi 22 octobre 2024", "2024-10-22"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text).as_ref().map(Date::as_str), Some(expected), "{text}");
        }
        for text in ["05/11/2024", "yesterday", "soon", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_a_date_a_filler_or_none() {
        let cases: [(&[i64], Option<&str>); 9] = [
            (&[2024], Some("2024")),
            (&[2024, 10], Some("2024-10")),
            (&[2024, 10, 24], Some("2024-10-24")),
            (&[2024, 0, 0], Some("2024")),
            (&[2024, 10, 0], Some("2024-10")),
            (&[-44, 3, 15], Some("-0043-03-15")),
            (&[-13_800_000_000], Some("Y-13799999999")),
            (&[0, 10], None),
            (&[20_240_601], None),
        ];
        for (numbers, expected) in cases {
            let found = of_numbers(numbers);
            let date = if let Numbers::Date(date) = &found { Some(date.as_str()) } else { None };
            assert_eq!(date, expected, "{numbers:?}");
            assert_ne!(found, Numbers::Filler, "{numbers:?}");
        }
        for numbers in [&[][..], &[0], &[0, 0, 0]] {
            assert_eq!(of_numbers(numbers), Numbers::Filler);
        }
        let partly: [(&[i64], &str, usize); 8] = [
            (&[2024, 0, 24], "2024", 1),
            (&[2024, 13], "2024", 1),
            (&[2024, 25, 1], "2024", 1),
            (&[2024, -1, 1], "2024", 1),
            (&[1999, 10, 32], "1999-10", 2),
            (&[2024, 2, 30], "2024-02", 2),
            (&[2024, 6, 31, 0], "2024-06", 2),
            (&[2024, 6, 1, 12], "2024-06-01", 3),
        ];
        for (numbers, date, said) in partly {
            assert_eq!(of_numbers(numbers), Numbers::Partly(Date::parse(date).unwrap(), said), "{numbers:?}");
        }
    }

    #[test]
    fn words_beside_a_date_make_it_finer_or_are_not_read() {
        let finer = |text: &str| Beside::Finer(Date::parse(text).unwrap());
        let cases = [
            ("2016", "ca. 2016", finer("2016~")),
            ("2016", "Spring 2016", finer("2016-21")),
            ("2016", "Spring", finer("2016-21")),
            ("2016", "Winter", finer("2016-24")),
            ("2016", "June", finer("2016-06")),
            ("2016", "2016?", finer("2016?")),
            ("2016", "2016", Beside::Said),
            ("2016-06-01", "1 June 2016", Beside::Said),
            ("2016-06-01", "10:12:00", finer("2016-06-01T10:12:00")),
            ("2016-06-01", "ca.", finer("2016-06-01~")),
            ("2016-06-01", "circa", finer("2016-06-01~")),
            ("2016-06", "?", finer("2016-06?")),
            ("2016-06", "(?)", finer("2016-06?")),
            ("2016", "approximately", finer("2016~")),
            ("2016-06~", "ca.", Beside::Said),
            ("2016-06?", "ca.", Beside::Unread),
            ("2016", "ca. 2015", Beside::Unread),
            ("2016", "1 June 2017", Beside::Unread),
            ("2016-06-01", "first printing", Beside::Unread),
            ("2016", "in print", Beside::Unread),
            ("2016", "2", Beside::Unread),
        ];
        for (date, words, expected) in cases {
            assert_eq!(beside(&Date::parse(date).unwrap(), words), expected, "{words} beside {date}");
        }
    }

    #[test]
    fn dates_are_found_in_running_text() {
        let cases = [
            ("New York Times, October 24, 2024, A1", Some(("October 24, 2024", "2024-10-24"))),
            ("Коммерсантъ. 2024. 24 окт. № 195", Some(("2024. 24 окт", "2024-10-24"))),
            ("Journal 12 (2024): 3–9", Some(("2024", "2024"))),
            ("Le Monde, le 24 octobre 2024.", Some(("le 24 octobre 2024", "2024-10-24"))),
            ("pp. 1999, nothing else", None),
            ("24 октября 2024 г.", Some(("24 октября 2024 г.", "2024-10-24"))),
            ("Resolution 2270", None),
            ("(2019) 12(3) Journal", Some(("2019", "2019"))),
            ("Washington Post, November 6, 2024, A1", Some(("November 6, 2024", "2024-11-06"))),
            ("The Sun, 27 October 2024", Some(("27 October 2024", "2024-10-27"))),
            ("Le Figaro, mardi 22 octobre 2024, p. 3", Some(("mardi 22 octobre 2024", "2024-10-22"))),
            ("Time, late October 2024", Some(("late October 2024", "[2024-10-21..2024-10-31]"))),
        ];
        for (text, expected) in cases {
            let found = find(text);
            let found = found.as_ref().map(|found| (text.get(found.range.clone()).unwrap(), found.date.as_str()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
