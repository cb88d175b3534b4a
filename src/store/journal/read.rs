//! Reading the journals that programs left behind which did not end as they should.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{Entry, FORMAT, JournalBase, JournalChange, JournalWriter, SUFFIX, frame};
use crate::store::lock::is_at;

/// A journal whose program is gone. As long as it is held, no other program finds it; dropping it leaves it for the next start.
#[derive(Debug)]
pub struct LeftBehind {
    /// What its changes begin from.
    pub base: JournalBase,
    /// The changes, in the order in which they were made.
    pub changes: Vec<JournalChange>,
    /// What was typed and not committed, in the words of the window.
    pub typed: Option<String>,
    /// The version that has what the file held, where that was gone while it was open.
    pub kept: Option<PathBuf>,
    /// Whether a save had begun behind its first changes and is not known to have ended: they may be in the file already.
    pub is_saving: bool,
    /// Whether something behind the last change cannot be read: torn by the crash, spoilt, or written by a newer program.
    pub is_damaged: bool,
    segments: Vec<(PathBuf, File)>,
}

impl LeftBehind {
    /// When its last change was made, in microseconds since 1970.
    pub fn last_at(&self) -> Option<i64> {
        self.changes.last().map(|change| change.at)
    }

    /// When its last entry was written, by the clock of the disk.
    pub fn written_at(&self) -> Option<SystemTime> {
        let times = self.segments.iter().map(|(_, file)| file.metadata().and_then(|data| data.modified()).ok());
        times.max().flatten()
    }

    /// Its files, to be named where one of them cannot be read.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.segments.iter().map(|(path, _)| path.as_path())
    }

    /// Removes its files.
    ///
    /// # Errors
    /// What the system says.
    pub fn discard(self) -> io::Result<()> {
        self.segments.iter().try_for_each(|(path, _)| fs::remove_file(path))
    }

    /// Puts these changes in place of its own: the others are elsewhere. What was typed stays.
    ///
    /// # Errors
    /// Where they cannot be written; then it is as it was.
    pub fn narrow(&mut self, changes: Vec<JournalChange>) -> io::Result<()> {
        let folder = self.paths().next().and_then(Path::parent).ok_or(io::ErrorKind::NotFound)?;
        let mut writer = JournalWriter::begin(folder, self.base.clone())?;
        changes.iter().try_for_each(|change| writer.append(change.clone()))?;
        self.typed.iter().try_for_each(|typed| writer.append_typed(typed.clone()))?;
        self.kept.iter().try_for_each(|version| writer.append_kept(version.clone()))?;
        writer.flush()?;
        let outdated = std::mem::replace(&mut self.segments, writer.into_segments());
        (self.changes, self.is_saving) = (changes, false);
        // One that cannot be removed is offered once more.
        outdated.iter().try_for_each(|(path, _)| fs::remove_file(path)).or(Ok(()))
    }

    fn is_empty(&self) -> bool {
        self.is_unchanged() && self.kept.is_none()
    }

    /// Whether there is nothing in it that the file did not have.
    pub fn is_unchanged(&self) -> bool {
        self.changes.is_empty() && self.typed.is_none() && !self.is_damaged
    }

    /// Takes up the entries of a segment. One that is damaged ends the journal.
    fn take_up(&mut self, text: &[u8], is_later: bool) {
        let (payloads, rest) = frame::split(text);
        let mut is_first = true;
        for payload in payloads {
            match ron::from_str::<Entry>(payload) {
                Ok(Entry::Begin { format, base, .. }) if format <= FORMAT => {
                    if is_first && self.changes.is_empty() {
                        self.base = base;
                    }
                    // Only a save begins a segment behind another.
                    self.is_saving = is_later;
                }
                Ok(Entry::Change(change)) => self.changes.push(*change),
                Ok(Entry::Typed(typed)) => self.typed = Some(typed).filter(|typed| !typed.is_empty()),
                // The changes of the segments before are in that file; those of this segment came after the save began.
                Ok(Entry::Base(base)) => (self.base, self.is_saving, self.kept) = (base, false, None),
                Ok(Entry::Kept(version)) => self.kept = Some(version),
                Ok(Entry::Begin { .. }) | Err(_) => {
                    self.is_damaged = true;
                    return;
                }
            }
            is_first = false;
        }
        // An entry that the crash tore was never acknowledged, but is said all the same.
        self.is_damaged |= rest > 0;
    }
}

/// The journals in a folder whose programs are gone, the one written last first. Those without a change are removed.
pub fn left_behind(folder: &Path) -> Vec<LeftBehind> {
    journals_in(folder).0
}

