//! The earlier versions of the open timeline: listed, compared, brought back, written elsewhere. Reading is done by jobs.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use egui::Context;

use super::jobs::JobKind;
use super::{App, Dialog};
use crate::compare::differences;
use crate::edit::{Edit, between};
use crate::model::Timeline;
use crate::store::{self, LoadError, SaveError, SaveLock, Saved, Version};
use crate::ui::dialog::{
    EarlierVersions, PathPurpose, ReadVersion, VersionContent, VersionRow, VersionsAnswer, versions_ui,
};
use crate::ui::style::Chrome;
use crate::ui::{Notice, NoticeKind, ReadOnly, file_name};

/// Bytes of a version up to which it is read before it is chosen.
const READ_AT_ONCE: u64 = 4 << 20;

/// The versions of the open timeline, with what the dialog shows of them.
pub(super) struct VersionsDialog {
    versions: Vec<Version>,
    shown: EarlierVersions,
    /// The revision of the session that they are compared with.
    revision: u64,
}

impl App {
    /// Looks for the earlier versions of the open timeline and shows them.
    pub(super) fn open_versions(&mut self) {
        self.commit_pending();
        let Some(path) = self.session.path().map(PathBuf::from) else { return };
        let Some(state) = self.platform.state_folder() else {
            let text = "No earlier versions are kept: the system names no folder for the state of programs";
            self.notices.push(Notice::new(NoticeKind::Error, text));
            return;
        };
        if self.jobs.is_running(JobKind::Versions) {
            return;
        }
        let (timeline, revision) = (Arc::clone(self.session.timeline()), self.session.revision());
        let from = path.clone();
        let work = move || {
            let found = store::versions(&state, &from)?;
            let contents = found.iter().map(|version| {
                if version.length <= READ_AT_ONCE { read(version, &timeline) } else { VersionContent::Unread }
            });
            let contents = contents.collect::<Vec<_>>();
            Ok((found, contents))
        };
        self.jobs.start(JobKind::Versions, work, move |app, found: std::io::Result<_>| match found {
            Ok(_) if app.session.revision() != revision => app.open_versions(),
            Ok((versions, contents)) => app.show_versions(file_name(&path), versions, contents),
            Err(error) => {
                let text = format!("The earlier versions cannot be read: {error}");
                app.notices.push(Notice::new(NoticeKind::Error, text));
            }
        });
    }

    fn show_versions(&mut self, name: String, versions: Vec<Version>, contents: Vec<VersionContent>) {
        if self.dialog.is_some() {
            return;
        }
        let now = self.platform.now().micros();
        let moments: Vec<i64> = versions.iter().map(|version| version.at.micros()).collect();
        let rows = versions
            .iter()
            .zip(days_and_times(&moments, now))
            .zip(contents)
            .map(|((version, when), content)| VersionRow { when, size: size_in_words(version.length), content });
        let read_only = self.session.read_only().map(ReadOnly::remedy);
        let shown = EarlierVersions::new(name, rows.collect(), self.settings.kept_versions, read_only);
        let revision = self.session.revision();
        self.dialog = Some(Dialog::Versions(Box::new(VersionsDialog { versions, shown, revision })));
        self.read_version(0);
    }

    pub(super) fn versions_dialog(&mut self, ctx: &Context, mut dialog: Box<VersionsDialog>) {
        let answer = versions_ui(ctx, &mut dialog.shown, Chrome::of(&self.theme));
        if dialog.revision != self.session.revision() {
            // The timeline is another one meanwhile, and so is what differs.
            dialog.revision = self.session.revision();
            dialog.shown.rows.iter_mut().for_each(|row| row.content = VersionContent::Unread);
            let selected = dialog.shown.selected;
            self.dialog = Some(Dialog::Versions(dialog));
            self.read_version(selected);
            return;
        }
        let version = |at: usize| dialog.versions.get(at).cloned();
        match answer {
            Some(VersionsAnswer::Close) => {}
            Some(VersionsAnswer::Restore(at)) => {
                if let (Some(version), Some(row)) = (version(at), dialog.shown.rows.get(at)) {
                    self.restore_version(version, row.when.clone());
                }
            }
            Some(VersionsAnswer::SaveCopy(at)) => {
                self.panels.version_to_copy = version(at);
                self.pick(PathPurpose::Version, None);
            }
            Some(VersionsAnswer::Keep(most)) => {
                self.settings.kept_versions = most;
                dialog.shown.most = most;
                self.dialog = Some(Dialog::Versions(dialog));
            }
            Some(VersionsAnswer::Show(at)) => {
                self.dialog = Some(Dialog::Versions(dialog));
                self.read_version(at);
            }
            None => self.dialog = Some(Dialog::Versions(dialog)),
        }
    }

