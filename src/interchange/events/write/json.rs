//! A timeline as JSON, complete (`docs/annalist.schema.json`), and its events as JSON lines.
//!
//! Records have the fields and words of the file format, each on a line of its own. Beside them an event has `computed`, which
//! nobody reads back: what its date means, for programs that know no EDTF.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::lost::Losses;
use super::selection::Selection;
use crate::interchange::events::column::Sheet;
use crate::interchange::events::own::VERSION;
use crate::model::{Event, View};
use crate::time::Date;

/// Bytes that are passed on at once.
const PASSED_ON_BYTES: usize = 1 << 16;

/// An event as it leaves.
#[derive(Serialize)]
struct EventObject<'e> {
    #[serde(flatten)]
    event: &'e Event,
    computed: ComputedObject,
}

#[derive(Serialize)]
struct ComputedObject {
    date_in_words: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    earliest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<&'static str>,
}

impl<'e> EventObject<'e> {
    fn of(event: &'e Event, selection: &Selection<'_>) -> Self {
        let bounds = event.date.as_ref().map(Date::day_bounds);
        Self {
            event,
            computed: ComputedObject {
                date_in_words: event.date_in_words_with(selection.zone),
                earliest: bounds.map(|bounds| bounds.earliest.to_string()),
                latest: bounds.map(|bounds| bounds.latest.to_string()),
                known: selection.known(event),
            },
        }
    }
}

/// The whole timeline; of a choice the events chosen, the sources they cite, and no saved views.
pub(super) fn document(selection: &Selection<'_>, _: &mut Losses, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(PASSED_ON_BYTES, out);
    let timeline = selection.timeline;
    writeln!(out, "{{\n\"annalist\": {VERSION},")?;
    write!(out, "\"header\": ")?;
    serde_json::to_writer(&mut out, timeline.header())?;
    list(&mut out, "lanes", timeline.lanes())?;
    list(&mut out, "sources", selection.sources())?;
    begin(&mut out, "events")?;
    for (at, event) in selection.events().enumerate() {
        item(&mut out, at, &EventObject::of(&event, selection))?;
    }
    write!(out, "]")?;
    list(&mut out, "eras", timeline.eras())?;
    let views: &[View] = if selection.is_whole() { timeline.views() } else { &[] };
    list(&mut out, "views", views)?;
    writeln!(out, "\n}}")?;
    out.flush()
}

/// An event a line; of a whole timeline then its other records, each with the name of its type.
pub(super) fn lines(selection: &Selection<'_>, _: &mut Losses, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(PASSED_ON_BYTES, out);
    for event in selection.events() {
        line(&mut out, &EventObject::of(&event, selection))?;
    }
    if selection.is_whole() {
        let timeline = selection.timeline;
        line(&mut out, &Typed::of(Sheet::Timeline, timeline.header()))?;
        timeline.lanes().iter().try_for_each(|lane| line(&mut out, &Typed::of(Sheet::Lanes, lane)))?;
        timeline.eras().iter().try_for_each(|era| line(&mut out, &Typed::of(Sheet::Eras, era)))?;
        for source in selection.sources() {
            line(&mut out, &Typed::of(Sheet::Sources, source.as_ref()))?;
        }
        timeline.views().iter().try_for_each(|view| line(&mut out, &Typed::of(Sheet::Views, view)))?;
    }
    out.flush()
}

/// A record with the name of its type before its fields.
#[derive(Serialize)]
struct Typed<'r, T> {
    record: &'static str,
    #[serde(flatten)]
    fields: &'r T,
}

impl<'r, T: Serialize> Typed<'r, T> {
    fn of(sheet: Sheet, fields: &'r T) -> Self {
        Self { record: sheet.record(), fields }
    }
}

fn line(out: &mut impl Write, object: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, object)?;
    out.write_all(b"\n")
}

fn list<T: Serialize>(out: &mut impl Write, name: &str, records: impl IntoIterator<Item = T>) -> io::Result<()> {
    begin(out, name)?;
    for (at, record) in records.into_iter().enumerate() {
        item(out, at, &record)?;
    }
    write!(out, "]")
}

fn begin(out: &mut impl Write, name: &str) -> io::Result<()> {
    write!(out, ",\n\"{name}\": [")
}

/// A record on a line of its own.
fn item(out: &mut impl Write, at: usize, record: &impl Serialize) -> io::Result<()> {
    out.write_all(if at > 0 { b",\n" } else { b"\n" })?;
    Ok(serde_json::to_writer(out, record)?)
}
