//! Where there is no room for a mark an event: strips that are the stronger the more there are, with exact counts.
//!
//! ```text
//!   row    ●  ▒▒▓▓██▓▒░░░  +41   ▬▬▬▬▬▬▬   ●
//!             strip        count
//! ```
//!
//! Owns how much a picture draws one by one, and what strips look like. Which events have room belongs to `index`.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::frame::Areas;
use super::legend::Crowding;
use super::piece::{Axis, LEAST_BODY, MOST_LEAST};
use super::{Frame, Hit, Item, SceneInput, Target, text_baseline};
use crate::geom::{Point, Rect};
use crate::index::{Bucket, Crowd, Index, Lens, Seen, Selection, Sight, Single, Spot};
use crate::layout::{Bands, Viewport};
use crate::model::Text;
use crate::text::{Run, Shaper, Style};
use crate::theme::{Color, Theme, font};
use crate::time::Instant;

/// Marks nearer to each other than this have no room.
const LEAST_PT: f64 = MOST_LEAST;
/// A strip beside a mark that leaves it no room is at least this wide.
const LEAST_STRIP: f64 = 4.0;
/// Marks that a window draws one by one. Each costs a few microseconds from here to the screen.
const MOST_MARKS: usize = 1_000;
/// How many marks of a row are drawn in a cell, and the least width of one: as many as have room for a label.
const MARKS_A_CELL: usize = 2;
const CELL_SHIFT: u32 = 5;
/// The least width of a bucket: see [`Lens::cell_shift`].
const LEAST_BUCKET_PT: f64 = LEAST_PT * 3.0 / 14.0;
/// Shades of a strip.
const SHADES: usize = 8;
/// The lightest and the darkest shade, as a share of the band's ink.
const LIGHTEST: f64 = 0.16;
const DARKEST: f64 = 0.62;
/// How many events in a bucket give the darkest shade.
const CROWDED: f64 = 4_096.0;
/// Between a strip and its count.
pub(super) const GAP: f64 = 3.0;
pub(super) const COUNT: Style = Style::semibold(font::SMALL);
/// Half the height of a target.
const REACH: f64 = 10.0;

/// What the rows in sight show. However many events there are, the marks of a window stay within a budget, which is one of
/// the screen and not of a lane: the larger the screen, the wider the cells that share them out. A picture that is no
/// window may hold as many as have room.
pub(super) fn look(input: &SceneInput<'_>, track: Rect, bands: &Bands, axis: &Axis) -> Sight {
    let rows = rows_in_sight(input, track, bands);
    let (most, cell_shift) = match input.frame {
        Frame::Window => (MOST_MARKS, cell_shift(rows.len(), track.width())),
        Frame::Picture => (usize::MAX, CELL_SHIFT),
    };
    let prominent = if input.index.is_spread() { usize::MAX } else { MARKS_A_CELL };
    let (start, end) = axis.window();
    let mut least_pt = LEAST_PT;
    loop {
        let least_micros = ((least_pt * input.viewport.micros_per_pt) as i64).max(1);
        let lens = Lens { start, end, least_micros, cell_shift, prominent };
        let sight = input.index.sight(input.matches, rows.iter().copied(), lens);
        // Only bars just long enough to have room always can be more than the cells allow.
        if sight.marks() <= most || least_pt > track.width() {
            return sight;
        }
        least_pt *= 2.0;
    }
}

/// How long the smallest mark lasts at the zoom of a window, in microseconds: events of a row nearer to each other than this are
/// not drawn one by one.
pub fn least_micros(window: &Viewport) -> i64 {
    ((LEAST_PT * window.micros_per_pt) as i64).max(1)
}

/// Whether a window tells the events of a crowd apart better than by one in ten: shows them one by one, or in smaller crowds.
pub fn separates(index: &Index, matches: Option<&Selection>, crowd: &Crowd, window: &Viewport) -> bool {
    let least_micros = least_micros(window);
    let (start, end) = (window.origin, window.end());
    let lens = Lens { start, end, least_micros, cell_shift: CELL_SHIFT, prominent: MARKS_A_CELL };
    let row = Spot { band: crowd.band, row: crowd.row };
    let sight = index.sight(matches, std::iter::once(row), lens);
    let largest = sight.crowds.iter().map(|seen| seen.crowd.count).max().unwrap_or(0);
    largest < crowd.count - crowd.count / 10
}

/// Cells so wide that their marks keep within the budget. Depends on the size of the screen alone.
fn cell_shift(rows: usize, width_pt: f64) -> u32 {
    let marks =
        |shift: u32| rows as f64 * MARKS_A_CELL as f64 * width_pt / (LEAST_BUCKET_PT * 2_f64.powi(shift as i32));
    (CELL_SHIFT..20).find(|shift| marks(*shift) <= MOST_MARKS as f64).unwrap_or(20)
}

