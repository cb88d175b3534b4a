//! The dialog that merges sources which may be the same: side by side, with what differs, and which one stays.

use egui::{Context, Grid, Label, RichText, ScrollArea, Ui};

use super::duplicates::Duplicates;
use crate::edit::{self, Edit, EditError};
use crate::model::{Source, Timeline};
use crate::text::visible_lines;
use crate::theme::Theme;
use crate::ui::dialog::{begin_at, footer, main_button, modal, scroll_by_key};
use crate::ui::field::Ink;
use crate::ui::fonts::semibold;
use crate::ui::style::Chrome;
use crate::ui::{Action, Document};

/// Width of the column of labels, in points.
const LABEL_PT: f32 = 88.0;

/// Between two columns, in points.
const GAP_PT: f32 = 16.0;

/// Widths of the column of a source in points: where there is little room, and where there is enough.
const SOURCE_PT: (f32, f32) = (180.0, 280.0);

/// What the dialog remembers while it is open.
#[derive(Debug, Default)]
pub struct MergeState {
    revision: Option<u64>,
    /// The ids of sources that may be the same.
    groups: Vec<Vec<String>>,
    /// Which group is shown.
    at: usize,
    /// The one that stays.
    keep: String,
    /// Those that are not merged into it.
    apart: Vec<String>,
    /// How many were merged away since the dialog was opened.
    merged: usize,
}

impl MergeState {
    fn refresh(&mut self, doc: Document<'_>) {
        if self.revision == Some(doc.revision) {
            return;
        }
        let sources = doc.timeline.sources();
        let ids =
            |group: Vec<usize>| group.into_iter().filter_map(|at| Some(sources.get(at)?.id.to_string())).collect();
        self.groups = Duplicates::default().groups(doc.timeline).into_iter().map(ids).collect();
        self.revision = Some(doc.revision);
        self.show(self.at.min(self.groups.len().saturating_sub(1)), doc.timeline);
    }

    /// Shows a group; the source that says most is the one to keep, unless another is chosen.
    fn show(&mut self, at: usize, timeline: &Timeline) {
        self.at = at;
        self.apart.clear();
        let group = self.groups.get(at).into_iter().flatten().rev();
        let fullest = group.max_by_key(|id| timeline.source(id).map_or(0, filled));
        self.keep = fullest.cloned().unwrap_or_default();
    }
}

/// How many fields a source fills.
fn filled(source: &Source) -> usize {
    rows(source).iter().filter(|(_, text)| !text.is_empty()).count()
}

