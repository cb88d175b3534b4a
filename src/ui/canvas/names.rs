//! The names of the bands: one stop of the Tab key, in which arrows go from name to name, and a name of a lane that is typed where
//! it stands.
//!
//! Owns what keys do to names and the field over one. What the pointer does to them belongs to [`super::pointer`] and
//! [`super::bands`], the entries of their menu to [`crate::ui::lanes`].

use egui::{EventFilter, Id, Key, Modifiers, Pos2, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo};

use super::surface::Surface;
use super::{Scroll, take_key};
use crate::geom;
use crate::model::{Lane, Text};
use crate::text::{Shaper, visible};
use crate::ui::context::take_menu_key;
use crate::ui::edit::{Editing, edit_ui, select_all};
use crate::ui::lanes::{lane_moved, lane_of_band};
use crate::ui::letters;
use crate::ui::paint::color32;
use crate::ui::{Action, Command, LaneAction, ViewState, arranged_by};

/// Height of the field over a name, in points.
const FIELD_PT: f32 = 24.0;

/// What the names remember between frames.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The band that the keyboard is at.
    at: usize,
    /// The lane whose name is being typed.
    typed: Option<Typed>,
    /// The names take the keyboard.
    focus: bool,
}

/// The name of a lane as it is typed.
#[derive(Debug)]
struct Typed {
    lane: Text,
    text: String,
    is_begun: bool,
}

impl Names {
    /// Begins to type the name of a lane.
    pub(super) fn rename(&mut self, lane: &Lane) {
        self.typed = Some(Typed { lane: lane.id.clone(), text: lane.title.to_string(), is_begun: false });
    }
}

/// What keys ask for that is not done here.
pub(super) struct Asked {
    /// The band whose menu is opened.
    pub(super) band: usize,
    /// Where, on the screen.
    pub(super) at: Pos2,
}

/// Where the name of a band stands on the screen, cut at the edges of the names.
fn name_rect(surface: &Surface<'_>, band: usize, scroll_y: f64) -> Option<Rect> {
    let (gutter, track) = (surface.plan.areas.gutter, surface.plan.areas.track);
    let (top, bottom) = surface.plan.bands.band(band)?;
    let shift = track.y0 - scroll_y;
    let rect = geom::Rect::new(gutter.x0, top + shift, gutter.x1, bottom + shift);
    rect.overlaps(gutter).then(|| surface.on_screen(rect.intersection(gutter)))
}

/// The stop of the Tab key, where there are names: left of the track, and so before it.
pub(super) fn names_stop_ui(ui: &Ui, id: Id, surface: &Surface<'_>, names: &mut Names) -> Option<Response> {
    let gutter = surface.on_screen(surface.plan.areas.gutter);
    let last = surface.input.doc.index.bands().len().checked_sub(1).filter(|_| gutter.width() >= 1.0)?;
    names.at = names.at.min(last);
    // A click on a name stays the canvas's.
    let response = ui.interact(gutter, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::List, true, "Names of bands"));
    crate::ui::draws_its_own(ui.ctx(), id);
    if std::mem::take(&mut names.focus) {
        response.request_focus();
        // Arrows stay its own from the next frame on.
        ui.ctx().request_repaint();
    }
    Some(response)
}

/// Says the whole name of the band under the pointer, where there is no room for it beside the track.
pub(super) fn whole_name_ui(ui: &Ui, id: Id, surface: &Surface<'_>, scroll_y: f64, shaper: &mut Shaper) {
    let gutter = surface.on_screen(surface.plan.areas.gutter);
    let pointer = ui.input(|input| input.pointer.hover_pos()).filter(|at| gutter.contains(*at));
    let index = surface.input.doc.index;
    let Some(at) = pointer.and_then(|at| surface.plan.band_at(surface.point(at), scroll_y)) else { return };
    let Some(band) = index.bands().get(at).filter(|_| surface.plan.cuts_name(index, at, shaper)) else { return };
    let Some(rect) = name_rect(surface, at, scroll_y) else { return };
    letters::tooltip(ui.interact(rect, id.with(("whole name", at)), Sense::hover()), &visible(&band.title));
}

/// Takes in keys, makes the names known to screen readers and shows the field over the one that is typed; says whose menu is
/// asked for.
pub(super) fn names_ui(
    ui: &mut Ui,
    response: &Response,
    surface: &Surface<'_>,
    view: &mut ViewState,
    names: &mut Names,
    actions: &mut Vec<Action>,
) -> Option<Asked> {
    let (id, gutter) = (response.id, response.rect);
    nodes_ui(ui, id, surface, view.place.scroll_y, names.at);
    let asked = response.has_focus().then(|| keys(ui, id, surface, view, names, actions)).flatten();
    if response.has_focus()
        && let Some(rect) = name_rect(surface, names.at, view.place.scroll_y)
    {
        let ring = egui::Stroke::new(2.0, color32(surface.input.theme.focus_ring));
        ui.painter_at(gutter).rect_stroke(rect.shrink(1.0), 2.0, ring, egui::StrokeKind::Inside);
    }
    field_ui(ui, surface, view.place.scroll_y, names, actions);
    asked
}

