//! One event a file: Markdown with its fields as YAML in front, or the same fields as JSON.
//!
//! The names of fields are those that notes and public timelines have: `id`, `date` or `start-date` and `end-date`, `title`,
//! `description` or `summary`, `status`, `importance`, `location`, `actors`, `tags`, `sources`, `connections`, `notes`. There is no
//! standard for them, so that each is read under every name that was met. What is under no such name is kept as a field of the user's
//! own, and so is a value that cannot be read as what its name says.

use serde_json::{Map, Value};

use super::draft::{Draft, one_line};
use super::json;
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::dates;
use crate::interchange::events::chronology::{Chronology, Named};
use crate::interchange::events::pace::Progress;
use crate::model::{Coordinates, Relation, Source, SourceKind, Standing, WebAddress};

/// Fields that say what an event is called, when it was and so on, each with all its names; the first that is there counts.
const TITLE: [&str; 4] = ["title", "name", "headline", "event"];
const START: [&str; 6] = ["date", "start-date", "start_date", "start", "startDate", "fc-date"];
const END: [&str; 5] = ["end-date", "end_date", "end", "endDate", "fc-end"];
const NOTE: [&str; 3] = ["description", "summary", "details"];
const LANE: [&str; 4] = ["lane", "group", "category", "capture_type"];
const PLACE: [&str; 2] = ["location", "place"];
const ACTORS: [&str; 3] = ["actors", "people", "who"];
const KEY: [&str; 2] = ["id", "uid"];

/// Standings in the words of public timelines.
const STANDINGS: [(&str, Standing); 14] = [
    ("alleged", Standing::Alleged),
    ("confirmed", Standing::Confirmed),
    ("debunked", Standing::Retracted),
    ("denied", Standing::Denied),
    ("disputed", Standing::Disputed),
    ("expected", Standing::Expected),
    ("planned", Standing::Expected),
    ("predicted", Standing::Expected),
    ("reported", Standing::Reported),
    ("retracted", Standing::Retracted),
    ("scheduled", Standing::Expected),
    ("unconfirmed", Standing::Reported),
    ("verified", Standing::Confirmed),
    ("withdrawn", Standing::Retracted),
];

/// Whether a file is a note with the fields of an event, by its name and its beginning.
pub(in crate::interchange::events) fn recognises_markdown(name: &str, head: &str) -> bool {
    let is_note = name.ends_with(".md") || name.ends_with(".markdown");
    // The names of fields are looked for in the lines: YAML of every note in a folder would be read twice.
    let has = |names: &[&str]| {
        front(head).is_some_and(|(yaml, _)| {
            yaml.lines().any(|line| {
                names.iter().any(|name| line.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with(':')))
            })
        })
    };
    // Any note may give a date. One more field that events have, and nearly no other note, is asked for.
    is_note && has(&START) && (has(&TITLE) || has(&["tags"]) || has(&KEY))
}

/// Whether a file is one event as JSON, by its name and its beginning.
pub(in crate::interchange::events) fn recognises_json(name: &str, head: &str) -> bool {
    // One event is short: what does not end within its beginning holds more.
    let fields =
        name.ends_with(".json").then(|| serde_json::from_str::<Map<String, Value>>(head.trim()).ok()).flatten();
    fields.is_some_and(|fields| {
        let has = |names: &[&str]| names.iter().any(|name| fields.contains_key(*name));
        has(&START) && has(&TITLE) && !has(&["events"])
    })
}

