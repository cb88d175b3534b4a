//! The zone on whose clock times are shown: chosen at the corner of the ruler, gone back from, and never written.

use annalist::export::{Format, SvgOptions, encode, picture};
use annalist::text::Shaper;
use annalist::time::{Instant, Zone};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, Queryable as _};

use crate::window::{Setup, Window, name};

const CASE: &str = r#"Timeline(format: 1, title: "Case", zone: "Europe/Moscow",
    lanes: [(id: "a", title: "Northern Border Post")],
    events: [
        (id: "order", date: "2024-10-24", title: "Order is given", lane: "a"),
        (id: "call", date: "2024-10-24T19:30Z", title: "Call is logged", lane: "a"),
        (id: "note", date: "2024-10-25T10:23", title: "Note is dated", lane: "a"),
        (id: "search", date: "2024-10-25", title: "House is searched", lane: "a"),
        (id: "trial", date: "2024-11-09", title: "Trial begins", lane: "a"),
    ],
)"#;

fn window() -> Window {
    let mut setup = Setup::default();
    setup.settings.reduce_motion = true;
    setup.on(CASE)
}

fn choose(window: &mut Window, typed: &str) {
    window.field("Show times in").type_text(typed);
    window.key(Key::Enter);
    window.settle();
    // As long as one has to stay at a place that counts.
    window.steps(4);
}

/// How many points right of the first event another one stands.
fn beyond(window: &Window, title: &str) -> f32 {
    window.mark(title).x - window.mark("Order is given").x
}

/// The order of all events in time.
fn order(window: &Window) -> Vec<&str> {
    let titles = window.titles();
    window.app().session().document(Instant::default()).index.order().map(|at| titles[at]).collect()
}

#[test]
fn the_corner_names_the_zone_and_offers_others_and_no_day_shifts() {
    let mut window = window();
    let (day, call, trial) = (window.day_pt(), beyond(&window, "Call is logged"), beyond(&window, "Trial begins"));
    window.click("Times in Europe/Moscow");
    // What is likely stands first, without a letter typed.
    for zone in ["Europe/Moscow", "Europe/Berlin", "UTC", "Africa/Abidjan"] {
        let mut offered = window.query_all(By::new().role(Role::Button).label_contains(zone));
        assert!(offered.any(|node| name(&node).starts_with(zone)), "{zone}");
    }
    choose(&mut window, "toky");
    assert!(window.has("Times in Asia/Tokyo"));
    assert!(
        (beyond(&window, "Call is logged") - call - day * 6.0 / 24.0).abs() < 1.5,
        "19:30Z is 04:30 of the next day there"
    );
    assert!((beyond(&window, "Trial begins") - trial).abs() < 0.5, "a day is one anywhere");
    // Also a time without a zone was read from the timeline's clock.
    window.select("Note is dated");
    assert!(window.shows("16:23 in Asia/Tokyo"));
    assert!(!window.app().session().is_unsaved() && window.undo_label().is_empty());
    window.click("Times in Asia/Tokyo");
    choose(&mut window, "moscow");
    assert_eq!(window.app().view().place.zone, None, "that is what the timeline says by itself");
    assert!((beyond(&window, "Call is logged") - call).abs() < 0.5);
}

#[test]
fn it_is_chosen_by_keys_and_gone_back_from_and_a_save_writes_nothing_of_it() {
    let mut window = window();
    window.steps(4);
    window.ctrl(Key::K);
    window.field("Find a command").type_text("time zone");
    window.key(Key::Enter);
    window.settle();
    choose(&mut window, "utc");
    assert!(window.has("Times in UTC"));
    window.chord(Modifiers::ALT, Key::ArrowLeft);
    assert!(window.has("Times in Europe/Moscow"));
    window.chord(Modifiers::ALT, Key::ArrowRight);
    assert!(window.has("Times in UTC"));
    // Escape leaves it as it is.
    window.click("Times in UTC");
    assert!(window.has("Show times in"));
    window.key(Key::Escape);
    assert!(window.has("Times in UTC") && !window.has("Show times in"));
    window.tab_to("Times in UTC");
    window.key(Key::Enter);
    window.settle();
    choose(&mut window, "nowhere land");
    assert!(window.shows("No zone of this name"));
    window.key(Key::Escape);
    window.ctrl(Key::S);
    assert_eq!(window.text(), CASE);
}

#[test]
fn lists_are_in_the_order_of_the_clock_that_is_shown() {
    let mut window = window();
    assert_eq!(order(&window)[1..4], ["Call is logged", "House is searched", "Note is dated"]);
    window.click("Times in Europe/Moscow");
    choose(&mut window, "toky");
    assert_eq!(order(&window)[1..4], ["House is searched", "Call is logged", "Note is dated"]);
    // Of mark and row the lower one is the row of the table, which says when that was there.
    window.ctrl(Key::T);
    let all = window.query_all(By::new().role(Role::ListBoxOption).label_contains("Call is logged"));
    let row = all.map(|node| node.rect().center()).max_by(|a, b| a.y.total_cmp(&b.y)).unwrap();
    window.move_to(row);
    window.steps(8);
    assert!(window.shows("04:30 in Asia/Tokyo"));
}

#[test]
fn a_window_of_hours_goes_on_showing_the_same_moments() {
    let mut window = window();
    window.select("Call is logged");
    window.key(Key::F);
    window.steps(3);
    let before = window.mark("Call is logged").x;
    window.click("Times in Europe/Moscow");
    choose(&mut window, "los angeles");
    assert!((window.mark("Call is logged").x - before).abs() < 2.0);
}

#[test]
fn a_picture_is_drawn_on_the_clock_that_is_shown() {
    let timeline = annalist::store::read(CASE.to_owned()).timeline;
    let svg = |zone: Option<&str>| {
        let zone = zone.map(|name| Zone::parse(name).unwrap());
        let options = picture::PictureOptions { zone, ..picture::PictureOptions::default() };
        let picture = picture::render(&timeline, &options, &mut Shaper::new()).unwrap();
        String::from_utf8(encode(&picture.scene, Format::Svg, &SvgOptions::default()).unwrap()).unwrap()
    };
    let (own, there) = (svg(None), svg(Some("Asia/Tokyo")));
    assert!(own.contains("times in Europe/Moscow") && there.contains("times in Asia/Tokyo"));
    assert_ne!(own, there);
}
