//! Packing intervals into rows so that neither they nor, where possible, their labels get in each other's way.
//!
//! Each interval wants time free around it, where its label will stand. In the rows of an index that is a *footprint* to its
//! right, the same for all and at every zoom; in rows for what is shown it is what its own label takes:
//!
//! ```text
//!   row 0   ●·footprint···········        ●·footprint·····
//!   row 1      ●·footprint···········
//!   row 2        ▬▬▬▬▬▬footprint
//! ```
//!
//! A dense cluster would need too many rows: past [`Limits::labelled`] the label is given up, and an interval
//! goes to the row that has been free for longest. That spreads a cluster evenly, at whatever scale it lies.
//!
//! Where more last at once than a band may have rows, the lightest of them go onto the *pile*, one line below the rows in
//! which intervals may overlap. In an index these are [`MOST_ROWS`]; a picture may have as many as it is high.

use super::Placed;
use crate::time::Instant;

/// How many rows a band grows to for the sake of labels alone.
pub const SOFT_ROWS: usize = 10;
/// How many rows a band of a window has at most; what needs more goes onto the pile.
pub const MOST_ROWS: usize = 40;

/// How many rows a band may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    /// For the sake of labels alone.
    pub labelled: usize,
    /// For marks, which otherwise go onto the pile.
    pub most: usize,
}

impl Limits {
    /// Those of an index.
    pub const INDEX: Self = Self { labelled: SOFT_ROWS, most: MOST_ROWS };
}

/// What an interval takes up of its row, and would like to.
///
/// Invariant: the label reaches over the interval on both sides, or as far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted {
    pub start: Instant,
    pub past: Instant,
    pub label_from: Instant,
    pub label_until: Instant,
    pub weight: u8,
}

impl Wanted {
    /// An interval with a footprint behind its start.
    pub fn with_footprint(interval: &Placed, footprint_micros: i64) -> Self {
        let Placed { start, weight, .. } = *interval;
        let past = interval.past();
        let label_until = past.max(start.saturating_add(footprint_micros));
        Self { start, past, label_from: start, label_until, weight }
    }

    /// As time that runs back has it.
    pub fn mirrored(&self) -> Self {
        let Self { start, past, label_from, label_until, weight } = *self;
        let back = |instant: Instant| Instant::from_micros(instant.micros().saturating_neg());
        Self {
            start: back(past),
            past: back(start),
            label_from: back(label_until),
            label_until: back(label_from),
            weight,
        }
    }
}

/// The rows filled so far, and the least of two of their columns: most intervals of a cluster ask no more than that.
struct Rows {
    /// End of the last interval in each row.
    ends: Column<Instant>,
    /// Where its last footprint ends.
    free_from: Column<Instant>,
    /// Weight of the last interval: looked at only where no row is left.
    weights: Vec<u8>,
    /// Its position.
    last: Vec<usize>,
}

impl Rows {
    fn new() -> Self {
        Self { ends: Column::new(), free_from: Column::new(), weights: Vec::new(), last: Vec::new() }
    }

    /// The row for an interval; one past the last for a new row, and [`Limits::most`] where there is none.
    fn choose(&self, wanted: &Wanted, limits: Limits) -> usize {
        if let Some(row) = self.free_from.first_up_to(wanted.label_from) {
            return row;
        }
        if self.last.len() < limits.labelled.min(limits.most) {
            return self.last.len();
        }
        // That which has been free for longest.
        let first_end = self.ends.least.filter(|end| *end <= wanted.start);
        first_end.and_then(|end| self.ends.first_up_to(end)).unwrap_or(self.last.len())
    }

    /// The row whose last interval weighs least, the first of equals, and that interval's position; none where all weigh as
    /// much as this or more.
    fn lighter(&self, weight: u8) -> Option<(usize, usize)> {
        let lightest = self.weights.iter().copied().min().filter(|lightest| *lightest < weight)?;
        let row = self.weights.iter().position(|weight| *weight == lightest)?;
        Some((row, *self.last.get(row)?))
    }

    fn put(&mut self, row: usize, at: usize, wanted: &Wanted) {
        // The label of what stands before it may reach further; what it takes the place of is gone.
        let stays = self.ends.values.get(row).is_some_and(|end| *end <= wanted.start);
        let before = self.free_from.values.get(row).copied().filter(|_| stays);
        let free_from = before.map_or(wanted.label_until, |before| before.max(wanted.label_until));
        self.ends.put(row, wanted.past);
        self.free_from.put(row, free_from);
        match (self.last.get_mut(row), self.weights.get_mut(row)) {
            (Some(last), Some(weight)) => (*last, *weight) = (at, wanted.weight),
            _ => {
                self.last.push(at);
                self.weights.push(wanted.weight);
            }
        }
    }
}

