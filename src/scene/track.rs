//! What lies behind and around the events: bands with their names, eras, grid lines, the ruler, the "today" line.

use std::sync::Arc;

use super::frame::{Areas, ERA_HEIGHT};
use super::ink::band_ink;
use super::piece::Axis;
use super::{Hit, Item, SceneInput, Stroke, Target, text_baseline};
use crate::geom::{Point, Rect};
use crate::index::{BandKey, EraEntry};
use crate::layout::{Bands, Ruler, wrap};
use crate::model::Era;
use crate::text::{Shaper, Style};
use crate::theme::{Color, font, space};
use crate::time::calendar::Unit;

/// Height of a line of a lane's name.
const NAME_LINE: f64 = 16.0;
/// Height of a level of the ruler.
const LEVEL: f64 = 22.0;

/// The ground: tints, eras, grid lines, "today". Goes inside the track's clip.
pub(super) fn paint_ground(input: &SceneInput<'_>, areas: &Areas, bands: &Bands, ruler: &Ruler, items: &mut Vec<Item>) {
    let track = areas.track;
    for at in 0..input.index.bands().len() {
        let Some(rect) = band_rect(input, bands, at, track) else { continue };
        items.push(fill(rect, input.theme.band_tint(band_ink(input, at))));
    }
    let axis = Axis::new(input.viewport, track.x0, track.x1);
    for (entry, era) in eras(input) {
        let rect = Rect::new(axis.x(entry.start), track.y0, axis.x(entry.end), track.y1).intersection(track);
        if rect.width() > 0.0 {
            items.push(fill(rect, input.theme.era_tint(era_color(input, entry, era))));
        }
    }
    for (divisions, color) in [(&ruler.lower, input.theme.grid_faint), (&ruler.upper, input.theme.grid)] {
        for division in divisions.iter().filter(|division| division.x >= 0.0) {
            items.push(vertical(track.x0 + division.x, track.y0, track.y1, Stroke::solid(1.0, color)));
        }
    }
    for at in 1..input.index.bands().len() {
        if let Some(rect) = band_rect(input, bands, at, track) {
            items.push(horizontal(track.x0, track.x1, rect.y0, Stroke::solid(1.0, input.theme.line)));
        }
    }
    if let Some(x) = today(input, track) {
        items.push(vertical(x, track.y0, track.y1, Stroke::solid(1.0, input.theme.accent)));
    }
    if let Some(x) = known_until(input, track) {
        let stroke = Stroke { dash: Some((4.0, 3.0)), ..Stroke::solid(1.0, input.theme.text_muted) };
        items.push(vertical(x, track.y0, track.y1, stroke));
    }
}

/// Ruler and titles of eras.
pub(super) fn paint_ruler(
    input: &SceneInput<'_>,
    areas: &Areas,
    ruler: &Ruler,
    items: &mut Vec<Item>,
    targets: &mut Vec<Target>,
    shaper: &mut Shaper,
) {
    let Rect { x0, y0, x1, y1 } = areas.ruler;
    let theme = input.theme;
    items.push(fill(areas.ruler, theme.panel));
    items.push(Item::PushClip(areas.ruler));
    let mut pennant = |x: f64, words: &str, ground: Color, ink: Color| {
        let run = shaper.shape(words, Ruler::LOWER);
        let half = run.width_pt / 2.0 + space::XS;
        let x = x.clamp(x0 + half, (x1 - half).max(x0 + half));
        (Rect::new(x - half, y1 - LEVEL + 3.0, x + half, y1 - 3.0), run, ground, ink)
    };
    let today = today(input, areas.track).map(|x| pennant(x, "Today", theme.accent, theme.on_accent));
    let mut known = known_until(input, areas.track).map(|x| pennant(x, "As known", theme.text_muted, theme.panel));
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
                items.push(vertical(x0 + division.x, top, bottom, Stroke::solid(1.0, theme.grid)));
            }
            if let Some((x, run)) = &division.label {
                let ends = (x0 + x - space::XS, x0 + x + run.width_pt + space::XS);
                if top > y0 && pennants.iter().any(|(rect, ..)| rect.x0 < ends.1 && ends.0 < rect.x1) {
                    continue;
                }
                let origin = Point::new(x0 + x, text_baseline(top + LEVEL / 2.0, run.style));
                items.push(Item::Text { run: Arc::clone(run), origin, color });
            }
        }
    }
    for (rect, run, ground, color) in pennants {
        items.push(Item::Rect { rect, radius: 3.0, fill: Some(ground), stroke: None });
        let origin = Point::new(rect.x0 + space::XS, text_baseline(rect.center().y, run.style));
        items.push(Item::Text { run, origin, color });
    }
    items.push(Item::PopClip);
    targets.push(Target { rect: areas.ruler, subject: Hit::Ruler });
    if areas.eras.height() > 0.0 {
        paint_eras(input, areas, items, targets, shaper);
    }
    let bottom = areas.track.y0;
    items.push(horizontal(areas.gutter.x0, x1, bottom, Stroke::solid(1.0, theme.line)));
}

