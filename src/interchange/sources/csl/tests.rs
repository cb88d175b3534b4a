//! CSL-JSON there and back, and as other programs write it.

use proptest::prelude::*;

use crate::diagnostic::Severity;
use crate::interchange::sources::{Format, Imported, export, import, random};
use crate::model::{Source, SourceKind};
use crate::time::Date;

fn read(text: &str) -> Imported {
    import(text.as_bytes(), Format::CslJson)
}

#[track_caller]
fn one(fields: &str) -> Source {
    let mut imported = read(&format!("[{{\"id\": \"x\", \"type\": \"webpage\", \"title\": \"T\", {fields}}}]"));
    assert_eq!(imported.sources.len(), 1, "{fields}: {:?}", imported.problems);
    imported.sources.remove(0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn sources_come_back_as_they_went(sources in random::sources()) {
        let bytes = export(&sources, Format::CslJson).unwrap();
        let back = import(&bytes, Format::CslJson);
        let told: Vec<Source> = sources.iter().map(random::told).collect();
        prop_assert_eq!(back.sources, told, "{}", String::from_utf8_lossy(&bytes));
        prop_assert!(!String::from_utf8_lossy(&bytes).contains("a collector"));
    }

    #[test]
    fn no_text_makes_it_panic(text in "[\\[\\]{}\",:0-9a-z \\\\-]{0,80}") {
        read(&text);
        read(&format!("[{{\"id\": 1, \"title\": \"x\", \"issued\": {text}}}]"));
    }
}

#[test]
fn dates_are_as_vague_as_they_were_given() {
    let cases = [
        (r#"{"date-parts": [[2024]]}"#, Some("2024")),
        (r#"{"date-parts": [[2024, 10]]}"#, Some("2024-10")),
        (r#"{"date-parts": [["2024", "10", "24"]]}"#, Some("2024-10-24")),
        (r#"{"date-parts": [[2024, 10, 21], [2024, 10, 31]]}"#, Some("2024-10-21/2024-10-31")),
        (r#"{"date-parts": [[2004, 6]], "circa": true}"#, Some("2004-06~")),
        (r#"{"date-parts": [[2004]], "circa": 1, "season": 3}"#, Some("2004-23~")),
        (r#"{"date-parts": [[2024]], "season": "Spring"}"#, Some("2024-21")),
        (r#"{"date-parts": [[2024, 14]]}"#, Some("2024-22")),
        (r#"{"date-parts": [[-44, 3, 15]]}"#, Some("-0043-03-15")),
        (r#"{"raw": "late October 2024"}"#, Some("[2024-10-21..2024-10-31]")),
        (r#"{"raw": "2004-06/2004-08"}"#, Some("2004-06/2004-08")),
        (r#"{"literal": "c. 1950"}"#, Some("1950~")),
        (r#"{"literal": "24. Oktober 2024"}"#, Some("2024-10-24")),
        (r#"{"literal": "05/11/2024"}"#, None),
        (r#"{"literal": "in press"}"#, None),
        (r#"{"date-parts": [[2024, 10], [2025], [2026]]}"#, None),
        (r#"{"date-parts": [[2024, 0, 0]]}"#, Some("2024")),
        (r#"{"date-parts": [[2016.0, "6.0"]]}"#, Some("2016-06")),
        (r#"{"date-parts": [[2016.5]]}"#, None),
        (r#"{"date-parts": [["2016.5"]]}"#, None),
        (r#"{"date-parts": [["2016,5", 1]]}"#, None),
        (r#"{"date-parts": [[2.016e3]]}"#, Some("2016")),
        (r#"{"date-parts": [["2016e1"]]}"#, None),
        (r#"{"year": 2016.5}"#, None),
        (r#"{"date-parts": [2016.5]}"#, None),
        ("2016.5", None),
        ("[2016.5]", None),
        (r#"{"date-parts": [["2024", "Jun", "1"]]}"#, Some("2024-06-01")),
        (r#"{"date-parts": [["2024?"]]}"#, Some("2024?")),
        (r#"{"date-parts": [2024, 6]}"#, Some("2024-06")),
        (r#""2024-10""#, Some("2024-10")),
        ("2024", Some("2024")),
        (r#"[{"year": 2016, "month": 6}]"#, Some("2016-06")),
        (r#"[{"year": 2016}, {"year": "2018"}]"#, Some("2016/2018")),
        (r#"[{"date-parts": [[2016, 6]]}]"#, Some("2016-06")),
        ("[[2016, 6, 1]]", Some("2016-06-01")),
        ("[[2016, 6, 1], [2016, 6, 5]]", Some("2016-06-01/2016-06-05")),
        ("[2016, 6, 1]", Some("2016-06-01")),
        (r#"["June 2016"]"#, Some("2016-06")),
        (r#"["2016", "June"]"#, Some("2016-06")),
        (r#"{"year": 2016, "month": 6, "day": 1}"#, Some("2016-06-01")),
        (r#"{"year": "2016", "season": 2}"#, Some("2016-22")),
        (r#"{"year": 2016, "circa": true}"#, Some("2016~")),
        (r#"{"date-parts": [[2016], [2018]], "circa": true}"#, Some("2016~/2018~")),
        (r#"{"date-parts": [[2016]], "literal": "Spring 2016"}"#, Some("2016-21")),
        (r#"{"date-parts": [[2016, 6]], "raw": "June 2016"}"#, Some("2016-06")),
        (r#"{"date-parts": [[0]], "literal": "ca. 2016"}"#, Some("2016~")),
        (r#"{"edtf": "1984?~"}"#, Some("1984%")),
        (r#"{"edtf": "-0043"}"#, Some("-0043")),
        (r#"{"timestamp": 1729754580}"#, None),
        (r#"{"month": 6, "day": 1}"#, None),
        (r#"[{"year": 2016}, {"timestamp": 1}]"#, None),
        (r#"[[2016], "about"]"#, None),
        ("true", None),
    ];
    for (issued, expected) in cases {
        let source = one(&format!("\"issued\": {issued}"));
        assert_eq!(source.published.as_ref().map(Date::as_str), expected, "{issued}");
        assert_eq!(source.note.is_none(), expected.is_some(), "{issued}: {:?}", source.note);
        if expected.is_none() {
            let note = source.note.unwrap_or_default();
            assert!(note.starts_with("Issued: "), "what is no date is in the note: {note}");
        }
    }
}

#[test]
fn what_stands_beside_a_date_and_is_not_read_with_it_is_in_the_note() {
    let cases = [
        (r#"{"date-parts": [[2016]], "season": 5}"#, "2016", "Issued season: 5"),
        (r#"{"date-parts": [[2016, 6, 31]]}"#, "2016-06", "Issued day: 31"),
        (r#"{"date-parts": [["2016", "06", "31"]]}"#, "2016-06", "Issued day: 31"),
        (r#"{"date-parts": [["2016", "Jun", "31"]]}"#, "2016-06", "Issued day: 31"),
        (r#"{"date-parts": [[2016, 6, 31]], "circa": true}"#, "2016-06~", "Issued day: 31"),
        (r#"{"date-parts": [[2016, 25]]}"#, "2016", "Issued month: 25"),
        (r#"{"date-parts": [[2016, 17, 1]]}"#, "2016", "Issued month: 17\nIssued day: 1"),
        (r#"{"date-parts": [[2016, null, 5]]}"#, "2016", "Issued day: 5"),
        (r#"{"date-parts": [[2016, "what"]]}"#, "2016", "Issued month: what"),
        (r#"{"date-parts": [[2016, 6, 1, 12]]}"#, "2016-06-01", "Issued more parts: 12"),
        (r#"{"year": 2016, "month": 6, "day": 31}"#, "2016-06", "Issued day: 31"),
        (r#"{"date-parts": [[2016, 6.5]]}"#, "2016", "Issued month: 6.5"),
        (r#"{"date-parts": [[2016, 6, "1.5"]]}"#, "2016-06", "Issued day: 1.5"),
        (r#"{"date-parts": [[2016], [0]]}"#, "2016", "Issued end: 0"),
        (r#"{"date-parts": [[2016, 6, 1], []]}"#, "2016-06-01", "Issued end: []"),
        (r#"{"date-parts": [[2016], [2018, 13, 1]]}"#, "2016/2018", "Issued end month: 13\nIssued end day: 1"),
        (r#"{"date-parts": [[2016], ["soon"]]}"#, "2016", "Issued end: soon"),
        (r#"{"date-parts": [[2016, 6]], "season": "Trinity"}"#, "2016-06", "Issued season: Trinity"),
        (r#"{"date-parts": [[2015], [2016]], "season": "winter"}"#, "2015/2016", "Issued season: winter"),
        (r#"{"date-parts": [[2016]], "literal": "first printing"}"#, "2016", "Issued literal: first printing"),
        (r#"{"date-parts": [[2016, 6, 1]], "timestamp": 1464739200}"#, "2016-06-01", "Issued timestamp: 1464739200"),
        (r#"{"date-parts": [[2016]], "issue": 2}"#, "2016", "Issued issue: 2"),
        (r#"{"year": 2016, "term": {"a": 1}}"#, "2016", "Issued term: {\"a\":1}"),
    ];
    for (issued, date, note) in cases {
        let imported = read(&format!(r#"[{{"title": "T", "issued": {issued}}}]"#));
        let source = &imported.sources[0];
        assert_eq!(source.published.as_ref().map(Date::as_str), Some(date), "{issued}");
        assert_eq!(source.note.as_deref(), Some(note), "{issued}");
        assert!(imported.problems.iter().any(|problem| problem.code == "unread-date"), "{issued}");
    }
}

#[test]
fn zeros_are_no_year_before_the_first() {
    for issued in
        [r#"{"date-parts": [[0]]}"#, r#"{"date-parts": [["0", 0]]}"#, r#""0000""#, "0", r#"{"raw": "0000-00-00"}"#]
    {
        let imported = read(&format!(r#"[{{"title": "T", "issued": {issued}}}]"#));
        assert_eq!(
            (imported.sources[0].published.as_ref(), imported.sources[0].note.as_ref()),
            (None, None),
            "{issued}"
        );
        assert!(imported.problems.iter().any(|problem| problem.message.contains("which is no date")), "{issued}");
    }
}

#[test]
fn vague_dates_stay_vague_for_other_programs() {
    let cases = [
        ("2024", r#"{"date-parts":[[2024]]}"#),
        ("2024-10-24", r#"{"date-parts":[[2024,10,24]]}"#),
        ("2024-23", r#"{"date-parts":[[2024]],"season":3}"#),
        ("2024-06~", r#"{"date-parts":[[2024,6]],"circa":true}"#),
        ("2024-10-XX", r#"{"date-parts":[[2024,10]]}"#),
        ("2024-10-21/2024-10-31", r#"{"date-parts":[[2024,10,21],[2024,10,31]]}"#),
        ("2024-10-24T10:23:00Z", r#"{"date-parts":[[2024,10,24]]}"#),
        ("[2024-10-21..2024-10-31]", r#"{"literal":"Oct 2024, 21st–31st"}"#),
    ];
    for (date, expected) in cases {
        let written = super::date::write(&Date::parse(date).unwrap());
        assert_eq!(serde_json::to_string(&written).unwrap(), expected, "{date}");
    }
}

#[test]
fn a_plain_source_has_no_labelled_lines() {
    let mut source = Source::new("interfax-2024-10-24", "Duma ratifies the treaty");
    source.author = Some("Jane Roe; John Doe".into());
    source.publisher = Some("Interfax".into());
    source.kind = SourceKind::Web;
    source.language = Some("ru".into());
    source.url = Some("https://example.org/a".into());
    source.published = Date::parse("2024-10-24").ok();
    source.accessed = Date::parse("2026-11-20").ok();
    source.note = Some("Seen twice.".into());
    let text = String::from_utf8(export([&source], Format::CslJson).unwrap()).unwrap();
    insta::assert_snapshot!(text);
}

#[test]
fn an_item_as_zotero_writes_it() {
    let text = r#"[
  {
    "id": "http://zotero.org/users/1/items/ABCD",
    "type": "article-newspaper",
    "abstract": "The lower house voted.",
    "container-title": "The Example Times",
    "author": [
      {"family": "Roe", "given": "Jane", "non-dropping-particle": "van"},
      {"literal": "Example Agency"}
    ],
    "editor": [{"family": "Doe", "given": "John"}],
    "citation-key": "roe2024",
    "issued": {"date-parts": [["2024", 10, 24]]},
    "language": "Russian",
    "page": "A1",
    "title": "Lower house ratifies",
    "DOI": "10.1234/x",
    "note": "Read twice."
  }
]"#;
    let imported = read(text);
    let source = &imported.sources[0];
    assert_eq!(&*source.id, "lower-house-ratifies-2024-10-24");
    assert_eq!(source.kind, SourceKind::Web);
    assert_eq!(source.author.as_deref(), Some("Jane van Roe; Example Agency"));
    assert_eq!(source.publisher.as_deref(), Some("The Example Times"));
    assert_eq!(source.language.as_deref(), Some("ru"));
    assert_eq!(source.url.as_deref(), Some("https://doi.org/10.1234/x"));
    assert_eq!(
        source.note.as_deref(),
        Some("Editor: John Doe\nPage: A1\nAbstract: The lower house voted.\nRead twice.")
    );
    let told: Vec<String> = imported.problems.iter().map(|problem| problem.message.clone()).collect();
    assert_eq!(told, ["kept in the note: editor, page, abstract", "left out: citation-key"]);
    assert!(imported.problems.iter().all(|problem| problem.line == 2 && problem.severity == Severity::Info));
}

#[test]
fn what_databases_write_in_other_shapes_is_not_lost() {
    let text = r#"[{"id": 7, "title": ["Title"], "container-title": ["Journal", "J."], "DOI": {"value": "10.1/x"},
        "language": [{"a": 1}], "ISBN": ["978-3-16-148410-0"], "note": ["One", "Two"], "subject": ["Wells"],
        "author": [{"family": "Roe", "given": "Jane", "ORCID": "0000", "affiliation": []}, {"name": "Agency"}]}]"#;
    let imported = read(text);
    let source = &imported.sources[0];
    assert_eq!((&*source.id, &*source.title), ("7", "Title"));
    assert_eq!(source.publisher.as_deref(), Some("Journal; J."));
    assert_eq!(source.author.as_deref(), Some("Jane Roe; Agency"));
    assert_eq!(source.number.as_deref(), Some("ISBN 978-3-16-148410-0"));
    let note = "DOI: {\"value\":\"10.1/x\"}\nLanguage: [{\"a\":1}]\nSubject: Wells\nOne; Two";
    assert_eq!(source.note.as_deref(), Some(note));
    assert!(imported.problems.iter().any(|problem| problem.message == "left out: ORCID of the author"));
}

#[test]
fn a_broken_item_costs_only_itself() {
    let text = "[\n{\"id\": \"a\", \"title\": \"A\"},\n{\"id\": \"b\", \"title\": },\n7,\n{\"id\": \"c\"},\n{\"id\": \"a\", \"title\": \"D\"}\n]";
    let imported = read(text);
    let ids: Vec<&str> = imported.sources.iter().map(|source| &*source.id).collect();
    assert_eq!(ids, ["a", "a-2"]);
    let told: Vec<(&str, usize)> = imported.problems.iter().map(|problem| (problem.code, problem.line)).collect();
    assert_eq!(told, [("bad-json", 3), ("not-an-item", 4), ("empty-entry", 5), ("duplicate-key", 6)]);
    for (text, code) in [("nothing", "not-csl-json"), ("", "not-csl-json")] {
        assert_eq!(read(text).problems[0].code, code);
    }
    assert_eq!(read(r#"{"items": [{"title": "A"}, {"title": "B"}]}"#).sources.len(), 2);
    assert_eq!(read(r#"{"title": "alone"}"#).sources.len(), 1);
    assert_eq!(read("{\"title\": \"A\"}\n{\"title\": \"B\"}\n").sources.len(), 2);
    for text in ["[{\"title\": \"A\"}]\n[{\"title\": \"B\"}]", "[{\"title\": \"A\"},\n"] {
        let imported = read(text);
        assert_eq!((imported.sources.len(), imported.problems[0].code), (1, "not-csl-json"), "{text}");
    }
}

#[test]
fn what_was_changed_in_the_other_program_is_kept() {
    let mut source = Source::new("a", "T");
    source.published = Date::parse("[2024-10-21..2024-10-31]").ok();
    source.accessed = Date::parse("{2024-06,2024-08}").ok();
    let text = String::from_utf8(export([&source], Format::CslJson).unwrap()).unwrap();
    let literal = "\"literal\":\"Oct 2024, 21st–31st\"";
    assert!(text.contains(literal), "{text}");
    let imported = read(&text.replace(literal, "\"date-parts\":[[2024,10,24]]"));
    let back = &imported.sources[0];
    assert_eq!(back.published.as_ref().map(Date::as_str), Some("2024-10-24"));
    assert_eq!(back.accessed, source.accessed);
    assert!(imported.problems.iter().any(|problem| problem.message.contains("published was changed")));
}
