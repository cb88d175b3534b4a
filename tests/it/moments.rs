//! Moments in the hours that clocks showed twice, dates with gaps, and events of one day: in lists, questions, checks, briefs
//! and pictures.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use annalist::index::Index;
use annalist::model::{KnownOn, Timeline};
use annalist::query::TimeTest;
use annalist::store;
use annalist::time::{Answer, Date, Zone};
use tempfile::TempDir;

const TWICE: &str = include_str!("../data/moments/twice.tsv");
const MASKS: &str = include_str!("../data/moments/masks.tsv");

fn rows(table: &str) -> impl Iterator<Item = [&str; 3]> {
    let lines = table.lines().skip_while(|line| line.starts_with('#')).skip(1);
    lines.map(|line| line.split('\t').collect::<Vec<_>>().try_into().unwrap())
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// A timeline with the codes of what is wrong with it.
fn read(fields: &str) -> (Timeline, Vec<&'static str>) {
    let read = store::read(format!("Timeline(format: 1, title: \"t\", {fields})"));
    assert!(read.text.is_writable(), "{fields}: {:#?}", read.diagnostics);
    (read.timeline, read.diagnostics.iter().map(|problem| problem.code).collect())
}

/// Runs the program with a file of this text in a folder of its own; gives what it prints and the folder.
fn annalist(text: &str, options: &dyn Fn(&Path) -> Vec<String>) -> (String, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("timeline.ron");
    fs::write(&path, text).unwrap();
    let output =
        crate::program::annalist().args(options(folder.path())).arg(&path).stdin(Stdio::null()).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), folder)
}

/// A brief of it, in Markdown.
fn brief(text: &str) -> String {
    let to = |folder: &Path| folder.join("brief.md");
    let (_, folder) = annalist(text, &|folder| vec!["export".into(), "-o".into(), to(folder).display().to_string()]);
    fs::read_to_string(to(folder.path())).unwrap()
}

/// The ids of the events that the program lists, in order.
fn listed(text: &str, options: &[&str]) -> Vec<String> {
    let options = [&["list", "--format", "json"], options].concat();
    let (output, _) = annalist(text, &|_| options.iter().map(|option| (*option).to_owned()).collect());
    let rows: Vec<serde_json::Value> = serde_json::from_str(&output).unwrap();
    rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_time_that_clocks_showed_twice_has_its_line_in_the_legend() {
    let folder = tempfile::tempdir().unwrap();
    let picture = |date: &str| {
        let text = format!("Timeline(format: 1, title: \"t\", events: [Event(title: \"E\", date: \"{date}\")])");
        let to = folder.path().join("t.svg");
        let _ = annalist(&text, &|_| vec!["export".into(), "-o".into(), to.display().to_string()]);
        fs::read_to_string(&to).unwrap()
    };
    let (twice, once) = (picture("2024-10-27T01:10[Europe/London]"), picture("2024-10-27T00:10[Europe/London]"));
    assert!(twice.contains("Clocks showed it twice") && !twice.contains("Known time"));
    assert!(once.contains("Known time") && !once.contains("Clocks showed it twice"));
}

#[test]
fn moments_are_compared_as_moments() {
    for [zone_name, earlier, later] in rows(TWICE) {
        let zone = Zone::parse(zone_name).unwrap();
        let named = format!("{zone_name}: {earlier} {later}");
        let fields = |earlier_link: &str, later_link: &str| {
            format!(
                r#"zone: "{zone_name}", sources: [Source(id: "s", title: "S", published: "{later}")], events: [
                Event(id: "later", title: "A", date: "{later}", links: [{later_link}]),
                Event(id: "earlier", title: "B", date: "{earlier}", links: [{earlier_link}], citations: [Citation(source: "s")]),
                Event(id: "all", title: "C", date: "{earlier}/{later}"),
                ]"#
            )
        };
        let link = |to: &str| format!(r#"Link(to: "{to}", relation: Causes)"#);
        // Only the link from later to earlier is against time.
        for (text, is_against) in [(fields(&link("later"), ""), false), (fields("", &link("earlier")), true)] {
            let (timeline, codes) = read(&text);
            assert_eq!(codes.contains(&"link-against-time"), is_against, "{named}");
            assert!(!codes.contains(&"published-before-event"), "{named}");
            let index = Index::build(&timeline, zone);
            let order: Vec<&str> = index.order().map(|at| timeline.events().get(at).unwrap().id.as_str()).collect();
            assert_eq!(order, ["earlier", "all", "later"], "{named}");
            let entry = |at| index.entry(&timeline, at).unwrap();
            assert!(entry(1).end <= entry(0).start, "{named}");
            assert_eq!((entry(2).start, entry(2).end), (entry(1).start, entry(0).end), "{named}");
        }
        let (before, after) = (|text: &str| TimeTest::Before(date(text)), |text: &str| TimeTest::After(date(text)));
        let within = TimeTest::Between(date(earlier), date(later));
        for (test, own, answer) in [
            (before(later), earlier, Answer::Yes),
            (before(earlier), later, Answer::No),
            (after(earlier), later, Answer::Yes),
            (after(later), earlier, Answer::No),
            (within.clone(), earlier, Answer::Yes),
            (within, later, Answer::Yes),
        ] {
            assert_eq!(test.answer(&date(own), zone), answer, "{named}: {own} {test:?}");
        }
        let (timeline, _) = read(&fields("", ""));
        let known =
            |on: &str| KnownOn::new(&date(on), zone).unwrap().event(&timeline, timeline.event("earlier").unwrap());
        assert!(known(earlier) > known(later), "{named}");
    }
}

#[test]
fn lists_and_briefs_of_an_hour_that_came_twice_run_forwards() {
    let text = r#"Timeline(format: 1, title: "t", zone: "Asia/Pyongyang", events: [
        Event(id: "d", title: "Fourth", date: "2015-08-14T15:20:00Z"),
        Event(id: "b", title: "Second", date: "2015-08-14T14:50:00Z"),
        Event(id: "e", title: "Fifth", date: "2015-08-15"),
        Event(id: "c", title: "Third", date: "2015-08-14T15:05:00Z"),
        Event(id: "a", title: "First", date: "2015-08-14T14:35:00Z"),
    ])"#;
    assert_eq!(listed(text, &[]), ["a", "b", "c", "d", "e"]);
    assert_eq!(listed(text, &["--before", "2015-08-14T15:00:00Z"]), ["a", "b"]);
    assert_eq!(listed(text, &["--after", "2015-08-14T15:00:00Z"]), ["c", "d", "e"]);
    let brief = brief(text);
    let places: Vec<_> = ["First", "Second", "Third", "Fourth", "Fifth"].map(|title| brief.find(title)).into();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} {brief}");
}