/// As [`left_behind`]; also whether a program still has some of those that are there. It may have been killed and not be gone yet.
pub fn journals_in(folder: &Path) -> (Vec<LeftBehind>, bool) {
    let Ok(entries) = fs::read_dir(folder) else { return (Vec::new(), false) };
    // By name: a map in order, so that segments come in the order of their numbers.
    let mut journals: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(SUFFIX));
        let Some((name, _)) = name.and_then(|name| name.rsplit_once('-')) else { continue };
        journals.entry(name.to_owned()).or_default().push(path);
    }
    let mut any_in_use = false;
    let mut found: Vec<LeftBehind> = journals.into_values().filter_map(|paths| read(paths, &mut any_in_use)).collect();
    // By the clock of the disk: one in which something was only typed has no change with a time.
    found.sort_by_key(|journal| std::cmp::Reverse((journal.written_at(), journal.last_at())));
    (found, any_in_use)
}

/// Reads the segments of a journal; nothing where its program still runs, which is noted, or where there is nothing in it.
fn read(paths: Vec<PathBuf>, in_use: &mut bool) -> Option<LeftBehind> {
    let mut segments = Vec::new();
    for path in paths {
        let file = File::open(&path).ok()?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                *in_use = true;
                return None;
            }
            // Where there are no locks a journal cannot be told from one in use: what is offered twice is better than what is lost.
            Ok(()) | Err(TryLockError::Error(_)) if is_at(&file, &path) => segments.push((path, file)),
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
    }
    let mut journal = LeftBehind {
        base: JournalBase::Untitled,
        changes: Vec::new(),
        typed: None,
        kept: None,
        is_saving: false,
        is_damaged: false,
        segments,
    };
    let mut texts = Vec::new();
    for (_, file) in &mut journal.segments {
        let mut text = Vec::new();
        file.read_to_end(&mut text).ok()?;
        texts.push(text);
    }
    for (number, text) in texts.iter().enumerate() {
        if journal.is_damaged {
            break;
        }
        journal.take_up(text, number > 0);
    }
    if journal.is_empty() {
        // What cannot be removed is found empty again.
        let _ = journal.discard();
        return None;
    }
    Some(journal)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::edit::{Edit, apply};
    use crate::model::{Event, Timeline};
    use crate::time::Date;

    fn change(at: i64, title: &str) -> JournalChange {
        let mut timeline = Timeline::empty("t");
        let edit = Edit::put_event(Event::new(title, title, Date::parse("2024-10").unwrap()));
        let inverse = apply(&mut timeline, &edit).unwrap();
        JournalChange { at, label: format!("Add “{title}”"), edit, inverse }
    }

    fn labels(journal: &LeftBehind) -> Vec<&str> {
        journal.changes.iter().map(|change| change.label.as_str()).collect()
    }

    #[test]
    fn what_a_crash_leaves_is_found_once_its_program_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("state").join("journals");
        assert!(left_behind(&place).is_empty());
        let base = JournalBase::file(folder.path().join("a.ron"));
        let mut journal = JournalWriter::begin(&place, base.clone()).unwrap();
        journal.append(change(1, "a\nb")).unwrap();
        journal.append_typed("half a title".to_owned()).unwrap();
        journal.append(change(2, "Москва")).unwrap();
        assert!(left_behind(&place).is_empty(), "its program runs");
        drop(journal);

        let found = left_behind(&place);
        assert_eq!(found.len(), 1);
        assert_eq!(labels(&found[0]), ["Add “a\nb”", "Add “Москва”"]);
        assert_eq!((&found[0].base, found[0].typed.as_deref()), (&base, Some("half a title")));
        assert!(!found[0].is_damaged && !found[0].base.is_changed());
        assert!(left_behind(&place).is_empty(), "another program looks at it");
        File::create(folder.path().join("a.ron")).unwrap().write_all(b"x").unwrap();
        assert!(found[0].base.is_changed());
        drop(found);
        for journal in left_behind(&place) {
            journal.discard().unwrap();
        }
        assert_eq!(fs::read_dir(&place).unwrap().count(), 0);
    }

    #[test]
    fn a_save_lets_go_of_what_is_in_the_file_and_of_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = JournalWriter::begin(folder.path(), JournalBase::Untitled).unwrap();
        journal.append(change(1, "before")).unwrap();
        journal.begin_segment().unwrap();
        journal.append(change(2, "meanwhile")).unwrap();
        drop(journal);
        let broken_off = left_behind(folder.path());
        assert_eq!(labels(&broken_off[0]), ["Add “before”", "Add “meanwhile”"]);
        assert_eq!(broken_off[0].base, JournalBase::Untitled);
        assert!(broken_off[0].is_saving);
        broken_off.into_iter().for_each(|journal| journal.discard().unwrap());

        let mut journal = JournalWriter::begin(folder.path(), JournalBase::Untitled).unwrap();
        journal.append(change(1, "before")).unwrap();
        journal.begin_segment().unwrap();
        journal.append(change(2, "meanwhile")).unwrap();
        let file = JournalBase::file(folder.path().join("t.ron"));
        journal.saved(file.clone()).unwrap();
        journal.append(change(3, "after")).unwrap();
        drop(journal);
        let found = left_behind(folder.path());
        assert_eq!(labels(&found[0]), ["Add “meanwhile”", "Add “after”"]);
        assert_eq!(found[0].base, file);
        assert!(!found[0].is_saving);
    }

    #[test]
    fn a_clock_that_was_set_back_changes_no_order() {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = JournalWriter::begin(folder.path(), JournalBase::Untitled).unwrap();
        let day = 86_400_000_000;
        for (at, title) in [(3 * day, "a"), (day, "b"), (2 * day, "c")] {
            journal.append(change(at, title)).unwrap();
            journal.begin_segment().unwrap();
        }
        journal.append(change(-day, "d")).unwrap();
        drop(journal);
        assert_eq!(labels(&left_behind(folder.path())[0]), ["Add “a”", "Add “b”", "Add “c”", "Add “d”"]);
    }

    #[test]
    fn a_long_journal_is_compacted_to_what_its_changes_come_to() {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = JournalWriter::begin(folder.path(), JournalBase::Sample).unwrap();
        let mut timeline = Timeline::empty("t");
        let start = timeline.clone();
        for round in 0..40 {
            let id = ["a", "b", "c"][round % 3];
            let event = Event::new(id, format!("title {round}"), Date::parse("2024").unwrap());
            let edit =
                if round == 38 { Edit::Remove(crate::model::Key::Event("b".into())) } else { Edit::put_event(event) };
            let inverse = apply(&mut timeline, &edit).unwrap();
            journal.append(JournalChange { at: round as i64, label: "Retitle".to_owned(), edit, inverse }).unwrap();
        }
        journal.append_typed("half".to_owned()).unwrap();
        let length = |folder: &Path| -> u64 {
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum()
        };
        let before = length(folder.path());
        journal.compact().unwrap();
        assert!(length(folder.path()) * 4 < before && !journal.is_large());
        drop(journal);
        let found = left_behind(folder.path()).remove(0);
        assert_eq!(
            (labels(&found), found.typed.as_deref(), found.last_at()),
            (vec!["40 changes together"], Some("half"), Some(39))
        );
        let mut again = start.clone();
        let inverse = apply(&mut again, &found.changes[0].edit).unwrap();
        assert_eq!(again, timeline);
        apply(&mut again, &found.changes[0].inverse).unwrap();
        assert_eq!(again, start);
        assert!(matches!(inverse, Edit::Batch(_)));
    }

    #[test]
    fn one_that_ended_or_holds_nothing_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = JournalWriter::begin(folder.path(), JournalBase::Sample).unwrap();
        journal.append(change(1, "a")).unwrap();
        journal.end().unwrap();
        drop(JournalWriter::begin(folder.path(), JournalBase::Sample).unwrap());
        assert!(left_behind(folder.path()).is_empty());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_torn_or_newer_entry_is_said_and_those_before_it_are_kept() {
        let check = |tail: &[u8]| {
            let folder = tempfile::tempdir().unwrap();
            let mut journal = JournalWriter::begin(folder.path(), JournalBase::Untitled).unwrap();
            journal.append(change(1, "a")).unwrap();
            drop(journal);
            let path = fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
            fs::OpenOptions::new().append(true).open(path).unwrap().write_all(tail).unwrap();
            let found = left_behind(folder.path());
            assert_eq!(labels(&found[0]), ["Add “a”"]);
            found[0].is_damaged
        };
        assert!(!check(b""));
        assert!(check(b"#000000"));
        let mut newer = Vec::new();
        frame::push(&mut newer, "Moved(from: \"a\")");
        assert!(check(&newer));
    }

    #[cfg(unix)]
    #[test]
    fn journals_are_the_users_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("journals");
        let mut journal = JournalWriter::begin(&place, JournalBase::Untitled).unwrap();
        journal.begin_segment().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&place), 0o700);
        for entry in fs::read_dir(&place).unwrap() {
            assert_eq!(mode(&entry.unwrap().path()), 0o600);
        }
        drop(journal);
    }
}
