//! The edges of a date in the forms that other programs know: moments in UTC, days, and the parts of a calendar.

use super::selection::Selection;
use crate::time::{CivilDay, Date, DayBound, Instant, Precision, Shape};

/// The edges of a date as moments in UTC. A civil day begins where its clock says so, whatever the zone: no zone moves it.
pub(super) struct Edges {
    pub earliest_start: Option<Instant>,
    pub latest_start: Option<Instant>,
    pub earliest_end: Option<Instant>,
    pub latest_end: Option<Instant>,
    /// Whether it lasted from a start to an end; else it was once, between the first edge and the last.
    pub is_span: bool,
}

impl Edges {
    pub fn of(date: &Date, selection: &Selection<'_>) -> Self {
        let extent = date.extent(selection.zone);
        let (starts, ends) = date.end_precisions();
        let moment = |edge: crate::time::Edge, precision: Precision| {
            let at = edge.instant()?;
            Some(if precision >= Precision::Minute { selection.zone.moment_at(at) } else { at })
        };
        Self {
            earliest_start: moment(extent.earliest_start, starts),
            latest_start: moment(extent.latest_start, starts),
            earliest_end: moment(extent.earliest_end, ends),
            latest_end: moment(extent.latest_end, ends),
            is_span: is_span(date),
        }
    }
}

/// Whether a date says that something lasted.
pub(super) fn is_span(date: &Date) -> bool {
    date.shape() == Shape::Span
}

/// Whether both ends of a date are times of day.
pub(super) fn is_timed(date: &Date) -> bool {
    let (start, end) = date.end_precisions();
    start >= Precision::Minute && end >= Precision::Minute
}

/// The first and the last day that a date can touch, as far as they are known and within these years.
pub(super) fn days(date: &Date, years: std::ops::RangeInclusive<i64>) -> (Option<CivilDay>, Option<CivilDay>) {
    let bounds = date.day_bounds();
    let day = |bound| match bound {
        DayBound::Day(day) if years.contains(&day.year) => Some(day),
        _ => None,
    };
    (day(bounds.earliest), day(bounds.latest))
}

/// Whether a date says no more than one that is written as its first and last day, each as fine as it is given: `2024`,
/// `2024-06-19`, `2024-06/2024-08`. Words are needed for any other.
pub(super) fn is_plain(date: &Date) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let is_bare = |text: &str| {
        digits(text)
            && matches!(
                Date::parse(text).map(|date| date.precision()),
                Ok(Precision::Year | Precision::Month | Precision::Day)
            )
    };
    match date.as_str().split_once('/') {
        Some((start, end)) => is_bare(start) && is_bare(end),
        None => is_bare(date.as_str()),
    }
}

/// A moment as year, month, day, hour, minute, second and microseconds.
pub(super) fn clock(at: Instant) -> (CivilDay, i64, i64, i64, i64) {
    let of_day = at.micros_of_day();
    let (seconds, micros) = (of_day / Instant::SECOND, of_day % Instant::SECOND);
    (at.day(), seconds / 3600, seconds / 60 % 60, seconds % 60, micros)
}

/// A moment in UTC as ISO 8601 has it, to the microsecond where it has any.
pub(super) fn iso(at: Instant) -> String {
    let (day, hour, minute, second, micros) = clock(at);
    let fraction = if micros == 0 { String::new() } else { format!(".{micros:06}") };
    format!("{day}T{hour:02}:{minute:02}:{second:02}{fraction}+00:00")
}
