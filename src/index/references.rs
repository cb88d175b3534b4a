//! Who refers to a record: what the records themselves do not say.
//!
//! Owns which events cite a source and which link to an event, kept up with every edit at four bytes a reference: events
//! are named by their slots, so that those that only move need no change; everything else stays in the timeline.

use std::collections::HashMap;

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::column::splice;
use super::line::leap;
use super::slot_set::SlotSet;
use super::{Index, Tally, Touched, with_spare};
use crate::model::{Event, Relation, Slots, Text, Timeline};

/// Events that one thread reads in one go.
const STRIDE: usize = 16_384;

/// As many events as this are put in order by comparing their dates; more are looked up in the order of all.
const MOST_COMPARED: usize = 2_000;

/// Which events cite each source, and which events link to each event.
///
/// Invariant: belongs to one state of a timeline, and so do `slots`.
#[derive(Debug, Clone, Default)]
pub struct References {
    slots: Slots,
    citing: Postings,
    linking: Postings,
}

impl References {
    /// Derives everything anew, on all cores.
    pub fn build(timeline: &Timeline) -> Self {
        let events = timeline.events();
        let strides = (0..events.len()).into_par_iter().step_by(STRIDE);
        let parts: Vec<(Postings, Postings)> = strides
            .map(|from| {
                let (mut citing, mut linking) = (Shared::default(), Postings::default());
                let range = from..events.len().min(from + STRIDE);
                for (at, event) in range.clone().zip(events.range(range)) {
                    event.citations.iter().for_each(|citation| citing.push(at, &citation.source));
                    if !event.links.is_empty() {
                        linking.push(at, linked(event));
                    }
                }
                (Postings::from(citing), linking)
            })
            .collect();
        let mut references = Self { slots: Slots::new(events.len()), ..Self::default() };
        for (citing, linking) in parts {
            references.citing.append(citing);
            references.linking.append(linking);
        }
        references.citing.trim();
        references.linking.trim();
        references
    }

    /// Follows an edit that has been applied: `timeline` is as it is after, `touched` was noted before.
    pub fn follow(&mut self, timeline: &Timeline, touched: &Touched) {
        let (before, after) = (touched.before.as_slice(), touched.after(timeline));
        let has_moved = !before.iter().map(|(at, _)| at).eq(after.iter().map(|(at, _)| at));
        let both = || before.iter().zip(&after).filter(|_| !has_moved);
        let cites = both().filter(|((_, old), (_, new))| !sources(old).eq(sources(new)));
        let links = both().filter(|((_, old), (_, new))| !targets(old).eq(targets(new)));
        let changed = [cites.map(|((at, _), _)| *at).collect::<Vec<usize>>(), links.map(|((at, _), _)| *at).collect()];
        // Of both, what some events name that are no longer where they were, or name something else.
        let is_one = |changed: &[usize], at: usize| has_moved || changed.binary_search(&at).is_ok();
        let Self { slots, citing, linking } = self;
        let mut postings: [(&mut Postings, Named, Vec<usize>); 2] = {
            let [cites, links] = changed;
            [(citing, cited, cites), (linking, linked, links)]
        };
        for (postings, named, changed) in &mut postings {
            let gone = || before.iter().filter(|(at, _)| is_one(changed, *at)).map(|(at, event)| (*at, &**event));
            postings.take_out(slots, grouped(gone(), *named));
        }
        if has_moved {
            let short = |at: &usize| u32::try_from(*at).ok();
            slots.remove_many(&before.iter().filter_map(|(at, _)| short(at)).collect::<Vec<u32>>());
            slots.insert_many(&after.iter().filter_map(|(at, _)| short(at)).collect::<Vec<u32>>());
        }
        for (postings, named, changed) in &mut postings {
            let come = after.iter().filter(|(at, _)| is_one(changed, *at)).map(|(at, event)| (*at, *event));
            postings.put_in(slots, grouped(come, *named));
        }
    }

    /// How many events cite the source of this id.
    pub fn citing_count(&self, source: &str) -> usize {
        self.citing.of(source).len()
    }

