//! Endnotes: one a citation, with what its source says, how it is graded and what it derives from. What belongs to the
//! source and not to the citation stands in the first note that cites it.

use std::collections::HashSet;
use std::rc::Rc;

use super::subject::{Cited, Subject};
use super::wording::{dated, grade, name};
use super::{Fact, Line, Note, Span, reference};
use crate::model::{Capture, Citation, Source};

/// The notes, in order of first use.
pub(super) fn notes<'t>(subject: &Subject<'t>) -> impl Iterator<Item = Note<'t>> {
    let mut again = vec![None; subject.sources.len()];
    subject.citations().map(move |cited| note(subject, cited, &mut again))
}

/// The reference with which a source is cited again, for those that were.
type Again<'t> = [Option<Rc<Line<'t>>>];

fn note<'t>(subject: &Subject<'t>, cited: Cited<'t>, again: &mut Again<'t>) -> Note<'t> {
    let Cited { note: number, citation, source, .. } = cited;
    let Some(source) = source else {
        let missing =
            Line::words("The timeline has no source with the id “").and_written(&citation.source, None).and("”.");
        let mut facts = citation_facts(subject, citation, None);
        facts.insert(0, stance(citation));
        return Note { number, reference: Rc::new(missing), facts };
    };
    let first = first_note(subject, &cited).unwrap_or(number);
    let locator = citation.locator.as_deref();
    let known = cited.listed.and_then(|at| again.get_mut(at)).filter(|_| locator.is_none());
    let reference = match known {
        _ if first == number => Rc::new(reference::whole(source, locator)),
        Some(known) => Rc::clone(known.get_or_insert_with(|| Rc::new(reference::again(source, None, first)))),
        None => Rc::new(reference::again(source, locator, first)),
    };
    let mut facts = vec![stance(citation)];
    facts.extend(citation_facts(subject, citation, Some(source)));
    if first == number {
        facts.extend(source_facts(subject, source));
    }
    Note { number, reference, facts }
}

fn stance(citation: &Citation) -> Fact<'_> {
    Fact::new("Stance", Line::words(citation.stance.label()))
}

/// The number of the first note that cites the same source.
fn first_note(subject: &Subject<'_>, cited: &Cited<'_>) -> Option<usize> {
    subject.sources.get(cited.listed?)?.notes.first().copied()
}

fn citation_facts<'t>(subject: &Subject<'t>, citation: &'t Citation, source: Option<&'t Source>) -> Vec<Fact<'t>> {
    let language = source.and_then(|source| source.language.as_deref());
    let mut facts = Vec::new();
    facts.push(Fact::new("Grade", graded(citation, source)));
    let wording = citation.wording.as_deref();
    let given = match (&citation.date, wording) {
        (Some(date), _) => Some(dated(subject, date, wording, language)),
        (None, Some(wording)) => Some(Line::default().and_quoted(wording, language)),
        (None, None) => None,
    };
    facts.extend(given.map(|line| Fact::new("Date it gives", line)));
    let quotation = citation.quote.as_deref().map(|quote| Line::default().and_quoted(quote, language));
    facts.extend(quotation.map(|line| Fact::new("Quotation", line)));
    let translation = citation.translation.as_deref().map(|words| Line::default().and_quoted(words, None));
    facts.extend(translation.map(|line| Fact::new("Translation", line)));
    facts.extend(citation.note.as_deref().map(|note| Fact::new("Comment", Line::written(note))));
    facts
}

/// Both axes of the grade; a citation's own reliability is said to be its own.
fn graded<'t>(citation: &Citation, source: Option<&Source>) -> Line<'t> {
    let of_source = source.and_then(|source| source.reliability);
    let reliability = citation.reliability.or(of_source);
    let Some(words) = grade(reliability, citation.credibility) else { return Line::words("not graded") };
    match (citation.reliability, of_source) {
        (Some(own), Some(of_source)) if own != of_source => {
            Line::words(format!("{words} (for this citation; the source is graded {})", of_source.letter()))
        }
        _ => Line::words(words),
    }
}

/// What there is to say of the source itself, beside its reference.
pub(super) fn source_facts<'t>(subject: &Subject<'t>, source: &'t Source) -> Vec<Fact<'t>> {
    let mut facts = Vec::new();
    facts.extend(derivation(subject, source).map(|line| Fact::new("Derived from", line)));
    facts.extend(source.descriptor.as_deref().map(|text| Fact::new("Source descriptor", Line::written(text))));
    facts.extend(source.note.as_deref().map(|text| Fact::new("On the source", Line::written(text))));
    let captures = source.captures.iter().map(|entry| capture(subject, entry)).collect();
    facts.extend(Fact::of("Capture", captures));
    facts
}

/// Links of a chain of origins that are told one by one. The rest is in the list of sources, which says of each what it
/// derives from; telling it all with every source would make a brief as long as the square of its longest chain.
const MOST_LINKS: usize = 8;

/// The chain of origins: "AFP: … (source 3), which derives from …".
pub(super) fn derivation<'t>(subject: &Subject<'t>, source: &'t Source) -> Option<Line<'t>> {
    let mut line = Line::default();
    let mut met: HashSet<&str> = HashSet::from([&*source.id]);
    let mut next = source.origin.as_deref();
    while let Some(id) = next {
        if !line.is_empty() {
            line = line.and(", which derives from ");
        }
        let Some(origin) = subject.timeline.source(id) else {
            return Some(line.and("a source that the timeline does not have (“").and_written(id, None).and("”)"));
        };
        if !met.insert(id) {
            return Some(line.with(named(subject, origin)).and(": the origins form a loop"));
        }
        if met.len() > MOST_LINKS {
            return Some(line.with(named(subject, origin)).and(" and further, as the list of sources says"));
        }
        if origin.author.is_some() || origin.publisher.is_some() {
            line = line.and_written(name(origin), None).and(", ");
        }
        line.extend(reference::title(origin));
        line = line.and(" (").with(named(subject, origin)).and(")");
        next = origin.origin.as_deref();
    }
    (!line.is_empty()).then_some(line)
}

/// By its number in the list of sources; every origin of a listed source is listed.
fn named<'t>(subject: &Subject<'t>, source: &Source) -> Span<'t> {
    match subject.source_number(&source.id) {
        Some(number) => Span::Source(number),
        None => Span::Words("not listed".into()),
    }
}

/// A file kept as evidence, with what proves that it is the same; who captured it only where that was asked for.
fn capture<'t>(subject: &Subject<'t>, capture: &'t Capture) -> Line<'t> {
    let mut line = Line::default()
        .with(Span::Code(&capture.file))
        .and(format!(", {} ", capture.hash.algorithm.label()))
        .with(Span::Code(&capture.hash.value));
    if let Some(captured) = &capture.captured {
        line = line.and(format!(", captured {}", captured.describe()));
    }
    if let Some(by) = capture.by.as_deref().filter(|_| subject.options.include_collectors) {
        line = line.and(" by ").and_written(by, None);
    }
    if let Some(earlier) = &capture.alters {
        line = line.and(", altered from ").with(Span::Code(earlier));
    }
    if let Some(note) = &capture.note {
        line = line.and(". ").and_written(note, None);
    }
    line
}
