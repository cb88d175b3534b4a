//! Keeping up with an edit, in time that does not grow with the timeline but for a few passes over plain columns.
//!
//! Afterwards every question is answered as by an index built anew, but for rows: an event that was not touched stays in
//! the row it has, and one that was stays there too where it still fits. Rows are packed anew when a timeline is opened,
//! after an edit that touches many events or, in a short timeline, the lanes, and where a short timeline comes to take up much more time or much
//! less: the room that its rows keep for labels is a share of that.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::bands::{self, Arranged, Lines, Shares};
use super::build::{Prepared, footprint_micros};
use super::counts::Counts;
use super::facet::{Facet, Value, is_same};
use super::{Band, BandKey, Index, ShortKey, Spot};
use crate::edit::Edit;
use crate::model::{BandOrder, Event, EventField, Grouping, Key, Record, RecordKind, SharedEvent, Text, Timeline};
use crate::time::{Instant, Zone};

/// One that touches more than this share of all events has everything derived anew.
const MOST_SHARE: usize = 8;

/// Up to where an edit is followed within the frame, and how.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// An edit that touches more events than this is followed in one pass, where those that stay keep their order; else everything
    /// is derived anew, which takes less time than to follow one after the other.
    pub many: usize,
    /// The most events of a timeline whose rows are packed anew because of the time it takes up: among more, no frame waits for it.
    pub most_repacked: usize,
    /// The most events of a timeline whose bands are made anew at once where an edit leads to others: of more, the index is behind
    /// until that was done outside the frame.
    pub most_regrouped: usize,
}

impl Limits {
    const WINDOW: Self = Self { many: 256, most_repacked: 50_000, most_regrouped: 20_000 };
}

/// How many times as wide as they should be, or as narrow, footprints may become before rows are packed anew.
const FOOTPRINT_SLACK: f64 = 1.5;

/// What an edit will touch, noted before it is applied.
#[derive(Debug, Clone, Default)]
pub struct Touched {
    /// The events it names that are there, by position, each once.
    pub(super) before: Vec<(usize, SharedEvent)>,
    /// The ids that it names, each once.
    ids: Vec<Text>,
    /// Where those of them stand that are there once it has been applied, in order, from when that is first asked.
    after: OnceLock<Vec<usize>>,
    /// The ids of the lanes, where it names one.
    lanes: Option<Vec<String>>,
    eras: bool,
    sources: bool,
    /// Whether it does anything to events but to replace some by others of the same ids, or to add some.
    may_move: bool,
}

impl Touched {
    /// What an edit of this timeline will touch.
    pub fn by(edit: &Edit, timeline: &Timeline) -> Self {
        let (mut touched, mut ids) = (Self::default(), Vec::new());
        touched.note(edit, timeline, &mut ids);
        let mut seen = FxHashSet::default();
        ids.retain(|id| seen.insert(id.as_str()));
        let positions = timeline.event_positions(&ids).flatten();
        let noted = positions.filter_map(|at| Some((at, timeline.events().shared(at)?.clone())));
        touched.before = noted.collect();
        touched.before.sort_unstable_by_key(|(position, _)| *position);
        touched.ids = ids.into_iter().cloned().collect();
        if !touched.may_move && touched.before.len() == touched.ids.len() {
            // Where each is replaced by one of the same id, all stay where they are: none is looked for again.
            touched.after =
                OnceLock::from(touched.before.iter().map(|(position, _)| *position).collect::<Vec<usize>>());
        }
        touched
    }

    /// Whether it names so many events that what follows it does so in passes over whole columns.
    pub fn is_of_many(&self) -> bool {
        self.ids.len() > Limits::WINDOW.many
    }

