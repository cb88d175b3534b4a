//! The harness of the window: the whole program on a file in a folder of its own, without a display, driven by pointer, keys
//! and accessible names.
//!
//! A test opens a window on a text, does what a user would, and looks at what is shown, at the program and at the file:
//!
//! ```ignore
//! let mut window = Window::on(TREATY);
//! window.select("Duma ratifies");                    // a mark or a row, by the start of its name
//! window.fill("Title", "State Duma ratifies");       // a field, by its name
//! window.key(Key::Enter);
//! assert!(window.shows("State Duma ratifies"));      // by a part of its name
//! assert_eq!(window.titles(), ["State Duma ratifies"]);
//! window.ctrl(Key::S);
//! assert!(window.text().contains("State Duma ratifies"));
//! ```
//!
//! - Another size, other settings, an existing folder, pictures: `Setup { size, ..Setup::default() }.on(TREATY)`.
//! - Every verb ends with [`Screen::settle`]: frames are run until nothing moves and no job is left. A job wakes the harness
//!   by asking for a frame, as it wakes the program. Nothing sleeps: for something that comes before the end of a job use
//!   [`Screen::wait_until`].
//! - Time is counted in frames (`Setup::step_seconds`), so a notice grows old by [`Screen::steps`].
//! - Dialogs of the system answer what [`Window::answer`] has put ready, else they are cancelled.
//! - A panel by itself, with the actions it pushes: [`panel::Desk`].
//! - Look for a verb in `screen.rs` (what any interface has) and here (what this program has) before you write one.

pub mod panel;
mod platform;
mod screen;

use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use annalist::app::{App, OpenRequest, Pick, Picked, Platform, Settings};
use annalist::diagnostic::Severity;
use annalist::model::{Event, Source, Timeline};
use annalist::ui::{NoticeKind, ThemeChoice};
use egui::accesskit::Role;
use egui::{Pos2, Vec2, ViewportCommand, ViewportEvent, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, Queryable as _};
use tempfile::TempDir;

pub use platform::Still;
pub use screen::{Screen, State, Wake, is_text, key_event, name};

use crate::software::SoftwareRenderer;
use platform::Dropped;

/// The name of the file on which [`Window::on`] opens a window.
pub const FILE: &str = "timeline.ron";

/// Two lanes' worth of a treaty as people write it: comments, odd layout, a trailing comma here and none there.
pub const TREATY: &str = r#"// Kept by hand.
Timeline(
    format: 1,
    title: "Treaty",

    lanes: [ Lane(id: "treaty", title: "Treaty") ],
    events: [
        // The spine.
        Event(id: "signing",  title: "Treaty signed",
              date: "2024-06-19", lane: "treaty"),
        Event(
            id: "duma", title: "Duma ratifies", date: "2024-10-24",   // by 397 votes
            lane: "treaty",
            links: [Link(to: "signing", relation: Implements)],
        ),
        Event(id: "force", title: "Treaty in force", date: "2024-12-04"),
    ]
)
"#;

/// What a window is opened with.
pub struct Setup {
    /// What the program remembers.
    pub settings: Settings,
    /// Whether events are read first, as in a new program; most tests are about forms.
    pub reads: bool,
    /// The size of the window in points.
    pub size: Vec2,
    /// How long a frame takes, in seconds of the window's clock.
    pub step_seconds: f32,
    /// Whether frames can be rendered to images.
    pub renders: bool,
    /// The folder of the files; a new one where there is none.
    pub folder: Option<TempDir>,
    /// Whether what is to outlive a crash is kept, in that folder.
    pub keeps_state: bool,
    /// Another machine than one whose clock stands still; then dialogs do not answer what was put ready.
    pub platform: Option<Arc<dyn Platform>>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            reads: false,
            size: vec2(1360.0, 840.0),
            step_seconds: 0.25,
            renders: false,
            folder: None,
            keeps_state: false,
            platform: None,
        }
    }
}

