//! Sources from other programs' files and back, through the program.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};

use annalist::interchange;
use annalist::interchange::sources::Format;
use annalist::model::Source;
use annalist::store;

fn annalist(arguments: &[&str]) -> Output {
    crate::program::annalist().args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn data(name: &str) -> String {
    format!("{}/tests/it/data/interchange/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn sources(path: &Path) -> Vec<Source> {
    let loaded = store::load(path).unwrap();
    assert_eq!(loaded.read.diagnostics.iter().filter(|problem| problem.code == "unknown-field").count(), 0);
    loaded.read.timeline.sources().iter().cloned().collect()
}

fn source(path: &Path, id: &str) -> Source {
    sources(path).into_iter().find(|source| *source.id == *id).unwrap()
}

const TIMELINE: &str = r#"// By hand.
Timeline(
    format: 1,
    title: "Two votes",
    sources: [
        // The first one.
        Source(id: "vote", title: "The vote",   url: "https://example.org/news/vote"),
        Source(id: "agency", title: "Agency report", kind: Statement, reliability: B, published: "[2024-10-21..2024-10-31]"),
        Source(id: "copy", title: "Copy", origin: "agency", descriptor: "Takes over 100% {as is}"),
    ],
    events: [
        Event(id: "e", title: "A vote", date: "2024-10", citations: [Citation(source: "copy")]), // vague
    ],
)
"#;

#[test]
fn a_new_timeline_from_three_bibliographies() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sources.ron");
    let (bib, csl, ris) = (data("press.bib"), data("library.csl.json"), data("database.ris"));
    let output = annalist(&["import", &bib, &csl, &ris, "-o", path.to_str().unwrap(), "--title", "Treaty"]);
    assert_eq!(output.status.code(), Some(1), "an entry is broken: {}", said(&output));
    assert_eq!(printed(&output), "vote\nweeks\nresolution\nlaw\nvote-again\nevening-news-2024-11-06\n");
    for line in [
        format!("{bib}:24: error[unclosed-entry]"),
        format!("{bib}:28: warning[unread-date]: entry \"resolution\": the date \"2024-13-01\" (date)"),
        format!("{bib}:4: info[left-out]: entry \"vote\": left out: keywords"),
        format!(
            "{csl}: warning[duplicate-source]: entry \"vote-again\": source \"vote\" has the address of the same page"
        ),
        format!("{ris}:1: info[kept-in-note]"),
        "6 sources added, 1 error, 3 warnings".to_owned(),
    ] {
        assert!(said(&output).contains(&line), "{line} is missing in\n{}", said(&output));
    }
    assert_eq!(store::load(&path).unwrap().read.timeline.header().title, "Treaty");
    let vote = source(&path, "vote");
    assert_eq!(vote.publisher.as_deref(), Some("Example Times"));
    assert_eq!(vote.language.as_deref(), Some("en-GB"));
    assert_eq!(vote.published.unwrap().as_str(), "2024-10-24");
    let weeks = source(&path, "weeks");
    assert_eq!(weeks.author.as_deref(), Some("Hans Müller; John Doe"));
    assert_eq!(weeks.published.unwrap().as_str(), "2024-10", "a month stays a month");
    assert_eq!(weeks.note.as_deref(), Some("Pages: 4–9"));
    assert_eq!(source(&path, "law").published.unwrap().as_str(), "[2024-10-21..2024-10-31]");
    assert_eq!(source(&path, "resolution").published, None);
    assert_eq!(annalist(&["check", path.to_str().unwrap()]).status.code(), Some(0));
}

#[test]
fn an_import_changes_nothing_else_in_the_file_and_keeps_a_version() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.ron");
    let name = path.to_str().unwrap();
    fs::write(&path, TIMELINE).unwrap();
    let csl = data("library.csl.json");
    let output = annalist(&["import", &csl, "-o", name]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(printed(&output), "law\nvote-again\n");
    let after = fs::read_to_string(&path).unwrap();
    let mut rest = after.lines();
    for line in TIMELINE.lines() {
        assert!(rest.any(|after| after == line), "{line} is gone from\n{after}");
    }
    assert_eq!(printed(&annalist(&["versions", name, "--restore", "1"])), TIMELINE);
    assert_eq!(source(&path, "vote").publisher, None, "without --update nothing is filled");

    let output = annalist(&["import", &csl, "-o", name]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("(not changed)"), "{}", said(&output));
    assert_eq!(fs::read_to_string(&path).unwrap(), after);

    fs::write(&path, TIMELINE).unwrap();
    let output = annalist(&["import", "--update", &csl, "-o", name]);
    assert_eq!(printed(&output), "law\n", "what fills a source is not added");
    assert!(said(&output).contains("filled \"vote\": Publisher, Kind, Number, Published"), "{}", said(&output));
    assert_eq!(source(&path, "vote").publisher.as_deref(), Some("Example Times"));
    assert_eq!(&*source(&path, "vote").title, "The vote");
}

#[test]
fn what_is_exported_comes_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.ron");
    fs::write(&path, TIMELINE).unwrap();
    for name in ["refs.bib", "refs.csl.json"] {
        let exported = folder.path().join(name);
        let output = annalist(&["export", path.to_str().unwrap(), "-o", exported.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let again = folder.path().join(format!("{name}.ron"));
        let output = annalist(&["import", exported.to_str().unwrap(), "-o", again.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert_eq!(sources(&again), sources(&path), "{name}");

        let output = annalist(&["export", path.to_str().unwrap(), "-o", exported.to_str().unwrap(), "--cited"]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let cited = interchange::sources::import(&fs::read(&exported).unwrap(), Format::of_name(&exported).unwrap());
        let ids: Vec<&str> = cited.sources.iter().map(|source| &*source.id).collect();
        assert_eq!(ids, ["agency", "copy"], "what is cited, and what it derives from");
    }
}

#[test]
fn standard_input_is_read_and_formats_are_told_by_their_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.ron");
    let mut child = crate::program::annalist()
        .args(["import", "-", "-o", path.to_str().unwrap()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"TY  - GEN\nTI  - One\nER  - \n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(printed(&output), "one\n");
    assert_eq!(store::load(&path).unwrap().read.timeline.header().title, "t");
}

#[test]
fn what_cannot_be_meant_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (timeline, words, broken) = (at("t.ron"), at("words.txt"), at("broken.ron"));
    fs::write(&timeline, TIMELINE).unwrap();
    fs::write(&words, "no bibliography").unwrap();
    fs::write(&broken, TIMELINE.replace("title: \"Two votes\",", "title: \"Two votes,")).unwrap();
    let bib = data("press.bib");
    let cases: &[(&[&str], i32, &str)] = &[
        (&["import", &words, "-o", &timeline], 2, "--format"),
        (&["import", &bib, "-o", &at("out.bib")], 2, ".ron"),
        (&["import", &bib, "-o", &timeline, "--title", "X"], 2, "--title"),
        (&["import", &at("missing.bib"), "-o", &timeline], 1, "missing.bib"),
        (&["import", &bib, "-o", &broken], 1, "does not parse"),
        (&["import", &words, "-o", &at("new.ron"), "--format", "ris"], 1, "not-ris"),
        (&["export", &timeline, "-o", &at("refs.ris")], 2, "only read"),
        (&["export", &timeline, "-o", &at("refs.json"), "--cited"], 2, "--cited"),
        (&["export", &timeline, "-o", &at("refs.bib"), "--theme", "dark"], 2, "--theme"),
        (&["export", &timeline, "-o", &at("a.png"), "--cited"], 2, "--cited"),
    ];
    for (arguments, code, expected) in cases {
        let output = annalist(arguments);
        assert_eq!(output.status.code(), Some(*code), "{arguments:?}: {}", said(&output));
        assert!(said(&output).contains(expected), "{arguments:?}: {}", said(&output));
        assert_eq!(printed(&output), "", "{arguments:?}");
    }
    assert_eq!(fs::read_to_string(&timeline).unwrap(), TIMELINE);
    let mut names: Vec<String> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["broken.ron", "t.ron", "words.txt"]);
}

#[test]
fn the_sources_of_every_bundled_timeline_come_back() {
    for file in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/timelines")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "ron") {
            continue;
        }
        let mut sources = sources(&path);
        for capture in sources.iter_mut().flat_map(|source| &mut source.captures) {
            capture.by = None;
        }
        for format in [Format::Bibtex, Format::CslJson] {
            let bytes = interchange::sources::export(&sources, format).unwrap();
            let imported = interchange::sources::import(&bytes, format);
            assert_eq!(imported.sources, sources, "{}", path.display());
            assert_eq!(imported.problems, [], "{}", path.display());
        }
    }
}
