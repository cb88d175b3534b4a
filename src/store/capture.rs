//! Captures on disk: a file copied beside the timeline with its hash, and whether every one is still what it was.
//!
//! Follows the Berkeley Protocol in outline: what was captured is never overwritten, and an alteration is a further entry.
//! Which entries a source has is `model`'s; this module only reads and copies files. Hashes are streamed, so that a
//! recording of several gigabytes costs time and no memory.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization as _;

use super::atomic::{flush, folder, resolve, sweep, sync_folder, temporary_in};
use super::remedy::{cause, not_written};
use super::steps::{Step, step, write_all};
use crate::diagnostic::{Diagnostic, Subject};
use crate::model::{Capture, Event, Hash, HashAlgorithm, Image, Outside, Source, Timeline};
use crate::time::{Date, Instant, Precision, Zone};

/// Bytes that are read at a time.
const CHUNK: usize = 256 * 1024;

/// Names that are tried for a new capture before giving up.
const MOST_NAMES: u32 = 10_000;

/// Why a capture could not be attached; nothing was left behind.
#[derive(Debug, Error)]
pub enum CaptureError {
    /// The file to copy is a folder or a device.
    #[error("\"{path}\" is not a file; choose the file that was captured", path = .0.display())]
    NotAFile(PathBuf),
    /// The file to copy cannot be read.
    #[error("\"{path}\" cannot be read: {}", cause(reason), path = path.display())]
    Read {
        /// The file to copy.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// The folder of captures is a link to somewhere else.
    #[error("\"{path}\" is a link that leads out of the timeline's folder, where captures are not looked at; put a folder in its place", path = .0.display())]
    Outside(PathBuf),
    /// The folder of captures cannot be written to.
    #[error("{}", not_written(path, reason))]
    Write {
        /// The folder of captures, or the file in it.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
}

/// Why the file of a capture cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotThere {
    /// Its path leads out of the timeline's folder.
    #[error("it {}", .0.reason())]
    Path(Outside),
    /// A link leads out of the timeline's folder.
    #[error("it leads out of the timeline's folder by a link, which was not followed")]
    Link,
    /// It is not there.
    #[error("there is no such file beside the timeline")]
    Missing,
    /// The system would not give it, or it is not a file.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
}

/// The file of a capture, all links followed: what may be opened and what a check hashes. It is found under every spelling of
/// its name in Unicode, and it lies in the timeline's folder.
///
/// # Errors
/// Where it leads out of the folder, is not there or is not a file.
pub fn file_of(timeline_path: &Path, file: &str) -> Result<PathBuf, NotThere> {
    let path = Capture::path_of(file).map_err(NotThere::Path)?;
    real_file(&timeline_folder(timeline_path), &path)
}

/// Where captures of a timeline are kept: beside `NAME.ron` in `NAME.captures`.
pub fn captures_folder(timeline_path: &Path) -> PathBuf {
    let target = resolve(timeline_path).unwrap_or_else(|_| timeline_path.to_owned());
    let mut name = target.file_stem().unwrap_or_default().to_owned();
    name.push(".captures");
    target.with_file_name(name)
}

/// The folder that the paths of captures begin in: that of the file which symlinks lead to.
fn timeline_folder(timeline_path: &Path) -> PathBuf {
    let target = resolve(timeline_path).unwrap_or_else(|_| timeline_path.to_owned());
    folder(&target).to_owned()
}

/// Whether a file or folder lies in another, once all symlinks are followed.
fn is_within(path: &Path, outer: &Path) -> io::Result<bool> {
    Ok(fs::canonicalize(path)?.starts_with(fs::canonicalize(outer)?))
}

/// Copies a file into the folder of captures under a name made of the source's id, and gives the entry for it: path, hash,
/// time (`now`, a moment in UTC) and who. No file is ever overwritten. The copy is on disk when this returns.
///
/// # Errors
/// Where the file cannot be read or the folder not be written to.
pub fn attach(
    timeline_path: &Path,
    source_id: &str,
    file: &Path,
    by: Option<&str>,
    now: Instant,
) -> Result<Capture, CaptureError> {
    let unreadable = |reason| CaptureError::Read { path: file.to_owned(), reason };
    if !fs::metadata(file).map_err(unreadable)?.is_file() {
        return Err(CaptureError::NotAFile(file.to_owned()));
    }
    let mut original = File::open(file).map_err(unreadable)?;
    let folder = captures_folder(timeline_path);
    let unwritable = |reason| CaptureError::Write { path: folder.clone(), reason };
    let is_new_folder = !folder.exists();
    fs::create_dir_all(&folder).map_err(unwritable)?;
    if !is_within(&folder, &timeline_folder(timeline_path)).map_err(unwritable)? {
        return Err(CaptureError::Outside(folder));
    }
    sweep(&folder, None);
    let mut copy = temporary_in(&folder, None).map_err(unwritable)?;
    let mut hasher = Sha256::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = read_some(&mut original, &mut chunk).map_err(unreadable)?;
        if read.is_empty() {
            break;
        }
        hasher.update(read);
        write_all(copy.as_file_mut(), read).map_err(unwritable)?;
    }
    flush(copy.as_file()).map_err(unwritable)?;
    let name = persist(copy, &folder, source_id, file).map_err(unwritable)?;
    if let Err(error) = flush_names(&folder, is_new_folder) {
        // A copy that no timeline names would lie there for ever.
        let _ = fs::remove_file(folder.join(&name));
        return Err(unwritable(error));
    }
    let folder_name = folder.file_name().unwrap_or_default().to_string_lossy();
    Ok(Capture {
        file: format!("{folder_name}/{name}").as_str().into(),
        hash: Hash { algorithm: HashAlgorithm::Sha256, value: hex(&hasher.finalize()).as_str().into() },
        captured: Some(Date::at_precision(now, Precision::Second, Zone::UTC)),
        by: by.map(str::trim).filter(|by| !by.is_empty()).map(Into::into),
        alters: None,
        note: None,
    })
}