fn rows_in_sight(input: &SceneInput<'_>, track: Rect, bands: &Bands) -> Vec<Spot> {
    let mut rows = Vec::new();
    for (at, band) in (0_u32..).zip(input.index.bands()) {
        let Some((top, bottom)) = bands.band(at as usize) else { continue };
        let shift = track.y0 - input.scroll_y;
        if bottom + shift < track.y0 || top + shift > track.y1 {
            continue;
        }
        let is_in_sight = |row: &u32| {
            let center = bands.row_center(at as usize, *row).map(|center| center + shift);
            let half = Bands::ROW_HEIGHT / 2.0;
            center.is_some_and(|y| y + half >= track.y0 && y - half <= track.y1)
        };
        rows.extend((0..band.rows).filter(is_in_sight).map(|row| Spot { band: at, row }));
    }
    rows
}

/// The shades of a band's strips, the lightest first: text on each can be read.
#[derive(Debug, Clone, Copy)]
struct Shades([Color; SHADES]);

impl Shades {
    fn of(ink: Color, theme: &Theme) -> Self {
        let ground = theme.band_tint(ink);
        let is_readable = |color: &Color| theme.text.contrast(*color) >= theme.text_contrast();
        let darkest = (0..20)
            .map(|step| DARKEST - (DARKEST - LIGHTEST) * f64::from(step) / 20.0)
            .find(|amount| is_readable(&ground.mix(ink, *amount)))
            .unwrap_or(LIGHTEST);
        Self(std::array::from_fn(|shade| {
            let share = shade as f64 / (SHADES - 1) as f64;
            ground.mix(ink, LIGHTEST + (darkest - LIGHTEST) * share)
        }))
    }

    /// By the logarithm, and the same at any place and in any window: nothing flickers while panning.
    fn get(&self, count: u32) -> Color {
        let share = (f64::from(count).max(1.0).ln() / CROWDED.ln()).min(1.0);
        let shade = (share * (SHADES - 1) as f64).round() as usize;
        self.0.get(shade).or(self.0.last()).copied().unwrap_or(Color::BLACK)
    }
}

/// A crowd in the picture.
pub(super) struct Strip {
    pub crowd: Crowd,
    /// Where it is drawn.
    pub rect: Rect,
    /// The id of the only event.
    pub alone: Option<Text>,
}

impl Strip {
    /// Where a crowd stands whose row has its middle at `y`, between what is long on both sides.
    pub(super) fn of(crowd: Crowd, y: f64, (lo, hi): (f64, f64), axis: &Axis) -> Self {
        let (start, end) = (axis.x(crowd.start), axis.x(crowd.end));
        let width = LEAST_BODY.min(hi - lo).max(LEAST_STRIP).max(end - start);
        let x0 = (f64::midpoint(start, end) - width / 2.0).min(hi - width).max(lo.min(hi - width));
        let rect = Rect::new(x0, y - LEAST_BODY / 2.0, x0 + width, y + LEAST_BODY / 2.0);
        Self { crowd, rect, alone: None }
    }

    /// An event that is not prominent, as a strip of one.
    pub(super) fn of_one(single: &Single, id: &Text, y: f64, free: (f64, f64), axis: &Axis) -> Self {
        let Single { band, row, start, end, .. } = *single;
        let crowd = Crowd { band, row, start, end, count: 1, is_part: false };
        Self { alone: Some(id.clone()), ..Self::of(crowd, y, free, axis) }
    }

    /// Keeps it between two marks, as far as that leaves something to see.
    pub(super) fn keep_between(&mut self, lo: f64, hi: f64) {
        let Rect { x0, x1, .. } = self.rect;
        self.rect.x0 = x0.max(lo.min(x1 - LEAST_STRIP));
        self.rect.x1 = x1.min(hi.max(self.rect.x0 + LEAST_STRIP));
    }

    /// How many there are beside the one that stands for them: "+41". Only of a crowd that ends in its cell.
    pub(super) fn count(&self, shaper: &mut Shaper) -> Option<Count> {
        let others = self.crowd.count.checked_sub(1).filter(|others| *others > 0 && !self.crowd.is_part)?;
        let run = shaper.shape(&format!("+{others}"), COUNT);
        Some(Count { crowd: self.crowd, run, x: self.rect.x1 + GAP })
    }

    /// What can be pointed at: one event by itself, or all of them.
    pub(super) fn target(&self, track: Rect) -> Option<Target> {
        let y = self.rect.center().y;
        let rect = Rect { y0: y - REACH, y1: y + REACH, ..self.rect }.intersection(track);
        let subject = self.alone.clone().map_or(Hit::Crowd(self.crowd), Hit::Event);
        (rect.width() > 0.0 && rect.height() > 0.0).then_some(Target { rect, subject })
    }
}

