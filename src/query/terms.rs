//! What many events say alike (a lane, an actor, a source, a day), each once with a number: a search looks at each once and
//! then at numbers alone.

use std::hash::{BuildHasher, BuildHasherDefault};
use std::sync::{Mutex, PoisonError};

use hashbrown::HashTable;
use memchr::memmem::Finder;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};

use super::{TimeTest, fold};
use crate::model::{Choice, Event, Field, Kind, LaneField, RecordKind, SourceField, Text, Timeline, Value};
use crate::time::{Answer, Date, Zone, with_whole_months};

/// Terms that one task looks at.
const A_TASK: usize = 1_024;

/// What a term stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum TermKind {
    /// A text that says all there is.
    Plain,
    /// A date: how it is written and how it is told.
    Date,
    /// The id of a record, of which a search reads more than that.
    Id(RecordKind),
}

#[derive(Debug)]
struct Term {
    kind: TermKind,
    /// As it is written.
    text: Text,
    /// What the term itself says, folded.
    folded: Box<str>,
    /// Of a date, what it means.
    date: Option<Date>,
}

/// Every term of a timeline, by number.
#[derive(Debug, Default)]
pub(super) struct Terms {
    terms: Vec<Term>,
    numbers: HashTable<u32>,
}

impl Terms {
    fn number(&mut self, kind: TermKind, text: &Text, date: Option<&Date>, says: impl FnOnce() -> String) -> u32 {
        let hash = |kind: TermKind, text: &str| BuildHasherDefault::<FxHasher>::default().hash_one((kind, text));
        let Self { terms, numbers } = self;
        let is_same = |&at: &u32| terms.get(at as usize).is_some_and(|term| term.kind == kind && term.text == *text);
        let own = hash(kind, text);
        if let Some(known) = numbers.find(own, is_same) {
            return *known;
        }
        let number = u32::try_from(terms.len()).unwrap_or(u32::MAX);
        terms.push(Term { kind, text: text.clone(), folded: fold(&says()).into(), date: date.cloned() });
        let rehash = |&at: &u32| terms.get(at as usize).map_or(0, |term| hash(term.kind, &term.text));
        numbers.insert_unique(own, number, rehash);
        number
    }

    /// The number that stands where there is no date; none where every event has one.
    pub fn undated(&self) -> Option<u32> {
        let is_none = |term: &Term| term.kind == TermKind::Date && term.date.is_none();
        self.terms.iter().position(is_none).and_then(|at| u32::try_from(at).ok())
    }

    /// The terms in which a folded text occurs; none where it occurs in no term.
    pub fn holding(&self, timeline: &Timeline, wanted: &str) -> Option<Holding> {
        let finder = Finder::new(wanted.as_bytes());
        let holds = |term: &Term, text: &mut Folded| {
            let mut names_it = || match term.kind {
                TermKind::Id(RecordKind::Lane) => {
                    timeline.lane(&term.text).is_some_and(|lane| text.record_holds::<LaneField>(lane, &finder))
                }
                TermKind::Id(RecordKind::Source) => {
                    timeline.source(&term.text).is_some_and(|source| text.record_holds::<SourceField>(source, &finder))
                }
                TermKind::Plain | TermKind::Date | TermKind::Id(_) => false,
            };
            finder.find(term.folded.as_bytes()).is_some() || names_it()
        };
        let holding: Vec<bool> = self
            .terms
            .par_iter()
            .with_min_len(A_TASK)
            .map_init(Folded::default, |text, term| holds(term, text))
            .collect();
        holding.contains(&true).then_some(Holding(holding))
    }

    /// What each date answers to a question about time: *possibly* where there is none. A term that is no date answers *no*.
    pub fn answering(&self, zone: Zone, test: &TimeTest) -> Answers {
        let test = test.asked(zone);
        let answer = |term: &Term| match (&term.date, term.kind) {
            (Some(date), _) => test.answer(date),
            (None, TermKind::Date) => Answer::Possibly,
            (None, TermKind::Plain | TermKind::Id(_)) => Answer::No,
        };
        Answers(self.terms.par_iter().with_min_len(A_TASK).map(answer).collect())
    }
}

/// What each term answers.
pub(super) struct Answers(Vec<Answer>);

impl Answers {
    /// The terms that answer so or better; none where there are none.
    pub fn at_least(&self, least: Answer) -> Option<Holding> {
        let holding: Vec<bool> = self.0.iter().map(|answer| *answer >= least).collect();
        holding.contains(&true).then_some(Holding(holding))
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

/// Which terms hold what is looked for.
pub(super) struct Holding(Vec<bool>);

impl Holding {
    /// Whether any of these does.
    pub fn any(&self, numbers: &[u32]) -> bool {
        numbers.iter().any(|number| self.0.get(*number as usize).copied().unwrap_or(false))
    }
}

/// Gives out numbers to many threads.
pub(super) struct Numbering<'t> {
    terms: Mutex<&'t mut Terms>,
}

/// The numbers that one thread has been given, so that it asks for each once.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// By the address of the text, which records that say the same share. Valid while the records are there.
    texts: FxHashMap<(TermKind, usize), u32>,
    /// By the text of the date: most dates lie inside their event, each at an address of its own.
    dates: FxHashMap<Box<str>, u32>,
}

impl<'t> Numbering<'t> {
    pub fn new(terms: &'t mut Terms) -> Self {
        Self { terms: Mutex::new(terms) }
    }

    /// Hands over the number of each term of a value, which is of a field of some kind.
    pub fn each(&self, kind: Kind, value: Value<'_>, given: &mut Given, mut each: impl FnMut(u32)) {
        match (value, kind) {
            (Value::Date(date), _) => each(self.date(Some(date), given)),
            (Value::Text(id), Kind::Reference(kind)) => each(self.text(TermKind::Id(kind), id, given)),
            (Value::Text(text), _) => each(self.text(TermKind::Plain, text, given)),
            (Value::List(items), _) => items.iter().for_each(|it| each(self.text(TermKind::Plain, it, given))),
            (Value::Choice(Choice { label, .. }), _) => {
                let known = given.texts.entry((TermKind::Plain, label.as_ptr() as usize));
                each(*known.or_insert_with(|| self.plain(label)));
            }
            _ => value.each_text(|text| each(self.plain(text))),
        }
    }

    /// The number of a date, or of there being none.
    pub fn date(&self, date: Option<&Date>, given: &mut Given) -> u32 {
        let text = date.map_or("", Date::as_str);
        if let Some(known) = given.dates.get(text) {
            return *known;
        }
        // Nothing that is looked for holds a line end.
        let says = || {
            let words = date.map_or_else(|| Event::UNDATED.to_owned(), Date::describe);
            let whole = with_whole_months(&words).unwrap_or_default();
            format!("{text}\n{words}\n{whole}")
        };
        let number = self.fresh(TermKind::Date, &text.into(), date, says);
        given.dates.insert(text.into(), number);
        number
    }

    fn text(&self, kind: TermKind, text: &Text, given: &mut Given) -> u32 {
        *given
            .texts
            .entry((kind, text.as_ptr() as usize))
            .or_insert_with(|| self.fresh(kind, text, None, || text.to_string()))
    }

    fn plain(&self, text: &str) -> u32 {
        self.fresh(TermKind::Plain, &text.into(), None, || text.to_owned())
    }

    fn fresh(&self, kind: TermKind, text: &Text, date: Option<&Date>, says: impl FnOnce() -> String) -> u32 {
        self.terms.lock().unwrap_or_else(PoisonError::into_inner).number(kind, text, date, says)
    }
}
