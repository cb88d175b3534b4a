//! Keeping up with an edit of many events, which change, come or go while the others keep their order: each line is gone
//! through once.
//!
//! Taken out and put in one by one, each event would move the rest of its line and of the order; derived anew, every date of the
//! timeline would be worked out again. Here lines and order are merged with what has changed, in time that grows with both.

use rustc_hash::{FxHashMap, FxHashSet};

use super::bands::{Lines, Shares};
use super::build::Prepared;
use super::facet::{has_same_values, is_same};
use super::line::{Line, leap};
use super::slot_set::SlotSet;
use super::{Facet, Index, Placed, ShortKey, Spot, Tally, rows};
use crate::ahead;
use crate::model::{Event, SharedEvent, Timeline};
use crate::time::{Instant, SortKey, Zone};

/// An event that has changed to an index, as it was and as it is: one that comes was not there, one that goes is no longer.
struct Changed<'e> {
    slot: u32,
    /// Where it stands in the list now.
    position: usize,
    old: Option<(&'e Event, Prepared)>,
    new: Option<(&'e Event, Prepared)>,
}

/// An event that is no longer there, by the slot that it had.
struct Gone<'e> {
    slot: u32,
    event: &'e Event,
}

impl<'e> Changed<'e> {
    /// One that was there and is there now. What is worked out of a date is not worked out twice.
    fn of(slot: u32, position: usize, old: &'e Event, new: &'e Event, zone: Zone) -> Self {
        let was = Prepared::of(old, zone);
        let is = match old.date == new.date {
            true => Prepared { weight: new.weight, ..was },
            false => Prepared::of(new, zone),
        };
        Self { slot, position, old: Some((old, was)), new: Some((new, is)) }
    }

    /// Whether it has the values that it had of what the bands stand for, before and now.
    fn has_same_values(&self, facet: Option<Facet>) -> bool {
        let (Some((old, was)), Some((new, is))) = (&self.old, &self.new) else { return false };
        was.is_dated && is.is_dated && facet.is_none_or(|facet| has_same_values(facet, old, new))
    }

    fn key(side: Option<&(&Event, Prepared)>) -> Option<SortKey> {
        side.map(|(_, prepared)| prepared.key)
    }
}

impl Index {
    /// Follows the change of events of which none stands in several bands. Says whether it could: where an event that stays has
    /// another place among the others, all is to be derived anew.
    ///
    /// Where the bands `wait` to be made anew outside the frame, nothing is worked out that will be then, and events may stand in several
    /// bands: what keeps its place in time keeps those in which it stands, and what comes is put onto the pile of one.
    pub(super) fn follow_many(
        &mut self,
        timeline: &Timeline,
        before: &[(usize, SharedEvent)],
        after: &[(usize, &Event)],
        wait: bool,
    ) -> bool {
        let is_unmoved =
            |((was, old), (is, new)): (&(usize, SharedEvent), &(usize, &Event))| was == is && old.id == new.id;
        let none_moved = before.len() == after.len() && before.iter().zip(after).all(is_unmoved);
        let found = if none_moved {
            Some((self.changed(before, after, wait), Vec::new()))
        } else {
            self.moved(before, after, wait)
        };
        let Some((changed, gone)) = found else { return false };
        self.take_out_many(&gone);
        self.reorder(timeline, &changed);
        self.recount_changed(timeline, &changed);
        let set = SlotSet::of(changed.iter().map(|one| one.slot), self.spots.len());
        self.refill(timeline, &changed, &set, wait);
        true
    }

