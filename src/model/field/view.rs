//! The fields of a saved view.

use super::choice::Term as _;
use super::info::{FieldInfo, Kind};
use super::table::fields;
use crate::model::{DateLabels, ImageDisplay, KnownBy, LinkDisplay, View};

fields! {
    /// A field of a saved view.
    ViewField of View {
        Id id: FieldInfo::new("Id", "id", Kind::Id).required("a short name that stays, for example crisis-week"),
        Title title: FieldInfo::new("Title", "title", Kind::Text).required("what the view is called"),
        Window window: FieldInfo::new("Window", "window", Kind::Date)
            .required("a start and an end, for example 2024-10-10/2024-11-15"),
        Zone zone: FieldInfo::new("Time zone", "time zone", Kind::Zone).hint("the timeline's, or for example Europe/Moscow"),
        Folds folds: FieldInfo::new("Folds", "folds", Kind::Text).hint("auto, none, or intervals such as 1962/1999; 2001/2023"),
        Query query: FieldInfo::new("Query", "query", Kind::Text).hint("Only events that match"),
        Grouping grouping: FieldInfo::new("Grouping", "grouping", Kind::Grouping).defaulted(),
        Bands bands: FieldInfo::new("Bands", "arrangement of bands", Kind::Text)
            .hint("by count; at most 12; first …; collapsed …; hidden …"),
        ColorBy color_by: FieldInfo::new("Colour by", "colouring", Kind::Grouping).defaulted(),
        Links links: FieldInfo::new("Links", "links", Kind::Choice(LinkDisplay::CHOICES)).defaulted(),
        KnownOn known_on: FieldInfo::new("As known on", "date of knowledge", Kind::Date),
        KnownBy known_by: FieldInfo::new("Known by", "kind of knowledge", Kind::Choice(KnownBy::CHOICES)).defaulted(),
        Dates dates: FieldInfo::new("Dates", "dates of labels", Kind::Choice(DateLabels::CHOICES)).defaulted(),
        Images images: FieldInfo::new("Images", "images on the track", Kind::Choice(ImageDisplay::CHOICES)).defaulted(),
        Export export: FieldInfo::new("Export", "export settings", Kind::Text)
            .hint("format png; width 2400; scale 2; gaps; weeks; possibly"),
        Theme theme: FieldInfo::new("Theme", "theme", Kind::Text).hint("light, dark or print"),
    }
}
