//! What a question asks of a timeline: its syntax tree as a tree of tests.

use std::ops::Range;
use std::sync::Arc;

use super::super::test::leading_number;
use super::super::when::Asked as TimeAsked;
use super::super::{
    Amount, CitationTest, DateTrait, EventTest, Expr, Leaf, LinkTest, Matches, Pattern, TimeTest, ValueTest, fold,
};
use super::fault::QueryFault;
use super::names::{AskedName, Name, TIME_WORDS, TimeWord, asked_names, named};
use super::parse::parse;
use super::syntax::{Comparison, Literal, Node, NodeKind, Scope, Test};
use crate::diagnostic::closest;
use crate::model::{
    CHECKS, Choice, CitationField, Confidence, EventField, Field as _, FieldInfo, Kind, KnownOn, Likelihood, Limits,
    Reliability, SourceField, Stance, Term as _, Text, Timeline,
};
use crate::time::{CivilDay, Date, Instant, Precision, Reading, Relation, Shape, read_phrase};

/// What a question is read against.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'t> {
    /// The timeline that is asked: its zone, and the names of the user's own fields.
    pub timeline: &'t Timeline,
    /// The present on the axis of its zone, for "yesterday".
    pub now: Instant,
    /// The date as of which it is asked.
    pub known_on: Option<&'t KnownOn>,
    /// The events that are selected; none where nothing can be.
    pub selected: Option<&'t Matches>,
}

impl<'t> Asking<'t> {
    /// A timeline asked at a moment, as it is known now and where nothing can be selected.
    pub const fn new(timeline: &'t Timeline, now: Instant) -> Self {
        Self { timeline, now, known_on: None, selected: None }
    }
}

/// A property of events, beside those that are problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Property {
    Dated(DateTrait),
    /// A citation speaks against it.
    Contradicted,
    /// It was recorded lately.
    Recent,
    Selected,
}

/// Kinds of problems that events have, or the sources that they cite.
pub(in crate::query) const PROBLEMS: [&str; 24] = [
    "unsourced",
    "single-origin",
    "circular-origin",
    "ungraded",
    "denied-but-confirmed",
    "denial-unsourced",
    "unknown-source",
    "duplicate-source",
    "date-finer-than-source",
    "date-outside-sources",
    "conflicting-dates",
    "published-before-event",
    "undated",
    "beyond-axis",
    "empty-title",
    "weight-out-of-range",
    "duplicate-event",
    "dangling-link",
    "link-cycle",
    "link-against-time",
    "fields-alike",
    "unknown-lane",
    "unknown-capture",
    "bad-hash",
];

/// Properties that are no problems, by their words.
const PROPERTIES: [(&str, Property); 6] = [
    ("vague", Property::Dated(DateTrait::Vague)),
    ("open-ended", Property::Dated(DateTrait::OpenEnded)),
    ("qualified", Property::Dated(DateTrait::Qualified)),
    ("contradicted", Property::Contradicted),
    ("recent", Property::Recent),
    (SELECTED, Property::Selected),
];

/// The word for events that are selected.
const SELECTED: &str = "selected";

/// Days before the one that is asked as of in which what was recorded is recent.
const RECENT_DAYS: i64 = 7;

/// The words that `is:` takes, problems last.
pub(super) fn properties() -> impl Iterator<Item = &'static str> {
    PROPERTIES.iter().map(|(word, _)| *word).chain(PROBLEMS)
}

/// Whether a question asks for what is selected, as far as it can be read.
pub fn asks_selected(text: &str) -> bool {
    fn asks(node: &Node) -> bool {
        match &node.kind {
            NodeKind::Words(_) => false,
            NodeKind::Field { name, test: Test::OneOf(values), .. } => {
                let is_property = !name.is_quoted && named(&name.text, None).is_some_and(|it| it.name == Name::Is);
                is_property && values.iter().any(|value| property_word(value) == SELECTED)
            }
            NodeKind::Field { .. } => false,
            NodeKind::Scope { inside, .. } => asks(inside),
            NodeKind::Not(part) => asks(part),
            NodeKind::And(parts) | NodeKind::Or(parts) => parts.iter().any(asks),
        }
    }
    // What is only being typed may ask for it as soon as it can be read again.
    parse(text).map_or_else(|_| text.to_lowercase().contains(SELECTED), |node| asks(&node))
}

fn property_word(literal: &Literal) -> String {
    literal.text.to_lowercase().replace([' ', '_'], "-")
}

