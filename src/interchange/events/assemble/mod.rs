//! A chronology of another program into a timeline: ids, lanes, sources, citations, and what was brought in before.
//!
//! Pure: what comes out is one edit, and a report of what it does. The file that the chronology comes from becomes a source
//! that every event cites with its place in it, so that nothing imported is unsourced.
//!
//! **Again next week.** A record is known by the key that the other program gives it, else by its title and date. Of a
//! record that was brought in before three states are compared, value by value: what the file said last time, what it says now
//! and what the timeline says. What changed in the file alone is taken over; what changed on both sides stays as it is here and is
//! told; nothing is deleted.
//!
//! | module | owns |
//! |---|---|
//! | `kept` | what earlier imports gave |
//! | `named` | the sources that records name |
//! | `meeting` | a record and the event that it became earlier |

mod kept;
mod meeting;
mod named;

pub use kept::{Import, Imports};
pub use meeting::Conflict;
pub use named::short_address;

use std::collections::{BTreeMap, HashMap, HashSet};

use thin_vec::ThinVec;

use super::chronology::{Chronology, Group, Named, Record, Rejected};
use super::question::Question;
use crate::diagnostic::Severity;
use crate::edit::Edit;
use crate::interchange::Problem;
use crate::model::{
    self, Capture, Citation, Era, Event, Hash, Header, Lane, Link, Source, SourceKind, Stance, Text, Timeline,
    derive_id,
};
use crate::time::{Date, Instant, Precision, Zone};
use kept::Parts;
use meeting::Met;
use named::Sources;

/// The file that a chronology comes from.
#[derive(Debug, Clone, Default)]
pub struct Origin<'a> {
    /// Its name, without folders.
    pub name: &'a str,
    /// The name of its format.
    pub format: &'a str,
    /// The hash of its bytes.
    pub hash: Option<Hash>,
    /// The day of the import.
    pub today: Option<Date>,
}

/// What becomes of a chronology.
#[derive(Debug, Clone, Default)]
pub struct Assembled {
    /// The header as it shall be, where it changes.
    header: Option<Header>,
    lanes: Vec<Lane>,
    eras: Vec<Era>,
    sources: Vec<Source>,
    events: Vec<Event>,
    /// The ids of the new events, in the order of the file.
    pub added: Vec<Text>,
    /// The ids of the events in which something was brought up to date, with the names of what.
    pub updated: Vec<(Text, Vec<String>)>,
    /// How many events came in before and say nothing new.
    pub unchanged: usize,
    /// What changed in the file and here.
    pub conflicts: Vec<Conflict>,
    /// How many events came in before and were deleted here; they stay deleted.
    pub deleted: usize,
    /// How many events came in before and are not in the file any more; they stay.
    pub missing: usize,
    /// The id of the source that the file is.
    pub source: Text,
    /// Whether that source keeps no copy of these bytes yet.
    pub wants_copy: bool,
    /// What the format holds and a timeline does not.
    pub left_out: BTreeMap<&'static str, usize>,
    /// What could not be taken, or not as it stood.
    pub problems: Vec<Problem>,
    /// The rows that were not taken.
    pub rejected: Vec<Rejected>,
    /// What was taken for granted.
    pub questions: Vec<Question>,
    /// What is kept for the next import of the same file.
    pub import: Import,
}

impl Assembled {
    /// Whether the timeline stays as it is.
    pub fn is_nothing(&self) -> bool {
        self.header.is_none()
            && self.lanes.is_empty()
            && self.eras.is_empty()
            && self.sources.is_empty()
            && self.events.is_empty()
    }

    /// The new and changed events.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The new lanes.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// The new and changed sources.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Gives the source that the file is a copy of it, kept as evidence.
    pub fn keep_copy(&mut self, timeline: &Timeline, capture: Capture) {
        self.change_source(timeline, |source| source.captures.push(capture));
    }

    /// Notes the hash of the file in its source, where no copy is kept.
    pub fn note_hash(&mut self, timeline: &Timeline, hash: &Hash) {
        let line = format!("{}: {}", hash.algorithm.label(), hash.value);
        self.change_source(timeline, |source| {
            let note = source.note.as_deref().map_or_else(|| line.clone(), |note| format!("{note}\n{line}"));
            let is_there = source.note.as_deref().is_some_and(|note| note.contains(&line));
            if !is_there {
                source.note = Some(note.as_str().into());
            }
        });
    }

