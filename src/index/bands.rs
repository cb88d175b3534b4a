//! The bands of the track: which there are, and which an event belongs to.

use rustc_hash::FxHashMap;

use super::line::Line;
use super::pile::Pile;
use super::rows::{self, MOST_ROWS};
use super::{Band, BandKey, Placed};
use crate::model::{Event, Grouping, Standing, Timeline};
use crate::time::Instant;

/// The lines of a band: rows in which nothing overlaps, and below them the pile.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    pub rows: Vec<Line>,
    pub pile: Pile,
    /// How many rows there may be: the number of the pile.
    pub most: usize,
}

impl Default for Lines {
    /// None, of those of a window.
    fn default() -> Self {
        Self { rows: Vec::new(), pile: Pile::default(), most: MOST_ROWS }
    }
}

impl Lines {
    /// Packs events that come by start into the rows of a window. Says for each which row it has.
    pub fn packed(events: &[Placed], footprint_micros: i64) -> (Self, Vec<u16>) {
        let (assigned, count) = rows::pack(events, footprint_micros, MOST_ROWS);
        (Self::of(events, &assigned, count, MOST_ROWS), assigned)
    }

    /// Lines of events that come by start, in rows that have been assigned to them.
    pub fn of(events: &[Placed], assigned: &[u16], count: usize, most: usize) -> Self {
        let mut members: Vec<Vec<Placed>> = vec![Vec::new(); count];
        let mut piled = Vec::new();
        for (event, row) in events.iter().zip(assigned) {
            members.get_mut(*row as usize).unwrap_or(&mut piled).push(*event);
        }
        let rows = members.iter().map(|row| Line::of(row)).collect();
        Self { rows, pile: Pile::of(Line::of(&piled)), most }
    }

    /// How many rows the band shows.
    pub fn height(&self) -> u32 {
        let rows = if self.pile.line.is_empty() { self.rows.len() } else { self.most + 1 };
        u32::try_from(rows.max(1)).unwrap_or(u32::MAX)
    }

    /// The number of the pile.
    pub fn pile_row(&self) -> u32 {
        u32::try_from(self.most).unwrap_or(u32::MAX)
    }

    /// Rows from the top, then the pile; each with its number.
    pub fn numbered(&self) -> impl Iterator<Item = (u32, &Line)> {
        (0..).zip(&self.rows).chain([(self.pile_row(), &self.pile.line)]).filter(|(_, line)| !line.is_empty())
    }

    /// Takes an event that begins at an instant out of a row.
    pub fn remove(&mut self, row: u32, slot: u32, start: Instant) {
        match self.rows.get_mut(row as usize) {
            Some(line) => {
                line.remove(slot, start);
            }
            None => {
                self.pile.remove(slot, start);
            }
        }
        // The pile stands below the last possible row: it needs none above it.
        while self.rows.last().is_some_and(Line::is_empty) {
            self.rows.pop();
        }
    }

    /// Puts an event into the row it had where it fits there, else where its label has room, else into the row that has
    /// been free for longest, else into a new row, else onto the pile; says which. Nothing else moves.
    pub fn insert(&mut self, event: &Placed, footprint_micros: i64, had: Option<u32>) -> u32 {
        let row = self.choose(event, footprint_micros, had);
        if row >= self.most {
            self.pile.insert(event);
        } else {
            while self.rows.len() <= row {
                self.rows.push(Line::default());
            }
            if let Some(line) = self.rows.get_mut(row) {
                line.insert(event);
            }
        }
        u32::try_from(row.min(self.most)).unwrap_or(u32::MAX)
    }

    fn choose(&self, event: &Placed, footprint_micros: i64, had: Option<u32>) -> usize {
        let gaps: Vec<Option<Gap>> = self.rows.iter().map(|line| Gap::around(line, event)).collect();
        let had = had.map(|row| row as usize);
        if let Some(had) = had.filter(|had| matches!(gaps.get(*had), Some(Some(_)))) {
            return had;
        }
        if let Some(row) = gaps.iter().position(|gap| gap.is_some_and(|gap| gap.has_room(event, footprint_micros))) {
            return row;
        }
        if gaps.len() < rows::SOFT_ROWS {
            return gaps.len();
        }
        let free = gaps.iter().enumerate().filter_map(|(row, gap)| Some((gap.as_ref()?.before, row)));
        free.min().map_or(gaps.len(), |(_, row)| row)
    }
}

