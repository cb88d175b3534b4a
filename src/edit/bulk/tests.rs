//! Bulk edits: what changes, what stays, what is said, and that each is taken back whole.

use super::*;
use crate::edit::{Edit, apply};
use crate::model::{Citation, Event, Header, Lane, Link, Relation, Source, Standing, Text, Timeline};
use crate::time::{CalendarShift, Date, Precision, ShiftUnit};

fn dated(id: &str, date: &str) -> Event {
    Event::new(id, format!("Event {id}"), Date::parse(date).unwrap())
}

fn timeline(events: Vec<Event>) -> Timeline {
    let lane = Lane { id: "troops".into(), title: "Troops".into(), color: None, note: None };
    let sources = vec![Source::new("wire", "Wire report")];
    Timeline::from_records(Header::new("t"), vec![lane], sources, events, vec![], vec![])
}

/// Applies an edit, sees that it can be taken back, and returns what came of it.
#[track_caller]
fn applied(timeline: &Timeline, bulk: &BulkEdit) -> Timeline {
    let mut after = timeline.clone();
    let inverse = apply(&mut after, &bulk.edit).unwrap();
    let mut back = after.clone();
    apply(&mut back, &inverse).unwrap();
    assert_eq!(back, *timeline, "it can be taken back");
    after
}

fn all(timeline: &Timeline) -> std::ops::Range<usize> {
    0..timeline.events().len()
}

#[track_caller]
fn change(timeline: &Timeline, change: EventChange) -> (Timeline, String) {
    let bulk = change_events(timeline, all(timeline), &change).unwrap();
    (applied(timeline, &bulk), bulk.said)
}

fn tags(timeline: &Timeline) -> Vec<String> {
    timeline.events().iter().map(|event| event.tags.join(" ")).collect()
}

fn dates(timeline: &Timeline) -> Vec<&str> {
    timeline.events().iter().map(Event::date_as_written).collect()
}

#[test]
fn many_move_to_a_lane_and_those_that_are_there_are_said_to_stay() {
    let mut there = dated("b", "2024");
    there.lane = Some("troops".into());
    let before = timeline(vec![dated("a", "2024"), there, dated("c", "2024-10")]);
    let (after, said) = change(&before, EventChange::Lane(Some("troops".into())));
    assert!(after.events().iter().all(|event| event.lane.as_deref() == Some("troops")));
    assert_eq!(said, "Moved 2 events to “Troops”; 1 stayed: so already");
    let again = change_events(&after, all(&after), &EventChange::Lane(Some("troops".into())));
    assert_eq!(again.unwrap_err().to_string(), "The 3 events stay as they are: so already");
    let (out, said) = change(&after, EventChange::Lane(None));
    assert_eq!(
        (out.events().iter().all(|event| event.lane.is_none()), &*said),
        (true, "Took 3 events out of their lanes")
    );
}

#[test]
fn tags_are_added_removed_and_replaced_without_doubles() {
    let mut tagged = dated("a", "2024");
    tagged.tags = ["x", "y"].map(Text::from).into_iter().collect();
    let before = timeline(vec![tagged, dated("b", "2024")]);
    let (added, said) = change(&before, EventChange::Add(Terms::Tags, vec!["y".into(), "z".into()]));
    assert_eq!((tags(&added), &*said), (vec!["x y z".into(), "y z".into()], "Added the tags “y”, “z” to 2 events"));
    let (replaced, said) = change(&added, EventChange::Replace(Terms::Tags, "y".into(), "x".into()));
    assert_eq!(
        (tags(&replaced), &*said),
        (vec!["x z".into(), "x z".into()], "Replaced the tag “y” by “x” in 2 events")
    );
    let (removed, said) = change(&before, EventChange::Remove(Terms::Tags, "x".into()));
    assert_eq!(
        (tags(&removed), &*said),
        (vec!["y".into(), String::new()], "Removed the tag “x” from 1 event; 1 stayed: without it")
    );
}

