//! What the table shows of sources beside their fields: how many events cite each, and which may be the same.

use imbl::Vector;

use super::Filter;
use super::duplicates::Duplicates;
use crate::index::References;
use crate::model::{Source, Timeline};

/// Derived by the position of a source in the timeline. An edit of an event touches no more than the counts.
#[derive(Debug, Default)]
pub struct SourceFacts {
    revision: Option<u64>,
    /// The sources that the facts are about: a copy that shares everything.
    sources: Vector<Source>,
    sources_version: u64,
    version: u64,
    duplicates: Duplicates,
    cited: Vec<usize>,
    duplicate: Vec<bool>,
    ungraded: usize,
}

impl SourceFacts {
    /// Brings the facts up to date with a revision of the timeline.
    pub fn refresh(&mut self, timeline: &Timeline, references: &References, revision: u64) {
        if self.revision == Some(revision) {
            return;
        }
        let sources = timeline.sources();
        let first = self.revision.is_none();
        self.revision = Some(revision);
        if first || !self.sources.ptr_eq(sources) {
            self.sources = sources.clone();
            self.sources_version += 1;
            self.version += 1;
            self.duplicate = vec![false; sources.len()];
            for at in self.duplicates.groups(timeline).into_iter().flatten() {
                if let Some(duplicate) = self.duplicate.get_mut(at) {
                    *duplicate = true;
                }
            }
            self.ungraded = sources.iter().filter(|source| source.reliability.is_none()).count();
        }
        let cited: Vec<usize> = sources.iter().map(|source| references.citing_count(&source.id)).collect();
        if cited != self.cited {
            self.cited = cited;
            self.version += 1;
        }
    }

    /// Changes whenever a source or a count does.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Changes whenever a source does.
    pub fn sources_version(&self) -> u64 {
        self.sources_version
    }

    /// How many events cite the source at this position.
    pub fn cited_by(&self, at: usize) -> usize {
        self.cited.get(at).copied().unwrap_or(0)
    }

    /// Whether another source may be the same.
    pub fn is_duplicate(&self, at: usize) -> bool {
        self.duplicate.get(at).copied().unwrap_or(false)
    }

    /// How many sources pass a filter.
    pub fn count(&self, filter: Filter) -> usize {
        match filter {
            Filter::Uncited => self.cited.iter().filter(|count| **count == 0).count(),
            Filter::Ungraded => self.ungraded,
            Filter::Duplicates => self.duplicate.iter().filter(|duplicate| **duplicate).count(),
        }
    }
}
