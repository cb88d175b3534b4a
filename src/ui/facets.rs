//! The panel of facets: how many events have each value under the present question, and picking some of them.
//!
//! Owns the list and its gestures. What picking means for the question is for `query`, the counting for `app`.
//!
//! ```text
//!   ▾ Lane
//!     ☑ Harbour council            12
//!     ☐ Union                       5
//!       No lane                     3
//!   ▸ Source
//! ```

use egui::{
    Align2, Frame, Id, Key, Margin, Modifiers, Panel, Rect, Response, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo,
    pos2, vec2,
};

use super::context::context_menu;
use super::edit::{Editing, edit_ui};
use super::icon::{Icon, icon_button};
use super::letters::{self, Letters};
use super::style::{Chrome, GRID_PT};
use super::{Action, Command, ViewState, font_id};
use crate::query::{FacetCounts, FacetName, FacetValue, Pick, Picked, fold};
use crate::text::{Face, visible};
use crate::theme::font;

/// Widths of the panel, in points: least and most.
const WIDTH_PT: (f32, f32) = (160.0, 420.0);
/// Height of a row, in points.
const ROW_PT: f32 = 22.0;
/// Values that a facet shows before it is asked for all.
const TOP: usize = 6;
/// Rows of a facet that shows all of its values, before it is scrolled.
const MOST_ROWS: usize = 14;
/// Width of the sign before a value, in points.
const SIGN_PT: f32 = 18.0;

/// Facets that are open from the beginning.
const OPEN: [FacetName; 4] = [
    FacetName::Event(crate::model::EventField::Lane),
    FacetName::Event(crate::model::EventField::Standing),
    FacetName::BestReliability,
    FacetName::Stance,
];

/// What the panel remembers between frames.
#[derive(Debug, Default)]
pub struct FacetsState {
    /// Facets that are not as they are at the beginning: closed, or open.
    turned: Vec<FacetName>,
    /// Facets that show all their values, with what is looked for among them.
    whole: Vec<(FacetName, String)>,
    /// The panel takes the keyboard in the next frame.
    pub focus: bool,
}

impl FacetsState {
    /// Whether a facet shows its values, which have to be counted then.
    pub fn is_open(&self, facet: &FacetName) -> bool {
        OPEN.contains(facet) != self.turned.contains(facet)
    }

    fn turn(&mut self, facet: &FacetName) {
        match self.turned.iter().position(|known| known == facet) {
            Some(at) => drop(self.turned.remove(at)),
            None => self.turned.push(facet.clone()),
        }
    }
}

/// What was counted.
#[derive(Debug, Clone, Default)]
pub struct Facets {
    /// Every facet of the timeline, those that are open with their counts.
    pub all: Vec<(FacetName, Option<FacetCounts>)>,
    /// Whether they are of another question, until the next are counted.
    pub is_old: bool,
    /// Whether no event matches the question for certain, and some may: nothing is counted then.
    pub is_only_possible: bool,
}

/// The panel at the left of the track. Returns its width in points.
pub fn facets_ui(
    ui: &mut Ui,
    facets: &Facets,
    width_pt: f32,
    view: &mut ViewState,
    chrome: Chrome,
    state: &mut FacetsState,
    actions: &mut Vec<Action>,
) -> f32 {
    let (least, most) = WIDTH_PT;
    let panel = Panel::left("facets")
        .resizable(true)
        .default_size(width_pt.clamp(least, most))
        .size_range(least..=most)
        .frame(Frame::new().fill(chrome.surface).inner_margin(Margin { left: 8, right: 4, top: 4, bottom: 0 }));
    let shown = panel.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        heading_ui(ui, view, chrome, actions);
        ScrollArea::vertical().id_salt("facets").auto_shrink(false).show(ui, |ui| {
            ui.set_width(ui.available_width() - 8.0);
            if facets.all.is_empty() {
                note(ui, "Counting…", chrome);
            } else if !can_be_read(&view.place.query) {
                note(ui, "Counts of the question before", chrome);
            }
            if facets.is_only_possible && !facets.is_old {
                note(ui, "No event matches for certain", chrome);
                note(ui, "Those that may match are not counted", chrome);
            }
            for (facet, counts) in &facets.all {
                facet_ui(ui, facet, counts.as_ref(), view, chrome, state);
            }
        });
        state.focus = false;
    });
    shown.response.rect.width()
}

/// Whether values can be picked by changing a question.
fn can_be_read(question: &str) -> bool {
    FacetName::BestReliability.picked(question).is_ok()
}

