//! Sequences of edits: each has an inverse that restores the timeline exactly, a failure changes nothing, undo and redo walk the
//! same states, and what was derived follows.

use std::sync::LazyLock;

use annalist::compare::differences;
use annalist::edit::{Edit, History, apply, net};
use annalist::index::{Index, References, Touched};
use annalist::model::{
    EraField, EventField, Field, HeaderField, Key, Kind, LaneField, Record, SourceField, Text, Timeline, Value,
    ViewField,
};
use annalist::store;
use annalist::time::Zone;

use super::choices::Choices;

/// Edits in one input, at most.
const MOST_EDITS: usize = 24;

/// The timeline whose records give every field: values that edits put, and records that they add.
pub fn donor() -> &'static Timeline {
    static DONOR: LazyLock<Timeline> =
        LazyLock::new(|| store::read(include_str!("../../data/fuzz/donor.ron").to_owned()).timeline);
    &DONOR
}

pub fn check(bytes: &[u8]) {
    let mut choices = Choices::of(bytes);
    let mut timeline = if choices.chance(4) { Timeline::empty("t") } else { donor().clone() };
    let mut history = History::default();
    let mut states = vec![timeline.clone()];
    let mut run = Vec::new();
    let (mut index, mut references) = (Index::build(&timeline, Zone::UTC), References::build(&timeline));
    for _ in 0..MOST_EDITS {
        let edit = edit(&timeline, &mut choices);
        let touched = Touched::by(&edit, &timeline);
        let before = timeline.clone();
        let mut applied = before.clone();
        match apply(&mut applied, &edit) {
            Ok(inverse) => {
                let mut back = applied.clone();
                let again = apply(&mut back, &inverse);
                assert!(back == before, "{edit:?} is not taken back by {inverse:?}");
                assert!(again.is_ok_and(|again| apply(&mut back, &again).is_ok()) && back == applied, "{edit:?}");
                assert!(history.apply(&mut timeline, "edit", &edit).is_ok() && timeline == applied);
                index.follow(&timeline, Zone::UTC, &touched);
                references.follow(&timeline, &touched);
                check_derived(&index, &references, &timeline);
                check_kept(&edit);
                states.push(timeline.clone());
                run.push((edit, inverse));
            }
            Err(error) => assert!(applied == before, "{edit:?} failed ({error}) and changed something"),
        }
        if !choices.are_left() {
            break;
        }
    }
    check_net(&states, &run);
    for state in states.iter().rev().skip(1) {
        assert!(history.undo(&mut timeline).is_some() && timeline == *state, "undo leads elsewhere");
    }
    assert!(history.undo(&mut timeline).is_none() && !history.is_unsaved());
    for state in states.iter().skip(1) {
        assert!(history.redo(&mut timeline).is_some() && timeline == *state, "redo leads elsewhere");
    }
    assert!(history.redo(&mut timeline).is_none());
}

/// What followed an edit answers as if it were built anew, and every id is found.
fn check_derived(index: &Index, references: &References, timeline: &Timeline) {
    let anew = Index::build(timeline, Zone::UTC);
    assert!(index.order().eq(anew.order()), "another order of time");
    assert!(index.undated().eq(anew.undated()) && index.extent() == anew.extent());
    let rebuilt = References::build(timeline);
    for source in timeline.sources() {
        assert!(references.citing(&source.id).eq(rebuilt.citing(&source.id)), "who cites {}", source.id);
    }
    for (at, event) in timeline.events().iter().enumerate() {
        assert_eq!(timeline.event_position(&event.id), Some(at));
        assert!(references.linking(&event.id).eq(rebuilt.linking(&event.id)), "who links to {}", event.id);
    }
}

/// An edit is the same after it was written to the journal and read.
fn check_kept(edit: &Edit) {
    let again = ron::to_string(edit).map(|text| ron::from_str::<Edit>(&text));
    assert!(matches!(&again, Ok(Ok(again)) if again == edit), "{edit:?} is kept as {again:?}");
}

/// What a run comes to brings every record where the run did.
fn check_net(states: &[Timeline], run: &[(Edit, Edit)]) {
    let (Some(start), Some(end)) = (states.first(), states.last()) else { return };
    let changes = net(run.iter().map(|(edit, inverse)| (edit, inverse)));
    let mut folded = start.clone();
    for change in &changes {
        assert_eq!((start.record(&change.key), end.record(&change.key)), (change.before.clone(), change.after.clone()));
        let applied = apply(&mut folded, &change.edit());
        assert!(applied.is_ok(), "{applied:?}: {change:?}");
    }
    for key in keys(end).iter().chain(&keys(start)) {
        assert_eq!(folded.record(key), end.record(key), "{key:?}");
    }
    assert!(differences(end, end).is_empty());
}

