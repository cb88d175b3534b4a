//! The timeline: a header and five lists of records, each record named by an id unique in its list.

use std::sync::{Arc, OnceLock};

use imbl::Vector;
use serde::{Deserialize, Serialize};

use super::id_table::IdTable;
use super::origins::Origins;
use super::{Event, EventList, Events, Key, Record, RecordKind, SharedEvent, Source, Text, View};
use crate::ahead;
use crate::time::{CivilDay, Date, DayBound, Zone};

/// What the file says of itself, apart from its lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Version of the file format: 1.
    pub format: u32,
    /// Title of the timeline.
    pub title: Text,
    /// What it covers and what it leaves out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// IANA name of the zone in which times of day are shown (`Europe/Moscow`); UTC where not given. Civil dates never shift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Text>,
    /// How much kinds of problems matter in this file, where that differs from what is usual.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<CheckSetting>,
}

impl Header {
    /// The only version of the format there is.
    pub const FORMAT: u32 = 1;

    /// A header with a title and nothing more.
    pub fn new(title: impl Into<Text>) -> Self {
        Self { format: Self::FORMAT, title: title.into(), description: None, zone: None, checks: Vec::new() }
    }
}

/// How much one kind of problem matters in this file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckSetting {
    /// The code of the kind of problem: `ungraded`.
    pub code: Text,
    /// How much it matters here.
    pub level: Level,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// How much a kind of problem matters; [`Level::Off`] is not reported at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Level {
    Error,
    Warning,
    Info,
    Off,
}

impl Level {
    /// Every level, in the order of menus.
    pub const ALL: [Self; 4] = [Self::Error, Self::Warning, Self::Info, Self::Off];

    /// The word.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Error => "Error",
            Self::Warning => "Warning",
            Self::Info => "Info",
            Self::Off => "Off",
        }
    }
}

/// A horizontal band of the track.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lane {
    /// Unique among lanes.
    pub id: Text,
    /// Shown at its left.
    pub title: Text,
    /// `#rrggbb`; the theme picks one where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<Text>,
    /// What belongs here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// A period drawn behind all lanes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Era {
    /// Unique among eras.
    pub id: Text,
    /// Shown at its top.
    pub title: Text,
    /// From when to when.
    pub date: Date,
    /// `#rrggbb`; the theme picks one where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<Text>,
    /// Why it counts as one period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// A whole timeline.
///
/// Invariant: ids are unique within each list and never empty. Only `edit` changes a timeline, so that every change can
/// be undone, saved by splicing and compared. A copy costs little: lists that can be long share what both have.
#[derive(Debug, Clone)]
pub struct Timeline {
    header: Header,
    lanes: Vec<Lane>,
    sources: Vector<Source>,
    events: Events,
    eras: Vec<Era>,
    views: Vec<View>,
    positions: Positions,
    /// The roots of the sources, from when one is first asked for until a source changes.
    origins: OnceLock<Arc<Origins>>,
}

/// Where each record stands in its list.
#[derive(Debug, Clone, Default)]
struct Positions {
    lanes: IdTable,
    sources: IdTable,
    events: IdTable,
    eras: IdTable,
    views: IdTable,
}

impl PartialEq for Timeline {
    fn eq(&self, other: &Self) -> bool {
        // Positions and origins follow from the lists. Copies share the lists in which neither was edited: no record of these is looked at.
        self.header == other.header
            && self.lanes == other.lanes
            && (self.sources.ptr_eq(&other.sources) || self.sources == other.sources)
            && (self.events.ptr_eq(&other.events) || self.events == other.events)
            && self.eras == other.eras
            && self.views == other.views
    }
}

impl Timeline {
    /// An empty timeline with a title.
    pub fn empty(title: impl Into<Text>) -> Self {
        Self::from_records(Header::new(title), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new())
    }

    /// A timeline of these records, in this order. Empty event ids are derived; of records that share an id the first
    /// stays and the others are dropped (`store` reports them and keeps the file from being written).
    pub fn from_records(
        header: Header,
        lanes: Vec<Lane>,
        sources: Vec<Source>,
        events: Vec<Event>,
        eras: Vec<Era>,
        views: Vec<View>,
    ) -> Self {
        let mut list = EventList::default();
        list.extend(events);
        Self::from_events(header, lanes, sources, list, eras, views)
    }

