//! Reading, problems and saving of RON text, through the public interface.

use annalist::diagnostic::{Diagnostic, Severity, Subject};
use annalist::edit::{Edit, apply};
use annalist::model::Event;
use annalist::store::{self, formatted, to_ron};
use annalist::time::Date;

const ODD: &str = include_str!("../data/odd-layout.ron");
const FIVE: &str = include_str!("../data/five-mistakes.ron");

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// A text after some edits, spliced; what it holds is compared with the edited timeline.
fn spliced(text: &str, edit: &Edit) -> String {
    let read = store::read(text.to_owned());
    assert!(read.text.is_writable(), "{:?}", read.diagnostics);
    let mut timeline = read.timeline.clone();
    apply(&mut timeline, edit).unwrap();
    let result = store::spliced(&read.text, &timeline).unwrap();
    assert_eq!(store::read(result.clone()).timeline, timeline);
    result
}

/// The lines that differ: the number of the first, those taken out, those put in.
fn hunk(before: &str, after: &str) -> (usize, Vec<String>, Vec<String>) {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let end = old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let own = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    (start + 1, own(&old[start..old.len() - end]), own(&new[start..new.len() - end]))
}

#[test]
fn one_event_added_to_a_commented_file_is_one_hunk_of_added_lines() {
    let mut event = Event::new("vote", "The vote", date("2024-10-24"));
    event.tags = thin_vec::thin_vec!["ratification".into()];
    let result = spliced(ODD, &Edit::put_event(event));
    let (_, removed, added) = hunk(ODD, &result);
    assert!(removed.is_empty(), "{removed:?}");
    assert_eq!(
        added.concat(),
        "\n      Event(\n          id: \"vote\",\n          title: \"The vote\",\n          date: \"2024-10-24\",\n          tags: [\"ratification\"],\n      ),\n"
    );
}

/// The errors of a text as `line:column code message`; of a message that explains, the part before the colon.
fn problems(text: &str) -> Vec<String> {
    let read = store::read(text.to_owned());
    let name = |problem: &Diagnostic| {
        let place = read.text.place(problem.span.expect("every problem has a place").start);
        let message = problem.message.split(": ").next().unwrap_or_default();
        format!("{}:{} {} {message}", place.line, place.column, problem.code)
    };
    read.diagnostics.iter().filter(|problem| problem.severity == Severity::Error).map(name).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(problems(text), expected, "{text}");
}

/// The problems of one event on a line of its own, the second.
#[track_caller]
fn check_event(event: &str, expected: &[&str]) {
    let before = "Timeline(format: 1, title: \"t\", sources: [Source(id: \"s\", title: \"S\")], events: [";
    check(&format!("{before}\n{event}\n])"), expected);
}

#[test]
fn every_mistake_of_a_file_is_named_at_its_place() {
    check(
        FIVE,
        &[
            "10:13 unknown-field an event has no field `tilte`",
            "11:25 bad-date \"2024-13-19\" is not a date",
            "12:23 unknown-value `Confrimed` is not a standing",
            "12:32 syntax there is no comma after this",
            "15:76 unknown-lane there is no lane \"traety\"",
        ],
    );
    let read = store::read(FIVE.to_owned());
    assert!(!read.text.is_writable());
    assert!(read.diagnostics.iter().all(|problem| problem.severity == Severity::Error && problem.hint.is_some()));
    // What could be read is there to be looked at.
    assert_eq!(read.timeline.events().len(), 2);
}

