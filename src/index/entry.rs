//! Where one date stands on the axis.

use crate::time::{Certainty, Date, Edge, Extent, Instant, Precision, Shape, Zone};

/// How an extent ends on one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// At an instant.
    Known,
    /// It goes on without end: the extent reaches the end of the axis.
    Open,
    /// Nobody says when: the extent stops at the nearest instant that is known.
    Unknown,
}

/// An event on the axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Position of the event in its timeline.
    pub event: u32,
    /// Position of its band.
    pub band: u32,
    /// Row in its band, from the top.
    pub row: u32,
    /// The first instant it can touch.
    pub start: Instant,
    /// The first instant after all it can touch.
    pub end: Instant,
    /// How it starts.
    pub start_side: Side,
    /// How it ends.
    pub end_side: Side,
    /// Where it can begin and end.
    pub extent: Extent,
    /// What the date says happened.
    pub shape: Shape,
    /// The finest unit the date gives.
    pub precision: Precision,
    /// Qualifiers of the date.
    pub certainty: Certainty,
}

impl Entry {
    /// The entry of a date, in row 0; none where no side of the date lies on the axis.
    pub fn new(event: u32, band: u32, date: &Date, zone: Zone) -> Option<Self> {
        let extent = date.extent(zone);
        let reach = Reach::of(&extent)?;
        Some(Self {
            event,
            band,
            row: 0,
            start: reach.start,
            end: reach.end,
            start_side: reach.start_side,
            end_side: reach.end_side,
            extent,
            shape: date.shape(),
            precision: date.precision(),
            certainty: date.certainty(),
        })
    }

    /// The instants that the date gives.
    pub fn known_instants(&self) -> impl Iterator<Item = Instant> + use<> {
        let extent = self.extent;
        [extent.earliest_start, extent.latest_start, extent.earliest_end, extent.latest_end]
            .into_iter()
            .filter_map(Edge::instant)
    }
}

/// An era on the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EraEntry {
    /// Position of the era in its timeline.
    pub era: u32,
    /// Row of its title.
    pub row: u32,
    /// Its start.
    pub start: Instant,
    /// Its end.
    pub end: Instant,
    /// How it starts.
    pub start_side: Side,
    /// How it ends.
    pub end_side: Side,
}

impl EraEntry {
    /// The entry of a date, in row 0; none where no side of the date lies on the axis.
    pub fn new(era: u32, date: &Date, zone: Zone) -> Option<Self> {
        let reach = Reach::of(&date.extent(zone))?;
        Some(Self {
            era,
            row: 0,
            start: reach.start,
            end: reach.end,
            start_side: reach.start_side,
            end_side: reach.end_side,
        })
    }
}

/// What an extent covers at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// The first instant.
    pub start: Instant,
    /// The first instant after.
    pub end: Instant,
    /// How it starts.
    pub start_side: Side,
    /// How it ends.
    pub end_side: Side,
}

impl Reach {
    /// Its end; a moment without length still takes the instant it stands at.
    pub fn past(&self) -> Instant {
        self.end.max(self.start.saturating_add(1))
    }

    /// The reach of an extent; none where it gives no instant and is not open on both sides.
    pub fn of(extent: &Extent) -> Option<Self> {
        let first = [extent.earliest_start, extent.latest_start, extent.earliest_end, extent.latest_end]
            .into_iter()
            .find_map(Edge::instant);
        let last = [extent.latest_end, extent.earliest_end, extent.latest_start, extent.earliest_start]
            .into_iter()
            .find_map(Edge::instant);
        let (start_side, end_side) = (side(extent.earliest_start), side(extent.latest_end));
        let (Some(first), Some(last)) = (first, last) else {
            let is_open = start_side == Side::Open || end_side == Side::Open;
            return is_open.then_some(Self {
                start: Instant::MIN,
                end: Instant::MAX,
                start_side: Side::Open,
                end_side: Side::Open,
            });
        };
        let start = if start_side == Side::Open { Instant::MIN } else { first };
        let end = if end_side == Side::Open { Instant::MAX } else { last };
        Some(Self { start: start.min(end), end: end.max(start), start_side, end_side })
    }
}

fn side(edge: Edge) -> Side {
    match edge {
        Edge::At(_) => Side::Known,
        Edge::Open => Side::Open,
        Edge::Unknown => Side::Unknown,
    }
}
