//! Puts a picture together, from the ground up.

use super::frame::{self, Areas};
use super::{Item, Scene, SceneInput, events, track};
use crate::layout::{Bands, Ruler};
use crate::text::Shaper;

/// The picture. Targets lie in paint order: those of events above those of lanes, eras and the ruler.
pub fn build(input: &SceneInput<'_>, shaper: &mut Shaper) -> Scene {
    let areas = Areas::of(input, shaper);
    let bands = Bands::of(input.index);
    let viewport = areas.viewport(input);
    let input = &SceneInput { viewport, ..*input };
    let ruler = Ruler::of(&viewport, input.iso_weeks, shaper);
    let mut items = Vec::new();
    let mut targets = Vec::new();
    items.push(Item::PushClip(areas.track));
    track::paint_ground(input, &areas, &bands, &ruler, &mut items);
    let mut event_targets = Vec::new();
    events::paint(input, areas.track, &bands, &mut items, &mut event_targets, shaper);
    items.push(Item::PopClip);
    track::paint_ruler(input, &areas, &ruler, &mut items, &mut targets, shaper);
    track::paint_names(input, &areas, &bands, &mut items, &mut targets, shaper);
    frame::paint(input, &areas, &mut items, shaper);
    targets.append(&mut event_targets);
    Scene { size: input.size, background: input.theme.background, items, targets }
}