/// Precisions by their words, the coarsest first.
pub(super) const PRECISIONS: [(&str, Precision); 9] = [
    ("millennium", Precision::Millennium),
    ("century", Precision::Century),
    ("decade", Precision::Decade),
    ("year", Precision::Year),
    ("season", Precision::Season),
    ("month", Precision::Month),
    ("day", Precision::Day),
    ("minute", Precision::Minute),
    ("second", Precision::Second),
];

/// The tests that a question means.
///
/// # Errors
/// Where a name or a value is none, with its place and the nearest that is one.
pub fn resolve(node: &Node, asking: Asking<'_>) -> Result<Expr<Leaf>, QueryFault> {
    tree(node, &mut |part| match part {
        Part::Words(word) => Ok(Expr::Leaf(Leaf::Word(word))),
        Part::Field(name, test) => asking.event_field(name, test),
        Part::Scope(Scope::Cite, inside) => {
            let expr = tree(inside, &mut |part| match part {
                Part::Words(word) => Ok(Expr::Leaf(CitationTest::Word(word))),
                Part::Field(name, test) => {
                    let (asked, test) = asking.value(name, test, Some(Scope::Cite))?;
                    wrap(test, |test| citation_test(asked, test)).ok_or_else(|| not_here(name))
                }
                Part::Scope(_, inside) => Err(nested(&inside.span)),
            })?;
            Ok(Expr::Leaf(asked(EventTest::Citation(Box::new(expr)))))
        }
        Part::Scope(Scope::Link, inside) => {
            let expr = tree(inside, &mut |part| match part {
                Part::Words(word) => Ok(Expr::Leaf(LinkTest::Word(word))),
                Part::Field(name, test) => {
                    let (asked, test) = asking.value(name, test, Some(Scope::Link))?;
                    wrap(test, |test| link_test(asked, test)).ok_or_else(|| not_here(name))
                }
                Part::Scope(_, inside) => Err(nested(&inside.span)),
            })?;
            Ok(Expr::Leaf(asked(EventTest::Link(Box::new(expr)))))
        }
    })
}

/// The tests of sources that a question means, asked of sources alone.
///
/// # Errors
/// As [`resolve`], and where it asks for what is not in a source.
pub fn resolve_for_sources(node: &Node, asking: Asking<'_>) -> Result<Expr<CitationTest>, QueryFault> {
    tree(node, &mut |part| match part {
        Part::Words(word) => Ok(Expr::Leaf(CitationTest::Word(word))),
        Part::Field(name, test) => {
            let asked = named(&format!("source.{}", name.text), None).filter(|_| !name.is_quoted);
            let Some(AskedName { name: Name::Source(field), relation }) = asked else {
                return Err(asking.unknown_source_field(name));
            };
            let test = asking.value_test(name, relation, test, field.info())?;
            wrap(test, |test| Some(CitationTest::Source(field, test))).ok_or_else(|| not_here(name))
        }
        Part::Scope(_, inside) => {
            let fault = QueryFault::new(inside.span.clone(), "cite(…) and link(…) are asked of events");
            Err(fault.remedy("sources have words and fields: publisher:tass published.after:2024"))
        }
    })
}

/// A part of a question that is no other parts joined.
enum Part<'n> {
    /// A folded text.
    Words(Box<str>),
    Field(&'n Literal, &'n Test),
    Scope(Scope, &'n Node),
}

