//! Timeline files on disk: reading them whole, saving without losing anything, noticing what others changed.
//!
//! Owns size limits, encodings, backups and the comparison with what is on disk. The text itself is `text`'s and
//! `splice`'s, the writing `atomic`'s.

use std::fs::{File, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use thiserror::Error;

use super::atomic::{keep_as, resolve, write_with};
use super::blocks::Blocks;
use super::layout::to_ron;
use super::progress::Progress;
use super::reader::Plain;
use super::rewrite;
use super::splice::{SpliceError, splice};
use super::stream::{self, Streamed};
use super::text::{FileText, Read};
use crate::diagnostic::{LineIndex, Place};
use crate::model::Timeline;

/// Bytes in the largest file that is read: some two million events.
pub const LARGEST_FILE: u64 = 1 << 30;

/// A timeline file as it was loaded.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Where it was loaded from, as given.
    pub path: PathBuf,
    /// Its text, its timeline and its problems.
    pub read: Read,
    /// What tells cheaply whether the file has changed since.
    pub stamp: Stamp,
}

/// Length and time of a file, to tell cheaply whether it has changed. Equal stamps are no proof; a save compares bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Bytes.
    pub length: u64,
    /// When it was last written to, where the system says so.
    pub modified: Option<SystemTime>,
}

impl Stamp {
    /// The stamp of the file at a path as it is now.
    ///
    /// # Errors
    /// Where the file cannot be asked for.
    pub fn of(path: &Path) -> io::Result<Self> {
        Ok(Self::from_metadata(&std::fs::metadata(path)?))
    }

    fn from_metadata(metadata: &Metadata) -> Self {
        Self { length: metadata.len(), modified: metadata.modified().ok() }
    }
}

/// Why a file could not be loaded.
#[derive(Debug, Error)]
pub enum LoadError {
    /// It is not there.
    #[error("there is no file \"{path}\"; check the name and the folder", path = .0.display())]
    Missing(PathBuf),
    /// It is a folder or a device.
    #[error("\"{path}\" is not a file; name the timeline file in it", path = .0.display())]
    NotAFile(PathBuf),
    /// The system would not give it.
    #[error("\"{path}\" cannot be read: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is larger than [`LARGEST_FILE`].
    #[error("\"{path}\" is too large for a timeline ({megabytes} MB); split it into several", path = path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        megabytes: u64,
    },
    /// It is not text in UTF-8.
    #[error("\"{path}\" is not UTF-8 text (line {line}, column {column}): {hint}", path = path.display(), line = place.line, column = place.column)]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// Where the first byte stands that is not UTF-8.
        place: Place,
        /// What it may be, and what to do.
        hint: &'static str,
    },
}

