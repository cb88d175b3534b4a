//! Deriving the index anew, or its bands alone. What takes long for each event, and what is apart for each band, runs on all cores.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::bands::{self, Arranged, LinePacking, Lines, Shares};
use super::by_value::{Banding, ByValue};
use super::counts::Counts;
use super::facet::{Facet, Values};
use super::order::{Order, ShortKey};
use super::rows::{self, Limits, MOST_ROWS, Wanted};
use super::spots::Spots;
use super::{Band, EraEntry, Index, Opens, Placed, Reach, Side, Spot, with_spare};
use crate::model::{Arrangement, BandOrder, Event, Grouping, Slots, Timeline};
use crate::time::{Instant, SortKey, Zone};

/// How much of the whole extent an event keeps free for its label when rows are packed. A label takes about this share of
/// a picture that shows everything.
const FOOTPRINT_SHARE: f64 = 0.18;
/// Events that one task of a thread prepares at once.
const TASK: usize = 4_096;
/// Events that one task puts into their bands.
const STRETCH: usize = 1 << 15;

/// How much time each event keeps free for its label where all of them take up this much.
pub(super) fn footprint_micros(extent: Option<(Instant, Instant)>) -> i64 {
    extent.map_or(0, |(start, end)| (end.saturating_since(start) as f64 * FOOTPRINT_SHARE) as i64)
}

/// What the columns need of an event.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prepared {
    pub key: SortKey,
    /// None where it has no place on the axis.
    pub reach: Option<Reach>,
    /// The first and the last instant that its date gives.
    pub known: Option<(Instant, Instant)>,
    pub weight: u8,
    pub is_dated: bool,
}

impl Prepared {
    pub fn of(event: &Event, zone: Zone) -> Self {
        let Some(date) = &event.date else {
            let (key, weight) = (SortKey::UNDATED, event.weight);
            return Self { key, reach: None, known: None, weight, is_dated: false };
        };
        let (extent, key) = date.extent_and_key(zone);
        let known = [extent.earliest_start, extent.latest_start, extent.earliest_end, extent.latest_end]
            .into_iter()
            .filter_map(crate::time::Edge::instant)
            .fold(None, |ends: Option<(Instant, Instant)>, instant| {
                Some(ends.map_or((instant, instant), |(a, b)| (a.min(instant), b.max(instant))))
            });
        Self { key, reach: Reach::of(&extent), known, weight: event.weight, is_dated: true }
    }

    /// As it stands in a line.
    pub fn placed(&self, slot: u32) -> Option<Placed> {
        let reach = self.reach?;
        Some(Placed { slot, start: reach.start, end: reach.end, weight: self.weight })
    }
}

/// Calls nothing off.
static NEVER: AtomicBool = AtomicBool::new(false);

impl Opens {
    pub fn add(&mut self, event: &Prepared) {
        let Some((reach, (first, last))) = event.reach.zip(event.known) else { return };
        if reach.start_side == Side::Open {
            self.starts.insert(self.starts.partition_point(|other| *other < first), first);
        }
        if reach.end_side == Side::Open {
            self.ends.insert(self.ends.partition_point(|other| *other < last), last);
        }
    }

    pub fn remove(&mut self, event: &Prepared) {
        let Some((reach, (first, last))) = event.reach.zip(event.known) else { return };
        let take = |from: &mut Vec<Instant>, instant: Instant| {
            let at = from.partition_point(|other| *other < instant);
            if from.get(at) == Some(&instant) {
                from.remove(at);
            }
        };
        if reach.start_side == Side::Open {
            take(&mut self.starts, first);
        }
        if reach.end_side == Side::Open {
            take(&mut self.ends, last);
        }
    }
}

impl Index {
    /// Derives everything anew, a band a lane; `zone` decides where timed dates stand.
    pub fn build(timeline: &Timeline, zone: Zone) -> Self {
        Self::grouped(timeline, zone, Grouping::Lane)
    }

    /// Derives everything anew with the bands of a grouping.
    pub fn grouped(timeline: &Timeline, zone: Zone, grouping: Grouping) -> Self {
        Self::arranged(timeline, zone, grouping, &Arc::default())
    }

