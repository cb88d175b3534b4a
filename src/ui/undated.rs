//! The tray under the track: events without a date, from which one can be picked up and dragged onto the axis.
//!
//! Owns the list and the picking up. What a drop writes belongs to `canvas`, which finds a [`Carried`] under the pointer.
//!
//! ```text
//!   ├ track, overview ──────────────────────────────────────────┤
//!   │ ▾ Undated 3        Drag an event onto the track to date it │
//!   │   The parties agree in secret △      Treaty    Alleged     │
//!   │   …                                                        │
//! ```

use egui::{
    Align, DragAndDrop, Frame, Id, Label, LayerId, Layout, Margin, Order, Panel, Rect, Role, ScrollArea, Sense, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use super::available::Facts;
use super::context::{CLICKS, menu_ui, take_menu_key, widget_command_ui};
use super::event_rows::EventRows;
use super::hover_card::text;
use super::icon::{Icon, icon_button};
use super::letters::{Letters, cut_label_ui};
use super::selected::{Selected, picked};
use super::style::Chrome;
use super::{Action, Command, Document, Preferences, ViewState, color32, font_id, paint_scene};
use crate::model::{Event, Text};
use crate::scene::{Flag, event_name, flag_sign};
use crate::text::{Face, clipped, visible};
use crate::theme::{Theme, font};

/// Height of a row and of the heading, in points.
const ROW_PT: f32 = 24.0;
/// Rows that are seen at most; the others are scrolled to.
const MOST_ROWS: usize = 4;
/// Height that is left to the track in any case, in points.
const TRACK_PT: f32 = 240.0;
/// Blank at the left and right of a row, in points.
const MARGIN_PT: f32 = 8.0;
/// From the pointer to the name of what it carries, in points.
const AWAY_PT: f32 = 14.0;

/// An event without a date that the pointer carries: the payload of egui's drag and drop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The id of the event.
    pub event: Text,
}

/// What the tray remembers between frames.
#[derive(Debug, Default)]
pub struct UndatedState {
    is_collapsed: bool,
    rows: EventRows,
}

/// What the tray looks at and does not change.
#[derive(Clone, Copy)]
struct Tray<'a> {
    doc: Document<'a>,
    theme: &'a Theme,
    selection: Option<&'a str>,
    selected: &'a Selected,
    hides_signs: bool,
    /// How many events it lists: those that match the query.
    count: usize,
}

/// The tray, where any event has no date.
pub fn undated_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    view: &ViewState,
    theme: &Theme,
    preferences: Preferences<'_>,
    state: &mut UndatedState,
    actions: &mut Vec<Action>,
) {
    let all = doc.index.undated().len();
    if all == 0 {
        return;
    }
    // They are the last of the order.
    state.rows.refresh(doc, doc.timeline.events().len() - all);
    let count = state.rows.len(doc);
    let room = ((ui.available_height() - TRACK_PT) / ROW_PT).max(1.0) as usize;
    let rows = if state.is_collapsed { 0 } else { count.min(MOST_ROWS).min(room) };
    let selection = view.transient.selection.as_deref();
    let selected = &view.transient.selected;
    let tray = Tray { doc, theme, selection, selected, hides_signs: preferences.hides_signs, count };
    let chrome = Chrome::of(theme);
    let margin = Margin { left: 8, right: 8, top: 2, bottom: 2 };
    Panel::bottom("undated")
        .exact_size(ROW_PT * (rows + 1) as f32 + 4.0)
        .frame(Frame::new().fill(chrome.surface).inner_margin(margin))
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            heading_ui(ui, tray, all, view.place.query.trim().is_empty(), state);
            if rows > 0 {
                rows_ui(ui, tray, rows, state, actions);
            }
        });
    carried_ui(ui, doc, theme);
}

/// How many of `all` are listed and why not the others: the question, or where nothing is asked what was known on a date.
fn heading_words(count: usize, all: usize, is_known_only: bool) -> String {
    let (none, one, several) = match is_known_only {
        true => ("was not known then", "was known then", "were known then"),
        false => ("does not match the question", "matches the question", "match the question"),
    };
    match (count, all) {
        _ if count == all => format!("Undated {all}"),
        (0, 1) => format!("Undated 1, which {none}"),
        (0, _) => format!("Undated {all}, none of which {one}"),
        (1, _) => format!("Undated {all}, of which 1 {one}"),
        _ => format!("Undated {all}, of which {count} {several}"),
    }
}

