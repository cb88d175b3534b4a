//! The journal of an open timeline, kept on a thread of its own, so that no frame waits for the disk.
//!
//! Owns when what was appended is flushed, and what becomes of changes that cannot be written: they wait in memory, in order, and
//! are tried again until there is room. What is written is for `store`, what a crash left for `recovery`.

use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use egui::Context;

use super::Platform;
use crate::edit::Edit;
use crate::store::{FileText, JournalBase, JournalChange, JournalWriter, Retention, hindrance};

/// What was appended is on the disk after this time without another entry.
const IDLE: Duration = Duration::from_millis(300);

/// What was appended is on the disk after this time whatever comes.
const LATEST: Duration = Duration::from_secs(2);

/// What could not be written is tried again after this time without another entry.
const RETRY: Duration = Duration::from_secs(2);

/// How long the end of the program waits for the disk.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

enum Order {
    /// A change, put together by the thread that keeps it: to copy one of many events takes long.
    Change(Box<dyn FnOnce() -> JournalChange + Send>),
    Typed(String),
    /// A save of all that came before has begun.
    SaveBegins,
    /// It has ended well: the timeline is in this file.
    Saved(PathBuf),
    /// Another program has written this file: from what it holds now, this change leads to the timeline.
    Rebased(PathBuf, Option<Box<JournalChange>>),
    /// The file is gone: what it held is to be kept.
    FileGone(Box<LostFile>),
    /// The file is back.
    FileBack,
    /// All that came before is to be on the disk when this is answered; the answer is whether it is.
    Flush(Sender<bool>),
    /// Nothing of it is needed any more.
    End,
}

/// A file that is gone, with what it held.
pub(super) struct LostFile {
    /// Where its versions are kept.
    pub retention: Retention,
    /// Where it was.
    pub path: PathBuf,
    /// What it held.
    pub text: Arc<FileText>,
}

impl LostFile {
    /// Keeps what it held as its newest version, unless that has it already.
    pub fn keep(&self) -> io::Result<PathBuf> {
        self.retention.keep_text(&self.path, &self.text.text())
    }
}

/// What there is to say of a journal to its user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum JournalNews {
    /// Changes cannot be written: why, and what helps.
    Fails(String),
    /// All of them have been written after all.
    IsKeptAgain,
}

/// Why changes are in no journal at present; none where all are. The journals of one window share it, and it outlives them.
pub(super) type Trouble = Arc<Mutex<Option<String>>>;

/// The journal of one session. Dropped without [`Journal::end`], as in a panic, it leaves its files for the next start, flushed.
pub(super) struct Journal {
    /// None once it is dropped: the thread ends with it.
    sender: Option<Arc<Sender<Order>>>,
    thread: Option<JoinHandle<()>>,
    news: Arc<Mutex<Option<JournalNews>>>,
    clock: Arc<dyn Platform>,
}

/// A way to tell a journal that a save is in its file, from the thread that saves. It keeps no journal alive.
pub(super) struct SaveNote(Weak<Sender<Order>>);

impl SaveNote {
    /// Takes note that the save that began last is in a file.
    pub fn saved(self, path: PathBuf) {
        if let Some(sender) = self.0.upgrade() {
            let _ = sender.send(Order::Saved(path));
        }
    }
}

/// What a journal needs of the window.
pub(super) struct JournalHost {
    /// The folder of journals.
    pub folder: PathBuf,
    /// What tells when a change was made.
    pub clock: Arc<dyn Platform>,
    /// What is asked for a frame where there are news.
    pub ctx: Context,
    /// Where it says why changes are in no journal.
    pub trouble: Trouble,
}

impl Journal {
    /// A journal of a timeline; nothing is written before the first change.
    pub fn of(base: JournalBase, host: JournalHost) -> Self {
        let JournalHost { folder, clock, ctx, trouble } = host;
        let (sender, receiver) = channel();
        let news = Arc::new(Mutex::new(None));
        let mut herald = Herald { news: Arc::clone(&news), trouble, is_failing: false, ctx: Some(ctx) };
        let thread = std::thread::spawn(move || keep(&receiver, &mut Keeper::new(folder, base), &mut herald));
        Self { sender: Some(Arc::new(sender)), thread: Some(thread), news, clock }
    }