    /// Derives everything anew of a timeline of accounts, a band a lane: what weighs nothing is a silence, and all silences of a band
    /// share the line below its rows.
    pub fn of_accounts(timeline: &Timeline, zone: Zone, arrangement: &Arc<Arrangement>) -> Self {
        Self::derived(timeline, zone, Grouping::Lane, arrangement, true, &NEVER)
    }

    /// Derives everything anew with the bands of a grouping as they are arranged.
    pub fn arranged(timeline: &Timeline, zone: Zone, grouping: Grouping, arrangement: &Arc<Arrangement>) -> Self {
        Self::derived(timeline, zone, grouping, arrangement, false, &NEVER)
    }

    fn derived(
        timeline: &Timeline,
        zone: Zone,
        grouping: Grouping,
        arrangement: &Arc<Arrangement>,
        piles_weightless: bool,
        cancelled: &AtomicBool,
    ) -> Self {
        let events: Vec<&Event> = timeline.events().iter().collect();
        let (mut ranked, mut brief) = (Vec::new(), Vec::new());
        events
            .par_iter()
            .with_min_len(TASK)
            .zip(0..u32::try_from(events.len()).unwrap_or(u32::MAX))
            .map(|(event, slot)| {
                let prepared = Prepared::of(event, zone);
                (Ranked::of(prepared.key, slot), Brief::of(&prepared))
            })
            .unzip_into_vecs(&mut ranked, &mut brief);
        let start = |position: usize| brief.get(position).and_then(Brief::start);
        let (Arranged { mut bands, hidden }, values, banding) =
            banded(timeline, &events, zone, grouping, (arrangement, &start), cancelled);
        let undated = brief.par_iter().with_min_len(TASK).filter(|brief| !brief.is_dated).count();
        let order = order(&events, zone, ranked);
        let (eras, era_rows) = eras(timeline, zone);
        let known = |slot: usize, brief: &Brief| -> Option<(Instant, Instant)> {
            match brief.is_known_as_placed {
                true => Some((brief.start, brief.end)),
                false => Prepared::of(events.get(slot)?, zone).known,
            }
        };
        let placed = || brief.iter().enumerate().filter(|(_, brief)| brief.is_placed);

        let extent = brief
            .par_iter()
            .enumerate()
            .with_min_len(TASK)
            .filter(|(_, brief)| brief.is_placed)
            .map(|(slot, brief)| known(slot, brief))
            .reduce(|| None, joined);
        let extent = joined(extent_of(&eras), extent);
        let mut opens = Opens::default();
        for (slot, _) in placed().filter(|(_, brief)| brief.start == Instant::MIN || brief.end == Instant::MAX) {
            if let Some(event) = events.get(slot) {
                opens.add(&Prepared::of(event, zone));
            }
        }
        let footprint_micros = footprint_micros(extent);
        let packing = LinePacking { footprint_micros, piles_weightless };
        let ((lines, spots), counts) = rayon::join(
            || lined(&mut bands, order.slots(), &brief, |slot| banding.of(slot as usize), packing),
            || Counts::of(placed().filter_map(|(slot, brief)| known(slot, brief)).map(|(first, _)| first)),
        );
        let placed = placed().count();
        let slots = Slots::new(events.len());
        Self {
            zone,
            grouping,
            arrangement: Arc::clone(arrangement),
            bands,
            hidden,
            lines,
            slots,
            spots,
            order,
            eras,
            era_rows,
            opens,
            counts,
            extent,
            placed,
            undated,
            left_out: 0,
            values,
            footprint_micros,
            is_spread: false,
            piles_weightless,
            is_behind: false,
        }
    }

    /// The index with the bands of another grouping. Where events stand in time is as it was and is taken over: nothing is asked
    /// of their dates.
    #[must_use]
    pub fn regrouped(&self, timeline: &Timeline, grouping: Grouping) -> Self {
        self.rearranged(timeline, grouping, &Arc::default())
    }

    /// The same with the bands as they are arranged.
    #[must_use]
    pub fn rearranged(&self, timeline: &Timeline, grouping: Grouping, arrangement: &Arc<Arrangement>) -> Self {
        self.rearranged_unless(timeline, grouping, arrangement, &NEVER).unwrap_or_default()
    }

