//! What is typed into a field arrives there, and no letter of it runs a command.

use annalist::model::{Standing, Timeline};
use annalist::ui::Command;
use egui::accesskit::Role;
use egui::{Event, Key, KeyboardShortcut, Modifiers};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};

use super::table_edits::cell;
use super::window::{Window, is_text, key_event};

/// A timeline with something in every list that a form shows.
const HARBOUR: &str = r#"Timeline(
    format: 1,
    title: "Harbour works",
    lanes: [Lane(id: "port", title: "Port"), Lane(id: "town", title: "Town")],
    sources: [
        Source(id: "gazette", title: "Harbour gazette", published: "1901-04-02", origin: "council"),
        Source(id: "council", title: "Minutes of the council"),
    ],
    events: [
        Event(
            id: "dredge", title: "Dredging begins", date: "1901-05-10", lane: "port",
            citations: [Citation(source: "gazette", credibility: 3, reliability: B, date: "1901-05", note: "p. 2")],
            links: [Link(to: "plan", relation: Implements)],
            judgment: Judgment(likelihood: Likely),
        ),
        Event(id: "plan", title: "Plan published", date: "1901-03-02", lane: "port"),
        Event(id: "quay", title: "Quay opened", date: "1902-08-01", lane: "town"),
    ],
)
"#;

/// What leads to a field.
type Way = fn(&mut Window);

fn harbour() -> Window {
    Window::on(HARBOUR)
}

/// The sign that a key types, as a keyboard of the United States does.
fn sign(key: Key) -> Option<&'static str> {
    Some(match key {
        Key::Plus => "+",
        Key::Minus => "-",
        Key::Equals => "=",
        Key::Period => ".",
        Key::Comma => ",",
        Key::Questionmark => "?",
        Key::OpenBracket => "[",
        Key::CloseBracket => "]",
        Key::Space => " ",
        key => key.name(),
    })
    .filter(|sign| sign.chars().count() == 1)
}

/// Every key that is a command by itself, apart from those that leave a field, and some that are none.
fn keys() -> Vec<Key> {
    let of_commands = Command::ALL.into_iter().flat_map(Command::shortcuts);
    let plain = of_commands.filter(|shortcut| shortcut.modifiers.is_none()).map(|shortcut| shortcut.logical_key);
    let leaving = [Key::Enter, Key::Escape, Key::F6, Key::ArrowUp, Key::ArrowDown];
    let mut keys: Vec<Key> = plain.filter(|key| !leaving.contains(key)).collect();
    keys.extend([Key::Space, Key::Num7, Key::X, Key::Space, Key::N]);
    keys
}

/// Every letter that is a command with Shift, and some that are none.
fn capitals() -> Vec<Key> {
    let of_commands = Command::ALL.into_iter().flat_map(Command::shortcuts);
    let shifted = of_commands.filter(|shortcut| shortcut.modifiers == Modifiers::SHIFT);
    let mut keys: Vec<Key> = shifted.map(|shortcut| shortcut.logical_key).filter(|key| sign(*key).is_some()).collect();
    assert!(keys.contains(&Key::R) && keys.contains(&Key::V), "{keys:?}");
    keys.extend([Key::A, Key::N]);
    keys
}

/// The names of the commands that a key is, by itself or with Shift.
fn commands_of(key: Key) -> impl Iterator<Item = &'static str> {
    let is_it = move |shortcut: KeyboardShortcut| {
        shortcut.logical_key == key && !shortcut.modifiers.command && !shortcut.modifiers.alt
    };
    let commands = Command::ALL.into_iter().filter(move |command| command.shortcuts().any(is_it));
    commands.map(|command| command.label().trim_end_matches('…'))
}

/// Strikes a key as a keyboard does: the key and, where it has one, its sign.
fn strike(window: &mut Window, key: Key) {
    strike_together(window, &[key]);
}

/// Strikes keys one after the other within a frame.
fn strike_together(window: &mut Window, keys: &[Key]) {
    strike_with(window, Modifiers::NONE, keys);
}

/// [`strike_together`] while Shift, or nothing, is held.
fn strike_with(window: &mut Window, modifiers: Modifiers, keys: &[Key]) {
    let with = |event| match event {
        Event::Key { key, physical_key, pressed, repeat, .. } => {
            Event::Key { key, physical_key, pressed, repeat, modifiers }
        }
        other => other,
    };
    let cased = |sign: &str| if modifiers.shift { sign.to_uppercase() } else { sign.to_lowercase() };
    let struck = keys.iter().flat_map(|&key| {
        let text = sign(key).map(|sign| Event::Text(cased(sign)));
        [with(key_event(key, true))].into_iter().chain(text).chain([with(key_event(key, false))])
    });
    let held = [Event::ModifiersChanged(modifiers)].into_iter().chain(struck.collect::<Vec<_>>());
    window.frame(held.chain([Event::ModifiersChanged(Modifiers::NONE)]));
}

