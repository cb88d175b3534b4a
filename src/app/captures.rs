//! Captures at work: files copied beside the timeline as evidence, and the comparison of all of them with their hashes, both
//! in the background.

use std::hash::Hasher as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use egui::{Context, OpenUrl};
use rustc_hash::FxHasher;

use super::jobs::JobKind;
use super::{App, Dialog};
use crate::diagnostic::Diagnostic;
use crate::edit::Edit;
use crate::model::{Capture, Text, Timeline};
use crate::store::capture;
use crate::ui::dialog::{Opening, PathPurpose};
use crate::ui::{CaptureCheck, Command, Notice, NoticeKind, file_name};

/// Where a capture belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptureTarget {
    /// The file of the timeline.
    timeline: PathBuf,
    /// The id of the source.
    source: Text,
    /// The file of the capture it was made from, where it is an alteration.
    alters: Option<Text>,
}

/// Events beyond which an edit does not make a check look for images again.
const MOST_WATCHED: usize = 20_000;

/// Names a set of captured files with their hashes, and where they lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapturesOf {
    timeline: PathBuf,
    /// Of all entries of all sources and all images of events; none where there are neither.
    fingerprint: Option<u64>,
}

/// Which captured files were checked last.
#[derive(Debug, Default)]
pub(super) struct CaptureWatch {
    /// The revision and path that were looked at last.
    seen: Option<(u64, Option<PathBuf>)>,
    asked: Option<CapturesOf>,
    cancel: Arc<AtomicBool>,
}

impl App {
    /// Begins a check wherever the captures are others than those checked last.
    pub(super) fn watch_captures(&mut self) {
        let seen = (self.session.revision(), self.session.path().map(Path::to_owned));
        if self.watch.seen.as_ref() == Some(&seen) {
            return;
        }
        let path = seen.1.clone();
        self.watch.seen = Some(seen);
        let Some(timeline) = path else {
            self.forget_check();
            self.view.transient.captures = CaptureCheck::Unsaved;
            return;
        };
        let captures = CapturesOf { timeline, fingerprint: fingerprint(self.session.timeline()) };
        if self.watch.asked.as_ref() != Some(&captures) {
            self.start_check(captures);
        }
    }

    /// Checks again what was checked already.
    pub(super) fn check_captures(&mut self) {
        self.forget_check();
        self.watch.seen = None;
        self.watch_captures();
    }

    fn forget_check(&mut self) {
        // The flag belongs to the job that has it: a later check is given one of its own.
        self.watch.cancel.store(true, Ordering::Relaxed);
        self.watch.asked = None;
        self.session.captures_checked(Vec::new());
    }

    fn start_check(&mut self, captures: CapturesOf) {
        self.forget_check();
        self.watch.asked = Some(captures.clone());
        if captures.fingerprint.is_none() {
            self.view.transient.captures = CaptureCheck::Done;
            return;
        }
        self.view.transient.captures = CaptureCheck::Running;
        // The job reads a snapshot of the timeline: edits go on meanwhile, and its result is judged by what was asked.
        let cancel = Arc::new(AtomicBool::new(false));
        self.watch.cancel = Arc::clone(&cancel);
        let timeline = Arc::clone(self.session.timeline());
        let path = captures.timeline.clone();
        let work = move || capture::verify(&path, &timeline, &|| cancel.load(Ordering::Relaxed));
        self.jobs.start(JobKind::CheckCaptures, work, move |app, found| app.finish_check(&captures, found));
    }

    /// Takes up what a check found, unless the captures are others by now.
    fn finish_check(&mut self, asked: &CapturesOf, found: Option<Vec<Diagnostic>>) {
        if let Some(found) = found.filter(|_| self.watch.asked.as_ref() == Some(asked)) {
            self.session.captures_checked(found);
            self.view.transient.captures = CaptureCheck::Done;
        }
    }

    /// Asks for a file to keep as a capture of a source.
    pub(super) fn attach_capture(&mut self, source: Text, alters: Option<Text>) {
        self.commit_pending();
        if let Some(target) = self.capture_target(source, alters) {
            self.panels.capture_target = Some(target);
            self.pick(PathPurpose::Capture, None);
        }
    }

    /// The target, unless the timeline has no file beside which captures could lie: then that is said.
    fn capture_target(&mut self, source: Text, alters: Option<Text>) -> Option<CaptureTarget> {
        let target = self.session.path().map(|path| CaptureTarget { timeline: path.to_owned(), source, alters });
        if target.is_none() {
            let text = "Save the timeline first: captures are kept in a folder beside its file";
            self.notices.push(Notice::new(NoticeKind::Info, text).offering(&[Command::SaveAs]));
        }
        target
    }

