//! Packing intervals into rows so that neither they nor, where possible, their labels get in each other's way.
//!
//! Rows depend on time alone. Each interval keeps a *footprint* of time free to its right, where its label will stand:
//!
//! ```text
//!   row 0   ●·footprint···········        ●·footprint·····
//!   row 1      ●·footprint···········
//!   row 2        ▬▬▬▬▬▬footprint
//! ```
//!
//! The footprint is wide (a share of all time), so events that lie close together get rows of their own and keep them at
//! every zoom. A dense cluster would need too many rows: past [`SOFT_ROWS`] the footprint is given up, and an interval
//! goes to the row that has been free for longest. That spreads a cluster evenly, at whatever scale it lies.
//!
//! Where more than [`MOST_ROWS`] last at once, the lightest of them go onto the *pile*, one line below the rows in which
//! intervals may overlap: no band is higher than a screen, and the next one can be reached.

use super::Placed;
use crate::time::Instant;

/// How many rows a band grows to for the sake of labels alone.
pub const SOFT_ROWS: usize = 10;
/// How many rows a band has at most; what needs more goes onto the pile.
pub const MOST_ROWS: usize = 40;

#[derive(Debug, Clone, Copy)]
struct Row {
    /// End of the last interval in it.
    end: Instant,
    /// Where the last footprint ends.
    free_from: Instant,
    /// Position and weight of the last interval in it.
    last: usize,
    weight: u8,
}

/// The row of each interval (which come sorted by start), [`MOST_ROWS`] for the pile, and the number of rows. Intervals in
/// one row never overlap.
pub(super) fn pack(intervals: &[Placed], footprint_micros: i64) -> (Vec<u8>, usize) {
    let mut rows: Vec<Row> = Vec::new();
    let mut assigned = vec![PILE; intervals.len()];
    for (at, interval) in intervals.iter().enumerate() {
        let end = interval.past();
        let free_from = end.max(interval.start.saturating_add(footprint_micros));
        let mut row = Row { end, free_from, last: at, weight: interval.weight };
        let mut number = choose(&rows, interval.start);
        if number == MOST_ROWS {
            // All rows are taken: the lightest makes room where it is lighter still.
            let lightest = rows.iter().enumerate().min_by_key(|(number, row)| (row.weight, *number));
            let Some((lighter, taken)) = lightest.filter(|(_, taken)| taken.weight < interval.weight) else { continue };
            if let Some(slot) = assigned.get_mut(taken.last) {
                *slot = PILE;
            }
            number = lighter;
            row.free_from = row.free_from.max(interval.start);
        }
        if let Some(slot) = assigned.get_mut(at) {
            *slot = u8::try_from(number).unwrap_or(PILE);
        }
        match rows.get_mut(number) {
            Some(slot) => *slot = row,
            None => rows.push(row),
        }
    }
    (assigned, rows.len())
}

/// The row number of the pile.
const PILE: u8 = MOST_ROWS as u8;

/// The row for an interval that starts here; one past the last for a new row, and [`MOST_ROWS`] where there is none.
fn choose(rows: &[Row], start: Instant) -> usize {
    if let Some(at) = rows.iter().position(|row| row.free_from <= start) {
        return at;
    }
    if rows.len() < SOFT_ROWS {
        return rows.len();
    }
    let longest_free =
        rows.iter().enumerate().filter(|(_, row)| row.end <= start).min_by_key(|(at, row)| (row.end, *at));
    longest_free.map_or(rows.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(micros: i64) -> Instant {
        Instant::from_micros(micros)
    }

    fn interval(start: i64, end: i64, weight: u8) -> Placed {
        Placed { slot: 0, start: at(start), end: at(end), weight }
    }

    #[test]
    fn close_points_get_rows_of_their_own_and_distant_ones_share() {
        let points = [0, 10, 20, 1_000].map(|start| interval(start, start + 1, 3));
        assert_eq!(pack(&points, 100).0, [0, 1, 2, 0]);
    }

    #[test]
    fn a_cluster_is_spread_over_the_soft_rows() {
        let points: Vec<_> = (0..32).map(|start| interval(start * 10, start * 10 + 1, 3)).collect();
        let (rows, count) = pack(&points, 1_000_000);
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
        let (rows, count) = pack(&spans, 0);
        assert_eq!(count, MOST_ROWS);
        assert_eq!(rows.iter().filter(|row| **row == PILE).count(), 12);
        assert!(rows[50] < PILE && rows[51] == PILE);
    }

    proptest! {
        #[test]
        fn intervals_in_a_row_never_overlap(
            mut intervals in prop::collection::vec((any::<i64>(), 0_i64..1_000_000_000_000, 1_u8..6), 0..120),
            footprint in 0_i64..1_000_000_000_000,
            packed in any::<bool>(),
        ) {
            if packed {
                intervals.iter_mut().for_each(|interval| interval.0 = interval.0.rem_euclid(1_000_000));
            }
            intervals.sort_unstable();
            let intervals: Vec<_> = intervals
                .into_iter()
                .map(|(start, length, weight)| interval(start, start.saturating_add(length), weight))
                .collect();
            let (rows, count) = pack(&intervals, footprint);
            prop_assert!(rows.iter().all(|row| (*row as usize) < count || *row == PILE));
            for (n, (a, row_a)) in intervals.iter().zip(&rows).enumerate() {
                for (b, row_b) in intervals.iter().zip(&rows).skip(n + 1) {
                    let apart = row_a != row_b || *row_a == PILE || a.past() <= b.start;
                    prop_assert!(apart, "{a:?} and {b:?} share row {row_a}");
                }
            }
        }
    }
}
