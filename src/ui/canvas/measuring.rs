//! What is measured on the track by dragging with Alt: the time between two events, an event and a point, or two points.
//!
//! ```text
//!     ●────────┼━━━━━ 124 to 153 days apart ━━━━┼───────░░ November ░░
//!          the most                        the least
//! ```
//!
//! An end near the edge of a mark is that of its event, as vague as that is; elsewhere it is the point itself, as finely as one can
//! point in the window. Nothing is counted in a finer unit than either end has. It stays, in words and drawn, until the next click or Escape, and nothing of it is ever written.

use egui::{Align2, Painter, Pos2, Rect, Stroke, pos2};

use super::gesture::pointed_precision;
use super::surface::Surface;
use crate::index::Entry;
use crate::layout::Viewport;
use crate::model::Text;
use crate::scene::{Hit, Scene};
use crate::time::{Instant, Precision, Zone};
use crate::ui::Document;
use crate::ui::measure::{Side, between_instants, between_side_and_point, between_sides, room_of};

/// How far from the edge of a mark a point means the mark, in points.
const SNAP_PT: f64 = 8.0;
/// A mark no wider than this has no two edges that a hand could tell apart, in points.
const NARROW_PT: f64 = 24.0;
/// Half the height of the strokes at the ends of the bracket, in points.
const TICK_PT: f32 = 5.0;

/// An end of what is measured.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum End {
    /// A side of an event, by id.
    Event(Text, Side),
    /// A point of the axis, and the finest unit that could be pointed at there.
    Point(Instant, Precision),
}

/// What is measured, or was measured last.
#[derive(Debug, Clone)]
pub(super) struct Measured {
    /// Where it began.
    pub(super) from: End,
    /// Where it has come to.
    pub(super) to: End,
    /// The height of the pointer in the scrolled content, in points.
    pub(super) content_y: f64,
}

/// What is said and drawn of it.
pub(super) struct Reading {
    /// The time in words.
    pub(super) words: String,
    /// From here to there it is at the most, where that is known.
    most: (Instant, Instant),
    /// And at the least; none where the two may overlap.
    least: Option<(Instant, Instant)>,
}

/// An end on the axis: of an event its entry.
enum Placed {
    Event(Box<Entry>, Side),
    Point(Instant, Precision),
}

impl End {
    /// What a point of the screen means.
    pub(super) fn at(surface: &Surface<'_>, scene: Option<&Scene>, viewport: &Viewport, position: Pos2) -> Self {
        let at = viewport.instant_from_x(surface.x(position).clamp(0.0, viewport.width_pt.max(0.0)));
        let point = surface.point(position);
        let near = scene.into_iter().flat_map(|scene| scene.targets.iter().rev()).find_map(|target| {
            let rect = target.rect;
            let is_label = match &target.subject {
                Hit::Event(_) => false,
                // The handles of a mark lie within it, and its label names it.
                Hit::EventLabel(_) => true,
                _ => return None,
            };
            if is_label {
                return rect.contains(point).then_some((&target.subject, Side::Nearest));
            }
            if point.y < rect.y0 || rect.y1 < point.y || point.x < rect.x0 - SNAP_PT || rect.x1 + SNAP_PT < point.x {
                return None;
            }
            let side = match () {
                () if rect.x1 - rect.x0 <= NARROW_PT => Side::Nearest,
                () if point.x <= rect.x0 + SNAP_PT => Side::Start,
                () if rect.x1 - SNAP_PT <= point.x => Side::End,
                () => return None,
            };
            Some((&target.subject, side))
        });
        let near = near.and_then(|(hit, side)| Some((hit.event(surface.input.doc.timeline)?.clone(), side)));
        match near {
            Some((id, side)) => Self::Event(id, side),
            None => Self::Point(at, pointed_precision(viewport, at)),
        }
    }

