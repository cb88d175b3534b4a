//! A file that is being read: how far it has come, what of it is shown before the end, and how to stop.
//!
//! Everything that costs as much as the timeline is long happens in the job: reading, the index, the places of problems.
//! A frame only puts one session in the place of another.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::App;
use super::jobs::JobKind;
use super::session::Session;
use crate::layout::Viewport;
use crate::store::{self, LockFile, Progress};
use crate::ui::{ReadingFacts, ViewState, file_name};

/// The revision of what a run begins with that was asked for a file: nothing of it yet.
const FIRST_REVISION: u64 = 1 << 40;

/// How long a reading takes before the window tells of it, in seconds: a short one is over before it could be read.
const PATIENCE_SECONDS: f64 = 0.4;

/// How often the window looks how far a reading has come, in seconds.
const LOOK_SECONDS: f32 = 0.1;

/// A file that is being read.
pub(super) struct Reading {
    /// Which of the readings of this run it is.
    pub number: u64,
    /// Whether nobody asked for it: the file of the last session.
    pub by_itself: bool,
    /// Whether it is read again, and is shown as what was there before.
    pub keeps_view: bool,
    /// The revision that was open when it was asked for.
    pub revision: u64,
    path: PathBuf,
    progress: Arc<Progress>,
    /// The newest part that can be looked at.
    part: Arc<Mutex<Option<Box<Session>>>>,
    /// What was open before a part was shown, to go back to.
    before: Option<Box<(Session, ViewState)>>,
    /// The window as it was fitted to the part shown.
    fitted: Option<Viewport>,
    /// When it was first seen, in seconds of egui's clock.
    since: Option<f64>,
}

impl App {
    /// Reads a file in the background, in place of another that is being read.
    pub(super) fn load(&mut self, path: PathBuf, by_itself: bool) {
        self.stop_reading();
        let path = std::path::absolute(&path).unwrap_or(path);
        let part = Arc::new(Mutex::new(None));
        let progress = {
            let (part, path, ctx) = (Arc::clone(&part), path.clone(), self.jobs.ctx().clone());
            Progress::showing(move |timeline| {
                let session = Box::new(Session::part(path.clone(), timeline));
                part.lock().unwrap_or_else(PoisonError::into_inner).replace(session);
                ctx.request_repaint();
            })
        };
        let progress = Arc::new(progress);
        self.readings += 1;
        let number = self.readings;
        self.reading = Some(Reading {
            number,
            by_itself,
            keeps_view: false,
            revision: self.session.revision(),
            path: path.clone(),
            progress: Arc::clone(&progress),
            part,
            before: None,
            fitted: None,
            since: None,
        });
        // The lock that is held stays until the file is read, and goes over to it then.
        let is_ours = self.session.lock().is_some_and(|lock| lock.is_of(&path));
        let window = self.this_window();
        let from = path.clone();
        let work = move || {
            // Before it is read: what is shown is then what the next save finds.
            let claim = (!is_ours).then(|| LockFile::claim(&from, &window));
            let loaded = store::load_with(&from, &progress);
            loaded.map(|loaded| {
                loaded.map(|loaded| {
                    let mut session = Box::new(Session::loaded(loaded));
                    claim.into_iter().for_each(|claim| session.claimed(claim));
                    session
                })
            })
        };
        let then = move |app: &mut Self, result| app.finish_load(&path, number, result);
        self.jobs.start(JobKind::Open, work, then);
    }

    /// Reads the open file again, and shows it as it is seen now.
    pub(super) fn load_in_view(&mut self, path: PathBuf) {
        self.load(path, false);
        if let Some(reading) = &mut self.reading {
            reading.keeps_view = true;
        }
    }

    /// Stops reading and goes back to what was open before.
    pub(super) fn cancel_reading(&mut self) {
        if let Some(reading) = self.stop_reading() {
            self.settings.forget(&reading.path);
            self.show_sample_at_first();
        }
    }

    /// Stops reading, if a file is being read; what was open before is open again.
    pub(super) fn stop_reading(&mut self) -> Option<Reading> {
        let mut reading = self.reading.take()?;
        reading.progress.cancel();
        if let Some(before) = reading.before.take() {
            let (session, view) = *before;
            self.replace_session(session, view);
        }
        Some(reading)
    }

