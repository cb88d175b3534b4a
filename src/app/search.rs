//! Searching as one types: within the frame where the timeline is short, outside it where it is long, the last question first.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::jobs::{JobKind, Jobs};
use super::session::Session;
use crate::model::{KnownOn, Text, Timeline};
use crate::query::{Answer, Asked, Found, Reading, Texts, TypedPart, asks_selected, continuations};
use crate::time::Instant;
use crate::ui::QueryFieldState;

/// Events of a timeline that is searched within the frame.
pub const SEARCHED_AT_ONCE: usize = 20_000;

/// What was found, and what is being looked for.
#[derive(Debug, Default)]
pub struct Search {
    pub found: Found,
    /// The question that a job works on, with what calls it off.
    asked: Option<(Asked, Arc<AtomicBool>)>,
    /// The texts of a session's events: the first search puts them side by side, later ones follow what was edited since.
    texts: (u64, Arc<Mutex<Texts>>),
    /// The session whose texts were asked for before any question was.
    prepared: Option<u64>,
    /// What a job works out that a question can go on with, of a revision.
    offering: Option<(u64, TypedPart)>,
    /// The ids of the events that were selected when the question began to ask for these; none where it does not.
    selected: Option<Arc<[Text]>>,
}

impl Search {
    /// Has a question answered for the session as it is: at once, or soon. Until then the last answer stands.
    pub fn ask(&mut self, jobs: &mut Jobs, session: &Session, text: &str, known_on: Option<&KnownOn>, now: Instant) {
        let revision = session.revision();
        if self.found.answers(revision, text, known_on) {
            return;
        }
        let asked = (revision, text.to_owned(), known_on.cloned());
        if self.asked.as_ref().is_some_and(|(known, _)| *known == asked) {
            return;
        }
        self.call_off();
        let timeline = Arc::clone(session.timeline());
        let texts = self.texts_of(revision);
        let cancelled = Arc::new(AtomicBool::new(false));
        let reading = self.reading(now);
        let is_plain = text.trim().is_empty() && known_on.is_none();
        if is_plain {
            // Nothing is read, so nobody is waited for.
            self.finish(Answer::find(&timeline, &mut Texts::default(), asked, &reading, &cancelled));
        } else if timeline.events().len() <= SEARCHED_AT_ONCE {
            self.finish(find(&timeline, &texts, asked, &reading, &cancelled));
        } else {
            self.asked = Some((asked.clone(), Arc::clone(&cancelled)));
            let work = move || find(&timeline, &texts, asked, &reading, &cancelled);
            jobs.start(JobKind::Search, work, |app, answer| app.search.finish(answer));
        }
    }

    /// Keeps what is selected while a question asks for it: as it was when it first did, since to go from match to match
    /// selects another event each time.
    pub fn keep_selected(&mut self, question: &str, selected: impl FnOnce() -> Arc<[Text]>) {
        if !asks_selected(question) {
            self.selected = None;
        } else if self.selected.is_none() {
            self.selected = Some(selected());
        }
    }

    /// What a question is read with at a moment.
    pub fn reading(&self, now: Instant) -> Reading {
        Reading { now, otherwise: self.found.query(), selected: self.selected.clone() }
    }

    /// Has the texts of a long timeline put side by side, which a first question would wait for.
    pub fn prepare(&mut self, jobs: &mut Jobs, session: &Session) {
        let timeline = Arc::clone(session.timeline());
        if timeline.events().len() <= SEARCHED_AT_ONCE || self.asked.is_some() || jobs.is_running(JobKind::Prepare) {
            return;
        }
        let number = session.revision() >> 40;
        if self.prepared != Some(number) {
            self.prepared = Some(number);
            let texts = self.texts_of(session.revision());
            let work = move || {
                let mut texts = texts.lock().unwrap_or_else(PoisonError::into_inner);
                texts.follow(timeline.events());
                texts.work_out_terms(timeline.zone());
            };
            jobs.start(JobKind::Prepare, work, |_, ()| {});
        }
    }

    /// Has the field offered what the question that is typed there can go on with: at once, or soon.
    pub fn offer(&mut self, jobs: &mut Jobs, session: &Session, field: &mut QueryFieldState) {
        let Some(part) = field.wanted().cloned() else { return };
        let revision = session.revision();
        let texts = self.texts_of(revision);
        let timeline = Arc::clone(session.timeline());
        let is_short = timeline.events().len() <= SEARCHED_AT_ONCE;
        let work = move |part: TypedPart| {
            let mut texts = texts.lock().unwrap_or_else(PoisonError::into_inner);
            texts.follow(timeline.events());
            (continuations(&timeline, &texts, &part), part)
        };
        if is_short {
            let (all, part) = work(part);
            field.know(revision, part, all);
            jobs.ctx().request_repaint();
        } else if self.offering.as_ref() != Some(&(revision, part.clone())) {
            self.offering = Some((revision, part.clone()));
            jobs.start(
                JobKind::Offer,
                move || work(part),
                move |app, (all, part)| {
                    app.search.offering = None;
                    // Who types on wants something else by now.
                    let field = &mut app.panels.top_bar.query;
                    if field.wanted() == Some(&part) && app.session.revision() == revision {
                        field.know(revision, part, all);
                    }
                },
            );
        }
    }

    /// The texts of the session of a revision, empty where another was searched last.
    pub fn texts_of(&mut self, revision: u64) -> Arc<Mutex<Texts>> {
        let number = revision >> 40;
        if self.texts.0 != number {
            self.texts = (number, Arc::default());
        }
        Arc::clone(&self.texts.1)
    }

    /// Takes up what a search found; nothing where it was called off.
    fn finish(&mut self, answer: Option<Answer>) {
        if let Some(answer) = answer {
            self.asked = None;
            self.found.take(answer);
        }
    }

    /// Whether a job answers a question.
    pub const fn is_asking(&self) -> bool {
        self.asked.is_some()
    }

    fn call_off(&mut self) {
        if let Some((_, cancelled)) = self.asked.take() {
            cancelled.store(true, Ordering::Relaxed);
        }
    }
}

fn find(
    timeline: &Timeline,
    texts: &Mutex<Texts>,
    asked: Asked,
    reading: &Reading,
    cancelled: &AtomicBool,
) -> Option<Answer> {
    // A search that was called off lets go of them soon.
    let mut texts = texts.lock().unwrap_or_else(PoisonError::into_inner);
    Answer::find(timeline, &mut texts, asked, reading, cancelled)
}
