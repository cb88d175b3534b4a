//! The timeline canvas under a hand: what clicks, drags, the wheel and keys come to.

use annalist::edit::Edit;
use annalist::model::{Event, Header, Lane, Record, Timeline};
use annalist::text::Shaper;
use annalist::time::{Date, Instant, Zone};
use annalist::ui::{Action, CanvasInput, CanvasState, Command, ReadOnly, canvas_ui, navigate};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::{By, Queryable as _};

use super::window::{Screen, panel};

/// What the canvas keeps from frame to frame.
#[derive(Default)]
struct Canvas {
    shaper: Shaper,
    canvas: CanvasState,
}

type Desk = panel::Desk<Canvas>;

fn desk(events: &[(&str, &str)]) -> Desk {
    let events = events.iter().map(|(title, date)| {
        let mut event = Event::new("", *title, Date::parse(date).expect("a date"));
        event.lane = Some("treaty".into());
        event
    });
    let lanes = [("treaty", "Treaty"), ("troops", "Troops")].map(|(id, title)| Lane {
        id: id.into(),
        title: title.into(),
        color: None,
        note: None,
    });
    let header = Header::new("Treaty");
    let timeline = Timeline::from_records(header, lanes.to_vec(), vec![], events.collect(), vec![], vec![]);
    let mut desk = Desk::new(timeline, |ui, doc, view, theme, preferences, canvas, actions| {
        let input = CanvasInput { doc, theme, preferences };
        canvas_ui(ui, input, view, &mut canvas.shaper, &mut canvas.canvas, actions);
    });
    desk.preferences.reduce_motion = true;
    desk
}

/// The dates that were written, with the names of the undo steps.
fn all_written(desk: &Desk) -> Vec<(String, String)> {
    desk.actions.iter().filter_map(written).collect()
}

/// The events that were begun, with their lanes.
fn all_begun(desk: &Desk) -> Vec<(&str, Option<&str>)> {
    desk.actions.iter().filter_map(begun).collect()
}

fn written(action: &Action) -> Option<(String, String)> {
    let Action::EditAndTell { label, edit: Edit::Put { record: Record::Event(event), .. }, .. } = action else {
        return None;
    };
    Some((label.clone(), event.date.as_ref()?.to_string()))
}

fn begun(action: &Action) -> Option<(&str, Option<&str>)> {
    let Action::BeginEvent { date, lane } = action else { return None };
    Some((date, lane.as_deref()))
}

const RATIFICATION: &[(&str, &str)] = &[
    ("Treaty signed", "2024-10-03"),
    ("Duma ratifies", "2024-10-24"),
    ("Drills", "2024-10-10/2024-10-15"),
    ("In force", "2024-11-04"),
];

fn window(desk: Desk) -> Screen<Desk> {
    desk.screen_at(vec2(1000.0, 500.0), 1.0 / 30.0)
}

/// A point on an event's mark.
fn on(harness: &Screen<Desk>, title: &str) -> Pos2 {
    harness.get_by_label_contains(title).rect().center()
}

/// Around the canvas in a test window, in points.
const MARGIN_PT: f64 = 8.0;

/// Points that a day takes in the window.
fn day_pt(harness: &Screen<Desk>) -> f32 {
    (Instant::DAY as f64 / harness.state().view.place.viewport.micros_per_pt) as f32
}

/// Where an event's mark begins on the screen.
fn day_of(harness: &Screen<Desk>, title: &str) -> f32 {
    harness.get_by_label_contains(title).rect().left()
}

/// The middle of a day, in the row of an event.
fn day_beside(harness: &Screen<Desk>, title: &str, day: &str) -> Pos2 {
    let extent = Date::parse(day).expect("a date").extent(Zone::UTC);
    let noon = extent.earliest_start.instant().expect("a day").saturating_add(Instant::DAY / 2);
    let viewport = harness.state().view.place.viewport;
    let x = 1000.0 - 2.0 * MARGIN_PT - viewport.width_pt + viewport.x_from_instant(noon);
    Pos2::new(x as f32 + MARGIN_PT as f32, on(harness, title).y)
}

