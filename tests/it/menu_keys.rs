//! Every key that a menu shows does there what its entry does: with the keyboard where it is once the menu has closed again.

use annalist::ui::{Command, DrawerTab};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};

use super::window::{Setup, Window, name};

const DOSSIER: &str = r#"Timeline(
    format: 1,
    title: "Dossier",
    lanes: [Lane(id: "law", title: "Law"), Lane(id: "army", title: "Army")],
    sources: [Source(id: "wire", title: "Wire report"), Source(id: "map", title: "Map of a staff")],
    events: [
        Event(id: "signing", title: "Treaty signed", date: "2024-06-19", lane: "law"),
        Event(id: "duma", title: "Duma ratifies", date: "2024-10-24", lane: "law", citations: [Citation(source: "wire")]),
        Event(id: "seen", title: "Troops seen", date: "2024-10", lane: "army"),
        Event(id: "talks", title: "Secret talks"),
    ],
    eras: [Era(id: "war", title: "War", date: "2024-07/2024-12")],
)
"#;

/// A window with a tab of the drawer, or none.
fn window(drawer: Option<DrawerTab>) -> Window {
    let mut setup = Setup { size: vec2(1500.0, 900.0), step_seconds: 0.05, ..Setup::default() };
    setup.settings.reduce_motion = true;
    setup.settings.drawer = drawer;
    setup.on(DOSSIER)
}

/// The buttons that can be clicked, by their names.
fn buttons(window: &Window) -> Vec<String> {
    let all = window.query_all(By::new().role(Role::Button));
    all.filter(|node| !node.accesskit_node().is_disabled()).map(|node| name(&node)).collect()
}

/// The key at the end of the name of an entry, where it shows one.
fn key_of(entry: &str) -> Option<(Modifiers, Key)> {
    let mut parts = entry.rsplit(' ').next()?.split('+').rev();
    let key = match parts.next()? {
        "−" => Key::Minus,
        "." => Key::Period,
        "←" => Key::ArrowLeft,
        "→" => Key::ArrowRight,
        word => Key::from_name(word)?,
    };
    let mut held = Modifiers::NONE;
    for word in parts {
        held |= match word {
            "Ctrl" => Modifiers::COMMAND,
            "Shift" => Modifiers::SHIFT,
            "Alt" => Modifiers::ALT,
            _ => return None,
        };
    }
    Some((held, key))
}

/// All that can be seen of what came of an entry or a key, but for what is said of what the pointer rests on.
fn seen(window: &mut Window) -> Vec<String> {
    window.move_to(Pos2::new(2.0, 898.0));
    window.settle();
    let mut all: Vec<String> = window.query_all(By::new()).map(|node| name(&node)).collect();
    all.sort_unstable();
    all.dedup();
    let view = window.app().view();
    all.push(format!("{:?}", window.timeline().events().iter().collect::<Vec<_>>()));
    all.push(format!("{:?} {:?}", view.transient.selection, view.place.query));
    all.push(format!("{:?} {}", view.place.viewport.origin, view.place.viewport.micros_per_pt));
    all.push(format!("{:?} {}", window.notices(), window.undo_label()));
    all
}

/// Opens the menu in two windows: an entry is chosen in one, its key is struck in the other once the menu has closed. Says which
/// keys were shown.
fn keys_do_what_they_say(drawer: Option<DrawerTab>, open: impl Fn(&mut Window)) -> Vec<String> {
    let mut first = window(drawer);
    open(&mut first);
    let with_menu = buttons(&first);
    first.key(Key::Escape);
    let without = buttons(&first);
    let entries = with_menu.into_iter().filter(|entry| !without.contains(entry));
    let keyed: Vec<(String, (Modifiers, Key))> =
        entries.filter_map(|entry| key_of(&entry).map(|key| (entry, key))).collect();
    for (entry, (modifiers, key)) in &keyed {
        let mut chosen = window(drawer);
        open(&mut chosen);
        let is_it = |node: &egui_kittest::Node<'_>| name(node) == *entry;
        chosen.query_all(By::new().role(Role::Button)).rfind(is_it).unwrap().click_accesskit();
        chosen.settle();
        let mut struck = window(drawer);
        open(&mut struck);
        struck.key(Key::Escape);
        match (*modifiers, *key) {
            // What the system makes of these is an event of its own.
            (Modifiers::COMMAND, Key::C) => struck.frame([egui::Event::Copy]),
            (Modifiers::COMMAND, Key::X) => struck.frame([egui::Event::Cut]),
            (modifiers, key) => struck.chord(modifiers, key),
        }
        struck.settle();
        let (struck, chosen) = (seen(&mut struck), seen(&mut chosen));
        let only = |one: &[String], other: &[String]| -> Vec<String> {
            one.iter().filter(|seen| !other.contains(seen)).cloned().collect()
        };
        assert_eq!(only(&struck, &chosen), only(&chosen, &struck), "“{entry}”");
    }
    keyed.into_iter().map(|(entry, _)| entry).collect()
}

