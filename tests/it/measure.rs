//! Measuring the time between events and points of the track, by Alt and a drag and by keys.

use egui::{Key, Modifiers, vec2};

use crate::window::{Setup, Window};

const CASE: &str = r#"Timeline(format: 1, title: "Case",
    lanes: [(id: "a", title: "Above"), (id: "b", title: "Below")],
    events: [
        (id: "letter", date: "2024-06", title: "Letter is sent", lane: "a"),
        (id: "raid", date: "2024-11-09", title: "Office is raided", lane: "b"),
        (id: "trial", date: "2025-03-03/2025-04-30", title: "Trial", lane: "a"),
        (id: "end", date: "2026-12-31", title: "Appeal is over", lane: "b"),
    ],
)"#;

fn window() -> Window {
    let mut setup = Setup::default();
    setup.settings.reduce_motion = true;
    setup.on(CASE)
}

#[test]
fn alt_and_a_drag_from_mark_to_mark_say_the_least_and_the_most_time() {
    let mut window = window();
    let letter = window.option("Letter is sent").rect();
    let (from, to) = (letter.left_center() + vec2(2.0, 0.0), window.mark("Office is raided"));
    window.drag(Modifiers::ALT, from, to - from);
    assert!(window.shows("132 to 161 days apart"));
    assert!(!window.shows("Link two events"), "a link has its handle");
    assert_eq!(window.undo_label(), "");
    // It stays while one looks elsewhere, and goes with Escape, which takes nothing else away.
    window.steps(3);
    assert!(window.shows("132 to 161 days apart"));
    window.select("Trial");
    assert!(!window.shows("132 to 161 days apart"), "a click ends it");
    window.drag(Modifiers::ALT, to, from - to);
    assert!(window.shows("132 to 161 days apart"), "it is the same from either end");
    window.key(Key::Escape);
    assert!(!window.shows("132 to 161 days apart"));
    assert!(window.app().view().transient.selection.is_some(), "the selection is for the next Escape");
}

#[test]
fn the_edges_of_a_long_event_are_ends_of_their_own() {
    let mut window = window();
    window.key(Key::F);
    window.select("Trial");
    window.key(Key::F);
    let trial = window.option("Trial").rect();
    assert!(trial.width() > 60.0, "{trial:?}");
    let (from, to) = (trial.left_center() + vec2(2.0, 0.0), trial.right_center() - vec2(2.0, 0.0));
    window.drag(Modifiers::ALT, from, to - from);
    assert!(window.shows("58 days apart"));
}

#[test]
fn elsewhere_two_points_are_as_fine_as_one_can_point_there() {
    let mut window = window();
    let (office, over) = (window.mark("Office is raided"), window.mark("Appeal is over"));
    let ground = vec2(0.0, 60.0);
    window.drag(Modifiers::ALT, office + ground, over - office);
    // Two and a half years in a thousand points: a month has room for the hand, a day has not.
    let says =
        |window: &Window| window.shows("about 2 years 1 month apart") || window.shows("about 2 years 2 months apart");
    assert!(says(&window));
    // From an event to a point it is as vague as both, from either end.
    window.drag(Modifiers::ALT, office, over + ground - office);
    assert!(says(&window) && !window.shows("days apart"));
    window.drag(Modifiers::ALT, over + ground, office - over - ground);
    assert!(says(&window) && !window.shows("days apart"));
    assert_eq!(window.titles().len(), 4);
}

#[test]
fn two_events_selected_by_keys_are_measured_in_the_status_line() {
    let mut window = window();
    window.key(Key::Home);
    window.ctrl(Key::ArrowRight);
    assert!(window.shows("2 selected, 132 to 161 days apart"));
}

#[test]
fn what_was_measured_of_an_event_that_is_gone_is_measured_no_more() {
    let mut window = window();
    let (from, to) = (window.mark("Office is raided"), window.mark("Appeal is over"));
    window.select("Appeal is over");
    window.drag(Modifiers::ALT, from, to - from);
    assert!(window.shows("2 years 1 month (782 days) apart"));
    window.key(Key::Delete);
    assert!(!window.shows("2 years 1 month (782 days) apart"));
}