/// The hash of a file's bytes, as a capture of it has it.
pub fn hash(bytes: &[u8]) -> Hash {
    Hash { algorithm: HashAlgorithm::Sha256, value: hex(&Sha256::digest(bytes)).as_str().into() }
}

/// Makes the names in a folder durable, and that of the folder where it was made for them.
fn flush_names(folder: &Path, is_new: bool) -> io::Result<()> {
    sync_folder(folder)?;
    match folder.parent().filter(|_| is_new) {
        Some(outer) if outer.as_os_str().is_empty() => sync_folder(Path::new(".")),
        Some(outer) => sync_folder(outer),
        None => Ok(()),
    }
}

/// Gives the copy its name: the first of `ID.EXT`, `ID-2.EXT`, … that no file has.
fn persist(mut copy: tempfile::NamedTempFile, folder: &Path, source_id: &str, file: &Path) -> io::Result<String> {
    step(Step::Rename)?;
    let stem = portable(source_id);
    let extension = file.extension().map(|extension| portable(&extension.to_string_lossy()));
    let extension = extension.filter(|extension| !extension.is_empty()).map_or_else(String::new, |e| format!(".{e}"));
    for number in 1..=MOST_NAMES {
        let name = if number == 1 { format!("{stem}{extension}") } else { format!("{stem}-{number}{extension}") };
        match copy.persist_noclobber(folder.join(&name)) {
            Ok(_) => return Ok(name),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => copy = error.file,
            Err(error) => return Err(error.error),
        }
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, "all names for it are taken"))
}

