//! A `Scene` as PNG (ISO/IEC 15948): painted by `vello_cpu`, encoded in horizontal bands as they are painted.
//!
//! Edges of rectangles and axis-parallel lines are laid on whole pixels, as egui lays them on the screen. A band needs
//! memory for itself only, so a picture may be as large as [`PixelSize`] allows.

use std::collections::BTreeMap;
use std::sync::Arc;

use png::{BitDepth, ColorType, Compression, Encoder, PixelDimensions, SrgbRenderingIntent, Unit};
use vello_cpu::color::PremulRgba8;
use vello_cpu::peniko::{Gradient, ImageSampler, InterpolationAlphaSpace, color};
use vello_cpu::{Image, ImageSource, PaintType, Pixmap, RenderContext, Resources, kurbo};

use super::glyphs::{GlyphStyle, at_step, layers_on};
use super::visible::{visible_line, visible_rect};
use super::{ExportError, Images, PixelSize, outlines};
use crate::bitmap::Bitmap;
use crate::geom::{Point, Rect};
use crate::model::Text;
use crate::scene::{Item, Scene, Segment, Stroke, image_area};
use crate::text::{PixelGlyph, Run};
use crate::theme::Color;

/// How many pixels a band holds at most; at least one row of tiles.
const BAND_PX: u32 = 2_000_000;

/// Bands begin on a whole number of the renderer's tiles, so that a seam cannot be seen.
const TILE_ROWS: u32 = 16;

/// One point is a pixel of CSS, 1/96 of an inch.
const POINTS_PER_METRE: f64 = 96.0 / 0.0254;

/// The scene as a PNG of `scale` pixels per point.
///
/// # Errors
/// Where it has no pixel or too many, or the encoder fails.
pub fn png(scene: &Scene, scale: f64) -> Result<Vec<u8>, ExportError> {
    png_with(scene, scale, Images::NONE)
}

/// As [`png()`], with the images that the scene has frames for.
///
/// # Errors
/// As [`png()`].
pub fn png_with(scene: &Scene, scale: f64, images: &Images) -> Result<Vec<u8>, ExportError> {
    png_in_bands(scene, scale, images, BAND_PX)
}

/// An image as a PNG by itself.
pub(super) fn packed(image: &Bitmap) -> Result<Vec<u8>, ExportError> {
    let [width, height] = image.size_px().map(|side| u32::try_from(side).unwrap_or(u32::MAX));
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, width, height);
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    let mut writer = encoder.write_header().map_err(encoding)?;
    writer.write_image_data(image.rgba()).map_err(encoding)?;
    writer.finish().map_err(encoding)?;
    Ok(out)
}

fn png_in_bands(scene: &Scene, scale: f64, images: &Images, band_px: u32) -> Result<Vec<u8>, ExportError> {
    let PixelSize { width_px, height_px } = PixelSize::of(scene.size, scale)?;
    let opaque = scene.background.a == 255;

    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, u32::from(width_px), u32::from(height_px));
    encoder.set_color(if opaque { ColorType::Rgb } else { ColorType::Rgba });
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    let per_metre = (scale * POINTS_PER_METRE).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter }));
    let mut writer = encoder.write_header().map_err(encoding)?;
    let mut stream = writer.stream_writer().map_err(encoding)?;

    let rows = (band_px / u32::from(width_px) / TILE_ROWS * TILE_ROWS).max(TILE_ROWS);
    let rows = u16::try_from(rows).unwrap_or(u16::MAX - 15).min(height_px);
    let mut painter = Painter {
        context: RenderContext::new(width_px, rows),
        resources: Resources::new(),
        scale,
        layers: layers_on(scene.background),
        top: 0,
        rows,
        open_clips: 0,
        images,
        pixmaps: BTreeMap::new(),
    };
    let mut pixmap = Pixmap::new(width_px, rows);
    let mut bytes = Vec::new();
    for top in (0..height_px).step_by(usize::from(rows)) {
        let rows = rows.min(height_px - top);
        painter.top = top;
        painter.paint(scene);
        painter.context.render(&mut pixmap, &mut painter.resources);
        let pixels = pixmap.data().iter().take(usize::from(width_px) * usize::from(rows));
        // Written in place, a pixel at a time: as quick as collecting the channels where compiled for speed, thirteen times as
        // quick where not, where it was most of the time of every test with a picture.
        if opaque {
            bytes.resize(3 * pixels.len(), 0);
            for (written, pixel) in bytes.as_chunks_mut().0.iter_mut().zip(pixels) {
                *written = [pixel.r, pixel.g, pixel.b];
            }
        } else {
            bytes.resize(4 * pixels.len(), 0);
            for (written, pixel) in bytes.as_chunks_mut().0.iter_mut().zip(pixels) {
                let straight = |channel| straight(channel, pixel.a);
                *written = [straight(pixel.r), straight(pixel.g), straight(pixel.b), pixel.a];
            }
        }
        std::io::Write::write_all(&mut stream, &bytes).map_err(encoding)?;
    }
    stream.finish().map_err(encoding)?;
    writer.finish().map_err(encoding)?;
    Ok(out)
}

