//! Where the lines of links run: level in the gutters between rows, upright where fewest words and marks are in the way.
//!
//! ```text
//!      ● Mandate ends                      row        out of the body
//!   ───┼──────────┐ ────────────────────  gutter      level, in one of three lanes
//!      │          │   ● Talks begin       row         upright, in the column that crosses the least
//!   ────────────┐ └───┐ ────────────────  gutter
//!               │     ● Treaty signed     row         into the body
//! ```
//!
//! Owns corners. What a line crosses all the same is cut out of it by whoever draws it, so that it goes on behind.

use std::collections::BTreeMap;

use crate::geom::{Point, Rect};
use crate::index::Exit;
use crate::layout::Bands;
use crate::scene::obstacles::{Crossings, Obstacles};

/// From the middle of a row to the gutters beside it.
const GUTTER: f64 = Bands::ROW_HEIGHT / 2.0;
/// Where the lanes of a gutter run beside its middle: as far as labels of both rows leave free.
const LANES: [f64; 3] = [0.0, -2.5, 2.5];
/// How far beside its ends a line may run upright.
const BESIDE: f64 = 48.0;
/// Between two columns that are tried, and how many are.
const LEAST_STEP: f64 = 4.0;
const MOST_TRIED: f64 = 96.0;
/// What it costs to cross a word or a mark, and to run where another line does, in points of detour.
const CROSSED: f64 = 60.0;
const SHARED: f64 = 16.0;
/// What a way costs that others of its bundle have taken, as a share of what it would.
const BUNDLED: f64 = 0.3;
/// What is hidden of a level line counts as much as another in its lane, in points.
const HIDDEN: f64 = 12.0;
/// Upright lines nearer to each other than this are taken for one: two zigzags side by side.
const APART: f64 = 7.0;
/// From the edge of a body to where a line leaves it, of a wide one and of the smallest.
const INSET: f64 = 5.0;
const LEAST_INSET: f64 = 2.0;
/// Between two lines that leave a body, and how many places are tried.
const DOOR: f64 = 3.5;
const DOORS_TRIED: u32 = 9;
/// A shorter gap between two marks of a row has no room for a line with its arrow.
const LEAST_GAP: f64 = 16.0;

/// A mark at which a line begins or ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Body {
    /// Its outline, in the track.
    pub rect: Rect,
    /// The middle of its row.
    pub middle: f64,
}

impl Body {
    /// The part of it from which a line may leave.
    fn doors(&self) -> (f64, f64) {
        let inset = INSET.min((self.rect.width() / 2.0 - DOOR).max(LEAST_INSET)).min(self.rect.width() / 2.0);
        (self.rect.x0 + inset, self.rect.x1 - inset)
    }

    /// The door nearest to a column.
    fn door(&self, x: f64) -> f64 {
        let (lo, hi) = self.doors();
        x.clamp(lo, hi.max(lo))
    }
}

/// Which lines may run as one, because they say one thing together; none runs with no other.
pub(super) type Bundle = Option<u32>;

/// The ways taken so far, and what is in the way.
pub(super) struct Router<'o> {
    obstacles: &'o Obstacles,
    crossings: Crossings,
    track: Rect,
    /// By gutter, what is taken from where to where in which lane.
    lanes: BTreeMap<i64, Vec<(f64, f64, usize, Bundle)>>,
    /// Upright ways: where, and from where to where, and of which bundle.
    columns: Vec<(f64, f64, f64, Bundle)>,
    /// That of the line for which a way is sought.
    bundle: Bundle,
    /// By the middle of a row and the side of it, where lines begin and end at its marks.
    doors: BTreeMap<(i64, bool), Vec<f64>>,
}

impl<'o> Router<'o> {
    pub(super) fn new(obstacles: &'o Obstacles, track: Rect) -> Self {
        Self {
            obstacles,
            crossings: Crossings::of(obstacles, track),
            track,
            lanes: BTreeMap::new(),
            columns: Vec::new(),
            bundle: None,
            doors: BTreeMap::new(),
        }
    }

    /// The lines that follow belong to a bundle: where one of it runs the others do too, as far as they lead the same way.
    pub(super) const fn begin(&mut self, bundle: Bundle) {
        self.bundle = bundle;
    }

