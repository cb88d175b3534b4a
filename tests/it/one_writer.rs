//! One window at a time changes a file: a second one shows it, says who has it, and takes it over when that one has gone.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use annalist::app::{OpenRequest, Picked};
use annalist::store::{Claim, Holder, LockFile, holder_of};
use annalist::ui::ReadOnly;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::program;
use crate::window::{FILE, Setup, TREATY, Window};

/// Frames in which a window looks at least once whether the other has gone.
const LOOKS: usize = 6;

/// Frames after which a window that was just opened has waited for one that was killed.
const GRACE: usize = 64;

/// The other window, as it says of itself.
fn anna() -> Holder {
    let since = annalist::time::Instant::from_micros(1_796_047_402_000_000);
    Holder { user: Some("anna".into()), host: Some("desk".into()), process: Some(1234), since: Some(since) }
}

fn held_by_anna(path: &Path) -> LockFile {
    match LockFile::claim(path, &anna()) {
        Claim::Held(lock) => lock,
        other => panic!("{other:?}"),
    }
}

/// A folder with the treaty in it.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE), TREATY).unwrap();
    folder
}

/// A window on a file that anna has open, with her lock.
fn second() -> (Window, LockFile) {
    let folder = folder();
    let lock = held_by_anna(&folder.path().join(FILE));
    let path = folder.path().join(FILE);
    let setup = Setup { folder: Some(folder), keeps_state: true, ..Setup::default() };
    (setup.open(OpenRequest::File(path)), lock)
}

fn reason(window: &Window) -> Option<ReadOnly> {
    window.app().session().read_only()
}

fn is_enabled(window: &Window, button: &str) -> bool {
    !window.harness.get_by_label(button).accesskit_node().is_disabled()
}

/// Renames the vote, which a window that is read-only does not do.
fn retitle(window: &mut Window) {
    window.select("Duma ratifies");
    window.fill("Title", "State Duma ratifies");
    window.key(Key::Enter);
}

fn annalist(arguments: &[&str]) -> Command {
    let mut command = program::annalist();
    command.args(arguments).stdin(Stdio::null());
    command
}

fn add(path: &Path, id: &str) -> Output {
    let path = path.to_str().unwrap();
    annalist(&["add", path, "--date", "2024", "--title", "Added", "--id", id]).output().unwrap()
}

#[test]
fn a_window_holds_its_file_and_leaves_nothing_in_the_folder() {
    let mut window = Window::on(TREATY);
    let holder = holder_of(&window.file()).unwrap();
    assert_eq!(holder.process, Some(std::process::id()));
    assert_eq!(window.names(), [".timeline.ron.annalist-lock", FILE]);
    retitle(&mut window);
    window.ctrl(Key::S);
    assert!(window.text().contains("State Duma ratifies"));
    assert_eq!(holder_of(&window.file()), Some(holder), "a save changes the file, not its holder");
    window.ctrl(Key::N);
    assert_eq!(holder_of(&window.file()), None, "another timeline is open");
    assert_eq!(window.names(), [FILE, "timeline.ron.bak"]);
    let file = window.file();
    window.hold_and_drop(&[&file]);
    window.settle();
    assert!(holder_of(&file).is_some());
    window.ask_to_close();
    let folder = window.crash();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "timeline and backup");
}

#[test]
fn a_second_window_reads_and_says_who_has_the_file() {
    let (mut window, _lock) = second();
    assert_eq!(reason(&window), Some(ReadOnly::Held));
    assert!(window.shows("Open in another window since ") && window.shows("by anna on desk (process 1234)"));
    assert!(window.app().window_title().contains("(read-only)"));
    assert!(!is_enabled(&window, "Take over"));
    assert!(window.errors().is_empty(), "nothing is wrong with the file");

    window.select("Duma ratifies");
    window.key(Key::Delete);
    assert!(window.tells("Read-only: the file is open in another window"), "{:?}", window.notices());
    retitle(&mut window);
    assert_eq!(window.titles(), ["Treaty signed", "Duma ratifies", "Treaty in force"]);
    window.ctrl(Key::S);
    assert_eq!(window.text(), TREATY);
}

