//! The command line, run as a program.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Output, Stdio};

fn annalist(arguments: &[&str]) -> Output {
    crate::program::annalist().args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A file with this text in a folder of its own, which goes when the handle does.
fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("timeline.ron");
    fs::write(&path, text).unwrap();
    fs::create_dir(folder.path().join("timeline.captures")).unwrap();
    fs::write(folder.path().join("timeline.captures/gazette.txt"), "").unwrap();
    (folder, path)
}

const PLAIN: &str = r#"// A comment at the top.
Timeline(
    format: 1,
    title: "Two votes",
    lanes: [Lane(id: "votes", title: "Votes")],
    sources: [Source(id: "gazette", title: "The gazette")],

    events: [
        // The second chamber came first.
        Event(id: "upper", title: "Upper house votes", date: "2024-11-06", lane: "votes", weight: 5),
        Event( id: "lower",   title: "Lower house votes",
               date: "[2024-10-21..2024-10-31]", lane: "votes" ), // late October
    ],
)
"#;

#[test]
fn check_names_five_mistakes_of_five_kinds_with_their_places() {
    let text = r#"Timeline(
    format: 1,
    title: "Mistakes",
    lanes: [Lane(id: "a", title: "A")],
    events: [
        Event(id: "one", tilte: "A typo", date: "2024-02-30", lane: "a"),
        Event(id: "two", title: "A lane that is not there", date: "2024-06", lane: "b"),
        Event(id: "three", title: "A standing that is not there", date: "2024-06", standing: Confirmd),
        Event(id: "two", title: "The same id again", date: "2024-06"),
    ],
)
"#;
    let (_folder, path) = file(text);
    let output = annalist(&["check", "--format", "json", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    let found: Vec<(String, u64, u64)> = rows
        .iter()
        .map(|row| {
            (row["code"].as_str().unwrap().to_owned(), row["line"].as_u64().unwrap(), row["column"].as_u64().unwrap())
        })
        .collect();
    for expected in [
        ("unknown-field", 6, 26),
        ("bad-date", 6, 58),
        ("unknown-lane", 7, 84),
        ("unknown-value", 8, 94),
        ("duplicate-id", 9, 19),
    ] {
        assert!(
            found.iter().any(|(code, line, column)| (code.as_str(), *line, *column) == expected),
            "{expected:?} is missing among {found:?}"
        );
    }
    let words = stderr(&annalist(&["check", path.to_str().unwrap()]));
    assert!(words.contains(&format!("{}:6:26: error[unknown-field]", path.display())), "{words}");
    assert!(words.contains("title"), "{words}");
}

#[test]
fn check_of_a_sound_file_is_quiet_and_succeeds() {
    let (_folder, path) = file(SOUND);
    let output = annalist(&["check", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    assert_eq!(stdout(&output), format!("{}: 1 event, 1 source: no problems\n", path.display()));
    let json = annalist(&["check", "--format", "json", path.to_str().unwrap()]);
    assert_eq!(stdout(&json).trim(), "[]");
}

/// One event, sourced and graded, with a capture of an empty file.
const SOUND: &str = r#"Timeline(
    format: 1,
    title: "A vote",
    sources: [
        Source(
            id: "gazette", title: "The gazette", reliability: B,
            captures: [Capture(file: "timeline.captures/gazette.txt", hash: Hash(algorithm: Sha256, value: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))],
        ),
    ],
    events: [Event(id: "vote", title: "The vote", date: "2024-11-06", citations: [Citation(source: "gazette", credibility: 2)])],
)
"#;

#[test]
fn check_counts_warnings_and_notes_and_fails_on_errors_only() {
    let (_folder, path) = file(PLAIN);
    let name = path.to_str().unwrap();
    let output = annalist(&["check", name]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stdout(&output), format!("{name}: 2 events, 1 source: 2 warnings, 1 note\n"));
    let words = stderr(&output);
    assert!(
        words.contains(&format!("{name}:6:15: info[unused-source]: nothing cites this source\n  help: ")),
        "{words}"
    );
    let strict =
        PLAIN.replace("    lanes:", "    checks: [CheckSetting(code: \"unsourced\", level: Error)],\n    lanes:");
    fs::write(&path, strict).unwrap();
    let output = annalist(&["check", name]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), format!("{name}: 2 events, 1 source: 2 errors, 1 note\n"));
}

#[test]
fn check_verifies_captures_and_places_what_it_finds() {
    let (folder, path) = file(SOUND);
    let name = path.to_str().unwrap();
    let rows = || -> Vec<serde_json::Value> {
        let output = annalist(&["check", "--format", "json", name]);
        let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(i32::from(!rows.is_empty())));
        rows
    };
    let captured = folder.path().join("timeline.captures/gazette.txt");
    assert_eq!(rows(), [] as [serde_json::Value; 0]);
    fs::write(&captured, "changed").unwrap();
    let expected = serde_json::json!({
        "severity": "error", "code": "capture-changed", "file": name, "line": 7, "column": 108,
        "field": "captures.0.hash.value", "source": "gazette",
    });
    let row = rows().remove(0);
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(&row[key], value, "{key}");
    }
    assert!(row["message"].is_string() && row["hint"].is_string());
    fs::remove_file(&captured).unwrap();
    assert_eq!(rows()[0]["code"], "capture-missing");
}

#[test]
fn a_missing_file_is_said_by_name() {
    for arguments in [["check", "/nowhere/at-all.ron"], ["list", "/nowhere/at-all.ron"]] {
        let output = annalist(&arguments);
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains("/nowhere/at-all.ron"), "{}", stderr(&output));
    }
}

#[test]
fn list_is_in_order_of_time_and_says_how_vague_a_date_is() {
    let (_folder, path) = file(PLAIN);
    let path = path.to_str().unwrap();
    let table = stdout(&annalist(&["list", path]));
    let lower = table.find("Lower house").unwrap();
    let upper = table.find("Upper house").unwrap();
    assert!(lower < upper, "{table}");
    assert!(table.contains("21st–31st"), "{table}");
    let rows: Vec<serde_json::Value> =
        serde_json::from_slice(&annalist(&["list", path, "--format", "json"]).stdout).unwrap();
    assert_eq!(rows.iter().map(|row| row["id"].as_str().unwrap()).collect::<Vec<_>>(), ["lower", "upper"]);
    let csv = stdout(&annalist(&["list", path, "--format", "csv", "--query", "UPPER votes"]));
    assert_eq!(csv.lines().count(), 2, "{csv}");
    assert!(csv.starts_with("id,date,"), "{csv}");
    let markdown = stdout(&annalist(&["list", path, "--format", "md"]));
    assert!(markdown.starts_with("| Date |"), "{markdown}");
}

