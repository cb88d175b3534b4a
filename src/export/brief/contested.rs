//! What there is no agreement about: which events, in what, and by whom.

use std::collections::HashMap;

use super::entry::{is_told, link, linked, who, with_date};
use super::numbered::{Cited, Shown};
use super::subject::Subject;
use super::wording::{dated, dated_event, meaning};
use super::{Painter, ahead};
use crate::model::{Citation, Link, Relation, Stance, Standing};
use crate::time::{Answer, Date, Period};

/// The events about which there is no agreement.
pub(super) struct Contested {
    /// Positions in [`Subject::shown`], in order.
    events: Vec<usize>,
    /// For each event that is said to be contradicted, the positions of those that contradict it, in order.
    contradicted: HashMap<usize, Vec<usize>>,
}

impl Contested {
    pub fn of(subject: &Subject<'_>) -> Self {
        let contradicted = contradicted(subject);
        // Just where [`Contest::facts`] has something to tell or the standing says so; here nothing is put into words, since a brief of a
        // million events asks this of each before it writes the first.
        let is_contested = |shown: &&Shown<'_>| {
            is_contested_by_standing(shown.event.standing)
                || contradicted.contains_key(&(shown.number - 1))
                || subject.cited(shown).any(|cited| matches!(cited.citation.stance, Stance::Disputes | Stance::Denies))
                || contradictions(shown).any(|link| is_told(subject, link))
                || has_conflicting_dates(subject, &dates_given(subject, shown), shown)
        };
        let mut events: Vec<usize> =
            subject.in_file_order().filter(is_contested).map(|shown| shown.number - 1).collect();
        events.sort_unstable();
        Self { events, contradicted }
    }

    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// In order of the chronology.
    pub fn contests<'b, 't>(&'b self, subject: &'b Subject<'t>) -> impl Iterator<Item = Contest<'b, 't>> {
        ahead::for_links(&subject.shown, &self.events).map(|shown| {
            let contradicted_by = self.contradicted.get(&(shown.number - 1)).map_or(&[][..], Vec::as_slice);
            Contest { subject, shown, contradicted_by }
        })
    }
}

/// An event about which there is no agreement, to be written part by part.
pub struct Contest<'b, 't> {
    subject: &'b Subject<'t>,
    shown: &'b Shown<'t>,
    /// Positions in [`Subject::shown`], in order.
    contradicted_by: &'b [usize],
}

impl<'t> Contest<'_, 't> {
    /// Writes the event and its date.
    pub fn event(&self, out: &mut impl Painter) {
        out.span(link(self.shown));
        out.words(", ");
        dated_event(self.subject, self.shown.event, None, out);
    }

    /// Writes what is contested and by whom.
    pub fn facts(&self, out: &mut impl Painter) {
        let (subject, standing) = (self.subject, self.shown.event.standing);
        out.fact("Standing", |out| {
            out.words(standing.label());
            out.words(": ");
            out.words(meaning(standing));
        });
        out.fact("Supported by", |out| {
            let mut supporters = self.said(Stance::Supports).peekable();
            match supporters.peek() {
                Some(_) => out.joined(supporters, ", ", |out, cited| who(&cited, out)),
                None => out.words("no source cited here"),
            }
        });
        for (label, stance) in [("Disputed by", Stance::Disputes), ("Denied by", Stance::Denies)] {
            let said: Vec<Cited<'_>> = self.said(stance).collect();
            out.list(label, &said, who_and_what);
        }
        let given = dates_given(subject, self.shown);
        let given = if has_conflicting_dates(subject, &given, self.shown) { &given[..] } else { &[] };
        out.list("Conflicting dates", given, |out, (cited, date)| {
            let language = cited.source.and_then(|source| source.language.as_deref());
            dated(subject, date, cited.citation.wording.as_deref(), language, out);
            out.words(": ");
            who(cited, out);
        });
        let links: Vec<&Link> = contradictions(self.shown).filter(|link| is_told(subject, link)).collect();
        out.list("Contradicts", &links, |out, link| linked(subject, link, out));
        let others: Vec<&Shown<'t>> = self.contradicted_by.iter().filter_map(|&at| subject.shown.get(at)).collect();
        out.list("Contradicted by", &others, |out, other| with_date(subject, other, out));
    }

    /// The citations of a stance.
    fn said(&self, stance: Stance) -> impl Iterator<Item = Cited<'t>> {
        self.subject.cited(self.shown).filter(move |cited| cited.citation.stance == stance)
    }
}

/// Whether an event that stands so is contested whatever its citations say.
const fn is_contested_by_standing(standing: Standing) -> bool {
    match standing {
        Standing::Alleged | Standing::Disputed | Standing::Denied | Standing::Retracted => true,
        Standing::Confirmed | Standing::Reported | Standing::Expected => false,
    }
}

fn contradictions<'t>(shown: &Shown<'t>) -> impl Iterator<Item = &'t Link> {
    shown.event.links.iter().filter(|link| link.relation == Relation::Contradicts)
}

/// For each event that is shown and said to be contradicted, those that say so.
fn contradicted(subject: &Subject<'_>) -> HashMap<usize, Vec<usize>> {
    let mut by: HashMap<usize, Vec<usize>> = HashMap::new();
    for shown in subject.in_file_order() {
        for other in contradictions(shown).filter_map(|link| subject.shown(&link.to)) {
            by.entry(other.number - 1).or_default().push(shown.number - 1);
        }
    }
    for others in by.values_mut() {
        others.sort_unstable();
        others.dedup();
    }
    by
}

/// The source and, in the analyst's words or its own, what it says against the event.
fn who_and_what(out: &mut impl Painter, cited: &Cited<'_>) {
    let Citation { note, translation, quote, .. } = cited.citation;
    who(cited, out);
    let language = cited.source.and_then(|source| source.language.as_deref());
    match (note, translation, quote) {
        (Some(note), ..) => {
            out.words(": ");
            out.written(note, None);
        }
        (None, Some(words), _) => {
            out.words(": ");
            out.quoted(words, None);
        }
        (None, None, Some(words)) => {
            out.words(": ");
            out.quoted(words, language);
        }
        (None, None, None) => {}
    }
}

/// The dates of the citations that support or dispute an event. One that denies the event or only mentions it dates something
/// else.
fn dates_given<'t>(subject: &Subject<'t>, shown: &Shown<'t>) -> Vec<(Cited<'t>, &'t Date)> {
    subject
        .cited(shown)
        .filter(|cited| matches!(cited.citation.stance, Stance::Supports | Stance::Disputes))
        .filter_map(|cited| Some((cited, cited.citation.date.as_deref()?)))
        .collect()
}

/// Whether two of these dates, or one of them and the event's own, cannot both be right.
fn has_conflicting_dates(subject: &Subject<'_>, given: &[(Cited<'_>, &Date)], shown: &Shown<'_>) -> bool {
    if given.is_empty() {
        return false;
    }
    let dates = given.iter().map(|(_, date)| *date).chain(&shown.event.date);
    let periods: Vec<Period> = dates.map(|date| Period::of(date, subject.zone)).collect();
    periods
        .iter()
        .enumerate()
        .any(|(at, one)| periods.iter().skip(at + 1).any(|other| one.overlaps(other) == Answer::No))
}
