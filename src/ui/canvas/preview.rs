//! What a running gesture shows: the rubber band of a range, the ghost of an event where it would be written.

use egui::{Align2, CornerRadius, Painter, Rangef, Rect, Stroke, StrokeKind, pos2, vec2};

use super::measuring::Reading;
use crate::index::Entry;
use crate::layout::Viewport;
use crate::text::Face;
use crate::theme::{Theme, font};
use crate::time::{Date, Instant, Zone};
use crate::ui::paint::{color32, font_id};

/// The least width of a ghost, in points.
const LEAST_GHOST_PT: f32 = 8.0;

/// Everything a preview is drawn with, in screen coordinates.
pub(super) struct Preview<'a> {
    /// Clipped to the track.
    pub(super) painter: Painter,
    /// Where the bands are.
    pub(super) track: Rect,
    /// The window in time.
    pub(super) viewport: &'a Viewport,
    /// Colours.
    pub(super) theme: &'a Theme,
}

/// Where a date would stand.
pub(super) struct Ghost<'a> {
    /// The date.
    pub(super) date: &'a Date,
    /// The zone of the axis.
    pub(super) zone: Zone,
    /// Top and bottom of its row.
    pub(super) y: Rangef,
}

impl Preview<'_> {
    /// A stretch of time over the whole height, with the words for it.
    pub(super) fn range(&self, from: Instant, to: Instant, words: &str) {
        let rect = Rect::from_x_y_ranges(self.x(from.min(to))..=self.x(from.max(to)), self.track.y_range());
        self.tinted(rect, 0.0);
        self.words(rect, words);
    }

    /// A rubber band.
    pub(super) fn band(&self, rect: Rect) {
        self.tinted(rect, 0.0);
    }

    /// The line on which a band would land, over names and bands.
    pub(super) fn landing(&self, painter: &Painter, rect: Rect) {
        let y = rect.center().y;
        painter.hline(rect.x_range(), y, Stroke::new(2.0, color32(self.theme.accent)));
        painter.circle_filled(pos2(rect.left() + 4.0, y), 4.0, color32(self.theme.accent));
    }

    /// A ghost, with the words for it, where there are any.
    pub(super) fn ghost(&self, ghost: &Ghost<'_>, words: &str) {
        let Some(entry) = Entry::new(0, 0, ghost.date, ghost.zone) else { return };
        let (left, right) = (self.x(entry.start), self.x(entry.end));
        let spare = ((LEAST_GHOST_PT - (right - left)) / 2.0).max(0.0);
        let rect = Rect::from_min_max(pos2(left - spare, ghost.y.min + 3.0), pos2(right + spare, ghost.y.max - 3.0));
        let guide = Stroke::new(1.0 / self.painter.pixels_per_point(), color32(self.theme.accent));
        self.painter.vline(left, self.track.top()..=rect.top(), guide);
        self.tinted(rect, 3.0);
        if !words.is_empty() {
            self.words(rect, words);
        }
    }

    /// What is measured, at a height of the screen.
    pub(super) fn measured(&self, reading: &Reading, y: f32) {
        let stroke = Stroke::new(1.5, color32(self.theme.accent));
        let under = reading.paint(&self.painter, |at| self.x(at), y, stroke);
        self.words(under, &reading.words);
    }

    fn tinted(&self, rect: Rect, radius: f32) {
        let accent = color32(self.theme.accent);
        let stroke = Stroke::new(1.0, accent);
        let radius = CornerRadius::from(radius);
        self.painter.rect(rect, radius, accent.gamma_multiply(0.16), stroke, StrokeKind::Inside);
    }

    /// Words above a rectangle, on a ground of their own, inside the track.
    pub(super) fn words(&self, rect: Rect, words: &str) {
        let ink = color32(self.theme.on_accent);
        let galley = self.painter.layout_no_wrap(words.to_owned(), font_id(Face::Regular, font::SMALL), ink);
        let size = galley.size() + vec2(12.0, 6.0);
        let x = rect.center().x.clamp(
            self.track.left() + size.x / 2.0,
            (self.track.right() - size.x / 2.0).max(self.track.left() + size.x / 2.0),
        );
        let y = (rect.top() - 4.0).max(self.track.top() + size.y + 4.0);
        let ground = Align2::CENTER_BOTTOM.anchor_size(pos2(x, y), size);
        self.painter.rect_filled(ground, 3.0, color32(self.theme.accent));
        self.painter.galley(ground.min + vec2(6.0, 3.0), galley, ink);
    }

    /// Kept near the track: a tessellator in `f32` has no use for an era's end a billion points away.
    fn x(&self, instant: Instant) -> f32 {
        let x = self.viewport.x_from_instant(instant).clamp(-64.0, self.viewport.width_pt + 64.0);
        self.track.left() + x as f32
    }
}
