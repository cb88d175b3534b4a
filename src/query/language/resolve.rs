//! What a question asks of a timeline: its syntax tree as a tree of tests.

use std::ops::Range;
use std::sync::Arc;

use super::super::when::Asked as TimeAsked;
use super::super::{CitationTest, DateTrait, EventTest, Expr, Leaf, LinkTest, Matches, ValueTest, fold};
use super::fault::QueryFault;
use super::names::{AskedName, Name, TIME_WORDS, TimeWord, asked_names, named};
use super::parse::parse;
use super::syntax::{Comparison, Literal, Node, NodeKind, Scope, Test};
use super::values::{
    Meant, Times, chosen, date, is_value, numbers, one_of, own_test, pattern, presence, time_tests, unknown,
};
use crate::diagnostic::closest;
use crate::model::{
    CHECKS, CitationField, EventField, Field as _, FieldInfo, Kind, KnownOn, SourceField, Stance, Term as _, Text,
    Timeline,
};
use crate::time::{CivilDay, Date, Instant, Precision, Shape};

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

/// The tests that a text means as a question.
///
/// # Errors
/// As [`parse`] and [`resolve`].
pub fn read(text: &str, asking: Asking<'_>) -> Result<Expr<Leaf>, QueryFault> {
    let node = parse(text).map_err(|fault| match fault.begun.as_deref() {
        Some((name, scope)) if !asking.is_name(name, *scope) => asking.unknown_name(name, *scope),
        _ => fault,
    })?;
    resolve(&node, asking)
}

/// The tests of sources that a text means as a question to them.
///
/// # Errors
/// As [`parse`] and [`resolve_for_sources`].
pub fn read_for_sources(text: &str, asking: Asking<'_>) -> Result<Expr<CitationTest>, QueryFault> {
    let node = parse(text).map_err(|fault| match fault.begun.as_deref() {
        Some((name, None)) if source_field(name).is_none() => asking.unknown_source_field(name),
        _ => fault,
    })?;
    resolve_for_sources(&node, asking)
}

/// The tests that a question means.
///
/// # Errors
/// Where a name or a value is none, with its place and the nearest that is one.
fn resolve(node: &Node, asking: Asking<'_>) -> Result<Expr<Leaf>, QueryFault> {
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
fn resolve_for_sources(node: &Node, asking: Asking<'_>) -> Result<Expr<CitationTest>, QueryFault> {
    tree(node, &mut |part| match part {
        Part::Words(word) => Ok(Expr::Leaf(CitationTest::Word(word))),
        Part::Field(name, test) => {
            let Some((field, relation)) = source_field(name) else { return Err(asking.unknown_source_field(name)) };
            let test = asking.value_test(name, relation, test, field.info())?;
            wrap(test, |test| Some(CitationTest::Source(field, test))).ok_or_else(|| not_here(name))
        }
        Part::Scope(_, inside) => {
            let fault = QueryFault::new(inside.span.clone(), "cite(…) and link(…) are asked of events");
            Err(fault.remedy("sources have words and fields: publisher:tass published.after:2024"))
        }
    })
}

/// The field of a source that a name asks, and how its date is compared.
fn source_field(name: &Literal) -> Option<(SourceField, Option<TimeWord>)> {
    match named(&format!("source.{}", name.text), None).filter(|_| !name.is_quoted)? {
        AskedName { name: Name::Source(field), relation } => Some((field, relation)),
        _ => None,
    }
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

    /// Whether a name asks something in a scope.
    fn is_name(&self, name: &Literal, scope: Option<Scope>) -> bool {
        !name.is_quoted && named(&name.text, scope).is_some()
            || scope.is_none() && !self.own_fields(&name.text).is_empty()
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
