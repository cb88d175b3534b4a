//! Dates that give a year, a month or a day and say nothing else of it, as most do: kept by value, so that reading, copying
//! and placing one costs no look at another place in memory.

use edtf_core::{DateField, Qualifier, Year, YearKind};

use super::{CivilDay, Edge, Instant};

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: a date of EDTF level 0 (ISO 8601 calendar date, extended format), years 0 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Plain {
    /// As it is written, then zeros.
    text: [u8; LONGEST],
    year: u16,
    /// 1–12; 0 where it gives the year alone.
    month: u8,
    /// 1–31; 0 where it gives none.
    day: u8,
}

const LONGEST: usize = "YYYY-MM-DD".len();

impl Plain {
    /// Reads a text that is such a date; what is not may still be a date of another form.
    pub fn read(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0, |number: u16, byte| {
                let digit = byte.wrapping_sub(b'0');
                (digit < 10).then_some(10 * number + u16::from(digit))
            })
        };
        let (year, rest) = bytes.split_at_checked("YYYY".len())?;
        let year = number(year)?;
        let part = |of: &[u8]| match of {
            [b'-', tens, ones] => number(&[*tens, *ones]).and_then(|number| u8::try_from(number).ok()),
            _ => None,
        };
        let (month, day) = match rest.len() {
            0 => (0, 0),
            3 => (part(rest)?, 0),
            6 => {
                let (month, day) = rest.split_at(3);
                (part(month)?, part(day)?)
            }
            _ => return None,
        };
        let is_given = match rest.len() {
            0 => true,
            3 => (1..=12).contains(&month),
            _ => (1..=12).contains(&month) && (1..=CivilDay::days_in_month(i64::from(year), month)).contains(&day),
        };
        let mut text = [0; LONGEST];
        text.get_mut(..bytes.len())?.copy_from_slice(bytes);
        is_given.then_some(Self { text, year, month, day })
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        let length = match (self.month, self.day) {
            (0, _) => "YYYY".len(),
            (_, 0) => "YYYY-MM".len(),
            _ => LONGEST,
        };
        self.text.get(..length).and_then(|text| str::from_utf8(text).ok()).unwrap_or_default()
    }

    /// Its year, its month and its day, as far as it gives them.
    pub fn parts(&self) -> (i64, Option<u8>, Option<u8>) {
        (i64::from(self.year), (self.month > 0).then_some(self.month), (self.day > 0).then_some(self.day))
    }

    /// What the EDTF crate reads it as.
    pub fn edtf(&self) -> edtf_core::Date {
        let digit = |at: usize| self.text.get(at).map(|byte| byte.wrapping_sub(b'0'));
        let qualifier = Qualifier::default();
        let field = |at: usize| DateField { digits: [digit(at), digit(at + 1)], qualifier };
        edtf_core::Date {
            year: Year {
                kind: YearKind::Standard { negative: false, digits: [digit(0), digit(1), digit(2), digit(3)] },
                significant_digits: None,
                qualifier,
            },
            month: (self.month > 0).then(|| field("YYYY-".len())),
            day: (self.day > 0).then(|| field("YYYY-MM-".len())),
        }
    }

    /// Its first instant, and the first after it.
    pub fn edges(&self) -> (Edge, Edge) {
        let year = i64::from(self.year);
        let first = CivilDay::new(year, self.month.max(1), self.day.max(1)).number();
        let next = match (self.month, self.day) {
            (0 | 12, 0) => CivilDay::new(year + 1, 1, 1).number(),
            (month, 0) => CivilDay::new(year, month + 1, 1).number(),
            _ => first + 1,
        };
        let edge = |day: i64| Edge::At(Instant::from_micros(day * Instant::DAY));
        (edge(first), edge(next))
    }
}

#[cfg(test)]
mod tests {
    use edtf_core::Edtf;

    use super::*;
    use crate::time::DayBound;
    use crate::time::coverage::day_edges;

    /// Every day and month of some years, and numbers beside them that are none.
    fn texts() -> impl Iterator<Item = String> {
        let years = [0, 1, 4, 99, 100, 400, 999, 1582, 1600, 1900, 1969, 1970, 2000, 2023, 2024, 2100, 9999];
        years.into_iter().flat_map(|year| {
            let months = (0..=42).map(move |month| format!("{year:04}-{month:02}"));
            let days =
                (0..=13).flat_map(move |month| (0..=32).map(move |day| format!("{year:04}-{month:02}-{day:02}")));
            std::iter::once(format!("{year:04}")).chain(months).chain(days)
        })
    }

    #[test]
    fn plain_dates_are_those_of_the_crate_without_seasons_and_mean_the_same() {
        for text in texts() {
            let read = Edtf::parse(&text).ok();
            let is_season = |date: &edtf_core::Date| date.precision() == edtf_core::Precision::Season;
            let expected = match &read {
                Some(Edtf::Date(date)) if !is_season(date) => Some(*date),
                _ => None,
            };
            let plain = Plain::read(&text);
            assert_eq!(plain.map(|plain| plain.edtf()), expected, "{text}");
            let Some(plain) = plain else { continue };
            assert_eq!(plain.as_str(), text);
            let bounds = day_edges(&plain.edtf());
            let (DayBound::Day(first), DayBound::Day(last)) = (bounds.earliest, bounds.latest) else {
                panic!("{text}")
            };
            let edge = |number: i64| Edge::At(Instant::from_micros(number * Instant::DAY));
            assert_eq!(plain.edges(), (edge(first.number()), edge(last.number() + 1)), "{text}");
        }
    }

    #[test]
    fn what_says_more_or_is_written_otherwise_is_not_plain() {
        let others = [
            "",
            "-",
            "20",
            "202",
            "20245",
            "-2024",
            "Y2024",
            "2024-",
            "2024-1",
            "2024-6-1",
            "2024-06-",
            "2024-06-0",
            "20240609",
            "2024/06",
            "2024-06~",
            "2024-06?",
            "2024-XX",
            "202X",
            "2024-06-XX",
            "2024-06-09T",
            "2024-06-09T10:00:00Z",
            "2024-06-09 ",
            " 2024",
            "２０２４",
            "2024-06é",
            "+024",
            "2024-0:",
            "2024S2",
            "2024-06-31",
            "2023-02-29",
            "1900-02-29",
        ];
        for text in others {
            assert_eq!(Plain::read(text), None, "{text}");
        }
    }
}
