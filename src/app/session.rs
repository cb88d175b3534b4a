//! The open document: the timeline with its history, the text it came from, and what is derived from it.
//!
//! Every change goes through [`Session::apply`], [`Session::undo`] or [`Session::redo`]; afterwards index and problems
//! belong to the new revision. Reading and writing files is for `files`.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::journal::{Journal, JournalHost, LostFile};
use crate::diagnostic::{Diagnostic, Severity, Subject};
use crate::edit::{Edit, EditError, History};
use crate::index::{Index, References, Touched};
use crate::model::{self, Arrangement, Grouping, Places, Problems, Timeline};
use crate::query::unreadable_views;
use crate::store::{self, Claim, FileText, Holder, JournalBase, Loaded, LockFile, Read, Retention, Stamp};
use crate::time::{Instant, Zone};
use crate::ui::Facts;
use crate::ui::{Document, ReadOnly, file_name};

/// The timeline that comes with the program.
const SAMPLE: &str = include_str!("../../timelines/russia-dprk-treaty.ron");

/// Where a timeline comes from.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Origin {
    /// It came with the program.
    Sample,
    /// It was begun here.
    Untitled,
    /// It was read from or saved to this file.
    File(PathBuf),
}

/// Events of a timeline that is checked whole within the frame of an edit.
const CHECKED_AT_ONCE: usize = 2_000;

/// Events that are checked within the frame of an edit of a longer one.
const MOST_AT_ONCE: usize = 64;

/// How the events of a timeline are shown, as far as its index says.
#[derive(Debug, Clone, PartialEq)]
pub struct Showing {
    /// What the bands stand for.
    pub grouping: Grouping,
    /// How the bands are arranged.
    pub arrangement: Arc<Arrangement>,
    /// The clock on which times are shown; none is the timeline's.
    pub clock: Option<Zone>,
}

/// An open timeline.
///
/// Invariant: `index` and `references` belong to the present revision of `timeline`, and so do `problems` where
/// `is_checked`. The bands of `index` stand for `grouping` as `arrangement` has them.
#[derive(Debug)]
pub struct Session {
    origin: Origin,
    /// Shared with jobs that save or draw it; a change while one does makes a copy.
    timeline: Arc<Timeline>,
    text: Option<Arc<FileText>>,
    history: History,
    /// Shared with a job that works out other bands; a change while one does makes a copy.
    index: Arc<Index>,
    references: References,
    /// Those of the captured files are beside the others.
    problems: Problems,
    /// Whether `problems` are those of the whole timeline as it is now.
    is_checked: bool,
    /// The timeline's zone, with times on the clock that they are shown on.
    zone: Zone,
    /// That clock, where it is not the timeline's.
    shown_in: Option<Zone>,
    /// What the bands of `index` stand for.
    grouping: Grouping,
    /// How these are arranged.
    arrangement: Arc<Arrangement>,
    read_only: Option<ReadOnly>,
    /// The lock of its file, which keeps other windows from changing it.
    lock: Option<LockFile>,
    /// Whether its lock has been asked for.
    is_claimed: bool,
    /// The window that has its file open, where another has.
    holder: Holder,
    /// How often the bands have been arranged anew.
    arranged: u64,
    /// Whether this is part of a file that is still being read.
    is_part: bool,
    number: u32,
    /// Length and time of the file when it was last read or written.
    stamp: Option<Stamp>,
    /// What would keep a save from writing its file, as it was when the file was last looked at.
    unwritable: Option<&'static str>,
    /// Whether its file is no longer where it was.
    is_gone: bool,
    /// Keeps every change beyond a crash; none where there is no place for it, or nothing can be changed.
    journal: Option<Journal>,
}

impl Session {
    /// The sample. `number` tells sessions of one run apart.
    pub fn sample(number: u32) -> Self {
        Self::from_read(number, Origin::Sample, store::read(SAMPLE.to_owned()))
    }

    /// An empty timeline.
    pub fn untitled(number: u32) -> Self {
        Self::new(number, Origin::Untitled, Timeline::empty("Untitled timeline"), None, Vec::new())
    }

    /// A timeline that was read from a file. It has no number yet: [`Session::numbered`] gives it one.
    pub fn loaded(loaded: Loaded) -> Self {
        let stamp = Some(loaded.stamp);
        let unwritable = store::unwritable(&loaded.path);
        Self { stamp, unwritable, ..Self::from_read(0, Origin::File(loaded.path), loaded.read) }
    }

