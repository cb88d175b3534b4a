//! The time between two events, as vague as their dates are: the least and the most that it can be; and between two points of a
//! window, as finely as one can point there.
//!
//! ```text
//!   [░░░ June ░░░]                       ●  9 Nov
//!                └──── least: 132 days ──┘
//!   └───────────── most: 161 days ───────┘
//! ```
//!
//! It goes from the end of what came first to the beginning of what came next, in whole days where one of the two is known to the day
//! or less well: from 24 October to 9 November it is 16 days. From two years on it is said in years and months too, as the calendar has
//! them.

use crate::diagnostic::grouped;
use crate::index::Entry;
use crate::time::{CivilDay, Date, Edge, Extent, Instant, Precision, Shape, Zone};

/// The units of a clock or of days in which a time can lie: the first and the last, none where that is open or not known.
type Units = (Option<i64>, Option<i64>);

/// What of an event is measured from or to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// What is nearest to the other event: the end of what comes first, the beginning of what comes next.
    Nearest,
    /// Its beginning.
    Start,
    /// Its end.
    End,
}

/// How far apart two events lie on the axis of a zone, in words: "128 to 145 days apart"; the one that comes first in order stands
/// first.
pub(super) fn between(first: &Entry, second: &Entry, zone: Zone) -> String {
    between_sides((first, Side::Nearest), (second, Side::Nearest), zone)
}

/// How far apart two sides of events lie, in words; the one that comes first in order stands first.
pub(super) fn between_sides((first, from): (&Entry, Side), (second, to): (&Entry, Side), zone: Zone) -> String {
    let is_fine = |entry: &Entry| matches!(entry.precision, Precision::Second | Precision::Minute);
    let bounds = |clock: Clock| {
        let left = if from == Side::Start { began(first, clock) } else { ended(first, clock) };
        let reached = if to == Side::End { ended(second, clock) } else { began(second, clock) };
        let time = |from: Option<i64>, to: Option<i64>| from.zip(to).map(|(from, to)| Time { from, to, clock });
        (time(left.1, reached.0), time(left.0, reached.1))
    };
    let mut clock = Clock { is_fine: is_fine(first) && is_fine(second), zone };
    let (mut least, mut most) = bounds(clock);
    if clock.is_fine && most.or(least).is_some_and(|time| time.count() >= LONG_MINUTES) {
        clock.is_fine = false;
        (least, most) = bounds(clock);
    }
    let count = |time: Option<Time>| time.map(Time::count);
    let are_once = is_once(first) && is_once(second);
    match (least, most) {
        (_, Some(most)) if most.count() < 0 => "overlapping".to_owned(),
        _ if (count(least), count(most)) == (Some(0), Some(0)) => {
            if clock.is_fine { "in the same minute" } else { "on the same day" }.to_owned()
        }
        (Some(least), Some(most)) if least.count() < 0 && are_once => {
            let longer = if most.count() >= -least.count() { most } else { least.turned() };
            format!("at most {} apart, in either order", longer.at_most())
        }
        (Some(least), Some(most)) if least.count() < 0 => {
            format!("at most {} apart, or overlapping", most.at_most())
        }
        (Some(least), Some(most)) if least.count() == 0 => format!("at most {} apart", most.at_most()),
        (Some(least), Some(most)) => format!("{} apart", least.up_to(most)),
        (Some(least), None) if least.count() > 0 => format!("at least {} apart", least.at_least()),
        (None, Some(most)) if most.count() > 0 => format!("at most {} apart", most.at_most()),
        _ => "how far apart is not known".to_owned(),
    }
}

/// How far apart two instants of the axis of a zone lie, in words, where one can point no finer than to this unit: "about 5 months
/// apart". Days and minutes are counted, longer units are of several lengths.
pub(super) fn between_instants(from: Instant, to: Instant, unit: Precision, zone: Zone) -> String {
    let (from, to) = (from.min(to), from.max(to));
    match unit {
        Precision::Second | Precision::Minute => {
            let minute = |at: Instant| zone.moment_at(at).micros().div_euclid(Instant::MINUTE);
            match minute(to).saturating_sub(minute(from)) {
                0 => "in the same minute".to_owned(),
                minutes => format!("{} apart", clock_words(minutes)),
            }
        }
        Precision::Day => {
            let clock = Clock { is_fine: false, zone };
            let time = Time { from: clock.unit(from), to: clock.unit(to), clock };
            if time.count() == 0 { "on the same day".to_owned() } else { format!("{} apart", time.up_to(time)) }
        }
        _ => match coarse(to, unit).0.saturating_sub(coarse(from, unit).0) {
            0 => "closer together than one can point here".to_owned(),
            count => format!("about {} apart", coarse_words(count, unit)),
        },
    }
}

