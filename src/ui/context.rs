//! An entry of a menu under the secondary button.

use egui::{Button, Ui};

use super::command::Facts;
use super::{Action, Command};

/// A command with its key; where it cannot run, its entry says why.
pub fn context_command_ui(ui: &mut Ui, command: Command, facts: &Facts<'_>, actions: &mut Vec<Action>) {
    let refusal = command.unavailable(facts);
    let mut button = Button::new(command.label());
    if let Some(shortcut) = command.shortcuts().next() {
        button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
    }
    let response = ui.add_enabled(refusal.is_none(), button);
    if response.on_disabled_hover_text(refusal.unwrap_or_default()).clicked() {
        actions.push(Action::Run(command));
        ui.close();
    }
}
