//! Which events a question selects: words that must all occur, and where in time it may lie, as of when it was known.
//!
//! Owns reading a question and matching an event, and which writings of a word are one ([`fold`](fn@fold)); where the answer is shown is for `cli` and `ui`.

mod fold;
mod found;
mod matches;
mod question;
mod search;
mod sources;
mod terms;
mod texts;
mod when;

pub use fold::fold;
pub use found::{Answer, Asked, Found};
pub use matches::Matches;
pub use question::Question;
pub use search::search;
pub use sources::SourceSearch;
pub use texts::Texts;
pub use when::TimeFilter;

use search::Word;

use crate::model::{Event, Timeline};

/// A question: every word must occur, however it is written (see [`fold`](fn@fold)), in the event, its citations or its sources.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    words: Vec<String>,
}

impl Query {
    /// Reads a question; an empty one matches everything.
    pub fn parse(text: &str) -> Self {
        Self { words: fold(text).split_whitespace().map(str::to_owned).collect() }
    }

    /// Whether it asks for anything.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Its words, folded.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// The events that match; none where the query asks for nothing. For many questions to one timeline [`search`] is
    /// faster.
    pub fn matching(&self, timeline: &Timeline) -> Option<Matches> {
        search::scan(self, timeline)
    }

    /// Whether an event matches.
    pub fn matches(&self, timeline: &Timeline, event: &Event) -> bool {
        self.words.iter().all(|word| Word::new(word).is_in(timeline, event))
    }
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
