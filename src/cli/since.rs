//! `annalist export --since`: what has changed since an earlier state, as a brief in Markdown.

use std::path::Path;
use std::process::Command;

use anyhow::anyhow;

use super::diff::as_markdown;
use super::{Failure, Outcome, report, when};
use crate::compare::differences;
use crate::edit::{self, Edit};
use crate::model::{Key, Timeline};
use crate::store;
use crate::time::Date;

/// Begins the name of a state in git where it could be a file or a date as well.
const GIT: &str = "git:";

/// Where the earlier state is.
enum Since<'a> {
    File(&'a Path),
    /// What was recorded from the start of this date on is new.
    Date(Date),
    Revision(&'a str),
}

impl<'a> Since<'a> {
    /// A file where there is one, a date where it is one, else a revision of git.
    fn read(text: &'a str) -> Self {
        if let Some(revision) = text.strip_prefix(GIT) {
            return Self::Revision(revision);
        }
        if Path::new(text).exists() {
            return Self::File(Path::new(text));
        }
        when::read("--since", text).map_or(Self::Revision(text), |given| Self::Date(given.date))
    }
}

/// Writes what has changed in `file` since then to `output`.
pub fn export(file: &Path, since: &str, title: Option<&str>, output: &Path) -> Result<Outcome, Failure> {
    if !output.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md")) {
        return Err(Failure::Usage("--since writes Markdown: let the output end in .md".to_owned()));
    }
    let (loaded, has_errors) = report::open(file)?;
    let after = loaded.read.timeline;
    let mut remark = None;
    let (before, words) = match Since::read(since) {
        Since::File(path) => (report::open(path)?.0.read.timeline, path.display().to_string()),
        Since::Date(date) => {
            let (before, silent) = recorded_before(&after, &date)?;
            remark = (silent > 0).then(|| silence(silent));
            (before, date.describe())
        }
        Since::Revision(revision) => (of_revision(file, revision)?, revision.to_owned()),
    };
    let title =
        title.map_or_else(|| format!("{}: what has changed since {words}", after.header().title), str::to_owned);
    let all = differences(&before, &after);
    let mut text = as_markdown(&title, &all);
    if let Some(remark) = remark {
        // The reader of the brief has to know as well.
        report::problem(&format!("warning: {remark}"));
        if all.is_empty() {
            text = text.replace("No record differs.", "No record says that it is new.");
        }
        text.push_str(&format!("\n{remark}.\n"));
    }
    store::write_atomic(output, text.as_bytes()).map_err(|error| anyhow!(store::not_written(output, &error)))?;
    Ok(if has_errors { Outcome::Problems } else { Outcome::Done })
}

/// The timeline without the events that were recorded from the start of a date on. Those that do not say when they were
/// recorded count as older; how many there are stands beside it.
fn recorded_before(timeline: &Timeline, date: &Date) -> Result<(Timeline, usize), Failure> {
    let zone = timeline.zone();
    let no_start = || Failure::Usage(format!("--since \"{date}\" has no beginning: give a day, a month or a year"));
    let start = date.extent(zone).earliest_start.instant().ok_or_else(no_start)?;
    let mut before = timeline.clone();
    let mut silent = 0;
    for event in timeline.events() {
        let recorded = event.rare.recorded.as_ref().and_then(|date| date.extent(zone).earliest_start.instant());
        match recorded {
            None => silent += 1,
            Some(at) if at >= start => {
                edit::apply(&mut before, &Edit::Remove(Key::Event(event.id.clone())))
                    .map_err(|error| anyhow!(error))?;
            }
            Some(_) => {}
        }
    }
    Ok((before, silent))
}

/// That events do not say when they were recorded.
fn silence(events: usize) -> String {
    match events {
        1 => "1 event does not say when it was recorded, and counts as older".to_owned(),
        _ => format!("{events} events do not say when they were recorded, and count as older"),
    }
}

/// The timeline as it was in a revision of the git repository that the file is in.
fn of_revision(file: &Path, revision: &str) -> Result<Timeline, Failure> {
    let neither = |why: &str| {
        Failure::Usage(format!(
            "--since \"{revision}\" is no file and no date, and git has no timeline of that revision: {why}"
        ))
    };
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    // What begins with a hyphen would be an option of git.
    if revision.starts_with('-') {
        return Err(neither("a revision does not begin with a hyphen"));
    }
    let output = Command::new("git").current_dir(folder).args(["show", &format!("{revision}:./{name}")]).output();
    let output = output.map_err(|error| neither(&format!("git cannot be run ({error})")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(neither(said.lines().next().unwrap_or("it says nothing").trim_start_matches("fatal: ")));
    }
    let loaded = store::load_from(Path::new(&format!("{revision}:{name}")), output.stdout.as_slice())?;
    report::errors(&loaded);
    Ok(loaded.read.timeline)
}