    /// [`Timeline::from_records`] of events that were collected one by one.
    pub fn from_events(
        header: Header,
        lanes: Vec<Lane>,
        sources: Vec<Source>,
        events: EventList,
        eras: Vec<Era>,
        views: Vec<View>,
    ) -> Self {
        let (lanes, lane_ids) = distinct(lanes, |lane| &lane.id);
        let (sources, source_ids) = distinct(sources, |source| &source.id);
        let (events, event_ids) = events.named();
        let (eras, era_ids) = distinct(eras, |era| &era.id);
        let (views, view_ids) = distinct(views, |view| &view.id);
        let positions =
            Positions { lanes: lane_ids, sources: source_ids, events: event_ids, eras: era_ids, views: view_ids };
        Self { header, lanes, sources: sources.into(), events, eras, views, positions, origins: OnceLock::new() }
    }

    /// Title, description, zone.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The zone whose clock the axis shows; UTC where the header names none that is known ([`super::check`] tells).
    pub fn zone(&self) -> Zone {
        self.header.zone.as_deref().and_then(|name| Zone::parse(name).ok()).unwrap_or_default()
    }

    /// The lanes, in the order they are drawn.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// The sources, in the order of the file.
    pub fn sources(&self) -> &Vector<Source> {
        &self.sources
    }

    /// The events, in the order of the file.
    pub fn events(&self) -> &Events {
        &self.events
    }

    /// The eras, in the order of the file.
    pub fn eras(&self) -> &[Era] {
        &self.eras
    }

    /// The saved views, in the order of the file.
    pub fn views(&self) -> &[View] {
        &self.views
    }

    /// The event of this id.
    pub fn event(&self, id: &str) -> Option<&Event> {
        self.events.get(self.event_position(id)?)
    }

    /// Where the event of this id stands in [`Timeline::events`].
    pub fn event_position(&self, id: &str) -> Option<usize> {
        self.positions.events.position(id, |at| self.events.get(at).map(|event| event.id.as_str()))
    }

