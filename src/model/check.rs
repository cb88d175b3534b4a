//! What makes a timeline consistent: references that lead somewhere, values in range.

use super::{Event, Header, Key, RecordKind, Source, Timeline, View};
use crate::diagnostic::{Diagnostic, Severity, Subject, closest};
use crate::time::{Shape, Zone};

/// Every problem in the meaning of a timeline, without places in a text: headers first, then by list and position.
pub fn check(timeline: &Timeline) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    check_header(timeline.header(), &mut problems);
    for lane in timeline.lanes() {
        check_color(lane.color.as_deref(), &Subject::Lane(lane.id.clone()), &mut problems);
    }
    for source in timeline.sources() {
        check_source(timeline, source, &mut problems);
    }
    for event in timeline.events() {
        check_event(timeline, event, &mut problems);
    }
    for era in timeline.eras() {
        check_color(era.color.as_deref(), &Subject::Era(era.id.clone()), &mut problems);
    }
    for view in timeline.views() {
        check_view(view, &mut problems);
    }
    problems
}

fn check_header(header: &Header, problems: &mut Vec<Diagnostic>) {
    if header.format != Header::FORMAT {
        problems.push(
            Diagnostic::new(
                Severity::Error,
                "unknown-format",
                Subject::Timeline,
                format!("file format {} is not known to this version", header.format),
            )
            .in_field(["format"])
            .with_hint(format!("this version reads format {}; a newer Annalist may read more", Header::FORMAT)),
        );
    }
    if let Some(Err(error)) = header.zone.as_deref().map(Zone::parse) {
        let hint = match error.suggestion {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "write an IANA name such as \"Europe/Moscow\", or leave it out for UTC".to_owned(),
        };
        problems.push(
            Diagnostic::new(Severity::Error, "unknown-zone", Subject::Timeline, error.to_string())
                .in_field(["zone"])
                .with_hint(hint),
        );
    }
}

/// Themes a view may name.
const THEMES: [&str; 3] = ["light", "dark", "print"];

fn check_view(view: &View, problems: &mut Vec<Diagnostic>) {
    let subject = Subject::View(view.id.clone());
    if view.window.shape() != Shape::Span {
        problems.push(
            Diagnostic::new(
                Severity::Error,
                "window-not-an-interval",
                subject.clone(),
                format!("the window \"{}\" is not an interval", view.window),
            )
            .in_field(["window"])
            .with_hint("write a start and an end with a slash between, for example \"2024-10-10/2024-11-15\""),
        );
    }
    if let Some(theme) = &view.theme
        && !THEMES.contains(&theme.as_str())
    {
        problems.push(
            Diagnostic::new(Severity::Error, "unknown-theme", subject, format!("there is no theme \"{theme}\""))
                .in_field(["theme"])
                .with_hint(format!("one of {}", THEMES.join(", "))),
        );
    }
}

fn check_color(color: Option<&str>, subject: &Subject, problems: &mut Vec<Diagnostic>) {
    let Some(color) = color else { return };
    if is_color(color) {
        return;
    }
    problems.push(
        Diagnostic::new(Severity::Error, "bad-color", subject.clone(), format!("\"{color}\" is not a colour"))
            .in_field(["color"])
            .with_hint("write six hexadecimal digits after #, for example \"#3d6fb6\""),
    );
}

