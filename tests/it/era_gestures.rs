//! Eras where they stand: drawn on their strip, moved, resized, edited and deleted; by the pointer and by keys.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Rect, pos2, vec2};
use egui_kittest::kittest::Queryable as _;

use crate::window::{Setup, Window};

const WAR: &str = r#"Timeline(format: 1, title: "War",
    events: [
        (id: "a", date: "2024-01-01", title: "First day"),
        (id: "b", date: "2024-03-31", title: "Last day"),
    ],
    eras: [
        (id: "siege", title: "Siege", date: "2024-02-01/2024-02-15", note: "as the mayor counts"),   // until relief
    ],
)"#;

fn eras(window: &Window) -> Vec<(&str, String)> {
    window.timeline().eras().iter().map(|era| (era.title.as_str(), era.date.to_string())).collect()
}

fn strip(window: &Window, title: &str) -> Rect {
    window.item(&format!("Era {title}")).rect()
}

/// A place on the strip so many days behind the left end of the siege.
fn at(window: &Window, days: f32) -> Pos2 {
    let siege = strip(window, "Siege");
    pos2(siege.left() + days * window.day_pt() + 1.0, siege.center().y)
}

#[test]
fn an_era_is_drawn_on_the_strip_as_vague_as_the_zoom_and_named() {
    let mut window = Window::on(WAR);
    let (from, to) = (at(&window, 20.2), at(&window, 30.4));
    window.drag(Modifiers::NONE, from, to - from);
    window.settle();
    assert_eq!(window.value("Era dates"), "2024-02-21/2024-03-02");
    window.fill("Era name", "Talks");
    window.key(Key::Enter);
    window.settle();
    assert_eq!(eras(&window)[1], ("Talks", "2024-02-21/2024-03-02".to_owned()));
    assert!(window.tells("Added the era “Talks”"));
    window.undo();
    assert_eq!(eras(&window).len(), 1);
    window.ctrl(Key::S);
    assert_eq!(window.text(), WAR);
}

#[test]
fn an_era_is_moved_and_resized_by_whole_units_of_its_dates() {
    let mut window = Window::on(WAR);
    let day = window.day_pt();
    let middle = strip(&window, "Siege").center();
    window.drag(Modifiers::NONE, middle, vec2(5.0 * day, 0.0));
    window.settle();
    assert_eq!(eras(&window)[0].1, "2024-02-06/2024-02-20");
    let end = strip(&window, "Siege").right_center() - vec2(2.0, 0.0);
    window.drag(Modifiers::NONE, end, vec2(2.5 * day, 0.0));
    window.settle();
    assert_eq!(eras(&window)[0].1, "2024-02-06/2024-02-23");
    let start = strip(&window, "Siege").left_center() + vec2(2.0, 0.0);
    window.drag(Modifiers::NONE, start, vec2(-1.5 * day, 0.0));
    window.settle();
    assert_eq!(eras(&window)[0].1, "2024-02-04/2024-02-23");
    for _ in 0..3 {
        window.undo();
    }
    assert_eq!(eras(&window)[0].1, "2024-02-01/2024-02-15");
}

#[test]
fn the_form_of_an_era_takes_dates_in_words_a_colour_and_a_note() {
    // Two clicks within the time of a double click.
    let mut window = Setup { step_seconds: 0.05, ..Setup::default() }.on(WAR);
    let middle = strip(&window, "Siege").center();
    window.double_click(middle);
    window.settle();
    assert_eq!(window.value("Era note"), "as the mayor counts");
    window.fill("Era dates", "February 2024");
    window.click("Red");
    window.click("Change era");
    let era = &window.timeline().eras()[0];
    assert_eq!((era.date.to_string(), era.color.as_deref()), ("2024-02".to_owned(), Some("#b3523d")));
    assert_eq!(window.undo_label(), "Change the era “Siege”");
    window.undo();
    window.ctrl(Key::S);
    assert_eq!(window.text(), WAR);
}

#[test]
fn eras_are_edited_and_deleted_by_keys_and_menu() {
    let mut window = Window::on(WAR);
    window.give_focus("Eras");
    window.key(Key::F2);
    window.settle();
    window.fill("Era name", "The siege");
    window.key(Key::Enter);
    window.settle();
    assert_eq!(eras(&window)[0].0, "The siege");
    window.give_focus("Eras");
    window.chord(Modifiers::SHIFT, Key::F10);
    window.settle();
    window.click("Zoom to the era");
    window.settle();
    let viewport = window.app().view().place.viewport;
    assert!(viewport.end().saturating_since(viewport.origin) < 20 * annalist::time::Instant::DAY);
    window.give_focus("Eras");
    window.key(Key::Delete);
    window.settle();
    assert!(eras(&window).is_empty());
    assert!(window.tells("Deleted the era “The siege”"));
    assert_eq!(window.titles().len(), 2);
}

#[test]
fn where_there_is_no_era_the_foot_of_the_ruler_takes_one_and_its_menu_says_so() {
    let without = WAR.replace(
        "(id: \"siege\", title: \"Siege\", date: \"2024-02-01/2024-02-15\", note: \"as the mayor counts\"),",
        "",
    );
    let mut window = Window::on(&without);
    // The first row of the track begins below the ruler.
    let track = window.harness.get_by_role_and_label(Role::ListBox, "Timeline").rect();
    let foot = pos2(track.center().x, track.top() + 40.0);
    let by = vec2(10.0 * window.day_pt(), 0.0);
    window.drag(Modifiers::NONE, foot, by);
    window.settle();
    assert!(window.has("Era dates"));
    window.key(Key::Escape);
    window.settle();
    window.secondary_click(pos2(track.center().x, track.top() + 20.0));
    window.settle();
    window.click("New era here…");
    window.settle();
    window.fill("Era name", "Lull");
    window.key(Key::Enter);
    window.settle();
    assert_eq!(eras(&window).len(), 1);
}

#[test]
fn what_is_missing_of_an_era_is_said() {
    let mut window = Window::on(WAR);
    window.menu("Edit", "New era…");
    window.settle();
    window.click("Add era");
    assert!(window.shows("A name is needed"));
    window.fill("Era name", "Lull");
    window.fill("Era dates", "");
    window.click("Add era");
    assert!(window.shows("Dates are needed"));
    assert_eq!(eras(&window).len(), 1);
}