impl Setup {
    /// A settled window on a file of this text.
    pub fn on(mut self, text: &str) -> Window {
        let folder = self.folder.take().unwrap_or_else(|| tempfile::tempdir().unwrap());
        let path = folder.path().join(FILE);
        std::fs::write(&path, text).unwrap();
        Self { folder: Some(folder), ..self }.open(OpenRequest::File(path))
    }

    /// A window on what is asked for, settled.
    pub fn open(self, request: OpenRequest) -> Window {
        let mut window = self.begin(request);
        window.settle();
        window
    }

    /// A window on what is asked for, after its first frames: a file may still be read.
    pub fn begin(self, request: OpenRequest) -> Window {
        let folder = self.folder.unwrap_or_else(|| tempfile::tempdir().unwrap());
        let settings = Settings { edits: self.settings.edits || !self.reads, ..self.settings };
        let theme = if settings.theme == ThemeChoice::Dark { egui::Theme::Dark } else { egui::Theme::Light };
        let builder = Harness::builder()
            .with_theme(theme)
            .with_size(self.size)
            .with_max_steps(40)
            .with_step_dt(self.step_seconds);
        let builder = if self.renders { builder.renderer(SoftwareRenderer::default()) } else { builder };
        let platform = Arc::new(Still::keeping(self.keeps_state.then(|| folder.path().join("state"))));
        let wake = Arc::new(Wake::default());
        let harness = builder.build_eframe(|cc| {
            wake.listen(&cc.egui_ctx);
            let machine = self.platform.unwrap_or_else(|| Arc::clone(&platform) as _);
            App::new(&cc.egui_ctx, settings, request, machine)
        });
        Window { screen: Screen::new(harness, wake), platform, folder }
    }
}

impl State for App {
    fn is_busy(&self) -> bool {
        Self::is_busy(self)
    }

    fn job(&self) -> Option<&'static str> {
        Self::job(self).map(|job| job.label())
    }
}

/// The whole program, with a platform that answers as a user would and a folder for its files.
pub struct Window {
    screen: Screen<App>,
    platform: Arc<Still>,
    pub folder: TempDir,
}

impl Deref for Window {
    type Target = Screen<App>;

    fn deref(&self) -> &Screen<App> {
        &self.screen
    }
}

impl DerefMut for Window {
    fn deref_mut(&mut self) -> &mut Screen<App> {
        &mut self.screen
    }
}

impl Window {
    /// A settled window on a file of this text.
    pub fn on(text: &str) -> Self {
        Setup::default().on(text)
    }

    /// Ends the program without its being asked, as a crash does; what is left is in the folder.
    pub fn crash(self) -> TempDir {
        drop(self.screen);
        self.folder
    }

    /// Has the settings written, as is done now and then and at the end.
    pub fn keep_settings(&mut self) {
        eframe::App::save(self.harness.state_mut(), &mut Nowhere);
    }

    /// The names in the window's folder, sorted.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// The path of a file in the window's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The path of the file on which [`Self::on`] opens.
    pub fn file(&self) -> PathBuf {
        self.path(FILE)
    }

    /// The text of that file as it is on the disk.
    pub fn text(&self) -> String {
        std::fs::read_to_string(self.file()).unwrap()
    }

    /// Puts an answer ready for the next dialog of the system.
    pub fn answer(&self, answer: impl Into<Answer>) {
        self.platform.answer(answer.into().0);
    }

    /// What dialogs of the system were asked for.
    pub fn asked(&self) -> Vec<Pick> {
        self.platform.asked()
    }

    /// Lets files go over the window.
    pub fn drop_files(&mut self, paths: &[&Path]) {
        self.hold_and_drop(paths);
        self.settle();
    }

    /// Lets files go over the window, and runs no frame.
    pub fn hold_and_drop(&mut self, paths: &[&Path]) {
        for path in paths {
            self.harness.input_mut().dropped_files.push(Arc::new(Dropped((*path).to_owned())));
        }
    }