/// An edit of this timeline: mostly one that applies.
pub fn edit(timeline: &Timeline, choices: &mut Choices<'_>) -> Edit {
    let keys = keys(timeline);
    let Some(key) = choices.pick(&keys).cloned() else { return added(timeline, choices) };
    match choices.roll(9) {
        1 => Edit::Remove(key),
        2 => added(timeline, choices),
        3 => match timeline.record(&key) {
            Some(record) => {
                Edit::Batch(vec![Edit::Remove(key), Edit::Put { record, replaces: None, at: Some(choices.roll(6)) }])
            }
            None => Edit::Remove(key),
        },
        4 => match timeline.record(&key) {
            Some(record) => {
                let new = choices.pick(&["new", "a", "b", "ü \"x\"", ""]).copied().unwrap_or_default();
                Edit::Put { record: named(record, new.into()), replaces: Some(key), at: None }
            }
            None => Edit::Remove(key),
        },
        5 => Edit::Batch((0..choices.roll(4)).map(|_| changed(timeline, choices)).collect()),
        6 => Edit::Put { record: Record::Header(header(timeline, choices)), replaces: None, at: None },
        // Mostly nonsense: one record in place of another of any kind.
        7 => {
            let record = timeline.record(&key);
            let replaces = choices.pick(&keys).cloned();
            match record {
                Some(record) => Edit::Put { record, replaces, at: Some(choices.roll(9)) },
                None => Edit::Remove(Key::Header),
            }
        }
        _ => changed(timeline, choices),
    }
}

/// The keys of every record but the header, in the order of the file format.
pub fn keys(timeline: &Timeline) -> Vec<Key> {
    let mut keys: Vec<Key> = timeline.events().iter().map(|event| Key::Event(event.id.clone())).collect();
    keys.extend(timeline.sources().iter().map(|source| Key::Source(source.id.clone())));
    keys.extend(timeline.lanes().iter().map(|lane| Key::Lane(lane.id.clone())));
    keys.extend(timeline.eras().iter().map(|era| Key::Era(era.id.clone())));
    keys.extend(timeline.views().iter().map(|view| Key::View(view.id.clone())));
    keys
}

/// A record of the donor as a new one.
fn added(timeline: &Timeline, choices: &mut Choices<'_>) -> Edit {
    let keys = keys(donor());
    let at = choices.roll(6);
    let Some(record) = choices.pick(&keys).and_then(|key| donor().record(key)) else {
        return Edit::Remove(Key::Header);
    };
    let id = match choices.roll(3) {
        0 => record.key().id().into(),
        1 => Text::from(timeline.fresh_event_id("new", None)),
        _ => Text::from(format!("{}-{}", record.key().id(), choices.roll(9))),
    };
    Edit::Put { record: named(record, id), replaces: None, at: Some(at).filter(|at| *at < 5) }
}

/// One field of one record with the value that a record of the donor has there.
fn changed(timeline: &Timeline, choices: &mut Choices<'_>) -> Edit {
    let keys = keys(timeline);
    let record = choices.pick(&keys).and_then(|key| timeline.record(key));
    let from = choices.roll(4);
    let Some(mut record) = record else { return added(timeline, choices) };
    match &mut record {
        Record::Header(header) => change::<HeaderField>(header, Some(donor().header()), choices),
        Record::Lane(lane) => change::<LaneField>(lane, donor().lanes().get(from), choices),
        Record::Source(source) => change::<SourceField>(source, donor().sources().get(from), choices),
        Record::Event(event) => change::<EventField>(event, donor().events().get(from), choices),
        Record::Era(era) => change::<EraField>(era, donor().eras().get(from), choices),
        Record::View(view) => change::<ViewField>(view, donor().views().get(from), choices),
    }
    Edit::put(record)
}

fn header(timeline: &Timeline, choices: &mut Choices<'_>) -> annalist::model::Header {
    let mut header = timeline.header().clone();
    change::<HeaderField>(&mut header, Some(donor().header()), choices);
    header
}

/// Copies a field, or takes out what it has; what may not be left out stays.
fn change<F: Field>(record: &mut F::Record, from: Option<&F::Record>, choices: &mut Choices<'_>) {
    let Some(&field) = choices.pick(F::ALL).filter(|field| field.kind() != Kind::Id) else { return };
    let value = from.map_or(Value::None, |from| field.get(from));
    // A field that is needed refuses to have none.
    let _ = field.set(record, value);
}

fn named(record: Record, id: Text) -> Record {
    match record {
        Record::Header(header) => Record::Header(header),
        Record::Lane(lane) => Record::Lane(annalist::model::Lane { id, ..lane }),
        Record::Source(source) => Record::Source(Box::new(annalist::model::Source { id, ..*source })),
        Record::Event(event) => Record::Event(annalist::model::Event { id, ..event.into_event() }.into()),
        Record::Era(era) => Record::Era(annalist::model::Era { id, ..era }),
        Record::View(view) => Record::View(annalist::model::View { id, ..view }),
    }
}
