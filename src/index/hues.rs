//! Which values of a field have a colour of their own: the most frequent, and as few as can be told apart.
//!
//! Chosen of all events and not of those in sight, so that a colour stays what it is wherever one goes. Terms keep the order of their
//! standard; texts and numbers come by how many events have them, so that a rare new one changes nothing.

use rustc_hash::FxHashMap;

use super::facet::{Facet, Value, Values};
use crate::model::{Event, Grouping, Timeline};
use crate::time::Zone;

/// The colours of the values of a field, by number.
#[derive(Debug, Clone, PartialEq)]
pub struct Hues {
    facet: Facet,
    numbers: FxHashMap<Value, usize>,
    titles: Vec<String>,
}

/// Which colour an event has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hue {
    /// That of a value, by its number.
    Value(usize),
    /// That of all values that have none of their own.
    Others,
    /// That of what has no value.
    Without,
}

impl Hues {
    /// How many values have a colour of their own.
    pub const MOST: usize = 7;

    /// Whether colours are chosen for the values of what they can stand for: else it has a scale of its own.
    pub const fn are_chosen_for(color_by: Grouping) -> bool {
        !matches!(
            color_by,
            Grouping::Lane | Grouping::Standing | Grouping::Reliability | Grouping::Weight | Grouping::Nothing
        )
    }

    /// The colours of what colours can stand for; none where it has a scale of its own.
    pub fn of(timeline: &Timeline, zone: Zone, color_by: Grouping) -> Option<Self> {
        if !Self::are_chosen_for(color_by) {
            return None;
        }
        let facet = Facet::of(color_by)?;
        let values = Values::count(facet, timeline, zone, None);
        let mut ranked: Vec<Value> =
            values.most_frequent().into_iter().map(|(value, _)| value.clone()).take(Self::MOST).collect();
        if ranked.iter().all(|value| matches!(value, Value::Term(_))) {
            ranked.sort();
        }
        let titles = ranked.iter().map(|value| facet.title(timeline, value)).collect();
        let numbers = ranked.into_iter().zip(0..).collect();
        Some(Self { facet, numbers, titles })
    }

    /// The colour of an event: of several values that of the most frequent.
    pub fn of_event(&self, timeline: &Timeline, event: &Event, zone: Zone) -> Hue {
        let mut found = Hue::Without;
        self.facet.each(timeline, event, zone, |had| {
            let own = self.numbers.get(&self.facet.named(had)).map_or(Hue::Others, |number| Hue::Value(*number));
            found = own.min(found);
        });
        found
    }

    /// The colour of a value of a facet, where colours stand for that.
    pub fn of_value(&self, facet: Option<Facet>, value: &Value) -> Option<Hue> {
        let is_own = facet == Some(self.facet);
        is_own.then(|| self.numbers.get(value).map_or(Hue::Others, |number| Hue::Value(*number)))
    }

    /// What a colour stands for.
    pub fn title(&self, hue: Hue) -> String {
        match hue {
            Hue::Value(number) => self.titles.get(number).cloned().unwrap_or_default(),
            Hue::Others => "Others".to_owned(),
            Hue::Without => self.facet.without(),
        }
    }
}