/// A place on the track where there is nothing.
const GROUND: Pos2 = Pos2::new(600.0, 400.0);

#[test]
fn the_whole_timeline_fits_at_first_and_every_event_has_a_name() {
    let harness = window(desk(RATIFICATION));
    for (title, _) in RATIFICATION {
        assert!(harness.get_by_label_contains(title).rect().width() > 0.0, "{title}");
    }
    assert!(harness.query_by_label("Timeline").is_some());
    assert!(!harness.state().view.transient.fit_pending);
}

#[test]
fn a_click_selects_by_name_and_a_click_on_the_ground_clears() {
    let mut harness = window(desk(RATIFICATION));
    harness.get_by_label_contains("Duma ratifies").click();
    harness.run();
    assert_eq!(harness.state().view.transient.selection.as_deref(), Some("duma-ratifies-2024-10-24"));
    let click = |harness: &mut Screen<Desk>| {
        harness.press(Modifiers::NONE, GROUND);
        harness.button(Modifiers::NONE, GROUND, false);
    };
    click(&mut harness);
    assert_eq!(harness.state().view.transient.selection, None);
    harness.get_by_label_contains("In force").click_accesskit();
    harness.run();
    assert_eq!(harness.state().view.transient.selection.as_deref(), Some("in-force-2024-11-04"));
}

#[test]
fn the_wheel_zooms_and_the_instant_under_the_pointer_stays() {
    let mut harness = window(desk(RATIFICATION));
    harness.press(Modifiers::NONE, GROUND);
    harness.button(Modifiers::NONE, GROUND, false);
    let before = harness.state().view.clone();
    harness.wheel(Modifiers::NONE, GROUND, vec2(0.0, 120.0));
    let after = &harness.state().view;
    assert!(after.place.viewport.micros_per_pt < before.place.viewport.micros_per_pt * 0.8);
    let (Some(was), Some(is)) = (before.transient.pointer_instant, after.transient.pointer_instant) else {
        panic!("no instant under the pointer");
    };
    assert!(is.saturating_since(was).abs() < Instant::MINUTE, "{was:?} became {is:?}");
}

#[test]
fn shift_and_the_wheel_pan_and_the_setting_swaps() {
    let mut harness = window(desk(RATIFICATION));
    let before = harness.state().view.place.viewport;
    harness.wheel(Modifiers::SHIFT, GROUND, vec2(0.0, -60.0));
    let panned = harness.state().view.place.viewport;
    assert_eq!(panned.micros_per_pt, before.micros_per_pt);
    assert!(panned.origin > before.origin);
    harness.state_mut().preferences.wheel_pans = true;
    harness.wheel(Modifiers::NONE, GROUND, vec2(0.0, -60.0));
    let again = harness.state().view.place.viewport;
    assert_eq!(again.micros_per_pt, before.micros_per_pt);
    assert!(again.origin > panned.origin);
    harness.wheel(Modifiers::COMMAND, GROUND, vec2(0.0, 60.0));
    assert!(harness.state().view.place.viewport.micros_per_pt < before.micros_per_pt);
}

#[test]
fn a_pinch_zooms() {
    let mut harness = window(desk(RATIFICATION));
    let before = harness.state().view.place.viewport;
    harness.event(egui::Event::PointerMoved(GROUND));
    harness.step();
    harness.event(egui::Event::Zoom(2.0));
    harness.step();
    let ratio = before.micros_per_pt / harness.state().view.place.viewport.micros_per_pt;
    assert!((ratio - 2.0).abs() < 1e-6, "{ratio}");
}

