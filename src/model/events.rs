//! The list of a timeline's events: persistent, so that copies share what neither of them changes.
//!
//! Owns what a change costs of a list that something else holds too (a question's columns, a sorted table, a check that runs, the
//! state as saved). Ten thousand changes that lie apart copy as many leaves, so leaves are short and hold pointers:
//!
//! ```text
//!   root      ┌ 0 ┬ 896 ┬ 1792 ┬ …          where each node begins
//!   nodes     │   └ 0 ┬ 14 ┬ 27 ┬ …         up to 64 leaves, and where each begins in the node
//!   leaves    │       └ ● ● ● ● …           up to 14 pointers, each to an event
//! ```
//!
//! Leaves and nodes are full where events were put one behind another: then a division leads to a position. Where some have come or
//! gone in between, it is searched for.

use std::iter::FusedIterator;
use std::ops::{Deref, DerefMut, Index, Range};
use std::slice;

use arrayvec::ArrayVec;
use rustc_hash::FxHashSet;
use triomphe::Arc;

use super::{Event, SharedEvent};
use crate::ahead;

/// Events of a leaf: with their number and the count of who holds it they are 128 bytes.
const LEAF: usize = 14;
/// Leaves of a node.
const NODE: usize = 64;
/// A list whose nodes, or a node whose leaves, hold less than this share of what they could is packed anew.
const LEAST_SHARE: usize = 4;

type Leaf = ArrayVec<SharedEvent, LEAF>;

/// Parts of a list, one behind another.
///
/// Invariant: no part is empty; `starts` are the sums of the lengths before each, and `len` is that of all.
#[derive(Debug, Clone)]
struct Branch<P> {
    starts: Vec<u32>,
    parts: Vec<Arc<P>>,
    len: usize,
}

type Node = Branch<Leaf>;
type Root = Branch<Node>;

/// What a branch is made of.
trait Part: Clone {
    /// How many events it has room for.
    const MOST: usize;

    fn len(&self) -> usize;
}

impl Part for Leaf {
    const MOST: usize = LEAF;

    fn len(&self) -> usize {
        Self::len(self)
    }
}

impl Part for Node {
    const MOST: usize = LEAF * NODE;

    fn len(&self) -> usize {
        self.len
    }
}

impl<P> Default for Branch<P> {
    fn default() -> Self {
        Self { starts: Vec::new(), parts: Vec::new(), len: 0 }
    }
}

impl<P: Part> Branch<P> {
    fn of(parts: Vec<Arc<P>>) -> Self {
        let mut branch = Self { starts: Vec::with_capacity(parts.len()), parts, len: 0 };
        branch.measure();
        branch
    }

    /// Works out anew where parts begin; drops those that are empty.
    fn measure(&mut self) {
        self.parts.retain(|part| part.len() > 0);
        self.starts.clear();
        self.len = 0;
        for part in &self.parts {
            self.starts.push(short(self.len));
            self.len += part.len();
        }
    }

    /// In which part a position lies, and where in it.
    #[inline]
    fn place(&self, at: usize) -> Option<(usize, usize)> {
        let start = |nth: usize| self.starts.get(nth).map(|start| *start as usize);
        let end = |nth: usize| start(nth + 1).unwrap_or(self.len);
        // Where all parts before are full it is where a division leads; a part that is short moves it to a later one.
        let likely = at / P::MOST;
        if let Some(start) = start(likely).filter(|start| *start <= at && at < end(likely)) {
            return Some((likely, at - start));
        }
        if at >= self.len {
            return None;
        }
        let nth = self.starts.partition_point(|start| *start as usize <= at).checked_sub(1)?;
        Some((nth, at - start(nth)?))
    }

    #[inline]
    fn part(&self, at: usize) -> Option<(&P, usize)> {
        let (nth, rest) = self.place(at)?;
        Some((self.parts.get(nth)?, rest))
    }

    /// A part to be changed in place: it keeps its length.
    fn part_mut(&mut self, at: usize) -> Option<(&mut P, usize)> {
        let (nth, rest) = self.place(at)?;
        Some((Arc::make_mut(self.parts.get_mut(nth)?), rest))
    }

    /// Puts a part at the end.
    fn push(&mut self, part: P) {
        self.starts.push(short(self.len));
        self.len += part.len();
        self.parts.push(Arc::new(part));
    }

