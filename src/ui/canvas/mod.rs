//! The timeline canvas: the track with its gestures, and the overview strip below it.
//!
//! Owns how the pointer moves the window and the events. What is drawn belongs to `scene`, how to [`super::paint`]; what
//! keys do to [`super::navigation`].
//!
//! ```text
//!   ┌ names ┬ ruler ────────────────┐
//!   │       │ track                 ║ scroll bar
//!   ├───────┼───────────────────────┤
//!   │       │ overview              │
//!   └───────┴───────────────────────┘
//! ```

mod accounts;
mod bands;
mod change;
mod corner;
mod empty;
mod eras;
mod gesture;
mod glide;
mod linking;
mod links;
mod measuring;
mod menu;
mod names;
mod nodes;
mod overview;
mod picture;
mod pointer;
mod preview;
mod rest;
mod rubber_band;
mod scroll;
mod stacking;
mod surface;
mod track_images;
mod wheel;

use egui::{EventFilter, Key, Modifiers, Pos2, Rect, Role, Sense, Ui, WidgetInfo, pos2};

use self::change::Change;
use self::empty::Emptiness;
use self::gesture::Gesture;
use self::measuring::Measured;
use self::menu::Opening;
pub use self::picture::{NEW_LABELS, OVERVIEW_PT};
use self::picture::{Picture, size_of};
use self::pointer::Pointer;
use self::scroll::Scroll;
pub use self::surface::CanvasInput;
use self::surface::Surface;
use super::context::{is_menu_open, take_menu_key};
use super::crowd_list::{CrowdList, crowd_list_ui};
use super::exact_key::take_key;
use super::lanes::lane_of_band;
use super::paint::{color32, paint_scene};
use super::{Action, Command, ViewState};
use crate::geom::Size;
use crate::index::{Band, BandKey, Crowd};
use crate::layout::Viewport;
use crate::model::{Grouping, Text};
use crate::query::Matches;
use crate::scene::{Frame, Hit, Legend, SceneInput, track_width};
use crate::text::Shaper;
use crate::time::Instant;

/// What the canvas remembers between frames: pictures and the running gesture.
///
/// Pictures are told apart by [`Document::revision`](super::Document::revision), so another document needs a new state; setting
/// [`Transient::fit_pending`](super::Transient::fit_pending), as opening does, has the same effect.
#[derive(Debug, Default)]
pub struct CanvasState {
    picture: Picture,
    /// The track on the screen, and where its picture begins.
    track: Option<Rect>,
    origin: Pos2,
    gesture: Gesture,
    /// The time that is measured, or was measured last, until a click.
    measured: Option<Measured>,
    overview: overview::Hold,
    hover: pointer::Hover,
    /// What a release would write of an event that is carried here from the tray.
    dating: Option<Change>,
    wheel_alt: wheel::Alt,
    glide: glide::Glide,
    /// What was chosen to be shown, and the window that came of it when folds or width changed last: as long as nobody moves that, all
    /// further changes begin with what was chosen, and no question that is typed and deleted moves anything.
    left: Option<(Left, Viewport)>,
    /// The names of the bands.
    names: names::Names,
    /// The strip of eras.
    eras: eras::Eras,
    /// What the menu was last opened on.
    menu: Option<menu::Place>,
    /// A menu was asked for by its key while nothing had the keyboard.
    wants_menu: bool,
    /// The events of a crowd, while they are listed.
    list: Option<CrowdList>,
    /// The grouping in which it stands.
    grouping: Grouping,
    notice: Option<Notice>,
    /// The selection to which the lanes were last scrolled.
    scrolled_to: Option<Text>,
    /// The keyboard came by a click: no ring is needed to say where it is.
    focused_by_pointer: bool,
}

impl CanvasState {
    /// Forgets everything of the document that was shown, as another is.
    pub fn forget(&mut self) {
        let mut picture = std::mem::take(&mut self.picture);
        picture.clear();
        *self = Self { picture, ..Self::default() };
    }

    /// Whether a button is held for a gesture, which Escape aborts.
    pub fn is_gesturing(&self) -> bool {
        self.gesture.is_running()
    }

    /// Opens the menu of what is selected, else that of the middle of the track, in the next frame.
    pub fn open_menu(&mut self) {
        self.wants_menu = true;
    }

    /// What the marks say that occur in the window, whatever is pointed at.
    pub fn legend(&self, input: CanvasInput<'_>, view: &ViewState, shaper: &mut Shaper) -> Legend {
        let size = self.picture.drawn().map_or(Size::new(0.0, 0.0), |drawn| drawn.size);
        let plan = self.picture.last_plan(input, view, size, shaper);
        plan.legend(&SceneInput { hover: None, ..self.picture.input(input, view, size) })
    }

