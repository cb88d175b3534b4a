//! How many events have each value of a field, counted from columns.
//!
//! What is counted are numbers of dictionaries: no event is read.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashMap;

use super::Matches;
use super::block::{Block, Has, MOST_EVENTS, OF_EVENTS, Shared};
use super::coded::each_bit;
use super::dictionary::Dictionary;
use super::grades::{self, Grades};
use super::own::OwnTerms;
use super::said::Said;
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
        self.fold(empty, add, |mut all, other| {
            all.0.iter_mut().zip(other.0).for_each(|(all, other)| *all += other);
            (all.0, all.1 + other.1)
        })
    }

    /// What is made of all blocks that have one of the events.
    fn fold<T: Send>(
        &self,
        empty: impl Fn() -> T + Sync + Send,
        add: impl Fn(&Block, &[u64], &mut T) + Sync,
        join: impl Fn(T, T) -> T + Sync + Send,
    ) -> T {
        let add = |block: &Block, bits: &[u64], made: &mut T| {
            if bits.iter().any(|word| *word != 0) && !self.cancelled.load(Ordering::Relaxed) {
                add(block, bits, made);
            }
        };
        self.texts.fold_blocks(self.among, empty, add, join)
    }

    /// The values of the column at a place, which is of this field.
    pub fn by_column(&self, place: usize, info: &FieldInfo) -> FacetCounts {
        let Some(dictionary) = self.texts.dictionary(place) else { return FacetCounts::default() };
        let counts = if place < OF_EVENTS {
            self.sum(dictionary.len(), |block, bits, (counts, without)| {
                let Some(column) = block.column(place) else { return };
                column.count(bits, |row, count| {
                    *without += if row.is_empty() { count } else { 0 };
                    row.iter().for_each(|number| add(counts, *number, count));
                });
            })
        } else {
            self.of_citations(place, dictionary.len(), Some)
        };
        self.listed(dictionary, info, counts)
    }

    /// Counts each event once under each number that `meant` makes of the numbers of its citations in a column, of which each has one
    /// at most.
    fn of_citations(&self, place: usize, numbers: usize, meant: impl Fn(u32) -> Option<u32> + Sync) -> Counts {
        let none = u32::try_from(numbers).unwrap_or(u32::MAX);
        let of_row = |row: &[u32]| row.first().and_then(|number| meant(*number)).unwrap_or(none);
        let cited = self.fold(
            || Cited::of(numbers),
            |block, bits, cited| {
                if let Some(column) = block.column(place) {
                    cited.add(block, bits, &column.map(of_row));
                }
            },
            Cited::join,
        );
        let counts = cited.slots.iter().take(numbers).map(|slot| slot.events as usize);
        (counts.collect(), cited.asked - cited.with_one)
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
        // Behind the grades those are counted that have none.
        let (mut counts, _) = self.sum(usize::from(grades::NONE) + 1, |block, bits, (counts, _)| {
            let best = grades.best(block);
            each_bit(bits, |event| {
                best.get(event).into_iter().for_each(|grade| add(counts, u32::from(*grade), 1));
            });
        });
        let without = counts.pop().unwrap_or_default();
        let value = |(grade, events): (Reliability, usize)| of_choice(grade.choice(), events);
        let counted = Reliability::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0);
        FacetCounts { values: counted.map(value).collect(), without }
    }

    /// The stretches of so many years in which events lie wholly, in their order.
    pub fn years(&self, length: i32) -> FacetCounts {
        let Some(place) = Shared::Event(EventField::Date).place() else { return FacetCounts::default() };
        let Some(dates) = self.texts.dictionary(place) else { return FacetCounts::default() };
        // Years are few beside dates, and dates beside events.
        let of_dates: Vec<Option<i32>> = dates.dates(self.timeline.zone()).wholly_in(length).collect();
        let (numbers, places) = numbered(&of_dates);
        // Behind the stretches those are counted that lie in none.
        let none = numbers.len() as u32;
        let (mut counts, _) = self.sum(numbers.len() + 1, |block, bits, (counts, _)| {
            let Some(column) = block.column(place) else { return };
            column.count(bits, |row, count| {
                let place = row.first().and_then(|date| places.get(*date as usize)).copied().unwrap_or(none);
                add(counts, place, count);
            });
        });
        let without = counts.pop().unwrap_or_default();
        let value = |(number, events): (i32, usize)| {
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
            column.count(bits, |row, count| {
                let mut own = row.iter().filter(|it| is_own.get(**it as usize).copied().unwrap_or(false)).peekable();
                *without += if own.peek().is_none() { count } else { 0 };
                own.for_each(|number| add(counts, *number, count));
            });
        });
        (terms, counts)
    }
}

