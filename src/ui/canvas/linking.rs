//! A link that is drawn from one event to another: the handle above the mark of the selected event, and the line while it is held.
//!
//! ```text
//!     ● Letter sent     the row above keeps its labels
//!      ○                handle, in the row of its mark: pressed there, a line is drawn
//!     ● Signed ╲
//!               ╲
//!                ●      let go over another event, it is asked how the two relate
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
/// From the upper edge of what the pointer hits of a mark up to the middle of its handle, in points: the handle ends where the
/// labels of the row above do.
const UP_PT: f32 = 1.0;
/// How far from the middle of a mark it stands where lines end there.
const ASIDE_PT: f32 = 11.0;

/// From where a link can be drawn.
#[derive(Debug, Clone)]
pub(super) struct Handle {
    /// The event, by id.
    pub(super) event: Text,
    /// Its middle on the screen.
    pub(super) at: Pos2,
    /// Where a press holds it.
    grasp: Rect,
}

impl Handle {
    /// Whether a point of the screen is on it.
    pub(super) fn holds(&self, position: Pos2) -> bool {
        self.grasp.contains(position)
    }
}

/// The handle of the event that is selected by itself, while its mark is in sight and can be changed.
pub(super) fn handle(surface: &Surface<'_>, scene: &Scene, view: &ViewState) -> Option<Handle> {
    let doc = surface.input.doc;
    let can_link = doc.read_only.is_none() && doc.accounts.is_none() && view.transient.selected.is_empty();
    let selection = view.transient.selection.as_ref().filter(|_| can_link)?;
    let selected = doc.timeline.event_position(selection)?;
    let is_mark = |hit: &Hit| matches!(hit, Hit::Event(at) if *at as usize == selected);
    let mark = scene.targets.iter().rev().find(|target| is_mark(&target.subject))?;
    let (mark, track) = (surface.on_screen(mark.rect), surface.track());
    // Of a long event in the middle of what is in sight of it.
    let seen = mark.intersect(track);
    // Of a row that is scrolled half out of sight it comes down onto the mark: above the track it would be cut.
    let middle = (mark.top() - UP_PT).max(track.top() + RADIUS_PT + 1.0);
    let size = vec2(2.0 * RADIUS_PT, 2.0 * RADIUS_PT);
    let circle = |aside: f32| Rect::from_center_size(pos2(seen.center().x + aside, middle), size);
    // Where lines come down onto the mark it stands beside their arrows.
    let links: Vec<Rect> = scene
        .targets
        .iter()
        .filter(|target| matches!(target.subject, Hit::Link(_)))
        .map(|target| surface.on_screen(target.rect))
        .filter(|rect| rect.intersects(circle(0.0).expand(2.0 * ASIDE_PT)))
        .collect();
    let is_free = |aside: &f32| !links.iter().any(|link| link.intersects(circle(*aside)));
    let circle = circle([0.0, ASIDE_PT, -ASIDE_PT].into_iter().find(is_free).unwrap_or(ASIDE_PT));
    let at = circle.center();
    if !seen.is_positive() || !track.contains(at) {
        return None;
    }
    // The mark below it is dragged, what stands beside and above it is selected.
    let mut grasp = Rect { max: pos2(at.x + GRASP_PT, circle.bottom()), ..circle.expand(GRASP_PT - RADIUS_PT) };
    for target in
        scene.targets.iter().filter(|target| target.subject.event(doc.timeline).is_some_and(|id| id != selection))
    {
        let other = surface.on_screen(target.rect);
        if !other.intersects(grasp) {
            continue;
        }
        if other.bottom() < at.y {
            grasp.min.y = grasp.min.y.max(other.bottom());
        } else if other.right() < at.x {
            grasp.min.x = grasp.min.x.max(other.right());
        } else if other.left() > at.x {
            grasp.max.x = grasp.max.x.min(other.left());
        }
    }
    Some(Handle { event: selection.clone(), at, grasp })
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
