//! The journal of an open timeline, kept on a thread of its own, so that no frame waits for the disk.
//!
//! Owns when what was appended is flushed. What is written is for `store`, what a crash left for `recovery`.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::Platform;
use crate::edit::Edit;
use crate::store::{JournalBase, JournalChange, JournalWriter};

/// What was appended is on the disk after this time without another entry.
const IDLE: Duration = Duration::from_millis(300);

/// What was appended is on the disk after this time whatever comes.
const LATEST: Duration = Duration::from_secs(2);

/// How long the end of the program waits for the disk.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

enum Order {
    Change(Box<JournalChange>),
    Typed(String),
    /// A save of all that came before has begun.
    SaveBegins,
    /// It has ended well: the timeline is in this file.
    Saved(PathBuf),
    /// Another program has written this file: from what it holds now, this change leads to the timeline.
    Rebased(PathBuf, Option<Box<JournalChange>>),
    /// All that came before is to be on the disk when this is answered.
    Flush(Sender<()>),
    /// Nothing of it is needed any more.
    End,
}

/// The journal of one session. Dropped without [`Journal::end`], as in a panic, it leaves its files for the next start, flushed.
pub(super) struct Journal {
    /// None once it is dropped: the thread ends with it.
    sender: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
    trouble: Arc<Mutex<Option<String>>>,
    clock: Arc<dyn Platform>,
}

impl Journal {
    /// A journal of a timeline in a folder; nothing is written before the first change.
    pub fn of(folder: PathBuf, base: JournalBase, clock: Arc<dyn Platform>) -> Self {
        let (sender, receiver) = channel();
        let trouble = Arc::new(Mutex::new(None));
        let said = Arc::clone(&trouble);
        let thread = std::thread::spawn(move || {
            let mut keeper = Keeper { folder, base, writer: None, newer: false, saving: false, is_typed: false };
            keep(&receiver, &mut keeper, &said);
        });
        Self { sender: Some(sender), thread: Some(thread), trouble, clock }
    }

    /// Keeps a change that has just been made.
    pub fn change(&self, label: &str, edit: &Edit, inverse: &Edit) {
        let at = self.clock.now().micros();
        let (label, edit, inverse) = (label.to_owned(), edit.clone(), inverse.clone());
        self.order(Order::Change(Box::new(JournalChange { at, label, edit, inverse })));
    }

    /// Keeps what is typed and not committed; empty where nothing is.
    pub fn typed(&self, typed: String) {
        self.order(Order::Typed(typed));
    }

    /// Takes note that the timeline as it is now is being saved.
    pub fn save_begins(&self) {
        self.order(Order::SaveBegins);
    }

    /// Takes note that the save that began last is in a file.
    pub fn saved(&self, path: PathBuf) {
        self.order(Order::Saved(path));
    }

    /// Takes note that what the file at a path holds now is what changes are counted from: one, with its inverse, leads from there to
    /// the timeline as it is.
    pub fn rebased(&self, path: PathBuf, change: Option<(String, Edit, Edit)>) {
        let at = self.clock.now().micros();
        let change = change.map(|(label, edit, inverse)| Box::new(JournalChange { at, label, edit, inverse }));
        self.order(Order::Rebased(path, change));
    }

    /// Waits until all of it is on the disk, or for [`LONGEST_WAIT`].
    pub fn flush(&self) {
        let (answer, answered) = channel();
        self.order(Order::Flush(answer));
        // A disk that does not answer must not keep the window open.
        let _ = answered.recv_timeout(LONGEST_WAIT);
    }

    /// Removes it: what it holds is saved or given up.
    pub fn end(&self) {
        self.order(Order::End);
    }

    /// Why it could not be written since this was asked last.
    pub fn trouble(&self) -> Option<String> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn order(&self, order: Order) {
        // The thread ends with the journal and not before.
        if let Some(sender) = &self.sender {
            let _ = sender.send(order);
        }
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            // Whoever ends the program next must not cut off what is still to be written.
            let _ = thread.join();
        }
    }
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Journal").finish_non_exhaustive()
    }
}