    fn change_source(&mut self, timeline: &Timeline, change: impl FnOnce(&mut Source)) {
        let id = &self.source;
        if let Some(source) = self.sources.iter_mut().find(|source| source.id == *id) {
            change(source);
        } else if let Some(mut source) = timeline.source(id).cloned() {
            change(&mut source);
            self.sources.push(source);
        }
    }

    /// All of it as one edit, which applies to the timeline it was made for.
    pub fn into_edit(self) -> Edit {
        let header = self.header.map(|header| Edit::put(model::Record::Header(header)));
        let lanes = self.lanes.into_iter().map(|lane| Edit::put(model::Record::Lane(lane)));
        let eras = self.eras.into_iter().map(|era| Edit::put(model::Record::Era(era)));
        let sources = self.sources.into_iter().map(Edit::put_source);
        let events = self.events.into_iter().map(Edit::put_event);
        Edit::Batch(header.into_iter().chain(lanes).chain(eras).chain(sources).chain(events).collect())
    }

    /// All of it as a timeline of its own, where it was made for an empty one.
    pub fn into_timeline(self, empty: &Timeline) -> Timeline {
        let header = self.header.unwrap_or_else(|| empty.header().clone());
        Timeline::from_records(header, self.lanes, self.sources, self.events, self.eras, Vec::new())
    }
}

/// Works out how a chronology comes into a timeline. `earlier` is what the last import of the same file gave.
pub fn assemble(
    timeline: &Timeline,
    chronology: Chronology,
    origin: &Origin<'_>,
    earlier: Option<&Import>,
) -> Assembled {
    let Chronology {
        title,
        description,
        lanes,
        eras,
        records,
        problems,
        left_out,
        questions,
        mapping,
        rejected,
        sample: _,
        sheets: _,
        words: _,
    } = chronology;
    let mut assembled = Assembled { problems, left_out, questions, rejected, ..Assembled::default() };
    let mut sources = Sources::of(timeline);
    if records.is_empty() && eras.is_empty() {
        return assembled;
    }
    let file = file_source(timeline, &mut assembled, &mut sources, title.as_deref(), origin, earlier);
    assembled.source = file.clone();
    let mut files: Vec<Text> = earlier.map(|earlier| earlier.sources.clone()).unwrap_or_default();
    files.retain(|known| *known != file);
    files.push(file.clone());

    let stem = || origin.name.rsplit_once('.').map_or(origin.name, |(stem, _)| stem).to_owned();
    let title = title.filter(|title| !title.trim().is_empty()).unwrap_or_else(stem);
    put_header(timeline, &mut assembled, &title, description);
    put_eras(timeline, &mut assembled, eras);
    let lane_ids = put_lanes(timeline, &mut assembled, lanes, &records);
    let keyed = Keyed::of(timeline, &records, &mut assembled, earlier, &files);
    // As much room as is needed, at once: what grows has its old place beside its new one.
    let new = keyed.places.iter().filter(|(.., place)| matches!(place, Place::New)).count();
    assembled.added.reserve_exact(new);
    assembled.events.reserve_exact(new);

    let mut known = earlier.map(|earlier| Parts::of(&earlier.parts)).unwrap_or_default();
    let mut import = Import {
        name: origin.name.to_owned(),
        format: origin.format.to_owned(),
        mapping: mapping.or_else(|| earlier.and_then(|earlier| earlier.mapping.clone())),
        sources: files.clone(),
        ..Import::default()
    };
    // Keys of the file that are not in it any more stay known: they may come back.
    let mut absent: BTreeMap<String, (Text, String)> =
        earlier.map(|earlier| earlier.events.clone()).unwrap_or_default();
    let is_counted = |source: &str| !files.iter().any(|file| file == source);
    for (record, (key, id, place)) in records.into_iter().zip(keyed.places) {
        let locator = locator(&record, &id);
        let Record { line, event, date_as_given, sources: named, .. } = record;
        let mut event = Event { id: id.clone(), ..event };
        event.lane =
            event.lane.filter(|name| !name.trim().is_empty()).and_then(|name| lane_ids.get(&folded(&name)).cloned());
        follow_links(&mut event, &keyed.ids, line, &mut assembled.problems);
        event.citations = cite(&named, &mut sources, event.date.as_ref(), timeline.zone());
        let earlier_digests = absent.remove(&key).map(|(_, digests)| digests);
        let parts = kept::parts(&event, is_counted);
        import.events.insert(key, (id.clone(), known.written(&parts)));
        let mut of_file = Citation::new(file.clone());
        of_file.locator = Some(locator.as_str().into());
        of_file.wording = date_as_given.filter(|given| !given.trim().is_empty()).map(|given| given.as_str().into());
        match place {
            Place::New => {
                event.citations.push(of_file);
                event.rare.recorded.clone_from(&origin.today);
                event.citations.shrink_to_fit();
                assembled.added.push(id);
                assembled.events.push(event);
            }
            Place::Deleted => assembled.deleted += 1,
            Place::There => {
                let Some(there) = timeline.event(&id) else { continue };
                let base = earlier_digests.map(|digests| known.read(&digests));
                match meeting::meet(there, &event, base.as_ref(), is_counted) {
                    Met::Same => assembled.unchanged += 1,
                    Met::Changed { mut event, fields, conflicts } => {
                        assembled.conflicts.extend(conflicts);
                        if fields.is_empty() {
                            assembled.unchanged += 1;
                            continue;
                        }
                        event.citations.retain(|citation| is_counted(&citation.source));
                        event.citations.push(of_file);
                        assembled.updated.push((id, fields));
                        assembled.events.push(*event);
                    }
                }
            }
        }
    }
    assembled.missing = absent.values().filter(|(id, _)| timeline.event(id).is_some()).count();
    import.events.extend(absent);
    import.parts = known.names().to_vec();
    assembled.import = import;
    // The file came first and stands first.
    assembled.sources.extend(std::mem::take(&mut sources.added));
    if assembled.events.is_empty() && assembled.eras.is_empty() {
        // What nothing new cites changes nothing.
        assembled.sources.clear();
        assembled.lanes.clear();
    }
    assembled.problems.sort_by_key(|problem| problem.line);
    assembled
}

