//! Events of other programs brought into the open timeline: the file is read and shown in a form, again after every answer, and
//! becomes one step once it is to be.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use egui::{ColorImage, Context, TextureOptions};

use super::jobs::JobKind;
use super::{App, Dialog};
use crate::edit::Edit;
use crate::export;
use crate::export::picture::{self, PictureOptions};
use crate::interchange::events::assemble::{Conflict, Import, Origin};
use crate::interchange::events::mapping;
use crate::interchange::events::{
    Answers, Asked, Assembled, Chronology, Format, Imports, Input, Mapping, Question, assemble,
};
use crate::model::{Event, Text, Timeline};
use crate::store;
use crate::text::Shaper;
use crate::time::{Date, Instant, Precision, Zone};
use crate::ui::dialog::PathPurpose;
use crate::ui::style::Chrome;
use crate::ui::{EventsAnswer, EventsForm, EventsRead, Notice, NoticeKind, file_name, import_events_ui};

/// Rows and events that the form shows.
const MOST_SHOWN: usize = 60;

/// Events of which a picture is made: of more it would say little, and take long.
const MOST_DRAWN: usize = 20_000;

/// Width of that picture in points.
const PICTURE_PX: u32 = 1000;

/// The form while it is open.
pub(super) struct EventsDialog {
    form: EventsForm,
    file: Arc<EventsFile>,
    /// Counts what was asked: an earlier reading that comes late is not taken up.
    asked: u64,
    /// Whether the reading that runs is still wanted.
    is_wanted: Arc<AtomicBool>,
    /// How much of the file it has read, in thousandths.
    share: Arc<AtomicU32>,
}

impl Drop for EventsDialog {
    fn drop(&mut self) {
        self.is_wanted.store(false, Ordering::Relaxed);
    }
}

/// A file that is to be brought in, read once.
struct EventsFile {
    path: PathBuf,
    name: String,
    bytes: Vec<u8>,
    format: &'static Format,
    /// What earlier imports gave.
    imports: Imports,
}

/// What is read and how, as a job needs it.
#[derive(Clone)]
struct Reading {
    file: Arc<EventsFile>,
    mapping: Mapping,
    answers: Answers,
    timeline: Arc<Timeline>,
    now: Instant,
    is_wanted: Arc<AtomicBool>,
    share: Arc<AtomicU32>,
}

/// What came of a reading.
struct Read {
    shown: EventsRead,
    picture: Option<ColorImage>,
    questions: Vec<Question>,
    mapping: Option<Mapping>,
}

/// What an import comes to.
struct Done {
    edit: Edit,
    added: usize,
    updated: usize,
    import: Import,
    earlier: Option<Import>,
    select: Option<Text>,
}

impl App {
    /// Asks for a file of events.
    pub(super) fn import_events(&mut self) {
        self.commit_pending();
        self.pick(PathPurpose::ImportEvents, None);
    }

    /// Reads a file of events, and shows what would become of it.
    pub(super) fn start_import_events(&mut self, path: PathBuf) {
        self.commit_pending();
        let beside = self.session.path().map(store::imports_file);
        let work = move || open(path, beside.as_deref());
        self.jobs.start(JobKind::ReadEvents, work, Self::show_import_events);
    }

    fn show_import_events(&mut self, file: Result<EventsFile, String>) {
        match file {
            Ok(file) => {
                let known = file.imports.of(&file.name, file.format.id, &[]);
                let mapping = known.and_then(|import| import.mapping.clone()).unwrap_or_default();
                let form = EventsForm::new(file.name.clone(), file.format.label, mapping);
                let is_wanted = Arc::new(AtomicBool::new(true));
                let mut dialog =
                    Box::new(EventsDialog { form, file: Arc::new(file), asked: 0, is_wanted, share: Arc::default() });
                self.read_events(&mut dialog);
                self.dialog = Some(Dialog::Events(dialog));
            }
            Err(error) => {
                let text = format!("No events were imported: {error}");
                self.notices.push(Notice::new(NoticeKind::Error, text).offering(&[crate::ui::Command::ImportEvents]));
            }
        }
    }

