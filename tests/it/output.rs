//! What the command line prints of files that somebody else wrote: nothing that a terminal obeys, no formula, no markup.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use annalist::text::is_unseen;

const HOSTILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/hostile.ron");

fn program() -> Command {
    let mut program = crate::program::annalist();
    program.stdin(Stdio::null());
    program
}

fn annalist(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Fails where a terminal would obey anything but the ends of lines.
#[track_caller]
fn check_seen(output: &Output) -> (String, String) {
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    for said in [&out, &err] {
        let unseen: Vec<char> = said.chars().filter(|&sign| sign != '\n' && is_unseen(sign)).collect();
        assert!(unseen.is_empty(), "{unseen:?} in {said:?}");
    }
    (out, err)
}

#[test]
fn a_table_has_one_line_an_event_and_columns_that_stand_below_each_other() {
    use unicode_width::UnicodeWidthStr as _;
    let (table, _) = check_seen(&annalist(&["list", HOSTILE]));
    assert_eq!(table.lines().count(), 10, "{table}");
    for shown in
        ["␛[31mred␛]8;;http://example.org␇link\\u009b0m\\u007f", "\\u202eevil\\u202c", "first line␊second line␍␊third"]
    {
        assert!(table.contains(shown), "{shown}: {table}");
    }
    let column = table.lines().next().unwrap().find("Standing").unwrap();
    for line in table.lines().skip(1) {
        let at = line.find("  Reported").unwrap() + 2;
        assert_eq!(line[..at].width(), column, "{line}");
    }
}

#[test]
fn one_long_title_pushes_no_other_row_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.ron");
    let long = "long ".repeat(2_000);
    let event = |title: &str| format!("Event(title: \"{title}\", date: \"2024\"),");
    fs::write(&path, format!("Timeline(format: 1, title: \"T\", events: [{}{}])", event(&long), event("short")))
        .unwrap();
    let (table, _) = check_seen(&annalist(&["list", path.to_str().unwrap()]));
    assert!(table.contains(&long) && table.lines().last().unwrap().len() < 200, "{table}");
}

#[test]
fn every_format_and_command_makes_signs_visible() {
    for arguments in [
        &["list", HOSTILE, "--format", "json"][..],
        &["check", HOSTILE],
        &["check", HOSTILE, "--all"],
        &["check", HOSTILE, "--format", "json"],
        &["date", "a\u{1b}[2J\u{202e}\nb", "2024\u{9b}"],
        &["date", "--format", "json", "a\u{1b}[2J\u{202e}b"],
        &["list", "no\u{1b}[2J\u{202e}\nerror: forged.ron"],
        &["list", HOSTILE, "--after", "\u{1b}[2J"],
        &["list", HOSTILE, "--\u{1b}[2J\u{202e}"],
        &["export", HOSTILE, "-o", "x\u{1b}.docx"],
        &["add", HOSTILE, "--date", "2024", "--title", "T", "--lane", "\u{1b}[2J\u{202e}"],
    ] {
        check_seen(&annalist(arguments));
    }
    let (_, told) = check_seen(&annalist(&["check", HOSTILE]));
    assert!(!told.lines().any(|line| line.starts_with("error: forged")), "{told}");
    assert!(told.contains("there is no lane \"no␛[2J␊error: forged\""), "{told}");
}

#[test]
fn json_says_the_signs_themselves() {
    let rows: serde_json::Value =
        serde_json::from_slice(&annalist(&["list", HOSTILE, "--format", "json"]).stdout).unwrap();
    let title = |id: &str| rows.as_array().unwrap().iter().find(|row| row["id"] == id).unwrap()["title"].clone();
    assert_eq!(title("colours"), "\u{1b}[31mred\u{1b}]8;;http://example.org\u{7}link\u{9b}0m\u{7f}");
    assert_eq!(title("lines"), "first line\nsecond line\r\nthird\u{2028}fourth");
}

