//! What a window shows of a pile: its events may overlap, so an event has room only where nothing else touches the place of
//! its mark, and crowds count whatever else touches them.

use std::ops::Range;

use super::pile::Pile;
use super::sight::{Bucket, Crowd, EVERYWHERE, Look, Seen, after, floor, middle};
use super::{Placed, Tally};
use crate::time::Instant;

/// Events of a cell that are looked at one by one.
const FEW: usize = 8;

impl<F: Fn(u32) -> u32> Look<'_, F> {
    /// Looks along a pile.
    pub fn pile(&mut self, pile: &Pile) {
        let mut tally = Tally::default();
        let (from, to) = self.lens.reach();
        if pile.touching(from, to, &mut tally) > 0 {
            let singles = self.roomy(pile, self.lens.around(), &mut tally);
            self.crowds_of(pile, (from, to), &singles, &mut tally);
            singles.iter().for_each(|event| self.add(event));
            self.choose();
            self.keep_within_reach(self.stretch);
        }
        self.sight.touched += tally.entries();
    }

    /// Events of the pile with room, by start.
    fn roomy(&self, pile: &Pile, (from, to): (Instant, Instant), tally: &mut Tally) -> Vec<Placed> {
        let mut found = Vec::new();
        let has_room = |event: &Placed, tally: &mut Tally| {
            let middle = middle(event.start, event.end);
            let start = event.start.min(middle.saturating_add(-self.lens.least_micros));
            let end = event.end.max(middle.saturating_add(self.lens.least_micros));
            pile.touching(start, end, tally) == 1
        };
        let earlier = after(from, 0);
        if pile.touching(from, earlier, tally) <= FEW {
            let candidates: Vec<usize> = pile.those_touching(from, earlier, &mut *tally).collect();
            let before = candidates.into_iter().filter_map(|at| pile.line.get(at)).filter(|event| event.start < from);
            // It is found here where it is found in its own cell, and nowhere else.
            let begins_among_few = |event: &Placed, tally: &mut Tally| {
                let cell = floor(event.start, self.lens.cell_shift());
                let first = pile.begun(cell, 0, tally);
                pile.begun(after(cell, self.lens.cell_shift()), first, tally) - first <= FEW
            };
            found.extend(before.filter(|event| has_room(event, tally) && begins_among_few(event, tally)));
        }
        let mut first = pile.begun(from, 0, tally);
        let mut cell = from;
        while cell < to {
            let next = after(cell, self.lens.cell_shift());
            let past = pile.begun(next.min(to), first, tally);
            if past - first <= FEW {
                let starting = (first..past).filter_map(|at| pile.line.get(at));
                found.extend(starting.filter(|event| has_room(event, tally)));
            }
            if next == cell {
                break;
            }
            // Long stretches in which nothing begins are passed in one step.
            let next_start = pile.line.starts.get(past).copied().unwrap_or(Instant::MAX);
            (first, cell) = (past, floor(next_start, self.lens.cell_shift()).max(next));
        }
        found
    }

    fn crowds_of(&mut self, pile: &Pile, (from, to): (Instant, Instant), singles: &[Placed], tally: &mut Tally) {
        let lens = self.lens;
        let (mut begun, mut over) = (pile.begun(from, 0, tally), pile.over(from, 0, tally));
        let mut singles = singles;
        let mut bucket = from;
        // Where a crowd went into a fold, and where it comes out.
        let mut resumed: Option<(Instant, Instant)> = None;
        let mut open: Option<(Crowd, usize, Instant)> = None;
        let mut fragments: Vec<(Crowd, Range<usize>)> = Vec::new();
        while bucket < to {
            let end = after(bucket, lens.bucket_shift()).min(to);
            over = pile.over(bucket, over, tally);
            begun = pile.begun(end, begun, tally);
            let passed = singles.partition_point(|single| single.past() <= bucket);
            singles = singles.get(passed..).unwrap_or_default();
            let apart = singles.get(..singles.partition_point(|single| single.start < end)).unwrap_or_default();
            let count = (begun - over.min(begun)).saturating_sub(apart.len());
            let cell = floor(bucket, lens.cell_shift());
            let is_new = open.as_ref().is_none_or(|(.., own)| *own != cell);
            if (count == 0 || is_new)
                && let Some((crowd, first, _)) = open.take()
            {
                fragments.push((crowd, first..self.sight.buckets.len()));
            }
            if count > 0 {
                let count = u32::try_from(count).unwrap_or(u32::MAX);
                let (start, past) = between(apart, bucket, end);
                let (crowd, ..) = open.get_or_insert_with(|| {
                    let (band, row) = (self.band, self.row);
                    let goes_on = |end: Instant| end == bucket || resumed == Some((end, bucket));
                    let follows = fragments.last().is_some_and(|(crowd, _)| goes_on(crowd.end));
                    let crowd = Crowd { band, row, start, end: past, count, is_part: follows };
                    (crowd, self.sight.buckets.len(), cell)
                });
                crowd.end = past;
                self.sight.buckets.push(Bucket { start: bucket, end, count });
            }
            if end == bucket {
                break;
            }
            bucket = if count == 0 { self.next_on(pile, begun, end) } else { end };
            let unfolded = lens.unfolded(bucket);
            if count > 0 && unfolded > bucket {
                // Nothing begins or ends in a fold: what goes on into it comes out of it, and is counted once.
                resumed = Some((bucket, unfolded));
            }
            bucket = unfolded;
        }
        if let Some((crowd, first, _)) = open {
            fragments.push((crowd, first..self.sight.buckets.len()));
        }
        let mut runs: Vec<Crowd> = Vec::new();
        for (crowd, _) in &fragments {
            match runs.last_mut().filter(|_| crowd.is_part) {
                Some(run) => run.end = crowd.end,
                None => runs.push(*crowd),
            }
        }
        let mut runs = runs.into_iter().peekable();
        for (mut crowd, buckets) in fragments {
            let piled = runs.next_if(|_| !crowd.is_part).map(|mut run| {
                run.count = u32::try_from(pile.touching(run.start, run.end, tally)).unwrap_or(u32::MAX);
                (run.start, run.end) = pile.within(run.start, run.end, tally);
                run
            });
            crowd.count = u32::try_from(pile.touching(crowd.start, crowd.end, tally)).unwrap_or(u32::MAX);
            (crowd.start, crowd.end) = pile.within(crowd.start, crowd.end, tally);
            self.sight.crowds.push(Seen { crowd, buckets, heaviest: None, free: EVERYWHERE, piled });
        }
    }

    /// The bucket in which the pile goes on after a gap, or after one with room.
    fn next_on(&self, pile: &Pile, begun: usize, from: Instant) -> Instant {
        let next = pile.line.starts.get(begun).copied().unwrap_or(Instant::MAX);
        floor(next, self.lens.bucket_shift()).max(from)
    }
}

/// What events with room leave of a bucket in which others lie. What has room keeps a bucket and more to itself: such a one
/// began before the others, or goes on after them, and they begin where it is over and end where it begins.
///
/// ```text
///   bucket    |       |       |       |
///   alone     ▬▬▬▬▬▬▬▬▬▬▬
///   others               ▬▬▬▬▬▬
///                        ▬▬▬▬▬▬▬▬▬
/// ```
fn between(apart: &[Placed], bucket: Instant, end: Instant) -> (Instant, Instant) {
    let before = apart.iter().filter(|single| single.start <= bucket).map(Placed::past);
    let behind = apart.iter().filter(|single| single.past() >= end).map(|single| single.start);
    (before.fold(bucket, Instant::max), behind.fold(end, Instant::min))
}
