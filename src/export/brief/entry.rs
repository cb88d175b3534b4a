//! An event in the chronology: its date as vague as it is, what happened, who says so, what the analyst makes of it.

use std::ops::Range;

use super::numbered::{Cited, Shown};
use super::subject::Subject;
use super::wording::{dated, dated_event};
use super::{Painter, Span, reference};
use crate::model::{Event, Image, Judgment, Known, KnownBy, Link, Relation, Standing};
use crate::time::Date;

/// An event of the chronology, to be written part by part.
pub struct Entry<'b, 't> {
    /// From 1, in order of the chronology.
    pub number: usize,
    /// What.
    pub title: &'t str,
    /// The endnotes that say who says so; each stands here and nowhere before.
    pub notes: Range<usize>,
    /// How its statement stands.
    pub standing: Standing,
    /// The analyst's note.
    pub note: Option<&'t str>,
    subject: &'b Subject<'t>,
    shown: &'b Shown<'t>,
}

impl<'b, 't> Entry<'b, 't> {
    pub(super) fn new(subject: &'b Subject<'t>, shown: &'b Shown<'t>) -> Self {
        let event = shown.event;
        Self {
            number: shown.number,
            title: event.title.trim(),
            notes: shown.notes.clone(),
            standing: event.standing,
            note: event.note.as_deref(),
            subject,
            shown,
        }
    }

    /// Whether its standing warns the reader: neither established nor simply reported.
    pub const fn warns(&self) -> bool {
        !matches!(self.standing, Standing::Confirmed | Standing::Reported)
    }

    /// Writes when, exactly as vague as it is.
    pub fn date(&self, out: &mut impl Painter) {
        let event = self.shown.event;
        dated_event(self.subject, event, event.wording.as_deref(), out);
    }

    /// Writes lane, place and actors behind the standing; nothing where none is given.
    pub fn about(&self, out: &mut impl Painter) {
        let event = self.shown.event;
        if let Some(lane) = event.lane.as_deref().and_then(|id| self.subject.timeline.lane(id)) {
            out.words(" · ");
            out.written(&lane.title, None);
        }
        if let Some(place) = &event.place {
            out.words(" · ");
            out.written(place, None);
        }
        if let Some(coordinates) = event.rare.coordinates {
            match event.place {
                Some(_) => out.words(&format!(" ({coordinates})")),
                None => out.words(&format!(" · {coordinates}")),
            }
        }
        for (at, actor) in event.actors.iter().enumerate() {
            out.words(if at == 0 { " · " } else { ", " });
            out.written(actor, None);
        }
    }

    /// Writes what else there is to say: doubts, dates of sources, judgment, relations, fields of the user's own, images.
    pub fn facts(&self, out: &mut impl Painter) {
        let (subject, shown) = (self.subject, self.shown);
        let event = shown.event;
        if subject.known(event) != Known::Yes {
            out.fact("Known by then", |out| out.words(doubt(subject, event)));
        }
        if shown.notes.is_empty() {
            out.fact("Sources", |out| out.words("none given"));
        }
        other_dates(subject, shown, out);
        if let Some(judgment) = event.judgment.as_deref() {
            judged(judgment, out);
        }
        relations(subject, event, out);
        let details: Vec<(&str, &str)> = event.rare.fields.iter().map(|(name, text)| (&**name, &**text)).collect();
        out.list("Details", &details, |out, (name, text)| {
            out.written(name, None);
            out.words(": ");
            out.written(text, None);
        });
        out.list("Images", &event.rare.images, image);
    }
}

/// An event that is shown, with its place in the chronology.
pub(super) fn link<'t>(shown: &Shown<'t>) -> Span<'t> {
    Span::Event { number: shown.number, title: shown.event.title.trim() }
}

/// The same with its date, which a reader on paper looks for.
pub(super) fn with_date(subject: &Subject<'_>, shown: &Shown<'_>, out: &mut impl Painter) {
    out.span(link(shown));
    out.words(" (");
    out.words(&shown.event.date_in_words_with(subject.zone));
    out.words(")");
}

/// Whose citation it is; by its id where the timeline has no such source.
pub(super) fn who(cited: &Cited<'_>, out: &mut impl Painter) {
    match cited.source {
        Some(source) => reference::originator(source, out),
        None => out.written(&cited.citation.source, None),
    }
    out.note(cited.note);
}

