//! The window as a program: the session, the settings, the jobs, and the one place where what panels ask for is done.
//!
//! Owns when a file is read or written and what the user is asked before. Drawing belongs to `ui`; here panels are only placed. Each
//! feature is a file that adds methods to [`App`]; what it keeps between frames is a struct of its own there, and a field here.

mod accounts;
mod act;
mod activity;
mod captures;
mod collided;
mod comparing;
mod drafts;
mod ending;
mod eras;
mod exporting;
mod facets;
mod files;
mod follow;
mod grouping;
mod hits;
mod holding;
mod import_events;
mod jobs;
mod journal;
mod lanes;
mod links;
mod many;
mod meeting;
mod offer;
mod open;
mod picture;
mod places;
mod platform;
mod reading;
mod recovery;
mod references;
mod same_date;
mod search;
mod session;
mod settings;
mod signals;
mod sorting;
mod sources;
mod thumbnails;
mod undecided;
mod versions;
mod views;
mod watch;
mod window;

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

pub use jobs::JobKind;
pub use open::{KeptWork, Opened, RunError, guarded, run};
pub use platform::{Pick, Picked, Platform, System};
pub use session::{Origin, Session, Showing};
pub use settings::{MOST_RECENT, Settings};

use egui::{Context, Ui};

use crate::interchange::events::assemble::Import;
use crate::interchange::events::chronology::Rejected;
use crate::model::Timeline;
use crate::text::Shaper;
use crate::theme::Theme;
use crate::ui::dialog::{Compared, EraForm, LaneForm, LinkForm, NameForm, Opening, PathForm};
use crate::ui::{
    CanvasState, DrawerState, FacetsState, Found, ImportReport, InspectorState, KnownOnState, LegendState, MergeState,
    Notice, PaletteState, PanelRing, ThemeChoice, Thumbnails, TopBarState, UndatedState, ViewState,
};
use accounts::ShownAccounts;
use activity::ShownActivity;
use collided::CollidedDialog;
use facets::Counting;
use files::Next;
use follow::{DivergedDialog, Following};
use grouping::{Regrouping, ShownColors};
use holding::Holding;
use import_events::EventsDialog;
use jobs::Jobs;
use picture::ExportDialog;
use reading::Reading;
use recovery::{RecoverDialog, Recovery};
use search::Search;
use settings::SettingsFile;
use sorting::TableSorting;
use versions::VersionsDialog;

/// What is opened at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenRequest {
    /// The file of the last session; the sample where there was none.
    Last,
    /// This file.
    File(PathBuf),
    /// The sample.
    Sample,
}

/// A question that stops everything else. There is at most one, so that a dialog which another comes before (a path that is chosen for it)
/// waits in [`Panels`].
enum Dialog {
    /// Whether an address or a captured file is opened.
    Open(Opening),
    /// What becomes of unsaved changes before this is done.
    Unsaved(Next),
    /// Where something is, or goes; then this is done.
    Path(PathForm, Option<Next>),
    /// What becomes of the unsaved changes of an earlier run.
    Recover(Box<RecoverDialog>),
    /// How changes made here and in the file come together.
    Diverged(Box<DivergedDialog>),
    /// What a crash left and the file has otherwise.
    Collided(Box<CollidedDialog>),
    /// What a save does whose file is gone; then this is done.
    Gone(Option<Next>),
    /// How a picture is made.
    Export(Box<ExportDialog>),
    /// What differs from another timeline.
    Compared(Compared),
    /// Earlier versions of the timeline.
    Versions(Box<VersionsDialog>),
    /// What becomes of a file of events.
    Events(Box<EventsDialog>),
    /// What an import told of.
    Imported(ImportReport),
    /// Which sources are the same.
    Merge(MergeState),
    /// What something is called.
    Name(NameForm),
    /// An era.
    Era(Box<EraForm>),
    /// How two events relate.
    Link(Box<LinkForm>),
    /// What becomes of the events of a lane that is deleted.
    Lane(LaneForm),
    /// Which command.
    Palette(PaletteState),
    /// Every key.
    Shortcuts,
    /// What this program is.
    About,
}

