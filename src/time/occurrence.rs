//! Clock times that came twice or never, because clocks were put back or forward: which moment each could mean.
//!
//! For entry only, where someone can be asked. What a file says is read by [`Date::parse`] as it stands.

use edtf_core::TimeShift;

use super::date::{Date, Form};
use super::timed::{Iso, Timed, slash_outside_brackets};
use super::{Instant, Local, Zone};

/// Which of the two moments that a clock time in a zone can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occurrence {
    /// Before the clocks were changed.
    Before,
    /// After it.
    After,
}

impl Occurrence {
    /// Both, in order of time.
    pub const ALL: [Self; 2] = [Self::Before, Self::After];

    /// The text of a time or an interval of times, with each clock time that came twice given its offset, and each that
    /// never came moved by what was skipped. Any other text stays as it is.
    pub fn applied(self, text: &str) -> String {
        if !text.is_ascii() || !text.contains('T') || !text.contains('[') || text.starts_with(['[', '{']) {
            return text.to_owned();
        }
        let Some((start, end)) =
            slash_outside_brackets(text).and_then(|at| Some((text.get(..at)?, text.get(at + 1..)?)))
        else {
            return self.time(text, None);
        };
        let zone = Timed::read(start, 0).ok().and_then(|start| start.zone);
        format!("{}/{}", self.time(start, None), self.time(end, zone))
    }

    /// `inherited` is the zone of a text without one.
    fn time(self, text: &str, inherited: Option<Zone>) -> String {
        let meant = || {
            let time = Timed::read(text, 0).ok().filter(|time| time.shift.is_none())?;
            self.meant(Timed { zone: time.zone.or(inherited), ..time })
        };
        meant().map_or_else(|| text.to_owned(), |time| time.to_string())
    }

    /// None where the clock showed the time once.
    fn meant(self, time: Timed) -> Option<Timed> {
        let (zone, civil) = (time.zone?, time.civil());
        match (zone.local(civil), self) {
            (Local::One(_), _) => None,
            (Local::Fold(moment, _), Self::Before) | (Local::Fold(_, moment), Self::After) => {
                let seconds = zone.offset_seconds(moment);
                let minutes = i16::try_from(seconds / 60).ok().filter(|_| seconds % 60 == 0)?;
                Some(Timed { shift: Some(TimeShift::Offset { minutes, hours_only: false }), ..time })
            }
            (Local::Gap, _) => {
                // No change is longer than a day, and the two offsets differ by it.
                const REACH: i64 = 36 * Instant::HOUR;
                let offset = |reach| i64::from(zone.offset_seconds(civil.saturating_add(reach))) * Instant::SECOND;
                let skipped = offset(REACH) - offset(-REACH);
                let by = if self == Self::Before { -skipped } else { skipped };
                let shown = Timed::from_civil(civil.saturating_add(by));
                Some(Timed { second: time.second.and(shown.second), fraction: time.fraction, zone: time.zone, ..shown })
            }
        }
    }

