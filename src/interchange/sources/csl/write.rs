//! A source as an item, valid against `csl-data.json` and for Zotero's importer.

use serde_json::{Value, json};

use super::{date, item};
use crate::interchange::sources::{kinds, labelled};
use crate::model::{Source, SourceKind};
use crate::time::Date;

/// The sources as a file.
pub(in crate::interchange) fn write<'s>(sources: impl IntoIterator<Item = &'s Source>) -> String {
    let items: Vec<String> = sources
        .into_iter()
        .map(|source| {
            let native = labelled::native(source, read_back);
            let note = labelled::note(source, &read_back(&native));
            let fields = fields(&native, note.as_deref().or(source.note.as_deref()));
            let lines: Vec<String> = fields.iter().map(|(name, value)| format!("    \"{name}\": {value}")).collect();
            format!("  {{\n{}\n  }}", lines.join(",\n"))
        })
        .collect();
    format!("[\n{}\n]\n", items.join(",\n"))
}

/// What is read of a source written without labelled lines.
pub(super) fn read_back(source: &Source) -> Source {
    let fields = fields(source, source.note.as_deref()).into_iter();
    item::read(fields.map(|(name, value)| (name.to_owned(), value)).collect(), 0).read_back(read_back)
}

/// The fields that a source fills, in the order people read them.
fn fields(source: &Source, note: Option<&str>) -> Vec<(&'static str, Value)> {
    let is_page = source.kind == SourceKind::Web;
    // The site of a page, which is where Zotero and most styles look for it.
    let publisher = if is_page { "container-title" } else { "publisher" };
    let text = |text: Option<&str>| text.map(Value::from);
    let authors = |author: &str| author.split("; ").map(|name| json!({ "literal": name })).collect::<Value>();
    let date = |date: &Option<Date>| date.as_ref().and_then(|date| serde_json::to_value(date::write(date)).ok());
    let fields = [
        ("id", text(Some(&source.id))),
        ("type", text(Some(kinds::to_csl(source.kind)))),
        ("title", text(Some(&source.title).map(|title| &**title).filter(|title| !title.is_empty()))),
        ("author", source.author.as_deref().map(authors)),
        (publisher, text(source.publisher.as_deref())),
        ("number", text(source.number.as_deref())),
        ("issued", date(&source.published)),
        ("event-date", date(&source.information)),
        ("URL", text(source.url.as_deref())),
        ("archive_location", text(source.archive_url.as_deref())),
        ("accessed", date(&source.accessed)),
        ("language", text(source.language.as_deref())),
        ("note", text(note)),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}
