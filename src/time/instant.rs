//! A point on the time axis, and the civil day it falls on (proleptic Gregorian).

use serde::Serialize;

/// Microseconds since 1970-01-01T00:00:00Z, proleptic Gregorian, without leap seconds.
///
/// Reaches some 292,000 years to either side of 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Instant(i64);

impl Instant {
    /// Microseconds in a second.
    pub const SECOND: i64 = 1_000_000;
    /// Microseconds in a minute.
    pub const MINUTE: i64 = 60 * Self::SECOND;
    /// Microseconds in an hour.
    pub const HOUR: i64 = 60 * Self::MINUTE;
    /// Microseconds in a day.
    pub const DAY: i64 = 24 * Self::HOUR;
    /// The earliest instant.
    pub const MIN: Self = Self(i64::MIN);
    /// The latest instant.
    pub const MAX: Self = Self(i64::MAX);

    /// The instant `micros` microseconds after 1970-01-01T00:00:00Z.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds after 1970-01-01T00:00:00Z.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// The start of a civil day; none where it lies beyond the axis.
    pub fn from_day(day: CivilDay) -> Option<Self> {
        day.number().checked_mul(Self::DAY).map(Self)
    }

    /// The civil day it falls on.
    pub fn day(self) -> CivilDay {
        CivilDay::from_number(self.0.div_euclid(Self::DAY))
    }

    /// Microseconds since the start of its day.
    pub const fn micros_of_day(self) -> i64 {
        self.0.rem_euclid(Self::DAY)
    }

    /// Later by `micros` (earlier where negative), stopping at the ends of the axis.
    pub const fn saturating_add(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// Microseconds from `earlier` to `self`, stopping at the ends of `i64`.
    pub const fn saturating_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A day of the proleptic Gregorian calendar with astronomical years (0 is 1 BCE). Ordered by calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDay {
    /// Astronomical year.
    pub year: i64,
    /// 1–12.
    pub month: u8,
    /// 1–31.
    pub day: u8,
}

impl CivilDay {
    /// The day `year`-`month`-`day`; the caller keeps month and day in range.
    pub const fn new(year: i64, month: u8, day: u8) -> Self {
        Self { year, month, day }
    }

    /// Days since 1970-01-01, stopping at the ends of `i64`.
    pub fn number(self) -> i64 {
        let wide = self.number_wide();
        i64::try_from(wide).unwrap_or(if wide < 0 { i64::MIN } else { i64::MAX })
    }

    /// Days since 1970-01-01 for any `i64` year. Howard Hinnant, "chrono-compatible low-level date algorithms"
    /// (days_from_civil).
    pub(super) fn number_wide(self) -> i128 {
        // Years begin in March, and no number is wide before the last line: wide ones are slow to divide.
        let (mut era, mut year_of_era) = (self.year.div_euclid(400), self.year.rem_euclid(400));
        if self.month <= 2 {
            (era, year_of_era) = if year_of_era == 0 { (era - 1, 399) } else { (era, year_of_era - 1) };
        }
        let month_from_march = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        i128::from(era) * 146_097 + i128::from(day_of_era - 719_468)
    }

    /// The day `number` days after 1970-01-01 (civil_from_days, same source).
    pub fn from_number(number: i64) -> Self {
        let shifted = number.saturating_add(719_468);
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        // Both lie in calendar range by the arithmetic above.
        Self { year, month: u8::try_from(month).unwrap_or(1), day: u8::try_from(day).unwrap_or(1) }
    }

    /// Day of the ISO week: 1 is Monday, 7 is Sunday.
    pub fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        u8::try_from((self.number_wide() + 3).rem_euclid(7)).unwrap_or(0) + 1
    }

    /// ISO 8601 week date: the year the week belongs to and its number, 1–53.
    pub fn iso_week(self) -> (i64, u8) {
        let thursday = Self::from_number(self.number().saturating_add(4 - i64::from(self.weekday())));
        let first = Self::new(thursday.year, 1, 1).number();
        let week = thursday.number().saturating_sub(first) / 7 + 1;
        (thursday.year, u8::try_from(week).unwrap_or(1))
    }

    /// The whole months from this day to a later one, and whether days are left over. A month is over on the day of the same number, in a
    /// shorter month on its last: that is where [`Date::shifted`](super::Date::shifted) leads too.
    pub fn months_until(self, later: Self) -> (i64, bool) {
        let of = |day: Self| day.year.saturating_mul(12).saturating_add(i64::from(day.month));
        let months = of(later).saturating_sub(of(self));
        let due = self.day.min(Self::days_in_month(later.year, later.month));
        (if due <= later.day { months } else { months - 1 }, due != later.day)
    }

    /// Days in a month of the proleptic Gregorian calendar.
    pub fn days_in_month(year: i64, month: u8) -> u8 {
        match month {
            4 | 6 | 9 | 11 => 30,
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            _ => 31,
        }
    }
}

impl std::fmt::Display for CivilDay {
    /// `YYYY-MM-DD`, with `-` before the year where negative and more digits where it needs them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}-{:02}-{:02}", self.year.unsigned_abs(), self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn weeks_are_those_of_iso_8601() {
        assert_eq!(CivilDay::new(2024, 10, 24).weekday(), 4);
        assert_eq!(CivilDay::new(2024, 12, 30).iso_week(), (2025, 1));
        assert_eq!(CivilDay::new(2021, 1, 3).iso_week(), (2020, 53));
        assert_eq!(CivilDay::new(-43, 3, 15).weekday(), 5);
    }

    #[test]
    fn years_beyond_the_axis_have_no_instant() {
        assert_eq!(Instant::from_day(CivilDay::new(i64::MAX, 12, 31)), None);
        assert_eq!(Instant::from_day(CivilDay::new(-292_278, 1, 1)), None);
        assert_eq!(CivilDay::new(i64::MIN, 1, 1).number(), i64::MIN);
        assert!(Instant::from_day(CivilDay::new(292_000, 1, 1)).is_some());
    }

    proptest! {
        #[test]
        fn a_day_and_its_number_are_inverses(number in -100_000_000i64..100_000_000) {
            let day = CivilDay::from_number(number);
            prop_assert_eq!(day.number(), number);
            prop_assert!((1..=12).contains(&day.month));
            prop_assert!((1..=CivilDay::days_in_month(day.year, day.month)).contains(&day.day));
        }
    }
}
