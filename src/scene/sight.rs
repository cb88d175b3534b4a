//! How much of its events a picture draws one by one, and what stands for the others.
//!
//! Owns the budget of marks and the zoom at which they have room. Which events share it belongs to `index`, what strips and
//! counts look like to [`super::density`].

use std::collections::BTreeSet;

use super::piece::{Axis, MOST_LEAST};
use super::{Frame, SceneInput};
use crate::geom::Rect;
use crate::index::{Crowd, Index, Lens, Seen, Selection, Sight, Spot};
use crate::layout::{Bands, Viewport};
use crate::time::Instant;

/// Marks nearer to each other than this have no room.
const LEAST_PT: f64 = MOST_LEAST;
/// Marks that a window draws one by one. Each costs a few microseconds from here to the screen.
const MOST_MARKS: usize = 1_000;
/// How many marks of a row are drawn in a cell, and the least width of one: as many as have room for a label.
const MARKS_A_CELL: usize = 2;
const CELL_SHIFT: u32 = 5;
/// The least width of a bucket: see [`Lens::cell_shift`].
const LEAST_BUCKET_PT: f64 = LEAST_PT * 3.0 / 14.0;

/// The window of time of which marks are drawn: a little more than can be seen, since marks reach beyond their dates.
pub fn drawn_window(viewport: &Viewport) -> (Instant, Instant) {
    Axis::new(*viewport, 0.0, viewport.width_pt).window()
}

/// What the rows in sight show. However many events there are, the marks of a window stay within a budget, which is one of
/// the screen and not of a lane: the larger the screen, the wider the cells that share them out. A picture that is no
/// window may hold as many as have room.
pub(super) fn look(input: &SceneInput<'_>, track: Rect, bands: &Bands) -> Sight {
    let rows = rows_in_sight(input, track, bands);
    let (most, cell_shift) = match input.frame {
        Frame::Window => (MOST_MARKS, cell_shift(rows.len(), track.width())),
        Frame::Picture => (usize::MAX, CELL_SHIFT),
    };
    let prominent = if input.index.is_spread() { usize::MAX } else { MARKS_A_CELL };
    let (start, end) = Axis::new(input.viewport, track.x0, track.x1).window();
    let mut least_pt = LEAST_PT;
    loop {
        let least_micros = ((least_pt * input.viewport.micros_per_pt) as i64).max(1);
        let lens = Lens { start, end, least_micros, cell_shift, prominent };
        let sight = input.index.sight(input.matches, rows.iter().copied(), lens);
        // Only bars just long enough to have room always can be more than the cells allow.
        if sight.marks() <= most || least_pt > track.width() {
            return sight;
        }
        least_pt *= 2.0;
    }
}

/// What all rows show, whether or not they are scrolled into sight.
pub(super) fn look_at_all(input: &SceneInput<'_>, track: Rect, bands: &Bands) -> Sight {
    let input = &SceneInput { scroll_y: 0.0, ..*input };
    look(input, Rect { y1: track.y0 + bands.height(), ..track }, bands)
}

/// How long the smallest mark lasts at the zoom of a window, in microseconds: events of a row nearer to each other than this are
/// not drawn one by one.
pub fn least_micros(window: &Viewport) -> i64 {
    ((LEAST_PT * window.micros_per_pt) as i64).max(1)
}

/// Whether a window tells the events of a crowd apart better than by one in ten: shows them one by one, or in smaller crowds.
pub fn separates(index: &Index, matches: Option<&Selection>, crowd: &Crowd, window: &Viewport) -> bool {
    let least_micros = least_micros(window);
    let (start, end) = (window.origin, window.end());
    let lens = Lens { start, end, least_micros, cell_shift: CELL_SHIFT, prominent: MARKS_A_CELL };
    let row = Spot { band: crowd.band, row: crowd.row };
    let sight = index.sight(matches, std::iter::once(row), lens);
    let largest = sight.crowds.iter().map(|seen| seen.crowd.count).max().unwrap_or(0);
    largest < crowd.count - crowd.count / 10
}

/// Cells so wide that their marks keep within the budget. Depends on the size of the screen alone.
fn cell_shift(rows: usize, width_pt: f64) -> u32 {
    let marks =
        |shift: u32| rows as f64 * MARKS_A_CELL as f64 * width_pt / (LEAST_BUCKET_PT * 2_f64.powi(shift as i32));
    (CELL_SHIFT..20).find(|shift| marks(*shift) <= MOST_MARKS as f64).unwrap_or(20)
}

fn rows_in_sight(input: &SceneInput<'_>, track: Rect, bands: &Bands) -> Vec<Spot> {
    let mut rows = Vec::new();
    for (at, band) in (0_u32..).zip(input.index.bands()) {
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
        rows.extend((0..band.rows).filter(is_in_sight).map(|row| Spot { band: at, row }));
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
pub(super) struct Drawn {
    /// The events that have marks, each once, as positions in the timeline.
    pub events: Vec<u32>,
    /// What stands for the others.
    pub crowds: BTreeSet<Crowding>,
}

impl Drawn {
    /// What of a sight lies in the window of a viewport: a sight reaches a little beyond it.
    pub(super) fn of(sight: &Sight, viewport: &Viewport) -> Self {
        let (from, to) = (viewport.origin, viewport.end());
        let is_in_sight = |start: Instant, end: Instant| start < to && from < end.max(start.saturating_add(1));
        let singles = || sight.singles.iter().filter(|single| is_in_sight(single.start, single.end));
        let crowds = || sight.crowds.iter().filter(|seen| is_in_sight(seen.crowd.start, seen.crowd.end));
        let prominent = singles().filter(|single| single.is_prominent);
        let events = prominent.chain(crowds().filter_map(|seen| seen.heaviest.as_ref())).map(|single| single.event);
        let is_strip = |seen: &Seen| seen.crowd.count > 1 || seen.heaviest.is_none();
        let has_strips = crowds().any(is_strip) || singles().any(|single| !single.is_prominent);
        let is_counted = |seen: &Seen| {
            seen.piled.is_some() || seen.heaviest.is_some() && seen.crowd.count > 1 && !seen.crowd.is_part
        };
        let strips = has_strips.then_some(Crowding::Strip);
        let counts = crowds().any(is_counted).then_some(Crowding::Count);
        let mut events: Vec<u32> = events.collect();
        events.sort_unstable();
        events.dedup();
        Self { events, crowds: strips.into_iter().chain(counts).collect() }
    }
}
