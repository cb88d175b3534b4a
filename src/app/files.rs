//! Opening, saving, closing: what is asked before, what is done in the background, and what is said when it fails.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, ViewportCommand};

use super::drafts::TYPED_BACK;
use super::jobs::{Finished, JobKind};
use super::journal::Journal;
use super::offer::Offer;
use super::platform::{Pick, Picked};
use super::session::{Origin, Session, Written};
use super::{App, Dialog};
use crate::store::{self, Backup, LoadError, LockFile, Retention, SaveError, SaveRemark, Stamp, Writer};
use crate::ui::dialog::{PathAnswer, PathForm, PathPurpose, Unsaved, UnsavedAnswer, path_ui, unsaved_ui};
use crate::ui::style::Chrome;
use crate::ui::{Command, Notice, NoticeKind, ReadOnly, ViewState, file_name};

/// Begins the notice of a save that failed.
pub(super) const SAVE_FAILED: &str = "Not saved: ";

/// Begins the notice of changes that a crash left, which were put back and are in no file yet. A save takes it away.
pub(super) const RESTORED: &str = "Restored ";

/// How a notice begins that says why a file was not opened. It is taken away by one that is.
const OPEN_FAILED: &str = "Could not open the file: ";

/// Begins the notice that the sample is shown in place of the last file.
const NOT_THE_LAST: &str = "The last file could not be opened, so this is the sample: ";

/// What is done once unsaved changes are out of the way.
pub enum Next {
    /// Begin an empty timeline.
    New,
    /// Open the sample.
    Sample,
    /// Read this file.
    Open(PathBuf),
    /// Show what was read.
    Show(Box<Session>),
    /// Put back what a crash left.
    Restore(Box<Offer>),
    /// Close the window.
    Quit,
}

/// Which file a save writes.
enum Target {
    /// Its own, which is there.
    Own,
    /// Its own, made again.
    Remade,
    /// Another, with its lock where there is one to be had.
    Other(Option<LockFile>),
}

/// Why nothing was saved.
enum SaveFault {
    /// The file is no longer there.
    Gone,
    Refused(SaveError),
}

impl App {
    /// Does it, after asking about unsaved changes where there are any.
    pub(super) fn request(&mut self, ctx: &Context, next: Next) {
        self.commit_pending();
        self.look_whether_gone();
        let holds_text = !self.panels.keeps_typed && !self.typed().is_empty();
        if self.session.is_unsaved() || holds_text || self.jobs.is_running(JobKind::Save) {
            self.dialog = Some(Dialog::Unsaved(next));
        } else {
            self.proceed(ctx, next);
        }
    }

