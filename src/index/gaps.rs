//! Gaps: long stretches of time in which nothing that is shown begins, ends or may lie.
//!
//! ```text
//!   a day            ●
//!   within a month        [░░]
//!   lasts             ▐███████████████████▓▒       its ends are in the way, what it covers between them is not
//!   gap                       └──────────┘
//! ```
//!
//! Of an era only the ends are in the way, as it is drawn.
//!
//! A gap is as exact as its dates: where an event may lie anywhere in a decade, no part of the decade is in one. What may lie
//! anywhere before or after a date, without another end, would leave no gap on that side at all: of it the date is in the way, and
//! no more. Found by looking at
//! some tens of instants of each row, so the cost does not follow the number of events.

use super::bands::Lines;
use super::entry::Reach;
use super::{Fold, Index, Selection, Tally};
use crate::model::Timeline;
use crate::time::{Date, Edge, Extent, Instant, Shape, Zone};

/// How often the search goes on with what the gaps found before have left; each time it looks for shorter ones.
const MOST_ROUNDS: usize = 16;
/// The most gaps that are looked for.
const MOST_GAPS: usize = 256;
/// Where more than this last at once in a pile, an instant counts as taken.
const MOST_LASTING: usize = 256;

/// How far what surrounds an instant leaves it free.
#[derive(Debug, Clone, Copy)]
struct Clearance {
    at: Instant,
    /// Where the last before it ends; none where there is none.
    start: Option<Instant>,
    /// Where the first after it begins.
    end: Option<Instant>,
    /// Something is, or may be, at the instant itself.
    is_taken: bool,
}

impl Clearance {
    const fn around(at: Instant) -> Self {
        Self { at, start: None, end: None, is_taken: false }
    }

    /// Takes note of something between two instants, of which the later is no part of it.
    fn add(&mut self, start: Instant, end: Instant) {
        let past = end.max(start.saturating_add(1));
        if past <= self.at {
            self.start = self.start.max(Some(past));
        } else if start > self.at {
            self.end = Some(self.end.map_or(start, |end| end.min(start)));
        } else {
            self.is_taken = true;
        }
    }

    /// Takes note of something that is over at an instant.
    fn add_end(&mut self, end: Instant) {
        if end <= self.at {
            self.start = self.start.max(Some(end));
        }
    }

    /// Takes note of where a date begins, ends or may lie.
    fn add_date(&mut self, date: &Date, zone: Zone) {
        let extent = date.extent(zone);
        match date.shape() {
            Shape::Span => {
                self.add_edges(extent.earliest_start, extent.latest_start);
                self.add_edges(extent.earliest_end, extent.latest_end);
            }
            Shape::OneOf(parts) | Shape::AllOf(parts) => {
                parts.iter().for_each(|part| self.add_whole(part));
            }
            Shape::Moment | Shape::Window => self.add_whole(&extent),
        }
    }

    /// Takes note of what may lie anywhere in an extent; of one with a single end, of that.
    fn add_whole(&mut self, extent: &Extent) {
        match (extent.earliest_start, extent.latest_end) {
            (Edge::At(known), Edge::Open | Edge::Unknown) | (Edge::Open | Edge::Unknown, Edge::At(known)) => {
                self.add(known, known);
            }
            _ => {
                if let Some(reach) = Reach::of(extent) {
                    self.add(reach.start, reach.end);
                }
            }
        }
    }

    /// Takes note of an end that lies somewhere between two edges. Of one of which nobody knows anything there is nothing to note,
    /// nor of one that never comes.
    fn add_edges(&mut self, earliest: Edge, latest: Edge) {
        match (earliest, latest) {
            (Edge::At(earliest), Edge::At(latest)) => self.add(earliest, latest),
            (Edge::At(known), Edge::Open | Edge::Unknown) | (Edge::Open | Edge::Unknown, Edge::At(known)) => {
                self.add(known, known);
            }
            (Edge::Open | Edge::Unknown, Edge::Open | Edge::Unknown) => {}
        }
    }
}

