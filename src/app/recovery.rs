//! What a crash left behind: offered at the start, put back, looked at first, or given up.
//!
//! Owns how the changes of a journal meet the file as it is now. Records decide, not times: what the file has as the change
//! found it is changed, what it has as the change left it stays, and what it has otherwise is another's and stays too.
//!
//! | the file has the record | the change is |
//! |---|---|
//! | as before the change | made |
//! | as after it | there already: the crash came between the save and its note |
//! | otherwise | brought in field by field; what collides is kept apart, and said |

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use egui::{Context, ViewportCommand};

use super::files::Next;
use super::jobs::JobKind;
use super::journal::{JournalHost, JournalNews};
use super::session::Session;
use super::{App, Dialog};
use crate::compare::{Conflict, merge_record};
use crate::edit::{Edit, NetChange, net};
use crate::store::{JournalBase, JournalChange, LeftBehind, cause, left_behind, local_time, record_to_ron};
use crate::time::Instant;
use crate::ui::dialog::{RecoverAnswer, Recovered, RecoveredChange, recover_ui};
use crate::ui::style::Chrome;
use crate::ui::{Command, Notice, NoticeKind, Typed, file_name};

/// The folder of journals in that of the program.
const FOLDER: &str = "journals";

/// Begins the notice of changes that were put back and are in no file yet.
pub(super) const RESTORED: &str = "Restored ";

/// Begins the notice that the journal cannot be written.
const UNKEPT: &str = "Changes are not kept beyond a crash: ";

/// Changes that are made again one by one, each to be undone by itself. More are one step: each follows the whole index.
const MOST_STEPS: usize = 200;

/// How often what is typed is handed to the journal, in seconds.
const TYPED_SECONDS: f64 = 2.0;

/// What a crash left, between its being found and its being put back or given up.
#[derive(Default)]
pub(super) struct Recovery {
    /// Found and not asked about yet.
    waiting: Vec<LeftBehind>,
    /// Offered in the strip while the file is looked at.
    looked_at: Option<LeftBehind>,
    /// To be put back once its file is open.
    restoring: Option<LeftBehind>,
    /// What of the last one the file has otherwise now.
    apart: Vec<String>,
    /// What was typed when it was handed to the journal last, and when that was looked at.
    typed: (String, f64),
    /// The revision of the timeline by then.
    typed_at: u64,
}

/// One left behind, with what the question says of it.
pub(super) struct RecoverDialog {
    left: LeftBehind,
    shown: Recovered,
}

impl App {
    /// Looks for what a crash left.
    pub(super) fn look_for_journals(&mut self) {
        let Some(folder) = self.journals() else { return };
        self.jobs.start(JobKind::Recover, move || left_behind(&folder), |app, found| app.recovery.waiting = found);
    }

    /// The folder of journals; none where nothing is kept.
    pub(super) fn journals(&self) -> Option<PathBuf> {
        Some(self.platform.state_folder()?.join(FOLDER))
    }

