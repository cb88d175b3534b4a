//! Year, month, day, time and zone of a date, as cells give them one by one.

use std::fmt::Write as _;

use smol_str::SmolStr;

use crate::interchange::events::question::Padded;
use crate::time::{Date, Instant};

/// What is known of a date: each part only where the coarser ones are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The year; 0 is 1 BC.
    pub year: i64,
    /// 1–12.
    pub month: Option<u8>,
    /// 1–31.
    pub day: Option<u8>,
    /// The time of day.
    pub clock: Option<Clock>,
    /// The zone of the time, as it is written behind one: `Z`, `+02:00`, `[Europe/Berlin]`.
    pub zone: Option<SmolStr>,
}

/// A time of day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// 0–23.
    pub hour: u8,
    /// 0–59.
    pub minute: u8,
    /// 0–59.
    pub second: Option<u8>,
    /// Digits of a fraction of a second.
    pub fraction: SmolStr,
}

impl Clock {
    /// Whether it is 00:00:00, as far as it goes.
    pub fn is_midnight(&self) -> bool {
        self.hour == 0
            && self.minute == 0
            && self.second.unwrap_or_default() == 0
            && self.fraction.bytes().all(|digit| digit == b'0')
    }
}

impl Parts {
    /// A day.
    pub const fn day(year: i64, month: u8, day: u8) -> Self {
        Self { year, month: Some(month), day: Some(day), clock: None, zone: None }
    }

    /// A moment in UTC, to the second, with the digits of a fraction.
    pub fn moment(at: Instant, fraction: &str) -> Self {
        let day = at.day();
        let midnight = Instant::from_day(day).unwrap_or(at);
        let seconds = at.saturating_since(midnight) / Instant::SECOND;
        let part = |of: i64| u8::try_from(of).unwrap_or_default();
        let clock = Clock {
            hour: part(seconds / 3600),
            minute: part(seconds / 60 % 60),
            second: Some(part(seconds % 60)),
            fraction: fraction.trim_end_matches('0').into(),
        };
        Self { clock: Some(clock), zone: Some(SmolStr::new_static("Z")), ..Self::day(day.year, day.month, day.day) }
    }

    /// Takes out what only fills it up.
    pub fn without(mut self, padded: &[Padded]) -> Self {
        // From the finest: a midnight on the first of January is a year once midnight and the first are nothing.
        for pad in Padded::ALL.into_iter().filter(|pad| padded.contains(pad)) {
            match pad {
                Padded::Midnight if self.clock.as_ref().is_some_and(Clock::is_midnight) => {
                    (self.clock, self.zone) = (None, None);
                }
                // 1 January is a month only where it is not to be a year.
                Padded::FirstOfMonth | Padded::Fifteenth if self.clock.is_none() => {
                    let day = if pad == Padded::FirstOfMonth { 1 } else { 15 };
                    let is_new_year = padded.contains(&Padded::NewYear) && self.month == Some(1) && day == 1;
                    if self.day == Some(day) && !is_new_year {
                        self.day = None;
                    }
                }
                Padded::NewYear if self.clock.is_none() && self.month == Some(1) && self.day == Some(1) => {
                    (self.month, self.day) = (None, None);
                }
                _ => {}
            }
        }
        self
    }

    /// As EDTF has it, or ISO 8601 where it has a time.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(32);
        let year = self.year;
        let _ = match year {
            0..=9999 => write!(text, "{year:04}"),
            -9999..0 => write!(text, "-{:04}", -year),
            _ => write!(text, "Y{year}"),
        };
        let Some(month) = self.month else { return text };
        let _ = write!(text, "-{month:02}");
        let Some(day) = self.day else { return text };
        let _ = write!(text, "-{day:02}");
        let Some(clock) = &self.clock else { return text };
        let _ = write!(text, "T{:02}:{:02}", clock.hour, clock.minute);
        if let Some(second) = clock.second {
            let _ = write!(text, ":{second:02}");
            if !clock.fraction.is_empty() {
                let _ = write!(text, ".{}", clock.fraction);
            }
        }
        text.push_str(self.zone.as_deref().unwrap_or_default());
        text
    }

    /// The date; none where there is no such day or time.
    pub fn date(&self) -> Option<Date> {
        Date::parse(&self.text()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fills_a_date_up_goes_from_the_finest() {
        use Padded::{Fifteenth, FirstOfMonth, Midnight, NewYear};
        let midnight = |month, day| Parts {
            clock: Some(Clock { hour: 0, minute: 0, second: Some(0), fraction: SmolStr::default() }),
            zone: Some("Z".into()),
            ..Parts::day(2024, month, day)
        };
        for (parts, padded, text) in [
            (midnight(5, 1), &[][..], "2024-05-01T00:00:00Z"),
            (midnight(5, 1), &[Midnight], "2024-05-01"),
            (midnight(5, 1), &[FirstOfMonth], "2024-05-01T00:00:00Z"),
            (midnight(5, 1), &[Midnight, FirstOfMonth], "2024-05"),
            (midnight(1, 1), &[Midnight, FirstOfMonth], "2024-01"),
            (midnight(1, 1), &[Midnight, FirstOfMonth, NewYear], "2024"),
            (Parts::day(2024, 1, 1), &[NewYear], "2024"),
            (Parts::day(2024, 5, 1), &[NewYear], "2024-05-01"),
            (Parts::day(2024, 5, 15), &[FirstOfMonth, Fifteenth], "2024-05"),
            (Parts::day(-43, 3, 15), &[], "-0043-03-15"),
        ] {
            assert_eq!(parts.clone().without(padded).text(), text, "{parts:?} {padded:?}");
        }
    }
}