    /// Runs a command of a menu, by names, wherever in the menu it has been scrolled to.
    pub fn menu(&mut self, title: &str, entry: &str) {
        self.click(title);
        let by = By::new().role(Role::Button).label_contains(entry);
        self.harness.get_all(by).next().unwrap_or_else(|| panic!("no {entry:?} in {title}")).click_accesskit();
        self.settle();
    }

    /// Undoes by the menu.
    pub fn undo(&mut self) {
        self.menu("Edit", "Undo:");
    }

    /// Asks the window to close, as its frame does; what the next frame asks of the system.
    pub fn ask_to_close(&mut self) -> Vec<ViewportCommand> {
        let id = self.harness.ctx.viewport_id();
        self.harness.input_mut().viewports.entry(id).or_default().events.push(ViewportEvent::Close);
        self.harness.step();
        let commands = self.commands();
        self.settle();
        commands
    }
}

/// The program as the window shows it.
impl Screen<App> {
    /// The program.
    pub fn app(&self) -> &App {
        self.harness.state()
    }

    /// The open timeline.
    pub fn timeline(&self) -> &Timeline {
        self.app().session().timeline()
    }

    /// The titles of all events, in the order of the file.
    pub fn titles(&self) -> Vec<&str> {
        self.timeline().events().iter().map(|event| event.title.as_str()).collect()
    }

    /// The event of this id.
    pub fn event(&self, id: &str) -> &Event {
        self.timeline().event(id).unwrap_or_else(|| panic!("no event {id}"))
    }

    /// The source of this id.
    pub fn source(&self, id: &str) -> &Source {
        self.timeline().source(id).unwrap_or_else(|| panic!("no source {id}"))
    }

    /// What Undo would take back; empty where there is nothing.
    pub fn undo_label(&self) -> &str {
        self.app().session().history().undo_label().unwrap_or_default()
    }

    /// The texts of all notices.
    pub fn notices(&self) -> Vec<&str> {
        self.app().notices().iter().map(|notice| notice.text.as_str()).collect()
    }

    /// Whether a notice says this.
    pub fn tells(&self, text: &str) -> bool {
        self.notices().iter().any(|notice| notice.contains(text))
    }

    /// The texts of the notices of errors.
    pub fn errors(&self) -> Vec<&str> {
        let errors = self.app().notices().iter().filter(|notice| notice.kind == NoticeKind::Error);
        errors.map(|notice| notice.text.as_str()).collect()
    }

    /// The codes of all problems.
    pub fn problems(&self) -> Vec<&str> {
        self.app().session().problems().iter().map(|problem| problem.code).collect()
    }

    /// The codes of the problems that are errors.
    pub fn problem_errors(&self) -> Vec<&str> {
        let problems = self.app().session().problems().iter();
        problems.filter(|problem| problem.severity == Severity::Error).map(|problem| problem.code).collect()
    }

    /// The points that a day takes on the track.
    pub fn day_pt(&self) -> f32 {
        (annalist::time::Instant::DAY as f64 / self.app().view().place.viewport.micros_per_pt) as f32
    }

    /// The middle of an event's mark.
    pub fn mark(&self, title: &str) -> Pos2 {
        self.option(title).rect().center()
    }
}

/// A storage of the window's own state in which nothing is kept.
struct Nowhere;

impl eframe::Storage for Nowhere {
    fn get_string(&self, _: &str) -> Option<String> {
        None
    }

    fn set_string(&mut self, _: &str, _: String) {}

    fn remove_string(&mut self, _: &str) {}

    fn flush(&mut self) {}
}

/// What a dialog of the system answers.
pub struct Answer(Picked);

impl From<Picked> for Answer {
    fn from(picked: Picked) -> Self {
        Self(picked)
    }
}

impl From<PathBuf> for Answer {
    fn from(path: PathBuf) -> Self {
        Self(Picked::Path(path))
    }
}

impl From<&Path> for Answer {
    fn from(path: &Path) -> Self {
        Self(Picked::Path(path.to_owned()))
    }
}
