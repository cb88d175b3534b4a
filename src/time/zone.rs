//! The zone in which times of day are shown, and its clock: UTC to civil time and back.
//!
//! Rules come from the IANA database inside `chrono-tz`. Beyond the years `chrono` can hold, the rule at the end of its
//! range goes on.

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, Offset, TimeZone};
use chrono_tz::OffsetComponents as _;
use thiserror::Error;

use super::Instant;

/// UTC or a zone of the IANA database, by whose clock times are shown.
///
/// A time that names neither offset nor zone is one on the clock of the timeline, whichever clock it is shown on
/// ([`Zone::shown_on`]); of all other zones both clocks are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Zone {
    /// None for UTC.
    clock: Option<chrono_tz::Tz>,
    /// The clock that a time without offset and zone was read from; none for UTC.
    bare: Option<chrono_tz::Tz>,
}

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

/// A stretch of the civil clock that was shown twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fold {
    /// What clocks showed first of it.
    civil: Instant,
    /// The moment at which they did so for the first time.
    since: Instant,
}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self::of(None);

    const fn of(clock: Option<chrono_tz::Tz>) -> Self {
        Self { clock, bare: clock }
    }

    /// This zone with times shown on the clock of another: those without offset and zone stay ones on the clock of this.
    ///
    /// ```
    /// # use annalist::time::{Date, Zone};
    /// let moscow = Zone::parse("Europe/Moscow").unwrap();
    /// let shown = moscow.shown_on(Zone::UTC);
    /// let time = Date::parse("2024-10-24T10:23:00").unwrap();
    /// assert_eq!(time.describe_in(moscow), None);
    /// assert_eq!(time.describe_in(shown).unwrap(), "07:23:00 in UTC");
    /// ```
    #[must_use]
    pub const fn shown_on(self, other: Self) -> Self {
        Self { clock: other.clock, bare: self.bare }
    }

    /// The zone of the clock that times are shown on, by itself.
    #[must_use]
    pub const fn clock(self) -> Self {
        Self::of(self.clock)
    }

    /// The zone of the clock that times without offset and zone were read from.
    pub(super) const fn of_bare_times(self) -> Self {
        Self::of(self.bare)
    }

    /// The names of all zones, in the order of the alphabet: UTC, and those of the IANA database.
    pub fn names() -> impl Iterator<Item = &'static str> {
        std::iter::once("UTC")
            .chain(chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).filter(|name| *name != "UTC"))
    }

    /// The zone of this IANA name (`Europe/Moscow`).
    ///
    /// # Errors
    /// Where the database has no such name.
    pub fn parse(name: &str) -> Result<Self, ZoneError> {
        if name == "UTC" {
            return Ok(Self::UTC);
        }
        name.parse::<chrono_tz::Tz>()
            .map(|zone| Self::of(Some(zone)))
            .map_err(|_| ZoneError { name: name.to_owned(), suggestion: meant(name) })
    }

    /// The zone of an IANA name; none where there is no such name.
    pub(super) fn find(name: &str) -> Option<Self> {
        name.parse().ok().map(|zone| Self::of(Some(zone)))
    }

    /// The zone named for a city, in lower case with spaces ("new york").
    pub(super) fn of_city(city: &str) -> Option<Self> {
        let is_of_city = |zone: &&chrono_tz::Tz| {
            let name = zone.name().rsplit('/').next().unwrap_or_default();
            zone.name().contains('/') && name.replace('_', " ").eq_ignore_ascii_case(city)
        };
        chrono_tz::TZ_VARIANTS.iter().find(is_of_city).map(|zone| Self::of(Some(*zone)))
    }

    /// The IANA name.
    pub fn name(self) -> &'static str {
        self.clock.map_or("UTC", |zone| zone.name())
    }

    /// Seconds that this zone's clocks were ahead of UTC at a moment.
    pub fn offset_seconds(self, moment: Instant) -> i32 {
        self.clock.map_or(0, |zone| zone.offset_from_utc_datetime(&naive(moment)).fix().local_minus_utc())
    }

    /// What this zone's clocks showed at a moment, read as a time of day anywhere. Runs back where clocks were put back.
    pub fn civil(self, moment: Instant) -> Instant {
        moment.saturating_add(i64::from(self.offset_seconds(moment)) * Instant::SECOND)
    }

    /// The moments at which this zone's clocks showed `civil`.
    pub fn local(self, civil: Instant) -> Local {
        let Some(zone) = self.clock else { return Local::One(civil) };
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

    /// Where a moment stands on the axis of this zone: where its clocks stood, but that what comes later never stands earlier.
    /// What clocks showed twice takes its room on the axis once, and the two passes share it at half the pace:
    ///
    /// ```text
    ///   UTC     23:00   00:00         01:00         02:00   03:00      Berlin, 27 October 2024
    ///   clock   01:00   02:00 … 03:00|02:00 … 03:00         04:00
    ///   axis    01:00   02:00 …     02:30     …     03:00   04:00
    /// ```
    pub fn position(self, moment: Instant) -> Instant {
        self.position_fine(moment, 0).0
    }

    /// [`Zone::position`] of a moment and nanoseconds after it, with the nanoseconds that are left over.
    pub(super) fn position_fine(self, moment: Instant, nanos: u16) -> (Instant, u16) {
        let civil = self.civil(moment);
        let Some(fold) = self.fold(civil) else { return (civil, nanos) };
        // No fold is longer than a few days, which in nanoseconds fit.
        let since = moment.saturating_since(fold.since).saturating_mul(1_000).saturating_add(i64::from(nanos)) / 2;
        let rest = u16::try_from(since.rem_euclid(1_000)).unwrap_or(0);
        (fold.civil.saturating_add(since.div_euclid(1_000)), rest)
    }

    /// The moment at a place of this zone's axis; where clocks were put forward over it, as long after the change as the
    /// place lies behind it. [`Zone::position`] of it is the place again, but for such places.
    pub fn moment_at(self, position: Instant) -> Instant {
        match (self.local(position), self.fold(position)) {
            (_, Some(fold)) => fold.since.saturating_add(position.saturating_since(fold.civil).saturating_mul(2)),
            (Local::One(moment) | Local::Fold(moment, _), None) => moment,
            (Local::Gap, None) => position.saturating_add(-i64::from(self.offset_seconds(position)) * Instant::SECOND),
        }
    }

    /// What clocks showed twice around `civil`; none where they showed it once or never.
    fn fold(self, civil: Instant) -> Option<Fold> {
        let Local::Fold(first, second) = self.local(civil) else { return None };
        let length = second.saturating_since(first);
        // Clocks were changed on a whole second after the first moment and no later than the second one.
        let offset = |second: i64| self.offset_seconds(Instant::from_micros(second.saturating_mul(Instant::SECOND)));
        let (mut before, mut after) =
            (first.micros().div_euclid(Instant::SECOND), second.micros().div_euclid(Instant::SECOND));
        let new_offset = offset(after);
        while after - before > 1 {
            let middle = i64::midpoint(before, after);
            if offset(middle) == new_offset { after = middle } else { before = middle }
        }
        let change = Instant::from_micros(after.saturating_mul(Instant::SECOND));
        let civil = change.saturating_add(i64::from(new_offset) * Instant::SECOND);
        Some(Fold { civil, since: change.saturating_add(-length) })
    }

    /// Whether this zone's clocks showed `civil` twice because a summer time ended.
    pub(super) fn is_end_of_summer_time(self, civil: Instant) -> bool {
        let Some(zone) = self.clock else { return false };
        match zone.offset_from_local_datetime(&naive(civil)) {
            MappedLocalTime::Ambiguous(a, b) => a.dst_offset() != b.dst_offset(),
            MappedLocalTime::Single(_) | MappedLocalTime::None => false,
        }
    }

    /// The offset at a moment as people write it: `UTC`, `+03:00`, `-00:44:30`.
    pub fn offset_label(self, moment: Instant) -> String {
        if self.clock.is_none() {
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

/// The name of a zone that was probably meant. Only for names of places: of an abbreviation (`MSD`) or an offset (`UTC+15`,
/// `Etc/GMT+15`) the nearest one is another hour.
fn meant(name: &str) -> Option<&'static str> {
    let names = || std::iter::once("UTC").chain(chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()));
    if let Some(same) = names().find(|other| other.eq_ignore_ascii_case(name)) {
        return Some(same);
    }
    let is_place = |name: &str| {
        let is_fixed = name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("etc/"));
        name.len() > 4 && !is_fixed && !name.contains(|c: char| c.is_ascii_digit())
    };
    // The one that was meant is written as a name too, and not as an abbreviation.
    let has_name = |other: &&str| is_place(other) && other.contains(|c: char| c.is_ascii_lowercase());
    if is_place(name) { crate::diagnostic::closest(name, names().filter(has_name)) } else { None }
}

