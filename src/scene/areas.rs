//! The areas of a picture: which rectangle each of its parts takes up, from left to right and from top to bottom.
//!
//! ```text
//!   ┌─────────────────────────────────────┐
//!   │ header                              │   title, what it is about, what is shown   (Picture only)
//!   ├────────┬────────────────────────────┤
//!   │ corner │ ruler                      │   the zone · two levels of time
//!   │        ├────────────────────────────┤
//!   │        │ eras                       │   their titles; no height where there are none
//!   ├────────┼────────────────────────────┤
//!   │ gutter │ track                      │   names of lanes · bands, which scroll together
//!   ├────────┴────────────────────────────┤
//!   │ legend                              │   what the marks say                       (Picture only)
//!   │ footer                              │   how much of it is sourced, and drawn     (Picture only)
//!   └─────────────────────────────────────┘
//! ```
//!
//! Widths come first: what a header says and how it wraps depends on the window in time, which is as wide as the track.

use super::eras::EraRows;
use super::{Frame, SceneInput};
use crate::geom::Rect;
use crate::index::Index;
use crate::layout::Bands;
use crate::text::{Shaper, Style};
use crate::theme::{font, space};

/// Height of the ruler's two levels together.
pub(super) const RULER_HEIGHT: f64 = 44.0;
/// Height of a line of body text.
pub(super) const TEXT_LINE: f64 = 20.0;
/// What labels leave free at the right edge of the track for the scroll bar of a window.
pub(super) const SCROLL_BAR: f64 = 12.0;

const LEAST_GUTTER: f64 = 72.0;
const MOST_GUTTER: f64 = 200.0;
/// The share of a narrow picture that names may take up.
const GUTTER_SHARE: f64 = 0.22;

/// Width of the track in a picture of this width: what [`Viewport::width_pt`](crate::layout::Viewport::width_pt) has to be.
pub fn track_width(index: &Index, frame: Frame, picture_width: f64, shaper: &mut Shaper) -> f64 {
    Columns::of(index, frame, picture_width, shaper).track_width()
}

/// The edges of the columns of a picture, in points from its left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Columns {
    /// Left edge of the names.
    left: f64,
    /// Right edge of the names, left edge of the track.
    track: f64,
    /// Right edge of the track.
    right: f64,
}

impl Columns {
    pub(super) fn of(index: &Index, frame: Frame, picture_width: f64, shaper: &mut Shaper) -> Self {
        let margin = match frame {
            Frame::Window => 0.0,
            Frame::Picture => space::XL,
        };
        let style = Style::semibold(font::BODY);
        let names = index.bands().iter().filter(|band| !band.title.is_empty());
        let widest = names.map(|band| shaper.shape(&band.title, style).width_pt).reduce(f64::max);
        let most = MOST_GUTTER.min(picture_width * GUTTER_SHARE).max(LEAST_GUTTER);
        let names = widest.map_or(space::S, |widest| (widest + space::XL).clamp(LEAST_GUTTER, most));
        let track = margin + (names / 4.0).ceil() * 4.0;
        Self { left: margin, track, right: (picture_width - margin).max(track + 1.0) }
    }

    pub(super) const fn track_width(&self) -> f64 {
        self.right - self.track
    }
}

/// How many rows a window has room for below its ruler and eras, if each band has one at least.
pub(super) fn rows_in(input: &SceneInput<'_>, eras: &EraRows) -> usize {
    let index = input.index;
    let bands = index.bands().len() as f64;
    let above = RULER_HEIGHT + eras.height();
    let free = input.size.height - above - bands * 2.0 * Bands::PADDING;
    (free / Bands::ROW_HEIGHT).floor().max(bands) as usize
}

/// The rectangles of a picture's parts, in points; what a picture does not have is empty and stands where it would.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Areas {
    /// Title and what is said below it.
    pub header: Rect,
    /// Left of the ruler, above the names.
    pub corner: Rect,
    /// The ruler.
    pub ruler: Rect,
    /// Titles of eras.
    pub eras: Rect,
    /// Names of the bands.
    pub gutter: Rect,
    /// The bands.
    pub track: Rect,
    /// What the marks say.
    pub legend: Rect,
    /// The last lines.
    pub footer: Rect,
    /// Height of what is said of bands that are not shown.
    below_track: f64,
}

impl Areas {
    /// The areas below a header of a height. A window gives its bands what height is left, a picture what they need.
    pub(super) fn of(
        input: &SceneInput<'_>,
        columns: Columns,
        header_height: f64,
        eras: &EraRows,
        bands: &Bands,
    ) -> Self {
        let Columns { left, track, right } = columns;
        let ruler_bottom = header_height + RULER_HEIGHT;
        let track_top = ruler_bottom + eras.height();
        let bottom = match input.frame {
            Frame::Window => input.size.height,
            Frame::Picture => track_top + bands.height(),
        };
        let bottom = bottom.max(track_top);
        Self {
            header: Rect::new(left, 0.0, right, header_height),
            corner: Rect::new(left, header_height, track, track_top),
            ruler: Rect::new(track, header_height, right, ruler_bottom),
            eras: Rect::new(track, ruler_bottom, right, track_top),
            gutter: Rect::new(left, track_top, track, bottom),
            track: Rect::new(track, track_top, right, bottom),
            legend: Rect::new(left, bottom, right, bottom),
            footer: Rect::new(left, bottom, right, bottom),
            below_track: 0.0,
        }
    }

    /// The same with a legend of a height below the track and a footer of so many lines below that.
    pub(super) fn with_legend(self, height: f64, footer_lines: usize) -> Self {
        let top = self.legend_top();
        let footer_top = top + height + space::S;
        Self {
            legend: Rect { y0: top, y1: top + height, ..self.legend },
            footer: Rect { y0: footer_top, y1: footer_top + TEXT_LINE * footer_lines as f64, ..self.footer },
            ..self
        }
    }

    /// The same with a track that ends at a height above that of its bands, and below it a line that says so.
    pub(super) fn cut(self, bottom: f64) -> Self {
        Self {
            gutter: Rect { y1: bottom, ..self.gutter },
            track: Rect { y1: bottom, ..self.track },
            below_track: TEXT_LINE,
            ..self
        }
    }

    /// The tops of the lines of a footer.
    pub(super) fn footer_tops(&self) -> impl Iterator<Item = f64> + use<> {
        let top = self.footer.y0;
        (0..).map(move |line| top + TEXT_LINE * f64::from(line))
    }

    /// Where a legend begins.
    pub(super) const fn legend_top(&self) -> f64 {
        self.track.y1 + self.below_track + space::L
    }
}
