//! What events are told apart by, and how many events have each value of it: bands are made of these, and facets count them.
//!
//! An event may have several values of a list, of which each counts it once, and none. A date lies within a year only where
//! all that it allows does: which year "2023/2025" is of nobody can say. Where there is no date, that is a value of its own.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{
    self, Choice, CitationField, Event, EventCheck, EventField, Field as _, FieldInfo, Grouping, JudgmentField, Kind,
    OwnName, Presence, RecordKind, SourceField, Term as _, Text, Timeline, best_reliability, root_origin,
};
use crate::query::{Matches, NaturalKey};
use crate::time::{Date, Instant, Zone};

/// Events that one task of a thread sorts by value.
pub(super) const TASK: usize = 1 << 14;

/// The most fields of the user's own that are told: nobody finds their way among more.
const MOST_OWN: usize = 200;

/// What events are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Facet {
    /// A field of the event.
    Event(EventField),
    /// A field of the judgment on it.
    Judgment(JudgmentField),
    /// The sources that it cites.
    Source,
    /// The sources at the root of these: what sources of one origin have in common.
    Origin,
    /// A field of these sources.
    OfSource(SourceField),
    /// The best reliability among the sources that support it.
    BestReliability,
    /// A field of its citations.
    Citation(CitationField),
    /// The kinds of problems that it has by itself, whatever the file says of how much they matter.
    Problem,
    /// The year in which it lies.
    Year,
    /// The decade in which it lies.
    Decade,
    /// A field of the user's own.
    Own(OwnName),
}

/// A value of a [`Facet`]. They are in the order in which they are listed, but for texts, which are listed by their words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// A term, by its place among all.
    Term(u8),
    /// A year; a decade, by its first year divided by ten; any other number negative, so that the largest comes first.
    Number(i64),
    /// A text, or the id of a record.
    Text(Text),
    /// No date, of which there is neither a year nor a decade.
    Undated,
}

/// A [`Value`] as an event has it, a term by its name.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Had<'t> {
    Number(i64),
    Text(&'t str),
    Undated,
}

impl Facet {
    /// Every facet: fields of which several events can have a value in common, in the order of the file format.
    pub fn all() -> impl Iterator<Item = Self> {
        let is_shared = |info: &FieldInfo| {
            let is_value =
                matches!(info.kind, Kind::Text | Kind::List | Kind::Choice(_) | Kind::Reference(_) | Kind::Number(_));
            is_value && !matches!(info.presence, Presence::Required(_))
        };
        let of_event =
            EventField::ALL.iter().filter(move |field| is_shared(field.info())).map(|field| Self::Event(*field));
        let judged = JudgmentField::ALL.iter().filter(move |field| is_shared(field.info()));
        // What a source goes back to is told by the root of all that do.
        let cited =
            SourceField::ALL.iter().filter(move |field| is_shared(field.info()) && **field != SourceField::Origin);
        of_event
            .chain(judged.map(|field| Self::Judgment(*field)))
            .chain([Self::Source, Self::Origin])
            .chain(cited.map(|field| Self::OfSource(*field)))
            .chain([Self::BestReliability, Self::Citation(CitationField::Stance), Self::Year, Self::Decade])
    }

    /// Those by fields of the user's own that some event has, in the order of names.
    pub fn own(timeline: &Timeline) -> Vec<Self> {
        let mut names: BTreeSet<&str> = BTreeSet::new();
        for event in timeline.events().iter().filter(|event| !event.rare.fields.is_empty()) {
            for (name, _) in event.rare.fields.iter() {
                if names.len() < MOST_OWN {
                    names.insert(name);
                }
            }
        }
        names.into_iter().map(|name| Self::Own(OwnName::new(name))).collect()
    }

