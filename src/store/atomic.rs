//! Writing a file so that it is either the old one or the new one, whole, whatever happens meanwhile.
//!
//! Owns the temporary file beside the target, flushing, permissions and symlinks. It knows nothing of RON.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Symlinks that are followed before they count as a circle.
const MOST_LINKS: usize = 40;

/// Writes `bytes` to `path`: into a temporary file in the same folder, flushed, renamed over the target, the folder
/// flushed too. Symlinks are followed, so that the file they lead to is replaced and not the link; permissions and, where
/// the system allows, owner and group are those of the file replaced.
///
/// # Errors
/// Where the folder cannot be written to, the disk is full, the target is read-only or not a file. The target is then as
/// it was.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = resolve(path)?;
    let existing = match fs::metadata(&target) {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    write_beside(&target, bytes, existing.as_ref())
}

/// Writes `bytes` to `path`, a file made by us, with the permissions of another file.
pub(super) fn write_atomic_like(path: &Path, bytes: &[u8], like: &Metadata) -> io::Result<()> {
    write_beside(&resolve(path)?, bytes, Some(like))
}

/// The file that a path leads to through symlinks, whether it exists or not.
pub(super) fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        match fs::symlink_metadata(&target) {
            Ok(metadata) if metadata.file_type().is_symlink() => {
                let link = fs::read_link(&target)?;
                target = target.parent().unwrap_or_else(|| Path::new("")).join(link);
            }
            _ => return Ok(target),
        }
    }
    Err(io::Error::other("the symlinks at this path lead in a circle"))
}

fn write_beside(target: &Path, bytes: &[u8], like: Option<&Metadata>) -> io::Result<()> {
    if let Some(like) = like {
        if !like.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "this is not a file"));
        }
        if like.permissions().readonly() {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
        }
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".annalist-").suffix(".tmp");
    // A new file gets what the user's umask leaves; the temporary copy of a private file is private from the start.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = like.map_or(0o666, |like| like.permissions().mode() & 0o777);
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    let mut temporary = builder.tempfile_in(folder)?;
    temporary.write_all(bytes)?;
    if let Some(like) = like {
        keep_owner(temporary.as_file(), like);
        temporary.as_file().set_permissions(like.permissions())?;
    }
    temporary.as_file().sync_all()?;
    temporary.persist(target).map_err(|error| error.error)?;
    sync_folder(folder)
}

/// Gives the file to the owner and group of the one it replaces, as far as this user may; else it stays this user's.
#[cfg(unix)]
fn keep_owner(file: &File, like: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let Ok(own) = file.metadata() else { return };
    if own.gid() != like.gid() {
        let _ = fchown(file, None, Some(like.gid()));
    }
    if own.uid() != like.uid() {
        let _ = fchown(file, Some(like.uid()), None);
    }
}

#[cfg(not(unix))]
fn keep_owner(_file: &File, _like: &Metadata) {}

/// Makes the rename itself durable.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some file systems cannot flush a folder; the rename has happened all the same.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        other => other,
    }
}

#[cfg(not(unix))]
pub(super) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
