//! The open timeline follows its file: what another program writes there is taken in, or brought together with what was changed here.
//!
//! Owns when the file is looked at, what is asked, and what is said. Noticing is `watch`'s, reading and bringing together `meeting`'s.
//!
//! | the file | nothing changed here | changed here |
//! |---|---|---|
//! | holds what it held | nothing | nothing |
//! | holds something else | it is taken in | both are brought together; what collides is asked |
//! | cannot be understood | what is shown stays, and that is said | the same; it is not written to |
//! | is gone | counts as unsaved, that is said, and what it held is kept | the same; a save asks before it makes the file again |
//!
//! Either way the timeline goes on from the text that the file holds now, as one step that can be undone: a save then writes only
//! what is different here.

use std::sync::Arc;
use std::time::Duration;

use egui::Context;

use super::files::{Next, SAVE_FAILED};
use super::jobs::JobKind;
use super::meeting::{Choice, Found, Met, Ours, Theirs, bring_together, look};
use super::session::{Holds, Session, TakenIn};
use super::watch::{FolderWatch, Seen};
use super::{App, Dialog};
use crate::compare::Side;
use crate::model::Timeline;
use crate::store::{Stamp, cause};
use crate::ui::dialog::{Compared, Diverged, DivergedAnswer, GoneAnswer, diverged_ui, gone_ui};
use crate::ui::style::Chrome;
use crate::ui::{Command, Notice, NoticeKind};

/// How soon what stood in the way is looked at again.
const LATER: Duration = Duration::from_secs(1);

/// Why the file is looked at.
pub(super) enum Cause {
    /// The watch saw something.
    Seen,
    /// A save met another text; then this was to be done.
    Save(Option<Next>),
    /// The user wants to read it again, in spite of changes here.
    Reload,
}

/// How the file stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Standing {
    /// It holds what was last read or written, as far as is known.
    #[default]
    InStep,
    /// It cannot be understood.
    Unreadable,
    /// It was changed, so was the timeline here, and how they come together is left for later.
    Diverged,
}

/// What is known of the file of the open timeline.
#[derive(Default)]
pub(super) struct Following {
    watch: Option<FolderWatch>,
    due: Option<Cause>,
    /// Length and time of the file whose conflicts were asked about and left for later.
    asked: Option<Stamp>,
    pub standing: Standing,
    /// What is said of how it stands, as long as it stands so.
    said: Option<String>,
    /// What was taken in, where its notice still stands.
    taken: Option<Taken>,
}

/// What was taken in from the file since the user last dismissed the notice of it.
struct Taken {
    /// What the file held before.
    since: Timeline,
    notice: String,
    shown: Compared,
}

/// A question about both sides, with what the answer needs.
pub(super) struct DivergedDialog {
    theirs: Theirs,
    shown: Diverged,
    /// What was to be done once it is saved; none where nothing was asked for.
    save: Option<Option<Next>>,
}

impl App {
    /// Takes up what the watch saw, and looks at the file where that is due and nothing stands in the way.
    pub(super) fn follow_file(&mut self, ctx: &Context) {
        let watched = self.following.watch.as_ref().map(FolderWatch::path);
        let path = self.session.path().filter(|_| !self.session.is_part());
        if watched != path {
            let watch = path.map(|path| FolderWatch::of(path.to_owned(), ctx));
            self.forget_standing();
            self.following = Following { watch, ..Following::default() };
        }
        let is_busy =
            [JobKind::Save, JobKind::Open, JobKind::Follow].into_iter().any(|kind| self.jobs.is_running(kind));
        if is_busy || self.reading.is_some() || self.may_close {
            return;
        }
        match self.following.watch.as_ref().and_then(FolderWatch::take) {
            None | Some(Seen::NoFile) => {}
            Some(Seen::Gone) => self.lose_file(),
            Some(Seen::There(stamp)) if self.session.stamp() == Some(stamp) && !self.session.is_gone() => {}
            // It has been asked about this already.
            Some(Seen::There(stamp)) if self.following.asked == Some(stamp) => {}
            Some(Seen::There(_) | Seen::Unknown) => {
                self.following.due.get_or_insert(Cause::Seen);
            }
        }
        // What collided may have been taken back meanwhile.
        if self.following.standing == Standing::Diverged && !self.session.is_unsaved() {
            self.following.due.get_or_insert(Cause::Seen);
        }
        if self.following.due.is_none() {
            return;
        }
        // Nothing changes under a hand that types into a field or drags an event, and a question waits for the answer to another.
        // Who saves has taken the hand away, though a field may hold what cannot be committed.
        let is_unasked = matches!(self.following.due, Some(Cause::Seen));
        let is_typing = is_unasked && self.panels.inspector.pending() && ctx.text_edit_focused();
        if is_typing || self.dialog.is_some() || ctx.input(|input| input.pointer.any_down()) {
            return ctx.request_repaint_after(LATER);
        }
        if let Some(cause) = self.following.due.take() {
            self.commit_pending();
            self.look_at_file(cause, None);
        }
    }