    /// Part of a timeline whose file is still being read; without a number.
    pub fn part(path: PathBuf, timeline: Timeline) -> Self {
        let session = Self::new(0, Origin::File(path), timeline, None, Vec::new());
        Self { read_only: Some(ReadOnly::Reading), is_part: true, ..session }
    }

    /// The session with a number that tells it from the others of this run.
    pub fn numbered(self, number: u32) -> Self {
        Self { number, ..self }
    }

    fn from_read(number: u32, origin: Origin, read: Read) -> Self {
        let mut problems = read.diagnostics;
        problems.extend(unreadable_views(&read.timeline));
        let mut session = Self::new(number, origin, read.timeline, None, problems);
        if !read.text.is_writable() {
            let errors = session.problems.count(Severity::Error);
            session.read_only = Some(ReadOnly::Damaged { errors, unread: read.unread, cut_in_line: read.cut_in_line });
        }
        session.text = Some(Arc::new(read.text));
        session.is_checked = read.is_checked;
        session.place_problems();
        session
    }

    fn new(
        number: u32,
        origin: Origin,
        timeline: Timeline,
        text: Option<Arc<FileText>>,
        problems: Vec<Diagnostic>,
    ) -> Self {
        let zone = timeline.zone();
        let (index, references) = rayon::join(|| Index::build(&timeline, zone), || References::build(&timeline));
        let history = History::default();
        Self {
            origin,
            timeline: Arc::new(timeline),
            text,
            history,
            index: Arc::new(index),
            references,
            problems: Problems::from(problems),
            is_checked: true,
            zone,
            shown_in: None,
            grouping: Grouping::Lane,
            arrangement: Arc::default(),
            read_only: None,
            lock: None,
            is_claimed: false,
            holder: Holder::default(),
            arranged: 0,
            is_part: false,
            number,
            stamp: None,
            unwritable: None,
            is_gone: false,
            journal: None,
        }
    }

    /// Keeps a journal of its changes from now on.
    pub(super) fn keep_journal(&mut self, host: JournalHost) {
        if self.read_only.is_some() || self.journal.is_some() {
            return;
        }
        let base = match &self.origin {
            Origin::Sample => JournalBase::Sample,
            Origin::Untitled => JournalBase::Untitled,
            Origin::File(path) => JournalBase::file(path.clone()),
        };
        self.journal = Some(Journal::of(base, host));
    }

    /// The journal of its changes.
    pub(super) fn journal(&self) -> Option<&Journal> {
        self.journal.as_ref()
    }

    /// Removes its journal: it is left, with its changes saved or given up.
    pub(super) fn end_journal(&self) {
        if let Some(journal) = &self.journal {
            journal.end();
        }
    }

    /// Where it comes from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Its file.
    pub fn path(&self) -> Option<&Path> {
        match &self.origin {
            Origin::File(path) => Some(path),
            Origin::Sample | Origin::Untitled => None,
        }
    }

    /// What it is called: the name of its file where it has one.
    pub fn name(&self) -> String {
        match &self.origin {
            Origin::Sample => "Sample".to_owned(),
            Origin::Untitled => "Untitled".to_owned(),
            Origin::File(path) => file_name(path),
        }
    }

    /// The timeline, to be shared with a job.
    pub fn timeline(&self) -> &Arc<Timeline> {
        &self.timeline
    }

    /// The text it was read from or last saved as, to be shared with a job.
    pub fn text(&self) -> Option<&Arc<FileText>> {
        self.text.as_ref()
    }

    /// What the bands stand for.
    pub const fn grouping(&self) -> Grouping {
        self.grouping
    }

    /// How the bands are arranged.
    pub const fn arrangement(&self) -> &Arc<Arrangement> {
        &self.arrangement
    }

    /// How its events are shown: what the bands stand for, how these are arranged, and on whose clock.
    pub fn showing(&self) -> Showing {
        Showing { grouping: self.grouping, arrangement: Arc::clone(&self.arrangement), clock: self.shown_in }
    }

    /// Whether its events are shown so, as they are now.
    pub fn shows(&self, showing: &Showing) -> bool {
        self.showing() == *showing && !self.index.is_behind()
    }

