//! The keys that records are known by, and the ids that their events have.
//!
//! What has to be known of all records before the next one is kept as hashes of 64 bits: the keys themselves would take as much room
//! as the file. Where two had the same, which happens to one million of records in thirty million, the second would be numbered as if
//! it came again; no id is ever given twice.

use std::collections::{HashMap, HashSet};

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::kept::{self, Import};
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::events::chronology::Record;
use crate::interchange::events::opened::Opened;
use crate::model::{Text, Timeline, derive_id};

/// Where a record goes.
pub enum Place {
    New,
    There,
    /// It came in before, and its event was deleted here.
    Deleted,
}

/// What a record is known by and where it goes.
pub struct Placed {
    /// The key, with a number where it came before.
    pub key: String,
    /// The id of its event.
    pub id: Text,
    pub place: Place,
}

/// The keys and ids of records, one after the other.
pub struct Keys<'t> {
    timeline: &'t Timeline,
    earlier: HashMap<String, Text>,
    is_any_there: bool,
    /// Keys that came, and how often those came that did so more than once.
    seen: FxHashSet<u64>,
    times: FxHashMap<u64, u32>,
    ids: Ids,
}

impl<'t> Keys<'t> {
    /// None yet, of about this many records. `earlier` is what the last import of the same file gave, `files` are the sources that it
    /// became.
    pub fn of(timeline: &'t Timeline, earlier: Option<&Import>, files: &[Text], records: usize) -> Self {
        let earlier = earlier_ids(timeline, earlier, files);
        // An import that was undone, or whose timeline was lost, comes in anew.
        let is_any_there = earlier.values().any(|id| timeline.event(id).is_some());
        let room = || FxHashSet::with_capacity_and_hasher(records, FxBuildHasher);
        let ids = Ids { taken: room(), ..Ids::default() };
        Self { timeline, earlier, is_any_there, seen: room(), times: FxHashMap::default(), ids }
    }

    /// Places the next record.
    pub fn place(&mut self, record: &Record, problems: &mut Vec<Problem>) -> Placed {
        let given = record.date_as_given.as_deref();
        let made = || kept::made_key(&record.event.title, given.unwrap_or_else(|| record.event.date_as_written()));
        let base = record.key.clone().filter(|key| !key.trim().is_empty()).unwrap_or_else(made);
        let hash = kept::hash(&base);
        let time = match self.seen.insert(hash) {
            true => 1,
            false => *self.times.entry(hash).and_modify(|times| *times += 1).or_insert(2),
        };
        if time > 1 && record.key.is_some() {
            let message = format!("the id \"{base}\" stands {time} times; each is an event of its own");
            problems.push(Problem::new(Severity::Warning, "duplicate-key", record.line, message));
        }
        let key = if time == 1 { base } else { format!("{base} ({time})") };
        let (id, place) = match self.earlier.get(&key) {
            Some(id) if self.timeline.event(id).is_some() => (id.clone(), Place::There),
            Some(id) if self.is_any_there => (id.clone(), Place::Deleted),
            _ => (self.ids.fresh(self.timeline, record), Place::New),
        };
        Placed { key, id, place }
    }

    /// The ids of the events that links lead to, by the keys that the file itself gives. A link may lead to a record behind its own, so
    /// that all are looked at before the first is placed.
    pub fn linked(mut self, opened: &Opened<'_>) -> HashMap<String, Text> {
        let mut targets: HashSet<u64> = HashSet::new();
        opened.look(&mut |record| {
            targets.extend(record.event.links.iter().map(|link| kept::hash(&link.to)));
        });
        let mut ids: HashMap<String, Text> = HashMap::new();
        opened.look(&mut |record| {
            let id = self.place(record, &mut Vec::new()).id;
            if let Some(foreign) = record.key.as_ref().filter(|key| targets.contains(&kept::hash(key))) {
                ids.entry(foreign.clone()).or_insert(id);
            }
        });
        ids
    }
}

/// Event ids by key: as they were kept, else, where nothing is kept any more, as the citations of the file tell.
fn earlier_ids(timeline: &Timeline, earlier: Option<&Import>, files: &[Text]) -> HashMap<String, Text> {
    if let Some(earlier) = earlier {
        return earlier.events.0.iter().map(|(key, (id, _))| (key.clone(), id.clone())).collect();
    }
    let mut ids: HashMap<String, Text> = HashMap::new();
    if !files.iter().any(|file| timeline.source(file).is_some()) {
        return ids;
    }
    for event in timeline.events() {
        let Some(cited) = event.citations.iter().find(|citation| files.contains(&citation.source)) else { continue };
        let locator = cited.locator.as_deref().unwrap_or_default();
        let foreign = locator.split_once(KEY_MARK).map(|(_, key)| key);
        let given = cited.wording.as_deref().unwrap_or_else(|| event.date_as_written());
        let base = foreign.map_or_else(|| kept::made_key(&event.title, given), str::to_owned);
        let keys = (2..).map(|time| format!("{base} ({time})"));
        let key = std::iter::once(base.clone()).chain(keys).find(|key| !ids.contains_key(key));
        ids.insert(key.unwrap_or_default(), event.id.clone());
        // A key that looks like an id is one.
        ids.entry(event.id.to_string()).or_insert_with(|| event.id.clone());
    }
    ids
}

/// What stands in a locator before the key of the other program, where that is not the id of the event.
const KEY_MARK: &str = ", id ";

/// The place of a record in its file, with the key by which it is found again should nothing else be left of the import.
pub fn locator(record: &Record, id: &str) -> String {
    match record.key.as_deref().filter(|key| !key.trim().is_empty() && *key != id) {
        Some(key) => format!("{}{KEY_MARK}{key}", record.locator),
        None => record.locator.clone(),
    }
}

/// Ids for new events.
#[derive(Default)]
struct Ids {
    taken: FxHashSet<u64>,
    /// The number that the next id of a stem gets.
    next: FxHashMap<u64, u64>,
}

impl Ids {
    /// The key of the other program where it looks like an id, else one of title and date.
    fn fresh(&mut self, timeline: &Timeline, record: &Record) -> Text {
        let is_free =
            |taken: &FxHashSet<u64>, id: &str| !taken.contains(&kept::hash(id)) && timeline.event(id).is_none();
        let foreign = record.key.as_deref().filter(|key| is_like_an_id(key) && is_free(&self.taken, key));
        let stem = || derive_id(&record.event.title, record.event.date.as_ref());
        let mut id = foreign.map_or_else(stem, str::to_owned);
        if !is_free(&self.taken, &id) {
            let stem = id;
            let next = self.next.entry(kept::hash(&stem)).or_insert(2);
            id = loop {
                let id = format!("{stem}-{next}");
                *next += 1;
                if is_free(&self.taken, &id) {
                    break id;
                }
            };
        }
        self.taken.insert(kept::hash(&id));
        id.as_str().into()
    }
}

/// Whether a key can be read as an id: small letters, digits and hyphens, with a letter and of some length.
fn is_like_an_id(key: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_digit() || c == '-' || c == '_' || c.is_alphabetic() && !c.is_uppercase();
    (3..=80).contains(&key.chars().count()) && key.chars().all(is_sign) && key.chars().any(char::is_alphabetic)
}
