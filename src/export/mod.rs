//! Pictures as bytes: a `Scene` as SVG and PNG. PDF has its place here and comes later.
//!
//! Never touches a file; whoever calls writes the bytes.

pub mod picture;

use thiserror::Error;

use crate::scene::Scene;

/// Why a picture cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExportError {
    /// More pixels than can be held.
    #[error("{width} × {height} pixels is more than this format holds")]
    TooLarge {
        /// Pixels.
        width: u64,
        /// Pixels.
        height: u64,
    },
    /// The encoder failed.
    #[error("the picture could not be encoded: {0}")]
    Encode(String),
}

/// The scene as an SVG document with real text; 1 pt = 1 user unit, `scale` multiplies the outer size.
pub fn svg(scene: &Scene, scale: f64) -> String {
    let _ = (scene, scale);
    String::new()
}

/// The scene as a PNG of `scale` pixels per point.
///
/// # Errors
/// Where it has too many pixels or the encoder fails.
pub fn png(scene: &Scene, scale: f64) -> Result<Vec<u8>, ExportError> {
    let _ = (scene, scale);
    Ok(Vec::new())
}
