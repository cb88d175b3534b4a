//! The events of a timeline for other programs, for `annalist export`.

use std::path::Path;

use anyhow::anyhow;

use super::progress::Progress;
use super::{Failure, report};
use crate::interchange::events::write::{self, Choice, FORMATS, Format};
use crate::model::Timeline;
use crate::store;

/// Writes the events that are chosen, and says what the format has no place for.
pub fn export(timeline: &Timeline, choice: &Choice, format: &Format, output: &Path) -> Result<(), Failure> {
    let progress = Progress::new();
    let doing = format!("Writing {}", output.display());
    let tell = |share: f64| progress.tell(&doing, Some(share));
    let written = store::write_atomic_with(output, |out| write::write_telling(format, timeline, choice, &tell, out));
    progress.clear();
    let remarks = written.map_err(|error| anyhow!(store::not_written(output, &error)))?;
    remarks.iter().for_each(|remark| report::note(remark));
    Ok(())
}

/// The endings of the formats of events, in words.
pub fn endings() -> String {
    FORMATS.iter().map(|format| format!(".{}", format.extension)).collect::<Vec<_>>().join(", ")
}
