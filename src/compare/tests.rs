//! What differs is said as people would, and a merge loses nothing that either side said.

use proptest::prelude::*;

use super::{Difference, Side, differences, merge, words};
use crate::edit::{Edit, apply};
use crate::model::{Citation, Event, EventField, Field as _, Key, Lane, Record, Source, Text, Timeline};
use crate::time::Date;

fn event(id: &str) -> Event {
    Event::new(id, format!("Title of {id}"), Date::parse("2024-10").unwrap())
}

fn timeline() -> Timeline {
    let mut timeline = Timeline::empty("T");
    for source in ["gazette", "wire"] {
        apply(&mut timeline, &Edit::put_source(Source::new(source, format!("The {source}")))).unwrap();
    }
    for id in ["a", "b", "c"] {
        let citations = [Citation::new("gazette")].into_iter().collect();
        let tags = ["law".into()].into_iter().collect();
        apply(&mut timeline, &Edit::put_event(Event { citations, tags, ..event(id) })).unwrap();
    }
    timeline
}

/// The timeline with events set by typed texts: `("a", "date", "2024-10-24")`.
fn with(changes: &[(&str, &str, &str)]) -> Timeline {
    let mut timeline = timeline();
    for (id, name, text) in changes {
        let mut event = timeline.event(id).unwrap().clone();
        EventField::named(name).unwrap().set_text(&mut event, text).unwrap();
        apply(&mut timeline, &Edit::put_event(event)).unwrap();
    }
    timeline
}

fn change(mut timeline: Timeline, edit: Edit) -> Timeline {
    apply(&mut timeline, &edit).unwrap();
    timeline
}

fn cite(timeline: &Timeline, event: &str, citations: impl IntoIterator<Item = Citation>) -> Edit {
    let event = timeline.event(event).unwrap().clone();
    Edit::put_event(Event { citations: citations.into_iter().collect(), ..event })
}