#[test]
fn what_a_second_window_shows_can_be_kept_under_another_name() {
    let (mut window, _lock) = second();
    let copy = window.path("copy.ron");
    window.answer(copy.as_path());
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    assert_eq!((window.app().session().path(), reason(&window)), (Some(copy.as_path()), None));
    assert!(!window.shows("Open in another window") && holder_of(&copy).is_some());
    retitle(&mut window);
    window.ctrl(Key::S);
    assert!(fs::read_to_string(&copy).unwrap().contains("State Duma ratifies"));
    assert_eq!(window.text(), TREATY);
}

#[test]
fn a_file_is_taken_over_once_the_other_window_has_gone() {
    let (mut window, lock) = second();
    window.select("Duma ratifies");
    window.steps(GRACE);
    assert_eq!(reason(&window), Some(ReadOnly::Held));
    // The other one saves and closes.
    fs::write(window.file(), TREATY.replace("Treaty in force", "In force")).unwrap();
    drop(lock);
    window.steps(LOOKS);
    assert_eq!(reason(&window), Some(ReadOnly::Released));
    assert!(window.shows("No other window has this file open any more"));
    assert_eq!(window.titles().last(), Some(&"Treaty in force"), "nothing by itself");

    window.click("Take over");
    assert_eq!((reason(&window), window.titles().last()), (None, Some(&"In force")));
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("duma"), "what was selected is");
    assert_eq!(holder_of(&window.file()).unwrap().process, Some(std::process::id()));
    retitle(&mut window);
    window.ctrl(Key::S);
    assert!(window.text().contains("State Duma ratifies") && window.text().contains("In force"));
    assert!(!window.app().window_title().contains("(read-only)"));
}

