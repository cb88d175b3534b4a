//! The table of fields held against what serde reads and writes.

use super::super::layout::canonical;
use super::super::read::read;
use super::super::splice::Tree;
use super::*;
use crate::model::{self, Key, full};

fn full_records() -> [String; 5] {
    [
        canonical(&full::lane()).unwrap(),
        canonical(&full::source()).unwrap(),
        canonical(&full::event()).unwrap(),
        canonical(&full::era()).unwrap(),
        canonical(&full::view()).unwrap(),
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
                    let with = part.text.replacen(&given, &format!("{}: {}", field.name, word.name), 1);
                    assert!(reads(kind, &record.replacen(&part.text, &with, 1)), "{with}");
                }
            }
            Records(inner) => {
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
fn a_header_with_every_field_reads() {
    let text = "Timeline(format: 1, title: \"x\", description: \"x\", zone: \"UTC\", checks: [], lanes: [], sources: [], events: [], eras: [], views: [])";
    let tree = Tree::new(text.to_owned()).unwrap();
    let names: Vec<&str> = tree.node.fields().iter().map(|field| field.name.slice(text)).collect();
    assert_eq!(names, TIMELINE.fields.iter().map(|field| field.name).collect::<Vec<_>>());
    let read = read(text.to_owned());
    assert!(read.text.is_writable());
    assert!(matches!(read.timeline.record(&Key::Header), Some(model::Record::Header(header)) if header.zone.is_some()));
}
