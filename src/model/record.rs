//! Records as values of one type, and the keys that name them: the vocabulary of `edit` and of a save.

use serde::{Deserialize, Serialize};

use super::{Era, Header, Lane, SharedEvent, Source, Text, View};

/// The lists of a timeline, in the order of the file format; the header stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "named for the records")]
pub enum RecordKind {
    Header,
    Lane,
    Source,
    Event,
    Era,
    View,
}

impl RecordKind {
    /// What a record of the kind is called.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Lane => "lane",
            Self::Source => "source",
            Self::Event => "event",
            Self::Era => "era",
            Self::View => "view",
        }
    }
}

/// One whole record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "named for the records")]
pub enum Record {
    Header(Header),
    Lane(Lane),
    Source(Box<Source>),
    Event(SharedEvent),
    Era(Era),
    View(View),
}

impl Record {
    /// Its kind.
    pub const fn kind(&self) -> RecordKind {
        match self {
            Self::Header(_) => RecordKind::Header,
            Self::Lane(_) => RecordKind::Lane,
            Self::Source(_) => RecordKind::Source,
            Self::Event(_) => RecordKind::Event,
            Self::Era(_) => RecordKind::Era,
            Self::View(_) => RecordKind::View,
        }
    }

    /// What names this record.
    pub fn key(&self) -> Key {
        match self {
            Self::Header(_) => Key::Header,
            Self::Lane(lane) => Key::Lane(lane.id.clone()),
            Self::Source(source) => Key::Source(source.id.clone()),
            Self::Event(event) => Key::Event(event.id.clone()),
            Self::Era(era) => Key::Era(era.id.clone()),
            Self::View(view) => Key::View(view.id.clone()),
        }
    }
}

/// The name of a record: its kind and id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "named for the records")]
pub enum Key {
    Header,
    Lane(Text),
    Source(Text),
    Event(Text),
    Era(Text),
    View(Text),
}

impl Key {
    /// The list the record stands in.
    pub const fn kind(&self) -> RecordKind {
        match self {
            Self::Header => RecordKind::Header,
            Self::Lane(_) => RecordKind::Lane,
            Self::Source(_) => RecordKind::Source,
            Self::Event(_) => RecordKind::Event,
            Self::Era(_) => RecordKind::Era,
            Self::View(_) => RecordKind::View,
        }
    }

    /// The id; empty for the header.
    pub fn id(&self) -> &str {
        match self {
            Self::Header => "",
            Self::Lane(id) | Self::Source(id) | Self::Event(id) | Self::Era(id) | Self::View(id) => id,
        }
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.kind() {
            RecordKind::Header => f.write_str("the timeline's header"),
            kind => write!(f, "{} \"{}\"", kind.noun(), self.id()),
        }
    }
}
