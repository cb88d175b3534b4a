//! The fields of a timeline's header, and of the settings of checks in it.

use super::choice::Term as _;
use super::info::{FieldInfo, Kind, Part};
use super::limits::Limits;
use super::table::fields;
use crate::model::{CheckSetting, Header, Level};

/// A larger number is a newer format: the checks say so.
static FORMATS: Limits = Limits { least: 0, most: u32::MAX, code: "wrong-type", hint: "write `format: 1`" };

fields! {
    /// A field of a timeline's header.
    HeaderField of Header {
        Format format: FieldInfo::new("Format", "format", Kind::Number(&FORMATS)).required("write 1"),
        Title title: FieldInfo::new("Title", "title", Kind::Text).required("say what the timeline is about"),
        Description description: FieldInfo::new("Description", "description", Kind::Prose)
            .hint("What it covers and what it leaves out"),
        Zone zone: FieldInfo::new("Time zone", "time zone", Kind::Zone).hint("UTC, or for example Europe/Moscow"),
        Checks checks: FieldInfo::new("Checks", "checks", Kind::Records(Part::Check)).defaulted(),
    }
}

fields! {
    /// A field of the setting of a check.
    CheckField of CheckSetting {
        Code code: FieldInfo::new("Code", "code", Kind::Text).required("the code of a kind of problem"),
        Level level: FieldInfo::new("Level", "level", Kind::Choice(Level::CHOICES)).required("how much it matters here"),
        Note note: FieldInfo::new("Note", "note", Kind::Prose).hint("Why"),
    }
}
