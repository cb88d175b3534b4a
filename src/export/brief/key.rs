//! What the terms mean that occur in a brief, in the words of the standards, and how its dates read.

use super::Key;
use super::subject::Subject;
use super::tally::{Tally, occurring};
use super::wording::meaning;
use crate::model::{Credibility, Likelihood, Reliability, Stance, Standing};
use crate::time::{Date, DayBound, DayBounds, Precision, Shape};

/// A key for each scale of which a term occurs, with the terms that do.
pub(super) fn keys(subject: &Subject<'_>, tally: &Tally) -> Vec<Key> {
    let all = [
        Key { heading: "How dates read", terms: dates(subject) },
        Key { heading: "Standing of events", terms: standings(tally) },
        Key { heading: "Stance of citations", terms: stances(tally) },
        Key { heading: "Reliability of sources (NATO system)", terms: reliabilities(subject, tally) },
        Key { heading: "Credibility of information (NATO system)", terms: credibilities(tally) },
        Key { heading: "Likelihood (ICD 203)", terms: likelihoods(tally) },
    ];
    all.into_iter().filter(|key| !key.terms.is_empty()).collect()
}

/// For each way in which a date is vague, the first that is, as an example.
fn dates(subject: &Subject<'_>) -> Vec<(String, String)> {
    let all = || {
        subject.shown.iter().flat_map(|shown| {
            let given = subject.cited(shown).filter_map(|cited| cited.citation.date.as_deref());
            shown.event.date.iter().chain(given)
        })
    };
    let plain = |date: &&Date| !date.certainty().approximate && !date.certainty().uncertain;
    // No side is open or unknown.
    let is_bounded = |date: &Date| {
        let bounds = date.day_bounds();
        matches!((bounds.earliest, bounds.latest), (DayBound::Day(_), DayBound::Day(_)))
    };
    let is_coarse =
        |date: &Date| date.shape() == Shape::Window && date.precision() < Precision::Day && is_bounded(date);
    let is_one_of = |date: &Date| match date.shape() {
        Shape::Window => date.precision() >= Precision::Day && is_bounded(date),
        Shape::OneOf(_) => true,
        Shape::Moment | Shape::Span | Shape::AllOf(_) => false,
    };
    // Read once: of most dates neither is so.
    let sided: Vec<&Date> =
        all().filter(plain).filter(|date| date.shape() == Shape::Span || !is_bounded(date)).collect();
    let first = |shape: Shape, is_so: &dyn Fn(DayBounds) -> bool| {
        sided.iter().copied().find(|date| date.shape() == shape && is_so(date.day_bounds()))
    };
    let examples = [
        (all().filter(plain).find(|date| is_coarse(date)), "no finer date is known"),
        (all().filter(plain).find(|date| is_one_of(date)), "happened once, at an unknown time among these"),
        (
            first(Shape::Window, &|bounds| bounds.latest == DayBound::Open),
            "happened once, then or at an unknown time afterwards",
        ),
        (
            first(Shape::Window, &|bounds| bounds.earliest == DayBound::Open),
            "happened once, then or at an unknown time before",
        ),
        (
            all().filter(plain).find(|date| date.shape() == Shape::Span && is_bounded(date)),
            "lasted from the first to the last",
        ),
        (first(Shape::Span, &|bounds| bounds.latest == DayBound::Open), "began then and has no end"),
        (first(Shape::Span, &|bounds| bounds.earliest == DayBound::Open), "ended then and has no beginning"),
        (first(Shape::Span, &|bounds| bounds.latest == DayBound::Unknown), "began then; nobody says when it ended"),
        (first(Shape::Span, &|bounds| bounds.earliest == DayBound::Unknown), "ended then; nobody says when it began"),
        (all().find(|date| date.certainty().approximate), "an estimate; how wide is not known"),
        (all().find(|date| date.certainty().uncertain), "the source itself is in doubt"),
    ];
    let term = |(date, meaning): (Option<&Date>, &str)| Some((date?.describe(), meaning.to_owned()));
    examples.into_iter().filter_map(term).collect()
}

fn standings(tally: &Tally) -> Vec<(String, String)> {
    let term = |standing: Standing| (standing.label().to_owned(), meaning(standing).to_owned());
    occurring(tally.standings).map(term).collect()
}

fn stances(tally: &Tally) -> Vec<(String, String)> {
    let term = |stance: Stance| {
        let meaning = match stance {
            Stance::Supports => "says that it happened so",
            Stance::Disputes => "says that it happened otherwise",
            Stance::Denies => "says that it did not happen",
            Stance::Mentions => "speaks of it without saying either",
        };
        (stance.label().to_owned(), meaning.to_owned())
    };
    occurring(tally.stances).map(term).collect()
}

fn reliabilities(subject: &Subject<'_>, tally: &Tally) -> Vec<(String, String)> {
    let of_sources = || subject.sources.iter().filter_map(|listed| listed.source.reliability);
    let of_citations: Vec<Reliability> = occurring(tally.reliabilities).collect();
    let occurs = |&grade: &Reliability| of_citations.contains(&grade) || of_sources().any(|given| given == grade);
    let term = |grade: Reliability| (grade.letter().to_owned(), grade.label().to_owned());
    let mut terms: Vec<_> = Reliability::ALL.into_iter().filter(occurs).map(term).collect();
    if subject.sources.iter().any(|listed| listed.source.reliability.is_none()) {
        terms.push(("not graded".to_owned(), "no grade was given, which says nothing either way".to_owned()));
    }
    terms
}

fn credibilities(tally: &Tally) -> Vec<(String, String)> {
    let term = |grade: Credibility| (grade.number().to_string(), grade.label().to_owned());
    occurring(tally.credibilities).map(term).collect()
}

/// The bands are help for the reader: what is judged is the term.
fn likelihoods(tally: &Tally) -> Vec<(String, String)> {
    let term = |term: Likelihood| {
        let (from, to) = term.band();
        (term.label().to_owned(), format!("{from}–{to} %"))
    };
    occurring(tally.likelihoods).map(term).collect()
}
