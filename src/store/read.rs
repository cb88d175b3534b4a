//! Text to timeline: reading whole, or in pieces where it is long.

use std::collections::HashMap;

use super::progress::Progress;
use super::reader::{Plain, errors_of_meaning, every_problem_of_meaning, problems_of_meaning};
use super::stream::{self, Streamed};
use super::text::{Read, in_order};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::MOST_LISTED;

/// Reads a text. Never fails: what is wrong with it is in [`Read::diagnostics`], and a text with a problem of syntax, of
/// type or of a shared id is not written to ([`super::FileText::is_writable`]).
///
/// ```
/// let read = annalist::store::read("Timeline(format: 1, title: \"Empty\")".to_owned());
/// assert!(read.diagnostics.is_empty() && read.text.is_writable());
/// assert_eq!(read.timeline.header().title, "Empty");
/// ```
pub fn read(text: String) -> Read {
    match read_with(text, &Progress::new()) {
        Some(read) => read,
        None => unreachable!("nobody else knows this reading's progress, so nobody cancels it"),
    }
}

/// [`read()`] that can be followed and cancelled: then there is nothing.
pub fn read_with(text: String, progress: &Progress) -> Option<Read> {
    progress.expect(text.len() as u64);
    if text.len() < stream::LARGE {
        return Some(Plain::read(text, progress)?.finish());
    }
    match stream::read(text.as_bytes(), progress, stream::Sizes::default()) {
        Ok(Streamed::Read(read)) => Some(checked(*read)),
        Ok(Streamed::Cancelled) => None,
        // Memory reads without errors.
        Ok(Streamed::Doubtful(_)) | Err(_) => Some(Plain::read(text, progress)?.finish()),
    }
}

/// What was read, with its meaning checked where it has not been.
pub fn checked(read: Read) -> Read {
    if read.is_checked {
        return read;
    }
    let mut diagnostics = read.diagnostics;
    diagnostics.extend(problems_of_meaning(&read.text));
    Read::new(read.text, diagnostics)
}

/// The errors of a text that was read, in its order. Where its meaning has not been checked, only what can be an error is
/// looked for: for whoever tells nothing else.
pub fn errors(read: &Read) -> Vec<Diagnostic> {
    let is_error = |problem: &&Diagnostic| problem.severity == Severity::Error;
    let of_text = read.diagnostics.iter().filter(is_error).cloned();
    if read.is_checked { of_text.collect() } else { in_order(of_text.chain(errors_of_meaning(&read.text)).collect()) }
}

/// The problems of a text that was read and checked, with those that are counted there and not listed. A text with faults of
/// text or type says as much as before: what it means is not known until they are mended.
pub fn every_problem(read: &Read) -> Vec<Diagnostic> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    read.diagnostics.iter().for_each(|problem| *counts.entry(problem.code).or_default() += problem.count);
    let is_cut = counts.values().any(|count| *count > MOST_LISTED);
    if is_cut && read.text.is_writable() { every_problem_of_meaning(&read.text) } else { read.diagnostics.clone() }
}
