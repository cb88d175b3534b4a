//! Arguments and subcommands: the whole program without a window, and the way to test it.
//!
//! Results go to standard output (`output`), problems to standard error as `file:line:column` (`report`); what files hold
//! passes through these two and comes to no terminal raw. Exit codes: 0 done, 1 the input has problems, 2 wrong usage
//! or, for `diff --exit-code`, files that cannot be compared. Opening the window is left to the binary, which knows whether it was built with one.

mod add;
mod check;
mod date;
mod diff;
mod events;
mod export;
mod fmt;
mod grouping;
mod import;
mod import_events;
mod list;
mod merge;
mod output;
mod progress;
mod report;
mod since;
mod sources;
mod target;
mod versions;
mod when;

pub use report::problem;

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use output::Output;

/// A timeline for analysts: what happened, when, and who says so.
#[derive(Debug, Parser)]
#[command(name = "annalist", version, about, args_conflicts_with_subcommands = true, max_term_width = 100)]
pub struct Arguments {
    /// The timeline to open in a window; without it the last one, or the sample at the first start
    pub file: Option<PathBuf>,
    /// What to do instead of opening a window
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Report every problem in timelines, with its place and a remedy
    Check(check::Arguments),
    /// List events in order of time
    List(list::Arguments),
    /// Draw a timeline, whole or in part, as PNG or SVG; write a brief of it, or its events or sources for other programs
    Export(Box<export::Arguments>),
    /// Bring sources in from BibTeX, CSL-JSON or RIS; everything else in the timeline stays as it is
    Import(import::Arguments),
    /// Bring events in from tables and from chronologies of other programs; again and again, if need be
    ImportEvents(Box<import_events::Arguments>),
    /// Add one event to a timeline; everything else in the file stays as it is
    Add(add::Arguments),
    /// Say what differs between two timelines, record by record; also as a diff command of git
    Diff(diff::Arguments),
    /// Bring two timelines together that went apart; also as a merge driver of git
    Merge(merge::Arguments),
    /// Say whether texts are dates (EDTF), and which days they can touch
    Date(date::Arguments),
    /// Lay a timeline's text out evenly, keeping every comment
    Fmt(fmt::Arguments),
    /// List the earlier versions that are kept of a timeline, or bring one back
    Versions(versions::Arguments),
}

/// How problems and events are printed where a reader may be a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextOrJson {
    /// For people
    Text,
    /// For programs
    Json,
}

/// How a subcommand ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Done,
    /// The input has problems; they have been told.
    Problems,
    /// As problems, where these are told from the answer to what was asked (`diff --exit-code`).
    Trouble,
}

/// Why a subcommand could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// What was asked for cannot be meant.
    Usage(String),
    /// A question cannot be read: why, then the question and a mark below the place, a line each.
    Question(Vec<String>),
    /// The input, or the system, stands in the way.
    Input(anyhow::Error),
    /// As input, where that is told from the answer to what was asked (`diff --exit-code`).
    Trouble(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Input(error.into())
    }
}

/// The arguments of this call. Where they cannot be meant, that is told and the exit code is returned; so it is for `--help`.
pub fn arguments() -> Result<Arguments, ExitCode> {
    Arguments::try_parse().map_err(|error| {
        if error.use_stderr() {
            // Without colours, and line by line: it repeats what was given.
            error.render().to_string().trim_end().lines().for_each(problem);
            ExitCode::from(2)
        } else {
            let _ = error.print();
            ExitCode::SUCCESS
        }
    })
}

/// Runs a subcommand to its exit code. A reader that has gone (`annalist list … | head`) has seen enough of the output: that
/// is no failure.
pub fn run(command: &Command) -> ExitCode {
    let stdout = io::stdout();
    let is_terminal = stdout.is_terminal();
    let mut out = Output::new(io::BufWriter::new(stdout.lock()), is_terminal);
    let changes_files = match command {
        Command::Import(_) | Command::ImportEvents(_) | Command::Add(_) | Command::Fmt(_) | Command::Merge(_) => true,
        Command::Versions(arguments) => arguments.changes_files(),
        _ => false,
    };
    let outcome = match command {
        Command::Check(arguments) => check::run(arguments, &mut out),
        Command::List(arguments) => list::run(arguments, &mut out),
        Command::Export(arguments) => export::run(arguments),
        Command::Import(arguments) => import::run(arguments, &mut report::Told(&mut out)),
        Command::ImportEvents(arguments) => import_events::run(arguments, &mut report::Told(&mut out)),
        Command::Add(arguments) => add::run(arguments, &mut report::Told(&mut out)),
        Command::Diff(arguments) => diff::run(arguments, &mut out),
        Command::Merge(arguments) => merge::run(arguments, &mut report::Told(&mut out)),
        Command::Date(arguments) => date::run(arguments, &mut out),
        Command::Fmt(arguments) => fmt::run(arguments, &mut report::Told(&mut out)),
        Command::Versions(arguments) => versions::run(arguments, &mut out),
    };
    let outcome = outcome.and_then(|outcome| match out.flush() {
        Err(error) if changes_files => {
            report::untold(&error);
            Ok(outcome)
        }
        flushed => Ok(flushed.map(|()| outcome)?),
    });
    let outcome = outcome.or_else(|failure| if out.is_closed() { Ok(out.if_closed) } else { Err(failure) });
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(1),
        Ok(Outcome::Trouble) => ExitCode::from(2),
        Err(Failure::Usage(message)) => {
            problem(&format!("error: {message}"));
            problem("");
            problem("For more information, try '--help'.");
            ExitCode::from(2)
        }
        Err(Failure::Question(lines)) => {
            lines.iter().for_each(|line| problem(line));
            ExitCode::from(2)
        }
        Err(Failure::Input(error)) => {
            problem(&format!("error: {}", report::in_words(&error)));
            ExitCode::from(1)
        }
        Err(Failure::Trouble(error)) => {
            problem(&format!("error: {}", report::in_words(&error)));
            ExitCode::from(2)
        }
    }
}
