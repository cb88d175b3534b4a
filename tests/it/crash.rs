//! What a crash leaves: every change and what was typed comes back, and nothing that the file has by then is overwritten.

use std::sync::atomic::Ordering;

use annalist::app::{OpenRequest, Origin, Settings};
use annalist::ui::DrawerTab;
use egui::{Key, Modifiers, ViewportCommand};
use tempfile::TempDir;

use super::table_edits::{edit_by_double_click, row};
use crate::window::{FILE, Setup, TREATY, Window};

fn window() -> Window {
    Setup { keeps_state: true, ..Setup::default() }.on(TREATY)
}

/// The program started again on the file after a crash.
fn again(folder: TempDir) -> Window {
    let file = folder.path().join(FILE);
    Setup { keeps_state: true, folder: Some(folder), ..Setup::default() }.open(OpenRequest::File(file))
}

/// The program started again on the file with the settings as they are on the disk.
fn remembering(folder: TempDir) -> Window {
    let settings = Settings::kept_in(&folder.path().join("state")).unwrap_or_default();
    let file = folder.path().join(FILE);
    Setup { settings, keeps_state: true, folder: Some(folder), ..Setup::default() }.open(OpenRequest::File(file))
}

/// Asks the program to end as the system does, and lets it.
fn end(window: &mut Window) {
    window.app().asked_to_end().store(true, Ordering::Relaxed);
    window.steps(1);
    window.keep_settings();
}

fn journals(window: &Window) -> usize {
    std::fs::read_dir(window.path("state/journals")).map_or(0, |entries| entries.count())
}

/// Waits until the journal's thread has done what it was told.
fn flushed(window: &mut Window, what: &str, count: usize) {
    let started = std::time::Instant::now();
    while journals(window) != count {
        assert!(started.elapsed().as_secs() < 20, "{what}: {} journals", journals(window));
        std::thread::yield_now();
    }
}

fn retitle(window: &mut Window, event: &str, title: &str) {
    window.select(event);
    window.fill("Title", title);
    window.key(Key::Enter);
}

#[test]
fn every_change_since_the_last_save_comes_back_each_to_be_undone() {
    let mut window = window();
    retitle(&mut window, "Duma ratifies", "State Duma ratifies");
    window.ctrl(Key::S);
    flushed(&mut window, "nothing is kept of what is saved", 0);
    retitle(&mut window, "Treaty signed", "Treaty signed in Pyongyang");
    window.select("Treaty in force");
    window.key(Key::Delete);
    window.ctrl(Key::Z);
    window.select("State Duma ratifies");
    window.fill("Place", "Moscow");
    window.key(Key::Enter);
    let mut window = again(window.crash());
    assert_eq!(window.titles(), ["Treaty signed", "State Duma ratifies", "Treaty in force"], "nothing by itself");
    assert!(window.shows("was not saved when Annalist ended") && window.shows("4 changes, the last at"));
    assert!(window.shows("Undo: Delete “Treaty in force”"));

    window.click("Restore");
    assert_eq!(window.titles(), ["Treaty signed in Pyongyang", "State Duma ratifies", "Treaty in force"]);
    assert_eq!(window.event("duma").place.as_deref(), Some("Moscow"));
    assert!(window.app().session().is_unsaved() && window.tells("Restored 4 changes"));
    assert!(!window.text().contains("Pyongyang"), "the file is written by a save alone");
    window.ctrl(Key::Z);
    assert_eq!(window.event("duma").place, None);
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    window.ctrl(Key::S);
    assert!(window.text().contains("Moscow") && window.text().contains("// The spine."));
    assert!(!window.tells("not saved yet"));
    flushed(&mut window, "all is saved", 0);
    let window = again(window.crash());
    assert!(!window.shows("was not saved"));
}

#[test]
fn a_second_crash_after_restoring_loses_nothing() {
    let mut window = window();
    retitle(&mut window, "Duma ratifies", "State Duma ratifies");
    let mut window = again(window.crash());
    window.click("Restore");
    retitle(&mut window, "Treaty signed", "Signed");
    let mut window = again(window.crash());
    window.click("Restore");
    assert_eq!(window.titles(), ["Signed", "State Duma ratifies", "Treaty in force"]);
}

