//! Workbooks: a sheet of a spreadsheet as texts, its dates no finer than they are shown.
//!
//! A spreadsheet keeps "Jun-24" as 1 June 2024 and shows it as a month. What a date shows is told by the format of its cell, which
//! `shown` reads beside the values.

use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Range, Reader as _, SheetVisible, Sheets, open_workbook_auto_from_rs};

use super::delimited::header_row;
use super::grid::{Table, of_rows};
use super::mend::mend_rows;
use super::shown::{Fineness, Shown};
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::events::dates::{Clock, Parts};
use crate::interchange::events::mapping::Mapping;
use crate::interchange::events::question::Question;

/// Rows from which the header row is told.
const SAMPLE: usize = 60;

/// The table in a workbook: the sheet that the mapping names, else the first that has rows.
pub fn read(bytes: &[u8], mapping: Option<&Mapping>, mend: Option<bool>) -> (Table, Vec<Question>) {
    let mut problems = Vec::new();
    let fail = |message: String, mut problems: Vec<Problem>| {
        problems.push(Problem::new(Severity::Error, "bad-workbook", 0, message));
        (Table { noun: "row", problems, ..Table::default() }, Vec::new())
    };
    let mut workbook: Sheets<Cursor<&[u8]>> = match open_workbook_auto_from_rs(Cursor::new(bytes)) {
        Ok(workbook) => workbook,
        Err(error) => return fail(format!("this workbook cannot be read: {error}"), problems),
    };
    let named = mapping.and_then(|mapping| mapping.sheet.as_deref());
    let names: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible || Some(sheet.name.as_str()) == named)
        .map(|sheet| sheet.name.clone())
        .collect();
    let wanted: Vec<String> = match named {
        Some(name) if !names.iter().any(|known| known == name) => {
            return fail(format!("there is no sheet \"{name}\"; the sheets are {}", names.join(", ")), problems);
        }
        Some(name) => vec![name.to_owned()],
        None => names.clone(),
    };
    let mut found: Option<(String, Range<Data>)> = None;
    for name in wanted {
        match workbook.worksheet_range(&name) {
            Ok(range) if range.height() >= 2 => {
                found = Some((name, range));
                break;
            }
            Ok(_) => {}
            Err(error) => {
                let message = format!("the sheet \"{name}\" cannot be read: {error}");
                problems.push(Problem::new(Severity::Error, "bad-sheet", 0, message));
            }
        }
    }
    let Some((name, range)) = found else { return fail("no sheet has rows under headers".to_owned(), problems) };
    let others: Vec<&str> = names.iter().map(String::as_str).filter(|other| **other != *name).collect();
    if !others.is_empty() {
        let message = format!(
            "the sheet \"{name}\" was read; {} were not: say in a mapping which one it shall be",
            others.join(", ")
        );
        problems.push(Problem::new(Severity::Info, "other-sheets", 0, message));
    }
    let shown = match Shown::read(bytes, &name) {
        Ok(shown) => shown,
        Err(reason) => {
            let message = format!("{reason}: a date that is shown as a month or a year stands as its first day");
            problems.push(Problem::new(Severity::Warning, "no-number-formats", 0, message));
            Shown::default()
        }
    };
    let (mut table, questions) = of_range(&range, &shown, mapping, mend);
    table.problems.splice(0..0, problems);
    table.sheets = names;
    (table, questions)
}

fn of_range(
    range: &Range<Data>,
    shown: &Shown,
    mapping: Option<&Mapping>,
    mend: Option<bool>,
) -> (Table, Vec<Question>) {
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut errors = 0;
    let mut rows: Vec<(usize, Vec<String>)> = Vec::with_capacity(range.height());
    for (row, cells) in (first_row..).zip(range.rows()) {
        let texts = (first_column..).zip(cells).map(|(column, cell)| match cell {
            Data::Empty => String::new(),
            Data::String(text) => text.clone(),
            Data::Bool(truth) => truth.to_string(),
            Data::Int(number) => number.to_string(),
            Data::Float(number) => number.to_string(),
            Data::DateTime(at) => date_text(at, shown.of(row, column)),
            Data::DateTimeIso(text) => iso_text(text, shown.of(row, column)),
            Data::DurationIso(text) => duration_text(text),
            Data::Error(_) => {
                errors += 1;
                String::new()
            }
        });
        rows.push((row as usize + 1, texts.collect()));
    }
    let sample: Vec<Vec<String>> = rows.iter().take(SAMPLE).map(|(_, cells)| cells.clone()).collect();
    // The number of the header row as a mapping has it is that of the sheet.
    let told = mapping.and_then(|mapping| mapping.header_row);
    let header = told.map_or_else(|| header_row(&sample), |row| row.saturating_sub(first_row as usize));
    let headers: Vec<String> = match header.checked_sub(1).and_then(|at| rows.get(at)) {
        Some((_, cells)) => cells.iter().map(|cell| cell.trim().to_owned()).collect(),
        None => Vec::new(),
    };
    rows.drain(..header.min(rows.len()));
    let mut table = of_rows(headers, rows, "row");
    if errors > 0 {
        let message =
            format!("{errors} cells hold an error of the spreadsheet, such as #REF!; they were taken as nothing");
        table.problems.push(Problem::new(Severity::Warning, "cell-errors", 0, message));
    }
    let mut questions = Vec::new();
    mend_rows(&mut table, mend, &mut questions);
    (table, questions)
}

