//! Events brought in through the window: the form, its questions, the one step that comes of it.

use std::fs;

use annalist::model::SourceKind;
use egui::Key;

use crate::window::{TREATY, Window};

const PUMPS: &str = "\
Date,Event,Category
2/5/2025,The north pump fails,Works
3/4/2025,The council meets,Council
4/4/2025,The pump runs again,Works
5/6/2025,The council thanks the works,Council
";

/// A window with the form on a table.
fn window_on(name: &str, table: &str) -> Window {
    let mut window = Window::on(TREATY);
    let path = window.path(name);
    fs::write(&path, table).unwrap();
    window.answer(path);
    window.menu("File", "Import events…");
    window
}

#[test]
fn a_table_is_shown_asked_about_and_brought_in_as_one_step() {
    let mut window = window_on("pumps.csv", PUMPS);
    let before = window.timeline().clone();
    assert!(window.shows("Import events from “pumps.csv”") && window.shows("The north pump fails"));
    assert!(window.shows("What stands first"), "no date tells the order");
    window.click("Import");
    assert_eq!(*window.timeline(), before, "nothing comes in before the question is answered");
    window.click_combo("date-order Date");
    window.click("Day first");
    assert!(window.shows("4 new") && window.shows("2 May 2025"));
    assert_eq!(*window.timeline(), before);
    window.click("Import");
    assert_eq!(window.undo_label(), "Import 4 events from pumps.csv");
    assert_eq!(window.event("the-north-pump-fails-2025-05-02").lane.as_deref(), Some("works"));
    let source = window.source("pumps-csv");
    assert_eq!((source.kind, source.captures.len()), (SourceKind::Dataset, 1));
    assert!(window.path(&source.captures[0].file).exists());
    assert!(!window.path("timeline.imports.ron").exists(), "the timeline is not saved yet");
    window.ctrl(Key::S);
    assert!(window.path("timeline.imports.ron").exists());
    window.undo();
    assert_eq!(*window.timeline(), before);
}

#[test]
fn a_table_that_comes_again_brings_what_is_new() {
    let mut window = window_on("pumps.csv", &PUMPS.replace("5/6/2025", "13/6/2025"));
    window.click("Import");
    window.ctrl(Key::S);
    let path = window.path("pumps.csv");
    fs::write(&path, PUMPS.replace("5/6/2025", "13/6/2025") + "14/6/2025,The works rest,Works\n").unwrap();
    window.drop_files(&[&path]);
    assert!(window.shows("columns as they were read last time"));
    assert!(window.shows("1 new, 4 there already"));
    window.click("Import");
    assert_eq!(window.undo_label(), "Import 1 event from pumps.csv");
    assert_eq!(window.source("pumps-csv").captures.len(), 2);
}

#[test]
fn what_a_column_becomes_can_be_chosen() {
    let mut window = window_on("pumps.csv", &PUMPS.replace("5/6/2025", "13/6/2025"));
    window.click_combo("What “Category” becomes");
    window.reach("Place");
    window.click("Import");
    assert_eq!(window.event("the-council-meets-2025-04-03").place.as_deref(), Some("Council"));
    assert_eq!(window.event("the-council-meets-2025-04-03").lane, None);
}

#[test]
fn what_is_no_table_is_told() {
    let window = window_on("prose.txt", "nothing of the kind");
    assert!(window.tells("is no table and no chronology"), "{:?}", window.notices());
}
