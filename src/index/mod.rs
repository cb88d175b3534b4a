//! What is derived from a timeline for drawing: bands, axis extents, rows.
//!
//! Owns the answer to "which events lie in this window, and in which row of which band". Knows neither text nor pixels;
//! rows are packed in time, so panning and zooming change no row.

mod entry;
mod references;
mod rows;

pub use entry::{Entry, EraEntry, Reach, Side};
pub use references::References;

use crate::model::{Event, Grouping, Standing, Timeline};
use crate::time::{Instant, SortKey, Zone};

/// How much of the whole extent an event keeps free for its label when rows are packed. A label takes about this share of
/// a picture that shows everything.
const FOOTPRINT_SHARE: f64 = 0.18;

/// What the events of a band have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BandKey {
    /// A lane, by its position in the timeline.
    Lane(usize),
    /// A standing.
    Standing(Standing),
    /// Everything that is in no other band.
    Rest,
}

/// A horizontal band of the track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// What its events have in common.
    pub key: BandKey,
    /// Its name; empty for [`BandKey::Rest`].
    pub title: String,
    /// Number of rows, at least 1.
    pub rows: u32,
}

/// The derived columns of a timeline.
///
/// Invariant: `entries` is sorted by start, and `latest_ends[i]` is the latest end among `entries[..=i]`.
#[derive(Debug, Clone, Default)]
pub struct Index {
    entries: Vec<Entry>,
    latest_ends: Vec<Instant>,
    entry_of_event: Vec<Option<u32>>,
    order: Vec<u32>,
    bands: Vec<Band>,
    eras: Vec<EraEntry>,
    era_rows: u32,
    extent: Option<(Instant, Instant)>,
}

impl Index {
    /// Derives everything anew, a band a lane; `zone` decides where timed dates stand.
    pub fn build(timeline: &Timeline, zone: Zone) -> Self {
        Self::grouped(timeline, zone, Grouping::Lane)
    }

    /// Derives everything anew with the bands of another grouping.
    pub fn grouped(timeline: &Timeline, zone: Zone, grouping: Grouping) -> Self {
        let mut bands = bands(timeline, grouping);
        let mut entries: Vec<Entry> = timeline
            .events()
            .iter()
            .enumerate()
            .filter_map(|(at, event)| {
                let band = band_of(timeline, event, &bands);
                Entry::new(u32::try_from(at).ok()?, band, &event.date, zone)
            })
            .collect();
        entries.sort_by(|a, b| {
            let titles = || title(timeline, a.event).cmp(title(timeline, b.event));
            a.start.cmp(&b.start).then(a.end.cmp(&b.end)).then_with(titles).then(a.event.cmp(&b.event))
        });
        let (eras, era_rows) = eras(timeline, zone);
        let extent = extent(&entries, &eras);
        let footprint = extent.map_or(0, |(start, end)| (end.saturating_since(start) as f64 * FOOTPRINT_SHARE) as i64);
        for (at, band) in bands.iter_mut().enumerate() {
            let mut members: Vec<&mut Entry> = entries.iter_mut().filter(|entry| entry.band as usize == at).collect();
            let spans: Vec<_> = members.iter().map(|entry| (entry.start, entry.end)).collect();
            let (rows, count) = rows::pack(&spans, footprint);
            for (entry, row) in members.iter_mut().zip(rows) {
                entry.row = row;
            }
            band.rows = count.max(1);
        }
        let latest_ends = entries
            .iter()
            .scan(Instant::MIN, |latest, entry| {
                *latest = (*latest).max(entry.end);
                Some(*latest)
            })
            .collect();
        let mut entry_of_event = vec![None; timeline.events().len()];
        for (at, entry) in entries.iter().enumerate() {
            if let Some(slot) = entry_of_event.get_mut(entry.event as usize) {
                *slot = u32::try_from(at).ok();
            }
        }
        let order = order(timeline, zone);
        Self { entries, latest_ends, entry_of_event, order, bands, eras, era_rows, extent }
    }

    /// From the earliest to the latest instant that any event or era gives; none where nothing is dated. Open sides do
    /// not count.
    pub fn extent(&self) -> Option<(Instant, Instant)> {
        self.extent
    }

    /// Positions of all events in time order: by [`crate::time::Date::sort_key`], then by title.
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// The bands from top to bottom.
    pub fn bands(&self) -> &[Band] {
        &self.bands
    }

    /// Every event that has a place on the axis, by start.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of the event at this position of the timeline; none where its date has no place on the axis.
    pub fn entry(&self, event: usize) -> Option<&Entry> {
        let at = (*self.entry_of_event.get(event)?)?;
        self.entries.get(at as usize)
    }

