//! What questions ask of dates, worked out once for each date of a dictionary: where it can lie, how finely it is known.
//!
//! A question about time then compares four numbers a date, and reads the dates alone that are more than these (one of
//! several days, years beyond the axis).

use super::DateTrait;
use crate::time::{Bounds, Date, Instant, Period, Precision, Zone};

/// What is known of a date in a zone.
#[derive(Debug, Clone, Copy)]
pub(super) struct DateFacts {
    /// Where it can lie, where that is all that decides about it.
    pub bounds: Option<Bounds>,
    pub precision: Precision,
    /// In the order of [`DateTrait::ALL`].
    traits: [bool; DateTrait::ALL.len()],
}

impl DateFacts {
    pub fn of(date: &Date, zone: Zone) -> Self {
        Self {
            bounds: Period::of(date, zone).bounds(),
            precision: date.precision(),
            traits: DateTrait::ALL.map(|property| property.is_of(date, zone)),
        }
    }

    /// Whether the date has a property.
    pub fn has(&self, property: DateTrait) -> bool {
        self.traits.get(property as usize).copied().unwrap_or(false)
    }

    /// The stretch of so many years in which all of the date lies, by its number from year 0; none where it may lie in several.
    pub fn wholly_in(&self, date: &Date, zone: Zone, length: i64) -> Option<i64> {
        let (start, end) = match self.bounds {
            Some(bounds) => bounds.outer()?,
            None => {
                let extent = date.extent(zone);
                (extent.earliest_start.instant()?, extent.latest_end.instant()?)
            }
        };
        // The end is the first instant after all that the date can touch.
        let last = end.saturating_add(-1).max(start);
        let number = |instant: Instant| instant.day().year.div_euclid(length);
        (number(start) == number(last)).then(|| number(start))
    }
}
