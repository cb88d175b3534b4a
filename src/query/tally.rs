//! How many events have each value of a field, counted from columns.
//!
//! What is counted are numbers of dictionaries: no event is read.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::{FxHashMap, FxHashSet};

use super::Matches;
use super::block::{Block, Has, OF_EVENTS, Shared};
use super::coded::each_bit;
use super::dictionary::{Dictionary, Said};
use super::grades::{self, Grades};
use super::own::OwnTerms;
use super::texts::Texts;
use crate::model::{
    Choice, CitationField, EventField, Field as _, FieldInfo, RecordKind, Reliability, SourceField, Term as _, Text,
    Timeline, Value,
};
use crate::time::Date;

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

/// What is counted: events of a timeline whose texts these are, all of them or some. Cut short where it is called off.
#[derive(Clone, Copy)]
pub(super) struct Tally<'t> {
    pub timeline: &'t Timeline,
    pub texts: &'t Texts,
    pub among: Option<&'t Matches>,
    pub cancelled: &'t AtomicBool,
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
                // Blocks that have none of them are passed over.
                if bits.iter().any(|word| *word != 0) && !self.cancelled.load(Ordering::Relaxed) {
                    add(block, bits, counts);
                }
            },
            |mut all, other| {
                all.0.iter_mut().zip(other.0).for_each(|(all, other)| *all += other);
                (all.0, all.1 + other.1)
            },
        )
    }

    /// The values of the column at a place, which is of this field.
    pub fn by_column(&self, place: usize, info: &FieldInfo) -> FacetCounts {
        let Some(dictionary) = self.texts.dictionary(place) else { return FacetCounts::default() };
        let counts = if place < OF_EVENTS {
            self.sum(dictionary.len(), |block, bits, (counts, without)| {
                let Some(column) = block.column(place) else { return };
                for (row, count) in column.count(bits) {
                    *without += if row.is_empty() { count } else { 0 };
                    row.iter().for_each(|number| add(counts, *number, count));
                }
            })
        } else {
            self.of_citations(place, dictionary.len(), Some)
        };
        self.listed(dictionary, info, counts)
    }

    /// Counts each event once under each number that `meant` makes of the numbers of its citations in a column, of which each has one
    /// at most.
    fn of_citations(&self, place: usize, numbers: usize, meant: impl Fn(u32) -> Option<u32> + Sync) -> Counts {
        self.sum(numbers, |block, bits, (counts, without)| {
            let Some(column) = block.column(place) else { return };
            let of_citations = column.map(|row| row.first().and_then(|number| meant(*number)));
            each_bit(bits, |event| {
                let own = of_citations.get(block.citations_of(event)).unwrap_or_default();
                let mut has_one = false;
                for (at, number) in own.iter().enumerate() {
                    let Some(number) = number else { continue };
                    has_one = true;
                    // Citations are few: to look at those before it costs less than a set.
                    if !own.iter().take(at).any(|before| *before == Some(*number)) {
                        add(counts, *number, 1);
                    }
                }
                *without += usize::from(!has_one);
            });
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
            Said::Choice(choice) => Some(of_choice(choice, events)),
            Said::Undated | Said::Date(_) | Said::Number(_) => None,
        };
        let counted = dictionary.iter().zip(counts).filter(|(_, count)| *count > 0);
        most_frequent(counted.filter_map(value).collect(), without)
    }

    /// The values of a field of the sources that are cited.
    pub fn of_sources(&self, field: SourceField) -> FacetCounts {
        let Some(place) = Shared::Citation(CitationField::Source).place() else { return FacetCounts::default() };
        let Some(sources) = self.texts.dictionary(place) else { return FacetCounts::default() };
        // Values are numbered as they come; a source has the number of its own.
        let mut values: Vec<Value<'_>> = Vec::new();
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        let of_source: Vec<Option<u32>> = sources
            .iter()
            .map(|said| {
                let Said::Text(id) = said else { return None };
                let value = field.get(self.timeline.source(id)?);
                let text = match value {
                    Value::Choice(choice) => choice.label,
                    value => value.as_text()?.as_str(),
                };
                Some(*numbers.entry(text).or_insert_with(|| {
                    values.push(value);
                    (values.len() - 1) as u32
                }))
            })
            .collect();
        let meant = |source: u32| of_source.get(source as usize).copied().flatten();
        let (counts, without) = self.of_citations(place, values.len(), meant);
        let value = |(value, events): (Value<'_>, usize)| match value {
            Value::Choice(choice) => Some(of_choice(choice, events)),
            value => value.as_text().map(|text| exactly(text, events)),
        };
        let counted = values.into_iter().zip(counts).filter(|(_, count)| *count > 0);
        most_frequent(counted.filter_map(value).collect(), without)
    }

    /// The best grades among the citations that support an event, from the best.
    pub fn best_grades(&self) -> FacetCounts {
        let Some(grades) = Grades::of(self.texts, self.timeline) else { return FacetCounts::default() };
        let (counts, without) = self.sum(Reliability::ALL.len(), |block, bits, (counts, without)| {
            let of_citations = grades.of_citations(block);
            each_bit(bits, |event| {
                match grades::best(of_citations.get(block.citations_of(event)).unwrap_or_default()) {
                    Some(grade) => add(counts, grade as u32, 1),
                    None => *without += 1,
                }
            });
        });
        let value = |(grade, events): (Reliability, usize)| of_choice(grade.choice(), events);
        let counted = Reliability::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0);
        FacetCounts { values: counted.map(value).collect(), without }
    }

    /// The stretches of so many years in which events lie wholly, in their order.
    pub fn years(&self, length: i64) -> FacetCounts {
        let Some(place) = Shared::Event(EventField::Date).place() else { return FacetCounts::default() };
        let Some(dates) = self.texts.dictionary(place) else { return FacetCounts::default() };
        // Years are few beside dates, and dates beside events.
        let facts = dates.dates(self.timeline.zone());
        let of_dates: Vec<Option<i64>> = facts.iter().map(|facts| facts.as_ref()?.wholly_in(length)).collect();
        let numbers: FxHashSet<i64> = of_dates.iter().copied().flatten().collect();
        let numbers: BTreeSet<i64> = numbers.into_iter().collect();
        let place_of: FxHashMap<i64, u32> = numbers.iter().copied().zip(0..).collect();
        let places: Vec<Option<u32>> = of_dates.iter().map(|number| place_of.get(&(*number)?).copied()).collect();
        let (counts, without) = self.sum(numbers.len(), |block, bits, (counts, without)| {
            let Some(column) = block.column(place) else { return };
            for (row, count) in column.count(bits) {
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

    /// Names of the user's own fields, the most frequent first.
    pub fn own_names(&self) -> Vec<Text> {
        let (terms, (of_terms, _)) = self.own_counts(None);
        let mut counts: FxHashMap<&Text, usize> = FxHashMap::default();
        for ((name, _), count) in terms.all().iter().zip(of_terms).filter(|(_, count)| *count > 0) {
            *counts.entry(name).or_insert(0) += count;
        }
        let mut counts: Vec<(&Text, usize)> = counts.into_iter().collect();
        counts.sort_unstable_by(|(a, a_count), (b, b_count)| b_count.cmp(a_count).then(a.cmp(b)));
        counts.into_iter().map(|(name, _)| name.clone()).collect()
    }

    /// The events that have something, of those that are counted.
    pub fn having(&self, what: Has) -> Matches {
        let mut found = self.texts.events_where(None, |block, _, bits| bits.copy_from_slice(block.having(what)));
        if let Some(among) = self.among {
            found.intersect(among);
        }
        found
    }

    /// The texts of a field of the user's own.
    pub fn own(&self, name: &Text) -> FacetCounts {
        let (terms, (counts, without)) = self.own_counts(Some(name));
        let counted = terms.all().iter().zip(counts).filter(|((known, _), count)| known == name && *count > 0);
        most_frequent(counted.map(|((_, text), events)| exactly(text, events)).collect(), without)
    }

    /// How many events have each of the user's own fields, by number, and how many have none of a name.
    fn own_counts(&self, name: Option<&Text>) -> (Arc<OwnTerms>, Counts) {
        let terms = self.texts.own_terms();
        let is_own: Vec<bool> = terms.all().iter().map(|(known, _)| name.is_none_or(|name| known == name)).collect();
        let counts = self.sum(is_own.len(), |block, bits, (counts, without)| {
            let Some(column) = block.own() else { return };
            for (row, count) in column.count(bits) {
                let mut own = row.iter().filter(|it| is_own.get(**it as usize).copied().unwrap_or(false)).peekable();
                *without += if own.peek().is_none() { count } else { 0 };
                own.for_each(|number| add(counts, *number, count));
            }
        });
        (terms, counts)
    }
}

fn of_choice(choice: &Choice, events: usize) -> FacetValue {
    FacetValue { text: choice.label.to_owned(), title: choice.in_menus(), is_exact: false, events }
}

fn exactly(text: &Text, events: usize) -> FacetValue {
    FacetValue { text: text.to_string(), title: text.to_string(), is_exact: true, events }
}

fn add(counts: &mut [usize], number: u32, count: usize) {
    if let Some(known) = counts.get_mut(number as usize) {
        *known += count;
    }
}

/// These values, the most frequent first.
pub(super) fn most_frequent(mut values: Vec<FacetValue>, without: usize) -> FacetCounts {
    values.sort_unstable_by(|a, b| b.events.cmp(&a.events).then_with(|| a.title.cmp(&b.title)));
    FacetCounts { values, without }
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
