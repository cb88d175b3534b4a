//! How far a reading has come: shared between who reads and who waits.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use crate::model::Timeline;

/// How far a reading has come, and whether it is still wanted.
#[derive(Default)]
pub struct Progress {
    total: AtomicU64,
    done: AtomicU64,
    events: AtomicU64,
    is_cancelled: AtomicBool,
    on_part: Option<Box<dyn Fn(Timeline) + Send + Sync>>,
}

impl Progress {
    /// Of a reading that has not begun.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same, with somebody to look at the part of a long timeline that has been read: the first events soon, then a
    /// few times more. It is called by who reads, which waits meanwhile.
    pub fn showing(on_part: impl Fn(Timeline) + Send + Sync + 'static) -> Self {
        Self { on_part: Some(Box::new(on_part)), ..Self::default() }
    }

    /// Asks the reading to stop: it ends soon and leaves nothing behind.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Relaxed);
    }

    /// Whether it was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Relaxed)
    }

    /// Share of the bytes that have been read, from 0 to 1; none while nobody knows how many there are.
    pub fn share(&self) -> Option<f64> {
        let total = self.total.load(Relaxed);
        (total > 0).then(|| (self.done.load(Relaxed) as f64 / total as f64).min(1.0))
    }

    /// Events read so far.
    pub fn events(&self) -> u64 {
        self.events.load(Relaxed)
    }

    /// The share that so many bytes are.
    pub(super) fn share_at(&self, bytes: usize) -> Option<f64> {
        let total = self.total.load(Relaxed);
        (total > 0 && bytes > 0).then(|| (bytes as f64 / total as f64).min(1.0))
    }

    pub(super) fn expect(&self, bytes: u64) {
        self.total.store(bytes, Relaxed);
    }

    pub(super) fn reached(&self, bytes: usize, events: usize) {
        self.done.store(bytes as u64, Relaxed);
        self.events.store(events as u64, Relaxed);
    }

    pub(super) fn wants_parts(&self) -> bool {
        self.on_part.is_some()
    }

    pub(super) fn show(&self, part: Timeline) {
        if let Some(on_part) = &self.on_part {
            on_part(part);
        }
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Progress")
            .field("share", &self.share())
            .field("events", &self.events())
            .field("is_cancelled", &self.is_cancelled())
            .finish_non_exhaustive()
    }
}
