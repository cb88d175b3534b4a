//! A file of events read as the form says, against the timeline as it is: what is shown of it, and what it comes to.
//!
//! Runs as a job, again with every change in the form: each step looks whether it is still wanted. Nothing is changed by it; the edit that
//! it comes to is made of the timeline that it met, and is carried out only while that is the one which is open.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use crate::compare::{self, Difference, RecordDifference, Summary};
use crate::diagnostic::{Severity, counted};
use crate::edit::{Edit, apply};
use crate::index::Index;
use crate::interchange::Problem;
use crate::interchange::events::assemble::{Conflict, Import, Origin};
use crate::interchange::events::mapping;
use crate::interchange::events::own::{self, Own};
use crate::interchange::events::{
    Answers, Asked, Assembled, Chronology, Format, Imports, Input, Mapping, Question, assemble, is_note,
};
use crate::model::{Event, Grouping, Hash, Lane, Record, RecordKind, Text, Timeline};
use crate::query::Matches;
use crate::store;
use crate::time::{Date, Instant, Precision, Zone};
use crate::ui::{EventsRead, TrackPreview, file_name};

/// Events that the form lists.
const MOST_LISTED: usize = 60;

/// Events of a timeline that is drawn before they are in it: of more the picture would say little, and take long.
const MOST_DRAWN: usize = 50_000;

/// What begins a workbook: it is an archive (ZIP).
const ARCHIVE: &[u8] = b"PK";

/// A file that is to be brought in, read once.
pub struct EventsFile {
    /// Where it is; none for what was pasted.
    pub path: Option<PathBuf>,
    /// Its name, which its source gets.
    pub name: String,
    /// What stands in it; nothing for a folder.
    pub bytes: Vec<u8>,
    /// The notes of a folder, by name.
    pub parts: Vec<(String, Vec<u8>)>,
    /// The format of another program that it seems to be in.
    pub format: &'static Format,
    /// Whether Annalist wrote it.
    pub is_own: bool,
    /// What earlier imports gave.
    pub imports: Imports,
}

impl EventsFile {
    /// Reads a file and what is kept beside the timeline.
    pub fn open(path: PathBuf, imports: Option<&Path>) -> Result<Self, String> {
        let is_folder = path.is_dir();
        let (bytes, parts) = if is_folder {
            (Vec::new(), store::load_folder(&path, is_note).map_err(|error| error.to_string())?)
        } else {
            (store::load_bytes(&path).map_err(|error| error.to_string())?, Vec::new())
        };
        let name = file_name(&path);
        let format =
            Format::of(&Input { name: &name, bytes: &bytes, parts: &parts }).ok_or_else(|| match is_folder {
                true => format!("{} holds no notes with fields in front of their text", path.display()),
                false => format!("{} is no table and no chronology of a program that is known", path.display()),
            })?;
        // A table that Annalist wrote is a table to every other reader too: it is asked for beside the format.
        let is_own = !is_folder && own::is_own(&bytes);
        Ok(Self { path: Some(path), name, bytes, parts, format, is_own, imports: kept_imports(imports)? })
    }

    /// What a reader is given.
    fn input(&self) -> Input<'_> {
        Input { name: &self.name, bytes: &self.bytes, parts: &self.parts }
    }

    /// The hash of its bytes; of a folder there is no one hash, and no one file to keep.
    fn hash(&self) -> Option<Hash> {
        self.parts.is_empty().then(|| store::capture::hash(&self.bytes))
    }

    /// Rows of a table that were pasted.
    pub fn pasted(text: &str, name: String, imports: Option<&Path>) -> Result<Self, String> {
        let format = Format::named("csv").ok_or("tables are not read")?;
        let bytes = text.as_bytes().to_vec();
        let is_own = own::is_own(&bytes);
        Ok(Self { path: None, name, bytes, parts: Vec::new(), format, is_own, imports: kept_imports(imports)? })
    }
}

fn kept_imports(path: Option<&Path>) -> Result<Imports, String> {
    Ok(path.map(read_imports).transpose()?.unwrap_or_default())
}

