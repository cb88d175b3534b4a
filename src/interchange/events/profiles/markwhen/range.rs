//! What stands before the colon of an event: dates, ranges, and what is said from other events on.
//!
//! ```text
//! range    = side (("-" | "/" | "–" | "to") side)? ("every" …)?
//! side     = date | "now" | duration | point duration?
//! point    = ("after" | "before" | "by")? "!" id ("." ("start" | "end"))? | "." ("start" | "end")
//! ```
//!
//! A duration alone begins where the event before it ended; behind a side it says how long that lasts. Before a point it is
//! counted back.

use super::duration::Duration;
use crate::interchange::dates;
use crate::interchange::events::profiles::stamp::{Stamp, zone_text};
use crate::time::{CivilDay, Date, DayBound, Instant, Precision, Zone};

/// From when to when, the end being the first point after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub start: Instant,
    pub end: Instant,
    /// Whether it is finer than days.
    pub is_timed: bool,
}

/// What a range says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ranged {
    /// As EDTF or ISO 8601 has it.
    pub text: String,
    /// Where it lies, for events that are said from it on; none where it has no end.
    pub period: Option<Period>,
}

/// How the file writes dates.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Settings {
    pub is_day_first: bool,
    /// What stands behind a time, `[America/New_York]`.
    pub zone: String,
}

/// Where other events lie.
pub(super) trait Others {
    /// The event of an id.
    fn of_id(&self, id: &str) -> Option<Period>;
    /// The event before this one.
    fn previous(&self) -> Option<Period>;
}

/// A range that says nothing of other events is read without them.
pub(super) struct Alone;

impl Others for Alone {
    fn of_id(&self, _: &str) -> Option<Period> {
        None
    }

    fn previous(&self) -> Option<Period> {
        None
    }
}

/// Whether a text may be a range, be the events that it names there or not.
pub(super) fn is_range(text: &str, settings: &Settings) -> bool {
    struct Anywhere;
    impl Others for Anywhere {
        fn of_id(&self, _: &str) -> Option<Period> {
            Some(Period { start: Instant::default(), end: Instant::default(), is_timed: false })
        }

        fn previous(&self) -> Option<Period> {
            self.of_id("")
        }
    }
    let first = text.trim_start().chars().next();
    let may_be = first.is_some_and(|c| c.is_alphanumeric() || matches!(c, '!' | '.' | '-' | '+'));
    may_be && text.len() <= LONGEST && read(text, settings, &Anywhere).is_some()
}

/// Bytes beyond which a text is no range.
const LONGEST: usize = 120;

/// What recurs, and what says how.
pub(super) fn without_recurrence(text: &str) -> (&str, Option<&str>) {
    match text.find(" every ") {
        Some(at) => text.split_at_checked(at).map_or((text, None), |(range, rest)| (range, Some(rest.trim()))),
        None => (text, None),
    }
}

/// Reads a range; none where it is none, or names an event that is not known.
pub(super) fn read(text: &str, settings: &Settings, others: &dyn Others) -> Option<Ranged> {
    let text = without_recurrence(text.trim()).0.trim();
    if let Some(side) = Side::read(text, settings) {
        return side.alone(settings, others);
    }
    let joints = [" - ", " / ", " – ", " to ", "/", "–"];
    joints.iter().flat_map(|joint| text.match_indices(joint)).find_map(|(at, joint)| {
        let start = Side::read(text.get(..at)?.trim(), settings)?;
        let end = Side::read(text.get(at + joint.len()..)?.trim(), settings)?;
        start.until(&end, settings, others)
    })
}

/// One side of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Side {
    /// A date in itself: as EDTF or ISO 8601 has it, and where it lies.
    Date(String, Period),
    Now,
    Duration(Duration),
    /// A point of another event, and how long before or after it.
    Point {
        id: Option<String>,
        at: Option<At>,
        is_before: bool,
        length: Option<Duration>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    End,
}

impl Side {
    fn read(text: &str, settings: &Settings) -> Option<Self> {
        if text.eq_ignore_ascii_case("now") || text.eq_ignore_ascii_case("present") {
            return Some(Self::Now);
        }
        if let Some(point) = Self::point(text) {
            return Some(point);
        }
        if let Some(length) = Duration::read(text) {
            return Some(Self::Duration(length));
        }
        let text = date(text, settings)?;
        let period = period_of(&Date::parse(&text).ok()?)?;
        Some(Self::Date(text, period))
    }

