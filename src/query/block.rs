//! A block of some hundreds of events: their texts folded, side by side, and what they have in common in columns.
//!
//! A byte that no text holds stands behind each text, and where each event's texts end is known:
//!
//! ```text
//!   titles      "state duma ratifies␞signing␞ … "             ends 20, 28, …
//!   others      "duma-ratifies␞by 397 votes␞signing␞ … "      ids, notes, quotations
//!   columns     date, lane, actors, …                         a record an event
//!               source, stance, …                             a record a citation, of which each event has some
//! ```
//!
//! Which field goes where is said in the tables of `model` ([`Search`]) and in [`COLUMNS`].

use std::sync::OnceLock;

use memchr::memmem::Finder;

use super::coded::Coded;
use super::column::{BEHIND, Column, Growing};
use super::dictionary::{Dictionary, Given, Numbering};
use super::fold;
use crate::model::{
    CitationField, EventField, Events, Field as _, FieldInfo, JudgmentField, Rare, RareFields, Search, Value, leaves,
};

/// Events in a new block. No block has more, so that a byte tells its events apart.
pub(super) const MOST_EVENTS: usize = 256;

/// A field that has a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shared {
    /// Of the event.
    Event(EventField),
    /// Of the judgment on it.
    Judgment(JudgmentField),
    /// Of each of its citations.
    Citation(CitationField),
}

/// Every field of which many events have values in common, those of citations last.
pub(super) const COLUMNS: [Shared; 16] = [
    Shared::Event(EventField::Date),
    Shared::Event(EventField::Lane),
    Shared::Event(EventField::Actors),
    Shared::Event(EventField::Place),
    Shared::Event(EventField::Tags),
    Shared::Event(EventField::Standing),
    Shared::Event(EventField::Weight),
    Shared::Event(EventField::Recorded),
    Shared::Judgment(JudgmentField::Likelihood),
    Shared::Judgment(JudgmentField::Confidence),
    Shared::Citation(CitationField::Source),
    Shared::Citation(CitationField::Stance),
    Shared::Citation(CitationField::Credibility),
    Shared::Citation(CitationField::Reliability),
    Shared::Citation(CitationField::Locator),
    Shared::Citation(CitationField::Date),
];

/// How many columns have a record an event.
pub(super) const OF_EVENTS: usize = 10;

impl Shared {
    /// Its place in [`COLUMNS`]; none where it has no column.
    pub fn place(self) -> Option<usize> {
        COLUMNS.iter().position(|known| *known == self)
    }

    /// What holds of it.
    pub fn info(self) -> &'static FieldInfo {
        match self {
            Self::Event(field) => field.info(),
            Self::Judgment(field) => field.info(),
            Self::Citation(field) => field.info(),
        }
    }

    /// A dictionary for each column.
    pub fn dictionaries() -> Vec<Dictionary> {
        let dictionary = |info: &FieldInfo| Dictionary::new(info.kind, info.search == Search::Term);
        COLUMNS.iter().map(|column| dictionary(column.info())).collect()
    }
}

/// Something that few events have, and for which most need not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Has {
    /// A link to another event.
    Links,
    /// A judgment.
    Judgment,
    /// One of the fields that few events give.
    Rare,
    /// No date.
    NoDate,
}

/// The texts and columns of some events that follow on one another.
#[derive(Debug, Default)]
pub(super) struct Block {
    titles: Column<u8>,
    others: Column<u8>,
    /// In the order of [`COLUMNS`].
    columns: Box<[Coded]>,
    /// Where the citations of each event end.
    citation_ends: Box<[u32]>,
    /// The position of the event of each citation.
    owners: Box<[u8]>,
    /// By [`Has`], a bit an event.
    having: [Box<[u64]>; 4],
    /// The fields of the user's own, once one was asked for.
    own: OnceLock<Coded>,
}

/// What blocks are made with on one thread.
#[derive(Default)]
pub(super) struct Builder {
    given: [Given; COLUMNS.len()],
    cells: [Growing<u32>; COLUMNS.len()],
}

