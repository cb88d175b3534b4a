//! The text that a syntax tree is printed as: the shortest that is read as the same question.
//!
//! Whether a word can stand as it is follows from the grammar, which is asked by reading it: no second list of signs that need quotes
//! could come to differ from the first.

use std::fmt::{self, Display as _};

use super::parse::{OPERATORS, parse};
use super::syntax::{Literal, Node, NodeKind, Test};

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
