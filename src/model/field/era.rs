//! The fields of an era.

use super::info::{FieldInfo, Kind};
use super::table::fields;
use crate::model::Era;

fields! {
    /// A field of an era.
    EraField of Era {
        Id id: FieldInfo::new("Id", "id", Kind::Id).required("a short name that stays, for example cold-war"),
        Title title: FieldInfo::new("Title", "title", Kind::Text).required("what stands at its top"),
        Date date: FieldInfo::new("Date", "date", Kind::Date).required("from when to when, for example 1939/1945"),
        Color color: FieldInfo::new("Colour", "colour", Kind::Color).hint("#rrggbb; else the theme picks one"),
        Note note: FieldInfo::new("Note", "note", Kind::Prose).hint("Why it counts as one period"),
    }
}
