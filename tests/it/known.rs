//! What was known on a date by publication and by our own record, row by row, on the command line, in briefs and in pictures.

use annalist::model::{Citation, Event, Header, Known, KnownBy, KnownOn, Source, Timeline};
use annalist::query::{Query, Question};
use annalist::time::{Date, Zone};

use crate::program;

const REPLAYS: &str = include_str!("../data/known/replays.tsv");

fn date(text: &str) -> Option<Date> {
    (text != "-").then(|| Date::parse(text).unwrap())
}

fn known(text: &str) -> Known {
    match text {
        "yes" => Known::Yes,
        "perhaps" => Known::Perhaps,
        "not yet" => Known::NotYet,
        other => panic!("{other}"),
    }
}

#[test]
fn what_anyone_could_know_and_what_we_knew_are_two_replays() {
    let rows = REPLAYS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut count = 0;
    for row in rows {
        let [on, published, information, recorded, anyone, we, source_for_us] = row.split('\t').collect::<Vec<_>>()[..]
        else {
            panic!("{row}")
        };
        let source =
            Source { published: date(published), information: date(information), ..Source::new("s", "Gazette") };
        let mut event = Event::undated("e", "Told");
        event.citations = [Citation::new("s")].into_iter().collect();
        event.rare.recorded = date(recorded);
        let timeline = Timeline::from_records(Header::new("t"), vec![], vec![source], vec![event], vec![], vec![]);
        let (event, source) = (timeline.events().get(0).unwrap(), timeline.source("s").unwrap());
        for (by, expected) in [(KnownBy::Published, anyone), (KnownBy::Recorded, we)] {
            let asked = KnownOn::of(&date(on).unwrap(), by, Zone::UTC).unwrap();
            assert_eq!(asked.event(&timeline, event), known(expected), "{by:?}: {row}");
            // A search is of the same mind, and words of a source that was not out find nothing.
            let found = |words: &str| {
                let query = Query::words(words);
                Question { query: &query, known_on: Some(&asked) }.find(&timeline).unwrap().certain().contains(0)
            };
            assert_eq!(found(""), known(expected) != Known::NotYet, "{by:?}: {row}");
            let is_out = asked.source(source) != Known::NotYet;
            assert_eq!(found("told gazette"), known(expected) != Known::NotYet && is_out, "{by:?}: {row}");
        }
        let ours = KnownOn::of(&date(on).unwrap(), KnownBy::Recorded, Zone::UTC).unwrap();
        assert_eq!(ours.source(source), known(source_for_us), "{row}");
        count += 1;
    }
    assert!(count > 12, "{count} rows");
}

/// An event that we entered at once, one that was out and that we entered later, and one of which nobody says when.
const OURS: &str = r#"Timeline(format: 1, title: "T",
    sources: [
        Source(id: "tass", title: "TASS", published: "2024-06-19"),
        Source(id: "nis", title: "NIS", published: "2024-10-18"),
    ],
    events: [
        Event(id: "signing", title: "Signing", date: "2024-06-19", recorded: "2024-06-20",
              citations: [Citation(source: "tass"), Citation(source: "nis")]),
        Event(id: "visit", title: "Visit", date: "2024-06-18", recorded: "2024-11-02", citations: [Citation(source: "tass")]),
        Event(id: "rumour", title: "Rumour", date: "2024-06-01", citations: [Citation(source: "tass")]),
    ],
    views: [View(id: "summer", title: "Summer", window: "2024-06/2024-12", known_on: "2024-09-01", known_by: Recorded)],
)"#;

fn file() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.ron");
    std::fs::write(&path, OURS).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

fn annalist(arguments: &[&str]) -> (i32, String, String) {
    let output = program::annalist().args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn list_as_we_knew_on_hides_what_was_entered_later_and_marks_what_does_not_say() {
    let (_folder, path) = file();
    let rows = |option: &str| {
        let (code, rows, error) = annalist(&["list", &path, option, "2024-09-01", "--format", "json"]);
        assert_eq!(code, 0, "{error}");
        let rows: serde_json::Value = serde_json::from_str(&rows).unwrap();
        let row = |row: &serde_json::Value| {
            let text = |name: &str| row[name].as_str().unwrap().to_owned();
            (text("id"), text("known"), row["sources"].as_array().unwrap().len())
        };
        rows.as_array().unwrap().iter().map(row).collect::<Vec<_>>()
    };
    let row = |id: &str, known: &str, sources| (id.to_owned(), known.to_owned(), sources);
    // Of the two sources of the signing one was not out by then, whenever it was entered.
    assert_eq!(rows("--as-we-knew-on"), [row("rumour", "perhaps", 1), row("signing", "yes", 1)]);
    assert_eq!(rows("--as-known-on"), [row("rumour", "yes", 1), row("visit", "yes", 1), row("signing", "yes", 1)]);
    let (code, _, error) = annalist(&["list", &path, "--as-we-knew-on", "2024/.."]);
    assert!(code == 2 && error.contains("--as-we-knew-on \"2024/..\" has no end"), "{error}");
    let (code, ..) = annalist(&["list", &path, "--as-we-knew-on", "2024", "--as-known-on", "2024"]);
    assert_eq!(code, 2, "one of both");
}

#[test]
fn pictures_and_briefs_as_we_knew_say_so_and_a_view_does_it_again() {
    let (folder, path) = file();
    let made = |name: &str, arguments: &[&str]| {
        let out = folder.path().join(name);
        let (code, _, error) = annalist(&[&["export", &path, "-o", out.to_str().unwrap()], arguments].concat());
        assert_eq!(code, 0, "{error}");
        std::fs::read_to_string(out).unwrap()
    };
    let asked = ["--from", "2024-06", "--to", "2024-12", "--as-we-knew-on", "2024-09-01"];
    let svg = made("out.svg", &asked);
    assert!(svg.contains("As we knew it on 1 Sep 2024 (by our own record): 2 of 3 events"), "{svg}");
    assert!(svg.contains("Perhaps known by then") && !svg.contains("Visit") && !svg.contains("As known"));
    assert_eq!(made("view.svg", &["--view", "summer"]), svg);

    let brief = made("out.md", &["--view", "summer"]);
    assert!(brief.contains("- **As we knew it on:** 1 Sep 2024, by our own record: "), "{brief}");
    assert!(brief.contains("- **Shown:** 2 of 3 events, 1 of them perhaps known"), "{brief}");
    assert!(brief.contains("1 event does not say when it was recorded; it is shown"), "{brief}");
    assert!(
        brief.contains("cannot be told: it does not say when it was recorded") && !brief.contains("Visit"),
        "{brief}"
    );
    assert!(!brief.contains("NIS"), "it came out later, so we cannot have had it: {brief}");
}
