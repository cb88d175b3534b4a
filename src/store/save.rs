//! Timeline files saved without losing anything: what others changed meanwhile is noticed, and what was there is kept.
//!
//! Owns the comparison with what is on disk. The text itself is `text`'s and `splice`'s, the writing `atomic`'s, the copy that
//! is kept `backup`'s, one save at a time `lock`'s.

use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, BufRead as _, Write as _};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::atomic::{Replaces, folder, resolve, sweep, write_with};
use super::attributes::{has_other_rights, other_names};
use super::backup::{Backup, backup_path};
use super::blocks::Blocks;
use super::layout::to_ron;
use super::load::Stamp;
use super::lock::{LONGEST_WAIT, Lock, number};
use super::read::read;
use super::remedy::{not_written, not_written_in, remedy};
use super::rewrite;
use super::splice::{SpliceError, splice};
use super::text::FileText;
use crate::model::Timeline;

/// Why a file could not be saved; it is as it was.
#[derive(Debug, Error)]
pub enum SaveError {
    /// Its text cannot be changed safely.
    #[error(transparent)]
    Splice(#[from] SpliceError),
    /// Another program wrote to it since it was read.
    #[error("\"{path}\" was changed by another program since it was opened; open it again, or save under another name", path = .0.display())]
    ChangedOnDisk(PathBuf),
    /// Another program has been saving it all the time.
    #[error("\"{path}\" has been in use by another Annalist for {seconds} seconds; let it finish or close it, and save again", path = .0.display(), seconds = LONGEST_WAIT.as_secs())]
    Busy(PathBuf),
    /// It must not be written to.
    #[error("\"{path}\" is read-only; allow writing to it", path = .0.display())]
    ReadOnly(PathBuf),
    /// The copy that is kept of the file as it was could not be written.
    #[error("no backup could be written to \"{path}\", so nothing was saved: {}", remedy(path, reason), path = path.display())]
    Backup {
        /// The backup file.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// The system would not write it.
    #[error("{}", not_written(path, reason))]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
}

/// What a save did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Whether the file was written; not where it held this timeline already.
    pub is_written: bool,
    /// The file as it was, where this save kept it.
    pub backup: Option<PathBuf>,
    /// The file's stamp after the save.
    pub stamp: Stamp,
    /// What else came of it.
    pub remarks: Vec<SaveRemark>,
}

/// What came of a save that its user should know of, in words that follow on the name of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveRemark {
    /// No earlier version could be kept; the file as it was is beside it instead.
    KeptBeside {
        /// The folder of the program's state.
        state: PathBuf,
        /// Why nothing could be written there, and what helps.
        reason: String,
    },
    /// The file had been taken away since it was opened, and is there again.
    CameBack,
    /// The file that was replaced has so many other names (hard links), which lead to it as it was: to write into that file
    /// instead would put it at risk.
    OtherNames(u64),
    /// This user may not give the new file the owner, group or mode of the old one.
    OtherRights,
    /// The system did not say that the new file would be found in its place after a loss of power.
    Unflushed,
}

impl fmt::Display for SaveRemark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeptBeside { reason, .. } => write!(
                f,
                "was saved, but what it was before could not be kept among its earlier versions and is beside the file, with .bak behind its name: {reason}"
            ),
            Self::CameBack => f.write_str(
                "had been moved or deleted since it was opened, and is there again; if it was moved, delete one of the two",
            ),
            Self::OtherNames(1) => f.write_str(
                "had another name (a hard link), which still leads to it as it was before this save; link that name anew",
            ),
            Self::OtherNames(count) => write!(
                f,
                "had {count} other names (hard links), which still lead to it as it was before this save; link them anew"
            ),
            Self::OtherRights => f.write_str(
                "could not keep its owner, group and mode, and fewer people may open it now; set them anew if others work with it",
            ),
            Self::Unflushed => f.write_str(
                "is saved, but the disk may lose it if the power fails; save a copy on another disk, and have this one looked at",
            ),
        }
    }
}

/// The right to save into a file, held while it is read, changed and saved, so that what other programs of this kind add
/// meanwhile comes before or behind and is not refused.
#[derive(Debug)]
pub struct SaveLock {
    path: PathBuf,
    lock: Lock,
    backup: Backup,
}