    /// Where a line to a column leaves the lower or the upper side of a body: of the doors near it the one that fewest use, so that
    /// the ends of several lines stand beside each other as far as the body is wide.
    fn take_door(&mut self, body: &Body, down: f64, x: f64) -> f64 {
        let wanted = body.door(x);
        let (lo, hi) = body.doors();
        let taken = self.doors.entry((body.middle.round() as i64, down > 0.0)).or_default();
        let steps =
            (0..DOORS_TRIED).map(|nth| f64::from(nth.div_ceil(2)) * if nth.is_multiple_of(2) { DOOR } else { -DOOR });
        let tried = steps.map(|by| wanted + by).filter(|x| *x == wanted || lo <= *x && *x <= hi);
        let usage = |x: f64| taken.iter().filter(|other| (**other - x).abs() < DOOR - 0.01).count();
        let door = if self.bundle.is_some() { Some(wanted) } else { tried.min_by_key(|x| usage(*x)) };
        let door = door.unwrap_or(wanted);
        taken.push(door);
        door
    }

    /// The corners of a line from one mark to another.
    pub(super) fn between(&mut self, from: &Body, to: &Body) -> Vec<Point> {
        if (from.middle - to.middle).abs() < 1.0 {
            return self.along_row(from, to);
        }
        let down = if to.middle > from.middle { 1.0 } else { -1.0 };
        let (out, into) = (edge(from, down), edge(to, -down));
        let (first, last) = (from.middle + GUTTER * down, to.middle - GUTTER * down);
        // Where one lies over the other and nothing between, straight down.
        let (a, b) = (from.doors(), to.doors());
        let (lo, hi) = (a.0.max(b.0), a.1.min(b.1));
        if lo <= hi {
            let mut bundled = self.columns.iter().filter(|(.., other)| is_one(self.bundle, *other)).map(|(x, ..)| *x);
            let x = bundled.find(|x| lo <= *x && *x <= hi).unwrap_or(f64::midpoint(lo, hi));
            let is_taken = self.usage(x, out.min(into), out.max(into)) > 0;
            if !is_taken && self.crossings.count(x, first.min(last), first.max(last)) == 0 {
                self.columns.push((x, out.min(into), out.max(into), self.bundle));
                for (body, side) in [(from, down), (to, -down)] {
                    self.doors.entry((body.middle.round() as i64, side > 0.0)).or_default().push(x);
                }
                return vec![Point::new(x, out), Point::new(x, into)];
            }
        }
        let (x, has_column) = if (first - last).abs() < 2.0 {
            (f64::midpoint(to.rect.x0, to.rect.x1), false)
        } else {
            (self.column(from, to, first.min(last), first.max(last)), true)
        };
        let (out_x, in_x) = (self.take_door(from, down, x), self.take_door(to, -down, x));
        if !has_column {
            let y = self.lane(first, out_x, in_x);
            return corners(&[(out_x, out), (out_x, y), (in_x, y), (in_x, into)]);
        }
        let y0 = self.lane(first, out_x, x);
        let y1 = self.lane(last, x, in_x);
        self.columns.push((x, y0.min(y1), y0.max(y1), self.bundle));
        corners(&[(out_x, out), (out_x, y0), (x, y0), (x, y1), (in_x, y1), (in_x, into)])
    }

    /// The corners of a line that leaves the track: along a gutter to its left or right edge, or upright to its top or bottom at
    /// the place in time where it leads.
    pub(super) fn out(&mut self, from: &Body, exit: Exit, x: f64) -> Vec<Point> {
        let Rect { x0, y0, x1, y1 } = self.track;
        let edge_y = match exit {
            Exit::Earlier | Exit::Later => {
                let end = if exit == Exit::Earlier { x0 } else { x1 };
                let above = from.middle - GUTTER;
                let is_above = above > y0 + 4.0;
                let (gutter, side) = if is_above { (above, -1.0) } else { (from.middle + GUTTER, 1.0) };
                let door = self.take_door(from, side, end);
                let y = self.lane(gutter, door, end);
                return corners(&[(door, edge(from, side)), (door, y), (end, y)]);
            }
            Exit::Above => y0,
            Exit::Below => y1,
        };
        let down = if exit == Exit::Below { 1.0 } else { -1.0 };
        let x = x.clamp(x0 + 2.0, (x1 - 2.0).max(x0 + 2.0));
        let place = Body { rect: Rect::new(x, edge_y, x, edge_y), middle: edge_y };
        let first = from.middle + GUTTER * down;
        let column = self.column(from, &place, first.min(edge_y), first.max(edge_y));
        let door = self.take_door(from, down, column);
        let y = self.lane(first, door, column);
        self.columns.push((column, y.min(edge_y), y.max(edge_y), self.bundle));
        corners(&[(door, edge(from, down)), (door, y), (column, y), (column, edge_y)])
    }

