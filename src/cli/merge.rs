//! `annalist merge`: two timelines that went apart from one brought together; also for git.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::anyhow;

use super::{Failure, Outcome, report};
use crate::compare::{Conflict, Merged, merge, title_of};
use crate::edit;
use crate::model::Timeline;
use crate::store::{self, UNRESOLVED};
use crate::text::visible;

/// Arguments of `annalist merge`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The timeline from which both went out
    base: PathBuf,
    /// Ours: its layout and comments stay, and what both changed otherwise stays as it is here
    ours: PathBuf,
    /// Theirs, which is brought in
    theirs: PathBuf,
    /// Where the merged timeline goes; it may be one of the three
    #[arg(short, long)]
    output: PathBuf,
    /// The name of the file in messages, where the output is a temporary file: %P in git
    #[arg(long)]
    name: Option<PathBuf>,
}

/// Brings the two together. Where both changed the same otherwise, that is told and stands in comments at the head of the
/// output, and the exit code is 1: what git takes for a conflict.
pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Outcome, Failure> {
    let base = if is_empty(&arguments.base) { Timeline::empty("") } else { read(&arguments.base)?.0 };
    let (mut timeline, text) = read(&arguments.ours)?;
    let (theirs, _) = read(&arguments.theirs)?;
    let Merged { edit, taken, mut conflicts } = merge(&base, &timeline, &theirs);
    edit::apply(&mut timeline, &edit).map_err(|error| anyhow!("the two cannot be brought together: {error}"))?;
    for conflict in &mut conflicts {
        // It is ours that stays, so it is found by our title.
        if let Some(record) = timeline.record(&conflict.key) {
            conflict.title = title_of(&record);
        }
    }
    let name = arguments.name.as_ref().unwrap_or(&arguments.output).display().to_string();
    let merged = store::spliced(&text, &timeline)?;
    let merged = format!("{}{merged}", conflicts.iter().map(comment).collect::<String>());
    store::write_atomic(&arguments.output, merged.as_bytes())
        .map_err(|error| anyhow!(store::not_written(&arguments.output, &error)))?;
    report::open_in_window(&arguments.output);
    for conflict in &conflicts {
        report::problem(&format!("{name}: conflict: {}", words(conflict)));
    }
    let brought = if taken == 1 { "1 record".to_owned() } else { format!("{taken} records") };
    let told = match conflicts.len() {
        0 => String::new(),
        1 => "; 1 conflict, told at the head of the file".to_owned(),
        count => format!("; {count} conflicts, told at the head of the file"),
    };
    writeln!(out, "{}: {brought} brought in{told}", visible(&name))?;
    Ok(if conflicts.is_empty() { Outcome::Done } else { Outcome::Problems })
}

/// git has an empty file for the base of two that were added on both sides.
fn is_empty(path: &Path) -> bool {
    store::Stamp::of(path).is_ok_and(|stamp| stamp.length == 0)
}

/// A timeline with its text. One with errors cannot be merged: what it means is not known.
fn read(path: &Path) -> Result<(Timeline, store::FileText), Failure> {
    let (loaded, _) = report::open(path)?;
    if !loaded.read.text.is_writable() {
        return Err(anyhow!("{} has errors: mend them, then merge", path.display()).into());
    }
    Ok((loaded.read.timeline, loaded.read.text))
}

/// A conflict as comments: what is not in the merged file must be found in it all the same.
fn comment(conflict: &Conflict) -> String {
    // Lines of a note stay lines: a title may have any sign in it, and a comment ends with its line.
    let lines: Vec<String> = words(conflict).lines().map(|line| visible(line).into_owned()).collect();
    format!("{UNRESOLVED}{}\n", lines.join("\n//     "))
}

/// "event duma-ratifies, “State Duma ratifies”: date: ours is “2024-10-24”, theirs is “2024-10-25”".
fn words(conflict: &Conflict) -> String {
    match conflict.key.id() {
        "" => conflict.words(),
        id => format!("{} {id}, {}", conflict.key.kind().noun(), conflict.words()),
    }
}
