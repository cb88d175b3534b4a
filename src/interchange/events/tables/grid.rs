//! A table: headers and rows of texts, whichever format they come from.
//!
//! The text of a file that has a row in each of its lines is kept as it is and cut into cells anew by each pass over it: a million
//! rows take no more room than their bytes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use csv::{ReaderBuilder, StringRecord};

use crate::interchange::Problem;

/// Rows that are handed over together, so that cores can share the work on them.
const AT_ONCE: usize = 1024;

/// Cells that may come out of their order: no program writes them so, and each takes more room.
const MOST_ASTRAY: usize = 1 << 20;

/// A table of texts.
#[derive(Debug, Default)]
pub struct Table<'a> {
    /// The headers, no two the same, as many as the widest row has cells.
    pub columns: Vec<String>,
    /// What a row is called in a locator: "row", "item" or "line".
    pub noun: &'static str,
    /// How many rows there are.
    pub rows: usize,
    pub(super) cells: Cells<'a>,
    /// What was found wrong with the file as a table.
    pub problems: Vec<Problem>,
    /// The names of the sheets that can be read in its place, of a workbook.
    pub sheets: Vec<String>,
}

/// Where the cells are.
pub(super) enum Cells<'a> {
    /// In a delimited text.
    Text {
        text: Cow<'a, str>,
        /// Where the first row begins that is no header.
        from: usize,
        delimiter: u8,
        /// Number of the first row that is no header, and its line; both from 1.
        first_row: usize,
        first_line: usize,
    },
    /// In a text with a record in each line, which is cut into the cells of the columns by `cells`; none for a line that holds none.
    Lines { text: Cow<'a, str>, cells: LineCells },
    /// In rows that stand one behind the other, from the first that is no header.
    Grid { rows: Packed, from: usize },
}

/// Cuts a line into the cells of the columns.
pub(super) type LineCells = Box<dyn Fn(&str) -> Option<Vec<String>> + Send + Sync>;

impl fmt::Debug for Cells<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text { .. } => "Text",
            Self::Lines { .. } => "Lines",
            Self::Grid { .. } => "Grid",
        })
    }
}

impl Default for Cells<'_> {
    fn default() -> Self {
        Self::Grid { rows: Packed::default(), from: 0 }
    }
}

/// Rows of cells, the texts of all of them one behind the other: a cell takes little more room than its text, and an empty one none.
#[derive(Debug, Default)]
pub struct Packed {
    text: String,
    /// The column of each filled cell, from 0, and where its text ends.
    columns: Vec<u32>,
    ends: Vec<usize>,
    /// The number of each row, and its first filled cell.
    rows: Vec<(usize, usize)>,
    /// Columns before the first that has a cell.
    pub(super) skipped: u32,
    /// Cells that came behind later ones, by row and column from 0.
    astray: BTreeMap<(u32, u32), String>,
}

/// Bytes that the cells of a sheet may take.
const LARGEST: usize = 1 << 30;

/// More cells, or longer ones, than are held of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("its cells have more than {most} MB; save it as CSV, which may be of any size, and import that", most = LARGEST >> 20)]
pub struct TooLarge;

impl Packed {
    /// Begins a row, which has this number.
    pub fn begin(&mut self, number: usize) {
        self.rows.push((number, self.columns.len()));
    }

    /// Puts a text into the row that was begun last, behind the cells that it has.
    pub fn put(&mut self, column: u32, text: &str) {
        if !text.is_empty() {
            self.text.push_str(text);
            self.columns.push(column);
            self.ends.push(self.text.len());
        }
    }