    /// Whether its parts hold little of what they could.
    fn is_sparse(&self) -> bool {
        self.parts.len() > 1 && self.len < self.parts.len() * P::MOST / LEAST_SHARE
    }
}

/// A part of a list: of two lists that are both there, equal ones are one in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Piece {
    address: usize,
    pub len: usize,
}

/// A persistent list of events: a copy costs nothing, and shares with the list what neither of them changes.
#[derive(Debug, Clone, Default)]
pub struct Events(Arc<Root>);

impl Events {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The event at a position.
    pub fn get(&self, at: usize) -> Option<&Event> {
        self.shared(at).map(Deref::deref)
    }

    /// The event at a position, to be held on to.
    pub fn shared(&self, at: usize) -> Option<&SharedEvent> {
        let (node, at) = self.0.part(at)?;
        let (leaf, at) = node.part(at)?;
        leaf.get(at)
    }

    /// All events, in order.
    pub fn iter(&self) -> EventIter<'_> {
        self.range(0..self.len())
    }

    /// The events at the positions of a range, as far as there are any.
    pub fn range(&self, range: Range<usize>) -> EventIter<'_> {
        let end = range.end.min(self.len());
        EventIter { list: self, front: [].iter(), inner: range.start.min(end)..end, back: [].iter() }
    }

    /// The parts in which the list lies in memory.
    pub fn leaves(&self) -> impl DoubleEndedIterator<Item = &[SharedEvent]> {
        self.0.parts.iter().flat_map(|node| &node.parts).map(|leaf| leaf.as_slice())
    }

    /// The list as pieces by which to find what another shares with it: nodes that the other has too, and leaves of all others.
    pub(crate) fn pieces(&self, other: &Self) -> Vec<Piece> {
        let known: FxHashSet<*const Node> = other.0.parts.iter().map(Arc::as_ptr).collect();
        let mut pieces = Vec::with_capacity(self.0.parts.len());
        for node in &self.0.parts {
            if known.contains(&Arc::as_ptr(node)) {
                pieces.push(Piece { address: Arc::as_ptr(node) as usize, len: node.len });
            } else {
                let piece = |leaf: &Arc<Leaf>| Piece { address: Arc::as_ptr(leaf) as usize, len: leaf.len() };
                pieces.extend(node.parts.iter().map(piece));
            }
        }
        pieces
    }

    /// Whether two lists are one in memory. Lists of none are.
    pub fn ptr_eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || (self.is_empty() && other.is_empty())
    }

    /// The rest of the leaf in which a position lies.
    fn slice_from(&self, at: usize) -> Option<&[SharedEvent]> {
        let (node, at) = self.0.part(at)?;
        let (leaf, at) = node.part(at)?;
        leaf.get(at..)
    }

    /// What stands in a leaf up to and with a position.
    fn slice_to(&self, at: usize) -> Option<&[SharedEvent]> {
        let (node, at) = self.0.part(at)?;
        let (leaf, at) = node.part(at)?;
        leaf.get(..=at)
    }

    fn shared_mut(&mut self, at: usize) -> Option<&mut SharedEvent> {
        let (node, at) = Arc::make_mut(&mut self.0).part_mut(at)?;
        let (leaf, at) = node.part_mut(at)?;
        leaf.get_mut(at)
    }

    /// The event at a position, to be changed.
    pub(super) fn get_mut(&mut self, at: usize) -> Option<&mut Event> {
        self.shared_mut(at).map(DerefMut::deref_mut)
    }

    /// Puts an event in the place of another.
    pub(crate) fn replace(&mut self, at: usize, event: SharedEvent) -> Option<SharedEvent> {
        self.shared_mut(at).map(|place| std::mem::replace(place, event))
    }

    /// Puts events in the places of those at some positions, each of which is in the list once; returns those.
    pub(crate) fn replace_many<'s>(
        &mut self,
        positions: &[usize],
        events: impl IntoIterator<Item = &'s SharedEvent>,
    ) -> Vec<SharedEvent> {
        let mut events = events.into_iter();
        let mut replaced = Vec::with_capacity(positions.len());
        for part in positions.chunks(ahead::AT_ONCE) {
            let is_shared = !Arc::is_unique(&self.0);
            let leaf = |at: &usize| {
                let (node, at) = self.0.place(*at)?;
                let node = self.0.parts.get(node)?;
                let (leaf, _) = node.place(at)?;
                Some((node.parts.get(leaf)?, is_shared || !Arc::is_unique(node)))
            };
            read_copied(&part.iter().filter_map(leaf).collect::<Vec<_>>());
            let pairs = part.iter().zip(events.by_ref());
            replaced.extend(pairs.filter_map(|(at, event)| self.replace(*at, event.clone())));
        }
        replaced
    }

    /// Puts an event at a position or at the end, which moves the later ones.
    pub(crate) fn insert(&mut self, at: usize, event: SharedEvent) {
        self.insert_many(vec![(short(at.min(self.len())), event)]);
    }

    /// Takes an event out, which moves the later ones.
    pub(crate) fn remove(&mut self, at: usize) -> Option<SharedEvent> {
        self.remove_many(&[u32::try_from(at).ok()?]).pop()
    }

    /// Puts an event at the end.
    pub(super) fn push(&mut self, event: SharedEvent) {
        // Into the last leaf, else into a new leaf of the last node, else into a new node: what was put one by one is full.
        let root = Arc::make_mut(&mut self.0);
        if root
            .parts
            .last()
            .is_none_or(|node| node.parts.len() == NODE && node.parts.last().is_none_or(|leaf| leaf.is_full()))
        {
            root.push(Node::of(vec![Arc::new(Leaf::from_iter([event]))]));
            return;
        }
        let Some(node) = root.parts.last_mut().map(Arc::make_mut) else { return };
        root.len += 1;
        match node.parts.last_mut().filter(|leaf| !leaf.is_full()) {
            Some(leaf) => {
                node.len += 1;
                Arc::make_mut(leaf).push(event);
            }
            None => node.push(Leaf::from_iter([event])),
        }
    }

    /// Takes the events at these positions out, which rise, and returns those that were there.
    pub(crate) fn remove_many(&mut self, positions: &[u32]) -> Vec<SharedEvent> {
        // Node by node and leaf by leaf: what holds none of them stays shared, what others hold too is copied once.
        let mut gone = Vec::with_capacity(positions.len());
        let all: Vec<usize> = positions.iter().map(|at| *at as usize).collect();
        let mut positions = all.iter().copied().peekable();
        let root = Arc::make_mut(&mut self.0);
        let mut from = 0;
        for node in &mut root.parts {
            let end = from + node.len;
            if positions.peek().is_some_and(|at| *at < end) {
                read_changed(node, from, all.get(gone.len()..).unwrap_or_default());
                let own = Arc::make_mut(node);
                let mut start = from;
                for leaf in &mut own.parts {
                    let past = start + leaf.len();
                    // Those that went before have moved the later ones of the leaf.
                    let mut before = 0;
                    while let Some(at) = positions.next_if(|at| *at < past) {
                        gone.extend(Arc::make_mut(leaf).pop_at(at - start - before));
                        before += 1;
                    }
                    start = past;
                }
                own.measure();
                // Else short leaves would pile up, and looks for places with them.
                if own.is_sparse() {
                    *own = Node::of(leaves_of(own.parts.iter().flat_map(|leaf| leaf.iter()).cloned().collect()));
                }
            }
            from = end;
        }
        root.measure();
        if root.is_sparse() {
            *self = self.leaves().flatten().cloned().collect();
        }
        gone
    }

    /// Puts events in at the positions that they have once all are there, which rise.
    pub(crate) fn insert_many(&mut self, coming: Vec<(u32, SharedEvent)>) {
        // Each comes before the event that has its position now, so many fewer as have come before it.
        let all: Vec<usize> = (0..).zip(&coming).map(|(nth, (at, _))| *at as usize - nth).collect();
        let mut coming = all.iter().copied().zip(coming.into_iter().map(|(_, event)| event)).peekable();
        // As in `remove_many`. A leaf with room takes what comes, another is divided into even ones, so that each has room for more; a
        // node with too many leaves is divided in the same way.
        let root = Arc::make_mut(&mut self.0);
        let mut nodes = Vec::with_capacity(root.parts.len() + 1);
        let mut of_leaf: Vec<(usize, SharedEvent)> = Vec::new();
        let mut from = 0;
        for mut node in std::mem::take(&mut root.parts) {
            let end = from + node.len;
            if coming.peek().is_none_or(|(at, _)| *at >= end) {
                nodes.push(node);
                from = end;
                continue;
            }
            read_changed(&node, from, all.get(all.len() - coming.len()..).unwrap_or_default());
            let mut leaves = Vec::with_capacity(NODE + 1);
            for mut leaf in std::mem::take(&mut Arc::make_mut(&mut node).parts) {
                let past = from + leaf.len();
                while let Some((at, event)) = coming.next_if(|(at, _)| *at < past) {
                    // Where it stands once those before it in the leaf are there.
                    of_leaf.push((at - from + of_leaf.len(), event));
                }
                from = past;
                if of_leaf.is_empty() {
                    leaves.push(leaf);
                } else if leaf.len() + of_leaf.len() <= LEAF {
                    let own = Arc::make_mut(&mut leaf);
                    of_leaf.drain(..).for_each(|(at, event)| own.insert(at, event));
                    leaves.push(leaf);
                } else {
                    let mut all = leaf.to_vec();
                    of_leaf.drain(..).for_each(|(at, event)| all.insert(at, event));
                    leaves.extend(leaves_of(all));
                }
            }
            let count = leaves.len().div_ceil(NODE);
            let length = leaves.len().div_ceil(count);
            let mut leaves = leaves.into_iter();
            nodes.extend((0..count).map(|_| Arc::new(Node::of(leaves.by_ref().take(length).collect()))));
        }
        *root = Root::of(nodes);
        coming.for_each(|(_, event)| self.push(event));
    }
}

