//! A change of the fields of an event, made to each of several.

use thin_vec::ThinVec;

use super::{BulkEdit, NothingToDo, Staying, Stays, events};
use crate::ahead;
use crate::edit::{Edit, redated};
use crate::model::{Citation, Event, Source, Standing, Text, Timeline};
use crate::time::{CalendarShift, Precision};

/// A list of terms that an event has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "named for the fields")]
pub enum Terms {
    Tags,
    Actors,
}

impl Terms {
    /// One of them in the middle of a sentence.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Tags => "tag",
            Self::Actors => "actor",
        }
    }

    /// Those of an event.
    pub const fn of(self, event: &Event) -> &ThinVec<Text> {
        match self {
            Self::Tags => &event.tags,
            Self::Actors => &event.actors,
        }
    }

    /// The same, to be changed.
    pub const fn of_mut(self, event: &mut Event) -> &mut ThinVec<Text> {
        match self {
            Self::Tags => &mut event.tags,
            Self::Actors => &mut event.actors,
        }
    }
}

/// What is done to each of several events.
#[derive(Debug, Clone, PartialEq)]
pub enum EventChange {
    /// Moves it to the lane of this id, or to none.
    Lane(Option<Text>),
    /// Sets how its statement stands.
    Standing(Standing),
    /// Sets how long its label stays, 1 to 5.
    Weight(u8),
    /// Sets where it was, or nowhere.
    Place(Option<Text>),
    /// Adds terms that it has not got.
    Add(Terms, Vec<Text>),
    /// Takes a term out.
    Remove(Terms, Text),
    /// Puts a term in the place of another; one that it has already stays where it is.
    Replace(Terms, Text, Text),
    /// Puts a text into a field of the user's own.
    SetField(Text, Text),
    /// Takes a field of the user's own out.
    RemoveField(Text),
    /// Adds a citation, unless its source is cited already.
    Cite {
        /// The citation.
        citation: Citation,
        /// The source, where it is not in the timeline yet.
        source: Option<Box<Source>>,
    },
    /// Shifts its date by a span, as vague as it is.
    Shift(CalendarShift),
    /// Makes its date as vague as this, never finer: a day that stood for its month. Its wording stays.
    Coarsen(Precision),
    /// Takes its date away.
    RemoveDate,
}

/// The edit that makes a change to each of the events at these positions that it changes.
///
/// # Errors
/// Where it changes none: then it is said why.
pub fn change_events(
    timeline: &Timeline,
    positions: impl IntoIterator<Item = usize>,
    change: &EventChange,
) -> Result<BulkEdit, NothingToDo> {
    let (mut edits, mut staying) = (Vec::new(), Staying::default());
    let meant: Vec<&Event> = positions.into_iter().filter_map(|at| timeline.events().get(at)).collect();
    for event in ahead::in_parts(&meant, read_ahead) {
        match changed(event, change) {
            Ok(event) => edits.push(Edit::put_event(event)),
            Err(why) => staying.note(why),
        }
    }
    if edits.is_empty() {
        return Err(staying.refusal());
    }
    let (order, done) = words(timeline, change, &events(edits.len()));
    if let EventChange::Cite { source: Some(source), .. } = change {
        edits.insert(0, Edit::put_source((**source).clone()));
    }
    Ok(BulkEdit { label: order, said: done + &staying.told(), edit: Edit::Batch(edits) })
}

/// Reads what a copy of each of some events touches: the events, then where their texts and lists lie.
fn read_ahead(events: &[&Event]) {
    ahead::read(events, |event| event.id.as_ptr() as usize);
    ahead::read(events, |event| usize::from(event.links.is_empty()));
    ahead::read(events, |event| {
        let texts = [Some(&event.id), Some(&event.title), event.place.as_ref(), event.note.as_ref()];
        let lists = event.actors.len() + event.tags.len() + event.citations.len();
        let date = event.date.as_ref().map_or(0, |date| date.as_str().len());
        texts.into_iter().flatten().map(|text| text.len()).sum::<usize>() + lists + date
    });
    ahead::read(events, |event| {
        let texts = |citation: &Citation| {
            let texts = [&citation.locator, &citation.quote, &citation.wording, &citation.note];
            texts.into_iter().flatten().map(|text| text.len()).sum::<usize>()
        };
        event.citations.iter().map(texts).sum()
    });
}