#[test]
fn standing_weight_place_own_fields_and_citations_are_set() {
    let before = timeline(vec![dated("a", "2024"), dated("b", "2024")]);
    let (after, said) = change(&before, EventChange::Standing(Standing::Confirmed));
    assert_eq!(said, "Marked 2 events as confirmed");
    let (after, said) = change(&after, EventChange::Weight(5));
    assert_eq!(said, "Set the weight of 2 events to 5");
    let (after, said) = change(&after, EventChange::Place(Some("Kursk".into())));
    assert_eq!(said, "Set the place of 2 events to “Kursk”");
    let (after, said) = change(&after, EventChange::SetField("Unit".into(), "11th".into()));
    assert_eq!(said, "Set Unit of 2 events to “11th”");
    let (after, said) = change(&after, EventChange::Cite { citation: Citation::new("wire"), source: None });
    assert_eq!(said, "Cited “Wire report” in 2 events");
    for event in after.events() {
        assert_eq!((event.standing, event.weight, event.place.as_deref()), (Standing::Confirmed, 5, Some("Kursk")));
        assert_eq!(event.rare.fields.get("Unit").map(Text::as_str), Some("11th"));
        assert_eq!(event.citations.len(), 1);
    }
    let again =
        change_events(&after, all(&after), &EventChange::Cite { citation: Citation::new("wire"), source: None });
    assert!(again.is_err(), "a source is cited once");
    let new =
        EventChange::Cite { citation: Citation::new("tass"), source: Some(Box::new(Source::new("tass", "TASS"))) };
    let (after, said) = change(&after, new);
    assert_eq!((after.sources().len(), &*said), (2, "Cited “TASS” in 2 events"));
    let (after, _) = change(&after, EventChange::RemoveField("Unit".into()));
    assert!(after.events().iter().all(|event| event.rare.fields.is_empty()));
}

#[test]
fn dates_shift_as_vague_as_they_are_and_leave_their_sources_behind() {
    let mut worded = dated("a", "2024-10-24");
    worded.wording = Some("on Thursday".into());
    worded.citations.push(Citation::new("wire"));
    let before = timeline(vec![worded, dated("b", "2024-06"), Event::undated("c", "No date")]);
    let by = |count, unit| EventChange::Shift(CalendarShift { count, unit });
    let (after, said) = change(&before, by(3, ShiftUnit::Days));
    assert_eq!(dates(&after), ["2024-10-27", "2024-06", ""]);
    assert_eq!(said, "Shifted 1 event 3 days later; 2 stayed: 1 undated, 1 too vague to shift by that");
    let moved = after.event("a").unwrap();
    assert_eq!(moved.wording, None);
    assert_eq!(moved.citations[0].date.as_deref().map(Date::as_str), Some("2024-10-24"));
    let (after, said) = change(&before, by(-1, ShiftUnit::Months));
    assert_eq!(dates(&after), ["2024-09-24", "2024-05", ""]);
    assert_eq!(said, "Shifted 2 events 1 month earlier; 1 stayed: undated");
}

#[test]
fn dates_become_months_and_keep_their_wording() {
    let mut worded = dated("a", "2024-03-01");
    worded.wording = Some("in March".into());
    let before = timeline(vec![worded, dated("b", "2024"), dated("c", "2024-03-01/2024-05-01")]);
    let (after, said) = change(&before, EventChange::Coarsen(Precision::Month));
    assert_eq!(dates(&after), ["2024-03", "2024", "2024-03/2024-05"]);
    assert_eq!(after.event("a").unwrap().wording.as_deref(), Some("in March"));
    assert_eq!(said, "Made the dates of 2 events months; 1 stayed: as vague already");
}

fn link(to: &str) -> Link {
    Link { to: to.into(), relation: Relation::Causes, note: None }
}

#[test]
fn deleting_many_takes_the_links_to_them_along() {
    let mut events: Vec<Event> = ["a", "b", "c", "d"].map(|id| dated(id, "2024")).into();
    events[0].links.extend([link("b"), link("d")]);
    events[1].links.push(link("c"));
    let before = timeline(events);
    let bulk = delete_events(&before, [2, 1], [0, 1]).unwrap();
    let after = applied(&before, &bulk);
    let left: Vec<&str> = after.events().iter().map(|event| &*event.id).collect();
    assert_eq!((left, &*bulk.said), (vec!["a", "d"], "Deleted 2 events and the links to them from 1 event"));
    assert_eq!(after.event("a").unwrap().links.as_slice(), [link("d")]);
    assert_eq!(delete_events(&before, [3], []).unwrap().label, "Delete “Event d”");
    assert!(delete_events(&before, [9], []).is_err());
}

