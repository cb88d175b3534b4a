//! Lengths of time in words ("2 weeks", "10 business days"), and what they add to a point in time.

use crate::time::{CivilDay, Instant};

/// More of a unit than this is no length.
const MOST: i64 = 100_000;

/// A length of time. Calendar units stay what they are until they are added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Duration {
    months: i64,
    days: i64,
    work_days: i64,
    micros: i64,
}

const DAY: Duration = Duration { months: 0, days: 1, work_days: 0, micros: 0 };

/// Names of units, each with the length of one. The small m is a minute, the large one a month.
const UNITS: [(&[&str], Duration); 10] = [
    (&["ms", "millisecond", "milliseconds"], Duration { days: 0, micros: 1_000, ..DAY }),
    (&["s", "sec", "secs", "second", "seconds"], Duration { days: 0, micros: Instant::SECOND, ..DAY }),
    (&["m", "min", "mins", "minute", "minutes"], Duration { days: 0, micros: Instant::MINUTE, ..DAY }),
    (&["h", "hr", "hrs", "hour", "hours"], Duration { days: 0, micros: 60 * Instant::MINUTE, ..DAY }),
    (&["d", "day", "days"], DAY),
    (&["w", "wk", "wks", "week", "weeks"], Duration { days: 7, ..DAY }),
    (&["M", "mon", "mons", "month", "months"], Duration { days: 0, months: 1, ..DAY }),
    (&["q", "quarter", "quarters"], Duration { days: 0, months: 3, ..DAY }),
    (&["y", "yr", "yrs", "year", "years"], Duration { days: 0, months: 12, ..DAY }),
    (&["weekday", "weekdays", "workday", "workdays"], Duration { days: 0, work_days: 1, ..DAY }),
];

impl Duration {
    /// Reads numbers with their units, and nothing else.
    pub fn read(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace().peekable();
        let mut whole = Self::default();
        words.peek()?;
        while let Some(word) = words.next() {
            let digits = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
            let (number, unit) = word.split_at_checked(digits)?;
            let number: i64 = number.parse().ok().filter(|number| *number <= MOST)?;
            let unit = if unit.is_empty() { words.next()? } else { unit };
            // "week days", "work days", "business days" are two words.
            let is_two = matches!(unit.to_ascii_lowercase().as_str(), "week" | "work" | "business")
                && words.peek().is_some_and(|word| matches!(word.to_ascii_lowercase().as_str(), "day" | "days"));
            let unit = if is_two { words.next().map(|_| "weekdays")? } else { unit };
            let lower = if unit.len() > 1 { unit.to_ascii_lowercase() } else { unit.to_owned() };
            let (_, one) = UNITS.iter().find(|(names, _)| names.contains(&lower.as_str()))?;
            whole.months += one.months * number;
            whole.days += one.days * number;
            whole.work_days += one.work_days * number;
            whole.micros = whole.micros.checked_add(one.micros * number)?;
        }
        (whole.months <= MOST && whole.days <= 10 * MOST && whole.work_days <= MOST).then_some(whole)
    }

    /// Whether it is finer than days.
    pub const fn has_time(self) -> bool {
        self.micros != 0
    }

    /// The point so long after another, or before it where the sign is -1; none beyond the axis.
    pub fn added_to(self, point: Instant, sign: i64) -> Option<Instant> {
        let mut day = point.day();
        if self.months != 0 {
            let month = day.year * 12 + i64::from(day.month) - 1 + sign * self.months;
            let (year, month) = (month.div_euclid(12), u8::try_from(month.rem_euclid(12)).ok()? + 1);
            // The 31st of a month that has 30 days is its last.
            day = CivilDay::new(year, month, day.day.min(CivilDay::days_in_month(year, month)));
        }
        let mut number = day.number() + sign * self.days;
        let mut left = self.work_days;
        while left > 0 {
            number += sign;
            // Going on from the start of a day, that day is passed over; going back, the day before it.
            let passed = if sign > 0 { number - 1 } else { number };
            left -= i64::from(CivilDay::from_number(passed).weekday() < 6);
        }
        let start = Instant::from_day(CivilDay::from_number(number))?;
        Some(start.saturating_add(point.micros_of_day()).saturating_add(sign * self.micros))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_added_by_the_calendar() {
        let cases = [
            ("2 weeks", "2023-01-01", 1, Some("2023-01-15")),
            ("1 month", "2023-01-31", 1, Some("2023-02-28")),
            ("1 month", "2023-03-31", -1, Some("2023-02-28")),
            ("1 year 2 days", "2024-02-29", 1, Some("2025-03-02")),
            ("5 week days", "2022-07-13", 1, Some("2022-07-20")),
            ("2 business days", "2022-07-15", 1, Some("2022-07-19")),
            ("2 workdays", "2022-07-18", -1, Some("2022-07-14")),
            ("3d", "2022-07-15", 1, Some("2022-07-18")),
            ("2 moons", "2022-07-15", 1, None),
            ("", "2022-07-15", 1, None),
            ("9999999 days", "2022-07-15", 1, None),
        ];
        for (text, from, sign, expected) in cases {
            let (year, rest) = from.split_once('-').unwrap();
            let (month, day) = rest.split_once('-').unwrap();
            let day = CivilDay::new(year.parse().unwrap(), month.parse().unwrap(), day.parse().unwrap());
            let found = Duration::read(text).and_then(|length| length.added_to(Instant::from_day(day)?, sign));
            assert_eq!(found.map(|point| point.day().to_string()).as_deref(), expected, "{text}");
        }
        assert!(Duration::read("2 h").unwrap().has_time());
    }
}
