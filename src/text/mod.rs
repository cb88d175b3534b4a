//! Text: the bundled fonts, shaping and measuring, which font stands in for a missing glyph, and signs that have none.
//!
//! Owns glyphs and widths in points. Where text stands belongs to `layout`, how it is painted to the painters.

mod carets;
mod clip;
mod fonts;
mod line;
mod memory;
mod missing;
mod outline;
mod pixels;
mod run;
mod shaper;
mod visible;

pub use carets::{CharPlace, PlacedLine, placed};
pub use clip::clipped;
pub use fonts::{Font, embolden_em, font_chain, fonts};
pub use missing::missing;
pub use outline::{Outline, OutlineStep, outline};
pub use pixels::{PixelGlyph, STEPS_PER_PIXEL};
pub use run::{Glyph, Piece, Run};
pub use shaper::{MOST_BYTES, Shaper};
pub use visible::{hidden_signs, is_unseen, push_visible, shown_ascii, shown_sign, visible, visible_lines};

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
