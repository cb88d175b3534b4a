//! What two lists of events have in common, found by the parts they share in memory: nearly for nothing after few edits.

use rustc_hash::FxHashMap;

use crate::model::{Events, Piece};

/// Events that stand one after another in both lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub old: usize,
    pub new: usize,
    pub length: usize,
}

impl Run {
    /// One past its last event in the old list.
    pub fn old_end(self) -> usize {
        self.old + self.length
    }

    /// One past its last event in the new list.
    pub fn new_end(self) -> usize {
        self.new + self.length
    }
}

/// Runs of equal events, rising in both lists. Not necessarily all there are: between two shared parts only what is equal
/// from either end.
pub(super) fn common(old: &Events, new: &Events) -> Vec<Run> {
    let mut start = 0;
    let mut places: FxHashMap<Piece, usize> = FxHashMap::default();
    for piece in old.pieces(new) {
        places.insert(piece, start);
        start += piece.len;
    }
    let mut runs = Runs::default();
    let (mut old_at, mut new_at, mut at) = (0, 0, 0);
    for piece in new.pieces(old) {
        if let Some(&place) = places.get(&piece).filter(|place| **place >= old_at) {
            runs.gap(old, old_at..place, new, new_at..at);
            runs.push(Run { old: place, new: at, length: piece.len });
            (old_at, new_at) = (place + piece.len, at + piece.len);
        }
        at += piece.len;
    }
    runs.gap(old, old_at..old.len(), new, new_at..new.len());
    runs.0
}

#[derive(Default)]
struct Runs(Vec<Run>);

impl Runs {
    fn push(&mut self, run: Run) {
        match self.0.last_mut() {
            _ if run.length == 0 => {}
            Some(last) if last.old_end() == run.old && last.new_end() == run.new => last.length += run.length,
            _ => self.0.push(run),
        }
    }

    /// What is equal between two shared parts.
    fn gap(&mut self, old: &Events, was: std::ops::Range<usize>, new: &Events, shall: std::ops::Range<usize>) {
        let most = was.len().min(shall.len());
        let is_equal = |a: usize, b: usize| old.shared(a) == new.shared(b);
        let front = (0..most).take_while(|n| is_equal(was.start + n, shall.start + n)).count();
        let back = (1..=most - front).take_while(|n| is_equal(was.end - n, shall.end - n)).count();
        self.push(Run { old: was.start, new: shall.start, length: front });
        self.push(Run { old: was.end - back, new: shall.end - back, length: back });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Event, SharedEvent};
    use crate::time::Date;

    /// Events in a part of a list at most.
    const LEAF: usize = 14;

    fn event(number: usize) -> SharedEvent {
        Event::new(format!("e{number}"), "E", Date::parse("2024").unwrap()).into()
    }

    fn check(old: &Events, new: &Events) -> Vec<Run> {
        let runs = common(old, new);
        let (mut old_at, mut new_at) = (0, 0);
        for run in &runs {
            assert!(run.length > 0 && run.old >= old_at && run.new >= new_at, "{runs:?}");
            assert!((0..run.length).all(|n| old.get(run.old + n) == new.get(run.new + n)), "{runs:?}");
            (old_at, new_at) = (run.old_end(), run.new_end());
        }
        runs
    }

    #[test]
    fn one_changed_event_is_all_that_is_left_over() {
        let old: Events = (0..10_000).map(event).collect();
        let mut new = old.clone();
        new.replace(5_000, event(20_000));
        let (before, after) = (Run { old: 0, new: 0, length: 5_000 }, Run { old: 5_001, new: 5_001, length: 4_999 });
        assert_eq!(check(&old, &new), [before, after]);
        new = old.clone();
        new.insert(5_000, event(20_000));
        assert_eq!(check(&old, &new), [before, Run { old: 5_000, new: 5_001, length: 5_000 }]);
        assert_eq!(check(&old, &old), [Run { old: 0, new: 0, length: 10_000 }]);
    }

    /// Kinds of changes and where: half of the time only such as leave every event in its place.
    fn changes() -> impl Strategy<Value = Vec<(usize, usize)>> {
        let of = |kinds: std::ops::Range<usize>| prop::collection::vec((kinds, 0..2_000_usize), 0..12);
        prop_oneof![of(0..1), of(0..4)]
    }

    proptest! {
        #[test]
        fn runs_are_equal_and_rise(changes in changes()) {
            let old: Events = (0..2_000).map(event).collect();
            let mut new = old.clone();
            let (count, are_in_place) = (changes.len(), changes.iter().all(|(kind, _)| *kind == 0));
            for (n, (kind, at)) in changes.into_iter().enumerate() {
                let at = at % new.len();
                match kind {
                    0 => drop(new.replace(at, event(3_000 + n))),
                    1 => new.insert(at, event(3_000 + n)),
                    2 => drop(new.remove(at)),
                    _ => {
                        let moved = new.remove(at);
                        new.insert(0, moved.unwrap());
                    }
                }
            }
            let left: usize = new.len() - check(&old, &new).iter().map(|run| run.length).sum::<usize>();
            // What is left over lies in the leaves that were changed. Only where none came or went: then leaves are cut anew.
            prop_assert!(!are_in_place || left <= LEAF * count, "{left} after {count} changes");
        }
    }
}