/// A part of a file name that every system takes: letters, digits, `-`, `_` and `.` inside, at most 80 characters.
fn portable(text: &str) -> String {
    let is_kept = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let name: String = text.chars().take(80).map(|c| if is_kept(c) { c } else { '-' }).collect();
    let name = name.trim_matches(['.', '-']);
    // Names that Windows keeps for devices, whatever stands behind the dot.
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let is_device = DEVICES.contains(&stem.as_str())
        || stem.strip_prefix("com").or(stem.strip_prefix("lpt")).is_some_and(|rest| rest.len() == 1);
    if name.is_empty() || is_device {
        format!("capture-{name}").trim_end_matches('-').to_owned()
    } else {
        name.to_owned()
    }
}

/// Compares every captured file with the hash of the last entry that names it, and looks whether that of every image is
/// there. The problems have no places yet. None where
/// `is_cancelled` came true first.
///
/// Entries whose path leads out of the folder or whose hash is none are `model`'s to report and are not looked at. A link
/// that leads out of the folder is not followed.
pub fn verify(timeline_path: &Path, timeline: &Timeline, is_cancelled: &dyn Fn() -> bool) -> Option<Vec<Diagnostic>> {
    let folder = timeline_folder(timeline_path);
    let mut known: BTreeMap<String, Digested> = BTreeMap::new();
    let mut found = Vec::new();
    for event in timeline.events() {
        for (at, image) in event.rare.images.iter().enumerate() {
            if is_cancelled() {
                return None;
            }
            let is_there = image.path().map_or(Ok(()), |path| real_file(&folder, &path).map(drop));
            found.extend(is_there.err().and_then(|why| judge_image(timeline, event, (at, image), &why)));
        }
    }
    for source in timeline.sources() {
        let paths: Vec<Option<String>> = source.captures.iter().map(|capture| capture.path().ok()).collect();
        for (at, (capture, path)) in source.captures.iter().zip(&paths).enumerate() {
            let is_last = !paths.iter().skip(at + 1).any(|later| later == path);
            let Some(path) = path.as_ref().filter(|_| is_last && capture.hash.is_well_formed()) else { continue };
            if is_cancelled() {
                return None;
            }
            if !known.contains_key(path) {
                known.insert(path.clone(), digest(&folder, path, is_cancelled)?);
            }
            if let Some(digested) = known.get(path) {
                let earlier = source.captures.iter().zip(&paths).take(at).rev();
                let earlier = earlier.filter(|(_, other)| other.as_ref() == Some(path)).map(|(capture, _)| capture);
                found.extend(judge(timeline, source, (at, capture), digested, earlier));
            }
        }
    }
    Some(found)
}

/// The problem of an image whose file is not to be had.
fn judge_image(timeline: &Timeline, event: &Event, (at, image): (usize, &Image), why: &NotThere) -> Option<Diagnostic> {
    let file = &*image.file;
    let (code, message, hint) = match why {
        NotThere::Missing => (
            "image-missing",
            format!("there is no file \"{file}\" beside the timeline"),
            "put it there, or take the image out",
        ),
        NotThere::Unreadable(why) => (
            "image-unreadable",
            format!("the file \"{file}\" cannot be read: {why}"),
            "allow reading it, then check again",
        ),
        NotThere::Link | NotThere::Path(_) => (
            "image-outside",
            format!("\"{file}\" leads out of the timeline's folder by a link, which was not followed"),
            "put the file or folder itself in the place of the link",
        ),
    };
    let severity = timeline.header().level(code).severity()?;
    let problem = Diagnostic::new(severity, code, Subject::Event(event.id.as_str().into()), message);
    Some(problem.in_field(["images".to_owned(), at.to_string(), "file".to_owned()]).with_hint(hint))
}

/// What a file turned out to hold.
enum Digested {
    Hash(String),
    /// Its file cannot be read.
    Not(NotThere),
}

/// The file of a path inside a folder, all links followed.
fn real_file(folder: &Path, path: &str) -> Result<PathBuf, NotThere> {
    let path = found(folder, path);
    let real = fs::canonicalize(&path).map_err(|error| not_there(&error))?;
    if !is_within(&path, folder).map_err(|error| not_there(&error))? {
        return Err(NotThere::Link);
    }
    // Asked for before it is opened: opening a pipe would wait for whoever writes to it.
    match fs::metadata(&real) {
        Ok(metadata) if metadata.is_file() => Ok(real),
        Ok(_) => Err(NotThere::Unreadable("it is not a file".to_owned())),
        Err(error) => Err(not_there(&error)),
    }
}

