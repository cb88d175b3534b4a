//! What is done by a key or by the pointer, and taken back from the notice that tells of it.

use std::path::Path;
use std::sync::Arc;

use annalist::app::{App, OpenRequest, Settings};
use annalist::time::Date;
use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, Queryable as _};

use super::pictures::Still;

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

struct Window {
    harness: Harness<'static, App>,
    folder: tempfile::TempDir,
}

impl Window {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dam.ron");
        std::fs::write(&path, DAM).unwrap();
        let harness =
            Harness::builder().with_size(vec2(1360.0, 840.0)).with_max_steps(40).with_step_dt(1.0 / 30.0).build_eframe(
                |cc| App::new(&cc.egui_ctx, Settings::default(), OpenRequest::File(path), Arc::new(Still)),
            );
        let mut window = Self { harness, folder };
        window.settle();
        window
    }

    fn settle(&mut self) {
        for _ in 0..2_000 {
            self.harness.run_steps(3);
            if !self.app().is_busy() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        unreachable!("a job never ended");
    }

    fn app(&self) -> &App {
        self.harness.state()
    }

    /// Where the mark of an event is.
    fn mark(&self, title: &str) -> Pos2 {
        let title = title.to_owned();
        let option = By::new().predicate(move |node| {
            node.role() == Role::ListBoxOption && node.label().is_some_and(|label| label.starts_with(&title))
        });
        self.harness.get(option).rect().center()
    }

    fn button(&mut self, at: Pos2, pressed: bool) {
        let button = egui::PointerButton::Primary;
        self.harness.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
        self.harness.step();
    }

    fn drag(&mut self, from: Pos2, by: Vec2) {
        self.harness.event(egui::Event::PointerMoved(from));
        self.harness.step();
        self.button(from, true);
        for share in [0.5, 1.0] {
            self.harness.event(egui::Event::PointerMoved(from + by * share));
            self.harness.step();
        }
        self.button(from + by, false);
        self.settle();
    }

    fn day_pt(&self) -> f32 {
        (annalist::time::Instant::DAY as f64 / self.app().view().viewport.micros_per_pt) as f32
    }

    fn select(&mut self, title: &str) {
        let at = self.mark(title);
        self.harness.event(egui::Event::PointerMoved(at));
        self.button(at, true);
        self.button(at, false);
        self.settle();
    }

    fn key(&mut self, key: Key) {
        self.harness.key_press(key);
        self.settle();
    }

    fn said(&self) -> Vec<&str> {
        self.app().notices().iter().map(|notice| notice.text.as_str()).collect()
    }

    fn undo_button(&self) -> Option<egui_kittest::Node<'_>> {
        self.harness.query_by_role_and_label(Role::Button, "Undo")
    }

    /// Whether the timeline is as it was read.
    fn is_as_read(&self) -> bool {
        let read = annalist::store::load(Path::new(&self.folder.path().join("dam.ron"))).unwrap().read.timeline;
        **self.app().session().timeline() == read
    }

    fn undo_label(&self) -> Option<&str> {
        self.app().session().history().undo_label()
    }
}

#[test]
fn a_deleted_event_comes_back_from_its_notice() {
    for key in [Key::Delete, Key::Backspace] {
        let mut window = Window::open();
        window.select("Reservoir filled");
        window.key(key);
        assert_eq!(window.app().session().timeline().events().len(), 2);
        assert_eq!(window.said(), ["Deleted “Reservoir filled” and the link to it"]);
        window.undo_button().expect("a button").click();
        window.settle();
        assert!(window.is_as_read() && window.said().is_empty());
    }
}

#[test]
fn the_button_is_reached_by_keys() {
    let mut window = Window::open();
    window.select("River back");
    window.key(Key::Delete);
    for _ in 0..80 {
        if window.undo_button().is_some_and(|button| button.is_focused()) {
            break;
        }
        window.harness.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
        window.harness.run_steps(3);
    }
    assert!(window.undo_button().is_some_and(|button| button.is_focused()));
    // While it has the keyboard it stays.
    window.harness.run_steps(30 * 20);
    assert!(window.undo_button().is_some());
    window.key(Key::Enter);
    assert!(window.is_as_read());
}

