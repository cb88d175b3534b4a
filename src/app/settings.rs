//! Settings: what is remembered from one start to the next, and the file it is kept in.

use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use serde::{Deserialize, Serialize};

use super::drafts::KeptDrafts;
use crate::model::ImageDisplay;
use crate::store;
use crate::ui::dialog::ExportForm;
use crate::ui::{DrawerTab, LegendPlace, Preferences, TableColumns, ThemeChoice, ViewState};

/// How many recent files are kept.
pub const MOST_RECENT: usize = 10;

/// Usual width of the panel of facets, in points.
const FACETS_PT: f32 = 232.0;

/// Choices and recent files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light or dark.
    pub theme: ThemeChoice,
    /// The ruler names ISO weeks.
    pub iso_weeks: bool,
    /// The wheel pans, and zooms with Ctrl only.
    pub wheel_pans: bool,
    /// Nothing moves by itself.
    pub reduce_motion: bool,
    /// No signs of sourcing stand beside marks.
    pub hides_signs: bool,
    /// Small images stand beside labels.
    pub shows_images: bool,
    /// No dates stand behind titles.
    pub hides_dates: bool,
    /// Whether the legend is open, and in which corner.
    pub legend: LegendPlace,
    /// Who captures what is attached as evidence; left out where empty.
    pub collector: String,
    /// Whether the facets are shown.
    pub facets: bool,
    /// Width of their panel, in points.
    pub facets_pt: f32,
    /// Whether the inspector is open.
    pub inspector: bool,
    /// Whether it shows the form of an event first, and not what is read of it.
    pub edits: bool,
    /// What the drawer shows; none where it is closed.
    pub drawer: Option<DrawerTab>,
    /// The columns of the table of events.
    pub table: TableColumns,
    /// How many earlier versions of a timeline are kept.
    pub kept_versions: usize,
    /// Files opened or saved last, newest first, at most [`MOST_RECENT`].
    pub recent: Vec<PathBuf>,
    /// The file that was open last; none where that was the sample or nothing.
    pub last_file: Option<PathBuf>,
    /// The last export, apart from its path.
    pub export: ExportForm,
    /// What was typed and not added to a timeline yet.
    pub drafts: KeptDrafts,
    /// What could not be kept when the program was asked to end, told at the next start.
    pub lost: Option<String>,
}

/// The file that settings are kept in. It names files and people, so only the user may read it, and it is written whole or
/// not at all, on a thread of its own: no frame waits for the disk.
#[derive(Debug)]
pub(super) struct SettingsFile {
    path: PathBuf,
    /// What was handed over last; empty where it was not written after all.
    kept: String,
    writing: Option<JoinHandle<Result<(), String>>>,
    /// Why it was not written.
    trouble: Option<String>,
    is_trouble_told: bool,
    /// Whether it was written after that was told.
    is_trouble_over: bool,
}

impl SettingsFile {
    /// The file in a folder; nothing is written yet.
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            path: folder.join(store::SETTINGS_FILE),
            kept: String::new(),
            writing: None,
            trouble: None,
            is_trouble_told: false,
            is_trouble_over: false,
        }
    }

    /// Writes settings where they are others than those written last.
    pub fn keep(&mut self, settings: &Settings) {
        let Ok(text) = ron::to_string(settings) else { return };
        if text == self.kept {
            return;
        }
        self.wait();
        self.kept.clone_from(&text);
        let path = self.path.clone();
        self.writing = Some(std::thread::spawn(move || {
            // Another place cannot be chosen for it.
            let folder = path.parent().unwrap_or(&path);
            store::write_private(&path, text.as_bytes()).map_err(|error| store::not_written_in(folder, &error))
        }));
    }

    /// Whether the settings handed over last are in the file; waits for the disk.
    pub fn is_kept(&mut self) -> bool {
        self.wait();
        !self.kept.is_empty()
    }

    /// Why settings were not written, once that is known; told once until they are.
    pub fn trouble(&mut self) -> Option<String> {
        self.look();
        self.trouble.take().filter(|_| !std::mem::replace(&mut self.is_trouble_told, true))
    }

    /// Whether settings have been written after it was told that they were not; told once.
    pub fn is_trouble_over(&mut self) -> bool {
        self.look();
        std::mem::take(&mut self.is_trouble_over)
    }

    /// Takes up what came of writing, where that is over.
    fn look(&mut self) {
        if self.writing.as_ref().is_some_and(JoinHandle::is_finished) {
            self.wait();
        }
    }

    fn wait(&mut self) {
        let Some(writing) = self.writing.take() else { return };
        if let Err(why) = writing.join().unwrap_or_else(|_| Err("writing them broke off".to_owned())) {
            // The next that are to be kept are written, be they the same.
            self.kept.clear();
            self.trouble = Some(why);
            self.is_trouble_over = false;
        } else {
            self.trouble = None;
            self.is_trouble_over |= std::mem::take(&mut self.is_trouble_told);
        }
    }
}

