//! An entry read as a source.

use super::scan::Block;
use super::tex;
use crate::interchange::dates;
use crate::interchange::sources::entry::Entry;
use crate::interchange::sources::{kinds, reference};
use crate::model::SourceField;
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

/// Fields by which an entry takes others', which were read before.
const READ_BEFORE: [&str; 2] = ["crossref", "xdata"];

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
    entry.put(SourceField::Title, &title.join(": "), "title");
    if let Some(raw) = take("author") {
        entry.put(SourceField::Author, &tex::names(raw), "author");
    }
    for name in
        ["publisher", "institution", "organization", "school", "journaltitle", "journal", "booktitle", "maintitle"]
    {
        if let Some(raw) = take(name) {
            entry.put(SourceField::Publisher, &tex::line(name, raw), name);
        }
    }

    let sort = take("type").map(|raw| tex::line("type", raw));
    entry.source.kind = kinds::of_bibtex(&block.kind, sort.as_deref(), entry.source.url.is_some());
    if !kinds::is_bibtex(&block.kind) {
        let message = format!(
            "\"@{}\" is no known type of entry; the source's kind is {}",
            block.kind,
            entry.source.kind.label()
        );
        entry.warn("unknown-type", message);
        entry.keep("entry type", &block.kind);
    }
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
            entry.put(SourceField::Number, &number, "number");
        }
    }
    if let Some(raw) = take("isbn") {
        entry.put_isbn(&tex::address(raw));
    }
    if let Some(raw) = take("eprint") {
        entry.put(SourceField::Number, &tex::address(raw), "eprint");
    }
    for name in ["langid", "language", "hyphenation"] {
        if let Some(raw) = take(name) {
            entry.put_language(&tex::line(name, raw), name);
        }
    }

    if let Some(raw) = take("date") {
        entry.put_date(SourceField::Published, &date("date", raw), "date");
    }
    let parts = ["year", "month", "day"].map(|name| take(name).map(|raw| date(name, raw)));
    year_month_day(parts, &mut entry);
    for (name, field) in [
        ("urldate", SourceField::Accessed),
        ("lastchecked", SourceField::Accessed),
        ("lastaccessed", SourceField::Accessed),
        ("eventdate", SourceField::Information),
        ("origdate", SourceField::Information),
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
        } else if !READ_BEFORE.contains(&name) {
            entry.keep(name, &tex::paragraphs(name, raw));
        }
    }
    if let Some(text) = note {
        match reference::accessed(&text) {
            Some(date) => entry.put(SourceField::Accessed, date.as_str(), "note"),
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
    if dates::exact(plain).is_some() { plain.to_owned() } else { tex::line(name, &with_marks(raw)) }
}

/// With `~` as TeX's space only between two words; elsewhere in a date it says "about".
fn with_marks(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    for (at, c) in raw.char_indices() {
        let before = raw.get(..at).unwrap_or_default();
        let is_in_words = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '}'))
            && raw
                .get(at + 1..)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '{' | '\\')));
        if c == '~' && !is_in_words && !before.ends_with('\\') {
            text.push_str("\\textasciitilde{}");
        } else {
            text.push(c);
        }
    }
    text
}

/// `howpublished` is where older styles have the address, alone or among words.
fn how_published(raw: &str, entry: &mut Entry) {
    let text = tex::line("howpublished", raw);
    match reference::only_address(&tex::address(raw)).or_else(|| reference::only_address(&text)) {
        Some(address) => entry.put(SourceField::Url, &address, "howpublished"),
        None => entry.keep("howpublished", &text),
    }
}

/// The three fields of BibTeX. The month may be a name, a number, or hold the day. The date goes as far as they can be
/// joined; what cannot is kept.
fn year_month_day(parts: [Option<String>; 3], entry: &mut Entry) {
    let names = ["year", "month", "day"];
    let mut given = [None, None, None];
    for ((place, part), name) in given.iter_mut().zip(parts).zip(names) {
        match part {
            Some(zeros) if zeros.bytes().all(|byte| byte == b'0') => entry.ignore_filler(&zeros, name),
            part => *place = part,
        }
    }
    let [year, month, day] = given;
    let Some(year) = year else {
        for (name, part) in [("month", month), ("day", day)] {
            if let Some(part) = part {
                entry.keep(name, &part);
            }
        }
        return;
    };
    let of_year = dates::read(&year);
    // A word that the reader makes nothing of must not count as read.
    let finer = |text: String| dates::read(&text).filter(|date| Some(date) != of_year.as_ref());
    let joined = |day: Option<&str>| {
        let month = month.as_deref()?;
        if !month.bytes().all(|byte| byte.is_ascii_digit()) {
            let day = day.map(|day| format!("{day} ")).unwrap_or_default();
            return finer(format!("{day}{month} {year}"));
        }
        // What EDTF counts beyond twelve are seasons and quarters; nobody counts months so.
        let number = |text: &str, last: u8| text.parse::<u8>().ok().filter(|number| (1..=last).contains(number));
        let month = number(month, 12)?;
        let day = match day {
            Some(day) => format!("-{:02}", number(day, 31)?),
            None => String::new(),
        };
        dates::exact(&format!("{year}-{month:02}{day}"))
    };
    // "oct # "~24"" and "24 October" give the day with the month.
    let turned = || {
        let (first, second) = month.as_deref()?.split_once(' ')?;
        finer(format!("{second} {first} {year}"))
    };
    let whole = joined(day.as_deref()).or_else(|| turned().filter(|_| day.is_none()));
    let (date, unread) = match (whole, day) {
        (Some(date), _) => (Some(date), vec![]),
        (None, Some(day)) => match joined(None).or_else(turned) {
            Some(date) => (Some(date), vec![("day", Some(day))]),
            None => (None, vec![("month", month.clone()), ("day", Some(day))]),
        },
        (None, None) => (None, vec![("month", month.clone())]),
    };
    match &date {
        Some(date) => entry.put(SourceField::Published, date.as_str(), "year"),
        None => entry.put_date(SourceField::Published, &year, "year"),
    }
    let date = date.as_ref().map_or(year.as_str(), Date::as_str);
    for (name, part) in unread {
        if let Some(part) = part {
            entry.put_beside(date, &part, name);
        }
    }
}