    /// Puts a text where it stands in a sheet, by row and column from 0; rows have the numbers that the sheet gives them.
    ///
    /// # Errors
    /// Where there would be more of them than can be held.
    pub fn put_at(&mut self, row: u32, column: u32, text: &str) -> Result<(), TooLarge> {
        const A_CELL: usize = size_of::<u32>() + size_of::<usize>();
        if self.text.len() + text.len() + self.columns.len() * A_CELL > LARGEST {
            return Err(TooLarge);
        }
        let number = row as usize + 1;
        let is_behind = |last: usize| {
            let begins = self.rows.last().map_or(0, |(_, first)| *first);
            last < number
                || last == number && self.columns.get(begins..).and_then(<[u32]>::last).is_none_or(|&it| it < column)
        };
        if !self.last().is_none_or(is_behind) {
            if self.astray.len() >= MOST_ASTRAY {
                return Err(TooLarge);
            }
            self.astray.insert((row, column), text.to_owned());
            return Ok(());
        }
        // A row without a cell is a row as well.
        let next = self.last().unwrap_or(row as usize);
        (next + 1..=number).for_each(|number| self.begin(number));
        self.put(column, text);
        Ok(())
    }

    /// Takes up what came out of its order, and leaves out the columns before the first that has a cell.
    pub fn settle(&mut self) {
        if !self.astray.is_empty() {
            let mut cells = std::mem::take(&mut self.astray);
            for (row, (number, _)) in self.rows.iter().enumerate() {
                for cell in self.cells(row) {
                    let (text, column) = (self.text_of(cell).unwrap_or_default(), self.columns.get(cell));
                    let place = (u32::try_from(number - 1).unwrap_or(u32::MAX), column.copied().unwrap_or_default());
                    // What came later holds.
                    cells.entry(place).or_insert_with(|| text.to_owned());
                }
            }
            *self = Self::default();
            for ((row, column), text) in cells {
                // They have been counted.
                let _ = self.put_at(row, column, &text);
            }
        }
        self.skipped = self.columns.iter().min().copied().unwrap_or_default();
    }

    /// A row with these cells.
    pub fn push<T: AsRef<str>>(&mut self, number: usize, cells: impl IntoIterator<Item = T>) {
        self.begin(number);
        (0..).zip(cells).for_each(|(column, text)| self.put(column, text.as_ref()));
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// The number of the last row.
    pub fn last(&self) -> Option<usize> {
        self.rows.last().map(|(number, _)| *number)
    }

    /// A row by its place.
    pub fn row(&self, at: usize) -> Row<'_> {
        let number = self.rows.get(at).map_or(0, |(number, _)| *number);
        Row { number, line: number, cells: RowCells::Packed(self, at) }
    }

    /// The texts of a row as they stand, up to the last; none where there is no such row.
    pub fn texts(&self, at: usize) -> Vec<String> {
        let cells = if at < self.rows.len() { self.cells(at) } else { 0..0 };
        let mut texts: Vec<String> = Vec::new();
        for cell in cells {
            let column = self.columns.get(cell).map_or(0, |column| (column - self.skipped) as usize);
            texts.resize(column, String::new());
            texts.push(self.text_of(cell).unwrap_or_default().to_owned());
        }
        texts
    }

    /// The filled cells of a row, by their places among all.
    fn cells(&self, row: usize) -> Range<usize> {
        let start = |row: usize| self.rows.get(row).map_or(self.columns.len(), |(_, first)| *first);
        start(row)..start(row + 1)
    }

    fn get(&self, row: usize, column: usize) -> Option<&str> {
        let cells = self.cells(row);
        let column = u32::try_from(column).ok()?.checked_add(self.skipped)?;
        let at = cells.start + self.columns.get(cells)?.binary_search(&column).ok()?;
        self.text_of(at)
    }

    fn text_of(&self, cell: usize) -> Option<&str> {
        let start = cell.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(start..*self.ends.get(cell)?)
    }

    /// How many cells a row has up to the last that is filled.
    fn width(&self, row: usize) -> usize {
        let last = self.cells(row).rev().find(|cell| self.text_of(*cell).is_some_and(|text| !text.trim().is_empty()));
        last.and_then(|cell| self.columns.get(cell)).map_or(0, |column| (column - self.skipped) as usize + 1)
    }