/// How far a side of an event lies from a point of the axis where one can point no finer than to `unit`, in words. No unit is counted
/// that is finer than what is known of the event or than one can point: from "June" to a day in November it is "about 5 months apart".
pub(super) fn between_side_and_point(
    (event, side): (&Entry, Side),
    point: Instant,
    unit: Precision,
    zone: Zone,
) -> String {
    // The units are in order, the coarsest first.
    let unit = event.precision.min(unit);
    let is_first = if side == Side::End { event.end } else { event.start } <= point;
    let pointed = || Entry::new(0, 0, &Date::at_precision(point, unit, zone), zone);
    let is_end = side == Side::End || (side == Side::Nearest && is_first);
    let (from, to) = match room_of(event, side, is_first) {
        // An end that is known is the first instant after, a beginning that is known the instant itself.
        (Some(from), Some(to)) if unit < Precision::Day && from == to => {
            let known = if is_end { to.saturating_add(-1) } else { from };
            (known, known)
        }
        (Some(from), Some(to)) if unit < Precision::Day => (from, to.saturating_add(-1)),
        // Days and minutes are counted as between two events, and so is what is open at an end.
        _ => {
            let Some(pointed) = pointed() else { return String::new() };
            let (event, pointed) = ((event, side), (&pointed, Side::Nearest));
            return if is_first { between_sides(event, pointed, zone) } else { between_sides(pointed, event, zone) };
        }
    };
    let away = |at: Instant| {
        let (at, point) = (coarse(at, unit).0, coarse(point, unit).0);
        if is_first { point.saturating_sub(at) } else { at.saturating_sub(point) }
    };
    let (least, most) = (away(from).min(away(to)), away(from).max(away(to)));
    match (least, most) {
        (_, ..=0) => "closer together than one can point here".to_owned(),
        (least, most) if least == most => format!("about {} apart", coarse_words(most, unit)),
        (..=0, most) => format!("at most about {} apart", coarse_words(most, unit)),
        (least, most) if is_long(most, unit) => {
            format!("about {} to {} apart", coarse_words(least, unit), coarse_words(most, unit))
        }
        (least, most) => format!("about {least} to {} apart", coarse_words(most, unit)),
    }
}

/// The number of the month or of the years in which an instant lies, and what it counts.
fn coarse(at: Instant, unit: Precision) -> (i64, &'static str) {
    let day = at.day();
    let years = |length: i64| (day.year.div_euclid(length).saturating_mul(length), "year");
    match unit {
        Precision::Second | Precision::Minute | Precision::Day | Precision::Month | Precision::Season => {
            (day.year.saturating_mul(12).saturating_add(i64::from(day.month)), "month")
        }
        Precision::Year => years(1),
        Precision::Decade => years(10),
        Precision::Century => years(100),
        Precision::Millennium => years(1_000),
    }
}

/// "5 months", "2 years 1 month", "40 years".
fn coarse_words(count: i64, unit: Precision) -> String {
    let (_, name) = coarse(Instant::default(), unit);
    if is_long(count, unit) { months(count) } else { counted(count, name) }
}

/// Whether so many of a unit are months enough for years.
fn is_long(count: i64, unit: Precision) -> bool {
    coarse(Instant::default(), unit).1 == "month" && count >= LONG_MONTHS
}

/// The parts of the axis in which a side of an event can lie: where it can be first, and where it is over; none where that is open.
pub(super) fn room_of(entry: &Entry, side: Side, is_first: bool) -> (Option<Instant>, Option<Instant>) {
    let Extent { earliest_start, latest_start, earliest_end, latest_end } = entry.extent;
    let (from, to) = match side {
        _ if is_once(entry) => (earliest_start, latest_end),
        Side::End => (earliest_end, latest_end),
        Side::Nearest if is_first => (earliest_end, latest_end),
        Side::Start | Side::Nearest => (earliest_start, latest_start),
    };
    (from.instant(), to.instant())
}