/// A count of days as it is shown.
fn date_text(at: &ExcelDateTime, fineness: Option<Fineness>) -> String {
    let value = at.as_f64();
    if at.is_duration() || fineness == Some(Fineness::Number) {
        return if at.is_duration() { hours_text(value * 24.0) } else { value.to_string() };
    }
    let (year, month, day, hour, minute, second, milli) = at.to_ymd_hms_milli();
    let has_time = value.fract() != 0.0;
    if fineness == Some(Fineness::Time) || value < 1.0 && fineness.is_none() {
        return if second == 0 {
            format!("{hour:02}:{minute:02}")
        } else {
            format!("{hour:02}:{minute:02}:{second:02}")
        };
    }
    // A day that does not exist, such as 29 February 1900, is left to who reads the text.
    let fraction = if milli > 0 { format!("{milli:03}") } else { String::new() };
    let clock = Clock { hour, minute, second: Some(second), fraction: fraction.as_str().into() };
    let parts = Parts { clock: has_time.then_some(clock), ..Parts::day(i64::from(year), month, day) };
    limited(parts, fineness).text()
}

/// A date of an OpenDocument sheet, in ISO 8601, as it is shown.
fn iso_text(text: &str, fineness: Option<Fineness>) -> String {
    use crate::interchange::events::dates::{Cell, cell};
    match cell(text) {
        Cell::Parts(parts) => {
            let is_midnight = parts.clock.as_ref().is_some_and(Clock::is_midnight);
            let parts = if is_midnight && fineness.is_none() { Parts { clock: None, ..parts } } else { parts };
            limited(parts, fineness).text()
        }
        _ => text.to_owned(),
    }
}

/// A date no finer than it is shown.
fn limited(mut parts: Parts, fineness: Option<Fineness>) -> Parts {
    match fineness {
        None | Some(Fineness::Second | Fineness::Time | Fineness::Number) => {}
        Some(Fineness::Minute) => match &mut parts.clock {
            Some(clock) => (clock.second, clock.fraction) = (None, "".into()),
            // A format with a time shows 00:00.
            None => parts.clock = Some(Clock { hour: 0, minute: 0, second: None, fraction: "".into() }),
        },
        Some(Fineness::Day) => parts.clock = None,
        Some(Fineness::Month) => (parts.clock, parts.day) = (None, None),
        Some(Fineness::Year) => (parts.clock, parts.day, parts.month) = (None, None, None),
    }
    parts
}

/// `PT10H30M` as a time of day.
fn duration_text(text: &str) -> String {
    let number = |unit: char| -> f64 {
        let Some(end) = text.find(unit) else { return 0.0 };
        let digits = text.get(..end).unwrap_or_default();
        let start = digits.rfind(|c: char| !(c.is_ascii_digit() || c == '.')).map_or(0, |at| at + 1);
        digits.get(start..).and_then(|digits| digits.parse().ok()).unwrap_or_default()
    };
    if !text.starts_with("PT") {
        return text.to_owned();
    }
    hours_text(number('H') + number('M') / 60.0 + number('S') / 3600.0)
}

fn hours_text(hours: f64) -> String {
    let seconds = (hours * 3600.0).round() as i64;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn a_date_is_no_finer_than_it_is_shown() {
        let at = |value| ExcelDateTime::new(value, ExcelDateTimeType::DateTime, false);
        for (value, fineness, text) in [
            (45444.0, Some(Fineness::Month), "2024-06"),
            (45444.0, Some(Fineness::Year), "2024"),
            (45444.0, Some(Fineness::Day), "2024-06-01"),
            (45444.5, Some(Fineness::Day), "2024-06-01"),
            (45444.5, Some(Fineness::Minute), "2024-06-01T12:00"),
            (45444.5, None, "2024-06-01T12:00:00"),
            (45444.0, None, "2024-06-01"),
            (0.4375, Some(Fineness::Time), "10:30"),
            (0.4375, None, "10:30"),
        ] {
            assert_eq!(date_text(&at(value), fineness), text, "{value} {fineness:?}");
        }
        assert_eq!(iso_text("2024-06-01T00:00:00", None), "2024-06-01");
        assert_eq!(iso_text("2024-06-01", Some(Fineness::Month)), "2024-06");
        assert_eq!(duration_text("PT10H30M00S"), "10:30");
    }
}
