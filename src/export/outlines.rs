//! Outlines for `vello_cpu`: how the PNG fills and strokes them, and the marks of the screen alike.

use vello_cpu::kurbo::{BezPath, Cap, Join, Point, Stroke as Pen};

use crate::geom;
use crate::scene::{Segment, Stroke};

/// Dashes of which so many pixels would hold a pair are a line.
const LEAST_DASHES_PX: f64 = 0.5;

/// An outline with its points where `place` says; none where it does not begin at a point or one is no number.
pub(crate) fn path(segments: &[Segment], place: impl Fn(geom::Point) -> Point) -> Option<BezPath> {
    if !matches!(segments.first(), Some(Segment::MoveTo(_))) {
        return None;
    }
    let mut path = BezPath::new();
    for segment in segments {
        match *segment {
            Segment::MoveTo(to) => path.move_to(place(to)),
            Segment::LineTo(to) => path.line_to(place(to)),
            Segment::CubicTo(first, second, to) => path.curve_to(place(first), place(second), place(to)),
            Segment::Close => path.close_path(),
        }
    }
    path.is_finite().then_some(path)
}

/// The pen of a stroke at a scale in pixels per point, `width` pixels wide; its dashes begin `cut_pt` points into the line.
pub(crate) fn pen(stroke: Stroke, scale: f64, width: f64, cut_pt: f64) -> Pen {
    let pen = Pen::new(width).with_caps(Cap::Butt).with_join(Join::Miter);
    match stroke.dash {
        Some((on, off)) if on >= 0.0 && off > 0.0 && (on + off) * scale >= LEAST_DASHES_PX => {
            let offset = cut_pt.rem_euclid(on + off) * scale;
            pen.with_dashes(offset, [on * scale, off * scale])
        }
        _ => pen,
    }
}
