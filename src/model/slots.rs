//! Numbers for records that stay while their positions in a list move.
//!
//! As long as records are only put behind the last one, a slot is the position and nothing is stored. After that the list
//! falls into runs in which one follows from the other, at most two more with each change:
//!
//! ```text
//!   position   0 … 9   10   11 … 20   21 …       one was put in at 10, one was taken out at 21
//!   slot       0 … 9   40   10 … 19   21 …
//! ```

/// Which slot stands at which position.
#[derive(Debug, Clone, Default)]
pub(crate) struct Slots {
    len: u32,
    moved: Option<Moved>,
}

/// Records whose slots and positions follow one another.
#[derive(Debug, Clone, Copy)]
struct Run {
    position: u32,
    slot: u32,
    len: u32,
}

/// The runs, from the first time that a position and its slot differ.
#[derive(Debug, Clone)]
struct Moved {
    by_position: Vec<Run>,
    by_slot: Vec<Run>,
    /// Slots that no record has, the one given up last at the end.
    free: Vec<u32>,
}

const FREE: u32 = u32::MAX;

impl Slots {
    /// So many records, each in the slot of its position.
    pub fn new(len: usize) -> Self {
        Self { len: u32::try_from(len).unwrap_or(FREE), moved: None }
    }

    /// Number of records.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// One past the greatest slot that a record can have.
    pub fn bound(&self) -> usize {
        self.len() + self.moved.as_ref().map_or(0, |moved| moved.free.len())
    }

    /// The slot of the record at a position.
    pub fn slot(&self, position: usize) -> Option<u32> {
        let position = u32::try_from(position).ok().filter(|position| *position < self.len)?;
        let Some(moved) = &self.moved else { return Some(position) };
        let after = moved.by_position.partition_point(|run| run.position <= position);
        let run = moved.by_position.get(after.checked_sub(1)?)?;
        Some(run.slot + (position - run.position))
    }

    /// The position of the record in a slot; [`u32::MAX`] where there is none.
    pub fn position(&self, slot: u32) -> u32 {
        let Some(moved) = &self.moved else { return slot };
        let after = moved.by_slot.partition_point(|run| run.slot <= slot);
        let run = after.checked_sub(1).and_then(|at| moved.by_slot.get(at));
        run.filter(|run| slot - run.slot < run.len).map_or(FREE, |run| run.position + (slot - run.slot))
    }

    /// A slot for a new record at a position; those at and after it move on.
    pub fn insert(&mut self, position: usize) -> u32 {
        let at = u32::try_from(position).unwrap_or(FREE).min(self.len);
        self.len += 1;
        if self.moved.is_none() && at == self.len - 1 {
            return at;
        }
        let slots = self.len;
        let moved = self.moved.get_or_insert_with(|| Moved::of(slots - 1));
        // As many slots as records where none is free.
        let slot = moved.free.pop().unwrap_or(slots - 1);
        moved.insert(at, slot);
        self.forget_runs();
        slot
    }

    /// Frees the slot of the record at a position; those after it move back.
    pub fn remove(&mut self, position: usize) -> Option<u32> {
        let slot = self.slot(position)?;
        self.len -= 1;
        if self.moved.is_none() && slot == self.len {
            return Some(slot);
        }
        let slots = self.len + 1;
        let moved = self.moved.get_or_insert_with(|| Moved::of(slots));
        moved.remove(u32::try_from(position).unwrap_or(FREE));
        moved.free.push(slot);
        self.forget_runs();
        Some(slot)
    }

    /// Slots for new records at these positions, which are those they have once all are there, in order.
    pub fn insert_many(&mut self, positions: &[u32]) -> Vec<u32> {
        let count = u32::try_from(positions.len()).unwrap_or(FREE);
        let before = self.len;
        self.len += count;
        // Positions are in order: where the first is behind all that were there, all are.
        if self.moved.is_none() && positions.first().is_none_or(|first| *first >= before) {
            return (before..self.len).collect();
        }
        let moved = self.moved.get_or_insert_with(|| Moved::of(before));
        // Those given up last, in the order in which they were: what is put back comes into its slots again.
        let mut slots = moved.free.split_off(moved.free.len().saturating_sub(positions.len()));
        let fresh = before + u32::try_from(moved.free.len() + slots.len()).unwrap_or(FREE);
        slots.extend((fresh..).take(positions.len() - slots.len()));
        moved.insert_many(positions, &slots);
        self.forget_runs();
        slots
    }