/// How many events cite under each number, counted from their citations one by one.
struct Cited {
    /// By number; behind these one for citations that do not count.
    slots: Vec<Slot>,
    /// How many events were asked about.
    asked: usize,
    /// How many of them cite under a number.
    with_one: usize,
    /// The last of these.
    last: u32,
    /// The first number of an event that no event of a block before has.
    next: u32,
}

#[derive(Clone)]
struct Slot {
    events: u32,
    /// The event that was counted last.
    last: u32,
}

/// No event that was counted.
const NO_EVENT: u32 = u32::MAX;

impl Cited {
    fn of(numbers: usize) -> Self {
        let slots = vec![Slot { events: 0, last: NO_EVENT }; numbers + 1];
        Self { slots, asked: 0, with_one: 0, last: NO_EVENT, next: 0 }
    }

    /// Adds the events of a block that have a bit, whose citations have these numbers.
    ///
    /// Citations are in the order of their events. One that says what another of its event has said finds its event in the slot,
    /// and adds nothing. Nothing is branched on: how many citations an event has no processor foresees, and to foresee it wrongly
    /// costs more than all that is done with one.
    fn add(&mut self, block: &Block, bits: &[u64], numbers: &[u32]) {
        let none = (self.slots.len() - 1) as u32;
        // A citation of an event that is not asked about has the last number, which is the greatest.
        let mut least = [none; MOST_EVENTS];
        each_bit(bits, |event| least.get_mut(event).into_iter().for_each(|least| *least = 0));
        for (owner, number) in block.owners().iter().zip(numbers) {
            let event = self.next + u32::from(*owner);
            let number = least.get(usize::from(*owner)).map_or(none, |least| *number.max(least));
            let counts = number < none;
            self.with_one += usize::from(counts & (self.last != event));
            self.last = if counts { event } else { self.last };
            if let Some(slot) = self.slots.get_mut(number as usize) {
                slot.events += u32::from(slot.last != event);
                slot.last = event;
            }
        }
        self.asked += bits.iter().map(|word| word.count_ones() as usize).sum::<usize>();
        self.next += block.events() as u32;
    }