    /// Keeps a journal of the open timeline.
    pub(super) fn keep_journal(&mut self) {
        if let Some(folder) = self.journals() {
            self.session.keep_journal(JournalHost {
                folder,
                clock: Arc::clone(&self.platform),
                ctx: self.jobs.ctx().clone(),
                trouble: Arc::clone(&self.journal_trouble),
            });
        }
    }

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
        // Drafts are kept with the settings, which are written at the end.
        self.keep_typed();
        if let Some(journal) = self.session.journal() {
            journal.typed(String::new());
            if self.session.is_unsaved() || self.jobs.is_running(JobKind::Save) {
                journal.flush();
            } else {
                journal.end()
            }
        }
        self.may_close = true;
        ctx.send_viewport_cmd(ViewportCommand::Close);
    }

    /// Has what is typed handed over again: the journal was begun anew.
    pub(super) fn forget_typed_in_journal(&mut self) {
        self.recovery.typed = (String::new(), 0.0);
    }

    /// Hands what is typed to the journal, and tells where the journal cannot be written.
    pub(super) fn journal_typed(&mut self, ctx: &Context) {
        let Some(journal) = self.session.journal() else { return };
        let news = journal.news().map(|news| match news {
            JournalNews::Fails(reason) => {
                let folder = self.journals().unwrap_or_default();
                let text = format!("{UNKEPT}nothing can be written in \"{}\": {reason}", folder.display());
                Notice::new(NoticeKind::Error, text).offering(&[Command::Save])
            }
            JournalNews::IsKeptAgain => Notice::new(NoticeKind::Done, "Changes are kept beyond a crash again"),
        });
        if let Some(notice) = news {
            self.notices.retain(|notice| !notice.text.starts_with(UNKEPT));
            self.notices.push(notice);
        }
        let now = ctx.input(|input| input.time);
        let due = self.recovery.typed.1 + TYPED_SECONDS;
        // What a change has taken up is not typed any more. Left in the journal it would come back over the changes that follow.
        let is_taken_up = self.recovery.typed_at != self.session.revision();
        if now < due && !is_taken_up {
            if ctx.text_edit_focused() {
                ctx.request_repaint_after(Duration::from_secs_f64(due - now));
            }
            return;
        }
        let typed = self.panels.inspector.typed();
        let text = if typed.is_empty() { String::new() } else { ron::to_string(&typed).unwrap_or_default() };
        if text != self.recovery.typed.0 {
            journal.typed(text.clone());
            if ctx.text_edit_focused() {
                ctx.request_repaint_after(Duration::from_secs_f64(TYPED_SECONDS));
            }
        }
        self.recovery.typed = (text, now);
        self.recovery.typed_at = self.session.revision();
    }

    /// Asks about the next one that a crash left, where nothing else is asked.
    pub(super) fn offer_recovered(&mut self) {
        let is_free = self.dialog.is_none() && self.recovery.looked_at.is_none() && self.recovery.restoring.is_none();
        if !is_free || self.reading.is_some() || self.recovery.waiting.is_empty() {
            return;
        }
        let left = self.recovery.waiting.remove(0);
        let shown = self.describe_left(&left);
        self.dialog = Some(Dialog::Recover(Box::new(RecoverDialog { left, shown })));
    }

    fn describe_left(&self, left: &LeftBehind) -> Recovered {
        let when = |micros| local_time(Instant::from_micros(micros), self.platform.now());
        let change = |change: &JournalChange| RecoveredChange { when: when(change.at), label: change.label.clone() };
        Recovered {
            name: match &left.base {
                JournalBase::Untitled => "Untitled".to_owned(),
                JournalBase::Sample => "Sample".to_owned(),
                JournalBase::File { path, .. } => file_name(path),
            },
            folder: match &left.base {
                JournalBase::File { path, .. } => path.parent().map(|folder| folder.display().to_string()),
                JournalBase::Untitled | JournalBase::Sample => None,
            },
            when: left.last_at().map(when),
            changes: left.changes.iter().map(change).collect(),
            is_typed: left.typed.is_some(),
            typed: typed_of(left).map(|typed| typed.texts()).unwrap_or_default(),
            is_changed: left.base.is_changed(),
            is_gone: matches!(&left.base, JournalBase::File { path, .. } if !path.exists()),
            is_damaged: left.is_damaged,
            others: self.recovery.waiting.len(),
            is_discarding: false,
        }
    }

    pub(super) fn recover_dialog(&mut self, ctx: &Context, mut dialog: Box<RecoverDialog>) {
        let chrome = Chrome::of(&self.theme);
        match recover_ui(ctx, &mut dialog.shown, chrome) {
            None => self.dialog = Some(Dialog::Recover(dialog)),
            Some(answer) => self.recover(ctx, dialog.left, answer),
        }
    }

    fn recover(&mut self, ctx: &Context, left: LeftBehind, answer: RecoverAnswer) {
        match answer {
            // What is typed comes back beside what is restored: on the same timeline there is nothing to ask.
            RecoverAnswer::Restore if self.is_of_open(&left) && !self.session.is_unsaved() => self.restore(left),
            RecoverAnswer::Restore => self.request(ctx, Next::Restore(Box::new(left))),
            RecoverAnswer::LookFirst => {
                if let JournalBase::File { path, .. } = &left.base
                    && path.exists()
                    && self.session.path() != Some(path.as_path())
                {
                    self.request(ctx, Next::Open(path.clone()));
                }
                self.recovery.looked_at = Some(left);
            }
            RecoverAnswer::Copy => {
                ctx.copy_text(as_text(&left));
                let shown = self.describe_left(&left);
                self.dialog = Some(Dialog::Recover(Box::new(RecoverDialog { left, shown })));
            }
            RecoverAnswer::Discard => {
                if let Err(error) = left.discard() {
                    let text = format!("The changes could not be removed and will be offered again: {}", cause(&error));
                    self.notices.push(Notice::new(NoticeKind::Error, text));
                }
            }
        }
    }

    /// What the strip says while what a crash left is looked at.
    pub(super) fn recovery_facts(&self) -> Option<String> {
        let left = self.recovery.looked_at.as_ref()?;
        let count = left.changes.len();
        let shown = self.describe_left(left);
        let what = match count {
            0 => "text that you had typed".to_owned(),
            1 => "1 unsaved change".to_owned(),
            _ => format!("{count} unsaved changes"),
        };
        Some(match self.recovery.apart.as_slice() {
            [] => format!("“{}” has {what} from before Annalist ended", shown.name),
            apart => format!("Not restored, as “{}” has other values there: {}", shown.name, apart.join(", ")),
        })
    }

    /// Asks again about what is looked at.
    pub(super) fn show_recovered(&mut self) {
        if let Some(left) = self.recovery.looked_at.take() {
            self.recovery.apart.clear();
            let shown = self.describe_left(&left);
            self.dialog = Some(Dialog::Recover(Box::new(RecoverDialog { left, shown })));
        }
    }

    /// Whether the changes are of the file that is open.
    fn is_of_open(&self, left: &LeftBehind) -> bool {
        matches!(&left.base, JournalBase::File { path, .. } if Some(path.as_path()) == self.session.path())
    }

    /// Keeps on offer what was to be put back when something else was asked, and that was called off.
    pub(super) fn keep_on_offer(&mut self, left: LeftBehind) {
        self.recovery.looked_at = Some(left);
    }

    /// Opens the timeline that the changes are of, and puts them back.
    pub(super) fn restore(&mut self, left: LeftBehind) {
        match left.base.clone() {
            JournalBase::Untitled => {
                let session = Session::untitled(self.next_number());
                self.show_session(session);
                self.put_back(left);
            }
            JournalBase::Sample => {
                let session = Session::sample(self.next_number());
                self.show_session(session);
                self.put_back(left);
            }
            JournalBase::File { path, .. } => {
                // Records decide, so it does not matter whether the file was changed before it was opened.
                if self.is_of_open(&left) && self.reading.is_none() && !self.session.is_unsaved() {
                    self.put_back(left);
                } else {
                    self.recovery.restoring = Some(left);
                    self.load(path, false);
                }
            }
        }
    }

    /// Puts back what waits for the timeline that has just been opened.
    pub(super) fn restore_opened(&mut self) {
        match self.recovery.restoring.take() {
            Some(left) if self.is_of_open(&left) => self.put_back(left),
            other => self.recovery.restoring = other,
        }
    }

    /// Keeps what waits for a file that could not be opened.
    pub(super) fn keep_unopened(&mut self) {
        if let Some(left) = self.recovery.restoring.take() {
            self.recovery.looked_at = Some(left);
        }
    }

    /// Makes the changes again on the open timeline, which is the one they were made on.
    fn put_back(&mut self, left: LeftBehind) {
        if let Some(reason) = self.session.read_only() {
            self.notices.push(Notice::new(NoticeKind::Info, format!("Not restored: {}", reason.words())));
            self.recovery.looked_at = Some(left);
            return;
        }
        let timeline = self.session.timeline();
        let changes = net(left.changes.iter().map(|change| (&change.edit, &change.inverse)));
        let (fits, others): (Vec<NetChange>, Vec<NetChange>) =
            changes.into_iter().partition(|change| timeline.record(&change.key) == change.before);
        // Where the file has a record otherwise now, what the changes did to it is brought in field by field.
        let (mut brought, mut apart) = (Vec::new(), Vec::new());
        for change in &others {
            let (edit, conflicts) =
                merge_record(change.before.clone(), timeline.record(&change.key), change.after.clone());
            brought.extend(edit);
            apart.extend(conflicts.iter().map(words_of));
        }
        let steps = (others.is_empty() && left.changes.len() <= MOST_STEPS).then_some(&left.changes);
        let made = match steps {
            Some(steps) => {
                let mut made = 0;
                while let Some(step) = steps.get(made)
                    && self.session.apply(step.label.clone(), &step.edit).is_ok()
                {
                    made += 1;
                }
                made == steps.len()
            }
            None if fits.is_empty() && brought.is_empty() => true,
            None => {
                let edit = Edit::Batch(fits.iter().map(NetChange::edit).chain(brought.iter().cloned()).collect());
                let label = "Restore unsaved changes".to_owned();
                self.session.apply(label, &edit).is_ok()
            }
        };
        if !made {
            // Changes of one journal follow from one another: this is a journal that another program has written to.
            let text = "Some of the unsaved changes do not fit the timeline and were not restored";
            self.notices.push(Notice::new(NoticeKind::Error, text));
            self.recovery.looked_at = Some(left);
            return;
        }
        if let Some(typed) = typed_of(&left) {
            self.settings.drafts.put(self.session.origin(), typed);
            self.put_back_typed();
        }
        let count = if steps.is_some() { left.changes.len() } else { fits.len() + brought.len() };
        let text = match count {
            0 if !apart.is_empty() => "Nothing was restored: the file has other values in these fields".to_owned(),
            0 => "Nothing had to be restored: all of it is in the timeline already".to_owned(),
            1 => format!("{RESTORED}1 change. It is not saved yet"),
            count => format!("{RESTORED}{count} changes. They are not saved yet"),
        };
        let notice = Notice::new(NoticeKind::Info, text);
        self.notices.push(if count > 0 { notice.offering(&[Command::Save]) } else { notice });
        // Only once the journal of this session holds them are they given up elsewhere.
        let is_kept = self.session.journal().is_some_and(|journal| journal.flush());
        if apart.is_empty() {
            if is_kept {
                let _ = left.discard();
            }
        } else {
            self.recovery.apart = apart;
            self.recovery.looked_at = Some(left);
        }
    }
}

/// What was not put back, in the user's words: "“Bridge opens” (place)".
fn words_of(conflict: &Conflict) -> String {
    match conflict.field {
        Some(field) => format!("“{}” ({})", conflict.title, field.to_lowercase()),
        None => format!("“{}”", conflict.title),
    }
}

/// What was typed and not committed; none where another version wrote it.
fn typed_of(left: &LeftBehind) -> Option<Typed> {
    ron::from_str(left.typed.as_deref()?).ok()
}

/// The changes as text, with the records as they were meant to be, and what was typed.
fn as_text(left: &LeftBehind) -> String {
    let mut text = String::new();
    for change in &left.changes {
        text.push_str(&change.label);
        text.push('\n');
    }
    for change in net(left.changes.iter().map(|change| (&change.edit, &change.inverse))) {
        if let Some(record) = change.after {
            text.push('\n');
            text.push_str(&record_to_ron(&record));
            text.push('\n');
        }
    }
    for (field, typed) in typed_of(left).map(|typed| typed.texts()).unwrap_or_default() {
        text.push_str(&format!("\n{field}: {typed}\n"));
    }
    text
}
