//! Events as a text of Markwhen (`.mw`): a section for each lane, an event a line, what else there is below it.
//!
//! A bare month lasts all of it there, the opposite of EDTF, and there is no doubt. So the date itself stands in the property
//! `edtf` wherever it is not a day, a time or something that lasted from one plain date to another. The header says who wrote the
//! file, so that its words are read again to the letter: Markwhen has no sign that keeps others from being Markdown.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use super::edges::{Edges, is_plain, is_span, is_timed, iso};
use super::lost::Losses;
use super::prose;
use super::selection::Selection;
use crate::interchange::events::marks::{MARKWHEN_GENERATOR, MARKWHEN_GUARD, MARKWHEN_TITLE};
use crate::model::Event;
use crate::time::{CivilDay, Date, DayBound, Precision};

/// The years that a line can name: a longer one would be words of the note above it.
const YEARS: std::ops::RangeInclusive<i64> = -200_000..=9999;

pub(super) fn text(selection: &Selection<'_>, losses: &mut Losses, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let header = selection.timeline.header();
    writeln!(out, "---\ntitle: {}", quoted(&one_line(&header.title)))?;
    if let Some(description) = &header.description {
        writeln!(out, "description: {}", quoted(description))?;
    }
    writeln!(out, "generator: {MARKWHEN_GENERATOR}")?;
    if let Some(zone) = &header.zone {
        writeln!(out, "timezone: {}", one_line(zone))?;
    }
    writeln!(out, "---")?;
    // Without a lane first: behind a section all belongs to it.
    let lanes = selection.timeline.lanes().iter().map(|lane| (lane.id.as_str(), one_line(&lane.title)));
    let lanes: Vec<(&str, String)> = lanes.collect();
    let mut bands: Vec<(Option<&str>, Vec<Cow<'_, Event>>)> = vec![(None, Vec::new())];
    bands.extend(lanes.iter().map(|(id, _)| (Some(*id), Vec::new())));
    for event in selection.events() {
        let band =
            event.lane.as_deref().and_then(|lane| bands.iter().position(|(id, _)| *id == Some(lane))).unwrap_or(0);
        if let Some((_, events)) = bands.get_mut(band) {
            events.push(event);
        }
    }
    for (id, events) in &bands {
        if events.is_empty() {
            continue;
        }
        if let Some((_, title)) = lanes.iter().find(|(lane, _)| Some(*lane) == *id) {
            writeln!(out, "\n# {title}")?;
        }
        for event in events {
            match event.date.as_ref().and_then(|date| range(date, selection)) {
                Some(range) => write_event(event, &range, selection, &mut out)?,
                None if event.date.is_none() => losses.add("undated event", "undated events", 1),
                None => losses.add(
                    "event that begins and ends at no known day that it can name",
                    "events that begin and end at no known day that it can name",
                    1,
                ),
            }
        }
    }
    out.flush()
}

fn write_event(event: &Event, range: &str, selection: &Selection<'_>, out: &mut impl Write) -> io::Result<()> {
    let is_tag =
        |tag: &str| !tag.is_empty() && tag.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '_' | '-'));
    let tags: String = event.tags.iter().filter(|tag| is_tag(tag)).map(|tag| format!(" #{tag}")).collect();
    let title = one_line(&event.title);
    writeln!(out, "\n{range}: {title}{tags}")?;
    let mut property = |name: &str, value: &str| -> io::Result<()> {
        if value.is_empty() { Ok(()) } else { writeln!(out, "{name}: {value}") }
    };
    property("id", &scalar(&event.id))?;
    if has_marks(&title) {
        property(MARKWHEN_TITLE, &quoted(&title))?;
    }
    if let Some(date) = &event.date
        && !is_exact(date)
    {
        property("edtf", &quoted(date.as_str()))?;
    }
    let others = list(event.tags.iter().map(|tag| tag.as_str()).filter(|tag| !is_tag(tag)));
    property("tags", &others)?;
    property("actors", &list(event.actors.iter().map(|actor| actor.as_str())))?;
    property("location", &scalar(event.place.as_deref().unwrap_or_default()))?;
    property("wording", &event.wording.as_deref().map(|text| quoted(&one_line(text))).unwrap_or_default())?;
    if event.standing != crate::model::Standing::default() {
        property("standing", event.standing.label())?;
    }
    for line in event.note.as_deref().unwrap_or_default().lines() {
        writeln!(out, "{}", literal(line))?;
    }
    let told = ["Date", "EDTF", "Wording", "Standing", "Place", "Actors", "Tags"];
    for line in prose::lines(event, selection, &told) {
        writeln!(out, "- {}: {}", line.label, one_line(&line.text))?;
    }
    Ok(())
}

