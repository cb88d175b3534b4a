//! What a record has in a field, in words.

use std::borrow::Cow;

use super::info::Kind;
use super::value::Value;
use crate::model::{RecordKind, Text, Timeline};

impl<'a> Value<'a> {
    /// The value as it is told, where it is of a field of this kind: a date in words, for the id of a record its title. Anything
    /// else stands as one types it.
    pub fn in_words<'t>(self, kind: Kind, timeline: &'t Timeline) -> Cow<'t, str>
    where
        'a: 't,
    {
        match (self, kind) {
            (Self::Date(date), _) => date.describe().into(),
            (Self::Text(id), Kind::Reference(kind)) => title(timeline, kind, id).unwrap_or(id).as_str().into(),
            (Self::Text(text), _) => text.as_str().into(),
            (Self::Choice(choice), _) => choice.label.into(),
            _ => self.to_string().into(),
        }
    }
}

/// The title of a record; none where there is no such record.
fn title<'t>(timeline: &'t Timeline, kind: RecordKind, id: &str) -> Option<&'t Text> {
    match kind {
        RecordKind::Lane => timeline.lane(id).map(|lane| &lane.title),
        RecordKind::Source => timeline.source(id).map(|source| &source.title),
        RecordKind::Event => timeline.event(id).map(|event| &event.title),
        // Nothing refers to one of them.
        RecordKind::Header | RecordKind::Era | RecordKind::View => None,
    }
}
