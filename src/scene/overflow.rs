//! Counts on the overflow row of a band: how many events lie there, wherever any do.
//!
//! ```text
//!   ▒▒▓▓██+112▓▒░░     ▒ +3   ▒▒ ▒ +9
//!   inside                    one count for two that leave it no room
//! ```

use std::collections::BTreeMap;

use super::density::{COUNT, Count, GAP, Strip};
use super::piece::Axis;
use super::shown::Shown;
use crate::geom::Rect;
use crate::index::{Crowd, Sight, Spot};
use crate::text::Shaper;

/// Overlapping events on an overflow row, as far as the picture shows them.
struct Heap {
    crowd: Crowd,
    x0: f64,
    x1: f64,
}

/// The counts of the overflow rows in sight, from left to right, each with the middle of its row. None is left out: what leaves
/// no room for one of its own is counted with what follows.
pub(super) fn counts(
    sight: &Sight,
    shown: &[Shown<'_>],
    y: impl Fn(Spot) -> Option<f64>,
    track: Rect,
    axis: &Axis,
    shaper: &mut Shaper,
) -> Vec<(f64, Count)> {
    let mut rows: BTreeMap<(u32, u32), Vec<Heap>> = BTreeMap::new();
    for run in sight.crowds.iter().filter_map(|seen| seen.piled) {
        let row = rows.entry((run.band, run.row)).or_default();
        let Rect { x0, x1, .. } = Strip::of(run, 0.0, (f64::NEG_INFINITY, f64::INFINITY), axis).rect;
        let (x0, x1) = (x0.max(track.x0), x1.min(track.x1));
        if x0 < x1 {
            row.push(Heap { crowd: run, x0, x1 });
        }
    }
    let mut counts = Vec::new();
    for ((band, row), heaps) in rows {
        let Some(y) = y(Spot { band, row }) else { continue };
        let of_row = |event: &&Shown<'_>| (event.entry.band, event.entry.row) == (band, row);
        let marks: Vec<(f64, f64)> = shown.iter().filter(of_row).map(|event| event.body).collect();
        let mut heaps = heaps.into_iter().peekable();
        while let Some(mut heap) = heaps.next() {
            let (run, x) = loop {
                let run = shaper.shape(&format!("+{}", heap.crowd.count), COUNT);
                let is_inside = run.width_pt + 2.0 * GAP <= heap.x1 - heap.x0;
                let x = if is_inside { heap.x0 + GAP } else { heap.x1 + GAP };
                let past = x + run.width_pt + GAP;
                // Two heaps have no event in common: else they would be one.
                let Some(next) = heaps.next_if(|next| next.x0 < past) else { break (run, x) };
                heap.x1 = next.x1;
                heap.crowd.end = next.crowd.end;
                heap.crowd.count += next.crowd.count;
            };
            let is_free = |x: f64| {
                let (x0, x1) = (x - GAP, x + run.width_pt + GAP);
                track.x0 <= x0 && x1 <= track.x1 && marks.iter().all(|mark| mark.1 <= x0 || x1 <= mark.0)
            };
            let left = heap.x0 - GAP - run.width_pt;
            // Where there is room nowhere it lies on the strip, on which text can be read.
            let over = heap.x0.min(track.x1 - run.width_pt - GAP).max(track.x0);
            let x = [x, left].into_iter().find(|x| is_free(*x)).unwrap_or(over);
            counts.push((y, Count { crowd: heap.crowd, run, x }));
        }
    }
    counts
}
