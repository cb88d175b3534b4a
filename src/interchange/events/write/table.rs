//! A timeline as comma- and tab-separated values (RFC 4180, UTF-8): a row an event, under the columns of `column`.
//!
//! Of a whole timeline the other records stand in rows below the events, so that one file holds all of it: a first column says which
//! type of record a row holds, and what only they have stands in columns behind those of events. Of a choice there are events alone.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use super::lost::Losses;
use super::selection::Selection;
use crate::interchange::events::cell::{guarded, push_item};
use crate::interchange::events::column::{
    Column, Computed, Held, RECORD, Sheet, Tabled, columns, heading_beside_events, own_names,
};
use crate::model::{
    EraField, Event, Field, HeaderField, Kind, LaneField, SourceField, Text, Timeline, Value, ViewField,
};
use crate::time::{Date, DayBound};

/// Bytes that are passed on at once.
const PASSED_ON_BYTES: usize = 1 << 16;

/// Comma-separated values.
pub(super) fn csv(selection: &Selection<'_>, _: &mut Losses, out: &mut dyn Write) -> io::Result<()> {
    write(selection, b',', out)
}

/// Tab-separated values. Cells with tabs and line ends stand in quotation marks, as in CSV.
pub(super) fn tsv(selection: &Selection<'_>, _: &mut Losses, out: &mut dyn Write) -> io::Result<()> {
    write(selection, b'\t', out)
}