    pub(super) fn events_dialog(&mut self, ctx: &Context, mut dialog: Box<EventsDialog>) {
        if dialog.form.is_reading {
            dialog.form.share = dialog.share.load(Ordering::Relaxed) as f32 / 1000.0;
            ctx.request_repaint_after(std::time::Duration::from_millis(100));
        }
        match import_events_ui(ctx, &mut dialog.form, Chrome::of(&self.theme)) {
            None => self.dialog = Some(Dialog::Events(dialog)),
            Some(EventsAnswer::Read) => {
                self.read_events(&mut dialog);
                self.dialog = Some(Dialog::Events(dialog));
            }
            Some(EventsAnswer::Import) => self.bring_in(&dialog),
            Some(EventsAnswer::Cancel) => {}
        }
    }

    fn reading_of(&self, dialog: &EventsDialog) -> Reading {
        Reading {
            file: Arc::clone(&dialog.file),
            mapping: dialog.form.mapping.clone(),
            answers: dialog.form.answers.clone(),
            timeline: Arc::clone(self.session.timeline()),
            now: self.platform.now(),
            is_wanted: Arc::clone(&dialog.is_wanted),
            share: Arc::clone(&dialog.share),
        }
    }

    /// Reads the file by what the form says now. A reading that runs is not wanted any more.
    fn read_events(&mut self, dialog: &mut EventsDialog) {
        // Each reading has a sign of its own: that of the one before stays down, however late its job looks.
        dialog.is_wanted.store(false, Ordering::Relaxed);
        dialog.is_wanted = Arc::new(AtomicBool::new(true));
        dialog.asked += 1;
        dialog.share = Arc::default();
        dialog.form.is_reading = true;
        let (reading, asked) = (self.reading_of(dialog), dialog.asked);
        let then = move |app: &mut Self, read: Option<Read>| app.finish_reading_events(asked, read);
        self.jobs.start(JobKind::ReadEvents, move || reading.read(), then);
    }

    fn finish_reading_events(&mut self, asked: u64, read: Option<Read>) {
        let ctx = self.jobs.ctx().clone();
        let Some(Dialog::Events(dialog)) = &mut self.dialog else { return };
        let Some(read) = read.filter(|_| dialog.asked == asked) else { return };
        let Read { mut shown, picture, questions, mapping } = read;
        shown.picture = picture.map(|image| ctx.load_texture("import preview", image, TextureOptions::LINEAR));
        dialog.form.take_up(shown, questions, mapping);
    }

    /// Makes what was shown one step of the timeline.
    fn bring_in(&mut self, dialog: &EventsDialog) {
        let mut reading = self.reading_of(dialog);
        // The dialog is closed, and with it whoever could call this off.
        reading.is_wanted = Arc::new(AtomicBool::new(true));
        let revision = self.session.revision();
        let (name, path) = (dialog.file.name.clone(), self.session.path().map(Path::to_owned));
        let work = move || reading.bring_in(path.as_deref());
        let then = move |app: &mut Self, done: Result<Done, String>| app.finish_import_events(&name, revision, done);
        self.jobs.start(JobKind::ImportEvents, work, then);
    }

    fn finish_import_events(&mut self, name: &str, revision: u64, done: Result<Done, String>) {
        let told = |text: String| Notice::new(NoticeKind::Error, text).offering(&[crate::ui::Command::ImportEvents]);
        match done {
            // The edit was worked out against the timeline as it was: ids and fields may stand for something else by now.
            Ok(_) if self.session.revision() != revision => {
                let text = format!("No events were imported from {name}: the timeline was changed meanwhile");
                self.notices.push(told(text));
            }
            Ok(Done { edit, added, updated, import, earlier, select }) => {
                let events = if added == 1 { "1 event".to_owned() } else { format!("{added} events") };
                let brought = if updated > 0 { format!(", {updated} brought up to date") } else { String::new() };
                let said = format!("{events} added from {name}{brought}");
                self.edit_and_tell(format!("Import {events} from {name}"), said, &edit, select);
                // Written at the next save: until then the events stand in no file, and the import can be taken back.
                self.panels.imports.push((import, earlier));
            }
            Err(error) => self.notices.push(told(format!("No events were imported: {error}"))),
        }
    }