#[test]
fn what_was_typed_and_not_committed_comes_back() {
    let mut window = window();
    window.key(Key::N);
    window.type_text("Council appro");
    // Two seconds and more on the clock of the window.
    window.steps(12);
    let mut window = again(window.crash());
    assert!(window.shows("What you had typed"));
    assert!(window.shows("New event title") && window.shows("“Council appro”"));
    window.click("Restore");
    assert_eq!(window.value("New event title"), "Council appro");
    // A timeline without a file was open meanwhile: its changes are asked about, and the offer outlives that.
    window.steps(12);
    let folder = window.crash();
    let mut window = Setup { keeps_state: true, folder: Some(folder), ..Setup::default() }.open(OpenRequest::Sample);
    window.key(Key::Escape);
    window.ctrl(Key::N);
    window.key(Key::N);
    window.type_text("Something else");
    window.click("Unsaved changes…");
    window.click("Restore");
    assert!(window.shows("Save the changes to “Untitled”?"));
    window.key(Key::Escape);
    assert!(window.shows("“timeline.ron” has text that you had typed from before"));
}

#[test]
fn what_was_typed_does_not_come_back_over_a_later_change() {
    let mut window = Setup { keeps_state: true, step_seconds: 0.02, ..Setup::default() }.on(TREATY);
    window.select("Duma ratifies");
    window.fill("Title", "First");
    // The journal has it as typed, and then as a change; the second change comes before typing is looked at again.
    window.steps(120);
    window.key(Key::Enter);
    window.fill("Title", "Second");
    window.key(Key::Enter);
    let mut window = again(window.crash());
    window.click("Restore");
    window.select("Treaty signed");
    assert_eq!(window.titles(), ["Treaty signed", "Second", "Treaty in force"]);
}

#[test]
fn what_was_typed_into_the_lines_of_a_form_comes_back_and_is_saved() {
    let mut window = window();
    window.select("Duma ratifies");
    window.reach("Own fields (0)");
    window.reach("Add field");
    window.type_text("Votes cast");
    window.reach("Images (0)");
    window.reach("Add image");
    window.type_text("votes.png");
    window.steps(12);
    let mut window = again(window.crash());
    assert!(window.shows("What you had typed"));
    assert!(window.shows("“Votes cast”") && window.shows("“votes.png”"));
    window.click("Restore");
    assert_eq!(window.value("Name of the new field"), "Votes cast");
    assert_eq!(window.value("File of the new image"), "votes.png");
    window.ctrl(Key::S);
    assert!(window.text().contains("\"Votes cast\"") && window.text().contains("votes.png"), "{}", window.text());
}

#[test]
fn what_was_typed_into_a_cell_of_the_table_comes_back_there() {
    let mut setup = Setup { keeps_state: true, step_seconds: 0.05, ..Setup::default() };
    setup.settings.drawer = Some(DrawerTab::Table);
    let mut window = setup.on(TREATY);
    edit_by_double_click(&mut window, "Duma ratifies", "date");
    window.ctrl(Key::A);
    window.type_text("30 February 2024");
    window.key(Key::Enter);
    assert!(window.shows("February 2024 has 29 days"), "it is refused");
    // What is refused stays typed when the keyboard goes elsewhere.
    let elsewhere = row(&window, "Treaty in force").center();
    window.click_at(elsewhere);
    window.steps(50);
    let mut window = again(window.crash());
    assert!(window.shows("What you had typed") && window.shows("“30 February 2024”"));
    window.click("Restore");
    assert_eq!(window.value("Date in the table"), "30 February 2024");
    assert_eq!(window.focused(), "Date in the table");
    assert!(window.shows("February 2024 has 29 days") && window.tells("the date of “Duma ratifies”"));
    assert_eq!(window.event("duma").date.as_ref().unwrap().as_str(), "2024-10-24");
    // And once more, when nobody has touched it.
    window.steps(12);
    let mut window = again(window.crash());
    window.click("Restore");
    window.ctrl(Key::A);
    window.type_text("late October 2024");
    window.key(Key::Enter);
    assert_eq!(window.event("duma").date.as_ref().unwrap().as_str(), "[2024-10-21..2024-10-31]");
    // Once it is taken up, nothing of it is left.
    window.steps(12);
    let mut window = again(window.crash());
    assert!(!window.shows("What you had typed"));
    window.click("Restore");
    assert!(!window.has("Date in the table"));
}

