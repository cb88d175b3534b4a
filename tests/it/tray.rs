//! The tray of undated events in the window: what it lists, and what dragging an event from it onto the track writes.

use annalist::time::Precision;
use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, pos2, vec2};
use egui_kittest::kittest::Queryable as _;

use super::window::{Setup, Window};

const FILE: &str = r#"Timeline(
    format: 1,
    title: "Dam",
    lanes: [Lane(id: "works", title: "Works"), Lane(id: "river", title: "River")],
    sources: [Source(id: "gauge", title: "Gauge"), Source(id: "mayor", title: "Mayor")],
    events: [
        Event(id: "filled", title: "Reservoir filled", date: "1976-05-28", lane: "works", citations: [Citation(source: "gauge")]),
        Event(id: "crack", title: "Crack is seen", lane: "works", wording: "before the rains", standing: Alleged, citations: [
            Citation(source: "mayor"),
        ]),
        Event(id: "drained", title: "River back in its bed", date: "1976-06-20", lane: "river"),
        Event(id: "warning", title: "Somebody warns"),
    ],
)
"#;

/// The window at thirty frames a second.
fn window() -> Window {
    Setup { step_seconds: 1.0 / 30.0, ..Setup::default() }.on(FILE)
}

fn date(window: &Window, id: &str) -> String {
    window.event(id).date_as_written().to_owned()
}

/// Whether the timeline is as it was read.
fn is_as_read(window: &Window) -> bool {
    *window.timeline() == annalist::store::load(&window.file()).unwrap().read.timeline
}

/// A point of the track so many days after the reservoir was filled, in the row of an event.
fn days_later(window: &Window, days: f32, beside: &str) -> Pos2 {
    let filled = window.option("Reservoir filled").rect();
    pos2(filled.left() + (days + 0.5) * window.day_pt(), window.mark(beside).y)
}

/// Picks an event up and takes it to a place, without letting go.
fn carry(window: &mut Window, title: &str, to: Pos2) {
    let from = window.mark(title);
    window.press(Modifiers::NONE, from);
    for share in [0.2, 0.6, 1.0] {
        window.move_to(from + (to - from) * share);
    }
    window.steps(1);
}

fn let_go(window: &mut Window, at: Pos2) {
    window.button(Modifiers::NONE, at, false);
    window.settle();
}

#[test]
fn the_tray_lists_what_has_no_date_with_standing_and_signs() {
    let window = window();
    assert!(window.has("Undated 2"));
    let list = window.harness.get_by_role_and_label(Role::ListBox, "Undated events").rect();
    let rows = window.options(", Undated, ");
    assert_eq!(rows, ["Crack is seen, Undated, Alleged, 1 source", "Somebody warns, Undated, Reported, no source"]);
    for title in ["Crack is seen", "Somebody warns"] {
        assert!(list.contains(window.mark(title)), "{title}");
    }
    assert!(window.shows("4 events, 2 undated"), "the status line counts them");
}

#[test]
fn there_is_no_tray_where_every_event_has_a_date() {
    let window = Window::on(
        &FILE
            .replace("title: \"Somebody warns\"", "title: \"Somebody warns\", date: \"1976\"")
            .replace("title: \"Crack is seen\"", "title: \"Crack is seen\", date: \"1976\""),
    );
    assert!(!window.shows("Undated") && !window.shows("undated"));
}

#[test]
fn the_tray_follows_the_query_and_folds_away() {
    let mut window = window();
    window.fill("Find events", "warns");
    window.settle();
    assert!(window.has("Undated 2, of which 1 matches the question"));
    assert_eq!(window.options(", Undated, "), ["Somebody warns, Undated, Reported, no source"]);
    window.fill("Find events", "");
    window.settle();
    window.click("Fold undated events away");
    assert_eq!(window.options(", Undated, "), [""; 0]);
    assert!(window.has("Undated 2"));
    window.click("Show undated events");
    assert_eq!(window.options(", Undated, ").len(), 2);
}

