//! Events sorted by the values that each has of a facet, and the bands in which each stands.
//!
//! Values are numbered twice: on all cores among some thousands of events, where a table of them is small and at hand, then these
//! among all. What is said of all values is worked out once a value, and handed down to events through both numbers.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::facet::{Facet, Had, TASK, Value, Values};
use crate::model::{Event, Timeline};
use crate::time::Zone;

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
    /// Sorts events: on all cores first within some thousands, then the values of these.
    pub fn of<'t>(facet: Facet, timeline: &'t Timeline, events: &[&'t Event], zone: Zone) -> Self {
        let sort = |events: &[&'t Event]| Sorted::of(facet, timeline, events, zone);
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
        (self.values, Banding::of(first, &more))
    }
}

/// Some thousands of events, sorted by the values they have among these.
struct Sorted<'t> {
    task: Task,
    /// By number, with how many events have each.
    values: Vec<(Had<'t>, usize)>,
    /// How many have none.
    without: usize,
}

impl<'t> Sorted<'t> {
    fn of(facet: Facet, timeline: &'t Timeline, events: &[&'t Event], zone: Zone) -> Self {
        let mut known: FxHashMap<Had<'t>, u32> = FxHashMap::default();
        let mut values: Vec<(Had<'t>, usize)> = Vec::new();
        let mut task = Task { numbers: Vec::with_capacity(events.len()), ..Task::default() };
        let mut without = 0;
        for (&event, at) in events.iter().zip(0_u32..) {
            if event.date.is_none() {
                task.numbers.push(UNDATED);
                continue;
            }
            let mut first = NONE;
            let begun = task.more.len();
            facet.each(timeline, event, zone, |had| {
                let number = *known.entry(had).or_insert_with(|| {
                    values.push((had, 0));
                    (values.len() - 1) as u32
                });
                let others = task.more.get(begun..).unwrap_or_default();
                if first == NONE {
                    first = number;
                } else if first != number && others.iter().all(|(_, other)| *other != number) {
                    task.more.push((at, number));
                } else {
                    // Given twice, it counts once.
                    return;
                }
                if let Some((_, count)) = values.get_mut(number as usize) {
                    *count += 1;
                }
            });
            without += usize::from(first == NONE);
            task.numbers.push(first);
        }
        Self { task, values, without }
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

    fn of(first: Vec<u32>, more_by_task: &[Vec<(u32, u32)>]) -> Self {
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

    /// The topmost band of an event; none that there is where it has none.
    pub fn first(&self, position: usize) -> u32 {
        self.first.get(position).copied().unwrap_or(u32::MAX)
    }

    /// Its other bands, from the top.
    pub fn others(&self, position: usize) -> &[u32] {
        let (Some(from), Some(to)) = (self.starts.get(position), self.starts.get(position + 1)) else { return &[] };
        self.more.get(*from as usize..*to as usize).unwrap_or_default()
    }
}
