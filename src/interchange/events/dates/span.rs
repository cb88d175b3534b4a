//! A start and an end as one date.

use crate::interchange::events::question::Ranges;
use crate::time::{CivilDay, Date, Zone};

/// What a start and an end come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// One date.
    Date(Date),
    /// The end is over before the start begins: neither is swapped, and the start alone is taken.
    Reversed(Date),
    /// The two cannot stand in one date; the start alone is taken.
    Apart(Date),
    /// Nothing.
    Nothing,
}

/// Joins a start and an end, as an event that lasted or as one that happened once between them.
pub fn span(start: Option<Date>, end: Option<Date>, ranges: Ranges, zone: Zone) -> Span {
    let (start, end) = match (start, end) {
        (None, None) => return Span::Nothing,
        (Some(start), None) => return Span::Date(start),
        (None, Some(end)) => {
            let open = match ranges {
                Ranges::Lasted => format!("/{end}"),
                Ranges::Within => format!("[..{end}]"),
            };
            return Span::Date(Date::parse(&open).unwrap_or(end));
        }
        (Some(start), Some(end)) => (start, end),
    };
    if start == end {
        return Span::Date(start);
    }
    let is_reversed = {
        let (from, to) = (start.extent(zone).earliest_start, end.extent(zone).latest_end);
        from.instant().zip(to.instant()).is_some_and(|(from, to)| to <= from)
    };
    if is_reversed {
        return Span::Reversed(start);
    }
    let joined = |start: &str, end: &str| match ranges {
        Ranges::Lasted => format!("{start}/{end}"),
        Ranges::Within => format!("[{start}..{end}]"),
    };
    if let Ok(date) = Date::parse(&joined(start.as_str(), end.as_str())) {
        return Span::Date(date);
    }
    // A year and a month do not stand in one choice: the first and last month of the year are the same bounds.
    let text = joined(&evened(start.as_str(), end.as_str(), false), &evened(end.as_str(), start.as_str(), true));
    if let Ok(date) = Date::parse(&text) {
        return Span::Date(date);
    }
    // Times do not stand in every date: then the days do, which say less and nothing wrong.
    let day = |date: &Date| date.as_str().split('T').next().unwrap_or_default().to_owned();
    let (first, last) = (day(&start), day(&end));
    let text = if first == last { first } else { joined(&first, &last) };
    Date::parse(&text).map_or(Span::Apart(start), Span::Date)
}

/// A date written as fine as another: with the first month and day where it begins something, with the last where it ends it.
fn evened(date: &str, other: &str, is_end: bool) -> String {
    let mut text = date.to_owned();
    if !date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return text;
    }
    if text.len() == 4 && other.len() > 4 {
        text.push_str(if is_end { "-12" } else { "-01" });
    }
    if text.len() == 7 && other.len() > 7 {
        let number = |range: std::ops::Range<usize>| text.get(range).and_then(|digits| digits.parse().ok());
        let last = match (number(0..4), number(5..7).and_then(|month: i64| u8::try_from(month).ok())) {
            (Some(year), Some(month @ 1..=12)) => CivilDay::days_in_month(year, month),
            _ => 1,
        };
        text.push_str(&format!("-{:02}", if is_end { last } else { 1 }));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_and_an_end_are_one_date() {
        let joined = |start: &str, end: &str, ranges| {
            let date = |text: &str| (!text.is_empty()).then(|| Date::parse(text).unwrap());
            match span(date(start), date(end), ranges, Zone::UTC) {
                Span::Date(date) => date.as_str().to_owned(),
                Span::Reversed(date) => format!("reversed {date}"),
                Span::Apart(date) => format!("apart {date}"),
                Span::Nothing => "nothing".to_owned(),
            }
        };
        for (start, end, lasted, within) in [
            ("2024-10-24", "2024-10-26", "2024-10-24/2024-10-26", "[2024-10-24..2024-10-26]"),
            ("2024-10", "2024", "2024-10/2024", "[2024-10..2024-12]"),
            ("2024", "2024-02-05", "2024/2024-02-05", "[2024-01-01..2024-02-05]"),
            ("2024-10-24", "", "2024-10-24", "2024-10-24"),
            ("", "1945", "/1945", "[..1945]"),
            ("2024-10-24", "2024-10-24", "2024-10-24", "2024-10-24"),
            ("2024-10-24", "2024-10-23", "reversed 2024-10-24", "reversed 2024-10-24"),
            ("2024-10-24T10:00Z", "2024-10-24T12:00Z", "2024-10-24T10:00Z/2024-10-24T12:00Z", "2024-10-24"),
            ("2024-10-24T10:00Z", "2024-10-26", "2024-10-24T10:00Z/2024-10-26", "[2024-10-24..2024-10-26]"),
            ("", "", "nothing", "nothing"),
        ] {
            assert_eq!(joined(start, end, Ranges::Lasted), lasted, "{start} {end}");
            assert_eq!(joined(start, end, Ranges::Within), within, "{start} {end}");
        }
    }
}