#[test]
fn what_was_typed_into_a_field_of_ones_own_comes_back_into_its_column() {
    let text = TREATY.replace("date: \"2024-06-19\"", "fields: {\"Dead\": \"4\"}, date: \"2024-06-19\"");
    let mut setup = Setup { keeps_state: true, step_seconds: 0.05, ..Setup::default() };
    setup.settings.drawer = Some(DrawerTab::Table);
    setup.settings.table = ron::from_str("[(\"date\", None), (\"title\", None), (\"own:Dead\", None)]").unwrap();
    let mut window = setup.on(&text);
    edit_by_double_click(&mut window, "Duma ratifies", "Dead");
    window.type_text("about 30");
    window.steps(50);
    // The column was not chosen there.
    let mut window = again(window.crash());
    window.click("Restore");
    assert_eq!(window.value("Dead in the table"), "about 30");
    window.ctrl(Key::S);
    assert!(window.text().contains("\"about 30\""), "{}", window.text());
}

#[test]
fn an_untitled_timeline_comes_back_whole() {
    let mut window = Setup { keeps_state: true, ..Setup::default() }.open(OpenRequest::Sample);
    window.ctrl(Key::N);
    assert_eq!(window.app().session().origin(), &Origin::Untitled);
    window.key(Key::N);
    window.type_text("First");
    window.fill("New event date", "2024-11-06");
    window.key(Key::Enter);
    let mut window =
        Setup { keeps_state: true, folder: Some(window.crash()), ..Setup::default() }.open(OpenRequest::Sample);
    assert!(window.shows("“Untitled” was not saved"));
    window.click("Restore");
    assert_eq!((window.app().session().origin(), window.titles()), (&Origin::Untitled, vec!["First"]));
}

#[test]
fn what_another_program_changed_meanwhile_stays_and_the_rest_comes_back() {
    let mut window = window();
    retitle(&mut window, "Duma ratifies", "State Duma ratifies");
    window.fill("Place", "Moscow");
    window.key(Key::Enter);
    retitle(&mut window, "Treaty signed", "Signed");
    let folder = window.crash();
    let file = folder.path().join(FILE);
    std::fs::write(&file, TREATY.replace("Duma ratifies", "The Duma's vote")).unwrap();
    let mut window = again(folder);
    assert!(window.shows("The file was changed since"));
    window.click("Restore");
    assert!(window.shows("was changed before the crash and otherwise since") && window.tells("Restored 2 changes"));
    window.key(Key::Escape);
    assert_eq!(window.titles(), ["Signed", "The Duma's vote", "Treaty in force"]);
    assert_eq!(window.event("duma").place.as_deref(), Some("Moscow"), "the other field of that event");
    assert!(window.shows("Not restored, as “timeline.ron” has other values there: “State Duma ratifies” (title)"));
    window.click("Unsaved changes…");
    window.click("Discard…");
    window.click("Discard for good");
    assert!(!window.shows("Not restored"));
}

