//! The outlines of a mark: what a date looks like at a zoom, before its standing gives it a fill and a line.
//!
//! ```text
//!   known day     ●          a body as wide as the day once that is wide enough
//!   known time    ◆
//!   window       [░░░░]      once, somewhere between
//!   span         ▐████▌      lasted
//!   coarse end   ▐███▓▒░     ended somewhere in the soft part
//!   open end     ▐███▓▒░›    goes on
//!   unknown end  ▐█▓▒░?
//!   one of       [░]┄┄[░]
//!   all of       ●────●
//! ```

use crate::geom::Rect;
use crate::index::{Entry, Reach, Side};
use crate::layout::Viewport;
use crate::time::{Edge, Extent, Instant, Precision, Shape};

/// Height of the smallest marks.
pub(super) const LEAST_BODY: f64 = 11.0;
/// Height of marks wide enough to hold a label.
pub(super) const MOST_BODY: f64 = 18.0;
/// Least width of a bar or a window.
const LEAST_BAR: f64 = 7.0;
const LEAST_WINDOW: f64 = 12.0;
/// The widest of the least widths: a mark of anything shorter takes no more.
pub(super) const MOST_LEAST: f64 = LEAST_BODY + 3.0;
/// Outlines of one date nearer to each other than this are drawn as one: a set can have more members than the screen has pixels.
const LEAST_APART: f64 = 2.0;
/// Length of the fade of an end that nobody knows.
pub(super) const UNKNOWN_FADE: f64 = 40.0;
/// Length of the fade of an end that goes on, before the edge of the window.
pub(super) const OPEN_FADE: f64 = 48.0;

/// How a body ends on one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// At a known instant.
    Sharp,
    /// Somewhere in the soft part.
    Soft,
    /// Goes on past the window.
    Open,
    /// Fades into the unknown.
    Unknown,
}

/// One outline of a mark, in points of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Piece {
    /// A known day: a circle, or a rounded body as wide as the day.
    Day {
        /// Left end.
        x0: f64,
        /// Right end.
        x1: f64,
    },
    /// A known time of day: a diamond, or a body with pointed ends.
    Time {
        /// Left end.
        x0: f64,
        /// Right end.
        x1: f64,
    },
    /// Once, somewhere between.
    Window {
        /// Left end.
        x0: f64,
        /// Right end.
        x1: f64,
        /// How it ends on the left.
        left: End,
        /// How it ends on the right.
        right: End,
    },
    /// Lasted: solid from `solid0` to `solid1`, soft outside.
    Bar {
        /// Left end.
        x0: f64,
        /// Where the solid part begins.
        solid0: f64,
        /// Where the solid part ends.
        solid1: f64,
        /// Right end.
        x1: f64,
        /// How it ends on the left.
        left: End,
        /// How it ends on the right.
        right: End,
    },
    /// The line that joins the pieces of one date.
    Join {
        /// Left end.
        x0: f64,
        /// Right end.
        x1: f64,
        /// One of the pieces, not each.
        is_dotted: bool,
    },
}

impl Piece {
    /// Left and right end.
    pub(super) const fn ends(self) -> (f64, f64) {
        match self {
            Self::Day { x0, x1 }
            | Self::Time { x0, x1 }
            | Self::Window { x0, x1, .. }
            | Self::Bar { x0, x1, .. }
            | Self::Join { x0, x1, .. } => (x0, x1),
        }
    }

    /// The part that a label can stand in. Ink that reads on a solid fill does not read where that fades.
    pub(super) fn room(self, is_solid: bool) -> Option<(f64, f64)> {
        match self {
            Self::Day { x0, x1 } | Self::Time { x0, x1 } => Some((x0, x1)),
            Self::Bar { solid0, solid1, .. } if is_solid => Some((solid0, solid1)),
            Self::Window { x0, x1, left, right } | Self::Bar { x0, x1, left, right, .. } => {
                let from = if left == End::Unknown { x0 + UNKNOWN_FADE } else { x0 };
                let to = if right == End::Unknown { x1 - UNKNOWN_FADE } else { x1 };
                Some((from, to))
            }
            Self::Join { .. } => None,
        }
    }

    /// Left and right end without the fades of ends that nobody knows.
    fn core(self) -> (f64, f64) {
        let (x0, x1) = self.ends();
        let (Self::Window { left, right, .. } | Self::Bar { left, right, .. }) = self else { return (x0, x1) };
        let fade = |end| if end == End::Unknown { UNKNOWN_FADE } else { 0.0 };
        // A fade that was cut to the room there is leaves no less than nothing.
        let middle = f64::midpoint(x0, x1);
        ((x0 + fade(left)).min(middle.max(x0)), (x1 - fade(right)).max(middle.min(x1)))
    }

