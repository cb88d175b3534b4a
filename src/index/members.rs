//! The events of a band with what each takes up at a zoom, and the rows that they get.
//!
//! ```text
//!   10:00 Login   10:00 Login   10:00 Login   10:00 Login   10:00 Alarm
//!   └ one mark with a count: one of them has a row, and the others stand in it ─┘
//! ```
//!
//! Where labels reach, text and pixels are measured, is for the caller to say: see [`Measure`].

use rustc_hash::FxHashMap;

use super::bands::Lines;
use super::rows::{self, Limits, Wanted};
use super::sight::EVERYWHERE;
use super::{Index, Placed, Single, Tally};
use crate::time::Instant;

/// What an event takes up in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// From where to where its mark reaches, which is at least as wide as the smallest.
    pub mark: (Instant, Instant),
    /// The same with its label.
    pub whole: (Instant, Instant),
    /// The same with what has room kept for it where a row has some to spare; as `whole` where nothing has.
    pub spare: (Instant, Instant),
    /// The same with its label on the left, and what is kept free right of the mark, where it may stand there instead.
    pub turned: Option<(Instant, Instant)>,
    /// Until where that reaches with a count behind.
    pub counted: Instant,
}

/// For what rows keep room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoomFor {
    /// Labels without their dates.
    Titles,
    /// Labels with the dates behind them.
    Dates,
    /// The same but for labels in bodies that hold their titles alone.
    DatesBeside,
    /// Labels without their dates, and with them where a row has room to spare.
    SpareDates,
    /// What is left of titles without the words with which their neighbours begin too: where rows are few.
    Endings,
    /// The same, and whole titles where a row has room to spare.
    SpareTitles,
}

impl RoomFor {
    /// Whether dates are measured for it.
    pub const fn is_for_dates(self) -> bool {
        matches!(self, Self::Dates | Self::DatesBeside | Self::SpareDates)
    }

    /// Whether titles are shortened for it.
    pub const fn is_for_endings(self) -> bool {
        matches!(self, Self::Endings | Self::SpareTitles)
    }
}

/// Says what events take up. To measure a date takes longer than a title, so it is asked for only where there may be room for it.
pub trait Measure {
    /// What events of a band take up, in their order, which is that in which they stand. Their marks are the same whatever room is for.
    fn extents(&mut self, events: &[Single], room_for: RoomFor) -> Vec<Extent>;

    /// A number of the event at a position that those of a kind share, and few others: quickly found.
    fn likeness(&self, event: u32) -> u64;

    /// A number of the event at a position, shared by those alone that are told apart by nothing that a picture shows but by where
    /// they stand. Asked of few.
    fn kind(&mut self, event: u32) -> u32;
}

/// So many rows can be read from the top down as time goes on: a window has about as many.
const CASCADE: usize = 24;
/// Labels turn left for the sake of rows where these are no more than such a share of what they would be, or too few for all: to read
/// is easier where all stand on one side.
const WORTH: (usize, usize) = (4, 5);
/// So many events of a kind at one instant of a band are drawn as one, with a count.
const MANY: usize = 4;

/// An event with what it takes up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    pub placed: Placed,
    pub extent: Extent,
    /// Its label stands left of its mark, so that two have room in a row.
    pub is_turned: bool,
    /// Room is kept for what its row has it to spare for.
    pub is_spared: bool,
}

impl Member {
    pub const fn new(placed: Placed, extent: Extent) -> Self {
        Self { placed, extent, is_turned: false, is_spared: false }
    }

    pub fn wanted(&self) -> Wanted {
        let Extent { whole, spare, turned, .. } = self.extent;
        let whole = turned.filter(|_| self.is_turned).unwrap_or(if self.is_spared { spare } else { whole });
        self.with_label(whole)
    }

    /// With room for more than it has to have.
    pub fn with_spare(&self) -> Wanted {
        self.with_label(self.extent.spare)
    }

    fn with_label(&self, whole: (Instant, Instant)) -> Wanted {
        let mark = self.extent.mark;
        let past = mark.1.max(mark.0.saturating_add(1));
        Wanted {
            start: mark.0,
            past,
            label_from: whole.0.min(mark.0),
            label_until: whole.1.max(past),
            weight: self.placed.weight,
        }
    }
}

