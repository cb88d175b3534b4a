//! Puts a picture together, from the ground up.

use std::sync::Arc;

use super::obstacles::Obstacles;
use super::sheet::Sheet;
use super::{Item, LabelSides, Packed, Plan, Scene, SceneInput, events, folds, links, track};
use crate::layout::{Begun, Ruler};
use crate::text::Shaper;

/// Where more labels than these are cut, a window is crowded, and its edges are not why.
const MOST_RESEATED: usize = 64;

/// The picture with a plan of its own, for whoever needs nothing else of it.
pub fn build(input: &SceneInput<'_>, shaper: &mut Shaper) -> Scene {
    draw(input, &Plan::of(input, shaper), shaper)
}

/// The picture that stands as planned, with scroll, selection and window in time of `input`. Targets lie in paint order: those
/// of events above those of lanes, eras and the ruler.
pub fn draw(input: &SceneInput<'_>, plan: &Plan, shaper: &mut Shaper) -> Scene {
    draw_moved(input, plan, &mut LabelSides::default(), shaper)
}

/// Rows for a window that has come to rest in which more of its labels are whole than in those that it has: marks whose labels are
/// cut there stand in other rows, all others where they stood. `sides` are those of the picture with the present rows.
pub fn settled(input: &SceneInput<'_>, packed: &Packed, sides: &LabelSides, shaper: &mut Shaper) -> Option<Packed> {
    let cut = sides.cut();
    if cut.is_empty() || cut.len() > MOST_RESEATED {
        return None;
    }
    let reseated = packed.reseated(input, cut, shaper)?;
    let mut with = sides.clone();
    draw_moved(input, &Plan::packed(input, Arc::new(reseated.clone()), shaper), &mut with, shaper);
    (with.cut().len() < cut.len()).then_some(reseated)
}

/// As [`draw`], with labels on those sides of their marks on which they stood in the picture before, where they have room there.
pub fn draw_moved(input: &SceneInput<'_>, plan: &Plan, sides: &mut LabelSides, shaper: &mut Shaper) -> Scene {
    let input = &SceneInput { viewport: plan.viewport(input.viewport), size: plan.size, ..*input };
    let begun = Begun {
        first_from: &|from| folds::first_from(input, from),
        last_before: &|before| folds::last_before(input, before),
    };
    let ruler = Ruler::of(&input.viewport, input.iso_weeks, begun, shaper);
    let mut sheet = Sheet::new(shaper);
    sheet.items.push(Item::PushClip(plan.areas.track));
    track::paint_ground(input, plan, &ruler, &mut sheet);
    sheet.items.extend(folds::grounds(&ruler.folds, plan.areas.track, input.theme));
    let ground = sheet.items.len();
    let painted = events::paint(input, plan, sides, &mut sheet);
    // What runs behind the events keeps clear of what they say, so it comes once that has its place.
    let mut obstacles = Obstacles::within(plan.areas.track);
    painted.labels.iter().for_each(|label| obstacles.add(*label));
    let track = plan.areas.track;
    let edges = folds::edges(&ruler.folds, track, input.theme.outline.with_alpha(90), |x| {
        obstacles.upright(x, track.y0, track.y1)
    });
    let moments = track::moments(input, plan, &obstacles);
    let event_targets = std::mem::take(&mut sheet.targets);
    let (below, above) = links::paint(input, plan, &painted, &mut obstacles, &mut sheet.targets, sheet.shaper);
    let link_targets = std::mem::take(&mut sheet.targets);
    sheet.items.splice(ground..ground, edges.into_iter().chain(moments).chain(below));
    sheet.items.extend(above);
    sheet.items.push(Item::PopClip);
    track::paint_ruler(input, plan, &ruler, &mut sheet);
    track::paint_names(input, plan, &mut sheet);
    if let Some(page) = &plan.page {
        page.paint(input, &plan.areas, &mut sheet);
    }
    sheet.targets.extend(link_targets);
    sheet.targets.extend(event_targets);
    Scene { size: plan.size, background: input.theme.background, items: sheet.items, targets: sheet.targets }
}