    /// Does it, whatever becomes of the open timeline.
    fn proceed(&mut self, ctx: &Context, next: Next) {
        match next {
            Next::New => {
                self.stop_reading();
                let session = Session::untitled(self.next_number());
                self.show_session(session);
            }
            Next::Sample => {
                self.stop_reading();
                let session = Session::sample(self.next_number());
                self.show_session(session);
            }
            // What is open already is read again, and looked at as before.
            Next::Open(path) if self.session.path() == Some(path.as_path()) => self.load_in_view(path),
            Next::Open(path) => self.load(path, false),
            Next::Show(session) => self.show_loaded(*session, None),
            Next::Restore(offer) => self.restore(*offer),
            Next::Quit => {
                self.stop_reading();
                self.keep_typed();
                self.session.end_journal();
                self.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }

    pub(super) fn next_number(&mut self) -> u32 {
        self.sessions += 1;
        self.sessions
    }

    pub(super) fn show_session(&mut self, session: Session) {
        self.forget_notices_of_file();
        self.forget_standing();
        self.replace_session(session, self.settings.opened());
    }

    /// Shows a timeline that was read from a file, in this view where the user has one of it already.
    pub(super) fn show_loaded(&mut self, session: Session, view: Option<ViewState>) {
        self.forget_notices_of_file();
        self.forget_standing();
        self.panels.unopened_path = None;
        if let Some(path) = session.path() {
            self.settings.remember(path);
        }
        if let Some(reason @ ReadOnly::Damaged { .. }) = session.read_only() {
            let (helps, remedies): (_, &[Command]) = match reason {
                ReadOnly::Damaged { cut_in_line: Some(_), .. } => (
                    "Look for its end among the earlier versions, or mend it in a text editor, then reload",
                    &[Command::EarlierVersions, Command::Reload],
                ),
                _ => ("Mend it in a text editor, then reload", &[Command::Reload]),
            };
            let text = format!("{}. {helps}. It will not be written to.", reason.words());
            self.notices.push(Notice::new(NoticeKind::Error, text).offering(remedies));
            self.settings.drawer = Some(crate::ui::DrawerTab::Problems);
        }
        let session = session.numbered(self.next_number());
        let view = view.unwrap_or_else(|| self.settings.opened());
        self.replace_session(session, view);
        self.drop_missing_selection();
        self.restore_opened();
    }

    /// Drops what can be mended by reading the file again, and that another could not be opened: a file has come in their place.
    fn forget_notices_of_file(&mut self) {
        let is_over = |notice: &Notice| {
            notice.remedies.contains(&Command::Reload)
                || [NOT_THE_LAST, OPEN_FAILED].iter().any(|start| notice.text.starts_with(start))
        };
        self.notices.retain(|notice| !is_over(notice));
    }

    /// Closes the window unless unsaved changes are asked about first.
    pub(super) fn close_requested(&mut self, ctx: &Context) {
        if self.may_close {
            return;
        }
        ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        self.request(ctx, Next::Quit);
    }

    /// Saves with all that is typed; then does what follows. Where something typed cannot be committed, that is said, the rest
    /// is saved, and nothing follows.
    pub(super) fn save_typed(&mut self, elsewhere: bool, then: Option<Next>) {
        // What cannot be committed has been said, with its field focused: nothing may follow that would leave it behind, and
        // where there is nothing else to save nothing is said to be saved.
        let then = if self.commit_typed() {
            then
        } else if self.session.is_unsaved() || elsewhere {
            None
        } else {
            return;
        };
        if elsewhere { self.save_elsewhere(then) } else { self.save_timeline(then) }
    }

    /// Saves into the file the timeline has, or asks for one; then does what follows.
    pub(super) fn save_timeline(&mut self, then: Option<Next>) {
        self.commit_pending();
        if self.jobs.is_running(JobKind::Save) {
            self.notices.push(Notice::new(NoticeKind::Done, "Still saving; try again in a moment"));
            return;
        }
        match self.session.origin().clone() {
            Origin::File(_) if self.session.is_gone() => self.dialog = Some(Dialog::Gone(then)),
            Origin::File(path) => self.start_save(path, Target::Own, then),
            Origin::Sample | Origin::Untitled => self.save_elsewhere(then),
        }
    }

    /// Asks for another file, saves into it, then does what follows.
    pub(super) fn save_elsewhere(&mut self, then: Option<Next>) {
        self.commit_pending();
        self.pick(PathPurpose::Save, then);
    }

    /// Saves into the file the timeline had, which is gone.
    pub(super) fn make_file_again(&mut self, then: Option<Next>) {
        if let Some(path) = self.session.path() {
            self.start_save(path.to_owned(), Target::Remade, then);
        }
    }

    fn start_save(&mut self, path: PathBuf, target: Target, then: Option<Next>) {
        let (is_own, is_remade) = (matches!(target, Target::Own), matches!(target, Target::Remade));
        let lock = if let Target::Other(lock) = target { lock } else { None };
        self.renew_lock();
        let timeline = Arc::clone(self.session.timeline());
        let text = self.session.text().cloned();
        let revision = self.session.revision();
        let history_revision = self.session.history().revision();
        let note = self.session.journal().map(Journal::save_begins);
        let problems = self.session.problems().clone();
        let backup = self.backup();
        let to = path.clone();
        let work = move || {
            let is_missing = |error: std::io::Error| error.kind() == std::io::ErrorKind::NotFound;
            if is_own && Stamp::of(&to).is_err_and(is_missing) {
                return Err(SaveFault::Gone);
            }
            let result = match text {
                Some(text) if is_own || is_remade => {
                    let mut text = Arc::unwrap_or_clone(text);
                    store::save_keeping(&to, &mut text, &timeline, backup).map(|saved| (text, saved))
                }
                from => store::save_as_keeping(&to, &timeline, from.as_deref(), backup),
            };
            let (text, saved) = result.map_err(SaveFault::Refused)?;
            // At once: a crash before the next frame must not take our own text for another program's.
            if let Some(note) = note {
                note.saved(to);
            }
            let places = problems.places_with(|found| text.places_of(found));
            Ok((Written { text, stamp: saved.stamp, placed: (problems.version(), places) }, saved.remarks))
        };
        // The session may have gone on meanwhile, or another may be open: what was saved is the revision of this moment.
        let saved = move |app: &mut Self, result: Result<(Written, Vec<SaveRemark>), SaveFault>| match result {
            Ok((written, mut remarks)) => {
                let name = file_name(&path);
                app.finish_save(path, written, (revision, history_revision), lock);
                // Who was asked knows it.
                remarks.retain(|remark| !is_remade || *remark != SaveRemark::CameBack);
                let said = |remark| Notice::new(NoticeKind::Info, format!("{name} {remark}"));
                app.notices.extend(remarks.into_iter().map(said));
                app.panels.after_save = then;
            }
            Err(SaveFault::Gone) => {
                app.lose_file();
                app.dialog = Some(Dialog::Gone(then));
            }
            Err(SaveFault::Refused(SaveError::ChangedOnDisk(_))) if is_own => app.save_met_another(then),
            Err(SaveFault::Refused(error)) => app.save_failed(&error),
        };
        self.jobs.start(JobKind::Save, work, saved);
    }

    /// Where a save keeps the file as it was.
    pub(super) fn backup(&self) -> Backup {
        self.retention().map_or(Backup::Beside, Backup::Versions)
    }

    /// Where the versions of files are kept, if anywhere.
    pub(super) fn retention(&self) -> Option<Retention> {
        let (most, at) = (self.settings.kept_versions, self.platform.now());
        Some(Retention { state: self.platform.state_folder()?, most, at, writer: Writer::Session })
    }

    /// Takes up that the revision (of the session, and within its history) is in the file, whose lock is `lock` where it is
    /// another one than before.
    fn finish_save(
        &mut self,
        path: PathBuf,
        written: Written,
        (revision, in_history): (u64, u64),
        lock: Option<LockFile>,
    ) {
        self.settings.remember(&path);
        let left_behind = self.captures_left_behind(&path);
        if let Some(session) = self.session_of(revision) {
            let name = file_name(&path);
            if session.lock().is_none_or(|lock| !lock.is_of(&path)) {
                session.give_lock();
                session.keep_lock(lock);
            }
            session.saved(path.clone(), written, in_history);
            self.keep_imports(&path);
            self.forget_standing();
            // What was said of saves that failed is over, and so is that changes brought back are in no file.
            let is_over = |notice: &Notice| {
                notice.text.starts_with(RESTORED)
                    || notice.text.starts_with(TYPED_BACK)
                    || notice.kind == NoticeKind::Error && notice.text.starts_with(SAVE_FAILED)
            };
            self.notices.retain(|notice| !is_over(notice));
            self.notices.extend(left_behind);
            self.notices.push(Notice::new(NoticeKind::Done, format!("Saved {name}")));
            // A file that was read-only here has none yet.
            self.keep_journal();
        }
    }

    /// Asks for a path with the system's dialog, or with our own where there is none.
    pub(super) fn pick(&mut self, purpose: PathPurpose, then: Option<Next>) {
        if self.jobs.is_running(JobKind::Pick) {
            return;
        }
        let ask = Pick {
            purpose,
            folder: self.usual_folder(),
            name: self.suggested_name(purpose),
            extension: match purpose {
                PathPurpose::Open | PathPurpose::Save | PathPurpose::Compare | PathPurpose::Version => "ron",
                PathPurpose::Export => self.settings.export.format.extension(),
                PathPurpose::ImportSources | PathPurpose::ExportSources => "bib",
                PathPurpose::Rejected => "csv",
                PathPurpose::Capture | PathPurpose::ImportEvents | PathPurpose::ImportFolder => "",
            },
        };
        let platform = Arc::clone(&self.platform);
        let picked = move |app: &mut Self, picked| match picked {
            Picked::Path(path) => app.picked(purpose, path, then),
            Picked::Cancelled => {}
            Picked::Unavailable => app.ask_path(purpose, then),
        };
        self.jobs.start(JobKind::Pick, move || platform.pick(&ask), picked);
    }

    /// The folder of the open file, else of the last one.
    fn usual_folder(&self) -> Option<PathBuf> {
        let path = self.session.path().or(self.settings.recent.first().map(PathBuf::as_path))?;
        path.parent().map(Path::to_owned)
    }

    fn suggested_name(&self, purpose: PathPurpose) -> String {
        let title = &self.session.timeline().header().title;
        let stem = match self.session.path().and_then(Path::file_stem) {
            Some(stem) => stem.to_string_lossy().into_owned(),
            None => crate::model::derive_id(title, None),
        };
        match purpose {
            PathPurpose::Open
            | PathPurpose::Capture
            | PathPurpose::ImportEvents
            | PathPurpose::ImportFolder
            | PathPurpose::ImportSources
            | PathPurpose::Compare => String::new(),
            PathPurpose::Rejected => format!("{stem}-rejected.csv"),
            PathPurpose::ExportSources => format!("{stem}.bib"),
            PathPurpose::Save => format!("{stem}.ron"),
            PathPurpose::Version => self.name_of_copy(&stem),
            PathPurpose::Export => {
                let part = self.exported_part().map(|part| format!("-{part}")).unwrap_or_default();
                format!("{stem}{part}.{}", self.settings.export.format.extension())
            }
        }
    }

    /// Asks for a path with our own dialog.
    pub(super) fn ask_path(&mut self, purpose: PathPurpose, then: Option<Next>) {
        let name = self.suggested_name(purpose);
        let start = match self.usual_folder() {
            Some(folder) if purpose.is_to_write() => folder.join(name).to_string_lossy().into_owned(),
            Some(folder) => folder.join("").to_string_lossy().into_owned(),
            None => name,
        };
        let unopened = self.panels.unopened_path.clone().filter(|_| purpose == PathPurpose::Open);
        let start = unopened.unwrap_or(start);
        let mut form = PathForm::new(purpose, start);
        form.note = path_note(&form);
        match self.dialog.take() {
            Some(Dialog::Export(export)) => self.panels.waiting_export = Some(export),
            Some(Dialog::Events(events)) => self.panels.waiting_events = Some(events),
            _ => {}
        }
        self.dialog = Some(Dialog::Path(form, then));
    }

    /// Takes up what came of a job; tells where it broke off.
    pub(super) fn finish(&mut self, finished: Finished) {
        let Err(kind) = finished.take_up(self) else { return };
        if kind == JobKind::Open {
            self.stop_reading();
            self.show_sample_at_first();
        }
        let text = format!("{} broke off. The timeline is as it was.", kind.label().trim_end_matches('…'));
        self.notices.push(Notice::new(NoticeKind::Error, text));
    }

    /// Shows what was read, or says why not.
    pub(super) fn finish_load(&mut self, path: &Path, number: u64, result: Result<Option<Box<Session>>, LoadError>) {
        let Some(reading) = self.reading.as_ref().filter(|reading| reading.number == number) else {
            // It was cancelled meanwhile.
            self.jobs.drop_elsewhere(result);
            return;
        };
        let (by_itself, revision) = (reading.by_itself, reading.revision);
        match result {
            Ok(Some(session)) => {
                let is_typed = !self.panels.keeps_typed && !self.typed().is_empty();
                let is_changed = self.session.revision() != revision && self.session.is_unsaved() || is_typed;
                let view = self.end_reading();
                if is_changed {
                    self.dialog = Some(Dialog::Unsaved(Next::Show(session)));
                } else {
                    self.show_loaded(*session, view);
                }
            }
            Ok(None) => self.cancel_reading(),
            Err(error) => {
                self.stop_reading();
                self.settings.forget(path);
                self.show_sample_at_first();
                self.keep_unopened();
                let (kind, text) = if by_itself {
                    (NoticeKind::Info, format!("{NOT_THE_LAST}{error}"))
                } else {
                    (NoticeKind::Error, format!("{OPEN_FAILED}{error}"))
                };
                self.notices.push(Notice::new(kind, text).offering(&[Command::Open]));
            }
        }
    }

    fn save_failed(&mut self, error: &SaveError) {
        let remedies: &[Command] = match error {
            SaveError::ChangedOnDisk(_) => &[Command::SaveAs, Command::Reload],
            SaveError::Busy(_) => &[Command::Save, Command::SaveAs],
            SaveError::Splice(_) | SaveError::ReadOnly(_) | SaveError::Backup { .. } | SaveError::Io { .. } => {
                &[Command::SaveAs]
            }
        };
        let notice = Notice::new(NoticeKind::Error, format!("{SAVE_FAILED}{error}"));
        self.notices.push(notice.offering(remedies));
    }

    fn picked(&mut self, purpose: PathPurpose, path: PathBuf, then: Option<Next>) {
        match purpose {
            PathPurpose::Open => self.panels.after_save = Some(Next::Open(path)),
            PathPurpose::Save => {
                let path = with_extension(path, "ron");
                let path = std::path::absolute(&path).unwrap_or(path);
                if let Some(lock) = self.claim_for_save(&path) {
                    self.start_save(path, Target::Other(lock), then);
                }
            }
            PathPurpose::Export => self.export_path_chosen(path),
            PathPurpose::Capture => self.capture_chosen(path),
            PathPurpose::ImportEvents | PathPurpose::ImportFolder => self.start_import_events(path),
            PathPurpose::Rejected => self.write_rejected(with_extension(path, "csv")),
            PathPurpose::ImportSources => self.start_import(path),
            PathPurpose::ExportSources => self.start_sources_export(path),
            PathPurpose::Compare => self.start_comparing(path),
            PathPurpose::Version => self.copy_version(with_extension(path, "ron")),
        }
    }

    /// Does what was put off until a save or a dialog was over.
    pub(super) fn go_on(&mut self, ctx: &Context) {
        if let Some(next) = self.panels.after_save.take() {
            self.request(ctx, next);
        }
    }

    pub(super) fn unsaved_dialog(&mut self, ctx: &Context, next: Next) {
        let chrome = Chrome::of(&self.theme);
        let typed = self.typed().describe(self.session.timeline());
        let typed = typed.filter(|_| !self.panels.keeps_typed);
        let name = self.session.name();
        let is_changed = self.session.is_unsaved();
        match unsaved_ui(ctx, Unsaved { name: &name, is_changed, typed: typed.as_deref() }, chrome) {
            None => self.dialog = Some(Dialog::Unsaved(next)),
            Some(UnsavedAnswer::Cancel) => {
                if let Next::Restore(offer) = next {
                    self.keep_on_offer(*offer);
                }
            }
            Some(UnsavedAnswer::Discard) => {
                self.panels.inspector.forget_typed();
                self.panels.drawer.table.forget_typed();
                self.proceed(ctx, next);
            }
            Some(UnsavedAnswer::KeepDraft) => {
                self.panels.keeps_typed = true;
                if is_changed { self.save_timeline(Some(next)) } else { self.proceed(ctx, next) }
            }
            Some(UnsavedAnswer::Save) => self.save_typed(false, Some(next)),
        }
    }

    /// The dialog that waited while a path was asked for.
    fn waiting_dialog(&mut self) -> Option<Dialog> {
        let events = |app: &mut Self| app.panels.waiting_events.take().map(Dialog::Events);
        self.panels.waiting_export.take().map(Dialog::Export).or_else(|| events(self))
    }

    pub(super) fn path_dialog(&mut self, ctx: &Context, mut form: PathForm, then: Option<Next>) {
        match path_ui(ctx, &mut form, Chrome::of(&self.theme)) {
            None => self.dialog = Some(Dialog::Path(form, then)),
            Some(PathAnswer::Changed) => {
                form.note = path_note(&form);
                self.dialog = Some(Dialog::Path(form, then));
            }
            Some(PathAnswer::Cancelled) => self.dialog = self.waiting_dialog(),
            Some(PathAnswer::Chosen(path)) => {
                if form.purpose == PathPurpose::Open {
                    self.panels.unopened_path = Some(form.text);
                }
                self.dialog = self.waiting_dialog();
                self.picked(form.purpose, path, then);
            }
        }
    }
}

/// What there is to say about the path in a form.
fn path_note(form: &PathForm) -> Option<String> {
    let path = Path::new(form.text.trim());
    if path.as_os_str().is_empty() {
        return None;
    }
    let takes_folder = matches!(form.purpose, PathPurpose::ImportEvents | PathPurpose::ImportFolder);
    Some(match (form.purpose.is_to_write(), path.is_file()) {
        (false, true) if form.purpose == PathPurpose::ImportFolder => "This is a file and no folder".to_owned(),
        (false, true) => "This file is there".to_owned(),
        (false, false) if takes_folder && path.is_dir() => "The notes of this folder are read".to_owned(),
        (false, false) if form.purpose == PathPurpose::ImportFolder => "There is no such folder".to_owned(),
        (_, false) if path.is_dir() => "This is a folder and no file".to_owned(),
        (false, false) => "There is no file of this name".to_owned(),
        (true, true) => "A file of this name is there and will be replaced".to_owned(),
        (true, false) => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let missing = folder.is_some_and(|folder| !folder.is_dir());
            if missing { "There is no such folder" } else { "A new file" }.to_owned()
        }
    })
}

/// The path with this extension, where it has none.
pub(super) fn with_extension(path: PathBuf, extension: &str) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension(extension) }
}
