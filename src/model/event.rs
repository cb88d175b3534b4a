//! An event and what hangs on it: citations, links, a judgment.

use serde::{Deserialize, Serialize};
use thin_vec::ThinVec;

use super::{Confidence, Credibility, Likelihood, Reliability, Text, exact, memo};
use crate::time::Date;

/// Something that happened, is said to have happened, or is expected to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Unique among events. Empty only between reading and [`super::derive_id`].
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub id: Text,
    /// One line, shown as the label.
    pub title: Text,
    /// The analyst's choice of date; what each source says stands in its citation.
    pub date: Date,
    /// The date in the words of the analyst or the source ("late October").
    #[serde(default, deserialize_with = "memo::common_option", skip_serializing_if = "Option::is_none")]
    pub wording: Option<Text>,
    /// The id of a lane; none means the unnamed lane at the end.
    #[serde(default, deserialize_with = "memo::common_option", skip_serializing_if = "Option::is_none")]
    pub lane: Option<Text>,
    /// Who acted.
    #[serde(default, deserialize_with = "memo::common_list", skip_serializing_if = "ThinVec::is_empty")]
    pub actors: ThinVec<Text>,
    /// Where.
    #[serde(default, deserialize_with = "memo::common_option", skip_serializing_if = "Option::is_none")]
    pub place: Option<Text>,
    /// Free keywords.
    #[serde(default, deserialize_with = "memo::common_list", skip_serializing_if = "ThinVec::is_empty")]
    pub tags: ThinVec<Text>,
    /// How the statement stands in the eyes of the analyst.
    #[serde(default, skip_serializing_if = "is_default")]
    pub standing: Standing,
    /// 1–5: which label stays when room is short. 3 where not given.
    #[serde(default = "default_weight", skip_serializing_if = "is_default_weight")]
    pub weight: u8,
    /// A likelihood and a confidence, kept apart. A pointer: few events are judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judgment: Option<Box<Judgment>>,
    /// The analyst's own note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// Who says so.
    #[serde(default, deserialize_with = "exact::list", skip_serializing_if = "ThinVec::is_empty")]
    pub citations: ThinVec<Citation>,
    /// Relations to other events.
    #[serde(default, deserialize_with = "exact::list", skip_serializing_if = "ThinVec::is_empty")]
    pub links: ThinVec<Link>,
    /// When it was entered. A pointer: most events of a long file do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Box<Date>>,
}

impl Event {
    /// The weight of an event that gives none.
    pub const DEFAULT_WEIGHT: u8 = 3;

    /// An event with a title and a date, everything else as in a file that gives no more.
    pub fn new(id: impl Into<Text>, title: impl Into<Text>, date: Date) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            date,
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
            recorded: None,
        }
    }
}

fn default_weight() -> u8 {
    Event::DEFAULT_WEIGHT
}

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
    /// Said by sources, not established; what an event is that says nothing else.
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
}

impl Relation {
    /// Every relation, in the order of menus.
    pub const ALL: [Self; 6] =
        [Self::Causes, Self::Precedes, Self::Implements, Self::PartOf, Self::Contradicts, Self::Supersedes];

    /// The word.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Causes => "Causes",
            Self::Precedes => "Precedes",
            Self::Implements => "Implements",
            Self::PartOf => "Part of",
            Self::Contradicts => "Contradicts",
            Self::Supersedes => "Supersedes",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Source;

    /// A file of a million events holds as many of each: what one more field costs is asked here. Events are kept 64
    /// together, and 64 of 120 bytes are the most that fit into the 8 KB that an allocator gives for them.
    #[test]
    fn records_stay_small() {
        assert!(size_of::<Event>() <= 120, "{}", size_of::<Event>());
        assert!(size_of::<Citation>() <= 64, "{}", size_of::<Citation>());
        assert!(size_of::<Source>() <= 152, "{}", size_of::<Source>());
        assert_eq!((size_of::<Date>(), size_of::<Option<Date>>(), size_of::<Text>()), (16, 16, 8));
    }
}
