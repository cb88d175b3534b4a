//! A timeline's whole picture: from options in pixels and dates to a `Scene` with title, legend and footer.

use thiserror::Error;

use super::PixelSize;
use crate::geom::Size;
use crate::index::Index;
use crate::layout::Viewport;
use crate::model::{ColorBy, Grouping, KnownOn, Timeline};
use crate::query::{Query, Question};
use crate::scene::{self, Aspect, Frame, Scene, SceneInput};
use crate::text::Shaper;
use crate::theme::{Theme, ThemeName};
use crate::time::Instant;

/// What a picture shall show, and how large.
#[derive(Debug, Clone, PartialEq)]
pub struct PictureOptions {
    /// Left edge of the track; where the timeline begins if not given.
    pub from: Option<Instant>,
    /// Right edge of the track; where the timeline ends if not given.
    pub to: Option<Instant>,
    /// Width in pixels.
    pub width_px: u32,
    /// Height in pixels; as high as all rows need if not given. Rows that do not fit a given height are not shown.
    pub height_px: Option<u32>,
    /// Pixels per point.
    pub scale: f64,
    /// Colours.
    pub theme: ThemeName,
    /// Only events that match are drawn.
    pub query: Query,
    /// Only what was known on a date is drawn.
    pub known_on: Option<KnownOn>,
    /// What colours stand for.
    pub color_by: ColorBy,
    /// What the bands stand for.
    pub grouping: Grouping,
    /// Whether the ruler names ISO weeks.
    pub iso_weeks: bool,
    /// Where the "today" line stands; none draws none, so that the same file gives the same picture tomorrow.
    pub now: Option<Instant>,
}

impl Default for PictureOptions {
    /// The whole timeline, 1600 pixels wide, light.
    fn default() -> Self {
        Self {
            from: None,
            to: None,
            width_px: 1600,
            height_px: None,
            scale: 1.0,
            theme: ThemeName::Light,
            query: Query::default(),
            known_on: None,
            color_by: ColorBy::Lane,
            grouping: Grouping::Lane,
            iso_weeks: false,
            now: None,
        }
    }
}

/// Why a timeline cannot be drawn this way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PictureError {
    /// The window in time is empty.
    #[error("the picture would end before it begins")]
    EndsBeforeItBegins,
    /// Too narrow for names and a track.
    #[error("{width_px} pixels are too narrow at this scale: lane names leave no room for the track")]
    TooNarrow {
        /// The width asked for.
        width_px: u32,
    },
    /// Every row would make it higher than a picture can be.
    #[error(
        "all rows together are {height_px} pixels high, more than {} can be: show a part, or give a height",
        PixelSize::MAX_SIDE_PX
    )]
    TooHigh {
        /// The height needed.
        height_px: u64,
    },
}

/// The least width of the track in points.
const MIN_TRACK_PT: f64 = 80.0;

/// Lays a timeline out as a picture that stands alone.
///
/// # Errors
/// Where the window is empty or the picture too narrow or too high.
pub fn render(timeline: &Timeline, options: &PictureOptions, shaper: &mut Shaper) -> Result<Scene, PictureError> {
    let zone = timeline.zone();
    let index = Index::grouped(timeline, zone, options.grouping);
    let theme = Theme::named(options.theme);
    let width_pt = f64::from(options.width_px) / options.scale;
    let track_pt = scene::track_width(&index, Frame::Picture, width_pt, shaper);
    if track_pt < MIN_TRACK_PT {
        return Err(PictureError::TooNarrow { width_px: options.width_px });
    }
    let whole = Viewport::fit(&index, track_pt);
    let (from, to) = (options.from.unwrap_or(whole.origin), options.to.unwrap_or_else(|| whole.end()));
    if to <= from {
        return Err(PictureError::EndsBeforeItBegins);
    }
    let question = Question { query: &options.query, known_on: options.known_on.as_ref() };
    let matches = question.matching(timeline).map(|matches| index.select(timeline, matches.iter()));
    let mut input = SceneInput {
        timeline,
        index: &index,
        theme: &theme,
        viewport: Viewport::spanning(from, to, track_pt),
        size: Size::new(width_pt, 0.0),
        scroll_y: 0.0,
        selection: None,
        hover: None,
        matches: matches.as_ref(),
        now: options.now,
        zone,
        iso_weeks: options.iso_weeks,
        frame: Frame::Picture,
        aspect: Aspect { color_by: options.color_by, known_on: options.known_on.as_ref(), hides_flags: false },
    };
    input.size.height = match options.height_px {
        Some(height_px) => f64::from(height_px) / options.scale,
        None => {
            let height_pt = scene::content_height(&input, shaper).ceil();
            let height_px = (height_pt * options.scale).ceil() as u64;
            if height_px > PixelSize::MAX_SIDE_PX {
                return Err(PictureError::TooHigh { height_px });
            }
            height_pt
        }
    };
    Ok(scene::build(&input, shaper))
}
