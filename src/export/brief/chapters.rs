//! The chronology under headings that fit its span: years, with months where a year is full, or decades and more.
//!
//! An event stands under the finest heading that certainly holds its beginning. One that may have begun in either of two
//! months stands under both of them together ("October–November 2024"), after what began in the first; one of which only
//! the year is known stands directly under the year. So no heading makes a date finer than it is. What has no date stands under
//! a heading of its own behind all others, however short the chronology is.

use std::collections::BTreeMap;

use super::Chapter;
use crate::ahead;
use crate::model::Event;
use crate::time::calendar::{Unit, year_label};
use crate::time::{Date, DayBound, Edge, Instant, Shape, Zone};

/// Fewer events than this need no headings.
const LEAST_FOR_HEADINGS: usize = 6;
/// A year with fewer events than this needs no months.
const LEAST_FOR_MONTHS: usize = 8;
/// This many headings are never too many.
const MOST_HEADINGS: usize = 12;

/// Where a chapter stands among the others, and by that which one it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// It began before all time.
    Open,
    /// It began from the first year to the last, the first of which lies before the axis.
    Before(i64, i64),
    /// It began from the first unit to the last, each by its first instant; no last where it may begin at any time later.
    Within(Instant, Last),
    /// It began from the first year to the last, which lie after the axis.
    After(i64, i64),
    /// It is not known when it began.
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Last {
    At(Instant),
    Open,
}

/// Puts events, given in order of time, into the order of the chronology and says where its headings are.
pub(super) fn arrange(events: &[(usize, &Event)], zone: Zone) -> (Vec<usize>, Vec<Chapter>) {
    // What has no date comes last.
    let dated_count = events.partition_point(|(_, event)| event.date.is_some());
    let (all, undated): (Vec<usize>, Vec<usize>) = (0..events.len()).partition(|&at| at < dated_count);
    let mut outline = Outline { order: Vec::with_capacity(events.len()), chapters: Vec::new() };
    add_dated(&mut outline, events, &all, zone);
    if !undated.is_empty() {
        outline.add(Some(Event::UNDATED.to_owned()), false, &undated);
    }
    (outline.order, outline.chapters)
}

fn add_dated(outline: &mut Outline, events: &[(usize, &Event)], all: &[usize], zone: Zone) {
    if all.len() < LEAST_FOR_HEADINGS {
        if !all.is_empty() {
            outline.add(None, false, all);
        }
        return;
    }
    let (unit, groups) = by_unit(events, all, zone);
    for (place, members) in groups {
        let heading = heading(place, unit);
        let whole_year = months(place).filter(|_| unit == Unit::Years(1) && members.len() >= LEAST_FOR_MONTHS);
        let Some(whole_year) = whole_year else {
            outline.add(Some(heading), false, &members);
            continue;
        };
        let mut groups = grouped(events, &members, Unit::Month, zone);
        let direct = groups.remove(&whole_year).unwrap_or_default();
        if groups.len() < 2 {
            outline.add(Some(heading), false, &members);
            continue;
        }
        outline.add(Some(heading), false, &direct);
        for (place, members) in groups {
            outline.add(Some(self::heading(place, Unit::Month)), true, &members);
        }
    }
}

/// Chapters in reading order and the events under them.
struct Outline {
    order: Vec<usize>,
    chapters: Vec<Chapter>,
}

impl Outline {
    fn add(&mut self, heading: Option<String>, is_section: bool, members: &[usize]) {
        let start = self.order.len();
        self.order.extend(members);
        self.chapters.push(Chapter { heading, is_section, entries: start..self.order.len() });
    }
}

/// The events under the finest of years, decades, centuries and millennia that does not give nearly every event a heading
/// of its own.
fn by_unit(events: &[(usize, &Event)], members: &[usize], zone: Zone) -> (Unit, BTreeMap<Place, Vec<usize>>) {
    let most = MOST_HEADINGS.max(members.len() / 2);
    let by = |unit| (unit, grouped(events, members, unit, zone));
    let fits = [1, 10, 100].map(Unit::Years).into_iter().map(by).find(|(_, groups)| groups.len() <= most);
    fits.unwrap_or_else(|| by(Unit::Years(1_000)))
}

