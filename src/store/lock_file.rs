//! The lock file of a timeline that is open in a window: one window at a time may change it.
//!
//! Owns the file beside the timeline, what it says of the window that holds it, and who gets the lock. It is held as long as
//! the timeline is open; the lock of a single save is `lock`'s, and commands take that one alone.
//!
//! ```text
//!   treaty.ron
//!   .treaty.ron.annalist-lock     user: anna · host: desk · process: 1234 · since: 2026-11-29T14:03:22Z
//! ```
//!
//! What counts is the lock of the system on that file, never that the file is there: a program that is killed leaves the
//! file and not the lock. The file goes with the lock, so whoever has waited may hold the lock of a file that is gone; then
//! the one that is there now is taken. It stands beside the timeline, so that another machine with the same folder
//! sees it, and beside the file that a symlink leads to. It is that of a name: a timeline that is moved while it is open is
//! another one by then, and a save makes the one that was opened again. Where none can be made (a folder that is read-only, a file system
//! without locks) nothing is held: what others write is found out by comparing at each save.

use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::atomic::resolve;
use super::local_time::local_time;
use super::lock::is_at;
use crate::time::Instant;

/// How the name of a lock file ends; before it stand a dot and the name of the timeline.
const SUFFIX: &str = ".annalist-lock";

/// What a lock file begins with. A file that begins otherwise is somebody else's and is not written to.
const HEAD: &str = "Annalist has this timeline open; only that window changes it. This file goes when it is closed.\n";

/// The longest lock file that is read.
const LONGEST: u64 = 4096;

/// Attempts to lock: others that look hold the lock for a moment, and the file may go meanwhile.
const ATTEMPTS: u32 = 8;

/// The time between two attempts.
const PAUSE: Duration = Duration::from_millis(2);

/// The window that has a timeline open, as far as it says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holder {
    /// The login name of its user.
    pub user: Option<String>,
    /// The name of its machine.
    pub host: Option<String>,
    /// The number of its process on that machine.
    pub process: Option<u32>,
    /// When it opened the timeline.
    pub since: Option<Instant>,
}

impl Holder {
    /// This process, with the timeline open since a moment.
    pub fn this_process(since: Instant) -> Self {
        let variable = |names: &[&str]| {
            let given = names.iter().filter_map(|name| std::env::var(name).ok());
            given.map(|text| one_line(&text)).find(|text| !text.is_empty())
        };
        let host_files = ["/proc/sys/kernel/hostname", "/etc/hostname"];
        let host = host_files.into_iter().filter_map(|path| read_short(&mut File::open(path).ok()?).ok());
        let host = host.map(|text| one_line(&text)).find(|text| !text.is_empty());
        Self {
            user: variable(&["USER", "LOGNAME", "USERNAME"]),
            host: host.or_else(|| variable(&["COMPUTERNAME", "HOSTNAME", "HOST"])),
            process: Some(std::process::id()),
            since: Some(since),
        }
    }

    /// "since 14:03 by anna on desk (process 1234)", without what it does not say.
    pub fn words(&self, now: Instant) -> String {
        let since = self.since.map(|since| local_time(since, now)).filter(|since| !since.is_empty());
        let parts = [
            since.map(|since| format!("since {since}")),
            self.user.as_ref().map(|user| format!("by {user}")),
            self.host.as_ref().map(|host| format!("on {host}")),
            self.process.map(|process| format!("(process {process})")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// What the lock file says; fields that are not there or cannot be read are left out.
    fn read(text: &str) -> Self {
        let field = |name: &str| {
            let mut lines = text.lines().filter_map(|line| line.split_once(": "));
            lines.find(|(key, _)| *key == name).map(|(_, value)| one_line(value)).filter(|value| !value.is_empty())
        };
        let since = field("since").and_then(|since| chrono::DateTime::parse_from_rfc3339(&since).ok());
        Self {
            user: field("user"),
            host: field("host"),
            process: field("process").and_then(|process| process.parse().ok()),
            since: since.map(|since| Instant::from_micros(since.timestamp_micros())),
        }
    }
}

/// The lines of the lock file, below its head.
impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = self.since.and_then(|since| chrono::DateTime::from_timestamp_micros(since.micros()));
        let fields = [
            ("user", self.user.clone()),
            ("host", self.host.clone()),
            ("process", self.process.map(|process| process.to_string())),
            ("since", since.map(|since| since.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))),
        ];
        fields.iter().try_for_each(|(name, value)| value.iter().try_for_each(|value| writeln!(f, "{name}: {value}")))
    }
}

