//! Annalist's JSON and JSON lines.

use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::{Own, VERSION};
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::events::column::Sheet;
use crate::interchange::events::pace::{Pace, parse_json};
use crate::model::{Era, Event, Header, Lane, Source, View};

/// Whether a text seems to be a document of Annalist's: it has its mark near the beginning.
pub fn is_document(text: &str) -> bool {
    // Pretty-printed or not: blanks do not count, and the mark is the first key, behind a brace.
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    let head: String = begins.chars().take(200).filter(|sign| !sign.is_whitespace()).collect();
    head.starts_with('{') && head.contains("\"annalist\":")
}

/// Whether the first line of a text is an event of Annalist's, or what a timeline without events begins with.
pub fn is_lines(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| {
        // Any JSON line is an object: what is worked out of an event is in ours alone.
        let is_event = line.contains("\"computed\":{") && serde_json::from_str::<EventObject>(line).is_ok();
        is_event || line.starts_with(TYPED) && other(line, &mut Own::default()).is_ok_and(|is_known| is_known)
    })
}

/// Reads a whole document. One that is no such document gives nothing but the problem; one for which nobody waits any more, nothing.
pub fn document(text: &str, progress: &dyn Fn(f64) -> bool) -> Own {
    let document: Document = match parse_json(text.trim_start_matches('\u{feff}'), progress) {
        Ok(document) => document,
        Err(error) => {
            return Own { problems: error.map(|error| problem(&error, 0)).into_iter().collect(), ..Own::default() };
        }
    };
    let mut own = Own {
        header: document.header,
        lanes: document.lanes,
        sources: document.sources,
        is_as_of: document.events.iter().any(|object| object.1),
        events: document.events.into_iter().map(|object| object.0).collect(),
        eras: document.eras,
        views: document.views,
        problems: Vec::new(),
    };
    if document.annalist > VERSION {
        let message = format!("the file is of version {}, which may say more than is read here", document.annalist);
        own.problems.push(Problem::new(Severity::Warning, "newer-format", 1, message));
    }
    own
}

/// What a line begins with that holds a record of another type than event.
const TYPED: &str = "{\"record\":";

/// Reads a record a line: events, and others that say which type they are of. A line that is no record costs only itself.
pub fn lines(text: &str, progress: &dyn Fn(f64) -> bool) -> Own {
    let mut own = Own::default();
    let mut pace = Pace::new(progress, text.len());
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    for (at, line) in lines.take_while(|(_, line)| pace.goes_on_by(line.len() + 1)) {
        if line.trim().is_empty() {
            continue;
        }
        // Told by its first bytes: to parse each event as a value first would read every line twice.
        if line.trim_start().starts_with(TYPED) {
            match other(line, &mut own) {
                Ok(true) => {}
                Ok(false) => {
                    let message = "the line holds a record of a type that is none of ours";
                    own.problems.push(Problem::new(Severity::Error, "unknown-record", at + 1, message));
                }
                Err(error) => own.problems.push(problem(&error, at)),
            }
            continue;
        }
        match serde_json::from_str::<EventObject>(line) {
            Ok(EventObject(event, is_as_of)) => {
                own.is_as_of |= is_as_of;
                own.events.push(event);
            }
            Err(error) => own.problems.push(problem(&error, at)),
        }
    }
    own
}

/// Reads a record that says which type it is of into what was read before; whether there is such a type.
fn other(line: &str, own: &mut Own) -> serde_json::Result<bool> {
    let mut object: Map<String, Value> = serde_json::from_str(line)?;
    let record = object.remove("record");
    let Some(sheet) = record.as_ref().and_then(Value::as_str).and_then(Sheet::of_record) else { return Ok(false) };
    let object = Value::Object(object);
    match sheet {
        Sheet::Events => {
            let EventObject(event, is_as_of) = serde_json::from_value(object)?;
            own.is_as_of |= is_as_of;
            own.events.push(event);
        }
        Sheet::Sources => own.sources.push(serde_json::from_value(object)?),
        Sheet::Lanes => own.lanes.push(serde_json::from_value(object)?),
        Sheet::Eras => own.eras.push(serde_json::from_value(object)?),
        Sheet::Views => own.views.push(serde_json::from_value(object)?),
        Sheet::Timeline => own.header = Some(serde_json::from_value(object)?),
    }
    Ok(true)
}

