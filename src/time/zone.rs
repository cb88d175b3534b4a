//! The zone in which times of day are shown, and its clock: UTC to civil time and back.
//!
//! Rules come from the IANA database inside `chrono-tz`. Beyond the years `chrono` can hold, the rule at the end of its
//! range goes on.

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, Offset, TimeZone};
use chrono_tz::OffsetComponents as _;
use thiserror::Error;

use super::Instant;

/// UTC or a zone of the IANA database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Zone(Option<chrono_tz::Tz>);

/// A zone's name that is not in the IANA database.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("\"{name}\" is not a time zone of the IANA database")]
pub struct ZoneError {
    /// The name as given.
    pub name: String,
    /// A known name close to it.
    pub suggestion: Option<&'static str>,
}

/// Which moments a clock on the wall can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Local {
    /// This one.
    One(Instant),
    /// Two, earlier first: the clocks were put back over it.
    Fold(Instant, Instant),
    /// None: the clocks were put forward over it.
    Gap,
}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self(None);

    /// The zone of this IANA name (`Europe/Moscow`).
    ///
    /// # Errors
    /// Where the database has no such name.
    pub fn parse(name: &str) -> Result<Self, ZoneError> {
        if name == "UTC" {
            return Ok(Self::UTC);
        }
        name.parse::<chrono_tz::Tz>().map(|zone| Self(Some(zone))).map_err(|_| ZoneError {
            name: name.to_owned(),
            suggestion: crate::diagnostic::closest(name, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())),
        })
    }

    /// The zone of an IANA name; none where there is no such name.
    pub(super) fn find(name: &str) -> Option<Self> {
        name.parse().ok().map(|zone| Self(Some(zone)))
    }

    /// The zone named for a city, in lower case with spaces ("new york").
    pub(super) fn of_city(city: &str) -> Option<Self> {
        let is_of_city = |zone: &&chrono_tz::Tz| {
            let name = zone.name().rsplit('/').next().unwrap_or_default();
            zone.name().contains('/') && name.replace('_', " ").eq_ignore_ascii_case(city)
        };
        chrono_tz::TZ_VARIANTS.iter().find(is_of_city).map(|zone| Self(Some(*zone)))
    }

    /// The IANA name.
    pub fn name(self) -> &'static str {
        self.0.map_or("UTC", |zone| zone.name())
    }

    /// Seconds that this zone's clocks were ahead of UTC at a moment.
    pub fn offset_seconds(self, moment: Instant) -> i32 {
        self.0.map_or(0, |zone| zone.offset_from_utc_datetime(&naive(moment)).fix().local_minus_utc())
    }

    /// What this zone's clocks showed at a moment, as a position on the axis.
    pub fn civil(self, moment: Instant) -> Instant {
        moment.saturating_add(i64::from(self.offset_seconds(moment)) * Instant::SECOND)
    }

    /// The moments at which this zone's clocks showed `civil`.
    pub fn local(self, civil: Instant) -> Local {
        let Some(zone) = self.0 else { return Local::One(civil) };
        let moment =
            |offset: i32| civil.saturating_add(i64::from(offset).saturating_neg().saturating_mul(Instant::SECOND));
        match zone.offset_from_local_datetime(&naive(civil)) {
            MappedLocalTime::Single(offset) => Local::One(moment(offset.fix().local_minus_utc())),
            MappedLocalTime::Ambiguous(a, b) => {
                let (a, b) = (moment(a.fix().local_minus_utc()), moment(b.fix().local_minus_utc()));
                Local::Fold(a.min(b), a.max(b))
            }
            MappedLocalTime::None => Local::Gap,
        }
    }

    /// Whether this zone's clocks showed `civil` twice because a summer time ended.
    pub(super) fn is_end_of_summer_time(self, civil: Instant) -> bool {
        let Some(zone) = self.0 else { return false };
        match zone.offset_from_local_datetime(&naive(civil)) {
            MappedLocalTime::Ambiguous(a, b) => a.dst_offset() != b.dst_offset(),
            MappedLocalTime::Single(_) | MappedLocalTime::None => false,
        }
    }

    /// The offset at a moment as people write it: `UTC`, `+03:00`, `-00:44:30`.
    pub fn offset_label(self, moment: Instant) -> String {
        if self == Self::UTC {
            return "UTC".to_owned();
        }
        let seconds = self.offset_seconds(moment);
        let sign = if seconds < 0 { '-' } else { '+' };
        let magnitude = seconds.unsigned_abs();
        let (hours, minutes, rest) = (magnitude / 3600, magnitude / 60 % 60, magnitude % 60);
        if rest == 0 {
            format!("{sign}{hours:02}:{minutes:02}")
        } else {
            format!("{sign}{hours:02}:{minutes:02}:{rest:02}")
        }
    }
}

fn naive(instant: Instant) -> NaiveDateTime {
    // Well inside what chrono holds even after an offset is added.
    const REACH_MICROS: i64 = 260_000 * 365 * Instant::DAY;
    DateTime::from_timestamp_micros(instant.micros().clamp(-REACH_MICROS, REACH_MICROS)).unwrap_or_default().naive_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::from_micros(text.parse::<NaiveDateTime>().unwrap().and_utc().timestamp_micros())
    }

    #[test]
    fn clocks_put_back_show_one_time_twice() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        assert_eq!(
            berlin.local(at("2024-10-27T02:30:00")),
            Local::Fold(at("2024-10-27T00:30:00"), at("2024-10-27T01:30:00"))
        );
        assert_eq!(berlin.local(at("2024-03-31T02:30:00")), Local::Gap);
        assert_eq!(berlin.local(at("2024-07-01T12:00:00")), Local::One(at("2024-07-01T10:00:00")));
    }

    #[test]
    fn the_ends_of_the_axis_have_offsets_too() {
        let moscow = Zone::parse("Europe/Moscow").unwrap();
        assert_eq!(moscow.civil(Instant::MAX), Instant::MAX);
        assert_eq!(moscow.offset_label(at("2024-10-24T00:00:00")), "+03:00");
        assert_eq!(moscow.offset_label(Instant::MIN), "+02:30:17");
        assert_eq!(Zone::UTC.offset_label(Instant::MIN), "UTC");
    }

    #[test]
    fn a_slip_in_a_zone_is_told() {
        assert_eq!(Zone::parse("Europe/Moskow").unwrap_err().suggestion, Some("Europe/Moscow"));
    }
}
