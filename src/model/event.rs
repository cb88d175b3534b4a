//! An event and what hangs on it: citations, links, a judgment.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thin_vec::ThinVec;

use super::{
    Confidence, Coordinates, Credibility, Image, Likelihood, OwnFields, Rare, RareFields, Reliability, Text, exact,
    memo,
};
use crate::time::{Date, SortKey, Zone};

/// Something that happened, is said to have happened, or is expected to.
///
/// A file holds a million of these, so that a field costs as many times its bytes: lists are thin (one pointer, empty or not), what few
/// events have stands behind a pointer, and a test says how large the whole is.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Unique among events. Empty only between reading and [`super::derive_id`].
    pub id: Text,
    /// One line, shown as the label.
    pub title: Text,
    /// The analyst's choice of date; what each source says stands in its citation. None where nobody knows when, or it has
    /// not been looked into: such an event has no place on the axis and stands behind every dated one.
    pub date: Option<Date>,
    /// The date in the words of the analyst or the source ("late October").
    pub wording: Option<Text>,
    /// The id of a lane; none means the unnamed lane at the end.
    pub lane: Option<Text>,
    /// Who acted.
    pub actors: ThinVec<Text>,
    /// Where.
    pub place: Option<Text>,
    /// Free keywords.
    pub tags: ThinVec<Text>,
    /// How the statement stands in the eyes of the analyst.
    pub standing: Standing,
    /// 1–5: which label stays when room is short. 3 where not given.
    pub weight: u8,
    /// A likelihood and a confidence, kept apart. A pointer: few events are judged.
    pub judgment: Option<Box<Judgment>>,
    /// The analyst's own note.
    pub note: Option<Text>,
    /// Who says so.
    pub citations: ThinVec<Citation>,
    /// Relations to other events.
    pub links: ThinVec<Link>,
    /// What few events give.
    pub rare: Rare,
}

impl Event {
    /// The weight of an event that gives none.
    pub const DEFAULT_WEIGHT: u8 = 3;

    /// What stands where the date of an event would, if it has none.
    pub const UNDATED: &str = "Undated";

    /// An event with a title and a date, everything else as in a file that gives no more.
    pub fn new(id: impl Into<Text>, title: impl Into<Text>, date: Date) -> Self {
        Self { date: Some(date), ..Self::undated(id, title) }
    }

    /// An event with a title and no date, everything else as in a file that gives no more.
    pub fn undated(id: impl Into<Text>, title: impl Into<Text>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            date: None,
            wording: None,
            lane: None,
            actors: ThinVec::new(),
            place: None,
            tags: ThinVec::new(),
            standing: Standing::default(),
            weight: Self::DEFAULT_WEIGHT,
            judgment: None,
            note: None,
            citations: ThinVec::new(),
            links: ThinVec::new(),
            rare: Rare::default(),
        }
    }

    /// Its date in words, [`Event::UNDATED`] where it has none.
    pub fn date_in_words(&self) -> String {
        self.date.as_ref().map_or_else(|| Self::UNDATED.to_owned(), Date::describe)
    }

    /// Its date in words with the time on a zone's clock, [`Event::UNDATED`] where it has none.
    pub fn date_in_words_with(&self, zone: Zone) -> String {
        self.date.as_ref().map_or_else(|| Self::UNDATED.to_owned(), |date| date.describe_with(zone))
    }

    /// Its date as a file has it; empty where it has none.
    pub fn date_as_written(&self) -> &str {
        self.date.as_ref().map_or("", Date::as_str)
    }

    /// Its place in a list by time, with times on the clock of `zone`: behind all dates where it has none.
    pub fn sort_key(&self, zone: Zone) -> SortKey {
        self.date.as_ref().map_or(SortKey::UNDATED, |date| date.sort_key(zone))
    }
}

