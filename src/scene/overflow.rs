//! Counts of crowds that no mark says: on the overflow row of a band how many events lie there, wherever any do; on other rows how
//! many a crowd has beside its marks, once for all its cells.
//!
//! ```text
//!   overflow   ▒▒▓▓██+112▓▒░░     ▒ +3   ▒▒ ▒ +9
//!              inside                    one count for two that leave it no room
//!   others     ●▒▒▒▓▓▓●▒▒▒▒▒▒▓▓▒▒▒●▒▒▒▒ +5512
//! ```

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::density::{COUNT, Count, GAP, Strip};
use super::piece::{Axis, LEAST_BODY};
use super::shown::{Mark, RowMap, Rows, Shown};
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
    (shown, marks): (&[Shown<'_>], &Rows),
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
        // Marks, and counts to the left.
        let own = marks.get((band, row)).iter().filter_map(|at| shown.get(*at));
        let mut taken: Vec<(f64, f64)> = own.map(|event| event.body).collect();
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
                track.x0 <= x0 && x1 <= track.x1 && taken.iter().all(|other| other.1 <= x0 || x1 <= other.0)
            };
            let left = heap.x0 - GAP - run.width_pt;
            // Where there is room nowhere it lies on the strip, on which text can be read.
            let over = heap.x0.min(track.x1 - run.width_pt - GAP).max(track.x0);
            let x = [x, left].into_iter().find(|x| is_free(*x)).unwrap_or(over);
            taken.push((x, x + run.width_pt));
            counts.push((y, Count { crowd: heap.crowd, run, x }));
        }
    }
    counts
}

/// A crowd of a row that is no overflow row, with what goes on from it in the cells beside.
struct Run {
    heap: Heap,
    /// How many of its events have marks.
    marks: u32,
    cells: u32,
    /// A mark says how many there are.
    is_counted: bool,
}

/// The counts of crowds on other rows that their marks do not say, each with the middle of its row. A crowd that goes
/// on over several cells has one count; a count for which there is no room is left out.
pub(super) fn of_rows(
    sight: &Sight,
    (shown, marks): (&[Shown<'_>], &Rows),
    y: impl Fn(Spot) -> Option<f64>,
    track: Rect,
    axis: &Axis,
    shaper: &mut Shaper,
) -> Vec<(f64, Count)> {
    let piled: BTreeSet<(u32, u32)> =
        sight.crowds.iter().filter_map(|seen| seen.piled).map(|run| (run.band, run.row)).collect();
    // Only looked up.
    let drawn: FxHashMap<Mark, bool> = shown.iter().map(|event| (event.mark(), event.count.is_some())).collect();
    let mut runs: Vec<Run> = Vec::new();
    for seen in sight.crowds.iter().filter(|seen| !piled.contains(&(seen.crowd.band, seen.crowd.row))) {
        let crowd = seen.crowd;
        let Rect { x0, x1, .. } = Strip::of(crowd, 0.0, (f64::NEG_INFINITY, f64::INFINITY), axis).rect;
        let (x0, x1) = (x0.max(track.x0), x1.min(track.x1));
        if x0 >= x1 {
            continue;
        }
        let own = seen.heaviest.as_ref().and_then(|single| drawn.get(&(single.band, single.event)));
        let (marks, is_counted) = (u32::from(own.is_some()), own.copied().unwrap_or(false));
        let goes_on = |run: &&mut Run| {
            let before = run.heap.crowd;
            let is_near = x0 - run.heap.x1 < LEAST_BODY;
            (before.band, before.row) == (crowd.band, crowd.row) && before.is_part && crowd.is_part && is_near
        };
        match runs.last_mut().filter(goes_on) {
            Some(run) => {
                run.heap.crowd = Crowd { end: crowd.end, count: run.heap.crowd.count + crowd.count, ..run.heap.crowd };
                run.heap.x1 = run.heap.x1.max(x1);
                run.marks += marks;
                run.cells += 1;
            }
            None => runs.push(Run { heap: Heap { crowd, x0, x1 }, marks, cells: 1, is_counted }),
        }
    }
    // What marks and counts take of the rows that are asked about.
    let mut taken: RowMap<Vec<(f64, f64)>> = RowMap::default();
    let ends = |event: &Shown<'_>| {
        let count = event.count.as_ref().map(|count| (event.ends.1, event.ends.1 + 2.0 * GAP + count.run.width_pt));
        std::iter::once(event.ends).chain(count)
    };
    let of_marks = |row| marks.get(row).iter().filter_map(|at| shown.get(*at)).flat_map(ends).collect();
    let mut counts = Vec::new();
    for Run { heap: Heap { crowd, x0, x1 }, marks, cells, is_counted } in runs {
        let (row, others) = ((crowd.band, crowd.row), crowd.count.saturating_sub(marks));
        if others == 0 || is_counted {
            continue;
        }
        let Some(y) = y(Spot { band: crowd.band, row: crowd.row }) else { continue };
        let run = shaper.shape(&format!("+{others}"), COUNT);
        let width = run.width_pt + 2.0 * GAP;
        let taken = taken.entry(row).or_insert_with(|| of_marks(row));
        let is_free = |from: f64| {
            let to = from + width;
            track.x0 <= from && to <= track.x1 && taken.iter().all(|mark| mark.1 <= from || to <= mark.0)
        };
        // Behind the whole of a long crowd; else on its strip, as far right as marks leave room.
        let behind = std::iter::once(x1).filter(|_| cells > 1);
        let mut within: Vec<f64> = std::iter::once(x1)
            .chain(taken.iter().map(|mark| mark.0))
            .filter(|end| *end <= x1)
            .map(|end| end - width)
            .filter(|from| *from >= x0)
            .collect();
        within.sort_by(|a, b| b.total_cmp(a));
        if let Some(from) = behind.chain(within).find(|from| is_free(*from)) {
            taken.push((from, from + width));
            counts.push((y, Count { crowd: Crowd { is_part: false, ..crowd }, run, x: from + GAP }));
        }
    }
    counts
}
