//! Actors, tags and places as chips with completion, and the images of an event in its form and on its card.

use egui::{Key, Modifiers};

use crate::window::{Setup, Window};

const HARBOUR: &str = r#"Timeline(format: 1, title: "Harbour",
    events: [
        (id: "a", date: "2024-06-01", title: "Ship lands", tags: ["harbour", "customs"], actors: ["Mayor"], place: "Quay 3",
         images: [(file: "quay.png", caption: "The quay at dawn"), (file: "gone.png")]),
        (id: "b", date: "2024-06-09", title: "Ship sails", tags: ["harbour"], place: "Quay 3"),
    ],
)"#;

fn tags(window: &Window, id: &str) -> Vec<String> {
    window.event(id).tags.iter().map(ToString::to_string).collect()
}

#[test]
fn a_chip_renames_its_term_everywhere_takes_it_out_and_asks_for_it() {
    let mut window = Window::on(HARBOUR);
    window.select("Ship lands");
    window.click("Tag harbour");
    window.click("Rename everywhere…");
    window.settle();
    assert_eq!(window.value("Name"), "harbour");
    window.type_text("port");
    window.key(Key::Enter);
    window.settle();
    assert_eq!(
        (tags(&window, "a"), tags(&window, "b")),
        (vec!["port".into(), "customs".into()], vec!["port".to_owned()])
    );
    assert!(window.tells("Renamed the tag “harbour” to “port” in 2 events"));
    window.click("Tag customs");
    window.click("Remove from this event");
    assert_eq!(tags(&window, "a"), ["port"]);
    assert_eq!(window.undo_label(), "Remove the tag “customs” of “Ship lands”");
    window.give_focus("Place Quay 3");
    window.chord(Modifiers::SHIFT, Key::F10);
    window.settle();
    window.click("Only events with it");
    assert_eq!(window.app().view().place.query, "place:=\"Quay 3\"");
    window.undo();
    window.undo();
    window.ctrl(Key::S);
    assert_eq!(window.text(), HARBOUR);
}

fn actors(window: &Window, id: &str) -> Vec<String> {
    window.event(id).actors.iter().map(ToString::to_string).collect()
}

#[test]
fn a_line_adds_to_what_is_there_and_keeps_the_keyboard_for_the_next() {
    let mut window = Window::on(HARBOUR);
    window.select("Ship sails");
    window.fill("Add tags", "storm, night, harbour");
    window.key(Key::Enter);
    assert_eq!(tags(&window, "b"), ["harbour", "storm", "night"]);
    assert_eq!(window.undo_label(), "Add the tags “storm”, “night” to “Ship sails”");
    assert_eq!((window.focused().as_str(), window.value("Add tags").as_str()), ("Add tags", ""));
    window.strike(Key::N, "n");
    window.key(Key::Enter);
    assert_eq!(tags(&window, "b"), ["harbour", "storm", "night", "n"], "N is no command here");
    window.fill("Add tags", "harbour");
    window.key(Key::Enter);
    assert_eq!(window.undo_label(), "Add the tag “n” to “Ship sails”", "what is there already is no change");
    // What is left or saved without Enter is meant as well.
    window.fill("Add actors", "Pilot");
    window.field("Title").focus();
    window.settle();
    assert_eq!(actors(&window, "b"), ["Pilot"]);
    window.fill("Add actors", "Crew");
    window.ctrl(Key::S);
    assert_eq!(actors(&window, "b"), ["Pilot", "Crew"]);
    assert!(window.text().contains("Crew"));
}

#[test]
fn a_tag_just_added_is_undone_from_its_line() {
    let mut window = Window::on(HARBOUR);
    window.select("Ship sails");
    window.fill("Add tags", "storm");
    window.key(Key::Enter);
    window.type_text("fog");
    window.key(Key::Enter);
    assert_eq!(tags(&window, "b"), ["harbour", "storm", "fog"]);
    window.key(Key::Enter);
    for left in [&["harbour", "storm"][..], &["harbour"]] {
        window.ctrl(Key::Z);
        assert_eq!(
            (tags(&window, "b"), window.focused(), window.value("Add tags")),
            (left.iter().map(ToString::to_string).collect(), "Add tags".to_owned(), String::new())
        );
    }
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(tags(&window, "b"), ["harbour", "storm"]);
    // One that an offer completed, by a click.
    window.type_text("cus");
    window.click("Use customs");
    assert_eq!(tags(&window, "b"), ["harbour", "storm", "customs"]);
    window.ctrl(Key::Z);
    assert_eq!(
        (tags(&window, "b"), window.value("Add tags").as_str()),
        (vec!["harbour".to_owned(), "storm".to_owned()], "")
    );
}

#[test]
fn one_term_is_replaced_in_its_event_alone() {
    let mut window = Window::on(HARBOUR);
    window.select("Ship lands");
    window.click("Tag harbour");
    window.click("Replace in this event…");
    assert_eq!((window.focused().as_str(), window.value("Another tag").as_str()), ("Another tag", "harbour"));
    window.type_text("Pier 2, north");
    window.key(Key::Enter);
    assert_eq!(tags(&window, "a"), ["Pier 2, north", "customs"]);
    assert_eq!((tags(&window, "b"), window.focused()), (vec!["harbour".to_owned()], "Add tags".to_owned()));
    assert_eq!(window.undo_label(), "Replace the tag “harbour” of “Ship lands”");
    window.give_focus("Tag customs");
    window.key(Key::Enter);
    window.click("Replace in this event…");
    window.type_text("duty");
    window.key(Key::Escape);
    assert_eq!(tags(&window, "a"), ["Pier 2, north", "customs"], "Escape takes it back");
    assert!(window.has("Add tags") && !window.has("Another tag"));
}

#[test]
fn what_is_typed_is_completed_with_what_is_in_use_and_a_new_term_stays_as_typed() {
    let mut window = Window::on(HARBOUR);
    window.select("Ship sails");
    window.fill("Add tags", "fog, cu");
    window.settle();
    assert!(window.has("Use customs"));
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    window.settle();
    assert_eq!(tags(&window, "b"), ["harbour", "fog", "customs"]);
    window.fill("Add tags", "har");
    assert!(!window.has("Use harbour"), "it is there");
    window.select("Ship lands");
    window.fill("Add tags", "fo");
    assert!(window.has("Use fog"));
    window.key(Key::Enter);
    assert_eq!(tags(&window, "a"), ["harbour", "customs", "fo"], "Enter alone takes what was typed");
    window.select("Ship sails");
    window.fill("Add actors", "may");
    window.click("Use Mayor");
    assert_eq!(actors(&window, "b"), ["Mayor"]);
    assert_eq!(window.undo_label(), "Add the actor “Mayor” to “Ship sails”");
    assert_eq!(window.focused(), "Add actors");
}

#[test]
fn images_are_shown_in_the_form_and_one_that_is_missing_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let png = image::RgbaImage::from_pixel(40, 30, image::Rgba([200, 80, 40, 255]));
    png.save(folder.path().join("quay.png")).unwrap();
    let mut window = Setup { folder: Some(folder), ..Setup::default() }.on(HARBOUR);
    window.select("Ship lands");
    window.settle();
    assert!(window.has("quay.png"), "the image has the name of its file");
    assert!(window.shows("gone.png is not shown: there is no such file beside the timeline"));
}
