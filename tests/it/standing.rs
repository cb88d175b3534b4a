//! How an event stands can be told from its mark without colour, whatever kind of date it has and however small it is.

use annalist::export::{picture, png};
use annalist::geom::Rect;
use annalist::model::{Event, Header, Standing, Timeline};
use annalist::scene::{Hit, Scene};
use annalist::text::Shaper;
use annalist::theme::ThemeName;
use annalist::time::{CivilDay, Date, Instant};
use image::GrayImage;

/// A date of each kind; in a window of half a year all but the long ones are as small as marks get.
const DATES: [&str; 11] = [
    "2024-04-01",
    "2024-04-01T10:00:00Z",
    "2024-04-01~",
    "[2024-04-01..2024-04-04]",
    "2024-04-01/2024-04-03",
    "2024-04-01/2024-04-30",
    "2024-03/2024-04",
    "2024-04-05/..",
    "[..2024-04-05]",
    "2024-04-01/",
    "{2024-04-01,2024-06-01}",
];
/// A difference in brightness that is seen, of 255.
const SEEN: u8 = 40;
/// How many pixels must differ that much for two marks to be told apart.
const LEAST_PIXELS: usize = 10;

fn day(month: u8, day: u8) -> Instant {
    Instant::from_day(CivilDay::new(2024, month, day)).unwrap()
}

fn drawn(date: &str, standing: Standing, theme: ThemeName) -> Scene {
    let mut event = Event::new("e", "e", Date::parse(date).unwrap());
    event.standing = standing;
    let timeline = Timeline::from_records(Header::new("t"), vec![], vec![], vec![event], vec![], vec![]);
    let options = picture::PictureOptions {
        from: Some(day(1, 1)),
        to: Some(day(7, 1)),
        width_px: 700,
        theme,
        ..picture::PictureOptions::default()
    };
    picture::render(&timeline, &options, &mut Shaper::new()).unwrap()
}

/// The mark of the event without its label, in shades of grey at one pixel a point.
fn mark(scene: &Scene) -> (Rect, GrayImage) {
    let target = scene.targets.iter().find(|target| target.subject == Hit::Event("e".into())).unwrap();
    let picture = image::load_from_memory(&png(scene, 1.0).unwrap()).unwrap();
    let rect = target.rect;
    let (x, y) = (rect.x0.max(0.0) as u32, rect.y0 as u32);
    (rect, picture.crop_imm(x, y, rect.width().ceil() as u32, rect.height().ceil() as u32).to_luma8())
}

#[test]
fn standings_are_told_apart_in_grey_at_the_smallest_size() {
    for theme in ThemeName::ALL {
        for date in DATES {
            let marks: Vec<_> =
                Standing::ALL.iter().map(|&standing| (standing, mark(&drawn(date, standing, theme)))).collect();
            for (at, (a, (rect_a, image_a))) in marks.iter().enumerate() {
                for (b, (rect_b, image_b)) in marks.iter().skip(at + 1) {
                    assert_eq!(rect_a, rect_b, "{date}: standing moves the mark");
                    let pixels = image_a.as_raw().iter().zip(image_b.as_raw());
                    let seen = pixels.filter(|(a, b)| a.abs_diff(**b) >= SEEN).count();
                    assert!(seen >= LEAST_PIXELS, "{theme:?} {date}: {a:?} and {b:?} differ in {seen} pixels");
                }
            }
        }
    }
}
