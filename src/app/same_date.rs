//! The order of events of the same date: the selected one put before or after its neighbour.

use super::App;
use crate::edit::put_beside;
use crate::ui::{Command, Notice, NoticeKind, step_among_tied};

impl App {
    /// Puts the selected event one place up or down among those of its date, or says why it stays.
    pub(super) fn order_selected(&mut self, command: Command) {
        self.commit_pending();
        let document = self.asked_document();
        let selected = self.view.transient.selection.as_deref().and_then(|id| document.timeline.event(id));
        let Some(event) = selected else { return };
        let (id, zone) = (event.id.clone(), document.zone);
        let why = match step_among_tied(document, event, command == Command::OrderUp) {
            Ok(beside) => match put_beside(document.timeline, &id, &beside, zone) {
                Ok(put) => {
                    self.edit_and_tell(put.label, put.said, &put.edit, Some(id));
                    return;
                }
                Err(why) => why.to_string(),
            },
            Err(why) => why,
        };
        self.notices.retain(|notice| notice.text != why);
        self.notices.push(Notice::new(NoticeKind::Done, why));
    }
}
