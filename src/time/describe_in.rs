//! A time in the words of another clock: what the timeline's zone showed while an event's own clock showed its time.

use super::date::{Date, Form};
use super::describe::{clock, day_words};
use super::timed::{Iso, Timed, TimedEnd};
use super::{CivilDay, Instant, Zone};

impl Date {
    /// The same moments on the clock of a zone: "07:23 in UTC", with the day where that is another one. None where it
    /// says nothing new: for a date without a time, a time without an offset or zone, and clocks that agree.
    pub fn describe_in(&self, zone: Zone) -> Option<String> {
        if self.is_plain() {
            return None;
        }
        let words = match &*self.form() {
            Form::Edtf(edtf_core::Edtf::DateTime(time)) => time_words(&Timed::from_edtf(time), zone)?,
            Form::Edtf(_) => return None,
            Form::Iso(Iso::Time(time)) => time_words(time, zone)?,
            Form::Iso(Iso::Span(TimedEnd::Time(start), TimedEnd::Time(end))) => span_words(start, end, zone)?,
            Form::Iso(Iso::Span(TimedEnd::Time(start), _)) => format!("from {}", time_words(start, zone)?),
            Form::Iso(Iso::Span(_, TimedEnd::Time(end))) => format!("to {}", time_words(end, zone)?),
            Form::Iso(Iso::Span(..)) => return None,
        };
        Some(format!("{words} in {}", zone.name()))
    }

    /// [`Date::describe`] and, where it says something new, [`Date::describe_in`]: "… 10:23 +03:00 · 07:23 in UTC".
    pub fn describe_with(&self, zone: Zone) -> String {
        let words = self.describe();
        match self.describe_in(zone) {
            Some(there) => format!("{words} · {there}"),
            None => words,
        }
    }
}

/// A time on the clock of `zone`: the first and, where its own clock showed it twice, the second.
fn shown(time: &Timed, zone: Zone) -> (Timed, Timed) {
    let (first, last) =
        time.moments(zone).map_or((time.civil(), time.civil()), |(first, last)| (zone.civil(first), zone.civil(last)));
    let on_clock = |civil: Instant| {
        let shown = Timed::from_civil(civil);
        let second = match (time.second, shown.second) {
            // A leap second stands with the one before it.
            (Some(60), Some(59)) => Some(60),
            // Offsets before standard time have seconds of their own.
            (own, second) => second.filter(|second| own.is_some() || *second != 0),
        };
        Timed { second, fraction: time.fraction, ..shown }
    };
    (on_clock(first), on_clock(last))
}

fn time_words(time: &Timed, zone: Zone) -> Option<String> {
    let (first, second) = shown(time, zone);
    if first.civil() == time.civil() && second.civil() == time.civil() {
        return None;
    }
    let words = |shown: &Timed| words_beside(shown, time.day);
    Some(if first == second { words(&first) } else { format!("{} or {}", words(&first), words(&second)) })
}

fn span_words(start: &Timed, end: &Timed, zone: Zone) -> Option<String> {
    let ((from, _), (_, to)) = (shown(start, zone), shown(end, zone));
    if from.civil() == start.civil() && to.civil() == end.civil() {
        return None;
    }
    Some(match (from.day == start.day && to.day == end.day, from.day == to.day) {
        (true, _) => format!("{}–{}", clock(&from), clock(&to)),
        (false, true) => format!("{} {}–{}", day_words(from.day), clock(&from), clock(&to)),
        (false, false) => format!("{} {} – {} {}", day_words(from.day), clock(&from), day_words(to.day), clock(&to)),
    })
}

