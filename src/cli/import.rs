//! `annalist import`: sources from other programs' bibliographies into a timeline, and nothing else changed in it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::report::is_standard;
use super::{Failure, Outcome, report, sources, target};
use crate::diagnostic::{Severity, counted, counted_as};
use crate::edit::{self, Edit};
use crate::interchange::sources::{Format, Imported};
use crate::interchange::{self, Problem};
use crate::model::Timeline;
use crate::store::{self, SaveLock, Writer};
use crate::text::visible;

/// Arguments of `annalist import`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Bibliographies: .bib, .csl.json or .ris, or another file with --format; - reads standard input
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// The timeline to add the sources to; a new one where there is no such file
    #[arg(long, short)]
    output: PathBuf,
    /// The format of the bibliographies, where their names do not say it
    #[arg(long, value_parser = sources::format(|_| true))]
    format: Option<Format>,
    /// The title of a new timeline; its file's name where not given
    #[arg(long)]
    title: Option<String>,
    /// Fill the empty fields of sources in the timeline that have the key, address, DOI or ISBN of an imported one and
    /// contradict it in nothing; without it every source is added that is not there field by field
    #[arg(long)]
    update: bool,
}

/// What became of the sources.
#[derive(Default)]
struct Sums {
    added: usize,
    skipped: usize,
    filled: usize,
    errors: usize,
    warnings: usize,
}

/// What an import comes to.
#[derive(Default)]
struct Done {
    sums: Sums,
    is_changed: bool,
    /// The new ids.
    added: Vec<String>,
    /// What is to be told of the sources, in order.
    told: Vec<String>,
}

/// Adds the sources and saves the timeline; prints the new ids, and on standard error every problem and a summary.
pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Outcome, Failure> {
    if let Some(format) = Format::of_name(&arguments.output) {
        return Err(Failure::Usage(format!(
            "\"{}\" is named as {}, but a timeline is written: end it in .ron",
            arguments.output.display(),
            format.label()
        )));
    }
    // Before anything is locked: standard input may be long in coming.
    let imported: Vec<(String, Imported)> =
        arguments.inputs.iter().map(|input| read(arguments, input)).collect::<Result<_, _>>()?;
    let done = report::for_change(&arguments.output, |is_first| {
        // Held from the reading on, so that what others add meanwhile comes before it or behind it.
        let lock = SaveLock::wait(&arguments.output)?.keeping(report::backup(Writer::Session));
        let title = arguments.title.as_deref();
        let (mut loaded, mut timeline) =
            target::open(&arguments.output, title, || target::stem(&arguments.output), is_first)?;
        let mut done = Done::default();
        for (name, imported) in &imported {
            put(name, imported, arguments.update, &mut timeline, &mut done)?;
        }
        let saved = match &mut loaded {
            _ if !done.is_changed => return Ok(Ok(done)),
            Some(loaded) => lock.save(&mut loaded.read.text, &timeline),
            None => store::save_new(&arguments.output, &timeline),
        };
        Ok(saved.inspect(|saved| report::saved(&arguments.output, saved)).map(|_| done))
    })?;
    done.told.iter().for_each(|text| report::problem(text));
    for id in &done.added {
        writeln!(out, "{}", visible(id))?;
    }
    let sums = &done.sums;
    report::problem(&summary(sums, &arguments.output, done.is_changed));
    let is_nothing = sums.added + sums.filled + sums.skipped == 0;
    Ok(if sums.errors > 0 || is_nothing { Outcome::Problems } else { Outcome::Done })
}

/// Puts the sources of one bibliography into the timeline.
fn put(name: &str, imported: &Imported, update: bool, timeline: &mut Timeline, done: &mut Done) -> Result<(), Failure> {
    let merged = interchange::sources::merge(timeline, imported, update);
    let Done { sums, told, .. } = done;
    for problem in imported.problems.iter().chain(&merged.problems) {
        sums.errors += usize::from(problem.severity == Severity::Error);
        sums.warnings += usize::from(problem.severity == Severity::Warning);
        told.push(in_words(name, problem));
    }
    for matched in &merged.matched {
        if matched.filled.is_empty() {
            sums.skipped += 1;
            told.push(format!("{name}: \"{}\" is there already as \"{}\"", matched.imported, matched.id));
        } else {
            sums.filled += 1;
            let fields = matched.filled.join(", ");
            told.push(format!("{name}: \"{}\" filled \"{}\": {fields}", matched.imported, matched.id));
        }
    }
    sums.added += merged.added.len();
    done.added.extend(merged.added);
    done.is_changed |= merged.edit != Edit::Batch(vec![]);
    edit::apply(timeline, &merged.edit)?;
    Ok(())
}

/// A bibliography with the name it has in messages.
fn read(arguments: &Arguments, input: &Path) -> Result<(String, Imported), Failure> {
    let (name, bytes) = if is_standard(input) {
        let name = "standard input".to_owned();
        let bytes = store::bytes_from(Path::new(&name), io::stdin().lock());
        (name, bytes)
    } else {
        (input.display().to_string(), store::load_bytes(input))
    };
    let bytes = bytes.context("nothing was added")?;
    let format = format(arguments, input, &bytes)?;
    Ok((name, interchange::sources::import(&bytes, format)))
}

fn format(arguments: &Arguments, input: &Path, bytes: &[u8]) -> Result<Format, Failure> {
    let told = || Format::of_bytes(bytes);
    arguments.format.or_else(|| Format::of_name(input)).or_else(told).ok_or_else(|| {
        let input = input.display();
        Failure::Usage(format!("cannot tell the format of \"{input}\": give --format bibtex, csl-json or ris"))
    })
}

/// A problem as `file:line: error[code]: message`, or without a line where it has none.
fn in_words(name: &str, problem: &Problem) -> String {
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let line = if problem.line > 0 { format!(":{}", problem.line) } else { String::new() };
    format!("{name}{line}: {severity}[{}]: {problem}", problem.code)
}

fn summary(sums: &Sums, output: &Path, is_changed: bool) -> String {
    let mut parts = vec![counted_as(sums.added, "source added", "sources added")];
    if sums.filled > 0 {
        parts.push(counted_as(sums.filled, "source filled", "sources filled"));
    }
    if sums.skipped > 0 {
        parts.push(format!("{} there already", sums.skipped));
    }
    if sums.errors > 0 {
        parts.push(counted(sums.errors, "error"));
    }
    if sums.warnings > 0 {
        parts.push(counted(sums.warnings, "warning"));
    }
    let written = if is_changed { "" } else { " (not changed)" };
    format!("{}{written}: {}", output.display(), parts.join(", "))
}