#[test]
fn what_both_changed_is_asked_side_by_side() {
    let yours = "Yours from before the crash: State Duma ratifies (Title of “State Duma ratifies”)";
    let theirs = "In the file: The Duma's vote (Title of “State Duma ratifies”)";
    for (choice, title) in [(yours, "State Duma ratifies"), (theirs, "The Duma's vote")] {
        let mut window = window();
        retitle(&mut window, "Duma ratifies", "State Duma ratifies");
        let folder = window.crash();
        std::fs::write(folder.path().join(FILE), TREATY.replace("Duma ratifies", "The Duma's vote")).unwrap();
        let mut window = again(folder);
        assert!(window.shows("Of what both changed you are asked which stays"));
        window.click("Restore");
        // Left for later it stays on offer, and is asked again.
        window.click("Later");
        assert_eq!(window.titles()[1], "The Duma's vote");
        window.click("Unsaved changes…");
        window.click("Restore");
        window.click(choice);
        window.click("Merge");
        assert_eq!(window.titles()[1], title);
        assert_eq!(window.app().session().is_unsaved(), choice == yours);
        assert!(!window.shows("Not restored"));
        window.ctrl(Key::S);
        flushed(&mut window, "all is decided", 0);
    }
}

#[test]
fn the_offer_tells_what_each_change_and_each_typed_text_is_of() {
    let mut window = window();
    retitle(&mut window, "Duma ratifies", "State Duma ratifies");
    window.select("Treaty signed");
    window.fill("Title", "Sign");
    window.steps(12);
    let mut window = again(window.crash());
    assert!(window.shows("Title: Duma ratifies → State Duma ratifies"));
    assert!(window.shows("Title of “Treaty signed”") && window.shows("“Sign”"));
    assert!(!window.has("Copied"));
    window.click("Copy");
    assert!(window.has("Copied") && window.has("Restore"));
}

#[test]
fn the_file_that_was_asked_for_stays_open_beside_the_offer_of_another() {
    for put_off in ["Later", "Escape"] {
        let mut window = window();
        retitle(&mut window, "Duma ratifies", "State Duma ratifies");
        let folder = window.crash();
        let base = folder.path().join("base.ron");
        std::fs::write(&base, TREATY.replace("Treaty", "Pact")).unwrap();
        let setup = Setup { keeps_state: true, folder: Some(folder), ..Setup::default() };
        let mut window = setup.open(OpenRequest::File(base.clone()));
        assert!(window.shows("“timeline.ron” was not saved"));
        assert!(window.shows("This is another timeline than “base.ron”, which is open"));
        if put_off == "Later" {
            window.click("Later")
        } else {
            window.key(Key::Escape)
        }
        assert_eq!(window.app().session().path(), Some(base.as_path()));
        assert!(window.shows("“timeline.ron” has 1 unsaved change"));
        window.click("Unsaved changes…");
        window.click("Restore");
        assert_eq!(window.app().session().path(), Some(window.file().as_path()));
        assert_eq!(window.titles(), ["Treaty signed", "State Duma ratifies", "Treaty in force"]);
    }
}

#[test]
fn looking_first_keeps_the_changes_on_offer_to_the_next_start() {
    let mut window = window();
    retitle(&mut window, "Duma ratifies", "State Duma ratifies");
    let mut window = again(window.crash());
    window.click("Look first");
    assert!(window.shows("“timeline.ron” has 1 unsaved change from before") && !window.app().session().is_unsaved());
    let mut window = again(window.crash());
    window.key(Key::Escape);
    window.click("Unsaved changes…");
    window.click("Restore");
    assert_eq!(window.titles()[1], "State Duma ratifies");
}

#[test]
fn what_is_discarded_is_gone_and_what_the_file_has_already_is_not_made_twice() {
    let mut window = window();
    retitle(&mut window, "Duma ratifies", "State Duma ratifies");
    let folder = window.crash();
    // As if the crash had come between the save and its note in the journal.
    std::fs::write(folder.path().join(FILE), TREATY.replace("Duma ratifies", "State Duma ratifies")).unwrap();
    let mut window = again(folder);
    window.click("Restore");
    assert!(window.tells("Nothing had to be restored") && !window.app().session().is_unsaved());
    assert_eq!(journals(&window), 0);

    retitle(&mut window, "Treaty signed", "Signed");
    let mut window = again(window.crash());
    window.click("Discard…");
    window.click("Discard for good");
    let window = again(window.crash());
    assert!(!window.shows("was not saved"));
}