    /// What was counted of other blocks too. Nothing is added to it any more.
    fn join(mut self, other: Self) -> Self {
        self.slots.iter_mut().zip(other.slots).for_each(|(own, other)| own.events += other.events);
        Self { asked: self.asked + other.asked, with_one: self.with_one + other.with_one, ..self }
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

/// The stretches in which dates lie, each once and in order, and the place of that of each date among them: one past the last where it
/// lies in none.
fn numbered(of_dates: &[Option<i32>]) -> (Vec<i32>, Vec<u32>) {
    let known = || of_dates.iter().flatten().copied();
    let (first, last) = (known().min().unwrap_or_default(), known().max().unwrap_or_default());
    // A table from the first to the last: whatever dates say, the axis has fewer than 600,000 years.
    let mut places = vec![None; last.abs_diff(first) as usize + 1];
    let at = |stretch: i32| stretch.abs_diff(first) as usize;
    for stretch in known() {
        places.get_mut(at(stretch)).into_iter().for_each(|place| *place = Some(0));
    }
    let mut numbers = Vec::new();
    for (number, place) in (first..=last).zip(&mut places).filter(|(_, place)| place.is_some()) {
        *place = Some(numbers.len() as u32);
        numbers.push(number);
    }
    let none = numbers.len() as u32;
    let place = |stretch: &Option<i32>| stretch.and_then(|it| places.get(at(it)).copied().flatten()).unwrap_or(none);
    let of_dates = of_dates.iter().map(place).collect();
    (numbers, of_dates)
}

/// A stretch of one year or ten as a date; none of a decade that has no digits in common.
fn in_edtf(number: i32, length: i32) -> Option<String> {
    match (length, number) {
        (1, -9999..=9999) if number < 0 => Some(format!("-{:04}", number.unsigned_abs())),
        (1, -9999..=9999) => Some(format!("{number:04}")),
        (1, _) => Some(format!("Y{number}")),
        (_, 0..1000) => Some(format!("{number:03}X")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::super::FacetName;
    use super::*;
    use crate::model::{Citation, Event, Header, Source, Stance, best_reliability};

    /// A citation: which source, which stance, which grade of its own.
    type Cites = (usize, usize, usize);

    /// Four sources of two publishers, the first without one; of a fifth there is no record.
    fn timeline(cited: &[Vec<Cites>]) -> Timeline {
        let source = |at: usize| Source {
            publisher: (at > 0).then(|| format!("Agency {}", at / 2).into()),
            reliability: Reliability::ALL.get(at * 2).copied(),
            ..Source::new(format!("s{at}"), format!("Paper {at}"))
        };
        let citation = |(source, stance, grade): &Cites| Citation {
            stance: Stance::ALL[*stance],
            reliability: Reliability::ALL.get(*grade).copied(),
            ..Citation::new(format!("s{source}"))
        };
        let event = |(at, cited): (usize, &Vec<Cites>)| {
            let mut event = Event::undated(format!("e{at}"), "x");
            event.citations = cited.iter().map(citation).collect();
            event
        };
        let events = cited.iter().enumerate().map(event).collect();
        Timeline::from_records(Header::new("t"), vec![], (0..4).map(source).collect(), events, vec![], vec![])
    }

    #[test]
    fn stretches_are_numbered_in_order_and_dates_in_none_come_behind() {
        let of_dates = [Some(2014), None, Some(-44), Some(2015), Some(2014)];
        assert_eq!(numbered(&of_dates), (vec![-44, 2014, 2015], vec![1, 3, 0, 2, 1]));
        assert_eq!(numbered(&[None]), (vec![], vec![0]));
        assert_eq!(numbered(&[]), (vec![], vec![]));
    }

    proptest! {
        #[test]
        fn an_event_counts_once_under_each_value_of_its_citations(
            // Few sources and grades: many events cite one twice.
            cited in proptest::collection::vec(
                (proptest::collection::vec((0..5_usize, 0..4_usize, 0..8_usize), 0..5), any::<bool>()), 0..600),
        ) {
            let (cited, wanted): (Vec<Vec<Cites>>, Vec<bool>) = cited.into_iter().unzip();
            let timeline = timeline(&cited);
            let texts = Texts::of(timeline.events());
            let wanted = Matches::from_fn(cited.len(), |at| wanted[at]);
            let never = AtomicBool::new(false);
            type Read = fn(&Timeline, &Event) -> Vec<String>;
            let facets: [(FacetName, Read); 4] = [
                (FacetName::Source, |_, event| {
                    event.citations.iter().map(|it| it.source.to_string()).collect()
                }),
                (FacetName::Stance, |_, event| {
                    event.citations.iter().map(|it| it.stance.choice().label.to_owned()).collect()
                }),
                (FacetName::Publisher, |timeline, event| {
                    let sources = event.citations.iter().filter_map(|it| timeline.source(&it.source));
                    sources.filter_map(|source| source.publisher.as_ref().map(Text::to_string)).collect()
                }),
                (FacetName::BestReliability, |timeline, event| {
                    let best = best_reliability(timeline, event, |_| true);
                    best.map(|best| best.choice().label.to_owned()).into_iter().collect()
                }),
            ];
            for among in [None, Some(&wanted)] {
                for (facet, read) in &facets {
                    let (mut expected, mut without) = (BTreeMap::new(), 0);
                    for (at, event) in timeline.events().iter().enumerate() {
                        if among.is_none_or(|among| among.contains(at)) {
                            let values: BTreeSet<String> = read(&timeline, event).into_iter().collect();
                            without += usize::from(values.is_empty());
                            values.into_iter().for_each(|value| *expected.entry(value).or_insert(0) += 1);
                        }
                    }
                    let counts = facet.count(&timeline, &texts, among, &never);
                    let found: BTreeMap<String, usize> =
                        counts.values.into_iter().map(|value| (value.text, value.events)).collect();
                    prop_assert_eq!((found, counts.without), (expected, without), "{:?}", facet);
                }
            }
        }
    }
}