/// The fields of a source as the dialog compares them.
fn rows(source: &Source) -> [(&'static str, String); 16] {
    let text = |text: &Option<_>| text.as_ref().map(ToString::to_string).unwrap_or_default();
    let date = |date: &Option<crate::time::Date>| date.as_ref().map(|date| date.describe()).unwrap_or_default();
    let grade = source.reliability.map(|grade| format!("{} {}", grade.letter(), grade.label()));
    let captures = source.captures.iter().map(|capture| capture.file.to_string()).collect::<Vec<_>>();
    [
        ("Title", source.title.to_string()),
        ("Author", text(&source.author)),
        ("Publisher", text(&source.publisher)),
        ("Kind", source.kind.label().to_owned()),
        ("Number", text(&source.number)),
        ("Language", text(&source.language)),
        ("URL", text(&source.url)),
        ("Archive URL", text(&source.archive_url)),
        ("Published", date(&source.published)),
        ("Information", date(&source.information)),
        ("Accessed", date(&source.accessed)),
        ("Reliability", grade.unwrap_or_default()),
        ("Origin", text(&source.origin)),
        ("Captures", captures.join(", ")),
        ("Descriptor", text(&source.descriptor)),
        ("Note", text(&source.note)),
    ]
}

/// The one edit that makes several sources part of one.
///
/// # Errors
/// Where one of them is not there.
fn merge_all(timeline: &Timeline, keep: &str, remove: &[&str]) -> Result<Edit, EditError> {
    let mut timeline = timeline.clone();
    let mut edits = Vec::new();
    for id in remove {
        let step = edit::merge_sources(&timeline, keep, id)?;
        edit::apply(&mut timeline, &step)?;
        edits.push(step);
    }
    Ok(Edit::Batch(edits))
}

/// Shows the dialog; says whether it stays open. A merge is pushed as one edit.
pub fn merge_ui(
    ctx: &Context,
    doc: Document<'_>,
    theme: &Theme,
    state: &mut MergeState,
    actions: &mut Vec<Action>,
) -> bool {
    let (ink, chrome) = (Ink::of(theme), Chrome::of(theme));
    state.refresh(doc);
    let screen = ctx.content_rect().size();
    let modal = modal(ctx, "merge sources").show(ctx, |ui| {
        let group = state.groups.get(state.at).cloned().unwrap_or_default();
        let sources: Vec<&Source> = group.iter().filter_map(|id| doc.timeline.source(id)).collect();
        let count = sources.len().max(2) as f32;
        let room = screen.x - 96.0;
        let width = ((room - LABEL_PT) / count - GAP_PT).clamp(SOURCE_PT.0, SOURCE_PT.1);
        ui.set_width((LABEL_PT + (width + GAP_PT) * count).min(room));
        ui.heading("Merge duplicates");
        ui.add_space(8.0);
        if sources.is_empty() {
            let text = if state.merged > 0 { "No duplicates are left" } else { "No two sources look the same" };
            ui.label(text);
            ui.label(
                RichText::new("Sources look the same where they are of one page, or of one title and date")
                    .small()
                    .color(ink.muted),
            );
            return footer(ui, |ui| {
                let close = ui.add(main_button("Close", chrome));
                begin_at(&close);
                close.clicked()
            });
        }
        let help = "What the one that stays leaves empty is filled from the others; what differs is kept in its note. \
                    Citations, captures and what derives from them go over to it.";
        ui.add(Label::new(RichText::new(help).small().color(ink.muted)).wrap());
        ui.add_space(8.0);
        ScrollArea::both().id_salt("sources side by side").max_height((screen.y - 280.0).max(120.0)).show(ui, |ui| {
            scroll_by_key(ui, screen.y / 2.0);
            compare_ui(ui, ink, state, &sources, width);
        });
        footer(ui, |ui| buttons_ui(ui, doc, chrome, state, &group, actions))
    });
    !(modal.inner || modal.should_close())
}

/// The sources side by side: what differs in ink, what is the same muted.
fn compare_ui(ui: &mut Ui, ink: Ink, state: &mut MergeState, sources: &[&Source], width: f32) {
    let columns: Vec<_> = sources.iter().map(|source| rows(source)).collect();
    let Some(first) = columns.first() else { return };
    let cell = |ui: &mut Ui, text: RichText, width: f32| {
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.add(Label::new(text).wrap());
        });
    };
    Grid::new("sources side by side").num_columns(sources.len() + 1).spacing([GAP_PT, 4.0]).show(ui, |ui| {
        ui.label("");
        for (number, source) in sources.iter().enumerate() {
            ui.vertical(|ui| {
                ui.set_width(width);
                choose_ui(ui, state, source, number + 1, sources.len());
            });
        }
        ui.end_row();
        for (row, (label, _)) in first.iter().enumerate() {
            let texts: Vec<&str> =
                columns.iter().filter_map(|column| column.get(row)).map(|(_, text)| text.as_str()).collect();
            if texts.iter().all(|text| text.is_empty()) {
                continue;
            }
            let differs = texts.windows(2).any(|pair| matches!(pair, [a, b] if a != b));
            cell(ui, RichText::new(*label).color(ink.muted), LABEL_PT);
            for text in texts {
                let shown = if text.is_empty() { "–" } else { text };
                let color = if differs && !text.is_empty() { ink.text } else { ink.muted };
                cell(ui, RichText::new(visible_lines(shown)).color(color), width);
            }
            ui.end_row();
        }
    });
}

fn choose_ui(ui: &mut Ui, state: &mut MergeState, source: &Source, number: usize, of: usize) {
    let kept = state.keep == *source.id;
    let response = ui.radio(kept, RichText::new("Keep this one").family(semibold()));
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if response.accessible_name(format!("Keep source {number}")).clicked() {
        state.keep = source.id.to_string();
        state.apart.retain(|id| *id != *source.id);
    }
    if of > 2 && !kept {
        let mut same = !state.apart.iter().any(|id| *id == *source.id);
        if ui.checkbox(&mut same, "Merge into it").accessible_name(format!("Merge source {number}")).changed() {
            state.apart.retain(|id| *id != *source.id);
            if !same {
                state.apart.push(source.id.to_string());
            }
        }
    }
}

/// Says whether the dialog is done with.
fn buttons_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    chrome: Chrome,
    state: &mut MergeState,
    group: &[String],
    actions: &mut Vec<Action>,
) -> bool {
    let remove: Vec<&str> = group
        .iter()
        .map(String::as_str)
        .filter(|id| *id != state.keep && !state.apart.iter().any(|a| a == id))
        .collect();
    let count = state.groups.len();
    if count > 1 {
        let mut to = state.at;
        ui.label(RichText::new(format!("{} of {count}", state.at + 1)).color(chrome.muted));
        if ui.add_enabled(state.at > 0, egui::Button::new("Previous")).clicked() {
            to = to.saturating_sub(1);
        }
        if ui.add_enabled(state.at + 1 < count, egui::Button::new("Next")).clicked() {
            to += 1;
        }
        if to != state.at {
            state.show(to, doc.timeline);
            return false;
        }
    }
    let close = ui.button("Close").clicked();
    let label = if remove.len() == 1 { "Merge".to_owned() } else { format!("Merge {} into one", remove.len() + 1) };
    let merge = ui.add_enabled(!remove.is_empty(), main_button(&label, chrome)).accessible_name("Merge the sources");
    begin_at(&merge);
    if merge.clicked()
        && let Ok(edit) = merge_all(doc.timeline, &state.keep, &remove)
    {
        let title = doc.timeline.source(&state.keep).map_or(state.keep.as_str(), |source| &source.title);
        let label = format!("Merge sources into “{title}”");
        let said = format!("Merged {} sources into “{title}”", remove.len() + 1);
        actions.push(Action::EditAndTell { label, said, edit, select: None });
        state.merged += remove.len();
    }
    close
}
