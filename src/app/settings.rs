//! What is remembered from one start to the next.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::drafts::KeptDrafts;
use crate::ui::dialog::ExportForm;
use crate::ui::{DrawerTab, Preferences, ThemeChoice};

/// How many recent files are kept.
pub const MOST_RECENT: usize = 10;

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
    /// Who captures what is attached as evidence; left out where empty.
    pub collector: String,
    /// Whether the inspector is open.
    pub inspector: bool,
    /// What the drawer shows; none where it is closed.
    pub drawer: Option<DrawerTab>,
    /// Files opened or saved last, newest first, at most [`MOST_RECENT`].
    pub recent: Vec<PathBuf>,
    /// The file that was open last; none where that was the sample or nothing.
    pub last_file: Option<PathBuf>,
    /// The last export, apart from its path.
    pub export: ExportForm,
    /// What was typed and not added to a timeline yet.
    pub drafts: KeptDrafts,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            iso_weeks: false,
            wheel_pans: false,
            reduce_motion: false,
            hides_signs: false,
            collector: String::new(),
            inspector: true,
            drawer: None,
            recent: Vec::new(),
            last_file: None,
            export: ExportForm::default(),
            drafts: KeptDrafts::default(),
        }
    }
}

impl Settings {
    /// The key under which they are stored.
    pub const KEY: &'static str = "annalist settings";

    /// Those that panels look at.
    pub fn preferences(&self) -> Preferences<'_> {
        Preferences {
            iso_weeks: self.iso_weeks,
            wheel_pans: self.wheel_pans,
            reduce_motion: self.reduce_motion,
            hides_signs: self.hides_signs,
            collector: &self.collector,
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
    fn settings_survive_storage_and_older_ones_are_completed() {
        let mut settings = Settings { theme: ThemeChoice::Dark, drawer: Some(DrawerTab::Table), ..Settings::default() };
        settings.remember(Path::new("a \"b\".ron"));
        let text = ron::to_string(&settings).unwrap();
        assert_eq!(ron::from_str::<Settings>(&text).unwrap(), settings);
        assert_eq!(ron::from_str::<Settings>("(wheel_pans: true)").unwrap().recent, Vec::<PathBuf>::new());
    }
}