#[test]
fn a_name_is_changed_everywhere_and_joins_one_that_is_there() {
    let mut events: Vec<Event> = ["a", "b", "c"].map(|id| dated(id, "2024")).into();
    events[0].actors = ["Kim", "Choe"].map(Text::from).into_iter().collect();
    events[1].actors = ["Kim", "Kim Jong Un"].map(Text::from).into_iter().collect();
    events[2].place = Some("Kim".into());
    let before = timeline(events);
    let bulk = rename(&before, Renamed::Term(Terms::Actors), &"Kim".into(), &"Kim Jong Un".into()).unwrap();
    let after = applied(&before, &bulk);
    let actors: Vec<String> = after.events().iter().map(|event| event.actors.join(", ")).collect();
    assert_eq!(actors, ["Kim Jong Un, Choe", "Kim Jong Un", ""]);
    assert_eq!(bulk.said, "Renamed the actor “Kim” to “Kim Jong Un” in 2 events; 1 event had “Kim Jong Un” already");
    let bulk = rename(&before, Renamed::Place, &"Kim".into(), &"Kimchaek".into()).unwrap();
    assert_eq!(applied(&before, &bulk).event("c").unwrap().place.as_deref(), Some("Kimchaek"));
    assert!(rename(&before, Renamed::Place, &"Seoul".into(), &"Busan".into()).is_err());
    assert!(rename(&before, Renamed::Place, &"Kim".into(), &" ".into()).is_err());
}

#[test]
fn events_merge_with_what_each_said_and_links_follow() {
    let mut events: Vec<Event> = ["a", "b", "c", "d"].map(|id| dated(id, "2024-10-24")).into();
    events[0].title = "Signing".into();
    events[0].note = Some("Seen twice.".into());
    events[0].citations.push(Citation::new("wire"));
    events[0].links.push(link("b"));
    events[1].title = "Signing".into();
    events[1].date = Some(Date::parse("2024-10-25").unwrap());
    events[1].place = Some("Pyongyang".into());
    events[1].standing = Standing::Confirmed;
    events[1].tags.push("treaty".into());
    events[1].citations.extend([Citation::new("wire"), Citation::new("tass")]);
    events[1].links.push(link("c"));
    events[2].title = "Signature".into();
    events[2].citations.push(Citation::new("wire"));
    events[3].links.extend([link("b"), link("a")]);
    let before = timeline(events);
    let bulk = merge_events(&before, 0, [1, 2], [0, 1, 3]).unwrap();
    let after = applied(&before, &bulk);
    let one = after.event("a").unwrap();
    assert_eq!(
        (one.date_as_written(), one.place.as_deref(), one.standing),
        ("2024-10-24", Some("Pyongyang"), Standing::Confirmed)
    );
    let cited: Vec<(&str, Option<&str>)> =
        one.citations.iter().map(|citation| (&*citation.source, citation.date.as_deref().map(Date::as_str))).collect();
    assert_eq!(cited, [("wire", None), ("wire", Some("2024-10-25")), ("tass", Some("2024-10-25"))]);
    assert_eq!((one.tags.as_slice(), one.links.len()), (&["treaty".into()][..], 0));
    let note = "Seen twice.\n\nMerged with event “Signing”, which had: date 2024-10-25; event “Signature”, which had: title “Signature”.";
    assert_eq!(one.note.as_deref(), Some(note));
    assert_eq!(after.event("d").unwrap().links.as_slice(), [link("a")]);
    let said =
        "Merged 3 events into “Signing”, to which the links of 1 event lead now. Where they differ stands in its note";
    assert_eq!((after.events().len(), &*bulk.said), (2, said));
    assert!(merge_events(&before, 0, [0], []).is_err());
}

#[test]
fn copies_merge_without_a_word_in_the_note() {
    let before = timeline(vec![dated("a", "2024"), Event { id: "b".into(), ..dated("a", "2024") }]);
    let bulk = merge_events(&before, 0, [1], []).unwrap();
    let after = applied(&before, &bulk);
    assert_eq!((after.events().len(), after.event("a").unwrap().note.as_ref()), (1, None));
    assert_eq!(bulk.said, "Merged 2 events into “Event a”");
}

