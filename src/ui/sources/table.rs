//! The heading and rows of the table of sources. Draws only the rows in view.

use egui::{
    Button, Color32, EventFilter, Id, Key, Modifiers, Pos2, Rect, RichText, Role, ScrollArea, Sense, Stroke, TextStyle,
    TextWrapMode, Ui, WidgetInfo, WidgetText, pos2, vec2,
};

use super::order::Column;
use super::{SourcesState, cell_text};
use crate::diagnostic::counted_as;
use crate::model::{Field as _, Known, Source, SourceField, Value};
use crate::text::{Face, visible};
use crate::theme::{Theme, font};
use crate::ui::context::{context_command_ui, context_menu};
use crate::ui::field::Ink;
use crate::ui::letters::{Letters, paint_cell};
use crate::ui::style::Chrome;
use crate::ui::{Action, Command, Document, Facts, ReadOnly, ViewState, color32};

/// Height of a row, in points.
const ROW_PT: f32 = 24.0;

/// Blank at the left and right of a cell, in points.
const CELL_MARGIN_PT: f32 = 8.0;

/// Where there is less room, the table scrolls sideways.
const LEAST_WIDTH_PT: f32 = 800.0;

/// Left edges of the columns, and the right edge of the last.
fn edges(left: f32, width: f32) -> [f32; 9] {
    let fixed: f32 = Column::ALL.iter().filter_map(|column| column.fixed_pt()).sum();
    let rest = width - fixed;
    let mut edges = [left; 9];
    let mut at = left;
    for (edge, column) in edges.iter_mut().skip(1).zip(Column::ALL) {
        at += column.fixed_pt().unwrap_or(column.share() * rest);
        *edge = at;
    }
    edges
}

fn cells(row: Rect) -> impl Iterator<Item = (Column, Rect)> {
    let edges = edges(row.left(), row.width());
    let pairs = edges.into_iter().zip(edges.into_iter().skip(1));
    Column::ALL.into_iter().zip(pairs).map(move |(column, (left, right))| {
        (column, Rect::from_min_max(pos2(left, row.top()), pos2(right, row.bottom())))
    })
}

/// Heading and rows.
pub fn rows_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    view: &ViewState,
    theme: &Theme,
    chrome: Chrome,
    state: &mut SourcesState,
    actions: &mut Vec<Action>,
) {
    take_keys(ui, doc, view, state, actions);
    ScrollArea::horizontal().id_salt("sources across").auto_shrink(false).show(ui, |ui| {
        ui.set_width(ui.available_width().max(LEAST_WIDTH_PT));
        ui.spacing_mut().item_spacing.y = 0.0;
        heading_ui(ui, Ink::of(theme), chrome, state);
        let mut area = ScrollArea::vertical().id_salt("sources").auto_shrink(false);
        if let Some(row) = row_to_show(state, doc, view) {
            area = area.vertical_scroll_offset((row as f32 * ROW_PT - ui.available_height() / 2.0).max(0.0));
        }
        area.show_rows(ui, ROW_PT, state.rows.len(), |ui, shown| {
            for row in shown {
                let Some(at) = state.rows.get(row).copied() else { continue };
                let Some(source) = doc.timeline.sources().get(at) else { continue };
                row_ui(ui, doc, view, theme, state, at, source, actions);
            }
        });
    });
}

fn row_id(source: &str) -> Id {
    Id::unique(("source row", source))
}

/// The row to bring into view: one that takes the keyboard, or was selected elsewhere since the last frame.
fn row_to_show(state: &mut SourcesState, doc: Document<'_>, view: &ViewState) -> Option<usize> {
    let changed = state.selection != view.transient.source;
    if changed {
        state.selection.clone_from(&view.transient.source);
    }
    let wanted = state.focus.as_deref().or(view.transient.source.as_deref().filter(|_| changed))?;
    let sources = doc.timeline.sources();
    state.rows.iter().position(|at| sources.get(*at).is_some_and(|source| *source.id == *wanted))
}