fn heading_ui(ui: &mut Ui, view: &mut ViewState, chrome: Chrome, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        ui.label(egui::RichText::new("Facets").strong().color(chrome.text)).on_hover_text(HELP);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if icon_button(ui, Icon::Cross, "Hide the facets", chrome).clicked() {
                actions.push(Action::Run(Command::ToggleFacets));
            }
            let asks = !view.place.query.trim().is_empty();
            if asks && ui.small_button("Clear").on_hover_text(Command::ClearQuestion.tooltip()).clicked() {
                actions.push(Action::Run(Command::ClearQuestion));
            }
        });
    });
}

const HELP: &str = "How many events have each value, of those that match the question for certain. A click asks for one value, \
                    Ctrl with it for several, Alt with it leaves one out; keys: Enter, Ctrl+Enter, Alt+Enter.";

/// A facet: its name, which opens and closes it, and its values.
fn facet_ui(
    ui: &mut Ui,
    facet: &FacetName,
    counts: Option<&FacetCounts>,
    view: &mut ViewState,
    chrome: Chrome,
    state: &mut FacetsState,
) {
    let picked = facet.picked(&view.place.query);
    let is_open = state.is_open(facet);
    let label = visible(&facet.label()).into_owned();
    let rect = row_rect(ui);
    let response = ui.interact(rect, facet_id(facet), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_open, format!("Facet {label}")));
    if std::mem::take(&mut state.focus) {
        response.request_focus();
    }
    let painter = ui.painter_at(rect.expand(1.0));
    if response.hovered() || response.has_focus() {
        painter.rect_filled(rect, 3.0, chrome.hover);
    }
    let sign = if is_open { Icon::Down } else { Icon::Up };
    let sign_rect = Rect::from_center_size(pos2(rect.left() + SIGN_PT / 2.0 - 2.0, rect.center().y), vec2(12.0, 12.0));
    arrow(&painter, sign_rect, matches!(sign, Icon::Down), chrome);
    let name_font = font_id(Face::SemiBold, font::SMALL);
    let at = pos2(rect.left() + SIGN_PT, rect.center().y);
    painter.text(at, Align2::LEFT_CENTER, &label, name_font, chrome.text);
    // A closed facet says that something of it is picked.
    if !is_open && picked.as_ref().is_ok_and(|picked| !picked.is_empty()) {
        let at = pos2(rect.right() - 4.0, rect.center().y);
        painter.circle_filled(at, 3.0, chrome.accent);
    }
    if response.clicked() {
        state.turn(facet);
    }
    if !is_open {
        return;
    }
    let Some(counts) = counts else {
        note(ui, "Counting…", chrome);
        return;
    };
    // While a question is typed that cannot be read, the counts of the one before stand, and nothing of them can be picked.
    let can_pick = picked.is_ok();
    ui.add_enabled_ui(can_pick, |ui| values_ui(ui, facet, counts, &picked.unwrap_or_default(), view, chrome, state));
    ui.add_space(GRID_PT);
}

fn values_ui(
    ui: &mut Ui,
    facet: &FacetName,
    counts: &FacetCounts,
    picked: &Picked,
    view: &mut ViewState,
    chrome: Chrome,
    state: &mut FacetsState,
) {
    if counts.values.is_empty() && counts.without == 0 {
        return note(ui, "No values to count", chrome);
    }
    let whole = state.whole.iter().position(|(known, _)| known == facet);
    match whole {
        None => {
            // What is picked or left out stands there whatever its count.
            let is_marked = |value: &&FacetValue| picked.of(value).is_some();
            // To hide one or two would save no room.
            let shown = if counts.values.len() <= TOP + 2 { counts.values.len() } else { TOP };
            let (top, rest) = counts.values.split_at(shown);
            for value in top.iter().chain(rest.iter().filter(is_marked)) {
                value_ui(ui, facet, value, picked, view, chrome);
            }
            without_ui(ui, facet, counts, picked, view, chrome);
            let hidden = rest.iter().filter(|value| !is_marked(value)).count();
            if hidden > 0 && link(ui, &format!("Show all {}", counts.values.len()), facet, chrome).clicked() {
                state.whole.push((facet.clone(), String::new()));
                ui.memory_mut(|memory| memory.request_focus(sought_id(facet)));
            }
        }
        Some(at) => {
            let Some((_, sought)) = state.whole.get_mut(at) else { return };
            let response = edit_ui(ui, sought_id(facet), sought, &Editing::line(), |edit| {
                edit.hint_text("Among these…").desired_width(f32::INFINITY)
            });
            response.accessible_name(format!("Find among {}", facet.label()));
            let wanted = fold(sought);
            let fits =
                |value: &&FacetValue| fold(&value.title).contains(&wanted) || fold(&value.text).contains(&wanted);
            let values: Vec<&FacetValue> = counts.values.iter().filter(fits).collect();
            let height = ROW_PT * values.len().min(MOST_ROWS) as f32;
            let area = ScrollArea::vertical().id_salt(facet_id(facet)).max_height(height).auto_shrink([false, true]);
            area.show_rows(ui, ROW_PT, values.len(), |ui, shown| {
                for value in values.get(shown).unwrap_or_default() {
                    value_ui(ui, facet, value, picked, view, chrome);
                }
            });
            if values.is_empty() {
                note(ui, "No value holds this", chrome);
            }
            without_ui(ui, facet, counts, picked, view, chrome);
            if link(ui, "Show fewer", facet, chrome).clicked() {
                state.whole.remove(at);
            }
        }
    }
}

