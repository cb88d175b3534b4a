//! What a window shows stays in sight: when its size changes, and when all that was found is asked for.

use annalist::app::App;
use annalist::layout::Viewport;
use annalist::time::{CivilDay, Instant};
use egui::{Key, vec2};

use crate::window::{Screen, TREATY, Window};

fn viewport(window: &Screen<App>) -> Viewport {
    window.app().view().place.viewport
}

/// Whether two instants stand on the same point of a window.
fn is_near(viewport: &Viewport, a: Instant, b: Instant) -> bool {
    (viewport.x_from_instant(a) - viewport.x_from_instant(b)).abs() < 1.0
}

fn same_stretch(before: &Viewport, after: &Viewport) -> bool {
    is_near(after, before.origin, after.origin) && is_near(after, before.end(), after.end())
}

#[test]
fn a_window_that_shows_everything_shows_it_at_every_size_and_no_empty_future() {
    let mut window = Window::on(TREATY);
    let before = viewport(&window);
    for size in [vec2(900.0, 600.0), vec2(2560.0, 1400.0), vec2(1360.0, 840.0)] {
        window.harness.set_size(size);
        window.settle();
        let after = viewport(&window);
        assert!(same_stretch(&before, &after), "{before:?} and {after:?}");
        for title in ["Treaty signed", "Duma ratifies", "Treaty in force"] {
            window.option(title);
        }
    }
    window.ctrl(Key::I);
    assert!(same_stretch(&before, &viewport(&window)), "the inspector takes room and no time");
}

#[test]
fn at_every_size_marks_at_the_edges_of_everything_are_whole() {
    let folded = include_str!("../../timelines/russia-dprk-treaty.ron");
    let mut window = Window::on(folded);
    let first = Instant::from_day(CivilDay::new(1961, 7, 6)).unwrap();
    let last = Instant::from_day(CivilDay::new(2025, 4, 28)).unwrap();
    for width in [2560.0, 1900.0, 1360.0, 1100.0, 900.0, 1360.0] {
        window.harness.set_size(vec2(width, 840.0));
        window.settle();
        let viewport = viewport(&window);
        let (left, right) = (viewport.x_from_instant(first), viewport.x_from_instant(last));
        assert!(left >= 12.0 && viewport.width_pt - right >= 12.0, "{left} and {right} of {}", viewport.width_pt);
    }
}

#[test]
fn another_size_keeps_middle_and_span_of_a_part() {
    let mut window = Window::on(TREATY);
    window.select("Duma ratifies");
    window.key(Key::F);
    let before = viewport(&window);
    window.harness.set_size(vec2(1000.0, 700.0));
    window.settle();
    assert!(same_stretch(&before, &viewport(&window)));
}

#[test]
fn show_all_shows_all_that_was_found_while_something_is_asked_for() {
    let mut window = Window::on(TREATY);
    let all = viewport(&window);
    window.ctrl(Key::F);
    window.type_text("Treaty");
    window.key(Key::Tab);
    window.key(Key::Num0);
    let some = viewport(&window);
    assert!(same_stretch(&all, &some), "the first and the last match");
    window.ctrl(Key::F);
    window.type_text(" force");
    window.key(Key::Tab);
    window.key(Key::Num0);
    let one = viewport(&window);
    let day = |year, month, day| Instant::from_day(CivilDay::new(year, month, day)).unwrap();
    assert!(day(2024, 12, 1) < one.origin && one.end() < day(2024, 12, 8), "{one:?}");
    window.option("Treaty in force");
}

#[test]
fn a_selected_event_that_is_not_to_be_seen_is_said_with_the_way_to_it() {
    let mut window = Window::on(TREATY);
    window.select("Duma ratifies");
    assert!(!window.shows("Selected event outside the window"));
    let before = viewport(&window);
    window.key(Key::F);
    for _ in 0..30 {
        window.key(Key::ArrowLeft);
    }
    assert!(!same_stretch(&before, &viewport(&window)));
    window.click("Selected event outside the window");
    assert!(!window.shows("Selected event outside the window"));

    window.ctrl(Key::F);
    window.type_text("treaty signed");
    window.key(Key::Enter);
    let found = window.app().view().transient.selection.clone();
    assert_eq!(window.event(found.as_deref().unwrap()).title, "Treaty signed");
    window.ctrl(Key::F);
    window.type_text(" zeppelin");
    window.settle();
    window.click("Selected event hidden by the question");
    assert!(!window.shows("Selected event hidden by the question"));
    assert_eq!(window.app().view().place.query, "");
    assert_eq!(window.app().view().transient.selection, found, "not what was selected before it was asked");
}
