//! Keeping up with an edit of many events, which change, come or go while the others keep their order: each line is gone
//! through once.
//!
//! Taken out and put in one by one, each event would move the rest of its line and of the order; derived anew, every date of the
//! timeline would be worked out again. Here lines and order are merged with what has changed, in time that grows with both.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::bands::{Lines, Shares};
use super::build::Prepared;
use super::line::{Line, leap};
use super::pile::Pile;
use super::{Index, Placed, Spot, Tally, rows};
use crate::model::{Event, Timeline};
use crate::time::{Instant, SortKey};

/// An event that has changed to an index, as it was and as it is: one that comes was not there, one that goes is no longer.
struct Changed<'e> {
    slot: u32,
    /// Where it stands in the list now.
    position: usize,
    old: Option<(&'e Event, Prepared)>,
    new: Option<(&'e Event, Prepared)>,
}

impl Changed<'_> {
    fn key(side: Option<&(&Event, Prepared)>) -> Option<SortKey> {
        side.map(|(_, prepared)| prepared.key)
    }
}

/// Slots as bits.
struct Set(Vec<u64>);

impl Set {
    fn of(slots: impl Iterator<Item = u32>, len: usize) -> Self {
        let mut words = vec![0; len.div_ceil(64)];
        for slot in slots {
            if let Some(word) = words.get_mut(slot as usize / 64) {
                *word |= 1 << (slot % 64);
            }
        }
        Self(words)
    }

    fn has(&self, slot: u32) -> bool {
        self.0.get(slot as usize / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1)
    }
}

impl Index {
    /// Follows the change of events of which none stands in several bands. Says whether it could: where an event that stays has
    /// another place among the others, all is to be derived anew.
    pub(super) fn follow_many(
        &mut self,
        timeline: &Timeline,
        before: &BTreeMap<usize, Event>,
        after: &BTreeMap<usize, &Event>,
    ) -> bool {
        let facet = self.facet();
        let now: FxHashMap<&str, (usize, &Event)> =
            after.iter().map(|(position, new)| (&*new.id, (*position, *new))).collect();
        let mut changed: Vec<Changed<'_>> = Vec::with_capacity(before.len().max(after.len()));
        let (mut staying, mut gone) = (Vec::new(), Vec::new());
        for (position, old) in before {
            let Some(slot) = self.slots.slot(*position) else { return false };
            let prepared = Prepared::of(old, self.zone);
            match now.get(&*old.id) {
                None => {
                    gone.push(short(*position));
                    changed.push(Changed { slot, position: *position, old: Some((old, prepared)), new: None });
                }
                Some((position, new)) => {
                    staying.push((slot, *position));
                    if !super::facet::is_same(facet, old, new) {
                        let new = Some((*new, Prepared::of(new, self.zone)));
                        changed.push(Changed { slot, position: *position, old: Some((old, prepared)), new });
                    }
                }
            }
        }
        let stayed: FxHashSet<usize> = staying.iter().map(|(_, position)| *position).collect();
        let coming: Vec<(&usize, &&Event)> = after.iter().filter(|(position, _)| !stayed.contains(position)).collect();
        self.slots.remove_many(&gone);
        let slots = self.slots.insert_many(&coming.iter().map(|(position, _)| short(**position)).collect::<Vec<u32>>());
        if staying.iter().any(|(slot, position)| self.slots.position(*slot) as usize != *position) {
            return false;
        }
        for (slot, (position, new)) in slots.into_iter().zip(coming) {
            self.spots.put(slot, &[]);
            let new = Some((*new, Prepared::of(new, self.zone)));
            changed.push(Changed { slot, position: *position, old: None, new });
        }
        self.reorder(timeline, &changed);
        self.recount_changed(timeline, &changed);
        let set = Set::of(changed.iter().map(|one| one.slot), self.spots.len());
        self.refill(timeline, &changed, &set);
        true
    }

