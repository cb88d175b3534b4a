//! Timeline files on disk: loading, saving, backups, and what must never happen to them.

use std::fs;
use std::path::PathBuf;

use annalist::edit::{Edit, apply};
use annalist::model::{Event, Timeline};
use annalist::store::{LoadError, SaveError, backup_path, load, save, save_as, write_atomic};
use annalist::time::Date;

const TEXT: &str = "// mine\nTimeline(format: 1, title: \"t\", events: [\n    Event(id: \"a\", title: \"A\", date: \"2024\"), // a\n])\n";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// The names in the folder, sorted.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn add(timeline: &mut Timeline, id: &str) {
    apply(timeline, &Edit::put_event(Event::new(id, "B", Date::parse("2025").unwrap()))).unwrap();
}

#[test]
fn a_save_changes_the_file_and_keeps_one_backup_a_session() {
    let folder = Folder::new();
    let path = folder.file("t.ron", TEXT);
    let loaded = load(&path).unwrap();
    let (mut text, mut timeline) = (loaded.read.text, loaded.read.timeline);

    let saved = save(&path, &mut text, &timeline).unwrap();
    assert!(!saved.is_written && saved.backup.is_none(), "nothing has changed");
    assert_eq!(folder.names(), ["t.ron"]);

    add(&mut timeline, "b");
    let saved = save(&path, &mut text, &timeline).unwrap();
    assert_eq!(saved.backup.as_deref(), Some(backup_path(&path).as_path()));
    let first = TEXT.replace("])\n", "    Event(id: \"b\", title: \"B\", date: \"2025\"),\n])\n");
    assert_eq!(fs::read_to_string(&path).unwrap(), first);
    assert_eq!(text.text(), first);

    add(&mut timeline, "c");
    assert!(save(&path, &mut text, &timeline).unwrap().backup.is_none());
    assert_eq!(fs::read_to_string(folder.0.path().join("t.ron.bak")).unwrap(), TEXT);
    assert_eq!(folder.names(), ["t.ron", "t.ron.bak"], "no temporary file is left");
    assert_eq!(load(&path).unwrap().read.timeline, timeline);
}

#[test]
fn what_another_program_wrote_is_never_overwritten() {
    let folder = Folder::new();
    let path = folder.file("t.ron", TEXT);
    let loaded = load(&path).unwrap();
    let (mut text, mut timeline) = (loaded.read.text, loaded.read.timeline);
    add(&mut timeline, "b");
    let theirs = TEXT.replace("mine", "hers");
    fs::write(&path, &theirs).unwrap();
    assert!(matches!(save(&path, &mut text, &timeline), Err(SaveError::ChangedOnDisk(_))));
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
    assert_eq!(text.text(), TEXT);

    // Written again with the same bytes, it has not changed; taken away, it comes back.
    fs::write(&path, TEXT).unwrap();
    assert!(save(&path, &mut text, &timeline).unwrap().is_written);
    fs::remove_file(&path).unwrap();
    assert!(save(&path, &mut text, &timeline).unwrap().is_written);
    assert_eq!(load(&path).unwrap().read.timeline, timeline);
}

#[test]
fn a_file_that_does_not_parse_is_not_written_to() {
    let folder = Folder::new();
    let broken = TEXT.replace("title: \"A\"", "title \"A\"");
    let path = folder.file("t.ron", &broken);
    let loaded = load(&path).unwrap();
    assert!(loaded.read.has_errors());
    let (mut text, mut timeline) = (loaded.read.text, loaded.read.timeline);
    add(&mut timeline, "b");
    assert!(matches!(save(&path, &mut text, &timeline), Err(SaveError::Splice(_))));
    assert_eq!(fs::read_to_string(&path).unwrap(), broken);
    assert_eq!(folder.names(), ["t.ron"]);
}

#[test]
fn saving_under_a_new_name_takes_the_comments_along() {
    let folder = Folder::new();
    let path = folder.file("t.ron", TEXT);
    let loaded = load(&path).unwrap();
    let mut timeline = loaded.read.timeline;
    add(&mut timeline, "b");
    let other = folder.file("other.ron", "what was there");
    let (mut text, saved) = save_as(&other, &timeline, Some(&loaded.read.text)).unwrap();
    assert_eq!(fs::read_to_string(saved.backup.unwrap()).unwrap(), "what was there");
    assert!(text.text().starts_with("// mine\n") && text.text().contains("// a\n"));
    assert_eq!(fs::read_to_string(&path).unwrap(), TEXT);
    add(&mut timeline, "c");
    assert!(save(&other, &mut text, &timeline).unwrap().backup.is_none());

    let new = folder.0.path().join("new.ron");
    let (text, saved) = save_as(&new, &timeline, None).unwrap();
    assert!(saved.is_written && saved.backup.is_none());
    assert_eq!(text.text(), annalist::store::to_ron(&timeline));
    assert_eq!(load(&new).unwrap().read.timeline, timeline);
}

