//! Scrolling down a list of rows of one height, however many: 64 bits hold the offset, since 32 tell no points apart from
//! row 700,000 on.

use std::ops::Range;

use egui::{Id, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::ROW_PT;
use crate::theme::Theme;
use crate::ui::color32;

/// Width of the bar, in points.
const BAR_PT: f32 = 8.0;
/// Width in which it can be grasped, in points: what the rows leave free for it.
pub const GRASP_PT: f32 = 14.0;
/// The least length of its handle, in points.
const LEAST_HANDLE_PT: f32 = 24.0;

/// How far a list is scrolled down.
#[derive(Debug, Clone, Copy, Default)]
pub struct RowScroll {
    /// From the top of the first row to the top of the window, in points.
    offset_pt: f64,
    /// How many rows there are.
    rows: usize,
    /// Height of the window, in points.
    window_pt: f64,
}

impl RowScroll {
    /// Takes up how much there is to scroll in this frame.
    pub fn fit(&mut self, rows: usize, window_pt: f32) {
        (self.rows, self.window_pt) = (rows, f64::from(window_pt));
        self.offset_pt = self.offset_pt.clamp(0.0, self.limit_pt());
    }

    fn limit_pt(&self) -> f64 {
        (self.rows as f64 * f64::from(ROW_PT) - self.window_pt).max(0.0)
    }

    /// The rows that can be seen, wholly or in part.
    pub fn seen(&self) -> Range<usize> {
        let row = |at: f64| (at / f64::from(ROW_PT)).max(0.0);
        row(self.offset_pt) as usize..self.rows.min(row(self.offset_pt + self.window_pt).ceil() as usize)
    }

    /// How many rows have room one below the other.
    pub fn page(&self) -> usize {
        ((self.window_pt / f64::from(ROW_PT)) as usize).saturating_sub(1).max(1)
    }

    /// From the top of the window to that of a row, in points.
    pub fn top_pt(&self, row: usize) -> f32 {
        (row as f64 * f64::from(ROW_PT) - self.offset_pt) as f32
    }

    /// Brings a row into the middle of the window.
    pub fn center(&mut self, row: usize) {
        self.offset_pt = (row as f64 + 0.5) * f64::from(ROW_PT) - self.window_pt / 2.0;
        self.fit(self.rows, self.window_pt as f32);
    }

    /// Scrolls as little as brings a row wholly into the window.
    pub fn reveal(&mut self, row: usize) {
        let top = row as f64 * f64::from(ROW_PT);
        self.offset_pt = self.offset_pt.clamp((top + f64::from(ROW_PT) - self.window_pt).min(top), top);
        self.fit(self.rows, self.window_pt as f32);
    }

    /// Takes what the wheel asks for while the pointer is over the rows.
    pub fn wheel(&mut self, ui: &Ui, window: Rect) {
        if ui.rect_contains_pointer(window) {
            self.offset_pt -= f64::from(ui.input(|input| input.smooth_scroll_delta().y));
            self.fit(self.rows, self.window_pt as f32);
        }
    }

    /// The bar at the right edge of the window, where not all rows have room in it.
    pub fn bar_ui(&mut self, ui: &Ui, id: Id, window: Rect, theme: &Theme) {
        let limit = self.limit_pt();
        if limit <= 0.0 || window.height() <= LEAST_HANDLE_PT {
            return;
        }
        let grasp = Rect::from_min_max(pos2(window.right() - GRASP_PT, window.top()), window.right_bottom());
        // The wheel and keys scroll too: the bar is no stop for Tab.
        let response = ui.interact(grasp, id, Sense::CLICK | Sense::DRAG);
        response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, "Scroll the table"));
        let share = self.window_pt / (self.rows as f64 * f64::from(ROW_PT));
        let length = (window.height() * share as f32).max(LEAST_HANDLE_PT);
        let way = f64::from((window.height() - length).max(1.0));
        let top = |offset: f64| window.top() + (way * offset / limit) as f32;
        if response.drag_started() || response.clicked() {
            // Pressed beside the handle, its middle comes there.
            let pressed = response.interact_pointer_pos().map_or(0.0, |at| at.y);
            let handle = top(self.offset_pt);
            if pressed < handle || handle + length < pressed {
                self.offset_pt = f64::from(pressed - length / 2.0 - window.top()) * limit / way;
            }
        }
        self.offset_pt += f64::from(response.drag_delta().y) * limit / way;
        self.fit(self.rows, self.window_pt as f32);
        let corner = pos2(window.right() - BAR_PT - 2.0, top(self.offset_pt));
        let handle = Rect::from_min_size(corner, vec2(BAR_PT, length));
        let strength = if response.dragged() || response.hovered() { 0.6 } else { 0.3 };
        ui.painter().rect_filled(handle, BAR_PT / 2.0, color32(theme.text_muted).gamma_multiply(strength));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_a_million_is_reached_to_the_point() {
        let mut scroll = RowScroll::default();
        scroll.fit(1_000_000, 10.5 * ROW_PT);
        assert_eq!(scroll.seen(), 0..11);
        for row in [999_999, 0, 777_777, 777_778, 777_700] {
            scroll.reveal(row);
            let top = scroll.top_pt(row);
            assert!(-0.001 <= top && top + ROW_PT <= 10.5 * ROW_PT + 0.001, "{row}: {top}");
            assert!(scroll.seen().contains(&row) && scroll.seen().len() <= 12);
            assert!((scroll.top_pt(row) + ROW_PT - scroll.top_pt(row + 1)).abs() < 0.001, "{row}");
        }
        scroll.center(500_000);
        assert!((scroll.top_pt(500_000) - 4.75 * ROW_PT).abs() < 0.001);
        scroll.fit(3, 10.5 * ROW_PT);
        assert_eq!((scroll.seen(), scroll.top_pt(0)), (0..3, 0.0), "what has room is not scrolled");
    }
}
