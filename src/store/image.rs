//! Images of events read from beside a timeline, as pixels.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::capture;
use crate::bitmap::Bitmap;
use crate::model::Text;

/// The largest file that is read.
const MOST_BYTES: u64 = 64 << 20;
/// How many files are named that were not read.
const MOST_NAMED: usize = 20;

/// The pixels of an image of an event, whose file an event of the timeline at a path names.
///
/// # Errors
/// Why there are none, in the middle of a sentence: the file is not beside the timeline, cannot be read, is no PNG and no JPEG, or is
/// too large.
pub fn image(timeline_path: &Path, file: &str) -> Result<Bitmap, String> {
    let unread = |error: io::Error| format!("it cannot be read ({error})");
    let path = capture::file_of(timeline_path, file).map_err(|why| why.to_string())?;
    let mut bytes = Vec::new();
    File::open(path).map_err(unread)?.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unread)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err("it is larger than 64 MB".to_owned());
    }
    Bitmap::unpack(&bytes).map_err(|why| why.to_string())
}

/// What came of the images that a picture has frames for.
#[derive(Debug, Default)]
pub struct ImagesRead {
    /// Those that were read, each in as many pixels as were wanted of it.
    pub found: Vec<(Text, Bitmap)>,
    /// The files of the others, and why each was not.
    pub unread: Vec<(Text, String)>,
}

impl ImagesRead {
    /// What there is to say of those that were not read, in a sentence without a full stop.
    pub fn remark(&self) -> Option<String> {
        let said: Vec<String> =
            self.unread.iter().take(MOST_NAMED).map(|(file, why)| format!("{file} ({why})")).collect();
        let more = match self.unread.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        match self.unread.as_slice() {
            [] => None,
            [(file, why)] => Some(format!("the image {file} is not shown: {why}")),
            several => Some(format!("{} images are not shown: {}{more}", several.len(), said.join(", "))),
        }
    }
}

/// Reads the images of these files, each to fill so many pixels from side to side and from top to bottom; as long as `goes_on`. A timeline
/// that is in no file has none.
pub fn images(
    timeline_path: Option<&Path>,
    wanted: impl IntoIterator<Item = (Text, [usize; 2])>,
    goes_on: &dyn Fn() -> bool,
) -> ImagesRead {
    let mut read = ImagesRead::default();
    for (file, size_px) in wanted.into_iter().take_while(|_| goes_on()) {
        let found =
            timeline_path.ok_or_else(|| "the timeline is in no file".to_owned()).and_then(|path| image(path, &file));
        match found {
            Ok(image) => read.found.push((file, image.filling(size_px))),
            Err(why) => read.unread.push((file, why)),
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_one_beside_the_timeline_and_no_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let timeline = folder.path().join("case.ron");
        File::create(&timeline).expect("a file");
        let said = |file: &str| image(&timeline, file).expect_err("no image");
        assert_eq!(said("gone.png"), "there is no such file beside the timeline");
        assert!(said("../other.png").contains("out of"), "{}", said("../other.png"));
        assert_eq!(said("case.ron"), "it is neither a PNG nor a JPEG");
        let large = File::create(folder.path().join("large.png")).expect("a file");
        large.set_len(MOST_BYTES + 1).expect("a hole");
        assert_eq!(said("large.png"), "it is larger than 64 MB");
        let wanted = |files: &[&str]| files.iter().map(|file| (Text::from(*file), [48, 32])).collect::<Vec<_>>();
        let remark = |files: &[&str]| images(Some(&timeline), wanted(files), &|| true).remark();
        assert_eq!(remark(&[]), None);
        let one = "the image gone.png is not shown: there is no such file beside the timeline";
        assert_eq!(remark(&["gone.png"]).as_deref(), Some(one));
        let two =
            "2 images are not shown: case.ron (it is neither a PNG nor a JPEG), large.png (it is larger than 64 MB)";
        assert_eq!(remark(&["case.ron", "large.png"]).as_deref(), Some(two));
    }
}