fn encoding(error: impl std::fmt::Display) -> ExportError {
    ExportError::Encode(error.to_string())
}

/// A premultiplied channel as PNG wants it.
fn straight(channel: u8, alpha: u8) -> u8 {
    let (channel, alpha) = (u32::from(channel), u32::from(alpha));
    let value = (channel * 255 + alpha / 2).checked_div(alpha).unwrap_or(0);
    u8::try_from(value).unwrap_or(u8::MAX)
}

/// Paints the rows from `top` on.
struct Painter<'a> {
    context: RenderContext,
    resources: Resources,
    /// Pixels per point.
    scale: f64,
    /// How many times glyphs are laid over themselves.
    layers: u8,
    top: u16,
    rows: u16,
    open_clips: usize,
    images: &'a Images,
    /// The images that were painted, as the renderer has them.
    pixmaps: BTreeMap<&'a Text, Arc<Pixmap>>,
}

impl<'a> Painter<'a> {
    fn paint(&mut self, scene: &'a Scene) {
        self.context.reset();
        self.open_clips = 0;
        let (width, height) = (f64::from(self.context.width()), f64::from(self.rows));
        self.context.set_paint(solid(scene.background));
        self.context.fill_rect(&kurbo::Rect::new(0.0, 0.0, width, height));
        for item in &scene.items {
            self.item(item, scene);
        }
        while self.open_clips > 0 {
            self.pop_clip();
        }
        self.context.flush();
    }

    fn item(&mut self, item: &'a Item, scene: &Scene) {
        match item {
            Item::Rect { rect, radius, fill, stroke } => self.rect(*rect, *radius, *fill, *stroke, scene),
            Item::Line { from, to, stroke } => self.line(*from, *to, *stroke, scene),
            Item::Path { segments, fill, stroke } => self.path(segments, *fill, *stroke),
            Item::Gradient { rect, left, right } => self.gradient(*rect, [*left, *right], scene),
            Item::Density { bars } => {
                for (rect, color) in bars {
                    self.rect(*rect, 0.0, Some(*color), None, scene);
                }
            }
            Item::Text { run, origin, color } => self.text(run, *origin, *color),
            Item::Image { rect, file, fill, stroke } => {
                self.rect(*rect, 0.0, Some(*fill), Some(*stroke), scene);
                self.image(image_area(*rect), file, scene);
            }
            Item::PushClip(rect) => self.push_clip(*rect),
            Item::PopClip => self.pop_clip(),
        }
    }

    fn rect(&mut self, rect: Rect, radius: f64, fill: Option<Color>, stroke: Option<Stroke>, scene: &Scene) {
        let stroke_width = stroke.map_or(0.0, |stroke| stroke.width);
        let Some(rect) = visible_rect(rect, radius, stroke_width, scene.size) else { return };
        if !self.in_band(rect.y0 - stroke_width, rect.y1 + stroke_width) {
            return;
        }
        let snapped = self.snapped(rect);
        let radius = (radius.max(0.0) * self.scale).min(snapped.width() / 2.0).min(snapped.height() / 2.0);
        if let Some(color) = fill {
            self.context.set_paint(solid(color));
            if radius > 0.0 {
                self.context.fill_path(&rounded(snapped, radius));
            } else {
                self.context.fill_rect(&snapped);
            }
        }
        if let Some(stroke) = stroke.filter(|stroke| stroke.width > 0.0) {
            let width = self.whole_pixels(stroke.width);
            // An odd width is centred on a row of pixels, an even one between two.
            let inset = width % 2.0 / 2.0;
            self.set_stroke(stroke, width, 0.0);
            self.context.stroke_path(&rounded(snapped.inset(-inset), radius));
        }
    }

