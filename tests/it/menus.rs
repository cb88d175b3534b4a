//! Menus under the secondary button and by Shift+F10: of a source's row, the overview, the ruler, a line between two events.

use annalist::app::Settings;
use annalist::model::Relation;
use annalist::ui::DrawerTab;
use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers, pos2};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};

use super::window::{Setup, Window};

/// A case with two events that are linked, and two sources of which one is cited.
const CASE: &str = r#"Timeline(
    format: 1,
    title: "Case",
    sources: [Source(id: "log", title: "Harbour log"), Source(id: "wire", title: "Wire report")],
    events: [
        Event(id: "letter", title: "Letter is sent", date: "2024-06-01", citations: [Citation(source: "log")],
            links: [Link(to: "raid", relation: Causes)]),
        Event(id: "raid", title: "Office is raided", date: "2024-06-20"),
    ],
)
"#;

fn window(drawer: Option<DrawerTab>) -> Window {
    Setup { settings: Settings { drawer, ..Settings::default() }, ..Setup::default() }.on(CASE)
}

/// The names of the entries of the menu that is open, in order.
fn entries(window: &Window) -> Vec<String> {
    let bar = 44.0;
    let all = window.harness.query_all(By::new().role(Role::Button));
    let mut all: Vec<(f32, String)> = all
        .filter(|node| node.rect().top() > bar)
        .map(|node| (node.rect().top(), super::window::name(&node)))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.into_iter().map(|(_, name)| name).collect()
}

/// Whether all these stand among the entries.
#[track_caller]
fn offers(window: &Window, wanted: &[&str]) {
    let entries = entries(window);
    for name in wanted {
        assert!(entries.iter().any(|entry| entry.starts_with(name)), "{name} in {entries:?}");
    }
}

#[test]
fn a_row_of_the_sources_has_a_menu_by_mouse_and_by_keys() {
    let mut window = window(Some(DrawerTab::Sources));
    let offered =
        ["Edit source", "Attach a capture", "Merge duplicates", "Add source", "Export sources", "Delete source"];
    let at = window.option("Wire report").rect().center();
    window.secondary_click(at);
    assert_eq!(window.app().view().transient.source.as_deref(), Some("wire"), "what the menu is on is selected");
    offers(&window, &offered);
    window.key(Key::Escape);
    // By keys, on the row that the keyboard is on; and the row has it again afterwards.
    window.select("Harbour log");
    window.chord(Modifiers::SHIFT, Key::F10);
    offers(&window, &offered);
    window.key(Key::Escape);
    assert!(window.focused().starts_with("Harbour log"), "{}", window.focused());
    window.chord(Modifiers::SHIFT, Key::F10);
    window.tab_to("Edit source F2");
    window.key(Key::Enter);
    assert_eq!(window.focused(), "Source title");
    // Deleted from the menu, by mouse: nothing cites it.
    let at = window.option("Wire report").rect().center();
    window.secondary_click(at);
    let by = By::new().role(Role::Button).label_contains("Delete source");
    let entry =
        window.harness.query_all(by).find(|node| node.rect().top() > at.y - 300.0 && node.rect().left() < 1000.0);
    entry.expect("an entry of the menu").click();
    window.settle();
    assert!(window.timeline().source("wire").is_none());
}

#[test]
fn the_overview_has_a_menu_by_mouse_and_by_keys() {
    let mut window = window(None);
    let offered = ["Show all", "Show selection", "Go to", "Back", "Forward", "Save this view"];
    let at = window.named("Overview").rect().center();
    window.secondary_click(at);
    offers(&window, &offered);
    window.key(Key::Escape);
    window.give_focus("Overview");
    window.chord(Modifiers::SHIFT, Key::F10);
    offers(&window, &offered);
    window.key(Key::Escape);
    assert_eq!(window.focused(), "Overview", "who opened the menu has the keyboard again");
    // What it offers is done: one event is shown, then all of them again.
    window.select("Office is raided");
    window.key(Key::F);
    let part = window.app().view().place.viewport;
    window.secondary_click(at);
    window.click("Show all 0");
    let whole = window.app().view().place.viewport;
    assert!(whole.end().saturating_since(whole.origin) > part.end().saturating_since(part.origin));
}