#[test]
fn what_cannot_be_loaded_is_said_with_its_place_and_a_remedy() {
    let folder = Folder::new();
    let message = |path: PathBuf| load(&path).unwrap_err().to_string();
    assert!(message(folder.0.path().join("none.ron")).contains("there is no file"));
    assert!(message(folder.0.path().to_owned()).contains("is a folder"));
    let latin = folder.file("latin.ron", b"// caf\xe9\nTimeline()".as_slice());
    assert!(message(latin).contains("line 1, column 7"));
    let utf16 = folder.file("utf16.ron", b"\xff\xfeT\0i\0".as_slice());
    assert!(message(utf16).contains("UTF-16"));
    let huge = folder.0.path().join("huge.ron");
    fs::File::create(&huge).unwrap().set_len(annalist::store::LARGEST_FILE + 1).unwrap();
    assert!(matches!(load(&huge), Err(LoadError::TooLarge { .. })));
}

#[test]
fn a_write_that_fails_leaves_everything_as_it_was() {
    let folder = Folder::new();
    let inside = folder.0.path().join("no-such-folder").join("t.ron");
    assert!(write_atomic(&inside, b"x").is_err());
    assert!(write_atomic(folder.0.path(), b"x").is_err());
    assert!(folder.names().is_empty());
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    fn mode(path: &std::path::Path) -> u32 {
        fs::symlink_metadata(path).unwrap().mode() & 0o777
    }

    #[test]
    fn permissions_stay_and_a_private_file_has_a_private_backup() {
        let folder = Folder::new();
        for bits in [0o600, 0o640, 0o664] {
            let path = folder.file("t.ron", TEXT);
            fs::set_permissions(&path, fs::Permissions::from_mode(bits)).unwrap();
            let loaded = load(&path).unwrap();
            let (mut text, mut timeline) = (loaded.read.text, loaded.read.timeline);
            add(&mut timeline, "b");
            save(&path, &mut text, &timeline).unwrap();
            assert_eq!(mode(&path), bits);
            assert_eq!(mode(&backup_path(&path)), bits);
        }
    }

    #[test]
    fn a_new_file_is_as_readable_as_any_other() {
        let folder = Folder::new();
        let plain = folder.file("plain", "");
        let path = folder.0.path().join("new.ron");
        write_atomic(&path, b"x").unwrap();
        assert_eq!(mode(&path), mode(&plain));
    }

    #[test]
    fn symlinks_are_followed_and_stay() {
        let folder = Folder::new();
        fs::create_dir(folder.0.path().join("deep")).unwrap();
        let path = folder.file("deep/t.ron", TEXT);
        let link = folder.0.path().join("link.ron");
        let far = folder.0.path().join("far.ron");
        symlink("deep/t.ron", &link).unwrap();
        symlink("link.ron", &far).unwrap();
        let loaded = load(&far).unwrap();
        let (mut text, mut timeline) = (loaded.read.text, loaded.read.timeline);
        add(&mut timeline, "b");
        let saved = save(&far, &mut text, &timeline).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(fs::symlink_metadata(&far).unwrap().is_symlink());
        assert_eq!(load(&path).unwrap().read.timeline, timeline);
        assert_eq!(saved.backup.unwrap(), folder.0.path().join("deep/t.ron.bak"));

        let dangling = folder.0.path().join("dangling.ron");
        symlink("deep/made.ron", &dangling).unwrap();
        write_atomic(&dangling, b"x").unwrap();
        assert_eq!(fs::read(folder.0.path().join("deep/made.ron")).unwrap(), b"x");

        let circle = folder.0.path().join("circle.ron");
        symlink("circle.ron", &circle).unwrap();
        assert!(write_atomic(&circle, b"x").unwrap_err().to_string().contains("circle"));
    }

    #[test]
    fn a_read_only_file_is_not_replaced() {
        let folder = Folder::new();
        let path = folder.file("t.ron", TEXT);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        let loaded = load(&path).unwrap();
        let (mut text, mut timeline) = (loaded.read.text, loaded.read.timeline);
        add(&mut timeline, "b");
        assert!(matches!(save(&path, &mut text, &timeline), Err(SaveError::ReadOnly(_))));
        assert_eq!(fs::read_to_string(&path).unwrap(), TEXT);
        assert_eq!(folder.names(), ["t.ron"]);
    }
}
