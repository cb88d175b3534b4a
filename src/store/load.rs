//! Files read whole: what may be read, how large it may be, and of timelines in which encoding they are.
//!
//! The text itself is `reader`'s and `stream`'s, saving `save`'s.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use thiserror::Error;

use super::progress::Progress;
use super::read::checked;
use super::reader::Plain;
use super::remedy::cause;
use super::rewrite;
use super::stream::{self, Streamed};
use super::text::{FileText, Read};
use crate::diagnostic::{LineIndex, Place};

/// Bytes in the largest file that is read: some two million events.
pub const LARGEST_FILE: u64 = 1 << 30;

/// Bytes that are looked at before the rest is taken in.
const HEAD: u64 = 4096;

const BINARY: &str = "it looks like a binary file; choose a timeline file";

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
        Ok(Self::from_metadata(&fs::metadata(path)?))
    }

    pub(super) fn from_metadata(metadata: &Metadata) -> Self {
        Self { length: metadata.len(), modified: metadata.modified().ok() }
    }
}

/// Whether the file at a path holds this text and nothing else: told by the hashes of its blocks, so that a large one is read
/// once and not understood.
///
/// # Errors
/// Where the file cannot be read.
pub fn holds(path: &Path, text: &FileText) -> io::Result<bool> {
    let metadata = fs::metadata(path)?;
    let blocks = &text.places.blocks;
    Ok(metadata.is_file() && metadata.len() == blocks.len() as u64 && rewrite::holds(&mut File::open(path)?, blocks)?)
}

/// Why a file could not be loaded. What the system said stands in the message, so it is no source of the error besides: whoever
/// prints the causes of an error would say it twice.
#[derive(Debug, Error)]
pub enum LoadError {
    /// It is not there.
    #[error("there is no file \"{path}\"; check the name and the folder", path = .0.display())]
    Missing(PathBuf),
    /// It is a folder.
    #[error("\"{path}\" is a folder and not a file; name the file in it", path = .0.display())]
    Folder(PathBuf),
    /// It is a pipe, a device or the like, which may never end.
    #[error("\"{path}\" is not a regular file but a pipe or a device, which may never end; name a file, or - for standard input where it is only read", path = .0.display())]
    NotAFile(PathBuf),
    /// The system would not give it.
    #[error("\"{path}\" cannot be read: {}", cause(reason), path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// It is larger than [`LARGEST_FILE`].
    #[error("\"{path}\" is too large ({megabytes} MB); split it into several", path = path.display())]
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

/// Loads a timeline file. Problems in its text are no error: they are in [`Read::diagnostics`].
///
/// # Errors
/// Where the file cannot be read, is too large, or is not UTF-8.
pub fn load(path: &Path) -> Result<Loaded, LoadError> {
    let loaded = load_unchecked(path)?;
    Ok(Loaded { read: checked(loaded.read), ..loaded })
}

/// [`load`] for whoever asks nothing of what a text means but whether it is a timeline: the meaning of a large file is not
/// checked.
///
/// # Errors
/// As [`load`].
pub fn load_unchecked(path: &Path) -> Result<Loaded, LoadError> {
    if is_pipe(&fs::metadata(path).map_err(|source| unreadable(path, source))?) {
        return Err(LoadError::NotAFile(path.to_owned()));
    }
    match load_with(path, &Progress::new())? {
        Some(loaded) => Ok(loaded),
        None => unreachable!("nobody else knows this reading's progress, so nobody cancels it"),
    }
}

/// [`load`] that can be followed and cancelled: then there is nothing. So a pipe may be waited for too. A large file is read in
/// pieces, and what it means is not checked: [`super::checked`] does that, or whoever shows it meanwhile.
///
/// # Errors
/// As [`load`].
pub fn load_with(path: &Path, progress: &Progress) -> Result<Option<Loaded>, LoadError> {
    let failed = |source| unreadable(path, source);
    may_be_read(path, &fs::metadata(path).map_err(failed)?)?;
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    may_be_read(path, &metadata)?;
    progress.expect(metadata.len());
    // A pipe does not say how much will come.
    let is_large = is_pipe(&metadata) || metadata.len() >= stream::LARGE as u64;
    let Some((read, length)) = read_from(path, file, is_large, progress)? else { return Ok(None) };
    let stamp = Stamp { length, ..Stamp::from_metadata(&metadata) };
    Ok(Some(Loaded { path: path.to_owned(), read, stamp }))
}

/// Reads a timeline that comes from somewhere else than a file, such as standard input. `name` stands for it in messages;
/// there is nothing that it could be saved into.
///
/// # Errors
/// As [`load`].
pub fn load_from(name: &Path, mut source: impl io::Read + Send) -> Result<Loaded, LoadError> {
    let mut head = Vec::new();
    (&mut source).take(HEAD).read_to_end(&mut head).map_err(|source| unreadable(name, source))?;
    // A device may give noughts without end, and they are UTF-8.
    if let Some(before) = head.iter().position(|byte| *byte == 0).and_then(|at| str::from_utf8(head.get(..at)?).ok()) {
        let place = LineIndex::new(before).place(before.len());
        return Err(LoadError::NotUtf8 { path: name.to_owned(), place, hint: BINARY });
    }
    match read_from(name, head.as_slice().chain(source), true, &Progress::new())? {
        Some((read, length)) => {
            let stamp = Stamp { length, modified: None };
            Ok(Loaded { path: name.to_owned(), read: checked(read), stamp })
        }
        None => unreachable!("nobody else knows this reading's progress, so nobody cancels it"),
    }
}

/// The bytes of a file of another program.
///
/// # Errors
/// Where the file cannot be read, is a pipe or a device, or is too large.
pub fn load_bytes(path: &Path) -> Result<Vec<u8>, LoadError> {
    let failed = |source| unreadable(path, source);
    let metadata = fs::metadata(path).map_err(failed)?;
    if is_pipe(&metadata) {
        return Err(LoadError::NotAFile(path.to_owned()));
    }
    may_be_read(path, &metadata)?;
    // All the room at once: what grows has its old place beside its new one.
    gathered(path, File::open(path).map_err(failed)?, usize::try_from(metadata.len()).unwrap_or(0) + 1)
}

/// The files of a folder whose names are wanted, by name, in order; what lies in folders of it is not looked at.
///
/// # Errors
/// Where the folder or one of the files cannot be read.
pub fn load_folder(folder: &Path, is_wanted: impl Fn(&str) -> bool) -> Result<Vec<(String, Vec<u8>)>, LoadError> {
    let failed = |source| unreadable(folder, source);
    let mut files: Vec<(String, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_wanted(&name) && entry.path().is_file() {
            files.push((name, entry.path()));
        }
    }
    files.sort();
    files.into_iter().map(|(name, path)| load_bytes(&path).map(|bytes| (name, bytes))).collect()
}

/// The bytes that come from somewhere else than a file, such as standard input; `name` stands for it in messages.
///
/// # Errors
/// As [`load_bytes`].
pub fn bytes_from(name: &Path, source: impl io::Read) -> Result<Vec<u8>, LoadError> {
    gathered(name, source, 0)
}

fn gathered(name: &Path, source: impl io::Read, room: usize) -> Result<Vec<u8>, LoadError> {
    let mut bytes = Vec::with_capacity(room);
    // It may have grown since it was asked for its length, or have none.
    source.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(|source| unreadable(name, source))?;
    let length = bytes.len() as u64;
    if length > LARGEST_FILE { Err(too_large(name, length)) } else { Ok(bytes) }
}

/// What a text says, with the bytes it had; read in pieces where it may be long. Nothing where that was cancelled.
fn read_from(
    path: &Path,
    source: impl io::Read + Send,
    is_large: bool,
    progress: &Progress,
) -> Result<Option<(Read, u64)>, LoadError> {
    let failed = |source| unreadable(path, source);
    // It may have grown since it was asked for its length.
    let source = source.take(LARGEST_FILE + 1);
    let bytes = if is_large {
        match stream::read(source, progress, stream::Sizes::default()).map_err(failed)? {
            Streamed::Read(read) => {
                let length = read.text.places.blocks.len() as u64;
                return Ok(Some((*read, length)));
            }
            Streamed::Cancelled => return Ok(None),
            Streamed::Doubtful(bytes) => bytes,
        }
    } else {
        bytes_from(path, source)?
    };
    let length = bytes.len() as u64;
    if length > LARGEST_FILE {
        return Err(too_large(path, length));
    }
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(path, &error))?;
    Ok(Plain::read(text, progress).map(|plain| (plain.finish(), length)))
}

