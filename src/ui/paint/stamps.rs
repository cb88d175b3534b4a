//! Small outlines as bitmaps: the marks of a thousand days are one circle in a thousand places.
//!
//! An outline is known by its points in eighths of a pixel, the first on a step of a pixel as glyphs have them: it stands within a
//! fifth of its place, and those that are nearly alike are one. Its inside and the line along it are bitmaps of their own, since
//! each has a colour. What is larger, what is asked for only once, and what is new in a scene that has made many already is tessellated.

use egui::Pos2;
use rustc_hash::FxHashMap;

use super::bitmap::{Bitmap, Place};
use crate::geom::Point;
use crate::scene::{Segment, Stroke};
use crate::text::STEPS_PER_PIXEL;

/// How far an outline may reach from its first point, in points: marks that are wide differ in their widths.
const REACH_PT: f64 = 24.0;

/// The grid on which the points of an outline lie, in parts of a pixel.
const GRID: i32 = 8;

/// An outline has no more segments: its kinds have two bits each.
const MOST_SEGMENTS: usize = 16;

/// So many are made for a scene: a frame waits for no more.
const MOST_NEW: usize = 8;

/// So many are known, of which most were asked for only once. Where there are more, those are forgotten.
const MOST_KNOWN: usize = 8_192;

/// The outlines that earlier scenes have shown.
#[derive(Debug, Default)]
pub(super) struct Stamps {
    /// By all that they follow from; none where one was asked for only once. Only looked up.
    known: FxHashMap<Vec<u32>, Option<Stamp>>,
    /// That of the outline which is asked for.
    key: Vec<u32>,
    /// How many more may be made for this scene, and whether one more was asked for.
    left: usize,
    has_put_off: bool,
}

/// Where the bitmaps of an outline lie, as far as it has ink.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stamp {
    pub inside: Option<Place>,
    pub line: Option<Place>,
}

/// Where an outline stands on the screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// The pixel from which its bitmaps are laid.
    pub pixel: [i32; 2],
    /// From there to its first point, in parts of a pixel.
    phase: [i32; 2],
    /// That point, in points of the picture.
    first: Point,
    pixels_per_point: f64,
}

impl Spot {
    /// Where an outline stands that begins at `first`, in a picture that begins at `origin`.
    pub fn of(first: Point, origin: Pos2, pixels_per_point: f64) -> Self {
        // What is no number becomes 0, and what is far away the furthest there is.
        let on_step = |at: f64| (at * pixels_per_point * f64::from(STEPS_PER_PIXEL)).round() as i32;
        let steps = [f64::from(origin.x) + first.x, f64::from(origin.y) + first.y].map(on_step);
        let steps_per_pixel = i32::from(STEPS_PER_PIXEL);
        Self {
            pixel: steps.map(|steps| steps.div_euclid(steps_per_pixel)),
            phase: steps.map(|steps| steps.rem_euclid(steps_per_pixel) * GRID / steps_per_pixel),
            first,
            pixels_per_point,
        }
    }

    /// A point on the grid, from the pixel; none where it is far from the first.
    fn on_grid(&self, point: Point) -> Option<[i32; 2]> {
        let from = [point.x - self.first.x, point.y - self.first.y];
        let is_near = from.iter().all(|from| from.abs() <= REACH_PT);
        let [x, y] = from.map(|from| (from * self.pixels_per_point * f64::from(GRID)).round() as i32);
        is_near.then_some([x + self.phase[0], y + self.phase[1]])
    }

    /// The same in pixels.
    fn in_pixels(&self, point: Point) -> Point {
        let [x, y] = self.on_grid(point).unwrap_or_default().map(|at| f64::from(at) / f64::from(GRID));
        Point::new(x, y)
    }
}

impl Stamps {
    /// Begins a scene.
    pub const fn begin(&mut self) {
        self.left = MOST_NEW;
        self.has_put_off = false;
    }

    /// Whether more were asked for than are made for a scene.
    pub const fn has_put_off(&self) -> bool {
        self.has_put_off
    }

    /// Forgets all, whose bitmaps are gone.
    pub fn clear(&mut self) {
        self.known.clear();
    }