    /// The positions of the events that cite the source of this id, in the order of the file.
    pub fn citing(&self, source: &str) -> impl ExactSizeIterator<Item = u32> {
        self.citing.of(source).iter().map(|slot| self.slots.position(*slot))
    }

    /// The positions of the events that link to the event of this id, in the order of the file.
    pub fn linking(&self, event: &str) -> impl ExactSizeIterator<Item = u32> {
        self.linking.of(event).iter().map(|slot| self.slots.position(*slot))
    }

    /// The links that lead to the event of this id: where each comes from, and how.
    pub fn links_to<'t>(
        &'t self,
        timeline: &'t Timeline,
        event: &'t str,
    ) -> impl Iterator<Item = (&'t Event, Relation)> {
        let from = self.linking(event).filter_map(|at| timeline.events().get(at as usize));
        from.flat_map(move |other| {
            let links = other.links.iter().filter(move |link| link.to == event);
            links.map(move |link| (other, link.relation))
        })
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.slots.bytes() + self.citing.bytes() + self.linking.bytes()
    }
}

impl Index {
    /// Puts positions of events, which are in the order of the file, into time order. Reads few events however many there
    /// are.
    pub fn in_time_order(&self, timeline: &Timeline, positions: &[u32]) -> Vec<u32> {
        if positions.len() <= MOST_COMPARED {
            let mut sorted = positions.to_vec();
            sorted.sort_by_cached_key(|at| self.order_key(timeline, *at as usize));
            return sorted;
        }
        let mut is_wanted = vec![0_u64; timeline.events().len().div_ceil(64)];
        for at in positions {
            if let Some(word) = is_wanted.get_mut(*at as usize / 64) {
                *word |= 1 << (at % 64);
            }
        }
        let is_wanted = |at: &u32| is_wanted.get(*at as usize / 64).is_some_and(|word| word >> (at % 64) & 1 == 1);
        self.order.slots().iter().map(|slot| self.slots.position(*slot)).filter(is_wanted).collect()
    }
}

/// Slots of events by what the events name, in the order of their positions and each once.
#[derive(Debug, Clone, Default)]
struct Postings(HashMap<Text, Vec<u32>, FxBuildHasher>);

/// Positions by a text's place in memory, which events that were read together share: found without a look at the text.
#[derive(Debug, Default)]
struct Shared<'e> {
    known: HashMap<usize, usize, FxBuildHasher>,
    lists: Vec<(&'e Text, Vec<u32>)>,
}

impl<'e> Shared<'e> {
    /// Notes that an event, behind all that are noted already or the last of them, names this.
    fn push(&mut self, at: usize, id: &'e Text) {
        let Ok(at) = u32::try_from(at) else { return };
        let list = *self.known.entry(id.as_ptr() as usize).or_insert(self.lists.len());
        match self.lists.get_mut(list) {
            Some((_, positions)) if positions.last() == Some(&at) => {}
            Some((_, positions)) => positions.push(at),
            None => self.lists.push((id, vec![at])),
        }
    }
}

impl From<Shared<'_>> for Postings {
    fn from(shared: Shared<'_>) -> Self {
        let mut postings = Self::default();
        for (id, positions) in shared.lists {
            match postings.0.get_mut(id) {
                // The same text in two places.
                Some(known) => {
                    known.extend(positions);
                    known.sort_unstable();
                    known.dedup();
                }
                None => drop(postings.0.insert(id.clone(), positions)),
            }
        }
        postings
    }
}

/// What an event names, each once.
type Named = for<'e> fn(&'e Event) -> Vec<&'e Text>;

impl Postings {
    fn of(&self, id: &str) -> &[u32] {
        self.0.get(id).map_or(&[], Vec::as_slice)
    }

    /// Notes an event behind all that are noted already.
    fn push(&mut self, at: usize, named: Vec<&Text>) {
        let Ok(at) = u32::try_from(at) else { return };
        for id in named {
            match self.0.get_mut(id) {
                Some(positions) => positions.push(at),
                None => drop(self.0.insert(id.clone(), vec![at])),
            }
        }
    }