#[test]
fn dragging_the_ground_pans_and_shift_zooms_to_the_range() {
    let mut harness = window(desk(RATIFICATION));
    let before = harness.state().view.place.viewport;
    harness.drag(Modifiers::NONE, GROUND, vec2(-100.0, 0.0));
    let panned = harness.state().view.place.viewport;
    let moved = before.x_from_instant(panned.origin);
    assert!((moved - 100.0).abs() < 0.01, "{moved}");
    harness.drag(Modifiers::SHIFT, GROUND, vec2(-200.0, 10.0));
    let zoomed = harness.state().view.place.viewport;
    let shown = (zoomed.end().saturating_since(zoomed.origin)) as f64 / panned.micros_per_pt;
    assert!((shown - 200.0).abs() < 0.1, "{shown}");
    assert!(harness.state().actions.iter().all(|action| matches!(action, Action::Select(_))));
}

#[test]
fn dragging_an_event_moves_it_by_whole_days_in_one_edit() {
    let mut harness = window(desk(RATIFICATION));
    let from = on(&harness, "Duma ratifies");
    let by = vec2(2.3 * day_pt(&harness), 0.0);
    harness.press(Modifiers::NONE, from);
    harness.move_holding(Modifiers::NONE, from + by / 2.0);
    harness.move_holding(Modifiers::NONE, from + by);
    assert_eq!(harness.state().view.transient.status.as_deref(), Some("Will be written as 2024-10-26, one day"));
    assert_eq!(all_written(harness.state()), []);
    harness.button(Modifiers::NONE, from + by, false);
    let label = "Move “Duma ratifies” to 26 Oct 2024".to_owned();
    assert_eq!(all_written(harness.state()), [(label, "2024-10-26".to_owned())]);
    harness.run();
    assert_eq!(harness.state().view.transient.status, None);
}

#[test]
fn a_label_is_no_handle_of_its_mark() {
    let mut harness = window(desk(RATIFICATION));
    let before = harness.state().view.place.viewport;
    // Its sign stands beside the mark, and beside that its label.
    for beside_pt in [8.0, 40.0] {
        let mark = By::new().role(Role::ListBoxOption).label_contains("Treaty signed");
        let label = harness.get(mark).rect().right_center() + vec2(beside_pt, 0.0);
        harness.press(Modifiers::NONE, label);
        harness.button(Modifiers::NONE, label, false);
        assert_eq!(
            harness.state().view.transient.selection.as_deref(),
            Some("treaty-signed-2024-10-03"),
            "a click selects"
        );
        let by = vec2(3.0 * day_pt(&harness), 0.0);
        harness.drag(Modifiers::NONE, label, by);
        assert_eq!(all_written(harness.state()), []);
    }
    let moved = before.x_from_instant(harness.state().view.place.viewport.origin);
    assert!((moved + 6.0 * f64::from(day_pt(&harness))).abs() < 0.1, "it pans, as on empty ground: {moved}");
}

#[test]
fn a_day_cannot_be_dragged_where_a_point_is_longer_than_a_day() {
    let events = [("Treaty signed", "1950-10-03"), ("Census", "1987"), ("Drills", "2001-03-01/2021-03-10")];
    let mut harness = window(desk(&events));
    assert!(day_pt(&harness) < 1.0);
    let signed = on(&harness, "Treaty signed");
    let bar = harness.get_by_label_contains("Drills").rect();
    for from in [signed, bar.center(), bar.right_center() - vec2(1.0, 0.0)] {
        harness.press(Modifiers::NONE, from);
        harness.move_holding(Modifiers::NONE, from + vec2(20.0, 0.0));
        harness.move_holding(Modifiers::NONE, from + vec2(40.0, 0.0));
        let status = harness.state().view.transient.status.clone().unwrap_or_default();
        assert!(status.contains("longer than a day. Zoom in"), "{status}");
        harness.button(Modifiers::NONE, from + vec2(40.0, 0.0), false);
        harness.step();
        let status = harness.state().view.transient.status.clone().unwrap_or_default();
        assert!(status.contains("Zoom in"), "it is said after the release too: {status}");
        assert_eq!(all_written(harness.state()), []);
    }
    let year = 365.0 * day_pt(&harness);
    let census = on(&harness, "Census");
    harness.drag(Modifiers::NONE, census, vec2(3.0 * year, 0.0));
    let dates: Vec<String> = all_written(harness.state()).into_iter().map(|(_, date)| date).collect();
    assert_eq!(dates, ["1990"], "a year has room");
    // The lane has room at any zoom.
    let below = 24.0 + 12.0;
    harness.drag(Modifiers::NONE, signed, vec2(40.0, below));
    let last = all_written(harness.state()).pop();
    let label = "Move “Treaty signed” to lane “Troops”".to_owned();
    assert_eq!(last, Some((label, "1950-10-03".to_owned())));
}

