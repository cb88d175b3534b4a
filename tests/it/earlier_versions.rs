//! The window's earlier versions: listed with what differs, brought back as one step, saved elsewhere, by mouse and by keys.

use std::fs;
use std::path::PathBuf;

use annalist::app::OpenRequest;
use annalist::store::versions;
use egui::Key;
use egui_kittest::kittest::NodeT as _;

use crate::window::{Setup, TREATY, Window};

fn window() -> Window {
    Setup { keeps_state: true, ..Setup::default() }.on(TREATY)
}

/// Changes the title of the vote and saves.
fn save_as(window: &mut Window, title: &str) {
    window.select("Duma");
    window.fill("Title", title);
    window.key(Key::Enter);
    window.ctrl(Key::S);
    assert!(window.text().contains(title));
}

/// The files of the versions, newest first.
fn kept(window: &Window) -> Vec<PathBuf> {
    let all = versions(&window.path("state"), &window.file()).unwrap();
    all.into_iter().map(|version| version.path).collect()
}

/// A window after two sessions: the second began with the file as the first had saved it.
fn after_two_sessions() -> Window {
    let mut window = window();
    save_as(&mut window, "Duma votes");
    window.menu("File", "Reload from disk");
    save_as(&mut window, "Duma has voted");
    assert_eq!(kept(&window).len(), 2);
    window
}

fn is_disabled(window: &Window, name: &str) -> bool {
    window.named(name).accesskit_node().is_disabled()
}

#[test]
fn a_version_is_listed_with_what_differs_and_restored_as_one_step() {
    let mut window = window();
    save_as(&mut window, "Duma votes");
    save_as(&mut window, "Duma has voted");
    assert_eq!(kept(&window).len(), 1, "a session keeps one");
    let saved = window.text();

    window.menu("File", "Earlier versions…");
    assert!(window.shows("Earlier versions of “timeline.ron”"));
    let rows = window.options("today");
    assert!(rows.len() == 1 && rows[0].contains("3 events · "), "{rows:?}");
    assert!(window.shows("1 event changed") && window.shows("~ Duma has voted"));
    assert!(window.shows("Title: Duma ratifies → Duma has voted"));
    window.click("Restore");
    assert!(!window.shows("Earlier versions of"));
    assert_eq!(window.titles(), ["Treaty signed", "Duma ratifies", "Treaty in force"]);
    assert!(window.tells("Restored the version of today") && window.undo_label().starts_with("Restore the version"));
    assert_eq!(window.text(), saved, "it is not saved yet");
    window.undo();
    assert_eq!(window.titles()[1], "Duma has voted");
    window.ctrl(Key::Y);
    window.ctrl(Key::S);
    assert_eq!(window.text(), TREATY, "comments and layout are those of the file");

    // Once more: nothing differs, and there is nothing to restore.
    window.menu("File", "Earlier versions…");
    assert!(window.shows("The timeline is as it was in this version"));
    assert!(is_disabled(&window, "Restore"));
    window.click("Close");
    assert!(!window.shows("Earlier versions of"));
}

#[test]
fn keys_alone_choose_a_version_and_restore_it() {
    let mut window = after_two_sessions();
    let open = |window: &mut Window| {
        window.ctrl(Key::K);
        window.type_text("Earlier ver");
        window.key(Key::Enter);
        // The list has the keyboard, and tells of its row.
        assert!(window.focused().starts_with("today"), "{}", window.focused());
    };
    open(&mut window);
    assert!(window.shows("Title: Duma votes → Duma has voted"));
    window.key(Key::ArrowDown);
    assert!(window.shows("Title: Duma ratifies → Duma has voted"));
    window.key(Key::Escape);
    assert!(!window.shows("Earlier versions of"));
    assert_eq!(window.titles()[1], "Duma has voted");

    open(&mut window);
    window.key(Key::End);
    window.key(Key::Enter);
    assert_eq!(window.focused(), "Restore");
    window.key(Key::Enter);
    assert_eq!(window.titles()[1], "Duma ratifies");
    window.ctrl(Key::Z);
    assert_eq!(window.titles()[1], "Duma has voted");

    open(&mut window);
    for name in ["Close", "Save a copy…", "Restore", "Versions kept"] {
        window.tab_to(name);
    }
    window.key(Key::Tab);
    assert!(window.focused().starts_with("today"), "{}", window.focused());
}

