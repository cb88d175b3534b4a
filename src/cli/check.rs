//! `annalist check`: every problem of every file, and of the captures beside it.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Failure, Outcome, TextOrJson, report};
use crate::diagnostic::{Diagnostic, Place, Severity, Subject};
use crate::store::{self, Loaded, Read, capture};

/// Arguments of `annalist check`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The timelines to check
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// `json` prints one array of {severity, code, message, hint, file, line, column, field, event or source id}
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    format: TextOrJson,
}

#[derive(Serialize)]
struct Row<'a> {
    severity: Severity,
    code: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
    file: String,
    line: usize,
    column: usize,
    /// The path of fields inside the record: `citations.1.source`.
    #[serde(skip_serializing_if = "String::is_empty")]
    field: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lane: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    era: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    view: Option<&'a str>,
}

impl<'a> Row<'a> {
    fn new(path: &Path, place: Place, diagnostic: &'a Diagnostic) -> Self {
        let id = |wanted: fn(&Subject) -> Option<&str>| wanted(&diagnostic.subject);
        Self {
            severity: diagnostic.severity,
            code: diagnostic.code,
            message: &diagnostic.message,
            hint: diagnostic.hint.as_deref(),
            file: path.display().to_string(),
            line: place.line,
            column: place.column,
            field: diagnostic.field.join("."),
            event: id(|subject| if let Subject::Event(id) = subject { Some(id) } else { None }),
            source: id(|subject| if let Subject::Source(id) = subject { Some(id) } else { None }),
            lane: id(|subject| if let Subject::Lane(id) = subject { Some(id) } else { None }),
            era: id(|subject| if let Subject::Era(id) = subject { Some(id) } else { None }),
            view: id(|subject| if let Subject::View(id) = subject { Some(id) } else { None }),
        }
    }
}

/// Checks every file and the captures beside it, also after one that cannot be read.
pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Outcome, Failure> {
    let mut has_errors = false;
    let mut rows = Vec::new();
    for path in &arguments.files {
        let Loaded { read, .. } = match store::load(path) {
            Ok(loaded) => loaded,
            Err(error) => {
                has_errors = true;
                let unreadable = Diagnostic::new(Severity::Error, "unreadable", Subject::Timeline, error.to_string());
                report::problem(&format!("error: {error}"));
                rows.push(serde_json::to_value(Row::new(path, Place { line: 1, column: 1 }, &unreadable))?);
                continue;
            }
        };
        let problems = with_captures(path, &read);
        for problem in &problems {
            match arguments.format {
                TextOrJson::Text => report::problem(&report::in_words(path, &read.text, problem)),
                TextOrJson::Json => {
                    let place = read.text.place(problem.span.map_or(0, |span| span.start));
                    rows.push(serde_json::to_value(Row::new(path, place, problem))?);
                }
            }
        }
        has_errors |= problems.iter().any(|problem| problem.severity == Severity::Error);
        if arguments.format == TextOrJson::Text {
            let timeline = &read.timeline;
            let (events, sources) = (timeline.events().len(), timeline.sources().len());
            let verdict = verdict(&problems);
            writeln!(out, "{}: {}, {}: {verdict}", path.display(), count(events, "event"), count(sources, "source"))?;
        }
    }
    if arguments.format == TextOrJson::Json {
        serde_json::to_writer_pretty(&mut *out, &rows)?;
        writeln!(out)?;
    }
    Ok(if has_errors { Outcome::Problems } else { Outcome::Done })
}

/// The problems of a text and of the captures beside it, in the order of the text.
fn with_captures(path: &Path, read: &Read) -> Vec<Diagnostic> {
    let mut problems = read.diagnostics.clone();
    for mut problem in capture::verify(path, &read.timeline, &|| false).unwrap_or_default() {
        problem.span = read.text.locate(&problem.subject, &problem.field);
        problems.push(problem);
    }
    problems.sort_by_key(|problem| problem.span);
    problems
}

/// "1 error, 2 warnings, 3 notes": what there is none of is left out.
fn verdict(problems: &[Diagnostic]) -> String {
    let kinds = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "note")];
    let counts = kinds.map(|(severity, noun)| {
        let number = problems.iter().filter(|problem| problem.severity == severity).count();
        (number > 0).then(|| count(number, noun))
    });
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    if counts.is_empty() { "no problems".to_owned() } else { counts.join(", ") }
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
