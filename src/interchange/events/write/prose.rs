//! What an event says beside its title and note, as lines of words: for formats whose only room for it is a description.

use super::selection::Selection;
use crate::model::{Citation, Event, Reliability, Source, Standing, Text};

/// A line: what it is about, and what it says.
pub(super) struct Line {
    pub label: &'static str,
    pub text: String,
}

/// The lines of an event but those about what has a place of its own: its date, place, actors, tags and so on, then a line for
/// each link and each source.
pub(super) fn lines(event: &Event, selection: &Selection<'_>, without: &[&str]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut push = |label, text: String| {
        if !text.is_empty() && !without.contains(&label) {
            lines.push(Line { label, text });
        }
    };
    let text = |text: &Option<Text>| text.as_deref().unwrap_or_default().to_owned();
    push("Date", event.date_in_words_with(selection.zone));
    push("EDTF", event.date_as_written().to_owned());
    push("Wording", text(&event.wording));
    if event.standing != Standing::default() {
        push("Standing", event.standing.label().to_owned());
    }
    push("Place", text(&event.place));
    push("Actors", event.actors.join("; "));
    push("Tags", event.tags.join("; "));
    if let Some(judgment) = &event.judgment {
        // Likelihood and confidence stand apart (ICD 203).
        push("Likelihood", judgment.likelihood.map_or("", |term| term.label()).to_owned());
        push("Confidence", judgment.confidence.map_or("", |term| term.label()).to_owned());
        push("Basis of the judgment", text(&judgment.note));
    }
    for link in &event.links {
        let title = selection.timeline.event(&link.to).map_or(link.to.as_str(), |event| &event.title);
        push("Link", format!("{}: {title}", link.relation.label()));
    }
    for citation in &event.citations {
        push("Source", source(citation, selection.timeline.source(&citation.source)));
    }
    lines
}

/// The note of an event, then its lines below each other.
pub(super) fn description(event: &Event, selection: &Selection<'_>, without: &[&str]) -> String {
    let lines = lines(event, selection, without);
    let lines: Vec<String> = lines.iter().map(|line| format!("{}: {}", line.label, line.text)).collect();
    let note = event.note.as_deref().unwrap_or_default();
    let between = if note.is_empty() || lines.is_empty() { "" } else { "\n\n" };
    format!("{note}{between}{}", lines.join("\n"))
}

/// "Title, Publisher, p. 4 (Disputes, B2) <address>".
fn source(citation: &Citation, source: Option<&Source>) -> String {
    let title = source.map_or(citation.source.as_str(), |source| &source.title);
    let publisher = source.and_then(|source| source.publisher.as_deref().or(source.author.as_deref()));
    let named: Vec<&str> = [Some(title), publisher, citation.locator.as_deref()].into_iter().flatten().collect();
    let reliability = citation.reliability.or_else(|| source?.reliability).map_or("", Reliability::letter);
    let credibility = citation.credibility.map(|grade| grade.number().to_string()).unwrap_or_default();
    let grades = format!("{reliability}{credibility}");
    let judged: Vec<&str> = [citation.stance.label(), &grades].into_iter().filter(|text| !text.is_empty()).collect();
    let address = source.and_then(|source| source.url.as_deref()).map(|url| format!(" <{url}>")).unwrap_or_default();
    format!("{} ({}){address}", named.join(", "), judged.join(", "))
}
