//! What few events give, behind one pointer: a file of a million events holds as many of each field.

use std::ops::{Deref, DerefMut};

use thin_vec::ThinVec;

use super::{Coordinates, Image, OwnFields};
use crate::time::Date;

/// The fields of an event that few events give. Reads as [`RareFields`]; takes memory of its own from the first time that it is
/// written to.
#[derive(Debug, Clone, Default)]
pub struct Rare(Option<Box<RareFields>>);

/// The fields behind a [`Rare`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RareFields {
    /// Where on earth.
    pub coordinates: Option<Coordinates>,
    /// Pictures of it.
    pub images: ThinVec<Image>,
    /// Whatever else there is to say, under names of the user's own.
    pub fields: OwnFields,
    /// When it was entered.
    pub recorded: Option<Date>,
}

/// Stands for every event that gives none of them.
static NOTHING: RareFields =
    RareFields { coordinates: None, images: ThinVec::new(), fields: OwnFields::NONE, recorded: None };

impl From<RareFields> for Rare {
    fn from(fields: RareFields) -> Self {
        Self((fields != NOTHING).then(|| Box::new(fields)))
    }
}

impl Deref for Rare {
    type Target = RareFields;

    fn deref(&self) -> &RareFields {
        self.0.as_deref().unwrap_or(&NOTHING)
    }
}

impl DerefMut for Rare {
    fn deref_mut(&mut self) -> &mut RareFields {
        self.0.get_or_insert_default()
    }
}

impl PartialEq for Rare {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}
