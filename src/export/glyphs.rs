//! Glyphs as pixels: how `vello_cpu` fills them, for the PNG and for the glyph atlas of the screen alike.
//!
//! Owns size, weight and contrast of the coverage. Where glyphs lie is said by [`Run::on_pixels`](crate::text::Run::on_pixels).

use std::sync::{Arc, LazyLock};

use vello_cpu::peniko::{Blob, FontData};
use vello_cpu::{Glyph, RenderContext, Resources, kurbo};

use crate::text::{STEPS_PER_PIXEL, Style, embolden_em, fonts};
use crate::theme::Color;

/// All that decides what the glyphs of a font look like in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct GlyphStyle {
    /// Index into [`fonts`].
    pub font: usize,
    /// Pixels per em.
    pub size_px: f32,
    /// By how much stems grow, in pixels.
    pub embolden_px: f32,
    /// How many times a glyph is laid over itself: [`layers_on`] a ground.
    pub layers: u8,
}

/// How many times glyphs are laid over themselves in a picture on this ground: twice on a dark one.
///
/// Coverage is blended in gamma-encoded colours, in which light letters on a dark ground come out too thin. A coverage c
/// that is laid twice covers 1 − (1 − c)² = 2c − c², the curve by which egui makes up for that in its dark theme.
pub(crate) fn layers_on(ground: Color) -> u8 {
    if ground.contrast(Color::WHITE) > ground.contrast(Color::BLACK) { 2 } else { 1 }
}

impl GlyphStyle {
    /// How a font sets text of a style at a scale in pixels per point, in so many layers.
    pub fn of(style: Style, font: usize, scale: f64, layers: u8) -> Self {
        let size_px = style.size_pt * scale;
        Self { font, size_px: size_px as f32, embolden_px: (embolden_em(style.face, font) * size_px) as f32, layers }
    }

    /// Paints glyphs in the paint that is set.
    ///
    /// They are hinted, which with `vello_cpu` moves outlines up and down only: level stems are sharp, widths stay.
    pub fn paint(
        &self,
        context: &mut RenderContext,
        resources: &mut Resources,
        glyphs: impl Iterator<Item = Glyph> + Clone,
    ) {
        let Some(font) = font_data(self.font) else { return };
        let is_bold = self.embolden_px > 0.0;
        if is_bold {
            context.set_stroke(kurbo::Stroke::new(f64::from(self.embolden_px)).with_join(kurbo::Join::Miter));
        }
        for _ in 0..self.layers {
            let run = context.glyph_run(resources, font).font_size(self.size_px).hint(true);
            run.fill_glyphs(glyphs.clone());
            if is_bold {
                let run = context.glyph_run(resources, font).font_size(self.size_px).hint(true);
                run.stroke_glyphs(glyphs.clone());
            }
        }
    }
}

/// A glyph for the renderer, at a step to the right of a whole pixel.
pub(crate) fn at_step(id: u32, step: u8, (x_px, y_px): (i32, i32)) -> Glyph {
    let x = f64::from(x_px) + f64::from(step) / f64::from(STEPS_PER_PIXEL);
    Glyph { id, x: x as f32, y: y_px as f32 }
}

/// A bundled font as the renderer takes it; one for all, so that it recognises what it has parsed.
fn font_data(font: usize) -> Option<&'static FontData> {
    static FONTS: LazyLock<Vec<FontData>> =
        LazyLock::new(|| fonts().iter().map(|font| FontData::new(Blob::new(Arc::new(font.bytes)), 0)).collect());
    FONTS.get(font)
}