/// The tree of what each part means.
fn tree<L>(node: &Node, leaf: &mut impl FnMut(Part<'_>) -> Result<Expr<L>, QueryFault>) -> Result<Expr<L>, QueryFault> {
    let mut all = |parts: &[Node]| parts.iter().map(|part| tree(part, leaf)).collect::<Result<Vec<_>, _>>();
    match &node.kind {
        NodeKind::And(parts) => all(parts).map(Expr::And),
        NodeKind::Or(parts) => all(parts).map(Expr::Or),
        NodeKind::Not(part) => tree(part, leaf).map(|part| Expr::Not(Box::new(part))),
        NodeKind::Words(literal) => {
            // Words are found inside longer ones: a star that stands for the rest of one says nothing more.
            let bare = literal.text.trim_matches('*');
            let is_star = literal.is_quoted || bare.is_empty();
            let folded = fold(if is_star { &literal.text } else { bare });
            // What folds to nothing (a soft hyphen) asks for nothing.
            if folded.trim().is_empty() { Ok(Expr::default()) } else { leaf(Part::Words(folded.into())) }
        }
        NodeKind::Field { name, takes_possible, test } => {
            let expr = leaf(Part::Field(name, test))?;
            Ok(if *takes_possible { Expr::Maybe(Box::new(expr)) } else { expr })
        }
        NodeKind::Scope { scope, inside } => leaf(Part::Scope(*scope, inside)),
    }
}

/// A test of a value, or that there is none.
enum Meant {
    Is(ValueTest),
    None,
}

/// The leaf of a test; none where it cannot be asked there.
fn wrap<L>(meant: Meant, leaf: impl Fn(ValueTest) -> Option<L>) -> Option<Expr<L>> {
    match meant {
        Meant::Is(test) => leaf(test).map(Expr::Leaf),
        Meant::None => leaf(ValueTest::Present).map(|leaf| Expr::Not(Box::new(Expr::Leaf(leaf)))),
    }
}

fn citation_test(name: Name, test: ValueTest) -> Option<CitationTest> {
    match name {
        Name::Citation(field) => Some(CitationTest::Field(field, test)),
        Name::Source(field) => Some(CitationTest::Source(field, test)),
        Name::Reliability => Some(CitationTest::Reliability(test)),
        Name::Event(_)
        | Name::Judgment(_)
        | Name::Link(_)
        | Name::OtherEnd(_)
        | Name::Is
        | Name::Known
        | Name::Precision
        | Name::BestReliability
        | Name::Within(_) => None,
    }
}

fn link_test(name: Name, test: ValueTest) -> Option<LinkTest> {
    match name {
        Name::Link(field) => Some(LinkTest::Field(field, test)),
        Name::OtherEnd(field) => Some(LinkTest::Event(field, test)),
        Name::Event(_)
        | Name::Judgment(_)
        | Name::Citation(_)
        | Name::Source(_)
        | Name::Reliability
        | Name::Is
        | Name::Known
        | Name::Precision
        | Name::BestReliability
        | Name::Within(_) => None,
    }
}

/// The leaf that asks one field of an event, of any of its citations or of any of its links.
fn event_leaf(name: Name, test: ValueTest) -> Option<Leaf> {
    let of_citation = |test| EventTest::Citation(Box::new(Expr::Leaf(test)));
    let of_link = |test| EventTest::Link(Box::new(Expr::Leaf(test)));
    let test = match name {
        Name::Event(field) => EventTest::Field(field, test),
        Name::Judgment(field) => EventTest::Judgment(field, test),
        Name::Citation(_) | Name::Source(_) | Name::Reliability => of_citation(citation_test(name, test)?),
        Name::Link(_) | Name::OtherEnd(_) => of_link(link_test(name, test)?),
        Name::BestReliability => EventTest::BestReliability(test),
        Name::Is | Name::Known | Name::Precision | Name::Within(_) => return None,
    };
    Some(asked(test))
}

/// The leaf of a test.
fn asked(test: EventTest) -> Leaf {
    Leaf::Event(Box::new(test))
}

fn not_here(name: &Literal) -> QueryFault {
    QueryFault::new(name.span.clone(), format!("“{}” cannot be asked here", name.text))
}

fn nested(span: &Range<usize>) -> QueryFault {
    QueryFault::new(span.clone(), "cite(…) and link(…) cannot stand inside each other")
        .remedy("put one behind the other")
}

/// A fault of a value with the nearest of those that there are, else all of them.
fn unknown(literal: &Literal, what: &str, known: &[&str]) -> QueryFault {
    let fault = QueryFault::new(literal.span.clone(), format!("“{}” is no {what}", literal.text));
    match closest(&literal.text, known.iter().copied()) {
        Some(near) => fault.remedy(format!("did you mean {near}?")),
        None => fault.remedy(format!("there are {}", known.join(", "))),
    }
}

/// The values of a test that names some.
fn one_of<'n>(name: &Literal, test: &'n Test) -> Result<&'n [Literal], QueryFault> {
    match test {
        Test::OneOf(values) => Ok(values),
        Test::Any | Test::Compare(..) | Test::Range(..) => {
            let fault = QueryFault::new(name.span.clone(), format!("“{}:” takes words, no range", name.text));
            Err(fault.remedy(format!("write {}:WORD", name.text)))
        }
    }
}