    /// The same on the axis of a zone, unless it is called off meanwhile. On that of another zone everything is derived anew.
    pub fn rearranged_in_unless(
        &self,
        timeline: &Timeline,
        zone: Zone,
        grouping: Grouping,
        arrangement: &Arc<Arrangement>,
        cancelled: &AtomicBool,
    ) -> Option<Self> {
        if zone == self.zone {
            return self.rearranged_unless(timeline, grouping, arrangement, cancelled);
        }
        let derived = Self::derived(timeline, zone, grouping, arrangement, self.piles_weightless, cancelled);
        Some(derived).filter(|_| !cancelled.load(Ordering::Relaxed))
    }

    /// The same, unless it is called off meanwhile.
    pub fn rearranged_unless(
        &self,
        timeline: &Timeline,
        grouping: Grouping,
        arrangement: &Arc<Arrangement>,
        cancelled: &AtomicBool,
    ) -> Option<Self> {
        let is_going_on = |_: &Self| !cancelled.load(Ordering::Relaxed);
        if !self.hidden.is_empty() || self.is_behind {
            // Where in time those stand that no line holds is to be asked of their dates again.
            let derived = Self::derived(timeline, self.zone, grouping, arrangement, self.piles_weightless, cancelled);
            return Some(derived).filter(is_going_on);
        }
        let events: Vec<&Event> = timeline.events().iter().collect();
        let mut brief = vec![Brief::NOWHERE; self.spots.len()];
        for (band, line) in bands::each_line(&self.lines) {
            for event in (0..line.len()).filter_map(|at| line.get(at)) {
                // In each of its lines an event stands at the same time.
                let place = brief.get_mut(event.slot as usize).filter(|_| self.spots.is_first(event.slot, band));
                if let Some(brief) = place {
                    *brief = Brief::at(&event);
                }
            }
        }
        let start = |position: usize| brief.get(self.slots.slot(position)? as usize)?.start();
        let (Arranged { mut bands, hidden }, values, banding) =
            banded(timeline, &events, self.zone, grouping, (arrangement, &start), cancelled);
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
        let footprint_micros = footprint_micros(self.extent);
        let packing = LinePacking { footprint_micros, piles_weightless: self.piles_weightless };
        let of = |slot| banding.of(self.slots.position(slot) as usize);
        let (lines, spots) = lined(&mut bands, self.order.slots(), &brief, of, packing);
        Some(Self {
            zone: self.zone,
            grouping,
            arrangement: Arc::clone(arrangement),
            bands,
            hidden,
            lines,
            slots: self.slots.clone(),
            spots,
            order: self.order.clone(),
            eras: self.eras.clone(),
            era_rows: self.era_rows,
            opens: self.opens.clone(),
            counts: self.counts.clone(),
            extent: self.extent,
            placed: self.placed,
            undated: self.undated,
            left_out: self.left_out,
            values,
            footprint_micros,
            is_spread: false,
            piles_weightless: self.piles_weightless,
            is_behind: false,
        })
    }

    /// Places the eras anew.
    pub(super) fn place_eras(&mut self, timeline: &Timeline) {
        (self.eras, self.era_rows) = eras(timeline, self.zone);
    }

    /// Works out the extent from the ends of the lines.
    pub(super) fn measure(&mut self) {
        let mut extent = extent_of(&self.eras);
        let mut reach = |instant: Instant| {
            extent = Some(extent.map_or((instant, instant), |(start, end)| (start.min(instant), end.max(instant))));
        };
        for lines in &self.lines {
            for line in &lines.rows {
                // At most one event of a row has no start, and at most one no end.
                line.starts.iter().take(2).filter(|start| **start != Instant::MIN).for_each(|start| reach(*start));
                line.ends.iter().rev().take(2).filter(|end| **end != Instant::MAX).for_each(|end| reach(*end));
            }
            lines.pile.ends_known().for_each(&mut reach);
        }
        self.opens.starts.first().into_iter().chain(self.opens.ends.last()).for_each(|instant| reach(*instant));
        self.extent = extent;
    }
}

