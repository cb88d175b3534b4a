//! A moment in words, as the clock on the wall of this machine shows it.

use chrono::{DateTime, Local};

use crate::time::Instant;

/// A moment by the local clock: the time of day where it is of the day of `now`, else with its date. Empty beyond the years
/// that a calendar of the system has.
pub fn local_time(at: Instant, now: Instant) -> String {
    let local = |instant: Instant| Some(DateTime::from_timestamp_micros(instant.micros())?.with_timezone(&Local));
    let (Some(at), Some(now)) = (local(at), local(now)) else { return String::new() };
    let format = if at.date_naive() == now.date_naive() { "%H:%M" } else { "%-d %b %Y, %H:%M" };
    at.format(format).to_string()
}