    /// Keeps a change that has just been made, or was made at a moment before the crash after which it is put back, in
    /// microseconds since 1970.
    pub fn change(&self, label: String, edit: Arc<Edit>, inverse: Arc<Edit>, at: Option<i64>) {
        let at = at.unwrap_or_else(|| self.clock.now().micros());
        let change = move || {
            let [edit, inverse] = [edit, inverse].map(Arc::unwrap_or_clone);
            JournalChange { at, label, edit, inverse }
        };
        self.order(Order::Change(Box::new(change)));
    }

    /// Keeps what is typed and not committed; empty where nothing is.
    pub fn typed(&self, typed: String) {
        self.order(Order::Typed(typed));
    }

    /// Takes note that the timeline as it is now is being saved; what the save tells that, once it is in a file. Changes made
    /// while it runs are in a segment of their own, and stay.
    pub fn save_begins(&self) -> SaveNote {
        self.order(Order::SaveBegins);
        SaveNote(self.sender.as_ref().map(Arc::downgrade).unwrap_or_default())
    }

    /// Takes note that what the file at a path holds now is what changes are counted from: one, with its inverse, leads from there to
    /// the timeline as it is.
    pub fn rebased(&self, path: PathBuf, change: Option<(String, Edit, Edit)>) {
        let at = self.clock.now().micros();
        let change = change.map(|(label, edit, inverse)| Box::new(JournalChange { at, label, edit, inverse }));
        self.order(Order::Rebased(path, change));
    }

    /// Keeps what a file held that is gone. The changes go on from there.
    pub fn file_gone(&self, lost: LostFile) {
        self.order(Order::FileGone(Box::new(lost)));
    }

    /// Takes note that the file is back, as it was.
    pub fn file_back(&self) {
        self.order(Order::FileBack);
    }

    /// Waits until all of it is on the disk, or for [`LONGEST_WAIT`]; whether it is.
    pub fn flush(&self) -> bool {
        let (answer, answered) = channel();
        self.order(Order::Flush(answer));
        // A disk that does not answer must not keep the window open.
        answered.recv_timeout(LONGEST_WAIT).unwrap_or(false)
    }

    /// Removes it: what it holds is saved or given up.
    pub fn end(&self) {
        self.order(Order::End);
    }

    /// What came of it since this was asked last.
    pub fn news(&self) -> Option<JournalNews> {
        self.news.lock().unwrap_or_else(PoisonError::into_inner).take()
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
    /// Journals whose place the present one takes once it is on the disk.
    outdated: Vec<JournalWriter>,
    /// Changes that are not written yet, oldest first. A later one may rest on them, so none overtakes another.
    waiting: VecDeque<JournalChange>,
    /// How many of these a save has begun to take along.
    waiting_saving: usize,
    /// What is typed and not written yet.
    typed_waiting: Option<String>,
    /// A file that is gone, of which is not kept yet what it held.
    lost: Option<LostFile>,
    /// Whether the file is gone, and the journal says what has its text.
    is_lost: bool,
    /// Whether it holds a change that no save has begun to take along.
    newer: bool,
    /// Whether it holds changes that a save has begun to take along and that are in no file yet.
    saving: bool,
    /// Whether the last entry of typing holds something.
    is_typed: bool,
    /// Whether something was appended since the last flush.
    is_appended: bool,
    /// Whether something was written and flushed since a step failed last: only that shows that the disk takes changes again.
    is_proven: bool,
}

impl Keeper {
    const fn new(folder: PathBuf, base: JournalBase) -> Self {
        Self {
            folder,
            base,
            writer: None,
            outdated: Vec::new(),
            waiting: VecDeque::new(),
            waiting_saving: 0,
            typed_waiting: None,
            lost: None,
            is_lost: false,
            newer: false,
            saving: false,
            is_typed: false,
            is_appended: false,
            is_proven: false,
        }
    }

