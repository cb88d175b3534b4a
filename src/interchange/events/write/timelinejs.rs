//! Events as slides of TimelineJS (JSON, version 3).
//!
//! Its dates have as many parts as they are given: a month stays a month. What they cannot say (a window, a doubt, a season) stands in
//! words in `display_date`, which is what its readers see.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::edges::{Edges, clock, is_plain, is_span, is_timed};
use super::lost::Losses;
use super::prose;
use super::selection::Selection;
use crate::model::{Citation, Event, WebAddress};
use crate::time::{CivilDay, Date, DayBound, Precision};

#[derive(Serialize)]
struct Parts {
    /// Years before the era as people count them: there is no year 0.
    year: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hour: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minute: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    second: Option<i64>,
}

#[derive(Serialize)]
struct Words<'e> {
    headline: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'e str,
}

#[derive(Serialize)]
struct Slide<'e> {
    #[serde(skip_serializing_if = "Option::is_none")]
    unique_id: Option<&'e str>,
    start_date: Parts,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<Parts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_date: Option<String>,
    text: Words<'e>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    media: Option<Media<'e>>,
}

#[derive(Serialize)]
struct Media<'e> {
    url: &'e str,
    caption: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit: Option<String>,
}

pub(super) fn json(selection: &Selection<'_>, losses: &mut Losses, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let header = selection.timeline.header();
    let about = header.description.as_deref().map(paragraphs).unwrap_or_default();
    let title = Words { headline: html(&header.title), text: &about };
    write!(out, "{{\n\"title\": {{\"text\": ")?;
    serde_json::to_writer(&mut out, &title)?;
    write!(out, "}},\n\"events\": [")?;
    let mut between = "\n";
    for event in selection.events() {
        let Some((start_date, end_date)) = event.date.as_ref().and_then(|date| ends(date, selection)) else {
            match event.date {
                None => losses.add("undated event", "undated events", 1),
                Some(_) => losses.add(
                    "event whose beginning and end are not known",
                    "events whose beginning and end are not known",
                    1,
                ),
            }
            continue;
        };
        let text = words(&event, selection);
        let lane = event.lane.as_deref().map(|id| selection.timeline.lane(id).map_or(id, |lane| &lane.title));
        let slide = Slide {
            unique_id: Some(&event.id),
            start_date,
            end_date,
            display_date: display(&event, selection),
            text: Words { headline: html(&event.title), text: &text },
            group: lane.map(html),
            media: media(&event, selection),
        };
        write!(out, "{between}")?;
        serde_json::to_writer(&mut out, &slide)?;
        between = ",\n";
    }
    write!(out, "],\n\"eras\": [")?;
    between = "\n";
    for era in selection.timeline.eras() {
        let Some((start_date, Some(end_date))) = ends(&era.date, selection) else {
            losses.add("era without a known beginning and end", "eras without a known beginning and end", 1);
            continue;
        };
        let text = era.note.as_deref().map(paragraphs).unwrap_or_default();
        let slide = Slide {
            unique_id: None,
            start_date,
            end_date: Some(end_date),
            display_date: (!is_plain(&era.date)).then(|| era.date.describe()),
            text: Words { headline: html(&era.title), text: &text },
            group: None,
            media: None,
        };
        write!(out, "{between}")?;
        serde_json::to_writer(&mut out, &slide)?;
        between = ",\n";
    }
    writeln!(out, "]\n}}")?;
    out.flush()
}

