//! A brief as the text of one file, with a picture of the same events where the format holds one.

use std::io;
use std::path::Path;

use super::html::Pictures;
use super::{Brief, BriefOptions, html, markdown};
use crate::export::picture::{self, PictureError, PictureOptions};
use crate::export::svg::{SvgFonts, SvgOptions, svg_with};
use crate::model::{ImageDisplay, Timeline};
use crate::text::Shaper;
use crate::theme::ThemeName;

/// The formats of a brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BriefFormat {
    /// CommonMark, without a picture.
    Markdown,
    /// One HTML file with the picture inside.
    Html,
}

impl BriefFormat {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Markdown, Self::Html];

    /// The extension of its files, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
        }
    }

    /// Its name in the interface.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Markdown => "Markdown",
            Self::Html => "HTML",
        }
    }

    /// The format a path's extension asks for, in any case.
    pub fn from_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }
}

/// What there is to say of the picture of a brief that was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageRemarks {
    /// Why it is without the picture that it could have had.
    pub without_picture: Option<PictureError>,
    /// What is to be said of its picture.
    pub of_picture: Vec<String>,
}

/// Width of a brief's picture in points, where nobody asks for another: legible when it is as wide as a page.
pub const PICTURE_WIDTH_PX: u32 = 1000;

/// Writes the brief of a timeline as a file of this format, and gives what there is to say of its picture.
/// Of the options of the picture those that say *which* events are shown, and its theme, are taken from the brief instead.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn page(
    timeline: &Timeline,
    options: &BriefOptions,
    picture: &PictureOptions,
    format: BriefFormat,
    out: &mut dyn io::Write,
) -> io::Result<PageRemarks> {
    let brief = Brief::of(timeline, options);
    match format {
        BriefFormat::Markdown => markdown(&brief, out).map(|()| PageRemarks::default()),
        BriefFormat::Html if brief.chapters().is_empty() => html(&brief, None, out).map(|()| PageRemarks::default()),
        BriefFormat::Html => {
            let pictures = pictures(timeline, options, picture);
            html(&brief, pictures.as_ref().ok().map(|(pictures, _)| pictures), out)?;
            Ok(match pictures {
                Ok((_, of_picture)) => PageRemarks { without_picture: None, of_picture },
                Err(error) => PageRemarks { without_picture: Some(error), of_picture: Vec::new() },
            })
        }
    }
}

fn pictures(
    timeline: &Timeline,
    options: &BriefOptions,
    picture: &PictureOptions,
) -> Result<(Pictures, Vec<String>), PictureError> {
    let mut shaper = Shaper::new();
    let options = PictureOptions {
        from: options.from,
        to: options.to,
        query: options.query.clone(),
        known_on: options.known_on.clone(),
        // A page holds no files of others.
        images: ImageDisplay::Hidden,
        ..picture.clone()
    };
    let [light, dark] = picture::render_in(timeline, &options, [ThemeName::Light, ThemeName::Dark], &mut shaper)?;
    let size = light.scene.size;
    let document = |scene| svg_with(scene, &SvgOptions { fonts: SvgFonts::Outlined, ..SvgOptions::default() });
    Ok((Pictures { light: document(&light.scene), dark: document(&dark.scene), size }, light.remarks))
}