    /// Frees the slots of the records at these positions, which are in order.
    pub fn remove_many(&mut self, positions: &[u32]) -> Vec<u32> {
        let slots: Vec<u32> = positions.iter().filter_map(|at| self.slot(*at as usize)).collect();
        let before = self.len;
        self.len -= u32::try_from(slots.len()).unwrap_or(before);
        if self.moved.is_none() && positions.first().is_none_or(|first| *first >= self.len) {
            return slots;
        }
        let moved = self.moved.get_or_insert_with(|| Moved::of(before));
        moved.remove_many(positions);
        moved.free.extend_from_slice(&slots);
        self.forget_runs();
        slots
    }

    /// Where everything is back in its place, nothing needs to be stored.
    fn forget_runs(&mut self) {
        let is_plain = |moved: &Moved| moved.free.is_empty() && matches!(*moved.by_position, [Run { slot: 0, .. }]);
        self.moved = self.moved.take().filter(|moved| !is_plain(moved));
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        let runs = |moved: &Moved| moved.by_position.capacity() + moved.by_slot.capacity();
        self.moved.as_ref().map_or(0, |moved| size_of::<Run>() * runs(moved) + 4 * moved.free.capacity())
    }
}

impl Moved {
    fn of(len: u32) -> Self {
        let whole = Vec::from([Run { position: 0, slot: 0, len }]);
        Self { by_position: whole.clone(), by_slot: whole, free: Vec::new() }
    }

    fn insert(&mut self, at: u32, slot: u32) {
        let from = self.split(at);
        for run in self.by_position.iter_mut().skip(from) {
            run.position += 1;
        }
        self.by_position.insert(from, Run { position: at, slot, len: 1 });
        self.join();
    }

    fn remove(&mut self, at: u32) {
        let from = self.split(at);
        self.split(at + 1);
        self.by_position.remove(from);
        for run in self.by_position.iter_mut().skip(from) {
            run.position -= 1;
        }
        self.join();
    }

    /// Goes through all runs once: each is cut where a record stands that goes.
    fn remove_many(&mut self, positions: &[u32]) {
        let mut runs = Vec::with_capacity(self.by_position.len() + positions.len());
        let mut gone = positions.iter().copied().peekable();
        let mut before = 0;
        for run in &self.by_position {
            let mut from = run.position;
            let end = run.position + run.len;
            while let Some(at) = gone.next_if(|at| *at < end) {
                runs.push(Run { position: from - before, slot: run.slot + (from - run.position), len: at - from });
                from = at + 1;
                before += 1;
            }
            runs.push(Run { position: from - before, slot: run.slot + (from - run.position), len: end - from });
        }
        runs.retain(|run| run.len > 0);
        self.by_position = runs;
        self.join();
    }

    /// Goes through all runs once: each is cut where a record comes.
    fn insert_many(&mut self, positions: &[u32], slots: &[u32]) {
        let mut runs = Vec::with_capacity(self.by_position.len() + 2 * positions.len());
        let mut coming = positions.iter().copied().zip(slots.iter().copied()).peekable();
        let mut next = 0;
        for run in &self.by_position {
            let mut done = 0;
            // A record that comes stands before the one that has its position now.
            while let Some((at, slot)) = coming.next_if(|(at, _)| *at < next + (run.len - done)) {
                runs.push(Run { position: next, slot: run.slot + done, len: at - next });
                done += at - next;
                runs.push(Run { position: at, slot, len: 1 });
                next = at + 1;
            }
            runs.push(Run { position: next, slot: run.slot + done, len: run.len - done });
            next += run.len - done;
        }
        for (_, slot) in coming {
            runs.push(Run { position: next, slot, len: 1 });
            next += 1;
        }
        runs.retain(|run| run.len > 0);
        self.by_position = runs;
        self.join();
    }

