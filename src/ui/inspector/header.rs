//! The timeline itself, where no event is selected: what to do, what it is about, what it holds.

use egui::Ui;

use super::form::{Form, Initially, section_ui};
use super::slot::{HeaderField, Slot};
use crate::ui::field;

/// A word on what to do next, the header in place, the counts.
pub fn header_ui(ui: &mut Ui, form: &mut Form<'_>) {
    ui.heading("Timeline");
    let advice = if form.doc.timeline.events().is_empty() {
        "Double-click on the track to add the first event"
    } else {
        "Select an event to see who says so, and to edit it"
    };
    field::help_ui(ui, form.ink, advice);
    ui.add_space(2.0 * field::GRID_PT);
    form.named_text(ui, &Slot::Header(HeaderField::Title), "Timeline title");
    form.text(ui, &Slot::Header(HeaderField::Description));
    form.text(ui, &Slot::Header(HeaderField::Zone));
    for problem in &form.problems {
        field::diagnostic_ui(ui, form.ink, problem);
    }
    section_ui(ui, "Contents", None, Initially::Open, |ui| {
        let timeline = form.doc.timeline;
        let lists = [
            ("Events", timeline.events().len()),
            ("Sources", timeline.sources().len()),
            ("Lanes", timeline.lanes().len()),
            ("Eras", timeline.eras().len()),
            ("Views", timeline.views().len()),
        ];
        for (label, count) in lists {
            field::row(ui, form.ink, label, |ui| ui.label(count.to_string()));
        }
    });
}
