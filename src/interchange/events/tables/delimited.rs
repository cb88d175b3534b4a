//! Text with a sign between two cells: CSV, TSV, semicolons, bars.

use csv::{ReaderBuilder, StringRecord};

use super::grid::{Cells, Table, distinct};
use super::mend::mend_text;
use crate::diagnostic::{Severity, counted};
use crate::interchange::events::dates::{self, Cell};
use crate::interchange::events::mapping::Mapping;
use crate::interchange::events::question::Question;
use crate::interchange::{Problem, encoding};
use crate::time;

/// What may stand between two cells, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Rows from which delimiter and header row are told.
const SAMPLE: usize = 60;

/// Letters of a header, at most.
const LONGEST_HEADER: usize = 60;

/// Rows of a preamble before the header, at most.
const PREAMBLE: usize = 15;

/// The table in the bytes of a text file, and what is asked about them.
pub fn read<'b>(bytes: &'b [u8], mapping: Option<&Mapping>, mend: Option<bool>) -> (Table<'b>, Vec<Question>) {
    let mut problems = Vec::new();
    let mut text = encoding::decoded(bytes, &mut problems);
    let mut questions = Vec::new();
    mend_text(&mut text, mend, &mut problems, &mut questions);

    // A spreadsheet may name the delimiter in a line of its own.
    let named = text.lines().next().and_then(|line| line.trim().strip_prefix("sep=")?.bytes().next());
    let told = mapping.and_then(|mapping| mapping.delimiter).and_then(|sign| u8::try_from(sign).ok());
    let delimiter = told.or(named).unwrap_or_else(|| delimiter_of(&text));
    let sample = sample(&text, delimiter);
    let header = match mapping.and_then(|mapping| mapping.header_row) {
        Some(row) => row,
        None => header_row(&sample) + usize::from(named.is_some() && header_row(&sample) == 0),
    };
    let mut width = 0;
    let mut rows = 0;
    let mut headers: Vec<String> = Vec::new();
    let (mut from, mut first_line, mut number) = (0, 1, 0);
    let mut record = StringRecord::new();
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    while let Ok(true) = reader.read_record(&mut record) {
        number += 1;
        if number == header {
            headers = record.iter().map(str::to_owned).collect();
        }
        if number <= header {
            from = reader.position().byte() as usize;
            first_line = reader.position().line() as usize;
            continue;
        }
        rows += usize::from(record.iter().any(|cell| !cell.trim().is_empty()));
        // What stands behind the last header is a cell only where there is something in it.
        let is_filled = |at: &usize| record.get(*at).is_some_and(|cell| !cell.trim().is_empty());
        let filled = (0..record.len()).rev().find(is_filled).map_or(0, |last| last + 1);
        width = width.max(filled);
    }
    if width > headers.len() && header > 0 {
        let message = {
            let (cells, headers) = (counted(width, "cell"), counted(headers.len(), "header"));
            format!("some rows have {cells} under {headers}; the others were numbered")
        };
        problems.push(Problem::new(Severity::Warning, "ragged-rows", first_line, message));
    }
    if header > 1 {
        let message = format!("the headers were found in row {header}; what stands above them was left out");
        problems.push(Problem::new(Severity::Info, "preamble", 1, message));
    }
    let width = width.max(headers.len());
    headers.resize(width, String::new());
    let cells = Cells::Text { text, from, delimiter, first_row: header + 1, first_line };
    (Table { columns: distinct(headers, 0), noun: "row", rows, cells, problems, sheets: Vec::new() }, questions)
}

/// Whether a text is a table: two rows at least, most of which have as many cells as the first, and that is two or more.
pub fn is_table(text: &str) -> bool {
    let delimiter = delimiter_of(text);
    let rows = sample(text, delimiter);
    let Some(first) = rows.get(header_row(&rows).saturating_sub(1)) else { return false };
    let alike = rows.iter().filter(|row| row.len() == first.len()).count();
    first.len() >= 2 && alike >= 2 && alike * 10 >= rows.len() * 6
}

fn sample(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let records = reader.records().map_while(Result::ok).take(SAMPLE);
    records.map(|record| record.iter().map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// The sign that cuts most rows into the same number of cells.
fn delimiter_of(text: &str) -> u8 {
    let text = text.get(..text.floor_char_boundary(64 * 1024)).unwrap_or(text);
    let score = |delimiter: u8| {
        let rows = sample(text, delimiter);
        let mut widths: Vec<usize> = rows.iter().map(Vec::len).filter(|width| *width > 1).collect();
        widths.sort_unstable();
        let middle = widths.get(widths.len() / 2).copied().unwrap_or(1);
        let alike = widths.iter().filter(|width| **width == middle).count();
        // Rows alike count first; a sign that cuts into more cells wins among equals.
        if middle < 2 { 0 } else { alike * 1000 / rows.len().max(1) * 100 + middle.min(99) }
    };
    // Of several that are as good, the likeliest.
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| score(*delimiter)).unwrap_or(b',')
}

/// The row that has the headers, from 1; 0 where the first row is one of values.
pub fn header_row(rows: &[Vec<String>]) -> usize {
    let mut widths: Vec<usize> = rows.iter().map(|row| filled(row)).collect();
    widths.sort_unstable();
    let middle = widths.get(widths.len() / 2).copied().unwrap_or_default();
    for (at, row) in rows.iter().take(PREAMBLE).enumerate() {
        // Headers are words, and there are about as many of them as of cells below. Where a date is, none of them is a header.
        let has_date = row.iter().any(|cell| is_date(cell));
        let words = row.iter().filter(|cell| is_header(cell)).count();
        if !has_date
            && words >= 1
            && words * 4 >= filled(row) * 3
            && (words * 2 > middle || middle <= 2)
            && filled(row) >= middle.min(2)
        {
            return at + 1;
        }
        if filled(row) >= middle.max(2) {
            return 0;
        }
    }
    0
}

fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// Whether a cell can be a header: short, with a letter, and no value such as a date, an address or a number.
fn is_header(cell: &str) -> bool {
    let cell = cell.trim();
    !cell.is_empty()
        && cell.chars().count() <= LONGEST_HEADER
        && cell.chars().any(char::is_alphabetic)
        && !cell.contains("://")
        && !cell.starts_with(|c: char| c.is_ascii_digit())
        && !is_date(cell)
}

/// Whether a cell holds a date, in numbers or in words, finer than a year alone: that is no header, and above a column of dates no row
/// with one is a row of headers.
fn is_date(cell: &str) -> bool {
    let cell = cell.trim();
    match dates::cell(cell) {
        Cell::Parts(parts) => parts.month.is_some(),
        Cell::Numbers(_) => true,
        Cell::Words => cell.len() <= LONGEST_HEADER && time::unambiguous(cell).is_some(),
        Cell::Nothing | Cell::Sentinel(_) | Cell::Count(..) => false,
    }
}
