//! Numbers for events that stay while their positions in the timeline move.
//!
//! As long as events are only put behind the last one, a slot is the position and nothing is stored.

/// Which slot stands at which position.
#[derive(Debug, Clone, Default)]
pub(super) struct Slots {
    len: u32,
    moved: Option<Moved>,
}

/// Both ways, from the first time that a position and its slot differ.
#[derive(Debug, Clone)]
struct Moved {
    slot_at: Vec<u32>,
    /// Of each slot; [`FREE`] where no event has it.
    position_of: Vec<u32>,
    free: Vec<u32>,
}

const FREE: u32 = u32::MAX;

impl Slots {
    /// So many events, each in the slot of its position.
    pub fn new(len: usize) -> Self {
        Self { len: u32::try_from(len).unwrap_or(u32::MAX), moved: None }
    }

    /// Number of events.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    pub fn slot(&self, position: usize) -> Option<u32> {
        match &self.moved {
            None => u32::try_from(position).ok().filter(|slot| *slot < self.len),
            Some(moved) => moved.slot_at.get(position).copied(),
        }
    }

    /// The position of the event in a slot; [`u32::MAX`] where there is none.
    pub fn position(&self, slot: u32) -> u32 {
        match &self.moved {
            None => slot,
            Some(moved) => moved.position_of.get(slot as usize).copied().unwrap_or(FREE),
        }
    }

    /// A slot for a new event at a position; those at and after it move on.
    pub fn insert(&mut self, position: usize) -> u32 {
        let at = u32::try_from(position).unwrap_or(u32::MAX).min(self.len);
        self.len += 1;
        if self.moved.is_none() && at == self.len - 1 {
            return at;
        }
        let moved = Self::maps(&mut self.moved, self.len - 1);
        for position in &mut moved.position_of {
            *position += u32::from(*position >= at && *position != FREE);
        }
        let slot = moved.free.pop().unwrap_or_else(|| u32::try_from(moved.position_of.len()).unwrap_or(FREE));
        match moved.position_of.get_mut(slot as usize) {
            Some(position) => *position = at,
            None => moved.position_of.push(at),
        }
        moved.slot_at.insert(at as usize, slot);
        slot
    }

    /// Frees the slot of the event at a position; those after it move back.
    pub fn remove(&mut self, position: usize) -> Option<u32> {
        let slot = self.slot(position)?;
        self.len -= 1;
        if self.moved.is_none() && slot == self.len {
            return Some(slot);
        }
        let moved = Self::maps(&mut self.moved, self.len + 1);
        moved.slot_at.remove(position);
        if let Some(freed) = moved.position_of.get_mut(slot as usize) {
            *freed = FREE;
        }
        for other in &mut moved.position_of {
            *other -= u32::from(*other as usize > position && *other != FREE);
        }
        moved.free.push(slot);
        Some(slot)
    }

    fn maps(moved: &mut Option<Moved>, len: u32) -> &mut Moved {
        moved.get_or_insert_with(|| {
            let same = || {
                let mut same = Vec::with_capacity(super::with_spare(len as usize));
                same.extend(0..len);
                same
            };
            Moved { slot_at: same(), position_of: same(), free: Vec::new() }
        })
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.moved
            .as_ref()
            .map_or(0, |moved| 4 * (moved.slot_at.capacity() + moved.position_of.capacity() + moved.free.capacity()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn positions_and_slots_lead_to_each_other(
            len in 0_usize..20,
            changes in prop::collection::vec((any::<bool>(), any::<prop::sample::Index>()), 0..40),
        ) {
            let mut slots = Slots::new(len);
            // What each event is called, by position; its name by slot.
            let mut names: Vec<usize> = (0..len).collect();
            let mut by_slot: std::collections::BTreeMap<u32, usize> = (0..).zip(0..len).collect();
            for (fresh, (insert, at)) in (len..).zip(changes) {
                if insert || names.is_empty() {
                    let at = at.index(names.len() + 1);
                    names.insert(at, fresh);
                    prop_assert_eq!(by_slot.insert(slots.insert(at), fresh), None, "the slot was taken");
                } else {
                    let name = names.remove(at.index(names.len()));
                    let slot = slots.remove(at.index(names.len() + 1));
                    prop_assert_eq!(slot.and_then(|slot| by_slot.remove(&slot)), Some(name));
                }
                prop_assert_eq!(slots.len(), names.len());
                for (at, name) in names.iter().enumerate() {
                    let slot = slots.slot(at).unwrap();
                    prop_assert_eq!(by_slot.get(&slot), Some(name));
                    prop_assert_eq!(slots.position(slot) as usize, at);
                }
            }
        }
    }
}
