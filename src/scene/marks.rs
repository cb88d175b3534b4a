//! Paints the outlines of a mark as its standing says: by fill and line, never by colour alone.
//!
//! ```text
//!   Confirmed  filled            Disputed   half filled
//!   Reported   lightly filled    Denied     hollow, crossed out
//!   Alleged    hollow, dashed    Retracted  hollow, its label struck
//!   Expected   hollow, dotted
//! ```

use super::piece::{End, OPEN_FADE, Piece};
use super::{Item, Segment, Stroke};
use crate::geom::{Point, Rect};
use crate::model::Standing;
use crate::theme::{Color, Theme};

/// How far a Bézier control lies along the tangent of a quarter circle, in radii.
const QUARTER: f64 = 0.552_284_75;

/// The fill and the line of a standing in a colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    /// The inside.
    pub fill: Color,
    /// The line around it.
    pub line: Stroke,
    /// The colour of the lane.
    pub ink: Color,
    /// Filled with the ink.
    pub is_solid: bool,
    /// Only the lower half is filled with the ink.
    pub is_half: bool,
    /// A line crosses it out.
    pub is_crossed: bool,
    /// Its label is struck.
    pub is_struck: bool,
}

impl Look {
    /// What a standing looks like on a ground.
    pub(super) fn of(standing: Standing, ink: Color, ground: Color, theme: &Theme) -> Self {
        let hollow = Self {
            fill: ground.mix(theme.background, 0.6),
            line: Stroke::solid(1.5, ink),
            ink,
            is_solid: false,
            is_half: false,
            is_crossed: false,
            is_struck: false,
        };
        let dashed = |on, off| Stroke { width: 1.5, color: ink, dash: Some((on, off)) };
        match standing {
            Standing::Confirmed => Self { fill: ink, is_solid: true, ..hollow },
            Standing::Reported => Self { fill: ground.mix(ink, 0.28), ..hollow },
            Standing::Alleged => Self { line: dashed(3.5, 2.5), ..hollow },
            Standing::Disputed => Self { is_half: true, ..hollow },
            Standing::Denied => Self { is_crossed: true, ..hollow },
            Standing::Retracted => Self { line: Stroke::solid(1.0, ink), is_struck: true, ..hollow },
            Standing::Expected => Self { line: dashed(1.5, 2.0), ..hollow },
        }
    }

    /// Whether a label can be read inside a body of this look.
    pub(super) const fn holds_label(&self) -> bool {
        !self.is_half && !self.is_crossed && !self.is_struck
    }

    /// The fill of a window's soft body: what happened once in it did not fill it.
    fn soft(&self, ground: Color) -> Color {
        ground.mix(self.ink, if self.is_solid { 0.26 } else { 0.12 })
    }

    /// The colour of a label inside a piece.
    pub(super) fn label_color(&self, piece: &Piece, theme: &Theme) -> Color {
        match piece {
            Piece::Window { .. } | Piece::Join { .. } => theme.text,
            Piece::Day { .. } | Piece::Time { .. } | Piece::Bar { .. } if self.is_solid => theme.text_on(self.fill),
            Piece::Day { .. } | Piece::Time { .. } | Piece::Bar { .. } => theme.text,
        }
    }
}

/// Paints marks onto a list.
pub(super) struct Pen<'a> {
    /// Where they go.
    pub items: &'a mut Vec<Item>,
    /// Left and right edge of the track: open ends fade before them.
    pub bounds: (f64, f64),
    /// The ground they lie on.
    pub ground: Color,
}