impl Asking<'_> {
    fn event_field(&self, name: &Literal, test: &Test) -> Result<Expr<Leaf>, QueryFault> {
        let own = |names: Vec<Text>| {
            wrap(own_test(name, test)?, |test| Some(asked(EventTest::Own(names.clone(), test))))
                .ok_or_else(|| not_here(name))
        };
        let Some(asked) = named(&name.text, None).filter(|_| !name.is_quoted) else {
            let names = self.own_fields(&name.text);
            return if names.is_empty() { Err(self.unknown_name(name, None)) } else { own(names) };
        };
        match asked.name {
            Name::Is => one_of(name, test)?.iter().map(|it| self.is(it)).collect::<Result<_, _>>().map(any_of),
            Name::Known => {
                one_of(name, test)?.iter().map(|value| self.known(value)).collect::<Result<_, _>>().map(any_of)
            }
            Name::Precision => precision(name, test),
            Name::Within(unit) => self.within(name, unit, asked.relation, test),
            Name::Event(EventField::Date) => self.dated(name, asked.relation, test),
            _ => {
                let (asked, test) = self.value(name, test, None)?;
                wrap(test, |test| event_leaf(asked, test)).ok_or_else(|| not_here(name))
            }
        }
    }

    /// The test of a property.
    fn is(&self, literal: &Literal) -> Result<Expr<Leaf>, QueryFault> {
        let word = property_word(literal);
        if let Some((_, property)) = PROPERTIES.iter().find(|(name, _)| *name == word) {
            return self.property(literal, *property);
        }
        if let Some(code) = PROBLEMS.iter().find(|code| **code == word) {
            return Ok(Expr::Leaf(asked(EventTest::Problem(code))));
        }
        if CHECKS.iter().any(|kind| kind.code == word) {
            let message = format!("“{word}” is a fault of the file, not of an event");
            let fault = QueryFault::new(literal.span.clone(), message);
            return Err(fault.remedy("the list of problems shows it"));
        }
        Err(unknown(literal, "property of events", &properties().collect::<Vec<_>>()))
    }

    fn property(&self, literal: &Literal, property: Property) -> Result<Expr<Leaf>, QueryFault> {
        let test = match property {
            Property::Dated(of_date) => EventTest::Dated(of_date),
            Property::Contradicted => {
                let against = vec![Stance::Disputes.choice(), Stance::Denies.choice()];
                let test = CitationTest::Field(CitationField::Stance, ValueTest::Choice(against));
                EventTest::Citation(Box::new(Expr::Leaf(test)))
            }
            Property::Recent => return Ok(self.recent()),
            Property::Selected => {
                let selected = self.selected.ok_or_else(|| {
                    let message = "what is selected is known only in a window";
                    QueryFault::new(literal.span.clone(), message).remedy("name events by their id: id:ONE,OTHER")
                })?;
                EventTest::Selected(Arc::new(selected.clone()))
            }
        };
        Ok(Expr::Leaf(asked(test)))
    }

    /// Recorded on the day as of which it is asked or in the week before. What does not say when it was recorded is not recent.
    fn recent(&self) -> Expr<Leaf> {
        let last = self.known_on.map_or(self.now, |known_on| known_on.end().saturating_add(-1)).day().number();
        let day = |number: i64| Instant::from_day(CivilDay::from_number(number));
        let within = TimeAsked::between(day(last - RECENT_DAYS), day(last + 1), self.timeline.zone());
        let tests = [ValueTest::Present, ValueTest::Time(vec![within])];
        Expr::all_of(tests.map(|test| asked(EventTest::Field(EventField::Recorded, test))))
    }

    /// Names of the user's own fields that are one, however they are written.
    fn own_fields(&self, name: &str) -> Vec<Text> {
        let wanted = fold(name);
        let mut found: Vec<Text> = Vec::new();
        for event in self.timeline.events() {
            for (own, _) in event.rare.fields.iter() {
                if !found.contains(own) && fold(own) == wanted {
                    found.push(own.clone());
                }
            }
        }
        found
    }

    fn unknown_name(&self, name: &Literal, scope: Option<Scope>) -> QueryFault {
        if let Some(scope) = scope.filter(|_| named(&name.text, None).is_some()) {
            let (what, word) = (if scope == Scope::Cite { "citations" } else { "links" }, scope.name());
            let fault =
                QueryFault::new(name.span.clone(), format!("“{}” is asked of events, not of {what}", name.text));
            return fault.remedy(format!("write it outside {word}(…)"));
        }
        let mut known = asked_names(scope);
        if scope.is_none() {
            let own = self.timeline.events().iter().flat_map(|event| event.rare.fields.iter());
            for (own, _) in own {
                if !known.iter().any(|known| known == &**own) {
                    known.push(own.to_string());
                }
            }
        }
        let front = name.text.rsplit_once('.').filter(|(_, word)| TIME_WORDS.iter().any(|(known, _)| known == word));
        if let Some((front, _)) = front.filter(|(front, _)| known.iter().any(|known| fold(known) == fold(front))) {
            let fault = QueryFault::new(name.span.clone(), format!("“{front}” is no date"));
            return fault.remedy("before, after, during and overlaps are asked of dates");
        }
        let fault = QueryFault::new(name.span.clone(), format!("“{}” is no field", name.text));
        match closest(&name.text, known.iter().map(String::as_str)) {
            Some(near) => fault.remedy(format!("did you mean {near}? Words with a colon go in quotes")),
            None => fault.remedy("words with a colon go in quotes"),
        }
    }

    fn unknown_source_field(&self, name: &Literal) -> QueryFault {
        if named(&name.text, None).is_some() {
            let fault =
                QueryFault::new(name.span.clone(), format!("“{}” is asked of events, not of sources", name.text));
            return fault.remedy("the question field above the track asks of events");
        }
        let known: Vec<&str> = SourceField::ALL.iter().map(|field| field.name()).collect();
        let fault = QueryFault::new(name.span.clone(), format!("“{}” is no field of sources", name.text));
        match closest(&name.text, known.iter().copied()) {
            Some(near) => fault.remedy(format!("did you mean {near}? Words with a colon go in quotes")),
            None => fault.remedy("words with a colon go in quotes"),
        }
    }

    /// What the date of an event is asked: by the index of dates, where that can tell.
    fn dated(&self, name: &Literal, relation: Option<TimeWord>, test: &Test) -> Result<Expr<Leaf>, QueryFault> {
        let present = || Expr::Leaf(asked(EventTest::Field(EventField::Date, ValueTest::Present)));
        match time_tests(self.now, name, relation, test)? {
            Times::Any => Ok(present()),
            Times::None => Ok(Expr::Not(Box::new(present()))),
            Times::Tests(tests) => Ok(any_of(tests.into_iter().map(|test| Expr::Leaf(Leaf::Time(test))).collect())),
        }
    }

    /// What the date of an event is asked, of dates of one unit.
    fn within(
        &self,
        name: &Literal,
        unit: Precision,
        relation: Option<TimeWord>,
        test: &Test,
    ) -> Result<Expr<Leaf>, QueryFault> {
        if relation.is_some() {
            let fault = QueryFault::new(name.span.clone(), format!("“{}” takes no relation", name.text));
            return Err(fault.remedy("before, after, during and overlaps stand by themselves: before:2024"));
        }
        let ends = match test {
            Test::Any => Vec::new(),
            Test::Compare(_, value) => vec![value],
            Test::Range(from, to) => from.iter().chain(to).collect(),
            Test::OneOf(values) => values.iter().collect(),
        };
        let (word, example) = match unit {
            Precision::Decade => ("decade", "decade:1990s"),
            _ => ("year", "year:2024"),
        };
        let is_none = matches!(presence(test, |_| false), Some(Meant::None));
        for literal in ends.into_iter().filter(|_| !is_none) {
            let is_unit = |date: &Date| date.precision() == unit && date.shape() == Shape::Window;
            if !date(literal, self.now).is_ok_and(|date| is_unit(&date)) {
                let fault = QueryFault::new(literal.span.clone(), format!("“{}” is no {word}", literal.text));
                return Err(fault.remedy(format!("write {example}, or during: for any other date")));
            }
        }
        self.dated(name, None, test)
    }

    fn known(&self, literal: &Literal) -> Result<Expr<Leaf>, QueryFault> {
        let date = date(literal, self.now)?;
        let known = KnownOn::new(&date, self.timeline.zone()).ok_or_else(|| {
            QueryFault::new(literal.span.clone(), format!("“{}” has no end", literal.text))
                .remedy("give the last day that counts, such as 2024-10-24")
        })?;
        Ok(Expr::Leaf(asked(EventTest::Known(Box::new(known)))))
    }

    /// What a name asks, and of its value.
    fn value(&self, name: &Literal, test: &Test, scope: Option<Scope>) -> Result<(Name, Meant), QueryFault> {
        let AskedName { name: asked, relation } =
            named(&name.text, scope).filter(|_| !name.is_quoted).ok_or_else(|| self.unknown_name(name, scope))?;
        let info = match asked {
            Name::Event(field) | Name::OtherEnd(field) => field.info(),
            Name::Judgment(field) => field.info(),
            Name::Citation(field) => field.info(),
            Name::Source(field) => field.info(),
            Name::Link(field) => field.info(),
            Name::Reliability | Name::BestReliability => CitationField::Reliability.info(),
            Name::Is | Name::Known | Name::Precision | Name::Within(_) => return Err(not_here(name)),
        };
        Ok((asked, self.value_test(name, relation, test, info)?))
    }

    fn value_test(
        &self,
        name: &Literal,
        relation: Option<TimeWord>,
        test: &Test,
        info: &FieldInfo,
    ) -> Result<Meant, QueryFault> {
        if relation.is_some() && info.kind != Kind::Date {
            let fault = QueryFault::new(name.span.clone(), format!("{} is no date", info.label));
            return Err(fault.remedy("before, after, during and overlaps are asked of dates"));
        }
        if info.kind != Kind::Date
            && let Some(meant) = presence(test, |word| is_value(info.kind, word))
        {
            return Ok(meant);
        }
        let is = |test| Ok(Meant::Is(test));
        match info.kind {
            Kind::Date => match time_tests(self.now, name, relation, test)? {
                Times::Any => is(ValueTest::Present),
                Times::None => Ok(Meant::None),
                Times::Tests(tests) => {
                    let zone = self.timeline.zone();
                    is(ValueTest::Time(tests.iter().map(|test| test.asked(zone)).collect()))
                }
            },
            Kind::Choice(choices) => is(ValueTest::Choice(chosen(name, test, info, choices)?)),
            Kind::Number(limits) => is(ValueTest::Number(numbers(test, info, limits)?)),
            Kind::Reference(kind) => {
                let patterns = one_of(name, test)?.iter().map(pattern).collect::<Result<_, _>>()?;
                is(ValueTest::Record(kind, patterns))
            }
            Kind::Id | Kind::Text | Kind::Prose | Kind::Address | Kind::Color | Kind::Zone | Kind::List | Kind::Map => {
                is(ValueTest::Text(one_of(name, test)?.iter().map(pattern).collect::<Result<_, _>>()?))
            }
            Kind::Coordinates | Kind::Grouping | Kind::Record(_) | Kind::Records(_) => {
                let fault =
                    QueryFault::new(name.span.clone(), format!("of {} one can ask whether there are any", info.noun));
                Err(fault.remedy(format!("write {}:*", name.text)))
            }
        }
    }
}

