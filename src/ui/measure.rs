//! The time between two events, as vague as their dates are: the least and the most that it can be.
//!
//! ```text
//!   [░░░ June ░░░]                       ●  9 Nov
//!                └──── least: 132 days ──┘
//!   └───────────── most: 161 days ───────┘
//! ```
//!
//! It goes from the end of what came first to the beginning of what came next, in whole days where one of the two is known to the day
//! or less well: from 24 October to 9 November it is 16 days.

use crate::index::Entry;
use crate::time::{Edge, Extent, Instant, Precision, Shape};

/// The units of a clock or of days in which a time can lie: the first and the last, none where that is open or not known.
type Units = (Option<i64>, Option<i64>);

/// How far apart two events lie, in words: "128 to 145 days apart"; the one that comes first in order stands first.
pub(super) fn between(first: &Entry, second: &Entry) -> String {
    let is_fine = |entry: &Entry| matches!(entry.precision, Precision::Second | Precision::Minute);
    let unit = if is_fine(first) && is_fine(second) { Instant::MINUTE } else { Instant::DAY };
    let (ended, began) = (ended(first, unit), began(second, unit));
    let apart = |from: Option<i64>, to: Option<i64>| from.zip(to).map(|(from, to)| to.saturating_sub(from));
    let (least, most) = (apart(ended.1, began.0), apart(ended.0, began.1));
    let words = |count: i64| if unit == Instant::DAY { days(count) } else { clock(count) };
    let are_once = is_once(first) && is_once(second);
    match (least, most) {
        (_, Some(most)) if most < 0 => "overlapping".to_owned(),
        (Some(0), Some(0)) if unit == Instant::DAY => "on the same day".to_owned(),
        (Some(0), Some(0)) => "in the same minute".to_owned(),
        (Some(least), Some(most)) if least == most => format!("{} apart", words(most)),
        (Some(least), Some(most)) if least < 0 && are_once => {
            format!("at most {} apart, in either order", words(most.max(-least)))
        }
        (Some(least), Some(most)) if least < 0 => format!("at most {} apart, or overlapping", words(most)),
        (Some(0), Some(most)) => format!("at most {} apart", words(most)),
        (Some(least), Some(most)) if unit == Instant::DAY => format!("{least} to {} apart", words(most)),
        (Some(least), Some(most)) => format!("{} to {} apart", words(least), words(most)),
        (Some(least), None) if least > 0 => format!("at least {} apart", words(least)),
        (None, Some(most)) if most > 0 => format!("at most {} apart", words(most)),
        _ => "how far apart is not known".to_owned(),
    }
}

/// When an event can have ended, or been.
fn ended(entry: &Entry, unit: i64) -> Units {
    let Extent { earliest_end, latest_end, .. } = entry.extent;
    // An end is the first instant after, and the earliest end of a coarse date the first instant at which it can be over.
    let first = if earliest_end == latest_end { before(earliest_end, unit) } else { at(earliest_end, unit) };
    if is_once(entry) { once(entry, unit) } else { (first, before(latest_end, unit)) }
}

/// When an event can have begun, or been.
fn began(entry: &Entry, unit: i64) -> Units {
    let Extent { earliest_start, latest_start, .. } = entry.extent;
    let first = at(earliest_start, unit);
    // The latest start of a coarse date is the first instant after it, that of a sharp one the start itself.
    let last = if latest_start == earliest_start { first } else { before(latest_start, unit) };
    if is_once(entry) { once(entry, unit) } else { (first, last) }
}

fn once(entry: &Entry, unit: i64) -> Units {
    (at(entry.extent.earliest_start, unit), before(entry.extent.latest_end, unit))
}

fn at(edge: Edge, unit: i64) -> Option<i64> {
    edge.instant().map(|instant| instant.micros().div_euclid(unit))
}

fn before(edge: Edge, unit: i64) -> Option<i64> {
    edge.instant().map(|instant| instant.micros().saturating_sub(1).div_euclid(unit))
}

/// Whether it is one thing at one time.
const fn is_once(entry: &Entry) -> bool {
    matches!(entry.shape, Shape::Moment | Shape::Window | Shape::OneOf(_))
}

fn days(count: i64) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}

/// Minutes as a clock has them: "45 min", "26 h 5 min".
fn clock(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Date, Zone};

    fn apart(first: &str, second: &str) -> String {
        let entry = |text: &str| Entry::new(0, 0, &Date::parse(text).expect("a date"), Zone::UTC).expect("on the axis");
        between(&entry(first), &entry(second))
    }

    #[test]
    fn the_least_and_the_most_time_follow_from_how_vague_both_dates_are() {
        for (first, second, expected) in [
            ("2024-10-24", "2024-11-09", "16 days apart"),
            ("2024-10-24", "2024-10-25", "1 day apart"),
            ("2024-10-24", "2024-10-24", "on the same day"),
            ("2024-06", "2024-11-09", "132 to 161 days apart"),
            ("2024-10", "2024-11", "1 to 60 days apart"),
            ("2024-10", "2024-10-20", "at most 19 days apart, in either order"),
            ("2024-10-21/2024-10-31", "2024-11-09", "9 days apart"),
            ("2024-10-01/2024-10-31", "2024-10-09/2024-11-02", "overlapping"),
            ("2024-10-01/2024-10", "2024-10-09/2024-11-02", "at most 8 days apart, or overlapping"),
            ("2024-10-01/..", "2024-10-09", "how far apart is not known"),
            ("../2024-10-01", "2024-10-09", "8 days apart"),
            ("[..2024-10-01]", "2024-10-09", "at least 8 days apart"),
            ("2024-10-24T10:00Z", "2024-10-24T10:45Z", "45 min apart"),
            ("2024-10-24T10:00Z", "2024-10-25T12:05Z", "26 h 5 min apart"),
            ("2024-10-24T10:00Z", "2024-10-25", "1 day apart"),
        ] {
            assert_eq!(apart(first, second), expected, "{first} and {second}");
        }
    }
}
