//! Paints the outlines of a mark as its standing says: by fill and line, never by colour alone.
//!
//! ```text
//!   Confirmed  filled                 ●  ████    Denied     hollow, crosses in it      ⊗  [× ×]
//!   Reported   lightly filled         ○  ▒▒▒▒    Retracted  hollow, struck through     ⊖  ─[──]─
//!   Alleged    hollow, dashed         ◌  ┌╌╌┐    Expected   hollow, dotted, an arrow   ◌  ┌┈›┈┐
//!   Disputed   its lower half filled  ◒  ▄▄▄▄               in what is short
//! ```
//!
//! Every kind of mark takes all of them, ends that are soft, open or unknown too: a fill fades there, and so does a line.

use super::piece::{End, MOST_LEAST, OPEN_FADE, Piece, UNKNOWN_FADE};
use super::{Item, Segment, Stroke};
use crate::account::Telling;
use crate::geom::{Point, Rect};
use crate::model::{Stance, Standing};
use crate::theme::{Color, Theme};

/// How far a Bézier control lies along the tangent of a quarter circle, in radii.
const QUARTER: f64 = 0.552_284_75;
/// From one cross of something denied to the next, in points.
const CROSS_STEP: f64 = 48.0;
/// How far the line through something retracted sticks out of it, in points.
const STRIKE_REACH: f64 = 3.0;
/// What is expected has an arrow up to this width; its dots are plain beyond it.
const MOST_ARROW: f64 = 32.0;
/// Alpha of a fill where an end is soft, and of a line there.
const FAINT: u8 = 28;
const FAINT_LINE: u8 = 96;

/// The fill and the line of a standing in a colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    /// The inside.
    pub fill: Color,
    /// The line around it.
    pub line: Stroke,
    /// The colour of the mark.
    pub ink: Color,
    /// How much ink the soft body of a window holds, 0–1.
    softness: f64,
    /// Filled with the ink.
    pub is_solid: bool,
    /// Only the lower half is filled with the ink.
    pub is_half: bool,
    /// Crosses stand in it.
    pub is_crossed: bool,
    /// A line runs through it, and through its label.
    pub is_struck: bool,
    /// An arrow points ahead in it.
    pub is_ahead: bool,
    /// Text on its fill has the contrast that the theme asks of text.
    reads: bool,
}

impl Look {
    /// What a standing looks like on a ground.
    pub(super) fn of(standing: Standing, ink: Color, ground: Color, theme: &Theme) -> Self {
        let hollow = Self {
            fill: ground.mix(theme.background, 0.6),
            line: Stroke::solid(1.5, ink),
            ink,
            softness: 0.0,
            is_solid: false,
            is_half: false,
            is_crossed: false,
            is_struck: false,
            is_ahead: false,
            reads: true,
        };
        let dashed = |on, off| Stroke { width: 1.5, color: ink, dash: Some((on, off)) };
        match standing {
            Standing::Confirmed => {
                let reads = theme.text_on(ink).contrast(ink) >= theme.text_contrast();
                Self { fill: ink, softness: 0.36, is_solid: true, reads, ..hollow }
            }
            Standing::Reported => Self { fill: ground.mix(ink, 0.28), softness: 0.14, ..hollow },
            Standing::Alleged => Self { line: dashed(5.0, 3.0), softness: 0.06, ..hollow },
            Standing::Disputed => Self { softness: 0.06, is_half: true, ..hollow },
            Standing::Denied => Self { softness: 0.06, is_crossed: true, ..hollow },
            Standing::Retracted => Self { line: Stroke::solid(1.0, ink), softness: 0.06, is_struck: true, ..hollow },
            Standing::Expected => Self { line: dashed(1.5, 2.5), softness: 0.06, is_ahead: true, ..hollow },
        }
    }

    /// What the telling of an account looks like on a ground: a stance as the standing that it amounts to, a silence as the faintest
    /// outline of what is not told.
    pub(super) fn of_telling(telling: Telling, ink: Color, ground: Color, theme: &Theme) -> Self {
        let look = Self::of(standing_of(telling), ink, ground, theme);
        if telling != Telling::Silent {
            return look;
        }
        let ink = ground.mix(theme.text_muted, 0.7);
        let line = Stroke { width: 1.0, color: ink, dash: Some((1.5, 2.5)) };
        Self { fill: ground, line, ink, softness: 0.0, ..look }
    }

