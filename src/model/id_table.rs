//! Finds a record of a list by its id, at five bytes a record: the ids themselves stay in the records.

use std::hash::{BuildHasher, BuildHasherDefault};
use std::sync::Arc;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::{FxHashSet, FxHasher};

use super::slots::Slots;

type Hasher = BuildHasherDefault<FxHasher>;

/// The positions of a list's records by id. Knows slots and positions only: whoever asks says which id stands where.
///
/// Copies share the table. While they do, an edit of one is kept beside it, so that neither copying nor editing takes longer
/// the longer the list is; what was kept beside comes into the table once it is shared no more.
#[derive(Debug, Clone, Default)]
pub(super) struct IdTable {
    table: Arc<HashTable<u32>>,
    /// What is not in the table yet.
    added: HashTable<u32>,
    /// What is still in the table: hashes and slots. It is found no more, as the record there has another id or is gone.
    removed: FxHashSet<(u64, u32)>,
    slots: Slots,
}

/// What an id is looked up by.
pub(super) fn hash(id: &str) -> u64 {
    Hasher::default().hash_one(id)
}

impl IdTable {
    /// Makes room for so many more records at the end of the list.
    pub fn reserve<'r>(&mut self, records: usize, id_at: impl Fn(usize) -> Option<&'r str>) {
        let Self { table, slots, .. } = self;
        Arc::make_mut(table).reserve(records, |&slot| hash_at(slot, slots, &id_at));
    }

    /// Notes a record that is about to be put at the end of the list, as it is read and before any is edited; false where
    /// another has its id.
    pub fn push<'r>(&mut self, id: &'r str, id_at: impl Fn(usize) -> Option<&'r str>) -> bool {
        let Self { table, slots, .. } = self;
        // The new record is not in the list yet.
        let known = |at: usize| id_at(at).or(Some(id)).filter(|_| at <= slots.len());
        let is_new = insert(Arc::make_mut(table), hash(id), short(slots.len()), slots, &known);
        if is_new {
            self.push_nameless();
        }
        is_new
    }

    /// Notes the records at the end of the list that are not noted yet, as they are read and before any is edited, by the
    /// [`hash`] of each; those without an id only take a slot. False where two have the same id: then the table is of no
    /// further use.
    pub fn push_many<'r>(&mut self, hashes: &[u64], id_at: impl Fn(usize) -> Option<&'r str>) -> bool {
        let Self { table, slots, .. } = self;
        let table = Arc::make_mut(table);
        table.reserve(hashes.len(), |&slot| hash_at(slot, slots, &id_at));
        let from = short(slots.len());
        for _ in hashes {
            slots.insert(slots.len());
        }
        let nameless = hash("");
        let is_named = |slot: u32, hash: u64| hash != nameless || id_at(slot as usize).is_some_and(|id| !id.is_empty());
        in_parts(hashes, table.num_buckets()).into_iter().all(|(nth, hash)| {
            let slot = from + nth;
            !is_named(slot, hash) || insert(table, hash, slot, slots, &id_at)
        })
    }

    /// Notes a record that is about to be put at the end of the list and has no id yet.
    pub fn push_nameless(&mut self) {
        self.slots.insert(self.slots.len());
    }

    /// Where the record of this id stands.
    pub fn position<'r>(&self, id: &str, id_at: impl Fn(usize) -> Option<&'r str>) -> Option<usize> {
        let position = |slot: u32| self.slots.position(slot) as usize;
        let is_it = |&slot: &u32| id_at(position(slot)) == Some(id);
        let (hash, is_it) = (hash(id), &is_it);
        let found = self.table.find(hash, is_it).or_else(|| self.added.find(hash, is_it));
        found.map(|&slot| position(slot))
    }

    /// Where the records of a few ids stand, looked up side by side: each look waits for a far place in memory, and those of several
    /// do so together. `read` reads what lies at some positions a little ahead.
    pub fn positions<'r>(
        &self,
        ids: &[&str],
        read: impl Fn(&[usize]),
        id_at: impl Fn(usize) -> Option<&'r str>,
    ) -> Vec<Option<usize>> {
        // The first whose hash begins alike, which is nearly always the one.
        let likely = |id: &&str| self.table.find(hash(id), |_| true);
        let likely: Vec<usize> =
            ids.iter().filter_map(likely).map(|&slot| self.slots.position(slot) as usize).collect();
        read(&likely);
        ids.iter().map(|id| self.position(id, &id_at)).collect()
    }

    /// Notes a record that was put at a position, which moved the later ones. The list holds it already.
    pub fn insert<'r>(&mut self, id: &str, at: usize, id_at: impl Fn(usize) -> Option<&'r str>) {
        self.slots.insert(at);
        self.name(id, at, id_at);
    }

    /// Notes that the record at a position has this id now. The list holds it already.
    pub fn name<'r>(&mut self, id: &str, at: usize, id_at: impl Fn(usize) -> Option<&'r str>) {
        let Some(slot) = self.slots.slot(at) else { return };
        let Self { table, added, removed, slots } = self;
        let hash = hash(id);
        if removed.remove(&(hash, slot)) {
            // It has come back.
            return;
        }
        let rehash = |&slot: &u32| hash_at(slot, slots, &id_at);
        let Some(own) = Arc::get_mut(table) else {
            added.insert_unique(hash, slot, rehash);
            return;
        };
        for (hash, slot) in removed.drain() {
            remove(own, hash, slot);
        }
        for slot in added.drain() {
            own.insert_unique(hash_at(slot, slots, &id_at), slot, rehash);
        }
        own.insert_unique(hash, slot, rehash);
    }

    /// Forgets the id of the record at this position, which has it still. Where the record leaves the list,
    /// [`IdTable::close_gap`] follows.
    pub fn forget(&mut self, id: &str, at: usize) {
        let (hash, Some(slot)) = (hash(id), self.slots.slot(at)) else { return };
        if remove(&mut self.added, hash, slot) {
            return;
        }
        match Arc::get_mut(&mut self.table) {
            Some(own) => drop(remove(own, hash, slot)),
            None => drop(self.removed.insert((hash, slot))),
        }
    }

    /// Notes records that were put at these positions, which they have now, in order. The list holds them already.
    pub fn insert_many<'r>(&mut self, at: &[u32], id_at: impl Fn(usize) -> Option<&'r str>) {
        self.slots.insert_many(at);
        for at in at {
            if let Some(id) = id_at(*at as usize) {
                self.name(id, *at as usize, &id_at);
            }
        }
    }

    /// Forgets the records at these positions, which are in order and still in the list.
    pub fn remove_many<'r>(&mut self, at: &[u32], id_at: impl Fn(usize) -> Option<&'r str>) {
        for at in at {
            if let Some(id) = id_at(*at as usize) {
                self.forget(id, *at as usize);
            }
        }
        self.slots.remove_many(at);
    }

    /// Moves the records behind a position that was taken out one to the front.
    pub fn close_gap(&mut self, at: usize) {
        self.slots.remove(at);
    }
}

