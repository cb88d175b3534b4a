//! Rows for what is shown: of a stretch of time at one zoom, packed with what each event's mark and label take up there.
//!
//! ```text
//!   rows of the index                rows for what is shown
//!   ●+2   ▬▬▬                        ● Talks begin        ▬▬▬ Siege
//!   ● Talks b…                       ● First note
//!   ●+1                              ● Second note   ● Reply
//! ```
//!
//! Bands share the rows that a window has room for. Where all together need more, the window is scrolled, and each gets what its
//! labels need, up to [`MOST_WINDOWS`] full of rows: no label is cut to spare a reader a turn of the wheel. Dates, and titles that could be
//! shortened, have what room these rows have to spare. A band whose marks do not
//! all have room in these is cut to its share, so that its count is near. Where so many events lie in the stretch that not even
//! their marks have room in the rows of a window, a band keeps the lines of the index, which count what is too close.
//!
//! A packing covers all time where that is cheap and all of it has room; else some windows' widths, and is *extended* where the
//! window comes near its end. What has a row then keeps it, and what comes is packed behind it on the right, and mirrored on the
//! left. What lies far behind is let go, and its rows with it: a band is as high as what is near needs.
//!
//! ```text
//!   let go  |  came by panning left   |   packed first   |   came by panning right   |  let go
//!                    ◀── by end, mirrored                      by start ──▶
//! ```

use rustc_hash::FxHashMap;

use super::bands::Lines;
use super::members::{Measure, Member, Members, RoomFor, lines_of};
use super::rows::{self, Limits, MOST_ROWS, SOFT_ROWS};
use super::sight::EVERYWHERE;
use super::{Crowd, Index, Lens, Placed, Selection, Sight, Spot, Tally};
use crate::time::Instant;

/// What there is room for in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Space {
    /// The stretch of time that is packed where not all time is.
    pub start: Instant,
    /// Its end.
    pub end: Instant,
    /// How many rows all bands have together without being scrolled.
    pub rows: usize,
    /// How long the smallest mark lasts.
    pub least_micros: i64,
}

/// Where so few events are shown over all time, all of them are packed at once: cheaper than to begin anew wherever one goes.
const WHOLE: usize = 4_000;
/// The most events that are packed of more than [`WHOLE`], several times as many as have room with their labels in a window of
/// 1600 × 900 points: those of the fullest bands beyond that stay in the lines of the index. To pack a thousand that lie anywhere in
/// memory takes some two milliseconds, of eight that a frame has.
const MOST_PACKED: usize = 1_600;
/// Where an extended packing holds so many times what a stretch did, a new one takes less than to go on.
const MOST_GROWTH: usize = 4;
/// In a band of more events than these no room is sought for single dates and titles: to measure dates takes longer than to pack all titles.
const MOST_SPARED: usize = 400;
/// How much of the room in the rows of a band its marks may take, so that they can be packed.
const FILL: f64 = 0.75;

/// How many times as high as the window a band may be for the sake of labels.
const MOST_WINDOWS: usize = 4;
/// How many times as high as its events ask for a band may stay that was so before the window was moved.
const SPARED: (usize, usize) = (4, 3);

/// The rows for what is shown.
///
/// Invariant: in a row of a packed band no mark lies on another.
#[derive(Debug, Clone, Default)]
pub struct Packing {
    /// What it covers.
    start: Instant,
    end: Instant,
    /// How many rows all bands have together without being scrolled.
    rows: usize,
    /// Of each band; none where it keeps the lines of the index.
    bands: Vec<Option<PackedBand>>,
    heights: Vec<u32>,
    /// How many events were packed at first.
    begun_with: usize,
    /// Whether there were no rows for all that was packed at first.
    is_cut: bool,
}

#[derive(Debug, Clone)]
struct PackedBand {
    members: Vec<Member>,
    rows: Vec<u16>,
    limits: Limits,
    room_for: RoomFor,
    /// So many rows it has at least: what comes while the window is moved finds room in these.
    least_rows: usize,
    lines: Lines,
    /// The row of the event in a slot. Only looked up.
    row_of: FxHashMap<u32, u16>,
}

