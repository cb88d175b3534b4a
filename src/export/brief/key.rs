//! What the terms mean that occur in a brief, in the words of the standards, and how its dates read.

use super::Key;
use super::subject::Subject;
use super::wording::meaning;
use crate::model::{Credibility, Judgment, Likelihood, Reliability, Stance, Standing};
use crate::time::{Date, Precision, Shape};

/// A key for each scale of which a term occurs, with the terms that do.
pub(super) fn keys(subject: &Subject<'_>) -> Vec<Key> {
    let all = [
        Key { heading: "How dates read", terms: dates(subject) },
        Key { heading: "Standing of events", terms: standings(subject) },
        Key { heading: "Stance of citations", terms: stances(subject) },
        Key { heading: "Reliability of sources (NATO system)", terms: reliabilities(subject) },
        Key { heading: "Credibility of information (NATO system)", terms: credibilities(subject) },
        Key { heading: "Likelihood (ICD 203)", terms: likelihoods(subject) },
    ];
    all.into_iter().filter(|key| !key.terms.is_empty()).collect()
}

/// For each way in which a date is vague, the first that is, as an example.
fn dates(subject: &Subject<'_>) -> Vec<(String, String)> {
    let all = || {
        subject.shown.iter().flat_map(|shown| {
            let given = subject.cited(shown).filter_map(|cited| cited.citation.date.as_deref());
            std::iter::once(&shown.event.date).chain(given)
        })
    };
    let plain = |date: &&Date| !date.certainty().approximate && !date.certainty().uncertain;
    let is_coarse = |date: &Date| date.shape() == Shape::Window && date.precision() < Precision::Day;
    let is_one_of = |date: &Date| match date.shape() {
        Shape::Window => date.precision() >= Precision::Day,
        Shape::OneOf(_) => true,
        Shape::Moment | Shape::Span | Shape::AllOf(_) => false,
    };
    let examples = [
        (all().filter(plain).find(|date| is_coarse(date)), "no finer date is known"),
        (all().filter(plain).find(|date| is_one_of(date)), "happened once, at an unknown time among these"),
        (all().filter(plain).find(|date| date.shape() == Shape::Span), "lasted from the first to the last"),
        (all().find(|date| date.certainty().approximate), "an estimate; how wide is not known"),
        (all().find(|date| date.certainty().uncertain), "the source itself is in doubt"),
    ];
    let term = |(date, meaning): (Option<&Date>, &str)| Some((date?.describe(), meaning.to_owned()));
    examples.into_iter().filter_map(term).collect()
}

fn standings(subject: &Subject<'_>) -> Vec<(String, String)> {
    let occurs = |&standing: &Standing| subject.shown.iter().any(|shown| shown.event.standing == standing);
    let term = |standing: Standing| (standing.label().to_owned(), meaning(standing).to_owned());
    Standing::ALL.into_iter().filter(occurs).map(term).collect()
}

fn stances(subject: &Subject<'_>) -> Vec<(String, String)> {
    let occurs = |&stance: &Stance| subject.citations().any(|cited| cited.citation.stance == stance);
    let term = |stance: Stance| {
        let meaning = match stance {
            Stance::Supports => "says that it happened so",
            Stance::Disputes => "says that it happened otherwise",
            Stance::Denies => "says that it did not happen",
            Stance::Mentions => "speaks of it without saying either",
        };
        (stance.label().to_owned(), meaning.to_owned())
    };
    Stance::ALL.into_iter().filter(occurs).map(term).collect()
}

fn reliabilities(subject: &Subject<'_>) -> Vec<(String, String)> {
    let of_citations = || subject.citations().filter_map(|cited| cited.citation.reliability);
    let of_sources = || subject.sources.iter().filter_map(|listed| listed.source.reliability);
    let occurs = |&grade: &Reliability| of_sources().chain(of_citations()).any(|given| given == grade);
    let term = |grade: Reliability| (grade.letter().to_owned(), grade.label().to_owned());
    let mut terms: Vec<_> = Reliability::ALL.into_iter().filter(occurs).map(term).collect();
    if subject.sources.iter().any(|listed| listed.source.reliability.is_none()) {
        terms.push(("not graded".to_owned(), "no grade was given, which says nothing either way".to_owned()));
    }
    terms
}

fn credibilities(subject: &Subject<'_>) -> Vec<(String, String)> {
    let occurs = |&grade: &Credibility| subject.citations().any(|cited| cited.citation.credibility == Some(grade));
    let term = |grade: Credibility| (grade.number().to_string(), grade.label().to_owned());
    Credibility::ALL.into_iter().filter(occurs).map(term).collect()
}

/// The bands are help for the reader: what is judged is the term.
fn likelihoods(subject: &Subject<'_>) -> Vec<(String, String)> {
    let judgments = || subject.shown.iter().filter_map(|shown| shown.event.judgment.as_deref());
    let occurs = |&term: &Likelihood| judgments().any(|judgment: &Judgment| judgment.likelihood == Some(term));
    let term = |term: Likelihood| {
        let (from, to) = term.band();
        (term.label().to_owned(), format!("{from}–{to} %"))
    };
    Likelihood::ALL.into_iter().filter(occurs).map(term).collect()
}
