//! The titles of all events in lower case, side by side: what a search as one types reads first.
//!
//! Titles stand in blocks of some hundreds, so that a changed title costs one block. A byte that no title holds stands
//! behind each:
//!
//! ```text
//!   block 0   "state duma ratifies␞signing␞ … "      events 0..256
//!   block 1   "kim jong un's decree␞ … "             events 256..512
//! ```

use std::sync::Arc;

use imbl::Vector;
use memchr::memchr;
use memchr::memmem::Finder;
use rayon::prelude::*;

use super::matches::Matches;
use crate::model::Event;

/// Titles in a new block.
const BLOCK: usize = 256;

/// Ends a title. Cannot occur in UTF-8.
const END: u8 = 0xFF;

/// The titles of a timeline's events, in the order of the events. Copies share their blocks.
#[derive(Debug, Clone, Default)]
pub struct Titles {
    blocks: Vec<Arc<Block>>,
}

#[derive(Debug, Default)]
struct Block {
    bytes: Box<[u8]>,
    count: usize,
}

impl Titles {
    /// The titles of these events.
    pub fn build(events: &Vector<Event>) -> Self {
        let starts: Vec<usize> = (0..events.len()).step_by(BLOCK).collect();
        let blocks = starts.into_par_iter().map(|start| Arc::new(block(events, start, BLOCK))).collect();
        Self { blocks }
    }

    /// Follows a change of the event at this position: what it is now is read from `events`.
    pub fn replaced(&mut self, at: usize, events: &Vector<Event>) {
        if let Some((block, start)) = self.block_of(at) {
            self.reread(block, start, events, |count| count);
        }
    }

    /// Follows an event put at this position, which moved the later ones.
    pub fn inserted(&mut self, at: usize, events: &Vector<Event>) {
        match self.block_of(at).or_else(|| self.last_block()) {
            Some((block, start)) => self.reread(block, start, events, |count| count + 1),
            None => *self = Self::build(events),
        }
    }

    /// Follows an event taken out from this position, which moved the later ones.
    pub fn removed(&mut self, at: usize, events: &Vector<Event>) {
        if let Some((block, start)) = self.block_of(at) {
            self.reread(block, start, events, |count| count.saturating_sub(1));
        }
    }

    /// The events whose title holds a text, which comes in lower case.
    pub fn containing(&self, lower: &str) -> Matches {
        let count = self.blocks.iter().map(|block| block.count).sum();
        let finder = Finder::new(lower.as_bytes());
        let found: Vec<Vec<u64>> = self.blocks.par_iter().with_min_len(16).map(|block| block.find(&finder)).collect();
        let mut words = vec![0_u64; usize::div_ceil(count, 64) + 1];
        let mut start = 0;
        for (block, bits) in self.blocks.iter().zip(found) {
            let (word, shift) = (start / 64, start % 64);
            for (at, bits) in bits.into_iter().enumerate() {
                if let Some(low) = words.get_mut(word + at) {
                    *low |= bits << shift;
                }
                if shift > 0
                    && let Some(high) = words.get_mut(word + at + 1)
                {
                    *high |= bits >> (64 - shift);
                }
            }
            start += block.count;
        }
        Matches::from_words(words, count)
    }

    /// The block in which an event's title stands, and the position of the block's first event.
    fn block_of(&self, at: usize) -> Option<(usize, usize)> {
        let mut start = 0;
        for (position, block) in self.blocks.iter().enumerate() {
            if at < start + block.count {
                return Some((position, start));
            }
            start += block.count;
        }
        None
    }

    fn last_block(&self) -> Option<(usize, usize)> {
        let last = self.blocks.len().checked_sub(1)?;
        Some((last, self.blocks.iter().take(last).map(|block| block.count).sum()))
    }

    /// Reads a block again from the events, with another number of them; one that has grown to twice its size is split.
    fn reread(&mut self, at: usize, start: usize, events: &Vector<Event>, count: impl Fn(usize) -> usize) {
        let Some(count) = self.blocks.get(at).map(|block| count(block.count)) else { return };
        let first = if count >= 2 * BLOCK { BLOCK } else { count };
        let parts = [(start, first), (start + first, count - first)];
        let new = parts
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(start, count)| Arc::new(block(events, start, count)));
        self.blocks.splice(at..=at, new.collect::<Vec<_>>());
    }
}

