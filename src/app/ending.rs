//! The end that the system asks for, in a logout, a shutdown or by `kill`: no question, with the journal in place of the answer.
//!
//! Owns what is said where the journal cannot be written: on standard error, by `open`, once all has been tried, and in the window
//! at the next start, where at least the settings could be.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};

use egui::{Context, ViewportCommand};

use super::App;
use super::jobs::JobKind;
use crate::ui::{Notice, NoticeKind};

impl App {
    /// The flag by which the program is asked to end without a question.
    pub fn asked_to_end(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.ends)
    }

    /// Ends the program where the system asks for it: what can be committed is, and the journal keeps what is not saved.
    pub(super) fn end_if_asked(&mut self, ctx: &Context) {
        if !self.ends.load(Ordering::Relaxed) || self.may_close {
            return;
        }
        self.commit_pending();
        self.stop_reading();
        self.look_whether_gone();
        if self.session.is_unsaved() || self.jobs.is_running(JobKind::Save) {
            let _ = self.left_unsaved.set(self.session.name());
            // The journal stays, and what is typed with it.
            if !self.hand_over_typed() {
                self.note_lost();
            }
        } else {
            self.keep_typed();
            self.session.end_journal();
        }
        self.may_close = true;
        ctx.send_viewport_cmd(ViewportCommand::Close);
    }

    /// Has the next start tell that changes could not be kept, with the reason as far as it is known by now.
    fn note_lost(&mut self) {
        let reason = self.journal_trouble.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let where_to = self
            .journals()
            .zip(reason)
            .map(|(folder, reason)| format!(", as nothing could be written in \"{}\": {reason}", folder.display()));
        let name = self.session.name();
        let text =
            format!("When Annalist was ended the last changes of “{name}” were lost{}", where_to.unwrap_or_default());
        self.settings.lost = Some(text);
        self.keep_settings();
    }

    /// Tells what could not be kept when the program was ended last.
    pub(super) fn tell_lost(&mut self) {
        if let Some(text) = self.settings.lost.take() {
            self.notices.push(Notice::new(NoticeKind::Error, text));
        }
    }
}