/// At least one of these.
fn any_of(mut parts: Vec<Expr<Leaf>>) -> Expr<Leaf> {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            Expr::Or(parts)
        }
    }
}

/// Whether there is a value, where that is what a test asks: `*`, or one of the words *any* and *none* without quotes that is no
/// value itself.
fn presence(test: &Test, is_value: impl Fn(&str) -> bool) -> Option<Meant> {
    match test {
        Test::Any => Some(Meant::Is(ValueTest::Present)),
        Test::OneOf(values) => match values.as_slice() {
            [only] if !only.is_quoted && !is_value(&only.text) => match only.text.as_str() {
                "any" => Some(Meant::Is(ValueTest::Present)),
                "none" => Some(Meant::None),
                _ => None,
            },
            _ => None,
        },
        Test::Compare(..) | Test::Range(..) => None,
    }
}

fn is_value(kind: Kind, word: &str) -> bool {
    matches!(kind, Kind::Choice(choices) if Choice::named(choices, word).is_some())
}

fn pattern(literal: &Literal) -> Result<Pattern, QueryFault> {
    let pattern = match literal.is_exact {
        true => Pattern::exact(&literal.text),
        false => Pattern::new(&literal.text, literal.has_star()),
    };
    if pattern.is_empty() {
        return Err(QueryFault::new(literal.span.clone(), "no letters stand here").remedy("write * for any value"));
    }
    Ok(pattern)
}

