//! The table tab of the drawer: matching events in time order.
//!
//! Owns the columns. Draws only the rows in view; which those are is for `event_rows`, what matches for `query`, the order
//! of dates for `time`.

use std::borrow::Cow;

use egui::{
    Color32, Rect, RichText, Role, ScrollArea, Sense, TextStyle, TextWrapMode, Ui, WidgetInfo, WidgetText, pos2, vec2,
};

use crate::model::{Event, EventField, Field as _, KnownOn, Timeline, Value};
use crate::text::{Face, visible};
use crate::theme::{Theme, font};
use crate::ui::event_rows::EventRows;
use crate::ui::field::{GRID_PT, Ink, help_ui};
use crate::ui::letters::{Letters, paint_cell};
use crate::ui::{Action, Document, ViewState, color32, picked};

/// Height of a row, in points.
const ROW_PT: f32 = 24.0;

/// Blank at the left of a cell, in points.
const CELL_MARGIN_PT: f32 = 8.0;

/// What the table remembers between frames.
#[derive(Debug, Default)]
pub struct TableState {
    rows: EventRows,
}

/// A column: a field of an event.
#[derive(Debug, Clone, Copy)]
struct Column {
    field: EventField,
    width: Width,
}

/// How wide a column is.
#[derive(Debug, Clone, Copy)]
enum Width {
    /// So many points, as it needs no more; less where the others have not [`LEAST_REST_PT`].
    Fixed(f32),
    /// So large a part of what the fixed ones leave.
    Share(f32),
}

/// The columns from left to right. The shares add up to one.
const COLUMNS: [Column; 5] = [
    Column { field: EventField::Date, width: Width::Fixed(144.0) },
    Column { field: EventField::Title, width: Width::Share(0.5) },
    Column { field: EventField::Lane, width: Width::Share(0.2) },
    Column { field: EventField::Standing, width: Width::Fixed(88.0) },
    Column { field: EventField::Citations, width: Width::Share(0.3) },
];

/// What the columns that share the rest are left with, before those of fixed width give way.
const LEAST_REST_PT: f32 = 320.0;

impl Column {
    /// Its heading: of citations it shows whose they are.
    fn heading(self) -> &'static str {
        if self.field == EventField::Citations { "Sources" } else { self.field.label() }
    }

    /// What an event has in it, in words.
    fn text<'d>(self, doc: Document<'d>, event: &'d Event) -> Cow<'d, str> {
        match (self.field, self.field.get(event)) {
            (EventField::Date, Value::None) => Event::UNDATED.into(),
            (EventField::Citations, _) => sources_of(doc.timeline, event, doc.known_on).into(),
            (field, value) => value.in_words(field.kind(), doc.timeline),
        }
    }
}

/// The columns with their cells in a row.
fn cells(row: Rect) -> impl Iterator<Item = (Column, Rect)> {
    let fixed: f32 =
        COLUMNS.iter().map(|column| if let Width::Fixed(width) = column.width { width } else { 0.0 }).sum();
    let squeeze = ((row.width() - LEAST_REST_PT) / fixed).clamp(0.0, 1.0);
    let rest = row.width() - fixed * squeeze;
    let mut left = row.left();
    COLUMNS.into_iter().map(move |column| {
        let width = match column.width {
            Width::Fixed(width) => width * squeeze,
            Width::Share(share) => share * rest,
        };
        let cell = Rect::from_min_size(pos2(left, row.top()), vec2(width, ROW_PT));
        left += width;
        (column, cell)
    })
}

/// The events that match the query, in time order; a click selects and reveals.
pub fn table_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    view: &mut ViewState,
    theme: &Theme,
    state: &mut TableState,
    actions: &mut Vec<Action>,
) {
    let ink = Ink::of(theme);
    state.rows.refresh(doc, 0);
    if state.rows.len(doc) == 0 {
        empty_ui(ui, ink, doc.timeline, view, actions);
        return;
    }
    heading_ui(ui, ink);
    let row_to_show = state.rows.row_to_show(doc, view.transient.selection.as_deref());
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical().id_salt("table").auto_shrink(false);
    if let Some(row) = row_to_show {
        area = area.vertical_scroll_offset((row as f32 * ROW_PT - ui.available_height() / 2.0).max(0.0));
    }
    area.show_rows(ui, ROW_PT, state.rows.len(doc), |ui, shown| {
        for row in shown {
            let Some(event) = state.rows.event(doc, row) else { continue };
            if row_ui(ui, doc, theme, view.transient.is_selected(doc.timeline, &event.id), event) {
                state.rows.select(&event.id);
                actions.push(picked(ui, &event.id).unwrap_or_else(|| Action::Reveal(event.id.clone())));
            }
        }
    });
}

