//! Events of other programs brought into the open timeline: the file is read and shown in a form, again after every answer, and
//! becomes one step once it is to be.
//!
//! Owns the form while it is open. What is read and what it comes to is for `reading`.

mod reading;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use egui::Context;

use super::jobs::JobKind;
use super::{App, Dialog};
use crate::interchange::events::chronology::{REJECTED_HEADINGS, csv_rows};
use crate::interchange::events::mapping;
use crate::model::Text;
use crate::query::Matches;
use crate::store;
use crate::ui::dialog::PathPurpose;
use crate::ui::{Command, EventsAnswer, EventsForm, Notice, NoticeKind, import_events_ui, navigate, select_many};
use reading::{Done, EventsFile, Read, Reading, Ready, read_imports};

/// Imported events that are selected: of more the window shows all there are.
const MOST_SELECTED: usize = 100_000;

/// The form while it is open.
pub(super) struct EventsDialog {
    form: EventsForm,
    file: Arc<EventsFile>,
    /// What the last reading comes to, with the revision it was read against.
    ready: Option<(u64, Ready)>,
    /// Counts what was asked: an earlier reading that comes late is not taken up.
    asked: u64,
    /// Whether the job that runs is still wanted.
    is_wanted: Arc<AtomicBool>,
    /// How much of the file it has read, in thousandths.
    share: Arc<AtomicU32>,
}

impl Drop for EventsDialog {
    fn drop(&mut self) {
        self.is_wanted.store(false, Ordering::Relaxed);
    }
}

impl App {
    /// Asks for a file of events, or a folder of notes.
    pub(super) fn import_events(&mut self, purpose: PathPurpose) {
        self.commit_pending();
        self.pick(purpose, None);
    }

    /// Asks where the rows go that the last import did not take.
    pub(super) fn save_rejected(&mut self) {
        if self.panels.rejected.is_some() {
            self.pick(PathPurpose::Rejected, None);
        }
    }

    /// Writes these rows as a table with the reasons.
    pub(super) fn write_rejected(&mut self, path: PathBuf) {
        let Some(rejected) = self.panels.rejected.clone() else { return };
        let to = path.clone();
        let work = move || {
            let (file, rows) = &*rejected;
            let head = REJECTED_HEADINGS.map(str::to_owned).to_vec();
            let rows = std::iter::once(head).chain(rows.iter().map(|row| row.row(file)));
            let text = csv_rows(rows).map_err(|error| error.to_string())?;
            store::write_atomic(&to, text.as_bytes()).map_err(|error| store::not_written(&to, &error))?;
            Ok(rejected.1.len())
        };
        let then = move |app: &mut Self, written: Result<usize, String>| {
            app.notices.push(match written {
                Ok(1) => Notice::new(NoticeKind::Info, format!("1 row is in {}", path.display())),
                Ok(rows) => Notice::new(NoticeKind::Info, format!("{rows} rows are in {}", path.display())),
                Err(error) => Notice::new(NoticeKind::Error, format!("The rows were not saved: {error}"))
                    .offering(&[Command::SaveRejected]),
            });
        };
        self.jobs.start(JobKind::WriteRejected, work, then);
    }

    /// Reads a file of events, and shows what would become of it.
    pub(super) fn start_import_events(&mut self, path: PathBuf) {
        self.commit_pending();
        let beside = self.session.path().map(store::imports_file);
        let work = move || EventsFile::open(path, beside.as_deref());
        self.jobs.start(JobKind::ReadEvents, work, Self::show_import_events);
    }

    /// Shows what would become of rows of a table that were pasted.
    pub(super) fn start_paste_table(&mut self, text: &str) {
        let beside = self.session.path().map(store::imports_file);
        let moment = self.platform.now();
        let minutes = moment.micros_of_day() / crate::time::Instant::MINUTE;
        let name = format!("Pasted table {} {:02}:{:02}", moment.day(), minutes / 60, minutes % 60);
        let file = EventsFile::pasted(text, name, beside.as_deref());
        self.show_import_events(file);
    }