/// Moves every file of one folder into another.
fn move_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        fs::rename(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[test]
fn what_a_killed_window_had_not_saved_is_offered_to_the_one_that_takes_over() {
    for is_found_late in [false, true] {
        let folder = folder();
        let path = folder.path().join(FILE);
        let setup = |folder| Setup { folder: Some(folder), keeps_state: true, ..Setup::default() };
        let mut first = setup(folder).open(OpenRequest::File(path.clone()));
        retitle(&mut first);
        let folder = first.crash();
        // As long as the first window runs its journal is not to be found.
        let (journals, aside) = (folder.path().join("state/journals"), folder.path().join("aside"));
        move_all(&journals, &aside);
        let lock = held_by_anna(&path);
        let mut window = setup(folder).open(OpenRequest::File(path.clone()));
        assert!(!window.shows("was not saved"));
        window.steps(GRACE);
        if !is_found_late {
            move_all(&aside, &journals);
        }
        drop(lock);
        window.steps(LOOKS);
        window.settle();
        if is_found_late {
            assert!(window.shows("No other window has this file open any more") && !window.shows("was not saved"));
            move_all(&aside, &journals);
            window.click("Take over");
        }
        assert!(window.shows("“timeline.ron” was not saved when Annalist ended"), "late: {is_found_late}");
        window.click("Restore");
        assert_eq!((reason(&window), window.titles()[1]), (None, "State Duma ratifies"));
        assert!(window.app().session().is_unsaved());
        window.ctrl(Key::S);
        assert!(window.text().contains("State Duma ratifies"));
    }
}

#[test]
fn of_two_that_wait_the_slower_one_goes_on_waiting() {
    let (mut window, lock) = second();
    window.steps(GRACE);
    drop(lock);
    window.steps(LOOKS);
    let bela = Holder { user: Some("bela".into()), ..anna() };
    let _lock = match LockFile::claim(&window.file(), &bela) {
        Claim::Held(lock) => lock,
        other => panic!("{other:?}"),
    };
    window.click("Take over");
    assert_eq!(reason(&window), Some(ReadOnly::Held));
    assert!(window.shows("by bela") && !is_enabled(&window, "Take over"));
}

#[test]
fn a_file_that_another_window_has_is_not_saved_over() {
    let folder = folder();
    let other = folder.path().join("other.ron");
    fs::write(&other, TREATY).unwrap();
    let _lock = held_by_anna(&other);
    let path = folder.path().join(FILE);
    let mut window = Setup { folder: Some(folder), ..Setup::default() }.open(OpenRequest::File(path.clone()));
    retitle(&mut window);
    window.answer(other.as_path());
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    assert!(window.tells("Not saved: other.ron is open in another window since "), "{:?}", window.notices());
    assert_eq!((fs::read_to_string(&other).unwrap().as_str(), window.text().as_str()), (TREATY, TREATY));
    assert_eq!(window.app().session().path(), Some(path.as_path()));
    // Its own file is its own.
    window.answer(path.as_path());
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    assert!(window.text().contains("State Duma ratifies"));
    assert!(holder_of(&path).is_some());
}

#[test]
fn a_file_is_read_again_under_the_lock_it_has() {
    let mut window = Window::on(TREATY);
    fs::write(window.file(), TREATY.replace("Treaty in force", "In force")).unwrap();
    window.menu("File", "Reload from disk");
    assert_eq!((reason(&window), window.titles().last()), (None, Some(&"In force")));
    // With errors it is never written to, and others may mend it.
    fs::write(window.file(), TREATY.replace("title", "tilte")).unwrap();
    window.menu("File", "Reload from disk");
    assert!(matches!(reason(&window), Some(ReadOnly::Damaged { .. })));
    assert_eq!(holder_of(&window.file()), None);
    fs::write(window.file(), TREATY).unwrap();
    window.click("Reload from disk");
    assert_eq!(reason(&window), None);
    assert!(holder_of(&window.file()).is_some());
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_needs_no_lock() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    let path = folder.path().join(FILE);
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let window = Setup { folder: Some(folder), ..Setup::default() }.open(OpenRequest::File(path));
    assert_eq!(reason(&window), None);
    fs::set_permissions(window.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn commands_add_to_an_open_file_and_say_so() {
    let window = Window::on(TREATY);
    let path = window.file();
    let output = add(&path, "added");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && told.contains("is open in a window since "), "{told}");
    assert!(told.contains(&format!("(process {}), which takes the change in", std::process::id())), "{told}");
    assert!(window.text().contains("\"added\"") && window.text().contains("// The spine."));
    // What changes nothing has nothing to say, and reading asks nobody.
    let path = path.to_str().unwrap();
    for arguments in [vec!["fmt", path], vec!["fmt", path], vec!["check", path]] {
        let output = annalist(&arguments).output().unwrap();
        assert!(output.status.success());
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(told.contains("open in a window"), arguments[0] == "fmt" && output.stdout.len() > 1, "{told}");
    }
}

/// A process that holds the lock of a file until it is killed or its standard input ends.
struct Other(Child);

impl Other {
    /// This test program, run for [`holds_until_told`] alone.
    fn on(path: &Path) -> Self {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "one_writer::holds_until_told"])
            .env(HELD, path)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let started = Instant::now();
        while holder_of(path).is_none() {
            assert!(started.elapsed() < Duration::from_secs(20), "the other process did not begin");
            std::thread::sleep(Duration::from_millis(5));
        }
        Self(child)
    }

    /// Killed as by `kill -9`.
    fn killed(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// Ended by its own will.
    fn ended(mut self) {
        drop(self.0.stdin.take());
        self.0.wait().unwrap();
    }
}

/// Names the file that [`holds_until_told`] holds; in an ordinary run it is not set.
const HELD: &str = "ANNALIST_TEST_HELD";

/// The other process of the tests below. By itself it tests nothing.
#[test]
fn holds_until_told() {
    let Some(path) = std::env::var_os(HELD) else { return };
    let _lock = held_by_anna(Path::new(&path));
    let _ = std::io::stdin().read_line(&mut String::new());
}

#[test]
fn the_lock_of_a_process_that_is_killed_is_free_and_its_file_taken_over() {
    let folder = folder();
    let path = folder.path().join(FILE);
    let other = Other::on(&path);
    let mut window = Setup { folder: Some(folder), ..Setup::default() }.open(OpenRequest::File(path.clone()));
    assert_eq!(reason(&window), Some(ReadOnly::Held));
    window.steps(GRACE);
    other.killed();
    assert!(window.path(".timeline.ron.annalist-lock").exists(), "the file is left, the lock is not");
    window.steps(LOOKS);
    window.click("Take over");
    assert_eq!(reason(&window), None);
    assert_eq!(holder_of(&path).unwrap().process, Some(std::process::id()));

    // Without a window that waits, the next one takes it over and says nothing.
    let folder = window.crash();
    let other = Other::on(&path);
    other.killed();
    let window = Setup { folder: Some(folder), ..Setup::default() }.open(OpenRequest::File(path.clone()));
    assert_eq!((reason(&window), window.notices().len()), (None, 0));
    let folder = window.crash();
    Other::on(&path).ended();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "the timeline alone");
}

