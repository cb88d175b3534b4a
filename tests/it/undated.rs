//! Events without a date, from the file to every list: kept, told apart, last, and never silently missing.

use std::fs;
use std::path::PathBuf;
use std::process::{Output, Stdio};

use annalist::edit::{Edit, apply, fixes};
use annalist::export::brief::{Brief, BriefOptions, Entry, PlainText, html, markdown};
use annalist::export::picture::{PictureOptions, render};
use annalist::model::{Event, KnownOn, Timeline, check};
use annalist::query::Query;
use annalist::scene::Item;
use annalist::store;
use annalist::text::Shaper;
use annalist::time::{Date, Zone};
use proptest::prelude::*;

const FILE: &str = r#"Timeline(
    format: 1,
    title: "Two votes",
    sources: [
        Source(id: "gazette", title: "The gazette", published: "2024-11-07"),
        Source(id: "diary", title: "A diary", published: "2024-11-07"),
    ],
    events: [
        // Nobody knows.
        Event(id: "deal", title: "The parties agree in secret", wording: "before the vote", links: [Link(to: "upper", relation: Causes)], citations: [
            Citation(source: "gazette", date: "2024-10"),
            Citation(source: "diary"),
        ]),
        Event(id: "upper", title: "Upper house votes", date: "2024-11-06"),
        Event(title: "Rumours spread"),
        Event(id: "lower", title: "Lower house votes", date: "[2024-10-21..2024-10-31]"),
    ],
)
"#;

fn annalist(arguments: &[&str]) -> Output {
    crate::program::annalist().args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn file() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("timeline.ron");
    fs::write(&path, FILE).unwrap();
    (folder, path)
}

fn timeline() -> Timeline {
    let read = store::read(FILE.to_owned());
    assert!(read.text.is_writable(), "{:?}", read.diagnostics);
    read.timeline
}

#[test]
fn an_event_without_a_date_is_read_with_an_id_of_its_title() {
    let timeline = timeline();
    let ids: Vec<&str> = timeline.events().iter().map(|event| event.id.as_str()).collect();
    assert_eq!(ids, ["deal", "upper", "rumours-spread", "lower"]);
    assert_eq!(timeline.event("deal").unwrap().date, None);
}

#[test]
fn a_date_is_written_and_taken_away_without_touching_anything_else() {
    let read = store::read(FILE.to_owned());
    let mut timeline = read.timeline.clone();
    let with = |date: Option<&str>| {
        let mut event = read.timeline.event("rumours-spread").unwrap().clone();
        event.date = date.map(|text| Date::parse(text).unwrap());
        Edit::put_event(event)
    };
    let undo = apply(&mut timeline, &with(Some("2024-10"))).unwrap();
    let dated = store::spliced(&read.text, &timeline).unwrap();
    let expected = "Event(id: \"rumours-spread\", title: \"Rumours spread\", date: \"2024-10\"),";
    assert_eq!(dated, FILE.replace("Event(title: \"Rumours spread\"),", expected));
    apply(&mut timeline, &undo).unwrap();
    assert_eq!(timeline, read.timeline);
    let again = store::spliced(&store::read(dated).text, &timeline).unwrap();
    assert_eq!(again, FILE.replace("Event(title: \"Rumours spread\"),", &expected.replace(", date: \"2024-10\"", "")));
}