/// Arrows, Page up and down, Home and End go from row to row while one has the keyboard; Enter goes into its form, Delete
/// deletes it.
fn take_keys(ui: &Ui, doc: Document<'_>, view: &ViewState, state: &mut SourcesState, actions: &mut Vec<Action>) {
    let sources = doc.timeline.sources();
    let id_of = |row: usize, state: &SourcesState| {
        state.rows.get(row).and_then(|at| sources.get(*at)).map(|source| source.id.clone())
    };
    // From the search field, the arrow leads to the first row.
    if state.focus.as_deref() == Some("") {
        state.focus = id_of(0, state);
        actions.extend(state.focus.clone().map(|id| Action::ShowSource(Some(id))));
        return;
    }
    let Some(id) = view.transient.source.as_deref().filter(|id| ui.memory(|memory| memory.has_focus(row_id(id))))
    else {
        return;
    };
    let Some(row) = state.rows.iter().position(|at| sources.get(*at).is_some_and(|source| *source.id == *id)) else {
        return;
    };
    let last = state.rows.len().saturating_sub(1);
    let page = ((ui.available_height() / ROW_PT) as usize).saturating_sub(2).max(1);
    let struck = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
    let down = struck(Key::ArrowDown) + page * struck(Key::PageDown);
    let up = struck(Key::ArrowUp) + page * struck(Key::PageUp);
    let to = match (struck(Key::Home), struck(Key::End)) {
        (0, 0) => (row + down).saturating_sub(up).min(last),
        (_, 0) => 0,
        _ => last,
    };
    if to != row {
        state.focus = id_of(to, state);
        actions.extend(state.focus.clone().map(|id| Action::ShowSource(Some(id))));
    } else if struck(Key::Enter) + struck(Key::F2) > 0 {
        actions.push(Action::EditSource(id.into()));
    } else if struck(Key::Delete) + struck(Key::Backspace) > 0 {
        actions.push(Action::DeleteSource(id.into()));
    }
}

fn heading_ui(ui: &mut Ui, ink: Ink, chrome: Chrome, state: &mut SourcesState) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PT), Sense::empty());
    for (column, cell) in cells(rect) {
        let response = ui.interact(cell, ui.scope_id().with(("heading", column.label())), Sense::click());
        let sorted = state.sorting.column == column;
        response.widget_info(|| {
            let way = match (sorted, state.sorting.descending) {
                (false, _) => "",
                (true, false) => ", ascending",
                (true, true) => ", descending",
            };
            WidgetInfo::selected(Role::Button, true, sorted, format!("Sort by {}{way}", column.label().to_lowercase()))
        });
        if response.hovered() {
            ui.painter().rect_filled(cell, 0.0, chrome.hover);
        }
        if response.has_focus() {
            ui.painter().rect_stroke(cell, 0.0, Stroke::new(1.0, chrome.accent), egui::StrokeKind::Inside);
        }
        let color = if sorted { ink.text } else { ink.muted };
        let mut text = cell.shrink2(vec2(CELL_MARGIN_PT, 0.0));
        if sorted {
            let mark = if column.is_number() { text.left() + 4.0 } else { text.right() - 4.0 };
            arrow(ui, pos2(mark, cell.center().y), state.sorting.descending, ink.text);
            if column.is_number() {
                text.min.x += 12.0;
            } else {
                text.max.x -= 12.0;
            }
        }
        text_ui(ui, text, RichText::new(column.label()).small(), color, column.is_number());
        if response.clicked() {
            state.sorting = state.sorting.clicked(column);
        }
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, ink.line));
}

/// A small triangle that points up where rows ascend.
fn arrow(ui: &Ui, center: Pos2, descending: bool, color: Color32) {
    let tip = if descending { 2.5 } else { -2.5 };
    let points = vec![center + vec2(-3.5, -tip), center + vec2(3.5, -tip), center + vec2(0.0, tip)];
    ui.painter().add(egui::Shape::convex_polygon(points, color, Stroke::NONE));
}

