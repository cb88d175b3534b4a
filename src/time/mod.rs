//! Time as analysts have it: instants, dates as vague as their sources, calendar ticks.
//!
//! Owns reading, writing, bounding and comparing dates. Never reads a clock: whoever needs "now" passes it in. The EDTF
//! grammar comes from the `edtf-core` crate and does not show outside this module, so that it could be swapped.
//!
//! **The axis.** A position in time is an [`Instant`]. A civil date (one without a time of day) stands on the axis at its
//! own day boundaries read as UTC and never shifts. A timed date with an offset is one moment; it stands where the clock
//! of the timeline's [`Zone`] stood at that moment, and never before what came earlier: an hour that the clock showed
//! twice has its room once ([`Zone::position`]). So the axis shows the zone's civil time, whatever the zone, and
//! moments are in order on it.

mod brief;
mod calendar_shift;
mod coarse;
mod coverage;
mod covered;
mod date;
mod describe;
mod describe_in;
mod error;
mod explain;
mod extent;
mod fault;
mod instant;
mod memo;
mod occurrence;
mod padding;
mod phrases;
mod plain;
mod precision;
mod reach;
mod relation;
mod runs;
mod shift;
mod timed;
mod zone;

pub mod calendar;

#[cfg(test)]
mod tests;

pub use brief::Said;
pub use calendar_shift::{CalendarShift, ShiftUnit, Unshifted};
pub use covered::Covered;
pub use date::{Date, Level};
pub(crate) use describe::with_whole_months;
pub use error::DateError;
pub use extent::{DayBound, DayBounds, Edge, Extent, Shape, SortKey};
pub use instant::{CivilDay, Instant};
pub use memo::DateMemo;
pub use padding::{Excess, Pad, Padding};
pub use phrases::{Reading, read_phrase, unambiguous};
pub use precision::{Certainty, Precision};
pub use reach::{Answer, Bounds, Relation};
pub use relation::Period;
pub use zone::{Local, Zone, ZoneError};