#[test]
fn every_sort_of_mistake_in_an_event_has_its_own_words() {
    check_event("Event(id: \"a\", date: \"2024\")", &["2:1 missing-field the event \"a\" has no `title`"]);
    check_event("Evnt(title: \"a\", date: \"2024\")", &["2:1 wrong-name an event is expected here, not `Evnt`"]);
    check_event(
        "Event(title: \"a\", date: \"2024\", title: \"b\", colour: 1)",
        &["2:33 duplicate-field `title` is given twice", "2:45 unknown-field an event has no field `colour`"],
    );
    check_event(
        "Event(title: a, date: 2024, tags: \"x\", weight: \"3\", actors: [1], note: [])",
        &[
            "2:14 wrong-type `title` takes a text in quotation marks, not a word without quotation marks",
            "2:23 wrong-type `date` takes a date in quotation marks, not a number",
            "2:35 wrong-type `tags` takes a list, not a text",
            "2:48 wrong-type `weight` takes a whole number, not a text",
            "2:62 wrong-type `actors` takes a text in quotation marks, not a number",
            "2:72 wrong-type `note` takes a text in quotation marks, not a list",
        ],
    );
    check_event(
        "Event(title: \"a\", date: \"2024\", standing: \"Denied\", weight: 300)",
        &[
            "2:43 wrong-type `standing` takes a word without quotation marks, not a text",
            "2:61 weight-out-of-range weight is 300, outside 1 to 5",
        ],
    );
    check_event(
        "Event(title: \"a\", date: \"2024\", weight: 9)",
        &["2:41 weight-out-of-range weight is 9, outside 1 to 5"],
    );
    check_event("Event(title: \"a \\q\", date: \"2024\")", &["2:17 syntax an escape in this text is wrong"]);
    check_event(
        "Event(title: \"a\", date: \"2024\", citations: [Citation(source: \"s\", credibility: 7), (stance: Supports)])",
        &[
            "2:80 credibility-out-of-range credibility is 7, outside 1 to 6",
            "2:84 missing-field this citation has no `source`",
        ],
    );
    check_event("\"just a text\"", &["2:1 wrong-type an event is expected here, not a text"]);
    check_event(
        "Event(title: \"a\", date: \"\"), Event(title: \"b\", date: \"2024-02-3x\")",
        &["2:25 bad-date the date is empty", "2:64 bad-date \"2024-02-3x\" is not a date"],
    );
}

#[test]
fn mistakes_of_the_whole_are_named() {
    check("", &["1:1 syntax there is no timeline in this file"]);
    check("[]", &["1:1 wrong-type the timeline is expected here, not a list"]);
    check(
        "Timeline(titel: \"t\", events: 3, zone: 4)",
        &[
            "1:1 missing-field this timeline has no `format`",
            "1:10 unknown-field the timeline has no field `titel`",
            "1:30 wrong-type `events` takes a list",
            "1:39 wrong-type `zone` takes a text in quotation marks, not a number",
        ],
    );
    check("#![enable(magic)]\nTimeline(format: 1, title: \"t\")", &["1:11 syntax RON has no such extension"]);
    check(
        "Timeline(format: 1, title: \"t\", lanes: [\nLane(id: \"a\", title: \"\"),\nLane(title: \"\", id: \"a\"),\nLane(id: \"\", title: \"\")])",
        &["3:21 duplicate-id another lane has the id \"a\" already", "4:10 empty-id this lane has an empty id"],
    );
    check("Timeline(format: 9, title: \"t\")", &["1:18 unknown-format file format 9 is not known to this version"]);
    assert!(!store::read("Timeline(format: 9, title: \"t\")".to_owned()).text.is_writable());
}

#[test]
fn a_record_that_cannot_be_read_does_not_make_its_references_wrong() {
    check(
        "Timeline(format: 1, title: \"t\", sources: [Source(id: \"s\")], events: [\nEvent(title: \"a\", date: \"2024\", citations: [(source: \"s\"), (source: \"z\")])])",
        &["1:43 missing-field the source \"s\" has no `title`", "2:69 unknown-source there is no source \"z\""],
    );
}

#[test]
fn records_that_could_not_be_read_are_counted_and_the_others_are_there() {
    let unread = |records: &str| {
        let read = store::read(format!("Timeline(format: 1, title: \"t\", {records})"));
        (read.unread, read.timeline.events().len())
    };
    let good = "Event(id: \"a\", title: \"A\", date: \"2024\")";
    let misspelt = "Event(id: \"b\", tilte: \"B\", date: \"2024\")";
    assert_eq!(unread(&format!("events: [{good}]")), (0, 1));
    assert_eq!(unread(&format!("events: [{good}, {misspelt}]")), (1, 1));
    assert_eq!(unread(&format!("sources: [Source(id: \"s\")], events: [{misspelt}, {good}, {misspelt}]")), (3, 1));
    assert_eq!(unread(&format!("events: [{good}, {good}]")), (1, 1), "two of one id");
}

#[test]
fn what_a_text_with_mistakes_may_only_seem_to_lack_is_not_told_until_they_are_mended() {
    let text = |date: &str| {
        format!(
            "Timeline(format: 1, title: \"t\", sources: [Source(id: \"s\", title: \"S\")], events: [\n\
             Event(title: \"a\", date: \"{date}\", citations: [(source: \"s\")]), Event(title: \"b\", date: \"2024\", lane: \"x\")])"
        )
    };
    let broken = store::read(text("2024-13"));
    let codes: Vec<&str> = broken.diagnostics.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["bad-date", "unknown-lane"]);
    let mended = store::read(text("2024-12"));
    assert!(mended.diagnostics.iter().any(|problem| problem.code == "unsourced"), "{:?}", mended.diagnostics);
}

