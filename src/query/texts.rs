//! The folded texts of all events and what they have in common, side by side: what a question reads.
//!
//! They stand in blocks of some hundreds of events ([`Block`]), so that a change costs a few blocks. The values that many
//! events share stand once in a dictionary a column.

use std::sync::{Arc, Mutex, PoisonError};

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::block::{Block, Builder, Has, MOST_EVENTS, Shared};
use super::dictionary::{Dictionary, Numbering};
use super::own::{BlockTerms, OwnTerms};
use super::{Hits, Matches};
use crate::model::{Events, Piece, Timeline};
use crate::time::Zone;

/// Blocks that one task reads.
const A_TASK: usize = 16;

/// The texts of a timeline's events and what they have in common, in their order.
#[derive(Debug)]
pub struct Texts {
    /// Whose texts these are: a copy that shares everything.
    events: Events,
    blocks: Vec<Arc<Block>>,
    /// One a column.
    dictionaries: Vec<Dictionary>,
    /// That of the columns of fields of the user's own.
    own: Mutex<Arc<OwnTerms>>,
}

impl Default for Texts {
    /// The texts of no events.
    fn default() -> Self {
        Self { events: Events::new(), blocks: Vec::new(), dictionaries: Shared::dictionaries(), own: Mutex::default() }
    }
}

impl Texts {
    /// The texts of these events.
    pub fn of(events: &Events) -> Self {
        let mut texts = Self::default();
        texts.follow(events);
        texts
    }

    /// Becomes the texts of these events. What they share in memory with those before is not read again.
    pub fn follow(&mut self, events: &Events) {
        if self.events.ptr_eq(events) {
            return;
        }
        let (head, tail) = shared_ends(&self.events, events);
        // Whole blocks before and after what has changed stay.
        let (mut first, mut start) = (0, 0);
        while let Some(block) = self.blocks.get(first).filter(|block| start + block.events() <= head) {
            start += block.events();
            first += 1;
        }
        let (mut last, mut behind) = (self.blocks.len(), 0);
        while let Some(block) = last.checked_sub(1).filter(|at| *at >= first).and_then(|at| self.blocks.get(at))
            && behind + block.events() <= tail
        {
            behind += block.events();
            last -= 1;
        }
        let new = blocks(events, start..events.len() - behind, &mut self.dictionaries);
        self.blocks.splice(first..last, new);
        self.events = events.clone();
    }

    /// Works out what the first word and the first question about time would wait for.
    pub fn work_out_terms(&self, zone: Zone) {
        for dictionary in &self.dictionaries {
            dictionary.work_out_words();
            if dictionary.holds_dates() {
                dictionary.dates(zone);
            }
        }
    }

    /// Of how many events these are the texts.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether these are the texts of no events.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Whether these are the texts of these events.
    pub fn are_of(&self, events: &Events) -> bool {
        self.events.ptr_eq(events)
    }

    /// Whose texts these are.
    pub(super) const fn events(&self) -> &Events {
        &self.events
    }

    /// The values of a column by number, which is at this place.
    pub(super) fn dictionary(&self, place: usize) -> Option<&Dictionary> {
        self.dictionaries.get(place)
    }

    /// The fields of the user's own by number, once every block has a column of them: events of blocks that have none yet are read.
    pub(super) fn own_terms(&self) -> Arc<OwnTerms> {
        let lacking: Vec<(&Arc<Block>, usize)> =
            self.blocks.iter().zip(self.starts()).filter(|(block, _)| block.own().is_none()).collect();
        let read =
            |(block, start): &(&Arc<Block>, usize)| BlockTerms::of(&self.events, *start..*start + block.events());
        let read: Vec<BlockTerms<'_>> = lacking.par_iter().with_min_len(A_TASK).map(read).collect();
        // Locked only here: whoever waits for other threads holds no lock.
        let mut terms = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        if !read.is_empty() {
            let terms = Arc::make_mut(&mut terms);
            lacking.iter().zip(read).for_each(|((block, _), own)| block.keep_own(own.numbered(terms)));
        }
        Arc::clone(&terms)
    }