/// What one of the user's own fields is asked. Its texts are compared as numbers where they begin with one.
fn own_test(name: &Literal, test: &Test) -> Result<Meant, QueryFault> {
    if let Some(meant) = presence(test, |_| false) {
        return Ok(meant);
    }
    let number = |literal: &Literal| {
        leading_number(&literal.text).ok_or_else(|| {
            let fault = QueryFault::new(literal.span.clone(), format!("“{}” is no number", literal.text));
            fault.remedy(format!("more and less are asked of numbers: {}:>=10", name.text))
        })
    };
    let end = |literal: &Option<Literal>| literal.as_ref().map(|it| number(it).map(|it| (it, true))).transpose();
    let amount = match test {
        Test::OneOf(values) => {
            return Ok(Meant::Is(ValueTest::Text(values.iter().map(pattern).collect::<Result<_, _>>()?)));
        }
        Test::Compare(comparison, literal) => {
            let number = number(literal)?;
            match comparison {
                Comparison::AtLeast => Amount { from: Some((number, true)), to: None },
                Comparison::Above => Amount { from: Some((number, false)), to: None },
                Comparison::AtMost => Amount { from: None, to: Some((number, true)) },
                Comparison::Below => Amount { from: None, to: Some((number, false)) },
            }
        }
        Test::Range(from, to) => Amount { from: end(from)?, to: end(to)? },
        Test::Any => Amount { from: None, to: None },
    };
    Ok(Meant::Is(ValueTest::Amount(amount)))
}

