//! How many events have each value of a facet, counted from columns.
//!
//! A facet is a name of the question language of whose values one can pick some: what is counted under a value is what the
//! question that picks it finds for certain.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};

use super::block::Shared;
use super::lookup;
use super::tally::{FacetCounts, FacetValue, Tally, most_frequent};
use super::texts::Texts;
use super::{EventTest, Leaf, Matches, PROBLEMS};
use crate::model::{CitationField, EventField, Field as _, FieldInfo, SourceField, Text, Timeline};

/// What events are told apart by in the panel of facets.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FacetName {
    /// A field of the event.
    Event(EventField),
    /// The best grade among the citations that support it.
    BestReliability,
    /// What its citations say.
    Stance,
    /// The sources that it cites.
    Source,
    /// Who published them.
    Publisher,
    /// The year in which it lies wholly.
    Year,
    /// The decade in which it does.
    Decade,
    /// The problems that it has, or that a source has which it cites.
    Problem,
    /// A field of the user's own.
    Own(Text),
}

impl FacetName {
    /// Those that every timeline has, in the order of the panel.
    pub const ALL: [Self; 12] = [
        Self::Event(EventField::Lane),
        Self::Event(EventField::Standing),
        Self::BestReliability,
        Self::Stance,
        Self::Publisher,
        Self::Source,
        Self::Event(EventField::Actors),
        Self::Event(EventField::Place),
        Self::Event(EventField::Tags),
        Self::Decade,
        Self::Year,
        Self::Problem,
    ];

    /// Its name in a question.
    pub fn word(&self) -> &str {
        match self {
            Self::Event(field) => field.info().each,
            Self::BestReliability => "best-reliability",
            Self::Stance => "stance",
            Self::Source => "source",
            Self::Publisher => "publisher",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Problem => "is",
            Self::Own(name) => name,
        }
    }

    /// Its name in the panel.
    pub fn label(&self) -> Cow<'_, str> {
        let capitalised = |info: &FieldInfo| {
            let mut letters = info.each.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
        };
        match self {
            Self::Event(field) => Cow::Owned(capitalised(field.info())),
            Self::BestReliability => Cow::Borrowed("Best reliability"),
            Self::Stance => Cow::Borrowed("Stance"),
            Self::Source => Cow::Borrowed("Source"),
            Self::Publisher => Cow::Borrowed("Publisher"),
            Self::Year => Cow::Borrowed("Year"),
            Self::Decade => Cow::Borrowed("Decade"),
            Self::Problem => Cow::Borrowed("Problem"),
            Self::Own(name) => Cow::Borrowed(name.as_str()),
        }
    }

    /// Names of the user's own fields, the most frequent first, of a timeline whose texts these are.
    pub fn own(timeline: &Timeline, texts: &Texts) -> Vec<Self> {
        let cancelled = AtomicBool::new(false);
        let tally = Tally { timeline, texts, among: None, cancelled: &cancelled };
        tally.own_names().into_iter().map(Self::Own).collect()
    }

    /// Counts its values, of some of the events alone where `among` says which; of a timeline whose texts these are. Cut short
    /// where it is called off.
    pub fn count(
        &self,
        timeline: &Timeline,
        texts: &Texts,
        among: Option<&Matches>,
        cancelled: &AtomicBool,
    ) -> FacetCounts {
        let tally = Tally { timeline, texts, among, cancelled };
        match self {
            Self::Event(field) => match Shared::Event(*field).place() {
                Some(place) => tally.by_column(place, field.info()),
                None => FacetCounts::default(),
            },
            Self::Stance => match Shared::Citation(CitationField::Stance).place() {
                Some(place) => tally.by_column(place, CitationField::Stance.info()),
                None => FacetCounts::default(),
            },
            Self::Source => match Shared::Citation(CitationField::Source).place() {
                Some(place) => tally.by_column(place, CitationField::Source.info()),
                None => FacetCounts::default(),
            },
            Self::Publisher => tally.of_sources(SourceField::Publisher),
            Self::BestReliability => tally.best_grades(),
            Self::Year => tally.years(1),
            Self::Decade => tally.years(10),
            Self::Problem => problems(tally),
            Self::Own(name) => tally.own(name),
        }
    }
}

/// The problems that events have, or that a source has which they cite.
fn problems(tally: Tally<'_>) -> FacetCounts {
    let Tally { timeline, texts, among, cancelled } = tally;
    let mut values = Vec::new();
    let all = Matches::all(texts.len());
    let among = among.unwrap_or(&all);
    for code in PROBLEMS {
        if cancelled.load(Ordering::Relaxed) {
            break;
        }
        let leaf = Leaf::Event(Box::new(EventTest::Problem(code)));
        let mut found = lookup::hits(texts, timeline, &leaf, among, || false).into_certain();
        found.intersect(among);
        if found.count() > 0 {
            let events = found.count();
            values.push(FacetValue { text: code.to_owned(), title: code.replace('-', " "), is_exact: false, events });
        }
    }
    most_frequent(values, 0)
}
