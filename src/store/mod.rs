//! The timeline as a file: RON text read with spans, written by splicing only what changed.
//!
//! Owns reading, placing problems in the text, saving. Never lays out or draws.
//!
//! | module | owns |
//! |---|---|
//! | `tree` | the shape of a RON text |
//! | `scan` | text to tree, with every fault of syntax |
//! | `schema` | which fields each record has |
//! | `found` | the problems of a text, of each kind so many |
//! | `judge` | a scanned record against its schema: every problem at its place |
//! | `references` | references around records that could not be read |
//! | `progress` | [`Progress`]: how far a reading has come |
//! | `sharing` | what many records say alike, kept once |
//! | `locate` | the place of a field in a record |
//! | `blocks` | a text kept compressed, with lines and columns |
//! | `text` | [`FileText`]: a text with the place of every record |
//! | `reader` | a text read whole, with every problem |
//! | `stream` | a large text in order read in pieces, on all cores |
//! | `unresolved` | conflicts of a merge in comments at the head of a text |
//! | `read` | [`read()`]: a text read the one way or the other |
//! | `excerpt` | events on a clipboard, read by themselves |
//! | `layout` | the one style of new text; [`formatted`], [`to_ron`] |
//! | `splice` | the least change of a text that makes it hold another timeline |
//! | `attributes` | owner, mode, extended attributes and access list of a file that is replaced |
//! | `remedy` | what helps where a file cannot be written |
//! | `atomic` | [`write_atomic`], and the temporary files that were left behind |
//! | `lock` | one program at a time replaces a file |
//! | `lock_file` | [`LockFile`]: one window at a time changes a timeline; [`holder_of`]: which one |
//! | `local_time` | [`local_time`]: a moment by the clock on the wall |
//! | `rewrite` | a text in place of the one it came from, most of it passed on as read |
//! | `load` | [`load`]: files read whole |
//! | `state` | [`state_folder`]: where the program keeps its state |
//! | `versions` | [`versions()`]: files as they were before sessions saved into them |
//! | `companion` | files that stand beside a timeline |
//! | `backup` | [`Backup`]: where a save keeps the file as it was |
//! | `save` | [`save`], [`save_as`], [`SaveLock`] |
//! | `new_file` | [`NewFile`]: a new timeline that is written while its events come |
//! | `journal` | [`JournalWriter`]: every change appended as it is made; [`left_behind`]: what a crash left |
//! | `image` | [`image()`]: an image beside a timeline, as pixels |
//! | [`capture`] | files kept as evidence: [`capture::attach`], [`capture::verify`] |

mod tree;

#[cfg(test)]
mod random;

mod scan;

mod schema;

mod found;
mod judge;
mod references;

mod progress;
mod sharing;

mod locate;

mod blocks;
mod text;

mod reader;
mod stream;

mod read;

mod excerpt;

mod layout;
mod pages;
mod unresolved;

mod splice;

mod local_time;
mod lock;

mod attributes;
mod steps;

mod atomic;

mod remedy;

mod companion;
mod load;
mod lock_file;
mod rewrite;

mod backup;
mod new_file;
mod save;
mod state;
mod versions;

mod journal;

pub mod capture;

mod image;

pub use atomic::{write_atomic, write_atomic_with, write_private};
pub use backup::{Backup, backup_path};
pub use companion::imports_file;
pub use excerpt::{is_ron, read_excerpt};
pub use image::{ImagesRead, image, images};
pub use journal::{JournalBase, JournalChange, JournalWriter, LeftBehind, journals_in, left_behind};
pub use layout::{formatted, record_to_ron, to_ron};
pub use load::{
    LARGEST_FILE, LoadError, Loaded, Stamp, bytes_from, holds, load, load_bytes, load_folder, load_from,
    load_unchecked, load_with,
};
pub use local_time::local_time;
pub use lock_file::{Claim, Holder, LockFile, holder_of};
pub use new_file::{NewFile, Spill};
pub use progress::Progress;
pub use read::{checked, errors, every_problem, read, read_with};
pub use remedy::{cause, hindrance, not_written, not_written_in, unwritable};
pub use save::{SaveError, SaveLock, SaveRemark, Saved, save, save_as, save_as_keeping, save_keeping, save_new};
pub use splice::{SpliceError, spliced};
pub use state::{SETTINGS_FILE, USUAL_VERSIONS, kept_versions, state_folder};
#[cfg(test)]
pub(crate) use steps::{Fault, Step, failing};
pub use text::{FileText, Read};
pub use unresolved::{UNRESOLVED, unresolved};
pub use versions::{Retention, Version, Writer, versions};