/// A band while it is packed: in its rows, not yet in lines.
struct Draft {
    members: Members,
    rows: Vec<u16>,
    limits: Limits,
    room_for: RoomFor,
}

impl Draft {
    fn of(mut members: Members, limits: Limits, room_for: RoomFor) -> Self {
        let (rows, limits) = members.rows(limits);
        Self { rows, members, limits, room_for }
    }

    fn height(&self) -> usize {
        height(&self.rows, self.limits.most)
    }

    fn repack(&mut self, limits: Limits) {
        (self.rows, self.limits) = self.members.rows(limits);
    }

    /// The same events in at most so many rows with all dates; none where these need more.
    fn dated(
        &self,
        (index, band): (&Index, u32),
        room_for: RoomFor,
        most: usize,
        measure: &mut dyn Measure,
    ) -> Option<Self> {
        let unlimited = Limits { most: self.limits.labelled, ..self.limits };
        let dated = Self::of(self.members.measured(index, band, room_for, measure), unlimited, room_for);
        Some(dated).filter(|dated| dated.height() <= most)
    }

    /// The same events in at most so many rows, with more than they have to have where these have room to spare; none where there are
    /// no such rows at a sensible price.
    fn spared(
        &self,
        (index, band): (&Index, u32),
        room_for: RoomFor,
        most: usize,
        measure: &mut dyn Measure,
    ) -> Option<Self> {
        if self.members.all.len() > MOST_SPARED {
            return None;
        }
        let mut members = self.members.measured(index, band, room_for, measure);
        let (rows, limits) = members.rows_with_spare(self.limits, most)?;
        Some(Self { rows, members, limits, room_for })
    }

    /// Whether marks that should have rows are on the pile.
    fn is_overfull(&self) -> bool {
        let is_piled =
            |(member, row): (&Member, &u16)| usize::from(*row) >= self.limits.most && !self.members.is_piled(member);
        self.members.all.iter().zip(&self.rows).any(is_piled)
    }

    fn done(self) -> PackedBand {
        PackedBand::of(self.members.all, self.rows, self.limits, self.room_for)
    }
}

/// How many rows a band shows in which these are assigned: one more than there may be where some are on the pile.
fn height(rows: &[u16], most: usize) -> usize {
    rows.iter().max().map_or(1, |row| usize::from(*row).min(most) + 1)
}

impl PackedBand {
    fn of(members: Vec<Member>, rows: Vec<u16>, limits: Limits, room_for: RoomFor) -> Self {
        let lines = lines_of(&members, &rows, limits.most);
        let row_of = members.iter().map(|member| member.placed.slot).zip(rows.iter().copied()).collect();
        Self { members, rows, limits, room_for, least_rows: 1, lines, row_of }
    }

    /// How many rows its events take.
    fn taken(&self) -> usize {
        height(&self.rows, self.limits.most)
    }

    /// How many it shows.
    fn height(&self) -> usize {
        self.taken().max(self.least_rows)
    }

    /// Without what is over before `start..end` or begins after it.
    fn retain(&mut self, (start, end): (Instant, Instant)) {
        let is_near = |member: &Member| member.placed.past() > start && member.placed.start < end;
        let kept = self.members.iter().zip(&self.rows).filter(|(member, _)| is_near(member));
        (self.members, self.rows) = kept.map(|(member, row)| (*member, *row)).unzip();
    }