    /// Brings the order in line: what goes or has another date leaves it, and what comes or has another one is merged into what
    /// is left.
    fn reorder(&mut self, timeline: &Timeline, changed: &[Changed<'_>]) {
        let moves = |one: &&Changed<'_>| Changed::key(one.old.as_ref()) != Changed::key(one.new.as_ref());
        let moving: Vec<&Changed<'_>> = changed.iter().filter(moves).collect();
        if moving.is_empty() {
            return;
        }
        let set = Set::of(moving.iter().map(|one| one.slot), self.spots.len());
        if moving.iter().any(|one| one.old.is_some()) {
            self.order.retain(|slot| !set.has(*slot));
        }
        let placed = |one: &&Changed<'_>| Some((Changed::key(one.new.as_ref())?, one.position, one.slot));
        let mut moved: Vec<(SortKey, usize, u32)> = moving.iter().filter_map(placed).collect();
        if moved.is_empty() {
            return;
        }
        moved.sort_unstable_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        let mut order = Vec::with_capacity(super::with_spare(self.order.len() + moved.len()));
        let mut from = 0;
        for (key, position, slot) in moved {
            let rest = self.order.get(from..).unwrap_or_default();
            let own = (key, position);
            let is_before = |slot: u32| {
                let other = self.order_key(timeline, self.slots.position(slot) as usize);
                other.is_some_and(|other| other < own)
            };
            // What comes next is near: to halve all that is left would read events far away.
            let ahead = leap(rest, 0, is_before, &mut Tally::default());
            order.extend_from_slice(rest.get(..ahead).unwrap_or_default());
            order.push(slot);
            from += ahead;
        }
        order.extend_from_slice(self.order.get(from..).unwrap_or_default());
        self.order = order;
    }

    /// Counts what has changed anew: values, open sides, what begins when, what has no date.
    fn recount_changed(&mut self, timeline: &Timeline, changed: &[Changed<'_>]) {
        for Changed { old, new, .. } in changed {
            if let Some((old, was)) = old {
                self.undated = self.undated.saturating_sub(usize::from(!was.is_dated));
                if let Some(facet) = self.facet().filter(|_| was.is_dated) {
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
                if let Some(facet) = self.facet().filter(|_| is.is_dated) {
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

    /// Takes what has changed out of the lines and puts it into those it belongs to now.
    fn refill(&mut self, timeline: &Timeline, changed: &[Changed<'_>], set: &Set) {
        let mut shares = Shares::of(timeline, &self.bands, &self.hidden);
        let mut coming: Vec<Vec<(Placed, Option<u32>)>> = vec![Vec::new(); self.lines.len()];
        let mut leaves = vec![false; self.lines.len()];
        for one in changed {
            let had = self.spots.take(one.slot).first().copied();
            if let Some(leaves) = had.and_then(|spot| leaves.get_mut(spot.band as usize)) {
                *leaves = true;
            }
            let Some((new, prepared)) = &one.new else { continue };
            let Some(placed) = prepared.placed(one.slot) else { continue };
            let value = self.facet().and_then(|facet| facet.values(timeline, new, self.zone).into_iter().next());
            let band = shares.band(value.as_ref()).or_else(|| {
                // The band of the first in no lane is made; of another value all is derived anew after this.
                let made = self.bands_for(timeline, &value.into_iter().collect::<Vec<_>>()).first().copied();
                shares = Shares::of(timeline, &self.bands, &self.hidden);
                coming.resize_with(self.lines.len(), Vec::new);
                leaves.resize(self.lines.len(), false);
                made
            });
            let Some(band) = band else { continue };
            let had = had.filter(|spot| spot.band == band && (spot.row as usize) < super::MOST_ROWS);
            if let Some(coming) = coming.get_mut(band as usize) {
                coming.push((placed, had.map(|spot| spot.row)));
            }
        }
        for (band, (mut coming, leaves)) in coming.into_iter().zip(leaves).enumerate() {
            if coming.is_empty() && !leaves {
                continue;
            }
            coming.sort_by_key(|(event, _)| (event.start, event.past()));
            let Some(lines) = self.lines.get_mut(band) else { continue };
            let rows = lines.refilled(|slot| leaves && set.has(slot), &coming, self.footprint_micros);
            let band = u32::try_from(band).unwrap_or(u32::MAX);
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

fn short(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

/// A row while events are put into it in the order of their starts.
#[derive(Default)]
struct Filling {
    /// Whether events leave it.
    leaves: bool,
    /// What stays of it, by start.
    kept: Vec<Placed>,
    /// How many of `kept` begin before what comes next.
    passed: usize,
    /// What has come, by start.
    came: Vec<Placed>,
}

impl Filling {
    /// What stands before and after a place: none where it is taken.
    fn gap(&mut self, event: &Placed) -> Option<(Instant, Instant, Instant)> {
        let ahead = self.kept.get(self.passed..).unwrap_or_default();
        self.passed += ahead.iter().take_while(|other| other.start < event.start).count();
        let kept = self.passed.checked_sub(1).and_then(|at| self.kept.get(at));
        let previous = match (kept, self.came.last()) {
            (Some(kept), Some(came)) => Some(if kept.start > came.start { kept } else { came }),
            (kept, came) => kept.or(came),
        };
        // Of what begins before, that which begins last ends last: a row holds nothing that overlaps.
        let before = previous.map_or(Instant::MIN, Placed::past);
        let next = self.kept.get(self.passed).map(|next| next.start);
        let has_begun = previous.is_some_and(|previous| previous.start == event.start);
        let is_free = !has_begun && before <= event.start && next.is_none_or(|next| event.past() <= next);
        let begun = previous.map_or(Instant::MIN, |previous| previous.start);
        is_free.then(|| (begun, before, next.unwrap_or(Instant::MAX)))
    }

    /// The line that comes of it; none where it is as it was.
    fn done(self) -> Option<Line> {
        (self.leaves || !self.came.is_empty()).then(|| Line::of(&merged(&self.kept, &self.came)))
    }
}

/// Two lists by start as one.
fn merged(kept: &[Placed], came: &[Placed]) -> Vec<Placed> {
    let mut all = Vec::with_capacity(kept.len() + came.len());
    let mut from = 0;
    for event in came {
        let rest = kept.get(from..).unwrap_or_default();
        let ahead = rest.iter().take_while(|other| (other.start, other.past()) <= (event.start, event.past())).count();
        all.extend_from_slice(rest.get(..ahead).unwrap_or_default());
        all.push(*event);
        from += ahead;
    }
    all.extend_from_slice(kept.get(from..).unwrap_or_default());
    all
}

impl Lines {
    /// Takes out the events of some slots and puts others in, which come by start, each with the row it had here: into that where
    /// it fits, else as [`Lines::insert`] does. Says which row each has.
    fn refilled(
        &mut self,
        goes: impl Fn(u32) -> bool,
        coming: &[(Placed, Option<u32>)],
        footprint_micros: i64,
    ) -> Vec<u32> {
        let kept = |line: &Line| -> Vec<Placed> {
            (0..line.len()).filter_map(|at| line.get(at)).filter(|event| !goes(event.slot)).collect()
        };
        let mut rows: Vec<Filling> = Vec::with_capacity(self.rows.len());
        for line in &self.rows {
            let kept = kept(line);
            rows.push(Filling { leaves: kept.len() < line.len(), kept, passed: 0, came: Vec::new() });
        }
        let mut piled = Vec::new();
        let mut assigned = Vec::with_capacity(coming.len());
        for (event, had) in coming {
            let gaps: Vec<Option<(Instant, Instant, Instant)>> = rows.iter_mut().map(|row| row.gap(event)).collect();
            let had = had.map(|row| row as usize).filter(|row| matches!(gaps.get(*row), Some(Some(_))));
            let has_room = |(begun, before, after): (Instant, Instant, Instant)| {
                let clear_before = before == Instant::MIN || begun.saturating_add(footprint_micros) <= event.start;
                clear_before && event.past().max(event.start.saturating_add(footprint_micros)) <= after
            };
            let roomy = || gaps.iter().position(|gap| gap.is_some_and(has_room));
            let free = || {
                let free = gaps.iter().enumerate().filter_map(|(row, gap)| Some((gap.as_ref()?.1, row)));
                free.min().map(|(_, row)| row)
            };
            let row = match had.or_else(roomy) {
                Some(row) => row,
                None if rows.len() < rows::SOFT_ROWS => rows.len(),
                None => free().unwrap_or(rows.len()),
            };
            if row >= self.most {
                piled.push(*event);
                assigned.push(u32::try_from(self.most).unwrap_or(u32::MAX));
                continue;
            }
            if row == rows.len() {
                rows.push(Filling::default());
            }
            if let Some(filling) = rows.get_mut(row) {
                filling.came.push(*event);
            }
            assigned.push(u32::try_from(row).unwrap_or(u32::MAX));
        }
        let pile = kept(&self.pile.line);
        if pile.len() < self.pile.line.len() || !piled.is_empty() {
            self.pile = Pile::of(Line::of(&merged(&pile, &piled)));
        }
        let lines: Vec<Option<Line>> = rows.into_iter().map(Filling::done).collect();
        for (row, line) in lines.into_iter().enumerate() {
            match (self.rows.get_mut(row), line) {
                (Some(own), Some(line)) => *own = line,
                (None, Some(line)) => self.rows.push(line),
                (_, None) => {}
            }
        }
        while self.rows.last().is_some_and(Line::is_empty) {
            self.rows.pop();
        }
        assigned
    }
}
