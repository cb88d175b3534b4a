//! Events made one: what any of them said stays, and where they differ is told.

use std::collections::{BTreeSet, HashSet};

use super::{BulkEdit, NothingToDo};
use crate::diagnostic::counted;
use crate::edit::Edit;
use crate::model::{
    Event, EventField, Field as _, Key, Kind, Link, Stance, Standing, Term as _, Text, Timeline, Value,
};

/// The edit that makes the events at positions `others` part of the one at `keep`.
///
/// Citations, links, tags, actors, images and fields of the user's own are those of all, each once. What the kept event leaves
/// empty is filled; notes that differ stand below each other; what else differs is told at the end of the note. A
/// supporting citation that gave no date of its own gave that of its event: where the dates differ, it keeps it. Links to
/// one of the others, of the events at the positions `linking`, lead to the kept one.
///
/// # Errors
/// Where there are not two events.
pub fn merge_events(
    timeline: &Timeline,
    keep: usize,
    others: impl IntoIterator<Item = usize>,
    linking: impl IntoIterator<Item = usize>,
) -> Result<BulkEdit, NothingToDo> {
    let at = |at: usize| timeline.events().get(at);
    let gone: BTreeSet<usize> = others.into_iter().filter(|other| *other != keep && at(*other).is_some()).collect();
    let Some(kept) = at(keep).filter(|_| !gone.is_empty()) else {
        return Err(NothingToDo("To merge takes two events or more".to_owned()));
    };
    let mut one = kept.clone();
    let mut differing = Vec::new();
    for other in gone.iter().filter_map(|other| at(*other)) {
        take_up(&mut one, kept, other, &mut differing);
    }
    let ids: HashSet<&str> = gone.iter().filter_map(|other| at(*other)).map(|event| event.id.as_str()).collect();
    one.links = relinked(&one, &ids, &kept.id);
    if !differing.is_empty() {
        let told = format!("Merged with {}.", differing.join("; "));
        one.note = joined(one.note.as_ref(), Some(&told.into()));
    }
    let mut edits = vec![Edit::put_event(one)];
    let linking: BTreeSet<usize> = linking.into_iter().filter(|other| *other != keep).collect();
    for event in linking.difference(&gone).filter_map(|other| at(*other)) {
        if event.links.iter().any(|link| ids.contains(link.to.as_str())) {
            let links = relinked(event, &ids, &kept.id);
            edits.push(Edit::put_event(Event { links, ..event.clone() }));
        }
    }
    let followed = edits.len() - 1;
    edits.extend(
        gone.iter().rev().filter_map(|other| at(*other)).map(|event| Edit::Remove(Key::Event(event.id.clone()))),
    );
    let count = gone.len() + 1;
    let mut said = format!("Merged {count} events into “{}”", kept.title);
    if followed > 0 {
        said.push_str(&format!(", to which the links of {} lead now", counted(followed, "event")));
    }
    if !differing.is_empty() {
        said.push_str(". Where they differ stands in its note");
    }
    let label = format!("Merge {count} events into “{}”", kept.title);
    Ok(BulkEdit { edit: Edit::Batch(edits), label, said })
}

/// Takes up what another event says.
fn take_up(one: &mut Event, kept: &Event, other: &Event, differing: &mut Vec<String>) {
    let mut told = Vec::new();
    let is_moved = other.date.is_some() && other.date != kept.date;
    for &field in EventField::ALL {
        let value = field.get(other);
        match field {
            EventField::Id | EventField::Recorded | EventField::Weight => {}
            EventField::Tags => add(&mut one.tags, &other.tags),
            EventField::Actors => add(&mut one.actors, &other.actors),
            EventField::Images => add(&mut one.rare.images, &other.rare.images),
            EventField::Links => add(&mut one.links, &other.links),
            EventField::Citations => {
                for citation in &other.citations {
                    let mut citation = citation.clone();
                    if is_moved && citation.stance == Stance::Supports && citation.date.is_none() {
                        citation.date = other.date.clone().map(Box::new);
                    }
                    add(&mut one.citations, std::slice::from_ref(&citation));
                }
            }
            EventField::Fields => {
                for (name, text) in other.rare.fields.iter() {
                    match one.rare.fields.get(name) {
                        None => one.rare.fields.put(name.clone(), text.clone()),
                        Some(own) if own == text => {}
                        Some(_) => told.push(format!("{name} {text}")),
                    }
                }
            }
            // The words of a date go with that date.
            EventField::Wording if is_moved => {}
            _ if field.kind() == Kind::Prose => {
                let both = joined(field.get(one).as_text(), value.as_text());
                put(field, one, both.as_ref().map_or(Value::None, Value::Text));
            }
            _ if value.is_none() || value == field.get(one) => {}
            // The usual standing says nothing that another would contradict.
            EventField::Standing if value == Value::Choice(Standing::default().choice()) => {}
            _ if field.get(one).is_none() || is_usual(field, one) => put(field, one, value),
            EventField::Judgment => told.push("another judgment".to_owned()),
            EventField::Title => told.push(format!("title “{value}”")),
            _ => told.push(format!("{} {value}", field.info().noun)),
        }
    }
    if !told.is_empty() {
        differing.push(format!("event “{}”, which had: {}", other.title, told.join(", ")));
    }
}

fn is_usual(field: EventField, event: &Event) -> bool {
    field == EventField::Standing && event.standing == Standing::default()
}

fn put(field: EventField, event: &mut Event, value: Value<'_>) {
    let done = field.set(event, value);
    debug_assert!(done.is_ok(), "{done:?}");
}

/// Adds what is not there yet.
fn add<T: Clone + PartialEq>(own: &mut thin_vec::ThinVec<T>, others: &[T]) {
    for other in others {
        if !own.contains(other) {
            own.push(other.clone());
        }
    }
}

/// The links of an event, those to one of the events that go leading to the one that stays, each once and none to itself.
fn relinked(event: &Event, gone: &HashSet<&str>, kept: &Text) -> thin_vec::ThinVec<Link> {
    let mut links = thin_vec::ThinVec::new();
    for link in &event.links {
        let to = if gone.contains(link.to.as_str()) { kept } else { &link.to };
        let link = Link { to: to.clone(), ..link.clone() };
        if link.to != event.id && !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

/// A text below another, unless it is there already.
fn joined(own: Option<&Text>, other: Option<&Text>) -> Option<Text> {
    match (own, other) {
        (Some(own), Some(other)) if !own.contains(other.as_str()) => Some(format!("{own}\n\n{other}").into()),
        (own, other) => own.or(other).cloned(),
    }
}