    /// The image of a file over all of an area, where it is known.
    fn image(&mut self, area: Rect, file: &'a Text, scene: &Scene) {
        let Some(image) = self.images.get(file) else { return };
        if visible_rect(area, 0.0, 0.0, scene.size).is_none() || !self.in_band(area.y0, area.y1) {
            return;
        }
        let Some(pixmap) = self.pixmaps.get(file).cloned().or_else(|| pixmap(image)) else { return };
        let snapped = self.snapped(area);
        let stretch = (snapped.width() / f64::from(pixmap.width()), snapped.height() / f64::from(pixmap.height()));
        // As large as the area in nearly every case: then each pixel is one of the picture.
        let placed = kurbo::Affine::translate((snapped.x0, snapped.y0)).pre_scale_non_uniform(stretch.0, stretch.1);
        let brush = Image { image: ImageSource::Pixmap(Arc::clone(&pixmap)), sampler: ImageSampler::default() };
        self.context.set_paint_transform(placed);
        self.context.set_paint(PaintType::Image(brush));
        self.context.fill_rect(&snapped);
        self.context.reset_paint_transform();
        self.pixmaps.insert(file, pixmap);
    }

    fn line(&mut self, from: Point, to: Point, stroke: Stroke, scene: &Scene) {
        let Some(line) = visible_line(from, to, stroke, scene.size) else { return };
        if !self.in_band(line.from.y.min(line.to.y) - stroke.width, line.from.y.max(line.to.y) + stroke.width) {
            return;
        }
        let (mut start, mut end) = (self.pixel(line.from), self.pixel(line.to));
        let mut width = stroke.width * self.scale;
        if start.x == end.x || start.y == end.y {
            width = self.whole_pixels(stroke.width);
            let centred = |at: f64| (at - width / 2.0).round() + width / 2.0;
            if start.y == end.y {
                start.y = centred(start.y);
                end.y = start.y;
            } else {
                start.x = centred(start.x);
                end.x = start.x;
            }
        }
        self.set_stroke(stroke, width, line.cut_pt);
        let mut path = kurbo::BezPath::new();
        path.move_to(start);
        path.line_to(end);
        self.context.stroke_path(&path);
    }

    fn path(&mut self, segments: &[Segment], fill: Option<Color>, stroke: Option<Stroke>) {
        let Some(path) = outlines::path(segments, |point| self.pixel(point)) else { return };
        let bounds = path.control_box();
        // A mitre reaches four half widths out of its corner.
        let reach = stroke.map_or(0.0, |stroke| 2.0 * stroke.width * self.scale) + 1.0;
        if bounds.y1 + reach < 0.0 || bounds.y0 - reach > f64::from(self.rows) {
            return;
        }
        if let Some(color) = fill {
            self.context.set_paint(solid(color));
            self.context.fill_path(&path);
        }
        if let Some(stroke) = stroke.filter(|stroke| stroke.width > 0.0 && stroke.width.is_finite()) {
            self.set_stroke(stroke, stroke.width * self.scale, 0.0);
            self.context.stroke_path(&path);
        }
    }

    fn gradient(&mut self, rect: Rect, ends: [Color; 2], scene: &Scene) {
        // The colours belong to the whole rectangle, what is filled is the part that can be seen.
        let Some(visible) = visible_rect(rect, 0.0, 0.0, scene.size) else { return };
        let finite = rect.x0.is_finite() && rect.x1.is_finite();
        if !(finite && self.in_band(rect.y0, rect.y1)) {
            return;
        }
        let [left, right] = ends.map(|color| color::DynamicColor::from_alpha_color(solid(color)));
        let mut gradient = Gradient::new_linear((rect.x0 * self.scale, 0.0), (rect.x1 * self.scale, 0.0));
        gradient.interpolation_alpha_space = InterpolationAlphaSpace::Unpremultiplied;
        self.context.set_paint(PaintType::Gradient(gradient.with_stops([(0.0, left), (1.0, right)])));
        let snapped = self.snapped(visible);
        self.context.fill_rect(&snapped);
    }

