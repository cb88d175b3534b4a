//! Why a value does not fit a field.

use thiserror::Error;

use super::choice::Choice;
use super::limits::Limits;
use crate::diagnostic::closest;
use crate::model::Coordinates;
use crate::time::{DateError, ZoneError};

/// Why a value does not fit a field: what is wrong, in one sentence without a full stop, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FieldError {
    /// A field that must have a value is to have none.
    #[error("{} is needed", with_article(.noun))]
    Missing {
        /// The field in the middle of a sentence.
        noun: &'static str,
        /// What to write.
        remedy: &'static str,
    },
    /// The text is not a date.
    #[error("{0}")]
    Date(#[from] DateError),
    /// The text is none of the terms of the field.
    #[error("“{given}” is no term of {noun}")]
    Unknown {
        /// The field in the middle of a sentence.
        noun: &'static str,
        /// The text.
        given: String,
        /// The terms.
        choices: &'static [Choice],
    },
    /// The number is too small or too large.
    #[error("{noun} is {given}, outside {} to {}", .limits.least, .limits.most)]
    Range {
        /// The field in the middle of a sentence.
        noun: &'static str,
        /// The number.
        given: u32,
        /// What it can be.
        limits: &'static Limits,
    },
    /// The text is not a whole number.
    #[error("“{given}” is not a whole number")]
    Number {
        /// The text.
        given: String,
        /// What it can be.
        limits: &'static Limits,
    },
    /// The text is not a colour.
    #[error("“{0}” is not a colour")]
    Color(String),
    /// The text is not latitude and longitude.
    #[error("“{0}” is not a latitude and a longitude")]
    Coordinates(String),
    /// The text is not the name of a zone.
    #[error("{0}")]
    Zone(#[from] ZoneError),
    /// The value is of another kind than the field, such as a list for a date.
    #[error("{noun} takes {wanted}")]
    Kind {
        /// The field in the middle of a sentence.
        noun: &'static str,
        /// What it takes, with its article.
        wanted: &'static str,
    },
}

impl FieldError {
    /// What to write instead, where that can be told.
    pub fn remedy(&self) -> Option<String> {
        match self {
            Self::Missing { remedy, .. } => Some((*remedy).to_owned()).filter(|remedy| !remedy.is_empty()),
            Self::Date(error) => error.hint.clone(),
            Self::Unknown { given, choices, .. } => {
                let terms = choices.iter().flat_map(|choice| [choice.label, choice.synonym]);
                let meant = closest(given, terms.filter(|term| !term.is_empty()));
                Some(
                    meant.map_or_else(
                        || format!("choose one of {}", list(choices)),
                        |term| format!("did you mean {term}?"),
                    ),
                )
            }
            Self::Range { limits, .. } | Self::Number { limits, .. } => Some(limits.hint.to_owned()),
            Self::Color(_) => Some("write six hexadecimal digits after #, for example #3d6fb6".to_owned()),
            Self::Coordinates(text) => Some(match Coordinates::numbers(text) {
                Some((latitude, longitude)) => Coordinates::remedy(latitude, longitude),
                None => "write degrees north and degrees east, for example 39.03, 125.75; south and west are negative"
                    .to_owned(),
            }),
            Self::Zone(error) => error.suggestion.map(|name| format!("did you mean {name}?")),
            Self::Kind { .. } => None,
        }
    }
}

fn list(choices: &[Choice]) -> String {
    choices.iter().map(|choice| choice.label).collect::<Vec<_>>().join(", ")
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}