/// How many there are, and the button that folds the list away.
fn heading_ui(ui: &mut Ui, tray: Tray<'_>, all: usize, is_known_only: bool, state: &mut UndatedState) {
    let Tray { doc, theme, count, .. } = tray;
    let rect = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), ROW_PT));
    ui.advance_cursor_after_rect(rect);
    let mut line = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center)));
    let (icon, name) = match state.is_collapsed {
        true => (Icon::Up, "Show undated events"),
        false => (Icon::Down, "Fold undated events away"),
    };
    if icon_button(&mut line, icon, name, Chrome::of(theme)).clicked() {
        state.is_collapsed = !state.is_collapsed;
    }
    let words = heading_words(count, all, is_known_only);
    line.add(Label::new(text(&words, Face::SemiBold, font::SMALL, theme.text)).selectable(false).truncate());
    if doc.read_only.is_none() && !state.is_collapsed && count > 0 {
        line.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let help = "Drag an event onto the track to date it";
            ui.add(Label::new(text(help, Face::Regular, font::SMALL, theme.text_muted)).selectable(false).truncate());
        });
    }
}

/// The list, of which so many rows are seen.
fn rows_ui(ui: &mut Ui, tray: Tray<'_>, seen: usize, state: &mut UndatedState, actions: &mut Vec<Action>) {
    let height = ROW_PT * seen as f32;
    let rect = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
    let id = ui.scope_id().with("undated rows");
    let list = ui.interact(rect, id, Sense::hover());
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, "Undated events"));
    ui.advance_cursor_after_rect(rect);
    let mut rows = ui.new_child(UiBuilder::new().max_rect(rect).accessibility_parent(id));
    rows.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical().id_salt("undated").auto_shrink(false);
    if let Some(row) = state.rows.row_to_show(tray.doc, tray.selection) {
        area = area.vertical_scroll_offset(((row as f32 + 0.5) * ROW_PT - height / 2.0).max(0.0));
    }
    area.show_rows(&mut rows, ROW_PT, tray.count, |ui, shown| {
        for row in shown {
            let Some(event) = state.rows.event(tray.doc, row) else { continue };
            if row_ui(ui, tray, event, (id, row), actions) {
                state.rows.select(&event.id);
            }
        }
    });
}

/// One event, in a row of the list; says whether it was selected.
fn row_ui(ui: &mut Ui, tray: Tray<'_>, event: &Event, (list, row): (Id, usize), actions: &mut Vec<Action>) -> bool {
    let Tray { doc, theme, .. } = tray;
    let is_selected = tray.selection == Some(event.id.as_str()) || tray.selected.contains_id(doc.timeline, &event.id);
    let rect = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), ROW_PT));
    ui.advance_cursor_after_rect(rect);
    // By the event: while one is dragged, the rows may change around it.
    let id = list.with(&*event.id);
    let editable = doc.read_only.is_none();
    let response = ui.interact(rect, id, if editable { Sense::click_and_drag() } else { Sense::click() });
    response.widget_info(|| {
        let name = event_name(doc.timeline, event, doc.known_on) + doc.doubt(&event.id);
        WidgetInfo::selected(Role::ListBoxOption, true, is_selected, name)
    });
    ui.ctx().accesskit_node_builder(id, |builder| {
        builder.set_position_in_set(row + 1);
        builder.set_size_of_set(tray.count);
    });
    paint_ground(ui, theme, &response, rect, is_selected);
    let inner = rect.shrink2(vec2(MARGIN_PT, 0.0));
    let mut cell = ui.new_child(UiBuilder::new().max_rect(inner).layout(Layout::right_to_left(Align::Center)));
    contents_ui(&mut cell, tray, event);

    if response.drag_started_by(egui::PointerButton::Primary) {
        DragAndDrop::set_payload(ui.ctx(), Carried { event: event.id.clone() });
    }
    if editable && response.hovered() && !DragAndDrop::has_any_payload(ui.ctx()) {
        ui.ctx().set_cursor_icon(egui::CursorIcon::Grab);
    }
    let is_chosen = response.clicked() || response.secondary_clicked();
    let is_several = tray.selected.contains_id(doc.timeline, &event.id);
    if response.clicked() {
        actions.push(picked(ui, &event.id).unwrap_or_else(|| Action::Select(Some(event.id.clone()))));
    } else if is_chosen && !is_several {
        actions.push(Action::Select(Some(event.id.clone())));
    }
    if response.double_clicked() {
        actions.push(Action::Run(Command::EditEvent));
    }
    // A click selects the row and leaves the keyboard to the window, whose keys act on what is selected.
    let is_meant = tray.selection == Some(event.id.as_str()) && ui.memory(|memory| memory.focused().is_none());
    let is_struck = (response.has_focus() || is_meant) && take_menu_key(ui.ctx());
    menu_ui(&response, is_struck.then(|| rect.left_bottom()), |ui| {
        let facts = Facts {
            read_only: doc.read_only,
            selected: true,
            several: is_several,
            any_event: true,
            ..Facts::default()
        };
        for command in [Command::DateEvent, Command::EditEvent, Command::DuplicateEvent] {
            widget_command_ui(ui, command, &CLICKS, &facts, actions);
        }
        ui.separator();
        widget_command_ui(ui, Command::DeleteEvent, &CLICKS, &facts, actions);
    });
    is_chosen
}