    /// The ids of the events that the edit names, in the order in which it does.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(Text::as_str)
    }

    /// The events that it names that are there once it has been applied, by position.
    pub(super) fn after<'t>(&self, timeline: &'t Timeline) -> Vec<(usize, &'t Event)> {
        let positions = self.after.get_or_init(|| {
            let ids: Vec<&Text> = self.ids.iter().collect();
            let mut positions: Vec<usize> = timeline.event_positions(&ids).flatten().collect();
            positions.sort_unstable();
            positions
        });
        let event = |position: &usize| Some((*position, timeline.events().get(*position)?));
        positions.iter().filter_map(event).collect()
    }

    /// Notes what an edit names; of events only the ids, which are looked up together.
    fn note<'e>(&mut self, edit: &'e Edit, timeline: &Timeline, ids: &mut Vec<&'e Text>) {
        match edit {
            Edit::Put { record, replaces, .. } => {
                self.may_move |= replaces.is_some();
                match record {
                    Record::Event(event) => ids.push(&event.id),
                    record => self.note_kind(record.kind(), timeline),
                }
                replaces.iter().for_each(|key| self.note_key(key, timeline, ids));
            }
            Edit::Remove(key) => {
                self.may_move = true;
                self.note_key(key, timeline, ids);
            }
            Edit::Batch(edits) => edits.iter().for_each(|edit| self.note(edit, timeline, ids)),
        }
    }

    fn note_key<'e>(&mut self, key: &'e Key, timeline: &Timeline, ids: &mut Vec<&'e Text>) {
        match key {
            Key::Event(id) => ids.push(id),
            key => self.note_kind(key.kind(), timeline),
        }
    }

    fn note_kind(&mut self, kind: RecordKind, timeline: &Timeline) {
        match kind {
            RecordKind::Lane => drop(self.lanes.get_or_insert_with(|| lane_ids(timeline))),
            RecordKind::Era => self.eras = true,
            RecordKind::Source => self.sources = true,
            RecordKind::Event | RecordKind::Header | RecordKind::View => {}
        }
    }
}

fn lane_ids(timeline: &Timeline) -> Vec<String> {
    timeline.lanes().iter().map(|lane| lane.id.to_string()).collect()
}

impl Index {
    /// Follows an edit that has been applied: `timeline` is as it is after, `touched` was noted before.
    pub fn follow(&mut self, timeline: &Timeline, zone: Zone, touched: &Touched) {
        self.follow_within(timeline, zone, touched, Limits::WINDOW);
    }

    /// The same with other limits.
    pub(super) fn follow_within(&mut self, timeline: &Timeline, zone: Zone, touched: &Touched, limits: Limits) {
        let is_long = timeline.events().len() > limits.most_regrouped;
        let has_renumbered = is_long && self.renumber_lanes(timeline, touched);
        if !self.can_follow(timeline, zone, touched, (has_renumbered, limits)) {
            *self = Self::arranged(timeline, zone, self.grouping, &self.arrangement);
            return;
        }
        self.is_behind |= has_renumbered && self.grouping == Grouping::Lane;
        if touched.eras {
            self.place_eras(timeline);
        }
        let after = touched.after(timeline);
        let mut has_followed = true;
        if touched.before.len().max(after.len()) > limits.many {
            // Of a lane with too many events for the frame these wait in its band until the bands are made anew.
            self.is_behind |= has_renumbered;
            has_followed = self.follow_many(timeline, &touched.before, &after, has_renumbered);
        } else {
            self.follow_events(timeline, &touched.before, &after);
        }
        self.measure();
        self.is_behind |= is_long && self.may_move_others(timeline, touched);
        let fits = !self.bands_no_longer_fit(timeline);
        self.is_behind |= is_long && !fits;
        if !has_followed || !(fits || is_long) || self.footprint_no_longer_fits(limits) {
            *self = Self::arranged(timeline, zone, self.grouping, &self.arrangement);
        }
    }