    /// What the bands of a grouping tell events apart by; none where there is one band.
    pub fn of(grouping: Grouping) -> Option<Self> {
        match grouping {
            Grouping::Lane => Some(Self::Event(EventField::Lane)),
            Grouping::Standing => Some(Self::Event(EventField::Standing)),
            Grouping::Actor => Some(Self::Event(EventField::Actors)),
            Grouping::Place => Some(Self::Event(EventField::Place)),
            Grouping::Tag => Some(Self::Event(EventField::Tags)),
            // Of accounts the bands without their tellings: what is shown until these are derived.
            Grouping::Source | Grouping::Accounts => Some(Self::Source),
            Grouping::Origin | Grouping::OriginAccounts => Some(Self::Origin),
            Grouping::Publisher | Grouping::PublisherAccounts => Some(Self::OfSource(SourceField::Publisher)),
            Grouping::Author => Some(Self::OfSource(SourceField::Author)),
            Grouping::SourceKind => Some(Self::OfSource(SourceField::Kind)),
            Grouping::Language => Some(Self::OfSource(SourceField::Language)),
            Grouping::Reliability => Some(Self::BestReliability),
            Grouping::Stance => Some(Self::Citation(CitationField::Stance)),
            Grouping::Weight => Some(Self::Event(EventField::Weight)),
            Grouping::Likelihood => Some(Self::Judgment(JudgmentField::Likelihood)),
            Grouping::Confidence => Some(Self::Judgment(JudgmentField::Confidence)),
            Grouping::Problem => Some(Self::Problem),
            Grouping::Year => Some(Self::Year),
            Grouping::Decade => Some(Self::Decade),
            Grouping::Own(name) => Some(Self::Own(name)),
            Grouping::Nothing => None,
        }
    }