#[test]
fn fields_of_the_users_own_are_columns() {
    let text = r#"Timeline(format: 1, title: "t", events: [
        Event(id: "a", title: "A", date: "2024", fields: {"Cost": "4,100", "=title": "x", "title": "y"}),
        Event(id: "b", title: "B", date: "2025", coordinates: (39.03, 125.75), fields: {"Guests": "60", "Cost": "5"}),
    ])"#;
    let (folder, path) = file(text);
    let path = path.to_str().unwrap();
    let csv = stdout(&annalist(&["list", path, "--format", "csv"]));
    let lines: Vec<&str> = csv.lines().collect();
    assert!(
        lines[0].ends_with(
            ",note,wording,date_in_zone,citations,links,coordinates,images,Cost,'=title,fields.title,Guests"
        ),
        "{csv}"
    );
    assert!(lines[1].ends_with(",,,,\"4,100\",x,y,"), "{csv}");
    assert!(lines[2].ends_with(",,\"39.03, 125.75\",,5,,,60"), "{csv}");
    let json: serde_json::Value =
        serde_json::from_slice(&annalist(&["list", path, "--format", "json"]).stdout).unwrap();
    assert_eq!(json[1]["fields"]["Guests"], "60");
    assert_eq!(json[1]["coordinates"], serde_json::json!([39.03, 125.75]));
    let found = stdout(&annalist(&["list", path, "--query", "guests 60"]));
    assert!(found.contains('B') && !found.contains("4,100") && found.lines().count() == 2, "{found}");
    let written = folder.path().join("brief.md");
    annalist(&["export", path, "-o", written.to_str().unwrap()]);
    let brief = fs::read_to_string(written).unwrap();
    assert!(brief.contains("39.03, 125.75") && brief.contains("Guests: 60"), "{brief}");
}

#[test]
fn what_coordinates_and_own_fields_cannot_be_is_told_at_its_place() {
    let cases = [
        ("coordinates: (125.75, 39.03)", "coordinates-out-of-range"),
        ("coordinates: (39.03, NaN)", "coordinates-out-of-range"),
        ("coordinates: \"39.03, 125.75\"", "wrong-type"),
        ("coordinates: (39.03,)", "wrong-type"),
        ("fields: {\"a\": 1}", "wrong-type"),
        ("fields: {a: \"1\"}", "wrong-type"),
        ("fields: [(\"a\", \"1\")]", "wrong-type"),
        ("fields: {\"a\": \"1\", \"a\": \"2\"}", "duplicate-field"),
        ("fields: {\" \": \"1\"}", "wrong-type"),
        ("images: [Image(file: \"gone.png\")]", "image-missing"),
    ];
    for (field, code) in cases {
        let text = format!(
            "Timeline(format: 1, title: \"t\", events: [Event(id: \"a\", title: \"A\", date: \"2024\", {field})])"
        );
        let (_folder, path) = file(&text);
        let output = annalist(&["check", "--format", "json", path.to_str().unwrap()]);
        let report = stdout(&output);
        assert!(report.contains(&format!("\"{code}\"")), "{field}: {report}");
    }
}