    /// Keeps what imports gave beside the timeline, now that it is saved. What was taken back since is not kept.
    pub(super) fn keep_imports(&mut self, path: &Path) {
        if self.panels.imports.is_empty() {
            return;
        }
        let kept = store::imports_file(path);
        let mut imports = match read_imports(&kept) {
            Ok(imports) => imports,
            Err(error) => {
                let text = format!("What the import gave was not kept: {error}");
                self.notices.push(Notice::new(NoticeKind::Error, text));
                return;
            }
        };
        let timeline = self.session.timeline();
        for (mut import, earlier) in std::mem::take(&mut self.panels.imports) {
            // What was undone is no event that somebody deleted. What an earlier import gave and is gone is one, and stays known.
            let is_known = |key: &String| earlier.as_ref().is_some_and(|earlier| earlier.events.contains_key(key));
            import.events.retain(|key, (id, _)| is_known(key) || timeline.event(id).is_some());
            if import.events.is_empty() {
                continue;
            }
            let there = imports.of(&import.name, &import.format, &[]).cloned();
            imports.put(import, earlier.as_ref().or(there.as_ref()));
        }
        let written = mapping::to_ron(&imports).map_err(|error| error.to_string()).and_then(|text| {
            store::write_atomic(&kept, text.as_bytes()).map_err(|error| store::not_written(&kept, &error))
        });
        if let Err(error) = written {
            self.notices.push(Notice::new(NoticeKind::Error, format!("What the import gave was not kept: {error}")));
        }
    }
}

impl Reading {
    fn chronology(&self) -> Chronology {
        let Self { file, mapping, answers, is_wanted, share, .. } = self;
        let mapping = Some(mapping).filter(|mapping| !mapping.columns.is_empty());
        let progress = |read: f64| {
            share.store((read * 1000.0) as u32, Ordering::Relaxed);
            is_wanted.load(Ordering::Relaxed)
        };
        file.format.read(&Input::new(&file.name, &file.bytes), &Asked { answers, mapping, progress: &progress })
    }

    fn earlier(&self, mapping: Option<&Mapping>) -> Option<Import> {
        let headers: Vec<&str> = mapping.into_iter().flat_map(Mapping::headers).collect();
        self.file.imports.of(&self.file.name, self.file.format.id, &headers).cloned()
    }

    fn assembled(&self, chronology: Chronology) -> (Assembled, Option<Import>) {
        let earlier = self.earlier(chronology.mapping.as_ref());
        let origin = Origin {
            name: &self.file.name,
            format: self.file.format.id,
            hash: Some(store::capture::hash(&self.file.bytes)),
            today: Some(Date::at_precision(self.now, Precision::Day, Zone::UTC)),
        };
        (assemble(&self.timeline, chronology, &origin, earlier.as_ref()), earlier)
    }