/// Reads what a change of these leaves touches: of those that are copied, which others hold too or will while the change is made, every
/// event, as it is counted once more then.
fn read_copied(leaves: &[(&Arc<Leaf>, bool)]) {
    ahead::read(leaves, |(leaf, _)| leaf.len());
    let is_copied = |(leaf, is_shared): &&(&Arc<Leaf>, bool)| *is_shared || !Arc::is_unique(leaf);
    let events: Vec<&SharedEvent> = leaves.iter().filter(is_copied).flat_map(|(leaf, _)| leaf.iter()).collect();
    ahead::read(&events, |event| event.id.as_ptr() as usize);
}

/// The same of the leaves of a node, which begins at `from`, in which some positions lie: the first of these, which rise.
fn read_changed(node: &Arc<Node>, from: usize, positions: &[usize]) {
    let is_shared = !Arc::is_unique(node);
    let own = positions.iter().map(|at| at - from).take_while(|at| *at < node.len);
    let mut leaves: Vec<usize> = own.filter_map(|at| Some(node.place(at)?.0)).collect();
    leaves.dedup();
    read_copied(&leaves.iter().filter_map(|nth| Some((node.parts.get(*nth)?, is_shared))).collect::<Vec<_>>());
}

/// As few leaves as hold these events, all of about one length.
fn leaves_of(events: Vec<SharedEvent>) -> Vec<Arc<Leaf>> {
    let count = events.len().div_ceil(LEAF);
    let length = events.len().div_ceil(count.max(1));
    let mut events = events.into_iter();
    (0..count).map(|_| Arc::new(events.by_ref().take(length).collect())).collect()
}