/// What earlier imports gave, as it is kept beside a timeline.
pub fn read_imports(path: &Path) -> Result<Imports, String> {
    if !path.exists() {
        return Ok(Imports::default());
    }
    let bytes = store::load_bytes(path).map_err(|error| error.to_string())?;
    mapping::from_ron(&String::from_utf8_lossy(&bytes)).map_err(|error| format!("{}: {error}", path.display()))
}

/// What is read and how, as a job needs it.
#[derive(Clone)]
pub struct Reading {
    /// The file.
    pub file: Arc<EventsFile>,
    /// The format it is read as; none for one of Annalist's own.
    pub format: Option<&'static Format>,
    /// What its columns become.
    pub mapping: Mapping,
    /// What was answered.
    pub answers: Answers,
    /// The timeline that it meets.
    pub timeline: Arc<Timeline>,
    /// How the track is grouped.
    pub grouping: Grouping,
    /// The present moment.
    pub now: Instant,
    /// Whether anybody still waits.
    pub is_wanted: Arc<AtomicBool>,
    /// How much has been read, in thousandths. The window reads it while the job runs.
    pub share: Arc<AtomicU32>,
}

/// What came of a reading.
pub struct Read {
    /// What the form shows of it.
    pub shown: EventsRead,
    /// What it leaves open.
    pub questions: Vec<Question>,
    /// What the columns became.
    pub mapping: Option<Mapping>,
    /// Whether that was taken over from an earlier import of the same columns.
    pub is_known: bool,
    /// What it comes to.
    pub ready: Ready,
}

/// What an import comes to, against the timeline as it was when the file was read.
pub enum Ready {
    /// Records of Annalist's own.
    Own {
        /// The change.
        edit: Edit,
        /// The events that are new, then those that are changed.
        events: [Vec<Text>; 2],
    },
    /// A chronology of another program.
    Foreign {
        /// What becomes of it.
        assembled: Box<Assembled>,
        /// What was known of it before.
        earlier: Option<Import>,
    },
}

/// An import that can be made.
pub struct Done {
    /// The change.
    pub edit: Edit,
    /// The events that are new.
    pub added: Vec<Text>,
    /// Those in which something changes.
    pub updated: Vec<Text>,
    /// How many were changed in the file and here, and stay as they are.
    pub kept: usize,
    /// What is kept for the next import, with what was kept before.
    pub import: Option<(Import, Option<Import>)>,
}

impl Reading {
    fn is_wanted(&self) -> bool {
        self.is_wanted.load(Ordering::Relaxed)
    }

    /// None where nobody waits any more.
    pub fn read(self) -> Option<Read> {
        match self.format {
            Some(format) => self.read_foreign(format),
            None => self.read_own(),
        }
    }

