//! The edit journal: every change of an open timeline, appended to a file as it is made, so that a crash loses none of them.
//!
//! Owns the files of journals: how entries are written ([`JournalWriter`]), how what a crash left is found again
//! ([`left_behind`]), and when they go. What a journal holds is applied by `app`.
//!
//! A journal is one or several segments, `NAME-0001.journal`, `NAME-0002.journal` …, each locked as long as its program runs.
//! A save begins a segment and, once the file is on the disk, lets go of those before it:
//!
//! ```text
//! 0001  Begin(base) Change Change │            the file on the disk and these make the timeline
//! 0002                  (save begins) Begin Change │ Base(file as saved) Change …     0001 goes with Base
//! ```
//!
//! A crash between the two leaves both segments. What the file has already is found by comparing records, so no entry is
//! applied twice.

mod frame;
mod read;
mod write;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use read::{LeftBehind, journals_in, left_behind};
pub use write::JournalWriter;

use super::load::Stamp;
use crate::edit::Edit;

/// The version of the entries. One that is larger was written by a newer program.
const FORMAT: u32 = 1;

/// How the names of segments end, behind the name of the journal and a number of four digits.
const SUFFIX: &str = ".journal";

/// The timeline that the changes of a journal begin from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum JournalBase {
    /// One that was begun in the window and has no file.
    Untitled,
    /// The one that comes with the program.
    Sample,
    /// That of a file.
    File {
        /// Where it stands.
        path: PathBuf,
        /// Its length in bytes, where it is known.
        length: Option<u64>,
        /// When it was last written to, in microseconds since 1970, where it is known.
        modified: Option<i64>,
    },
}

impl JournalBase {
    /// The file at a path as it is now.
    pub fn file(path: PathBuf) -> Self {
        let stamp = Stamp::of(&path).ok();
        let modified = stamp.and_then(|stamp| stamp.modified?.duration_since(std::time::UNIX_EPOCH).ok());
        Self::File {
            length: stamp.map(|stamp| stamp.length),
            modified: modified.and_then(|since| i64::try_from(since.as_micros()).ok()),
            path,
        }
    }

    /// Whether its file has been written to since, or is gone. One without a file has not.
    pub fn is_changed(&self) -> bool {
        match self {
            Self::Untitled | Self::Sample => false,
            Self::File { path, .. } => *self != Self::file(path.clone()),
        }
    }
}

/// A change as it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JournalChange {
    /// When, in microseconds since 1970 (UTC).
    pub at: i64,
    /// What the user did, in words.
    pub label: String,
    /// What changed.
    pub edit: Edit,
    /// What takes it back. It holds the records as they were, by which a later change of the file is noticed.
    pub inverse: Edit,
}

/// An entry of a journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Entry {
    /// The first of each segment.
    Begin { format: u32, program: String, base: JournalBase },
    /// A change.
    Change(Box<JournalChange>),
    /// What is typed and not committed, in the words of the window; the last one counts.
    Typed(String),
    /// The changes before are in this file.
    Base(JournalBase),
    /// The file is gone, and what it held is kept in this version of it.
    Kept(PathBuf),
}
