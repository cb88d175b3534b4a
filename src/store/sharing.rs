//! What many records say alike, kept once: lanes, actors, places, tags, sources, dates.

use std::hash::{BuildHasher, BuildHasherDefault};
use std::sync::{Mutex, PoisonError};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxHasher;
use thin_vec::ThinVec;

use crate::model::{Event, Text};
use crate::time::DateMemo;

/// Texts beyond which no new ones are kept: what is common comes early.
const MOST_TEXTS: usize = 1 << 16;

/// Texts and dates seen so far.
#[derive(Debug, Default)]
pub(super) struct Sharing {
    texts: HashTable<Text>,
    /// Dates cost more to read than to find again.
    dates: DateMemo,
}

impl Sharing {
    /// Makes an event share what others said before it, and take no more room than it fills.
    pub fn share(&mut self, event: &mut Event) {
        let Event { lane, actors, place, tags, citations, links, wording, .. } = event;
        exact(actors);
        exact(tags);
        exact(citations);
        exact(links);
        let optional = [lane, place, wording].into_iter().filter_map(Option::as_mut);
        for text in optional.chain(actors).chain(tags) {
            self.text(text);
        }
        for citation in citations {
            self.text(&mut citation.source);
            if let Some(locator) = &mut citation.locator {
                self.text(locator);
            }
        }
    }

    fn text(&mut self, text: &mut Text) {
        let hash = |text: &Text| BuildHasherDefault::<FxHasher>::default().hash_one(text.as_str());
        let room = self.texts.len() < MOST_TEXTS;
        if room {
            match self.texts.entry(hash(text), |other| other == text, hash) {
                Entry::Occupied(known) => *text = known.get().clone(),
                Entry::Vacant(free) => drop(free.insert(text.clone())),
            }
        } else if let Some(known) = self.texts.find(hash(text), |other| other == text) {
            *text = known.clone();
        }
    }
}

/// Gives a list no more room than it fills: one that was read element by element has room for more, which is a fifth of what
/// a large file takes if it is kept. A list that is only shrunk keeps its room where that is less than twice what it needs:
/// allocators do not move blocks for that.
fn exact<T>(list: &mut ThinVec<T>) {
    if list.len() < list.capacity() {
        let mut fitting = ThinVec::with_capacity(list.len());
        fitting.append(list);
        *list = fitting;
    }
}

/// What the threads of a reading share with: one each, so that nothing waits for another.
#[derive(Debug, Default)]
pub(super) struct SharingPool {
    idle: Mutex<Vec<Sharing>>,
}

impl SharingPool {
    /// Reads something, with dates found again where they were read before.
    pub fn reading<R>(&self, read: impl FnOnce(&mut Sharing) -> R) -> R {
        let lent = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut sharing = lent.unwrap_or_default();
        let mut dates = std::mem::take(&mut sharing.dates);
        let result = dates.during(|| read(&mut sharing));
        sharing.dates = dates;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(sharing);
        result
    }
}