    /// The height at which a bracket ends that leads here, in the scrolled picture: below the row of an event, so that it strikes no
    /// title through; else where the pointer is.
    pub(super) fn height(&self, surface: &Surface<'_>, scroll_y: f64, pointer_y: f64) -> f64 {
        let Self::Event(id, _) = self else { return pointer_y };
        let rows = surface.rows_of(id, scroll_y).into_iter().map(|(_, row)| row);
        let row = rows.min_by(|a, b| {
            let away = |row: &crate::geom::Rect| (row.center().y - pointer_y).abs();
            away(a).total_cmp(&away(b))
        });
        row.map_or(pointer_y, |row| row.y1)
    }

    fn placed(&self, doc: Document<'_>) -> Option<Placed> {
        Some(match self {
            Self::Event(id, side) => {
                let position = doc.timeline.event_position(id)?;
                Placed::Event(Box::new(doc.index.entry(doc.timeline, position)?), *side)
            }
            Self::Point(at, unit) => Placed::Point(*at, *unit),
        })
    }
}

impl Measured {
    /// What it comes to; none where an event of it is gone, or has no place on the axis any more.
    pub(super) fn reading(&self, doc: Document<'_>) -> Option<Reading> {
        let (from, to) = (self.from.placed(doc)?, self.to.placed(doc)?);
        // In the order of the axis: what is nearest to the other is the end of the first and the beginning of the second.
        let (first, second) = if from.anchor() <= to.anchor() { (from, to) } else { (to, from) };
        let words = words(&first, &second, doc.zone);
        let (left, reached) = (first.room(true), second.room(false));
        let least = (left.1 < reached.0).then_some((left.1, reached.0));
        Some(Reading { words, most: (left.0, reached.1), least })
    }
}

impl Placed {
    /// Where it stands in order.
    fn anchor(&self) -> Instant {
        match self {
            Self::Event(entry, Side::End) => entry.end,
            Self::Event(entry, Side::Start | Side::Nearest) => entry.start,
            Self::Point(at, _) => *at,
        }
    }

    /// Where it can lie.
    fn room(&self, is_first: bool) -> (Instant, Instant) {
        match self {
            Self::Event(entry, side) => {
                let (from, to) = room_of(entry, *side, is_first);
                let (from, to) = (from.unwrap_or(entry.start), to.unwrap_or(entry.end));
                (from.min(to), to)
            }
            Self::Point(at, _) => (*at, *at),
        }
    }
}

fn words(first: &Placed, second: &Placed, zone: Zone) -> String {
    match (first, second) {
        (Placed::Point(from, unit), Placed::Point(to, other)) => {
            // The units are in order, the coarsest first.
            between_instants(*from, *to, (*unit).min(*other), zone)
        }
        (Placed::Event(first, from), Placed::Event(second, to)) => between_sides((first, *from), (second, *to), zone),
        (Placed::Event(event, side), Placed::Point(at, unit))
        | (Placed::Point(at, unit), Placed::Event(event, side)) => {
            between_side_and_point((event, *side), *at, *unit, zone)
        }
    }
}

impl Reading {
    /// Draws the bracket at a height of the screen; says what lies under its words.
    pub(super) fn paint(&self, painter: &Painter, x: impl Fn(Instant) -> f32, y: f32, stroke: Stroke) -> Rect {
        let thin = Stroke::new(stroke.width / 2.0, stroke.color);
        let (left, right) = (x(self.most.0), x(self.most.1));
        painter.hline(left..=right, y, thin);
        for end in [left, right] {
            painter.vline(end, y - TICK_PT..=y + TICK_PT, stroke);
        }
        if let Some((from, to)) = self.least {
            let (from, to) = (x(from), x(to));
            painter.hline(from..=to, y, Stroke::new(stroke.width * 1.5, stroke.color));
            for end in [from, to] {
                painter.vline(end, y - TICK_PT..=y + TICK_PT, stroke);
            }
        }
        Align2::CENTER_CENTER.anchor_size(pos2((left + right) / 2.0, y), egui::vec2(right - left, 2.0 * TICK_PT))
    }
}
