//! Every step of every durable write fails in turn: what was there stays, nothing is left beside it, and the next attempt succeeds.
#![expect(clippy::disallowed_methods, reason = "a test may read and write files")]

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::*;
use crate::edit::{Edit, apply};
use crate::model::{Event, Timeline};
use crate::store::capture;
use crate::store::{
    Backup, JournalBase, JournalChange, JournalWriter, Retention, SaveError, SaveLock, SaveRemark, Writer, backup_path,
    left_behind, load, save, save_as, save_keeping, save_new, versions, write_atomic, write_private,
};
use crate::time::{Date, Instant};

const TEXT: &str =
    "// mine\nTimeline(format: 1, title: \"t\", events: [Event(id: \"a\", title: \"A\", date: \"2024\")])\n";

/// What a system says: a full disk, a right that is taken away, a fault of the disk.
const REASONS: [ErrorKind; 3] = [ErrorKind::StorageFull, ErrorKind::PermissionDenied, ErrorKind::Other];

/// A folder with one timeline file.
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

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// Runs `once` anew for each of its steps and each reason, with that step failing or, where `for_good`, all from that step on.
/// `once` gets a closure that runs what is under test with the fault, and says what it found by panicking.
fn each_step(mut once: impl FnMut(&mut dyn FnMut(&mut dyn FnMut()))) {
    for reason in REASONS {
        for for_good in [false, true] {
            let mut at = 0;
            loop {
                let mut count = 0;
                once(&mut |run: &mut dyn FnMut()| {
                    let fails = move |number: usize, _| number == at || for_good && number > at;
                    count = failing(Fault::Refused(reason), fails, run).1.len();
                });
                at += 1;
                if at > count {
                    break;
                }
            }
            assert!(at > 3, "{at} steps");
        }
    }
}

fn says_what_helps(error: &SaveError) {
    let said = error.to_string();
    let helps = ["make room there", "choose another place", "allow writing to that folder"];
    assert_eq!(helps.iter().filter(|helps| said.contains(**helps)).count(), 1, "{said}");
    assert!(!said.contains('\n') && !said.contains("os error"), "{said}");
}

#[test]
fn a_save_that_fails_at_any_step_leaves_the_old_file_and_the_next_one_succeeds() {
    let mut unflushed = 0;
    each_step(|with_fault| {
        let case = Case::new();
        let mut loaded = load(&case.path).unwrap();
        let event = Event::new("b", "B", Date::parse("2025").unwrap());
        apply(&mut loaded.read.timeline, &Edit::put_event(event)).unwrap();
        let mut saved = None;
        with_fault(&mut || saved = Some(save(&case.path, &mut loaded.read.text, &loaded.read.timeline)));
        match saved.unwrap() {
            Ok(saved) => unflushed += usize::from(saved.remarks == [SaveRemark::Unflushed]),
            Err(error) => {
                says_what_helps(&error);
                assert_eq!(fs::read_to_string(&case.path).unwrap(), TEXT);
                save(&case.path, &mut loaded.read.text, &loaded.read.timeline).unwrap();
            }
        }
        assert_eq!(load(&case.path).unwrap().read.timeline, loaded.read.timeline);
        assert_eq!(fs::read_to_string(backup_path(&case.path)).unwrap(), TEXT);
        assert_eq!(case.names(), ["t.ron", "t.ron.bak"]);
        // Whatever it was, the program and the file are of one mind: the next change can be saved.
        let event = Event::new("c", "C", Date::parse("2026").unwrap());
        apply(&mut loaded.read.timeline, &Edit::put_event(event)).unwrap();
        assert!(save(&case.path, &mut loaded.read.text, &loaded.read.timeline).unwrap().is_written);
    });
    assert_eq!(unflushed, 2 * REASONS.len(), "a name that is not flushed is said, and is no failure");
}

