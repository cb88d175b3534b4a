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

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use egui::Context;

use super::files::{Next, RESTORED};
use super::jobs::JobKind;
use super::journal::{JournalHost, JournalNews};
use super::offer::{Offer, told};
use super::session::Session;
use super::undecided::undecided;
use super::{App, Dialog};
use crate::compare::{Conflict, merge_record};
use crate::edit::{Edit, NetChange, apply, net};
use crate::model::Timeline;
use crate::store::{
    JournalBase, JournalChange, LeftBehind, LoadError, Loaded, cause, journals_in, load_unchecked, local_time,
};
use crate::time::Instant;
use crate::ui::dialog::{RecoverAnswer, Recovered, RecoveredChange, recover_ui};
use crate::ui::style::Chrome;
use crate::ui::{Command, Notice, NoticeKind, ReadOnly, Typed, file_name};

/// The folder of journals in that of the program.
const FOLDER: &str = "journals";

/// Begins the notice that the journal cannot be written.
const UNKEPT: &str = "Changes are not kept beyond a crash: ";

/// Changes of which it is told what they changed; the others are listed by what was done.
const MOST_TOLD: usize = 500;

/// Changes that are made again one by one, each to be undone by itself. More are one step: each follows the whole index.
const MOST_STEPS: usize = 200;

/// How soon a file that is gone is looked for again.
const LATER: Duration = Duration::from_secs(1);

/// How long after the start journals are looked for that a program still had, in seconds: one that was killed may take that long to
/// be gone, and its locks with it.
const LATE_SECONDS: f64 = 30.0;

/// How often they are, in seconds.
const LOOK_AGAIN_SECONDS: f64 = 1.0;

/// How often what is typed is handed to the journal, in seconds.
const TYPED_SECONDS: f64 = 2.0;

/// What a crash left, between its being found and its being put back or given up.
#[derive(Default)]
pub(super) struct Recovery {
    /// Found and not asked about yet.
    waiting: Vec<Offer>,
    /// Whether a program still had journals when they were looked for last.
    any_in_use: bool,
    /// When the first frame was, and when it was looked again, in seconds of egui's clock.
    since: Option<f64>,
    looked_again_at: f64,
    /// Offered in the strip while the file is looked at.
    looked_at: Option<Offer>,
    /// To be put back once its file is open.
    restoring: Option<Offer>,
    /// What of the last one the file has otherwise now.
    apart: Vec<String>,
    /// What was typed when it was handed to the journal last, and when that was looked at.
    typed: (String, f64),
    /// The revision of the timeline by then.
    typed_at: u64,
    /// Whether a draft of the open timeline, if there is one, is still to be given back.
    pub awaits_typed: bool,
    /// Whether a draft was given back that the settings on the disk still hold.
    pub gives_back: bool,
}

impl Recovery {
    /// Takes in journals that were found. One of a timeline that is on offer already makes one offer with the others of it, which is
    /// asked about anew.
    fn take_in(&mut self, mut found: Vec<LeftBehind>) {
        // A file that was gone and is back has all of a journal without a change; what it held then is among its versions.
        let is_back = |left: &mut LeftBehind| {
            left.is_unchanged() && matches!(&left.base, JournalBase::File { path, .. } if path.exists())
        };
        for left in found.extract_if(.., is_back) {
            // What cannot be removed is found again.
            let _ = left.discard();
        }
        let is_looked_at = |offer: &mut Offer| found.iter().any(|left| offer.is_of_same(left));
        let asked_again = self.looked_at.take_if(is_looked_at);
        let offers = self.waiting.drain(..).chain(asked_again);
        let journals = found.into_iter().chain(offers.flat_map(Offer::into_journals)).collect();
        self.waiting = Offer::grouped(journals);
    }

    /// Takes note that a draft is in its fields: the journal is to have it at once, and the settings then no longer.
    pub(super) fn typed_given_back(&mut self) {
        (self.awaits_typed, self.gives_back, self.typed.1) = (false, true, f64::NEG_INFINITY);
    }
}

/// An offer, with what the question says of it.
pub(super) struct RecoverDialog {
    offer: Offer,
    shown: Recovered,
}

/// What came of a journal whose changes were made again.
struct Made {
    /// How many changes were made.
    count: usize,
    /// What the file has otherwise now.
    collided: Vec<Conflict>,
}

impl App {
    /// Looks for what a crash left.
    pub(super) fn look_for_journals(&mut self) {
        let Some(folder) = self.journals() else { return };
        self.jobs.start(
            JobKind::Recover,
            move || journals_in(&folder),
            |app, (found, any_in_use)| {
                app.recovery.any_in_use = any_in_use;
                app.recovery.take_in(found);
            },
        );
    }