    /// Lets the bands of a long timeline in which lanes have come, gone or changed places name each lane where it stands now; says whether
    /// there are such lanes. Which bands there are then, and in which order, is worked out outside the frame.
    fn renumber_lanes(&mut self, timeline: &Timeline, touched: &Touched) -> bool {
        let Some(before) = &touched.lanes else { return false };
        let lanes = timeline.lanes().iter().enumerate();
        let now: FxHashMap<&str, usize> = lanes.map(|(at, lane)| (lane.id.as_str(), at)).collect();
        for band in self.bands.iter_mut().chain(&mut self.hidden) {
            let id = match &band.key {
                BandKey::Lane(at) => before.get(*at).map(|id| Text::from(id.as_str())),
                // Undone, its removal brings a lane back before the bands were made anew.
                BandKey::Gone(id) => Some(id.clone()),
                _ => None,
            };
            if let Some(id) = id {
                band.key = now.get(id.as_str()).map_or(BandKey::Gone(id), |at| BandKey::Lane(*at));
            }
        }
        true
    }

    fn can_follow(
        &self,
        timeline: &Timeline,
        zone: Zone,
        touched: &Touched,
        (has_renumbered, limits): (bool, Limits),
    ) -> bool {
        let is_same = |before: &Vec<String>| *before == lane_ids(timeline);
        let same_lanes = has_renumbered || touched.lanes.as_ref().is_none_or(is_same);
        let few = touched.before.len().max(touched.ids.len()) <= limits.many;
        // Events that come back in great numbers, with a lane that was deleted, take longer than all that is derived anew.
        let coming = touched.ids.len().saturating_sub(touched.before.len());
        let waits = has_renumbered && coming <= timeline.events().len() / MOST_SHARE;
        let can_follow = few || waits || self.can_follow_many(timeline, touched) || !self.is_moved(timeline, touched);
        let is_long = timeline.events().len() > limits.most_regrouped;
        let moves_others = !is_long && self.may_move_others(timeline, touched);
        zone == self.zone && same_lanes && !moves_others && can_follow && !self.bands.is_empty()
    }

    /// Whether an edit may change the values of events that it does not touch.
    fn may_move_others(&self, timeline: &Timeline, touched: &Touched) -> bool {
        // What a source says of itself is said of every event that cites it.
        let of_sources = touched.sources && self.facet().is_some_and(Facet::is_of_sources);
        // A link that leads nowhere any more is a problem of an event that was not touched, and so is a lane that is gone.
        let of_problems = || touched.lanes.is_some() || self.is_moved(timeline, touched);
        of_sources || (self.facet() == Some(Facet::Problem) && of_problems())
    }

    /// Whether an edit is of few of all events, and leads no event into several bands.
    fn can_follow_many(&self, timeline: &Timeline, touched: &Touched) -> bool {
        let is_share = touched.ids.len() <= timeline.events().len() / MOST_SHARE;
        let is_single =
            self.arrangement.is_plain() && !self.spots.are_several() && !self.facet().is_some_and(Facet::is_list);
        is_share && is_single
    }

    /// Whether any of the touched events is another to the index.
    fn is_moved(&self, timeline: &Timeline, touched: &Touched) -> bool {
        let stays = |(position, old): &(usize, SharedEvent)| {
            let is_unmoved = |new: &Event| new.id == old.id && is_same(self.facet(), old, new);
            timeline.events().get(*position).is_some_and(is_unmoved)
        };
        let before = touched.before.len();
        let after = touched.ids.iter().filter(|id| timeline.event(id).is_some()).count();
        before != after || !touched.before.iter().all(stays)
    }

