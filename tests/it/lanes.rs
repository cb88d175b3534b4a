//! Lanes where they stand: renamed, coloured, moved, merged, deleted, made; by the pointer and by keys.

use egui::{Key, Modifiers, Pos2, vec2};

use crate::window::{Setup, Window};

const PORT: &str = r##"Timeline(format: 1, title: "Port",
    lanes: [
        (id: "quay", title: "Quay"),   // where ships lie
        (id: "sea", title: "Sea", color: "#3a6ea5"),
        (id: "court", title: "Court"),
    ],
    events: [
        (id: "sails", date: "2024-06-01", title: "Aurora sails", lane: "sea"),
        (id: "lands", date: "2024-06-09", title: "Aurora lands", lane: "quay"),
        (id: "loads", date: "2024-06-11", title: "Aurora loads", lane: "quay", links: [(to: "sails", relation: Related)]),
        (id: "sued", date: "2024-07-02", title: "Owner is sued", lane: "court", links: [(to: "loads", relation: Causes)]),
    ],
    views: [(id: "v", title: "By lane", window: "2024-06/2024-07", bands: "collapsed Quay")],
)"##;

fn lanes(window: &Window) -> Vec<&str> {
    window.timeline().lanes().iter().map(|lane| lane.title.as_str()).collect()
}

fn lane_of<'w>(window: &'w Window, event: &str) -> Option<&'w str> {
    window.event(event).lane.as_deref()
}

/// The middle of a lane's name.
fn name(window: &Window, lane: &str) -> Pos2 {
    window.item(&format!("Lane {lane}")).rect().center()
}

/// Opens the menu of a lane by the secondary button and clicks an entry.
fn choose(window: &mut Window, lane: &str, entries: &[&str]) {
    let at = name(window, lane);
    window.secondary_click(at);
    window.settle();
    for entry in entries {
        window.reach(entry);
        window.settle();
    }
}

#[test]
fn a_name_is_typed_where_it_stands_and_views_that_name_the_band_follow() {
    // Two clicks within the time of a double click.
    let mut window = Setup { step_seconds: 0.05, ..Setup::default() }.on(PORT);
    let at = name(&window, "Quay");
    window.double_click(at);
    window.settle();
    assert_eq!(window.value("Lane name"), "Quay");
    window.type_text("Pier");
    window.key(Key::Enter);
    window.settle();
    assert_eq!(lanes(&window), ["Pier", "Sea", "Court"]);
    assert_eq!(window.timeline().views()[0].bands.as_deref(), Some("collapsed Pier"));
    assert_eq!(window.undo_label(), "Rename the lane “Quay” to “Pier”");
    // By keys one goes on among the names: Escape changes nothing.
    assert_eq!(window.focused(), "Lane Pier");
    window.key(Key::ArrowDown);
    window.key(Key::F2);
    window.settle();
    assert_eq!(window.value("Lane name"), "Sea");
    window.type_text("Ocean");
    window.key(Key::Escape);
    window.settle();
    assert_eq!(lanes(&window), ["Pier", "Sea", "Court"]);
    window.undo();
    window.ctrl(Key::S);
    assert_eq!(window.text(), PORT);
}

#[test]
fn dragging_a_name_reorders_the_lanes_of_the_file_as_one_step() {
    let mut window = Window::on(PORT);
    let (from, to) = (name(&window, "Court"), name(&window, "Quay"));
    window.drag(Modifiers::NONE, from, to - from - vec2(0.0, 20.0));
    window.settle();
    assert_eq!(lanes(&window), ["Court", "Quay", "Sea"]);
    assert_eq!(window.undo_label(), "Move the lane “Court”");
    assert!(window.app().view().place.arrangement.is_plain(), "the view says nothing of it");
    window.ctrl(Key::S);
    assert!(window.text().contains("(id: \"quay\", title: \"Quay\"),   // where ships lie"));
    window.undo();
    assert_eq!(lanes(&window), ["Quay", "Sea", "Court"]);
}

#[test]
fn lanes_are_moved_by_menu_and_by_keys() {
    let mut window = Window::on(PORT);
    choose(&mut window, "Sea", &["Move lane up"]);
    assert_eq!(lanes(&window), ["Sea", "Quay", "Court"]);
    window.give_focus("Names of bands");
    window.chord(Modifiers::COMMAND, Key::ArrowDown);
    window.settle();
    assert_eq!(lanes(&window), ["Quay", "Sea", "Court"]);
    window.chord(Modifiers::COMMAND, Key::ArrowDown);
    window.settle();
    assert_eq!(lanes(&window), ["Quay", "Court", "Sea"], "the keyboard goes with it");
    // The command for the band of the selected event does the same.
    window.select("Aurora sails");
    window.chord(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::ArrowUp);
    window.settle();
    assert_eq!(lanes(&window), ["Quay", "Sea", "Court"]);
}

