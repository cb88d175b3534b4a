//! Finding one's way: to a date in words, to anything by its name, back and forth, and how far two events lie apart.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, Queryable as _};

use crate::window::{Setup, Window};
use annalist::time::Instant;

const FERRY: &str = r#"Timeline(version: 1, title: "Ferry",
    lanes: [(id: "port", title: "Port"), (id: "sea", title: "Sea")],
    sources: [(id: "log", title: "Harbour log")],
    events: [
        (id: "built", date: "1950", title: "Aurora is built", lane: "port"),
        (id: "sails", date: "2024-06", title: "Aurora sails", lane: "sea", citations: [(source: "log")]),
        (id: "boards", date: "2024-11-09", title: "Customs board the ferry", lane: "port"),
    ],
    views: [(id: "late", title: "Late voyages", window: "2024-11")],
)"#;

fn middle(window: &Window) -> i64 {
    let viewport = window.app().view().place.viewport;
    i64::midpoint(viewport.origin.micros(), viewport.end().micros())
}

fn day(text: &str) -> i64 {
    let date = annalist::time::Date::parse(text).unwrap();
    date.extent(annalist::time::Zone::UTC).earliest_start.instant().unwrap().micros()
}

fn go_to(window: &mut Window, text: &str) {
    window.ctrl(Key::G);
    window.field("Go to").type_text(text);
    window.key(Key::Enter);
    window.settle();
}

#[test]
fn a_date_in_words_is_brought_into_the_middle_of_the_window() {
    let mut window = Window::on(FERRY);
    go_to(&mut window, "3 March 1981");
    assert!((middle(&window) - day("1981-03-03")).abs() <= 2 * Instant::DAY);
    let viewport = window.app().view().place.viewport;
    let span = viewport.end().saturating_since(viewport.origin);
    assert!((5 * Instant::DAY..60 * Instant::DAY).contains(&span), "a day of 75 years could not be made out: {span}");
    // Days beside it need no other zoom.
    go_to(&mut window, "5 March 1981");
    assert!((middle(&window) - day("1981-03-05")).abs() <= 2 * Instant::DAY);
    assert_eq!(window.app().view().place.viewport.micros_per_pt, viewport.micros_per_pt);
}

#[test]
fn what_is_no_date_and_no_name_is_said_and_escape_leaves() {
    let mut window = Window::on(FERRY);
    window.ctrl(Key::G);
    window.field("Go to").type_text("xyzzy");
    window.settle();
    assert!(window.shows("No date, and nothing of this name"));
    window.key(Key::Escape);
    assert!(!window.shows("No date, and nothing of this name"));
}

#[test]
fn events_views_and_lanes_are_found_by_their_names() {
    let mut window = Window::on(FERRY);
    go_to(&mut window, "customs");
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("boards"));
    go_to(&mut window, "late voy");
    let viewport = window.app().view().place.viewport;
    assert!(viewport.origin.micros() <= day("2024-11-01") && day("2024-11-30") <= viewport.end().micros());
    assert!(viewport.end().saturating_since(viewport.origin) < 60 * Instant::DAY);
    go_to(&mut window, "sea");
    assert!(window.app().view().transient.lane_pending.is_none(), "the lane has been brought into sight");
    go_to(&mut window, "harbour");
    assert_eq!(window.app().view().transient.source.as_deref(), Some("log"));
}

#[test]
fn a_command_is_found_by_another_name_and_what_was_chosen_comes_first_again() {
    let mut window = Window::on(FERRY);
    window.ctrl(Key::K);
    window.field("Find a command").type_text("night");
    window.key(Key::Enter);
    assert_eq!(window.app().settings().theme, annalist::ui::ThemeChoice::Dark);
    window.ctrl(Key::K);
    window.settle();
    window.key(Key::Enter);
    assert_eq!(window.app().settings().theme, annalist::ui::ThemeChoice::Dark, "the last command is the first entry");
}

#[test]
fn alt_and_arrows_go_back_and_forth_between_places() {
    let mut window = Setup::default().on(FERRY);
    let start = middle(&window);
    window.steps(8);
    go_to(&mut window, "3 March 1981");
    window.steps(8);
    go_to(&mut window, "9 Nov 2024");
    let there = middle(&window);
    window.steps(8);
    window.chord(Modifiers::ALT, Key::ArrowLeft);
    assert!((middle(&window) - day("1981-03-03")).abs() <= 2 * Instant::DAY);
    window.chord(Modifiers::ALT, Key::ArrowLeft);
    assert!((middle(&window) - start).abs() <= Instant::DAY * 40);
    window.chord(Modifiers::ALT, Key::ArrowLeft);
    assert!(window.tells("No place before this one"));
    window.chord(Modifiers::ALT, Key::ArrowRight);
    window.chord(Modifiers::ALT, Key::ArrowRight);
    assert!((middle(&window) - there).abs() <= 2 * Instant::DAY);
}

#[test]
fn the_status_line_says_how_far_two_events_lie_apart() {
    let mut window = Window::on(FERRY);
    go_to(&mut window, "aurora sails");
    window.ctrl(Key::ArrowRight);
    assert!(window.shows("2 selected, 132 to 161 days apart"));
}

#[test]
fn the_palette_is_as_high_as_what_it_lists() {
    let mut window = Window::on(r#"Timeline(format: 1, title: "T", events: [Event(title: "One", date: "1976")])"#);
    let seen = |window: &Window| {
        let area = window.harness.query_all(By::new().role(Role::Button));
        area.filter(|node| (73.0..420.0).contains(&node.rect().top()) && node.rect().width() > 500.0).count()
    };
    window.ctrl(Key::K);
    let all = seen(&window);
    window.type_text("save this v");
    let few = seen(&window);
    window.key(Key::Escape);
    window.ctrl(Key::K);
    assert!(all > 8 && few < 3, "{all} {few}");
    assert_eq!(seen(&window), all);
}