    fn text(&mut self, run: &Run, origin: Point, color: Color) {
        let size = run.style.size_pt;
        let finite = origin.x.is_finite() && origin.y.is_finite() && size.is_finite();
        if !(finite && size > 0.0 && self.in_band(origin.y - 2.0 * size, origin.y + size)) {
            return;
        }
        let top = i32::from(self.top);
        let placed: Vec<PixelGlyph> = run.on_pixels(origin.x * self.scale, origin.y * self.scale, self.scale).collect();
        self.context.set_paint(solid(color));
        for glyphs in placed.chunk_by(|one, next| one.font == next.font) {
            let Some(font) = glyphs.first().map(|glyph| glyph.font) else { continue };
            let style = GlyphStyle::of(run.style, font, self.scale, self.layers);
            let glyphs = glyphs.iter().map(|glyph| at_step(glyph.id, glyph.step, (glyph.x_px, glyph.y_px - top)));
            style.paint(&mut self.context, &mut self.resources, glyphs);
        }
    }

    fn push_clip(&mut self, rect: Rect) {
        let rect = self.snapped_edges(rect);
        self.context.push_clip_path(&kurbo::Shape::to_path(&rect, 0.1));
        self.open_clips += 1;
    }

    fn pop_clip(&mut self) {
        if let Some(open) = self.open_clips.checked_sub(1) {
            self.open_clips = open;
            self.context.pop_clip_path();
        }
    }

    fn set_stroke(&mut self, stroke: Stroke, width: f64, cut_pt: f64) {
        self.context.set_stroke(outlines::pen(stroke, self.scale, width, cut_pt));
        self.context.set_paint(solid(stroke.color));
    }

    /// Whether heights in points reach into this band.
    fn in_band(&self, y0: f64, y1: f64) -> bool {
        let (top, bottom) = (f64::from(self.top), f64::from(self.top) + f64::from(self.rows));
        y1 * self.scale + 1.0 >= top && y0 * self.scale - 1.0 <= bottom
    }

    fn pixel(&self, point: Point) -> kurbo::Point {
        kurbo::Point::new(point.x * self.scale, point.y * self.scale - f64::from(self.top))
    }

    /// The nearest whole number of pixels, at least one.
    fn whole_pixels(&self, points: f64) -> f64 {
        (points * self.scale).round().clamp(1.0, 1e4)
    }

    /// The rectangle in whole pixels, at least one each way.
    fn snapped(&self, rect: Rect) -> kurbo::Rect {
        let edges = self.snapped_edges(rect);
        kurbo::Rect::new(edges.x0, edges.y0, edges.x1.max(edges.x0 + 1.0), edges.y1.max(edges.y0 + 1.0))
    }

    /// The rectangle's edges on whole pixels; empty where it is.
    fn snapped_edges(&self, rect: Rect) -> kurbo::Rect {
        let top = f64::from(self.top);
        // Far beyond any picture, and small enough for the renderer.
        let snap = |at: f64| (at * self.scale).round().clamp(-1e6, 1e6);
        let (x0, y0) = (snap(rect.x0), snap(rect.y0) - top);
        kurbo::Rect::new(x0, y0, snap(rect.x1).max(x0), (snap(rect.y1) - top).max(y0))
    }
}

/// An image as the renderer has it; none where it is larger than any frame.
fn pixmap(image: &Bitmap) -> Option<Arc<Pixmap>> {
    let [width, height] = image.size_px();
    let (width, height) = (u16::try_from(width).ok()?, u16::try_from(height).ok()?);
    let premultiplied = |[r, g, b, a]: [u8; 4]| {
        let times = |channel: u8| ((u16::from(channel) * u16::from(a) + 127) / 255) as u8;
        PremulRgba8 { r: times(r), g: times(g), b: times(b), a }
    };
    let pixels = image.rgba().as_chunks().0.iter().copied().map(premultiplied).collect();
    Some(Arc::new(Pixmap::from_parts(pixels, width, height)))
}