impl Pen<'_> {
    /// One outline around the middle of a row.
    pub(super) fn piece(&mut self, piece: Piece, y: f64, look: &Look, is_approximate: bool) {
        let rect = piece.rect(y);
        match piece {
            Piece::Day { .. } => {
                if is_approximate {
                    self.wings(rect, look.ink);
                }
                self.body(rounded(rect, rect.height() / 2.0), rounded_lower(rect, rect.height() / 2.0), rect, look);
                self.cross(rect, look);
            }
            Piece::Time { .. } => {
                if is_approximate {
                    self.wings(rect, look.ink);
                }
                self.body(pointed(rect), pointed_lower(rect), rect, look);
                self.cross(rect, look);
            }
            Piece::Window { left, right, .. } => self.window(rect, (left, right), look, is_approximate),
            Piece::Bar { solid0, solid1, left, right, .. } => {
                let solid = Rect::new(solid0, rect.y0, solid1, rect.y1);
                self.bar(rect, solid, (left, right), look, is_approximate);
            }
            Piece::Join { x0, x1, is_dotted } => {
                let stroke = Stroke { width: 1.5, color: look.ink, dash: is_dotted.then_some((1.5, 3.0)) };
                self.items.push(Item::Line { from: Point::new(x0, y), to: Point::new(x1, y), stroke });
            }
        }
    }

    fn body(&mut self, outline: Vec<Segment>, lower: Vec<Segment>, rect: Rect, look: &Look) {
        let line = fitted(look.line, rect);
        if look.is_half {
            self.items.push(Item::Path { segments: outline.clone(), fill: Some(look.fill), stroke: None });
            self.items.push(Item::Path { segments: lower, fill: Some(look.ink), stroke: None });
            self.items.push(Item::Path { segments: outline, fill: None, stroke: Some(line) });
        } else {
            self.items.push(Item::Path { segments: outline, fill: Some(look.fill), stroke: Some(line) });
        }
    }

    /// The line through something denied.
    fn cross(&mut self, rect: Rect, look: &Look) {
        if !look.is_crossed {
            return;
        }
        let middle = rect.center();
        let reach = rect.height() / 2.0 + 2.0;
        let half_width = if rect.width() > 2.0 * rect.height() { rect.width() / 2.0 + 2.0 } else { reach };
        let y_reach = if half_width > reach { 0.0 } else { reach };
        self.items.push(Item::Line {
            from: Point::new(middle.x - half_width, middle.y + y_reach),
            to: Point::new(middle.x + half_width, middle.y - y_reach),
            stroke: Stroke::solid(1.5, look.ink),
        });
    }

    /// Soft edges to both sides of something approximate.
    fn wings(&mut self, rect: Rect, ink: Color) {
        let (y0, y1) = (rect.y0 + 2.0, rect.y1 - 2.0);
        let middle = rect.center().x;
        self.fade(Rect::new(rect.x0 - 7.0, y0, middle, y1), ink.with_alpha(0), ink.with_alpha(110));
        self.fade(Rect::new(middle, y0, rect.x1 + 7.0, y1), ink.with_alpha(110), ink.with_alpha(0));
    }

    /// Brackets with a soft body; parentheses where the bounds are approximate.
    fn window(&mut self, rect: Rect, (left, right): (End, End), look: &Look, is_approximate: bool) {
        let soft = look.soft(self.ground);
        self.soft_ends(rect, rect, (left, right), soft);
        if look.is_half {
            let lower = Rect::new(rect.x0 + 1.0, rect.center().y, rect.x1 - 1.0, rect.y1);
            self.items.push(Item::Rect {
                rect: lower,
                radius: 0.0,
                fill: Some(self.ground.mix(look.ink, 0.5)),
                stroke: None,
            });
        }
        let foot = 4.0_f64.min(rect.width() / 3.0);
        for (end, x, inwards) in [(left, rect.x0, foot), (right, rect.x1, -foot)] {
            if end != End::Sharp {
                continue;
            }
            let top = Point::new(x + inwards, rect.y0);
            let bottom = Point::new(x + inwards, rect.y1);
            let segments = if is_approximate {
                let lean = |y| Point::new(x - inwards * 0.35, y);
                let third = rect.height() / 3.0;
                vec![Segment::MoveTo(top), Segment::CubicTo(lean(rect.y0 + third), lean(rect.y1 - third), bottom)]
            } else {
                vec![
                    Segment::MoveTo(top),
                    Segment::LineTo(Point::new(x, rect.y0)),
                    Segment::LineTo(Point::new(x, rect.y1)),
                    Segment::LineTo(bottom),
                ]
            };
            let width = if look.is_solid { 2.0 } else { look.line.width };
            let stroke = Stroke { width, ..look.line };
            self.items.push(Item::Path { segments, fill: None, stroke: Some(stroke) });
        }
        self.tips(rect, (left, right), look.ink);
        self.cross(rect, look);
    }

    /// A body with sharp, soft, open or unknown ends.
    fn bar(&mut self, rect: Rect, solid: Rect, (left, right): (End, End), look: &Look, is_approximate: bool) {
        let radius = 3.0;
        let soften = |end| if is_approximate && end == End::Sharp { End::Soft } else { end };
        let (mut solid, approximate) = (solid, (soften(left), soften(right)));
        let (left, right) = approximate;
        // An approximate end is soft inside its bounds, which it never widens.
        let inset = (rect.width() / 4.0).min(12.0);
        if is_approximate && left == End::Soft {
            solid.x0 = solid.x0.max(rect.x0 + inset).min(solid.x1);
        }
        if is_approximate && right == End::Soft {
            solid.x1 = solid.x1.min(rect.x1 - inset).max(solid.x0);
        }
        if left == End::Sharp && right == End::Sharp {
            self.body(rounded(rect, radius), rounded_lower(rect, radius), rect, look);
            self.cross(rect, look);
            return;
        }
        let fill = if look.is_half || look.is_solid { look.fill } else { self.ground.mix(look.ink, 0.2) };
        self.soft_ends(rect, solid, (left, right), fill);
        if look.is_half {
            let lower = Rect::new(solid.x0, solid.center().y, solid.x1, solid.y1);
            self.items.push(Item::Rect { rect: lower, radius: 0.0, fill: Some(look.ink), stroke: None });
        }
        if !look.is_solid {
            self.open_outline(solid, (left, right), look.line);
        }
        self.tips(rect, (left, right), look.ink);
        self.cross(Rect::new(solid.x0, rect.y0, solid.x1.max(solid.x0 + 8.0), rect.y1), look);
    }

    /// Top and bottom lines, and a cap where an end is sharp.
    fn open_outline(&mut self, solid: Rect, (left, right): (End, End), line: Stroke) {
        let (from, to) = (
            if left == End::Open { solid.x0 + OPEN_FADE } else { solid.x0 },
            if right == End::Open { solid.x1.min(self.bounds.1) - OPEN_FADE } else { solid.x1 },
        );
        if to <= from {
            return;
        }
        for y in [solid.y0, solid.y1] {
            self.items.push(Item::Line { from: Point::new(from, y), to: Point::new(to, y), stroke: line });
        }
        for (end, x) in [(left, solid.x0), (right, solid.x1)] {
            if end == End::Sharp {
                self.items.push(Item::Line {
                    from: Point::new(x, solid.y0),
                    to: Point::new(x, solid.y1),
                    stroke: line,
                });
            }
        }
    }

    /// The fill of a body that fades outside its solid part, and before the window's edge where it goes on.
    fn soft_ends(&mut self, rect: Rect, solid: Rect, (left, right): (End, End), fill: Color) {
        let (mut from, mut to) = (solid.x0, solid.x1);
        let faint = fill.with_alpha(28);
        let none = fill.with_alpha(0);
        if left == End::Open {
            from = rect.x0.max(self.bounds.0);
            let until = (from + OPEN_FADE).min(to);
            self.fade(Rect::new(from, rect.y0, until, rect.y1), none, fill);
            from = until;
        }
        if right == End::Open {
            to = rect.x1.min(self.bounds.1);
            let since = (to - OPEN_FADE).max(from);
            self.fade(Rect::new(since, rect.y0, to, rect.y1), fill, none);
            to = since;
        }
        match left {
            End::Soft => self.fade(Rect::new(rect.x0, rect.y0, from, rect.y1), faint, fill),
            End::Unknown => {
                from = from.max(rect.x0 + super::piece::UNKNOWN_FADE);
                self.fade(Rect::new(rect.x0, rect.y0, from, rect.y1), none, fill);
            }
            End::Sharp | End::Open => {}
        }
        match right {
            End::Soft => self.fade(Rect::new(to, rect.y0, rect.x1, rect.y1), fill, faint),
            End::Unknown => {
                to = to.min(rect.x1 - super::piece::UNKNOWN_FADE);
                self.fade(Rect::new(to, rect.y0, rect.x1, rect.y1), fill, none);
            }
            End::Sharp | End::Open => {}
        }
        if from < to {
            let rect = Rect::new(from, rect.y0, to, rect.y1);
            self.items.push(Item::Rect { rect, radius: 0.0, fill: Some(fill), stroke: None });
        }
    }

    /// Arrow heads where something goes on.
    fn tips(&mut self, rect: Rect, (left, right): (End, End), ink: Color) {
        let y = rect.center().y;
        let (x_left, x_right) = (rect.x0.max(self.bounds.0) + 4.0, rect.x1.min(self.bounds.1) - 4.0);
        for (end, x, back) in [(left, x_left, 5.0), (right, x_right, -5.0)] {
            if end == End::Open {
                let segments = vec![
                    Segment::MoveTo(Point::new(x + back, y - 5.0)),
                    Segment::LineTo(Point::new(x, y)),
                    Segment::LineTo(Point::new(x + back, y + 5.0)),
                ];
                self.items.push(Item::Path { segments, fill: None, stroke: Some(Stroke::solid(1.5, ink)) });
            }
        }
    }

    /// A rectangle that changes colour from left to right; nothing where it has no width.
    fn fade(&mut self, rect: Rect, from: Color, to: Color) {
        if rect.width() > 0.0 {
            self.items.push(Item::Gradient { rect, stops: vec![(0.0, from), (1.0, to)] });
        }
    }
}

