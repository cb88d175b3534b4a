//! What each record may hold: field names, which are required, and what sort of value each takes.
//!
//! Owns how the fields of the model ([`crate::model::Field`]) are written: what the checks on a text, the splicing order of
//! fields and the suggestions share. A test holds it against what serde reads and writes.

use self::Leaf::{Date, Number, Record, Records, Text, Texts, Variant};
use crate::model::{
    CaptureField, CheckField, Choice, CitationField, EraField, EventField, Field, FieldInfo, Grouping, HashField,
    HeaderField, ImageField, JudgmentField, Kind, LaneField, LinkField, Part, Presence, RecordKind, SourceField,
    ViewField,
};

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
#[derive(Debug, Clone, Copy)]
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
    Variant(&'static [Choice]),
    /// One of a few terms, or the name of a field of the user's own: `Own("…")`.
    VariantOrOwn(&'static [Choice]),
    Texts,
    Records(&'static Shape),
    /// Latitude and longitude.
    Coordinates,
    /// Texts by name.
    Map,
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

impl FieldShape {
    /// How a field of the model is written.
    const fn of(info: &FieldInfo) -> Self {
        Self {
            name: info.name,
            required: matches!(info.presence, Presence::Required(_)),
            optional: matches!(info.presence, Presence::Optional),
            leaf: Leaf::of(info.kind),
        }
    }

    /// The field of a timeline that holds the records of a kind.
    const fn list(kind: RecordKind, shape: &'static Shape) -> Self {
        Self { name: list_name(kind), required: false, optional: false, leaf: Records(shape) }
    }
}

impl Leaf {
    /// What each item of a list takes; the same where it is no list.
    pub const fn item(self) -> Self {
        match self {
            Texts => Text,
            Records(shape) => Record(shape),
            _ => self,
        }
    }

    const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Id | Kind::Text | Kind::Prose | Kind::Address | Kind::Color | Kind::Zone | Kind::Reference(_) => Text,
            Kind::Date => Date,
            Kind::List => Texts,
            Kind::Coordinates => Self::Coordinates,
            Kind::Map => Self::Map,
            Kind::Choice(choices) => Variant(choices),
            Kind::Grouping => Self::VariantOrOwn(Grouping::CHOICES),
            Kind::Number(limits) => {
                Number { least: limits.least, most: limits.most, code: limits.code, hint: limits.hint }
            }
            Kind::Record(part) => Record(part_shape(part)),
            Kind::Records(part) => Records(part_shape(part)),
        }
    }
}

/// The shape of a record inside another.
const fn part_shape(part: Part) -> &'static Shape {
    match part {
        Part::Capture => &CAPTURE,
        Part::Check => &CHECK,
        Part::Citation => &CITATION,
        Part::Hash => &HASH,
        Part::Image => &IMAGE,
        Part::Judgment => &JUDGMENT,
        Part::Link => &LINK,
    }
}

/// The fields of the model, of which there are `N`, and behind them the lists of a timeline.
const fn shapes<const N: usize>(infos: &[FieldInfo], lists: &[FieldShape]) -> [FieldShape; N] {
    let mut shapes = [FieldShape { name: "", required: false, optional: false, leaf: Text }; N];
    let mut at = 0;
    while at < N {
        #[expect(clippy::indexing_slicing, reason = "the compiler works it out")]
        let shape = if at < infos.len() { FieldShape::of(&infos[at]) } else { lists[at - infos.len()] };
        #[expect(clippy::indexing_slicing, reason = "the compiler works it out")]
        {
            shapes[at] = shape;
        }
        at += 1;
    }
    shapes
}

macro_rules! shape {
    ($name:literal, $noun:literal, $fields:ty) => {
        Shape { name: $name, noun: $noun, fields: &shapes::<{ <$fields>::INFOS.len() }>(<$fields>::INFOS, &[]) }
    };
}

/// The lists of a timeline, which stand behind the fields of its header.
static TIMELINE_LISTS: [FieldShape; LISTS.len()] = [
    FieldShape::list(RecordKind::Lane, &LANE),
    FieldShape::list(RecordKind::Source, &SOURCE),
    FieldShape::list(RecordKind::Event, &EVENT),
    FieldShape::list(RecordKind::Era, &ERA),
    FieldShape::list(RecordKind::View, &VIEW),
];

pub(super) static TIMELINE: Shape = Shape {
    name: "Timeline",
    noun: "the timeline",
    fields: &shapes::<{ HeaderField::INFOS.len() + LISTS.len() }>(HeaderField::INFOS, &TIMELINE_LISTS),
};
static CHECK: Shape = shape!("CheckSetting", "a check setting", CheckField);
static CAPTURE: Shape = shape!("Capture", "a capture", CaptureField);
static HASH: Shape = shape!("Hash", "a hash", HashField);
static LANE: Shape = shape!("Lane", "a lane", LaneField);
static SOURCE: Shape = shape!("Source", "a source", SourceField);
static EVENT: Shape = shape!("Event", "an event", EventField);
static CITATION: Shape = shape!("Citation", "a citation", CitationField);
static IMAGE: Shape = shape!("Image", "an image", ImageField);
static JUDGMENT: Shape = shape!("Judgment", "a judgment", JudgmentField);
static LINK: Shape = shape!("Link", "a link", LinkField);
static ERA: Shape = shape!("Era", "an era", EraField);
static VIEW: Shape = shape!("View", "a view", ViewField);

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
