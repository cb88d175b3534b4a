//! The images of events: on the card, as they are read in the inspector, and on the track where that is wanted.

use annalist::app::Picked;
use annalist::model::ImageDisplay;
use egui::{Key, vec2};

use crate::window::{Setup, Window};

const CASE: &str = r#"Timeline(format: 1, title: "Case",
    events: [
        (id: "raid", date: "2024-11-09", title: "Office is raided",
            images: [(file: "pictures/door.png", caption: "The door the day after", credit: "A neighbour")]),
        (id: "gone", date: "2024-06-01", title: "Letter is sent", images: [(file: "pictures/lost.png")]),
        (id: "plain", date: "2025-03-03", title: "Trial"),
    ],
)"#;

/// What the image is full of, and nothing else of the window is.
const MAGENTA: [u8; 4] = [255, 0, 255, 255];

fn window(renders: bool) -> Window {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("pictures")).unwrap();
    let image = image::RgbaImage::from_pixel(120, 90, image::Rgba(MAGENTA));
    image.save(folder.path().join("pictures/door.png")).unwrap();
    let mut setup = Setup { reads: true, renders, folder: Some(folder), size: vec2(1100.0, 700.0), ..Setup::default() };
    setup.settings.reduce_motion = true;
    setup.on(CASE)
}

/// How many pixels of the window are of the image.
fn magenta(window: &mut Window) -> usize {
    window.steps(2);
    window.settle();
    window.harness.render().unwrap().pixels().filter(|pixel| pixel.0 == MAGENTA).count()
}

#[test]
fn the_card_of_an_event_shows_its_image_with_caption_and_credit() {
    let mut window = window(true);
    assert_eq!(magenta(&mut window), 0);
    let at = window.mark("Office is raided");
    window.move_to(at);
    window.steps(4);
    assert!(window.shows("The door the day after") && window.shows("Image: A neighbour"));
    let shown = magenta(&mut window);
    assert!(shown > 120 * 90 * 9 / 10, "{shown} of {}", 120 * 90);
    // One that is missing says so quietly: it is no error.
    let at = window.mark("Letter is sent");
    window.move_to(at);
    window.steps(6);
    assert!(window.shows("pictures/lost.png is not shown"));
    assert!(window.errors().is_empty());
}

#[test]
fn the_inspector_reads_images_with_caption_and_credit_and_a_click_opens_the_file() {
    let mut window = window(false);
    window.select("Office is raided");
    window.steps(3);
    assert!(window.shows("The door the day after") && window.shows("A neighbour"));
    window.click("Open image 1");
    assert!(window.shows("door.png"), "it is asked whether to open it");
    window.key(Key::Escape);
    window.select("Letter is sent");
    window.steps(3);
    assert!(window.shows("pictures/lost.png is not shown"));
}

#[test]
fn images_stand_on_the_track_where_that_is_wanted_and_it_is_remembered() {
    let mut window = window(true);
    assert_eq!(magenta(&mut window), 0, "not unless asked for");
    window.menu("View", "Images on the track");
    let shown = magenta(&mut window);
    // A frame of 26 by 18 points, but for its edge.
    assert!((300..480).contains(&shown), "{shown}");
    assert!(window.app().settings().shows_images);
    // A view that is saved holds it.
    window.key(Key::V);
    window.settle();
    window.type_text("With images");
    window.key(Key::Enter);
    window.settle();
    let images: Vec<ImageDisplay> = window.timeline().views().iter().map(|view| view.images).collect();
    assert_eq!(images, [ImageDisplay::Track]);
    assert!(window.errors().is_empty(), "what is missing has a sign of its own there");
    // What is seen is what is exported, and what cannot be shown is named.
    let written = window.path("case.png");
    window.answer(Picked::Path(written.clone()));
    window.ctrl(Key::E);
    window.click("Export");
    window.settle();
    let exported = image::open(&written).unwrap().to_rgba8();
    let shown = exported.pixels().filter(|pixel| pixel.0 == MAGENTA).count();
    assert_eq!(shown, 24 * 16 * 4, "at a scale of 2");
    assert!(window.tells("the image pictures/lost.png is not shown"));
    window.menu("View", "Images on the track");
    assert_eq!(magenta(&mut window), 0);
    window.key(Key::Num1);
    assert!(magenta(&mut window) > 0, "the view brings it back");
}
