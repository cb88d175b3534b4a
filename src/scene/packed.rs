//! Rows of a window for what it shows, kept from frame to frame.
//!
//! Owns for how much time and how many rows there is room in a window, the least that a mark takes at its zoom, and what happens to
//! rows when it is moved: nothing, as long as the zoom stays. How they are packed belongs to `index`, what an event takes up to
//! [`super::extents`].

use std::sync::Arc;

use super::areas::{Columns, SCROLL_BAR, rows_in};
use super::eras::EraRows;
use super::extents::{Edges, Extents, Measuring};
use super::piece::{Axis, MOST_LEAST};
use super::shown::Mark;
use super::{Frame, SceneInput};
use crate::index::{Folds, Index, Packing, Space, Spot};
use crate::layout::{Bands, Viewport};
use crate::text::Shaper;
use crate::theme::space;
use crate::time::Instant;

/// Marks nearer to each other than this have no room.
pub(super) const LEAST_PT: f64 = MOST_LEAST;
/// How many widths of a window are packed on either side of it: a pan begins without work, and a zoom has little to measure.
const BESIDE: f64 = 0.125;
/// How many of what was packed are kept while the window is moved: what is further away is let go, so that a band is no higher than
/// what is near asks for.
const NEAR: f64 = 1.0;

/// The rows for what a window shows.
#[derive(Debug, Clone)]
pub struct Packed {
    pub(super) packing: Arc<Packing>,
    /// What has been measured: it is so at every zoom.
    pub(super) extents: Extents,
    /// The zoom for which rows were packed.
    pub(super) micros_per_pt: f64,
    /// The folds for which they were.
    folds: Folds,
    /// Where labels give way.
    edges: Edges,
}

impl Packed {
    /// Rows for a window. What `before` measured in the same state of the timeline is taken from it.
    pub fn of(input: &SceneInput<'_>, before: Option<Self>, shaper: &mut Shaper) -> Self {
        let input = &in_track(input, shaper);
        let mut extents = before.map(|before| before.extents.without_endings()).unwrap_or_default();
        let (start, end) = beside(&input.viewport, BESIDE);
        let space = Space {
            start,
            end,
            rows: rows_in(input, &EraRows::of(input, shaper)),
            least_micros: least_micros(&input.viewport),
        };
        let edges = edges(input);
        let mut measuring = Measuring { extents: &mut extents, input, edges, shaper };
        let packing = Arc::new(input.index.packing(input.matches, &space, &mut measuring));
        let Viewport { micros_per_pt, folds, .. } = input.viewport;
        Self { packing, extents, micros_per_pt, folds, edges }
    }

    /// How many rows each band has.
    pub fn heights(&self) -> &[u32] {
        self.packing.heights()
    }

    /// Whether they were packed for the zoom and the folds of a window.
    pub fn is_at(&self, viewport: &Viewport) -> bool {
        self.micros_per_pt.to_bits() == viewport.micros_per_pt.to_bits() && self.folds == viewport.folds
    }

    /// Whether a window can be shown as it is.
    pub fn covers(&self, viewport: &Viewport) -> bool {
        let (start, end) = drawn_window(viewport);
        self.is_at(viewport) && self.packing.covers(start, end)
    }

    /// The rows for a window that has been moved: what has one keeps it, where what is between is not too much.
    #[must_use]
    pub fn moved(mut self, input: &SceneInput<'_>, shaper: &mut Shaper) -> Self {
        let input = &in_track(input, shaper);
        if self.covers(&input.viewport) {
            return self;
        }
        if self.is_at(&input.viewport) {
            let mut measuring = Measuring { extents: &mut self.extents, input, edges: self.edges, shaper };
            let (stretch, near) = (beside(&input.viewport, BESIDE), beside(&input.viewport, NEAR));
            let packing = Arc::make_mut(&mut self.packing);
            if packing.extend(input.index, input.matches, stretch, near, &mut measuring) {
                return self;
            }
        }
        Self::of(input, Some(self), shaper)
    }

