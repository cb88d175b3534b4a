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
    write_with::<io::Error>(path, |file| file.write_all(bytes), || Ok(()))
}

/// [`write_atomic`] of what `write` writes, as it comes; gives what `write` gives.
///
/// # Errors
/// As [`write_atomic`], and those of `write`.
pub fn write_atomic_with<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<T> {
    let mut given = None;
    let write = |file: &mut File| {
        given = Some(write(file)?);
        Ok(())
    };
    write_with::<io::Error>(path, write, || Ok(()))?;
    given.ok_or_else(|| io::Error::other("nothing was written"))
}

/// [`write_atomic`] of whatever `write` writes. Just before the new file takes the place of the old one, when all of it
/// is on the disk, `ready` has a last say.
pub(super) fn write_with<E: From<io::Error>>(
    path: &Path,
    write: impl FnOnce(&mut File) -> Result<(), E>,
    ready: impl FnOnce() -> Result<(), E>,
) -> Result<(), E> {
    let target = resolve(path)?;
    let existing = match fs::metadata(&target) {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    let folder = folder(&target);
    let mut temporary = temporary(existing.as_ref())?.tempfile_in(folder)?;
    write(temporary.as_file_mut())?;
    if let Some(like) = &existing {
        keep_owner(temporary.as_file(), like);
        temporary.as_file().set_permissions(like.permissions())?;
    }
    temporary.as_file().sync_all()?;
    ready()?;
    temporary.persist(&target).map_err(|error| error.error)?;
    Ok(sync_folder(folder)?)
}

/// Gives a file a second name in its folder, in place of what had that name: a copy that costs nothing, because the file
/// is about to be replaced and not written to. Where the file system has no second names, a real copy.
pub(super) fn keep_as(target: &Path, name: &Path) -> io::Result<()> {
    let metadata = fs::metadata(target)?;
    let name = resolve(name)?;
    let folder = folder(&name);
    let builder = temporary(None)?;
    let kept = match builder.make_in(folder, |path| fs::hard_link(target, path)) {
        Ok(link) => link.into_temp_path(),
        Err(_) => {
            let mut copy = temporary(Some(&metadata))?.tempfile_in(folder)?;
            io::copy(&mut File::open(target)?, copy.as_file_mut())?;
            keep_owner(copy.as_file(), &metadata);
            copy.as_file().set_permissions(metadata.permissions())?;
            copy.as_file().sync_all()?;
            copy.into_temp_path()
        }
    };
    kept.persist(&name).map_err(|error| error.error)?;
    sync_folder(folder)
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

fn folder(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// How a temporary file is made that takes the place of another, if there is one.
fn temporary(like: Option<&Metadata>) -> io::Result<tempfile::Builder<'static, 'static>> {
    if let Some(like) = like {
        if !like.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "this is not a file"));
        }
        if like.permissions().readonly() {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
        }
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".annalist-").suffix(".tmp");
    // A new file gets what the user's umask leaves; the temporary copy of a private file is private from the start.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = like.map_or(0o666, |like| like.permissions().mode() & 0o777);
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    Ok(builder)
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