impl SaveLock {
    /// Waits for the right to save into the file at a path, which need not be there yet.
    ///
    /// # Errors
    /// Where another program keeps it too long, or the file cannot be opened.
    pub fn wait(path: &Path) -> Result<Self, SaveError> {
        Ok(Self { path: path.to_owned(), lock: locked(path)?, backup: Backup::Beside })
    }

    /// The same right, with another place for the file as it was.
    #[must_use]
    pub fn keeping(self, backup: Backup) -> Self {
        Self { backup, ..self }
    }

    /// [`save`] under this lock, which it uses up.
    ///
    /// # Errors
    /// As [`save`].
    pub fn save(self, text: &mut FileText, timeline: &Timeline) -> Result<Saved, SaveError> {
        let path = self.path.clone();
        save_under(&path, text, timeline, || Ok(self))
    }

    /// Puts a new layout of a text in place of that text, which was read from the file and is kept.
    ///
    /// # Errors
    /// As [`save`].
    pub fn lay_out(self, text: &str, formatted: &str) -> Result<Saved, SaveError> {
        let mut on_disk = Existing::at(&self.path)?.ok_or_else(|| SaveError::ChangedOnDisk(self.path.clone()))?;
        let old = on_disk.identity;
        let content = |to: &mut File| {
            if !on_disk.is(text.as_bytes())? {
                return Err(Refused::Changed);
            }
            Ok(to.write_all(formatted.as_bytes())?)
        };
        self.write(content, Some(old), true)
    }

    /// Puts other bytes in place of whatever is there, which is kept.
    ///
    /// # Errors
    /// Where the system refuses; nothing has changed then.
    pub fn replace(self, bytes: &[u8]) -> Result<Saved, SaveError> {
        let on_disk = Existing::at(&self.path)?;
        self.write(|to| Ok(to.write_all(bytes)?), on_disk.as_ref().map(|existing| existing.identity), true)
    }

    /// Writes `content` in place of the file that `stood` there, which is kept where that is asked for.
    fn write(
        self,
        content: impl FnOnce(&mut File) -> Result<(), Refused>,
        stood: Option<Identity>,
        keeps_backup: bool,
    ) -> Result<Saved, SaveError> {
        let path = self.path.as_path();
        // Where there was no file there was nothing to hold. One that has come since is held from here on: else two that both read it
        // would both find it as they had read it.
        let lock = if self.lock.is_held() { self.lock } else { locked(path)? };
        let target = resolve(path).map_err(|source| failed(path, source))?;
        sweep(folder(&target), fs::metadata(&target).ok().as_ref().filter(|_| lock.is_held()));
        let mut backup = None;
        let (mut remarks, mut old) = (Vec::new(), None);
        let compare = || match Identity::of(&target) {
            // What came in while the new file was written would be lost.
            Some(stands) if stood != Some(stands) => Err(Refused::Changed),
            stands => Ok(stands.is_some()),
        };
        let ready = || {
            if !compare()? {
                // One that was taken away meanwhile comes back.
                remarks.extend(stood.map(|_| SaveRemark::CameBack));
                return Ok(Replaces::Nothing);
            }
            old = fs::metadata(&target).ok();
            remarks.extend(other_names_of(&target, &backup_path(path)).map(SaveRemark::OtherNames));
            if keeps_backup {
                let kept = self.backup.keep(&target).map_err(|(path, source)| Refused::Backup(path, source))?;
                backup = kept.path;
                let beside = |(state, error): (PathBuf, io::Error)| {
                    let reason = not_written_in(&state, &error);
                    SaveRemark::KeptBeside { state, reason }
                };
                remarks.extend(kept.trouble.map(beside));
                // A copy of a large file takes its time.
                compare()?;
            }
            Ok(Replaces::Anything)
        };
        let written = write_with(path, content, ready).map_err(|refused| match refused {
            Refused::Changed => SaveError::ChangedOnDisk(path.to_owned()),
            Refused::Backup(path, reason) => SaveError::Backup { path, reason },
            Refused::Io(source) if source.kind() == io::ErrorKind::AlreadyExists => {
                SaveError::ChangedOnDisk(path.to_owned())
            }
            Refused::Io(source) => failed(path, source),
        })?;
        // Another program may have replaced it again already.
        let new = written.file.metadata().map_err(|source| failed(path, source))?;
        remarks.extend(written.flushed.err().map(|_| SaveRemark::Unflushed));
        remarks.extend(old.filter(|old| has_other_rights(&new, old)).map(|_| SaveRemark::OtherRights));
        self.backup.left(&target, &new);
        Ok(Saved { is_written: true, backup, stamp: Stamp::from_metadata(&new), remarks })
    }
}