    /// The number of the picture of the track that is shown: another has another.
    pub const fn number(&self) -> u64 {
        self.picture.number()
    }

    /// Height of all bands of the track, scrolled out of sight or not; none before it has been shown.
    pub fn bands_pt(&self) -> Option<f64> {
        self.picture.bands_pt()
    }

    /// The track on the screen, once it has been shown.
    pub const fn track(&self) -> Option<Rect> {
        self.track
    }

    /// How many marks and labels a rectangle of the screen would cover.
    pub fn covered(&self, rect: Rect) -> usize {
        let Some(scene) = self.picture.drawn() else { return 0 };
        let rect = rect.translate(-self.origin.to_vec2());
        let (min, max) = (rect.min, rect.max);
        let rect = crate::geom::Rect::new(min.x.into(), min.y.into(), max.x.into(), max.y.into());
        let is_mark = |hit: &Hit| matches!(hit, Hit::Event(_) | Hit::EventLabel(_) | Hit::Bar(_) | Hit::Crowd(_));
        scene.targets.iter().filter(|target| is_mark(&target.subject) && target.rect.overlaps(rect)).count()
    }
}

/// Something said in the status line for a while.
#[derive(Debug)]
struct Notice {
    words: String,
    /// In seconds of egui's clock.
    until: f64,
}

/// Commands whose keys a focused widget may use for itself, so that the window leaves them to the canvas while it has the
/// keyboard.
const KEYS_WITH_FOCUS: [Command; 5] =
    [Command::PanLeft, Command::PanRight, Command::PanUp, Command::PanDown, Command::EditEvent];

/// How long a notice stays, in seconds.
const NOTICE_SECONDS: f64 = 4.0;

