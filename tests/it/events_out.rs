//! Events for other programs: what is written says what the timeline says, and comes back.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use annalist::compare::{differences, words};
use annalist::interchange::events::own;
use annalist::interchange::events::write::{self, Choice, FORMATS, Format};
use annalist::model::{KnownOn, Timeline};
use annalist::query::{Asking, Query};
use annalist::store;
use annalist::time::{Date, Instant};

/// Every timeline in the tree that reads without an error.
pub fn timelines() -> Vec<(String, Timeline)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = ["timelines", "tests/data"]
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "ron"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let loaded = store::load(&path).ok().filter(|loaded| loaded.read.text.is_writable())?;
        Some((path.file_name()?.to_string_lossy().into_owned(), loaded.read.timeline))
    };
    let all: Vec<_> = paths.into_iter().filter_map(read).collect();
    assert!(all.len() > 4, "{}", all.len());
    all
}

pub fn everything() -> Choice {
    Choice { include_collectors: true, ..Choice::default() }
}

/// What is written, with what is said of it.
pub fn written(id: &str, timeline: &Timeline, choice: &Choice) -> (Vec<u8>, Vec<String>) {
    let mut bytes = Vec::new();
    let remarks = write::write(Format::named(id).unwrap(), timeline, choice, &mut bytes).unwrap();
    (bytes, remarks)
}

pub fn text(id: &str, timeline: &Timeline, choice: &Choice) -> String {
    String::from_utf8(written(id, timeline, choice).0).unwrap()
}

fn asking(timeline: &Timeline, question: &str) -> Choice {
    let now = Instant::from_micros(0);
    Choice { query: Query::read(question, Asking::new(timeline, now)).unwrap(), ..Choice::default() }
}

fn treaty() -> Timeline {
    timelines().into_iter().find(|(name, _)| name == "russia-dprk-treaty.ron").unwrap().1
}

fn assert_same(name: &str, wanted: &Timeline, read: &Timeline) {
    let all = differences(wanted, read);
    assert!(all.is_empty(), "{name}: {}", words(&all));
}

#[test]
fn every_complete_format_is_the_same_timeline() {
    for (name, timeline) in timelines() {
        for id in ["csv", "tsv", "xlsx", "json", "json-lines"] {
            let (bytes, remarks) = written(id, &timeline, &everything());
            assert_eq!(remarks, [""; 0], "{name} as {id}");
            let own = own::read(&bytes, &|_| true).unwrap();
            assert!(own.problems.is_empty(), "{name} as {id}: {:?}", own.problems);
            let read = own.timeline("none");
            assert_same(&format!("{name} as {id}"), &timeline, &read);
            // Records other than events keep their order as well.
            assert_eq!(read.header(), timeline.header(), "{name} as {id}");
            assert_eq!(read.lanes(), timeline.lanes(), "{name} as {id}");
            assert_eq!(read.eras(), timeline.eras(), "{name} as {id}");
            assert_eq!(read.views(), timeline.views(), "{name} as {id}");
            assert!(read.sources().iter().eq(timeline.sources().iter()), "{name} as {id}");
            for event in timeline.events() {
                assert_eq!(read.event(&event.id), Some(event), "{name} as {id}");
            }
            assert_eq!(read.events().len(), timeline.events().len());
        }
    }
}

#[test]
fn a_table_of_a_choice_has_events_alone_and_every_row_is_as_long_as_the_first() {
    let timeline = treaty();
    for (choice, is_whole) in [(Choice::default(), true), (asking(&timeline, "lane:troops"), false)] {
        let table = text("csv", &timeline, &choice);
        // Rows of another length are an error to this reader.
        let rows: Vec<csv::StringRecord> =
            csv::ReaderBuilder::new().from_reader(table.as_bytes()).records().map(Result::unwrap).collect();
        let headings = csv::ReaderBuilder::new().from_reader(table.as_bytes()).headers().unwrap().clone();
        assert_eq!(headings.get(0) == Some("record"), is_whole, "{headings:?}");
        let kinds: Vec<&str> = rows.iter().filter_map(|row| row.get(0)).filter(|_| is_whole).collect();
        let count = |kind: &str| kinds.iter().filter(|known| **known == kind).count();
        if is_whole {
            assert_eq!(count("event"), timeline.events().len());
            assert_eq!(count("source"), timeline.sources().len());
            assert_eq!(count("lane"), timeline.lanes().len());
            assert_eq!(count("timeline"), 1);
            assert!(kinds.iter().skip_while(|kind| **kind == "event").all(|kind| *kind != "event"));
        }
        let lines = text("json-lines", &timeline, &choice);
        assert_eq!(lines.lines().any(|line| line.starts_with("{\"record\":\"source\",")), is_whole);
    }
}

