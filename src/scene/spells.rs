//! Gaps and bursts as they are marked in a band: behind everything that stands in it.
//!
//! ```text
//!   empty           ╱╱╱╱╱╱╱╱╱╱     hatched all through
//!   perhaps empty   ╱   ╱   ╱      hatched thinly, and dashed
//!   burst           ▔▔▔▔▔▔▔▔▔▔     a bar along the top of the band
//! ```

use super::piece::Axis;
use super::{Item, SceneInput, Stroke};
use crate::activity::SpellKind;
use crate::geom::{Point, Rect};

/// From one line of a hatching to the next, in points.
const STEP: f64 = 9.0;
const WIDE_STEP: f64 = 22.0;
/// How high the bar of a burst is.
const BAR: f64 = 3.0;

/// The marks of a band that takes up `rect` of the track.
pub(super) fn paint(input: &SceneInput<'_>, band: usize, rect: Rect, axis: &Axis, items: &mut Vec<Item>) {
    let Some(activity) = input.aspect.activity.and_then(|bands| bands.get(band)) else { return };
    let (start, end) = (input.viewport.origin, input.viewport.end());
    for spell in activity.spells.iter().filter(|spell| spell.start < end && start < spell.end) {
        let stretch = Rect::new(axis.x(spell.start).max(rect.x0), rect.y0, axis.x(spell.end).min(rect.x1), rect.y1);
        if stretch.width() < 1.0 {
            continue;
        }
        let color = input.theme.text_muted;
        match spell.kind {
            SpellKind::Empty => hatch(stretch, STEP, Stroke::solid(1.0, color.with_alpha(56)), items),
            SpellKind::PerhapsEmpty => {
                let stroke = Stroke { dash: Some((2.0, 4.0)), ..Stroke::solid(1.0, color.with_alpha(72)) };
                hatch(stretch, WIDE_STEP, stroke, items);
            }
            SpellKind::Burst => {
                let bar = Rect { y1: stretch.y0 + BAR, ..stretch };
                items.push(Item::Rect { rect: bar, radius: 0.0, fill: Some(input.theme.accent), stroke: None });
            }
        }
    }
}

/// Lines that rise to the right, from one edge of a rectangle to another.
fn hatch(rect: Rect, step: f64, stroke: Stroke, items: &mut Vec<Item>) {
    let height = rect.height();
    // Lines begin on multiples of their step, so that they do not swim while the window is moved by whole steps and meet those of
    // a neighbouring stretch.
    let mut x = (rect.x0 / step).floor() * step;
    while x < rect.x1 + height {
        // Along the line x falls as y rises: cut off where it leaves the rectangle.
        let (bottom, top) = ((x - height).max(rect.x0), x.min(rect.x1));
        if bottom < top {
            let from = Point::new(bottom, rect.y0 + (x - bottom).min(height));
            let to = Point::new(top, rect.y0 + (x - top).max(0.0));
            items.push(Item::Line { from, to, stroke });
        }
        x += step;
    }
}