    fn point(text: &str) -> Option<Self> {
        let (word, rest) = text.split_once(' ').unwrap_or(("", text));
        let is_before = matches!(word, "before" | "by");
        let rest = if is_before || word == "after" { rest.trim() } else { text };
        let (name, length) = rest.split_once(' ').unwrap_or((rest, ""));
        let length = match length.trim() {
            "" => None,
            length => Some(Duration::read(length)?),
        };
        let (id, at) = if let Some(named) = name.strip_prefix('!') {
            match named.rsplit_once('.') {
                Some((id, "start")) => (id, Some(At::Start)),
                Some((id, "end")) => (id, Some(At::End)),
                _ => (named, None),
            }
        } else {
            match name {
                ".start" => ("", Some(At::Start)),
                ".end" => ("", Some(At::End)),
                _ => return None,
            }
        };
        let is_named = !id.is_empty() || at.is_some();
        let id = (!id.is_empty()).then(|| id.to_owned());
        is_named.then_some(Self::Point { id, at, is_before, length })
    }

    /// What it says with nothing behind it.
    fn alone(&self, settings: &Settings, others: &dyn Others) -> Option<Ranged> {
        match self {
            Self::Date(text, period) => Some(Ranged { text: all_of(text), period: Some(*period) }),
            Self::Now => None,
            Self::Duration(length) => {
                let before = others.previous()?;
                let end = length.added_to(before.end, 1)?;
                Some(ranged(before.end, end, before.is_timed || length.has_time(), settings))
            }
            Self::Point { id, at, is_before, length } => {
                let other = other(id.as_deref(), others)?;
                let default = if *is_before { At::Start } else { At::End };
                let from = at.unwrap_or(default).of(other);
                let length = (*length)?;
                let to = length.added_to(from, if *is_before { -1 } else { 1 })?;
                Some(ranged(from.min(to), from.max(to), other.is_timed || length.has_time(), settings))
            }
        }
    }

    /// What it says with another side behind it.
    fn until(&self, end: &Self, settings: &Settings, others: &dyn Others) -> Option<Ranged> {
        match (self, end) {
            (Self::Date(start, first), Self::Date(end, last)) => {
                let text = if start == end { all_of(start) } else { format!("{start}/{end}") };
                Date::parse(&text).ok()?;
                let is_timed = first.is_timed || last.is_timed;
                Some(Ranged { text, period: Some(Period { start: first.start, end: last.end, is_timed }) })
            }
            (Self::Date(start, _), Self::Now) => Some(Ranged { text: format!("{start}/.."), period: None }),
            // "before !x 1 week - 1 month": the first length goes back to its end, the second to its start.
            (Self::Point { id, at, is_before: true, length }, Self::Duration(lasts)) => {
                let other = other(id.as_deref(), others)?;
                let from = at.unwrap_or(At::Start).of(other);
                let end = length.map_or(Some(from), |length| length.added_to(from, -1))?;
                let start = lasts.added_to(end, -1)?;
                Some(ranged(start, end, other.is_timed || lasts.has_time(), settings))
            }
            _ => {
                let (start, starts_timed) = self.start_point(others)?;
                let (end, ends_timed) = match end {
                    Self::Duration(length) => (length.added_to(start, 1)?, length.has_time()),
                    Self::Date(_, period) => (period.end, period.is_timed),
                    Self::Now => {
                        return Some(Ranged {
                            text: format!("{}/..", point(start, starts_timed, settings)),
                            period: None,
                        });
                    }
                    Self::Point { id, at, is_before, length } => {
                        let other = other(id.as_deref(), others)?;
                        let point = at.unwrap_or(At::Start).of(other);
                        let sign = if *is_before { -1 } else { 1 };
                        (length.map_or(Some(point), |length| length.added_to(point, sign))?, other.is_timed)
                    }
                };
                (start <= end).then(|| ranged(start, end, starts_timed || ends_timed, settings))
            }
        }
    }

