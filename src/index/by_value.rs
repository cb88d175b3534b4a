//! Events sorted by the values that each has of a facet, and the bands in which each stands.
//!
//! Values are numbered twice: on all cores among some thousands of events, where a table of them is small and at hand, then these
//! among all. What is said of all values is worked out once a value, and handed down to events through both numbers.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::bands::Firsts;
use super::facet::{Facet, Had, TASK, Value, Values};
use crate::by_text::ByText;
use crate::model::{Event, Reliability, Term as _, Timeline, best_grade};
use crate::time::{Instant, Zone};

/// Events sorted by value. Those without a date have their place but count nowhere.
pub(super) struct ByValue {
    tasks: Vec<Task>,
    all: Vec<Value>,
    values: Values,
}

/// Some thousands of events with their values, numbered among these events.
#[derive(Default)]
struct Task {
    /// For each event its first value; [`NONE`] or [`UNDATED`].
    numbers: Vec<u32>,
    /// Further values, with the place of the event in the task: nothing where an event has one at most.
    more: Vec<(u32, u32)>,
    /// What each number is among all.
    globals: Vec<u32>,
}

/// The number of no value.
const NONE: u32 = u32::MAX;

/// The number of an event without a date, whose value brings up no band.
const UNDATED: u32 = u32::MAX - 1;

impl ByValue {
    /// Sorts events: on all cores first within some thousands, then the values of these. Once it is called off, no event is looked at:
    /// what comes of it then is of no use.
    pub fn of<'t>(
        facet: Facet,
        timeline: &'t Timeline,
        events: &[&'t Event],
        zone: Zone,
        cancelled: &AtomicBool,
    ) -> Self {
        let sort = |events: &[&'t Event]| match cancelled.load(Ordering::Relaxed) {
            true => Sorted::default(),
            false => Sorted::of(facet, timeline, events, zone),
        };
        let local: Vec<Sorted<'t>> = events.par_chunks(TASK).map(sort).collect();
        let mut known: FxHashMap<Had<'_>, u32> = FxHashMap::default();
        let mut all = Vec::new();
        let mut counts: Vec<usize> = Vec::new();
        let mut without = 0;
        let mut tasks = Vec::with_capacity(local.len());
        for Sorted { task, values, without: none } in local {
            without += none;
            let globals = values.into_iter().map(|(had, count)| {
                let number = *known.entry(had).or_insert_with(|| {
                    all.push(facet.named(had));
                    counts.push(0);
                    (all.len() - 1) as u32
                });
                if let Some(all) = counts.get_mut(number as usize) {
                    *all += count;
                }
                number
            });
            tasks.push(Task { globals: globals.collect(), ..task });
        }
        let values = Values::of_counts(all.iter().cloned().zip(counts), without);
        Self { tasks, all, values }
    }

    /// How many events with a date have each value.
    pub fn values(&self) -> &Values {
        &self.values
    }

    /// When the first event of each value begins, given where each event begins that has a place on the axis: numbers alone are looked
    /// at.
    pub fn firsts(&self, start: impl Fn(usize) -> Option<Instant> + Sync) -> Firsts {
        let of_task = |(at, task): (usize, &Task)| {
            let mut firsts = vec![Instant::MAX; task.globals.len()];
            let mut take = |number: u32, position: usize| {
                if let (Some(first), Some(start)) = (firsts.get_mut(number as usize), start(at * TASK + position)) {
                    *first = start.min(*first);
                }
            };
            task.numbers.iter().enumerate().for_each(|(position, number)| take(*number, position));
            task.more.iter().for_each(|(position, number)| take(*number, *position as usize));
            firsts
        };
        let firsts: Vec<Vec<Instant>> = self.tasks.par_iter().enumerate().map(of_task).collect();
        let mut all = vec![Instant::MAX; self.all.len()];
        for (task, firsts) in self.tasks.iter().zip(firsts) {
            for (global, first) in task.globals.iter().zip(firsts) {
                if let Some(all) = all.get_mut(*global as usize) {
                    *all = first.min(*all);
                }
            }
        }
        self.all.iter().cloned().zip(all).collect()
    }

    /// The same, and the bands of each event, given that of a value; of one without a date as of one without a value.
    pub fn banded(self, band: impl Fn(Option<&Value>) -> u32) -> (Values, Banding) {
        let none = band(None);
        let bands: Vec<u32> = self.all.iter().map(|value| band(Some(value))).collect();
        let mut first = vec![none; self.tasks.iter().map(|task| task.numbers.len()).sum()];
        let more: Vec<Vec<(u32, u32)>> = first
            .par_chunks_mut(TASK)
            .zip(self.tasks)
            .map(|(first, task)| task.band(first, |global| bands.get(global as usize).copied().unwrap_or(none)))
            .collect();
        (self.values, Banding::joined(first, &more))
    }
}

/// Some thousands of events, sorted by the values they have among these.
#[derive(Default)]
struct Sorted<'t> {
    task: Task,
    /// By number, with how many events have each.
    values: Vec<(Had<'t>, usize)>,
    /// How many have none.
    without: usize,
}

/// Values that get their numbers as they come.
#[derive(Default)]
struct Numbering<'t> {
    texts: ByText<'t, u32>,
    others: FxHashMap<Had<'t>, u32>,
    /// By number, with how many events have each.
    values: Vec<(Had<'t>, usize)>,
}

impl<'t> Numbering<'t> {
    fn number(&mut self, had: Had<'t>) -> u32 {
        let Self { texts, others, values } = self;
        let next = || {
            values.push((had, 0));
            (values.len() - 1) as u32
        };
        match had {
            Had::Text(text) => texts.get(text, next).copied().unwrap_or(NONE),
            Had::Number(_) | Had::Undated => *others.entry(had).or_insert_with(next),
        }
    }
}