fn rounded(rect: kurbo::Rect, radius: f64) -> kurbo::BezPath {
    if radius > 0.0 {
        kurbo::Shape::to_path(&kurbo::RoundedRect::from_rect(rect, radius), 0.05)
    } else {
        kurbo::Shape::to_path(&rect, 0.05)
    }
}

fn solid(color: Color) -> color::AlphaColor<color::Srgb> {
    color::AlphaColor::from_rgba8(color.r, color.g, color.b, color.a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Size;
    use crate::text::{Shaper, Style};

    fn pixels(png: &[u8]) -> Vec<u8> {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        pixels
    }

    #[test]
    fn bands_leave_no_seam() {
        let mut shaper = Shaper::new();
        let color = Color::rgb(0x3d_6fb6);
        let mut items = vec![
            Item::PushClip(Rect::new(10.0, 12.0, 190.0, 188.0)),
            Item::Path {
                segments: vec![
                    Segment::MoveTo(Point::new(10.0, 190.0)),
                    Segment::CubicTo(Point::new(80.0, -60.0), Point::new(120.0, 260.0), Point::new(190.0, 10.0)),
                ],
                fill: Some(color.with_alpha(40)),
                stroke: Some(Stroke { width: 3.0, color, dash: Some((9.0, 4.0)) }),
            },
            Item::Gradient { rect: Rect::new(20.0, 30.0, 180.0, 170.0), left: color.with_alpha(0), right: color },
            Item::Line {
                from: Point::new(0.0, 0.0),
                to: Point::new(200.0, 200.0),
                stroke: Stroke { width: 1.5, color, dash: Some((7.0, 3.0)) },
            },
        ];
        let chequered =
            |at: usize| [(at * 40) as u8, 200, (at * 90) as u8, if at.is_multiple_of(3) { 120 } else { 255 }];
        let image = Bitmap::of([48, 32], &(0..48 * 32).flat_map(chequered).collect::<Vec<u8>>()).unwrap();
        let images = Images::from_iter([(Text::from("a.png"), image)]);
        for row in 0..12 {
            let y = f64::from(row) * 17.3;
            let rect = Rect::from_xywh(30.0 + y, y, 60.0, 15.0);
            items.push(Item::Rect { rect, radius: 5.0, fill: Some(color), stroke: Some(Stroke::solid(1.0, color)) });
            let rect = Rect::from_xywh(150.0 - y / 2.0, y + 4.0, 26.0, 18.0);
            let (fill, stroke) = (Color::rgb(0xee_eeee), Stroke::solid(0.75, color));
            items.push(Item::Image { rect, file: "a.png".into(), fill, stroke });
            let run = shaper.shape("Pyongyang 평양", Style::semibold(13.0));
            items.push(Item::Text { run, origin: Point::new(12.0, y), color: Color::rgb(0) });
        }
        let size = Size::new(200.0, 200.0);
        let scene = Scene { size, background: Color::rgb(0xff_ffff), items, targets: Vec::new() };
        for scale in [1.0, 1.5] {
            let whole = pixels(&png_in_bands(&scene, scale, &images, BAND_PX).unwrap());
            assert!(whole.iter().any(|&channel| channel < 100));
            for band_px in [1, 200 * 32, 300 * 48] {
                let banded = pixels(&png_in_bands(&scene, scale, &images, band_px).unwrap());
                let apart = whole.iter().zip(&banded).map(|(one, other)| one.abs_diff(*other)).max();
                assert!(apart <= Some(1), "bands of {band_px} pixels at scale {scale}: {apart:?} apart");
            }
        }
    }

    #[test]
    fn alpha_becomes_straight() {
        assert_eq!(straight(0, 0), 0);
        assert_eq!(straight(128, 128), 255);
        assert_eq!(straight(64, 128), 128);
        assert_eq!(straight(77, 255), 77);
        assert_eq!(straight(200, 100), 255);
    }
}
