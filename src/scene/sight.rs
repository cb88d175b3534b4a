//! How much of its events a picture draws one by one, and what stands for the others.
//!
//! Owns how many marks a row shows and the zoom at which they have room. Which events share it belongs to `index`, what strips and
//! counts look like to [`super::density`].

use std::collections::BTreeSet;

use super::packed::{LEAST_PT, Packed, least_micros};
use super::piece::Axis;
use super::{Frame, SceneInput};
use crate::geom::Rect;
use crate::index::{Crowd, Index, Lens, Seen, Selection, Sight, Spot};
use crate::layout::{Bands, Viewport};
use crate::time::Instant;

/// How many marks of a row of an index are drawn in a cell, and its least width in buckets: as many as have room for a label.
const MARKS_A_CELL: usize = 2;
const CELL_SHIFT: u32 = 5;
/// The least width of such a cell: see [`Lens::cell_shift`].
const LEAST_CELL_PT: f64 = LEAST_PT * 3.0 / 14.0 * (1 << CELL_SHIFT) as f64;
/// Cells of a row in a window. Each mark takes some microseconds until it is on the screen, and a large screen has rows for
/// more than a frame has time for.
const MOST_CELLS: f64 = 16.0;

/// What the rows in sight show. Marks of rows that were packed for what is shown have room all of them. Of those of an index the
/// heaviest of each cell are drawn, so that what a row shows follows from its width and from nothing above or below it: a
/// window that is higher shows no less.
pub(super) fn look(input: &SceneInput<'_>, track: Rect, bands: &Bands, packed: Option<&Packed>) -> Sight {
    let rows = rows_in_sight(input, track, bands, packed);
    let (start, end) = Axis::new(input.viewport, track.x0, track.x1).window();
    let smallest_micros = least_micros(&input.viewport);
    let prominent = if input.index.is_spread() { usize::MAX } else { MARKS_A_CELL };
    let folds = input.viewport.folds_in_effect();
    let cell_shift = match input.frame {
        Frame::Window => cell_shift(track.width()),
        Frame::Picture => CELL_SHIFT,
    };
    let lens = Lens { start, end, least_micros: smallest_micros, cell_shift, prominent, folds };
    let Some(packed) = packed else { return input.index.sight(input.matches, rows.into_iter(), lens) };
    // While the window glides to the zoom for which rows were packed, marks keep the room that they will have there.
    let packed_for = Viewport { micros_per_pt: packed.micros_per_pt, ..input.viewport };
    let roomy = Lens { prominent: usize::MAX, least_micros: least_micros(&packed_for), ..lens };
    let packing = &packed.packing;
    let mut sight = Sight::default();
    for band in rows.chunk_by(|a, b| a.band == b.band) {
        let is_packed = band.first().is_some_and(|spot| packing.is_packed(spot.band));
        let lens = if is_packed { roomy } else { lens };
        sight.append(packing.sight(input.index, input.matches, band.iter().copied(), lens));
    }
    sight
}

/// Cells so wide that a row has no more than [`MOST_CELLS`]. Depends on the width of a window alone.
fn cell_shift(width_pt: f64) -> u32 {
    (CELL_SHIFT..24)
        .find(|shift| LEAST_CELL_PT * f64::from(1 << (shift - CELL_SHIFT)) * MOST_CELLS >= width_pt)
        .unwrap_or(24)
}

/// What all rows show, whether or not they are scrolled into sight.
pub(super) fn look_at_all(input: &SceneInput<'_>, track: Rect, bands: &Bands, packed: Option<&Packed>) -> Sight {
    let input = &SceneInput { scroll_y: 0.0, ..*input };
    look(input, Rect { y1: track.y0 + bands.height(), ..track }, bands, packed)
}

/// Whether a window tells the events of a crowd apart better than by one in ten: shows them one by one, or in smaller crowds.
pub fn separates(index: &Index, matches: Option<&Selection>, crowd: &Crowd, window: &Viewport) -> bool {
    separates_in(crowd, window, |row, lens| index.sight(matches, std::iter::once(row), lens))
}

/// The same of a crowd in rows for what is shown.
pub(super) fn separates_packed(
    input: (&Index, Option<&Selection>),
    packed: &Packed,
    crowd: &Crowd,
    window: &Viewport,
) -> bool {
    let (index, matches) = input;
    separates_in(crowd, window, |row, lens| packed.packing.sight(index, matches, std::iter::once(row), lens))
}