/// The strips of one band as one item.
pub(super) fn paint<'a>(
    strips: impl Iterator<Item = (&'a Strip, &'a [Bucket])>,
    ink: Color,
    theme: &Theme,
    axis: &Axis,
) -> Option<Item> {
    let shades = Shades::of(ink, theme);
    let mut bars: Vec<(Rect, Color)> = Vec::new();
    for (strip, buckets) in strips {
        let Rect { x0, y0, x1, y1 } = strip.rect;
        if x1 - x0 <= LEAST_BODY {
            bars.push((strip.rect, shades.get(strip.crowd.count)));
            continue;
        }
        let mut from = x0;
        let mut colour = shades.get(1);
        let mut close = |from: f64, to: f64, colour: Color| {
            if to > from {
                bars.push((Rect::new(from, y0, to, y1), colour));
            }
        };
        // Where nothing begins between two events that stand close, the strip goes on in its lightest shade.
        let mut step = |at: f64, next: Color| {
            if next != colour {
                let at = at.clamp(x0, x1);
                close(from, at, colour);
                (from, colour) = (at, next);
            }
        };
        let mut last = x0;
        for bucket in buckets {
            let (left, right) = (axis.x(bucket.start), axis.x(bucket.end));
            if left > last {
                step(last, shades.get(1));
            }
            step(left, shades.get(bucket.count));
            last = right;
        }
        close(from, x1, colour);
    }
    (!bars.is_empty()).then_some(Item::Density { bars })
}

/// What a picture draws in its window of time, in every row, whether or not it is scrolled into sight.
pub(super) struct Drawn {
    /// The events that have marks, as positions in the timeline.
    pub events: Vec<u32>,
    /// What stands for the others.
    pub crowds: BTreeSet<Crowding>,
}

impl Drawn {
    pub(super) fn of(input: &SceneInput<'_>, shaper: &mut Shaper) -> Self {
        let areas = Areas::of(input, shaper);
        let bands = Bands::of(input.index);
        let input = &SceneInput { viewport: areas.viewport(input), scroll_y: 0.0, ..*input };
        let track = Rect { y1: areas.track.y0 + bands.height(), ..areas.track };
        let axis = Axis::new(input.viewport, track.x0, track.x1);
        let sight = look(input, track, &bands, &axis);
        let (from, to) = (input.viewport.origin, input.viewport.end());
        let is_in_sight = |start: Instant, end: Instant| start < to && from < end.max(start.saturating_add(1));
        let singles = || sight.singles.iter().filter(|single| is_in_sight(single.start, single.end));
        let crowds = || sight.crowds.iter().filter(|seen| is_in_sight(seen.crowd.start, seen.crowd.end));
        let prominent = singles().filter(|single| single.is_prominent);
        let events = prominent.chain(crowds().filter_map(|seen| seen.heaviest.as_ref())).map(|single| single.event);
        let is_strip = |seen: &Seen| seen.crowd.count > 1 || seen.heaviest.is_none();
        let has_strips = crowds().any(is_strip) || singles().any(|single| !single.is_prominent);
        let is_counted = |seen: &Seen| {
            seen.piled.is_some() || seen.heaviest.is_some() && seen.crowd.count > 1 && !seen.crowd.is_part
        };
        let strips = has_strips.then_some(Crowding::Strip);
        let counts = crowds().any(is_counted).then_some(Crowding::Count);
        Self { events: events.collect(), crowds: strips.into_iter().chain(counts).collect() }
    }
}

/// A strip that gets darker from left to right, with its middle left at a point.
pub(super) fn sample(at: Point, width: f64, ink: Color, theme: &Theme) -> Item {
    let step = width / SHADES as f64;
    let bar = |(nth, shade): (usize, Color)| {
        let x0 = at.x + nth as f64 * step;
        (Rect::new(x0, at.y - LEAST_BODY / 2.0, x0 + step, at.y + LEAST_BODY / 2.0), shade)
    };
    Item::Density { bars: Shades::of(ink, theme).0.into_iter().enumerate().map(bar).collect() }
}

/// How many more there are than the event beside which it is written.
#[derive(Debug, Clone)]
pub(super) struct Count {
    pub crowd: Crowd,
    pub run: Arc<Run>,
    /// Left end.
    pub x: f64,
}

impl Count {
    /// As it is painted in a row with its middle at `y`.
    pub(super) fn item(&self, y: f64, color: Color) -> Item {
        let origin = Point::new(self.x, text_baseline(y, self.run.style));
        Item::Text { run: Arc::clone(&self.run), origin, color }
    }

    /// What can be pointed at: a small crowd lies under the mark that stands for it, its count beside.
    pub(super) fn target(&self, y: f64, track: Rect) -> Option<Target> {
        let (x0, x1) = (self.x - GAP, self.x + self.run.width_pt + GAP);
        let rect = Rect::new(x0, y - REACH, x1, y + REACH).intersection(track);
        (rect.width() > 0.0 && rect.height() > 0.0).then_some(Target { rect, subject: Hit::Crowd(self.crowd) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::ThemeName;

    #[test]
    fn text_can_be_read_on_every_shade_and_no_two_neighbours_are_the_same() {
        for name in [ThemeName::Light, ThemeName::Dark, ThemeName::Print] {
            let theme = Theme::named(name);
            for lane in 0..theme.lanes.len() {
                let shades = Shades::of(theme.lane_color(None, lane), &theme);
                for (shade, next) in shades.0.iter().zip(shades.0.iter().skip(1)) {
                    assert!(theme.text.contrast(*next) >= theme.text_contrast(), "{name:?}: lane {lane}: {next:?}");
                    assert_ne!(shade, next, "{name:?}: lane {lane}");
                }
            }
        }
    }
}
