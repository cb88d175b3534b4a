//! Workbooks: a sheet of a spreadsheet as texts, its dates no finer than they are shown.
//!
//! A spreadsheet keeps "Jun-24" as 1 June 2024 and shows it as a month. What a date shows is told by the format of its cell, which
//! `shown` reads beside the values.

use std::borrow::Cow;
use std::fmt;
use std::io::Cursor;

use calamine::{
    Data, DataRef, ExcelDateTime, Range, Reader as _, SheetVisible, Sheets, Xlsb, Xlsx, XlsxError,
    open_workbook_auto_from_rs,
};

use super::delimited::header_row;
use super::grid::{Packed, Table, TooLarge, of_rows};
use super::mend::mend_rows;
use super::shown::{self, Fineness, Shown};
use crate::diagnostic::{Severity, counted};
use crate::interchange::Problem;
use crate::interchange::events::dates::{Clock, Parts};
use crate::interchange::events::mapping::Mapping;
use crate::interchange::events::package::{self, Telling};
use crate::interchange::events::question::Question;

/// Rows from which the header row is told.
const SAMPLE: usize = 60;

/// The table in a workbook: the sheet that the mapping names, else the first that has rows. `progress` is told the share of a sheet that
/// was read, and says whether anybody waits.
pub fn read(
    bytes: &[u8],
    mapping: Option<&Mapping>,
    mend: Option<bool>,
    progress: &dyn Fn(f64) -> bool,
) -> (Table<'static>, Vec<Question>) {
    let mut problems = Vec::new();
    let fail = |message: String, mut problems: Vec<Problem>| {
        problems.push(Problem::new(Severity::Error, "bad-workbook", 0, message));
        (Table { noun: "row", problems, ..Table::default() }, Vec::new())
    };
    if let Some(reason) = package::refusal(bytes, progress) {
        return fail(format!("this workbook was not read: {reason}"), problems);
    }
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
    let mut found: Option<(String, Sheet)> = None;
    for name in wanted {
        match sheet(&mut workbook, bytes, &name, progress) {
            Ok(sheet) if sheet.rows.count() >= 2 => {
                found = Some((name, sheet));
                break;
            }
            Ok(_) => {}
            Err(error) => {
                let message = format!("the sheet \"{name}\" cannot be read: {error}");
                problems.push(Problem::new(Severity::Error, "bad-sheet", 0, message));
            }
        }
    }
    let Some((name, sheet)) = found else {
        // Of a sheet that cannot be read it is not known whether it has rows.
        return match problems.is_empty() {
            true => fail("no sheet has rows under headers".to_owned(), problems),
            false => (Table { noun: "row", problems, ..Table::default() }, Vec::new()),
        };
    };
    let others: Vec<&str> = names.iter().map(String::as_str).filter(|other| **other != *name).collect();
    if !others.is_empty() {
        let message = format!(
            "the sheet \"{name}\" was read; {} were not: say in a mapping which one it shall be",
            others.join(", ")
        );
        problems.push(Problem::new(Severity::Info, "other-sheets", 0, message));
    }
    if let Some(reason) = &sheet.formats_unread {
        let message = format!("{reason}: a date that is shown as a month or a year stands as its first day");
        problems.push(Problem::new(Severity::Warning, "no-number-formats", 0, message));
    }
    if sheet.errors > 0 {
        let (hold, they) = if sheet.errors == 1 { ("holds", "it was") } else { ("hold", "they were") };
        let cells = counted(sheet.errors, "cell");
        let message = format!("{cells} {hold} an error of the spreadsheet, such as #REF!; {they} taken as nothing");
        problems.push(Problem::new(Severity::Warning, "cell-errors", 0, message));
    }
    let (mut table, questions) = of_sheet(sheet.rows, mapping, mend);
    table.problems.splice(0..0, problems);
    table.sheets = names;
    (table, questions)
}

/// The cells of a sheet as texts.
#[derive(Default)]
struct Sheet {
    rows: Packed,
    /// Cells that hold an error.
    errors: usize,
    /// Why it is not known what dates show.
    formats_unread: Option<String>,
}

impl Sheet {
    /// Puts a cell where it stands; row and column from 0.
    fn put(&mut self, row: u32, column: u32, cell: &DataRef<'_>, fineness: Option<Fineness>) -> Result<(), TooLarge> {
        let text = text(cell, fineness);
        self.errors += usize::from(text.is_none());
        self.rows.put_at(row, column, &text.unwrap_or_default())
    }
}