    /// Between two marks of a row: straight where nothing stands between, else over the row.
    fn along_row(&mut self, from: &Body, to: &Body) -> Vec<Point> {
        let is_right = from.rect.x1 <= to.rect.x0;
        let (left, right) = if is_right { (from, to) } else { (to, from) };
        let (x0, x1) = (left.rect.x1, right.rect.x0);
        let y = from.middle;
        let is_clear = |pieces: &[(f64, f64)]| matches!(pieces, [(a, b)] if *a <= x0 + 3.0 && *b >= x1 - 3.0);
        if x1 - x0 >= LEAST_GAP && is_clear(&self.obstacles.level(y, x0, x1)) {
            let ends = [Point::new(x0, y), Point::new(x1, y)];
            return if is_right { ends.to_vec() } else { vec![ends[1], ends[0]] };
        }
        let usage = |gutter: f64| self.lanes.get(&key(gutter)).map_or(0, Vec::len);
        let (above, below) = (y - GUTTER, y + GUTTER);
        let is_above = above > self.track.y0 + 4.0 && usage(above) <= usage(below) + 1;
        let (gutter, side) = if is_above { (above, -1.0) } else { (below, 1.0) };
        let a = self.take_door(from, side, to.rect.center().x);
        let b = self.take_door(to, side, from.rect.center().x);
        let lane = self.lane(gutter, a, b);
        corners(&[(a, edge(from, side)), (a, lane), (b, lane), (b, edge(to, side))])
    }

    /// The height of the lane of a gutter that is free from one place to another, or the least used and covered.
    fn lane(&mut self, gutter: f64, from: f64, to: f64) -> f64 {
        let (from, to) = (from.min(to), from.max(to));
        let bundle = self.bundle;
        let taken = self.lanes.entry(key(gutter)).or_default();
        let usage = |lane: usize| {
            let in_way = |(x0, x1, own, other): &&(f64, f64, usize, Bundle)| {
                *own == lane && *x0 < to + 2.0 && from < *x1 + 2.0 && !is_one(bundle, *other)
            };
            taken.iter().filter(in_way).count()
        };
        // Beside its middle a lane runs along the edge of wide bodies, or behind it.
        let covered = |lane: usize| {
            let y = gutter + LANES.get(lane).copied().unwrap_or(0.0);
            let free: f64 = self.obstacles.level(y, from, to).iter().map(|(x0, x1)| x1 - x0).sum();
            ((to - from - free) / HIDDEN).ceil().max(0.0) as usize
        };
        let lane = (0..LANES.len()).min_by_key(|lane| usage(*lane) + covered(*lane)).unwrap_or(0);
        taken.push((from, to, lane, bundle));
        gutter + LANES.get(lane).copied().unwrap_or(0.0)
    }

    /// The column between two gutters in which a line makes the least detour and crosses the fewest words and marks.
    fn column(&self, from: &Body, to: &Body, y0: f64, y1: f64) -> f64 {
        let (lo, hi) = (from.rect.x0.min(to.rect.x0) - BESIDE, from.rect.x1.max(to.rect.x1) + BESIDE);
        let (lo, hi) = (lo.max(self.track.x0 + 3.0), hi.min(self.track.x1 - 3.0));
        let step = ((hi - lo) / MOST_TRIED).max(LEAST_STEP);
        let count = ((hi - lo) / step).max(0.0) as u32;
        let own = [from.rect.center().x, to.rect.center().x].map(|x| x.clamp(lo, hi.max(lo)));
        let bundled = self.columns.iter().filter(|(.., other)| is_one(self.bundle, *other)).map(|(x, ..)| *x);
        let tried = own.into_iter().chain(bundled).chain((0..=count).map(|nth| lo + f64::from(nth) * step));
        // Further away too: round a body that every way nearby would cross.
        let (left, right) = (self.track.x0 + 3.0, self.track.x1 - 3.0);
        let far_step = ((right - left) / MOST_TRIED).max(LEAST_STEP);
        let far = (0..=(((right - left) / far_step).max(0.0) as u32)).map(|nth| left + f64::from(nth) * far_step);
        let tried = tried.chain(far);
        let cost = |x: f64| {
            let detour = (from.door(x) - x).abs() + (to.door(x) - x).abs();
            let crossed = f64::from(self.crossings.count(x, y0, y1)) * CROSSED;
            let bundled = if self.is_of_bundle(x, y0, y1) { BUNDLED } else { 1.0 };
            // To run as one is no reason to cross words and marks that could be passed.
            detour * bundled + crossed + self.usage(x, y0, y1) as f64 * SHARED
        };
        let best = tried.map(|x| (cost(x), x)).min_by(|a, b| a.0.total_cmp(&b.0));
        best.map_or(own[1], |(_, x)| x)
    }

