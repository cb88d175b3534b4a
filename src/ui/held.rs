//! The strip that says which other window has the file open, with the button that takes it over.

use egui::{Align, Button, Frame, Label, Layout, Margin, Panel, RichText, Ui};

use super::style::{Chrome, GRID_PT};
use super::{Action, Command, ReadOnly};
use crate::text::visible;

/// Height of the strip in points.
const STRIP_PT: f32 = 36.0;

/// The strip below the top bar. `holder` says who has, or had, the file open: "since 14:03 by anna".
pub fn held_ui(ui: &mut Ui, reason: ReadOnly, holder: &str, chrome: Chrome, actions: &mut Vec<Action>) {
    let words = match reason {
        ReadOnly::Held if holder.is_empty() => "Open in another window: read-only here".to_owned(),
        ReadOnly::Held => format!("Open in another window {holder}: read-only here"),
        ReadOnly::Released => "No other window has this file open any more; it is still read-only here".to_owned(),
        ReadOnly::Reading | ReadOnly::Damaged { .. } => return,
    };
    let frame = Frame::new().fill(chrome.selected).inner_margin(Margin::symmetric(12, 0));
    Panel::top("held").exact_size(STRIP_PT).frame(frame).show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 3.0 * GRID_PT;
            let button = Button::new(Command::TakeOver.label());
            let is_free = reason == ReadOnly::Released;
            let response = ui.add_enabled(is_free, button).on_hover_text(Command::TakeOver.tooltip());
            if response.on_disabled_hover_text("Once the other window has closed the file").clicked() {
                actions.push(Action::Run(Command::TakeOver));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let label = Label::new(RichText::new(visible(&words)).color(chrome.text)).truncate();
                let response = ui.add(label).on_hover_text("Save as… keeps a copy that you can change");
                ui.ctx().accesskit_node_builder(response.id, |builder| builder.set_live(egui::accesskit::Live::Polite));
            });
        });
    });
}
