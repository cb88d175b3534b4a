//! What many records say alike, kept once: lanes, actors, places, tags, sources, dates.

use std::sync::{Mutex, PoisonError};

use crate::model::TextMemo;
use crate::time::DateMemo;

/// Texts and dates read before.
#[derive(Debug, Default)]
struct Sharing {
    texts: TextMemo,
    /// Dates cost more to read than to find again.
    dates: DateMemo,
}

/// What the threads of a reading share with: one each, so that nothing waits for another.
#[derive(Debug, Default)]
pub(super) struct SharingPool {
    idle: Mutex<Vec<Sharing>>,
}

impl SharingPool {
    /// Reads something; what was read before is found again.
    pub fn reading<R>(&self, read: impl FnOnce() -> R) -> R {
        let lent = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let Sharing { mut texts, mut dates } = lent.unwrap_or_default();
        let result = texts.during(|| dates.during(read));
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(Sharing { texts, dates });
        result
    }
}
