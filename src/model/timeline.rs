//! The timeline: a header and five lists of records, each record named by an id unique in its list.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{Event, Key, Record, RecordKind, Source};
use crate::time::{Date, Zone};

/// What the file says of itself, apart from its lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Version of the file format: 1.
    pub format: u32,
    /// Title of the timeline.
    pub title: String,
    /// What it covers and what it leaves out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// IANA name of the zone in which times of day are shown (`Europe/Moscow`); UTC where not given. Civil dates never shift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// How much kinds of problems matter in this file, where that differs from what is usual.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<CheckSetting>,
}

impl Header {
    /// The only version of the format there is.
    pub const FORMAT: u32 = 1;

    /// A header with a title and nothing more.
    pub fn new(title: impl Into<String>) -> Self {
        Self { format: Self::FORMAT, title: title.into(), description: None, zone: None, checks: Vec::new() }
    }
}

/// How much one kind of problem matters in this file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckSetting {
    /// The code of the kind of problem: `ungraded`.
    pub code: String,
    /// How much it matters here.
    pub level: Level,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
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
    pub id: String,
    /// Shown at its left.
    pub title: String,
    /// `#rrggbb`; the theme picks one where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// What belongs here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A period drawn behind all lanes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Era {
    /// Unique among eras.
    pub id: String,
    /// Shown at its top.
    pub title: String,
    /// From when to when.
    pub date: Date,
    /// `#rrggbb`; the theme picks one where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// Why it counts as one period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A saved window onto the timeline, so that a brief's picture can be made again tomorrow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// Unique among views.
    pub id: String,
    /// Its name.
    pub title: String,
    /// The window in time: an interval.
    pub window: Date,
    /// Only events that match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// What the bands of the track stand for.
    #[serde(default, skip_serializing_if = "super::event::is_default")]
    pub grouping: Grouping,
    /// `light`, `dark` or `print`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
}

/// What the bands of the track stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Grouping {
    /// A band a lane.
    #[default]
    Lane,
    /// A band a standing.
    Standing,
    /// One band.
    Nothing,
}

/// A whole timeline.
///
/// Invariant: ids are unique within each list and never empty. Only `edit` changes a timeline, so that every change can
/// be undone, saved by splicing and compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    header: Header,
    lanes: Vec<Lane>,
    sources: Vec<Source>,
    events: Vec<Event>,
    eras: Vec<Era>,
    views: Vec<View>,
    /// Where each record stands in its list.
    positions: HashMap<Key, usize>,
}

impl Timeline {
    /// An empty timeline with a title.
    pub fn empty(title: impl Into<String>) -> Self {
        Self::from_records(Header::new(title), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new())
    }

    /// A timeline of these records, in this order. Empty event ids are derived; of records that share an id the first
    /// stays and the others are dropped (`store` reports them and keeps the file from being written).
    pub fn from_records(
        header: Header,
        lanes: Vec<Lane>,
        sources: Vec<Source>,
        mut events: Vec<Event>,
        eras: Vec<Era>,
        views: Vec<View>,
    ) -> Self {
        fill_ids(&mut events);
        let mut timeline = Self { header, lanes, sources, events, eras, views, positions: HashMap::new() };
        let mut seen = std::collections::HashSet::new();
        timeline.lanes.retain(|r| seen.insert(Key::Lane(r.id.clone())));
        timeline.sources.retain(|r| seen.insert(Key::Source(r.id.clone())));
        timeline.events.retain(|r| seen.insert(Key::Event(r.id.clone())));
        timeline.eras.retain(|r| seen.insert(Key::Era(r.id.clone())));
        timeline.views.retain(|r| seen.insert(Key::View(r.id.clone())));
        for kind in [RecordKind::Lane, RecordKind::Source, RecordKind::Event, RecordKind::Era, RecordKind::View] {
            timeline.reindex_from(kind, 0);
        }
        timeline
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
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The events, in the order of the file.
    pub fn events(&self) -> &[Event] {
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
        self.position(&Key::Event(id.to_owned()))
    }

    /// The source of this id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.get(self.position(&Key::Source(id.to_owned()))?)
    }

    /// The lane of this id.
    pub fn lane(&self, id: &str) -> Option<&Lane> {
        self.lanes.get(self.position(&Key::Lane(id.to_owned()))?)
    }

    /// Where a record stands in its list; none for the header.
    pub fn position(&self, key: &Key) -> Option<usize> {
        self.positions.get(key).copied()
    }

    /// A copy of the record of this key.
    pub fn record(&self, key: &Key) -> Option<Record> {
        let at = self.position(key);
        Some(match key.kind() {
            RecordKind::Header => Record::Header(self.header.clone()),
            RecordKind::Lane => Record::Lane(self.lanes.get(at?)?.clone()),
            RecordKind::Source => Record::Source(Box::new(self.sources.get(at?)?.clone())),
            RecordKind::Event => Record::Event(Box::new(self.events.get(at?)?.clone())),
            RecordKind::Era => Record::Era(self.eras.get(at?)?.clone()),
            RecordKind::View => Record::View(self.views.get(at?)?.clone()),
        })
    }

    /// An id for a new event, derived from title and date and not yet taken.
    pub fn fresh_event_id(&self, title: &str, date: &Date) -> String {
        fresh(derive_id(title, Some(date)), |id| self.event(id).is_some())
    }

