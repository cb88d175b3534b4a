//! Annalist's own files of events, read back: its JSON, its JSON lines and its tables.
//!
//! They hold whole records under their ids, so they do not pass through a [`Chronology`](super::chronology): what was written
//! comes back as it was, and an event of the same id is the same event.

mod json;
mod meeting;
mod record;
mod table;
mod workbook;

#[cfg(test)]
mod tests;

use crate::edit::{Edit, EditError, apply};
use crate::interchange::{Problem, encoding};
use crate::model::{Era, Event, Header, Lane, Record, Source, Text, Timeline, View};

use meeting::Omissions;

pub use json::{document, is_document, is_lines, lines};
pub use table::{Cell, Rows, delimited, headings, is_own_table, table};
pub use workbook::{is_workbook, workbook};

/// The version of Annalist's JSON.
pub const VERSION: u32 = 1;

/// What begins every workbook: it is an archive (ZIP).
const ARCHIVE: &[u8] = b"PK";

/// Reads a file of Annalist's own, in whichever format; none where it is no such file. `progress` is told the share of a file
/// that was read, and says whether anybody waits.
pub fn read(bytes: &[u8], progress: &dyn Fn(f64) -> bool) -> Option<Own> {
    if bytes.starts_with(ARCHIVE) {
        return workbook(bytes, progress);
    }
    let mut problems = Vec::new();
    // What is UTF-8 is taken to the letter, its line ends too.
    let text = std::str::from_utf8(bytes).map_or_else(|_| encoding::decoded(bytes, &mut problems), Into::into);
    let mut own = if is_document(&text) {
        document(&text, progress)
    } else if is_lines(&text) {
        lines(&text, progress)
    } else {
        delimited(&text, delimiter_of(&text)?)
    };
    own.problems.splice(0..0, problems);
    Some(own)
}

/// Whether a file is one of Annalist's own, in whichever format, by what it begins with.
pub fn is_own(bytes: &[u8]) -> bool {
    if bytes.starts_with(ARCHIVE) {
        return is_workbook(bytes);
    }
    let text = std::str::from_utf8(bytes).map_or_else(|_| encoding::decoded(bytes, &mut Vec::new()), Into::into);
    is_document(&text) || is_lines(&text) || delimiter_of(&text).is_some()
}

/// The sign between the columns of a table of Annalist's own.
fn delimiter_of(text: &str) -> Option<u8> {
    [b',', b'\t', b';'].into_iter().find(|delimiter| is_own_table(&headings(text, *delimiter)))
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Own {
    /// What it says of the timeline, where it says anything.
    pub header: Option<Header>,
    /// Its lanes.
    pub lanes: Vec<Lane>,
    /// Its sources.
    pub sources: Vec<Source>,
    /// Its events, each with a title.
    pub events: Vec<Event>,
    /// Its eras.
    pub eras: Vec<Era>,
    /// Its saved views.
    pub views: Vec<View>,
    /// Whether it shows what was known on a date: without the citations of sources that were not out by then.
    pub is_as_of: bool,
    /// What could not be taken, or not as it stood.
    pub problems: Vec<Problem>,
}

impl Own {
    /// The timeline that it is, under this title where it has none.
    pub fn timeline(self, title: impl Into<Text>) -> Timeline {
        let header = self.header.unwrap_or_else(|| Header::new(title));
        Timeline::from_records(header, self.lanes, self.sources, self.events, self.eras, self.views)
    }

    /// The edit that brings it into a timeline: a record replaces the one of its id, and whatever is not in the file stays, as do
    /// links to events that the file does not hold and whoever made a capture. The header is the timeline's own and stays, too.
    ///
    /// # Errors
    /// Where the timeline refuses a record.
    pub fn edit(self, timeline: &Timeline) -> Result<Edit, EditError> {
        let events = self.events.iter().map(|event| event.id.clone()).collect();
        let omissions = Omissions { events, is_as_of: self.is_as_of };
        // Ids that the file does not give are derived, as they are on reading a timeline, but in sight of what is there.
        let mut changed = timeline.clone();
        let mut edits = Vec::new();
        let records = (self.lanes.into_iter().map(Record::Lane))
            .chain(self.sources.into_iter().map(|source| Record::Source(Box::new(source))))
            .chain(self.events.into_iter().map(|event| Record::Event(event.into())))
            .chain(self.eras.into_iter().map(Record::Era))
            .chain(self.views.into_iter().map(Record::View));
        for mut record in records {
            if let Record::Event(event) = &mut record
                && event.id.is_empty()
            {
                event.id = changed.fresh_event_id(&event.title, event.date.as_ref()).into();
            }
            let record = omissions.met(record, timeline);
            if changed.record(&record.key()).as_ref() != Some(&record) {
                let edit = Edit::put(record);
                apply(&mut changed, &edit)?;
                edits.push(edit);
            }
        }
        Ok(Edit::Batch(edits))
    }
}
