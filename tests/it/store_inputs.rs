//! Texts and files that cost more than they are worth: pipes, devices, a fault a million times, records whose id is taken.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use annalist::diagnostic::{Diagnostic, Severity};
use annalist::store;

fn annalist(arguments: &[&str], input: &str) -> Output {
    let mut command = crate::program::annalist();
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // One that does not read its input closes it.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap()
}

const TEXT: &str = "Timeline(format: 1, title: \"t\", events: [Event(title: \"The vote\", date: \"2024-02-30\"), Event(title: \"The count\", date: \"2024\")])";

#[test]
fn standard_input_is_read_where_nothing_is_changed() {
    let check = annalist(&["check", "-"], TEXT);
    assert_eq!(check.status.code(), Some(1));
    assert!(
        text(&check.stderr).contains("-:1:") && text(&check.stderr).contains("error[bad-date]"),
        "{}",
        text(&check.stderr)
    );
    assert!(text(&annalist(&["list", "-"], TEXT).stdout).contains("The count"));
    let folder = tempfile::tempdir().unwrap();
    let brief = folder.path().join("brief.md");
    annalist(&["export", "-", "-o", brief.to_str().unwrap()], TEXT);
    assert!(fs::read_to_string(&brief).unwrap().contains("The count"));

    let zeros = annalist(&["check", "-"], &"\0".repeat(1 << 16));
    assert!(text(&zeros.stderr).contains("binary"), "{}", text(&zeros.stderr));

    let sound = TEXT.replace("2024-02-30", "2024-02-29");
    for arguments in [&["add", "-", "--date", "2024", "--title", "E"][..], &["fmt", "-"]] {
        let output = annalist(arguments, &sound);
        assert_ne!(output.status.code(), Some(0));
        assert!(text(&output.stderr).contains("standard input"), "{}", text(&output.stderr));
    }
}

#[test]
fn captures_of_what_has_no_folder_are_not_looked_for() {
    let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let sources = format!(
        "Timeline(format: 1, title: \"t\", events: [], sources: [Source(id: \"s\", title: \"S\", captures: [Capture(file: \"x\", hash: Hash(algorithm: Sha256, value: \"{hash}\"))])])"
    );
    let output = annalist(&["check", "-"], &sources);
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[cfg(unix)]
#[test]
fn what_may_never_end_is_refused_unless_it_is_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let socket = folder.path().join("socket");
    let records = folder.path().join("records.ris");
    fs::write(&records, "TY  - GEN\nTI  - One\nER  - \n").unwrap();
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    for path in [pipe.to_str().unwrap(), socket.to_str().unwrap(), "/dev/zero", "/dev/null"] {
        for arguments in [
            &["check", path][..],
            &["list", path],
            &["fmt", path],
            &["export", path, "-o", "x.svg"],
            &["add", path, "--date", "2024", "--title", "E"],
            &["import", path, "--format", "ris", "-o", "x.ron"],
            &["import", records.to_str().unwrap(), "-o", path],
        ] {
            let output = annalist(arguments, "");
            assert_eq!(output.status.code(), Some(1), "{arguments:?}");
            let says = text(&output.stderr);
            assert!(says.contains(path) && says.contains("not a regular file"), "{arguments:?}: {says}");
        }
    }
    for command in ["check", "import"] {
        let folder = folder.path().to_str().unwrap();
        let output =
            annalist(&[&[command, folder][..], if command == "import" { &["-o", "x.ron"] } else { &[] }].concat(), "");
        assert!(text(&output.stderr).contains("is a folder"), "{command}");
    }
}

#[cfg(unix)]
#[test]
fn what_the_system_says_is_said_once() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (records, locked) = (at("records.ris"), at("locked.ris"));
    fs::write(&records, "TY  - GEN\nTI  - One\nER  - \n").unwrap();
    fs::write(&locked, "").unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let below_a_file = format!("{records}/t.ron");
    let in_no_folder = at("no/t.ron");
    for arguments in [
        &["import", &locked, "-o", &at("t.ron")][..],
        &["import", &below_a_file, "--format", "ris", "-o", &at("t.ron")],
        &["import", &records, "-o", &below_a_file],
        &["import", &records, "-o", &in_no_folder],
        &["import", &records, "-o", &locked.replace(".ris", ".ron")],
        &["check", &below_a_file],
        &["fmt", &below_a_file],
    ] {
        let says = annalist(arguments, "").stderr;
        assert!(text(&says).matches("os error").count() <= 1, "{arguments:?}: {}", text(&says));
    }
}

