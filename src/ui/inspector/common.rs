//! What several events have in common: one value where all agree, how many have each tag and actor, from when to when they
//! reach.
//!
//! Counted once for a selection and a revision, over several frames where many events are selected: no frame waits for it.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::edit::Terms;
use crate::model::{Event, Standing, Text};
use crate::time::{Covered, Zone};
use crate::ui::{Document, Selected};

/// Events that are looked at in one frame.
const LOOKS_A_FRAME: usize = 8_192;

/// Terms and fields that are kept apart; a selection that has more is told what it has most.
const MOST_TERMS: usize = 200;

/// A value that several events have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Shared<T> {
    /// No event was looked at yet.
    #[default]
    None,
    /// All that were looked at have this.
    One(T),
    /// They differ.
    Several,
}

impl<T: Clone + PartialEq> Shared<T> {
    fn meet(&mut self, value: &T) {
        match self {
            Self::None => *self = Self::One(value.clone()),
            Self::One(known) if known == value => {}
            Self::One(_) => *self = Self::Several,
            Self::Several => {}
        }
    }
}

/// A field of the user's own that some of the events have.
#[derive(Debug, Clone)]
pub struct OwnField {
    /// Its name.
    pub name: Text,
    /// What those have in it that have it.
    pub text: Shared<Text>,
    /// How many have it.
    pub count: usize,
}

/// What the events of a selection have in common.
#[derive(Debug, Default)]
pub struct Common {
    /// The selection and the revision it is of.
    of: Option<(u64, u64)>,
    /// How many of the events were looked at.
    looked: usize,
    /// How many there are.
    pub len: usize,
    /// The lane, by id.
    pub lane: Shared<Option<Text>>,
    /// How they stand.
    pub standing: Shared<Standing>,
    /// How long labels stay.
    pub weight: Shared<u8>,
    /// Where.
    pub place: Shared<Option<Text>>,
    /// Fields of the user's own.
    pub own: Vec<OwnField>,
    counts: [HashMap<Text, usize, FxBuildHasher>; 2],
    actors: Vec<(Text, usize)>,
    tags: Vec<(Text, usize)>,
    /// From when to when.
    covered: Covered,
    undated: usize,
}

impl Common {
    /// Brings it in line with a selection; says whether there are more events to look at, which takes another frame.
    pub fn refresh(&mut self, doc: Document<'_>, selected: &Selected) -> bool {
        let of = Some((selected.number(), doc.revision));
        if self.of != of {
            *self = Self { of, len: selected.len(), ..Self::default() };
        }
        if self.looked >= self.len {
            return false;
        }
        for position in selected.positions().skip(self.looked).take(LOOKS_A_FRAME) {
            if let Some(event) = doc.timeline.events().get(position) {
                self.take_in(event);
            }
            match doc.index.entry(doc.timeline, position) {
                Some(entry) => self.covered.take_in(&entry.extent, None),
                None => self.undated += 1,
            }
        }
        self.looked += LOOKS_A_FRAME;
        let [actors, tags] = &self.counts;
        (self.actors, self.tags) = (by_count(actors), by_count(tags));
        self.looked < self.len
    }

    /// Tags or actors with the number of events that have each, the most first.
    pub fn terms(&self, terms: Terms) -> &[(Text, usize)] {
        match terms {
            Terms::Actors => &self.actors,
            Terms::Tags => &self.tags,
        }
    }

    /// From when to when the events reach, and how many have no date.
    pub fn dates_in_words(&self, zone: Zone) -> String {
        let undated = (self.undated > 0).then(|| format!("{} undated", self.undated));
        self.covered.describe(zone).into_iter().chain(undated).collect::<Vec<_>>().join(" · ")
    }

    fn take_in(&mut self, event: &Event) {
        self.lane.meet(&event.lane);
        self.standing.meet(&event.standing);
        self.weight.meet(&event.weight);
        self.place.meet(&event.place);
        for (counts, terms) in self.counts.iter_mut().zip([&event.actors, &event.tags]) {
            for term in terms {
                match counts.get_mut(term) {
                    Some(count) => *count += 1,
                    None => drop(counts.insert(term.clone(), 1)),
                }
            }
        }
        for (name, text) in event.rare.fields.iter() {
            let has_room = self.own.len() < MOST_TERMS;
            match self.own.iter_mut().find(|field| field.name == *name) {
                Some(field) => {
                    field.text.meet(text);
                    field.count += 1;
                }
                None if has_room => {
                    self.own.push(OwnField { name: name.clone(), text: Shared::One(text.clone()), count: 1 });
                }
                None => {}
            }
        }
    }
}

/// Terms by how many have them, then by name.
fn by_count(counts: &HashMap<Text, usize, FxBuildHasher>) -> Vec<(Text, usize)> {
    let mut terms: Vec<(Text, usize)> = counts.iter().map(|(term, count)| (term.clone(), *count)).collect();
    terms.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    terms.truncate(MOST_TERMS);
    terms
}
