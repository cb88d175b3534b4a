//! Finds a record of a list by its id, at four bytes a record: the ids themselves stay in the records.

use std::hash::{BuildHasher, BuildHasherDefault};
use std::sync::Arc;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxHasher;

type Hasher = BuildHasherDefault<FxHasher>;

/// The positions of a list's records by id. Knows positions only: whoever asks says which id stands where.
///
/// Copies share the table until one of them changes.
#[derive(Debug, Clone, Default)]
pub(super) struct IdTable {
    positions: Arc<HashTable<u32>>,
}

fn hash(id: &str) -> u64 {
    Hasher::default().hash_one(id)
}

impl IdTable {
    /// Makes room for so many records.
    pub fn with_capacity(records: usize) -> Self {
        Self { positions: Arc::new(HashTable::with_capacity(records)) }
    }

    /// Makes room for so many more records.
    pub fn reserve<'r>(&mut self, records: usize, id_at: impl Fn(usize) -> Option<&'r str>) {
        let rehash = |&at: &u32| hash(id_at(at as usize).unwrap_or_default());
        Arc::make_mut(&mut self.positions).reserve(records, rehash);
    }

    /// Notes a record that is about to be put at the end of the list; false where another has its id.
    pub fn insert_new<'r>(&mut self, id: &str, at: usize, id_at: impl Fn(usize) -> Option<&'r str>) -> bool {
        let Ok(position) = u32::try_from(at) else { return false };
        // The new record is not in the list yet.
        let known = |at: usize| id_at(at).unwrap_or(id);
        let rehash = |&at: &u32| hash(known(at as usize));
        match Arc::make_mut(&mut self.positions).entry(hash(id), |&at| known(at as usize) == id, rehash) {
            Entry::Occupied(_) => false,
            Entry::Vacant(free) => {
                free.insert(position);
                true
            }
        }
    }

    /// Where the record of this id stands.
    pub fn position<'r>(&self, id: &str, id_at: impl Fn(usize) -> Option<&'r str>) -> Option<usize> {
        self.positions.find(hash(id), |&at| id_at(at as usize) == Some(id)).map(|&at| at as usize)
    }

    /// Notes a record that was put at a position, which moved the later ones. The list holds it already.
    pub fn insert<'r>(&mut self, id: &str, at: usize, len: usize, id_at: impl Fn(usize) -> Option<&'r str>) {
        let Ok(at) = u32::try_from(at) else { return };
        let positions = Arc::make_mut(&mut self.positions);
        if (at as usize) + 1 < len {
            positions.iter_mut().filter(|position| **position >= at).for_each(|position| *position += 1);
        }
        positions.insert_unique(hash(id), at, |&at| hash(id_at(at as usize).unwrap_or_default()));
    }

    /// Forgets the record of this id at this position. Where it leaves the list, [`IdTable::close_gap`] follows.
    pub fn forget(&mut self, id: &str, at: usize) {
        if let Ok(entry) = Arc::make_mut(&mut self.positions).find_entry(hash(id), |&known| known as usize == at) {
            entry.remove();
        }
    }

    /// Moves the records behind a position that was taken out one to the front.
    pub fn close_gap(&mut self, at: usize) {
        let positions = Arc::make_mut(&mut self.positions);
        positions.iter_mut().filter(|position| **position as usize > at).for_each(|position| *position -= 1);
    }
}
