//! A value that many records have in common, as a dictionary keeps it and questions are asked of it.

use std::hash::{BuildHasher as _, BuildHasherDefault};

use rustc_hash::FxHasher;

use crate::model::{Choice, Event, Text, Value};
use crate::time::{Date, with_whole_months};

/// A value as a dictionary keeps it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said {
    /// No date, which is found by the word that stands there instead.
    Undated,
    Date(Date),
    Text(Text),
    Choice(&'static Choice),
    Number(u32),
}

impl Said {
    /// The value that a record has.
    pub fn value(&self) -> Value<'_> {
        match self {
            Self::Undated => Value::None,
            Self::Date(date) => Value::Date(date),
            Self::Text(text) => Value::Text(text),
            Self::Choice(choice) => Value::Choice(choice),
            Self::Number(number) => Value::Number(*number),
        }
    }

    /// For a table of values.
    pub fn hash(&self) -> u64 {
        let hasher = BuildHasherDefault::<FxHasher>::default();
        match self {
            Self::Undated => 0,
            Self::Date(date) => hasher.hash_one(date.as_str()),
            Self::Text(text) => hasher.hash_one(text.as_str()),
            Self::Choice(choice) => hasher.hash_one(choice.name),
            Self::Number(number) => hasher.hash_one(number),
        }
    }

    /// All that a search by words reads of it.
    pub fn words(&self) -> String {
        match self {
            Self::Undated => format!("\n{}\n", Event::UNDATED),
            // Nothing that is looked for holds a line end.
            Self::Date(date) => {
                let words = date.describe();
                let whole = with_whole_months(&words).unwrap_or_default();
                format!("{date}\n{words}\n{whole}")
            }
            Self::Text(text) => text.to_string(),
            Self::Choice(choice) => choice.label.to_owned(),
            Self::Number(number) => number.to_string(),
        }
    }
}
