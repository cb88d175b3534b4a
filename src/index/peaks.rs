//! The greatest value of any stretch of a column, found without reading the stretch.
//!
//! ```text
//!   depth 0   ···64···|···64···|···64···|  …     the column itself, kept by its owner
//!   depth 1      max      max      max     …     one for 64
//!   depth 2      └──────── max ────────┘   …     one for 8 of the depth above
//! ```
//!
//! A question reads at most two blocks at each depth, whatever the length of the column. A column of one block has no
//! further depth and takes no room.

use std::ops::Range;

use super::Tally;

/// Values of the column in a block.
const BLOCK: usize = 64;
/// Maxima in a block.
const FAN: usize = 8;

/// The maxima over a column. The column is passed in with every question and must be the one that was last told of.
#[derive(Debug, Clone)]
pub(super) struct Peaks<T> {
    levels: Vec<Vec<T>>,
}

impl<T> Default for Peaks<T> {
    fn default() -> Self {
        Self { levels: Vec::new() }
    }
}

const fn block(depth: usize) -> usize {
    if depth == 0 { BLOCK } else { FAN }
}

impl<T: Copy + Ord> Peaks<T> {
    /// The maxima of a column.
    pub fn of(base: &[T]) -> Self {
        let mut peaks = Self::default();
        peaks.refresh(base, 0);
        peaks
    }

    /// Takes note that the column has changed from a position on.
    pub fn refresh(&mut self, base: &[T], from: usize) {
        let mut from = from;
        let mut depth = 0;
        while self.column(base, depth).len() > block(depth) {
            from /= block(depth);
            let mut level = self.levels.get_mut(depth).map(std::mem::take).unwrap_or_default();
            level.truncate(from);
            let below = self.column(base, depth);
            level.reserve_exact(below.len().div_ceil(block(depth)).saturating_sub(level.len()));
            let changed = below.get(level.len() * block(depth)..).unwrap_or_default().chunks(block(depth));
            level.extend(changed.filter_map(|values| values.iter().copied().max()));
            match self.levels.get_mut(depth) {
                Some(slot) => *slot = level,
                None => self.levels.push(level),
            }
            depth += 1;
        }
        self.levels.truncate(depth);
    }

    fn column<'a>(&'a self, base: &'a [T], depth: usize) -> &'a [T] {
        match depth.checked_sub(1) {
            None => base,
            Some(level) => self.levels.get(level).map_or(&[], Vec::as_slice),
        }
    }

    /// Where the greatest value of a stretch stands, the first of equals; none where the stretch is empty.
    pub fn greatest(&self, base: &[T], stretch: Range<usize>, tally: &mut Tally) -> Option<usize> {
        let mut best: Option<(T, usize, usize)> = None;
        let mut scan = |depth: usize, range: Range<usize>| {
            let values = self.column(base, depth).get(range.clone()).unwrap_or_default();
            tally.add(values.len());
            for (value, at) in values.iter().zip(range.start..) {
                if best.is_none_or(|(most, ..)| most < *value) {
                    best = Some((*value, depth, at));
                }
            }
        };
        let (mut from, mut to) = (stretch.start, stretch.end.min(base.len()));
        let mut rights: Vec<(usize, Range<usize>)> = Vec::new();
        let mut depth = 0;
        loop {
            let (first, past) = (from.div_ceil(block(depth)), to / block(depth));
            if depth >= self.levels.len() || first >= past {
                scan(depth, from..to);
                break;
            }
            scan(depth, from..first * block(depth));
            rights.push((depth, past * block(depth)..to));
            (from, to, depth) = (first, past, depth + 1);
        }
        for (depth, range) in rights.into_iter().rev() {
            scan(depth, range);
        }
        let (most, mut depth, mut at) = best?;
        while let Some(above) = depth.checked_sub(1) {
            let from = at * block(above);
            let values = self.column(base, above).get(from..).unwrap_or_default();
            let offset = values.iter().take(block(above)).position(|value| *value == most)?;
            tally.add(offset + 1);
            (at, depth) = (from + offset, above);
        }
        Some(at)
    }

    /// The first position of a stretch with a value above `floor`.
    pub fn first_above(&self, base: &[T], stretch: Range<usize>, floor: T, tally: &mut Tally) -> Option<usize> {
        let mut at = stretch.start;
        let mut depth = 0;
        // Positions of the column in one value of this depth.
        let mut size = 1;
        while at * size < stretch.end {
            tally.add(1);
            if *self.column(base, depth).get(at)? > floor {
                let Some(above) = depth.checked_sub(1) else { return Some(at) };
                (at, size, depth) = (at * block(above), size / block(above), above);
                continue;
            }
            at += 1;
            while depth < self.levels.len() && at.is_multiple_of(block(depth)) {
                (at, size, depth) = (at / block(depth), size * block(depth), depth + 1);
            }
        }
        None
    }

    /// Bytes held beside the column.
    pub fn bytes(&self) -> usize {
        self.levels.iter().map(|level| level.capacity() * size_of::<T>() + size_of::<Vec<T>>()).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_stretch_is_answered_as_by_reading_it(
            mut column in prop::collection::vec(0_u8..9, 0..3_000),
            insertions in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..9), 0..4),
            ends in prop::collection::vec((0_usize..3_100, 0_usize..3_100), 1..12),
            floor in 0_u8..9,
        ) {
            let mut peaks = Peaks::of(&column);
            for (at, value) in insertions {
                let at = at.index(column.len() + 1);
                column.insert(at, value);
                peaks.refresh(&column, at);
            }
            for (a, b) in ends {
                let (from, to) = (a.min(b), a.max(b));
                let inside = || column.iter().copied().enumerate().take(to).skip(from);
                let greatest = inside().max_by_key(|(at, value)| (*value, std::cmp::Reverse(*at))).map(|(at, _)| at);
                prop_assert_eq!(peaks.greatest(&column, from..to, &mut Tally::default()), greatest);
                let above = inside().find(|(_, value)| *value > floor).map(|(at, _)| at);
                prop_assert_eq!(peaks.first_above(&column, from..to, floor, &mut Tally::default()), above);
            }
        }
    }

    #[test]
    fn what_is_read_does_not_grow_with_the_column() {
        let column: Vec<u32> = (0..1_000_000_u32).map(|at| at.wrapping_mul(2_654_435_761) >> 8).collect();
        let peaks = Peaks::of(&column);
        let mut tally = Tally::default();
        peaks.greatest(&column, 33..999_967, &mut tally);
        assert!(tally.entries() < 400, "{tally:?}");
    }
}
