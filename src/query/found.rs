//! What a query finds, found once for a state of a timeline however many panels ask.

use std::sync::atomic::{AtomicBool, Ordering};

use super::{Matches, Query, Question, Texts, search};
use crate::model::{KnownOn, Timeline};

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
    /// What the words alone find.
    worded: Option<Matches>,
    matches: Option<Matches>,
}

impl Found {
    /// Whether a question is the one that was answered last.
    pub fn answers(&self, revision: u64, text: &str, known_on: Option<&KnownOn>) -> bool {
        self.worded(revision, text).is_some() && self.known_on() == known_on
    }

    /// Answers a question for a timeline, anew only where its revision or the question has changed.
    pub fn refresh(&mut self, timeline: &Timeline, revision: u64, text: &str, known_on: Option<&KnownOn>) {
        if self.answers(revision, text, known_on) {
            return;
        }
        let query = Query::parse(text);
        let worded = match self.worded(revision, text) {
            Some(worded) => worded.clone(),
            None => query.matching(timeline),
        };
        let matches = Question { query: &query, known_on }.narrow(timeline, worded.clone());
        self.number += 1;
        self.answer = Some(Answer { asked: (revision, text.to_owned(), known_on.cloned()), worded, matches });
    }

    /// Takes up an answer that was found elsewhere.
    pub fn take(&mut self, answer: Answer) {
        self.number += 1;
        self.answer = Some(answer);
    }

    /// What the words alone find, where that is known.
    fn worded(&self, revision: u64, text: &str) -> Option<&Option<Matches>> {
        let answer = self.answer.as_ref().filter(|answer| answer.asked.0 == revision && answer.asked.1 == text)?;
        Some(&answer.worded)
    }

    /// The number of the answer: no two are the same.
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// The date as of which things were to be known.
    pub fn known_on(&self) -> Option<&KnownOn> {
        self.answer.as_ref().and_then(|answer| answer.asked.2.as_ref())
    }

    /// The events that match; none where nothing is asked.
    pub fn matches(&self) -> Option<&Matches> {
        self.answer.as_ref().and_then(|answer| answer.matches.as_ref())
    }
}

impl Answer {
    /// Answers a question for a timeline whose texts these are; none where it was cancelled meanwhile.
    pub fn find(timeline: &Timeline, texts: &Texts, asked: Asked, cancelled: &AtomicBool) -> Option<Self> {
        let query = Query::parse(&asked.1);
        let worded = search(&query, timeline, texts, cancelled);
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
        let matches = Question { query: &query, known_on: asked.2.as_ref() }.narrow(timeline, worded.clone());
        Some(Self { asked, worded, matches })
    }
}