fn precision(name: &Literal, test: &Test) -> Result<Expr<Leaf>, QueryFault> {
    let (coarsest, finest) = (Precision::Millennium, Precision::Second);
    let read = |literal: &Literal| {
        let word = literal.text.to_lowercase();
        let found = PRECISIONS.iter().position(|(name, _)| *name == word);
        found.ok_or_else(|| unknown(literal, "unit of dates", &PRECISIONS.map(|(name, _)| name)))
    };
    let unit = |at: usize| PRECISIONS.get(at).map_or(coarsest, |(_, precision)| *precision);
    // A date as long as a month at most is known to the month or finer.
    let ranges = match test {
        Test::Any => vec![(coarsest, finest)],
        Test::OneOf(values) => {
            let units = values.iter().map(|value| read(value).map(unit));
            units.map(|unit| unit.map(|unit| (unit, unit))).collect::<Result<_, _>>()?
        }
        Test::Compare(comparison, value) => {
            let at = read(value)?;
            vec![match comparison {
                Comparison::AtMost => (unit(at), finest),
                Comparison::Below if at + 1 < PRECISIONS.len() => (unit(at + 1), finest),
                Comparison::AtLeast => (coarsest, unit(at)),
                Comparison::Above if at > 0 => (coarsest, unit(at - 1)),
                Comparison::Below | Comparison::Above => {
                    let fault = QueryFault::new(name.span.clone(), "no date is so precise, or so vague");
                    return Err(fault.remedy("write <= or >="));
                }
            }]
        }
        Test::Range(from, to) => {
            let ends = [from, to].map(|end| end.as_ref().map(|end| read(end).map(unit)).transpose());
            let [from, to] = ends;
            let (from, to) = (from?.unwrap_or(coarsest), to?.unwrap_or(finest));
            vec![(from.min(to), from.max(to))]
        }
    };
    let leaf = |(from, to)| Expr::Leaf(asked(EventTest::Precision(from, to)));
    Ok(any_of(ranges.into_iter().map(leaf).collect()))
}

/// What is asked of a date.
enum Times {
    /// Whether there is one.
    Any,
    /// Whether there is none.
    None,
    /// One of these.
    Tests(Vec<TimeTest>),
}

fn time_tests(now: Instant, name: &Literal, relation: Option<TimeWord>, test: &Test) -> Result<Times, QueryFault> {
    let read = |literal: &Literal| date(literal, now);
    if relation.is_none()
        && let Some(meant) = presence(test, |_| false)
    {
        return Ok(if matches!(meant, Meant::None) { Times::None } else { Times::Any });
    }
    let tests = match (relation, test) {
        (Some(TimeWord(relation)), Test::OneOf(values)) => {
            let test = |date: Date| match relation {
                Relation::Before => TimeTest::Before(date),
                Relation::After => TimeTest::After(date),
                Relation::Overlaps => TimeTest::Overlaps(date),
                Relation::Within => TimeTest::Between(date.clone(), date),
            };
            values.iter().map(|value| read(value).map(test)).collect::<Result<_, _>>()?
        }
        (Some(TimeWord(Relation::Within)) | None, Test::Range(from, to)) => vec![match (from, to) {
            (Some(from), Some(to)) => TimeTest::Between(read(from)?, read(to)?),
            (Some(from), None) => TimeTest::From(read(from)?),
            (None, Some(to)) => TimeTest::UpTo(read(to)?),
            (None, None) => return Ok(Times::Any),
        }],
        (None, Test::OneOf(values)) => {
            let within = |date: Date| TimeTest::Between(date.clone(), date);
            values.iter().map(|value| read(value).map(within)).collect::<Result<_, _>>()?
        }
        (None, Test::Compare(comparison, value)) => {
            let date = read(value)?;
            vec![match comparison {
                Comparison::AtLeast => TimeTest::From(date),
                Comparison::AtMost => TimeTest::UpTo(date),
                Comparison::Above => TimeTest::After(date),
                Comparison::Below => TimeTest::Before(date),
            }]
        }
        (None, Test::Any) => return Ok(Times::Any),
        (Some(_), Test::Any | Test::Compare(..) | Test::Range(..)) => {
            let fault = QueryFault::new(name.span.clone(), format!("“{}:” takes a date", name.text));
            return Err(fault.remedy(format!("write {0}:2024-10 or {0}:\"late October 2024\"", name.text)));
        }
    };
    Ok(Times::Tests(tests))
}