impl Index {
    /// From the first to the last instant that the events of `selection`, or all, and the eras give.
    pub fn shown_extent(&self, selection: Option<&Selection>) -> Option<(Instant, Instant)> {
        let Some(selection) = selection else { return self.extent };
        let known = |instant: &Instant| *instant != Instant::MIN && *instant != Instant::MAX;
        let of_lines = selection.lines().iter().flat_map(|lines| {
            let of_rows = lines.rows.iter().flat_map(|row| {
                let first = row.starts.iter().copied().find(known);
                first.into_iter().chain(row.ends.iter().rev().copied().find(known))
            });
            of_rows.chain(lines.pile.ends_known())
        });
        let of_eras = self.eras.iter().flat_map(|era| [era.start, era.end]).filter(known);
        let instants = of_lines.chain(of_eras);
        instants.fold(None, |extent: Option<(Instant, Instant)>, at| {
            Some(extent.map_or((at, at), |(start, end)| (start.min(at), end.max(at))))
        })
    }

    /// The gaps between what is shown of `selection`, or of all, each at least as long as a share of the time that is in none, from
    /// the earliest on. What lies before the first event or after the last is no gap.
    pub fn gaps(&self, timeline: &Timeline, selection: Option<&Selection>, share: f64) -> Vec<Fold> {
        let Some((start, end)) = self.shown_extent(selection) else { return Vec::new() };
        let mut gaps: Vec<Fold> = Vec::new();
        for _ in 0..MOST_ROUNDS {
            let left: i64 = end.saturating_since(start) - gaps.iter().map(Fold::micros).sum::<i64>();
            let least = ((left as f64 * share) as i64).max(1);
            let before = gaps.len();
            for stretch in between(&gaps, start, end) {
                gaps.extend(self.gaps_within(timeline, selection, stretch, least));
            }
            gaps.sort_by_key(|gap| gap.start);
            if gaps.len() == before || gaps.len() >= MOST_GAPS {
                break;
            }
        }
        gaps
    }

    /// The gap in which an instant lies between what is shown of `selection`, or of all.
    pub fn gap_at(&self, timeline: &Timeline, selection: Option<&Selection>, at: Instant) -> Option<Fold> {
        match self.clearance(timeline, selection, at) {
            Clearance { start: Some(start), end: Some(end), is_taken: false, .. } => Some(Fold { start, end }),
            _ => None,
        }
    }

    /// The gaps in a stretch of time that are at least so long within it, cut off where it ends. What lies outside all events is
    /// free too.
    pub fn clear_parts(
        &self,
        timeline: &Timeline,
        selection: Option<&Selection>,
        stretch: Fold,
        least: i64,
    ) -> Vec<Fold> {
        let mut parts = Vec::new();
        let mut at = stretch.start;
        while at < stretch.end && parts.len() < MOST_GAPS {
            let clear = self.clearance(timeline, selection, at);
            let mut next = at.saturating_add(least.max(1));
            if !clear.is_taken {
                let start = clear.start.map_or(stretch.start, |start| start.max(stretch.start));
                let end = clear.end.map_or(stretch.end, |end| end.min(stretch.end));
                let part = Fold { start, end };
                if part.micros() >= least {
                    parts.push(part);
                }
                next = next.max(end);
            }
            if next == at {
                break;
            }
            at = next;
        }
        parts
    }

    /// The gaps that a stretch between other gaps holds. One of the least length or more holds one of the instants looked at.
    fn gaps_within(&self, timeline: &Timeline, selection: Option<&Selection>, stretch: Fold, least: i64) -> Vec<Fold> {
        let mut found = Vec::new();
        let mut at = stretch.start.saturating_add(least);
        while at < stretch.end && found.len() < MOST_GAPS {
            let gap = self.gap_at(timeline, selection, at);
            let gap = gap.filter(|gap| gap.micros() >= least && gap.start >= stretch.start && gap.end <= stretch.end);
            let next = gap.map_or(at, |gap| gap.end).saturating_add(least);
            found.extend(gap);
            if next == at {
                break;
            }
            at = next;
        }
        found
    }

    fn clearance(&self, timeline: &Timeline, selection: Option<&Selection>, at: Instant) -> Clearance {
        let mut clear = Clearance::around(at);
        for lines in self.lines_of(selection) {
            self.clear_of_lines(timeline, lines, &mut clear);
            if clear.is_taken {
                return clear;
            }
        }
        // An era is drawn from end to end, however vague its date: its ends are in the way and no more.
        for end in self.eras.iter().flat_map(|era| [era.start, era.end]) {
            clear.add_end(end);
            if end > at {
                clear.end = Some(clear.end.map_or(end, |other| other.min(end)));
            }
        }
        clear
    }

