//! Problems in words on standard error, and files opened for a subcommand.

use std::io::{self, Write as _};
use std::path::Path;

use crate::diagnostic::{Diagnostic, Severity};
use crate::store::{self, FileText, Loaded};
use crate::text::visible;

/// Prints a problem on one line of standard error, with signs made visible that a terminal would obey; a closed standard
/// error is nobody's loss.
pub fn problem(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", visible(text));
}

/// Prints a problem with its remedy on a line of its own.
pub fn problem_with_help(text: &str, help: &str) {
    let _ = writeln!(io::stderr().lock(), "{}\n  help: {}", visible(text), visible(help));
}

/// Prints a problem of a file as `file:line:column: error[code]: message`, with its remedy.
pub fn diagnostic(path: &Path, text: &FileText, diagnostic: &Diagnostic) {
    let words = format!("{}: {}", head(path, text, diagnostic), diagnostic.message);
    match &diagnostic.hint {
        Some(hint) => problem_with_help(&words, hint),
        None => problem(&words),
    }
}

/// Where a problem of a file stands and of which kind it is: `file:line:column: error[code]`.
pub fn head(path: &Path, text: &FileText, diagnostic: &Diagnostic) -> String {
    let place = text.place(diagnostic.span.map_or(0, |span| span.start));
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    format!("{}:{}:{}: {severity}[{}]", path.display(), place.line, place.column, diagnostic.code)
}

/// Reads a timeline and tells its errors; whether it had any stands beside it.
pub fn open(path: &Path) -> Result<(Loaded, bool), store::LoadError> {
    let loaded = store::load(path)?;
    let mut has_errors = false;
    for diagnostic in loaded.read.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error) {
        has_errors = true;
        self::diagnostic(path, &loaded.read.text, diagnostic);
    }
    Ok((loaded, has_errors))
}
