//! What an event is called where it cannot be seen: for screen readers and the titles of SVG elements.

use std::collections::BTreeSet;

use crate::index::Crowd;
use crate::model::{Event, Timeline};
use crate::time::{Date, Instant, Precision, Zone};

/// Title, date in words, standing and number of independent sources: "State Duma ratifies the treaty, 24 Oct 2024,
/// Confirmed, 3 sources". Sources of one origin count once.
pub fn event_name(timeline: &Timeline, event: &Event) -> String {
    let sources: BTreeSet<&str> = event
        .citations
        .iter()
        .map(|citation| {
            let origin = timeline.source(&citation.source).and_then(|source| source.origin.as_deref());
            origin.unwrap_or(&citation.source)
        })
        .collect();
    let sources = match sources.len() {
        0 => "no source".to_owned(),
        1 => "1 source".to_owned(),
        n => format!("{n} sources"),
    };
    format!("{}, {}, {}, {sources}", event.title, event.date.describe(), event.standing.label())
}

/// How many, and from when to when: "41 events, 3 Mar 2024 – 9 Apr 2024".
pub fn crowd_name(crowd: &Crowd, zone: Zone) -> String {
    let words = |instant: Instant| Date::at_precision(instant, Precision::Day, zone).describe();
    // An end is the first instant after.
    let (first, last) = (words(crowd.start), words(crowd.end.saturating_add(-1).max(crowd.start)));
    let noun = if crowd.count == 1 { "event" } else { "events" };
    let count = grouped(crowd.count);
    if first == last { format!("{count} {noun}, {first}") } else { format!("{count} {noun}, {first} – {last}") }
}

/// A number with a narrow space before each three digits.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Citation, Header, Source, Standing};

    #[test]
    fn a_crowd_says_how_many_and_from_when_to_when() {
        let day = |day| Instant::from_day(crate::time::CivilDay::new(2024, 3, day)).expect("on the axis");
        let (start, end) = (day(3), day(10));
        let crowd = Crowd { band: 0, row: 0, start, end, count: 1_234_567, is_part: false };
        assert_eq!(crowd_name(&crowd, Zone::UTC), "1\u{202f}234\u{202f}567 events, 3 Mar 2024 – 9 Mar 2024");
        assert_eq!(crowd_name(&Crowd { end: day(4), count: 41, ..crowd }, Zone::UTC), "41 events, 3 Mar 2024");
    }

    #[test]
    fn sources_of_one_origin_count_once() {
        let mut event =
            Event::new("duma", "State Duma ratifies the treaty", Date::parse("2024-10-24").expect("a date"));
        event.standing = Standing::Confirmed;
        event.citations = ["interfax", "copy", "tass"].map(Citation::new).into();
        let mut copy = Source::new("copy", "A copy");
        copy.origin = Some("interfax".into());
        let header = Header::new("T");
        let timeline = Timeline::from_records(header, vec![], vec![copy], vec![event.clone()], vec![], vec![]);
        let name = event_name(&timeline, &event);
        assert!(name.starts_with("State Duma ratifies the treaty, "), "{name}");
        assert!(name.ends_with(", Confirmed, 2 sources"), "{name}");
    }
}
