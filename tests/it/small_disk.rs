//! The window on a disk that fills up and is made room on: what it says, what it keeps, and that it goes on.
//!
//! The disk is a small file system in memory, mounted in a name space of its own (`unshare`, as any user where the system allows
//! it); where that cannot be, the test says so and ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use annalist::app::OpenRequest;
use egui::Key;
use tempfile::TempDir;

use crate::window::{FILE, Setup, Still, TREATY, Window};

/// Where this is set, the test is the program, and a small disk is mounted at this folder.
const DISK: &str = "ANNALIST_TEST_DISK";

/// What else lies on the disk: as much as fits.
struct Filler(PathBuf);

impl Filler {
    fn on(disk: &Path) -> Self {
        let filler = Self(disk.join("filler"));
        let mut length = 1 << 20;
        let mut text = Vec::new();
        while length > 0 {
            text.resize(text.len() + length, b'x');
            if fs::write(&filler.0, &text).is_err() {
                text.truncate(text.len() - length);
                length /= 2;
            }
        }
        fs::write(&filler.0, &text).unwrap();
        filler
    }

    fn remove(self) {
        fs::remove_file(self.0).unwrap();
    }
}

fn retitle(window: &mut Window, at: usize, title: &str) {
    let before = window.titles()[at].to_owned();
    window.select(&before);
    window.fill("Title", title);
    window.key(Key::Enter);
}

fn count(window: &Window, part: &str) -> usize {
    window.notices().iter().filter(|notice| notice.contains(part)).count()
}

fn temporary_files(folder: &Path) -> usize {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_string_lossy().starts_with(".annalist-")).count()
}

/// The program under test, on a disk that is nearly full already.
fn work_on(disk: &Path) {
    let folder = tempfile::tempdir_in(disk).unwrap();
    let setup = || Setup { keeps_state: true, ..Setup::default() };
    let mut window = Setup { folder: Some(folder), ..setup() }.on(TREATY);
    retitle(&mut window, 0, "kept");
    let filler = Filler::on(disk);

    // Neither the journal nor the file can be written: both are said, once, and the work goes on.
    for round in 0..30 {
        retitle(&mut window, 1, &format!("{round:0200}"));
    }
    window.wait_until("the journal fails", |window| window.tells("Changes are not kept beyond a crash"));
    retitle(&mut window, 2, "last");
    assert_eq!(count(&window, "Changes are not kept beyond a crash"), 1, "{:?}", window.notices());
    assert!(window.tells("make room"), "{:?}", window.notices());
    window.ctrl(Key::S);
    assert!(window.tells("Not saved") && window.tells("make room there"), "{:?}", window.notices());
    assert_eq!(window.text(), TREATY);
    assert_eq!(temporary_files(window.folder.path()), 0);

    filler.remove();
    retitle(&mut window, 1, "after");
    window.wait_until("it has caught up", |window| window.tells("Changes are kept beyond a crash again"));
    assert_eq!(count(&window, "Changes are not kept beyond a crash"), 0);
    // All of it is there after a crash, what was changed while the disk was full too, each change by itself.
    let again = |folder: TempDir| {
        let file = folder.path().join(FILE);
        let mut window = Setup { folder: Some(folder), ..setup() }.open(OpenRequest::File(file));
        assert!(window.shows("33 changes"));
        window.click("Restore");
        assert_eq!(window.titles(), ["kept", "after", "last"]);
        window
    };
    let folder = window.crash();
    // The old journal is given up only where the new one has taken its changes.
    let filler = Filler::on(disk);
    let window = again(folder);
    let folder = window.crash();
    filler.remove();
    let mut window = again(folder);

    // A disk on which nothing may be written any more.
    let remount = |how: &str| Command::new("mount").args(["-o", how]).arg(disk).status().unwrap().success();
    if remount("remount,ro") {
        window.ctrl(Key::S);
        assert!(window.tells("Not saved") && window.tells("choose another place"), "{:?}", window.notices());
        assert!(remount("remount,rw"));
    }
    window.ctrl(Key::S);
    assert!(window.tells("Saved timeline.ron") && window.text().contains("\"after\""), "{:?}", window.notices());
    assert_eq!(window.errors(), Vec::<&str>::new());
    drop(window);
    keep_on(disk);
    println!("it went on");
}

/// The state of the program is on a disk that is full, and the timeline on another, where it can be saved.
fn keep_on(disk: &Path) {
    let state = disk.join("state");
    fs::create_dir(&state).unwrap();
    let filler = Filler::on(disk);
    let mut window = Setup { platform: Some(Arc::new(Still::keeping(Some(state)))), ..Setup::default() }.on(TREATY);
    for title in ["first", "second"] {
        retitle(&mut window, 0, title);
        window.wait_until("the journal fails", |window| window.tells("Changes are not kept beyond a crash"));
        // The file is saved, which frees nothing on the disk of the state: nothing says that the next change is kept.
        window.ctrl(Key::S);
        assert!(window.text().contains(title), "{:?}", window.notices());
        std::thread::sleep(Duration::from_secs(1));
        window.steps(2);
        assert!(window.tells("Changes are not kept beyond a crash"), "{:?}", window.notices());
        assert!(!window.tells("kept beyond a crash again"), "{:?}", window.notices());
    }
    filler.remove();
    retitle(&mut window, 0, "third");
    window.wait_until("it has caught up", |window| window.tells("Changes are kept beyond a crash again"));
    assert_eq!(count(&window, "Changes are not kept beyond a crash"), 0);
}

#[test]
fn a_disk_that_is_full_for_a_while_loses_nothing_that_is_in_the_window() {
    if let Some(disk) = std::env::var_os(DISK).map(PathBuf::from) {
        return work_on(&disk);
    }
    let disk = tempfile::tempdir().unwrap();
    let name = "small_disk::a_disk_that_is_full_for_a_while_loses_nothing_that_is_in_the_window";
    let script = "mount -t tmpfs -o size=256k small \"$1\" || { echo 'no disk'; exit; }; shift; exec \"$@\"";
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"]).arg(disk.path());
    command.arg(std::env::current_exe().unwrap()).args(["--exact", name, "--nocapture"]).env(DISK, disk.path());
    let Ok(output) = command.output() else {
        println!("not tested: there is no `unshare` here");
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout);
    let failed = String::from_utf8_lossy(&output.stderr);
    if said.contains("no disk") || failed.starts_with("unshare:") {
        println!("not tested: no file system can be mounted here: {failed}");
        return;
    }
    assert!(said.contains("it went on"), "{said}\n{failed}");
}
