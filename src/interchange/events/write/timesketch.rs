//! Events as rows of Timesketch (JSON lines): one for each edge of a date that is known.
//!
//! Timesketch knows moments alone. A year is no moment: it gives its first and its last, each under a description that says
//! which, so that nothing is put at a time at which nobody says it was.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::edges::{Edges, iso};
use super::lost::Losses;
use super::selection::Selection;
use crate::model::Event;
use crate::time::Instant;

/// The years in which a row can stand.
const YEARS: std::ops::RangeInclusive<i64> = 1..=9999;

#[derive(Serialize)]
struct RowObject<'e> {
    message: &'e str,
    datetime: String,
    /// Microseconds since the beginning of 1970.
    timestamp: i64,
    timestamp_desc: &'static str,
    data_type: &'static str,
    event_id: &'e str,
    edtf: &'e str,
    date_in_words: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    wording: Option<&'e str>,
    standing: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lane: Option<&'e str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    actors: &'e [crate::model::Text],
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'e str>,
    tag: &'e [crate::model::Text],
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'e str>,
    sources: &'e [String],
}

pub(super) fn jsonl(selection: &Selection<'_>, losses: &mut Losses, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    for event in selection.events() {
        let edges = edges(&event, selection);
        if edges.is_empty() {
            match event.date {
                None => losses.add("undated event", "undated events", 1),
                Some(_) => losses.add(
                    "event without a known edge in the years 1 to 9999",
                    "events without a known edge in the years 1 to 9999",
                    1,
                ),
            }
        }
        let timeline = selection.timeline;
        let words = event.date_in_words_with(selection.zone);
        let sources = event.citations.iter().map(|citation| {
            let source = timeline.source(&citation.source);
            let title = source.map_or(citation.source.as_str(), |source| source.title.as_str());
            match source.and_then(|source| source.url.as_deref()) {
                Some(url) => format!("{title} <{url}>"),
                None => title.to_owned(),
            }
        });
        let sources: Vec<String> = sources.collect();
        for (timestamp_desc, at) in edges {
            let row = RowObject {
                message: &event.title,
                datetime: iso(at),
                timestamp: at.micros(),
                timestamp_desc,
                data_type: "annalist:event",
                event_id: &event.id,
                edtf: event.date_as_written(),
                date_in_words: &words,
                wording: event.wording.as_deref(),
                standing: event.standing.label(),
                lane: event.lane.as_deref().map(|id| timeline.lane(id).map_or(id, |lane| &lane.title)),
                actors: &event.actors,
                place: event.place.as_deref(),
                tag: &event.tags,
                note: event.note.as_deref(),
                sources: &sources,
            };
            serde_json::to_writer(&mut out, &row)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()
}

/// The edges that are known, with what each is. An end is the last microsecond within it: the first after 2024 would be in 2025.
fn edges(event: &Event, selection: &Selection<'_>) -> Vec<(&'static str, Instant)> {
    let Some(date) = &event.date else { return Vec::new() };
    let edges = Edges::of(date, selection);
    let last = |at: Option<Instant>| at.map(|at| at.saturating_add(-1));
    let named = if !edges.is_span && width(&edges).is_some_and(|micros| micros <= Instant::SECOND) {
        vec![("Event time", edges.earliest_start)]
    } else if edges.is_span {
        vec![
            ("Earliest start", edges.earliest_start),
            ("Latest start", last(edges.latest_start)),
            ("Earliest end", edges.earliest_end),
            ("Latest end", last(edges.latest_end)),
        ]
    } else {
        vec![("Earliest", edges.earliest_start), ("Latest", last(edges.latest_end))]
    };
    let known = named.into_iter().filter_map(|(name, at)| Some((name, at?)));
    known.filter(|(_, at)| YEARS.contains(&at.day().year)).collect()
}

fn width(edges: &Edges) -> Option<i64> {
    Some(edges.latest_end?.micros().saturating_sub(edges.earliest_start?.micros()))
}
