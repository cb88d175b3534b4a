//! Which events hold a word, in any of the texts that belong to them.
//!
//! An event's own texts (title, note, quotations) are read where they stand, or from [`Texts`], where they stand side by
//! side. Texts that many events share (a lane's title, a source's, an actor, a day in words) are looked at once and
//! remembered for as long as the search lasts.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use memchr::memmem::Finder;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use super::{Matches, Query, Texts, fold};
use crate::model::{Event, Source, Text, Timeline};

/// Events that one thread looks at in one go.
const STRIDE: usize = 4096;

/// Shared texts remembered by one thread; past it they are looked at each time.
const MOST_REMEMBERED: usize = 1 << 16;

/// The events that match a query; none where the query asks for nothing, or the search was cancelled. `texts` are those
/// of the timeline's events.
pub fn search(query: &Query, timeline: &Timeline, texts: &Texts, cancelled: &AtomicBool) -> Option<Matches> {
    debug_assert!(texts.are_of(timeline.events()), "texts follow every edit");
    let is_off = || cancelled.load(Ordering::Relaxed);
    let mut found: Option<Matches> = None;
    for word in query.words() {
        let own = texts.holding(timeline, word, is_off);
        if is_off() {
            return None;
        }
        match &mut found {
            Some(found) => found.intersect(&own),
            None => found = Some(own),
        }
    }
    found
}

/// [`search`] without texts side by side: for a timeline that is asked once.
pub(super) fn scan(query: &Query, timeline: &Timeline) -> Option<Matches> {
    let mut found: Option<Matches> = None;
    for word in query.words() {
        let words: Vec<u64> = (0..timeline.events().len().div_ceil(STRIDE))
            .into_par_iter()
            .map_init(
                || Word::new(word),
                |word, stride| {
                    let range = stride * STRIDE..timeline.events().len().min((stride + 1) * STRIDE);
                    let mut bits = vec![0_u64; range.len().div_ceil(64)];
                    for (at, event) in range.clone().zip(timeline.events().focus().narrow(range)) {
                        let is_candidate = found.as_ref().is_none_or(|found| found.contains(at));
                        if is_candidate
                            && word.is_in(timeline, event)
                            && let Some(bits) = bits.get_mut(at % STRIDE / 64)
                        {
                            *bits |= 1 << (at % 64);
                        }
                    }
                    bits
                },
            )
            .flatten_iter()
            .collect();
        found = Some(Matches::from_words(words, timeline.events().len()));
    }
    found
}

/// One folded text at a time.
#[derive(Debug, Default)]
pub(super) struct Folded(String);

impl Folded {
    /// Whether a text holds what is looked for, which is folded.
    pub fn holds(&mut self, text: &str, finder: &Finder<'_>) -> bool {
        self.0.clear();
        if text.is_ascii() {
            self.0.push_str(text);
            self.0.make_ascii_lowercase();
        } else {
            self.0.push_str(&fold(text));
        }
        finder.find(self.0.as_bytes()).is_some()
    }

    /// Whether what is looked for is in a source, its id apart.
    pub fn source_holds(&mut self, source: &Source, finder: &Finder<'_>) -> bool {
        let more = [&source.publisher, &source.author, &source.number, &source.url];
        std::iter::once(&source.title).chain(more.into_iter().flatten()).any(|text| self.holds(text, finder))
    }
}

impl Event {
    /// The texts that are the event's alone, its title apart.
    pub(super) fn own_texts<'e>(&'e self, mut each: impl FnMut(&'e Text)) {
        each(&self.id);
        let judged = self.judgment.iter().filter_map(|judgment| judgment.note.as_ref());
        let linked = self.links.iter().filter_map(|link| link.note.as_ref());
        self.wording.iter().chain(&self.note).chain(judged).chain(linked).for_each(&mut each);
        for citation in &self.citations {
            let own = [&citation.note, &citation.quote, &citation.translation, &citation.wording];
            own.into_iter().flatten().for_each(&mut each);
        }
    }
}

/// A word looked for, folded, with what has been found out about texts that events share.
pub(super) struct Word<'w> {
    finder: Finder<'w>,
    folded: Folded,
    /// By the address of a text: records that share a text share it in memory.
    texts: HashMap<usize, bool, FxBuildHasher>,
    sources: HashMap<usize, bool, FxBuildHasher>,
    lanes: HashMap<usize, bool, FxBuildHasher>,
    dates: HashMap<Box<str>, bool, FxBuildHasher>,
}

impl<'w> Word<'w> {
    /// A folded word.
    pub fn new(word: &'w str) -> Self {
        Self {
            finder: Finder::new(word.as_bytes()),
            folded: Folded::default(),
            texts: HashMap::default(),
            sources: HashMap::default(),
            lanes: HashMap::default(),
            dates: HashMap::default(),
        }
    }

    /// Whether any text of an event holds the word.
    pub fn is_in(&mut self, timeline: &Timeline, event: &Event) -> bool {
        let mut is_own = self.holds(&event.title);
        event.own_texts(|text| is_own = is_own || self.holds(text));
        is_own
            || self.is_in_date(event)
            || self.holds(event.standing.label())
            || event.place.iter().chain(&event.actors).chain(&event.tags).any(|text| self.shared_holds(text))
            || event.lane.as_ref().is_some_and(|id| self.is_in_lane(timeline, id))
            || event.citations.iter().any(|citation| {
                citation.locator.as_ref().is_some_and(|text| self.shared_holds(text))
                    || self.is_in_source(timeline, &citation.source)
            })
    }

    fn holds(&mut self, text: &str) -> bool {
        self.folded.holds(text, &self.finder)
    }

    fn shared_holds(&mut self, text: &Text) -> bool {
        let key = address(text);
        if let Some(known) = self.texts.get(&key) {
            return *known;
        }
        let holds = self.holds(text);
        remember(&mut self.texts, key, holds)
    }

    fn is_in_date(&mut self, event: &Event) -> bool {
        if let Some(known) = self.dates.get(event.date.as_str()) {
            return *known;
        }
        let holds = self.holds(event.date.as_str()) || self.holds(&event.date.describe());
        remember(&mut self.dates, event.date.as_str().into(), holds)
    }

    fn is_in_lane(&mut self, timeline: &Timeline, id: &Text) -> bool {
        if let Some(known) = self.lanes.get(&address(id)) {
            return *known;
        }
        let holds = self.holds(id) || timeline.lane(id).is_some_and(|lane| self.holds(&lane.title));
        remember(&mut self.lanes, address(id), holds)
    }

    fn is_in_source(&mut self, timeline: &Timeline, id: &Text) -> bool {
        if let Some(known) = self.sources.get(&address(id)) {
            return *known;
        }
        let holds =
            self.holds(id) || timeline.source(id).is_some_and(|source| self.folded.source_holds(source, &self.finder));
        remember(&mut self.sources, address(id), holds)
    }
}

fn address(text: &Text) -> usize {
    text.as_ptr() as usize
}

fn remember<K: Eq + std::hash::Hash>(known: &mut HashMap<K, bool, FxBuildHasher>, key: K, holds: bool) -> bool {
    if known.len() < MOST_REMEMBERED {
        known.insert(key, holds);
    }
    holds
}

#[cfg(test)]
mod tests;
