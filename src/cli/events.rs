//! The events of a timeline for other programs, for `annalist export`.

use std::path::Path;

use anyhow::anyhow;

use super::{Failure, report};
use crate::interchange::events::write::{self, Choice, FORMATS, Format};
use crate::model::Timeline;
use crate::store;

/// Writes the events that are chosen, and says what the format has no place for.
pub fn export(timeline: &Timeline, choice: &Choice, format: &Format, output: &Path) -> Result<(), Failure> {
    let written = store::write_atomic_with(output, |out| write::write(format, timeline, choice, out));
    let remarks = written.map_err(|error| anyhow!(store::not_written(output, &error)))?;
    remarks.iter().for_each(|remark| report::note(remark));
    Ok(())
}

/// The endings of the formats of events, in words.
pub fn endings() -> String {
    FORMATS.iter().map(|format| format!(".{}", format.extension)).collect::<Vec<_>>().join(", ")
}
