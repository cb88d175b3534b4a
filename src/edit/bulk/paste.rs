//! Events copied out of a timeline and put into one, with the lanes and sources that they name.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::{BulkEdit, NothingToDo, events};
use crate::diagnostic::counted;
use crate::edit::Edit;
use crate::model::{Event, Header, Lane, Record, SameSource, Source, Text, Timeline, derive_id, same_page_key};

/// Events on their way into a timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Pasted {
    /// The edit that adds them.
    pub bulk: BulkEdit,
    /// The ids that they have there.
    pub ids: Vec<Text>,
}

/// A timeline of the events at these positions alone, with the lanes they stand in, the sources they cite and those that these
/// derive from.
pub fn excerpt(timeline: &Timeline, positions: impl IntoIterator<Item = usize>) -> Timeline {
    let events: Vec<Event> = positions.into_iter().filter_map(|at| timeline.events().get(at)).cloned().collect();
    let in_lanes: HashSet<&str> = events.iter().filter_map(|event| event.lane.as_deref()).collect();
    let lanes = timeline.lanes().iter().filter(|lane| in_lanes.contains(lane.id.as_str())).cloned().collect();
    let mut cited: BTreeSet<usize> = BTreeSet::new();
    for citation in events.iter().flat_map(|event| &event.citations) {
        let mut at = timeline.source_position(&citation.source);
        // A chain of origins may lead in a circle: it ends at one that is there already.
        while let Some(position) = at.filter(|position| cited.insert(*position)) {
            let origin = timeline.sources().get(position).and_then(|source| source.origin.as_deref());
            at = origin.and_then(|origin| timeline.source_position(origin));
        }
    }
    let sources = cited.iter().filter_map(|at| timeline.sources().get(*at)).cloned().collect();
    let header = Header { zone: timeline.header().zone.clone(), ..Header::new(timeline.header().title.clone()) };
    Timeline::from_records(header, lanes, sources, events, Vec::new(), Vec::new())
}

/// The edit that adds the events of another timeline at the end, with what they name.
///
/// An id that is taken is made anew, and links among the events follow. A lane of the same title and a source of the same id or
/// page are the ones they are; others come along. Links to events that are neither here nor there are left out.
///
/// # Errors
/// Where there are no events.
pub fn paste_events(timeline: &Timeline, pasted: &Timeline) -> Result<Pasted, NothingToDo> {
    let mut told = Vec::new();
    let put = Putting { timeline, at: timeline.events().len() };
    let (edits, ids, left_out) = put.all(pasted, |event| event.id.clone())?;
    let came = edits.len() - ids.len();
    if came > 0 {
        told.push(format!(
            "{} came along",
            counted(came, "lane or source").replace("lane or sources", "lanes or sources")
        ));
    }
    if left_out > 0 {
        told.push(format!("{} to events that are not here left out", counted(left_out, "link")));
    }
    let what = events(ids.len());
    let said = [format!("Pasted {what}")].into_iter().chain(told).collect::<Vec<_>>().join("; ");
    Ok(Pasted { bulk: BulkEdit { edit: Edit::Batch(edits), label: format!("Paste {what}"), said }, ids })
}

/// The edit that puts a copy of the events at these positions behind the last of them. Links among them are among the copies too.
///
/// # Errors
/// Where there is none.
pub fn duplicate_events(timeline: &Timeline, positions: &[usize]) -> Result<Pasted, NothingToDo> {
    let copies = excerpt(timeline, positions.iter().copied());
    let at = positions.iter().max().map_or(0, |last| last + 1);
    let put = Putting { timeline, at };
    let (edits, ids, _) = put.all(&copies, |event| {
        event.title = format!("{} (copy)", event.title).into();
        derive_id(&event.title, event.date.as_ref()).into()
    })?;
    let what = match (ids.len(), copies.events().get(0)) {
        (1, Some(event)) => format!("“{}”", event.title),
        (count, _) => events(count),
    };
    let bulk =
        BulkEdit { edit: Edit::Batch(edits), label: format!("Duplicate {what}"), said: format!("Duplicated {what}") };
    Ok(Pasted { bulk, ids })
}

/// Where events are put.
struct Putting<'t> {
    timeline: &'t Timeline,
    /// The position of the first.
    at: usize,
}

