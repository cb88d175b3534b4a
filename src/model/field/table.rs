//! The table of the fields of a record: each as a variant with what holds of it.

use std::fmt::Debug;

use super::choice::Choice;
use super::error::FieldError;
use super::info::{FieldInfo, Kind};
use super::list::split;
use super::value::Value;
use crate::model::{Coordinates, Grouping, Text};
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