/// A value of each row.
///
/// Invariant: `least` is the least of the values.
struct Column<T> {
    values: Vec<T>,
    least: Option<T>,
}

impl<T: Copy + Ord> Column<T> {
    fn new() -> Self {
        Self { values: Vec::with_capacity(MOST_ROWS), least: None }
    }

    /// The first row whose value is this or less.
    fn first_up_to(&self, most: T) -> Option<usize> {
        self.least.filter(|least| *least <= most)?;
        self.values.iter().position(|value| *value <= most)
    }

    /// Sets the value of a row, which may be one past the last.
    fn put(&mut self, row: usize, value: T) {
        let before = match self.values.get_mut(row) {
            Some(own) => Some(std::mem::replace(own, value)),
            None => {
                self.values.push(value);
                None
            }
        };
        self.least = match self.least {
            Some(least) if before == Some(least) && value > least => self.values.iter().copied().min(),
            Some(least) => Some(least.min(value)),
            None => Some(value),
        };
    }
}

/// The row of each interval (which come sorted by start), [`Limits::most`] for the pile, and the number of rows. Intervals in
/// one row never overlap.
pub(super) fn pack(intervals: impl ExactSizeIterator<Item = Wanted>, limits: Limits) -> (Vec<u16>, usize) {
    let limits = Limits { most: limits.most.min(u16::MAX as usize), ..limits };
    let pile = u16::try_from(limits.most).unwrap_or(u16::MAX);
    let mut rows = Rows::new();
    let mut assigned = vec![pile; intervals.len()];
    for (at, wanted) in intervals.enumerate() {
        let mut row = rows.choose(&wanted, limits);
        if row == limits.most {
            // All rows are taken: the lightest makes room where it is lighter still.
            let Some((lighter, taken)) = rows.lighter(wanted.weight) else { continue };
            if let Some(slot) = assigned.get_mut(taken) {
                *slot = pile;
            }
            row = lighter;
        }
        if let Some(slot) = assigned.get_mut(at) {
            *slot = u16::try_from(row).unwrap_or(pile);
        }
        rows.put(row, at, &wanted);
    }
    (assigned, rows.last.len())
}

/// As [`pack`] by the beginnings of marks, for intervals that may have their labels on the left: one for which no row is free begins
/// a new one so, and the next finds room behind it. Says of each whether it does; none where there are not rows for all labels.
///
/// ```text
///   first ●● second        of many at once two have room in a row
///   third ●  ● fourth
/// ```
pub(super) fn pack_on_both_sides(
    intervals: impl ExactSizeIterator<Item = (Wanted, Option<(Instant, Instant)>)>,
    limits: Limits,
) -> Option<(Vec<u16>, Vec<bool>, usize)> {
    let most = limits.labelled.min(limits.most).min(u16::MAX as usize);
    let mut rows = Rows::new();
    let (mut assigned, mut turned) = (Vec::with_capacity(intervals.len()), Vec::with_capacity(intervals.len()));
    for (at, (wanted, left)) in intervals.enumerate() {
        let free = rows.free_from.first_up_to(wanted.label_from);
        let row = free.unwrap_or(rows.last.len());
        if row >= most {
            return None;
        }
        let left = left.filter(|_| free.is_none());
        let kept = left.map_or(wanted, |(label_from, label_until)| Wanted { label_from, label_until, ..wanted });
        rows.put(row, at, &kept);
        assigned.push(u16::try_from(row).ok()?);
        turned.push(left.is_some());
    }
    Some((assigned, turned, rows.last.len()))
}

