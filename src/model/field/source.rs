//! The fields of a source, and of the captures of it.

use super::choice::Term as _;
use super::info::Search::{Direct, Text, Title};
use super::info::{FieldInfo, Kind, Part};
use super::table::fields;
use crate::model::{Capture, Hash, HashAlgorithm, RecordKind, Reliability, Source, SourceKind};

fields! {
    /// A field of a source.
    SourceField of Source {
        Id id: FieldInfo::new("Id", "id", Kind::Id)
            .required("a short name that stays, for example interfax-2024-10-24").search(Direct),
        Title title: FieldInfo::new("Title", "title", Kind::Text)
            .required("the title of the page or document, as it stands there").search(Title),
        Author author: FieldInfo::new("Author", "author", Kind::Text).search(Text),
        Publisher publisher: FieldInfo::new("Publisher", "publisher", Kind::Text).search(Text),
        Kind kind: FieldInfo::new("Kind", "kind", Kind::Choice(SourceKind::CHOICES)).defaulted().search(Direct),
        Number number: FieldInfo::new("Number", "number", Kind::Text).search(Text),
        Language language: FieldInfo::new("Language", "language", Kind::Text)
            .hint("Where not English, for example ru").search(Direct),
        Url url: FieldInfo::new("URL", "URL", Kind::Address).search(Text),
        ArchiveUrl archive_url: FieldInfo::new("Archive URL", "archive URL", Kind::Address).search(Direct),
        Published published: FieldInfo::new("Published", "published", Kind::Date).search(Direct),
        Information information: FieldInfo::new("Information", "date of information", Kind::Date)
            .hint("The date of what it tells").search(Direct),
        Accessed accessed: FieldInfo::new("Accessed", "accessed", Kind::Date).search(Direct),
        Reliability reliability: FieldInfo::new("Reliability", "reliability", Kind::Choice(Reliability::CHOICES))
            .hint("Not graded"),
        Origin origin: FieldInfo::new("Origin", "origin", Kind::Reference(RecordKind::Source)).search(Direct),
        Captures captures: FieldInfo::new("Captures", "captures", Kind::Records(Part::Capture)).defaulted(),
        Descriptor descriptor: FieldInfo::new("Descriptor", "descriptor", Kind::Prose)
            .hint("Access, expertise, bias, currency").search(Direct),
        Note note: FieldInfo::new("Note", "note", Kind::Prose).search(Direct),
    }
}

fields! {
    /// A field of a capture.
    CaptureField of Capture {
        File file: FieldInfo::new("File", "file", Kind::Text)
            .required("the path from the folder of the timeline").search(Direct),
        Hash hash: FieldInfo::new("Hash", "hash", Kind::Record(Part::Hash)).required("what the file hashes to"),
        Captured captured: FieldInfo::new("Captured", "the time of a capture", Kind::Date).hint("When, in UTC"),
        By by: FieldInfo::new("By", "the collector of a capture", Kind::Text)
            .hint("Left out of exports unless asked for").search(Direct),
        Alters alters: FieldInfo::new("Made from", "earlier file", Kind::Text).search(Direct),
        Note note: FieldInfo::new("Note", "the note of a capture", Kind::Prose)
            .hint("How it was made, or what was altered and why").search(Direct),
    }
}

fields! {
    /// A field of a hash.
    HashField of Hash {
        Algorithm algorithm: FieldInfo::new("Algorithm", "algorithm", Kind::Choice(HashAlgorithm::CHOICES))
            .required("how it was computed"),
        Value value: FieldInfo::new("Digits", "digits", Kind::Text)
            .required("the digest in hexadecimal digits").search(Direct),
    }
}
