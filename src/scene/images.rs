//! The images of events beside their labels: a small frame for the first of each, which whoever has its pixels fills.
//!
//! ```text
//!   ● △▭ Talks begin  24 Oct      right of the signs, before the title
//! ```
//!
//! A frame is as large for every image, so that rows are packed for it before a file has been read; where labels of a row lose
//! something by the frames, the row has none.

use super::{Item, SceneInput, Stroke};
use crate::geom::Rect;
use crate::model::{Event, Text};
use crate::theme::Theme;

/// Width and height of a frame, in points.
const WIDTH: f64 = 26.0;
const HEIGHT: f64 = 18.0;
/// Between a frame and the title behind it, in points.
const GAP: f64 = 4.0;

/// Between the edge of a frame and what it frames, in points.
const EDGE: f64 = 1.0;

/// The area of a frame that its image fills with its middle, unstretched.
pub fn image_area(frame: Rect) -> Rect {
    frame.expanded(-EDGE)
}

/// The file of the image that stands for an event, where the picture shows images.
pub(super) fn of<'e>(input: &SceneInput<'_>, event: &'e Event) -> Option<&'e Text> {
    let image = event.rare.images.first().filter(|_| input.aspect.images);
    image.map(|image| &image.file)
}

/// How much room it takes, with the gap behind it.
pub(super) const fn width(image: Option<&Text>) -> f64 {
    if image.is_some() { WIDTH + GAP } else { 0.0 }
}

/// Its frame from `x` on, around the middle of a row.
pub(super) fn frame(file: &Text, x: f64, y: f64, theme: &Theme) -> Item {
    Item::Image {
        rect: Rect::new(x, y - HEIGHT / 2.0, x + WIDTH, y + HEIGHT / 2.0),
        file: file.clone(),
        fill: theme.panel,
        stroke: Stroke::solid(0.75, theme.line),
    }
}
