//! The fields of a citation.

use super::choice::Term as _;
use super::info::Search::{Term, Text};
use super::info::{FieldInfo, Kind};
use super::limits::Limits;
use super::table::fields;
use crate::model::{Citation, RecordKind, Reliability, Stance};

static CREDIBILITIES: Limits = Limits {
    least: 1,
    most: 6,
    code: "credibility-out-of-range",
    hint: "1 is confirmed by other sources, 5 improbable, 6 cannot be judged",
};

fields! {
    /// A field of a citation.
    CitationField of Citation {
        Source source: FieldInfo::new("Source", "source", Kind::Reference(RecordKind::Source))
            .required("choose a source").search(Term),
        Stance stance: FieldInfo::new("Stance", "stance", Kind::Choice(Stance::CHOICES)).defaulted(),
        Credibility credibility: FieldInfo::new("Credibility", "credibility", Kind::Number(&CREDIBILITIES)),
        Reliability reliability: FieldInfo::new("Reliability", "reliability", Kind::Choice(Reliability::CHOICES)),
        Locator locator: FieldInfo::new("Locator", "locator", Kind::Text).hint("Page, paragraph, minute").search(Term),
        Quote quote: FieldInfo::new("Quote", "quote", Kind::Prose).hint("In its own language").search(Text),
        Translation translation: FieldInfo::new("Translation", "translation", Kind::Prose).search(Text),
        Date date: FieldInfo::new("Its date", "a source's date", Kind::Date).hint("Where it gives another date"),
        Wording wording: FieldInfo::new("Its wording", "a source's wording", Kind::Text).search(Text),
        Note note: FieldInfo::new("Source note", "source note", Kind::Prose)
            .hint("What it says and how far it carries").search(Text),
    }
}
