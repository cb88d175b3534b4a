//! Events of the same date: they keep the order of the file, which is edited by dragging rows and marks and by keys.

use annalist::ui::DrawerTab;
use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::{By, Queryable as _};

use crate::window::{Setup, Window, name};

const DAY: &str = r#"Timeline(format: 1, title: "Day",
    lanes: [(id: "a", title: "House")],
    events: [
        (id: "vote", date: "2024-10-24", title: "Vote", lane: "a"), // by 397 to none
        // The evening before.
        (id: "eve", date: "2024-10-23", title: "Eve", lane: "a"),
        (id: "speech", date: "2024-10-24", title: "Speech", lane: "a"),
        (id: "noon", date: "2024-10-24T12:00", title: "Noon bell", lane: "a"),
        (id: "march", date: "2024-10-24", title: "March", lane: "a"),
        (id: "after", date: "2024-11-09", title: "Aftermath", lane: "a"),
    ],
)"#;

fn window() -> Window {
    let mut setup = Setup { size: vec2(1400.0, 900.0), ..Setup::default() };
    setup.settings.reduce_motion = true;
    setup.settings.drawer = Some(DrawerTab::Table);
    setup.on(DAY)
}

/// The rows of the table, from the top, by the first word of their names.
fn rows(window: &Window) -> Vec<(String, Pos2)> {
    let top = window.get(By::new().role(Role::Button).label_contains("Sort by date")).rect().top();
    let all = window.query_all(By::new().role(Role::ListBoxOption)).filter(|node| node.rect().top() > top);
    let mut rows: Vec<(String, Pos2)> = all
        .map(|node| {
            let word: String = name(&node).chars().take_while(|letter| letter.is_alphanumeric()).collect();
            (word, node.rect().left_center() + vec2(40.0, 0.0))
        })
        .collect();
    rows.sort_by(|a, b| a.1.y.total_cmp(&b.1.y));
    rows
}

fn listed(window: &Window) -> String {
    rows(window).into_iter().map(|(word, _)| word).collect::<Vec<_>>().join(" ")
}

fn row(window: &Window, word: &str) -> Pos2 {
    rows(window).into_iter().find(|(own, _)| own == word).unwrap_or_else(|| panic!("no row {word}")).1
}

/// The marks of a day on the track, from the top.
fn stacked(window: &Window) -> String {
    let top = window.get(By::new().role(Role::Button).label_contains("Sort by date")).rect().top();
    let mut marks: Vec<(String, f32)> = ["Vote", "Speech", "March"]
        .into_iter()
        .map(|title| {
            let mut all = window.query_all(By::new().role(Role::ListBoxOption));
            let mark = all.find(|node| name(node).starts_with(title) && node.rect().top() < top);
            (title.to_owned(), mark.unwrap_or_else(|| panic!("no mark {title}")).rect().top())
        })
        .collect();
    marks.sort_by(|a, b| a.1.total_cmp(&b.1));
    marks.into_iter().map(|(title, _)| title).collect::<Vec<_>>().join(" ")
}

/// The mark of an event on the track, beside whose row there is one in the table.
fn mark(window: &Window, title: &str) -> Pos2 {
    let all = window.query_all(By::new().role(Role::ListBoxOption));
    let marks = all.filter(|node| name(node).starts_with(title));
    marks.map(|node| node.rect().center()).min_by(|a, b| a.y.total_cmp(&b.y)).unwrap()
}

#[test]
fn a_row_is_dragged_among_those_of_its_date_in_one_edit_and_the_file_follows() {
    let mut window = window();
    assert_eq!(listed(&window), "Eve Vote Speech March Noon Aftermath");
    assert_eq!(stacked(&window), "Vote Speech March");
    let (from, to) = (row(&window, "March"), row(&window, "Vote"));
    window.drag(Modifiers::NONE, from, to - from - vec2(0.0, 11.0));
    window.settle();
    assert_eq!(listed(&window), "Eve March Vote Speech Noon Aftermath");
    assert_eq!(stacked(&window), "March Vote Speech", "the track follows");
    assert_eq!(window.undo_label(), "Put “March” before “Vote”");
    assert!(window.tells("Put “March” before “Vote”, of the same date"));
    window.ctrl(Key::S);
    let march = "(id: \"march\", date: \"2024-10-24\", title: \"March\", lane: \"a\"),";
    let expected = DAY
        .replace(&format!("        {march}\n"), "")
        .replace("        (id: \"vote\"", &format!("        {march}\n        (id: \"vote\""));
    assert_eq!(window.text(), expected);
    window.undo();
    window.ctrl(Key::S);
    assert_eq!(window.text(), DAY);
}

