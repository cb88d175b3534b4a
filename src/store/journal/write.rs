//! Writing a journal: entries appended, segments begun and let go.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use super::{Entry, FORMAT, JournalBase, JournalChange, SUFFIX, frame};
use crate::diagnostic::counted;
use crate::edit::{Edit, NetChange, net};
use crate::store::atomic::{make_private, sync_folder};
use crate::store::lock::is_at;
use crate::store::steps::{Step, step, write_all};

/// Letters and digits of the name of a journal.
const RANDOM: usize = 12;

/// Bytes from which on a journal is compacted: some hundred thousand changes of a title.
const LARGE: u64 = 32 << 20;

/// Attempts to make a segment before another program that looks for journals finds it unlocked.
const MOST_TRIES: u32 = 16;

/// The journal of one open timeline. Dropping it leaves its files for the next start; [`JournalWriter::end`] removes them.
#[derive(Debug)]
pub struct JournalWriter {
    folder: PathBuf,
    /// The name that its segments share.
    name: String,
    base: JournalBase,
    /// The segments, the last one being written. Open, and by that locked, as long as the journal is.
    segments: Vec<Segment>,
    /// The number of the next segment.
    next: u32,
    /// Bytes in the segments, and what they may come to before the journal is compacted.
    length: u64,
    limit: u64,
}

/// One file of a journal, which ends with a whole entry whatever failed.
#[derive(Debug)]
struct Segment {
    path: PathBuf,
    /// Open, and by that locked.
    file: File,
    /// Bytes of its whole entries.
    length: u64,
    /// Whether something may stand behind these: a write that failed has left its first part.
    is_torn: bool,
    /// Whether something was appended since the last flush.
    is_dirty: bool,
    /// Whether a flush has failed since the last one that did not.
    is_unsure: bool,
}

impl Segment {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.mend()?;
        self.is_torn = true;
        if let Err(error) = write_all(&mut self.file, bytes) {
            // Where this fails too, it is tried again before anything follows.
            let _ = self.mend();
            return Err(error);
        }
        self.is_torn = false;
        self.is_dirty = true;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Takes away what a failed write has left: a torn entry ends the journal for whoever reads it, and hides all that follow.
    fn mend(&mut self) -> io::Result<()> {
        if self.is_torn {
            self.file.set_len(self.length)?;
            self.file.seek(SeekFrom::Start(self.length))?;
            self.is_torn = false;
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.is_dirty {
            return Ok(());
        }
        if self.is_unsure {
            // A system that could not flush may take the pages for flushed all the same (fsync(2), Linux since 4.13): what is
            // there is written once more over itself, so that there is something to flush.
            let mut text = Vec::new();
            self.file.rewind()?;
            let read = (&self.file).take(self.length).read_to_end(&mut text);
            self.file.rewind()?;
            read.and_then(|_| write_all(&mut self.file, &text))
                .and_then(|()| self.file.seek(SeekFrom::Start(self.length)).map(|_| ()))
                .inspect_err(|_| self.is_torn = true)?;
        }
        self.is_unsure = true;
        step(Step::Flush)?;
        self.file.sync_data()?;
        (self.is_dirty, self.is_unsure) = (false, false);
        Ok(())
    }
}

impl JournalWriter {
    /// Begins a journal in a folder, which is made where it is missing. Folder and files are the user's alone.
    ///
    /// # Errors
    /// Where the folder or a file in it cannot be made or written to.
    pub fn begin(folder: &Path, base: JournalBase) -> io::Result<Self> {
        make_private(folder)?;
        let mut journal = Self {
            folder: folder.to_owned(),
            name: String::new(),
            base,
            segments: Vec::new(),
            next: 1,
            length: 0,
            limit: LARGE,
        };
        journal.begin_segment()?;
        Ok(journal)
    }

    /// Appends a change.
    ///
    /// # Errors
    /// Where it cannot be serialised or written. Then the journal is as it was, and the change can be appended again.
    pub fn append(&mut self, change: JournalChange) -> io::Result<()> {
        self.write(&Entry::Change(Box::new(change)))
    }

    /// Appends what is typed and not committed.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub fn append_typed(&mut self, typed: String) -> io::Result<()> {
        self.write(&Entry::Typed(typed))
    }