    /// Where the events of many ids stand, in their order.
    pub(crate) fn event_positions<'t>(&'t self, ids: &'t [&'t Text]) -> impl Iterator<Item = Option<usize>> {
        // A look for one id waits three times for a far place in memory: the place in the table, the event, the letters of its id. Of a
        // part of the ids each of these is read for all before the first of them is compared.
        let read = |positions: &[usize]| {
            let events: Vec<&Event> = positions.iter().filter_map(|at| self.events.get(*at)).collect();
            ahead::read(&events, |event| event.id.as_ptr() as usize);
            ahead::read(&events, |event| event.id.len());
        };
        ids.chunks(ahead::AT_ONCE).flat_map(move |part| {
            ahead::read(part, |id| id.len());
            let part: Vec<&str> = part.iter().map(|id| id.as_str()).collect();
            self.positions.events.positions(&part, read, |at| self.events.get(at).map(|event| event.id.as_str()))
        })
    }

    /// The source of this id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.get(self.source_position(id)?)
    }

    /// Where the source of this id stands in [`Timeline::sources`].
    pub fn source_position(&self, id: &str) -> Option<usize> {
        self.positions.sources.position(id, |at| self.sources.get(at).map(|source| source.id.as_str()))
    }

    /// The id at the root of the chain of origins of a source; none where there is no source of this id. Asked of every citation, so
    /// that the roots of all sources are worked out once.
    pub(super) fn root_origin(&self, id: &str) -> Option<&str> {
        let origins = self.origins.get_or_init(|| Arc::new(Origins::of(&self.sources)));
        origins.root(&self.sources, self.source_position(id)?)
    }

    /// The lane of this id.
    pub fn lane(&self, id: &str) -> Option<&Lane> {
        self.lanes.get(self.lane_position(id)?)
    }

    /// Where the lane of this id stands in [`Timeline::lanes`].
    pub fn lane_position(&self, id: &str) -> Option<usize> {
        self.positions.lanes.position(id, |at| self.lanes.get(at).map(|lane| lane.id.as_str()))
    }

    /// Where a record stands in its list; none for the header.
    pub fn position(&self, key: &Key) -> Option<usize> {
        match key {
            Key::Header => None,
            Key::Lane(id) => self.lane_position(id),
            Key::Source(id) => self.source_position(id),
            Key::Event(id) => self.event_position(id),
            Key::Era(id) => self.positions.eras.position(id, |at| self.eras.get(at).map(|era| era.id.as_str())),
            Key::View(id) => self.positions.views.position(id, |at| self.views.get(at).map(|view| view.id.as_str())),
        }
    }

    /// A copy of the record of this key.
    pub fn record(&self, key: &Key) -> Option<Record> {
        let at = self.position(key);
        Some(match key.kind() {
            RecordKind::Header => Record::Header(self.header.clone()),
            RecordKind::Lane => Record::Lane(self.lanes.get(at?)?.clone()),
            RecordKind::Source => Record::Source(Box::new(self.sources.get(at?)?.clone())),
            RecordKind::Event => Record::Event(self.events.shared(at?)?.clone()),
            RecordKind::Era => Record::Era(self.eras.get(at?)?.clone()),
            RecordKind::View => Record::View(self.views.get(at?)?.clone()),
        })
    }

    /// An id for a new event, derived from its title and its date, where it has one, and not yet taken.
    pub fn fresh_event_id(&self, title: &str, date: Option<&Date>) -> String {
        fresh(derive_id(title, date), |id| self.event(id).is_some())
    }

    /// An id for a new record of a list, derived from its title and not yet taken.
    pub fn fresh_id(&self, kind: RecordKind, title: &str) -> String {
        let key = |id: &str| match kind {
            // It stands in no list, so that any id is free.
            RecordKind::Header => Key::Header,
            RecordKind::Lane => Key::Lane(id.into()),
            RecordKind::Source => Key::Source(id.into()),
            RecordKind::Event => Key::Event(id.into()),
            RecordKind::Era => Key::Era(id.into()),
            RecordKind::View => Key::View(id.into()),
        };
        fresh(derive_id(title, None), |id| self.position(&key(id)).is_some())
    }

    /// An id for a new source, derived from its title and not yet taken.
    pub fn fresh_source_id(&self, title: &str) -> String {
        fresh(derive_id(title, None), |id| self.source(id).is_some())
    }

    /// Puts a record at a position of its list (the end where past it), which moves the later ones. For `edit` alone.
    pub(crate) fn insert(&mut self, at: usize, record: Record) {
        self.forget_origins(record.key().kind());
        let Self { lanes, sources, events, eras, views, positions, .. } = self;
        match record {
            Record::Header(header) => self.header = header,
            Record::Lane(lane) => insert(lanes, &mut positions.lanes, at, lane),
            Record::Source(source) => insert(sources, &mut positions.sources, at, *source),
            Record::Event(event) => insert(events, &mut positions.events, at, event),
            Record::Era(era) => insert(eras, &mut positions.eras, at, era),
            Record::View(view) => insert(views, &mut positions.views, at, view),
        }
    }

    /// Puts a record in the place of another of its kind and returns the other. For `edit` alone.
    pub(crate) fn replace(&mut self, old: &Key, record: Record) -> Option<Record> {
        let at = self.position(old);
        self.forget_origins(old.kind());
        let Self { lanes, sources, events, eras, views, positions, .. } = self;
        Some(match record {
            Record::Header(header) => Record::Header(std::mem::replace(&mut self.header, header)),
            Record::Lane(lane) => Record::Lane(replace(lanes, &mut positions.lanes, at?, lane)?),
            Record::Source(source) => Record::Source(Box::new(replace(sources, &mut positions.sources, at?, *source)?)),
            Record::Event(event) => Record::Event(replace(events, &mut positions.events, at?, event)?),
            Record::Era(era) => Record::Era(replace(eras, &mut positions.eras, at?, era)?),
            Record::View(view) => Record::View(replace(views, &mut positions.views, at?, view)?),
        })
    }

    /// Takes a record out of its list, which moves the later ones. For `edit` alone.
    pub(crate) fn remove(&mut self, key: &Key) -> Option<(usize, Record)> {
        let at = self.position(key)?;
        self.forget_origins(key.kind());
        let Self { lanes, sources, events, eras, views, positions, .. } = self;
        let record = match key.kind() {
            RecordKind::Header => return None,
            RecordKind::Lane => Record::Lane(remove(lanes, &mut positions.lanes, at)?),
            RecordKind::Source => Record::Source(Box::new(remove(sources, &mut positions.sources, at)?)),
            RecordKind::Event => Record::Event(remove(events, &mut positions.events, at)?),
            RecordKind::Era => Record::Era(remove(eras, &mut positions.eras, at)?),
            RecordKind::View => Record::View(remove(views, &mut positions.views, at)?),
        };
        Some((at, record))
    }

    /// Puts events in the places of those of the same ids, which stand at these positions, and returns the others. For `edit` alone.
    pub(crate) fn replace_events(&mut self, at: &[usize], events: &[&SharedEvent]) -> Vec<SharedEvent> {
        let has_id = |(at, event): (&usize, &&SharedEvent)| self.events.get(*at).is_some_and(|old| old.id == event.id);
        debug_assert!(at.iter().zip(events).all(has_id), "an event has another id");
        self.events.replace_many(at, events.iter().copied())
    }

    /// Takes the events at these positions out, which are in order. For `edit` alone.
    pub(crate) fn remove_events(&mut self, at: &[u32]) -> Vec<SharedEvent> {
        let Self { events, positions, .. } = self;
        positions.events.remove_many(at, |at| events.get(at).map(|event| event.id.as_str()));
        events.remove_many(at)
    }

    /// Puts events in at the positions that they have once all are there, in order. For `edit` alone.
    pub(crate) fn insert_events(&mut self, coming: Vec<(u32, SharedEvent)>) {
        let at: Vec<u32> = coming.iter().map(|(at, _)| *at).collect();
        let Self { events, positions, .. } = self;
        events.insert_many(coming);
        positions.events.insert_many(&at, |at| events.get(at).map(|event| event.id.as_str()));
    }

    /// What was derived of sources holds no longer once one changes: its roots are worked out again when they are asked for.
    fn forget_origins(&mut self, changed: RecordKind) {
        if changed == RecordKind::Source {
            self.origins = OnceLock::new();
        }
    }
}

