//! Where there is no room for a mark an event: strips that are the stronger the more there are, with exact counts.
//!
//! ```text
//!   row    ●  ▒▒▓▓██▓▒░░░  +41   ▬▬▬▬▬▬▬   ●
//!             strip        count
//! ```
//!
//! Owns what strips and counts look like. How much is drawn one by one belongs to [`super::sight`].

use std::sync::Arc;

use super::piece::{Axis, LEAST_BODY};
use super::{Hit, Item, Target, text_baseline};
use crate::geom::{Point, Rect};
use crate::index::{Bucket, Crowd, Single};
use crate::text::{Run, Shaper, Style};
use crate::theme::{Color, Theme, font};

/// A strip beside a mark that leaves it no room is at least this wide.
const LEAST_STRIP: f64 = 4.0;
/// Shades of a strip.
const SHADES: usize = 8;
/// The lightest and the darkest shade, as a share of the band's ink.
const LIGHTEST: f64 = 0.16;
const DARKEST: f64 = 0.62;
/// How many events in a bucket give each shade but the lightest: evenly by the logarithm up to 4,096.
const CROWDED: [u32; SHADES - 1] = [2, 6, 20, 64, 211, 690, 2262];
/// Between a strip and its count.
pub(super) const GAP: f64 = 3.0;
pub(super) const COUNT: Style = Style::semibold(font::SMALL);
/// Half the height of a target.
const REACH: f64 = 10.0;

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
        let shade = CROWDED.iter().filter(|least| **least <= count).count();
        self.0.get(shade).or(self.0.last()).copied().unwrap_or(Color::BLACK)
    }
}

/// A row, by the positions of band and row.
pub(super) type Row = (u32, u32);

/// A crowd in the picture.
pub(super) struct Strip {
    pub crowd: Crowd,
    /// Where it is drawn.
    pub rect: Rect,
    /// The position of the only event in its timeline.
    pub alone: Option<u32>,
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
    pub(super) fn of_one(single: &Single, y: f64, free: (f64, f64), axis: &Axis) -> Self {
        let Single { band, row, start, end, .. } = *single;
        let crowd = Crowd { band, row, start, end, count: 1, is_part: false };
        Self { alone: Some(single.event), ..Self::of(crowd, y, free, axis) }
    }

    /// In which row it lies.
    pub(super) const fn row(&self) -> Row {
        (self.crowd.band, self.crowd.row)
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
        let subject = self.alone.map_or(Hit::Crowd(self.crowd), Hit::Bar);
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
    /// The same somewhere else.
    pub(super) fn at(&self, x: f64) -> Self {
        Self { x, ..self.clone() }
    }

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
    fn shades_follow_the_logarithm_of_what_they_stand_for() {
        let shades = Shades(std::array::from_fn(|shade| Color { r: shade as u8, g: 0, b: 0, a: 255 }));
        for count in 0..5_000_u32 {
            let share = (f64::from(count).max(1.0).ln() / 4_096_f64.ln()).min(1.0);
            assert_eq!(f64::from(shades.get(count).r), (share * (SHADES - 1) as f64).round(), "{count}");
        }
    }

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
