//! What the marks on the track say, in a panel in a corner of it: the legend of exported pictures, of what is shown.
//!
//! It stands in a corner in which it covers no mark, that to which it was carried last before the others, and stays open from start to
//! start.

use egui::{Area, Frame, Id, Order, Pos2, Rect, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::icon::{Icon, icon_button};
use super::paint::paint_scene;
use super::style::{Chrome, plain_scroll_bars};
use super::{Action, CanvasInput, CanvasState, Command, ViewState};
use crate::scene::{Legend, legend};
use crate::text::Shaper;

/// Widths that what the legend paints may have, in points: the wider, the lower it is.
const WIDTHS_PT: [f32; 4] = [344.0, 480.0, 680.0, 980.0];
/// Between the panel and the edges of the track: at the right a scroll bar may stand.
const GAP_PT: Vec2 = vec2(16.0, 10.0);
/// What the panel takes around its contents before it was laid out for the first time.
const USUAL_AROUND: Vec2 = vec2(18.0, 86.0);

/// The most of the height of the track that the panel takes, and the least height of its contents in points.
const MOST_SHARE: f32 = 0.5;
const LEAST_HEIGHT: f32 = 60.0;

/// A corner of the track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Corner {
    BottomRight,
    BottomLeft,
    TopRight,
    TopLeft,
}

impl Corner {
    /// Every corner; of two that are as empty the first is taken.
    const ALL: [Self; 4] = [Self::BottomRight, Self::BottomLeft, Self::TopRight, Self::TopLeft];

    /// Where a panel of a size stands in it.
    fn place(self, track: Rect, size: Vec2) -> Rect {
        let (left, right) = (track.left() + GAP_PT.x, track.right() - GAP_PT.x - size.x);
        let (top, bottom) = (track.top() + GAP_PT.y, track.bottom() - GAP_PT.y - size.y);
        let at = match self {
            Self::BottomRight => pos2(right, bottom),
            Self::BottomLeft => pos2(left, bottom),
            Self::TopRight => pos2(right, top),
            Self::TopLeft => pos2(left, top),
        };
        // A track that is too small is covered from its top left corner on.
        Rect::from_min_size(at.max(track.min), size)
    }

    /// The corner nearest to a place.
    fn nearest(track: Rect, at: Pos2) -> Self {
        match (at.x < track.center().x, at.y < track.center().y) {
            (true, true) => Self::TopLeft,
            (true, false) => Self::BottomLeft,
            (false, true) => Self::TopRight,
            (false, false) => Self::BottomRight,
        }
    }
}

/// What the settings keep of the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct LegendPlace {
    /// It is open.
    pub is_open: bool,
    /// The corner to which it was carried; none where it was not.
    pub corner: Option<Corner>,
}

/// The legend while it is open.
#[derive(Debug, Default)]
pub struct LegendState {
    /// Everything there is is shown.
    is_whole: bool,
    /// What occurs in the window, with the number of the picture in which it does.
    in_view: Option<(u64, Legend)>,
    /// What the panel took in the last frame, and what of that is around its contents.
    size: Option<Vec2>,
    around: Option<Vec2>,
    /// The corner in which it stands.
    found: Option<Found>,
    /// How far it has been carried from its corner.
    carried: Vec2,
}

/// A corner that was found for a picture.
#[derive(Debug, Clone, Copy)]
struct Found {
    /// The size of its track.
    track: Vec2,
    /// Its number.
    number: u64,
    is_whole: bool,
    corner: Corner,
    /// The width of the contents, and what all of the panel takes.
    width: f32,
    size: Vec2,
}

impl LegendState {
    /// Where the panel stands in a track, and how wide its contents are: in the corner to which it was carried, or in which it was, as
    /// long as it covers no mark there; else in the first that is free, wider and lower where only that helps; else, where it covers
    /// some wherever it stands, as few as it can, in the corner to which it was carried if it was. It stays while something is dragged.
    fn place(
        &mut self,
        track: Rect,
        carried: Option<Corner>,
        canvas: &CanvasState,
        is_dragging: bool,
        height_of: impl FnMut(f32) -> f32,
    ) -> (Rect, f32) {
        let known = self.found.filter(|found| found.track == track.size() && found.is_whole == self.is_whole);
        let is_current = known.is_some_and(|found| is_dragging || found.number == canvas.number());
        if let Some(found) = known.filter(|_| is_current) {
            return (found.corner.place(track, self.size.unwrap_or(found.size)), found.width);
        }
        let around = self.around.unwrap_or(USUAL_AROUND);
        let widest = (track.width() - 2.0 * GAP_PT.x - around.x).max(1.0);
        let widths = WIDTHS_PT.map(|width| width.min(widest));
        let sizes: Vec<(f32, Vec2)> = widths
            .into_iter()
            .zip(widths.map(height_of))
            .map(|(width, height)| {
                let height = height.min(most_height(track));
                (width, vec2(width, height) + around)
            })
            .collect();
        let covered = |corner: Corner, size: Vec2| canvas.covered(corner.place(track, size));
        let corners: Vec<Corner> =
            carried.into_iter().chain(known.map(|found| found.corner)).chain(Corner::ALL).collect();
        let tried = sizes.iter().flat_map(|size| corners.iter().map(move |corner| (*corner, *size)));
        let free = tried.clone().find(|(corner, (_, size))| covered(*corner, *size) == 0);
        let emptiest = || {
            let tried = tried.filter(|(corner, _)| carried.is_none_or(|carried| carried == *corner));
            tried.min_by_key(|(corner, (_, size))| covered(*corner, *size))
        };
        let (corner, (width, size)) =
            free.or_else(emptiest).unwrap_or((Corner::BottomRight, (widest, vec2(widest, 0.0))));
        self.found =
            Some(Found { track: track.size(), number: canvas.number(), is_whole: self.is_whole, corner, width, size });
        (corner.place(track, size), width)
    }
}

