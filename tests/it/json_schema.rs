//! The published schema of Annalist's JSON: it follows from the fields of the records, and every export answers it.

use std::fs;
use std::path::PathBuf;

use annalist::interchange::events::own::VERSION;
use annalist::model::{
    CaptureField, CheckField, CitationField, EraField, EventField, Field, FieldInfo, Grouping, HashField, HeaderField,
    ImageField, JudgmentField, Kind, LaneField, LinkField, Part, Presence, SourceField, ViewField,
};
use serde_json::{Map, Value, json};

use crate::events_out::{everything, text, timelines};

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/annalist.schema.json")
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn name(part: Part) -> &'static str {
    match part {
        Part::Capture => "capture",
        Part::Check => "check",
        Part::Citation => "citation",
        Part::Hash => "hash",
        Part::Image => "image",
        Part::Judgment => "judgment",
        Part::Link => "link",
    }
}

/// The schema of what a field holds.
fn property(info: &FieldInfo) -> Value {
    let schema = match info.kind {
        Kind::Date => reference("date"),
        Kind::List => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Coordinates => reference("coordinates"),
        Kind::Map => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        Kind::Choice(choices) => json!({ "enum": choices.iter().map(|choice| choice.name).collect::<Vec<_>>() }),
        Kind::Grouping => json!({ "anyOf": [
            { "enum": Grouping::CHOICES.iter().map(|choice| choice.name).collect::<Vec<_>>() },
            { "type": "object", "properties": { "Own": { "type": "string" } }, "required": ["Own"], "additionalProperties": false },
        ] }),
        Kind::Number(limits) => json!({ "type": "integer", "minimum": limits.least, "maximum": limits.most }),
        Kind::Record(part) => reference(name(part)),
        Kind::Records(part) => json!({ "type": "array", "items": reference(name(part)) }),
        Kind::Reference(kind) => json!({ "type": "string", "description": format!("The id of a {}", kind.noun()) }),
        Kind::Id | Kind::Text | Kind::Prose | Kind::Address | Kind::Color | Kind::Zone => json!({ "type": "string" }),
    };
    let Value::Object(mut schema) = schema else { panic!("a schema is an object") };
    let words = if info.hint.is_empty() { info.label.to_owned() } else { format!("{}: {}", info.label, info.hint) };
    schema.entry("description").or_insert(words.into());
    schema.into()
}

fn record<F: Field>(more: Option<(&str, Value)>) -> Value {
    let fields = F::INFOS.iter().map(|info| (info.name.to_owned(), property(info)));
    let properties: Map<String, Value> =
        fields.chain(more.into_iter().map(|(name, schema)| (name.to_owned(), schema))).collect();
    let needed = F::INFOS.iter().filter(|info| matches!(info.presence, Presence::Required(_)));
    let needed: Vec<&str> = needed.map(|info| info.name).collect();
    json!({ "type": "object", "properties": properties, "required": needed, "additionalProperties": false })
}

fn schema() -> Value {
    let computed = json!({
        "type": "object",
        "description": "What follows from the date, for programs that know no EDTF; it is not read back",
        "properties": {
            "date_in_words": { "type": "string" },
            "earliest": { "type": "string", "description": "The first day that the date can touch (ISO 8601), .. or ?" },
            "latest": { "type": "string", "description": "The last day that the date can touch (ISO 8601), .. or ?" },
            "known": { "enum": ["yes", "perhaps"] },
        },
        "additionalProperties": false,
    });
    let list = |name: &str| json!({ "type": "array", "items": reference(name) });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A timeline of Annalist",
        "description": "Written by `annalist export -o x.json`. A line of JSON lines is one `event`, or a record of another type that `record` names (`timeline` for the header). docs/FORMAT.md tells what each field means.",
        "type": "object",
        "properties": {
            "annalist": { "const": VERSION, "description": "The version of this format" },
            "header": reference("header"),
            "lanes": list("lane"),
            "sources": list("source"),
            "events": list("event"),
            "eras": list("era"),
            "views": list("view"),
        },
        "required": ["annalist", "header", "lanes", "sources", "events", "eras", "views"],
        "additionalProperties": false,
        "$defs": {
            "date": { "type": "string", "description": "A date in EDTF (ISO 8601-2), or with a time of day as docs/FORMAT.md has it" },
            "coordinates": {
                "type": "array",
                "items": { "type": "number" },
                "minItems": 2,
                "maxItems": 2,
                "description": "Degrees north, then degrees east (WGS 84)",
            },
            "header": record::<HeaderField>(None),
            "lane": record::<LaneField>(None),
            "source": record::<SourceField>(None),
            "event": record::<EventField>(Some(("computed", computed))),
            "era": record::<EraField>(None),
            "view": record::<ViewField>(None),
            "capture": record::<CaptureField>(None),
            "check": record::<CheckField>(None),
            "citation": record::<CitationField>(None),
            "hash": record::<HashField>(None),
            "image": record::<ImageField>(None),
            "judgment": record::<JudgmentField>(None),
            "link": record::<LinkField>(None),
        },
    })
}