#[test]
fn a_request_of_the_system_to_end_is_no_question_and_loses_nothing() {
    let mut window = window();
    retitle(&mut window, "Duma ratifies", "State Duma ratifies");
    window.select("Treaty signed");
    window.fill("Title", "Signed");
    window.app().asked_to_end().store(true, Ordering::Relaxed);
    window.steps(1);
    assert!(window.commands().contains(&ViewportCommand::Close), "{:?}", window.commands());
    let mut window = again(window.crash());
    assert!(window.shows("2 changes"));
    window.click("Restore");
    assert_eq!(window.titles(), ["Signed", "State Duma ratifies", "Treaty in force"]);
}

#[test]
fn quitting_as_usual_leaves_no_journal() {
    let mut window = window();
    retitle(&mut window, "Duma ratifies", "State Duma ratifies");
    flushed(&mut window, "a change is kept", 1);
    window.ask_to_close();
    window.click("Don’t save");
    flushed(&mut window, "it was given up", 0);
}

#[test]
fn a_gone_file_leaves_its_changes_to_be_copied() {
    let mut window = window();
    retitle(&mut window, "Duma ratifies", "State Duma ratifies");
    let folder = window.crash();
    std::fs::remove_file(folder.path().join(FILE)).unwrap();
    let mut window = Setup { keeps_state: true, folder: Some(folder), ..Setup::default() }.open(OpenRequest::Sample);
    assert!(window.shows("The file is gone"));
    window.click("Copy");
    let copied = window.harness.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    // The frames after the click may have taken it along already.
    assert!(copied.is_none_or(|text| text.contains("title: \"State Duma ratifies\"")));
    window.click("Look first");
    assert!(window.shows("1 unsaved change"));
}

#[test]
fn a_journal_that_cannot_be_written_is_said_and_the_work_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    // A file where the folder of journals should be.
    std::fs::write(folder.path().join("state"), "").unwrap();
    let mut window = Setup { keeps_state: true, folder: Some(folder), ..Setup::default() }.on(TREATY);
    retitle(&mut window, "Duma ratifies", "State Duma ratifies");
    window.wait_until("it is said", |window| window.tells("Changes are not kept beyond a crash"));
    window.ctrl(Key::S);
    assert!(window.text().contains("State Duma ratifies"));
}

#[test]
fn what_was_typed_waits_for_the_answer_and_comes_back_once() {
    let mut window = window();
    window.select("Duma ratifies");
    window.fill("Title", "Typed");
    window.app().asked_to_end().store(true, Ordering::Relaxed);
    // The last letters come in the frame in which the program is to end.
    window.type_text(" then ended");
    window.keep_settings();
    let mut window = remembering(window.crash());
    assert_eq!(window.titles()[1], "Duma ratifies", "nothing by itself");
    assert!(!window.app().session().is_unsaved() && !window.tells("is back"), "{:?}", window.notices());
    window.click("Restore");
    assert!(!window.shows("Save the changes to"));
    assert!(window.titles()[1].starts_with("Typed"), "{:?}", window.titles());
    window.undo();
    assert_eq!(window.titles()[1], "Duma ratifies", "once");
}

#[test]
fn what_was_typed_is_discarded_with_the_journal_and_never_given_back_behind_the_question() {
    let mut window = window();
    retitle(&mut window, "Treaty signed", "Signed");
    window.key(Key::N);
    window.type_text("Half");
    window.steps(12);
    window.keep_settings();
    let mut window = remembering(window.crash());
    assert!(window.shows("1 change") && window.shows("“Half”") && !window.tells("is back"));
    window.click("Look first");
    assert!(!window.has("New event title"), "it is on offer still");
    end(&mut window);
    let mut window = remembering(window.crash());
    assert!(window.shows("“Half”") && !window.tells("is back"));
    window.click("Discard…");
    window.click("Discard for good");
    assert!(!window.has("New event title"));
    let window = remembering(window.crash());
    assert!(!window.shows("was not saved") && !window.has("New event title"));
}

