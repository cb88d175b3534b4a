//! Records of a file that meet those of a timeline: what the file could not say is no deletion.

use std::collections::HashSet;

use crate::model::{Event, Record, Source, Text, Timeline};

/// What a file leaves out of its records, whatever they said.
pub(super) struct Omissions {
    /// The events that it holds: links to others stay behind in a choice of events.
    pub events: HashSet<Text>,
    /// Whether it shows what was known on a date, without the citations of sources that were not out.
    pub is_as_of: bool,
}

impl Omissions {
    /// The record as it shall be in a timeline that may have it already.
    pub fn met(&self, record: Record, timeline: &Timeline) -> Record {
        match record {
            Record::Event(mut event) => {
                if let Some(there) = timeline.event(&event.id) {
                    self.keep_of_event(&mut event, there);
                }
                Record::Event(event)
            }
            Record::Source(mut source) => {
                if let Some(there) = timeline.source(&source.id) {
                    keep_collectors(&mut source, there);
                }
                Record::Source(source)
            }
            record => record,
        }
    }

    fn keep_of_event(&self, event: &mut Event, there: &Event) {
        let links = there.links.iter().filter(|link| !self.events.contains(&link.to) && !event.links.contains(link));
        let links: Vec<_> = links.cloned().collect();
        event.links.extend(links);
        if self.is_as_of {
            let cites = |source: &Text| event.citations.iter().any(|citation| citation.source == *source);
            let citations = there.citations.iter().filter(|citation| !cites(&citation.source));
            let citations: Vec<_> = citations.cloned().collect();
            event.citations.extend(citations);
        }
    }
}

/// Who made a capture leaves only where that is asked.
fn keep_collectors(source: &mut Source, there: &Source) {
    for capture in &mut source.captures {
        if capture.by.is_none() {
            let same = there.captures.iter().find(|known| known.file == capture.file && known.hash == capture.hash);
            capture.by = same.and_then(|known| known.by.clone());
        }
    }
}