#[test]
fn elsewhere_a_row_does_not_land_and_it_is_said_why() {
    let mut window = window();
    let (from, to) = (row(&window, "Speech"), row(&window, "Aftermath"));
    window.press(Modifiers::NONE, from);
    window.move_to(from + vec2(0.0, 20.0));
    window.move_to(to);
    assert!(window.shows("Only among the events of 24 Oct 2024"));
    window.button(Modifiers::NONE, to, false);
    window.settle();
    assert_eq!(listed(&window), "Eve Vote Speech March Noon Aftermath");
    assert_eq!(window.undo_label(), "");
    // In the order of titles the order of the file does not show.
    window.get(By::new().role(Role::Button).label_contains("Sort by title")).click();
    window.settle();
    let (from, to) = (row(&window, "Speech"), row(&window, "March"));
    window.press(Modifiers::NONE, from);
    window.move_to(from - vec2(0.0, 20.0));
    window.move_to(to - vec2(0.0, 11.0));
    assert!(window.shows("Sorted by Title"));
    window.button(Modifiers::NONE, to, false);
    window.settle();
    assert_eq!(window.undo_label(), "");
}

#[test]
fn keys_put_an_event_earlier_and_later_among_its_date() {
    let mut window = window();
    let at = row(&window, "Vote");
    window.click_at(at);
    window.chord(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(listed(&window), "Eve Speech Vote March Noon Aftermath");
    window.chord(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(listed(&window), "Eve Speech March Vote Noon Aftermath");
    window.chord(Modifiers::ALT, Key::ArrowDown);
    assert!(window.tells("“Vote” is the last of the events of 24 Oct 2024"), "{:?}", window.notices());
    window.chord(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(listed(&window), "Eve Speech Vote March Noon Aftermath");
    // On the track as well.
    let at = mark(&window, "Aftermath");
    window.click_at(at);
    window.chord(Modifiers::ALT, Key::ArrowUp);
    assert!(window.tells("No other event that is shown has the date 9 Nov 2024"), "{:?}", window.notices());
}

#[test]
fn a_mark_is_dragged_up_and_down_among_those_of_its_date_and_its_date_stays() {
    let mut window = window();
    let (from, to) = (mark(&window, "March"), mark(&window, "Vote"));
    window.press(Modifiers::NONE, from);
    window.move_to(from - vec2(0.0, 8.0));
    window.move_to(to - vec2(0.0, 6.0));
    assert!(window.shows("Will stand before “Vote”, of the same date"));
    window.button(Modifiers::NONE, to - vec2(0.0, 6.0), false);
    window.settle();
    assert_eq!(stacked(&window), "March Vote Speech");
    assert_eq!(window.undo_label(), "Put “March” before “Vote”");
    assert_eq!(window.event("march").date.as_ref().unwrap().to_string(), "2024-10-24");
    // Escape gives up, and over another date nothing is put anywhere.
    let (from, to) = (mark(&window, "Speech"), mark(&window, "March"));
    window.press(Modifiers::NONE, from);
    window.move_to(from - vec2(0.0, 8.0));
    window.move_to(to);
    window.key(Key::Escape);
    window.button(Modifiers::NONE, to, false);
    window.settle();
    assert_eq!(stacked(&window), "March Vote Speech");
}

#[test]
fn nothing_is_put_in_order_in_a_timeline_that_cannot_be_changed() {
    let mut setup = Setup { size: vec2(1400.0, 900.0), ..Setup::default() };
    setup.settings.reduce_motion = true;
    let mut window = setup.on(&DAY.replace("format: 1", "format: 1, nonsense: 2"));
    let before: Vec<String> = window.titles().into_iter().map(str::to_owned).collect();
    let (from, to) = (mark(&window, "March"), mark(&window, "Vote"));
    window.drag(Modifiers::NONE, from, to - from - vec2(0.0, 6.0));
    window.settle();
    assert_eq!(window.titles(), before);
    window.select("March");
    window.chord(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(window.titles(), before);
}
