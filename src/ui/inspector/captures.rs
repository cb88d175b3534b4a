//! The captures of a source: files kept as evidence, each with its hash and whether it still agrees with it.
//!
//! Entries are only added, never taken away. Copying a file and computing hashes is for `app` and `store`.

use egui::{Label, RichText, Ui};

use super::event::draft_line_ui;
use super::form::{Form, Initially, card_ui, command_button_ui, section_ui};
use super::slot::Slot;
use crate::diagnostic::Subject;
use crate::model::{Capture, CaptureField, Source};
use crate::text::visible;
use crate::ui::field;
use crate::ui::state::CaptureCheck;
use crate::ui::{Action, Command, ViewState};

/// Hexadecimal digits of a hash shown at either end.
const DIGITS: usize = 8;

/// Every capture of a source, and the way to attach one.
pub fn captures_ui(ui: &mut Ui, form: &mut Form<'_>, view: &ViewState, source: &Source) {
    section_ui(ui, "Captures", Some(source.captures.len()), Initially::Open, |ui| {
        if source.captures.is_empty() {
            field::help_ui(ui, form.ink, "No file is kept of it yet");
        }
        for (at, capture) in source.captures.iter().enumerate() {
            ui.push_id(("capture", at), |ui| {
                card_ui(ui, form, |ui, form| capture_ui(ui, form, view.transient.captures, source, at, capture));
            });
        }
        if !form.editable() {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            command_button_ui(ui, form, Command::AttachCapture);
            if !source.captures.is_empty() {
                command_button_ui(ui, form, Command::CheckCaptures);
            }
        });
        field::row(ui, form.ink, "Your name", |ui| {
            let hint = "Left out where empty";
            let mut name = form.collector.to_owned();
            draft_line_ui(ui, form, "Your name for captures", hint, &mut name, &mut false);
            if name != form.collector {
                form.actions.push(Action::NameCollector(name));
            }
            field::help_ui(ui, form.ink, "Written into each capture you attach; it can endanger people");
        });
    });
}

fn capture_ui(ui: &mut Ui, form: &mut Form<'_>, check: CaptureCheck, source: &Source, at: usize, capture: &Capture) {
    let number = at + 1;
    let slot = |field| Slot::Capture(source.id.clone(), at, field);
    let name = |what: &str| format!("Capture {number} {what}");
    let superseded = source.captures.iter().skip(number).any(|later| later.path() == capture.path());
    field::row(ui, form.ink, "File", |ui| {
        let response = field::link_ui(ui, form.ink, &capture.file).accessible_name(format!("Open capture {number}"));
        if response.on_hover_text("Open the file").clicked() {
            form.actions.push(Action::OpenCapture(capture.file.clone()));
        }
        state_ui(ui, form, check, source, at, superseded);
    });
    field::row(ui, form.ink, capture.hash.algorithm.label(), |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.add(Label::new(shortened(&capture.hash.value))).on_hover_text(&*capture.hash.value);
            let response = field::small_button_ui(ui, "Copy").on_hover_text("Copy all digits");
            if response.accessible_name(format!("Copy hash {number}")).clicked() {
                ui.ctx().copy_text(capture.hash.value.to_string());
            }
        });
    });
    if let Some(alters) = &capture.alters {
        field::row(ui, form.ink, "Made from", |ui| ui.add(Label::new(visible(alters)).wrap()));
    }
    form.named_text(ui, &slot(CaptureField::Captured), &name("captured"));
    form.named_text(ui, &slot(CaptureField::By), &name("by"));
    form.named_text(ui, &slot(CaptureField::Note), &name("note"));
    if form.editable() && !superseded {
        let response = field::row(ui, form.ink, "", |ui| field::small_button_ui(ui, "Record an alteration…"));
        let response = response.on_hover_text("Attach a file that was made from this one: a crop, a redaction");
        if response.accessible_name(format!("Record an alteration of capture {number}")).clicked() {
            let alters = Some(capture.file.clone());
            form.actions.push(Action::AttachCapture { source: source.id.clone(), alters });
        }
    }
}

/// Whether the file is there and still has its hash.
fn state_ui(ui: &mut Ui, form: &Form<'_>, check: CaptureCheck, source: &Source, at: usize, superseded: bool) {
    let number = at.to_string();
    let is_here = |problem: &&&crate::diagnostic::Diagnostic| {
        problem.subject == Subject::Source(source.id.clone())
            && matches!(problem.field.as_slice(), [list, place, ..] if list == "captures" && *place == number)
    };
    let mut problems = form.problems.iter().filter(is_here).peekable();
    if problems.peek().is_some() {
        for problem in problems {
            field::diagnostic_ui(ui, form.ink, problem);
        }
        return;
    }
    let (text, color) = match check {
        _ if superseded => ("Replaced by a later entry of this name", form.ink.muted),
        CaptureCheck::Unsaved => ("Checked once the timeline is saved", form.ink.muted),
        CaptureCheck::Running => ("Checking…", form.ink.muted),
        CaptureCheck::Done => ("Unchanged: the file has this hash", form.chrome.ok),
    };
    ui.add(Label::new(RichText::new(text).small().color(color)).wrap());
}

/// "1a2b3c4d…5e6f7a8b".
fn shortened(hash: &str) -> String {
    let digits: Vec<char> = hash.chars().collect();
    if digits.len() <= 2 * DIGITS {
        return hash.to_owned();
    }
    let (head, tail) = (digits.iter().take(DIGITS), digits.iter().skip(digits.len() - DIGITS));
    head.chain(std::iter::once(&'…')).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_hashes_show_both_ends() {
        assert_eq!(shortened(&"0123456789abcdef".repeat(4)), "01234567…89abcdef");
        assert_eq!(shortened("0123456789abcdef"), "0123456789abcdef");
    }
}
