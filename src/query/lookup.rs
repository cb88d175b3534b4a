//! A leaf of a question answered for all events, from columns as far as they tell.
//!
//! What is asked of a field that has a column is asked of each value in its dictionary once. Events are read only where
//! columns leave it undecided: where a text is asked for that is an event's alone, of those in which its letters occur at all;
//! where a word is asked for in a citation, of those whose other texts hold it. A leaf is asked about some of the events; what
//! is said of the others means nothing.

use memchr::memmem::Finder;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::block::{Block, Has, Shared};
use super::date_test::DateTest;
use super::dates::DateTerm;
use super::grades::Grades;
use super::test::{CitationTest, EventTest, Ground, ValueTest, cited_source_says};
use super::texts::Texts;
use super::{Expr, Hits, Leaf, Matches, fold};
use crate::diagnostic::Subject;
use crate::model::{
    CitationField, Event, EventCheck, EventField, Field as _, Known, Reliability, Stance, Term as _, Text, Timeline,
    Value, problems_across,
};
use crate::time::{Answer, Zone};

/// Events that one task reads: whole words of [`Matches`].
const A_TASK: usize = 4096;

/// What a leaf of a question finds among some events of a timeline whose texts these are. Empty parts where `is_off` says so.
pub(super) fn hits(
    texts: &Texts,
    timeline: &Timeline,
    leaf: &Leaf,
    among: &Matches,
    is_off: impl Fn() -> bool + Sync,
) -> Hits {
    let zone = timeline.zone();
    let lookup = Lookup { texts, ground: Ground { timeline, zone }, among, is_off: &is_off };
    match leaf {
        Leaf::Word(word) => Hits::exact(texts.holding(timeline, word, among, is_off)),
        Leaf::Time(test) => lookup.dated_so(&Expr::Leaf(DateTest::Time(vec![test.asked(zone)].into()))),
        Leaf::Event(test) => lookup.event(test),
    }
}

/// The same of a part of a question that asks about dates alone. Each date is asked once for all of it, and its answer is that of the
/// events of this date.
pub(super) fn hits_by_date(
    texts: &Texts,
    timeline: &Timeline,
    part: &Expr<DateTest<'_>>,
    among: &Matches,
    is_off: impl Fn() -> bool + Sync,
) -> Hits {
    let ground = Ground { timeline, zone: timeline.zone() };
    Lookup { texts, ground, among, is_off: &is_off }.dated_so(part)
}

#[derive(Clone, Copy)]
struct Lookup<'q> {
    texts: &'q Texts,
    ground: Ground<'q>,
    /// What is asked about.
    among: &'q Matches,
    is_off: &'q (dyn Fn() -> bool + Sync),
}

