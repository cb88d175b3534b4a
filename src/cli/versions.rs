//! `annalist versions`: the earlier versions that are kept of a timeline, and one of them brought back.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};

use super::output::Output;
use super::{Failure, Outcome, report};
use crate::store::{self, SaveLock, Version, Writer};
use crate::text::visible;
use crate::time::{Date, Precision, Zone};

/// Arguments of `annalist versions`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The timeline
    file: PathBuf,
    /// Bring back the version of this number or time, as they are listed: to standard output, or to the file of --output
    #[arg(long, value_name = "VERSION")]
    restore: Option<String>,
    /// Where it goes; it may be the timeline itself, which is kept as a version first
    #[arg(long, short, requires = "restore")]
    output: Option<PathBuf>,
}

impl Arguments {
    /// Whether a file is written.
    pub fn changes_files(&self) -> bool {
        self.output.is_some()
    }
}

/// Lists the versions, newest first, or brings one back.
pub fn run<W: Write>(arguments: &Arguments, out: &mut Output<W>) -> Result<Outcome, Failure> {
    let state = store::state_folder()
        .ok_or_else(|| anyhow!("no versions are kept: the system names no folder for the state of programs"))?;
    let all = store::versions(&state, &arguments.file).context("the versions cannot be read")?;
    let name = arguments.file.display();
    let Some(wanted) = &arguments.restore else {
        if all.is_empty() && !arguments.file.exists() {
            return Err(anyhow!("there is no file \"{name}\", and no version of it is kept").into());
        }
        return list(&all, out);
    };
    let is_wanted = |version: &&Version| version.number.to_string() == *wanted || moment(version) == *wanted;
    let Some(version) = all.iter().find(is_wanted) else {
        return Err(Failure::Usage(format!(
            "there is no version \"{wanted}\" of \"{name}\"; `annalist versions` without --restore lists them"
        )));
    };
    let bytes = store::load_bytes(&version.path)?;
    match &arguments.output {
        None => {
            out.begin_data();
            out.write_all(&bytes)?;
        }
        Some(to) => restore(to, &bytes)?,
    }
    Ok(Outcome::Done)
}

fn list(all: &[Version], out: &mut impl Write) -> Result<Outcome, Failure> {
    for version in all {
        let path = version.path.display().to_string();
        writeln!(out, "{:>4}  {}  {:>10} bytes  {}", version.number, moment(version), version.length, visible(&path))?;
    }
    if all.is_empty() {
        report::note("no earlier version is kept yet: the first save of a session keeps one");
    }
    Ok(Outcome::Done)
}

/// Writes a version to a file. What is there is kept, whatever wrote it last.
fn restore(to: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let lock = SaveLock::wait(to)?.keeping(report::backup(Writer::Session));
    report::saved(to, &lock.replace(bytes)?);
    Ok(())
}

/// When a version was kept: `2026-11-29T14:25:30Z`.
fn moment(version: &Version) -> String {
    Date::at_precision(version.at, Precision::Second, Zone::UTC).to_string()
}
