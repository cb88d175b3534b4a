//! A dictionary of a column: the values that many records have in common (a lane, an actor, a source, a day), each once with
//! a number. A question looks at each once and then at numbers alone.

use std::sync::{Arc, Mutex, PoisonError};

use hashbrown::HashTable;
use memchr::memmem::Finder;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::column::{BEHIND, Growing};
use super::dates::{DateFacts, DateTerm, Dates};
use super::fold;
use super::said::Said;
use crate::model::{Field, Kind, LaneField, RecordKind, SourceField, Text, Timeline, Value};
use crate::time::{Answer, Zone};

/// Terms that one task looks at.
const A_TASK: usize = 1_024;

/// The values of a column, by number. A value that no record has any longer stays: it costs a look, and its number is not
/// given to another.
#[derive(Debug)]
pub(super) struct Dictionary {
    kind: Kind,
    /// Whether a search by words looks into the column.
    is_searched: bool,
    terms: Vec<Said>,
    numbers: HashTable<u32>,
    /// What a search by words reads of its terms, folded and one behind the other, as far as a word has been looked for in them.
    words: Mutex<Arc<Growing<u8>>>,
    /// Of its terms as far as a question has asked for them, in the zone that was asked last.
    dates: Mutex<(Zone, Arc<Dates>)>,
}

impl Dictionary {
    /// The dictionary of a field of some kind.
    pub fn new(kind: Kind, is_searched: bool) -> Self {
        Self {
            kind,
            is_searched,
            terms: Vec::new(),
            numbers: HashTable::new(),
            words: Mutex::default(),
            dates: Mutex::default(),
        }
    }

    fn number(&mut self, said: Said) -> u32 {
        let Self { terms, numbers, .. } = self;
        let own = said.hash();
        let is_same = |&at: &u32| terms.get(at as usize) == Some(&said);
        if let Some(known) = numbers.find(own, is_same) {
            return *known;
        }
        let number = u32::try_from(terms.len()).unwrap_or(u32::MAX);
        terms.push(said);
        let rehash = |&at: &u32| terms.get(at as usize).map_or(0, Said::hash);
        numbers.insert_unique(own, number, rehash);
        number
    }

    /// What the field takes.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// How many terms it has.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Every value, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &Said> {
        self.terms.iter()
    }

    /// The terms in which a folded text occurs; none where it occurs in no term.
    pub fn holding(&self, timeline: &Timeline, finder: &Finder<'_>) -> Option<Vec<bool>> {
        if !self.is_searched {
            return None;
        }
        let mut bits = vec![0_u64; self.terms.len().div_ceil(64)];
        self.words().mark(finder, &mut bits);
        // Of the id of a record, a search reads the record too.
        let mut text = Folded::default();
        let mut names_it = |said: &Said| match (said, self.kind) {
            (Said::Text(id), Kind::Reference(RecordKind::Lane)) => {
                timeline.lane(id).is_some_and(|lane| text.record_holds::<LaneField>(lane, finder))
            }
            (Said::Text(id), Kind::Reference(RecordKind::Source)) => {
                timeline.source(id).is_some_and(|source| text.record_holds::<SourceField>(source, finder))
            }
            _ => false,
        };
        let has_bit = |at: usize| bits.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1);
        let holding: Vec<bool> =
            self.terms.iter().enumerate().map(|(at, said)| has_bit(at) || names_it(said)).collect();
        holding.contains(&true).then_some(holding)
    }

    /// What a search by words reads of every term. That of terms that were not there yet is worked out.
    fn words(&self) -> Arc<Growing<u8>> {
        let known = Arc::clone(&self.words.lock().unwrap_or_else(PoisonError::into_inner));
        // Terms are only added: those that are known stay.
        let first = known.len();
        if first == self.terms.len() {
            return known;
        }
        drop(known);
        // Worked out without the lock: whoever waits for other threads holds none.
        let of = |said: &Said| fold(&said.words());
        let new = self.terms.get(first..).unwrap_or_default().par_iter().with_min_len(A_TASK);
        let new: Vec<String> = new.map(of).collect();
        let mut words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have been first.
        if words.len() == first {
            let words = Arc::make_mut(&mut words);
            for term in new {
                words.all.extend_from_slice(term.as_bytes());
                words.all.push(BEHIND);
                words.end();
            }
        }
        Arc::clone(&words)
    }

    /// Whether its values are dates.
    pub fn holds_dates(&self) -> bool {
        self.kind == Kind::Date
    }

    /// Works out what a search by words reads of each term.
    pub fn work_out_words(&self) {
        if self.is_searched {
            self.words();
        }
    }

    /// What is known of each date in a zone, by number. Worked out when it is first asked for.
    pub fn dates(&self, zone: Zone) -> Arc<Dates> {
        let lock = || self.dates.lock().unwrap_or_else(PoisonError::into_inner);
        let (of_zone, dates) = lock().clone();
        let first = if of_zone == zone { dates.len() } else { 0 };
        if first == self.terms.len() {
            return dates;
        }
        drop(dates);
        let of = |said: &Said| match said {
            Said::Date(date) => DateFacts::of(date, zone),
            Said::Undated | Said::Text(_) | Said::Choice(_) | Said::Number(_) => DateFacts::NONE,
        };
        // As with words.
        let new = self.terms.get(first..).unwrap_or_default().par_iter().with_min_len(A_TASK);
        let new: Vec<DateFacts> = new.map(of).collect();
        let mut known = lock();
        if known.0 != zone {
            *known = (zone, Arc::default());
        }
        if known.1.len() == first {
            Arc::make_mut(&mut known.1).extend(new);
        }
        Arc::clone(&known.1)
    }

    /// What each date in a zone answers, or what is none.
    pub fn date_answers(&self, zone: Zone, answer: impl Fn(DateTerm<'_>) -> Answer + Sync) -> Vec<Answer> {
        let dates = self.dates(zone);
        let terms = self.terms.par_iter().with_min_len(A_TASK).enumerate();
        terms.map(|(at, said)| answer(DateTerm::new(said, &dates, at))).collect()
    }

    /// What each term answers.
    pub fn answers(&self, answer: impl Fn(Value<'_>) -> Answer + Sync) -> Vec<Answer> {
        self.terms.par_iter().with_min_len(A_TASK).map(|said| answer(said.value())).collect()
    }
}

/// One folded text at a time.
#[derive(Debug, Default)]
struct Folded(String);

impl Folded {
    /// Whether a text holds what is looked for, which is folded.
    fn holds(&mut self, text: &str, finder: &Finder<'_>) -> bool {
        self.0.clear();
        if text.is_ascii() {
            self.0.push_str(text);
            self.0.make_ascii_lowercase();
        } else {
            self.0.push_str(&fold(text));
        }
        finder.find(self.0.as_bytes()).is_some()
    }

    /// Whether what is looked for is in a record by which events are found that name it.
    fn record_holds<F: Field>(&mut self, record: &F::Record, finder: &Finder<'_>) -> bool {
        let fields = F::ALL.iter().filter(|field| field.info().finds_events());
        fields.filter_map(|field| field.get(record).as_str()).any(|text| self.holds(text, finder))
    }
}

/// Gives out the numbers of a dictionary to many threads.
pub(super) struct Numbering<'t>(Mutex<&'t mut Dictionary>);

