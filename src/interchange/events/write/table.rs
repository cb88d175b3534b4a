//! Events as comma- and tab-separated values (RFC 4180, UTF-8): a row each, under the columns of `column`.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use super::lost::Losses;
use super::selection::Selection;
use crate::interchange::events::cell::{guarded, push_item};
use crate::interchange::events::column::{Column, Computed, Held, columns, own_names};
use crate::model::{Event, Field, Kind, Text, Timeline, Value};
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
    for column in &columns {
        writer.write_field(guarded(&column.name()).as_bytes())?;
    }
    writer.write_record(None::<&[u8]>)?;
    let mut cell = String::new();
    for event in selection.events() {
        for column in &columns {
            cell.clear();
            push_cell(&mut cell, *column, &event, selection);
            // Dates and numbers are cells of their own, which call no function: see `annalist list`.
            let text = if is_data(*column) { Cow::Borrowed(cell.as_str()) } else { guarded(&cell) };
            writer.write_field(text.as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

/// Whether the cells of a column hold one date or number, and nobody's words.
fn is_data(column: Column<'_>) -> bool {
    match column {
        Column::Held(held) => {
            !held.is_list() && matches!(held.info().kind, Kind::Date | Kind::Number(_) | Kind::Coordinates)
        }
        Column::Computed(computed) => matches!(computed, Computed::Earliest | Computed::Latest),
        Column::Own(_) => false,
    }
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
