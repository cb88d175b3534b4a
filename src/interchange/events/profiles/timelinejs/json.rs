//! TimelineJS in JSON.

use serde_json::{Map, Value};

use super::super::json;
use super::slide::{Media, Parts, Slide};
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::events::chronology::Chronology;
use crate::interchange::events::pace::{Pace, Progress};

/// Fields of a slide that have a place of their own, or none here.
const SLIDE: [&str; 11] = [
    "start_date",
    "end_date",
    "display_date",
    "text",
    "media",
    "group",
    "unique_id",
    "background",
    "autolink",
    "type",
    "era",
];

/// The share of reading that is over when the text is parsed.
const PARSED: f64 = 0.5;

pub(in crate::interchange::events) fn recognises(_: &str, head: &str) -> bool {
    // Of one without events, too: its title has words in the same shape.
    let of_version_3 = ["\"events\"", "\"text\"", "\"headline\""];
    let of_version_1 = ["\"timeline\"", "\"startDate\"", "\"headline\""];
    let has_all = |names: &[&str]| names.iter().all(|name| head.contains(name));
    head.trim_start_matches('\u{feff}').contains('{') && (has_all(&of_version_3) || has_all(&of_version_1))
}

pub(in crate::interchange::events) fn read(_: &str, text: &str, progress: Progress<'_>) -> Chronology {
    let mut chronology = Chronology::default();
    // As it is served to pages it may be the value of a variable, or stand in a call.
    let start = text.find('{').unwrap_or(0);
    let end = text.rfind('}').map_or(text.len(), |at| at + 1);
    let body = text.get(start..end).unwrap_or(text);
    let first_line = text.get(..start).unwrap_or_default().matches('\n').count();
    // Then its slides are taken up.
    let value: Value = match json::parse(body, &|share| progress(share * PARSED)) {
        Ok(value) => value,
        Err(problem) => {
            let in_file = |problem: Problem| Problem { line: problem.line + first_line, ..problem };
            chronology.problems.extend(problem.map(in_file));
            return chronology;
        }
    };
    let progress = &|share: f64| progress(PARSED + share * (1.0 - PARSED));
    if let Some(old) = value.get("timeline").and_then(Value::as_object) {
        let lines = Lines { body, first_line };
        read_version_1(old, &lines, progress, &mut chronology);
    } else {
        read_version_3(&value, &Lines { body, first_line }, progress, &mut chronology);
    }
    chronology
}

struct Lines<'t> {
    body: &'t str,
    first_line: usize,
}

impl Lines<'_> {
    /// The lines of the elements of a list.
    fn of(&self, name: &str) -> Vec<usize> {
        json::element_lines(self.body, name).into_iter().map(|line| line + self.first_line).collect()
    }
}

fn read_version_3(value: &Value, lines: &Lines<'_>, progress: Progress<'_>, chronology: &mut Chronology) {
    if let Some(title) = value.get("title").and_then(Value::as_object) {
        slide(title, 1, "title", chronology).put_title(chronology);
    }
    if value.get("scale").and_then(Value::as_str) == Some("cosmological") {
        chronology.leave_out("cosmological scale");
    }
    for (list, noun) in [("events", "slide"), ("eras", "era")] {
        let elements = value.get(list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let lines = lines.of(list);
        let mut pace = Pace::new(progress, elements.len());
        for (at, element) in elements.iter().enumerate().take_while(|_| pace.goes_on()) {
            let line = lines.get(at).copied().unwrap_or(1);
            let Some(element) = element.as_object() else {
                let message = format!("{noun} {} is no object and was left out", at + 1);
                chronology.problems.push(Problem::new(Severity::Error, "not-a-record", line, message));
                continue;
            };
            let slide = slide(element, line, &format!("{noun} {}", at + 1), chronology);
            if list == "eras" { slide.put_era(chronology) } else { slide.put(chronology) }
        }
    }
    for (name, _) in value.as_object().into_iter().flatten() {
        if !["title", "events", "eras", "scale"].contains(&name.as_str()) {
            chronology.leave_out("setting of the page");
        }
    }
}

fn slide(from: &Map<String, Value>, line: usize, locator: &str, chronology: &mut Chronology) -> Slide {
    let empty = Map::new();
    let object = |name: &str| from.get(name).and_then(Value::as_object).unwrap_or(&empty);
    let (text, media) = (object("text"), object("media"));
    if from.get("background").is_some_and(|value| !json::text(value).is_empty()) {
        chronology.leave_out("background");
    }
    for (name, kind) in [("thumbnail", "thumbnail"), ("alt", "alternative text of media")] {
        if media.get(name).is_some_and(|value| !json::text(value).trim().is_empty()) {
            chronology.leave_out(kind);
        }
    }
    let of = |from: &Map<String, Value>, name: &str| from.get(name).map(json::text).unwrap_or_default();
    Slide {
        line,
        locator: locator.to_owned(),
        start: parts(object("start_date")),
        end: parts(object("end_date")),
        display: of(from, "display_date"),
        headline: of(text, "headline"),
        text: of(text, "text"),
        media: Media {
            url: of(media, "url"),
            caption: of(media, "caption"),
            credit: of(media, "credit"),
            link: of(media, "link"),
        },
        group: of(from, "group"),
        key: of(from, "unique_id"),
        rest: from
            .iter()
            .filter(|(name, _)| !SLIDE.contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), json::text(value)))
            .collect(),
    }
}