fn write(selection: &Selection<'_>, delimiter: u8, out: &mut dyn Write) -> io::Result<()> {
    let out = BufWriter::with_capacity(PASSED_ON_BYTES, out);
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
    let mut columns: Vec<Column<'_>> = columns(selection.known_on().is_some());
    columns.extend(own_names(selection.records()).into_iter().map(Column::Own));
    let names: Vec<String> = columns.iter().map(|column| column.name()).collect();
    let others = if selection.is_whole() { Beside::of(selection, names.clone()) } else { Beside::default() };
    let is_whole = !others.rows.is_empty();
    if is_whole {
        writer.write_field(RECORD)?;
    }
    for name in names.iter().chain(&others.headings) {
        writer.write_field(guarded(name).as_bytes())?;
    }
    writer.write_record(None::<&[u8]>)?;
    let mut cell = String::new();
    for event in selection.events() {
        if is_whole {
            writer.write_field(Sheet::Events.record())?;
        }
        for column in &columns {
            cell.clear();
            push_cell(&mut cell, *column, &event, selection);
            // Dates and numbers are cells of their own, which call no function: see `annalist list`.
            let text = if is_data(*column) { Cow::Borrowed(cell.as_str()) } else { guarded(&cell) };
            writer.write_field(text.as_bytes())?;
        }
        // Every row is as long as the first: programs refuse others.
        for _ in &others.headings {
            writer.write_field("")?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    for row in &others.rows {
        writer.write_field(row.sheet.record())?;
        for at in 0..names.len() + others.headings.len() {
            writer.write_field(row.cells.get(&at).map_or("", String::as_str))?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

/// The records that stand below events.
#[derive(Default)]
struct Beside {
    /// The headings of columns that only they have, each with a value in some row.
    headings: Vec<String>,
    rows: Vec<Row>,
}

/// A record of another type than event.
struct Row {
    sheet: Sheet,
    /// What stands in it, by the place of the column behind that of the type.
    cells: BTreeMap<usize, String>,
}

impl Beside {
    /// The records of a whole timeline, below a table of events with these headings.
    fn of(selection: &Selection<'_>, headings: Vec<String>) -> Self {
        let timeline = selection.timeline;
        let of_events = headings.len();
        let mut beside = Self { headings, rows: Vec::new() };
        beside.push::<HeaderField>(timeline.header());
        timeline.lanes().iter().for_each(|lane| beside.push::<LaneField>(lane));
        timeline.eras().iter().for_each(|era| beside.push::<EraField>(era));
        selection.sources().for_each(|source| beside.push::<SourceField>(&source));
        timeline.views().iter().for_each(|view| beside.push::<ViewField>(view));
        beside.headings.drain(..of_events);
        beside
    }

    /// Adds a record; a column that is not there yet, and of which it has something, is added behind the others.
    fn push<F: Tabled>(&mut self, record: &F::Record) {
        let mut cells = BTreeMap::new();
        for held in Held::<F>::all() {
            let mut cell = String::new();
            push_held(&mut cell, held, record);
            if cell.is_empty() {
                continue;
            }
            let heading = heading_beside_events(held);
            let at = self.headings.iter().position(|known| *known == heading).unwrap_or_else(|| {
                self.headings.push(heading);
                self.headings.len() - 1
            });
            let cell = if is_bare(held) { cell } else { guarded(&cell).into_owned() };
            cells.insert(at, cell);
        }
        self.rows.push(Row { sheet: F::SHEET, cells });
    }
}

/// Whether the cells of a column hold one date or number, and nobody's words.
fn is_data(column: Column<'_>) -> bool {
    match column {
        Column::Held(held) => is_bare(held),
        Column::Computed(computed) => matches!(computed, Computed::Earliest | Computed::Latest),
        Column::Own(_) => false,
    }
}

/// Whether a field is one date or number, and nobody's words.
fn is_bare<F: Field>(held: Held<F>) -> bool {
    !held.is_list() && matches!(held.info().kind, Kind::Date | Kind::Number(_) | Kind::Coordinates)
}

/// What an event has in a column.
pub(super) fn push_cell(cell: &mut String, column: Column<'_>, event: &Event, selection: &Selection<'_>) {
    match column {
        Column::Held(held) => push_held(cell, held, event),
        Column::Own(name) => cell.push_str(event.rare.fields.get(name).map_or("", Text::as_str)),
        Column::Computed(computed) => push_computed(cell, computed, event, selection),
    }
}

/// What a record says in a column.
pub(super) fn push_held<F: Field>(cell: &mut String, held: Held<F>, record: &F::Record) {
    match held {
        Held::Field(field) => match field.get(record) {
            Value::List(items) => push_items(cell, items.iter().map(|item| Some(item.as_str()))),
            value => push_value(cell, value),
        },
        Held::Part(field, inner) if held.is_list() => {
            // Items keep their places, so that those of several columns are of one record; a cell with none in any is empty.
            let (mut is_first, mut has_any) = (true, false);
            inner.each(field.get(record), |value| {
                has_any |= !value.is_none();
                match value.as_str() {
                    Some(text) => push_item(cell, is_first, Some(text)),
                    None if value.is_none() => push_item(cell, is_first, None),
                    None => push_item(cell, is_first, Some(&value.to_string())),
                }
                is_first = false;
            });
            if !has_any {
                cell.clear();
            }
        }
        Held::Part(field, inner) => inner.each(field.get(record), |value| push_value(cell, value)),
    }
}

fn push_value(cell: &mut String, value: Value<'_>) {
    match value.as_str() {
        Some(text) => cell.push_str(text),
        None if value.is_none() => {}
        None => cell.push_str(&value.to_string()),
    }
}

fn push_items<'i>(cell: &mut String, items: impl Iterator<Item = Option<&'i str>>) {
    for (at, item) in items.enumerate() {
        push_item(cell, at == 0, item);
    }
}

fn push_computed(cell: &mut String, computed: Computed, event: &Event, selection: &Selection<'_>) {
    let timeline = selection.timeline;
    match computed {
        Computed::DateInWords => cell.push_str(&event.date_in_words_with(selection.zone)),
        Computed::Earliest => push_bound(cell, event, |date| date.day_bounds().earliest),
        Computed::Latest => push_bound(cell, event, |date| date.day_bounds().latest),
        Computed::LaneTitle => {
            let lane = event.lane.as_deref().and_then(|id| timeline.lane(id));
            cell.push_str(lane.map_or("", |lane| &lane.title));
        }
        Computed::SourceTitles => push_cited(cell, event, timeline, |source| Some(source.title.as_str())),
        Computed::SourceAddresses => push_cited(cell, event, timeline, |source| source.url.as_deref()),
        Computed::LinkedTitles => {
            let titles = event.links.iter().map(|link| timeline.event(&link.to).map(|event| event.title.as_str()));
            push_items(cell, titles);
        }
        Computed::Known => cell.push_str(selection.known(event).unwrap_or_default()),
    }
}

fn push_bound(cell: &mut String, event: &Event, bound: impl Fn(&Date) -> DayBound) {
    if let Some(date) = &event.date {
        cell.push_str(&bound(date).to_string());
    }
}

/// What each source has that an event cites; nothing where none has it.
fn push_cited<'t>(
    cell: &mut String,
    event: &Event,
    timeline: &'t Timeline,
    of: impl Fn(&'t crate::model::Source) -> Option<&'t str>,
) {
    let values = event.citations.iter().map(|citation| timeline.source(&citation.source).and_then(&of));
    if values.clone().any(|value| value.is_some()) {
        push_items(cell, values);
    }
}
