//! What a query finds, found once for a state of a timeline however many panels ask.

use super::{Matches, Query};
use crate::model::Timeline;

/// The events that match the query asked last.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The revision and the text that `matches` answers.
    asked: Option<(u64, String)>,
    matches: Option<Matches>,
}

impl Found {
    /// Answers a query for a timeline, anew only where its revision or the text has changed.
    pub fn refresh(&mut self, timeline: &Timeline, revision: u64, text: &str) {
        if self.asked.as_ref().is_some_and(|(known, asked)| *known == revision && asked == text) {
            return;
        }
        self.matches = Query::parse(text).matching(timeline);
        self.asked = Some((revision, text.to_owned()));
    }

    /// The text of the query answered.
    pub fn query(&self) -> &str {
        self.asked.as_ref().map_or("", |(_, text)| text)
    }

    /// The events that match; none where the query asks for nothing.
    pub fn matches(&self) -> Option<&Matches> {
        self.matches.as_ref()
    }
}
