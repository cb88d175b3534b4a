//! As known on a date, what colours and bands stand for, and signs of sourcing, in the window: by keys and accessible names.

use annalist::model::{ColorBy, Grouping, KnownBy};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT, Queryable as _};

use super::window::{Window, key_event, name};

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

fn slider(window: &Window) -> Node<'_> {
    window.harness.get_by_role_and_label(Role::Slider, "Publications known")
}

/// The date asked about; empty where none is.
fn known_on(window: &Window) -> String {
    window.app().view().place.known_on.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// Switches it on and takes the date that it begins with.
fn begin(window: &mut Window) {
    window.key(Key::K);
    window.key(Key::Enter);
}

/// The names of the events on the track.
fn events(window: &Window) -> Vec<String> {
    let mut names: Vec<String> =
        window.harness.query_all_by_role(Role::ListBoxOption).map(|node| name(&node)).collect();
    names.sort();
    names
}

#[test]
fn the_story_becomes_known_publication_by_publication() {
    let mut window = Window::on(TOLD);
    assert_eq!(events(&window).len(), 3);
    window.key(Key::OpenBracket);
    assert_eq!(known_on(&window), "", "not before it is switched on");
    begin(&mut window);
    assert_eq!(known_on(&window), "2024-10-21");
    assert!(window.shows("21 Oct 2024: 3 of 3 events"));
    window.key(Key::OpenBracket);
    assert_eq!(known_on(&window), "2024-10-18");
    assert!(events(&window).iter().any(|name| name.ends_with("Oct 2024, Alleged, 1 source")), "{:?}", events(&window));
    window.key(Key::OpenBracket);
    assert_eq!(known_on(&window), "2024-06-19");
    assert_eq!(
        events(&window),
        [
            "A rumour, 1 Jun 2024, Reported, 1 source, perhaps known by then",
            "Treaty signed, 19 Jun 2024, Reported, 1 source",
        ]
    );
    assert!(window.shows("2 of 3 events as known on 19 Jun 2024, 1 of them perhaps known"));
    window.key(Key::OpenBracket);
    assert_eq!(known_on(&window), "2024-06-19", "there is none before");
    window.key(Key::CloseBracket);
    window.key(Key::CloseBracket);
    assert!(events(&window).iter().any(|name| name.contains("1 source, contradicted")), "{:?}", events(&window));
    window.key(Key::K);
    assert_eq!(events(&window).len(), 3);
    assert!(!window.shows("as known on"));
    window.key(Key::K);
    assert_eq!(known_on(&window), "2024-10-21", "the date of last time");
}

#[test]
fn the_slider_has_keys_and_a_value_of_its_own() {
    let mut window = Window::on(TOLD);
    window.key(Key::K);
    slider(&window).focus();
    window.settle();
    window.key(Key::Home);
    assert_eq!(known_on(&window), "2024-06-19");
    assert_eq!(window.app().view().transient.selection, None, "Home is the slider's while it has the keyboard");
    assert_eq!(slider(&window).value().as_deref(), Some("19 Jun 2024: 2 of 3 events, 1 of them perhaps known"));
    assert_eq!(NodeT::accesskit_node(&slider(&window)).numeric_value(), Some(1.0));
    window.key(Key::ArrowRight);
    assert_eq!(known_on(&window), "2024-10-18");
    window.key(Key::End);
    assert_eq!(known_on(&window), "2024-10-21");
    window.key(Key::ArrowLeft);
    assert_eq!(known_on(&window), "2024-10-18");
    let rect = slider(&window).rect();
    let to = rect.left_center() + vec2(rect.width() / 4.0, 0.0);
    for (pos, pressed) in [(rect.right_center() - vec2(60.0, 0.0), Some(true)), (to, None), (to, Some(false))] {
        window.harness.event(Event::PointerMoved(pos));
        if let Some(pressed) = pressed {
            let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
            window.harness.event(Event::PointerButton { pos, button, pressed, modifiers });
        }
        window.harness.step();
    }
    let date = known_on(&window);
    assert!("2024-06-19" < date.as_str() && date.as_str() < "2024-10-18", "{date}");
    window.click("Show all that is known");
    assert_eq!(known_on(&window), "");
}

#[test]
fn the_replay_goes_on_by_itself_and_ends_with_the_last_publication() {
    let mut window = Window::on(TOLD);
    begin(&mut window);
    window.harness.key_press(Key::P);
    window.harness.run_steps(2);
    assert_eq!(known_on(&window), "2024-06-19", "from the end it begins anew");
    assert!(window.shows("Pause the replay"));
    window.harness.run_steps(4);
    assert_eq!(known_on(&window), "2024-10-18");
    window.harness.run_steps(12);
    assert_eq!(known_on(&window), "2024-10-21");
    assert!(window.shows("Play the replay"));
    window.harness.key_press(Key::P);
    window.harness.run_steps(2);
    window.harness.key_press(Key::P);
    window.harness.run_steps(12);
    assert_eq!(known_on(&window), "2024-06-19", "paused");
}

#[test]
fn a_date_is_typed_in_words_and_one_without_an_end_is_refused() {
    let mut window = Window::on(TOLD);
    window.key(Key::K);
    let typed = |window: &mut Window, text: &str| {
        window.fill("As known on", text);
        window.key(Key::Enter);
    };
    typed(&mut window, "late June 2024");
    assert_eq!(known_on(&window), "[2024-06-21..2024-06-30]");
    assert_eq!(events(&window).len(), 2);
    typed(&mut window, "2024-10/..");
    assert_eq!(known_on(&window), "[2024-06-21..2024-06-30]");
    assert!(window.shows("This has no end"));
    typed(&mut window, "whenever");
    assert!(window.shows("Not a date"));
    typed(&mut window, "2024-10-18");
    assert_eq!(known_on(&window), "2024-10-18");
    assert!(!window.shows("Not a date"));
}

#[test]
fn its_key_leads_into_the_date_which_is_typed_over() {
    let mut window = Window::on(TOLD);
    window.key(Key::K);
    assert_eq!(window.focused(), "As known on");
    for (key, text) in [(Key::Num2, "2"), (Key::Num0, "0"), (Key::Num2, "2"), (Key::Num4, "4")] {
        window.strike(key, text);
    }
    window.type_text("-10-18");
    assert_eq!(window.value("As known on"), "2024-10-18");
    assert_eq!(window.app().view().place.grouping, Grouping::Lane, "1 to 9 show no view meanwhile");
    window.key(Key::Enter);
    assert_eq!((known_on(&window).as_str(), window.focused().as_str()), ("2024-10-18", ""));
    window.key(Key::CloseBracket);
    assert_eq!(known_on(&window), "2024-10-21");
    window.key(Key::K);
    assert_eq!((known_on(&window).as_str(), window.has("As known on")), ("", false));

    // By the menu too, and typed in the frame of the key that asked for it.
    window.menu("View", "As known on a date");
    window.type_text("2024-08");
    window.key(Key::Escape);
    assert_eq!(window.value("As known on"), "2024-10-21", "Escape takes back what is typed");
    window.key(Key::K);
    window.frame([
        key_event(Key::K, true),
        Event::Text("k".to_owned()),
        key_event(Key::Num7, true),
        Event::Text("7".into()),
    ]);
    window.settle();
    assert_eq!(window.value("As known on"), "7");
    window.key(Key::Escape);
    window.key(Key::K);
    // Right after it was switched on, and not once it was left.
    window.key(Key::K);
    window.key(Key::Escape);
    assert_eq!(known_on(&window), "", "nothing was typed: it is switched off again");
    begin(&mut window);
    window.field("As known on").focus();
    window.settle();
    window.key(Key::Escape);
    assert_eq!(known_on(&window), "2024-10-21");
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::K);
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::K);
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::K);
    assert_eq!(window.focused(), "As we knew on");
}

