//! `annalist fmt`: an even layout for a timeline's text.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Failure, Outcome, report};
use crate::diagnostic::Severity;
use crate::store::{self, Loaded, Read, SaveLock, Writer};
use crate::text::visible;

/// Arguments of `annalist fmt`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The timelines to lay out, in place; each is kept as it was among its earlier versions
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Only say which files would change; they count as problems
    #[arg(long)]
    check: bool,
}

/// What became of a file.
enum Laid {
    /// It stands as it should.
    Even,
    /// It was laid out anew, or would be.
    Anew,
    /// It cannot be; that has been told.
    Not,
}

/// Lays every file out that parses; the others are told and left alone.
pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::Done;
    for path in &arguments.files {
        let laid = lay_out(path, arguments.check).unwrap_or_else(|failure| {
            report::problem(&match failure {
                Failure::Usage(message) => format!("error: {message}"),
                Failure::Question(lines) => lines.join("\n"),
                Failure::Input(error) | Failure::Trouble(error) => format!("error: {}", report::in_words(&error)),
            });
            Laid::Not
        });
        match laid {
            Laid::Even => continue,
            Laid::Anew => writeln!(out, "{}", visible(&path.display().to_string()))?,
            Laid::Not => {}
        }
        if arguments.check || matches!(laid, Laid::Not) {
            outcome = Outcome::Problems;
        }
    }
    Ok(outcome)
}

fn lay_out(path: &Path, only_check: bool) -> Result<Laid, Failure> {
    report::for_change(path, |is_first| {
        let lock = if only_check { None } else { Some(SaveLock::wait(path)?.keeping(report::backup(Writer::Session))) };
        let Loaded { read: Read { text, timeline, diagnostics, .. }, .. } = store::load_unchecked(path)?;
        if !text.is_writable() {
            let errors = diagnostics.iter().filter(|problem| problem.severity == Severity::Error);
            errors.filter(|_| is_first).for_each(|error| report::diagnostic(path, &text, error));
            return Ok(Ok(Laid::Not));
        }
        // What was read of a long file is let go before it is laid out.
        drop(timeline);
        let text = text.into_text();
        match (store::formatted(&text), lock) {
            (Some(formatted), _) if formatted == text => Ok(Ok(Laid::Even)),
            (Some(_), None) => Ok(Ok(Laid::Anew)),
            (Some(formatted), Some(lock)) => {
                let saved = lock.lay_out(&text, &formatted);
                Ok(saved.inspect(|saved| report::saved(path, saved)).map(|_| Laid::Anew))
            }
            (None, _) => {
                let name = path.display();
                report::problem_with_help(
                    &format!("{name}: error: this file cannot be laid out safely, and stays as it is"),
                    "a comment in an unusual place may be the cause: move it to a line of its own",
                );
                Ok(Ok(Laid::Not))
            }
        }
    })
}
