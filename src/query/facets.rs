//! How many events have each value of a facet, counted from columns.
//!
//! A facet is a name of the question language of whose values one can pick some: what is counted under a value is what the
//! question that picks it finds for certain.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashMap;

use super::block::{Block, Has, OF_EVENTS, Shared};
use super::dictionary::{Dictionary, Said};
use super::grades::Grades;
use super::lookup;
use super::texts::Texts;
use super::{EventTest, Leaf, Matches, PROBLEMS};
use crate::model::{
    CitationField, EventField, Field as _, FieldInfo, RecordKind, Reliability, SourceField, Term as _, Text, Timeline,
};
use crate::time::Date;

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

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// What a question says for it, without quotes.
    pub text: String,
    /// What it is called.
    pub title: String,
    /// Whether a question has to ask for it as it stands, because a text could hold it beside others.
    pub is_exact: bool,
    /// How many events have it.
    pub events: usize,
}

/// How many events have each value of a facet, the most frequent first; years and decades in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetCounts {
    /// Those that at least one event has.
    pub values: Vec<FacetValue>,
    /// How many have none.
    pub without: usize,
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
    pub fn own(texts: &Texts) -> Vec<Self> {
        let mut counts: FxHashMap<Text, usize> = FxHashMap::default();
        let rare = texts.events_where(None, |block, _, bits| bits.copy_from_slice(block.having(Has::Rare)));
        let mut focus = texts.events().focus();
        for at in rare.iter() {
            for (name, _) in focus.get(at).iter().flat_map(|event| event.rare.fields.iter()) {
                match counts.get_mut(name) {
                    Some(count) => *count += 1,
                    None => drop(counts.insert(name.clone(), 1)),
                }
            }
        }
        let mut counts: Vec<(Text, usize)> = counts.into_iter().collect();
        counts.sort_unstable_by(|(a, a_count), (b, b_count)| b_count.cmp(a_count).then(a.cmp(b)));
        counts.into_iter().map(|(name, _)| Self::Own(name)).collect()
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
            Self::Publisher => tally.publishers(),
            Self::BestReliability => tally.best_grades(),
            Self::Year => tally.years(1),
            Self::Decade => tally.years(10),
            Self::Problem => tally.problems(),
            Self::Own(name) => tally.own(name),
        }
    }
}

struct Tally<'t> {
    timeline: &'t Timeline,
    texts: &'t Texts,
    among: Option<&'t Matches>,
    cancelled: &'t AtomicBool,
}

/// Counts by number, and how many have none.
type Counts = (Vec<usize>, usize);