#[test]
fn a_draft_that_was_saved_does_not_come_back() {
    let mut window = window();
    window.key(Key::N);
    window.type_text("Half");
    window.steps(12);
    end(&mut window);
    let window = remembering(window.crash());
    assert!(!window.shows("was not saved"));
    assert_eq!(window.value("New event title"), "Half");
    // A crash before it is used loses nothing, and it is asked about once.
    let mut window = remembering(window.crash());
    assert!(window.shows("“Half”"));
    window.click("Restore");
    assert_eq!(window.value("New event title"), "Half");
    window.ctrl(Key::S);
    assert!(window.text().contains("Half"));
    flushed(&mut window, "all is saved", 0);
    let window = remembering(window.crash());
    assert!(!window.shows("was not saved") && !window.has("New event title"), "{:?}", window.notices());
}

#[test]
fn a_draft_goes_from_the_disk_once_it_is_used() {
    let mut window = window();
    window.key(Key::N);
    window.type_text("Half");
    window.steps(12);
    end(&mut window);
    let mut window = remembering(window.crash());
    window.ctrl(Key::S);
    assert!(window.text().contains("Half"));
    let window = remembering(window.crash());
    assert!(!window.shows("was not saved") && !window.has("New event title"), "{:?}", window.notices());
}

#[test]
fn crashes_on_one_file_are_one_offer_the_oldest_first() {
    let mut window = window();
    retitle(&mut window, "Duma ratifies", "State Duma ratifies");
    let mut window = again(window.crash());
    window.click("Look first");
    window.select("Duma ratifies");
    window.fill("Place", "Moscow");
    window.key(Key::Enter);
    retitle(&mut window, "Treaty signed", "Signed");
    let mut window = again(window.crash());
    assert!(window.shows("3 changes") && !window.shows("after this one"));
    window.click("Restore");
    assert!(!window.shows("Save the changes to") && window.tells("Restored 3 changes"), "{:?}", window.notices());
    let whole = ["Signed", "State Duma ratifies", "Treaty in force"];
    assert_eq!(window.titles(), whole);
    assert_eq!(window.event("duma").place.as_deref(), Some("Moscow"), "beside the title of the older journal");
    assert_eq!(journals(&window), 1);
    let mut window = again(window.crash());
    window.click("Restore");
    assert_eq!(window.titles(), whole);
}

#[test]
fn restoring_goes_on_top_of_what_was_changed_since() {
    let mut window = window();
    retitle(&mut window, "Duma ratifies", "State Duma ratifies");
    let mut window = again(window.crash());
    window.click("Look first");
    retitle(&mut window, "Treaty signed", "Signed");
    window.key(Key::N);
    window.type_text("Half");
    window.click("Unsaved changes…");
    window.click("Restore");
    assert!(!window.shows("Save the changes to"));
    assert_eq!(window.titles(), ["Signed", "State Duma ratifies", "Treaty in force"]);
    assert_eq!(window.value("New event title"), "Half", "what is typed meanwhile stays");
}

#[test]
fn what_two_crashes_left_of_one_field_is_asked() {
    let mut window = window();
    retitle(&mut window, "Duma ratifies", "First");
    let mut window = again(window.crash());
    window.click("Look first");
    retitle(&mut window, "Duma ratifies", "Second");
    let mut window = again(window.crash());
    window.click("Restore");
    assert!(window.shows("was changed before the crash and otherwise since"));
    assert_eq!(window.titles()[1], "First");
    assert!(window.shows("As it is now: First") && !window.shows("In the file"), "the file has neither");
    window.click("Yours from before the crash: Second (Title of “Second”)");
    window.click("Merge");
    assert_eq!(window.titles()[1], "Second");
    assert_eq!(journals(&window), 1);
}

/// The treaty with a place that another program has given the vote.
fn with_place() -> String {
    let text = TREATY.replace("title: \"Duma ratifies\"", "title: \"Duma ratifies\", place: \"Kazan\"");
    assert!(text.contains("Kazan"));
    text
}