    /// Takes up what was noted of later events.
    fn append(&mut self, later: Self) {
        for (id, positions) in later.0 {
            match self.0.get_mut(&id) {
                Some(known) => known.extend(positions),
                None => drop(self.0.insert(id, positions)),
            }
        }
    }

    /// Gives back room that lists grew into and will not need.
    fn trim(&mut self) {
        self.0.values_mut().for_each(|positions| positions.shrink_to(with_few_spare(positions.len())));
    }

    /// Forgets these positions.
    fn take_out(&mut self, slots: &Slots, gone: FxHashMap<&Text, Vec<u32>>) {
        // An event that goes from one list goes from all that it was in.
        let all = || gone.values().flatten().filter_map(|at| slots.slot(*at as usize));
        let is_many = gone.values().any(|gone| gone.len() > 1);
        let set = is_many.then(|| SlotSet::of(all(), slots.bound()));
        for (id, gone) in &gone {
            let Some(known) = self.0.get_mut(*id) else { continue };
            match (gone.as_slice(), &set) {
                ([one], _) => {
                    if let Ok(at) = known.binary_search_by_key(one, |slot| slots.position(*slot)) {
                        known.remove(at);
                    }
                }
                (_, Some(set)) => known.retain(|slot| !set.has(*slot)),
                (_, None) => {}
            }
            if known.is_empty() {
                self.0.remove(*id);
            }
        }
    }

    /// Notes these positions.
    fn put_in(&mut self, slots: &Slots, come: FxHashMap<&Text, Vec<u32>>) {
        for (id, come) in come {
            let known = self.0.entry(id.clone()).or_default();
            let mut from = 0;
            let place = |at: &u32| {
                from = leap(known, from, |slot| slots.position(slot) < *at, &mut Tally::default());
                Some((from, slots.slot(*at as usize)?))
            };
            let come: Vec<(usize, u32)> = come.iter().filter_map(place).collect();
            splice(known, &[], come.into_iter());
        }
    }

    fn bytes(&self) -> usize {
        let entry = size_of::<Text>() + size_of::<Vec<u32>>() + 1;
        self.0.capacity() * entry + self.0.values().map(|positions| positions.capacity() * 4).sum::<usize>()
    }
}

/// Room for a list and, where it is long, a few more: short ones are many.
const fn with_few_spare(len: usize) -> usize {
    if len < 64 { len } else { with_spare(len) }
}

/// Positions by what the events name.
fn grouped<'e>(events: impl Iterator<Item = (usize, &'e Event)>, named: Named) -> FxHashMap<&'e Text, Vec<u32>> {
    let mut grouped: FxHashMap<&Text, Vec<u32>> = FxHashMap::default();
    for (at, event) in events {
        let Ok(at) = u32::try_from(at) else { continue };
        for id in named(event) {
            grouped.entry(id).or_default().push(at);
        }
    }
    grouped
}

/// The sources an event cites, as often as it does.
fn sources(event: &Event) -> impl Iterator<Item = &Text> {
    event.citations.iter().map(|citation| &citation.source)
}

/// The events an event links to, as often as it does.
fn targets(event: &Event) -> impl Iterator<Item = &Text> {
    event.links.iter().map(|link| &link.to)
}

/// The sources an event cites, each once.
fn cited(event: &Event) -> Vec<&Text> {
    distinct(sources(event))
}

/// The events an event links to, each once.
fn linked(event: &Event) -> Vec<&Text> {
    distinct(targets(event))
}

