//! Names of records in problems, and the place of a field in a record's tree.

use super::tree::{Kind, Node};
use crate::diagnostic::{Span, Subject};
use crate::model::{Key, RecordKind, Text};

/// The record that a problem is about.
pub(super) fn key(subject: &Subject) -> Key {
    match subject.clone() {
        Subject::Timeline => Key::Header,
        Subject::Event(id) => Key::Event(id),
        Subject::Source(id) => Key::Source(id),
        Subject::Lane(id) => Key::Lane(id),
        Subject::Era(id) => Key::Era(id),
        Subject::View(id) => Key::View(id),
    }
}

/// What a problem of this record is about.
pub(super) fn subject(kind: RecordKind, id: Text) -> Subject {
    match kind {
        RecordKind::Header => Subject::Timeline,
        RecordKind::Lane => Subject::Lane(id),
        RecordKind::Source => Subject::Source(id),
        RecordKind::Event => Subject::Event(id),
        RecordKind::Era => Subject::Era(id),
        RecordKind::View => Subject::View(id),
    }
}

/// The value at the end of a path in a node, else the last record on the way to it.
pub(super) fn descend(text: &str, node: &Node, path: &[String]) -> Span {
    let node = node.unwrapped(text);
    let Some((step, rest)) = path.split_first() else { return node.span };
    let next = match &node.kind {
        Kind::List { items } => step.parse::<usize>().ok().and_then(|at| items.get(at)).map(|item| &item.value),
        _ => node.field(text, step).map(|field| &field.value),
    };
    match next {
        Some(next) => descend(text, next, rest),
        None => node.head(),
    }
}
