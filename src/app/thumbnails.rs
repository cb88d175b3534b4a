//! The images of events read from beside the timeline and made small, in the background.

use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use egui::{Color32, ColorImage, TextureOptions};

use super::App;
use super::jobs::JobKind;
use super::picture::decode;
use crate::store::capture;
use crate::ui::Thumbnail;

/// The largest file that is read.
const MOST_BYTES: u64 = 64 << 20;
/// The most pixels of an image that is unpacked: a picture of a few bytes may be as large as it likes.
const MOST_PIXELS: usize = 120_000_000;

impl App {
    /// Reads an image that panels have asked for in this frame; one at a time.
    pub(super) fn read_thumbnails(&mut self) {
        let path = self.session.path().map(Path::to_owned);
        if self.panels.thumbnails_of != path {
            self.panels.thumbnails_of.clone_from(&path);
            self.thumbnails.forget();
        }
        if self.jobs.is_running(JobKind::Thumbnail) {
            return;
        }
        let Some((size, file)) = self.thumbnails.take_wanted() else { return };
        let Some(timeline) = path else {
            self.thumbnails.put(file, size, Thumbnail::Failed("the timeline is not on disk yet".to_owned()));
            return;
        };
        let found = capture::file_of(&timeline, &file).map_err(|why| why.to_string());
        let work = move || found.and_then(|path| small(&path, size.longest_px()));
        let then = move |app: &mut Self, image: Result<ColorImage, String>| {
            // Another timeline may be open by now.
            if app.session.path() != Some(timeline.as_path()) {
                return;
            }
            let ctx = app.jobs.ctx().clone();
            let thumbnail = match image {
                Ok(image) => Thumbnail::Shown(ctx.load_texture(file.as_str(), image, TextureOptions::LINEAR)),
                Err(why) => Thumbnail::Failed(why),
            };
            app.thumbnails.put(file, size, thumbnail);
            ctx.request_repaint();
        };
        self.jobs.start(JobKind::Thumbnail, work, then);
    }
}

/// The image of a file made small, its longest side no longer than so many pixels, or why there is none.
fn small(path: &PathBuf, longest_px: usize) -> Result<ColorImage, String> {
    let unread = |error: std::io::Error| format!("it cannot be read ({error})");
    let file = std::fs::File::open(path).map_err(unread)?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unread)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err("it is larger than 64 MB".to_owned());
    }
    Ok(shrunk(&unpacked(&bytes)?, longest_px))
}

/// The pixels of a PNG or a JPEG, told apart by their first bytes.
fn unpacked(bytes: &[u8]) -> Result<ColorImage, String> {
    const PNG: &[u8] = b"\x89PNG";
    const JPEG: &[u8] = b"\xff\xd8\xff";
    let too_large = || "it has too many pixels".to_owned();
    if bytes.starts_with(PNG) {
        let reader =
            png::Decoder::new(Cursor::new(bytes)).read_info().map_err(|error| format!("it is damaged ({error})"))?;
        let (width, height) = reader.info().size();
        if width as usize * height as usize > MOST_PIXELS {
            return Err(too_large());
        }
        return decode(bytes).map_err(|error| format!("it is damaged ({error})"));
    }
    if bytes.starts_with(JPEG) {
        return jpeg(bytes, too_large);
    }
    Err("it is neither a PNG nor a JPEG".to_owned())
}

fn jpeg(bytes: &[u8], too_large: impl FnOnce() -> String) -> Result<ColorImage, String> {
    use zune_jpeg::zune_core::bytestream::ZCursor;
    use zune_jpeg::zune_core::colorspace::ColorSpace;
    use zune_jpeg::zune_core::options::DecoderOptions;
    let damaged = |error: zune_jpeg::errors::DecodeErrors| format!("it is damaged ({error})");
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGBA);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(damaged)?;
    let (width, height) = decoder.dimensions().ok_or_else(|| "it is damaged".to_owned())?;
    if width * height > MOST_PIXELS {
        return Err(too_large());
    }
    let pixels = decoder.decode().map_err(damaged)?;
    if pixels.len() != width * height * 4 {
        return Err("it is damaged".to_owned());
    }
    Ok(ColorImage::from_rgba_unmultiplied([width, height], &pixels))
}

/// An image no longer than a thumbnail: each of its pixels is the mean of those that it stands for.
fn shrunk(image: &ColorImage, longest_px: usize) -> ColorImage {
    let [width, height] = image.size;
    let step = width.max(height).div_ceil(longest_px).max(1);
    if step == 1 {
        return image.clone();
    }
    let (columns, rows) = (width.div_ceil(step), height.div_ceil(step));
    let mut pixels = Vec::with_capacity(columns * rows);
    for row in 0..rows {
        for column in 0..columns {
            let (mut sum, mut count) = ([0_u32; 4], 0_u32);
            for y in row * step..((row + 1) * step).min(height) {
                let from = y * width + column * step;
                let line = image.pixels.get(from..(from + step).min((y + 1) * width)).unwrap_or_default();
                for pixel in line {
                    sum.iter_mut().zip(pixel.to_array()).for_each(|(sum, part)| *sum += u32::from(part));
                }
                count += line.len() as u32;
            }
            let [r, g, b, a] = sum.map(|sum| (sum / count.max(1)) as u8);
            pixels.push(Color32::from_rgba_premultiplied(r, g, b, a));
        }
    }
    ColorImage::new([columns, rows], pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_made_small_by_means_and_a_small_one_stays() {
        let gray = |level: u8| Color32::from_gray(level);
        let image = ColorImage::new([1_440, 2], [0, 200].into_iter().map(gray).cycle().take(2_880).collect());
        let small = shrunk(&image, 720);
        assert_eq!(small.size, [720, 1]);
        assert!(small.pixels.iter().all(|pixel| *pixel == gray(100)));
        assert_eq!(shrunk(&small, 720).size, [720, 1]);
    }

    #[test]
    fn what_is_no_image_is_said() {
        assert_eq!(unpacked(b"GIF89a").err().as_deref(), Some("it is neither a PNG nor a JPEG"));
        assert!(unpacked(b"\x89PNG\r\n\x1a\nnothing").is_err_and(|why| why.starts_with("it is damaged")));
        assert!(unpacked(b"\xff\xd8\xff\xe0 nothing").is_err_and(|why| why.starts_with("it is damaged")));
    }
}