/// The lock of the file at a path; nothing is held where there is none.
fn locked(path: &Path) -> Result<Lock, SaveError> {
    let target = resolve(path).map_err(|source| failed(path, source))?;
    Lock::wait(&target).map_err(|error| match error.kind() {
        io::ErrorKind::WouldBlock => SaveError::Busy(path.to_owned()),
        _ => failed(path, error),
    })
}

/// Saves a timeline into the file its text was read from: only what changed is written anew, and the result is read back
/// and compared before anything is written. The first save of a session keeps the file as it was beside it
/// ([`Backup::Beside`]). Afterwards `text` is the text now on disk. While one program saves, others of this kind wait.
///
/// # Errors
/// Where the text is not writable, the file was changed by another program, or the system refuses; the file and `text`
/// are then as they were.
pub fn save(path: &Path, text: &mut FileText, timeline: &Timeline) -> Result<Saved, SaveError> {
    save_keeping(path, text, timeline, Backup::Beside)
}

/// [`save`] with another place for the file as it was before the first save of a session.
///
/// # Errors
/// As [`save`].
pub fn save_keeping(path: &Path, text: &mut FileText, timeline: &Timeline, backup: Backup) -> Result<Saved, SaveError> {
    save_under(path, text, timeline, || Ok(SaveLock::wait(path)?.keeping(backup)))
}

/// [`save`] under the lock that is taken once it is known what is to be written.
fn save_under(
    path: &Path,
    text: &mut FileText,
    timeline: &Timeline,
    lock: impl FnOnce() -> Result<SaveLock, SaveError>,
) -> Result<Saved, SaveError> {
    let spliced = splice(text, timeline);
    let is_same = spliced.as_ref().is_ok_and(|spliced| spliced.places.blocks.is_same(&text.places.blocks));
    if (is_same || spliced.is_err())
        && let Some(mut existing) = Existing::at(path)?
    {
        // Nothing is written, but what another program wrote is to be told all the same.
        if !existing.holds(&text.places.blocks).map_err(|source| failed(path, source))? {
            return Err(SaveError::ChangedOnDisk(path.to_owned()));
        }
        if is_same {
            let stamp = existing.identity.stamp;
            return Ok(Saved { is_written: false, backup: None, stamp, remarks: Vec::new() });
        }
    }
    let mut spliced = spliced?;
    let lock = lock()?;
    // It stays open to the end: no other file has its number meanwhile.
    let mut on_disk = Existing::at(path)?;
    let stood = on_disk.as_ref().map(|existing| existing.identity);
    let content = |to: &mut File| match &mut on_disk {
        Some(existing) => existing.rewrite(&text.places.blocks, &spliced.places.blocks, to),
        None => Ok(rewrite::write(&spliced.places.blocks, to)?),
    };
    let mut saved = lock.write(content, stood, !text.is_backed_up)?;
    if stood.is_none() {
        saved.remarks.push(SaveRemark::CameBack);
    }
    spliced.is_backed_up = true;
    *text = spliced;
    Ok(saved)
}

/// Saves a timeline under a new name, and gives the text then on disk. Where it came from a text, that text's comments,
/// order and layout go along. A file already there is replaced, and kept beside it ([`Backup::Beside`]).
///
/// # Errors
/// Where the system refuses, or `from` is a text that is not writable.
pub fn save_as(path: &Path, timeline: &Timeline, from: Option<&FileText>) -> Result<(FileText, Saved), SaveError> {
    save_as_keeping(path, timeline, from, Backup::Beside)
}

/// [`save_as`] with another place for a file that is replaced.
///
/// # Errors
/// As [`save_as`].
pub fn save_as_keeping(
    path: &Path,
    timeline: &Timeline,
    from: Option<&FileText>,
    backup: Backup,
) -> Result<(FileText, Saved), SaveError> {
    let mut text = match from {
        Some(text) => splice(text, timeline)?,
        None => {
            let read = read(to_ron(timeline));
            if !read.text.is_writable() || read.timeline != *timeline {
                return Err(SpliceError::Mismatch.into());
            }
            read.text
        }
    };
    let lock = SaveLock::wait(path)?.keeping(backup);
    let on_disk = Existing::at(path)?;
    let content = |to: &mut File| Ok(rewrite::write(&text.places.blocks, to)?);
    let saved = lock.write(content, on_disk.as_ref().map(|existing| existing.identity), true)?;
    text.is_backed_up = true;
    Ok((text, saved))
}