fn grouped(events: &[(usize, &Event)], members: &[usize], unit: Unit, zone: Zone) -> BTreeMap<Place, Vec<usize>> {
    let mut groups: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    let date = |at: usize| events.get(at).and_then(|(_, event)| event.date.as_ref());
    // What is in order of time mostly stands where the one before it does: a place is looked up once for all in a row.
    let mut run: Option<(Place, Vec<usize>)> = None;
    for part in members.chunks(ahead::AT_ONCE) {
        ahead::read(part, |at| date(*at).map_or(0, |date| date.as_str().len()));
        for &at in part {
            let Some(place) = date(at).map(|date| place(date, unit, zone)) else { continue };
            match &mut run {
                Some((own, run)) if *own == place => run.push(at),
                run => {
                    if let Some((place, mut members)) = run.replace((place, vec![at])) {
                        groups.entry(place).or_default().append(&mut members);
                    }
                }
            }
        }
    }
    if let Some((place, mut members)) = run {
        groups.entry(place).or_default().append(&mut members);
    }
    groups
}

fn place(date: &Date, unit: Unit, zone: Zone) -> Place {
    let extent = date.extent(zone);
    let first = match extent.earliest_start {
        Edge::At(first) => first,
        Edge::Open => return Place::Open,
        Edge::Unknown => {
            let bounds = date.day_bounds();
            let DayBound::Day(day) = bounds.earliest else { return Place::Unknown };
            let last = match (date.shape(), bounds.latest) {
                (Shape::Window, DayBound::Day(last)) => last.year,
                _ => day.year,
            };
            return if day.year < 0 { Place::Before(day.year, last) } else { Place::After(day.year, last) };
        }
    };
    let Edge::At(after) = extent.latest_start else { return Place::Within(year_of(first), Last::Open) };
    // The edge is the first instant at which it cannot begin any more.
    let last = first.max(after.saturating_add(-1));
    let only = unit.floor(first);
    if only == unit.floor(last) {
        return Place::Within(only, Last::At(only));
    }
    let finest = if unit == Unit::Month { Unit::Month } else { Unit::Years(1) };
    Place::Within(finest.floor(first), Last::At(finest.floor(last)))
}

fn year_of(instant: Instant) -> Instant {
    Unit::Years(1).floor(instant)
}

/// For a chapter of one year: the place, among months, of an event that may have begun in any of them.
fn months(place: Place) -> Option<Place> {
    match place {
        Place::Within(first, Last::At(last)) if first == last => {
            let december = Unit::Month.floor(Unit::Years(1).next(first).saturating_add(-1));
            Some(Place::Within(first, Last::At(december)))
        }
        _ => None,
    }
}

fn heading(place: Place, unit: Unit) -> String {
    match place {
        Place::Open => "Beginning open".to_owned(),
        Place::Unknown => "Beginning not known".to_owned(),
        Place::Before(first, last) | Place::After(first, last) if first == last => year_label(first),
        Place::Before(first, last) | Place::After(first, last) => joined(&year_label(first), &year_label(last)),
        Place::Within(first, Last::Open) => format!("{} or later", year_label(first.day().year)),
        Place::Within(first, Last::At(last)) if first == last => unit.label(first, false),
        Place::Within(first, Last::At(last)) if unit == Unit::Month => {
            joined(&Unit::Month.label(first, false), &Unit::Month.label(last, false))
        }
        Place::Within(first, Last::At(last)) => joined(&year_label(first.day().year), &year_label(last.day().year)),
    }
}