    /// Where a range begins that it is the first side of, and whether that is finer than days.
    fn start_point(&self, others: &dyn Others) -> Option<(Instant, bool)> {
        match self {
            Self::Date(_, period) => Some((period.start, period.is_timed)),
            Self::Now => None,
            Self::Duration(length) => {
                let before = others.previous()?;
                Some((length.added_to(before.end, 1)?, before.is_timed || length.has_time()))
            }
            Self::Point { id, at, is_before, length } => {
                let other = other(id.as_deref(), others)?;
                let point = at.unwrap_or(At::End).of(other);
                let sign = if *is_before { -1 } else { 1 };
                Some((length.map_or(Some(point), |length| length.added_to(point, sign))?, other.is_timed))
            }
        }
    }
}

impl At {
    fn of(self, period: Period) -> Instant {
        match self {
            Self::Start => period.start,
            Self::End => period.end,
        }
    }
}

fn other(id: Option<&str>, others: &dyn Others) -> Option<Period> {
    id.map_or_else(|| others.previous(), |id| others.of_id(id))
}

/// The range between two points, in days unless one of them is finer.
fn ranged(start: Instant, end: Instant, is_timed: bool, settings: &Settings) -> Ranged {
    let period = Some(Period { start, end, is_timed });
    let last = if is_timed { end } else { end.saturating_add(-1).max(start) };
    let (first, last) = (point(start, is_timed, settings), point(last, is_timed, settings));
    Ranged { text: if first == last { first } else { format!("{first}/{last}") }, period }
}

/// A point as EDTF or ISO 8601 has it.
fn point(at: Instant, is_timed: bool, settings: &Settings) -> String {
    let Some(stamp) = Stamp::of_micros(at.micros(), false) else { return String::new() };
    match stamp.clock.as_deref().map(|clock| clock.strip_suffix(":00").unwrap_or(clock)) {
        Some(clock) if is_timed => format!("{}T{clock}{}", stamp.day, settings.zone),
        _ => stamp.day,
    }
}

/// A year or month alone lasts all of it; a day is a day.
fn all_of(text: &str) -> String {
    let Ok(date) = Date::parse(text) else { return text.to_owned() };
    let bounds = date.day_bounds();
    match (bounds.earliest, bounds.latest) {
        (DayBound::Day(first), DayBound::Day(last)) if date.precision() < Precision::Day && first != last => {
            format!("{first}/{last}")
        }
        _ => text.to_owned(),
    }
}

fn period_of(date: &Date) -> Option<Period> {
    if date.precision() > Precision::Day {
        // On its own clock: what is said from it on is said on the same.
        let bare = date.as_str().split(['[', 'Z', '+']).next().unwrap_or_default();
        let start = Date::parse(bare).ok()?.extent(Zone::UTC).earliest_start.instant()?;
        return Some(Period { start, end: start, is_timed: true });
    }
    let bounds = date.day_bounds();
    let (DayBound::Day(first), DayBound::Day(last)) = (bounds.earliest, bounds.latest) else { return None };
    let start = Instant::from_day(first)?;
    let end = Instant::from_day(CivilDay::from_number(last.number().checked_add(1)?))?;
    Some(Period { start, end, is_timed: false })
}

/// A date as EDTF or ISO 8601 has it: ISO 8601, numbers between slashes in the order of the file, or words that mean one date.
fn date(text: &str, settings: &Settings) -> Option<String> {
    // Of a date between slashes that does not exist its first number is no year.
    let is_short = text.len() < 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_short {
        return None;
    }
    if let Some(stamp) = Stamp::read(text) {
        return Some(with_zone(stamp, settings));
    }
    let (day, time) = text.split_once(' ').unwrap_or((text, ""));
    if day.contains('/') {
        // A year of two digits is of some century, and "12/25" is no month of the year 25.
        if day.rsplit('/').next().is_none_or(|year| year.len() < 4) {
            return None;
        }
        let numbers: Option<Vec<i64>> = day.split('/').map(|part| part.parse().ok()).collect();
        let (year, month, day) = match *numbers?.as_slice() {
            // What cannot be a month is a day, whatever the file says.
            [month, day, year] | [day, month, year] if day > 12 => (year, month, Some(day)),
            [first, second, year] if settings.is_day_first => (year, second, Some(first)),
            [first, second, year] => (year, first, Some(second)),
            [month, year] => (year, month, None),
            _ => return None,
        };
        let day = match day {
            Some(day) => Some(u8::try_from(day).ok()?),
            None => None,
        };
        let stamp = Stamp::of_numbers(year, Some(u8::try_from(month).ok()?), day)?;
        let stamp = if time.is_empty() { stamp } else { stamp.with_clock(time)? };
        return Some(with_zone(stamp, settings));
    }
    // Words that leave a window, or name several dates, are no date of this format.
    let date = dates::read(text)?;
    let is_one =
        !date.as_str().contains(['/', '[', '{', '~', '?', '%', 'X']) && text.chars().any(|c| c.is_ascii_digit());
    is_one.then(|| date.as_str().to_owned())
}

