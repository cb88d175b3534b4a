//! What a crash left behind: offered at the start, put back, looked at first, or given up.
//!
//! Owns how the changes of a journal meet the file as it is now. Records decide, not times: what the file has as the change
//! found it is changed, what it has as the change left it stays, and what it has otherwise is another's and stays too.
//!
//! | the file has the record | the change is |
//! |---|---|
//! | as before the change | made |
//! | as after it | there already: the crash came between the save and its note |
//! | otherwise | brought in field by field; what collides is asked (`collided`) |

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
use crate::compare::{Conflict, FieldChange, Said, field_lines, merge_record, record_difference};
use crate::edit::{Edit, NetChange, net};
use crate::model::Timeline;
use crate::store::{JournalBase, JournalChange, LeftBehind, cause, left_behind, local_time, record_to_ron};
use crate::text::clipped;
use crate::time::Instant;
use crate::ui::dialog::{RecoverAnswer, Recovered, RecoveredChange, recover_ui};
use crate::ui::style::Chrome;
use crate::ui::{Command, Notice, NoticeKind, ReadOnly, Typed, file_name};

/// The folder of journals in that of the program.
const FOLDER: &str = "journals";

/// Begins the notice of changes that were put back and are in no file yet.
pub(super) const RESTORED: &str = "Restored ";

/// Begins the notice that the journal cannot be written.
const UNKEPT: &str = "Changes are not kept beyond a crash: ";

/// Changes that are made again one by one, each to be undone by itself. More are one step: each follows the whole index.
const MOST_STEPS: usize = 200;

/// Changes of which it is told what they changed; the others are listed by what was done.
const MOST_TOLD: usize = 500;

/// Records of one change of which that is told.
const MOST_RECORDS: usize = 3;