/// Why a file could not be saved; it is as it was.
#[derive(Debug, Error)]
pub enum SaveError {
    /// Its text cannot be changed safely.
    #[error(transparent)]
    Splice(#[from] SpliceError),
    /// Another program wrote to it since it was read.
    #[error("\"{path}\" was changed by another program since it was opened; open it again, or save under another name", path = .0.display())]
    ChangedOnDisk(PathBuf),
    /// It must not be written to.
    #[error("\"{path}\" is read-only; allow writing to it, or save under another name", path = .0.display())]
    ReadOnly(PathBuf),
    /// The copy that is kept of the file as it was could not be written.
    #[error("no backup could be written to \"{path}\", so nothing was saved: {source}", path = path.display())]
    Backup {
        /// The backup file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The system would not write it.
    #[error("\"{path}\" cannot be written: {source}; make room or choose another place, and save again", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// What a save did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Whether the file was written; not where it held this timeline already.
    pub is_written: bool,
    /// The backup, where this save made one.
    pub backup: Option<PathBuf>,
    /// The file's stamp after the save.
    pub stamp: Stamp,
}

/// Loads a timeline file. Problems in its text are no error: they are in [`Read::diagnostics`].
///
/// # Errors
/// Where the file cannot be read, is too large, or is not UTF-8.
pub fn load(path: &Path) -> Result<Loaded, LoadError> {
    match load_with(path, &Progress::new())? {
        Some(loaded) => Ok(Loaded { read: loaded.read.checked(), ..loaded }),
        None => unreachable!("nobody else knows this reading's progress, so nobody cancels it"),
    }
}

/// [`load`] that can be followed and cancelled: then there is nothing. A large file is read in pieces, and what it means is
/// not checked: [`Read::checked`] does that, or whoever shows it meanwhile.
///
/// # Errors
/// As [`load`].
pub fn load_with(path: &Path, progress: &Progress) -> Result<Option<Loaded>, LoadError> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => LoadError::Missing(path.to_owned()),
        _ => LoadError::Io { path: path.to_owned(), source },
    };
    let mut file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if metadata.is_dir() {
        return Err(LoadError::NotAFile(path.to_owned()));
    }
    let too_large = |bytes: u64| LoadError::TooLarge { path: path.to_owned(), megabytes: bytes >> 20 };
    if metadata.len() > LARGEST_FILE {
        return Err(too_large(metadata.len()));
    }
    progress.expect(metadata.len());
    let stamp = |length: usize| Stamp { length: length as u64, ..Stamp::from_metadata(&metadata) };
    let loaded = |read: Read, length: usize| Loaded { path: path.to_owned(), read, stamp: stamp(length) };
    // A pipe does not say how much will come.
    let bytes = if metadata.is_file() && metadata.len() < stream::LARGE as u64 {
        // A pipe has no length beforehand.
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
        (&mut file).take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(failed)?;
        bytes
    } else {
        let source = (&mut file).take(LARGEST_FILE + 1);
        match stream::read(source, progress, stream::Sizes::default()).map_err(failed)? {
            Streamed::Read(read) => {
                let length = read.text.places.blocks.len();
                return Ok(Some(loaded(*read, length)));
            }
            Streamed::Cancelled => return Ok(None),
            Streamed::Doubtful(bytes) => bytes,
        }
    };
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(too_large(bytes.len() as u64));
    }
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(path, &error))?;
    let length = text.len();
    Ok(Plain::read(text, progress).map(|plain| loaded(plain.finish(), length)))
}

fn not_utf8(path: &Path, error: &std::string::FromUtf8Error) -> LoadError {
    let bytes = error.as_bytes();
    let valid = bytes.get(..error.utf8_error().valid_up_to()).unwrap_or_default();
    let valid = String::from_utf8_lossy(valid);
    let hint = if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        "it looks like UTF-16; save it as UTF-8 in your editor"
    } else if bytes.contains(&0) {
        "it looks like a binary file; choose a timeline file"
    } else {
        "it may be in an older encoding; save it as UTF-8 in your editor"
    };
    LoadError::NotUtf8 { path: path.to_owned(), place: LineIndex::new(&valid).place(valid.len()), hint }
}

/// Saves a timeline into the file its text was read from: only what changed is written anew, and the result is read back
/// and compared before anything is written. The first save of a session copies the file to `NAME.ron.bak` beside it, in
/// place of an older backup. Afterwards `text` is the text now on disk.
///
/// # Errors
/// Where the text is not writable, the file was changed by another program, or the system refuses; the file and `text`
/// are then as they were.
pub fn save(path: &Path, text: &mut FileText, timeline: &Timeline) -> Result<Saved, SaveError> {
    let mut on_disk = Existing::at(path)?;
    let spliced = splice(text, timeline);
    let is_same = spliced.as_ref().is_ok_and(|spliced| spliced.places.blocks.is_same(&text.places.blocks));
    if let Some(existing) = &mut on_disk
        && (is_same || spliced.is_err())
    {
        // Nothing is written, but what another program wrote is to be told all the same.
        if !existing.holds(&text.places.blocks).map_err(|source| failed(path, source))? {
            return Err(SaveError::ChangedOnDisk(path.to_owned()));
        }
        if is_same {
            return Ok(Saved { is_written: false, backup: None, stamp: stamp(path)? });
        }
    }
    let mut spliced = spliced?;
    let stood = on_disk.as_ref().map(|existing| existing.stamp);
    let content = |to: &mut File| match &mut on_disk {
        Some(existing) => existing.rewrite(&text.places.blocks, &spliced.places.blocks, to),
        None => Ok(rewrite::write(&spliced.places.blocks, to)?),
    };
    let backup = write(path, content, stood, !text.is_backed_up)?;
    spliced.is_backed_up = true;
    *text = spliced;
    Ok(Saved { is_written: true, backup, stamp: stamp(path)? })
}