/// What came of asking for a timeline's lock.
#[derive(Debug)]
pub enum Claim {
    /// It is held from now on.
    Held(LockFile),
    /// Another window holds it.
    Taken(Holder),
    /// There can be no lock there.
    Impossible,
}

/// The lock of an open timeline, held until it is dropped; its file goes then.
#[derive(Debug)]
pub struct LockFile {
    /// The timeline, without symlinks.
    target: PathBuf,
    path: PathBuf,
    file: File,
}

impl LockFile {
    /// Asks for the lock of a timeline, which need not be there yet, for a window. A lock file that a killed program left is
    /// taken over.
    pub fn claim(timeline: &Path, holder: &Holder) -> Claim {
        let Ok(target) = resolve(timeline) else { return Claim::Impossible };
        let path = beside(&target);
        for _ in 0..ATTEMPTS {
            let attempt = match open(&path) {
                Ok(file) => attempt(file, &path, holder),
                Err(_) => return Claim::Impossible,
            };
            match attempt {
                Ok(Attempt::Held(file)) => return Claim::Held(Self { target, path, file }),
                Ok(Attempt::Again) => std::thread::sleep(PAUSE),
                Err(_) => return Claim::Impossible,
            }
        }
        Claim::Taken(said_in(&path))
    }

    /// Whether others still see it: not where its file was taken away, as by `git clean`.
    pub fn is_kept(&self) -> bool {
        is_at(&self.file, &self.path)
    }

    /// Whether it is that of the timeline at a path.
    pub fn is_of(&self, timeline: &Path) -> bool {
        // One file has several paths where a folder on the way is a link; then the lock file at the other one is this file.
        resolve(timeline).is_ok_and(|target| target == self.target || cfg!(unix) && is_at(&self.file, &beside(&target)))
    }
}

impl Drop for LockFile {
    fn drop(&mut self) {
        // The lock is kept while the file goes. One that another program has put in its place is not ours to remove.
        if is_at(&self.file, &self.path) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// The window that has a timeline open, if any has. Takes nothing and leaves nothing behind.
pub fn holder_of(timeline: &Path) -> Option<Holder> {
    let path = beside(&resolve(timeline).ok()?);
    if !fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_file()) {
        return None;
    }
    // A shared lock can be had while none is held for changing; others that look may have one too.
    match File::open(&path).ok()?.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Some(said_in(&path)),
        Ok(()) | Err(TryLockError::Error(_)) => None,
    }
}

/// The lock file of a timeline: hidden, in its folder.
fn beside(target: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(SUFFIX);
    target.with_file_name(name)
}

/// What one attempt to lock came to.
enum Attempt {
    Held(File),
    /// Somebody has the lock, or the file is no longer the one that is there.
    Again,
}

/// The lock file, made where it is not there. One of another user may be open for reading alone, which is enough to lock it.
fn open(path: &Path) -> io::Result<File> {
    // A link could lead to any file of the user's, a pipe could wait for ever.
    if fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    match OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => File::open(path),
        opened => opened,
    }
}

