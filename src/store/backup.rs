//! The backup of a file before a save replaces it: among its earlier versions, or beside it.
//!
//! Owns the choice. Where no version can be kept the file is kept as `NAME.ron.bak` beside it, which costs no room (a second
//! name of what is replaced), and that is told; where that fails too nothing is saved.

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

use super::atomic::{keep_as, resolve};
use super::versions::Retention;

/// Where a save keeps the file as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Backup {
    /// Beside it as `NAME.ron.bak`, in place of an older one: where the program has no folder for its state.
    #[default]
    Beside,
    /// Among its earlier versions.
    Versions(Retention),
}

/// What came of keeping a file.
pub(super) struct Kept {
    /// Where it is kept; none where it need not be.
    pub path: Option<PathBuf>,
    /// Why no version could be kept, where it is kept beside the file instead.
    pub trouble: Option<(PathBuf, io::Error)>,
}

impl Backup {
    /// Keeps the file at `target`, which is a path without symlinks.
    ///
    /// # Errors
    /// Where it could not be kept at all: the path of what could not be written, and what the system said.
    pub(super) fn keep(&self, target: &Path) -> Result<Kept, (PathBuf, io::Error)> {
        let trouble = match self {
            Self::Beside => None,
            Self::Versions(retention) => match retention.keep(target) {
                Ok(path) => return Ok(Kept { path, trouble: None }),
                Err(error) => Some((retention.state.clone(), error)),
            },
        };
        let name = backup_path(target);
        match keep_as(target, &name) {
            Ok(()) => Ok(Kept { path: Some(name), trouble }),
            Err(error) => Err((name, error)),
        }
    }

    /// Takes note of the file that a save has put at `target`.
    pub(super) fn left(&self, target: &Path, metadata: &Metadata) {
        if let Self::Versions(retention) = self {
            retention.left(target, metadata);
        }
    }
}

/// Where the backup of a file stands that is kept beside it.
pub fn backup_path(path: &Path) -> PathBuf {
    let target = resolve(path).unwrap_or_else(|_| path.to_owned());
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".bak");
    target.with_file_name(name)
}
