//! Asks how changes made here and changes that another program made in the file come together: what both changed stands side by
//! side, and each is decided by itself or all at once.

use egui::{Context, EventFilter, Grid, Key, Label, Modifiers, Response, RichText, ScrollArea, Ui};

use super::{footer, main_button, modal};
use crate::compare::{Conflict, RecordDifference, Side, words};
use crate::text::visible;
use crate::ui::bidi::visual_line;
use crate::ui::exact_key::take_key;
use crate::ui::letters::{self, Letters, label_ui};
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
    occasion: Occasion,
    rows: Vec<Row>,
    /// The last conflict was decided by keys, so the keyboard goes on to the merge.
    goes_on: bool,
}

/// Why both sides meet.
#[derive(Debug, Clone, PartialEq)]
enum Occasion {
    /// Another program wrote into the file; with what it changed.
    Written(String),
    /// What a crash left is restored into a timeline that is another since.
    Restored {
        /// Whether all that it meets is in the file.
        is_in_file: bool,
    },
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
        Self {
            name,
            occasion: Occasion::Written(summary),
            rows: conflicts.into_iter().map(Row::of).collect(),
            goes_on: false,
        }
    }

    /// Of what a crash left, and what is otherwise by now: in the file, or in the window alone.
    pub fn after_crash(name: String, conflicts: &[Conflict], is_in_file: bool) -> Self {
        Self {
            name,
            occasion: Occasion::Restored { is_in_file },
            rows: conflicts.iter().cloned().map(Row::of).collect(),
            goes_on: false,
        }
    }

    /// What the side that is not the file is called.
    fn yours(&self) -> &'static str {
        match self.occasion {
            Occasion::Written(_) => "Yours",
            Occasion::Restored { .. } => "Yours from before the crash",
        }
    }

    /// What the other side is called, of one conflict and of all. After a crash it may be what another crash left, or what was done
    /// since: the file need not have it.
    fn others(&self) -> (&'static str, &'static str) {
        match self.occasion {
            Occasion::Written(_) | Occasion::Restored { is_in_file: true } => ("In the file", "All of the file"),
            Occasion::Restored { is_in_file: false } => ("As it is now", "All as it is now"),
        }
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
        let name = visible(&diverged.name);
        let (heading, rest) = match diverged.occasion {
            Occasion::Written(_) => (format!("“{name}” was changed here and by another program"), "is kept from both"),
            Occasion::Restored { .. } => {
                (format!("“{name}” was changed before the crash and otherwise since"), "is restored")
            }
        };
        ui.heading(heading);
        let undecided = diverged.rows.iter().filter(|row| row.chosen.is_none()).count();
        let note = match diverged.rows.len() {
            0 => "Nothing collides: a merge keeps both. It can be undone.".to_owned(),
            1 => format!("Both changed what stands below: choose which stays. All else {rest}."),
            count => format!("Both changed these {count}: choose which stays of each. All else {rest}."),
        };
        if let Occasion::Written(summary) = &diverged.occasion {
            ui.add(Label::new(format!("In the file: {summary}.")).wrap());
        }
        ui.add(Label::new(RichText::new(note).color(chrome.muted)).wrap());
        if !diverged.rows.is_empty() {
            ui.add_space(8.0);
            rows_ui(ui, diverged, (screen.y - 320.0).clamp(96.0, 480.0), chrome);
        }
        footer(ui, |ui| {
            let mut answer = None;
            let mut choice = |clicked: bool, chosen| answer = answer.take().or(clicked.then_some(chosen));
            let is_written = matches!(diverged.occasion, Occasion::Written(_));
            let later = if is_written {
                "Leave both as they are; a save asks again"
            } else {
                "Leave these as they are, on offer"
            };
            choice(ui.button("Later").on_hover_text(later).clicked(), DivergedAnswer::Later);
            if is_written {
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
            }
            let sides = diverged.sides();
            let merge = ui.add_enabled(sides.is_some(), main_button("Merge", chrome));
            let merge = merge.on_disabled_hover_text(format!("Decide first: {undecided} left"));
            let is_idle = diverged.rows.is_empty() && ui.memory(|memory| memory.focused().is_none());
            if std::mem::take(&mut diverged.goes_on) || is_idle {
                merge.request_focus();
            }
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
    let (yours, (others, all_others)) = (diverged.yours(), diverged.others());
    let column = ((ui.available_width() - 32.0) / 3.0).max(120.0);
    let mut radios: Vec<[Response; 2]> = Vec::new();
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        Grid::new("conflicts").num_columns(3).spacing([16.0, 8.0]).striped(true).show(ui, |ui| {
            ui.label("");
            for (label, side) in [("All yours", Side::Theirs), (all_others, Side::Ours)] {
                if diverged.rows.len() > 1 {
                    if ui.button(label).clicked() {
                        diverged.rows.iter_mut().for_each(|row| row.chosen = Some(side));
                    }
                } else {
                    let label = if side == Side::Theirs { yours } else { others };
                    ui.label(RichText::new(label).color(chrome.muted));
                }
            }
            ui.end_row();
            for row in &mut diverged.rows {
                cell(ui, column, |ui| {
                    // On the line of the texts beside it, which stand in the middle of their buttons.
                    ui.add_space(3.0);
                    let what = label_ui(ui, &row.what, Letters::body(ui.visuals().text_color()));
                    if let Some(base) = &row.base {
                        letters::tooltip(what, &format!("Before: {base}"));
                    }
                });
                let sides = [(Side::Theirs, &row.here, yours), (Side::Ours, &row.file, others)];
                radios.push(sides.map(|(side, said, whose)| {
                    cell(ui, column, |ui| {
                        let is_chosen = row.chosen == Some(side);
                        let radio = ui.radio(is_chosen, visual_line(said));
                        let name = format!("{whose}: {said} ({})", row.what);
                        ui.ctx().accesskit_node_builder(radio.id, |node| node.set_label(name));
                        if radio.clicked() {
                            row.chosen = Some(side);
                        }
                        radio
                    })
                }));
                ui.end_row();
            }
        });
    });
    keys_ui(ui, diverged, &radios);
}

