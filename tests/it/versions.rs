//! Earlier versions of a timeline: what is kept before a session first saves, for how long, and how it is brought back.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use annalist::edit::{Edit, apply};
use annalist::model::Event;
use annalist::store::{
    Backup, Retention, SaveError, SaveLock, SaveRemark, Saved, Writer, backup_path, kept_versions, load,
    save_as_keeping, save_keeping, versions,
};
use annalist::time::{CivilDay, Date, Instant};

use crate::program::{annalist, keep_state_in, state_below};

const TEXT: &str = "// mine\nTimeline(format: 1, title: \"t\", events: [\n    Event(id: \"a\",  title: \"A\", date: \"2024\"), // a\n])\n";

/// A timeline, and a folder for the state of the program.
struct Case {
    folder: tempfile::TempDir,
    path: PathBuf,
}

impl Case {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.ron");
        fs::write(&path, TEXT).unwrap();
        Self { folder, path }
    }

    fn state(&self) -> PathBuf {
        state_below(self.folder.path())
    }

    fn keeping(&self, most: usize, at: Instant) -> Backup {
        Backup::Versions(Retention { state: self.state(), most, at, writer: Writer::Session })
    }

    /// A session that opens the file, adds an event and saves.
    fn session(&self, path: &Path, id: &str, backup: Backup) -> Result<Saved, SaveError> {
        let mut read = load(path).unwrap().read;
        apply(&mut read.timeline, &Edit::put_event(event(id))).unwrap();
        save_keeping(path, &mut read.text, &read.timeline, backup)
    }

    /// The texts of the versions, newest first.
    fn texts(&self) -> Vec<String> {
        let all = versions(&self.state(), &self.path).unwrap();
        all.iter().map(|version| fs::read_to_string(&version.path).unwrap()).collect()
    }

    /// The names of what lies in the folder of the versions, sorted.
    fn names(&self) -> Vec<String> {
        let version = versions(&self.state(), &self.path).unwrap().remove(0);
        names(version.path.parent().unwrap())
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = annalist();
        keep_state_in(&mut command, self.folder.path());
        let name = self.path.to_str().unwrap();
        let arguments = arguments.iter().map(|argument| if *argument == "FILE" { name } else { argument });
        command.args(arguments).stdin(Stdio::null()).output().unwrap()
    }

    fn add(&self, id: &str) {
        let output = self.run(&["add", "FILE", "--date", "2025", "--title", "B", "--id", id]);
        assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    }
}

