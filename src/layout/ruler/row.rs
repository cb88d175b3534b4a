//! A row of names, left to right: each has several that it could have and room in which these may stand.
//!
//! ```text
//!          ┌ 1995 ┐                 wants to stand at its line
//!   │ 1961   ⌇      ⌇ 1995 │ 1996   and gives way into the fold beside it where it is too long for its part
//!          └── room ───────┘
//! ```
//!
//! The order is given, so that names fit together where each, put as far left as it can be, ends within its room.

use std::sync::Arc;

use super::INDENT;
use crate::text::Run;

/// Between names that no line keeps apart.
const GAP: f64 = 1.5 * INDENT;

/// A name that an entry could have.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) run: Arc<Run>,
    /// Where it stands when nothing is in its way.
    pub(super) left: f64,
    /// Where it may begin and end.
    pub(super) room: (f64, f64),
}

impl Name {
    /// Whether it fits when nothing else stands in its room.
    pub(super) fn has_room(&self) -> bool {
        self.room.0 + self.run.width_pt <= self.room.1
    }
}

/// How much the name of an entry matters: those of the first kind find their place first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// The date of a stretch.
    Head,
    /// A division of the row itself.
    Own,
    /// A division of the other level that has no room there.
    Lifted,
}

/// Something that wants a name.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) rank: Rank,
    /// Fullest first.
    pub(super) names: Vec<Name>,
    /// Which of them is enough: one after it says less than its rank asks for.
    pub(super) enough: usize,
    pub(super) chosen: Option<usize>,
}

impl Entry {
    /// One that has its shortest name for enough.
    pub(super) fn new(rank: Rank, names: Vec<Name>) -> Self {
        Self { rank, enough: names.len().saturating_sub(1), names, chosen: None }
    }

    fn name(&self) -> Option<&Name> {
        self.names.get(self.chosen?)
    }
}

/// Entries in the order in which their names stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub(super) entries: Vec<Entry>,
}

impl Row {
    /// Chooses the names: first such as are enough, by rank; then, by turns, fuller ones.
    pub(super) fn choose(&mut self) {
        for rank in [Rank::Head, Rank::Own, Rank::Lifted] {
            for at in 0..self.entries.len() {
                let Some(entry) = self.entries.get(at).filter(|entry| entry.rank == rank) else { continue };
                let _is_named = (entry.enough..entry.names.len()).any(|name| self.try_name(at, name));
            }
        }
        let mut is_changed = true;
        while is_changed {
            is_changed = false;
            for at in 0..self.entries.len() {
                let Some(chosen) = self.entries.get(at).and_then(|entry| entry.chosen) else { continue };
                is_changed |= (0..chosen).rev().any(|name| self.try_name(at, name));
            }
        }
    }

    /// Gives an entry one of its names, if there is room for it beside all others.
    pub(super) fn try_name(&mut self, at: usize, name: usize) -> bool {
        let Some(entry) = self.entries.get_mut(at) else { return false };
        let before = entry.chosen.replace(name);
        let fits = self.fits();
        if !fits && let Some(entry) = self.entries.get_mut(at) {
            entry.chosen = before;
        }
        fits
    }

    /// Gives an entry a name that it has alone, if there is room for it.
    pub(super) fn try_only_name(&mut self, at: usize, name: Name) -> bool {
        let Some(entry) = self.entries.get_mut(at) else { return false };
        entry.names = vec![name];
        self.try_name(at, 0)
    }

    /// Gives an entry the fullest of its names, from the first of these on, that there is room for.
    pub(super) fn improve(&mut self, at: usize, first: usize) {
        let chosen = self.entries.get(at).and_then(|entry| entry.chosen).unwrap_or(first);
        let _is_changed = (first..chosen).any(|name| self.try_name(at, name));
    }

    /// Whether an entry has a name.
    pub(super) fn is_named(&self, at: usize) -> bool {
        self.entries.get(at).is_some_and(|entry| entry.chosen.is_some())
    }

    /// Whether each chosen name ends within its room when all are put as far left as they can be.
    fn fits(&self) -> bool {
        let mut free_from = f64::NEG_INFINITY;
        self.entries.iter().filter_map(Entry::name).all(|name| {
            let right = name.room.0.max(free_from) + name.run.width_pt;
            free_from = right + GAP;
            right <= name.room.1
        })
    }

    /// Where the chosen names begin: each as near as can be to where it wants to stand.
    pub(super) fn placed(&self) -> Vec<Option<(f64, Arc<Run>)>> {
        let mut latest = Vec::with_capacity(self.entries.len());
        let mut free_until = f64::INFINITY;
        for entry in self.entries.iter().rev() {
            let left = entry.name().map(|name| (name.room.1.min(free_until)) - name.run.width_pt);
            free_until = left.map_or(free_until, |left| left - GAP);
            latest.push(left);
        }
        let mut free_from = f64::NEG_INFINITY;
        let place = |(entry, latest): (&Entry, Option<f64>)| {
            let (name, latest) = (entry.name()?, latest?);
            let left = name.left.min(latest).max(name.room.0).max(free_from);
            free_from = left + name.run.width_pt + GAP;
            Some((left, Arc::clone(&name.run)))
        };
        self.entries.iter().zip(latest.into_iter().rev()).map(place).collect()
    }
}