fn distinct<'e>(ids: impl Iterator<Item = &'e Text>) -> Vec<&'e Text> {
    let mut ids: Vec<&Text> = ids.collect();
    if ids.len() > 1 {
        ids.sort_unstable();
        ids.dedup();
    }
    ids
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::edit::{Edit, apply};
    use crate::model::{Citation, Key, Link, Record};
    use crate::time::{Date, Zone};

    fn event() -> impl Strategy<Value = Event> {
        let links = proptest::collection::vec((0..8_u8, 0..6_usize), 0..3);
        let year = 2_000..2_010_u16;
        (0..8_u8, year, proptest::collection::vec(0..4_u8, 0..4), links).prop_map(|(id, year, sources, links)| {
            let date = Date::parse(&year.to_string()).unwrap();
            let mut event = Event::new(format!("e{id}"), "E", date);
            event.citations = sources.iter().map(|at| Citation::new(format!("s{at}"))).collect();
            let link = |(to, relation): &(u8, usize)| Link {
                to: format!("e{to}").into(),
                relation: Relation::ALL[*relation],
                note: None,
            };
            event.links = links.iter().map(link).collect();
            event
        })
    }

    /// Puts an event at a place, in the place of another or of itself, or takes one out.
    fn edit() -> impl Strategy<Value = Edit> {
        let one = (event(), 0..4_u8, 0..8_u8, 0..8_usize).prop_map(|(event, what, other, at)| {
            let replaces = Key::Event(format!("e{other}").into());
            match what {
                0 => Edit::Remove(replaces),
                1 => Edit::Put { record: Record::Event(event.into()), replaces: Some(replaces), at: None },
                _ => Edit::Put { record: Record::Event(event.into()), replaces: None, at: Some(at) },
            }
        });
        proptest::collection::vec(one, 1..4).prop_map(|mut edits| match edits.pop() {
            Some(edit) if edits.is_empty() => edit,
            last => Edit::Batch(edits.into_iter().chain(last).collect()),
        })
    }

    /// All that is known, by position.
    fn positions(references: &References) -> [BTreeMap<&str, Vec<u32>>; 2] {
        [&references.citing, &references.linking].map(|postings| {
            let position = |slot: &u32| references.slots.position(*slot);
            postings.0.iter().map(|(id, slots)| (&**id, slots.iter().map(position).collect())).collect()
        })
    }

    proptest! {
        #[test]
        fn following_every_edit_gives_what_building_anew_gives(edits in proptest::collection::vec(edit(), 0..40)) {
            let mut timeline = Timeline::empty("T");
            let mut references = References::build(&timeline);
            for edit in edits {
                let touched = Touched::by(&edit, &timeline);
                if apply(&mut timeline, &edit).is_ok() {
                    references.follow(&timeline, &touched);
                }
            }
            let anew = References::build(&timeline);
            prop_assert_eq!(positions(&references), positions(&anew));
            let index = Index::build(&timeline, Zone::UTC);
            for source in ["s0", "s1", "s2", "s3"] {
                let cites = |event: &Event| event.citations.iter().any(|citation| citation.source == source);
                let citing: Vec<u32> = (0..).zip(timeline.events()).filter(|(_, event)| cites(event)).map(|(at, _)| at).collect();
                prop_assert!(references.citing(source).eq(citing.iter().copied()));
                let in_time = index.order().map(|at| at as u32).filter(|at| citing.contains(at));
                prop_assert!(index.in_time_order(&timeline, &citing).into_iter().eq(in_time));
            }
            for to in timeline.events() {
                let links = timeline.events().iter().flat_map(|event| event.links.iter().map(move |link| (event, link)));
                let leading = links.filter(|(_, link)| link.to == to.id).map(|(event, link)| (event, link.relation));
                prop_assert!(references.links_to(&timeline, &to.id).eq(leading));
            }
        }
    }

    #[test]
    fn many_positions_are_put_in_time_order_as_few_are() {
        let date = |at: usize| Date::parse(&(1_000 + at * 7_919 % 9_000).to_string()).unwrap();
        let events = (0..3 * MOST_COMPARED).map(|at| Event::new(format!("e{at}"), format!("{}", at % 10), date(at)));
        let header = Timeline::empty("T").header().clone();
        let timeline = Timeline::from_records(header, vec![], vec![], events.collect(), vec![], vec![]);
        let index = Index::build(&timeline, Zone::UTC);
        let all: Vec<u32> = (0..3 * MOST_COMPARED as u32).collect();
        let sorted = index.in_time_order(&timeline, &all);
        assert!(sorted.iter().map(|at| *at as usize).eq(index.order()));
        let few: Vec<u32> = all.iter().copied().filter(|at| at % 5 == 0).collect();
        let in_time: Vec<u32> = sorted.into_iter().filter(|at| at % 5 == 0).collect();
        assert_eq!(index.in_time_order(&timeline, &few), in_time);
    }
}
