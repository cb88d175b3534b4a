//! A chronology as another program keeps it, on its way to becoming events.
//!
//! Every format is read into this one shape, and one place turns it into an edit: what a format has no field for, sources,
//! ids and what was imported before are the business of that place and of no format.

use std::collections::BTreeMap;

use super::mapping::Mapping;
use super::question::Question;
use crate::interchange::Problem;
use crate::model::{Era, Event, Source, Text};

/// What a file of another program holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chronology {
    /// Its name, where the format has one.
    pub title: Option<String>,
    /// What it says of itself.
    pub description: Option<String>,
    /// Its groups of events, in the order of the file. A group that only records name needs no entry.
    pub lanes: Vec<Group>,
    /// Periods behind the events, each without an id.
    pub eras: Vec<Era>,
    /// Its events, in the order of the file.
    pub records: Vec<Record>,
    /// What could not be taken, or not as it stood.
    pub problems: Vec<Problem>,
    /// What the format holds and a timeline does not, by kind ("colour", "alarm"): how often it was left out.
    pub left_out: BTreeMap<&'static str, usize>,
    /// What the file leaves open. Where one of these must be answered first, there are no records.
    pub questions: Vec<Question>,
    /// What the columns of a table became.
    pub mapping: Option<Mapping>,
    /// The first rows of a table as they stand, each with its place.
    pub sample: Vec<(String, Vec<String>)>,
    /// The sheets of a workbook.
    pub sheets: Vec<String>,
    /// The words that stand in columns for standing and weight.
    pub words: Words,
    /// The rows that were not taken, as they stand in a table, each with the reason: what is written for the one who has to
    /// mend them.
    pub rejected: Vec<Rejected>,
}

impl Chronology {
    /// Counts one thing of a kind that a timeline has no place for.
    pub fn leave_out(&mut self, kind: &'static str) {
        *self.left_out.entry(kind).or_default() += 1;
    }
}

/// Words of a table for which a mapping says what they mean, each once, in the order of the rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// Those of the column for standing.
    pub standings: Vec<String>,
    /// Those of the column for weight.
    pub weights: Vec<String>,
}

/// The headings of a table of rows that were not taken.
pub const REJECTED_HEADINGS: [&str; 4] = ["file", "line", "reason", "cells"];

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Where it stands in the file, from 1.
    pub line: usize,
    /// Why it was not taken.
    pub reason: String,
    /// Its cells.
    pub cells: Vec<String>,
}

impl Rejected {
    /// The cells of its row in a table of such: the file that it is from, its line, the reason, and its own.
    pub fn row(&self, file: &str) -> Vec<String> {
        let head = [file.to_owned(), self.line.to_string(), self.reason.clone()];
        head.into_iter().chain(self.cells.iter().cloned()).collect()
    }
}

/// Rows as CSV, as many cells as each has.
///
/// # Errors
/// Never: it is written into memory.
pub fn csv_rows<C: AsRef<[u8]>>(
    rows: impl IntoIterator<Item = impl IntoIterator<Item = C>>,
) -> Result<String, csv::Error> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    rows.into_iter().try_for_each(|row| writer.write_record(row))?;
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The next records of a file, and the rows between them that gave none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Part {
    /// The records, in the order of the file.
    pub records: Vec<Record>,
    /// The rows that were not taken.
    pub rejected: Vec<Rejected>,
}

/// A group of events: a category, section, layer or container.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// Its name, by which records refer to it.
    pub name: String,
    /// `#rrggbb`, where it has a colour.
    pub color: Option<String>,
    /// What belongs to it.
    pub note: Option<String>,
}

/// One event of a foreign file.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The id the other program knows it by: the same event comes under the same key next week.
    pub key: Option<String>,
    /// Where it stands in the file, as a citation says it ("row 17", "line 40").
    pub locator: String,
    /// Line (or row) of the file, from 1, for messages.
    pub line: usize,
    /// What it says. Its id is empty, its lane the *name* of a group, its citations are none, and the targets of its links are
    /// keys of other records.
    pub event: Event,
    /// The date as it stands in the file, kept as the wording of what the file says.
    pub date_as_given: Option<String>,
    /// Whom it names for what it says, in its order.
    pub sources: Vec<Named>,
}

impl Record {
    /// A record with a place in the file and an event, everything else as in a file that gives no more.
    pub fn new(line: usize, locator: impl Into<String>, event: Event) -> Self {
        Self { key: None, locator: locator.into(), line, event, date_as_given: None, sources: Vec::new() }
    }
}

/// A source that a record names.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// What is known of it. Its id is empty: which sources are one is found by address, else by text.
    pub source: Source,
    /// Page, paragraph or minute.
    pub locator: Option<Text>,
    /// Its words.
    pub quote: Option<Text>,
}

impl Named {
    /// A source that is named and nothing more.
    pub fn new(source: Source) -> Self {
        Self { source, locator: None, quote: None }
    }
}
