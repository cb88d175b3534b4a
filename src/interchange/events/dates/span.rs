//! A start and an end as one date.

use crate::interchange::events::question::Ranges;
use crate::time::{Date, Zone};

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
    // Times do not stand in every date: then the days do, which say less and nothing wrong.
    let day = |date: &Date| date.as_str().split('T').next().unwrap_or_default().to_owned();
    let (first, last) = (day(&start), day(&end));
    let text = if first == last { first } else { joined(&first, &last) };
    Date::parse(&text).map_or(Span::Apart(start), Span::Date)
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
            ("2024-10", "2024", "2024-10/2024", "[2024-10..2024]"),
            ("2024-10-24", "", "2024-10-24", "2024-10-24"),
            ("", "1945", "/1945", "[..1945]"),
            ("2024-10-24", "2024-10-24", "2024-10-24", "2024-10-24"),
            ("2024-10-24", "2024-10-23", "reversed 2024-10-24", "reversed 2024-10-24"),
            ("2024-10-24T10:00Z", "2024-10-24T12:00Z", "2024-10-24T10:00Z/2024-10-24T12:00Z", "2024-10-24"),
            ("2024-10-24T10:00Z", "2024-10-26", "2024-10-24/2024-10-26", "[2024-10-24..2024-10-26]"),
            ("", "", "nothing", "nothing"),
        ] {
            assert_eq!(joined(start, end, Ranges::Lasted), lasted, "{start} {end}");
            assert_eq!(joined(start, end, Ranges::Within), within, "{start} {end}");
        }
    }
}