/// The longest texts in which it is told, in short and in full, in bytes.
const MOST_SHORT: usize = 240;
const MOST_WHOLE: usize = 4_000;

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
        self.jobs.start(
            JobKind::Recover,
            move || left_behind(&folder),
            |app, found| app.recovery.waiting.extend(found),
        );
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

    /// Asks about the next one that a crash left, where nothing else is asked: first about that of the open file, also while
    /// another is on offer.
    pub(super) fn offer_recovered(&mut self) {
        let is_free = self.dialog.is_none() && self.recovery.restoring.is_none() && self.reading.is_none();
        if !is_free || self.recovery.waiting.is_empty() {
            return;
        }
        let of_open = self.recovery.waiting.iter().position(|left| self.is_of_open(left));
        let may_ask = |looked_at: &LeftBehind| of_open.is_some() && !self.is_of_open(looked_at);
        if !self.recovery.looked_at.as_ref().is_none_or(may_ask) {
            return;
        }
        let left = self.recovery.waiting.remove(of_open.unwrap_or(0));
        let shown = self.describe_left(&left);
        self.dialog = Some(Dialog::Recover(Box::new(RecoverDialog { left, shown })));
    }

    fn describe_left(&self, left: &LeftBehind) -> Recovered {
        let when = |micros| local_time(Instant::from_micros(micros), self.platform.now());
        // Of another file the names of records are not known, and ids stand for them.
        let none = Timeline::empty("");
        let timeline = if self.is_of_open(left) { self.session.timeline() } else { &none };
        let change = |(at, change): (usize, &JournalChange)| {
            let (short, whole) = if at < MOST_TOLD { told(change, timeline) } else { Default::default() };
            RecoveredChange { when: when(change.at), label: change.label.clone(), short, whole }
        };
        Recovered {
            name: name_of(left),
            folder: match &left.base {
                JournalBase::File { path, .. } => path.parent().map(|folder| folder.display().to_string()),
                JournalBase::Untitled | JournalBase::Sample => None,
            },
            when: left.last_at().map(when),
            changes: left.changes.iter().enumerate().map(change).collect(),
            is_typed: left.typed.is_some(),
            typed: typed_of(left).map(|typed| typed.texts(timeline)).unwrap_or_default(),
            is_changed: left.base.is_changed(),
            is_saving: left.is_saving,
            is_gone: matches!(&left.base, JournalBase::File { path, .. } if !path.exists()),
            is_damaged: left.is_damaged,
            open: (!self.is_of_open(left)).then(|| self.session.path().map(file_name)).flatten(),
            is_copied: false,
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
                // A file that is open was asked for, and stays.
                if let JournalBase::File { path, .. } = &left.base
                    && path.exists()
                    && self.session.path().is_none()
                {
                    self.request(ctx, Next::Open(path.clone()));
                }
                self.keep_on_offer(left);
            }
            RecoverAnswer::Later => self.keep_on_offer(left),
            RecoverAnswer::Copy => {
                ctx.copy_text(as_text(&left, self.session.timeline()));
                let shown = Recovered { is_copied: true, ..self.describe_left(&left) };
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
        let name = name_of(left);
        let what = match count {
            0 => "text that you had typed".to_owned(),
            1 => "1 unsaved change".to_owned(),
            _ => format!("{count} unsaved changes"),
        };
        Some(match self.recovery.apart.as_slice() {
            [] => format!("“{name}” has {what} from before Annalist ended"),
            apart => format!("Not restored, as “{name}” has other values there: {}", apart.join(", ")),
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
    pub(super) fn is_of_open(&self, left: &LeftBehind) -> bool {
        matches!(&left.base, JournalBase::File { path, .. } if Some(path.as_path()) == self.session.path())
    }

    /// Keeps on offer what is not put back for now. One that was on offer before is asked about later.
    pub(super) fn keep_on_offer(&mut self, left: LeftBehind) {
        self.recovery.apart.clear();
        let before = self.recovery.looked_at.replace(left);
        self.recovery.waiting.extend(before);
    }

    /// Keeps on offer what collides with the file, and names it.
    pub(super) fn keep_apart(&mut self, left: LeftBehind, conflicts: &[Conflict]) {
        self.keep_on_offer(left);
        self.recovery.apart = conflicts.iter().map(words_of).collect();
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
                let is_here = self.is_of_open(&left) && self.reading.is_none() && !self.session.is_unsaved();
                if is_here && self.session.read_only() == Some(ReadOnly::Released) {
                    // No other window has the file any more: it is taken over, and then they are put back.
                    self.recovery.restoring = Some(left);
                    self.take_over();
                    if self.reading.is_none() {
                        self.keep_unopened();
                    }
                } else if is_here {
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
            self.keep_on_offer(left);
        }
    }

    /// Makes the changes again on the open timeline, which is the one they were made on.
    pub(super) fn put_back(&mut self, left: LeftBehind) {
        if let Some(reason) = self.session.read_only() {
            self.notices.push(Notice::new(NoticeKind::Info, format!("Not restored: {}", reason.words())));
            self.keep_on_offer(left);
            return;
        }
        let timeline = self.session.timeline();
        let changes = net(left.changes.iter().map(|change| (&change.edit, &change.inverse)));
        let (fits, others): (Vec<NetChange>, Vec<NetChange>) =
            changes.into_iter().partition(|change| timeline.record(&change.key) == change.before);
        // Where the file has a record otherwise now, what the changes did to it is brought in field by field.
        let (mut brought, mut collided) = (Vec::new(), Vec::new());
        for change in &others {
            let (edit, conflicts) =
                merge_record(change.before.clone(), timeline.record(&change.key), change.after.clone());
            brought.extend(edit);
            collided.extend(conflicts);
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
            self.keep_on_offer(left);
            return;
        }
        if let Some(typed) = typed_of(&left) {
            self.settings.drafts.put(self.session.origin(), typed);
            self.put_back_typed();
        }
        let count = if steps.is_some() { left.changes.len() } else { fits.len() + brought.len() };
        if count > 0 {
            self.tell_restored(count);
        } else if collided.is_empty() {
            let text = "Nothing had to be restored: all of it is in the timeline already";
            self.notices.push(Notice::new(NoticeKind::Info, text));
        }
        // Only once the journal of this session holds them are they given up elsewhere.
        let is_kept = self.session.journal().is_some_and(|journal| journal.flush());
        if !collided.is_empty() {
            self.ask_about_collided(left, collided);
        } else if is_kept {
            let _ = left.discard();
        }
    }

    /// Says how many changes were restored, and that no file has them yet.
    pub(super) fn tell_restored(&mut self, count: usize) {
        let text = match count {
            1 => format!("{RESTORED}1 change. It is not saved yet"),
            count => format!("{RESTORED}{count} changes. They are not saved yet"),
        };
        self.notices.push(Notice::new(NoticeKind::Info, text).offering(&[Command::Save]));
    }
}

/// What a change changed, in short and in full: old and new value of each field, in the words in which timelines are compared.
fn told(change: &JournalChange, timeline: &Timeline) -> (String, String) {
    let (mut short, mut whole) = (Vec::new(), Vec::new());
    for change in net([(&change.edit, &change.inverse)]).into_iter().take(MOST_RECORDS) {
        let difference = record_difference(timeline, change.before, change.after);
        let lines = field_lines(&difference);
        for field in difference.difference.fields().iter().filter(|_| !lines.is_empty()) {
            if let FieldChange::Value { before, after } = &field.change {
                let words = |said: &Option<Said>| said.as_ref().map_or("nothing".to_owned(), |said| said.words.clone());
                whole.push(format!("{}\nBefore: {}\nAfter: {}", field.label, words(before), words(after)));
            }
        }
        short.extend(lines);
    }
    let short = short.join("; ");
    let whole = if whole.is_empty() { short.clone() } else { whole.join("\n\n") };
    (clipped(&short, MOST_SHORT).to_string(), clipped(&whole, MOST_WHOLE).to_string())
}

/// The name of the timeline.
fn name_of(left: &LeftBehind) -> String {
    match &left.base {
        JournalBase::Untitled => "Untitled".to_owned(),
        JournalBase::Sample => "Sample".to_owned(),
        JournalBase::File { path, .. } => file_name(path),
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
fn as_text(left: &LeftBehind, timeline: &Timeline) -> String {
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
    for (field, typed) in typed_of(left).map(|typed| typed.texts(timeline)).unwrap_or_default() {
        text.push_str(&format!("\n{field}: {typed}\n"));
    }
    text
}
