//! What the marks on the track say, in a panel in a corner of it: the legend of exported pictures, of what is shown.
//!
//! It stands where it covers the fewest marks, or in the corner to which it was carried last, and stays open from start to start.

use egui::{Area, Frame, Id, Order, Pos2, Rect, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::icon::{Icon, icon_button};
use super::paint::paint_scene;
use super::style::Chrome;
use super::{Action, CanvasInput, CanvasState, Command, ViewState};
use crate::scene::{Legend, legend};
use crate::text::Shaper;

/// Width of what the legend paints, in points, and the share of the track that it may take.
const WIDTH_PT: f32 = 344.0;
const MOST_SHARE: f32 = 0.6;
/// Between the panel and the edges of the track: at the right a scroll bar may stand.
const GAP_PT: Vec2 = vec2(16.0, 10.0);
/// What it takes before it was laid out for the first time.
const USUAL_SIZE: Vec2 = vec2(368.0, 200.0);

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
    /// What the panel took in the last frame.
    size: Option<Vec2>,
    /// The corner that was found to be the emptiest, with the track in which it was.
    found: Option<(Vec2, Corner)>,
    /// How far it has been carried from its corner.
    carried: Vec2,
}

impl LegendState {
    /// Where the panel stands in a track: where it was put, else where it covers least, which stays while the track does.
    fn place(&mut self, track: Rect, corner: Option<Corner>, canvas: &CanvasState) -> Rect {
        let size = self.size.unwrap_or(USUAL_SIZE);
        let known = self.found.filter(|(of, _)| *of == track.size()).map(|(_, corner)| corner);
        let corner = corner.or(known).unwrap_or_else(|| {
            let covered = |corner: &Corner| canvas.covered(corner.place(track, size));
            let emptiest = Corner::ALL.into_iter().min_by_key(covered).unwrap_or(Corner::BottomRight);
            if self.size.is_some() {
                self.found = Some((track.size(), emptiest));
            }
            emptiest
        });
        corner.place(track, size)
    }
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
    let place = state.place(track, corner, canvas).translate(state.carried);
    let chrome = Chrome::of(input.theme);
    let frame = Frame::new()
        .fill(chrome.surface)
        .stroke(egui::Stroke::new(1.0, chrome.line))
        .corner_radius(6.0)
        .inner_margin(8.0);
    let shown = Area::new(Id::unique("legend"))
        .order(Order::Middle)
        .fixed_pos(place.min)
        .constrain(false)
        .show(ui.ctx(), |ui| frame.show(ui, |ui| contents_ui(ui, input, track, state, shaper, actions)).inner);
    state.size = Some(shown.response.rect.size());
    let header = shown.inner;
    state.carried += header.drag_delta();
    if header.drag_stopped() {
        state.carried = Vec2::ZERO;
        actions.push(Action::PlaceLegend(Corner::nearest(track, shown.response.rect.center())));
    }
}

/// What stands in the panel; gives the handle by which it is carried.
fn contents_ui(
    ui: &mut Ui,
    input: CanvasInput<'_>,
    track: Rect,
    state: &mut LegendState,
    shaper: &mut Shaper,
    actions: &mut Vec<Action>,
) -> egui::Response {
    let chrome = Chrome::of(input.theme);
    let width = WIDTH_PT.min(track.width() * MOST_SHARE);
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
    let color_by = state.in_view.as_ref().map(|(_, legend)| legend.color_by).unwrap_or_default();
    let whole = Legend::complete(color_by, input.theme);
    let shown = match &state.in_view {
        Some((_, in_view)) if !state.is_whole => in_view,
        _ => &whole,
    };
    let scene = legend(shown, input.theme, f64::from(width), shaper);
    let most = (track.height() - 120.0).max(60.0);
    ScrollArea::vertical().max_height(most).auto_shrink([false, true]).show(ui, |ui| {
        let (rect, response) = ui.allocate_exact_size(vec2(width, scene.size.height as f32), Sense::hover());
        paint_scene(&ui.painter_at(rect), &scene, rect.min);
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Image, true, "How dates, standings, sourcing and links are drawn")
        });
    });
    let mut shows = !input.preferences.hides_signs;
    let signs = ui.checkbox(&mut shows, "Show sourcing signs beside marks");
    if signs.on_hover_text(Command::SourcingSigns.tooltip()).changed() {
        actions.push(Action::Run(Command::SourcingSigns));
    }
    header.inner
}
