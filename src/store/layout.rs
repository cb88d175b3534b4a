//! How RON is laid out: the one style of new records, of whole new files and of `fmt`.
//!
//! Owns line breaks, indentation, trailing commas and the quoting of texts. `printer` prints trees over any text, with the
//! comments that stand between their parts, and never changes what they mean; `format` lays out a file with it.
//!
//! The style: one element a line with a comma after each, or the whole value on one line where it is short, holds no
//! comment and is no event, source or timeline; a list of several records always takes a line each.

use imbl::Vector;
use serde::{Serialize, Serializer};

use super::scan::scan_value;
use super::schema::LISTS;
use crate::diagnostic::Span;
use crate::model::{Event, Record, RecordKind, Timeline};

mod format;
mod printer;
mod quote;

pub use format::formatted;
pub(in crate::store) use printer::{Printer, Source};
pub(in crate::store) use quote::{quote, quote_like};

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
    let style = Style::default();
    let mut out = header_fields(timeline).unwrap_or_default();
    for kind in LISTS {
        if let Ok(list) = list_field(timeline, kind) {
            out.push_str(&list);
        }
    }
    let compact = format!("Timeline({out})");
    let span = Span::new(0, compact.len());
    match scan_value(&compact, span) {
        Some(node) => {
            let mut text = Printer::new(&compact, &style, Source::Canonical).value(&node, "", 0);
            text.push('\n');
            text
        }
        None => compact,
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
pub(super) fn event_lines(events: &[Event]) -> String {
    const INDENT: &str = "        ";
    let style = Style::default();
    let mut out = String::new();
    for event in events {
        let compact = canonical(event).unwrap_or_default();
        out.push_str(INDENT);
        match scan_value(&compact, Span::new(0, compact.len())) {
            Some(node) => {
                Printer::new(&compact, &style, Source::Canonical).push_value(&mut out, &node, INDENT, INDENT.len());
            }
            None => out.push_str(&compact),
        }
        out.push_str(",\n");
    }
    out
}

/// A record as it stands in a new file, on as many lines as its layout takes.
pub fn record_to_ron(record: &Record) -> String {
    let compact = match record {
        Record::Header(header) => canonical(header),
        Record::Lane(lane) => canonical(lane),
        Record::Source(source) => canonical(source),
        Record::Event(event) => canonical(event),
        Record::Era(era) => canonical(era),
        Record::View(view) => canonical(view),
    };
    let compact = compact.unwrap_or_default();
    match scan_value(&compact, Span::new(0, compact.len())) {
        Some(node) => Printer::new(&compact, &Style::default(), Source::Canonical).value(&node, "", 0),
        None => compact,
    }
}

/// A list that serde does not know, as a sequence.
struct InOrder<'r, T: Clone>(&'r Vector<T>);

impl<T: Clone + Serialize> Serialize for InOrder<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0)
    }
}

/// The header's fields on one line, each with a comma.
fn header_fields(timeline: &Timeline) -> Result<String, ron::Error> {
    let header = canonical(timeline.header())?;
    let inside = header.strip_prefix("Header(").and_then(|rest| rest.strip_suffix(')')).unwrap_or_default().trim();
    Ok(format!("{}, ", inside.trim_end_matches(',')))
}

/// One list of records as a field on one line; empty where there are none.
pub(super) fn list_field(timeline: &Timeline, kind: RecordKind) -> Result<String, ron::Error> {
    let list = match kind {
        RecordKind::Header => return Ok(String::new()),
        RecordKind::Lane if !timeline.lanes().is_empty() => canonical(&timeline.lanes())?,
        RecordKind::Source if !timeline.sources().is_empty() => canonical(&InOrder(timeline.sources()))?,
        RecordKind::Era if !timeline.eras().is_empty() => canonical(&timeline.eras())?,
        RecordKind::View if !timeline.views().is_empty() => canonical(&timeline.views())?,
        RecordKind::Event => canonical(&InOrder(timeline.events()))?,
        _ => return Ok(String::new()),
    };
    Ok(format!("{}: {list}, ", super::schema::list_name(kind)))
}

/// The header as the struct it is part of in a file, for comparing.
pub(super) fn canonical_header(timeline: &Timeline) -> Result<String, ron::Error> {
    Ok(format!("Timeline({})", header_fields(timeline)?))
}