/// Saves a timeline under a new name, and gives the text then on disk. Where it came from a text, that text's comments,
/// order and layout go along. A file already there is replaced, after a backup.
///
/// # Errors
/// Where the system refuses, or `from` is a text that is not writable.
pub fn save_as(path: &Path, timeline: &Timeline, from: Option<&FileText>) -> Result<(FileText, Saved), SaveError> {
    let mut text = match from {
        Some(text) => splice(text, timeline)?,
        None => {
            let read = FileText::read(to_ron(timeline));
            if !read.text.is_writable() || read.timeline != *timeline {
                return Err(SpliceError::Mismatch.into());
            }
            read.text
        }
    };
    let stood = Existing::at(path)?.map(|existing| existing.stamp);
    let content = |to: &mut File| Ok(rewrite::write(&text.places.blocks, to)?);
    let backup = write(path, content, stood, true)?;
    text.is_backed_up = true;
    Ok((text, Saved { is_written: true, backup, stamp: stamp(path)? }))
}

/// Where the backup of a file stands.
pub fn backup_path(path: &Path) -> PathBuf {
    let target = resolve(path).unwrap_or_else(|_| path.to_owned());
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".bak");
    target.with_file_name(name)
}

/// A file that is there before a save.
struct Existing {
    file: File,
    stamp: Stamp,
}

impl Existing {
    /// The file at a path, if there is one; an error where it must not be written to.
    fn at(path: &Path) -> Result<Option<Self>, SaveError> {
        let failed = |source| failed(path, source);
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        let metadata = file.metadata().map_err(failed)?;
        if metadata.is_file() && metadata.permissions().readonly() {
            return Err(SaveError::ReadOnly(path.to_owned()));
        }
        Ok(Some(Self { file, stamp: Stamp::from_metadata(&metadata) }))
    }

    /// Whether it holds this text and nothing else.
    fn holds(&mut self, text: &Blocks) -> io::Result<bool> {
        Ok(self.stamp.length == text.len() as u64 && rewrite::holds(&mut self.file, text)?)
    }

    /// Writes what is to follow on this text, which it must hold.
    fn rewrite(&mut self, old: &Blocks, new: &Blocks, to: &mut File) -> Result<(), Refused> {
        let is_held = self.stamp.length == old.len() as u64 && rewrite::rewrite(&mut self.file, old, new, to)?;
        if is_held { Ok(()) } else { Err(Refused::Changed) }
    }
}

/// Writes `content` in place of the file that `stood` there, which is kept beside it where that is asked for; returns where.
fn write(
    path: &Path,
    content: impl FnOnce(&mut File) -> Result<(), Refused>,
    stood: Option<Stamp>,
    keeps_backup: bool,
) -> Result<Option<PathBuf>, SaveError> {
    let mut kept = None;
    let ready = || {
        let target = resolve(path)?;
        let stands = Stamp::of(&target).ok();
        // What came in while the new file was written would be lost.
        if stands.is_some() && stands != stood {
            return Err(Refused::Changed);
        }
        if keeps_backup && stands.is_some() {
            let backup = backup_path(path);
            keep_as(&target, &backup).map_err(|source| Refused::Backup(backup.clone(), source))?;
            kept = Some(backup);
        }
        Ok(())
    };
    write_with(path, content, ready).map_err(|refused| match refused {
        Refused::Changed => SaveError::ChangedOnDisk(path.to_owned()),
        Refused::Backup(path, source) => SaveError::Backup { path, source },
        Refused::Io(source) if source.kind() == io::ErrorKind::ReadOnlyFilesystem => {
            SaveError::ReadOnly(path.to_owned())
        }
        Refused::Io(source) => failed(path, source),
    })?;
    Ok(kept)
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

fn failed(path: &Path, source: io::Error) -> SaveError {
    SaveError::Io { path: path.to_owned(), source }
}

fn stamp(path: &Path) -> Result<Stamp, SaveError> {
    Stamp::of(path).map_err(|source| failed(path, source))
}
