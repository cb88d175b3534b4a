//! The best grade of each event, read from the columns of its citations.

use super::block::{Block, MOST_EVENTS, Shared};
use super::said::Said;
use super::texts::Texts;
use crate::model::{CitationField, Reliability, Stance, Term as _, Timeline};

/// What stands for no grade: it comes after all of them.
pub(super) const NONE: u8 = Reliability::ALL.len() as u8;

/// The grades of citations by the numbers in their columns, each as its place from the best.
pub(super) struct Grades {
    /// Places of the columns of sources, stances and own grades.
    places: [usize; 3],
    /// The grade of each source.
    of_sources: Vec<u8>,
    /// The best grade that a citation of each stance can lend to its event: none where it does not support it.
    of_stances: Vec<u8>,
    own: Vec<u8>,
}

impl Grades {
    /// The grades that a timeline gives.
    pub fn of(texts: &Texts, timeline: &Timeline) -> Option<Self> {
        let place = |field: CitationField| Shared::Citation(field).place();
        let (sources, stances) = (place(CitationField::Source)?, place(CitationField::Stance)?);
        let own = place(CitationField::Reliability)?;
        let rank = |grade: Option<Reliability>| grade.map_or(NONE, |grade| grade as u8);
        let of_own = |said: &Said| match said {
            Said::Choice(choice) => rank(Reliability::of(choice)),
            _ => NONE,
        };
        let of_source = |said: &Said| match said {
            Said::Text(id) => rank(timeline.source(id).and_then(|source| source.reliability)),
            _ => NONE,
        };
        let of_stance = |said: &Said| match said {
            Said::Choice(it) if Stance::of(it) == Some(Stance::Supports) => 0,
            _ => NONE,
        };
        Some(Self {
            places: [sources, stances, own],
            of_sources: texts.dictionary(sources)?.iter().map(of_source).collect(),
            of_stances: texts.dictionary(stances)?.iter().map(of_stance).collect(),
            own: texts.dictionary(own)?.iter().map(of_own).collect(),
        })
    }

    /// The best grade among the citations that support each event of a block, as
    /// [`best_reliability`](crate::model::best_reliability) has it: its place in [`Reliability::ALL`], or [`NONE`]. Behind the last
    /// event there is none.
    pub fn best(&self, block: &Block) -> [u8; MOST_EVENTS] {
        let mut best = [NONE; MOST_EVENTS];
        let [sources, stances, own] = self.places.map(|place| block.column(place));
        let (Some(sources), Some(stances), Some(own)) = (sources, stances, own) else { return best };
        // A citation says one of each at most.
        let known = |of: &[u8], row: &[u32]| row.first().and_then(|at| of.get(*at as usize)).copied().unwrap_or(NONE);
        let own = own.map(|row| known(&self.own, row));
        let of_sources = sources.map(|row| known(&self.of_sources, row));
        let of_stances = stances.map(|row| known(&self.of_stances, row));
        let graded = own.into_iter().zip(of_sources).zip(of_stances);
        for (((own, of_source), of_stance), owner) in graded.zip(block.owners()) {
            let grade = if own == NONE { of_source } else { own };
            // Grades are listed from the best; F, which is unjudged, gives way to every other.
            if let Some(best) = best.get_mut(usize::from(*owner)) {
                *best = grade.max(of_stance).min(*best);
            }
        }
        best
    }
}