impl Lookup<'_> {
    /// What a test of events finds.
    fn event(&self, test: &EventTest) -> Hits {
        let read = |event: &Event| test.answer(event, self.ground);
        match test {
            EventTest::Field(field, value) => match Shared::Event(*field).place() {
                Some(place) => self.by_value(place, value),
                None => self.read(self.candidates(*field, value).as_ref(), read),
            },
            EventTest::Judgment(field, value) => match Shared::Judgment(*field).place() {
                Some(place) => self.by_value(place, value),
                None => self.read(Some(&self.having(Has::Judgment)), read),
            },
            EventTest::Own(names, value) => self.own(names, value),
            EventTest::Citation(expr) => self.citation(expr, read),
            EventTest::Link(_) => self.read(Some(&self.having(Has::Links)), read),
            EventTest::BestReliability(value) => self.graded(value),
            EventTest::Precision(..) | EventTest::Dated(_) => self.dated_so(&Expr::Leaf(DateTest::Facts(test))),
            EventTest::Known(known_on) => {
                // Sources are few beside the events that cite them: each is judged once.
                let sources = known_on.sources(self.ground.timeline);
                self.read(None, |event| match known_on.event_among(&sources, event) {
                    Known::Yes => Answer::Yes,
                    Known::Perhaps => Answer::Possibly,
                    Known::NotYet => Answer::No,
                })
            }
            EventTest::Problem(code) => Hits::exact(self.with_problem(code)),
            EventTest::Selected(events) => Hits::exact((**events).clone()),
        }
    }

    /// The events whose value in the column at a place passes a test.
    fn by_value(&self, place: usize, test: &ValueTest) -> Hits {
        self.in_column(&OfColumn::testing(self.texts, place, test, self.ground))
    }

    /// The events whose date answers all of this.
    fn dated_so(&self, part: &Expr<DateTest<'_>>) -> Hits {
        let Some(place) = Shared::Event(EventField::Date).place() else { return Hits::none(self.texts.len()) };
        let answer = |date: DateTerm<'_>| part.answer(&|test: &DateTest<'_>| test.answer(date, self.ground));
        self.in_column(&OfColumn::of_dates(self.texts, place, self.ground.zone, answer))
    }

    /// The events whose field of the user's own, of one of these names, passes a test. What has none of them does not.
    fn own(&self, names: &[Text], test: &ValueTest) -> Hits {
        let terms = self.texts.own_terms();
        let answer = |(name, text): &(Text, Text)| match names.contains(name) {
            true => test.answer(Value::Text(text), self.ground),
            false => Answer::No,
        };
        let answers: Vec<Answer> = terms.all().par_iter().with_min_len(A_TASK).map(answer).collect();
        let of_row =
            |row: &[u32]| row.iter().filter_map(|it| answers.get(*it as usize)).max().copied().unwrap_or(Answer::No);
        self.texts.hits_where(self.among, |block, _, certain, possible| {
            if let Some(column) = block.own().filter(|_| !(self.is_off)()) {
                column.answer(of_row, certain, possible);
            }
        })
    }

    /// The events of which one value in a column answers so, or that there is none does.
    fn in_column(&self, of_column: &OfColumn) -> Hits {
        self.texts.hits_where(self.among, |block, _, certain, possible| {
            if let Some(column) = block.column(of_column.place).filter(|_| !(self.is_off)()) {
                column.answer(|row| of_column.of_row(row), certain, possible);
            }
        })
    }

    fn having(&self, what: Has) -> Matches {
        self.texts.events_where(Some(self.among), |block, _, bits| bits.copy_from_slice(block.having(what)))
    }

    /// The events that can pass a test of a field without a column; none where that is not known without a look at each.
    fn candidates(&self, field: EventField, test: &ValueTest) -> Option<Matches> {
        match (field, test) {
            (_, ValueTest::Text(patterns)) => {
                let finders: Vec<Finder<'_>> = patterns.iter().map(|it| Finder::new(it.letters().as_bytes())).collect();
                Some(self.texts.events_where(Some(self.among), |block, asked, bits| {
                    let others: Vec<u64> = asked.iter().map(|asked| !asked).collect();
                    for finder in &finders {
                        match field {
                            EventField::Title => block.mark_titles(finder, &others, bits),
                            _ => block.mark_others(finder, &others, bits),
                        }
                    }
                }))
            }
            (EventField::Links, _) => Some(self.having(Has::Links)),
            (EventField::Coordinates | EventField::Images | EventField::Fields, _) => Some(self.having(Has::Rare)),
            _ => None,
        }
    }

    /// What events answer that are read, on all cores: those that are asked about, and where some are given, of those. The
    /// others answer *no*.
    fn read(&self, some: Option<&Matches>, answer: impl Fn(&Event) -> Answer + Sync) -> Hits {
        let events = self.texts.events();
        let mut among = self.among.clone();
        if let Some(some) = some {
            among.intersect(some);
        }
        let tasks: Vec<(Vec<u64>, Vec<u64>)> = (0..events.len().div_ceil(A_TASK))
            .into_par_iter()
            .map(|task| {
                let range = task * A_TASK..events.len().min((task + 1) * A_TASK);
                let words = range.len().div_ceil(64);
                let (mut certain, mut possible) = (vec![0_u64; words], vec![0_u64; words]);
                let is_wanted = |word: usize| among.words().get(word).is_some_and(|it| *it != 0);
                let first = range.start / 64;
                if (self.is_off)() || !(first..first + words).any(is_wanted) {
                    return (certain, possible);
                }
                for (at, event) in events.range(range.clone()).enumerate() {
                    if !among.contains(range.start + at) {
                        continue;
                    }
                    let (word, bit) = (at / 64, 1 << (at % 64));
                    let set = |words: &mut Vec<u64>| words.get_mut(word).into_iter().for_each(|word| *word |= bit);
                    match answer(event) {
                        Answer::Yes => set(&mut certain),
                        Answer::Possibly => set(&mut possible),
                        Answer::No => {}
                    }
                }
                (certain, possible)
            })
            .collect();
        let (certain, possible): (Vec<_>, Vec<_>) = tasks.into_iter().unzip();
        let whole = |words: Vec<Vec<u64>>| Matches::from_words(words.concat(), events.len());
        Hits::new(whole(certain), whole(possible))
    }

    /// The events one of whose citations answers all of this, where `read` says what an event does that is read.
    fn citation(&self, expr: &Expr<CitationTest>, read: impl Fn(&Event) -> Answer + Sync) -> Hits {
        let ways = self.ways(expr);
        let found = self.texts.hits_where(self.among, |block, _, certain, possible| {
            if (self.is_off)() {
                return;
            }
            let answer = &mut |way: &Way, _: &Matches| Some(way.hits(block));
            let Some(of_citations) = ways.evaluate(block.citations(), answer) else { return };
            block.mark_citing(of_citations.certain().words(), certain);
            block.mark_citing(of_citations.possible().words(), possible);
        });
        if !ways.any_leaf(&Way::may_leave_undecided) {
            return found;
        }
        // What is certain or ruled out whatever the undecided parts say stays so.
        let mut undecided = found.possible().clone();
        undecided.subtract(found.certain());
        self.read(Some(&undecided), read).or(&Hits::exact(found.into_certain()))
    }

    /// How each test of a citation is answered from columns. Below a question mark *undecided* is no answer, so all of that is
    /// undecided.
    fn ways(&self, expr: &Expr<CitationTest>) -> Expr<Way> {
        let all = |parts: &[Expr<CitationTest>]| parts.iter().map(|part| self.ways(part)).collect();
        match expr {
            Expr::Leaf(test) => Expr::Leaf(self.way(test)),
            Expr::And(parts) => Expr::And(all(parts)),
            Expr::Or(parts) => Expr::Or(all(parts)),
            Expr::Not(part) => Expr::Not(Box::new(self.ways(part))),
            Expr::Maybe(part) => {
                let part = self.ways(part);
                match part.any_leaf(&Way::may_leave_undecided) {
                    true => Expr::Leaf(Way::Undecided),
                    false => Expr::Maybe(Box::new(part)),
                }
            }
        }
    }

    fn way(&self, test: &CitationTest) -> Way {
        let column = |field: CitationField, test: &ValueTest| {
            Some(OfColumn::testing(self.texts, Shared::Citation(field).place()?, test, self.ground))
        };
        let of_source = || {
            let answer = |id: Value<'_>| test.answer_source(id, self.ground);
            Some(OfColumn::new(self.texts, Shared::Citation(CitationField::Source).place()?, answer))
        };
        let found = match test {
            CitationTest::Word(word) => Some(self.said(word)),
            CitationTest::Field(CitationField::Date, test @ ValueTest::Time(_)) => self.dated(test),
            CitationTest::Field(field, test) => column(*field, test).map(Way::Column),
            CitationTest::Source(..) => of_source().map(Way::Column),
            CitationTest::Reliability(grade) => column(CitationField::Reliability, grade)
                .zip(of_source())
                .map(|(own, of_source)| Way::Graded { own, of_source }),
        };
        found.unwrap_or(Way::Undecided)
    }

    /// A word is in one of the values that citations share, in the source, or in a text that is the citation's alone: then it
    /// is among the texts of its event, though not only there.
    fn said(&self, word: &str) -> Way {
        let timeline = self.ground.timeline;
        let holds = |value: Value<'_>| {
            let mut is_found = false;
            value.each_text(|text| is_found = is_found || fold(text).contains(word));
            yes(is_found)
        };
        let column = |field: &CitationField| {
            let place = Shared::Citation(*field).place()?;
            Some(match field {
                CitationField::Source => {
                    OfColumn::new(self.texts, place, |id| yes(cited_source_says(timeline, id, word)))
                }
                _ => OfColumn::new(self.texts, place, holds),
            })
        };
        let columns = CitationField::ALL.iter().filter_map(column);
        Way::Said {
            columns: columns.filter(|column| column.answers.contains(&Answer::Yes)).collect(),
            finder: Finder::new(word.as_bytes()).into_owned(),
        }
    }

    /// A citation that supports the event and gives no date gives the event's; no other says when.
    fn dated(&self, test: &ValueTest) -> Option<Way> {
        let column = |shared: Shared| Some(OfColumn::testing(self.texts, shared.place()?, test, self.ground));
        let supports =
            |value: Value<'_>| yes(matches!(value, Value::Choice(it) if Stance::of(it) == Some(Stance::Supports)));
        Some(Way::Dated {
            own: column(Shared::Citation(CitationField::Date))?,
            of_event: column(Shared::Event(EventField::Date))?,
            supports: OfColumn::new(self.texts, Shared::Citation(CitationField::Stance).place()?, supports),
        })
    }

    /// The events whose best supporting citation has a grade that passes a test.
    fn graded(&self, test: &ValueTest) -> Hits {
        let Some(grades) = Grades::of(self.texts, self.ground.timeline) else { return Hits::none(self.texts.len()) };
        let answer = |grade: Option<Reliability>| {
            test.answer(grade.map_or(Value::None, |grade| Value::Choice(grade.choice())), self.ground)
        };
        let of_none = answer(None);
        let answers = Reliability::ALL.map(|grade| answer(Some(grade)));
        self.texts.hits_where(self.among, |block, _, certain, possible| {
            let best = grades.best(block);
            let best = best.iter().take(block.events());
            let answers = best.map(|grade| answers.get(usize::from(*grade)).copied().unwrap_or(of_none));
            mark(answers, certain, possible);
        })
    }

    /// The events that have a problem of a code, or cite a source that has.
    fn with_problem(&self, code: &'static str) -> Matches {
        if code == UNSOURCED {
            return self.unsupported();
        }
        let timeline = self.ground.timeline;
        // What an event has by itself is asked of each, what it has among others of the timeline.
        let check = EventCheck::new(timeline, code);
        let own = self.read(None, |event| yes(check.finds(event)));
        let mut found = own.into_certain();
        let mut sources: FxHashSet<Text> = FxHashSet::default();
        let mut events: Vec<usize> = Vec::new();
        for problem in problems_across(timeline, code) {
            match problem.subject {
                Subject::Event(id) => events.extend(timeline.event_position(&id)),
                Subject::Source(id) => drop(sources.insert(id)),
                Subject::Timeline | Subject::Lane(_) | Subject::Era(_) | Subject::View(_) => {}
            }
        }
        found.unite(&Matches::of(self.texts.len(), events));
        if let Some(place) = Shared::Citation(CitationField::Source).place().filter(|_| !sources.is_empty()) {
            let is_one = |id: Value<'_>| yes(id.as_text().is_some_and(|id| sources.contains(id)));
            let cited = OfColumn::new(self.texts, place, is_one);
            found.unite(&self.texts.events_where(Some(self.among), |block, _, bits| {
                block.mark_column(place, |row| cited.of_row(row) == Answer::Yes, bits);
            }));
        }
        found
    }

    /// The events that no citation supports.
    fn unsupported(&self) -> Matches {
        let supports = CitationTest::Field(CitationField::Stance, ValueTest::Choice(vec![Stance::Supports.choice()]));
        let supported = self.citation(&Expr::Leaf(supports), |_| Answer::No);
        supported.not().into_certain()
    }
}