/// The stroke with its dashes stretched so that a whole number of them goes around a small circle.
fn fitted(line: Stroke, rect: Rect) -> Stroke {
    let Some((on, off)) = line.dash else { return line };
    if rect.width() > 2.0 * rect.height() {
        return line;
    }
    let around = std::f64::consts::PI * rect.height() + 2.0 * (rect.width() - rect.height()).max(0.0);
    let stretch = around / ((around / (on + off)).round().max(1.0) * (on + off));
    Stroke { dash: Some((on * stretch, off * stretch)), ..line }
}

/// The outline of a rectangle with round corners.
pub(super) fn rounded(rect: Rect, radius: f64) -> Vec<Segment> {
    let mut segments = rounded_upper_arc(rect, radius);
    segments.extend(rounded_lower_arc(rect, radius));
    segments.push(Segment::Close);
    segments
}

/// The lower half of [`rounded`].
fn rounded_lower(rect: Rect, radius: f64) -> Vec<Segment> {
    let middle = rect.center().y;
    let mut segments = vec![Segment::MoveTo(Point::new(rect.x1, middle))];
    segments.extend(rounded_lower_arc(rect, radius));
    segments.push(Segment::Close);
    segments
}

/// From the middle of the left side over the top to the middle of the right side.
fn rounded_upper_arc(rect: Rect, radius: f64) -> Vec<Segment> {
    let r = radius.min(rect.height() / 2.0).min(rect.width() / 2.0);
    let k = r * (1.0 - QUARTER);
    let Rect { x0, y0, x1, .. } = rect;
    vec![
        Segment::MoveTo(Point::new(x0, rect.center().y)),
        Segment::LineTo(Point::new(x0, y0 + r)),
        Segment::CubicTo(Point::new(x0, y0 + k), Point::new(x0 + k, y0), Point::new(x0 + r, y0)),
        Segment::LineTo(Point::new(x1 - r, y0)),
        Segment::CubicTo(Point::new(x1 - k, y0), Point::new(x1, y0 + k), Point::new(x1, y0 + r)),
        Segment::LineTo(Point::new(x1, rect.center().y)),
    ]
}