    fn obey(&mut self, order: Order) -> io::Result<()> {
        match order {
            Order::Change(change) => {
                self.newer = true;
                self.waiting.push_back(change());
                self.write_waiting()
            }
            Order::Typed(typed) => {
                if typed.is_empty() && self.writer.is_none() && self.typed_waiting.is_none() {
                    return Ok(());
                }
                self.is_typed = !typed.is_empty();
                if !self.is_needed() {
                    return self.end();
                }
                self.typed_waiting = Some(typed);
                self.write_waiting()
            }
            Order::SaveBegins => {
                self.saving |= std::mem::take(&mut self.newer);
                self.waiting_saving = self.waiting.len();
                self.writer.as_mut().map_or(Ok(()), JournalWriter::begin_segment)
            }
            Order::Saved(path) => {
                self.base = JournalBase::file(path);
                (self.saving, self.is_lost, self.lost) = (false, false, None);
                // What could not be written until now is in the file.
                self.waiting.drain(..std::mem::take(&mut self.waiting_saving));
                if self.is_needed() {
                    let base = self.base.clone();
                    let Some(writer) = &mut self.writer else { return Ok(()) };
                    writer.saved(base)?;
                    self.is_proven = true;
                    Ok(())
                } else {
                    self.end()
                }
            }
            Order::Rebased(path, change) => {
                self.base = JournalBase::file(path);
                self.newer = change.is_some();
                // What is typed is handed over again.
                (self.saving, self.is_typed, self.is_lost, self.lost) = (false, false, false, None);
                // The change holds all that came before. The new journal is on the disk before the old one goes: a crash between
                // them leaves both, and what the one has the other then finds in the timeline.
                self.outdated.extend(self.writer.take());
                (self.waiting, self.waiting_saving, self.typed_waiting) = (VecDeque::new(), 0, None);
                self.waiting.extend(change.map(|change| *change));
                self.flush()
            }
            Order::FileGone(lost) => {
                (self.is_lost, self.lost) = (true, Some(*lost));
                self.flush()
            }
            Order::FileBack => {
                (self.is_lost, self.lost) = (false, None);
                if self.is_needed() { Ok(()) } else { self.end() }
            }
            Order::Flush(answer) => {
                let flushed = self.flush();
                let _ = answer.send(flushed.is_ok());
                flushed
            }
            Order::End => {
                (self.newer, self.saving, self.is_typed, self.is_lost) = (false, false, false, false);
                self.end()
            }
        }
    }

    /// Writes what is not written yet, up to the first that fails.
    fn write_waiting(&mut self) -> io::Result<()> {
        while let Some(change) = self.waiting.front().cloned() {
            self.writer()?.append(change)?;
            self.is_appended = true;
            self.waiting.pop_front();
            self.waiting_saving = self.waiting_saving.saturating_sub(1);
        }
        if let Some(typed) = self.typed_waiting.clone() {
            self.writer()?.append_typed(typed)?;
            self.is_appended = true;
            self.typed_waiting = None;
        }
        // Last: changes are kept also where there is no room for the whole text.
        if let Some(lost) = &self.lost {
            let version = lost.keep()?;
            self.writer()?.append_kept(version)?;
            self.is_appended = true;
            self.lost = None;
        }
        // While a save runs it is not known which of the changes the file will have.
        if let Some(writer) = self.writer.as_mut().filter(|writer| !self.saving && writer.is_large()) {
            // One that stays as it is holds all the same.
            let _ = writer.compact();
        }
        Ok(())
    }

    /// Whether it holds something that is in no file.
    fn is_needed(&self) -> bool {
        self.newer || self.saving || self.is_typed || self.is_lost
    }

    /// Whether all that it was given is on the disk or will be flushed.
    fn is_sound(&self) -> bool {
        let is_written = self.waiting.is_empty() && self.typed_waiting.is_none() && self.lost.is_none();
        is_written && self.writer.as_ref().is_none_or(JournalWriter::is_sound)
    }

    fn writer(&mut self) -> io::Result<&mut JournalWriter> {
        Ok(match &mut self.writer {
            Some(writer) => writer,
            none => none.insert(JournalWriter::begin(&self.folder, self.base.clone())?),
        })
    }

    fn end(&mut self) -> io::Result<()> {
        (self.waiting, self.waiting_saving, self.typed_waiting) = (VecDeque::new(), 0, None);
        (self.is_appended, self.lost) = (false, None);
        let ended = self.writer.take().map_or(Ok(()), JournalWriter::end);
        ended.and(self.end_outdated())
    }

