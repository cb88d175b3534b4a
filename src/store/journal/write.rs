//! Writing a journal: entries appended, segments begun and let go.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::{Entry, FORMAT, JournalBase, JournalChange, SUFFIX, frame};
use crate::edit::{Edit, NetChange, net};
use crate::store::atomic::{make_private, sync_folder};
use crate::store::lock::is_at;

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
    segments: Vec<(PathBuf, File)>,
    /// The number of the next segment.
    next: u32,
    /// Whether something was appended since the last flush.
    is_dirty: bool,
    /// Bytes in the segments, and what they may come to before the journal is compacted.
    length: u64,
    limit: u64,
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
            is_dirty: false,
            length: 0,
            limit: LARGE,
        };
        journal.begin_segment()?;
        Ok(journal)
    }

    /// Appends a change.
    ///
    /// # Errors
    /// Where it cannot be serialised or written. A torn entry is overlooked when the journal is read.
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

    /// Begins a segment: a save has begun, and what is appended from now on is not part of it.
    ///
    /// # Errors
    /// Where the segment cannot be made; then the journal goes on in the one it has.
    pub fn begin_segment(&mut self) -> io::Result<()> {
        let (path, file) = self.segment()?;
        self.segments.push((path, file));
        self.next += 1;
        let program = env!("CARGO_PKG_VERSION").to_owned();
        self.write(&Entry::Begin { format: FORMAT, program, base: self.base.clone() })?;
        self.flush()?;
        sync_folder(&self.folder)
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
        let kept = self.segments.last().map(|(_, file)| file.metadata()).transpose()?;
        (self.length, self.limit) = (kept.map_or(0, |kept| kept.len()), LARGE);
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
    /// same.
    pub fn compact(&mut self) -> io::Result<()> {
        let (mut changes, mut typed) = (Vec::new(), None);
        for (path, _) in &self.segments {
            let mut text = Vec::new();
            File::open(path)?.read_to_end(&mut text)?;
            for payload in frame::split(&text).0 {
                match ron::from_str::<Entry>(payload).map_err(io::Error::other)? {
                    Entry::Change(change) => changes.push(*change),
                    Entry::Typed(text) => typed = Some(text),
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
                label: format!("{} changes together", changes.len()),
                edit: Edit::Batch(all.iter().map(NetChange::edit).collect()),
                inverse: Edit::Batch(all.iter().rev().map(NetChange::inverse).collect()),
            })?;
        }
        if let Some(typed) = typed {
            self.append_typed(typed)?;
        }
        self.flush()?;
        self.keep_last()?;
        // Records that are all different cannot be said in less.
        self.limit = LARGE.max(2 * self.length);
        Ok(())
    }

    fn keep_last(&mut self) -> io::Result<()> {
        let last = self.segments.len().saturating_sub(1);
        self.segments.drain(..last).try_for_each(|(path, _locked)| fs::remove_file(path))
    }

    /// Makes what was appended last beyond a loss of power.
    ///
    /// # Errors
    /// What the system says.
    pub fn flush(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.is_dirty)
            && let Some((_, file)) = self.segments.last()
        {
            file.sync_data()?;
        }
        Ok(())
    }

    /// Removes the journal: nothing of it is needed any more.
    ///
    /// # Errors
    /// What the system says.
    pub fn end(self) -> io::Result<()> {
        // The lock is kept to the end, so that nobody takes the rest for a crash.
        self.segments.iter().try_for_each(|(path, _)| fs::remove_file(path))
    }

    fn write(&mut self, entry: &Entry) -> io::Result<()> {
        let payload = ron::to_string(entry).map_err(io::Error::other)?;
        let mut bytes = Vec::new();
        frame::push(&mut bytes, &payload);
        let Some((_, file)) = self.segments.last_mut() else { return Ok(()) };
        self.is_dirty = true;
        self.length += bytes.len() as u64;
        file.write_all(&bytes)
    }

    /// A new file, locked, with the next name.
    fn segment(&mut self) -> io::Result<(PathBuf, File)> {
        let number = self.next;
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
            return Ok((path, file));
        }
        Err(io::Error::other("every new file in the folder for journals is taken away"))
    }
}