impl Builder {
    /// The block of these events, [`MOST_EVENTS`] at most.
    pub fn block(&mut self, events: &Events, range: std::ops::Range<usize>, numberings: &[Numbering<'_>]) -> Block {
        debug_assert!(range.len() <= MOST_EVENTS, "a byte tells events apart");
        let (mut titles, mut others) = (Growing::default(), Growing::default());
        let mut owners: Vec<u8> = Vec::new();
        let mut citation_ends: Vec<u32> = Vec::with_capacity(range.len());
        let mut having = [(); 4].map(|()| vec![0_u64; range.len().div_ceil(64)]);
        self.cells.iter_mut().for_each(Growing::clear);
        let (of_events, of_citations) = COLUMNS.split_at(OF_EVENTS);
        for (at, event) in events.range(range).enumerate() {
            leaves::<EventField>(event, &mut |info, value| match info.search {
                Search::Skipped | Search::Direct | Search::Term => {}
                Search::Title => value.each_text(|text| push_folded(&mut titles.all, text)),
                Search::Text => value.each_text(|text| push_folded(&mut others.all, text)),
            });
            titles.end();
            others.end();
            for (place, column) in of_events.iter().enumerate() {
                let value = match column {
                    Shared::Event(field) => field.get(event),
                    Shared::Judgment(field) => {
                        event.judgment.as_deref().map_or(Value::None, |judgment| field.get(judgment))
                    }
                    Shared::Citation(_) => Value::None,
                };
                let is_undated = *column == Shared::Event(EventField::Date) && value.is_none();
                self.add(place, value, is_undated, numberings);
            }
            for citation in &event.citations {
                for (place, column) in (OF_EVENTS..).zip(of_citations) {
                    let Shared::Citation(field) = column else { continue };
                    self.add(place, field.get(citation), false, numberings);
                }
            }
            owners.resize(owners.len() + event.citations.len(), at as u8);
            citation_ends.push(u32::try_from(owners.len()).unwrap_or(u32::MAX));
            let has = [!event.links.is_empty(), event.judgment.is_some(), is_rare(&event.rare), event.date.is_none()];
            for (bits, has) in having.iter_mut().zip(has) {
                if let Some(word) = bits.get_mut(at / 64) {
                    *word |= u64::from(has) << (at % 64);
                }
            }
        }
        Block {
            titles: titles.into(),
            others: others.into(),
            columns: self.cells.iter().map(Coded::of).collect(),
            citation_ends: citation_ends.into(),
            owners: owners.into(),
            having: having.map(Vec::into_boxed_slice),
            own: OnceLock::new(),
        }
    }

    fn add(&mut self, place: usize, value: Value<'_>, is_undated: bool, numberings: &[Numbering<'_>]) {
        let (Some(cells), Some(given), Some(numbering)) =
            (self.cells.get_mut(place), self.given.get_mut(place), numberings.get(place))
        else {
            return;
        };
        if is_undated {
            cells.all.push(numbering.undated(given));
        }
        let begun = cells.begun();
        numbering.each(value, given, |number| {
            // What is said twice counts once. A record has few values: to look through them costs less than a set.
            if !cells.all.get(begun..).unwrap_or_default().contains(&number) {
                cells.all.push(number);
            }
        });
        cells.end();
    }
}

fn is_rare(rare: &Rare) -> bool {
    let RareFields { coordinates, images, fields, recorded } = &**rare;
    coordinates.is_some() || !images.is_empty() || !fields.is_empty() || recorded.is_some()
}

impl Block {
    /// How many events it is of.
    pub fn events(&self) -> usize {
        self.citation_ends.len()
    }

    /// How many citations they have.
    pub fn citations(&self) -> usize {
        self.owners.len()
    }

    /// The position of the event of each citation, in the order of citations.
    pub fn owners(&self) -> &[u8] {
        &self.owners
    }

    /// The column at a place of [`COLUMNS`].
    pub fn column(&self, place: usize) -> Option<&Coded> {
        self.columns.get(place)
    }

    /// The folded title of each event.
    pub fn titles(&self) -> impl Iterator<Item = &[u8]> {
        // What stands behind a title is greater than any letter: it would come after those that go on.
        self.titles.iter().map(|title| title.split_last().map_or(title, |(_, title)| title))
    }

    /// The column of fields of the user's own; none before one was asked for.
    pub fn own(&self) -> Option<&Coded> {
        self.own.get()
    }

    /// Keeps that column.
    pub fn keep_own(&self, column: Coded) {
        // Two that were made side by side say the same.
        drop(self.own.set(column));
    }

    /// The bits of the events that have something.
    pub fn having(&self, what: Has) -> &[u64] {
        self.having.get(what as usize).map_or(&[], |bits| bits)
    }

    /// Sets the bits of the events whose title holds what is looked for, of those that are not decided.
    pub fn mark_titles(&self, finder: &Finder<'_>, decided: &[u64], bits: &mut [u64]) {
        self.titles.mark(finder, decided, bits);
    }

    /// Sets the bits of the events of which another text holds what is looked for, of those that are not decided.
    pub fn mark_others(&self, finder: &Finder<'_>, decided: &[u64], bits: &mut [u64]) {
        self.others.mark(finder, decided, bits);
    }