fn separates_in(crowd: &Crowd, window: &Viewport, look: impl FnOnce(Spot, Lens) -> Sight) -> bool {
    let least_micros = least_micros(window);
    let (start, end) = (window.origin, window.end());
    let folds = window.folds_in_effect();
    let lens = Lens { start, end, least_micros, cell_shift: CELL_SHIFT, prominent: MARKS_A_CELL, folds };
    let row = Spot { band: crowd.band, row: crowd.row };
    let sight = look(row, lens);
    // Of those that have one place one is drawn, however long they are.
    let alike = sight.singles.chunk_by(|a, b| (a.start, a.end) == (b.start, b.end));
    let alike = alike.map(|alike| u32::try_from(alike.len()).unwrap_or(u32::MAX)).filter(|count| *count > 1);
    let largest = sight.crowds.iter().map(|seen| seen.crowd.count).chain(alike).max().unwrap_or(0);
    largest < crowd.count - crowd.count / 10
}

fn rows_in_sight(input: &SceneInput<'_>, track: Rect, bands: &Bands, packed: Option<&Packed>) -> Vec<Spot> {
    let mut rows = Vec::new();
    let heights = packed.map(|packed| packed.packing.heights());
    for (at, band) in (0_u32..).zip(input.index.bands()) {
        let height = heights.map_or(band.rows, |heights| heights.get(at as usize).copied().unwrap_or(0));
        let Some((top, bottom)) = bands.band(at as usize) else { continue };
        let shift = track.y0 - input.scroll_y;
        if bottom + shift < track.y0 || top + shift > track.y1 {
            continue;
        }
        let is_in_sight = |row: &u32| {
            let center = bands.row_center(at as usize, *row).map(|center| center + shift);
            let half = Bands::ROW_HEIGHT / 2.0;
            center.is_some_and(|y| y + half >= track.y0 && y - half <= track.y1)
        };
        rows.extend((0..height).filter(is_in_sight).map(|row| Spot { band: at, row }));
    }
    rows
}

/// How events are drawn that stand too close to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the labels are the documentation")]
pub enum Crowding {
    Strip,
    Count,
}

impl Crowding {
    /// Both, in the order of the legend.
    pub const ALL: [Self; 2] = [Self::Strip, Self::Count];

    /// What it means.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Strip => "Close together, stronger where more",
            Self::Count => "So many more close by",
        }
    }
}

/// What a picture draws in its window of time.
#[derive(Clone)]
pub(super) struct Drawn {
    /// The events that have marks, each once, as positions in the timeline.
    pub events: Vec<u32>,
    /// What stands for the others.
    pub crowds: BTreeSet<Crowding>,
}

impl Drawn {
    /// What of a sight lies in the window of a viewport: a sight reaches a little beyond it. Of events of a kind that stand in one
    /// place `members` has all, whose mark is one.
    pub(super) fn of(sight: &Sight, viewport: &Viewport, members: impl Fn(&Crowd) -> Vec<u32>) -> Self {
        let (from, to) = (viewport.origin, viewport.end());
        let is_in_sight = |start: Instant, end: Instant| start < to && from < end.max(start.saturating_add(1));
        let singles = || sight.singles.iter().filter(|single| is_in_sight(single.start, single.end));
        let crowds = || sight.crowds.iter().filter(|seen| is_in_sight(seen.crowd.start, seen.crowd.end));
        let prominent = singles().filter(|single| single.is_prominent);
        let events = prominent.chain(crowds().filter_map(|seen| seen.heaviest.as_ref())).map(|single| single.event);
        let alike = crowds().filter(|seen| seen.is_alike()).flat_map(|seen| members(&seen.crowd));
        let events = events.chain(alike);
        let is_strip = |seen: &Seen| (seen.crowd.count > 1 && !seen.is_alike()) || seen.heaviest.is_none();
        let has_strips = crowds().any(is_strip) || singles().any(|single| !single.is_prominent);
        let is_counted = |seen: &Seen| seen.piled.is_some() || seen.crowd.count > 1 || seen.crowd.is_part;
        let strips = has_strips.then_some(Crowding::Strip);
        let counts = crowds().any(is_counted).then_some(Crowding::Count);
        let mut events: Vec<u32> = events.collect();
        events.sort_unstable();
        events.dedup();
        Self { events, crowds: strips.into_iter().chain(counts).collect() }
    }
}