/// What stands next to a place in a row.
#[derive(Debug, Clone, Copy)]
struct Gap {
    /// Where the event before begins and ends.
    begun: Instant,
    before: Instant,
    /// Where the event after begins.
    after: Instant,
}

impl Gap {
    /// None where the place is taken.
    fn around(line: &Line, event: &Placed) -> Option<Self> {
        let at = line.starts.partition_point(|start| *start < event.start);
        let previous = at.checked_sub(1).and_then(|at| line.get(at));
        let after = line.starts.get(at).copied().unwrap_or(Instant::MAX);
        let before = previous.map_or(Instant::MIN, |previous| previous.end);
        let is_free = before <= event.start && (event.past() <= after || line.starts.get(at).is_none());
        is_free.then_some(Self { begun: previous.map_or(Instant::MIN, |previous| previous.start), before, after })
    }

    /// Whether neither this event's label nor that of the one before would meet a mark.
    fn has_room(&self, event: &Placed, footprint_micros: i64) -> bool {
        let is_first = self.before == Instant::MIN;
        let clear_before = is_first || self.begun.saturating_add(footprint_micros) <= event.start;
        clear_before && event.past().max(event.start.saturating_add(footprint_micros)) <= self.after
    }
}

/// The bands that a timeline may have under a grouping, given how many events have each standing: of lanes there is one more
/// at the end for what has none that is known.
pub(super) fn bands(timeline: &Timeline, grouping: Grouping, standings: &[usize; Standing::ALL.len()]) -> Vec<Band> {
    let mut bands: Vec<Band> = match grouping {
        Grouping::Lane => lane_bands(timeline),
        Grouping::Standing => Standing::ALL
            .into_iter()
            .zip(standings)
            .filter(|(_, count)| **count > 0)
            .map(|(standing, _)| Band { key: BandKey::Standing(standing), title: standing.label().to_owned(), rows: 1 })
            .collect(),
        Grouping::Nothing => Vec::new(),
    };
    if grouping != Grouping::Standing || bands.is_empty() {
        bands.push(rest());
    }
    bands
}

/// A band a lane.
pub(super) fn lane_bands(timeline: &Timeline) -> Vec<Band> {
    let lanes = timeline.lanes().iter().enumerate();
    lanes.map(|(at, lane)| Band { key: BandKey::Lane(at), title: lane.title.to_string(), rows: 1 }).collect()
}

/// The band of what is in no other.
pub(super) const fn rest() -> Band {
    Band { key: BandKey::Rest, title: String::new(), rows: 1 }
}

/// Where each lane stands.
pub(super) struct Lanes<'a>(FxHashMap<&'a str, usize>);

impl<'a> Lanes<'a> {
    pub fn of(timeline: &'a Timeline) -> Self {
        Self(timeline.lanes().iter().enumerate().map(|(at, lane)| (&*lane.id, at)).collect())
    }

    /// The position of an event's lane; none where it has none that is known.
    pub fn position(&self, event: &Event) -> Option<usize> {
        self.0.get(event.lane.as_deref()?).copied()
    }

    /// The band of an event; none where there is none for it.
    pub fn band(&self, event: &Event, bands: &[Band]) -> Option<u32> {
        let lane = self.position(event);
        let found = match lane {
            // Bands of lanes come first and in their order.
            Some(at) if bands.get(at).is_some_and(|band| band.key == BandKey::Lane(at)) => Some(at),
            _ => bands.iter().position(|band| match band.key {
                BandKey::Lane(_) => false,
                BandKey::Standing(standing) => event.standing == standing,
                BandKey::Rest => true,
            }),
        };
        found.and_then(|at| u32::try_from(at).ok())
    }
}