    /// Has the file looked at; `read` is what it holds, where that has been read already.
    fn look_at_file(&mut self, cause: Cause, read: Option<Theirs>) {
        let Some(ours) = self.ours() else { return };
        let revision = ours.revision;
        let work = move || look(&ours, read);
        self.jobs.start(JobKind::Follow, work, move |app, found| match found {
            found if app.session.revision() >> 40 != revision >> 40 => app.jobs.drop_elsewhere(found),
            // It went on meanwhile: what was read is brought together with what it is now.
            Found::Met(met) if app.session.revision() != revision => app.look_at_file(cause, Some(met.theirs)),
            found => app.finish_look(cause, found),
        });
    }

    fn ours(&self) -> Option<Ours> {
        let (path, base) = (self.session.path()?.to_owned(), Arc::clone(self.session.text()?));
        let is_told = |taken: &&Taken| self.notices.iter().any(|notice| notice.text == taken.notice);
        let since = self.following.taken.as_ref().filter(is_told).map(|taken| &taken.since);
        let since = since.unwrap_or_else(|| base.timeline()).clone();
        let (timeline, showing) = (Arc::clone(self.session.timeline()), self.session.showing());
        Some(Ours { path, revision: self.session.revision(), timeline, base, showing, since })
    }

    fn finish_look(&mut self, cause: Cause, found: Found) {
        let name = self.session.name();
        match (found, cause) {
            (Found::Same(stamp), cause) => {
                self.session.confirm(stamp);
                self.forget_standing();
                match cause {
                    Cause::Seen => {}
                    Cause::Save(_) => {
                        let text = format!("{SAVE_FAILED}{name} was being written by another program. Save again");
                        self.notices.push(Notice::new(NoticeKind::Error, text).offering(&[Command::Save]));
                    }
                    Cause::Reload => {
                        self.panels.after_save = self.session.path().map(|path| Next::Open(path.to_owned()))
                    }
                }
            }
            (Found::Gone, Cause::Save(then)) => {
                self.lose_file();
                self.dialog = Some(Dialog::Gone(then));
            }
            (Found::Gone, _) => self.lose_file(),
            (Found::Unreadable(why), cause) => {
                self.following.standing = Standing::Unreadable;
                let mine = if self.session.is_unsaved() { ", with your changes" } else { "" };
                let text = format!(
                    "{name} was changed by another program and cannot be read now: {why}. What you see is the version before that{mine}"
                );
                self.tell_standing(text, &[Command::Reload, Command::SaveAs]);
                if matches!(cause, Cause::Save(_)) {
                    let text = format!(
                        "{SAVE_FAILED}{name} would lose what another program has written. Mend it, or save under another name"
                    );
                    self.notices.push(Notice::new(NoticeKind::Error, text).offering(&[Command::SaveAs]));
                }
            }
            (Found::Anew(session), _) => {
                self.forget_standing();
                self.show_again(*session);
                let text = format!("{name} was changed by another program and read again");
                self.notices.push(Notice::new(NoticeKind::Done, text));
            }
            (Found::Met(met), Cause::Reload) => self.ask_about_both(*met, None),
            (Found::Met(met), Cause::Seen) if !met.conflicts.is_empty() => self.ask_about_both(*met, None),
            (Found::Met(met), Cause::Save(then)) if !met.conflicts.is_empty() => self.ask_about_both(*met, Some(then)),
            (Found::Met(met), cause) => {
                let is_taken = self.take_in(*met);
                if let (true, Cause::Save(then)) = (is_taken, cause) {
                    self.save_timeline(then);
                }
            }
        }
    }

