//! What every part of the canvas draws on and points at in a frame: what it is given, the plan of its picture, and where that is
//! on the screen.
//!
//! Points of the picture begin at its corner, points of the screen at that of the window.

use egui::{Pos2, Rect, pos2};

use crate::geom::{self, Point};
use crate::index::{Band, BandKey, Spot};
use crate::model::Text;
use crate::scene::Plan;
use crate::theme::Theme;
use crate::ui::{Document, Preferences};

/// What the canvas looks at and does not change.
#[derive(Clone, Copy)]
pub struct CanvasInput<'a> {
    /// The document.
    pub doc: Document<'a>,
    /// Its colours.
    pub theme: &'a Theme,
    /// How the user wants it.
    pub preferences: Preferences<'a>,
}

/// The canvas in one frame. Neither scroll nor window in time changes anything of it.
#[derive(Clone, Copy)]
pub(super) struct Surface<'a> {
    pub(super) input: CanvasInput<'a>,
    /// Where everything of the track stands.
    pub(super) plan: &'a Plan,
    /// The picture of the track on the screen.
    pub(super) rect: Rect,
    /// The overview on the screen.
    pub(super) strip: Rect,
}

impl Surface<'_> {
    /// A rectangle of the picture, on the screen.
    pub(super) fn on_screen(&self, rect: geom::Rect) -> Rect {
        let corner = |x: f64, y: f64| pos2(x as f32, y as f32) + self.rect.min.to_vec2();
        Rect::from_min_max(corner(rect.x0, rect.y0), corner(rect.x1, rect.y1))
    }

    /// The bands on the screen.
    pub(super) fn track(&self) -> Rect {
        self.on_screen(self.plan.areas.track)
    }

    /// A point of the screen, in the picture.
    pub(super) fn point(&self, position: Pos2) -> Point {
        Point::new(f64::from(position.x - self.rect.left()), f64::from(position.y - self.rect.top()))
    }

    /// How far a point of the screen is right of the left edge of the track, in points; negative over the names.
    pub(super) fn x(&self, position: Pos2) -> f64 {
        self.point(position).x - self.plan.areas.track.x0
    }

    /// The lane that dropping something at a point of the scrolled picture puts it into: none where the bands are no lanes or
    /// there is no band, `Some(None)` in the band of those without a lane.
    pub(super) fn lane_at(&self, at: Point, scroll_y: f64) -> Option<Option<Text>> {
        let bands = self.input.doc.index.bands();
        match bands.get(self.plan.band_at(at, scroll_y)?)?.key {
            BandKey::Lane(position) => Some(Some(self.input.doc.timeline.lanes().get(position)?.id.clone())),
            BandKey::Rest if bands_are_lanes(bands) => Some(None),
            BandKey::Rest | BandKey::Gone(_) | BandKey::Standing(_) | BandKey::Value(_) | BandKey::Others => None,
        }
    }

    /// The rows of an event in the scrolled picture, each with its band, from the top: several where it stands in several bands,
    /// none where it has no place on the axis.
    pub(super) fn rows_of(&self, event: &str, scroll_y: f64) -> Vec<(usize, geom::Rect)> {
        let doc = self.input.doc;
        let positions: Vec<usize> = match doc.accounts {
            Some(accounts) => accounts.positions(event).collect(),
            None => doc.timeline.event_position(event).into_iter().collect(),
        };
        let row = |spot: Spot| Some((spot.band as usize, self.plan.row_rect(spot, scroll_y)?));
        positions.into_iter().flat_map(|position| self.plan.spots(doc.index, position)).filter_map(row).collect()
    }
}

fn bands_are_lanes(bands: &[Band]) -> bool {
    bands.iter().any(|band| matches!(band.key, BandKey::Lane(_)))
}
