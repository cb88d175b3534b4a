//! Work that must not hold up a frame: files, dialogs of the system, pictures. Each job runs on a thread of its own and
//! reports once through a channel.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use egui::{ColorImage, Context};

use super::captures::{CaptureTarget, CapturesOf};
use super::files::Next;
use super::platform::Picked;
use super::session::{Checked, Placed, Session};
use crate::diagnostic::Diagnostic;
use crate::interchange::Imported;
use crate::model::Capture;
use crate::query::Answer;
use crate::store::{FileText, LoadError, SaveError};
use crate::ui::dialog::{BriefPreview, ExportForm, PathPurpose};

/// What came of a job.
#[expect(clippy::large_enum_variant, reason = "a handful in a session")]
pub enum Outcome {
    /// A file was read, or not.
    Loaded {
        /// The file.
        path: PathBuf,
        /// Which reading this was.
        number: u64,
        /// The timeline; nothing where the reading was cancelled.
        result: Result<Option<Box<Session>>, LoadError>,
    },
    /// The timeline was written, or not.
    Saved {
        /// The file.
        path: PathBuf,
        /// The revision of the session.
        revision: u64,
        /// The revision within its history.
        history_revision: u64,
        /// What follows a save that went well.
        then: Option<Next>,
        /// The text now on disk, and where the problems of this revision stand in it.
        result: Result<(FileText, Placed), SaveError>,
    },
    /// The user was asked for a path.
    Picked {
        /// What for.
        purpose: PathPurpose,
        /// What follows a save to that path.
        then: Option<Next>,
        /// The answer.
        picked: Picked,
    },
    /// A picture or a brief was written, or not.
    Exported {
        /// The file.
        path: PathBuf,
        /// What there is to say of it, or why not.
        result: Result<Option<String>, String>,
    },
    /// What the export dialog shows of what will be written.
    Previewed {
        /// What it shows.
        form: ExportForm,
        /// The preview, or why there is none.
        result: Result<Sketch, String>,
    },
    /// A file was kept as a capture, or not.
    Attached {
        /// Of which source.
        target: CaptureTarget,
        /// The entry, or why there is none.
        result: Result<Capture, String>,
    },
    /// The captured files were compared with their hashes.
    CapturesChecked {
        /// Which they were.
        asked: CapturesOf,
        /// What is wrong with them; none where the check was broken off.
        found: Option<Vec<Diagnostic>>,
    },
    /// A file of references was read, or not.
    SourcesRead {
        /// The file.
        path: PathBuf,
        /// What it holds.
        result: Result<Imported, String>,
    },
    /// The sources were written for another program, or not.
    SourcesWritten {
        /// The file.
        path: PathBuf,
        /// How many.
        count: usize,
        /// Why not.
        result: Result<(), String>,
    },
    /// A long timeline was searched.
    Searched(Option<Answer>),
    /// A long timeline was checked after an edit.
    Checked(Checked),
    /// The job broke off; this is what it was doing.
    Broken(&'static str),
}

/// A preview before it is on the screen.
pub enum Sketch {
    /// A small picture.
    Picture {
        /// Its pixels.
        image: ColorImage,
        /// Width and height of the real one, in pixels.
        size_px: [u32; 2],
    },
    /// The front matter of a brief.
    Brief(BriefPreview),
}

/// The jobs that run now.
pub struct Jobs {
    ctx: Context,
    sender: Sender<(u64, Outcome)>,
    receiver: Receiver<(u64, Outcome)>,
    running: Vec<(u64, &'static str)>,
    started: u64,
}

impl Jobs {
    /// None yet; `ctx` is asked for a frame whenever one reports.
    pub fn new(ctx: Context) -> Self {
        let (sender, receiver) = channel();
        Self { ctx, sender, receiver, running: Vec::new(), started: 0 }
    }

    /// The context that is asked for frames.
    pub fn ctx(&self) -> &Context {
        &self.ctx
    }

    /// Starts a job; `label` says what it does ("Saving…").
    pub fn start(&mut self, label: &'static str, work: impl FnOnce() -> Outcome + Send + 'static) {
        self.started += 1;
        let number = self.started;
        self.running.push((number, label));
        let (sender, ctx) = (self.sender.clone(), self.ctx.clone());
        std::thread::spawn(move || {
            let outcome = catch_unwind(AssertUnwindSafe(work)).unwrap_or(Outcome::Broken(label));
            // The window may have gone meanwhile: then nobody waits for the outcome.
            let _ = sender.send((number, outcome));
            ctx.request_repaint();
        });
    }

    /// Lets go of something large without holding up the frame.
    pub fn drop_elsewhere(&self, what: impl Send + 'static) {
        std::thread::spawn(move || drop(what));
    }

    /// What the longest-running job does.
    pub fn busy(&self) -> Option<&'static str> {
        self.running.first().map(|&(_, label)| label)
    }

    /// Whether a job of this label runs.
    pub fn is_running(&self, label: &str) -> bool {
        self.running.iter().any(|&(_, other)| other == label)
    }

    /// The outcomes that have come in.
    pub fn finished(&mut self) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        while let Ok((number, outcome)) = self.receiver.try_recv() {
            self.running.retain(|&(other, _)| other != number);
            outcomes.push(outcome);
        }
        outcomes
    }

    /// The next outcome, waited for at most this long.
    pub fn wait(&mut self, longest: Duration) -> Option<Outcome> {
        let (number, outcome) = self.receiver.recv_timeout(longest).ok()?;
        self.running.retain(|&(other, _)| other != number);
        Some(outcome)
    }
}
