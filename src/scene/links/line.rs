//! What the line of a relation looks like: told apart by dashes and ends before colour.
//!
//! ```text
//!   causes       ────────▶     precedes     ────────>     implements   ─ ─ ─ ─ ▷
//!   part of      ────────◇     supersedes   ── ── ──▶|    related to   ●·······●
//!   contradicts  /\/\/≠/\/|    a zigzag in the colour of what is contested, with a disc that says so however short it is
//! ```

use crate::geom::{Point, Rect};
use crate::model::Relation;
use crate::scene::marks::rounded as rounded_rect;
use crate::scene::{Item, Segment, Stroke};
use crate::theme::{Color, Theme};

/// Radius of a corner.
const CORNER: f64 = 4.0;
/// Length and half the width of an arrow head.
const HEAD: f64 = 7.0;
const HALF_HEAD: f64 = 3.5;
/// Length of a tooth of a zigzag, and half its height.
const TOOTH: f64 = 3.0;
const HALF_TOOTH: f64 = 2.2;
/// Radius of the mark on a contradiction, and the width of its line where others have that of a hairline.
pub(super) const STRUCK: f64 = 5.1;
pub(super) const CONTESTED: f64 = 1.5;

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Head {
    /// With nothing.
    Plain,
    /// A filled arrow.
    Filled,
    /// Two strokes.
    Open,
    /// The outline of an arrow.
    Hollow,
    /// The outline of a diamond.
    Diamond,
    /// A stroke across.
    Bar,
    /// A filled arrow against a stroke.
    FilledBar,
    /// A dot.
    Dot,
}

/// How the line of a relation is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pattern {
    dash: Option<(f64, f64)>,
    is_zigzag: bool,
    tail: Head,
    head: Head,
}

impl Pattern {
    /// A line without anything.
    pub(super) const PLAIN: Self = Self { dash: None, is_zigzag: false, tail: Head::Plain, head: Head::Plain };

    /// That of a relation.
    pub(super) const fn of(relation: Relation) -> Self {
        let (dash, tail, head) = match relation {
            Relation::Causes => (None, Head::Plain, Head::Filled),
            Relation::Precedes => (None, Head::Plain, Head::Open),
            Relation::Implements => (Some((5.0, 3.0)), Head::Plain, Head::Hollow),
            Relation::PartOf => (None, Head::Plain, Head::Diamond),
            Relation::Contradicts => (None, Head::Plain, Head::Bar),
            Relation::Supersedes => (Some((11.0, 3.0)), Head::Plain, Head::FilledBar),
            Relation::Related => (Some((1.5, 3.0)), Head::Dot, Head::Dot),
        };
        Self { dash, is_zigzag: matches!(relation, Relation::Contradicts), tail, head }
    }

    /// That of several relations together.
    pub(super) const fn mixed(contradicts: bool) -> Self {
        Self { dash: None, is_zigzag: contradicts, tail: Head::Plain, head: Head::Filled }
    }

    /// The same with nothing where it ends, or where it begins.
    pub(super) const fn without_end(self, is_head: bool) -> Self {
        if is_head { Self { head: Head::Plain, ..self } } else { Self { tail: Head::Plain, ..self } }
    }

    /// The same with nothing at either end.
    pub(super) const fn without_ends(self) -> Self {
        self.without_end(true).without_end(false)
    }

    /// How far it reaches to either side of its way.
    pub(super) const fn half_width(&self) -> f64 {
        if self.is_zigzag { HALF_TOOTH + 0.7 } else { 1.0 }
    }
}

/// The colour of a relation's line, where `ink` is that of the others.
pub(super) const fn color(is_contested: bool, ink: Color, theme: &Theme) -> Color {
    if is_contested { theme.error } else { ink }
}

