//! `annalist import`: sources from other programs' bibliographies into a timeline, and nothing else changed in it.

use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};

use super::{Failure, Outcome, report, sources};
use crate::diagnostic::Severity;
use crate::edit::{self, Edit};
use crate::interchange::{self, Format, Problem};
use crate::model::Timeline;
use crate::store::{self, Loaded};
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

/// Adds the sources and saves the timeline; prints the new ids, and on standard error every problem and a summary.
pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Outcome, Failure> {
    if let Some(format) = Format::of_name(&arguments.output) {
        return Err(Failure::Usage(format!(
            "\"{}\" is named as {}, but a timeline is written: end it in .ron",
            arguments.output.display(),
            format.label()
        )));
    }
    let (mut loaded, mut timeline) = target(arguments)?;
    let mut sums = Sums::default();
    let mut is_changed = false;
    let mut added = Vec::new();
    for input in &arguments.inputs {
        let name = if is_standard(input) { "standard input".to_owned() } else { input.display().to_string() };
        let bytes = bytes(input)?;
        let format = format(arguments, input, &bytes)?;
        let imported = interchange::import(&bytes, format);
        let merged = interchange::merge(&timeline, &imported, arguments.update);
        for problem in imported.problems.iter().chain(&merged.problems) {
            sums.errors += usize::from(problem.severity == Severity::Error);
            sums.warnings += usize::from(problem.severity == Severity::Warning);
            report::problem(&in_words(&name, problem));
        }
        for matched in &merged.matched {
            if matched.filled.is_empty() {
                sums.skipped += 1;
                report::problem(&format!("{name}: \"{}\" is there already as \"{}\"", matched.imported, matched.id));
            } else {
                sums.filled += 1;
                let fields = matched.filled.join(", ");
                report::problem(&format!("{name}: \"{}\" filled \"{}\": {fields}", matched.imported, matched.id));
            }
        }
        added.extend(merged.added);
        is_changed |= merged.edit != Edit::Batch(vec![]);
        edit::apply(&mut timeline, &merged.edit)?;
    }
    if is_changed {
        let saved = match &mut loaded {
            Some(loaded) => store::save(&arguments.output, &mut loaded.read.text, &timeline).map(|_| ()),
            None => store::save_new(&arguments.output, &timeline).map(|_| ()),
        };
        saved.with_context(|| format!("{} was not changed", arguments.output.display()))?;
    }
    for id in &added {
        writeln!(out, "{}", visible(id))?;
    }
    sums.added = added.len();
    report::problem(&summary(&sums, &arguments.output, is_changed));
    let is_nothing = sums.added + sums.filled + sums.skipped == 0;
    Ok(if sums.errors > 0 || is_nothing { Outcome::Problems } else { Outcome::Done })
}

/// The timeline to add to, with its file where there is one.
fn target(arguments: &Arguments) -> Result<(Option<Loaded>, Timeline), Failure> {
    let path = &arguments.output;
    if !path.exists() {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let title = arguments.title.clone().filter(|title| !title.trim().is_empty()).unwrap_or(stem);
        return Ok((None, Timeline::empty(title)));
    }
    if arguments.title.is_some() {
        let path = path.display();
        return Err(Failure::Usage(format!(
            "--title is for a new timeline, and \"{path}\" is there already: leave it out"
        )));
    }
    let loaded = store::load(path)?;
    report::errors(&loaded);
    if !loaded.read.text.is_writable() {
        let path = path.display();
        return Err(Failure::Input(anyhow!(
            "{path} does not parse, so nothing was added; mend the errors above first"
        )));
    }
    let timeline = loaded.read.timeline.clone();
    Ok((Some(loaded), timeline))
}

fn is_standard(input: &Path) -> bool {
    input.as_os_str() == "-"
}

#[expect(clippy::disallowed_methods, reason = "other programs' files are read here; `store` knows timelines alone")]
fn bytes(input: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = if is_standard(input) {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(input)
    };
    Ok(bytes.with_context(|| format!("\"{}\" cannot be read; nothing was added", input.display()))?)
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
    let mut parts = vec![counted(sums.added, "source added", "sources added")];
    if sums.filled > 0 {
        parts.push(counted(sums.filled, "source filled", "sources filled"));
    }
    if sums.skipped > 0 {
        parts.push(format!("{} there already", sums.skipped));
    }
    if sums.errors > 0 {
        parts.push(counted(sums.errors, "error", "errors"));
    }
    if sums.warnings > 0 {
        parts.push(counted(sums.warnings, "warning", "warnings"));
    }
    let written = if is_changed { "" } else { " (not changed)" };
    format!("{}{written}: {}", output.display(), parts.join(", "))
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