impl Drop for SettingsFile {
    fn drop(&mut self) {
        self.wait();
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            iso_weeks: false,
            wheel_pans: false,
            reduce_motion: false,
            hides_signs: false,
            shows_images: false,
            hides_dates: false,
            legend: LegendPlace::default(),
            collector: String::new(),
            facets: false,
            facets_pt: FACETS_PT,
            inspector: true,
            edits: false,
            drawer: None,
            table: TableColumns::default(),
            kept_versions: store::USUAL_VERSIONS,
            recent: Vec::new(),
            last_file: None,
            export: ExportForm::default(),
            drafts: KeptDrafts::default(),
            lost: None,
        }
    }
}

impl Settings {
    /// The view of a timeline that has just been opened.
    pub(super) fn opened(&self) -> ViewState {
        let mut view = ViewState::opened();
        view.place.images = if self.shows_images { ImageDisplay::Track } else { ImageDisplay::Hidden };
        view
    }

    /// The key under which earlier versions stored them among the state of the window, which others may read.
    pub const OLD_KEY: &'static str = "annalist settings";

    /// Those that are kept in a folder; none where there are none, or they cannot be read.
    pub fn kept_in(folder: &Path) -> Option<Self> {
        let bytes = store::load_bytes(&folder.join(store::SETTINGS_FILE)).ok()?;
        ron::de::from_bytes(&bytes).ok()
    }

    /// Those that panels look at.
    pub fn preferences(&self) -> Preferences<'_> {
        Preferences {
            iso_weeks: self.iso_weeks,
            wheel_pans: self.wheel_pans,
            reduce_motion: self.reduce_motion,
            hides_signs: self.hides_signs,
            hides_dates: self.hides_dates,
            legend: self.legend,
            collector: &self.collector,
            edits: self.edits,
        }
    }

    /// Puts a file that was opened or saved first among the recent ones.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|other| other != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(MOST_RECENT);
        self.last_file = Some(path.to_owned());
    }

    /// Takes a file that is no longer there from the recent ones.
    pub fn forget(&mut self, path: &Path) {
        self.recent.retain(|other| other != path);
        if self.last_file.as_deref() == Some(path) {
            self.last_file = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_of_ten_recent_files_comes_first_and_none_twice() {
        let mut settings = Settings::default();
        for number in 0..15 {
            settings.remember(Path::new(&format!("{number}.ron")));
        }
        settings.remember(Path::new("9.ron"));
        assert_eq!(settings.recent.len(), MOST_RECENT);
        assert_eq!(settings.recent[0], Path::new("9.ron"));
        assert_eq!(settings.recent[1], Path::new("14.ron"));
        settings.forget(Path::new("9.ron"));
        assert_eq!(settings.last_file, None);
        assert_eq!(settings.recent[0], Path::new("14.ron"));
    }

    #[test]
    fn settings_that_were_not_written_are_told_of_once_and_written_later() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        std::fs::File::create(&state).unwrap();
        let mut file = SettingsFile::in_folder(&state);
        file.keep(&Settings::default());
        assert!(!file.is_kept());
        assert!(file.trouble().is_some_and(|why| why.contains("nothing can be written in")));
        file.keep(&Settings::default());
        assert!(!file.is_kept());
        assert_eq!((file.trouble(), file.is_trouble_over()), (None, false));
        std::fs::remove_file(&state).unwrap();
        file.keep(&Settings::default());
        assert!(file.is_kept());
        assert_eq!((file.trouble(), file.is_trouble_over(), file.is_trouble_over()), (None, true, false));
        assert_eq!(Settings::kept_in(&state), Some(Settings::default()));
    }

    #[test]
    fn programs_without_a_window_find_what_they_need_among_all_settings() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings {
            kept_versions: 3,
            theme: ThemeChoice::Dark,
            drawer: Some(DrawerTab::Table),
            ..Settings::default()
        };
        let mut file = SettingsFile::in_folder(folder.path());
        file.keep(&settings);
        assert!(file.is_kept());
        assert_eq!(store::kept_versions(folder.path()), 3);
    }

    #[test]
    fn settings_survive_storage_and_older_ones_are_completed() {
        let mut settings = Settings { theme: ThemeChoice::Dark, drawer: Some(DrawerTab::Table), ..Settings::default() };
        settings.remember(Path::new("a \"b\".ron"));
        let text = ron::to_string(&settings).unwrap();
        assert_eq!(ron::from_str::<Settings>(&text).unwrap(), settings);
        // A draft of a version whose fields were others.
        let drafts = "[(Untitled, (fields: [(Gone(\"a\", 3), \"x\")])), (Sample, (new_source: \"A gazette\"))]";
        let read: Settings = ron::from_str(&format!("(wheel_pans: true, drafts: {drafts})")).unwrap();
        assert!(read.wheel_pans && !read.drafts.begins_untitled());
        assert_ne!(read.drafts, KeptDrafts::default(), "the other draft is kept");
        assert_eq!(ron::from_str::<Settings>("(wheel_pans: true)").unwrap().recent, Vec::<PathBuf>::new());
    }
}
