//! The rubber band: a rectangle drawn over the track, and the events whose marks it touches.

use super::surface::Surface;
use crate::geom::Rect;
use crate::index::Selection;
use crate::layout::Viewport;
use crate::query::Matches;
use crate::ui::Document;

/// How far a mark reaches from the middle of its date and of its row, in points.
const MARK_PT: f64 = 6.0;

/// The events of which a mark touches a rectangle of the scrolled picture: those that match, in whichever of their bands. Marks that
/// are too close to be told apart, and are shown as a number, count as they stand in time.
pub(super) fn touched(
    surface: &Surface<'_>,
    matches: Option<&Selection>,
    viewport: &Viewport,
    scroll_y: f64,
    rect: Rect,
) -> Matches {
    let doc = surface.input.doc;
    let left = surface.plan.areas.track.x0;
    let instant = |x: f64| viewport.instant_from_x(x - left);
    let (start, end) = (instant(rect.x0 - MARK_PT), instant(rect.x1 + MARK_PT));
    // In the rows of the picture, which are others than those of the index.
    let is_within = |event: &u32| {
        surface.plan.spots(doc.index, *event as usize).into_iter().any(|spot| {
            let middle = surface.plan.row_rect(spot, scroll_y).map(|row| row.center().y);
            middle.is_some_and(|middle| middle + MARK_PT >= rect.y0 && middle - MARK_PT <= rect.y1)
        })
    };
    let touching = doc.index.events_touching(matches, start, end).map(|seen| seen.event);
    set_of(doc, touching.filter(is_within))
}

/// The events at these positions, as a set.
pub(super) fn set_of(doc: Document<'_>, positions: impl IntoIterator<Item = u32>) -> Matches {
    Matches::of(doc.timeline.events().len(), positions.into_iter().map(|position| position as usize))
}
