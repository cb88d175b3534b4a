//! What a query finds, found once for a state of a timeline however many panels ask.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Asking, Hits, Matches, Query, QueryFault, Question, Texts, without_begun};
use crate::model::{KnownOn, Text, Timeline};
use crate::time::Instant;

/// The events that match the question asked last.
#[derive(Debug, Clone, Default)]
pub struct Found {
    answer: Option<Answer>,
    number: u64,
}

/// The revision of a timeline, the words asked for, and the date as of which they were to be known.
pub type Asked = (u64, String, Option<KnownOn>);

/// A question with the events that answer it.
#[derive(Debug, Clone)]
pub struct Answer {
    asked: Asked,
    /// What was answered: what was asked, or where that could not be read the question before it.
    query: Query,
    fault: Option<QueryFault>,
    /// None where nothing is asked.
    hits: Option<Hits>,
    /// How many of the events that match were perhaps known.
    perhaps_known: usize,
}

/// What a question is read with.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The present on the axis of the timeline's zone.
    pub now: Instant,
    /// The question that is answered where the one that is asked cannot be read: while a word is typed, what stands there
    /// is no question now and then. What was the beginning of a name and read as a word is left out of it.
    pub otherwise: Query,
    /// The ids of the events that were selected when a question first asked for these.
    pub selected: Option<Arc<[Text]>>,
}

impl Reading {
    /// The events that are selected, of a timeline.
    pub fn selected(&self, timeline: &Timeline) -> Matches {
        let ids = self.selected.iter().flat_map(|ids| ids.iter());
        Matches::of(timeline.events().len(), ids.filter_map(|id| timeline.event_position(id)))
    }
}

impl Found {
    /// Whether a question is the one that was answered last.
    pub fn answers(&self, revision: u64, text: &str, known_on: Option<&KnownOn>) -> bool {
        self.answer.as_ref().is_some_and(|answer| {
            let (known_revision, known_text, known_date) = &answer.asked;
            *known_revision == revision && known_text == text && known_date.as_ref() == known_on
        })
    }

    /// Takes up an answer.
    pub fn take(&mut self, answer: Answer) {
        self.number += 1;
        self.answer = Some(answer);
    }

    /// The number of the answer: no two are the same.
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// The date as of which things were to be known.
    pub fn known_on(&self) -> Option<&KnownOn> {
        self.answer.as_ref().and_then(|answer| answer.asked.2.as_ref())
    }

    /// How many of the events that match were perhaps known.
    pub fn perhaps_known(&self) -> usize {
        self.answer.as_ref().map_or(0, |answer| answer.perhaps_known)
    }

    /// The events that match and those that may; none where nothing is asked.
    pub fn hits(&self) -> Option<&Hits> {
        self.answer.as_ref().and_then(|answer| answer.hits.as_ref())
    }

    /// The question that was answered.
    pub fn query(&self) -> Query {
        self.answer.as_ref().map(|answer| answer.query.clone()).unwrap_or_default()
    }

    /// Why what was asked could not be read: the answer is to the question before it then.
    pub fn fault(&self) -> Option<&QueryFault> {
        self.answer.as_ref().and_then(|answer| answer.fault.as_ref())
    }

    /// The events that match for certain; none where nothing is asked.
    pub fn matches(&self) -> Option<&Matches> {
        self.hits().map(Hits::certain)
    }

    /// The revision that was asked about, where anything was.
    pub fn revision(&self) -> Option<u64> {
        self.answer.as_ref().map(|answer| answer.asked.0)
    }
}

impl Answer {
    /// Answers a question for a timeline, whose texts are brought up to date where words are asked for; none where it was
    /// called off meanwhile.
    pub fn find(
        timeline: &Timeline,
        texts: &mut Texts,
        asked: Asked,
        reading: &Reading,
        cancelled: &AtomicBool,
    ) -> Option<Self> {
        let (known_on, selected) = (asked.2.as_ref(), reading.selected(timeline));
        let asking = Asking { timeline, now: reading.now, known_on, selected: Some(&selected) };
        let (query, fault) = match Query::read(&asked.1, asking) {
            Ok(query) => (query, None),
            Err(fault) => {
                let left = without_begun(&asked.1, reading.otherwise.text());
                let left = left.and_then(|left| Query::read(&left, asking).ok());
                (left.unwrap_or_else(|| reading.otherwise.clone()), Some(fault))
            }
        };
        if !query.is_empty() {
            texts.follow(timeline.events());
        }
        let hits = Question { query: &query, known_on: asked.2.as_ref() }.hits(timeline, texts, cancelled);
        let perhaps_known = asked.2.as_ref().zip(hits.as_ref()).map_or(0, |(known_on, hits)| {
            let events = timeline.events();
            known_on.perhaps(timeline, hits.certain().iter().filter_map(|event| events.get(event)))
        });
        (!cancelled.load(Ordering::Relaxed)).then_some(Self { asked, query, fault, hits, perhaps_known })
    }
}