    fn show_import_events(&mut self, file: Result<EventsFile, String>) {
        match file {
            Ok(file) => {
                let format = (!file.is_own).then_some(file.format);
                let known = format.and_then(|format| file.imports.of(&file.name, format.id, &[]));
                let mapping = known.and_then(|import| import.mapping.clone()).unwrap_or_default();
                let form = EventsForm::new(file.name.clone(), file.is_own, format, mapping);
                let mut dialog = Box::new(EventsDialog {
                    form,
                    file: Arc::new(file),
                    ready: None,
                    asked: 0,
                    is_wanted: Arc::default(),
                    share: Arc::default(),
                });
                self.read_events(&mut dialog);
                self.dialog = Some(Dialog::Events(dialog));
            }
            Err(error) => self.tell_no_import(format!("No events were imported: {error}")),
        }
    }

    fn tell_no_import(&mut self, text: String) {
        self.notices.push(Notice::new(NoticeKind::Error, text).offering(&[Command::ImportEvents]));
    }

    pub(super) fn events_dialog(&mut self, ctx: &Context, mut dialog: Box<EventsDialog>) {
        if dialog.form.is_reading || dialog.form.is_importing {
            dialog.form.share = dialog.share.load(Ordering::Relaxed) as f32 / 1000.0;
            ctx.request_repaint_after(std::time::Duration::from_millis(100));
        }
        match import_events_ui(ctx, &mut dialog.form, &self.theme, &mut self.shaper) {
            None => {}
            Some(EventsAnswer::Read) => self.read_events(&mut dialog),
            Some(EventsAnswer::Import) => self.bring_in(&mut dialog),
            Some(EventsAnswer::SaveRejected) => {
                self.panels.rejected = dialog.form.read.as_ref().map(|read| Arc::clone(&read.rejected));
                self.save_rejected();
            }
            // Letting go of the dialog calls off what it waits for.
            Some(EventsAnswer::Cancel) => return,
        }
        self.dialog = Some(Dialog::Events(dialog));
    }

    fn reading_of(&self, dialog: &EventsDialog) -> Reading {
        Reading {
            file: Arc::clone(&dialog.file),
            format: dialog.form.format,
            mapping: dialog.form.mapping.clone(),
            answers: dialog.form.answers.clone(),
            timeline: Arc::clone(self.session.timeline()),
            grouping: self.view.place.grouping,
            now: self.platform.now(),
            is_wanted: Arc::clone(&dialog.is_wanted),
            share: Arc::clone(&dialog.share),
        }
    }

    /// Gives the job that begins a sign of its own: that of the one before stays down, however late it looks.
    fn renew(dialog: &mut EventsDialog) -> u64 {
        dialog.is_wanted.store(false, Ordering::Relaxed);
        dialog.is_wanted = Arc::new(AtomicBool::new(true));
        dialog.share = Arc::default();
        dialog.asked += 1;
        dialog.asked
    }

    /// Reads the file by what the form says now. A reading that runs is not wanted any more.
    fn read_events(&mut self, dialog: &mut EventsDialog) {
        let asked = Self::renew(dialog);
        (dialog.form.is_reading, dialog.ready) = (true, None);
        let (reading, revision) = (self.reading_of(dialog), self.session.revision());
        let then = move |app: &mut Self, read: Option<Read>| app.finish_reading_events(asked, revision, read);
        self.jobs.start(JobKind::ReadEvents, move || reading.read(), then);
    }

    /// The dialog that waits for what was asked last.
    fn waiting(&mut self, asked: u64) -> Option<&mut EventsDialog> {
        // While a path is chosen the dialog waits with the panels.
        let dialog = match (&mut self.dialog, &mut self.panels.waiting_events) {
            (Some(Dialog::Events(dialog)), _) | (_, Some(dialog)) => dialog,
            _ => return None,
        };
        (dialog.asked == asked).then_some(dialog)
    }

    fn finish_reading_events(&mut self, asked: u64, revision: u64, read: Option<Read>) {
        let Some(dialog) = self.waiting(asked) else { return };
        let Some(Read { shown, questions, mapping, is_known, ready }) = read else { return };
        dialog.form.take_up(shown, questions, mapping, is_known);
        dialog.ready = Some((revision, ready));
    }

