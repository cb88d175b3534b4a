//! What a save writes, byte for byte: one text before, one edit, the text after.

use annalist::edit::{Edit, apply};
use annalist::model::{Citation, Event, Key, Lane, Record, Source, Standing, Timeline};
use annalist::store;
use annalist::time::Date;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn check(before: &str, edit: impl Fn(&Timeline) -> Edit, after: &str) {
    for newline in ["\n", "\r\n"] {
        let before = before.replace('\n', newline);
        let after = after.replace('\n', newline);
        let read = store::read(before.clone());
        assert!(read.text.is_writable(), "{:?}", read.diagnostics);
        let mut timeline = read.timeline.clone();
        let inverse = apply(&mut timeline, &edit(&read.timeline)).unwrap();
        let result = store::spliced(&read.text, &timeline).unwrap();
        assert_eq!(result, after, "\n{result}\n--- expected\n{after}");
        apply(&mut timeline, &inverse).unwrap();
        let undone = store::spliced(&store::read(result).text, &timeline).unwrap();
        assert_eq!(store::read(undone).timeline, timeline);
    }
}

fn change(id: &'static str, with: impl Fn(&mut Event)) -> impl Fn(&Timeline) -> Edit {
    move |timeline| {
        let mut event = timeline.event(id).unwrap().clone();
        with(&mut event);
        Edit::put_event(event)
    }
}

/// A timeline with these events, each a few lines of RON.
fn with_events(events: &str) -> String {
    format!("Timeline(\n    format: 1,\n    title: \"t\",\n    events: [\n{events}    ],\n)\n")
}

#[test]
fn a_changed_value_is_replaced_and_nothing_else() {
    check(
        &with_events("        // c\n        Event(date:\"2024\", id : \"a\" /* b */, title: \"A\"), // d\n"),
        change("a", |event| event.title = "B \"q\"".into()),
        &with_events("        // c\n        Event(date:\"2024\", id : \"a\" /* b */, title: \"B \\\"q\\\"\"), // d\n"),
    );
}

#[test]
fn a_new_field_follows_the_one_before_it_in_the_format() {
    let set = |event: &mut Event| {
        event.lane = Some("l".into());
        event.weight = 5;
    };
    check(
        &with_events("        Event(id: \"a\", title: \"A\", date: \"2024\", note: \"n\"),\n"),
        change("a", set),
        &with_events("        Event(id: \"a\", title: \"A\", date: \"2024\", lane: \"l\", weight: 5, note: \"n\"),\n"),
    );
    check(
        &with_events(
            "        Event(\n            id: \"a\",\n            title: \"A\", // said so\n            note: \"n\",\n\n            date: \"2024\" // sure\n        )\n",
        ),
        change("a", set),
        &with_events(
            "        Event(\n            id: \"a\",\n            title: \"A\", // said so\n            note: \"n\",\n\n            date: \"2024\", // sure\n            lane: \"l\",\n            weight: 5\n        )\n",
        ),
    );
}

#[test]
fn a_field_that_goes_takes_its_line_and_the_comments_that_belong_to_it() {
    check(
        &with_events(
            "        Event(\n            id: \"a\",\n            title: \"A\",\n            date: \"2024\",\n            // why\n            note: \"n\", // or not\n            // stays\n\n            weight: 5,\n        ),\n",
        ),
        change("a", |event| event.note = None),
        &with_events(
            "        Event(\n            id: \"a\",\n            title: \"A\",\n            date: \"2024\",\n            // stays\n\n            weight: 5,\n        ),\n",
        ),
    );
    check(
        &with_events("        Event(id: \"a\", title: \"A\", date: \"2024\", note: \"n\"), // c\n"),
        change("a", |event| event.note = None),
        &with_events("        Event(id: \"a\", title: \"A\", date: \"2024\"), // c\n"),
    );
}

#[test]
fn a_default_written_out_is_changed_where_it_stands() {
    check(
        &with_events("        Event(id: \"a\", title: \"A\", date: \"2024\", lane: None, weight: 3, tags: [ ]),\n"),
        change("a", |event| {
            event.lane = Some("l".into());
            event.weight = 4;
            event.tags = thin_vec::thin_vec!["x".into(), "y".into()];
        }),
        &with_events(
            "        Event(id: \"a\", title: \"A\", date: \"2024\", lane: \"l\", weight: 4, tags: [\"x\", \"y\"]),\n",
        ),
    );
}