    /// The eras, by start.
    pub fn eras(&self) -> &[EraEntry] {
        &self.eras
    }

    /// How many rows the titles of eras take; 0 where there are none.
    pub fn era_rows(&self) -> u32 {
        self.era_rows
    }

    /// Number of events whose date has no place on the axis.
    pub fn unplaced(&self) -> usize {
        self.entry_of_event.iter().filter(|entry| entry.is_none()).count()
    }

    /// The events that touch `start..end`, by start.
    pub fn entries_within(&self, start: Instant, end: Instant) -> impl Iterator<Item = &Entry> {
        let past = self.entries.partition_point(|entry| entry.start < end);
        let first = self.latest_ends.partition_point(|latest| *latest <= start);
        let candidates = self.entries.get(first..past.max(first)).unwrap_or_default();
        candidates.iter().filter(move |entry| entry.end > start || entry.end == entry.start)
    }
}

fn title(timeline: &Timeline, event: u32) -> &str {
    timeline.events().get(event as usize).map_or("", |event| event.title.as_str())
}

fn bands(timeline: &Timeline, grouping: Grouping) -> Vec<Band> {
    let mut bands: Vec<Band> = match grouping {
        Grouping::Lane => timeline
            .lanes()
            .iter()
            .enumerate()
            .map(|(at, lane)| Band { key: BandKey::Lane(at), title: lane.title.to_string(), rows: 1 })
            .collect(),
        Grouping::Standing => Standing::ALL
            .into_iter()
            .filter(|standing| timeline.events().iter().any(|event| event.standing == *standing))
            .map(|standing| Band { key: BandKey::Standing(standing), title: standing.label().to_owned(), rows: 1 })
            .collect(),
        Grouping::Nothing => Vec::new(),
    };
    let has_rest = timeline.events().iter().any(|event| match grouping {
        Grouping::Lane => event.lane.as_deref().is_none_or(|id| timeline.lane(id).is_none()),
        Grouping::Standing => false,
        Grouping::Nothing => true,
    });
    if has_rest || bands.is_empty() {
        bands.push(Band { key: BandKey::Rest, title: String::new(), rows: 1 });
    }
    bands
}

fn band_of(timeline: &Timeline, event: &Event, bands: &[Band]) -> u32 {
    let lane = event.lane.as_ref().and_then(|id| timeline.position(&crate::model::Key::Lane(id.clone())));
    let position = bands.iter().position(|band| match band.key {
        BandKey::Lane(at) => lane == Some(at),
        BandKey::Standing(standing) => event.standing == standing,
        BandKey::Rest => true,
    });
    u32::try_from(position.unwrap_or(0)).unwrap_or(0)
}

fn eras(timeline: &Timeline, zone: Zone) -> (Vec<EraEntry>, u32) {
    let mut eras: Vec<EraEntry> = timeline
        .eras()
        .iter()
        .enumerate()
        .filter_map(|(at, era)| EraEntry::new(u32::try_from(at).ok()?, &era.date, zone))
        .collect();
    eras.sort_by_key(|era| (era.start, era.end, era.era));
    // Eras that meet on a day share it, and the row.
    let spans: Vec<_> =
        eras.iter().map(|era| (era.start, era.end.saturating_add(-Instant::DAY).max(era.start))).collect();
    let (rows, count) = rows::pack(&spans, 0);
    for (era, row) in eras.iter_mut().zip(rows) {
        era.row = row;
    }
    (eras, count)
}

fn extent(entries: &[Entry], eras: &[EraEntry]) -> Option<(Instant, Instant)> {
    let known = entries.iter().flat_map(Entry::known_instants).chain(
        eras.iter()
            .flat_map(|era| [(era.start_side, era.start), (era.end_side, era.end)])
            .filter_map(|(side, instant)| (side == Side::Known).then_some(instant)),
    );
    known.fold(None, |extent, instant| {
        Some(
            extent
                .map_or((instant, instant), |(start, end): (Instant, Instant)| (start.min(instant), end.max(instant))),
        )
    })
}

fn order(timeline: &Timeline, zone: Zone) -> Vec<u32> {
    let events = timeline.events();
    let mut order: Vec<(SortKey, &str, u32)> =
        events.iter().zip(0_u32..).map(|(event, at)| (event.date.sort_key(zone), event.title.as_str(), at)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, _, at)| at).collect()
}

#[cfg(test)]
mod tests;