#[test]
fn an_event_dropped_on_the_track_gets_the_day_that_is_pointed_at_in_one_edit() {
    let mut window = window();
    let to = days_later(&window, 5.0, "River back");
    carry(&mut window, "Crack is seen", to);
    assert!(window.shows("Will be written as 1976-06-02, one day, in lane “River”"));
    assert!(is_as_read(&window), "nothing is written before the button comes up");
    let_go(&mut window, to);
    assert_eq!((date(&window, "crack").as_str(), window.event("crack").lane.as_deref()), ("1976-06-02", Some("river")));
    assert_eq!(window.event("crack").wording.as_deref(), Some("before the rains"), "it had no date to belong to");
    assert_eq!(window.undo_label(), "Date “Crack is seen” 2 Jun 1976");
    let said = "Dated 2 Jun 1976, in lane “River”. Its source gives no date and stands for this one now";
    assert_eq!(window.notices(), [said]);
    assert!(window.has("Undated 1"));
    window.click("Undo");
    assert!(is_as_read(&window) && window.has("Undated 2"));
}

#[test]
fn no_day_is_written_where_a_day_is_too_small_to_point_at() {
    for (zoom_outs, coarsest) in [(12, Precision::Month), (40, Precision::Year)] {
        let mut window = window();
        for _ in 0..zoom_outs {
            window.key(Key::Minus);
        }
        let to = pos2(700.0, 200.0);
        carry(&mut window, "Somebody warns", to);
        let_go(&mut window, to);
        let written = window.event("warning").date.clone().expect("a date");
        let unit_pt = match written.precision() {
            Precision::Day => 1.0,
            Precision::Month => 28.0,
            _ => 365.0,
        } * window.day_pt();
        assert!(
            unit_pt >= 5.0 || written.precision() < Precision::Year,
            "{written} at {} points a day",
            window.day_pt()
        );
        assert!(written.precision() <= coarsest, "{written} after {zoom_outs}");
    }
}

#[test]
fn escape_and_any_other_place_leave_it_undated() {
    let mut window = window();
    let to = days_later(&window, 5.0, "River back");
    carry(&mut window, "Crack is seen", to);
    window.key(Key::Escape);
    assert!(!window.shows("Will be written"));
    let_go(&mut window, to);
    assert!(is_as_read(&window) && window.undo_label().is_empty());
    // The names left of the track say no date, and neither does the tray.
    for place in [pos2(10.0, window.mark("River back").y), window.mark("Somebody warns")] {
        carry(&mut window, "Crack is seen", place);
        let_go(&mut window, place);
        assert!(is_as_read(&window) && window.undo_label().is_empty());
    }
    // A click is no drag.
    window.select("Crack is seen");
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("crack"));
    assert!(is_as_read(&window));
}

#[test]
fn the_keys_lead_from_a_row_to_its_date() {
    let mut window = window();
    window.option("Somebody warns").focus();
    window.settle();
    window.key(Key::Enter);
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("warning"));
    window.strike(Key::D, "d");
    assert_eq!(window.focused(), "Date");
    window.type_text("June 1976");
    window.key(Key::Enter);
    window.settle();
    assert_eq!(date(&window, "warning"), "1976-06");
    assert!(window.has("Undated 1"));
}

#[test]
fn a_menu_takes_the_date_away_and_sources_keep_it() {
    let mut window = window();
    window.select("Reservoir filled");
    window.menu("Edit", "Remove date");
    let event = window.event("filled");
    assert_eq!(event.date, None);
    assert_eq!(event.citations[0].date.as_ref().map(|date| date.to_string()).as_deref(), Some("1976-05-28"));
    assert_eq!(window.notices(), ["Removed the date 28 May 1976. Its source keeps it"]);
    assert!(window.has("Undated 3"));
    window.click("Undo");
    assert!(is_as_read(&window));
}

#[test]
fn an_emptied_date_field_takes_nothing_away_until_it_is_said() {
    let mut window = window();
    window.select("Reservoir filled");
    window.fill("Date", "");
    window.key(Key::Enter);
    assert_eq!(date(&window, "filled"), "1976-05-28");
    assert!(window.shows("a date is needed") || window.shows("A date is needed"));
    window.click("Remove the date");
    assert_eq!(window.event("filled").date, None);
    assert!(window.has("Undated 3"));
}

