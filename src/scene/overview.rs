//! The strip that shows all time: how dense it is, and where the window stands.

use super::{Hit, Item, Scene, SceneInput, Stroke, Target};
use crate::geom::{Rect, Size};
use crate::layout::Viewport;
use crate::text::Shaper;

/// The window in time that an overview of this width shows: all events with a margin.
pub fn overview_viewport(input: &SceneInput<'_>, width_pt: f64) -> Viewport {
    Viewport::fit(input.index, width_pt)
}

/// The strip; one target, [`Hit::Ruler`], covers it. [`overview_viewport`] gives its time axis.
pub fn overview(input: &SceneInput<'_>, size: Size, _shaper: &mut Shaper) -> Scene {
    let all = overview_viewport(input, size.width);
    let theme = input.theme;
    let x0 = all.x_from_instant(input.viewport.origin).clamp(0.0, size.width);
    let x1 = all.x_from_instant(input.viewport.end()).clamp(0.0, size.width);
    let rect = Rect::new(0.0, 0.0, size.width, size.height);
    let window = Item::Rect {
        rect: Rect::new(x0, 0.0, x1.max(x0 + 4.0), size.height),
        radius: 2.0,
        fill: None,
        stroke: Some(Stroke::solid(1.0, theme.accent)),
    };
    Scene { size, background: theme.panel, items: vec![window], targets: vec![Target { rect, subject: Hit::Ruler }] }
}
