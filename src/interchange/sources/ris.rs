//! RIS: records of two-letter tags, as reference managers and databases give them (the specifications of 2001 and 2011).
//!
//! A line is a tag, two spaces, a hyphen, a space and a value; a line without a tag goes on with the value before. Real
//! files have one space, tabs, or none after the hyphen: those are read too.

use super::entry::Entry;
use super::kinds;
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::dates::{self, Beside, Numbers};
use crate::model::{Source, SourceField};
use crate::time::{Date, Precision};

/// Names of the tags that have no field of their own.
const NAMES: [(&str, &str); 40] = [
    ("A2", "editor"),
    ("A3", "series editor"),
    ("A4", "subsidiary author"),
    ("ED", "editor"),
    ("AD", "author address"),
    ("AN", "accession number"),
    ("AV", "location in archives"),
    ("C1", "custom 1"),
    ("C2", "custom 2"),
    ("C3", "custom 3"),
    ("C4", "custom 4"),
    ("C5", "custom 5"),
    ("C6", "custom 6"),
    ("C7", "custom 7"),
    ("C8", "custom 8"),
    ("CN", "call number"),
    ("CP", "issue"),
    ("CY", "place"),
    ("PP", "place"),
    ("DB", "database"),
    ("DP", "database provider"),
    ("EP", "last page"),
    ("ET", "edition"),
    ("IS", "issue"),
    ("L4", "image"),
    ("M2", "misc"),
    ("M3", "type"),
    ("NV", "number of volumes"),
    ("OP", "original publication"),
    ("RI", "reviewed item"),
    ("RP", "reprint"),
    ("SE", "section"),
    ("SP", "pages"),
    ("ST", "short title"),
    ("T4", "further title"),
    ("TA", "translated author"),
    ("TT", "translated title"),
    ("VL", "volume"),
    ("VO", "volume"),
    ("U1", "user 1"),
];

/// Tags that only serve the program that wrote them.
const LEFT_OUT: [(&str, &str); 3] = [("KW", "keywords"), ("LB", "label"), ("CR", "cited references")];

/// Whether a text begins as a record does.
pub(super) fn begins_a_record(text: &str) -> bool {
    text.lines().next().and_then(tagged).is_some_and(|(tag, _)| tag == "TY")
}

/// Every source in a file, with its line.
pub(super) fn read(text: &str, problems: &mut Vec<Problem>) -> Vec<(Source, usize)> {
    let mut sources = Vec::new();
    let mut record: Option<Record> = None;
    let mut is_stray_told = false;
    let mut outside = None;
    for (at, text) in text.lines().enumerate() {
        let line = at + 1;
        match (tagged(text), &mut record) {
            (Some(("TY", kind)), open) => {
                if let Some(record) = open.take() {
                    let message = "the record has no end (ER); the next one begins";
                    problems.push(Problem::new(Severity::Warning, "unclosed-entry", record.line, message));
                    sources.extend(record.finish(problems));
                }
                record = Some(Record { kind: kind.to_owned(), line, tags: Vec::new() });
            }
            (Some(("ER", _)), open) => {
                sources.extend(open.take().and_then(|record| record.finish(problems)));
            }
            (Some((tag, value)), Some(record)) => record.tags.push((tag.to_owned(), value.to_owned())),
            (None, Some(record)) => record.go_on(text.trim()),
            (Some(_), None) => {
                if !is_stray_told {
                    let message = "this line stands outside of a record and was left out; a record begins with TY";
                    problems.push(Problem::new(Severity::Error, "stray-line", line, message));
                }
                is_stray_told = true;
                continue;
            }
            (None, None) => {
                outside = outside.or((!text.trim().is_empty()).then_some(line));
                continue;
            }
        }
        is_stray_told = false;
    }
    if let Some(record) = record {
        let message = "the last record has no end (ER)";
        problems.push(Problem::new(Severity::Warning, "unclosed-entry", record.line, message));
        sources.extend(record.finish(problems));
    }
    if let Some(line) = outside.filter(|_| !sources.is_empty()) {
        let message = "text outside of a record was left out";
        problems.push(Problem::new(Severity::Info, "stray-line", line, message));
    }
    if sources.is_empty()
        && !problems.iter().any(|problem| problem.severity == Severity::Error)
        && !text.trim().is_empty()
    {
        let message = "there is no record in the file: expected a line \"TY  - \"";
        problems.push(Problem::new(Severity::Error, "not-ris", 1, message));
    }
    sources
}