fn is_color(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn check_source(timeline: &Timeline, source: &Source, problems: &mut Vec<Diagnostic>) {
    if let Some(origin) = &source.origin
        && timeline.source(origin).is_none()
    {
        problems.push(unknown_reference(
            &Key::Source(origin.clone()),
            timeline.sources().iter().map(|s| s.id.as_str()),
            Subject::Source(source.id.clone()),
            vec!["origin".to_owned()],
        ));
    }
}

fn check_event(timeline: &Timeline, event: &Event, problems: &mut Vec<Diagnostic>) {
    let subject = Subject::Event(event.id.clone());
    if event.title.trim().is_empty() {
        problems.push(
            Diagnostic::new(Severity::Error, "empty-title", subject.clone(), "the event has no title")
                .in_field(["title"])
                .with_hint("say in a few words what happened"),
        );
    }
    if !(1..=5).contains(&event.weight) {
        problems.push(
            Diagnostic::new(
                Severity::Error,
                "weight-out-of-range",
                subject.clone(),
                format!("weight is {}, outside 1 to 5", event.weight),
            )
            .in_field(["weight"])
            .with_hint("5 keeps its label longest, 1 loses it first, 3 is usual"),
        );
    }
    if let Some(lane) = &event.lane
        && timeline.lane(lane).is_none()
    {
        problems.push(unknown_reference(
            &Key::Lane(lane.clone()),
            timeline.lanes().iter().map(|l| l.id.as_str()),
            subject.clone(),
            vec!["lane".to_owned()],
        ));
    }
    if event.date.is_beyond_axis() {
        problems.push(
            Diagnostic::new(
                Severity::Info,
                "beyond-axis",
                subject.clone(),
                format!("\"{}\" lies beyond the axis, which reaches some 292,000 years from 1970", event.date),
            )
            .in_field(["date"])
            .with_hint("the event is listed and sorted, but not drawn"),
        );
    }
    for (at, citation) in event.citations.iter().enumerate() {
        if timeline.source(&citation.source).is_none() {
            problems.push(unknown_reference(
                &Key::Source(citation.source.clone()),
                timeline.sources().iter().map(|s| s.id.as_str()),
                subject.clone(),
                vec!["citations".to_owned(), at.to_string(), "source".to_owned()],
            ));
        }
    }
    for (at, link) in event.links.iter().enumerate() {
        if timeline.event(&link.to).is_none() {
            problems.push(unknown_reference(
                &Key::Event(link.to.clone()),
                timeline.events().iter().map(|e| e.id.as_str()),
                subject.clone(),
                vec!["links".to_owned(), at.to_string(), "to".to_owned()],
            ));
        }
    }
}

/// The problem of a reference that leads nowhere: `key` names what is missing, `known` the ids that there are.
pub fn unknown_reference<'a>(
    key: &Key,
    known: impl IntoIterator<Item = &'a str>,
    subject: Subject,
    field: Vec<String>,
) -> Diagnostic {
    let code = match key.kind() {
        RecordKind::Source => "unknown-source",
        RecordKind::Event => "dangling-link",
        RecordKind::Header | RecordKind::Lane | RecordKind::Era | RecordKind::View => "unknown-lane",
    };
    let hint = match closest(key.id(), known) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "add it with this id, or name one that is there".to_owned(),
    };
    Diagnostic::new(Severity::Error, code, subject, format!("there is no {key}")).in_field(field).with_hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Citation, Link, Relation};
    use crate::time::Date;

    #[test]
    fn each_reference_that_leads_nowhere_is_named_with_its_field() {
        let mut event = Event::new("e", " ", Date::parse("2024").unwrap());
        event.weight = 9;
        event.lane = Some("tready".into());
        event.citations = thin_vec::thin_vec![Citation::new("there"), Citation::new("gone")];
        event.links = thin_vec::thin_vec![Link { to: "nobody".into(), relation: Relation::Causes, note: None }];
        let lane = crate::model::Lane { id: "treaty".into(), title: "T".into(), color: Some("red".into()), note: None };
        let header = Header { zone: Some("Europe/Moskow".into()), ..Header::new("t") };
        let timeline = Timeline::from_records(
            header,
            vec![lane],
            vec![Source { origin: Some("ther".into()), ..Source::new("there", "There") }],
            vec![event],
            vec![],
            vec![],
        );
        let found: Vec<(&str, String)> =
            check(&timeline).iter().map(|problem| (problem.code, problem.field.join("."))).collect();
        let expected = [
            ("unknown-zone", "zone"),
            ("bad-color", "color"),
            ("unknown-source", "origin"),
            ("empty-title", "title"),
            ("weight-out-of-range", "weight"),
            ("unknown-lane", "lane"),
            ("unknown-source", "citations.1.source"),
            ("dangling-link", "links.0.to"),
        ];
        assert_eq!(found, expected.map(|(code, field)| (code, field.to_owned())));
        let hints: Vec<Option<String>> = check(&timeline).into_iter().map(|problem| problem.hint).collect();
        assert!(hints.iter().all(Option::is_some));
        assert_eq!(hints[0].as_deref(), Some("did you mean \"Europe/Moscow\"?"));
        assert_eq!(hints[5].as_deref(), Some("did you mean \"treaty\"?"));
    }
}
