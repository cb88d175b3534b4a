//! The row of headings: a click sorts, a drag moves a column, its border makes it wider; the menu chooses which there are.

use egui::{
    CursorIcon, Id, Key, Modifiers, Popup, PopupCloseBehavior, Rect, Response, RichText, Role, Sense, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};

use super::cell::Cell;
use super::column::Column;
use super::columns::TableColumns;
use super::row::{self, arrow, text_ui, width_of};
use super::{CELL_MARGIN_PT, Sorting, TableState};
use crate::text::visible;
use crate::theme::Theme;
use crate::ui::Document;
use crate::ui::context::{context_menu, ticked_ui};
use crate::ui::exact_key::take_key;
use crate::ui::field::{Ink, start_here};
use crate::ui::icon::{self, Icon};
use crate::ui::menu_popup::{menu_button_ui, scrolled_ui};
use crate::ui::style::Chrome;

/// Width in which a border can be grasped, in points.
const GRASP_PT: f32 = 8.0;

/// Room for the mark of the order, in points.
const MARK_PT: f32 = 12.0;

/// By how much a key makes a column wider, in points.
const STEP_PT: f32 = 16.0;

/// What the headings remember between frames.
#[derive(Debug, Default)]
pub struct HeadingState {
    /// The column that is being dragged.
    dragged: Option<Column>,
}

/// What a heading asks for.
enum Wish {
    Sort(Option<Sorting>),
    /// Before another column, or to the end.
    Move(Option<Column>),
    /// So wide, in points; none for as wide as there is room.
    Width(Option<f32>),
    /// As wide as what stands in it in the rows in view.
    Fit,
    Hide,
}

/// The headings, in a row at the top. Those that are dragged are moved when they are let go.
pub fn heading_ui(ui: &mut Ui, doc: Document<'_>, theme: &Theme, state: &mut TableState, cells: &[Cell], row: Rect) {
    let (ink, chrome) = (Ink::of(theme), Chrome::of(theme));
    let mut wishes: Vec<(Column, Wish)> = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let wish = cell_ui(ui, doc, (ink, chrome), state, cells, at, row);
        wishes.extend(wish.map(|wish| (cell.column.clone(), wish)));
    }
    // Borders lie over two headings: they come after both.
    for cell in cells {
        let wish = border_ui(ui, cell, row, chrome);
        wishes.extend(wish.map(|wish| (cell.column.clone(), wish)));
    }
    ui.painter().hline(row.x_range(), row.bottom() - 0.5, Stroke::new(1.0, ink.line));
    for (column, wish) in wishes {
        grant(ui, doc, state, cells, &column, wish);
    }
}

/// Does what a heading asks for.
fn grant(ui: &Ui, doc: Document<'_>, state: &mut TableState, cells: &[Cell], column: &Column, wish: Wish) {
    match wish {
        Wish::Sort(sorting) => state.sorting = sorting,
        Wish::Move(before) => state.columns.move_before(column, before.as_ref()),
        Wish::Width(width_pt) => set_width(state, cells, column, width_pt),
        Wish::Fit => {
            let events = state.scroll.seen().filter_map(|row| state.rows.event(doc, row));
            let widths = events.map(|event| width_of(ui, &column.text(doc, event)));
            let widest = widths.fold(0.0, f32::max);
            set_width(state, cells, column, Some(fitting_pt(ui, column, widest)));
        }
        Wish::Hide => state.columns.toggle(column),
    }
}

/// The width in which a column's heading and texts of a width are not cut, in points.
pub fn fitting_pt(ui: &Ui, column: &Column, texts_pt: f32) -> f32 {
    let heading = width_of(ui, column.heading()) + MARK_PT;
    let mark = if column.is_time() { row::MARK_PT } else { 0.0 };
    (texts_pt.max(heading) + mark + 2.0 * CELL_MARGIN_PT).ceil()
}

/// Sets a width. The columns before it keep theirs: the edge that is dragged stays under the pointer.
fn set_width(state: &mut TableState, cells: &[Cell], column: &Column, width_pt: Option<f32>) {
    if width_pt.is_some() {
        for cell in cells.iter().take_while(|cell| cell.column != *column) {
            state.columns.set_width(&cell.column, Some(cell.right - cell.left));
        }
    }
    state.columns.set_width(column, width_pt);
}

fn heading_id(column: &Column) -> Id {
    Id::unique(("table heading", column.name()))
}

