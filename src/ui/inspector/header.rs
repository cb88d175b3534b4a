//! The timeline itself, where no event is selected: what to do, what it is about, what it holds.

use egui::Ui;

use super::form::{Form, Initially, section_ui};
use super::slot::Slot;
use crate::model::{HeaderField, Timeline};
use crate::ui::{Action, field};

/// A word on what to do next, the header in place, the counts.
pub fn header_ui(ui: &mut Ui, form: &mut Form<'_>) {
    ui.heading("Timeline");
    let advice = match (form.editable(), form.doc.timeline.events().is_empty()) {
        (false, true) => None,
        (false, false) => Some("Select an event to see who says so"),
        (true, true) => Some("Double-click on the track to add the first event"),
        (true, false) => Some("Select an event to see who says so, and to edit it"),
    };
    if let Some(advice) = advice {
        field::help_ui(ui, form.ink, advice);
    }
    ui.add_space(2.0 * field::GRID_PT);
    form.named_text(ui, &Slot::Header(HeaderField::Title), "Timeline title");
    form.text(ui, &Slot::Header(HeaderField::Description));
    form.text(ui, &Slot::Header(HeaderField::Zone));
    for problem in &form.problems {
        field::diagnostic_ui(ui, form.ink, problem);
    }
    // Of what could not be read, or is yet to be, there is nothing to count.
    if advice.is_some() {
        field::help_ui(ui, form.ink, &contents(form.doc.timeline));
    }
    if !form.doc.timeline.views().is_empty() {
        section_ui(ui, "Views", Some(form.doc.timeline.views().len()), Initially::Open, |ui| {
            for view in form.doc.timeline.views() {
                let link = field::link_ui(ui, form.ink, &view.title);
                if link.on_hover_text(view.window.describe()).clicked() {
                    form.actions.push(Action::ShowView(view.id.clone()));
                }
            }
        });
    }
}

/// "28 events · 64 sources · 5 lanes · 3 eras".
fn contents(timeline: &Timeline) -> String {
    let counts = [
        (timeline.events().len(), "event"),
        (timeline.sources().len(), "source"),
        (timeline.lanes().len(), "lane"),
        (timeline.eras().len(), "era"),
    ];
    counts.map(|(count, noun)| format!("{count} {noun}{}", if count == 1 { "" } else { "s" })).join(" · ")
}