/// The code of the check that a column decides.
const UNSOURCED: &str = "unsourced";

fn yes(is_so: bool) -> Answer {
    if is_so { Answer::Yes } else { Answer::No }
}

/// What the values of a column answer.
struct OfColumn {
    place: usize,
    /// By number.
    answers: Vec<Answer>,
    /// Where there is no value.
    of_none: Answer,
}

impl OfColumn {
    fn new(texts: &Texts, place: usize, answer: impl Fn(Value<'_>) -> Answer + Sync) -> Self {
        let of_none = answer(Value::None);
        let answers = texts.dictionary(place).map(|dictionary| dictionary.answers(answer)).unwrap_or_default();
        Self { place, answers, of_none }
    }

    /// As [`new`](Self::new), of a column of dates and of what is known of each.
    fn of_dates(texts: &Texts, place: usize, zone: Zone, answer: impl Fn(DateTerm<'_>) -> Answer + Sync) -> Self {
        let of_none = answer(DateTerm::NONE);
        let answers = texts.dictionary(place).map(|dictionary| dictionary.date_answers(zone, answer));
        Self { place, answers: answers.unwrap_or_default(), of_none }
    }

    /// What the values of a column answer to a test.
    fn testing(texts: &Texts, place: usize, test: &ValueTest, ground: Ground<'_>) -> Self {
        match test {
            ValueTest::Time(tests) => Self::of_dates(texts, place, ground.zone, |date| date.answer_time(tests)),
            _ => Self::new(texts, place, |value| test.answer(value, ground)),
        }
    }

    /// What a record with these values answers: the best that one of them does.
    fn of_row(&self, row: &[u32]) -> Answer {
        let answer = |number: &u32| self.answers.get(*number as usize).copied();
        match row {
            // Most have one.
            [number] => answer(number),
            row => row.iter().filter_map(answer).max(),
        }
        .unwrap_or(self.of_none)
    }

    /// What each record of a block answers; none where it has no value.
    fn of_records(&self, block: &Block) -> Vec<Option<Answer>> {
        let of_row = |row: &[u32]| (!row.is_empty()).then(|| self.of_row(row));
        block.column(self.place).map(|column| column.map(of_row)).unwrap_or_default()
    }

    fn hits(&self, block: &Block) -> Hits {
        let words = block.citations().div_ceil(64);
        let (mut certain, mut possible) = (vec![0; words], vec![0; words]);
        if let Some(column) = block.column(self.place) {
            column.answer(|row| self.of_row(row), &mut certain, &mut possible);
        }
        of_citations(block, certain, possible)
    }
}

/// Sets the bits of records that answer *yes*, and of those that may, by what each answers in order.
fn mark(mut answers: impl Iterator<Item = Answer>, certain: &mut [u64], possible: &mut [u64]) {
    for (certain, possible) in certain.iter_mut().zip(possible) {
        for (at, answer) in (0..64).zip(&mut answers) {
            *certain |= u64::from(answer == Answer::Yes) << at;
            *possible |= u64::from(answer.is_possible()) << at;
        }
    }
}

fn of_citations(block: &Block, certain: Vec<u64>, possible: Vec<u64>) -> Hits {
    let whole = |words| Matches::from_words(words, block.citations());
    Hits::new(whole(certain), whole(possible))
}

/// How a test of citations is answered for those of a block.
enum Way {
    /// By a column.
    Column(OfColumn),
    /// By its own grade, else by its source.
    Graded { own: OfColumn, of_source: OfColumn },
    /// By its own date, else by that of the event where it supports it.
    Dated { own: OfColumn, of_event: OfColumn, supports: OfColumn },
    /// By the columns that hold a word; where none has it and the texts of the event have, by reading the citation.
    Said { columns: Vec<OfColumn>, finder: Finder<'static> },
    /// Not without reading the citation.
    Undecided,
}

impl Way {
    /// Whether citations have to be read after it.
    const fn may_leave_undecided(&self) -> bool {
        matches!(self, Self::Said { .. } | Self::Undecided)
    }

    /// The citations of a block that pass, and those that may.
    fn hits(&self, block: &Block) -> Hits {
        match self {
            Self::Column(column) => column.hits(block),
            Self::Undecided => Hits::new(Matches::none(block.citations()), Matches::all(block.citations())),
            Self::Said { columns, finder } => {
                let certain = columns.iter().fold(Hits::none(block.citations()), |hits, it| hits.or(&it.hits(block)));
                let mut events = vec![0_u64; block.events().div_ceil(64)];
                block.mark_others(finder, &[], &mut events);
                let holds = |event: usize| events.get(event / 64).is_some_and(|word| word >> (event % 64) & 1 == 1);
                let holding = (0..block.events()).filter(|event| holds(*event));
                let may = Matches::of(block.citations(), holding.flat_map(|event| block.citations_of(event)));
                Hits::new(certain.into_certain(), may)
            }
            Self::Graded { own, of_source } => {
                let (owns, of_sources) = (own.of_records(block), of_source.of_records(block));
                let both = owns.into_iter().zip(of_sources);
                Self::one_by_one(block, both.map(|(grade, of_source)| grade.or(of_source).unwrap_or(own.of_none)))
            }
            Self::Dated { own, of_event, supports } => {
                let (owns, supports) = (own.of_records(block), supports.of_records(block));
                let of_events = of_event.of_records(block);
                let of_event =
                    |owner: u8| of_events.get(usize::from(owner)).copied().flatten().unwrap_or(of_event.of_none);
                let all = owns.into_iter().zip(supports).zip(block.owners());
                Self::one_by_one(
                    block,
                    all.map(|((date, supports), owner)| match supports {
                        Some(Answer::Yes) => date.unwrap_or_else(|| of_event(*owner)),
                        _ => date.unwrap_or(Answer::No),
                    }),
                )
            }
        }
    }

    /// The citations of a block by what each answers, in order.
    fn one_by_one(block: &Block, answers: impl Iterator<Item = Answer>) -> Hits {
        let words = block.citations().div_ceil(64);
        let (mut certain, mut possible) = (vec![0_u64; words], vec![0_u64; words]);
        mark(answers, &mut certain, &mut possible);
        of_citations(block, certain, possible)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::super::expr::Gathered;
    use super::super::{Asking, Query, Question};
    use super::*;
    use crate::model::{Citation, Confidence, Header, Judgment, Lane, Likelihood, Link, Relation, Source, Standing};
    use crate::time::{Date, Instant};

    /// Events that differ in all that is asked, in more blocks than one.
    fn timeline() -> Timeline {
        const DATES: [&str; 7] =
            ["2024-10-24", "2024", "2023-12/2024-02", "[2024-10-04,2024-11-24]", "2024-10?", "199X", "2024-11-02/.."];
        let date = |at: usize| DATES.get(at % 9).map(|text| Date::parse(text).unwrap());
        let source = |at: usize| Source {
            publisher: (!at.is_multiple_of(3)).then(|| format!("Agency {}", at % 3).into()),
            reliability: Reliability::ALL.get(at % 8).copied(),
            published: date(at + 1),
            ..Source::new(format!("s{at}"), format!("Paper {at}"))
        };
        let citation = |at: usize| Citation {
            stance: Stance::ALL[at % 4],
            reliability: Reliability::ALL.get(at % 11).copied(),
            date: at.is_multiple_of(3).then(|| date(at / 3)).flatten().map(Box::new),
            quote: at.is_multiple_of(5).then(|| format!("word {} of paper", at % 4).into()),
            ..Citation::new(format!("s{}", at % 13))
        };
        let event = |at: usize| {
            let at = at * 7919 % 1009;
            let mut event = Event::undated(format!("e{at}"), format!("Event {}", at % 17));
            event.date = date(at / 2);
            event.lane = (!at.is_multiple_of(5)).then(|| format!("lane{}", at % 4).into());
            event.place = (!at.is_multiple_of(2)).then(|| "North Port".into());
            event.actors = (0..at % 3).map(|actor| format!("actor {}", (at + actor) % 4).into()).collect();
            event.standing = Standing::ALL[at % 7];
            event.weight = (at % 5 + 1) as u8;
            event.note = at.is_multiple_of(6).then(|| format!("a note of paper {}", at % 4).into());
            event.citations = (0..at % 4).map(|nth| citation(at / 3 + nth * 31)).collect();
            let link = |to: usize| Link { to: format!("e{to}").into(), relation: Relation::ALL[to % 7], note: None };
            event.links = at.is_multiple_of(9).then(|| link(at * 3 % 1009)).into_iter().collect();
            let likelihood = at.is_multiple_of(20).then_some(Likelihood::Likely);
            let judgment = || Judgment { likelihood, confidence: Some(Confidence::High), note: None };
            event.judgment = at.is_multiple_of(10).then(|| Box::new(judgment()));
            if at.is_multiple_of(8) {
                event.rare.fields.put("Casualties", (at % 30).to_string());
                event.rare.recorded = date(at);
            }
            event
        };
        let lanes =
            (0..4).map(|at| Lane { id: format!("lane{at}").into(), title: format!("Lane {at}").into(), ..lane() });
        let (sources, events) = ((0..12).map(source).collect(), (0..700).map(event).collect());
        Timeline::from_records(Header::new("t"), lanes.collect(), sources, events, vec![], vec![])
    }

    fn lane() -> Lane {
        Lane { id: "".into(), title: "".into(), color: None, note: None }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
        #[test]
        fn what_asks_about_dates_alone_is_answered_as_each_event_does(expr in any_expr()) {
            static TIMELINE: LazyLock<(Timeline, Texts)> = LazyLock::new(|| {
                let timeline = timeline();
                let texts = Texts::of(timeline.events());
                (timeline, texts)
            });
            let (timeline, texts) = &*TIMELINE;
            let ground = Ground { timeline, zone: timeline.zone() };
            let leaf = |at: &usize| {
                let query = Query::read(PARTS[*at], Asking::new(timeline, Instant::default())).unwrap();
                query.expr().clone()
            };
            let leaves: Vec<Expr<Leaf>> = (0..PARTS.len()).map(|at| leaf(&at)).collect();
            let expr = with_leaves(&expr, &leaves);
            let parts = expr.gathered(&|leaf| DateTest::of(leaf, ground.zone));
            let found = parts.evaluate(texts.len(), &mut |leaf, among| {
                Some(match leaf {
                    Gathered::One(leaf) => hits(texts, timeline, leaf, among, || false),
                    Gathered::Whole(part) => hits_by_date(texts, timeline, part, among, || false),
                })
            });
            let answer = |event: &Event| {
                expr.answer(&|leaf: &Leaf| match leaf {
                    Leaf::Time(test) => {
                        event.date.as_ref().map_or(Answer::Possibly, |date| test.answer(date, ground.zone))
                    }
                    Leaf::Event(test) => test.answer(event, ground),
                    Leaf::Word(_) => unreachable!("none is asked"),
                })
            };
            let answers: Vec<Answer> = timeline.events().iter().map(answer).collect();
            let those = |least: Answer| Matches::from_fn(answers.len(), |at| answers[at] >= least);
            prop_assert_eq!(found.unwrap(), Hits::new(those(Answer::Yes), those(Answer::Possibly)), "{:?}", expr);
        }
    }

    /// Six parts about dates, and two about anything else. Events without a date are among those that they are asked of.
    const PARTS: [&str; 8] = [
        "before:2024-11",
        "date:2023..2024-02",
        "is:vague",
        "precision:<=month",
        "date:*",
        "?during:2024-10",
        "weight:>=3",
        "stance:denies",
    ];

    fn any_expr() -> impl Strategy<Value = Expr<usize>> {
        (0..PARTS.len()).prop_map(Expr::Leaf).prop_recursive(4, 16, 4, |part| {
            prop_oneof![
                prop::collection::vec(part.clone(), 0..4).prop_map(Expr::And),
                prop::collection::vec(part.clone(), 0..4).prop_map(Expr::Or),
                part.clone().prop_map(|part| Expr::Not(Box::new(part))),
                part.prop_map(|part| Expr::Maybe(Box::new(part))),
            ]
        })
    }

    fn with_leaves(expr: &Expr<usize>, leaves: &[Expr<Leaf>]) -> Expr<Leaf> {
        let all = |parts: &[Expr<usize>]| parts.iter().map(|part| with_leaves(part, leaves)).collect();
        match expr {
            Expr::Leaf(at) => leaves[*at].clone(),
            Expr::And(parts) => Expr::And(all(parts)),
            Expr::Or(parts) => Expr::Or(all(parts)),
            Expr::Not(part) => Expr::Not(Box::new(with_leaves(part, leaves))),
            Expr::Maybe(part) => Expr::Maybe(Box::new(with_leaves(part, leaves))),
        }
    }

    const LEAVES: &str = "lane:lane1 | lane:2,3 | lane:none | place:port | place:*|title:\"event 3\"|title:*16|id:e5*|\
        standing:alleged,denied|weight:>=4|actor:\"actor 2\"|actors:none|note:paper|note:*|confidence:high|likelihood:*|\
        recorded.before:2024|recorded:*|casualties:>=20|casualties:*|casualties:4|links:*|citations:*|\
        relation:causes|link(relation:causes standing:confirmed)|precision:<=month|is:vague|is:open-ended|is:qualified|\
        before:2024-11|during:2024-10|known:2024-01-01|date:none|source:s3|source:paper|stance:denies|publisher:agency|\
        reliability:>=B|best-reliability:>=B|best-reliability:none|year:2024|decade:1990s|place:=\"north port\"|quote:word|quote:*|cite.date:*|cite.before:2024|published.after:2023|\
        cite(stance:denies \"agency 1\")|cite(stance:supports paper)|cite(-stance:supports reliability:C)|\
        cite(?before:2024-11)|cite(-before:2024-11)|cite(?quote:word -reliability:A)|cite(-word)|cite(NOT quote:* s3)|\
        cite(before:2024 OR quote:word)|-cite(stance:supports)";

    #[test]
    fn columns_answer_what_each_event_does() {
        let timeline = timeline();
        let texts = Texts::of(timeline.events());
        let ground = Ground { timeline: &timeline, zone: timeline.zone() };
        let asking = Asking::new(&timeline, Instant::default());
        for question in LEAVES.split('|').map(str::trim) {
            let query = Query::read(question, asking).unwrap();
            let found = query
                .expr()
                .evaluate(texts.len(), &mut |leaf, among| Some(hits(&texts, &timeline, leaf, among, || false)));
            let found = found.unwrap();
            let answer = |event: &Event| {
                query.expr().answer(&|leaf: &Leaf| match leaf {
                    Leaf::Time(test) => {
                        event.date.as_ref().map_or(Answer::Possibly, |date| test.answer(date, ground.zone))
                    }
                    Leaf::Event(test) => match &**test {
                        EventTest::Known(known_on) => match known_on.event(&timeline, event) {
                            Known::Yes => Answer::Yes,
                            Known::Perhaps => Answer::Possibly,
                            Known::NotYet => Answer::No,
                        },
                        test => test.answer(event, ground),
                    },
                    Leaf::Word(_) => unreachable!("none is asked"),
                })
            };
            let answers: Vec<Answer> = timeline.events().iter().map(answer).collect();
            let those = |least: Answer| Matches::from_fn(answers.len(), |at| answers[at] >= least);
            assert_eq!(found, Hits::new(those(Answer::Yes), those(Answer::Possibly)), "{question}");
            assert!(
                found.possible().count() > 0 && found.certain().count() < answers.len(),
                "{question} tells nothing"
            );
        }
    }

    #[test]
    fn a_problem_finds_events_and_those_that_cite_a_source_that_has_it() {
        let timeline = timeline();
        let asking = Asking::new(&timeline, Instant::default());
        let count = |code: &str| {
            let query = Query::read(&format!("is:{code}"), asking).unwrap();
            Question { query: &query, known_on: None }.find(&timeline).unwrap().into_certain().count()
        };
        let undated = timeline.events().iter().filter(|event| event.date.is_none()).count();
        assert_eq!(count("undated"), undated);
        let cites_none = |event: &&Event| event.citations.iter().any(|it| timeline.source(&it.source).is_none());
        assert_eq!(count("unknown-source"), timeline.events().iter().filter(cites_none).count());
    }
}
