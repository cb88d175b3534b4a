//! What there is no agreement about: which events, in what, and by whom.

use std::collections::HashMap;

use super::entry::{link, linked, with_date};
use super::subject::{Cited, Shown, Subject};
use super::wording::{dated, dated_event, meaning};
use super::{Contest, Fact, Line, entry};
use crate::model::{Link, Relation, Stance, Standing};
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
        // Just where `contest` has a fact to tell or the standing says so; here nothing is put into words, since a brief of a
        // million events asks this of each before it writes the first.
        let is_contested = |shown: &&Shown<'_>| {
            is_contested_by_standing(shown.event.standing)
                || contradicted.contains_key(&(shown.number - 1))
                || subject.cited(shown).any(|cited| matches!(cited.citation.stance, Stance::Disputes | Stance::Denies))
                || contradictions(shown).any(|link| linked(subject, link).is_some())
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
    pub fn contests<'t>(&self, subject: &Subject<'t>) -> impl Iterator<Item = Contest<'t>> {
        self.events.iter().filter_map(|at| {
            let contradicted_by = self.contradicted.get(at).map_or(&[][..], Vec::as_slice);
            Some(contest(subject, subject.shown.get(*at)?, contradicted_by))
        })
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

fn contest<'t>(subject: &Subject<'t>, shown: &Shown<'t>, contradicted_by: &[usize]) -> Contest<'t> {
    let event = shown.event;
    let said = |stance| subject.cited(shown).filter(move |cited| cited.citation.stance == stance);
    let mut facts = Vec::new();
    facts.extend(Fact::of("Disputed by", said(Stance::Disputes).map(who_and_what).collect()));
    facts.extend(Fact::of("Denied by", said(Stance::Denies).map(who_and_what).collect()));
    facts.extend(Fact::of("Conflicting dates", conflicting_dates(subject, shown)));
    facts.extend(Fact::of("Contradicts", contradictions(shown).filter_map(|link| linked(subject, link)).collect()));
    let others = contradicted_by.iter().filter_map(|&at| subject.shown.get(at));
    facts.extend(Fact::of("Contradicted by", others.map(|other| with_date(subject, other)).collect()));
    let standing = format!("{}: {}", event.standing.label(), meaning(event.standing));
    facts.insert(0, Fact::new("Standing", Line::words(standing)));
    let supporters = Line::joined(said(Stance::Supports).map(who), ", ");
    let supporters = if supporters.is_empty() { Line::words("no source cited here") } else { supporters };
    facts.insert(1, Fact::new("Supported by", supporters));
    let mut heading = Line::default().with(link(shown)).and(", ");
    heading.extend(dated_event(subject, event, None));
    Contest { event: heading, facts }
}

fn who(cited: Cited<'_>) -> Line<'_> {
    entry::who(&cited).and_note(cited.note)
}

/// The source and, in the analyst's words or its own, what it says against the event.
fn who_and_what(cited: Cited<'_>) -> Line<'_> {
    let who = who(cited);
    let language = cited.source.and_then(|source| source.language.as_deref());
    let citation = cited.citation;
    match (&citation.note, &citation.translation, &citation.quote) {
        (Some(note), ..) => who.and(": ").and_written(note, None),
        (None, Some(words), _) => who.and(": ").and_quoted(words, None),
        (None, None, Some(words)) => who.and(": ").and_quoted(words, language),
        (None, None, None) => who,
    }
}

/// Every date that a citation gives which supports or disputes the event, where two of them, or one of them and the
/// event's own, cannot both be right.
fn conflicting_dates<'t>(subject: &Subject<'t>, shown: &Shown<'t>) -> Vec<Line<'t>> {
    let given = dates_given(subject, shown);
    if !has_conflicting_dates(subject, &given, shown) {
        return Vec::new();
    }
    let line = |&(cited, date): &(Cited<'t>, &'t Date)| {
        let language = cited.source.and_then(|source| source.language.as_deref());
        let mut line = dated(subject, date, cited.citation.wording.as_deref(), language).and(": ");
        line.extend(who(cited));
        line
    };
    given.iter().map(line).collect()
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
