//! The question language: what is typed into the question field, kept in saved views and given to `--query`.
//!
//! Owns the grammar, its syntax tree with the place of every node, printing it, and what each name in it means for events.
//! Evaluation is for `expr` and `test`; `docs/QUESTIONS.md` tells the language to people.
//!
//! ```text
//! question  = all { "OR" all }
//! all       = part { [ "AND" ] part }
//! part      = ( "NOT" | "-" ) part | "(" question ")" | scope "(" question ")" | field | literal
//! scope     = "cite" | "link"
//! field     = [ "?" ] name ":" test
//! test      = "*" | ( ">=" | "<=" | ">" | "<" ) literal | [ literal ] ".." [ literal ] | value { "," value }
//! value     = [ "=" ] literal
//! literal   = word | '"' text '"'
//! ```
//!
//! An operator where it joins nothing is a word, and so is a closing bracket that closes nothing: a text without `:`, `(` and
//! `"` is never refused.
//!
//! | module | owns |
//! |---|---|
//! | `syntax` | the syntax tree |
//! | `parse` | reading a text into it |
//! | `print` | the shortest text that is read as the same tree |
//! | `fault` | what is wrong with a question, where, and what helps |
//! | `complete` | what a question that is being typed can go on with |
//! | `names` | what the name before a colon asks |
//! | `resolve` | the tree of tests that a syntax tree means |
//! | `values` | what stands behind a colon: values, amounts, terms, dates |

mod complete;
mod fault;
mod names;
mod parse;
mod print;
mod resolve;
mod syntax;
mod values;

pub use complete::{Continuation, Typed, TypedPart, continuations, typed_part, without_begun};
pub use fault::QueryFault;
pub use names::asked_names;
pub(super) use names::{is_same_name, reads_as_own};
pub use parse::parse;
pub(super) use resolve::PROBLEMS;
pub use resolve::{Asking, asks_selected, read, read_for_sources};
pub use syntax::{Comparison, Literal, Node, NodeKind, Scope, Test};

#[cfg(test)]
mod tests;
