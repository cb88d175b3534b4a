//! What lies behind and around the events: bands with their names, eras, grid lines, the ruler, the "today" line.

use std::sync::Arc;

use super::ink::band_ink;
use super::obstacles::Obstacles;
use super::piece::Axis;
use super::sheet::Sheet;
use super::{Hit, Item, Plan, SceneInput, Stroke, Target, eras, folds};
use crate::geom::{Point, Rect};
use crate::index::BandKey;
use crate::layout::{FoldMark, Ruler, wrap};
use crate::model::{KnownBy, KnownOn};
use crate::text::Style;
use crate::theme::{Color, font, space};
use crate::time::calendar::Unit;

/// Height of a line of a lane's name.
const NAME_LINE: f64 = 16.0;
/// Height of a level of the ruler.
const LEVEL: f64 = 22.0;

/// The ground: tints, eras, grid lines. Goes inside the track's clip.
pub(super) fn paint_ground(input: &SceneInput<'_>, plan: &Plan, ruler: &Ruler, sheet: &mut Sheet<'_>) {
    let (track, items) = (plan.areas.track, &mut sheet.items);
    for at in 0..input.index.bands().len() {
        let Some(rect) = plan.band_rect(at, track, input.scroll_y) else { continue };
        items.push(fill(rect, input.theme.band_tint(band_ink(input, at))));
    }
    let axis = Axis::new(input.viewport, track.x0, track.x1);
    for (entry, era) in eras::eras(input) {
        let rect = Rect::new(axis.x(entry.start), track.y0, axis.x(entry.end), track.y1).intersection(track);
        if rect.width() > 0.0 {
            items.push(fill(rect, input.theme.era_tint(eras::era_color(input, entry, era))));
        }
    }
    for (divisions, color) in [(&ruler.lower, input.theme.grid_faint), (&ruler.upper, input.theme.grid)] {
        for division in divisions.iter().filter(|division| division.x >= 0.0) {
            items.push(vertical(track.x0 + division.x, track.y0, track.y1, Stroke::solid(1.0, color)));
        }
    }
    for at in 1..input.index.bands().len() {
        if let Some(rect) = plan.band_rect(at, track, input.scroll_y) {
            items.push(horizontal(track.x0, track.x1, rect.y0, Stroke::solid(1.0, input.theme.line)));
        }
    }
}

/// The lines of "today" and of the date as of which things are known, which go behind labels and not through them.
pub(super) fn moments(input: &SceneInput<'_>, plan: &Plan, obstacles: &Obstacles) -> Vec<Item> {
    let track = plan.areas.track;
    let now = today(input, track).map(|x| (x, Stroke::solid(1.0, input.theme.accent)));
    let known = known_until(input, track).map(|x| {
        let stroke = Stroke { dash: Some((4.0, 3.0)), ..Stroke::solid(1.0, input.theme.text_muted) };
        (x, stroke)
    });
    let lines = now.into_iter().chain(known);
    let pieces = lines.flat_map(|(x, stroke)| {
        let pieces = obstacles.upright(x, track.y0, track.y1);
        pieces.into_iter().map(move |(y0, y1)| vertical(x, y0, y1, stroke))
    });
    pieces.collect()
}