/// The errors of a text as `line:column code`.
fn errors(text: &str) -> Vec<String> {
    let read = store::read(text.to_owned());
    let name = |problem: &Diagnostic| {
        let place = read.text.place(problem.span.expect("every problem has a place").start);
        format!("{}:{} {}", place.line, place.column, problem.code)
    };
    read.diagnostics.iter().filter(|problem| problem.severity == Severity::Error).map(name).collect()
}

#[test]
fn a_record_whose_id_is_taken_is_checked_all_the_same() {
    let text = r##"Timeline(format: 1, title: "t",
lanes: [Lane(id: "l", title: "L"), Lane(id: "l", title: "L", color: "red")],
sources: [
    Source(id: "s", title: "S"),
    Source(id: "s", title: "S", origin: "gone"),
    Source(id: "", title: "S", captures: [Capture(file: "/x", hash: Hash(algorithm: Sha256, value: "0"))]),
],
events: [
    Event(id: "e", title: "E", date: "2024"),
    Event(id: "e", title: " ", date: "2024", lane: "k", citations: [Citation(source: "r"), Citation(source: "s")], links: [Link(to: "d", relation: Causes), Link(to: "e", relation: Causes)]),
    Event(id: "e", title: "E", date: "", lane: "j"),
])
"##;
    assert_eq!(
        errors(text),
        [
            "2:45 duplicate-id",
            "2:69 bad-color",
            "5:16 duplicate-id",
            "5:41 unknown-source",
            "6:16 empty-id",
            "6:57 capture-outside",
            "6:100 bad-hash",
            "10:15 duplicate-id",
            "10:27 empty-title",
            "10:52 unknown-lane",
            "10:86 unknown-source",
            "10:133 dangling-link",
            "11:15 duplicate-id",
            "11:38 bad-date",
            "11:48 unknown-lane",
        ]
    );
}

#[test]
fn a_fault_that_is_made_again_and_again_is_counted() {
    let more = |count: usize, before: &str, fault: &dyn Fn(usize) -> String, after: &str| {
        let text = format!("{before}{}{after}", (0..count).map(fault).collect::<Vec<_>>().join(","));
        let read = store::read(text);
        let size: usize = read.diagnostics.iter().map(|problem| problem.message.len()).sum();
        assert!(read.diagnostics.len() < 4_100 && size < 1_000_000, "{} of {size}", read.diagnostics.len());
        let counted: usize = read.diagnostics.iter().map(|problem| problem.count).sum();
        assert!(counted >= count, "{counted} of {count}");
    };
    let head = "Timeline(format: 1, title: \"t\", events: [";
    let event = format!("{head}Event(title: \"E\", date: \"2024\", ");
    more(9_000, &event, &|n| format!("tilte{n}: 1"), ")])");
    more(9_000, &event, &|_| "title: \"\"".to_owned(), ")])");
    more(9_000, &format!("{event}tags: ["), &|_| "1".to_owned(), "])])");
    more(3_000, head, &|_| "Event(title: \"E\", date: \"24 Oktober\")".to_owned(), "])");
    // Minutes, if it were worked out of each what was meant.
    more(100_000, head, &|n| format!("Event(title: \"E\", date: \"late nonsense {n}\")"), "])");
    more(3_000, head, &|_| "Event(id: \"e\", title: \"E\", date: \"2024\", lane: \"l\")".to_owned(), "])");
    more(3_000, head, &|n| format!("Event(id: \"{n}\", title: \"E\", date: \"2024-99\", lane: \"l\")"), "])");
}

#[test]
fn a_long_text_is_not_repeated_whole() {
    let long = "x".repeat(100_000);
    let text = format!(
        "Timeline(format: 1, title: \"t\", events: [Event(title: \"E\", date: \"{long}\", {long}: 1, standing: {long}), {long}(title: 1, date: \"2024\")])"
    );
    for problem in store::read(text).diagnostics {
        assert!(problem.message.len() + problem.hint.as_deref().map_or(0, str::len) < 2_000, "{}", problem.code);
    }
}

#[test]
fn no_problem_is_told_in_the_middle_of_a_letter() {
    for text in ["ж", "жжж", "Timeline(format: 1, title: \"t\", events: [ж])", "ж(format: 1, title: \"t\")"] {
        let problems = store::read(text.to_owned()).diagnostics;
        let place = |problem: &Diagnostic| problem.span.expect("every problem has a place");
        assert!(!problems.is_empty(), "{text}");
        assert!(
            problems.iter().map(place).all(|span| text.get(span.start..span.end).is_some()),
            "{text}: {problems:?}"
        );
    }
}