/// Refuses what is no file, or too large; a pipe passes.
fn may_be_read(path: &Path, metadata: &Metadata) -> Result<(), LoadError> {
    match metadata {
        metadata if metadata.is_dir() => Err(LoadError::Folder(path.to_owned())),
        metadata if !metadata.is_file() && !is_pipe(metadata) => Err(LoadError::NotAFile(path.to_owned())),
        metadata if metadata.len() > LARGEST_FILE => Err(too_large(path, metadata.len())),
        _ => Ok(()),
    }
}

/// Whether it is a pipe: opening one waits for whoever writes to it.
#[cfg(unix)]
fn is_pipe(metadata: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    metadata.file_type().is_fifo()
}

#[cfg(not(unix))]
fn is_pipe(_metadata: &Metadata) -> bool {
    false
}

fn unreadable(path: &Path, source: io::Error) -> LoadError {
    match source.kind() {
        io::ErrorKind::NotFound => LoadError::Missing(path.to_owned()),
        _ => LoadError::Io { path: path.to_owned(), reason: source },
    }
}

fn too_large(path: &Path, bytes: u64) -> LoadError {
    LoadError::TooLarge { path: path.to_owned(), megabytes: bytes >> 20 }
}

fn not_utf8(path: &Path, error: &std::string::FromUtf8Error) -> LoadError {
    let bytes = error.as_bytes();
    let valid = bytes.get(..error.utf8_error().valid_up_to()).unwrap_or_default();
    let valid = String::from_utf8_lossy(valid);
    let hint = if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        "it looks like UTF-16; save it as UTF-8 in your editor"
    } else if bytes.contains(&0) {
        BINARY
    } else {
        "it may be in an older encoding; save it as UTF-8 in your editor"
    };
    LoadError::NotUtf8 { path: path.to_owned(), place: LineIndex::new(&valid).place(valid.len()), hint }
}
