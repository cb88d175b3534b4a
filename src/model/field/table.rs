//! The table of the fields of a record, and what holds of each.

use std::fmt::Debug;

use super::choice::Choice;
use super::error::FieldError;
use super::list::split;
use super::value::Value;
use crate::model::{Coordinates, Grouping, RecordKind, Text};
use crate::time::{Date, Zone};

/// A field of one type of record.
pub trait Field: Copy + Eq + Debug + 'static {
    /// Whose field it is.
    type Record: 'static;

    /// Every field, in the order of the file format.
    const ALL: &'static [Self];

    /// What holds of each of [`Field::ALL`].
    const INFOS: &'static [FieldInfo];

    /// What holds of this field, whichever the record.
    fn info(self) -> &'static FieldInfo;

    /// What a record has in this field.
    fn get(self, record: &Self::Record) -> Value<'_>;

    /// Puts a value, or takes it out with [`Value::None`]: a field that has a default has that again. Whatever
    /// [`Field::get`] gives fits, so that a field is copied from one record to another.
    ///
    /// # Errors
    /// Where the value is of another kind, outside the limits of the field, or none where one is needed. Nothing has changed
    /// then.
    fn set(self, record: &mut Self::Record, value: Value<'_>) -> Result<(), FieldError>;

    /// The field of this name.
    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|field| field.name() == name).copied()
    }

    /// The name in files.
    fn name(self) -> &'static str {
        self.info().name
    }

    /// The name in the interface.
    fn label(self) -> &'static str {
        self.info().label
    }

    /// What it takes.
    fn kind(self) -> Kind {
        self.info().kind
    }

    /// Puts what someone typed, as [`Value`]'s `Display` writes it and freer: blanks around it do not count, and a text of
    /// nothing takes the value out.
    ///
    /// # Errors
    /// Where the text is no value of the field. Nothing has changed then.
    fn set_text(self, record: &mut Self::Record, text: &str) -> Result<(), FieldError> {
        let text = text.trim();
        let FieldInfo { kind, noun, .. } = *self.info();
        if text.is_empty() {
            return self.set(record, Value::None);
        }
        match kind {
            Kind::Id | Kind::Text | Kind::Prose | Kind::Address | Kind::Reference(_) => {}
            Kind::Color => {
                let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
                if !digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit())) {
                    return Err(FieldError::Color(text.to_owned()));
                }
            }
            Kind::Zone => drop(Zone::parse(text)?),
            Kind::Date => {
                let date = Date::parse(text).map_err(|error| error.explained(text))?;
                return self.set(record, Value::Date(&date));
            }
            Kind::List => {
                let items: Vec<Text> = split(text).into_iter().map(Text::from).collect();
                return self.set(record, Value::List(&items));
            }
            Kind::Choice(choices) => {
                let unknown = || FieldError::Unknown { noun, given: text.to_owned(), choices };
                return self.set(record, Value::Choice(Choice::named(choices, text).ok_or_else(unknown)?));
            }
            Kind::Grouping => return self.set(record, Value::Grouping(Grouping::named(text))),
            Kind::Number(limits) => {
                let number = text.parse().map_err(|_| FieldError::Number { given: text.to_owned(), limits })?;
                return self.set(record, Value::Number(number));
            }
            Kind::Coordinates => {
                let place = Coordinates::parse(text).ok_or_else(|| FieldError::Coordinates(text.to_owned()))?;
                return self.set(record, Value::Coordinates(place));
            }
            Kind::Map | Kind::Record(_) | Kind::Records(_) => {
                return Err(FieldError::Kind { noun, wanted: kind.noun() });
            }
        }
        self.set(record, Value::Text(&text.into()))
    }
}

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

/// The limits of a whole number.
#[derive(Debug, PartialEq, Eq)]
pub struct Limits {
    /// The smallest it can be.
    pub least: u32,
    /// The largest.
    pub most: u32,
    /// The code of the problem where a file has another.
    pub code: &'static str,
    /// What the numbers mean.
    pub hint: &'static str,
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

/// The fields of a record as an enum and its table: a row a field, which gives the variant, the place in the record (and so
/// the name in files) and what holds of it.
macro_rules! fields {
    ($(#[$doc:meta])* $name:ident of $record:ident { $($variant:ident $place:ident $(in $room:ident)?: $info:expr,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[expect(missing_docs, reason = "named for the fields of the record")]
        pub enum $name {
            $($variant),+
        }

        impl $crate::model::Field for $name {
            type Record = $record;

            const ALL: &'static [Self] = &[$(Self::$variant),+];

            const INFOS: &'static [$crate::model::FieldInfo] = &[$($info.at(stringify!($place))),+];

            fn info(self) -> &'static $crate::model::FieldInfo {
                match self {
                    $(Self::$variant => {
                        const INFO: &$crate::model::FieldInfo = &$info.at(stringify!($place));
                        INFO
                    })+
                }
            }

            fn get(self, record: &$record) -> $crate::model::Value<'_> {
                match self {
                    $(Self::$variant => $crate::model::field::kept::Kept::value(&record.$($room.)?$place)),+
                }
            }

            fn set(
                self,
                record: &mut $record,
                value: $crate::model::Value<'_>,
            ) -> Result<(), $crate::model::FieldError> {
                match self {
                    $(Self::$variant => $crate::model::field::kept::Kept::put(&mut record.$($room.)?$place, value, self.info())),+
                }
            }
        }
    };
}
pub(super) use fields;