/// What panels remember between frames; nothing of it is saved or undone.
#[derive(Default)]
struct Panels {
    /// What was chosen from the palette, last first.
    chosen_lately: Vec<Found>,
    canvas: CanvasState,
    legend: LegendState,
    inspector: InspectorState,
    ring: PanelRing,
    /// What the panels beside and below the track took in the last frame, and what the tray of what has no date took of the rest.
    around: window::Around,
    tray: window::Around,
    drawer: DrawerState,
    known_on: KnownOnState,
    undated: UndatedState,
    top_bar: TopBarState,
    facets: FacetsState,
    hits: hits::HitState,
    /// Whether a text field had the keyboard when the last frame ended: Escape takes it before the next begins.
    was_typing: bool,
    /// What is typed is kept when the timeline is left: it is not asked about again.
    keeps_typed: bool,
    /// The title the window has.
    window_title: String,
    /// The path that was typed last to open a file, until one is open.
    unopened_path: Option<String>,
    /// The export dialog while our own path dialog stands before it.
    waiting_export: Option<Box<ExportDialog>>,
    /// The form of an import, while a path is chosen for what it leaves out.
    waiting_events: Option<Box<EventsDialog>>,
    /// The export that goes on.
    exporting: Option<exporting::Exporting>,
    /// The source for which a file is being chosen.
    capture_target: Option<captures::CaptureTarget>,
    /// The file beside which the thumbnails lie.
    thumbnails_of: Option<PathBuf>,
    /// The earlier version for which a path is being chosen.
    version_to_copy: Option<crate::store::Version>,
    /// The rows that the last import did not take, or not as they stood, with the name of its file.
    rejected: Option<Arc<(String, Vec<Rejected>)>>,
    /// What imports gave since the last save, with what was known of the same files before.
    imports: Vec<(Import, Option<Import>)>,
    /// What is done in the next frame: a save or a dialog is over.
    after_save: Option<Next>,
}

/// The program.
pub struct App {
    session: Session,
    view: ViewState,
    settings: Settings,
    /// None where nothing is kept.
    settings_file: Option<SettingsFile>,
    jobs: Jobs,
    platform: Arc<dyn Platform>,
    panels: Panels,
    /// The revision to which the letters typed at a list have led last.
    typed_choice: Option<u64>,
    /// What the query finds.
    search: Search,
    /// How many events have each value of a facet.
    counting: Counting,
    /// The order of the table.
    sorting: TableSorting,
    /// The bands that are being worked out.
    regrouping: Regrouping,
    /// What colours stand for.
    colors: ShownColors,
    /// The accounts that the track shows.
    accounts: ShownAccounts,
    /// The images of events made small.
    thumbnails: Thumbnails,
    /// The gaps and bursts of what the track shows.
    activity: ShownActivity,
    dialog: Option<Dialog>,
    notices: Vec<Notice>,
    theme: Theme,
    shaper: Shaper,
    sessions: u32,
    /// Which captured files were checked last.
    watch: captures::CaptureWatch,
    /// The revision that is to be checked, and from when on.
    check_due: Option<(u64, f64)>,
    /// The file that is being read.
    reading: Option<Reading>,
    /// Files that were read so far.
    readings: u64,
    /// The window may close without asking again.
    may_close: bool,
    /// What is known of the file of the open timeline.
    following: Following,
    /// What a crash left.
    recovery: Recovery,
    /// Who has the open file, where another window has it.
    holding: Holding,
    /// Why changes are in no journal at present.
    journal_trouble: journal::Trouble,
    /// Whether the system has asked the program to end.
    ends: Arc<AtomicBool>,
    /// The timeline that had unsaved changes then.
    left_unsaved: Arc<OnceLock<String>>,
}

/// How long the first frame waits for the first file, so that a small one is there at once.
const FIRST_FILE_WAIT: Duration = Duration::from_millis(300);

