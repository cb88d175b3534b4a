//! What an event is called where it cannot be seen: for screen readers and the titles of SVG elements.

use super::LinkHit;
use super::flag::{Flag, sourcing};
use crate::index::{Crowd, LinkGroup};
use crate::model::{Badge, Event, KnownOn, Relation, Timeline};
use crate::text::{clipped, visible};
use crate::time::{Date, Instant, Precision, Zone};

/// The longest title that is read out whole, in bytes.
const MOST_TITLE: usize = 1_000;

/// Title, date in words, standing, number of independent sources that support it, and the signs beside its mark: "State Duma
/// ratifies the treaty, 24 Oct 2024, Confirmed, 3 sources, contradicted". Sources of one origin count once, those not out on
/// the date asked about not at all.
pub fn event_name(timeline: &Timeline, event: &Event, known_on: Option<&KnownOn>) -> String {
    let sources = match sourcing(timeline, event, known_on).origins {
        0 => "no source".to_owned(),
        1 => "1 source".to_owned(),
        n => format!("{n} sources"),
    };
    let title = clipped(&event.title, MOST_TITLE);
    let title = visible(&title);
    let mut name = format!("{title}, {}, {}, {sources}", event.date_in_words(), event.standing.label());
    // "No source" has said so already.
    for flag in Flag::of(timeline, event, known_on).into_iter().filter(|flag| *flag != Flag::Sourcing(Badge::Unsourced))
    {
        name.push_str(", ");
        name.push_str(&flag.label().to_lowercase());
    }
    name
}

/// "Duma ratifies implements Treaty signed", and how many more links a line stands for.
pub fn link_name(timeline: &Timeline, hit: &LinkHit) -> String {
    let title = |id: &str| {
        let event = timeline.event(id);
        event.map_or_else(String::new, |event| visible(&clipped(&event.title, MOST_TITLE)).into_owned())
    };
    let link = timeline.event(&hit.from).and_then(|event| event.links.get(hit.nth as usize));
    let relation = link.map_or_else(|| "is linked to".to_owned(), |link| relation_verb(link.relation));
    let name = format!("{} {relation} {}", title(&hit.from), title(&hit.to));
    match (hit.count, hit.contradictions) {
        (0 | 1, _) => name,
        (count, 0) => format!("{name}, and {} more", grouped(count - 1)),
        (count, against) => format!("{name}, and {} more, {} of all contradict", grouped(count - 1), grouped(against)),
    }
}

/// What is said beside the line of links: "causes", "4 × causes", "12 links, 3 contradict".
pub(super) fn link_words(group: LinkGroup) -> String {
    let mut relations = group.relations();
    let count = grouped(group.count);
    match (relations.next(), relations.next()) {
        (Some(relation), None) if group.count == 1 => relation.label().to_lowercase(),
        (Some(relation), None) => format!("{count} × {}", relation.label().to_lowercase()),
        _ if group.contradictions > 0 => format!("{count} links, {} contradict", grouped(group.contradictions)),
        _ => format!("{count} links"),
    }
}

/// A relation between the names of two events: "causes", "is part of".
pub fn relation_verb(relation: Relation) -> String {
    let word = relation.label().to_lowercase();
    match relation {
        Relation::PartOf | Relation::Related => format!("is {word}"),
        Relation::Causes | Relation::Precedes | Relation::Implements | Relation::Contradicts | Relation::Supersedes => {
            word
        }
    }
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
pub fn grouped(number: u32) -> String {
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
    use crate::model::{Citation, Header, Source, Stance, Standing};

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
        let name = event_name(&timeline, &event, None);
        assert!(name.starts_with("State Duma ratifies the treaty, "), "{name}");
        assert!(name.ends_with(", Confirmed, 2 sources"), "{name}");
    }

    #[test]
    fn signs_are_said_in_words_as_of_the_date_asked_about() {
        let date = |text: &str| Date::parse(text).expect("a date");
        let source = |id: &str, published: &str, origin: Option<&str>| Source {
            published: Some(date(published)),
            origin: origin.map(Into::into),
            ..Source::new(id, id)
        };
        let sources = vec![
            source("wire", "2024-10-24", None),
            source("copy", "2024-10-25", Some("wire")),
            source("denial", "2024-11", None),
        ];
        let mut event = Event::new("e", "Troops leave", date("2024-10-20"));
        event.citations = ["wire", "copy", "denial"].map(Citation::new).into();
        event.citations[2].stance = Stance::Denies;
        let header = Header::new("T");
        let timeline = Timeline::from_records(header, vec![], sources, vec![], vec![], vec![]);
        let name = |event: &Event, on: Option<&str>| {
            let known_on = on.and_then(|on| KnownOn::new(&date(on), Zone::UTC));
            let name = event_name(&timeline, event, known_on.as_ref());
            name.trim_start_matches("Troops leave, 20 Oct 2024, Reported, ").to_owned()
        };
        assert_eq!(name(&event, None), "1 source, single origin, contradicted");
        assert_eq!(name(&event, Some("2024-10-24")), "1 source");
        assert_eq!(name(&event, Some("2024-10-25")), "1 source, single origin");
        assert_eq!(name(&event, Some("2024-11-15")), "1 source, single origin, contradicted");
        event.citations = ["denial"].map(Citation::new).into();
        assert_eq!(name(&event, Some("2024-11-15")), "1 source, perhaps known by then");
    }
}