#[test]
fn a_list_puts_what_has_no_date_last_and_says_so() {
    let (_folder, path) = file();
    let name = path.to_str().unwrap();
    let table = stdout(&annalist(&["list", name]));
    let dates: Vec<&str> = table.lines().skip(1).filter_map(|line| line.split("  ").next()).collect();
    assert_eq!(dates.len(), 4, "{table}");
    assert_eq!(&dates[1..], ["6 Nov 2024", "Undated", "Undated"], "{table}");
    let rows: Vec<serde_json::Value> =
        serde_json::from_slice(&annalist(&["list", name, "--format", "json"]).stdout).unwrap();
    let deal = rows.iter().find(|row| row["id"] == "deal").unwrap();
    assert!(deal["date"].is_null(), "{deal}");
    assert_eq!(
        (&deal["date_in_words"], &deal["earliest"], &deal["latest"]),
        (&"Undated".into(), &"?".into(), &"?".into())
    );
    let csv = stdout(&annalist(&["list", name, "--format", "csv"]));
    assert!(csv.ends_with("rumours-spread,,Undated,?,?,Rumours spread,,Reported,3,,,,,,,,,,,\n"), "{csv}");
    let markdown = stdout(&annalist(&["list", name, "--format", "md"]));
    assert!(markdown.lines().last().is_some_and(|line| line.starts_with("| Undated | Rumours spread |")), "{markdown}");
}

#[test]
fn a_question_about_time_leaves_them_out_and_counts_them() {
    let (_folder, path) = file();
    let name = path.to_str().unwrap();
    let asked = annalist(&["list", name, "--before", "2030", "--possibly"]);
    assert!(!stdout(&asked).contains("Undated"), "{}", stdout(&asked));
    assert_eq!(stderr(&asked).lines().count(), 1, "{}", stderr(&asked));
    assert!(stderr(&asked).starts_with("note: 2 undated events are left out"), "{}", stderr(&asked));
    let narrower = annalist(&["list", name, "--before", "2030", "--query", "rumours"]);
    assert!(stderr(&narrower).starts_with("note: 1 undated event is left out"), "{}", stderr(&narrower));
    // What was known is asked of sources and not of the date.
    let known = stdout(&annalist(&["list", name, "--as-known-on", "2024-11-07"]));
    assert_eq!(known.matches("Undated").count(), 2, "{known}");
    let not_yet = stdout(&annalist(&["list", name, "--as-known-on", "2024-11-06"]));
    assert!(!not_yet.contains("secret") && not_yet.contains("Rumours spread"), "{not_yet}");
}

#[test]
fn the_word_undated_finds_them() {
    let timeline = timeline();
    let found = Query::words("undated").matching(&timeline).unwrap();
    assert_eq!(found.iter().collect::<Vec<_>>(), [0, 2]);
}

#[test]
fn add_leaves_the_date_out_only_when_told_to() {
    let (_folder, path) = file();
    let name = path.to_str().unwrap();
    let forgotten = annalist(&["add", name, "--title", "A letter"]);
    assert_eq!(forgotten.status.code(), Some(2));
    assert!(
        stderr(&forgotten).contains("--date") && stderr(&forgotten).contains("--undated"),
        "{}",
        stderr(&forgotten)
    );
    let both = annalist(&["add", name, "--title", "A letter", "--date", "2024", "--undated"]);
    assert_eq!(both.status.code(), Some(2));
    assert_eq!(fs::read_to_string(&path).unwrap(), FILE);
    let told = annalist(&["add", name, "--title", "A letter", "--undated"]);
    assert_eq!((told.status.code(), stdout(&told).as_str()), (Some(0), "a-letter\n"), "{}", stderr(&told));
    assert!(
        fs::read_to_string(&path)
            .unwrap()
            .contains("        Event(id: \"a-letter\", title: \"A letter\", recorded: \"")
    );
}

#[test]
fn a_note_offers_the_date_that_a_source_gives() {
    let mut timeline = timeline();
    let problems = check(&timeline);
    let undated: Vec<_> = problems.iter().filter(|problem| problem.code == "undated").collect();
    assert_eq!(undated.len(), 2, "{problems:?}");
    let offers = |at: usize| fixes(&timeline, undated[at]);
    assert_eq!(offers(1), []);
    let offered = offers(0);
    let labels: Vec<&str> = offered.iter().map(|fix| fix.label.as_str()).collect();
    assert_eq!(labels, ["Take Oct 2024, the date of “The gazette”"]);
    apply(&mut timeline, &offered[0].edit).unwrap();
    assert_eq!(timeline.event("deal").unwrap().date_as_written(), "2024-10");
    assert!(!check(&timeline).iter().any(|problem| problem.code == "undated" && problem.subject == undated[0].subject));
}

