//! Earlier versions of timeline files: copies of a file as it was before a session first saved into it.
//!
//! Owns where they are kept, which are kept and which go. What a save does where none can be kept is `backup`'s; what differs
//! between two versions is for others.
//!
//! They lie in the folder of the program's state and never beside the timeline, whose folder may be synced or shared:
//!
//! ```text
//! STATE/versions/3f0c…/               one folder for each file, named for the hash of its canonical path; mode 0700
//!     path.txt                        that path, for people
//!     000001-20261129T142530Z.ron     the file, byte for byte, with its mode, owner and attributes
//!     000002-20261130T081200Z.ron
//!     last.ron                        what the last addition left (`run`)
//! ```
//!
//! A version is written to a temporary file, flushed and only then given its name, so that one that has a name is whole. The
//! newest have the highest numbers, whatever the clock did. A symlink leads to the history of the file behind it.

mod name;
mod run;

use std::fs::{self, File, Metadata};
use std::io::{self, BufRead as _, BufReader, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use tempfile::TempPath;

use super::atomic::{copy_in, flush, folder, make_private, resolve, sweep, sync_folder, temporary_in, write_private};
use super::steps::{Step, step, write_all};
use crate::time::Instant;
use name::VersionName;

/// The folder of all versions in that of the program's state.
const FOLDER: &str = "versions";

/// The file that says whose versions a folder has.
const PATH_FILE: &str = "path.txt";

/// Bytes that the versions of one file may take up together; the newest is kept whatever it takes.
const MOST_BYTES: u64 = 2 << 30;

/// How long after a version was kept a run of additions goes on sharing it, in microseconds.
const RUN_LASTS: i64 = Instant::HOUR;

/// Names that are tried for a version: another program may have taken the next one.
const MOST_TRIES: u64 = 16;

/// An earlier version of a timeline file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The number in its history: a later version has a higher one.
    pub number: u64,
    /// When it was kept, to the second.
    pub at: Instant,
    /// Bytes.
    pub length: u64,
    /// The file it is kept in.
    pub path: PathBuf,
}

/// Who keeps a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    /// A session, which keeps one before its first save: that of a window, or a subcommand that may change much.
    Session,
    /// An addition of `annalist add`. A run of them shares one version: as long as the file is as the last of them left it,
    /// and for an hour.
    Addition,
}

/// Which versions are kept, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retention {
    /// The folder of the program's state.
    pub state: PathBuf,
    /// How many versions of each file are kept.
    pub most: usize,
    /// The present moment.
    pub at: Instant,
    /// Who keeps them.
    pub writer: Writer,
}

impl Retention {
    /// Keeps the file at `target`, a path without symlinks, as it is now; gives the version that has its bytes. None where
    /// a run of additions goes on, or none is to be kept.
    ///
    /// # Errors
    /// What the system says. No version is lost then, and none is half written.
    pub(super) fn keep(&self, target: &Path) -> io::Result<Option<PathBuf>> {
        if self.most == 0 {
            return Ok(None);
        }
        let folder = folder_of(&self.state, target);
        let metadata = fs::metadata(target)?;
        let earlier = list(&folder)?;
        let newest = earlier.first();
        if let Some(newest) = newest {
            let age = self.at.saturating_since(newest.at);
            // Where the clock was set back since, nobody knows how old it is.
            let is_fresh = (0..RUN_LASTS).contains(&age);
            if self.writer == Writer::Addition && is_fresh && run::is_as_left(&folder, &metadata) {
                return Ok(None);
            }
            if is_same(newest, target, &metadata) {
                return Ok(Some(newest.path.clone()));
            }
        }
        make_folder(&folder, target)?;
        let copy = copy_in(&folder, target, &metadata)?;
        self.name(copy, &folder, newest).map(Some)
    }

    /// Keeps the text that the file at a path had before it went; gives the version that has it. It is kept however few
    /// versions are to be: nothing else has it any more.
    ///
    /// # Errors
    /// What the system says. No version is lost then, and none is half written.
    pub fn keep_text(&self, path: &Path, text: &str) -> io::Result<PathBuf> {
        let target = resolve(path)?;
        let folder = folder_of(&self.state, &target);
        let earlier = list(&folder)?;
        let newest = earlier.first();
        if let Some(newest) = newest.filter(|newest| has_text(newest, text)) {
            return Ok(newest.path.clone());
        }
        make_folder(&folder, &target)?;
        let mut copy = temporary_in(&folder, None)?;
        write_all(copy.as_file_mut(), text.as_bytes())?;
        flush(copy.as_file())?;
        self.name(copy.into_temp_path(), &folder, newest)
    }

    /// Gives a copy its name behind the newest version, and lets go of those that are too many.
    fn name(&self, copy: TempPath, folder: &Path, newest: Option<&Version>) -> io::Result<PathBuf> {
        let next = newest.map_or(1, |newest| newest.number.saturating_add(1));
        let kept = place(copy, folder, next, self.at)?;
        for gone in surplus(&list(folder)?, self.most.max(1)) {
            // One that stays for now goes with the next.
            let _ = fs::remove_file(&gone.path);
        }
        Ok(kept)
    }

    /// Takes note of the file at `target` as an addition has left it.
    pub(super) fn left(&self, target: &Path, metadata: &Metadata) {
        let folder = folder_of(&self.state, target);
        if self.writer == Writer::Addition && self.most > 0 && folder.is_dir() {
            // Without the note the next addition keeps a version of its own.
            let _ = run::leave(&folder, metadata);
        }
    }
}

