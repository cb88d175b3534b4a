//! Work that must not hold up a frame: files, dialogs of the system, pictures. Each job runs on a thread of its own, reports
//! once through a channel and brings along what is done with its result.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use egui::Context;

use super::App;

/// What a job does: by this it is found among those that run, and named to the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobKind {
    /// A timeline is read.
    Open,
    /// The timeline is written.
    Save,
    /// The system asks the user for a path.
    Pick,
    /// A picture or a brief is written.
    Export,
    /// A small picture is made for the export dialog.
    Preview,
    /// A file is copied beside the timeline.
    AttachCapture,
    /// An image of an event is made small.
    Thumbnail,
    /// Captured files are compared with their hashes.
    CheckCaptures,
    /// A file of events is read, to be shown.
    ReadEvents,
    /// Events are brought in.
    ImportEvents,
    /// The rows that an import did not take are written.
    WriteRejected,
    /// A file of references is read.
    ReadReferences,
    /// The sources are written for another program.
    WriteReferences,
    /// A long timeline is searched.
    Search,
    /// The texts of a long timeline are put side by side.
    Prepare,
    /// The values of the events of a long timeline are counted.
    Count,
    /// The events of a long timeline are put in the order of a column.
    Sort,
    /// What a question to a long timeline can go on with is looked up.
    Offer,
    /// The bands of a long timeline are worked out.
    Group,
    /// The colours of the values of a long timeline are chosen.
    Color,
    /// The accounts of a long timeline are derived.
    Accounts,
    /// Gaps and bursts of a long timeline are looked for.
    Activity,
    /// A long timeline is checked.
    Check,
    /// What a crash left is looked for.
    Recover,
    /// Two timelines are compared.
    Compare,
    /// What another program has written into the file is read.
    Follow,
    /// Earlier versions are looked for.
    Versions,
    /// An earlier version is brought back.
    RestoreVersion,
    /// An earlier version is written to another file.
    CopyVersion,
    /// What a file held that is gone is kept among its versions.
    KeepVersion,
}

impl JobKind {
    /// What the status line says meanwhile.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "Opening…",
            Self::Save => "Saving…",
            Self::Pick => "Waiting for the file dialog…",
            Self::Export => "Exporting…",
            Self::Preview => "Making a preview…",
            Self::AttachCapture => "Attaching a capture…",
            Self::Thumbnail => "Reading an image…",
            Self::CheckCaptures => "Checking captures…",
            Self::ReadEvents => "Reading events…",
            Self::ImportEvents => "Importing events…",
            Self::WriteRejected => "Saving the rejected rows…",
            Self::ReadReferences => "Reading references…",
            Self::WriteReferences => "Writing references…",
            Self::Search => "Searching…",
            Self::Prepare => "Preparing the search…",
            Self::Count => "Counting…",
            Self::Sort => "Sorting…",
            Self::Offer => "Looking up what can stand here…",
            Self::Activity => "Looking for gaps and bursts…",
            Self::Group => "Grouping…",
            Self::Color => "Choosing colours…",
            Self::Accounts => "Deriving accounts…",
            Self::Check => "Checking…",
            Self::Compare => "Comparing…",
            Self::Follow => "Reading what has changed…",
            Self::Versions => "Looking for earlier versions…",
            Self::RestoreVersion => "Restoring the version…",
            Self::CopyVersion => "Saving a copy…",
            Self::KeepVersion => "Keeping a version…",
            Self::Recover => "Looking for unsaved changes…",
        }
    }
}

/// What is done with what came of a job.
type Then = Box<dyn FnOnce(&mut App) + Send>;

/// A job that is over.
pub struct Finished {
    kind: JobKind,
    /// None where it broke off.
    then: Option<Then>,
}

impl Finished {
    /// Does what the job brought along; says which kind it was where it broke off instead.
    pub fn take_up(self, app: &mut App) -> Result<(), JobKind> {
        self.then.map(|then| then(app)).ok_or(self.kind)
    }
}

/// The jobs that run now.
pub struct Jobs {
    ctx: Context,
    sender: Sender<(u64, Finished)>,
    receiver: Receiver<(u64, Finished)>,
    running: Vec<(u64, JobKind)>,
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

    /// Starts a job; `then` is called in a later frame with what came of `work`.
    pub fn start<T: Send + 'static>(
        &mut self,
        kind: JobKind,
        work: impl FnOnce() -> T + Send + 'static,
        then: impl FnOnce(&mut App, T) + Send + 'static,
    ) {
        self.started += 1;
        let number = self.started;
        self.running.push((number, kind));
        let (sender, ctx) = (self.sender.clone(), self.ctx.clone());
        std::thread::spawn(move || {
            let result = catch_unwind(AssertUnwindSafe(work)).ok();
            let then = result.map(|result| -> Then { Box::new(move |app| then(app, result)) });
            // The window may have gone meanwhile: then nobody waits for the result.
            let _ = sender.send((number, Finished { kind, then }));
            ctx.request_repaint();
        });
    }

    /// Lets go of something large without holding up the frame.
    pub fn drop_elsewhere(&self, what: impl Send + 'static) {
        std::thread::spawn(move || drop(what));
    }

    /// What the longest-running job does.
    pub fn busy(&self) -> Option<JobKind> {
        self.running.first().map(|&(_, kind)| kind)
    }

    /// Whether a job of this kind runs.
    pub fn is_running(&self, kind: JobKind) -> bool {
        self.running.iter().any(|&(_, other)| other == kind)
    }

    /// The jobs that are over and have not been taken up.
    pub fn finished(&mut self) -> Vec<Finished> {
        let mut all = Vec::new();
        while let Ok((number, finished)) = self.receiver.try_recv() {
            self.running.retain(|&(other, _)| other != number);
            all.push(finished);
        }
        all
    }

    /// The next job that is over, waited for at most this long.
    pub fn wait(&mut self, longest: Duration) -> Option<Finished> {
        let (number, finished) = self.receiver.recv_timeout(longest).ok()?;
        self.running.retain(|&(other, _)| other != number);
        Some(finished)
    }
}