fn parts(from: &Map<String, Value>) -> Parts {
    let of = |name: &str| from.get(name).map(json::text).unwrap_or_default().trim().to_owned();
    let (hour, minute, second, milli) = (of("hour"), of("minute"), of("second"), of("millisecond"));
    // A time without its minutes stays one, and is told: an hour is no precision of a date.
    let mut time = [hour.as_str(), minute.as_str(), second.as_str()]
        .into_iter()
        .take_while(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(":");
    if !milli.is_empty() && !second.is_empty() {
        time += &format!(".{milli:0>3}");
    }
    Parts { year: of("year"), month: of("month"), day: of("day"), time, display: of("display_date") }
}

/// Version 1: `{"timeline": {"headline", "text", "date": [{"startDate": "2012,1,26", …}], "era": […]}}`.
fn read_version_1(old: &Map<String, Value>, lines: &Lines<'_>, progress: Progress<'_>, chronology: &mut Chronology) {
    old_slide(old, 1, "title").put_title(chronology);
    for (list, noun) in [("date", "slide"), ("era", "era")] {
        let elements = old.get(list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let lines = lines.of(list);
        let mut pace = Pace::new(progress, elements.len());
        for (at, element) in elements.iter().enumerate().take_while(|_| pace.goes_on()) {
            let line = lines.get(at).copied().unwrap_or(1);
            let Some(element) = element.as_object() else { continue };
            let slide = old_slide(element, line, &format!("{noun} {}", at + 1));
            if list == "era" { slide.put_era(chronology) } else { slide.put(chronology) }
        }
    }
}

fn old_slide(from: &Map<String, Value>, line: usize, locator: &str) -> Slide {
    let of = |name: &str| from.get(name).map(json::text).unwrap_or_default();
    let asset = |name: &str| from.get("asset").and_then(|asset| asset.get(name)).map(json::text).unwrap_or_default();
    Slide {
        line,
        locator: locator.to_owned(),
        start: old_parts(&of("startDate")),
        end: old_parts(&of("endDate")),
        display: String::new(),
        headline: of("headline"),
        text: of("text"),
        media: Media { url: asset("media"), caption: asset("caption"), credit: asset("credit"), link: String::new() },
        group: of("tag"),
        key: of("id"),
        rest: Vec::new(),
    }
}

/// `2012,1,26,10,30`: a year with its month, day, hour and minute.
fn old_parts(text: &str) -> Parts {
    let mut parts = text.split(',').map(|part| part.trim().to_owned());
    let mut next = || parts.next().unwrap_or_default();
    let (year, month, day) = (next(), next(), next());
    let time = [next(), next(), next()].into_iter().take_while(|part| !part.is_empty()).collect::<Vec<_>>().join(":");
    Parts { year, month, day, time, display: String::new() }
}
