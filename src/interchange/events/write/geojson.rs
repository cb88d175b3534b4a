//! Events with coordinates as GeoJSON (RFC 7946), with `when` as Linked Places has it.
//!
//! GeoJSON has no time of its own. Linked Places gives each feature spans of time with the earliest and latest day on which
//! each may begin and end, which is what a vague date is.

use std::io::{self, BufWriter, Write};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::edges::is_span;
use super::lost::Losses;
use super::selection::Selection;
use crate::model::{Event, Text};
use crate::time::{Certainty, Date, Edge};

#[derive(Serialize)]
struct Feature<'e> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: &'e str,
    geometry: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<Value>,
    properties: Map<String, Value>,
}

pub(super) fn geojson(selection: &Selection<'_>, losses: &mut Losses, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    write!(out, "{{\n\"type\": \"FeatureCollection\",\n\"title\": ")?;
    serde_json::to_writer(&mut out, selection.timeline.header().title.as_str())?;
    write!(out, ",\n\"features\": [")?;
    let mut between = "\n";
    for event in selection.events() {
        let Some(place) = event.rare.coordinates else {
            losses.add("event without coordinates", "events without coordinates", 1);
            continue;
        };
        // Longitude first: the other way round than people say it.
        let geometry = json!({ "type": "Point", "coordinates": [place.longitude(), place.latitude()] });
        let feature = Feature {
            kind: "Feature",
            id: &event.id,
            geometry,
            when: event.date.as_ref().and_then(|date| when(date, selection)),
            properties: properties(&event, selection),
        };
        write!(out, "{between}")?;
        serde_json::to_writer(&mut out, &feature)?;
        between = ",\n";
    }
    writeln!(out, "]\n}}")?;
    out.flush()
}

/// When it was: of something that was once, the days between which it was; of something that lasted, the first and the last
/// day on which it can have begun and ended.
fn when(date: &Date, selection: &Selection<'_>) -> Option<Value> {
    let extent = date.extent(selection.zone);
    let first = |edge: Edge| edge.instant().map(|at| at.day().to_string());
    // An edge that ends is the first moment after.
    let last = |edge: Edge| edge.instant().map(|at| at.saturating_add(-1).day().to_string());
    let (starts, ends) = match is_span(date) {
        true => (
            (first(extent.earliest_start), last(extent.latest_start)),
            (first(extent.earliest_end), last(extent.latest_end)),
        ),
        false => ((first(extent.earliest_start), None), (None, last(extent.latest_end))),
    };
    let mut span = Map::new();
    for (name, (earliest, latest)) in [("start", starts), ("end", ends)] {
        let days = [("earliest", earliest), ("latest", latest)];
        let days: Map<String, Value> =
            days.into_iter().filter_map(|(name, day)| Some((name.to_owned(), day?.into()))).collect();
        if !days.is_empty() {
            span.insert(name.to_owned(), days.into());
        }
    }
    let is_sure = date.certainty() == Certainty::default();
    let certainty = if is_sure { "certain" } else { "less-certain" };
    (!span.is_empty()).then(|| json!({ "timespans": [span], "certainty": certainty, "label": date.describe() }))
}

fn properties(event: &Event, selection: &Selection<'_>) -> Map<String, Value> {
    let timeline = selection.timeline;
    let mut properties = Map::new();
    let mut put = |name: &str, value: Value| {
        let is_nothing = value.is_null() || value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty);
        if !is_nothing {
            properties.insert(name.to_owned(), value);
        }
    };
    let list = |items: &[Text]| Value::from(items.iter().map(|item| item.as_str()).collect::<Vec<_>>());
    put("title", event.title.as_str().into());
    put("edtf", event.date_as_written().into());
    put("date_in_words", event.date_in_words_with(selection.zone).into());
    put("wording", event.wording.as_deref().into());
    put("lane", event.lane.as_deref().map(|id| timeline.lane(id).map_or(id, |lane| &lane.title)).into());
    put("standing", event.standing.label().into());
    put("place", event.place.as_deref().into());
    put("actors", list(&event.actors));
    put("tags", list(&event.tags));
    put("note", event.note.as_deref().into());
    let sources = event.citations.iter().map(|citation| {
        let source = timeline.source(&citation.source);
        let mut named = Map::new();
        named.insert("title".to_owned(), source.map_or(citation.source.as_str(), |source| &source.title).into());
        if let Some(url) = source.and_then(|source| source.url.as_deref()) {
            named.insert("url".to_owned(), url.into());
        }
        named.insert("stance".to_owned(), citation.stance.label().into());
        Value::Object(named)
    });
    put("sources", sources.collect::<Vec<_>>().into());
    properties
}