    /// Lets a run begin at a position, and returns which; the number of runs where none reaches so far.
    fn split(&mut self, at: u32) -> usize {
        let after = self.by_position.partition_point(|run| run.position < at);
        let before = after.checked_sub(1).and_then(|before| self.by_position.get_mut(before));
        if let Some(run) = before.filter(|run| at - run.position < run.len) {
            let kept = at - run.position;
            let rest = Run { position: at, slot: run.slot + kept, len: run.len - kept };
            run.len = kept;
            self.by_position.insert(after, rest);
        }
        after
    }

    /// Joins runs that have come to follow one another, and puts them in the order of their slots too.
    fn join(&mut self) {
        self.by_position.dedup_by(|next, run| {
            let follows = run.slot + run.len == next.slot;
            run.len += if follows { next.len } else { 0 };
            follows
        });
        self.by_slot.clone_from(&self.by_position);
        self.by_slot.sort_unstable_by_key(|run| run.slot);
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
                prop_assert_eq!(slots.slot(names.len()), None);
                for (at, name) in names.iter().enumerate() {
                    let slot = slots.slot(at).unwrap();
                    prop_assert_eq!(by_slot.get(&slot), Some(name));
                    prop_assert_eq!(slots.position(slot) as usize, at);
                }
            }
        }
    }

    proptest! {
        #[test]
        fn many_come_and_go_as_one_after_another(
            len in 0_usize..30,
            changes in prop::collection::vec((any::<bool>(), prop::collection::btree_set(0_u32..60, 0..12)), 0..12),
        ) {
            let (mut many, mut single) = (Slots::new(len), Slots::new(len));
            for (insert, at) in changes {
                let count = u32::try_from(single.len()).unwrap();
                if insert {
                    // Positions that each can have once those before it are there.
                    let at: Vec<u32> = (0..).zip(at).filter(|(nth, at)| *at <= count + nth).map(|(_, at)| at).collect();
                    many.insert_many(&at);
                    for at in &at {
                        single.insert(*at as usize);
                    }
                } else {
                    let at: Vec<u32> = at.into_iter().filter(|at| *at < count).collect();
                    let slots = many.remove_many(&at);
                    let gone: Vec<u32> = at.iter().rev().filter_map(|at| single.remove(*at as usize)).collect();
                    prop_assert_eq!(slots.len(), gone.len());
                }
                // Which of the free slots a record takes is not said: that each has one of its own is.
                prop_assert_eq!(many.len(), single.len());
                let mut taken: Vec<u32> = (0..many.len()).filter_map(|at| many.slot(at)).collect();
                prop_assert!((0..many.len()).all(|at| many.position(many.slot(at).unwrap()) as usize == at));
                taken.sort_unstable();
                taken.dedup();
                prop_assert_eq!(taken.len(), many.len());
                prop_assert!(taken.last().is_none_or(|last| *last < 200));
            }
        }

        #[test]
        fn many_that_come_back_to_their_places_are_no_longer_stored(at in prop::collection::btree_set(0_u32..1_000, 0..80)) {
            let at: Vec<u32> = at.into_iter().collect();
            let mut slots = Slots::new(1_000);
            let gone = slots.remove_many(&at);
            prop_assert_eq!(&gone, &at);
            prop_assert_eq!(slots.insert_many(&at), gone);
            prop_assert_eq!(slots.bytes(), 0);
        }
    }

    #[test]
    fn what_comes_back_to_its_place_is_no_longer_stored() {
        let mut slots = Slots::new(1_000);
        let taken: Vec<_> = [700, 20, 400].map(|at| (at, slots.remove(at).unwrap())).into();
        assert!(slots.bytes() > 0);
        for (at, slot) in taken.into_iter().rev() {
            assert_eq!(slots.insert(at), slot);
        }
        assert_eq!(slots.bytes(), 0);
    }
}
