//! Writing a file so that it is either the old one or the new one, whole, whatever happens meanwhile.
//!
//! Owns the temporary file beside the target, flushing and symlinks, and the temporary files that programs leave which are
//! killed. It knows nothing of RON. What a file carries besides its bytes is `attributes`'.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use super::attributes::{self, other_names};
use super::lock::{is_at, number};
use super::steps::{Step, step, write_all};

/// Symlinks that are followed before they count as a circle.
const MOST_LINKS: usize = 40;

/// How the name of a temporary file begins and ends; between stand [`RANDOM`] letters and digits.
const PREFIX: &str = ".annalist-";
const SUFFIX: &str = ".tmp";
const RANDOM: usize = 6;

/// Temporary files that are made at most until one is locked before another program finds it.
const MOST_TRIES: u32 = 16;

/// Writes `bytes` to `path`: into a temporary file in the same folder, flushed, renamed over the target, the folder
/// flushed too. Symlinks are followed, so that the file they lead to is replaced and not the link; mode, owner, group, extended
/// attributes and access list are those of the file replaced, as far as the system allows.
///
/// # Errors
/// Where the folder cannot be written to, the disk is full, the target is read-only or not a file. The target is then as
/// it was.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_atomic_with(path, |file| file.write_all(bytes))
}

/// What a new file may take the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Replaces {
    /// Whatever has its name by then.
    Anything,
    /// Nothing: where something has its name by then, that is [`io::ErrorKind::AlreadyExists`].
    Nothing,
}

/// [`write_atomic`] of what `write` writes, as it comes; gives what `write` gives.
///
/// # Errors
/// As [`write_atomic`], and those of `write`.
pub fn write_atomic_with<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<T> {
    sweep(folder(&resolve(path)?), None);
    let mut given = None;
    let write = |file: &mut File| {
        given = Some(write(file)?);
        Ok(())
    };
    write_with::<io::Error>(path, write, || Ok(Replaces::Anything))?.flushed?;
    given.ok_or_else(|| io::Error::other("nothing was written"))
}

/// Writes `bytes` to `path` as [`write_atomic`] does, for the eyes of this user alone, whatever the mode of a file that is
/// there; the folder is made where it is missing, and is then nobody else's either.
///
/// # Errors
/// As [`write_atomic`].
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = resolve(path)?;
    let folder = folder(&target);
    make_private(folder)?;
    sweep(folder, None);
    // Without a mode a temporary file is private from the start.
    let mut temporary = locked_in(folder, &named())?;
    write_all(temporary.as_file_mut(), bytes)?;
    flush(temporary.as_file())?;
    step(Step::Rename)?;
    temporary.persist(&target).map_err(|error| error.error)?;
    sync_folder(folder)
}

/// Makes a folder that only the user may look into, where it is missing.
pub(super) fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// A new file that has taken its place.
#[derive(Debug)]
pub(super) struct Written {
    /// The file, still open.
    pub file: File,
    /// Whether its name outlives a loss of power, as far as the system says. The bytes do.
    pub flushed: io::Result<()>,
}

