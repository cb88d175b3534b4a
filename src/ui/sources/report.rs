//! What became of an import: how many sources came, and everything that could not be taken, line by line.

use egui::{Context, Label, RichText, ScrollArea};

use crate::diagnostic::{Severity, counted, counted_as};
use crate::interchange::Problem;
use crate::ui::dialog::{begin_at, footer, main_button, modal, scroll_by_key};
use crate::ui::style::Chrome;

/// What became of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportReport {
    /// Name of the file.
    pub name: String,
    /// How many sources were added.
    pub added: usize,
    /// How many were there already.
    pub known: usize,
    /// What could not be taken, or not as it stood, in the order of the file.
    pub problems: Vec<Problem>,
}

impl ImportReport {
    /// "12 sources".
    pub fn counted(&self) -> String {
        counted(self.added, "source")
    }

    /// "12 sources were added from refs.bib; 3 were there already".
    pub fn summary(&self) -> String {
        let added = match self.added {
            0 => "No source was added".to_owned(),
            1 => "1 source was added".to_owned(),
            count => format!("{count} sources were added"),
        };
        let known = match self.known {
            0 => String::new(),
            1 => "; 1 was there already".to_owned(),
            count => format!("; {count} were there already"),
        };
        format!("{added} from {}{known}", self.name)
    }

    /// Every problem in a line of its own.
    fn lines(&self) -> Vec<String> {
        self.problems.iter().map(line).collect()
    }
}

/// "Line 12, warning: entry "x": …".
fn line(problem: &Problem) -> String {
    let word = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    };
    match problem.line {
        0 => format!("{word}: {problem}"),
        number => format!("line {number}, {word}: {problem}"),
    }
}

/// Shows the report; says whether it stays open.
pub fn import_ui(ctx: &Context, report: &ImportReport, chrome: Chrome) -> bool {
    let screen = ctx.content_rect().size();
    let modal = modal(ctx, "imported").show(ctx, |ui| {
        ui.set_width((screen.x - 96.0).min(640.0));
        ui.heading("Sources imported");
        ui.add_space(8.0);
        ui.add(Label::new(report.summary()).wrap());
        let problems = counted_as(report.problems.len(), "thing was", "things were");
        ui.label(RichText::new(format!("{problems} not taken as they stand")).small().color(chrome.muted));
        ui.add_space(8.0);
        let height = ui.text_style_height(&egui::TextStyle::Body) + ui.spacing().item_spacing.y;
        let area = ScrollArea::both().auto_shrink([false, true]).max_height((screen.y - 280.0).clamp(96.0, 400.0));
        area.show_rows(ui, height, report.problems.len(), |ui, shown| {
            scroll_by_key(ui, screen.y / 2.0);
            for problem in report.problems.get(shown).unwrap_or_default() {
                let color = match problem.severity {
                    Severity::Error => chrome.error,
                    Severity::Warning => chrome.warning,
                    Severity::Info => chrome.text,
                };
                ui.add(Label::new(RichText::new(line(problem)).color(color)).extend().selectable(true));
            }
        });
        footer(ui, |ui| {
            if ui.button("Copy all").clicked() {
                ui.ctx().copy_text(report.lines().join("\n"));
            }
            let close = ui.add(main_button("Close", chrome));
            begin_at(&close);
            close.clicked()
        })
    });
    !(modal.inner || modal.should_close())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_what_came_and_what_was_there() {
        let report = |added, known| ImportReport { name: "refs.bib".to_owned(), added, known, problems: Vec::new() };
        assert_eq!(report(1, 0).summary(), "1 source was added from refs.bib");
        assert_eq!(report(12, 3).summary(), "12 sources were added from refs.bib; 3 were there already");
        assert_eq!(report(0, 1).summary(), "No source was added from refs.bib; 1 was there already");
    }
}
