//! Where the bands and their rows stand, from the top of the first band, in points.

use crate::index::Index;

/// The bands of an index, stacked.
///
/// ```text
///   top 0   ┌──────────────
///           │ padding
///           │ row 0
///           │ row 1
///           │ padding
///   top 1   ├──────────────
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Bands {
    /// The top of each band and, last, the bottom of all.
    edges: Vec<f64>,
}

impl Bands {
    /// Height of a row.
    pub const ROW_HEIGHT: f64 = 24.0;
    /// Above the first row of a band and below its last.
    pub const PADDING: f64 = 6.0;

    /// Height of a band without rows: of its name.
    pub const FOLDED_HEIGHT: f64 = 22.0;

    /// The bands of an index.
    pub fn of(index: &Index) -> Self {
        Self::with_rows(index.bands().iter().map(|band| band.rows))
    }

    /// Bands that have so many rows each; one that has none is as high as its name.
    pub fn with_rows(rows: impl Iterator<Item = u32>) -> Self {
        let heights = rows.map(|rows| match rows {
            0 => Self::FOLDED_HEIGHT,
            rows => f64::from(rows) * Self::ROW_HEIGHT + 2.0 * Self::PADDING,
        });
        let bottoms = heights.scan(0.0, |bottom, height| {
            *bottom += height;
            Some(*bottom)
        });
        Self { edges: std::iter::once(0.0).chain(bottoms).collect() }
    }

    /// The same on their way from where they stood before, of which a `share` lies behind. Where there were others, they stand
    /// where they stand.
    #[must_use]
    pub fn on_way_from(&self, before: &Self, share: f64) -> Self {
        if before.edges.len() != self.edges.len() {
            return self.clone();
        }
        let between = |(from, to): (&f64, &f64)| from + (to - from) * share;
        Self { edges: before.edges.iter().zip(&self.edges).map(between).collect() }
    }

    /// Height of all bands.
    pub fn height(&self) -> f64 {
        self.edges.last().copied().unwrap_or(0.0)
    }

    /// Top and bottom of a band; none past the last.
    pub fn band(&self, band: usize) -> Option<(f64, f64)> {
        Some((*self.edges.get(band)?, *self.edges.get(band + 1)?))
    }

    /// The middle of a row of a band; none past the last band.
    pub fn row_center(&self, band: usize, row: u32) -> Option<f64> {
        let (top, _) = self.band(band)?;
        Some(top + Self::PADDING + (f64::from(row) + 0.5) * Self::ROW_HEIGHT)
    }

    /// The band at this height; none above the first and below the last.
    pub fn band_at(&self, y: f64) -> Option<usize> {
        let past = self.edges.partition_point(|edge| *edge <= y);
        (0 < past && past < self.edges.len()).then(|| past - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Timeline;
    use crate::time::Zone;

    #[test]
    fn bands_on_their_way_stand_between_where_they_stood_and_where_they_will() {
        let (before, after) = (Bands::with_rows([3, 1].into_iter()), Bands::with_rows([1, 4].into_iter()));
        assert_eq!(after.on_way_from(&before, 0.0), before);
        assert_eq!(after.on_way_from(&before, 1.0), after);
        let (_, edge) = after.on_way_from(&before, 0.5).band(0).expect("two bands");
        assert!((edge - (2.0 * Bands::ROW_HEIGHT + 2.0 * Bands::PADDING)).abs() < 1e-9, "{edge}");
        assert_eq!(after.on_way_from(&Bands::with_rows([2].into_iter()), 0.5), after);
    }

    #[test]
    fn a_height_is_found_in_the_band_that_covers_it() {
        let bands = Bands::of(&Index::build(&Timeline::empty("T"), Zone::UTC));
        let (top, bottom) = bands.band(0).expect("one band");
        assert_eq!((bands.band_at(top), bands.band_at(bottom - 0.1)), (Some(0), Some(0)));
        assert_eq!((bands.band_at(-0.1), bands.band_at(bottom)), (None, None));
        let center = bands.row_center(0, 0).expect("one band");
        assert!(top < center && center < bottom);
    }
}