/// Events of a band, of which one stands for each that is drawn with it as one.
#[derive(Debug, Clone, Default)]
pub(super) struct Members {
    pub all: Vec<Member>,
    /// Of each the position of the one that stands for it, which is not behind it: mostly its own.
    stand_ins: Vec<usize>,
    /// Whether those without weight take no row: they share the line below the rows.
    piles_weightless: bool,
}

impl Members {
    /// The events of a band's lines that touch `start..end` and are wanted, by the start of their marks; of slots as in the file as
    /// long as nothing is edited.
    pub fn within(
        index: &Index,
        (band, lines): (u32, &Lines),
        (start, end): (Instant, Instant),
        is_wanted: &dyn Fn(&Placed) -> bool,
        room_for: RoomFor,
        measure: &mut dyn Measure,
    ) -> Self {
        let mut found: Vec<Placed> = Vec::new();
        for line in &lines.rows {
            let touching = line.touching(start, end);
            found.extend(touching.filter_map(|at| line.get(at)).filter(is_wanted));
        }
        let pile = &lines.pile;
        let touching = pile.those_touching(start, end, Tally::default());
        found.extend(touching.filter_map(|at| pile.line.get(at)).filter(is_wanted));
        let extents = extents(index, band, &found, room_for, measure);
        let of = |(placed, extent)| Member::new(placed, extent);
        let mut all: Vec<Member> = found.into_iter().zip(extents).map(of).collect();
        // In the order of the file where marks are the same: slots are kept by what was put in another place.
        let at = |member: &Member| index.slots.position(member.placed.slot);
        all.sort_by(|a, b| a.extent.mark.cmp(&b.extent.mark).then_with(|| at(a).cmp(&at(b))));
        Self::of(index, all, measure)
    }

    /// Members by the start of their marks: those whose marks are the same follow on each other.
    fn of(index: &Index, all: Vec<Member>, measure: &mut dyn Measure) -> Self {
        let mut stand_ins: Vec<usize> = (0..all.len()).collect();
        let mut from = 0;
        // Few stand where others do, and only these are told apart.
        for alike in all.chunk_by(|a, b| a.extent.mark == b.extent.mark) {
            let past = from + alike.len();
            if alike.len() >= MANY {
                let event = |member: &Member| index.slots.position(member.placed.slot);
                // Most of those that stand at one instant have nothing else in common. Only looked up.
                let likenesses: Vec<u64> = alike.iter().map(|member| measure.likeness(event(member))).collect();
                let mut of_likeness: FxHashMap<u64, usize> = FxHashMap::default();
                likenesses.iter().for_each(|likeness| *of_likeness.entry(*likeness).or_insert(0) += 1);
                let is_many = |likeness: &u64| of_likeness.get(likeness).is_some_and(|count| *count >= MANY);
                // Of each kind the first and how many there are. Only looked up.
                let mut of_kind: FxHashMap<u32, (usize, usize)> = FxHashMap::default();
                let mut kinds: Vec<Option<u32>> = Vec::with_capacity(alike.len());
                for (at, (member, likeness)) in (from..past).zip(alike.iter().zip(&likenesses)) {
                    let kind = is_many(likeness).then(|| measure.kind(event(member)));
                    if let Some(kind) = kind {
                        of_kind.entry(kind).or_insert((at, 0)).1 += 1;
                    }
                    kinds.push(kind);
                }
                for (stand_in, kind) in stand_ins.iter_mut().skip(from).zip(kinds) {
                    let first = kind.and_then(|kind| of_kind.get(&kind)).filter(|(_, count)| *count >= MANY);
                    *stand_in = first.map_or(*stand_in, |(first, _)| *first);
                }
            }
            from = past;
        }
        let mut members = Self { all, stand_ins, piles_weightless: index.piles_weightless };
        members.make_room_for_counts();
        members
    }