#[test]
fn the_same_timeline_gives_the_same_bytes() {
    let timeline = treaty();
    for format in &FORMATS {
        assert_eq!(written(format.id, &timeline, &everything()), written(format.id, &timeline, &everything()));
    }
}

#[test]
fn events_come_in_order_of_time_and_undated_ones_last() {
    for (name, timeline) in timelines() {
        let own = own::lines(&text("json-lines", &timeline, &Choice::default()), &|_| true);
        let keys: Vec<_> = own.events.iter().map(|event| event.sort_key(timeline.zone())).collect();
        assert!(keys.is_sorted(), "{name}");
    }
}

#[test]
fn a_question_takes_the_sources_it_needs_and_says_what_stays() {
    let timeline = treaty();
    let choice = asking(&timeline, "lane:troops");
    let (bytes, remarks) = written("json", &timeline, &choice);
    let own = own::document(std::str::from_utf8(&bytes).unwrap(), &|_| true);
    assert!(own.events.len() > 1 && own.events.len() < timeline.events().len());
    assert!(own.events.iter().all(|event| event.lane.as_deref() == Some("troops")));
    let cited = |id: &str| own.events.iter().any(|event| event.citations.iter().any(|it| it.source == *id));
    let derived = |id: &str| own.sources.iter().any(|source| source.origin.as_deref() == Some(id));
    assert!(!own.sources.is_empty() && own.sources.len() < timeline.sources().len());
    assert!(own.sources.iter().all(|source| cited(&source.id) || derived(&source.id)));
    let has = |id: &str| own.events.iter().any(|event| event.id == *id);
    assert!(own.events.iter().flat_map(|event| &event.links).all(|link| has(&link.to)));
    assert!(own.views.is_empty() && remarks[0].contains("saved view"), "{remarks:?}");
    assert!(
        remarks[0].contains("to an event that is not among them") || remarks[0].contains("links to events"),
        "{remarks:?}"
    );
}

#[test]
fn what_nobody_knew_yet_stays_and_the_rest_says_how_sure_it_is() {
    let timeline = treaty();
    let known_on = KnownOn::new(&Date::parse("2024-10-24").unwrap(), timeline.zone());
    let choice = Choice { known_on, ..Choice::default() };
    let csv = text("csv", &timeline, &choice);
    let heading = csv.lines().next().unwrap();
    assert!(heading.split(',').any(|name| name == "known"), "{heading}");
    let own = own::delimited(&csv, b',');
    assert!(!own.events.is_empty() && own.events.len() < timeline.events().len());
    let out = |id: &str| choice.known_on.as_ref().unwrap().source(timeline.source(id).unwrap());
    let citations = own.events.iter().flat_map(|event| &event.citations);
    assert!(
        citations.clone().count() > 0 && citations.clone().all(|it| out(&it.source) != annalist::model::Known::NotYet)
    );
    let json = text("json", &timeline, &choice);
    assert!(json.contains("\"known\":\"yes\""), "{json}");
}

#[test]
fn a_part_of_time_leaves_undated_events_out_and_says_so() {
    let (_, timeline) = timelines().into_iter().find(|(_, it)| it.events().iter().any(|e| e.date.is_none())).unwrap();
    let undated = timeline.events().iter().filter(|event| event.date.is_none()).count();
    let from = Some(Instant::from_micros(i64::MIN / 2));
    let (_, remarks) = written("csv", &timeline, &Choice { from, ..Choice::default() });
    assert!(remarks[0].starts_with(&format!("{undated} undated event")), "{remarks:?}");
}