/// An event as files have it: every field beside the others, in the order of the format.
///
/// serde reads and writes it in the place of [`Event`] (`remote`): with `flatten` an event would be a map
/// without a name, and fields that nobody knows could not be refused. What an event has behind [`Rare`] comes from the getters when it
/// is written and goes there by `From` when it is read. Texts that events share are interned as they are read (`memo`), and lists that
/// are their own take no more room than they need (`exact`).
#[derive(Serialize, Deserialize)]
#[serde(remote = "Event", rename = "Event", deny_unknown_fields)]
struct Written {
    #[serde(default, skip_serializing_if = "str::is_empty")]
    id: Text,
    title: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<Date>,
    #[serde(default, deserialize_with = "memo::common_option", skip_serializing_if = "Option::is_none")]
    wording: Option<Text>,
    #[serde(default, deserialize_with = "memo::common_option", skip_serializing_if = "Option::is_none")]
    lane: Option<Text>,
    #[serde(default, deserialize_with = "memo::common_list", skip_serializing_if = "ThinVec::is_empty")]
    actors: ThinVec<Text>,
    #[serde(default, deserialize_with = "memo::common_option", skip_serializing_if = "Option::is_none")]
    place: Option<Text>,
    #[serde(getter = "coordinates", default, skip_serializing_if = "Option::is_none")]
    coordinates: Option<Coordinates>,
    #[serde(default, deserialize_with = "memo::common_list", skip_serializing_if = "ThinVec::is_empty")]
    tags: ThinVec<Text>,
    #[serde(default, skip_serializing_if = "is_default")]
    standing: Standing,
    #[serde(default = "default_weight", skip_serializing_if = "is_default_weight")]
    weight: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    judgment: Option<Box<Judgment>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<Text>,
    #[serde(default, deserialize_with = "exact::list", skip_serializing_if = "ThinVec::is_empty")]
    citations: ThinVec<Citation>,
    #[serde(default, deserialize_with = "exact::list", skip_serializing_if = "ThinVec::is_empty")]
    links: ThinVec<Link>,
    #[serde(getter = "images", default, deserialize_with = "exact::list", skip_serializing_if = "ThinVec::is_empty")]
    images: ThinVec<Image>,
    #[serde(getter = "own_fields", default, skip_serializing_if = "OwnFields::is_empty")]
    fields: OwnFields,
    #[serde(getter = "recorded", default, skip_serializing_if = "Option::is_none")]
    recorded: Option<Date>,
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Written::deserialize(deserializer)
    }
}

impl From<Written> for Event {
    fn from(written: Written) -> Self {
        // The four that share a pointer, which is none where an event gives none of them.
        let Written { coordinates, images, fields, recorded, .. } = written;
        Self {
            id: written.id,
            title: written.title,
            date: written.date,
            wording: written.wording,
            lane: written.lane,
            actors: written.actors,
            place: written.place,
            tags: written.tags,
            standing: written.standing,
            weight: written.weight,
            judgment: written.judgment,
            note: written.note,
            citations: written.citations,
            links: written.links,
            rare: RareFields { coordinates, images, fields, recorded }.into(),
        }
    }
}

fn coordinates(event: &Event) -> &Option<Coordinates> {
    &event.rare.coordinates
}

fn images(event: &Event) -> &ThinVec<Image> {
    &event.rare.images
}

fn own_fields(event: &Event) -> &OwnFields {
    &event.rare.fields
}

fn recorded(event: &Event) -> &Option<Date> {
    &event.rare.recorded
}

fn default_weight() -> u8 {
    Event::DEFAULT_WEIGHT
}

/// [`is_default`] of a weight, whose default is not that of a number.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's skip_serializing_if passes a reference")]
fn is_default_weight(weight: &u8) -> bool {
    *weight == Event::DEFAULT_WEIGHT
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// How an event's statement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Standing {
    /// Established to the analyst's satisfaction.
    Confirmed,
    /// Said by sources, not established. The default: an event that says nothing of it claims no more.
    #[default]
    Reported,
    /// Claimed by an interested party.
    Alleged,
    /// Sources contradict each other.
    Disputed,
    /// Denied by those concerned.
    Denied,
    /// Withdrawn by who said it.
    Retracted,
    /// Still to come.
    Expected,
}

