//! What a save keeps of a file besides its bytes, and what it says where it cannot; what happens to the file meanwhile.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use annalist::edit::{Edit, apply};
use annalist::model::Event;
use annalist::store::{SaveError, SaveRemark, Saved, backup_path, load, save, write_private};
use annalist::time::Date;

const TEXT: &str =
    "// mine\nTimeline(format: 1, title: \"t\", events: [Event(id: \"a\", title: \"A\", date: \"2024\")])\n";

/// A folder with one timeline file, opened and with an event more.
struct Case {
    folder: tempfile::TempDir,
    path: PathBuf,
    loaded: annalist::store::Loaded,
}

impl Case {
    /// `before` sees the path before the file is read.
    fn new(before: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.ron");
        fs::write(&path, TEXT).unwrap();
        before(&path);
        let mut loaded = load(&path).unwrap();
        let event = Event::new("b", "B", Date::parse("2025").unwrap());
        apply(&mut loaded.read.timeline, &Edit::put_event(event)).unwrap();
        Self { folder, path, loaded }
    }

    fn save(&mut self) -> Result<Saved, SaveError> {
        save(&self.path, &mut self.loaded.read.text, &self.loaded.read.timeline)
    }

    /// The names in the folder, sorted.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

#[test]
fn a_file_that_was_taken_away_comes_back_and_that_is_said() {
    let mut case = Case::new(|_| ());
    fs::remove_file(&case.path).unwrap();
    assert_eq!(case.save().unwrap().remarks, [SaveRemark::CameBack]);
    assert_eq!(load(&case.path).unwrap().read.timeline, case.loaded.read.timeline);
    assert_eq!(case.names(), ["t.ron"]);
}

#[test]
fn a_folder_that_disappears_is_said_and_made_by_nobody() {
    let mut case = Case::new(|_| ());
    fs::remove_dir_all(case.folder.path()).unwrap();
    let said = case.save().unwrap_err().to_string();
    assert!(said.contains("its folder is not there; make that folder"), "{said}");
    assert!(!case.folder.path().exists());
}

#[test]
fn a_file_of_the_same_length_and_time_is_another_all_the_same() {
    let mut case = Case::new(|_| ());
    let modified = fs::metadata(&case.path).unwrap().modified().unwrap();
    let theirs = TEXT.replace("mine", "hers");
    fs::write(&case.path, &theirs).unwrap();
    File::options().write(true).open(&case.path).unwrap().set_modified(modified).unwrap();
    assert!(matches!(case.save(), Err(SaveError::ChangedOnDisk(_))));
    assert_eq!(fs::read_to_string(&case.path).unwrap(), theirs);
}

#[test]
fn a_file_that_was_replaced_is_saved_into_where_it_is_the_same_and_else_not() {
    // Replaced by a copy of itself, as a backup is put back or a cloud synchronises.
    let mut case = Case::new(|_| ());
    let copy = case.path.with_file_name("copy");
    fs::write(&copy, TEXT).unwrap();
    fs::rename(&copy, &case.path).unwrap();
    assert_eq!(case.save().unwrap().remarks, []);
    assert_eq!(load(&case.path).unwrap().read.timeline, case.loaded.read.timeline);

    // By another file, which stays.
    let mut case = Case::new(|_| ());
    let other = TEXT.replace("mine", "someone else's");
    fs::write(case.path.with_file_name("other"), &other).unwrap();
    fs::rename(case.path.with_file_name("other"), &case.path).unwrap();
    assert!(matches!(case.save(), Err(SaveError::ChangedOnDisk(_))));
    assert_eq!((fs::read_to_string(&case.path).unwrap(), case.names()), (other, vec!["t.ron".to_owned()]));

    // By a folder with something in it.
    let mut case = Case::new(|_| ());
    fs::remove_file(&case.path).unwrap();
    fs::create_dir(&case.path).unwrap();
    fs::write(case.path.join("x"), "").unwrap();
    let said = case.save().unwrap_err().to_string();
    assert!(said.contains("this is not a file; choose another place"), "{said}");
    assert_eq!((case.names(), fs::read_dir(&case.path).unwrap().count()), (vec!["t.ron".to_owned()], 1));
}

#[test]
fn a_file_from_the_future_is_saved_as_any_other() {
    // The clock was set back since it was written.
    let tomorrow = SystemTime::now() + Duration::from_secs(86_400);
    let mut case = Case::new(|path| File::options().write(true).open(path).unwrap().set_modified(tomorrow).unwrap());
    assert!(case.save().unwrap().is_written);
    assert_eq!(load(&case.path).unwrap().read.timeline, case.loaded.read.timeline);
    let event = Event::new("c", "C", Date::parse("2026").unwrap());
    apply(&mut case.loaded.read.timeline, &Edit::put_event(event)).unwrap();
    assert!(case.save().unwrap().is_written);
}

#[test]
fn without_a_backup_nothing_is_saved() {
    let mut case = Case::new(|_| ());
    fs::create_dir(backup_path(&case.path)).unwrap();
    fs::write(backup_path(&case.path).join("x"), "").unwrap();
    let said = case.save().unwrap_err().to_string();
    assert!(said.contains("no backup could be written") && said.contains("choose another place"), "{said}");
    assert_eq!(fs::read_to_string(&case.path).unwrap(), TEXT);
    assert_eq!(case.names(), ["t.ron", "t.ron.bak"]);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
    use std::os::unix::process::CommandExt as _;
    use std::process::Command;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o7777
    }