#[test]
fn nothing_is_written_of_a_time_outside_the_window() {
    let mut harness = window(desk(RATIFICATION));
    let viewport = harness.state().view.place.viewport;
    let from = on(&harness, "In force");
    harness.drag(Modifiers::NONE, from, vec2(5_000.0, 0.0));
    let last = Date::at_precision(viewport.end(), annalist::time::Precision::Day, Zone::UTC).to_string();
    let dates: Vec<String> = all_written(harness.state()).into_iter().map(|(_, date)| date).collect();
    assert!(dates.iter().all(|date| *date <= last) && dates.len() == 1, "{dates:?} after {last}");
    // Pressed over the names there is no time at all.
    let names = Pos2::new(30.0, 100.0);
    harness.drag(Modifiers::COMMAND, names, vec2(200.0, 0.0));
    assert_eq!(all_begun(harness.state()), []);
}

#[test]
fn the_names_left_of_the_track_add_an_event_without_a_date() {
    let mut harness = window(desk(RATIFICATION));
    let names = Pos2::new(30.0, on(&harness, "Duma ratifies").y);
    harness.event(egui::Event::PointerMoved(names));
    for pressed in [true, false] {
        let button = egui::PointerButton::Secondary;
        harness.event(egui::Event::PointerButton { pos: names, button, pressed, modifiers: Modifiers::NONE });
    }
    harness.run();
    harness.get_by_label("Add event to “Treaty”…").click();
    harness.run();
    assert_eq!(all_begun(harness.state()), [("", Some("treaty"))]);
}

#[test]
fn dragging_an_edge_resizes() {
    let mut harness = window(desk(RATIFICATION));
    let bar = harness.get_by_label_contains("Drills").rect();
    let viewport = harness.state().view.place.viewport;
    let from = bar.right_center() - vec2(1.0, 0.0);
    let by = vec2((2 * Instant::DAY) as f32 / viewport.micros_per_pt as f32, 0.0);
    harness.drag(Modifiers::NONE, from, by);
    let dates: Vec<String> = all_written(harness.state()).into_iter().map(|(_, date)| date).collect();
    assert_eq!(dates, ["2024-10-10/2024-10-17"]);
}

#[test]
fn dragging_into_another_lane_changes_the_lane_and_keeps_the_date() {
    let mut harness = window(desk(RATIFICATION));
    let from = on(&harness, "Duma ratifies");
    harness.press(Modifiers::NONE, from);
    // Down to the first row of the next lane, however many rows this one has.
    let mut below = 12.0;
    while below < 200.0
        && harness.state().view.transient.status.as_deref() != Some("Stays 2024-10-24, in lane “Troops”")
    {
        below += 24.0;
        harness.move_holding(Modifiers::NONE, from + vec2(0.0, below));
    }
    assert!(below < 200.0, "{:?}", harness.state().view.transient.status);
    harness.button(Modifiers::NONE, from + vec2(0.0, below), false);
    let label = "Move “Duma ratifies” to lane “Troops”".to_owned();
    assert_eq!(all_written(harness.state()), [(label, "2024-10-24".to_owned())]);
}

