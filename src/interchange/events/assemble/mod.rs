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
//! | `keys` | the keys of records and the ids of events |
//! | `named` | the sources that records name |
//! | `meeting` | a record and the event that it became earlier |

mod kept;
mod keys;
mod meeting;
mod named;

pub use kept::{Import, Imports, Known, KnownEvent, around_known, known_text};
pub use meeting::Conflict;
pub use named::short_address;

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;
use thin_vec::ThinVec;

use super::chronology::{Chronology, Group, Named, Part, Record, Rejected};
use super::opened::Opened;
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
use keys::{Keys, Place, Placed, locator};
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
    /// The ids of the new events, in the order of the file; none where a sink took the events.
    pub added: Vec<Text>,
    /// How many events there were of each kind, wherever they went.
    pub counts: Counts,
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
    /// The rows that were not taken; none where a sink took them.
    pub rejected: Vec<Rejected>,
    /// What was taken for granted.
    pub questions: Vec<Question>,
    /// What is kept for the next import of the same file.
    pub import: Import,
}

/// How many events of an import there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// New ones.
    pub added: usize,
    /// New and changed ones.
    pub written: usize,
    /// Of these, those without a date.
    pub undated: usize,
    /// Rows that were not taken, or not as they stood.
    pub rejected: usize,
}

/// What became of a part of the records.
#[derive(Debug, Default)]
pub struct Made {
    /// The new and changed events.
    pub events: Vec<Event>,
    /// The ids of the new ones.
    pub added: Vec<Text>,
    /// What is kept for the next import.
    pub known: Vec<KnownEvent>,
    /// The rows that were not taken.
    pub rejected: Vec<Rejected>,
}

/// What takes events while they are made, so that nobody has to hold all of them.
pub trait Sink {
    /// Takes what became of the next part of the records, in their order; false where no more is wanted.
    fn take(&mut self, made: Made) -> bool;
}

/// A sink that holds everything.
impl Sink for Made {
    fn take(&mut self, mut made: Made) -> bool {
        self.events.append(&mut made.events);
        self.added.append(&mut made.added);
        self.known.append(&mut made.known);
        self.rejected.append(&mut made.rejected);
        true
    }
}

