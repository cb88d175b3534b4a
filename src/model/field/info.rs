//! What holds of a field, whichever the record: its names, what it takes, whether it may be left out, what a search reads of it.

use super::choice::Choice;
use super::error::FieldError;
use super::limits::Limits;
use crate::model::RecordKind;

/// What holds of a field, whichever the record.
#[derive(Debug, Clone, Copy)]
pub struct FieldInfo {
    /// The name in files.
    pub name: &'static str,
    /// The name in the interface: "Archive URL".
    pub label: &'static str,
    /// The field in the middle of a sentence: "archive URL".
    pub noun: &'static str,
    /// One of its values in the middle of a sentence: "actor" of the actors. The noun, where it has one value.
    pub each: &'static str,
    /// What may be written, shown while the field is empty; empty where the label says it.
    pub hint: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Whether it may be left out.
    pub presence: Presence,
    /// What a search reads of it.
    pub search: Search,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// What names the record in its list.
    Id,
    /// A line of text.
    Text,
    /// Text of several lines.
    Prose,
    /// An address on the web.
    Address,
    /// A colour, `#rrggbb`.
    Color,
    /// The name of a time zone.
    Zone,
    /// A date.
    Date,
    /// What bands stand for.
    Grouping,
    /// Several texts.
    List,
    /// Latitude and longitude.
    Coordinates,
    /// Texts under names of the user's own.
    Map,
    /// One of a few terms.
    Choice(&'static [Choice]),
    /// The id of another record.
    Reference(RecordKind),
    /// A whole number.
    Number(&'static Limits),
    /// A record inside the record.
    Record(Part),
    /// Several of them.
    Records(Part),
}

impl Kind {
    /// What it is called, with its article.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Id => "an id",
            Self::Text | Self::Prose => "a text",
            Self::Address => "an address",
            Self::Color => "a colour",
            Self::Zone => "a time zone",
            Self::Date => "a date",
            Self::List => "a list of texts",
            Self::Coordinates => "latitude and longitude",
            Self::Map => "names and texts",
            Self::Choice(_) => "one of a few terms",
            Self::Grouping => "the name of a field",
            Self::Reference(_) => "the id of another record",
            Self::Number(_) => "a whole number",
            Self::Record(_) => "a record",
            Self::Records(_) => "a list of records",
        }
    }
}

/// The types of records that stand inside others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "named for the records")]
pub enum Part {
    Capture,
    Check,
    Citation,
    Hash,
    Image,
    Judgment,
    Link,
}

/// Whether a field may be left out of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It must be there; what to write into it.
    Required(&'static str),
    /// It may be left out, or be `None`.
    Optional,
    /// It may be left out, and has its default then.
    Defaulted,
}

/// What a search reads of a field. An event is found by its own fields and by those of the lane and the sources that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// Nothing.
    Skipped,
    /// Its value, but only among records of this type: no event is found by it.
    Direct,
    /// The title of the record, which can be searched by itself.
    Title,
    /// A text that is the record's alone.
    Text,
    /// A value that many records have in common, of which a search reads each once.
    Term,
}

impl FieldInfo {
    /// An optional field under this label, whose noun is the label in small letters.
    pub(super) const fn new(label: &'static str, noun: &'static str, kind: Kind) -> Self {
        let (presence, search) = (Presence::Optional, Search::Skipped);
        Self { name: "", label, noun, each: noun, hint: "", kind, presence, search }
    }

    /// The same field of several values, each of which is called this.
    pub(super) const fn each(self, each: &'static str) -> Self {
        Self { each, ..self }
    }

    /// The same field, of which a search reads so much.
    pub(super) const fn search(self, search: Search) -> Self {
        Self { search, ..self }
    }

    /// The same field, which must be there.
    pub(super) const fn required(self, remedy: &'static str) -> Self {
        Self { presence: Presence::Required(remedy), ..self }
    }

    /// The same field, which has a default that is not an absence.
    pub(super) const fn defaulted(self) -> Self {
        Self { presence: Presence::Defaulted, ..self }
    }

    /// The same field with a hint.
    pub(super) const fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    /// The same field under the name of its place in the record.
    pub(super) const fn at(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// Whether an event is found by it: by a field of its own, or of a record that it names.
    pub const fn finds_events(&self) -> bool {
        matches!(self.search, Search::Title | Search::Text | Search::Term)
    }

    /// The problem where a value is of another kind.
    pub(super) const fn misfit(&self) -> FieldError {
        FieldError::Kind { noun: self.noun, wanted: self.kind.noun() }
    }

    /// The problem where there is no value and one is needed.
    pub(super) const fn missing(&self) -> FieldError {
        let remedy = match self.presence {
            Presence::Required(remedy) => remedy,
            Presence::Optional | Presence::Defaulted => "",
        };
        FieldError::Missing { noun: self.noun, remedy }
    }
}