/// Both ends of a date in parts, each as fine as it is given. What is open on one side has the known end alone.
fn ends(date: &Date, selection: &Selection<'_>) -> Option<(Parts, Option<Parts>)> {
    if is_timed(date) {
        let edges = Edges::of(date, selection);
        // The clock of the timeline: TimelineJS has no zones.
        let shown = |at| clock(selection.zone.civil(at));
        let (starts, ends) = date.end_precisions();
        let start = shown(edges.earliest_start?);
        let end = edges.earliest_end.filter(|_| edges.is_span).map(shown);
        return Some((timed(start, starts), end.map(|end| timed(end, ends))));
    }
    let bounds = date.day_bounds();
    let (starts, ends) = date.end_precisions();
    let known = |bound| match bound {
        DayBound::Day(day) => Some(day),
        DayBound::Open | DayBound::Unknown => None,
    };
    match (known(bounds.earliest), known(bounds.latest)) {
        (Some(first), Some(last)) => {
            let (start, end) = (parts(first, starts), parts(last, ends));
            let is_one = (start.year, start.month, start.day) == (end.year, end.month, end.day);
            let end = (!is_one || is_span(date)).then_some(end);
            Some((start, end))
        }
        (Some(day), None) => Some((parts(day, starts), None)),
        (None, Some(day)) => Some((parts(day, ends), None)),
        (None, None) => None,
    }
}

/// A day with no more parts than are given.
fn parts(day: CivilDay, precision: Precision) -> Parts {
    let year = if day.year <= 0 { day.year - 1 } else { day.year };
    let month = (precision >= Precision::Season).then_some(day.month);
    Parts { year, month, day: (precision >= Precision::Day).then_some(day.day), hour: None, minute: None, second: None }
}

fn timed((day, hour, minute, second, _): (CivilDay, i64, i64, i64, i64), precision: Precision) -> Parts {
    let second = (precision >= Precision::Second).then_some(second);
    Parts { hour: Some(hour), minute: Some(minute), second, ..parts(day, Precision::Day) }
}

/// The words that stand for the date: those of its source, else its own where its parts say less than it does.
fn display(event: &Event, selection: &Selection<'_>) -> Option<String> {
    let date = event.date.as_ref()?;
    let own = (!is_plain(date) && !is_timed(date)).then(|| date.describe_with(selection.zone));
    event.wording.as_deref().map(str::to_owned).or(own).map(|words| html(&words))
}

/// The note, then what else is to be said, as HTML.
fn words(event: &Event, selection: &Selection<'_>) -> String {
    let mut text = event.note.as_deref().map(paragraphs).unwrap_or_default();
    for line in prose::lines(event, selection, &["Date", "EDTF", "Wording", "Source"]) {
        text.push_str(&format!("<p>{}: {}</p>", line.label, html(&line.text)));
    }
    let sources: Vec<String> = event.citations.iter().map(|citation| source(citation, selection)).collect();
    if !sources.is_empty() {
        text.push_str(&format!("<p>Sources: {}</p>", sources.join("; ")));
    }
    text
}

fn source(citation: &Citation, selection: &Selection<'_>) -> String {
    let source = selection.timeline.source(&citation.source);
    let title = html(source.map_or(citation.source.as_str(), |source| &source.title));
    let address = source.and_then(|source| source.url.as_deref()).filter(|url| WebAddress::parse(url).is_ok());
    let title = match address {
        Some(address) => format!("<a href=\"{}\">{title}</a>", html(address)),
        None => title,
    };
    format!("{title} ({})", citation.stance.label().to_lowercase())
}

/// The first source that supports the event and is a picture with an address: TimelineJS shows one.
fn media<'t>(event: &Event, selection: &Selection<'t>) -> Option<Media<'t>> {
    event.citations.iter().find_map(|citation| {
        let source = selection.timeline.source(&citation.source)?;
        let url = source.url.as_deref().filter(|url| WebAddress::parse(url).is_ok())?;
        (source.kind == crate::model::SourceKind::Image).then(|| Media {
            url,
            caption: html(&source.title),
            credit: source.author.as_deref().or(source.publisher.as_deref()).map(html),
        })
    })
}

/// A text as HTML, a paragraph for each of its own.
fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let parts = text.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| format!("<p>{}</p>", html(part).replace('\n', "<br>"))).collect()
}

/// A text as HTML. Signs that are marks in Markdown are written as their numbers: nobody takes them for such then.
fn html(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 8);
    for sign in text.chars() {
        match sign {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '*' => html.push_str("&#42;"),
            ']' => html.push_str("&#93;"),
            sign => html.push(sign),
        }
    }
    html
}
