//! Disks that fill up: every write of save, backup, export and capture fails once, and nothing is lost.
//!
//! A disk is full, as far as a program can tell, when a file may not grow beyond a limit: the shell sets one, byte counts in
//! blocks of 512 (`ulimit -f`), and the limit rises until the command succeeds.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use annalist::store::capture;
use annalist::time::Instant;

/// The blocks that files may have, one limit after the other.
const LIMITS: [u32; 14] = [0, 1, 2, 3, 4, 6, 8, 12, 24, 48, 96, 400, 2_000, 100_000];

/// Runs a program that may write no file longer than so many blocks; it keeps its state below a folder.
fn limited(blocks: u32, program: &Path, arguments: &[&str], state: &Path) -> Output {
    let mut shell = Command::new("sh");
    crate::program::keep_state_in(&mut shell, state);
    // Where the signal is ignored, a write beyond the limit fails as one to a full disk does.
    shell.arg("-c").arg("trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"").arg("sh").arg(blocks.to_string());
    shell.arg(program).args(arguments).output().unwrap()
}

/// Every file of a folder with what is in it.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            let bytes = fs::read(&path).unwrap();
            found.insert(path, bytes);
        }
    }
    found
}

/// A timeline whose file takes up some blocks.
fn timeline() -> String {
    let events: Vec<String> =
        (0..20).map(|at| format!("    Event(id: \"e{at}\",  title: \"Event {at}\", date: \"2024\"),")).collect();
    format!("Timeline(format: 1, title: \"t\", events: [\n{}\n])\n", events.join("\n"))
}

/// Runs a command on less than it needs, until it has enough: each time but the last nothing has changed and one thing is said.
fn check(files: &[(&str, &str)], arguments: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let paths: Vec<String> =
        arguments.iter().map(|argument| argument.replace("FOLDER", folder.path().to_str().unwrap())).collect();
    let arguments: Vec<&str> = paths.iter().map(String::as_str).collect();
    let before = contents(folder.path());
    for (failures, blocks) in LIMITS.into_iter().enumerate() {
        let output = limited(blocks, Path::new(env!("CARGO_BIN_EXE_annalist")), &arguments, folder.path());
        let says = String::from_utf8(output.stderr).unwrap();
        if output.status.success() {
            assert!(failures > 0, "{arguments:?} wrote nothing");
            assert_ne!(contents(folder.path()), before, "{arguments:?}");
            return;
        }
        assert_eq!(contents(folder.path()), before, "{arguments:?} with {blocks} blocks: {says}");
        assert_eq!(says.matches("error").count(), 1, "{arguments:?}: {says}");
        assert!(says.contains("choose another place"), "{arguments:?}: {says}");
    }
    panic!("{arguments:?} never succeeded");
}

#[test]
fn a_save_on_a_full_disk_changes_nothing_and_says_what_helps() {
    check(&[("t.ron", &timeline())], &["add", "FOLDER/t.ron", "--date", "2024", "--title", "One more"]);
    check(&[("t.ron", &timeline())], &["fmt", "FOLDER/t.ron"]);
    let records = "TY  - GEN\nTI  - One\nER  - \n";
    check(&[("r.ris", records)], &["import", "FOLDER/r.ris", "-o", "FOLDER/new.ron"]);
    check(&[("r.ris", records), ("t.ron", &timeline())], &["import", "FOLDER/r.ris", "-o", "FOLDER/t.ron"]);
}

#[test]
fn a_version_that_finds_no_room_is_kept_beside_the_file_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.ron");
    // Laid out, it has room within a limit that a copy of it as it was has not.
    let wide = timeline().replace("title:", &format!("title:{}", " ".repeat(1_000)));
    fs::write(&path, &wide).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_annalist"));
    let output = limited(8, program, &["fmt", path.to_str().unwrap()], folder.path());
    let says = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && says.contains("could not be kept among its earlier versions"), "{says}");
    assert!(says.contains("files may not grow so large there") && !says.contains("os error"), "{says}");
    assert!(fs::metadata(&path).unwrap().len() < 4_096);
    assert_eq!(fs::read_to_string(folder.path().join("t.ron.bak")).unwrap(), wide);
    let left: Vec<PathBuf> = contents(folder.path()).into_keys().collect();
    assert!(!left.iter().any(|path| path.extension().is_some_and(|extension| extension == "tmp")), "{left:?}");
}

#[test]
fn a_merge_on_a_full_disk_leaves_all_three_and_says_what_helps() {
    let (base, ours) = (timeline(), timeline().replace("Event 3", "Event three"));
    let theirs = timeline().replace("Event 9", "Event nine");
    let files = [("base.ron", base.as_str()), ("ours.ron", &ours), ("theirs.ron", &theirs)];
    check(&files, &["merge", "FOLDER/base.ron", "FOLDER/ours.ron", "FOLDER/theirs.ron", "-o", "FOLDER/ours.ron"]);
}

#[test]
fn an_export_on_a_full_disk_leaves_the_old_one_and_says_what_helps() {
    for name in ["x.svg", "x.png", "x.md", "x.html", "x.bib"] {
        let sources = timeline().replace("events:", "sources: [Source(id: \"s\", title: \"S\")], events:");
        let output = format!("FOLDER/{name}");
        check(&[("t.ron", &sources), (name, "the old one")], &["export", "FOLDER/t.ron", "-o", &output]);
    }
}

/// Where this is set, the test below is the program that attaches a file in that folder.
const FOLDER: &str = "ANNALIST_TEST_ATTACHES_IN";

#[test]
fn a_capture_on_a_full_disk_leaves_no_half_of_a_copy() {
    if let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) {
        let attached = capture::attach(&folder.join("t.ron"), "s", &folder.join("page.html"), None, Instant::default());
        if let Err(error) = attached {
            println!("refused: {error}");
        }
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("t.ron"), timeline()).unwrap();
    fs::write(folder.path().join("page.html"), "x".repeat(300_000)).unwrap();
    let before = contents(folder.path());
    let mut said = 0;
    for blocks in [0, 8, 128, 10_000] {
        let name = "full_disk::a_capture_on_a_full_disk_leaves_no_half_of_a_copy";
        let own = std::env::current_exe().unwrap();
        let mut shell = Command::new("sh");
        shell.arg("-c").arg("trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"").arg("sh").arg(blocks.to_string());
        let output = shell.arg(own).args(["--exact", name, "--nocapture"]).env(FOLDER, folder.path()).output().unwrap();
        let says = String::from_utf8(output.stdout).unwrap();
        if says.contains("refused") {
            said += 1;
            assert!(says.contains("choose another place"), "{says}");
            assert_eq!(contents(folder.path()), before, "{says}");
        }
    }
    assert_eq!(said, 3);
    let copy = folder.path().join("t.captures/s.html");
    assert_eq!(fs::metadata(copy).unwrap().len(), 300_000);
}
