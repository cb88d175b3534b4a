//! Dates and times of iCalendar (RFC 5545, 3.3.4, 3.3.5 and 3.3.6) with their zones.

use std::str::FromStr as _;

use calcard::common::timezone::Tz;

use super::content::Property;
use crate::interchange::events::profiles::stamp::{Stamp, zone_text};
use crate::time::{CivilDay, Instant, Zone};

/// A day, or a time of day with its zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moment {
    pub stamp: Stamp,
    /// The zone that it names and nobody knows: its time is read without one.
    pub unknown_zone: Option<String>,
    /// Whether it was called a day and has a time, which is midnight: it is read as a day.
    pub is_day_with_time: bool,
}

impl Moment {
    /// The date of a property.
    pub fn of(property: &Property) -> Option<Self> {
        let is_day = property.parameter("VALUE").is_some_and(|kind| kind.eq_ignore_ascii_case("DATE"));
        Self::read(&property.value, property.parameter("TZID"), is_day)
    }

    /// The dates of a property that holds several; of periods their beginning.
    pub fn all(property: &Property) -> Vec<Self> {
        let zone = property.parameter("TZID");
        let texts = property.value.split(',').filter_map(|text| text.split('/').next());
        texts.filter_map(|text| Self::read(text, zone, false)).collect()
    }

    /// Reads `YYYYMMDD` or `YYYYMMDDTHHMMSS`, with `Z` behind it in UTC; the signs that ISO 8601 has in between may be there.
    fn read(text: &str, zone: Option<&str>, is_day: bool) -> Option<Self> {
        let text: String = text.trim().chars().filter(|c| !matches!(c, '-' | ':')).collect();
        let (day, time) = text.split_once(['T', 't']).unwrap_or((text.as_str(), ""));
        if day.len() != 8 || !day.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let part = |from: usize, to: usize| day.get(from..to)?.parse::<u8>().ok();
        let year = day.get(..4)?.parse().ok()?;
        let stamp = Stamp::of_numbers(year, Some(part(4, 6)?), Some(part(6, 8)?))?;
        let bare = Self { stamp, unknown_zone: None, is_day_with_time: false };
        if time.is_empty() {
            return Some(bare);
        }
        let (clock, is_utc) = time.strip_suffix(['Z', 'z']).map_or((time, false), |clock| (clock, true));
        if is_day && clock.bytes().all(|byte| byte == b'0') {
            return Some(Self { is_day_with_time: true, ..bare });
        }
        let (hour, minute, second) = (clock.get(..2)?, clock.get(2..4)?, clock.get(4..6));
        let clock = second.map_or_else(|| format!("{hour}:{minute}"), |second| format!("{hour}:{minute}:{second}"));
        let (zone, unknown_zone) = match zone {
            _ if is_utc => ("Z".to_owned(), None),
            None | Some("") => (String::new(), None),
            Some(name) => known_zone(name).map_or_else(|| (String::new(), Some(name.to_owned())), |zone| (zone, None)),
        };
        let mut stamp = bare.stamp.with_clock(&clock)?;
        stamp.zone = zone;
        Some(Self { stamp, unknown_zone, is_day_with_time: false })
    }

    pub fn is_day(&self) -> bool {
        self.stamp.clock.is_none()
    }

    /// What its clock shows, on an axis without zones.
    pub fn civil(&self) -> Option<Instant> {
        let bare = Stamp { zone: String::new(), ..self.stamp.clone() };
        bare.date()?.extent(Zone::UTC).earliest_start.instant()
    }

    /// The same on another day or at another time, on the same clock.
    pub fn at(&self, civil: Instant) -> Option<Self> {
        let stamp = Stamp::of_micros(civil.micros(), false)?;
        let (clock, zone) = if self.is_day() { (None, String::new()) } else { (stamp.clock, self.stamp.zone.clone()) };
        Some(Self { stamp: Stamp { day: stamp.day, clock, zone }, ..self.clone() })
    }

    /// What the clock of its zone shows at a moment in UTC.
    pub fn clock_at(&self, utc: Instant) -> Instant {
        let name = self.stamp.zone.trim_start_matches('[').trim_end_matches(']');
        Zone::parse(name).map_or(utc, |zone| zone.civil(utc))
    }
}