    /// Has the version at a place of the list read, where it was not yet.
    fn read_version(&mut self, at: usize) {
        let Some(Dialog::Versions(dialog)) = &mut self.dialog else { return };
        let (Some(version), Some(row)) = (dialog.versions.get(at).cloned(), dialog.shown.rows.get_mut(at)) else {
            return;
        };
        if row.content != VersionContent::Unread {
            return;
        }
        row.content = VersionContent::Reading;
        let (timeline, revision) = (Arc::clone(self.session.timeline()), self.session.revision());
        let path = version.path.clone();
        self.jobs.start(
            JobKind::Compare,
            move || read(&version, &timeline),
            move |app, content| {
                // The dialog may be closed by now, or be that of another timeline.
                if let Some(Dialog::Versions(dialog)) = &mut app.dialog
                    && dialog.revision == revision
                    && let Some(at) = dialog.versions.iter().position(|version| version.path == path)
                    && let Some(row) = dialog.shown.rows.get_mut(at)
                {
                    row.content = content;
                }
            },
        );
    }

    /// Makes the open timeline what it was in a version, as one step.
    fn restore_version(&mut self, version: Version, when: String) {
        let (timeline, revision) = (Arc::clone(self.session.timeline()), self.session.revision());
        let work = move || {
            let loaded = store::load_unchecked(&version.path)?;
            Ok(loaded.read.text.is_writable().then(|| between(&timeline, &loaded.read.timeline)))
        };
        self.jobs.start(JobKind::RestoreVersion, work, move |app, edit: Result<Option<Edit>, LoadError>| {
            let text = match edit {
                Ok(Some(_)) if app.session.revision() != revision => {
                    "Not restored: the timeline was changed meanwhile. Open Earlier versions again".to_owned()
                }
                Ok(Some(Edit::Batch(edits))) if edits.is_empty() => {
                    "Nothing had to be restored: the timeline is as it was in that version".to_owned()
                }
                Ok(Some(edit)) => {
                    let said = format!("Restored the version of {when}. It is not saved yet");
                    return app.edit_and_tell(format!("Restore the version of {when}"), said, &edit, None);
                }
                Ok(None) => "Not restored: that version has errors".to_owned(),
                Err(error) => format!("Not restored: {error}"),
            };
            app.notices.push(Notice::new(NoticeKind::Error, text));
        });
    }

    /// Writes the version that was chosen for it to a path.
    pub(super) fn copy_version(&mut self, to: PathBuf) {
        let Some(version) = self.panels.version_to_copy.take() else { return };
        let is_open_file = self.session.path().is_some_and(|open| {
            open == to || std::fs::canonicalize(open).is_ok_and(|open| Some(open) == std::fs::canonicalize(&to).ok())
        });
        if is_open_file {
            let text =
                "No copy was saved: that is the file of the open timeline. Restore brings the version back there";
            self.notices.push(Notice::new(NoticeKind::Error, text));
            return;
        }
        let (backup, path) = (self.backup(), to.clone());
        let work = move || -> Result<Saved, CopyError> {
            let bytes = store::load_bytes(&version.path)?;
            Ok(SaveLock::wait(&to)?.keeping(backup).replace(&bytes)?)
        };
        self.jobs.start(JobKind::CopyVersion, work, move |app, saved| {
            let name = file_name(&path);
            match saved {
                Ok(saved) => {
                    let said = |remark| Notice::new(NoticeKind::Info, format!("{name} {remark}"));
                    app.notices.extend(saved.remarks.into_iter().map(said));
                    app.notices.push(Notice::new(NoticeKind::Done, format!("Saved a copy as {name}")));
                }
                Err(error) => {
                    app.notices.push(Notice::new(NoticeKind::Error, format!("No copy was saved: {error}")));
                }
            }
        });
    }

