//! How an event stands can be told from its mark without colour, whatever kind of date it has and however small it is; what
//! colours and signs stand for is in the legend.

use annalist::export::{picture, png};
use annalist::geom::Rect;
use annalist::model::{ColorBy, Event, Grouping, Header, Reliability, Standing, Timeline};
use annalist::scene::{Hit, Item, Scene};
use annalist::store;
use annalist::text::Shaper;
use annalist::theme::{Theme, ThemeName};
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
    picture::render(&timeline, &options, &mut Shaper::new()).unwrap().scene
}

/// The mark of the event without its label, in shades of grey at one pixel a point.
fn mark(scene: &Scene) -> (Rect, GrayImage) {
    let target = scene.targets.iter().find(|target| target.subject == Hit::Event(0)).unwrap();
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

/// Events of every standing, grade and weight, sourced in every way.
const SOURCED: &str = r#"Timeline(format: 1, title: "T",
    lanes: [Lane(id: "a", title: "Lane A"), Lane(id: "b", title: "Lane B")],
    sources: [
        Source(id: "wire", title: "Wire", reliability: B, published: "2024-01-10"),
        Source(id: "copy", title: "Copy", reliability: E, origin: "wire"),
        Source(id: "unjudged", title: "Unjudged", reliability: F),
        Source(id: "ungraded", title: "Ungraded"),
    ],
    events: [
        Event(title: "one", date: "2024-01-10", lane: "a", weight: 5, citations: [Citation(source: "wire"), Citation(source: "copy")]),
        Event(title: "two", date: "2024-02-10", lane: "b", standing: Disputed, citations: [Citation(source: "unjudged"), Citation(source: "wire", stance: Disputes)]),
        Event(title: "three", date: "2024-03-10", lane: "a", weight: 1, citations: [Citation(source: "ungraded")]),
        Event(title: "four", date: "2025-03-10", lane: "a", standing: Expected),
    ],
)"#;

fn legend_of(options: picture::PictureOptions) -> Vec<String> {
    let timeline = store::read(SOURCED.to_owned()).timeline;
    let until = Some(day(12, 31));
    let options = picture::PictureOptions { from: Some(day(1, 1)), to: until, width_px: 1600, ..options };
    let scene = picture::render(&timeline, &options, &mut Shaper::new()).unwrap().scene;
    let track = scene.items.iter().rposition(|item| matches!(item, Item::PopClip)).unwrap();
    let texts = scene.items[track..].iter().filter_map(|item| match item {
        Item::Text { run, .. } => Some(run.text.to_string()),
        _ => None,
    });
    let texts: Vec<String> = texts.collect();
    let from = texts.iter().position(|text| text == "Standing").unwrap();
    texts[from..texts.len() - 1].to_vec()
}

#[test]
fn the_legend_names_what_occurs_and_nothing_else() {
    let common = ["Standing", "Reported", "Disputed", "Sourcing", "Single origin", "Contradicted"];
    let check = |options, more: &[&str]| assert_eq!(legend_of(options), [&common[..], more].concat());
    let by = |color_by| picture::PictureOptions { color_by, ..picture::PictureOptions::default() };
    check(by(ColorBy::Lane), &["Lane", "Lane A", "Lane B"]);
    check(picture::PictureOptions { grouping: Grouping::Nothing, ..by(ColorBy::Lane) }, &["Lane", "Lane A", "Lane B"]);
    check(by(ColorBy::Standing), &[]);
    check(
        by(ColorBy::Reliability),
        &["Reliability", "B Usually reliable", "F Reliability cannot be judged", "Not graded"],
    );
    check(by(ColorBy::Weight), &["Weight", "1", "3", "5"]);
}

#[test]
fn the_legend_shows_marks_as_they_are_drawn_and_what_stands_along_the_axis() {
    let texts = |text: &str| {
        let options = picture::PictureOptions::default();
        let scene =
            picture::render(&store::read(text.to_owned()).timeline, &options, &mut Shaper::new()).unwrap().scene;
        let texts = scene.items.iter().filter_map(|item| match item {
            Item::Text { run, .. } => Some(run.text.to_string()),
            _ => None,
        });
        texts.collect::<Vec<String>>()
    };
    let has = |texts: &[String], text: &str| texts.iter().any(|own| own == text);
    let about = texts(r#"Timeline(format: 1, title: "T", events: [Event(title: "One", date: "1950~")])"#);
    assert!(
        has(&about, "Once, about then") && !has(&about, "Once, within") && !has(&about, "Approximate"),
        "{about:?}"
    );
    assert!(!has(&about, "Axis"));
    let treaty = texts(include_str!("../../timelines/russia-dprk-treaty.ron"));
    assert!(["Axis", "Empty time, left out", "Era"].into_iter().all(|text| has(&treaty, text)), "{treaty:?}");
}

#[test]
fn marks_have_the_colour_of_what_colours_stand_for() {
    let timeline = store::read(SOURCED.to_owned()).timeline;
    let scales = Theme::named(ThemeName::Light).scales;
    let inks = |color_by| {
        let options =
            picture::PictureOptions { color_by, grouping: Grouping::Nothing, ..picture::PictureOptions::default() };
        let scene = picture::render(&timeline, &options, &mut Shaper::new()).unwrap().scene;
        let strokes = scene.items.iter().filter_map(|item| match item {
            Item::Path { stroke: Some(stroke), .. } => Some(stroke.color),
            _ => None,
        });
        strokes.collect::<std::collections::HashSet<_>>()
    };
    let standings = inks(ColorBy::Standing);
    let expected = [Standing::Reported, Standing::Disputed, Standing::Expected];
    assert!(expected.iter().all(|standing| standings.contains(&scales.standing(*standing))));
    let grades = inks(ColorBy::Reliability);
    // The wire's B outdoes its copy's E; F is not the worst but beside the scale.
    assert!(
        [Some(Reliability::B), Some(Reliability::F), None].iter().all(|g| grades.contains(&scales.reliability(*g)))
    );
    assert!(!grades.contains(&scales.reliability(Some(Reliability::E))));
    let weights = inks(ColorBy::Weight);
    assert!([1, 3, 5].iter().all(|weight| weights.contains(&scales.weight(*weight))));
}

#[test]
fn a_label_in_a_filled_bar_stands_where_the_fill_has_not_faded() {
    let timeline = |standing| {
        let mut event = Event::new("e", "Since before", Date::parse("../2024-05-01").unwrap());
        event.standing = standing;
        Timeline::from_records(Header::new("t"), vec![], vec![], vec![event], vec![], vec![])
    };
    let label_x = |standing| {
        let options = picture::PictureOptions {
            from: Some(day(1, 1)),
            to: Some(day(7, 1)),
            width_px: 1000,
            ..picture::PictureOptions::default()
        };
        let scene = picture::render(&timeline(standing), &options, &mut Shaper::new()).unwrap().scene;
        let fade = scene.items.iter().find_map(|item| match item {
            Item::Gradient { rect, .. } => Some(rect.x1),
            _ => None,
        });
        let label = scene.items.iter().find_map(|item| match item {
            Item::Text { run, origin, .. } if &*run.text == "Since before" => Some(origin.x),
            _ => None,
        });
        (fade.unwrap(), label.unwrap())
    };
    let (fade, label) = label_x(Standing::Confirmed);
    assert!(fade <= label, "the fade ends at {fade}, the label begins at {label}");
    let (fade, label) = label_x(Standing::Alleged);
    assert!(label < fade, "dark text reads on the ground too");
}
