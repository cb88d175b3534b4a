//! Saved views: made of what is shown, shown by their keys, brought up to date, renamed, sorted, deleted, and drawn again.

use annalist::app::Picked;
use annalist::ui::dialog::Range;
use egui::{Key, Modifiers};

use crate::window::{Setup, Window};

const FERRY: &str = r#"Timeline(format: 1, title: "Ferry",
    lanes: [(id: "port", title: "Port"), (id: "sea", title: "Sea")],
    events: [
        (id: "built", date: "1950", title: "Aurora is built", lane: "port"),
        (id: "sails", date: "2024-06", title: "Aurora sails", lane: "sea"),
        (id: "boards", date: "2024-11-09", title: "Customs board the ferry", lane: "port"),
    ],
    views: [
        // Kept by hand.
        (id: "late", title: "Late voyages", window: "2024-11/2024-12", query: "ferry"),
        (id: "all", title: "All by standing", window: "1950/2024", grouping: Standing, folds: "none"),   // as in the brief
    ],
)"#;

fn titles(window: &Window) -> Vec<&str> {
    window.timeline().views().iter().map(|view| view.title.as_str()).collect()
}

fn query(window: &Window) -> &str {
    &window.app().view().place.query
}

/// Saves what is shown under a name.
fn save(window: &mut Window, name: &str) {
    window.key(Key::V);
    window.settle();
    window.type_text(name);
    window.key(Key::Enter);
    window.settle();
}

#[test]
fn what_is_shown_becomes_a_view_that_its_key_brings_back() {
    let mut window = Window::on(FERRY);
    window.key(Key::Num1);
    window.settle();
    assert_eq!(query(&window), "ferry");
    save(&mut window, "Ferry in late 2024");
    assert!(window.tells("Saved the view “Ferry in late 2024”: key 3 shows it"));
    let view = window.timeline().views().last().cloned().unwrap();
    assert_eq!((view.id.as_str(), view.query.as_deref()), ("ferry-in-late-2024", Some("ferry")));
    assert_eq!(view.window.to_string(), "2024-11-01/2024-12-31", "the window is held, no finer than it needs");
    assert_eq!(view.export.as_deref(), Some("format png; width 2400; scale 2; possibly"));
    window.key(Key::Num2);
    window.settle();
    assert_eq!(query(&window), "");
    window.key(Key::Num3);
    window.settle();
    assert_eq!(query(&window), "ferry");
    assert!(!window.shows("Ferry in late 2024 •"), "what is shown is what was saved");
    window.ctrl(Key::S);
    let text = window.text();
    assert!(text.contains("// Kept by hand.") && text.contains("// as in the brief"));
    assert!(text.contains("title: \"Ferry in late 2024\""));
    window.undo();
    assert_eq!(titles(&window), ["Late voyages", "All by standing"]);
}

#[test]
fn the_window_of_a_view_is_said_as_the_view_has_it() {
    let case = FERRY.replace("2024-11/2024-12\"", "2021-12/2024-11\"");
    let mut window = Window::on(&case);
    window.key(Key::Num1);
    window.settle();
    assert!(window.shows("Dec 2021 – Nov 2024") && !window.shows("Dec 2024"), "not the instant after it");
    window.key(Key::Num2);
    window.settle();
    assert!(window.shows("1950 – 2024") && !window.shows("1950 – 2025"));
}

#[test]
fn export_proposes_the_view_that_is_shown_and_its_name() {
    let mut window = Window::on(FERRY);
    window.key(Key::Num1);
    save(&mut window, "Ferry in late 2024");
    window.ctrl(Key::E);
    assert!(window.has("View “Ferry in late 2024”"));
    let picture = window.path("late.svg");
    window.answer(Picked::Path(picture.clone()));
    window.click("SVG");
    window.click("Export");
    assert_eq!(window.asked().last().map(|pick| pick.name.as_str()), Some("timeline-ferry-in-late-2024.svg"));
    let svg = std::fs::read_to_string(&picture).unwrap();
    assert!(svg.contains("Customs board the ferry") && !svg.contains("Aurora is built"), "what is shown is exported");
    // What was proposed was not chosen, and what is shown by now is no view.
    assert_eq!(window.app().settings().export.range, Range::Whole);
    window.key(Key::Plus);
    window.settle();
    window.ctrl(Key::E);
    assert!(window.has("Visible part"));
    window.answer(Picked::Path(window.path("whole.svg")));
    window.click("Export");
    assert_eq!(window.asked().last().map(|pick| pick.name.as_str()), Some("timeline.svg"));
    // Opened again it is proposed again; the whole is one click away.
    window.key(Key::Num3);
    window.settle();
    window.ctrl(Key::E);
    window.click("Whole timeline");
    window.answer(Picked::Path(window.path("other.svg")));
    window.click("Export");
    assert_eq!(window.asked().last().map(|pick| pick.name.as_str()), Some("timeline.png"));
}