/// Adds a slot; false where the id of its record has one already.
fn insert<'r>(
    table: &mut HashTable<u32>,
    hash: u64,
    slot: u32,
    slots: &Slots,
    id_at: &impl Fn(usize) -> Option<&'r str>,
) -> bool {
    let id = |slot: u32| id_at(slots.position(slot) as usize);
    let is_it = |&other: &u32| id(other) == id(slot);
    match table.entry(hash, is_it, |&slot| hash_at(slot, slots, id_at)) {
        Entry::Occupied(_) => false,
        Entry::Vacant(free) => {
            free.insert(slot);
            true
        }
    }
}

/// Parts of a table that are filled one after another.
const PARTS: usize = 256;

/// The hashes with their positions, those of each part of a table of so many buckets together: a part stays at hand where
/// the whole table does not.
fn in_parts(hashes: &[u64], buckets: usize) -> Vec<(u32, u64)> {
    let shift = buckets.max(1).ilog2().saturating_sub(PARTS.ilog2());
    // A table looks for a hash from the bucket on that its lowest bits name.
    let part = |hash: u64| (hash as usize & buckets.saturating_sub(1)) >> shift;
    let mut next = [0; PARTS];
    for hash in hashes {
        if let Some(count) = next.get_mut(part(*hash) + 1) {
            *count += 1;
        }
    }
    let mut before = 0;
    for start in &mut next {
        before += *start;
        *start = before;
    }
    let mut parted = vec![(0, 0); hashes.len()];
    for (nth, hash) in (0..).zip(hashes) {
        let Some(next) = next.get_mut(part(*hash)) else { continue };
        if let Some(place) = parted.get_mut(*next) {
            *place = (nth, *hash);
        }
        *next += 1;
    }
    parted
}

