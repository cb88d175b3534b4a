//! The bar at the top and the line at the foot in windows of any width: nothing is cut, and what has no room in the bar is in its overflow menu.

use annalist::model::{ColorBy, Grouping};
use annalist::ui::DrawerTab;
use egui::accesskit::Role;
use egui::{Key, Rect, vec2};
use egui_kittest::kittest::{By, Queryable as _};

use super::window::{Setup, Window, is_text, name};

const BAR_PT: f32 = 44.0;

const MORE: &str = "More of the bar";

/// What stands in the bar of a wide window, beside menus, title and question.
const PARTS: [&str; 9] =
    ["Views", "Group: Lane", "Colour: Lane", "Zoom out", "Zoom in", "Show all", "Theme: dark", "Export…", "Add event"];

fn window(width: f32) -> Window {
    let mut setup = Setup { size: vec2(width, 600.0), step_seconds: 0.05, ..Setup::default() };
    setup.settings.theme = annalist::ui::ThemeChoice::Light;
    setup.on(super::window::TREATY)
}

/// The buttons and the field of the bar, from left to right.
fn bar(window: &Window) -> Vec<(String, Rect)> {
    let is_of_bar = |node: &egui_kittest::kittest::AccessKitNode<'_>| node.role() == Role::Button || is_text(node);
    let all = window.query_all(By::new().predicate(is_of_bar));
    let mut all: Vec<(String, Rect)> = all.map(|node| (name(&node), node.rect())).collect();
    all.retain(|(_, rect)| rect.bottom() <= BAR_PT);
    all.sort_by(|a, b| a.1.left().total_cmp(&b.1.left()));
    all
}

/// The names of the buttons below the bar.
fn below(window: &Window) -> Vec<String> {
    let all = window.query_all(By::new().role(Role::Button));
    all.filter(|node| node.rect().top() > BAR_PT - 10.0).map(|node| name(&node)).collect()
}

#[test]
fn nothing_of_the_bar_is_cut_and_the_rest_is_in_its_overflow_menu() {
    let mut left_out = Vec::new();
    for width in [500.0, 600.0, 700.0, 800.0, 900.0, 1000.0, 1100.0, 1200.0, 1360.0] {
        let mut window = window(width);
        let shown = bar(&window);
        for pair in shown.windows(2) {
            assert!(pair[0].1.right() <= pair[1].1.left() + 0.5, "at {width}: {pair:?}");
        }
        let (last, rect) = shown.last().unwrap();
        assert!(last == "Add event" && rect.right() <= width, "at {width}: {shown:?}");
        let field = shown.iter().find(|(name, _)| name == "Find events").unwrap().1;
        assert!(field.width() >= 140.0, "at {width}: {field:?}");
        let is_in_bar = |part: &&&str| shown.iter().any(|(name, _)| name.trim_end_matches(" ▾") == **part);
        let missing: Vec<&str> = PARTS.iter().filter(|part| !is_in_bar(part)).copied().collect();
        left_out.push(missing.len());
        assert_eq!(missing.is_empty(), !window.has(MORE), "at {width}: {missing:?}");
        if missing.is_empty() {
            continue;
        }
        // By mouse and by keys.
        let before = below(&window);
        window.click(MORE);
        let by_mouse: Vec<String> = below(&window).into_iter().filter(|name| !before.contains(name)).collect();
        window.key(Key::Escape);
        window.give_focus(MORE);
        window.key(Key::Enter);
        window.key(Key::ArrowDown);
        let mut by_keys = vec![window.focused()];
        while by_keys.len() < 20 {
            window.key(Key::ArrowDown);
            let next = window.focused();
            if next == by_keys[0] {
                break;
            }
            by_keys.push(next);
        }
        for part in &missing {
            let is_it = |name: &String| name.starts_with(part);
            assert!(by_mouse.iter().any(is_it), "{part} at {width}: {by_mouse:?}");
            assert!(by_keys.iter().any(is_it), "{part} at {width}: {by_keys:?}");
        }
        if !window.shows("Treaty") {
            panic!("at {width} the title is nowhere");
        }
    }
    assert!(left_out.is_sorted_by(|a, b| a >= b) && left_out.last() == Some(&0), "{left_out:?}");
}