fn paint_eras(
    input: &SceneInput<'_>,
    areas: &Areas,
    items: &mut Vec<Item>,
    targets: &mut Vec<Target>,
    shaper: &mut Shaper,
) {
    let axis = Axis::new(input.viewport, areas.eras.x0, areas.eras.x1);
    items.push(fill(areas.eras, input.theme.panel));
    items.push(Item::PushClip(areas.eras));
    for (entry, era) in eras(input) {
        let top = areas.eras.y0 + f64::from(entry.row) * ERA_HEIGHT;
        let rect = Rect::new(axis.x(entry.start), top, axis.x(entry.end), top + ERA_HEIGHT).intersection(areas.eras);
        if rect.width() <= 0.0 {
            continue;
        }
        let color = era_color(input, entry, era);
        items.push(fill(rect, input.theme.era_tint(color)));
        items.push(fill(Rect { y0: rect.y1 - 2.0, ..rect }, color.with_alpha(150)));
        let room = rect.width() - 2.0 * space::XS;
        if room >= 24.0 {
            let run = shaper.shape_to_fit(&era.title, Style::semibold(font::SMALL), room);
            let origin = Point::new(rect.x0 + space::XS, text_baseline(rect.center().y - 1.0, run.style));
            items.push(Item::Text { run, origin, color: input.theme.text });
        }
        targets.push(Target { rect, subject: Hit::Era(era.id.clone()) });
    }
    items.push(Item::PopClip);
}

/// Names of lanes, each beside its band; a name stays in sight while its band does.
pub(super) fn paint_names(
    input: &SceneInput<'_>,
    areas: &Areas,
    bands: &Bands,
    items: &mut Vec<Item>,
    targets: &mut Vec<Target>,
    shaper: &mut Shaper,
) {
    let gutter = areas.gutter;
    let theme = input.theme;
    let corner = Rect::new(gutter.x0, areas.ruler.y0, gutter.x1, areas.track.y0);
    items.push(fill(corner, theme.panel));
    let room = gutter.width() - space::M - space::S;
    let zone = shaper.shape_to_fit(input.zone.name(), Style::regular(font::SMALL), room);
    if !zone.text.is_empty() && room > 24.0 {
        let y = areas.ruler.y0 + LEVEL * 1.5;
        let origin = Point::new(gutter.x0 + space::M, text_baseline(y, zone.style));
        items.push(Item::Text { run: zone, origin, color: theme.text_muted });
    }
    items.push(Item::PushClip(gutter));
    items.push(fill(gutter, theme.panel));
    for (at, band) in input.index.bands().iter().enumerate() {
        let Some(rect) = band_rect(input, bands, at, gutter) else { continue };
        if band.key != BandKey::Rest {
            items.push(fill(Rect { x1: rect.x0 + 4.0, ..rect }, band_ink(input, at)));
        }
        if at > 0 {
            items.push(horizontal(gutter.x0, gutter.x1, rect.y0, Stroke::solid(1.0, theme.line)));
        }
        let visible = rect.intersection(gutter);
        if visible.height() <= 0.0 {
            continue;
        }
        let lines = (((rect.height() - 8.0) / NAME_LINE).floor().max(1.0) as usize).min(4);
        let lines = wrap(&band.title, Style::semibold(font::BODY), room, lines, shaper);
        let height = lines.len() as f64 * NAME_LINE;
        let top = (visible.y0 + 10.0).min(rect.y1 - height - 4.0);
        for (line, run) in lines.into_iter().enumerate() {
            let middle = top + (line as f64 + 0.5) * NAME_LINE;
            let origin = Point::new(gutter.x0 + space::M, text_baseline(middle, run.style));
            items.push(Item::Text { run, origin, color: theme.text });
        }
        if let BandKey::Lane(lane) = band.key
            && let Some(lane) = input.timeline.lanes().get(lane)
        {
            targets.push(Target { rect: visible, subject: Hit::Lane(lane.id.clone()) });
        }
    }
    items.push(Item::PopClip);
    items.push(vertical(gutter.x1, areas.ruler.y0, areas.track.y1, Stroke::solid(1.0, theme.line)));
}

/// A band's rectangle within an area that scrolls, cut to it; none where it is out of sight.
fn band_rect(input: &SceneInput<'_>, bands: &Bands, band: usize, area: Rect) -> Option<Rect> {
    let (top, bottom) = bands.band(band)?;
    let shift = area.y0 - input.scroll_y;
    let rect = Rect::new(area.x0, top + shift, area.x1, bottom + shift);
    rect.overlaps(area).then_some(rect)
}

fn eras<'a>(input: &SceneInput<'a>) -> impl Iterator<Item = (&'a EraEntry, &'a Era)> + use<'a> {
    let (index, timeline) = (input.index, input.timeline);
    index.eras().iter().filter_map(|entry| Some((entry, timeline.eras().get(entry.era as usize)?)))
}

fn era_color(input: &SceneInput<'_>, entry: &EraEntry, era: &Era) -> Color {
    let own = era.color.as_deref().and_then(Color::parse);
    own.or_else(|| input.theme.lanes.get(entry.era as usize % input.theme.lanes.len().max(1)).copied())
        .unwrap_or(input.theme.text_muted)
}

fn today(input: &SceneInput<'_>, track: Rect) -> Option<f64> {
    let x = track.x0 + input.viewport.x_from_instant(input.now?);
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
