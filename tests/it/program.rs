//! The program as tests run it: with a folder for its state that is not the user's.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// A command of the program.
pub fn annalist() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annalist"));
    keep_state_in(&mut command, shared());
    command
}

/// Lets a command keep its state below a folder, in place of the user's.
pub fn keep_state_in(command: &mut Command, folder: &Path) {
    command.env("XDG_DATA_HOME", folder).env("APPDATA", folder);
    if cfg!(target_vendor = "apple") {
        command.env("HOME", folder);
    }
}

/// The folder of the program's state below such a folder.
pub fn state_below(folder: &Path) -> PathBuf {
    if cfg!(windows) {
        folder.join("annalist").join("data")
    } else if cfg!(target_vendor = "apple") {
        folder.join("Library").join("Application Support").join("annalist")
    } else {
        folder.join("annalist")
    }
}

/// The folder that all tests of a run share, empty at its start.
fn shared() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("state");
        let _ = fs::remove_dir_all(&folder);
        folder
    })
}
