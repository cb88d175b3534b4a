//! As known on a date, what colours and bands stand for, and signs of sourcing, in the window: by keys and accessible names.

use std::sync::Arc;

use annalist::app::{App, OpenRequest, Pick, Picked, Platform, Settings};
use annalist::model::{ColorBy, Grouping};
use annalist::time::{CivilDay, Instant};
use egui::accesskit::Role;
use egui::{Key, vec2};
use egui_kittest::kittest::{NodeT, Queryable as _};
use egui_kittest::{Harness, Node};
use tempfile::TempDir;

/// Three publications; a rumour that no source dates.
const TOLD: &str = r#"Timeline(format: 1, title: "T",
    lanes: [Lane(id: "treaty", title: "Treaty"), Lane(id: "troops", title: "Troops")],
    sources: [
        Source(id: "tass", title: "TASS wire", published: "2024-06-19", reliability: C),
        Source(id: "nis", title: "NIS statement", published: "2024-10-18"),
        Source(id: "denial", title: "A denial", published: "2024-10-21"),
        Source(id: "flyer", title: "A flyer"),
    ],
    events: [
        Event(id: "signing", title: "Treaty signed", date: "2024-06-19", lane: "treaty",
              citations: [Citation(source: "tass"), Citation(source: "nis")]),
        Event(id: "shipped", title: "Troops shipped", date: "2024-10", lane: "troops", standing: Alleged,
              citations: [Citation(source: "nis"), Citation(source: "denial", stance: Denies)]),
        Event(id: "rumour", title: "A rumour", date: "2024-06-01", citations: [Citation(source: "flyer")]),
    ],
    views: [
        View(id: "summer", title: "As the summer knew it", window: "2024-06/2024-12", grouping: Standing,
             color_by: Reliability, known_on: "2024-08"),
    ],
)"#;

struct Desk;

impl Platform for Desk {
    fn now(&self) -> Instant {
        Instant::from_day(CivilDay::new(2026, 11, 23)).unwrap()
    }

    fn pick(&self, _: &Pick) -> Picked {
        Picked::Cancelled
    }
}

struct Window {
    harness: Harness<'static, App>,
    _folder: TempDir,
}

impl Window {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("told.ron");
        std::fs::write(&path, TOLD).unwrap();
        let harness =
            Harness::builder().with_size(vec2(1360.0, 840.0)).with_max_steps(40).with_step_dt(0.25).build_eframe(
                |cc| {
                    let (settings, request) = (Settings::default(), OpenRequest::File(path));
                    App::new(&cc.egui_ctx, settings, request, Arc::new(Desk))
                },
            );
        let mut window = Self { harness, _folder: folder };
        window.settle();
        window
    }

    fn app(&self) -> &App {
        self.harness.state()
    }

    fn settle(&mut self) {
        self.harness.run_ok();
        let mut waits = 0;
        while self.app().is_busy() {
            assert!(waits < 2_000, "a job never ended");
            waits += 1;
            std::thread::sleep(std::time::Duration::from_millis(5));
            self.harness.run_ok();
        }
        self.harness.run_ok();
    }

    fn press(&mut self, key: Key) {
        self.harness.key_press(key);
        self.settle();
    }

    fn click(&mut self, name: &str) {
        self.harness.get_by_label(name).click();
        self.settle();
    }

    fn slider(&self) -> Node<'_> {
        self.harness.get_by_role_and_label(Role::Slider, "Publications known")
    }

    /// The date asked about; empty where none is.
    fn known_on(&self) -> String {
        self.app().view().known_on.as_ref().map(ToString::to_string).unwrap_or_default()
    }

    /// The names of the events on the track.
    fn events(&self) -> Vec<String> {
        let nodes = self.harness.query_all_by_role(Role::ListBoxOption);
        let mut names: Vec<String> = nodes.filter_map(|node| NodeT::accesskit_node(&node).label()).collect();
        names.sort();
        names
    }

    fn shows(&self, text: &str) -> bool {
        self.harness.query_all_by_label_contains(text).next().is_some()
    }
}

#[test]
fn the_story_becomes_known_publication_by_publication() {
    let mut window = Window::open();
    assert_eq!(window.events().len(), 3);
    window.press(Key::OpenBracket);
    assert_eq!(window.known_on(), "", "not before it is switched on");
    window.press(Key::K);
    assert_eq!(window.known_on(), "2024-10-21");
    assert!(window.shows("21 Oct 2024: 3 of 3 events"));
    window.press(Key::OpenBracket);
    assert_eq!(window.known_on(), "2024-10-18");
    assert!(window.events().iter().any(|name| name.ends_with("Oct 2024, Alleged, 1 source")), "{:?}", window.events());
    window.press(Key::OpenBracket);
    assert_eq!(window.known_on(), "2024-06-19");
    assert_eq!(
        window.events(),
        [
            "A rumour, 1 Jun 2024, Reported, 1 source, perhaps known by then",
            "Treaty signed, 19 Jun 2024, Reported, 1 source",
        ]
    );
    assert!(window.shows("2 of 3 events as known on 19 Jun 2024"));
    window.press(Key::OpenBracket);
    assert_eq!(window.known_on(), "2024-06-19", "there is none before");
    window.press(Key::CloseBracket);
    window.press(Key::CloseBracket);
    assert!(window.events().iter().any(|name| name.contains("1 source, contradicted")), "{:?}", window.events());
    window.press(Key::K);
    assert_eq!(window.events().len(), 3);
    assert!(!window.shows("as known on"));
    window.press(Key::K);
    assert_eq!(window.known_on(), "2024-10-21", "the date of last time");
}