#[test]
fn add_changes_nothing_else_in_the_file() {
    let (_folder, path) = file(PLAIN);
    let name = path.to_str().unwrap();
    let output = annalist(&[
        "add",
        name,
        "--date",
        "2024-11-09",
        "--title",
        "The president signs",
        "--lane",
        "votes",
        "--standing",
        "confirmed",
        "--source",
        "gazette",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let after = fs::read_to_string(&path).unwrap();
    let (mut added, mut before) = (Vec::new(), PLAIN.lines().peekable());
    for line in after.lines() {
        if before.peek() == Some(&line) {
            before.next();
        } else {
            added.push(line);
        }
    }
    assert_eq!(before.next(), None, "a line of the original is gone:\n{after}");
    assert!(added.iter().any(|line| line.contains("The president signs")), "{added:?}");
    let listed = stdout(&annalist(&["list", name]));
    assert!(listed.contains("The president signs"), "{listed}");
}

#[test]
fn add_refuses_what_it_cannot_mean_and_leaves_the_file() {
    let (_folder, path) = file(PLAIN);
    let name = path.to_str().unwrap();
    for (arguments, said) in [
        (vec!["--date", "soonish", "--title", "X"], "soonish"),
        (vec!["--date", "2024", "--title", "X", "--lane", "nope"], "nope"),
        (vec!["--date", "2024", "--title", " "], "title"),
        (vec!["--date", "2024", "--title", "X", "--source", "nope"], "nope"),
        (vec!["--date", "2024", "--title", "X", "--id", "upper"], "upper"),
    ] {
        let output = annalist(&[vec!["add", name], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), PLAIN);
}

#[test]
fn a_file_that_does_not_parse_is_never_written_to() {
    let broken = PLAIN.replace("title: \"Two votes\",", "title: \"Two votes,");
    let (_folder, path) = file(&broken);
    let name = path.to_str().unwrap();
    for arguments in [vec!["add", name, "--date", "2024", "--title", "X"], vec!["fmt", name]] {
        let output = annalist(&arguments);
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        assert_eq!(fs::read_to_string(&path).unwrap(), broken);
    }
}

#[test]
fn date_answers_in_json_for_arguments_and_for_standard_input() {
    let output = annalist(&["date", "--format", "json", "[2024-10-21..2024-10-31]", "1939/..", "2024-02-30"]);
    assert_eq!(output.status.code(), Some(1));
    let rows: Vec<serde_json::Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows[0]["valid"], true);
    assert_eq!(rows[0]["level"], 2);
    assert_eq!(rows[0]["earliest"], "2024-10-21");
    assert_eq!(rows[0]["latest"], "2024-10-31");
    assert_eq!(rows[1]["latest"], "..");
    assert_eq!(rows[2]["valid"], false);
    assert!(rows[2]["error"].is_string());

    let mut child = crate::program::annalist()
        .args(["date", "--format", "json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all("2024-06\r\n-0044-03-15\n\n1939/\n".as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let rows: Vec<serde_json::Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0]["earliest"], "2024-06-01");
    assert_eq!(rows[1]["edtf"], "-0044-03-15");
    assert_eq!(rows[2]["valid"], false, "an empty line is not a date");
    assert_eq!(rows[3]["latest"], "?");
}

#[test]
fn export_draws_png_and_svg_without_a_display() {
    let (folder, path) = file(PLAIN);
    let png = folder.path().join("out.png");
    let output = crate::program::annalist()
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .args(["export", path.to_str().unwrap(), "-o", png.to_str().unwrap(), "--width", "900", "--scale", "2"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let decoder = png::Decoder::new(std::io::BufReader::new(fs::File::open(&png).unwrap()));
    let reader = decoder.read_info().unwrap();
    assert_eq!(reader.info().width, 900);

    let svg = folder.path().join("out.svg");
    let output = annalist(&[
        "export",
        path.to_str().unwrap(),
        "-o",
        svg.to_str().unwrap(),
        "--from",
        "2024-11",
        "--to",
        "2024-11",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = fs::read_to_string(&svg).unwrap();
    assert!(text.contains("Upper house votes"), "{text}");

    let weeks = ["--from", "2024-12-09", "--to", "2025-01-19", "--iso-weeks"];
    let output = annalist(&[&["export", path.to_str().unwrap(), "-o", svg.to_str().unwrap()], &weeks[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = fs::read_to_string(&svg).unwrap();
    assert!(text.contains("Week 52, 2024") && text.contains("Week 1, 2025"), "{text}");

    let output = annalist(&["export", path.to_str().unwrap(), "-o", svg.to_str().unwrap(), "--embed-fonts"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(!text.contains("@font-face") && fs::read_to_string(&svg).unwrap().contains("@font-face"));

    let wrong = annalist(&["export", path.to_str().unwrap(), "-o", "out.docx"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains(".png"), "{}", stderr(&wrong));
}

#[test]
fn fmt_keeps_comments_and_meaning_and_settles_at_once() {
    let (_folder, path) = file(PLAIN);
    let name = path.to_str().unwrap();
    assert_eq!(annalist(&["fmt", "--check", name]).status.code(), Some(1));
    assert_eq!(annalist(&["fmt", name]).status.code(), Some(0));
    let once = fs::read_to_string(&path).unwrap();
    for comment in ["// A comment at the top.", "// The second chamber came first.", "// late October"] {
        assert!(once.contains(comment), "{once}");
    }
    assert_eq!(annalist(&["fmt", "--check", name]).status.code(), Some(0), "{once}");
}

#[test]
fn times_are_said_on_the_clock_of_the_timeline_too() {
    let (_folder, path) = file(
        r#"Timeline(format: 1, title: "Calls", zone: "Europe/Moscow",
            events: [Event(id: "call", title: "Call", date: "2024-10-24T22:30:00Z")])"#,
    );
    let table = stdout(&annalist(&["list", path.to_str().unwrap()]));
    assert!(table.contains("24 Oct 2024 22:30:00 UTC · 25 Oct 2024 01:30:00 in Europe/Moscow"), "{table}");
    let rows: serde_json::Value =
        serde_json::from_slice(&annalist(&["list", path.to_str().unwrap(), "--format", "json"]).stdout).unwrap();
    assert_eq!(rows[0]["date_in_zone"], "25 Oct 2024 01:30:00 in Europe/Moscow");

    let output = annalist(&["date", "--zone", "UTC", "2024-10-24T10:23[Europe/Moscow]", "2024-10-24"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stdout(&output).matches("in UTC").count(), 1);
    assert!(stdout(&output).contains("07:23 in UTC"));
    assert_eq!(annalist(&["date", "--zone", "Europe/Moskow", "2024"]).status.code(), Some(2));
}

#[test]
fn a_choice_of_readings_has_no_parentheses_within_parentheses() {
    let told = stdout(&annalist(&["date", "12/04/1985"]));
    assert!(told.contains("1985-04-12 (12 Apr 1985, day first) or 1985-12-04 (4 Dec 1985, month first)"), "{told}");
    let told = stdout(&annalist(&["date", "27 Oct 2024 02:30 Berlin time"]));
    assert!(told.contains("2024-10-27T02:30+02:00[Europe/Berlin] (first, at +02:00, summer time) or"), "{told}");
}

#[test]
fn every_command_reads_a_date_in_one_way_and_refuses_it_for_one_reason() {
    let (folder, path) = file(PLAIN);
    let (name, svg) = (path.to_str().unwrap(), folder.path().join("out.svg"));
    let asked = ["05/11/2024", "5 Mar 87", "27 Oct 2024 02:30 Berlin time", "2024-10-27T02:30[Europe/Berlin]"];
    let refused = [
        "7 November",
        "30 February 2014",
        "n.d.",
        "[n.d.]",
        "05.08.XXXX",
        "early to mid 1870s",
        "2024-13",
        "2024-10-24T9",
    ];
    for text in asked.into_iter().chain(refused) {
        let told = stdout(&annalist(&["date", "--format", "json", text]));
        let row: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert_eq!(row["edtf"], serde_json::Value::Null, "{text}");
        assert_eq!(row["readings"].is_array(), asked.contains(&text), "{text}");
        let error = row["error"].as_str().unwrap();
        let said = error.split_once("; it ").map_or(error, |(_, ways)| ways);
        for arguments in [
            vec!["add", name, "--date", text, "--title", "X"],
            vec!["list", name, "--after", text],
            vec!["list", name, "--before", text],
            vec!["export", name, "-o", svg.to_str().unwrap(), "--from", text],
        ] {
            let output = annalist(&arguments);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
            assert!(stderr(&output).contains(said), "{arguments:?}: {} without {said}", stderr(&output));
        }
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), PLAIN);
}

#[test]
fn what_is_asked_lists_its_readings_and_what_is_refused_says_why() {
    let texts = ["05/11/2024", "7 November", "Friday 7 November 2013", "30 February 2014", "n.d.", "late May 2014?"];
    let output = annalist(&[vec!["date", "--format", "json"], texts.to_vec()].concat());
    let rows: Vec<serde_json::Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows[0]["edtf"], serde_json::Value::Null);
    let readings: Vec<&str> =
        rows[0]["readings"].as_array().unwrap().iter().map(|reading| reading["edtf"].as_str().unwrap()).collect();
    assert_eq!(readings, ["2024-11-05", "2024-05-11"]);

    // `add` gives the same reason for the same text, and adds nothing.
    let (_folder, path) = file(PLAIN);
    let before = fs::read_to_string(&path).unwrap();
    let reasons = [
        "the year is missing",
        "7 Nov 2013 is a Thursday",
        "February 2014 has 28 days",
        "this says that there is no date",
        "EDTF cannot mark such a window as approximate or uncertain",
    ];
    for ((text, row), reason) in texts.iter().zip(&rows).skip(1).zip(reasons) {
        assert!(row["error"].as_str().unwrap().starts_with(reason), "{row}");
        assert_eq!(row["readings"], serde_json::Value::Null);
        let added = annalist(&["add", path.to_str().unwrap(), "--title", "X", "--date", text]);
        assert_eq!(added.status.code(), Some(2), "{text}");
        assert!(stderr(&added).contains(reason), "{}", stderr(&added));
        let listed = annalist(&["list", path.to_str().unwrap(), "--after", text]);
        assert!(stderr(&listed).contains(reason), "{}", stderr(&listed));
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
}

#[test]
fn usage_errors_exit_with_two() {
    assert_eq!(annalist(&["check"]).status.code(), Some(2));
    assert_eq!(annalist(&["list", "x.ron", "--format", "yaml"]).status.code(), Some(2));
}

#[test]
fn without_a_display_the_window_says_so_and_names_export() {
    let output = crate::program::annalist()
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.contains("export"), "{said}");
    assert_eq!(said.trim().lines().count(), 1, "{said}");
}

#[test]
fn list_tells_what_is_surely_before_from_what_might_be() {
    let (_folder, path) = file(PLAIN);
    let name = path.to_str().unwrap();
    let ids = |arguments: &[&str]| -> Vec<(String, String)> {
        let output = annalist(&[&["list", name, "--format", "json"], arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
        rows.iter().map(|row| (row["id"].as_str().unwrap().into(), row["match"].as_str().unwrap().into())).collect()
    };
    let row = |id: &str, answer: &str| (id.to_owned(), answer.to_owned());
    assert_eq!(ids(&["--before", "2024-11"]), [row("lower", "yes")]);
    assert_eq!(ids(&["--before", "2024-10-25"]), []);
    assert_eq!(ids(&["--before", "2024-10-25", "--possibly"]), [row("lower", "possibly")]);
    assert_eq!(ids(&["--after", "31 Oct 2024"]), [row("upper", "yes")]);
    assert_eq!(
        ids(&["--between", "2024-10-25", "2024-11", "--possibly"]),
        [row("lower", "possibly"), row("upper", "yes")]
    );
    // Tables say it too, where what only may match is asked for.
    let listed = |format: &str, possibly: bool| {
        let arguments = ["list", name, "--query", "before:2024-10-25", "--format", format];
        let output = annalist(&[&arguments[..], if possibly { &["--possibly"] } else { &[] }].concat());
        String::from_utf8(output.stdout).unwrap()
    };
    let csv = listed("csv", true);
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let at = rows.headers().unwrap().iter().position(|heading| heading == "match").unwrap();
    assert_eq!(rows.records().next().unwrap().unwrap().get(at), Some("possibly"), "{csv}");
    assert!(listed("md", true).contains("| match |") && listed("table", true).contains("possibly"));
    assert!(!listed("csv", false).contains("match") && !listed("md", false).contains("match"));
}

#[test]
fn a_picture_draws_what_only_may_match_where_it_is_asked_to() {
    let (folder, path) = file(PLAIN);
    let name = path.to_str().unwrap();
    let drawn = |options: &[&str]| {
        let picture = folder.path().join("p.svg");
        let own = ["export", name, "-o", picture.to_str().unwrap(), "--query", "before:2024-10-25"];
        let output = annalist(&[&own[..], options].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        fs::read_to_string(picture).unwrap()
    };
    let title = "Lower house votes";
    assert!(!drawn(&[]).contains(title));
    assert!(drawn(&["--possibly"]).contains(title));
}

#[test]
fn check_reports_a_view_whose_question_cannot_be_read() {
    let view = |query: &str| {
        let views = format!("views: [View(id: \"v\", title: \"V\", window: \"2024/2025\", query: \"{query}\")]");
        let (_folder, path) = file(&format!("Timeline(format: 1, title: \"T\",\n    {views},\n)"));
        let output = annalist(&["check", path.to_str().unwrap(), "--format", "json"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        serde_json::from_slice::<Vec<serde_json::Value>>(&output.stdout).unwrap()
    };
    assert_eq!(view("standing:alleged before:2024-11").len(), 0);
    let rows = view("standng:alleged");
    assert_eq!((rows.len(), rows[0]["code"].as_str(), rows[0]["view"].as_str()), (1, Some("bad-query"), Some("v")));
    assert_eq!((rows[0]["field"].as_str(), rows[0]["line"].as_u64()), (Some("query"), Some(2)));
    assert!(rows[0]["message"].as_str().unwrap().contains("“standng” is no field"));
}

#[test]
fn the_readme_names_every_subcommand_and_no_option_that_is_not_there() {
    use clap::CommandFactory as _;
    let program = annalist::cli::Arguments::command();
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let usage = readme.split("## The command line").nth(1).unwrap().split("```").nth(1).unwrap();
    let mut seen = Vec::new();
    let mut current = None;
    for line in usage.lines() {
        if let Some(name) = line.strip_prefix("annalist ").and_then(|rest| rest.split_whitespace().next()) {
            current = program.find_subcommand(name);
            seen.extend(current.map(|command| command.get_name().to_owned()));
        }
        for option in
            line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).filter_map(|w| w.strip_prefix("--"))
        {
            let known = current.is_some_and(|command| command.get_arguments().any(|a| a.get_long() == Some(option)));
            assert!(known, "README says --{option} in: {line}");
        }
    }
    let all: Vec<String> = program.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    assert_eq!(seen, all, "README lists them in the order of `annalist help`");
}

/// Three events: known from a day, known later, and told by a source that gives no date.
const TOLD: &str = r#"Timeline(format: 1, title: "T", zone: "Europe/Moscow",
    sources: [
        Source(id: "tass", title: "TASS", published: "2024-06-19", reliability: C),
        Source(id: "nis", title: "NIS", published: "2024-10-18"),
        Source(id: "flyer", title: "A flyer"),
    ],
    events: [
        Event(id: "signing", title: "Signing", date: "2024-06-19", citations: [Citation(source: "tass"), Citation(source: "nis")]),
        Event(id: "troops", title: "Troops", date: "2024-10", citations: [Citation(source: "nis")]),
        Event(id: "rumour", title: "Rumour", date: "2024-06-01", citations: [Citation(source: "flyer")]),
    ],
    views: [View(id: "summer", title: "Summer", window: "2024-06/2024-12", color_by: Reliability, known_on: "2024-09-01")],
)"#;

#[test]
fn list_as_known_on_hides_what_nobody_had_told_and_marks_what_nobody_dates() {
    let (_folder, path) = file(TOLD);
    let path = path.to_str().unwrap();
    let output = annalist(&["list", path, "--as-known-on", "19 June 2024", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let rows: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    let rows: Vec<(&str, &str, usize)> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let sources = row["sources"].as_array().unwrap().len();
            (row["id"].as_str().unwrap(), row["known"].as_str().unwrap(), sources)
        })
        .collect();
    assert_eq!(rows, [("rumour", "perhaps", 1), ("signing", "yes", 1)]);
    let table = stdout(&annalist(&["list", path, "--as-known-on", "2024-10-18"]));
    assert!(table.lines().next().unwrap().ends_with("Certainty"), "{table}");
    assert!(table.lines().nth(1).unwrap().ends_with("perhaps known"), "{table}");
    assert!(table.contains("Troops") && !table.lines().nth(2).unwrap().ends_with("known"), "{table}");
    let csv = stdout(&annalist(&["list", path, "--as-known-on", "2024-10-18", "--format", "csv"]));
    assert!(
        csv.lines().next().unwrap().ends_with(",note,wording,date_in_zone,citations,links,known,coordinates,images"),
        "{csv}"
    );
    assert!(
        stdout(&annalist(&["list", path, "--format", "csv"]))
            .lines()
            .next()
            .unwrap()
            .ends_with(",note,wording,date_in_zone,citations,links,coordinates,images")
    );
    let without_end = annalist(&["list", path, "--as-known-on", "2024/.."]);
    assert_eq!(without_end.status.code(), Some(2));
    assert!(stderr(&without_end).contains("has no end"), "{}", stderr(&without_end));
}

#[test]
fn export_as_known_on_says_so_in_the_picture_and_a_view_does_it_again() {
    let (folder, path) = file(TOLD);
    let path = path.to_str().unwrap();
    let svg = |arguments: &[&str]| {
        let out = folder.path().join("out.svg");
        let output = annalist(&[&["export", path, "-o", out.to_str().unwrap()], arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        fs::read_to_string(out).unwrap()
    };
    let asked =
        svg(&["--from", "2024-06", "--to", "2024-12", "--as-known-on", "2024-09-01", "--color-by", "reliability"]);
    assert!(asked.contains("As known on 1 Sep 2024: 2 of 3 events"), "{asked}");
    assert!(
        asked.contains("Perhaps known by then") && asked.contains("C Fairly reliable") && !asked.contains("Troops")
    );
    assert_eq!(svg(&["--view", "summer"]), asked);
    let whole = svg(&[]);
    assert!(!whole.contains("known") && whole.contains("Troops") && !whole.contains("Fairly reliable"));
}

#[test]
fn export_groups_by_any_field_that_the_window_does() {
    let (folder, path) = file(TOLD);
    let path = path.to_str().unwrap();
    let export = |name: &str, group: &str| {
        let out = folder.path().join(name);
        (annalist(&["export", path, "-o", out.to_str().unwrap(), "--view", "summer", "--group", group]), out)
    };
    for (group, band) in [
        ("reliability", "C Fairly reliable"),
        ("stance", "Supports"),
        ("origin", "NIS"),
        ("publisher", "No publisher"),
        ("source", "TASS"),
        ("actor", "No actor"),
        ("tag", "No tag"),
        ("year", "2024"),
    ] {
        let (output, out) = export("out.svg", group);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(fs::read_to_string(out).unwrap().contains(band), "{group}");
    }
    let (unknown, _) = export("out.svg", "title");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("actor") && stderr(&unknown).contains("tag"), "{}", stderr(&unknown));
    let (markdown, _) = export("out.md", "actor");
    assert!(stderr(&markdown).contains("--group cannot be used here"), "{}", stderr(&markdown));
}

#[test]
fn export_groups_by_a_field_of_ones_own_whatever_its_name() {
    let (folder, path) = file(
        r#"Timeline(format: 1, title: "T", events: [
        Event(id: "a", title: "A", date: "2024", fields: {"Casualties": "14", "place": "a field of its own"})])"#,
    );
    let out = folder.path().join("out.svg");
    let export = |group: &str| {
        let output = annalist(&["export", path.to_str().unwrap(), "-o", out.to_str().unwrap(), "--group", group]);
        (output.status.code(), stderr(&output))
    };
    for (group, band) in
        [("Casualties", ">14<"), ("casualties", ">14<"), ("own:place", "a field of its own"), ("place", "No place")]
    {
        let (code, told) = export(group);
        assert_eq!(code, Some(0), "{group}: {told}");
        assert!(fs::read_to_string(&out).unwrap().contains(band), "{group}");
    }
    let (code, told) = export("casulties");
    assert_eq!(code, Some(2));
    assert!(told.contains("--group: no event has a field \"casulties\"; did you mean \"Casualties\"?"), "{told}");
}

#[test]
fn a_question_that_begins_with_not_is_no_option() {
    let (folder, path) = file(TOLD);
    let out = folder.path().join("a.svg");
    for arguments in [vec!["list"], vec!["export", "-o", out.to_str().unwrap()]] {
        let output = annalist(&[&arguments[..], &[path.to_str().unwrap(), "--query", "-signing"]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(!stdout(&output).contains("Signing"), "{}", stdout(&output));
    }
    let faulty = annalist(&["list", path.to_str().unwrap(), "--query", "-standng:denied"]);
    let lines = stderr(&faulty);
    assert_eq!(faulty.status.code(), Some(2));
    assert!(lines.ends_with("  -standng:denied\n   ^^^^^^^\n"), "{lines}");
}

#[test]
fn a_brief_and_its_picture_are_as_of_the_same_date() {
    let (folder, path) = file(TOLD);
    let out = folder.path().join("brief.html");
    let arguments = ["export", path.to_str().unwrap(), "-o", out.to_str().unwrap(), "--as-known-on", "2024-09-01"];
    let output = annalist(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = fs::read_to_string(&out).unwrap();
    assert!(text.contains("As known on") && text.contains("Signing") && !text.contains("Troops"), "{text}");
    // The text of the picture is outlines, so that it can only be told from the picture of everything.
    let picture = text.split_once("base64,").unwrap().1.split('"').next().unwrap();
    let whole = folder.path().join("whole.html");
    annalist(&["export", path.to_str().unwrap(), "-o", whole.to_str().unwrap()]);
    assert!(!fs::read_to_string(&whole).unwrap().contains(picture));
}

#[test]
fn export_says_once_which_characters_no_font_has_and_how_many_events_are_only_counted() {
    let event = |title: &str| format!("Event(title: \"{title}\", date: \"2023-05-09\"),");
    let titles = ["ᏣᎳᎩ delegation", "ᏣᎳᎩ talks", "ትግርኛ", "plain 🇫🇷", "𝓐 letter"].map(event).concat();
    let (folder, path) = file(&format!("Timeline(format: 1, title: \"Signs\", events: [{titles}])"));
    for name in ["a.png", "a.svg", "a.html"] {
        let out = folder.path().join(name);
        let output = annalist(&["export", path.to_str().unwrap(), "-o", out.to_str().unwrap()]);
        let said = stderr(&output);
        assert!(output.status.success() && said.matches("warning:").count() == 1, "{said}");
        for expected in ["Ꮳ Ꮃ Ꭹ ት ግ ር ኛ: ", "\"ᏣᎳᎩ delegation\", \"ᏣᎳᎩ talks\", \"ትግርኛ\""]
        {
            assert!(said.contains(expected), "{said}");
        }
    }
    let events: String = (0..45).map(|at| event(&format!("plain {at}"))).collect();
    let (folder, path) = file(&format!("Timeline(format: 1, title: \"Busy\", events: [{events}])"));
    let out = folder.path().join("a.svg");
    let arguments = ["export", path.to_str().unwrap(), "-o", out.to_str().unwrap()];
    let output = annalist(&arguments);
    assert_eq!((output.status.success(), stderr(&output)), (true, String::new()));
    assert_eq!(fs::read_to_string(&out).unwrap().matches(">plain ").count(), 45);
    let output = annalist(&[&arguments[..], &["--height", "600"]].concat());
    assert!(stderr(&output).contains(" of 45 events are only counted"), "{}", stderr(&output));
}

#[test]
fn events_that_nothing_tells_apart_are_one_mark_with_a_count_and_nothing_is_left_out() {
    let event = |title: &str| format!("Event(title: \"{title}\", date: \"2023-05-09T10:00Z\"),");
    let events = event("Login").repeat(40) + &event("Alarm").repeat(3);
    let (folder, path) = file(&format!("Timeline(format: 1, title: \"Log\", events: [{events}])"));
    let out = folder.path().join("a.svg");
    let output = annalist(&["export", path.to_str().unwrap(), "-o", out.to_str().unwrap()]);
    assert_eq!((output.status.success(), stderr(&output)), (true, String::new()));
    let svg = fs::read_to_string(&out).unwrap();
    let counts = [">Login<", ">+39<", ">Alarm<"].map(|text| svg.matches(text).count());
    assert_eq!(counts, [1, 1, 3], "a few are shown each");
}

#[test]
fn dates_stand_on_labels_unless_a_picture_or_its_view_is_asked_for_without() {
    let text = "Timeline(format: 1, title: \"T\", events: [Event(title: \"Signed\", date: \"2024-10-24\"), \
                Event(title: \"Rumour\", date: \"2023-11?\"), Event(title: \"Begun\", date: \"1950~\")], \
                views: [View(id: \"year\", title: \"Year\", window: \"2024-01/2024-12\"), \
                View(id: \"bare\", title: \"Bare\", window: \"2024-01/2024-12\", dates: Hidden)])";
    let (folder, path) = file(text);
    let out = folder.path().join("a.svg");
    let dates = |options: &[&str]| {
        let arguments = ["export", path.to_str().unwrap(), "-o", out.to_str().unwrap()];
        let output = annalist(&[&arguments[..], options].concat());
        assert!(output.status.success(), "{}", stderr(&output));
        let svg = fs::read_to_string(&out).unwrap();
        let asked = [">24 Oct 2024<", ">24 Oct<", ">Nov 2023?<", ">c. 1950<"];
        asked.into_iter().filter(|date| svg.contains(date)).collect::<Vec<_>>()
    };
    assert_eq!(dates(&[]), [">24 Oct 2024<", ">Nov 2023?<", ">c. 1950<"]);
    assert_eq!(dates(&["--dates", "none"]), Vec::<&str>::new());
    assert_eq!(dates(&["--view", "year"]), [">24 Oct<"], "the year is on the ruler");
    assert_eq!(dates(&["--view", "bare"]), Vec::<&str>::new());
    assert_eq!(dates(&["--view", "bare", "--dates", "auto"]), [">24 Oct<"]);
}

#[test]
fn folds_are_asked_for_on_the_command_line_and_in_a_view() {
    let text = r#"Timeline(
    format: 1,
    title: "Long silence",
    events: [
        Event(id: "a", title: "First", date: "1961-07-06"),
        Event(id: "b", title: "Second", date: "2024-06-19"),
        Event(id: "c", title: "Third", date: "2024-06-20"),
        Event(id: "d", title: "Fourth", date: "2024-06-24"),
    ],
    views: [
        View(id: "plain", title: "Plain", window: "1960/2025", folds: "none"),
        View(id: "wrong", title: "Wrong", window: "1960/2025", folds: "1970"),
    ],
)
"#;
    let (folder, path) = file(text);
    let out = folder.path().join("out.svg");
    let export = |options: &[&str]| {
        let arguments = ["export", path.to_str().unwrap(), "-o", out.to_str().unwrap()];
        let output = annalist(&[&arguments[..], options].concat());
        (output.status.code(), stderr(&output), fs::read_to_string(&out).unwrap_or_default())
    };
    for (options, length) in [
        (&[][..], Some("63 years")),
        (&["--fold", "auto"], Some("63 years")),
        (&["--fold", "none"], None),
        (&["--view", "plain"], None),
        (&["--view", "plain", "--fold", "auto"], Some("63 years")),
        (&["--fold", "1970/1989; 1995/2004"], Some("20 years")),
    ] {
        let (code, told, picture) = export(options);
        assert!(code.is_some_and(|code| code < 2), "{options:?}: {told}");
        let lengths = picture.matches(" years</text>").count();
        assert_eq!(lengths > 0, length.is_some(), "{options:?}");
        assert!(length.is_none_or(|length| picture.contains(length)), "{options:?} does not say {length:?}");
    }
    let (code, told, _) = export(&["--fold", "1970"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("\"1970\" is no interval: write a start and an end, for example 1962/1999"), "{told}");
    let (code, told, _) = export(&["--view", "wrong"]);
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("folds of the view \"wrong\": \"1970\" is no interval"), "{told}");
}

/// Two accounts of three events, one of them vague.
const SAID: &str = r#"Timeline(format: 1, title: "T",
    sources: [Source(id: "wire", title: "The wire"), Source(id: "blog", title: "A blog | personal")],
    events: [
        Event(id: "start", title: "Strike begins", date: "2024-01-10", place: "Harbour",
            citations: [Citation(source: "wire"), Citation(source: "blog", date: "2024-01-12")]),
        Event(id: "talks", title: "Talks", date: "2024-06", place: "Town hall",
            citations: [Citation(source: "wire"), Citation(source: "blog", stance: Denies)]),
        Event(id: "end", title: "Strike ends", date: "2024-12-01", place: "Harbour", citations: [Citation(source: "wire")]),
        Event(id: "rumour", title: "Rumour"),
    ],
)"#;

#[test]
fn gaps_are_listed_and_never_where_a_vague_event_may_lie() {
    let (_folder, path) = file(SAID);
    let path = path.to_str().unwrap();
    let table = annalist(&["list", path, "--gaps"]);
    assert_eq!(table.status.code(), Some(0), "{}", stderr(&table));
    let shown = stdout(&table);
    let lines: Vec<&str> = shown.lines().collect();
    assert!(
        lines[0].starts_with("What") && lines[1].starts_with("Empty") && lines[1].contains("31 May 2024"),
        "{shown}"
    );
    assert!(lines[2].starts_with("Perhaps empty") && lines[2].contains("29 Jun 2024"), "{shown}");
    assert_eq!(lines.len(), 5, "{shown}");
    assert!(stderr(&table).contains("1 event without a date may lie in any of them"), "{}", stderr(&table));
    let json = stdout(&annalist(&["list", path, "--gaps=200", "--group", "place", "--format", "json"]));
    let rows: serde_json::Value = serde_json::from_str(&json).unwrap();
    let rows: Vec<(&str, &str, &str, &str)> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let text = |name: &str| row[name].as_str().unwrap();
            (text("band"), text("kind"), text("from"), text("to"))
        })
        .collect();
    assert_eq!(rows, [("Harbour", "empty", "2024-01-11", "2024-11-30")]);
    // An account has its tellings, at its own dates, and no silences.
    let json = stdout(&annalist(&["list", path, "--gaps=100", "--group", "accounts", "--format", "json"]));
    let rows: serde_json::Value = serde_json::from_str(&json).unwrap();
    let rows = rows.as_array().unwrap().iter().filter(|row| row["kind"] == "empty");
    let rows: Vec<String> = rows.map(|row| format!("{} {} {}", row["band"], row["from"], row["to"])).collect();
    assert_eq!(
        rows,
        [
            r#""The wire" "2024-01-11" "2024-05-31""#,
            r#""The wire" "2024-07-01" "2024-11-30""#,
            r#""A blog | personal" "2024-01-13" "2024-05-31""#,
        ]
    );
    let csv = stdout(&annalist(&["list", path, "--gaps", "--format", "csv"]));
    assert!(csv.starts_with("band,kind,from,to,days,events,note\n,empty,2024-01-11,2024-05-31,142,0,"), "{csv}");
    assert!(stdout(&annalist(&["list", path, "--gaps", "--format", "md"])).starts_with("| What | From |"));
    let wrong = annalist(&["list", path, "--group", "place"]);
    assert_eq!(wrong.status.code(), Some(2), "bands are those of gaps");
}

/// The rows of the table of accounts in a brief in HTML: of each cell its scope or class, its text, and what a sign says aloud.
fn account_rows(html: &str) -> Vec<String> {
    let from = html.find("<table class=\"accounts\">").expect("a table");
    let to = from + html[from..].find("</table>").expect("its end") + "</table>".len();
    let table = roxmltree::Document::parse(&html[from..to]).expect("well-formed");
    let cell = |cell: roxmltree::Node<'_, '_>| {
        let mut words: Vec<String> =
            cell.attribute("scope").or(cell.attribute("class")).map(str::to_owned).into_iter().collect();
        let texts = cell
            .descendants()
            .filter(|node| node.is_text() && node.parent_element().is_none_or(|it| !it.has_attribute("aria-label")));
        words.push(texts.filter_map(|node| node.text()).collect::<String>().trim().to_owned());
        words
            .extend(cell.descendants().filter_map(|node| node.attribute("aria-label")).map(|said| format!("({said})")));
        words.retain(|word| !word.is_empty());
        words.join(" ")
    };
    let cells = |row: roxmltree::Node<'_, '_>| {
        row.children().filter(roxmltree::Node::is_element).map(cell).collect::<Vec<_>>().join(" | ")
    };
    table.descendants().filter(|node| node.has_tag_name("tr")).map(cells).collect()
}

#[test]
fn briefs_print_the_table_of_accounts_and_the_gaps() {
    let (folder, path) = file(SAID);
    let export = |name: &str, more: &[&str]| {
        let out = folder.path().join(name);
        let mut arguments = vec!["export", path.to_str().unwrap(), "-o", out.to_str().unwrap()];
        arguments.extend(more);
        let output = annalist(&arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        fs::read_to_string(out).unwrap()
    };
    let markdown = export("brief.md", &["--accounts", "--gaps"]);
    for line in [
        "## Accounts",
        "| Date | Event | The wire | A blog \\| personal |",
        "| 10 Jan 2024 | [Strike begins](#event-1) | Supports ≠ | Supports: 12 Jan 2024 ≠ |",
        "| Jun 2024 | [Talks](#event-2) | Supports ≠ | Denies ≠ |",
        "| 1 Dec 2024 | [Strike ends](#event-3) | Supports | — |",
        "## Gaps and bursts",
        "- Empty: 11 Jan 2024 – 31 May 2024, 5 months",
    ] {
        assert!(markdown.contains(line), "{line} in:\n{markdown}");
    }
    assert_eq!(markdown, export("again.md", &["--accounts", "--gaps"]));
    let html = export("brief.html", &["--accounts"]);
    assert_eq!(
        account_rows(&html),
        [
            "col Date | col Event | col The wire | col A blog | personal",
            "10 Jan 2024 | row Strike begins | against Supports (cannot both be right) | against Supports: 12 Jan 2024 (cannot both be right)",
            "Jun 2024 | row Talks | against Supports (cannot both be right) | against Denies (cannot both be right)",
            "1 Dec 2024 | row Strike ends | Supports | silent (does not tell it)",
            "Undated | row Rumour | silent (does not tell it) | silent (does not tell it)",
        ]
    );
    // Each event of the table leads to what the brief says of it.
    let anchors: Vec<&str> = html.match_indices("href=\"#event-").map(|(at, _)| &html[at + 7..at + 14]).collect();
    assert!(
        !anchors.is_empty() && anchors.iter().all(|anchor| html.contains(&format!("id=\"{anchor}\""))),
        "{anchors:?}"
    );
    assert_eq!(account_rows(&export("publishers.html", &["--accounts=publisher"])).len(), 5);
    assert!(!export("plain.md", &[]).contains("## Accounts"));
}

/// Ships by number, of which the first and the last are told of twice; the tenth sails first.
const NUMBERED: &str = r#"Timeline(format: 1, title: "T", events: [
    Event(id: "a", title: "A", date: "2020-02-01", actors: ["ship 2"]),
    Event(id: "b", title: "B", date: "2020-01-01", actors: ["ship 10"]),
    Event(id: "c", title: "C", date: "2020-03-01", actors: ["ship 1", "ship 10"]),
    Event(id: "d", title: "D", date: "[..2020-04-01]", actors: ["ship 3"]),
    Event(id: "e", title: "E", date: "2020-05-01", actors: ["ship 1"]),
])"#;

#[test]
fn bands_of_a_picture_stand_in_each_order_and_share_one_beyond_so_many() {
    let (folder, path) = file(NUMBERED);
    let names = |more: &[&str]| -> Vec<String> {
        let out = folder.path().join("out.svg");
        let mut arguments = vec!["export", path.to_str().unwrap(), "-o", out.to_str().unwrap(), "--group", "actor"];
        arguments.extend(more);
        let output = annalist(&arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let svg = fs::read_to_string(out).unwrap();
        let found = |name: &str| svg.find(&format!(">{name}<")).map(|at| (at, name.to_owned()));
        let names = ["ship 1", "ship 2", "ship 3", "ship 10", "Others"];
        let mut places: Vec<(usize, String)> = names.into_iter().filter_map(found).collect();
        places.sort_unstable();
        places.into_iter().map(|(_, name)| name).collect()
    };
    let plain = names(&[]);
    assert_eq!(plain, ["ship 1", "ship 2", "ship 3", "ship 10"], "numbers are in their order");
    assert_eq!(names(&["--bands", "by name"]), plain);
    // What has no beginning is the first of all.
    assert_eq!(names(&["--bands", "by first event"]), ["ship 3", "ship 10", "ship 2", "ship 1"]);
    // Of equally many, as listed.
    assert_eq!(names(&["--bands", "by count"]), ["ship 1", "ship 10", "ship 2", "ship 3"]);
    assert_eq!(names(&["--bands", "first ship 3, ship 2"]), ["ship 3", "ship 2", "ship 1", "ship 10"]);
    assert_eq!(names(&["--bands", "at most 2"]), ["ship 1", "ship 10", "Others"]);
    assert_eq!(names(&["--bands", "by count; at most 2"]), names(&["--bands", "by count; at most 2"]));
}

#[test]
fn pictures_show_accounts_with_their_silences_and_arranged_bands_in_colours_of_a_field() {
    let (folder, path) = file(SAID);
    let export = |more: &[&str]| {
        let out = folder.path().join("out.svg");
        let mut arguments = vec!["export", path.to_str().unwrap(), "-o", out.to_str().unwrap()];
        arguments.extend(more);
        let output = annalist(&arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        (fs::read_to_string(out).unwrap(), stderr(&output))
    };
    let (accounts, _) = export(&["--group", "accounts"]);
    for text in [
        "The wire",
        "A blog | personal",
        "2 accounts of 4 events, silences outlined, 2 pairs cannot both be right",
        "Does not tell",
    ] {
        assert!(accounts.contains(text), "{text}");
    }
    let (asked, _) = export(&["--group", "accounts", "--query", "talks"]);
    assert!(asked.contains("2 accounts of 1 event") && !asked.contains("Does not tell"));
    let (hidden, told) = export(&["--group", "place", "--bands", "by count; hidden Town hall", "--gaps"]);
    assert!(hidden.contains(">Harbour<") && !hidden.contains(">Town hall<") && !hidden.contains(">Talks<"));
    assert!(told.contains("1 band is hidden"), "{told}");
    let (colours, _) = export(&["--color-by", "place"]);
    assert!(colours.contains(">Place<") && colours.contains(">Harbour<") && colours.contains(">Town hall<"));
    let wrong = annalist(&["export", path.to_str().unwrap(), "-o", "x.svg", "--bands", "by size"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("does not arrange bands"), "{}", stderr(&wrong));
}
