//! A workbook of Annalist's own (XLSX).

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};

use super::Own;
use super::table::{Cell, Rows, is_own, table};
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::events::column::{Column, Held, Sheet, Tabled};
use crate::model::{EraField, HeaderField, LaneField, SourceField, ViewField};

/// Reads a workbook; none where its first sheets are not those of Annalist.
pub fn workbook(bytes: &[u8]) -> Option<Own> {
    let mut book = Xlsx::new(Cursor::new(bytes)).ok()?;
    let mut own = Own::default();
    let mut is_known = false;
    for sheet in Sheet::ALL {
        let range = match book.worksheet_range(sheet.name()) {
            Ok(range) => range,
            Err(_) if sheet == Sheet::Events => return None,
            Err(_) => continue,
        };
        let first = range.start().map_or(0, |(row, _)| row as usize);
        let mut rows = range.rows().map(|row| row.iter().map(text).collect::<Vec<String>>());
        let labels = rows.next().unwrap_or_default();
        let headings: Vec<String> = labels.into_iter().map(|label| name(sheet, label)).collect();
        if sheet == Sheet::Events {
            is_known = is_own(&headings);
            if !is_known {
                return None;
            }
        }
        let records = Box::new(rows.enumerate().map(move |(at, cells)| (first + at + 2, cells)));
        table(sheet, Rows { headings, records, cells: Cell::Plain }, &mut own);
    }
    // Rows are numbered in each sheet, so what is told names the sheet where it is not that of events.
    if own.events.is_empty() && !is_known {
        let message = "the sheet of events has no event".to_owned();
        own.problems.push(Problem::new(Severity::Warning, "no-events", 1, message));
    }
    Some(own)
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
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(is_so) => is_so.to_string(),
        Data::DateTime(day) => {
            let (year, month, day, hour, minute, second, _) = day.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
            }
        }
    }
}
