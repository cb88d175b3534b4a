//! Who refers to a record: what the records themselves do not say.
//!
//! Counts and links are kept up with every edit. Which events cite a source is looked for when it is asked.

use std::collections::HashMap;

use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use crate::model::{Event, Relation, Text, Timeline};

/// How many events cite each source, and which events link to each event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct References {
    citing: HashMap<Text, u32, FxBuildHasher>,
    linking: HashMap<Text, Vec<(Text, Relation)>, FxBuildHasher>,
}

impl References {
    /// Derives everything anew.
    pub fn build(timeline: &Timeline) -> Self {
        let mut references = Self::default();
        for event in timeline.events() {
            references.count(event);
            for link in &event.links {
                references.linking.entry(link.to.clone()).or_default().push((event.id.clone(), link.relation));
            }
        }
        references.linking.values_mut().for_each(|linking| linking.sort_by(|a, b| order(a).cmp(&order(b))));
        references
    }

    /// Follows a change of one event: what it was and what it is now, none where it was not or is no more.
    pub fn follow(&mut self, before: Option<&Event>, after: Option<&Event>) {
        if let Some(event) = before {
            self.take(event);
        }
        if let Some(event) = after {
            self.add(event);
        }
    }

    /// How many events cite the source of this id.
    pub fn citing_count(&self, source: &str) -> usize {
        self.citing.get(source).map_or(0, |count| *count as usize)
    }

    /// The positions of the events that cite the source of this id, in the order of the file. Reads every event.
    pub fn citing(&self, timeline: &Timeline, source: &str) -> Vec<usize> {
        if self.citing_count(source) == 0 {
            return Vec::new();
        }
        let cites = |at: &usize| {
            let event = timeline.events().get(*at);
            event.is_some_and(|event| event.citations.iter().any(|citation| citation.source == source))
        };
        (0..timeline.events().len()).into_par_iter().with_min_len(4096).filter(cites).collect()
    }

    /// The events that link to the event of this id, and how, by id.
    pub fn linking(&self, event: &str) -> &[(Text, Relation)] {
        self.linking.get(event).map_or(&[], Vec::as_slice)
    }

    fn count(&mut self, event: &Event) {
        for source in cited(event) {
            *self.citing.entry(source.clone()).or_default() += 1;
        }
    }

    fn add(&mut self, event: &Event) {
        self.count(event);
        for link in &event.links {
            let linking = self.linking.entry(link.to.clone()).or_default();
            let entry = (event.id.clone(), link.relation);
            let at = linking.partition_point(|known| order(known) <= order(&entry));
            linking.insert(at, entry);
        }
    }

    fn take(&mut self, event: &Event) {
        for source in cited(event) {
            if let Some(count) = self.citing.get_mut(source) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    self.citing.remove(source);
                }
            }
        }
        for link in &event.links {
            let Some(linking) = self.linking.get_mut(&link.to) else { continue };
            if let Some(at) = linking.iter().position(|(id, relation)| *id == event.id && *relation == link.relation) {
                linking.remove(at);
            }
            if linking.is_empty() {
                self.linking.remove(&link.to);
            }
        }
    }
}

fn order((id, relation): &(Text, Relation)) -> (&str, usize) {
    (id, Relation::ALL.iter().position(|known| known == relation).unwrap_or_default())
}

/// The sources an event cites, each once.
fn cited(event: &Event) -> impl Iterator<Item = &Text> {
    event.citations.iter().enumerate().filter_map(|(at, citation)| {
        let is_first = event.citations.iter().take(at).all(|earlier| earlier.source != citation.source);
        is_first.then_some(&citation.source)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::edit::{Edit, apply};
    use crate::model::{Citation, Key, Link};
    use crate::time::Date;

    fn event() -> impl Strategy<Value = Event> {
        let links = proptest::collection::vec((0..6_u8, 0..6_usize), 0..3);
        (0..6_u8, proptest::collection::vec(0..4_u8, 0..4), links).prop_map(|(id, sources, links)| {
            let mut event = Event::new(format!("e{id}"), "E", Date::parse("2024").unwrap());
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

    proptest! {
        #[test]
        fn following_every_edit_gives_what_building_anew_gives(events in proptest::collection::vec((event(), any::<bool>()), 0..30)) {
            let mut timeline = Timeline::empty("T");
            let mut references = References::build(&timeline);
            for (event, is_removed) in events {
                let id = event.id.clone();
                let before = timeline.event(&id).cloned();
                let edit = if is_removed { Edit::Remove(Key::Event(id.clone())) } else { Edit::put_event(event) };
                if apply(&mut timeline, &edit).is_ok() {
                    references.follow(before.as_ref(), timeline.event(&id));
                }
            }
            prop_assert_eq!(&references, &References::build(&timeline));
            for source in ["s0", "s1", "s2", "s3"] {
                prop_assert_eq!(references.citing(&timeline, source).len(), references.citing_count(source));
            }
        }
    }
}