fn short(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

fn hash_at<'r>(slot: u32, slots: &Slots, id_at: &impl Fn(usize) -> Option<&'r str>) -> u64 {
    hash(id_at(slots.position(slot) as usize).unwrap_or_default())
}

/// Takes a slot out of a table; says whether it was there.
fn remove(table: &mut HashTable<u32>, hash: u64, slot: u32) -> bool {
    table.find_entry(hash, |&known| known == slot).is_ok_and(|entry| {
        entry.remove();
        true
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is done to a list of ids.
    #[derive(Debug, Clone)]
    enum Step {
        Insert(usize, String),
        Remove(usize),
        Rename(usize, String),
        /// The list is copied, and one of the copies goes on; the other stays as it is until it is let go.
        Copy,
        LetGo,
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            3 => (any::<usize>(), "[a-h]").prop_map(|(at, id)| Step::Insert(at, id)),
            2 => any::<usize>().prop_map(Step::Remove),
            2 => (any::<usize>(), "[a-h]").prop_map(|(at, id)| Step::Rename(at, id)),
            1 => Just(Step::Copy),
            1 => Just(Step::LetGo),
        ]
    }

    fn assert_is_of(table: &IdTable, list: &[String]) {
        for id in ('a'..='z').map(|id| id.to_string()) {
            let found = table.position(&id, |at| list.get(at).map(String::as_str));
            assert_eq!(found, list.iter().position(|other| *other == id), "{id} in {list:?}");
        }
    }

    proptest! {
        #[test]
        fn every_id_is_found_where_it_stands(
            given in prop::collection::vec("[a-h]", 0..6),
            steps in prop::collection::vec(step(), 0..40),
        ) {
            let (mut table, mut list): (IdTable, Vec<String>) = Default::default();
            for id in given {
                let is_new = !list.contains(&id);
                assert_eq!(table.push(&id, |at| list.get(at).map(String::as_str)), is_new);
                if is_new {
                    list.push(id);
                }
            }
            let mut copies: Vec<(IdTable, Vec<String>)> = Vec::new();
            for step in steps {
                match step {
                    Step::Insert(at, id) if !list.contains(&id) => {
                        let at = at % (list.len() + 1);
                        list.insert(at, id.clone());
                        table.insert(&id, at, |at| list.get(at).map(String::as_str));
                    }
                    Step::Remove(at) if !list.is_empty() => {
                        let at = at % list.len();
                        table.forget(&list[at], at);
                        table.close_gap(at);
                        list.remove(at);
                    }
                    Step::Rename(at, id) if !list.is_empty() && !list.contains(&id) => {
                        let at = at % list.len();
                        let old = std::mem::replace(&mut list[at], id.clone());
                        table.forget(&old, at);
                        table.name(&id, at, |at| list.get(at).map(String::as_str));
                    }
                    Step::Copy => copies.push((table.clone(), list.clone())),
                    Step::LetGo => copies.truncate(copies.len().saturating_sub(1)),
                    Step::Insert(..) | Step::Remove(_) | Step::Rename(..) => {}
                }
                assert_is_of(&table, &list);
            }
            for (table, list) in &copies {
                assert_is_of(table, list);
            }
        }
    }

    #[test]
    fn what_was_kept_beside_a_shared_table_comes_into_it() {
        let (mut table, mut list) = (IdTable::default(), Vec::new());
        for id in ["a", "b", "c"] {
            assert!(table.push(id, |at| list.get(at).copied()));
            list.push(id);
        }
        let copy = table.clone();
        list.insert(1, "d");
        table.insert("d", 1, |at| list.get(at).copied());
        assert_eq!((table.added.len(), table.table.len()), (1, 3));
        drop(copy);
        list.insert(0, "e");
        table.insert("e", 0, |at| list.get(at).copied());
        assert_eq!((table.added.len(), table.table.len()), (0, 5));
    }
}