/// The earlier versions of the file at a path, newest first; `state` is the folder of the program's state.
///
/// # Errors
/// Where their folder is there and cannot be read.
pub fn versions(state: &Path, path: &Path) -> io::Result<Vec<Version>> {
    list(&folder_of(state, &resolve(path)?))
}

/// The folder that has the versions of a file.
fn folder_of(state: &Path, target: &Path) -> PathBuf {
    let digest = Sha256::digest(canonical(target).as_os_str().as_encoded_bytes());
    let hash: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    state.join(FOLDER).join(hash)
}

/// The one path of a file, whichever way it was named. One that is not there is named by its folder.
fn canonical(target: &Path) -> PathBuf {
    let of_folder = || Some(fs::canonicalize(folder(target)).ok()?.join(target.file_name()?));
    fs::canonicalize(target).ok().or_else(of_folder).unwrap_or_else(|| target.to_owned())
}

/// The versions in a folder, newest first. What has another name is not ours.
fn list(folder: &Path) -> io::Result<Vec<Version>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let Some(VersionName { number, at }) = entry.file_name().to_str().and_then(VersionName::parse) else {
            continue;
        };
        // Asked of the name itself: a symlink is not ours either.
        if let Ok(metadata) = fs::symlink_metadata(entry.path())
            && metadata.is_file()
        {
            found.push(Version { number, at, length: metadata.len(), path: entry.path() });
        }
    }
    found.sort_by(|a, b| (b.number, b.at, &b.path).cmp(&(a.number, a.at, &a.path)));
    Ok(found)
}

/// Those of the versions, newest first, that are not kept: beyond the number, or beyond the room.
fn surplus(all: &[Version], most: usize) -> impl Iterator<Item = &Version> {
    let mut bytes: u64 = 0;
    all.iter().enumerate().filter_map(move |(at, version)| {
        bytes = bytes.saturating_add(version.length);
        (at >= most || at > 0 && bytes > MOST_BYTES).then_some(version)
    })
}

/// Makes the folder of the versions of a file, where it is missing, and says in it whose they are.
fn make_folder(folder: &Path, target: &Path) -> io::Result<()> {
    make_private(folder)?;
    sweep(folder, None);
    let path_file = folder.join(PATH_FILE);
    if path_file.exists() {
        return Ok(());
    }
    write_private(&path_file, format!("{}\n", canonical(target).display()).as_bytes())
}

/// Gives a copy the next name that is free.
fn place(mut copy: TempPath, folder: &Path, next: u64, at: Instant) -> io::Result<PathBuf> {
    step(Step::Rename)?;
    for number in next..next.saturating_add(MOST_TRIES) {
        let path = folder.join(VersionName::new(number, at).to_string());
        match copy.persist_noclobber(&path) {
            Ok(()) => {
                sync_folder(folder)?;
                return Ok(path);
            }
            Err(refused) if refused.error.kind() == ErrorKind::AlreadyExists => copy = refused.path,
            // Some file systems can only replace.
            Err(refused) if fs::symlink_metadata(&path).is_err() => {
                refused.path.persist(&path).map_err(|error| error.error)?;
                sync_folder(folder)?;
                return Ok(path);
            }
            Err(refused) => return Err(refused.error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// Whether a version has this text. One that cannot be read has not.
fn has_text(version: &Version, text: &str) -> bool {
    let read = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(&version.path)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    version.length == text.len() as u64 && read().is_ok_and(|bytes| bytes == text.as_bytes())
}

/// Whether a version has the bytes of a file. One that cannot be read has not.
fn is_same(version: &Version, target: &Path, metadata: &Metadata) -> bool {
    let have_same_bytes = || -> io::Result<bool> {
        let mut one = BufReader::with_capacity(1 << 16, File::open(&version.path)?);
        let mut other = BufReader::with_capacity(1 << 16, File::open(target)?);
        loop {
            let (a, b) = (one.fill_buf()?, other.fill_buf()?);
            let length = a.len().min(b.len());
            if length == 0 {
                return Ok(a.is_empty() && b.is_empty());
            }
            if a.get(..length) != b.get(..length) {
                return Ok(false);
            }
            one.consume(length);
            other.consume(length);
        }
    };
    version.length == metadata.len() && have_same_bytes().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(number: u64, length: u64) -> Version {
        let path = PathBuf::from(format!("{number}"));
        Version { number, at: Instant::default(), length, path }
    }

    fn gone(all: &[Version], most: usize) -> Vec<u64> {
        surplus(all, most).map(|version| version.number).collect()
    }

    #[test]
    fn versions_go_beyond_the_number_and_beyond_the_room_but_the_newest_stays() {
        let small: Vec<Version> = (1..=5).rev().map(|number| version(number, 100)).collect();
        assert_eq!(gone(&small, 3), [2, 1]);
        assert_eq!(gone(&small, 10), [0; 0]);
        let large: Vec<Version> = (1..=5).rev().map(|number| version(number, 900 << 20)).collect();
        assert_eq!(gone(&large, 10), [3, 2, 1]);
        assert_eq!(gone(&[version(2, 3 << 30), version(1, 1)], 10), [1]);
    }
}
