//! References around records that could not be read: those to them lead somewhere after all, and theirs are checked by the
//! text alone, so that one reading names every problem of a file.

use std::collections::BTreeSet;

use super::found::Found;
use super::judge::string_value;
use super::locate::key;
use super::tree::Node;
use crate::diagnostic::{Diagnostic, Span, Subject};
use crate::model::{Key, RecordKind, Text, Timeline, unknown_reference};

/// Ids that are compared at most to find those that were meant, so that a file full of slips stays quick to read.
const MOST_COMPARED: usize = 1_000_000;

/// A record that could not be read.
#[derive(Debug)]
pub(super) struct Refused {
    /// What would name it; its id is empty where it gives none.
    pub key: Key,
    subject: Subject,
    references: Vec<Reference>,
}

impl Refused {
    /// Of a record with everything in it.
    pub fn new(text: &str, subject: Subject, node: &Node) -> Self {
        let key = key(&subject);
        Self { references: references(text, key.kind(), node), key, subject }
    }
}

/// What a record refers to, where it says so, and in which field.
#[derive(Debug)]
struct Reference {
    to: Key,
    span: Span,
    field: Vec<String>,
}

/// Whether a reference only seems to lead nowhere, because what it leads to could not be read.
pub(super) fn refers_to_refused(text: &str, problem: &Diagnostic, unread: &BTreeSet<Key>) -> bool {
    let kind: fn(Text) -> Key = match problem.code {
        "unknown-lane" => Key::Lane,
        "unknown-source" => Key::Source,
        "dangling-link" => Key::Event,
        _ => return false,
    };
    let Some(span) = problem.span.filter(|_| !unread.is_empty()) else { return false };
    ron::from_str(span.slice(text)).is_ok_and(|id: Text| unread.contains(&kind(id)))
}

/// Finds the references of these records that lead neither to a record of the timeline nor to another of these.
pub(super) fn unknown_references(refused: &[Refused], unread: &BTreeSet<Key>, timeline: &Timeline, found: &mut Found) {
    let mut may_compare = MOST_COMPARED;
    for record in refused {
        for Reference { to, span, field } in &record.references {
            if timeline.position(to).is_some() || unread.contains(to) {
                continue;
            }
            let count = match to.kind() {
                RecordKind::Source => timeline.sources().len(),
                RecordKind::Event => timeline.events().len(),
                _ => timeline.lanes().len(),
            };
            let Some(rest) = may_compare.checked_sub(count) else {
                found.push(unknown_reference(to, [], record.subject.clone(), field.clone()).at(*span));
                continue;
            };
            may_compare = rest;
            let read: Vec<&str> = match to.kind() {
                RecordKind::Source => timeline.sources().iter().map(|source| source.id.as_str()).collect(),
                RecordKind::Event => timeline.events().iter().map(|event| event.id.as_str()).collect(),
                _ => timeline.lanes().iter().map(|lane| lane.id.as_str()).collect(),
            };
            let others = unread.iter().filter(|other| other.kind() == to.kind()).map(|other| other.id());
            let known = read.into_iter().chain(others);
            found.push(unknown_reference(to, known, record.subject.clone(), field.clone()).at(*span));
        }
    }
}

fn references(text: &str, kind: RecordKind, record: &Node) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut add = |to: fn(Text) -> Key, holder: &Node, name: &str, path: &[String]| {
        let Some(field) = holder.field(text, name) else { return };
        let node = field.value.unwrapped(text);
        if let Some(id) = string_value(text, node) {
            let field = path.iter().cloned().chain([name.to_owned()]).collect();
            found.push(Reference { to: to(id.into()), span: node.span, field });
        }
    };
    match kind {
        RecordKind::Source => add(Key::Source, record, "origin", &[]),
        RecordKind::Event => {
            add(Key::Lane, record, "lane", &[]);
            for (list, name, to) in
                [("citations", "source", Key::Source as fn(Text) -> Key), ("links", "to", Key::Event)]
            {
                let items = record.field(text, list).map(|field| field.value.items()).unwrap_or_default();
                for (at, item) in items.iter().enumerate() {
                    add(to, &item.value, name, &[list.to_owned(), at.to_string()]);
                }
            }
        }
        RecordKind::Header | RecordKind::Lane | RecordKind::Era | RecordKind::View => {}
    }
    found
}
