//! What an event is called where it cannot be seen: for screen readers and the titles of SVG elements.

use super::flag::{Flag, sourcing};
use crate::model::{Badge, Event, KnownOn, Timeline};

/// Title, date in words, standing, number of independent sources that support it, and the signs beside its mark: "State Duma
/// ratifies the treaty, 24 Oct 2024, Confirmed, 3 sources, contradicted". Sources of one origin count once, those not out on
/// the date asked about not at all.
pub fn event_name(timeline: &Timeline, event: &Event, known_on: Option<&KnownOn>) -> String {
    let sources = match sourcing(timeline, event, known_on).origins {
        0 => "no source".to_owned(),
        1 => "1 source".to_owned(),
        n => format!("{n} sources"),
    };
    let mut name = format!("{}, {}, {}, {sources}", event.title, event.date.describe(), event.standing.label());
    // "No source" has said so already.
    for flag in Flag::of(timeline, event, known_on).into_iter().filter(|flag| *flag != Flag::Sourcing(Badge::Unsourced))
    {
        name.push_str(", ");
        name.push_str(&flag.label().to_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Citation, Header, Source, Stance, Standing};
    use crate::time::{Date, Zone};

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