    /// None where nobody waits any more.
    fn read(mut self) -> Option<Read> {
        let mut chronology = self.chronology();
        // A table whose columns are known from another file is read as that was.
        if self.mapping.columns.is_empty()
            && let Some(known) = self.earlier(chronology.mapping.as_ref()).and_then(|earlier| earlier.mapping)
        {
            self.mapping = known;
            chronology = self.chronology();
        }
        let questions = chronology.questions.clone();
        let mapping = chronology.mapping.clone();
        let rows = std::mem::take(&mut chronology.sample);
        let events: Vec<[String; 3]> = chronology
            .records
            .iter()
            .take(MOST_SHOWN)
            .map(|record| {
                let Event { title, lane, .. } = &record.event;
                [record.event.date_in_words(), title.to_string(), lane.as_deref().unwrap_or_default().to_owned()]
            })
            .collect();
        let (assembled, _) = self.assembled(chronology);
        if !self.is_wanted.load(Ordering::Relaxed) {
            return None;
        }
        let shown = EventsRead {
            rows,
            events,
            summary: summary(&assembled),
            changes: assembled.events().len(),
            problems: assembled.problems.clone(),
            conflicts: assembled
                .conflicts
                .iter()
                .map(|conflict| {
                    let Conflict { id, field, here, there } = conflict;
                    format!("{field} of \"{id}\" changed on both sides and stays \"{here}\"; the file says \"{there}\"")
                })
                .collect(),
            picture: None,
        };
        // What comes in, alone: among what is there already it would be hard to find.
        let picture = if assembled.events().is_empty() || assembled.events().len() > MOST_DRAWN {
            None
        } else {
            draw(&assembled.into_timeline(&Timeline::empty("")))
        };
        Some(Read { shown, picture, questions, mapping })
    }

    /// Works the import out, and keeps a copy of the file beside the timeline, where that is one.
    fn bring_in(self, timeline_path: Option<&Path>) -> Result<Done, String> {
        let chronology = self.chronology();
        let (mut assembled, earlier) = self.assembled(chronology);
        if let Some(mapping) = &mut assembled.import.mapping {
            mapping.answers = self.answers.clone();
        }
        if assembled.wants_copy {
            match timeline_path {
                Some(path) => {
                    let copy = store::capture::attach(path, &assembled.source, &self.file.path, None, self.now);
                    assembled.keep_copy(&self.timeline, copy.map_err(|error| error.to_string())?);
                }
                None => assembled.note_hash(&self.timeline, &store::capture::hash(&self.file.bytes)),
            }
        }
        Ok(Done {
            added: assembled.added.len(),
            updated: assembled.updated.len(),
            import: std::mem::take(&mut assembled.import),
            select: assembled.added.first().cloned(),
            edit: assembled.into_edit(),
            earlier,
        })
    }
}

fn summary(assembled: &Assembled) -> String {
    let undated = assembled.events().iter().filter(|event| event.date.is_none()).count();
    let mut parts = vec![format!("{} new", assembled.added.len())];
    for (number, words) in [
        (assembled.updated.len(), "brought up to date"),
        (assembled.unchanged, "there already"),
        (assembled.conflicts.len(), "changed on both sides"),
        (assembled.deleted, "deleted here before"),
        (assembled.missing, "not in the file any more"),
        (undated, "undated"),
        (assembled.rejected.len(), "not taken as they stand"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {words}"));
        }
    }
    parts.join(", ")
}

/// A small picture of the track as it would be.
fn draw(timeline: &Timeline) -> Option<ColorImage> {
    let options = PictureOptions { width_px: PICTURE_PX, scale: 1.0, ..PictureOptions::default() };
    let picture = picture::render(timeline, &options, &mut Shaper::new()).ok()?;
    let bytes = export::png(&picture.scene, 1.0).ok()?;
    super::picture::decode(&bytes).ok()
}

/// Reads a file and what is kept beside the timeline.
fn open(path: PathBuf, imports: Option<&Path>) -> Result<EventsFile, String> {
    let bytes = store::load_bytes(&path).map_err(|error| error.to_string())?;
    let name = file_name(&path);
    let format = Format::of(&Input::new(&name, &bytes))
        .ok_or_else(|| format!("{} is no table and no chronology of a program that is known", path.display()))?;
    let imports = imports.map(read_imports).transpose()?.unwrap_or_default();
    Ok(EventsFile { path, name, bytes, format, imports })
}

fn read_imports(path: &Path) -> Result<Imports, String> {
    if !path.exists() {
        return Ok(Imports::default());
    }
    let bytes = store::load_bytes(path).map_err(|error| error.to_string())?;
    mapping::from_ron(&String::from_utf8_lossy(&bytes)).map_err(|error| format!("{}: {error}", path.display()))
}