#[expect(clippy::too_many_arguments, reason = "a row is drawn from everything the table has")]
fn row_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    view: &ViewState,
    theme: &Theme,
    state: &mut SourcesState,
    at: usize,
    source: &Source,
    actions: &mut Vec<Action>,
) {
    let ink = Ink::of(theme);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW_PT));
    let id = row_id(&source.id);
    let response = ui.interact(rect, id, Sense::click());
    let selected = view.transient.source.as_deref() == Some(&*source.id);
    let texts: Vec<(Column, Rect, String)> =
        cells(rect).map(|(column, cell)| (column, cell, cell_text(doc, &state.facts, at, source, column))).collect();
    let not_out = doc.known_on.is_some_and(|known_on| known_on.source(source) == Known::NotYet);
    response.widget_info(|| {
        let facts = texts.iter().filter(|(_, _, text)| !text.is_empty()).map(|(column, _, text)| match column {
            Column::CitedBy => format!("cited by {text}"),
            Column::Field(SourceField::Origin) => format!("derived from {text}"),
            Column::Field(field @ (SourceField::Reliability | SourceField::Captures)) => {
                format!("{} {text}", field.info().noun)
            }
            Column::Field(_) => text.clone(),
        });
        let facts: Vec<String> = facts.chain(not_out.then(|| "not out yet".to_owned())).collect();
        WidgetInfo::selected(Role::ListBoxOption, true, selected, visible(&facts.join(", ")))
    });
    if state.focus.as_deref() == Some(&*source.id) {
        response.request_focus();
        state.focus = None;
    }
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        // With Tab one comes to a row that is not selected: then it is.
        if !selected && response.gained_focus() {
            actions.push(Action::ShowSource(Some(source.id.clone())));
            state.selection = Some(source.id.clone());
        }
    }
    if selected {
        ui.painter().rect_filled(rect, 0.0, color32(theme.selection));
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, color32(theme.hover));
    }
    if response.has_focus() {
        let ring = Stroke::new(1.0, color32(theme.focus_ring));
        ui.painter().rect_stroke(rect, 0.0, ring, egui::StrokeKind::Inside);
    }
    for (column, cell, text) in &texts {
        let color = if *column == Column::Field(SourceField::Title) && !not_out { ink.text } else { ink.muted };
        text_ui(ui, cell.shrink2(vec2(CELL_MARGIN_PT, 0.0)), RichText::new(visible(text)), color, column.is_number());
    }
    if response.clicked() {
        // A row that is clicked is in view already.
        state.selection = Some(source.id.clone());
        response.request_focus();
        actions.push(Action::ShowSource(Some(source.id.clone())));
    }
    if response.double_clicked() {
        actions.push(Action::EditSource(source.id.clone()));
    }
    if response.secondary_clicked() && !selected {
        actions.push(Action::ShowSource(Some(source.id.clone())));
    }
    context_menu(&response, |ui| {
        let facts = Facts {
            read_only: doc.read_only,
            source_selected: true,
            any_source: true,
            selected: view.transient.selection.is_some(),
            ..Facts::default()
        };
        let edit = ui.add_enabled(doc.read_only.is_none(), Button::new("Edit source").shortcut_text("F2"));
        if edit.on_disabled_hover_text(doc.read_only.map_or("", ReadOnly::remedy)).clicked() {
            actions.push(Action::EditSource(source.id.clone()));
            ui.close();
        }
        for command in [Command::AttachCapture, Command::MergeSources, Command::AddSource] {
            context_command_ui(ui, command, &facts, actions);
        }
        ui.separator();
        context_command_ui(ui, Command::ExportSources, &facts, actions);
        ui.separator();
        context_command_ui(ui, Command::DeleteSource, &facts, actions);
    });
    let under = response.hover_pos().and_then(|at| texts.iter().find(|(_, cell, _)| cell.x_range().contains(at.x)));
    if let Some(words) = under.map(|(column, _, text)| tooltip(*column, text, source)).filter(|text| !text.is_empty()) {
        response.on_hover_text_at_pointer(words);
    }
}

/// The whole text of a cell; a grade in words.
fn tooltip(column: Column, text: &str, source: &Source) -> String {
    match column {
        Column::CitedBy => counted_as(text.parse().unwrap_or(0), "event cites it", "events cite it"),
        Column::Field(field @ SourceField::Reliability) => match field.get(source) {
            Value::Choice(grade) => grade.in_menus(),
            _ => field.info().hint.to_owned(),
        },
        Column::Field(_) => text.to_owned(),
    }
}

fn text_ui(ui: &mut Ui, cell: Rect, text: RichText, color: Color32, right: bool) {
    let letters = Letters { face: Face::Regular, size_pt: font::BODY, color };
    if !right && paint_cell(ui, cell, text.text(), letters) {
        return;
    }
    let width = cell.width().max(0.0);
    let galley =
        WidgetText::from(text.color(color)).into_galley(ui, Some(TextWrapMode::Truncate), width, TextStyle::Body);
    let x = if right { cell.right() - galley.size().x } else { cell.left() };
    ui.painter().galley(pos2(x, cell.center().y - galley.size().y / 2.0), galley, color);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_width_and_none_is_narrower_than_its_heading_needs() {
        for width in [LEAST_WIDTH_PT, 1200.0, 3800.0] {
            let edges = edges(10.0, width);
            assert!((edges[8] - 10.0 - width).abs() < 0.01, "{width}: {edges:?}");
            assert!(edges.windows(2).all(|pair| pair[1] - pair[0] >= 76.0), "{width}: {edges:?}");
        }
    }
}
