//! The cause of a write that failed and the one thing that helps, by what the system said.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

use super::atomic::{folder, resolve};

/// What denies a write, with what helps.
const FILE_READ_ONLY: &str = "it is read-only; allow writing to it";
const FOLDER_READ_ONLY: &str = "its folder is read-only; allow writing to that folder";

/// The cause of an error of the system in words: without its number, and without the names of temporary files.
pub fn cause(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        ErrorKind::QuotaExceeded => "your share of the disk is used up".to_owned(),
        ErrorKind::FileTooLarge => "files may not grow so large there".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        // "Input/output error (os error 5) at path "…/.annalist-rXkMXx.tmp"": nobody knows that file.
        _ => {
            let said = error.to_string();
            said.split(" (os error ").next().unwrap_or_default().to_owned()
        }
    }
}

/// Why a file could not be written and what helps, in words that begin no sentence.
pub(super) fn remedy(path: &Path, error: &io::Error) -> String {
    let is = |cause: &str, helps: &str| format!("{cause}; {helps}");
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => is(&cause(error), "make room there"),
        ErrorKind::PermissionDenied => denied(path).to_owned(),
        ErrorKind::NotFound => is("its folder is not there", "make that folder"),
        ErrorKind::NotADirectory => is("a file is in the place of its folder", "choose another place"),
        _ => is(&cause(error), "choose another place"),
    }
}

/// Why a file could not be written, what the system said and what helps: one sentence without a full stop.
pub fn not_written(path: &Path, error: &io::Error) -> String {
    format!("\"{}\" cannot be written: {}", path.display(), remedy(path, error))
}

/// Why nothing could be written in a folder of the program's own.
pub fn not_written_in(folder: &Path, error: &io::Error) -> String {
    format!("nothing can be written in \"{}\": {}", folder.display(), hindrance(error))
}

/// What stands in the way of a write in a folder of the program's own, in place of which no other can be chosen, and what helps.
pub fn hindrance(error: &io::Error) -> String {
    let helps = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "; make room there",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "; allow writing there",
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => "; put a folder in its place",
        _ => "",
    };
    format!("{}{helps}", cause(error))
}

/// What denies a write and what allows it. A new file is made beside the old one, so it is the folder unless the old file may
/// not be read or written to.
fn denied(path: &Path) -> &'static str {
    match fs::metadata(path) {
        Ok(metadata) if metadata.permissions().readonly() => FILE_READ_ONLY,
        // Opening a pipe would wait for its other end.
        Ok(metadata) if metadata.is_file() && is_denied(File::open(path)) => "it may not be read; allow reading it",
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            "its folder may not be looked into; allow access to that folder"
        }
        _ => FOLDER_READ_ONLY,
    }
}

/// What would keep a save from writing the file at a path, with what helps; none where nothing is known that would.
pub fn unwritable(path: &Path) -> Option<&'static str> {
    let is_read_only = fs::metadata(path).ok()?.permissions().readonly();
    let target = resolve(path).ok()?;
    if is_read_only { Some(FILE_READ_ONLY) } else { (!may_write_in(folder(&target))).then_some(FOLDER_READ_ONLY) }
}

/// Whether files can be made in a folder, as far as the system says without one being made.
#[cfg(unix)]
fn may_write_in(folder: &Path) -> bool {
    use rustix::fs::{Access, access};
    use rustix::io::Errno;
    !matches!(access(folder, Access::WRITE_OK | Access::EXEC_OK), Err(Errno::ACCESS | Errno::ROFS))
}

#[cfg(not(unix))]
fn may_write_in(_folder: &Path) -> bool {
    true
}

fn is_denied<T>(result: io::Result<T>) -> bool {
    result.is_err_and(|error| error.kind() == ErrorKind::PermissionDenied)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_and_a_temporary_file_are_not_named() {
        let path = Path::new("/data/a.ron");
        let raw = |kind, text: &str| io::Error::new(kind, text.to_owned());
        let behind = "(os error 5) at path \"/data/.annalist-rXkMXx.tmp\"";
        for (kind, expected) in [
            (ErrorKind::StorageFull, "the disk is full; make room there"),
            (ErrorKind::ReadOnlyFilesystem, "the disk is read-only; choose another place"),
            (ErrorKind::PermissionDenied, "its folder is read-only; allow writing to that folder"),
            (ErrorKind::NotFound, "its folder is not there; make that folder"),
            (ErrorKind::Other, "Input/output error; choose another place"),
        ] {
            let said = not_written(path, &raw(kind, &format!("Input/output error {behind}")));
            assert_eq!(said, format!("\"/data/a.ron\" cannot be written: {expected}"));
        }
        let said = not_written_in(Path::new("/state"), &raw(ErrorKind::StorageFull, behind));
        assert_eq!(said, "nothing can be written in \"/state\": the disk is full; make room there");
        // What says more than a number is kept.
        assert_eq!(cause(&raw(ErrorKind::InvalidInput, "this is not a file")), "this is not a file");
    }
}