/// The id of the source that the file is: of the one that the last import of that name made, or that keeps a copy of the same
/// bytes, else of a new one.
fn file_source(
    timeline: &Timeline,
    assembled: &mut Assembled,
    sources: &mut Sources,
    title: Option<&str>,
    origin: &Origin<'_>,
    earlier: Option<&Import>,
) -> Text {
    let earlier = earlier.filter(|earlier| earlier.name == origin.name);
    let last = earlier.and_then(|earlier| earlier.sources.last()).and_then(|id| timeline.source(id));
    let has_bytes =
        |source: &&Source| source.captures.iter().any(|capture| Some(&capture.hash) == origin.hash.as_ref());
    let there = last.or_else(|| timeline.sources().iter().find(has_bytes));
    let Some(there) = there else {
        let mut source = Source::new("", origin.name);
        source.kind = SourceKind::Dataset;
        source.accessed.clone_from(&origin.today);
        source.note =
            title.filter(|title| !title.trim().is_empty()).map(|title| format!("Title: {title}").as_str().into());
        assembled.wants_copy = true;
        return sources.add(source);
    };
    assembled.wants_copy = !has_bytes(&there);
    there.id.clone()
}

/// A new timeline takes over what the file says of itself.
fn put_header(timeline: &Timeline, assembled: &mut Assembled, title: &str, description: Option<String>) {
    let is_new = timeline.events().is_empty() && timeline.sources().is_empty() && timeline.lanes().is_empty();
    let mut header = timeline.header().clone();
    if is_new && header.description.is_none() {
        header.description = description.filter(|text| !text.trim().is_empty()).map(|text| text.as_str().into());
    }
    if is_new && header.title.trim().is_empty() {
        header.title = title.trim().into();
    }
    assembled.header = (header != *timeline.header()).then_some(header);
}

