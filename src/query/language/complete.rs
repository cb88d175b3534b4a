//! What a question that is being typed can go on with: names of fields, then values with how many events have each.

use std::ops::Range;
use std::sync::atomic::AtomicBool;

use rustc_hash::FxHashMap;

use super::super::block::{Has, Shared};
use super::super::tally::{FacetValue, Tally};
use super::super::{Texts, fold};
use super::names::{Name, asked_names, named};
use super::parse::OPERATORS;
use super::resolve::{PRECISIONS, properties};
use super::syntax::{Comparison, Literal, Node, NodeKind, Scope, Test};
use crate::model::{CitationField, Field as _, FieldInfo, Kind, Link, Search, Text, Timeline, Value};

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

/// Values that are offered; of a field with more the least frequent are left out.
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

/// What is left of a question, which cannot be read, without the field or scope whose name was still taken for a word when `answered` was
/// read: `lane:port` of `lane:port standing:`, where `lane:port stan` was. None where `answered` is no such beginning.
pub fn without_begun(text: &str, answered: &str) -> Option<String> {
    let text = text.trim_start();
    // Up to where the two part: a name that is offered may be written otherwise than what was typed of it.
    let is_same = |(a, b): &(char, char)| a == b || a.to_lowercase().eq(b.to_lowercase());
    let common = || text.chars().zip(answered.chars()).take_while(is_same);
    let (at, parted) = common().fold((0, 0), |(at, parted), (a, b)| (at + a.len_utf8(), parted + b.len_utf8()));
    let (before, added) = (text.get(..at)?, text.get(at..)?);
    let is_border = |c: &char| c.is_whitespace() || *c == '(';
    let border = before.char_indices().rev().find(|(_, c)| is_border(c));
    let part_at = border.map_or(0, |(at, border)| at + border.len_utf8());
    let after = answered.get(parted..)?;
    let is_whole_word = after.chars().next().is_none_or(|next| next.is_whitespace() || next == ')');
    let word = before.get(part_at..)?.trim_start_matches(['-', '?']);
    if !word.starts_with(char::is_alphabetic) || word.contains([':', '"', '“']) || !is_whole_word {
        return None;
    }
    let name_end = added.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')))?;
    let value = added.get(name_end..)?;
    let name = format!("{word}{}", added.get(..name_end)?);
    let is_scope = value.starts_with('(') && Scope::ALL.into_iter().any(|scope| scope.name() == name);
    let is_field = value.starts_with(':') && !value.starts_with("://");
    if !(is_scope || is_field) || !text.ends_with(after.trim_end()) {
        return None;
    }
    // An operator before it has nothing to negate, or to join unless a part follows.
    let (mut kept, after) = (before.get(..part_at)?.trim_end(), after.trim());
    let is_last = after.is_empty() || after.starts_with(')') || after.starts_with("OR ");
    for operator in OPERATORS.into_iter().rev().filter(|operator| is_last || *operator == "NOT") {
        let without = kept.strip_suffix(operator);
        let without = without.filter(|rest| rest.chars().next_back().is_none_or(|last| is_border(&last)));
        kept = without.map_or(kept, str::trim_end);
    }
    Some(format!("{kept} {after}").trim().to_owned())
}

/// What can stand at a place, most frequent first, in a question to a timeline whose texts these are.
pub fn continuations(timeline: &Timeline, texts: &Texts, part: &TypedPart) -> Vec<Continuation> {
    let never = AtomicBool::new(false);
    let tally = Tally { timeline, texts, among: None, cancelled: &never };
    match part {
        TypedPart::Name(scope) => {
            let mut names = asked_names(*scope);
            if scope.is_none() {
                names.extend(tally.own_names().iter().map(Text::to_string));
                names.extend(Scope::ALL.map(|scope| format!("{}(", scope.name())));
            }
            let written = |name: String| match name.strip_suffix('(') {
                Some(_) => name,
                None => format!("{}:", literal(&name)),
            };
            names.into_iter().map(written).map(without_count).collect()
        }
        TypedPart::Value(name, scope) => values(tally, name, *scope),
    }
}

fn without_count(text: String) -> Continuation {
    Continuation { text, title: None, events: None }
}

