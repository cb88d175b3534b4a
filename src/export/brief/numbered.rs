//! What a brief numbers: events, the citations of them and sources, which are listed by name.

use std::ops::Range;

use crate::model::{Citation, Event, Source};

/// A citation that counts, with the endnote it has.
#[derive(Clone, Copy)]
pub(super) struct Cited<'t> {
    /// The number of its endnote.
    pub note: usize,
    pub citation: &'t Citation,
    /// The position of its source in the list of sources; none where the timeline has no such source.
    pub listed: Option<usize>,
    /// The source there.
    pub source: Option<&'t Source>,
}

/// An event that is shown.
pub(super) struct Shown<'t> {
    /// From 1, in order of the chronology.
    pub number: usize,
    pub event: &'t Event,
    /// The numbers of the endnotes of the citations that count, in the order of the event.
    pub notes: Range<usize>,
}

/// A source that is listed.
pub(super) struct ListedSource<'t> {
    pub source: &'t Source,
    /// The notes that cite it, in order.
    pub notes: Vec<usize>,
    /// Positions in the chronology of the events that cite it, in order, each once.
    pub events: Vec<usize>,
}

/// Who speaks: the author, else the publisher, else the title for want of both.
pub(super) fn name(source: &Source) -> &str {
    source.author.as_deref().or(source.publisher.as_deref()).unwrap_or(&source.title)
}