    /// Takes up how much has been read, and says whether anybody still waits.
    fn progress(&self) -> impl Fn(f64) -> bool + '_ {
        // Nothing else is handed over by the two: in which order threads see them does not matter.
        |read| {
            self.share.store((read * 1000.0) as u32, Ordering::Relaxed);
            self.is_wanted()
        }
    }

    fn chronology(&self, format: &Format) -> Chronology {
        let Self { file, mapping, answers, .. } = self;
        format.read(&file.input(), &Asked { answers, mapping: Some(mapping), progress: &self.progress() })
    }

    fn earlier(&self, format: &Format, mapping: Option<&Mapping>) -> Option<Import> {
        // A table of another name is known by its columns.
        let headers: Vec<&str> = mapping.into_iter().flat_map(Mapping::headers).collect();
        self.file.imports.of(&self.file.name, format.id, &headers).cloned()
    }

    /// The timeline that records meet: one that is new takes title and description of the file.
    fn met(&self) -> Arc<Timeline> {
        // A title that somebody has typed is kept: only the one that nobody chose gives way. What was pasted has no title.
        let timeline = &self.timeline;
        let is_new = is_empty(timeline) && self.file.path.is_some() && **timeline == Timeline::empty(UNTITLED);
        if is_new { Arc::new(Timeline::empty("")) } else { Arc::clone(timeline) }
    }

    fn read_foreign(mut self, format: &'static Format) -> Option<Read> {
        let mut chronology = self.chronology(format);
        // A table whose columns are known from another file is read as that was. Which columns it has is known only once it was read: then
        // it is read once more.
        let is_untold = self.mapping == Mapping::default() && chronology.mapping.is_some();
        let known = is_untold.then(|| self.earlier(format, chronology.mapping.as_ref())?.mapping).flatten();
        let is_known = known.is_some();
        if let Some(known) = known {
            self.mapping = known;
            chronology = self.chronology(format);
        }
        if !self.is_wanted() {
            return None;
        }
        let questions = chronology.questions.clone();
        let mapping = chronology.mapping.clone();
        let earlier = self.earlier(format, chronology.mapping.as_ref());
        let origin = Origin {
            name: &self.file.name,
            format: format.id,
            hash: self.file.hash(),
            today: Some(Date::at_precision(self.now, Precision::Day, Zone::UTC)),
        };
        // Taken out before the records are assembled, which uses the chronology up.
        let mut shown = EventsRead {
            about: format.label.to_owned(),
            rows: std::mem::take(&mut chronology.sample),
            sheets: std::mem::take(&mut chronology.sheets),
            words: std::mem::take(&mut chronology.words),
            ..EventsRead::default()
        };
        let timeline = self.met();
        let mut assembled = assemble(&timeline, chronology, &origin, earlier.as_ref());
        // What is kept for the next import holds what was answered now, over what was answered then.
        if let Some(mapping) = &mut assembled.import.mapping {
            mapping.answers = mapping.answers.clone().overridden_by(&self.answers);
        }
        if !self.is_wanted() {
            return None;
        }
        shown.rejected = Arc::new((self.file.name.clone(), std::mem::take(&mut assembled.rejected)));
        shown.summary = summary(&assembled);
        shown.changes = assembled.events().len();
        shown.conflicts = assembled.conflicts.iter().map(|conflict| in_words(&timeline, conflict)).collect();
        shown.problems.clone_from(&assembled.problems);
        for (kind, number) in &assembled.left_out {
            let message =
                format!("left out, because a timeline has no place for it: {kind}, {}", counted(*number, "time"));
            shown.problems.push(Problem::new(Severity::Info, "left-out", usize::MAX, message));
        }
        let events = assembled.events();
        // A lane may be one that the import would make.
        let title = |id: &Text| {
            let lanes = assembled.lanes().iter().chain(timeline.lanes());
            lanes.into_iter().find(|lane: &&Lane| lane.id == *id).map(|lane| lane.title.to_string())
        };
        shown.events = events.iter().take(MOST_LISTED).map(|event| listed(event, title)).collect();
        shown.more = events.len().saturating_sub(MOST_LISTED);
        // What changes is told field by field of the two states. Where making the second takes too long there are the names of the fields.
        if shown.changes > 0 && events.len() + timeline.events().len() <= MOST_DRAWN {
            let after = applied(&timeline, &assembled.clone().into_edit())?;
            let all = compare::differences(&timeline, &after);
            shown.changed = changes(&all, |kind| kind == RecordKind::Event);
            let ids: Vec<&Text> = assembled.events().iter().map(|event| &event.id).collect();
            shown.track = Some(self.track(after, &ids));
        } else {
            shown.changed =
                assembled.updated.iter().map(|(id, fields)| format!("“{id}”: {}", fields.join(", "))).collect();
        }
        let ready = Ready::Foreign { assembled: Box::new(assembled), earlier };
        Some(Read { shown, questions, mapping, is_known, ready })
    }

    fn read_own(self) -> Option<Read> {
        let own = own::read(&self.file.bytes, &self.progress()).unwrap_or_default();
        if !self.is_wanted() {
            return None;
        }
        let mut shown =
            EventsRead { about: about(&self.file, &own), problems: own.problems.clone(), ..Default::default() };
        let timeline = self.met();
        // Of a timeline in which something stands the header is the user's, and no file changes it.
        let header = own.header.clone().filter(|_| is_empty(&self.timeline));
        // Records of Annalist's own leave no question open and need no mapping.
        let nothing = |shown| Read {
            shown,
            questions: Vec::new(),
            mapping: None,
            is_known: false,
            ready: Ready::Own { edit: Edit::Batch(Vec::new()), events: [Vec::new(), Vec::new()] },
        };
        // Where one record is refused, nothing of the file is taken.
        let mut edit = match own.edit(&timeline) {
            Ok(edit) => edit,
            Err(error) => {
                shown.problems.push(Problem::new(Severity::Error, "refused", 0, error.to_string()));
                return Some(nothing(shown));
            }
        };
        if let (Edit::Batch(edits), Some(header)) = (&mut edit, header) {
            // First, as in a file.
            edits.insert(0, Edit::put(Record::Header(header)));
        }
        let after = applied(&self.timeline, &edit)?;
        if !self.is_wanted() {
            return None;
        }
        let all = compare::differences(&self.timeline, &after);
        let of = |is_wanted: fn(&Difference) -> bool| -> Vec<Text> {
            let events = all.iter().filter(|it| it.key.kind() == RecordKind::Event && is_wanted(&it.difference));
            events.map(|it| Text::from(it.key.id())).collect()
        };
        let added = of(|difference| matches!(difference, Difference::Added(_)));
        let changed = of(|difference| matches!(difference, Difference::Changed(_)));
        shown.changed = changes(&all, |_| true);
        shown.changes = all.len();
        shown.summary = own_summary(&all);
        let ids: Vec<&Text> = added.iter().chain(&changed).collect();
        let title = |id: &Text| after.lane(id).map(|lane| lane.title.to_string());
        let events = ids.iter().filter_map(|id| after.event(id));
        shown.events = events.take(MOST_LISTED).map(|event| listed(event, title)).collect();
        shown.more = ids.len().saturating_sub(MOST_LISTED);
        if shown.changes > 0 && after.events().len() <= MOST_DRAWN {
            shown.track = Some(self.track(after, &ids));
        }
        Some(Read { ready: Ready::Own { edit, events: [added, changed] }, ..nothing(shown) })
    }

    /// The timeline as it would be, with what the import brings marked and the time that this covers.
    fn track(&self, timeline: Timeline, ids: &[&Text]) -> TrackPreview {
        let index = Index::grouped(&timeline, timeline.zone(), self.grouping);
        let positions = ids.iter().filter_map(|id| timeline.event_position(id));
        let imported = Matches::of(timeline.events().len(), positions);
        let extent = index.extent_of(&timeline, imported.iter());
        TrackPreview { timeline: Arc::new(timeline), index, imported, extent }
    }
}