fn with_zone(mut stamp: Stamp, settings: &Settings) -> String {
    if stamp.clock.is_some() && stamp.zone.is_empty() {
        stamp.zone.clone_from(&settings.zone);
    }
    stamp.text()
}

/// The zone of a header, as it stands behind a time.
pub(super) fn zone(text: &str) -> Option<String> {
    zone_text(text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Known;

    impl Others for Known {
        fn of_id(&self, id: &str) -> Option<Period> {
            let text = match id {
                "school" => "2025-09-08",
                "break" => "2025-11-23/2025-11-28",
                "winter" => "2025-12-23/2026-01-03",
                "noon" => "2025-09-08T12:00",
                _ => return None,
            };
            read(text, &Settings::default(), &Alone)?.period
        }

        fn previous(&self) -> Option<Period> {
            self.of_id("school")
        }
    }

    #[test]
    fn ranges_say_what_the_documentation_of_the_format_says() {
        let cases = [
            ("2001", Some("2001-01-01/2001-12-31")),
            ("2024-02", Some("2024-02-01/2024-02-29")),
            ("2024-02-03", Some("2024-02-03")),
            ("2025-01/2025-03", Some("2025-01/2025-03")),
            ("12/25/2022", Some("2022-12-25")),
            ("03/2025 - 1 year", Some("2025-03-01/2026-02-28")),
            ("2025-04/4 months", Some("2025-04-01/2025-07-31")),
            ("October 7, 1989", Some("1989-10-07")),
            ("4500 BCE", Some("-4499-01-01/-4499-12-31")),
            ("2020 / now", Some("2020/..")),
            ("now", None),
            ("2 weeks", Some("2025-09-09/2025-09-22")),
            ("1 week - 3 days", Some("2025-09-16/2025-09-18")),
            ("after !school 2 weeks", Some("2025-09-09/2025-09-22")),
            ("before !break 2 weeks", Some("2025-11-09/2025-11-22")),
            ("before !break 1 week - 1 month", Some("2025-10-16/2025-11-15")),
            ("!school / !break", Some("2025-09-09/2025-11-22")),
            ("!break.start / !winter.end", Some("2025-11-23/2026-01-03")),
            (".start / 2 months", Some("2025-09-08/2025-11-07")),
            ("by !winter.end 1 year / 1 month", Some("2024-12-04/2025-01-03")),
            ("after !nobody 1 day", None),
            ("after !noon 2 hours", Some("2025-09-08T12:00/2025-09-08T14:00")),
            ("2025-03-04 every week for 12 weeks", Some("2025-03-04")),
            ("2024-05-01T10:30:00Z", Some("2024-05-01T10:30:00Z")),
            ("title", None),
            ("before 2020", None),
            ("25/12/2022", Some("2022-12-25")),
            ("25/13/2022", None),
            ("12/25", None),
            ("12/25/22", None),
            ("12", None),
            ("2024-05-01 - 2024-04-01", None),
        ];
        for (text, expected) in cases {
            let found = read(text, &Settings::default(), &Known).map(|ranged| ranged.text);
            assert_eq!(found.as_deref(), expected, "{text}");
        }
        let day_first = Settings { is_day_first: true, zone: "[Europe/Moscow]".to_owned() };
        let found = read("14/01/2023 10:00", &day_first, &Alone).map(|ranged| ranged.text);
        assert_eq!(found.as_deref(), Some("2023-01-14T10:00[Europe/Moscow]"));
        // No month of the year 25 up to 2022, though the day stands second.
        let found = read("12/25/2022", &day_first, &Alone).map(|ranged| ranged.text);
        assert_eq!(found.as_deref(), Some("2022-12-25"));
    }
}
