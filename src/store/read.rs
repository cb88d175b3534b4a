//! Text to timeline: reading whole, or in pieces where it is long.

use super::progress::Progress;
use super::reader::{Plain, problems_of_meaning};
use super::stream::{self, Streamed};
use super::text::Read;

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