#[test]
fn collectors_leave_only_where_that_is_asked() {
    let with = timelines().into_iter().find(|(_, timeline)| {
        timeline.sources().iter().any(|source| source.captures.iter().any(|capture| capture.by.is_some()))
    });
    let (_, timeline) = with.unwrap();
    for format in &FORMATS {
        let names = |choice: &Choice| -> usize {
            let bytes = written(format.id, &timeline, choice).0;
            let text = match own::workbook(&bytes, &|_| true) {
                Some(own) => format!("{:?}", own.sources),
                None => String::from_utf8_lossy(&bytes).into_owned(),
            };
            let captures = timeline.sources().iter().flat_map(|source| &source.captures);
            captures.filter_map(|capture| capture.by.as_deref()).filter(|by| text.contains(*by)).count()
        };
        assert_eq!(names(&Choice::default()), 0, "{format:?}");
        if format.has_collectors {
            assert!(names(&everything()) > 0);
        }
    }
}

fn annalist(arguments: &[&str]) -> Output {
    crate::program::annalist().args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn the_program_writes_each_format_by_ending_and_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = format!("{}/timelines/russia-dprk-treaty.ron", env!("CARGO_MANIFEST_DIR"));
    for format in &FORMATS {
        let out = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let (by_ending, by_name) = (out(&format!("a.{}", format.extension)), out("a.data"));
        for arguments in [vec!["-o", &by_ending], vec!["-o", &by_name, "--format", format.id]] {
            let output = annalist(&[&["export", &file], arguments.as_slice()].concat());
            assert_eq!(output.status.code(), Some(0), "{format:?}: {}", said(&output));
        }
        let (ending, name) = (fs::read(by_ending).unwrap(), fs::read(by_name).unwrap());
        assert!(!ending.is_empty() && ending == name, "{format:?}");
    }
    let csv = folder.path().join("q.csv");
    let csv = csv.to_str().unwrap();
    let output =
        annalist(&["export", &file, "-o", csv, "--query", "lane:ratification", "--from", "2024-10", "--to", "2024-10"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("note: left out, as CSV has no place for it: "), "{}", said(&output));
    let own = own::delimited(&fs::read_to_string(csv).unwrap(), b',');
    assert!(!own.events.is_empty() && own.events.len() < 20);
    for (option, value) in [("--width", "900"), ("--title", "T"), ("--theme", "dark")] {
        let output = annalist(&["export", &file, "-o", csv, option, value]);
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains(&format!("{option} cannot be used here: CSV")), "{}", said(&output));
    }
    let calendar = folder.path().join("q.ics");
    let calendar = calendar.to_str().unwrap();
    assert_eq!(annalist(&["export", &file, "-o", calendar, "--include-collectors"]).status.code(), Some(2));
}

#[test]
fn what_was_exported_comes_back_through_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let out = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let file = format!("{}/timelines/russia-dprk-treaty.ron", env!("CARGO_MANIFEST_DIR"));
    let original = treaty();
    let copy = out("copy.ron");
    fs::copy(&file, &copy).unwrap();
    for ending in ["json", "xlsx", "csv", "tsv", "jsonl"] {
        let (exported, new) = (out(&format!("t.{ending}")), out(&format!("{ending}.ron")));
        assert_eq!(annalist(&["export", &file, "-o", &exported]).status.code(), Some(0));
        let output = annalist(&["import-events", &exported, "-o", &new]);
        assert_eq!(output.status.code(), Some(0), "{ending}: {}", said(&output));
        let read = store::load(Path::new(&new)).unwrap().read.timeline;
        assert_eq!(read.events().len(), original.events().len());
        assert_same(ending, &original, &read);
        // Into the timeline that it came from it brings nothing.
        let output = annalist(&["import-events", &exported, "-o", &copy]);
        assert_eq!(output.status.code(), Some(0), "{ending}: {}", said(&output));
        assert!(said(&output).contains("(not changed): 0 events added, 29 there already"), "{}", said(&output));
        assert_eq!(fs::read(&copy).unwrap(), fs::read(&file).unwrap(), "{ending}");
    }
    // A cell that somebody changed is one change.
    let exported = out("t.csv");
    let text = fs::read_to_string(&exported).unwrap();
    fs::write(&exported, text.replacen("USSR–DPRK mutual assistance treaty signed", "The first treaty", 1)).unwrap();
    let output = annalist(&["import-events", &exported, "-o", &copy]);
    assert!(said(&output).contains("0 events added, 1 brought up to date, 28 there already"), "{}", said(&output));
    let read = store::load(Path::new(&copy)).unwrap().read.timeline;
    assert_eq!(differences(&original, &read).len(), 1, "{}", words(&differences(&original, &read)));
}
