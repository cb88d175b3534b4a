//! The outlines of glyphs, for painters of documents that must look the same where none of the fonts is.

use skrifa::MetadataProvider as _;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};

use super::fonts::parsed;
use crate::geom::Point;

/// The outline of a glyph.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// Lines and curves in font units, from the glyph's origin, rightwards and downwards. Filled by the non-zero rule.
    pub steps: Vec<OutlineStep>,
    /// Font units in one em.
    pub units_per_em: f64,
}

/// A step along an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OutlineStep {
    /// A contour begins.
    MoveTo(Point),
    /// Straight on.
    LineTo(Point),
    /// A quadratic curve: control point, end.
    QuadTo(Point, Point),
    /// A cubic curve: two control points, end.
    CurveTo(Point, Point, Point),
    /// The contour ends where it began.
    Close,
}

/// The outline of a glyph of the font of this index; none where the font has no such glyph or no outlines.
pub fn outline(font: usize, glyph: u32) -> Option<Outline> {
    let parsed = parsed(font)?;
    let glyphs = parsed.font.outline_glyphs();
    let glyph = glyphs.get(glyph.into())?;
    let mut pen = Pen(Vec::new());
    glyph.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut pen).ok()?;
    Some(Outline { steps: pen.0, units_per_em: parsed.units_per_em })
}

struct Pen(Vec<OutlineStep>);

/// Fonts count upwards.
fn point(x: f32, y: f32) -> Point {
    Point::new(f64::from(x), -f64::from(y))
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(OutlineStep::MoveTo(point(x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push(OutlineStep::LineTo(point(x, y)));
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.0.push(OutlineStep::QuadTo(point(cx0, cy0), point(x, y)));
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.0.push(OutlineStep::CurveTo(point(cx0, cy0), point(cx1, cy1), point(x, y)));
    }

    fn close(&mut self) {
        self.0.push(OutlineStep::Close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Shaper, Style};

    #[test]
    fn every_glyph_of_a_line_has_an_outline() {
        for text in ["Hx", "Договор", "معاهدة", "조약"] {
            let run = Shaper::new().shape(text, Style::semibold(12.0));
            for glyph in &run.glyphs {
                let outline = outline(glyph.font, glyph.id).expect(text);
                assert!(matches!(outline.steps.first(), Some(OutlineStep::MoveTo(_))), "{text}");
                assert!(matches!(outline.steps.last(), Some(OutlineStep::Close)), "{text}");
            }
        }
        assert_eq!(outline(0, u32::MAX), None);
        assert_eq!(outline(usize::MAX, 1), None);
    }

    #[test]
    fn a_capital_stands_on_the_baseline_and_rises() {
        let run = Shaper::new().shape("H", Style::regular(12.0));
        let outline = outline(run.glyphs[0].font, run.glyphs[0].id).expect("an H");
        let heights = outline.steps.iter().filter_map(|step| match step {
            OutlineStep::MoveTo(to) | OutlineStep::LineTo(to) => Some(to.y),
            OutlineStep::QuadTo(..) | OutlineStep::CurveTo(..) | OutlineStep::Close => None,
        });
        let (top, bottom) = heights.fold((0.0_f64, 0.0_f64), |(top, bottom), y| (top.min(y), bottom.max(y)));
        assert!(bottom == 0.0 && (0.6..0.8).contains(&(-top / outline.units_per_em)), "{top} {bottom}");
    }
}
