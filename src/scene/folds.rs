//! Breaks: what shows that the time axis leaves something out.
//!
//! ```text
//!   │ 1961    ⌇ 39 years ⌇ 2000        ruler: how long it is
//!   │    ●    ⌇          ⌇  ●          bands: a strip with torn edges behind the marks
//!   │ ▐███████⌇████//████⌇██████▌      what lasts goes on through it, with a gap in its body
//! ```
//!
//! Owns what a fold looks like; where it stands belongs to [`crate::layout`].

use std::sync::Arc;

use super::piece::{Axis, Piece};
use super::sheet::Sheet;
use super::{Item, SceneInput, Segment, Stroke};
use crate::geom::{Point, Rect};
use crate::layout::{FoldMark, FoldSpan};
use crate::theme::{Color, Theme};
use crate::time::Instant;

/// How far a torn edge goes out and in, and how high each of its teeth is.
const TOOTH: f64 = 2.5;
const TOOTH_HEIGHT: f64 = 6.0;
/// Width of the gap in a body, and how far it leans.
const GAP: f64 = 5.0;
const LEAN: f64 = 4.0;
/// Half the height of a gap in something flatter.
const LEAST_HALF: f64 = 5.0;

/// Of so many events beside a fold the one next to it is looked for that is shown.
const MOST_LOOKED_AT: usize = 64;

/// When that begins which is shown first from an instant on.
pub(super) fn first_from(input: &SceneInput<'_>, from: Instant) -> Option<Instant> {
    let rank = input.index.rank_at(input.timeline, from);
    begin_of_shown(input, input.index.order_from(rank))
}

/// When that begins which is shown last before an instant.
pub(super) fn last_before(input: &SceneInput<'_>, before: Instant) -> Option<Instant> {
    let rank = input.index.rank_at(input.timeline, before);
    begin_of_shown(input, input.index.order_before(rank).rev())
}

fn begin_of_shown(input: &SceneInput<'_>, events: impl Iterator<Item = usize>) -> Option<Instant> {
    let mut shown = events.take(MOST_LOOKED_AT).filter(|at| input.index.is_selected(input.matches, *at));
    Some(input.index.entry(input.timeline, shown.next()?)?.start)
}

/// The ground of folds in an area whose left edge is that of the track.
pub(super) fn grounds(folds: &[FoldMark], area: Rect, theme: &Theme) -> Vec<Item> {
    let ground = |mark: &FoldMark| {
        let [left, right] = edges_of(mark.span, area);
        // Down the left edge and up the right one.
        let (down, up) = (torn(left, area.y0, area.y0, area.y1), torn(right, area.y0, area.y0, area.y1));
        let points = down.into_iter().chain(up.into_iter().rev()).enumerate();
        let segments = points.map(|(at, point)| if at == 0 { Segment::MoveTo(point) } else { Segment::LineTo(point) });
        Item::Path { segments: segments.chain([Segment::Close]).collect(), fill: Some(theme.panel), stroke: None }
    };
    folds.iter().map(ground).collect()
}

/// The torn edges of folds in such an area, of each upright line those parts that are `free`.
pub(super) fn edges(folds: &[FoldMark], area: Rect, color: Color, free: impl Fn(f64) -> Vec<(f64, f64)>) -> Vec<Item> {
    let edge = |x: f64| {
        let parts = free(x).into_iter().flat_map(|(from, to)| {
            let points = torn(x, area.y0, from, to).into_iter().enumerate();
            points.map(|(at, point)| if at == 0 { Segment::MoveTo(point) } else { Segment::LineTo(point) })
        });
        let segments: Vec<Segment> = parts.collect();
        let stroke = Some(Stroke::solid(1.0, color));
        (!segments.is_empty()).then_some(Item::Path { segments, fill: None, stroke })
    };
    folds.iter().flat_map(|mark| edges_of(mark.span, area)).filter_map(edge).collect()
}

/// A fold as a sample in a legend, from the middle of its left edge on.
pub(super) fn sample(at: Point, width: f64, theme: &Theme) -> Vec<Item> {
    let (y0, y1) = (at.y - TOOTH_HEIGHT, at.y + TOOTH_HEIGHT);
    let (left, right) = (at.x + TOOTH, at.x + width - TOOTH);
    let line = |points: &[Point]| {
        let lines = points.iter().enumerate();
        lines.map(|(nth, to)| if nth == 0 { Segment::MoveTo(*to) } else { Segment::LineTo(*to) }).collect::<Vec<_>>()
    };
    let (down, up) = (torn(left, y0, y0, y1), torn(right, y0, y0, y1));
    let around: Vec<Point> = down.iter().chain(up.iter().rev()).copied().collect();
    let ground = Item::Path { segments: line(&around), fill: Some(theme.panel), stroke: None };
    let stroke = Some(Stroke::solid(1.0, theme.outline));
    let edge = |points: &[Point]| Item::Path { segments: line(points), fill: None, stroke };
    vec![ground, edge(&down), edge(&up)]
}

