//! Events written for other programs: one file a format, bytes out.
//!
//! Owns the table of formats ([`FORMATS`]), which events leave ([`Selection`]) and what is told of what a format has no place
//! for ([`lost`]). What was chosen is the same in every format, and in the order of a list: by time, undated events last.
//!
//! | module | owns |
//! |---|---|
//! | [`Format`] | the table of formats |
//! | `selection` | which events leave, and what of them |
//! | [`lost`] | what a format has no place for, counted |
//! | `edges`, `prose` | dates and descriptions in forms that several formats share |
//! | `table` | comma- and tab-separated values |
//! | `workbook` | sheets of XLSX |
//! | `json` | JSON and JSON lines |
//! | `icalendar`, `timesketch`, `timelinejs`, `markwhen`, `thetimelineproj`, `geojson`, `markdown_table` | one format each |

pub mod lost;
mod selection;

mod edges;
mod prose;

mod geojson;
mod icalendar;
mod json;
mod markdown_table;
mod markwhen;
mod table;
mod thetimelineproj;
mod timelinejs;
mod timesketch;
mod workbook;

mod format;

pub use format::{FORMATS, Format};
pub use selection::{Choice, Selection};

use std::io::{self, Write};

use crate::model::Timeline;
use lost::Losses;

/// Writes the chosen events of a timeline; gives what is to be said of it, in sentences without a full stop.
///
/// # Errors
/// Those of `out`.
pub fn write(format: &Format, timeline: &Timeline, choice: &Choice, out: &mut dyn Write) -> io::Result<Vec<String>> {
    write_telling(format, timeline, choice, &|_| {}, out)
}

/// [`write()`], which tells how far it has come, from 0 to 1.
///
/// # Errors
/// Those of `out`.
pub fn write_telling(
    format: &Format,
    timeline: &Timeline,
    choice: &Choice,
    progress: &dyn Fn(f64),
    out: &mut dyn Write,
) -> io::Result<Vec<String>> {
    let selection = Selection::of(timeline, choice).telling(progress);
    let mut losses = lost(format, &selection);
    (format.write)(&selection, &mut losses, out)?;
    let mut remarks: Vec<String> = selection.remark().into_iter().collect();
    remarks.extend(losses.words(format.label));
    Ok(remarks)
}

/// What a format has no place for, as far as that is known before anything is written.
fn lost(format: &Format, selection: &Selection<'_>) -> Losses {
    let mut losses = Losses::default();
    losses.count(format.drops, selection);
    if !selection.is_whole() {
        losses.count(format.drops_of_choice, selection);
    }
    // Every format loses these of a choice.
    losses.add(
        "link to an event that is not among them",
        "links to events that are not among them",
        selection.cut_links(),
    );
    losses
}

/// What a file of events will hold, without all of it being made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// How many events leave.
    pub events: usize,
    /// What is to be said of it, but for what shows only in the writing.
    pub remarks: Vec<String>,
    /// Its beginning, where it is text.
    pub bytes: Vec<u8>,
}

/// The beginning of what [`write()`] gives, so many bytes of it, and what is to be said of the whole.
pub fn sample(format: &Format, timeline: &Timeline, choice: &Choice, most_bytes: usize) -> Sample {
    let selection = Selection::of(timeline, choice);
    let losses = lost(format, &selection);
    let mut remarks: Vec<String> = selection.remark().into_iter().collect();
    remarks.extend(losses.words(format.label));
    let mut out = Beginning { bytes: Vec::new(), most: most_bytes };
    if format.is_text {
        // It ends in an error once enough is there, whether that is the whole or not.
        let _ = (format.write)(&selection, &mut Losses::default(), &mut out);
    }
    Sample { events: selection.count(), remarks, bytes: out.bytes }
}

/// Takes so many bytes and refuses more.
struct Beginning {
    bytes: Vec<u8>,
    most: usize,
}

impl Write for Beginning {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.most - self.bytes.len();
        let taken = bytes.get(..bytes.len().min(room)).unwrap_or_default();
        self.bytes.extend_from_slice(taken);
        if taken.is_empty() && !bytes.is_empty() { Err(io::ErrorKind::WriteZero.into()) } else { Ok(taken.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