#[test]
fn a_damaged_version_is_said_and_the_others_are_there() {
    let mut window = after_two_sessions();
    let files = kept(&window);
    fs::write(&files[0], &fs::read(&files[0]).unwrap()[..200]).unwrap();
    fs::write(&files[1], b"\xff\xfe\x00").unwrap();
    fs::write(files[1].with_file_name("000000-20251101T120000Z.ron"), TREATY).unwrap();
    window.menu("File", "Earlier versions…");
    let rows = window.options("");
    let rows: Vec<&String> = rows.iter().filter(|row| row.contains("bytes")).collect();
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(rows[0].contains("damaged") && rows[1].contains("cannot be read") && rows[2].contains("1 Nov 2025"));
    assert!(window.shows("This version has errors") && is_disabled(&window, "Restore"));
    // One below the other, within the list.
    let (list, row) = (window.named("Earlier versions").rect(), window.option("1 Nov 2025").rect());
    assert!(list.contains_rect(row) && row.top() > list.top() + 80.0, "{row} in {list}");
    window.select("1 Nov 2025");
    assert!(window.shows("Title: Duma ratifies → Duma has voted"));
    window.click("Restore");
    assert_eq!(window.titles()[1], "Duma ratifies");
}

#[test]
fn a_version_is_saved_elsewhere_and_never_over_the_open_file() {
    let mut window = after_two_sessions();
    let (copy, saved) = (window.path("copy.ron"), window.text());
    window.answer(copy.clone());
    window.menu("File", "Earlier versions…");
    window.key(Key::End);
    window.click("Save a copy…");
    assert_eq!(fs::read_to_string(&copy).unwrap(), TREATY);
    assert!(window.tells("Saved a copy as copy.ron"));
    let suggested = window.asked().last().unwrap().name.clone();
    assert_eq!(suggested, "timeline-2026-11-23.ron");

    window.answer(window.file());
    window.menu("File", "Earlier versions…");
    window.click("Save a copy…");
    assert!(window.tells("No copy was saved: that is the file of the open timeline"));
    assert_eq!(window.text(), saved);
}

#[test]
fn how_many_are_kept_is_chosen_where_they_are_listed() {
    let mut window = window();
    window.menu("File", "Earlier versions…");
    assert!(window.shows("No earlier version is kept yet"));
    window.click_combo("Versions kept");
    window.click("none");
    assert!(window.shows("what a save replaces cannot be brought back"));
    assert_eq!(window.app().settings().kept_versions, 0);
    window.click("Close");
    save_as(&mut window, "Duma votes");
    assert!(kept(&window).is_empty() && window.errors().is_empty());
}

#[test]
fn what_cannot_be_kept_among_versions_is_said() {
    let mut window = window();
    fs::create_dir_all(window.path("state")).unwrap();
    fs::write(window.path("state/versions"), "a file where the folder should be").unwrap();
    save_as(&mut window, "Duma votes");
    assert!(
        window.tells("timeline.ron was saved, but what it was before could not be kept among its earlier versions")
    );
    assert_eq!(fs::read_to_string(window.path("timeline.ron.bak")).unwrap(), TREATY);
    window.menu("File", "Earlier versions…");
    assert!(window.tells("The earlier versions cannot be read"));
}

#[test]
fn a_timeline_without_a_file_has_no_versions() {
    let mut window = Setup { keeps_state: true, ..Setup::default() }.open(OpenRequest::Sample);
    window.ctrl(Key::K);
    window.type_text("Earlier ver");
    window.key(Key::Enter);
    assert!(
        window.shows("This timeline is not on disk yet")
            || window.tells("not on disk yet")
            || window.shows("Earlier versions…")
    );
    window.key(Key::Escape);
    assert!(!window.shows("Earlier versions of"));
}