/// Reads a sheet. A workbook of Excel is read cell by cell, and no more than the texts is kept; others are held by their library.
fn sheet(
    workbook: &mut Sheets<Cursor<&[u8]>>,
    bytes: &[u8],
    name: &str,
    progress: &dyn Fn(f64) -> bool,
) -> Result<Sheet, String> {
    let mut sheet = match workbook {
        Sheets::Xlsx(workbook) => of_xlsx(workbook, bytes, name, progress)?,
        Sheets::Xlsb(workbook) => of_xlsb(workbook, name, progress)?,
        workbook => of_range(&workbook.worksheet_range(name).map_err(words)?, bytes, name)?,
    };
    sheet.rows.settle();
    Ok(sheet)
}

/// A sheet that its library holds.
fn of_range(range: &Range<Data>, bytes: &[u8], name: &str) -> Result<Sheet, String> {
    let (shown, formats_unread) = match Shown::read(bytes, name) {
        Ok(shown) => (shown, None),
        Err(reason) => (Shown::default(), Some(reason)),
    };
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut sheet = Sheet { formats_unread, ..Sheet::default() };
    for (row, cells) in (first_row..).zip(range.rows()) {
        for (column, cell) in (first_column..).zip(cells) {
            sheet.put(row, column, &lent(cell), shown.of(row, column)).map_err(words)?;
        }
    }
    Ok(sheet)
}

/// A sheet of an Excel workbook.
fn of_xlsx(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    bytes: &[u8],
    name: &str,
    progress: &dyn Fn(f64) -> bool,
) -> Result<Sheet, String> {
    let (styles, formats_unread) = match shown::styles(bytes) {
        Ok(styles) => (styles, None),
        Err(reason) => (Vec::new(), Some(reason)),
    };
    let mut sheet = Sheet { formats_unread, ..Sheet::default() };
    let mut cells = match workbook.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        // A sheet of a chart has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(sheet),
        Err(error) => return Err(words(error)),
    };
    let mut telling = Telling::new(progress, cells.dimensions());
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(words)? {
        let (row, column) = cell.get_position();
        if !telling.goes_on(row) {
            return Ok(Sheet::default());
        }
        if *cell.get_value() != DataRef::Empty {
            sheet.put(row, column, cell.get_value(), styles.get(style).copied().flatten()).map_err(words)?;
        }
    }
    Ok(sheet)
}

/// A sheet of a binary Excel workbook.
fn of_xlsb(workbook: &mut Xlsb<Cursor<&[u8]>>, name: &str, progress: &dyn Fn(f64) -> bool) -> Result<Sheet, String> {
    let mut sheet = Sheet { formats_unread: Some(shown::NOT_READ.to_owned()), ..Sheet::default() };
    let mut cells = workbook.worksheet_cells_reader(name).map_err(words)?;
    let mut telling = Telling::new(progress, cells.dimensions());
    while let Some(cell) = cells.next_cell().map_err(words)? {
        let (row, column) = cell.get_position();
        if !telling.goes_on(row) {
            return Ok(Sheet::default());
        }
        if *cell.get_value() != DataRef::Empty {
            sheet.put(row, column, cell.get_value(), None).map_err(words)?;
        }
    }
    Ok(sheet)
}

fn words(error: impl fmt::Display) -> String {
    error.to_string()
}

/// A cell with its text lent.
fn lent(cell: &Data) -> DataRef<'_> {
    match cell {
        Data::Empty => DataRef::Empty,
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::DateTime(at) => DataRef::DateTime(*at),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
    }
}

/// What a cell says; none where it holds an error.
fn text<'c>(cell: &'c DataRef<'_>, fineness: Option<Fineness>) -> Option<Cow<'c, str>> {
    Some(match cell {
        DataRef::Empty => "".into(),
        DataRef::String(text) => text.into(),
        DataRef::SharedString(text) => (*text).into(),
        DataRef::Bool(truth) => truth.to_string().into(),
        DataRef::Int(number) => number.to_string().into(),
        DataRef::Float(number) => number.to_string().into(),
        DataRef::DateTime(at) => date_text(at, fineness).into(),
        DataRef::DateTimeIso(text) => iso_text(text, fineness).into(),
        DataRef::DurationIso(text) => duration_text(text).into(),
        DataRef::Error(_) => return None,
    })
}

fn of_sheet(rows: Packed, mapping: Option<&Mapping>, mend: Option<bool>) -> (Table<'static>, Vec<Question>) {
    let first_row = rows.row(0).number;
    let sample: Vec<Vec<String>> = (0..rows.count().min(SAMPLE)).map(|at| rows.row(at).cells()).collect();
    // The number of the header row as a mapping has it is that of the sheet.
    let told = mapping.and_then(|mapping| mapping.header_row);
    let header = told.map_or_else(|| header_row(&sample), |row| (row + 1).saturating_sub(first_row));
    let headers = header.checked_sub(1).map(|at| rows.row(at).cells()).unwrap_or_default();
    let mut table = of_rows(headers, rows, header, "row");
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
