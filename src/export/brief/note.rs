//! Endnotes: one a citation, with what its source says, how it is graded and what it derives from. What belongs to the
//! source and not to the citation stands in the first note that cites it.

use std::collections::HashSet;

use super::numbered::{Cited, name};
use super::subject::Subject;
use super::wording::{dated, grade};
use super::{Painter, Repeat, Span, reference};
use crate::model::{Capture, Citation, Source};

/// An endnote, one citation, to be written part by part.
pub struct Note<'b, 't> {
    /// From 1, in order of first use.
    pub number: usize,
    subject: &'b Subject<'t>,
    cited: Cited<'t>,
}

/// The notes, in order of first use.
pub(super) fn notes<'b, 't>(subject: &'b Subject<'t>) -> impl Iterator<Item = Note<'b, 't>> {
    subject.citations().map(move |cited| Note { number: cited.note, subject, cited })
}

impl Note<'_, '_> {
    /// Writes the reference to the source: whole at its first mention, short afterwards.
    pub fn reference(&self, out: &mut impl Painter) {
        let citation = self.cited.citation;
        let locator = citation.locator.as_deref();
        match self.cited.listed.zip(self.cited.source) {
            None => {
                out.words("The timeline has no source with the id “");
                out.written(&citation.source, None);
                out.words("”.");
            }
            Some((_, source)) if self.is_first() => reference::whole(source, locator, out),
            Some((listed, source)) => {
                // All but the place in the source is the same in each of its notes.
                out.repeated(Repeat::Again(listed), |out| reference::again(source, out));
                if let Some(locator) = locator {
                    out.words(" ");
                    reference::located(locator, out);
                }
                let first = self.first_note().unwrap_or(self.number);
                out.repeated(Repeat::Full(listed), |out| {
                    out.words(" Full reference in note ");
                    out.span(Span::Note(first));
                    out.words(".");
                });
            }
        }
    }

    /// Writes stance, grade, quotation and the rest; all that there is to say of the source where it is cited first.
    pub fn facts(&self, out: &mut impl Painter) {
        let Cited { citation, source, .. } = self.cited;
        // Stance and grade follow from these four alone, and there are few combinations of them.
        let (own, credibility) = (citation.reliability, citation.credibility);
        let of_source = source.and_then(|source| source.reliability);
        out.repeated(Repeat::Verdict { stance: citation.stance, own, of_source, credibility }, |out| {
            out.fact("Stance", |out| out.words(citation.stance.label()));
            out.fact("Grade", |out| graded(citation, source, out));
        });
        self.said(citation, source, out);
        if let Some(source) = source
            && self.is_first()
        {
            source_facts(self.subject, source, out);
        }
    }

    /// What the citation says beside its grade.
    fn said(&self, citation: &Citation, source: Option<&Source>, out: &mut impl Painter) {
        let language = source.and_then(|source| source.language.as_deref());
        match (&citation.date, citation.wording.as_deref()) {
            (Some(date), wording) => {
                out.fact("Date it gives", |out| dated(self.subject, date, wording, language, out));
            }
            (None, Some(wording)) => out.fact("Date it gives", |out| out.quoted(wording, language)),
            (None, None) => {}
        }
        if let Some(quote) = &citation.quote {
            out.fact("Quotation", |out| out.quoted(quote, language));
        }
        if let Some(words) = &citation.translation {
            out.fact("Translation", |out| out.quoted(words, None));
        }
        if let Some(note) = &citation.note {
            out.fact("Comment", |out| out.written(note, None));
        }
    }

    /// Whether no note before it cites the same source.
    fn is_first(&self) -> bool {
        self.first_note() == Some(self.number)
    }

    /// The number of the first note that cites the same source.
    fn first_note(&self) -> Option<usize> {
        self.subject.sources.get(self.cited.listed?)?.notes.first().copied()
    }
}

/// Both axes of the grade; a citation's own reliability is said to be its own.
fn graded(citation: &Citation, source: Option<&Source>, out: &mut impl Painter) {
    let of_source = source.and_then(|source| source.reliability);
    let reliability = citation.reliability.or(of_source);
    let Some(words) = grade(reliability, citation.credibility) else { return out.words("not graded") };
    out.words(&words);
    if let (Some(own), Some(of_source)) = (citation.reliability, of_source)
        && own != of_source
    {
        out.words(&format!(" (for this citation; the source is graded {})", of_source.letter()));
    }
}

/// What there is to say of the source itself, beside its reference.
fn source_facts(subject: &Subject<'_>, source: &Source, out: &mut impl Painter) {
    if source.origin.is_some() {
        out.fact("Derived from", |out| derivation(subject, source, out));
    }
    if let Some(text) = &source.descriptor {
        out.fact("Source descriptor", |out| out.written(text, None));
    }
    if let Some(text) = &source.note {
        out.fact("On the source", |out| out.written(text, None));
    }
    out.list("Capture", &source.captures, |out, entry| capture(subject, entry, out));
}

/// Links of a chain of origins that are told one by one. The rest is in the list of sources, which says of each what it
/// derives from; telling it all with every source would make a brief as long as the square of its longest chain.
const MOST_LINKS: usize = 8;

/// The chain of origins: "AFP: … (source 3), which derives from …"; nothing where the source has none.
///
/// Each step names one origin. The chain ends at a source that derives from nothing, at an id that no source has, where it
/// comes back to a source that it has met (origins may form a loop), or when it has named [`MOST_LINKS`] and one.
pub(super) fn derivation(subject: &Subject<'_>, source: &Source, out: &mut impl Painter) {
    // The source itself and every origin named so far: finds loops, and counts the links.
    let mut met: HashSet<&str> = HashSet::from([&*source.id]);
    let mut next = source.origin.as_deref();
    while let Some(id) = next {
        if met.len() > 1 {
            out.words(", which derives from ");
        }
        let Some(origin) = subject.timeline.source(id) else {
            out.words("a source that the timeline does not have (“");
            out.written(id, None);
            return out.words("”)");
        };
        let is_new = met.insert(id);
        if !is_new || met.len() > MOST_LINKS {
            named(subject, origin, out);
            return out.words(if is_new {
                " and further, as the list of sources says"
            } else {
                ": the origins form a loop"
            });
        }
        if origin.author.is_some() || origin.publisher.is_some() {
            out.written(name(origin), None);
            out.words(", ");
        }
        reference::title(origin, out);
        out.words(" (");
        named(subject, origin, out);
        out.words(")");
        next = origin.origin.as_deref();
    }
}

/// By its number in the list of sources; every origin of a listed source is listed.
fn named(subject: &Subject<'_>, source: &Source, out: &mut impl Painter) {
    match subject.source_number(&source.id) {
        Some(number) => out.span(Span::Source(number)),
        None => out.words("not listed"),
    }
}

/// A file kept as evidence, with what proves that it is the same; who captured it only where that was asked for.
fn capture(subject: &Subject<'_>, capture: &Capture, out: &mut impl Painter) {
    out.span(Span::Code(&capture.file));
    out.words(&format!(", {} ", capture.hash.algorithm.label()));
    out.span(Span::Code(&capture.hash.value));
    if let Some(captured) = &capture.captured {
        out.words(&format!(", captured {}", captured.describe()));
    }
    if let Some(by) = capture.by.as_deref().filter(|_| subject.options.include_collectors) {
        out.words(" by ");
        out.written(by, None);
    }
    if let Some(earlier) = &capture.alters {
        out.words(", altered from ");
        out.span(Span::Code(earlier));
    }
    if let Some(note) = &capture.note {
        out.words(". ");
        out.written(note, None);
    }
}
