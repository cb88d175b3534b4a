//! The types that records keep values as: how each is read as a [`Value`] and set from one.

use thin_vec::ThinVec;

use super::choice::Term;
use super::error::FieldError;
use super::info::{FieldInfo, Kind};
use super::value::Value;
use crate::model::{
    Capture, CheckSetting, Citation, Confidence, Coordinates, Credibility, DateLabels, Event, Grouping, Hash,
    HashAlgorithm, Image, ImageDisplay, Judgment, KnownBy, Level, Likelihood, Link, LinkDisplay, OwnFields, Relation,
    Reliability, SourceKind, Stance, Standing, Text,
};
use crate::time::Date;

/// A type that records keep values as.
pub(in crate::model) trait Kept {
    /// The value.
    fn value(&self) -> Value<'_>;

    /// Puts a value. `info` is of the field, for the error.
    fn put(&mut self, value: Value<'_>, info: &'static FieldInfo) -> Result<(), FieldError>;
}

impl Kept for Text {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }

    fn put(&mut self, value: Value<'_>, info: &'static FieldInfo) -> Result<(), FieldError> {
        match value {
            Value::Text(text) => *self = text.clone(),
            Value::None => return Err(info.missing()),
            _ => return Err(info.misfit()),
        }
        Ok(())
    }
}

impl Kept for Option<Text> {
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::None, Value::Text)
    }

    fn put(&mut self, value: Value<'_>, info: &'static FieldInfo) -> Result<(), FieldError> {
        match value {
            Value::Text(text) => *self = Some(text.clone()),
            Value::None => *self = None,
            _ => return Err(info.misfit()),
        }
        Ok(())
    }
}

impl Kept for Date {
    fn value(&self) -> Value<'_> {
        Value::Date(self)
    }

    fn put(&mut self, value: Value<'_>, info: &'static FieldInfo) -> Result<(), FieldError> {
        match value {
            Value::Date(date) => *self = date.clone(),
            Value::None => return Err(info.missing()),
            _ => return Err(info.misfit()),
        }
        Ok(())
    }
}

impl Kept for Option<Date> {
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::None, Value::Date)
    }

    fn put(&mut self, value: Value<'_>, info: &'static FieldInfo) -> Result<(), FieldError> {
        *self = match value {
            Value::Date(date) => Some(date.clone()),
            Value::None => None,
            _ => return Err(info.misfit()),
        };
        Ok(())
    }
}

impl Kept for Option<Box<Date>> {
    fn value(&self) -> Value<'_> {
        self.as_deref().map_or(Value::None, Value::Date)
    }

    fn put(&mut self, value: Value<'_>, info: &'static FieldInfo) -> Result<(), FieldError> {
        // Filled beside it: a value that does not fit leaves what was there.
        let mut date = None;
        date.put(value, info)?;
        *self = date.map(Box::new);
        Ok(())
    }
}

/// A number within the limits of its field; none where there is no value.
fn number(value: Value<'_>, info: &'static FieldInfo) -> Result<Option<u32>, FieldError> {
    match (value, info.kind) {
        (Value::None, _) => Ok(None),
        (Value::Number(given), Kind::Number(limits)) if !(limits.least..=limits.most).contains(&given) => {
            Err(FieldError::Range { noun: info.noun, given, limits })
        }
        (Value::Number(number), _) => Ok(Some(number)),
        _ => Err(info.misfit()),
    }
}

/// The weight of an event.
impl Kept for u8 {
    fn value(&self) -> Value<'_> {
        Value::Number(u32::from(*self))
    }

    fn put(&mut self, value: Value<'_>, info: &'static FieldInfo) -> Result<(), FieldError> {
        let number = number(value, info)?.map(|number| Self::try_from(number).map_err(|_| info.misfit()));
        // A weight that is taken away is that of events which give none.
        *self = number.transpose()?.unwrap_or(Event::DEFAULT_WEIGHT);
        Ok(())
    }
}

/// The version of the format.
impl Kept for u32 {
    fn value(&self) -> Value<'_> {
        Value::Number(*self)
    }

    fn put(&mut self, value: Value<'_>, info: &'static FieldInfo) -> Result<(), FieldError> {
        *self = number(value, info)?.ok_or_else(|| info.missing())?;
        Ok(())
    }
}

impl Kept for Option<Credibility> {
    fn value(&self) -> Value<'_> {
        self.map_or(Value::None, |grade| Value::Number(u32::from(grade.number())))
    }

    fn put(&mut self, value: Value<'_>, info: &'static FieldInfo) -> Result<(), FieldError> {
        let grade = |number: u32| Credibility::ALL.into_iter().find(|grade| u32::from(grade.number()) == number);
        *self = match number(value, info)? {
            Some(number) => Some(grade(number).ok_or_else(|| info.misfit())?),
            None => None,
        };
        Ok(())
    }
}

