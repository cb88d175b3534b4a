//! Scrolling the lanes up and down where they do not fit.

use egui::{Color32, Id, Rect, Role, Sense, WidgetInfo, pos2};

use crate::scene::Plan;
use crate::theme::Theme;
use crate::ui::ViewState;
use crate::ui::paint::color32;

/// Width of the bar, in points.
const BAR_PT: f32 = 6.0;
/// Width in which it can be grasped, in points.
const GRASP_PT: f32 = 12.0;
/// The least length of its handle, in points.
const LEAST_HANDLE_PT: f32 = 24.0;

/// How much there is to scroll.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scroll {
    /// Height of all lanes in points.
    pub(super) content_pt: f64,
    /// Height in which they are shown, in points.
    pub(super) shown_pt: f64,
}

impl Scroll {
    /// How much there is of a plan.
    pub(super) fn of(plan: &Plan) -> Self {
        let top = plan.areas.track.y0;
        Self { content_pt: plan.content_height() - top, shown_pt: (plan.size.height - top).max(1.0) }
    }

    /// The furthest [`Place::scroll_y`](crate::ui::Place::scroll_y) can be.
    pub(super) fn limit(self) -> f64 {
        (self.content_pt - self.shown_pt).max(0.0)
    }

    /// Brings the scroll back into range.
    pub(super) fn clamp(self, view: &mut ViewState) {
        view.place.scroll_y = view.place.scroll_y.clamp(0.0, self.limit());
    }

    /// The bar at the right edge of the lanes, where they do not fit. Says whether it is held.
    pub(super) fn bar_ui(self, ui: &egui::Ui, id: Id, lanes: Rect, theme: &Theme, view: &mut ViewState) -> bool {
        if self.limit() <= 0.0 || lanes.height() <= LEAST_HANDLE_PT {
            return false;
        }
        let grasp = Rect::from_min_max(pos2(lanes.right() - GRASP_PT, lanes.top()), lanes.right_bottom());
        let response = ui.interact(grasp, id, Sense::drag());
        response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, "Scroll lanes"));
        let length = (lanes.height() * (self.shown_pt / self.content_pt) as f32).max(LEAST_HANDLE_PT);
        let way = lanes.height() - length;
        if response.dragged() {
            view.place.scroll_y += f64::from(response.drag_delta().y) * self.limit() / f64::from(way.max(1.0));
            self.clamp(view);
        }
        let top = lanes.top() + way * (view.place.scroll_y / self.limit()) as f32;
        let handle = Rect::from_min_size(pos2(lanes.right() - BAR_PT - 2.0, top), egui::vec2(BAR_PT, length));
        let strength = if response.dragged() || response.hovered() { 0.6 } else { 0.3 };
        let color: Color32 = color32(theme.text_muted).gamma_multiply(strength);
        ui.painter().rect_filled(handle, BAR_PT / 2.0, color);
        response.dragged()
    }

    /// Scrolls so that one of these rows of the content, each from its top to its bottom, can be seen: that for which it is the
    /// shortest way, and not at all where one can be seen.
    pub(super) fn show_one(self, view: &mut ViewState, rows: impl Iterator<Item = (f64, f64)>) {
        let here = view.place.scroll_y;
        let shown = |(top, bottom): (f64, f64)| if top < here { top } else { here.max(bottom - self.shown_pt) };
        let nearest = rows.map(shown).min_by(|a, b| (a - here).abs().total_cmp(&(b - here).abs()));
        view.place.scroll_y = nearest.unwrap_or(here);
        self.clamp(view);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scrolling_shows_a_row_and_stays_in_range() {
        let scroll = Scroll { content_pt: 500.0, shown_pt: 200.0 };
        let mut view = ViewState::opened();
        for (rows, expected) in [
            (&[(100.0, 120.0)][..], 0.0),
            (&[(300.0, 320.0)], 120.0),
            (&[], 120.0),
            (&[(10.0, 30.0), (200.0, 220.0), (460.0, 480.0)], 120.0),
            (&[(10.0, 30.0), (330.0, 350.0), (460.0, 480.0)], 150.0),
            (&[(490.0, 540.0)], 300.0),
            (&[(10.0, 20.0)], 10.0),
        ] {
            scroll.show_one(&mut view, rows.iter().copied());
            assert_eq!(view.place.scroll_y, expected, "{rows:?}");
        }
    }
}