#[test]
fn a_view_keeps_the_clock_on_which_it_shows_times() {
    let mut window = Window::on(FERRY);
    window.key(Key::Num1);
    window.settle();
    window.click("Times in UTC");
    window.field("Show times in").type_text("toky");
    window.key(Key::Enter);
    window.settle();
    assert!(window.has("View: Late voyages • ▾"), "another clock is another view");
    save(&mut window, "In Tokyo");
    assert_eq!(window.timeline().views()[2].zone.as_deref(), Some("Asia/Tokyo"));
    window.key(Key::Num1);
    window.settle();
    assert!(window.has("Times in UTC") && window.has("View: Late voyages ▾"));
    window.key(Key::Num3);
    window.settle();
    assert!(window.has("Times in Asia/Tokyo") && window.has("View: In Tokyo ▾"));
    window.ctrl(Key::S);
    assert!(window.text().contains("zone: \"Asia/Tokyo\""));
    let svg = window.path("tokyo.svg");
    let export = |more: &[&str]| {
        let mut command = crate::program::annalist();
        let run = command.arg("export").arg(window.file()).arg("-o").arg(&svg).args(more).output().unwrap();
        assert!(run.status.success(), "{run:?}");
        std::fs::read_to_string(&svg).unwrap()
    };
    assert!(export(&["--view", "in-tokyo"]).contains("times in Asia/Tokyo"));
    assert!(export(&["--view", "in-tokyo", "--zone", "Asia/Seoul"]).contains("times in Asia/Seoul"));
    assert!(export(&["--zone", "Asia/Seoul"]).contains("times in Asia/Seoul"));
    assert!(!export(&["--view", "in-tokyo", "--zone", "UTC"]).contains("times in"), "no event has a time of day");
}

#[test]
fn a_view_that_was_changed_is_said_with_a_dot_and_updated_as_one_step() {
    let mut window = Window::on(FERRY);
    window.key(Key::Num2);
    window.settle();
    assert!(window.has("View: All by standing ▾"));
    window.chord(Modifiers::SHIFT, Key::V);
    assert!(window.tells("Update the view: What is shown is what the view holds"));
    window.menu("View", "All links");
    window.settle();
    assert!(window.has("View: All by standing • ▾"));
    window.chord(Modifiers::SHIFT, Key::V);
    window.settle();
    assert!(window.tells("Updated the view “All by standing”"));
    assert!(window.has("View: All by standing ▾"));
    assert_eq!(window.timeline().views()[1].links, annalist::model::LinkDisplay::All);
    assert_eq!(window.timeline().views()[1].folds.as_deref(), Some("none"));
    assert_eq!(window.undo_label(), "Update the view “All by standing”");
    window.undo();
    assert!(window.has("View: All by standing • ▾"), "the view is as it was, and all links are still drawn");
}

#[test]
fn a_name_that_is_there_already_takes_up_what_is_shown() {
    let mut window = Window::on(FERRY);
    window.key(Key::V);
    window.settle();
    window.type_text("Late voyages");
    window.settle();
    assert!(window.shows("it will hold what is shown now"));
    window.click("Replace view");
    assert_eq!(titles(&window), ["Late voyages", "All by standing"]);
    assert_eq!(window.timeline().views()[0].query, None);
}

#[test]
fn the_list_of_views_opens_renames_sorts_and_deletes_them_by_keys() {
    let mut window = Setup::default().on(FERRY);
    window.chord(Modifiers::ALT, Key::V);
    window.settle();
    window.option("View Late voyages, key 1").focus();
    window.settle();
    window.chord(Modifiers::COMMAND, Key::ArrowDown);
    window.settle();
    assert_eq!(titles(&window), ["All by standing", "Late voyages"]);
    assert_eq!(window.undo_label(), "Move the view “Late voyages”");
    window.key(Key::F2);
    window.settle();
    window.type_text("Voyages");
    window.key(Key::Enter);
    window.settle();
    assert_eq!(titles(&window), ["All by standing", "Voyages"]);
    window.option("View Voyages, key 2").focus();
    window.settle();
    window.key(Key::Delete);
    window.settle();
    assert_eq!(titles(&window), ["All by standing"]);
    assert!(window.tells("Deleted the view “Voyages”"));
    assert_eq!(window.titles().len(), 3, "no event went with it");
    for _ in 0..3 {
        window.undo();
    }
    window.ctrl(Key::S);
    assert_eq!(window.text(), FERRY);
}

#[test]
fn a_view_has_a_menu_under_the_secondary_button_and_by_shift_f10() {
    let mut window = Window::on(FERRY);
    window.chord(Modifiers::ALT, Key::V);
    window.settle();
    window.option("View All by standing").focus();
    window.settle();
    window.chord(Modifiers::SHIFT, Key::F10);
    window.settle();
    window.click("Move up Ctrl+↑");
    window.settle();
    assert_eq!(titles(&window), ["All by standing", "Late voyages"]);
}

#[test]
fn a_picture_of_a_view_is_made_again_on_the_command_line() {
    let mut window = Window::on(FERRY);
    window.key(Key::Num2);
    window.settle();
    save(&mut window, "For the brief");
    window.ctrl(Key::S);
    let picture = window.path("brief.png");
    let mut command = crate::program::annalist();
    let run = command.arg("export").arg(window.file()).args(["--view", "for-the-brief", "-o"]).arg(&picture).output();
    assert!(run.as_ref().is_ok_and(|run| run.status.success()), "{run:?}");
    let bytes = std::fs::read(&picture).unwrap();
    assert_eq!(u32::from_be_bytes(bytes[16..20].try_into().unwrap()), 2400, "as wide as the view says");
}

#[test]
fn nothing_is_saved_of_a_timeline_that_cannot_be_changed() {
    let mut window = Window::on(&FERRY.replace("format: 1", "format: 1, nonsense: 2"));
    window.key(Key::V);
    window.settle();
    assert!(!window.shows("Save this view"));
    assert!(!window.notices().is_empty());
    window.key(Key::Num1);
    window.settle();
    assert_eq!(query(&window), "ferry", "views can be shown all the same");
}
