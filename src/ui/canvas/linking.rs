//! A link that is drawn from one event to another: the handle above the mark of the selected event, and the line while it is held.
//!
//! ```text
//!      ○            handle: pressed there, a line is drawn
//!     ●Signed ╲
//!              ╲
//!               ●   let go over another event, it is asked how the two relate
//! ```

use egui::{Pos2, Rect, Stroke, Ui, pos2, vec2};

use super::surface::Surface;
use crate::model::Text;
use crate::scene::{Hit, Scene};
use crate::theme::Theme;
use crate::ui::ViewState;
use crate::ui::paint::color32;

/// Radius of the handle, and how far around it a press holds it, in points.
const RADIUS_PT: f32 = 4.0;
const GRASP_PT: f32 = 7.0;
/// Between handle and mark, in points.
const AWAY_PT: f32 = 3.0;

/// The event from which a link can be drawn by its handle, and where that is on the screen: the one that is selected by itself,
/// while its mark is in sight and can be changed.
pub(super) fn handle(surface: &Surface<'_>, scene: &Scene, view: &ViewState) -> Option<(Text, Pos2)> {
    let doc = surface.input.doc;
    let can_link = doc.read_only.is_none() && doc.accounts.is_none() && view.transient.selected.is_empty();
    let selection = view.transient.selection.as_ref().filter(|_| can_link)?;
    let selected = doc.timeline.event_position(selection)?;
    let is_mark = |hit: &Hit| matches!(hit, Hit::Event(at) if *at as usize == selected);
    let mark = scene.targets.iter().rev().find(|target| is_mark(&target.subject))?;
    let (mark, track) = (surface.on_screen(mark.rect), surface.track());
    // Of a long event in the middle of what is in sight of it.
    let seen = mark.intersect(track);
    // In the first row it comes down onto the mark: above the track it would be cut.
    let top = (mark.top() - AWAY_PT - RADIUS_PT).max(track.top() + RADIUS_PT + 1.0);
    let at = pos2(seen.center().x, top);
    (seen.is_positive() && track.contains(at)).then(|| (selection.clone(), at))
}

/// Whether a point of the screen is on a handle.
pub(super) fn is_on(handle: Pos2, position: Pos2) -> bool {
    Rect::from_center_size(handle, vec2(2.0 * GRASP_PT, 2.0 * GRASP_PT)).contains(position)
}

/// Draws the handle.
pub(super) fn paint_handle(ui: &Ui, track: Rect, at: Pos2, is_hovered: bool, theme: &Theme) {
    let painter = ui.painter_at(track);
    let accent = color32(theme.accent);
    let fill = if is_hovered { accent } else { color32(theme.background) };
    painter.circle(at, RADIUS_PT, fill, Stroke::new(1.5, accent));
}

/// Draws the line that is held, and around the event that it would lead to.
pub(super) fn paint_line(ui: &Ui, track: Rect, from: Pos2, to: Pos2, over: Option<Rect>, theme: &Theme) {
    let painter = ui.painter_at(track);
    let accent = color32(theme.accent);
    painter.line_segment([from, to], Stroke::new(2.0, accent));
    painter.circle_filled(from, RADIUS_PT, accent);
    match over {
        Some(rect) => {
            painter.rect_stroke(rect.expand(3.0), 4.0, Stroke::new(2.0, accent), egui::StrokeKind::Outside);
        }
        None => {
            painter.circle_filled(to, RADIUS_PT, accent);
        }
    }
}
