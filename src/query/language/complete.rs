//! What a question that is being typed can go on with: names of fields, then values with how many events have each.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::names::{Name, asked_names, named};
use super::resolve::{PRECISIONS, properties};
use super::syntax::{Comparison, Literal, Node, NodeKind, Scope, Test};
use crate::model::{
    CitationField, Event, Field, FieldInfo, Kind, RecordKind, Term as _, Timeline, Value, best_reliability,
};

/// A part of a question that the caret stands in or behind, as far as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Bytes of the question that what is taken replaces.
    pub span: Range<usize>,
    /// What stands there, without an open quotation mark.
    pub text: String,
    /// What it is a part of.
    pub part: TypedPart,
}

/// What can stand at a place in a question.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TypedPart {
    /// The name of a field in a scope; or a word.
    Name(Option<Scope>),
    /// A value of the field of this name in a scope.
    Value(String, Option<Scope>),
}

/// Something that a question can go on with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Continuation {
    /// What is written.
    pub text: String,
    /// The title of the record, where it is the id of one.
    pub title: Option<String>,
    /// How many events have the value; none of a name.
    pub events: Option<usize>,
}

/// Values that are counted; of a field with more the others are left out.
const MOST_VALUES: usize = 20_000;

/// The part before the caret, which stands at a byte of the text; none behind a blank.
pub fn typed_part(text: &str, caret: usize) -> Option<Typed> {
    let before = text.get(..caret)?;
    let (mut start, mut quote, mut scopes) = (0, None, Vec::new());
    for (at, letter) in before.char_indices() {
        match letter {
            // An open quotation runs on over blanks and brackets.
            '"' | '“' | '”' => quote = if quote.is_some() { None } else { Some(at) },
            _ if quote.is_some() => {}
            '(' => {
                let word = before.get(start..at).unwrap_or_default().trim_start_matches('-');
                scopes.push(Scope::ALL.into_iter().find(|scope| scope.name() == word));
                start = at + 1;
            }
            ')' => {
                scopes.pop();
                start = at + 1;
            }
            _ if letter.is_whitespace() => start = at + letter.len_utf8(),
            _ => {}
        }
    }
    let scope = scopes.into_iter().rev().flatten().next();
    let word = before.get(start..)?;
    let name_start = start + word.len() - word.trim_start_matches(['-', '?']).len();
    let word = before.get(name_start..)?;
    let Some((name, value)) = word.split_once(':') else {
        let is_word = quote.is_none() && word.starts_with(char::is_alphabetic);
        let typed = Typed { span: name_start..caret, text: word.to_owned(), part: TypedPart::Name(scope) };
        return is_word.then_some(typed);
    };
    // Behind a comma, two dots or a sign of comparison another value begins.
    let bare = Comparison::ALL.iter().fold(value, |rest, (_, sign)| rest.strip_prefix(sign).unwrap_or(rest));
    let last = match quote {
        Some(quote) => before.get(quote..)?,
        None => bare.rsplit([',']).next().and_then(|rest| rest.rsplit("..").next()).unwrap_or_default(),
    };
    let last = last.strip_prefix('=').unwrap_or(last);
    let bare = last.trim_start_matches(['"', '“']);
    Some(Typed {
        span: caret - last.len()..caret,
        text: bare.to_owned(),
        part: TypedPart::Value(name.trim_matches('"').to_owned(), scope),
    })
}

/// What can stand at a place, most frequent first. Reads every event, so whoever asks for each letter keeps it.
pub fn continuations(timeline: &Timeline, part: &TypedPart) -> Vec<Continuation> {
    match part {
        TypedPart::Name(scope) => {
            let mut names = asked_names(*scope);
            if scope.is_none() {
                names.extend(own_names(timeline));
                names.extend(Scope::ALL.map(|scope| format!("{}(", scope.name())));
            }
            let written = |name: String| match name.strip_suffix('(') {
                Some(_) => name,
                None => format!("{}:", literal(&name)),
            };
            let without = |text| Continuation { text, title: None, events: None };
            names.into_iter().map(written).map(without).collect()
        }
        TypedPart::Value(name, scope) => values(timeline, name, *scope),
    }
}

/// Names of the user's own fields, the most frequent first.
fn own_names(timeline: &Timeline) -> Vec<String> {
    let mut counts = Counts::default();
    for event in timeline.events() {
        event.rare.fields.iter().for_each(|(name, _)| counts.add(name));
    }
    counts.most_frequent().into_iter().map(|(name, _)| name.to_owned()).collect()
}

/// How many events have each value.
#[derive(Default)]
struct Counts<'t>(FxHashMap<&'t str, usize>);

impl<'t> Counts<'t> {
    fn add(&mut self, text: &'t str) {
        if self.0.len() < MOST_VALUES || self.0.contains_key(text) {
            *self.0.entry(text).or_default() += 1;
        }
    }

    fn add_value(&mut self, value: Value<'t>) {
        match value {
            Value::Text(text) => self.add(text),
            Value::List(items) => items.iter().for_each(|item| self.add(item)),
            Value::Choice(choice) => self.add(choice.label),
            _ => {}
        }
    }

    /// The most frequent first, equals in the order of their texts.
    fn most_frequent(self) -> Vec<(&'t str, usize)> {
        let mut counts: Vec<_> = self.0.into_iter().collect();
        counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        counts
    }
}