/// The units in which time is counted: minutes that pass, or days of the calendar.
#[derive(Clone, Copy)]
struct Clock {
    is_fine: bool,
    /// The zone of the axis: where clocks were changed, more or less time passes than they show.
    zone: Zone,
}

impl Clock {
    fn unit(self, at: Instant) -> i64 {
        if self.is_fine {
            self.zone.moment_at(at).micros().div_euclid(Instant::MINUTE)
        } else {
            at.micros().div_euclid(Instant::DAY)
        }
    }

    fn at(self, edge: Edge) -> Option<i64> {
        edge.instant().map(|instant| self.unit(instant))
    }

    /// The unit before an edge at which something is over.
    fn before(self, edge: Edge) -> Option<i64> {
        edge.instant().map(|instant| self.unit(instant.saturating_add(-1)))
    }
}

/// When an event can have ended, or been.
fn ended(entry: &Entry, clock: Clock) -> Units {
    let Extent { earliest_end, latest_end, .. } = entry.extent;
    // An end is the first instant after, and the earliest end of a coarse date the first instant at which it can be over.
    let first = if earliest_end == latest_end { clock.before(earliest_end) } else { clock.at(earliest_end) };
    if is_once(entry) { once(entry, clock) } else { (first, clock.before(latest_end)) }
}

/// When an event can have begun, or been.
fn began(entry: &Entry, clock: Clock) -> Units {
    let Extent { earliest_start, latest_start, .. } = entry.extent;
    let first = clock.at(earliest_start);
    // The latest start of a coarse date is the first instant after it, that of a sharp one the start itself.
    let last = if latest_start == earliest_start { first } else { clock.before(latest_start) };
    if is_once(entry) { once(entry, clock) } else { (first, last) }
}

fn once(entry: &Entry, clock: Clock) -> Units {
    (clock.at(entry.extent.earliest_start), clock.before(entry.extent.latest_end))
}

/// Whether it is one thing at one time.
const fn is_once(entry: &Entry) -> bool {
    matches!(entry.shape, Shape::Moment | Shape::Window | Shape::OneOf(_))
}

/// From so many months on a time is said in years and months: nobody knows how long 73,049 days are.
const LONG_MONTHS: i64 = 24;
/// The same in minutes: days are counted from there on.
const LONG_MINUTES: i64 = 731 * 24 * 60;
/// Where the least and the most time lie further apart than so many days, days tell nothing.
const NEAR_DAYS: i64 = 62;
/// Where they lie further apart than so many days, months tell nothing.
const NEAR_YEARS_DAYS: i64 = 2 * 366;

/// The time from one unit of a clock to a later one, none of which is rounded yet.
#[derive(Clone, Copy)]
struct Time {
    from: i64,
    to: i64,
    clock: Clock,
}

impl Time {
    const fn count(self) -> i64 {
        self.to.saturating_sub(self.from)
    }

    const fn turned(self) -> Self {
        Self { from: self.to, to: self.from, clock: self.clock }
    }

    /// Whole months and whether days are left over; none of a time that is said in days or on the clock.
    fn long(self) -> Option<(i64, bool)> {
        if self.clock.is_fine {
            return None;
        }
        let months = CivilDay::from_number(self.from).months_until(CivilDay::from_number(self.to));
        Some(months).filter(|(months, _)| *months >= LONG_MONTHS)
    }

    fn counted(self) -> String {
        if self.clock.is_fine { clock_words(self.count()) } else { counted(self.count(), "day") }
    }

    /// No more than it is: "2 years 1 month (782 days)".
    fn at_least(self) -> String {
        self.long().map_or_else(|| self.counted(), |(whole, _)| format!("{} ({})", months(whole), self.counted()))
    }

    /// No less than it is: "2 years 2 months (782 days)".
    fn at_most(self) -> String {
        let ceiling = |(whole, has_rest): (i64, bool)| whole + i64::from(has_rest);
        let long = self.long().map(ceiling);
        long.map_or_else(|| self.counted(), |most| format!("{} ({})", months(most), self.counted()))
    }