/// The bands of a grouping, how many events have each value of what they stand for, and in which each event stands; given where each
/// event begins that has a place on the axis.
fn banded(
    timeline: &Timeline,
    events: &[&Event],
    zone: Zone,
    grouping: Grouping,
    (arrangement, start): (&Arrangement, &(dyn Fn(usize) -> Option<Instant> + Sync)),
    cancelled: &AtomicBool,
) -> (Arranged, Values, Banding) {
    let Some(facet) = Facet::of(grouping) else {
        let values = Values::default();
        return (bands::bands(timeline, grouping, &values, arrangement, None), values, Banding::one(events.len()));
    };
    let by_value = ByValue::of(facet, timeline, events, zone, cancelled);
    let firsts = (arrangement.order == BandOrder::First).then(|| by_value.firsts(start));
    let bands = bands::bands(timeline, grouping, by_value.values(), arrangement, firsts.as_ref());
    let shares = Shares::of(timeline, &bands.bands, &bands.hidden);
    let (values, banding) = by_value.banded(|value| shares.band(value).unwrap_or(u32::MAX));
    (bands, values, banding)
}

/// The lines of each band, with where each event stands, from what is known of the events by slot and their slots in time order;
/// `bands_of` are the topmost band of an event and its others. Writes into the bands how high they are.
fn lined<'b>(
    bands: &mut [Band],
    order: &[u32],
    brief: &[Brief],
    bands_of: impl Fn(u32) -> (u32, &'b [u32]) + Sync,
    packing: LinePacking,
) -> (Vec<Lines>, Spots) {
    // By some thousands of events that follow one another in time, those of each band.
    let stretches: Vec<Vec<Vec<Placed>>> = order
        .par_chunks(STRETCH)
        .map(|slots| {
            let mut members = vec![Vec::new(); bands.len()];
            for &slot in slots {
                let Some(event) = brief.get(slot as usize).and_then(|brief| brief.placed(slot)) else { continue };
                let (first, others) = bands_of(slot);
                for band in std::iter::once(&first).chain(others) {
                    if let Some(line) = members.get_mut(*band as usize) {
                        line.push(event);
                    }
                }
            }
            members
        })
        .collect();
    let collapsed: Vec<bool> = bands.iter().map(|band| band.is_collapsed).collect();
    let pack = |band: usize| {
        let members = stretches.iter().filter_map(|stretch| stretch.get(band));
        let mut events: Vec<Placed> = Vec::with_capacity(members.clone().map(Vec::len).sum());
        members.for_each(|members| events.extend_from_slice(members));
        // Already nearly so: only dates without a start stand elsewhere in time order.
        events.sort_by_key(|event| (event.start, event.end));
        let is_collapsed = collapsed.get(band).copied().unwrap_or(false);
        let (lines, rows) = if is_collapsed { Lines::collapsed(&events) } else { Lines::packed(&events, packing) };
        (events, lines, rows)
    };
    let packed: Vec<Packed> = (0..bands.len()).into_par_iter().with_max_len(1).map(pack).collect();
    let mut spots = Spots::nowhere(brief.len(), with_spare(brief.len()));
    let mut lines = Vec::with_capacity(packed.len());
    for ((band, own), (events, packed, rows)) in (0..).zip(bands).zip(packed) {
        let rows = rows.into_iter().map(u32::from);
        spots.extend(events.iter().zip(rows).map(|(event, row)| (event.slot, Spot { band, row })));
        own.rows = packed.height();
        lines.push(packed);
    }
    spots.settle();
    (lines, spots)
}

/// The events of a band with their lines, and the row of each.
type Packed = (Vec<Placed>, Lines, Vec<u16>);

/// From the first to the last instant of both.
fn joined(a: Option<(Instant, Instant)>, b: Option<(Instant, Instant)>) -> Option<(Instant, Instant)> {
    match (a, b) {
        (Some((start, end)), Some((first, last))) => Some((start.min(first), end.max(last))),
        _ => a.or(b),
    }
}

/// The slots in time order, of equal dates as in the file: slots are positions here, and the same on any number of cores.
fn order(events: &[&Event], zone: Zone, mut ranked: Vec<Ranked>) -> Order {
    let key = |slot: u32| events.get(slot as usize).map(|event| event.sort_key(zone));
    ranked.par_sort_unstable();
    // What is clamped says no more than that it is beyond the axis.
    ranked
        .par_chunk_by_mut(|a, b| (a.start, a.nanos, a.end) == (b.start, b.nanos, b.end))
        .filter(|equal| equal.len() > 1 && equal.first().is_some_and(Ranked::is_clamped))
        .for_each(|equal| equal.sort_by_cached_key(|ranked| (key(ranked.slot), ranked.slot)));
    Order::new(ranked.iter().map(|ranked| (ranked.slot, ranked.short_key())))
}

