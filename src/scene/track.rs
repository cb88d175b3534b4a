//! What lies behind and around the events: bands with their names, eras, grid lines, the ruler, the "today" line.

use std::sync::Arc;

use super::ink::band_ink;
use super::obstacles::Obstacles;
use super::piece::Axis;
use super::sheet::Sheet;
use super::{Frame, Hit, Item, Plan, SceneInput, Stroke, Target, eras, folds, spells};
use crate::geom::{Point, Rect, Size};
use crate::index::BandKey;
use crate::layout::{Division, FoldMark, Ruler, wrap};
use crate::model::{KnownBy, KnownOn};
use crate::text::{Run, Shaper, Style};
use crate::theme::{Color, font, space};
use crate::time::calendar::Unit;

/// Height of a line of a lane's name.
const NAME_LINE: f64 = 16.0;
/// The same in smaller letters, what stays free above and below, and the most lines of a name.
const SMALL_NAME_LINE: f64 = 13.0;
const NAME_MARGIN: f64 = 8.0;
const MOST_NAME_LINES: usize = 12;
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
    for at in 0..input.index.bands().len() {
        if let Some(rect) = plan.band_rect(at, track, input.scroll_y) {
            spells::paint(input, at, rect, &axis, items);
        }
    }
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
    let mut flags = Flags::over(ruler, areas.ruler);
    let now = today(input, areas.track).map(|x| (x, "Today", theme.accent, theme.on_accent));
    let by = input.aspect.known_on.map_or(KnownBy::Published, KnownOn::by);
    let asked = match by {
        KnownBy::Published => "As known",
        KnownBy::Recorded => "As we knew",
    };
    let known = known_until(input, areas.track).map(|x| (x, asked, theme.text_muted, theme.panel));
    for (x, words, ground, ink) in now.into_iter().chain(known) {
        flags.plant(x, sheet.shaper.shape(words, Ruler::LOWER), ground, ink);
    }
    let flags = flags.planted;
    // Months begin inside weeks: their lines would cross the names of these.
    let upper_bottom = if ruler.lower_unit == Unit::Week { y0 + LEVEL } else { y1 };
    let upper_style = (theme.text, y0, upper_bottom);
    let lower_style = (theme.text_muted, y0 + LEVEL, y1);
    for (divisions, (color, top, bottom)) in [(&ruler.upper, upper_style), (&ruler.lower, lower_style)] {
        for division in divisions {
            if division.x >= 0.0 {
                // One name can span a short stretch with lines in it.
                let is_crossed = |(x, run): &(f64, Arc<Run>)| *x <= division.x && division.x <= x + run.width_pt;
                let mut names = ruler.upper.iter().filter_map(|other| other.label.as_ref());
                let top = if names.any(is_crossed) { y0 + LEVEL } else { top };
                sheet.items.push(vertical(x0 + division.x, top, bottom, Stroke::solid(1.0, theme.grid)));
            }
            if let Some((x, run)) = &division.label {
                // A division of the lower level that is named in the upper one looks as in its own.
                let color = if run.style == Ruler::LOWER { theme.text_muted } else { color };
                let ends = (x0 + x - space::XS, x0 + x + run.width_pt + space::XS);
                let is_under = |flag: &PlantedFlag| {
                    let height = (flag.rect.y0 - top).abs() < LEVEL / 2.0;
                    height && flag.rect.x0 < ends.1 && ends.0 < flag.rect.x1
                };
                if flags.iter().any(is_under) {
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
        flags.iter().all(|flag| flag.rect.y0 < below.y0 || right < flag.rect.x0 || flag.rect.x1 < left)
    };
    folds::lengths(ruler.folds.iter().filter(is_free), x0, y0 + LEVEL * 1.5, theme.text_muted, sheet);
    sheet.items.push(Item::PopClip);
    for PlantedFlag { x, rect, run, ground, ink } in flags {
        // Its foot, where its line goes on in the track.
        sheet.items.push(vertical(x, y1 - FOOT, y1, Stroke::solid(1.5, ground)));
        sheet.items.push(Item::Rect { rect, radius: 3.0, fill: Some(ground), stroke: None });
        sheet.text(run, rect.x0 + space::XS, rect.center().y, ink);
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

/// Flags on the ruler that name an instant, each where it covers no name of the ruler.
///
/// ```text
///   │ 2026                  ┌─────┐           upper level, where the lower has no room
///   │ Q1    │ Q2    │ Q3    │Today│ Q1        lower level: around its instant, right or left of it
///                               └─┘ ╵
/// ```
struct Flags {
    ruler: Rect,
    /// What names take of each level, upper and lower.
    taken: [Vec<(f64, f64)>; 2],
    planted: Vec<PlantedFlag>,
}

struct PlantedFlag {
    x: f64,
    rect: Rect,
    run: Arc<Run>,
    ground: Color,
    ink: Color,
}

/// Height of the line under a flag.
const FOOT: f64 = 5.0;
/// How far from its instant a flag may stand.
const ASIDE: f64 = 32.0;

impl Flags {
    fn over(ruler: &Ruler, area: Rect) -> Self {
        let ends = |(x, run): &(f64, Arc<Run>)| {
            let left = area.x0 + x - space::XS;
            (left, left + run.width_pt + 2.0 * space::XS)
        };
        let names = |divisions: &[Division]| -> Vec<(f64, f64)> {
            divisions.iter().filter_map(|division| division.label.as_ref()).map(ends).collect()
        };
        let lengths = ruler.folds.iter().filter_map(|mark| mark.label.as_ref()).map(ends);
        let lower = names(&ruler.lower).into_iter().chain(lengths).collect();
        Self { ruler: area, taken: [names(&ruler.upper), lower], planted: Vec::new() }
    }

    /// Plants a flag at `x`: on the lower level rather than the upper, around its instant rather than beside it, and at it rather than
    /// beside a name that stands there. Where every place is taken it covers names of the lower level.
    fn plant(&mut self, x: f64, run: Arc<Run>, ground: Color, ink: Color) {
        let Rect { x0, y0, x1, .. } = self.ruler;
        let width = run.width_pt + 2.0 * space::XS;
        let lefts = [x - width / 2.0, x - 1.0, x - width + 1.0];
        let lefts = lefts.map(|left| left.clamp(x0, (x1 - width).max(x0)));
        let places = [1, 0].into_iter().flat_map(|level| lefts.map(|left| (level, left)));
        let is_free = |level: usize, left: f64| {
            let taken = self.taken.get(level).map_or(&[][..], Vec::as_slice);
            taken.iter().all(|ends| ends.1 <= left || left + width <= ends.0)
        };
        let free = places.clone().find(|(level, left)| is_free(*level, *left));
        // Beside a name that covers its instant, with its foot where that is.
        let aside = || {
            let beside = |level: usize| {
                let taken = self.taken.get(level).map_or(&[][..], Vec::as_slice);
                let covering = taken.iter().filter(move |ends| ends.0 - width < x && x < ends.1 + width);
                let lefts = covering.flat_map(move |ends| [ends.1, ends.0 - width]);
                let near = lefts.filter(move |left| (left + width / 2.0 - x).abs() <= width / 2.0 + ASIDE);
                near.filter(move |left| x0 <= *left && left + width <= x1).map(move |left| (level, left))
            };
            [1, 0].into_iter().flat_map(beside).find(|(level, left)| is_free(*level, *left))
        };
        let free = free.or_else(aside);
        // Rather over names than over another flag.
        let over = |left: f64| self.planted.iter().any(|flag| flag.rect.x0 < left + width && left < flag.rect.x1);
        let (level, left) = free.or_else(|| places.clone().find(|(_, left)| !over(*left))).unwrap_or((1, lefts[0]));
        let top = y0 + level as f64 * LEVEL;
        let rect = Rect::new(left, top + 3.0, left + width, top + LEVEL - 3.0);
        if let Some(taken) = self.taken.get_mut(level) {
            taken.push((left - 2.0, left + width + 2.0));
        }
        self.planted.push(PlantedFlag { x, rect, run, ground, ink });
    }
}

/// The name of a band in the lines that it has room for, in smaller letters where it is cut else.
struct Name {
    lines: Vec<Arc<Run>>,
    /// Height of a line.
    line_pt: f64,
    is_cut: bool,
}

impl Name {
    /// The name in a room that is as high as its band.
    fn of(title: &str, room: Size, shaper: &mut Shaper) -> Self {
        let named = |size: f64, line_pt: f64, shaper: &mut Shaper| {
            let most = (((room.height - NAME_MARGIN) / line_pt).floor().max(1.0) as usize).min(MOST_NAME_LINES);
            let lines = wrap(title, Style::semibold(size), room.width, most, shaper);
            let words = lines.iter().flat_map(|line| line.text.split_whitespace());
            let is_cut = words.ne(title.split_whitespace());
            Self { lines, line_pt, is_cut }
        };
        let name = named(font::BODY, NAME_LINE, shaper);
        // Where smaller letters do not show all of it either, it is in those of its neighbours.
        let small = name.is_cut.then(|| named(font::SMALL, SMALL_NAME_LINE, shaper));
        small.filter(|small| !small.is_cut || small.lines.len() > 1).unwrap_or(name)
    }
}

/// How wide the lines of names may be.
fn name_room(gutter: Rect) -> f64 {
    gutter.width() - space::M - space::S
}

/// Whether the name of a band has no room for all of it beside the track.
pub(super) fn is_name_cut(title: &str, gutter: Rect, band_height: f64, shaper: &mut Shaper) -> bool {
    Name::of(title, Size::new(name_room(gutter), band_height), shaper).is_cut
}

/// Names of lanes, each beside its band; a name stays in sight while its band does.
pub(super) fn paint_names(input: &SceneInput<'_>, plan: &Plan, sheet: &mut Sheet<'_>) {
    let areas = &plan.areas;
    let (corner, gutter) = (areas.corner, areas.gutter);
    let theme = input.theme;
    sheet.items.push(fill(corner, theme.panel));
    let room = name_room(gutter);
    // In a window the arrow of the choice stands behind it.
    let beside = if input.frame == Frame::Window { space::S } else { 0.0 };
    let (name, style) = (input.zone.name(), Style::regular(font::SMALL));
    // Where there is no room for all of it, the city says more than the continent.
    let is_whole = sheet.shaper.shape(name, style).width_pt <= room - beside;
    let name = if is_whole { name } else { name.rsplit('/').next().unwrap_or(name) };
    let zone = sheet.shaper.shape_to_fit(name, style, room - beside);
    if plan.names_zone() && !zone.text.is_empty() && room > 24.0 {
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
        let Name { lines, line_pt, .. } = Name::of(&band.title, Size::new(room, rect.height()), sheet.shaper);
        let height = lines.len() as f64 * line_pt;
        let top = (visible.y0 + 10.0).min(rect.y1 - height - 4.0);
        for (line, run) in lines.into_iter().enumerate() {
            let middle = top + (line as f64 + 0.5) * line_pt;
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
