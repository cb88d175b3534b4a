//! The strip that keeps unsaved changes of an earlier run on offer while the timeline is looked at.

use egui::{Align, Frame, Label, Layout, Margin, Panel, RichText, Ui};

use super::Action;
use super::style::{Chrome, GRID_PT};
use crate::text::visible;

/// Height of the strip in points.
const STRIP_PT: f32 = 36.0;

/// The strip below the top bar; `text` says what is on offer.
pub fn recovered_ui(ui: &mut Ui, text: &str, chrome: Chrome, actions: &mut Vec<Action>) {
    let frame = Frame::new().fill(chrome.surface).inner_margin(Margin::symmetric(12, 0));
    Panel::top("recovered").exact_size(STRIP_PT).frame(frame).show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 3.0 * GRID_PT;
            if ui.button("Unsaved changes…").on_hover_text("Restore, copy or discard them").clicked() {
                actions.push(Action::ShowRecovered);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(visible(text)).color(chrome.text)).truncate());
            });
        });
    });
}