    /// Keeps dropped files as captures of the source that is shown.
    pub(super) fn attach_dropped(&mut self, paths: &[PathBuf]) {
        self.commit_pending();
        let Some(source) = self.view.transient.source.clone() else { return };
        let Some(target) = self.capture_target(source, None) else { return };
        for path in paths {
            self.start_attach(target.clone(), path.clone());
        }
    }

    /// Copies the chosen file beside the timeline.
    pub(super) fn capture_chosen(&mut self, path: PathBuf) {
        if let Some(target) = self.panels.capture_target.take() {
            self.start_attach(target, path);
        }
    }

    fn start_attach(&mut self, target: CaptureTarget, path: PathBuf) {
        let name = self.settings.collector.trim();
        let by = (!name.is_empty()).then(|| name.to_owned());
        let now = self.platform.now();
        let (timeline, source) = (target.timeline.clone(), target.source.clone());
        let work = move || {
            let result = capture::attach(&timeline, &source, &path, by.as_deref(), now);
            result.map_err(|error| error.to_string())
        };
        self.jobs.start(JobKind::AttachCapture, work, move |app, result| app.finish_attach(target, result));
    }

    /// Adds the entry of a file that was copied.
    fn finish_attach(&mut self, target: CaptureTarget, result: Result<Capture, String>) {
        let capture = match result {
            Ok(capture) => Capture { alters: target.alters.clone(), ..capture },
            Err(error) => {
                self.notices.push(Notice::new(NoticeKind::Error, format!("No capture was attached: {error}")));
                return;
            }
        };
        // While the file was copied the timeline may have been saved elsewhere, replaced, or have lost the source. The path of
        // an entry means the folder in which the copy lies: beside another file it would lead nowhere.
        let same_file = self.session.path() == Some(target.timeline.as_path());
        let source = self.session.timeline().source(&target.source).filter(|_| same_file).cloned();
        let Some(mut source) = source else {
            let text = format!("The copy is in {}, but its source is gone: it was not attached", capture.file);
            self.notices.push(Notice::new(NoticeKind::Error, text));
            return;
        };
        let verb = if capture.alters.is_some() { "Record an alteration for" } else { "Attach a capture to" };
        let label = format!("{verb} “{}”", source.title);
        let said = format!("Kept a copy as {}", capture.file);
        // At the end, whatever was edited meanwhile: the order of entries is the order in which evidence came.
        source.captures.push(capture);
        self.edit(label, &Edit::put_source(source), None);
        self.notices.push(Notice::new(NoticeKind::Done, said));
    }

    /// Says that captures stay where they were, where the timeline was saved into another folder.
    pub(super) fn captures_left_behind(&self, saved: &Path) -> Option<Notice> {
        let old = self.session.path()?.parent()?;
        fingerprint(self.session.timeline()).filter(|_| saved.parent() != Some(old))?;
        let text = format!(
            "The captures stay in {}: copy their folder beside {} to keep them together",
            old.display(),
            file_name(saved)
        );
        Some(Notice::new(NoticeKind::Info, text))
    }

    /// Asks whether a captured file is opened.
    pub(super) fn open_capture(&mut self, file: &str) {
        let found = self.session.path().map(|timeline| capture::file_of(timeline, file));
        let text = match found {
            Some(Ok(path)) => {
                self.dialog = Some(Dialog::Open(Opening::Capture(path)));
                return;
            }
            Some(Err(why)) => format!("{file} is not opened: {why}"),
            None => "This timeline is not on disk yet, so there are no captures beside it".to_owned(),
        };
        self.notices.push(Notice::new(NoticeKind::Error, text));
    }
}

/// Opens a file with the program the system has for it.
pub(super) fn open_file(ctx: &Context, path: &Path) {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if let Ok(address) = url::Url::from_file_path(path) {
        ctx.open_url(OpenUrl::new_tab(address));
    }
}

fn fingerprint(timeline: &Timeline) -> Option<u64> {
    // It tells whether to look again, and proves nothing: a hash that is quick serves. Ids are part of it, as problems name
    // their records by them.
    let mut hasher = FxHasher::default();
    let mut any = false;
    for source in timeline.sources().iter().filter(|source| !source.captures.is_empty()) {
        any = true;
        hasher.write(source.id.as_bytes());
        for capture in source.captures.iter() {
            hasher.write(capture.file.as_bytes());
            hasher.write(capture.hash.value.as_bytes());
        }
    }
    // In a long timeline, to look at every event after each edit would be felt: its images are looked for with the captures.
    for event in timeline.events().iter().take(if timeline.events().len() <= MOST_WATCHED { MOST_WATCHED } else { 0 }) {
        for image in &event.rare.images {
            any = true;
            hasher.write(event.id.as_bytes());
            hasher.write(image.file.as_bytes());
        }
    }
    any.then(|| hasher.finish())
}
