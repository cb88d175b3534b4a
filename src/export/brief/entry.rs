//! An event in the chronology: its date as vague as it is, what happened, who says so, what the analyst makes of it.

use super::subject::{Cited, Shown, Subject};
use super::wording::{dated, dated_event};
use super::{Entry, Fact, Line, Span, reference};
use crate::model::{Event, Image, Judgment, Known, KnownBy, Link, Relation};

/// The entry of an event that is shown.
pub(super) fn entry<'t>(subject: &Subject<'t>, shown: &Shown<'t>) -> Entry<'t> {
    let event = shown.event;
    let mut facts = Vec::new();
    if subject.known(event) != Known::Yes {
        facts.push(Fact::new("Known by then", Line::words(doubt(subject, shown))));
    }
    if shown.notes.is_empty() {
        facts.push(Fact::new("Sources", Line::words("none given")));
    }
    facts.extend(Fact::of("Dates in sources", other_dates(subject, shown)));
    facts.extend(event.judgment.as_deref().into_iter().flat_map(judgment));
    facts.extend(relations(subject, event));
    let details = event.rare.fields.iter().map(|(name, text)| Line::written(name).and(": ").and_written(text, None));
    facts.extend(Fact::of("Details", details.collect()));
    facts.extend(Fact::of("Images", event.rare.images.iter().map(image).collect()));
    Entry {
        number: shown.number,
        date: dated_event(subject, event, event.wording.as_deref()),
        title: event.title.trim(),
        notes: shown.notes.clone(),
        standing: event.standing,
        about: about(subject, event),
        note: event.note.as_deref().map(Line::written),
        facts,
    }
}

/// An event that is shown, with its place in the chronology.
pub(super) fn link<'t>(shown: &Shown<'t>) -> Span<'t> {
    Span::Event { number: shown.number, title: shown.event.title.trim() }
}

/// The same with its date, which a reader on paper looks for.
pub(super) fn with_date<'t>(subject: &Subject<'t>, shown: &Shown<'t>) -> Line<'t> {
    Line::default().with(link(shown)).and(format!(" ({})", shown.event.date_in_words_with(subject.zone)))
}

/// The dates that citations give where they are not the event's own: one line a citation.
pub(super) fn other_dates<'t>(subject: &Subject<'t>, shown: &Shown<'t>) -> Vec<Line<'t>> {
    let event = shown.event;
    subject
        .cited(shown)
        .filter_map(|cited| {
            let citation = cited.citation;
            let language = cited.source.and_then(|source| source.language.as_deref());
            let wording = citation.wording.as_deref();
            let given = match (citation.date.as_deref(), wording) {
                (Some(date), _) if event.date.as_ref() != Some(date) => dated(subject, date, wording, language),
                (None, Some(wording)) if event.wording.as_deref() != Some(wording) => {
                    Line::default().and_quoted(wording, language)
                }
                _ => return None,
            };
            let mut line = who(&cited).and_note(cited.note).and(": ");
            line.extend(given);
            Some(line)
        })
        .collect()
}

/// Whose citation it is; by its id where the timeline has no such source.
pub(super) fn who<'t>(cited: &Cited<'t>) -> Line<'t> {
    cited.source.map_or_else(|| Line::written(&cited.citation.source), reference::originator)
}

/// Why it is not certain that anyone could have known of it by the date asked about, or that it had been entered.
fn doubt(subject: &Subject<'_>, shown: &Shown<'_>) -> &'static str {
    let is_ours = subject.options.known_on.as_ref().is_some_and(|known_on| known_on.by() == KnownBy::Recorded);
    if is_ours && shown.event.rare.recorded.is_none() {
        "cannot be told: it does not say when it was recorded"
    } else if is_ours {
        "cannot be told: the date of its recording is too vague"
    } else if shown.event.citations.is_empty() {
        "cannot be told: it has no source"
    } else {
        "cannot be told: no source is certain to have been out"
    }
}

/// Lane, place, actors.
fn about<'t>(subject: &Subject<'t>, event: &'t Event) -> Line<'t> {
    let mut line = Line::default();
    let mut add = |span: Span<'t>, between: &'static str| {
        if !line.is_empty() {
            line.push(Span::Words(between.into()));
        }
        line.push(span);
    };
    let written = |text: &'t str| Span::Written { text: text.trim().into(), language: None };
    if let Some(lane) = event.lane.as_deref().and_then(|id| subject.timeline.lane(id)) {
        add(written(&lane.title), " · ");
    }
    if let Some(place) = &event.place {
        add(written(place), " · ");
    }
    if let Some(coordinates) = event.rare.coordinates {
        match event.place {
            Some(_) => add(Span::Words(format!(" ({coordinates})").into()), ""),
            None => add(Span::Words(coordinates.to_string().into()), " · "),
        }
    }
    for (at, actor) in event.actors.iter().enumerate() {
        add(written(actor), if at == 0 { " · " } else { ", " });
    }
    line
}

/// Where the image lies, what it shows and who made it.
fn image(image: &Image) -> Line<'_> {
    let line = Line::written(&image.file);
    let line =
        image.caption.as_deref().into_iter().fold(line, |line, caption| line.and(": ").and_written(caption, None));
    image.credit.as_deref().into_iter().fold(line, |line, credit| line.and(" (").and_written(credit, None).and(")"))
}

/// Likelihood and confidence, each on a line of its own (ICD 203).
fn judgment(judgment: &Judgment) -> Vec<Fact<'_>> {
    let mut facts = Vec::new();
    facts.extend(judgment.likelihood.map(|term| Fact::new("Likelihood", Line::words(term.label()))));
    facts.extend(judgment.confidence.map(|level| Fact::new("Confidence", Line::words(level.label()))));
    facts.extend(judgment.note.as_deref().map(|note| Fact::new("Basis of the judgment", Line::written(note))));
    facts
}

/// Relations to other events; contradictions are left to the section on what is contested.
fn relations<'t>(subject: &Subject<'t>, event: &'t Event) -> Vec<Fact<'t>> {
    Relation::ALL
        .into_iter()
        .filter(|&relation| relation != Relation::Contradicts)
        .filter_map(|relation| {
            let links = event.links.iter().filter(|link| link.relation == relation);
            Fact::of(relation.label(), links.filter_map(|link| linked(subject, link)).collect())
        })
        .collect()
}

/// The other event of a link, and why it is one. None where nobody can have known of the other by the date asked about.
pub(super) fn linked<'t>(subject: &Subject<'t>, link: &'t Link) -> Option<Line<'t>> {
    let other = subject.timeline.event(&link.to);
    let line = match (subject.shown(&link.to), other) {
        (Some(shown), _) => with_date(subject, shown),
        (None, Some(event)) if subject.known(event) == Known::NotYet => return None,
        (None, Some(event)) => Line::written(&event.title).and(" (not in this brief)"),
        (None, None) => {
            Line::words("an event that the timeline does not have (“").and_written(&link.to, None).and("”)")
        }
    };
    Some(match &link.note {
        Some(note) => line.and(": ").and_written(note, None),
        None => line,
    })
}