    /// What has changed of events that all stay where they are. To bands that wait a value is no change.
    fn changed<'e>(
        &self,
        before: &'e [(usize, SharedEvent)],
        after: &'e [(usize, &Event)],
        wait: bool,
    ) -> Vec<Changed<'e>> {
        let facet = self.facet().filter(|_| !wait);
        let pairs = before.iter().zip(after).filter(|((_, old), (_, new))| !is_same(facet, old, new));
        let changed = |((position, old), (_, new)): (&'e (usize, SharedEvent), &'e (usize, &Event))| {
            Some(Changed::of(self.slots.slot(*position)?, *position, old, new, self.zone))
        };
        pairs.filter_map(changed).collect()
    }

    /// What has changed of events of which some go or come: slots are freed and taken. None where one that stays has another place
    /// among the others. What goes is apart where bands wait: nothing of its date is worked out.
    fn moved<'e>(
        &mut self,
        before: &'e [(usize, SharedEvent)],
        after: &'e [(usize, &Event)],
        wait: bool,
    ) -> Option<(Vec<Changed<'e>>, Vec<Gone<'e>>)> {
        let facet = self.facet().filter(|_| !wait);
        let prepared = |event: &'e Event| Some((event, Prepared::of(event, self.zone)));
        let now: FxHashMap<&str, &(usize, &Event)> = after.iter().map(|one| (&*one.1.id, one)).collect();
        let mut changed: Vec<Changed<'_>> = Vec::with_capacity(before.len().max(after.len()));
        let (mut staying, mut freed, mut gone) = (Vec::new(), Vec::new(), Vec::new());
        for (position, old) in before {
            let slot = self.slots.slot(*position)?;
            match now.get(&*old.id) {
                None => {
                    freed.push(short(*position));
                    if wait {
                        gone.push(Gone { slot, event: old });
                    } else {
                        changed.push(Changed { slot, position: *position, old: prepared(old), new: None });
                    }
                }
                Some((position, new)) => {
                    staying.push((slot, *position));
                    if !is_same(facet, old, new) {
                        changed.push(Changed::of(slot, *position, old, new, self.zone));
                    }
                }
            }
        }
        let stayed: FxHashSet<usize> = staying.iter().map(|(_, position)| *position).collect();
        let coming = || after.iter().filter(|(position, _)| !stayed.contains(position));
        self.slots.remove_many(&freed);
        let slots = self.slots.insert_many(&coming().map(|(position, _)| short(*position)).collect::<Vec<u32>>());
        if staying.iter().any(|(slot, position)| self.slots.position(*slot) as usize != *position) {
            return None;
        }
        let coming: Vec<&(usize, &Event)> = coming().collect();
        for (slot, (position, new)) in slots.into_iter().zip(ahead::in_parts(&coming, read_ahead)) {
            self.spots.put(slot, &[]);
            let new = Some((*new, Prepared::of(new, self.zone)));
            changed.push(Changed { slot, position: *position, old: None, new });
        }
        Some((changed, gone))
    }

    /// Takes events out by where they stand, in a few passes over columns. Only of those with an open side, which stands in no column, and
    /// of those in no line the dates are asked. What values they had is counted with the bands.
    fn take_out_many(&mut self, gone: &[Gone<'_>]) {
        if gone.is_empty() {
            return;
        }
        let slots: Vec<u32> = gone.iter().map(|one| one.slot).collect();
        let set = SlotSet::of(slots.iter().copied(), self.spots.len());
        self.order.remove_many(|slot| set.has(slot));
        let mut open: FxHashSet<u32> = FxHashSet::default();
        for lines in &mut self.lines {
            for line in lines.rows.iter().chain([&lines.pile.line]) {
                let sides = line.slots.iter().zip(line.starts.iter().zip(&line.ends));
                let is_open = |(slot, (start, end)): &(&u32, (&Instant, &Instant))| {
                    (**start == Instant::MIN || **end == Instant::MAX) && set.has(**slot)
                };
                open.extend(sides.filter(is_open).map(|(slot, _)| *slot));
            }
            lines.refill(|slot| set.has(slot).then_some(Fate::Leaves), &[], self.footprint_micros, false);
        }
        for Gone { slot, event } in gone {
            if self.spots.first(*slot).is_some() && !open.contains(slot) {
                self.placed = self.placed.saturating_sub(1);
                continue;
            }
            let prepared = Prepared::of(event, self.zone);
            self.undated = self.undated.saturating_sub(usize::from(!prepared.is_dated));
            self.opens.remove(&prepared);
            self.placed = self.placed.saturating_sub(usize::from(prepared.reach.is_some()));
        }
        self.spots.take_all(&slots);
        (0..short(self.bands.len())).for_each(|band| self.fit_height(band));
        self.recount();
    }

    /// Brings the order in line: what goes or has another date leaves it, and what comes or has another one is merged into what
    /// is left.
    fn reorder(&mut self, timeline: &Timeline, changed: &[Changed<'_>]) {
        let moves = |one: &&Changed<'_>| Changed::key(one.old.as_ref()) != Changed::key(one.new.as_ref());
        let moving: Vec<&Changed<'_>> = changed.iter().filter(moves).collect();
        if moving.is_empty() {
            return;
        }
        let set = SlotSet::of(moving.iter().map(|one| one.slot), self.spots.len());
        if moving.iter().any(|one| one.old.is_some()) {
            self.order.remove_many(|slot| set.has(slot));
        }
        let placed = |one: &&Changed<'_>| Some((Changed::key(one.new.as_ref())?, one.position, one.slot));
        let mut moved: Vec<(SortKey, usize, u32)> = moving.iter().filter_map(placed).collect();
        moved.sort_unstable_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        // Each stands behind the one before it, and mostly near.
        let mut rank = 0;
        let placed = |(key, position, slot): (SortKey, usize, u32)| {
            rank = self.rank_from(timeline, rank, (key, position));
            (rank, slot, ShortKey::of(&key))
        };
        let coming: Vec<(usize, u32, ShortKey)> = moved.into_iter().map(placed).collect();
        self.order.insert_many(&coming);
    }

    /// Counts what has changed anew: values, open sides, what begins when, what has no date.
    fn recount_changed(&mut self, timeline: &Timeline, changed: &[Changed<'_>]) {
        for one in changed {
            let facet = self.facet().filter(|_| !one.has_same_values(self.facet()));
            let Changed { old, new, .. } = one;
            if let Some((old, was)) = old {
                self.undated = self.undated.saturating_sub(usize::from(!was.is_dated));
                if let Some(facet) = facet.filter(|_| was.is_dated) {
                    self.values.remove(&facet.values(timeline, old, self.zone));
                }
                self.opens.remove(was);
                if let Some((first, _)) = was.known.filter(|_| was.reach.is_some()) {
                    self.counts.remove(first);
                }
                self.placed = self.placed.saturating_sub(usize::from(was.reach.is_some()));
            }
            if let Some((new, is)) = new {
                self.undated += usize::from(!is.is_dated);
                if let Some(facet) = facet.filter(|_| is.is_dated) {
                    self.values.add(facet.values(timeline, new, self.zone));
                }
                self.opens.add(is);
                if let Some((first, _)) = is.known.filter(|_| is.reach.is_some()) {
                    self.counts.add(first);
                }
                self.placed += usize::from(is.reach.is_some());
            }
        }
    }

    /// Takes what has changed out of the lines and puts it into those it belongs to now. What stands where it stood only takes its
    /// weight there; where the bands wait to be made anew, it does in whichever band.
    fn refill(&mut self, timeline: &Timeline, changed: &[Changed<'_>], set: &SlotSet, wait: bool) {
        let mut shares = Shares::of(timeline, &self.bands, &self.hidden);
        let mut coming: Vec<Vec<(Placed, Option<u32>)>> = vec![Vec::new(); self.lines.len()];
        let mut is_left = vec![false; self.lines.len()];
        let mut staying: FxHashMap<u32, u8> = FxHashMap::default();
        let mut leaving = Vec::new();
        for one in changed {
            for spot in self.spots.of(one.slot) {
                if let Some(is_left) = is_left.get_mut(spot.band as usize) {
                    *is_left = true;
                }
            }
            // A slot that one frees another may have taken.
            let had = self.spots.first(one.slot).filter(|_| one.old.is_some());
            let came = one.new.as_ref().and_then(|(new, prepared)| Some((*new, prepared.placed(one.slot)?)));
            let Some((new, placed)) = came else {
                leaving.push(one.slot);
                continue;
            };
            let was = one.old.as_ref().and_then(|(_, prepared)| prepared.placed(one.slot));
            let is_where_it_was = was.is_some_and(|was| (was.start, was.past()) == (placed.start, placed.past()));
            if wait && had.is_some() && is_where_it_was {
                staying.insert(one.slot, placed.weight);
                continue;
            }
            let own = had.map(|spot| spot.band).filter(|_| one.has_same_values(self.facet()));
            let band = own.or_else(|| {
                let value = self.facet().and_then(|facet| facet.values(timeline, new, self.zone).into_iter().next());
                shares.band(value.as_ref()).or_else(|| {
                    // The band of the first in no lane is made; of another value all is derived anew after this.
                    let made = self.bands_for(timeline, &value.into_iter().collect::<Vec<_>>()).first().copied();
                    shares = Shares::of(timeline, &self.bands, &self.hidden);
                    coming.resize_with(self.lines.len(), Vec::new);
                    is_left.resize(self.lines.len(), false);
                    made
                })
            });
            let had = had.filter(|spot| Some(spot.band) == band);
            if had.is_some() && is_where_it_was {
                staying.insert(one.slot, placed.weight);
                continue;
            }
            leaving.push(one.slot);
            let row = had.map(|spot| spot.row).filter(|row| (*row as usize) < super::MOST_ROWS);
            if let Some(coming) = band.and_then(|band| coming.get_mut(band as usize)) {
                coming.push((placed, row));
            }
        }
        self.spots.take_all(&leaving);
        let fate =
            |slot: u32| set.has(slot).then(|| staying.get(&slot).map_or(Fate::Leaves, |weight| Fate::Stays(*weight)));
        for (band, (mut coming, is_left)) in coming.into_iter().zip(is_left).enumerate() {
            if coming.is_empty() && !is_left {
                continue;
            }
            coming.sort_by_key(|(event, _)| (event.start, event.past()));
            let Some(lines) = self.lines.get_mut(band) else { continue };
            let fate = |slot| if is_left { fate(slot) } else { None };
            let rows = lines.refill(fate, &coming, self.footprint_micros, wait);
            let band = short(band);
            for ((event, _), row) in coming.iter().zip(rows) {
                self.spots.put(event.slot, &[Spot { band, row }]);
            }
            self.fit_height(band);
        }
        if self.counts.is_loose() {
            self.recount();
        }
    }
}

/// Reads what lines and order ask of events that come.
fn read_ahead(events: &[&(usize, &Event)]) {
    ahead::read(events, |(_, event)| usize::from(event.date.is_some()) + usize::from(event.lane.is_some()));
    ahead::read(events, |(_, event)| event.date_as_written().len() + event.lane.as_deref().map_or(0, str::len));
}

/// What becomes of an event that has changed, in the line in which it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It stays, with this weight.
    Stays(u8),
    Leaves,
}

fn short(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

/// What has changed in a line: by position in it, and rising.
#[derive(Debug, Default)]
struct LineChange {
    gone: Vec<usize>,
    weights: Vec<(usize, u8)>,
    /// What comes, by start.
    come: Vec<Placed>,
}

impl LineChange {
    /// What leaves a line and what stays there with another weight. Reads each slot of it once.
    fn of(line: &Line, fate: impl Fn(u32) -> Option<Fate>) -> Self {
        let mut change = Self::default();
        for (at, slot) in line.slots.iter().enumerate() {
            match fate(*slot) {
                None => {}
                Some(Fate::Leaves) => change.gone.push(at),
                Some(Fate::Stays(weight)) => change.weights.push((at, weight)),
            }
        }
        change
    }
}

/// A row while events are put into it in the order of their starts.
struct Filling<'l> {
    starts: &'l [Instant],
    ends: &'l [Instant],
    /// How many of the line begin before what comes next, and how many of these leave it.
    passed: usize,
    gone_passed: usize,
    change: LineChange,
}

impl<'l> Filling<'l> {
    fn of(line: &'l Line, fate: impl Fn(u32) -> Option<Fate>) -> Self {
        Self { starts: &line.starts, ends: &line.ends, passed: 0, gone_passed: 0, change: LineChange::of(line, fate) }
    }

    /// A row that is not there yet.
    fn new() -> Self {
        Self { starts: &[], ends: &[], passed: 0, gone_passed: 0, change: LineChange::default() }
    }

    /// What stands before and after the place of the event that comes next; none where the place is taken.
    fn gap(&mut self, event: &Placed) -> Option<Space> {
        let gone = &self.change.gone;
        self.passed = leap(self.starts, self.passed, |start| start < event.start, &mut Tally::default());
        self.gone_passed +=
            gone.get(self.gone_passed..).unwrap_or_default().iter().take_while(|at| **at < self.passed).count();
        // The last before it and the first after it that stay.
        let (mut before, mut gone_before) = (self.passed, self.gone_passed);
        while let Some(last) = gone_before.checked_sub(1).and_then(|nth| gone.get(nth)).filter(|at| **at + 1 == before)
        {
            (before, gone_before) = (*last, gone_before - 1);
        }
        let (mut after, mut gone_after) = (self.passed, self.gone_passed);
        while gone.get(gone_after) == Some(&after) {
            (after, gone_after) = (after + 1, gone_after + 1);
        }
        let kept = before.checked_sub(1).and_then(|at| Some((*self.starts.get(at)?, *self.ends.get(at)?)));
        // Of what begins before, that which begins last ends last: a row holds nothing that overlaps.
        let previous = kept.max(self.change.come.last().map(|came| (came.start, came.past())));
        let (begun, over) = previous.unwrap_or((Instant::MIN, Instant::MIN));
        let next = self.starts.get(after).copied();
        let has_begun = previous.is_some_and(|(begun, _)| begun == event.start);
        let is_free = !has_begun && over <= event.start && next.is_none_or(|next| event.past() <= next);
        is_free.then_some(Space { begun, over, next: next.unwrap_or(Instant::MAX) })
    }
}

/// A free place in a row.
#[derive(Debug, Clone, Copy)]
struct Space {
    /// When the event before it begins, and when it is over.
    begun: Instant,
    over: Instant,
    /// When the event after it begins.
    next: Instant,
}

impl Space {
    /// Whether neither the label of an event that comes here nor that of the one before would meet a mark.
    fn has_room(self, event: &Placed, footprint_micros: i64) -> bool {
        let clear_before = self.over == Instant::MIN || self.begun.saturating_add(footprint_micros) <= event.start;
        clear_before && event.past().max(event.start.saturating_add(footprint_micros)) <= self.next
    }
}

impl Lines {
    /// Lets events leave their rows and puts others in, which come by start, each with the row it had here: into that where
    /// it fits, else as [`Lines::insert`] does. Says which row each has.
    fn refill(
        &mut self,
        fate: impl Fn(u32) -> Option<Fate>,
        coming: &[(Placed, Option<u32>)],
        footprint_micros: i64,
        onto_pile: bool,
    ) -> Vec<u32> {
        let mut rows: Vec<Filling<'_>> = self.rows.iter().map(|line| Filling::of(line, &fate)).collect();
        let mut pile = LineChange::of(&self.pile.line, &fate);
        let mut assigned = Vec::with_capacity(coming.len());
        for (event, had) in coming {
            let had = had.map(|row| row as usize).filter(|_| !onto_pile);
            let had = had.filter(|row| rows.get_mut(*row).is_some_and(|row| row.gap(event).is_some()));
            let row = match had {
                Some(row) => row,
                None if onto_pile => self.most,
                None => chosen(&mut rows, event, footprint_micros),
            };
            if row >= self.most {
                pile.come.push(*event);
                assigned.push(self.most);
                continue;
            }
            if row == rows.len() {
                rows.push(Filling::new());
            }
            if let Some(filling) = rows.get_mut(row) {
                filling.change.come.push(*event);
            }
            assigned.push(row);
        }
        let changes: Vec<LineChange> = rows.into_iter().map(|row| row.change).collect();
        self.rows.resize_with(changes.len(), Line::default);
        for (line, change) in self.rows.iter_mut().zip(changes) {
            line.reweigh(&change.weights);
            line.splice(&change.gone, &change.come);
        }
        self.pile.line.reweigh(&pile.weights);
        self.pile.splice(&pile.gone, &pile.come);
        while self.rows.last().is_some_and(Line::is_empty) {
            self.rows.pop();
        }
        assigned.into_iter().map(short).collect()
    }
}

/// The row of an event that has none yet, of these or the one below them: where its label has room, else a new one, else that which
/// has been free for longest.
fn chosen(rows: &mut [Filling<'_>], event: &Placed, footprint_micros: i64) -> usize {
    let mut free: Option<(Instant, usize)> = None;
    for (row, filling) in rows.iter_mut().enumerate() {
        let Some(space) = filling.gap(event) else { continue };
        if space.has_room(event, footprint_micros) {
            return row;
        }
        let own = (space.over, row);
        free = Some(free.map_or(own, |free| free.min(own)));
    }
    match free {
        Some((_, row)) if rows.len() >= rows::SOFT_ROWS => row,
        _ => rows.len(),
    }
}