    fn follow_events(&mut self, timeline: &Timeline, before: &[(usize, SharedEvent)], after: &[(usize, &Event)]) {
        // All are taken out before any is put in: its place in the order is found by comparing with the others as they are now.
        if before.iter().map(|(position, _)| position).eq(after.iter().map(|(position, _)| position)) {
            let mut moved = Vec::new();
            for ((position, old), (_, new)) in before.iter().zip(after) {
                let Some(slot) = self.slots.slot(*position).filter(|_| !is_same(self.facet(), old, new)) else {
                    continue;
                };
                moved.push((slot, *new, self.take_out(timeline, slot, old)));
            }
            for (slot, new, spots) in moved {
                self.put_in(timeline, slot, new, &spots);
            }
            return;
        }
        let mut had: BTreeMap<&str, Vec<Spot>> = BTreeMap::new();
        for (position, old) in before.iter().rev() {
            let Some(slot) = self.slots.slot(*position) else { continue };
            had.insert(&*old.id, self.take_out(timeline, slot, old));
            self.slots.remove(*position);
        }
        // All positions first too.
        let slots: Vec<u32> = after.iter().map(|(position, _)| self.slots.insert(*position)).collect();
        for (slot, (_, new)) in slots.into_iter().zip(after) {
            self.put_in(timeline, slot, new, had.get(&*new.id).map_or(&[], Vec::as_slice));
        }
    }

    /// Takes an event out of everything but the slots; says where it stood.
    fn take_out(&mut self, timeline: &Timeline, slot: u32, old: &Event) -> Vec<Spot> {
        if let Some(at) = self.rank_of(timeline, slot, old) {
            self.order.remove(at);
        }
        if old.date.is_none() {
            self.undated -= 1;
            return Vec::new();
        }
        if let Some(facet) = self.facet() {
            self.values.remove(&facet.values(timeline, old, self.zone));
        }
        let prepared = Prepared::of(old, self.zone);
        self.opens.remove(&prepared);
        let Some(placed) = prepared.placed(slot) else { return Vec::new() };
        let spots = self.spots.take(slot);
        for spot in &spots {
            if let Some(lines) = self.lines.get_mut(spot.band as usize) {
                lines.remove(spot.row, slot, placed.start);
            }
            self.fit_height(spot.band);
        }
        self.placed -= 1;
        if let Some((first, _)) = prepared.known {
            self.counts.remove(first);
            if self.counts.is_loose() {
                self.recount();
            }
        }
        spots
    }

    /// Where the event in a slot stands in the order. Found by its key where no other has changed or moved; the one changed
    /// stands at the place found or before it, whichever way it compares with itself.
    fn rank_of(&self, timeline: &Timeline, slot: u32, old: &Event) -> Option<usize> {
        let own = (old.sort_key(self.zone), self.slots.position(slot) as usize);
        let near = self.rank_from(timeline, 0, own);
        let found = [Some(near), near.checked_sub(1)];
        let found = found.into_iter().flatten().find(|at| self.order.slots().get(*at) == Some(&slot));
        found.or_else(|| self.order.slots().iter().position(|other| *other == slot))
    }

    fn put_in(&mut self, timeline: &Timeline, slot: u32, event: &Event, had: &[Spot]) {
        self.spots.put(slot, &[]);
        let prepared = Prepared::of(event, self.zone);
        let own = (prepared.key, self.slots.position(slot) as usize);
        let at = self.rank_from(timeline, 0, own);
        self.order.insert(at, slot, ShortKey::of(&prepared.key));
        if event.date.is_none() {
            self.undated += 1;
            return;
        }
        let values = self.facet().map_or_else(Vec::new, |facet| facet.values(timeline, event, self.zone));
        let bands = self.bands_for(timeline, &values);
        if self.facet().is_some() {
            self.values.add(values);
        }
        let Some(placed) = prepared.placed(slot) else { return };
        let mut spots = Vec::with_capacity(bands.len());
        for band in bands {
            let had = had.iter().find(|spot| spot.band == band && (spot.row as usize) < super::MOST_ROWS);
            let Some(lines) = self.lines.get_mut(band as usize) else { continue };
            let row = lines.insert(&placed, self.footprint_micros, had.map(|spot| spot.row));
            spots.push(Spot { band, row });
            self.fit_height(band);
        }
        self.spots.put(slot, &spots);
        self.placed += 1;
        self.opens.add(&prepared);
        if let Some((first, _)) = prepared.known {
            self.counts.add(first);
        }
    }

    /// What the bands stand for.
    pub(super) fn facet(&self) -> Option<Facet> {
        Facet::of(self.grouping)
    }