/// A record with an id, in a list that keeps its order.
trait Identified {
    fn id(&self) -> &str;
}

macro_rules! identified {
    ($($record:ident),*) => {$(
        impl Identified for $record {
            fn id(&self) -> &str {
                &self.id
            }
        }
    )*};
}

identified!(Lane, Source, SharedEvent, Era, View);

/// What the kinds of list have in common: short ones are plain, those of sources and events share their unchanged parts when copied.
trait Records<T> {
    fn len(&self) -> usize;
    fn at(&self, at: usize) -> Option<&T>;
    fn put(&mut self, at: usize, record: T);
    fn swap(&mut self, at: usize, record: T) -> Option<T>;
    fn take(&mut self, at: usize) -> Option<T>;
}

/// Both have the same methods, and no trait has these.
macro_rules! records {
    ($($list:ident $(of $bound:ident)?),*) => {$(
        impl<T $(: $bound)?> Records<T> for $list<T> {
            fn len(&self) -> usize {
                Self::len(self)
            }

            fn at(&self, at: usize) -> Option<&T> {
                self.get(at)
            }

            fn put(&mut self, at: usize, record: T) {
                self.insert(at, record);
            }

            fn swap(&mut self, at: usize, record: T) -> Option<T> {
                self.get_mut(at).map(|slot| std::mem::replace(slot, record))
            }

            fn take(&mut self, at: usize) -> Option<T> {
                (at < self.len()).then(|| self.remove(at))
            }
        }
    )*};
}

records!(Vec, Vector of Clone);

impl Records<SharedEvent> for Events {
    fn len(&self) -> usize {
        Self::len(self)
    }

