//! Searching a long timeline as one types: outside the frame, the last question first.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::jobs::{JobKind, Jobs};
use super::session::Session;
use crate::model::KnownOn;
use crate::query::{Answer, Asked, Found, Texts};

/// Events of a timeline that is searched within the frame.
const SEARCHED_AT_ONCE: usize = 20_000;

/// What was found, and what is being looked for.
#[derive(Debug, Default)]
pub struct Search {
    pub found: Found,
    /// The question that a job works on, with what calls it off.
    asked: Option<(Asked, Arc<AtomicBool>)>,
    /// The texts of a session's events: the first search puts them side by side, later ones follow what was edited since.
    texts: (u64, Arc<Mutex<Texts>>),
}

impl Search {
    /// Has a question answered for the session as it is: at once, or soon. Until then the last answer stands.
    pub fn ask(&mut self, jobs: &mut Jobs, session: &Session, text: &str, known_on: Option<&KnownOn>) {
        let revision = session.revision();
        if self.found.answers(revision, text, known_on) {
            return;
        }
        let is_plain = text.trim().is_empty() && known_on.is_none();
        if is_plain || session.timeline().events().len() <= SEARCHED_AT_ONCE {
            self.call_off();
            self.found.refresh(session.timeline(), revision, text, known_on);
            return;
        }
        let asked = (revision, text.to_owned(), known_on.cloned());
        if self.asked.as_ref().is_some_and(|(known, _)| *known == asked) {
            return;
        }
        self.call_off();
        let cancelled = Arc::new(AtomicBool::new(false));
        self.asked = Some((asked.clone(), Arc::clone(&cancelled)));
        let timeline = Arc::clone(session.timeline());
        let number = revision >> 40;
        if self.texts.0 != number {
            self.texts = (number, Arc::default());
        }
        let texts = Arc::clone(&self.texts.1);
        let work = move || {
            // One that was called off lets go of them soon.
            let mut texts = texts.lock().unwrap_or_else(PoisonError::into_inner);
            texts.follow(timeline.events());
            Answer::find(&timeline, &texts, asked, &cancelled)
        };
        jobs.start(JobKind::Search, work, |app, answer| app.search.finish(answer));
    }

    /// Takes up what a search found; nothing where it was called off.
    fn finish(&mut self, answer: Option<Answer>) {
        if let Some(answer) = answer {
            self.asked = None;
            self.found.take(answer);
        }
    }

    fn call_off(&mut self) {
        if let Some((_, cancelled)) = self.asked.take() {
            cancelled.store(true, Ordering::Relaxed);
        }
    }
}
