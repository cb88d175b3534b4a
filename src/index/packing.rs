//! Rows for what is shown: of a stretch of time at one zoom, packed with what each event's mark and label take up there.
//!
//! ```text
//!   rows of the index                rows for what is shown
//!   ●+2   ▬▬▬                        ● Talks begin        ▬▬▬ Siege
//!   ● Talks b…                       ● First note
//!   ●+1                              ● Second note   ● Reply
//! ```
//!
//! Bands share the rows that a window has room for. Each gets what it needs where the sum of that fits, else as many as the
//! level allows at which all together fit. No band is cut below the rows that an index may give it for labels, nor for marks
//! below [`MOST_ROWS`] if all have room in these: rather is the window scrolled. Where so many events lie in the stretch that not even their marks have room in those rows, a band keeps
//! the lines of the index, which count what is too close.
//!
//! A packing covers all time where that is cheap; else some windows' widths, and is *extended* where the window comes near
//! its end. What has a row then keeps it, and what comes is packed behind it on the right, and mirrored on the left:
//!
//! ```text
//!   came by panning left   |   packed first   |   came by panning right
//!         ◀── by end, mirrored                      by start ──▶
//! ```
//!
//! Where labels reach, text and pixels are measured, is for the caller to say: see [`Extent`].

use rustc_hash::FxHashMap;

use super::bands::Lines;
use super::rows::{self, Limits, MOST_ROWS, SOFT_ROWS, Wanted};
use super::sight::EVERYWHERE;
use super::{Crowd, Index, Lens, Placed, Selection, Sight, Single, Spot, Tally};
use crate::time::Instant;

/// What an event takes up in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// From where to where its mark reaches, which is at least as wide as the smallest.
    pub mark: (Instant, Instant),
    /// The same with its label.
    pub whole: (Instant, Instant),
    /// The same with the date of that.
    pub dated: (Instant, Instant),
    /// Until where these two reach with a count behind.
    pub counted: (Instant, Instant),
    /// Events of a kind are told apart by nothing that a picture shows but by where they stand.
    pub kind: u32,
}

/// So many events of a kind at one instant of a band are drawn as one, with a count.
const MANY: usize = 4;

/// Says what events take up, in their order.
pub type Measure<'a> = &'a mut dyn FnMut(&[Single]) -> Vec<Extent>;

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
/// The most events that are packed of more than [`WHOLE`], about as many as have room in a window of 1600 × 900 points: those
/// of the fullest bands beyond that stay in the lines of the index. To pack a thousand takes a millisecond or two.
const MOST_PACKED: usize = 3_000;
/// Where an extended packing holds so many times what a stretch did, a new one takes less than to go on.
const MOST_GROWTH: usize = 4;
/// How much of the room in the rows of a band its marks may take, so that they can be packed.
const FILL: f64 = 0.75;

/// The rows for what is shown.
///
/// Invariant: in a row of a packed band no mark lies on another.
#[derive(Debug, Clone, Default)]
pub struct Packing {
    /// What it covers.
    start: Instant,
    end: Instant,
    /// Of each band; none where it keeps the lines of the index.
    bands: Vec<Option<PackedBand>>,
    heights: Vec<u32>,
    /// How many events were packed at first.
    begun_with: usize,
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

/// An event with what it takes up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    pub placed: Placed,
    pub extent: Extent,
}

/// For what rows keep room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RoomFor {
    Titles,
    /// And for dates behind them.
    Dates,
}

impl Member {
    pub fn wanted(&self, room_for: RoomFor) -> Wanted {
        let Extent { mark, whole, dated, .. } = self.extent;
        let whole = if room_for == RoomFor::Dates { dated } else { whole };
        let past = mark.1.max(mark.0.saturating_add(1));
        Wanted {
            start: mark.0,
            past,
            label_from: whole.0.min(mark.0),
            label_until: whole.1.max(past),
            weight: self.placed.weight,
        }
    }

    /// As time that runs back has it.
    fn mirrored(&self, room_for: RoomFor) -> Wanted {
        let Wanted { start, past, label_from, label_until, weight } = self.wanted(room_for);
        let back = |instant: Instant| Instant::from_micros(instant.micros().saturating_neg());
        Wanted {
            start: back(past),
            past: back(start),
            label_from: back(label_until),
            label_until: back(label_from),
            weight,
        }
    }
}

/// By the start of the mark; of slots as in the file as long as nothing is edited.
pub(super) fn sort(members: &mut [Member]) {
    members.sort_by_key(|member| (member.extent.mark, member.placed.slot));
}

