//! What a window shows of rows at a resolution: single events where there is room, exact counts where there is not.
//!
//! An event *has room* where no other of its line stands within [`Lens::least_micros`] of it: a mark's width at the zoom.
//! What lasts for so long itself always has room, since events of a row never overlap. The others make *crowds*, each with
//! its heaviest event to stand for it:
//!
//! ```text
//!   row      ●     ●●●●●●●●●●   ▬▬▬▬▬▬▬  ●●    ●
//!          single    crowd       single  crowd single
//! ```
//!
//! So that labels have room too, time is cut into *cells*, in each of which a few marks of a row are *prominent*: the
//! heaviest, and whatever lasts longer than a cell. So it follows from the width of a window how many marks a row can have,
//! however many events have room in it; the others are bars. The smallest mark is wider than what it stands for, so beside
//! something long it is moved aside:
//!
//! ```text
//!   ▬▬▬▬▬▬▬|         where a mark around its middle would lie on the long one,
//!          |●        it begins where that one ends: [`Single::free`]
//!   ▬▬▬▬▬▬▬|●  ▬▬▬   and where the gap is too short for it, it is not prominent
//! ```
//!
//! Nothing depends on where the window lies: whether an event has room follows from its neighbours alone, and crowds are
//! counted in buckets, and cut into cells, that begin at multiples of a power of two of microseconds. Which marks are
//! prominent follows from those of their cell, and which of these are in each other's way from the nearest of the cells
//! beside it: so one cell more is looked at on both sides of what is shown.
//!
//! ```text
//!   cells       |  looked at  |   shown     |    shown    |  looked at  |
//!   window                         [-------------]
//! ```
//!
//! So panning changes nothing, and zooming in never takes the room from an event that had it. Cost follows the number of
//! buckets in the window: from one event the search leaps to the next bucket, however many lie between.

use std::ops::Range;

use super::line::Line;
use super::{Folds, Placed, Tally};
use crate::time::Instant;

/// Through what rows are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lens {
    /// The left edge.
    pub start: Instant,
    /// The right edge.
    pub end: Instant,
    /// How long the smallest mark lasts at this zoom: events nearer to each other have no room.
    pub least_micros: i64,
    /// How many buckets a cell has, as a power of two. A bucket is between a fifth and nearly a half of `least_micros`.
    pub cell_shift: u32,
    /// How many marks of a row are prominent in a cell, beside those of events that are longer than it.
    pub prominent: usize,
    /// What its axis leaves out: nothing begins or ends there, and what goes on there is not looked at.
    pub folds: Folds,
}

impl Lens {
    /// A bucket's length as a power of two: short enough that two events of a bucket have no room.
    pub(super) const fn bucket_shift(&self) -> u32 {
        let longest = self.least_micros / 7 * 3;
        if longest <= 1 { 0 } else { longest.ilog2() }
    }

    pub(super) const fn cell_shift(&self) -> u32 {
        // Past this, all time is one cell.
        let shift = self.bucket_shift().saturating_add(self.cell_shift);
        if shift > 62 { 62 } else { shift }
    }

    /// The window, grown to whole cells, so that what is counted in one does not change while it comes into sight.
    pub(super) fn reach(&self) -> (Instant, Instant) {
        let shift = self.cell_shift();
        (floor(self.start, shift), after(floor(self.end, shift), shift))
    }

    /// The reach with the cells beside it, from which it follows what has room at its ends.
    pub(super) fn around(&self) -> (Instant, Instant) {
        let shift = self.cell_shift();
        let (from, to) = self.reach();
        (floor(from.saturating_add(-1), shift), after(to, shift))
    }

    /// The bucket at which to go on from one: itself, or where all of it is left out, that in which its fold ends.
    pub(super) fn unfolded(&self, bucket: Instant) -> Instant {
        let last = after(bucket, self.bucket_shift()).saturating_add(-1);
        match self.folds.at(bucket).filter(|fold| fold.contains(last)) {
            Some(fold) => floor(fold.end, self.bucket_shift()).max(bucket),
            None => bucket,
        }
    }

