//! How a list of events is written: as an aligned table, as JSON, CSV and Markdown.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{BufWriter, Write};

use serde::Serializer as _;
use unicode_width::UnicodeWidthStr as _;

use super::column::{CSV, Cell, Column, MARKDOWN, Row, Rows, TABLE, others};
use crate::cli::Failure;
use crate::export::markdown;
use crate::interchange::events::guarded;
use crate::model::Value;
use crate::text::{is_unseen, push_visible, shown_ascii, visible};

/// Bytes that are passed on at once.
const PASSED_ON_BYTES: usize = 1 << 16;

/// The widest cell that others are aligned with, in columns of a terminal: one longer title does not push a thousand rows
/// apart.
const MOST_ALIGNED: usize = 100;

/// Columns as wide as a terminal shows them: two for a letter of East Asia, none for a combining mark (Unicode Standard
/// Annex 11). What they hold is made twice, once to be measured and once to be written, and never held for all rows.
pub fn table(rows: &Rows<'_>, out: &mut impl Write) -> std::io::Result<()> {
    // What is certain says nothing, and then the column has no heading either.
    let least = |column: Column<'_>| if column == Column::Doubts { 0 } else { width(column.heading()) };
    let mut widths = TABLE.map(least);
    for row in rows.iter() {
        for (widest, column) in widths.iter_mut().zip(TABLE) {
            *widest = width(&shown(&row, column)).min(MOST_ALIGNED).max(*widest);
        }
    }
    let mut line = String::new();
    let mut write = |cells: [Cow<'_, str>; TABLE.len()]| {
        line.clear();
        for (cell, widest) in cells.iter().zip(widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', widest.saturating_sub(width(cell)) + 2));
        }
        line.truncate(line.trim_end().len());
        line.push('\n');
        out.write_all(line.as_bytes())
    };
    let mut headings = TABLE.iter().zip(widths).map(|(column, widest)| if widest == 0 { "" } else { column.heading() });
    write(std::array::from_fn(|_| headings.next().unwrap_or_default().into()))?;
    rows.iter().try_for_each(|row| write(TABLE.map(|column| shown(&row, column))))
}

/// A cell with the signs made visible that a terminal would obey.
fn shown<'a>(row: &Row<'_, 'a>, column: Column<'_>) -> Cow<'a, str> {
    match row.words(column) {
        Cow::Borrowed(words) => visible(words),
        Cow::Owned(words) => visible(&words).into_owned().into(),
    }
}

/// In columns of a terminal.
fn width(cell: &str) -> usize {
    if shown_ascii(cell.as_bytes()) == cell.len() { cell.len() } else { cell.width() }
}

/// One array of objects, written through a buffer: a value goes out in many small pieces.
pub fn json(rows: &Rows<'_>, out: &mut impl Write) -> Result<(), Failure> {
    let mut out = BufWriter::with_capacity(PASSED_ON_BYTES, out);
    serde_json::Serializer::pretty(&mut out).collect_seq(rows.iter())?;
    writeln!(out)?;
    Ok(out.flush()?)
}

/// The columns depend on what is asked, not on what is found: programs that read them find those they know. Behind them stand
/// those of the user's own fields that occur.
pub fn csv(rows: &Rows<'_>, out: &mut impl Write) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(out);
    let mut columns: Vec<Column<'_>> = CSV.to_vec();
    columns.extend(rows.shows_match.then_some(Column::Match));
    columns.extend(rows.asks_known().then_some(Column::Known));
    others(&CSV).for_each(|column| columns.push(column));
    let mut heading: Vec<Cow<'_, str>> = columns.iter().map(|column| column.name().to_owned().into()).collect();
    for name in own_names(rows) {
        let is_taken = heading.iter().any(|taken| *taken == name);
        heading.push(if is_taken { cell(&format!("fields.{name}")).into_owned().into() } else { cell(name) });
        columns.push(Column::Own(name));
    }
    writer.write_record(heading.iter().map(|name| name.as_bytes()))?;
    for row in rows.iter() {
        for column in &columns {
            writer.write_field(in_csv(row.cell(*column)).as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()?;
    Ok(())
}

/// A cell of CSV, several values with a semicolon between them. Dates are cells of their own: what EDTF allows after a minus
/// calls no function and names no cell. Nor does a number.
fn in_csv(value: Cell<'_>) -> Cow<'_, str> {
    let words = |words: Cow<'_, str>| cell(&words).into_owned().into();
    match value {
        Cell::Absent => "".into(),
        Cell::Data(data) => data,
        Cell::Words(Cow::Borrowed(text)) => cell(text),
        Cell::Words(Cow::Owned(text)) => words(text.into()),
        Cell::Ids(ids) => words(ids.join("; ").into()),
        Cell::Field(_, value) => match value {
            Value::Text(text) => cell(text),
            Value::Date(date) => date.as_str().into(),
            Value::Choice(choice) => choice.label.into(),
            Value::Number(_) | Value::Coordinates(_) => value.to_string().into(),
            Value::List(items) => words(items.join("; ").into()),
            Value::Images(images) => {
                words(images.iter().map(|image| &*image.file).collect::<Vec<_>>().join("; ").into())
            }
            _ => words(value.to_string().into()),
        },
    }
}

/// The names of the user's own fields, in the order in which they come first.
fn own_names<'a>(rows: &Rows<'a>) -> Vec<&'a str> {
    let mut seen = HashSet::new();
    let names = rows.listed.iter().flat_map(|&(event, _)| event.rare.fields.iter()).map(|(name, _)| name.as_str());
    names.filter(|name| seen.insert(*name)).collect()
}

/// A cell of somebody's words: no formula, and with the signs made visible that a terminal would obey, as nobody knows where
/// the other end of a pipe leads. Its lines and tabs are its own and stay.
pub(super) fn cell(words: &str) -> Cow<'_, str> {
    let words = guarded(words);
    if !words.contains(|sign| is_unseen(sign) && !matches!(sign, '\n' | '\t')) {
        return words;
    }
    let mut shown = String::with_capacity(words.len() + 8);
    for sign in words.replace("\r\n", "\n").chars() {
        if matches!(sign, '\n' | '\t') { shown.push(sign) } else { push_visible(&mut shown, sign) }
    }
    shown.into()
}

pub fn markdown_table(rows: &Rows<'_>, out: &mut impl Write) -> std::io::Result<()> {
    let of_question = rows.shows_match.then_some(Column::Match).into_iter();
    let asked: Vec<Column<'_>> = of_question.chain(rows.asks_known().then_some(Column::Known)).collect();
    let columns = || MARKDOWN.into_iter().chain(asked.iter().copied());
    let headings: String = columns().map(|column| format!(" {} |", column.heading())).collect();
    writeln!(out, "|{headings}\n|{}", "---|".repeat(columns().count()))?;
    for row in rows.iter() {
        let mut line = String::from("| ");
        for column in columns() {
            markdown::push_inline(&mut line, &row.words(column));
            line.push_str(" | ");
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_moves_the_cursor_and_its_lines_stay() {
        let cases = [
            ("\u{1b}[31mred\u{7}", "␛[31mred␇"),
            ("one\r\ntwo\n\tthree", "one\ntwo\n\tthree"),
            ("over\rwritten", "over␍written"),
            ("\u{9b}31m\u{202e}gnp", "\\u009b31m\\u202egnp"),
            ("\0=1", "'␀=1"),
            ("שלום, кириллица", "שלום, кириллица"),
        ];
        for (words, expected) in cases {
            assert_eq!(cell(words), expected);
        }
    }
}
