//! A workbook of Annalist's own (XLSX).

use std::borrow::Cow;
use std::fmt;
use std::io::Cursor;

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};

use super::Own;
use super::table::{Cell, Rows, is_own_table, table};
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::events::column::{Column, Held, Sheet, Tabled};
use crate::interchange::events::package::{self, Telling};
use crate::interchange::events::tables::grid::Packed;
use crate::model::{EraField, HeaderField, LaneField, SourceField, ViewField};

/// Reads a workbook; none where its first sheets are not those of Annalist, and where it is too large to be read.
pub fn workbook(bytes: &[u8], progress: &dyn Fn(f64) -> bool) -> Option<Own> {
    let mut book = open(bytes, progress)?;
    let mut own = Own::default();
    for sheet in Sheet::ALL {
        // Of its sheets that of events is by far the largest.
        let share = |share: f64| progress(if sheet == Sheet::Events { share } else { 1.0 });
        let rows = match rows(&mut book, sheet, usize::MAX, &share) {
            Ok(rows) => rows,
            Err(_) if sheet == Sheet::Events => return None,
            Err(Unread::NotThere) => continue,
            Err(Unread::Broken(reason)) => {
                let message = format!("the sheet \"{}\" cannot be read: {reason}", sheet.name());
                own.problems.push(Problem::new(Severity::Error, "bad-sheet", 0, message));
                continue;
            }
        };
        let headings = headings(sheet, &rows);
        if sheet == Sheet::Events && !is_own_table(&headings) {
            return None;
        }
        let records = Box::new((1..rows.count()).map(|at| (rows.row(at).number, rows.texts(at))));
        table(sheet, Rows { headings, records, cells: Cell::Plain }, &mut own);
    }
    Some(own)
}

/// Whether a workbook is one of Annalist's, by the first row of its first sheet.
pub fn is_workbook(bytes: &[u8]) -> bool {
    let Some(mut book) = open(bytes, &|_| true) else { return false };
    let rows = rows(&mut book, Sheet::Events, 1, &|_| true);
    rows.is_ok_and(|rows| is_own_table(&headings(Sheet::Events, &rows)))
}

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

fn open<'b>(bytes: &'b [u8], progress: &dyn Fn(f64) -> bool) -> Option<Book<'b>> {
    if package::refusal(bytes, progress).is_some() {
        return None;
    }
    Xlsx::new(Cursor::new(bytes)).ok()
}

/// Why a sheet was not read.
enum Unread {
    NotThere,
    Broken(String),
}

/// The first rows of a sheet, so many, cell by cell.
fn rows(book: &mut Book<'_>, sheet: Sheet, most: usize, progress: &dyn Fn(f64) -> bool) -> Result<Packed, Unread> {
    let broken = |error: &dyn fmt::Display| Unread::Broken(error.to_string());
    let mut cells = match book.worksheet_cells_reader(sheet.name()) {
        Ok(cells) => cells,
        Err(XlsxError::WorksheetNotFound(_)) => return Err(Unread::NotThere),
        Err(error) => return Err(broken(&error)),
    };
    let mut telling = Telling::new(progress, cells.dimensions());
    let mut rows = Packed::default();
    while let Some(cell) = cells.next_cell().map_err(|error| broken(&error))? {
        let (row, column) = cell.get_position();
        if !telling.goes_on(row) || rows.count() >= most && rows.last().is_some_and(|last| last <= row as usize) {
            break;
        }
        rows.put_at(row, column, &text(cell.get_value())).map_err(|error| broken(&error))?;
    }
    rows.settle();
    Ok(rows)
}

/// The names of the columns of a sheet, which has headings for people.
fn headings(sheet: Sheet, rows: &Packed) -> Vec<String> {
    rows.texts(0).into_iter().map(|label| name(sheet, label)).collect()
}

/// The name of the column that has this heading for people.
fn name(sheet: Sheet, label: String) -> String {
    fn of<F: Tabled>(label: &str) -> Option<String> {
        Held::<F>::all().into_iter().find(|held| held.label() == label).map(Held::name)
    }
    let found = match sheet {
        Sheet::Events => Column::labelled(&label).map(Column::name),
        Sheet::Sources => of::<SourceField>(&label),
        Sheet::Lanes => of::<LaneField>(&label),
        Sheet::Eras => of::<EraField>(&label),
        Sheet::Views => of::<ViewField>(&label),
        Sheet::Timeline => of::<HeaderField>(&label),
    };
    found.unwrap_or(label)
}

/// The text of a cell: a number as one writes it, a day as ISO 8601 has it.
fn text<'c>(cell: &'c DataRef<'_>) -> Cow<'c, str> {
    match cell {
        DataRef::Empty | DataRef::Error(_) => "".into(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.into(),
        DataRef::SharedString(text) => (*text).into(),
        DataRef::Float(number) => number.to_string().into(),
        DataRef::Int(number) => number.to_string().into(),
        DataRef::Bool(is_so) => is_so.to_string().into(),
        DataRef::DateTime(day) => {
            let (year, month, day, hour, minute, second, _) = day.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}").into(),
                _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}").into(),
            }
        }
    }
}