    /// How it was read, for a date that [`Occurrence::applied`] changed: "first, at +02:00, summer time".
    pub fn words(self, date: &Date) -> String {
        let form = date.form();
        let Form::Iso(Iso::Time(time)) = &*form else { return date.describe() };
        let (moment, Some(zone)) = (time.on_axis(Zone::UTC).0, time.zone) else { return date.describe() };
        match (time.shift, self) {
            (None, Self::Before) => format!("{}, before the clocks went forward", date.describe()),
            (None, Self::After) => format!("{}, after the clocks went forward", date.describe()),
            (Some(_), Self::Before) => {
                let season = if zone.is_end_of_summer_time(time.civil()) { ", summer time" } else { "" };
                format!("first, at {}{season}", zone.offset_label(moment))
            }
            (Some(_), Self::After) => format!("second, at {}", zone.offset_label(moment)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::{Reading, read_phrase};

    #[track_caller]
    fn check(text: &str, expected: [(&str, &str); 2]) {
        let Reading::Ambiguous(found) = read_phrase(text, Instant::default()) else { panic!("{text} has one reading") };
        let found: Vec<(&str, &str)> = found.iter().map(|(date, way)| (date.as_str(), way.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_time_that_came_twice_is_asked_about() {
        let both = [
            ("2024-10-27T02:30+02:00[Europe/Berlin]", "first, at +02:00, summer time"),
            ("2024-10-27T02:30+01:00[Europe/Berlin]", "second, at +01:00"),
        ];
        check("2024-10-27T02:30[Europe/Berlin]", both);
        check("27 Oct 2024 02:30 Berlin time", both);
        check(
            "2024-10-27T01:30:05[Europe/London]",
            [
                ("2024-10-27T01:30:05+01:00[Europe/London]", "first, at +01:00, summer time"),
                ("2024-10-27T01:30:05+00:00[Europe/London]", "second, at +00:00"),
            ],
        );
        // Russia left its permanent summer time for good: not the end of a summer.
        check(
            "2014-10-26T01:30[Europe/Moscow]",
            [
                ("2014-10-26T01:30+04:00[Europe/Moscow]", "first, at +04:00"),
                ("2014-10-26T01:30+03:00[Europe/Moscow]", "second, at +03:00"),
            ],
        );
    }

    #[test]
    fn a_time_that_never_came_is_asked_about() {
        let both = [
            ("2024-03-31T01:30[Europe/Berlin]", "31 Mar 2024 01:30 Europe/Berlin, before the clocks went forward"),
            ("2024-03-31T03:30[Europe/Berlin]", "31 Mar 2024 03:30 Europe/Berlin, after the clocks went forward"),
        ];
        check("2024-03-31T02:30[Europe/Berlin]", both);
        check("31 Mar 2024 02:30 Berlin time", both);
        // Samoa went from one side of the date line to the other.
        check(
            "2011-12-30T12:00[Pacific/Apia]",
            [
                ("2011-12-29T12:00[Pacific/Apia]", "29 Dec 2011 12:00 Pacific/Apia, before the clocks went forward"),
                ("2011-12-31T12:00[Pacific/Apia]", "31 Dec 2011 12:00 Pacific/Apia, after the clocks went forward"),
            ],
        );
    }

    #[test]
    fn the_ends_of_intervals_are_asked_about_too() {
        check(
            "2024-10-27T02:30[Europe/Berlin]/2024-10-27T04:30",
            [
                (
                    "2024-10-27T02:30+02:00[Europe/Berlin]/2024-10-27T04:30",
                    "27 Oct 2024 02:30 +02:00 Europe/Berlin – 27 Oct 2024 04:30 Europe/Berlin",
                ),
                (
                    "2024-10-27T02:30+01:00[Europe/Berlin]/2024-10-27T04:30",
                    "27 Oct 2024 02:30 +01:00 Europe/Berlin – 27 Oct 2024 04:30 Europe/Berlin",
                ),
            ],
        );
    }

    #[test]
    fn whoever_says_which_is_not_asked() {
        for text in [
            "2024-10-27T02:30+02:00[Europe/Berlin]",
            "2024-10-27T01:59[Europe/Berlin]",
            "2024-10-27T03:00[Europe/Berlin]",
            "2024-10-27T02:30:00+02:00",
            "2024-10-27T02:30[UTC]",
        ] {
            assert_eq!(read_phrase(text, Instant::default()), Reading::Date(Date::parse(text).unwrap()));
        }
    }

    #[test]
    fn a_file_is_read_as_it_stands() {
        assert!(Date::parse("2024-10-27T02:30[Europe/Berlin]").is_ok());
        assert!(Date::parse("2024-03-31T02:30[Europe/Berlin]").is_err());
    }

    proptest! {
        #[test]
        fn every_choice_is_one_moment(minutes in 0i64..2 * 366 * 24 * 60, pick in 0usize..5) {
            let zone = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Europe/Dublin", "Asia/Seoul"][pick];
            let start = Instant::from_day(crate::time::CivilDay::new(2024, 1, 1)).unwrap();
            let time = Timed::from_civil(start.saturating_add(minutes * Instant::MINUTE));
            let text = Timed { second: None, zone: Some(Zone::parse(zone).unwrap()), ..time }.to_string();
            let dates = match read_phrase(&text, start) {
                Reading::Date(date) => vec![date],
                Reading::Ambiguous(ways) => ways.into_iter().map(|(date, _)| date).collect(),
                Reading::None(error) => return Err(TestCaseError::fail(format!("{text}: {error}"))),
            };
            for date in &dates {
                let extent = date.extent(Zone::UTC);
                let (Some(from), Some(to)) = (extent.earliest_start.instant(), extent.latest_end.instant()) else {
                    return Err(TestCaseError::fail("no moment"));
                };
                prop_assert_eq!(to.saturating_since(from), Instant::MINUTE);
            }
        }
    }
}
