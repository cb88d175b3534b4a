//! Which events a question selects: words that must all occur, and where in time it may lie, as of when it was known.
//!
//! Owns reading a question, its tree and its evaluation in three values, and which writings of a word are one
//! ([`fold`](fn@fold)); where the answer is shown is for `cli` and `ui`.
//!
//! | module | owns |
//! |---|---|
//! | `fold` | when two writings are one |
//! | `matches` | a set of events |
//! | `hits` | what matches for certain, and what may |
//! | `expr` | a question as a tree, evaluated over sets |
//! | `when` | questions about time |
//! | `column` | texts or numbers of many records side by side |
//! | `terms` | what many events say alike |
//! | `texts` | the texts of all events, which answer every leaf |
//! | `question` | a question as of a date |
//! | `found` | the answer to the question asked last |
//! | `sources` | finding sources by words |

mod column;
mod expr;
mod fold;
mod found;
mod hits;
mod matches;
mod question;
mod sources;
mod terms;
mod texts;
mod when;

pub use expr::Expr;
pub use fold::fold;
pub use found::{Answer, Asked, Found};
pub use hits::Hits;
pub use matches::Matches;
pub use question::Question;
pub use sources::SourceSearch;
pub use texts::Texts;
pub use when::TimeTest;

use crate::model::Timeline;

/// What is asked of each event by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaf {
    /// A word, [folded](fn@fold), that occurs in the event, its citations or its sources.
    Word(Box<str>),
    /// Where in time it lies.
    Time(TimeTest),
}

/// A question: a tree whose leaves are words, however they are written (see [`fold`](fn@fold)), and tests of dates.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    expr: Expr<Leaf>,
}

impl Query {
    /// Reads a question as it is typed: words that must all occur; an empty one matches everything.
    pub fn parse(text: &str) -> Self {
        let folded = fold(text);
        Self { expr: Expr::all_of(folded.split_whitespace().map(|word| Leaf::Word(word.into()))) }
    }

    /// Whether it asks for anything.
    pub fn is_empty(&self) -> bool {
        self.expr.is_empty()
    }

    /// Its tree.
    pub const fn expr(&self) -> &Expr<Leaf> {
        &self.expr
    }

    /// The question with tests of dates that must hold too.
    #[must_use]
    pub fn when(self, tests: impl IntoIterator<Item = TimeTest>) -> Self {
        Self { expr: self.expr.and(Expr::all_of(tests.into_iter().map(Leaf::Time))) }
    }

    /// The events that match for certain; none where the query asks for nothing. For many questions to one timeline
    /// [`Question::hits`] is faster.
    pub fn matching(&self, timeline: &Timeline) -> Option<Matches> {
        Question { query: self, known_on: None }.find(timeline).map(Hits::into_certain)
    }
}

impl From<Expr<Leaf>> for Query {
    fn from(expr: Expr<Leaf>) -> Self {
        Self { expr }
    }
}