impl Kept for Option<Coordinates> {
    fn value(&self) -> Value<'_> {
        self.map_or(Value::None, Value::Coordinates)
    }

    fn put(&mut self, value: Value<'_>, info: &'static FieldInfo) -> Result<(), FieldError> {
        *self = match value {
            Value::Coordinates(place) => Some(place),
            Value::None => None,
            _ => return Err(info.misfit()),
        };
        Ok(())
    }
}

impl Kept for OwnFields {
    fn value(&self) -> Value<'_> {
        if self.is_empty() { Value::None } else { Value::Own(self) }
    }

    fn put(&mut self, value: Value<'_>, info: &'static FieldInfo) -> Result<(), FieldError> {
        *self = match value {
            Value::Own(fields) => fields.clone(),
            Value::None => Self::NONE,
            _ => return Err(info.misfit()),
        };
        Ok(())
    }
}

impl Kept for Hash {
    fn value(&self) -> Value<'_> {
        Value::Hash(self)
    }

    fn put(&mut self, value: Value<'_>, info: &'static FieldInfo) -> Result<(), FieldError> {
        match value {
            Value::Hash(hash) => *self = hash.clone(),
            Value::None => return Err(info.missing()),
            _ => return Err(info.misfit()),
        }
        Ok(())
    }
}

impl Kept for Option<Box<Judgment>> {
    fn value(&self) -> Value<'_> {
        self.as_deref().map_or(Value::None, Value::Judgment)
    }

    fn put(&mut self, value: Value<'_>, info: &'static FieldInfo) -> Result<(), FieldError> {
        *self = match value {
            Value::Judgment(judgment) => Some(Box::new(judgment.clone())),
            Value::None => None,
            _ => return Err(info.misfit()),
        };
        Ok(())
    }
}

impl Kept for Grouping {
    fn value(&self) -> Value<'_> {
        Value::Grouping(*self)
    }

    fn put(&mut self, value: Value<'_>, info: &'static FieldInfo) -> Result<(), FieldError> {
        *self = match value {
            Value::Grouping(grouping) => grouping,
            Value::None => Self::default(),
            _ => return Err(info.misfit()),
        };
        Ok(())
    }
}

/// A term that is always there.
fn term<T: Term>(value: Value<'_>, info: &'static FieldInfo) -> Result<Option<T>, FieldError> {
    match value {
        Value::Choice(choice) => T::of(choice).map(Some).ok_or_else(|| info.misfit()),
        Value::None => Ok(None),
        _ => Err(info.misfit()),
    }
}

macro_rules! kept_terms {
    ($($type:ident: $none:expr;)+) => {
        $(impl Kept for $type {
            fn value(&self) -> Value<'_> {
                Value::Choice(self.choice())
            }

            fn put(&mut self, value: Value<'_>, info: &'static FieldInfo) -> Result<(), FieldError> {
                let none: Option<Self> = $none;
                *self = term(value, info)?.or(none).ok_or_else(|| info.missing())?;
                Ok(())
            }
        })+
    };
}

kept_terms! {
    Standing: Some(Self::default());
    Stance: Some(Self::default());
    SourceKind: Some(Self::default());
    DateLabels: Some(Self::default());
    ImageDisplay: Some(Self::default());
    KnownBy: Some(Self::default());
    LinkDisplay: Some(Self::default());
    Relation: None;
    Level: None;
    HashAlgorithm: None;
}

macro_rules! kept_optional_terms {
    ($($type:ident)+) => {
        $(impl Kept for Option<$type> {
            fn value(&self) -> Value<'_> {
                self.map_or(Value::None, |term| Value::Choice(term.choice()))
            }

            fn put(&mut self, value: Value<'_>, info: &'static FieldInfo) -> Result<(), FieldError> {
                *self = term(value, info)?;
                Ok(())
            }
        })+
    };
}

kept_optional_terms!(Reliability Likelihood Confidence);

macro_rules! kept_lists {
    ($($list:ty: $value:ident;)+) => {
        $(impl Kept for $list {
            fn value(&self) -> Value<'_> {
                if self.is_empty() { Value::None } else { Value::$value(self) }
            }

            fn put(&mut self, value: Value<'_>, info: &'static FieldInfo) -> Result<(), FieldError> {
                match value {
                    Value::$value(items) => *self = items.iter().cloned().collect(),
                    Value::None => *self = Self::new(),
                    _ => return Err(info.misfit()),
                }
                Ok(())
            }
        })+
    };
}

kept_lists! {
    ThinVec<Text>: List;
    ThinVec<Citation>: Citations;
    ThinVec<Link>: Links;
    ThinVec<Capture>: Captures;
    ThinVec<Image>: Images;
    Vec<CheckSetting>: Checks;
}
