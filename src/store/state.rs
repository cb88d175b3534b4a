//! The folder of the program's state, where it lies on each system, and the settings in it that a save goes by.
//!
//! The window keeps more settings in the same file (`app/settings`); here only those are read that programs without a window
//! need too.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::load::load_bytes;

/// The name under which the system keeps what belongs to the program.
const NAME: &str = "annalist";

/// The name of the file of settings in the folder of the program's state.
pub const SETTINGS_FILE: &str = "settings.ron";

/// How many earlier versions of a timeline are kept where the user has not chosen.
pub const USUAL_VERSIONS: usize = 10;

/// The folder in which the program keeps its state; none where the system names no folder of this user. It is the one in
/// which the window's own state is stored too (`eframe::storage_dir`).
pub fn state_folder() -> Option<PathBuf> {
    if cfg!(windows) {
        Some(variable("APPDATA")?.join(NAME).join("data"))
    } else if cfg!(target_vendor = "apple") {
        Some(std::env::home_dir()?.join("Library").join("Application Support").join(NAME))
    } else {
        // XDG Base Directory Specification 0.8: a relative path is to be ignored.
        let data = variable("XDG_DATA_HOME").or_else(|| Some(std::env::home_dir()?.join(".local").join("share")))?;
        Some(data.join(NAME))
    }
}

fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute())
}

/// How many earlier versions of a timeline are kept, by the settings in a folder.
pub fn kept_versions(state: &Path) -> usize {
    /// The part of the settings that is asked for.
    #[derive(Deserialize)]
    #[serde(default)]
    struct Kept {
        kept_versions: usize,
    }
    impl Default for Kept {
        fn default() -> Self {
            Self { kept_versions: USUAL_VERSIONS }
        }
    }
    let kept = load_bytes(&state.join(SETTINGS_FILE)).ok().and_then(|bytes| ron::de::from_bytes::<Kept>(&bytes).ok());
    kept.unwrap_or_default().kept_versions
}