    /// Whether something lasts long enough to have room always.
    const fn is_wide(&self, start: Instant, end: Instant) -> bool {
        end.saturating_since(start) >= self.least_micros
    }
}

/// Which of the marks between two long events are hidden, so that none lies on another or on these. The marks come by their
/// middles, at least `least_micros` from each other: only the first and the last can be in the way of what is long, and moved
/// aside only in that of their neighbours. Of two the heavier stays, else the first.
fn hidden_beside(
    marks: &[(Instant, Candidate)],
    (start, end): (Instant, Instant),
    least_micros: i64,
) -> Vec<Candidate> {
    let half = least_micros / 2;
    let (first, last) = (start.saturating_add(half), end.saturating_add(-half));
    if first > last {
        return marks.iter().map(|(_, candidate)| *candidate).collect();
    }
    let mut hidden = Vec::new();
    let aside = |middle: Instant| middle.clamp(first, last);
    for (before, after) in [(0, 1), (marks.len().wrapping_sub(2), marks.len().wrapping_sub(1))] {
        let (Some((left, a)), Some((right, b))) = (marks.get(before), marks.get(after)) else { continue };
        if !hidden.contains(a) && !hidden.contains(b) && aside(*right).saturating_since(aside(*left)) < least_micros {
            hidden.push(if b.weight < a.weight { *a } else { *b });
        }
    }
    hidden
}

pub(super) const fn floor(instant: Instant, shift: u32) -> Instant {
    Instant::from_micros(instant.micros() >> shift << shift)
}

pub(super) fn after(start: Instant, shift: u32) -> Instant {
    start.saturating_add(1_i64.checked_shl(shift).unwrap_or(i64::MAX))
}

pub(super) const fn middle(start: Instant, end: Instant) -> Instant {
    Instant::from_micros(i64::midpoint(start.micros(), end.micros()))
}

/// An event that is drawn by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Single {
    /// Position of its band.
    pub band: u32,
    /// Its row.
    pub row: u32,
    /// Position of the event in its timeline.
    pub event: u32,
    /// The first instant it can touch.
    pub start: Instant,
    /// The first instant after all it can touch.
    pub end: Instant,
    /// Whether it is one of the heaviest of its cell, or longer than that.
    pub is_prominent: bool,
    /// Where its mark may lie: from the end of what is long before it to the start of what is long after it.
    pub free: (Instant, Instant),
}

/// All time.
pub(super) const EVERYWHERE: (Instant, Instant) = (Instant::MIN, Instant::MAX);

/// Events of a row that stand too close to be told apart, within one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Crowd {
    /// Position of its band.
    pub band: u32,
    /// Its row.
    pub row: u32,
    /// Where the first begins.
    pub start: Instant,
    /// Where the last ends.
    pub end: Instant,
    /// How many there are: exact.
    pub count: u32,
    /// Whether it goes on in the cell before or after.
    pub is_part: bool,
}

/// How many events of a crowd begin in a stretch of time; on the pile, how many touch it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// Where it begins: a multiple of its length.
    pub start: Instant,
    /// Where it ends.
    pub end: Instant,
    /// How many: never 0.
    pub count: u32,
}

/// A crowd with its buckets and the event that stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The crowd.
    pub crowd: Crowd,
    /// Its buckets, in [`Sight::buckets`].
    pub buckets: Range<usize>,
    /// The heaviest of it, the first of equals; none where a heavier one in the next cell leaves no room, or where others of
    /// its cell are prominent.
    pub heaviest: Option<Single>,
    /// Where it may be drawn: see [`Single::free`].
    pub free: (Instant, Instant),
    /// Of a pile, on the first of crowds that follow on one another: how many events touch any of them.
    pub piled: Option<Crowd>,
}

impl Seen {
    /// Whether all of it stand where the one that stands for them does: they are of a kind then, and its mark is that of each.
    pub fn is_alike(&self) -> bool {
        let heaviest = self.heaviest.as_ref().map(|single| (single.start, single.end));
        self.crowd.count > 1 && heaviest == Some((self.crowd.start, self.crowd.end))
    }
}

