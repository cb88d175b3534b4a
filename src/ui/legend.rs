//! What the marks on the track say, in a window of its own: the legend of exported pictures.

use egui::{Align, Layout, Sense, WidgetInfo, vec2};

use super::paint::paint_scene;
use super::{Action, CanvasInput, CanvasState, Command, ViewState};
use crate::scene::{Legend, legend};
use crate::text::Shaper;
use crate::theme::{Theme, ThemeName};

/// The legend while it is open.
#[derive(Debug)]
pub struct LegendState {
    /// What occurs in the window.
    in_view: Legend,
    /// Everything there is is shown.
    is_whole: bool,
    /// The theme whose colours `in_view` holds.
    theme: ThemeName,
}

impl LegendState {
    /// The legend of what the canvas shows.
    pub fn of(input: CanvasInput<'_>, view: &ViewState, canvas: &CanvasState, shaper: &mut Shaper) -> Self {
        let in_view = canvas.legend(input, view, shaper);
        let is_whole = in_view.forms.is_empty();
        Self { in_view, is_whole, theme: input.theme.name }
    }
}

/// Shows the legend; says whether it stays open. `shows_signs` says whether signs of sourcing stand beside marks.
pub fn legend_ui(
    ctx: &egui::Context,
    state: &mut LegendState,
    theme: &Theme,
    shaper: &mut Shaper,
    shows_signs: bool,
    actions: &mut Vec<Action>,
) -> bool {
    let modal = egui::Modal::new(egui::Id::unique("legend")).frame(super::dialog::frame(ctx)).show(ctx, |ui| {
        let width = (ui.ctx().content_rect().width() - 80.0).min(720.0);
        ui.set_width(width);
        ui.horizontal(|ui| {
            ui.heading("Legend");
            super::dialog::at_the_right(ui, "which marks", |ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                for (is_whole, label) in [(false, "In the window"), (true, "All marks")] {
                    if ui.selectable_label(state.is_whole == is_whole, label).clicked() {
                        state.is_whole = is_whole;
                    }
                }
            });
        });
        ui.add_space(8.0);
        // The colours of another theme say nothing here.
        let whole = Legend::complete(state.in_view.color_by, theme);
        let shown = if state.is_whole || state.theme != theme.name { &whole } else { &state.in_view };
        let scene = legend(shown, theme, f64::from(width), shaper);
        let (rect, response) = ui.allocate_exact_size(vec2(width, scene.size.height as f32), Sense::hover());
        paint_scene(&ui.painter_at(rect), &scene, rect.min);
        response.widget_info(|| {
            WidgetInfo::labeled(egui::Role::Image, true, "How dates, standings and sourcing are drawn")
        });
        ui.add_space(8.0);
        let mut shows = shows_signs;
        let signs = ui.checkbox(&mut shows, "Show sourcing signs beside marks");
        if signs.on_hover_text(Command::SourcingSigns.tooltip()).changed() {
            actions.push(Action::Run(Command::SourcingSigns));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.button("Close").clicked()).inner
    });
    !(modal.inner || modal.should_close())
}
