//! The strip below the track: a press brings the window there, dragging the window moves it.

use egui::{CursorIcon, Id, Role, Sense, Ui, WidgetInfo, vec2};

use super::CanvasState;
use super::picture::size_of;
use super::surface::Surface;
use crate::scene;
use crate::text::{Face, Shaper};
use crate::theme::{Theme, font, space};
use crate::ui::context::{context_command_ui, context_menu};
use crate::ui::paint::{color32, font_id, paint_scene};
use crate::ui::{Action, Command, Facts, ViewState};

/// How near to the edge of the window a press still holds it, in points: a window of a few days in a century is a hairline.
const GRASP_PT: f64 = 6.0;

/// Where in the window the pointer holds it, as a share of its width.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hold(Option<f64>);

/// What the strip shows, left of it: nothing where the names of the bands leave no room.
pub(super) fn paint_name(ui: &Ui, corner: egui::Rect, theme: &Theme) {
    let painter = ui.painter_at(corner);
    painter.rect_filled(corner, 0.0, color32(theme.panel));
    let font = font_id(Face::Regular, font::SMALL);
    let name = painter.layout_no_wrap("All time".to_owned(), font, color32(theme.text_muted));
    let at = corner.left_center() + vec2(space::M as f32, -name.size().y / 2.0);
    if at.x + name.size().x < corner.right() {
        painter.galley(at, name, color32(theme.text_muted));
    }
}

/// The strip.
pub(super) fn overview_ui(
    ui: &mut Ui,
    id: Id,
    surface: &Surface<'_>,
    view: &mut ViewState,
    shaper: &mut Shaper,
    state: &mut CanvasState,
    actions: &mut Vec<Action>,
) {
    let Surface { input, strip: rect, .. } = *surface;
    let (picture, hold) = (&mut state.picture, &mut state.overview);
    let size = size_of(rect);
    let response =
        ui.interact(rect, id, Sense::click_and_drag()).on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, "Overview"));
    let all = scene::overview_viewport(&picture.input(input, view, size), size.width);
    let pressed_at = ui.input(|input| input.pointer.press_origin());
    if response.drag_started()
        && let Some(at) = pressed_at
    {
        let x = f64::from(at.x - rect.left());
        let left = all.x_from_instant(view.place.viewport.origin);
        let width = all.x_from_instant(view.place.viewport.end()) - left;
        let held = left - GRASP_PT <= x && x <= left + width + GRASP_PT;
        *hold = Hold(Some(if held { ((x - left) / width.max(1e-6)).clamp(0.0, 1.0) } else { 0.5 }));
    }
    if !response.dragged() {
        *hold = Hold(None);
    }
    let share = hold.0.or_else(|| response.clicked_by(egui::PointerButton::Primary).then_some(0.5));
    if let (Some(share), Some(at)) = (share, response.interact_pointer_pos()) {
        let instant = all.instant_from_x(f64::from(at.x - rect.left()));
        let shown_at = view.place.viewport.x_from_instant(instant);
        view.place.viewport = view.place.viewport.panned(view.place.viewport.width_pt * share - shown_at);
    }
    let doc = input.doc;
    context_menu(&response, |ui| {
        let facts = Facts {
            read_only: doc.read_only,
            selected: view.transient.has_selection(),
            any_event: !doc.timeline.events().is_empty(),
            asks: !view.place.query.trim().is_empty(),
            ..Facts::default()
        };
        for command in [Command::ZoomAll, Command::ZoomHits, Command::ZoomSelection, Command::GoTo] {
            context_command_ui(ui, command, &facts, actions);
        }
        ui.separator();
        for command in [Command::Back, Command::Forward, Command::SaveView] {
            context_command_ui(ui, command, &facts, actions);
        }
    });
    paint_scene(&ui.painter_at(rect), picture.overview(surface, view, shaper), rect.min);
}