/// What a lens shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sight {
    /// Events with room, by line, then by start.
    pub singles: Vec<Single>,
    /// The others.
    pub crowds: Vec<Seen>,
    /// Counts within the crowds, which name theirs.
    pub buckets: Vec<Bucket>,
    /// How many entries of columns were read for it: bounded by the number of buckets in the lens, not by that of events.
    pub touched: u64,
}

impl Sight {
    /// Adds what another lens shows of other rows.
    pub fn append(&mut self, other: Self) {
        let behind = self.buckets.len();
        let shifted = |seen: Seen| Seen { buckets: seen.buckets.start + behind..seen.buckets.end + behind, ..seen };
        self.singles.extend(other.singles);
        self.crowds.extend(other.crowds.into_iter().map(shifted));
        self.buckets.extend(other.buckets);
        self.touched += other.touched;
    }

    /// How many marks it asks for.
    pub fn marks(&self) -> usize {
        let prominent = self.singles.iter().filter(|single| single.is_prominent).count();
        prominent + self.crowds.iter().filter(|seen| seen.heaviest.is_some()).count()
    }
}

/// One look along one line.
pub(super) struct Look<'a, F: Fn(u32) -> u32> {
    pub lens: Lens,
    pub band: u32,
    pub row: u32,
    /// The position in the timeline of the event in a slot.
    pub event_of: F,
    pub sight: &'a mut Sight,
    /// Of the line looked along.
    pub candidates: Vec<Candidate>,
    /// What lies behind the last long event.
    pub stretch: Stretch,
}

/// What has been found between two long events, or since the last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    /// The end of the long event.
    start: Instant,
    /// Where what follows begins among the singles, the crowds and the candidates.
    singles: usize,
    crowds: usize,
    candidates: usize,
}

impl Stretch {
    /// Behind nothing, where a sight holds so much already.
    pub const fn after(sight: &Sight) -> Self {
        Self { start: Instant::MIN, singles: sight.singles.len(), crowds: sight.crowds.len(), candidates: 0 }
    }
}

/// A run of events without room, as far as it lies in one cell.
struct Run {
    events: Range<usize>,
    cell: Instant,
    /// Where its buckets begin in the sight.
    buckets: usize,
    follows: bool,
}

/// A mark that may be prominent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    cell: Instant,
    weight: std::cmp::Reverse<u8>,
    start: Instant,
    of: Of,
}

/// Where in the sight a candidate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    Single(usize),
    Crowd(usize),
}

/// The heaviest of the crowd before.
struct Before {
    middle: Instant,
    weight: u8,
    crowd: usize,
}