    #[test]
    fn other_names_of_a_file_keep_what_was_in_it_and_that_is_said() {
        for count in [1, 2] {
            let mut case = Case::new(|path| {
                (0..count).for_each(|at| fs::hard_link(path, path.with_file_name(format!("other{at}.ron"))).unwrap());
            });
            let other = case.path.with_file_name("other0.ron");
            let saved = case.save().unwrap();
            assert_eq!(saved.remarks, [SaveRemark::OtherNames(count)]);
            assert!(saved.remarks[0].to_string().contains("hard link"), "{}", saved.remarks[0]);
            // What is written under another name does not change the backup.
            fs::write(&other, "changed").unwrap();
            assert_eq!(fs::read_to_string(backup_path(&case.path)).unwrap(), TEXT);
        }
    }

    #[test]
    fn the_backup_of_a_save_that_was_broken_off_is_no_other_name() {
        let mut case = Case::new(|path| fs::hard_link(path, backup_path(path)).unwrap());
        assert_eq!(case.save().unwrap().remarks, []);
        assert_eq!(fs::read_to_string(backup_path(&case.path)).unwrap(), TEXT);
    }

    #[test]
    fn owner_and_group_stay_where_this_user_may_give_them() {
        let mut is_given = false;
        let mut case = Case::new(|path| {
            fs::set_permissions(path, fs::Permissions::from_mode(0o660)).unwrap();
            is_given = chown(path, Some(12_345), Some(12_346)).is_ok();
        });
        let before = fs::metadata(&case.path).unwrap();
        case.save().unwrap();
        let after = fs::metadata(&case.path).unwrap();
        assert_eq!((after.uid(), after.gid(), mode(&case.path)), (before.uid(), before.gid(), 0o660), "{is_given}");
    }