    /// Gives events other rows of its own or of `free` ones below, where what they take up now has room.
    fn reseat(&mut self, (index, band): (&Index, u32), slots: &[u32], free: usize, measure: &mut dyn Measure) -> bool {
        let height = self.height();
        let most = (height + free).min(self.limits.labelled.min(self.limits.most));
        let mut has_moved = false;
        for slot in slots {
            let Some(at) = self.members.iter().position(|member| member.placed.slot == *slot) else { continue };
            let (Some(member), Some(own)) = (self.members.get(at).copied(), self.rows.get(at).copied()) else {
                continue;
            };
            if usize::from(own) >= self.limits.most {
                continue;
            }
            // What stands for others goes with them, and has their count behind it.
            let is_with = |(other, row): (&Member, &u16)| *row == own && other.extent.mark == member.extent.mark;
            let group: Vec<usize> = (0..)
                .zip(self.members.iter().zip(&self.rows))
                .filter(|(_, other)| is_with(*other))
                .map(|(at, _)| at)
                .collect();
            let measured = super::members::extents(index, band, &[member.placed], self.room_for, measure);
            let Some(mut extent) = measured.first().copied() else { continue };
            extent.spare = extent.whole;
            if group.len() > 1 {
                extent.whole.1 = extent.counted;
            }
            let wanted = Member::new(member.placed, extent).wanted();
            let mut is_taken = vec![false; most];
            for (other, row) in self.members.iter().zip(&self.rows).filter(|other| !is_with(*other)) {
                let other = other.wanted();
                if other.label_from < wanted.label_until
                    && wanted.label_from < other.label_until
                    && let Some(is_taken) = is_taken.get_mut(usize::from(*row))
                {
                    *is_taken = true;
                }
            }
            let free_rows = (0_u16..).zip(&is_taken).filter(|(row, is_taken)| !**is_taken && *row != own);
            let Some(row) = free_rows.map(|(row, _)| row).min_by_key(|row| row.abs_diff(own)) else { continue };
            for at in group {
                if let (Some(member), Some(of)) = (self.members.get_mut(at), self.rows.get_mut(at)) {
                    *member = Member::new(member.placed, extent);
                    *of = row;
                }
            }
            has_moved = true;
        }
        if has_moved {
            let (members, rows) = (std::mem::take(&mut self.members), std::mem::take(&mut self.rows));
            // It grows no lower than it was, so that all below it stays.
            *self = Self { least_rows: height, ..Self::of(members, rows, self.limits, self.room_for) };
        }
        has_moved
    }

    /// Takes in what comes, in the rows that it has.
    fn take(&mut self, coming: Coming) {
        let least_rows = self.height();
        let (mut members, mut rows) = (std::mem::take(&mut self.members), std::mem::take(&mut self.rows));
        members.extend(coming.left.all.into_iter().chain(coming.right.all));
        rows.extend(coming.left_rows.into_iter().chain(coming.right_rows));
        *self = Self { least_rows, ..Self::of(members, rows, self.limits, self.room_for) };
    }
}

/// What comes into a packed band on both sides, with the rows for it.
struct Coming {
    left: Members,
    right: Members,
    left_rows: Vec<u16>,
    right_rows: Vec<u16>,
}

impl Coming {
    /// Packs it beside what a band holds, in as many rows as its labels ask for.
    fn of(band: &PackedBand, left: Members, right: Members) -> Self {
        let limits = band.limits;
        let held = || band.members.iter().map(Member::wanted).zip(band.rows.iter().copied());
        let mut drawn = left.drawn();
        drawn.iter_mut().for_each(|(_, wanted)| *wanted = wanted.mirrored());
        drawn.sort_by_key(|(at, wanted)| (wanted.start, *at));
        let mirrored = held().map(|(wanted, row)| (wanted.mirrored(), row));
        let rows = rows::pack_on(mirrored, drawn.iter().map(|(_, wanted)| *wanted), limits);
        let left_rows = left.assigned(&drawn, &rows);
        let behind = held().chain(left.all.iter().map(Member::wanted).zip(left_rows.iter().copied()));
        let drawn = right.drawn();
        let rows = rows::pack_on(behind, drawn.iter().map(|(_, wanted)| *wanted), limits);
        let right_rows = right.assigned(&drawn, &rows);
        Self { left, right, left_rows, right_rows }
    }

    /// Whether something has no row that should have one.
    fn is_overfull(&self, most: usize) -> bool {
        let sides = [(&self.left, &self.left_rows), (&self.right, &self.right_rows)];
        sides.into_iter().any(|(members, rows)| {
            let mut all = members.all.iter().zip(rows);
            all.any(|(member, row)| usize::from(*row) >= most && !members.is_piled(member))
        })
    }

    /// How many rows it reaches down to.
    fn height(&self, most: usize) -> usize {
        height(&self.left_rows, most).max(height(&self.right_rows, most))
    }
}

