//! Rows of a CSV file with a header, by the names of their columns.

use std::collections::BTreeSet;

use csv::StringRecord;

use super::draft::Draft;
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::events::chronology::Chronology;
use crate::interchange::events::pace::{Pace, Progress};

/// A row, with what was asked of it.
pub(super) struct Row<'t> {
    header: &'t StringRecord,
    cells: &'t StringRecord,
    taken: BTreeSet<usize>,
    /// Of the file, from 1.
    pub line: usize,
    /// As spreadsheets count, the header being the first.
    pub number: usize,
}

impl Row<'_> {
    /// The text in a column, and that it has a place; empty where there is no such column. Of columns of one name the first.
    pub fn take(&mut self, name: &str) -> &str {
        let at = self.header.iter().position(|known| is_name(known, name));
        let Some(at) = at else { return "" };
        self.taken.insert(at);
        self.cells.get(at).unwrap_or_default().trim()
    }

    /// The text at a place, from 0, and that it has a place.
    pub fn take_at(&mut self, at: usize) -> &str {
        self.taken.insert(at);
        self.cells.get(at).unwrap_or_default().trim()
    }

    pub fn draft(&self) -> Draft {
        Draft::new(self.line, format!("row {}", self.number))
    }

    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// Columns that were not asked for, with their texts, where these say something.
    pub fn rest(&self) -> impl Iterator<Item = (String, &str)> {
        self.cells.iter().enumerate().filter(|(at, cell)| !self.taken.contains(at) && !cell.trim().is_empty()).map(
            |(at, cell)| {
                let name = self.header.get(at).map(str::trim).filter(|name| !name.is_empty());
                (name.map_or_else(|| format!("column {}", at + 1), str::to_owned), cell.trim())
            },
        )
    }

    /// Keeps every column that was not asked for under its name.
    pub fn keep_rest(&self, draft: &mut Draft) {
        for (name, text) in self.rest() {
            draft.own(&name, text);
        }
    }
}

/// Calls back for every row that is not empty. A row that is broken is told. Tells how far it has come, and ends where nobody waits any
/// more.
pub(super) fn each_row(
    text: &str,
    progress: Progress<'_>,
    chronology: &mut Chronology,
    take: impl FnMut(&mut Row<'_>, &mut Chronology),
) {
    each_row_under(None, text, progress, chronology, take);
}

/// As [`each_row`], of a file without a header, which has these columns.
pub(super) fn each_row_under(
    header: Option<StringRecord>,
    text: &str,
    progress: Progress<'_>,
    chronology: &mut Chronology,
    mut take: impl FnMut(&mut Row<'_>, &mut Chronology),
) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut number = usize::from(header.is_none());
    let header = header.unwrap_or_else(|| {
        let mut header = StringRecord::new();
        // The text is UTF-8 and comes from memory: reading it cannot fail.
        let _ = reader.read_record(&mut header);
        header
    });
    let mut cells = StringRecord::new();
    let (mut pace, mut before) = (Pace::new(progress, text.len()), 0);
    while reader.read_record(&mut cells).unwrap_or(false) {
        number += 1;
        let place = reader.position().byte() as usize;
        if !pace.goes_on_by(place - std::mem::replace(&mut before, place)) {
            return;
        }
        let line = cells.position().map_or(number, |place| usize::try_from(place.line()).unwrap_or(number));
        if cells.len() > header.len() {
            let message = format!("the row has {} cells, the header {}", cells.len(), header.len());
            chronology.problems.push(Problem::new(Severity::Warning, "long-row", line, message));
        }
        let mut row = Row { header: &header, cells: &cells, taken: BTreeSet::new(), line, number };
        if !row.is_empty() {
            take(&mut row, chronology);
        }
    }
}

/// Whether the first line of a text is a header with all these names.
pub(super) fn has_header(head: &str, names: &[&str]) -> bool {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(head.as_bytes());
    let mut header = StringRecord::new();
    reader.read_record(&mut header).unwrap_or(false)
        && names.iter().all(|name| header.iter().any(|known| is_name(known, name)))
}

fn is_name(known: &str, name: &str) -> bool {
    known.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(name)
}
