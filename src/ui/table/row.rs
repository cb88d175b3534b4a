//! A row of the table and its cells.

use egui::{
    Color32, Pos2, Rect, RichText, Role, Sense, Shape, Stroke, TextStyle, TextWrapMode, Ui, WidgetInfo, WidgetText,
    pos2, vec2,
};

use super::cell::{Cell, row_id};
use super::column::Column;
use super::keys::range_to;
use super::menu::row_menu_ui;
use super::order::drag_row;
use super::{CELL_MARGIN_PT, ROW_PT, TableState};
use crate::model::{Event, EventField};
use crate::text::{Face, visible};
use crate::theme::{Theme, font};
use crate::time::{Date, Instant, Shape as DateShape};
use crate::ui::context::context_menu;
use crate::ui::field::Ink;
use crate::ui::letters::{Letters, paint_cell};
use crate::ui::{Action, Document, Picking, ViewState, color32};

/// Room for the mark of a date that may belong elsewhere, in points.
pub const MARK_PT: f32 = 14.0;

/// One event. A click selects it and reveals it on the track, two edit the cell.
#[expect(clippy::too_many_arguments, reason = "a row is drawn from everything the table has")]
pub fn row_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    view: &mut ViewState,
    theme: &Theme,
    state: &mut TableState,
    cells: &[Cell],
    (row, top): (usize, f32),
    actions: &mut Vec<Action>,
) {
    let Some(event) = state.rows.event(doc, row) else { return };
    let (Some(first), Some(last)) = (cells.first(), cells.last()) else { return };
    let ink = Ink::of(theme);
    let rect = Rect::from_min_max(pos2(first.left, top), pos2(last.right.max(ui.clip_rect().right()), top + ROW_PT));
    let response = ui.interact(rect, row_id(&event.id), Sense::click_and_drag());
    let selected = view.transient.is_selected(doc.timeline, &event.id);
    response.widget_info(|| {
        WidgetInfo::selected(Role::ListBoxOption, true, selected, visible(&name_of(doc, event, cells)))
    });
    let size = state.rows.len(doc);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_position_in_set(row + 1);
        node.set_size_of_set(size);
    });
    if selected {
        ui.painter().rect_filled(rect, 0.0, color32(theme.selection));
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, color32(theme.hover));
    }
    if state.takes_focus && state.current.as_ref() == Some(&event.id) {
        state.takes_focus = false;
        response.request_focus();
    }
    if response.has_focus() {
        // With Tab one comes to another row.
        if !state.takes_focus {
            (state.current, state.current_row) = (Some(event.id.clone()), row);
        }
        let ring = Stroke::new(1.0, color32(theme.focus_ring));
        ui.painter().rect_stroke(rect, 0.0, ring, egui::StrokeKind::Inside);
        if let Some(cell) = state.cursor_cell(cells) {
            ui.painter().rect_stroke(cell.rect(top).shrink(1.0), 2.0, ring, egui::StrokeKind::Inside);
            let said = format!("{}: {}", cell.column.heading(), cell.column.text(doc, event));
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(visible(&said).into_owned()));
        }
    }
    let is_pale = doc.only_may_match(&event.id);
    let neighbour = may_belong_elsewhere(doc, state, row, event);
    for cell in cells {
        let at = cell.rect(top);
        if !ui.clip_rect().intersects(at) {
            continue;
        }
        let text = cell.column.text(doc, event);
        let is_title = cell.column == Column::Field(EventField::Title);
        let color = if is_title && !is_pale { ink.text } else { ink.muted };
        let mut room = at.shrink2(vec2(CELL_MARGIN_PT, 0.0));
        if cell.column.is_time() && neighbour.is_some() {
            mark(ui, pos2(room.right() - MARK_PT / 2.0, room.center().y), ink.muted);
            room.max.x -= MARK_PT;
        }
        let words = RichText::new(visible(&text));
        text_ui(ui, room, if is_title && is_pale { words.italics() } else { words }, color, cell.column.is_number());
    }
    let was_selected = selected;
    drag_row(ui, &response, doc, state, (row, event));
    clicked(ui, &response, doc, view, state, cells, (row, event), was_selected, actions);
    context_menu(&response, |ui| {
        if let Some(column) = state.cursor_cell(cells).map(|cell| cell.column.clone()) {
            row_menu_ui(ui, &response, (doc, view), state, cells, (event, &column), actions);
        }
    });
    if let Some(words) = tooltip(doc, event, is_pale, neighbour) {
        response.on_hover_text(words);
    }
}

/// Takes a click on a row: which cell it meant, and what it selects.
#[expect(clippy::too_many_arguments, reason = "a click is about everything that the table has")]
fn clicked(
    ui: &Ui,
    response: &egui::Response,
    doc: Document<'_>,
    view: &ViewState,
    state: &mut TableState,
    cells: &[Cell],
    (row, event): (usize, &Event),
    was_selected: bool,
    actions: &mut Vec<Action>,
) {
    if !response.clicked() && !response.secondary_clicked() && !response.double_clicked() {
        return;
    }
    let under = response.interact_pointer_pos();
    let under = under.and_then(|at| cells.iter().find(|cell| cell.left <= at.x && at.x < cell.right));
    if let Some(cell) = under {
        state.cursor = Some(cell.column.clone());
    }
    (state.current, state.current_row) = (Some(event.id.clone()), row);
    response.request_focus();
    let picking = Picking::of(ui.input(|input| input.modifiers));
    if response.double_clicked() && picking.is_none() {
        if let Some(column) = under.map(|cell| cell.column.clone()) {
            state.begin_edit(ui, doc, event.id.clone(), column, actions);
        }
    } else if response.clicked() {
        match picking {
            None => state.select(event.id.clone(), actions),
            Some(Picking::Range) => {
                state.rows.select(&event.id);
                actions.push(range_to(doc, view, state, row, &event.id));
            }
            Some(Picking::Toggle) => {
                state.rows.select(&event.id);
                actions.push(Action::Pick(event.id.clone(), Picking::Toggle));
            }
        }
    } else if response.secondary_clicked() && !was_selected {
        // What the menu does is done to what is selected.
        state.rows.select(&event.id);
        actions.push(Action::Select(Some(event.id.clone())));
    }
}

