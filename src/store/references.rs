//! References around records that could not be read: those to them lead somewhere after all, and theirs are checked by the
//! text alone, so that one reading names every problem of a file.

use std::collections::BTreeSet;

use super::judge::string_value;
use super::tree::Node;
use crate::diagnostic::{Diagnostic, Subject};
use crate::model::{Key, RecordKind, Text, Timeline, unknown_reference};

/// Ids that are compared at most to find those that were meant, so that a file full of slips stays quick to read.
const MOST_COMPARED: usize = 1_000_000;

/// A record that could not be read.
#[derive(Debug)]
pub(super) struct Refused {
    /// What would name it; its id is empty where it gives none.
    pub key: Key,
    pub subject: Subject,
    /// The whole of it.
    pub node: Node,
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

/// The references of these records that lead neither to a record of the timeline nor to another of these.
pub(super) fn unknown_references(
    text: &str,
    refused: &[Refused],
    unread: &BTreeSet<Key>,
    timeline: &Timeline,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut may_compare = MOST_COMPARED;
    for record in refused {
        for (key, node, field) in references(text, record) {
            if timeline.position(&key).is_some() || unread.contains(&key) {
                continue;
            }
            let count = match key.kind() {
                RecordKind::Source => timeline.sources().len(),
                RecordKind::Event => timeline.events().len(),
                _ => timeline.lanes().len(),
            };
            let Some(rest) = may_compare.checked_sub(count) else {
                found.push(unknown_reference(&key, [], record.subject.clone(), field).at(node.span));
                continue;
            };
            may_compare = rest;
            let read: Vec<&str> = match key.kind() {
                RecordKind::Source => timeline.sources().iter().map(|source| source.id.as_str()).collect(),
                RecordKind::Event => timeline.events().iter().map(|event| event.id.as_str()).collect(),
                _ => timeline.lanes().iter().map(|lane| lane.id.as_str()).collect(),
            };
            let others = unread.iter().filter(|other| other.kind() == key.kind()).map(|other| other.id());
            let problem = unknown_reference(&key, read.into_iter().chain(others), record.subject.clone(), field);
            found.push(problem.at(node.span));
        }
    }
    found
}

/// What a record refers to, with the place of each reference and its path of fields.
fn references<'n>(text: &str, record: &'n Refused) -> Vec<(Key, &'n Node, Vec<String>)> {
    let mut found = Vec::new();
    let mut add = |kind: fn(Text) -> Key, holder: &'n Node, name: &str, path: &[String]| {
        let Some(field) = holder.field(text, name) else { return };
        let node = field.value.unwrapped(text);
        if let Some(id) = string_value(text, node) {
            found.push((kind(id.into()), node, path.iter().cloned().chain([name.to_owned()]).collect()));
        }
    };
    match record.key.kind() {
        RecordKind::Source => add(Key::Source, &record.node, "origin", &[]),
        RecordKind::Event => {
            add(Key::Lane, &record.node, "lane", &[]);
            for (list, name, kind) in
                [("citations", "source", Key::Source as fn(Text) -> Key), ("links", "to", Key::Event)]
            {
                let items = record.node.field(text, list).map(|field| field.value.items()).unwrap_or_default();
                for (at, item) in items.iter().enumerate() {
                    add(kind, &item.value, name, &[list.to_owned(), at.to_string()]);
                }
            }
        }
        RecordKind::Header | RecordKind::Lane | RecordKind::Era | RecordKind::View => {}
    }
    found
}