    /// How many lines run where an upright one would, but for those of its bundle that run just there.
    fn usage(&self, x: f64, y0: f64, y1: f64) -> usize {
        let near =
            self.columns.iter().filter(|(own, top, bottom, _)| (own - x).abs() < APART && *top < y1 && y0 < *bottom);
        near.filter(|(own, .., other)| !(is_one(self.bundle, *other) && *own == x)).count()
    }

    /// Whether a line of its bundle runs in a column, or on from where this would.
    fn is_of_bundle(&self, x: f64, y0: f64, y1: f64) -> bool {
        let mut own = self.columns.iter().filter(|(.., other)| is_one(self.bundle, *other));
        own.any(|(own, top, bottom, _)| *own == x && *top <= y1 + GUTTER && y0 <= *bottom + GUTTER)
    }
}

/// Whether lines of two bundles may run as one.
fn is_one(a: Bundle, b: Bundle) -> bool {
    a.is_some() && a == b
}

/// A gutter by its height.
fn key(gutter: f64) -> i64 {
    gutter.round() as i64
}

/// The lower or the upper edge of a body.
fn edge(body: &Body, down: f64) -> f64 {
    if down > 0.0 { body.rect.y1 } else { body.rect.y0 }
}

/// Points without those that are no corners.
fn corners(points: &[(f64, f64)]) -> Vec<Point> {
    let mut corners: Vec<Point> = Vec::with_capacity(points.len());
    for point in points.iter().map(|&(x, y)| Point::new(x, y)) {
        let is_same = |a: Point, b: Point| (a.x - b.x).abs() < 0.5 && (a.y - b.y).abs() < 0.5;
        if corners.last().is_some_and(|last| is_same(*last, point)) {
            continue;
        }
        if let [.., before, last] = *corners.as_slice()
            && (before.x == last.x && last.x == point.x || before.y == last.y && last.y == point.y)
        {
            corners.pop();
        }
        corners.push(point);
    }
    corners
}

/// The parts of a line that nothing covers, each as corners in its direction.
pub(super) fn uncovered(route: &[Point], obstacles: &Obstacles) -> Vec<Vec<Point>> {
    let mut lines: Vec<Vec<Point>> = Vec::new();
    // Whether the last line reaches to where the next stretch begins.
    let mut is_joined = false;
    for pair in route.windows(2) {
        let [a, b] = *pair else { continue };
        let is_upright = (b.y - a.y).abs() > (b.x - a.x).abs();
        let (start, end) = if is_upright { (a.y, b.y) } else { (a.x, b.x) };
        let (lo, hi) = (start.min(end), start.max(end));
        let mut pieces = if is_upright { obstacles.upright(a.x, lo, hi) } else { obstacles.level(a.y, lo, hi) };
        if end < start {
            pieces.reverse();
            pieces.iter_mut().for_each(|piece| *piece = (piece.1, piece.0));
        }
        let at = |along: f64| if is_upright { Point::new(a.x, along) } else { Point::new(along, a.y) };
        let mut reaches_end = false;
        for (from, to) in pieces {
            match lines.last_mut().filter(|_| is_joined && (from - start).abs() < 0.01) {
                Some(line) => line.push(at(to)),
                None => lines.push(vec![at(from), at(to)]),
            }
            reaches_end = (to - end).abs() < 0.01;
            is_joined = false;
        }
        is_joined = reaches_end;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_lead_to_one_mark_end_beside_each_other() {
        let track = Rect::new(0.0, 0.0, 900.0, 400.0);
        let obstacles = Obstacles::within(track);
        let body = |x0: f64, x1: f64, row: f64| {
            let middle = 12.0 + 24.0 * row;
            Body { rect: Rect::new(x0, middle - 5.5, x1, middle + 5.5), middle }
        };
        for (width, least) in [(11.0, 2), (60.0, 4)] {
            let mut router = Router::new(&obstacles, track);
            let to = body(400.0, 400.0 + width, 2.0);
            let ends = (0..4).map(|nth| {
                let from = body(600.0 + 40.0 * f64::from(nth), 611.0 + 40.0 * f64::from(nth), 5.0 + f64::from(nth));
                router.between(&from, &to).last().map_or(0.0, |end| end.x)
            });
            let mut ends: Vec<i64> = ends.map(|x| (x * 10.0) as i64).collect();
            ends.sort_unstable();
            ends.dedup();
            assert!(ends.len() >= least, "{ends:?} on a mark {width} wide");
        }
    }
}