/// How high the contents of the panel may be; of more a part is scrolled to. With what is around them they cover less than half of the
/// track.
fn most_height(track: Rect) -> f32 {
    (track.height() * MOST_SHARE - USUAL_AROUND.y).max(LEAST_HEIGHT)
}

/// Shows the panel over the canvas, where it is open.
pub fn legend_ui(
    ui: &Ui,
    input: CanvasInput<'_>,
    view: &ViewState,
    (canvas, state): (&CanvasState, &mut LegendState),
    shaper: &mut Shaper,
    actions: &mut Vec<Action>,
) {
    let LegendPlace { is_open, corner } = input.preferences.legend;
    let Some(track) = canvas.track().filter(|_| is_open) else {
        *state = LegendState { is_whole: state.is_whole, ..LegendState::default() };
        return;
    };
    let number = canvas.number();
    if state.in_view.as_ref().is_none_or(|(known, _)| *known != number) {
        state.in_view = Some((number, canvas.legend(input, view, shaper)));
    }
    let is_dragging = ui.input(|input| input.pointer.any_down()) && state.carried == Vec2::ZERO;
    let shown = shown(input, state);
    let height_of = |width: f32| legend(&shown, input.theme, f64::from(width), shaper).size.height as f32;
    let (place, width) = state.place(track, corner, canvas, is_dragging, height_of);
    let place = place.translate(state.carried);
    let chrome = Chrome::of(input.theme);
    let frame = Frame::new()
        .fill(chrome.surface)
        .stroke(egui::Stroke::new(1.0, chrome.line))
        .corner_radius(6.0)
        .inner_margin(8.0);
    let panel = Area::new(Id::unique("legend"))
        .order(Order::Middle)
        .fixed_pos(place.min)
        .constrain(false)
        .show(ui.ctx(), |ui| {
            frame.show(ui, |ui| contents_ui(ui, input, &shown, (track, width), state, shaper, actions)).inner
        });
    let size = panel.response.rect.size();
    let (header, contents) = panel.inner;
    (state.size, state.around) = (Some(size), Some(size - contents));
    state.carried += header.drag_delta();
    if header.drag_stopped() {
        (state.carried, state.found) = (Vec2::ZERO, None);
        actions.push(Action::PlaceLegend(Corner::nearest(track, panel.response.rect.center())));
    }
}

/// What the panel explains.
fn shown(input: CanvasInput<'_>, state: &LegendState) -> Legend {
    let in_view = state.in_view.as_ref().map(|(_, legend)| legend);
    match in_view {
        Some(in_view) if !state.is_whole => in_view.clone(),
        _ => {
            let whole = Legend::complete(in_view.map(|legend| legend.color_by).unwrap_or_default(), input.theme);
            if input.doc.accounts.is_some() { whole.of_accounts() } else { whole }
        }
    }
}

/// What stands in the panel; gives the handle by which it is carried, and the size of what is explained.
fn contents_ui(
    ui: &mut Ui,
    input: CanvasInput<'_>,
    shown: &Legend,
    (track, width): (Rect, f32),
    state: &mut LegendState,
    shaper: &mut Shaper,
    actions: &mut Vec<Action>,
) -> (egui::Response, Vec2) {
    let chrome = Chrome::of(input.theme);
    ui.set_width(width);
    let header = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let title = ui.add(egui::Label::new(egui::RichText::new("Legend").strong()).selectable(false));
        let handle = ui.interact(title.rect.expand(4.0), ui.scope_id().with("handle"), Sense::drag());
        handle.widget_info(|| WidgetInfo::labeled(Role::Label, true, "Drag the legend into another corner"));
        for (is_whole, label) in [(false, "In the window"), (true, "All marks")] {
            if ui.selectable_label(state.is_whole == is_whole, label).clicked() {
                state.is_whole = is_whole;
            }
        }
        super::dialog::at_the_right(ui, "close the legend", |ui| {
            if icon_button(ui, Icon::Cross, "Close", chrome).clicked() {
                actions.push(Action::Run(Command::Legend));
            }
        });
        handle.on_hover_cursor(egui::CursorIcon::Grab)
    });
    let header = header.inner;
    let mut size = vec2(width, 0.0);
    if shown.is_empty() {
        ui.label(egui::RichText::new("The window shows nothing that needs explaining").color(chrome.muted));
    } else {
        let scene = legend(shown, input.theme, f64::from(width), shaper);
        // A bar says that there is more.
        ui.spacing_mut().scroll = plain_scroll_bars(0.0);
        ScrollArea::vertical().max_height(most_height(track)).auto_shrink([false, true]).show(ui, |ui| {
            size.y = (scene.size.height as f32).min(most_height(track));
            let (rect, response) = ui.allocate_exact_size(vec2(width, scene.size.height as f32), Sense::hover());
            paint_scene(&ui.painter_at(rect), &scene, rect.min);
            response.widget_info(|| {
                WidgetInfo::labeled(Role::Image, true, "How dates, standings, sourcing and links are drawn")
            });
        });
    }
    let mut shows = !input.preferences.hides_signs;
    let signs = ui.checkbox(&mut shows, "Show sourcing signs beside marks");
    if signs.on_hover_text(Command::SourcingSigns.tooltip()).changed() {
        actions.push(Action::Run(Command::SourcingSigns));
    }
    (header, size)
}