/// The sides in the order in which they stand.
const SIDES: [Side; 2] = [Side::Theirs, Side::Ours];

/// Keys of the choices: ← and → choose a side, ↑ and ↓ go from one conflict to another, Enter chooses and goes on to what is not
/// decided yet, at last to the merge.
fn keys_ui(ui: &Ui, diverged: &mut Diverged, radios: &[[Response; 2]]) {
    let all = || radios.iter().enumerate().flat_map(|(row, sides)| sides.iter().enumerate().map(move |it| (row, it)));
    let Some((row, (side, focused))) = all().find(|(_, (_, radio))| radio.has_focus()) else {
        if ui.memory(|memory| memory.focused().is_none())
            && let Some([first, _]) = radios.first()
        {
            first.request_focus();
        }
        return;
    };
    // Else egui takes the arrows to whatever stands nearest in their direction.
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(focused.id, filter));
    let pressed = |key| take_key(ui, Modifiers::NONE, key) > 0;
    let (mut to_row, mut to_side) = (row, side);
    for (key, chosen) in [(Key::ArrowLeft, 0), (Key::ArrowRight, 1)] {
        if pressed(key) {
            to_side = chosen;
            if let Some(row) = diverged.rows.get_mut(row) {
                row.chosen = SIDES.get(chosen).copied();
            }
        }
    }
    if pressed(Key::ArrowUp) {
        to_row = row.saturating_sub(1);
    }
    if pressed(Key::ArrowDown) {
        to_row = (row + 1).min(radios.len().saturating_sub(1));
    }
    if focused.clicked() && ui.input(|input| input.key_pressed(Key::Enter)) {
        let count = diverged.rows.len();
        let is_open = |at: &usize| diverged.rows.get(*at).is_some_and(|row| row.chosen.is_none());
        match (row + 1..count).chain(0..row).find(is_open) {
            Some(next) => to_row = next,
            None => diverged.goes_on = true,
        }
    }
    if (to_row, to_side) != (row, side)
        && let Some(radio) = radios.get(to_row).and_then(|sides| sides.get(to_side))
    {
        radio.request_focus();
        radio.scroll_to_me(None);
    }
}

/// A cell of this width, whose text wraps.
fn cell<R>(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let shown = ui.vertical(|ui| {
        ui.set_width(width);
        contents(ui)
    });
    shown.inner
}
