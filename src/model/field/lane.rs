//! The fields of a lane.

use super::info::Search::Title;
use super::info::{FieldInfo, Kind};
use super::table::fields;
use crate::model::Lane;

fields! {
    /// A field of a lane.
    LaneField of Lane {
        Id id: FieldInfo::new("Id", "id", Kind::Id).required("a short name that stays, for example diplomacy"),
        Title title: FieldInfo::new("Title", "title", Kind::Text).required("what stands at its left").search(Title),
        Color color: FieldInfo::new("Colour", "colour", Kind::Color).hint("#rrggbb; else the theme picks one"),
        Note note: FieldInfo::new("Note", "note", Kind::Prose).hint("What belongs here"),
    }
}
