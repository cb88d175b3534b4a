//! An entry read as a source.

use super::scan::Block;
use super::tex;
use crate::interchange::entry::Entry;
use crate::interchange::labelled::Field;
use crate::interchange::{dates, kinds, reference};
use crate::time::Date;

/// Fields that serve only the program that wrote them, or the order of a list; told as left out.
const LEFT_OUT: [&str; 30] = [
    "keywords",
    "keyword",
    "groups",
    "owner",
    "timestamp",
    "creationdate",
    "modificationdate",
    "date-added",
    "date-modified",
    "added-at",
    "biburl",
    "bibsource",
    "interhash",
    "intrahash",
    "mendeley-groups",
    "mendeley-tags",
    "citeulike-article-id",
    "posted-at",
    "priority",
    "readstatus",
    "ranking",
    "sortkey",
    "sorttitle",
    "sortname",
    "key",
    "presort",
    "shorthand",
    "options",
    "internal-note",
    "zotero",
];

/// Fields that only relate entries to each other, or that were read with others.
const READ_ELSEWHERE: [&str; 5] = ["crossref", "xdata", "xref", "ids", "related"];

/// Reads an entry whose inherited fields are in it.
pub(super) fn read(block: &Block, line: usize) -> Entry {
    let mut entry = Entry::new(line);
    entry.source.id = block.key.as_str().into();
    let mut fields: Vec<(&str, &str)> =
        block.fields.iter().map(|field| (field.name.as_str(), field.value.as_str())).collect();
    let mut take = |name: &str| {
        let at = fields.iter().position(|(known, _)| *known == name)?;
        Some(fields.remove(at).1).filter(|value| !value.trim().is_empty())
    };

    for name in ["url", "bdsk-url-1"] {
        if let Some(raw) = take(name) {
            entry.put_address(&tex::address(raw), name);
        }
    }
    let howpublished = take("howpublished");
    if let Some(raw) = howpublished {
        how_published(raw, &mut entry);
    }
    if let Some(doi) = take("doi") {
        entry.put_doi(&tex::address(doi));
    }

    let title = take("title").map(|raw| tex::line("title", raw)).unwrap_or_default();
    let title = [Some(title), take("subtitle").map(|raw| tex::line("subtitle", raw))];
    let title: Vec<String> = title.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    entry.put(Field::Title, &title.join(": "), "title");
    if let Some(raw) = take("author") {
        entry.put(Field::Author, &tex::names(raw), "author");
    }
    for name in
        ["publisher", "institution", "organization", "school", "journaltitle", "journal", "booktitle", "maintitle"]
    {
        if let Some(raw) = take(name) {
            entry.put(Field::Publisher, &tex::line(name, raw), name);
        }
    }

    let sort = take("type").map(|raw| tex::line("type", raw));
    entry.source.kind = kinds::of_bibtex(&block.kind, sort.as_deref(), entry.source.url.is_some());
    // A sort that is no more than the name of the kind has been said.
    if let Some(sort) = sort.filter(|sort| *sort != entry.source.kind.label()) {
        entry.keep("type", &sort);
    }
    let is_part_of_series =
        matches!(block.kind.as_str(), "article" | "periodical" | "suppperiodical" | "inproceedings" | "proceedings");
    if let Some(number) = take("number").map(|raw| tex::line("number", raw)) {
        if is_part_of_series {
            entry.keep("issue", &number);
        } else {
            entry.put(Field::Number, &number, "number");
        }
    }
    if let Some(raw) = take("isbn") {
        entry.put_isbn(&tex::address(raw));
    }
    if let Some(raw) = take("eprint") {
        entry.put(Field::Number, &tex::address(raw), "eprint");
    }
    for name in ["langid", "language", "hyphenation"] {
        if let Some(raw) = take(name) {
            entry.put_language(&tex::line(name, raw), name);
        }
    }

    if let Some(raw) = take("date") {
        entry.put_date(Field::Published, &date("date", raw), "date");
    }
    let parts = ["year", "month", "day"].map(|name| take(name).map(|raw| date(name, raw)));
    year_month_day(parts, &mut entry);
    for (name, field) in [
        ("urldate", Field::Accessed),
        ("lastchecked", Field::Accessed),
        ("lastaccessed", Field::Accessed),
        ("eventdate", Field::Information),
        ("origdate", Field::Information),
    ] {
        if let Some(raw) = take(name) {
            entry.put_date(field, &date(name, raw), name);
        }
    }

    let last = ["annote", "annotation"].map(&mut take);
    let note = take("note").map(|raw| tex::paragraphs("note", raw));
    for (name, raw) in fields {
        if LEFT_OUT.contains(&name) || name.starts_with("bdsk-file") {
            entry.ignore(name);
        } else if matches!(name, "editor" | "translator" | "editora" | "bookauthor" | "holder") {
            entry.keep(name, &tex::names(raw));
        } else if name == "file" || name.starts_with("bdsk-url") {
            entry.keep(name, &tex::address(raw));
        } else if !READ_ELSEWHERE.contains(&name) {
            entry.keep(name, &tex::paragraphs(name, raw));
        }
    }
    if let Some(text) = note {
        match reference::accessed(&text) {
            Some(date) => entry.put(Field::Accessed, date.as_str(), "note"),
            None => entry.note(&text),
        }
    }
    // Last, since labelled lines stand at the end of an annotation.
    for raw in last.into_iter().flatten() {
        entry.note(&tex::paragraphs("annotation", raw));
    }
    entry
}

/// EDTF as it stands, in which `~` is no space; else words.
fn date(name: &str, raw: &str) -> String {
    let plain = raw.trim().trim_start_matches('{').trim_end_matches('}');
    if Date::parse(plain).is_ok() { plain.to_owned() } else { tex::line(name, raw) }
}

/// `howpublished` is where older styles have the address, alone or among words.
fn how_published(raw: &str, entry: &mut Entry) {
    let text = tex::line("howpublished", raw);
    match reference::only_address(&tex::address(raw)).or_else(|| reference::only_address(&text)) {
        Some(address) => entry.put(Field::Url, &address, "howpublished"),
        None => entry.keep("howpublished", &text),
    }
}

/// The three fields of BibTeX. The month may be a name, a number, or hold the day; what cannot be joined is kept.
fn year_month_day([year, month, day]: [Option<String>; 3], entry: &mut Entry) {
    let Some(year) = year else {
        for (name, part) in [("month", month), ("day", day)] {
            if let Some(part) = part {
                entry.keep(name, &part);
            }
        }
        return;
    };
    let Some(month) = month else {
        entry.put_date(Field::Published, &year, "year");
        return;
    };
    let is_number = !month.is_empty() && month.len() <= 2 && month.bytes().all(|byte| byte.is_ascii_digit());
    let joined = match (&day, is_number) {
        (None, true) => format!("{year}-{month:0>2}"),
        (Some(day), true) => format!("{year}-{month:0>2}-{day:0>2}"),
        (None, false) => format!("{month} {year}"),
        (Some(day), false) => format!("{day} {month} {year}"),
    };
    // "oct # "~24"" and "24 October" give the day with the month.
    let turned = || {
        let (first, second) = month.split_once(' ')?;
        dates::read(&format!("{second} {first} {year}"))
    };
    match dates::read(&joined).or_else(turned) {
        Some(date) => entry.put(Field::Published, Date::as_str(&date), "year"),
        None => {
            entry.put_date(Field::Published, &year, "year");
            entry.keep("month", &month);
            if let Some(day) = day {
                entry.keep("day", &day);
            }
        }
    }
}