#[test]
fn literals_keep_their_kind() {
    check(
        &with_events("        Event(id: \"a\", title: r#\"A \"q\"\"#, date: \"2024\", note: Some(\"one\ntwo\")),\n"),
        change("a", |event| {
            event.title = "B \"r\"".into();
            event.note = event.note.as_ref().map(|note| format!("{note} \"three\"").into());
        }),
        &with_events(
            "        Event(id: \"a\", title: r#\"B \"r\"\"#, date: \"2024\", note: Some(\"one\ntwo \\\"three\\\"\")),\n",
        ),
    );
}

#[test]
fn a_citation_is_added_changed_and_taken_out_alone() {
    let before = with_events(
        "        Event(\n            id: \"a\", title: \"A\", date: \"2024\",\n            citations: [\n                // the wire\n                Citation(source: \"x\"), // graded\n                Citation(\n                    source: \"y\",\n                    note: \"n\",\n                ),\n            ],\n        ),\n",
    );
    check(
        &before,
        change("a", |event| event.citations.push(Citation::new("z"))),
        &before.replace(
            "                ),\n            ],\n",
            "                ),\n                Citation(source: \"z\"),\n            ],\n",
        ),
    );
    check(
        &before,
        change("a", |event| event.citations[1].wording = Some("late".into())),
        &before.replace("\"y\",\n", "\"y\",\n                    wording: \"late\",\n"),
    );
    check(
        &before,
        change("a", |event| drop(event.citations.remove(0))),
        &before.replace("                // the wire\n                Citation(source: \"x\"), // graded\n", ""),
    );
    check(
        &before,
        change("a", |event| event.citations.reverse()),
        &before
            .replace("                // the wire\n                Citation(source: \"x\"), // graded\n", "")
            .replace(
                "                ),\n            ],\n",
                "                ),\n                // the wire\n                Citation(source: \"x\"), // graded\n            ],\n",
            ),
    );
}

#[test]
fn a_new_event_stands_like_its_neighbours() {
    let new = |at: Option<usize>| {
        move |_: &Timeline| Edit::Put {
            record: Record::Event(Box::new(Event::new("n", "N", date("2025")))),
            replaces: None,
            at,
        }
    };
    let line = |id: &str| format!("        Event(id: \"{id}\", title: \"A\", date: \"2024\"),\n");
    let (a, b) = (line("a"), line("b"));
    let n = "        Event(id: \"n\", title: \"N\", date: \"2025\"),\n";
    check(&with_events(&format!("{a}{b}")), new(None), &with_events(&format!("{a}{b}{n}")));
    check(&with_events(&format!("{a}{b}")), new(Some(1)), &with_events(&format!("{a}{n}{b}")));
    check(&with_events(&format!("{a}\n{b}")), new(None), &with_events(&format!("{a}\n{b}\n{n}")));
    check(
        &with_events(&format!("        // head\n\n        // of a\n{a}")),
        new(Some(0)),
        &with_events(&format!("        // head\n\n{n}        // of a\n{a}")),
    );
    let open = |text: &str| text.trim_end_matches([',', '\n']).to_owned() + "\n";
    check(&with_events(&open(&a)), new(None), &with_events(&format!("{a}{}", open(n))));
    let block =
        "        Event(\n            id: \"n\",\n            title: \"N\",\n            date: \"2025\",\n        ),\n";
    let broken = a.replace("id:", "\n            id:").replace("),", ",\n        ),").replace(",,", ",");
    check(&with_events(&broken), new(None), &with_events(&format!("{broken}{block}")));
    check(&with_events(""), new(None), &with_events(block));
    check(&with_events("        // none yet\n"), new(None), &with_events(&format!("        // none yet\n{block}")));
    let empty = "Timeline(\n    format: 1,\n    title: \"t\",\n    events: [],\n)\n";
    check(empty, new(None), &with_events(block));
}

#[test]
fn a_list_that_is_missing_is_made_in_its_place() {
    let lane =
        |_: &Timeline| Edit::put(Record::Lane(Lane { id: "l".into(), title: "L".into(), color: None, note: None }));
    check(
        "Timeline(\n  format: 1,\n  title: \"t\", // c\n  events: [],\n)\n",
        lane,
        "Timeline(\n  format: 1,\n  title: \"t\", // c\n  lanes: [Lane(id: \"l\", title: \"L\")],\n  events: [],\n)\n",
    );
    check(
        "Timeline(format: 1, title: \"t\")",
        |_| Edit::put_source(Source::new("s", "S")),
        "Timeline(format: 1, title: \"t\", sources: [Source(id: \"s\", title: \"S\")])",
    );
}

