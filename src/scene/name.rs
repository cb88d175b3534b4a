//! What an event is called where it cannot be seen: for screen readers and the titles of SVG elements.

use std::collections::BTreeSet;

use crate::model::{Event, Timeline};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Citation, Header, Source, Standing};
    use crate::time::Date;

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