/// The rows of members, of which one stands for each that is drawn with it as one: `pack` gives rows to these.
///
/// ```text
///   10:00 Login   10:00 Login   10:00 Login   10:00 Login   10:00 Alarm
///   └ row 3, and so have the others of its kind there ─┘    └ row 4
/// ```
pub(super) fn assigned(members: &[Member], pack: impl FnOnce(Vec<Member>) -> Vec<u16>) -> Vec<u16> {
    let mut of_kind: FxHashMap<((Instant, Instant), u32), (usize, usize)> = FxHashMap::default();
    for (at, member) in members.iter().enumerate() {
        of_kind.entry((member.extent.mark, member.extent.kind)).or_insert((at, 0)).1 += 1;
    }
    // Only looked up: the order is that of the members.
    let stands_for = |(at, member): (usize, &Member)| match of_kind.get(&(member.extent.mark, member.extent.kind)) {
        Some((first, count)) if *count >= MANY => *first,
        _ => at,
    };
    let firsts: Vec<usize> = members.iter().enumerate().map(stands_for).collect();
    let is_first = |(at, first): (usize, &usize)| at == *first;
    let drawn = members.iter().zip(firsts.iter().enumerate()).filter(|(_, first)| is_first(*first));
    let counted = |member: &Member| {
        let is_many = of_kind.get(&(member.extent.mark, member.extent.kind)).is_some_and(|(_, count)| *count >= MANY);
        let Extent { whole, dated, counted, .. } = member.extent;
        let extent = Extent { whole: (whole.0, counted.0), dated: (dated.0, counted.1), ..member.extent };
        if is_many { Member { extent, ..*member } } else { *member }
    };
    let mut packed = pack(drawn.map(|(member, _)| counted(member)).collect()).into_iter();
    let mut rows: Vec<u16> = Vec::with_capacity(members.len());
    for first in firsts.iter().enumerate() {
        let row = if is_first(first) { packed.next() } else { rows.get(*first.1).copied() };
        rows.push(row.unwrap_or(u16::MAX));
    }
    rows
}

/// Rows for members of a band.
pub(super) fn pack(members: &[Member], limits: Limits, room_for: RoomFor) -> Vec<u16> {
    assigned(members, |drawn| rows::pack(drawn.iter().map(|member| member.wanted(room_for)), limits).0)
}

/// Lines of members that have rows.
pub(super) fn lines_of(members: &[Member], assigned: &[u16], most: usize) -> Lines {
    // The mark of a moment begins before one of something long that has begun a little earlier.
    let mut both: Vec<(Placed, u16)> =
        members.iter().map(|member| member.placed).zip(assigned.iter().copied()).collect();
    both.sort_by_key(|(event, _)| (event.start, event.end, event.slot));
    let (events, assigned): (Vec<Placed>, Vec<u16>) = both.into_iter().unzip();
    let count = assigned.iter().map(|row| usize::from(*row)).filter(|row| *row < most).max().map_or(0, |row| row + 1);
    Lines::of(&events, &assigned, count, most.min(u16::MAX as usize))
}

impl PackedBand {
    fn of(members: Vec<Member>, limits: Limits, room_for: RoomFor) -> Self {
        let rows = pack(&members, limits, room_for);
        Self::with(members, rows, limits, room_for, 1)
    }

    fn with(members: Vec<Member>, rows: Vec<u16>, limits: Limits, room_for: RoomFor, least_rows: usize) -> Self {
        let lines = lines_of(&members, &rows, limits.most);
        let row_of = members.iter().map(|member| member.placed.slot).zip(rows.iter().copied()).collect();
        Self { members, rows, limits, room_for, least_rows, lines, row_of }
    }

    fn height(&self) -> usize {
        if self.members.is_empty() { self.least_rows } else { (self.lines.height() as usize).max(self.least_rows) }
    }

    fn is_overfull(&self) -> bool {
        !self.lines.pile.line.is_empty()
    }

    fn repacked(&mut self, limits: Limits) {
        *self = Self::of(std::mem::take(&mut self.members), limits, RoomFor::Titles);
    }

    /// The same without room for dates; none where that is no other.
    fn without_dates(&self) -> Option<Self> {
        let has_dates = self.members.iter().any(|member| member.extent.dated != member.extent.whole);
        has_dates.then(|| Self::of(self.members.clone(), self.limits, RoomFor::Titles))
    }