    /// From this, the least that it can be, to the most. Years and months hold both bounds: the least is rounded down, the most up.
    /// What is finer than the two are known is left out.
    fn up_to(self, most: Self) -> String {
        let spread = most.count().saturating_sub(self.count());
        if spread == 0 {
            return self.at_least();
        }
        let days = || format!("{} to {}", grouped(self.count().unsigned_abs()), most.counted());
        let Some((whole, has_rest)) = most.long() else {
            return if self.clock.is_fine { format!("{} to {}", self.counted(), most.counted()) } else { days() };
        };
        let unit = if spread > NEAR_YEARS_DAYS { 12 } else { 1 };
        let high = (whole + i64::from(has_rest) + unit - 1) / unit * unit;
        let (from, to) = (CivilDay::from_number(self.from), CivilDay::from_number(self.to));
        let low = match from.months_until(to).0 / unit * unit {
            0 => self.counted(),
            low if low % 12 == 0 && high % 12 == 0 => grouped((low / 12).unsigned_abs()),
            low => months(low),
        };
        let near = if spread > NEAR_DAYS { String::new() } else { format!(" ({})", days()) };
        format!("{low} to {}{near}", months(high))
    }
}

/// "2 years 1 month", "200 years", "5 months".
fn months(count: i64) -> String {
    match (count / 12, count % 12) {
        (0, months) => counted(months, "month"),
        (years, 0) => counted(years, "year"),
        (years, months) => format!("{} {}", counted(years, "year"), counted(months, "month")),
    }
}

fn counted(count: i64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(count.unsigned_abs()))
}