    /// Goes on from what the file holds, and tells what came in; says whether it does.
    fn take_in(&mut self, met: Met) -> bool {
        let Met { theirs, changed, is_back, is_changed_here, edit, holds, change, anew, .. } = met;
        let name = self.session.name();
        let shown = Compared::taken_in(name.clone(), &changed);
        let since = self.ours().map(|ours| ours.since);
        let is_undone = anew.is_some() && self.session.history().undo_label().is_some();
        match anew {
            Some(session) => self.show_again(*session),
            None => {
                let label = format!("Take in changes of {name}");
                let taken = TakenIn { label, edit, text: theirs.read.text, stamp: theirs.stamp, holds, change };
                if let Err(error) = self.session.take_in(taken) {
                    let text = format!("What another program changed in {name} was not taken in: {error}");
                    self.notices.push(Notice::new(NoticeKind::Error, text).offering(&[Command::Reload]));
                    return false;
                }
                self.drop_missing_selection();
            }
        }
        // The journal was begun anew, without what is typed.
        self.forget_typed_in_journal();
        self.forget_standing();
        if let Some(taken) = self.following.taken.take() {
            self.notices.retain(|notice| notice.text != taken.notice);
        }
        let text = if is_back {
            format!("{name} was changed back by another program")
        } else if changed.is_empty() {
            format!("{name} was changed by another program, in its order or layout alone")
        } else if is_changed_here && holds != Holds::This {
            format!(
                "{name} was changed by another program: {}. What you changed is kept, and not saved yet",
                shown.summary()
            )
        } else if is_undone {
            format!("{name} was changed by another program: {}. Undo begins anew", shown.summary())
        } else {
            format!("{name} was changed by another program: {}", shown.summary())
        };
        if changed.is_empty() {
            self.notices.push(Notice::new(NoticeKind::Done, text));
        } else if let Some(since) = since {
            self.notices.push(Notice::new(NoticeKind::Info, text.clone()).offering(&[Command::ShowChanges]));
            self.following.taken = Some(Taken { since, notice: text, shown });
        }
        true
    }

    /// Puts what the file holds now in place of what is shown, in the same view.
    fn show_again(&mut self, session: Session) {
        self.show_loaded(session, Some(self.view.clone()));
    }

    /// Shows what was taken in.
    pub(super) fn show_changes(&mut self) {
        if let Some(taken) = &self.following.taken {
            self.dialog = Some(Dialog::Compared(taken.shown.clone()));
        }
    }

    /// Whether something was taken in that can be shown.
    pub(super) fn has_changes(&self) -> bool {
        self.following.taken.is_some()
    }

    /// Has the file looked at, and asks how it comes together with what was changed here.
    pub(super) fn meet_file(&mut self) {
        self.commit_pending();
        self.following.due = Some(Cause::Reload);
    }

    /// A save met another text in the file: it is brought together with what was to be saved, then saved.
    pub(super) fn save_met_another(&mut self, then: Option<Next>) {
        self.following.due = Some(Cause::Save(then));
    }

    fn ask_about_both(&mut self, met: Met, save: Option<Option<Next>>) {
        (self.following.standing, self.following.asked) = (Standing::Diverged, Some(met.theirs.stamp));
        let shown =
            Diverged::new(self.session.name(), met.not_taken_in.as_ref().unwrap_or(&met.changed), met.conflicts);
        self.dialog = Some(Dialog::Diverged(Box::new(DivergedDialog { theirs: met.theirs, shown, save })));
    }

    pub(super) fn diverged_dialog(&mut self, ctx: &Context, mut dialog: Box<DivergedDialog>) {
        let Some(answer) = diverged_ui(ctx, &mut dialog.shown, Chrome::of(&self.theme)) else {
            self.dialog = Some(Dialog::Diverged(dialog));
            return;
        };
        let DivergedDialog { theirs, save, .. } = *dialog;
        match answer {
            DivergedAnswer::Later => {
                let name = self.session.name();
                let text = format!("{name} was changed here and on disk. Nothing is saved until you merge");
                self.tell_standing(text, &[Command::MergeFile, Command::SaveAs]);
            }
            DivergedAnswer::SaveAs => self.save_elsewhere(save.flatten()),
            DivergedAnswer::Discard => self.settle(theirs, None, None),
            DivergedAnswer::Merge(sides) => self.settle(theirs, Some(sides), save),
        }
    }

