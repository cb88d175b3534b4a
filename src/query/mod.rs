//! Which events a question selects: words that must all occur, and where in time it may lie.
//!
//! Owns reading a question and matching an event; where the answer is shown is for `cli` and `ui`.

mod found;
mod when;

pub use found::Found;
pub use when::TimeFilter;

use std::collections::HashSet;

use crate::model::{Event, Text, Timeline};

/// A question: every word must occur (case-insensitively) in the event, its citations or its sources' titles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    words: Vec<String>,
}

impl Query {
    /// Reads a question; an empty one matches everything.
    pub fn parse(text: &str) -> Self {
        Self { words: text.split_whitespace().map(str::to_lowercase).collect() }
    }

    /// Whether it asks for anything.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The ids of the events that match; none where the query asks for nothing.
    pub fn matching(&self, timeline: &Timeline) -> Option<HashSet<Text>> {
        let events = timeline.events().iter().filter(|event| self.matches(timeline, event));
        (!self.is_empty()).then(|| events.map(|event| event.id.clone()).collect())
    }

    /// Whether an event matches.
    pub fn matches(&self, timeline: &Timeline, event: &Event) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let text = searchable_text(timeline, event);
        self.words.iter().all(|word| text.contains(word))
    }
}

fn searchable_text(timeline: &Timeline, event: &Event) -> String {
    let mut text = String::new();
    let mut add = |part: &str| {
        text.push_str(&part.to_lowercase());
        text.push('\n');
    };
    add(&event.id);
    add(&event.title);
    add(event.date.as_str());
    add(&event.date.describe());
    add(event.standing.label());
    for part in [&event.wording, &event.place, &event.note, &event.lane].into_iter().flatten() {
        add(part);
    }
    if let Some(lane) = event.lane.as_deref().and_then(|id| timeline.lane(id)) {
        add(&lane.title);
    }
    for part in event.actors.iter().chain(&event.tags) {
        add(part);
    }
    for citation in &event.citations {
        for part in [&citation.note, &citation.quote, &citation.translation, &citation.wording].into_iter().flatten() {
            add(part);
        }
        if let Some(source) = timeline.source(&citation.source) {
            add(&source.title);
            for part in [&source.publisher, &source.author].into_iter().flatten() {
                add(part);
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Date;

    #[test]
    fn every_word_must_occur_somewhere_in_the_event() -> Result<(), crate::time::DateError> {
        let timeline = Timeline::empty("t");
        let mut event = Event::new("duma", "State Duma ratifies", Date::parse("2024-10-24")?);
        event.tags.push("Ratification".into());
        assert!(Query::parse("duma ratification").matches(&timeline, &event));
        assert!(Query::parse("  ").matches(&timeline, &event));
        assert!(!Query::parse("duma troops").matches(&timeline, &event));
        Ok(())
    }
}