/// The heading of a column.
fn cell_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    (ink, chrome): (Ink, Chrome),
    state: &mut TableState,
    cells: &[Cell],
    at: usize,
    row: Rect,
) -> Option<Wish> {
    let cell = cells.get(at)?;
    let rect = cell.rect(row.top());
    let response = ui.interact(rect, heading_id(&cell.column), Sense::click_and_drag());
    let way = Sorting::way(state.sorting(), &cell.column);
    // What is asked for and what is shown are two things while the order is worked out.
    let is_shown = Sorting::way(state.rows.sorting(), &cell.column) == way && !state.rows.is_old(doc);
    response.widget_info(|| {
        let way = match way {
            None => "",
            Some(false) => ", ascending",
            Some(true) => ", descending",
        };
        let waits = if is_shown || way.is_empty() { "" } else { ", being sorted" };
        WidgetInfo::selected(Role::Button, true, !way.is_empty(), format!("Sort by {}{way}{waits}", noun(&cell.column)))
    });
    let is_dragged = state.heading.dragged.as_ref() == Some(&cell.column);
    if response.hovered() || is_dragged {
        ui.painter().rect_filled(rect, 0.0, chrome.hover);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 0.0, Stroke::new(1.0, chrome.accent), egui::StrokeKind::Inside);
    }
    let mut text = rect.shrink2(vec2(CELL_MARGIN_PT, 0.0));
    if let Some(descending) = way {
        let is_number = cell.column.is_number();
        let x = if is_number { text.left() + 4.0 } else { text.right() - 4.0 };
        arrow(ui, pos2(x, rect.center().y), descending, if is_shown { ink.text } else { ink.line });
        if is_number {
            text.min.x += MARK_PT;
        } else {
            text.max.x -= MARK_PT;
        }
    }
    let color = if way.is_some() { ink.text } else { ink.muted };
    let words = RichText::new(visible(cell.column.heading())).small();
    text_ui(ui, text, words, color, cell.column.is_number());
    let mut wish = response.clicked().then(|| Wish::Sort(Sorting::clicked(state.sorting(), &cell.column)));
    wish = wish.or_else(|| by_key(ui, &response, cells, at));
    wish = wish.or_else(|| dragged(ui, &response, state, cells, at, row, chrome));
    let mut chosen = None;
    context_menu(&response, |ui| chosen = entries_ui(ui, &response, state, cells, at));
    if !response.dragged() {
        response.on_hover_text(tooltip(&cell.column));
    }
    wish.or(chosen)
}

/// The column in the middle of a sentence; a name that the user gave stays as it is.
fn noun(column: &Column) -> String {
    match column {
        Column::Own(name) => visible(name).into_owned(),
        _ => column.heading().to_lowercase(),
    }
}

fn tooltip(column: &Column) -> String {
    let explanation = column.explanation().map(|words| format!("{words}\n")).unwrap_or_default();
    format!(
        "{explanation}{}\nClick to sort, drag to move. Shift+←→ moves, Ctrl+←→ makes narrower and wider",
        column.order_in_words()
    )
}

/// Keys of the heading that has the keyboard.
fn by_key(ui: &Ui, response: &Response, cells: &[Cell], at: usize) -> Option<Wish> {
    if !response.has_focus() {
        return None;
    }
    let struck = |modifiers, key| take_key(ui, modifiers, key);
    let cell = cells.get(at)?;
    let width = cell.right - cell.left;
    if struck(Modifiers::SHIFT, Key::ArrowLeft) > 0 {
        return Some(Wish::Move(Some(cells.get(at.checked_sub(1)?)?.column.clone())));
    }
    if struck(Modifiers::SHIFT, Key::ArrowRight) > 0 {
        cells.get(at + 1)?;
        return Some(Wish::Move(cells.get(at + 2).map(|cell| cell.column.clone())));
    }
    let steps = struck(Modifiers::COMMAND, Key::ArrowRight) as f32 - struck(Modifiers::COMMAND, Key::ArrowLeft) as f32;
    (steps != 0.0).then_some(Wish::Width(Some(width + steps * STEP_PT)))
}

/// A heading that is dragged over others shows where it would come.
fn dragged(
    ui: &Ui,
    response: &Response,
    state: &mut TableState,
    cells: &[Cell],
    at: usize,
    row: Rect,
    chrome: Chrome,
) -> Option<Wish> {
    let cell = cells.get(at)?;
    if response.drag_started() {
        state.heading.dragged = Some(cell.column.clone());
    }
    if state.heading.dragged.as_ref() != Some(&cell.column) {
        return None;
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        state.heading.dragged = None;
        ui.ctx().stop_dragging();
        return None;
    }
    let pointer = response.interact_pointer_pos().or_else(|| ui.input(|input| input.pointer.latest_pos()))?;
    let before = cells.iter().find(|cell| pointer.x < (cell.left + cell.right) / 2.0);
    let x = before.map_or_else(|| cells.last().map_or(cell.right, |last| last.right), |before| before.left);
    ui.painter().vline(x, row.y_range(), Stroke::new(2.0, chrome.accent));
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    if response.dragged() {
        return None;
    }
    state.heading.dragged = None;
    Some(Wish::Move(before.map(|before| before.column.clone())))
}

