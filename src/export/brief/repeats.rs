//! What a painter keeps of what it wrote, for when the same is to be said again.

use rustc_hash::FxHashMap;

use super::Repeat;

/// Bytes that are kept at most. Grades and the sources cited most often need far fewer; a brief with a million sources, each
/// cited twice, must not hold a copy of half of itself.
const MOST_BYTES: usize = 1 << 22;

/// Texts in a painter's format. Looked up and never listed, so that their order is nobody's matter.
#[derive(Default)]
pub(super) struct Repeats {
    texts: FxHashMap<Repeat, Box<str>>,
    bytes: usize,
}

impl Repeats {
    /// What was written for it, where that is kept.
    pub fn get(&self, what: Repeat) -> Option<&str> {
        self.texts.get(&what).map(|text| &**text)
    }

    /// Keeps what was written for it, while there is room.
    pub fn keep(&mut self, what: Repeat, text: &str) {
        if self.bytes + text.len() <= MOST_BYTES {
            self.bytes += text.len();
            self.texts.insert(what, text.into());
        }
    }

    /// Keeps nothing of what was written until now.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}
