//! `annalist diff`: what differs between two timelines, in the words of the model; also for git.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::{Value, json};

use super::{Failure, Outcome, report};
use crate::compare::{
    Difference, FieldChange, FieldDifference, PartDifference, RecordDifference, differences, markdown, record_fields,
    words,
};
use crate::export::markdown::push_inline;
use crate::model::{Record, Timeline};
use crate::text::visible;

/// Arguments of `annalist diff`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The timeline as it was, then as it is. git gives seven or nine arguments with --git, and one with --textconv
    #[arg(required = true, num_args = 1..=9)]
    files: Vec<PathBuf>,
    /// How it is printed
    #[arg(long, value_enum, default_value = "text")]
    format: DiffFormat,
    /// End with exit code 1 where they differ, and 2 where they cannot be compared
    #[arg(long)]
    exit_code: bool,
    /// Take the arguments that git gives to an external diff command
    #[arg(long, conflicts_with = "textconv")]
    git: bool,
    /// Print one timeline whole, in the words of a difference: what git compares line by line
    #[arg(long)]
    textconv: bool,
}

/// How differences are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// For a brief
    Md,
}

/// Prints what differs. With `--exit-code` a difference is told from trouble as diff(1) does.
pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Outcome, Failure> {
    match compare(arguments, out) {
        Err(Failure::Input(error)) if arguments.exit_code => Err(Failure::Trouble(error)),
        compared => compared,
    }
}

fn compare(arguments: &Arguments, out: &mut impl Write) -> Result<Outcome, Failure> {
    let files: Vec<&Path> = arguments.files.iter().map(PathBuf::as_path).collect();
    if arguments.textconv {
        let [file] = files.as_slice() else { return Err(wrong("--textconv takes one timeline")) };
        return textconv(file, out);
    }
    let (name, before, after) = match (arguments.git, files.as_slice()) {
        (false, [before, after]) => (*after, *before, *after),
        (false, _) => return Err(wrong("two timelines are compared: as it was, then as it is")),
        // path old-file old-hex old-mode new-file new-hex new-mode, and where it was renamed the other path and the score
        (true, [path, before, _, _, after, _, _, ..]) => (*path, *before, *after),
        (true, [path]) => {
            writeln!(out, "{}: not merged yet", visible(&path.display().to_string()))?;
            return Ok(Outcome::Done);
        }
        (true, _) => return Err(wrong("--git takes the arguments that git gives to an external diff command")),
    };
    let (before, is_broken) = read(before)?;
    let (after, is_broken_too) = read(after)?;
    let all = differences(&before, &after);
    match arguments.format {
        DiffFormat::Text => {
            if arguments.git {
                writeln!(out, "{}", visible(&name.display().to_string()))?;
            }
            out.write_all(words(&all).as_bytes())?;
        }
        DiffFormat::Md => {
            let title = format!("What has changed: {}", after.header().title);
            out.write_all(as_markdown(&title, &all).as_bytes())?;
        }
        DiffFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &all.iter().map(record_json).collect::<Vec<_>>())?;
            out.write_all(b"\n")?;
        }
    }
    Ok(match (is_broken || is_broken_too, arguments.exit_code) {
        // What a file with errors means is not known, nor whether it differs.
        (true, true) => Outcome::Trouble,
        (true, false) => Outcome::Problems,
        (false, exit_code) if exit_code && !all.is_empty() => Outcome::Problems,
        (false, _) => Outcome::Done,
    })
}

/// What differs as Markdown, with every text as it was written.
pub(super) fn as_markdown(title: &str, all: &[RecordDifference]) -> String {
    let escaped = |text: &str| {
        let mut out = String::new();
        push_inline(&mut out, text);
        out
    };
    markdown(title, all, &escaped)
}

fn wrong(message: &str) -> Failure {
    Failure::Usage(message.to_owned())
}

/// A timeline, and whether its file has errors, which have been told. What is not there, as git has it of new and removed
/// files, is an empty one.
fn read(path: &Path) -> Result<(Timeline, bool), Failure> {
    if path == Path::new("/dev/null") {
        return Ok((Timeline::empty(""), false));
    }
    let (loaded, has_errors) = report::open(path)?;
    Ok((loaded.read.timeline, has_errors))
}

/// Prints every record with its fields, in the order of the file.
fn textconv(path: &Path, out: &mut impl Write) -> Result<Outcome, Failure> {
    let (timeline, has_errors) = read(path)?;
    let header = Record::Header(timeline.header().clone());
    let whole = RecordDifference {
        key: header.key(),
        title: timeline.header().title.to_string(),
        when: None,
        difference: Difference::Added(record_fields(&timeline, &header)),
    };
    let records = differences(&Timeline::empty(timeline.header().title.clone()), &timeline);
    let text = words(
        &std::iter::once(whole).chain(records.into_iter().filter(|it| it.key != header.key())).collect::<Vec<_>>(),
    );
    // The line that counts would differ with every record.
    let text = text.split_once('\n').map_or(text.as_str(), |(_, rest)| rest);
    out.write_all(text.trim_start().as_bytes())?;
    Ok(if has_errors { Outcome::Problems } else { Outcome::Done })
}

fn record_json(record: &RecordDifference) -> Value {
    let (what, fields) = difference_json(&record.difference);
    json!({
        "kind": record.key.kind().noun(), "id": record.key.id(), "title": record.title, "when": record.when, "difference": what, "fields": fields,
    })
}

fn difference_json(difference: &Difference) -> (&'static str, Vec<Value>) {
    let what = match difference {
        Difference::Added(_) => "added",
        Difference::Removed(_) => "removed",
        Difference::Changed(_) => "changed",
    };
    (what, difference.fields().iter().map(field_json).collect())
}

fn field_json(field: &FieldDifference) -> Value {
    match &field.change {
        FieldChange::Value { before, after } => json!({
            "field": field.name,
            "before": before.as_ref().map(|said| &said.raw), "before_words": before.as_ref().map(|said| &said.words),
            "after": after.as_ref().map(|said| &said.raw), "after_words": after.as_ref().map(|said| &said.words),
        }),
        FieldChange::Items { added, removed } => json!({ "field": field.name, "added": added, "removed": removed }),
        FieldChange::Parts(parts) => {
            let part = |part: &PartDifference| {
                let (what, fields) = difference_json(&part.difference);
                json!({ "name": part.name, "difference": what, "fields": fields })
            };
            json!({ "field": field.name, "parts": parts.iter().map(part).collect::<Vec<_>>() })
        }
    }
}
