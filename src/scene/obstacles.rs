//! Boxes of labels, signs and marks of a picture, which lines keep clear of.
//!
//! ```text
//!            │
//!     Treaty signed      a line stops at the box of a label and goes on behind it, so that no line strikes a word through
//!            │
//! ```
//!
//! Owns what is covered where. Which lines there are belongs to whoever draws them.

use crate::geom::Rect;

/// Height of a stretch of the picture whose boxes are looked through together: about a row.
const SHELF: f64 = 24.0;
/// Half the height of a line of text with its accents and descenders, around the middle of its capitals.
const HALF_TEXT: f64 = 8.5;
/// Kept free beside a word.
const BESIDE: f64 = 2.0;
/// A shorter piece of a line is a speck.
const LEAST_PIECE: f64 = 2.0;

/// The box of a line of text around a middle.
pub(super) fn text_box(x0: f64, x1: f64, middle: f64) -> Rect {
    Rect::new(x0 - BESIDE, middle - HALF_TEXT, x1 + BESIDE, middle + HALF_TEXT)
}

/// Boxes by the height at which they lie.
#[derive(Debug, Clone, Default)]
pub(super) struct Obstacles {
    /// Boxes on each shelf of the area, from its top; one that reaches over several is on each.
    shelves: Vec<Vec<Rect>>,
    top: f64,
}

impl Obstacles {
    /// Nothing in an area; what lies outside it is in nobody's way.
    pub(super) fn within(area: Rect) -> Self {
        let count = (area.height().max(0.0) / SHELF).ceil() as usize + 1;
        Self { shelves: vec![Vec::new(); count], top: area.y0 }
    }

    pub(super) fn add(&mut self, rect: Rect) {
        let shelves = self.shelves_of(rect.y0, rect.y1);
        for shelf in self.shelves.get_mut(shelves).unwrap_or_default() {
            shelf.push(rect);
        }
    }

    /// Whether nothing lies in a rectangle.
    pub(super) fn is_free(&self, rect: Rect) -> bool {
        let shelves = self.shelves.get(self.shelves_of(rect.y0, rect.y1)).unwrap_or_default();
        !shelves.iter().flatten().any(|other| other.overlaps(rect))
    }

    /// The parts of an upright line that nothing covers, from top to bottom.
    pub(super) fn upright(&self, x: f64, y0: f64, y1: f64) -> Vec<(f64, f64)> {
        let shelves = self.shelves.get(self.shelves_of(y0, y1)).unwrap_or_default();
        let across = shelves.iter().flatten().filter(|rect| rect.x0 < x && x < rect.x1);
        uncovered((y0, y1), across.map(|rect| (rect.y0, rect.y1)).collect())
    }

    /// The parts of a level line that nothing covers, from left to right.
    pub(super) fn level(&self, y: f64, x0: f64, x1: f64) -> Vec<(f64, f64)> {
        let shelves = self.shelves.get(self.shelves_of(y, y)).unwrap_or_default();
        let across = shelves.iter().flatten().filter(|rect| rect.y0 < y && y < rect.y1);
        uncovered((x0, x1), across.map(|rect| (rect.x0, rect.x1)).collect())
    }

    fn shelves_of(&self, y0: f64, y1: f64) -> std::ops::Range<usize> {
        let shelf = |y: f64| ((y - self.top) / SHELF).floor();
        let count = self.shelves.len();
        if shelf(y1) < 0.0 || shelf(y0) >= count as f64 {
            return 0..0;
        }
        // Both are at least 0 and at most the number of shelves.
        let first = shelf(y0).max(0.0) as usize;
        first..(shelf(y1) as usize).saturating_add(1).clamp(first, count)
    }
}

/// How many boxes upright lines cross, summed up from the top, so that each of many lines that are tried costs nothing.
#[derive(Debug)]
pub(super) struct Crossings {
    area: Rect,
    columns: usize,
    /// For each line of cells and one below the last, how many boxes have their middle above it in each column.
    above: Vec<u16>,
}

