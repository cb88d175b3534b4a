//! What is done by a key or by the pointer, and taken back from the notice that tells of it.

use std::fmt::Write as _;

use annalist::app::Settings;
use annalist::time::Date;
use egui::accesskit::Role;
use egui::epaint::{ClippedPrimitive, Primitive};
use egui::{Key, Modifiers, Rect, pos2, vec2};
use egui_kittest::Node;
use egui_kittest::kittest::Queryable as _;

use super::window::{Setup, Window};

/// A dam, with a wording and three ways in which a source dates an event.
const DAM: &str = r#"Timeline(
    format: 1,
    title: "Dam",
    lanes: [Lane(id: "works", title: "Works"), Lane(id: "river", title: "River")],
    sources: [Source(id: "gauge", title: "Gauge"), Source(id: "mayor", title: "Mayor"), Source(id: "press", title: "Press")],
    events: [
        Event(id: "filled", title: "Reservoir filled", date: "1976-05-28", lane: "works"),
        Event(
            id: "breach", title: "Dam breaks", date: "1976-06-05", wording: "the first Saturday of June", lane: "river",
            citations: [
                Citation(source: "gauge"),
                Citation(source: "mayor", date: "1976-06-05"),
                Citation(source: "press", stance: Denies),
            ],
            links: [Link(to: "filled", relation: Precedes)],
        ),
        Event(id: "drained", title: "River back in its bed", date: "1976-06-20", lane: "river"),
    ],
)
"#;

/// The window at thirty frames a second.
fn window() -> Window {
    Setup { step_seconds: 1.0 / 30.0, ..Setup::default() }.on(DAM)
}

/// Clicks the mark of an event.
fn select(window: &mut Window, title: &str) {
    let at = window.mark(title);
    window.click_at(at);
}

fn undo_button(window: &Window) -> Option<Node<'_>> {
    window.harness.query_by_role_and_label(Role::Button, "Undo")
}

/// Whether the timeline is as it was read.
fn is_as_read(window: &Window) -> bool {
    *window.timeline() == annalist::store::load(&window.file()).unwrap().read.timeline
}

#[test]
fn a_deleted_event_comes_back_from_its_notice() {
    for key in [Key::Delete, Key::Backspace] {
        let mut window = window();
        select(&mut window, "Reservoir filled");
        window.key(key);
        assert_eq!(window.timeline().events().len(), 2);
        assert_eq!(window.notices(), ["Deleted “Reservoir filled” and the link to it"]);
        undo_button(&window).expect("a button").click();
        window.settle();
        assert!(is_as_read(&window) && window.notices().is_empty());
    }
}

#[test]
fn the_button_is_reached_by_keys() {
    let mut window = window();
    select(&mut window, "River back");
    window.key(Key::Delete);
    for _ in 0..80 {
        if undo_button(&window).is_some_and(|button| button.is_focused()) {
            break;
        }
        window.harness.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
        window.steps(3);
    }
    assert!(undo_button(&window).is_some_and(|button| button.is_focused()));
    // While it has the keyboard it stays.
    window.steps(30 * 20);
    assert!(undo_button(&window).is_some());
    window.key(Key::Enter);
    assert!(is_as_read(&window));
}

#[test]
fn the_notice_goes_with_the_next_edit_and_by_itself() {
    let mut window = window();
    select(&mut window, "River back");
    window.key(Key::Delete);
    select(&mut window, "Dam breaks");
    window.key(Key::Delete);
    assert_eq!(
        window.notices(),
        ["Deleted “Dam breaks”"],
        "one at a time: what came before is no longer the last edit"
    );
    window.ctrl(Key::Z);
    assert!(window.notices().is_empty(), "Undo from the keyboard has done it");
    assert_eq!(window.timeline().events().len(), 2);
    select(&mut window, "Dam breaks");
    window.key(Key::Delete);
    window.steps(30 * 5);
    assert!(undo_button(&window).is_some(), "it stays for some seconds");
    window.steps(30 * 10);
    assert!(undo_button(&window).is_none() && window.notices().is_empty());
}

