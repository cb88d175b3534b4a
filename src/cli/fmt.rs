//! `annalist fmt`: an even layout for a timeline's text.

use std::io::Write;
use std::path::PathBuf;

use super::{Failure, Outcome, report};
use crate::diagnostic::Severity;
use crate::store::{self, Loaded, Read};
use crate::text::visible;

/// Arguments of `annalist fmt`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The timelines to lay out, in place
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Only say which files would change; they count as problems
    #[arg(long)]
    check: bool,
}

/// Lays every file out that parses; the others are told and left alone.
pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::Done;
    for path in &arguments.files {
        let loaded = match store::load(path) {
            Ok(loaded) => loaded,
            Err(error) => {
                report::problem(&format!("error: {error}"));
                outcome = Outcome::Problems;
                continue;
            }
        };
        let Loaded { read: Read { text, timeline, diagnostics, .. }, .. } = loaded;
        if !text.is_writable() {
            outcome = Outcome::Problems;
            for diagnostic in diagnostics.iter().filter(|problem| problem.severity == Severity::Error) {
                report::diagnostic(path, &text, diagnostic);
            }
            continue;
        }
        // What was read of a long file is let go before it is laid out.
        drop(timeline);
        let text = text.into_text();
        match store::formatted(&text) {
            Some(formatted) if formatted == text => {}
            Some(formatted) => {
                writeln!(out, "{}", visible(&path.display().to_string()))?;
                if arguments.check {
                    outcome = Outcome::Problems;
                } else {
                    store::write_atomic(path, formatted.as_bytes())?;
                }
            }
            None => {
                outcome = Outcome::Problems;
                report::problem(&format!(
                    "{}: error: this file cannot be laid out safely; it stays as it is: a comment in an unusual place may be the \
                     cause",
                    path.display()
                ));
            }
        }
    }
    Ok(outcome)
}