#[test]
fn a_window_that_is_opened_while_a_killed_one_goes_takes_its_file_over_unasked() {
    let folder = folder();
    let path = folder.path().join(FILE);
    let other = Other::on(&path);
    let mut window = Setup { folder: Some(folder), ..Setup::default() }.open(OpenRequest::File(path.clone()));
    window.steps(LOOKS);
    assert_eq!(reason(&window), Some(ReadOnly::Held));
    other.killed();
    window.steps(LOOKS);
    window.settle();
    assert_eq!((reason(&window), window.notices().len()), (None, 0), "{:?}", window.notices());
    assert_eq!(holder_of(&path).unwrap().process, Some(std::process::id()));
    retitle(&mut window);
    window.ctrl(Key::S);
    assert!(window.text().contains("State Duma ratifies"));
}

#[test]
fn a_save_in_a_window_and_many_adds_lose_nothing() {
    let mut window = Window::on(TREATY);
    let path = window.file();
    let added: Vec<bool> = std::thread::scope(|scope| {
        let adds = scope.spawn(|| (0..6).map(|n| add(&path, &format!("a{n}")).status.success()).collect());
        retitle(&mut window);
        window.ctrl(Key::S);
        adds.join().unwrap()
    });
    assert_eq!(added, [true; 6]);
    let text = window.text();
    assert!((0..6).all(|n| text.contains(&format!("\"a{n}\""))), "{text}");
    // Either the save came first, or it was refused because of what was added before it.
    assert!(text.contains("State Duma ratifies") || !window.errors().is_empty());
    window.answer(Picked::Cancelled);
}

#[test]
fn of_many_who_ask_at_once_one_holds_it() {
    let folder = folder();
    let path = folder.path().join(FILE);
    for _ in 0..50 {
        let claims: Vec<Claim> = std::thread::scope(|scope| {
            let asked: Vec<_> = (0..4).map(|_| scope.spawn(|| LockFile::claim(&path, &anna()))).collect();
            asked.into_iter().map(|asked| asked.join().unwrap()).collect()
        });
        assert_eq!(claims.iter().filter(|claim| matches!(claim, Claim::Held(_))).count(), 1, "{claims:?}");
        drop(claims);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "the timeline alone");
    }
}

#[test]
fn a_lock_whose_file_was_taken_away_is_asked_for_again() {
    let mut window = Window::on(TREATY);
    fs::remove_file(window.path(".timeline.ron.annalist-lock")).unwrap();
    assert_eq!(holder_of(&window.file()), None);
    retitle(&mut window);
    window.ctrl(Key::S);
    assert!(window.text().contains("State Duma ratifies"));
    assert_eq!(holder_of(&window.file()).unwrap().process, Some(std::process::id()));
}