impl Assembled {
    /// Whether the timeline stays as it is.
    pub fn is_nothing(&self) -> bool {
        self.header.is_none()
            && self.lanes.is_empty()
            && self.eras.is_empty()
            && self.sources.is_empty()
            && self.counts.written == 0
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
    let mut made = Made::default();
    // As much room as is needed, at once: what grows has its old place beside its new one.
    made.events.reserve_exact(chronology.records.len());
    let mut assembled = assemble_into(timeline, chronology.into(), origin, earlier, &|_| true, &mut made);
    // Keys of the file that are not in it any more stay known: they may come back.
    made.known.append(&mut assembled.import.events.0);
    assembled.import.events.0 = made.known;
    (assembled.events, assembled.added, assembled.rejected) = (made.events, made.added, made.rejected);
    assembled
}

/// As [`assemble`]: the records are made while they are read, and a sink takes what becomes of them. What is kept of an import has then
/// only what is not in the file any more. `progress` is told the share that was read, and says whether anybody waits.
pub fn assemble_into(
    timeline: &Timeline,
    mut opened: Opened<'_>,
    origin: &Origin<'_>,
    earlier: Option<&Import>,
    progress: &dyn Fn(f64) -> bool,
    sink: &mut (dyn Sink + Send),
) -> Assembled {
    let Chronology { title, description, lanes, eras, problems, left_out, questions, mapping, .. } =
        std::mem::take(&mut opened.chronology);
    let mut assembled = Assembled { problems, left_out, questions, ..Assembled::default() };
    let has_eras = !eras.is_empty();
    let mut sources = Sources::of(timeline);
    let file = file_source(timeline, &mut assembled, &mut sources, title.as_deref(), origin, earlier);
    assembled.source = file.clone();
    let mut files: Vec<Text> = earlier.map(|earlier| earlier.sources.clone()).unwrap_or_default();
    files.retain(|known| *known != file);
    files.push(file.clone());

    let stem = || origin.name.rsplit_once('.').map_or(origin.name, |(stem, _)| stem).to_owned();
    let title = title.filter(|title| !title.trim().is_empty()).unwrap_or_else(stem);
    put_header(timeline, &mut assembled, &title, description);
    put_eras(timeline, &mut assembled, eras);
    let mut lanes = Lanes::of(timeline, lanes);
    let keys = || Keys::of(timeline, earlier, &files, opened.len());
    let linked = if opened.may_have_links() { keys().linked(&opened) } else { HashMap::new() };
    let mut keys = keys();

    let mut known = earlier.map(|earlier| Parts::of(&earlier.parts)).unwrap_or_default();
    let mut before = Before::of(earlier);
    let mut problems: Vec<Problem> = Vec::new();
    let mut records = 0;
    let is_counted = |source: &str| !files.iter().any(|file| file == source);
    let mut make = |part: Part| {
        let mut made = Made { rejected: part.rejected, ..Made::default() };
        records += part.records.len();
        let ready: Vec<Ready> = part
            .records
            .into_iter()
            .map(|record| {
                let placed = keys.place(&record, &mut problems);
                let mut of_file = Citation::new(file.clone());
                of_file.locator = Some(locator(&record, &placed.id).as_str().into());
                let Record { line, event, date_as_given, sources: named, .. } = record;
                of_file.wording =
                    date_as_given.filter(|given| !given.trim().is_empty()).map(|given| given.as_str().into());
                let mut event = Event { id: placed.id.clone(), ..event };
                event.lane = event.lane.and_then(|name| lanes.id(&name));
                follow_links(&mut event, &linked, line, &mut problems);
                event.citations = cite(&named, &mut sources, event.date.as_ref(), timeline.zone());
                Ready { placed, event, of_file }
            })
            .collect();
        // What a record says is digested by itself, so that cores share it.
        let digest = |ready: &Ready| kept::parts(&ready.event, is_counted);
        let digests: Vec<_> = ready.par_iter().with_min_len(LEAST_SHARED).map(digest).collect();
        for (Ready { placed: Placed { key, id, place }, mut event, of_file }, parts) in ready.into_iter().zip(digests) {
            let earlier_digests = before.take(&key);
            made.known.push((key, (id.clone(), known.written(&parts))));
            match place {
                Place::New => {
                    event.citations.push(of_file);
                    event.rare.recorded.clone_from(&origin.today);
                    event.citations.shrink_to_fit();
                    made.added.push(id);
                    made.events.push(event);
                }
                Place::Deleted => assembled.deleted += 1,
                Place::There => {
                    let Some(there) = timeline.event(&id) else { continue };
                    let base = earlier_digests.map(|digests| known.read(digests));
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
                            made.events.push(*event);
                        }
                    }
                }
            }
        }
        let counts = &mut assembled.counts;
        counts.added += made.added.len();
        counts.written += made.events.len();
        counts.undated += made.events.iter().filter(|event| event.date.is_none()).count();
        counts.rejected += made.rejected.len();
        made
    };
    // While the sink takes one part, the next is made of its records.
    let mut last: Option<Made> = None;
    opened.each(progress, &mut |part| {
        let taken = last.take();
        let (is_wanted, made) = rayon::join(|| taken.is_none_or(|made| sink.take(made)), || make(part));
        last = Some(made);
        is_wanted
    });
    if let Some(made) = last {
        sink.take(made);
    }
    assembled.problems.append(&mut opened.chronology.problems);
    assembled.problems.append(&mut problems);
    assembled.problems.sort_by_key(|problem| problem.line);
    if records == 0 && !has_eras {
        let Assembled { problems, left_out, questions, counts, .. } = assembled;
        return Assembled { problems, left_out, questions, counts, ..Assembled::default() };
    }
    let absent = before.absent();
    assembled.missing = absent.iter().filter(|(_, (id, _))| timeline.event(id).is_some()).count();
    assembled.import = Import {
        name: origin.name.to_owned(),
        format: origin.format.to_owned(),
        mapping: mapping.or_else(|| earlier.and_then(|earlier| earlier.mapping.clone())),
        sources: files.clone(),
        parts: known.names().to_vec(),
        events: Known(absent),
    };
    if assembled.counts.written > 0 || !assembled.eras.is_empty() {
        assembled.lanes = lanes.added;
        // The file came first and stands first.
        assembled.sources.extend(std::mem::take(&mut sources.added));
    } else {
        // What nothing new cites changes nothing.
        assembled.sources.clear();
    }
    assembled
}

