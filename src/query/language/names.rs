//! What the name before a colon asks.
//!
//! Names are those of the file format, read from the tables of `model`; a few more are the language's own.

use super::super::fold;
use super::syntax::{Literal, Scope};
use crate::model::{CitationField, EventField, Field, JudgmentField, Kind, LinkField, SourceField};
use crate::time::{Precision, Relation};

/// What a name asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    Event(EventField),
    Judgment(JudgmentField),
    Citation(CitationField),
    Source(SourceField),
    Link(LinkField),
    /// A field of the event that a link leads to.
    OtherEnd(EventField),
    /// The grade of a citation: its own, else that of its source.
    Reliability,
    /// A property of the event, or the code of a problem.
    Is,
    /// Whether the event was known on a date.
    Known,
    /// How finely its date is known.
    Precision,
    /// The best grade among the citations that support the event.
    BestReliability,
    /// Whether it lies wholly within a date of this unit.
    Within(Precision),
}

/// A name with the relation in time that stands behind its last dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AskedName {
    pub name: Name,
    pub relation: Option<TimeWord>,
}

/// A relation in time, as a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TimeWord(pub Relation);

/// The words of relations.
pub(super) const TIME_WORDS: [(&str, Relation); 4] = [
    ("before", Relation::Before),
    ("after", Relation::After),
    ("during", Relation::Within),
    ("overlaps", Relation::Overlaps),
];

/// Other words for names.
const SYNONYMS: [(&str, &str); 4] = [("cites", "source"), ("cite", "source"), ("link", "relation"), ("problem", "is")];

/// A name as it is compared: small letters, and one sign between words.
fn plain(name: &str) -> String {
    name.to_lowercase().replace([' ', '_'], "-")
}

/// Every name that stands for one thing asked in a scope, those that come first before others of the same name.
fn names_in(scope: Option<Scope>) -> Vec<(String, Name)> {
    let mut names = Vec::new();
    let mut add = |name: &str, each: &str, asked: Name| {
        names.push((plain(name), asked));
        if each != name && !each.contains(' ') {
            names.push((plain(each), asked));
        }
    };
    fn each<F: Field>(add: &mut impl FnMut(&str, &str, Name), asked: impl Fn(F) -> Name) {
        for field in F::ALL {
            // Of a record inside the record, its own fields are asked.
            if !matches!(field.kind(), Kind::Record(_)) {
                add(field.name(), field.info().each, asked(*field));
            }
        }
    }
    match scope {
        None => {
            add("is", "is", Name::Is);
            add("known", "known", Name::Known);
            add("precision", "precision", Name::Precision);
            add("reliability", "reliability", Name::Reliability);
            add("best-reliability", "best-reliability", Name::BestReliability);
            add("year", "year", Name::Within(Precision::Year));
            add("decade", "decade", Name::Within(Precision::Decade));
            each(&mut add, Name::Event);
            each(&mut add, Name::Judgment);
            each(&mut add, Name::Citation);
            each(&mut add, Name::Source);
            each(&mut add, Name::Link);
        }
        Some(Scope::Cite) => {
            add("reliability", "reliability", Name::Reliability);
            each(&mut add, Name::Citation);
            each(&mut add, Name::Source);
        }
        Some(Scope::Link) => {
            each(&mut add, Name::Link);
            each(&mut add, Name::OtherEnd);
        }
    }
    names
}

/// The names that can stand before a colon, each once, in the order of the file format: those of an event, of a citation or of a
/// link.
pub fn asked_names(scope: Option<Scope>) -> Vec<String> {
    let mut names: Vec<String> = TIME_WORDS.iter().map(|(word, _)| (*word).to_owned()).collect();
    for (name, _) in names_in(scope) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// What a name asks; none where there is no such name.
pub(super) fn named(name: &str, scope: Option<Scope>) -> Option<AskedName> {
    let mut rest = plain(name);
    if let Some((_, meant)) = SYNONYMS.iter().find(|(word, _)| *word == rest) {
        rest = (*meant).to_owned();
    }
    // The relation stands last: `published.before`. By itself it asks of the date.
    let mut relation = None;
    let (front, last) = rest.rsplit_once('.').unwrap_or(("", &rest));
    if let Some((_, found)) = TIME_WORDS.iter().find(|(word, _)| *word == last) {
        relation = Some(TimeWord(*found));
        rest = front.to_owned();
    }
    let (scope, field) = match rest.split_once('.') {
        Some(("source", field)) if scope != Some(Scope::Link) => {
            let field = SourceField::ALL.iter().find(|known| plain(known.name()) == field)?;
            return Some(AskedName { name: Name::Source(*field), relation });
        }
        Some(("cite", field)) if scope.is_none() => (Some(Scope::Cite), field.to_owned()),
        Some(("link", field)) if scope.is_none() => (Some(Scope::Link), field.to_owned()),
        Some(_) => return None,
        None => match (rest.as_str(), relation) {
            ("cite", Some(_)) if scope.is_none() => (Some(Scope::Cite), "date".to_owned()),
            ("link", Some(_)) if scope.is_none() => (Some(Scope::Link), "date".to_owned()),
            ("", Some(_)) => (scope, "date".to_owned()),
            _ => (scope, rest),
        },
    };
    let (_, name) = names_in(scope).into_iter().find(|(known, _)| *known == field)?;
    Some(AskedName { name, relation })
}

/// Whether two names ask the same of events. A name in quotes is one of the user's own, however it is written.
pub fn is_same_name(a: &Literal, b: &Literal) -> bool {
    let asked = |name: &Literal| named(&name.text, None).filter(|_| !name.is_quoted);
    match (asked(a), asked(b)) {
        (Some(a), Some(b)) => a == b,
        (None, None) => fold(&a.text) == fold(&b.text),
        _ => false,
    }
}

/// Whether a name without quotes is that of a field of the user's own, if there is one.
pub fn reads_as_own(name: &str) -> bool {
    named(name, None).is_none()
}