    /// Brings both sides together as was chosen; where no side was, what was changed here is given up.
    fn settle(&mut self, theirs: Theirs, sides: Option<Vec<Side>>, save: Option<Option<Next>>) {
        let Some(ours) = self.ours() else { return };
        let (revision, is_given_up) = (ours.revision, sides.is_none());
        let work = move || bring_together(&ours, theirs, &sides.as_deref().map_or(Choice::Theirs, Choice::Sides));
        self.jobs.start(JobKind::Follow, work, move |app, met| {
            if app.session.revision() >> 40 != revision >> 40 {
                return app.jobs.drop_elsewhere(met);
            }
            if app.session.revision() != revision {
                // Another edit came in between: it is asked again.
                return app.look_at_file(Cause::Reload, Some(met.theirs));
            }
            if app.take_in(met) {
                if is_given_up {
                    let text = "What you had changed is given up";
                    app.notices.push(Notice::undoable(text, app.session.revision()));
                } else if let Some(then) = save {
                    app.save_timeline(then);
                }
            }
        });
    }

    /// Takes note where the file is gone and the watch has not told yet: it is not to be left then as one that is saved.
    pub(super) fn look_whether_gone(&mut self) {
        let is_missing = |error: std::io::Error| error.kind() == std::io::ErrorKind::NotFound;
        let is_gone = self.session.path().is_some_and(|path| Stamp::of(path).is_err_and(is_missing));
        if is_gone && !self.session.is_gone() && !self.session.is_part() {
            self.lose_file();
        }
    }

    /// Takes note that the file is gone, and says so once.
    pub(super) fn lose_file(&mut self) {
        if !self.session.is_gone() || self.following.said.is_none() {
            if let Some(lost) = self.session.lose_file(self.retention()) {
                // A timeline that is read-only has no journal; its text is kept all the same.
                self.jobs.start(
                    JobKind::KeepVersion,
                    move || lost.keep(),
                    |app, kept| {
                        if let Err(error) = kept {
                            let text = format!("What the file held that is gone could not be kept: {}", cause(&error));
                            app.notices.push(Notice::new(NoticeKind::Error, text).offering(&[Command::SaveAs]));
                        }
                    },
                );
            }
            let name = self.session.name();
            let text =
                format!("Annalist cannot find the file {name}: it was moved or deleted, or its drive is not connected");
            self.tell_standing(text, &[Command::Save, Command::SaveAs]);
        }
    }

    pub(super) fn gone_dialog(&mut self, ctx: &Context, then: Option<Next>) {
        if self.session.path().is_some_and(std::path::Path::exists) {
            // It is back, and is looked at before anything is saved.
            self.following.due = Some(Cause::Seen);
            return;
        }
        ctx.request_repaint_after(LATER);
        let name = self.session.name();
        let folder = self.session.path().and_then(std::path::Path::parent);
        let folder = folder.filter(|folder| !folder.is_dir()).map(|folder| folder.display().to_string());
        match gone_ui(ctx, &name, folder.as_deref(), Chrome::of(&self.theme)) {
            None => self.dialog = Some(Dialog::Gone(then)),
            Some(GoneAnswer::Cancel) => {}
            Some(GoneAnswer::SaveAs) => self.save_elsewhere(then),
            Some(GoneAnswer::MakeAgain) => self.make_file_again(then),
        }
    }

    /// Says how the file stands, in place of what was said of it before.
    fn tell_standing(&mut self, text: String, remedies: &[Command]) {
        if let Some(before) = self.following.said.replace(text.clone()) {
            self.notices.retain(|notice| notice.text != before);
        }
        self.notices.push(Notice::new(NoticeKind::Error, text).offering(remedies));
    }

    /// The file stands as it should: what was said of it is over.
    pub(super) fn forget_standing(&mut self) {
        (self.following.standing, self.following.asked) = (Standing::InStep, None);
        if let Some(said) = self.following.said.take() {
            self.notices.retain(|notice| notice.text != said);
        }
    }
}
