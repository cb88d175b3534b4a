//! Coverage as pixels: what a glyph or an outline covers of each, rendered as for the PNG.

use egui::{Color32, ColorImage, Rect, Vec2};
use vello_cpu::peniko::color::palette::css::WHITE;
use vello_cpu::{Pixmap, RenderContext, Resources, kurbo};

use crate::export::glyphs::{GlyphStyle, at_step};
use crate::export::outlines;
use crate::geom::Point;
use crate::scene::{Segment, Stroke};
use crate::text::{OutlineStep, PixelGlyph, STEPS_PER_PIXEL, outline};

/// The longest side of a bitmap. No text of a scene is nearly as large.
const LONGEST_PX: f64 = 1024.0;

/// No further than this does hinting move an edge, which brings the height of small letters to a whole pixel and the others
/// with them, in pixels.
const HINTED_PX: f64 = 3.0;

/// Coverage as egui takes it: white, as opaque as it covers.
pub(super) struct Bitmap {
    /// From the pixel of the origin to its left and top.
    pub left_px: i32,
    pub top_px: i32,
    pub image: ColorImage,
}

/// A bitmap in the texture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    /// From the pixel of the origin to the bitmap, in pixels.
    pub left_px: i32,
    pub top_px: i32,
    pub size_px: Vec2,
    /// Of the whole texture.
    pub uv: Rect,
}

/// Left, top, right and bottom of the pixels that something may cover, from the pixel of its origin.
type Bounds = [i32; 4];

impl Bitmap {
    /// The bitmap of a glyph at its step of a pixel; none where it has no ink, no outline, or one that is larger than any text.
    pub fn of_glyph(style: &GlyphStyle, glyph: &PixelGlyph) -> Option<Self> {
        Self::rendered(glyph_bounds(style, glyph)?, |context, resources, [left, top]| {
            style.paint(context, resources, std::iter::once(at_step(glyph.id, glyph.step, (-left, -top))));
        })
    }

    /// The bitmap of what an outline encloses, or with a stroke, in so many pixels a point, of the line along it. Its points are in pixels
    /// where `place` says. None where there is no ink.
    pub fn of_outline(
        segments: &[Segment],
        place: impl Fn(Point) -> Point,
        stroke: Option<(Stroke, f64)>,
    ) -> Option<Self> {
        let at = |point| {
            let Point { x, y } = place(point);
            kurbo::Point::new(x, y)
        };
        let path = outlines::path(segments, at)?;
        let stroke = stroke.map(|(stroke, scale)| outlines::pen(stroke, scale, stroke.width * scale, 0.0));
        // Control points lie around their curve; a mitre reaches four half widths out of its corner.
        let reach = stroke.as_ref().map_or(0.0, |pen| 2.0 * pen.width) + 1.0;
        let bounds = path.control_box().inflate(reach, reach);
        let edges = [bounds.x0.floor(), bounds.y0.floor(), bounds.x1.ceil(), bounds.y1.ceil()];
        Self::rendered(whole(edges)?, |context, _, [left, top]| {
            let path = kurbo::Affine::translate((-f64::from(left), -f64::from(top))) * path;
            match stroke {
                None => context.fill_path(&path),
                Some(pen) => {
                    context.set_stroke(pen);
                    context.stroke_path(&path);
                }
            }
        })
    }

    /// What is painted in white, without empty margins; `paint` is told where the left and top of the bounds lie.
    fn rendered(
        [left, top, right, bottom]: Bounds,
        paint: impl FnOnce(&mut RenderContext, &mut Resources, [i32; 2]),
    ) -> Option<Self> {
        let (width, height) = (u16::try_from(right - left).ok()?, u16::try_from(bottom - top).ok()?);
        let mut context = RenderContext::new(width, height);
        let mut resources = Resources::new();
        context.set_paint(WHITE);
        paint(&mut context, &mut resources, [left, top]);
        context.flush();
        let mut pixmap = Pixmap::new(width, height);
        context.render(&mut pixmap, &mut resources);
        let rows: Vec<&[_]> = pixmap.data().chunks_exact(usize::from(width)).collect();
        let (width, height) = (usize::from(width), usize::from(height));
        let ink = |x: usize, y: usize| rows.get(y).and_then(|row| row.get(x)).map_or(0, |pixel| pixel.a);
        let has_ink_in_row = |y: &usize| (0..width).any(|x| ink(x, *y) > 0);
        let has_ink_in_column = |x: &usize| (0..height).any(|y| ink(*x, y) > 0);
        let (first_row, last_row) = ((0..height).find(has_ink_in_row)?, (0..height).rfind(has_ink_in_row)?);
        let (first, last) = ((0..width).find(has_ink_in_column)?, (0..width).rfind(has_ink_in_column)?);
        let pixels = (first_row..=last_row)
            .flat_map(|y| (first..=last).map(move |x| (x, y)))
            .map(|(x, y)| Color32::from_white_alpha(ink(x, y)))
            .collect();
        Some(Self {
            left_px: left + first as i32,
            top_px: top + first_row as i32,
            image: ColorImage::new([last - first + 1, last_row - first_row + 1], pixels),
        })
    }
}

/// The pixels that a glyph may cover; none where it has no outline or one that is larger than any text.
fn glyph_bounds(style: &GlyphStyle, glyph: &PixelGlyph) -> Option<Bounds> {
    let outline = outline(style.font, glyph.id)?;
    let points = outline.steps.iter().flat_map(|step| match *step {
        OutlineStep::MoveTo(to) | OutlineStep::LineTo(to) => [Some(to), None, None],
        OutlineStep::QuadTo(control, to) => [Some(control), Some(to), None],
        OutlineStep::CurveTo(first, second, to) => [Some(first), Some(second), Some(to)],
        OutlineStep::Close => [None, None, None],
    });
    let around = points.flatten().map(|point| crate::geom::Rect::new(point.x, point.y, point.x, point.y));
    let around = around.reduce(crate::geom::Rect::union)?;
    let scale = f64::from(style.size_px) / outline.units_per_em;
    // A mitre of the pen reaches four half widths out.
    let reach = HINTED_PX + 2.0 * f64::from(style.embolden_px);
    let step = f64::from(glyph.step) / f64::from(STEPS_PER_PIXEL);
    whole([
        (around.x0 * scale + step - reach).floor(),
        (around.y0 * scale - reach).floor(),
        (around.x1 * scale + step + reach).ceil(),
        (around.y1 * scale + reach).ceil(),
    ])
}

/// Edges in whole pixels, as far as they are near the origin.
fn whole(edges: [f64; 4]) -> Option<Bounds> {
    let is_small = edges.iter().all(|edge| edge.abs() < LONGEST_PX);
    is_small.then(|| edges.map(|edge| edge as i32))
}