/// Eras that are not there yet, by title.
fn put_eras(timeline: &Timeline, assembled: &mut Assembled, eras: Vec<Era>) {
    let mut taken: HashSet<Text> = timeline.eras().iter().map(|era| era.id.clone()).collect();
    for mut era in eras {
        let is_there = |known: &Era| known.title == era.title;
        if timeline.eras().iter().chain(&assembled.eras).any(is_there) {
            continue;
        }
        let stem = derive_id(&era.title, Some(&era.date));
        let numbered = (2_u64..).map(|number| format!("{stem}-{number}"));
        let id = std::iter::once(stem.clone()).chain(numbered).find(|id| !taken.contains(id.as_str()));
        era.id = id.unwrap_or_default().as_str().into();
        taken.insert(era.id.clone());
        assembled.eras.push(era);
    }
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The ids of lanes by their names, folded. Lanes that are not there by title or id are added: those that the file lists in its
/// order, then those that only events name.
fn put_lanes(
    timeline: &Timeline,
    assembled: &mut Assembled,
    groups: Vec<Group>,
    records: &[Record],
) -> HashMap<String, Text> {
    let mut ids: HashMap<String, Text> = HashMap::new();
    for lane in timeline.lanes() {
        ids.entry(folded(&lane.title)).or_insert_with(|| lane.id.clone());
    }
    for lane in timeline.lanes() {
        ids.entry(folded(&lane.id)).or_insert_with(|| lane.id.clone());
    }
    let mut taken: HashSet<Text> = timeline.lanes().iter().map(|lane| lane.id.clone()).collect();
    let mut add = |group: Group| {
        let name = folded(&group.name);
        if name.is_empty() || ids.contains_key(&name) {
            return;
        }
        let stem = derive_id(&group.name, None);
        let numbered = (2_u64..).map(|number| format!("{stem}-{number}"));
        let id = std::iter::once(stem.clone()).chain(numbered).find(|id| !taken.contains(id.as_str()));
        let id = Text::from(id.unwrap_or_default().as_str());
        taken.insert(id.clone());
        ids.insert(name, id.clone());
        assembled.lanes.push(Lane {
            id,
            title: group.name.trim().into(),
            color: group.color.as_deref().map(Into::into),
            note: group.note.as_deref().map(Into::into),
        });
    };
    groups.into_iter().for_each(&mut add);
    let mut last: Option<&Text> = None;
    for name in records.iter().filter_map(|record| record.event.lane.as_ref()) {
        if last != Some(name) {
            add(Group { name: name.to_string(), ..Group::default() });
            last = Some(name);
        }
    }
    ids
}

/// Where a record goes.
enum Place {
    New,
    There,
    /// It came in before, and its event was deleted here.
    Deleted,
}

/// The keys that records are known by and the ids that their events have.
struct Keyed {
    /// One for each record, in their order.
    places: Vec<(String, Text, Place)>,
    /// Ids by the keys that the file itself gives, of the records that links lead to.
    ids: HashMap<String, Text>,
}

impl Keyed {
    fn of(
        timeline: &Timeline,
        records: &[Record],
        assembled: &mut Assembled,
        earlier: Option<&Import>,
        files: &[Text],
    ) -> Self {
        let earlier_id = earlier_ids(timeline, earlier, files);
        // An import that was undone, or whose timeline was lost, comes in anew.
        let is_any_there = earlier_id.values().any(|id| timeline.event(id).is_some());
        let linked: HashSet<&str> =
            records.iter().flat_map(|record| &record.event.links).map(|link| link.to.as_str()).collect();
        let mut keyed = Self { places: Vec::with_capacity(records.len()), ids: HashMap::new() };
        // By a hash of the key: the keys themselves would take as much room as the file. Where two had the same, the second would be
        // numbered as if it came again, and is known by that next week too.
        let mut times: HashMap<u64, u32> = HashMap::with_capacity(records.len());
        let mut ids = Ids::default();
        for record in records {
            let given = record.date_as_given.as_deref();
            let made = || kept::made_key(&record.event.title, given.unwrap_or_else(|| record.event.date_as_written()));
            let base = record.key.clone().filter(|key| !key.trim().is_empty()).unwrap_or_else(made);
            let time = times.entry(kept::hash(&base)).and_modify(|times| *times += 1).or_insert(1);
            if *time > 1 && record.key.is_some() {
                let message = format!("the id \"{base}\" stands {time} times; each is an event of its own");
                assembled.problems.push(Problem::new(Severity::Warning, "duplicate-key", record.line, message));
            }
            let key = if *time == 1 { base } else { format!("{base} ({time})") };
            let (id, place) = match earlier_id.get(&key) {
                Some(id) if timeline.event(id).is_some() => (id.clone(), Place::There),
                Some(id) if is_any_there => (id.clone(), Place::Deleted),
                _ => (ids.fresh(timeline, record), Place::New),
            };
            if let Some(foreign) = record.key.as_ref().filter(|key| linked.contains(key.as_str())) {
                keyed.ids.entry(foreign.clone()).or_insert_with(|| id.clone());
            }
            keyed.places.push((key, id, place));
        }
        keyed
    }
}

/// Event ids by key: as they were kept, else, where nothing is kept any more, as the citations of the file tell.
fn earlier_ids(timeline: &Timeline, earlier: Option<&Import>, files: &[Text]) -> HashMap<String, Text> {
    if let Some(earlier) = earlier {
        return earlier.events.iter().map(|(key, (id, _))| (key.clone(), id.clone())).collect();
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
fn locator(record: &Record, id: &str) -> String {
    match record.key.as_deref().filter(|key| !key.trim().is_empty() && *key != id) {
        Some(key) => format!("{}{KEY_MARK}{key}", record.locator),
        None => record.locator.clone(),
    }
}

/// Ids for new events.
#[derive(Default)]
struct Ids {
    taken: HashSet<Text>,
    next: HashMap<String, u64>,
}

impl Ids {
    /// The key of the other program where it looks like an id, else one of title and date.
    fn fresh(&mut self, timeline: &Timeline, record: &Record) -> Text {
        let is_free = |taken: &HashSet<Text>, id: &str| !taken.contains(id) && timeline.event(id).is_none();
        let foreign = record.key.as_deref().filter(|key| is_like_an_id(key) && is_free(&self.taken, key));
        let stem = || derive_id(&record.event.title, record.event.date.as_ref());
        let mut id = foreign.map_or_else(stem, str::to_owned);
        if !is_free(&self.taken, &id) {
            let stem = id;
            let next = self.next.entry(stem.clone()).or_insert(2);
            id = loop {
                let id = format!("{stem}-{next}");
                *next += 1;
                if is_free(&self.taken, &id) {
                    break id;
                }
            };
        }
        let id = Text::from(id.as_str());
        self.taken.insert(id.clone());
        id
    }
}

/// Whether a key can be read as an id: small letters, digits and hyphens, with a letter and of some length.
fn is_like_an_id(key: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_digit() || c == '-' || c == '_' || c.is_alphabetic() && !c.is_uppercase();
    (3..=80).contains(&key.chars().count()) && key.chars().all(is_sign) && key.chars().any(char::is_alphabetic)
}

/// Links by the ids of the events that they lead to; one that leads nowhere is told.
fn follow_links(event: &mut Event, ids: &HashMap<String, Text>, line: usize, problems: &mut Vec<Problem>) {
    let links: ThinVec<Link> = std::mem::take(&mut event.links);
    for mut link in links {
        match ids.get(&*link.to) {
            Some(id) if *id != event.id => {
                link.to = id.clone();
                if !event.links.contains(&link) {
                    event.links.push(link);
                }
            }
            Some(_) => {}
            None => {
                let message = format!("it leads to \"{}\", which is not in the file; the link was left out", link.to);
                problems.push(Problem::new(Severity::Warning, "unknown-link", line, message).of(&event.title));
            }
        }
    }
}

/// Citations of the sources that a record names. One supports, unless it was certainly published before the event: then it can
/// only speak of it.
fn cite(named: &[Named], sources: &mut Sources, date: Option<&Date>, zone: Zone) -> ThinVec<Citation> {
    let mut citations: ThinVec<Citation> = ThinVec::new();
    for named in named {
        let is_early = named
            .source
            .published
            .as_ref()
            .zip(date)
            .is_some_and(|(published, date)| is_certainly_before(published, date, zone));
        let citation = Citation {
            stance: if is_early { Stance::Mentions } else { Stance::Supports },
            locator: named.locator.clone(),
            quote: named.quote.clone(),
            ..Citation::new(sources.id(named))
        };
        if !citations.contains(&citation) {
            citations.push(citation);
        }
    }
    citations
}

/// As the check `published-before-event` has it: more than a day apart, unless both are times; doubtful dates never are.
fn is_certainly_before(first: &Date, second: &Date, zone: Zone) -> bool {
    let (end, start) = (first.extent(zone).latest_end, second.extent(zone).earliest_start);
    let (Some(end), Some(start)) = (end.instant(), start.instant()) else { return false };
    let is_timed = |date: &Date| date.precision() >= Precision::Minute;
    let is_vague = |date: &Date| date.certainty().approximate || date.certainty().uncertain;
    let apart = if is_timed(first) && is_timed(second) { 0 } else { Instant::DAY };
    end.saturating_add(apart) <= start && !is_vague(first) && !is_vague(second)
}

#[cfg(test)]
mod tests;
