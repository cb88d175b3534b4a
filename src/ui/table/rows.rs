//! The rows of the table: which event stands in which, in time order or in that of a column.

use super::sorting::{Sorted, Sorting};
use crate::model::{Event, Text};
use crate::ui::Document;
use crate::ui::event_rows::EventRows;

/// The events that match, in the order in which they are listed.
#[derive(Debug, Default)]
pub struct TableRows {
    in_time: EventRows,
    /// The order of a column; none in time order.
    sorted: Option<Sorted>,
    /// The answer and the order that `matching` is for.
    shown: Option<(u64, u64)>,
    /// Positions among the events that were sorted, of those that match.
    matching: Vec<u32>,
    /// The selection of the last frame, in the order of a column.
    selection: Option<Text>,
}

impl TableRows {
    /// Takes up an order; none for that of time.
    pub fn sort(&mut self, sorted: Option<Sorted>) {
        self.sorted = sorted;
        self.shown = None;
    }

    /// The order of which column is shown; none where it is that of time.
    pub fn sorting(&self) -> Option<&Sorting> {
        self.sorted.as_ref().map(|sorted| &sorted.sorting)
    }

    /// Whether the order is that of a timeline that was edited since.
    pub fn is_old(&self, doc: Document<'_>) -> bool {
        self.sorted.as_ref().is_some_and(|sorted| !is_of(sorted, doc))
    }

    /// Brings the rows up to date.
    pub fn refresh(&mut self, doc: Document<'_>) {
        self.in_time.refresh(doc, 0);
        let Some(sorted) = &self.sorted else { return };
        let asked = (doc.answer, sorted.number);
        // Positions of an answer are those of the timeline as it is. Until that is sorted, the rows stay as they were: each
        // finds its event by its id.
        if self.shown == Some(asked) || (self.shown.is_some() && !is_of(sorted, doc)) {
            return;
        }
        self.matching = match doc.matches {
            Some(matches) => sorted.order.iter().copied().filter(|at| matches.contains(*at as usize)).collect(),
            None => sorted.order.to_vec(),
        };
        self.shown = Some(asked);
    }

    /// How many there are.
    pub fn len(&self, doc: Document<'_>) -> usize {
        if self.sorted.is_some() { self.matching.len() } else { self.in_time.len(doc) }
    }

    /// The event of a row; none where it was deleted and the rows wait for their new order.
    pub fn event<'d>(&self, doc: Document<'d>, row: usize) -> Option<&'d Event> {
        let Some(sorted) = &self.sorted else { return self.in_time.event(doc, row) };
        let at = *self.matching.get(row)? as usize;
        if is_of(sorted, doc) {
            return doc.timeline.events().get(at);
        }
        doc.timeline.event(&sorted.events.get(at)?.id)
    }

    /// The position of the event of a row among those of the timeline.
    pub fn position(&self, doc: Document<'_>, row: usize) -> Option<usize> {
        let Some(sorted) = &self.sorted else { return self.in_time.position(doc, row) };
        let at = *self.matching.get(row)? as usize;
        if is_of(sorted, doc) { Some(at) } else { doc.timeline.event_position(&sorted.events.get(at)?.id) }
    }

    /// The row of an event, where it is listed.
    pub fn row_of(&self, doc: Document<'_>, id: &str) -> Option<usize> {
        let Some(sorted) = &self.sorted else { return self.in_time.row_of(doc, id) };
        let is_it = |at: &u32| sorted.events.get(*at as usize).is_some_and(|event| event.id == id);
        match doc.timeline.event_position(id) {
            Some(position) if is_of(sorted, doc) => self.matching.iter().position(|at| *at as usize == position),
            _ => self.matching.iter().position(is_it),
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

    /// Takes it that an event is selected by its row here, which is in view already.
    pub fn select(&mut self, id: &Text) {
        self.selection = Some(id.clone());
    }
}

/// Whether an order is of the timeline as it is.
fn is_of(sorted: &Sorted, doc: Document<'_>) -> bool {
    sorted.events.ptr_eq(doc.timeline.events())
}
