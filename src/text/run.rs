//! A shaped line: glyphs with their places, and the pieces of text they came from.

use std::ops::Range;
use std::sync::Arc;

use super::Style;

/// One glyph of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Index into [`fonts`](super::fonts).
    pub font: usize,
    /// Glyph in that font.
    pub id: u32,
    /// From the run's origin to the glyph's, in points, rightwards.
    pub x: f64,
    /// From the baseline, in points, downwards.
    pub y: f64,
}

/// A stretch of a run that is set in one font and one direction.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Bytes of [`Run::text`].
    pub range: Range<usize>,
    /// Whether it reads from right to left.
    pub rtl: bool,
    /// Index into [`fonts`](super::fonts).
    pub font: usize,
    /// From the run's origin to the left end, in points.
    pub x: f64,
    /// Advance in points.
    pub width_pt: f64,
}

/// A shaped line of text in visual order.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The text as shown, in logical order: what was given, with spaces for control characters.
    pub text: Arc<str>,
    /// How it is set.
    pub style: Style,
    /// Advance in points.
    pub width_pt: f64,
    /// The glyphs, left to right.
    pub glyphs: Vec<Glyph>,
    /// The stretches of one font and direction, left to right.
    pub pieces: Vec<Piece>,
    /// Whether the line as a whole reads from right to left: its first strong character does (UAX #9, P2 and P3).
    pub rtl: bool,
}

impl Run {
    /// The text of a piece, in logical order.
    pub fn piece_text(&self, piece: &Piece) -> &str {
        self.text.get(piece.range.clone()).unwrap_or_default()
    }

    /// Whether logical order, left to right, is also the visual order.
    pub fn is_ltr(&self) -> bool {
        !self.rtl && self.pieces.iter().all(|piece| !piece.rtl)
    }
}