/// The clock alone beside words that name the same day; otherwise with its day.
fn words_beside(time: &Timed, named: CivilDay) -> String {
    if time.day == named { clock(time) } else { format!("{} {}", day_words(time.day), clock(time)) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(date: &str, zone: &str, expected: Option<&str>) {
        let words = Date::parse(date).unwrap().describe_in(Zone::parse(zone).unwrap());
        assert_eq!(words.as_deref(), expected, "{date} in {zone}");
    }

    #[test]
    fn a_time_is_said_on_the_clock_of_the_timeline_too() {
        check("2024-10-24T10:23:00+03:00", "UTC", Some("07:23:00 in UTC"));
        check("2024-10-24T10:23[Europe/Moscow]", "UTC", Some("07:23 in UTC"));
        check("2024-10-24T10:23:00Z", "Europe/Moscow", Some("13:23:00 in Europe/Moscow"));
        check("2024-10-24T10:23Z", "Europe/Moscow", Some("13:23 in Europe/Moscow"));
        check("2024-10-24T10:23:00.250Z", "Europe/Moscow", Some("13:23:00.250 in Europe/Moscow"));
        check("2024-10-24T23:59:60.5+03:00", "UTC", Some("20:59:60.5 in UTC"));
    }

    #[test]
    fn both_clocks_stand_in_one_line() {
        let words = |date: &str| Date::parse(date).unwrap().describe_with(Zone::UTC);
        assert_eq!(words("2024-10-24T10:23[Europe/Moscow]"), "24 Oct 2024 10:23 Europe/Moscow · 07:23 in UTC");
        assert_eq!(words("2024-10-24"), "24 Oct 2024");
    }

    #[test]
    fn across_midnight_the_day_is_said() {
        check("2024-10-24T01:30[Europe/Moscow]", "UTC", Some("23 Oct 2024 22:30 in UTC"));
        check("2024-12-31T20:00:00Z", "Asia/Seoul", Some("1 Jan 2025 05:00:00 in Asia/Seoul"));
    }

    #[test]
    fn intervals_of_times_are_said_as_a_whole() {
        let times = "2024-10-24T10:00+03:00[Europe/Moscow]/2024-10-24T12:00";
        check(times, "UTC", Some("07:00–09:00 in UTC"));
        check(times, "Asia/Seoul", Some("16:00–18:00 in Asia/Seoul"));
        check(times, "Pacific/Kiritimati", Some("21:00–23:00 in Pacific/Kiritimati"));
        check("2024-10-24T01:00+03:00/2024-10-24T02:00+03:00", "UTC", Some("23 Oct 2024 22:00–23:00 in UTC"));
        let night = "2024-10-24T01:00+03:00/2024-10-24T04:00+03:00";
        check(night, "UTC", Some("23 Oct 2024 22:00 – 24 Oct 2024 01:00 in UTC"));
        check("2024-10-24T10:00:00+03:00/..", "UTC", Some("from 07:00:00 in UTC"));
        check("2024-10-23/2024-10-24T10:00:00+03:00", "UTC", Some("to 07:00:00 in UTC"));
    }

    #[test]
    fn nothing_is_said_where_there_is_nothing_new() {
        check("2024-10-24", "Europe/Moscow", None);
        check("2024-10-24T10:23:00", "Europe/Moscow", None);
        check("2024-10-24T10:23:00+03:00", "Europe/Moscow", None);
        check("2024-10-24T10:23:00+00:00", "UTC", None);
        check("2024-10-24/2024-10-25", "Europe/Moscow", None);
        check("2024-10-27T02:30[Europe/Berlin]", "Europe/Berlin", None);
        check("2024-10-24T10:00+03:00/2024-10-24T12:00+03:00", "Europe/Moscow", None);
    }

    #[test]
    fn a_time_that_came_twice_was_two_times_elsewhere() {
        check("2024-10-27T02:30[Europe/Berlin]", "UTC", Some("00:30 or 01:30 in UTC"));
    }

    #[test]
    fn offsets_with_seconds_keep_them() {
        check("1850-01-01T12:00[Europe/Moscow]", "UTC", Some("09:29:43 in UTC"));
    }

    proptest! {
        #[test]
        fn what_is_said_names_the_zone_and_only_where_clocks_differ(hour in 0u8..24, offset in -12i8..=14) {
            let sign = if offset < 0 { '-' } else { '+' };
            let date = Date::parse(&format!("2024-07-15T{hour:02}:00:00{sign}{:02}:00", offset.unsigned_abs())).unwrap();
            let words = date.describe_in(Zone::UTC);
            prop_assert_eq!(words.is_none(), offset == 0);
            let in_utc = (i16::from(hour) - i16::from(offset)).rem_euclid(24);
            if let Some(words) = words {
                let clock = format!("{in_utc:02}:00:00 in UTC");
                prop_assert!(words.ends_with(&clock), "{}", words);
            }
        }
    }
}
