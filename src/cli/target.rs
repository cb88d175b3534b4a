//! The timeline that an import adds to: one that is there, or a new one.

use std::path::Path;

use anyhow::anyhow;

use super::{Failure, report};
use crate::model::Timeline;
use crate::store::{self, Loaded};

/// Whether a path is named as a timeline; an error that says how one is named, where it is not.
pub fn is_timeline(path: &Path) -> Result<(), Failure> {
    if path.extension().is_some_and(|ending| !ending.eq_ignore_ascii_case("ron")) {
        let message = format!("a timeline is written, and \"{}\" is not named as one: end it in .ron", path.display());
        return Err(Failure::Usage(message));
    }
    Ok(())
}

/// The name of a file without its ending, as the title of a timeline.
pub fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The timeline at a path with its file, or a new one without, called as asked for or else `untitled`. Its errors are told on the
/// first attempt alone; one with errors of form is not added to.
pub fn open(
    path: &Path,
    title: Option<&str>,
    untitled: impl FnOnce() -> String,
    is_first: bool,
) -> Result<(Option<Loaded>, Timeline), Failure> {
    if !path.exists() {
        let given = title.filter(|title| !title.trim().is_empty());
        return Ok((None, Timeline::empty(given.map_or_else(untitled, str::to_owned))));
    }
    if title.is_some() {
        let path = path.display();
        return Err(Failure::Usage(format!(
            "--title is for a new timeline, and \"{path}\" is there already: leave it out"
        )));
    }
    let loaded = store::load(path)?;
    if is_first {
        report::errors(&loaded);
    }
    if !loaded.read.text.is_writable() {
        let path = path.display();
        return Err(Failure::Input(anyhow!(
            "{path} does not parse, so nothing was added; mend the errors above first"
        )));
    }
    let timeline = loaded.read.timeline.clone();
    Ok((Some(loaded), timeline))
}