/// Arrows go from name to name, with Ctrl they move the band; F2 and Enter rename a lane, Delete deletes it.
fn keys(
    ui: &Ui,
    id: Id,
    surface: &Surface<'_>,
    view: &mut ViewState,
    names: &mut Names,
    actions: &mut Vec<Action>,
) -> Option<Asked> {
    let doc = surface.input.doc;
    let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let last = doc.index.bands().len() - 1;
    let struck = |key| take_key(ui, Modifiers::NONE, key);
    let before = names.at;
    names.at = (names.at + struck(Key::ArrowDown)).min(last).saturating_sub(struck(Key::ArrowUp));
    names.at = if struck(Key::Home) > 0 { 0 } else { names.at };
    names.at = if struck(Key::End) > 0 { last } else { names.at };
    for (key, command) in [(Key::ArrowUp, Command::MoveBandUp), (Key::ArrowDown, Command::MoveBandDown)] {
        if take_key(ui, Modifiers::COMMAND, key) == 0 {
            continue;
        }
        let up = command == Command::MoveBandUp;
        let above = if up { names.at.checked_sub(1) } else { Some(names.at + 2).filter(|above| *above <= last + 1) };
        let lane = above.and_then(|above| lane_moved(doc, names.at, above)).map(Action::Lane);
        let arranged = || arranged_by(command, doc.index, names.at, doc.index.arrangement()).map(Action::Arrange);
        if above.is_some() {
            actions.extend(lane.or_else(arranged));
            names.at = if up { names.at.saturating_sub(1) } else { (names.at + 1).min(last) };
        }
    }
    if names.at != before
        && let Some(rows) = surface.plan.bands.band(names.at)
    {
        Scroll::of(surface.plan).show_one(view, std::iter::once(rows));
    }
    if let Some(lane) = lane_of_band(doc, names.at).filter(|_| doc.read_only.is_none()) {
        if struck(Key::F2) + struck(Key::Enter) > 0 {
            names.rename(lane);
        } else if struck(Key::Delete) + struck(Key::Backspace) > 0 {
            actions.push(Action::Lane(LaneAction::Delete(lane.id.clone())));
        }
    }
    let wants_menu = take_menu_key(ui.ctx());
    let rect = name_rect(surface, names.at, view.place.scroll_y).filter(|_| wants_menu)?;
    Some(Asked { band: names.at, at: rect.left_bottom() })
}

/// Makes the names nodes; none where nobody listens.
fn nodes_ui(ui: &mut Ui, id: Id, surface: &Surface<'_>, scroll_y: f64, at: usize) {
    if ui.ctx().accesskit_node_builder(id, |_| ()).is_none() {
        return;
    }
    let gutter = surface.on_screen(surface.plan.areas.gutter);
    let bands = surface.input.doc.index.bands();
    let parent = UiBuilder::new().id_salt("names").max_rect(gutter).accessibility_parent(id);
    let ui = ui.new_child(parent);
    for (nth, band) in bands.iter().enumerate() {
        let Some(rect) = name_rect(surface, nth, scroll_y) else { continue };
        let node = id.with(("name", nth));
        let response = ui.interact(rect, node, Sense::hover());
        let kind = if lane_of_band(surface.input.doc, nth).is_some() { "Lane" } else { "Band" };
        let title = if band.title.is_empty() { "without a name".into() } else { visible(&band.title) };
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, nth == at, format!("{kind} {title}")));
        ui.ctx().accesskit_node_builder(node, |builder| {
            builder.set_position_in_set(nth + 1);
            builder.set_size_of_set(bands.len());
        });
    }
    ui.ctx().accesskit_node_builder(id, |builder| builder.set_active_descendant(id.with(("name", at)).accesskit_id()));
}

/// The field over the name that is typed. Enter and leaving it take the name, Escape does not.
fn field_ui(ui: &mut Ui, surface: &Surface<'_>, scroll_y: f64, names: &mut Names, actions: &mut Vec<Action>) {
    let Some(typed) = &mut names.typed else { return };
    let doc = surface.input.doc;
    let band = (0..doc.index.bands().len()).find(|at| lane_of_band(doc, *at).is_some_and(|lane| lane.id == typed.lane));
    let rect = band.and_then(|band| name_rect(surface, band, scroll_y));
    let Some(rect) = rect else {
        names.typed = None;
        return;
    };
    let line =
        Rect::from_min_size(rect.min + egui::vec2(6.0, 4.0), egui::vec2((rect.width() - 10.0).max(60.0), FIELD_PT));
    let mut child = ui.new_child(UiBuilder::new().id_salt("lane name").max_rect(line));
    let id = Id::unique("name of a lane");
    let field = edit_ui(&mut child, id, &mut typed.text, &Editing::line(), |edit| edit.desired_width(f32::INFINITY));
    let field = field.accessible_name("Lane name");
    if !std::mem::replace(&mut typed.is_begun, true) {
        select_all(ui.ctx(), id, &typed.text);
        field.request_focus();
        return;
    }
    if !field.lost_focus() {
        return;
    }
    let is_kept = !ui.input(|input| input.key_pressed(Key::Escape));
    let is_entered = ui.input(|input| input.key_pressed(Key::Enter) || input.key_pressed(Key::Escape));
    if let Some(typed) = names.typed.take() {
        let title = typed.text.trim();
        let is_other = doc.timeline.lane(&typed.lane).is_some_and(|lane| lane.title != title);
        if is_kept && is_other && !title.is_empty() {
            actions.push(Action::Lane(LaneAction::Rename(typed.lane, title.into())));
        }
    }
    // By keys one goes on among the names.
    names.focus = is_entered;
    names.at = band.unwrap_or(names.at);
    ui.input_mut(|input| {
        input.consume_key(Modifiers::NONE, Key::Escape);
        input.consume_key(Modifiers::NONE, Key::Enter);
    });
}
