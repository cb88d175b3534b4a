//! What is done with sources beyond one record: selecting one, which leaves no event selected, and merging several.

use egui::Context;

use super::session::Session;
use super::{App, Dialog};
use crate::model::Text;
use crate::ui::{Action, MergeState, ViewState, merge_ui, settle};
use crate::ui::{Facts, differs, opened_view};

/// What decides which commands can run.
pub(super) fn facts_of<'s>(session: &'s Session, view: &ViewState) -> Facts<'s> {
    let selected = view.transient.selection.as_deref().and_then(|id| session.timeline().event(id));
    let own = session.timeline().zone();
    let opened = opened_view(session.timeline(), view);
    Facts {
        view_open: opened.is_some(),
        view_changed: opened.is_some_and(|opened| differs(opened, own, &view.place)),
        // Of several it is said which have none.
        dated: selected.is_some_and(|event| event.date.is_some()) || !view.transient.selected.is_empty(),
        source_selected: view.transient.source.is_some(),
        known_on: view.place.known_on.is_some(),
        asks: !view.place.query.trim().is_empty(),
        pair: view.transient.selected.len() == 2,
        several: !view.transient.selected.is_empty(),
        ..session.facts(view.transient.selection.is_some() || !view.transient.selected.is_empty())
    }
}

impl App {
    /// Selects a source: its form is in the inspector, and no event is selected.
    pub(super) fn show_source(&mut self, id: Option<Text>) {
        if id.is_some() {
            self.view.transient.selection = None;
            self.settings.inspector = true;
        }
        self.view.transient.source = id;
    }

    /// Selects a source and gives its title the keyboard.
    pub(super) fn edit_source(&mut self, id: Text) {
        self.show_source(Some(id));
        self.panels.inspector.focus_source_title();
    }

    /// Deletes a source; its form asks before anything else goes with it.
    pub(super) fn delete_source(&mut self, id: Text) {
        self.commit_pending();
        self.panels.inspector.delete_source(&id);
        self.show_source(Some(id));
    }

    pub(super) fn begin_source(&mut self) {
        self.commit_pending();
        self.settings.inspector = true;
        self.panels.inspector.begin_source();
    }

    /// Opens the field that cites a source for the selected event.
    pub(super) fn begin_citation(&mut self) {
        self.settings.inspector = true;
        self.panels.inspector.focus_citation();
    }

    pub(super) fn open_merge(&mut self) {
        self.commit_pending();
        self.dialog = Some(Dialog::Merge(MergeState::default()));
    }

    pub(super) fn merge_dialog(&mut self, ctx: &Context, mut state: MergeState, actions: &mut Vec<Action>) {
        let document = self.session.document(self.platform.now());
        if merge_ui(ctx, document, &self.theme, &mut state, actions) {
            self.dialog = Some(Dialog::Merge(state));
        }
    }

    /// Only one thing is selected: an event that was selected anywhere takes the place of a source.
    pub(super) fn settle_selection(&mut self) {
        if self.view.transient.selection.is_some() {
            self.view.transient.source = None;
        }
        if self.view.transient.source.as_deref().is_some_and(|id| self.session.timeline().source(id).is_none()) {
            self.view.transient.source = None;
        }
        settle(self.session.document(self.platform.now()), &mut self.view);
    }
}