/// Whether a title has words that Markwhen takes for tags, an id or a box to tick.
fn has_marks(title: &str) -> bool {
    let words = || title.split(' ');
    words().any(|word| word.starts_with('#'))
        || words().next_back().is_some_and(|word| word.starts_with('!'))
        || ["[x] ", "[X] ", "[ ] "].iter().any(|mark| title.starts_with(mark))
}

/// What stands before the colon: a day, a time, or all that the date can be.
fn range(date: &Date, selection: &Selection<'_>) -> Option<String> {
    if is_timed(date) {
        let edges = Edges::of(date, selection);
        let moment = |at| iso(at).replace("+00:00", "Z");
        let start = moment(edges.earliest_start?);
        return Some(match edges.earliest_end.filter(|_| edges.is_span) {
            Some(end) => format!("{start}/{}", moment(end)),
            None => start,
        });
    }
    let bounds = date.day_bounds();
    let (starts, ends) = date.end_precisions();
    let known = |bound| match bound {
        DayBound::Day(day) if YEARS.contains(&day.year) => Some(day),
        DayBound::Day(_) | DayBound::Open | DayBound::Unknown => None,
    };
    Some(match (known(bounds.earliest), known(bounds.latest)) {
        (Some(first), Some(last)) => {
            let (start, end) = (unit(first, starts), unit(last, ends));
            if start == end { start } else { format!("{start}/{end}") }
        }
        (Some(day), None) => unit(day, starts),
        (None, Some(day)) => unit(day, ends),
        (None, None) => return None,
    })
}

/// A day as a date no finer than it is given; years before the era as people count them.
fn unit(day: CivilDay, precision: Precision) -> String {
    if day.year <= 0 {
        return format!("{} BCE", 1 - day.year);
    }
    match precision {
        Precision::Season | Precision::Month => format!("{:04}-{:02}", day.year, day.month),
        precision if precision >= Precision::Day => day.to_string(),
        _ => format!("{:04}", day.year),
    }
}

/// Whether what stands before the colon is the date itself: a day, a time, or what lasted from one plain date to another.
fn is_exact(date: &Date) -> bool {
    let is_of_the_era = !date.as_str().starts_with(['-', 'Y']) && !date.as_str().starts_with("0000");
    let is_day = date.precision() == Precision::Day && !is_span(date);
    // A time of the clock of another zone is the same moment in UTC, but not the same text.
    let is_utc =
        is_timed(date) && !is_span(date) && date.as_str().ends_with('Z') && date.precision() == Precision::Second;
    is_utc || is_of_the_era && is_plain(date) && (is_day || is_span(date))
}

/// A text in quotation marks, as YAML has it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for sign in text.replace("\r\n", "\n").chars() {
        match sign {
            '"' | '\\' => quoted.extend(['\\', sign]),
            '\n' | '\r' => quoted.push_str("\\n"),
            sign => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}

/// A text in one line as a value of YAML: bare where it can be.
fn scalar(text: &str) -> String {
    let text = one_line(text);
    let is_bare = text.starts_with(char::is_alphanumeric)
        && text
            .chars()
            .all(|sign| sign.is_alphanumeric() || matches!(sign, ' ' | '-' | '_' | '.' | ',' | '/' | '(' | ')'));
    if is_bare || text.is_empty() { text } else { quoted(&text) }
}

/// A list of YAML in one line; nothing of none.
fn list<'i>(items: impl Iterator<Item = &'i str>) -> String {
    let items: Vec<String> = items.map(one_line).filter(|item| !item.is_empty()).map(|item| quoted(&item)).collect();
    if items.is_empty() { String::new() } else { format!("[{}]", items.join(", ")) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A line of a note that is taken for no event, section, property or comment: with a mark before it where it might be.
fn literal(line: &str) -> Cow<'_, str> {
    let text = line.trim_start();
    let may_be_more = text.starts_with(['#', '/', '-', '>']) && !text.starts_with("- ") || text.contains(':');
    let begins_section = ["section ", "group ", "end"].iter().any(|word| text.starts_with(word));
    if may_be_more || begins_section { format!("{MARKWHEN_GUARD}{line}").into() } else { line.into() }
}
