//! One problem in two lines, with its fix and its menu.
//!
//! ```text
//!   ■  what is wrong                                     [its first fix] […]
//!      severity and code · record · place in the file · remedy
//! ```
//!
//! Rows answer what was asked for in them; the list carries it out.

use egui::{
    Button, Id, Popup, Pos2, Rect, Response, RichText, Role, Sense, Shape, Stroke, TextStyle, TextWrapMode, Ui,
    UiBuilder, WidgetInfo, WidgetText, pos2, vec2,
};

use super::list::severity_word;
use crate::diagnostic::{Diagnostic, Place, Severity, Subject};
use crate::edit::Fix;
use crate::model::{Level, Timeline, check_kind};
use crate::text::{Face, visible};
use crate::theme::{Theme, font};
use crate::ui::context::context_menu;
use crate::ui::field::{GRID_PT, Ink, sentence_case};
use crate::ui::icon::{Icon, icon_button};
use crate::ui::letters::{Letters, paint_cell};
use crate::ui::menu_popup::scrolled_ui;
use crate::ui::style::Chrome;
use crate::ui::{Command, Document, color32};

/// Height of a row of two lines, in points.
pub(super) const ROW_PT: f32 = 40.0;

/// Width of the column of severities, in points.
const MARK_PT: f32 = 28.0;

/// Width and height of the button of the menu, in points.
const MORE_PT: f32 = 26.0;

/// Most of a row that the button of its fix may take.
const MOST_OF_ROW: f32 = 0.4;

/// What a row shows.
pub(super) struct RowView<'a> {
    pub id: Id,
    pub problem: &'a Diagnostic,
    /// The second line.
    pub context: String,
    pub fixes: &'a [Fix],
    pub leads_somewhere: bool,
    pub selected: bool,
    pub read_only: bool,
    /// Whether the list shows one kind of problem only.
    pub one_kind: bool,
}

/// What was asked for in a row.
pub(super) enum RowAnswer {
    Reveal,
    Fix(Box<Fix>),
    /// How much this kind of problem matters in this file; none for as usual.
    Level(Option<Level>),
    OnlyKind,
    AllKinds,
}

/// The record a problem is about, as a reader knows it: by its title, and by its id where it has none or is not there.
fn record(timeline: &Timeline, subject: &Subject) -> String {
    match subject {
        Subject::Timeline => "Timeline".to_owned(),
        Subject::Event(id) => timeline
            .event(id)
            .map_or_else(|| format!("Event {id}").trim_end().to_owned(), |event| event.title.as_str().to_owned()),
        Subject::Source(id) => {
            timeline.source(id).map_or_else(|| format!("Source {id}"), |source| format!("Source: {}", source.title))
        }
        Subject::Lane(id) => {
            timeline.lane(id).map_or_else(|| format!("Lane {id}"), |lane| format!("Lane: {}", lane.title))
        }
        Subject::Era(id) => {
            let era = timeline.eras().iter().find(|era| era.id == *id);
            era.map_or_else(|| format!("Era {id}"), |era| format!("Era: {}", era.title))
        }
        Subject::View(id) => {
            let view = timeline.views().iter().find(|view| view.id == *id);
            view.map_or_else(|| format!("View {id}"), |view| format!("View: {}", view.title))
        }
    }
}