fn attempt(mut file: File, path: &Path, holder: &Holder) -> io::Result<Attempt> {
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(Attempt::Again),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    // Whoever held it before removed the file, and the lock of a file without a name keeps nobody out.
    if !is_at(&file, path) {
        return Ok(Attempt::Again);
    }
    let said = read_short(&mut file)?;
    if !said.is_empty() && !said.starts_with(HEAD) {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut write = || {
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(format!("{HEAD}{holder}").as_bytes())
    };
    match write() {
        Ok(()) => Ok(Attempt::Held(file)),
        // A leftover of another user, which may not be written to but may be replaced.
        Err(error) if error.kind() != io::ErrorKind::StorageFull && !said.is_empty() => {
            fs::remove_file(path)?;
            Ok(Attempt::Again)
        }
        // On a full disk it is held all the same, by someone it does not name.
        Err(_) => Ok(Attempt::Held(file)),
    }
}

/// What the lock file at a path says. One that was locked a moment ago may say nothing yet.
fn said_in(path: &Path) -> Holder {
    let read = || Some(Holder::read(&read_short(&mut File::open(path).ok()?).ok()?));
    for _ in 0..ATTEMPTS {
        match read() {
            Some(holder) if holder != Holder::default() => return holder,
            _ => std::thread::sleep(PAUSE),
        }
    }
    Holder::default()
}

/// The beginning of a file, with signs that are no text replaced.
fn read_short(file: &mut File) -> io::Result<String> {
    let mut bytes = Vec::new();
    file.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A text without line ends and blanks around it, short enough for a message.
fn one_line(text: &str) -> String {
    text.trim().chars().take_while(|sign| !sign.is_control()).take(64).collect()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests put files there and look at them")]
mod tests {
    use super::*;

    fn holder(user: &str) -> Holder {
        Holder {
            user: Some(user.to_owned()),
            host: Some("desk".to_owned()),
            process: Some(1234),
            since: Some(Instant::from_micros(1_796_047_402_000_000)),
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn held(claim: Claim) -> LockFile {
        match claim {
            Claim::Held(lock) => lock,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn one_holds_it_and_others_learn_who() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.ron");
        assert_eq!(holder_of(&path), None);
        let lock = held(LockFile::claim(&path, &holder("anna")));
        assert!(lock.is_of(&path) && !lock.is_of(&folder.path().join("u.ron")));
        assert_eq!(names(folder.path()), [".t.ron.annalist-lock"]);
        assert_eq!(holder_of(&path), Some(holder("anna")));
        assert!(matches!(LockFile::claim(&path, &holder("bela")), Claim::Taken(by) if by == holder("anna")));
        drop(lock);
        assert_eq!(names(folder.path()), [""; 0], "nothing is left");
        assert_eq!(holder_of(&path), None);
        assert_eq!(names(folder.path()), [""; 0], "whoever looks leaves nothing");
    }

    #[test]
    fn what_a_killed_program_left_is_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.ron");
        let left = folder.path().join(".t.ron.annalist-lock");
        fs::write(&left, format!("{HEAD}{}and much else that is longer than what follows", holder("anna"))).unwrap();
        assert_eq!(holder_of(&path), None, "a file alone holds nothing");
        let _lock = held(LockFile::claim(&path, &holder("bela")));
        assert_eq!(holder_of(&path), Some(holder("bela")));
        assert!(!fs::read_to_string(&left).unwrap().contains("anna"));
    }

    #[test]
    fn a_file_of_another_kind_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.ron");
        let there = folder.path().join(".t.ron.annalist-lock");
        fs::write(&there, "mine").unwrap();
        assert!(matches!(LockFile::claim(&path, &holder("anna")), Claim::Impossible));
        assert_eq!(fs::read_to_string(&there).unwrap(), "mine");
        fs::remove_file(&there).unwrap();
        fs::create_dir(&there).unwrap();
        assert!(matches!(LockFile::claim(&path, &holder("anna")), Claim::Impossible));
        assert!(matches!(LockFile::claim(&folder.path().join("no/t.ron"), &holder("anna")), Claim::Impossible));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_its_place_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("t.ron"), folder.path().join("other"));
        fs::write(&other, "").unwrap();
        std::os::unix::fs::symlink(&other, folder.path().join(".t.ron.annalist-lock")).unwrap();
        assert!(matches!(LockFile::claim(&path, &holder("anna")), Claim::Impossible));
        assert_eq!((fs::read_to_string(&other).unwrap(), holder_of(&path)), (String::new(), None));
    }

    #[cfg(unix)]
    #[test]
    fn a_timeline_behind_a_link_has_one_lock() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("real")).unwrap();
        let (path, link) = (folder.path().join("real/t.ron"), folder.path().join("link.ron"));
        fs::write(&path, "").unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let lock = held(LockFile::claim(&link, &holder("anna")));
        assert!(lock.is_of(&path) && lock.is_of(&link));
        assert_eq!(holder_of(&path), Some(holder("anna")));
        assert_eq!(names(&folder.path().join("real")), [".t.ron.annalist-lock", "t.ron"]);
    }

    #[test]
    fn what_it_does_not_say_is_left_out() {
        let now = Instant::from_micros(1_796_047_402_000_000);
        assert!(holder("anna").words(now).ends_with(" by anna on desk (process 1234)"));
        assert!(holder("anna").words(now).starts_with("since "));
        assert_eq!(Holder { host: None, since: None, ..holder("anna") }.words(now), "by anna (process 1234)");
        assert_eq!(Holder::read("nonsense\nuser: \nprocess: many\nsince: ever\n"), Holder::default());
        assert_eq!(Holder::read("user: a\u{1b}[2J\n").user.as_deref(), Some("a"), "as far as it is text");
        assert_eq!(Holder::read(&format!("{HEAD}{}", holder("anna"))), holder("anna"));
    }
}
