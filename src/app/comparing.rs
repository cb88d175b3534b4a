//! The open timeline compared with another file, in the background.

use std::path::PathBuf;
use std::sync::Arc;

use super::jobs::JobKind;
use super::{App, Dialog};
use crate::compare::differences;
use crate::store;
use crate::ui::dialog::{Compared, PathPurpose};
use crate::ui::{Command, Notice, NoticeKind, file_name};

impl App {
    /// Asks for the file to compare with.
    pub(super) fn compare(&mut self) {
        self.commit_pending();
        self.pick(PathPurpose::Compare, None);
    }

    /// Compares the open timeline with that of a file, which counts as the earlier one.
    pub(super) fn start_comparing(&mut self, path: PathBuf) {
        let timeline = Arc::clone(self.session.timeline());
        let from = path.clone();
        let work = move || store::load(&from).map(|loaded| differences(&loaded.read.timeline, &timeline));
        self.jobs.start(JobKind::Compare, work, move |app, result| match result {
            Ok(all) => app.dialog = Some(Dialog::Compared(Compared::new(file_name(&path), &all))),
            Err(error) => {
                let notice = Notice::new(NoticeKind::Error, format!("Not compared: {error}"));
                app.notices.push(notice.offering(&[Command::Compare]));
            }
        });
    }
}