    fn clear_of_lines(&self, timeline: &Timeline, lines: &Lines, clear: &mut Clearance) {
        let at = clear.at;
        let date_of = |slot: Option<&u32>| {
            let event = timeline.events().get(self.slots.position(*slot?) as usize)?;
            event.date.as_ref()
        };
        for row in &lines.rows {
            // Events of a row do not overlap: the last that has begun tells of all before it.
            let begun = row.starts.partition_point(|start| *start <= at);
            if let Some(next) = row.starts.get(begun) {
                clear.add(*next, *next);
            }
            let Some(last) = begun.checked_sub(1) else { continue };
            match (row.ends.get(last), date_of(row.slots.get(last))) {
                (Some(end), _) if *end <= at => clear.add_end(*end),
                (_, Some(date)) => clear.add_date(date, self.zone),
                _ => clear.is_taken = true,
            }
            if let Some(end) = last.checked_sub(1).and_then(|before| row.ends.get(before)) {
                clear.add_end(*end);
            }
        }
        let pile = &lines.pile;
        if pile.line.is_empty() {
            return;
        }
        let mut tally = Tally::default();
        let begun = pile.line.starts.partition_point(|start| *start <= at);
        if let Some(next) = pile.line.starts.get(begun) {
            clear.add(*next, *next);
        }
        if let Some(end) = pile.last_end(at, &mut tally) {
            clear.add_end(end);
        }
        for (nth, found) in pile.those_touching(at, at.saturating_add(1), &mut tally).enumerate() {
            match date_of(pile.line.slots.get(found)).filter(|_| nth < MOST_LASTING) {
                Some(date) => clear.add_date(date, self.zone),
                None => clear.is_taken = true,
            }
            if clear.is_taken {
                return;
            }
        }
    }
}