    /// Asks for an outline, with its inside or not and the stroke of its line. False where it is too large for a bitmap.
    pub fn ask(&mut self, segments: &[Segment], (has_fill, stroke): (bool, Option<Stroke>), spot: &Spot) -> bool {
        let mut kinds = 0;
        let mut is_small = segments.len() <= MOST_SEGMENTS;
        self.key.clear();
        let mut put = |kind: u32, points: &[Point]| {
            kinds = kinds << 2 | kind;
            for point in points {
                match spot.on_grid(*point) {
                    // Within half of either's bits: no screen has so many pixels a point that it were more.
                    Some([x, y]) => self.key.push((x as u32) << 16 | (y as u32 & 0xffff)),
                    None => is_small = false,
                }
            }
        };
        for segment in segments {
            match segment {
                Segment::MoveTo(to) => put(0, &[*to]),
                Segment::LineTo(to) => put(1, &[*to]),
                Segment::CubicTo(a, b, to) => put(2, &[*a, *b, *to]),
                Segment::Close => put(3, &[]),
            }
        }
        let bits = |pt: f64| (pt as f32).to_bits();
        let (width, dash) = stroke.map_or((0.0, None), |stroke| (stroke.width, stroke.dash));
        let (on, off) = dash.unwrap_or_default();
        self.key.extend([
            kinds,
            u32::from(has_fill) << 1 | u32::from(stroke.is_some()),
            bits(width),
            bits(on),
            bits(off),
        ]);
        is_small
    }

    /// What was asked for, if earlier scenes or this have shown it.
    pub fn known(&self) -> Option<Stamp> {
        self.known.get(&self.key).copied().flatten()
    }

    /// The bitmaps of what was asked for, of its inside and of its line; none where it is asked for the first time, or this scene has
    /// made many.
    pub fn bitmaps(
        &mut self,
        segments: &[Segment],
        (has_fill, stroke): (bool, Option<Stroke>),
        spot: &Spot,
    ) -> Option<[Option<Bitmap>; 2]> {
        // Bars of every width stand on every step of a pixel: most never come again.
        if !self.known.contains_key(&self.key) {
            if self.known.len() >= MOST_KNOWN {
                self.known.retain(|_, stamp| stamp.is_some());
            }
            self.known.insert(self.key.clone(), None);
            return None;
        }
        let Some(left) = self.left.checked_sub(1) else {
            self.has_put_off = true;
            return None;
        };
        self.left = left;
        let place = |point| spot.in_pixels(point);
        let inside = has_fill.then(|| Bitmap::of_outline(segments, place, None)).flatten();
        let scale = spot.pixels_per_point;
        let line = stroke.and_then(|stroke| Bitmap::of_outline(segments, place, Some((stroke, scale))));
        Some([inside, line])
    }

    /// Keeps where the bitmaps of what was asked for lie.
    pub fn keep(&mut self, stamp: Stamp) -> Stamp {
        self.known.insert(self.key.clone(), Some(stamp));
        stamp
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_outline_stands_within_a_fifth_of_a_pixel_of_its_place(
            (x, y) in (-50.0..4000.0, -50.0..4000.0),
            (dx, dy) in (-24.0..24.0, -24.0..24.0),
            scale in 0.5..4.0,
        ) {
            let spot = Spot::of(Point::new(x, y), Pos2::new(7.25, 31.5), scale);
            for (at, from) in [((x, y), (0.0, 0.0)), ((x + dx, y + dy), (dx, dy))] {
                let laid = spot.in_pixels(Point::new(at.0, at.1));
                let [px, py] = spot.pixel.map(f64::from);
                let apart = [px + laid.x - (7.25 + x + from.0) * scale, py + laid.y - (31.5 + y + from.1) * scale];
                // Half a step of the first point, and half of the grid for the others.
                let most = 1.0 / 8.0 + if from == (0.0, 0.0) { 0.0 } else { 1.0 / 16.0 } + 1e-6;
                prop_assert!(apart.iter().all(|apart| apart.abs() <= most), "{apart:?}");
            }
        }
    }
}
