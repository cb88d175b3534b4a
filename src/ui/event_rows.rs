//! The rows of a list of events in time order: those that match, and which one comes into view.
//!
//! Owns no widget. What matches is for `query`, the order for `index`.

use super::Document;
use crate::model::{Event, Text};
use crate::time::Zone;

/// What a list of events remembers between frames: its rows, derived once a revision and answer.
#[derive(Debug, Default)]
pub struct EventRows {
    /// The rank of the first event that is listed where all are shown: a list may be of the end of the order alone.
    first: usize,
    /// The revision, the answer and the zone that `rows` is for.
    shown: Option<(u64, u64, Zone)>,
    /// Positions in the timeline's events of those that match, in time order; none where nothing is asked: the index has
    /// them in order already.
    rows: Option<Vec<u32>>,
    /// The selection of the last frame: a row comes into view when it is selected elsewhere.
    selection: Option<Text>,
}

impl EventRows {
    /// Brings the rows up to date: the events from this rank of the order on.
    pub fn refresh(&mut self, doc: Document<'_>, first: usize) {
        self.first = first;
        let asked = (doc.revision, doc.answer, doc.zone);
        if self.shown == Some(asked) {
            return;
        }
        self.rows = doc.matches.map(|matches| {
            let matching = doc.index.order_from(first).filter(|at| matches.contains(*at));
            matching.filter_map(|at| u32::try_from(at).ok()).collect()
        });
        self.shown = Some(asked);
    }

    /// How many there are.
    pub fn len(&self, doc: Document<'_>) -> usize {
        self.rows.as_ref().map_or_else(|| doc.timeline.events().len().saturating_sub(self.first), Vec::len)
    }

    /// The event of a row.
    pub fn event<'d>(&self, doc: Document<'d>, row: usize) -> Option<&'d Event> {
        doc.timeline.events().get(self.position(doc, row)?)
    }

    /// The position of the event of a row among those of the timeline.
    pub fn position(&self, doc: Document<'_>, row: usize) -> Option<usize> {
        match &self.rows {
            Some(rows) => Some(*rows.get(row)? as usize),
            None => doc.index.order_from(self.first + row).next(),
        }
    }

    /// The row of the selected event where the selection has changed since the last frame.
    pub fn row_to_show(&mut self, doc: Document<'_>, selection: Option<&str>) -> Option<usize> {
        if self.selection.as_deref() == selection {
            return None;
        }
        self.selection = selection.map(Text::from);
        self.row_of(doc, selection?)
    }

    /// The row of an event, where it is listed.
    pub fn row_of(&self, doc: Document<'_>, id: &str) -> Option<usize> {
        let at = doc.timeline.event_position(id)?;
        match &self.rows {
            Some(rows) => rows.iter().position(|row| *row as usize == at),
            None => doc.index.rank(doc.timeline, at)?.checked_sub(self.first),
        }
    }

    /// Takes it that an event is selected by its row here, which is in view already.
    pub fn select(&mut self, id: &Text) {
        self.selection = Some(id.clone());
    }
}
