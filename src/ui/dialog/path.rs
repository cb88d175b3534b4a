//! Asks for a path by typing it: for systems without a file dialog, and for those who prefer the keyboard.

use std::path::PathBuf;

use egui::{Context, Key, Modifiers, RichText};

use super::{footer, main_button, modal};
use crate::ui::edit::{Editing, edit_ui};
use crate::ui::style::Chrome;

/// What the path is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathPurpose {
    /// A timeline to open.
    Open,
    /// Where to save the timeline.
    Save,
    /// Where to write a picture or a brief.
    Export,
    /// A file to keep as evidence.
    Capture,
    /// A table or chronology to read events from.
    ImportEvents,
    /// A folder of notes to read events from.
    ImportFolder,
    /// Where to write the rows that an import did not take.
    Rejected,
    /// A file of references to read sources from.
    ImportSources,
    /// Where to write the sources.
    ExportSources,
    /// A timeline to compare the open one with.
    Compare,
    /// Where to save a copy of an earlier version.
    Version,
}

impl PathPurpose {
    /// Whether it is for something to be written, which need not be there yet.
    pub const fn is_to_write(self) -> bool {
        matches!(self, Self::Save | Self::Export | Self::ExportSources | Self::Version | Self::Rejected)
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Open => "Open a timeline",
            Self::Save => "Save the timeline as",
            Self::Export => "Export to",
            Self::Capture => "Attach a capture",
            Self::ImportEvents => "Import events",
            Self::ImportFolder => "Import a folder of notes",
            Self::Rejected => "Save the rejected rows as",
            Self::ImportSources => "Import sources",
            Self::ExportSources => "Write the sources to",
            Self::Compare => "Compare with",
            Self::Version => "Save a copy of the version as",
        }
    }

    const fn verb(self) -> &'static str {
        match self {
            Self::Open => "Open file",
            Self::Save => "Save file",
            Self::Export => "Choose",
            Self::Capture => "Attach file",
            Self::ImportEvents | Self::ImportSources => "Import file",
            Self::ImportFolder => "Import folder",
            Self::ExportSources => "Export file",
            Self::Compare => "Compare file",
            Self::Version | Self::Rejected => "Save file",
        }
    }
}

/// The form.
#[derive(Debug, Clone)]
pub struct PathForm {
    /// What the path is for.
    pub purpose: PathPurpose,
    /// The path as typed.
    pub text: String,
    /// What there is to say about this path, for example that a file would be replaced.
    pub note: Option<String>,
    focused: bool,
}

impl PathForm {
    /// A form with a path to start from.
    pub fn new(purpose: PathPurpose, start: impl Into<String>) -> Self {
        Self { purpose, text: start.into(), note: None, focused: false }
    }
}

/// What became of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathAnswer {
    /// The text is another one now.
    Changed,
    /// This path.
    Chosen(PathBuf),
    /// None.
    Cancelled,
}

/// Shows the form.
pub fn path_ui(ctx: &Context, form: &mut PathForm, chrome: Chrome) -> Option<PathAnswer> {
    let modal = modal(ctx, "path").show(ctx, |ui| {
        ui.set_width(520.0);
        ui.heading(form.purpose.title());
        ui.add_space(8.0);
        let id = ui.make_persistent_id("path");
        let response = edit_ui(ui, id, &mut form.text, &Editing::line(), |edit| edit.desired_width(f32::INFINITY));
        let response = response.accessible_name("Path");
        // A single-line field gives the keyboard up on Enter.
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if !form.focused || entered && form.text.trim().is_empty() {
            response.request_focus();
            form.focused = true;
        }
        ui.add_space(4.0);
        let note = form.note.as_deref().unwrap_or("A full path, or one that starts in the current folder");
        ui.label(RichText::new(note).small().color(chrome.muted));
        if entered {
            ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        }
        let answer = footer(ui, |ui| {
            let path = form.text.trim();
            let cancel = ui.button("Cancel").clicked();
            let main = ui
                .add_enabled(!path.is_empty(), main_button(form.purpose.verb(), chrome))
                .on_disabled_hover_text("Type a path first");
            if !path.is_empty() && (main.clicked() || entered) {
                return Some(PathAnswer::Chosen(PathBuf::from(path)));
            }
            cancel.then_some(PathAnswer::Cancelled)
        });
        answer.or_else(|| response.changed().then_some(PathAnswer::Changed))
    });
    let closed = modal.should_close();
    modal.inner.or_else(|| closed.then_some(PathAnswer::Cancelled))
}