/// Paints the parts of a line that nothing covers, and its ends where `route` begins and ends.
pub(super) fn paint(
    pattern: &Pattern,
    parts: &[Vec<Point>],
    route: &[Point],
    stroke: Stroke,
    ground: Color,
    items: &mut Vec<Item>,
) {
    let mut segments = Vec::new();
    for part in parts {
        if pattern.is_zigzag { zigzag(part, &mut segments) } else { rounded(part, &mut segments) }
    }
    if !segments.is_empty() {
        let dash = pattern.dash.map(|(on, off)| (on * stroke.width.max(1.0), off));
        items.push(Item::Path { segments, fill: None, stroke: Some(Stroke { dash, ..stroke }) });
    }
    if let [first, second, ..] = route {
        paint_head(pattern.tail, *first, *second, stroke, ground, items);
    }
    if let [.., before, last] = route {
        paint_head(pattern.head, *last, *before, stroke, ground, items);
    }
}

/// The mark in the middle of a contradiction.
pub(super) fn paint_struck(at: Point, color: Color, ground: Color, items: &mut Vec<Item>) {
    let rect = Rect::new(at.x, at.y, at.x, at.y).expanded(STRUCK);
    items.push(Item::Path {
        segments: rounded_rect(rect, STRUCK),
        fill: Some(color),
        stroke: Some(Stroke::solid(1.2, ground)),
    });
    // "≠" in the ground's colour, as beside what is contradicted.
    let line = |from: (f64, f64), to: (f64, f64)| {
        [
            Segment::MoveTo(Point::new(at.x + from.0, at.y + from.1)),
            Segment::LineTo(Point::new(at.x + to.0, at.y + to.1)),
        ]
    };
    let strokes = [((-2.8, -1.3), (2.8, -1.3)), ((-2.8, 1.3), (2.8, 1.3)), ((-1.6, 3.2), (1.6, -3.2))];
    let segments = strokes.into_iter().flat_map(|(from, to)| line(from, to)).collect();
    items.push(Item::Path { segments, fill: None, stroke: Some(Stroke::solid(1.2, ground)) });
}

/// A line with its corners rounded.
fn rounded(part: &[Point], segments: &mut Vec<Segment>) {
    for (nth, point) in part.iter().enumerate() {
        let before = nth.checked_sub(1).and_then(|at| part.get(at));
        match (before, part.get(nth + 1)) {
            (None, _) => segments.push(Segment::MoveTo(*point)),
            (Some(_), None) => segments.push(Segment::LineTo(*point)),
            (Some(before), Some(after)) => {
                let radius = CORNER.min(distance(*before, *point) / 2.0).min(distance(*point, *after) / 2.0);
                let (start, end) = (towards(*point, *before, radius), towards(*point, *after, radius));
                // Two thirds of the way to the corner: a quadratic curve as a cubic one.
                let (a, b) = (towards(start, *point, radius * 2.0 / 3.0), towards(end, *point, radius * 2.0 / 3.0));
                segments.push(Segment::LineTo(start));
                segments.push(Segment::CubicTo(a, b, end));
            }
        }
    }
}

/// A line in teeth; corners stay where they are.
fn zigzag(part: &[Point], segments: &mut Vec<Segment>) {
    let mut is_up = true;
    for (nth, pair) in part.windows(2).enumerate() {
        let [a, b] = *pair else { continue };
        if nth == 0 {
            segments.push(Segment::MoveTo(a));
        }
        let length = distance(a, b);
        let teeth = (length / TOOTH).floor().max(1.0) as u32;
        let across = Point::new((b.y - a.y) / length.max(0.01), (a.x - b.x) / length.max(0.01));
        for tooth in 1..teeth {
            let at = towards(a, b, length * f64::from(tooth) / f64::from(teeth));
            let by = if is_up { HALF_TOOTH } else { -HALF_TOOTH };
            is_up = !is_up;
            segments.push(Segment::LineTo(Point::new(at.x + across.x * by, at.y + across.y * by)));
        }
        segments.push(Segment::LineTo(b));
    }
}