    /// Looks again, for some seconds after the start, for journals that a program still had then.
    pub(super) fn look_for_late_journals(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        let since = *self.recovery.since.get_or_insert(now);
        if !self.recovery.any_in_use || now > since + LATE_SECONDS {
            return;
        }
        if now >= self.recovery.looked_again_at + LOOK_AGAIN_SECONDS {
            self.recovery.looked_again_at = now;
            self.look_for_journals();
        }
        ctx.request_repaint_after_secs(LOOK_AGAIN_SECONDS as f32);
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
        if self.may_close {
            // It is left: what is typed has its place, and one that has ended must not begin anew.
            return;
        }
        let now = ctx.input(|input| input.time);
        let due = self.recovery.typed.1 + TYPED_SECONDS;
        // What a change has taken up is not typed any more. Left in the journal it would come back over the changes that follow.
        let is_taken_up = self.recovery.typed_at != self.session.revision();
        if now < due && !is_taken_up {
            // What was refused stays typed in a field that was left.
            if ctx.text_edit_focused() || !self.typed().is_empty() {
                ctx.request_repaint_after(Duration::from_secs_f64(due - now));
            }
            return;
        }
        let typed = self.typed();
        let text = if typed.is_empty() { String::new() } else { ron::to_string(&typed).unwrap_or_default() };
        if text != self.recovery.typed.0 {
            journal.typed(text.clone());
            if ctx.text_edit_focused() {
                ctx.request_repaint_after(Duration::from_secs_f64(TYPED_SECONDS));
            }
        }
        self.recovery.typed = (text, now);
        self.recovery.typed_at = self.session.revision();
        if self.recovery.gives_back {
            self.hand_over_typed();
        }
    }

    /// Has the journal hold what is typed, on the disk; says whether it does. Drafts that were given back go from the settings
    /// then: left there they would come back once more after they were used.
    pub(super) fn hand_over_typed(&mut self) -> bool {
        let Some(journal) = self.session.journal() else { return false };
        let typed = self.typed();
        let text = if typed.is_empty() { String::new() } else { ron::to_string(&typed).unwrap_or_default() };
        if text != self.recovery.typed.0 {
            journal.typed(text.clone());
            self.recovery.typed.0 = text;
        }
        let is_kept = journal.flush();
        if is_kept && std::mem::take(&mut self.recovery.gives_back) {
            self.keep_settings();
        }
        is_kept
    }

