//! Asks what becomes of unsaved changes.

use egui::Context;

use super::{footer, main_button, modal};
use crate::ui::style::Chrome;

/// What becomes of unsaved changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnsavedAnswer {
    /// They are saved first.
    Save,
    /// They are given up.
    Discard,
    /// Nothing happens; the timeline stays open.
    Cancel,
}

/// Shows the question about the timeline of this name.
pub fn unsaved_ui(ctx: &Context, name: &str, chrome: Chrome) -> Option<UnsavedAnswer> {
    let modal = modal(ctx, "unsaved").show(ctx, |ui| {
        ui.set_width(400.0);
        ui.heading(format!("Save the changes to “{name}”?"));
        ui.add_space(8.0);
        ui.label("Changes that are not saved are lost.");
        footer(ui, |ui| {
            let mut answer = None;
            let mut choice = |clicked: bool, chosen| answer = answer.or(clicked.then_some(chosen));
            choice(ui.button("Don’t save").clicked(), UnsavedAnswer::Discard);
            choice(ui.button("Cancel").clicked(), UnsavedAnswer::Cancel);
            choice(ui.add(main_button("Save changes", chrome)).clicked(), UnsavedAnswer::Save);
            answer
        })
    });
    modal.inner.or_else(|| modal.should_close().then_some(UnsavedAnswer::Cancel))
}
