//! A set of slots, as bits: asked once for each entry of a long column.

/// Slots of records.
#[derive(Debug)]
pub(super) struct SlotSet(Vec<u64>);

impl SlotSet {
    /// These slots, of so many that there are.
    pub fn of(slots: impl Iterator<Item = u32>, len: usize) -> Self {
        let mut words = vec![0; len.div_ceil(64)];
        for slot in slots {
            if let Some(word) = words.get_mut(slot as usize / 64) {
                *word |= 1 << (slot % 64);
            }
        }
        Self(words)
    }

    /// Whether a slot is one of them.
    pub fn has(&self, slot: u32) -> bool {
        self.0.get(slot as usize / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1)
    }
}
