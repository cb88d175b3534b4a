//! Pictures as bytes: a timeline as a `Scene` that stands alone ([`picture`]), a `Scene` as SVG and PNG. PDF takes its place
//! beside them. And a timeline in words ([`brief`]), as Markdown and HTML; what others write as Markdown is made literal here
//! too ([`markdown`]).
//!
//! Both painters of scenes match every [`Item`](crate::scene::Item) without a wildcard and paint the glyphs and widths the scene
//! brings. Never touches a file; whoever calls reads the [`Images`] that a scene has frames for, and writes the bytes.

mod base64;
pub mod brief;
pub(crate) mod glyphs;
mod images;
pub mod markdown;
mod missing;
pub(crate) mod outlines;
pub mod picture;
mod png;
mod svg;
mod visible;

use std::path::Path;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::scene::Scene;

use crate::geom::Size;

pub use images::{Images, wanted_images};
pub use png::{png, png_with};
pub use svg::{SvgFonts, SvgOptions, svg, svg_with};

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
    /// Not one pixel: the scene or the scale is zero, negative or no number.
    #[error("the picture has no area")]
    Empty,
    /// The encoder failed.
    #[error("the picture could not be encoded: {0}")]
    Encode(String),
}

/// The formats a scene can leave in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Format {
    /// Pixels.
    #[default]
    Png,
    /// Shapes and real text.
    Svg,
}

impl Format {
    /// Every format, in the order a list shows them.
    pub const ALL: [Self; 2] = [Self::Png, Self::Svg];

    /// The format a path's extension asks for, in any case.
    pub fn from_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        Self::ALL.into_iter().find(|format| format.extension().eq_ignore_ascii_case(extension))
    }

    /// The extension of its files, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }

    /// Its name in the interface.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Svg => "SVG",
        }
    }
}

/// How large a picture of pixels becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PixelSize {
    /// Pixels from left to right.
    pub width_px: u16,
    /// Pixels from top to bottom.
    pub height_px: u16,
}

impl PixelSize {
    /// The longest side a picture of pixels may have.
    pub const MAX_SIDE_PX: u64 = 65_000;
    /// The most pixels it may have.
    pub const MAX_AREA_PX: u64 = 1_000_000_000;

    /// The picture of a scene of this size at `scale` pixels per point, rounded to whole pixels.
    ///
    /// # Errors
    /// Where it has no pixel, a side over [`Self::MAX_SIDE_PX`] or more pixels than [`Self::MAX_AREA_PX`].
    pub fn of(size: Size, scale: f64) -> Result<Self, ExportError> {
        // The conversion saturates, and takes what is no number for 0.
        let [width, height] = [size.width, size.height].map(|side| (side * scale).round() as u64);
        if width == 0 || height == 0 {
            return Err(ExportError::Empty);
        }
        let too_large = ExportError::TooLarge { width, height };
        if width.max(height) > Self::MAX_SIDE_PX || width * height > Self::MAX_AREA_PX {
            return Err(too_large);
        }
        match (u16::try_from(width), u16::try_from(height)) {
            (Ok(width_px), Ok(height_px)) => Ok(Self { width_px, height_px }),
            _ => Err(too_large),
        }
    }
}

/// The scene in a format. A PNG takes only the scale of the options, as pixels per point, and the images.
///
/// # Errors
/// Where it has no pixel, too many of them, or the encoder fails.
pub fn encode(scene: &Scene, format: Format, options: &SvgOptions<'_>) -> Result<Vec<u8>, ExportError> {
    match format {
        Format::Png => png_with(scene, options.scale, options.images),
        Format::Svg => Ok(svg_with(scene, options).into_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_follows_the_extension() {
        assert_eq!(Format::from_path(Path::new("a.b/treaty.PNG")), Some(Format::Png));
        assert_eq!(Format::from_path(Path::new("treaty.svg")), Some(Format::Svg));
        for path in ["svg", ".svg", "treaty", "treaty.svg.ron", ""] {
            assert_eq!(Format::from_path(Path::new(path)), None, "{path}");
        }
    }

    #[test]
    fn size_is_rounded_and_limited() {
        let of = |width, height, scale| PixelSize::of(Size::new(width, height), scale);
        assert_eq!(of(100.2, 50.0, 1.5), Ok(PixelSize { width_px: 150, height_px: 75 }));
        assert_eq!(of(65_000.0, 10.0, 1.0), Ok(PixelSize { width_px: 65_000, height_px: 10 }));
        assert_eq!(of(65_001.0, 10.0, 1.0), Err(ExportError::TooLarge { width: 65_001, height: 10 }));
        assert_eq!(of(40_000.0, 40_000.0, 1.0), Err(ExportError::TooLarge { width: 40_000, height: 40_000 }));
        assert_eq!(of(f64::INFINITY, f64::MAX, 2.0), Err(ExportError::TooLarge { width: u64::MAX, height: u64::MAX }));
        for scale in [0.0, -1.0, f64::NAN] {
            assert_eq!(of(100.0, 50.0, scale), Err(ExportError::Empty));
        }
    }
}
