//! `annalist check`: every problem of every file.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Failure, Outcome, TextOrJson, report};
use crate::diagnostic::{Diagnostic, Place, Severity, Subject};
use crate::store;

/// Arguments of `annalist check`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The timelines to check
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// `json` prints one array of {severity, code, message, hint, file, line, column, event or source id}
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
            event: id(|subject| if let Subject::Event(id) = subject { Some(id) } else { None }),
            source: id(|subject| if let Subject::Source(id) = subject { Some(id) } else { None }),
            lane: id(|subject| if let Subject::Lane(id) = subject { Some(id) } else { None }),
            era: id(|subject| if let Subject::Era(id) = subject { Some(id) } else { None }),
            view: id(|subject| if let Subject::View(id) = subject { Some(id) } else { None }),
        }
    }
}

/// Checks every file, also after one that cannot be read.
pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Outcome, Failure> {
    let mut has_errors = false;
    let mut rows = Vec::new();
    for path in &arguments.files {
        let loaded = match store::load(path) {
            Ok(loaded) => loaded,
            Err(error) => {
                has_errors = true;
                let unreadable = Diagnostic::new(Severity::Error, "unreadable", Subject::Timeline, error.to_string());
                report::problem(&format!("error: {error}"));
                rows.push(serde_json::to_value(Row::new(path, Place { line: 1, column: 1 }, &unreadable))?);
                continue;
            }
        };
        let (mut errors, mut warnings) = (0, 0);
        for diagnostic in &loaded.read.diagnostics {
            match diagnostic.severity {
                Severity::Error => errors += 1,
                Severity::Warning => warnings += 1,
                Severity::Info => {}
            }
            match arguments.format {
                TextOrJson::Text => report::problem(&report::in_words(path, &loaded.read.text, diagnostic)),
                TextOrJson::Json => {
                    let place = loaded.read.text.place(diagnostic.span.map_or(0, |span| span.start));
                    rows.push(serde_json::to_value(Row::new(path, place, diagnostic))?);
                }
            }
        }
        has_errors |= errors > 0;
        if arguments.format == TextOrJson::Text {
            let timeline = &loaded.read.timeline;
            let counts =
                format!("{}, {}", count(timeline.events().len(), "event"), count(timeline.sources().len(), "source"));
            let verdict = if errors + warnings == 0 {
                "no problems".to_owned()
            } else {
                format!("{}, {}", count(errors, "error"), count(warnings, "warning"))
            };
            writeln!(out, "{}: {counts}: {verdict}", path.display())?;
        }
    }
    if arguments.format == TextOrJson::Json {
        serde_json::to_writer_pretty(&mut *out, &rows)?;
        writeln!(out)?;
    }
    Ok(if has_errors { Outcome::Problems } else { Outcome::Done })
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