fn paint_ground(ui: &Ui, theme: &Theme, response: &egui::Response, rect: Rect, is_selected: bool) {
    if is_selected {
        ui.painter().rect_filled(rect, 4.0, color32(theme.selection));
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, color32(theme.hover));
    }
    if response.has_focus() {
        let ring = egui::Stroke::new(1.0, color32(theme.focus_ring));
        ui.painter().rect_stroke(rect, 4.0, ring, egui::StrokeKind::Inside);
    }
}

/// Title with its signs, then from the right standing, lane and the words for a date.
fn contents_ui(ui: &mut Ui, tray: Tray<'_>, event: &Event) {
    let Tray { doc, theme, .. } = tray;
    let muted = |ui: &mut Ui, words: &str| {
        let letters = Letters { face: Face::Regular, size_pt: font::SMALL, color: color32(theme.text_muted) };
        cut_label_ui(ui, &clipped(&visible(words), MOST_WORDS), letters);
    };
    muted(ui, event.standing.label());
    if let Some(id) = event.lane.as_deref() {
        muted(ui, doc.timeline.lane(id).map_or(id, |lane| lane.title.as_str()));
    }
    if let Some(wording) = &event.wording {
        muted(ui, &format!("“{wording}”"));
    }
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if !tray.hides_signs {
            for flag in Flag::of(doc.timeline, event, doc.known_on) {
                let (rect, _) = ui.allocate_exact_size(vec2(12.0, 15.0), Sense::hover());
                paint_scene(&ui.painter_at(rect), &flag_sign(flag, theme), rect.min);
            }
        }
        let letters = Letters { face: Face::Regular, size_pt: font::BODY, color: color32(theme.text) };
        cut_label_ui(ui, &clipped(&visible(&event.title), MOST_WORDS), letters);
    });
}

/// The name of the event that the pointer carries, beside it.
fn carried_ui(ui: &Ui, doc: Document<'_>, theme: &Theme) {
    let Some(carried) = DragAndDrop::payload::<Carried>(ui.ctx()) else { return };
    let Some(at) = ui.input(|input| input.pointer.latest_pos()) else { return };
    let Some(event) = doc.timeline.event(&carried.event) else { return };
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Tooltip, Id::unique("carried event")));
    let title = clipped(&event.title, MOST_TITLE);
    let galley = painter.layout_no_wrap(title.into_owned(), font_id(Face::Regular, font::SMALL), color32(theme.text));
    let size = galley.size() + vec2(12.0, 6.0);
    let ground = Rect::from_min_size(at + vec2(AWAY_PT, AWAY_PT), size);
    painter.rect(
        ground,
        3.0,
        color32(theme.field),
        egui::Stroke::new(1.0, color32(theme.line)),
        egui::StrokeKind::Inside,
    );
    painter.galley(pos2(ground.left() + 6.0, ground.top() + 3.0), galley, color32(theme.text));
}

/// The longest text of a row, in bytes.
const MOST_WORDS: usize = 600;
/// The longest title that goes along with the pointer, in bytes.
const MOST_TITLE: usize = 60;

#[cfg(test)]
mod tests {
    use super::heading_words;

    #[test]
    fn the_heading_says_why_some_are_not_listed() {
        let cases = [
            ((2, 2, false), "Undated 2"),
            ((0, 1, false), "Undated 1, which does not match the question"),
            ((0, 3, false), "Undated 3, none of which matches the question"),
            ((1, 3, false), "Undated 3, of which 1 matches the question"),
            ((2, 3, true), "Undated 3, of which 2 were known then"),
        ];
        for ((count, all, is_known_only), words) in cases {
            assert_eq!(heading_words(count, all, is_known_only), words);
        }
    }
}