#[test]
fn a_record_that_goes_takes_the_comments_right_above_it() {
    let line = |id: &str| format!("        Event(id: \"{id}\", title: \"A\", date: \"2024\"),\n");
    let (a, b, c) = (line("a"), line("b"), line("c"));
    let remove = |id: &'static str| move |_: &Timeline| Edit::Remove(Key::Event(id.into()));
    check(
        &with_events(&format!("        // head\n\n        // of a\n{a}\n        /* of b */\n{b}\n{c}")),
        remove("b"),
        &with_events(&format!("        // head\n\n        // of a\n{a}\n{c}")),
    );
    check(
        &with_events(&format!("        // head\n\n        // of a\n{a}")),
        remove("a"),
        &with_events("        // head\n"),
    );
    check(&with_events(&a), remove("a"), &with_events("").replace("[\n    ]", "[]"));
    let on_one_line = "Timeline(format: 1, title: \"t\", events: [Event(id: \"a\", title: \"A\", date: \"2024\"), Event(id: \"b\", title: \"A\", date: \"2024\")])";
    check(
        on_one_line,
        remove("a"),
        "Timeline(format: 1, title: \"t\", events: [Event(id: \"b\", title: \"A\", date: \"2024\")])",
    );
    check(
        on_one_line,
        remove("b"),
        "Timeline(format: 1, title: \"t\", events: [Event(id: \"a\", title: \"A\", date: \"2024\")])",
    );
}

#[test]
fn a_record_that_moves_takes_its_comments_along() {
    let line = |id: &str| format!("        Event(id: \"{id}\", title: \"A\", date: \"2024\"),\n");
    let (a, b, c) = (line("a"), line("b"), line("c"));
    let b = format!("        // of b\n{}", b.replace("),\n", "), // b\n"));
    check(
        &with_events(&format!("{a}{b}{c}")),
        |timeline| {
            let record = timeline.record(&Key::Event("b".into())).unwrap();
            Edit::Batch(vec![Edit::Remove(record.key()), Edit::Put { record, replaces: None, at: Some(2) }])
        },
        &with_events(&format!("{a}{c}{b}")),
    );
}

#[test]
fn a_renamed_record_is_changed_in_place() {
    check(
        &with_events("        // c\n        Event(id: \"a\", /* d */ title: \"A\", date: \"2024\"),\n"),
        |timeline| Edit::Put {
            record: Record::Event(Box::new(Event { id: "b".into(), ..timeline.event("a").unwrap().clone() })),
            replaces: Some(Key::Event("a".into())),
            at: None,
        },
        &with_events("        // c\n        Event(id: \"b\", /* d */ title: \"A\", date: \"2024\"),\n"),
    );
}

#[test]
fn a_derived_id_is_written_when_its_event_is_next_edited() {
    check(
        &with_events("        Event(title: \"A\", date: \"2024\"),\n        Event(title: \"B\", date: \"2024\"),\n"),
        change("a-2024", |event| event.standing = Standing::Denied),
        &with_events(
            "        Event(id: \"a-2024\", title: \"A\", date: \"2024\", standing: Denied),\n        Event(title: \"B\", date: \"2024\"),\n",
        ),
    );
}

#[test]
fn an_id_that_would_be_derived_anew_is_written() {
    check(
        &with_events("        Event(title: \"A\", date: \"2024\"),\n        Event(title: \"A\", date: \"2024\"),\n"),
        |_| Edit::Remove(Key::Event("a-2024".into())),
        &with_events("        Event(id: \"a-2024-2\", title: \"A\", date: \"2024\"),\n"),
    );
}

#[test]
fn the_header_is_spliced_like_a_record() {
    check(
        "( // mine\n  format: 1, title: \"t\", // c\n  description: \"d\",\n)",
        |timeline| {
            let mut header = timeline.header().clone();
            header.title = "u".into();
            header.description = None;
            header.zone = Some("Europe/Moscow".into());
            Edit::put(Record::Header(header))
        },
        "( // mine\n  format: 1, title: \"u\", zone: \"Europe/Moscow\", // c\n)",
    );
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
        record: Record::Event(Box::new(Event::new("n", "N", date("2025")))),
        replaces: None,
        at: Some(at),
    };
    let set = |id: &'static str, with: fn(&mut Event)| change(id, with)(&read.timeline);
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