#[test]
fn escape_aborts_and_a_drag_back_to_the_start_changes_nothing() {
    let mut harness = window(desk(RATIFICATION));
    let from = on(&harness, "Duma ratifies");
    let by = vec2(3.0 * day_pt(&harness), 0.0);
    harness.press(Modifiers::NONE, from);
    harness.move_holding(Modifiers::NONE, from + by);
    assert!(harness.state().panel.canvas.is_gesturing());
    harness.key_press(Key::Escape);
    harness.step();
    assert!(!harness.state().panel.canvas.is_gesturing());
    harness.move_holding(Modifiers::NONE, from + by * 1.5);
    harness.button(Modifiers::NONE, from + by * 1.5, false);
    assert_eq!(all_written(harness.state()), []);

    harness.press(Modifiers::NONE, from);
    harness.move_holding(Modifiers::NONE, from + by);
    harness.move_holding(Modifiers::NONE, from);
    harness.button(Modifiers::NONE, from, false);
    assert_eq!(all_written(harness.state()), []);
}

#[test]
fn escape_takes_a_pan_back() {
    let mut harness = window(desk(RATIFICATION));
    let before = harness.state().view.place.viewport;
    harness.press(Modifiers::NONE, GROUND);
    harness.move_holding(Modifiers::NONE, GROUND + vec2(80.0, 0.0));
    assert_ne!(harness.state().view.place.viewport, before);
    harness.key_press(Key::Escape);
    harness.step();
    assert_eq!(harness.state().view.place.viewport, before);
}

#[test]
fn a_double_click_on_the_ground_begins_an_event_there_and_on_an_event_edits_it() {
    let mut harness = window(desk(RATIFICATION));
    let event = on(&harness, "Duma ratifies");
    let ground = day_beside(&harness, "Duma ratifies", "2024-10-21");
    harness.double_click(ground);
    assert_eq!(all_begun(harness.state()), [("2024-10-21", Some("treaty"))]);
    harness.run_steps(30);
    harness.double_click(event);
    assert!(harness.state().actions.contains(&Action::Run(Command::EditEvent)));
    assert_eq!(all_begun(harness.state()).len(), 1);
}

#[test]
fn the_secondary_button_opens_a_menu_on_what_lies_there() {
    let mut harness = window(desk(RATIFICATION));
    harness.get_by_label_contains("Duma ratifies").click_secondary();
    harness.run();
    assert_eq!(harness.state().view.transient.selection.as_deref(), Some("duma-ratifies-2024-10-24"));
    harness.get_by_label_contains(Command::DuplicateEvent.label()).click();
    harness.run();
    assert!(harness.state().actions.contains(&Action::Run(Command::DuplicateEvent)));

    let ground = day_beside(&harness, "Duma ratifies", "2024-10-21");
    let button = egui::PointerButton::Secondary;
    harness.event(egui::Event::PointerMoved(ground));
    for pressed in [true, false] {
        harness.event(egui::Event::PointerButton { pos: ground, button, pressed, modifiers: Modifiers::NONE });
    }
    harness.run();
    harness.get_by_label("Add event: 21 Oct 2024").click();
    harness.run();
    assert_eq!(all_begun(harness.state()), [("2024-10-21", Some("treaty"))]);
}

#[test]
fn arrow_keys_pan_while_the_canvas_has_the_keyboard() {
    let mut harness = window(desk(RATIFICATION));
    harness.get_by_label("Timeline").focus();
    harness.run();
    for key in [Key::ArrowLeft, Key::ArrowDown] {
        harness.key_press(key);
        harness.run();
    }
    assert!(harness.get_by_label("Timeline").is_focused());
    assert_eq!(harness.state().actions, [Command::PanLeft, Command::PanDown].map(Action::Run));
    // With anything held beside them they mean something else.
    for modifiers in [Modifiers::ALT, Modifiers::SHIFT, Modifiers::COMMAND] {
        for key in [Key::ArrowLeft, Key::ArrowDown, Key::Enter] {
            harness.key_press_modifiers(modifiers, key);
            harness.run();
        }
    }
    assert_eq!(harness.state().actions.len(), 2);
    assert!(harness.get_by_label("Timeline").is_focused());
}