    /// Sets the bits of the events that have a record in a column whose numbers `is_wanted`.
    pub fn mark_column(&self, place: usize, is_wanted: impl Fn(&[u32]) -> bool, bits: &mut [u64]) {
        let Some(column) = self.columns.get(place) else { return };
        if place < OF_EVENTS {
            column.mark(is_wanted, bits);
        } else {
            let mut of_citations = vec![0; self.citations().div_ceil(64)];
            column.mark(is_wanted, &mut of_citations);
            self.mark_citing(&of_citations, bits);
        }
    }

    /// Sets the bit of each event that has a citation with a bit.
    pub fn mark_citing(&self, of_citations: &[u64], bits: &mut [u64]) {
        // The owner is looked up and not counted to: how many citations the next event has no processor foresees.
        let mut marked = [0_u64; MOST_EVENTS / 64];
        for (owners, of_word) in self.owners.chunks(64).zip(of_citations) {
            let mut rest = *of_word;
            while rest != 0 {
                let owner = owners.get(rest.trailing_zeros() as usize).copied().unwrap_or_default();
                rest &= rest - 1;
                if let Some(bits) = marked.get_mut(usize::from(owner / 64)) {
                    *bits |= 1 << (owner % 64);
                }
            }
        }
        bits.iter_mut().zip(marked).for_each(|(bits, marked)| *bits |= marked);
    }

    /// The position of the first citation of an event, and one past its last.
    pub fn citations_of(&self, event: usize) -> std::ops::Range<usize> {
        let start = event.checked_sub(1).and_then(|before| self.citation_ends.get(before)).copied().unwrap_or(0);
        start as usize..self.citation_ends.get(event).map_or(start as usize, |end| *end as usize)
    }
}

fn push_folded(to: &mut Vec<u8>, text: &str) {
    if text.is_ascii() {
        to.extend(text.bytes().map(|byte| byte.to_ascii_lowercase()));
    } else {
        to.extend(fold(text).into_bytes());
    }
    to.push(BEHIND);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Citation, Event, ImageField, LinkField};

    proptest! {
        #[test]
        fn an_event_is_marked_where_one_of_its_citations_is(
            cited in proptest::collection::vec(proptest::collection::vec(any::<bool>(), 0..4), 0..=MOST_EVENTS),
        ) {
            let event = |(at, cited): (usize, &Vec<bool>)| {
                let mut event = Event::undated(format!("e{at}"), "x");
                event.citations = cited.iter().map(|_| Citation::new("s")).collect();
                event
            };
            let events: Events = cited.iter().enumerate().map(event).collect();
            let mut dictionaries = Shared::dictionaries();
            let numberings: Vec<Numbering<'_>> = dictionaries.iter_mut().map(Numbering::new).collect();
            let block = Builder::default().block(&events, 0..events.len(), &numberings);
            let all: Vec<bool> = cited.concat();
            let mut of_citations = vec![0_u64; all.len().div_ceil(64)];
            (0..all.len()).filter(|at| all[*at]).for_each(|at| of_citations[at / 64] |= 1 << (at % 64));
            let mut bits = vec![0_u64; cited.len().div_ceil(64)];
            block.mark_citing(&of_citations, &mut bits);
            prop_assert_eq!(block.citations(), all.len());
            for (at, cited) in cited.iter().enumerate() {
                prop_assert_eq!(bits[at / 64] >> (at % 64) & 1 == 1, cited.contains(&true), "{}", at);
                prop_assert!(block.owners()[block.citations_of(at)].iter().all(|owner| usize::from(*owner) == at));
                prop_assert_eq!(block.citations_of(at).len(), cited.len());
            }
        }
    }

    #[test]
    fn what_a_search_reads_as_a_term_has_a_column() {
        fn terms<F: crate::model::Field>(shared: impl Fn(F) -> Option<Shared>) {
            for field in F::ALL.iter().filter(|field| field.info().search == Search::Term) {
                assert!(shared(*field).is_some_and(|shared| shared.place().is_some()), "{field:?}");
            }
        }
        terms::<EventField>(|field| Some(Shared::Event(field)));
        terms::<JudgmentField>(|field| Some(Shared::Judgment(field)));
        terms::<CitationField>(|field| Some(Shared::Citation(field)));
        terms::<LinkField>(|_| None);
        terms::<ImageField>(|_| None);
        let is_of_citation = |column: &Shared| matches!(column, Shared::Citation(_));
        assert_eq!(COLUMNS.iter().position(is_of_citation), Some(OF_EVENTS));
        assert!(COLUMNS.iter().skip(OF_EVENTS).all(is_of_citation));
    }
}
