//! Finds a record of a list by its id, at four bytes a record: the ids themselves stay in the records.

use std::hash::{BuildHasher, BuildHasherDefault};

use hashbrown::HashTable;
use rustc_hash::FxHasher;

type Hasher = BuildHasherDefault<FxHasher>;

/// The positions of a list's records by id. Knows positions only: whoever asks says which id stands where.
#[derive(Debug, Clone, Default)]
pub(super) struct IdTable {
    positions: HashTable<u32>,
}

fn hash(id: &str) -> u64 {
    Hasher::default().hash_one(id)
}

impl IdTable {
    /// Makes room for so many records.
    pub fn with_capacity(records: usize) -> Self {
        Self { positions: HashTable::with_capacity(records) }
    }

    /// Where the record of this id stands.
    pub fn position<'r>(&self, id: &str, id_at: impl Fn(usize) -> Option<&'r str>) -> Option<usize> {
        self.positions.find(hash(id), |&at| id_at(at as usize) == Some(id)).map(|&at| at as usize)
    }

    /// Notes a record that was put at a position, which moved the later ones. The list holds it already.
    pub fn insert<'r>(&mut self, id: &str, at: usize, len: usize, id_at: impl Fn(usize) -> Option<&'r str>) {
        let Ok(at) = u32::try_from(at) else { return };
        if (at as usize) + 1 < len {
            self.positions.iter_mut().filter(|position| **position >= at).for_each(|position| *position += 1);
        }
        self.positions.insert_unique(hash(id), at, |&at| hash(id_at(at as usize).unwrap_or_default()));
    }

    /// Forgets the record of this id at this position. Where it leaves the list, [`IdTable::close_gap`] follows.
    pub fn forget(&mut self, id: &str, at: usize) {
        if let Ok(entry) = self.positions.find_entry(hash(id), |&known| known as usize == at) {
            entry.remove();
        }
    }

    /// Moves the records behind a position that was taken out one to the front.
    pub fn close_gap(&mut self, at: usize) {
        self.positions.iter_mut().filter(|position| **position as usize > at).for_each(|position| *position -= 1);
    }
}
