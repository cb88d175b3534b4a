//! The syntax tree of a question.

use std::ops::Range;

/// A part of a question with its place. Two nodes are equal where they say the same, wherever they stand.
#[derive(Debug, Clone)]
pub struct Node {
    /// Bytes of the question.
    pub span: Range<usize>,
    /// What it says.
    pub kind: NodeKind,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// What a part of a question says.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// A word or a quotation that occurs somewhere in the event.
    Words(Literal),
    /// A test of a field.
    Field {
        /// What stands before the colon.
        name: Literal,
        /// Whether a question mark takes in what only may be so.
        takes_possible: bool,
        /// What stands behind it.
        test: Test,
    },
    /// One and the same citation or link answers all inside.
    Scope {
        /// Of which records.
        scope: Scope,
        /// What is asked of one of them.
        inside: Box<Node>,
    },
    /// All of these.
    And(Vec<Node>),
    /// At least one of these.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
}

/// The records of an event of which one is asked by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// A citation, with its source.
    Cite,
    /// A link, with the event that it leads to.
    Link,
}

impl Scope {
    /// Both, in the order of the docs.
    pub const ALL: [Self; 2] = [Self::Cite, Self::Link];

    /// The word of the language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cite => "cite",
            Self::Link => "link",
        }
    }
}

/// What is asked of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// It has a value.
    Any,
    /// Its value lies on this side of another.
    Compare(Comparison, Literal),
    /// Its value lies from one to another, both included; an end that is left out is open.
    Range(Option<Literal>, Option<Literal>),
    /// It is one of these.
    OneOf(Vec<Literal>),
}

/// A side of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named for what they say")]
pub enum Comparison {
    AtLeast,
    AtMost,
    Above,
    Below,
}

impl Comparison {
    /// Each with its sign, the longer of two that begin alike first.
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::AtLeast, ">="), (Self::AtMost, "<="), (Self::Above, ">"), (Self::Below, "<")];

    /// The sign.
    pub fn sign(self) -> &'static str {
        Self::ALL.iter().find(|(known, _)| *known == self).map_or("", |(_, sign)| sign)
    }
}

/// A text as it was meant, without its quotes. Whether it was quoted does not tell two apart, but for what quotes keep from
/// being read: `"OR"` is a word, `"pre*"` has a star in it.
#[derive(Debug, Clone)]
pub struct Literal {
    /// The text.
    pub text: String,
    /// Whether it stood in quotes.
    pub is_quoted: bool,
    /// Whether a value is to be this and nothing more: `=` stands before it.
    pub is_exact: bool,
    /// Bytes of the question, quotes included.
    pub span: Range<usize>,
}

impl Literal {
    /// Whether a star in it stands for any letters.
    pub fn has_star(&self) -> bool {
        !self.is_quoted && !self.is_exact && (self.text.starts_with('*') || self.text.ends_with('*'))
    }
}

impl PartialEq for Literal {
    fn eq(&self, other: &Self) -> bool {
        (&self.text, self.has_star(), self.is_exact) == (&other.text, other.has_star(), other.is_exact)
    }
}

impl Eq for Literal {}