    /// Lets the bands stand for something else or be arranged in another way, or shows times on another clock. Nothing of the timeline
    /// changes.
    pub fn show(&mut self, showing: &Showing) {
        if !self.shows(showing) {
            let index = self.work_for(showing)(&AtomicBool::new(false));
            // Nobody called it off.
            if let Some(index) = index {
                self.take_index(showing, index);
            }
        }
    }

    /// What works out the index that shows its events so, unless it is called off.
    pub(super) fn work_for(&self, showing: &Showing) -> impl FnOnce(&AtomicBool) -> Option<Index> + Send + use<> {
        let (timeline, index, showing) = (Arc::clone(&self.timeline), Arc::clone(&self.index), showing.clone());
        let zone = self.axis(showing.clock);
        move |cancelled| index.rearranged_in_unless(&timeline, zone, showing.grouping, &showing.arrangement, cancelled)
    }

    /// The zone of the axis: the timeline's, with times on the clock that they are shown on.
    pub const fn zone(&self) -> Zone {
        self.zone
    }

    /// The zone of the axis on which times are shown on a clock; none is the timeline's.
    pub fn axis(&self, clock: Option<Zone>) -> Zone {
        let own = self.timeline.zone();
        clock.map_or(own, |clock| own.shown_on(clock))
    }

    /// Takes up the index that shows its events so. Returns the one before: a long one is not let go in a moment.
    pub(super) fn take_index(&mut self, showing: &Showing, index: Index) -> Arc<Index> {
        (self.grouping, self.arrangement) = (showing.grouping, Arc::clone(&showing.arrangement));
        self.shown_in = showing.clock;
        self.zone = self.axis(showing.clock);
        self.arranged += 1;
        std::mem::replace(&mut self.index, Arc::new(index))
    }

    /// Why it cannot be edited or saved.
    pub fn read_only(&self) -> Option<ReadOnly> {
        self.read_only
    }