    /// The same with what they take up where room is for something else.
    pub fn measured(&self, index: &Index, band: u32, room_for: RoomFor, measure: &mut dyn Measure) -> Self {
        let placed: Vec<Placed> = self.all.iter().map(|member| member.placed).collect();
        let extents = extents(index, band, &placed, room_for, measure);
        let all = placed.into_iter().zip(extents).map(|(placed, extent)| Member::new(placed, extent)).collect();
        let Self { stand_ins, piles_weightless, .. } = self;
        let mut members = Self { all, stand_ins: stand_ins.clone(), piles_weightless: *piles_weightless };
        members.make_room_for_counts();
        members
    }

    /// Whether each takes up what it does in others, which are the same events.
    pub fn takes_as_much_as(&self, others: &Self) -> bool {
        self.all.iter().map(|member| member.extent).eq(others.all.iter().map(|member| member.extent))
    }

    /// What stands for others has their count behind its label.
    fn make_room_for_counts(&mut self) {
        for at in self.stand_ins.iter().enumerate().filter(|(at, stand_in)| at != *stand_in).map(|(_, at)| *at) {
            if let Some(Member { extent, .. }) = self.all.get_mut(at) {
                let count = extent.counted.saturating_since(extent.whole.1);
                extent.spare.1 = extent.spare.1.saturating_add(count);
                (extent.whole.1, extent.turned) = (extent.counted, None);
            }
        }
    }

    /// Rows for all of them, and the limits that they keep: where some take no row, there are no more rows than the others need, so
    /// that the line that these share stands directly below.
    pub fn rows(&mut self, limits: Limits) -> (Vec<u16>, Limits) {
        self.all.iter_mut().for_each(|member| (member.is_turned, member.is_spared) = (false, false));
        // By the beginnings of marks rows go down with time, as they are read.
        let drawn = self.drawn();
        let (rows, mut count) = rows::pack(drawn.iter().map(|(_, wanted)| *wanted), limits);
        let mut assigned = None;
        if count > CASCADE {
            // By those of labels there are no more rows than labels at once; in time order each that stands left, at the right edge,
            // takes one of its own behind the others. Where labels are given up, marks alone are packed, and by their beginnings.
            let mut by_label = self.drawn();
            by_label.sort_by_key(|(at, wanted)| (wanted.label_from, *at));
            // Away from that edge the order is the same.
            if by_label.iter().map(|(at, _)| at).ne(drawn.iter().map(|(at, _)| at)) {
                let (shorter, fewer) = rows::pack(by_label.iter().map(|(_, wanted)| *wanted), limits);
                if fewer < limits.labelled.min(count) {
                    count = fewer;
                    assigned = Some(self.assigned(&by_label, &shorter));
                }
            }
        }
        let mut assigned = assigned.unwrap_or_else(|| self.assigned(&drawn, &rows));
        if count > CASCADE {
            // Where many stand close together, two have room in a row: one with its label left of its mark, one right.
            let may_turn = |at: usize| self.all.get(at).and_then(|member| member.extent.turned);
            let both = drawn.iter().map(|(at, wanted)| (*wanted, may_turn(*at)));
            if let Some((fewer, turned, shorter)) = rows::pack_on_both_sides(both, limits)
                && (shorter * WORTH.1 <= count * WORTH.0 || count >= limits.labelled)
            {
                count = shorter;
                assigned = self.assigned(&drawn, &fewer);
                for ((at, _), is_turned) in drawn.iter().zip(turned) {
                    if let Some(member) = self.all.get_mut(*at) {
                        member.is_turned = is_turned;
                    }
                }
            }
        }
        (assigned, self.limits_of(limits, count))
    }

