//! The syntax tree of a question, and the text that it is printed as.

use std::fmt::{self, Display as _};
use std::ops::Range;

use super::parse::{OPERATORS, parse};

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

/// In quotes.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

/// The shortest text that is read as the same question.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            NodeKind::Words(literal) => write_literal(literal, "", f),
            NodeKind::Field { name, takes_possible, test } => {
                if *takes_possible {
                    f.write_str("?")?;
                }
                write_name(name, f)?;
                f.write_str(":")?;
                test.fmt(f)
            }
            NodeKind::Scope { scope, inside } => write!(f, "{}({inside})", scope.name()),
            NodeKind::And(parts) => {
                write_joined(parts, " ", |part| matches!(part, NodeKind::And(_) | NodeKind::Or(_)), f)
            }
            NodeKind::Or(parts) => write_joined(parts, " OR ", |part| matches!(part, NodeKind::Or(_)), f),
            NodeKind::Not(part) => match part.kind {
                NodeKind::And(_) | NodeKind::Or(_) => write!(f, "-({part})"),
                // Two hyphens are letters.
                _ if part.to_string().starts_with('-') => write!(f, "NOT {part}"),
                NodeKind::Not(_) | NodeKind::Words(_) | NodeKind::Field { .. } | NodeKind::Scope { .. } => {
                    write!(f, "-{part}")
                }
            },
        }
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What a value is read as depends on what stands before it, so it is tried behind a name.
        match self {
            Self::Any => f.write_str("*"),
            Self::Compare(comparison, literal) => {
                f.write_str(comparison.sign())?;
                write_literal(literal, &format!("x:{}", comparison.sign()), f)
            }
            Self::Range(from, to) => {
                from.iter().try_for_each(|literal| match literal.text.ends_with(['.', '/']) {
                    // Dots behind these would be read with them.
                    true => Quoted(&literal.text).fmt(f),
                    false => write_literal(literal, "x:", f),
                })?;
                f.write_str("..")?;
                to.iter().try_for_each(|literal| write_literal(literal, "x:a..", f))
            }
            Self::OneOf(literals) => literals.iter().enumerate().try_for_each(|(at, literal)| {
                f.write_str(if at > 0 { "," } else { "" })?;
                f.write_str(if literal.is_exact { "=" } else { "" })?;
                write_literal(literal, if literal.is_exact { "x:=" } else { "x:" }, f)
            }),
        }
    }
}

fn write_joined(
    parts: &[Node],
    between: &str,
    needs_brackets: impl Fn(&NodeKind) -> bool,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    parts.iter().enumerate().try_for_each(|(at, part)| {
        f.write_str(if at > 0 { between } else { "" })?;
        if needs_brackets(&part.kind) { write!(f, "({part})") } else { part.fmt(f) }
    })
}

/// Writes a name so that it is read as one.
fn write_name(name: &Literal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let is_read = |node: &Node| matches!(&node.kind, NodeKind::Field { name: read, .. } if *read == *name);
    let text = &name.text;
    // In quotes it may be one of the user's own that without them is another.
    if !name.is_quoted && parse(&format!("{text}:x")).is_ok_and(|node| is_read(&node)) {
        f.write_str(text)
    } else {
        Quoted(text).fmt(f)
    }
}

/// Writes a literal bare where it is read back as itself behind `before`, else in quotes.
fn write_literal(literal: &Literal, before: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let is_itself = |read: &Literal| read == literal && !read.is_quoted;
    // Alone in brackets an operator joins nothing and is a word; beside others it is none.
    let is_operator = before.is_empty() && OPERATORS.contains(&&*literal.text);
    let bare = parse(&format!("({before}{})", literal.text)).is_ok_and(|node| match &node.kind {
        NodeKind::Words(read) => before.is_empty() && is_itself(read),
        NodeKind::Field { test: Test::OneOf(read), .. } => matches!(read.as_slice(), [read] if is_itself(read)),
        NodeKind::Field { test: Test::Compare(_, read) | Test::Range(_, Some(read)), .. } => is_itself(read),
        _ => false,
    });
    // An open bracket would take in the comma behind the value.
    let open = literal.text.chars().fold(0_usize, |open, letter| match letter {
        '[' | '{' => open + 1,
        // One that closes nothing is a letter, as the value is read.
        ']' | '}' => open.saturating_sub(1),
        _ => open,
    });
    let is_closed = before.is_empty() || open == 0;
    if bare && is_closed && !is_operator { f.write_str(&literal.text) } else { Quoted(&literal.text).fmt(f) }
}
