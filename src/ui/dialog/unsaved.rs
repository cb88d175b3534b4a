//! Asks what becomes of unsaved changes, and of what is typed and not in the timeline yet.

use egui::{Context, Label};

use super::{begin_at, footer, main_button, modal};
use crate::ui::style::Chrome;

/// What becomes of unsaved changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnsavedAnswer {
    /// They are saved first, with what is typed.
    Save,
    /// They are saved first, and what is typed comes back when the timeline is opened again.
    KeepDraft,
    /// They are given up, with what is typed.
    Discard,
    /// Nothing happens; the timeline stays open.
    Cancel,
}

/// What there is to save.
#[derive(Debug, Clone, Copy)]
pub struct Unsaved<'a> {
    /// The name of the timeline.
    pub name: &'a str,
    /// Whether it differs from its file.
    pub is_changed: bool,
    /// What is typed and not in it, in the middle of a sentence.
    pub typed: Option<&'a str>,
}

/// Shows the question.
pub fn unsaved_ui(ctx: &Context, unsaved: Unsaved<'_>, chrome: Chrome) -> Option<UnsavedAnswer> {
    let modal = modal(ctx, "unsaved").show(ctx, |ui| {
        ui.set_width(440.0);
        ui.heading(format!("Save the changes to “{}”?", unsaved.name));
        ui.add_space(8.0);
        if let Some(typed) = unsaved.typed {
            let saved = if unsaved.is_changed { "; the changes are saved" } else { "" };
            let text = format!(
                "You have typed {typed}, and not added it yet. As a draft it comes back when this timeline is opened again{saved}."
            );
            ui.add(Label::new(text).wrap());
        } else {
            ui.label("Changes that are not saved are lost.");
        }
        footer(ui, |ui| {
            let mut answer = None;
            let mut choice = |clicked: bool, chosen| answer = answer.or(clicked.then_some(chosen));
            choice(ui.button("Don’t save").clicked(), UnsavedAnswer::Discard);
            choice(ui.button("Cancel").clicked(), UnsavedAnswer::Cancel);
            if unsaved.typed.is_some() {
                choice(ui.button("Keep as draft").clicked(), UnsavedAnswer::KeepDraft);
            }
            let main = ui.add(main_button("Save changes", chrome));
            begin_at(&main);
            choice(main.clicked(), UnsavedAnswer::Save);
            answer
        })
    });
    modal.inner.or_else(|| modal.should_close().then_some(UnsavedAnswer::Cancel))
}
