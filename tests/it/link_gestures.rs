//! Links made by dragging from one event to another and by keys, changed, turned round and deleted.

use annalist::model::Relation;
use egui::{Key, Modifiers, vec2};

use crate::window::Window;

const CASE: &str = r#"Timeline(format: 1, title: "Case",
    lanes: [(id: "a", title: "Above"), (id: "b", title: "Below")],
    events: [
        // The letter came first.
        (id: "letter", date: "2024-06-01", title: "Letter is sent", lane: "a"),
        (id: "raid", date: "2024-06-20", title: "Office is raided", lane: "b"),
    ],
)"#;

fn links(window: &Window, id: &str) -> Vec<(String, Relation, Option<String>)> {
    let said = |note: &Option<annalist::model::Text>| note.as_ref().map(ToString::to_string);
    window.event(id).links.iter().map(|link| (link.to.to_string(), link.relation, said(&link.note))).collect()
}

#[test]
fn a_link_is_drawn_from_the_handle_of_the_selected_event_to_another() {
    let mut window = Window::on(CASE);
    window.select("Letter is sent");
    let mark = window.option("Letter is sent").rect();
    let handle = mark.center_top() - vec2(0.0, 2.0);
    let to = window.mark("Office is raided");
    window.drag(Modifiers::NONE, handle, to - handle);
    window.settle();
    assert!(window.shows("Link two events"));
    window.click("causes");
    window.settle();
    assert_eq!(links(&window, "letter"), [("raid".to_owned(), Relation::Causes, None)]);
    assert!(window.tells("Linked: “Letter is sent” causes “Office is raided”"));
    assert_eq!(window.undo_label(), "Link “Letter is sent” to “Office is raided”");
    assert_eq!(window.event("letter").date.as_ref().unwrap().to_string(), "2024-06-01", "nothing was moved");
    window.undo();
    window.ctrl(Key::S);
    assert_eq!(window.text(), CASE);
}

/// The circle above the mark of a selected event.
fn handle(window: &mut Window, title: &str) -> egui::Pos2 {
    window.select(title);
    window.option(title).rect().center_top() - vec2(0.0, 2.0)
}

/// Two days, of which the label of the first stands above the mark of the second.
const ABOVE: &str = r#"Timeline(format: 1, title: "Above", events: [
    (id: "letter", date: "2024-06-01", title: "A letter with a long title is sent to everybody who may read it"),
    (id: "raid", date: "2024-06-04", title: "Office is raided"),
    (id: "end", date: "2024-12-20", title: "End"),
])"#;

#[test]
fn the_handle_of_a_mark_lies_on_no_label_of_the_row_above() {
    let mut window = Window::on(ABOVE);
    let handle = handle(&mut window, "Office is raided");
    let (letter, end) = (window.option("A letter with").rect(), window.mark("End"));
    assert!(letter.bottom() < handle.y, "its label stands above: {letter:?} {handle:?}");
    // What is pressed on the label is the label.
    let on_label = egui::pos2(handle.x, letter.bottom() - 1.0);
    window.click_at(on_label);
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("letter"));
    window.select("Office is raided");
    window.drag(Modifiers::NONE, handle, end - handle);
    window.settle();
    assert!(window.shows("Link two events"));
    let mut window = Window::on(ABOVE);
    window.select("Office is raided");
    window.drag(Modifiers::NONE, on_label, end - on_label);
    window.settle();
    assert!(!window.shows("Link two events"));
}

#[test]
fn a_link_has_a_note_and_is_turned_round_and_letting_go_elsewhere_makes_none() {
    let mut window = Window::on(CASE);
    let (from, to) = (handle(&mut window, "Office is raided"), window.mark("Letter is sent"));
    window.drag(Modifiers::NONE, from, to - from);
    window.settle();
    window.fill("Note of the link", "as the report says");
    window.click("Turn round");
    window.click("contradicts");
    window.settle();
    let expected = ("raid".to_owned(), Relation::Contradicts, Some("as the report says".to_owned()));
    assert_eq!(links(&window, "letter"), [expected]);
    let from = handle(&mut window, "Office is raided");
    window.drag(Modifiers::NONE, from, vec2(-60.0, -10.0));
    window.settle();
    assert!(!window.shows("Link two events"));
    assert_eq!(window.undo_label(), "Link “Letter is sent” to “Office is raided”");
}

#[test]
fn why_it_is_said_stands_above_the_relations_that_make_the_link() {
    let mut window = Window::on(CASE);
    window.key(Key::Home);
    window.ctrl(Key::ArrowRight);
    window.chord(Modifiers::SHIFT, Key::R);
    assert_eq!(window.focused(), "causes");
    assert!(window.field("Note of the link").rect().bottom() < window.named("causes").rect().top());
    window.chord(Modifiers::SHIFT, Key::Tab);
    assert_eq!(window.focused(), "Note of the link");
    window.type_text("as the report says");
    window.key(Key::Tab);
    window.key(Key::Enter);
    let expected = ("raid".to_owned(), Relation::Causes, Some("as the report says".to_owned()));
    assert_eq!(links(&window, "letter"), [expected]);
}

#[test]
fn two_selected_events_are_linked_by_keys() {
    let mut window = Window::on(CASE);
    window.key(Key::Home);
    window.chord(Modifiers::SHIFT, Key::R);
    assert!(window.tells("Link the selected: Select two events first"));
    window.ctrl(Key::ArrowRight);
    window.chord(Modifiers::SHIFT, Key::R);
    window.settle();
    // The first relation has the keyboard.
    window.key(Key::Enter);
    window.settle();
    assert_eq!(links(&window, "letter"), [("raid".to_owned(), Relation::Causes, None)]);
}

#[test]
fn a_line_has_a_menu_that_changes_turns_and_deletes_its_link() {
    let linked =
        CASE.replace("lane: \"a\")", "lane: \"a\", links: [(to: \"raid\", relation: Causes, note: \"perhaps\")])");
    let mut window = Window::on(&linked);
    window.select("Letter is sent");
    window.settle();
    let line = window.named("Letter is sent causes Office is raided").rect().center();
    window.secondary_click(line);
    window.settle();
    window.click("Change link…");
    window.settle();
    assert_eq!(window.value("Note of the link"), "perhaps");
    window.click("implements");
    window.settle();
    assert_eq!(links(&window, "letter")[0].1, Relation::Implements);
}

#[test]
fn nothing_is_linked_in_a_timeline_that_cannot_be_changed() {
    let mut window = Window::on(&CASE.replace("format: 1", "format: 1, nonsense: 2"));
    let (from, to) = (handle(&mut window, "Office is raided"), window.mark("Letter is sent"));
    window.drag(Modifiers::NONE, from, to - from);
    window.settle();
    assert!(!window.shows("Link two events"));
    assert!(links(&window, "raid").is_empty());
}
