//! What a field of an event is asked, of its citations and of its links, and the answer in three values.
//!
//! Owns tests of values and what one record answers them. Which events pass is for `lookup`, what a question means by them for
//! `language`.

use std::sync::Arc;

use super::dates::DateTraits;
use super::when::Asked;
use super::{Expr, Matches, fold};
use crate::model::{
    Choice, Citation, CitationField, Event, EventField, Field, JudgmentField, KnownOn, Link, LinkField, RecordKind,
    SourceField, Stance, Term as _, Text, Timeline, Value, best_reliability, leaves,
};
use crate::time::{Answer, Date, Edge, Instant, Precision, Zone};

/// What is asked of an event by itself, beyond the words in it and the time at which it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventTest {
    /// A field of it.
    Field(EventField, ValueTest),
    /// A field of the judgment on it.
    Judgment(JudgmentField, ValueTest),
    /// One of the fields of the user's own of these names, which differ in case alone.
    Own(Vec<Text>, ValueTest),
    /// One of its citations answers all of this.
    Citation(Box<Expr<CitationTest>>),
    /// One of its links answers all of this.
    Link(Box<Expr<LinkTest>>),
    /// The best grade among the citations that support it.
    BestReliability(ValueTest),
    /// It was known on a date.
    Known(Box<KnownOn>),
    /// Its date has a precision in this range, the coarsest first.
    Precision(Precision, Precision),
    /// Its date has this property.
    Dated(DateTrait),
    /// It has, or a source that it cites has, a problem of this code.
    Problem(&'static str),
    /// It is one of these, by its position.
    Selected(Arc<Matches>),
}

/// A property of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateTrait {
    /// It is known to no day.
    Vague,
    /// It has an end that is open or not known.
    OpenEnded,
    /// It is marked as doubtful or about.
    Qualified,
}

impl DateTrait {
    /// Every property.
    pub const ALL: [Self; 3] = [Self::Vague, Self::OpenEnded, Self::Qualified];
}

/// What is asked of one citation and its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CitationTest {
    /// A folded text occurs in it or in its source.
    Word(Box<str>),
    /// A field of the citation.
    Field(CitationField, ValueTest),
    /// A field of its source.
    Source(SourceField, ValueTest),
    /// Its grade of reliability: its own, else that of its source.
    Reliability(ValueTest),
}

/// What is asked of one link and the event that it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTest {
    /// A folded text occurs in its note, or in the title of the other event.
    Word(Box<str>),
    /// A field of the link.
    Field(LinkField, ValueTest),
    /// A field of the event that it leads to.
    Event(EventField, ValueTest),
}

/// What is asked of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueTest {
    /// There is one.
    Present,
    /// A text of it holds one of these.
    Text(Vec<Pattern>),
    /// It is the id of a record of this kind: one of these, or the title of the record holds one of these.
    Record(RecordKind, Vec<Pattern>),
    /// It is one of these.
    Choice(Vec<&'static Choice>),
    /// It is a number in one of these ranges, both ends included.
    Number(Vec<(u32, u32)>),
    /// It is a text that begins with a number in this range.
    Amount(Amount),
    /// It lies so in time, in one of these ways.
    Time(Vec<Asked>),
}

/// A range of numbers. An end that is excluded is written as such.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount {
    /// The least, and whether it belongs to the range.
    pub from: Option<(f64, bool)>,
    /// The most, and whether it belongs to the range.
    pub to: Option<(f64, bool)>,
}

// Numbers of a question are read from digits: none is NaN.
impl Eq for Amount {}

impl Amount {
    fn holds(&self, number: f64) -> bool {
        let is_above = self.from.is_none_or(|(from, is_in)| number > from || is_in && number >= from);
        let is_below = self.to.is_none_or(|(to, is_in)| number < to || is_in && number <= to);
        is_above && is_below
    }
}

/// Words as they follow on one another: whole ones, but for a side on which a star stands for any letters; or a text that is
/// these words and no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    folded: Box<str>,
    is_open_before: bool,
    is_open_behind: bool,
    is_whole: bool,
}