/// A window after a crash with three changes, of which the place collides with the file.
fn with_a_place_that_collides() -> (Window, Vec<(i64, String)>) {
    let mut window = window();
    window.select("Duma ratifies");
    window.fill("Place", "Moscow");
    window.key(Key::Enter);
    retitle(&mut window, "Duma ratifies", "State Duma ratifies");
    retitle(&mut window, "Treaty signed", "Signed");
    let folder = window.crash();
    std::fs::write(folder.path().join(FILE), with_place()).unwrap();
    let made = changes_left(&folder);
    (again(folder), made)
}

/// Times and labels of the changes in all journals.
fn changes_left(folder: &TempDir) -> Vec<(i64, String)> {
    let found = annalist::store::left_behind(&folder.path().join("state/journals"));
    let changes = found.iter().flat_map(|left| &left.changes);
    let mut changes: Vec<(i64, String)> = changes.map(|change| (change.at, change.label.clone())).collect();
    changes.sort();
    changes
}

#[test]
fn what_was_put_back_and_saved_is_not_offered_again_beside_what_was_left_for_later() {
    let (mut window, made) = with_a_place_that_collides();
    window.click("Restore");
    window.click("Later");
    assert!(window.tells("Restored 2 changes"), "{:?}", window.notices());
    window.ctrl(Key::S);
    assert!(window.text().contains("State Duma ratifies") && window.text().contains("Kazan"));
    retitle(&mut window, "State Duma ratifies", "The vote");
    window.ctrl(Key::S);
    window.ask_to_close();
    let folder = window.crash();
    assert_eq!(changes_left(&folder), made[..1]);
    let mut window = again(folder);
    assert!(window.shows("1 change, made at") && window.shows("The file was changed since"));
    assert!(!window.shows("by another program"), "it was this one too");
    window.click("Restore");
    window.click("Yours from before the crash: Moscow (Place of “State Duma ratifies”)");
    window.click("Merge");
    assert_eq!(window.titles(), ["Signed", "The vote", "Treaty in force"]);
    assert_eq!(window.event("duma").place.as_deref(), Some("Moscow"));
    window.ctrl(Key::S);
    flushed(&mut window, "all is decided", 0);
}

#[test]
fn changes_keep_their_words_and_times_through_a_second_crash_and_none_comes_twice() {
    for is_decided in [false, true] {
        let (mut window, made) = with_a_place_that_collides();
        window.click("Restore");
        if is_decided {
            window.click("Yours from before the crash: Moscow (Place of “State Duma ratifies”)");
            window.click("Merge");
            assert!(window.tells("Restored 3 changes"), "{:?}", window.notices());
        }
        let folder = window.crash();
        assert_eq!(changes_left(&folder), made, "decided: {is_decided}");
        let mut window = again(folder);
        assert!(window.shows("3 changes, the last at"));
        window.click("Restore");
        assert_eq!(window.titles(), ["Signed", "State Duma ratifies", "Treaty in force"]);
    }
}

#[test]
fn what_is_said_of_restored_changes_goes_once_they_are_taken_back() {
    let mut window = window();
    retitle(&mut window, "Duma ratifies", "State Duma ratifies");
    let mut window = again(window.crash());
    window.click("Restore");
    assert!(window.tells("Restored 1 change"));
    window.undo();
    assert!(!window.tells("Restored"), "{:?}", window.notices());
}

#[test]
fn what_a_killed_program_left_is_offered_also_where_it_is_still_going() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(FILE);
    std::fs::write(&file, TREATY).unwrap();
    let base = annalist::store::JournalBase::file(file);
    let mut journal = annalist::store::JournalWriter::begin(&folder.path().join("state/journals"), base).unwrap();
    journal.append_typed("of another version".to_owned()).unwrap();
    // Many frames to a look.
    let file = folder.path().join(FILE);
    let setup = Setup { step_seconds: 0.01, keeps_state: true, folder: Some(folder), ..Setup::default() };
    let mut window = setup.open(OpenRequest::File(file));
    assert!(!window.shows("was not saved"), "its program runs");
    drop(journal);
    window.steps(120);
    window.settle();
    assert!(window.shows("“timeline.ron” was not saved when Annalist ended"));
}