/// Ruler and titles of eras.
pub(super) fn paint_ruler(input: &SceneInput<'_>, plan: &Plan, ruler: &Ruler, sheet: &mut Sheet<'_>) {
    let areas = &plan.areas;
    let Rect { x0, y0, x1, y1 } = areas.ruler;
    let theme = input.theme;
    sheet.items.push(fill(areas.ruler, theme.panel));
    sheet.items.push(Item::PushClip(areas.ruler));
    let mut pennant = |x: f64, words: &str, ground: Color, ink: Color| {
        let run = sheet.shaper.shape(words, Ruler::LOWER);
        let half = run.width_pt / 2.0 + space::XS;
        let x = x.clamp(x0 + half, (x1 - half).max(x0 + half));
        (Rect::new(x - half, y1 - LEVEL + 3.0, x + half, y1 - 3.0), run, ground, ink)
    };
    let today = today(input, areas.track).map(|x| pennant(x, "Today", theme.accent, theme.on_accent));
    let by = input.aspect.known_on.map_or(KnownBy::Published, KnownOn::by);
    let asked = match by {
        KnownBy::Published => "As known",
        KnownBy::Recorded => "As we knew",
    };
    let mut known = known_until(input, areas.track).map(|x| pennant(x, asked, theme.text_muted, theme.panel));
    if let (Some((today, ..)), Some((known, ..))) = (&today, &mut known)
        && known.x0 < today.x1 + 2.0
        && today.x0 < known.x1 + 2.0
    {
        // Side by side, the earlier first.
        let is_earlier = known.center().x <= today.center().x;
        let shift = if is_earlier { today.x0 - 2.0 - known.x1 } else { today.x1 + 2.0 - known.x0 };
        *known = known.translated(shift, 0.0);
    }
    let pennants: Vec<_> = today.into_iter().chain(known).collect();
    // Months begin inside weeks: their lines would cross the names of these.
    let upper_bottom = if ruler.lower_unit == Unit::Week { y0 + LEVEL } else { y1 };
    let upper_style = (theme.text, y0, upper_bottom);
    let lower_style = (theme.text_muted, y0 + LEVEL, y1);
    for (divisions, (color, top, bottom)) in [(&ruler.upper, upper_style), (&ruler.lower, lower_style)] {
        for division in divisions {
            if division.x >= 0.0 {
                sheet.items.push(vertical(x0 + division.x, top, bottom, Stroke::solid(1.0, theme.grid)));
            }
            if let Some((x, run)) = &division.label {
                let ends = (x0 + x - space::XS, x0 + x + run.width_pt + space::XS);
                if top > y0 && pennants.iter().any(|(rect, ..)| rect.x0 < ends.1 && ends.0 < rect.x1) {
                    continue;
                }
                sheet.text(Arc::clone(run), x0 + x, top + LEVEL / 2.0, color);
            }
        }
    }
    // A name of the upper level may reach over a fold, so that this has the height of the lower level.
    let below = Rect { y0: y0 + LEVEL, ..areas.ruler };
    sheet.items.push(Item::PushClip(below));
    sheet
        .items
        .extend(folds::edges(&ruler.folds, below, theme.outline.with_alpha(130), |_| vec![(below.y0, below.y1)]));
    let is_free = |mark: &&FoldMark| {
        let (left, right) = (x0 + mark.span.x0, x0 + mark.span.x1);
        pennants.iter().all(|(rect, ..)| right < rect.x0 || rect.x1 < left)
    };
    folds::lengths(ruler.folds.iter().filter(is_free), x0, y0 + LEVEL * 1.5, theme.text_muted, sheet);
    sheet.items.push(Item::PopClip);
    for (rect, run, ground, color) in pennants {
        sheet.items.push(Item::Rect { rect, radius: 3.0, fill: Some(ground), stroke: None });
        sheet.text(run, rect.x0 + space::XS, rect.center().y, color);
    }
    sheet.items.push(Item::PopClip);
    sheet.targets.push(Target { rect: areas.ruler, subject: Hit::Ruler });
    if areas.eras.height() > 0.0 {
        let painted = sheet.items.len();
        eras::paint(input, &plan.eras, areas.eras, sheet);
        // The torn edges keep clear of the names.
        let mut names = Obstacles::within(areas.eras);
        for item in sheet.items.iter().skip(painted) {
            if let Item::Text { run, origin, .. } = item {
                let (x1, half) = (origin.x + run.width_pt, LEVEL / 2.0);
                names.add(Rect::new(origin.x, origin.y - half - half / 2.0, x1, origin.y + half / 2.0));
            }
        }
        let free = |x: f64| names.upright(x, areas.eras.y0, areas.eras.y1);
        sheet.items.push(Item::PushClip(areas.eras));
        sheet.items.extend(folds::edges(&ruler.folds, areas.eras, theme.outline.with_alpha(130), free));
        sheet.items.push(Item::PopClip);
    }
    let bottom = areas.track.y0;
    sheet.items.push(horizontal(areas.gutter.x0, x1, bottom, Stroke::solid(1.0, theme.line)));
}

