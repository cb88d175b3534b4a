//! Tables of any program: rows of texts under headers, brought in by a mapping.
//!
//! | module | owns |
//! |---|---|
//! | `text` | the texts of cells |
//! | [`grid`] | headers and rows, whichever format they come from |
//! | `mend` | text that was decoded twice |
//! | `delimited` | CSV and its like |
//! | `json` | arrays of objects, and an object a line |
//! | `shown`, `workbook` | sheets of spreadsheets, with what their cells show |
//! | `facts` | what the values of a column are like |
//! | `propose` | what the columns may be |
//! | `rows` | rows to records |
//! | `told` | what is told of rows |

pub mod grid;

mod text;

mod mend;

mod delimited;
mod json;

mod shown;
mod workbook;

mod facts;
mod propose;
mod rows;
mod told;

use super::chronology::{Chronology, Words};
use super::input::{Asked, Input, Sample};
use super::mapping::{Mapping, Target};
use super::question::Question;

pub use grid::Table;
pub use propose::{standing, weight};
pub use rows::Rows;
pub use text::{first_sentence, items};

/// Rows in which words for standing and weight are looked for.
const MOST_ROWS: usize = 5_000;

/// Words of a column that are told: of more it has no scale.
const MOST_WORDS: usize = 40;

/// Whether a text is one of rows with cells.
pub fn is_delimited(sample: &Sample<'_>) -> bool {
    !sample.bytes.is_empty() && delimited::is_table(sample.text)
}

/// Whether a text that was pasted is a table of events: rows of cells apart by tabs, as spreadsheets copy them, or under headers
/// that name a date and a title.
pub fn is_pasted(text: &str) -> bool {
    let rows = text.lines().filter(|line| !line.trim().is_empty());
    if rows.clone().take(2).count() < 2 || !delimited::is_table(text) {
        return false;
    }
    if rows.clone().filter(|row| row.contains('\t')).count() * 2 > rows.count() {
        return true;
    }
    let (table, _) = delimited::read(text.as_bytes(), None, None);
    let mapping = completed(Mapping::default(), &table);
    let has = |targets: [Target; 2]| mapping.columns.iter().any(|column| targets.contains(&column.to));
    has([Target::Date, Target::Year]) && has([Target::Title, Target::Title])
}

/// Reads a text of rows with cells.
pub fn read_delimited<'b>(input: &Input<'b>, asked: &Asked<'_>) -> (Table<'b>, Vec<Question>) {
    delimited::read(input.bytes, asked.mapping, mend(asked))
}

/// Whether a text is JSON with rows in it.
pub fn is_json(sample: &Sample<'_>) -> bool {
    json::is_json(sample.text)
}

/// Reads an array of objects.
pub fn read_json<'b>(input: &Input<'b>, asked: &Asked<'_>) -> (Table<'b>, Vec<Question>) {
    json::read(input.bytes, mend(asked), asked.progress)
}

/// Whether a text has an object of JSON in each line.
pub fn is_json_lines(sample: &Sample<'_>) -> bool {
    // By its name too: a line that is none may be the second.
    let is_named = [".jsonl", ".ndjson"].iter().any(|ending| sample.name.ends_with(ending));
    json::is_lines(sample.text, is_named)
}

/// Reads an object a line.
pub fn read_json_lines<'b>(input: &Input<'b>, asked: &Asked<'_>) -> (Table<'b>, Vec<Question>) {
    json::read_lines(input.bytes, mend(asked), asked.progress)
}

/// Whether a file is a workbook of Excel: a package of the name, or a compound file.
pub fn is_excel(sample: &Sample<'_>) -> bool {
    let is_named = [".xlsx", ".xlsm", ".xlsb", ".xls"].iter().any(|ending| sample.name.ends_with(ending));
    is_named && (sample.bytes.starts_with(b"PK") || sample.bytes.starts_with(b"\xD0\xCF\x11\xE0"))
}

/// Whether a file is an OpenDocument spreadsheet: its type stands first in the package.
pub fn is_ods(sample: &Sample<'_>) -> bool {
    const TYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    let head = sample.bytes.get(..200).unwrap_or(sample.bytes);
    sample.bytes.starts_with(b"PK")
        && (head.windows(TYPE.len()).any(|window| window == TYPE) || sample.name.ends_with(".ods"))
}

/// Reads a sheet of a workbook.
pub fn read_workbook<'b>(input: &Input<'b>, asked: &Asked<'_>) -> (Table<'b>, Vec<Question>) {
    workbook::read(input.bytes, asked.mapping, mend(asked), asked.progress)
}

/// What was answered to text that was decoded twice.
fn mend(asked: &Asked<'_>) -> Option<bool> {
    asked.answers.mend.or_else(|| asked.mapping.and_then(|mapping| mapping.answers.mend))
}

/// Opens a table by the mapping that was given, else by the one that is proposed.
pub fn open<'t>(mut table: Table<'t>, questions: Vec<Question>, asked: &Asked<'_>) -> (Chronology, Option<Rows<'t>>) {
    let mapping = completed(asked.mapping.cloned().unwrap_or_default(), &table);
    let (words, sheets) = (words(&table, &mapping), std::mem::take(&mut table.sheets));
    let (mut chronology, rows) = rows::open(table, mapping, questions, asked);
    (chronology.words, chronology.sheets) = (words, sheets);
    (chronology, rows)
}

/// The words of the columns for standing and weight.
fn words(table: &Table<'_>, mapping: &Mapping) -> Words {
    let mut words = Words::default();
    let column = |target| table.columns.iter().position(|name| mapping.column(name).is_some_and(|it| it.to == target));
    let (standing, weight) = (column(Target::Standing), column(Target::Weight));
    if standing.is_none() && weight.is_none() {
        return words;
    }
    let nulls = rows::nulls(mapping);
    let mut left = MOST_ROWS;
    table.each(|row, _| {
        for (at, known) in [(standing, &mut words.standings), (weight, &mut words.weights)] {
            let cell = at.map_or("", |at| row.get(at));
            let is_new =
                !cell.is_empty() && !nulls.iter().any(|null| null == cell) && !known.iter().any(|it| it == cell);
            if is_new && known.len() < MOST_WORDS {
                known.push(cell.to_owned());
            }
        }
        left -= 1;
        left > 0
    });
    words
}

/// A mapping in which every column of a table stands: what it does not name is proposed.
fn completed(mut mapping: Mapping, table: &Table<'_>) -> Mapping {
    let nulls = rows::nulls(&mapping);
    if table.columns.iter().all(|name| mapping.column(name).is_some()) {
        return mapping;
    }
    let facts = facts::facts(table, |cell| cell.is_empty() || nulls.iter().any(|null| null == cell));
    let proposed = propose::propose(table, &facts);
    if mapping.columns.is_empty() {
        mapping.columns = proposed.columns;
    } else {
        // Beside columns that somebody has named, a new one is only kept.
        for mut column in proposed.columns {
            if mapping.column(&column.name).is_none() {
                column.to = Target::Own;
                column.why = "the mapping does not name it".to_owned();
                mapping.columns.push(column);
            }
        }
    }
    if mapping.standings.is_empty() {
        mapping.standings = proposed.standings;
    }
    if mapping.weights.is_empty() {
        mapping.weights = proposed.weights;
    }
    mapping
}
