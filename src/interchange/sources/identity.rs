//! Identity of sources: when an imported one is the same as one that is there, and which of those an update fills.
//!
//! One title and date, or one address, do not make two sources one: ministries issue statements on one day, and a volume
//! of proceedings has one address. So a source is the same only where every field it gives is the same to the letter; what
//! merely looks alike is for the analyst to decide.

use std::hash::{BuildHasher as _, Hash};

use rustc_hash::FxBuildHasher;

use super::{labelled, reference};
use crate::model::{Source, SourceField, SourceKind, same_page_key};

/// The fields that tell one work from another. The others tell of the copy that was read, or of what is thought of it.
const TELLING: [SourceField; 7] = [
    SourceField::Title,
    SourceField::Author,
    SourceField::Publisher,
    SourceField::Number,
    SourceField::Url,
    SourceField::Published,
    SourceField::Information,
];

/// How the number of a book begins.
const ISBN: &str = "ISBN ";

/// The value that a source was given for a field: no kind "Other", no title that was made from the address.
pub(super) fn given(field: SourceField, source: &Source) -> Option<&str> {
    let value = labelled::value(field, source).filter(|value| !value.trim().is_empty())?;
    let is_given = match field {
        SourceField::Id => false,
        SourceField::Kind => source.kind != SourceKind::Other,
        SourceField::Title => {
            let is_supplied = |url: &str| value.starts_with('[') && value == reference::title_of_address(url);
            !source.url.as_deref().is_some_and(is_supplied)
        }
        _ => true,
    };
    is_given.then_some(value)
}

/// Whether a source gives nothing that is not there, and is that source: `is_one_record` says that both have one key.
/// Fields that only the source there has are the analyst's, or tell two works apart.
pub(super) fn is_same(new: &Source, there: &Source, is_one_record: bool) -> bool {
    let is_told_apart = |field: &SourceField| given(*field, new).is_none() && given(*field, there).is_some();
    says_nothing_new(new, there)
        && (is_one_record || shares_identifier(new, there) || !TELLING.iter().any(is_told_apart))
}

/// Whether a source is one that an update fills: a record of the same key, or one of the same address, DOI or ISBN and the
/// same remarks, which contradicts it in no field that tells works apart.
pub(super) fn is_updated_by(there: &Source, new: &Source, is_one_record: bool) -> bool {
    let is_one = is_one_record || shares_identifier(new, there) && !differs(SourceField::Note, new, there);
    is_one && !is_contradicted(new, there)
}

/// Whether two sources with one title may be one work: no field that both give tells them apart.
pub(super) fn may_be_one(new: &Source, there: &Source) -> bool {
    words(&new.title) == words(&there.title) && !is_contradicted(new, there)
}

/// Whether what a pasted reference says, beside the address, tells it from a source: another work at one address.
pub fn is_told_apart(new: &Source, there: &Source) -> bool {
    TELLING.into_iter().any(|field| field != SourceField::Url && differs(field, new, there))
}

/// Whether two sources have one DOI, in which capitals do not count (DOI Handbook, 2.4).
pub(super) fn have_one_doi(new: &Source, there: &Source) -> bool {
    let others = dois(there);
    dois(new).iter().any(|doi| others.contains(doi))
}

/// Whether both sources give a field, and not in the same letters.
pub(super) fn is_written_otherwise(field: SourceField, new: &Source, there: &Source) -> bool {
    given(field, new).zip(given(field, there)).is_some_and(|(new, there)| !is_in_letters(field, new, there))
}

/// Whether both sources give a field, and not the same, however it is written.
pub(super) fn differs(field: SourceField, new: &Source, there: &Source) -> bool {
    let both = given(field, new).zip(given(field, there));
    both.is_some_and(|(new, there)| {
        !is_in_letters(field, new, there) && (field == SourceField::Note || normal(field, new) != normal(field, there))
    })
}