impl Standing {
    /// Every standing, in the order of menus.
    pub const ALL: [Self; 7] =
        [Self::Confirmed, Self::Reported, Self::Alleged, Self::Disputed, Self::Denied, Self::Retracted, Self::Expected];

    /// The word.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Confirmed => "Confirmed",
            Self::Reported => "Reported",
            Self::Alleged => "Alleged",
            Self::Disputed => "Disputed",
            Self::Denied => "Denied",
            Self::Retracted => "Retracted",
            Self::Expected => "Expected",
        }
    }
}

/// Joins an event to a source: what this source says of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The id of the source.
    #[serde(deserialize_with = "memo::common")]
    pub source: Text,
    /// Whether the source bears the event out.
    #[serde(default, skip_serializing_if = "is_default")]
    pub stance: Stance,
    /// Credibility of this piece of information.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credibility: Option<Credibility>,
    /// Overrides the source's reliability for this citation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reliability: Option<Reliability>,
    /// Page, paragraph, minute.
    #[serde(default, deserialize_with = "memo::common_option", skip_serializing_if = "Option::is_none")]
    pub locator: Option<Text>,
    /// The words of the source, in its language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Text>,
    /// The quotation translated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translation: Option<Text>,
    /// The date this source gives, where it differs or is vaguer. A pointer: most give none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Box<Date>>,
    /// The source's wording for the date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<Text>,
    /// The source note: what it says and how far it carries, in the analyst's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl Citation {
    /// A supporting citation of `source` and nothing more.
    pub fn new(source: impl Into<Text>) -> Self {
        Self {
            source: source.into(),
            stance: Stance::default(),
            credibility: None,
            reliability: None,
            locator: None,
            quote: None,
            translation: None,
            date: None,
            wording: None,
            note: None,
        }
    }
}

/// Whether a source bears an event out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Stance {
    /// Says that it happened so.
    #[default]
    Supports,
    /// Says that it happened otherwise.
    Disputes,
    /// Says that it did not happen.
    Denies,
    /// Speaks of it without saying either.
    Mentions,
}

impl Stance {
    /// Every stance, in the order of menus.
    pub const ALL: [Self; 4] = [Self::Supports, Self::Disputes, Self::Denies, Self::Mentions];

    /// The word.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Supports => "Supports",
            Self::Disputes => "Disputes",
            Self::Denies => "Denies",
            Self::Mentions => "Mentions",
        }
    }
}

/// An analytic judgment on an event (ICD 203); its two halves are never shown in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judgment {
    /// How likely, as a term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<Likelihood>,
    /// How sure the analyst is of the judgment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// A relation to another event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The id of the other event.
    pub to: Text,
    /// How this event relates to it.
    pub relation: Relation,
    /// Why it is said to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// How one event relates to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it: this event … that event")]
pub enum Relation {
    Causes,
    Precedes,
    Implements,
    PartOf,
    Contradicts,
    Supersedes,
    Related,
}

impl Relation {
    /// Every relation, in the order of menus.
    pub const ALL: [Self; 7] = [
        Self::Causes,
        Self::Precedes,
        Self::Implements,
        Self::PartOf,
        Self::Contradicts,
        Self::Supersedes,
        Self::Related,
    ];

    /// The word.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Causes => "Causes",
            Self::Precedes => "Precedes",
            Self::Implements => "Implements",
            Self::PartOf => "Part of",
            Self::Contradicts => "Contradicts",
            Self::Supersedes => "Supersedes",
            Self::Related => "Related to",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Source;

    /// A file of a million events holds as many of each: what one more field costs is asked here. With the count of who holds
    /// it an event takes 128 bytes, which an allocator gives as they are; one field more would take 160.
    #[test]
    fn records_stay_small() {
        assert!(size_of::<Event>() <= 120, "{}", size_of::<Event>());
        assert!(size_of::<Citation>() <= 64, "{}", size_of::<Citation>());
        assert!(size_of::<Source>() <= 152, "{}", size_of::<Source>());
        assert_eq!((size_of::<Date>(), size_of::<Option<Date>>(), size_of::<Text>()), (16, 16, 8));
    }
}