/// Hashes the file of a path inside a folder. None where it was cancelled.
fn digest(folder: &Path, path: &str, is_cancelled: &dyn Fn() -> bool) -> Option<Digested> {
    let opened = real_file(folder, path).and_then(|real| File::open(real).map_err(|error| not_there(&error)));
    let mut file = match opened {
        Ok(file) => file,
        Err(why) => return Some(Digested::Not(why)),
    };
    let mut hasher = Sha256::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        if is_cancelled() {
            return None;
        }
        match read_some(&mut file, &mut chunk) {
            Ok([]) => return Some(Digested::Hash(hex(&hasher.finalize()))),
            Ok(read) => hasher.update(read),
            Err(error) => return Some(Digested::Not(not_there(&error))),
        }
    }
}

/// Where the file of a path stands: under the name as it is, else under one that says the same in Unicode. Some systems write
/// "é" as one character, others as two.
fn found(folder: &Path, path: &str) -> PathBuf {
    let mut at = folder.to_owned();
    for part in path.split('/') {
        let exact = at.join(part);
        at = if part.is_ascii() || fs::symlink_metadata(&exact).is_ok() {
            exact
        } else {
            let mut entries = fs::read_dir(&at).into_iter().flatten().flatten().map(|entry| entry.file_name());
            let is_meant = |name: &std::ffi::OsString| name.to_str().is_some_and(|name| name.nfc().eq(part.nfc()));
            entries.find(is_meant).map_or(exact, |name| at.join(name))
        };
    }
    at
}

fn not_there(error: &io::Error) -> NotThere {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => NotThere::Missing,
        _ => NotThere::Unreadable(cause(error)),
    }
}