/// What is wrong, with its line behind so many others.
fn problem(error: &serde_json::Error, lines_before: usize) -> Problem {
    let words = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = words.strip_suffix(&place).unwrap_or(&words);
    Problem::new(Severity::Error, "unread-json", lines_before + error.line().max(1), message)
}

#[derive(Deserialize)]
struct Document {
    annalist: u32,
    header: Option<Header>,
    #[serde(default)]
    lanes: Vec<Lane>,
    #[serde(default)]
    sources: Vec<Source>,
    #[serde(default)]
    events: Vec<EventObject>,
    #[serde(default)]
    eras: Vec<Era>,
    #[serde(default)]
    views: Vec<View>,
}

/// An event without what was worked out of it, and whether that says if it was known on a date.
struct EventObject(Event, bool);

/// What was worked out of an event, as far as it matters.
#[derive(Deserialize)]
struct Computed {
    known: Option<IgnoredAny>,
}

impl<'de> Deserialize<'de> for EventObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EventVisitor)
    }
}

struct EventVisitor;

impl<'de> Visitor<'de> for EventVisitor {
    type Value = EventObject;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an event")
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<EventObject, A::Error> {
        let mut is_as_of = false;
        let read = Read { entries, is_as_of: &mut is_as_of };
        let event = Event::deserialize(MapAccessDeserializer::new(read))?;
        Ok(EventObject(event, is_as_of))
    }
}

/// The entries of an event but `computed`: they are handed on as they come, so that the names of the user's own fields keep
/// their order.
struct Read<'k, A> {
    entries: A,
    is_as_of: &'k mut bool,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Read<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(key) = self.entries.next_key::<String>()? {
            if key == "computed" {
                *self.is_as_of |= self.entries.next_value::<Computed>()?.known.is_some();
            } else {
                return seed.deserialize(serde::de::value::StringDeserializer::new(key)).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.entries.next_value_seed(seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_no_event_costs_only_itself() {
        let text = "{\"id\":\"a\",\"title\":\"A\",\"date\":\"2024-06\",\"computed\":{\"earliest\":\"2024-06-01\"},\"fields\":{\"b\":\"1\",\"a\":\"2\"}}\n\n\
                    {\"title\":\"B\",\"date\":\"June\"}\n{\"title\":\"C\",\"colour\":\"red\"}\n[]\n{\"title\":\"D\"}";
        assert!(is_lines(text) && !is_document(text));
        let own = lines(text, &|_| true);
        assert_eq!(own.events.iter().map(|event| event.title.as_str()).collect::<Vec<_>>(), ["A", "D"]);
        let names: Vec<&str> = own.events[0].rare.fields.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["b", "a"]);
        let problems: Vec<_> = own.problems.iter().map(|problem| (problem.line, problem.message.as_str())).collect();
        assert_eq!(problems.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4, 5], "{problems:?}");
        assert!(problems[1].1.contains("colour"), "{problems:?}");
    }

    #[test]
    fn a_document_says_that_it_is_one_and_where_it_breaks() {
        let text = "{\n\"annalist\": 1,\n\"header\": {\"format\":1,\"title\":\"T\"},\n\"events\": [\n{\"title\":\"A\"},\n{\"title\":1}]\n}";
        assert!(is_document(text) && !is_document("{\"events\": []}") && !is_document("[]"));
        let own = document(text, &|_| true);
        assert_eq!((own.events.len(), own.problems.len()), (0, 1));
        assert_eq!(own.problems[0].line, 6, "{:?}", own.problems);
        let newer = document("{\"annalist\": 2, \"more\": []}", &|_| true);
        assert_eq!(newer.problems[0].code, "newer-format");
    }
}