/// A note as a chronology of one event. It is short, so that nobody is told how far it has come.
pub(in crate::interchange::events) fn read_markdown(name: &str, text: &str, _: Progress<'_>) -> Chronology {
    let mut chronology = Chronology::default();
    let Some((yaml, body)) = front(text) else {
        let message = "the file has no fields in front: expected a line --- at its beginning and one behind them";
        chronology.problems.push(Problem::new(Severity::Error, "no-fields", 1, message));
        return chronology;
    };
    match serde_saphyr::from_str::<Value>(yaml) {
        Ok(Value::Object(fields)) => put(name, &fields, body, &mut chronology),
        Ok(_) => {
            let message = "what stands in front of the text is no fields with names";
            chronology.problems.push(Problem::new(Severity::Error, "not-a-record", 1, message));
        }
        Err(error) => {
            // Lines of the fields are counted behind the first `---`. Of the message only its last part is about the file: before it
            // stand the words of the library for where it is.
            let line = error.location().map_or(0, |place| usize::try_from(place.line()).unwrap_or(0));
            let message = error.to_string();
            let message = format!(
                "the fields in front are no YAML: {}",
                message.lines().next().and_then(|line| line.rsplit(": ").next()).unwrap_or_default()
            );
            chronology.problems.push(Problem::new(Severity::Error, "not-yaml", 1 + line, message));
        }
    }
    chronology
}

/// A JSON object as a chronology of one event.
pub(in crate::interchange::events) fn read_json(name: &str, text: &str, progress: Progress<'_>) -> Chronology {
    let mut chronology = Chronology::default();
    match json::parse(text, progress) {
        Ok(Value::Object(fields)) => put(name, &fields, "", &mut chronology),
        Ok(_) => {
            let message = "the file is no JSON object with the fields of an event";
            chronology.problems.push(Problem::new(Severity::Error, "not-a-record", 1, message));
        }
        Err(problem) => chronology.problems.extend(problem),
    }
    chronology
}

/// The fields in front, which begin in the second line, and the text behind.
fn front(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches('\u{feff}');
    let rest = text.strip_prefix("---")?;
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
    // Where the line begins, in bytes of what stands behind the first `---`.
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        // Either ends the first document of YAML (1.2.2, 9.1.2).
        if matches!(line.trim_end(), "---" | "...") {
            return Some((rest.get(..at)?, rest.get(at + line.len()..).unwrap_or_default()));
        }
        at += line.len();
    }
    None
}

/// Fields that are taken out one after the other; what is left has no place.
struct Fields<'f> {
    all: Vec<(&'f str, &'f Value)>,
}

impl<'f> Fields<'f> {
    /// The first field of these names that says something.
    fn take(&mut self, names: &[&str]) -> Option<(&'f str, &'f Value)> {
        let at = names.iter().find_map(|name| {
            self.all.iter().position(|(known, value)| known == name && !json::text(value).trim().is_empty())
        })?;
        Some(self.all.remove(at))
    }

    fn text(&mut self, names: &[&str]) -> String {
        self.take(names).map(|(_, value)| json::text(value)).unwrap_or_default()
    }
}

/// Puts an event made of fields and a text into the chronology. A field goes to the first use that takes it.
fn put(name: &str, fields: &Map<String, Value>, body: &str, chronology: &mut Chronology) {
    let mut fields = Fields { all: fields.iter().map(|(name, value)| (name.as_str(), value)).collect() };
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let mut draft = Draft::new(1, file);
    // What says neither its key nor its title has those of its file.
    let key = fields.text(&KEY);
    let key = if key.trim().is_empty() { stem.to_owned() } else { key.trim().to_owned() };
    draft.record.key = (!key.is_empty()).then_some(key);
    let title = fields.text(&TITLE);
    draft.title(if title.trim().is_empty() { stem } else { &title });
    put_dates(&mut fields, &mut draft);
    for text in [fields.text(&NOTE), body.to_owned(), fields.text(&["notes", "note"])] {
        let plain = draft.markdown(&text);
        draft.note(&plain);
    }
    draft.lane(&fields.text(&LANE));
    draft.place(&fields.text(&PLACE));
    put_coordinates(&mut fields, &mut draft);
    for (_, value) in [fields.take(&ACTORS)].into_iter().flatten() {
        texts(value).iter().for_each(|actor| draft.actor(actor));
    }
    for (_, value) in [fields.take(&["tags"]), fields.take(&["keywords"])].into_iter().flatten() {
        texts(value).iter().for_each(|tag| draft.tag(tag.trim_start_matches('#')));
    }
    put_standing(&mut fields, &mut draft);
    put_weight(&mut fields, &mut draft);
    if let Some((name, value)) = fields.take(&["sources", "source", "citations", "references", "url"]) {
        put_sources(name, value, &mut draft);
    }
    if let Some((name, value)) = fields.take(&["connections", "related", "links"]) {
        put_connections(name, value, &mut draft);
    }
    // Every field above was taken out: these are what no column of a timeline is for.
    for (name, value) in fields.all {
        draft.own(name, &json::text(value));
    }
    draft.finish(chronology);
}

