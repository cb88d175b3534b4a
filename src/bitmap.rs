//! Images as pixels: a PNG or a JPEG unpacked, and made as small as it is shown. Bytes in, pixels out; whoever calls reads the file.

use std::io::Cursor;

use thiserror::Error;

/// The most pixels of an image that is unpacked: a picture of a few bytes may be as large as it likes.
const MOST_PIXELS: usize = 120_000_000;

/// Channels of a pixel.
const CHANNELS: usize = 4;

/// Pixels in rows from the top.
///
/// Invariant: there are as many as width and height say, and neither is 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    size_px: [usize; 2],
    /// Red, green, blue and straight alpha.
    pixels: Vec<[u8; CHANNELS]>,
}

/// Why bytes are no image, in the middle of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BitmapError {
    /// Neither format is told by the first bytes.
    #[error("it is neither a PNG nor a JPEG")]
    Unknown,
    /// Unpacked it would take too much memory.
    #[error("it has too many pixels")]
    TooLarge,
    /// It begins as one and does not go on as one.
    #[error("it is damaged{}", .0.as_deref().map(|why| format!(" ({why})")).unwrap_or_default())]
    Damaged(Option<String>),
}

impl BitmapError {
    fn damaged(why: impl std::fmt::Display) -> Self {
        Self::Damaged(Some(why.to_string()))
    }
}

impl Bitmap {
    /// The pixels of a PNG or a JPEG, told apart by their first bytes.
    ///
    /// # Errors
    /// Where they are neither, are damaged, or would be more than 120 million.
    pub fn unpack(bytes: &[u8]) -> Result<Self, BitmapError> {
        const PNG: &[u8] = b"\x89PNG";
        const JPEG: &[u8] = b"\xff\xd8\xff";
        if bytes.starts_with(PNG) {
            png(bytes)
        } else if bytes.starts_with(JPEG) {
            jpeg(bytes)
        } else {
            Err(BitmapError::Unknown)
        }
    }

    /// Pixels of these channels; none where they are not as many as width and height say.
    pub(crate) fn of(size_px: [usize; 2], channels: &[u8]) -> Option<Self> {
        let ((pixels, rest), [width, height]) = (channels.as_chunks(), size_px);
        let is_whole = rest.is_empty() && !pixels.is_empty() && width.checked_mul(height)? == pixels.len();
        is_whole.then(|| Self { size_px, pixels: pixels.to_vec() })
    }

    /// Width and height.
    pub const fn size_px(&self) -> [usize; 2] {
        self.size_px
    }

    /// Red, green, blue and straight alpha of each pixel, in rows from the top.
    pub fn rgba(&self) -> &[u8] {
        self.pixels.as_flattened()
    }

    /// The image with its longest side no longer than so many pixels.
    #[must_use]
    pub fn within(self, longest_px: usize) -> Self {
        let [width, height] = self.size_px;
        let step = width.max(height).div_ceil(longest_px.max(1)).max(1);
        if step == 1 {
            return self;
        }
        let columns = Cut { from: 0, size: width, small: width.div_ceil(step) };
        let rows = Cut { from: 0, size: height, small: height.div_ceil(step) };
        self.part(columns, rows)
    }

    /// The middle of the image that fills an area of so many pixels and is not stretched, as fine as that or as the image is.
    #[must_use]
    pub fn filling(&self, [wide, high]: [usize; 2]) -> Self {
        let ([width, height], wide, high) = (self.size_px, wide.max(1), high.max(1));
        // The side that is too long for the shape wanted is cut at both ends.
        let columns = Cut::middle(width, (height * wide).div_ceil(high), wide);
        let rows = Cut::middle(height, (width * high).div_ceil(wide), high);
        self.part(columns, rows)
    }

    /// A part of the image in fewer pixels, of which each is the mean of those that it stands for, weighted by their alpha.
    fn part(&self, columns: Cut, rows: Cut) -> Self {
        let [width, _] = self.size_px;
        let mut pixels = Vec::with_capacity(columns.small * rows.small);
        for row in 0..rows.small {
            for column in 0..columns.small {
                let reach = columns.reach(column);
                let (mut sum, mut alpha, mut count) = ([0_u64; 3], 0_u64, 0_u64);
                for y in rows.reach(row) {
                    let line = self.pixels.get(y * width + reach.start..y * width + reach.end).unwrap_or_default();
                    for [r, g, b, a] in line {
                        let weight = u64::from(*a);
                        for (sum, channel) in sum.iter_mut().zip([r, g, b]) {
                            *sum += u64::from(*channel) * weight;
                        }
                        alpha += weight;
                    }
                    count += line.len() as u64;
                }
                let mean = |sum: u64, of: u64| ((sum + of / 2) / of.max(1)) as u8;
                let [r, g, b] = sum.map(|sum| mean(sum, alpha));
                pixels.push([r, g, b, mean(alpha, count)]);
            }
        }
        Self { size_px: [columns.small, rows.small], pixels }
    }
}

/// A part of one side of an image, and in how many pixels it is shown.
#[derive(Debug, Clone, Copy)]
struct Cut {
    from: usize,
    size: usize,
    small: usize,
}

impl Cut {
    /// The middle of a side, no longer than `most`, in at most so many pixels.
    fn middle(side: usize, most: usize, small: usize) -> Self {
        let size = side.min(most).max(1);
        Self { from: (side - size) / 2, size, small: small.min(size) }
    }

    /// The pixels that one of the small ones stands for. Where the sizes are no multiples, neighbours share those at their border.
    fn reach(self, nth: usize) -> std::ops::Range<usize> {
        let (start, end) = (nth * self.size / self.small, ((nth + 1) * self.size).div_ceil(self.small));
        self.from + start..self.from + end
    }
}