#[test]
fn a_problem_of_meaning_leaves_the_file_writable() {
    let read = store::read(
        "Timeline(format: 1, title: \"t\", events: [Event(title: \"a\", date: \"2024\", lane: \"x\")])".to_owned(),
    );
    assert!(read.has_errors());
    assert!(read.text.is_writable());
}

#[test]
fn records_and_fields_are_found_in_the_text() {
    let read = store::read(ODD.to_owned());
    let path = |steps: &[&str]| steps.iter().map(|&step| step.to_owned()).collect::<Vec<_>>();
    let found = |subject: Subject, steps: &[&str]| read.text.locate(&subject, &path(steps)).map(|span| span.slice(ODD));
    let signed = || Subject::Event("signed".into());
    assert_eq!(found(signed(), &["citations", "1", "source"]), Some("\"decree\""));
    assert_eq!(found(signed(), &["citations", "1", "note"]), Some("Citation"));
    assert_eq!(found(signed(), &["place"]), Some("Event"));
    assert_eq!(found(Subject::Event("no-id-2024-06".into()), &["date"]), Some("\"2024-06\""));
    assert_eq!(found(Subject::Timeline, &["zone"]), Some("\"Europe/Moscow\""));
    assert_eq!(found(Subject::Lane("war".into()), &[]), Some("Lane(id: \"war\", title: \"War\")"));
    assert_eq!(found(Subject::Lane("none".into()), &[]), None);
}

#[test]
fn nothing_changed_is_nothing_written() {
    for text in [ODD.to_owned(), ODD.replace('\n', "\r\n"), format!("\u{feff}{ODD}")] {
        let read = store::read(text.clone());
        assert!(read.text.is_writable(), "{:?}", read.diagnostics);
        assert_eq!(store::spliced(&read.text, &read.timeline).unwrap(), text);
    }
}

#[test]
fn a_whole_timeline_written_and_read_is_the_same() {
    let read = store::read(ODD.to_owned());
    let text = to_ron(&read.timeline);
    let again = store::read(text.clone());
    assert!(again.text.is_writable(), "{:?}\n{text}", again.diagnostics);
    assert_eq!(again.timeline, read.timeline);
    insta::assert_snapshot!(text);
}

#[test]
fn formatting_keeps_comments_and_meaning_and_is_stable() {
    let text = formatted(ODD).unwrap();
    assert_eq!(formatted(&text).unwrap(), text);
    insta::assert_snapshot!(text);
}

#[test]
fn a_record_that_cannot_be_read_hides_none_of_its_other_problems() {
    let text = r#"Timeline(
    format: 1,
    title: "t",
    lanes: [Lane(id: "a", title: "A")],
    sources: [Source(id: "s", title: "S", reliabilty: B, origin: "nobody")]
    events: [
        Event(id: "one", title: "One", date: "2024-02-30", lane: "a", links: [Link(to: "two", relation: Causes)]),
        Event(id: "two", title: "Two", date: "2024-06", lane: "b", weight: "3"),
        Event(id: "one", title: "Three", date: "2024-06", standing: Confirmd, citations: [Citation(source: "t")]),
    ],
)
"#;
    let read = store::read(text.to_owned());
    let found: Vec<(&str, &str)> = read
        .diagnostics
        .iter()
        .map(|problem| (problem.code, problem.span.map_or("", |span| span.slice(text))))
        .collect();
    assert_eq!(
        found,
        [
            ("unknown-field", "reliabilty"),
            ("unknown-source", "\"nobody\""),
            ("syntax", found[2].1),
            ("bad-date", found[3].1),
            ("unknown-lane", "\"b\""),
            ("wrong-type", "\"3\""),
            ("duplicate-id", "\"one\""),
            ("unknown-value", "Confirmd"),
            ("unknown-source", "\"t\""),
        ]
    );
    assert!(!read.text.is_writable());
}

#[test]
fn a_text_without_its_closing_mark_is_one_problem() {
    let read = store::read("Timeline(\n format: 1,\n title: \"t,\n events: [],\n)\n".to_owned());
    assert_eq!(read.diagnostics.len(), 1, "{:?}", read.diagnostics);
}

#[test]
fn a_date_beyond_the_axis_is_told_and_keeps_nothing_from_being_saved() {
    let text = "Timeline(format: 1, title: \"t\", events: [Event(title: \"Big\", date: \"Y-13800000000\")])";
    let read = store::read(text.to_owned());
    let told: Vec<(&str, Severity)> = read.diagnostics.iter().map(|problem| (problem.code, problem.severity)).collect();
    assert!(told.contains(&("beyond-axis", Severity::Info)), "{told:?}");
    assert!(read.text.is_writable());
}
