//! A platform for tests: its clock stands still, and its dialogs answer what was put ready.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use annalist::app::{Pick, Picked, Platform};
use annalist::time::{CivilDay, Instant, Zone};

/// A machine whose clock stands still.
#[derive(Default)]
pub struct Still {
    answers: Mutex<VecDeque<Picked>>,
    asked: Mutex<Vec<Pick>>,
    state_folder: Option<PathBuf>,
}

impl Still {
    /// One that keeps in a folder what is to outlive a crash.
    pub fn keeping(state_folder: Option<PathBuf>) -> Self {
        Self { state_folder, ..Self::default() }
    }

    /// Puts an answer ready for a dialog.
    pub fn answer(&self, answer: Picked) {
        self.answers.lock().unwrap().push_back(answer);
    }

    /// What dialogs were asked for.
    pub fn asked(&self) -> Vec<Pick> {
        self.asked.lock().unwrap().clone()
    }
}

impl Platform for Still {
    fn now(&self) -> Instant {
        Instant::from_day(CivilDay::new(2026, 11, 23)).unwrap()
    }

    fn state_folder(&self) -> Option<PathBuf> {
        self.state_folder.clone()
    }

    fn zone(&self) -> Option<Zone> {
        Zone::parse("Europe/Berlin").ok()
    }

    fn pick(&self, ask: &Pick) -> Picked {
        self.asked.lock().unwrap().push(ask.clone());
        self.answers.lock().unwrap().pop_front().unwrap_or(Picked::Cancelled)
    }
}

/// A file that is let go over the window.
#[derive(Debug)]
pub struct Dropped(pub PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}