#[test]
fn the_ruler_has_a_menu_whose_switch_has_a_tick() {
    let mut window = window(None);
    let track = window.harness.get_by_role_and_label(Role::ListBox, "Timeline").rect();
    let ruler = pos2(track.center().x, track.top() + 12.0);
    window.secondary_click(ruler);
    offers(&window, &["Go to", "New era here", "Add event: ", "Fold empty", "ISO week numbers", "Show all"]);
    let weeks = |window: &Window| window.named("ISO week numbers").accesskit_node().toggled();
    assert_eq!(weeks(&window), Some(Toggled::False));
    window.click("ISO week numbers");
    assert!(window.app().settings().iso_weeks);
    window.secondary_click(ruler);
    assert_eq!(weeks(&window), Some(Toggled::True));
    window.click("ISO week numbers");
    assert!(!window.app().settings().iso_weeks);
    // Beside the ruler, on the ground, a date is offered and no week numbers.
    window.secondary_click(pos2(track.center().x, track.center().y + 120.0));
    offers(&window, &["Add event: "]);
    assert!(!window.has("ISO week numbers"));
}

/// What the link is, from which event to which.
fn links(window: &Window) -> Vec<(String, Relation, String)> {
    let events = window.timeline().events().iter();
    let all = events.flat_map(|event| {
        event.links.iter().map(|link| (event.id.to_string(), link.relation, link.to.to_string())).collect::<Vec<_>>()
    });
    all.collect()
}

#[test]
fn a_link_is_turned_round_and_deleted_from_the_menu_of_its_line() {
    let mut window = window(None);
    let causes = |from: &str, to: &str| (from.to_owned(), Relation::Causes, to.to_owned());
    window.select("Letter is sent");
    let line = window.named("Letter is sent causes Office is raided").rect().center();
    window.secondary_click(line);
    window.click("Turn round");
    assert_eq!(links(&window), [causes("raid", "letter")]);
    assert!(window.tells("Turned the link round"));
    assert_eq!(window.undo_label(), "Turn the link of “Letter is sent” round");
    window.undo();
    assert_eq!(links(&window), [causes("letter", "raid")]);
    let line = window.named("Letter is sent causes Office is raided").rect().center();
    window.secondary_click(line);
    window.click("Delete link");
    assert_eq!(links(&window), []);
    assert!(window.tells("Deleted the link"));
    window.undo();
    let line = window.named("Letter is sent causes Office is raided").rect().center();
    window.secondary_click(line);
    window.click("Go to “Office is raided”");
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("raid"));
}

#[test]
fn the_keys_of_an_open_menu_are_its_own() {
    let mut window = window(None);
    let at = window.mark("Letter is sent");
    window.click_at(at);
    window.chord(Modifiers::SHIFT, Key::F10);
    assert_eq!(window.focused(), "Edit event Enter", "it begins at its first entry");
    // Tab goes round within it, and back.
    let mut round = vec![window.focused()];
    for _ in 0..20 {
        window.key(Key::Tab);
        let next = window.focused();
        if next == round[0] {
            break;
        }
        round.push(next);
    }
    assert!(round.len() > 4 && round.iter().any(|entry| entry.starts_with("Delete event")), "{round:?}");
    assert_eq!(window.focused(), round[0]);
    window.chord(Modifiers::SHIFT, Key::Tab);
    assert_eq!(Some(&window.focused()), round.last());
    window.key(Key::Tab);
    // Arrows go down, and Enter does what the entry says.
    window.key(Key::ArrowDown);
    window.key(Key::ArrowUp);
    assert_eq!(window.focused(), round[0]);
    let entry = round.iter().position(|entry| entry.starts_with("Duplicate")).expect("an entry");
    for _ in 0..entry {
        window.key(Key::ArrowDown);
    }
    window.key(Key::Enter);
    assert_eq!(window.titles().len(), 3, "{:?}", window.titles());
}

#[test]
fn an_arrow_enters_a_menu_that_the_mouse_has_opened_on_the_track() {
    let mut window = window(None);
    let at = window.mark("Letter is sent");
    window.secondary_click(at);
    window.key(Key::ArrowDown);
    assert_eq!(window.focused(), "Edit event Enter");
    window.key(Key::Escape);
    assert!(window.focused().starts_with("Letter is sent"), "{}", window.focused());
}

