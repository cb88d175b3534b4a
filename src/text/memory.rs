//! A bounded memory of what was computed for a text and a style.
//!
//! Two generations: when the young one is full it becomes the old one, and what is still asked for is carried over. So a
//! lookup costs two hashes, nothing is scanned, and whatever one screen shows stays.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Face, Style};

/// Bytes of text a generation holds before it is retired; a glyph of a run takes some 30 bytes for each of them.
const GENERATION_BYTES: usize = 128 * 1024;

/// What an entry costs beside its text.
const ENTRY_BYTES: usize = 16;

/// Values by style and text.
#[derive(Debug)]
pub(super) struct Memory<V> {
    young: Generation<V>,
    old: Generation<V>,
    young_bytes: usize,
}

type StyleKey = (Face, u64);
/// Only looked up.
type Generation<V> = FxHashMap<StyleKey, FxHashMap<Arc<str>, V>>;

impl<V> Default for Memory<V> {
    fn default() -> Self {
        Self { young: Generation::default(), old: Generation::default(), young_bytes: 0 }
    }
}

impl<V: Clone> Memory<V> {
    pub fn get(&mut self, text: &str, style: Style) -> Option<V> {
        let key = style_key(style);
        if let Some(value) = self.young.get(&key).and_then(|values| values.get(text)) {
            return Some(value.clone());
        }
        let (text, value) = self.old.get_mut(&key)?.remove_entry(text)?;
        self.put(text, style, value.clone());
        Some(value)
    }

    pub fn put(&mut self, text: Arc<str>, style: Style, value: V) {
        self.young_bytes += text.len() + ENTRY_BYTES;
        if self.young_bytes > GENERATION_BYTES {
            self.young_bytes = text.len() + ENTRY_BYTES;
            self.old = std::mem::take(&mut self.young);
        }
        self.young.entry(style_key(style)).or_default().insert(text, value);
    }
}

fn style_key(style: Style) -> StyleKey {
    (style.face, style.size_pt.to_bits())
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style::regular(13.0);

    fn len<V>(memory: &Memory<V>) -> usize {
        memory.young.values().chain(memory.old.values()).map(FxHashMap::len).sum()
    }

    #[test]
    fn remembers_by_text_and_style() {
        let mut memory = Memory::default();
        memory.put("a".into(), STYLE, 1);
        memory.put("a".into(), Style::semibold(13.0), 2);
        memory.put("a".into(), Style::regular(11.0), 3);
        assert_eq!(memory.get("a", STYLE), Some(1));
        assert_eq!(memory.get("a", Style::semibold(13.0)), Some(2));
        assert_eq!(memory.get("a", Style::regular(11.0)), Some(3));
        assert_eq!(memory.get("b", STYLE), None);
    }

    #[test]
    fn stays_bounded_and_keeps_what_is_asked_for() {
        let mut memory = Memory::default();
        memory.put("kept".into(), STYLE, usize::MAX);
        for n in 0..100_000 {
            memory.put(format!("label {n}").into(), STYLE, n);
            assert_eq!(memory.get("kept", STYLE), Some(usize::MAX));
        }
        assert!(len(&memory) < 2 * GENERATION_BYTES / ENTRY_BYTES);
        assert_eq!(memory.get("label 0", STYLE), None);
        assert_eq!(memory.get("label 99999", STYLE), Some(99_999));
    }
}
