//! The images of events in pictures: as they stand on the track of a window, read from beside the timeline by the command line.

use std::fs;
use std::path::Path;
use std::process::Output;

use image::{Rgba, RgbaImage};
use resvg::{tiny_skia, usvg};

const CASE: &str = r#"Timeline(format: 1, title: "Case",
    events: [
        (id: "raid", date: "2024-11-09", title: "Office is raided", images: [(file: "pictures/door.png")]),
        (id: "again", date: "2025-01-09", title: "Office is raided again", images: [(file: "pictures/door.png")]),
        (id: "gone", date: "2024-06-01", title: "Letter is sent", images: [(file: "pictures/lost.png")]),
        (id: "plain", date: "2025-03-03", title: "Trial"),
    ],
    views: [(id: "seen", title: "As seen", window: "2024-05/2025-05", images: Track)],
)"#;

/// What the image is full of, and nothing else of a picture is.
const MAGENTA: Rgba<u8> = Rgba([255, 0, 255, 255]);
/// What a frame of 26 by 18 points shows of an image, in points.
const AREA: usize = 24 * 16;

fn case() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("case.ron"), CASE).unwrap();
    fs::create_dir(folder.path().join("pictures")).unwrap();
    // Only its middle is magenta: what is cut off at the sides is none of the picture.
    let pixel = |x: u32, _| if (40..200).contains(&x) { MAGENTA } else { Rgba([0, 160, 0, 255]) };
    RgbaImage::from_fn(240, 80, pixel).save(folder.path().join("pictures/door.png")).unwrap();
    folder
}

fn export(folder: &Path, name: &str, options: &[&str]) -> (Output, Vec<u8>) {
    let mut command = crate::program::annalist();
    let run = command.arg("export").arg(folder.join("case.ron")).arg("-o").arg(folder.join(name)).args(options);
    let output = run.output().unwrap();
    (output, fs::read(folder.join(name)).unwrap_or_default())
}

fn magenta(image: &RgbaImage) -> usize {
    image.pixels().filter(|pixel| **pixel == MAGENTA).count()
}

fn png_magenta(bytes: &[u8]) -> usize {
    magenta(&image::load_from_memory(bytes).unwrap().to_rgba8())
}

#[test]
fn a_picture_shows_the_images_that_a_view_does_and_names_those_it_cannot() {
    let folder = case();
    let (output, bytes) = export(folder.path(), "plain.png", &[]);
    assert!(output.stderr.is_empty(), "nobody asked for images");
    assert_eq!(png_magenta(&bytes), 0);
    let (output, bytes) = export(folder.path(), "seen.png", &["--view", "seen"]);
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8(output.stderr).unwrap();
    let warning = "warning: the image pictures/lost.png is not shown: there is no such file beside the timeline\n";
    assert_eq!(said, warning);
    assert_eq!(png_magenta(&bytes), 2 * AREA, "two frames are full, and nothing is stretched");
    let (_, again) = export(folder.path(), "again.png", &["--view", "seen"]);
    assert_eq!(bytes, again, "the same files give the same bytes");
    let (_, twice) = export(folder.path(), "twice.png", &["--images", "--scale", "2", "--width", "2400"]);
    assert_eq!(png_magenta(&twice), 2 * 4 * AREA);
}

#[test]
fn an_svg_holds_each_image_once_and_nothing_of_its_file_but_the_pixels() {
    let folder = case();
    let (output, bytes) = export(folder.path(), "seen.svg", &["--images"]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert_eq!(text.matches("data:image/png;base64,").count(), 1);
    assert_eq!(text.matches("<use xlink:href=\"#image1\"").count(), 2);
    assert!(!text.contains("door.png"), "names of files are nobody's business");
    let tree = usvg::Tree::from_str(&text, &usvg::Options::default()).unwrap();
    let size = tree.size().to_int_size();
    let mut pixmap = tiny_skia::Pixmap::new(size.width(), size.height()).unwrap();
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixmap.as_mut());
    let drawn = RgbaImage::from_raw(size.width(), size.height(), pixmap.data().to_vec()).unwrap();
    // Edges do not fall on whole pixels here.
    assert!((AREA * 3 / 2..=2 * AREA).contains(&magenta(&drawn)), "{}", magenta(&drawn));
    let (_, again) = export(folder.path(), "again.svg", &["--images"]);
    assert_eq!(bytes, again);
    let (_, plain) = export(folder.path(), "plain.svg", &[]);
    assert!(!String::from_utf8(plain).unwrap().contains("xlink"));
}

#[test]
fn what_is_no_image_leaves_its_frame_and_a_brief_has_none() {
    let folder = case();
    fs::write(folder.path().join("pictures/door.png"), b"\x89PNG\r\n\x1a\n and then nothing").unwrap();
    let (output, bytes) = export(folder.path(), "seen.png", &["--view", "seen"]);
    assert_eq!(output.status.code(), Some(0), "the picture is made all the same");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    let both =
        ["warning: 2 images are not shown: pictures/door.png (it is damaged", "pictures/lost.png (there is no such"];
    assert!(both.iter().all(|part| said.contains(part)), "{said}");
    assert_eq!(png_magenta(&bytes), 0);
    let (output, _) = export(folder.path(), "brief.html", &["--view", "seen"]);
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let (output, _) = export(folder.path(), "other.html", &["--images"]);
    assert_eq!(output.status.code(), Some(2));
}