/// Whether the other event of a link may be named: not where nobody can have known of it by the date asked about.
pub(super) fn is_told(subject: &Subject<'_>, link: &Link) -> bool {
    subject.shown(&link.to).is_some()
        || subject.timeline.event(&link.to).is_none_or(|event| subject.known(event) != Known::NotYet)
}

/// The other event of a link that [is told](is_told), and why it is one.
pub(super) fn linked(subject: &Subject<'_>, link: &Link, out: &mut impl Painter) {
    match (subject.shown(&link.to), subject.timeline.event(&link.to)) {
        (Some(shown), _) => with_date(subject, shown, out),
        (None, Some(event)) => {
            out.written(&event.title, None);
            out.words(" (not in this brief)");
        }
        (None, None) => {
            out.words("an event that the timeline does not have (“");
            out.written(&link.to, None);
            out.words("”)");
        }
    }
    if let Some(note) = &link.note {
        out.words(": ");
        out.written(note, None);
    }
}

/// The dates that citations give where they are not the event's own: one line a citation. A wording is told beside its date,
/// and alone where the citation gives no date and the event is worded otherwise.
fn other_dates(subject: &Subject<'_>, shown: &Shown<'_>, out: &mut impl Painter) {
    let event = shown.event;
    let given = subject.cited(shown).filter_map(|cited| {
        let citation = cited.citation;
        let (date, wording) = (citation.date.as_deref(), citation.wording.as_deref());
        // Compared as written: "2024-10" and "2024-10-XX" may be the same time, but a source that says it otherwise is told.
        let is_other = match (date, wording) {
            (Some(date), _) if event.date.as_ref() != Some(date) => true,
            (None, Some(wording)) => event.wording.as_deref() != Some(wording),
            _ => false,
        };
        is_other.then_some((cited, date, wording))
    });
    // Few citations give a date of their own, and an empty list takes no memory.
    let given: Vec<(Cited<'_>, Option<&Date>, Option<&str>)> = given.collect();
    out.list("Dates in sources", &given, |out, (cited, date, wording)| {
        let language = cited.source.and_then(|source| source.language.as_deref());
        who(cited, out);
        out.words(": ");
        match (date, wording) {
            (Some(date), wording) => dated(subject, date, *wording, language, out),
            (None, Some(wording)) => out.quoted(wording, language),
            (None, None) => {}
        }
    });
}

/// Why it is not certain that anyone could have known of it by the date asked about, or that it had been entered.
fn doubt(subject: &Subject<'_>, event: &Event) -> &'static str {
    let is_ours = subject.options.known_on.as_ref().is_some_and(|known_on| known_on.by() == KnownBy::Recorded);
    if is_ours && event.rare.recorded.is_none() {
        "cannot be told: it does not say when it was recorded"
    } else if is_ours {
        "cannot be told: the date of its recording is too vague"
    } else if event.citations.is_empty() {
        "cannot be told: it has no source"
    } else {
        "cannot be told: no source is certain to have been out"
    }
}

/// Where the image lies, what it shows and who made it.
fn image(out: &mut impl Painter, image: &Image) {
    out.written(&image.file, None);
    if let Some(caption) = &image.caption {
        out.words(": ");
        out.written(caption, None);
    }
    if let Some(credit) = &image.credit {
        out.words(" (");
        out.written(credit, None);
        out.words(")");
    }
}

/// Likelihood and confidence, each on a line of its own (ICD 203).
fn judged(judgment: &Judgment, out: &mut impl Painter) {
    if let Some(term) = judgment.likelihood {
        out.fact("Likelihood", |out| out.words(term.label()));
    }
    if let Some(level) = judgment.confidence {
        out.fact("Confidence", |out| out.words(level.label()));
    }
    if let Some(note) = &judgment.note {
        out.fact("Basis of the judgment", |out| out.written(note, None));
    }
}

/// Relations to other events; contradictions are left to the section on what is contested.
fn relations(subject: &Subject<'_>, event: &Event, out: &mut impl Painter) {
    if event.links.is_empty() {
        return;
    }
    for relation in Relation::ALL.into_iter().filter(|&relation| relation != Relation::Contradicts) {
        let links = event.links.iter().filter(|link| link.relation == relation && is_told(subject, link));
        let links: Vec<&Link> = links.collect();
        out.list(relation.label(), &links, |out, link| linked(subject, link, out));
    }
}