fn short(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl PartialEq for Events {
    fn eq(&self, other: &Self) -> bool {
        let is_equal = || self.leaves().flatten().eq(other.leaves().flatten());
        self.ptr_eq(other) || (self.len() == other.len() && is_equal())
    }
}

impl Extend<SharedEvent> for Events {
    fn extend<I: IntoIterator<Item = SharedEvent>>(&mut self, events: I) {
        events.into_iter().for_each(|event| self.push(event));
    }
}

impl<E: Into<SharedEvent>> FromIterator<E> for Events {
    fn from_iter<I: IntoIterator<Item = E>>(events: I) -> Self {
        let mut list = Self::new();
        list.extend(events.into_iter().map(Into::into));
        list
    }
}

impl<'e> IntoIterator for &'e Events {
    type Item = &'e Event;
    type IntoIter = EventIter<'e>;

    fn into_iter(self) -> EventIter<'e> {
        self.iter()
    }
}

/// As with a slice, there is no event past the end.
impl Index<usize> for Events {
    type Output = Event;

    #[expect(clippy::panic, reason = "what an index out of bounds does")]
    fn index(&self, at: usize) -> &Event {
        match self.get(at) {
            Some(event) => event,
            None => panic!("there is no event {at} among {}", self.len()),
        }
    }
}

/// Goes through events of a list, leaf by leaf.
#[derive(Debug, Clone)]
pub struct EventIter<'e> {
    list: &'e Events,
    /// What is left of a leaf at the front, and of one at the back.
    front: slice::Iter<'e, SharedEvent>,
    back: slice::Iter<'e, SharedEvent>,
    /// Positions of what lies between the two.
    inner: Range<usize>,
}

