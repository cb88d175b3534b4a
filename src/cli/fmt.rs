//! `annalist fmt`: an even layout for a timeline's text.

use std::io::Write;
use std::path::PathBuf;

use super::{Failure, Outcome, report};
use crate::store;

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
        let text = loaded.read.text.text();
        match store::formatted(&text) {
            Ok(formatted) if formatted == text => {}
            Ok(formatted) => {
                writeln!(out, "{}", path.display())?;
                if arguments.check {
                    outcome = Outcome::Problems;
                } else {
                    store::write_atomic(path, formatted.as_bytes())?;
                }
            }
            Err(diagnostics) => {
                outcome = Outcome::Problems;
                for diagnostic in &diagnostics {
                    report::problem(&report::in_words(path, &loaded.read.text, diagnostic));
                }
            }
        }
    }
    Ok(outcome)
}
