//! The fields of an event, and of the judgments and links on it.

use super::choice::Term as _;
use super::info::Search::{Term, Text, Title};
use super::info::{FieldInfo, Kind, Part};
use super::limits::Limits;
use super::table::fields;
use crate::model::{Confidence, Event, Image, Judgment, Likelihood, Link, RecordKind, Relation, Standing};

static WEIGHTS: Limits = Limits {
    least: 1,
    most: 5,
    code: "weight-out-of-range",
    hint: "5 keeps its label longest, 1 loses it first, 3 is usual",
};

fields! {
    /// A field of an event.
    EventField of Event {
        Id id: FieldInfo::new("Id", "id", Kind::Id).defaulted().search(Text),
        Title title: FieldInfo::new("Title", "title", Kind::Text)
            .required("say in a few words what happened").search(Title),
        Date date: FieldInfo::new("Date", "date", Kind::Date).hint("2024-10-24, late 2024, c. 1950, …").search(Term),
        Wording wording: FieldInfo::new("Wording", "wording", Kind::Text)
            .hint("The date in words, “late October”").search(Text),
        Lane lane: FieldInfo::new("Lane", "lane", Kind::Reference(RecordKind::Lane)).search(Term),
        Actors actors: FieldInfo::new("Actors", "actors", Kind::List)
            .each("actor").defaulted().hint("Separated by commas").search(Term),
        Place place: FieldInfo::new("Place", "place", Kind::Text).search(Term),
        Coordinates coordinates in rare: FieldInfo::new("Coordinates", "coordinates", Kind::Coordinates)
            .hint("39.03, 125.75"),
        Tags tags: FieldInfo::new("Tags", "tags", Kind::List)
            .each("tag").defaulted().hint("Separated by commas").search(Term),
        Standing standing: FieldInfo::new("Standing", "standing", Kind::Choice(Standing::CHOICES))
            .defaulted().search(Term),
        Weight weight: FieldInfo::new("Weight", "weight", Kind::Number(&WEIGHTS)).defaulted(),
        Judgment judgment: FieldInfo::new("Judgment", "judgment", Kind::Record(Part::Judgment)),
        Note note: FieldInfo::new("Note", "note", Kind::Prose).search(Text),
        Citations citations: FieldInfo::new("Citations", "citations", Kind::Records(Part::Citation)).defaulted(),
        Links links: FieldInfo::new("Links", "links", Kind::Records(Part::Link)).defaulted(),
        Images images in rare: FieldInfo::new("Images", "images", Kind::Records(Part::Image)).defaulted(),
        Fields fields in rare: FieldInfo::new("Own fields", "own fields", Kind::Map).defaulted().search(Text),
        Recorded recorded in rare: FieldInfo::new("Recorded", "recorded", Kind::Date),
    }
}

fields! {
    /// A field of an image.
    ImageField of Image {
        File file: FieldInfo::new("File", "file", Kind::Text)
            .required("the path from the folder of the timeline").search(Text),
        Caption caption: FieldInfo::new("Caption", "an image's caption", Kind::Prose)
            .hint("What it shows").search(Text),
        Credit credit: FieldInfo::new("Credit", "an image's credit", Kind::Text)
            .hint("Who made it, and the licence").search(Text),
    }
}

fields! {
    /// A field of a judgment.
    JudgmentField of Judgment {
        Likelihood likelihood: FieldInfo::new("Likelihood", "likelihood", Kind::Choice(Likelihood::CHOICES))
            .hint("A term of ICD 203: likely, remote, …"),
        Confidence confidence: FieldInfo::new("Confidence", "confidence", Kind::Choice(Confidence::CHOICES)),
        Note note: FieldInfo::new("Note", "judgment note", Kind::Prose).search(Text),
    }
}

fields! {
    /// A field of a link.
    LinkField of Link {
        To to: FieldInfo::new("To", "other end of a link", Kind::Reference(RecordKind::Event)).required("choose an event"),
        Relation relation: FieldInfo::new("Relation", "relation", Kind::Choice(Relation::CHOICES))
            .required("choose one of them"),
        Note note: FieldInfo::new("Note", "a link's note", Kind::Text).search(Text),
    }
}
