//! What makes a timeline consistent: references that lead somewhere, values in range.

use super::{Event, Header, Source, Timeline};
use crate::diagnostic::{Diagnostic, Severity, Subject, closest};

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
        problems.push(unknown(
            "unknown-source",
            "source",
            origin,
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
        problems.push(unknown(
            "unknown-lane",
            "lane",
            lane,
            timeline.lanes().iter().map(|l| l.id.as_str()),
            subject.clone(),
            vec!["lane".to_owned()],
        ));
    }
    for (at, citation) in event.citations.iter().enumerate() {
        if timeline.source(&citation.source).is_none() {
            problems.push(unknown(
                "unknown-source",
                "source",
                &citation.source,
                timeline.sources().iter().map(|s| s.id.as_str()),
                subject.clone(),
                vec!["citations".to_owned(), at.to_string(), "source".to_owned()],
            ));
        }
    }
    for (at, link) in event.links.iter().enumerate() {
        if timeline.event(&link.to).is_none() {
            problems.push(unknown(
                "dangling-link",
                "event",
                &link.to,
                timeline.events().iter().map(|e| e.id.as_str()),
                subject.clone(),
                vec!["links".to_owned(), at.to_string(), "to".to_owned()],
            ));
        }
    }
}

fn unknown<'a>(
    code: &'static str,
    noun: &str,
    id: &str,
    known: impl Iterator<Item = &'a str>,
    subject: Subject,
    field: Vec<String>,
) -> Diagnostic {
    let hint = match closest(id, known) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("add a {noun} with this id, or name one that is there"),
    };
    Diagnostic::new(Severity::Error, code, subject, format!("there is no {noun} \"{id}\""))
        .in_field(field)
        .with_hint(hint)
}