    /// What would keep a save from writing the file, with what helps.
    pub fn unwritable(&self) -> Option<&'static str> {
        self.unwritable
    }

    /// The window that has its file open, or had it, where it is read-only for that.
    pub fn holder(&self) -> &Holder {
        &self.holder
    }

    /// Takes note of what came of asking for the lock of its file. A file with errors is never written to, and needs none.
    pub(super) fn claimed(&mut self, claim: Claim) {
        self.is_claimed = true;
        if matches!(self.read_only, Some(ReadOnly::Damaged { .. })) {
            return;
        }
        match claim {
            Claim::Taken(holder) => (self.read_only, self.holder) = (Some(ReadOnly::Held), holder),
            Claim::Held(lock) => (self.read_only, self.lock) = (None, Some(lock)),
            Claim::Impossible => self.read_only = None,
        }
    }

    /// Takes note that the window which has its file open is this one, or that none has.
    pub(super) fn held_by(&mut self, holder: Option<Holder>) {
        match (self.read_only, holder) {
            (Some(ReadOnly::Held | ReadOnly::Released), Some(holder)) => {
                (self.read_only, self.holder) = (Some(ReadOnly::Held), holder);
            }
            (Some(ReadOnly::Held), None) => self.read_only = Some(ReadOnly::Released),
            _ => {}
        }
    }

    /// The lock of its file.
    pub(super) fn lock(&self) -> Option<&LockFile> {
        self.lock.as_ref()
    }

    /// Gives the lock of its file away, to the session that follows on it.
    pub(super) fn give_lock(&mut self) -> Option<LockFile> {
        self.lock.take()
    }

    /// Keeps the lock of the session before, which had the same file open.
    pub(super) fn keep_lock(&mut self, lock: Option<LockFile>) {
        self.is_claimed |= lock.is_some();
        if lock.is_some() && !matches!(self.read_only, Some(ReadOnly::Damaged { .. })) {
            self.lock = lock;
        }
    }

    /// Whether the lock of its file has been asked for.
    pub(super) fn is_claimed(&self) -> bool {
        self.is_claimed
    }

    /// Whether this is part of a file that is still being read.
    pub fn is_part(&self) -> bool {
        self.is_part
    }

    /// Its problems; a copy for a job shares them.
    pub fn problems(&self) -> &Problems {
        &self.problems
    }

    /// Who refers to what in it.
    pub fn references(&self) -> &References {
        &self.references
    }

    /// The severity of its worst problem.
    pub fn worst_problem(&self) -> Option<Severity> {
        self.problems.worst()
    }

    /// Undo and redo.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Whether it differs from what is on disk. The untouched sample and an untouched new timeline do not; one whose file is gone
    /// does.
    pub fn is_unsaved(&self) -> bool {
        self.is_gone || self.history.is_unsaved()
    }

    /// Length and time of its file when it was last read or written.
    pub(super) fn stamp(&self) -> Option<Stamp> {
        self.stamp
    }

    /// Takes note that its file holds what it held when it was last read or written, though it has been written to.
    pub(super) fn confirm(&mut self, stamp: Stamp) {
        self.stamp = Some(stamp);
        if std::mem::take(&mut self.is_gone)
            && let Some(journal) = &self.journal
        {
            journal.file_back();
        }
        self.unwritable = self.path().and_then(store::unwritable);
    }

    /// Whether its file is no longer where it was.
    pub fn is_gone(&self) -> bool {
        self.is_gone
    }

    /// Takes note that its file is gone. What it held is in this process alone then: the journal keeps it among the versions of
    /// the file, where there is a place for them. Without a journal what is to be kept comes back.
    pub(super) fn lose_file(&mut self, retention: Option<Retention>) -> Option<LostFile> {
        (self.stamp, self.is_gone) = (None, true);
        let (path, text, retention) = (self.path()?.to_owned(), Arc::clone(self.text.as_ref()?), retention?);
        let lost = LostFile { retention, path, text };
        let Some(journal) = &self.journal else { return Some(lost) };
        journal.file_gone(lost);
        None
    }

    /// Goes on from what another program has written into its file, as one step that can be undone. What makes it read-only does
    /// not matter here: the file has been changed already.
    ///
    /// # Errors
    /// As [`History::apply`]; then nothing has changed.
    pub(super) fn take_in(&mut self, taken: TakenIn) -> Result<(), EditError> {
        let TakenIn { label, edit, text, stamp, holds, change } = taken;
        let is_changed = edit != Edit::Batch(Vec::new());
        let touched = Touched::by(&edit, &self.timeline);
        if is_changed {
            self.history.apply(Arc::make_mut(&mut self.timeline), label.as_str(), &edit)?;
        }
        self.text = Some(Arc::new(text));
        self.confirm(stamp);
        match holds {
            Holds::This => self.history.mark_saved(self.history.revision()),
            Holds::Saved => {}
            Holds::Other => self.history.mark_unsaved(),
        }
        if let (Some(journal), Origin::File(path)) = (&self.journal, &self.origin) {
            journal.rebased(path.clone(), change);
        }
        if is_changed {
            self.derive(&touched);
        } else if self.timeline.events().len() <= CHECKED_AT_ONCE {
            self.place_problems();
        } else {
            self.is_checked = false;
        }
        Ok(())
    }

    /// Names this session and its present state, unlike those of any other session of this run.
    pub fn revision(&self) -> u64 {
        u64::from(self.number) << 40 | self.history.revision()
    }

    /// The document as panels read it; `moment` is the present.
    pub fn document(&self, moment: Instant) -> Document<'_> {
        Document {
            timeline: &self.timeline,
            index: &self.index,
            references: &self.references,
            problems: &self.problems,
            thumbnails: None,
            activity: None,
            accounts: None,
            grouping: self.grouping,
            colored: None,
            arranged: self.arranged,
            answer: 0,
            matches: None,
            certain: None,
            known_on: None,
            perhaps_known: 0,
            zone: self.zone,
            read_only: self.read_only,
            revision: self.revision(),
            now: self.zone.position(moment),
        }
    }

    /// What decides which commands can run; `selected` says whether an event is.
    pub fn facts(&self, selected: bool) -> Facts<'_> {
        Facts {
            read_only: self.read_only,
            reading: false,
            partial: self.is_part,
            on_disk: self.path().is_some(),
            selected,
            several: false,
            dated: false,
            source_selected: false,
            any_source: !self.timeline.sources().is_empty(),
            any_event: !self.timeline.events().is_empty(),
            any_problem: !self.problems.is_empty(),
            any_rejected: false,
            known_on: false,
            asks: false,
            changed_outside: false,
            diverged: false,
            views: self.timeline.views().len(),
            view_open: false,
            view_changed: false,
            pair: false,
            undo: self.history.undo_label(),
            redo: self.history.redo_label(),
        }
    }

    /// Changes the timeline as one step that can be undone.
    ///
    /// # Errors
    /// As [`History::apply`]; then nothing has changed. A read-only timeline refuses every change.
    pub fn apply(&mut self, label: String, edit: &Edit) -> Result<(), ApplyError> {
        self.apply_made(label, edit, None)
    }

    /// Makes a change again that was made at a moment before a crash, in microseconds since 1970: should there be another crash,
    /// it is offered with that time.
    ///
    /// # Errors
    /// As [`Self::apply`].
    pub(super) fn apply_again(&mut self, label: String, edit: &Edit, at: i64) -> Result<(), ApplyError> {
        self.apply_made(label, edit, Some(at))
    }

    fn apply_made(&mut self, label: String, edit: &Edit, at: Option<i64>) -> Result<(), ApplyError> {
        if let Some(reason) = self.read_only {
            return Err(ApplyError::ReadOnly(reason));
        }
        let touched = Touched::by(edit, &self.timeline);
        self.history.apply(Arc::make_mut(&mut self.timeline), label.as_str(), edit)?;
        // The edit is kept only once it has been applied: a refused one must not come back after a crash. What undoes it holds
        // the records as they were, by which recovery tells whether the file has changed since.
        if let (Some(journal), Some(inverse)) = (&self.journal, self.history.undo_edit()) {
            journal.change(label, Arc::new(edit.clone()), Arc::clone(inverse), at);
        }
        self.derive(&touched);
        Ok(())
    }

    /// Takes the last step back; says whether there was one.
    pub fn undo(&mut self) -> bool {
        self.step("Undo", History::undo_edit, History::undo, History::redo_edit)
    }

    /// Does the step again that was taken back last; says whether there was one.
    pub fn redo(&mut self) -> bool {
        self.step("Redo", History::redo_edit, History::redo, History::undo_edit)
    }

    /// Goes a step along the history: `next` is the edit that `go` applies, `back` the one that then leads back.
    fn step(
        &mut self,
        what: &str,
        next: fn(&History) -> Option<&Arc<Edit>>,
        go: fn(&mut History, &mut Timeline) -> Option<String>,
        back: fn(&History) -> Option<&Arc<Edit>>,
    ) -> bool {
        let Some(edit) = next(&self.history).filter(|_| self.read_only.is_none()).cloned() else { return false };
        let touched = Touched::by(&edit, &self.timeline);
        let Some(label) = go(&mut self.history, Arc::make_mut(&mut self.timeline)) else { return false };
        // A journal has no stack: what undo did is an edit like any other.
        if let (Some(journal), Some(inverse)) = (&self.journal, back(&self.history)) {
            journal.change(format!("{what}: {label}"), edit, Arc::clone(inverse), None);
        }
        self.derive(&touched);
        true
    }

    /// Takes note that the state of this revision is in a file now. Where the problems are still those of `version`, they
    /// have these places in it. A session that was read-only because of another window has a file of its own now.
    pub fn saved(&mut self, path: PathBuf, written: Written, revision: u64) {
        let Written { text, stamp, placed: (version, places) } = written;
        self.confirm(stamp);
        self.origin = Origin::File(path);
        (self.read_only, self.unwritable) = (None, None);
        self.text = Some(Arc::new(text));
        self.history.mark_saved(revision);
        if self.history.is_unsaved() {
            self.problems.set_places(None);
        } else if self.problems.version() == version {
            self.problems.set_places(Some(places));
        } else {
            // Another list came meanwhile: a check finds its places.
            self.is_checked = false;
        }
    }

    /// Takes note of what is wrong with the captured files, in place of what was known of them.
    pub fn captures_checked(&mut self, found: Vec<Diagnostic>) {
        if found == self.problems.beside() {
            return;
        }
        let text = self.text.as_ref().filter(|_| !self.history.is_unsaved());
        let places = text.map(|text| text.places_of(&found));
        self.problems.set_beside(found, places);
    }

    /// Follows an edit that touched these. A long timeline is checked outside the frame; until then the touched events
    /// are checked by themselves.
    fn derive(&mut self, touched: &Touched) {
        self.zone = self.axis(self.shown_in);
        let (index, references) = (Arc::make_mut(&mut self.index), &mut self.references);
        let (timeline, zone) = (&self.timeline, self.zone);
        // Of many events both wait for memory most of the time, so they do it side by side. On a thread of its own: those that work
        // outside the frame may all be busy, and the frame would wait for one.
        std::thread::scope(|scope| {
            match touched.is_of_many() {
                true => drop(scope.spawn(|| references.follow(timeline, touched))),
                false => references.follow(timeline, touched),
            }
            index.follow(timeline, zone, touched);
        });
        if self.timeline.events().len() <= CHECKED_AT_ONCE {
            self.problems.take_up(Problems::from(check(&self.timeline)));
            self.is_checked = true;
            self.place_problems();
            return;
        }
        let ids: Vec<&str> = touched.ids().take(MOST_AT_ONCE).collect();
        let events = ids.iter().filter_map(|id| self.timeline.event(id));
        let found = events.flat_map(|event| model::check_event(&self.timeline, event)).collect();
        let subjects: Vec<Subject> = ids.iter().map(|id| Subject::Event((*id).into())).collect();
        self.problems.replace(&subjects, found);
        self.is_checked = false;
    }

    /// Whether all that is wrong with it as it is now is known.
    pub fn is_checked(&self) -> bool {
        self.is_checked
    }

    /// What a check outside the frame needs, where the whole has not been checked since the last edit.
    pub fn unchecked(&self) -> Option<Unchecked> {
        (!self.is_checked).then(|| Unchecked {
            revision: self.revision(),
            timeline: Arc::clone(&self.timeline),
            text: self.text.clone(),
            is_text_of_it: !self.history.is_unsaved(),
        })
    }

    /// Takes up what a check found, unless there was another edit since. Returns what it has no use for: a long list is
    /// not let go in a moment.
    pub fn checked(&mut self, found: Checked) -> Problems {
        if found.revision == self.revision() && !self.is_checked {
            self.is_checked = true;
            self.problems.take_up(found.problems)
        } else {
            found.problems
        }
    }

    fn place_problems(&mut self) {
        let text = self.text.as_ref().filter(|_| !self.history.is_unsaved());
        let places = text.map(|text| self.problems.places_with(|found| text.places_of(found)));
        self.problems.set_places(places);
    }
}