    /// Takes what was read in place of the part that is shown. Whether the view was moved by hand, and so stays.
    pub(super) fn end_reading(&mut self) -> Option<ViewState> {
        let mut reading = self.reading.take()?;
        let view = self.view.clone();
        let Some(mut before) = reading.before.take() else { return reading.keeps_view.then_some(view) };
        before.0.end_journal();
        self.session.keep_lock(before.0.give_lock());
        self.jobs.drop_elsewhere(before);
        (reading.keeps_view || reading.fitted != Some(view.place.viewport)).then_some(view)
    }

    /// Shows the newest part of a file that is being read. What was changed since it was asked for stays in view.
    pub(super) fn look_at_part(&mut self) {
        let Some(reading) = &mut self.reading else { return };
        let shows_part = reading.before.is_some();
        if shows_part && reading.fitted.is_none() && !self.view.transient.fit_pending {
            reading.fitted = Some(self.view.place.viewport);
        }
        let part = reading.part.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(part) = part else { return };
        if !shows_part && self.session.revision() != reading.revision {
            self.jobs.drop_elsewhere(part);
            return;
        }
        let is_moved = shows_part && reading.fitted != Some(self.view.place.viewport);
        reading.fitted = None;
        let view = if is_moved || reading.keeps_view { self.view.clone() } else { self.settings.opened() };
        let number = self.next_number();
        self.keep_typed();
        let before = std::mem::replace(&mut self.session, part.numbered(number));
        let view_before = std::mem::replace(&mut self.view, view);
        self.reset_panels();
        match &mut self.reading {
            Some(reading) if !shows_part => reading.before = Some(Box::new((before, view_before))),
            _ => self.jobs.drop_elsewhere(before),
        }
    }

    /// What the window says of a file that is being read; nothing of one that will be there in a moment.
    pub(super) fn reading_facts(&mut self, ctx: &egui::Context) -> Option<ReadingFacts> {
        let reading = self.reading.as_mut()?;
        let now = ctx.input(|input| input.time);
        let since = *reading.since.get_or_insert(now);
        ctx.request_repaint_after_secs(LOOK_SECONDS);
        (now - since >= PATIENCE_SECONDS || reading.before.is_some()).then(|| ReadingFacts {
            name: file_name(&reading.path),
            events: reading.progress.events(),
            share: reading.progress.share().unwrap_or(0.0),
        })
    }

    /// The session of a revision, also where a part of a file is shown in its place.
    pub(super) fn session_of(&mut self, revision: u64) -> Option<&mut Session> {
        let before = self.reading.as_mut().and_then(|reading| reading.before.as_deref_mut());
        let sessions = [Some(&mut self.session), before.map(|(session, _)| session)];
        sessions.into_iter().flatten().find(|session| session.revision() >> 40 == revision >> 40)
    }

    /// At the start, when the file that was asked for does not come, the sample is better than nothing.
    pub(super) fn show_sample_at_first(&mut self) {
        if self.session.is_part() && self.session.revision() == FIRST_REVISION {
            let session = Session::sample(self.next_number());
            self.show_session(session);
        }
    }

    /// Puts a session in the place of another with a view of it.
    pub(super) fn replace_session(&mut self, session: Session, view: ViewState) {
        // Read again, a timeline goes on with what is being typed, whatever else of it is on offer.
        let goes_on = session.origin() == self.session.origin() && !self.typed().is_empty();
        self.keep_typed();
        let mut before = std::mem::replace(&mut self.session, session);
        before.end_journal();
        // Of another file it is let go at once, and not when the other thread comes to it.
        let lock = before.give_lock();
        if let Some(path) = self.session.path() {
            let lock = lock.filter(|lock| lock.is_of(path));
            let claim =
                (lock.is_none() && !self.session.is_claimed()).then(|| LockFile::claim(path, &self.this_window()));
            self.session.keep_lock(lock);
            claim.into_iter().for_each(|claim| self.session.claimed(claim));
        }
        self.jobs.drop_elsewhere(before);
        self.keep_journal();
        self.view = view;
        self.settings.last_file = self.session.path().map(Path::to_owned);
        self.reset_panels();
        self.forget_typed_in_journal();
        if goes_on && self.session.read_only().is_none() {
            self.put_back_typed();
        } else {
            self.await_typed();
        }
    }

    fn reset_panels(&mut self) {
        self.panels.canvas.forget();
        self.panels.inspector = Default::default();
        self.panels.drawer = Default::default();
        self.panels.drawer.table.set_columns(self.settings.table.clone());
        self.panels.known_on = Default::default();
    }
}