impl Index {
    /// Rows for what is shown of `selection`, or of all.
    pub fn packing(&self, selection: Option<&Selection>, space: &Space, measure: &mut dyn Measure) -> Packing {
        let all: usize = self.lines_of(selection).iter().map(Lines::len).sum();
        if all > WHOLE {
            return self.packing_of(selection, space, (space.start, space.end), MOST_PACKED, measure);
        }
        let whole = self.packing_of(selection, space, EVERYWHERE, WHOLE, measure);
        if !whole.is_cut {
            return whole;
        }
        // Somewhere there are more than have room. That is no reason to cut what is shown here.
        self.packing_of(selection, space, (space.start, space.end), WHOLE, measure)
    }

    /// Rows for the bands of `start..end` in which the marks have room, of `most` events together.
    fn packing_of(
        &self,
        selection: Option<&Selection>,
        space: &Space,
        (start, end): (Instant, Instant),
        most: usize,
        measure: &mut dyn Measure,
    ) -> Packing {
        let lines = self.lines_of(selection);
        let is_whole = (start, end) == EVERYWHERE;
        let counts: Vec<usize> =
            lines.iter().map(|lines| if is_whole { lines.len() } else { lines.touching(start, end) }).collect();
        let own = space.end.saturating_since(space.start);
        let span = self.extent.filter(|_| is_whole).map_or(own, |(start, end)| own.max(end.saturating_since(start)));
        // How many of the smallest marks have room in the rows that a band can have without more scrolling.
        let marks = span as f64 / space.least_micros.max(1) as f64;
        let room = (space.rows.max(SOFT_ROWS) as f64 * marks * FILL) as usize;
        // The fullest bands first: what one of them would take is enough for many others.
        let is_collapsed = |at: &usize| self.bands.get(*at).is_some_and(|band| band.is_collapsed);
        let mut emptiest: Vec<usize> = (0..counts.len()).filter(|at| !is_collapsed(at)).collect();
        emptiest.sort_by_key(|at| counts.get(*at).copied());
        let mut left = most;
        let mut is_packed = vec![false; counts.len()];
        for at in emptiest {
            let Some(rest) = counts.get(at).filter(|count| **count <= room).and_then(|count| left.checked_sub(*count))
            else {
                break;
            };
            left = rest;
            if let Some(is_packed) = is_packed.get_mut(at) {
                *is_packed = true;
            }
        }
        let most_rows = MOST_ROWS.max(space.rows * MOST_WINDOWS);
        let unlimited = Limits { labelled: most_rows, most: most_rows };
        let titles = RoomFor::Titles;
        let mut draft = |(band, lines): (u32, &Lines)| {
            let members = Members::within(self, (band, lines), (start, end), &|_| true, titles, measure);
            Draft::of(members, unlimited, titles)
        };
        let bands = (0_u32..).zip(lines).zip(&is_packed);
        let mut drafts: Vec<Option<Draft>> = bands.map(|(band, is_packed)| is_packed.then(|| draft(band))).collect();
        let of_index = |at: usize| self.bands.get(at).map_or(1, |band| band.rows as usize);
        let taken = |(at, draft): (usize, &Option<Draft>)| draft.as_ref().map_or_else(|| of_index(at), Draft::height);
        let heights: Vec<usize> = drafts.iter().enumerate().map(taken).collect();
        let mut sum: usize = heights.iter().sum();
        let is_cut = sum > space.rows || !is_packed.iter().all(|is_packed| *is_packed);
        if sum <= space.rows {
            // No title is left out for a date: rows are for titles first, and for dates from the top as far as there are more.
            for (draft, band) in drafts.iter_mut().zip(0..) {
                let Some(draft) = draft else { continue };
                let own = draft.height();
                let most = (own + space.rows - sum).min(most_rows - 1);
                let dated = draft.dated((self, band), RoomFor::Dates, most, measure);
                // Most labels in bodies have room beside these, whether any is kept for them or not.
                let dated = dated.or_else(|| draft.dated((self, band), RoomFor::DatesBeside, most, measure));
                let dated = dated.or_else(|| draft.spared((self, band), RoomFor::SpareDates, most, measure));
                if let Some(dated) = dated {
                    sum = sum - own + dated.height();
                    *draft = dated;
                }
            }
        } else {
            // The window is scrolled whatever becomes of labels, so these keep their rows; where titles begin alike and a band is higher
            // than its share, what tells them apart does.
            let levels = levels(&heights, space.rows);
            let bands = drafts.iter_mut().zip(0..).zip(heights.iter().zip(levels));
            for ((draft, band), (height, level)) in bands {
                let level = level.max(SOFT_ROWS);
                let Some(draft) = draft else { continue };
                if *height <= level {
                    // Its rows have room for dates where no title stands.
                    if let Some(dated) = draft.spared((self, band), RoomFor::SpareDates, *height, measure) {
                        *draft = dated;
                    }
                    continue;
                }
                if draft.height() >= most_rows {
                    // Labels are too many: marks have the rows that they need, and labels what room these leave.
                    let labelled = level.max(draft.members.at_once());
                    draft.repack(Limits { labelled, most: most_rows });
                    if draft.is_overfull() {
                        // Not all have room even so: scrolling is left to what lasts at once, which the index has rows for.
                        let most = of_index(band as usize).min(MOST_ROWS).max(level - 1);
                        draft.repack(Limits { labelled: level.min(most), most });
                    }
                    continue;
                }
                let members = draft.members.measured(self, band, RoomFor::Endings, measure);
                // Few titles begin alike.
                if !members.takes_as_much_as(&draft.members) {
                    let short = Draft::of(members, unlimited, RoomFor::Endings);
                    let own = short.height();
                    if own < draft.height() {
                        let spared = short.spared((self, band), RoomFor::SpareTitles, own, measure);
                        *draft = spared.unwrap_or(short);
                        continue;
                    }
                }
                if let Some(dated) = draft.spared((self, band), RoomFor::SpareDates, *height, measure) {
                    *draft = dated;
                }
            }
        }
        let bands = drafts.into_iter().map(|draft| draft.map(Draft::done)).collect();
        let (rows, heights, begun_with) = (space.rows, Vec::new(), most - left);
        let mut packing = Packing { start, end, rows, bands, heights, begun_with, is_cut };
        if !is_whole {
            packing.share_out(self);
        }
        packing.measure_heights(self, selection);
        packing
    }
}

