//! `annalist check`: every problem of every file, and of the captures beside it.
//!
//! For people the worst stand first and notes of one kind are one line; JSON lists all in the order of the text.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer as _};

use super::output::Output;
use super::{Failure, Outcome, TextOrJson, report};
use crate::diagnostic::{Diagnostic, Place, Severity, Subject, grouped};
use crate::model::{CHECKS, CheckKind, MOST_LISTED};
use crate::query::unreadable_views;
use crate::store::{self, FileText, Loaded, Read, capture};
use crate::text::visible;

/// Arguments of `annalist check`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The timelines to check; - reads one from standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// List everything that is found; without it several notes of one kind are one line, and of more than 2,000 problems of
    /// one kind the rest is only counted (`json` always lists all). Faults of the text itself (bad dates, unknown fields,
    /// syntax) are always counted beyond 2,000 of a kind, and so is what a text with such faults means
    #[arg(long)]
    all: bool,
    /// `json` prints one array of {severity, code, message, hint, file, line, column, field, event or source id}; one with
    /// `count` stands for that many more faults of its code, which are not listed
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
    #[serde(skip_serializing_if = "is_one")]
    count: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's skip_serializing_if passes a reference")]
fn is_one(count: &usize) -> bool {
    *count == 1
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
            count: diagnostic.count,
        }
    }
}

/// Checks every file and the captures beside it, also after one that cannot be read.
pub fn run(arguments: &Arguments, out: &mut Output<impl Write>) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::Done;
    // Each row is written when it is made: there can be a million.
    let mut json = serde_json::Serializer::pretty(Vec::new());
    let mut rows = json.serialize_seq(None)?;
    let lists_all = arguments.all || arguments.format == TextOrJson::Json;
    for path in &arguments.files {
        let Loaded { read, .. } = match report::load(path) {
            Ok(loaded) => loaded,
            Err(error) => {
                outcome = Outcome::Problems;
                let unreadable = Diagnostic::new(Severity::Error, "unreadable", Subject::Timeline, error.to_string());
                report::problem(&format!("error: {error}"));
                rows.serialize_element(&Row::new(path, Place { line: 1, column: 1 }, &unreadable))?;
                continue;
            }
        };
        let problems = with_captures(path, &read, lists_all);
        if problems.iter().any(|problem| problem.severity == Severity::Error) {
            outcome = Outcome::Problems;
        }
        out.if_closed = outcome;
        match arguments.format {
            TextOrJson::Text => {
                tell(path, &read.text, &problems, arguments.all);
                let timeline = &read.timeline;
                let (events, sources) = (timeline.events().len(), timeline.sources().len());
                let (path, verdict) = (path.display().to_string(), verdict(&problems));
                let (events, sources) = (count(events, "event"), count(sources, "source"));
                writeln!(out, "{}: {events}, {sources}: {verdict}", visible(&path))?;
            }
            TextOrJson::Json => {
                for problem in &problems {
                    let place = read.text.place(problem.span.map_or(0, |span| span.start));
                    rows.serialize_element(&Row::new(path, place, problem))?;
                }
            }
        }
    }
    rows.end()?;
    if arguments.format == TextOrJson::Json {
        out.if_closed = outcome;
        out.write_all(&json.into_inner())?;
        writeln!(out)?;
    }
    Ok(outcome)
}

/// The problems of a text and of the captures beside it, in the order of the text; those without a place last. All of them,
/// or so many of a kind that somebody may read them.
fn with_captures(path: &Path, read: &Read, all: bool) -> Vec<Diagnostic> {
    let mut problems = if all { store::every_problem(read) } else { read.diagnostics.clone() };
    problems.extend(store::unresolved(&read.text));
    for mut problem in unreadable_views(&read.timeline) {
        problem.span = read.text.locate(&problem.subject, &problem.field);
        problems.push(problem);
    }
    // What came by standard input lies beside nothing.
    if !report::is_standard(path) {
        for mut problem in capture::verify(path, &read.timeline, &|| false).unwrap_or_default() {
            problem.span = read.text.locate(&problem.subject, &problem.field);
            problems.push(problem);
        }
    }
    problems.sort_by_key(|problem| (problem.count > 1, problem.span.is_none(), problem.span));
    if all { problems } else { bounded(problems) }
}