/// The title of a timeline that nobody has named.
const UNTITLED: &str = "Untitled timeline";

fn is_empty(timeline: &Timeline) -> bool {
    timeline.events().is_empty() && timeline.sources().is_empty() && timeline.lanes().is_empty()
}

/// The timeline with an edit that was made for it.
fn applied(timeline: &Timeline, edit: &Edit) -> Option<Timeline> {
    let mut after = timeline.clone();
    apply(&mut after, edit).ok()?;
    Some(after)
}

impl Ready {
    /// Works the import out, and keeps a copy of the file beside the timeline, where that is one.
    pub fn bring_in(self, reading: &Reading, timeline_path: Option<&Path>) -> Result<Option<Done>, String> {
        let (mut assembled, earlier) = match self {
            Self::Own { edit, events: [added, updated] } => {
                return Ok(Some(Done { edit, added, updated, kept: 0, import: None }));
            }
            Self::Foreign { assembled, earlier } => (*assembled, earlier),
        };
        let Reading { file, timeline, now, .. } = reading;
        if assembled.wants_copy {
            // The copy is evidence with its hash. Without a file to copy, or a place beside which it could lie, the hash alone says what was
            // read.
            match (timeline_path, &file.path) {
                (Some(timeline_path), Some(path)) if file.parts.is_empty() => {
                    if !reading.is_wanted() {
                        return Ok(None);
                    }
                    let copy = store::capture::attach(timeline_path, &assembled.source, path, None, *now);
                    assembled.keep_copy(timeline, copy.map_err(|error| error.to_string())?);
                }
                _ => {
                    if let Some(hash) = file.hash() {
                        assembled.note_hash(timeline, &hash);
                    }
                }
            }
        }
        Ok(Some(Done {
            added: std::mem::take(&mut assembled.added),
            updated: std::mem::take(&mut assembled.updated).into_iter().map(|(id, _)| id).collect(),
            kept: assembled.conflicts.len(),
            import: Some((std::mem::take(&mut assembled.import), earlier)),
            edit: assembled.into_edit(),
        }))
    }
}