/// "October–November 2024", "1700–1501 BCE", "1995–1996", "27 BCE – 14 CE": what both end in is said once.
fn joined(from: &str, to: &str) -> String {
    match (from.rsplit_once(' '), to.rsplit_once(' ')) {
        (Some((start, one)), Some((_, other))) if one == other => format!("{start}–{to}"),
        (None, None) => format!("{from}–{to}"),
        _ => format!("{from} – {to}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::brief::{Brief, BriefOptions, Entry};
    use crate::model::{Citation, Header, Timeline};

    /// Headings with the dates under them: "2024: a, b / October 2024: c".
    fn outline(dates: &[&str]) -> Vec<String> {
        let events = dates
            .iter()
            .map(|text| Event { date: Date::parse(text).ok(), ..Event::undated(format!("id {text}"), *text) })
            .collect();
        let timeline = Timeline::from_records(Header::new("t"), vec![], vec![], events, vec![], vec![]);
        let options = BriefOptions::default();
        let brief = Brief::of(&timeline, &options);
        let line = |chapter: &Chapter| {
            let entries: Vec<Entry> = brief.entries(chapter.entries.clone()).collect();
            let titles: Vec<&str> = entries.iter().map(|entry| entry.title).collect();
            format!("{}: {}", chapter.heading.as_deref().unwrap_or("-"), titles.join(" "))
        };
        brief.chapters().iter().map(line).collect()
    }

    #[test]
    fn a_handful_of_events_needs_no_headings() {
        assert_eq!(outline(&["2024-10-24", "1961"]), ["-: 1961 2024-10-24"]);
        assert_eq!(outline(&[]), Vec::<String>::new());
    }

    #[test]
    fn what_has_no_date_stands_under_a_heading_of_its_own() {
        assert_eq!(outline(&["secret", "2024-10-24", "rumour"]), ["-: 2024-10-24", "Undated: secret rumour"]);
        assert_eq!(outline(&["secret"]), ["Undated: secret"]);
        let dates = ["1961", "secret", "/1945", "2024", "2025", "2026", "2027", "2028"];
        let outline = outline(&dates);
        assert_eq!(outline.iter().rev().take(2).collect::<Vec<_>>(), ["Undated: secret", "Beginning not known: /1945"]);
    }

    #[test]
    fn a_full_year_has_months_and_no_vague_date_is_put_into_one() {
        let dates = [
            "2024-06-19",
            "2024",
            "2024-10-24",
            "[2024-10-21..2024-10-31]",
            "[2024-10-25..2024-11-03]",
            "2024-11",
            "2024-11-09/2024-12-01",
            "2024-23",
            "1961-07-06",
        ];
        assert_eq!(
            outline(&dates),
            [
                "1961: 1961-07-06",
                "2024: 2024",
                "June 2024: 2024-06-19",
                "September–November 2024: 2024-23",
                "October 2024: [2024-10-21..2024-10-31] 2024-10-24",
                "October–November 2024: [2024-10-25..2024-11-03]",
                "November 2024: 2024-11 2024-11-09/2024-12-01",
            ]
        );
    }

    #[test]
    fn beginnings_that_are_open_unknown_or_beyond_the_axis_have_headings_of_their_own() {
        let dates = [
            "[..2024-11-09]",
            "/1945",
            "Y-13800000000",
            "Y-17E7S1",
            "Y170000002",
            "[2024-10..]",
            "1990",
            "[1995..1996]",
        ];
        assert_eq!(
            outline(&dates),
            [
                "Beginning open: [..2024-11-09]",
                "13,800,000,001 BCE: Y-13800000000",
                "200,000,000–100,000,001 BCE: Y-17E7S1",
                "1990: 1990",
                "1995–1996: [1995..1996]",
                "2024 or later: [2024-10..]",
                "170,000,002 CE: Y170000002",
                "Beginning not known: /1945",
            ]
        );
    }

    #[test]
    fn notes_are_numbered_as_they_are_met() {
        let dates =
            ["2024-01-01", "2024", "2024-02-01", "2024-02-20", "2024-03", "2024-23", "2024-10-24", "2024-11-01"];
        let events = dates
            .iter()
            .map(|date| Event {
                citations: [Citation::new("s")].into_iter().collect(),
                ..Event::new(format!("id {date}"), *date, Date::parse(date).unwrap())
            })
            .collect();
        let timeline = Timeline::from_records(Header::new("t"), vec![], vec![], events, vec![], vec![]);
        let options = BriefOptions::default();
        let brief = Brief::of(&timeline, &options);
        let entries: Vec<Entry> = brief.entries(0..dates.len()).collect();
        assert_eq!(entries.first().map(|entry| entry.title), Some("2024"));
        let numbers: Vec<usize> = entries.iter().map(|entry| entry.number).collect();
        let notes: Vec<usize> = entries.iter().flat_map(|entry| entry.notes.clone()).collect();
        let in_order: Vec<usize> = (1..=dates.len()).collect();
        assert_eq!((numbers, notes), (in_order.clone(), in_order));
    }

    #[test]
    fn long_spans_get_longer_units() {
        let dates: Vec<String> = (0..30).map(|n| format!("-{:04}", 3000 - 97 * n)).collect();
        let dates: Vec<&str> = dates.iter().map(String::as_str).chain(["[-1699..-1500]"]).collect();
        let outline = outline(&dates);
        assert!(outline.len() <= 16, "{outline:#?}");
        assert!(outline.iter().any(|line| line.starts_with("2000–1001 BCE: ")), "{outline:#?}");
    }
}
