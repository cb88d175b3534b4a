//! Where cells stand, and the id that a row has: what drawing, keys, menus and editing share of a row.

use egui::{Rect, pos2};

use super::ROW_PT;
use super::column::Column;

/// Where a column stands in each row.
#[derive(Debug, Clone)]
pub struct Cell {
    /// What it shows.
    pub column: Column,
    /// Its left edge on the screen, in points.
    pub left: f32,
    /// Its right edge.
    pub right: f32,
}

impl Cell {
    /// The cell in a row whose top is here.
    pub fn rect(&self, top: f32) -> Rect {
        Rect::from_min_max(pos2(self.left, top), pos2(self.right, top + ROW_PT))
    }
}

/// The id of the row of an event.
pub fn row_id(event: &str) -> egui::Id {
    egui::Id::unique(("table row", event))
}
