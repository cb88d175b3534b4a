//! What is told of an import.

use std::fmt;

use crate::diagnostic::Severity;

/// One thing in an imported file that could not be taken, or not as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// An error where an entry was not taken, a warning where a part of one was not understood, else worth knowing.
    pub severity: Severity,
    /// Stable, kebab-case name of the kind of problem.
    pub code: &'static str,
    /// Line in the imported text, from 1.
    pub line: usize,
    /// The key or id of the entry, where it has one.
    pub entry: Option<String>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
}

impl Problem {
    pub(crate) fn new(severity: Severity, code: &'static str, line: usize, message: impl Into<String>) -> Self {
        Self { severity, code, line, entry: None, message: message.into() }
    }

    pub(super) fn of(mut self, entry: &str) -> Self {
        self.entry = (!entry.is_empty()).then(|| entry.to_owned());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.entry {
            Some(entry) => write!(f, "entry \"{entry}\": {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}
