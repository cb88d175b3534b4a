//! Counting the facets under the present question: within the frame where the timeline is short, outside it where it is long.
//!
//! The counts of a facet are those under the question without what it says of that facet, so that its other values keep
//! theirs.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::jobs::{JobKind, Jobs};
use super::search::Search;
use super::session::Session;
use crate::model::{KnownOn, Timeline};
use crate::query::{Asking, FacetCounts, FacetName, Query, Question, Reading, Texts};
use crate::time::Instant;
use crate::ui::{Facets, FacetsState};

/// Events of a timeline that is counted within the frame.
const COUNTED_AT_ONCE: usize = 20_000;

/// Events of a timeline of which problems are counted within the frame.
const CHECKED_AT_ONCE: usize = 1_000;

/// What was counted, and what is being counted.
#[derive(Debug, Default)]
pub struct Counting {
    shown: Facets,
    /// What `shown` is of.
    counted: Option<Asked>,
    /// What a job counts, with what calls it off.
    asked: Option<(Asked, Arc<AtomicBool>)>,
    /// The user's own fields, as they were when they were counted last.
    own: Vec<FacetName>,
    /// The session that this is of.
    session: u64,
}

/// What a count came to.
struct Counted {
    own: Vec<FacetName>,
    /// Of the open facets that were asked for.
    counts: Vec<FacetCounts>,
    /// Whether no event matches the question for certain, and some may.
    is_only_possible: bool,
}

/// What is counted: the revision, the question that is answered and the date of knowledge, and the facets that are open.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    revision: u64,
    question: String,
    known_on: Option<KnownOn>,
    open: Vec<FacetName>,
}

/// What counting needs beside it.
struct Ground {
    timeline: Arc<Timeline>,
    texts: Arc<Mutex<Texts>>,
    reading: Reading,
    cancelled: Arc<AtomicBool>,
}

impl Counting {
    /// The counts as far as they are known.
    pub fn shown(&self) -> &Facets {
        &self.shown
    }

    /// Has the facets counted that are open, under the question that is answered now.
    pub fn ask(&mut self, jobs: &mut Jobs, session: &Session, search: &mut Search, panel: &FacetsState, now: Instant) {
        let revision = session.revision();
        // Until the search has caught up, which comes first, the counts are those of the question before.
        if search.is_asking() || search.found.revision().is_some_and(|known| known != revision) {
            self.call_off();
            return;
        }
        if self.session != revision >> 40 {
            *self = Self { session: revision >> 40, ..Self::default() };
        }
        let names = FacetName::ALL.iter().chain(&self.own);
        let open: Vec<FacetName> = names.filter(|name| panel.is_open(name)).cloned().collect();
        let known_on = search.found.known_on().cloned();
        let asked = Asked { revision, question: search.found.query().text().to_owned(), known_on, open };
        if self.counted.as_ref() == Some(&asked) || self.asked.as_ref().is_some_and(|(known, _)| *known == asked) {
            return;
        }
        self.call_off();
        let cancelled = Arc::new(AtomicBool::new(false));
        let ground = Ground {
            timeline: Arc::clone(session.timeline()),
            texts: search.texts_of(revision),
            reading: search.reading(now),
            cancelled: Arc::clone(&cancelled),
        };
        // A check of the whole is behind the counts of problems.
        let most = if asked.open.contains(&FacetName::Problem) { CHECKED_AT_ONCE } else { COUNTED_AT_ONCE };
        let is_short = ground.timeline.events().len() <= most;
        if is_short {
            let counted = count(&asked, &ground);
            self.take(asked, counted);
        } else {
            self.shown.is_old = true;
            self.asked = Some((asked.clone(), cancelled));
            let work = move || {
                let counted = count(&asked, &ground);
                (!ground.cancelled.load(Ordering::Relaxed)).then_some((asked, counted))
            };
            jobs.start(JobKind::Count, work, |app, found| {
                if let Some((asked, counted)) = found {
                    app.counting.take(asked, counted);
                }
            });
        }
    }

    /// Calls off what is being counted: a question is asked, which comes first.
    pub fn call_off(&mut self) {
        if let Some((_, cancelled)) = self.asked.take() {
            cancelled.store(true, Ordering::Relaxed);
        }
    }

    fn take(&mut self, asked: Asked, counted: Counted) {
        self.asked = None;
        self.own = counted.own;
        let is_only_possible = counted.is_only_possible;
        let counted: Vec<(&FacetName, FacetCounts)> = asked.open.iter().zip(counted.counts).collect();
        let counts_of =
            |name: &FacetName| counted.iter().find(|(open, _)| *open == name).map(|(_, counts)| counts.clone());
        let names = FacetName::ALL.iter().chain(&self.own);
        self.shown = Facets {
            all: names.map(|name| (name.clone(), counts_of(name))).collect(),
            is_old: false,
            is_only_possible,
        };
        self.counted = Some(asked);
    }
}

fn count(asked: &Asked, ground: &Ground) -> Counted {
    let Ground { timeline, cancelled, .. } = ground;
    let mut texts = ground.texts.lock().unwrap_or_else(PoisonError::into_inner);
    texts.follow(timeline.events());
    let selected = ground.reading.selected(timeline);
    let asking =
        Asking { timeline, now: ground.reading.now, known_on: asked.known_on.as_ref(), selected: Some(&selected) };
    let hits = |question: &str| {
        let query = Query::read(question, asking).unwrap_or_default();
        Question { query: &query, known_on: asked.known_on.as_ref() }.hits(timeline, &texts, cancelled)
    };
    let all = hits(&asked.question);
    let count = |facet: &FacetName| {
        let without = match facet.picked(&asked.question) {
            Ok(picked) if !picked.is_empty() => facet.without(&asked.question).ok(),
            _ => None,
        };
        let own = without.map(|question| hits(&question));
        let among = own.as_ref().unwrap_or(&all).as_ref().map(|hits| hits.certain());
        facet.count(timeline, &texts, among, cancelled)
    };
    let is_only_possible = all.as_ref().is_some_and(|hits| hits.certain().count() == 0 && hits.possible().count() > 0);
    let counts = asked.open.iter().map(count).collect();
    Counted { counts, own: FacetName::own(timeline, &texts), is_only_possible }
}