    /// Makes what was shown one step of the timeline.
    fn bring_in(&mut self, dialog: &mut EventsDialog) {
        // What was shown holds against the timeline as it was: ids and fields may stand for something else by now.
        let Some((revision, ready)) = dialog.ready.take().filter(|(read, _)| *read == self.session.revision()) else {
            self.read_events(dialog);
            self.tell("The timeline was changed meanwhile: see what would come in now".to_owned());
            return;
        };
        let asked = Self::renew(dialog);
        dialog.form.is_importing = true;
        let (reading, path) = (self.reading_of(dialog), self.session.path().map(Path::to_owned));
        let work = move || ready.bring_in(&reading, path.as_deref());
        let then = move |app: &mut Self, done| app.finish_import_events(asked, revision, done);
        self.jobs.start(JobKind::ImportEvents, work, then);
    }

    fn finish_import_events(&mut self, asked: u64, revision: u64, done: Result<Option<Done>, String>) {
        let Some(dialog) = self.waiting(asked) else { return };
        let name = dialog.file.name.clone();
        let rejected = dialog.form.read.as_ref().map(|read| Arc::clone(&read.rejected));
        (self.dialog, self.panels.waiting_events) = (None, None);
        match done {
            Ok(None) => {}
            Ok(_) if self.session.revision() != revision => {
                self.tell_no_import(format!("No events were imported from {name}: the timeline was changed meanwhile"));
            }
            Ok(Some(Done { edit, added, updated, kept, import })) => {
                let was_empty = self.session.timeline().events().is_empty();
                let label = match (added.len(), updated.len()) {
                    (0, 0) => format!("Import from {name}"),
                    (0, updated) => format!("Bring {} up to date from {name}", events(updated)),
                    (added, _) => format!("Import {} from {name}", events(added)),
                };
                let said = said(&name, added.len(), updated.len(), kept);
                self.edit_and_tell(label, said, &edit, None);
                // Written at the next save: until then the events stand in no file, and the import can be taken back.
                self.panels.imports.extend(import);
                self.panels.rejected = rejected.filter(|rejected| !rejected.1.is_empty());
                self.show_imported(if added.is_empty() { &updated } else { &added }, was_empty);
            }
            Err(error) => self.tell_no_import(format!("No events were imported: {error}")),
        }
    }

    /// Selects events that came in and brings them into the window; the notice of it leads back to them.
    fn show_imported(&mut self, ids: &[Text], was_empty: bool) {
        let remedies: &[Command] = match self.view.place.query.trim().is_empty() {
            _ if was_empty => &[Command::ZoomAll],
            true => &[Command::ZoomSelection],
            false => &[Command::ZoomSelection, Command::ClearQuestion],
        };
        let mut remedies = remedies.to_vec();
        remedies.extend(self.panels.rejected.is_some().then_some(Command::SaveRejected));
        let all_shown = was_empty || ids.len() > MOST_SELECTED;
        if all_shown {
            self.view.transient.fit_pending = true;
        } else {
            let document = self.session.document(self.platform.now());
            let positions = ids.iter().filter_map(|id| document.timeline.event_position(id));
            let imported = Matches::of(document.timeline.events().len(), positions);
            let window = self.view.place.viewport;
            let extent = document.index.extent_of(document.timeline, imported.iter());
            let is_seen = extent.is_none_or(|(start, end)| window.origin <= start && end <= window.end());
            self.view.transient.selection = None;
            select_many(document, &mut self.view, imported);
            if !is_seen {
                navigate(Command::ZoomSelection, document, &mut self.view);
            }
        }
        if let Some(notice) = self.notices.last_mut().filter(|notice| notice.undoes.is_some()) {
            notice.remedies = remedies;
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
            let before = earlier.iter().flat_map(|earlier| &earlier.events.0);
            let before: HashSet<&str> = before.map(|(key, _)| key.as_str()).collect();
            import.events.0.retain(|(key, (id, _))| before.contains(key.as_str()) || timeline.event(id).is_some());
            if import.events.0.is_empty() {
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

fn events(count: usize) -> String {
    format!("{count} event{}", if count == 1 { "" } else { "s" })
}

/// What came of an import.
fn said(name: &str, added: usize, updated: usize, kept: usize) -> String {
    let mut parts = Vec::new();
    if added > 0 || updated == 0 {
        parts.push(format!("{} added from {name}", events(added)));
    }
    if updated > 0 {
        let from = if added == 0 { format!(" from {name}") } else { String::new() };
        parts.push(format!("{updated} brought up to date{from}"));
    }
    if kept > 0 {
        parts.push(format!("{kept} kept as changed here"));
    }
    parts.join(", ")
}