fn state(window: &Window) -> (Timeline, usize, Option<String>) {
    let session = window.app().session();
    let selection = window.app().view().transient.selection.as_ref().map(ToString::to_string);
    ((**session.timeline()).clone(), session.timeline().events().len(), selection)
}

/// Types a sentence with the letter of every command into the field that has the focus, or should have: it is empty, or all of
/// it is selected.
fn type_sentence(window: &mut Window, name: &str) {
    type_sentence_in_haste(window, name, 1);
}

/// [`type_sentence`] with so many keys a frame.
fn type_sentence_in_haste(window: &mut Window, name: &str, keys_a_frame: usize) {
    let before = state(window);
    let viewport = window.app().view().place.viewport;
    // What deletes, in a text that is empty or selected.
    let (deleting, typing): (Vec<Key>, Vec<Key>) = keys().into_iter().partition(|key| sign(*key).is_none());
    let mending = [Key::X, Key::Backspace, Key::X, Key::ArrowLeft, Key::Delete];
    for part in [&*deleting, &*typing, &mending] {
        part.chunks(keys_a_frame).for_each(|keys| strike_together(window, keys));
    }
    let capitals = capitals();
    capitals.chunks(keys_a_frame).for_each(|keys| strike_with(window, Modifiers::SHIFT, keys));
    // What cannot run says why not.
    let answered = |key: &Key| commands_of(*key).find(|label| window.tells(&format!("{label}: ")));
    let answered = typing.iter().chain(&capitals).find_map(answered);
    assert_eq!(answered, None, "what was typed into “{name}” asked for a command");
    window.settle();
    let signs = |keys: &[Key]| keys.iter().filter_map(|key| sign(*key)).collect::<String>();
    let typed = signs(&typing).to_lowercase() + &signs(&capitals);
    assert_eq!(window.value(name), typed, "in “{name}”");
    assert!(state(window) == before, "what was typed into “{name}” ran a command");
    assert_eq!(window.app().view().place.viewport, viewport, "what was typed into “{name}” moved the window");
}

#[test]
fn the_name_of_a_new_lane_is_typed_as_soon_as_it_is_asked_for() {
    let mut by_mouse = harbour();
    by_mouse.select("Dredging begins");
    by_mouse.click_combo("Lane");
    by_mouse.click("New lane…");
    assert!(by_mouse.field("New lane title").is_focused());
    type_sentence(&mut by_mouse, "New lane title");
    by_mouse.key(Key::Enter);
    assert_eq!(by_mouse.app().session().timeline().lanes().len(), 3);

    let mut by_keys = harbour();
    by_keys.select("Dredging begins");
    by_keys.combo("Lane").focus();
    by_keys.settle();
    for key in [Key::Enter, Key::ArrowDown, Key::ArrowDown, Key::Enter] {
        by_keys.key(key);
    }
    assert!(by_keys.field("New lane title").is_focused(), "the menu began at the lane of the event");
    type_sentence(&mut by_keys, "New lane title");
    by_keys.key(Key::Escape);
    assert_eq!(by_keys.app().session().timeline().lanes().len(), 2);
    assert_eq!(by_keys.titles().len(), 3);
}

#[test]
fn a_new_event_can_ask_for_a_new_lane() {
    let mut window = harbour();
    window.key(Key::N);
    window.fill("New event title", "Lighthouse lit");
    window.fill("New event date", "1903");
    window.click_combo("New event lane");
    window.click("New lane…");
    assert!(window.field("New event lane title").is_focused());
    type_sentence(&mut window, "New event lane title");
    window.key(Key::Escape);
    assert!(!window.shows("New event lane title"), "Escape takes back the lane alone");
    assert_eq!(window.value("New event title"), "Lighthouse lit");

    window.click_combo("New event lane");
    window.click("New lane…");
    window.fill("New event lane title", "Sea");
    window.ctrl(Key::S);
    let timeline = window.app().session().timeline();
    let event = timeline.events().iter().find(|event| &*event.title == "Lighthouse lit").unwrap();
    let lane = event.lane.as_deref().and_then(|id| timeline.lane(id)).unwrap();
    assert_eq!(&*lane.title, "Sea", "a save takes it along");
    window.ctrl(Key::Z);
    assert_eq!(window.app().session().timeline().lanes().len(), 2, "one edit made both");
}