#[test]
fn a_lane_gets_a_colour_of_the_palette_or_that_of_the_theme() {
    let mut window = Window::on(PORT);
    choose(&mut window, "Quay", &["Colour of the lane", "Purple"]);
    assert_eq!(window.timeline().lanes()[0].color.as_deref(), Some("#875c9e"));
    choose(&mut window, "Sea", &["Colour of the lane", "As the theme has it"]);
    assert_eq!(window.timeline().lanes()[1].color, None);
    window.undo();
    window.undo();
    assert_eq!(window.timeline().lanes()[1].color.as_deref(), Some("#3a6ea5"));
}

#[test]
fn a_lane_is_merged_into_another_and_told_with_a_count() {
    let mut window = Window::on(PORT);
    choose(&mut window, "Quay", &["Merge into", "Sea"]);
    assert_eq!(lanes(&window), ["Sea", "Court"]);
    assert_eq!((lane_of(&window, "lands"), lane_of(&window, "loads")), (Some("sea"), Some("sea")));
    assert!(window.tells("Merged the lane “Quay” into “Sea”: 2 events moved"));
    window.undo();
    window.ctrl(Key::S);
    assert_eq!(window.text(), PORT);
}

#[test]
fn deleting_a_lane_asks_once_what_becomes_of_its_events() {
    let mut window = Window::on(PORT);
    window.give_focus("Names of bands");
    window.key(Key::Delete);
    window.settle();
    assert!(window.shows("Delete the lane “Quay”?") && window.shows("2 events stand in it."));
    window.click("Delete lane");
    assert_eq!(lanes(&window), ["Sea", "Court"]);
    assert_eq!(lane_of(&window, "lands"), None);
    window.undo();
    choose(&mut window, "Quay", &["Delete lane…"]);
    window.click("Delete them too");
    window.click("Delete lane");
    assert_eq!(window.titles(), ["Aurora sails", "Owner is sued"]);
    assert!(window.event("sued").links.is_empty(), "the link to what is gone went too");
    assert!(window.tells("Deleted the lane “Quay” with 2 events"));
    window.undo();
    assert_eq!(window.titles().len(), 4);
    // An empty lane goes without a question.
    choose(&mut window, "Court", &["New lane below…"]);
    window.type_text("Press");
    window.key(Key::Enter);
    window.settle();
    assert_eq!(lanes(&window), ["Quay", "Sea", "Court", "Press"]);
    choose(&mut window, "Press", &["Delete lane…"]);
    assert_eq!(lanes(&window), ["Quay", "Sea", "Court"]);
}

#[test]
fn a_lane_says_how_many_events_it_has_and_they_are_selected_or_asked_for() {
    let mut window = Window::on(PORT);
    let at = name(&window, "Quay");
    window.secondary_click(at);
    window.settle();
    assert!(window.shows("2 events"));
    window.click("Select its events");
    assert_eq!(window.app().view().transient.selected.len(), 2);
    choose(&mut window, "Sea", &["Only this lane"]);
    assert_eq!(window.app().view().place.query, "lane:=sea");
    let at = name(&window, "Quay");
    window.secondary_click(at);
    window.settle();
    assert!(window.shows("2 events, 0 shown"));
}

#[test]
fn many_selected_events_go_into_a_new_lane_from_their_form() {
    let mut window = Window::on(PORT);
    window.ctrl(Key::A);
    window.settle();
    window.click_combo("Lane");
    window.click("New lane…");
    window.settle();
    assert!(window.shows("The selected events go into it"));
    window.type_text("Everything");
    window.key(Key::Enter);
    window.settle();
    assert_eq!(lanes(&window), ["Quay", "Sea", "Court", "Everything"]);
    assert!(window.timeline().events().iter().all(|event| event.lane.as_deref() == Some("everything")));
    assert!(window.tells("Added the lane “Everything” with 4 events"));
    window.undo();
    assert_eq!((lanes(&window).len(), lane_of(&window, "sued")), (3, Some("court")));
}

#[test]
fn the_menu_of_a_name_opens_by_shift_f10() {
    let mut window = Window::on(PORT);
    window.give_focus("Names of bands");
    window.key(Key::ArrowDown);
    window.chord(Modifiers::SHIFT, Key::F10);
    window.settle();
    window.click("New lane above…");
    window.settle();
    window.type_text("Air");
    window.key(Key::Enter);
    window.settle();
    assert_eq!(lanes(&window), ["Quay", "Air", "Sea", "Court"]);
}

#[test]
fn lanes_of_a_timeline_that_cannot_be_changed_stay() {
    let setup = Setup { step_seconds: 0.05, ..Setup::default() };
    let mut window = setup.on(&PORT.replace("format: 1", "format: 1, nonsense: 2"));
    let at = name(&window, "Quay");
    window.double_click(at);
    window.settle();
    assert!(!window.has("Lane name"));
    window.give_focus("Names of bands");
    window.key(Key::Delete);
    window.settle();
    assert_eq!(lanes(&window), ["Quay", "Sea", "Court"]);
    choose(&mut window, "Quay", &["Only this lane"]);
    assert_eq!(window.app().view().place.query, "lane:=quay", "what changes nothing works");
}
