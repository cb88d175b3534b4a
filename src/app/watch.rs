//! The folder of the open file, watched on a thread of its own: it tells when the file is another than it was, once that has
//! been quiet for a moment.
//!
//! Owns waiting and looking. The system tells of changes where it can; because it tells nothing of network file systems, and
//! its watches may be used up, the file is looked at every two seconds besides. What a change means is for `follow`.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use egui::Context;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::store::Stamp;

/// How long nothing may happen before a change counts as whole: editors empty a file and write it, or put it aside first.
const QUIET: Duration = Duration::from_millis(300);

/// How long a file that is written all the time is waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// How often the file is looked at where the system tells nothing.
const POLL: Duration = Duration::from_secs(2);

/// What stands where the file was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// Something of this length and time.
    There(Stamp),
    /// Nothing.
    Gone,
    /// A folder, a pipe or a device: nothing that is followed, and to read it may never end.
    NoFile,
    /// The system does not say.
    Unknown,
}

impl Seen {
    fn at(path: &Path) -> Self {
        match Stamp::of(path) {
            Ok(_) if !path.is_file() => Self::NoFile,
            Ok(stamp) => Self::There(stamp),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Self::Gone,
            Err(_) => Self::Unknown,
        }
    }
}

enum Signal {
    /// Something happened to the file, or may have.
    Stir,
    /// Nobody asks any more.
    End,
}

/// The watch of one file; dropping it ends the thread.
pub(super) struct FolderWatch {
    path: PathBuf,
    seen: Arc<Mutex<Option<Seen>>>,
    sender: Sender<Signal>,
}

impl FolderWatch {
    /// Watches the file at a path, and asks for a frame when there is something to take up: what stands there now is the first.
    pub fn of(path: PathBuf, ctx: &Context) -> Self {
        let (sender, receiver) = channel();
        let seen = Arc::new(Mutex::new(None));
        let folders = Folders::new(sender.clone());
        let mut watching = Watching { path: path.clone(), folders, seen: Arc::clone(&seen), ctx: ctx.clone() };
        std::thread::spawn(move || watching.run(&receiver));
        Self { path, seen, sender }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What was seen since this was asked last, where that was another.
    pub fn take(&self) -> Option<Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for FolderWatch {
    fn drop(&mut self) {
        let _ = self.sender.send(Signal::End);
    }
}

/// What the thread knows.
struct Watching {
    path: PathBuf,
    folders: Folders,
    seen: Arc<Mutex<Option<Seen>>>,
    ctx: Context,
}

impl Watching {
    fn run(&mut self, signals: &Receiver<Signal>) {
        // What was told last. Only another state is told, so our own saves, after which the file is again as told or as the
        // session knows it, cost one comparison there and no more.
        let mut known = Seen::at(&self.path);
        self.tell(known);
        loop {
            self.folders.follow(&self.path, known != Seen::Gone);
            let is_told = match signals.recv_timeout(POLL) {
                Ok(Signal::Stir) => true,
                Ok(Signal::End) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => false,
            };
            let now = Seen::at(&self.path);
            // A signal is followed even where nothing differs yet: a writer may have only begun.
            if !is_told && now == known {
                continue;
            }
            let Some(now) = self.settled(now, signals) else { return };
            if now != known {
                known = now;
                self.tell(now);
            }
        }
    }

    /// What stands there once it has been quiet and looks twice the same; none where nobody asks any more.
    fn settled(&self, mut now: Seen, signals: &Receiver<Signal>) -> Option<Seen> {
        let since = Instant::now();
        loop {
            match signals.recv_timeout(QUIET) {
                Ok(Signal::End) | Err(RecvTimeoutError::Disconnected) => return None,
                Ok(Signal::Stir) if since.elapsed() < LONGEST_WAIT => {}
                // Quiet for a moment, or waited for too long. A file that still grows without a signal, as on a network, looks
                // otherwise the second time.
                Ok(Signal::Stir) | Err(RecvTimeoutError::Timeout) => {
                    let again = Seen::at(&self.path);
                    if again == now || since.elapsed() >= LONGEST_WAIT {
                        return Some(again);
                    }
                    now = again;
                }
            }
        }
    }

    fn tell(&self, seen: Seen) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).replace(seen);
        self.ctx.request_repaint();
    }
}

/// The folders that the system watches: that of the file, and that of the file to which it leads as a symlink. Folders and not
/// files, because most programs put a new file in place of the old one.
struct Folders {
    /// None where the system has no watch to give.
    watcher: Option<RecommendedWatcher>,
    watched: Vec<PathBuf>,
    /// The last parts of the paths that matter in them.
    names: Arc<Mutex<Vec<OsString>>>,
}

impl Folders {
    fn new(sender: Sender<Signal>) -> Self {
        let names: Arc<Mutex<Vec<OsString>>> = Arc::default();
        let known = Arc::clone(&names);
        let stir = move |event: notify::Result<Event>| {
            let matters = event.is_ok_and(|event| {
                let names = known.lock().unwrap_or_else(PoisonError::into_inner);
                let is_named =
                    |path: &PathBuf| path.file_name().is_some_and(|name| names.iter().any(|known| known == name));
                // Where it does not say what happened, anything may have.
                !matches!(event.kind, EventKind::Access(_))
                    && (event.paths.is_empty() || event.paths.iter().any(is_named))
            });
            if matters {
                let _ = sender.send(Signal::Stir);
            }
        };
        Self { watcher: notify::recommended_watcher(stir).ok(), watched: Vec::new(), names }
    }

    /// Watches the folders in which the file stands now. A folder that was removed and made again is another one: where the file
    /// is gone, they are watched anew.
    fn follow(&mut self, path: &Path, is_there: bool) {
        let Some(watcher) = &mut self.watcher else { return };
        let target = path.canonicalize().ok();
        let paths = || [Some(path), target.as_deref()].into_iter().flatten();
        let mut folders: Vec<PathBuf> = paths().filter_map(Path::parent).map(Path::to_owned).collect();
        folders.dedup();
        // The folder's own name is among them: its removal comes as an event of that name.
        let own_names = paths().chain(folders.iter().map(PathBuf::as_path)).filter_map(Path::file_name);
        *self.names.lock().unwrap_or_else(PoisonError::into_inner) = own_names.map(OsStr::to_owned).collect();
        self.watched.retain(|watched| {
            let stays = is_there && folders.contains(watched);
            if !stays {
                let _ = watcher.unwatch(watched);
            }
            stays
        });
        for folder in folders {
            if !self.watched.contains(&folder) && watcher.watch(&folder, RecursiveMode::NonRecursive).is_ok() {
                self.watched.push(folder);
            }
        }
    }
}