#[test]
fn what_was_not_out_is_dimmed_in_the_form_with_the_reason() {
    let mut window = Window::on(TOLD);
    begin(&mut window);
    window.key(Key::OpenBracket);
    window.key(Key::OpenBracket);
    window.click_part("Treaty signed, ");
    let not_out = window.harness.query_all_by_label_contains("Not out yet on 19 Jun 2024").count();
    assert_eq!(not_out, 1, "of two citations");
    window.key(Key::K);
    assert!(!window.shows("Not out yet"));
}

#[test]
fn colours_and_bands_stand_for_what_the_menus_say() {
    let mut window = Window::on(TOLD);
    window.click("Colour: Lane ▾");
    window.click("Best reliability");
    assert_eq!(window.app().view().place.color_by, ColorBy::Reliability);
    window.click("Group: Lane ▾");
    window.click("Standing");
    assert_eq!(window.app().view().place.grouping, Grouping::Standing);
    assert_eq!(window.app().session().grouping(), Grouping::Standing);
    assert!(window.shows("Group: Standing ▾") && window.shows("Colour: Best reliability ▾"));
    assert_eq!(events(&window).len(), 3);
}

#[test]
fn a_saved_view_brings_its_date_its_colours_and_its_bands() {
    let mut window = Window::on(TOLD);
    window.click("As the summer knew it");
    let view = window.app().view();
    assert_eq!((view.place.color_by, view.place.grouping), (ColorBy::Reliability, Grouping::Standing));
    assert_eq!(known_on(&window), "2024-08");
    assert_eq!(events(&window).len(), 2);
}

