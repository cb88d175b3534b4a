//! Comparison of images by regions: rounding along edges evens out within a region, a missing label does not.

use annalist::export::png;
use annalist::geom::Size;
use annalist::scene::{self, Frame, Item, Scene};
use annalist::text::Shaper;
use image::RgbaImage;

use super::scene::Subject;

/// The side of a region in pixels: about the height of a label.
const SIDE: u32 = 16;

/// How far the mean colours of a region may lie apart, of 255, where one renderer drew both images on different machines: a
/// thin figure of the smallest labels that is cut by four regions changes one of them by twice as much.
pub const ROUNDING: f64 = 0.75;

/// A region in which two images differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Its upper left corner in pixels.
    pub x: u32,
    pub y: u32,
    /// How far its mean colours lie apart, of 255, in the channel in which they do most.
    pub distance: f64,
}

/// The regions in which the mean colours of two images of one size lie further apart than this.
pub fn differences(one: &RgbaImage, other: &RgbaImage, tolerance: f64) -> Vec<Difference> {
    assert_eq!(one.dimensions(), other.dimensions());
    let (width, height) = one.dimensions();
    let corners =
        (0..height).step_by(SIDE as usize).flat_map(|y| (0..width).step_by(SIDE as usize).map(move |x| (x, y)));
    let differing = corners.filter_map(|(x, y)| {
        let (one, other) = (mean_color(one, x, y), mean_color(other, x, y));
        let distance = (0..4).map(|channel| (one[channel] - other[channel]).abs()).fold(0.0, f64::max);
        (distance > tolerance).then_some(Difference { x, y, distance })
    });
    differing.collect()
}

/// The mean of every channel over the region that begins here.
fn mean_color(image: &RgbaImage, x: u32, y: u32) -> [f64; 4] {
    let (width, height) = (SIDE.min(image.width() - x), SIDE.min(image.height() - y));
    let mut sums = [0_u32; 4];
    for row in y..y + height {
        let start = 4 * (row * image.width() + x) as usize;
        for pixel in image.as_raw()[start..start + 4 * width as usize].chunks_exact(4) {
            (0..4).for_each(|channel| sums[channel] += u32::from(pixel[channel]));
        }
    }
    sums.map(|sum| f64::from(sum) / f64::from(width * height))
}

/// Says where two images differ, if anywhere.
#[track_caller]
pub fn check_same(one: &RgbaImage, other: &RgbaImage, tolerance: f64) {
    let mut differences = differences(one, other, tolerance);
    differences.sort_by(|a, b| b.distance.total_cmp(&a.distance));
    let worst: Vec<_> = differences.iter().take(5).collect();
    assert!(differences.is_empty(), "{} regions differ, most of all {worst:?}", differences.len());
}

fn rendered(scene: &Scene) -> RgbaImage {
    image::load_from_memory(&png(scene, 1.0).unwrap()).unwrap().to_rgba8()
}

#[test]
fn a_label_that_is_missing_is_noticed() {
    let subject = Subject::new(annalist::store::read(super::scene::TREATY.to_owned()).timeline);
    let input = subject.input(Frame::Window, Size::new(960.0, 540.0), None);
    let whole = scene::build(&input, &mut Shaper::new());
    let mut texts: Vec<(usize, usize)> = Vec::new();
    for (at, item) in whole.items.iter().enumerate() {
        if let Item::Text { run, .. } = item {
            texts.push((run.text.trim().chars().count(), at));
        }
    }
    texts.retain(|(letters, _)| *letters > 0);
    texts.sort_unstable();
    let image = rendered(&whole);
    assert_eq!(differences(&image, &rendered(&whole), 0.0), []);
    // The shortest, and some of the others.
    let step = texts.len() / 3;
    for (_, at) in texts.iter().step_by(step.max(1)) {
        let mut without = whole.clone();
        let Item::Text { run, origin, .. } = without.items.remove(*at) else { unreachable!("a text was found there") };
        let found = differences(&image, &rendered(&without), ROUNDING);
        assert!(!found.is_empty(), "“{}” is not missed", run.text);
        let (left, right) = (origin.x - f64::from(SIDE), origin.x + run.width_pt);
        assert!(
            found.iter().all(|at| left < f64::from(at.x) && f64::from(at.x) < right),
            "{found:?} for “{}”",
            run.text
        );
    }
}