fn values(tally: Tally<'_>, name: &str, scope: Option<Scope>) -> Vec<Continuation> {
    let fixed = |words: &mut dyn Iterator<Item = &str>| words.map(str::to_owned).map(without_count).collect();
    let citation = |field: CitationField| (Shared::Citation(field), field.info());
    let (shared, info) = match named(name, scope).map(|asked| asked.name) {
        Some(Name::Is) => return fixed(&mut properties()),
        Some(Name::Precision) => return fixed(&mut PRECISIONS.iter().map(|(word, _)| *word)),
        Some(Name::Known | Name::Within(_)) => return Vec::new(),
        None => {
            let names = tally.own_names().into_iter().filter(|own| fold(own) == fold(name));
            return listed(names.flat_map(|own| tally.own(&own).values).collect(), None);
        }
        Some(Name::BestReliability) => {
            return listed(tally.best_grades().values, Some(CitationField::Reliability.info()));
        }
        Some(Name::Source(field)) => return listed(tally.of_sources(field).values, Some(field.info())),
        Some(Name::Link(field)) => {
            let value = |link: &Link| counted(field.info(), field.get(link));
            return listed(of_links(tally, value), Some(field.info()));
        }
        Some(Name::OtherEnd(field)) => {
            let value = |link: &Link| {
                let other = tally.timeline.event(&link.to);
                other.map_or(String::new(), |other| counted(field.info(), field.get(other)))
            };
            return listed(of_links(tally, value), Some(field.info()));
        }
        Some(Name::Event(field)) => (Shared::Event(field), field.info()),
        Some(Name::Judgment(field)) => (Shared::Judgment(field), field.info()),
        Some(Name::Citation(field)) => citation(field),
        Some(Name::Reliability) => citation(CitationField::Reliability),
    };
    // What has no column is each record's own.
    let counts = shared.place().map(|place| tally.by_column(place, info)).unwrap_or_default();
    listed(counts.values, Some(info))
}

/// These values as what can be written, the most frequent first. Of a few terms those that no event has are offered too.
fn listed(mut found: Vec<FacetValue>, info: Option<&FieldInfo>) -> Vec<Continuation> {
    if let Some(Kind::Choice(choices)) = info.map(|info| info.kind) {
        for choice in choices {
            if !found.iter().any(|value| value.text == choice.label) {
                let (text, title) = (choice.label.to_owned(), choice.in_menus());
                found.push(FacetValue { text, title, is_exact: false, events: 0 });
            }
        }
    }
    found.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.text.cmp(&b.text)));
    let is_id = matches!(info.map(|info| info.kind), Some(Kind::Reference(_)));
    let of = |value: FacetValue| Continuation {
        text: literal(&value.text),
        title: is_id.then_some(value.title),
        events: Some(value.events),
    };
    found.into_iter().take(MOST_VALUES).map(of).collect()
}

/// The values of links, of which few events have one.
fn of_links(tally: Tally<'_>, value: impl Fn(&Link) -> String) -> Vec<FacetValue> {
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    let events = tally.texts.events();
    for at in tally.having(Has::Links).iter() {
        let mut own: Vec<String> = events.get(at).into_iter().flat_map(|event| &event.links).map(&value).collect();
        own.sort_unstable();
        own.dedup();
        for text in own.into_iter().filter(|text| !text.is_empty()) {
            *counts.entry(text).or_default() += 1;
        }
    }
    let title = |id: &str| tally.timeline.event(id).map(|event| event.title.to_string());
    let of = |(text, events): (String, usize)| {
        let title = title(&text).unwrap_or_else(|| text.clone());
        FacetValue { text, title, is_exact: true, events }
    };
    counts.into_iter().map(of).collect()
}

/// A value that several records can have, as it is written; a note is no record's but its own.
fn counted(info: &FieldInfo, value: Value<'_>) -> String {
    match value {
        _ if matches!(info.kind, Kind::Prose | Kind::Id) || info.search == Search::Title => String::new(),
        Value::Text(text) => text.to_string(),
        Value::Choice(choice) => choice.label.to_owned(),
        _ => String::new(),
    }
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

    #[test]
    fn a_name_that_was_taken_for_a_word_was_never_asked_for() {
        let cases = [
            ("standing:", "standing", Some("")),
            ("standing:al", "stan", Some("")),
            ("lane:port standing:", "lane:port stan", Some("lane:port")),
            ("lane:port Standing:", "lane:port sta", Some("lane:port")),
            ("lane:port -standing:", "lane:port -standing", Some("lane:port")),
            ("port best-reliability:", "port best-rel", Some("port")),
            ("port OR NOT standing:", "port OR NOT standing", Some("port")),
            ("port OR standing:", "port OR standing", Some("port")),
            ("NOT ?standing:", "NOT standing", None),
            ("NOT standing:", "NOT standing", Some("")),
            ("standing: port", "sta port", Some("port")),
            ("(port OR standing: town)", "(port OR sta town)", Some("(port OR town)")),
            ("cite(", "cite", Some("")),
            ("cite(stance:", "ci", Some("")),
            // What was asked for stays.
            ("standing:allege", "standing:alleged", None),
            ("lane:port weight:", "lane:port", None),
            ("weight:", "", None),
            ("port (", "port", None),
            ("\"standing:", "\"standing", None),
            ("\"a\" standing:", "\"a\" standing", Some("\"a\"")),
        ];
        for (text, answered, left) in cases {
            assert_eq!(without_begun(text, answered).as_deref(), left, "{text} after {answered}");
        }
    }
}
