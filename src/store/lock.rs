//! The lock under which a file is compared, copied away and replaced: one program at a time does that.
//!
//! Owns taking the lock and waiting for it. It is advisory: what a program writes that knows nothing of it is found out by
//! comparing, which is `save`'s.
//!
//! The lock is one on the file itself, so that nothing has to lie beside it and nothing is left behind by a program that is
//! killed. As a save puts another file in place of the one that is locked, who waited for it may hold the lock of a file
//! that is there no more; then the new one's is taken.
//!
//! ```text
//!   A   lock 1 ─ compare ─ rename 2 over 1 ─ unlock 1
//!   B          wait for 1 ···························· has 1, but 2 is there ─ lock 2 ─ compare …
//! ```

use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

/// How long a lock is waited for: longer than a save of the largest file takes.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// The time between two attempts.
const PAUSE: Duration = Duration::from_millis(5);

/// The right to replace a file, until it is dropped. Nothing is held where there is no file yet, and on file systems
/// without locks.
#[derive(Debug)]
pub(super) struct Lock {
    held: Option<File>,
}

impl Lock {
    /// Whether anything is held.
    pub fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// Waits for the right to replace the file at a path without symlinks.
    ///
    /// # Errors
    /// [`io::ErrorKind::WouldBlock`] where another program kept it for [`LONGEST_WAIT`]; else what opening the file gave.
    pub fn wait(target: &Path) -> io::Result<Self> {
        let mut waited = Duration::ZERO;
        loop {
            let Some(file) = open(target)? else { return Ok(Self { held: None }) };
            match try_lock(file, target)? {
                Attempt::Locked(file) if is_at(&file, target) => return Ok(Self { held: Some(file) }),
                Attempt::Impossible => return Ok(Self { held: None }),
                _ if waited >= LONGEST_WAIT => return Err(io::ErrorKind::WouldBlock.into()),
                // Another program has it, or another file has come in place of this one and its lock counts.
                Attempt::Taken | Attempt::Locked(_) => {}
            }
            std::thread::sleep(PAUSE);
            waited += PAUSE;
        }
    }
}

enum Attempt {
    Locked(File),
    Taken,
    /// There are no locks on this file system.
    Impossible,
}

fn try_lock(file: File, target: &Path) -> io::Result<Attempt> {
    let error = match file.try_lock() {
        Ok(()) => return Ok(Attempt::Locked(file)),
        Err(TryLockError::WouldBlock) => return Ok(Attempt::Taken),
        Err(TryLockError::Error(error)) => error,
    };
    // Some network file systems lock only what is open for writing.
    let may_write = cfg!(unix) && error.kind() != io::ErrorKind::Unsupported;
    let Some(file) = may_write.then(|| OpenOptions::new().read(true).write(true).open(target).ok()).flatten() else {
        return Ok(Attempt::Impossible);
    };
    Ok(match file.try_lock() {
        Ok(()) => Attempt::Locked(file),
        Err(TryLockError::WouldBlock) => Attempt::Taken,
        Err(TryLockError::Error(_)) => Attempt::Impossible,
    })
}

/// The file that is locked for the one at a path: that one. None where there is none, or something else: opening a pipe may
/// wait for ever.
#[cfg(unix)]
fn open(target: &Path) -> io::Result<Option<File>> {
    let is_missing = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
    match fs::metadata(target) {
        Ok(metadata) if metadata.is_file() => {}
        Ok(_) => return Ok(None),
        Err(error) if is_missing(&error) => return Ok(None),
        Err(error) => return Err(error),
    }
    match File::open(target) {
        Ok(file) => Ok(Some(file)),
        Err(error) if is_missing(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The file that is locked for the one at a path: one in the folder for temporary files. Here a locked file cannot be read
/// by others, nor another be put in its place.
#[cfg(not(unix))]
fn open(target: &Path) -> io::Result<Option<File>> {
    use std::hash::{BuildHasher as _, BuildHasherDefault};
    let path = match fs::canonicalize(target) {
        Ok(path) => path,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let hash = BuildHasherDefault::<rustc_hash::FxHasher>::default().hash_one(path);
    let name = std::env::temp_dir().join(format!("annalist-{hash:016x}.lock"));
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(name).map(Some)
}

/// Whether a file that is open is still the one at a path.
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(there)) => number(&open) == number(&there),
        _ => false,
    }
}

/// What no other file has as long as this one is open; none where the system does not say.
#[cfg(unix)]
pub(super) fn number(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
pub(super) fn number(_metadata: &Metadata) -> Option<(u64, u64)> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_that_of_the_file_that_is_there_now() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.ron");
        let attempt = || try_lock(open(&path).unwrap().unwrap(), &path).unwrap();
        assert!(open(&path).unwrap().is_none(), "nothing is there");
        drop(Lock::wait(&path).unwrap());

        File::create(&path).unwrap();
        let lock = Lock::wait(&path).unwrap();
        assert!(matches!(attempt(), Attempt::Taken));
        let old = File::open(&path).unwrap();
        // A save puts another file in its place.
        let other = folder.path().join("other");
        File::create(&other).unwrap();
        fs::rename(&other, &path).unwrap();
        assert!(cfg!(not(unix)) || !is_at(&old, &path));
        drop(lock);
        let _lock = Lock::wait(&path).unwrap();
        assert!(matches!(attempt(), Attempt::Taken));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing lies beside it");
    }
}