/// Saves a timeline into a file that is not there yet.
///
/// # Errors
/// [`SaveError::ChangedOnDisk`] where one is there by then; else as [`save_as`].
pub fn save_new(path: &Path, timeline: &Timeline) -> Result<Saved, SaveError> {
    let text = to_ron(timeline);
    save_new_with(path, |to| to.write_all(text.as_bytes()))
}

/// [`save_new`] of what `write` writes.
pub(super) fn save_new_with(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> Result<Saved, SaveError> {
    SaveLock::wait(path)?.write(|to| Ok(write(to)?), None, false)
}

/// How many other names a file has, if any. Its backup is one of them where a save was broken off between backup and rename.
fn other_names_of(target: &Path, backup: &Path) -> Option<u64> {
    let metadata = fs::metadata(target).ok()?;
    let is_own = |backup: &Metadata| number(backup).is_some() && number(backup) == number(&metadata);
    let own = u64::from(fs::metadata(backup).is_ok_and(|backup| is_own(&backup)));
    Some(other_names(&metadata).saturating_sub(own)).filter(|count| *count > 0)
}

/// What a file is told by from the one that another program puts in its place, and from itself once it was written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Identity {
    stamp: Stamp,
    number: Option<(u64, u64)>,
}

impl Identity {
    /// That of the file at a path, if there is one.
    fn of(path: &Path) -> Option<Self> {
        fs::metadata(path).ok().as_ref().map(Self::from_metadata)
    }

    fn from_metadata(metadata: &Metadata) -> Self {
        Self { stamp: Stamp::from_metadata(metadata), number: number(metadata) }
    }
}

/// A file that is there before a save.
struct Existing {
    file: File,
    identity: Identity,
}

impl Existing {
    /// The file at a path, if there is one; an error where it must not be written to.
    fn at(path: &Path) -> Result<Option<Self>, SaveError> {
        let failed = |source| failed(path, source);
        let not_a_file = || failed(io::Error::new(io::ErrorKind::InvalidInput, "this is not a file"));
        match fs::metadata(path) {
            // Opening a pipe waits for whoever reads it.
            Ok(metadata) if !metadata.is_file() => return Err(not_a_file()),
            Ok(metadata) if metadata.permissions().readonly() => return Err(SaveError::ReadOnly(path.to_owned())),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        }
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        let identity = Identity::from_metadata(&file.metadata().map_err(failed)?);
        Ok(Some(Self { file, identity }))
    }

    /// Whether it holds these bytes and nothing else.
    fn is(&mut self, bytes: &[u8]) -> io::Result<bool> {
        let mut file = io::BufReader::with_capacity(1 << 16, &mut self.file);
        let mut rest = bytes;
        loop {
            let part = file.fill_buf()?;
            if part.is_empty() {
                return Ok(rest.is_empty());
            }
            let Some(after) = rest.strip_prefix(part) else { return Ok(false) };
            rest = after;
            let length = part.len();
            file.consume(length);
        }
    }

    /// Whether it holds this text and nothing else.
    fn holds(&mut self, text: &Blocks) -> io::Result<bool> {
        Ok(self.identity.stamp.length == text.len() as u64 && rewrite::holds(&mut self.file, text)?)
    }

    /// Writes what is to follow on this text, which it must hold.
    fn rewrite(&mut self, old: &Blocks, new: &Blocks, to: &mut File) -> Result<(), Refused> {
        let is_held = self.identity.stamp.length == old.len() as u64 && rewrite::rewrite(&mut self.file, old, new, to)?;
        if is_held { Ok(()) } else { Err(Refused::Changed) }
    }
}

/// Why a new file did not take the place of the old one.
enum Refused {
    Changed,
    Backup(PathBuf, io::Error),
    Io(io::Error),
}

impl From<io::Error> for Refused {
    fn from(source: io::Error) -> Self {
        Self::Io(source)
    }
}

pub(super) fn failed(path: &Path, source: io::Error) -> SaveError {
    SaveError::Io { path: path.to_owned(), reason: source }
}