    fn end_outdated(&mut self) -> io::Result<()> {
        self.outdated.drain(..).map(JournalWriter::end).fold(Ok(()), io::Result::and)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.write_waiting()?;
        if let Some(writer) = &mut self.writer {
            writer.flush()?;
            self.is_proven |= std::mem::take(&mut self.is_appended);
        }
        self.end_outdated()
    }
}

/// Says how the journal fares, once when it begins to fail and once when it has caught up.
struct Herald {
    news: Arc<Mutex<Option<JournalNews>>>,
    trouble: Trouble,
    /// Whether this journal has said that it fails, and not that it has caught up.
    is_failing: bool,
    /// Asked for a frame where there are news.
    ctx: Option<Context>,
}

impl Herald {
    /// Takes note of what came of an order, whether all is written now, and whether the disk has been seen to take it. A save
    /// leaves nothing to be kept, and by that nothing amiss, but says nothing of the next change.
    fn tell(&mut self, result: io::Result<()>, is_sound: bool, is_proven: bool) {
        let reason = result.err().map(|error| hindrance(&error));
        let set_trouble = |reason: Option<String>| {
            *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = reason;
        };
        let news = match reason {
            Some(reason) => {
                set_trouble(Some(reason.clone()));
                if self.is_failing {
                    return;
                }
                JournalNews::Fails(reason)
            }
            None if self.is_failing && is_sound => {
                set_trouble(None);
                if !is_proven {
                    return;
                }
                JournalNews::IsKeptAgain
            }
            None => return,
        };
        self.is_failing = matches!(news, JournalNews::Fails(_));
        *self.news.lock().unwrap_or_else(PoisonError::into_inner) = Some(news);
        if let Some(ctx) = &self.ctx {
            ctx.request_repaint();
        }
    }
}

/// Follows orders until the journal is dropped. Entries are handed to the system at once, which is enough for a crash of the
/// program; against a loss of power they are flushed when it is quiet, and every [`LATEST`] when it is not.
fn keep(orders: &Receiver<Order>, keeper: &mut Keeper, herald: &mut Herald) {
    // A fault of the program must not end the thread: the changes after it would be kept nowhere, and nobody would be told.
    let guarded = |keeper: &mut Keeper, herald: &mut Herald, run: &mut dyn FnMut(&mut Keeper) -> io::Result<()>| {
        let result = catch_unwind(AssertUnwindSafe(|| run(keeper)));
        let result = result.unwrap_or_else(|_| Err(io::Error::other("a fault of the program itself")));
        keeper.is_proven &= result.is_ok();
        herald.tell(result, keeper.is_sound(), keeper.is_proven);
    };
    // Since when there is something to flush.
    let mut since: Option<Instant> = None;
    loop {
        let order = match since {
            None if keeper.is_sound() => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
            None => orders.recv_timeout(RETRY),
            Some(since) => orders.recv_timeout(IDLE.min(LATEST.saturating_sub(since.elapsed()))),
        };
        match order {
            Ok(order) => {
                let mut order = Some(order);
                guarded(keeper, herald, &mut |keeper| order.take().map_or(Ok(()), |order| keeper.obey(order)));
                let begun = *since.get_or_insert_with(Instant::now);
                if begun.elapsed() >= LATEST {
                    guarded(keeper, herald, &mut Keeper::flush);
                    since = None;
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                guarded(keeper, herald, &mut Keeper::flush);
                since = None;
            }
            Err(RecvTimeoutError::Disconnected) => {
                // Who waits for the end of the thread keeps the frame that nobody runs any more.
                herald.ctx = None;
                return guarded(keeper, herald, &mut Keeper::flush);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::path::Path;

    use super::*;
    use crate::edit::apply;
    use crate::model::{Event, Timeline};
    use crate::store::{Fault, Step, failing, left_behind};
    use crate::time::Date;

    fn change(title: &str) -> Order {
        let mut timeline = Timeline::empty("t");
        let edit = Edit::put_event(Event::new(title, title, Date::parse("2024").unwrap()));
        let inverse = apply(&mut timeline, &edit).unwrap();
        let label = title.to_owned();
        Order::Change(Box::new(move || JournalChange { at: 0, label, edit, inverse }))
    }

    /// Follows these orders to the end of the journal while steps fail; what was said, and how many steps there were.
    fn follow(
        folder: &Path,
        orders: Vec<Order>,
        fault: Fault,
        fails: impl FnMut(usize, Step) -> bool + 'static,
    ) -> (Option<JournalNews>, Option<String>, usize) {
        let (sender, receiver) = channel();
        orders.into_iter().for_each(|order| sender.send(order).unwrap());
        drop(sender);
        let mut keeper = Keeper::new(folder.to_owned(), JournalBase::Untitled);
        let mut herald = Herald { news: Arc::default(), trouble: Arc::default(), is_failing: false, ctx: None };
        let ((), steps) = failing(fault, fails, || keep(&receiver, &mut keeper, &mut herald));
        let news = herald.news.lock().unwrap().take();
        let trouble = herald.trouble.lock().unwrap().take();
        (news, trouble, steps.len())
    }

    /// The changes that a crash would leave.
    fn left(folder: &Path) -> Vec<String> {
        let found = left_behind(folder);
        assert!(found.len() < 2 && found.iter().all(|left| !left.is_damaged));
        found.iter().flat_map(|left| &left.changes).map(|change| change.label.clone()).collect()
    }

    #[test]
    fn changes_wait_while_the_disk_is_full_and_are_written_in_order_when_there_is_room() {
        let orders = || {
            let (answer, _) = channel();
            vec![
                change("a"),
                Order::Typed("x".into()),
                change("b"),
                Order::SaveBegins,
                change("c"),
                Order::Flush(answer),
            ]
        };
        let folder = tempfile::tempdir().unwrap();
        let (_, _, steps) = follow(folder.path(), orders(), Fault::Panic, |_, _| false);
        for fault in [Fault::Refused(ErrorKind::StorageFull), Fault::Panic] {
            for (from, to) in (0..steps).flat_map(|from| [(from, from + 1), (from, from + 3), (from, steps + 2)]) {
                let folder = tempfile::tempdir().unwrap();
                let fails = move |number, _| from <= number && number < to;
                let (news, trouble, _) = follow(folder.path(), orders(), fault, fails);
                if trouble.is_some() {
                    // The disk stayed full to the end: what came before is there, in order.
                    assert!(
                        ["a", "b", "c"]
                            .starts_with(&left(folder.path()).iter().map(String::as_str).collect::<Vec<_>>())
                    );
                    assert!(matches!(news, Some(JournalNews::Fails(_))));
                } else {
                    assert_eq!(left(folder.path()), ["a", "b", "c"], "{fault:?} from {from} to {to}");
                    assert!(matches!(news, None | Some(JournalNews::IsKeptAgain)), "{news:?}");
                }
            }
        }
    }

    #[test]
    fn what_a_save_took_along_meanwhile_is_not_written_any_more() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("t.ron");
        let journals = folder.path().join("journals");
        let orders = || {
            vec![change("a"), Order::SaveBegins, change("b"), Order::Saved(file.clone()), Order::Typed(String::new())]
        };
        // All fails until the save is over.
        follow(&journals, orders(), Fault::Refused(ErrorKind::StorageFull), |number, _| number < 2);
        assert_eq!(left(&journals), ["b"]);
        let orders = vec![change("a"), Order::SaveBegins, Order::Saved(file)];
        let (news, trouble, _) = follow(&journals, orders, Fault::Refused(ErrorKind::StorageFull), |_, _| true);
        assert_eq!((left(&journals), trouble), (vec!["b".to_owned()], None), "all is saved, so nothing is amiss");
        assert!(matches!(news, Some(JournalNews::Fails(_))), "nothing was written: {news:?}");
    }

    #[test]
    fn it_is_said_once_that_it_fails_and_once_that_it_has_caught_up() {
        let mut herald = Herald { news: Arc::default(), trouble: Arc::default(), is_failing: false, ctx: None };
        let full = || Err(ErrorKind::StorageFull.into());
        let mut said = |result, is_sound, is_proven| {
            herald.tell(result, is_sound, is_proven);
            herald.news.lock().unwrap().take()
        };
        assert!(matches!(said(full(), false, false), Some(JournalNews::Fails(_))));
        assert_eq!([said(full(), false, false), said(Ok(()), false, false)], [None, None]);
        // A save has left nothing that waits; whether the disk takes the next change is not known.
        assert_eq!([said(Ok(()), true, false), said(full(), false, false)], [None, None]);
        assert_eq!([said(Ok(()), true, true), said(Ok(()), true, true)], [Some(JournalNews::IsKeptAgain), None]);
    }
}