/// When it was: one date, or a span of two. What cannot be read stays as it was given.
fn put_dates(fields: &mut Fields<'_>, draft: &mut Draft) {
    let (start, end) = (fields.text(&START), fields.text(&END));
    let given: Vec<&str> = [start.trim(), end.trim()].into_iter().filter(|text| !text.is_empty()).collect();
    draft.record.date_as_given = (!given.is_empty()).then(|| given.join(" – "));
    if given.is_empty() {
        draft.tell(Severity::Warning, "no-date", "the file has no date; the event has none");
        return;
    }
    let mut read = |name: &str, text: &str| {
        // A stamp as programs write them first: month and day may have one digit there, and a blank stands before the time.
        let date = super::stamp::Stamp::read(text).and_then(|stamp| stamp.date()).or_else(|| dates::read(text));
        if date.is_none() && !text.trim().is_empty() {
            draft.unread_date(name, text);
        }
        date.map(|date| date.as_str().to_owned())
    };
    let (from, to) = (read("date", &start), read("end-date", &end));
    match (from, to) {
        (Some(from), Some(to)) => draft.span(&from, &to, "end-date"),
        (Some(from), None) => draft.event().date = crate::time::Date::parse(&from).ok(),
        // That something ended then does not say when it was.
        (None, Some(to)) => draft.own("end-date", &to),
        (None, None) => {}
    }
}

fn put_coordinates(fields: &mut Fields<'_>, draft: &mut Draft) {
    let whole = fields.text(&["coordinates"]);
    let (latitude, longitude) = (fields.text(&["lat", "latitude"]), fields.text(&["lon", "lng", "longitude"]));
    let both = if whole.is_empty() { format!("{latitude}, {longitude}") } else { whole.clone() };
    match Coordinates::parse(&both) {
        Some(place) => draft.event().rare.coordinates = Some(place),
        // Half of a place is none; what was written of it is kept.
        None => {
            draft.own("coordinates", &whole);
            draft.own("latitude", &latitude);
            draft.own("longitude", &longitude);
        }
    }
}

/// How it stands, by a word that is known; else the word is kept.
fn put_standing(fields: &mut Fields<'_>, draft: &mut Draft) {
    let status = fields.text(&["status", "standing"]);
    let known = STANDINGS.iter().find(|(word, _)| status.trim().eq_ignore_ascii_case(word));
    match known {
        Some((_, standing)) => draft.event().standing = *standing,
        None => draft.own("status", &status),
    }
}

/// Importance from 1 to 10 is twice the weight; the number itself stays, for half of it is lost.
fn put_weight(fields: &mut Fields<'_>, draft: &mut Draft) {
    let importance = fields.text(&["importance", "weight"]);
    if let Ok(number @ 1..=10) = importance.trim().parse::<u8>() {
        draft.event().weight = number.div_ceil(2);
    }
    draft.own("importance", &importance);
}

/// The texts of a list, or of one text with commas; `[[Note]]` is the note's name.
fn texts(value: &Value) -> Vec<String> {
    let texts: Vec<String> = match value {
        Value::Array(values) => values.iter().map(json::text).collect(),
        Value::String(text) => text.split(',').map(str::to_owned).collect(),
        other => vec![json::text(other)],
    };
    texts.iter().map(|text| text.trim().trim_start_matches("[[").trim_end_matches("]]").to_owned()).collect()
}