/// A line's tag and value.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches('\u{feff}');
    let (tag, rest) = line.split_at_checked(2)?;
    let mut letters = tag.chars();
    let is_tag = letters.next()?.is_ascii_uppercase()
        && letters.next().is_some_and(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let value = rest.trim_start_matches([' ', '\t']).strip_prefix('-')?;
    let is_spaced = rest.starts_with([' ', '\t']) && (value.is_empty() || value.starts_with([' ', '\t']));
    (is_tag && is_spaced).then(|| (tag, value.trim()))
}

struct Record {
    kind: String,
    line: usize,
    tags: Vec<(String, String)>,
}

impl Record {
    /// Goes on with the value before. An abstract keeps its lines; other values are one line.
    fn go_on(&mut self, text: &str) {
        let Some((tag, value)) = self.tags.last_mut() else {
            self.tags.push(("N1".to_owned(), text.to_owned()));
            return;
        };
        let gap = if matches!(tag.as_str(), "AB" | "N1" | "N2" | "RN") { '\n' } else { ' ' };
        if !text.is_empty() {
            if !value.is_empty() {
                value.push(gap);
            }
            value.push_str(text);
        }
    }

    fn take(&mut self, tag: &str) -> Vec<String> {
        let (taken, kept) = std::mem::take(&mut self.tags).into_iter().partition(|(known, _)| known == tag);
        self.tags = kept;
        let taken: Vec<(String, String)> = taken;
        taken.into_iter().map(|(_, value)| value).filter(|value| !value.is_empty()).collect()
    }

