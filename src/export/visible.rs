//! What of a shape can be seen: shapes that reach far beyond the picture are cut near its edge before they are painted,
//! so that a dash pattern is not laid out along light-years and no painter meets numbers it cannot hold.

use crate::geom::{Point, Rect, Size};
use crate::scene::Stroke;

/// Room kept around the picture, in points, beside what corners and strokes need.
const MARGIN_PT: f64 = 16.0;

/// The part of a line that can be seen, and how much was cut off before it, in points.
pub(super) struct VisibleLine {
    pub from: Point,
    pub to: Point,
    pub cut_pt: f64,
}

/// The part of a line within the picture (Liang and Barsky, 1984); `None` where there is none or it is no line.
pub(super) fn visible_line(from: Point, to: Point, stroke: Stroke, size: Size) -> Option<VisibleLine> {
    if ![from.x, from.y, to.x, to.y, stroke.width].into_iter().all(f64::is_finite) || stroke.width <= 0.0 {
        return None;
    }
    let bounds = room(size, stroke.width);
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let mut enters: f64 = 0.0;
    let mut leaves: f64 = 1.0;
    for (step, distance) in
        [(-dx, from.x - bounds.x0), (dx, bounds.x1 - from.x), (-dy, from.y - bounds.y0), (dy, bounds.y1 - from.y)]
    {
        if step == 0.0 {
            if distance < 0.0 {
                return None;
            }
        } else if step < 0.0 {
            enters = enters.max(distance / step);
        } else {
            leaves = leaves.min(distance / step);
        }
    }
    let at = |t: f64| Point::new(from.x + t * dx, from.y + t * dy);
    (enters < leaves).then(|| VisibleLine {
        from: if enters > 0.0 { at(enters) } else { from },
        to: if leaves < 1.0 { at(leaves) } else { to },
        cut_pt: enters * dx.hypot(dy),
    })
}

/// A rectangle that looks the same within the picture; `None` where nothing of it does or it is empty.
pub(super) fn visible_rect(rect: Rect, radius: f64, stroke_width: f64, size: Size) -> Option<Rect> {
    let keep = radius.max(0.0) + stroke_width.max(0.0);
    let cut = rect.intersection(room(size, keep));
    let finite = [cut.x0, cut.y0, cut.x1, cut.y1].into_iter().all(f64::is_finite);
    (finite && cut.width() > 0.0 && cut.height() > 0.0).then_some(cut)
}

fn room(size: Size, keep: f64) -> Rect {
    Rect::new(0.0, 0.0, size.width, size.height).expanded(keep + MARGIN_PT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Color;

    const SIZE: Size = Size::new(100.0, 50.0);

    fn line(from: (f64, f64), to: (f64, f64)) -> Option<VisibleLine> {
        let point = |(x, y)| Point::new(x, y);
        visible_line(point(from), point(to), Stroke::solid(1.0, Color::rgb(0)), SIZE)
    }

    #[test]
    fn lines_inside_stay_as_they_are() {
        let visible = line((3.0, 4.0), (90.0, 44.0)).unwrap();
        assert_eq!((visible.from, visible.to, visible.cut_pt), (Point::new(3.0, 4.0), Point::new(90.0, 44.0), 0.0));
    }

    #[test]
    fn endless_lines_are_cut_and_the_cut_is_known() {
        let visible = line((-1e12, 20.0), (1e12, 20.0)).unwrap();
        assert!(visible.from.x <= 0.0 && visible.from.x > -100.0 && visible.to.x >= 100.0 && visible.to.x < 200.0);
        assert!((visible.cut_pt - (visible.from.x + 1e12)).abs() < 1.0);
    }

    #[test]
    fn lines_beside_the_picture_and_no_lines_are_left_out() {
        assert!(line((-50.0, 0.0), (-20.0, 50.0)).is_none());
        assert!(line((0.0, 90.0), (100.0, 90.0)).is_none());
        assert!(line((5.0, 5.0), (5.0, 5.0)).is_some_and(|line| line.from == line.to));
        assert!(line((f64::NAN, 0.0), (1.0, 1.0)).is_none());
    }

    #[test]
    fn rectangles_are_cut_beyond_their_corners() {
        let visible = visible_rect(Rect::new(-1e15, 10.0, 1e15, 20.0), 4.0, 2.0, SIZE).unwrap();
        assert!(visible.x0 <= -6.0 && visible.x0 > -60.0 && visible.x1 >= 106.0 && visible.x1 < 160.0);
        assert_eq!((visible.y0, visible.y1), (10.0, 20.0));
        assert!(visible_rect(Rect::new(5.0, 5.0, 5.0, 9.0), 0.0, 0.0, SIZE).is_none());
        assert!(visible_rect(Rect::new(200.0, 5.0, 300.0, 9.0), 0.0, 0.0, SIZE).is_none());
        assert!(
            visible_rect(Rect::new(f64::NAN, 5.0, f64::NAN, 9.0), 0.0, 0.0, SIZE).is_some_and(|rect| rect.x0 < 0.0)
        );
    }
}