#[test]
fn the_window_glides_to_where_a_command_sends_it_and_arrives() {
    let mut harness = window(desk(RATIFICATION));
    let desk = harness.state_mut();
    desk.preferences.reduce_motion = false;
    let target = desk.view.place.viewport.zoomed(4.0, 100.0);
    desk.view.place.viewport = target;
    let before = day_of(&harness, "Drills");
    harness.run_steps(2);
    let underway = day_of(&harness, "Drills");
    harness.run_steps(8);
    let after = day_of(&harness, "Drills");
    assert!(before < underway && underway < after, "{before} {underway} {after}");
    assert_eq!(harness.state().view.place.viewport, target);
}

#[test]
fn control_and_a_drag_begin_a_span() {
    let mut harness = window(desk(RATIFICATION));
    let from = day_beside(&harness, "Duma ratifies", "2024-10-25");
    let by = vec2(4.0 * day_pt(&harness), 0.0);
    harness.drag(Modifiers::COMMAND, from, by);
    assert_eq!(all_begun(harness.state()), [("2024-10-25/2024-10-29", Some("treaty"))]);
}

#[test]
fn a_file_that_cannot_be_edited_is_not_edited_and_says_why() {
    let mut desk = desk(RATIFICATION);
    desk.read_only = Some(ReadOnly::Damaged { errors: 1, unread: 0, cut_in_line: None });
    let mut harness = window(desk);
    let from = on(&harness, "Duma ratifies");
    let by = vec2(3.0 * day_pt(&harness), 0.0);
    harness.drag(Modifiers::NONE, from, by);
    harness.double_click(GROUND);
    assert_eq!(all_written(harness.state()), []);
    assert_eq!(all_begun(harness.state()), []);
    let status = harness.state().view.transient.status.clone().unwrap_or_default();
    assert!(status.contains("The file has 1 error and is shown read-only"), "{status}");
}

#[test]
fn keys_step_through_events_in_time_order() {
    let mut desk = desk(RATIFICATION);
    let mut view = desk.view.clone();
    let mut steps = Vec::new();
    let commands = [
        Command::FirstEvent,
        Command::NextEvent,
        Command::NextEvent,
        Command::PreviousEvent,
        Command::LastEvent,
        Command::NextEvent,
    ];
    for command in commands {
        assert!(navigate(command, desk.document(), &mut view));
        let selected = view.transient.selection.as_deref().and_then(|id| desk.timeline.event(id));
        steps.push(selected.map_or("", |event| event.title.as_str()).to_owned());
    }
    let expected = ["Treaty signed", "Drills", "Duma ratifies", "Drills", "In force", "In force"];
    assert_eq!(steps, expected);
    assert!(navigate(Command::ClearSelection, desk.document(), &mut view));
    assert_eq!(view.transient.selection, None);
    desk.view = view;
    assert!(!navigate(Command::Save, desk.document(), &mut desk.view.clone()));
}

#[test]
fn zooming_to_the_selection_shows_it_in_the_middle() {
    let mut harness = window(desk(RATIFICATION));
    let desk = harness.state_mut();
    let mut view = desk.view.clone();
    view.transient.selection = Some("drills-2024-10".into());
    assert!(navigate(Command::ZoomSelection, desk.document(), &mut view));
    desk.view = view;
    harness.run();
    let bar = harness.get_by_label_contains("Drills").rect();
    assert!(harness.query_by_label_contains("In force").is_none());
    assert!(bar.width() > 200.0, "{bar:?}");
}

#[test]
fn the_overview_takes_the_window_along() {
    let mut harness = window(desk(RATIFICATION));
    let desk = harness.state_mut();
    desk.view.place.viewport = desk.view.place.viewport.zoomed(8.0, 0.0);
    harness.run();
    let strip = harness.get_by_label("Overview").rect();
    let before = harness.state().view.place.viewport;
    harness.press(Modifiers::NONE, strip.right_center() - vec2(40.0, 0.0));
    harness.button(Modifiers::NONE, strip.right_center() - vec2(40.0, 0.0), false);
    let after = harness.state().view.place.viewport;
    assert!(after.origin > before.end());
    assert_eq!(after.micros_per_pt, before.micros_per_pt);
}