#[test]
fn every_way_to_a_new_event_leads_into_its_title() {
    let ways: [Way; 4] = [
        |window| window.key(Key::N),
        |window| window.menu("Edit", Command::AddEvent.label()),
        |window| window.harness.get_all_by_label("Add event").last().unwrap().click(),
        |window| {
            window.ctrl(Key::K);
            window.field("Find a command").type_text("add event");
            window.settle();
            window.key(Key::Enter);
        },
    ];
    for way in ways {
        let mut window = harbour();
        window.select("Plan published");
        way(&mut window);
        window.settle();
        assert!(window.field("New event title").is_focused());
        type_sentence(&mut window, "New event title");
    }
}

#[test]
fn no_letter_is_a_command_while_a_form_is_open_though_no_field_has_the_focus() {
    let mut window = harbour();
    window.select("Plan published");
    window.key(Key::N);
    window.fill("New event title", "Lighthouse lit");
    window.fill("Source to cite", "gazette");
    window.key(Key::Enter);
    assert!(window.shows("Choose another"));
    assert!(!window.focus().is_some_and(|node| is_text(&node.accesskit_node())));
    let before = state(&window);
    for key in keys().into_iter().filter(|key| *key != Key::Space) {
        strike(&mut window, key);
    }
    assert!(state(&window) == before);
    window.click("Choose another");
    type_sentence(&mut window, "Source to cite");
}

#[test]
fn the_key_of_a_new_event_leads_back_into_the_form_that_is_open() {
    let mut window = harbour();
    window.key(Key::N);
    window.fill("New event title", "Lighthouse");
    window.fill("New event date", "soonish");
    // Once without the focus anywhere, once with it on the track.
    let ways: [Way; 2] = [
        |window| {
            let focused = window.harness.ctx.memory(|memory| memory.focused());
            window.harness.ctx.memory_mut(|memory| focused.inspect(|id| memory.surrender_focus(*id)));
            window.settle();
        },
        |window| {
            window.give_focus("Timeline");
        },
    ];
    for leave in ways {
        leave(&mut window);
        window.key(Key::N);
        assert!(window.field("New event title").is_focused());
        assert_eq!(window.value("New event title"), "Lighthouse");
        assert_eq!(window.value("New event date"), "soonish", "what is typed stays");
    }
}

#[test]
fn a_date_that_is_perhaps_meant_is_taken_by_a_click() {
    let mut window = harbour();
    window.select("Plan published");
    window.fill("Date", "late March 1901?");
    window.click("Use [1901-03-21..1901-03-31]");
    assert_eq!(window.value("Date"), "[1901-03-21..1901-03-31]");
}

#[test]
fn a_refused_date_keeps_the_focus_and_what_is_typed() {
    let mut window = harbour();
    window.select("Plan published");
    window.fill("Date", "soonish");
    window.key(Key::Enter);
    assert!(window.field("Date").is_focused());
    window.ctrl(Key::A);
    type_sentence(&mut window, "Date");
    window.key(Key::Escape);

    window.key(Key::N);
    window.fill("New event title", "Lighthouse lit");
    window.fill("New event date", "soonish");
    window.key(Key::Enter);
    assert!(window.field("New event date").is_focused());
    window.fill("New event title", "Lighthouse lit");
    window.harness.get_all_by_label("Add event").last().unwrap().click();
    window.settle();
    assert_eq!(window.focused(), "New event date", "by a click too");
    window.ctrl(Key::A);
    type_sentence(&mut window, "New event date");
    assert_eq!(window.titles().len(), 3);
}

#[test]
fn whatever_else_asks_for_text_has_the_focus() {
    let ways: [(&str, Way); 12] = [
        ("New source", |window| window.menu("Edit", Command::AddSource.label())),
        ("Source to cite", |window| window.key(Key::C)),
        ("Source to cite", |window| window.menu("Edit", Command::CiteSource.label())),
        ("Event to link to", |window| window.reach("Add link")),
        ("Find events", |window| window.ctrl(Key::F)),
        ("Find a command", |window| window.ctrl(Key::K)),
        ("Find sources", |window| window.ctrl(Key::B)),
        ("Path", |window| window.menu("File", Command::OpenPath.label())),
        ("Source origin", |window| {
            window.ctrl(Key::B);
            window.select("Minutes of the council");
            window.reach("Choose Source origin");
        }),
        ("Title", |window| window.key(Key::F2)),
        ("Title in the table", |window| {
            window.ctrl(Key::T);
            let at = cell(window, "Dredging begins", "title");
            window.click_at(at);
            window.key(Key::F2);
        }),
        ("As known on", |window| window.key(Key::K)),
    ];
    for (name, way) in ways {
        let mut window = harbour();
        window.select("Dredging begins");
        way(&mut window);
        window.settle();
        assert_eq!(window.focused(), name);
        window.ctrl(Key::A);
        type_sentence(&mut window, name);
    }
}