/// The border at the right of a column.
fn border_ui(ui: &Ui, cell: &Cell, row: Rect, chrome: Chrome) -> Option<Wish> {
    let x = cell.right;
    let grasp = Rect::from_min_max(pos2(x - GRASP_PT / 2.0, row.top()), pos2(x + GRASP_PT / 2.0, row.bottom()));
    // Keys make columns wider at their headings: a border is no stop for Tab.
    let response = ui.interact(grasp, heading_id(&cell.column).with("border"), Sense::CLICK | Sense::DRAG);
    response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, format!("Width of {}", noun(&cell.column))));
    let is_held = response.hovered() || response.dragged();
    ui.painter().vline(
        x - 0.5,
        row.y_range().shrink(5.0),
        Stroke::new(1.0, if is_held { chrome.accent } else { chrome.line }),
    );
    if is_held {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
    if response.double_clicked() {
        return Some(Wish::Fit);
    }
    let pointer = response.interact_pointer_pos().filter(|_| response.dragged())?;
    Some(Wish::Width(Some(pointer.x - cell.left)))
}

/// What can be done with a column, and which others there are.
fn entries_ui(ui: &mut Ui, heading: &Response, state: &mut TableState, cells: &[Cell], at: usize) -> Option<Wish> {
    let cell = cells.get(at)?;
    let (column, width) = (&cell.column, cell.right - cell.left);
    let way = Sorting::way(state.sorting(), column);
    let mut wish = None;
    let sorted = |descending| Some(Sorting { column: column.clone(), descending });
    let ascending = if column.is_time() { None } else { sorted(false) };
    for (words, wanted, is_so) in [
        ("Sort ascending", ascending, way == Some(false)),
        ("Sort descending", sorted(true), way == Some(true)),
        ("In time order", None, state.sorting().is_none()),
    ] {
        let entry = ticked_ui(ui, words, "", is_so);
        if words == "Sort ascending" {
            start_here(ui, &entry, heading.id);
        }
        if entry.clicked() {
            wish = Some(Wish::Sort(wanted));
        }
    }
    ui.separator();
    let before = at.checked_sub(1).and_then(|at| cells.get(at)).map(|cell| cell.column.clone());
    let behind = cells.get(at + 1).map(|_| cells.get(at + 2).map(|cell| cell.column.clone()));
    let moves = [("Move left", before.is_some(), before), ("Move right", behind.is_some(), behind.flatten())];
    for (words, can, before) in moves {
        if ui.add_enabled(can, egui::Button::new(words)).clicked() {
            wish = Some(Wish::Move(before));
        }
    }
    for (words, wanted) in [
        ("Wider", Wish::Width(Some(width + STEP_PT))),
        ("Narrower", Wish::Width(Some(width - STEP_PT))),
        ("Fit what is in view", Wish::Fit),
        ("As wide as there is room", Wish::Width(None)),
    ] {
        if ui.button(words).clicked() {
            wish = Some(wanted);
        }
    }
    if ui.add_enabled(cells.len() > 1, egui::Button::new("Hide this column")).clicked() {
        wish = Some(Wish::Hide);
    }
    if wish.is_some() {
        ui.close();
    }
    ui.separator();
    menu_button_ui(ui, "Columns", |ui| drop(choices_ui(ui, state)));
    wish
}

/// The button at the right end of the headings.
pub fn choose_ui(ui: &mut Ui, theme: &Theme, state: &mut TableState, rect: Rect) {
    let chrome = Chrome::of(theme);
    let response = ui.interact(rect, Id::unique("table columns"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Columns of the table"));
    if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, chrome.hover);
    }
    icon::paint(ui.painter(), Icon::More, Rect::from_center_size(rect.center(), vec2(12.0, 12.0)), chrome.muted);
    let popup = Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.show(|ui| {
        let first = scrolled_ui(ui, |ui| choices_ui(ui, state));
        if let Some(first) = first {
            start_here(ui, &first, response.id);
        }
    });
    response.on_hover_text("Choose the columns");
}

/// Every column with a tick where it is shown; returns the first entry.
fn choices_ui(ui: &mut Ui, state: &mut TableState) -> Option<Response> {
    let mut first = None;
    let choices: Vec<Column> = TableColumns::choices(state.own.as_deref()).collect();
    let is_own = |column: &Column| matches!(column, Column::Own(_));
    for (at, column) in choices.iter().enumerate() {
        if is_own(column) && at.checked_sub(1).and_then(|at| choices.get(at)).is_some_and(|before| !is_own(before)) {
            ui.separator();
        }
        let entry = ticked_ui(ui, &visible(column.heading()), "", state.columns.has(column));
        if entry.clicked() {
            state.columns.toggle(column);
        }
        first.get_or_insert(entry);
    }
    ui.separator();
    if ui.button("As they were at first").clicked() {
        state.columns = TableColumns::default();
    }
    first
}
