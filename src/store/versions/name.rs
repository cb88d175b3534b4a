//! The file name of an earlier version: a number and the moment at which it was kept.
//!
//! `000012-20261129T142530Z.ron`: the number gives the order, whatever the clock did meanwhile; the moment is in the basic
//! format of ISO 8601, in UTC, because some file systems allow no colon in a name.

use std::fmt;

use crate::time::{CivilDay, Instant};

/// How the names of versions end: they are timelines and may be opened as such.
const SUFFIX: &str = ".ron";

/// Digits of a number, at least.
const DIGITS: usize = 6;

/// The name of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct VersionName {
    /// The number in its history, from 1.
    pub number: u64,
    /// When it was kept, to the second.
    pub at: Instant,
}

impl VersionName {
    /// The name of a version that is kept at a moment; a moment that has no such stamp gives the nearest one.
    pub fn new(number: u64, at: Instant) -> Self {
        let end_of_9999 = 253_402_300_799 * Instant::SECOND;
        let second = at.micros().clamp(0, end_of_9999).div_euclid(Instant::SECOND);
        Self { number, at: Instant::from_micros(second * Instant::SECOND) }
    }

    /// Reads a name. Nothing else than what [`Self::new`] writes is one: by this files are told that may be removed.
    pub fn parse(name: &str) -> Option<Self> {
        let (number, stamp) = name.strip_suffix(SUFFIX)?.split_once('-')?;
        let digits = |range: std::ops::Range<usize>| stamp.get(range).and_then(|digits| digits.parse::<u8>().ok());
        let year = stamp.get(0..4)?.parse().ok()?;
        let start = Instant::from_day(CivilDay::new(year, digits(4..6)?, digits(6..8)?))?;
        let [hour, minute, second] = [digits(9..11)?, digits(11..13)?, digits(13..15)?].map(i64::from);
        let of_day = hour * Instant::HOUR + minute * Instant::MINUTE + second * Instant::SECOND;
        let read = Self { number: number.parse().ok()?, at: start.saturating_add(of_day) };
        (read.to_string() == name).then_some(read)
    }
}

impl fmt::Display for VersionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, second) = (self.at.day(), self.at.micros_of_day() / Instant::SECOND);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{:0DIGITS$}-{:04}{:02}{:02}", self.number, day.year, day.month, day.day)?;
        write!(f, "T{hour:02}{minute:02}{second:02}Z{SUFFIX}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_says_number_and_moment() {
        let at = Instant::from_day(CivilDay::new(2026, 11, 29)).unwrap().saturating_add(51_930_250_000);
        let name = VersionName::new(12, at).to_string();
        assert_eq!(name, "000012-20261129T142530Z.ron");
        assert_eq!(VersionName::parse(&name), Some(VersionName::new(12, at)));
    }

    #[test]
    fn names_that_others_gave_are_none() {
        for name in [
            "",
            "t.ron",
            "000012.ron",
            "12-20261129T142530Z.ron",
            "000012-20261129T142530Z.ron.bak",
            "000012-20261329T142530Z.ron",
            "000012-20261129T992530Z.ron",
            "000012-20261129 142530Z.ron",
            "000012-2026112öT142530Z.ron",
            "+00012-20261129T142530Z.ron",
        ] {
            assert_eq!(VersionName::parse(name), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn writing_and_reading_are_inverses(number: u64, micros: i64) {
            let name = VersionName::new(number, Instant::from_micros(micros));
            prop_assert_eq!(VersionName::parse(&name.to_string()), Some(name));
        }
    }
}
