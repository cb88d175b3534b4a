//! Entries of menus: of one under the secondary button, and of any that is switched on or chosen.

use egui::{Atom, Button, Popup, Response, Ui, vec2};

use super::available::Facts;
use super::icon::{self, Icon};
use super::{Action, Command};

/// An entry that is switched on or chosen, under the name that it has in its menu; a tick says so.
pub fn named_choice_ui(ui: &mut Ui, command: Command, name: &str, chosen: bool, actions: &mut Vec<Action>) {
    let key = command.shortcut_text(ui.ctx());
    if ticked_ui(ui, name, &key, chosen).on_hover_text(command.tooltip()).clicked() {
        actions.push(Action::Run(command));
        // A click closes the menus by itself, and Enter does not.
        Popup::close_all(ui.ctx());
    }
}

/// An entry with a tick where it is chosen, and its key.
pub fn ticked_ui(ui: &mut Ui, name: &str, key: &str, chosen: bool) -> Response {
    let tick = Atom::paint(vec2(12.0, 12.0), move |ui, args| {
        if chosen {
            icon::paint(ui.painter(), Icon::Tick, args.rect, ui.visuals().text_color());
        }
    });
    let entry = Button::selectable(chosen, (tick, name));
    // An empty text would end the accessible name with a space.
    let entry = if key.is_empty() { entry } else { entry.shortcut_text(key) };
    ui.add(entry)
}

/// A command with its key; where it cannot run, its entry says why.
pub fn context_command_ui(ui: &mut Ui, command: Command, facts: &Facts<'_>, actions: &mut Vec<Action>) {
    let refusal = command.unavailable(facts);
    let mut button = Button::new(command.full_label(facts));
    if let Some(shortcut) = command.shortcuts().next() {
        button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
    }
    let response = ui.add_enabled(refusal.is_none(), button);
    if response.on_disabled_hover_text(refusal.unwrap_or_default()).clicked() {
        actions.push(Action::Run(command));
        ui.close();
    }
}