/// As [`pack`] in at most so many rows for intervals that each may take up more than they have to: where a row has so much to spare
/// they do. Says of each whether it does; none where these are not rows enough for all.
///
/// ```text
///   ● Talks begin  24 Oct    ● Talks end        each is packed behind what all before it take up with their dates,
///   ● First note   ● Second note  9 Nov         and where no row is left behind their titles
/// ```
pub(super) fn pack_with_spare(
    intervals: impl ExactSizeIterator<Item = (Wanted, Wanted)>,
    most: usize,
) -> Option<(Vec<u16>, Vec<bool>, usize)> {
    // Where the titles of each row end, where these do with what is spared for them, and the last in each.
    let mut free_from: Column<Instant> = Column::new();
    let mut spare_from: Column<Instant> = Column::new();
    let mut last: Vec<usize> = Vec::new();
    let mut assigned = Vec::with_capacity(intervals.len());
    let mut spared: Vec<bool> = Vec::with_capacity(intervals.len());
    for (at, (wanted, more)) in intervals.enumerate() {
        let count = last.len();
        let new = || (count < most).then_some(count);
        let with_more = spare_from.first_up_to(more.label_from).or_else(new);
        let row = with_more.or_else(|| spare_from.first_up_to(wanted.label_from));
        let row = row.or_else(|| free_from.first_up_to(wanted.label_from))?;
        let behind = free_from.values.get(row).copied().unwrap_or(Instant::MIN);
        let is_spared = behind <= more.label_from;
        let kept = if is_spared { more } else { wanted };
        // What stood there gives up what it was spared, where this reaches into it.
        if let Some(before) = last.get(row).copied().and_then(|before| spared.get_mut(before)) {
            *before &= spare_from.values.get(row).is_none_or(|end| *end <= kept.label_from);
        }
        // With more it may stand on the other side, and then takes nothing on its own.
        free_from.put(row, kept.label_until.min(wanted.label_until).max(wanted.past));
        spare_from.put(row, kept.label_until);
        match last.get_mut(row) {
            Some(last) => *last = at,
            None => last.push(at),
        }
        assigned.push(u16::try_from(row).ok()?);
        spared.push(is_spared);
    }
    Some((assigned, spared, last.len()))
}

