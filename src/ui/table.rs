//! The table tab of the drawer: matching events in time order.

use crate::query::Query;
use crate::theme::Theme;
use crate::ui::{Action, Document, ViewState};

/// What the table remembers between frames.
#[derive(Debug, Default)]
pub struct TableState {}

/// The events that match the query, in time order; a click selects and reveals.
pub fn table_ui(
    ui: &mut egui::Ui,
    doc: Document<'_>,
    view: &mut ViewState,
    theme: &Theme,
    state: &mut TableState,
    actions: &mut Vec<Action>,
) {
    let _ = (theme, state);
    let query = Query::parse(&view.query);
    egui::ScrollArea::vertical().show(ui, |ui| {
        for event in doc.timeline.events().iter().filter(|event| query.matches(doc.timeline, event)) {
            if ui.button(&event.title).clicked() {
                actions.push(Action::Reveal(event.id.clone()));
            }
        }
    });
}