    #[test]
    fn an_owner_that_this_user_may_not_give_is_told_of_and_nobody_is_let_in() {
        let case = Case::new(|_| ());
        let open = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        open(case.folder.path(), 0o777);
        open(&case.path, 0o666);
        if chown(&case.path, Some(12_346), Some(12_346)).is_err() {
            // Only root can be several users.
            return;
        }
        let mut add = crate::program::annalist();
        add.arg("add").arg(&case.path).args(["--date", "2025", "--title", "B"]).uid(12_345).gid(12_345);
        let Ok(output) = add.output() else { return };
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success() && said.contains("could not keep its owner, group and mode"), "{said}");
        let after = fs::metadata(&case.path).unwrap();
        assert_eq!((after.uid(), mode(&case.path)), (12_345, 0o606));
    }

    #[test]
    fn in_a_folder_without_the_right_to_write_nothing_is_lost_and_one_thing_is_advised() {
        let mut case = Case::new(|_| ());
        fs::set_permissions(case.folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
        // Root may write all the same.
        if let Err(error) = case.save() {
            let said = error.to_string();
            assert!(said.contains("its folder is read-only; allow writing to that folder"), "{said}");
            assert_eq!((fs::read_to_string(&case.path).unwrap().as_str(), case.names()), (TEXT, vec!["t.ron".into()]));
        }
        fs::set_permissions(case.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    }

    #[test]
    fn a_user_who_may_not_write_there_changes_nothing_and_is_told_what_helps() {
        let case = Case::new(|_| ());
        let other = 12_345;
        fs::set_permissions(case.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        // The file may be written to and its folder not, and the other way round.
        for (of_folder, of_file, helps) in [
            (0o755, 0o666, "its folder is read-only; allow writing to that folder"),
            (0o777, 0o444, "is read-only; allow writing to it"),
        ] {
            fs::set_permissions(case.folder.path(), fs::Permissions::from_mode(of_folder)).unwrap();
            fs::set_permissions(&case.path, fs::Permissions::from_mode(of_file)).unwrap();
            let mut add = crate::program::annalist();
            add.arg("add").arg(&case.path).args(["--date", "2025", "--title", "B"]).uid(other).gid(other);
            // Only root can be several users; what they are told themselves, the test above looks at.
            let Ok(output) = add.output() else { return };
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(!output.status.success() && said.contains(helps), "{said}");
            assert_eq!((fs::read_to_string(&case.path).unwrap().as_str(), case.names()), (TEXT, vec!["t.ron".into()]));
        }
    }

    #[test]
    fn what_a_file_was_replaced_by_that_is_none_is_left_alone() {
        // A pipe, which would wait for a reader.
        let mut case = Case::new(|_| ());
        fs::remove_file(&case.path).unwrap();
        assert!(Command::new("mkfifo").arg(&case.path).status().unwrap().success());
        let said = case.save().unwrap_err().to_string();
        assert!(said.contains("this is not a file"), "{said}");

        // A symlink that leads nowhere yet: the file comes back where it leads.
        let mut case = Case::new(|_| ());
        fs::remove_file(&case.path).unwrap();
        std::os::unix::fs::symlink("moved.ron", &case.path).unwrap();
        assert_eq!(case.save().unwrap().remarks, [SaveRemark::CameBack]);
        assert!(fs::symlink_metadata(&case.path).unwrap().is_symlink());
        let moved = load(&case.path.with_file_name("moved.ron")).unwrap();
        assert_eq!(moved.read.timeline, case.loaded.read.timeline);
    }

    #[test]
    fn private_files_are_private_whatever_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/deep/settings.ron");
        write_private(&path, b"one").unwrap();
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        write_private(&path, b"two").unwrap();
        assert_eq!((mode(&path), fs::read(&path).unwrap()), (0o600, b"two".to_vec()));
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no temporary file is left");
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use rustix::fs::{XattrFlags, getxattr, setxattr};

    use super::*;

    const LIST: &str = "system.posix_acl_access";
    const DEFAULT: &str = "system.posix_acl_default";

    /// An access list: the owner reads and writes, user 12345 reads, the group and all others do nothing (`acl(5)`).
    fn list() -> Vec<u8> {
        let none = u32::MAX;
        let entries: [(u16, u16, u32); 5] =
            [(0x01, 6, none), (0x02, 4, 12_345), (0x04, 0, none), (0x10, 4, none), (0x20, 0, none)];
        let mut bytes = 2_u32.to_le_bytes().to_vec();
        for (tag, rights, id) in entries {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(rights.to_le_bytes());
            bytes.extend(id.to_le_bytes());
        }
        bytes
    }

    fn value(path: &Path, name: &str) -> Option<Vec<u8>> {
        let mut buffer = vec![0; 1 << 10];
        let length = getxattr(path, name, &mut buffer[..]).ok()?;
        buffer.truncate(length);
        Some(buffer)
    }

    /// Sets an attribute; false on file systems that have none.
    fn set(path: &Path, name: &str, value: &[u8]) -> bool {
        setxattr(path, name, value, XattrFlags::empty()).is_ok()
    }

    #[test]
    fn extended_attributes_stay() {
        let mut is_set = false;
        let mut case = Case::new(|path| {
            is_set = set(path, "user.comment", b"from the archive") && set(path, "user.empty", b"");
        });
        case.save().unwrap();
        let expected = is_set.then(|| b"from the archive".to_vec());
        assert_eq!(value(&case.path, "user.comment"), expected);
        assert_eq!(value(&case.path, "user.empty"), is_set.then(Vec::new));
        assert_eq!(value(&backup_path(&case.path), "user.comment"), expected);
    }

    #[test]
    fn an_access_list_stays() {
        let mut is_set = false;
        let mut case = Case::new(|path| is_set = set(path, LIST, &list()));
        case.save().unwrap();
        assert_eq!(value(&case.path, LIST), is_set.then(list));
    }

    #[test]
    fn the_list_that_a_folder_gives_to_new_files_lets_nobody_in() {
        let mut case = Case::new(|path| {
            set(path.parent().unwrap(), DEFAULT, &list());
        });
        case.save().unwrap();
        assert_eq!(value(&case.path, LIST), None);
    }
}
