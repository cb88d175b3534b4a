//! A source as an entry of BibLaTeX. Dates are EDTF as `biber` reads it; a date beyond that is written coarser, never
//! finer, and stands exactly in the labelled lines.

use std::collections::HashSet;

use super::{record, scan, tex};
use crate::interchange::sources::{kinds, labelled};
use crate::interchange::{dates, languages};
use crate::model::Source;
use crate::time::{Date, Level};

/// The sources as a file.
pub(in crate::interchange) fn write<'s>(sources: impl IntoIterator<Item = &'s Source>) -> String {
    let mut taken = HashSet::new();
    let mut text = String::new();
    for source in sources {
        let native = labelled::native(source, read_back);
        let key = fresh_key(&source.id, &mut taken);
        // The key is read as the id, and it is another where a source before took the one that the id gives.
        let note = labelled::note(source, &Source { id: key.as_str().into(), ..read_back(&native) });
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&entry(&native, &key, note.as_deref().or(source.note.as_deref())));
    }
    text
}

/// What is read of a source written without labelled lines.
pub(super) fn read_back(source: &Source) -> Source {
    let key = safe_key(&source.id);
    let text = entry(source, &key, source.note.as_deref());
    match scan::scan(&text).blocks.first() {
        Some(block) => record::read(block, 0).read_back(read_back),
        None => Source::new("", ""),
    }
}

fn entry(source: &Source, key: &str, note: Option<&str>) -> String {
    let (entry_type, sort, publisher) = kinds::to_biblatex(source.kind);
    let language = source.language.as_deref().and_then(languages::langid);
    let written = |date: &Option<Date>| date.as_ref().and_then(for_biber);
    // A second pair of braces keeps capitals, and "and", as they are.
    let kept = |text: &str| format!("{{{}}}", tex::escaped(text));
    let authors = |author: &str| author.split("; ").map(kept).collect::<Vec<_>>().join(" and ");
    let fields: [(&str, Option<String>); 11] = [
        ("title", Some(kept(&source.title)).filter(|_| !source.title.is_empty())),
        ("author", source.author.as_deref().map(authors)),
        (publisher, source.publisher.as_deref().map(kept)),
        ("type", sort.map(str::to_owned)),
        ("number", source.number.as_deref().map(tex::escaped)),
        ("date", written(&source.published)),
        ("eventdate", written(&source.information)),
        ("url", source.url.as_deref().map(address)),
        ("urldate", written(&source.accessed)),
        ("langid", language.map(str::to_owned)),
        ("annotation", note.map(tex::escaped_lines)),
    ];
    let mut text = format!("@{entry_type}{{{key},\n");
    for (name, value) in fields {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            text.push_str(&format!("  {name} = {{{value}}},\n"));
        }
    }
    text.push_str("}\n");
    text
}

/// An address in which no brace or backslash can break the entry.
fn address(url: &str) -> String {
    url.chars()
        .map(|c| match c {
            '{' => "%7B".to_owned(),
            '}' => "%7D".to_owned(),
            '\\' => "%5C".to_owned(),
            c if c.is_whitespace() || c.is_control() => " ".to_owned(),
            c => c.to_string(),
        })
        .collect()
}

/// The date as far as `biber` reads it: EDTF levels 0 and 1, and times without a zone's name.
fn for_biber(date: &Date) -> Option<String> {
    if date.level() <= Level::Edtf1 { Some(date.to_string()) } else { dates::coarser(date) }
}

/// A key that every BibTeX takes: letters, digits and few marks of ASCII.
fn safe_key(id: &str) -> String {
    let mut key = String::new();
    for c in id.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '+' | '/') {
            key.push(c);
        } else if !key.ends_with('-') {
            key.push('-');
        }
    }
    if key.chars().any(|c| c.is_ascii_alphanumeric()) { key } else { "source".to_owned() }
}

/// The safe key of an id, with a number where another entry has it; BibTeX tells keys apart without their case.
fn fresh_key(id: &str, taken: &mut HashSet<String>) -> String {
    let base = safe_key(id);
    let mut key = base.clone();
    let mut number = 2_u64;
    while !taken.insert(key.to_lowercase()) {
        key = format!("{base}-{number}");
        number += 1;
    }
    key
}