#[test]
fn the_key_of_menus_opens_one_where_nothing_has_the_keyboard() {
    let struck: [(Modifiers, Key); 2] = [(Modifiers::SHIFT, Key::F10), (Modifiers::NONE, Key::Menu)];
    for (modifiers, key) in struck {
        let mut window = window(None);
        assert_eq!(window.focused(), "");
        window.chord(modifiers, key);
        offers(&window, &["Add event: ", "Fold empty", "Show all"]);
        window.key(Key::Escape);
        // Of the selected event, wherever it was selected.
        let mut window = self::window(None);
        window.key(Key::Period);
        let free = window.focused().is_empty();
        window.chord(modifiers, key);
        assert!(free, "nothing has the keyboard");
        offers(&window, &["Edit event Enter", "Delete event"]);
        assert_eq!(window.focused(), "Edit event Enter", "it begins at its first entry");
        window.key(Key::Escape);
        window.key(Key::Delete);
        assert_eq!(window.titles().len(), 1);
    }
    // A dialog has its own keys.
    let mut window = window(None);
    window.ctrl(Key::E);
    window.chord(Modifiers::SHIFT, Key::F10);
    window.key(Key::Escape);
    assert!(!window.has("Show all 0"));
}

/// What has the keyboard: its name, and whether it lies whole in the window, below the bar.
fn focused_entry(window: &Window) -> (String, bool) {
    let Some(node) = window.focus() else { return (String::new(), false) };
    let (rect, size) = (node.rect(), window.harness.ctx.content_rect());
    (super::window::name(&node), rect.top() >= 0.0 && rect.bottom() <= size.bottom() && rect.right() <= size.right())
}

/// Walks down a menu that has the keyboard, into the menus inside it, until it is round. Says the entries.
fn walk(window: &mut Window, path: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for _ in 0..100 {
        let (name, is_seen) = focused_entry(window);
        assert!(is_seen, "“{name}” of {path} is out of sight");
        if names.first() == Some(&name) {
            return names;
        }
        names.push(name.clone());
        window.key(Key::ArrowRight);
        if focused_entry(window).0 != name {
            let inside = format!("{path}: {name}");
            walk(window, &inside);
            window.key(Key::ArrowLeft);
            assert_eq!(focused_entry(window).0, name, "back in {path}");
        }
        window.key(Key::ArrowDown);
    }
    panic!("{path} has no end: {names:?}");
}

#[test]
fn in_a_low_window_every_entry_that_keys_lead_to_is_in_sight() {
    let mut window = Setup { size: egui::vec2(900.0, 600.0), step_seconds: 0.05, ..Setup::default() }.on(CASE);
    let mut counts = Vec::new();
    for menu in ["File", "Edit", "View", "Help"] {
        window.give_focus(menu);
        window.key(Key::Enter);
        window.key(Key::ArrowDown);
        let entries = walk(&mut window, menu);
        // To the ends at once, and up from the first to the last.
        window.key(Key::End);
        assert_eq!(focused_entry(&window), (entries.last().unwrap().clone(), true));
        window.key(Key::Home);
        assert_eq!(focused_entry(&window), (entries[0].clone(), true));
        window.key(Key::ArrowUp);
        assert_eq!(focused_entry(&window), (entries.last().unwrap().clone(), true));
        window.key(Key::Escape);
        counts.push(entries.len());
    }
    assert!(counts[2] > 25, "{counts:?}");
    let at = window.mark("Letter is sent");
    window.select("Letter is sent");
    window.chord(Modifiers::SHIFT, Key::F10);
    assert!(walk(&mut window, "the menu of a mark").len() > 5);
    window.key(Key::Escape);
    window.secondary_click(at + egui::vec2(0.0, 60.0));
    window.key(Key::ArrowDown);
    assert!(walk(&mut window, "the menu of the ground").len() > 3);
}

#[test]
fn a_long_menu_is_scrolled_by_the_wheel_and_begins_at_its_top_again() {
    let mut window = Setup { size: egui::vec2(900.0, 600.0), step_seconds: 0.05, ..Setup::default() }.on(CASE);
    let top = |window: &Window, name: &str| window.named(name).rect().top();
    window.click("View");
    let last = "Reduce motion";
    assert!(top(&window, last) > 600.0);
    window.wheel(Modifiers::NONE, pos2(200.0, 300.0), egui::vec2(0.0, -2_000.0));
    let bottom = window.named(last).rect().bottom();
    assert!(bottom < 600.0, "{bottom}");
    window.key(Key::Escape);
    window.click("View");
    assert!(top(&window, last) > 600.0);
    // In a high window it is whole.
    window.key(Key::Escape);
    window.harness.set_size(egui::vec2(1360.0, 1200.0));
    window.settle();
    window.click("View");
    let before = top(&window, last);
    window.wheel(Modifiers::NONE, pos2(200.0, 300.0), egui::vec2(0.0, -2_000.0));
    assert_eq!(top(&window, last), before);
}