    /// An id for a new source, derived from its title and not yet taken.
    pub fn fresh_source_id(&self, title: &str) -> String {
        fresh(derive_id(title, None), |id| self.source(id).is_some())
    }

    /// Puts a record at a position of its list (the end where past it), which moves the later ones. For `edit` alone.
    pub(crate) fn insert(&mut self, at: usize, record: Record) {
        let kind = record.key().kind();
        let at = at.min(match kind {
            RecordKind::Header => 0,
            RecordKind::Lane => self.lanes.len(),
            RecordKind::Source => self.sources.len(),
            RecordKind::Event => self.events.len(),
            RecordKind::Era => self.eras.len(),
            RecordKind::View => self.views.len(),
        });
        match record {
            Record::Header(header) => self.header = header,
            Record::Lane(lane) => self.lanes.insert(at, lane),
            Record::Source(source) => self.sources.insert(at, *source),
            Record::Event(event) => self.events.insert(at, *event),
            Record::Era(era) => self.eras.insert(at, era),
            Record::View(view) => self.views.insert(at, view),
        }
        self.reindex_from(kind, at);
    }

    /// Puts a record in the place of another of its kind and returns the other. For `edit` alone.
    pub(crate) fn replace(&mut self, old: &Key, record: Record) -> Option<Record> {
        let at = self.position(old);
        let new_key = record.key();
        let previous = match record {
            Record::Header(header) => Record::Header(std::mem::replace(&mut self.header, header)),
            Record::Lane(lane) => Record::Lane(std::mem::replace(self.lanes.get_mut(at?)?, lane)),
            Record::Source(source) => Record::Source(Box::new(std::mem::replace(self.sources.get_mut(at?)?, *source))),
            Record::Event(event) => Record::Event(Box::new(std::mem::replace(self.events.get_mut(at?)?, *event))),
            Record::Era(era) => Record::Era(std::mem::replace(self.eras.get_mut(at?)?, era)),
            Record::View(view) => Record::View(std::mem::replace(self.views.get_mut(at?)?, view)),
        };
        if let Some(at) = at {
            self.positions.remove(old);
            self.positions.insert(new_key, at);
        }
        Some(previous)
    }

    /// Takes a record out of its list, which moves the later ones. For `edit` alone.
    pub(crate) fn remove(&mut self, key: &Key) -> Option<(usize, Record)> {
        let at = self.position(key)?;
        let record = match key.kind() {
            RecordKind::Header => return None,
            RecordKind::Lane => Record::Lane(self.lanes.remove(at)),
            RecordKind::Source => Record::Source(Box::new(self.sources.remove(at))),
            RecordKind::Event => Record::Event(Box::new(self.events.remove(at))),
            RecordKind::Era => Record::Era(self.eras.remove(at)),
            RecordKind::View => Record::View(self.views.remove(at)),
        };
        self.positions.remove(key);
        self.reindex_from(key.kind(), at);
        Some((at, record))
    }

    fn reindex_from(&mut self, kind: RecordKind, from: usize) {
        let positions = &mut self.positions;
        match kind {
            RecordKind::Header => {}
            RecordKind::Lane => index(positions, &self.lanes, from, |r| Key::Lane(r.id.clone())),
            RecordKind::Source => index(positions, &self.sources, from, |r| Key::Source(r.id.clone())),
            RecordKind::Event => index(positions, &self.events, from, |r| Key::Event(r.id.clone())),
            RecordKind::Era => index(positions, &self.eras, from, |r| Key::Era(r.id.clone())),
            RecordKind::View => index(positions, &self.views, from, |r| Key::View(r.id.clone())),
        }
    }
}

fn index<T>(positions: &mut HashMap<Key, usize>, list: &[T], from: usize, key: impl Fn(&T) -> Key) {
    positions.extend(list.iter().enumerate().skip(from).map(|(at, record)| (key(record), at)));
}

/// An id made of a title's words and a date: lower case, joined by hyphens, at most 48 characters. Not necessarily free.
pub fn derive_id(title: &str, date: Option<&Date>) -> String {
    let mut id = String::new();
    for word in title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !id.is_empty() && id.chars().count() + 1 + word.chars().count() > 37 {
            break;
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.extend(word.to_lowercase().chars().take(37));
    }
    if let Some(date) = date {
        let digits: String = date.as_str().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let digits: String = digits.trim_matches('-').chars().take(10).collect();
        if !digits.is_empty() {
            if !id.is_empty() {
                id.push('-');
            }
            id.push_str(digits.trim_end_matches('-'));
        }
    }
    if id.is_empty() { "untitled".to_owned() } else { id }
}

fn fresh(base: String, taken: impl Fn(&str) -> bool) -> String {
    if !taken(&base) {
        return base;
    }
    (2_u64..).map(|n| format!("{base}-{n}")).find(|id| !taken(id)).unwrap_or(base)
}

/// Derives the ids that a file leaves out, in file order, around those it gives.
fn fill_ids(events: &mut [Event]) {
    let mut taken: std::collections::HashSet<String> =
        events.iter().filter(|event| !event.id.is_empty()).map(|event| event.id.clone()).collect();
    for event in events.iter_mut().filter(|event| event.id.is_empty()) {
        event.id = fresh(derive_id(&event.title, Some(&event.date)), |id| taken.contains(id));
        taken.insert(event.id.clone());
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
}