impl Lines {
    fn len(&self) -> usize {
        self.rows.iter().map(super::line::Line::len).sum::<usize>() + self.pile.line.len()
    }

    /// How many events touch `start..end`.
    fn touching(&self, start: Instant, end: Instant) -> usize {
        let piled = if self.pile.line.is_empty() { 0 } else { self.pile.touching(start, end, &mut Tally::default()) };
        self.rows.iter().map(|row| row.touching(start, end).len()).sum::<usize>() + piled
    }
}

impl Packing {
    /// How many rows each band has; none where nothing of it is shown though it is not empty.
    pub fn heights(&self) -> &[u32] {
        &self.heights
    }

    /// Whether it says of a stretch of time what stands there.
    pub fn covers(&self, start: Instant, end: Instant) -> bool {
        self.start <= start && end <= self.end
    }

    /// Whether a band has rows of its own: every event in them has room for its mark at the zoom for which it was packed.
    pub fn is_packed(&self, band: u32) -> bool {
        self.bands.get(band as usize).is_some_and(Option::is_some)
    }

    /// The same over a stretch of time that goes on from its own, without what is not `near` that. Nothing that stays has another
    /// row; says whether that was possible at a sensible cost.
    pub fn extend(
        &mut self,
        index: &Index,
        selection: Option<&Selection>,
        (start, end): (Instant, Instant),
        near: (Instant, Instant),
        measure: &mut dyn Measure,
    ) -> bool {
        let lines = index.lines_of(selection);
        // What stays is what touches this.
        let (from, to) = (self.start.max(near.0), self.end.min(near.1));
        let (start, end) = (start.min(from), end.max(to));
        let held: usize = self.bands.iter().flatten().map(|band| band.members.len()).sum();
        let packed = || self.bands.iter().zip(lines).filter(|(band, _)| band.is_some());
        let coming: usize = packed().map(|(_, lines)| lines.touching(start, from) + lines.touching(to, end)).sum();
        if from >= to || held + coming > self.begun_with.max(WHOLE) * MOST_GROWTH {
            return false;
        }
        let mut coming: Vec<Option<Coming>> = Vec::with_capacity(self.bands.len());
        for ((at, band), lines) in (0_u32..).zip(&mut self.bands).zip(lines) {
            coming.push(band.as_mut().map(|band| {
                band.retain((from, to));
                let is_left = |event: &Placed| event.past() <= from;
                let is_right = |event: &Placed| event.start >= to;
                let mut within = |stretch: (Instant, Instant), is_wanted: &dyn Fn(&Placed) -> bool| {
                    Members::within(index, (at, lines), stretch, is_wanted, band.room_for, measure)
                };
                Coming::of(band, within((start, from), &is_left), within((to, end), &is_right))
            }));
        }
        // Where silences share a line below as many rows as there are, what is told and comes into sight may need one more.
        let is_short = |(band, coming): (&Option<PackedBand>, &Option<Coming>)| {
            let (Some(band), Some(coming)) = (band, coming) else { return false };
            coming.is_overfull(band.limits.most)
        };
        if index.piles_weightless && self.bands.iter().zip(&coming).any(is_short) {
            return false;
        }
        (self.start, self.end) = (start, end);
        self.grow(index, coming);
        self.measure_heights(index, selection);
        true
    }