#[test]
fn every_field_of_the_window_takes_every_letter() {
    let openings: [Way; 5] = [
        |_| {},
        |window| {
            window.select("Dredging begins");
            for section in ["Record", "More fields of citation 1", "Open source 1"] {
                window.reach(section);
            }
        },
        |window| {
            window.ctrl(Key::B);
            window.select("Harbour gazette");
        },
        |window| {
            window.key(Key::K);
            window.key(Key::Enter);
            window.key(Key::N);
        },
        |window| {
            window.ctrl(Key::E);
            window.click("Markdown");
        },
    ];
    let mut seen = std::collections::BTreeSet::new();
    for open in openings {
        let mut window = harbour();
        open(&mut window);
        let texts = window.harness.query_all(By::new().predicate(|node| {
            matches!(node.role(), Role::TextInput | Role::MultilineTextInput) && !node.is_disabled()
        }));
        let names: Vec<String> = texts.filter_map(|node| node.accesskit_node().label()).collect();
        for name in names.into_iter().filter(|name| seen.insert(name.clone())) {
            let mut window = harbour();
            open(&mut window);
            window.field(&name).focus();
            window.settle();
            window.ctrl(Key::A);
            // Frames with every form open are what takes time here. Some follow each other in every field; a key a frame is
            // typed by the tests of the single ways into a field.
            type_sentence_in_haste(&mut window, &name, 5);
        }
    }
    assert!(seen.len() > 35, "{seen:?}");
}

#[test]
fn a_key_that_comes_in_the_frame_of_the_one_before_finds_what_that_one_opened() {
    let mut window = harbour();
    window.select("Plan published");
    let press = |key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    let text = |text: &str| Event::Text(text.to_owned());
    let struck = [(Key::N, "n"), (Key::F, "f"), (Key::N, "n"), (Key::C, "c")];
    for (key, sign) in struck {
        window.harness.input_mut().events.extend([press(key), text(sign)]);
    }
    window.harness.input_mut().events.push(press(Key::Backspace));
    window.settle();
    assert_eq!(window.value("New event title"), "fn");
    assert_eq!(window.titles().len(), 3);
}

#[test]
fn a_capital_letter_of_a_title_or_a_question_links_nothing() {
    let capital = |window: &mut Window, key: Key| {
        strike_with(window, Modifiers::SHIFT, &[key]);
        window.settle();
    };
    let mut window = harbour();
    window.key(Key::Home);
    window.ctrl(Key::ArrowRight);
    window.ctrl(Key::F);
    for key in [Key::P, Key::L, Key::A, Key::N, Key::Space] {
        window.strike(key, &sign(key).unwrap().to_lowercase());
    }
    [Key::O, Key::R].into_iter().for_each(|key| capital(&mut window, key));
    assert_eq!((window.value("Find events").as_str(), window.focused().as_str()), ("plan OR", "Find events"));
    assert!(!window.shows("Link two events"));

    let mut window = harbour();
    window.key(Key::N);
    capital(&mut window, Key::R);
    window.type_text("escue ");
    capital(&mut window, Key::R);
    window.type_text("eport");
    assert_eq!(window.value("New event title"), "Rescue Report");
    assert!(!window.tells("Link the selected"), "{:?}", window.notices());
    // In the form, but in none of its fields.
    window.combo("New event standing").focus();
    window.settle();
    capital(&mut window, Key::V);
    assert_eq!(window.notices(), Vec::<&str>::new());
    // Where nobody types it is a command.
    window.key(Key::Tab);
    window.click("Cancel the new event");
    window.chord(Modifiers::SHIFT, Key::R);
    assert!(window.tells("Link the selected: Select two events first"));
}

#[test]
fn a_key_with_alt_is_no_command() {
    let mut window = harbour();
    let viewport = window.app().view().place.viewport;
    for key in [Key::ArrowLeft, Key::N, Key::Plus, Key::Delete] {
        window.chord(Modifiers::ALT, key);
    }
    assert_eq!(window.app().view().place.viewport, viewport);
    assert!(!window.has("New event title"));
}

