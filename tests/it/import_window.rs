//! Events brought in through the window: the form, its questions, the one step that comes of it.

use std::fs;

use annalist::interchange::events::write;
use annalist::model::{SourceKind, Standing};
use egui::Key;
use egui_kittest::kittest::Queryable as _;

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
fn enter_imports_once_nothing_is_open() {
    let mut window = window_on("pumps.csv", PUMPS);
    let before = window.timeline().clone();
    window.key(Key::Enter);
    assert_eq!(*window.timeline(), before, "the order of days and months is not answered");
    window.click_combo("date-order Date");
    window.click("Day first");
    window.key(Key::Enter);
    assert_eq!(window.undo_label(), "Import 4 events from pumps.csv");
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
fn lists_of_an_import_begin_at_what_is_chosen_by_mouse_and_by_keys() {
    let mut window = window_on("pumps.csv", &PUMPS.replace("5/6/2025", "13/6/2025"));
    window.click_combo("What “Category” becomes");
    assert_eq!(window.focused(), "Lane", "the chosen entry has the keyboard");
    window.key(Key::ArrowDown);
    let next = window.focused();
    window.key(Key::Enter);
    assert_eq!(window.combo("What “Category” becomes").value(), Some(next));
    assert_eq!(window.focused(), "What “Category” becomes", "the list has the keyboard again");
    // Letters choose in these lists as in those of the form.
    window.strike(Key::T, "t");
    let chosen = window.combo("What “Category” becomes").value();
    assert!(chosen.as_ref().is_some_and(|chosen| chosen.starts_with('T')), "{chosen:?}");
    window.click("How the file is read");
    window.click_combo("Format of the file");
    let format = window.combo("Format of the file").value();
    assert_eq!(Some(window.focused()), format);
    window.key(Key::Escape);
    window.click_combo("Headers");
    assert_eq!(window.focused(), "As found");
}

#[test]
fn what_is_no_table_is_told() {
    let window = window_on("prose.txt", "nothing of the kind");
    assert!(window.tells("is no table and no chronology"), "{:?}", window.notices());
}

/// A window on a treaty of which a file of this ending was exported and then changed.
fn window_on_own(ending: &str, change: impl Fn(&str) -> String) -> Window {
    let mut window = Window::on(TREATY);
    let format = write::Format::named(ending).unwrap();
    let mut bytes = Vec::new();
    write::write(format, window.timeline(), &write::Choice::default(), &mut bytes).unwrap();
    let path = window.path(&format!("exported.{}", format.extension));
    fs::write(&path, change(&String::from_utf8(bytes).unwrap())).unwrap();
    window.answer(path);
    window.menu("File", "Import events…");
    window
}

#[test]
fn a_table_that_annalist_wrote_is_recognised_and_shows_what_it_changes() {
    let mut window = window_on_own("csv", |text| text.replace("Duma ratifies", "State Duma ratifies"));
    assert!(window.shows("A table that Annalist wrote: 3 events"));
    assert!(window.shows("1 changed event"));
    assert!(window.shows("Duma ratifies → State Duma ratifies"), "the change is shown before it is made");
    assert!(!window.shows("What “title” becomes"), "its columns are not asked about");
    assert_eq!(window.event("duma").title, "Duma ratifies");
    window.click("Import");
    assert_eq!(window.event("duma").title, "State Duma ratifies");
    assert_eq!(window.event("duma").links.len(), 1, "what the file says is what was there");
    assert_eq!(window.undo_label(), "Bring 1 event up to date from exported.csv");
    assert!(window.tells("1 brought up to date from exported.csv"), "{:?}", window.notices());
    window.undo();
    assert_eq!(window.event("duma").title, "Duma ratifies");
}

#[test]
fn what_annalist_wrote_brings_nothing_twice_and_can_be_read_as_any_table() {
    let mut window = window_on_own("json", str::to_owned);
    assert!(window.shows("A file of JSON that Annalist wrote: 3 events, 1 lane"));
    assert!(window.shows("All of it is there already"));
    window.key(Key::Escape);
    let mut window = window_on_own("csv", str::to_owned);
    window.click("How the file is read");
    window.click_combo("Format of the file");
    window.reach("CSV");
    assert!(window.shows("What “title” becomes") && window.shows(" new"), "now it is a table as any other");
}

#[test]
fn words_for_standing_are_shown_with_what_they_mean_and_changed() {
    let table = "Date,Event,Status\n2025-02-13,The pump fails,confirmed\n2025-02-14,The council denies,rumoured\n";
    let mut window = window_on("pumps.csv", table);
    window.click_combo("What “Status” becomes");
    window.reach("Standing");
    assert!(window.shows("“confirmed”"));
    assert_eq!(window.combo("What “confirmed” means").value().as_deref(), Some("Confirmed"));
    assert_eq!(window.combo("What “rumoured” means").value().as_deref(), Some("Kept as own field"));
    window.click_combo("What “rumoured” means");
    window.reach("Alleged");
    window.click("Import");
    let standing = |title: &str| {
        let event = window.timeline().events().iter().find(|event| event.title == title).unwrap();
        event.standing
    };
    assert_eq!((standing("The pump fails"), standing("The council denies")), (Standing::Confirmed, Standing::Alleged));
}

#[test]
fn columns_that_belong_together_become_one_source() {
    let table = "Date,Event,Paper,Link\n2025-02-13,The pump fails,The Herald,https://herald.example/1\n";
    let mut window = window_on("pumps.csv", table);
    for (column, becomes) in [("Paper", "Source: title"), ("Link", "Source: address")] {
        window.click_combo(&format!("What “{column}” becomes"));
        window.reach(becomes);
        // The list stands open over what is below it until something else is clicked.
        window.click("Import events from “pumps.csv”");
        window.click_combo(&format!("Which source “{column}” belongs to"));
        // The choice of another column shows the same words: the list is drawn last.
        window.harness.get_all_by_label("Source 2").last().unwrap().click_accesskit();
        window.settle();
        window.click("Import events from “pumps.csv”");
    }
    window.click("Import");
    let source = window.timeline().sources().iter().find(|source| source.title == "The Herald").unwrap();
    assert_eq!(source.url.as_deref(), Some("https://herald.example/1"));
}

#[test]
fn dates_of_a_column_can_be_months_and_stay_days_where_words_name_one() {
    let table = "Date,Date in words,Event\n2025-02-01,February 2025,The pump fails\n2025-03-01,1 March 2025,It runs\n";
    let mut window = window_on("pumps.csv", table);
    window.click_combo("What only fills up the dates of “Date”");
    window.click("The first is the month");
    window.click("Done");
    window.click("How the file is read");
    window.click("unless the wording names a day");
    window.click("Import");
    let dates: Vec<&str> = window.timeline().events().iter().skip(3).map(|event| event.date_as_written()).collect();
    assert_eq!(dates, ["2025-02", "2025-03-01"]);
}

#[test]
fn the_row_of_the_headers_can_be_said() {
    let mut window = window_on("pumps.csv", "North,South\nDate,Event\n2025-02-13,The pump fails\n");
    window.click("How the file is read");
    window.click_combo("Headers");
    window.reach("Row 2");
    assert!(window.shows("What “Event” becomes") && window.shows("1 new"));
}

#[test]
fn rows_of_a_spreadsheet_that_are_pasted_are_shown_first() {
    let mut window = Window::on(TREATY);
    window.paste("When\tWhat happened\tLink\n2025-02-13\tThe north pump fails\thttps://herald.example/1\n");
    assert!(window.shows("Import events from “Pasted table"), "{:?}", window.notices());
    assert_eq!(window.titles().len(), 3, "nothing comes in unseen");
    window.click("Import");
    assert_eq!(window.titles().last(), Some(&"The north pump fails"));
    assert!(window.timeline().sources().iter().any(|source| source.title.starts_with("Pasted table")));
    window.undo();
    window.paste("2025-02-13\tThe north pump fails\thttps://herald.example/1\n2025-02-14\tThe council meets again\t\n");
    assert!(window.shows("Import events from “Pasted table") && window.shows("2 new"));
    window.key(Key::Escape);
    assert_eq!(window.titles().len(), 3);
}

#[test]
fn what_came_in_is_selected_and_in_sight_and_can_be_gone_back_to() {
    let mut window = window_on("pumps.csv", &PUMPS.replace("5/6/2025", "13/6/2025"));
    let before = window.app().view().place.viewport;
    window.click("Import");
    let shown = window.app().view().place.viewport;
    assert_ne!(before, shown, "the events of 2025 were outside");
    assert_eq!(window.app().view().transient.selected.len(), 4);
    assert!(window.tells("4 events added from pumps.csv"));
    window.key(Key::Escape);
    let at = window.mark("The council meets");
    assert!(at.x > 0.0);
}

#[test]
fn what_changed_on_both_sides_is_shown_and_kept() {
    let mut window = window_on("pumps.csv", "Date,Event,Place\n2025-02-13,The pump fails,North\n");
    window.click("Import");
    window.ctrl(Key::S);
    window.fill("Place", "West");
    window.key(Key::Enter);
    let path = window.path("pumps.csv");
    fs::write(&path, "Date,Event,Place\n2025-02-13,The pump fails,South\n").unwrap();
    window.drop_files(&[&path]);
    assert!(window.shows("Changed on both sides, and stays as it is here (1)"));
    assert!(window.shows("place stays “West”; the file says “South”"));
}

#[test]
fn escape_calls_a_reading_off() {
    let rows: String = (0..40_000).map(|at| format!("2025-02-13,The pump fails {at}\n")).collect();
    let mut window = Window::on(TREATY);
    let path = window.path("pumps.csv");
    fs::write(&path, format!("Date,Event\n{rows}")).unwrap();
    window.hold_and_drop(&[&path]);
    window.wait_until("the form is there", |screen| screen.shows("Import events from “pumps.csv”"));
    window.key(Key::Escape);
    assert!(!window.shows("Import events from “pumps.csv”"));
    assert_eq!(window.titles().len(), 3);
}

#[test]
fn what_is_said_in_one_place_of_the_form_shows_in_the_other() {
    let mut window = window_on("pumps.csv", PUMPS);
    assert!(window.shows("Questions are open"));
    window.click_combo("date-order Date");
    window.click("Day first");
    window.click("How the file is read");
    assert_eq!(window.combo("2/5/2025 is").value().as_deref(), Some("2 May"));
    window.click_combo("2/5/2025 is");
    window.click("5 February");
    assert_eq!(window.combo("date-order Date").value().as_deref(), Some("Month first"));
    assert!(window.shows("5 Feb 2025"));
}

#[test]
fn a_folder_of_notes_is_brought_in() {
    let mut window = Window::on(TREATY);
    let folder = window.path("notes");
    fs::create_dir(&folder).unwrap();
    for (name, title, date) in [("a.md", "The weir is built", "1894"), ("b.md", "The weir fails", "1896-05")] {
        fs::write(folder.join(name), format!("---\ntitle: {title}\ndate: {date}\n---\nIn the north.\n")).unwrap();
    }
    fs::write(folder.join("list.txt"), "no note").unwrap();
    window.answer(folder.clone());
    window.menu("File", "Import a folder of notes…");
    assert!(window.shows("Import events from “notes”") && window.shows("2 new"));
    window.click("Import");
    assert_eq!(window.undo_label(), "Import 2 events from notes");
    let event = window.event("the-weir-fails-1896-05");
    assert_eq!((event.date_as_written(), event.note.as_deref()), ("1896-05", Some("In the north.")));
    assert_eq!(window.source("notes").captures.len(), 0, "of a folder no copy is kept");
    window.ctrl(Key::S);
    window.drop_files(&[&folder]);
    assert!(window.shows("2 there already"), "{:?}", window.notices());
}

#[test]
fn a_folder_without_notes_is_told() {
    let mut window = Window::on(TREATY);
    let folder = window.path("nothing");
    fs::create_dir(&folder).unwrap();
    window.answer(folder);
    window.menu("File", "Import a folder of notes…");
    assert!(window.tells("holds no notes with fields in front"), "{:?}", window.notices());
}

#[test]
fn rejected_rows_are_saved_from_the_form_and_after_the_import() {
    let table = PUMPS.replace("5/6/2025", "13/6/2025") + "someday,The pump is sold,Works\n14/6/2025,,\n";
    let mut window = window_on("pumps.csv", &table);
    assert!(window.shows("2 not taken as they stand"));
    let path = window.path("rejected.csv");
    window.answer(path.clone());
    window.click("Save the rejected rows…");
    let saved = fs::read_to_string(&path).unwrap();
    let rows: Vec<&str> = saved.lines().collect();
    assert_eq!(rows.len(), 3, "{saved}");
    assert_eq!(rows[0], "file,line,reason,cells");
    assert!(rows[1].starts_with("pumps.csv,6,") && rows[1].contains("came in undated"), "{saved}");
    assert!(rows[1].ends_with("someday,The pump is sold,Works"), "{saved}");
    assert!(rows[2].starts_with("pumps.csv,7,it has neither a title nor a note,14/6/2025"), "{saved}");
    assert!(window.shows("Import events from “pumps.csv”"), "the form is still there");
    window.click("Import");
    assert_eq!(window.undo_label(), "Import 5 events from pumps.csv");
    fs::remove_file(&path).unwrap();
    window.answer(path.clone());
    window.menu("File", "Save the rejected rows…");
    assert_eq!(fs::read_to_string(&path).unwrap(), saved);
}

#[test]
fn a_word_that_is_no_standing_is_told_and_given_a_meaning() {
    let rows = (1..9).map(|at| format!("2025-06-0{at},The pump is seen {at},{}\n", ["confirmed", "denied"][at % 2]));
    let table = format!("Date,Event,Status\n{}2025-06-10,The pump is heard,hearsay\n", rows.collect::<String>());
    let mut window = window_on("pumps.csv", &table);
    window.click("1 remark");
    assert!(window.shows("“hearsay”") && window.shows("is no standing (1 row)"));
    window.click_combo("What “hearsay” means");
    window.reach("Alleged");
    window.click("Import");
    let event = window.event("the-pump-is-heard-2025-06-10");
    assert_eq!((event.standing, event.rare.fields.iter().count()), (Standing::Alleged, 0));
}