    /// Whether it ends at an instant on the left, and on the right.
    const fn ends_at_instants(self) -> (bool, bool) {
        match self {
            Self::Window { left, right, .. } | Self::Bar { left, right, .. } => {
                (matches!(left, End::Sharp | End::Soft), matches!(right, End::Sharp | End::Soft))
            }
            Self::Day { .. } | Self::Time { .. } => (true, true),
            Self::Join { .. } => (false, false),
        }
    }

    /// With each of its places moved.
    fn mapped(self, place: impl Fn(f64) -> f64) -> Self {
        match self {
            Self::Day { x0, x1 } => Self::Day { x0: place(x0), x1: place(x1) },
            Self::Time { x0, x1 } => Self::Time { x0: place(x0), x1: place(x1) },
            Self::Window { x0, x1, left, right } => Self::Window { x0: place(x0), x1: place(x1), left, right },
            Self::Bar { x0, solid0, solid1, x1, left, right } => {
                Self::Bar { x0: place(x0), solid0: place(solid0), solid1: place(solid1), x1: place(x1), left, right }
            }
            Self::Join { x0, x1, is_dotted } => Self::Join { x0: place(x0), x1: place(x1), is_dotted },
        }
    }

    /// Its rectangle around the middle of a row.
    pub(super) fn rect(self, y: f64) -> Rect {
        let (x0, x1) = self.ends();
        let half = match self {
            Self::Join { .. } => 1.0,
            _ => body_height(x1 - x0) / 2.0,
        };
        Rect::new(x0, y - half, x1, y + half)
    }
}

/// Bodies grow a little in height as they get wide, until they hold a label.
fn body_height(width: f64) -> f64 {
    (LEAST_BODY + (width - LEAST_BODY) * 0.2).clamp(LEAST_BODY, MOST_BODY)
}

/// Maps time to x in the picture, stopping well outside the window so that no coordinate is absurd.
#[derive(Debug, Clone, Copy)]
pub(super) struct Axis {
    viewport: Viewport,
    left: f64,
    right: f64,
}

impl Axis {
    /// How far outside the track things are still drawn.
    pub(super) const MARGIN: f64 = 64.0;

    /// The axis of a track that begins at `left`.
    pub(super) fn new(viewport: Viewport, left: f64, right: f64) -> Self {
        Self { viewport, left, right }
    }

    /// Left and right edge of the track.
    pub(super) const fn bounds(&self) -> (f64, f64) {
        (self.left, self.right)
    }

    /// The window in time, with a margin.
    pub(super) fn window(&self) -> (Instant, Instant) {
        let start = self.viewport.instant_from_x(-Self::MARGIN);
        (start, self.viewport.instant_from_x(self.right - self.left + Self::MARGIN))
    }

    /// Where an instant stands, at most [`Axis::MARGIN`] × 2 outside the track.
    pub(super) fn x(&self, instant: Instant) -> f64 {
        let reach = 2.0 * Self::MARGIN;
        (self.left + self.viewport.x_from_instant(instant)).clamp(self.left - reach, self.right + reach)
    }
}

/// The outlines of an event, left to right.
pub(super) fn pieces(entry: &Entry, axis: &Axis) -> Vec<Piece> {
    let (start, end) = (axis.x(entry.start), axis.x(entry.end));
    match &entry.shape {
        Shape::Moment if entry.start_side == Side::Known && entry.end_side == Side::Known => {
            vec![moment(start, end, entry.precision)]
        }
        Shape::Moment | Shape::Window => {
            vec![window(start, end, entry.start_side, entry.end_side)]
        }
        Shape::Span => vec![bar(entry, axis)],
        Shape::OneOf(parts) => joined(entry, parts, axis, true),
        Shape::AllOf(parts) => joined(entry, parts, axis, false),
    }
}

fn moment(x0: f64, x1: f64, precision: Precision) -> Piece {
    if precision >= Precision::Minute {
        let (x0, x1) = at_least(x0, x1, MOST_LEAST);
        Piece::Time { x0, x1 }
    } else {
        // A hair less than the day, so that neighbours do not merge.
        let (x0, x1) = at_least(x0 + 0.5, x1 - 0.5, LEAST_BODY);
        Piece::Day { x0, x1 }
    }
}

fn end_of(side: Side) -> End {
    match side {
        Side::Known => End::Sharp,
        Side::Open => End::Open,
        Side::Unknown => End::Unknown,
    }
}

