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
//!
//! Which field goes where is said in the tables of `model` ([`Search`]).

use std::sync::Arc;

use imbl::Vector;
use memchr::memmem::Finder;
use rayon::prelude::*;

use super::column::{Column, Growing};
use super::terms::{Given, Numbering, Terms};
use super::{Hits, Leaf, Matches, TimeTest, fold};
use crate::model::{Event, EventField, Search, Timeline, leaves};
use crate::time::{Answer, Zone};

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
    titles: Column<u8>,
    others: Column<u8>,
    terms: Column<u32>,
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

    /// Of how many events these are the texts.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether these are the texts of no events.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
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

    /// The events without a date.
    pub(super) fn undated(&self) -> Matches {
        match self.terms.undated() {
            Some(none) => {
                self.events_where(|block, bits| block.terms.mark_where(|numbers| numbers.contains(&none), bits))
            }
            None => Matches::none(self.events.len()),
        }
    }

    /// What a leaf of a question finds, of a timeline whose texts these are. Empty parts where `is_off` says so.
    pub(super) fn hits(&self, timeline: &Timeline, leaf: &Leaf, is_off: impl Fn() -> bool + Sync) -> Hits {
        match leaf {
            Leaf::Word(word) => Hits::exact(self.holding(timeline, word, is_off)),
            Leaf::Time(test) => self.in_time(timeline.zone(), test, is_off),
            Leaf::Event(test) => test.hits(timeline, &self.events, is_off),
        }
    }

    /// The events of which any text holds a text, which comes folded.
    fn holding(&self, timeline: &Timeline, wanted: &str, is_off: impl Fn() -> bool + Sync) -> Matches {
        let finder = Finder::new(wanted.as_bytes());
        let terms = self.terms.holding(timeline, wanted);
        self.events_where(|block, bits| {
            if is_off() {
                return;
            }
            block.titles.mark(&finder, bits);
            block.others.mark(&finder, bits);
            if let Some(terms) = &terms {
                block.terms.mark_where(|numbers| terms.any(numbers), bits);
            }
        })
    }

    /// The events whose date satisfies a test, and those whose date may: each date is asked once.
    fn in_time(&self, zone: Zone, test: &TimeTest, is_off: impl Fn() -> bool + Sync) -> Hits {
        let answers = self.terms.answering(zone, test);
        let those = |least: Answer| match answers.at_least(least) {
            Some(dates) => self.events_where(|block, bits| {
                if !is_off() {
                    block.terms.mark_where(|numbers| dates.any(numbers), bits);
                }
            }),
            None => Matches::none(self.events.len()),
        };
        Hits::new(those(Answer::Yes), those(Answer::Possibly))
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
            let first = terms.all.len();
            // An event has few terms: to look through them costs less than a set.
            let mut add = |number: u32| {
                if !terms.all.get(first..).unwrap_or_default().contains(&number) {
                    terms.all.push(number);
                }
            };
            leaves::<EventField>(event, &mut |info, value| match info.search {
                Search::Skipped | Search::Direct => {}
                Search::Title => value.each_text(|text| push_folded(&mut titles.all, text)),
                Search::Text => value.each_text(|text| push_folded(&mut others.all, text)),
                Search::Term => numbering.each(info.kind, value, given, &mut add),
            });
            // What has no date is found by the word that stands there instead.
            if event.date.is_none() {
                add(numbering.date(None, given));
            }
            titles.end();
            others.end();
            terms.end();
        }
        Self { titles: titles.into(), others: others.into(), terms: terms.into() }
    }

    fn events(&self) -> usize {
        self.terms.len()
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
