//! Fields of the user's own, dictionary-encoded: which names and texts each event of a block has.
//!
//! ```text
//!   terms    0 ("Channel", "4")   1 ("Channel", "7")   2 ("Casualties", "14")
//!   column   [0] [] [1, 2] [0] …                       a row an event
//! ```
//!
//! Made when the first question or count asks for such a field, of every block at once, and after an edit of the few blocks that are
//! new: most timelines have none, and most questions ask for none.

use hashbrown::HashTable;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{BuildHasher as _, BuildHasherDefault};

use super::coded::Coded;
use super::column::Growing;
use crate::model::{Events, Text};

/// Pairs of a name and a text, each once with a number. One that no event has any longer stays.
#[derive(Debug, Clone, Default)]
pub(super) struct OwnTerms {
    terms: Vec<(Text, Text)>,
    numbers: HashTable<u32>,
}

impl OwnTerms {
    /// Every name with a text, in the order of their numbers.
    pub fn all(&self) -> &[(Text, Text)] {
        &self.terms
    }

    fn number(&mut self, name: &Text, text: &Text) -> u32 {
        let hash = |pair: (&str, &str)| BuildHasherDefault::<FxHasher>::default().hash_one(pair);
        let Self { terms, numbers } = self;
        let own = hash((name, text));
        let is_same = |&at: &u32| terms.get(at as usize).is_some_and(|known| known.0 == *name && known.1 == *text);
        if let Some(known) = numbers.find(own, is_same) {
            return *known;
        }
        let number = u32::try_from(terms.len()).unwrap_or(u32::MAX);
        terms.push((name.clone(), text.clone()));
        let rehash = |&at: &u32| terms.get(at as usize).map_or(0, |(name, text)| hash((name, text)));
        numbers.insert_unique(own, number, rehash);
        number
    }
}

/// The column of a block with numbers of its own: threads make these side by side, and wait for no dictionary.
pub(super) struct BlockTerms<'e> {
    cells: Growing<u32>,
    terms: Vec<(&'e Text, &'e Text)>,
}

impl<'e> BlockTerms<'e> {
    /// Reads some events.
    pub fn of(events: &'e Events, range: std::ops::Range<usize>) -> Self {
        let mut known: FxHashMap<(&str, &str), u32> = FxHashMap::default();
        let mut own = Self { cells: Growing::default(), terms: Vec::new() };
        let Self { cells, terms } = &mut own;
        for event in events.range(range) {
            for (name, text) in event.rare.fields.iter() {
                let number = known.entry((name.as_str(), text.as_str())).or_insert_with(|| {
                    terms.push((name, text));
                    (terms.len() - 1) as u32
                });
                cells.all.push(*number);
            }
            cells.end();
        }
        own
    }

    /// The column with the numbers of a dictionary.
    pub fn numbered(mut self, dictionary: &mut OwnTerms) -> Coded {
        let globals: Vec<u32> = self.terms.iter().map(|(name, text)| dictionary.number(name, text)).collect();
        for number in &mut self.cells.all {
            *number = globals.get(*number as usize).copied().unwrap_or(u32::MAX);
        }
        Coded::of(&self.cells)
    }
}