/// Minutes as a clock has them: "45 min", "26 h 5 min".
fn clock_words(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    fn apart(first: &str, second: &str) -> String {
        let entry = |text: &str| Entry::new(0, 0, &Date::parse(text).expect("a date"), Zone::UTC).expect("on the axis");
        between(&entry(first), &entry(second), Zone::UTC)
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
            // Long ones are said in years and months.
            ("2022-11-10", "2024-11-09", "730 days apart"),
            ("2022-11-09", "2024-11-09", "2 years (731 days) apart"),
            ("1824-10-24", "2024-10-24", "200 years (73,049 days) apart"),
            ("-0043-03-15", "2024-03-15", "2,067 years (754,957 days) apart"),
            ("2019-01-31", "2021-02-28", "2 years 1 month (759 days) apart"),
            ("2020-02-29", "2022-02-28", "2 years (730 days) apart"),
            ("2019-06-28T10:00Z", "2024-11-09T12:00Z", "5 years 4 months (1,961 days) apart"),
            ("2019-06", "2024-11-09", "5 years 4 months to 5 years 6 months (1,959 to 1,988 days) apart"),
            ("1950", "2024-11-09", "73 years 10 months to 74 years 11 months apart"),
            ("195X", "2024-11-09", "64 to 75 years apart"),
            ("[2010-01-01..2024-10-31]", "2024-11-09", "9 days to 15 years apart"),
            ("[..1990-10-01]", "2024-10-09", "at least 34 years (12,427 days) apart"),
            ("[2019-10-01..2024-10-09]", "2024-10-09", "at most 5 years 1 month (1,835 days) apart"),
            ("[2019-10-01..2025-12-31]", "2024-10-09", "at most 5 years 1 month (1,835 days) apart, in either order"),
        ] {
            assert_eq!(apart(first, second), expected, "{first} and {second}");
        }
    }
    #[test]
    fn the_sides_of_events_that_lasted_are_told_apart() {
        let entry = |text: &str| Entry::new(0, 0, &Date::parse(text).expect("a date"), Zone::UTC).expect("on the axis");
        let (siege, talks) = (entry("2024-10-01/2024-10-31"), entry("2024-11-04/2024-11-09"));
        let apart = |from, to| between_sides((&siege, from), (&talks, to), Zone::UTC);
        assert_eq!(apart(Side::Nearest, Side::Nearest), "4 days apart");
        assert_eq!(apart(Side::Start, Side::Start), "34 days apart");
        assert_eq!(apart(Side::End, Side::End), "9 days apart");
        assert_eq!(between_sides((&siege, Side::Start), (&siege, Side::End), Zone::UTC), "30 days apart");
        let vague = entry("2024-08/2024-10");
        assert_eq!(between_sides((&vague, Side::Start), (&talks, Side::Start), Zone::UTC), "65 to 95 days apart");
    }

    #[test]
    fn where_clocks_were_changed_the_time_that_passed_counts() {
        let zone = Zone::parse("Europe/Berlin").expect("a zone");
        let entry = |text: &str| Entry::new(0, 0, &Date::parse(text).expect("a date"), zone).expect("on the axis");
        let (before, after) = (entry("2024-10-26T22:00Z"), entry("2024-10-27T04:00Z"));
        assert_eq!(between(&before, &after, zone), "6 h apart");
    }

    #[test]
    fn between_points_of_a_window_no_finer_unit_is_counted_than_one_can_point_at() {
        let at = |text: &str| {
            let extent = Date::parse(text).expect("a date").extent(Zone::UTC);
            extent.earliest_start.instant().expect("on the axis")
        };
        let (from, to) = (at("2019-06-28"), at("2024-11-09T12:30Z"));
        let words = |unit| between_instants(to, from, unit, Zone::UTC);
        assert_eq!(words(Precision::Day), "5 years 4 months (1,961 days) apart");
        assert_eq!(words(Precision::Month), "about 5 years 5 months apart");
        assert_eq!(words(Precision::Year), "about 5 years apart");
        assert_eq!(words(Precision::Decade), "about 10 years apart");
        assert_eq!(words(Precision::Century), "closer together than one can point here");
        assert_eq!(between_instants(at("2024-11-09T12:00Z"), to, Precision::Minute, Zone::UTC), "30 min apart");
        assert_eq!(between_instants(to, to, Precision::Day, Zone::UTC), "on the same day");
    }

    #[test]
    fn from_an_event_to_a_point_no_unit_is_counted_that_is_finer_than_either() {
        let entry = |text: &str| Entry::new(0, 0, &Date::parse(text).expect("a date"), Zone::UTC).expect("on the axis");
        let apart = |event: &str, side: Side, point: &str, unit: Precision| {
            let point = entry(point).start;
            between_side_and_point((&entry(event), side), point, unit, Zone::UTC)
        };
        for (event, side, point, unit, expected) in [
            ("2024-06", Side::Nearest, "2024-11-09", Precision::Day, "about 5 months apart"),
            ("2024-11", Side::Nearest, "2024-06-12", Precision::Day, "about 5 months apart"),
            ("2024-06", Side::Nearest, "2024-06-12", Precision::Day, "closer together than one can point here"),
            ("2024-10-24", Side::Nearest, "2024-11-09", Precision::Day, "16 days apart"),
            ("2024-10-24T10:00Z", Side::Nearest, "2024-11-09", Precision::Day, "16 days apart"),
            ("2024-10-24", Side::Nearest, "2024-11-09T12:30Z", Precision::Minute, "16 days apart"),
            ("2024-10-24", Side::Nearest, "2026-11-09", Precision::Month, "about 2 years 1 month apart"),
            ("2024-10-24", Side::Nearest, "2030-11-09", Precision::Year, "about 6 years apart"),
            ("[2024-03..2024-06]", Side::Nearest, "2024-11-09", Precision::Day, "about 5 to 8 months apart"),
            (
                "[2021-03..2024-06]",
                Side::Nearest,
                "2024-11-09",
                Precision::Day,
                "about 5 months to 3 years 8 months apart",
            ),
            ("[2024-03..2024-06]", Side::Nearest, "2024-05-09", Precision::Day, "at most about 2 months apart"),
            ("[2024-06-01..2024-06-30]", Side::Nearest, "2024-11-09", Precision::Day, "132 to 161 days apart"),
            ("2024-03/2024-08", Side::Start, "2024-11-09", Precision::Day, "about 8 months apart"),
            ("2024-03/2024-08", Side::End, "2024-11-09", Precision::Day, "about 3 months apart"),
            ("2024-10-21/2024-10-31", Side::Nearest, "2024-12-09", Precision::Month, "about 2 months apart"),
            ("2024-10-01/2024-10-31", Side::Nearest, "2024-08-09", Precision::Month, "about 2 months apart"),
            ("2024-08-01/2024-10-31", Side::End, "2024-09-09", Precision::Month, "about 1 month apart"),
            ("1950", Side::Nearest, "2024-11-09", Precision::Day, "about 74 years apart"),
            ("2024-03/..", Side::Nearest, "2024-11-09", Precision::Day, "how far apart is not known"),
        ] {
            assert_eq!(apart(event, side, point, unit), expected, "{event} to {point}");
        }
    }
}