/// An event as the form lists it.
fn listed(event: &Event, title: impl Fn(&Text) -> Option<String>) -> [String; 3] {
    let lane = event.lane.as_ref().and_then(|id| title(id).or_else(|| Some(id.to_string())));
    [event.date_in_words(), event.title.to_string(), lane.unwrap_or_default()]
}

/// What changed on both sides, as it is told.
fn in_words(timeline: &Timeline, conflict: &Conflict) -> String {
    let Conflict { id, field, here, there } = conflict;
    let title = timeline.event(id).map_or_else(|| id.to_string(), |event| event.title.to_string());
    format!("“{title}”: {field} stays “{here}”; the file says “{there}”")
}

/// What changes in records that are there, a line each.
fn changes(all: &[RecordDifference], is_told: impl Fn(RecordKind) -> bool) -> Vec<String> {
    let changed = all.iter().filter(|it| is_told(it.key.kind()) && matches!(it.difference, Difference::Changed(_)));
    changed.map(|it| format!("“{}”: {}", it.title, compare::field_lines(it).join("; "))).collect()
}

/// What a file of Annalist's own is.
fn about(file: &EventsFile, own: &Own) -> String {
    // That Annalist wrote it is known; which of its three forms it has is told by the first sign.
    let first = file.bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    let kind = if file.bytes.starts_with(ARCHIVE) {
        "A workbook"
    } else if matches!(first, Some(b'{' | b'[')) {
        "A file of JSON"
    } else {
        "A table"
    };
    let mut parts = vec![counted(own.events.len(), "event")];
    for (count, noun) in [(own.sources.len(), "source"), (own.lanes.len(), "lane"), (own.eras.len(), "era")] {
        if count > 0 {
            parts.push(counted(count, noun));
        }
    }
    let known = if own.is_as_of { ", as known on a date" } else { "" };
    format!("{kind} that Annalist wrote: {}{known}", parts.join(", "))
}

fn own_summary(all: &[RecordDifference]) -> String {
    let mut parts = Vec::new();
    for kind in [RecordKind::Event, RecordKind::Source, RecordKind::Lane, RecordKind::Era, RecordKind::View] {
        let Summary { added, changed, .. } = Summary::of(kind, all);
        for (count, what) in [(added, "new"), (changed, "changed")] {
            if count > 0 {
                let noun = kind.noun();
                parts.push(counted(count, &format!("{what} {noun}")));
            }
        }
    }
    if parts.is_empty() { "All of it is there already".to_owned() } else { parts.join(", ") }
}

fn summary(assembled: &Assembled) -> String {
    let mut parts = vec![format!("{} new", assembled.counts.added)];
    for (number, words) in [
        (assembled.updated.len(), "brought up to date"),
        (assembled.unchanged, "there already"),
        (assembled.conflicts.len(), "changed on both sides"),
        (assembled.deleted, "deleted here before"),
        (assembled.missing, "not in the file any more"),
        (assembled.counts.undated, "undated"),
        (assembled.counts.rejected, "not taken as they stand"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {words}"));
        }
    }
    parts.join(", ")
}
