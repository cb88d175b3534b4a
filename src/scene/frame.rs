//! Where the parts of a picture stand: names, ruler, era titles, bands and, in an exported picture, what frames them.

use super::{Frame, SceneInput};
use crate::geom::{Point, Rect};
use crate::index::Index;
use crate::layout::Bands;
use crate::text::{Shaper, Style};
use crate::theme::{font, space};

/// Height of the ruler's two levels together.
pub(super) const RULER_HEIGHT: f64 = 44.0;
/// Height of a row of era titles.
pub(super) const ERA_HEIGHT: f64 = 20.0;
const LEAST_GUTTER: f64 = 72.0;
const MOST_GUTTER: f64 = 200.0;

/// The parts of a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Areas {
    /// Lane names.
    pub gutter: Rect,
    /// The ruler.
    pub ruler: Rect,
    /// Titles of eras; empty where there are none.
    pub eras: Rect,
    /// The bands.
    pub track: Rect,
}

impl Areas {
    pub(super) fn of(input: &SceneInput<'_>, shaper: &mut Shaper) -> Self {
        let gutter = gutter_width(input.index, input.frame, input.size.width, shaper);
        let right = (gutter + input.viewport.width_pt.max(0.0)).min(input.size.width - margin(input.frame));
        let top = 0.0;
        let eras_top = top + RULER_HEIGHT;
        let track_top = eras_top + f64::from(input.index.era_rows()) * ERA_HEIGHT;
        Self {
            gutter: Rect::new(margin(input.frame), track_top, gutter, input.size.height),
            ruler: Rect::new(gutter, top, right, eras_top),
            eras: Rect::new(gutter, eras_top, right, track_top),
            track: Rect::new(gutter, track_top, right, input.size.height),
        }
    }
}

fn margin(frame: Frame) -> f64 {
    match frame {
        Frame::Window => 0.0,
        Frame::Picture => space::XL,
    }
}

/// Width of all that stands left of the track: the lane names and, in an exported picture, the margin.
pub fn gutter_width(index: &Index, frame: Frame, picture_width: f64, shaper: &mut Shaper) -> f64 {
    let style = Style::semibold(font::BODY);
    let names = index.bands().iter().filter(|band| !band.title.is_empty());
    let widest = names.map(|band| shaper.shape(&band.title, style).width_pt).reduce(f64::max);
    let most = MOST_GUTTER.min(picture_width * 0.22).max(LEAST_GUTTER);
    let width = widest.map_or(space::S, |widest| (widest + space::XL).clamp(LEAST_GUTTER, most));
    margin(frame) + (width / 4.0).ceil() * 4.0
}

/// Width of the track in a picture of this width: what [`crate::layout::Viewport::width_pt`] has to be.
pub fn track_width(index: &Index, frame: Frame, picture_width: f64, shaper: &mut Shaper) -> f64 {
    (picture_width - gutter_width(index, frame, picture_width, shaper) - margin(frame)).max(1.0)
}

/// Height at which every row shows; `size.height` and `scroll_y` of the input do not count.
pub fn content_height(input: &SceneInput<'_>, shaper: &mut Shaper) -> f64 {
    let areas = Areas::of(input, shaper);
    areas.track.y0 + Bands::of(input.index).height()
}

/// Where the bands are drawn, below the ruler and right of the names.
pub fn track_rect(input: &SceneInput<'_>, shaper: &mut Shaper) -> Rect {
    Areas::of(input, shaper).track
}

/// Where the row of an event stands in the picture, scrolled as it is (it may lie outside); none where the event has no
/// place on the axis.
pub fn row_rect(input: &SceneInput<'_>, event_id: &str, shaper: &mut Shaper) -> Option<Rect> {
    let entry = input.index.entry(input.timeline.event_position(event_id)?)?;
    let track = Areas::of(input, shaper).track;
    let center = Bands::of(input.index).row_center(entry.band as usize, entry.row)? + track.y0 - input.scroll_y;
    let half = Bands::ROW_HEIGHT / 2.0;
    Some(Rect::new(track.x0, center - half, track.x1, center + half))
}

/// The band at a point of the track or the names, by its position in [`Index::bands`].
pub fn lane_at(input: &SceneInput<'_>, at: Point, shaper: &mut Shaper) -> Option<usize> {
    let areas = Areas::of(input, shaper);
    if !areas.track.union(areas.gutter).contains(at) {
        return None;
    }
    Bands::of(input.index).band_at(at.y - areas.track.y0 + input.scroll_y)
}
