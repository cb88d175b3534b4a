//! A timeline's whole picture: from options in pixels and dates to a `Scene` with title, legend and footer.
//!
//! Every event is drawn by itself as long as there are no more than [`MOST_DRAWN`] and the height allows it; of the others a count
//! stands in the picture, and a remark says so.

use thiserror::Error;

use super::{PixelSize, missing};
use crate::geom::Size;
use crate::index::{Index, MOST_ROWS, Room};
use crate::layout::{Bands, Viewport};
use crate::model::{ColorBy, Grouping, KnownOn, Timeline};
use crate::query::{Query, Question};
use crate::scene::{self, Aspect, Frame, Omission, Plan, Scene, SceneInput};
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
    /// Height in pixels; as high as its events need if not given, up to what a picture can have. Events for which there is no row
    /// are counted.
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

/// A picture with what is to be said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// What is drawn.
    pub scene: Scene,
    /// What it does not show and why, in sentences without a full stop.
    pub remarks: Vec<String>,
}

/// The most events that a picture draws one by one; more are drawn as in a window, as crowds with their counts.
pub const MOST_DRAWN: usize = 10_000;

/// How often rows are packed to fit a height: what stands below them changes a little with what they show.
const MOST_PACKINGS: usize = 8;

/// The least width of the track in points.
const MIN_TRACK_PT: f64 = 80.0;

/// Lays a timeline out as a picture that stands alone.
///
/// # Errors
/// Where the window is empty or the picture too narrow or too high.
pub fn render(timeline: &Timeline, options: &PictureOptions, shaper: &mut Shaper) -> Result<Picture, PictureError> {
    let zone = timeline.zone();
    let all = Index::grouped(timeline, zone, options.grouping);
    let theme = Theme::named(options.theme);
    let width_pt = f64::from(options.width_px) / options.scale;
    let track_pt = scene::track_width(&all, Frame::Picture, width_pt, shaper);
    if track_pt < MIN_TRACK_PT {
        return Err(PictureError::TooNarrow { width_px: options.width_px });
    }
    let whole = Viewport::fit(&all, track_pt);
    let (from, to) = (options.from.unwrap_or(whole.origin), options.to.unwrap_or_else(|| whole.end()));
    if to <= from {
        return Err(PictureError::EndsBeforeItBegins);
    }
    let viewport = Viewport::spanning(from, to, track_pt);
    let most_px = options.height_px.map_or_else(|| most_height_px(options.width_px), u64::from);
    let most_pt = most_px as f64 / options.scale;
    let aspect = Aspect { color_by: options.color_by, known_on: options.known_on.as_ref(), hides_flags: false };
    let base = SceneInput {
        timeline,
        index: &all,
        theme: &theme,
        viewport,
        size: Size::new(width_pt, most_pt),
        scroll_y: 0.0,
        selection: None,
        hover: None,
        // The index holds no others.
        matches: None,
        now: options.now,
        zone,
        iso_weeks: options.iso_weeks,
        frame: Frame::Picture,
        aspect,
    };

    let question = Question { query: &options.query, known_on: options.known_on.as_ref() };
    let matches = question.find(timeline).map(|hits| all.select(timeline, hits.certain().iter()));
    let (start, end) = scene::drawn_window(&viewport);
    let is_spread = all.touching(matches.as_ref(), start, end).nth(MOST_DRAWN).is_none();
    let (least_micros, most_rows) =
        if is_spread { (scene::least_micros(&viewport), MOST_DRAWN) } else { (0, MOST_ROWS) };
    let mut room = Room { start, end, least_micros, most_rows, most_lines: None };
    let mut index = all.spread(matches.as_ref(), &room);
    let mut plan = Plan::of(&SceneInput { index: &index, ..base }, shaper);
    for _ in 0..MOST_PACKINGS {
        let lines: usize = index.bands().iter().map(|band| band.rows as usize).sum();
        let excess_pt = plan.content_height() - most_pt;
        if excess_pt <= 0.0 || lines <= index.bands().len() {
            break;
        }
        let excess = (excess_pt / Bands::ROW_HEIGHT).ceil() as usize;
        room.most_lines = Some(lines.saturating_sub(excess).max(index.bands().len()));
        index = all.spread(matches.as_ref(), &room);
        plan = Plan::of(&SceneInput { index: &index, ..base }, shaper);
    }
    if options.height_px.is_none() {
        let needed_pt = plan.content_height();
        if needed_pt > most_pt {
            return Err(PictureError::TooHigh { height_px: (needed_pt * options.scale).ceil() as u64 });
        }
        plan = plan.trimmed();
    }
    let input = SceneInput { index: &index, ..base };
    let Omission { undrawn, all } = plan.omission().unwrap_or_default();
    let why = match options.height_px {
        _ if !is_spread => format!("one picture draws up to {MOST_DRAWN} one by one"),
        Some(_) => "the picture is too low to draw each by itself".to_owned(),
        None => format!("a picture of this width can be no higher than {most_px} pixels"),
    };
    let counted = (undrawn > 0).then(|| format!("{undrawn} of {all} events are only counted: {why}"));
    let remarks = counted.into_iter().chain(missing::remark(&input)).collect();
    Ok(Picture { scene: scene::draw(&input, &plan, shaper), remarks })
}

/// The most pixels from top to bottom of a picture of a width.
fn most_height_px(width_px: u32) -> u64 {
    PixelSize::MAX_SIDE_PX.min(PixelSize::MAX_AREA_PX / u64::from(width_px.max(1)))
}