impl<F: Fn(u32) -> u32> Look<'_, F> {
    fn single(&self, event: &Placed) -> Single {
        let (band, row, Placed { start, end, .. }) = (self.band, self.row, *event);
        Single { band, row, event: (self.event_of)(event.slot), start, end, is_prominent: true, free: EVERYWHERE }
    }

    /// Adds an event that is drawn by itself.
    pub(super) fn add(&mut self, event: &Placed) {
        // A row has room for few that last longer than a cell, and the cell in which one begins may lie where nobody looks.
        if event.end <= after(event.start, self.lens.cell_shift()) {
            self.offer(event, Of::Single(self.sight.singles.len()));
        }
        let single = self.single(event);
        self.sight.singles.push(single);
    }

    fn offer(&mut self, event: &Placed, of: Of) {
        let cell = floor(event.start, self.lens.cell_shift());
        self.candidates.push(Candidate { cell, weight: std::cmp::Reverse(event.weight), start: event.start, of });
    }

    /// Leaves in each cell the heaviest prominent, of equals the first.
    pub(super) fn choose(&mut self) {
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.sort_unstable();
        for cell in candidates.chunk_by(|a, b| a.cell == b.cell) {
            cell.iter().skip(self.lens.prominent).for_each(|lighter| self.hide(lighter.of));
        }
        candidates.clear();
        self.candidates = candidates;
    }

    fn hide(&mut self, of: Of) {
        match of {
            Of::Single(at) => {
                if let Some(single) = self.sight.singles.get_mut(at) {
                    single.is_prominent = false;
                }
            }
            Of::Crowd(at) => {
                if let Some(seen) = self.sight.crowds.get_mut(at) {
                    seen.heaviest = None;
                }
            }
        }
    }

    /// The middle of a mark that is shown.
    fn middle_of(&self, of: Of) -> Option<Instant> {
        let single = match of {
            Of::Single(at) => self.sight.singles.get(at).filter(|single| single.is_prominent),
            Of::Crowd(at) => self.sight.crowds.get(at).and_then(|seen| seen.heaviest.as_ref()),
        };
        single.map(|single| middle(single.start, single.end))
    }

    /// Something long begins at `end` and is over at `next`: the marks before it, and those behind the one before that, are
    /// kept clear of both.
    fn pass(&mut self, end: Instant, next: Instant) {
        let Stretch { start, singles, crowds, candidates } = self.stretch;
        // What is further away than a mark is wide is in nobody's way, and may lie where nobody has looked.
        let least_micros = self.lens.least_micros;
        let near = |from: Instant, to: Instant| {
            (start.max(from.saturating_add(-least_micros)), end.min(to.saturating_add(least_micros)))
        };
        for single in self.sight.singles.iter_mut().skip(singles) {
            single.free = near(single.start, single.end);
        }
        for seen in self.sight.crowds.iter_mut().skip(crowds) {
            seen.free = near(seen.crowd.start, seen.crowd.end);
            if let Some(heaviest) = &mut seen.heaviest {
                heaviest.free = near(heaviest.start, heaviest.end);
            }
        }
        let marks: Vec<(Instant, Candidate)> = self
            .candidates
            .iter()
            .skip(candidates)
            .filter_map(|candidate| Some((self.middle_of(candidate.of)?, *candidate)))
            .collect();
        let hidden = hidden_beside(&marks, (start, end), least_micros);
        if !hidden.is_empty() {
            hidden.iter().for_each(|candidate| self.hide(candidate.of));
            self.candidates.retain(|candidate| !hidden.contains(candidate));
        }
        self.stretch = Stretch {
            start: next,
            singles: self.sight.singles.len(),
            crowds: self.sight.crowds.len(),
            candidates: self.candidates.len(),
        };
    }

    /// Looks along a row: its events do not overlap.
    pub fn row(&mut self, line: &Line) {
        let lens = self.lens;
        let begin = self.stretch;
        let (from, to) = lens.around();
        let mut tally = Tally::default();
        // Ends are in order as starts are.
        let mut at = super::line::leap(&line.ends, 0, |end| end <= from, &mut tally);
        let narrow = |at: usize| line.get(at).filter(|event| !lens.is_wide(event.start, event.end));
        let wide = |at: usize| line.get(at).filter(|event| lens.is_wide(event.start, event.end));
        self.stretch.start = at.checked_sub(1).and_then(wide).map_or(Instant::MIN, |event| event.end);
        let mut last = at.checked_sub(1).and_then(narrow).map(|event| middle(event.start, event.end));
        // As many as in the bucket before: events that lie evenly are found in few steps.
        let mut hint = 0;
        let mut run: Option<Run> = None;
        let mut before: Option<Before> = None;
        let follows = |last: Option<Instant>, event: &Placed| {
            last.is_some_and(|last| middle(event.start, event.end).saturating_since(last) < lens.least_micros)
        };
        while let Some(event) = line.get(at).filter(|event| event.start < to) {
            tally.add(1);
            if lens.is_wide(event.start, event.end) {
                self.close(line, run.take(), false, &mut before, &mut tally);
                self.pass(event.start, event.end);
                self.add(&event);
                // What follows is kept clear of this one, which is not among the marks that move.
                self.stretch.singles = self.sight.singles.len();
                self.stretch.candidates = self.candidates.len();
                (at, last) = (at + 1, None);
                continue;
            }
            let bucket = floor(event.start, lens.bucket_shift());
            let bucket_end = after(bucket, lens.bucket_shift());
            let past = line.starting(at + 1, hint, bucket_end, &mut tally);
            hint = past - at - 1;
            // Only the last event of a bucket can be wide: the next begins after it.
            let past = if past > at + 1 && wide(past - 1).is_some() { past - 1 } else { past };
            let is_linked = follows(last, &event);
            let cell = floor(event.start, lens.cell_shift());
            match &mut run {
                Some(run) if is_linked && run.cell == cell => run.events.end = past,
                _ => {
                    self.close(line, run.take(), is_linked, &mut before, &mut tally);
                    run = Some(Run { events: at..past, cell, buckets: self.sight.buckets.len(), follows: is_linked });
                }
            }
            let count = u32::try_from(past - at).unwrap_or(u32::MAX);
            self.sight.buckets.push(Bucket { start: bucket, end: bucket_end, count });
            last = narrow(past - 1).map(|event| middle(event.start, event.end));
            at = past;
        }
        let is_linked = narrow(at).is_some_and(|event| follows(last, &event));
        self.close(line, run, is_linked, &mut before, &mut tally);
        self.pass(wide(at).map_or(Instant::MAX, |event| event.start), Instant::MIN);
        self.choose();
        self.keep_within_reach(begin);
        self.sight.touched += tally.entries();
    }

    /// Drops what was found of this line beside the reach. Their buckets stay where they are, named by no crowd.
    pub(super) fn keep_within_reach(&mut self, begin: Stretch) {
        let (from, to) = self.lens.reach();
        let is_beside = |start: Instant, end: Instant| end <= from || to <= start;
        let Stretch { singles, crowds, .. } = begin;
        self.sight.singles.extract_if(singles.., |single| is_beside(single.start, single.end)).for_each(drop);
        self.sight.crowds.extract_if(crowds.., |seen| is_beside(seen.crowd.start, seen.crowd.end)).for_each(drop);
    }

    /// A run is over; `goes_on` says whether its events are followed closely by one in the next cell.
    fn close(&mut self, line: &Line, run: Option<Run>, goes_on: bool, before: &mut Option<Before>, tally: &mut Tally) {
        let Some(Run { events, buckets, follows, .. }) = run else { return };
        let (Some(first), Some(last)) = (line.get(events.start), line.get(events.end - 1)) else { return };
        if events.len() == 1 && !follows && !goes_on {
            self.sight.buckets.truncate(buckets);
            self.add(&first);
            return;
        }
        let heaviest = line.heaviest(events.clone(), tally).and_then(|at| line.get(at));
        let crowd = Crowd {
            band: self.band,
            row: self.row,
            start: first.start,
            end: last.end,
            count: u32::try_from(events.len()).unwrap_or(u32::MAX),
            is_part: follows || goes_on,
        };
        let mut shown = heaviest.map(|event| self.single(&event));
        let this = heaviest.map(|event| Before {
            middle: middle(event.start, event.end),
            weight: event.weight,
            crowd: self.sight.crowds.len(),
        });
        if let (Some(before), Some(this)) = (&before, &this)
            && this.middle.saturating_since(before.middle) < self.lens.least_micros
        {
            // Of two that leave each other no room the heavier is shown, else the first.
            if this.weight <= before.weight {
                shown = None;
            } else if let Some(lighter) = self.sight.crowds.get_mut(before.crowd) {
                lighter.heaviest = None;
                self.candidates.pop_if(|last| last.of == Of::Crowd(before.crowd));
            }
        }
        *before = this;
        if let Some(event) = heaviest.filter(|_| shown.is_some()) {
            self.offer(&event, Of::Crowd(self.sight.crowds.len()));
        }
        let buckets = buckets..self.sight.buckets.len();
        self.sight.crowds.push(Seen { crowd, buckets, heaviest: shown, free: EVERYWHERE, piled: None });
    }
}