#[test]
fn what_has_no_date_is_against_no_time_but_its_sources_can_contradict_each_other() {
    let event = |citations: &str| {
        let text = format!(
            "Timeline(format: 1, title: \"t\", sources: [Source(id: \"a\", title: \"A\", published: \"1990\"), \
             Source(id: \"b\", title: \"B\", published: \"1990\")], events: [Event(id: \"e\", title: \"E\", \
             citations: [{citations}], links: [Link(to: \"f\", relation: Causes)]), Event(id: \"f\", title: \"F\", date: \"1980\")])"
        );
        let codes = store::read(text).diagnostics.iter().map(|problem| problem.code).collect::<Vec<_>>();
        codes.into_iter().filter(|code| !matches!(*code, "ungraded" | "unsourced" | "undated")).collect::<Vec<_>>()
    };
    assert_eq!(event(r#"Citation(source: "a", date: "2001-05"), Citation(source: "b")"#), [""; 0]);
    assert_eq!(
        event(r#"Citation(source: "a", date: "1971-05"), Citation(source: "b", date: "1971-07")"#),
        ["conflicting-dates"]
    );
    // Of something that lasted, one source may date a part.
    assert_eq!(
        event(r#"Citation(source: "a", date: "1971-05"), Citation(source: "b", date: "1971-07/1971-09")"#),
        [""; 0]
    );
    assert_eq!(
        event(r#"Citation(source: "a", date: "1971-05"), Citation(source: "b", date: "{1971-07,1972}")"#),
        [""; 0]
    );
}

#[test]
fn a_brief_has_them_under_a_heading_of_their_own() {
    let timeline = timeline();
    let options = BriefOptions::default();
    let brief = Brief::of(&timeline, &options);
    let headings: Vec<Option<&str>> = brief.chapters().iter().map(|chapter| chapter.heading.as_deref()).collect();
    assert_eq!(headings, [None, Some("Undated")]);
    let last: Vec<Entry> = brief.entries(2..4).collect();
    let date = |entry: &Entry| PlainText::line(|out| entry.date(out));
    assert_eq!(date(&last[0]), "Undated (“before the vote”)");
    assert_eq!((last[1].title, date(&last[1]).as_str()), ("Rumours spread", "Undated"));
    let facts = PlainText::facts(|out| brief.about(out));
    assert!(facts.iter().any(|fact| fact.contains("4 of 4 events, 2 of them undated")), "{facts:#?}");

    let windowed = BriefOptions { from: Some(annalist::time::Instant::from_micros(0)), ..BriefOptions::default() };
    let brief = Brief::of(&timeline, &windowed);
    assert_eq!(brief.chapters().len(), 1);
    let facts = PlainText::facts(|out| brief.about(out));
    assert!(facts.iter().any(|fact| fact.contains("2 of 4 events; 2 that have no date are left out")), "{facts:#?}");
}

#[test]
fn a_brief_says_undated_in_every_format() {
    let timeline = timeline();
    let options = BriefOptions::default();
    let brief = Brief::of(&timeline, &options);
    let (mut as_markdown, mut as_html) = (Vec::new(), Vec::new());
    markdown(&brief, &mut as_markdown).unwrap();
    html(&brief, None, &mut as_html).unwrap();
    let (as_markdown, as_html) = (String::from_utf8(as_markdown).unwrap(), String::from_utf8(as_html).unwrap());
    assert!(as_markdown.contains("### Undated\n"), "{as_markdown}");
    assert!(as_html.contains(">Undated</h3>"), "{as_html}");
}

/// The texts of a picture, in order.
fn texts_of(timeline: &Timeline, options: &PictureOptions) -> Vec<String> {
    let picture = render(timeline, options, &mut Shaper::new()).unwrap();
    let texts = picture.scene.items.iter().filter_map(|item| match item {
        Item::Text { run, .. } => Some(run.text.to_string()),
        _ => None,
    });
    texts.collect()
}

#[test]
fn the_header_of_a_picture_counts_what_it_cannot_draw() {
    let timeline = timeline();
    let counts = |options: &PictureOptions| {
        let texts = texts_of(&timeline, options);
        texts.into_iter().find(|text| text.contains(" event")).unwrap_or_default()
    };
    let all = counts(&PictureOptions::default());
    assert!(all.ends_with("2 events, and 2 undated"), "{all}");
    let asked = PictureOptions { query: Query::words("rumours"), ..PictureOptions::default() };
    assert!(counts(&asked).contains("0 of 4 events, and 1 undated"), "{}", counts(&asked));
    let known_on = KnownOn::new(&Date::parse("2025").unwrap(), timeline.zone());
    let known = counts(&PictureOptions { known_on, ..PictureOptions::default() });
    assert!(known.contains(", and 2 undated"), "{known}");
}

#[test]
fn a_picture_names_what_it_cannot_draw() {
    let timeline = timeline();
    let texts = texts_of(&timeline, &PictureOptions::default());
    assert_eq!(texts.last().map(String::as_str), Some("2 undated: The parties agree in secret; Rumours spread"));
    let asked = PictureOptions { query: Query::words("rumours"), ..PictureOptions::default() };
    assert_eq!(texts_of(&timeline, &asked).last().map(String::as_str), Some("1 undated: Rumours spread"));
    let none = PictureOptions { query: Query::words("upper"), ..PictureOptions::default() };
    assert!(!texts_of(&timeline, &none).iter().any(|text| text.contains("undated")));
}

proptest! {
    #[test]
    fn any_mixture_is_kept_and_ordered(dates in prop::collection::vec(prop::option::of(0_i32..2_000), 0..20)) {
        let events = dates.iter().enumerate().map(|(at, year)| Event {
            date: year.map(|year| Date::parse(&format!("{year:04}")).unwrap()),
            ..Event::undated(format!("e{at}"), "Same title")
        });
        let header = annalist::model::Header::new("t");
        let timeline = Timeline::from_records(header, vec![], vec![], events.collect(), vec![], vec![]);
        // Lossless.
        let text = store::to_ron(&timeline);
        prop_assert_eq!(&store::read(text).timeline, &timeline);
        // Dated by year, then the others, each as in the file.
        let mut expected: Vec<usize> = (0..dates.len()).collect();
        expected.sort_by_key(|at| (dates[*at].is_none(), dates[*at]));
        let index = annalist::index::Index::build(&timeline, Zone::UTC);
        prop_assert_eq!(index.order().collect::<Vec<_>>(), expected);
        let undated: Vec<usize> = (0..dates.len()).filter(|at| dates[*at].is_none()).collect();
        prop_assert_eq!(index.undated().collect::<Vec<_>>(), undated);
    }
}

#[test]
fn a_picture_counts_what_it_leaves_out_only_of_what_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ron");
    let events = r#"Event(id: "a", title: "A bridge opens", date: "2024"), Event(id: "b", title: "Rocks form", date: "Y-17E7"),
        Event(id: "c", title: "A bridge is dreamt of"), Event(id: "d", title: "A bridge of rock", date: "Y-17E7"),
        Event(id: "e", title: "Rumours")"#;
    fs::write(&path, format!("Timeline(format: 1, title: \"T\", events: [{events}])")).unwrap();
    let out = folder.path().join("a.svg");
    let drawn = |query: &[&str]| {
        let files = ["export", path.to_str().unwrap(), "-o", out.to_str().unwrap()];
        let output = annalist(&[&files[..], query].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        fs::read_to_string(&out).unwrap()
    };
    let bridges = drawn(&["-q", "bridge"]);
    assert!(
        bridges.contains("1 event beyond the axis not drawn") && bridges.contains("1 undated: A bridge is dreamt of")
    );
    let all = drawn(&[]);
    assert!(all.contains("2 events beyond the axis not drawn") && all.contains("2 undated: "));
    assert!(!drawn(&["-q", "opens"]).contains("beyond the axis"));
}
