//! The problems tab of the drawer: what is wrong with the timeline, and where.

use crate::diagnostic::Subject;
use crate::theme::Theme;
use crate::ui::{Action, Document, ViewState};

/// The problems of the document; a click reveals the event one is about.
pub fn problems_ui(
    ui: &mut egui::Ui,
    doc: Document<'_>,
    view: &mut ViewState,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let _ = (view, theme);
    egui::ScrollArea::vertical().show(ui, |ui| {
        for problem in doc.problems {
            if ui.button(&problem.message).clicked()
                && let Subject::Event(id) = &problem.subject
            {
                actions.push(Action::Reveal(id.clone()));
            }
        }
    });
}