fn values(timeline: &Timeline, name: &str, scope: Option<Scope>) -> Vec<Continuation> {
    let fixed = |words: &[&str]| {
        let of = |word: &&str| Continuation { text: (*word).to_owned(), title: None, events: None };
        words.iter().map(of).collect()
    };
    let mut counts = Counts::default();
    let events = timeline.events().iter();
    let mut info: Option<&FieldInfo> = None;
    match named(name, scope).map(|asked| asked.name) {
        None => {
            let own = events.flat_map(|event| event.rare.fields.iter());
            own.filter(|(own, _)| own.eq_ignore_ascii_case(name)).for_each(|(_, text)| counts.add(text));
        }
        Some(Name::Is) => return fixed(&properties().collect::<Vec<_>>()),
        Some(Name::Precision) => return fixed(&PRECISIONS.map(|(word, _)| word)),
        Some(Name::Known | Name::Within(_)) => return Vec::new(),
        Some(Name::Event(field)) => {
            info = Some(field.info());
            events.for_each(|event| counts.add_value(counted(field.info(), field.get(event))));
        }
        Some(Name::Judgment(field)) => {
            info = Some(field.info());
            let judgments = events.filter_map(|event| event.judgment.as_deref());
            judgments.for_each(|judgment| counts.add_value(field.get(judgment)));
        }
        Some(Name::Citation(field)) => {
            info = Some(field.info());
            let citations = events.flat_map(|event| &event.citations);
            citations.for_each(|citation| counts.add_value(counted(field.info(), field.get(citation))));
        }
        Some(Name::BestReliability) => {
            info = Some(CitationField::Reliability.info());
            for best in events.filter_map(|event| best_reliability(timeline, event, |_| true)) {
                counts.add_value(Value::Choice(best.choice()));
            }
        }
        Some(Name::Reliability) => {
            info = Some(CitationField::Reliability.info());
            for citation in events.flat_map(|event| &event.citations) {
                counts.add_value(CitationField::Reliability.get(citation));
            }
        }
        Some(Name::Source(field)) => {
            info = Some(field.info());
            for citation in events.flat_map(|event| &event.citations) {
                let source = timeline.source(&citation.source);
                counts.add_value(source.map_or(Value::None, |source| counted(field.info(), field.get(source))));
            }
        }
        Some(Name::Link(field)) => {
            info = Some(field.info());
            let links = events.flat_map(|event| &event.links);
            links.for_each(|link| counts.add_value(counted(field.info(), field.get(link))));
        }
        Some(Name::OtherEnd(field)) => {
            let others = events.flat_map(|event| &event.links).filter_map(|link| timeline.event(&link.to));
            others.for_each(|other: &Event| counts.add_value(counted(field.info(), field.get(other))));
        }
    }
    // Of a few terms those that no event has are offered too.
    if let Some(Kind::Choice(choices)) = info.map(|info| info.kind) {
        for choice in choices {
            counts.0.entry(choice.label).or_default();
        }
    }
    let title = |id: &str| match info.map(|info| info.kind) {
        Some(Kind::Reference(RecordKind::Lane)) => timeline.lane(id).map(|lane| lane.title.to_string()),
        Some(Kind::Reference(RecordKind::Source)) => timeline.source(id).map(|source| source.title.to_string()),
        Some(Kind::Reference(RecordKind::Event)) => timeline.event(id).map(|event| event.title.to_string()),
        _ => None,
    };
    let of =
        |(text, events): (&str, usize)| Continuation { text: literal(text), title: title(text), events: Some(events) };
    counts.most_frequent().into_iter().map(of).collect()
}

/// A value that several records can have; a note is no record's but its own.
fn counted<'t>(info: &FieldInfo, value: Value<'t>) -> Value<'t> {
    let is_own = matches!(info.kind, Kind::Prose | Kind::Id) || matches!(info.search, crate::model::Search::Title);
    if is_own { Value::None } else { value }
}

/// A text as a value, in quotes where it needs them.
fn literal(text: &str) -> String {
    let literal = Literal { text: text.to_owned(), is_quoted: true, is_exact: false, span: 0..0 };
    let name = Literal { text: "x".to_owned(), is_quoted: false, is_exact: false, span: 0..0 };
    let test = Test::OneOf(vec![literal]);
    let node = Node { span: 0..0, kind: NodeKind::Field { name, takes_possible: false, test } };
    node.to_string().get("x:".len()..).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_before_the_caret_is_what_is_typed() {
        let name = |scope| TypedPart::Name(scope);
        let value = |name: &str, scope| TypedPart::Value(name.to_owned(), scope);
        let cases = [
            ("sta", "sta", name(None)),
            ("duma -sta", "sta", name(None)),
            ("?sta", "sta", name(None)),
            ("(a OR sta", "sta", name(None)),
            ("cite(sta", "sta", name(Some(Scope::Cite))),
            ("cite(a (b OR sta", "sta", name(Some(Scope::Cite))),
            ("cite(a) sta", "sta", name(None)),
            ("standing:", "", value("standing", None)),
            ("standing:al", "al", value("standing", None)),
            ("standing:denied,al", "al", value("standing", None)),
            ("reliability:>=B", "B", value("reliability", None)),
            ("reliability:A..C", "C", value("reliability", None)),
            ("place:\"north as", "north as", value("place", None)),
            ("link(relation:ca", "ca", value("relation", Some(Scope::Link))),
            ("-stance:d", "d", value("stance", None)),
        ];
        for (text, typed, part) in cases {
            let found = typed_part(text, text.len()).unwrap();
            assert_eq!((found.text.as_str(), found.part), (typed, part), "{text}");
            assert!(text.get(found.span).unwrap().ends_with(typed), "{text}");
        }
        for text in ["", "duma ", "12", "\"a b"] {
            assert_eq!(typed_part(text, text.len()), None, "{text}");
        }
        assert_eq!(typed_part("standing:alleged", 3).unwrap().text, "sta");
    }
}