    /// Whether the journal cannot be written at present.
    pub(super) fn journal_fails(&self) -> bool {
        self.journal_trouble.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Asks about the next one that a crash left, where nothing else is asked: first about that of the open file, also while
    /// another is on offer.
    pub(super) fn offer_recovered(&mut self) {
        let is_free = self.dialog.is_none() && self.recovery.restoring.is_none() && self.reading.is_none();
        if !is_free || self.recovery.waiting.is_empty() {
            return;
        }
        let of_open = self.recovery.waiting.iter().position(|offer| self.is_of_open(offer));
        let may_ask = |looked_at: &Offer| of_open.is_some() && !self.is_of_open(looked_at);
        if !self.recovery.looked_at.as_ref().is_none_or(may_ask) {
            return;
        }
        let offer = self.recovery.waiting.remove(of_open.unwrap_or(0));
        self.ask_about(offer);
    }

    fn ask_about(&mut self, offer: Offer) {
        let shown = self.describe_offer(&offer);
        self.dialog = Some(Dialog::Recover(Box::new(RecoverDialog { offer, shown })));
    }

    /// Whether something of the open timeline is on offer, or may yet be.
    pub(super) fn is_on_offer(&self) -> bool {
        let asked = match &self.dialog {
            Some(Dialog::Recover(dialog)) => Some(&dialog.offer),
            Some(Dialog::Collided(dialog)) => Some(dialog.offer()),
            Some(Dialog::Unsaved(Next::Restore(offer))) => Some(&**offer),
            _ => None,
        };
        let recovery = &self.recovery;
        let mut offers = recovery.waiting.iter().chain(&recovery.looked_at).chain(&recovery.restoring).chain(asked);
        self.jobs.is_running(JobKind::Recover) || offers.any(|offer| offer.origin() == *self.session.origin())
    }

    /// What was typed and would come back: what the journals hold, over a draft that waits for the same answer.
    fn typed_on_offer(&self, offer: &Offer) -> (Typed, bool) {
        let (typed, is_foreign) = offer.typed();
        let waiting = self.settings.drafts.get(&offer.origin()).cloned().unwrap_or_default();
        (typed.over(waiting), is_foreign)
    }

    fn describe_offer(&self, offer: &Offer) -> Recovered {
        let when = |micros| local_time(Instant::from_micros(micros), self.platform.now());
        // Of another file the names of records are not known, and ids stand for them.
        let none = Timeline::empty("");
        let timeline = if self.is_of_open(offer) { self.session.timeline() } else { &none };
        let change = |(at, change): (usize, &JournalChange)| {
            let (short, whole) = if at < MOST_TOLD { told(change, timeline) } else { Default::default() };
            RecoveredChange { when: when(change.at), label: change.label.clone(), short, whole }
        };
        let (base, (typed, is_foreign)) = (offer.base(), self.typed_on_offer(offer));
        Recovered {
            name: offer.name(),
            folder: match base {
                JournalBase::File { path, .. } => path.parent().map(|folder| folder.display().to_string()),
                JournalBase::Untitled | JournalBase::Sample => None,
            },
            when: offer.changes().last().map(|change| when(change.at)),
            changes: offer.changes().enumerate().map(change).collect(),
            is_typed: is_foreign || !typed.is_empty(),
            typed: typed.texts(timeline),
            is_changed: base.is_changed(),
            is_saving: offer.is_saving(),
            is_gone: matches!(base, JournalBase::File { path, .. } if !path.exists()),
            is_kept: offer.kept().is_some(),
            is_damaged: offer.is_damaged(),
            open: (!self.is_of_open(offer)).then(|| self.session.path().map(file_name)).flatten(),
            is_copied: false,
            others: self.recovery.waiting.len(),
            is_discarding: false,
        }
    }

    pub(super) fn recover_dialog(&mut self, ctx: &Context, mut dialog: Box<RecoverDialog>) {
        if let JournalBase::File { path, .. } = dialog.offer.base() {
            // It may come back, or go, while this is asked.
            (dialog.shown.is_gone, dialog.shown.is_kept) = (!path.exists(), dialog.offer.kept().is_some());
            if dialog.shown.is_gone {
                ctx.request_repaint_after(LATER);
            }
        }
        let chrome = Chrome::of(&self.theme);
        match recover_ui(ctx, &mut dialog.shown, chrome) {
            None => self.dialog = Some(Dialog::Recover(dialog)),
            Some(answer) => self.recover(ctx, dialog.offer, answer),
        }
    }

    fn recover(&mut self, ctx: &Context, offer: Offer, answer: RecoverAnswer) {
        match answer {
            // On the same timeline there is nothing to ask: it comes on top of what was changed since, and beside what is typed.
            RecoverAnswer::Restore if self.is_of_open(&offer) && self.reading.is_none() => {
                self.commit_pending();
                self.restore_here(offer);
            }
            RecoverAnswer::Restore => self.request(ctx, Next::Restore(Box::new(offer))),
            RecoverAnswer::LookFirst => {
                // A file that is open was asked for, and stays.
                if let JournalBase::File { path, .. } = offer.base()
                    && path.exists()
                    && self.session.path().is_none()
                {
                    self.request(ctx, Next::Open(path.clone()));
                }
                self.keep_on_offer(offer);
            }
            RecoverAnswer::Later => self.keep_on_offer(offer),
            RecoverAnswer::Copy => {
                ctx.copy_text(offer.as_text(&self.typed_on_offer(&offer).0, self.session.timeline()));
                let shown = Recovered { is_copied: true, ..self.describe_offer(&offer) };
                self.dialog = Some(Dialog::Recover(Box::new(RecoverDialog { offer, shown })));
            }
            RecoverAnswer::Discard => {
                // A draft that waited for the answer was listed with the rest.
                let is_kept = self.settings.drafts.take(&offer.origin()).is_some();
                if let Err(error) = offer.discard() {
                    let text = format!("The changes could not be removed and will be offered again: {}", cause(&error));
                    self.notices.push(Notice::new(NoticeKind::Error, text));
                }
                if is_kept {
                    self.keep_settings();
                }
            }
        }
    }

    /// What the strip says while what a crash left is looked at.
    pub(super) fn recovery_facts(&self) -> Option<String> {
        let offer = self.recovery.looked_at.as_ref()?;
        let count = offer.changes().count();
        let name = offer.name();
        let what = match count {
            0 if offer.kept().is_some() && offer.typed().0.is_empty() => {
                return Some(format!("“{name}” is gone; it is kept as it was when Annalist ended"));
            }
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
        if let Some(offer) = self.recovery.looked_at.take() {
            self.recovery.apart.clear();
            self.ask_about(offer);
        }
    }

    /// Whether the changes are of the file that is open.
    pub(super) fn is_of_open(&self, offer: &Offer) -> bool {
        matches!(offer.base(), JournalBase::File { path, .. } if Some(path.as_path()) == self.session.path())
    }

    /// Keeps on offer what is not put back for now. One that was on offer before is asked about later.
    pub(super) fn keep_on_offer(&mut self, offer: Offer) {
        self.recovery.apart.clear();
        let before = self.recovery.looked_at.replace(offer);
        self.recovery.waiting.extend(before);
    }

    /// Keeps on offer what collides with the file, and names it.
    pub(super) fn keep_apart(&mut self, offer: Offer, conflicts: &[Conflict]) {
        self.keep_on_offer(offer);
        self.recovery.apart = conflicts.iter().map(words_of).collect();
    }

    /// Opens the timeline that the changes are of, and puts them back.
    pub(super) fn restore(&mut self, offer: Offer) {
        match offer.base().clone() {
            JournalBase::Untitled => {
                let session = Session::untitled(self.next_number());
                self.show_session(session);
                self.put_back(offer);
            }
            JournalBase::Sample => {
                let session = Session::sample(self.next_number());
                self.show_session(session);
                self.put_back(offer);
            }
            // Records decide, so it does not matter whether the file was changed before it was opened.
            JournalBase::File { path, .. } => {
                if self.is_of_open(&offer) && self.reading.is_none() && !self.session.is_unsaved() {
                    self.restore_here(offer);
                } else if let Some(version) = offer.kept().map(Path::to_owned) {
                    self.restore_gone(path, version, offer);
                } else {
                    self.recovery.restoring = Some(offer);
                    self.load(path, false);
                }
            }
        }
    }

    /// Shows a timeline whose file is gone from the version that has what the file held, and puts the changes back on that. It
    /// keeps its path: a save then asks whether the file is made again there.
    fn restore_gone(&mut self, path: PathBuf, version: PathBuf, offer: Offer) {
        self.stop_reading();
        self.recovery.restoring = Some(offer);
        let work = move || {
            let loaded = load_unchecked(&version)?;
            Ok(Box::new(Session::loaded(Loaded { path, ..loaded })))
        };
        self.jobs.start(JobKind::RestoreVersion, work, |app, read: Result<Box<Session>, LoadError>| match read {
            Ok(session) => {
                let offer = app.recovery.restoring.take();
                app.show_loaded(*session, None);
                // Its own journal has what the file held before the old one goes.
                app.lose_file();
                offer.into_iter().for_each(|offer| app.put_back(offer));
            }
            Err(error) => {
                app.notices.push(Notice::new(NoticeKind::Error, format!("Not restored: {error}")));
                app.keep_unopened();
            }
        });
    }

    /// Puts back the changes of the file that is open. Where no other window has it any more, it is taken over before.
    fn restore_here(&mut self, offer: Offer) {
        if self.session.read_only() != Some(ReadOnly::Released) {
            return self.put_back(offer);
        }
        self.recovery.restoring = Some(offer);
        self.take_over();
        if self.reading.is_none() {
            self.keep_unopened();
        }
    }

    /// Puts back what waits for the timeline that has just been opened.
    pub(super) fn restore_opened(&mut self) {
        match self.recovery.restoring.take() {
            Some(offer) if self.is_of_open(&offer) => self.put_back(offer),
            other => self.recovery.restoring = other,
        }
    }

    /// Keeps what waits for a file that could not be opened.
    pub(super) fn keep_unopened(&mut self) {
        if let Some(offer) = self.recovery.restoring.take() {
            self.keep_on_offer(offer);
        }
    }

    /// Makes the changes again on the open timeline, which is the one they were made on.
    pub(super) fn put_back(&mut self, offer: Offer) {
        if let Some(reason) = self.session.read_only() {
            self.notices.push(Notice::new(NoticeKind::Info, format!("Not restored: {}", reason.words())));
            self.keep_on_offer(offer);
            return;
        }
        let (typed, _) = self.typed_on_offer(&offer);
        let is_changed = offer.changes().next().is_some();
        // Journal by journal: each rests on the file alone, and so meets what the one before has made of it field by field.
        let (mut count, mut collided) = (0, Vec::new());
        let (mut done, mut kept, mut is_whole) = (Vec::new(), Vec::new(), true);
        for left in offer.into_journals() {
            match if is_whole { self.make_again(&left) } else { None } {
                Some(made) => {
                    count += made.count;
                    if made.collided.is_empty() {
                        done.push(left)
                    } else {
                        let rest = undecided(&left.changes, &made.collided);
                        kept.push((left, Some(rest)))
                    }
                    collided.extend(made.collided);
                }
                None => {
                    is_whole = false;
                    kept.push((left, None));
                }
            }
        }
        self.put_back_over(typed);
        if !is_whole {
            let text = "Some of the unsaved changes do not fit the timeline and were not restored";
            self.notices.push(Notice::new(NoticeKind::Error, text));
        } else if count > 0 {
            self.tell_restored(count);
        } else if collided.is_empty() && is_changed {
            let text = "Nothing had to be restored: all of it is in the timeline already";
            self.notices.push(Notice::new(NoticeKind::Info, text));
        }
        // Only once the journal of this session holds them are they given up elsewhere.
        if self.hand_over_typed() {
            for left in done {
                let _ = left.discard();
            }
            for (left, rest) in &mut kept {
                // What was put back is saved from here on: offered again, it would come over what is changed after that. One that
                // cannot be written anew is offered whole.
                let _ = rest.take().map(|rest| left.narrow(rest));
            }
        }
        match Offer::without_typed(kept.into_iter().map(|(left, _)| left).collect()) {
            None => {}
            Some(kept) if is_whole => self.ask_about_collided(kept, collided, count),
            Some(kept) => self.keep_apart(kept, &collided),
        }
    }

    /// Puts back what was typed, below what is being typed: that is newer.
    fn put_back_over(&mut self, before: Typed) {
        let now = self.typed();
        let all = now.clone().over(before);
        self.settings.drafts.take(self.session.origin());
        if all == now {
            self.recovery.typed_given_back();
        } else {
            self.settings.drafts.put(self.session.origin(), all);
            self.put_back_typed();
        }
    }

    /// Makes the changes of a journal again; nothing where they do not follow from one another, as another program has written to it.
    fn make_again(&mut self, left: &LeftBehind) -> Option<Made> {
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
        if others.is_empty() && left.changes.len() <= MOST_STEPS {
            for step in &left.changes {
                self.session.apply_again(step.label.clone(), &step.edit, step.at).ok()?;
            }
            return Some(Made { count: left.changes.len(), collided });
        }
        let count = fits.len() + brought.len();
        let edit = Edit::Batch(fits.iter().map(NetChange::edit).chain(brought).collect());
        if let Some(steps) = steps_to(&edit, timeline, &left.changes) {
            let count = steps.len();
            for (step, edit) in steps {
                self.session.apply_again(step.label.clone(), &edit, step.at).ok()?;
            }
            return Some(Made { count, collided });
        }
        if count > 0 {
            self.session.apply("Restore unsaved changes".to_owned(), &edit).ok()?;
        }
        Some(Made { count, collided })
    }

    /// Says how many changes were restored, and that no file has them yet.
    pub(super) fn tell_restored(&mut self, count: usize) {
        self.notices.retain(|notice| !notice.text.starts_with(RESTORED));
        let text = match count {
            1 => format!("{RESTORED}1 change. It is not saved yet"),
            count => format!("{RESTORED}{count} changes. They are not saved yet"),
        };
        self.notices.push(Notice::new(NoticeKind::Info, text).offering(&[Command::Save]));
    }
}

/// The changes one by one, each as far as it can be made, where they come to the same as this edit of the timeline. They need
/// not: a field may have by chance what one of the changes left it with, and the next would go on from there.
fn steps_to<'a>(
    whole: &Edit,
    timeline: &Timeline,
    changes: &'a [JournalChange],
) -> Option<Vec<(&'a JournalChange, Edit)>> {
    if changes.len() > MOST_STEPS {
        return None;
    }
    let (mut goal, mut reached, mut steps) = (timeline.clone(), timeline.clone(), Vec::new());
    apply(&mut goal, whole).ok()?;
    for made in changes {
        let part = |change: NetChange| {
            let now = reached.record(&change.key);
            if now == change.before { Some(change.edit()) } else { merge_record(change.before, now, change.after).0 }
        };
        let edits: Vec<Edit> = net([(&made.edit, &made.inverse)]).into_iter().filter_map(part).collect();
        if !edits.is_empty() {
            let edit = Edit::Batch(edits);
            apply(&mut reached, &edit).ok()?;
            steps.push((made, edit));
        }
    }
    (reached == goal).then_some(steps)
}

/// What was not put back, in the user's words: "“Bridge opens” (place)".
fn words_of(conflict: &Conflict) -> String {
    match conflict.field {
        Some(field) => format!("“{}” ({})", conflict.title, field.to_lowercase()),
        None => format!("“{}”", conflict.title),
    }
}