/// What the thread knows.
struct Keeper {
    folder: PathBuf,
    base: JournalBase,
    /// None before the first change and after a save without one.
    writer: Option<JournalWriter>,
    /// Whether it holds a change that no save has begun to take along.
    newer: bool,
    /// Whether it holds changes that a save has begun to take along and that are in no file yet.
    saving: bool,
    /// Whether the last entry of typing holds something.
    is_typed: bool,
}

impl Keeper {
    fn obey(&mut self, order: Order) -> std::io::Result<()> {
        match order {
            Order::Change(change) => {
                self.newer = true;
                let may_compact = !self.saving;
                let writer = self.writer()?;
                writer.append(*change)?;
                // While a save runs it is not known which of the changes the file will have.
                if may_compact && writer.is_large() { writer.compact() } else { Ok(()) }
            }
            Order::Typed(typed) => {
                if typed.is_empty() && self.writer.is_none() {
                    return Ok(());
                }
                self.is_typed = !typed.is_empty();
                if !self.is_needed() {
                    return self.end();
                }
                self.writer()?.append_typed(typed)
            }
            Order::SaveBegins => {
                self.saving |= std::mem::take(&mut self.newer);
                self.writer.as_mut().map_or(Ok(()), JournalWriter::begin_segment)
            }
            Order::Saved(path) => {
                self.base = JournalBase::file(path);
                self.saving = false;
                if self.is_needed() {
                    let base = self.base.clone();
                    self.writer.as_mut().map_or(Ok(()), |writer| writer.saved(base))
                } else {
                    self.end()
                }
            }
            Order::Rebased(path, change) => {
                self.base = JournalBase::file(path);
                self.newer = change.is_some();
                // What is typed is handed over again.
                (self.saving, self.is_typed) = (false, false);
                // The new journal is on the disk before the old one goes: a crash between them leaves both, and what the one has
                // the other then finds in the timeline.
                let old = self.writer.take();
                if let Some(change) = change {
                    let writer = self.writer()?;
                    writer.append(*change)?;
                    writer.flush()?;
                }
                old.map_or(Ok(()), JournalWriter::end)
            }
            Order::Flush(answer) => {
                let flushed = self.flush();
                let _ = answer.send(());
                flushed
            }
            Order::End => {
                (self.newer, self.saving, self.is_typed) = (false, false, false);
                self.end()
            }
        }
    }

    /// Whether it holds something that is in no file.
    fn is_needed(&self) -> bool {
        self.newer || self.saving || self.is_typed
    }

    fn writer(&mut self) -> std::io::Result<&mut JournalWriter> {
        Ok(match &mut self.writer {
            Some(writer) => writer,
            none => none.insert(JournalWriter::begin(&self.folder, self.base.clone())?),
        })
    }

    fn end(&mut self) -> std::io::Result<()> {
        self.writer.take().map_or(Ok(()), JournalWriter::end)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.writer.as_mut().map_or(Ok(()), JournalWriter::flush)
    }
}

/// Follows orders until the journal is dropped. Entries are handed to the system at once, which is enough for a crash of the
/// program; against a loss of power they are flushed when it is quiet, and every [`LATEST`] when it is not.
fn keep(orders: &Receiver<Order>, keeper: &mut Keeper, said: &Mutex<Option<String>>) {
    let tell = |result: std::io::Result<()>| {
        if let Err(error) = result {
            said.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error.to_string());
        }
    };
    // Since when there is something to flush.
    let mut since: Option<Instant> = None;
    loop {
        let order = match since {
            None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(since) => orders.recv_timeout(IDLE.min(LATEST.saturating_sub(since.elapsed()))),
        };
        match order {
            Ok(order) => {
                tell(keeper.obey(order));
                let begun = *since.get_or_insert_with(Instant::now);
                if begun.elapsed() >= LATEST {
                    tell(keeper.flush());
                    since = None;
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                tell(keeper.flush());
                since = None;
            }
            Err(RecvTimeoutError::Disconnected) => return tell(keeper.flush()),
        }
    }
}