    /// What holds of its field, where it is one.
    fn info(self) -> Option<&'static FieldInfo> {
        match self {
            Self::Event(field) => Some(field.info()),
            Self::Judgment(field) => Some(field.info()),
            Self::OfSource(field) => Some(field.info()),
            Self::BestReliability => Some(SourceField::Reliability.info()),
            Self::Citation(field) => Some(field.info()),
            Self::Source | Self::Origin | Self::Problem | Self::Year | Self::Decade | Self::Own(_) => None,
        }
    }

    /// Whether its values hang on the sources that an event cites, beside what it says itself.
    pub fn is_of_sources(self) -> bool {
        matches!(self, Self::Origin | Self::OfSource(_) | Self::BestReliability | Self::Problem)
    }

    /// The word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Source => "Source",
            Self::Origin => "Origin",
            Self::BestReliability => "Best reliability",
            Self::Problem => "Problem",
            Self::Year => "Year",
            Self::Decade => "Decade",
            Self::Own(name) => name.as_str(),
            Self::OfSource(SourceField::Kind) => "Kind of source",
            Self::Event(_) | Self::Judgment(_) | Self::OfSource(_) | Self::Citation(_) => {
                self.info().map_or("", |info| info.label)
            }
        }
    }

    /// Whether an event can have several values of it.
    pub fn is_list(self) -> bool {
        match self {
            Self::Event(field) => field.kind() == Kind::List,
            Self::Source | Self::Origin | Self::OfSource(_) | Self::Citation(_) | Self::Problem => true,
            Self::Judgment(_) | Self::BestReliability | Self::Year | Self::Decade | Self::Own(_) => false,
        }
    }

    /// What the band of the events without a value is called; empty for those without a lane, whose band has no name.
    pub fn without(self) -> String {
        match self {
            Self::Event(EventField::Lane) => String::new(),
            Self::Source => "No source".to_owned(),
            Self::Problem => "No problem".to_owned(),
            Self::Year => "Not within one year".to_owned(),
            Self::Decade => "Not within one decade".to_owned(),
            Self::Origin => "No source".to_owned(),
            Self::BestReliability => "Not graded".to_owned(),
            Self::OfSource(SourceField::Kind) | Self::Citation(CitationField::Stance) => "No source".to_owned(),
            Self::Own(name) => format!("No {}", name.as_str()),
            Self::Event(_) | Self::Judgment(_) | Self::OfSource(_) | Self::Citation(_) => {
                format!("No {}", self.info().map_or("value", |info| info.each))
            }
        }
    }

    /// What a value of it is called.
    pub fn title(self, timeline: &Timeline, value: &Value) -> String {
        let kind = self.info().map(|info| info.kind);
        match value {
            Value::Text(code) if self == Self::Problem => {
                let words = code.replace('-', " ");
                let mut letters = words.chars();
                letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
            }
            Value::Text(id) => {
                let title = match (self, kind) {
                    (Self::Source | Self::Origin, _) | (_, Some(Kind::Reference(RecordKind::Source))) => {
                        timeline.source(id).map(|source| &source.title)
                    }
                    (_, Some(Kind::Reference(RecordKind::Lane))) => timeline.lane(id).map(|lane| &lane.title),
                    _ => None,
                };
                title.unwrap_or(id).to_string()
            }
            Value::Term(at) => match kind {
                Some(Kind::Choice(choices)) => choices.get(usize::from(*at)).map(Choice::in_menus).unwrap_or_default(),
                _ => String::new(),
            },
            Value::Number(number) => match self {
                Self::Year => in_words(year(*number)),
                // A decade before year 0 has no digits in common, and one of long years no digit to leave out: it is told by
                // its ends.
                Self::Decade if !(0..1000).contains(number) => {
                    in_words(format!("{}/{}", year(number * 10), year(number.saturating_mul(10).saturating_add(9))))
                }
                Self::Decade => in_words(format!("{number:03}X")),
                _ => format!("{} {}", self.label(), number.saturating_neg()),
            },
            Value::Undated => "No date".to_owned(),
        }
    }

    /// The values of an event, each once.
    pub(super) fn values(self, timeline: &Timeline, event: &Event, zone: Zone) -> Vec<Value> {
        let mut values = Vec::new();
        self.each(timeline, event, zone, |had| {
            let value = self.named(had);
            if !values.contains(&value) {
                values.push(value);
            }
        });
        values
    }

    /// What an event has as a value by itself.
    pub(super) fn named(self, had: Had<'_>) -> Value {
        match (self.info().map(|info| info.kind), had) {
            (_, Had::Number(number)) => Value::Number(number),
            (_, Had::Undated) => Value::Undated,
            (Some(Kind::Choice(choices)), Had::Text(name)) => {
                let at = choices.iter().position(|choice| choice.name == name);
                Value::Term(at.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX))
            }
            (_, Had::Text(text)) => Value::Text(text.into()),
        }
    }

    /// Whether each of an event's values is one of a source that it cites, whatever else is said of either.
    pub(super) const fn is_told_by_sources(self) -> bool {
        matches!(self, Self::Source | Self::Origin | Self::OfSource(_))
    }

    /// The values of whatever cites a source, where they are of sources.
    pub(super) fn each_of_source<'t>(self, timeline: &'t Timeline, source: &'t str, mut add: impl FnMut(Had<'t>)) {
        match self {
            Self::Source => add(Had::Text(source)),
            Self::Origin => add(Had::Text(root_origin(timeline, source))),
            Self::OfSource(field) => {
                timeline.source(source).into_iter().for_each(|source| each_in(field.get(source), &mut add));
            }
            Self::Event(_)
            | Self::Judgment(_)
            | Self::BestReliability
            | Self::Citation(_)
            | Self::Problem
            | Self::Year
            | Self::Decade
            | Self::Own(_) => {}
        }
    }

    /// The values of an event, each as often as it is given.
    pub(super) fn each<'t>(self, timeline: &'t Timeline, event: &'t Event, zone: Zone, mut add: impl FnMut(Had<'t>)) {
        match self {
            Self::Event(field) => each_in(field.get(event), &mut add),
            Self::Judgment(field) => {
                event.judgment.iter().for_each(|judgment| each_in(field.get(judgment), &mut add));
            }
            Self::Source | Self::Origin | Self::OfSource(_) => {
                for citation in &event.citations {
                    self.each_of_source(timeline, &citation.source, &mut add);
                }
            }
            Self::BestReliability => {
                let best = best_reliability(timeline, event, |_| true);
                best.iter().for_each(|grade| add(Had::Text(grade.choice().name)));
            }
            Self::Citation(field) => event.citations.iter().for_each(|citation| each_in(field.get(citation), &mut add)),
            Self::Own(name) => {
                let text = event.rare.fields.get(name.as_str()).map(|text| text.trim());
                text.filter(|text| !text.is_empty()).into_iter().for_each(|text| add(Had::Text(text)));
            }
            Self::Problem => EventCheck::every(timeline).codes(event).for_each(|code| add(Had::Text(code))),
            Self::Year | Self::Decade if event.date.is_none() => add(Had::Undated),
            Self::Year => years(event, zone, 1).into_iter().for_each(|year| add(Had::Number(year))),
            Self::Decade => years(event, zone, 10).into_iter().for_each(|decade| add(Had::Number(decade))),
        }
    }
}

