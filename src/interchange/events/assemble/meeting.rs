//! A record and the event that it became earlier: what is taken over, and what changed on both sides.

use std::borrow::Cow;
use std::collections::HashMap;

use thin_vec::ThinVec;

use super::kept;
use crate::model::{Citation, Event, EventField, Field as _, Text, Value};

/// What changed in the file and in the timeline, each in its own way. The timeline keeps its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The id of the event.
    pub id: Text,
    /// The name of the field; of an own field, that.
    pub field: String,
    /// What the timeline says.
    pub here: String,
    /// What the file says.
    pub there: String,
}

/// What becomes of an event whose record came again.
#[derive(Debug)]
pub enum Met {
    /// The file says nothing that it did not say before.
    Same,
    /// The event with what the file alone changed, the names of that, and what both changed.
    Changed {
        /// The event as it shall be.
        event: Box<Event>,
        /// What was taken over.
        fields: Vec<String>,
        /// What was not.
        conflicts: Vec<Conflict>,
    },
}

/// Brings an event and its record together. `base` has the digests of what the file said last time; where nobody knows, only what
/// is nothing here is filled, and every other difference is told.
pub fn meet(here: &Event, there: &Event, base: Option<&HashMap<&str, u32>>, is_counted: impl Fn(&str) -> bool) -> Met {
    let ours: HashMap<Cow<'static, str>, u32> = kept::parts(here, &is_counted).into_iter().collect();
    let theirs: HashMap<Cow<'static, str>, u32> = kept::parts(there, &is_counted).into_iter().collect();
    // Fields in their order, own fields behind them in theirs.
    let own = here.rare.fields.iter().chain(there.rare.fields.iter()).map(|(name, _)| name);
    let mut names: Vec<(EventField, String, Option<Text>)> = EventField::ALL
        .iter()
        .filter(|field| !matches!(field, EventField::Id | EventField::Recorded | EventField::Fields))
        .map(|&field| (field, field.name().to_owned(), None))
        .collect();
    for name in own {
        let part = format!("fields/{name}");
        if !names.iter().any(|(_, known, _)| *known == part) {
            names.push((EventField::Fields, part, Some(name.clone())));
        }
    }
    let mut event = here.clone();
    let (mut fields, mut conflicts) = (Vec::new(), Vec::new());
    for (field, part, own) in names {
        let (our, their) = (ours.get(part.as_str()), theirs.get(part.as_str()));
        if our == their {
            continue;
        }
        let is_taken = match base {
            Some(base) => {
                let base = base.get(part.as_str());
                if base == their {
                    continue;
                }
                base == our
            }
            None if their.is_none() => continue,
            None => our.is_none(),
        };
        let name = own.as_deref().map_or_else(|| field.name().to_owned(), str::to_owned);
        if is_taken {
            take(&mut event, there, field, own.as_ref(), &is_counted);
            fields.push(name);
        } else {
            let (here, there) = (shown(here, field, own.as_deref()), shown(there, field, own.as_deref()));
            conflicts.push(Conflict { id: event.id.clone(), field: name, here, there });
        }
    }
    if fields.is_empty() && conflicts.is_empty() {
        return Met::Same;
    }
    Met::Changed { event: Box::new(event), fields, conflicts }
}

fn take(event: &mut Event, from: &Event, field: EventField, own: Option<&Text>, is_counted: impl Fn(&str) -> bool) {
    match (field, own) {
        (_, Some(name)) => match from.rare.fields.get(name) {
            Some(text) => event.rare.fields.put(name.clone(), text.clone()),
            None => event.rare.fields.remove(name),
        },
        (EventField::Citations, None) => {
            let mut citations: ThinVec<Citation> = from.citations.clone();
            citations.extend(event.citations.iter().filter(|citation| !is_counted(&citation.source)).cloned());
            event.citations = citations;
        }
        (_, None) => {
            // A value of one event fits another.
            let taken = field.set(event, field.get(from));
            debug_assert!(taken.is_ok(), "{taken:?}");
        }
    }
}

/// A value as a message shows it.
fn shown(event: &Event, field: EventField, own: Option<&str>) -> String {
    let value = match own {
        Some(name) => return event.rare.fields.get(name).map(|text| text.to_string()).unwrap_or_default(),
        None => field.get(event),
    };
    match value {
        Value::Citations(citations) => {
            citations.iter().map(|citation| citation.source.as_str()).collect::<Vec<_>>().join(", ")
        }
        Value::Links(links) => links.iter().map(|link| link.to.as_str()).collect::<Vec<_>>().join(", "),
        value => value.to_string(),
    }
}