impl Tally<'_> {
    /// The counts of all blocks together, each added to those before it.
    fn sum(&self, numbers: usize, add: impl Fn(&Block, &[u64], &mut Counts) + Sync) -> Counts {
        let empty = || (vec![0; numbers], 0);
        self.texts.fold_blocks(
            self.among,
            empty,
            |block, bits, counts| {
                if !self.cancelled.load(Ordering::Relaxed) {
                    add(block, bits, counts);
                }
            },
            |mut all, other| {
                all.0.iter_mut().zip(other.0).for_each(|(all, other)| *all += other);
                (all.0, all.1 + other.1)
            },
        )
    }

    fn by_column(&self, place: usize, info: &FieldInfo) -> FacetCounts {
        let Some(dictionary) = self.texts.dictionary(place) else { return FacetCounts::default() };
        let counts = if place < OF_EVENTS {
            self.sum(dictionary.len(), |block, bits, (counts, without)| {
                let Some(column) = block.column(place) else { return };
                for (row, count) in column.count(bits_of(bits)) {
                    *without += if row.is_empty() { count } else { 0 };
                    row.iter().for_each(|number| add(counts, *number, count));
                }
            })
        } else {
            self.of_citations(place, dictionary.len(), Some)
        };
        self.listed(dictionary, info, counts)
    }

    /// Counts each event once under each number that `meant` makes of the numbers of its citations in a column.
    fn of_citations(&self, place: usize, numbers: usize, meant: impl Fn(u32) -> Option<u32> + Sync) -> Counts {
        self.sum(numbers, |block, bits, (counts, without)| {
            let Some(column) = block.column(place) else { return };
            let mut own: Vec<u32> = Vec::new();
            for event in bits_of(bits) {
                own.clear();
                for citation in block.citations_of(event) {
                    for number in column.get(citation).iter().filter_map(|number| meant(*number)) {
                        if !own.contains(&number) {
                            own.push(number);
                        }
                    }
                }
                *without += usize::from(own.is_empty());
                own.iter().for_each(|number| add(counts, *number, 1));
            }
        })
    }

    fn listed(&self, dictionary: &Dictionary, info: &FieldInfo, (counts, without): Counts) -> FacetCounts {
        let timeline = self.timeline;
        let title = |id: &Text| match info.kind {
            crate::model::Kind::Reference(RecordKind::Lane) => timeline.lane(id).map(|lane| lane.title.to_string()),
            crate::model::Kind::Reference(RecordKind::Source) => {
                timeline.source(id).map(|source| source.title.to_string())
            }
            _ => None,
        };
        let value = |(said, events): (&Said, usize)| match said {
            Said::Text(text) => Some(FacetValue {
                text: text.to_string(),
                title: title(text).unwrap_or_else(|| text.to_string()),
                is_exact: true,
                events,
            }),
            Said::Choice(choice) => {
                Some(FacetValue { text: choice.label.to_owned(), title: choice.in_menus(), is_exact: false, events })
            }
            Said::Undated | Said::Date(_) | Said::Number(_) => None,
        };
        let counted = dictionary.iter().zip(counts).filter(|(_, count)| *count > 0);
        most_frequent(counted.filter_map(value).collect(), without)
    }

    fn publishers(&self) -> FacetCounts {
        let Some(place) = Shared::Citation(CitationField::Source).place() else { return FacetCounts::default() };
        let Some(sources) = self.texts.dictionary(place) else { return FacetCounts::default() };
        // Publishers are numbered as they come; a source has the number of its own.
        let mut names: Vec<&Text> = Vec::new();
        let mut numbers: FxHashMap<&Text, u32> = FxHashMap::default();
        let of_source: Vec<Option<u32>> = sources
            .iter()
            .map(|said| {
                let Said::Text(id) = said else { return None };
                let name = SourceField::Publisher.get(self.timeline.source(id)?).as_text()?;
                Some(*numbers.entry(name).or_insert_with(|| {
                    names.push(name);
                    (names.len() - 1) as u32
                }))
            })
            .collect();
        let meant = |source: u32| of_source.get(source as usize).copied().flatten();
        let (counts, without) = self.of_citations(place, names.len(), meant);
        let counted = names.into_iter().zip(counts).filter(|(_, count)| *count > 0);
        most_frequent(counted.map(|(name, events)| exactly(name, events)).collect(), without)
    }

    fn best_grades(&self) -> FacetCounts {
        let Some(grades) = Grades::of(self.texts, self.timeline) else { return FacetCounts::default() };
        let (counts, without) = self.sum(Reliability::ALL.len(), |block, bits, (counts, without)| {
            for event in bits_of(bits) {
                match grades.best(block, event) {
                    Some(grade) => add(counts, grade as u32, 1),
                    None => *without += 1,
                }
            }
        });
        let value = |(grade, events): (Reliability, usize)| {
            let choice = grade.choice();
            FacetValue { text: choice.label.to_owned(), title: choice.in_menus(), is_exact: false, events }
        };
        let counted = Reliability::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0);
        FacetCounts { values: counted.map(value).collect(), without }
    }

    fn years(&self, length: i64) -> FacetCounts {
        let Some(place) = Shared::Event(EventField::Date).place() else { return FacetCounts::default() };
        let Some(dates) = self.texts.dictionary(place) else { return FacetCounts::default() };
        // Years are few beside dates, and dates beside events.
        let facts = dates.dates(self.timeline.zone());
        let of_dates: Vec<Option<i64>> = facts.iter().map(|facts| facts.as_ref()?.wholly_in(length)).collect();
        let mut numbers: Vec<i64> = of_dates.iter().copied().flatten().collect();
        numbers.sort_unstable();
        numbers.dedup();
        let places: Vec<Option<u32>> = of_dates
            .iter()
            .map(|number| numbers.binary_search(&(*number)?).ok().and_then(|at| u32::try_from(at).ok()))
            .collect();
        let (counts, without) = self.sum(numbers.len(), |block, bits, (counts, without)| {
            let Some(column) = block.column(place) else { return };
            for (row, count) in column.count(bits_of(bits)) {
                match row.first().and_then(|date| places.get(*date as usize).copied().flatten()) {
                    Some(number) => add(counts, number, count),
                    None => *without += count,
                }
            }
        });
        let value = |(number, events): (i64, usize)| {
            let text = in_edtf(number, length)?;
            let title = Date::parse(&text).map_or_else(|_| text.clone(), |date| date.describe());
            Some(FacetValue { text, title, is_exact: false, events })
        };
        let counted = numbers.into_iter().zip(counts).filter(|(_, count)| *count > 0);
        FacetCounts { values: counted.filter_map(value).collect(), without }
    }

    fn problems(&self) -> FacetCounts {
        let mut values = Vec::new();
        let among = self.among.cloned().unwrap_or_else(|| Matches::all(self.texts.len()));
        for code in PROBLEMS {
            if self.cancelled.load(Ordering::Relaxed) {
                break;
            }
            let leaf = Leaf::Event(Box::new(EventTest::Problem(code)));
            let mut found = lookup::hits(self.texts, self.timeline, &leaf, &among, || false).into_certain();
            if let Some(among) = self.among {
                found.intersect(among);
            }
            if found.count() > 0 {
                let events = found.count();
                values.push(FacetValue {
                    text: code.to_owned(),
                    title: code.replace('-', " "),
                    is_exact: false,
                    events,
                });
            }
        }
        most_frequent(values, 0)
    }

    fn own(&self, name: &Text) -> FacetCounts {
        let events = self.texts.events();
        let mut rare = self.texts.events_where(None, |block, _, bits| bits.copy_from_slice(block.having(Has::Rare)));
        let all = self.among.map_or(events.len(), Matches::count);
        if let Some(among) = self.among {
            rare.intersect(among);
        }
        let mut counts: FxHashMap<Text, usize> = FxHashMap::default();
        let mut having = 0;
        let mut focus = events.focus();
        for at in rare.iter() {
            let text = focus.get(at).and_then(|event| event.rare.fields.get(name));
            if let Some(text) = text {
                having += 1;
                // Most texts are known: only what is new is copied.
                match counts.get_mut(text) {
                    Some(count) => *count += 1,
                    None => drop(counts.insert(text.clone(), 1)),
                }
            }
        }
        let values = counts.into_iter().map(|(text, events)| exactly(&text, events)).collect();
        most_frequent(values, all - having)
    }
}

