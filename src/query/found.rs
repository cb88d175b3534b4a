//! What a query finds, found once for a state of a timeline however many panels ask.

use super::{Matches, Query, Question};
use crate::model::{KnownOn, Timeline};

/// The events that match the question asked last.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The revision and the question that `matches` answers.
    asked: Option<(u64, String, Option<KnownOn>)>,
    /// What the words alone find.
    worded: Option<Matches>,
    matches: Option<Matches>,
}

impl Found {
    /// Answers a question for a timeline, anew only where its revision or the question has changed.
    pub fn refresh(&mut self, timeline: &Timeline, revision: u64, text: &str, known_on: Option<&KnownOn>) {
        let same_words = self.asked.as_ref().is_some_and(|(known, asked, _)| *known == revision && asked == text);
        if same_words && self.known_on() == known_on {
            return;
        }
        let query = Query::parse(text);
        if !same_words {
            self.worded = query.matching(timeline);
        }
        self.matches = Question { query: &query, known_on }.narrow(timeline, self.worded.clone());
        self.asked = Some((revision, text.to_owned(), known_on.cloned()));
    }

    /// The text of the query answered.
    pub fn query(&self) -> &str {
        self.asked.as_ref().map_or("", |(_, text, _)| text)
    }

    /// The date as of which things were to be known.
    pub fn known_on(&self) -> Option<&KnownOn> {
        self.asked.as_ref().and_then(|(_, _, known_on)| known_on.as_ref())
    }

    /// The events that match; none where nothing is asked.
    pub fn matches(&self) -> Option<&Matches> {
        self.matches.as_ref()
    }
}