#[test]
fn bands_and_colours_are_chosen_from_the_overflow_menu() {
    let mut window = window(600.0);
    window.click(MORE);
    window.click_part("Group: Lane");
    window.click("Actor");
    assert_eq!(window.app().view().place.grouping, Grouping::Actor);
    assert!(!window.shows("Group: "), "the menus are closed by what is chosen");
    window.give_focus(MORE);
    window.key(Key::Enter);
    window.key(Key::ArrowDown);
    while !window.focused().starts_with("Colour: Lane") {
        window.key(Key::ArrowDown);
    }
    window.key(Key::ArrowRight);
    while !window.focused().starts_with("Standing") {
        window.key(Key::ArrowDown);
    }
    window.key(Key::Enter);
    assert_eq!(window.app().view().place.color_by, ColorBy::Standing);
}

#[test]
fn the_bar_follows_the_width_of_the_window() {
    let mut window = window(1360.0);
    assert!(window.has("Group: Lane ▾") && !window.has(MORE));
    window.harness.set_size(vec2(600.0, 600.0));
    window.settle();
    assert!(!window.has("Group: Lane ▾") && window.has(MORE));
    window.harness.set_size(vec2(1360.0, 600.0));
    window.settle();
    assert!(window.has("Group: Lane ▾") && !window.has(MORE));
}

#[test]
fn no_two_entries_of_a_menu_read_alike() {
    for menu in ["File", "Edit", "View", "Help"] {
        let mut window = Setup { size: vec2(1360.0, 1400.0), ..Setup::default() }.on(super::window::TREATY);
        let before = below(&window);
        window.click(menu);
        let entries = below(&window).into_iter().filter(|name| !before.contains(name));
        let key = |name: String| name.split(['…', ':', '⏵']).next().unwrap_or_default().trim().to_lowercase();
        let mut entries: Vec<String> = entries.map(key).collect();
        assert!(entries.len() > 4, "{menu}: {entries:?}");
        entries.sort();
        let all = entries.len();
        entries.dedup();
        assert_eq!(entries.len(), all, "{menu}: {entries:?}");
    }
}

#[test]
fn nothing_of_the_status_line_is_written_over_something_else() {
    for width in [500.0, 700.0, 900.0, 1360.0] {
        let mut window = window(width);
        window.select("Duma ratifies");
        window.fill("Find events", "signed OR (a question that goes on and on)");
        window.type_text(" standing:");
        assert!(window.has("Selected event hidden by the question"));
        let labels = window.query_all(By::new().predicate(|node| matches!(node.role(), Role::Label | Role::Link)));
        let mut labels: Vec<(String, Rect)> =
            labels.map(|node| (node.value().unwrap_or_default(), node.rect())).collect();
        labels.retain(|(_, rect)| rect.top() > 600.0 - 24.0);
        labels.sort_by(|a, b| a.1.left().total_cmp(&b.1.left()));
        let (last, rect) = labels.last().unwrap();
        assert!(labels.len() >= 2 && last == "Saved" && rect.right() <= width, "at {width}: {labels:?}");
        for pair in labels.windows(2) {
            assert!(pair[0].1.right() <= pair[1].1.left(), "at {width}: {pair:?}");
        }
    }
}

#[test]
fn between_facets_and_inspector_the_drawer_of_a_small_window_is_whole() {
    for tab in [DrawerTab::Table, DrawerTab::Sources, DrawerTab::Problems, DrawerTab::Gaps, DrawerTab::Views] {
        let mut setup = Setup { size: vec2(900.0, 600.0), step_seconds: 0.05, ..Setup::default() };
        (setup.settings.facets, setup.settings.drawer) = (true, Some(tab));
        let window = setup.on(super::window::TREATY);
        let edge = window.get_by_role_and_label(Role::ListBox, "Timeline").rect().right();
        let close = window.named("Close the drawer").rect();
        let all = window.query_all(By::new().predicate(|node| matches!(node.role(), Role::Button | Role::ComboBox)));
        for node in all.filter(|node| node.rect().top() > close.top() - 8.0 && node.rect().left() < edge) {
            let is_foot = node.rect().top() > 576.0;
            // What stands in a table is scrolled sideways.
            let is_heading = tab == DrawerTab::Table || name(&node).starts_with("Column");
            assert!(
                is_foot || is_heading && node.rect().top() > close.bottom() + 16.0 || node.rect().right() <= edge,
                "{tab:?}: {} {:?}",
                name(&node),
                node.rect()
            );
        }
    }
}