impl Pattern {
    /// The pattern of a text, in which a star at an end counts as such if `has_star`.
    pub fn new(text: &str, has_star: bool) -> Self {
        let (before, behind) = (has_star && text.starts_with('*'), has_star && text.ends_with('*'));
        let bare = if has_star { text.trim_matches('*') } else { text };
        Self { folded: joined(bare).into(), is_open_before: before, is_open_behind: behind, is_whole: false }
    }

    /// The pattern that a text is which says this and nothing more.
    pub fn exact(text: &str) -> Self {
        Self { folded: joined(text).into(), is_open_before: false, is_open_behind: false, is_whole: true }
    }

    /// Letters that a folded text holds wherever the pattern is in it.
    pub(super) fn letters(&self) -> &str {
        // Between whole words any blanks may stand.
        if self.is_whole { self.folded.split(' ').next().unwrap_or_default() } else { &self.folded }
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// Whether a folded text holds it.
    fn is_in(&self, folded: &str) -> bool {
        if self.is_whole {
            return folded.split_whitespace().eq(self.folded.split(' '));
        }
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let first = is_letter(self.folded.chars().next());
        let last = is_letter(self.folded.chars().next_back());
        // A word ends where no letter or digit follows on one.
        folded.match_indices(&*self.folded).any(|(at, found)| {
            let (before, behind) = (folded.get(..at), folded.get(at + found.len()..));
            let goes_on_before = first && is_letter(before.and_then(|text| text.chars().next_back()));
            let goes_on_behind = last && is_letter(behind.and_then(|text| text.chars().next()));
            (self.is_open_before || !goes_on_before) && (self.is_open_behind || !goes_on_behind)
        })
    }

    /// Whether a folded id is it.
    fn is_id(&self, folded: &str) -> bool {
        match (self.is_open_before, self.is_open_behind) {
            (false, false) => folded == &*self.folded,
            (false, true) => folded.starts_with(&*self.folded),
            (true, false) => folded.ends_with(&*self.folded),
            (true, true) => folded.contains(&*self.folded),
        }
    }
}

/// The folded words of a text, with one blank between them.
fn joined(text: &str) -> String {
    fold(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What every test reads beside the record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground<'t> {
    pub timeline: &'t Timeline,
    pub zone: Zone,
}

fn yes(is_so: bool) -> Answer {
    if is_so { Answer::Yes } else { Answer::No }
}

impl ValueTest {
    /// What a value answers.
    pub(super) fn answer(&self, value: Value<'_>, ground: Ground<'_>) -> Answer {
        match self {
            Self::Present => yes(!value.is_none()),
            Self::Text(patterns) => {
                let mut is_found = false;
                value.each_text(|text| {
                    is_found = is_found || {
                        let folded = fold(text);
                        patterns.iter().any(|pattern| pattern.is_in(&folded))
                    };
                });
                yes(is_found)
            }
            Self::Record(kind, patterns) => yes(value.as_text().is_some_and(|id| {
                let folded = fold(id);
                let title = title_of(ground.timeline, *kind, id).map(|title| fold(title));
                let is_in = |pattern: &Pattern| title.as_ref().is_some_and(|title| pattern.is_in(title));
                patterns.iter().any(|pattern| pattern.is_id(&folded) || is_in(pattern))
            })),
            Self::Choice(choices) => yes(matches!(value, Value::Choice(choice) if choices.contains(&choice))),
            Self::Number(ranges) => {
                let is_in = |number: u32| ranges.iter().any(|(from, to)| (*from..=*to).contains(&number));
                yes(matches!(value, Value::Number(number) if is_in(number)))
            }
            Self::Amount(amount) => {
                yes(value.as_str().and_then(leading_number).is_some_and(|number| amount.holds(number)))
            }
            Self::Time(tests) => match value.as_date() {
                Some(date) => time_answer(tests, date),
                // What has no date may lie anywhere.
                None => Answer::Possibly,
            },
        }
    }
}

/// Whether a date lies so in one of these ways.
pub(super) fn time_answer(tests: &[Asked], date: &Date) -> Answer {
    tests.iter().map(|test| test.answer(date)).max().unwrap_or(Answer::No)
}

fn title_of<'t>(timeline: &'t Timeline, kind: RecordKind, id: &str) -> Option<&'t Text> {
    match kind {
        RecordKind::Lane => timeline.lane(id).map(|lane| &lane.title),
        RecordKind::Source => timeline.source(id).map(|source| &source.title),
        RecordKind::Event => timeline.event(id).map(|event| &event.title),
        RecordKind::Header | RecordKind::Era | RecordKind::View => None,
    }
}