/// The accessible name of a row: the title first, then the others from left to right.
fn name_of(doc: Document<'_>, event: &Event, cells: &[Cell]) -> String {
    let others = cells.iter().filter(|cell| cell.column != Column::Field(EventField::Title));
    let others = others.map(|cell| cell.column.text(doc, event)).filter(|text| !text.is_empty());
    let mut name = event.title.to_string();
    for text in others {
        name.push_str(", ");
        name.push_str(&text);
    }
    name + doc.doubt(&event.id)
}

fn tooltip(doc: Document<'_>, event: &Event, is_pale: bool, neighbour: Option<&Event>) -> Option<String> {
    if is_pale {
        return Some("Only possibly a match: its date is too vague to say".to_owned());
    }
    let there = event.date.as_ref().and_then(|date| date.describe_in(doc.zone));
    let there = there.map(|there| format!("{} · {there}", event.date_in_words()));
    let vague = neighbour.map(|other| {
        format!(
            "{} could be before or after “{}”, {}",
            event.date_in_words(),
            visible(&other.title),
            other.date_in_words()
        )
    });
    let lines: Vec<String> = there.into_iter().chain(vague).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// The event in a row beside this one that could be before as well as after it, in an order by date: where this date is the
/// vaguer of the two. Of two that say the same, the file has put them in order.
fn may_belong_elsewhere<'d>(doc: Document<'d>, state: &TableState, row: usize, event: &Event) -> Option<&'d Event> {
    if state.rows.sorting().is_some_and(|sorting| !sorting.column.is_time()) {
        return None;
    }
    let beside = [row.checked_sub(1), row.checked_add(1)].into_iter().flatten();
    let mut beside = beside.filter_map(|row| state.rows.event(doc, row));
    let date = event.date.as_ref()?;
    beside.find(|other| other.date.as_ref().is_some_and(|other| is_open_between(date, other, doc)))
}

/// Whether a vague date could be before as well as after another, which is less vague or lies partly beside it.
fn is_open_between(date: &Date, other: &Date, doc: Document<'_>) -> bool {
    if !matches!(date.shape(), DateShape::Window | DateShape::OneOf(_)) {
        return false;
    }
    let reach = |date: &Date| {
        let extent = date.extent(doc.zone);
        let micros = |instant: Option<Instant>, open: i64| instant.map_or(open, Instant::micros);
        (micros(extent.earliest_start.instant(), i64::MIN), micros(extent.latest_end.instant(), i64::MAX))
    };
    let ((start, end), (other_start, other_end)) = (reach(date), reach(other));
    let is_vaguer = end.saturating_sub(start) >= other_end.saturating_sub(other_start);
    (start, end) != (other_start, other_end) && is_vaguer && start < other_end && other_start < end
}

/// Two small arrows, up and down.
fn mark(ui: &Ui, center: Pos2, color: Color32) {
    for sign in [-1.0, 1.0] {
        arrow(ui, center + vec2(0.0, 3.5 * sign), sign > 0.0, color);
    }
}

/// A small triangle that points up or down.
pub fn arrow(ui: &Ui, center: Pos2, points_down: bool, color: Color32) {
    let tip = if points_down { 2.5 } else { -2.5 };
    let points = vec![center + vec2(-3.5, -tip), center + vec2(3.5, -tip), center + vec2(0.0, tip)];
    ui.painter().add(Shape::convex_polygon(points, color, Stroke::NONE));
}

/// Words in a cell, cut where it ends.
pub fn text_ui(ui: &Ui, cell: Rect, text: RichText, color: Color32, right: bool) {
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

/// Width of words that are not cut, in points.
pub fn width_of(ui: &Ui, words: &str) -> f32 {
    let words = RichText::new(visible(words));
    WidgetText::from(words).into_galley(ui, Some(TextWrapMode::Extend), f32::INFINITY, TextStyle::Body).size().x
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Index, References};
    use crate::model::{Problems, Timeline};
    use crate::time::Zone;

    #[test]
    fn only_a_vaguer_date_may_belong_elsewhere() {
        let timeline = Timeline::empty("t");
        let (index, references, problems) =
            (Index::build(&timeline, Zone::UTC), References::default(), Problems::default());
        let doc = Document::plain(&timeline, &index, &references, &problems);
        let is_open = |date: &str, other: &str| {
            let [date, other] = [date, other].map(|text| Date::parse(text).unwrap());
            is_open_between(&date, &other, doc)
        };
        assert!(is_open("2024-06", "2024-06-10") && is_open("2024", "2024-06") && is_open("[..2024]", "1961"));
        assert!(!is_open("2024-06-10", "2024-06"), "the vaguer one is marked");
        assert!(!is_open("2024-06", "2024-06") && !is_open("2024-06", "2024-07-01"));
        assert!(!is_open("2024-06-01/2024-06-30", "2024-06-10"), "what lasted began on a day that is known");
    }
}