/// Width and height of a cell of [`Crossings`].
const CELL: (f64, f64) = (4.0, 6.0);

impl Crossings {
    /// Those of what lies in an area.
    pub(super) fn of(obstacles: &Obstacles, area: Rect) -> Self {
        let cells = |length: f64, cell: f64| (length.max(0.0) / cell).ceil() as usize + 1;
        let (columns, lines) = (cells(area.width(), CELL.0), cells(area.height(), CELL.1));
        let mut above = vec![0_u16; columns * (lines + 1)];
        let column = |x: f64| (((x - area.x0) / CELL.0).floor().max(0.0) as usize).min(columns - 1);
        for (shelf, rects) in obstacles.shelves.iter().enumerate() {
            // A box on several shelves is counted on the one of its middle.
            let is_own = |rect: &&Rect| obstacles.shelves_of(rect.center().y, rect.center().y).start == shelf;
            for rect in rects.iter().filter(is_own) {
                let line = (((rect.center().y - area.y0) / CELL.1).floor().max(0.0) as usize).min(lines - 1);
                let first = (line + 1) * columns;
                let cells = above.get_mut(first + column(rect.x0)..=first + column(rect.x1)).unwrap_or_default();
                cells.iter_mut().for_each(|count| *count = count.saturating_add(1));
            }
        }
        for at in columns..above.len() {
            let before = above.get(at - columns).copied().unwrap_or(0);
            if let Some(count) = above.get_mut(at) {
                *count = count.saturating_add(before);
            }
        }
        Self { area, columns, above }
    }

    /// How many boxes an upright line crosses.
    pub(super) fn count(&self, x: f64, y0: f64, y1: f64) -> u16 {
        let column = (((x - self.area.x0) / CELL.0).floor().max(0.0) as usize).min(self.columns - 1);
        let lines = self.above.len() / self.columns;
        let above = |y: f64| {
            let line = (((y - self.area.y0) / CELL.1).round().max(0.0) as usize).min(lines - 1);
            self.above.get(line * self.columns + column).copied().unwrap_or(0)
        };
        above(y1).saturating_sub(above(y0))
    }
}

/// What is left of a stretch without others, which may overlap.
fn uncovered((from, to): (f64, f64), mut covered: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    covered.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut free = Vec::new();
    let mut at = from;
    // Invariant: everything before `at` is either in `free` or covered.
    for (start, end) in covered.into_iter().chain([(to, to)]) {
        if start.min(to) - at >= LEAST_PIECE {
            free.push((at, start.min(to)));
        }
        at = at.max(end);
    }
    free
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_left_of_a_line_touches_no_box_and_leaves_out_nothing_else(
            boxes in prop::collection::vec((0.0_f64..400.0, 0.0_f64..300.0, 1.0_f64..80.0, 1.0_f64..40.0), 0..40),
            at in 0.0_f64..300.0,
        ) {
            let mut obstacles = Obstacles::within(Rect::new(0.0, 0.0, 500.0, 350.0));
            let boxes: Vec<Rect> = boxes.iter().map(|&(x, y, w, h)| Rect::from_xywh(x, y, w, h)).collect();
            boxes.iter().for_each(|rect| obstacles.add(*rect));
            let pieces = obstacles.upright(at, 0.0, 340.0);
            let is_hit = |y: f64, rect: &Rect| rect.x0 < at && at < rect.x1 && rect.y0 < y && y < rect.y1;
            for step in 0..338 {
                let y = f64::from(step) + 0.37;
                let is_drawn = pieces.iter().any(|piece| piece.0 <= y && y <= piece.1);
                let is_near = |rect: &Rect| [-2.0, 0.0, 2.0].iter().any(|by| is_hit(y + by, rect));
                prop_assert!(!is_drawn || !boxes.iter().any(|rect| is_hit(y, rect)));
                prop_assert!(is_drawn || boxes.iter().any(is_near), "a gap at {y}");
            }
        }
    }
}