fn exactly(text: &Text, events: usize) -> FacetValue {
    FacetValue { text: text.to_string(), title: text.to_string(), is_exact: true, events }
}

fn add(counts: &mut [usize], number: u32, count: usize) {
    if let Some(known) = counts.get_mut(number as usize) {
        *known += count;
    }
}

fn most_frequent(mut values: Vec<FacetValue>, without: usize) -> FacetCounts {
    values.sort_unstable_by(|a, b| b.events.cmp(&a.events).then_with(|| a.title.cmp(&b.title)));
    FacetCounts { values, without }
}

/// The positions of the bits that are set.
fn bits_of(bits: &[u64]) -> impl Iterator<Item = usize> + '_ {
    bits.iter().enumerate().flat_map(|(at, &word)| {
        std::iter::successors((word != 0).then_some(word), |rest| {
            let rest = rest & (rest - 1);
            (rest != 0).then_some(rest)
        })
        .map(move |rest| at * 64 + rest.trailing_zeros() as usize)
    })
}

/// A stretch of one year or ten as a date; none of a decade that has no digits in common.
fn in_edtf(number: i64, length: i64) -> Option<String> {
    match (length, number) {
        (1, -9999..=9999) if number < 0 => Some(format!("-{:04}", number.unsigned_abs())),
        (1, -9999..=9999) => Some(format!("{number:04}")),
        (1, _) => Some(format!("Y{number}")),
        (_, 0..1000) => Some(format!("{number:03}X")),
        _ => None,
    }
}