#[test]
fn what_differs_is_said_in_the_words_of_the_model() {
    let before = timeline();
    let mut after = with(&[("a", "date", "2024-10-24"), ("a", "standing", "Confirmed"), ("a", "tags", "vote")]);
    let quoted = Citation { quote: Some("adopted".into()), ..Citation::new("gazette") };
    let edit = cite(&after, "b", [quoted, Citation::new("wire")]);
    after = change(after, edit);
    after = change(after, Edit::Remove(Key::Event("c".into())));
    after = change(after, Edit::put_event(Event { place: Some("Moscow".into()), ..event("d") }));
    after =
        change(after, Edit::put(Record::Lane(Lane { id: "l".into(), title: "Votes".into(), color: None, note: None })));
    insta::assert_snapshot!(words(&differences(&before, &after)), @"
    1 lane added; 1 event added, 2 changed, 1 removed

    + lane Votes

    + Title of d (Oct 2024)
        Place: Moscow

    ~ Title of a (24 Oct 2024)
        Date: Oct 2024 → 24 Oct 2024
        Tags: + vote, − law
        Standing: Reported → Confirmed

    ~ Title of b (Oct 2024)
        ~ Citation: The gazette
            + Quote: adopted
        + Citation: The wire

    − Title of c (Oct 2024)
    ");
    assert_eq!(words(&differences(&before, &before)), "no record differs\n");
}

#[test]
fn texts_that_differ_in_their_white_space_alone_are_told_apart() {
    let texts = |title: &str, note: &str, tag: &str| {
        let tags = [tag.into()].into_iter().collect();
        let note = Some(format!("{}{note}", "word ".repeat(40)).into());
        change(timeline(), Edit::put_event(Event { title: title.into(), note, tags, ..event("a") }))
    };
    let (before, after) = (texts("Treaty\nsigned", "a\r\nb", "a\u{a0}b"), texts("Treaty signed", "a b", "a b"));
    let said = words(&differences(&before, &after));
    assert!(said.contains("Title: Treaty␊signed → Treaty signed\n"), "{said}");
    assert!(said.contains("a␍␊b → ") && said.contains("word a b\n"), "{said}");
    assert!(said.contains("Tags: + a b, − a\\u00a0b"), "{said}");
}

#[test]
fn another_id_is_a_change_and_no_coming_and_going() {
    let (before, mut after) = (timeline(), timeline());
    let renamed = Event { id: "z".into(), ..after.event("b").unwrap().clone() };
    let put = Edit::Put { record: Record::Event(renamed.into()), replaces: Some(Key::Event("b".into())), at: None };
    apply(&mut after, &put).unwrap();
    let all = differences(&before, &after);
    assert_eq!(all.len(), 1);
    assert!(matches!(&all[0].difference, Difference::Changed(fields) if fields.len() == 1 && fields[0].name == "id"));
}

#[track_caller]
fn merged(base: &Timeline, ours: &Timeline, theirs: &Timeline, conflicts: &[&str]) -> Timeline {
    let found = merge(base, ours, theirs);
    let said: Vec<String> = found.conflicts.iter().map(super::Conflict::words).collect();
    assert_eq!(said, conflicts);
    change(ours.clone(), found.edit)
}

#[test]
fn what_only_one_side_changed_is_taken_field_by_field() {
    let base = timeline();
    let ours = with(&[("a", "date", "2024-10-24"), ("a", "tags", "law, ours")]);
    let theirs = with(&[("a", "standing", "Confirmed"), ("a", "tags", "theirs"), ("b", "place", "Moscow")]);
    let theirs = change(theirs, Edit::Remove(Key::Event("c".into())));
    let theirs = change(theirs, Edit::Put { record: Record::Event(event("d").into()), replaces: None, at: Some(1) });
    let all = merged(&base, &ours, &theirs, &[]);
    let a = all.event("a").unwrap();
    assert_eq!((a.date_as_written(), a.standing.label()), ("2024-10-24", "Confirmed"));
    assert_eq!(a.tags.iter().map(Text::as_str).collect::<Vec<_>>(), ["ours", "theirs"]);
    assert_eq!(all.event("b").unwrap().place.as_deref(), Some("Moscow"));
    let order: Vec<&str> = all.events().iter().map(|event| event.id.as_str()).collect();
    assert_eq!(order, ["a", "d", "b"]);
}

#[test]
fn what_both_changed_otherwise_stays_as_ours_and_is_told() {
    let base = timeline();
    let ours = with(&[("a", "date", "2024-10-24"), ("b", "place", "Moscow")]);
    let ours = change(ours, Edit::Remove(Key::Event("c".into())));
    let theirs = with(&[("a", "date", "2024-10-25"), ("c", "title", "Another title")]);
    let theirs = change(theirs, Edit::Remove(Key::Event("b".into())));
    let all = merged(
        &base,
        &ours,
        &theirs,
        &[
            "“Title of a”: date: ours is “2024-10-24”, theirs is “2024-10-25”",
            "“Another title”: removed here and changed there; it stays, as theirs",
            "“Title of b”: changed here and removed there; it stays, as ours",
        ],
    );
    assert_eq!(all.event("a").unwrap().date_as_written(), "2024-10-24");
    assert_eq!(all.events().len(), 3);
}

#[test]
fn where_both_sides_cite_differently_both_citations_stay() {
    let base = timeline();
    let noted = |note: &str| Citation { note: Some(note.into()), ..Citation::new("gazette") };
    let ours = change(timeline(), cite(&base, "a", [noted("ours")]));
    let theirs = change(timeline(), cite(&base, "a", [noted("theirs"), Citation::new("wire")]));
    let all = merged(&base, &ours, &theirs, &[]);
    let said: Vec<(&str, Option<&str>)> =
        all.event("a").unwrap().citations.iter().map(|it| (it.source.as_str(), it.note.as_deref())).collect();
    assert_eq!(said, [("gazette", Some("ours")), ("gazette", Some("theirs")), ("wire", None)]);
}

/// Changes of a handful of events and their citations.
fn changes() -> impl Strategy<Value = Vec<Edit>> {
    let id = prop::sample::select(vec!["a", "b", "c", "d"]);
    let citation = (prop::sample::select(vec!["gazette", "wire"]), prop::option::of("[x-z]"))
        .prop_map(|(source, note)| Citation { note: note.map(Text::from), ..Citation::new(source) });
    let event =
        (id.clone(), "[p-r]", prop::sample::select(vec!["2024", "2024-10"]), prop::collection::vec("[k-m]", 0..3))
            .prop_map(|(id, title, date, tags)| Event {
                tags: tags.into_iter().map(Text::from).collect(),
                ..Event::new(id, title, Date::parse(date).unwrap())
            });
    let put = (event, prop::collection::vec(citation, 0..3))
        .prop_map(|(event, citations)| Edit::put_event(Event { citations: citations.into_iter().collect(), ..event }));
    prop::collection::vec(prop_oneof![3 => put, 1 => id.prop_map(|id| Edit::Remove(Key::Event(id.into())))], 0..6)
}

fn after(changes: &[Edit]) -> Timeline {
    let mut timeline = timeline();
    changes.iter().for_each(|edit| drop(apply(&mut timeline, edit)));
    timeline
}

proptest! {
    #[test]
    fn a_merge_with_one_side_untouched_is_the_other(changes in changes()) {
        let (base, changed) = (timeline(), after(&changes));
        let same = merge(&base, &changed, &base);
        prop_assert_eq!((&same.edit, same.conflicts.len()), (&Edit::Batch(Vec::new()), 0));
        prop_assert_eq!(&merge(&base, &changed, &changed).edit, &Edit::Batch(Vec::new()));
        let taken = change(base.clone(), merge(&base, &base, &changed).edit);
        prop_assert!(differences(&taken, &changed).is_empty());
        prop_assert_eq!(differences(&base, &changed).is_empty(), differences(&changed, &base).is_empty());
    }

    #[test]
    fn a_merge_keeps_every_citation_that_either_side_added(ours in changes(), theirs in changes()) {
        let (base, ours, theirs) = (timeline(), after(&ours), after(&theirs));
        let found = merge(&base, &ours, &theirs);
        let all = change(ours.clone(), found.edit.clone());
        for side in [&ours, &theirs] {
            for event in side.events() {
                let of_base = base.event(&event.id);
                let both = ours.event(&event.id).is_some() && theirs.event(&event.id).is_some();
                let Some(merged) = all.event(&event.id) else { continue };
                for citation in event.citations.iter().filter(|_| both) {
                    // A citation that both sides changed may have taken the note of the other: its source still says so.
                    let is_new = of_base.is_none_or(|base| !base.citations.contains(citation));
                    let is_there = merged.citations.iter().any(|it| it.source == citation.source && (it.note == citation.note || it.note.is_some()));
                    prop_assert!(!is_new || is_there, "{citation:?} of {} in {merged:?}", event.id);
                }
            }
        }
        for event in theirs.events() {
            let untouched = base.event(&event.id) == Some(event);
            prop_assert!(untouched || all.event(&event.id).is_some(), "{} was brought in by theirs", event.id);
        }
    }
}

#[test]
fn a_conflict_is_settled_on_either_side() {
    let base = with(&[]);
    let own = |timeline: &Timeline, text: &str| {
        let mut event = timeline.event("b").unwrap().clone();
        event.rare.fields.put("Casualties", text);
        event.rare.fields.put(format!("Only {text}"), "kept");
        Edit::put_event(event)
    };
    let (ours, theirs) =
        (with(&[("a", "date", "2024-10-24")]), with(&[("a", "date", "2024-10-25"), ("c", "title", "New")]));
    let (ours_own, theirs_own) = (own(&ours, "14"), own(&theirs, "15"));
    let ours = change(change(ours, ours_own), Edit::Remove(Key::Event("c".into())));
    let theirs = change(theirs, theirs_own);
    let came = merge(&base, &ours, &theirs);
    assert_eq!(came.conflicts.len(), 3, "{:?}", came.conflicts);
    for side in [Side::Ours, Side::Theirs] {
        let mut merged = change(ours.clone(), came.edit.clone());
        for conflict in &came.conflicts {
            if let Some(edit) = conflict.settled(side, &merged) {
                merged = change(merged, edit);
            }
        }
        let chosen = if side == Side::Ours { &ours } else { &theirs };
        assert_eq!(merged.event("a").unwrap().date, chosen.event("a").unwrap().date);
        assert_eq!(merged.event("c"), chosen.event("c"));
        let fields = &merged.event("b").unwrap().rare.fields;
        assert_eq!(fields.get("Casualties"), chosen.event("b").unwrap().rare.fields.get("Casualties"));
        assert!(fields.get("Only 14").is_some() && fields.get("Only 15").is_some());
    }
}