/// The events without a value: picked as such, where the language has a word for it.
fn without_ui(
    ui: &mut Ui,
    facet: &FacetName,
    counts: &FacetCounts,
    picked: &Picked,
    view: &mut ViewState,
    chrome: Chrome,
) {
    let title = match facet {
        FacetName::Problem => return,
        FacetName::Year => "In no one year".to_owned(),
        FacetName::Decade => "In no one decade".to_owned(),
        FacetName::BestReliability => "Not graded".to_owned(),
        FacetName::Own(_) => "Not given".to_owned(),
        _ => format!("No {}", facet.word()),
    };
    let none = FacetValue::none(title, counts.without);
    if counts.without == 0 && picked.of(&none).is_none() {
        return;
    }
    match facet {
        // A year that is not given and one of several are two things, and one has no word.
        FacetName::Year | FacetName::Decade => {
            let rect = row_rect(ui);
            words(ui, rect, &none, chrome.muted, chrome, false);
        }
        _ => value_ui(ui, facet, &none, picked, view, chrome),
    }
}

/// A value with its count. Picking it changes the question.
fn value_ui(ui: &mut Ui, facet: &FacetName, value: &FacetValue, picked: &Picked, view: &mut ViewState, chrome: Chrome) {
    let mark = picked.of(value);
    let rect = row_rect(ui);
    let id = facet_id(facet).with((&value.text, value.is_exact));
    let response = ui.interact(rect, id, Sense::click());
    let events = if value.events == 1 { "1 event".to_owned() } else { format!("{} events", value.events) };
    let said = match mark {
        Some(true) => ", picked",
        Some(false) => ", left out",
        None => "",
    };
    response.widget_info(|| {
        let name = format!("{}: {}, {events}{said}", facet.label(), visible(&value.title));
        WidgetInfo::selected(Role::CheckBox, true, mark == Some(true), name)
    });
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 3.0, chrome.hover);
    }
    if mark == Some(true) {
        ui.painter().rect_filled(rect, 3.0, chrome.selected);
    }
    sign(ui, rect, mark, chrome);
    let ink = if mark == Some(false) || value.events == 0 { chrome.muted } else { chrome.text };
    words(ui, rect, value, ink, chrome, mark == Some(false));
    let mut how = pick_of(ui, &response);
    context_menu(&response, |ui| {
        for (label, pick) in [("Only this", Pick::Only), ("This too", Pick::Also), ("Leave this out", Pick::Without)] {
            if ui.button(label).clicked() {
                how = Some(pick);
                ui.close();
            }
        }
    });
    if let Some(question) = how.and_then(|how| facet.pick(&view.place.query, value, how).ok()) {
        view.place.query = question;
        ui.ctx().request_repaint();
    }
    let words = format!("{}\n{events}. Ctrl: this too. Alt: leave it out", visible(&value.title));
    letters::tooltip(response, &words);
}

/// How a value was picked in this frame, by pointer or key.
fn pick_of(ui: &Ui, response: &Response) -> Option<Pick> {
    // A widget that has the keyboard is clicked by Enter and by Space; egui asks for no other key to be held.
    let entered = response.has_focus()
        && ui.input_mut(|input| {
            [Modifiers::COMMAND, Modifiers::ALT].into_iter().any(|held| input.consume_key(held, Key::Enter))
        });
    if !response.clicked() && !entered {
        return None;
    }
    Some(ui.input(|input| match (input.modifiers.command, input.modifiers.alt) {
        (true, _) => Pick::Also,
        (false, true) => Pick::Without,
        (false, false) => Pick::Only,
    }))
}