/// What of a value a schema refuses, by its place: as much of JSON Schema as the one above uses.
fn refused(root: &Value, schema: &Value, value: &Value, place: &str, found: &mut Vec<String>) {
    if let Some(target) = schema["$ref"].as_str() {
        let pointer = target.strip_prefix('#').unwrap();
        refused(root, root.pointer(pointer).unwrap(), value, place, found);
        return;
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let answers = |schema: &Value| {
            let mut found = Vec::new();
            refused(root, schema, value, place, &mut found);
            found.is_empty()
        };
        if !any.iter().any(answers) {
            found.push(format!("{place}: is none of what it can be"));
        }
        return;
    }
    let mut refuse = |why: &str| found.push(format!("{place}: {why}"));
    let is_type = match schema["type"].as_str() {
        None => true,
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_u64() || value.is_i64(),
        Some(other) => panic!("{other}"),
    };
    if !is_type {
        return refuse("is of another type");
    }
    if schema.get("const").is_some_and(|wanted| wanted != value) {
        refuse("is another value");
    }
    if schema["enum"].as_array().is_some_and(|choices| !choices.contains(value)) {
        refuse("is none of the terms");
    }
    if let Some(number) = value.as_i64() {
        let outside = |limit: &str, is: fn(i64, i64) -> bool| schema[limit].as_i64().is_some_and(|it| is(number, it));
        if outside("minimum", |it, least| it < least) || outside("maximum", |it, most| it > most) {
            refuse("is outside the limits");
        }
    }
    if let Some(items) = value.as_array() {
        let count = items.len() as u64;
        if schema["minItems"].as_u64().is_some_and(|least| count < least)
            || schema["maxItems"].as_u64().is_some_and(|most| count > most)
        {
            refuse("has another number of items");
        }
        for (at, item) in items.iter().enumerate() {
            refused(root, &schema["items"], item, &format!("{place}/{at}"), found);
        }
    }
    if let Some(entries) = value.as_object() {
        for name in schema["required"].as_array().into_iter().flatten() {
            if !entries.contains_key(name.as_str().unwrap()) {
                found.push(format!("{place}: needs {name}"));
            }
        }
        for (name, entry) in entries {
            let place = format!("{place}/{name}");
            match (&schema["properties"][name], &schema["additionalProperties"]) {
                (Value::Null, Value::Bool(false)) => found.push(format!("{place}: is not known")),
                (Value::Null, rest) => refused(root, rest, entry, &place, found),
                (known, _) => refused(root, known, entry, &place, found),
            }
        }
    }
}

fn published() -> Value {
    serde_json::from_str(&fs::read_to_string(path()).unwrap()).unwrap()
}

fn problems(value: &Value) -> Vec<String> {
    let (schema, mut found) = (published(), Vec::new());
    refused(&schema, &schema, value, "", &mut found);
    found
}

#[test]
fn the_published_schema_follows_from_the_fields() {
    let text = format!("{:#}\n", schema());
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(path(), &text).unwrap();
    }
    assert!(fs::read_to_string(path()).unwrap() == text, "UPDATE_SCHEMA=1 writes it anew");
}

#[test]
fn every_timeline_answers_the_schema() {
    let schema = published();
    for (name, timeline) in timelines() {
        let value: Value = serde_json::from_str(&text("json", &timeline, &everything())).unwrap();
        assert_eq!(problems(&value), [""; 0], "{name}");
        for line in text("json-lines", &timeline, &everything()).lines() {
            let mut found = Vec::new();
            let mut object: Map<String, Value> = serde_json::from_str(line).unwrap();
            let record = object.remove("record").map_or("event".to_owned(), |name| name.as_str().unwrap().to_owned());
            let name = if record == "timeline" { "header" } else { &record };
            refused(&schema, &schema["$defs"][name], &object.into(), "", &mut found);
            assert_eq!(found, [""; 0], "{name}: {line}");
        }
    }
}

#[test]
fn the_schema_refuses_what_is_no_timeline() {
    let (_, timeline) = timelines().into_iter().find(|(name, _)| name == "tutorial.ron").unwrap();
    let good: Value = serde_json::from_str(&text("json", &timeline, &everything())).unwrap();
    for (pointer, wrong, why) in [
        ("/annalist", json!(2), "another value"),
        ("/events/0/title", json!(1), "another type"),
        ("/events/0/standing", json!("Perhaps"), "none of the terms"),
        ("/events/0", json!({ "id": "a" }), "needs \"title\""),
        ("/events/0", json!({ "title": "a", "colour": "red" }), "is not known"),
        ("/events/0", json!({ "title": "a", "weight": 6 }), "outside the limits"),
        ("/events/0", json!({ "title": "a", "coordinates": [1.5] }), "another number of items"),
        ("/events/0", json!({ "title": "a", "fields": { "x": 1 } }), "another type"),
    ] {
        let mut bad = good.clone();
        match bad.pointer_mut(pointer) {
            Some(place) => *place = wrong,
            None => bad["events"][0]["standing"] = wrong,
        }
        assert!(problems(&bad).iter().any(|problem| problem.contains(why)), "{pointer}: {:?}", problems(&bad));
    }
}