impl App {
    /// The program on a context that has a window or not: a test drives it without.
    pub fn new(ctx: &Context, settings: Settings, request: OpenRequest, platform: Arc<dyn Platform>) -> Self {
        crate::ui::fonts::install(ctx);
        crate::ui::style::install(ctx);
        crate::ui::keyboard::install(ctx);
        // What stands in the window until the first file is read, which is begun below.
        let session = match (&request, &settings.last_file) {
            (OpenRequest::Last, None) if settings.drafts.begins_untitled() => Session::untitled(1),
            (OpenRequest::Sample, _) | (OpenRequest::Last, None) => Session::sample(1),
            // Nothing of it has been read, so nothing is said of it and nothing can be changed.
            (OpenRequest::File(path), _) | (OpenRequest::Last, Some(path)) => {
                Session::part(path.clone(), Timeline::empty("Reading…")).numbered(1)
            }
        };
        let settings_file = platform.state_folder().map(|folder| SettingsFile::in_folder(&folder));
        let mut app = Self {
            session,
            view: settings.opened(),
            settings,
            settings_file,
            jobs: Jobs::new(ctx.clone()),
            platform,
            panels: Panels::default(),
            typed_choice: None,
            search: Search::default(),
            counting: Counting::default(),
            sorting: TableSorting::default(),
            regrouping: Regrouping::default(),
            colors: ShownColors::default(),
            accounts: ShownAccounts::default(),
            thumbnails: Thumbnails::default(),
            activity: ShownActivity::default(),
            dialog: None,
            notices: Vec::new(),
            theme: Theme::named(crate::theme::ThemeName::Light),
            shaper: Shaper::new(),
            sessions: 1,
            watch: captures::CaptureWatch::default(),
            check_due: None,
            reading: None,
            readings: 0,
            may_close: false,
            following: Following::default(),
            recovery: Recovery::default(),
            holding: Holding::default(),
            journal_trouble: journal::Trouble::default(),
            ends: Arc::default(),
            left_unsaved: Arc::default(),
        };
        app.apply_settings(ctx);
        app.panels.drawer.table.set_columns(app.settings.table.clone());
        // What an earlier run left is looked for by a job: nothing of it stands in the way of the first frame. The sample and an untitled
        // timeline have their journal from here on, a file has it once it is read and can be changed.
        app.tell_lost();
        app.look_for_journals();
        app.keep_journal();
        app.open_first(request);
        app
    }

    /// Reads the file of the start. `by_itself` says that nobody named it, so that the sample may stand in for a file that is gone.
    fn open_first(&mut self, request: OpenRequest) {
        let (path, by_itself) = match request {
            OpenRequest::File(path) => (path, false),
            OpenRequest::Last => match self.settings.last_file.clone() {
                Some(path) => (path, true),
                None => return self.await_typed(),
            },
            OpenRequest::Sample => return self.await_typed(),
        };
        self.load(path, by_itself);
        // A job that takes longer goes on, and the frames meanwhile show what has been read.
        if let Some(finished) = self.jobs.wait(FIRST_FILE_WAIT) {
            self.finish(finished);
        }
    }

    fn apply_settings(&mut self, ctx: &Context) {
        ctx.set_theme(match self.settings.theme {
            ThemeChoice::System => egui::ThemePreference::System,
            ThemeChoice::Light => egui::ThemePreference::Light,
            ThemeChoice::Dark => egui::ThemePreference::Dark,
        });
    }

    /// The open timeline.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// What is seen and selected.
    pub fn view(&self) -> &ViewState {
        &self.view
    }

    /// What is remembered from one start to the next.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What was said to the user and not dismissed yet.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The colours of this frame.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// Whether something runs in the background, or is about to.
    pub fn is_busy(&self) -> bool {
        self.job().is_some() || !self.session.is_checked()
    }

    /// Whether a question is being answered outside the frame.
    pub fn is_answering(&self) -> bool {
        self.search.is_asking()
    }

    /// Whether the track shows other bands or colours than those that were chosen, which a job works out.
    pub fn is_waited_for(&self) -> bool {
        self.waits_for().is_some()
    }

    /// What the longest-running job does; none where no job runs.
    pub fn job(&self) -> Option<JobKind> {
        self.jobs.busy()
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        self.keep_settings();
        let Some(file) = &mut self.settings_file else { return };
        // Those of an earlier version, which others may read, go once these are on the disk.
        if storage.get_string(Settings::OLD_KEY).is_some() && file.is_kept() {
            storage.remove_string(Settings::OLD_KEY);
        }
    }
}