#[test]
fn masks_and_lists_are_not_all_that_lies_between() {
    const DATES: [&str; 3] = ["date-finer-than-source", "date-outside-sources", "conflicting-dates"];
    for [own, cited, expected] in rows(MASKS) {
        let citations: Vec<String> = cited
            .split(' ')
            .enumerate()
            .map(|(at, date)| format!(r#"Citation(source: "s{at}", date: "{date}")"#))
            .collect();
        let (_, codes) = read(&format!(
            r#"sources: [Source(id: "s0", title: "S"), Source(id: "s1", title: "T")],
            events: [Event(id: "e", title: "E", date: "{own}", citations: [{}])]"#,
            citations.join(", ")
        ));
        let found: Vec<&str> = codes.into_iter().filter(|code| DATES.contains(code)).collect();
        let expected: Vec<&str> = [expected].into_iter().filter(|code| *code != "-").collect();
        assert_eq!(found, expected, "{own} beside {cited}");
    }
}

#[test]
fn a_mask_is_not_possibly_where_it_cannot_be() {
    let october = TimeTest::Between(date("2031-10-01"), date("2031-10-31"));
    for (own, answer) in [
        ("XXXX-12-25", Answer::No),
        ("XXXX-10-25", Answer::Possibly),
        ("2031-X1", Answer::No),
        ("2031-X0", Answer::Yes),
        ("20X2", Answer::No),
        ("[2031-09-30,2031-11-01]", Answer::No),
        ("[2031-10-01,2031-10-31]", Answer::Yes),
        ("2031-10-X5", Answer::Yes),
    ] {
        assert_eq!(october.answer(&date(own), Zone::UTC), answer, "{own}");
    }
}

#[test]
fn events_of_one_day_stand_as_in_the_file() {
    let titles = ["Stage 2", "Stage 10", "Stage 1", "zebra", "Ape", "Stage 1"];
    let events: Vec<String> = titles
        .iter()
        .enumerate()
        .map(|(at, title)| format!(r#"Event(id: "e{at}", title: "{title}", date: "2031-03-02")"#))
        .collect();
    let fields = format!("events: [{}]", events.join(", "));
    let expected = ["e0", "e1", "e2", "e3", "e4", "e5"];
    let text = format!("Timeline(format: 1, title: \"t\", {fields})");
    assert_eq!(listed(&text, &[]), expected);
    let (timeline, _) = read(&fields);
    let index = Index::build(&timeline, Zone::UTC);
    assert_eq!(index.order().collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
    assert!((0..6).all(|at| index.rank(&timeline, at) == Some(at)));
    // From top to bottom.
    let rows: Vec<u32> = (0..6).map(|at| index.spot(at).unwrap().row).collect();
    assert!(rows.is_sorted(), "{rows:?}");
    let brief = brief(&text);
    let places: Vec<_> = ["Stage 2", "Stage 10", "zebra", "Ape"].map(|title| brief.find(title)).into();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{brief}");
}