#[test]
fn signs_of_sourcing_can_be_left_out_and_are_remembered() {
    let mut window = Window::on(TOLD);
    window.key(Key::L);
    assert!(window.shows("How dates, standings, sourcing and links are drawn"));
    window.click("All marks");
    window.click("Show sourcing signs beside marks");
    assert!(window.app().settings().hides_signs);
    window.click("Close");
    assert!(events(&window).iter().any(|name| name.contains("contradicted")), "names keep them");
}

/// Three events that we entered one after another, before and after they came out.
const ENTERED: &str = r#"Timeline(format: 1, title: "T",
    sources: [Source(id: "tass", title: "TASS wire", published: "2024-06-19"), Source(id: "nis", title: "NIS", published: "2024-10-18")],
    events: [
        Event(id: "signing", title: "Treaty signed", date: "2024-06-19", recorded: "2024-06-20",
              citations: [Citation(source: "tass"), Citation(source: "nis")]),
        Event(id: "visit", title: "A visit", date: "2024-06-18", recorded: "2024-11-02", citations: [Citation(source: "tass")]),
        Event(id: "rumour", title: "A rumour", date: "2024-06-01", citations: [Citation(source: "tass")]),
    ],
    views: [View(id: "ours", title: "As our summer had it", window: "2024-06/2024-12", known_on: "2024-08", known_by: Recorded)],
)"#;

#[test]
fn our_own_record_is_replayed_entry_by_entry() {
    let mut window = Window::on(ENTERED);
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::K);
    assert_eq!((known_on(&window).as_str(), window.app().view().place.known_by), ("2024-11-02", KnownBy::Recorded));
    assert!(window.shows("3 of 3 events as we knew it on 2 Nov 2024 (by our own record)"));
    window.key(Key::Enter);
    window.key(Key::OpenBracket);
    assert_eq!(known_on(&window), "2024-06-20");
    // One source of the signing was not out by then, and of the rumour nobody says when it was entered.
    assert_eq!(
        events(&window),
        [
            "A rumour, 1 Jun 2024, Reported, 1 source, perhaps known by then",
            "Treaty signed, 19 Jun 2024, Reported, 1 source",
        ]
    );
    let slider = window.harness.get_by_role_and_label(Role::Slider, "Days of entry passed");
    assert_eq!(slider.value().as_deref(), Some("20 Jun 2024: 2 of 3 events, 1 of them perhaps known"));
    window.click("Next day of entry");
    assert_eq!(known_on(&window), "2024-11-02");

    // The same date by the other replay, and back, by a click and by keys.
    window.key(Key::OpenBracket);
    window.click("By publication");
    assert_eq!((known_on(&window).as_str(), events(&window).len()), ("2024-06-20", 3));
    assert!(window.shows("3 of 3 events as known on 20 Jun 2024"));
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::K);
    assert_eq!((known_on(&window).as_str(), events(&window).len()), ("2024-06-20", 2));
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::K);
    assert_eq!((known_on(&window).as_str(), events(&window).len()), ("", 3));
}

#[test]
fn a_saved_view_of_our_record_says_what_it_goes_by() {
    let mut window = Window::on(ENTERED);
    window.click("As our summer had it");
    assert_eq!((known_on(&window).as_str(), window.app().view().place.known_by), ("2024-08", KnownBy::Recorded));
    assert_eq!(events(&window).len(), 2);
    window.click("Show all that is known");
    assert_eq!(events(&window).len(), 3);
}