    fn at(&self, at: usize) -> Option<&SharedEvent> {
        self.shared(at)
    }

    fn put(&mut self, at: usize, record: SharedEvent) {
        self.insert(at, record);
    }

    fn swap(&mut self, at: usize, record: SharedEvent) -> Option<SharedEvent> {
        self.replace(at, record)
    }

    fn take(&mut self, at: usize) -> Option<SharedEvent> {
        self.remove(at)
    }
}

fn insert<T: Identified>(list: &mut impl Records<T>, positions: &mut IdTable, at: usize, record: T) {
    // The table asks the list which id stands where, so that a record comes into the list first.
    let at = at.min(list.len());
    list.put(at, record);
    if let Some(record) = list.at(at) {
        positions.insert(record.id(), at, |at| list.at(at).map(T::id));
    }
}

fn replace<T: Identified>(list: &mut impl Records<T>, positions: &mut IdTable, at: usize, record: T) -> Option<T> {
    let previous = list.swap(at, record)?;
    let record = list.at(at)?;
    // Nearly every edit leaves the id as it is, and the table with it.
    if previous.id() != record.id() {
        positions.forget(previous.id(), at);
        positions.name(record.id(), at, |at| list.at(at).map(T::id));
    }
    Some(previous)
}

fn remove<T: Identified>(list: &mut impl Records<T>, positions: &mut IdTable, at: usize) -> Option<T> {
    // While the record is still where the table has it.
    positions.forget(list.at(at)?.id(), at);
    positions.close_gap(at);
    list.take(at)
}

/// The records whose id no earlier one has, with their positions. Events take another way: theirs may still be missing.
fn distinct<T>(records: Vec<T>, id: impl Fn(&T) -> &str) -> (Vec<T>, IdTable) {
    let mut kept: Vec<T> = Vec::with_capacity(records.len());
    let mut positions = IdTable::default();
    positions.reserve(records.len(), |_| None);
    for record in records {
        let id_at = |at: usize| kept.get(at).map(&id);
        if positions.push(id(&record), id_at) {
            kept.push(record);
        }
    }
    (kept, positions)
}

/// An id made of a title's words and a date: lower case, joined by hyphens, at most 48 characters. Not necessarily free.
pub fn derive_id(title: &str, date: Option<&Date>) -> String {
    let date = date.map(date_words).unwrap_or_default();
    // The date tells events of one title apart, so that the words give way. Beside a coarse date or none they have no more room than
    // beside a day.
    let most = (LONGEST_ID - 1).saturating_sub(date.chars().count()).min(37);
    let mut id = String::new();
    for word in title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !id.is_empty() && id.chars().count() + 1 + word.chars().count() > most {
            break;
        }
        if !id.is_empty() {
            id.push('-');
        }
        // Of a first word that is longer by itself there is only its beginning.
        id.extend(word.to_lowercase().chars().take(most));
    }
    if !date.is_empty() {
        if !id.is_empty() {
            id.push('-');
        }
        id.push_str(&date);
    }
    if id.is_empty() { "untitled".to_owned() } else { id }
}

/// Characters of the longest derived id.
const LONGEST_ID: usize = 48;
/// Characters that a date takes of it at most.
const LONGEST_DATE: usize = 24;

/// A date as part of an id, no more precise than it is: of a time its day, of what reaches from one day to another the month
/// or year that holds both, or both years.
fn date_words(date: &Date) -> String {
    let year = |day: CivilDay| format!("{:04}", day.year.unsigned_abs());
    let text = date.as_str();
    // A date of digits alone is its own text. The sign of years before 1 goes, as hyphens part the words of an id.
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return text.trim_matches('-').to_owned();
    }
    let bounds = date.day_bounds();
    match (bounds.earliest, bounds.latest) {
        (DayBound::Day(first), DayBound::Day(last)) if first == last => {
            format!("{}-{:02}-{:02}", year(first), first.month, first.day)
        }
        // A mask, a qualified date or a year with a letter, without the signs that an id has no place for.
        _ if !text.contains(['/', '[', '{']) => {
            let is_part = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
            let text: String = text.chars().filter(is_part).take(LONGEST_DATE).collect();
            text.trim_matches('-').to_owned()
        }
        (DayBound::Day(first), DayBound::Day(last)) if first.year != last.year => {
            format!("{}-{}", year(first), year(last))
        }
        (DayBound::Day(first), DayBound::Day(last)) if first.month != last.month => year(first),
        (DayBound::Day(first), DayBound::Day(_)) => format!("{}-{:02}", year(first), first.month),
        // An end that is open or not known.
        (DayBound::Day(day), _) | (_, DayBound::Day(day)) => year(day),
        _ => String::new(),
    }
}