/// The rows of more intervals behind those that have rows already, which all stay where they are. Both come sorted by start;
/// what finds no room goes onto the pile.
pub(super) fn pack_on(
    packed: impl Iterator<Item = (Wanted, u16)>,
    intervals: impl Iterator<Item = Wanted>,
    limits: Limits,
) -> Vec<u16> {
    // What each row holds together. One that only what has gone stood in is as free as one that nothing stood in.
    let (start, past) = (Instant::MIN, Instant::MIN);
    let nothing = Wanted { start, past, label_from: start, label_until: past, weight: 0 };
    let mut held: Vec<Wanted> = Vec::new();
    for (wanted, row) in packed.filter(|(_, row)| usize::from(*row) < limits.most) {
        while held.len() <= usize::from(row) {
            held.push(nothing);
        }
        if let Some(held) = held.get_mut(usize::from(row)) {
            held.past = held.past.max(wanted.past);
            held.label_until = held.label_until.max(wanted.label_until);
        }
    }
    let mut rows = Rows::new();
    held.iter().enumerate().for_each(|(row, held)| rows.put(row, 0, held));
    let assign = |wanted: Wanted| {
        let row = rows.choose(&wanted, limits);
        if row < limits.most {
            rows.put(row, 0, &wanted);
        }
        u16::try_from(row).unwrap_or(u16::MAX)
    };
    intervals.map(assign).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PILE: u16 = MOST_ROWS as u16;

    fn at(micros: i64) -> Instant {
        Instant::from_micros(micros)
    }

    fn interval(start: i64, end: i64, weight: u8) -> Placed {
        Placed { slot: 0, start: at(start), end: at(end), weight }
    }

    #[test]
    fn close_points_get_rows_of_their_own_and_distant_ones_share() {
        let points = [0, 10, 20, 1_000].map(|start| interval(start, start + 1, 3));
        assert_eq!(pack(&points, 100, MOST_ROWS).0, [0, 1, 2, 0]);
    }

    #[test]
    fn a_cluster_is_spread_over_the_soft_rows() {
        let points: Vec<_> = (0..32).map(|start| interval(start * 10, start * 10 + 1, 3)).collect();
        let (rows, count) = pack(&points, 1_000_000, MOST_ROWS);
        assert_eq!(count, SOFT_ROWS);
        for (n, row) in rows.iter().enumerate() {
            assert_eq!(*row as usize, n % SOFT_ROWS);
        }
    }

    #[test]
    fn what_needs_more_rows_than_there_are_goes_onto_the_pile_the_lightest_first() {
        let mut spans: Vec<_> = (0..50).map(|start| interval(start, 1_000, 3)).collect();
        spans.push(interval(60, 1_000, 5));
        spans.push(interval(61, 1_000, 1));
        let (rows, count) = pack(&spans, 0, MOST_ROWS);
        assert_eq!(count, MOST_ROWS);
        assert_eq!(rows.iter().filter(|row| **row == PILE).count(), 12);
        assert!(rows[50] < PILE && rows[51] == PILE);
    }

    fn pack(intervals: &[Placed], footprint_micros: i64, most: usize) -> (Vec<u16>, usize) {
        let wanted = intervals.iter().map(|interval| Wanted::with_footprint(interval, footprint_micros));
        super::pack(wanted, Limits { labelled: SOFT_ROWS, most })
    }

    /// What [`pack`] is to give, by asking every row each time: its label's room first, then room for the interval itself.
    fn packed_plainly(intervals: &[Placed], footprint_micros: i64, most: usize) -> Vec<u16> {
        let label_until = |last: &Placed| last.past().max(last.start.saturating_add(footprint_micros));
        let (mut last, mut assigned): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut free_from: Vec<Instant> = Vec::new();
        for (at, interval) in intervals.iter().enumerate() {
            let of_row = |row: &usize| intervals[last[*row]];
            let rows = || 0..last.len();
            let labelled = rows().find(|row| free_from[*row] <= interval.start);
            let new = (last.len() < SOFT_ROWS.min(most)).then_some(last.len());
            let free =
                || rows().filter(|row| of_row(row).past() <= interval.start).min_by_key(|row| of_row(row).past());
            let further = (last.len() < most).then_some(last.len());
            let lightest = || {
                let row = rows().min_by_key(|row| of_row(row).weight)?;
                (of_row(&row).weight < interval.weight).then_some(row)
            };
            let row = labelled.or(new).or_else(free).or(further).or_else(|| {
                let row = lightest()?;
                assigned[last[row]] = most;
                Some(row)
            });
            assigned.push(row.unwrap_or(most));
            match row {
                Some(row) if row == last.len() => {
                    last.push(at);
                    free_from.push(label_until(interval));
                }
                Some(row) => {
                    let stays = of_row(&row).past() <= interval.start;
                    free_from[row] = label_until(interval).max(if stays { free_from[row] } else { Instant::MIN });
                    last[row] = at;
                }
                None => {}
            }
        }
        assigned.into_iter().map(|row| u16::try_from(row).unwrap()).collect()
    }

    /// Intervals by their starts, each with the room that its label takes to the right, and to the left where it may stand there.
    fn both_sided(mut intervals: Vec<(i64, i64, i64, bool)>) -> Vec<(Wanted, Option<(Instant, Instant)>)> {
        intervals.sort_unstable();
        let wanted = |(start, length, label, may_turn): (i64, i64, i64, bool)| {
            let wanted = Wanted::with_footprint(&interval(start, start + length, 3), length + label);
            (wanted, may_turn.then(|| (at(start - label), wanted.past)))
        };
        intervals.into_iter().map(wanted).collect()
    }

    #[test]
    fn of_many_at_once_two_have_room_in_a_row() {
        let all = both_sided((0..40).map(|nth| (nth * 10, 5, 900, true)).collect());
        let limits = Limits { labelled: 100, most: 100 };
        let (rows, turned, count) = pack_on_both_sides(all.iter().copied(), limits).unwrap();
        assert_eq!((count, rows.len()), (20, 40));
        assert_eq!(turned.iter().filter(|turned| **turned).count(), 20);
        assert_eq!(super::pack(all.iter().map(|(wanted, _)| *wanted), limits).1, 40);
        assert!(pack_on_both_sides(all.into_iter(), Limits { labelled: 19, most: 100 }).is_none());
    }

    proptest! {
        #[test]
        fn on_both_sides_nothing_touches_and_nothing_has_room_above(
            intervals in prop::collection::vec((0_i64..3_000, 0_i64..200, 0_i64..600, any::<bool>()), 0..90),
        ) {
            let all = both_sided(intervals);
            let limits = Limits { labelled: 100, most: 100 };
            let (rows, turned, count) = pack_on_both_sides(all.iter().copied(), limits).unwrap();
            prop_assert!(rows.iter().all(|row| usize::from(*row) < count));
            let taken = |n: usize| {
                let (wanted, left) = all[n];
                left.filter(|_| turned[n]).unwrap_or((wanted.label_from, wanted.label_until))
            };
            for n in 0..all.len() {
                for m in n + 1..all.len() {
                    let apart = rows[n] != rows[m] || taken(n).1 <= taken(m).0 || taken(m).1 <= taken(n).0;
                    prop_assert!(apart, "{:?} and {:?} share row {}", all[n], all[m], rows[n]);
                }
                let start = all[n].0.start;
                for row in 0..rows[n] {
                    let is_taken = |m: usize| rows[m] == row && taken(m).0 <= start && start < taken(m).1;
                    prop_assert!((0..all.len()).any(is_taken), "{:?} has room in row {row}", all[n]);
                }
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_spared_costs_no_row_and_touches_nothing(
            intervals in prop::collection::vec((0_i64..3_000, 0_i64..200, 0_i64..600, any::<bool>()), 0..90),
            spare in 0_i64..400,
            further in 0_usize..6,
        ) {
            let both: Vec<(Wanted, Wanted)> = both_sided(intervals)
                .into_iter()
                .map(|(wanted, left)| {
                    let (label_from, label_until) = left.unwrap_or((wanted.label_from, wanted.label_until));
                    let is_left = left.is_some();
                    let label_from = if is_left { label_from.saturating_add(-spare) } else { label_from };
                    let label_until = if is_left { label_until } else { label_until.saturating_add(spare) };
                    (wanted, Wanted { label_from, label_until, ..wanted })
                })
                .collect();
            let limits = Limits { labelled: 200, most: 200 };
            let own = super::pack(both.iter().map(|(wanted, _)| *wanted), limits).1;
            let (rows, spared, count) = pack_with_spare(both.iter().copied(), own + further).unwrap();
            prop_assert!(count <= own + further);
            let taken = |n: usize| {
                let wanted = if spared[n] { both[n].1 } else { both[n].0 };
                (wanted.label_from, wanted.label_until)
            };
            for n in 0..both.len() {
                for m in n + 1..both.len() {
                    let apart = rows[n] != rows[m] || taken(n).1 <= taken(m).0 || taken(m).1 <= taken(n).0;
                    prop_assert!(apart, "{:?} and {:?} share row {}", both[n], both[m], rows[n]);
                }
            }
        }
    }

    #[test]
    fn rows_that_are_free_are_spent_on_what_is_spared() {
        let wanted = |start: i64, title: i64| Wanted::with_footprint(&interval(start, start + 5, 3), title);
        let both: Vec<(Wanted, Wanted)> =
            [0, 100, 170, 240].map(|start| (wanted(start, 60), wanted(start, 110))).to_vec();
        let packed = |most: usize| pack_with_spare(both.iter().copied(), most).unwrap();
        assert_eq!(packed(2), (vec![0, 1, 0, 1], vec![true, true, true, true], 2));
        assert_eq!(packed(1), (vec![0, 0, 0, 0], vec![false, false, false, true], 1));
        assert!(pack_with_spare(both.iter().copied(), 0).is_none());
    }

    proptest! {
        #[test]
        fn what_comes_later_overlaps_nothing_that_has_a_row(
            mut intervals in prop::collection::vec((0_i64..10_000, 0_i64..900, 0_i64..400), 0..120),
            cut in 0_usize..120,
            labelled in 0_usize..8,
            further in 0_usize..8,
        ) {
            intervals.sort_unstable();
            let wanted: Vec<Wanted> = intervals
                .iter()
                .map(|(start, length, label)| Wanted::with_footprint(&interval(*start, start + length, 3), length + label))
                .collect();
            let limits = Limits { labelled, most: labelled + further };
            let (first, later) = wanted.split_at(cut.min(wanted.len()));
            let mut rows = super::pack(first.iter().copied(), limits).0;
            rows.extend(pack_on(first.iter().copied().zip(rows.clone()), later.iter().copied(), limits));
            let packed = || wanted.iter().zip(&rows).filter(|(_, row)| usize::from(**row) < limits.most);
            for (n, (a, row_a)) in packed().enumerate() {
                for (b, row_b) in packed().skip(n + 1) {
                    prop_assert!(row_a != row_b || a.past <= b.start, "{a:?} and {b:?} share row {row_a}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn intervals_in_a_row_never_overlap(
            mut intervals in prop::collection::vec((any::<i64>(), 0_i64..1_000_000_000_000, 1_u8..6), 0..120),
            footprint in 0_i64..1_000_000_000_000,
            packed in any::<bool>(),
            most in prop_oneof![Just(MOST_ROWS), 0_usize..80],
        ) {
            if packed {
                intervals.iter_mut().for_each(|interval| interval.0 = interval.0.rem_euclid(1_000_000));
            }
            intervals.sort_unstable();
            let intervals: Vec<_> = intervals
                .into_iter()
                .map(|(start, length, weight)| interval(start, start.saturating_add(length), weight))
                .collect();
            let (rows, count) = pack(&intervals, footprint, most);
            prop_assert_eq!(&rows, &packed_plainly(&intervals, footprint, most));
            prop_assert!(rows.iter().all(|row| (*row as usize) < count || *row as usize == most));
            for (n, (a, row_a)) in intervals.iter().zip(&rows).enumerate() {
                for (b, row_b) in intervals.iter().zip(&rows).skip(n + 1) {
                    let apart = row_a != row_b || *row_a as usize == most || a.past() <= b.start;
                    prop_assert!(apart, "{a:?} and {b:?} share row {row_a}");
                }
            }
        }
    }
}
