//! One window at a time changes a file: which other window has it open, and how this one takes it over.
//!
//! Owns when that is looked at. A file is asked for before it is read (`reading`), so what is shown is what its holder has
//! saved last; the lock then goes from session to session as long as they have the same file.

use std::path::Path;

use egui::Context;

use super::App;
use super::files::SAVE_FAILED;
use crate::store::{Claim, Holder, LockFile, holder_of};
use crate::ui::{Command, Notice, NoticeKind, ReadOnly, file_name};

/// How often a window that is read-only looks whether the other one has gone, in seconds.
const LOOK_SECONDS: f64 = 1.0;

/// How long a file that was just opened is taken over unasked, in seconds: a program that was killed may take that long to be gone,
/// and its lock with it.
const GRACE_SECONDS: f64 = 15.0;

/// How often it is looked in that time, in seconds.
const LOOK_AT_FIRST_SECONDS: f64 = 0.25;

/// What is remembered of looking.
#[derive(Debug, Default)]
pub(super) struct Holding {
    /// Which session is looked after, and since when in seconds of egui's clock.
    since: (u64, f64),
    /// When it was looked last, in seconds of egui's clock.
    looked_at: f64,
}

impl App {
    /// Looks now and then who has the file open, while this window waits for it.
    pub(super) fn watch_holder(&mut self, ctx: &Context) {
        if !matches!(self.session.read_only(), Some(ReadOnly::Held | ReadOnly::Released)) {
            return;
        }
        let Some(path) = self.session.path() else { return };
        let now = ctx.input(|input| input.time);
        let session = self.session.revision() >> 40;
        if self.holding.since.0 != session {
            self.holding.since = (session, now);
        }
        let is_just_opened = now < self.holding.since.1 + GRACE_SECONDS;
        let pause = if is_just_opened { LOOK_AT_FIRST_SECONDS } else { LOOK_SECONDS };
        if now >= self.holding.looked_at + pause {
            self.holding.looked_at = now;
            let holder = holder_of(path);
            if holder.is_none() && is_just_opened && self.reading.is_none() {
                return self.take_over();
            }
            let is_released = holder.is_none() && self.session.read_only() == Some(ReadOnly::Held);
            self.session.held_by(holder);
            if is_released {
                // It may have been killed: then its journal is free now.
                self.look_for_journals();
            }
        }
        ctx.request_repaint_after_secs(pause as f32);
    }

    /// Takes over the file that no other window has any more, and reads it again: it may have been saved there. What was not is
    /// offered.
    pub(super) fn take_over(&mut self) {
        let Some(path) = self.session.path().map(Path::to_owned) else { return };
        let is_ours = self.session.lock().is_some_and(|lock| lock.is_of(&path));
        match if is_ours { Claim::Impossible } else { LockFile::claim(&path, &self.this_window()) } {
            Claim::Taken(holder) => {
                self.session.held_by(Some(holder));
                let text = format!("{} was opened by another window meanwhile", file_name(&path));
                self.notices.push(Notice::new(NoticeKind::Done, text));
                return;
            }
            Claim::Held(lock) => self.session.keep_lock(Some(lock)),
            Claim::Impossible => {}
        }
        self.look_for_journals();
        self.load_in_view(path);
    }

    /// Who has the file open, or had it, where that keeps this window from changing it: the reason with words about the other
    /// window.
    pub(super) fn held_facts(&self) -> Option<(ReadOnly, String)> {
        let reason = self.session.read_only()?;
        Some((reason, self.session.holder().words(self.platform.now())))
    }

    /// Asks for the file that the timeline is to be saved into under another name. None where another window has it open, which
    /// is said; else the lock, where there is one to be had and it is not held already.
    pub(super) fn claim_for_save(&mut self, path: &Path) -> Option<Option<LockFile>> {
        if self.session.lock().is_some_and(|lock| lock.is_of(path)) {
            return Some(None);
        }
        match LockFile::claim(path, &self.this_window()) {
            Claim::Held(lock) => Some(Some(lock)),
            Claim::Impossible => Some(None),
            Claim::Taken(holder) => {
                let who = holder.words(self.platform.now());
                let text = format!(
                    "{SAVE_FAILED}{} is open in another window {who}. Close it there, or choose another name",
                    file_name(path)
                );
                self.notices.push(Notice::new(NoticeKind::Error, text).offering(&[Command::SaveAs]));
                None
            }
        }
    }

    /// Asks again for a lock whose file was taken away; where another window was quicker, comparing keeps both from writing over
    /// each other.
    pub(super) fn renew_lock(&mut self) {
        let Some(path) = self.session.path().map(Path::to_owned) else { return };
        if self.session.lock().is_some_and(|lock| !lock.is_kept()) {
            self.session.give_lock();
            if let Claim::Held(lock) = LockFile::claim(&path, &self.this_window()) {
                self.session.keep_lock(Some(lock));
            }
        }
    }

    /// This window, as a lock file names it.
    pub(super) fn this_window(&self) -> Holder {
        Holder::this_process(self.platform.now())
    }
}
