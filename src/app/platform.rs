//! The world outside the window: the clock, the system's file dialogs, the browser. Behind a trait, so that tests can be
//! that world.

use std::path::PathBuf;
use std::time::Duration;

use crate::interchange::events::FORMATS;
use crate::store;
use crate::time::{Instant, Zone};
use crate::ui::dialog::PathPurpose;

/// The name under which the system keeps what belongs to the program.
pub const APP_ID: &str = "annalist";

/// What the app asks of the world outside.
pub trait Platform: Send + Sync {
    /// The present moment.
    fn now(&self) -> Instant;

    /// Asks the user for a path with the system's dialog. Blocks, so it is called from a job.
    fn pick(&self, ask: &Pick) -> Picked;

    /// The folder in which the program keeps what is to outlive a crash; none where nothing is kept.
    fn state_folder(&self) -> Option<PathBuf> {
        None
    }

    /// The zone of this computer's clock; none where that is not known.
    fn zone(&self) -> Option<Zone> {
        None
    }
}

/// What a path is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// What it is for.
    pub purpose: PathPurpose,
    /// The folder to start in.
    pub folder: Option<PathBuf>,
    /// The name to suggest.
    pub name: String,
    /// How names of such files end.
    pub extension: &'static str,
}

/// What came of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picked {
    /// This path.
    Path(PathBuf),
    /// The user closed the dialog.
    Cancelled,
    /// There is no system dialog here.
    Unavailable,
}

/// The system this program runs on.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

/// Nobody closes a dialog this soon after asking for it: without an answer by then, there was no dialog.
const TOO_SOON_FOR_A_PERSON: Duration = Duration::from_millis(400);

impl Platform for System {
    fn now(&self) -> Instant {
        #[expect(clippy::disallowed_methods, reason = "the outermost layer is where the clock is read")]
        let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Instant::from_micros(i64::try_from(since_1970.as_micros()).unwrap_or(i64::MAX))
    }

    fn state_folder(&self) -> Option<PathBuf> {
        store::state_folder()
    }

    fn zone(&self) -> Option<Zone> {
        local_zone()
    }

    fn pick(&self, ask: &Pick) -> Picked {
        let asked_at = std::time::Instant::now();
        let mut dialog = rfd::FileDialog::new();
        if let Some(folder) = &ask.folder {
            dialog = dialog.set_directory(folder);
        }
        dialog = match ask.purpose {
            PathPurpose::Open | PathPurpose::Save | PathPurpose::Compare | PathPurpose::Version => {
                dialog.add_filter("Timeline", &[ask.extension])
            }
            PathPurpose::Export => dialog.add_filter("Export", &[ask.extension]),
            PathPurpose::ImportEvents => dialog.add_filter("Tables and chronologies", &events_endings()),
            PathPurpose::ImportSources => {
                dialog.add_filter("References", &["bib", "bibtex", "biblatex", "json", "csljson", "ris"])
            }
            PathPurpose::ExportSources => dialog.add_filter("BibTeX", &["bib"]).add_filter("CSL-JSON", &["json"]),
            PathPurpose::Rejected => dialog.add_filter("CSV", &[ask.extension]),
            PathPurpose::Capture | PathPurpose::ImportFolder => dialog,
        };
        let path = match ask.purpose {
            PathPurpose::ImportFolder => dialog.pick_folder(),
            purpose if purpose.is_to_write() => dialog.set_file_name(&ask.name).save_file(),
            _ => dialog.add_filter("All files", &["*"]).pick_file(),
        };
        match path {
            Some(path) => Picked::Path(path),
            None if asked_at.elapsed() < TOO_SOON_FOR_A_PERSON => Picked::Unavailable,
            None => Picked::Cancelled,
        }
    }
}

/// The endings of the formats of events, without the dot.
fn events_endings() -> Vec<&'static str> {
    FORMATS.iter().flat_map(|format| format.endings).map(|ending| ending.trim_start_matches('.')).collect()
}

/// The zone that the system is set to: by the variable `TZ`, else by where `/etc/localtime` leads (`tzset(3)`, `localtime(5)`). None
/// where it has neither.
fn local_zone() -> Option<Zone> {
    let set = std::env::var("TZ").ok().and_then(|name| Zone::parse(name.trim_start_matches(':')).ok());
    set.or_else(|| {
        let path = std::fs::canonicalize("/etc/localtime").ok()?;
        let (_, name) = path.to_str()?.rsplit_once("zoneinfo/")?;
        Zone::parse(name).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_of_the_program_is_where_that_of_its_window_is() {
        assert_eq!(System.state_folder(), eframe::storage_dir(APP_ID));
    }
}