#[test]
fn a_drag_leaves_the_wording_and_the_sources_behind_and_one_undo_brings_all_back() {
    let mut window = window();
    let by = vec2(4.0 * window.day_pt(), 0.0);
    let from = window.mark("Dam breaks");
    window.drag(Modifiers::NONE, from, by);
    let event = window.timeline().event("breach").unwrap().clone();
    assert_eq!((event.date_as_written(), event.wording.as_deref()), ("1976-06-09", None));
    let dates: Vec<_> = event.citations.iter().map(|citation| citation.date.as_deref().map(Date::as_str)).collect();
    assert_eq!(dates, [Some("1976-06-05"), Some("1976-06-05"), None], "a source has not moved with the event");
    let codes: Vec<&str> = window.app().session().problems().iter().map(|problem| problem.code).collect();
    assert!(codes.contains(&"date-outside-sources"), "{codes:?}");
    let said = "Moved to 9 Jun 1976. The wording “the first Saturday of June” no longer holds and is gone. Its source \
                keeps 5 Jun 1976. No source allows this date";
    assert_eq!(window.notices(), [said]);
    assert_eq!(window.undo_label(), "Move “Dam breaks” to 9 Jun 1976");
    undo_button(&window).expect("a button").click();
    window.settle();
    assert!(is_as_read(&window));
    assert_eq!(window.undo_label(), "", "it was one step");
}

#[test]
fn a_drag_that_comes_back_or_is_broken_off_leaves_nothing() {
    let mut window = window();
    let from = window.mark("Dam breaks");
    let day_pt = window.day_pt();
    window.drag(Modifiers::NONE, from, vec2(0.3 * day_pt, 0.0));
    assert!(window.notices().is_empty() && window.undo_label().is_empty());
    window.move_to(from);
    window.button(Modifiers::NONE, from, true);
    window.move_to(from + vec2(3.0 * day_pt, 0.0));
    window.key(Key::Escape);
    window.button(Modifiers::NONE, from, false);
    window.settle();
    assert!(window.notices().is_empty() && window.undo_label().is_empty() && is_as_read(&window));
}

#[test]
fn a_long_set_leaves_an_idle_window_alone() {
    let years: Vec<String> = (0..2_000).map(|year| format!("{year:04}")).collect();
    let events = [format!("{{{}}}", years.join(",")), format!("[{}]", years.join(","))];
    let events = events.map(|date| format!("Event(title: \"Floods\", date: \"{date}\")")).join(",\n");
    let mut window = Window::on(&format!("Timeline(format: 1, title: \"Set\", events: [{events}])"));
    window.steps(10);
    let asked = window.delay();
    assert!(asked > std::time::Duration::from_secs(1), "a frame is asked for in {asked:?}");
}

/// The corners of all that is drawn on the track left of the inspector.
fn on_track(window: &mut Window) -> Vec<(i32, i32)> {
    window.move_to(pos2(2.0, 2.0));
    // Notices go by themselves.
    window.steps(30 * 20);
    window.settle();
    let track = Rect::from_min_max(pos2(0.0, 110.0), pos2(700.0, 520.0));
    let output = window.harness.output();
    let meshes = window.harness.ctx.tessellate(output.shapes.clone(), output.pixels_per_point);
    let corners = meshes.iter().flat_map(|ClippedPrimitive { primitive, .. }| match primitive {
        Primitive::Mesh(mesh) => mesh.vertices.as_slice(),
        Primitive::Callback(_) => &[],
    });
    let corners = corners.map(|vertex| vertex.pos).filter(|pos| track.contains(*pos));
    let mut corners: Vec<(i32, i32)> = corners.map(|pos| (pos.x.round() as i32, pos.y.round() as i32)).collect();
    corners.sort_unstable();
    corners
}

#[test]
fn labels_stand_where_they_did_once_an_edit_is_taken_back() {
    let mut text = "Timeline(format: 1, title: \"Shells\", events: [\n".to_owned();
    for day in 1..30 {
        writeln!(text, "Event(id: \"e{day}\", title: \"Shell hits {day:02}\", date: \"2024-06-{day:02}\"),").unwrap();
    }
    text += "Event(id: \"last\", title: \"Talks end\", date: \"2024-06-30\")])";
    let settings = Settings { reduce_motion: true, inspector: false, ..Settings::default() };
    let mut window = Setup { settings, step_seconds: 1.0 / 30.0, ..Setup::default() }.on(&text);
    let before = on_track(&mut window);
    assert!(before.len() > 100, "{}", before.len());
    for title in ["Shell hits 01", "Shell hits 14"] {
        select(&mut window, title);
        window.key(Key::Delete);
        assert_ne!(on_track(&mut window), before);
        window.undo();
        window.key(Key::Escape);
        assert!(on_track(&mut window) == before, "after {title} came back");
    }
}