/// Texts whose addresses are kept.
const KEPT_ADDRESSES: usize = 1 << 10;

/// The numbers of a dictionary that one thread has been given, so that it asks for each once.
#[derive(Debug)]
pub(super) struct Given {
    /// Of terms of a few, by the address of their name, and of numbers.
    values: FxHashMap<usize, u32>,
    /// Of texts and dates, by what is written.
    texts: FxHashMap<Box<str>, u32>,
    /// Of texts seen lately, by their address, each in the place that its address says: records that say the same mostly share
    /// it. Where they do not, as many as there are cost no more room. Valid while the records are there.
    addresses: Box<[(usize, u32)]>,
}

impl Default for Given {
    fn default() -> Self {
        // No text lies at address zero.
        let addresses = vec![(0, 0); KEPT_ADDRESSES].into();
        Self { values: FxHashMap::default(), texts: FxHashMap::default(), addresses }
    }
}

impl Given {
    /// The number of what is written so, which is asked for where it is not known.
    fn written(&mut self, text: &str, ask: impl FnOnce() -> u32) -> u32 {
        if let Some(known) = self.texts.get(text) {
            return *known;
        }
        let number = ask();
        self.texts.insert(text.into(), number);
        number
    }
}

impl<'t> Numbering<'t> {
    pub fn new(dictionary: &'t mut Dictionary) -> Self {
        Self(Mutex::new(dictionary))
    }

    /// Hands over the number of each term of a value.
    pub fn each(&self, value: Value<'_>, given: &mut Given, mut each: impl FnMut(u32)) {
        match value {
            Value::Date(date) => {
                each(given.written(date.as_str(), || self.fresh(|| Said::Date(date.clone()))));
            }
            Value::Text(text) => each(self.text(text, given)),
            Value::List(items) => items.iter().for_each(|it| each(self.text(it, given))),
            Value::Choice(choice) => {
                let known = given.values.entry(choice.name.as_ptr() as usize);
                each(*known.or_insert_with(|| self.fresh(|| Said::Choice(choice))));
            }
            Value::Number(number) => {
                let known = given.values.entry(number as usize);
                each(*known.or_insert_with(|| self.fresh(|| Said::Number(number))));
            }
            _ => {}
        }
    }

    /// The number of there being no date.
    pub fn undated(&self, given: &mut Given) -> u32 {
        *given.values.entry(0).or_insert_with(|| self.fresh(|| Said::Undated))
    }

    fn text(&self, text: &Text, given: &mut Given) -> u32 {
        let address = text.as_ptr() as usize;
        // What is allocated lies at least 16 bytes apart.
        let place = address / 16 % KEPT_ADDRESSES;
        if let Some((kept, number)) = given.addresses.get(place)
            && *kept == address
        {
            return *number;
        }
        let number = given.written(text, || self.fresh(|| Said::Text(text.clone())));
        if let Some(kept) = given.addresses.get_mut(place) {
            *kept = (address, number);
        }
        number
    }

    fn fresh(&self, said: impl FnOnce() -> Said) -> u32 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).number(said())
    }
}
