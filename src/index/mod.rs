//! What is derived from a timeline for drawing: bands, rows, time order, and what a window shows at a zoom.
//!
//! Owns the answers to "what is to be drawn in this window, as single events and as counts", "which events touch it" and
//! "which comes next". Knows neither text nor pixels: its rows are packed in time, for every zoom, and for those of a zoom it is
//! told what each event takes up there.
//!
//! | module | owns |
//! |---|---|
//! | `entry` | where one date stands on the axis |
//! | `peaks` | the greatest value of any stretch of a column |
//! | `directory` | where in a column a stretch of time begins |
//! | `column` | values in an order, of which many go and come in one pass |
//! | `order` | all events in time order |
//! | `line` | events along time, in columns |
//! | `pile` | the same where any number may overlap |
//! | `rows` | packing into rows |
//! | `facet` | what events are told apart by, with counts |
//! | `hues` | which values have a colour of their own |
//! | `by_value` | events sorted by their values of it |
//! | `slot_set` | some slots of all, as bits |
//! | `spots` | where each event stands |
//! | `bands` | bands and their lines |
//! | `sight` | what a window shows of a row at a resolution |
//! | `piled` | what it shows of a pile |
//! | `counts` | how many begin when, over all time |
//! | `build` | deriving everything anew, on all cores |
//! | `follow` | keeping up with an edit |
//! | `members` | what events of a band take up at a zoom, and rows for these |
//! | `packing` | rows for what a window shows |
//! | `spread` | rows for a picture that shows every event by itself |
//! | `selection` | the same answers for some of the events |
//! | `links` | all links, and which of them a window shows |
//! | `references` | which events cite a source or link to an event |
//!
//! Everything about an event that is not asked of all of them at once (its text, its edges, its certainty) stays in the
//! timeline; the columns hold some fifty bytes an event.

mod bands;
mod batch;
mod build;
mod by_value;
mod column;
mod counts;
mod directory;
mod entry;
mod facet;
mod folds;
mod follow;
mod gaps;
mod hues;
mod line;
mod links;
mod members;
mod order;
mod packing;
mod peaks;
mod pile;
mod piled;
mod references;
mod rows;
mod selection;
mod sight;
mod slot_set;
mod spots;
mod spread;

use std::sync::Arc;

use self::bands::Lines;
use self::counts::Counts;
use self::order::{Order, ShortKey};
use self::spots::Spots;

pub use entry::{Entry, EraEntry, Reach, Side};
pub use facet::{Facet, Value, Values};
pub use folds::{Fold, Folds};
pub use follow::Touched;
pub use hues::{Hue, Hues};
pub use links::{Exit, LinkAt, LinkGroup, LinkLens, LinkSight, Links};
pub use members::{Extent, Measure, RoomFor};
pub use packing::{Packing, Space};
pub use references::References;
pub use rows::MOST_ROWS;
pub use selection::Selection;
pub use sight::{Bucket, Crowd, Lens, Seen, Sight, Single};
pub use spots::Spot;
pub use spread::Room;

use crate::model::{Arrangement, Grouping, Slots, Standing, Text, Timeline};
use crate::time::{Instant, SortKey, Zone};

/// What the events of a band have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BandKey {
    /// A lane, by its position in the timeline.
    Lane(usize),
    /// A lane that is no more, by its id, for as long as the index is [behind](Index::is_behind).
    Gone(Text),
    /// A standing.
    Standing(Standing),
    /// A value of what else events are told apart by.
    Value(Value),
    /// Every value that has no band of its own.
    Others,
    /// Everything that is in no other band.
    Rest,
}

/// A horizontal band of the track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// What its events have in common.
    pub key: BandKey,
    /// Its name; may be empty for [`BandKey::Rest`].
    pub title: String,
    /// Number of rows, at least 1.
    pub rows: u32,
    /// Whether it is one line high, however much stands in it.
    pub is_collapsed: bool,
}

/// An event in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Placed {
    slot: u32,
    start: Instant,
    end: Instant,
    weight: u8,
}

impl Placed {
    /// Its end; a moment without length still takes the instant it stands at.
    fn past(&self) -> Instant {
        self.end.max(self.start.saturating_add(1))
    }
}

