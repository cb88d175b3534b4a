//! The remedy for a file that cannot be written: the one thing that helps, by what the system said.

use std::io::{self, ErrorKind};
use std::path::Path;

/// What helps where a file cannot be written, in words that begin no sentence.
pub(super) fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room there, or choose another place",
        ErrorKind::FileTooLarge => "files there may not grow so large: choose another place",
        ErrorKind::PermissionDenied => "allow writing to it and to its folder, or choose another place",
        ErrorKind::ReadOnlyFilesystem => "nothing can be written there: choose another place",
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            "its folder is not there: make that folder, or choose another place"
        }
        _ => "choose another place",
    }
}

/// Why a file could not be written, what the system said and what helps: one sentence without a full stop.
pub fn not_written(path: &Path, error: &io::Error) -> String {
    format!("\"{}\" cannot be written: {error}; {}", path.display(), remedy(error))
}