/// Fills the available rectangle with the track and the overview strip.
pub fn canvas_ui(
    ui: &mut Ui,
    input: CanvasInput<'_>,
    view: &mut ViewState,
    shaper: &mut Shaper,
    state: &mut CanvasState,
    actions: &mut Vec<Action>,
) {
    let CanvasInput { doc, theme, preferences } = input;
    let begun = actions.len();
    let area = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(area);
    let overview_top = (area.bottom() - OVERVIEW_PT as f32).max(area.top());
    let rect = Rect::from_min_max(area.min, pos2(area.right(), overview_top));

    let folding = view.place.folding;
    settle_window(input, size_of(rect), view, shaper, state);
    // Neither scroll nor a window that is moved moves an area or a row: one plan serves the whole frame.
    let now = ui.input(|input| input.time);
    let plan = state.picture.plan(input, view, size_of(rect), now, shaper);
    // The overview lies under the track, so that both begin and end at the same x.
    let strip = Rect::from_min_max(pos2(area.left() + plan.areas.track.x0 as f32, overview_top), area.max);
    let surface = Surface { input, plan: &plan, rect, strip };
    let scroll = Scroll::of(&plan);
    show_selection(&surface, view, state);
    let target = view.place.viewport;
    let still = preferences.reduce_motion || state.gesture.is_running();
    let shown = state.glide.shown(target, now, still);
    view.place.viewport = shown;
    scroll.clamp(view);

    let id = ui.scope_id().with("timeline canvas");
    let names = names::names_stop_ui(ui, id.with("names"), &surface, &mut state.names);
    let response = ui.interact(rect, id, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, "Timeline"));
    keep_focus(ui, &response, state, actions);
    super::draws_its_own(ui.ctx(), id);

    state.picture.catch_up(&surface, view, shaper);
    Pointer { ui, response: &response, surface }.update(view, state, actions);

    let scene = state.picture.track(&surface, view, shaper);
    paint_scene(&ui.painter_at(rect), scene, rect.min);
    track_images::paint(&ui.painter_at(surface.track()), &surface, scene, theme);
    corner::corner_ui(ui, id.with("corner"), &surface, actions);
    let era_asked = eras::eras_ui(ui, id.with("eras"), &surface, scene, &mut state.eras, actions);
    let opened = nodes::nodes_ui(ui, id, &surface, scene, &view.transient, actions);
    let track = surface.track();
    (state.track, state.origin) = (Some(track), rect.min);
    if let Some(emptiness) =
        Emptiness::of(doc.timeline, doc.index, &view.place.viewport, doc.matches.map(Matches::count))
    {
        empty::paint(&ui.painter_at(track), track, theme, emptiness.words(doc, view.transient.is_partial));
    }
    Pointer { ui, response: &response, surface }.preview(view, state);
    let bar = scroll.bar_ui(ui, id.with("scroll bar"), track, theme, view);
    if response.has_focus() && !state.focused_by_pointer {
        let ring = egui::Stroke::new(2.0, color32(theme.focus_ring));
        ui.painter().rect_stroke(rect.shrink(1.0), 0.0, ring, egui::StrokeKind::Inside);
    }

    overview::overview_ui(ui, id.with("overview"), &surface, view, shaper, state, actions);

    let hairline = egui::Stroke::new(1.0 / ui.pixels_per_point(), color32(theme.line));
    ui.painter().hline(area.x_range(), overview_top, hairline);
    overview::paint_name(ui, Rect::from_min_max(pos2(area.left(), overview_top), strip.left_bottom()), theme);

    // A menu or a list says more, and a card would cover it.
    let is_covered = state.list.is_some() || egui::Popup::is_any_open(ui.ctx());
    if !state.gesture.is_running() && !bar && !is_covered {
        Pointer { ui, response: &response, surface }.hover_card(view, state);
        names::whole_name_ui(ui, id, &surface, view.place.scroll_y, shaper);
    }
    let asked = names.as_ref().and_then(|names| names::names_ui(ui, names, &surface, view, &mut state.names, actions));
    let mut by_key_at = None;
    if let Some(asked) = asked {
        let lane = lane_of_band(doc, asked.band).map(|lane| lane.id.clone());
        state.menu = Some(menu::Place::names(doc, lane, Some(asked.band)));
        by_key_at = Some(asked.at);
    } else if let Some((era, at)) = era_asked {
        let date = doc.timeline.eras().iter().find(|known| known.id == era).map(|era| era.date.to_string());
        (state.menu, by_key_at) = (Some(menu::Place::Era { era, date: date.unwrap_or_default() }), Some(at));
    } else if std::mem::take(&mut state.wants_menu) || response.has_focus() && take_menu_key(ui.ctx()) {
        let (place, at) = Pointer { ui, response: &response, surface }.menu_by_key(view, state);
        (state.menu, by_key_at) = (Some(place), Some(at));
    }
    if let Some(place) = state.menu.clone() {
        match menu::menu_ui(&response, by_key_at, &place, input, view, actions) {
            Some(Opening::Renamed(id)) => {
                if let Some(lane) = doc.timeline.lane(&id) {
                    state.names.rename(lane);
                }
            }
            Some(Opening::Window(window)) => view.place.viewport = *window,
            Some(Opening::List(list)) => state.list = Some(list),
            Some(Opening::Selected(crowd)) => {
                let members = plan.members(doc.index, state.picture.matches(), &crowd);
                actions.push(Action::SelectAlso(rubber_band::set_of(doc, members)));
            }
            Some(Opening::Unfolded(span)) => pointer::open_fold(view, span),
            Some(Opening::Folded(stretch)) => Pointer { ui, response: &response, surface }.fold(view, state, stretch),
            None => {}
        }
    }
    if state.picture.is_unfinished() {
        ui.ctx().request_repaint();
    }
    if let Some(crowd) = opened {
        pointer::open_crowd(&surface, view, state, &crowd, track.center());
    }
    if let Some(list) = &mut state.list {
        let matches = state.picture.matches();
        let members = |crowd: &Crowd| plan.members(doc.index, matches, crowd);
        if !crowd_list_ui(ui.ctx(), doc, theme, members, &view.transient, list, actions) {
            state.list = None;
            response.request_focus();
        }
    }
    if view.place.viewport != shown {
        state.glide.stop(view.place.viewport);
    } else if state.glide.is_under_way() {
        view.place.viewport = target;
        ui.ctx().request_repaint();
    }
    if view.place.folding != folding {
        // What follows from it is worked out where the next frame begins.
        ui.ctx().request_repaint();
    }
    if state.picture.is_gliding() || !state.picture.is_packed_for(&view.place.viewport) {
        // Where the wheel has zoomed, rows for that come with the next frame.
        ui.ctx().request_repaint();
    }
    let is_moving = state.gesture.is_running() || state.glide.is_under_way();
    if let Some(seconds) = state.picture.settle(&surface, view, now, is_moving, shaper) {
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(seconds));
    }
    if let Some(told) = doc.accounts {
        actions.iter_mut().skip(begun).for_each(|action| accounts::name_the_event(action, told));
    }
    if view.transient.status.is_none()
        && let Some(notice) = state.notice.as_ref().filter(|notice| now < notice.until)
    {
        view.transient.status = Some(notice.words.clone());
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(notice.until - now));
    }
}