    /// Whether a label can be read inside a body of this look as it is. In another it stands on a plate.
    pub(super) const fn holds_label(&self) -> bool {
        self.reads && !self.is_half && !self.is_crossed && !self.is_struck
    }

    /// The plate on which a label stands where it could not be read otherwise.
    pub(super) fn plate(&self, ground: Color, theme: &Theme) -> Option<Color> {
        (!self.holds_label()).then(|| ground.mix(theme.background, 0.6))
    }

    /// The fill of a window's soft body: what happened once in it did not fill it.
    fn soft(&self, ground: Color) -> Color {
        ground.mix(self.ink, self.softness)
    }

    /// The brackets of a window.
    const fn bracket(&self) -> Stroke {
        if self.is_solid { Stroke::solid(2.5, self.ink) } else { self.line }
    }

    /// The colour of a label inside a piece.
    pub(super) fn label_color(&self, piece: &Piece, theme: &Theme) -> Color {
        match piece {
            _ if !self.holds_label() => theme.text,
            Piece::Window { .. } | Piece::Join { .. } => theme.text,
            Piece::Day { .. } | Piece::Time { .. } | Piece::Bar { .. } if self.is_solid => theme.text_on(self.fill),
            Piece::Day { .. } | Piece::Time { .. } | Piece::Bar { .. } => theme.text,
        }
    }
}

