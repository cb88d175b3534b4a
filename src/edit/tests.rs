//! Every edit has an inverse that restores the timeline exactly; a failed edit changes nothing.

use proptest::prelude::*;

use super::{Edit, EditError, History, apply, between, net};
use crate::model::{Event, Key, Lane, Record, Source, Timeline};
use crate::time::Date;

fn event(id: &str, title: &str) -> Event {
    Event::new(id, title, Date::parse("2024-10-24").unwrap())
}

fn timeline() -> Timeline {
    let mut timeline = Timeline::empty("t");
    for id in ["a", "b", "c"] {
        apply(&mut timeline, &Edit::put_event(event(id, id))).unwrap();
    }
    apply(&mut timeline, &Edit::put_source(Source::new("s", "S"))).unwrap();
    timeline
}

/// Edits over a handful of ids, so that they meet: some apply, some fail.
fn edits() -> impl Strategy<Value = Edit> {
    let id = prop::sample::select(vec!["a", "b", "c", "d", "e", ""]);
    let single = prop_oneof![
        (id.clone(), "[a-z]{0,3}", prop::option::of(id.clone()), prop::option::of(0_usize..6)).prop_map(
            |(id, title, old, at)| Edit::Put {
                record: Record::Event(event(id, &title).into()),
                replaces: old.map(|old| Key::Event(old.into())),
                at,
            }
        ),
        id.clone().prop_map(|id| Edit::Remove(Key::Event(id.into()))),
        id.clone().prop_map(|id| Edit::put_source(Source::new(id, "S"))),
        id.prop_map(|id| Edit::put(Record::Lane(Lane { id: id.into(), title: "L".into(), color: None, note: None }))),
        Just(Edit::Remove(Key::Header)),
    ];
    single.prop_recursive(2, 8, 4, |inner| prop::collection::vec(inner, 0..4).prop_map(Edit::Batch))
}

/// Timelines over a handful of ids in any order.
fn timelines() -> impl Strategy<Value = Timeline> {
    let ids = || prop::sample::subsequence(vec!["a", "b", "c", "d", "e", "f", "g"], 0..=7).prop_shuffle();
    let events = ids().prop_flat_map(|ids| {
        let count = ids.len();
        (Just(ids), prop::collection::vec("[xy]", count))
    });
    (events, ids(), "[tu]").prop_map(|((ids, titles), sources, title)| {
        let mut timeline = Timeline::empty(title);
        for (id, title) in ids.iter().zip(&titles) {
            apply(&mut timeline, &Edit::put_event(event(id, title))).unwrap();
        }
        for id in sources {
            apply(&mut timeline, &Edit::put_source(Source::new(id, "S"))).unwrap();
        }
        timeline
    })
}

proptest! {
    #[test]
    fn the_edit_between_two_states_leads_from_one_to_the_other_and_back(now in timelines(), wanted in timelines()) {
        let mut timeline = now.clone();
        let edit = between(&now, &wanted);
        let inverse = apply(&mut timeline, &edit).unwrap();
        prop_assert_eq!(&timeline, &wanted);
        apply(&mut timeline, &inverse).unwrap();
        prop_assert_eq!(&timeline, &now);
        prop_assert_eq!(between(&now, &now), Edit::Batch(Vec::new()));
    }

    #[test]
    fn an_inverse_restores_the_timeline_and_a_failure_changes_nothing(edits in prop::collection::vec(edits(), 0..12)) {
        let mut timeline = timeline();
        for edit in edits {
            let before = timeline.clone();
            match apply(&mut timeline, &edit) {
                Ok(inverse) => {
                    let after = timeline.clone();
                    let mut back = after.clone();
                    let again = apply(&mut back, &inverse).unwrap();
                    prop_assert_eq!(&back, &before);
                    apply(&mut back, &again).unwrap();
                    prop_assert_eq!(&back, &after);
                }
                Err(_) => prop_assert_eq!(&timeline, &before),
            }
            for (at, event) in timeline.events().iter().enumerate() {
                prop_assert_eq!(timeline.event_position(&event.id), Some(at));
            }
        }
    }

    #[test]
    fn undo_and_redo_walk_the_same_states(edits in prop::collection::vec(edits(), 0..12)) {
        let mut timeline = timeline();
        let mut history = History::default();
        let mut states = vec![timeline.clone()];
        for edit in edits {
            if history.apply(&mut timeline, "edit", &edit).is_ok() {
                states.push(timeline.clone());
            }
        }
        for state in states.iter().rev().skip(1) {
            prop_assert!(history.undo(&mut timeline).is_some());
            prop_assert_eq!(&timeline, state);
        }
        prop_assert!(history.undo(&mut timeline).is_none());
        for state in states.iter().skip(1) {
            prop_assert!(history.redo(&mut timeline).is_some());
            prop_assert_eq!(&timeline, state);
        }
        prop_assert!(history.redo(&mut timeline).is_none());
    }
}

