//! The pixels of the images that a scene has frames for: how many each needs, and those that whoever calls has read.

use std::collections::BTreeMap;

use super::{Format, SvgOptions};
use crate::bitmap::Bitmap;
use crate::model::Text;
use crate::scene::{Item, Scene, image_area};

/// Pixels per point of an image in an SVG: it is drawn at whatever size it is opened in.
const SVG_SCALE: f64 = 4.0;

/// The images of a picture, by their files as events have them. A frame of which none is known stays empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Images(BTreeMap<Text, Bitmap>);

impl Images {
    /// None.
    pub const NONE: &'static Self = &Self(BTreeMap::new());

    /// The image of a file.
    pub(super) fn get(&self, file: &Text) -> Option<&Bitmap> {
        self.0.get(file)
    }
}

impl FromIterator<(Text, Bitmap)> for Images {
    fn from_iter<I: IntoIterator<Item = (Text, Bitmap)>>(images: I) -> Self {
        Self(images.into_iter().collect())
    }
}

/// The files of the images that a scene has frames for, each with the pixels from side to side and from top to bottom that the largest
/// of its frames has in a format.
pub fn wanted_images(scene: &Scene, format: Format, options: &SvgOptions<'_>) -> BTreeMap<Text, [usize; 2]> {
    let scale = match format {
        Format::Png => options.scale,
        Format::Svg => SVG_SCALE.max(options.scale),
    };
    let mut wanted: BTreeMap<Text, [usize; 2]> = BTreeMap::new();
    for item in &scene.items {
        if let Item::Image { rect, file, .. } = item {
            let area = image_area(*rect);
            let [width, height] = [area.width(), area.height()].map(|side| (side * scale).round().max(1.0) as usize);
            let [most_wide, most_high] = wanted.entry(file.clone()).or_insert([0, 0]);
            (*most_wide, *most_high) = ((*most_wide).max(width), (*most_high).max(height));
        }
    }
    wanted
}
