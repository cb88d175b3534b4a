//! Where the glyphs of a run lie on the pixels of a screen or a picture: the same for every painter that fills pixels.

use super::Run;

/// Steps of a pixel between which glyphs are placed. With four, a glyph lies at most an eighth of a pixel from where it was
/// shaped, and as many bitmaps of it are all there can be.
pub const STEPS_PER_PIXEL: u8 = 4;

/// A glyph of a run at its place on pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PixelGlyph {
    /// Index into [`fonts`](super::fonts).
    pub font: usize,
    /// Glyph in that font.
    pub id: u32,
    /// The whole pixel at or left of its origin.
    pub x_px: i32,
    /// How many steps of a pixel its origin lies to the right of that, less than [`STEPS_PER_PIXEL`].
    pub step: u8,
    /// The pixel row of its origin, downwards.
    pub y_px: i32,
}

impl Run {
    /// The glyphs on pixels, where the run begins at `left_px` on the baseline `baseline_px`.
    ///
    /// A run begins on a whole pixel and stands on one, as edges of rectangles do: so the same text has the same bitmaps
    /// wherever it stands, and a label that is panned keeps the distances of its letters.
    pub fn on_pixels(
        &self,
        left_px: f64,
        baseline_px: f64,
        pixels_per_point: f64,
    ) -> impl Iterator<Item = PixelGlyph> + '_ {
        let (left, baseline) = (left_px.round() as i32, baseline_px.round() as i32);
        let steps_per_pixel = i32::from(STEPS_PER_PIXEL);
        self.glyphs.iter().map(move |glyph| {
            // What is no number becomes 0, and what is far away the furthest there is.
            let steps = (glyph.x * pixels_per_point * f64::from(STEPS_PER_PIXEL)).round() as i32;
            PixelGlyph {
                font: glyph.font,
                id: glyph.id,
                x_px: left.saturating_add(steps.div_euclid(steps_per_pixel)),
                step: steps.rem_euclid(steps_per_pixel) as u8,
                y_px: baseline.saturating_add((glyph.y * pixels_per_point).round() as i32),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Shaper, Style};

    proptest! {
        #[test]
        fn a_glyph_lies_within_half_a_step_of_its_place(
            text in "[ a-zא-תا-ي한국漢字🙂]{0,20}",
            (left, scale) in (-50.0..2000.0, 0.5..4.0),
        ) {
            let run = Shaper::new().shape(&text, Style::regular(13.0));
            let placed: Vec<_> = run.on_pixels(left, 20.3, scale).collect();
            prop_assert_eq!(placed.len(), run.glyphs.len());
            for (glyph, placed) in run.glyphs.iter().zip(placed) {
                prop_assert!(placed.step < STEPS_PER_PIXEL);
                let x = f64::from(placed.x_px) + f64::from(placed.step) / f64::from(STEPS_PER_PIXEL);
                prop_assert!((x - left.round() - glyph.x * scale).abs() <= 0.126);
                prop_assert!((f64::from(placed.y_px) - 20.0 - glyph.y * scale).abs() <= 0.5);
            }
        }
    }

    #[test]
    fn places_that_are_no_number_do_no_harm() {
        let run = Shaper::new().shape("far", Style::regular(13.0));
        for place in [f64::NAN, f64::INFINITY, -1e300, 1e300] {
            assert_eq!(run.on_pixels(place, place, 1.0).count(), 3);
            assert_eq!(run.on_pixels(0.0, 0.0, place).count(), 3);
        }
    }
}