#[test]
fn the_notice_goes_with_the_next_edit_and_by_itself() {
    let mut window = Window::open();
    window.select("River back");
    window.key(Key::Delete);
    window.select("Dam breaks");
    window.key(Key::Delete);
    assert_eq!(window.said(), ["Deleted “Dam breaks”"], "one at a time: what came before is no longer the last edit");
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.settle();
    assert!(window.said().is_empty(), "Undo from the keyboard has done it");
    assert_eq!(window.app().session().timeline().events().len(), 2);
    window.select("Dam breaks");
    window.key(Key::Delete);
    window.harness.run_steps(30 * 5);
    assert!(window.undo_button().is_some(), "it stays for some seconds");
    window.harness.run_steps(30 * 10);
    assert!(window.undo_button().is_none() && window.said().is_empty());
}

#[test]
fn a_drag_leaves_the_wording_and_the_sources_behind_and_one_undo_brings_all_back() {
    let mut window = Window::open();
    let by = vec2(4.0 * window.day_pt(), 0.0);
    let from = window.mark("Dam breaks");
    window.drag(from, by);
    let event = window.app().session().timeline().event("breach").unwrap().clone();
    assert_eq!((event.date.as_str(), event.wording.as_deref()), ("1976-06-09", None));
    let dates: Vec<_> = event.citations.iter().map(|citation| citation.date.as_deref().map(Date::as_str)).collect();
    assert_eq!(dates, [Some("1976-06-05"), Some("1976-06-05"), None], "a source has not moved with the event");
    let codes: Vec<&str> = window.app().session().problems().iter().map(|problem| problem.code).collect();
    assert!(codes.contains(&"date-outside-sources"), "{codes:?}");
    let said = "Moved to 9 Jun 1976. The wording “the first Saturday of June” no longer holds and is gone. Its source \
                keeps 5 Jun 1976. No source allows this date";
    assert_eq!(window.said(), [said]);
    assert_eq!(window.undo_label(), Some("Move “Dam breaks” to 9 Jun 1976"));
    window.undo_button().expect("a button").click();
    window.settle();
    assert!(window.is_as_read());
    assert_eq!(window.undo_label(), None, "it was one step");
}

#[test]
fn a_drag_that_comes_back_or_is_broken_off_leaves_nothing() {
    let mut window = Window::open();
    let from = window.mark("Dam breaks");
    window.drag(from, vec2(0.3 * window.day_pt(), 0.0));
    assert!(window.said().is_empty() && window.undo_label().is_none());
    window.harness.event(egui::Event::PointerMoved(from));
    window.harness.step();
    window.button(from, true);
    window.harness.event(egui::Event::PointerMoved(from + vec2(3.0 * window.day_pt(), 0.0)));
    window.harness.step();
    window.key(Key::Escape);
    window.button(from, false);
    window.settle();
    assert!(window.said().is_empty() && window.undo_label().is_none() && window.is_as_read());
}

#[test]
fn a_long_set_leaves_an_idle_window_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set.ron");
    let years: Vec<String> = (0..2_000).map(|year| format!("{year:04}")).collect();
    let events = [format!("{{{}}}", years.join(",")), format!("[{}]", years.join(","))];
    let events = events.map(|date| format!("Event(title: \"Floods\", date: \"{date}\")")).join(",\n");
    std::fs::write(&path, format!("Timeline(format: 1, title: \"Set\", events: [{events}])")).unwrap();
    let mut harness = Harness::builder()
        .with_size(vec2(1360.0, 840.0))
        .build_eframe(|cc| App::new(&cc.egui_ctx, Settings::default(), OpenRequest::File(path), Arc::new(Still)));
    for _ in 0..200 {
        harness.step();
        std::thread::sleep(std::time::Duration::from_millis(2));
        if !harness.state().is_busy() {
            break;
        }
    }
    harness.run_steps(10);
    let asked = harness.output().viewport_output.values().map(|output| output.repaint_delay).min().unwrap();
    assert!(asked > std::time::Duration::from_secs(1), "a frame is asked for in {asked:?}");
}
