//! Text: the bundled fonts, shaping and measuring, and which font stands in for a missing glyph.
//!
//! Owns glyphs and widths in points. Where text stands belongs to `layout`, how it is painted to the painters.

use std::sync::Arc;

/// Which cut of the interface font.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
pub enum Face {
    /// Upright, weight 400.
    Regular,
    /// Upright, weight 600.
    SemiBold,
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Style {
    /// The cut.
    pub face: Face,
    /// Points per em.
    pub size_pt: f64,
}

impl Style {
    /// Regular text of this size.
    pub const fn regular(size_pt: f64) -> Self {
        Self { face: Face::Regular, size_pt }
    }

    /// Semibold text of this size.
    pub const fn semibold(size_pt: f64) -> Self {
        Self { face: Face::SemiBold, size_pt }
    }
}

/// One glyph of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Index into [`fonts`].
    pub font: usize,
    /// Glyph in that font.
    pub id: u32,
    /// From the run's origin to the glyph's, in points, rightwards.
    pub x: f64,
    /// From the baseline, in points, downwards.
    pub y: f64,
}

/// A shaped line of text in visual order.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The text, in logical order.
    pub text: Arc<str>,
    /// How it is set.
    pub style: Style,
    /// Advance in points.
    pub width_pt: f64,
    /// The glyphs, left to right.
    pub glyphs: Vec<Glyph>,
}

/// A bundled font.
#[derive(Debug, Clone, Copy)]
pub struct Font {
    /// The name under which SVG and egui know it.
    pub family: &'static str,
    /// CSS weight.
    pub weight: u16,
    /// The TrueType file.
    pub bytes: &'static [u8],
}

/// The bundled fonts: the faces first, then fallbacks in the order they are tried.
pub fn fonts() -> &'static [Font] {
    &[]
}

/// Shapes text and remembers what it shaped.
#[derive(Debug, Default)]
pub struct Shaper {}

impl Shaper {
    /// A shaper with an empty memory.
    pub fn new() -> Self {
        Self::default()
    }

    /// Shapes one line. Control characters are shown as spaces.
    pub fn shape(&mut self, text: &str, style: Style) -> Arc<Run> {
        Arc::new(Run {
            text: text.into(),
            style,
            width_pt: 0.55 * style.size_pt * text.chars().count() as f64,
            glyphs: Vec::new(),
        })
    }

    /// Shapes one line, cut with an ellipsis at a grapheme where it is wider than `max_width_pt`.
    pub fn shape_to_fit(&mut self, text: &str, style: Style, max_width_pt: f64) -> Arc<Run> {
        let _ = max_width_pt;
        self.shape(text, style)
    }

    /// Height above and depth below the baseline of a face at a size, in points.
    pub fn ascent_descent_pt(&self, style: Style) -> (f64, f64) {
        (0.97 * style.size_pt, 0.24 * style.size_pt)
    }
}