    fn finish(mut self, problems: &mut Vec<Problem>) -> Option<(Source, usize)> {
        let mut entry = Entry::new(self.line);
        let mut keys = self.take("ID").into_iter();
        let key = keys.next().unwrap_or_default();
        keys.for_each(|other| entry.keep("ID", &other));
        // A bare number counts records of one file.
        if !key.bytes().all(|byte| byte.is_ascii_digit()) {
            entry.source.id = key.as_str().into();
        }
        for tag in ["TI", "T1", "CT", "BT"] {
            for title in self.take(tag) {
                // The title of a book stands in BT beside that of a chapter.
                let field = if tag == "BT" && !entry.source.title.is_empty() {
                    SourceField::Publisher
                } else {
                    SourceField::Title
                };
                entry.put(field, &title, if field == SourceField::Title { "title" } else { "book" });
            }
        }
        let authors: Vec<String> =
            ["AU", "A1"].iter().flat_map(|tag| self.take(tag)).map(|name| turned(&name)).collect();
        entry.put(SourceField::Author, &authors.join("; "), "author");
        for (tag, name) in [
            ("PB", "publisher"),
            ("T2", "in"),
            ("JO", "journal"),
            ("JF", "journal"),
            ("JA", "journal"),
            ("J1", "journal"),
            ("J2", "journal"),
            ("T3", "series"),
        ] {
            for value in self.take(tag) {
                let is_shorter = matches!(tag, "JO" | "JA" | "J1" | "J2") && entry.source.publisher.is_some();
                if is_shorter {
                    entry.ignore("abbreviated journal");
                } else {
                    entry.put(SourceField::Publisher, &value, name);
                }
            }
        }
        for (tag, name) in [("UR", "address"), ("L1", "file"), ("L2", "file"), ("L3", "related record"), ("LK", "link")]
        {
            for value in self.take(tag).iter().flat_map(|value| value.split("; ")) {
                let is_address = value.contains("://") || value.starts_with("www.");
                if is_address { entry.put(SourceField::Url, value, name) } else { entry.keep(name, value) }
            }
        }
        for doi in self.take("DO") {
            entry.put_doi(&doi);
        }
        for number in self.take("M1") {
            entry.put(SourceField::Number, &number, "number");
        }
        for number in self.take("SN") {
            let digits = number.chars().filter(|c| c.is_ascii_digit() || *c == 'X').count();
            match digits {
                10 | 13 => entry.put_isbn(&number),
                8 => entry.keep("ISSN", &number),
                _ => entry.put(SourceField::Number, &number, "serial number"),
            }
        }
        for language in self.take("LA") {
            entry.put_language(&language, "language");
        }
        self.put_dates(&mut entry);
        let has_url = entry.source.url.is_some();
        match kinds::of_ris(&self.kind, has_url) {
            Some(kind) => entry.source.kind = kind,
            None => {
                let message = format!("\"{}\" is no type of RIS; the source's kind is Other", self.kind);
                entry.warn("unknown-type", message);
                entry.keep("type", &self.kind);
            }
        }
        let mut notes = Vec::new();
        for (tag, value) in self.tags.into_iter().filter(|(_, value)| !value.is_empty()) {
            if let Some((_, name)) = LEFT_OUT.iter().find(|(known, _)| *known == tag) {
                entry.ignore(name);
            } else if matches!(tag.as_str(), "N1" | "RN") {
                notes.push(value);
            } else if matches!(tag.as_str(), "AB" | "N2") {
                entry.keep("abstract", &value);
            } else {
                if tag == "M3"
                    && let Some(kind) = kinds::of_sort(&value)
                {
                    entry.source.kind = kind;
                }
                let name = NAMES.iter().find(|(known, _)| *known == tag).map_or(tag.as_str(), |(_, name)| name);
                entry.keep(name, &value);
            }
        }
        for note in &notes {
            entry.note(note);
        }
        let source = entry.finish(&key, Source::clone, problems)?;
        Some((source, self.line))
    }

    /// PY and Y1 give the year and may give the day; DA gives the day. Y2 is the date of access since 2011.
    fn put_dates(&mut self, entry: &mut Entry) {
        for (tags, field) in [(&["PY", "Y1", "DA"][..], SourceField::Published), (&["Y2"], SourceField::Accessed)] {
            let mut known: Option<Date> = None;
            for tag in tags {
                for text in self.take(tag) {
                    let date = date(&text, tag, field, known.as_ref(), entry);
                    known = match (known, date) {
                        (Some(known), Some(date)) if !is_finer(&date, &known) => {
                            if !is_finer(&known, &date) {
                                let message = format!("two dates, {known} and {date} ({tag}); the first was taken");
                                entry.warn("two-dates", message);
                                entry.keep("other date", &text);
                            }
                            Some(known)
                        }
                        (known, date) => date.or(known),
                    };
                }
            }
            if let Some(date) = known {
                entry.put(field, date.as_str(), "date");
            }
        }
    }
}

/// Whether a date is another, or one in it with the same beginning.
fn is_finer(date: &Date, other: &Date) -> bool {
    date.as_str().starts_with(other.as_str())
}