    /// Adds what stands left and right of it.
    fn extend(&mut self, mut left: Vec<Member>, right: Vec<Member>) {
        if left.is_empty() && right.is_empty() {
            return;
        }
        left.sort_by_key(|member| (std::cmp::Reverse(member.extent.mark.1), member.placed.slot));
        let room_for = self.room_for;
        // A band that is in sight grows for marks that have no room otherwise, not for labels.
        let limits = Limits { labelled: self.height().min(self.limits.most), ..self.limits };
        let packed = || self.members.iter().zip(self.rows.iter().copied());
        let of_left = assigned(&left, |drawn| {
            let held = packed().map(|(member, row)| (member.mirrored(room_for), row));
            rows::pack_on(held, drawn.iter().map(|member| member.mirrored(room_for)), limits)
        });
        let behind = packed().chain(left.iter().zip(of_left.iter().copied()));
        let behind = behind.map(|(member, row)| (member.wanted(room_for), row));
        let of_right =
            assigned(&right, |drawn| rows::pack_on(behind, drawn.iter().map(|member| member.wanted(room_for)), limits));
        let (mut members, mut rows) = (std::mem::take(&mut self.members), std::mem::take(&mut self.rows));
        members.extend(left.into_iter().chain(right));
        rows.extend(of_left.into_iter().chain(of_right));
        *self = Self::with(members, rows, self.limits, room_for, self.least_rows);
    }
}

impl Index {
    /// Rows for what is shown of `selection`, or of all.
    pub fn packing(&self, selection: Option<&Selection>, space: &Space, measure: Measure<'_>) -> Packing {
        let lines = self.lines_of(selection);
        let all: usize = lines.iter().map(|lines| lines.touching(Instant::MIN, Instant::MAX)).sum();
        let (start, end) = if all <= WHOLE { EVERYWHERE } else { (space.start, space.end) };
        let counts: Vec<usize> = lines.iter().map(|lines| lines.touching(start, end)).collect();
        let own = space.end.saturating_since(space.start);
        let span =
            self.extent.filter(|_| all <= WHOLE).map_or(own, |(start, end)| own.max(end.saturating_since(start)));
        // How many of the smallest marks have room in the rows that a band can have without more scrolling.
        let marks = span as f64 / space.least_micros.max(1) as f64;
        let room = (space.rows.max(SOFT_ROWS) as f64 * marks * FILL) as usize;
        // The fullest bands first: what one of them would take is enough for many others.
        let mut emptiest: Vec<usize> = (0..counts.len()).collect();
        emptiest.sort_by_key(|at| counts.get(*at).copied());
        let most = if all <= WHOLE { WHOLE } else { MOST_PACKED };
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
        let most_rows = MOST_ROWS.max(space.rows);
        let unlimited = Limits { labelled: most_rows, most: most_rows };
        let mut bands: Vec<Option<PackedBand>> = (0_u32..)
            .zip(lines)
            .zip(&is_packed)
            .map(|((band, lines), is_packed)| {
                is_packed.then(|| {
                    let mut members = self.members_within(band, lines, start, end, &mut |_| true, measure);
                    sort(&mut members);
                    PackedBand::of(members, unlimited, RoomFor::Dates)
                })
            })
            .collect();
        let taken = |(at, band): (usize, &Option<PackedBand>)| {
            band.as_ref().map_or_else(|| self.bands.get(at).map_or(1, |band| band.rows as usize), PackedBand::height)
        };
        let heights = |bands: &[Option<PackedBand>]| bands.iter().enumerate().map(taken).collect::<Vec<usize>>();
        if heights(&bands).iter().sum::<usize>() > space.rows {
            // No title is left out for a date: rows are for titles first, and for dates from the top as far as there are more.
            let dated = heights(&bands);
            let undated = |band: &Option<PackedBand>| band.as_ref().and_then(PackedBand::without_dates);
            let mut titles: Vec<Option<PackedBand>> = bands.iter().map(undated).collect();
            let least = |(at, dated): (usize, &usize)| match titles.get(at) {
                Some(Some(titles)) => titles.height(),
                _ => *dated,
            };
            let mut sum: usize = dated.iter().enumerate().map(least).sum();
            for ((band, titles), dated) in bands.iter_mut().zip(&mut titles).zip(dated) {
                let Some(without) = titles.take() else { continue };
                let more = dated.saturating_sub(without.height());
                if sum + more <= space.rows && dated < most_rows {
                    sum += more;
                } else {
                    *band = Some(without);
                }
            }
        }
        let packed = heights(&bands);
        if packed.iter().sum::<usize>() > space.rows {
            let levels = levels(&packed, space.rows);
            for ((at, band), level) in bands.iter_mut().enumerate().zip(levels) {
                let level = level.max(SOFT_ROWS);
                let Some(band) = band.as_mut().filter(|band| band.height() > level) else { continue };
                band.repacked(Limits { labelled: level, most: MOST_ROWS.max(level) });
                if band.is_overfull() {
                    // Not all have room even so: scrolling is left to what lasts at once, which the index has rows for.
                    let own = self.bands.get(at).map_or(1, |band| (band.rows as usize).min(MOST_ROWS));
                    let most = own.max(level - 1);
                    band.repacked(Limits { labelled: level.min(most), most });
                }
            }
        }
        if all > WHOLE {
            let free = space.rows.saturating_sub(heights(&bands).iter().sum());
            share_out(&mut bands, free);
        }
        let mut packing = Packing { start, end, bands, heights: Vec::new(), begun_with: most - left };
        packing.measure_heights(self, selection);
        packing
    }