    /// The events whose title holds a text, which comes folded.
    pub fn titles_holding(&self, wanted: &str) -> Matches {
        let finder = Finder::new(wanted.as_bytes());
        self.events_where(None, |block, _, bits| block.mark_titles(&finder, &[], bits))
    }

    /// The events without a date.
    pub(super) fn undated(&self) -> Matches {
        self.events_where(None, |block, _, bits| bits.copy_from_slice(block.having(Has::NoDate)))
    }

    /// Those among some events of which any text holds a text, which comes folded.
    pub(super) fn holding(
        &self,
        timeline: &Timeline,
        wanted: &str,
        among: &Matches,
        is_off: impl Fn() -> bool + Sync,
    ) -> Matches {
        let finder = Finder::new(wanted.as_bytes());
        let terms: Vec<Option<Vec<bool>>> =
            self.dictionaries.iter().map(|dictionary| dictionary.holding(timeline, &finder)).collect();
        self.events_where(Some(among), |block, asked, bits| {
            if is_off() {
                return;
            }
            // Codes of a column are looked up faster than letters are found: what a column has found is not searched, nor
            // other texts of what has the letters in its title.
            for (place, terms) in terms.iter().enumerate() {
                let Some(terms) = terms else { continue };
                if asked.iter().zip(&*bits).all(|(asked, bit)| asked & !bit == 0) {
                    // A first letter is in some column of every event of most blocks.
                    return;
                }
                let is_wanted = |number: &u32| terms.get(*number as usize).copied().unwrap_or(false);
                block.mark_column(place, |row| row.iter().any(is_wanted), bits);
            }
            let decided =
                |bits: &[u64]| -> Vec<u64> { asked.iter().zip(bits).map(|(asked, bit)| !asked | bit).collect() };
            block.mark_titles(&finder, &decided(bits), bits);
            block.mark_others(&finder, &decided(bits), bits);
        })
    }

    /// The events whose bits `mark` sets in its block, among some or all of them: it gets the bits of those in the block, and
    /// may set others. Blocks that have none of them are passed over.
    pub(super) fn events_where(
        &self,
        among: Option<&Matches>,
        mark: impl Fn(&Block, &[u64], &mut [u64]) + Sync,
    ) -> Matches {
        let found = self.of_blocks_among(among, |block, asked| {
            let mut bits = vec![0; block.events().div_ceil(64)];
            if asked.iter().any(|word| *word != 0) {
                mark(block, asked, &mut bits);
            }
            bits
        });
        self.joined(found)
    }

    /// As [`events_where`](Self::events_where), where `mark` sets first the bits of those for certain, then of those that are
    /// possible.
    pub(super) fn hits_where(
        &self,
        among: &Matches,
        mark: impl Fn(&Block, &[u64], &mut [u64], &mut [u64]) + Sync,
    ) -> Hits {
        let found = self.of_blocks_among(Some(among), |block, asked| {
            let words = block.events().div_ceil(64);
            let (mut certain, mut possible) = (vec![0; words], vec![0; words]);
            if asked.iter().any(|word| *word != 0) {
                mark(block, asked, &mut certain, &mut possible);
            }
            (certain, possible)
        });
        let (certain, possible) = found.into_iter().unzip();
        Hits::new(self.joined(certain), self.joined(possible))
    }

    /// What is made of all blocks, on all cores: `add` gets a block with the bits of its events that are among some.
    pub(super) fn fold_blocks<T: Send>(
        &self,
        among: Option<&Matches>,
        empty: impl Fn() -> T + Sync + Send,
        add: impl Fn(&Block, &[u64], &mut T) + Sync + Send,
        join: impl Fn(T, T) -> T + Sync + Send,
    ) -> T {
        self.blocks
            .par_iter()
            .zip(self.starts())
            .with_min_len(A_TASK * 4)
            .fold(&empty, |mut made, (block, start)| {
                add(block, &bits_of(among, start, block.events()), &mut made);
                made
            })
            .reduce(&empty, join)
    }