/// The number with which a text begins: digits, with commas or thin blanks between thousands and a point before a fraction.
pub(super) fn leading_number(text: &str) -> Option<f64> {
    let text = text.trim_start();
    let mut digits = String::new();
    for letter in text.chars() {
        match letter {
            '0'..='9' | '.' => digits.push(letter),
            '-' | '+' if digits.is_empty() => digits.push(letter),
            ',' | '\u{2009}' | '\u{202f}' | '\'' if !digits.is_empty() => {}
            _ => break,
        }
    }
    digits.trim_end_matches('.').parse().ok()
}

impl CitationTest {
    fn answer(&self, citation: &Citation, event: &Event, ground: Ground<'_>) -> Answer {
        let source = || ground.timeline.source(&citation.source);
        match self {
            Self::Word(word) => {
                let own = || says::<CitationField>(citation, word);
                yes(own() || source().is_some_and(|source| says::<SourceField>(source, word)))
            }
            // A citation that supports the event and gives no date gives the event's; no other says when.
            Self::Field(CitationField::Date, test @ ValueTest::Time(_)) if citation.date.is_none() => {
                match citation.stance {
                    Stance::Supports => test.answer(EventField::Date.get(event), ground),
                    Stance::Disputes | Stance::Denies | Stance::Mentions => Answer::No,
                }
            }
            Self::Field(field, test) => test.answer(field.get(citation), ground),
            Self::Source(..) => self.answer_source(Value::Text(&citation.source), ground),
            Self::Reliability(test) => match CitationField::Reliability.get(citation) {
                Value::None => self.answer_source(Value::Text(&citation.source), ground),
                own => test.answer(own, ground),
            },
        }
    }

    /// What a source answers that is given by its id, to a test that asks only for what stands in the source.
    pub(super) fn answer_source(&self, id: Value<'_>, ground: Ground<'_>) -> Answer {
        let source = id.as_text().and_then(|id| ground.timeline.source(id));
        let value = |field: SourceField| source.map_or(Value::None, |source| field.get(source));
        match self {
            Self::Source(field, test) => test.answer(value(*field), ground),
            Self::Reliability(test) => test.answer(value(SourceField::Reliability), ground),
            Self::Word(_) | Self::Field(..) => Answer::No,
        }
    }
}

/// Whether a folded text occurs in a source that is given by its id, or in the id.
pub(super) fn cited_source_says(timeline: &Timeline, id: Value<'_>, word: &str) -> bool {
    id.as_text().is_some_and(|id| {
        fold(id).contains(word) || timeline.source(id).is_some_and(|source| says::<SourceField>(source, word))
    })
}

impl LinkTest {
    fn answer(&self, link: &Link, ground: Ground<'_>) -> Answer {
        let event = || ground.timeline.event(&link.to);
        match self {
            Self::Word(word) => {
                yes(says::<LinkField>(link, word) || event().is_some_and(|event| fold(&event.title).contains(&**word)))
            }
            Self::Field(field, test) => test.answer(field.get(link), ground),
            Self::Event(field, test) => test.answer(event().map_or(Value::None, |event| field.get(event)), ground),
        }
    }
}

/// Whether a folded text occurs in a record.
fn says<F: Field>(record: &F::Record, word: &str) -> bool {
    let mut is_found = false;
    leaves::<F>(record, &mut |_, value| value.each_text(|text| is_found = is_found || fold(text).contains(word)));
    is_found
}