/// Room for a column of so many entries and a few more: the first event that is added must not move them all.
const fn with_spare(entries: usize) -> usize {
    entries + entries / 64 + 16
}

/// How many entries of columns a question reads.
#[derive(Debug, Clone, Copy, Default)]
struct Tally(u64);

impl Tally {
    fn add(&mut self, entries: usize) {
        self.0 += entries as u64;
    }

    fn entries(self) -> u64 {
        self.0
    }
}

/// The derived columns of a timeline.
///
/// Invariants: every event has a slot, which is in `order` once, and in those lines, one a band at most, of which `spots` says so:
/// in one, but where the bands stand for the values of a list. Those without a date are the last `undated` of `order`; they are in
/// no line.
#[derive(Debug, Clone, Default)]
pub struct Index {
    zone: Zone,
    grouping: Grouping,
    arrangement: Arc<Arrangement>,
    bands: Vec<Band>,
    /// The bands that are not shown: events that have no other stand nowhere.
    hidden: Vec<Band>,
    lines: Vec<Lines>,
    slots: Slots,
    spots: Spots,
    /// Slots in time order.
    order: Order,
    eras: Vec<EraEntry>,
    era_rows: u32,
    opens: Opens,
    counts: Counts,
    extent: Option<(Instant, Instant)>,
    /// How many events are in lines.
    placed: usize,
    /// How many have no date.
    undated: usize,
    /// Events without a place or a date that a spread index leaves out: they were not asked for.
    left_out: usize,
    /// How many events with a date have each value of what the bands stand for, placed or not: the others bring up no band.
    values: Values,
    /// How long a label is kept free for when rows are packed.
    footprint_micros: i64,
    /// Whether every event in a row has room for its mark.
    is_spread: bool,
    /// Whether events without weight take no row of their own: they share the line below the rows.
    piles_weightless: bool,
    /// Whether an edit of a long timeline has brought about what its bands do not show yet.
    is_behind: bool,
}

/// What events with an open side give instead of it, sorted: columns hold the ends of the axis there.
#[derive(Debug, Clone, Default)]
struct Opens {
    starts: Vec<Instant>,
    ends: Vec<Instant>,
}

impl Index {
    /// From the earliest to the latest instant that any event or era gives; none where nothing is dated. Open sides do
    /// not count.
    pub fn extent(&self) -> Option<(Instant, Instant)> {
        self.extent
    }

    /// The same of some events, by position, and without eras; none where none of them is dated. Reads each of them.
    pub fn extent_of(&self, timeline: &Timeline, events: impl Iterator<Item = usize>) -> Option<(Instant, Instant)> {
        let known = events.filter_map(|at| self.entry(timeline, at)).flat_map(|entry| entry.known_instants());
        known.fold(None, |extent: Option<(Instant, Instant)>, instant| {
            Some(extent.map_or((instant, instant), |(start, end)| (start.min(instant), end.max(instant))))
        })
    }