    /// The same for a window that has come to rest, in which the labels of `cut` marks are cut: these have other rows where their
    /// labels have room in view of its edges, and all other marks those that they had. None where there is no such row.
    #[must_use]
    pub fn reseated(&self, input: &SceneInput<'_>, cut: &[Mark], shaper: &mut Shaper) -> Option<Self> {
        let input = &in_track(input, shaper);
        let mut extents = self.extents.clone();
        let edges = edges(input);
        let mut measuring = Measuring { extents: &mut extents, input, edges, shaper };
        let mut packing = Packing::clone(&self.packing);
        let packing = packing.reseat(input.index, input.matches, cut, &mut measuring).then(|| Arc::new(packing))?;
        Some(Self { packing, extents, edges, ..self.clone() })
    }
}

/// Marks on their way from the rows that they had before.
#[derive(Debug, Clone)]
pub struct RowGlide {
    before: Arc<Packing>,
    bands: Bands,
    /// Where bands stand at the end of the way.
    after: Bands,
    /// How much of the way lies behind, 0–1.
    share: f64,
}

impl RowGlide {
    /// From rows at the beginning of the way.
    pub fn from(before: &Packed) -> Self {
        let bands = Bands::with_rows(before.packing.heights().iter().copied());
        Self { before: Arc::clone(&before.packing), after: bands.clone(), bands, share: 0.0 }
    }

    /// From the heights that bands had to those they have, where rows are the same.
    pub fn of_bands(before: &[u32], now: &Packed) -> Self {
        let bands = Bands::with_rows(before.iter().copied());
        Self { before: Arc::clone(&now.packing), after: bands.clone(), bands, share: 0.0 }
    }

    /// The same further on.
    #[must_use]
    pub fn at(&self, share: f64) -> Self {
        Self { share, ..self.clone() }
    }

    /// The same to where bands stand at the end of the way; and these as they stand now.
    pub(super) fn to(self, after: Bands) -> (Self, Bands) {
        let now = after.on_way_from(&self.bands, self.share);
        (Self { after, ..self }, now)
    }

    pub(super) fn thousandths(&self) -> u64 {
        (self.share * 1_000.0) as u64
    }

    /// The middle of a mark from the top of the bands. One that had no row is in its own at once.
    pub(super) fn center(&self, index: &Index, spot: Spot, event: u32) -> Option<f64> {
        let band = spot.band as usize;
        let after = self.after.row_center(band, spot.row)?;
        let row = self.before.row(index, spot.band, event as usize);
        let before = row.and_then(|row| self.bands.row_center(band, row));
        Some(before.map_or(after, |before| before + (after - before) * self.share))
    }
}

/// The window of time of which marks are drawn: a little more than can be seen, since marks reach beyond their dates.
pub fn drawn_window(viewport: &Viewport) -> (Instant, Instant) {
    Axis::new(*viewport, 0.0, viewport.width_pt).window()
}

/// How long the smallest mark lasts at the zoom of a window, in microseconds: events of a row nearer to each other than this are
/// not drawn one by one.
pub fn least_micros(window: &Viewport) -> i64 {
    ((LEAST_PT * window.micros_per_pt) as i64).max(1)
}

fn in_track<'a>(input: &SceneInput<'a>, shaper: &mut Shaper) -> SceneInput<'a> {
    let width_pt = Columns::of(input.index, Frame::Window, input.size.width, shaper).track_width();
    SceneInput { viewport: Viewport { width_pt, ..input.viewport }, ..*input }
}

/// A window with so many widths of it on either side.
fn beside(viewport: &Viewport, widths: f64) -> (Instant, Instant) {
    let (start, end) = drawn_window(viewport);
    let width_pt = viewport.width_pt * widths;
    (viewport.beside(start, -width_pt), viewport.beside(end, width_pt))
}

/// Where labels give way: at the edges of the window, and wherever it is moved at those of what all that is dated fits, or of a window
/// that reaches further.
fn edges(input: &SceneInput<'_>) -> Edges {
    let viewport = &input.viewport;
    let all = Viewport::fit_folded(input.index.extent(), viewport.folds, viewport.width_pt);
    // An event has room kept behind its label anyway.
    let at = |edge: Instant| viewport.beside(edge, space::S - SCROLL_BAR);
    let from = |edge: Instant| viewport.beside(edge, space::XS);
    let window = (from(viewport.origin), at(viewport.end()));
    let (first, last) = (from(all.origin.min(viewport.origin)), at(all.end().max(viewport.end())));
    Edges { window, first, last }
}