#[test]
fn a_save_that_cannot_keep_an_earlier_version_keeps_the_file_beside_it_and_says_so() {
    each_step(|with_fault| {
        let (case, state) = (Case::new(), tempfile::tempdir().unwrap());
        let mut loaded = load(&case.path).unwrap();
        let event = Event::new("b", "B", Date::parse("2025").unwrap());
        apply(&mut loaded.read.timeline, &Edit::put_event(event)).unwrap();
        let retention =
            || Retention { state: state.path().to_owned(), most: 10, at: Instant::default(), writer: Writer::Addition };
        let mut saved = None;
        with_fault(&mut || {
            let backup = Backup::Versions(retention());
            saved = Some(save_keeping(&case.path, &mut loaded.read.text, &loaded.read.timeline, backup));
        });
        let kept: Vec<String> = versions(state.path(), &case.path)
            .unwrap_or_default()
            .iter()
            .map(|version| fs::read_to_string(&version.path).unwrap())
            .collect();
        assert!(kept.iter().all(|text| text == TEXT), "none is half written");
        let beside = fs::read_to_string(backup_path(&case.path)).is_ok_and(|text| text == TEXT);
        match saved.unwrap() {
            Ok(saved) => {
                assert_eq!(load(&case.path).unwrap().read.timeline, loaded.read.timeline);
                assert!(beside || kept.len() == 1);
                let is_told = saved.remarks.iter().any(|remark| matches!(remark, SaveRemark::KeptBeside { .. }));
                assert_eq!(is_told, beside, "{:?}", saved.remarks);
            }
            Err(error) => {
                says_what_helps(&error);
                assert_eq!(fs::read_to_string(&case.path).unwrap(), TEXT);
                let backup = Backup::Versions(retention());
                save_keeping(&case.path, &mut loaded.read.text, &loaded.read.timeline, backup).unwrap();
            }
        }
        assert!(case.names().iter().all(|name| !name.starts_with('.')), "{:?}", case.names());
    });
}

#[test]
fn a_save_under_a_name_that_fails_at_any_step_leaves_what_was_there() {
    for there in [Some("the old one"), None] {
        each_step(|with_fault| {
            let case = Case::new();
            let to = case.folder.path().join("u.ron");
            if let Some(old) = there {
                fs::write(&to, old).unwrap();
            }
            let loaded = load(&case.path).unwrap();
            let mut saved = None;
            with_fault(&mut || {
                saved = Some(match there {
                    Some(_) => save_as(&to, &loaded.read.timeline, Some(&loaded.read.text)).map(|(_, saved)| saved),
                    None => save_new(&to, &loaded.read.timeline),
                });
            });
            match saved.unwrap() {
                Ok(_) => assert_eq!(load(&to).unwrap().read.timeline, loaded.read.timeline),
                Err(error) => {
                    says_what_helps(&error);
                    assert_eq!(fs::read_to_string(&to).ok().as_deref(), there);
                }
            }
            assert!(case.names().iter().all(|name| !name.starts_with('.')), "{:?}", case.names());
        });
    }
}

#[test]
fn a_layout_that_fails_at_any_step_leaves_the_old_one() {
    each_step(|with_fault| {
        let case = Case::new();
        let mut laid = None;
        with_fault(&mut || laid = Some(SaveLock::wait(&case.path).unwrap().lay_out(TEXT, "Timeline()")));
        let is_written = laid.unwrap().inspect_err(says_what_helps).is_ok();
        assert_eq!(fs::read_to_string(&case.path).unwrap(), if is_written { "Timeline()" } else { TEXT });
        assert!(case.names().iter().all(|name| !name.starts_with('.')), "{:?}", case.names());
    });
}

#[test]
fn exports_and_settings_that_fail_at_any_step_are_the_old_or_the_new_whole() {
    for write in [write_atomic, write_private] {
        each_step(|with_fault| {
            let case = Case::new();
            let mut written = None;
            with_fault(&mut || written = Some(write(&case.path, b"new")));
            let text = fs::read_to_string(&case.path).unwrap();
            assert!(text == "new" || written.unwrap().is_err() && text == TEXT, "{text}");
            assert_eq!(case.names(), ["t.ron"]);
        });
    }
}