fn paint_head(head: Head, tip: Point, before: Point, stroke: Stroke, ground: Color, items: &mut Vec<Item>) {
    let length = distance(tip, before);
    if length < 0.01 {
        return;
    }
    let along = Point::new((before.x - tip.x) / length, (before.y - tip.y) / length);
    // From the tip so far back, and so far to the side.
    let at = |back: f64, side: f64| {
        Point::new(tip.x + along.x * back - along.y * side, tip.y + along.y * back + along.x * side)
    };
    let polygon = |points: &[Point]| {
        let first = points.iter().take(1).map(|point| Segment::MoveTo(*point));
        first.chain(points.iter().skip(1).map(|point| Segment::LineTo(*point))).collect::<Vec<_>>()
    };
    let closed = |points: &[Point]| {
        let mut segments = polygon(points);
        segments.push(Segment::Close);
        segments
    };
    let edge = Stroke { dash: None, width: stroke.width.max(1.2), ..stroke };
    let (solid, thin) = (Some(stroke.color), Some(edge));
    let mut add = |segments: Vec<Segment>, fill: Option<Color>, stroke: Option<Stroke>| {
        items.push(Item::Path { segments, fill, stroke });
    };
    let bar = polygon(&[at(0.7, -4.5), at(0.7, 4.5)]);
    match head {
        Head::Plain => {}
        Head::Filled => add(closed(&[tip, at(HEAD, HALF_HEAD), at(HEAD, -HALF_HEAD)]), solid, None),
        Head::Open => add(polygon(&[at(HEAD, HALF_HEAD), tip, at(HEAD, -HALF_HEAD)]), None, thin),
        Head::Hollow => {
            add(closed(&[at(0.8, 0.0), at(HEAD, HALF_HEAD), at(HEAD, -HALF_HEAD)]), Some(ground), thin);
        }
        Head::Diamond => {
            let diamond = [at(0.8, 0.0), at(4.4, 3.2), at(8.0, 0.0), at(4.4, -3.2)];
            add(closed(&diamond), Some(ground), thin);
        }
        Head::Bar => add(bar, None, Some(Stroke { width: 2.0, ..edge })),
        Head::FilledBar => {
            add(closed(&[at(1.5, 0.0), at(HEAD + 1.0, HALF_HEAD), at(HEAD + 1.0, -HALF_HEAD)]), solid, None);
            add(bar, None, Some(Stroke { width: 1.6, ..edge }));
        }
        Head::Dot => {
            let center = at(2.0, 0.0);
            add(rounded_rect(Rect::new(center.x, center.y, center.x, center.y).expanded(2.4), 2.4), solid, None);
        }
    }
}

fn distance(a: Point, b: Point) -> f64 {
    (b.x - a.x).hypot(b.y - a.y)
}

/// The point so far from one on the way to another.
fn towards(from: Point, to: Point, by: f64) -> Point {
    let length = distance(from, to);
    if length < 0.01 {
        return from;
    }
    Point::new(from.x + (to.x - from.x) * by / length, from.y + (to.y - from.y) * by / length)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Two relations that are drawn in one colour are told apart by their lines all the same.
    #[test]
    fn every_relation_has_a_line_of_its_own() {
        let route = [Point::new(0.0, 0.0), Point::new(80.0, 0.0)];
        let drawn = Relation::ALL.map(|relation| {
            let mut items = Vec::new();
            let pattern = Pattern::of(relation);
            paint(&pattern, &[route.to_vec()], &route, Stroke::solid(1.4, Color::BLACK), Color::WHITE, &mut items);
            assert!(!items.is_empty());
            format!("{items:?}")
        });
        assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), Relation::ALL.len());
    }

    #[test]
    fn a_zigzag_keeps_near_its_way_and_a_rounded_corner_inside_it() {
        let part = [Point::new(0.0, 0.0), Point::new(40.0, 0.0), Point::new(40.0, 30.0)];
        for draw in [zigzag, rounded] {
            let mut segments = Vec::new();
            draw(&part, &mut segments);
            for segment in segments {
                let points = match segment {
                    Segment::MoveTo(to) | Segment::LineTo(to) => vec![to],
                    Segment::CubicTo(a, b, to) => vec![a, b, to],
                    Segment::Close => vec![],
                };
                let is_near = |p: &Point| p.y.abs() <= HALF_TOOTH || (p.x - 40.0).abs() <= CORNER;
                assert!(points.iter().all(is_near), "{points:?}");
            }
        }
    }
}