impl DateTrait {
    /// Whether a date has it.
    pub(super) fn is_of(self, date: &Date, zone: Zone) -> bool {
        match self {
            // Either end can lie on more than one day. A day with a clock that was put back has 25 hours.
            Self::Vague => {
                let extent = date.extent(zone);
                let is_wide = |first: Edge, last: Edge| match (first, last) {
                    (Edge::At(first), Edge::At(last)) => last.saturating_since(first) > Instant::DAY + Instant::HOUR,
                    (Edge::Open, Edge::Open) => false,
                    (Edge::At(_) | Edge::Open | Edge::Unknown, _) => true,
                };
                is_wide(extent.earliest_start, extent.latest_start) || is_wide(extent.earliest_end, extent.latest_end)
            }
            Self::OpenEnded => {
                let extent = date.extent(zone);
                let is_open = |edge: Edge| edge.instant().is_none();
                is_open(extent.earliest_start) || is_open(extent.latest_end)
            }
            Self::Qualified => date.certainty().uncertain || date.certainty().approximate,
        }
    }
}

impl EventTest {
    /// How much it takes to answer of all events, in milliseconds at a million of them or so.
    pub(super) fn cost(&self) -> u32 {
        match self {
            Self::Field(EventField::Title, _) => 100,
            Self::Field(..) | Self::Judgment(..) | Self::Precision(..) | Self::Dated(_) => 6,
            Self::Own(..) | Self::Link(_) | Self::BestReliability(_) => 20,
            Self::Citation(expr) if expr.any_leaf(&|test| matches!(test, CitationTest::Word(_))) => 60,
            Self::Citation(_) => 15,
            Self::Selected(_) => 1,
            Self::Known(_) => 90,
            Self::Problem(_) => 300,
        }
    }

    /// Whether its answer rests on citations, which may not count as of a date.
    pub(super) const fn reads_citations(&self) -> bool {
        matches!(self, Self::Citation(_) | Self::BestReliability(_))
    }

    /// What an event answers.
    pub(super) fn answer(&self, event: &Event, ground: Ground<'_>) -> Answer {
        match self {
            Self::Field(field, test) => test.answer(field.get(event), ground),
            Self::Judgment(field, test) => {
                let value = event.judgment.as_deref().map_or(Value::None, |judgment| field.get(judgment));
                test.answer(value, ground)
            }
            Self::Own(names, test) => {
                let texts = names.iter().filter_map(|name| event.rare.fields.get(name));
                texts.map(|text| test.answer(Value::Text(text), ground)).max().unwrap_or(Answer::No)
            }
            Self::Citation(expr) => {
                let answer = |citation| expr.answer(&|test: &CitationTest| test.answer(citation, event, ground));
                event.citations.iter().map(answer).max().unwrap_or(Answer::No)
            }
            Self::Link(expr) => {
                let answer = |link| expr.answer(&|test: &LinkTest| test.answer(link, ground));
                event.links.iter().map(answer).max().unwrap_or(Answer::No)
            }
            Self::BestReliability(test) => {
                let best = best_reliability(ground.timeline, event, |_| true);
                test.answer(best.map_or(Value::None, |best| Value::Choice(best.choice())), ground)
            }
            Self::Precision(..) | Self::Dated(_) => {
                self.answer_date(event.date.as_ref().map(|date| DateTraits::of(date, ground.zone)))
            }
            // Answered for all events at once.
            Self::Known(_) | Self::Problem(_) | Self::Selected(_) => Answer::No,
        }
    }

    /// What a date answers to a test that asks of nothing else.
    pub(super) fn answer_date(&self, date: Option<DateTraits>) -> Answer {
        yes(date.is_some_and(|date| match self {
            Self::Precision(coarsest, finest) => (*coarsest..=*finest).contains(&date.precision),
            Self::Dated(property) => date.has(*property),
            _ => false,
        }))
    }
}