#[test]
fn the_slider_has_keys_and_a_value_of_its_own() {
    let mut window = Window::open();
    window.press(Key::K);
    window.slider().focus();
    window.settle();
    window.press(Key::Home);
    assert_eq!(window.known_on(), "2024-06-19");
    assert_eq!(window.app().view().selection, None, "Home is the slider's while it has the keyboard");
    assert_eq!(window.slider().value().as_deref(), Some("19 Jun 2024: 2 of 3 events"));
    assert_eq!(NodeT::accesskit_node(&window.slider()).numeric_value(), Some(1.0));
    window.press(Key::ArrowRight);
    assert_eq!(window.known_on(), "2024-10-18");
    window.press(Key::End);
    assert_eq!(window.known_on(), "2024-10-21");
    window.press(Key::ArrowLeft);
    assert_eq!(window.known_on(), "2024-10-18");
    let rect = window.slider().rect();
    let to = rect.left_center() + vec2(rect.width() / 4.0, 0.0);
    for (pos, pressed) in [(rect.right_center() - vec2(60.0, 0.0), Some(true)), (to, None), (to, Some(false))] {
        window.harness.event(egui::Event::PointerMoved(pos));
        if let Some(pressed) = pressed {
            let (button, modifiers) = (egui::PointerButton::Primary, egui::Modifiers::NONE);
            window.harness.event(egui::Event::PointerButton { pos, button, pressed, modifiers });
        }
        window.harness.step();
    }
    let known_on = window.known_on();
    assert!("2024-06-19" < known_on.as_str() && known_on.as_str() < "2024-10-18", "{known_on}");
    window.click("Show all that is known");
    assert_eq!(window.known_on(), "");
}

#[test]
fn the_replay_goes_on_by_itself_and_ends_with_the_last_publication() {
    let mut window = Window::open();
    window.press(Key::K);
    window.harness.key_press(Key::P);
    window.harness.run_steps(2);
    assert_eq!(window.known_on(), "2024-06-19", "from the end it begins anew");
    assert!(window.shows("Pause the replay"));
    window.harness.run_steps(4);
    assert_eq!(window.known_on(), "2024-10-18");
    window.harness.run_steps(12);
    assert_eq!(window.known_on(), "2024-10-21");
    assert!(window.shows("Play the replay"));
    window.harness.key_press(Key::P);
    window.harness.run_steps(2);
    window.harness.key_press(Key::P);
    window.harness.run_steps(12);
    assert_eq!(window.known_on(), "2024-06-19", "paused");
}

#[test]
fn a_date_is_typed_in_words_and_one_without_an_end_is_refused() {
    let mut window = Window::open();
    window.press(Key::K);
    let typed = |window: &mut Window, text: &str| {
        window.harness.get_by_role_and_label(Role::TextInput, "As known on").focus();
        window.settle();
        window.harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
        window.harness.get_by_role_and_label(Role::TextInput, "As known on").type_text(text);
        window.settle();
        window.press(Key::Enter);
    };
    typed(&mut window, "late June 2024");
    assert_eq!(window.known_on(), "[2024-06-21..2024-06-30]");
    assert_eq!(window.events().len(), 2);
    typed(&mut window, "2024-10/..");
    assert_eq!(window.known_on(), "[2024-06-21..2024-06-30]");
    assert!(window.shows("This has no end"));
    typed(&mut window, "whenever");
    assert!(window.shows("Not a date"));
    typed(&mut window, "2024-10-18");
    assert_eq!(window.known_on(), "2024-10-18");
    assert!(!window.shows("Not a date"));
}

#[test]
fn what_was_not_out_is_dimmed_in_the_form_with_the_reason() {
    let mut window = Window::open();
    window.press(Key::K);
    window.press(Key::OpenBracket);
    window.press(Key::OpenBracket);
    window.harness.get_by_label_contains("Treaty signed, ").click();
    window.settle();
    let not_out = window.harness.query_all_by_label_contains("Not out yet on 19 Jun 2024").count();
    assert_eq!(not_out, 1, "of two citations");
    window.press(Key::K);
    assert!(!window.shows("Not out yet"));
}

#[test]
fn colours_and_bands_stand_for_what_the_menus_say() {
    let mut window = Window::open();
    window.click("Colour: Lane ▾");
    window.click("Best reliability");
    assert_eq!(window.app().view().color_by, ColorBy::Reliability);
    window.click("Group: Lane ▾");
    window.click("Standing");
    assert_eq!(window.app().view().grouping, Grouping::Standing);
    assert_eq!(window.app().session().grouping(), Grouping::Standing);
    assert!(window.shows("Group: Standing ▾") && window.shows("Colour: Best reliability ▾"));
    assert_eq!(window.events().len(), 3);
}

#[test]
fn a_saved_view_brings_its_date_its_colours_and_its_bands() {
    let mut window = Window::open();
    window.click("As the summer knew it");
    let view = window.app().view();
    assert_eq!((view.color_by, view.grouping), (ColorBy::Reliability, Grouping::Standing));
    assert_eq!(window.known_on(), "2024-08");
    assert_eq!(window.events().len(), 2);
}

#[test]
fn signs_of_sourcing_can_be_left_out_and_are_remembered() {
    let mut window = Window::open();
    window.press(Key::L);
    assert!(window.shows("How dates, standings and sourcing are drawn"));
    window.click("All marks");
    window.click("Show sourcing signs beside marks");
    assert!(window.app().view().hides_signs && window.app().settings().hides_signs);
    window.click("Close");
    assert!(window.events().iter().any(|name| name.contains("contradicted")), "names keep them");
}