#[test]
fn names_of_files_are_told_on_one_line_and_laid_out_under_their_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a\u{1b}[2J\u{202e}\nb.ron");
    fs::write(&path, "Timeline(format:1,title:\"T\")").unwrap();
    for command in ["fmt", "check", "list"] {
        let (out, err) = check_seen(&annalist(&[command, path.to_str().unwrap()]));
        if command != "list" {
            assert!(out.contains("a␛[2J\\u202e␊b.ron") && out.lines().count() == 1, "{out}{err}");
        }
    }
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf_8_are_told_each() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().unwrap();
    let name = |bytes: &[u8]| -> PathBuf { folder.path().join(std::ffi::OsStr::from_bytes(bytes)) };
    let (good, missing) = (name(b"good\xff.ron"), name(b"missing\xfe.ron"));
    fs::write(&good, "Timeline(format: 1, title: \"T\")").unwrap();
    let output = program().arg("check").args([&good, &missing, Path::new(HOSTILE)]).output().unwrap();
    let (out, err) = check_seen(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(out.contains("good\u{fffd}.ron: 0 events") && out.contains("hostile.ron: 9 events"), "{out}");
    assert!(err.contains("missing\u{fffd}.ron"), "{err}");
}

#[test]
fn no_cell_of_csv_is_a_formula_and_dates_stay() {
    let csv = text(&annalist(&["list", HOSTILE, "--format", "csv"]).stdout);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |row: &csv::StringRecord, name: &str| {
        row.get(columns.iter().position(|column| column == name).unwrap()).unwrap().to_owned()
    };
    for row in &rows {
        for (column, value) in columns.iter().zip(row) {
            let begins = value.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
            assert!(
                !begins || ["date", "earliest", "latest"].contains(&column) || value == "-0043",
                "{column}: {value:?}"
            );
        }
    }
    let of = |id: &str| rows.iter().find(|row| cell(row, "id") == id).unwrap();
    let caesar = of("caesar");
    assert_eq!(
        ["date", "earliest", "place", "title"].map(|name| cell(caesar, name)),
        ["-0043-03-15", "-0043-03-15", "-0043", "'-5 degrees"]
    );
    let formula = of("'=1+2");
    let cells = ["title", "place", "actors", "tags", "note"].map(|name| cell(formula, name));
    assert_eq!(cells, ["'=HYPERLINK(\"http://example.org\")", "'@SUM(1)", "'-2+3", "'\t=1", "'+1+1"]);
    assert_eq!(cell(of("colours"), "title").matches('␛').count(), 2, "a pipe may lead to a terminal");
}

#[test]
fn a_markdown_table_has_text_and_no_markup() {
    let table = text(&annalist(&["list", HOSTILE, "--format", "md"]).stdout);
    assert_eq!(table.lines().count(), 11, "{table}");
    assert!(!table.contains('\u{1b}'), "{table}");
    assert!(table.contains(r"\[click\](javascript:go())") && table.contains(r"a \| b \<script\>"), "{table}");
    for line in table.lines().skip(2) {
        let bare = line.replace(r"\|", "").matches('|').count();
        assert_eq!(bare, 6, "{line}");
    }
}

/// A file of which there is more to list than a pipe holds.
fn long_file(folder: &Path, has_error: bool) -> PathBuf {
    let path = folder.join("long.ron");
    let lane = if has_error { "lane: \"nowhere\"" } else { "" };
    let events: String = (0..5_000)
        .map(|n| format!("Event(id: \"e{n}\", title: \"Event number {n} of many\", date: \"2024-01-01\"),\n"))
        .collect();
    let last = format!("Event(id: \"last\", title: \"Last\", date: \"2024\", {lane})");
    fs::write(&path, format!("Timeline(format: 1, title: \"T\", events: [{events}{last}])")).unwrap();
    path
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_ends_a_command_quietly() {
    let folder = tempfile::tempdir().unwrap();
    for errors in [false, true] {
        let path = long_file(folder.path(), errors);
        for format in ["table", "json", "csv", "md"] {
            let arguments = ["list", path.to_str().unwrap(), "--format", format];
            let mut child = program().args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            let mut first = [0; 10];
            child.stdout.take().unwrap().read_exact(&mut first).unwrap();
            let output = child.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(i32::from(errors)), "{format}");
            assert!(!text(&output.stderr).contains("pipe"), "{format}");
        }
    }
}

#[test]
fn check_says_the_worst_first_and_notes_of_a_kind_together() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.ron");
    let events: String = (0..2_051)
        .map(|n| {
            format!("Event(id: \"e{n}\", title: \"E{n}\", date: \"2024\", citations: [Citation(source: \"s\")]),\n")
        })
        .collect();
    let text_of_file = format!(
        "Timeline(format: 1, title: \"T\", sources: [Source(id: \"s\", title: \"S\"), Source(id: \"spare\", title: \"Spare\")],\n\
         events: [{events}Event(id: \"last\", title: \"Last\", date: \"2024\", lane: \"no\"),])"
    );
    fs::write(&path, text_of_file).unwrap();
    let name = path.to_str().unwrap();
    let output = annalist(&["check", name]);
    let told = text(&output.stderr);
    let kinds: Vec<&str> = told.lines().filter_map(|line| Some(line.split_once('[')?.1.split_once(']')?.0)).collect();
    assert_eq!(kinds, ["unknown-lane", "unsourced", "ungraded", "unused-source"], "{told}");
    assert!(
        told.contains("info[ungraded]: 2,051 events have no full grade: \"e0\", \"e1\", \"e2\", …\n  help: `--all`"),
        "{told}"
    );
    assert_eq!(text(&output.stdout), format!("{name}: 2,052 events, 2 sources: 1 error, 1 warning, 2,052 notes\n"));
    let all = text(&annalist(&["check", "--all", name]).stderr);
    assert_eq!(all.matches("info[ungraded]").count(), 2_051, "each of them");
    assert!(!all.contains("not listed") && all.contains("info[unused-source]"), "{all}");
    let rows: Vec<serde_json::Value> =
        serde_json::from_slice(&annalist(&["check", "--format", "json", name]).stdout).unwrap();
    assert_eq!(rows.len(), 2_054, "as many as the words say");
    assert!(rows.iter().all(|row| row["count"].is_null()));
}

