//! How RON is laid out: the one style of new records, of whole new files and of `fmt`.
//!
//! Owns line breaks, indentation, trailing commas and the quoting of texts. `printer` prints trees over any text, with the
//! comments that stand between their parts, and never changes what they mean; `format` lays out a file with it. `values` prints what
//! stands in no text yet.
//!
//! The style: one element a line with a comma after each, or the whole value on one line where it is short, holds no
//! comment and is no event, source or timeline; a list of several records always takes a line each.

use serde::Serialize;

use super::schema::list_name;
use crate::model::{Event, Record, RecordKind, Timeline};

mod format;
mod printer;
mod quote;
mod values;

pub use format::formatted;
pub(in crate::store) use printer::{Printer, Source};
use quote::escape;
pub(in crate::store) use quote::{quote, quote_like};
use values::Sheet;

/// Characters in a line before a value is broken over several.
const WIDTH: usize = 120;

/// Line ends and indentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Style {
    pub newline: &'static str,
    /// One level of indentation.
    pub unit: String,
}

impl Default for Style {
    fn default() -> Self {
        Self { newline: "\n", unit: "    ".to_owned() }
    }
}

impl Style {
    /// The line end of a text: that of its last line, which is no part of a comment or of a text that spans lines.
    pub fn newline_of(text: &str) -> &'static str {
        match text.rfind('\n') {
            Some(at) if text.get(..at).is_some_and(|line| line.ends_with('\r')) => "\r\n",
            _ => "\n",
        }
    }
}

/// A record as one line of RON, `Some` left out and defaults too: what a text is compared by.
pub(super) fn canonical<T: Serialize>(record: &T) -> Result<String, ron::Error> {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.to_string_pretty(record, ron::ser::PrettyConfig::new().struct_names(true).depth_limit(0).new_line(" "))
}

/// The canonical text of a whole timeline: what a new file holds.
pub fn to_ron(timeline: &Timeline) -> String {
    let mut out = String::from("Timeline(");
    let mut sheet = Sheet::default();
    // Nothing of this crate refuses to be written.
    if sheet.set(timeline.header()).is_ok() {
        sheet.print_inside(&mut out, 1);
    }
    push_list(&mut out, &mut sheet, RecordKind::Lane, timeline.lanes());
    push_lines(&mut out, &mut sheet, RecordKind::Source, timeline.sources());
    match timeline.events().is_empty() {
        true => out.push_str("\n    events: [],"),
        false => push_lines(&mut out, &mut sheet, RecordKind::Event, timeline.events()),
    }
    push_list(&mut out, &mut sheet, RecordKind::Era, timeline.eras());
    push_list(&mut out, &mut sheet, RecordKind::View, timeline.views());
    out.push_str("\n)\n");
    out
}

/// A list of short records as a field of a timeline; nothing where there are none.
fn push_list<T: Serialize>(out: &mut String, sheet: &mut Sheet, kind: RecordKind, records: &[T]) {
    if !records.is_empty() && sheet.set(&records).is_ok() {
        out.push_str("\n    ");
        sheet.print_field(out, list_name(kind), 1);
        out.push(',');
    }
}

/// A list of records that each begin a line, one by one: there may be very many. Nothing where there are none.
fn push_lines<'r, T: Serialize + 'r>(
    out: &mut String,
    sheet: &mut Sheet,
    kind: RecordKind,
    records: impl IntoIterator<Item = &'r T, IntoIter: ExactSizeIterator>,
) {
    let records = records.into_iter();
    if records.len() > 0 {
        out.extend(["\n    ", list_name(kind), ": [\n"]);
        lines(records, sheet, out);
        out.push_str("    ],");
    }
}

/// Records of a list in a new file, each with a comma and the end of its line.
fn lines<'r, T: Serialize + 'r>(records: impl IntoIterator<Item = &'r T>, sheet: &mut Sheet, out: &mut String) {
    for record in records {
        if sheet.set(record).is_ok() {
            out.push_str("        ");
            sheet.print(out, 2);
            out.push_str(",\n");
        }
    }
}

/// What stands in a new file before its events and behind them, where it has any; `timeline` has none. Where none came, the two are
/// the whole file.
pub(super) fn around_events(timeline: &Timeline, is_empty: bool) -> (String, String) {
    const NONE: &str = "\n    events: [],";
    let text = to_ron(timeline);
    // Line breaks in texts are escaped, so that no text has such a line.
    match text.split_once(NONE).filter(|_| !is_empty) {
        Some((before, after)) => (format!("{before}\n    events: [\n"), format!("    ],{after}")),
        None => (text, String::new()),
    }
}

/// Events as they stand in a new file, each with a comma and the end of its line.
pub(super) fn event_lines<'e>(events: impl IntoIterator<Item = &'e Event>, out: &mut String) {
    lines(events, &mut Sheet::default(), out);
}

/// A record as it stands in a new file, on as many lines as its layout takes.
pub fn record_to_ron(record: &Record) -> String {
    let mut sheet = Sheet::default();
    let set = match record {
        Record::Header(header) => sheet.set(header),
        Record::Lane(lane) => sheet.set(lane),
        Record::Source(source) => sheet.set(source),
        Record::Event(event) => sheet.set(event),
        Record::Era(era) => sheet.set(era),
        Record::View(view) => sheet.set(view),
    };
    let mut out = String::new();
    if set.is_ok() {
        sheet.print(&mut out, 0);
    }
    out
}

/// The header's fields on one line, each with a comma.
fn header_fields(timeline: &Timeline) -> Result<String, ron::Error> {
    let header = canonical(timeline.header())?;
    let inside = header.strip_prefix("Header(").and_then(|rest| rest.strip_suffix(')')).unwrap_or_default().trim();
    Ok(format!("{}, ", inside.trim_end_matches(',')))
}

/// The header as the struct it is part of in a file, for comparing.
pub(super) fn canonical_header(timeline: &Timeline) -> Result<String, ron::Error> {
    Ok(format!("Timeline({})", header_fields(timeline)?))
}
