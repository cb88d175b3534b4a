//! Several programs that write to one timeline at once, and programs that are killed while they do: nothing that was
//! acknowledged is lost, and nothing is left behind.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use annalist::edit::{Edit, apply};
use annalist::model::{Event, Timeline};
use annalist::store::{SaveError, SaveLock, backup_path, load, save, save_new};
use annalist::time::Date;

const TEXT: &str = "// mine\nTimeline(format: 1, title: \"t\", events: [\n    Event( id: \"a\",title: \"A\", date: \"2024\"), // a\n])\n";

fn annalist(arguments: &[&str]) -> Command {
    let mut command = crate::program::annalist();
    command.args(arguments).stdin(Stdio::null());
    command
}

fn adding(path: &Path, id: &str) -> Command {
    annalist(&["add", path.to_str().unwrap(), "--date", "2024", "--title", "E", "--id", id])
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.ron");
    fs::write(&path, TEXT).unwrap();
    (folder, path)
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Adds events one after another; returns the ids of those that were acknowledged.
fn add_many(path: &Path, writer: &str, count: usize) -> Vec<String> {
    let ids = (0..count).map(|n| format!("{writer}-{n}"));
    ids.filter(|id| {
        let output = adding(path, id).output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        true
    })
    .collect()
}

fn assert_holds(path: &Path, ids: &[String]) {
    let read = load(path).unwrap().read;
    assert!(!read.has_errors(), "{:?}", read.diagnostics);
    let lost: Vec<_> = ids.iter().filter(|id| read.timeline.event(id).is_none()).collect();
    assert!(lost.is_empty(), "of {} events that were acknowledged these are not there: {lost:?}", ids.len());
    assert!(read.text.text().starts_with("// mine\n"));
}

#[test]
fn what_several_add_at_once_is_all_there() {
    for (writers, each) in [(2, 10), (6, 4)] {
        let (folder, path) = folder();
        let ids: Vec<String> = thread::scope(|scope| {
            let path = path.as_path();
            let running: Vec<_> =
                (0..writers).map(|writer| scope.spawn(move || add_many(path, &format!("w{writer}"), each))).collect();
            running.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
        });
        assert_eq!(ids.len(), writers * each);
        assert_holds(&path, &ids);
        assert_eq!(names(folder.path()), ["t.ron"]);
    }
}

#[test]
fn what_is_added_beside_other_saves_is_all_there() {
    let (folder, path) = folder();
    let ids: Vec<String> = thread::scope(|scope| {
        let path = path.as_path();
        let adds = scope.spawn(|| add_many(path, "add", 10));
        let layouts = scope.spawn(|| {
            for _ in 0..10 {
                let output = annalist(&["fmt", path.to_str().unwrap()]).output().unwrap();
                assert!(output.status.success(), "{}", stderr(&output));
            }
        });
        // As the window saves: what changed meanwhile is refused, and opened again.
        let mut saved = Vec::new();
        while saved.len() < 10 {
            let mut read = load(path).unwrap().read;
            let id = format!("window-{}", saved.len());
            apply(&mut read.timeline, &Edit::put_event(Event::new(id.as_str(), "E", Date::parse("2024").unwrap())))
                .unwrap();
            match save(path, &mut read.text, &read.timeline) {
                Ok(_) => saved.push(id),
                Err(SaveError::ChangedOnDisk(_)) => {}
                Err(error) => panic!("{error}"),
            }
        }
        layouts.join().unwrap();
        saved.extend(adds.join().unwrap());
        saved
    });
    assert_eq!(ids.len(), 20);
    assert_holds(&path, &ids);
    assert_eq!(names(folder.path()), ["t.ron", "t.ron.bak"]);
}

/// Adds and lays out one file while others import into it.
#[test]
fn what_is_imported_beside_other_changes_is_all_there() {
    let (folder, path) = folder();
    let imports = |writer: &str| {
        let ids = (0..8).map(|n| format!("{writer}-{n}"));
        let imported = ids.map(|id| {
            let records = folder.path().join(format!("{id}.ris"));
            fs::write(&records, format!("TY  - GEN\nTI  - Record {id}\nID  - {id}\nER  - \n")).unwrap();
            let command = &mut annalist(&["import", records.to_str().unwrap(), "-o", path.to_str().unwrap()]);
            let output = command.output().unwrap();
            assert!(output.status.success(), "{}", stderr(&output));
            fs::remove_file(records).unwrap();
            id
        });
        imported.collect::<Vec<_>>()
    };
    let (events, sources) = thread::scope(|scope| {
        let path = path.as_path();
        let adding = scope.spawn(|| add_many(path, "w", 8));
        let laying = scope.spawn(|| {
            for _ in 0..8 {
                let output = annalist(&["fmt", path.to_str().unwrap()]).output().unwrap();
                assert!(output.status.success(), "{}", stderr(&output));
            }
        });
        let importing = ["x", "y"].map(|writer| scope.spawn(move || imports(writer)));
        let sources = importing.into_iter().flat_map(|writer| writer.join().unwrap()).collect::<Vec<_>>();
        laying.join().unwrap();
        (adding.join().unwrap(), sources)
    });
    assert_holds(&path, &events);
    let timeline = load(&path).unwrap().read.timeline;
    let lost: Vec<_> = sources.iter().filter(|id| timeline.source(id).is_none()).collect();
    assert!(lost.is_empty() && sources.len() == 16, "{lost:?}");
    assert_eq!(names(folder.path()), ["t.ron"]);
}

#[test]
fn two_that_import_into_a_new_file_both_come_in() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.ron");
    let running: Vec<Child> = (0..4)
        .map(|n| {
            let records = folder.path().join(format!("{n}.ris"));
            fs::write(&records, format!("TY  - GEN\nTI  - Record {n}\nID  - r{n}\nER  - \n")).unwrap();
            let mut command = annalist(&["import", records.to_str().unwrap(), "-o", path.to_str().unwrap()]);
            command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for child in running {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
    }
    assert_eq!(load(&path).unwrap().read.timeline.sources().len(), 4);
}

#[test]
fn a_save_waits_for_the_lock_of_another() {
    let (_folder, path) = folder();
    let lock = SaveLock::wait(&path).unwrap();
    let mut waiting: Child = adding(&path, "later").spawn().unwrap();
    let mut read = load(&path).unwrap().read;
    apply(&mut read.timeline, &Edit::put_event(Event::new("first", "E", Date::parse("2024").unwrap()))).unwrap();
    lock.save(&mut read.text, &read.timeline).unwrap();
    assert!(waiting.wait().unwrap().success());
    assert_holds(&path, &["first".to_owned(), "later".to_owned()]);
}

#[test]
fn a_right_from_before_the_file_came_waits_for_who_has_it_by_then() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.ron");
    let early = SaveLock::wait(&path).unwrap();
    save_new(&path, &Timeline::empty("t")).unwrap();
    let read = |id: &str| {
        let mut read = load(&path).unwrap().read;
        apply(&mut read.timeline, &Edit::put_event(Event::new(id, "E", Date::parse("2024").unwrap()))).unwrap();
        read
    };
    let (mut ours, mut theirs) = (read("ours"), read("theirs"));
    let lock = SaveLock::wait(&path).unwrap();
    let saving = thread::spawn(move || early.save(&mut ours.text, &ours.timeline).map(drop));
    // Long enough for a save that does not wait.
    thread::sleep(Duration::from_millis(200));
    assert!(!saving.is_finished());
    lock.save(&mut theirs.text, &theirs.timeline).unwrap();
    assert!(matches!(saving.join().unwrap(), Err(SaveError::ChangedOnDisk(_))));
    assert!(load(&path).unwrap().read.timeline.event("theirs").is_some());
}

#[test]
fn of_two_that_make_one_file_the_second_is_refused() {
    let (folder, path) = folder();
    let timeline = load(&path).unwrap().read.timeline;
    let new = folder.path().join("new.ron");
    save_new(&new, &timeline).unwrap();
    assert!(matches!(save_new(&new, &timeline), Err(SaveError::ChangedOnDisk(_))));
    assert_eq!(names(folder.path()), ["new.ron", "t.ron"]);
}

#[test]
fn a_save_removes_what_others_left_and_nothing_else() {
    let (folder, path) = folder();
    let at = |name: &str| folder.path().join(name);
    fs::write(at(".annalist-Ab3dE9.tmp"), "left by one that was killed").unwrap();
    fs::hard_link(&path, at(".annalist-backup.tmp")).unwrap();
    let others = [".annalist-Ab3dE.tmp", ".annalist-my-notes.tmp", ".annalist-Ab3dE9.txt", "annalist-Ab3dE9.tmp"];
    others.iter().for_each(|name| fs::write(at(name), "not ours").unwrap());
    fs::create_dir(at(".annalist-folder.tmp")).unwrap();
    let in_use = fs::File::create(at(".annalist-in0use.tmp")).unwrap();
    in_use.lock().unwrap();

    assert!(adding(&path, "b").status().unwrap().success());
    let mut left = vec![".annalist-folder.tmp", ".annalist-in0use.tmp", "t.ron"];
    left.extend(others);
    left.sort_unstable();
    assert_eq!(names(folder.path()), left);
}

#[test]
fn a_backup_that_is_the_file_itself_leaves_nothing_beside_it() {
    let (folder, path) = folder();
    fs::hard_link(&path, backup_path(&path)).unwrap();
    let mut read = load(&path).unwrap().read;
    apply(&mut read.timeline, &Edit::put_event(Event::new("b", "B", Date::parse("2024").unwrap()))).unwrap();
    save(&path, &mut read.text, &read.timeline).unwrap();
    assert_eq!(names(folder.path()), ["t.ron", "t.ron.bak"]);
    assert_eq!(fs::read_to_string(backup_path(&path)).unwrap(), TEXT);
}

#[test]
fn one_that_is_killed_loses_nothing_and_the_next_leaves_nothing() {
    let (folder, path) = folder();
    let mut acknowledged = Vec::new();
    for n in 0..12 {
        let id = format!("e{n}");
        let mut child = adding(&path, &id).stdout(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(2 * n));
        let _ = child.kill();
        if child.wait().unwrap().success() {
            acknowledged.push(id);
        }
        assert_holds(&path, &acknowledged);
    }
    acknowledged.extend(add_many(&path, "last", 1));
    assert_holds(&path, &acknowledged);
    assert_eq!(names(folder.path()), ["t.ron"]);
}

#[test]
fn a_layout_keeps_what_was_there() {
    let (folder, path) = folder();
    assert!(annalist(&["fmt", path.to_str().unwrap()]).status().unwrap().success());
    assert_ne!(fs::read_to_string(&path).unwrap(), TEXT);
    let versions =
        || String::from_utf8(annalist(&["versions", path.to_str().unwrap()]).output().unwrap().stdout).unwrap();
    let kept = annalist(&["versions", path.to_str().unwrap(), "--restore", "1"]).output().unwrap();
    assert_eq!(String::from_utf8(kept.stdout).unwrap(), TEXT);
    assert!(annalist(&["fmt", path.to_str().unwrap()]).status().unwrap().success());
    assert_eq!(versions().lines().count(), 1, "an even file is not written to");
    assert_eq!(names(folder.path()), ["t.ron"]);
}

#[cfg(unix)]
#[test]
fn one_file_that_cannot_be_laid_out_is_named_and_the_others_are() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, path) = folder();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("closed.ron"), TEXT).unwrap();
    fs::set_permissions(at("closed.ron"), fs::Permissions::from_mode(0o444)).unwrap();
    fs::write(at("broken.ron"), "Timeline(").unwrap();
    let files = ["closed.ron", "missing.ron", "broken.ron", "t.ron"].map(at);
    let arguments: Vec<&str> = ["fmt"].into_iter().chain(files.iter().map(|file| file.to_str().unwrap())).collect();
    let output = annalist(&arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    for name in ["closed.ron", "missing.ron", "broken.ron"] {
        assert!(stderr(&output).contains(name), "{name}: {}", stderr(&output));
    }
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim_end(), path.to_str().unwrap());
    assert_ne!(fs::read_to_string(&path).unwrap(), TEXT);
    assert_eq!(fs::read_to_string(at("closed.ron")).unwrap(), TEXT);
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_done_is_no_failure_where_it_cannot_be_printed() {
    let (folder, path) = folder();
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = adding(&path, "b").stdout(full()).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stderr(&output).contains("could not be printed"), "{}", stderr(&output));
    assert_holds(&path, &["b".to_owned()]);
    let laid = annalist(&["fmt", path.to_str().unwrap()]).stdout(full()).stderr(Stdio::piped()).output().unwrap();
    assert!(laid.status.success(), "{}", stderr(&laid));

    // What only reads has failed where nobody can read it.
    let listed = annalist(&["list", path.to_str().unwrap()]).stdout(full()).stderr(Stdio::null()).status().unwrap();
    assert_eq!(listed.code(), Some(1));
    assert_eq!(names(folder.path()), ["t.ron"]);
}