    /// Gives marks other rows where all that they take up now has room, as near to their own as can be, and lets all others stay; says
    /// whether any has another. They are named by the position of their band and that of their event.
    pub fn reseat(
        &mut self,
        index: &Index,
        selection: Option<&Selection>,
        marks: &[(u32, u32)],
        measure: &mut dyn Measure,
    ) -> bool {
        let free = self.rows.saturating_sub(self.heights.iter().sum::<u32>() as usize);
        let mut has_moved = false;
        for (band, packed) in (0..).zip(&mut self.bands) {
            // What titles are shortened to is measured of a whole band.
            let Some(packed) = packed.as_mut().filter(|packed| !packed.room_for.is_for_endings()) else { continue };
            let of_band = marks.iter().filter(|mark| mark.0 == band);
            let slots: Vec<u32> = of_band.filter_map(|mark| index.slots.slot(mark.1 as usize)).collect();
            if !slots.is_empty() {
                has_moved |= packed.reseat((index, band), &slots, free, measure);
            }
        }
        if has_moved {
            self.measure_heights(index, selection);
        }
        has_moved
    }

    /// Takes in what comes. A band grows for the labels of that, and where none has to, all are as high as they were.
    fn grow(&mut self, index: &Index, coming: Vec<Option<Coming>>) {
        let is_higher = |(band, coming): (&Option<PackedBand>, &Option<Coming>)| {
            let both = band.as_ref().zip(coming.as_ref());
            both.is_some_and(|(band, coming)| band.height() < coming.height(band.limits.most))
        };
        let has_room = self.heights.iter().sum::<u32>() as usize <= self.rows;
        let stays = has_room && !self.bands.iter().zip(&coming).any(is_higher);
        for (band, coming) in self.bands.iter_mut().zip(coming) {
            if let (Some(band), Some(coming)) = (band, coming) {
                band.take(coming);
            }
        }
        if !stays {
            self.share_out(index);
        }
    }

    /// Gives bands rows that are free, as many to each, for what comes into sight beside what they were packed for.
    fn share_out(&mut self, index: &Index) {
        let taken = |(at, band): (usize, &Option<PackedBand>)| {
            band.as_ref().map_or_else(|| index.bands.get(at).map_or(1, |band| band.rows as usize), PackedBand::taken)
        };
        let free = self.rows.saturating_sub(self.bands.iter().enumerate().map(taken).sum());
        let packed = self.bands.iter().flatten().count();
        for (nth, band) in self.bands.iter_mut().flatten().enumerate() {
            // The first have those that do not come out even.
            let share = free / packed.max(1) + usize::from(nth < free % packed.max(1));
            // Where a window is scrolled anyway a band keeps a few rows that it no longer needs, so that those below it stay.
            let spare = if free == 0 { band.height().min(band.taken() * SPARED.0 / SPARED.1) } else { 0 };
            band.least_rows = (band.taken() + share).max(spare);
        }
    }