fn png(bytes: &[u8]) -> Result<Bitmap, BitmapError> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let (width, height) = decoder.read_header_info().map_err(BitmapError::damaged)?.size();
    let size_px = [width as usize, height as usize];
    check_size(size_px)?;
    let mut reader = decoder.read_info().map_err(BitmapError::damaged)?;
    let mut channels = vec![0; reader.output_buffer_size().ok_or(BitmapError::TooLarge)?];
    let info = reader.next_frame(&mut channels).map_err(BitmapError::damaged)?;
    channels.truncate(info.buffer_size());
    // Shades of grey have two channels, all else four.
    if info.color_type == png::ColorType::GrayscaleAlpha {
        channels = channels.as_chunks().0.iter().flat_map(|[gray, alpha]| [*gray, *gray, *gray, *alpha]).collect();
    }
    Bitmap::of(size_px, &channels).ok_or(BitmapError::Damaged(None))
}

fn jpeg(bytes: &[u8]) -> Result<Bitmap, BitmapError> {
    use zune_jpeg::zune_core::bytestream::ZCursor;
    use zune_jpeg::zune_core::colorspace::ColorSpace;
    use zune_jpeg::zune_core::options::DecoderOptions;
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGBA);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(BitmapError::damaged)?;
    let (width, height) = decoder.dimensions().ok_or(BitmapError::Damaged(None))?;
    check_size([width, height])?;
    let channels = decoder.decode().map_err(BitmapError::damaged)?;
    Bitmap::of([width, height], &channels).ok_or(BitmapError::Damaged(None))
}

fn check_size([width, height]: [usize; 2]) -> Result<(), BitmapError> {
    let is_small = width.checked_mul(height).is_some_and(|pixels| pixels <= MOST_PIXELS);
    if is_small { Ok(()) } else { Err(BitmapError::TooLarge) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gray(level: u8) -> [u8; 4] {
        [level, level, level, 255]
    }

    fn bitmap(size_px: [usize; 2], pixel: impl Fn(usize, usize) -> [u8; 4]) -> Bitmap {
        let [width, height] = size_px;
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| pixel(x, y)).collect();
        Bitmap { size_px, pixels }
    }

    #[test]
    fn an_image_is_made_small_by_means_and_a_small_one_stays() {
        let image = bitmap([1_440, 2], |x, _| gray(if x % 2 == 0 { 0 } else { 200 }));
        let small = image.within(720);
        assert_eq!(small.size_px(), [720, 1]);
        assert!(small.pixels.iter().all(|pixel| *pixel == gray(100)));
        assert_eq!(small.clone().within(720), small);
        // What cannot be seen has no say in the colour.
        let clear = bitmap([2, 1], |x, _| if x == 0 { [255, 0, 0, 255] } else { [0, 255, 0, 0] });
        assert_eq!(clear.within(1).pixels, [[255, 0, 0, 128]]);
    }

    #[test]
    fn an_area_is_filled_with_the_middle_and_nothing_is_stretched() {
        // A third in the middle is white.
        let wide = bitmap([90, 30], |x, _| gray(if (30..60).contains(&x) { 255 } else { 0 }));
        let square = wide.filling([10, 10]);
        assert_eq!(square.size_px(), [10, 10]);
        assert!(square.pixels.iter().all(|pixel| *pixel == gray(255)));
        let high = bitmap([30, 90], |_, y| gray(if (30..60).contains(&y) { 255 } else { 0 }));
        assert_eq!(high.filling([10, 10]), square);
        // Nothing is finer than the image.
        assert_eq!(wide.filling([300, 300]).size_px(), [30, 30]);
        assert_eq!(bitmap([1, 1], |_, _| gray(7)).filling([48, 32]).size_px(), [1, 1]);
    }

    #[test]
    fn shades_of_gray_and_palettes_are_unpacked() {
        let packed = |color: png::ColorType, palette: Option<Vec<u8>>| {
            let mut bytes = Vec::new();
            let mut encoder = png::Encoder::new(&mut bytes, 2, 1);
            encoder.set_color(color);
            encoder.set_depth(png::BitDepth::Eight);
            if let Some(palette) = palette {
                encoder.set_palette(palette);
            }
            encoder.write_header().unwrap().write_image_data(&[0, 1]).unwrap();
            bytes
        };
        let unpacked = |bytes: &[u8]| Bitmap::unpack(bytes).unwrap().pixels;
        assert_eq!(unpacked(&packed(png::ColorType::Grayscale, None)), [gray(0), gray(1)]);
        let palette = vec![255, 0, 0, 0, 0, 255];
        assert_eq!(unpacked(&packed(png::ColorType::Indexed, Some(palette))), [[255, 0, 0, 255], [0, 0, 255, 255]]);
    }

    #[test]
    fn what_is_no_image_is_said() {
        let said = |bytes: &[u8]| Bitmap::unpack(bytes).unwrap_err().to_string();
        assert_eq!(said(b"GIF89a"), "it is neither a PNG nor a JPEG");
        assert!(said(b"\x89PNG\r\n\x1a\nnothing").starts_with("it is damaged ("));
        assert!(said(b"\xff\xd8\xff\xe0 nothing").starts_with("it is damaged"));
    }

    #[test]
    fn an_image_of_a_few_bytes_that_would_fill_the_memory_is_refused() {
        let mut bytes = Vec::new();
        let writer = png::Encoder::new(&mut bytes, 60_000, 60_000).write_header().unwrap();
        drop(writer);
        assert_eq!(Bitmap::unpack(&bytes), Err(BitmapError::TooLarge));
    }
}
