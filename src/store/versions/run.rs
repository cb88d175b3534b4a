//! The mark of a run of additions: by it the next `annalist add` knows that a file is still what the last one wrote, so that
//! all of them share one version.
//!
//! It lies beside the versions as `last.ron`. One that is missing, torn or of another file costs a version too many and loses
//! none.

use std::fs::Metadata;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::store::atomic::write_private;
use crate::store::load::load_bytes;
use crate::store::lock::number;

/// The name of the mark.
const FILE: &str = "last.ron";

/// A file as an addition left it. Programs that write give it another time, and mostly another number too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    /// Bytes.
    length: u64,
    /// When it was written to, in nanoseconds since 1970.
    modified: u128,
    /// The numbers of its file system and in it, where the system has such.
    number: Option<(u64, u64)>,
}

impl Mark {
    /// That of a file; none where its time is not known.
    fn of(metadata: &Metadata) -> Option<Self> {
        let since_1970 = metadata.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some(Self { length: metadata.len(), modified: since_1970.as_nanos(), number: number(metadata) })
    }
}

/// Whether a file is as the last addition left it.
pub(super) fn is_as_left(folder: &Path, metadata: &Metadata) -> bool {
    let left = load_bytes(&folder.join(FILE)).ok().and_then(|bytes| ron::de::from_bytes::<Mark>(&bytes).ok());
    left.is_some() && left == Mark::of(metadata)
}

/// Takes note of a file as an addition leaves it.
pub(super) fn leave(folder: &Path, metadata: &Metadata) -> io::Result<()> {
    let Some(mark) = Mark::of(metadata) else { return Ok(()) };
    let text = ron::to_string(&mark).map_err(io::Error::other)?;
    write_private(&folder.join(FILE), text.as_bytes())
}
