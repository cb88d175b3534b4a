//! A table: headers and rows of texts, whichever format they come from.
//!
//! The text of a delimited file is kept as it is and cut into cells anew by each pass over it: a million rows take no more room
//! than their bytes.

use csv::{ReaderBuilder, StringRecord};

use crate::interchange::Problem;

/// A table of texts.
#[derive(Debug, Default)]
pub struct Table {
    /// The headers, no two the same, as many as the widest row has cells.
    pub columns: Vec<String>,
    /// What a row is called in a locator: "row", "item" or "line".
    pub noun: &'static str,
    /// How many rows there are.
    pub rows: usize,
    pub(super) cells: Cells,
    /// What was found wrong with the file as a table.
    pub problems: Vec<Problem>,
    /// The names of the sheets that can be read in its place, of a workbook.
    pub sheets: Vec<String>,
}

/// Where the cells are.
#[derive(Debug)]
pub(super) enum Cells {
    Text {
        text: String,
        /// Where the first row begins that is no header.
        from: usize,
        delimiter: u8,
        /// Number of the first row that is no header, and its line; both from 1.
        first_row: usize,
        first_line: usize,
    },
    /// Rows with their numbers.
    Grid(Vec<(usize, Vec<String>)>),
}

impl Default for Cells {
    fn default() -> Self {
        Self::Grid(Vec::new())
    }
}

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Its number as a spreadsheet counts, from 1, headers included.
    pub number: usize,
    /// Its line in the file, from 1.
    pub line: usize,
    cells: RowCells<'a>,
}

#[derive(Debug, Clone, Copy)]
enum RowCells<'a> {
    Record(&'a StringRecord),
    Cells(&'a [String]),
}

impl<'a> Row<'a> {
    /// The text of a cell, without the blanks around it; empty where the row is too short.
    pub fn get(&self, column: usize) -> &'a str {
        let cell = match self.cells {
            RowCells::Record(record) => record.get(column),
            RowCells::Cells(cells) => cells.get(column).map(String::as_str),
        };
        cell.unwrap_or_default().trim()
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        match self.cells {
            RowCells::Record(record) => record.len(),
            RowCells::Cells(cells) => cells.len(),
        }
    }

    /// Whether every cell is empty.
    pub fn is_empty(&self) -> bool {
        (0..self.len()).all(|column| self.get(column).is_empty())
    }

    /// Its cells.
    pub fn cells(&self) -> Vec<String> {
        (0..self.len()).map(|column| self.get(column).to_owned()).collect()
    }
}

impl Table {
    /// Hands over row by row, with the share of the table that has been read, until `each` says that it is enough.
    pub fn each(&self, mut each: impl FnMut(Row<'_>, f64) -> bool) {
        match &self.cells {
            Cells::Grid(rows) => {
                let total = rows.len().max(1) as f64;
                for (at, (number, cells)) in rows.iter().enumerate() {
                    let row = Row { number: *number, line: *number, cells: RowCells::Cells(cells) };
                    if !row.is_empty() && !each(row, at as f64 / total) {
                        return;
                    }
                }
            }
            Cells::Text { text, from, delimiter, first_row, first_line } => {
                let body = text.get(*from..).unwrap_or_default();
                let total = body.len().max(1) as f64;
                let mut record = StringRecord::new();
                let mut reader = ReaderBuilder::new()
                    .delimiter(*delimiter)
                    .has_headers(false)
                    .flexible(true)
                    .from_reader(body.as_bytes());
                let mut number = *first_row;
                while let Ok(true) = reader.read_record(&mut record) {
                    let position = record.position();
                    let line = position.map_or(1, csv::Position::line) as usize + first_line - 1;
                    let share = position.map_or(0, csv::Position::byte) as f64 / total;
                    let row = Row { number, line, cells: RowCells::Record(&record) };
                    number += 1;
                    if !row.is_empty() && !each(row, share) {
                        return;
                    }
                }
            }
        }
    }
}

/// A table of rows with their numbers.
pub fn of_rows(mut headers: Vec<String>, rows: Vec<(usize, Vec<String>)>, noun: &'static str) -> Table {
    let filled = |cells: &[String]| cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
    let width = rows.iter().map(|(_, cells)| filled(cells)).max().unwrap_or_default();
    // Columns at the end without header and without a cell are none.
    while headers.len() > width && headers.last().is_some_and(|header| header.trim().is_empty()) {
        headers.pop();
    }
    headers.resize(width.max(headers.len()), String::new());
    let number = rows.iter().filter(|(_, cells)| filled(cells) > 0).count();
    Table {
        columns: distinct(headers),
        noun,
        rows: number,
        cells: Cells::Grid(rows),
        problems: Vec::new(),
        sheets: Vec::new(),
    }
}

/// Headers that can be told apart: empty ones get the number of their column, and of several alike the later ones a number.
pub fn distinct(headers: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (at, header) in headers.into_iter().enumerate() {
        let header = header.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = if header.is_empty() { format!("Column {}", at + 1) } else { header };
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        let name = std::iter::once(name.clone()).chain(numbered).find(|name| !names.contains(name));
        names.extend(name);
    }
    names
}