impl<'e> Iterator for EventIter<'e> {
    type Item = &'e Event;

    #[inline]
    fn next(&mut self) -> Option<&'e Event> {
        loop {
            if let Some(event) = self.front.next() {
                return Some(event);
            }
            if self.inner.is_empty() {
                return self.back.next().map(Deref::deref);
            }
            let leaf = self.list.slice_from(self.inner.start)?;
            let leaf = leaf.get(..self.inner.len()).unwrap_or(leaf);
            self.inner.start += leaf.len();
            self.front = leaf.iter();
        }
    }

    fn nth(&mut self, count: usize) -> Option<&'e Event> {
        if let Some(left) = count.checked_sub(self.front.len()) {
            self.front = [].iter();
            let skipped = left.min(self.inner.len());
            self.inner.start += skipped;
            return match self.inner.is_empty() {
                true => self.back.nth(left - skipped).map(Deref::deref),
                false => self.next(),
            };
        }
        self.front.nth(count).map(Deref::deref)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.front.len() + self.inner.len() + self.back.len();
        (len, Some(len))
    }
}

impl DoubleEndedIterator for EventIter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(event) = self.back.next_back() {
                return Some(event);
            }
            if self.inner.is_empty() {
                return self.front.next_back().map(Deref::deref);
            }
            let leaf = self.list.slice_to(self.inner.end - 1)?;
            let leaf = leaf.get(leaf.len().saturating_sub(self.inner.len())..).unwrap_or(leaf);
            self.inner.end -= leaf.len();
            self.back = leaf.iter();
        }
    }
}

impl ExactSizeIterator for EventIter<'_> {}