/// A zone as it stands behind a time: of the IANA database, of Windows, or by its offset.
fn known_zone(name: &str) -> Option<String> {
    let name = name.trim().trim_matches('"');
    // Some programs put their own name and a version before that of the database: /mozilla.org/20050126_1/Europe/Berlin.
    let tail = name.strip_prefix('/').and_then(|name| name.splitn(3, '/').nth(2));
    for name in [Some(name), tail].into_iter().flatten() {
        if name.starts_with(|c: char| c.is_ascii_alphabetic())
            && let Some(zone) = zone_text(name)
        {
            return Some(zone);
        }
    }
    match Tz::from_str(name).ok()? {
        Tz::Tz(zone) => zone_text(zone.name()),
        Tz::Fixed(offset) => zone_text(&offset.to_string()),
        Tz::Floating => None,
    }
}

/// A length of time in microseconds, and the days of one that has no time: `P1W2DT3H4M5S`.
pub(super) fn duration(text: &str) -> Option<i64> {
    let text = text.trim();
    let (text, sign) = text.strip_prefix('-').map_or((text.trim_start_matches('+'), 1), |text| (text, -1));
    let mut rest = text.strip_prefix(['P', 'p'])?;
    let mut micros = 0_i64;
    while let Some(c) = rest.chars().next() {
        if matches!(c, 'T' | 't') {
            rest = rest.get(1..)?;
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: i64 = rest.get(..end)?.parse().ok()?;
        let unit = match rest.get(end..)?.chars().next()?.to_ascii_uppercase() {
            'W' => 7 * DAY_MICROS,
            'D' => DAY_MICROS,
            'H' => 60 * Instant::MINUTE,
            'M' => Instant::MINUTE,
            'S' => Instant::SECOND,
            _ => return None,
        };
        micros = micros.checked_add(number.checked_mul(unit)?)?;
        rest = rest.get(end + 1..)?;
    }
    Some(sign * micros)
}

/// A day in microseconds.
pub(super) const DAY_MICROS: i64 = 24 * 60 * Instant::MINUTE;

/// The day before, for ends that are the first day after.
pub(super) fn day_before(stamp: &Stamp) -> Option<Stamp> {
    let mut parts = stamp.day.rsplitn(3, '-');
    let (day, month, year) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let CivilDay { year, month, day } = CivilDay::from_number(CivilDay::new(year, month, day).number() - 1);
    Stamp::of_numbers(year, Some(month), Some(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_have_the_zone_they_name() {
        let cases = [
            ("20240101", None, false, Some("2024-01-01")),
            ("20240101T000000Z", None, true, Some("2024-01-01")),
            ("20240101T000000Z", None, false, Some("2024-01-01T00:00:00Z")),
            ("20240101T103000", None, false, Some("2024-01-01T10:30:00")),
            ("20240101T103000", Some("Europe/Berlin"), false, Some("2024-01-01T10:30:00[Europe/Berlin]")),
            (
                "20240101T103000",
                Some("/example.org/2005/Europe/Berlin"),
                false,
                Some("2024-01-01T10:30:00[Europe/Berlin]"),
            ),
            ("20240101T103000", Some("W. Europe Standard Time"), false, Some("2024-01-01T10:30:00[Europe/Berlin]")),
            ("20240101T103000", Some("Nowhere"), false, Some("2024-01-01T10:30:00")),
            ("2024-01-01T10:30:00Z", None, false, Some("2024-01-01T10:30:00Z")),
            ("20240230", None, false, None),
            ("soon", None, false, None),
        ];
        for (text, zone, is_day, expected) in cases {
            let found = Moment::read(text, zone, is_day);
            assert_eq!(found.as_ref().map(|moment| moment.stamp.text()).as_deref(), expected, "{text}");
            assert_eq!(found.and_then(|moment| moment.unknown_zone).is_some(), zone == Some("Nowhere"));
        }
        assert_eq!(duration("P1DT2H"), Some(DAY_MICROS + 120 * Instant::MINUTE));
        assert_eq!(duration("-PT5M"), Some(-5 * Instant::MINUTE));
        assert_eq!(duration("P"), Some(0));
        assert_eq!(duration("1 day"), None);
    }
}