/// Numbers take no letters, so that what was struck is not there afterwards; it must not be done instead either.
#[test]
fn the_numbers_of_the_export_dialog_run_no_command() {
    let mut window = harbour();
    window.select("Dredging begins");
    let before = state(&window);
    let viewport = window.app().view().place.viewport;
    window.ctrl(Key::E);
    for name in ["Width in pixels", "Scale"] {
        let by =
            By::new().predicate(move |node| node.role() == Role::SpinButton && node.label().is_some_and(|l| l == name));
        window.harness.get(by).focus();
        window.settle();
        for key in keys().into_iter().chain([Key::Backspace, Key::Delete]) {
            strike(&mut window, key);
        }
        window.settle();
        assert!(state(&window) == before, "what was typed into “{name}” ran a command");
        assert_eq!(window.app().view().place.viewport, viewport, "what was typed into “{name}” moved the window");
        assert!(window.shows("Width in pixels"), "the dialog is still there");
    }
}

/// Types a word at a list of choices as fast as one does, and comes to rest.
fn type_at_list(window: &mut Window, keys: &[Key]) {
    strike_together(window, keys);
    window.settle();
}

#[test]
fn letters_typed_at_a_list_are_one_prefix_and_no_commands() {
    let mut window = harbour();
    window.select("Dredging begins");
    window.combo("Standing").focus();
    window.settle();
    let standing = |window: &Window| (window.event("dredge").standing, window.focused());
    let of = |standing| (standing, "Standing".to_owned());
    type_at_list(&mut window, &[Key::A, Key::L, Key::L, Key::E]);
    assert_eq!(standing(&window), of(Standing::Alleged));
    window.undo();
    assert_eq!(window.event("dredge").standing, Standing::Reported, "one word is one step");
    // Also where its first letters mean something else, key by key; and a word that leads back is none.
    window.combo("Standing").focus();
    window.steps(5);
    for key in [Key::D, Key::E] {
        strike_together(&mut window, &[key]);
    }
    window.settle();
    assert_eq!(standing(&window), of(Standing::Denied));
    assert_eq!(window.undo_label(), "Mark “Dredging begins” as denied");
    window.undo();
    assert_eq!((window.event("dredge").standing, window.undo_label()), (Standing::Reported, ""));
    window.combo("Standing").focus();
    window.steps(5);
    for key in [Key::R, Key::E, Key::P] {
        strike_together(&mut window, &[key]);
    }
    window.settle();
    assert_eq!((window.event("dredge").standing, window.undo_label()), (Standing::Reported, ""));
    // After a while it is another word, and another step.
    window.combo("Standing").focus();
    window.steps(5);
    type_at_list(&mut window, &[Key::D]);
    window.steps(5);
    type_at_list(&mut window, &[Key::D]);
    assert_eq!(standing(&window), of(Standing::Denied));
    window.undo();
    assert_eq!(window.event("dredge").standing, Standing::Disputed);
    window.undo();
    window.combo("Standing").focus();
    window.steps(5);
    type_at_list(&mut window, &[Key::C, Key::O, Key::N, Key::F]);
    assert_eq!(standing(&window), of(Standing::Confirmed));
    window.steps(5);
    type_at_list(&mut window, &[Key::X, Key::N, Key::D]);
    assert_eq!(standing(&window), of(Standing::Confirmed), "nothing begins so");
    window.steps(5);
    type_at_list(&mut window, &[Key::D, Key::D]);
    assert_eq!(standing(&window), of(Standing::Denied));
    assert_eq!(window.timeline().events().len(), 3, "N is no command here");
}

#[test]
fn a_word_typed_in_the_form_of_a_new_event_chooses_its_standing() {
    let mut window = harbour();
    window.key(Key::N);
    window.fill("New event title", "Lighthouse lit");
    window.tab_to("New event standing");
    type_at_list(&mut window, &[Key::A, Key::L, Key::L, Key::E]);
    assert_eq!(window.combo("New event standing").value().as_deref(), Some("Alleged"));
}

#[test]
fn in_a_list_opened_by_a_click_letters_choose_and_enter_takes() {
    let mut window = harbour();
    window.select("Dredging begins");
    window.click_combo("Standing");
    type_at_list(&mut window, &[Key::C, Key::O, Key::N, Key::F]);
    assert_eq!(window.event("dredge").standing, Standing::Reported, "nothing is taken yet");
    window.key(Key::Enter);
    assert_eq!(window.event("dredge").standing, Standing::Confirmed);
    assert_eq!((window.focused().as_str(), window.timeline().events().len()), ("Standing", 3));
}