/// What another program has written into the file of a timeline, with what becomes of the timeline.
pub(super) struct TakenIn {
    /// Names the step in the undo menu.
    pub label: String,
    /// The change of the timeline; an empty batch where it stays as it is.
    pub edit: Edit,
    /// What the file holds now.
    pub text: FileText,
    /// Its length and time.
    pub stamp: Stamp,
    /// Which state that is.
    pub holds: Holds,
    /// What leads from there to the timeline as it will be: in words, the edit, its inverse. None where nothing does.
    pub change: Option<(String, Edit, Edit)>,
}

/// Which state of a timeline its file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// The present one.
    This,
    /// The one that it held before.
    Saved,
    /// One that this timeline never was in.
    Other,
}

/// What a save has put into a file.
pub struct Written {
    /// The text.
    pub text: FileText,
    /// Length and time of the file.
    pub stamp: Stamp,
    /// Where the problems stand in it.
    pub placed: Placed,
}

/// The places of the problems of a version of their list.
pub type Placed = (u64, Places);

/// A timeline that is to be checked outside the frame.
pub struct Unchecked {
    revision: u64,
    timeline: Arc<Timeline>,
    text: Option<Arc<FileText>>,
    is_text_of_it: bool,
}

impl Unchecked {
    /// Checks it, for as long as that takes. The file's text is packed first, where it was left as it was for the sake of
    /// an early picture.
    pub fn check(self) -> Checked {
        if let Some(text) = &self.text {
            text.pack();
        }
        let mut problems = Problems::from(check(&self.timeline));
        if let Some(text) = self.text.filter(|_| self.is_text_of_it) {
            problems.set_places(Some(problems.places_with(|found| text.places_of(found))));
        }
        Checked { revision: self.revision, problems }
    }
}

/// All that is wrong with a timeline, the questions of its views included.
fn check(timeline: &Timeline) -> Vec<Diagnostic> {
    let mut found = model::check(timeline);
    found.extend(unreadable_views(timeline));
    found
}

/// What a check outside the frame found.
pub struct Checked {
    revision: u64,
    problems: Problems,
}

/// Why a change was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// The timeline is shown as it is on disk.
    #[error("{}", .0.words())]
    ReadOnly(ReadOnly),
    /// The change does not fit the timeline.
    #[error(transparent)]
    Edit(#[from] EditError),
}
