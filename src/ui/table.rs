//! The table tab of the drawer: matching events in time order.
//!
//! Draws only the rows in view; which those are is for `event_rows`, what matches for `query`, the order of dates for `time`.

use egui::{
    Color32, Rect, RichText, Role, ScrollArea, Sense, TextStyle, TextWrapMode, Ui, WidgetInfo, WidgetText, pos2, vec2,
};

use crate::model::{Event, KnownOn, Timeline};
use crate::theme::Theme;
use crate::ui::event_rows::EventRows;
use crate::ui::field::{GRID_PT, Ink, help_ui};
use crate::ui::{Action, Document, ViewState, color32};

/// Height of a row, in points.
const ROW_PT: f32 = 24.0;

/// Blank at the left and right of a cell, in points.
const CELL_MARGIN_PT: f32 = 8.0;

/// What the table remembers between frames.
#[derive(Debug, Default)]
pub struct TableState {
    rows: EventRows,
}

/// The columns and how a width is shared among them.
#[derive(Debug, Clone, Copy)]
struct Columns {
    /// Left edges, and the right edge of the last.
    edges: [f32; 6],
}

impl Columns {
    const NAMES: [&'static str; 5] = ["Date", "Title", "Lane", "Standing", "Sources"];
    /// Widths of date and standing, which need no more than their words.
    const FIXED: [f32; 2] = [144.0, 88.0];
    /// How title, lane and sources share the rest.
    const SHARES: [f32; 3] = [0.5, 0.2, 0.3];
    const LEAST_REST_PT: f32 = 320.0;

    fn across(left: f32, width: f32) -> Self {
        let fixed: f32 = Self::FIXED.iter().sum();
        let squeeze = ((width - Self::LEAST_REST_PT) / fixed).clamp(0.0, 1.0);
        let [date, standing] = Self::FIXED.map(|width| width * squeeze);
        let rest = width - date - standing;
        let [title, lane, sources] = Self::SHARES.map(|share| share * rest);
        let mut at = left;
        let edges = [0.0, date, title, lane, standing, sources].map(|width| {
            at += width;
            at
        });
        Self { edges }
    }

    fn cells(self, top: f32) -> impl Iterator<Item = Rect> {
        let lefts = self.edges.into_iter();
        let rights = self.edges.into_iter().skip(1);
        lefts.zip(rights).map(move |(left, right)| {
            let inset = vec2(CELL_MARGIN_PT, 0.0);
            Rect::from_min_max(pos2(left, top) + inset, pos2(right, top + ROW_PT))
        })
    }
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
            if row_ui(ui, doc, theme, view.transient.selection.as_deref(), event) {
                state.rows.select(&event.id);
                actions.push(Action::Reveal(event.id.clone()));
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
    let columns = Columns::across(rect.left(), rect.width());
    for (cell, name) in columns.cells(rect.top()).zip(Columns::NAMES) {
        cell_ui(ui, cell, RichText::new(name).small().color(ink.muted), ink.muted);
    }
    let stroke = egui::Stroke::new(1.0, ink.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), stroke);
}

/// One event; returns whether it was clicked.
fn row_ui(ui: &mut Ui, doc: Document<'_>, theme: &Theme, selection: Option<&str>, event: &Event) -> bool {
    let ink = Ink::of(theme);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PT), Sense::click());
    let selected = selection == Some(event.id.as_str());
    let lane = event.lane.as_deref();
    let lane_title = lane.map(|id| doc.timeline.lane(id).map_or(id, |lane| lane.title.as_str())).unwrap_or_default();
    let date = event.date_in_words();
    let sources = sources_of(doc.timeline, event, doc.known_on);
    response.widget_info(|| {
        let facts = [event.title.as_str(), &date, lane_title, event.standing.label(), &sources];
        let name = facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(", ");
        WidgetInfo::selected(Role::ListBoxOption, true, selected, name)
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
    let texts = [date.as_str(), &event.title, lane_title, event.standing.label(), &sources];
    let columns = Columns::across(rect.left(), rect.width());
    for (column, (cell, text)) in columns.cells(rect.top()).zip(texts).enumerate() {
        let color = if column == 1 { ink.text } else { ink.muted };
        cell_ui(ui, cell, RichText::new(text), color);
    }
    let clicked = response.clicked();
    if let Some(there) = event.date.as_ref().and_then(|date| date.describe_in(doc.zone)) {
        response.on_hover_text(format!("{date} · {there}"));
    }
    clicked
}

fn cell_ui(ui: &Ui, cell: Rect, text: RichText, color: Color32) {
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
            let columns = Columns::across(10.0, width);
            assert!((columns.edges[5] - 10.0 - width).abs() < 0.01, "{width}");
            assert!(columns.edges.is_sorted(), "{width}");
            let title = columns.edges[2] - columns.edges[1];
            assert!(title >= 0.5 * width.min(Columns::LEAST_REST_PT) - 0.01, "{width}");
        }
    }
}
