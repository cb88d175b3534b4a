//! The folded texts of all events, side by side: what a search as one types reads.
//!
//! They stand in blocks of some hundreds of events, so that a change costs a few blocks. A byte that no text holds stands
//! behind each text, and where each event's texts end is known:
//!
//! ```text
//!   titles   "state duma ratifies␞signing␞ … "             ends 20, 28, …
//!   others   "duma-ratifies␞by 397 votes␞signing␞ … "      ids, notes, quotations
//!   terms    [3, 17, 40] [3, 8] …                          what events share, by number (`terms`)
//! ```

use std::sync::Arc;

use imbl::Vector;
use memchr::memmem::Finder;
use rayon::prelude::*;

use super::fold;
use super::matches::Matches;
use super::terms::{Given, Holding, Numbering, Terms};
use crate::model::{Event, Timeline};

/// Events in a new block.
const BLOCK: usize = 256;

/// Stands behind a text. Cannot occur in UTF-8.
const BEHIND: u8 = 0xFF;

/// Blocks that one task reads.
const A_TASK: usize = 16;

/// The texts of a timeline's events, in their order.
#[derive(Debug, Default)]
pub struct Texts {
    /// Whose texts these are: a copy that shares everything.
    events: Vector<Event>,
    blocks: Vec<Arc<Block>>,
    terms: Terms,
}

/// The texts of some events that follow on one another.
#[derive(Debug, Default)]
struct Block {
    titles: Parts<u8>,
    others: Parts<u8>,
    terms: Parts<u32>,
}

/// What each of some events has, one behind the other.
#[derive(Debug, Default)]
struct Parts<T> {
    all: Box<[T]>,
    /// Where the part of each event ends.
    ends: Box<[u32]>,
}

impl Texts {
    /// The texts of these events.
    pub fn of(events: &Vector<Event>) -> Self {
        let mut texts = Self::default();
        texts.follow(events);
        texts
    }