/// What the place of an event in time order follows from, side by side: a sort looks at little else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Ranked {
    start: i64,
    nanos: u16,
    end: i64,
    slot: u32,
}

/// More nanoseconds than any date has: behind all that are beyond the axis.
const UNDATED_NANOS: u16 = u16::MAX;

impl Ranked {
    fn of(key: SortKey, slot: u32) -> Self {
        if key == SortKey::UNDATED {
            return Self { start: i64::MAX, nanos: UNDATED_NANOS, end: i64::MAX, slot };
        }
        let (start, nanos, end) = key.clamped();
        // Of two starts beyond the axis it is not known which is first, so the rest does not tell them apart.
        let (nanos, end) = if Self::is_beyond(start) { (0, 0) } else { (nanos, end) };
        Self { start, nanos, end, slot }
    }

    fn short_key(&self) -> ShortKey {
        ShortKey::of_clamped((self.start, self.nanos, self.end))
    }

    const fn is_beyond(micros: i64) -> bool {
        matches!(micros, i64::MIN | i64::MAX)
    }

    /// Whether dates that differ can be told apart only by their keys. What has no date is last and all the same.
    const fn is_clamped(&self) -> bool {
        (Self::is_beyond(self.start) || Self::is_beyond(self.end)) && self.nanos != UNDATED_NANOS
    }
}

/// The little of [`Prepared`] that is kept of all events at once.
#[derive(Clone, Copy)]
struct Brief {
    start: Instant,
    end: Instant,
    weight: u8,
    is_placed: bool,
    is_dated: bool,
    /// Whether start and end are the first and the last instant that its date gives.
    is_known_as_placed: bool,
}

impl Brief {
    /// Of an event that has no place on the axis.
    const NOWHERE: Self = Self {
        start: Instant::MIN,
        end: Instant::MIN,
        weight: 0,
        is_placed: false,
        is_dated: false,
        is_known_as_placed: false,
    };

    /// Of an event that stands in a line already.
    const fn at(event: &Placed) -> Self {
        let Placed { start, end, weight, .. } = *event;
        Self { start, end, weight, is_placed: true, ..Self::NOWHERE }
    }

    fn of(event: &Prepared) -> Self {
        let (start, end) = event.reach.map_or((Instant::MIN, Instant::MIN), |reach| (reach.start, reach.end));
        Self {
            start,
            end,
            weight: event.weight,
            is_placed: event.reach.is_some(),
            is_dated: event.is_dated,
            is_known_as_placed: event.reach.is_some() && event.known == Some((start, end)),
        }
    }

    /// Where it begins, which may be the beginning of the axis.
    fn start(&self) -> Option<Instant> {
        self.is_placed.then_some(self.start)
    }

    fn placed(&self, slot: u32) -> Option<Placed> {
        self.is_placed.then_some(Placed { slot, start: self.start, end: self.end, weight: self.weight })
    }
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
    let spans: Vec<Placed> = eras
        .iter()
        .map(|era| {
            let end = era.end.saturating_add(-Instant::DAY).max(era.start);
            Placed { slot: era.era, start: era.start, end, weight: Event::DEFAULT_WEIGHT }
        })
        .collect();
    let (rows, count) = rows::pack(spans.iter().map(|span| Wanted::with_footprint(span, 0)), Limits::INDEX);
    let count = if rows.contains(&(MOST_ROWS as u16)) { MOST_ROWS + 1 } else { count };
    for (era, row) in eras.iter_mut().zip(rows) {
        era.row = u32::from(row);
    }
    (eras, u32::try_from(count).unwrap_or(u32::MAX))
}

/// From the first to the last instant that an era gives.
fn extent_of(eras: &[EraEntry]) -> Option<(Instant, Instant)> {
    let known = eras
        .iter()
        .flat_map(|era| [(era.start_side, era.start), (era.end_side, era.end)])
        .filter_map(|(side, instant)| (side == Side::Known).then_some(instant));
    known.fold(None, |extent, instant| {
        Some(
            extent
                .map_or((instant, instant), |(start, end): (Instant, Instant)| (start.min(instant), end.max(instant))),
        )
    })
}
