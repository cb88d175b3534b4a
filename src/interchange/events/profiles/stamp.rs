//! Points in time as programs write them: `2012-03-14 04:17:38.276340+00:00`, a year with its month and day, a count of
//! microseconds. They become EDTF or ISO 8601 texts, which [`Date::parse`] judges.

use crate::time::{CivilDay, Date, Instant};

/// A day, month or year, with the time of day as far as it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    /// As EDTF has it, `-0043-03-15`.
    pub day: String,
    /// `04:17:38.276340`, to the minute at least.
    pub clock: Option<String>,
    /// `Z`, `+09:00`, `[Europe/Moscow]`, or nothing.
    pub zone: String,
}

impl Stamp {
    /// Reads `[-]Y-M-D`, with `H:M[:S[.f]]` behind a blank or a T, and with `Z`, `UTC` or an offset behind that. Years are
    /// astronomical; month and day may be missing, and stand for no more than they say.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (day, rest) = match text.find(['T', 't', ' ']) {
            Some(at) => (text.get(..at)?, text.get(at + 1..)?.trim()),
            None => (text, ""),
        };
        let (sign, digits) = day.strip_prefix('-').map_or((1, day.trim_start_matches('+')), |digits| (-1, digits));
        let mut parts = digits.split('-').map(number);
        let year = i64::try_from(parts.next()??).ok()? * sign;
        let month = parts.next().map(|month| month.and_then(|month| u8::try_from(month).ok()));
        let day = parts.next().map(|day| day.and_then(|day| u8::try_from(day).ok()));
        let (month, day) = match (month, day, parts.next()) {
            (None, None, None) => (None, None),
            (Some(Some(month)), None, None) => (Some(month), None),
            (Some(Some(month)), Some(Some(day)), None) => (Some(month), Some(day)),
            _ => return None,
        };
        let stamp = Self::of_numbers(year, month, day)?;
        if rest.is_empty() { Some(stamp) } else { stamp.with_clock(rest) }
    }

    /// A year, which is astronomical, with its month and day.
    pub fn of_numbers(year: i64, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        // A month beyond twelve would be a season to EDTF.
        if month.is_some_and(|month| !(1..=12).contains(&month)) {
            return None;
        }
        let year = year_text(year);
        let day = match (month, day) {
            (None, None) => year,
            (Some(month), None) => format!("{year}-{month:02}"),
            (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
            (None, Some(_)) => return None,
        };
        Date::parse(&day).ok()?;
        Some(Self { day, clock: None, zone: String::new() })
    }

    /// The moment so many microseconds after the beginning of 1970 in UTC, with as many digits as the number has.
    pub fn of_micros(micros: i64, is_fine: bool) -> Option<Self> {
        let moment = Instant::from_micros(micros);
        let CivilDay { year, month, day } = moment.day();
        let of_day = moment.micros_of_day();
        let (seconds, fraction) = (of_day / Instant::SECOND, of_day % Instant::SECOND);
        let clock = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        let clock = if is_fine { format!("{clock}.{fraction:06}") } else { clock };
        let stamp = Self::of_numbers(year, Some(month), Some(day))?;
        Some(Self { clock: Some(clock), zone: "Z".to_owned(), ..stamp })
    }

    /// The same day at a time of it: `H:M[:S[.f]]`, perhaps with `AM` or `PM` and a zone. None where it has none, or the
    /// date is no day.
    pub fn with_clock(mut self, text: &str) -> Option<Self> {
        let text = text.trim();
        let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ','))).unwrap_or(text.len());
        let (clock, rest) = text.split_at_checked(end)?;
        let rest = rest.trim();
        let (half, zone) = match rest.get(..2).map(str::to_ascii_uppercase).as_deref() {
            Some(half @ ("AM" | "PM")) => (Some(half == "PM"), rest.get(2..)?.trim()),
            _ => (None, rest),
        };
        let (whole, fraction) = clock.find(['.', ',']).map_or((clock, ""), |at| clock.split_at(at));
        let mut parts = whole.split(':').map(number);
        let hour = parts.next()??;
        let minute = parts.next()??;
        let second = match parts.next() {
            Some(second) => Some(second?),
            None => None,
        };
        let hour = match half {
            Some(is_afternoon) if (1..=12).contains(&hour) => hour % 12 + if is_afternoon { 12 } else { 0 },
            Some(_) => return None,
            None => hour,
        };
        let mut clock = format!("{hour:02}:{minute:02}");
        if let Some(second) = second {
            clock += &format!(":{second:02}{}", fraction.replace(',', "."));
        }
        self.clock = Some(clock);
        self.zone = zone_text(zone)?;
        // Where the year has no times, the time itself is judged on a day that has them.
        let day = if self.has_times() { self.day.as_str() } else { "2000-01-01" };
        let is_time =
            self.day.len() > 7 && Date::parse(&format!("{day}T{}{}", self.clock.as_deref()?, self.zone)).is_ok();
        (parts.next().is_none() && is_time).then_some(self)
    }

    /// Whether its year is one of those that a time of day can be said of: 0 to 9999.
    fn has_times(&self) -> bool {
        self.day.starts_with(|c: char| c.is_ascii_digit())
    }

    /// As EDTF or ISO 8601 has it. A time in a year that has none is its day.
    pub fn text(&self) -> String {
        match &self.clock {
            Some(clock) if self.has_times() => format!("{}T{clock}{}", self.day, self.zone),
            _ => self.day.clone(),
        }
    }

    pub fn date(&self) -> Option<Date> {
        Date::parse(&self.text()).ok()
    }

    /// Whether its clock shows midnight, to the second and beyond.
    pub fn is_midnight(&self) -> bool {
        self.clock.as_deref().is_some_and(|clock| clock.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.')))
    }

    /// Its day without the time.
    pub fn on_day(&self) -> Self {
        Self { day: self.day.clone(), clock: None, zone: String::new() }
    }
}