/// The next bytes; none at the end.
fn read_some<'c>(file: &mut File, chunk: &'c mut [u8]) -> io::Result<&'c [u8]> {
    loop {
        match file.read(chunk) {
            Ok(count) => return Ok(chunk.get(..count).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The problem of an entry, if it has one, beside those of the `earlier` entries that are of the same file, the last first.
fn judge<'c>(
    timeline: &Timeline,
    source: &Source,
    (at, capture): (usize, &Capture),
    digested: &Digested,
    mut earlier: impl Iterator<Item = &'c Capture>,
) -> Option<Diagnostic> {
    let file = &*capture.file;
    let (code, field, message, hint) = match digested {
        Digested::Hash(hash) if hash.eq_ignore_ascii_case(&capture.hash.value) => return None,
        Digested::Hash(hash) => {
            let (message, hint) = match earlier.find(|earlier| hash.eq_ignore_ascii_case(&earlier.hash.value)) {
                Some(earlier) => {
                    let when = earlier.captured.as_ref().map_or(String::new(), |date| format!(" of \"{date}\""));
                    let hint = "put the altered file back, or add a further entry if the alteration was taken back";
                    (format!("the file \"{file}\" is that of an earlier entry{when}, not of the last"), hint)
                }
                None => (
                    format!("the file \"{file}\" has changed since it was captured"),
                    "put it back as it was; if the change was meant, add a further entry that says what was altered and why",
                ),
            };
            ("capture-changed", vec!["hash", "value"], message, hint)
        }
        Digested::Not(NotThere::Missing) => (
            "capture-missing",
            vec!["file"],
            format!("there is no file \"{file}\" beside the timeline"),
            "put it back where it was; the entry stays, since that it existed is part of the evidence",
        ),
        Digested::Not(NotThere::Unreadable(why)) => (
            "capture-unreadable",
            vec!["file"],
            format!("the file \"{file}\" cannot be read: {why}"),
            "allow reading it, then check again",
        ),
        Digested::Not(NotThere::Link | NotThere::Path(_)) => (
            "capture-outside",
            vec!["file"],
            format!("\"{file}\" leads out of the timeline's folder by a link, which was not followed"),
            "put the file or folder itself in the place of the link",
        ),
    };
    let severity = timeline.header().level(code).severity()?;
    let path = ["captures".to_owned(), at.to_string()].into_iter().chain(field.into_iter().map(str::to_owned));
    let problem = Diagnostic::new(severity, code, Subject::Source(source.id.as_str().into()), message);
    Some(problem.in_field(path).with_hint(hint))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::model::Header;
    use crate::time::CivilDay;

    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let timeline = folder.path().join("case.ron");
        (folder, timeline)
    }

    fn write(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        File::create(path).unwrap().write_all(text.as_bytes()).unwrap();
    }

    fn now() -> Instant {
        Instant::from_day(CivilDay::new(2026, 11, 23)).unwrap().saturating_add(Instant::HOUR + 5 * Instant::SECOND)
    }

    fn timeline(captures: Vec<Capture>) -> Timeline {
        let source = Source { captures: captures.into_iter().collect(), ..Source::new("s", "S") };
        Timeline::from_records(Header::new("t"), vec![], vec![source], vec![], vec![], vec![])
    }

    fn entry(file: &str, hash: &str) -> Capture {
        Capture {
            file: file.into(),
            hash: Hash { algorithm: HashAlgorithm::Sha256, value: hash.into() },
            captured: Date::parse("2021-04-02").ok(),
            by: None,
            alters: None,
            note: None,
        }
    }

    fn codes(path: &Path, timeline: &Timeline) -> Vec<(&'static str, String)> {
        let found = verify(path, timeline, &|| false).unwrap();
        found.into_iter().map(|problem| (problem.code, problem.field.join("."))).collect()
    }

    #[test]
    fn an_attached_file_is_copied_hashed_and_verified() {
        let (folder, timeline_path) = folder();
        let page = folder.path().join("Page (1).HTML");
        write(&page, "");
        let capture = attach(&timeline_path, "interfax/2024", &page, Some(" R. Reader "), now()).unwrap();
        assert_eq!(&*capture.file, "case.captures/interfax-2024.HTML");
        assert_eq!(&*capture.hash.value, EMPTY);
        assert_eq!(capture.captured.as_ref().map(Date::as_str), Some("2026-11-23T01:00:05Z"));
        assert_eq!(capture.by.as_deref(), Some("R. Reader"));
        let timeline = timeline(vec![capture.clone()]);
        assert_eq!(codes(&timeline_path, &timeline), []);
        write(&folder.path().join(&*capture.file), "x");
        assert_eq!(codes(&timeline_path, &timeline), [("capture-changed", "captures.0.hash.value".to_owned())]);
        fs::remove_file(folder.path().join(&*capture.file)).unwrap();
        assert_eq!(codes(&timeline_path, &timeline), [("capture-missing", "captures.0.file".to_owned())]);
        fs::create_dir(folder.path().join(&*capture.file)).unwrap();
        assert_eq!(codes(&timeline_path, &timeline), [("capture-unreadable", "captures.0.file".to_owned())]);
    }

    #[test]
    fn nothing_is_ever_overwritten_and_nothing_is_left_behind() {
        let (folder, timeline_path) = folder();
        let (first, second) = (folder.path().join("a.txt"), folder.path().join("b.txt"));
        write(&first, "first");
        write(&second, "second");
        let names: Vec<String> = [&first, &second, &first]
            .into_iter()
            .map(|file| attach(&timeline_path, "s", file, None, now()).unwrap().file.to_string())
            .collect();
        assert_eq!(names, ["case.captures/s.txt", "case.captures/s-2.txt", "case.captures/s-3.txt"]);
        assert!(matches!(attach(&timeline_path, "s", folder.path(), None, now()), Err(CaptureError::NotAFile(_))));
        let gone = folder.path().join("gone");
        assert!(matches!(attach(&timeline_path, "s", &gone, None, now()), Err(CaptureError::Read { .. })));
        assert_eq!(fs::read_dir(folder.path().join("case.captures")).unwrap().count(), 3);
    }

    #[test]
    fn a_large_file_is_hashed_in_parts() {
        let (folder, timeline_path) = folder();
        let large = folder.path().join("large");
        write(&large, &"a".repeat(1_000_000));
        let capture = attach(&timeline_path, "s", &large, None, now()).unwrap();
        // The third example of FIPS 180-2, appendix B.
        assert_eq!(&*capture.hash.value, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
        assert_eq!(&*capture.file, "case.captures/s");
    }

    #[test]
    fn the_last_entry_of_a_name_decides() {
        let (folder, timeline_path) = folder();
        write(&folder.path().join("x"), "");
        let other = "0".repeat(64);
        let altered = timeline(vec![entry("x", &other), entry("x", &EMPTY.to_uppercase())]);
        assert_eq!(codes(&timeline_path, &altered), []);
        let taken_back = timeline(vec![entry("x", EMPTY), entry("x", &other)]);
        let found = verify(&timeline_path, &taken_back, &|| false).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].field.join("."), "captures.1.hash.value");
        assert!(found[0].message.contains("earlier entry of \"2021-04-02\""), "{}", found[0].message);
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let (folder, _) = folder();
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        write(&folder.path().join("secret"), "x");
        let absolute = folder.path().join("secret").to_string_lossy().into_owned();
        for file in ["../secret", "a/../../secret", absolute.as_str(), "C:/secret", "a\\..\\..\\secret", ""] {
            let timeline = timeline(vec![entry(file, EMPTY)]);
            assert_eq!(codes(&inner.join("case.ron"), &timeline), [], "{file}");
        }
    }

    #[test]
    fn every_way_to_write_a_path_finds_its_file() {
        let (folder, timeline_path) = folder();
        write(&folder.path().join("x"), "");
        write(&folder.path().join("case.captures/y"), "");
        for file in ["./x", "case.captures/../x", "case.captures//y", "./case.captures/./y"] {
            assert_eq!(codes(&timeline_path, &timeline(vec![entry(file, EMPTY)])), [], "{file}");
        }
        let other = "0".repeat(64);
        let altered = timeline(vec![entry("x", &other), entry("./x", EMPTY)]);
        assert_eq!(codes(&timeline_path, &altered), [], "both are entries of one file, and the last decides");
    }

    #[test]
    fn composed_and_decomposed_names_find_each_other() {
        let (composed, decomposed) = ("caf\u{e9}/\u{d6}l.txt", "cafe\u{301}/O\u{308}l.txt");
        for (on_disk, in_file) in [(composed, decomposed), (decomposed, composed), (composed, composed)] {
            let (folder, timeline_path) = folder();
            write(&folder.path().join(on_disk), "");
            assert_eq!(codes(&timeline_path, &timeline(vec![entry(in_file, EMPTY)])), [], "{in_file:?}");
        }
        let (folder, timeline_path) = folder();
        write(&folder.path().join("cafe.txt"), "");
        let missing = timeline(vec![entry("caf\u{e9}.txt", EMPTY)]);
        assert_eq!(codes(&timeline_path, &missing), [("capture-missing", "captures.0.file".to_owned())]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_is_not_followed() {
        use std::os::unix::fs::symlink;
        let (folder, _) = folder();
        let inner = folder.path().join("inner");
        let timeline_path = inner.join("case.ron");
        write(&folder.path().join("outer/secret"), "");
        write(&inner.join("case.captures/x"), "");
        symlink("../outer/secret", inner.join("link")).unwrap();
        symlink(folder.path().join("outer"), inner.join("folder")).unwrap();
        symlink("case.captures/x", inner.join("inside")).unwrap();
        symlink("case.captures", inner.join("captures")).unwrap();
        symlink("gone", inner.join("broken")).unwrap();
        let code =
            |file: &str| codes(&timeline_path, &timeline(vec![entry(file, EMPTY)])).first().map(|(code, _)| *code);
        assert_eq!(code("link"), Some("capture-outside"));
        assert_eq!(code("folder/secret"), Some("capture-outside"));
        assert_eq!(code("folder/../case.captures/x"), None, "what is written is a path inside");
        assert_eq!(code("inside"), None);
        assert_eq!(code("captures/x"), None);
        assert_eq!(code("broken"), Some("capture-missing"));

        // The folder itself may be reached by links.
        let far = folder.path().join("far.ron");
        write(&timeline_path, "");
        symlink("inner/case.ron", &far).unwrap();
        assert_eq!(codes(&far, &timeline(vec![entry("inside", EMPTY)])), []);

        // Nothing is put where it would not be looked at.
        symlink(folder.path().join("outer"), inner.join("other.captures")).unwrap();
        let page = folder.path().join("page");
        write(&page, "");
        let refused = attach(&inner.join("other.ron"), "s", &page, None, now());
        assert!(matches!(refused, Err(CaptureError::Outside(_))), "{refused:?}");
        assert_eq!(fs::read_dir(folder.path().join("outer")).unwrap().count(), 1);
    }

    #[test]
    fn a_check_can_be_cancelled_and_silenced() {
        let (_folder, timeline_path) = folder();
        let missing = timeline(vec![entry("x", EMPTY)]);
        assert_eq!(verify(&timeline_path, &missing, &|| true), None);
        let setting =
            crate::model::CheckSetting { code: "capture-missing".into(), level: crate::model::Level::Off, note: None };
        let header = Header { checks: [setting].into_iter().collect(), ..Header::new("t") };
        let mut silenced = missing;
        crate::edit::apply(&mut silenced, &crate::edit::Edit::put(crate::model::Record::Header(header))).unwrap();
        assert_eq!(codes(&timeline_path, &silenced), []);
    }

    #[test]
    fn names_are_fit_for_every_system() {
        for (given, name) in [
            ("interfax-2024", "interfax-2024"),
            ("a/b:c", "a-b-c"),
            ("..", "capture"),
            ("con", "capture-con"),
            ("com1.x", "capture-com1.x"),
            ("Закон", "Закон"),
        ] {
            assert_eq!(portable(given), name);
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_may_be_opened_lies_in_the_folder_under_every_spelling() {
        let (outside, _) = folder();
        write(&outside.path().join("secret.txt"), "secret");
        let (folder, timeline) = folder();
        let inside = |name: &str| folder.path().join(name);
        fs::create_dir(inside("case.captures")).unwrap();
        write(&inside("a.txt"), "a");
        write(&inside("case.captures/cafe\u{301}.txt"), "b");
        std::os::unix::fs::symlink(outside.path().join("secret.txt"), inside("out.txt")).unwrap();
        std::os::unix::fs::symlink(outside.path(), inside("elsewhere")).unwrap();
        std::os::unix::fs::symlink("a.txt", inside("in.txt")).unwrap();
        let real = |name: &str| Ok(fs::canonicalize(inside(name)).unwrap());
        let cases = [
            ("a.txt", real("a.txt")),
            ("./a.txt", real("a.txt")),
            ("case.captures/../a.txt", real("a.txt")),
            ("in.txt", real("a.txt")),
            ("case.captures/caf\u{e9}.txt", real("case.captures/cafe\u{301}.txt")),
            ("out.txt", Err(NotThere::Link)),
            ("elsewhere/secret.txt", Err(NotThere::Link)),
            ("../a.txt", Err(NotThere::Path(Outside::Upwards))),
            ("/etc/hostname", Err(NotThere::Path(Outside::Absolute))),
            ("gone.txt", Err(NotThere::Missing)),
            ("case.captures", Err(NotThere::Unreadable("it is not a file".to_owned()))),
        ];
        for (file, expected) in cases {
            assert_eq!(file_of(&timeline, file), expected, "{file}");
        }
    }
}