    fn measure_heights(&mut self, index: &Index, selection: Option<&Selection>) {
        let lines = index.lines_of(selection);
        let height = |(at, band): (usize, &Option<PackedBand>)| {
            let is_empty = lines.get(at).is_none_or(|lines| lines.numbered().next().is_none());
            if is_empty && index.events_in(at) > 0 {
                return 0;
            }
            let own = index.bands.get(at).map_or(1, |band| band.rows);
            band.as_ref().map_or(own, |band| u32::try_from(band.height()).unwrap_or(own))
        };
        self.heights = self.bands.iter().enumerate().map(height).collect();
    }

    fn lines<'a>(&'a self, index: &'a Index, selection: Option<&'a Selection>, band: u32) -> Option<&'a Lines> {
        match self.bands.get(band as usize) {
            Some(Some(packed)) => Some(&packed.lines),
            _ => index.lines_of(selection).get(band as usize),
        }
    }

    /// Everywhere that the event at a position stands, from the top; in a band that is packed without it, in the last row.
    pub fn spots<'a>(&'a self, index: &'a Index, position: usize) -> impl Iterator<Item = Spot> + use<'a> {
        let slot = index.slots.slot(position);
        index.spots(position).map(move |spot| {
            let Some(Some(packed)) = self.bands.get(spot.band as usize) else { return spot };
            let own = slot.and_then(|slot| packed.row_of.get(&slot)).map(|row| u32::from(*row));
            let last = self.heights.get(spot.band as usize).map_or(0, |rows| rows.saturating_sub(1));
            Spot { row: own.unwrap_or(last.min(spot.row)), ..spot }
        })
    }

    /// The row of an event in a band that was packed with it.
    pub fn row(&self, index: &Index, band: u32, position: usize) -> Option<u32> {
        let packed = self.bands.get(band as usize)?.as_ref()?;
        packed.row_of.get(&index.slots.slot(position)?).map(|row| u32::from(*row))
    }

    /// [`Index::sight`] in these rows.
    pub fn sight(
        &self,
        index: &Index,
        selection: Option<&Selection>,
        rows: impl Iterator<Item = Spot>,
        lens: Lens,
    ) -> Sight {
        index.look(|band| self.lines(index, selection, band), rows, lens)
    }

    /// [`Index::heaviest`] of a crowd of these rows.
    pub fn heaviest(&self, index: &Index, selection: Option<&Selection>, crowd: &Crowd, few: usize) -> Vec<usize> {
        self.lines(index, selection, crowd.band).map_or_else(Vec::new, |lines| index.heaviest_of(lines, crowd, few))
    }

    /// [`Index::members`] of a crowd of these rows.
    pub fn members(&self, index: &Index, selection: Option<&Selection>, crowd: &Crowd) -> Vec<u32> {
        self.lines(index, selection, crowd.band).map_or_else(Vec::new, |lines| index.members_of(lines, crowd))
    }
}

/// The heights to which bands are cut so that all are no more than `most` together: the highest to [`level`], and as many of
/// them as rows are left over to one more.
pub(super) fn levels(heights: &[usize], most: usize) -> Vec<usize> {
    let level = level(heights, most);
    let mut left = most.saturating_sub(heights.iter().map(|height| height.min(&level)).sum());
    let cut = |height: &usize| {
        let has_more = *height > level && left > 0;
        left -= usize::from(has_more);
        level + usize::from(has_more)
    };
    heights.iter().map(cut).collect()
}

/// The greatest height to which bands may be cut so that all are no more than `most` together; 1 where they are more even so.
fn level(heights: &[usize], most: usize) -> usize {
    let sum = |level: usize| heights.iter().map(|height| height.min(&level)).sum::<usize>();
    let (mut fits, mut too_high) = (1, heights.iter().max().map_or(1, |height| height + 1));
    while fits + 1 < too_high {
        let level = usize::midpoint(fits, too_high);
        if sum(level) <= most { fits = level } else { too_high = level }
    }
    fits
}