    /// Becomes the texts of these events. What they share in memory with those before is not read again.
    pub fn follow(&mut self, events: &Vector<Event>) {
        if self.events.ptr_eq(events) && self.events.len() == events.len() {
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
        let new = blocks(events, start..events.len() - behind, &mut self.terms);
        self.blocks.splice(first..last, new);
        self.events = events.clone();
    }

    /// Whether these are the texts of these events.
    pub fn are_of(&self, events: &Vector<Event>) -> bool {
        // Lists of none share nothing.
        self.events.ptr_eq(events) || (self.events.is_empty() && events.is_empty())
    }

    /// The events whose title holds a text, which comes folded.
    pub fn titles_holding(&self, wanted: &str) -> Matches {
        let finder = Finder::new(wanted.as_bytes());
        self.events_where(|block, bits| block.titles.mark(&finder, bits))
    }

    /// The events of which any text holds a text, which comes folded. Empty parts where `is_off` says so.
    pub fn holding(&self, timeline: &Timeline, wanted: &str, is_off: impl Fn() -> bool + Sync) -> Matches {
        let finder = Finder::new(wanted.as_bytes());
        let terms = self.terms.holding(timeline, wanted);
        self.events_where(|block, bits| {
            if is_off() {
                return;
            }
            block.titles.mark(&finder, bits);
            block.others.mark(&finder, bits);
            if let Some(terms) = &terms {
                block.terms.mark(terms, bits);
            }
        })
    }

    /// The events whose bits `mark` sets in its block.
    fn events_where(&self, mark: impl Fn(&Block, &mut [u64]) + Sync) -> Matches {
        let found: Vec<Vec<u64>> = self
            .blocks
            .par_iter()
            .with_min_len(A_TASK)
            .map(|block| {
                let mut bits = vec![0; block.events().div_ceil(64)];
                mark(block, &mut bits);
                bits
            })
            .collect();
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

impl Block {
    fn of(events: &Vector<Event>, range: std::ops::Range<usize>, numbering: &Numbering<'_>, given: &mut Given) -> Self {
        let (mut titles, mut others, mut terms) = (Growing::default(), Growing::default(), Growing::default());
        for event in events.focus().narrow(range) {
            push_folded(&mut titles.all, &event.title);
            event.own_texts(|text| push_folded(&mut others.all, text));
            numbering.of(event, given, &mut terms.all);
            titles.end();
            others.end();
            terms.end();
        }
        Self { titles: titles.into(), others: others.into(), terms: terms.into() }
    }

    fn events(&self) -> usize {
        self.terms.ends.len()
    }
}

impl Parts<u8> {
    /// Sets a bit for each event that holds what is looked for. The search goes on behind the event: the first letter
    /// that is typed is in most events, and often.
    fn mark(&self, finder: &Finder<'_>, bits: &mut [u64]) {
        let (mut event, mut start) = (0, 0);
        while let Some(found) = finder.find(self.all.get(start..).unwrap_or_default()) {
            let mut ends = self.ends.iter().enumerate().skip(event);
            let Some((at, end)) = ends.find(|(_, end)| **end as usize > start + found) else { break };
            set(bits, at);
            (event, start) = (at + 1, *end as usize);
        }
    }
}

impl Parts<u32> {
    /// Sets a bit for each event of which a term holds what is looked for.
    fn mark(&self, holding: &Holding, bits: &mut [u64]) {
        let mut start = 0;
        for (at, &end) in self.ends.iter().enumerate() {
            if holding.any(self.all.get(start..end as usize).unwrap_or_default()) {
                set(bits, at);
            }
            start = end as usize;
        }
    }
}

fn set(bits: &mut [u64], at: usize) {
    if let Some(word) = bits.get_mut(at / 64) {
        *word |= 1 << (at % 64);
    }
}

/// [`Parts`] that events are still added to.
struct Growing<T> {
    all: Vec<T>,
    ends: Vec<u32>,
}

impl<T> Default for Growing<T> {
    fn default() -> Self {
        Self { all: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Growing<T> {
    /// Ends the part of an event.
    fn end(&mut self) {
        self.ends.push(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
    }
}

impl<T> From<Growing<T>> for Parts<T> {
    fn from(growing: Growing<T>) -> Self {
        Self { all: growing.all.into(), ends: growing.ends.into() }
    }
}

fn blocks(events: &Vector<Event>, range: std::ops::Range<usize>, terms: &mut Terms) -> Vec<Arc<Block>> {
    let numbering = Numbering::new(terms);
    let starts: Vec<usize> = range.clone().step_by(BLOCK).collect();
    starts
        .into_par_iter()
        .with_min_len(A_TASK)
        .map_init(Given::default, |given, start| {
            Arc::new(Block::of(events, start..range.end.min(start + BLOCK), &numbering, given))
        })
        .collect()
}

fn push_folded(to: &mut Vec<u8>, text: &str) {
    if text.is_ascii() {
        to.extend(text.bytes().map(|byte| byte.to_ascii_lowercase()));
    } else {
        to.extend(fold(text).into_bytes());
    }
    to.push(BEHIND);
}

/// How many events at the beginning and at the end of two lists are the same in memory, counted once where they meet.
fn shared_ends(before: &Vector<Event>, after: &Vector<Event>) -> (usize, usize) {
    let (before_leaves, after_leaves): (Vec<&[Event]>, Vec<&[Event]>) =
        (before.leaves().collect(), after.leaves().collect());
    let is_same = |(a, b): &(&&[Event], &&[Event])| std::ptr::eq(a.as_ptr(), b.as_ptr()) && a.len() == b.len();
    let length = |(leaf, _): (&&[Event], &&[Event])| leaf.len();
    let head: usize = before_leaves.iter().zip(&after_leaves).take_while(is_same).map(length).sum();
    let ends = before_leaves.iter().rev().zip(after_leaves.iter().rev());
    let tail: usize = ends.take_while(is_same).map(length).sum();
    (head, tail.min(before.len().min(after.len()) - head))
}