    /// The same rows with other texts in their cells.
    pub fn map(&self, change: impl Fn(&str) -> Option<String>) -> Self {
        let mut changed = Self { skipped: self.skipped, ..Self::default() };
        for (row, (number, _)) in self.rows.iter().enumerate() {
            changed.begin(*number);
            for cell in self.cells(row) {
                let (text, column) = (self.text_of(cell).unwrap_or_default(), self.columns.get(cell));
                changed.put(column.copied().unwrap_or_default(), change(text).as_deref().unwrap_or(text));
            }
        }
        changed
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
    Packed(&'a Packed, usize),
}

impl<'a> Row<'a> {
    /// The text of a cell, without the blanks around it; empty where the row is too short.
    pub fn get(&self, column: usize) -> &'a str {
        let cell = match self.cells {
            RowCells::Record(record) => record.get(column),
            RowCells::Cells(cells) => cells.get(column).map(String::as_str),
            RowCells::Packed(rows, at) => rows.get(at, column),
        };
        cell.unwrap_or_default().trim()
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        match self.cells {
            RowCells::Record(record) => record.len(),
            RowCells::Cells(cells) => cells.len(),
            RowCells::Packed(rows, at) => rows.width(at),
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

impl Table<'_> {
    /// Hands over row by row, with the share of the table that has been read, until `each` says that it is enough.
    pub fn each(&self, mut each: impl FnMut(Row<'_>, f64) -> bool) {
        self.each_part(|rows, share| rows.iter().all(|row| each(*row, share)));
    }

    /// As [`Table::each`], many rows at once. Rows without a filled cell are left out.
    pub fn each_part(&self, mut each: impl FnMut(&[Row<'_>], f64) -> bool) {
        match &self.cells {
            Cells::Grid { rows: packed, from } => {
                let total = packed.count().max(1) as f64;
                for start in (*from..packed.count()).step_by(AT_ONCE) {
                    let rows = (start..(start + AT_ONCE).min(packed.count())).map(|at| packed.row(at));
                    let rows: Vec<Row<'_>> = rows.filter(|row| !row.is_empty()).collect();
                    if !each(&rows, start as f64 / total) {
                        return;
                    }
                }
            }
            Cells::Lines { text, cells } => {
                let total = text.len().max(1) as f64;
                let mut lines = text.lines().enumerate();
                let mut read = 0;
                loop {
                    let share = read as f64 / total;
                    let part: Vec<(usize, &str)> = lines.by_ref().take(AT_ONCE).collect();
                    if part.is_empty() {
                        return;
                    }
                    read += part.iter().map(|(_, line)| line.len() + 1).sum::<usize>();
                    let part: Vec<(usize, Vec<String>)> =
                        part.into_iter().filter_map(|(at, line)| Some((at + 1, cells(line)?))).collect();
                    let rows = part.iter().map(|(number, cells)| Row {
                        number: *number,
                        line: *number,
                        cells: RowCells::Cells(cells),
                    });
                    let rows: Vec<Row<'_>> = rows.filter(|row| !row.is_empty()).collect();
                    if !each(&rows, share) {
                        return;
                    }
                }
            }
            Cells::Text { text, from, delimiter, first_row, first_line } => {
                let body = text.get(*from..).unwrap_or_default();
                let total = body.len().max(1) as f64;
                let mut reader = ReaderBuilder::new()
                    .delimiter(*delimiter)
                    .has_headers(false)
                    .flexible(true)
                    .from_reader(body.as_bytes());
                // The same records are filled again and again.
                let mut records = vec![StringRecord::new(); AT_ONCE];
                let mut number = *first_row;
                let mut is_end = false;
                while !is_end {
                    let share = reader.position().byte() as f64 / total;
                    let mut filled = 0;
                    for record in &mut records {
                        match reader.read_record(record) {
                            Ok(true) => filled += 1,
                            _ => {
                                is_end = true;
                                break;
                            }
                        }
                    }
                    let rows = records.iter().take(filled).zip(number..).map(|(record, number)| {
                        let line = record.position().map_or(1, csv::Position::line) as usize + first_line - 1;
                        Row { number, line, cells: RowCells::Record(record) }
                    });
                    let rows: Vec<Row<'_>> = rows.filter(|row| !row.is_empty()).collect();
                    number += filled;
                    if !each(&rows, share) {
                        return;
                    }
                }
            }
        }
    }
}

/// A table of rows; those before `from` are no part of it.
pub fn of_rows(headers: Vec<String>, rows: Packed, from: usize, noun: &'static str) -> Table<'static> {
    let widths = (from..rows.count()).map(|at| rows.width(at));
    let (width, number) =
        widths.fold((0, 0), |(width, number), filled| (width.max(filled), number + usize::from(filled > 0)));
    Table {
        columns: columns(headers, width, rows.skipped as usize),
        noun,
        rows: number,
        cells: Cells::Grid { rows, from },
        problems: Vec::new(),
        sheets: Vec::new(),
    }
}

/// The columns of a table in which this many have a cell, behind so many in which none has.
pub fn columns(mut headers: Vec<String>, width: usize, skipped: usize) -> Vec<String> {
    // Columns at the end without header and without a cell are none.
    while headers.len() > width && headers.last().is_some_and(|header| header.trim().is_empty()) {
        headers.pop();
    }
    headers.resize(width.max(headers.len()), String::new());
    distinct(headers, skipped)
}

/// Headers that can be told apart: empty ones get the letters that a spreadsheet shows above their column, and of several alike the later
/// ones a number. The first has so many columns before it.
pub fn distinct(headers: impl IntoIterator<Item = String>, skipped: usize) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (at, header) in (skipped..).zip(headers) {
        let header = header.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = if header.is_empty() { format!("{UNNAMED}{}", letters(at)) } else { header };
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        let name = std::iter::once(name.clone()).chain(numbered).find(|name| !names.contains(name));
        names.extend(name);
    }
    names
}

/// What the name of a column begins with that has no header.
const UNNAMED: &str = "Column ";

/// Whether a column of this name has no header.
pub fn is_unnamed(name: &str) -> bool {
    name.strip_prefix(UNNAMED).is_some_and(|letters| letters.bytes().all(|byte| byte.is_ascii_uppercase()))
}

/// The letters of a column, from 0: A to Z, then AA.
fn letters(column: usize) -> String {
    let (before, last) = (column / 26, (column % 26) as u8);
    let before = before.checked_sub(1).map(letters).unwrap_or_default();
    format!("{before}{}", char::from(b'A' + last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_without_headers_have_the_letters_of_a_spreadsheet() {
        let named: Vec<String> = [0, 25, 26, 51, 52, 701, 702, 16_383].into_iter().map(letters).collect();
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
        let headers = ["", "Date", " ", "Column C"].map(str::to_owned);
        let names = distinct(headers, 1);
        assert_eq!(names, ["Column B", "Date", "Column D", "Column C"]);
        assert!(is_unnamed("Column B") && !is_unnamed("Column b") && !is_unnamed("Date"));
    }

    #[test]
    fn cells_that_come_out_of_their_order_are_put_where_they_stand() {
        let mut rows = Packed::default();
        for (row, column, text) in [(3, 2, "x"), (5, 1, "old"), (4, 4, "y"), (5, 1, "new"), (2, 3, "z"), (6, 2, "last")]
        {
            rows.put_at(row, column, text).unwrap();
        }
        rows.settle();
        let found: Vec<(usize, Vec<String>)> =
            (0..rows.count()).map(|at| (rows.row(at).number, rows.texts(at))).collect();
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            found,
            [
                (3, texts(&["", "", "z"])),
                (4, texts(&["", "x"])),
                (5, texts(&["", "", "", "y"])),
                (6, texts(&["new"])),
                (7, texts(&["", "last"])),
            ]
        );
        assert!(rows.texts(9).is_empty());
    }
}