/// The sources of an event: each an object with fields, an address, or a line of text, alone or in a list.
fn put_sources(name: &str, value: &Value, draft: &mut Draft) {
    let values = match value {
        Value::Array(values) => values.as_slice(),
        one => std::slice::from_ref(one),
    };
    for value in values {
        match value {
            Value::Object(fields) => put_source(fields, draft),
            // A text that is no address is the title of its source.
            other => {
                let text = json::text(other);
                if !draft.address(&text, "") && !text.trim().is_empty() {
                    draft.source(Named::new(Source::new("", one_line(&text))));
                }
            }
        }
    }
    if values.is_empty() {
        draft.own(name, &json::text(value));
    }
}

fn put_source(fields: &Map<String, Value>, draft: &mut Draft) {
    let mut fields = Fields { all: fields.iter().map(|(name, value)| (name.as_str(), value)).collect() };
    let mut source = Source::new("", one_line(&fields.text(&["title", "name"])));
    let set = |text: String| (!text.trim().is_empty()).then(|| one_line(&text).into());
    let url = fields.text(&["url", "link"]);
    if WebAddress::parse(&url).is_ok() {
        source.kind = SourceKind::Web;
        source.url = set(url);
    } else if !url.is_empty() {
        source.note = Some(format!("Address: {}", one_line(&url)).into());
    }
    source.archive_url = set(fields.text(&["archive_url", "archive", "archived"]));
    source.publisher = set(fields.text(&["publisher", "outlet"]));
    source.author = set(fields.text(&["author", "by"]));
    let published = fields.text(&["date", "published"]);
    source.published = dates::read(&published);
    let accessed = fields.text(&["accessed", "access_date"]);
    source.accessed = dates::read(&accessed);
    let quote = fields.text(&["quote", "excerpt"]);
    let locator = fields.text(&["page", "pages", "locator"]);
    // What a source has no field for stands in its note, under its name.
    let mut notes: Vec<String> = source.note.iter().map(ToString::to_string).collect();
    for (name, text, is_read) in
        [("date", &published, source.published.is_some()), ("accessed", &accessed, source.accessed.is_some())]
    {
        if !is_read && !text.trim().is_empty() {
            notes.push(format!("{name}: {}", one_line(text)));
        }
    }
    for (name, value) in fields.all {
        let text = one_line(&json::text(value));
        if !text.is_empty() {
            notes.push(format!("{name}: {text}"));
        }
    }
    source.note = (!notes.is_empty()).then(|| notes.join("\n").into());
    // Nobody could tell a source without title and address from others: what it says stays with the event.
    if source.title.is_empty() && source.url.is_none() {
        if let Some(note) = source.note.take() {
            draft.own("source", &note);
        }
        return;
    }
    draft.source(Named { locator: set(locator), quote: set(quote), ..Named::new(source) });
}

/// Links to other events, by their keys. What they mean is not said, or in words that no list of relations has.
fn put_connections(name: &str, value: &Value, draft: &mut Draft) {
    let values = match value {
        Value::Array(values) => values.as_slice(),
        one => std::slice::from_ref(one),
    };
    for value in values {
        let key = match value {
            Value::Object(fields) => {
                ["id", "to", "event", "target"].iter().find_map(|name| fields.get(*name)).map(json::text)
            }
            other => Some(json::text(other)),
        };
        // A key has no spaces; a title or a sentence, which nothing is found by, stays as it is written.
        let key = key.map(|key| key.trim().trim_start_matches("[[").trim_end_matches("]]").to_owned());
        match key.filter(|key| !key.is_empty() && !key.contains(char::is_whitespace)) {
            Some(key) => draft.link(&key, Relation::Related),
            None => draft.own(name, &json::text(value)),
        }
    }
}
