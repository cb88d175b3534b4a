//! What each record may hold: field names, which are required, and what sort of value each takes.
//!
//! Owns the one table that the checks on a text, the splicing order of fields and the suggestions share. A test holds it
//! against what serde reads and writes.

use self::Leaf::{Date, List, Number, Record, Text, Variant};
use crate::model::RecordKind;

/// The fields of one sort of record, in the order of the format.
#[derive(Debug)]
pub(super) struct Shape {
    /// The struct name in a file.
    pub name: &'static str,
    /// What it is called in a sentence, with its article.
    pub noun: &'static str,
    pub fields: &'static [FieldShape],
}

/// One field of a record.
#[derive(Debug)]
pub(super) struct FieldShape {
    pub name: &'static str,
    pub required: bool,
    /// May be `None` or `Some(…)`.
    pub optional: bool,
    pub leaf: Leaf,
}

/// What a field takes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Leaf {
    Text,
    Date,
    /// A whole number within these limits; the code and hint of the problem where it is outside.
    Number {
        least: u32,
        most: u32,
        code: &'static str,
        hint: &'static str,
    },
    Variant(&'static [&'static str]),
    List(&'static Leaf),
    Record(&'static Shape),
}

impl Shape {
    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&'static FieldShape> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Where the field of this name stands in the order of the format.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}

const fn must(name: &'static str, leaf: Leaf) -> FieldShape {
    FieldShape { name, required: true, optional: false, leaf }
}

const fn may(name: &'static str, leaf: Leaf) -> FieldShape {
    FieldShape { name, required: false, optional: true, leaf }
}

/// A field with a default that is not an absence.
const fn has(name: &'static str, leaf: Leaf) -> FieldShape {
    FieldShape { name, required: false, optional: false, leaf }
}

const RELIABILITY: Leaf = Variant(&["A", "B", "C", "D", "E", "F"]);

pub(super) static TIMELINE: Shape = Shape {
    name: "Timeline",
    noun: "the timeline",
    fields: &[
        must(
            "format",
            // A larger number is a newer format: `model::check` says so.
            Number { least: 0, most: u32::MAX, code: "wrong-type", hint: "write `format: 1`" },
        ),
        must("title", Text),
        may("description", Text),
        may("zone", Text),
        has("checks", List(&Record(&CHECK))),
        has("lanes", List(&Record(&LANE))),
        has("sources", List(&Record(&SOURCE))),
        has("events", List(&Record(&EVENT))),
        has("eras", List(&Record(&ERA))),
        has("views", List(&Record(&VIEW))),
    ],
};

pub(super) static CHECK: Shape = Shape {
    name: "CheckSetting",
    noun: "a check setting",
    fields: &[must("code", Text), must("level", Variant(&["Error", "Warning", "Info", "Off"])), may("note", Text)],
};

pub(super) static CAPTURE: Shape = Shape {
    name: "Capture",
    noun: "a capture",
    fields: &[
        must("file", Text),
        must("hash", Record(&HASH)),
        may("captured", Date),
        may("by", Text),
        may("alters", Text),
        may("note", Text),
    ],
};

pub(super) static HASH: Shape =
    Shape { name: "Hash", noun: "a hash", fields: &[must("algorithm", Variant(&["Sha256"])), must("value", Text)] };

pub(super) static LANE: Shape = Shape {
    name: "Lane",
    noun: "a lane",
    fields: &[must("id", Text), must("title", Text), may("color", Text), may("note", Text)],
};

pub(super) static SOURCE: Shape = Shape {
    name: "Source",
    noun: "a source",
    fields: &[
        must("id", Text),
        must("title", Text),
        may("author", Text),
        may("publisher", Text),
        has("kind", Variant(&["Web", "Document", "Statement", "Broadcast", "Interview", "Image", "Dataset", "Other"])),
        may("number", Text),
        may("language", Text),
        may("url", Text),
        may("archive_url", Text),
        may("published", Date),
        may("information", Date),
        may("accessed", Date),
        may("reliability", RELIABILITY),
        may("origin", Text),
        has("captures", List(&Record(&CAPTURE))),
        may("descriptor", Text),
        may("note", Text),
    ],
};

pub(super) static EVENT: Shape = Shape {
    name: "Event",
    noun: "an event",
    fields: &[
        has("id", Text),
        must("title", Text),
        must("date", Date),
        may("wording", Text),
        may("lane", Text),
        has("actors", List(&Text)),
        may("place", Text),
        has("tags", List(&Text)),
        has("standing", Variant(&["Confirmed", "Reported", "Alleged", "Disputed", "Denied", "Retracted", "Expected"])),
        has(
            "weight",
            Number {
                least: 1,
                most: 5,
                code: "weight-out-of-range",
                hint: "5 keeps its label longest, 1 loses it first, 3 is usual",
            },
        ),
        may("judgment", Record(&JUDGMENT)),
        may("note", Text),
        has("citations", List(&Record(&CITATION))),
        has("links", List(&Record(&LINK))),
        may("recorded", Date),
    ],
};

pub(super) static CITATION: Shape = Shape {
    name: "Citation",
    noun: "a citation",
    fields: &[
        must("source", Text),
        has("stance", Variant(&["Supports", "Disputes", "Denies", "Mentions"])),
        may(
            "credibility",
            Number {
                least: 1,
                most: 6,
                code: "credibility-out-of-range",
                hint: "1 is confirmed by other sources, 5 improbable, 6 cannot be judged",
            },
        ),
        may("reliability", RELIABILITY),
        may("locator", Text),
        may("quote", Text),
        may("translation", Text),
        may("date", Date),
        may("wording", Text),
        may("note", Text),
    ],
};

pub(super) static JUDGMENT: Shape = Shape {
    name: "Judgment",
    noun: "a judgment",
    fields: &[
        may(
            "likelihood",
            Variant(&[
                "AlmostNoChance",
                "VeryUnlikely",
                "Unlikely",
                "RoughlyEvenChance",
                "Likely",
                "VeryLikely",
                "AlmostCertain",
            ]),
        ),
        may("confidence", Variant(&["High", "Moderate", "Low"])),
        may("note", Text),
    ],
};

pub(super) static LINK: Shape = Shape {
    name: "Link",
    noun: "a link",
    fields: &[
        must("to", Text),
        must("relation", Variant(&["Causes", "Precedes", "Implements", "PartOf", "Contradicts", "Supersedes"])),
        may("note", Text),
    ],
};

pub(super) static ERA: Shape = Shape {
    name: "Era",
    noun: "an era",
    fields: &[must("id", Text), must("title", Text), must("date", Date), may("color", Text), may("note", Text)],
};

pub(super) static VIEW: Shape = Shape {
    name: "View",
    noun: "a view",
    fields: &[
        must("id", Text),
        must("title", Text),
        must("window", Date),
        may("query", Text),
        has("grouping", Variant(&["Lane", "Standing", "Nothing"])),
        has("color_by", Variant(&["Lane", "Standing", "Reliability", "Weight"])),
        may("known_on", Date),
        may("theme", Text),
    ],
};

/// The five lists of a timeline, in the order of the format.
pub(super) const LISTS: [RecordKind; 5] =
    [RecordKind::Lane, RecordKind::Source, RecordKind::Event, RecordKind::Era, RecordKind::View];

/// The field of the timeline in which records of a kind stand; empty for the header.
pub(super) const fn list_name(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Header => "",
        RecordKind::Lane => "lanes",
        RecordKind::Source => "sources",
        RecordKind::Event => "events",
        RecordKind::Era => "eras",
        RecordKind::View => "views",
    }
}

/// The shape of a kind of record.
pub(super) fn shape(kind: RecordKind) -> &'static Shape {
    match kind {
        RecordKind::Header => &TIMELINE,
        RecordKind::Lane => &LANE,
        RecordKind::Source => &SOURCE,
        RecordKind::Event => &EVENT,
        RecordKind::Era => &ERA,
        RecordKind::View => &VIEW,
    }
}

#[cfg(test)]
mod tests;