/// The offset that stands where a zone should: `+03:00`, `+3`, `-0530`, `UTC+3`, `Z`; as a time has it.
pub(super) fn as_offset(name: &str) -> Option<String> {
    let named = ["UTC", "GMT"].into_iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
    if named == "Z" {
        return Some("Z".to_owned());
    }
    let is_behind = named.starts_with(['-', '−']);
    let digits = named.strip_prefix(['+', '-', '−'])?;
    let (hours, minutes) = match (digits.split_once(':'), digits.len()) {
        (Some(parts), _) => parts,
        (None, 3..) => digits.split_at_checked(digits.len() - 2)?,
        (None, _) => (digits, "00"),
    };
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u8>().ok()).flatten();
    let (hours, minutes) = (number(hours)?, number(minutes).filter(|_| minutes.len() == 2)?);
    // No clock was further away from UTC.
    let is_real =
        minutes < 60 && u16::from(hours) * 60 + u16::from(minutes) <= if is_behind { 12 * 60 } else { 14 * 60 };
    is_real.then(|| format!("{}{hours:02}:{minutes:02}", if is_behind { '-' } else { '+' }))
}

fn naive(instant: Instant) -> NaiveDateTime {
    // Well inside what chrono holds even after an offset is added.
    const REACH_MICROS: i64 = 260_000 * 365 * Instant::DAY;
    DateTime::from_timestamp_micros(instant.micros().clamp(-REACH_MICROS, REACH_MICROS)).unwrap_or_default().naive_utc()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
    fn the_hour_that_came_twice_takes_its_room_once() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        for (utc, axis) in [
            ("2024-10-26T23:00:00", "2024-10-27T01:00:00"),
            ("2024-10-27T00:00:00", "2024-10-27T02:00:00"),
            ("2024-10-27T00:30:00", "2024-10-27T02:15:00"),
            ("2024-10-27T01:00:00", "2024-10-27T02:30:00"),
            ("2024-10-27T01:30:00", "2024-10-27T02:45:00"),
            ("2024-10-27T02:00:00", "2024-10-27T03:00:00"),
            ("2024-03-31T01:00:00", "2024-03-31T03:00:00"),
        ] {
            assert_eq!(berlin.position(at(utc)), at(axis), "{utc}");
            assert_eq!(berlin.moment_at(at(axis)), at(utc), "{axis}");
        }
    }

    /// Zones with the changes of clocks that are hardest: over midnight, by a day, by half an hour, by seconds.
    const CHANGES: [(&str, &str); 10] = [
        ("Europe/Kyiv", "2024-10-27T01:00:00"),
        ("Europe/Moscow", "2014-10-25T22:00:00"),
        ("Europe/London", "2024-10-27T01:00:00"),
        ("America/New_York", "2024-11-03T06:00:00"),
        ("Asia/Pyongyang", "2015-08-14T15:00:00"),
        ("America/Juneau", "1867-10-19T00:31:00"),
        ("America/St_Johns", "2006-10-29T02:31:00"),
        ("Australia/Lord_Howe", "2024-04-06T15:00:00"),
        ("Pacific/Kwajalein", "1969-09-30T13:00:00"),
        ("Europe/Amsterdam", "1937-06-30T22:40:00"),
    ];

    proptest! {
        #[test]
        fn what_comes_later_never_stands_earlier(
            change in 0_usize..CHANGES.len(), moment in -60 * 3_600_i64..60 * 3_600, later in 0_i64..3_600, micros in 0_i64..3,
        ) {
            let (zone, around) = CHANGES[change];
            let zone = Zone::parse(zone).unwrap();
            let first = at(around).saturating_add(moment * Instant::SECOND);
            let second = first.saturating_add(later * Instant::SECOND + micros);
            let (a, b) = (zone.position_fine(first, 0), zone.position_fine(second, 0));
            prop_assert!(if first < second { a < b } else { a == b }, "{first:?} {second:?}");
            prop_assert_eq!(zone.position(zone.moment_at(a.0)), a.0);
            prop_assert!((0..=1).contains(&first.saturating_since(zone.moment_at(a.0))));
            // On the same day as the clock, where days do not run back themselves.
            if !zone.name().ends_with("Juneau") && !zone.name().ends_with("St_Johns") {
                prop_assert_eq!(a.0.day(), zone.civil(first).day());
            }
        }
    }

    #[test]
    fn a_slip_in_a_zone_is_told() {
        assert_eq!(Zone::parse("Europe/Moskow").unwrap_err().suggestion, Some("Europe/Moscow"));
        assert_eq!(Zone::parse("europe/moscow").unwrap_err().suggestion, Some("Europe/Moscow"));
        assert_eq!(Zone::parse("utc").unwrap_err().suggestion, Some("UTC"));
        for other_hour in
            ["MSD", "PDT", "CEST", "Msd", "UTC+15", "utc+3", "GMT+15", "Etc/GMT+15", "EST6", "+03:00", "+3", ""]
        {
            assert_eq!(Zone::parse(other_hour).unwrap_err().suggestion, None, "{other_hour}");
        }
    }

    #[test]
    fn an_offset_in_place_of_a_zone_is_known() {
        for (name, offset) in [
            ("+03:00", Some("+03:00")),
            ("+3", Some("+03:00")),
            ("-0530", Some("-05:30")),
            ("−5", Some("-05:00")),
            ("UTC+3", Some("+03:00")),
            ("Z", Some("Z")),
            ("UTC+15", None),
            ("+03:60", None),
            ("+03:0", None),
            ("-13", None),
            ("+", None),
            ("MSD", None),
            ("+é", None),
        ] {
            assert_eq!(as_offset(name).as_deref(), offset, "{name}");
        }
    }
}