/// A year as EDTF has it.
pub(super) fn year_text(year: i64) -> String {
    match year {
        0..=9999 => format!("{year:04}"),
        -9999..0 => format!("-{:04}", -year),
        _ => format!("Y{year}"),
    }
}

/// What stands behind a time for its zone, as ISO 8601 has it; none where it is no zone.
pub(super) fn zone_text(text: &str) -> Option<String> {
    match text {
        "" => return Some(String::new()),
        "Z" | "z" | "UTC" | "GMT" => return Some("Z".to_owned()),
        _ => {}
    }
    if let Some(digits) = text.strip_prefix(['+', '-']) {
        let digits: String = digits.chars().filter(|c| *c != ':').collect();
        let padded = match digits.len() {
            1 => format!("0{digits}00"),
            2 => format!("{digits}00"),
            4 => digits,
            _ => return None,
        };
        let (hours, minutes) = padded.split_at_checked(2)?;
        let is_number = padded.bytes().all(|byte| byte.is_ascii_digit());
        return is_number.then(|| format!("{}{hours}:{minutes}", text.get(..1).unwrap_or_default()));
    }
    let name = text.trim_start_matches('[').trim_end_matches(']');
    let zone = crate::time::Zone::parse(name).ok()?;
    Some(format!("[{}]", zone.name()))
}

/// A number of digits alone.
fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_say_no_more_than_was_written() {
        let cases = [
            ("2012-03-14 04:17:38.276340+00:00", Some("2012-03-14T04:17:38.276340+00:00")),
            ("2012-03-14T04:17:38Z", Some("2012-03-14T04:17:38Z")),
            ("2012-03-14 04:17", Some("2012-03-14T04:17")),
            ("2012-3-4", Some("2012-03-04")),
            ("2012-03", Some("2012-03")),
            ("602", Some("0602")),
            ("-43-03-15 00:00:00", Some("-0043-03-15")),
            ("-43-03-15 25:00:00", None),
            ("2013-10 10:00", None),
            ("13800-01-01", None),
            ("2013-10-24 01:16:13.843 +09:00", Some("2013-10-24T01:16:13.843+09:00")),
            ("2013-10-24 1:16 PM", Some("2013-10-24T13:16")),
            ("2013-10-24 12:05 am -0500", Some("2013-10-24T00:05-05:00")),
            ("2013-10-24 13:16 [Europe/Moscow]", Some("2013-10-24T13:16[Europe/Moscow]")),
            ("2013-02-30", None),
            ("2022-25", None),
            ("2022-00", None),
            ("2013-10-24 25:00", None),
            ("2013-10-24 10", None),
            ("0000-00-00T00:00:00", None),
            ("soon", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Stamp::read(text).map(|stamp| stamp.text()).as_deref(), expected, "{text}");
        }
        let micros = Stamp::of_micros(1_331_698_658_276_340, true).unwrap();
        assert_eq!(micros.text(), "2012-03-14T04:17:38.276340Z");
    }
}