/// A record on its way to an event.
struct Ready {
    placed: Placed,
    /// The event, without the citation of the file.
    event: Event,
    /// The citation of the file.
    of_file: Citation,
}

/// Records that one core digests at least.
const LEAST_SHARED: usize = 64;

/// What earlier imports of the file gave and has not come yet.
struct Before<'e> {
    events: &'e [KnownEvent],
    places: HashMap<&'e str, usize>,
    has_come: Vec<bool>,
}

impl<'e> Before<'e> {
    fn of(earlier: Option<&'e Import>) -> Self {
        let events = earlier.map(|earlier| earlier.events.0.as_slice()).unwrap_or_default();
        let places = events.iter().enumerate().map(|(at, (key, _))| (key.as_str(), at)).collect();
        Self { events, places, has_come: vec![false; events.len()] }
    }

    /// The digests of what the file said last under a key, which comes now.
    fn take(&mut self, key: &str) -> Option<&'e str> {
        let at = *self.places.get(key)?;
        let has_come = self.has_come.get_mut(at)?;
        if std::mem::replace(has_come, true) {
            return None;
        }
        self.events.get(at).map(|(_, (_, digests))| digests.as_str())
    }

    /// What did not come: it stays known, because it may come back.
    fn absent(self) -> Vec<KnownEvent> {
        let all = self.events.iter().zip(self.has_come);
        all.filter(|(_, has_come)| !has_come).map(|(event, _)| event.clone()).collect()
    }
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
struct Lanes {
    ids: HashMap<String, Text>,
    taken: HashSet<Text>,
    added: Vec<Lane>,
    /// The last name that was asked for, and its id: rows of one lane often stand together.
    last: Option<(Text, Option<Text>)>,
}

impl Lanes {
    fn of(timeline: &Timeline, groups: Vec<Group>) -> Self {
        let mut ids: HashMap<String, Text> = HashMap::new();
        for lane in timeline.lanes() {
            ids.entry(folded(&lane.title)).or_insert_with(|| lane.id.clone());
        }
        for lane in timeline.lanes() {
            ids.entry(folded(&lane.id)).or_insert_with(|| lane.id.clone());
        }
        let taken = timeline.lanes().iter().map(|lane| lane.id.clone()).collect();
        let mut lanes = Self { ids, taken, added: Vec::new(), last: None };
        for group in groups {
            lanes.add(group);
        }
        lanes
    }

    /// The id of the lane of this name; none for a blank one.
    fn id(&mut self, name: &Text) -> Option<Text> {
        if let Some((last, id)) = &self.last
            && last == name
        {
            return id.clone();
        }
        let id = self.add(Group { name: name.to_string(), ..Group::default() });
        self.last = Some((name.clone(), id.clone()));
        id
    }

    fn add(&mut self, group: Group) -> Option<Text> {
        let name = folded(&group.name);
        if name.is_empty() {
            return None;
        }
        if let Some(id) = self.ids.get(&name) {
            return Some(id.clone());
        }
        let stem = derive_id(&group.name, None);
        let numbered = (2_u64..).map(|number| format!("{stem}-{number}"));
        let id = std::iter::once(stem.clone()).chain(numbered).find(|id| !self.taken.contains(id.as_str()));
        let id = Text::from(id.unwrap_or_default().as_str());
        self.taken.insert(id.clone());
        self.ids.insert(name, id.clone());
        self.added.push(Lane {
            id: id.clone(),
            title: group.name.trim().into(),
            color: group.color.as_deref().map(Into::into),
            note: group.note.as_deref().map(Into::into),
        });
        Some(id)
    }
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