/// Brings the window in time in line with its width and with the document: the whole timeline, or all of it that matches,
/// where that is asked for. Another width and other folds show the time that was shown before, and everything where everything was.
fn settle_window(
    input: CanvasInput<'_>,
    size: Size,
    view: &mut ViewState,
    shaper: &mut Shaper,
    state: &mut CanvasState,
) {
    let CanvasInput { doc, .. } = input;
    if view.transient.fit_pending {
        state.picture.clear();
    }
    if view.transient.fit_pending || doc.grouping != state.grouping {
        state.list = None;
        state.grouping = doc.grouping;
    }
    let width_pt = track_width(doc.index, Frame::Window, size.width, shaper);
    let before = view.place.viewport;
    view.place.viewport = before.resized(width_pt);
    if width_pt <= 1.0 {
        return;
    }
    let folds = state.picture.folds(doc, &view.place, width_pt);
    // Of a question that nothing matches all is shown, which is empty then.
    let found = || doc.matches.and_then(|matches| doc.index.extent_of(doc.timeline, matches.iter()));
    let all = doc.index.extent();
    let pending = view.transient.window_pending.take();
    if view.transient.fit_pending {
        view.place.viewport = Viewport::fit_folded(found().or(all), folds, width_pt);
        view.place.scroll_y = 0.0;
        view.transient.fit_pending = false;
        state.left = None;
    } else if let Some((start, end)) = pending {
        view.place.viewport = Viewport::spanning_folded(start, end, folds, width_pt);
        state.left = Some((Left::Stretch(start, end), view.place.viewport));
    } else if folds != before.folds || width_pt != before.width_pt {
        let left = state.left.filter(|(_, shown)| *shown == before).map_or(Left::Window(before), |(left, _)| left);
        view.place.viewport = match left {
            Left::Stretch(start, end) => Viewport::spanning_folded(start, end, folds, width_pt),
            // Where everything was shown it stays so, with the room that marks need at the edges: all there is, or all that matches.
            Left::Window(window) => {
                let fits = |extent| {
                    window.width_pt > 1.0 && window == Viewport::fit_folded(extent, window.folds, window.width_pt)
                };
                let whole = std::iter::once(all).chain(found().map(Some)).find(|extent| fits(*extent));
                let resized = window.resized(width_pt);
                match whole {
                    Some(extent) => Viewport::fit_folded(extent, folds, width_pt),
                    None if folds != resized.folds => resized.refolded(folds, all),
                    None => resized,
                }
            }
        };
        state.left = Some((left, view.place.viewport));
    }
}

/// What was last shown that somebody chose.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "a canvas has one, beside a viewport that is as large")]
enum Left {
    /// A window as somebody moved it.
    Window(Viewport),
    /// A stretch of time that was asked for.
    Stretch(Instant, Instant),
}

/// Scrolls to the row of an event that has been selected, and to a lane that was asked for.
fn show_selection(surface: &Surface<'_>, view: &mut ViewState, state: &mut CanvasState) {
    let shows_lanes = surface.input.doc.grouping == Grouping::Lane;
    if let Some(lane) = view.transient.lane_pending.take_if(|_| shows_lanes) {
        let lane = surface.input.doc.timeline.lanes().iter().position(|known| known.id == lane);
        let is_lane = |band: &Band| lane.is_some_and(|lane| band.key == BandKey::Lane(lane));
        let band = surface.input.doc.index.bands().iter().position(is_lane);
        let rows = band.and_then(|band| surface.plan.bands.band(band));
        Scroll::of(surface.plan).show_one(view, rows.into_iter());
    }
    if view.transient.selection != state.scrolled_to {
        state.scrolled_to.clone_from(&view.transient.selection);
        let selection = view.transient.selection.as_deref();
        let rows = selection.map_or_else(Vec::new, |id| surface.rows_of(id, view.place.scroll_y));
        let top = surface.plan.areas.track.y0 - view.place.scroll_y;
        Scroll::of(surface.plan).show_one(view, rows.iter().map(|(_, row)| (row.y0 - top, row.y1 - top)));
    }
}

/// The canvas takes the keyboard at a click and keeps the arrow keys, which are commands here and would otherwise move the
/// keyboard to a neighbouring widget.
fn keep_focus(ui: &Ui, response: &egui::Response, state: &mut CanvasState, actions: &mut Vec<Action>) {
    // A quick click comes and goes within a frame.
    let pressed = response.is_pointer_button_down_on() || response.clicked();
    if pressed && !response.has_focus() {
        response.request_focus();
        state.focused_by_pointer = true;
    } else if !response.has_focus() {
        state.focused_by_pointer = false;
    }
    if response.has_focus() && is_menu_open(response) {
        // Opened by the mouse it leaves the keyboard here, and the keys are the menu's: an arrow enters it.
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, EventFilter::default()));
        take_key(ui, Modifiers::NONE, Key::Enter);
    } else if response.has_focus() {
        let filter =
            EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let shortcuts =
            KEYS_WITH_FOCUS.iter().flat_map(|command| command.shortcuts().map(move |keys| (keys, *command)));
        for (keys, command) in shortcuts {
            if take_key(ui, keys.modifiers, keys.logical_key) > 0 {
                actions.push(Action::Run(command));
            }
        }
    }
}

/// Whether Escape was pressed; nobody else sees it then.
fn take_escape(ui: &Ui) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
}