    /// The events of a band's lines that touch `start..end`, with what they take up.
    pub(super) fn members_within(
        &self,
        band: u32,
        lines: &Lines,
        start: Instant,
        end: Instant,
        is_wanted: &mut dyn FnMut(&Placed) -> bool,
        measure: Measure<'_>,
    ) -> Vec<Member> {
        let (mut found, mut singles) = (Vec::new(), Vec::new());
        let mut add = |row: u32, placed: Placed| {
            if placed.past() > start && is_wanted(&placed) {
                let event = self.slots.position(placed.slot);
                let (start, end) = (placed.start, placed.end);
                found.push(placed);
                singles.push(Single { band, row, event, start, end, is_prominent: true, free: EVERYWHERE });
            }
        };
        for (row, line) in lines.numbered() {
            if row == lines.pile_row() {
                // Ends of a pile are not in order: its maxima lead to those that reach so far, of which one may end at `start`.
                let mut tally = Tally::default();
                let reaching = lines.pile.those_touching(start.saturating_add(-1), end, &mut tally);
                reaching.filter_map(|at| line.get(at)).for_each(|placed| add(row, placed));
                continue;
            }
            let past = line.starts.partition_point(|other| *other < end);
            let first = line.ends.partition_point(|other| *other <= start);
            (first..past.max(first)).filter_map(|at| line.get(at)).for_each(|placed| add(row, placed));
        }
        let extents = measure(&singles);
        found.into_iter().zip(extents).map(|(placed, extent)| Member { placed, extent }).collect()
    }
}

impl Lines {
    /// How many events touch `start..end`.
    fn touching(&self, start: Instant, end: Instant) -> usize {
        let in_row = |row: &super::line::Line| {
            let past = row.starts.partition_point(|other| *other < end);
            past.saturating_sub(row.ends.partition_point(|other| *other <= start))
        };
        let piled = if self.pile.line.is_empty() { 0 } else { self.pile.touching(start, end, &mut Tally::default()) };
        self.rows.iter().map(in_row).sum::<usize>() + piled
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

    /// The same over a longer stretch that touches its own. Nothing that has a row gets another; says whether that was
    /// possible at a sensible cost.
    pub fn extend(
        &mut self,
        index: &Index,
        selection: Option<&Selection>,
        (start, end): (Instant, Instant),
        measure: Measure<'_>,
    ) -> bool {
        let (from, to) = (self.start, self.end);
        let (start, end) = (start.min(from), end.max(to));
        let held: usize = self.bands.iter().flatten().map(|band| band.members.len()).sum();
        let most = self.begun_with.max(WHOLE) * MOST_GROWTH;
        let lines = index.lines_of(selection);
        let packed = || self.bands.iter().zip(lines).filter(|(band, _)| band.is_some());
        let coming: usize = packed().map(|(_, lines)| lines.touching(start, from) + lines.touching(to, end)).sum();
        if held + coming > most {
            return false;
        }
        for ((at, band), lines) in (0_u32..).zip(&mut self.bands).zip(lines) {
            let Some(band) = band else { continue };
            let mut is_left = |event: &Placed| event.past() <= from;
            let left = index.members_within(at, lines, start, from, &mut is_left, measure);
            let mut is_right = |event: &Placed| event.start >= to;
            let mut right = index.members_within(at, lines, to, end, &mut is_right, measure);
            sort(&mut right);
            band.extend(left, right);
        }
        (self.start, self.end) = (start, end);
        self.measure_heights(index, selection);
        true
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

/// Gives bands rows that are free, as many to each, for what comes into sight beside what they were packed for.
fn share_out(bands: &mut [Option<PackedBand>], free: usize) {
    let packed = bands.iter().flatten().count();
    for (nth, band) in bands.iter_mut().flatten().enumerate() {
        // The first have those that do not come out even.
        let share = free / packed.max(1) + usize::from(nth < free % packed.max(1));
        band.least_rows = band.height() + share;
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
