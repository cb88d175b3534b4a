//! Problems in words on standard error, and files opened for a subcommand.

use std::io::Write as _;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Severity};
use crate::store::{self, FileText, Loaded};

/// Prints one line or more on standard error; a closed standard error is nobody's loss.
pub fn problem(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// A problem as `file:line:column: error[code]: message`, with its remedy on a line of its own.
pub fn in_words(path: &Path, text: &FileText, diagnostic: &Diagnostic) -> String {
    let place = text.place(diagnostic.span.map_or(0, |span| span.start));
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let mut words = format!(
        "{}:{}:{}: {severity}[{}]: {}",
        path.display(),
        place.line,
        place.column,
        diagnostic.code,
        diagnostic.message
    );
    if let Some(hint) = &diagnostic.hint {
        words.push_str("\n  help: ");
        words.push_str(hint);
    }
    words
}

/// Reads a timeline and tells its errors; whether it had any stands beside it.
pub fn open(path: &Path) -> Result<(Loaded, bool), store::LoadError> {
    let loaded = store::load(path)?;
    let mut has_errors = false;
    for diagnostic in loaded.read.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error) {
        has_errors = true;
        problem(&in_words(path, &loaded.read.text, diagnostic));
    }
    Ok((loaded, has_errors))
}