/// [`write_atomic`] of whatever `write` writes. Just before the new file takes the place of the old one, when all of it
/// is on the disk, `ready` has a last say.
pub(super) fn write_with<E: From<io::Error>>(
    path: &Path,
    write: impl FnOnce(&mut File) -> Result<(), E>,
    ready: impl FnOnce() -> Result<Replaces, E>,
) -> Result<Written, E> {
    let target = resolve(path)?;
    let existing = match fs::metadata(&target) {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    let folder = folder(&target);
    let mut temporary = temporary_in(folder, existing.as_ref())?;
    step(Step::Write)?;
    write(temporary.as_file_mut())?;
    step(Step::Write)?;
    if let Some(like) = &existing {
        attributes::keep(temporary.as_file(), &target, like)?;
    }
    flush(temporary.as_file())?;
    let replaces = ready()?;
    step(Step::Rename)?;
    let file = match replaces {
        Replaces::Anything => temporary.persist(&target).map_err(|error| error.error)?,
        Replaces::Nothing => persist_new(temporary, &target)?,
    };
    // The new file is there. To call that a failure would leave the program with a text that is no longer the file's.
    Ok(Written { file, flushed: sync_folder(folder) })
}

/// Gives a temporary file a name that nothing has.
fn persist_new(temporary: NamedTempFile, target: &Path) -> io::Result<File> {
    match temporary.persist_noclobber(target) {
        Ok(file) => Ok(file),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(error.error),
        // Some file systems can only replace.
        Err(error) if fs::symlink_metadata(target).is_err() => error.file.persist(target).map_err(|error| error.error),
        Err(error) => Err(error.error),
    }
}

/// Gives a file a second name in its folder, in place of what had that name: a copy that costs nothing, because the file
/// is about to be replaced and not written to. A real copy where the file system has no second names, and of a file that has
/// others already: what is written under those would change the copy too.
pub(super) fn keep_as(target: &Path, name: &Path) -> io::Result<()> {
    let metadata = fs::metadata(target)?;
    let name = resolve(name)?;
    let own = number(&metadata);
    if own.is_some() && fs::metadata(&name).is_ok_and(|there| number(&there) == own) {
        // It has this name already: a save was broken off between the backup and the rename.
        return Ok(());
    }
    let folder = folder(&name);
    let link = || {
        step(Step::Link)?;
        builder(None)?.make_in(folder, |path| fs::hard_link(target, path))
    };
    let kept = match (other_names(&metadata) == 0).then(link) {
        Some(Ok(link)) => link.into_temp_path(),
        Some(Err(_)) | None => copy_in(folder, target, &metadata)?,
    };
    step(Step::Rename)?;
    fs::rename(&kept, &name)?;
    // Where both were one file after all, a rename does nothing; the temporary name goes all the same.
    drop(kept);
    sync_folder(folder)
}

/// Copies a file with its attributes into a temporary file of a folder, flushed.
pub(super) fn copy_in(folder: &Path, target: &Path, metadata: &Metadata) -> io::Result<TempPath> {
    let mut copy = temporary_in(folder, Some(metadata))?;
    step(Step::Write)?;
    io::copy(&mut File::open(target)?, copy.as_file_mut())?;
    attributes::keep(copy.as_file(), target, metadata)?;
    flush(copy.as_file())?;
    Ok(copy.into_temp_path())
}

/// A temporary file in a folder, to take the place of another, if there is one. It is locked, which shows others that it is
/// in use.
pub(super) fn temporary_in(folder: &Path, like: Option<&Metadata>) -> io::Result<NamedTempFile> {
    locked_in(folder, &builder(like)?)
}

fn locked_in(folder: &Path, builder: &tempfile::Builder<'_, '_>) -> io::Result<NamedTempFile> {
    step(Step::Create)?;
    for _ in 0..MOST_TRIES {
        let temporary = builder.tempfile_in(folder)?;
        match temporary.as_file().try_lock() {
            // Another program that sweeps may have found it before it was locked.
            Ok(()) if !is_at(temporary.as_file(), temporary.path()) => {}
            Err(fs::TryLockError::WouldBlock) => {}
            // Without locks nobody sweeps.
            Ok(()) | Err(fs::TryLockError::Error(_)) => return Ok(temporary),
        }
    }
    builder.tempfile_in(folder)
}

/// Removes from a folder the temporary files of programs that were killed: those that have such a name and that nobody has
/// locked. `own` is the file whose lock this program holds; where it has such a name too, a backup of it was broken off.
pub(super) fn sweep(folder: &Path, own: Option<&Metadata>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let own = own.and_then(number);
    for entry in entries.flatten().filter(|entry| is_temporary(&entry.file_name())) {
        let path = entry.path();
        if !fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_file()) {
            continue;
        }
        let Ok(file) = File::open(&path) else { continue };
        let is_own = own.is_some() && file.metadata().is_ok_and(|metadata| number(&metadata) == own);
        // The lock is kept while it is removed, so that nobody begins to use it.
        if (is_own || file.try_lock().is_ok()) && is_at(&file, &path) {
            let _ = fs::remove_file(&path);
        }
    }
}

/// Whether a temporary file of this module would have such a name.
fn is_temporary(name: &OsStr) -> bool {
    let random = name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX));
    random.is_some_and(|random| random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric()))
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

pub(super) fn folder(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn named() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM);
    builder
}

/// How a temporary file is made that takes the place of another, if there is one.
fn builder(like: Option<&Metadata>) -> io::Result<tempfile::Builder<'static, 'static>> {
    if let Some(like) = like {
        if !like.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "this is not a file"));
        }
        if like.permissions().readonly() {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
        }
    }
    let mut builder = named();
    // A new file gets what the user's umask leaves. What takes the place of another is private until it has that one's attributes.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = like.map_or(0o666, |like| like.permissions().mode() & 0o700);
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    Ok(builder)
}

/// Makes the bytes of a file durable.
pub(super) fn flush(file: &File) -> io::Result<()> {
    step(Step::Flush)?;
    file.sync_all()
}

/// Makes the rename itself durable.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    step(Step::FlushFolder)?;
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