/// The standing that a telling looks like.
pub(super) const fn standing_of(telling: Telling) -> Standing {
    match telling {
        Telling::Told(Stance::Supports) => Standing::Confirmed,
        Telling::Told(Stance::Disputes) => Standing::Disputed,
        Telling::Told(Stance::Denies) => Standing::Denied,
        Telling::Told(Stance::Mentions) => Standing::Reported,
        Telling::Silent => Standing::Alleged,
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

/// Where a body is whole and where it fades.
///
/// ```text
///        ░░▒▒▓▓██████████▓▓▒▒░░
///       x0    from       to    x1
/// ```
#[derive(Debug, Clone, Copy)]
struct Profile {
    x0: f64,
    from: f64,
    to: f64,
    x1: f64,
    /// It fades to nothing at this end; else it stays faint.
    vanishes: (bool, bool),
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
                let radius = rect.height() / 2.0;
                self.body(rounded(rect, radius), || rounded_lower(rect, radius), rect, look);
                self.signs(rect, look);
            }
            Piece::Time { .. } => {
                if is_approximate {
                    self.wings(rect, look.ink);
                }
                self.body(pointed(rect), || pointed_lower(rect), rect, look);
                self.signs(rect, look);
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

    /// An outline with its fill; `lower` is the half of it that is filled where only half is.
    fn body(&mut self, outline: Vec<Segment>, lower: impl FnOnce() -> Vec<Segment>, rect: Rect, look: &Look) {
        let line = fitted(look.line, rect);
        if look.is_half {
            self.items.push(Item::Path { segments: outline.clone(), fill: Some(look.fill), stroke: None });
            self.items.push(Item::Path { segments: lower(), fill: Some(look.ink), stroke: None });
            self.items.push(Item::Path { segments: outline, fill: None, stroke: Some(line) });
        } else {
            self.items.push(Item::Path { segments: outline, fill: Some(look.fill), stroke: Some(line) });
        }
    }

    /// What stands in a body beside its fill: crosses, the line through it, the arrow.
    fn signs(&mut self, rect: Rect, look: &Look) {
        let middle = rect.center();
        // Signs of their own size, whatever the body's: a wide one has room for several.
        let reach = (rect.height() / 2.0 - 2.0).clamp(2.0, 4.0);
        let mut segments = Vec::new();
        let mut stroke = |from: (f64, f64), to: (f64, f64)| {
            segments.push(Segment::MoveTo(Point::new(from.0, from.1)));
            segments.push(Segment::LineTo(Point::new(to.0, to.1)));
        };
        if look.is_crossed {
            for x in self.spread(rect) {
                stroke((x - reach, middle.y - reach), (x + reach, middle.y + reach));
                stroke((x - reach, middle.y + reach), (x + reach, middle.y - reach));
            }
        }
        if look.is_struck {
            stroke((rect.x0 - STRIKE_REACH, middle.y), (rect.x1 + STRIKE_REACH, middle.y));
        }
        if look.is_ahead && rect.width() <= MOST_ARROW {
            let half = (reach - 1.0).max(1.5);
            let (back, tip) = (middle.x - half / 2.0, middle.x + half / 2.0);
            stroke((back, middle.y - half), (tip, middle.y));
            stroke((tip, middle.y), (back, middle.y + half));
        }
        if !segments.is_empty() {
            let stroke = Some(Stroke::solid(1.5, look.ink));
            self.items.push(Item::Path { segments, fill: None, stroke });
        }
    }

    /// Where signs stand in a body: in its middle, or one every so often as far as it is in sight.
    fn spread(&self, rect: Rect) -> Vec<f64> {
        if rect.width() < 2.0 * CROSS_STEP {
            return vec![rect.center().x];
        }
        // Counted from the body's own start, so that signs move with it.
        let first = ((self.bounds.0 - rect.x0) / CROSS_STEP).ceil().max(0.0);
        let last = ((rect.x1.min(self.bounds.1) - rect.x0) / CROSS_STEP).floor() - 1.0;
        let count = (last - first).max(0.0) as u32;
        (0..=count).map(|at| rect.x0 + (first + f64::from(at) + 0.5) * CROSS_STEP).collect()
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
        let profile = self.profile(rect, rect, (left, right));
        self.filled(&profile, (rect.y0, rect.y1), look.soft(self.ground));
        if look.is_half {
            self.filled(&profile, (rect.center().y, rect.y1), self.ground.mix(look.ink, 0.5));
        }
        if look.line.dash.is_some() {
            // Brackets are too short to show many dashes. The line is below alone: a span has one above too.
            self.edge(&profile, rect.y1, look.line);
        }
        let foot = 4.0_f64.min(rect.width() / 3.0);
        // Those of the smallest windows are one outline: a picture of many has thousands.
        let is_small = rect.width() <= MOST_LEAST;
        let mut segments = Vec::with_capacity(if is_small { 8 } else { 4 });
        for (end, x, inwards) in [(left, rect.x0, foot), (right, rect.x1, -foot)] {
            if end != End::Sharp {
                continue;
            }
            let (top, bottom) = (Point::new(x + inwards, rect.y0), Point::new(x + inwards, rect.y1));
            segments.push(Segment::MoveTo(top));
            if is_approximate {
                let lean = |y| Point::new(x - inwards * 0.35, y);
                let third = rect.height() / 3.0;
                segments.push(Segment::CubicTo(lean(rect.y0 + third), lean(rect.y1 - third), bottom));
            } else {
                let corners = [Point::new(x, rect.y0), Point::new(x, rect.y1), bottom];
                segments.extend(corners.map(Segment::LineTo));
            }
            if !is_small {
                let segments = std::mem::take(&mut segments);
                self.items.push(Item::Path { segments, fill: None, stroke: Some(look.bracket()) });
            }
        }
        if !segments.is_empty() {
            self.items.push(Item::Path { segments, fill: None, stroke: Some(look.bracket()) });
        }
        self.tips(rect, (left, right), look.ink);
        self.signs(signed(rect, &profile, (left, right)), look);
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
            self.body(rounded(rect, radius), || rounded_lower(rect, radius), rect, look);
            self.signs(rect, look);
            return;
        }
        let profile = self.profile(rect, solid, (left, right));
        self.filled(&profile, (rect.y0, rect.y1), look.fill);
        if look.is_half {
            self.filled(&profile, (rect.center().y, rect.y1), look.ink);
        }
        if !look.is_solid {
            self.edge(&profile, rect.y0, look.line);
            self.edge(&profile, rect.y1, look.line);
            for (end, x) in [(left, rect.x0), (right, rect.x1)] {
                if end == End::Sharp {
                    let (from, to) = (Point::new(x, rect.y0), Point::new(x, rect.y1));
                    self.items.push(Item::Line { from, to, stroke: look.line });
                }
            }
        }
        self.tips(rect, (left, right), look.ink);
        self.signs(signed(rect, &profile, (left, right)), look);
    }

    /// Where a body fades: outside its solid part, and before the window's edge where it goes on.
    fn profile(&self, rect: Rect, solid: Rect, (left, right): (End, End)) -> Profile {
        let (x0, from) = match left {
            End::Sharp => (rect.x0, rect.x0),
            End::Soft => (rect.x0, solid.x0),
            End::Unknown => (rect.x0, solid.x0.max(rect.x0 + UNKNOWN_FADE)),
            End::Open => {
                let edge = rect.x0.max(self.bounds.0);
                (edge, edge + OPEN_FADE)
            }
        };
        let (to, x1) = match right {
            End::Sharp => (rect.x1, rect.x1),
            End::Soft => (solid.x1, rect.x1),
            End::Unknown => (solid.x1.min(rect.x1 - UNKNOWN_FADE), rect.x1),
            End::Open => {
                let edge = rect.x1.min(self.bounds.1);
                (edge - OPEN_FADE, edge)
            }
        };
        // Fades that would cross meet between the two ends.
        let meet = f64::midpoint(from, to).clamp(x0.min(x1), x1.max(x0));
        let (from, to) = if from <= to { (from, to) } else { (meet, meet) };
        let vanishes = |end| matches!(end, End::Open | End::Unknown);
        Profile { x0, from, to, x1, vanishes: (vanishes(left), vanishes(right)) }
    }

    /// The fill of a body between two heights.
    fn filled(&mut self, profile: &Profile, (y0, y1): (f64, f64), fill: Color) {
        let end = |vanishes| fill.with_alpha(if vanishes { 0 } else { FAINT });
        self.fade(Rect::new(profile.x0, y0, profile.from, y1), end(profile.vanishes.0), fill);
        self.fade(Rect::new(profile.to, y0, profile.x1, y1), fill, end(profile.vanishes.1));
        if profile.from < profile.to {
            let rect = Rect::new(profile.from, y0, profile.to, y1);
            self.items.push(Item::Rect { rect, radius: 0.0, fill: Some(fill), stroke: None });
        }
    }

    /// A line along a body. Dashes cannot fade: they turn faint instead, and stop half-way to where a body vanishes.
    fn edge(&mut self, profile: &Profile, y: f64, line: Stroke) {
        let Profile { x0, from, to, x1, vanishes } = *profile;
        let mut level = |x0: f64, x1: f64, stroke: Stroke| {
            if x0 < x1 {
                self.items.push(Item::Line { from: Point::new(x0, y), to: Point::new(x1, y), stroke });
            }
        };
        level(from, to, line);
        let faint = Stroke { color: line.color.with_alpha(FAINT_LINE), ..line };
        if line.dash.is_some() {
            level(if vanishes.0 { f64::midpoint(x0, from) } else { x0 }, from, faint);
            level(to, if vanishes.1 { f64::midpoint(to, x1) } else { x1 }, faint);
            return;
        }
        let end = |vanishes| if vanishes { line.color.with_alpha(0) } else { faint.color };
        let half = line.width / 2.0;
        self.fade(Rect::new(x0, y - half, from, y + half), end(vanishes.0), line.color);
        self.fade(Rect::new(to, y - half, x1, y + half), line.color, end(vanishes.1));
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
            self.items.push(Item::Gradient { rect, left: from, right: to });
        }
    }
}

/// The part of a body that takes signs: not where it goes on, nor where "?" stands.
fn signed(rect: Rect, profile: &Profile, (left, right): (End, End)) -> Rect {
    const QUESTION: f64 = 20.0;
    let from = match left {
        End::Sharp | End::Soft => rect.x0,
        End::Unknown => rect.x0 + QUESTION,
        End::Open => profile.from,
    };
    let to = match right {
        End::Sharp | End::Soft => rect.x1,
        End::Unknown => rect.x1 - QUESTION,
        End::Open => profile.to,
    };
    if from <= to { Rect { x0: from, x1: to, ..rect } } else { rect }
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