    /// Appends which version has what the file held, which is gone.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub fn append_kept(&mut self, version: PathBuf) -> io::Result<()> {
        self.write(&Entry::Kept(version))
    }

    /// Begins a segment: a save has begun, and what is appended from now on is not part of it.
    ///
    /// # Errors
    /// Where the segment cannot be made; then the journal goes on in the one it has.
    pub fn begin_segment(&mut self) -> io::Result<()> {
        let segment = self.segment()?;
        self.segments.push(segment);
        let program = env!("CARGO_PKG_VERSION").to_owned();
        let begun = self
            .write(&Entry::Begin { format: FORMAT, program, base: self.base.clone() })
            .and_then(|()| self.flush())
            .and_then(|()| sync_folder(&self.folder));
        if begun.is_err()
            && let Some(segment) = self.segments.pop()
        {
            // One without its first entry says nothing of what its changes begin from.
            self.length = self.length.saturating_sub(segment.length);
            let _ = fs::remove_file(&segment.path);
        }
        begun
    }

    /// Takes note that what was appended before the present segment is in a file, and lets the segments before it go.
    ///
    /// # Errors
    /// Where that cannot be written; then they stay.
    pub fn saved(&mut self, base: JournalBase) -> io::Result<()> {
        self.base = base;
        self.write(&Entry::Base(self.base.clone()))?;
        self.flush()?;
        self.keep_last()?;
        (self.length, self.limit) = (self.segments.last().map_or(0, |kept| kept.length), LARGE);
        Ok(())
    }

    /// Whether it has grown so long that it should be compacted.
    pub fn is_large(&self) -> bool {
        self.length > self.limit
    }

    /// Puts what its changes come to in place of the changes: each record once, as it was and as it is.
    ///
    /// # Errors
    /// Where it cannot be read or written; then it stays as it is, or has what its changes come to beside them, which says the
    /// same. It is not large again before it has grown by half.
    pub fn compact(&mut self) -> io::Result<()> {
        let length = self.length;
        let compacted = self.compact_segments();
        if compacted.is_err() {
            self.length = self.segments.iter().map(|segment| segment.length).sum();
            self.limit = LARGE.max(length + length / 2);
        }
        compacted
    }

    fn compact_segments(&mut self) -> io::Result<()> {
        let (mut changes, mut typed, mut kept) = (Vec::new(), None, None);
        for segment in &self.segments {
            let mut text = Vec::new();
            File::open(&segment.path)?.read_to_end(&mut text)?;
            for payload in frame::split(&text).0 {
                match ron::from_str::<Entry>(payload).map_err(io::Error::other)? {
                    Entry::Change(change) => changes.push(*change),
                    Entry::Typed(text) => typed = Some(text),
                    Entry::Kept(version) => kept = Some(version),
                    Entry::Begin { .. } | Entry::Base(_) => {}
                }
            }
        }
        let all = net(changes.iter().map(|change| (&change.edit, &change.inverse)));
        self.begin_segment()?;
        self.length = 0;
        if let Some(last) = changes.last() {
            self.append(JournalChange {
                at: last.at,
                label: format!("{} together", counted(changes.len(), "change")),
                edit: Edit::Batch(all.iter().map(NetChange::edit).collect()),
                inverse: Edit::Batch(all.iter().rev().map(NetChange::inverse).collect()),
            })?;
        }
        if let Some(typed) = typed {
            self.append_typed(typed)?;
        }
        if let Some(version) = kept {
            self.append_kept(version)?;
        }
        self.flush()?;
        self.keep_last()?;
        // Records that are all different cannot be said in less.
        self.limit = LARGE.max(2 * self.length);
        Ok(())
    }

    fn keep_last(&mut self) -> io::Result<()> {
        // Each stays locked until it is gone: where one cannot be removed, those behind it are still the program's.
        while self.segments.len() > 1
            && let Some(first) = self.segments.first()
        {
            step(Step::Remove)?;
            fs::remove_file(&first.path)?;
            self.segments.remove(0);
        }
        Ok(())
    }

    /// Makes what was appended last beyond a loss of power.
    ///
    /// # Errors
    /// What the system says. Then it is still to be flushed.
    pub fn flush(&mut self) -> io::Result<()> {
        // Those before the last hold what a save takes along that is not over.
        self.segments.iter_mut().try_for_each(Segment::flush)
    }

    /// Whether all that was appended has been flushed, as far as that was tried.
    pub fn is_sound(&self) -> bool {
        !self.segments.iter().any(|segment| segment.is_unsure)
    }

    /// Removes the journal: nothing of it is needed any more.
    ///
    /// # Errors
    /// What the system says; as much as can be is removed.
    pub fn end(self) -> io::Result<()> {
        // The lock is kept to the end, so that nobody takes the rest for a crash.
        let remove = |segment: &Segment| step(Step::Remove).and_then(|()| fs::remove_file(&segment.path));
        self.segments.iter().map(remove).fold(Ok(()), io::Result::and)
    }

    /// Its files, still locked, of a journal that is written to no more.
    pub(super) fn into_segments(self) -> Vec<(PathBuf, File)> {
        self.segments.into_iter().map(|segment| (segment.path, segment.file)).collect()
    }

    fn write(&mut self, entry: &Entry) -> io::Result<()> {
        let payload = ron::to_string(entry).map_err(io::Error::other)?;
        let mut bytes = Vec::new();
        frame::push(&mut bytes, &payload);
        let Some(segment) = self.segments.last_mut() else { return Ok(()) };
        segment.append(&bytes)?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// A new file, locked, with the next name.
    fn segment(&mut self) -> io::Result<Segment> {
        step(Step::Create)?;
        // No name is used twice, so that one that was not removed is in nobody's way.
        let number = self.next;
        self.next += 1;
        for _ in 0..MOST_TRIES {
            let suffix = format!("-{number:04}{SUFFIX}");
            let mut builder = tempfile::Builder::new();
            builder.suffix(&suffix).prefix(&self.name);
            builder.rand_bytes(if self.name.is_empty() { RANDOM } else { 0 });
            // Temporary files are the user's alone, which suits a journal too: it holds paths and names.
            let (file, path) = builder.tempfile_in(&self.folder)?.keep().map_err(|error| error.error)?;
            match file.try_lock() {
                // Another program that looks for journals may have removed it before it was locked.
                Ok(()) if !is_at(&file, &path) => continue,
                Err(fs::TryLockError::WouldBlock) => continue,
                Ok(()) | Err(fs::TryLockError::Error(_)) => {}
            }
            let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(&suffix));
            self.name = name.unwrap_or_default().to_owned();
            return Ok(Segment { path, file, length: 0, is_torn: false, is_dirty: false, is_unsure: false });
        }
        Err(io::Error::other("every new file in the folder for journals is taken away"))
    }
}