impl Putting<'_> {
    /// The edits, the ids of the events, and how many links are left out. `named` makes of an event what is put, and says by
    /// which id, where that is free.
    fn all(
        &self,
        pasted: &Timeline,
        named: impl Fn(&mut Event) -> Text,
    ) -> Result<(Vec<Edit>, Vec<Text>, usize), NothingToDo> {
        if pasted.events().is_empty() {
            return Err(NothingToDo("There is no event to add".to_owned()));
        }
        let timeline = self.timeline;
        let mut edits = Vec::new();
        let lanes = self.lanes(pasted, &mut edits);
        let sources = self.sources(pasted, &mut edits);
        let mut taken = Taken::new(|id| timeline.event(id).is_some());
        let mut copies: Vec<Event> = pasted.events().iter().cloned().collect();
        let mut ids: HashMap<Text, Text> = HashMap::with_capacity(copies.len());
        for copy in &mut copies {
            let id = taken.fresh(&named(copy));
            ids.insert(std::mem::replace(&mut copy.id, id.clone()), id);
        }
        let mut left_out = 0;
        for (nth, mut copy) in copies.iter().cloned().enumerate() {
            if let Some(lane) = &mut copy.lane
                && let Some(own) = lanes.get(lane)
            {
                lane.clone_from(own);
            }
            for citation in &mut copy.citations {
                if let Some(own) = sources.get(&citation.source) {
                    citation.source.clone_from(own);
                }
            }
            let links = copy.links.len();
            copy.links.retain_mut(|link| match ids.get(&link.to) {
                Some(id) => {
                    link.to.clone_from(id);
                    true
                }
                None => timeline.event(&link.to).is_some(),
            });
            left_out += links - copy.links.len();
            let record = Record::Event(copy.into());
            edits.push(Edit::Put { record, replaces: None, at: Some(self.at + nth) });
        }
        Ok((edits, copies.into_iter().map(|copy| copy.id).collect(), left_out))
    }

    /// The lane in which the events of each lane stand; adds those that are missing.
    fn lanes(&self, pasted: &Timeline, edits: &mut Vec<Edit>) -> HashMap<Text, Text> {
        let timeline = self.timeline;
        let mut taken = Taken::new(|id| timeline.lane(id).is_some());
        let own = |lane: &Lane| {
            let same = timeline.lane(&lane.id).filter(|own| own.title == lane.title);
            same.or_else(|| timeline.lanes().iter().find(|own| own.title == lane.title))
        };
        let mut lanes = HashMap::new();
        for lane in pasted.lanes() {
            let id = own(lane).map_or_else(
                || {
                    let id = taken.fresh(&lane.id);
                    edits.push(Edit::put(Record::Lane(Lane { id: id.clone(), ..lane.clone() })));
                    id
                },
                |own| own.id.clone(),
            );
            lanes.insert(lane.id.clone(), id);
        }
        lanes
    }

    /// The source that stands for each; adds those that are missing.
    fn sources(&self, pasted: &Timeline, edits: &mut Vec<Edit>) -> HashMap<Text, Text> {
        let timeline = self.timeline;
        let mut taken = Taken::new(|id| timeline.source(id).is_some());
        // By what could make one of them the same: most are found by their id, and then nobody asks.
        let alike = OnceCell::new();
        let alike = || {
            alike.get_or_init(|| {
                let keyed = |source| likenesses(source).into_iter().map(move |key| (key, source));
                // Of several the first, as [`SameSource`] has it elsewhere.
                timeline.sources().iter().rev().flat_map(keyed).collect::<HashMap<String, &Source>>()
            })
        };
        let own = |source: &Source| {
            // Of one title, as nobody calls two of their sources the same.
            let is_own = |own: &&Source| own.title == source.title || SameSource::of(own, source).is_some();
            let of_id = timeline.source(&source.id).filter(is_own);
            let is_alike = |own: &&Source| SameSource::of(own, source).is_some() || says_the_same(own, source);
            of_id.or_else(|| likenesses(source).iter().filter_map(|key| alike().get(key).copied()).find(is_alike))
        };
        let mut new = Vec::new();
        let mut sources = HashMap::new();
        for source in pasted.sources() {
            let id = own(source).map_or_else(
                || {
                    let id = taken.fresh(&source.id);
                    new.push(Source { id: id.clone(), ..source.clone() });
                    id
                },
                |own| own.id.clone(),
            );
            sources.insert(source.id.clone(), id);
        }
        for mut source in new {
            source.origin = source.origin.map(|origin| sources.get(&origin).cloned().unwrap_or(origin));
            edits.push(Edit::put_source(source));
        }
        sources
    }
}

/// Whether two sources differ in nothing but their ids, and those of their origins.
fn says_the_same(own: &Source, source: &Source) -> bool {
    let bare = |source: &Source| Source { id: Text::new(), origin: None, ..source.clone() };
    bare(own) == bare(source)
}

/// What a source shares with others that are the same: its page, its title with its date, where it has any.
fn likenesses(source: &Source) -> Vec<String> {
    let page =
        source.url.as_deref().map(|url| same_page_key(url).map_or_else(|| url.to_owned(), |key| key.to_string()));
    let published = source.published.as_ref().map_or("", |date| date.as_str());
    page.into_iter().chain([format!("{}\n{published}", source.title.trim())]).collect()
}

/// Ids that are taken, in a timeline and by what is on its way into it.
struct Taken<F> {
    is_there: F,
    given: HashSet<Text>,
    /// The number to try next for an id: many may be of one kind.
    numbers: HashMap<Text, u64>,
}

impl<F: Fn(&str) -> bool> Taken<F> {
    fn new(is_there: F) -> Self {
        Self { is_there, given: HashSet::new(), numbers: HashMap::new() }
    }

    /// The id, or one with a number behind it where it is taken.
    fn fresh(&mut self, wanted: &Text) -> Text {
        let mut id = wanted.clone();
        let number = self.numbers.entry(wanted.clone()).or_insert(2);
        while (self.is_there)(&id) || self.given.contains(&id) {
            id = format!("{wanted}-{number}").into();
            *number += 1;
        }
        self.given.insert(id.clone());
        id
    }
}