fn empty_ui(ui: &mut Ui, ink: Ink, timeline: &Timeline, view: &mut ViewState, actions: &mut Vec<Action>) {
    ui.add_space(2.0 * GRID_PT);
    if timeline.events().is_empty() {
        help_ui(ui, ink, "No events yet");
        if ui.button("Add event").clicked() {
            actions.push(Action::Run(crate::ui::Command::AddEvent));
        }
    } else {
        help_ui(ui, ink, &format!("No event matches “{}”", view.place.query.trim()));
        if ui.button("Clear the query").clicked() {
            view.place.query.clear();
        }
    }
}

fn heading_ui(ui: &mut Ui, ink: Ink) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PT), Sense::empty());
    for (column, cell) in cells(rect) {
        cell_ui(ui, cell, RichText::new(column.heading()).small().color(ink.muted), ink.muted);
    }
    let stroke = egui::Stroke::new(1.0, ink.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), stroke);
}

/// One event; returns whether it was clicked.
fn row_ui(ui: &mut Ui, doc: Document<'_>, theme: &Theme, selected: bool, event: &Event) -> bool {
    let ink = Ink::of(theme);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PT), Sense::click());
    let facts: Vec<(Column, Rect, Cow<'_, str>)> =
        cells(rect).map(|(column, cell)| (column, cell, column.text(doc, event))).collect();
    response.widget_info(|| {
        // The title first, then the others from left to right.
        let others = facts.iter().filter(|(column, ..)| column.field != EventField::Title).map(|(.., text)| &**text);
        let name = std::iter::once(&*event.title).chain(others).filter(|fact| !fact.is_empty()).collect::<Vec<_>>();
        let name = name.join(", ") + doc.doubt(&event.id);
        WidgetInfo::selected(Role::ListBoxOption, true, selected, visible(&name))
    });
    if selected {
        ui.painter().rect_filled(rect, 0.0, color32(theme.selection));
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, color32(theme.hover));
    }
    if response.has_focus() {
        let ring = egui::Stroke::new(1.0, color32(theme.focus_ring));
        ui.painter().rect_stroke(rect, 0.0, ring, egui::StrokeKind::Inside);
    }
    let is_pale = doc.only_may_match(&event.id);
    for (column, cell, text) in &facts {
        let is_title = column.field == EventField::Title;
        let color = if is_title && !is_pale { ink.text } else { ink.muted };
        let letters = Letters { face: Face::Regular, size_pt: font::BODY, color };
        if !paint_cell(ui, cell.with_min_x(cell.left() + CELL_MARGIN_PT), &visible(text), letters) {
            let words = RichText::new(visible(text));
            cell_ui(ui, *cell, if is_title && is_pale { words.italics() } else { words }, color);
        }
    }
    let clicked = response.clicked();
    if is_pale {
        response.on_hover_text("Only possibly a match: its date is too vague to say");
    } else if let Some(there) = event.date.as_ref().and_then(|date| date.describe_in(doc.zone)) {
        response.on_hover_text(format!("{} · {there}", event.date_in_words()));
    }
    clicked
}

fn cell_ui(ui: &Ui, cell: Rect, text: RichText, color: Color32) {
    let cell = cell.with_min_x(cell.left() + CELL_MARGIN_PT);
    let galley = WidgetText::from(text.color(color)).into_galley(
        ui,
        Some(TextWrapMode::Truncate),
        cell.width().max(0.0),
        TextStyle::Body,
    );
    let at = pos2(cell.left(), cell.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color);
}

/// Who is cited: publishers, or titles where there is none, each once, in the order of the citations;
/// without those that were not out on the date asked about.
fn sources_of(timeline: &Timeline, event: &Event, known_on: Option<&KnownOn>) -> String {
    let mut names: Vec<&str> = Vec::new();
    for citation in event.citations.iter().filter(|citation| KnownOn::counts(known_on, timeline, citation)) {
        let source = timeline.source(&citation.source);
        let name =
            source.map_or(citation.source.as_str(), |source| source.publisher.as_deref().unwrap_or(&source.title));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_width_and_the_title_is_the_last_to_give_way() {
        for width in [240.0_f32, 700.0, 1600.0] {
            let row = Rect::from_min_size(pos2(10.0, 0.0), vec2(width, ROW_PT));
            let cells: Vec<(Column, Rect)> = cells(row).collect();
            assert!((cells[4].1.right() - row.right()).abs() < 0.01, "{width}");
            assert!(cells.iter().all(|(_, cell)| cell.width() >= 0.0), "{width}");
            assert!(cells[1].1.width() >= 0.5 * width.min(LEAST_REST_PT) - 0.01, "{width}");
        }
    }
}
