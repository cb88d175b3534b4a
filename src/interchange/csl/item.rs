//! An item read as an entry.

use serde_json::{Map, Value};

use super::date::{self, Read};
use crate::interchange::entry::Entry;
use crate::interchange::kinds;
use crate::interchange::labelled::Field;

/// A name as CSL has it.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case", default)]
struct Name {
    family: Option<String>,
    given: Option<String>,
    dropping_particle: Option<String>,
    non_dropping_particle: Option<String>,
    suffix: Option<String>,
    literal: Option<String>,
}

/// The id of an item as text.
pub(super) fn id(fields: &Map<String, Value>) -> String {
    fields.get("id").and_then(text).unwrap_or_default()
}

/// Reads an item. What has no field goes to the note; what only serves other programs is left out.
pub(super) fn read(mut fields: Map<String, Value>, line: usize) -> Entry {
    let mut entry = Entry::new(line);
    let mut take = |name: &str| fields.remove(name).filter(|value| !is_empty(value));

    match take("id") {
        // A link into a library says nothing to a reader; an id is derived in its place.
        Some(Value::String(id)) if !id.contains("zotero.org/") => entry.source.id = id.as_str().into(),
        _ => {}
    }
    if let Some(title) = take("title") {
        entry.put(Field::Title, &text(&title).unwrap_or_else(|| title.to_string()), "title");
    }
    for (name, field) in
        [("author", Field::Author), ("publisher", Field::Publisher), ("number", Field::Number), ("URL", Field::Url)]
    {
        let Some(value) = take(name) else { continue };
        match (text(&value), names(&value)) {
            (Some(text), _) if field == Field::Url => entry.put_address(&text, name),
            (Some(text), _) | (None, Some(text)) => entry.put(field, &text, name),
            (None, None) => entry.keep(name, &value.to_string()),
        }
    }
    if let Some(container) = take("container-title").as_ref().and_then(text) {
        entry.put(Field::Publisher, &container, "container-title");
    }
    if let Some(doi) = take("DOI").as_ref().and_then(text) {
        entry.put_doi(&doi);
    }
    if let Some(isbn) = take("ISBN").as_ref().and_then(text) {
        entry.put_isbn(&isbn);
    }
    if let Some(place) = take("archive_location").as_ref().and_then(text) {
        let field = if place.contains("://") { Some(Field::ArchiveUrl) } else { None };
        match field {
            Some(field) => entry.put(field, &place, "archive location"),
            None => entry.keep("archive location", &place),
        }
    }
    if let Some(language) = take("language").as_ref().and_then(text) {
        entry.put_language(&language, "language");
    }
    for (name, field) in [
        ("issued", Field::Published),
        ("event-date", Field::Information),
        ("original-date", Field::Information),
        ("accessed", Field::Accessed),
    ] {
        match take(name).as_ref().and_then(date::read) {
            Some(Read::Date(date, beside)) => {
                entry.put(field, date.as_str(), name);
                for (part, text) in beside {
                    entry.put_beside(date.as_str(), &text, &format!("{name} {part}"));
                }
            }
            Some(Read::Text(text)) => entry.put_unread(field, &text, name),
            Some(Read::Filler(text)) => entry.ignore_filler(&text, name),
            None => {}
        }
    }
    let genre = take("genre").as_ref().and_then(text);
    let kind = take("type").as_ref().and_then(text).unwrap_or_default();
    entry.source.kind = kinds::of_csl(&kind, entry.source.url.is_some());
    if let Some(genre) = genre {
        if let Some(told) = kinds::of_sort(&genre) {
            entry.source.kind = told;
        }
        entry.keep("genre", &genre);
    }
    if !kind.is_empty() && !kinds::is_csl(&kind) {
        entry.warn("unknown-type", format!("\"{kind}\" is no type of CSL 1.0.2; the source's kind is Other"));
        entry.keep("type", &kind);
    }
    let note = take("note").as_ref().and_then(text);
    let annote = take("annote").as_ref().and_then(text);
    let abstracted = take("abstract").as_ref().and_then(text);
    for (name, value) in fields.into_iter().filter(|(_, value)| !is_empty(value)) {
        match name.as_str() {
            "keyword"
            | "categories"
            | "citation-key"
            | "citation-label"
            | "citation-number"
            | "first-reference-note-number"
            | "year-suffix"
            | "journalAbbreviation"
            | "shortTitle"
            | "title-short"
            | "container-title-short"
            | "multi"
            | "system_id" => entry.ignore(&name),
            _ => {
                let text = text(&value).or_else(|| names(&value)).or_else(|| match date::read(&value) {
                    Some(Read::Date(date, beside)) if value.is_object() && beside.is_empty() => Some(date.describe()),
                    _ => None,
                });
                entry.keep(&name, &text.unwrap_or_else(|| value.to_string()));
            }
        }
    }
    if let Some(text) = abstracted {
        entry.keep("abstract", &text);
    }
    // Last, since labelled lines stand at the end of a note.
    for text in [annote, note].into_iter().flatten() {
        entry.note(&text);
    }
    entry
}

/// A text, number or boolean as text.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// A list of names: "Jane Roe; John Doe".
fn names(value: &Value) -> Option<String> {
    let Value::Array(names) = value else { return None };
    let names: Vec<String> = names.iter().map(name).collect::<Option<_>>()?;
    (!names.is_empty()).then(|| names.join("; "))
}

fn name(value: &Value) -> Option<String> {
    if let Some(text) = text(value) {
        return Some(text);
    }
    let name: Name = serde_json::from_value(value.clone()).ok()?;
    if let Some(literal) = name.literal {
        return Some(literal);
    }
    let parts = [name.given, name.dropping_particle, name.non_dropping_particle, name.family, name.suffix];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.trim().is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}