    /// At most so many rows in which all have room for what they take up, and as many as can for what would be spared, and the limits that
    /// they keep; none where there are no such rows.
    pub fn rows_with_spare(&mut self, limits: Limits, most: usize) -> Option<(Vec<u16>, Limits)> {
        let has_piled = self.all.iter().any(|member| self.is_piled(member));
        let most = most.min(limits.labelled).min(limits.most).saturating_sub(usize::from(has_piled));
        self.all.iter_mut().for_each(|member| (member.is_turned, member.is_spared) = (false, false));
        let mut drawn = self.drawn();
        let pack = |drawn: &[(usize, Wanted)]| {
            let more = |at: usize| self.all.get(at).map(Member::with_spare);
            rows::pack_with_spare(drawn.iter().map(|(at, wanted)| (*wanted, more(*at).unwrap_or(*wanted))), most)
        };
        let (rows, are_spared, count) = pack(&drawn).or_else(|| {
            // In the order of marks each label that stands left takes a row of its own behind those that it could stand before.
            drawn.sort_by_key(|(at, wanted)| (wanted.label_from, *at));
            pack(&drawn)
        })?;
        let assigned = self.assigned(&drawn, &rows);
        for ((at, _), is_spared) in drawn.iter().zip(are_spared) {
            if let Some(member) = self.all.get_mut(*at) {
                member.is_spared = is_spared;
            }
        }
        Some((assigned, self.limits_of(limits, count)))
    }

    /// The limits that rows keep of which there are so many.
    fn limits_of(&self, limits: Limits, count: usize) -> Limits {
        let has_piled = self.all.iter().any(|member| self.is_piled(member));
        Limits { most: if has_piled { limits.most.min(count) } else { limits.most }, ..limits }
    }

    /// The lines of all of them in at most so many rows, as [`Members::rows_with_spare`].
    pub fn lines_with_spare(&mut self, limits: Limits, most: usize) -> Option<Lines> {
        let (rows, limits) = self.rows_with_spare(limits, most)?;
        Some(lines_of(&self.all, &rows, limits.most))
    }

    /// The lines of all of them.
    pub fn lines(&mut self, limits: Limits) -> Lines {
        let (rows, limits) = self.rows(limits);
        lines_of(&self.all, &rows, limits.most)
    }

    /// What those that are drawn in rows take up, by the start of their marks, each with its position.
    pub fn drawn(&self) -> Vec<(usize, Wanted)> {
        let members = self.all.iter().zip(&self.stand_ins).enumerate();
        let drawn = members.filter(|(at, (member, stand_in))| at == *stand_in && !self.is_piled(member));
        drawn.map(|(at, (member, _))| (at, member.wanted())).collect()
    }

    /// How many marks there are at once: they need so many rows, and no more whatever becomes of labels.
    pub fn at_once(&self) -> usize {
        let drawn = self.drawn();
        let mut ends: Vec<Instant> = drawn.iter().map(|(_, wanted)| wanted.past).collect();
        ends.sort_unstable();
        let mut ends = ends.into_iter().peekable();
        let mut most = 0;
        let mut lasting = 0_usize;
        for (_, wanted) in &drawn {
            while ends.next_if(|end| *end <= wanted.start).is_some() {
                lasting = lasting.saturating_sub(1);
            }
            lasting += 1;
            most = most.max(lasting);
        }
        most
    }

    /// Whether a member takes no row, whatever room there is.
    pub const fn is_piled(&self, member: &Member) -> bool {
        self.piles_weightless && member.placed.weight == 0
    }

    /// The rows of all, given those of what is drawn in any order.
    pub fn assigned(&self, drawn: &[(usize, Wanted)], rows: &[u16]) -> Vec<u16> {
        let mut assigned = vec![u16::MAX; self.all.len()];
        for ((at, _), row) in drawn.iter().zip(rows) {
            if let Some(slot) = assigned.get_mut(*at) {
                *slot = *row;
            }
        }
        // What stands for another is not behind it, and has its row already.
        for (at, stand_in) in self.stand_ins.iter().enumerate().filter(|(at, stand_in)| at != *stand_in) {
            let row = assigned.get(*stand_in).copied();
            if let (Some(slot), Some(row)) = (assigned.get_mut(at), row) {
                *slot = row;
            }
        }
        assigned
    }
}

/// What events of a band take up.
pub(super) fn extents(
    index: &Index,
    band: u32,
    placed: &[Placed],
    room_for: RoomFor,
    measure: &mut dyn Measure,
) -> Vec<Extent> {
    let single = |placed: &Placed| {
        let (event, Placed { start, end, .. }) = (index.slots.position(placed.slot), *placed);
        Single { band, row: 0, event, start, end, is_prominent: true, free: EVERYWHERE }
    };
    measure.extents(&placed.iter().map(single).collect::<Vec<Single>>(), room_for)
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