/// The event with a change; why it stays as it is where it does.
fn changed(event: &Event, change: &EventChange) -> Result<Event, Stays> {
    // Most changes change something: what comes of one is worked out on a copy, and compared where that is the only way.
    let with = |set: &dyn Fn(&mut Event)| {
        let mut event = event.clone();
        set(&mut event);
        event
    };
    let unless = |is_so: bool, set: &dyn Fn(&mut Event)| if is_so { Err(Stays::AlreadySo) } else { Ok(with(set)) };
    match change {
        EventChange::Lane(lane) => unless(event.lane == *lane, &|event| event.lane.clone_from(lane)),
        EventChange::Standing(standing) => unless(event.standing == *standing, &|event| event.standing = *standing),
        EventChange::Weight(weight) => unless(event.weight == *weight, &|event| event.weight = *weight),
        EventChange::Place(place) => unless(event.place == *place, &|event| event.place.clone_from(place)),
        EventChange::Add(terms, added) => {
            let is_there = |term: &Text| terms.of(event).contains(term);
            unless(added.iter().all(is_there), &|event| {
                for term in added {
                    let own = terms.of_mut(event);
                    if !own.contains(term) {
                        own.push(term.clone());
                    }
                }
            })
        }
        EventChange::Remove(terms, term) if terms.of(event).contains(term) => {
            Ok(with(&|event| terms.of_mut(event).retain(|own| own != term)))
        }
        EventChange::Replace(terms, from, to) if terms.of(event).contains(from) && from != to => {
            Ok(with(&|event| replace_term(terms.of_mut(event), from, to)))
        }
        EventChange::SetField(name, text) => unless(event.rare.fields.get(name) == Some(text), &|event| {
            event.rare.fields.put(name.clone(), text.clone());
        }),
        EventChange::RemoveField(name) if event.rare.fields.get(name).is_some() => {
            Ok(with(&|event| event.rare.fields.remove(name)))
        }
        EventChange::Remove(..) | EventChange::Replace(..) | EventChange::RemoveField(_) => Err(Stays::Absent),
        EventChange::Cite { citation, .. } => {
            let is_cited = event.citations.iter().any(|own| own.source == citation.source);
            unless(is_cited, &|event| event.citations.push(citation.clone()))
        }
        EventChange::Shift(by) => {
            let date = event.date.as_ref().ok_or(Stays::Undated)?;
            let shifted = date.shifted(*by).map_err(Stays::Unshifted)?;
            if shifted == *date { Err(Stays::AlreadySo) } else { Ok(redated(event, Some(shifted))) }
        }
        EventChange::Coarsen(precision) => {
            let date = event.date.as_ref().ok_or(Stays::Undated)?;
            let coarse = date.coarsened(*precision).ok_or(Stays::Coarse)?;
            Ok(Event { date: Some(coarse), ..event.clone() })
        }
        EventChange::RemoveDate if event.date.is_none() => Err(Stays::Undated),
        EventChange::RemoveDate => Ok(redated(event, None)),
    }
}

/// Puts a term in the place of another. Where it is there already, that stays and the other goes.
pub fn replace_term(terms: &mut ThinVec<Text>, from: &Text, to: &Text) {
    if terms.contains(to) {
        terms.retain(|own| own != from);
        return;
    }
    for own in terms.iter_mut().filter(|own| *own == from) {
        own.clone_from(to);
    }
}

/// A change as an order and as what was done: "Move 12 events to “Troops”", "Moved 12 events to “Troops”".
fn words(timeline: &Timeline, change: &EventChange, events: &str) -> (String, String) {
    // The verb comes first in each sentence, and only it differs.
    let both = |order: &str, done: &str, rest: String| (format!("{order} {rest}"), format!("{done} {rest}"));
    match change {
        EventChange::Lane(Some(lane)) => {
            let title = timeline.lane(lane).map_or(lane, |lane| &lane.title);
            both("Move", "Moved", format!("{events} to “{title}”"))
        }
        EventChange::Lane(None) => both("Take", "Took", format!("{events} out of their lanes")),
        EventChange::Standing(standing) => {
            both("Mark", "Marked", format!("{events} as {}", standing.label().to_lowercase()))
        }
        EventChange::Weight(weight) => both("Set", "Set", format!("the weight of {events} to {weight}")),
        EventChange::Place(Some(place)) => both("Set", "Set", format!("the place of {events} to “{place}”")),
        EventChange::Place(None) => both("Remove", "Removed", format!("the place of {events}")),
        EventChange::Add(terms, added) => {
            let quoted: Vec<String> = added.iter().map(|term| format!("“{term}”")).collect();
            let s = if added.len() == 1 { "" } else { "s" };
            both("Add", "Added", format!("the {}{s} {} to {events}", terms.noun(), quoted.join(", ")))
        }
        EventChange::Remove(terms, term) => {
            both("Remove", "Removed", format!("the {} “{term}” from {events}", terms.noun()))
        }
        EventChange::Replace(terms, from, to) => {
            both("Replace", "Replaced", format!("the {} “{from}” by “{to}” in {events}", terms.noun()))
        }
        EventChange::SetField(name, text) => both("Set", "Set", format!("{name} of {events} to “{text}”")),
        EventChange::RemoveField(name) => both("Remove", "Removed", format!("the field {name} from {events}")),
        EventChange::Cite { citation, source } => {
            let source = source.as_deref().or_else(|| timeline.source(&citation.source));
            let title = source.map_or(&citation.source, |source| &source.title);
            both("Cite", "Cited", format!("“{title}” in {events}"))
        }
        EventChange::Shift(by) => both("Shift", "Shifted", format!("{events} {by}")),
        EventChange::Coarsen(precision) => {
            let unit = match precision {
                Precision::Millennium => "millennia",
                Precision::Century => "centuries",
                Precision::Decade => "decades",
                Precision::Year => "years",
                Precision::Season => "quarters",
                Precision::Month => "months",
                Precision::Day => "days",
                Precision::Minute => "minutes",
                Precision::Second => "seconds",
            };
            both("Make", "Made", format!("the dates of {events} {unit}"))
        }
        EventChange::RemoveDate => both("Remove", "Removed", format!("the dates of {events}")),
    }
}