#[test]
fn many_rows_scroll_and_the_selection_comes_into_sight() {
    let titles: Vec<String> = (0..60).map(|n| format!("Event {n:02} on the same day")).collect();
    let events: Vec<(&str, &str)> = titles.iter().map(|title| (title.as_str(), "2024-10-24")).collect();
    let mut harness = window(desk(&events));
    assert!(harness.query_by_label("Scroll lanes").is_some());
    harness.wheel(Modifiers::ALT, GROUND, vec2(0.0, -90.0));
    let scrolled = harness.state().view.place.scroll_y;
    assert!((80.0..=95.0).contains(&scrolled), "{scrolled}");
    let desk = harness.state_mut();
    let mut view = desk.view.clone();
    assert!(navigate(Command::LastEvent, desk.document(), &mut view));
    desk.view = view;
    harness.run();
    assert!(harness.state().view.place.scroll_y > 500.0);
}

#[test]
fn the_card_says_a_time_on_the_clock_of_the_timeline_too() {
    let mut harness = window(desk(&[("Call", "2024-10-24T10:23[Europe/Moscow]")]));
    let mark = on(&harness, "Call");
    harness.event(egui::Event::PointerMoved(mark));
    harness.run_steps(30);
    assert!(harness.query_by_label("24 Oct 2024 10:23 Europe/Moscow").is_some());
    assert!(harness.query_by_label("07:23 in UTC").is_some());
}

#[test]
fn resting_on_an_event_brings_its_card_beside_the_mark() {
    let mut harness = window(desk(RATIFICATION));
    let mark = harness.get_by_label_contains("Duma ratifies").rect();
    harness.event(egui::Event::PointerMoved(mark.center()));
    harness.run_steps(30);
    let card = harness.get_by_label("Unsourced: no citation supports it").rect();
    assert!(!card.intersects(mark));
    assert_eq!(harness.state().view.transient.hover.as_deref(), Some("duma-ratifies-2024-10-24"));
    harness.press(Modifiers::NONE, mark.center());
    harness.move_holding(Modifiers::NONE, mark.center() + vec2(60.0, 0.0));
    assert!(harness.query_by_label("Unsourced: no citation supports it").is_none());
}

#[test]
fn a_pointer_that_is_left_on_an_event_brings_no_card_while_keys_are_pressed() {
    let mut harness = window(desk(RATIFICATION));
    let mark = harness.get_by_label_contains("Duma ratifies").rect();
    let shows = |harness: &Screen<Desk>| harness.query_by_label("Unsourced: no citation supports it").is_some();
    harness.event(egui::Event::PointerMoved(mark.center()));
    harness.run_steps(30);
    assert!(shows(&harness));
    harness.event(egui::Event::Text("n".to_owned()));
    harness.run_steps(30);
    assert!(!shows(&harness), "it would lie over what is typed");
    harness.event(egui::Event::PointerMoved(mark.center() + vec2(1.0, 0.0)));
    harness.run_steps(30);
    assert!(shows(&harness));
}

/// A month of events after a long silence: in a window of all time they stand too close to be told apart, and are too many for
/// rows of their own.
fn crowded() -> Desk {
    let day = |at: usize| {
        let (day, minute) = (1 + at / 20, at % 20 * 72);
        (format!("Event {at}"), format!("2024-11-{day:02}T{:02}:{:02}", minute / 60, minute % 60))
    };
    let days: Vec<(String, String)> = (0..600).map(day).collect();
    let mut events: Vec<(&str, &str)> = days.iter().map(|(title, date)| (title.as_str(), date.as_str())).collect();
    events.push(("Long before", "1950-01-01"));
    let mut desk = desk(&events);
    // Folded, all of them would have room.
    desk.view.place.folding = annalist::layout::Folding::Off;
    desk
}

fn span_days(harness: &Screen<Desk>) -> i64 {
    let viewport = harness.state().view.place.viewport;
    viewport.end().saturating_since(viewport.origin) / Instant::DAY
}