proptest! {
    #[test]
    fn a_run_of_many_does_what_its_edits_do_one_after_another(
        count in 0_usize..150,
        changed in prop::collection::vec(any::<prop::sample::Index>(), 0..80),
        gone in prop::collection::vec(any::<prop::sample::Index>(), 0..80),
        coming in prop::collection::vec(prop::option::of(0_usize..200), 0..80),
        in_order: bool,
        last_fails: bool,
    ) {
        let mut start = timeline();
        for at in 0..count {
            apply(&mut start, &Edit::put_event(event(&format!("e{at}"), "E"))).unwrap();
        }
        // An id that is named twice is missing the second time, so the edit fails: then nothing has changed.
        let remove = |at: &prop::sample::Index| Edit::Remove(Key::Event(start.events()[at.index(start.events().len())].id.clone()));
        let mut coming = coming;
        if in_order {
            coming.sort_by_key(|at| at.unwrap_or(usize::MAX));
            coming.dedup_by(|a, b| a.is_some() && a == b);
        }
        let put = |(nth, at): (usize, Option<usize>)| Edit::Put {
            record: Record::Event(event(&format!("n{nth}"), "N").into()),
            replaces: None,
            at,
        };
        let change = |(nth, at): (usize, &prop::sample::Index)| {
            let old = &start.events()[at.index(start.events().len())];
            Edit::put_event(event(&old.id, &format!("Changed {nth}")))
        };
        let mut edits: Vec<Edit> = changed.iter().enumerate().map(change).collect();
        let mut removals: Vec<Edit> = gone.iter().map(remove).collect();
        removals.dedup();
        edits.append(&mut removals);
        edits.extend(coming.into_iter().enumerate().map(put));
        edits.extend(last_fails.then(|| Edit::Remove(Key::Event("none".into()))));
        let mut wanted = start.clone();
        let one_by_one = edits.iter().try_for_each(|edit| apply(&mut wanted, edit).map(drop));
        let mut found = start.clone();
        let inverse = apply(&mut found, &Edit::Batch(edits));
        prop_assert_eq!(inverse.as_ref().err(), one_by_one.as_ref().err());
        let Ok(inverse) = inverse else {
            prop_assert_eq!(&found, &start);
            return Ok(());
        };
        prop_assert_eq!(&found, &wanted);
        let again = apply(&mut found, &inverse).unwrap();
        prop_assert_eq!(&found, &start);
        apply(&mut found, &again).unwrap();
        prop_assert_eq!(&found, &wanted);
        for timeline in [&found, &start] {
            let ids = timeline.events().iter().enumerate();
            prop_assert!(ids.into_iter().all(|(at, event)| timeline.event_position(&event.id) == Some(at)));
        }
    }
}

#[test]
fn a_batch_is_all_or_none() {
    let mut timeline = timeline();
    let before = timeline.clone();
    let batch = Edit::Batch(vec![Edit::put_event(event("d", "new")), Edit::Remove(Key::Event("nope".into()))]);
    assert_eq!(apply(&mut timeline, &batch), Err(EditError::Missing(Key::Event("nope".into()))));
    assert_eq!(timeline, before);
}

#[test]
fn a_rename_keeps_the_place_and_refuses_a_taken_id() {
    let mut timeline = timeline();
    let rename = |to: &str| Edit::Put {
        record: Record::Event(event(to, "b").into()),
        replaces: Some(Key::Event("b".into())),
        at: None,
    };
    assert_eq!(apply(&mut timeline, &rename("c")), Err(EditError::Taken(Key::Event("c".into()))));
    apply(&mut timeline, &rename("z")).unwrap();
    assert_eq!(timeline.event_position("z"), Some(1));
    assert_eq!(timeline.event_position("b"), None);
}

#[test]
fn the_saved_mark_survives_undo_and_redo() {
    let mut timeline = timeline();
    let mut history = History::default();
    history.apply(&mut timeline, "one", &Edit::put_event(event("d", "1"))).unwrap();
    history.mark_saved(history.revision());
    assert!(!history.is_unsaved());
    history.undo(&mut timeline);
    assert!(history.is_unsaved());
    history.redo(&mut timeline);
    assert!(!history.is_unsaved());
    history.undo(&mut timeline);
    history.apply(&mut timeline, "two", &Edit::put_event(event("d", "2"))).unwrap();
    assert!(history.is_unsaved(), "another state reached by as many edits is not the saved one");
}

proptest! {
    #[test]
    fn the_net_effect_of_a_run_brings_every_record_where_the_run_did(edits in prop::collection::vec(edits(), 0..16)) {
        let start = timeline();
        let mut end = start.clone();
        let run: Vec<(Edit, Edit)> =
            edits.into_iter().filter_map(|edit| apply(&mut end, &edit).ok().map(|inverse| (edit, inverse))).collect();
        let changes = net(run.iter().map(|(edit, inverse)| (edit, inverse)));
        let mut folded = start.clone();
        for change in &changes {
            prop_assert_eq!(&start.record(&change.key), &change.before);
            prop_assert_eq!(&end.record(&change.key), &change.after);
            prop_assert_ne!(&change.before, &change.after);
            apply(&mut folded, &change.edit()).unwrap();
        }
        // The order within a list may differ; what is in it does not.
        let keys = |timeline: &Timeline| {
            let mut keys: Vec<Key> = timeline.events().iter().map(|event| Key::Event(event.id.clone())).collect();
            keys.extend(timeline.sources().iter().map(|source| Key::Source(source.id.clone())));
            keys.extend(timeline.lanes().iter().map(|lane| Key::Lane(lane.id.clone())));
            keys.sort();
            keys
        };
        prop_assert_eq!(keys(&folded), keys(&end));
        for key in keys(&end) {
            prop_assert_eq!(folded.record(&key), end.record(&key));
        }
    }

    #[test]
    fn edits_outlive_being_written_and_read(edit in edits()) {
        let text = ron::to_string(&edit).unwrap();
        prop_assert_eq!(ron::from_str::<Edit>(&text).unwrap(), edit);
    }
}