/// From the middle of the right side under the bottom to the middle of the left side.
fn rounded_lower_arc(rect: Rect, radius: f64) -> Vec<Segment> {
    let r = radius.min(rect.height() / 2.0).min(rect.width() / 2.0);
    let k = r * (1.0 - QUARTER);
    let Rect { x0, x1, y1, .. } = rect;
    vec![
        Segment::LineTo(Point::new(x1, y1 - r)),
        Segment::CubicTo(Point::new(x1, y1 - k), Point::new(x1 - k, y1), Point::new(x1 - r, y1)),
        Segment::LineTo(Point::new(x0 + r, y1)),
        Segment::CubicTo(Point::new(x0 + k, y1), Point::new(x0, y1 - k), Point::new(x0, y1 - r)),
        Segment::LineTo(Point::new(x0, rect.center().y)),
    ]
}

/// A diamond, drawn out to a body with pointed ends.
fn pointed(rect: Rect) -> Vec<Segment> {
    let half = rect.height() / 2.0;
    let y = rect.center().y;
    let (from, to) = tips_of(rect, half);
    vec![
        Segment::MoveTo(Point::new(rect.x0, y)),
        Segment::LineTo(Point::new(from, rect.y0)),
        Segment::LineTo(Point::new(to, rect.y0)),
        Segment::LineTo(Point::new(rect.x1, y)),
        Segment::LineTo(Point::new(to, rect.y1)),
        Segment::LineTo(Point::new(from, rect.y1)),
        Segment::Close,
    ]
}

fn pointed_lower(rect: Rect) -> Vec<Segment> {
    let y = rect.center().y;
    let (from, to) = tips_of(rect, rect.height() / 2.0);
    vec![
        Segment::MoveTo(Point::new(rect.x0, y)),
        Segment::LineTo(Point::new(rect.x1, y)),
        Segment::LineTo(Point::new(to, rect.y1)),
        Segment::LineTo(Point::new(from, rect.y1)),
        Segment::Close,
    ]
}

fn tips_of(rect: Rect, half: f64) -> (f64, f64) {
    let tip = half.min(rect.width() / 2.0);
    (rect.x0 + tip, rect.x1 - tip)
}
