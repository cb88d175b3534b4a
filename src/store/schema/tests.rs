//! The table of fields held against what serde reads and writes.

use super::super::layout::canonical;
use super::super::read::read;
use super::super::splice::Tree;
use super::*;
use crate::model::{
    self, Capture, Citation, ColorBy, Confidence, Credibility, Era, Event, Grouping, Hash, HashAlgorithm, Judgment,
    Key, Lane, Level, Likelihood, Link, Relation, Reliability, Source, SourceKind, Stance, Standing, View,
};
use crate::time::Date;

fn full_event() -> Event {
    let date = Date::parse("2024").unwrap();
    let text = || Some(model::Text::from("x"));
    Event {
        wording: text(),
        lane: text(),
        actors: thin_vec::thin_vec!["x".into()],
        place: text(),
        tags: thin_vec::thin_vec!["x".into()],
        standing: Standing::Denied,
        weight: 5,
        judgment: Some(Box::new(Judgment {
            likelihood: Some(Likelihood::Likely),
            confidence: Some(Confidence::Low),
            note: text(),
        })),
        note: text(),
        citations: thin_vec::thin_vec![Citation {
            stance: Stance::Denies,
            credibility: Some(Credibility::Doubtful),
            reliability: Some(Reliability::B),
            locator: text(),
            quote: text(),
            translation: text(),
            date: Some(Box::new(date.clone())),
            wording: text(),
            note: text(),
            ..Citation::new("x")
        }],
        links: thin_vec::thin_vec![Link { to: "x".into(), relation: Relation::Causes, note: text() }],
        recorded: Some(Box::new(date.clone())),
        ..Event::new("x", "x", date)
    }
}

fn full_source() -> Source {
    let date = Some(Date::parse("2024").unwrap());
    let text = || Some(model::Text::from("x"));
    Source {
        author: text(),
        publisher: text(),
        kind: SourceKind::Web,
        number: text(),
        language: text(),
        url: text(),
        archive_url: text(),
        published: date.clone(),
        information: date.clone(),
        accessed: date,
        reliability: Some(Reliability::A),
        origin: text(),
        captures: thin_vec::thin_vec![Capture {
            file: "x".into(),
            hash: Hash { algorithm: HashAlgorithm::Sha256, value: "x".into() },
            captured: Some(Date::parse("2024").unwrap()),
            by: text(),
            alters: text(),
            note: text(),
        }],
        descriptor: text(),
        note: text(),
        ..Source::new("x", "x")
    }
}

fn full_records() -> [String; 5] {
    let date = Date::parse("2024").unwrap();
    let (id, title, text) = (|| model::Text::from("x"), || model::Text::from("x"), || Some(model::Text::from("x")));
    [
        canonical(&Lane { id: id(), title: title(), color: text(), note: text() }).unwrap(),
        canonical(&full_source()).unwrap(),
        canonical(&full_event()).unwrap(),
        canonical(&Era { id: id(), title: title(), date: date.clone(), color: text(), note: text() }).unwrap(),
        canonical(&View {
            id: id(),
            title: title(),
            window: date,
            query: text(),
            grouping: Grouping::Nothing,
            color_by: ColorBy::Weight,
            known_on: Some(Date::parse("2024").unwrap()),
            theme: text(),
        })
        .unwrap(),
    ]
}

/// Whether a timeline with this one record in this list reads without a problem of its text.
fn reads(kind: RecordKind, record: &str) -> bool {
    let text = format!("Timeline(format: 1, title: \"x\", {}: [{record}])", list_name(kind));
    read(text).text.is_writable()
}

/// Holds a record that gives every field against its shape: the same fields in the same order, each required one missed,
/// each optional one not, `None` taken exactly where the table says.
fn check(kind: RecordKind, record: &str, part: &Tree, shape: &'static Shape) {
    let names: Vec<&str> = part.node.fields().iter().map(|field| field.name.slice(&part.text)).collect();
    let known: Vec<&str> = shape.fields.iter().map(|field| field.name).collect();
    assert_eq!(names, known, "{}", shape.name);
    assert!(part.text.starts_with(&format!("{}(", shape.name)));
    for (at, field) in shape.fields.iter().enumerate() {
        let value = &part.node.fields()[at].value;
        let value = value.span.slice(&part.text);
        let given = format!("{}: {value}", field.name);
        let without = part.text.replacen(&given, "", 1).replace("(, ", "(").replace(", , ", ", ").replace(", )", ")");
        assert_eq!(reads(kind, &record.replacen(&part.text, &without, 1)), !field.required, "{without}");
        let none = part.text.replacen(&given, &format!("{}: None", field.name), 1);
        assert_eq!(reads(kind, &record.replacen(&part.text, &none, 1)), field.optional, "{none}");
        match field.leaf {
            Variant(words) => {
                for word in words {
                    let with = part.text.replacen(&given, &format!("{}: {word}", field.name), 1);
                    assert!(reads(kind, &record.replacen(&part.text, &with, 1)), "{with}");
                }
            }
            List(Record(inner)) => {
                let item = part.node.fields()[at].value.items()[0].value.clone();
                check(kind, record, &part.part(&item).unwrap(), inner);
            }
            Record(inner) => check(kind, record, &part.part(&part.node.fields()[at].value).unwrap(), inner),
            _ => {}
        }
    }
}

#[test]
fn the_table_agrees_with_what_serde_reads_and_writes() {
    for (kind, record) in LISTS.into_iter().zip(full_records()) {
        assert!(reads(kind, &record), "{record}");
        check(kind, &record, &Tree::new(record.clone()).unwrap(), shape(kind));
    }
}

#[test]
fn the_words_of_the_table_are_all_the_variants_there_are() {
    let count = |shape: &Shape, name: &str| match shape.field(name).map(|field| field.leaf) {
        Some(Variant(words)) => words.len(),
        _ => 0,
    };
    assert_eq!(count(&EVENT, "standing"), Standing::ALL.len());
    assert_eq!(count(&SOURCE, "kind"), SourceKind::ALL.len());
    assert_eq!(count(&SOURCE, "reliability"), Reliability::ALL.len());
    assert_eq!(count(&CITATION, "stance"), Stance::ALL.len());
    assert_eq!(count(&JUDGMENT, "likelihood"), Likelihood::ALL.len());
    assert_eq!(count(&JUDGMENT, "confidence"), Confidence::ALL.len());
    assert_eq!(count(&LINK, "relation"), Relation::ALL.len());
    assert_eq!(count(&CHECK, "level"), Level::ALL.len());
}

#[test]
fn a_header_with_every_field_reads() {
    let text = "Timeline(format: 1, title: \"x\", description: \"x\", zone: \"UTC\", checks: [], lanes: [], sources: [], events: [], eras: [], views: [])";
    let tree = Tree::new(text.to_owned()).unwrap();
    let names: Vec<&str> = tree.node.fields().iter().map(|field| field.name.slice(text)).collect();
    assert_eq!(names, TIMELINE.fields.iter().map(|field| field.name).collect::<Vec<_>>());
    let read = read(text.to_owned());
    assert!(read.text.is_writable());
    assert!(matches!(read.timeline.record(&Key::Header), Some(model::Record::Header(header)) if header.zone.is_some()));
}