/// The middles of both edges of a fold: half a tooth inside, so that none lies on what stands beside it.
fn edges_of(FoldSpan { x0, x1, .. }: FoldSpan, area: Rect) -> [f64; 2] {
    [area.x0 + x0 + TOOTH, area.x0 + x1 - TOOTH]
}

/// A torn line around an upright one, from one height to another; its teeth are counted from `top`.
fn torn(x: f64, top: f64, from: f64, to: f64) -> Vec<Point> {
    let out = |y: f64| {
        let teeth = (y - top) / TOOTH_HEIGHT;
        let way = (teeth - teeth.floor()) * 2.0 - 1.0;
        // A tooth goes out, the next one comes in again.
        if teeth.floor().rem_euclid(2.0) < 1.0 { way } else { -way }
    };
    let first = ((from - top) / TOOTH_HEIGHT).floor() + 1.0;
    let corners = (0..).map(|at| top + (first + f64::from(at)) * TOOTH_HEIGHT).take_while(|y| *y < to);
    let heights = std::iter::once(from).chain(corners).chain([to]);
    heights.map(|y| Point::new(x + out(y) * TOOTH, y)).collect()
}

/// How long each fold is, in a line of the ruler or the overview with its middle at `y`.
pub(super) fn lengths<'f>(
    folds: impl Iterator<Item = &'f FoldMark>,
    left: f64,
    y: f64,
    color: Color,
    sheet: &mut Sheet<'_>,
) {
    for (x, run) in folds.filter_map(|mark| mark.label.as_ref()) {
        sheet.text(Arc::clone(run), left + x, y, color);
    }
}

/// Of the room in a body the longest part in sight that no gap goes through, for its label.
pub(super) fn between_gaps((from, to): (f64, f64), folds: &[FoldSpan], axis: &Axis) -> (f64, f64) {
    if folds.is_empty() {
        return (from, to);
    }
    let (left, right) = axis.bounds();
    let aside = (GAP + LEAN) / 2.0;
    let middles = folds.iter().map(|fold| left + f64::midpoint(fold.x0, fold.x1));
    let gaps = middles.filter(|x| from < *x && *x < to).map(|x| (x - aside, x + aside));
    let mut parts = Vec::with_capacity(folds.len() + 1);
    let mut start = from;
    for (x0, x1) in gaps {
        parts.push((start, x0));
        start = x1;
    }
    parts.push((start, to));
    let in_sight = |part: &(f64, f64)| part.1.min(right) - part.0.max(left);
    // Of equals the first.
    parts.into_iter().rev().max_by(|a, b| in_sight(a).total_cmp(&in_sight(b))).unwrap_or((from, to))
}

/// The gaps in a body that goes on through folds.
pub(super) fn gaps(folds: &[FoldSpan], pieces: &[Piece], y: f64, axis: &Axis, ground: Color, ink: Color) -> Vec<Item> {
    let left = axis.bounds().0;
    let mut items = Vec::new();
    for FoldSpan { x0, x1, .. } in folds {
        let (x0, x1) = (left + x0, left + x1);
        let Some(piece) = pieces.iter().find(|piece| piece.ends().0 <= x0 && x1 <= piece.ends().1) else { continue };
        let half = (piece.rect(y).height() / 2.0 + 1.0).max(LEAST_HALF);
        let middle = f64::midpoint(x0, x1);
        let (top, bottom) = (y - half, y + half);
        let slope = |x: f64| (Point::new(x + LEAN / 2.0, top), Point::new(x - LEAN / 2.0, bottom));
        let ((a, b), (c, d)) = (slope(middle - GAP / 2.0), slope(middle + GAP / 2.0));
        let corners =
            vec![Segment::MoveTo(a), Segment::LineTo(b), Segment::LineTo(d), Segment::LineTo(c), Segment::Close];
        items.push(Item::Path { segments: corners, fill: Some(ground), stroke: None });
        items.extend([(a, b), (c, d)].map(|(from, to)| Item::Line { from, to, stroke: Stroke::solid(1.0, ink) }));
    }
    items
}
