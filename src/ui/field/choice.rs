//! A field with a closed set of values: a menu of them, or a small stepper.

use std::ops::RangeInclusive;

use egui::{ComboBox, Event, EventFilter, Key, Modifiers, Response, Ui};

use super::Ink;
use crate::query::fold;

/// A menu of options, each with its wording. Returns what was chosen, if it is not what stood there. With the focus on it, the
/// arrows go to the option before or after, and a letter or digit to the next option that begins with it. `focus` gives it the focus.
pub fn choice_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    enabled: bool,
    focus: bool,
    current: &T,
    options: &[(T, String)],
) -> Option<T> {
    let wording = options.iter().find(|(option, _)| option == current).map_or("", |(_, wording)| wording.as_str());
    let mut chosen = None;
    let mut left = false;
    let width = ui.available_width();
    ui.add_enabled_ui(enabled, |ui| {
        let combo = ComboBox::from_id_salt(name).width(width).truncate().selected_text(wording);
        let shown = combo.show_ui(ui, |ui| {
            for (option, wording) in options {
                if ui.selectable_label(option == current, wording).clicked() {
                    chosen = Some(option.clone()).filter(|option| option != current);
                    // A click closes the menu by itself, Enter does not.
                    left = true;
                    ui.close();
                }
            }
        });
        let response = shown.response.accessible_name(name);
        if (focus || left) && enabled {
            response.request_focus();
            response.scroll_to_me(None);
        }
        if enabled && response.has_focus() {
            let is_open = shown.inner.is_some();
            chosen = chosen.take().or_else(|| chosen_by_key(ui, &response, is_open, current, options));
            if is_open && chosen.is_some() {
                egui::Popup::close_all(ui.ctx());
            }
        }
    });
    chosen
}

fn chosen_by_key<T: Clone + PartialEq>(
    ui: &Ui,
    response: &Response,
    is_open: bool,
    current: &T,
    options: &[(T, String)],
) -> Option<T> {
    // While the menu is open, the arrows walk through it.
    let filter = EventFilter { vertical_arrows: !is_open, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let at = options.iter().position(|(option, _)| option == current);
    let (down, up) = ui.input_mut(|input| {
        let mut take = |key| if is_open { 0 } else { input.count_and_consume_key(Modifiers::NONE, key) };
        (take(Key::ArrowDown), take(Key::ArrowUp))
    });
    let last = options.len().checked_sub(1)?;
    let mut wanted = (down + up > 0).then(|| (at.unwrap_or(0) + down).saturating_sub(up).min(last));
    if let Some(typed) = ui.input_mut(take_typed) {
        let typed = fold(&typed);
        let begins = |at: &usize| options.get(*at).is_some_and(|(_, wording)| fold(wording).starts_with(&typed));
        let after = at.map_or(0, |at| at + 1);
        wanted = (after..options.len()).chain(0..after).find(begins).or(wanted);
    }
    options.get(wanted?).map(|(option, _)| option).filter(|option| *option != current).cloned()
}

/// The letter or digit typed in this frame, taken from the input together with its key, which may be that of a command.
fn take_typed(input: &mut egui::InputState) -> Option<String> {
    let typed = input.events.iter().find_map(|event| match event {
        Event::Text(text) if text.chars().all(char::is_alphanumeric) => Some(text.clone()),
        _ => None,
    })?;
    input.events.retain(|event| match event {
        Event::Text(_) => false,
        Event::Key { key, pressed, .. } => !(*pressed && key.name().chars().count() == 1),
        _ => true,
    });
    Some(typed)
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
