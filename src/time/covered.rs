//! The time that several dates cover, from the first day to the last, with sides that are open.

use super::{Date, Edge, Extent, Instant, Precision, Zone};

/// What several extents cover at most. An open side is open for all of them: "21 Oct 2024 – open".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Covered {
    /// The first instant that is given, and the first after all that are.
    given: Option<(Instant, Instant)>,
    open_start: bool,
    open_end: bool,
}

impl Covered {
    /// Takes in one more. Of what it gives, only what lies within a window counts, where there is one.
    pub fn take_in(&mut self, extent: &Extent, window: Option<(Instant, Instant)>) {
        self.open_start |= extent.earliest_start == Edge::Open;
        self.open_end |= extent.latest_end == Edge::Open;
        // What ends is given by the first instant after it. Where no end is given, the instant at which it can begin, or end at
        // the earliest, is covered itself.
        let ends = [extent.latest_start, extent.latest_end].into_iter().filter_map(Edge::instant);
        let within = [extent.earliest_start, extent.earliest_end].into_iter().filter_map(Edge::instant);
        let past = ends.clone().chain(within.clone().map(|instant| instant.saturating_add(1))).max();
        let first = within.chain(ends.map(|instant| instant.saturating_add(-1))).min();
        let Some((mut first, mut past)) = first.zip(past) else { return };
        if let Some((start, end)) = window {
            first = first.max(start).min(end.saturating_add(-1).max(start));
            past = past.min(end).max(first.saturating_add(1));
        }
        self.given = Some(self.given.map_or((first, past), |(a, b)| (a.min(first), b.max(past))));
    }

    /// Whether it is open on a side.
    pub const fn is_open(&self) -> bool {
        self.open_start || self.open_end
    }

    /// In words, no finer than is of use over so long a time: "21 Oct 2024 – 2 Nov 2024", "Jun 2024 – Mar 2025", "1961 – open".
    /// None where no side is known.
    pub fn describe(&self, zone: Zone) -> Option<String> {
        let (first, last) = match self.given {
            _ if self.open_start && self.open_end => return Some("open at both ends".to_owned()),
            Some((first, past)) => (first, past.saturating_add(-1).max(first)),
            None => return None,
        };
        let precision = match last.saturating_since(first) / Instant::DAY {
            0..=92 => Precision::Day,
            93..=1_096 => Precision::Month,
            _ => Precision::Year,
        };
        let words = |instant: Instant| Date::at_precision(instant, precision, zone).describe();
        let (first, last) = (words(first), words(last));
        Some(match (self.open_start, self.open_end) {
            (true, _) => format!("open – {last}"),
            (_, true) => format!("{first} – open"),
            _ if first == last => first,
            _ => format!("{first} – {last}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::CivilDay;

    fn covered(dates: &[&str], window: Option<(Instant, Instant)>) -> Option<String> {
        let mut covered = Covered::default();
        for date in dates {
            covered.take_in(&Date::parse(date).unwrap().extent(Zone::UTC), window);
        }
        covered.describe(Zone::UTC)
    }

    #[test]
    fn from_the_first_day_to_the_last() {
        let cases: [(&[&str], &str); 8] = [
            (&["2024-10-21", "2024-11-02"], "21 Oct 2024 – 2 Nov 2024"),
            (&["2024-11-02"], "2 Nov 2024"),
            (&["2024-11-02T10:00"], "2 Nov 2024"),
            (&["2024-10-21/2024-11-02"], "21 Oct 2024 – 2 Nov 2024"),
            (&["2024-06", "2024-11-02"], "Jun 2024 – Nov 2024"),
            (&["1961", "2025-04-28"], "1961 – 2025"),
            (&["2024-10-21", "2024-11-03/"], "21 Oct 2024 – 3 Nov 2024"),
            (&["/2024-10-21", "2024-11-02"], "21 Oct 2024 – 2 Nov 2024"),
        ];
        for (dates, words) in cases {
            assert_eq!(covered(dates, None).as_deref(), Some(words), "{dates:?}");
        }
        assert_eq!(covered(&[], None), None);
    }

    #[test]
    fn open_sides_are_said() {
        let cases: [(&[&str], &str); 7] = [
            (&["2024-10-21", "2024-11-02", "[2024-11-03..]"], "21 Oct 2024 – open"),
            (&["2024-10-21", "2024-10-25/..", "2024-11-02"], "21 Oct 2024 – open"),
            (&["2024-10-25/.."], "25 Oct 2024 – open"),
            (&["[2024-11-03..]"], "3 Nov 2024 – open"),
            (&["[..2024-11-03]", "2024-11-01"], "open – 3 Nov 2024"),
            (&["../2024-10-21", "2024-11-02"], "open – 2 Nov 2024"),
            (&["../2024-10-21", "2024-11-02/.."], "open at both ends"),
        ];
        for (dates, words) in cases {
            assert_eq!(covered(dates, None).as_deref(), Some(words), "{dates:?}");
        }
    }

    #[test]
    fn of_a_window_no_more_than_lies_in_it() {
        let day = |month, day| Instant::from_day(CivilDay::new(2024, month, day)).unwrap();
        let window = Some((day(10, 20), day(11, 2)));
        assert_eq!(covered(&["2024-10", "2024-11-01"], window).as_deref(), Some("20 Oct 2024 – 1 Nov 2024"));
        assert_eq!(covered(&["2024-10-25/.."], window).as_deref(), Some("25 Oct 2024 – open"));
        assert_eq!(covered(&["2024-10/2024-12"], window).as_deref(), Some("20 Oct 2024 – 1 Nov 2024"));
    }
}