fn window(x0: f64, x1: f64, start: Side, end: Side) -> Piece {
    let (left, right) = (end_of(start), end_of(end));
    let x0 = if left == End::Unknown { x0 - UNKNOWN_FADE } else { x0 };
    let x1 = if right == End::Unknown { x1 + UNKNOWN_FADE } else { x1 };
    let (x0, x1) = at_least(x0, x1, LEAST_WINDOW);
    Piece::Window { x0, x1, left, right }
}

fn bar(entry: &Entry, axis: &Axis) -> Piece {
    let x = |edge: Edge| edge.instant().map(|instant| axis.x(instant));
    let (start, end) = (axis.x(entry.start), axis.x(entry.end));
    let (mut left, mut right) = (end_of(entry.start_side), end_of(entry.end_side));
    let (mut x0, mut x1) = (start, end);
    let mut solid0 = x(entry.extent.latest_start).unwrap_or(start).clamp(start, end);
    let mut solid1 = x(entry.extent.earliest_end).unwrap_or(end).clamp(start, end);
    if left == End::Unknown {
        x0 -= UNKNOWN_FADE;
        solid0 = start;
    }
    if right == End::Unknown {
        x1 += UNKNOWN_FADE;
        solid1 = end;
    }
    if solid0 > solid1 {
        // Nothing is certainly covered: the soft parts meet in the middle.
        let middle = f64::midpoint(solid0, solid1);
        (solid0, solid1) = (middle, middle);
    }
    if left == End::Sharp && is_coarse(entry.extent.earliest_start, entry.extent.latest_start) {
        left = End::Soft;
    }
    if right == End::Sharp && is_coarse(entry.extent.earliest_end, entry.extent.latest_end) {
        right = End::Soft;
    }
    if x1 - x0 < LEAST_BAR {
        (x0, x1) = at_least(x0, x1, LEAST_BAR);
        return Piece::Bar { x0, solid0: x0, solid1: x1, x1, left: End::Sharp, right: End::Sharp };
    }
    if left == End::Sharp || left == End::Open {
        solid0 = x0;
    }
    if right == End::Sharp || right == End::Open {
        solid1 = x1;
    }
    Piece::Bar { x0, solid0, solid1: solid1.max(solid0), x1, left, right }
}

/// Whether an end is known less well than to the day: a day is covered whole.
pub(super) fn is_coarse(earliest: Edge, latest: Edge) -> bool {
    matches!((earliest, latest), (Edge::At(earliest), Edge::At(latest)) if latest.saturating_since(earliest) > Instant::DAY)
}

fn joined(entry: &Entry, parts: &[Extent], axis: &Axis, is_dotted: bool) -> Vec<Piece> {
    let (from, to) = axis.window();
    // Of those out of sight the outermost show that the date goes on there.
    let is_seen =
        |reach: &Reach| reach.start < to && from < reach.end || reach.start == entry.start || reach.end == entry.end;
    let mut reaches: Vec<Reach> = parts.iter().filter_map(Reach::of).filter(is_seen).collect();
    reaches.sort_by_key(|reach| (reach.start, reach.end));
    let middle = |body: &Piece| f64::midpoint(body.ends().0, body.ends().1);
    let bodies = reaches.iter().map(|reach| {
        let (x0, x1) = (axis.x(reach.start), axis.x(reach.end));
        let is_known = reach.start_side == Side::Known && reach.end_side == Side::Known;
        if is_dotted || !is_known {
            window(x0, x1, reach.start_side, reach.end_side)
        } else {
            let (x0, x1) = at_least(x0 + 0.5, x1 - 0.5, LEAST_BODY);
            Piece::Day { x0, x1 }
        }
    });
    let mut pieces: Vec<Piece> = Vec::new();
    let last = reaches.len().saturating_sub(1);
    for (nth, body) in bodies.enumerate() {
        let is_apart = |before: &Piece| middle(&body) - middle(before) >= LEAST_APART;
        if nth < last && !pieces.last().is_none_or(is_apart) {
            continue;
        }
        let before = pieces.last().map(|piece| piece.ends().1);
        if let Some(before) = before.filter(|before| *before < body.ends().0) {
            pieces.push(Piece::Join { x0: before, x1: body.ends().0, is_dotted });
        }
        pieces.push(body);
    }
    within(pieces, (axis.x(entry.start), axis.x(entry.end)))
}