    /// Positions of all events in time order: by [`crate::model::Event::sort_key`], then as in the file.
    pub fn order(&self) -> impl DoubleEndedIterator<Item = usize> + ExactSizeIterator + '_ {
        self.order.slots().iter().map(|slot| self.slots.position(*slot) as usize)
    }

    /// Positions in time order from a rank on.
    pub fn order_from(&self, rank: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.order.slots().get(rank..).unwrap_or_default().iter().map(|slot| self.slots.position(*slot) as usize)
    }

    /// Positions in time order before a rank.
    pub fn order_before(&self, rank: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.order
            .slots()
            .get(..rank)
            .unwrap_or(self.order.slots())
            .iter()
            .map(|slot| self.slots.position(*slot) as usize)
    }

    /// Where the event at a position stands in time order.
    pub fn rank(&self, timeline: &Timeline, position: usize) -> Option<usize> {
        let rank = self.rank_from(timeline, 0, self.order_key(timeline, position)?);
        // What has been edited and not followed yet stands elsewhere than its key says.
        let slot = self.slots.slot(position)?;
        (self.order.slots().get(rank) == Some(&slot)).then_some(rank)
    }

    /// The rank of the first event that begins at an instant or later.
    pub fn rank_at(&self, timeline: &Timeline, instant: Instant) -> usize {
        self.order.rank_of_start(instant.micros(), |slot| {
            let event = timeline.events().get(self.slots.position(slot) as usize);
            event.is_some_and(|event| event.sort_key(self.zone).starts_before(instant))
        })
    }

    /// How many, from a rank on, stand before an event with this key, at this position.
    fn rank_from(&self, timeline: &Timeline, from: usize, (key, position): (SortKey, usize)) -> usize {
        self.order.rank(from, ShortKey::of(&key), |slot, has_same_key| {
            let other = self.slots.position(slot) as usize;
            match has_same_key {
                true => other < position,
                false => self.order_key(timeline, other).is_some_and(|other| other < (key, position)),
            }
        })
    }

    fn order_key(&self, timeline: &Timeline, position: usize) -> Option<(SortKey, usize)> {
        let event = timeline.events().get(position)?;
        Some((event.sort_key(self.zone), position))
    }

    /// The bands from top to bottom.
    pub fn bands(&self) -> &[Band] {
        &self.bands
    }

    /// The bands that are not shown, in the order in which they would stand.
    pub fn hidden(&self) -> &[Band] {
        &self.hidden
    }

    /// What its bands tell events apart by.
    pub fn facet_of_bands(&self) -> Option<Facet> {
        Facet::of(self.grouping)
    }

    /// What its bands stand for.
    pub fn grouping(&self) -> Grouping {
        self.grouping
    }

    /// Whether its bands are to be worked out anew ([`Index::rearranged`]): an edit of a long timeline may have changed what events have
    /// in common that it did not touch, brought up a value that has no band yet, or taken out a lane whose events still stand in its
    /// band. All else is as it is now.
    pub fn is_behind(&self) -> bool {
        self.is_behind
    }

    /// How its bands are arranged.
    pub fn arrangement(&self) -> &Arrangement {
        &self.arrangement
    }

    /// How many events a band holds, those without a place on the axis apart.
    pub fn events_in(&self, band: usize) -> usize {
        let lines = self.lines.get(band).into_iter();
        lines.flat_map(|lines| lines.rows.iter().chain([&lines.pile.line])).map(line::Line::len).sum()
    }

    /// The positions of the events in a band, in no order.
    pub fn positions_in(&self, band: usize) -> impl Iterator<Item = usize> + '_ {
        let lines = self.lines.get(band).into_iter();
        let all = lines.flat_map(|lines| lines.rows.iter().chain([&lines.pile.line]));
        all.flat_map(|line| line.slots.iter()).map(|slot| self.slots.position(*slot) as usize)
    }

    /// Where the event at a position of the timeline stands, of several bands the topmost; none where it has no date, or one
    /// without a place on the axis.
    pub fn spot(&self, position: usize) -> Option<Spot> {
        self.spots.first(self.slots.slot(position)?)
    }

    /// Everywhere that it stands, from the top: in several bands where it has several values of what they stand for.
    pub fn spots(&self, position: usize) -> impl Iterator<Item = Spot> + '_ {
        self.slots.slot(position).into_iter().flat_map(|slot| self.spots.of(slot))
    }

    /// The entry of the event at a position of the timeline, in its topmost row; none where its date has no place on the axis.
    pub fn entry(&self, timeline: &Timeline, position: usize) -> Option<Entry> {
        let spot = self.spot(position)?;
        let event = timeline.events().get(position)?;
        let entry = Entry::new(u32::try_from(position).ok()?, spot.band, event.date.as_ref()?, self.zone)?;
        Some(Entry { row: spot.row, ..entry })
    }

    /// The eras, by start.
    pub fn eras(&self) -> &[EraEntry] {
        &self.eras
    }

    /// How many rows the titles of eras take; 0 where there are none.
    pub fn era_rows(&self) -> u32 {
        self.era_rows
    }

    /// Number of events whose date has no place on the axis; in a spread index, of those asked for.
    pub fn unplaced(&self) -> usize {
        self.slots.len() - self.placed - self.undated - self.left_out
    }

    /// Positions of the events without a date, as in the file: the last in time order.
    pub fn undated(&self) -> impl DoubleEndedIterator<Item = usize> + ExactSizeIterator + '_ {
        // What has no date sorts behind all else.
        let order = self.order.slots();
        let undated = order.get(order.len() - self.undated..).unwrap_or_default();
        undated.iter().map(|slot| self.slots.position(*slot) as usize)
    }

    /// The events that touch `start..end`, each once, where it stands topmost; in the order of [`Index::touching`].
    pub fn events_touching<'a>(
        &'a self,
        selection: Option<&'a Selection>,
        start: Instant,
        end: Instant,
    ) -> impl Iterator<Item = Single> + use<'a> {
        let is_topmost = |seen: &Single| {
            !self.spots.are_several() || self.spot(seen.event as usize).is_some_and(|spot| spot.band == seen.band)
        };
        self.touching(selection, start, end).filter(is_topmost)
    }

    /// The events that touch `start..end`, by band, row and start, each wherever it stands; of `selection` alone where there is
    /// one.
    pub fn touching<'a>(
        &'a self,
        selection: Option<&'a Selection>,
        start: Instant,
        end: Instant,
    ) -> impl Iterator<Item = Single> + use<'a> {
        let lines = self.lines_of(selection);
        (0..)
            .zip(lines)
            .flat_map(|(band, lines)| {
                lines.numbered().map(move |(row, line)| (band, row, line, lines, row == lines.pile_row()))
            })
            .flat_map(move |(band, row, line, lines, is_pile)| {
                // Ends of a row are in order; those of a pile are not, and its maxima lead to those that reach so far.
                let in_row = (!is_pile).then(|| line.touching(start, end)).into_iter().flatten();
                let on_pile = is_pile.then(|| lines.pile.those_touching(start, end, Tally::default()));
                let on_pile = on_pile.into_iter().flatten();
                in_row.chain(on_pile).filter_map(|at| line.get(at)).map(move |event| {
                    let position = self.slots.position(event.slot);
                    let (start, end) = (event.start, event.end);
                    Single { band, row, event: position, start, end, is_prominent: true, free: sight::EVERYWHERE }
                })
            })
    }

    /// Whether any event touches `start..end`.
    pub fn is_touched(&self, selection: Option<&Selection>, start: Instant, end: Instant) -> bool {
        let mut tally = Tally::default();
        self.lines_of(selection).iter().any(|lines| {
            lines.rows.iter().any(|row| {
                let first = row.ends.partition_point(|other| *other <= start);
                row.starts.get(first).is_some_and(|other| *other < end)
            }) || lines.pile.touching(start, end, &mut tally) > 0
        })
    }

    /// What a lens shows of some rows, each named by band and row; of `selection` alone where there is one. Rows that a
    /// band does not have show nothing.
    pub fn sight(&self, selection: Option<&Selection>, rows: impl Iterator<Item = Spot>, lens: Lens) -> Sight {
        let lines = self.lines_of(selection);
        self.look(|band| lines.get(band as usize), rows, lens)
    }

    /// What a lens shows of some rows of these lines of bands.
    fn look<'l>(
        &self,
        lines: impl Fn(u32) -> Option<&'l Lines>,
        rows: impl Iterator<Item = Spot>,
        lens: Lens,
    ) -> Sight {
        let mut sight = Sight::default();
        for Spot { band, row } in rows {
            let Some(lines) = lines(band) else { continue };
            let event_of = |slot| self.slots.position(slot);
            let stretch = sight::Stretch::after(&sight);
            let mut look =
                sight::Look { lens, band, row, event_of, sight: &mut sight, candidates: Vec::new(), stretch };
            if let Some(line) = lines.rows.get(row as usize) {
                look.row(line);
            } else if row == lines.pile_row() {
                look.pile(&lines.pile);
            }
        }
        sight
    }

    /// Whether events of weight lie on the line that those without any share, in a band that has more room than that line.
    pub fn mixes_its_piles(&self) -> bool {
        let open = self.bands.iter().zip(&self.lines).filter(|(band, _)| !band.is_collapsed);
        self.piles_weightless && open.flat_map(|(_, lines)| &lines.pile.line.weights).any(|weight| *weight > 0)
    }

    /// The heaviest events of a crowd as positions in the timeline, heaviest first, of two the first.
    pub fn heaviest(&self, selection: Option<&Selection>, crowd: &Crowd, few: usize) -> Vec<usize> {
        let lines = self.lines_of(selection).get(crowd.band as usize);
        lines.map_or_else(Vec::new, |lines| self.heaviest_of(lines, crowd, few))
    }

    fn heaviest_of(&self, lines: &Lines, crowd: &Crowd, few: usize) -> Vec<usize> {
        let mut tally = Tally::default();
        let (line, found) = match lines.rows.get(crowd.row as usize) {
            Some(line) => {
                let from = line.starts.partition_point(|start| *start < crowd.start);
                let to = line.starting(from, 0, crowd.end, &mut tally);
                (line, line.heaviest_few(from..to, few, &mut tally))
            }
            None => (&lines.pile.line, lines.pile.heaviest_few(crowd.start, crowd.end, few, &mut tally)),
        };
        found.into_iter().filter_map(|at| Some(self.slots.position(*line.slots.get(at)?) as usize)).collect()
    }

    /// All events of a crowd as positions in the timeline: by weight, the heaviest first, then by start.
    pub fn members(&self, selection: Option<&Selection>, crowd: &Crowd) -> Vec<u32> {
        let lines = self.lines_of(selection).get(crowd.band as usize);
        lines.map_or_else(Vec::new, |lines| self.members_of(lines, crowd))
    }

    fn members_of(&self, lines: &Lines, crowd: &Crowd) -> Vec<u32> {
        let mut tally = Tally::default();
        let (line, mut found): (_, Vec<usize>) = match lines.rows.get(crowd.row as usize) {
            Some(line) => {
                let from = line.starts.partition_point(|start| *start < crowd.start);
                (line, (from..line.starting(from, 0, crowd.end, &mut tally)).collect())
            }
            None => (&lines.pile.line, lines.pile.those_touching(crowd.start, crowd.end, &mut tally).collect()),
        };
        // Stable: of equals the first stays first.
        found.sort_by_key(|at| std::cmp::Reverse(line.weights.get(*at).copied()));
        found.into_iter().filter_map(|at| Some(self.slots.position(*line.slots.get(at)?))).collect()
    }

    /// How many events begin when, in a few thousand stretches of time: the middle of each that has any, and how many.
    pub fn counts<'a>(&'a self, selection: Option<&'a Selection>) -> impl Iterator<Item = (Instant, u32)> + use<'a> {
        selection.map_or(&self.counts, Selection::counts).iter()
    }

    /// How many events begin between each of these instants, which rise, and the next: exact, but that one which stands in several
    /// bands counts in each.
    pub fn begun_between(&self, selection: Option<&Selection>, bounds: &[Instant]) -> Vec<u32> {
        let mut counts = vec![0_u32; bounds.len().saturating_sub(1)];
        let mut tally = Tally::default();
        for (_, line) in self.lines_of(selection).iter().flat_map(Lines::numbered) {
            let mut begun = bounds.first().map_or(0, |first| line.starting(0, 0, *first, &mut tally));
            for (count, bound) in counts.iter_mut().zip(bounds.iter().skip(1)) {
                let past = line.starting(begun, 0, *bound, &mut tally);
                *count = count.saturating_add(u32::try_from(past - begun).unwrap_or(u32::MAX));
                begun = past;
            }
        }
        counts
    }

    fn lines_of<'a>(&'a self, selection: Option<&'a Selection>) -> &'a [Lines] {
        selection.map_or(&self.lines, Selection::lines)
    }

    /// Bytes held, and how many of them there are for each event.
    pub fn bytes(&self) -> usize {
        let line = |lines: &Lines| lines.rows.iter().map(line::Line::bytes).sum::<usize>() + lines.pile.bytes();
        self.lines.iter().map(line).sum::<usize>()
            + self.slots.bytes()
            + self.spots.bytes()
            + self.order.bytes()
            + self.eras.capacity() * size_of::<EraEntry>()
            + (self.opens.starts.capacity() + self.opens.ends.capacity()) * 8
            + self.counts.bytes()
    }
}

#[cfg(test)]
mod tests;