#[test]
fn a_crowd_lists_its_heaviest_events_and_opens_at_a_click_and_no_more_at_a_double_click() {
    let mut harness = window(crowded());
    assert!(span_days(&harness) > 20_000);
    let crowds = harness.get_all_by_label_contains(" events, ");
    // The count behind the mark is what can be pointed at.
    let at = crowds.map(|node| node.rect()).max_by(|a, b| a.left().total_cmp(&b.left())).map(|rect| rect.center());
    let at = at.expect("a crowd");
    harness.move_holding(Modifiers::NONE, at);
    for _ in 0..20 {
        harness.step();
    }
    assert!(harness.query_by_label("Click to zoom in").is_some(), "the card shows");
    harness.double_click(at);
    harness.run();
    assert!((10..60).contains(&span_days(&harness)), "{} days", span_days(&harness));
    assert!(all_begun(harness.state()).is_empty(), "a double click on a crowd begins no event");
}

#[test]
fn a_crowd_is_a_button_for_who_cannot_see_it() {
    let mut harness = window(crowded());
    let crowd = harness.get_all_by_label_contains(" events, ").next().expect("a crowd");
    crowd.click_accesskit();
    harness.run();
    assert!((10..60).contains(&span_days(&harness)), "{} days", span_days(&harness));
}

/// Two hundred events of one day.
fn piled() -> Desk {
    let titles: Vec<String> = (0..200).map(|at| format!("Report {at}")).collect();
    desk(&titles.iter().map(|title| (title.as_str(), "2024-11-05")).collect::<Vec<_>>())
}

#[test]
fn a_crowd_that_no_zoom_tells_apart_is_listed_and_keys_reach_every_event() {
    let mut harness = window(piled());
    harness.state_mut().view.place.scroll_y = 10_000.0;
    harness.run();
    let before = harness.state().view.place.viewport;
    // Of the pile each stretch of time is a node.
    let node = harness.get_all_by_label_contains("160 events, ").next().expect("a pile");
    node.click_accesskit();
    harness.run();
    assert_eq!(harness.state().view.place.viewport, before, "zooming would show no more");
    assert!(harness.query_by_label("Events of the crowd").is_some(), "the list shows");
    let rows = |harness: &Screen<Desk>| harness.query_all_by_label_contains("weight 3").count();
    assert!((8..30).contains(&rows(&harness)), "{} rows are drawn", rows(&harness));
    let revealed = |harness: &Screen<Desk>| {
        let last = harness.state().actions.iter().rev().find_map(|action| match action {
            Action::Reveal(event) => Some(event.to_string()),
            _ => None,
        });
        last.unwrap_or_default()
    };
    harness.key_press(Key::Enter);
    harness.run_steps(30);
    let first = revealed(&harness);
    assert!(!first.is_empty());
    for key in [Key::End, Key::Enter] {
        harness.key_press(key);
        harness.run_steps(30);
    }
    assert_ne!(revealed(&harness), first, "the last of the list is another");
    assert!(harness.query_by_label("Events of the crowd").is_some(), "the list stays");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label("Events of the crowd").is_none(), "Escape closes it");
}

#[test]
fn the_secondary_button_lists_a_crowd_that_a_click_would_zoom_to() {
    let mut harness = window(crowded());
    let crowds = harness.get_all_by_label_contains(" events, ");
    let at = crowds.map(|node| node.rect()).max_by(|a, b| a.left().total_cmp(&b.left())).expect("a crowd").center();
    harness.event(egui::Event::PointerMoved(at));
    for pressed in [true, false] {
        let button = egui::PointerButton::Secondary;
        harness.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
        harness.step();
    }
    harness.run();
    harness.get_by_label_contains("List ").click();
    harness.run();
    assert!(harness.query_by_label("Events of the crowd").is_some());
    harness.get_by_label("Close list").click();
    harness.run();
    assert!(harness.query_by_label("Events of the crowd").is_none());
}