/// What stands below a problem: its record, its severity and kind, its place in the file, its remedy.
pub(super) fn context(timeline: &Timeline, problem: &Diagnostic, place: Option<Place>) -> String {
    let place = place.map(|place| format!("Line {}, column {}", place.line, place.column));
    let kind = format!("{} {}", severity_word(problem.severity), problem.code);
    let hint = problem.hint.as_deref().map(str::to_owned);
    [Some(record(timeline, &problem.subject)), Some(kind), place, hint]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

/// One problem; returns the row and what was asked for in it.
pub(super) fn row_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    theme: &Theme,
    row: &RowView<'_>,
) -> (Response, Option<RowAnswer>) {
    let (ink, chrome) = (Ink::of(theme), Chrome::of(theme));
    let problem = row.problem;
    let message = sentence_case(&problem.message);
    // The row takes clicks before its buttons are drawn, so that these lie above it.
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW_PT));
    let response = ui.interact(rect, row.id, Sense::click());
    let fix = row.fixes.first();
    let fix_key = Command::FixProblem.shortcut_text(ui.ctx());
    // A screen reader hears the row as one entry of a list: the fix is said with its key, since its button is another stop.
    response.widget_info(|| {
        let fix = fix.map_or_else(String::new, |fix| format!(". {fix_key}: {}", fix.label));
        let name = format!("{}: {message} ({}){fix}", severity_word(problem.severity), row.context);
        WidgetInfo::selected(Role::ListBoxOption, true, row.selected, visible(&name))
    });
    // Over one of its buttons the row itself is not hovered, and is marked all the same.
    let hovered = response.hovered() || ui.rect_contains_pointer(rect);
    if row.selected {
        ui.painter().rect_filled(rect, 0.0, color32(theme.selection));
    } else if hovered && row.leads_somewhere {
        ui.painter().rect_filled(rect, 0.0, color32(theme.hover));
    }
    if response.has_focus() {
        let ring = Stroke::new(1.0, color32(theme.focus_ring));
        ui.painter().rect_stroke(rect, 0.0, ring, egui::StrokeKind::Inside);
    }
    severity_mark(ui, ink, problem.severity, pos2(rect.left() + MARK_PT / 2.0, rect.top() + 12.0));

    let (mut answer, text_right) = buttons_ui(ui, doc, rect, row, chrome);
    // Each with where its middle lies below the top of the row, in points.
    let lines = [
        (RichText::new(visible(&message)).color(ink.text), 12.0, font::BODY, ink.text),
        (RichText::new(visible(&row.context)).small().color(ink.muted), 29.0, font::SMALL, ink.muted),
    ];
    for (text, y, size_pt, color) in lines {
        let line = Rect::from_x_y_ranges(
            rect.left() + MARK_PT..=(text_right - 2.0 * GRID_PT).max(rect.left() + MARK_PT),
            rect.top() + y - 9.0..=rect.top() + y + 9.0,
        );
        // egui knows of no direction: what is read from right to left is painted from our own runs.
        if paint_cell(ui, line, text.text(), Letters { face: Face::Regular, size_pt, color }) {
            continue;
        }
        let width = (text_right - rect.left() - MARK_PT - 2.0 * GRID_PT).max(0.0);
        let galley = WidgetText::from(text).into_galley(ui, Some(TextWrapMode::Truncate), width, TextStyle::Body);
        let at = pos2(rect.left() + MARK_PT, rect.top() + y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, ink.text);
    }
    // What a button asked for comes first: its click is one on the row too.
    if response.clicked() && row.leads_somewhere {
        answer = answer.or(Some(RowAnswer::Reveal));
    }
    context_menu(&response, |ui| {
        if let Some(chosen) = menu_ui(ui, doc, row) {
            answer = Some(chosen);
        }
    });
    let hover = match check_kind(problem.code) {
        Some(kind) => format!("{message}\n{}\n\n{}: {}", row.context, problem.code, kind.what),
        None => format!("{message}\n{}", row.context),
    };
    (response.on_hover_text(hover), answer)
}