fn row_rect(ui: &mut Ui) -> Rect {
    let rect = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), ROW_PT));
    ui.advance_cursor_after_rect(rect);
    rect
}

fn facet_id(facet: &FacetName) -> Id {
    Id::unique("facet").with(facet)
}

fn sought_id(facet: &FacetName) -> Id {
    facet_id(facet).with("sought")
}

/// A box with a tick, or a dash where the value is left out.
fn sign(ui: &Ui, rect: Rect, mark: Option<bool>, chrome: Chrome) {
    let square = Rect::from_center_size(pos2(rect.left() + SIGN_PT / 2.0, rect.center().y), vec2(11.0, 11.0));
    let painter = ui.painter();
    let edge = if mark == Some(true) { chrome.accent } else { chrome.edge };
    let fill = if mark == Some(true) { chrome.accent } else { chrome.raised };
    painter.rect(square, 2.0, fill, Stroke::new(1.0, edge), egui::StrokeKind::Inside);
    let (left, right, middle) = (square.left() + 2.5, square.right() - 2.5, square.center());
    match mark {
        Some(true) => {
            let stroke = Stroke::new(1.5, chrome.on_accent);
            let (low, high) = (pos2(middle.x - 1.0, square.bottom() - 3.0), pos2(right, square.top() + 3.0));
            painter.line_segment([pos2(left, middle.y), low], stroke);
            painter.line_segment([low, high], stroke);
        }
        Some(false) => {
            painter.line_segment([pos2(left, middle.y), pos2(right, middle.y)], Stroke::new(1.5, chrome.error));
        }
        None => {}
    }
}

/// The title of a value, cut where its count begins.
fn words(ui: &Ui, rect: Rect, value: &FacetValue, ink: egui::Color32, chrome: Chrome, is_struck: bool) {
    let small = font_id(Face::Regular, font::SMALL);
    let painter = ui.painter();
    let at = pos2(rect.right() - 4.0, rect.center().y);
    let count = painter.text(at, Align2::RIGHT_CENTER, value.events.to_string(), small.clone(), chrome.muted);
    let room = count.left() - 6.0 - (rect.left() + SIGN_PT);
    let title = visible(&value.title);
    let cell = Rect::from_min_max(pos2(rect.left() + SIGN_PT, rect.top()), pos2(count.left() - 6.0, rect.bottom()));
    if letters::paint_cell(ui, cell, &title, Letters::small(ink)) {
        if is_struck {
            painter.hline(cell.x_range(), cell.center().y, Stroke::new(1.0, ink));
        }
        return;
    }
    let mut job = egui::text::LayoutJob::simple_singleline(title.into_owned(), small, ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.max(0.0));
    if is_struck {
        job.sections.iter_mut().for_each(|section| section.format.strikethrough = Stroke::new(1.0, ink));
    }
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    painter.galley(pos2(rect.left() + SIGN_PT, rect.center().y - galley.size().y / 2.0), galley, ink);
}

/// A triangle that points down where a facet is open, and to the right where it is not.
fn arrow(painter: &egui::Painter, rect: Rect, is_open: bool, chrome: Chrome) {
    let (c, r) = (rect.center(), 3.5);
    let points = match is_open {
        true => vec![pos2(c.x - r, c.y - r / 2.0), pos2(c.x + r, c.y - r / 2.0), pos2(c.x, c.y + r / 1.5)],
        false => vec![pos2(c.x - r / 2.0, c.y - r), pos2(c.x + r / 1.5, c.y), pos2(c.x - r / 2.0, c.y + r)],
    };
    painter.add(egui::Shape::convex_polygon(points, chrome.muted, Stroke::NONE));
}

fn note(ui: &mut Ui, words: &str, chrome: Chrome) {
    let rect = row_rect(ui);
    let response = ui.interact(rect, Id::unique("facet note").with(rect.top().to_bits()), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    let at = pos2(rect.left() + SIGN_PT, rect.center().y);
    ui.painter().text(at, Align2::LEFT_CENTER, words, font_id(Face::Regular, font::SMALL), chrome.muted);
}

fn link(ui: &mut Ui, words: &str, facet: &FacetName, chrome: Chrome) -> Response {
    let rect = row_rect(ui);
    let response = ui.interact(rect, facet_id(facet).with("link"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{words}: {}", facet.label())));
    let ink = if response.hovered() || response.has_focus() { chrome.text } else { chrome.accent };
    let at = pos2(rect.left() + SIGN_PT, rect.center().y);
    ui.painter().text(at, Align2::LEFT_CENTER, words, font_id(Face::Regular, font::SMALL), ink);
    response
}