/// What gaps, in order, leave of a stretch.
fn between(gaps: &[Fold], start: Instant, end: Instant) -> Vec<Fold> {
    let starts = std::iter::once(start).chain(gaps.iter().map(|gap| gap.end));
    let ends = gaps.iter().map(|gap| gap.start).chain([end]);
    starts.zip(ends).map(|(start, end)| Fold { start, end }).filter(|part| part.start < part.end).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::Index;
    use crate::model::{Era, Event, Grouping, Header, Timeline};

    fn timeline(dates: &[&str], eras: &[&str]) -> Timeline {
        let event = |(at, date): (usize, &&str)| Event::new(format!("e{at}"), "Event", Date::parse(date).expect(date));
        let era = |(at, date): (usize, &&str)| Era {
            id: format!("era-{at}").into(),
            title: "Era".into(),
            date: Date::parse(date).expect(date),
            color: None,
            note: None,
        };
        let events = dates.iter().enumerate().map(event).collect();
        let eras = eras.iter().enumerate().map(era).collect();
        Timeline::from_records(Header::new("T"), vec![], vec![], events, eras, vec![])
    }

    /// The gaps in years and months, of at least a tenth of what is left.
    fn gaps(dates: &[&str], eras: &[&str]) -> Vec<String> {
        let timeline = timeline(dates, eras);
        let index = Index::grouped(&timeline, Zone::UTC, Grouping::Nothing);
        let words = |at: Instant| format!("{}-{:02}", at.day().year, at.day().month);
        let gaps = index.gaps(&timeline, None, 0.1);
        gaps.iter().map(|gap| format!("{}..{}", words(gap.start), words(gap.end))).collect()
    }

    #[test]
    fn what_may_lie_in_a_stretch_is_there_and_what_only_lasts_is_not() {
        let none: [&str; 0] = [];
        for (dates, eras, expected) in [
            (&["1961-07-06", "2000-02-09", "2024-06-19"][..], &[][..], &["1961-07..2000-02", "2000-02..2024-06"][..]),
            // Once, somewhere in the decade; and a year of which no day is known.
            (&["1961", "198X", "2024"], &[], &["1962-01..1980-01", "1990-01..2024-01"]),
            // A span goes on through the gap, and an end known to the decade is in the way all through it.
            (
                &["1961-07-06", "1950/2024-03", "2024-06"],
                &[],
                &["1951-01..1961-07", "1961-07..2024-03", "2024-04..2024-06"],
            ),
            (&["1961", "1950/199X", "2024"], &[], &["1951-01..1961-01", "1962-01..1990-01", "2000-01..2024-01"]),
            (&["1961", "1950/..", "2024"], &[], &["1951-01..1961-01", "1962-01..2024-01"]),
            // Once, at any time after or before: that has no end which would close a gap.
            (&["1961", "[1990..]", "2024"], &[], &["1962-01..1990-01", "1990-01..2024-01"]),
            (&["1700", "[..1961]", "2024"], &[], &["1701-01..1962-01", "1962-01..2024-01"]),
            (&["1961", "[1970,1990]", "2024"], &[], &["1962-01..1970-01", "1971-01..1990-01", "1991-01..2024-01"]),
            (&["1961", "2024"], &["1980/199X"], &["1962-01..1980-01", "1980-01..2000-01", "2000-01..2024-01"]),
            (&["1961"], &[], &none),
            (&[], &[], &none),
        ] {
            assert_eq!(gaps(dates, eras), expected, "{dates:?} {eras:?}");
        }
    }

    #[test]
    fn gaps_within_what_gaps_leave_are_found_too() {
        // Ages, more than a year, and weeks; the moment lies within its day.
        let dates = ["-9999-01-01", "2023-01-01", "2024-05-01", "2024-05-02", "2024-06-01", "2024-06-01T12:00:00Z"];
        let found = gaps(&dates, &[]);
        assert_eq!(found.first().map(String::as_str), Some("-9999-01..2023-01"));
        assert_eq!(found.len(), 3, "{found:?}");
    }

    proptest! {
        #[test]
        fn no_gap_touches_what_begins_or_ends_in_it(
            spans in prop::collection::vec((0_i64..4_000, 1_i64..40, any::<bool>()), 1..60),
            share in 0.01_f64..0.3,
        ) {
            let day = |number: i64| Date::from_day(crate::time::CivilDay::from_number(number)).to_string();
            let dates: Vec<String> = spans
                .iter()
                .map(|(start, length, lasts)| {
                    let separator = if *lasts { "/" } else { ".." };
                    let date = format!("{}{separator}{}", day(*start), day(start + length));
                    if *lasts { date } else { format!("[{date}]") }
                })
                .collect();
            let dates: Vec<&str> = dates.iter().map(String::as_str).collect();
            let timeline = timeline(&dates, &[]);
            let index = Index::grouped(&timeline, Zone::UTC, Grouping::Nothing);
            let gaps = index.gaps(&timeline, None, share);
            prop_assert!(gaps.windows(2).all(|pair| pair[0].end <= pair[1].start));
            let at = |number: i64| Instant::from_micros(number * Instant::DAY);
            for gap in &gaps {
                for (start, length, lasts) in &spans {
                    let taken = if *lasts {
                        vec![(at(*start), at(start + 1)), (at(start + length), at(start + length + 1))]
                    } else {
                        vec![(at(*start), at(start + length + 1))]
                    };
                    for (from, to) in taken {
                        prop_assert!(to <= gap.start || gap.end <= from, "{gap:?} meets {start}+{length} {lasts}");
                    }
                }
            }
            // By day: the longest run of days in which nothing is in the way is among them where it is long enough.
            let mut taken = vec![false; 4_100];
            for (start, length, lasts) in &spans {
                for at in 0..=*length {
                    if !*lasts || at == 0 || at == *length {
                        taken[usize::try_from(start + at).unwrap()] = true;
                    }
                }
            }
            let (first, last) = (taken.iter().position(|it| *it).unwrap(), taken.iter().rposition(|it| *it).unwrap());
            let longest = taken[first..=last].split(|it| *it).map(<[bool]>::len).max().unwrap_or(0);
            let found = gaps.iter().map(|gap| gap.micros() / Instant::DAY).max().unwrap_or(0);
            if longest as f64 > share * (last - first + 1) as f64 {
                prop_assert_eq!(found, i64::try_from(longest).unwrap());
            }
        }
    }
}