fn fresh(base: String, taken: impl Fn(&str) -> bool) -> String {
    if taken(&base) { numbered(&base, 2, taken).0 } else { base }
}

/// An id with the first number from `from` on that makes it free, and that number.
pub(super) fn numbered(base: &str, from: u64, taken: impl Fn(&str) -> bool) -> (String, u64) {
    let mut number = from;
    loop {
        let id = format!("{base}-{number}");
        if !taken(&id) {
            return (id, number);
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: &str, title: &str) -> Event {
        Event::new(id, title, Date::parse("2024-10-24").unwrap())
    }

    #[test]
    fn ids_left_out_are_derived_around_those_given() {
        let mut timeline = Timeline::empty("t");
        let header = timeline.header().clone();
        let events = vec![event("", "Same"), event("same-2024-10-24", "Given"), event("", "Same"), event("", "…")];
        timeline = Timeline::from_records(header, vec![], vec![], events, vec![], vec![]);
        let ids: Vec<&str> = timeline.events().iter().map(|event| event.id.as_str()).collect();
        assert_eq!(ids, ["same-2024-10-24-2", "same-2024-10-24", "same-2024-10-24-3", "2024-10-24"]);
    }

    #[test]
    fn a_derived_id_is_short_lower_case_and_of_whole_words() {
        let date = Date::parse("2024-10-24").ok();
        assert_eq!(derive_id("State Duma ratifies", date.as_ref()), "state-duma-ratifies-2024-10-24");
        assert_eq!(derive_id("Дума ратифицировала", None), "дума-ратифицировала");
        assert_eq!(derive_id("", None), "untitled");
        let long = derive_id("An extraordinarily long title that goes on and on and on", date.as_ref());
        assert!(long.chars().count() <= 48, "{long}");
    }

    #[test]
    fn a_derived_id_is_no_more_precise_than_its_date() {
        for (date, expected) in [
            ("2024-06/2024-08", "e-2024"),
            ("2024-10-21/2024-10-31", "e-2024-10"),
            ("[2024-10-21..2024-10-31]", "e-2024-10"),
            ("{2024-10-04,2024-10-14}", "e-2024-10"),
            ("2024-24/2025", "e-2024-2025"),
            ("1939/1945", "e-1939-1945"),
            ("-0043/-0026", "e-0043-0026"),
            ("2024-06-19/..", "e-2024"),
            ("/1945", "e-1945"),
            ("[..2024-11-09]", "e-2024"),
            ("2024-06", "e-2024-06"),
            ("2024-24", "e-2024-24"),
            ("2024-10-2X", "e-2024-10-2X"),
            ("199X~", "e-199X"),
            ("2004-06~-11", "e-2004-06-11"),
            ("Y-13800000000", "e-Y-13800000000"),
            ("2024-10-24T10:23", "e-2024-10-24"),
            ("2024-10-24T10:23:00.5+03:00", "e-2024-10-24"),
            ("2024-10-24T10:23[Europe/Moscow]", "e-2024-10-24"),
            ("2024-10-24T10:00Z/2024-10-24T12:00Z", "e-2024-10-24"),
            ("2024-10-24T10:00Z/2024-10-26T12:00Z", "e-2024-10"),
        ] {
            assert_eq!(derive_id("E", Date::parse(date).ok().as_ref()), expected, "{date}");
        }
        let long = derive_id(&"word ".repeat(20), Date::parse("Y-13800000000").ok().as_ref());
        assert!(long.chars().count() <= 48 && long.ends_with("-Y-13800000000"), "{long}");
    }
}