#[test]
fn what_the_system_says_is_said_once() {
    let folder = tempfile::tempdir().unwrap();
    // A file in the place of a folder: refused to every user.
    let blocked = folder.path().join("file");
    fs::write(&blocked, "").unwrap();
    let path = blocked.join("t.ron");
    let name = path.to_str().unwrap();
    for arguments in [&["list", name][..], &["check", name], &["export", name, "-o", "x.md"], &["fmt", name]] {
        let told = text(&annalist(arguments).stderr);
        let causes =
            ["Not a directory", "a file is in the place of its folder"].map(|cause| told.matches(cause).count());
        assert_eq!((causes.iter().sum::<usize>(), told.contains("os error")), (1, false), "{told}");
    }
}

#[test]
fn a_table_of_data_obeys_no_terminal_behind_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.ron");
    let event = r#"Event(id: "e", title: "\u{1b}[31mred\u{7}\u{202e}gnp\u{9b}1m", date: "2024", note: "one\ntwo")"#;
    fs::write(&path, format!("Timeline(format: 1, title: \"t\", events: [{event}])")).unwrap();
    for format in ["csv", "md", "json", "table"] {
        let told = text(&annalist(&["list", path.to_str().unwrap(), "--format", format]).stdout);
        assert!(!told.contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{9b}']) && told.contains("red"), "{format}: {told}");
        assert!(format != "csv" || told.contains("\"one\ntwo\""), "{told}");
    }
}