    /// The folded title of each event.
    pub(super) fn titles(&self) -> Vec<&[u8]> {
        self.blocks.iter().flat_map(|block| block.titles()).collect()
    }

    /// What is worked out of each block, on all cores.
    pub(super) fn of_blocks<T: Send>(&self, of: impl Fn(&Block) -> T + Sync) -> Vec<T> {
        self.blocks.par_iter().with_min_len(A_TASK).map(|block| of(block)).collect()
    }

    /// What is worked out of each block, on all cores: `of` gets a block with the bits of its events that are among some.
    fn of_blocks_among<T: Send>(&self, among: Option<&Matches>, of: impl Fn(&Block, &[u64]) -> T + Sync) -> Vec<T> {
        let blocks = self.blocks.par_iter().zip(self.starts()).with_min_len(A_TASK);
        blocks.map(|(block, start)| of(block, &bits_of(among, start, block.events()))).collect()
    }

    /// The position of the first event of each block.
    fn starts(&self) -> Vec<usize> {
        let blocks = self.blocks.iter();
        blocks.scan(0, |start, block| Some(std::mem::replace(start, *start + block.events()))).collect()
    }

    /// The bits of blocks as those of all events.
    fn joined(&self, found: Vec<Vec<u64>>) -> Matches {
        let mut words = vec![0_u64; self.events.len().div_ceil(64) + 1];
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
            start += block.events();
        }
        Matches::from_words(words, self.events.len())
    }
}

fn blocks(events: &Events, range: std::ops::Range<usize>, dictionaries: &mut [Dictionary]) -> Vec<Arc<Block>> {
    let numberings: Vec<Numbering<'_>> = dictionaries.iter_mut().map(Numbering::new).collect();
    let starts: Vec<usize> = range.clone().step_by(MOST_EVENTS).collect();
    starts
        .into_par_iter()
        .with_min_len(A_TASK)
        .map_init(Builder::default, |builder, start| {
            Arc::new(builder.block(events, start..range.end.min(start + MOST_EVENTS), &numberings))
        })
        .collect()
}

/// The bits of so many events from a position, of those that are among some; of all where no one says which.
fn bits_of(among: Option<&Matches>, start: usize, events: usize) -> Vec<u64> {
    let mut bits = vec![u64::MAX; events.div_ceil(64)];
    if let Some(among) = among {
        let (first, shift) = (start / 64, start % 64);
        let word = |at: usize| among.words().get(at).copied().unwrap_or(0);
        for (at, bits) in bits.iter_mut().enumerate() {
            let low = word(first + at) >> shift;
            *bits = if shift == 0 { low } else { low | word(first + at + 1) << (64 - shift) };
        }
    }
    if let Some(last) = bits.last_mut().filter(|_| !events.is_multiple_of(64)) {
        *last &= (1 << (events % 64)) - 1;
    }
    bits
}

/// How many events at the beginning and at the end of two lists are the same in memory, counted once where they meet.
fn shared_ends(before: &Events, after: &Events) -> (usize, usize) {
    let (before_pieces, after_pieces) = (before.pieces(after), after.pieces(before));
    let is_same = |(a, b): &(&Piece, &Piece)| a == b;
    let length = |(piece, _): (&Piece, &Piece)| piece.len;
    let head: usize = before_pieces.iter().zip(&after_pieces).take_while(is_same).map(length).sum();
    let ends = before_pieces.iter().rev().zip(after_pieces.iter().rev());
    let tail: usize = ends.take_while(is_same).map(length).sum();
    (head, tail.min(before.len().min(after.len()) - head))
}
