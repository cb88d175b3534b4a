//! When something happens of events: for each beginning, end or moment, the stretch in which it lies once.

use crate::time::{Date, Edge, Extent, Instant, Shape, Zone};

/// Something that happens once from `from` on and before `to`, in microseconds; the least and the greatest stand for no bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Occurrence {
    pub from: i64,
    pub to: i64,
    /// It begins something, or is all of it: an end is no arrival.
    pub is_arrival: bool,
}

impl Occurrence {
    pub const fn width(&self) -> i64 {
        self.to.saturating_sub(self.from)
    }
}

/// The occurrences of some events.
#[derive(Debug, Default)]
pub(super) struct Occurrences {
    /// Each once, in the hull of where it may lie; by `from` once sorted.
    pub once: Vec<Occurrence>,
    /// What is in the way of a stretch that is certainly empty: all parts of all occurrences; by `from` once sorted.
    pub blocks: Vec<(i64, i64)>,
    /// The ends of `once`, sorted.
    ends: Vec<i64>,
}

impl Occurrences {
    /// Takes up what happens of an event with this date.
    pub fn add(&mut self, date: &Date, zone: Zone) {
        let extent = date.extent(zone);
        match date.shape() {
            Shape::Span => {
                let (starts, ends) = (beginning(&extent), ending(&extent));
                for (at, is_arrival) in starts.map(|at| (at, true)).into_iter().chain(ends.map(|at| (at, false))) {
                    self.blocks.push(at);
                    self.once.push(Occurrence { from: at.0, to: at.1, is_arrival });
                }
            }
            Shape::AllOf(parts) => parts.iter().map(whole).for_each(|at| {
                self.blocks.push(at);
                self.once.push(Occurrence { from: at.0, to: at.1, is_arrival: true });
            }),
            Shape::OneOf(parts) => {
                // In one of its parts and not between them; which, nobody knows.
                self.blocks.extend(parts.iter().map(whole));
                let (from, to) = whole(&extent);
                self.once.push(Occurrence { from, to, is_arrival: true });
            }
            Shape::Moment | Shape::Window => {
                let (from, to) = whole(&extent);
                self.blocks.push((from, to));
                self.once.push(Occurrence { from, to, is_arrival: true });
            }
        }
    }

    /// Takes up where an event may lie that may not be among those asked about.
    pub fn add_block(&mut self, date: &Date, zone: Zone) {
        let mut others = Self::default();
        others.add(date, zone);
        self.blocks.append(&mut others.blocks);
    }

    /// From the first to the last instant that is given; none where there are not two.
    pub fn extent(&self) -> Option<(i64, i64)> {
        let known = |at: &i64| *at != i64::MIN && *at != i64::MAX;
        let first = self.once.iter().flat_map(|it| [it.from, it.to]).filter(known).min()?;
        let last = self.once.iter().flat_map(|it| [it.from, it.to]).filter(known).max()?;
        (first < last).then_some((first, last))
    }

    pub fn sort(&mut self) {
        self.once.sort_unstable();
        self.blocks.sort_unstable();
        self.ends = self.once.iter().map(|it| it.to).collect();
        self.ends.sort_unstable();
    }

    /// How many occurrences may lie in a stretch.
    pub fn touching(&self, from: i64, to: i64) -> usize {
        let begun = self.once.partition_point(|it| it.from < to);
        begun.saturating_sub(self.ends.partition_point(|end| *end <= from))
    }

    /// How many of these may as well lie elsewhere.
    pub fn vague_touching(&self, from: i64, to: i64) -> usize {
        let begun = self.once.get(..self.once.partition_point(|it| it.from < to)).unwrap_or_default();
        begun.iter().filter(|it| it.is_arrival && it.to > from && (it.from < from || it.to > to)).count()
    }
}

/// All that an extent allows.
fn whole(extent: &Extent) -> (i64, i64) {
    let from = extent.earliest_start.instant().map_or(i64::MIN, Instant::micros);
    past(from, extent.latest_end.instant().map_or(i64::MAX, Instant::micros))
}

/// Where a span begins; none where it has always been.
fn beginning(extent: &Extent) -> Option<(i64, i64)> {
    if extent.earliest_start == Edge::Open && extent.latest_start == Edge::Open {
        return None;
    }
    // A beginning of which nothing is known lies before the end.
    let latest = extent.latest_start.instant().or(extent.latest_end.instant());
    let from = extent.earliest_start.instant().map_or(i64::MIN, Instant::micros);
    Some(past(from, latest.map_or(i64::MAX, Instant::micros)))
}

/// Where a span ends; none where it never does.
fn ending(extent: &Extent) -> Option<(i64, i64)> {
    if extent.earliest_end == Edge::Open && extent.latest_end == Edge::Open {
        return None;
    }
    let earliest = extent.earliest_end.instant().or(extent.earliest_start.instant());
    let from = earliest.map_or(i64::MIN, Instant::micros);
    let to = extent.latest_end.instant().map_or(i64::MAX, Instant::micros);
    // The edge of an end is the first instant after: one that is known is over just before.
    Some(if from < to { (from, to) } else { (to.saturating_sub(1), to) })
}

/// At least a microsecond.
const fn past(from: i64, to: i64) -> (i64, i64) {
    let least = from.saturating_add(1);
    (from, if to > least { to } else { least })
}
