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

use crate::time::Instant;

/// How many rows a band grows to for the sake of labels alone.
pub const SOFT_ROWS: usize = 10;

#[derive(Debug, Clone, Copy)]
struct Row {
    /// End of the last interval in it.
    end: Instant,
    /// Where the last footprint ends.
    free_from: Instant,
}

/// The row of each half-open interval (which come sorted by start) and the number of rows. Intervals in one row never
/// overlap.
pub fn pack(intervals: &[(Instant, Instant)], footprint_micros: i64) -> (Vec<u32>, u32) {
    let mut rows: Vec<Row> = Vec::new();
    let assigned = intervals
        .iter()
        .map(|&(start, end)| {
            let at = choose(&rows, start);
            // An empty interval still takes the instant it stands at.
            let end = end.max(start.saturating_add(1));
            let row = Row { end, free_from: end.max(start.saturating_add(footprint_micros)) };
            match rows.get_mut(at) {
                Some(slot) => *slot = row,
                None => rows.push(row),
            }
            u32::try_from(at).unwrap_or(u32::MAX)
        })
        .collect();
    (assigned, u32::try_from(rows.len()).unwrap_or(u32::MAX))
}

/// The row for an interval that starts here; one past the last for a new row.
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

    #[test]
    fn close_points_get_rows_of_their_own_and_distant_ones_share() {
        let points: Vec<_> = [0, 10, 20, 1_000].map(|start| (at(start), at(start + 1))).to_vec();
        assert_eq!(pack(&points, 100).0, [0, 1, 2, 0]);
    }

    #[test]
    fn a_cluster_is_spread_over_the_soft_rows() {
        let points: Vec<_> = (0..32).map(|start| (at(start * 10), at(start * 10 + 1))).collect();
        let (rows, count) = pack(&points, 1_000_000);
        assert_eq!(count as usize, SOFT_ROWS);
        for (n, row) in rows.iter().enumerate() {
            assert_eq!(*row as usize, n % SOFT_ROWS);
        }
    }

    proptest! {
        #[test]
        fn intervals_in_a_row_never_overlap(
            mut intervals in prop::collection::vec((any::<i64>(), 0_i64..1_000_000_000_000), 0..120),
            footprint in 0_i64..1_000_000_000_000,
        ) {
            intervals.sort_unstable();
            let intervals: Vec<_> = intervals
                .into_iter()
                .map(|(start, length)| (at(start), at(start).saturating_add(length)))
                .collect();
            let (rows, count) = pack(&intervals, footprint);
            prop_assert!(rows.iter().all(|row| *row < count));
            for (n, (a, row_a)) in intervals.iter().zip(&rows).enumerate() {
                for (b, row_b) in intervals.iter().zip(&rows).skip(n + 1) {
                    prop_assert!(row_a != row_b || a.1 <= b.0, "{a:?} and {b:?} share row {row_a}");
                }
            }
        }
    }
}