/// Hashes of what a source may be found by: its key, its identifiers, its whole, what tells it apart, its
/// page and title.
pub(super) fn keys(source: &Source, has_key: bool) -> Vec<u64> {
    fn hash(sort: &str, value: impl Hash) -> u64 {
        FxBuildHasher.hash_one((sort, value))
    }
    let value = |field: SourceField| given(field, source).map(|value| value.trim().to_owned());
    let whole: Vec<Option<String>> = labelled::fields().map(value).collect();
    let telling = TELLING.map(value);
    let mut keys = vec![hash("whole", whole), hash("telling", telling)];
    keys.extend(has_key.then(|| hash("id", &*source.id)));
    keys.extend(identifiers(source).iter().map(|identifier| hash("identifier", identifier)));
    keys.extend(dois(source).iter().map(|doi| hash("doi", doi)));
    keys.extend(source.url.as_deref().and_then(same_page_key).map(|page| hash("page", page)));
    keys.push(hash("title", words(&source.title)));
    keys
}

fn says_nothing_new(new: &Source, there: &Source) -> bool {
    let is_there = |field: SourceField| match (given(field, new), given(field, there)) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(new), Some(there)) => is_in_letters(field, new, there),
    };
    labelled::fields().all(is_there) && new.captures.iter().all(|capture| there.captures.contains(capture))
}

fn is_contradicted(new: &Source, there: &Source) -> bool {
    let dois = |source| identifiers(source).into_iter().find(|name| name.starts_with("doi.org/"));
    let is_one_doi = || dois(new).is_some_and(|doi| dois(there) == Some(doi));
    // A DOI stands in the address, or beside another one in the number.
    TELLING
        .into_iter()
        .filter(|field| differs(*field, new, there))
        .any(|field| !matches!(field, SourceField::Url | SourceField::Number) || !is_one_doi())
}

fn shares_identifier(a: &Source, b: &Source) -> bool {
    let others = identifiers(b);
    identifiers(a).iter().any(|identifier| others.contains(identifier))
}

/// What names one thing in the world: the address with the place on the page, the DOI, the ISBN.
fn identifiers(source: &Source) -> Vec<String> {
    let number = source.number.as_deref().unwrap_or_default();
    let doi = number.strip_prefix("doi:").map(|doi| address(&format!("https://doi.org/{doi}")));
    let isbn = number.starts_with(ISBN).then(|| normal(SourceField::Number, number));
    let url = source.url.as_deref().filter(|url| !url.trim().is_empty()).map(address);
    [url, doi, isbn].into_iter().flatten().collect()
}

/// The DOIs of a source in small letters.
fn dois(source: &Source) -> Vec<String> {
    let number = source.number.as_deref().and_then(|number| number.trim().strip_prefix("doi:")).map(str::to_owned);
    let page = source.url.as_deref().and_then(same_page_key);
    let address = page.and_then(|page| Some(page.trim_start_matches("dx.").strip_prefix("doi.org/")?.to_owned()));
    [number, address].into_iter().flatten().map(|doi| doi.trim().to_lowercase()).collect()
}

/// Whether a value is there in the same letters.
fn is_in_letters(field: SourceField, new: &str, there: &str) -> bool {
    match field {
        // What the analyst wrote beside a remark does not make it another.
        SourceField::Note => new.lines().all(|line| there.lines().any(|other| other.trim() == line.trim())),
        _ => new.trim() == there.trim(),
    }
}

/// A value without what does not tell two apart: case and blanks of words, and how an address is written.
fn normal(field: SourceField, value: &str) -> String {
    match field {
        SourceField::Number if value.starts_with(ISBN) => value.replace('-', ""),
        SourceField::Title
        | SourceField::Author
        | SourceField::Publisher
        | SourceField::Number
        | SourceField::Language => words(value),
        SourceField::Url | SourceField::ArchiveUrl => address(value),
        _ => value.to_owned(),
    }
}

fn words(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// An address by its page and the place on it: `#1` and `#2` are two.
fn address(url: &str) -> String {
    let place = url.split_once('#').map(|(_, place)| place.trim()).filter(|place| !place.is_empty());
    match (same_page_key(url), place) {
        (Some(page), Some(place)) => format!("{page}#{place}"),
        (Some(page), None) => page,
        (None, _) => url.trim().to_owned(),
    }
}
