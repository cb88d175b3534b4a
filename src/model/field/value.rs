//! What a record has in a field.

use std::fmt;

use super::choice::Choice;
use super::list::join;
use crate::model::{
    Capture, CheckSetting, Citation, Coordinates, Grouping, Hash, Image, Judgment, Link, OwnFields, Text,
};
use crate::time::Date;

/// What a record has in a field, borrowed from it. Two records say the same in a field where their values are equal.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "named for what they hold")]
pub enum Value<'a> {
    /// Nothing, or an empty list.
    None,
    Text(&'a Text),
    Date(&'a Date),
    List(&'a [Text]),
    Choice(&'static Choice),
    Grouping(Grouping),
    Number(u32),
    Coordinates(Coordinates),
    /// Texts under names of the user's own.
    Own(&'a OwnFields),
    Hash(&'a Hash),
    Judgment(&'a Judgment),
    Citations(&'a [Citation]),
    Links(&'a [Link]),
    Captures(&'a [Capture]),
    Images(&'a [Image]),
    Checks(&'a [CheckSetting]),
}

impl<'a> Value<'a> {
    /// Whether there is nothing.
    pub fn is_none(self) -> bool {
        self == Self::None
    }

    /// The text of a value that is one text: written as it is, a date as it was written, a choice by its label.
    pub fn as_str(self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Date(date) => Some(date.as_str()),
            Self::Choice(choice) => Some(choice.label),
            Self::Grouping(grouping) => Some(grouping.label()),
            _ => None,
        }
    }

    /// Hands over each text in it: every item of a list, names and texts of the user's own fields. What is no text is written
    /// as one types it.
    pub fn each_text(self, mut each: impl FnMut(&str)) {
        match self {
            Self::None => {}
            Self::List(items) => items.iter().for_each(|item| each(item)),
            Self::Own(fields) => fields.iter().for_each(|(name, text)| {
                each(name);
                each(text);
            }),
            _ => match self.as_str() {
                Some(text) => each(text),
                None => each(&self.to_string()),
            },
        }
    }

    /// The text, where it is one.
    pub fn as_text(self) -> Option<&'a Text> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The date, where it is one.
    pub fn as_date(self) -> Option<&'a Date> {
        match self {
            Self::Date(date) => Some(date),
            _ => None,
        }
    }
}

/// A value as one types it: [`super::Field::set_text`] reads it back. Of the user's own fields names and texts, of images the
/// files; nothing of other records.
impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Date(date) => f.write_str(date.as_str()),
            Self::List(items) => f.write_str(&join(items)),
            Self::Choice(choice) => f.write_str(choice.label),
            Self::Grouping(grouping) => grouping.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Coordinates(place) => place.fmt(f),
            Self::Own(fields) => {
                let pairs: Vec<String> = fields.iter().map(|(name, text)| format!("{name}: {text}")).collect();
                f.write_str(&pairs.join("; "))
            }
            Self::Images(images) => f.write_str(&join(&images.iter().map(|image| &*image.file).collect::<Vec<_>>())),
            Self::None
            | Self::Hash(_)
            | Self::Judgment(_)
            | Self::Citations(_)
            | Self::Links(_)
            | Self::Captures(_)
            | Self::Checks(_) => Ok(()),
        }
    }
}
