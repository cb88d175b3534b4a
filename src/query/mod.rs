//! Which events a question selects: what is asked of their words, fields, citations, links and dates, as of when it was known.
//!
//! Owns reading a question, its tree and its evaluation in three values, and which writings of a word are one
//! ([`fold`](fn@fold)); where the answer is shown is for `cli` and `ui`.
//!
//! | module | owns |
//! |---|---|
//! | `fold` | when two writings are one |
//! | `natural` | in which order names stand |
//! | `matches` | a set of events |
//! | `hits` | what matches for certain, and what may |
//! | `expr` | a question as a tree, evaluated over sets |
//! | `when` | questions about time |
//! | `column` | texts or numbers of many records side by side |
//! | `dates` | what is asked of a date, worked out once for each |
//! | `dictionary` | the values of a column, each once |
//! | `coded` | a column of a block, dictionary-encoded |
//! | `block` | the texts and columns of some events |
//! | `texts` | those of all events |
//! | `grades` | the best grade of each event, from columns |
//! | `test` | what fields, citations and links are asked |
//! | `lookup` | a leaf answered for all events, from columns as far as they tell |
//! | `tally` | how many events have each value of a field |
//! | `keys` | what is compared when events are sorted |
//! | `order` | events in the order of a field |
//! | `facets` | how many events have each value of what one can pick |
//! | `pick` | picking one by changing the question |
//! | `language` | the question language: its grammar, and what it means |
//! | `question` | a question as of a date |
//! | `found` | the answer to the question asked last |
//! | `sources` | finding sources by a question |
//! | `views` | views whose question cannot be read |

mod block;
mod coded;
mod column;
mod date_test;
mod dates;
mod dictionary;
mod expr;
mod facets;
mod fold;
mod found;
mod grades;
mod hits;
mod keys;
mod language;
mod lookup;
mod matches;
mod natural;
mod order;
mod own;
mod pick;
mod question;
mod said;
mod sources;
mod tally;
mod test;
mod texts;
mod views;
mod when;

pub use expr::Expr;
pub use facets::FacetName;
pub use fold::fold;
pub use found::{Answer, Asked, Found, Reading};
pub use hits::Hits;
pub use language::{
    Asking, Comparison, Continuation, Literal, Node, NodeKind, QueryFault, Scope, Test, Typed, TypedPart, asked_names,
    asks_selected, continuations, parse, typed_part, without_begun,
};
pub use matches::Matches;
pub use natural::NaturalKey;
pub use order::{OrderBy, Sorter};
pub use pick::{Pick, Picked};
pub use question::Question;
pub use sources::SourceSearch;
pub use tally::{FacetCounts, FacetValue};
pub use test::{Amount, CitationTest, DateTrait, EventTest, LinkTest, Pattern, ValueTest};
pub use texts::Texts;
pub use views::unreadable_views;
pub use when::TimeTest;

use self::language::PROBLEMS;
use crate::model::Timeline;

/// What is asked of each event by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaf {
    /// A word, [folded](fn@fold), that occurs in the event, its citations or its sources.
    Word(Box<str>),
    /// Where in time it lies.
    Time(TimeTest),
    /// What its fields, citations and links say.
    Event(Box<EventTest>),
}

impl Leaf {
    /// How much it takes to answer, in milliseconds at a million events or so.
    fn cost(&self) -> u32 {
        match self {
            Self::Word(_) => 30,
            Self::Time(_) => 10,
            Self::Event(test) => test.cost(),
        }
    }

    /// Whether its answer rests on citations, which may not count as of a date.
    const fn reads_citations(&self) -> bool {
        match self {
            Self::Word(_) => true,
            Self::Time(_) => false,
            Self::Event(test) => test.reads_citations(),
        }
    }

    /// Whether fewer citations can make it hold of an event of which it did not.
    fn compares_citations(&self) -> bool {
        matches!(self, Self::Event(test) if matches!(**test, EventTest::BestReliability(_)))
    }
}

/// A question: a tree of tests, as the question language says them or put together by hand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    text: String,
    expr: Expr<Leaf>,
}

impl Query {
    /// Reads a question as it is typed; an empty one matches everything.
    ///
    /// # Errors
    /// Where it cannot be read, or asks for a field or a value that there is not: with the place, and what helps.
    pub fn read(text: &str, asking: Asking<'_>) -> Result<Self, QueryFault> {
        let expr = language::read(text, asking)?.cheapest_first(&Leaf::cost);
        Ok(Self { text: text.trim().to_owned(), expr })
    }

    /// The question for words that must all occur.
    pub fn words(text: &str) -> Self {
        let folded = fold(text);
        Self {
            text: text.trim().to_owned(),
            expr: Expr::all_of(folded.split_whitespace().map(|word| Leaf::Word(word.into()))),
        }
    }

    /// Whether it asks for anything.
    pub fn is_empty(&self) -> bool {
        self.expr.is_empty()
    }

    /// The question as it was written; empty where it was put together by hand.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it asks where in time events lie.
    pub fn asks_time(&self) -> bool {
        self.expr.any_leaf(&|leaf| matches!(leaf, Leaf::Time(_)))
    }

    /// Its tree.
    pub const fn expr(&self) -> &Expr<Leaf> {
        &self.expr
    }

    /// The question with tests of dates that must hold too.
    #[must_use]
    pub fn when(self, tests: impl IntoIterator<Item = TimeTest>) -> Self {
        let tests = Expr::all_of(tests.into_iter().map(Leaf::Time));
        Self { expr: self.expr.and(tests).cheapest_first(&Leaf::cost), ..self }
    }

    /// The events that match for certain; none where the query asks for nothing. For many questions to one timeline
    /// [`Question::hits`] is faster.
    pub fn matching(&self, timeline: &Timeline) -> Option<Matches> {
        Question { query: self, known_on: None }.find(timeline).map(Hits::into_certain)
    }
}

impl From<Expr<Leaf>> for Query {
    fn from(expr: Expr<Leaf>) -> Self {
        Self { text: String::new(), expr }
    }
}
