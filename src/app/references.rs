//! Files of references: sources read from and written for other programs, in the background.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::jobs::JobKind;
use super::{App, Dialog};
use crate::interchange;
use crate::interchange::sources::{Format, Imported};
use crate::store;
use crate::ui::dialog::PathPurpose;
use crate::ui::{DrawerTab, ImportReport, Notice, NoticeKind, file_name};

impl App {
    /// Asks for a file of references.
    pub(super) fn import_sources(&mut self) {
        self.commit_pending();
        self.pick(PathPurpose::ImportSources, None);
    }

    pub(super) fn start_import(&mut self, path: PathBuf) {
        let from = path.clone();
        let then = move |app: &mut Self, result| app.finish_import(&path, result);
        self.jobs.start(JobKind::ReadReferences, move || read(&from), then);
    }

    /// Adds what was read as one step, and tells what was not.
    fn finish_import(&mut self, path: &Path, result: Result<Imported, String>) {
        let name = file_name(path);
        let imported = match result {
            Ok(imported) => imported,
            Err(error) => {
                let text = format!("No sources were imported: {error}");
                self.notices.push(Notice::new(NoticeKind::Error, text).offering(&[crate::ui::Command::ImportSources]));
                return;
            }
        };
        let merged = interchange::sources::merge(self.session.timeline(), &imported, false);
        let report = ImportReport {
            name: name.clone(),
            added: merged.added.len(),
            known: merged.matched.len(),
            problems: imported.problems.into_iter().chain(merged.problems).collect(),
        };
        if report.added > 0 {
            let label = format!("Import {} from {name}", report.counted());
            self.edit_and_tell(label, report.summary(), &merged.edit, None);
            self.settings.drawer = Some(DrawerTab::Sources);
        } else if report.problems.is_empty() {
            self.notices.push(Notice::new(NoticeKind::Info, report.summary()));
        }
        if !report.problems.is_empty() {
            self.dialog = Some(Dialog::Imported(report));
        }
    }

    /// Asks where the sources go.
    pub(super) fn export_sources(&mut self) {
        self.commit_pending();
        self.pick(PathPurpose::ExportSources, None);
    }

    /// Writes every source in the format that the name of the file tells: CSL-JSON where it ends in `.json`, else BibTeX.
    pub(super) fn start_sources_export(&mut self, path: PathBuf) {
        let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        let told = Format::of_name(&path).filter(|format| format.is_written());
        let format = told.unwrap_or(if is_json { Format::CslJson } else { Format::Bibtex });
        let path = super::files::with_extension(path, format.extension());
        let timeline = Arc::clone(self.session.timeline());
        let (count, to) = (timeline.sources().len(), path.clone());
        let work = move || {
            let bytes = interchange::sources::export(timeline.sources().iter(), format).unwrap_or_default();
            store::write_atomic(&to, &bytes).map_err(|error| store::not_written(&to, &error))
        };
        let then = move |app: &mut Self, result| app.finish_sources_export(&path, count, result);
        self.jobs.start(JobKind::WriteReferences, work, then);
    }

    fn finish_sources_export(&mut self, path: &Path, count: usize, result: Result<(), String>) {
        self.notices.push(match result {
            Ok(()) => {
                let noun = if count == 1 { "source is" } else { "sources are" };
                Notice::new(NoticeKind::Info, format!("{count} {noun} in {}", path.display()))
            }
            Err(error) => Notice::new(NoticeKind::Error, format!("No sources were written: {error}"))
                .offering(&[crate::ui::Command::ExportSources]),
        });
    }
}

/// Reads a file in the format that its name or, where that tells none, its text is in.
fn read(path: &Path) -> Result<Imported, String> {
    let bytes = store::load_bytes(path).map_err(|error| error.to_string())?;
    let format = Format::of_name(path).or_else(|| Format::of_bytes(&bytes));
    let format = format.ok_or_else(|| {
        format!(
            "{} is neither BibTeX nor CSL-JSON nor RIS; export it from your reference manager as one",
            path.display()
        )
    })?;
    Ok(interchange::sources::import(&bytes, format))
}