/// Drawn together so that the least widths of several outlines take no more room than their date, or than one of them does.
fn within(pieces: Vec<Piece>, (start, end): (f64, f64)) -> Vec<Piece> {
    let (x0, x1) = core(&pieces);
    let (to0, to1) = at_least(start, end, MOST_LEAST);
    if pieces.len() < 2 || x1 - x0 <= to1 - to0 {
        return pieces;
    }
    let scale = (to1 - to0) / (x1 - x0);
    pieces.into_iter().map(|piece| piece.mapped(|x| to0 + (x - x0) * scale)).collect()
}

/// Left and right end of outlines without the fades of ends that nobody knows.
pub(super) fn core(pieces: &[Piece]) -> (f64, f64) {
    let ends = pieces.iter().map(|piece| piece.core());
    ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or_default()
}

/// Moved as little as takes them between `lo` and `hi`, where they fit there at all.
pub(super) fn aside(pieces: Vec<Piece>, (lo, hi): (f64, f64)) -> Vec<Piece> {
    let (x0, x1) = core(&pieces);
    // A hair for rounding.
    if x1 - x0 > hi - lo + 0.01 || (lo <= x0 && x1 <= hi) {
        return pieces;
    }
    let dx = if x0 < lo { lo - x0 } else { hi - x1 };
    pieces.into_iter().map(|piece| piece.mapped(|x| x + dx)).collect()
}

/// Cuts the fades of ends that nobody knows where they reach past `left` or `right`; says whether any did.
pub(super) fn trim(pieces: &mut [Piece], (left, right): (f64, f64)) -> bool {
    let mut is_cut = false;
    for piece in pieces {
        let (core0, core1) = piece.core();
        let (Piece::Window { x0, x1, left: start, right: end } | Piece::Bar { x0, x1, left: start, right: end, .. }) =
            piece
        else {
            continue;
        };
        if *start == End::Unknown && *x0 < left {
            (*x0, is_cut) = (left.min(core0), true);
        }
        if *end == End::Unknown && *x1 > right {
            (*x1, is_cut) = (right.max(core1), true);
        }
    }
    is_cut
}

/// Ground between two marks that touch, with half of both their outlines.
const PARTED: f64 = 2.5;
/// How far marks may lie on each other to be taken for touching.
const TOUCHING: f64 = 1.5;

/// Takes from an outline that touches those before and after it as much as shows that it ends there: they end at `before` and
/// begin at `after`. Says whether anything was taken.
pub(super) fn part(pieces: &mut [Piece], before: Option<f64>, after: Option<f64>) -> bool {
    let touches = |gap: f64| (-TOUCHING..PARTED).contains(&gap);
    let mut is_parted = false;
    if let (Some(first), Some(before)) = (pieces.first_mut(), before) {
        let (x0, x1) = first.ends();
        let to = f64::midpoint(before, x0) + PARTED / 2.0;
        if touches(x0 - before) && x1 - to >= LEAST_BAR && first.ends_at_instants().0 {
            *first = first.mapped(|x| x.max(to));
            is_parted = true;
        }
    }
    if let (Some(last), Some(after)) = (pieces.last_mut(), after) {
        let (x0, x1) = last.ends();
        let to = f64::midpoint(x1, after) - PARTED / 2.0;
        if touches(after - x1) && to - x0 >= LEAST_BAR && last.ends_at_instants().1 {
            *last = last.mapped(|x| x.min(to));
            is_parted = true;
        }
    }
    is_parted
}

fn at_least(x0: f64, x1: f64, width: f64) -> (f64, f64) {
    if x1 - x0 >= width {
        return (x0, x1);
    }
    let center = f64::midpoint(x0, x1);
    (center - width / 2.0, center + width / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_touch_are_told_apart_and_others_stay() {
        let bar =
            |x0: f64, x1: f64| vec![Piece::Bar { x0, solid0: x0, solid1: x1, x1, left: End::Sharp, right: End::Sharp }];
        let (mut a, mut b) = (bar(10.0, 60.0), bar(60.0, 90.0));
        assert!(part(&mut a, None, Some(60.0)) && part(&mut b, Some(60.0), None));
        assert_eq!((a[0].ends(), b[0].ends()), ((10.0, 58.75), (61.25, 90.0)));
        for after in [50.0, 64.0] {
            let mut apart = bar(10.0, 60.0);
            assert!(!part(&mut apart, None, Some(after)), "{after}");
            assert_eq!(apart, bar(10.0, 60.0));
        }
        let mut small = vec![Piece::Day { x0: 10.0, x1: 17.0 }];
        assert!(!part(&mut small, None, Some(17.0)), "nothing gets smaller than the smallest");
    }
}
