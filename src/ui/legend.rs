//! What every mark on the track says, in a window of its own: the legend of exported pictures, whole.

use egui::{Align, Layout, Sense, WidgetInfo, vec2};

use super::paint::paint_scene;
use crate::scene::{Legend, legend};
use crate::text::Shaper;
use crate::theme::Theme;

/// Shows the legend; says whether it stays open.
pub fn legend_ui(ctx: &egui::Context, theme: &Theme, shaper: &mut Shaper) -> bool {
    let modal = egui::Modal::new(egui::Id::unique("legend")).frame(super::dialog::frame(ctx)).show(ctx, |ui| {
        let width = (ui.ctx().content_rect().width() - 80.0).min(720.0);
        ui.set_width(width);
        ui.heading("Legend");
        ui.add_space(8.0);
        let scene = legend(&Legend::complete(crate::model::ColorBy::Lane, theme), theme, f64::from(width), shaper);
        let (rect, response) = ui.allocate_exact_size(vec2(width, scene.size.height as f32), Sense::hover());
        paint_scene(&ui.painter_at(rect), &scene, rect.min);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, "How dates and standings are drawn"));
        ui.add_space(8.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.button("Close").clicked()).inner
    });
    !(modal.inner || modal.should_close())
}