fn sourced(id: &str, lane: Option<&str>, source: &str, to: &[&str]) -> Event {
    let mut event = dated(id, "2024-10-24");
    event.lane = lane.map(Text::from);
    event.citations.push(Citation::new(source));
    event.links = to.iter().map(|to| link(to)).collect();
    event
}

fn ids(timeline: &Timeline) -> Vec<&str> {
    timeline.events().iter().map(|event| &*event.id).collect()
}

#[test]
fn an_excerpt_holds_what_its_events_name_and_no_more() {
    let mut before = timeline(vec![sourced("a", Some("troops"), "wire", &["b"]), dated("b", "2024")]);
    let derived = Source { origin: Some("tass".into()), ..Source::new("wire", "Wire report") };
    for source in [derived, Source::new("tass", "TASS"), Source::new("other", "Other")] {
        apply(&mut before, &Edit::put_source(source)).unwrap();
    }
    let copied = excerpt(&before, [0]);
    let sources: Vec<&str> = copied.sources().iter().map(|source| &*source.id).collect();
    assert_eq!((ids(&copied), copied.lanes().len(), sources), (vec!["a"], 1, vec!["wire", "tass"]));
    assert!(excerpt(&before, [1]).sources().is_empty());
}

#[test]
fn pasting_takes_along_what_is_missing_and_makes_ids_anew() {
    let other =
        timeline(vec![sourced("a", Some("troops"), "wire", &["b", "gone"]), sourced("b", None, "wire", &["a"])]);
    let lane = Lane { id: "troops".into(), title: "Ships".into(), color: None, note: None };
    let sources = vec![Source::new("wire", "Another wire")];
    let own = Timeline::from_records(Header::new("own"), vec![lane], sources, vec![dated("a", "2023")], vec![], vec![]);
    let pasted = paste_events(&own, &other).unwrap();
    let after = applied(&own, &pasted.bulk);
    assert_eq!((ids(&after), pasted.ids.join(" ").as_str()), (vec!["a", "a-2", "b"], "a-2 b"));
    let copy = after.event("a-2").unwrap();
    assert_eq!((copy.lane.as_deref(), &*copy.citations[0].source), (Some("troops-2"), "wire-2"));
    assert_eq!(copy.links.as_slice(), [link("b")]);
    assert_eq!(after.event("b").unwrap().links.as_slice(), [link("a-2")]);
    assert_eq!((after.lane("troops-2").unwrap().title.as_str(), after.sources().len()), ("Troops", 2));
    let said = "Pasted 2 events; 2 lanes or sources came along; 1 link to events that are not here left out";
    assert_eq!(pasted.bulk.said, said);
    // What is there already is not taken along again.
    let again = applied(&after, &paste_events(&after, &other).unwrap().bulk);
    assert_eq!((again.lanes().len(), again.sources().len(), again.events().len()), (2, 2, 5));
    assert!(paste_events(&own, &Timeline::empty("nothing")).is_err());
}

#[test]
fn copies_stand_behind_and_lead_to_each_other() {
    let before =
        timeline(vec![sourced("a", None, "wire", &["b"]), sourced("b", None, "wire", &["c"]), dated("c", "2024")]);
    let pasted = duplicate_events(&before, &[0, 1]).unwrap();
    let after = applied(&before, &pasted.bulk);
    assert_eq!(ids(&after), ["a", "b", "event-a-copy-2024-10-24", "event-b-copy-2024-10-24", "c"]);
    let (first, second) = ("event-a-copy-2024-10-24", "event-b-copy-2024-10-24");
    let copy = after.event(first).unwrap();
    assert_eq!((&*copy.title, copy.links.as_slice()), ("Event a (copy)", &[link(second)][..]));
    assert_eq!(after.event(second).unwrap().links.as_slice(), [link("c")]);
    assert_eq!((pasted.bulk.said.as_str(), after.sources().len()), ("Duplicated 2 events", 1));
    assert_eq!(duplicate_events(&before, &[2]).unwrap().bulk.label, "Duplicate “Event c”");
}
