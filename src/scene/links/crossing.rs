//! What shows of a line where it passes behind the bodies of others, so that it is neither lost nor taken for one of theirs.
//!
//! ```text
//!        │                     it stops short of a body that it does not belong to,
//!
//!   ▐████╎███████████▌         is faint where that is wide,
//!
//!        │                     and goes on behind
//!        ▼
//!   ▐████████▌                 it touches the bodies at its ends alone
//! ```

use crate::geom::{Point, Rect};
use crate::scene::obstacles::Obstacles;
use crate::scene::{Item, Stroke};

/// How far from a body a line ends that passes behind it, and the most of a short piece that goes for that.
const HELD_OFF: f64 = 2.5;
const MOST_HELD: f64 = 0.3;
/// How near to a body a piece ends that was cut off by it.
const NEAR: f64 = 1.6;
/// A narrower body is passed at a glance.
const WIDE: f64 = 24.0;
/// Ground between the outline of a body and a line behind it.
const INSET: f64 = 2.0;
/// Dashes of a line behind a body.
const DASH: (f64, f64) = (1.5, 2.5);

/// The bodies of a picture that lines may pass behind.
pub(super) struct Bodies {
    wide: Vec<Rect>,
    /// The same and all others.
    all: Obstacles,
}

impl Bodies {
    /// The marks of a track.
    pub(super) fn of(marks: impl Iterator<Item = Rect>, track: Rect) -> Self {
        let mut bodies = Self { wide: Vec::new(), all: Obstacles::within(track) };
        for rect in marks {
            bodies.all.add(rect.expanded(NEAR));
            if rect.width() >= WIDE {
                bodies.wide.push(rect);
            }
        }
        bodies
    }

    /// The pieces of a line that nothing covers, each a little shorter where a body that it passes has cut it off.
    pub(super) fn held_off(&self, pieces: Vec<Vec<Point>>, route: &[Point]) -> Vec<Vec<Point>> {
        let ends = [route.first().copied(), route.last().copied()];
        let is_own = |at: Point| ends.iter().flatten().any(|end| (end.x - at.x).abs() + (end.y - at.y).abs() <= NEAR);
        let is_cut = |at: Point| !is_own(at) && !self.all.is_free(Rect::new(at.x, at.y, at.x, at.y).expanded(0.1));
        let shorten = |mut piece: Vec<Point>| {
            if let [first, second, ..] = piece.as_mut_slice()
                && is_cut(*first)
            {
                *first = moved(*first, *second);
            }
            if let [.., before, last] = piece.as_mut_slice()
                && is_cut(*last)
            {
                *last = moved(*last, *before);
            }
            piece
        };
        pieces.into_iter().map(shorten).collect()
    }

    /// What shows of a line behind wide bodies that are none of `own`, without what lies behind `words`.
    pub(super) fn behind(&self, route: &[Point], own: &[Rect], words: &Obstacles, stroke: Stroke) -> Vec<Item> {
        let stroke = Stroke { width: stroke.width.min(1.0), dash: Some(DASH), ..stroke };
        let mut items = Vec::new();
        for pair in route.windows(2) {
            let [a, b] = *pair else { continue };
            let is_upright = (b.y - a.y).abs() > (b.x - a.x).abs();
            for body in self.wide.iter().filter(|body| !own.contains(body)) {
                let line = Rect::new(a.x.min(b.x), a.y.min(b.y), a.x.max(b.x), a.y.max(b.y));
                let inside = body.expanded(-INSET);
                let pieces = if is_upright && inside.x0 < a.x && a.x < inside.x1 {
                    words.upright(a.x, line.y0.max(inside.y0), line.y1.min(inside.y1))
                } else if !is_upright && inside.y0 < a.y && a.y < inside.y1 {
                    words.level(a.y, line.x0.max(inside.x0), line.x1.min(inside.x1))
                } else {
                    Vec::new()
                };
                items.extend(pieces.into_iter().map(|(from, to)| {
                    let at = |along: f64| if is_upright { Point::new(a.x, along) } else { Point::new(along, a.y) };
                    Item::Line { from: at(from), to: at(to), stroke }
                }));
            }
        }
        items
    }
}

/// An end of a line, moved towards the corner before it.
fn moved(end: Point, corner: Point) -> Point {
    let (dx, dy) = (corner.x - end.x, corner.y - end.y);
    let length = dx.hypot(dy);
    if length <= 0.0 {
        return end;
    }
    let share = HELD_OFF.min(length * MOST_HELD) / length;
    Point::new(end.x + dx * share, end.y + dy * share)
}