    /// The name that is suggested for a copy of the version that was chosen: that of the timeline with the day.
    pub(super) fn name_of_copy(&self, stem: &str) -> String {
        let day = self.panels.version_to_copy.as_ref().map(|version| format!("-{}", version.at.day()));
        format!("{stem}{}.ron", day.unwrap_or_default())
    }
}

/// Why no copy was written.
#[derive(Debug, thiserror::Error)]
enum CopyError {
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// What a version holds, and what differs between it and a timeline.
fn read(version: &Version, timeline: &Timeline) -> VersionContent {
    match store::load_unchecked(&version.path) {
        Ok(loaded) => {
            let earlier = &loaded.read.timeline;
            let all = differences(earlier, timeline);
            let is_damaged = !loaded.read.text.is_writable();
            let is_same = !is_damaged && all.is_empty() && earlier == timeline;
            VersionContent::Read(ReadVersion::new(earlier.events().len(), &all, is_same, is_damaged))
        }
        Err(error) => VersionContent::Unreadable(error.to_string()),
    }
}

/// Moments as [`day_and_time`], with seconds where two share a minute: each is told from the others.
fn days_and_times(moments: &[i64], now: i64) -> Vec<String> {
    let words: Vec<String> = moments.iter().map(|at| day_and_time(*at, now, false)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    words.iter().for_each(|words| *counts.entry(words).or_default() += 1);
    let is_shared = |words: &str| counts.get(words).is_some_and(|count| *count > 1);
    moments.iter().zip(&words).map(|(at, words)| day_and_time(*at, now, is_shared(words))).collect()
}

/// A moment on the clock of the user, both in microseconds since 1970: "today 16:42", "yesterday 09:12", "23 Nov 2026, 09:12".
fn day_and_time(at: i64, now: i64, with_seconds: bool) -> String {
    let local = |micros| Some(chrono::DateTime::from_timestamp_micros(micros)?.with_timezone(&chrono::Local));
    let (Some(at), Some(now)) = (local(at), local(now)) else { return String::new() };
    let format = match now.date_naive().signed_duration_since(at.date_naive()).num_days() {
        0 => "today %H:%M",
        1 => "yesterday %H:%M",
        _ => "%-d %b %Y, %H:%M",
    };
    let seconds = if with_seconds { ":%S" } else { "" };
    at.format(&format!("{format}{seconds}")).to_string()
}

/// "812 bytes", "3.4 kB", "38 kB", "493 MB": in powers of 1,000.
fn size_in_words(bytes: u64) -> String {
    let (unit, size) = match bytes {
        0..1_000 => return format!("{bytes} bytes"),
        1_000..1_000_000 => ("kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => ("MB", bytes as f64 / 1e6),
        _ => ("GB", bytes as f64 / 1e9),
    };
    if size < 9.95 { format!("{size:.1} {unit}") } else { format!("{size:.0} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_at_a_glance() {
        let words = [0, 999, 1_000, 9_949, 38_400, 493_000_000, 1_073_741_824].map(size_in_words);
        assert_eq!(words, ["0 bytes", "999 bytes", "1.0 kB", "9.9 kB", "38 kB", "493 MB", "1.1 GB"]);
    }

    #[test]
    fn recent_days_have_names() {
        let noon = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).and_then(|day| day.and_hms_opt(12, 0, 0)).unwrap();
        let noon = noon.and_local_timezone(chrono::Local).unwrap().timestamp_micros();
        let day = 86_400_000_000;
        let moments = [noon - 60_000_000, noon - day, noon - 10 * day];
        assert_eq!(days_and_times(&moments, noon), ["today 11:59", "yesterday 12:00", "13 Nov 2026, 12:00"]);
        let shared = [noon - 18_000_000, noon - 60_000_000, noon - 100_000_000];
        assert_eq!(days_and_times(&shared, noon), ["today 11:59:42", "today 11:59:00", "today 11:58"]);
    }
}
