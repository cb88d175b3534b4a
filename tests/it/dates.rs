//! Every row of the EDTF conformance table, and every row of the tables in `docs/DATES.md`.

use annalist::time::{CivilDay, Date, Instant, Level, Reading, read_phrase};

const TABLE: &str = include_str!("../data/edtf-conformance.tsv");
const IN_USE: &str = include_str!("../data/dates-in-use.tsv");
const PHRASES: &str = include_str!("../data/phrases.tsv");
const PAGE: &str = include_str!("../../docs/DATES.md");

#[test]
fn every_row_of_the_conformance_table_holds() {
    let rows: Vec<&str> = TABLE.lines().skip_while(|line| !line.starts_with("input\t")).skip(1).collect();
    assert!(rows.len() > 300, "the table has shrunk to {} rows", rows.len());
    let faults: Vec<String> = rows.into_iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What is wrong with how a row was read, if anything.
fn fault(row: &str) -> Option<String> {
    let mut columns = row.split('\t');
    let mut column = || columns.next().unwrap_or_default();
    let (input, validity, level, earliest, latest) = (column(), column(), column(), column(), column());
    match (Date::parse(input), validity) {
        (Err(error), "invalid") => {
            let error = error.explained(input);
            let is_inside = error.offset <= input.len();
            let hint_parses = error.hint.as_deref().is_none_or(|hint| Date::parse(hint).is_ok());
            (!is_inside || !hint_parses).then(|| format!("{input}: {error:?}"))
        }
        (Ok(date), "valid") => {
            let level_read = match date.level() {
                Level::Edtf0 => "0",
                Level::Edtf1 => "1",
                Level::Edtf2 => "2",
                Level::Iso8601 => "beyond EDTF",
            };
            let bounds = date.day_bounds();
            let (first, last) = (bounds.earliest.to_string(), bounds.latest.to_string());
            let bounds_hold = (earliest.is_empty() || first == earliest) && (latest.is_empty() || last == latest);
            (level_read != level || !bounds_hold || date.as_str() != input)
                .then(|| format!("{input}: level {level_read}, {first} to {last}, expected {row:?}"))
        }
        (read, _) => Some(format!("{input}: {read:?}, expected {validity}")),
    }
}

/// Thursday, 24 October 2024.
fn now() -> Instant {
    Instant::from_day(CivilDay::new(2024, 10, 24)).unwrap_or_default()
}

#[test]
fn every_date_in_use_is_right_or_asked_or_refused() {
    check_readings(IN_USE, 57);
}

#[test]
fn every_phrase_is_right_or_asked_or_refused() {
    check_readings(PHRASES, 270);
}

/// Checks the first two columns of a table, input and want, against both who types a text and what a file is told of it.
#[track_caller]
fn check_readings(table: &str, at_least: usize) {
    let rows: Vec<&str> = table.lines().skip_while(|line| !line.starts_with("input\t")).skip(1).collect();
    assert!(rows.len() >= at_least, "the table has shrunk to {} rows", rows.len());
    let faults: Vec<String> = rows.into_iter().filter_map(fault_of_reading).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn fault_of_reading(row: &str) -> Option<String> {
    let mut columns = row.split('\t');
    let (input, want) = (columns.next()?, columns.next()?);
    let reading = read_phrase(input, now());
    let is_right = match (&reading, want) {
        (Reading::Date(date), _) => date.as_str() == want,
        (Reading::Ambiguous(ways), "?") => ways.len() > 1,
        (Reading::None(error), "-" | "?") => !error.message.is_empty() && !error.message.contains("no spaces"),
        _ => false,
    };
    // In a file the one reading is the remedy; what depends on the day it is read, or is asked, has none.
    let remedy = Date::parse(input).map_or_else(|error| error.explained(input).hint, |date| Some(date.to_string()));
    let is_told = match (&reading, remedy.as_deref()) {
        (Reading::Date(date), Some(remedy)) => remedy == date.as_str(),
        (Reading::Date(_), None) => {
            input.ends_with("ago")
                || input.ends_with("назад")
                || input.ends_with(['전', '前'])
                || input.starts_with("last ")
        }
        (Reading::Ambiguous(_) | Reading::None(_), _) => true,
    };
    (!is_right || !is_told).then(|| format!("{input}: {reading:?}, in a file {remedy:?}, expected {want}"))
}

#[test]
fn the_page_on_dates_says_what_is_so() {
    let mut checked = 0;
    let rows = PAGE.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix('|'));
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        match cells.as_slice() {
            [words, first, second, _] if first.starts_with('`') => check_choices(words, [first, second]),
            [date, first, last, _] if date.starts_with('`') => check_bounds(date.trim_matches('`'), first, last),
            [words, date, _] if date.starts_with('`') => check_phrase(words, date.trim_matches('`')),
            [dates, _] if dates.starts_with('`') => {
                for date in dates.split('`').skip(1).step_by(2) {
                    assert!(Date::parse(date).is_ok(), "{date}");
                }
            }
            _ => continue,
        }
        checked += 1;
    }
    assert!(checked > 55, "only {checked} rows were found to check");
}

fn check_bounds(date: &str, first: &str, last: &str) {
    match Date::parse(date) {
        Ok(read) => {
            let bounds = read.day_bounds();
            assert_eq!(
                (bounds.earliest.to_string().as_str(), bounds.latest.to_string().as_str()),
                (first, last),
                "{date}"
            );
        }
        Err(_) => assert_eq!((first, last), ("refused", "refused"), "{date}"),
    }
}

fn check_choices(words: &str, expected: [&str; 2]) {
    let dates: Vec<String> = match read_phrase(words.trim_matches('`'), now()) {
        Reading::Ambiguous(ways) => ways.iter().map(|(date, _)| date.to_string()).collect(),
        Reading::Date(_) | Reading::None(_) => Vec::new(),
    };
    assert_eq!(dates, expected.map(|date| date.trim_matches('`')), "{words}");
}

fn check_phrase(words: &str, expected: &str) {
    let reading = read_phrase(words, now());
    assert!(matches!(&reading, Reading::Date(date) if date.as_str() == expected), "{words}: {reading:?}");
}
