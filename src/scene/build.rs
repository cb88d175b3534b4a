//! Puts a picture together.

use super::frame::Areas;
use super::{Hit, Item, Scene, SceneInput, Target};
use crate::geom::{Point, Rect};
use crate::layout::Bands;
use crate::text::{Shaper, Style};
use crate::theme::font;

/// The picture.
pub fn build(input: &SceneInput<'_>, shaper: &mut Shaper) -> Scene {
    let areas = Areas::of(input, shaper);
    let bands = Bands::of(input.index);
    let mut items = Vec::new();
    let mut targets = vec![Target { rect: areas.ruler, subject: Hit::Ruler }];
    items.push(Item::PushClip(areas.track));
    for entry in input.index.entries_within(input.viewport.origin, input.viewport.end()) {
        let Some(event) = input.timeline.events().get(entry.event as usize) else { continue };
        let Some(center) = bands.row_center(entry.band as usize, entry.row) else { continue };
        let y = center + areas.track.y0 - input.scroll_y;
        let x0 = areas.track.x0 + input.viewport.x_from_instant(entry.start).max(-64.0);
        let x1 = (areas.track.x0 + input.viewport.x_from_instant(entry.end)).min(areas.track.x1 + 64.0).max(x0 + 8.0);
        let rect = Rect::new(x0, y - 6.0, x1, y + 6.0);
        items.push(Item::Rect {
            rect,
            radius: 4.0,
            fill: Some(input.theme.lane_color(None, entry.band as usize)),
            stroke: None,
        });
        let run = shaper.shape(&event.title, Style::regular(font::BODY));
        items.push(Item::Text { run, origin: Point::new(x1 + 4.0, y + 4.5), color: input.theme.text });
        targets.push(Target { rect, subject: Hit::Event(event.id.clone()) });
    }
    items.push(Item::PopClip);
    Scene { size: input.size, background: input.theme.background, items, targets }
}
