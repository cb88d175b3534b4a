//! How often each term occurs in what a brief shows, counted in one pass over its events.

use super::subject::Subject;
use crate::model::{Badge, Credibility, Likelihood, Reliability, Sourcing, Stance, Standing};

/// Terms in the order of their standard, each with its number.
pub(super) type Counts<T, const N: usize> = [(T, usize); N];

/// What occurs, and how often.
pub(super) struct Tally {
    /// Of events.
    pub standings: Counts<Standing, 7>,
    /// Of events.
    pub badges: Counts<Badge, 3>,
    /// Of judgments.
    pub likelihoods: Counts<Likelihood, 7>,
    /// Of citations that count.
    pub stances: Counts<Stance, 4>,
    /// Of citations that count, where they give their own.
    pub reliabilities: Counts<Reliability, 6>,
    /// Of citations that count.
    pub credibilities: Counts<Credibility, 6>,
    /// Citations that count and lead to no source.
    pub without_source: usize,
}

impl Tally {
    /// Of what a brief shows.
    pub fn of(subject: &Subject<'_>) -> Self {
        let mut tally = Self {
            standings: Standing::ALL.map(|term| (term, 0)),
            badges: Badge::ALL.map(|term| (term, 0)),
            likelihoods: Likelihood::ALL.map(|term| (term, 0)),
            stances: Stance::ALL.map(|term| (term, 0)),
            reliabilities: Reliability::ALL.map(|term| (term, 0)),
            credibilities: Credibility::ALL.map(|term| (term, 0)),
            without_source: 0,
        };
        for shown in subject.in_file_order() {
            let event = shown.event;
            count(&mut tally.standings, Some(event.standing));
            count(&mut tally.likelihoods, event.judgment.as_deref().and_then(|judgment| judgment.likelihood));
            let sourcing = Sourcing::of(subject.timeline, event, |citation| subject.counts(citation));
            for (badge, number) in &mut tally.badges {
                *number += usize::from(sourcing.earns(*badge));
            }
            for cited in subject.cited(shown) {
                count(&mut tally.stances, Some(cited.citation.stance));
                count(&mut tally.reliabilities, cited.citation.reliability);
                count(&mut tally.credibilities, cited.citation.credibility);
                tally.without_source += usize::from(cited.source.is_none());
            }
        }
        tally
    }
}

fn count<T: PartialEq, const N: usize>(counts: &mut Counts<T, N>, term: Option<T>) {
    if let Some(term) = term
        && let Some((_, number)) = counts.iter_mut().find(|(other, _)| *other == term)
    {
        *number += 1;
    }
}

/// The terms that occur.
pub(super) fn occurring<T, const N: usize>(counts: Counts<T, N>) -> impl Iterator<Item = T> {
    counts.into_iter().filter(|&(_, number)| number > 0).map(|(term, _)| term)
}