/// The date in `YYYY/MM/DD/other`, each part but the year possibly empty, or in words; `known` is what another tag gave. The
/// year may be doubtful and the month a name. What is no date, or not read of it, is told.
fn date(text: &str, tag: &str, field: SourceField, known: Option<&Date>, entry: &mut Entry) -> Option<Date> {
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    let in_words = |text: &str, entry: &mut Entry| in_words(text, tag, field, known, entry);
    let Some((year, doubt)) = parts.first().and_then(|part| year(part)) else {
        return in_words(text, entry);
    };
    let given: Option<Vec<i64>> =
        parts.iter().skip(1).take(2).enumerate().map(|(at, part)| number(part, at == 0, year)).collect();
    let Some(given) = given else { return in_words(text, entry) };
    let numbers = [&[year], &*given].concat();
    let other = parts.get(3..).unwrap_or_default().join("/");
    let (date, said) = match dates::of_numbers(&numbers) {
        Numbers::Date(date) => (date, numbers.len()),
        // Without its slashes it may be two years: 2024/25.
        Numbers::Partly(date, said) if parts.len() > 2 => (date, said),
        Numbers::Filler if other.is_empty() => {
            entry.ignore_filler(text, tag);
            return None;
        }
        Numbers::Filler => return in_words(&other, entry),
        Numbers::Partly(..) | Numbers::Wrong => {
            entry.put_unread(field, text, tag);
            return None;
        }
    };
    let date = Date::parse(&format!("{date}{doubt}")).unwrap_or(date);
    for ((part, name), number) in parts.iter().zip(["year", "month", "day"]).zip(&numbers).skip(said) {
        if *number != 0 {
            entry.put_beside(date.as_str(), part, &format!("{tag} {name}"));
        }
    }
    if other.is_empty() {
        return Some(date);
    }
    Some(match dates::beside(&date, &other) {
        Beside::Said => date,
        Beside::Finer(finer) => finer,
        Beside::Unread => {
            entry.put_beside(date.as_str(), &other, "date remark");
            date
        }
    })
}

/// The year that a part of a date is, and the sign of its doubt.
fn year(part: &str) -> Option<(i64, String)> {
    if part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((part.parse().ok()?, String::new()));
    }
    dates::doubtful_year(part)
}

/// The month or day that a part of a date is; 0 where it is empty. A month may be a name.
fn number(part: &str, is_month: bool, year: i64) -> Option<i64> {
    if part.is_empty() {
        return Some(0);
    }
    if part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit()) {
        return part.parse().ok();
    }
    let year = Date::parse(&format!("{year:04}")).ok().filter(|_| is_month)?;
    match dates::beside(&year, part) {
        Beside::Finer(date) if date.precision() == Precision::Month => date.as_str().get(5..7)?.parse().ok(),
        _ => None,
    }
}

/// A date in words; a day alone, "June 1" in DA, belongs to the year that another tag gave.
fn in_words(text: &str, tag: &str, field: SourceField, known: Option<&Date>, entry: &mut Entry) -> Option<Date> {
    let in_known = || match dates::beside(known?, text) {
        Beside::Said => known.cloned(),
        Beside::Finer(date) => Some(date),
        Beside::Unread => None,
    };
    let date = dates::read(text).or_else(in_known);
    if date.is_none() {
        entry.put_unread(field, text, tag);
    }
    date
}

