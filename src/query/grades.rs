//! The best grade of each event, read from the columns of its citations.

use super::block::{Block, Shared};
use super::dictionary::Said;
use super::texts::Texts;
use crate::model::{CitationField, Reliability, Stance, Term as _, Timeline};

/// The grades of citations by the numbers in their columns.
pub(super) struct Grades {
    /// Places of the columns of sources, stances and own grades.
    places: [usize; 3],
    /// The grade of each source.
    of_sources: Vec<Option<Reliability>>,
    /// Whether each stance supports.
    supports: Vec<bool>,
    own: Vec<Option<Reliability>>,
}

impl Grades {
    /// The grades that a timeline gives.
    pub fn of(texts: &Texts, timeline: &Timeline) -> Option<Self> {
        let place = |field: CitationField| Shared::Citation(field).place();
        let (sources, stances) = (place(CitationField::Source)?, place(CitationField::Stance)?);
        let own = place(CitationField::Reliability)?;
        let grade = |said: &Said| match said {
            Said::Choice(choice) => Reliability::of(choice),
            _ => None,
        };
        let of_source = |said: &Said| match said {
            Said::Text(id) => timeline.source(id).and_then(|source| source.reliability),
            _ => None,
        };
        let supports = |said: &Said| matches!(said, Said::Choice(it) if Stance::of(it) == Some(Stance::Supports));
        Some(Self {
            places: [sources, stances, own],
            of_sources: texts.dictionary(sources)?.iter().map(of_source).collect(),
            supports: texts.dictionary(stances)?.iter().map(supports).collect(),
            own: texts.dictionary(own)?.iter().map(grade).collect(),
        })
    }

    /// The grade that each citation of a block lends to its event: none where it does not support it or has none.
    pub fn of_citations(&self, block: &Block) -> Vec<Option<Reliability>> {
        let [sources, stances, own] = self.places.map(|place| block.column(place));
        let (Some(sources), Some(stances), Some(own)) = (sources, stances, own) else { return Vec::new() };
        // A citation says one of each at most.
        let first = |row: &[u32]| row.first().map(|number| *number as usize);
        let supports = stances.map(|row| first(row).is_some_and(|stance| self.supports.get(stance) == Some(&true)));
        let own = own.map(|row| self.own.get(first(row)?).copied().flatten());
        let of_source = sources.map(|row| self.of_sources.get(first(row)?).copied().flatten());
        let grades = supports.into_iter().zip(own).zip(of_source);
        grades.map(|((supports, own), of_source)| own.or(of_source).filter(|_| supports)).collect()
    }
}

/// The best of the grades that citations lend to an event, as [`best_reliability`](crate::model::best_reliability) has it.
pub(super) fn best(of_citations: &[Option<Reliability>]) -> Option<Reliability> {
    // Grades are listed from the best; F, which is unjudged, gives way to every other.
    of_citations.iter().flatten().copied().min_by_key(|grade| *grade as usize)
}