/// The values in a field.
fn each_in<'t>(held: model::Value<'t>, add: &mut impl FnMut(Had<'t>)) {
    match held {
        model::Value::Text(text) => add(Had::Text(text)),
        model::Value::List(texts) => texts.iter().for_each(|text| add(Had::Text(text))),
        model::Value::Choice(choice) => add(Had::Text(choice.name)),
        model::Value::Number(number) => add(Had::Number(-i64::from(number))),
        // Dates are told apart by year, and records by what is in them.
        _ => {}
    }
}

/// The stretch of so many years in which all of an event's date lies, by its number from year 0; none where it may lie in
/// several.
fn years(event: &Event, zone: Zone, length: i64) -> Option<i64> {
    let extent = event.date.as_ref()?.extent(zone);
    let (start, end) = (extent.earliest_start.instant()?, extent.latest_end.instant()?);
    // The end is the first instant after all that the date can touch.
    let last = end.saturating_add(-1).max(start);
    let number = |instant: Instant| instant.day().year.div_euclid(length);
    (number(start) == number(last)).then(|| number(start))
}

/// A year in EDTF.
fn year(number: i64) -> String {
    if number.unsigned_abs() > 9999 {
        // Years of more digits are told by their letter.
        format!("Y{number}")
    } else if number < 0 {
        format!("-{:04}", number.unsigned_abs())
    } else {
        format!("{number:04}")
    }
}

fn in_words(edtf: String) -> String {
    Date::parse(&edtf).map_or(edtf, |date| date.describe())
}

/// How many events have each value of a facet.
#[derive(Debug, Clone, Default)]
pub struct Values {
    counts: FxHashMap<Value, usize>,
    without: usize,
}