/// Those that are listed at most of each kind, then how many more there are: a check of captures tells of every file.
fn bounded(problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut counts: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    let (listed, rest): (Vec<_>, Vec<_>) = problems.into_iter().partition(|problem| {
        let count = counts.entry((problem.severity, problem.code)).or_default();
        *count += 1;
        // One line more: the rest of a kind that has been counted before may be one problem.
        *count <= MOST_LISTED + 1 && problem.count == 1
    });
    let mut more: BTreeMap<(Severity, &'static str), usize> = BTreeMap::new();
    for problem in rest {
        *more.entry((problem.severity, problem.code)).or_default() += problem.count;
    }
    let more = more.into_iter().map(|((severity, code), count)| Diagnostic::unlisted(severity, code, count));
    listed.into_iter().chain(more).collect()
}

/// Tells errors, then warnings, then notes, each in the order of the text. Notes of one kind are one line unless all are
/// asked for.
fn tell(path: &Path, text: &FileText, problems: &[Diagnostic], all: bool) {
    let of = |severity| problems.iter().filter(move |problem| problem.severity == severity);
    of(Severity::Error).chain(of(Severity::Warning)).for_each(|problem| report::diagnostic(path, text, problem));
    if all {
        of(Severity::Info).for_each(|problem| report::diagnostic(path, text, problem));
        return;
    }
    for kind in CHECKS {
        let notes: Vec<&Diagnostic> = of(Severity::Info).filter(|problem| problem.code == kind.code).collect();
        match notes.as_slice() {
            [] => {}
            [note] => report::diagnostic(path, text, note),
            [first, ..] => {
                let head = report::head(path, text, first);
                report::problem_with_help(&format!("{head}: {}", together(kind, &notes)), "`--all` lists each of them");
            }
        }
    }
}

/// Records that a line of several notes names.
const MOST_NAMED: usize = 3;

/// Several notes of a kind in one line: `2,051 events have no full grade: "a", "b", "c", …`.
fn together(kind: &CheckKind, notes: &[&Diagnostic]) -> String {
    let number: usize = notes.iter().map(|note| note.count).sum();
    let number = grouped(number as u64);
    let mut line = match kind.many {
        Some(many) => format!("{number} {many}"),
        None => format!("{number} problems: {}", kind.what),
    };
    let mut ids: Vec<&str> = notes.iter().filter_map(|note| note.subject.id()).collect();
    ids.dedup();
    let more = if ids.len() > MOST_NAMED { ", …" } else { "" };
    let named: Vec<String> = ids.iter().take(MOST_NAMED).map(|id| format!("\"{id}\"")).collect();
    if !named.is_empty() {
        line.push_str(&format!(": {}{more}", named.join(", ")));
    }
    line
}

/// "1 error, 2 warnings, 3 notes": what there is none of is left out.
fn verdict(problems: &[Diagnostic]) -> String {
    let kinds = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "note")];
    let counts = kinds.map(|(severity, noun)| {
        let of_severity = problems.iter().filter(|problem| problem.severity == severity);
        let number = of_severity.map(|problem| problem.count).sum();
        (number > 0).then(|| count(number, noun))
    });
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    if counts.is_empty() { "no problems".to_owned() } else { counts.join(", ") }
}

fn count(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number as u64), if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_equal_problems_are_as_many_lines_as_anyone_reads() {
        let one = |code| Diagnostic::new(Severity::Error, code, Subject::Source("s".into()), "gone");
        let mut problems = vec![one("capture-missing"); MOST_LISTED + 41];
        problems.push(one("capture-changed"));
        problems.push(Diagnostic::unlisted(Severity::Error, "unsourced", 7));
        problems.push(Diagnostic::unlisted(Severity::Error, "capture-missing", 2));
        let all: usize = problems.iter().map(|problem| problem.count).sum();
        let bounded = bounded(problems);
        assert_eq!(bounded.len(), MOST_LISTED + 4);
        assert_eq!(bounded.iter().map(|problem| problem.count).sum::<usize>(), all);
        let rest = bounded.iter().find(|problem| problem.count == 42).map(|problem| problem.code);
        assert_eq!(rest, Some("capture-missing"));
    }
}