/// A date as the date field reads it.
fn date(literal: &Literal, now: Instant) -> Result<Date, QueryFault> {
    let fault = |message| QueryFault::new(literal.span.clone(), message);
    if literal.is_exact {
        return Err(fault("= is asked of texts".to_owned()).remedy("write during: for what lies wholly within a date"));
    }
    match read_phrase(&literal.text, now) {
        Reading::Date(date) => Ok(date),
        Reading::Ambiguous(readings) => {
            let ways: Vec<String> = readings.iter().map(|(date, how)| format!("{date} ({how})")).collect();
            Err(fault(format!("“{}” can be read in several ways", literal.text))
                .remedy(format!("write {}", ways.join(" or "))))
        }
        Reading::None(error) => {
            let fault = fault(format!("“{}” is no date: {}", literal.text, error.message));
            Err(match error.hint {
                Some(hint) => fault.remedy(hint),
                None => fault.remedy("write 2024-10-24, or words in quotes: \"late October 2024\""),
            })
        }
    }
}

/// The terms that a test names. What has a rank is compared from the least to the most: the best grade is the most.
fn chosen(
    name: &Literal,
    test: &Test,
    info: &FieldInfo,
    choices: &'static [Choice],
) -> Result<Vec<&'static Choice>, QueryFault> {
    let labels: Vec<&str> = choices.iter().map(|choice| choice.label).collect();
    let read = |literal: &Literal| {
        let found = Choice::named(choices, &literal.text).and_then(|found| choices.iter().position(|it| it == found));
        found.ok_or_else(|| unknown(literal, &format!("term of {}", info.noun), &labels))
    };
    let those = |from: usize, to: usize| -> Vec<&'static Choice> {
        choices
            .iter()
            .enumerate()
            .filter(|(at, _)| (from.min(to)..=from.max(to)).contains(at))
            .map(|(_, it)| it)
            .collect()
    };
    let last = choices.len().saturating_sub(1);
    match test {
        Test::Any => Ok(choices.iter().collect()),
        Test::OneOf(values) => {
            let found = values.iter().map(read).collect::<Result<Vec<_>, _>>()?;
            Ok(found.into_iter().filter_map(|at| choices.get(at)).collect())
        }
        Test::Range(from, to) => {
            let end = |literal: &Option<Literal>, open| literal.as_ref().map_or(Ok(open), read);
            Ok(those(end(from, 0)?, end(to, last)?))
        }
        Test::Compare(comparison, value) => {
            let at = read(value)?;
            // Grades and confidence are listed from the most to the least, terms of likelihood from the least to the most.
            let is_falling = [Reliability::CHOICES, Confidence::CHOICES].contains(&choices);
            if !is_falling && choices != Likelihood::CHOICES {
                let fault = QueryFault::new(name.span.clone(), format!("{} has no more and less", info.label));
                let some: Vec<&str> = labels.iter().copied().take(2).collect();
                return Err(fault.remedy(format!("name several: {}:{}", name.text, some.join(","))));
            }
            let (towards, is_in) = match comparison {
                Comparison::AtLeast => (true, true),
                Comparison::Above => (true, false),
                Comparison::AtMost => (false, true),
                Comparison::Below => (false, false),
            };
            let end = if towards == is_falling { 0 } else { last };
            let mut found = those(at, end);
            found.retain(|choice| is_in || choices.get(at) != Some(*choice));
            Ok(found)
        }
    }
}

/// The numbers that a test names, as ranges.
fn numbers(test: &Test, info: &FieldInfo, limits: &Limits) -> Result<Vec<(u32, u32)>, QueryFault> {
    let read = |literal: &Literal| {
        literal.text.parse::<u32>().map_err(|_| {
            let message = format!("“{}” is no {}", literal.text, info.noun);
            QueryFault::new(literal.span.clone(), message)
                .remedy(format!("write a number from {} to {} ({})", limits.least, limits.most, limits.hint))
        })
    };
    let (least, most) = (0, u32::MAX);
    Ok(match test {
        Test::Any => vec![(least, most)],
        Test::OneOf(values) => {
            let found = values.iter().map(|value| read(value).map(|number| (number, number)));
            found.collect::<Result<_, _>>()?
        }
        Test::Compare(comparison, value) => {
            let number = read(value)?;
            match comparison {
                Comparison::AtLeast => vec![(number, most)],
                Comparison::AtMost => vec![(least, number)],
                Comparison::Above => number.checked_add(1).map(|next| (next, most)).into_iter().collect(),
                Comparison::Below => number.checked_sub(1).map(|before| (least, before)).into_iter().collect(),
            }
        }
        Test::Range(from, to) => {
            let end = |literal: &Option<Literal>, open| literal.as_ref().map_or(Ok(open), read);
            vec![(end(from, least)?, end(to, most)?)]
        }
    })
}
