//! The rubber band: a rectangle drawn over the track, and the events whose marks it touches.

use super::surface::Surface;
use crate::geom::Rect;
use crate::index::Selection;
use crate::layout::Viewport;
use crate::query::Matches;

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
    let mut words = vec![0_u64; doc.timeline.events().len().div_ceil(64)];
    for seen in doc.index.events_touching(matches, start, end) {
        let position = seen.event as usize;
        // In the rows of the picture, which are others than those of the index.
        let is_within = surface.plan.spots(doc.index, position).into_iter().any(|spot| {
            let row = surface.plan.row_rect(spot, scroll_y);
            row.is_some_and(|row| {
                let middle = row.center().y;
                middle + MARK_PT >= rect.y0 && middle - MARK_PT <= rect.y1
            })
        });
        if let Some(word) = words.get_mut(position / 64).filter(|_| is_within) {
            *word |= 1 << (position % 64);
        }
    }
    Matches::from_words(words, doc.timeline.events().len())
}