#[test]
fn a_new_event_with_a_title_alone_is_undated() {
    // Among events with a selected one, and in a timeline that has none yet.
    let mut among = window();
    among.select("Reservoir filled");
    for (mut window, count) in [(among, 3), (Window::on("Timeline(format: 1, title: \"New\")"), 1)] {
        window.key(Key::N);
        assert_eq!(window.value("New event date"), "", "nobody has given one");
        assert!(window.shows("Left empty, it is undated"));
        window.type_text("A letter comes");
        window.key(Key::Enter);
        assert_eq!(window.event("a-letter-comes").date, None);
        assert!(window.has(&format!("Undated {count}")));
        assert_eq!(window.app().view().transient.selection.as_deref(), Some("a-letter-comes"));
    }
}

#[test]
fn a_new_event_has_the_date_that_was_pointed_at_and_none_once_that_is_emptied() {
    let mut window = window();
    let at = days_later(&window, 3.0, "River back in its bed");
    window.double_click(at);
    assert_eq!(window.value("New event date"), "1976-05-31");
    assert!(!window.shows("Left empty, it is undated"));
    window.type_text("A letter comes");
    window.fill("New event date", "");
    assert!(window.shows("Left empty, it is undated"));
    window.key(Key::Enter);
    assert_eq!(window.event("a-letter-comes").date, None);
    assert_eq!(window.event("a-letter-comes").lane.as_deref(), Some("river"));
}

#[test]
fn the_menu_of_a_lane_points_at_no_date_and_takes_none_away() {
    let mut window = window();
    window.key(Key::N);
    window.fill("New event date", "June 1976");
    let name = window.item("Lane Works").rect().center();
    window.secondary_click(name);
    window.click("Add event to “Works”…");
    assert_eq!(window.value("New event date"), "June 1976");
    window.fill("New event title", "A letter comes");
    window.key(Key::Enter);
    let event = window.timeline().events().iter().find(|event| event.title == "A letter comes").unwrap();
    assert_eq!((event.date_as_written(), event.lane.as_deref()), ("1976-06", Some("works")));
}

#[test]
fn a_new_event_is_left_undated_by_keys() {
    let mut window = window();
    window.key(Key::N);
    window.type_text("A letter comes");
    window.key(Key::Tab);
    window.key(Key::Tab);
    assert_eq!(window.focus().expect("what comes next").rect(), window.combo("New event lane").rect());
    window.tab_to("Add event");
    window.key(Key::Enter);
    assert_eq!(window.event("a-letter-comes").date, None);
}

#[test]
fn the_menu_of_an_undated_event_opens_by_key_once_it_was_clicked() {
    let mut window = window();
    let at = window.option("Crack is seen").rect().center();
    window.click_at(at);
    window.chord(Modifiers::SHIFT, Key::F10);
    assert!(window.focused().starts_with("Date this event") || window.shows("Duplicate event"), "{}", window.focused());
    assert!(!window.focused().is_empty());
}

#[test]
fn what_cannot_be_edited_cannot_be_dragged() {
    let mut window = Window::on(&FILE.replace("title: \"Dam\",", "title: \"Dam\", colour: 1,"));
    let to = pos2(700.0, 200.0);
    carry(&mut window, "Crack is seen", to);
    assert!(!window.shows("Will be written"));
    let_go(&mut window, to);
    assert_eq!(window.event("crack").date, None);
}

#[test]
fn many_rows_scroll_to_the_one_that_is_selected_elsewhere() {
    let events: String = (0..200).map(|at| format!("Event(id: \"e{at}\", title: \"Number {at}.\"),\n")).collect();
    let text =
        format!("Timeline(format: 1, title: \"Many\", events: [Event(title: \"One\", date: \"1976\"), {events}])");
    let mut window = Window::on(&text);
    assert!(window.options("Number ").len() < 12, "only rows in view are drawn");
    // The last of all in time is the last without a date.
    window.key(Key::End);
    window.settle();
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("e199"));
    let list = window.harness.get_by_role_and_label(Role::ListBox, "Undated events").rect();
    assert!(list.expand2(vec2(0.0, 1.0)).contains(window.mark("Number 199.")));
}