/// "Roe, Jane, Jr." as "Jane Roe Jr."; a name without a comma stays.
fn turned(name: &str) -> String {
    let parts: Vec<&str> = name.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [family, given] => format!("{given} {family}"),
        [family, given, suffix] => format!("{given} {family} {suffix}"),
        _ => name.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::interchange::sources::{Format, Imported, import};
    use crate::model::SourceKind;

    fn read(text: &str) -> Imported {
        import(text.as_bytes(), Format::Ris)
    }

    const NEWS: &str = "\u{feff}TY  - NEWS\r\nTI  - Lower house ratifies\r\nAU  - Roe, Jane\r\nAU  - Müller, Hans, Jr.\r\nA1  - Example Agency\r\nT2  - The Example Times\r\nPY  - 2024\r\nDA  - 2024/10/24\r\nUR  - https://example.org/a\r\nL1  - /home/me/a.pdf\r\nLA  - rus\r\nY2  - 2026/11/20/10:12:00\r\nSP  - A1\r\nKW  - treaty\r\nKW  - vote\r\nAB  - First line\r\nsecond line\r\nN1  - Read twice.\r\nID  - roe2024\r\nER  - \r\n";

    #[test]
    fn a_record_of_the_specification_of_2011() {
        let imported = read(NEWS);
        let source = &imported.sources[0];
        assert_eq!(&*source.id, "roe2024");
        assert_eq!(&*source.title, "Lower house ratifies");
        assert_eq!(source.author.as_deref(), Some("Jane Roe; Hans Müller Jr.; Example Agency"));
        assert_eq!(source.publisher.as_deref(), Some("The Example Times"));
        assert_eq!(source.kind, SourceKind::Web);
        assert_eq!(source.url.as_deref(), Some("https://example.org/a"));
        assert_eq!(source.language.as_deref(), Some("ru"));
        assert_eq!(source.published.as_ref().map(Date::as_str), Some("2024-10-24"));
        assert_eq!(source.accessed.as_ref().map(Date::as_str), Some("2026-11-20T10:12:00"));
        let note = "File: /home/me/a.pdf\nPages: A1\nAbstract: First line\nsecond line\nRead twice.";
        assert_eq!(source.note.as_deref(), Some(note));
        let told: Vec<String> = imported.problems.iter().map(|problem| problem.to_string()).collect();
        assert_eq!(
            told,
            ["entry \"roe2024\": kept in the note: file, pages, abstract", "entry \"roe2024\": left out: keywords"]
        );
    }

    #[test]
    fn dates_are_as_vague_as_they_were_given() {
        let cases = [
            ("PY  - 2024", Some("2024"), None),
            ("PY  - 2024///", Some("2024"), None),
            ("PY  - 2024/00/00/", Some("2024"), None),
            ("Y1  - 2024/10//", Some("2024-10"), None),
            ("Y1  - 2024/10/24/late edition", Some("2024-10-24"), Some("Date remark: late edition")),
            ("PY  - 2024///Spring", Some("2024-21"), None),
            ("PY  - 2024///Spring 2024", Some("2024-21"), None),
            ("PY  - 2024///ca. 2024", Some("2024~"), None),
            ("PY  - 2024///24 October 2024", Some("2024-10-24"), None),
            ("PY  - 2024///ca. 2023", Some("2024"), Some("Date remark: ca. 2023")),
            ("PY  - 2024///in print", Some("2024"), Some("Date remark: in print")),
            ("PY  - 2024\nDA  - 2024/10/24", Some("2024-10-24"), None),
            ("PY  - 2024\nDA  - October 24", Some("2024-10-24"), None),
            ("PY  - 2024/10/24\nDA  - 2024", Some("2024-10-24"), None),
            ("PY  - 2024\nDA  - 2023/10/24", Some("2024"), Some("Other date: 2023/10/24")),
            ("DA  - 24 October 2024", Some("2024-10-24"), None),
            ("PY  - 1984?~", Some("1984%"), None),
            ("PY  - 2016/2017", Some("2016/2017"), None),
            ("PY  - 2024/02/30", Some("2024-02"), Some("PY day: 30")),
            ("PY  - 2024/25//", Some("2024"), Some("PY month: 25")),
            ("PY  - 2024/25", None, Some("PY: 2024/25")),
            ("PY  - 2024/10/32", Some("2024-10"), Some("PY day: 32")),
            ("PY  - 2016/06/31/", Some("2016-06"), Some("PY day: 31")),
            ("PY  - 2016/13/01/", Some("2016"), Some("PY month: 13\nPY day: 01")),
            ("PY  - 2016//01/", Some("2016"), Some("PY day: 01")),
            ("PY  - 2016/06/31/ca.", Some("2016-06~"), Some("PY day: 31")),
            ("DA  - 2016/Jun/31/", Some("2016-06"), Some("DA day: 31")),
            ("PY  - 2016\nDA  - 2016/06/31", Some("2016-06"), Some("DA day: 31")),
            ("PY  - 2016/Jun/01/", Some("2016-06-01"), None),
            ("DA  - 2016/Jun/01/", Some("2016-06-01"), None),
            ("DA  - 2016/Jun./1/", Some("2016-06-01"), None),
            ("DA  - 2016/Jun/01", Some("2016-06-01"), None),
            ("DA  - 2016/Juni/01/", Some("2016-06-01"), None),
            ("PY  - 2016/Jun//", Some("2016-06"), None),
            ("PY  - 2016/Jun", Some("2016-06"), None),
            ("PY  - 2016/What//", None, Some("PY: 2016/What//")),
            ("PY  - 2016/06/01/ca.", Some("2016-06-01~"), None),
            ("PY  - 2016/06//circa", Some("2016-06~"), None),
            ("PY  - 2016///circa", Some("2016~"), None),
            ("PY  - 2016/06/01/?", Some("2016-06-01?"), None),
            ("PY  - c. 2016///", Some("2016~"), None),
            ("PY  - ca. 2016/06/01/", Some("2016-06-01~"), None),
            ("PY  - 2016?///", Some("2016?"), None),
            ("PY  - 2016~/06//", Some("2016-06~"), None),
            ("PY  - c. 2016///ca.", Some("2016~"), None),
            ("PY  - 0000/10/24", None, Some("PY: 0000/10/24")),
            ("PY  - 0000//", None, None),
            ("PY  - 0000", None, None),
            ("PY  - 0000///ca. 2016", Some("2016~"), None),
            ("PY  - soon", None, Some("PY: soon")),
            ("PY  - 05/11/2024", None, Some("PY: 05/11/2024")),
        ];
        for (lines, expected, note) in cases {
            let imported = read(&format!("TY  - RPRT\nTI  - T\n{lines}\nER  - \n"));
            let source = &imported.sources[0];
            assert_eq!(source.published.as_ref().map(Date::as_str), expected, "{lines}");
            assert_eq!(source.note.as_deref(), note, "{lines}");
            let is_warned = imported.problems.iter().any(|problem| problem.severity == Severity::Warning);
            assert_eq!(is_warned, note.is_some(), "{lines}");
            if expected.is_none() {
                assert!(!imported.problems.is_empty(), "{lines} is told");
            }
        }
    }

    #[test]
    fn careless_and_broken_records_are_read_as_far_as_they_go() {
        let text = "AU  - Nobody\nAU  - Nobody\nTY - JOUR\nT1 - One\nSN - 978-3-16-148410-0\nZZ - What\nTY  - NOPE\nTI  -Not a tag\nTI  - Two\nER  -\n\nTY  - GEN\nER  -\nTY  - ELEC\nUR  - https://example.org/three-votes";
        let imported = read(text);
        let titles: Vec<&str> = imported.sources.iter().map(|source| &*source.title).collect();
        assert_eq!(titles, ["One", "Two", "[example.org: three votes]"]);
        assert_eq!(imported.sources[0].number.as_deref(), Some("ISBN 978-3-16-148410-0"));
        assert_eq!(imported.sources[0].note.as_deref(), Some("ZZ: What"));
        let told: Vec<(usize, &str)> = imported.problems.iter().map(|problem| (problem.line, problem.code)).collect();
        let expected = [
            (1, "stray-line"),
            (3, "unclosed-entry"),
            (3, "kept-in-note"),
            (7, "unknown-type"),
            (7, "kept-in-note"),
            (12, "empty-entry"),
            (14, "unclosed-entry"),
            (14, "no-title"),
        ];
        assert_eq!(told, expected);
        assert_eq!(read("words").problems[0].code, "not-ris");
        let imported =
            read("Provider: A library\n\nTY  - GEN\nbefore any tag\nTI  - T\nID  - a\nID  - b\nER  - \nThe end.\n");
        assert_eq!(imported.sources[0].note.as_deref(), Some("ID: b\nbefore any tag"));
        assert_eq!((imported.problems[0].line, imported.problems[0].code), (1, "stray-line"));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "((TY|TI|AU|PY|DA|ER|AB|Z9)  ?- ?|[a-zé0-9/,.]{0,4}|\n){0,60}") {
            read(&text);
        }
    }
}
