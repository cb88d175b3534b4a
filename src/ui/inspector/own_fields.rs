//! What an event says under names of the user's own: each name with its text, and the way to add one.

use egui::{Ui, vec2};

use super::changes::{Changes, quoted};
use super::event::{draft_line_ui, focus_draft};
use super::form::{Form, Initially, section_ui};
use super::new_line::NewLine;
use super::slot::Slot;
use crate::model::{Event, EventField, Field as _, Text};
use crate::ui::field::{self, GRID_PT, LABEL_WIDTH_PT, Outcome, Problem};
use crate::ui::icon::{Icon, icon_button};
use crate::ui::keyboard::await_field;

/// The accessible name of the line that adds one.
const NEW_NAME: &str = "Name of the new field";

/// Width of a button with an icon and of the gap before it, in points.
const BUTTON_PT: f32 = 34.0;

/// What the fields of the user's own remember between frames.
#[derive(Debug, Default)]
pub struct OwnFieldsState {
    /// The name of a field being added.
    pub new: Option<NewLine>,
    /// The text that takes the focus once it is there.
    focus: Option<Slot>,
}

/// Every name with its text, and the line that adds one.
pub fn own_fields_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut OwnFieldsState, event: &Event) {
    let own = &event.rare.fields;
    if own.is_empty() && !form.editable() {
        return;
    }
    if let Some(slot) = state.focus.take_if(|slot| slot.text(form.doc.timeline).is_some()) {
        form.focus_slot = Some(slot);
    }
    let is_wanted = match &form.focus_slot {
        Some(Slot::Own(id, _) | Slot::OwnName(id, _)) => *id == event.id,
        _ => false,
    };
    let is_wanted = is_wanted || state.new.as_ref().is_some_and(|new| new.event == event.id);
    let initially = if own.is_empty() { Initially::Folded } else { Initially::Open };
    section_ui(ui, EventField::Fields.label(), Some(own.len()), initially.or_shown(is_wanted), |ui| {
        for (at, (name, _)) in own.iter().enumerate() {
            ui.push_id(("own field", at), |ui| own_field_ui(ui, form, event, at + 1, name));
        }
        if !form.editable() {
            return;
        }
        match &state.new {
            Some(new) if new.event == event.id => new_field_ui(ui, form, state, event),
            _ => {
                if ui.button("Add field").clicked() {
                    await_field(ui.ctx());
                    state.new = Some(NewLine::of(event));
                }
            }
        }
    });
}

/// The name in the column of labels, where it can be changed, and the text beside it.
fn own_field_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event, number: usize, name: &Text) {
    let text = Slot::Own(event.id.clone(), name.clone());
    if !form.editable() {
        form.named_text(ui, &text, name);
        return;
    }
    ui.horizontal_top(|ui| {
        let gap = ui.spacing().item_spacing.x;
        ui.allocate_ui(vec2(LABEL_WIDTH_PT - gap, 0.0), |ui| {
            ui.vertical(|ui| {
                let slot = Slot::OwnName(event.id.clone(), name.clone());
                form.bare_text(ui, &slot, &format!("Own field {number} name"));
            });
        });
        let width = ui.available_width() - BUTTON_PT;
        ui.allocate_ui(vec2(width, 0.0), |ui| {
            ui.vertical(|ui| {
                form.bare_text(ui, &text, &format!("Own field {number} text"));
            });
        });
        let remove = format!("Remove own field {number}");
        if icon_button(ui, Icon::Cross, &remove, form.chrome).on_hover_text("Remove").clicked() {
            form.changes.label(format!("Remove {} of {}", quoted(name), quoted(&event.title)));
            if let Some(copy) = form.changes.event(&event.id) {
                copy.rare.fields.remove(name);
            }
        }
    });
}

fn new_field_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut OwnFieldsState, event: &Event) {
    let Some(new) = &mut state.new else { return };
    form.is_open = true;
    let outcome = draft_line_ui(ui, form, NEW_NAME, "Name, for example Casualties", &mut new.text, &mut new.focus);
    let problem = problem_of(new, event);
    if let Some(problem) = &problem {
        field::problem_ui(ui, form.ink, problem);
    }
    let fits = !new.trimmed().is_empty() && problem.is_none();
    let (mut add, mut cancel) = (outcome == Outcome::Entered && fits, outcome == Outcome::Reverted);
    ui.horizontal(|ui| {
        add |= ui.add_enabled(fits, egui::Button::new("Add field")).accessible_name("Add the new field").clicked();
        cancel |= ui.button("Cancel").accessible_name("Cancel the new field").clicked();
    });
    if add {
        put_into(new, event, &mut form.changes);
        state.focus = Some(Slot::Own(event.id.clone(), new.trimmed().into()));
        ui.ctx().request_repaint();
    } else if outcome == Outcome::Entered {
        focus_draft(ui, NEW_NAME);
    }
    if add || cancel {
        state.new = None;
    }
    ui.add_space(GRID_PT);
}

/// What keeps a new field out of an event.
pub fn problem_of(new: &NewLine, event: &Event) -> Option<Problem> {
    let is_taken = event.rare.fields.get(new.trimmed()).is_some();
    is_taken.then(|| Problem::new(format!("another field is called “{}”", new.trimmed())))
}

/// Adds a new field, without a text yet.
pub fn put_into(new: &NewLine, event: &Event, changes: &mut Changes<'_>) {
    changes.label(format!("Add {} to {}", quoted(new.trimmed()), quoted(&event.title)));
    if let Some(copy) = changes.event(&event.id) {
        copy.rare.fields.put(new.trimmed(), "");
    }
}
