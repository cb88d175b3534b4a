//! The problems tab of the drawer: what is wrong with the timeline, and where.

use egui::{
    Pos2, Rect, RichText, Role, ScrollArea, Sense, Shape, Stroke, TextStyle, TextWrapMode, Ui, WidgetInfo, WidgetText,
    pos2, vec2,
};

use crate::diagnostic::{Diagnostic, Place, Severity, Subject};
use crate::model::Timeline;
use crate::theme::Theme;
use crate::ui::field::{GRID_PT, Ink, help_ui};
use crate::ui::{Action, Document, ViewState, color32};

/// Height of a row of two lines, in points.
const ROW_PT: f32 = 40.0;

/// Width of the column of severities, in points.
const ICON_PT: f32 = 28.0;

/// The problems of the document; a click leads to the event one is about.
pub fn problems_ui(ui: &mut Ui, doc: Document<'_>, view: &mut ViewState, theme: &Theme, actions: &mut Vec<Action>) {
    let ink = Ink::of(theme);
    if doc.problems.is_empty() {
        ui.add_space(2.0 * GRID_PT);
        help_ui(ui, ink, "No problems");
        return;
    }
    help_ui(ui, ink, &counts(doc.problems));
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt("problems").auto_shrink(false).show_rows(
        ui,
        ROW_PT,
        doc.problems.len(),
        |ui, shown| {
            let places = doc.places.iter().copied().skip(shown.start).chain(std::iter::repeat(None));
            for (problem, place) in doc.problems.get(shown).unwrap_or_default().iter().zip(places) {
                let goal = goal(doc.timeline, &problem.subject);
                let selected = matches!(&goal, Some(Action::Reveal(id)) if view.selection.as_ref() == Some(id));
                if row_ui(ui, theme, problem, &context(doc.timeline, problem, place), goal.is_some(), selected) {
                    actions.extend(goal);
                }
            }
        },
    );
}

/// Where a click on a problem leads.
fn goal(timeline: &Timeline, subject: &Subject) -> Option<Action> {
    match subject {
        Subject::Timeline => Some(Action::Select(None)),
        Subject::Event(id) => timeline.event(id).map(|event| Action::Reveal(event.id.clone())),
        Subject::Source(id) => {
            let cites = |event: &&crate::model::Event| event.citations.iter().any(|citation| citation.source == *id);
            timeline.events().iter().find(cites).map(|event| Action::Reveal(event.id.clone()))
        }
        Subject::Lane(_) | Subject::Era(_) | Subject::View(_) => None,
    }
}

fn counts(problems: &[Diagnostic]) -> String {
    let kinds = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Info, "note", "notes"),
    ];
    let count = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let parts = kinds.map(|(severity, one, many)| match count(severity) {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    });
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The record a problem is about, as a reader knows it.
fn record(timeline: &Timeline, subject: &Subject) -> String {
    match subject {
        Subject::Timeline => "Timeline".to_owned(),
        Subject::Event(id) => timeline
            .event(id)
            .map_or_else(|| format!("Event {id}").trim_end().to_owned(), |event| event.title.to_string()),
        Subject::Source(id) => {
            timeline.source(id).map_or_else(|| format!("Source {id}"), |source| format!("Source: {}", source.title))
        }
        Subject::Lane(id) => {
            timeline.lane(id).map_or_else(|| format!("Lane {id}"), |lane| format!("Lane: {}", lane.title))
        }
        Subject::Era(id) => format!("Era {id}"),
        Subject::View(id) => format!("View {id}"),
    }
}

/// What stands below a problem: its place in the file, its record, its remedy.
fn context(timeline: &Timeline, problem: &Diagnostic, place: Option<Place>) -> String {
    let place = place.map(|place| format!("Line {}, column {}", place.line, place.column));
    let record = record(timeline, &problem.subject);
    place.into_iter().chain([record]).chain(problem.hint.clone()).collect::<Vec<_>>().join(" · ")
}

const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Note",
    }
}

/// One problem in two lines; returns whether it was clicked.
fn row_ui(
    ui: &mut Ui,
    theme: &Theme,
    problem: &Diagnostic,
    second: &str,
    leads_somewhere: bool,
    selected: bool,
) -> bool {
    let ink = Ink::of(theme);
    let sense = if leads_somewhere { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PT), sense);
    response.widget_info(|| {
        let name = format!("{}: {} ({second})", word(problem.severity), problem.message);
        let role = if leads_somewhere { Role::ListBoxOption } else { Role::Label };
        WidgetInfo::selected(role, true, selected, name)
    });
    if selected {
        ui.painter().rect_filled(rect, 0.0, color32(theme.selection));
    } else if leads_somewhere && response.hovered() {
        ui.painter().rect_filled(rect, 0.0, color32(theme.hover));
    }
    if response.has_focus() {
        let ring = Stroke::new(1.0, color32(theme.focus_ring));
        ui.painter().rect_stroke(rect, 0.0, ring, egui::StrokeKind::Inside);
    }
    severity_mark(ui, ink, problem.severity, pos2(rect.left() + ICON_PT / 2.0, rect.top() + 12.0));
    let lines = [
        (RichText::new(&problem.message).color(ink.text), 12.0),
        (RichText::new(second).small().color(ink.muted), 29.0),
    ];
    for (text, y) in lines {
        let width = (rect.width() - ICON_PT - 2.0 * GRID_PT).max(0.0);
        let galley = WidgetText::from(text).into_galley(ui, Some(TextWrapMode::Truncate), width, TextStyle::Body);
        let at = pos2(rect.left() + ICON_PT, rect.top() + y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, ink.text);
    }
    let clicked = response.clicked();
    response.on_hover_text(format!("{}\n{second}", problem.message));
    clicked
}

/// A mark told apart by its shape: a crossed square, a triangle, a ring.
fn severity_mark(ui: &Ui, ink: Ink, severity: Severity, center: Pos2) {
    const RADIUS: f32 = 5.0;
    let painter = ui.painter();
    match severity {
        Severity::Error => {
            let square = Rect::from_center_size(center, vec2(2.0 * RADIUS, 2.0 * RADIUS));
            painter.rect_filled(square, 2.0, ink.error);
            let cross = Stroke::new(1.5, ink.ground);
            let (a, b) = (RADIUS * 0.45, -RADIUS * 0.45);
            painter.line_segment([center + vec2(a, a), center + vec2(b, b)], cross);
            painter.line_segment([center + vec2(a, b), center + vec2(b, a)], cross);
        }
        Severity::Warning => {
            let corners = vec![
                center + vec2(0.0, -RADIUS),
                center + vec2(RADIUS * 1.1, RADIUS * 0.9),
                center + vec2(-RADIUS * 1.1, RADIUS * 0.9),
            ];
            painter.add(Shape::convex_polygon(corners, ink.warning, Stroke::NONE));
        }
        Severity::Info => {
            painter.circle_stroke(center, RADIUS - 0.5, Stroke::new(1.5, ink.muted));
        }
    }
}