impl Values {
    /// Counts the values of a facet, of some of the events alone where `among` says which.
    pub fn count(facet: Facet, timeline: &Timeline, zone: Zone, among: Option<&Matches>) -> Self {
        let events = timeline.events().len();
        let tasks: Vec<(FxHashMap<Had<'_>, usize>, usize)> = (0..events.div_ceil(TASK))
            .into_par_iter()
            .map(|task| {
                let range = task * TASK..events.min((task + 1) * TASK);
                let (mut counts, mut without) = (FxHashMap::default(), 0);
                let mut own = Vec::new();
                for (at, event) in range.clone().zip(timeline.events().range(range)) {
                    if among.is_some_and(|among| !among.contains(at)) {
                        continue;
                    }
                    own.clear();
                    facet.each(timeline, event, zone, |had| {
                        if !own.contains(&had) {
                            own.push(had);
                        }
                    });
                    without += usize::from(own.is_empty());
                    own.iter().for_each(|had| *counts.entry(*had).or_insert(0) += 1);
                }
                (counts, without)
            })
            .collect();
        let mut all: FxHashMap<Had<'_>, usize> = FxHashMap::default();
        let mut without = 0;
        for (counts, none) in tasks {
            without += none;
            counts.into_iter().for_each(|(had, count)| *all.entry(had).or_insert(0) += count);
        }
        Self { counts: all.into_iter().map(|(had, count)| (facet.named(had), count)).collect(), without }
    }

    /// How many events have no value.
    pub const fn without(&self) -> usize {
        self.without
    }

    /// How many have a value.
    pub fn of(&self, value: &Value) -> usize {
        self.counts.get(value).copied().unwrap_or(0)
    }

    /// Every value with how many events have it, the most frequent first, of equally frequent ones in their own order.
    pub fn most_frequent(&self) -> Vec<(&Value, usize)> {
        let mut all: Vec<(&Value, usize)> = self.counts.iter().map(|(value, count)| (value, *count)).collect();
        all.sort_unstable_by(|(a, a_count), (b, b_count)| b_count.cmp(a_count).then_with(|| a.cmp(b)));
        all
    }

    /// How many events have each of these values, of which each comes once, and how many have none.
    pub(super) fn of_counts(counts: impl Iterator<Item = (Value, usize)>, without: usize) -> Self {
        Self { counts: counts.collect(), without }
    }

    /// At most so many values of a facet, the most frequent, as they are listed; and whether there are more.
    pub(super) fn listed(&self, facet: Facet, timeline: &Timeline, most: usize) -> (Vec<&Value>, bool) {
        let mut all: Vec<(&Value, usize)> = self.counts.iter().map(|(value, count)| (value, *count)).collect();
        let has_more = all.len() > most;
        if has_more {
            all.select_nth_unstable_by(most, |(a, a_count), (b, b_count)| b_count.cmp(a_count).then_with(|| a.cmp(b)));
            all.truncate(most);
        }
        let mut values: Vec<&Value> = all.into_iter().map(|(value, _)| value).collect();
        // Numbers in a field of the user's own are in their order where all are: "9" stands before "10".
        let number = |value: &Value| match (facet, value) {
            (Facet::Own(_), Value::Text(text)) => text.parse::<f64>().ok().filter(|number| number.is_finite()),
            _ => None,
        };
        let are_numbers = !values.is_empty() && values.iter().all(|value| number(value).is_some());
        if are_numbers {
            values.sort_by(|a, b| number(a).partial_cmp(&number(b)).unwrap_or(Ordering::Equal).then_with(|| a.cmp(b)));
            return (values, has_more);
        }
        values.sort_by_cached_key(|value| match value {
            Value::Text(_) => (Some(NaturalKey::of(&facet.title(timeline, value))), *value),
            Value::Term(_) | Value::Number(_) | Value::Undated => (None, *value),
        });
        (values, has_more)
    }

    /// How many events have a value that is none of these.
    pub(super) fn others<'v>(&self, known: impl Iterator<Item = &'v str>) -> usize {
        let known: FxHashSet<&str> = known.collect();
        let is_other = |value: &Value| !matches!(value, Value::Text(text) if known.contains(text.as_str()));
        self.counts.iter().filter(|(value, _)| is_other(value)).map(|(_, count)| count).sum()
    }

    /// Counts an event of these values more.
    pub(super) fn add(&mut self, values: Vec<Value>) {
        self.without += usize::from(values.is_empty());
        values.into_iter().for_each(|value| *self.counts.entry(value).or_insert(0) += 1);
    }

    /// Counts an event of these values less.
    pub(super) fn remove(&mut self, values: &[Value]) {
        // What problems an event had when it was counted may have changed with another record.
        self.without = self.without.saturating_sub(usize::from(values.is_empty()));
        for value in values {
            if let Some(count) = self.counts.get_mut(value) {
                *count -= 1;
                if *count == 0 {
                    self.counts.remove(value);
                }
            }
        }
    }
}

/// Whether two states of an event are the same to an index whose bands stand for a facet: its date, its weight and its values.
pub(super) fn is_same(facet: Option<Facet>, old: &Event, new: &Event) -> bool {
    facet.is_none_or(|facet| has_same_values(facet, old, new)) && (&old.date, old.weight) == (&new.date, new.weight)
}

/// Whether two states of an event have the same values of a facet, as far as what it says itself tells.
pub(super) fn has_same_values(facet: Facet, old: &Event, new: &Event) -> bool {
    match facet {
        Facet::Year | Facet::Decade => old.date == new.date,
        Facet::Event(field) => field.get(old) == field.get(new),
        Facet::Judgment(field) => {
            let of = |judgment| field.get(judgment);
            old.judgment.as_deref().map(of) == new.judgment.as_deref().map(of)
        }
        Facet::Problem => old == new,
        Facet::BestReliability | Facet::Citation(_) => old.citations == new.citations,
        Facet::Own(name) => old.rare.fields.get(name.as_str()) == new.rare.fields.get(name.as_str()),
        Facet::Source | Facet::Origin | Facet::OfSource(_) => old
            .citations
            .iter()
            .map(|citation| &citation.source)
            .eq(new.citations.iter().map(|citation| &citation.source)),
    }
}
