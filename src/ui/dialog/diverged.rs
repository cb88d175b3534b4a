//! Asks how changes made here and changes that another program made in the file come together: what both changed stands side by
//! side, and each is decided by itself or all at once.

use egui::{Context, Grid, Label, RichText, ScrollArea, Ui};

use super::{footer, main_button, modal};
use crate::compare::{Conflict, RecordDifference, Side, words};
use crate::text::visible;
use crate::ui::style::Chrome;

/// What becomes of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DivergedAnswer {
    /// They are brought together, with a side for each conflict.
    Merge(Vec<Side>),
    /// What was changed here goes into another file.
    SaveAs,
    /// What was changed here is given up.
    Discard,
    /// They stay apart for now.
    Later,
}

/// What both sides changed, as it is shown. The merge brings what was changed here into the file, so the file is
/// [`Side::Ours`] of each conflict.
#[derive(Debug, Clone, PartialEq)]
pub struct Diverged {
    name: String,
    summary: String,
    rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    /// The record and its field.
    what: String,
    base: Option<String>,
    here: String,
    file: String,
    chosen: Option<Side>,
}

impl Diverged {
    /// Nothing is decided yet.
    pub fn new(name: String, changed: &[RecordDifference], conflicts: Vec<Conflict>) -> Self {
        let summary = words(changed).lines().next().unwrap_or_default().to_owned();
        Self { name, summary, rows: conflicts.into_iter().map(Row::of).collect() }
    }

    /// The side chosen for each conflict, once all are decided.
    fn sides(&self) -> Option<Vec<Side>> {
        self.rows.iter().map(|row| row.chosen).collect()
    }
}

impl Row {
    fn of(conflict: Conflict) -> Self {
        let title = visible(&conflict.title).into_owned();
        let text = |value: Option<String>| value.map(|value| visible(&value).into_owned());
        let Some(field) = conflict.field else {
            let said = |value: &Option<String>| if value.is_none() { "Deleted" } else { "Changed" }.to_owned();
            let (file, here) = (said(&conflict.ours), said(&conflict.theirs));
            return Self { what: format!("“{title}”"), base: None, here, file, chosen: None };
        };
        let said = |value| text(value).unwrap_or_else(|| "Nothing".to_owned());
        Self {
            what: format!("{field} of “{title}”"),
            base: Some(said(conflict.base)),
            here: said(conflict.theirs),
            file: said(conflict.ours),
            chosen: None,
        }
    }
}

/// Shows the question. Escape leaves both as they are.
pub fn diverged_ui(ctx: &Context, diverged: &mut Diverged, chrome: Chrome) -> Option<DivergedAnswer> {
    let screen = ctx.content_rect().size();
    let modal = modal(ctx, "diverged").show(ctx, |ui| {
        ui.set_width((screen.x - 96.0).min(860.0));
        ui.heading(format!("“{}” was changed here and by another program", visible(&diverged.name)));
        let undecided = diverged.rows.iter().filter(|row| row.chosen.is_none()).count();
        let note = match diverged.rows.len() {
            0 => "Nothing collides: a merge keeps both. It can be undone.".to_owned(),
            1 => "Both changed what stands below: choose which stays. All else is kept from both.".to_owned(),
            count => format!("Both changed these {count}: choose which stays of each. All else is kept from both."),
        };
        ui.add(Label::new(format!("In the file: {}.", diverged.summary)).wrap());
        ui.add(Label::new(RichText::new(note).color(chrome.muted)).wrap());
        if !diverged.rows.is_empty() {
            ui.add_space(8.0);
            rows_ui(ui, diverged, (screen.y - 320.0).clamp(96.0, 480.0), chrome);
        }
        footer(ui, |ui| {
            let mut answer = None;
            let mut choice = |clicked: bool, chosen| answer = answer.take().or(clicked.then_some(chosen));
            choice(
                ui.button("Later").on_hover_text("Leave both as they are; a save asks again").clicked(),
                DivergedAnswer::Later,
            );
            choice(
                ui.button("Discard mine and reload")
                    .on_hover_text("Show the file as it is now. Undo brings back what you changed")
                    .clicked(),
                DivergedAnswer::Discard,
            );
            choice(
                ui.button("Save as…").on_hover_text("Write what you see to another file").clicked(),
                DivergedAnswer::SaveAs,
            );
            let sides = diverged.sides();
            let merge = ui.add_enabled(sides.is_some(), main_button("Merge", chrome));
            let merge = merge.on_disabled_hover_text(format!("Decide first: {undecided} left"));
            if merge.clicked()
                && let Some(sides) = sides
            {
                choice(true, DivergedAnswer::Merge(sides));
            }
            answer
        })
    });
    let is_left = modal.should_close();
    modal.inner.or_else(|| is_left.then_some(DivergedAnswer::Later))
}

fn rows_ui(ui: &mut Ui, diverged: &mut Diverged, height: f32, chrome: Chrome) {
    let column = ((ui.available_width() - 32.0) / 3.0).max(120.0);
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        Grid::new("conflicts").num_columns(3).spacing([16.0, 8.0]).striped(true).show(ui, |ui| {
            ui.label("");
            for (label, side) in [("All yours", Side::Theirs), ("All of the file", Side::Ours)] {
                if diverged.rows.len() > 1 {
                    if ui.button(label).clicked() {
                        diverged.rows.iter_mut().for_each(|row| row.chosen = Some(side));
                    }
                } else {
                    let label = if side == Side::Theirs { "Yours" } else { "In the file" };
                    ui.label(RichText::new(label).color(chrome.muted));
                }
            }
            ui.end_row();
            for row in &mut diverged.rows {
                cell(ui, column, |ui| {
                    // On the line of the texts beside it, which stand in the middle of their buttons.
                    ui.add_space(3.0);
                    let what = ui.add(Label::new(row.what.as_str()).wrap());
                    if let Some(base) = &row.base {
                        what.on_hover_text(format!("Before: {base}"));
                    }
                });
                for (side, said, whose) in [(Side::Theirs, &row.here, "Yours"), (Side::Ours, &row.file, "In the file")]
                {
                    cell(ui, column, |ui| {
                        let is_chosen = row.chosen == Some(side);
                        let radio = ui.radio(is_chosen, said.as_str());
                        let name = format!("{whose}: {said} ({})", row.what);
                        ui.ctx().accesskit_node_builder(radio.id, |node| node.set_label(name));
                        if radio.clicked() {
                            row.chosen = Some(side);
                        }
                    });
                }
                ui.end_row();
            }
        });
    });
}

/// A cell of this width, whose text wraps.
fn cell(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.set_width(width);
        contents(ui);
    });
}