impl FusedIterator for EventIter<'_> {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn event(number: usize) -> SharedEvent {
        Event::undated(format!("e{number}"), "E").into()
    }

    fn ids<'e>(events: impl IntoIterator<Item = &'e Event>) -> Vec<&'e str> {
        events.into_iter().map(|event| event.id.as_str()).collect()
    }

    fn assert_is(list: &Events, wanted: &[SharedEvent]) {
        let expected: Vec<&str> = ids(wanted.iter().map(|event| &**event));
        assert_eq!(ids(list), expected);
        assert_eq!(list.len(), expected.len());
        assert!(list.iter().rev().eq(wanted.iter().rev().map(|event| &**event)));
        assert!((0..list.len() + 2).all(|at| list.get(at).map(|event| &*event.id) == expected.get(at).copied()));
        assert!(list.leaves().all(|leaf| !leaf.is_empty() && leaf.len() <= LEAF));
        let root = &list.0;
        assert!(root.parts.iter().all(
            |node| node.parts.len() <= NODE && node.parts.iter().map(|leaf| leaf.len()).sum::<usize>() == node.len
        ));
        assert_eq!(root.parts.iter().map(|node| node.len).sum::<usize>(), root.len);
    }

    /// What is done to a list: kind, and where.
    fn steps() -> impl Strategy<Value = Vec<(u8, Vec<usize>)>> {
        prop::collection::vec((0_u8..8, prop::collection::vec(any::<usize>(), 1..200)), 0..12)
    }

    proptest! {
        #[test]
        fn a_list_is_what_a_vector_is(first in prop_oneof![0_usize..40, 0_usize..4_000], steps in steps()) {
            let mut wanted: Vec<SharedEvent> = (0..first).map(event).collect();
            let mut list: Events = wanted.iter().cloned().collect();
            let mut next = first;
            let mut copies: Vec<(Events, Vec<SharedEvent>)> = Vec::new();
            for (kind, places) in steps {
                let place = |room: usize| places.first().map_or(0, |at| at % room.max(1));
                let mut new = || {
                    next += 1;
                    event(next)
                };
                match kind {
                    0 => {
                        let (at, event) = (place(wanted.len() + 1), new());
                        wanted.insert(at, event.clone());
                        list.insert(at, event);
                    }
                    1 if !wanted.is_empty() => {
                        let at = place(wanted.len());
                        prop_assert_eq!(list.remove(at), Some(wanted.remove(at)));
                    }
                    2 if !wanted.is_empty() && places.len() > 100 => {
                        let at: std::collections::BTreeSet<usize> = places.iter().map(|at| at % wanted.len()).collect();
                        let at: Vec<usize> = at.into_iter().rev().collect();
                        let events: Vec<SharedEvent> = at.iter().map(|_| new()).collect();
                        let was: Vec<SharedEvent> = at.iter().map(|at| wanted[*at].clone()).collect();
                        at.iter().zip(&events).for_each(|(at, event)| wanted[*at] = event.clone());
                        prop_assert_eq!(list.replace_many(&at, &events), was);
                    }
                    2 if !wanted.is_empty() => for at in &places {
                        let (at, event) = (at % wanted.len(), new());
                        let was = std::mem::replace(&mut wanted[at], event.clone());
                        prop_assert_eq!(list.replace(at, event), Some(was));
                    },
                    3 | 4 => {
                        let mut at: Vec<usize> = places.iter().map(|at| at % (wanted.len() + 1)).collect();
                        at.sort_unstable();
                        let at = at.into_iter().enumerate().map(|(nth, at)| at + nth);
                        let coming: Vec<(usize, SharedEvent)> = at.map(|at| (at, new())).collect();
                        coming.iter().for_each(|(at, event)| wanted.insert(*at, event.clone()));
                        list.insert_many(coming.into_iter().map(|(at, event)| (short(at), event)).collect());
                    }
                    5 if !wanted.is_empty() => {
                        let at: std::collections::BTreeSet<usize> = places.iter().map(|at| at % wanted.len()).collect();
                        let gone: Vec<SharedEvent> = at.iter().map(|at| wanted[*at].clone()).collect();
                        at.iter().rev().for_each(|at| drop(wanted.remove(*at)));
                        prop_assert_eq!(list.remove_many(&at.into_iter().map(short).collect::<Vec<u32>>()), gone);
                    }
                    6 => for _ in &places {
                        let event = new();
                        wanted.push(event.clone());
                        list.push(event);
                    },
                    _ => copies.push((list.clone(), wanted.clone())),
                }
                assert_is(&list, &wanted);
            }
            copies.iter().for_each(|(list, wanted)| assert_is(list, wanted));
        }

        #[test]
        fn ranges_and_steps_are_those_of_a_slice(
            gone in prop::collection::btree_set(0_u32..500, 0..300),
            from in 0_usize..520,
            length in 0_usize..520,
            moves in prop::collection::vec((any::<bool>(), 0_usize..60), 0..20),
        ) {
            let mut wanted: Vec<SharedEvent> = (0..500).map(event).collect();
            let mut list: Events = wanted.iter().cloned().collect();
            let gone: Vec<u32> = gone.into_iter().collect();
            gone.iter().rev().for_each(|at| drop(wanted.remove(*at as usize)));
            list.remove_many(&gone);
            let (from, to) = (from.min(wanted.len()), (from + length).min(wanted.len()));
            let (mut own, mut other) = (list.range(from..to), wanted[from..to].iter().map(|event| &**event));
            for (is_back, count) in moves {
                prop_assert_eq!(own.len(), other.len());
                match is_back {
                    true => prop_assert_eq!(own.next_back(), other.next_back()),
                    false => prop_assert_eq!(own.nth(count), other.nth(count)),
                }
            }
            prop_assert!(own.eq(other));
        }
    }

    #[test]
    fn what_is_not_changed_is_shared_and_little_is_copied() {
        let list: Events = (0..100_000).map(event).collect();
        let mut changed = list.clone();
        assert!(changed.ptr_eq(&list) && changed == list);
        changed.replace(50_000, event(0));
        assert!(!changed.ptr_eq(&list) && changed != list);
        let own: Vec<*const SharedEvent> = list.leaves().map(<[_]>::as_ptr).collect();
        let others = changed.leaves().zip(own).filter(|(leaf, own)| leaf.as_ptr() != *own).count();
        assert_eq!(others, 1);
        assert_eq!(size_of::<Leaf>(), 120);
    }

    #[test]
    fn a_list_that_nearly_everything_left_is_packed_anew() {
        let mut list: Events = (0..100_000).map(event).collect();
        let gone: Vec<u32> = (0..100_000).filter(|at| at % 100 != 0).collect();
        assert_eq!(list.remove_many(&gone).len(), 99_000);
        assert!(list.leaves().count() <= 1_000 * LEAST_SHARE / LEAF + 2, "{}", list.leaves().count());
        assert!(
            list.iter().step_by(7).map(|event| &*event.id).eq((0..1_000).step_by(7).map(|at| format!("e{}", at * 100)))
        );
    }
}
