//! A field with a closed set of values: a menu of them, or a small stepper.

use std::ops::RangeInclusive;

use egui::{ComboBox, Ui};

use super::Ink;

/// A menu of options, each with its wording. Returns what was chosen, if it is not what stood there.
pub fn choice_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    enabled: bool,
    current: &T,
    options: &[(T, String)],
) -> Option<T> {
    let wording = options.iter().find(|(option, _)| option == current).map_or("", |(_, wording)| wording.as_str());
    let mut chosen = None;
    let width = ui.available_width();
    ui.add_enabled_ui(enabled, |ui| {
        let combo = ComboBox::from_id_salt(name).width(width).truncate().selected_text(wording);
        let shown = combo.show_ui(ui, |ui| {
            for (option, wording) in options {
                if ui.selectable_label(option == current, wording).clicked() && option != current {
                    chosen = Some(option.clone());
                }
            }
        });
        shown.response.accessible_name(name);
    });
    chosen
}

/// A number between two buttons. Returns the number asked for.
pub fn stepper_ui(
    ui: &mut Ui,
    ink: Ink,
    name: &str,
    enabled: bool,
    value: u8,
    range: RangeInclusive<u8>,
) -> Option<u8> {
    let mut wanted = None;
    ui.horizontal(|ui| {
        let mut step = |ui: &mut Ui, sign: &str, verb: &str, to: Option<u8>| {
            let to = to.filter(|to| range.contains(to));
            let button = egui::Button::new(sign).min_size(egui::Vec2::splat(ui.spacing().interact_size.y));
            let response = ui.add_enabled(enabled && to.is_some(), button);
            if response.accessible_name(format!("{verb} {}", name.to_lowercase())).clicked() {
                wanted = to;
            }
        };
        step(ui, "−", "Lower", value.checked_sub(1));
        ui.label(egui::RichText::new(value.to_string()).color(ink.text));
        step(ui, "+", "Raise", value.checked_add(1));
    });
    wanted
}