/// Names of lanes, each beside its band; a name stays in sight while its band does.
pub(super) fn paint_names(input: &SceneInput<'_>, plan: &Plan, sheet: &mut Sheet<'_>) {
    let areas = &plan.areas;
    let (corner, gutter) = (areas.corner, areas.gutter);
    let theme = input.theme;
    sheet.items.push(fill(corner, theme.panel));
    let room = gutter.width() - space::M - space::S;
    let zone = sheet.shaper.shape_to_fit(input.zone.name(), Style::regular(font::SMALL), room);
    if !zone.text.is_empty() && room > 24.0 {
        sheet.text(zone, corner.x0 + space::M, corner.y0 + LEVEL * 1.5, theme.text_muted);
    }
    sheet.items.push(Item::PushClip(gutter));
    sheet.items.push(fill(gutter, theme.panel));
    for (at, band) in input.index.bands().iter().enumerate() {
        let Some(rect) = plan.band_rect(at, gutter, input.scroll_y) else { continue };
        if band.key != BandKey::Rest {
            sheet.items.push(fill(Rect { x1: rect.x0 + 4.0, ..rect }, band_ink(input, at)));
        }
        if at > 0 {
            sheet.items.push(horizontal(gutter.x0, gutter.x1, rect.y0, Stroke::solid(1.0, theme.line)));
        }
        let visible = rect.intersection(gutter);
        if visible.height() <= 0.0 {
            continue;
        }
        let lines = (((rect.height() - 8.0) / NAME_LINE).floor().max(1.0) as usize).min(4);
        let lines = wrap(&band.title, Style::semibold(font::BODY), room, lines, sheet.shaper);
        let height = lines.len() as f64 * NAME_LINE;
        let top = (visible.y0 + 10.0).min(rect.y1 - height - 4.0);
        for (line, run) in lines.into_iter().enumerate() {
            let middle = top + (line as f64 + 0.5) * NAME_LINE;
            sheet.text(run, gutter.x0 + space::M, middle, theme.text);
        }
        if let BandKey::Lane(lane) = band.key
            && let Some(lane) = input.timeline.lanes().get(lane)
        {
            sheet.targets.push(Target { rect: visible, subject: Hit::Lane(lane.id.clone()) });
        }
    }
    sheet.items.push(Item::PopClip);
    sheet.items.push(vertical(gutter.x1, areas.ruler.y0, areas.track.y1, Stroke::solid(1.0, theme.line)));
}

/// Where the present moment stands; nowhere in a fold, where its place would say nothing.
fn today(input: &SceneInput<'_>, track: Rect) -> Option<f64> {
    let x = input.viewport.x_from_instant(input.now?);
    let x = Some(x).filter(|x| input.viewport.fold_at(*x).is_none())? + track.x0;
    (track.x0 <= x && x <= track.x1).then_some(x)
}

/// Where the date ends as of which things are known.
fn known_until(input: &SceneInput<'_>, track: Rect) -> Option<f64> {
    let x = track.x0 + input.viewport.x_from_instant(input.aspect.known_on?.end());
    (track.x0 <= x && x <= track.x1).then_some(x)
}

fn fill(rect: Rect, color: Color) -> Item {
    Item::Rect { rect, radius: 0.0, fill: Some(color), stroke: None }
}

fn vertical(x: f64, y0: f64, y1: f64, stroke: Stroke) -> Item {
    Item::Line { from: Point::new(x, y0), to: Point::new(x, y1), stroke }
}

fn horizontal(x0: f64, x1: f64, y: f64, stroke: Stroke) -> Item {
    Item::Line { from: Point::new(x0, y), to: Point::new(x1, y), stroke }
}