fn event(id: &str) -> Event {
    Event::new(id, "B", Date::parse("2025").unwrap())
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn noon(day: u8) -> Instant {
    Instant::from_day(CivilDay::new(2026, 11, day)).unwrap().saturating_add(12 * Instant::HOUR)
}

#[test]
fn the_first_save_of_a_session_keeps_the_file_as_it_was_away_from_the_timeline() {
    let case = Case::new();
    let mut read = load(&case.path).unwrap().read;
    for id in ["b", "c"] {
        apply(&mut read.timeline, &Edit::put_event(event(id))).unwrap();
        let saved = save_keeping(&case.path, &mut read.text, &read.timeline, case.keeping(10, noon(1))).unwrap();
        assert_eq!(saved.backup.is_some(), id == "b", "once a session");
        assert_eq!(saved.remarks, []);
    }
    assert_eq!(case.texts(), [TEXT]);
    assert_eq!(case.names(), ["000001-20261101T120000Z.ron", "path.txt"]);
    let kept = &versions(&case.state(), &case.path).unwrap()[0];
    assert_eq!((kept.number, kept.at, kept.length), (1, noon(1), TEXT.len() as u64));
    let path_file = fs::read_to_string(kept.path.with_file_name("path.txt")).unwrap();
    assert_eq!(Path::new(path_file.trim_end()), fs::canonicalize(&case.path).unwrap());
    let beside: Vec<String> = names(case.folder.path()).into_iter().filter(|name| name.starts_with("t.")).collect();
    assert_eq!(beside, ["t.ron"], "nothing lies beside the timeline");
}

#[test]
fn of_five_sessions_the_last_three_are_kept_and_nothing_else_is_removed() {
    let case = Case::new();
    let mut before = Vec::new();
    for day in 1..=5 {
        before.push(fs::read_to_string(&case.path).unwrap());
        if day == 2 {
            let folder = versions(&case.state(), &case.path).unwrap()[0].path.parent().unwrap().to_owned();
            for name in ["000001.ron", "000001-20261101T120000Z.ron.mine", "notes.txt"] {
                fs::write(folder.join(name), "mine").unwrap();
            }
        }
        case.session(&case.path, &format!("b{day}"), case.keeping(3, noon(day))).unwrap();
    }
    before.reverse();
    assert_eq!(case.texts(), before[..3]);
    assert_eq!(
        case.names(),
        [
            "000001-20261101T120000Z.ron.mine",
            "000001.ron",
            "000003-20261103T120000Z.ron",
            "000004-20261104T120000Z.ron",
            "000005-20261105T120000Z.ron",
            "notes.txt",
            "path.txt"
        ]
    );
}

#[test]
fn what_is_kept_already_is_not_kept_twice() {
    let case = Case::new();
    for day in [1, 2] {
        fs::write(&case.path, TEXT).unwrap();
        let saved = case.session(&case.path, "b", case.keeping(10, noon(day))).unwrap();
        assert_eq!(saved.backup, Some(versions(&case.state(), &case.path).unwrap()[0].path.clone()));
    }
    assert_eq!(case.texts(), [TEXT]);
}

#[test]
fn a_clock_that_was_set_back_changes_no_order() {
    let case = Case::new();
    let mut before = Vec::new();
    for day in [9, 4, 4] {
        before.push(fs::read_to_string(&case.path).unwrap());
        case.session(&case.path, &format!("b{}", before.len()), case.keeping(2, noon(day))).unwrap();
    }
    assert_eq!(case.texts(), [before[2].as_str(), &before[1]]);
}

#[test]
fn none_are_kept_where_the_user_wants_none_and_those_there_are_stay() {
    let case = Case::new();
    case.session(&case.path, "b", case.keeping(10, noon(1))).unwrap();
    let saved = case.session(&case.path, "c", case.keeping(0, noon(2))).unwrap();
    assert!(saved.is_written && saved.backup.is_none() && saved.remarks.is_empty());
    assert_eq!(case.texts(), [TEXT]);
    assert!(!backup_path(&case.path).exists());
}

#[test]
fn another_name_begins_its_own_history_and_keeps_what_it_replaces() {
    let case = Case::new();
    let read = load(&case.path).unwrap().read;
    let other = case.folder.path().join("other.ron");
    let save = |text: &str, day| {
        fs::write(&other, text).unwrap();
        save_as_keeping(&other, &read.timeline, Some(&read.text), case.keeping(10, noon(day))).unwrap()
    };
    assert!(save("what was there", 1).1.backup.is_some());
    assert!(case.texts().is_empty());
    let kept = versions(&case.state(), &other).unwrap();
    assert_eq!(fs::read_to_string(&kept[0].path).unwrap(), "what was there");
    let new = case.folder.path().join("new.ron");
    save_as_keeping(&new, &read.timeline, Some(&read.text), case.keeping(10, noon(2))).unwrap();
    assert!(versions(&case.state(), &new).unwrap().is_empty());
}

#[test]
fn where_no_version_can_be_kept_the_file_is_kept_beside_itself_and_that_is_said() {
    let case = Case::new();
    fs::create_dir_all(case.state().parent().unwrap()).unwrap();
    fs::write(case.state(), "a file where the folder should be").unwrap();
    let saved = case.session(&case.path, "b", case.keeping(10, noon(1))).unwrap();
    assert_eq!(saved.backup, Some(backup_path(&case.path)));
    assert_eq!(fs::read_to_string(backup_path(&case.path)).unwrap(), TEXT);
    assert!(matches!(saved.remarks.as_slice(), [SaveRemark::KeptBeside { state, .. }] if *state == case.state()));
    let said = saved.remarks[0].to_string();
    assert!(said.contains("beside the file") && said.ends_with("put a folder in its place"), "{said}");

    // Where it cannot be kept there either, nothing is written.
    fs::remove_file(backup_path(&case.path)).unwrap();
    fs::create_dir(backup_path(&case.path)).unwrap();
    fs::write(backup_path(&case.path).join("x"), "").unwrap();
    let before = fs::read_to_string(&case.path).unwrap();
    assert!(matches!(case.session(&case.path, "c", case.keeping(10, noon(2))), Err(SaveError::Backup { .. })));
    assert_eq!(fs::read_to_string(&case.path).unwrap(), before);
}

#[test]
fn a_run_of_additions_shares_one_version_and_other_changes_do_not() {
    let case = Case::new();
    for id in ["b", "c", "d"] {
        case.add(id);
    }
    assert_eq!(case.texts(), [TEXT]);
    // What another program wrote is kept, and so is what a subcommand changes that is no addition.
    let theirs = fs::read_to_string(&case.path).unwrap().replace("mine", "hers");
    fs::write(&case.path, &theirs).unwrap();
    case.add("e");
    assert_eq!(case.texts(), [theirs.as_str(), TEXT]);
    case.add("f");
    let before = fs::read_to_string(&case.path).unwrap();
    assert!(case.run(&["fmt", "FILE"]).status.success());
    assert_eq!(case.texts(), [before.as_str(), &theirs, TEXT]);
}

#[test]
fn the_command_line_lists_versions_and_brings_one_back() {
    let case = Case::new();
    let nothing = case.run(&["versions", "FILE"]);
    assert!(nothing.status.success() && nothing.stdout.is_empty());
    assert!(String::from_utf8(nothing.stderr).unwrap().contains("no earlier version is kept yet"));
    case.add("b");
    let listed = String::from_utf8(case.run(&["versions", "FILE"]).stdout).unwrap();
    let [number, moment, length, "bytes", path] = listed.split_whitespace().collect::<Vec<_>>()[..] else {
        panic!("{listed}")
    };
    assert_eq!((number, length), ("1", TEXT.len().to_string().as_str()));
    assert_eq!(fs::read_to_string(path).unwrap(), TEXT);
    for wanted in ["1", moment] {
        let output = case.run(&["versions", "FILE", "--restore", wanted]);
        assert_eq!(String::from_utf8(output.stdout).unwrap(), TEXT);
    }
    let unknown = case.run(&["versions", "FILE", "--restore", "7"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8(unknown.stderr).unwrap().contains("there is no version \"7\""));

    // In place of the timeline: what that was is kept, though only additions came since the last version.
    let added = fs::read_to_string(&case.path).unwrap();
    assert!(case.run(&["versions", "FILE", "--restore", "1", "-o", "FILE"]).status.success());
    assert_eq!(fs::read_to_string(&case.path).unwrap(), TEXT);
    assert_eq!(case.texts(), [added.as_str(), TEXT]);
    fs::remove_file(&case.path).unwrap();
    assert!(case.run(&["versions", "FILE", "--restore", "2", "-o", "FILE"]).status.success());
    assert_eq!(fs::read_to_string(&case.path).unwrap(), added, "a deleted timeline comes back");
    let missing = case.folder.path().join("none.ron");
    assert_eq!(case.run(&["versions", missing.to_str().unwrap()]).status.code(), Some(1));
}

#[test]
fn the_number_of_versions_is_that_of_the_settings() {
    let case = Case::new();
    assert_eq!(kept_versions(&case.state()), 10);
    fs::create_dir_all(case.state()).unwrap();
    let settings =
        "(theme:Dark,wheel_pans:true,recent:[\"/a/b.ron\"],last_file:Some(\"/a/b.ron\"),kept_versions:0,drafts:[])";
    fs::write(case.state().join("settings.ron"), settings).unwrap();
    assert_eq!(kept_versions(&case.state()), 0);
    case.add("b");
    assert!(case.texts().is_empty());
}

#[test]
fn where_nothing_is_replaced_nothing_is_kept() {
    let case = Case::new();
    let new = case.folder.path().join("copy.ron");
    let saved = SaveLock::wait(&new).unwrap().keeping(case.keeping(10, noon(1))).replace(b"x").unwrap();
    assert!(saved.is_written && saved.backup.is_none());
    assert_eq!(fs::read(&new).unwrap(), b"x");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o777
    }

    #[test]
    fn a_version_has_the_mode_of_its_file_in_a_folder_that_is_the_users_alone() {
        for bits in [0o600, 0o640, 0o664] {
            let case = Case::new();
            fs::set_permissions(&case.path, fs::Permissions::from_mode(bits)).unwrap();
            case.session(&case.path, "b", case.keeping(10, noon(1))).unwrap();
            let kept = versions(&case.state(), &case.path).unwrap().remove(0);
            assert_eq!(mode(&kept.path), bits);
            assert_eq!(mode(kept.path.parent().unwrap()), 0o700);
            assert_eq!(mode(&case.state().join("versions")), 0o700);
            assert_eq!(mode(&kept.path.with_file_name("path.txt")), 0o600);
        }
    }

    #[test]
    fn a_symlink_leads_to_the_history_of_its_file_and_none_in_the_folder_counts() {
        let case = Case::new();
        let link = case.folder.path().join("link.ron");
        symlink("t.ron", &link).unwrap();
        case.session(&link, "b", case.keeping(10, noon(1))).unwrap();
        assert_eq!(case.texts(), [TEXT]);
        let kept = versions(&case.state(), &link).unwrap();
        assert_eq!(kept, versions(&case.state(), &case.path).unwrap());
        // A file of another that has the name of a version is not read and not removed.
        let precious = case.folder.path().join("precious");
        fs::write(&precious, "x").unwrap();
        symlink(&precious, kept[0].path.with_file_name("000000-20261101T120000Z.ron")).unwrap();
        case.session(&link, "c", case.keeping(1, noon(2))).unwrap();
        assert_eq!(case.texts().len(), 1);
        assert_eq!(fs::read_to_string(&precious).unwrap(), "x");
        assert!(case.names().contains(&"000000-20261101T120000Z.ron".to_owned()));
    }
}