/// The numbers of an event while they are collected.
struct Own {
    /// Its place in the task.
    at: u32,
    first: u32,
    /// Where its further numbers begin among those of the task.
    begun: usize,
}

impl Own {
    fn add(&mut self, number: u32, task: &mut Task, values: &mut [(Had<'_>, usize)]) {
        let others = task.more.get(self.begun..).unwrap_or_default();
        if self.first == NONE {
            self.first = number;
        } else if self.first != number && others.iter().all(|(_, other)| *other != number) {
            task.more.push((self.at, number));
        } else {
            // Given twice, it counts once.
            return;
        }
        if let Some((_, count)) = values.get_mut(number as usize) {
            *count += 1;
        }
    }
}

impl<'t> Sorted<'t> {
    fn of(facet: Facet, timeline: &'t Timeline, events: &[&'t Event], zone: Zone) -> Self {
        let mut numbering = Numbering::default();
        // What a source is told apart by is asked once of each, and not for each event that cites it.
        let mut of_sources: ByText<'t, Vec<u32>> = ByText::default();
        let mut grades: ByText<'t, Option<Reliability>> = ByText::default();
        let mut task = Task { numbers: Vec::with_capacity(events.len()), ..Task::default() };
        let mut without = 0;
        for (&event, at) in events.iter().zip(0_u32..) {
            if event.date.is_none() {
                task.numbers.push(UNDATED);
                continue;
            }
            let mut own = Own { at, first: NONE, begun: task.more.len() };
            if facet.is_told_by_sources() {
                for citation in &event.citations {
                    let numbers = of_sources.get(&citation.source, || {
                        let mut numbers = Vec::new();
                        facet.each_of_source(timeline, &citation.source, |had| numbers.push(numbering.number(had)));
                        numbers
                    });
                    for number in numbers.into_iter().flatten() {
                        own.add(*number, &mut task, &mut numbering.values);
                    }
                }
            } else if facet == Facet::BestReliability {
                let of_source = |id: &'t str| {
                    let grade = || timeline.source(id).and_then(|source| source.reliability);
                    grades.get(id, grade).copied().flatten()
                };
                if let Some(best) = best_grade(event, |_| true, of_source) {
                    let number = numbering.number(Had::Text(best.choice().name));
                    own.add(number, &mut task, &mut numbering.values);
                }
            } else {
                facet.each(timeline, event, zone, |had| {
                    let number = numbering.number(had);
                    own.add(number, &mut task, &mut numbering.values);
                });
            }
            without += usize::from(own.first == NONE);
            task.numbers.push(own.first);
        }
        Self { task, values: numbering.values, without }
    }
}

impl Task {
    /// Writes the topmost band of each event; returns the others of those that have several, with the place of the event.
    fn band(self, first: &mut [u32], band: impl Fn(u32) -> u32) -> Vec<(u32, u32)> {
        let own: Vec<u32> = self.globals.iter().map(|global| band(*global)).collect();
        for (first, number) in first.iter_mut().zip(&self.numbers) {
            if let Some(band) = own.get(*number as usize) {
                *first = *band;
            }
        }
        let mut others = Vec::with_capacity(self.more.len());
        let mut bands = Vec::new();
        for of_event in self.more.chunk_by(|(a, _), (b, _)| a == b) {
            let Some((at, _)) = of_event.first() else { continue };
            let Some(first) = first.get_mut(*at as usize) else { continue };
            bands.clear();
            bands.push(*first);
            bands.extend(of_event.iter().filter_map(|(_, number)| own.get(*number as usize)));
            // Several values may share a band, in which the event stands once.
            bands.sort_unstable();
            bands.dedup();
            *first = bands.first().copied().unwrap_or(*first);
            others.extend(bands.iter().skip(1).map(|band| (*at, *band)));
        }
        others
    }
}

/// The bands in which each event stands, by its position.
#[derive(Default)]
pub(super) struct Banding {
    /// The topmost.
    first: Vec<u32>,
    /// Where the others of each begin in `more`, and after the last where they end; nothing where no event has any.
    starts: Vec<u32>,
    more: Vec<u32>,
}

impl Banding {
    /// One band for so many events.
    pub fn one(events: usize) -> Self {
        Self { first: vec![0; events], ..Self::default() }
    }

    fn joined(first: Vec<u32>, more_by_task: &[Vec<(u32, u32)>]) -> Self {
        let count: usize = more_by_task.iter().map(Vec::len).sum();
        if count == 0 {
            return Self { first, ..Self::default() };
        }
        let mut more = Vec::with_capacity(count);
        let mut starts = Vec::with_capacity(first.len() + 1);
        for (task, others) in more_by_task.iter().enumerate() {
            for (at, band) in others {
                let position = task * TASK + *at as usize;
                // Those up to this event have begun.
                starts.resize(starts.len().max(position + 1), more.len() as u32);
                more.push(*band);
            }
        }
        starts.resize(first.len() + 1, more.len() as u32);
        Self { first, starts, more }
    }

    /// The topmost band of an event, none that there is where it has none, and its other bands, from the top.
    pub fn of(&self, position: usize) -> (u32, &[u32]) {
        (self.first.get(position).copied().unwrap_or(u32::MAX), self.others(position))
    }

    fn others(&self, position: usize) -> &[u32] {
        let (Some(from), Some(to)) = (self.starts.get(position), self.starts.get(position + 1)) else { return &[] };
        self.more.get(*from as usize..*to as usize).unwrap_or_default()
    }
}