fn shows(entries: &[String], wanted: &str) -> bool {
    entries.iter().any(|entry| entry == wanted)
}

/// The row of a list in the drawer whose name begins so.
fn row(window: &Window, start: &str, heading: &str) -> Pos2 {
    let top = window.get(By::new().role(Role::Button).label_contains(heading)).rect().top();
    let all = window.query_all(By::new().role(Role::ListBoxOption));
    let mut rows = all.filter(|node| node.rect().top() > top && name(node).starts_with(start));
    rows.next().unwrap_or_else(|| panic!("no row {start}")).rect().center()
}

/// The cell of a row of the table.
fn cell(window: &Window, start: &str, column: &str) -> Pos2 {
    let heading = window.get(By::new().role(Role::Button).label_contains(&format!("Sort by {column}"))).rect();
    Pos2::new(heading.center().x, row(window, start, "Sort by date").y)
}

#[test]
fn on_a_mark() {
    let entries = keys_do_what_they_say(None, |window| {
        let at = window.mark("Duma ratifies");
        window.secondary_click(at);
    });
    assert!(shows(&entries, "Edit event Enter") && shows(&entries, "Delete event Delete"), "{entries:?}");
}

#[test]
fn on_one_of_several_marks() {
    let entries = keys_do_what_they_say(None, |window| {
        window.select("Treaty signed");
        let at = window.mark("Duma ratifies");
        window.press(Modifiers::COMMAND, at);
        window.button(Modifiers::COMMAND, at, false);
        window.frame([egui::Event::ModifiersChanged(Modifiers::NONE)]);
        window.settle();
        window.secondary_click(at);
    });
    assert!(entries.len() > 4, "{entries:?}");
}

#[test]
fn on_the_ground_the_ruler_and_the_overview() {
    let on_ground = keys_do_what_they_say(None, |window| {
        let at = window.mark("Duma ratifies") + vec2(0.0, 120.0);
        window.secondary_click(at);
    });
    let on_overview = keys_do_what_they_say(None, |window| {
        let at = window.get_all(By::new().label_contains("Overview")).next().expect("an overview").rect().center();
        window.secondary_click(at);
    });
    assert!(on_ground.len() > 1 && on_overview.len() > 1, "{on_ground:?} {on_overview:?}");
}

#[test]
fn on_an_era() {
    let entries = keys_do_what_they_say(None, |window| {
        let at = window.item("Era War").rect().center();
        window.secondary_click(at);
    });
    assert!(entries.is_empty(), "{entries:?}");
}

#[test]
fn on_an_event_without_a_date() {
    let entries = keys_do_what_they_say(None, |window| {
        let at = window.option("Secret talks").rect().center();
        window.secondary_click(at);
    });
    assert!(shows(&entries, "Edit event F2") && entries.len() == 4, "{entries:?}");
}

#[test]
fn on_a_cell_of_the_table() {
    let entries = keys_do_what_they_say(Some(DrawerTab::Table), |window| {
        let at = cell(window, "Duma", "title");
        window.secondary_click(at);
    });
    assert!(shows(&entries, "Edit title here Enter"), "{entries:?}");
    assert!(entries.iter().all(|entry| !entry.starts_with(Command::EditEvent.label())), "{entries:?}");
}

#[test]
fn on_a_cell_that_is_not_edited_in_place() {
    let entries = keys_do_what_they_say(Some(DrawerTab::Table), |window| {
        let at = cell(window, "Duma", "sources");
        window.secondary_click(at);
    });
    assert!(shows(&entries, "Edit event Enter"), "{entries:?}");
}

#[test]
fn on_a_source() {
    let entries = keys_do_what_they_say(Some(DrawerTab::Sources), |window| {
        let at = row(window, "Wire", "Sort by title");
        window.secondary_click(at);
    });
    assert!(shows(&entries, "Edit source F2"), "{entries:?}");
}