#[test]
fn a_capture_that_fails_at_any_step_leaves_no_copy() {
    each_step(|with_fault| {
        let case = Case::new();
        let page = case.folder.path().join("page.html");
        fs::write(&page, "x".repeat(300_000)).unwrap();
        let mut attached = None;
        with_fault(&mut || attached = Some(capture::attach(&case.path, "s", &page, None, Instant::default())));
        let copies = case.folder.path().join("t.captures");
        let count = fs::read_dir(&copies).map_or(0, |copies| copies.count());
        match attached.unwrap() {
            Ok(capture) => assert_eq!((capture.file.as_str(), count), ("t.captures/s.html", 1)),
            Err(error) => {
                let said = error.to_string();
                assert!(
                    ["make room there", "choose another place", "allow writing"].iter().any(|it| said.contains(it)),
                    "{said}"
                );
                assert_eq!(count, 0);
                capture::attach(&case.path, "s", &page, None, Instant::default()).unwrap();
            }
        }
        assert_eq!(fs::read(copies.join("s.html")).unwrap().len(), 300_000);
    });
}

fn change(at: i64, title: &str) -> JournalChange {
    let mut timeline = Timeline::empty("t");
    let edit = Edit::put_event(Event::new(title, title, Date::parse("2024-10").unwrap()));
    let inverse = apply(&mut timeline, &edit).unwrap();
    JournalChange { at, label: title.to_owned(), edit, inverse }
}

/// What a crash would leave in a folder: the labels of the changes, and whether something is damaged.
fn left(folder: &Path) -> Vec<(Vec<String>, bool)> {
    let labels = |changes: &[JournalChange]| changes.iter().map(|change| change.label.clone()).collect();
    left_behind(folder).iter().map(|left| (labels(&left.changes), left.is_damaged)).collect()
}

#[test]
fn a_journal_that_fails_at_any_step_takes_the_same_entry_when_it_is_tried_again() {
    each_step(|with_fault| {
        let folder = tempfile::tempdir().unwrap();
        let mut begun = None;
        with_fault(&mut || {
            let base = JournalBase::Untitled;
            let Ok(mut journal) = JournalWriter::begin(folder.path(), base) else { return };
            let mut told = Vec::new();
            for (at, title) in (0..).zip(["a", "b", "c"]) {
                told.push(journal.append(change(at, title)).is_ok());
                let _ = journal.flush();
                if title == "b" {
                    let _ = journal.begin_segment();
                }
            }
            begun = Some((journal, told));
        });
        let Some((mut journal, told)) = begun else {
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "one that could not begin is not there");
            return;
        };
        for (at, title) in (0..).zip(["a", "b", "c"]).filter(|(at, _)| !told[usize::try_from(*at).unwrap()]) {
            journal.append(change(at, title)).unwrap();
        }
        journal.flush().unwrap();
        assert!(journal.is_sound());
        drop(journal);
        let mut found = left(folder.path());
        found[0].0.sort();
        assert_eq!(found, [(vec!["a".into(), "b".into(), "c".into()], false)]);
    });
}

#[test]
fn what_is_flushed_after_a_flush_that_failed_is_written_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = JournalWriter::begin(folder.path(), JournalBase::Untitled).unwrap();
    journal.append(change(1, "a")).unwrap();
    let fails = |number, _| number == 0;
    let (flushed, steps) = failing(Fault::Refused(ErrorKind::Other), fails, || journal.flush());
    assert!(flushed.is_err() && steps == [Step::Flush] && !journal.is_sound());
    let (flushed, steps) = failing(Fault::Refused(ErrorKind::Other), |_, _| false, || journal.flush());
    assert!(flushed.is_ok() && steps == [Step::Write, Step::Flush] && journal.is_sound());
    journal.append(change(2, "b")).unwrap();
    drop(journal);
    assert_eq!(left(folder.path()), [(vec!["a".into(), "b".into()], false)]);
}