    /// The bands of an event with these values, from the top. That of the first in no lane is made; where another has none yet,
    /// the bands no longer fit, and all is derived anew.
    pub(super) fn bands_for(&mut self, timeline: &Timeline, values: &[Value]) -> Vec<u32> {
        let shares = Shares::of(timeline, &self.bands, &self.hidden);
        let mut bands: Vec<u32> = if values.is_empty() {
            shares.band(None).into_iter().collect()
        } else {
            values.iter().filter_map(|value| shares.band(Some(value))).collect()
        };
        bands.sort_unstable();
        bands.dedup();
        let is_hidden = bands.last() == Some(&bands::NOWHERE);
        bands.retain(|band| *band != bands::NOWHERE);
        if bands.is_empty() && !is_hidden && self.grouping == Grouping::Lane {
            bands.extend(u32::try_from(self.bands.len()));
            self.bands.push(bands::rest(Facet::Event(EventField::Lane)));
            self.lines.push(Lines::default());
        }
        bands
    }

    pub(super) fn recount(&mut self) {
        let spots = &self.spots;
        let starts = bands::each_line(&self.lines).flat_map(|(band, line)| {
            // What stands in several bands is counted in the topmost.
            let is_counted =
                move |(start, slot): &(&Instant, &u32)| **start != Instant::MIN && spots.is_first(**slot, band);
            line.starts.iter().zip(&line.slots).filter(is_counted).map(|(start, _)| *start)
        });
        self.counts = Counts::of(starts.chain(self.opens.starts.iter().copied()));
    }

    pub(super) fn fit_height(&mut self, band: u32) {
        if let Some((band, lines)) = self.bands.get_mut(band as usize).zip(self.lines.get(band as usize)) {
            band.rows = lines.height();
        }
    }

    /// Drops the last band where nothing is in no lane any more; says whether bands have come or gone otherwise, or stand in
    /// another order. Else they take the titles that lanes and sources have now.
    fn bands_no_longer_fit(&mut self, timeline: &Timeline) -> bool {
        // By the first event of each only a rearrangement moves bands: to ask every event at each edit would take too long.
        let keeps_order = self.arrangement.order == BandOrder::First;
        let Arranged { bands: wanted, hidden } =
            bands::bands(timeline, self.grouping, &self.values, &self.arrangement, None);
        // With the band of a lane that is gone there is one too many as well, and the last has events.
        let is_last_idle = self.bands.last().is_some_and(|band| band.key == BandKey::Rest)
            && self.lines.last().is_some_and(Lines::is_empty);
        let is_too_many = wanted.len() + 1 == self.bands.len() && self.arrangement.is_plain();
        if self.grouping == Grouping::Lane && is_too_many && is_last_idle {
            self.bands.pop();
            self.lines.pop();
        }
        let has = |all: &[Band], band: &Band| all.iter().any(|other| other.key == band.key);
        let fits = if keeps_order {
            self.bands.len() == wanted.len() && self.bands.iter().all(|band| has(&wanted, band))
        } else {
            self.bands.iter().map(|band| &band.key).eq(wanted.iter().map(|band| &band.key))
        };
        let fits = fits && self.hidden.len() == hidden.len() && self.hidden.iter().all(|band| has(&hidden, band));
        if fits {
            for band in &mut self.bands {
                if let Some(wanted) = wanted.iter().find(|wanted| wanted.key == band.key) {
                    band.title.clone_from(&wanted.title);
                }
            }
        }
        !fits
    }

    /// Whether rows were packed for quite another time than the timeline takes up now. A timeline begun from nothing has its
    /// first rows packed for the one day of its first event, in which no label has room.
    fn footprint_no_longer_fits(&self, limits: Limits) -> bool {
        let (own, wanted) = (self.footprint_micros as f64, footprint_micros(self.extent) as f64);
        self.placed <= limits.most_repacked && (wanted > own * FOOTPRINT_SLACK || own > wanted * FOOTPRINT_SLACK)
    }
}