/// The fix and the menu at the right end of a row; returns what was asked for and where the text must end.
fn buttons_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    rect: Rect,
    row: &RowView<'_>,
    chrome: Chrome,
) -> (Option<RowAnswer>, f32) {
    let mut answer = None;
    let more_rect =
        Rect::from_center_size(pos2(rect.right() - GRID_PT - MORE_PT / 2.0, rect.center().y), vec2(MORE_PT, MORE_PT));
    let mut left = more_rect.left();
    // A child of its own: widgets that are put into the row shall not move where the next row begins.
    let mut child = ui.new_child(UiBuilder::new().id_salt(row.id).max_rect(rect));
    let ui = &mut child;
    // The fix comes first where Tab goes on from the row.
    if let Some(fix) = row.fixes.first() {
        // The label is cut before the button is made, which would else be as wide as it.
        let width = rect.width() * MOST_OF_ROW;
        let text = WidgetText::from(RichText::new(&*fix.label).small());
        let galley = text.into_galley(ui, Some(TextWrapMode::Truncate), width, TextStyle::Small);
        let size = galley.size() + 2.0 * ui.spacing().button_padding;
        left -= GRID_PT + size.x;
        let at = Rect::from_min_size(pos2(left, rect.center().y - size.y / 2.0), size);
        let button = ui.put(at, Button::new(galley));
        let key = Command::FixProblem.shortcut_text(ui.ctx());
        if button.on_hover_text(format!("{} ({key})", fix.label)).clicked() {
            answer = Some(RowAnswer::Fix(Box::new(fix.clone())));
        }
    }
    let more_ui = UiBuilder::new().id_salt((row.id, "more")).max_rect(more_rect);
    let more = icon_button(&mut ui.new_child(more_ui), Icon::More, "More…", chrome);
    Popup::menu(&more).show(|ui| {
        if let Some(chosen) = scrolled_ui(ui, |ui| menu_ui(ui, doc, row)) {
            answer = Some(chosen);
        }
    });
    more.on_hover_text("Other fixes, and how much this kind of problem matters in this file");
    (answer, left)
}

/// What can be done about a problem.
fn menu_ui(ui: &mut Ui, doc: Document<'_>, row: &RowView<'_>) -> Option<RowAnswer> {
    let mut answer = None;
    let problem = row.problem;
    ui.set_min_width(220.0);
    for (at, fix) in row.fixes.iter().enumerate() {
        let mut entry = Button::new(&*fix.label);
        if at == 0 {
            entry = entry.shortcut_text(Command::FixProblem.shortcut_text(ui.ctx()));
        }
        if ui.add(entry).clicked() {
            answer = Some(RowAnswer::Fix(Box::new(fix.clone())));
        }
    }
    if !row.fixes.is_empty() {
        ui.separator();
    }
    if row.leads_somewhere && ui.button("Show in the timeline").clicked() {
        answer = Some(RowAnswer::Reveal);
    }
    if ui.button("Copy").clicked() {
        ui.ctx().copy_text(format!("{}: {}\n{}", severity_word(problem.severity), problem.message, row.context));
        ui.close();
    }
    let kinds = if row.one_kind {
        ("Show all kinds", RowAnswer::AllKinds)
    } else {
        ("Show only this kind", RowAnswer::OnlyKind)
    };
    if ui.button(kinds.0).clicked() {
        answer = Some(kinds.1);
    }
    if let Some(kind) = check_kind(problem.code).filter(|kind| kind.tunable && !row.read_only) {
        ui.separator();
        ui.label(RichText::new(format!("“{}” in this file", kind.code)).small().weak());
        // A level may be the usual one and stand in the file all the same: then it is set, and stays where the usual one changes.
        let header = doc.timeline.header();
        let is_set = header.checks.iter().any(|setting| &*setting.code == kind.code);
        let now = header.level(kind.code);
        for level in Level::ALL {
            if ui.selectable_label(is_set && now == level, level.label()).clicked() {
                answer = Some(RowAnswer::Level(Some(level)));
            }
        }
        if ui.selectable_label(!is_set, format!("As usual: {}", kind.level.label())).clicked() {
            answer = Some(RowAnswer::Level(None));
        }
    }
    if answer.is_some() {
        ui.close();
    }
    answer
}

/// A mark told apart by its shape: a crossed square, a triangle, a ring.
pub(super) fn severity_mark(ui: &Ui, ink: Ink, severity: Severity, center: Pos2) {
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
