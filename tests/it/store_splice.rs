//! What a save writes, byte for byte.
//!
//! The cases are `tests/data/splice/NAME.ron`: below `before` the text, below the headings that follow the edit, below `after`
//! the text that is saved. An edit is one of these, with a record below it, or several of them as one:
//!
//! - `put`: in place of the record with its id, or at the end (a whole `Timeline` is its header);
//! - `insert at 1`: at this place of its list;
//! - `rename a`: in place of the event with this id;
//! - `remove a`: the event with this id goes.

use annalist::edit::{Edit, apply};
use annalist::model::{Citation, Event, Key, Record, Timeline};
use annalist::store;
use annalist::time::Date;

use super::cases::{CaseFile, Section};

/// A record as it stands in a timeline.
fn record(text: &str) -> Record {
    let lists = [("Lane(", "lanes"), ("Source(", "sources"), ("Event(", "events"), ("Timeline(", "")];
    let list = lists.iter().find(|(start, _)| text.starts_with(start)).unwrap_or_else(|| panic!("no record: {text}")).1;
    let whole = if list.is_empty() {
        text.to_owned()
    } else {
        format!("Timeline(format: 1, title: \"t\", {list}: [\n{text}])")
    };
    let read = store::read(whole);
    assert!(read.text.is_writable(), "{text}: {:?}", read.diagnostics);
    let timeline = read.timeline;
    let key = match list {
        "lanes" => Key::Lane(timeline.lanes().iter().next().unwrap().id.clone()),
        "sources" => Key::Source(timeline.sources().iter().next().unwrap().id.clone()),
        "events" => Key::Event(timeline.events().iter().next().unwrap().id.clone()),
        _ => Key::Header,
    };
    timeline.record(&key).unwrap()
}

/// The edit of these sections, in a text with such line ends.
fn edit(sections: &[Section], newline: &str) -> Edit {
    let one = |section: &Section| {
        let record = || record(&section.text.replace('\n', newline));
        let (verb, what) = section.heading.split_once(' ').unwrap_or((&section.heading, ""));
        match verb {
            "put" => Edit::put(record()),
            "insert" => {
                let at = what.strip_prefix("at ").and_then(|at| at.parse().ok()).expect("a place");
                Edit::Put { record: record(), replaces: None, at: Some(at) }
            }
            "rename" => Edit::Put { record: record(), replaces: Some(Key::Event(what.into())), at: None },
            "remove" => Edit::Remove(Key::Event(what.into())),
            _ => panic!("{verb:?} is no edit"),
        }
    };
    match sections {
        [section] => one(section),
        sections => Edit::Batch(sections.iter().map(one).collect()),
    }
}

/// The text that is saved after an edit, with either sort of line ends; and that the edit can be taken back.
fn saved(before: &str, edits: &[Section]) -> String {
    let mut saved = Vec::new();
    for newline in ["\n", "\r\n"] {
        let read = store::read(before.replace('\n', newline));
        assert!(read.text.is_writable(), "{:?}", read.diagnostics);
        let mut timeline = read.timeline.clone();
        let inverse = apply(&mut timeline, &edit(edits, newline)).unwrap();
        assert_ne!(timeline, read.timeline);
        let result = store::spliced(&read.text, &timeline).unwrap();
        assert_eq!(store::read(result.clone()).timeline, timeline);
        apply(&mut timeline, &inverse).unwrap();
        let undone = store::spliced(&store::read(result.clone()).text, &timeline).unwrap();
        assert_eq!(store::read(undone).timeline, timeline);
        saved.push(result);
    }
    assert_eq!(saved[0].replace('\n', "\r\n"), saved[1]);
    saved.swap_remove(0)
}

#[test]
fn a_save_writes_what_was_edited_and_nothing_else() {
    for file in CaseFile::all("splice") {
        let mut sections = file.sections.clone();
        let is_before = |section: &Section| section.heading == "before";
        for case in sections.chunk_by_mut(|_, next| !is_before(next)) {
            let [before, edits @ .., after] = case else { panic!("{} has a case without an end", file.name) };
            assert!(is_before(before) && after.heading == "after" && !edits.is_empty(), "{}", file.name);
            after.text = saved(&before.text, edits);
        }
        file.expect(&sections);
    }
}

#[test]
fn a_text_with_problems_is_not_written_to() {
    let read = store::read("Timeline(format: 1, title: \"t\", evnets: [])".to_owned());
    assert!(!read.text.is_writable());
    assert!(store::spliced(&read.text, &Timeline::empty("other")).is_err());
}

#[test]
fn what_is_put_in_and_taken_out_again_leaves_no_trace() {
    let text = include_str!("../data/odd-layout.ron");
    let read = store::read(text.to_owned());
    let put = |at| Edit::Put {
        record: Record::Event(Event::new("n", "N", Date::parse("2025").unwrap()).into()),
        replaces: None,
        at: Some(at),
    };
    let set = |id: &str, with: fn(&mut Event)| {
        let mut event = read.timeline.event(id).unwrap().clone();
        with(&mut event);
        Edit::put_event(event)
    };
    let edits = [
        put(0),
        put(1),
        put(9),
        set("signed", |event| event.place = Some("Pyongyang".into())),
        set("signed", |event| event.citations.push(Citation::new("tass"))),
        set("duma", |event| event.actors.insert(1, "Press".into())),
        set("duma", |event| event.tags.push("vote".into())),
        set("duma", |event| event.title = format!("{}!", event.title).into()),
    ];
    for edit in edits {
        let mut timeline = read.timeline.clone();
        let inverse = apply(&mut timeline, &edit).unwrap();
        let there = store::spliced(&read.text, &timeline).unwrap();
        assert_ne!(there, text);
        apply(&mut timeline, &inverse).unwrap();
        let back = store::spliced(&store::read(there).text, &timeline).unwrap();
        assert_eq!(back, text, "{edit:?}");
    }
}
