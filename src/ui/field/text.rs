//! A field of text: one line that wraps, or several.

use std::borrow::Cow;

use egui::{Id, Key, Modifiers, Stroke, Ui};

use super::{Ink, help_ui};
use crate::text::{hidden_signs, visible};
use crate::ui::edit::{Editing, edit_ui};
use crate::ui::keyboard::keep_caret;

/// Signs that nobody sees of which it is said below a field which they are; more are counted.
const MOST_HIDDEN: usize = 6;

/// What a field of text is.
#[derive(Debug, Clone, Copy)]
pub struct TextField<'a> {
    /// Stays the same as long as it is the same field of the same record.
    pub id: Id,
    /// Its accessible name.
    pub name: &'a str,
    /// Shown while it is empty.
    pub hint: &'a str,
    /// Rows it has at least; with one row, Enter commits, with more it starts a line and Ctrl+Enter commits.
    pub rows: usize,
    /// Whether a field of one row keeps the lines of what is pasted into it, as an entry of a list of references has them.
    pub keeps_lines: bool,
    /// Whether it can be typed in; where not, its text can still be selected and copied.
    pub enabled: bool,
    /// Whether what stands in it cannot be committed.
    pub invalid: bool,
    /// Whether it takes the focus now.
    pub focus: bool,
}

/// What happened to a field of text in this frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It does not have the focus.
    Idle,
    /// It has the focus.
    Focused,
    /// It was left by Enter: what was typed is meant, and the form it stands in too.
    Entered,
    /// It was left by a click or key elsewhere: what was typed is meant.
    Left,
    /// It was left by Escape: what was typed is dropped.
    Reverted,
}

/// Shows `value`, or the draft that differs from it, and keeps the draft up to date with what is typed. A field of one line
/// shows a value of several on one; only a text that differs from what is shown is a draft: nobody has typed the rest.
pub fn text_ui(ui: &mut Ui, ink: Ink, field: TextField<'_>, value: &str, draft: &mut Option<String>) -> Outcome {
    if !field.enabled {
        let mut shown = value;
        let response = edit_ui(ui, field.id, &mut shown, &Editing::lines(), |edit| {
            edit.desired_rows(field.rows).desired_width(f32::INFINITY)
        });
        let response = response.accessible_name(visible(field.name));
        if field.focus {
            response.request_focus();
        }
        hidden_ui(ui, ink, value);
        return Outcome::Idle;
    }
    let is_line = field.rows == 1 && !field.keeps_lines;
    let shown = if is_line { on_one_line(value) } else { Cow::Borrowed(value) };
    let mut buffer = draft.take().unwrap_or_else(|| shown.clone().into_owned());
    if field.rows > 1 {
        keep_caret(ui.ctx(), field.id);
    }
    let response = edit_ui(ui, field.id, &mut buffer, &Editing::lines(), |edit| {
        let edit = edit.hint_text(field.hint).desired_rows(field.rows).desired_width(f32::INFINITY);
        if field.rows == 1 { edit.return_key(None) } else { edit }
    });
    let response = response.accessible_name(visible(field.name));
    if field.invalid {
        let radius = ui.visuals().widgets.inactive.corner_radius;
        ui.painter().rect_stroke(response.rect, radius, Stroke::new(1.0, ink.error), egui::StrokeKind::Inside);
    }
    if is_line && let Cow::Owned(line) = on_one_line(&buffer) {
        buffer = line;
    }
    hidden_ui(ui, ink, &buffer);
    let changed = buffer != *shown;
    if changed {
        *draft = Some(buffer);
    }
    if field.focus {
        // Only now: a field that has the focus while it is drawn loses it to a click elsewhere, and the click may be the one
        // that asked for it. The key that asked for it is not typed into it either.
        response.request_focus();
        return Outcome::Focused;
    }
    if ui.memory(|memory| memory.has_focus(field.id)) {
        let done = if field.rows == 1 { Modifiers::NONE } else { Modifiers::COMMAND };
        if ui.input_mut(|input| input.consume_key(done, Key::Enter)) {
            response.surrender_focus();
            return Outcome::Entered;
        }
        return Outcome::Focused;
    }
    if !response.lost_focus() {
        return Outcome::Idle;
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        *draft = None;
        return Outcome::Reverted;
    }
    Outcome::Left
}

/// Names what the text of the field above holds without anybody seeing it: it is shown as it is, so that it can be edited.
fn hidden_ui(ui: &mut Ui, ink: Ink, text: &str) {
    let signs = hidden_signs(text);
    let (named, more) = signs.split_at(signs.len().min(MOST_HIDDEN));
    if named.is_empty() {
        return;
    }
    let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
    help_ui(ui, ink, &format!("Holds signs that are not seen: {}{more}", named.join(", ")));
}

/// The lines of a text on one, with a space between each two.
fn on_one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" "))
}
