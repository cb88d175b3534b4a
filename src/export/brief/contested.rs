//! What there is no agreement about: which events, in what, and by whom.

use super::entry::{link, linked, with_date};
use super::subject::{Cited, Shown, Subject};
use super::wording::{dated, meaning};
use super::{Contest, Fact, Line, entry};
use crate::model::{Relation, Stance, Standing};
use crate::time::{Answer, Date, Period};

/// The contested events, in order of the chronology.
pub(super) fn contests(subject: &Subject<'_>) -> Vec<Contest> {
    let contradicted = contradicted(subject);
    let contest = |(at, shown)| contest(subject, shown, contradicted.get(at).map_or(&[], Vec::as_slice));
    subject.shown.iter().enumerate().filter_map(contest).collect()
}

/// For each event that is shown, those that are said to contradict it.
fn contradicted(subject: &Subject<'_>) -> Vec<Vec<usize>> {
    let mut by: Vec<Vec<usize>> = vec![Vec::new(); subject.shown.len()];
    for (at, shown) in subject.shown.iter().enumerate() {
        for link in shown.event.links.iter().filter(|link| link.relation == Relation::Contradicts) {
            let other = subject.shown(&link.to).and_then(|other| by.get_mut(other.number.checked_sub(1)?));
            if let Some(other) = other
                && other.last() != Some(&at)
            {
                other.push(at);
            }
        }
    }
    by
}

fn contest(subject: &Subject<'_>, shown: &Shown<'_>, contradicted_by: &[usize]) -> Option<Contest> {
    let event = shown.event;
    let said = |stance| shown.cited.iter().filter(move |cited| cited.citation.stance == stance);
    let mut facts = Vec::new();
    facts.extend(Fact::of("Disputed by", said(Stance::Disputes).map(who_and_what).collect()));
    facts.extend(Fact::of("Denied by", said(Stance::Denies).map(who_and_what).collect()));
    facts.extend(Fact::of("Conflicting dates", conflicting_dates(subject, shown)));
    let contradicts = event.links.iter().filter(|link| link.relation == Relation::Contradicts);
    facts.extend(Fact::of("Contradicts", contradicts.filter_map(|link| linked(subject, link)).collect()));
    let others = contradicted_by.iter().filter_map(|&at| subject.shown.get(at));
    facts.extend(Fact::of("Contradicted by", others.map(|other| with_date(subject, other)).collect()));
    let is_contested = match event.standing {
        Standing::Alleged | Standing::Disputed | Standing::Denied | Standing::Retracted => true,
        Standing::Confirmed | Standing::Reported | Standing::Expected => !facts.is_empty(),
    };
    if !is_contested {
        return None;
    }
    let standing = format!("{}: {}", event.standing.label(), meaning(event.standing));
    facts.insert(0, Fact::new("Standing", Line::words(standing)));
    let supporters = Line::joined(said(Stance::Supports).map(who), ", ");
    let supporters = if supporters.is_empty() { Line::words("no source cited here") } else { supporters };
    facts.insert(1, Fact::new("Supported by", supporters));
    let mut heading = Line::default().with(link(shown)).and(", ");
    heading.extend(dated(subject, &event.date, None, None));
    Some(Contest { event: heading, facts })
}

fn who(cited: &Cited<'_>) -> Line {
    entry::who(cited).and_note(cited.note)
}

/// The source and, in the analyst's words or its own, what it says against the event.
fn who_and_what(cited: &Cited<'_>) -> Line {
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
/// event's own, cannot both be right. One that denies the event or only mentions it dates something else.
fn conflicting_dates(subject: &Subject<'_>, shown: &Shown<'_>) -> Vec<Line> {
    let given: Vec<(&Cited<'_>, &Date)> = shown
        .cited
        .iter()
        .filter(|cited| matches!(cited.citation.stance, Stance::Supports | Stance::Disputes))
        .filter_map(|cited| Some((cited, cited.citation.date.as_deref()?)))
        .collect();
    let periods: Vec<Period> = given
        .iter()
        .map(|(_, date)| *date)
        .chain([&shown.event.date])
        .map(|date| Period::of(date, subject.zone))
        .collect();
    let conflict = periods
        .iter()
        .enumerate()
        .any(|(at, one)| periods.iter().skip(at + 1).any(|other| one.overlaps(other) == Answer::No));
    if !conflict {
        return Vec::new();
    }
    let line = |(cited, date): &(&Cited<'_>, &Date)| {
        let language = cited.source.and_then(|source| source.language.as_deref());
        let mut line = dated(subject, date, cited.citation.wording.as_deref(), language).and(": ");
        line.extend(who(cited));
        line
    };
    given.iter().map(line).collect()
}
