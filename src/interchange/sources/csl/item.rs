//! An item read as an entry.

use serde_json::{Map, Value};

use super::date::{self, Read};
use crate::interchange::sources::entry::Entry;
use crate::interchange::sources::kinds;
use crate::model::SourceField;

/// A name as CSL has it.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case", default)]
struct Name {
    family: Option<String>,
    given: Option<String>,
    dropping_particle: Option<String>,
    non_dropping_particle: Option<String>,
    suffix: Option<String>,
    /// "name" is what databases call it.
    #[serde(alias = "name")]
    literal: Option<String>,
}

/// What else a name may have that says nothing of its own.
const NAME_PARTS: [&str; 11] = [
    "family",
    "given",
    "dropping-particle",
    "non-dropping-particle",
    "suffix",
    "literal",
    "name",
    "comma-suffix",
    "static-ordering",
    "parse-names",
    "sequence",
];

/// The id of an item as text.
pub(super) fn id(fields: &Map<String, Value>) -> String {
    fields.get("id").and_then(text).unwrap_or_default()
}

/// Reads an item. What has no field goes to the note; what only serves other programs is left out.
pub(super) fn read(mut fields: Map<String, Value>, line: usize) -> Entry {
    let mut entry = Entry::new(line);
    // A link into a library says nothing to a reader; an id is derived in its place.
    if let Some(id) = take_text(&mut fields, "id", &mut entry).filter(|id| !id.contains("zotero.org/")) {
        entry.source.id = id.as_str().into();
    }
    if let Some(title) = take_text(&mut fields, "title", &mut entry) {
        entry.put(SourceField::Title, &title, "title");
    }
    for (name, field) in [
        ("author", SourceField::Author),
        ("publisher", SourceField::Publisher),
        ("number", SourceField::Number),
        ("URL", SourceField::Url),
    ] {
        let Some(value) = take(&mut fields, name) else { continue };
        for part in unread_name_parts(&value) {
            entry.ignore(&format!("{part} of the {name}"));
        }
        match (text(&value), names(&value)) {
            (Some(text), _) if field == SourceField::Url => entry.put_address(&text, name),
            (Some(text), _) | (None, Some(text)) => entry.put(field, &text, name),
            (None, None) => entry.keep(name, &value.to_string()),
        }
    }
    if let Some(container) = take_text(&mut fields, "container-title", &mut entry) {
        entry.put(SourceField::Publisher, &container, "container-title");
    }
    if let Some(doi) = take_text(&mut fields, "DOI", &mut entry) {
        entry.put_doi(&doi);
    }
    if let Some(isbn) = take_text(&mut fields, "ISBN", &mut entry) {
        entry.put_isbn(&isbn);
    }
    if let Some(place) = take_text(&mut fields, "archive_location", &mut entry) {
        let field = if place.contains("://") { Some(SourceField::ArchiveUrl) } else { None };
        match field {
            Some(field) => entry.put(field, &place, "archive location"),
            None => entry.keep("archive location", &place),
        }
    }
    if let Some(language) = take_text(&mut fields, "language", &mut entry) {
        entry.put_language(&language, "language");
    }
    for (name, field) in [
        ("issued", SourceField::Published),
        ("event-date", SourceField::Information),
        ("original-date", SourceField::Information),
        ("accessed", SourceField::Accessed),
    ] {
        match take(&mut fields, name).as_ref().and_then(date::read) {
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
    let genre = take_text(&mut fields, "genre", &mut entry);
    let kind = take_text(&mut fields, "type", &mut entry).unwrap_or_default();
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
    let note = take_text(&mut fields, "note", &mut entry);
    let annote = take_text(&mut fields, "annote", &mut entry);
    let abstracted = take_text(&mut fields, "abstract", &mut entry);
    for (name, value) in fields.into_iter().filter(|(_, value)| !date::is_blank(value)) {
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

fn take(fields: &mut Map<String, Value>, name: &str) -> Option<Value> {
    fields.remove(name).filter(|value| !date::is_blank(value))
}

/// A field that should be a text; what is none is kept in the note.
fn take_text(fields: &mut Map<String, Value>, name: &str, entry: &mut Entry) -> Option<String> {
    let value = take(fields, name)?;
    let text = text(&value);
    if text.is_none() {
        entry.keep(name, &value.to_string());
    }
    text
}

/// A text, number or boolean as text; a list of them, as databases give titles, joined.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Array(values) if !values.is_empty() => {
            let is_plain = |value: &Value| !matches!(value, Value::Array(_) | Value::Object(_) | Value::Null);
            let texts: Vec<String> = values.iter().filter(|value| is_plain(value)).filter_map(text).collect();
            (texts.len() == values.len()).then(|| texts.join("; "))
        }
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

/// What stands in the names of a list and is no part of a name: affiliations, identifiers.
fn unread_name_parts(value: &Value) -> Vec<&str> {
    let names = value.as_array().into_iter().flatten().filter_map(Value::as_object);
    let parts = names.flat_map(|name| name.iter()).filter(|(_, part)| !date::is_blank(part));
    parts.map(|(part, _)| part.as_str()).filter(|part| !NAME_PARTS.contains(part)).collect()
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