fn block(events: &Vector<Event>, start: usize, most: usize) -> Block {
    let mut bytes = Vec::new();
    let mut count = 0;
    for event in events.focus().narrow(start..events.len().min(start + most)) {
        if event.title.is_ascii() {
            bytes.extend(event.title.bytes().map(|byte| byte.to_ascii_lowercase()));
        } else {
            bytes.extend(event.title.to_lowercase().into_bytes());
        }
        bytes.push(END);
        count += 1;
    }
    Block { bytes: bytes.into_boxed_slice(), count }
}

impl Block {
    /// A bit for each title that holds what is looked for.
    fn find(&self, finder: &Finder<'_>) -> Vec<u64> {
        let mut bits = vec![0_u64; self.count.div_ceil(64)];
        let (mut rest, mut title) = (&*self.bytes, 0);
        while let Some(found) = finder.find(rest) {
            title += memchr::memchr_iter(END, rest.get(..found).unwrap_or_default()).count();
            if let Some(word) = bits.get_mut(title / 64) {
                *word |= 1 << (title % 64);
            }
            let after = rest.get(found..).unwrap_or_default();
            let Some(end) = memchr(END, after) else { break };
            rest = after.get(end + 1..).unwrap_or_default();
            title += 1;
        }
        bits
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::Date;

    fn event(title: &str) -> Event {
        Event::new("", title, Date::parse("2024").unwrap())
    }

    fn plainly(events: &Vector<Event>, lower: &str) -> Vec<usize> {
        let holds = |event: &&Event| event.title.to_lowercase().contains(lower);
        (0..events.len()).filter(|&at| events.get(at).as_ref().is_some_and(holds)).collect()
    }

    proptest! {
        #[test]
        fn titles_follow_every_change(
            changes in proptest::collection::vec((0..3_u8, 0..3000_usize, "[abÄИ ]{0,6}"), 0..60),
            first in 0..700_usize,
            needle in "[abäи ]{0,2}",
        ) {
            let mut events: Vector<Event> = (0..first).map(|at| event(&format!("A{at}b Иä"))).collect();
            let mut titles = Titles::build(&events);
            for (what, at, title) in changes {
                match what {
                    0 => {
                        let at = at % (events.len() + 1);
                        events.insert(at, event(&title));
                        titles.inserted(at, &events);
                    }
                    _ if events.is_empty() => {}
                    1 => {
                        let at = at % events.len();
                        events.remove(at);
                        titles.removed(at, &events);
                    }
                    _ => {
                        let at = at % events.len();
                        events.set(at, event(&title));
                        titles.replaced(at, &events);
                    }
                }
            }
            let found = titles.containing(&needle);
            prop_assert_eq!(found.iter().collect::<Vec<_>>(), plainly(&events, &needle));
            prop_assert_eq!(found.events(), events.len());
        }
    }

    #[test]
    fn a_block_that_grows_is_split_and_one_that_empties_is_left_out() {
        let mut events = Vector::new();
        let mut titles = Titles::default();
        for at in 0..3 * BLOCK {
            events.insert(at / 2, event("x"));
            titles.inserted(at / 2, &events);
        }
        assert!(titles.blocks.iter().all(|block| block.count < 2 * BLOCK));
        while !events.is_empty() {
            events.remove(0);
            titles.removed(0, &events);
        }
        assert!(titles.blocks.is_empty());
        assert_eq!(titles.containing("x").count(), 0);
    }

    #[test]
    fn a_title_is_found_once_however_often_it_holds_the_text() {
        let events: Vector<Event> = ["aaa", "b", "", "aa"].map(event).into_iter().collect();
        let titles = Titles::build(&events);
        assert!(titles.containing("a").iter().eq([0, 3]));
        assert!(titles.containing("").iter().eq(0..4));
        assert_eq!(titles.containing("ab").count(), 0, "not across titles");
    }
}
