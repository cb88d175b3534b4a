//! What is typed and not added yet: saved, said, or kept as a draft that comes back.

use annalist::app::{OpenRequest, Origin, Picked, Settings};
use annalist::model::Standing;
use annalist::ui::DrawerTab;
use egui::{Key, Modifiers, ViewportCommand, vec2};
use egui_kittest::kittest::{By, Queryable as _};

use super::table_edits::{edit_by_double_click, row};
use super::window::{Setup, TREATY, Window};

fn begin(window: &mut Window, title: &str) {
    window.key(Key::N);
    window.type_text(title);
}

/// Asks to close the window and chooses an answer; says whether the window closes.
fn close_with(window: &mut Window, answer: &str) -> bool {
    assert!(window.ask_to_close().contains(&ViewportCommand::CancelClose));
    window.named(answer).click();
    let mut closes = false;
    window.wait_until("it closes or goes on", |window| {
        closes |= window.commands().contains(&ViewportCommand::Close);
        closes || window.is_at_rest()
    });
    window.settle();
    closes
}

/// The program started again with what it remembers.
fn again(window: Window, request: impl FnOnce(&Window) -> OpenRequest) -> Window {
    // As it comes back from the disk.
    let settings = ron::from_str(&ron::to_string(window.app().settings()).unwrap()).unwrap();
    let request = request(&window);
    // The first one has the file until it has ended.
    Setup { settings, folder: Some(window.crash()), ..Setup::default() }.open(request)
}

fn file(window: &Window) -> OpenRequest {
    OpenRequest::File(window.file())
}

#[test]
fn saving_takes_a_new_event_along() {
    let mut window = Window::on(TREATY);
    begin(&mut window, "Council approves");
    window.ctrl(Key::S);
    assert!(window.text().contains("Council approves"), "{}", window.text());
    assert!(!window.app().session().is_unsaved());
    assert!(!window.has("New event title"));
    let added = window.app().session().timeline().events().iter().find(|event| event.title == "Council approves");
    assert_eq!(window.app().view().transient.selection.as_ref(), added.map(|event| &event.id));
}

#[test]
fn what_keeps_a_form_from_being_an_event_is_said_with_the_focus_there_and_the_rest_is_saved() {
    let mut window = Window::on(TREATY);
    begin(&mut window, "");
    window.fill("New event date", "2024-11-06");
    window.ctrl(Key::S);
    assert_eq!(window.text(), TREATY);
    assert!(window.tells("the new event has no title"), "{:?}", window.notices());
    assert!(window.notices().iter().all(|text| !text.starts_with("Saved")), "{:?}", window.notices());
    assert!(window.field("New event title").is_focused());
    assert!(window.shows("a title is needed"));

    window.type_text("Council approves");
    window.fill("New event date", "whenever");
    window.ctrl(Key::S);
    assert!(window.field("New event date").is_focused());
    assert_eq!(window.text(), TREATY);
    window.fill("New event date", "2024-11-06");
    window.ctrl(Key::S);
    assert!(window.text().contains("Council approves"));
    assert!(window.notices().iter().all(|text| !text.starts_with("Not in the file")), "{:?}", window.notices());

    window.select("Treaty in force");
    window.fill("Place", "Moscow");
    window.fill("Date", "whenever");
    window.ctrl(Key::S);
    assert!(window.text().contains("Moscow") && window.text().contains("2024-12-04"));
    assert!(window.field("Date").is_focused());
    assert!(window.tells("the date of “Treaty in force”"));
}

#[test]
fn saving_takes_a_new_source_and_a_new_lane_along() {
    let mut window = Window::on(TREATY);
    window.click("Edit");
    window.harness.get_all_by_label_contains("Add source…").next().unwrap().click();
    window.settle();
    window.type_text("A gazette");
    window.ctrl(Key::S);
    assert!(window.text().contains("A gazette"), "{}", window.text());

    window.select("Treaty in force");
    window.click("Lane");
    window.click("New lane…");
    window.type_text("Aftermath");
    window.ctrl(Key::S);
    assert!(window.text().contains("Aftermath"), "{}", window.text());
}

#[test]
fn what_a_cell_of_the_table_refused_is_said_when_saving_and_kept_as_a_draft() {
    let mut setup = Setup { step_seconds: 0.05, ..Setup::default() };
    setup.settings.drawer = Some(DrawerTab::Table);
    let mut window = setup.on(TREATY);
    edit_by_double_click(&mut window, "Duma ratifies", "date");
    window.ctrl(Key::A);
    window.type_text("whenever");
    window.key(Key::Enter);
    let elsewhere = row(&window, "Treaty in force").center();
    window.click_at(elsewhere);
    window.ctrl(Key::S);
    assert_eq!(window.text(), TREATY);
    assert!(window.tells("Not in the file yet: the date of “Duma ratifies”"), "{:?}", window.notices());
    assert!(window.field("Date in the table").is_focused());
    assert!(close_with(&mut window, "Keep as draft"));
    let mut window = again(window, file);
    assert_eq!(window.value("Date in the table"), "whenever");
    assert!(window.tells("What you had typed is back: the date of “Duma ratifies”"), "{:?}", window.notices());
    assert!(close_with(&mut window, "Don’t save"));
    let window = again(window, file);
    assert!(!window.has("Date in the table"));
}

#[test]
fn a_source_that_is_typed_but_not_chosen_is_said() {
    let mut window = Window::on(TREATY);
    window.select("Treaty in force");
    window.fill("Source to cite", "Some gazette");
    window.ctrl(Key::S);
    assert_eq!(window.text(), TREATY);
    assert!(window.tells("“Some gazette”"), "{:?}", window.notices());
    assert!(window.field("Source to cite").is_focused());
    window.select("Duma ratifies");
    assert_eq!(window.value("Source to cite"), "", "it is meant for the other event");
    assert!(close_with(&mut window, "Keep as draft"));
    let window = again(window, file);
    assert_eq!(window.value("Source to cite"), "Some gazette");
    assert!(window.titles().len() == 3 && !window.app().session().is_unsaved());
}

#[test]
fn a_new_event_is_saved_when_the_window_is_closed_so() {
    let mut window = Window::on(TREATY);
    begin(&mut window, "Council approves");
    assert!(close_with(&mut window, "Save changes"));
    assert!(window.text().contains("Council approves"));
}

#[test]
fn a_form_that_cannot_be_saved_does_not_ask_for_ever() {
    let mut window = Window::on(TREATY);
    begin(&mut window, "Council approves");
    window.fill("New event date", "whenever");
    assert!(!close_with(&mut window, "Save changes"));
    assert!(!window.shows("Save the changes to"), "it says what is missing and does not ask again");
    assert!(window.field("New event date").is_focused());
    assert!(close_with(&mut window, "Don’t save"));
    assert_eq!(window.text(), TREATY);
    let window = again(window, file);
    assert!(!window.has("New event title"), "it was not wanted");
}

#[test]
fn a_draft_comes_back_when_its_timeline_is_opened_again() {
    let mut window = Window::on(TREATY);
    begin(&mut window, "Council approves");
    window.fill("New event date", "whenever");
    window.fill("Source to cite", "Some gazette");
    assert!(close_with(&mut window, "Keep as draft"));
    assert_eq!(window.text(), TREATY);

    let mut window = again(window, |_| OpenRequest::Last);
    assert_eq!(window.app().session().path(), Some(window.file().as_path()));
    assert_eq!(window.value("New event title"), "Council approves");
    assert_eq!(window.value("New event date"), "whenever");
    assert_eq!(window.value("Source to cite"), "Some gazette");
    let back = "What you had typed is back: a new event, “Council approves”";
    assert_eq!(window.notices(), [back]);
    window.fill("New event date", "2024-11-06");
    window.ctrl(Key::S);
    assert!(window.text().contains("Council approves") && window.text().contains("Some gazette"));
    let window = again(window, file);
    assert!(!window.has("New event title"), "it comes back once");
}

#[test]
fn a_draft_stays_with_its_timeline_while_another_is_open() {
    let mut window = Window::on(TREATY);
    let (first, other) = (window.file(), window.path("other.ron"));
    std::fs::write(&other, TREATY).unwrap();
    begin(&mut window, "Council approves");
    window.answer(Picked::Path(other.clone()));
    window.ctrl(Key::O);
    window.click("Keep as draft");
    assert_eq!(window.app().session().path(), Some(other.as_path()));
    assert!(!window.has("New event title"));

    window.answer(Picked::Path(first));
    window.ctrl(Key::O);
    assert_eq!(window.value("New event title"), "Council approves");
    window.click("File");
    window.harness.get_all_by_label_contains("Reload from disk").next().unwrap().click();
    window.settle();
    window.click("Keep as draft");
    assert_eq!(window.value("New event title"), "Council approves", "reloading too");
}

#[test]
fn changes_are_saved_beside_a_draft_that_is_kept() {
    let mut window = Window::on(TREATY);
    window.select("Treaty in force");
    window.key(Key::Delete);
    begin(&mut window, "Council approves");
    window.fill("New event date", "whenever");
    assert!(close_with(&mut window, "Keep as draft"));
    assert!(!window.text().contains("Treaty in force"));
    let window = again(window, file);
    assert_eq!(window.value("New event title"), "Council approves");
}

#[test]
fn drafts_of_timelines_without_a_file_come_back_too() {
    let mut window = Window::on(TREATY);
    window.ctrl(Key::N);
    assert_eq!(*window.app().session().origin(), Origin::Untitled);
    begin(&mut window, "The first event");
    assert!(close_with(&mut window, "Keep as draft"));
    let window = again(window, |_| OpenRequest::Last);
    assert_eq!(*window.app().session().origin(), Origin::Untitled);
    assert_eq!(window.value("New event title"), "The first event");

    let mut window = Setup::default().open(OpenRequest::Last);
    begin(&mut window, "One more");
    assert!(close_with(&mut window, "Keep as draft"));
    let window = again(window, |_| OpenRequest::Last);
    assert_eq!(*window.app().session().origin(), Origin::Sample);
    assert_eq!(window.value("New event title"), "One more");
}

#[test]
fn a_text_that_its_field_refuses_is_kept_with_its_record() {
    let mut window = Window::on(TREATY);
    window.select("Duma ratifies");
    window.fill("Date", "whenever");
    assert!(close_with(&mut window, "Keep as draft"));
    let window = again(window, file);
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("duma"));
    assert_eq!(window.value("Date"), "whenever");
    assert!(!window.app().session().is_unsaved());
}

#[test]
fn a_draft_whose_record_is_gone_is_told() {
    let mut window = Window::on(TREATY);
    window.select("Treaty in force");
    window.fill("Date", "whenever");
    assert!(close_with(&mut window, "Keep as draft"));
    std::fs::write(window.file(), TREATY.replace("\"force\"", "\"other\"")).unwrap();
    let window = again(window, file);
    assert!(window.tells("“whenever”"), "{:?}", window.notices());
}

#[test]
fn a_form_into_which_nothing_was_typed_asks_nothing() {
    let ways: [fn(&mut Window); 2] = [
        |window| window.key(Key::N),
        |window| {
            // Where a date is filled in, it was not typed.
            let at = window.mark("Duma ratifies") + vec2(0.0, 60.0);
            window.double_click(at);
            assert_ne!(window.value("New event date"), "");
        },
    ];
    for begin in ways {
        // Two clicks within the time of a double click.
        let mut window = Setup { step_seconds: 0.05, ..Setup::default() }.on(TREATY);
        begin(&mut window);
        assert!(window.has("New event title"));
        window.ask_to_close();
        assert!(!window.shows("Save the changes to"));
    }
}

#[test]
fn what_is_being_typed_outlives_a_crash() {
    #[derive(Default)]
    struct Disk(std::collections::HashMap<String, String>);
    impl eframe::Storage for Disk {
        fn get_string(&self, key: &str) -> Option<String> {
            self.0.get(key).cloned()
        }

        fn set_string(&mut self, key: &str, value: String) {
            self.0.insert(key.to_owned(), value);
        }

        fn remove_string(&mut self, key: &str) {
            self.0.remove(key);
        }

        fn flush(&mut self) {}
    }
    let mut window = Setup { keeps_state: true, ..Setup::default() }.on(TREATY);
    begin(&mut window, "Council approves");
    window.steps(12);
    // Earlier versions kept the settings where others could read them.
    let mut disk = Disk::default();
    eframe::set_value(&mut disk, Settings::OLD_KEY, window.app().settings());
    eframe::App::save(window.harness.state_mut(), &mut disk);
    assert!(disk.0.is_empty());
    let settings = Settings::kept_in(&window.folder.path().join("state")).unwrap();
    let request = file(&window);
    let folder = Some(window.crash());
    let mut window = Setup { settings, keeps_state: true, folder, ..Setup::default() }.open(request);
    assert!(!window.tells("is back"), "it is asked about");
    window.click("Restore");
    assert_eq!(window.value("New event title"), "Council approves");
}

#[test]
fn notices_of_the_start_go_with_what_they_are_about() {
    let mut window = Window::on(TREATY);
    begin(&mut window, "Council approves");
    assert!(close_with(&mut window, "Keep as draft"));
    let mut window = again(window, |window| {
        std::fs::rename(window.file(), window.path("away.ron")).unwrap();
        OpenRequest::Last
    });
    assert!(window.tells("The last file could not be opened, so this is the sample"), "{:?}", window.notices());
    std::fs::rename(window.path("away.ron"), window.file()).unwrap();
    let file = window.file();
    window.hold_and_drop(&[&file]);
    window.settle();
    assert!(!window.tells("so this is the sample") && window.tells("What you had typed is back"));
    window.ctrl(Key::S);
    assert!(window.text().contains("Council approves") && !window.tells("is back"), "{:?}", window.notices());
}

#[test]
fn ctrl_enter_adds_the_event_from_any_field_of_its_form() {
    let part: [fn(&mut Window); 5] = [
        |window| window.field("New event title").focus(),
        |window| window.field("New event date").focus(),
        |window| window.combo("New event lane").focus(),
        |window| window.combo("New event standing").focus(),
        |window| window.field("Source to cite").focus(),
    ];
    for (at, focus) in part.into_iter().enumerate() {
        let mut window = Window::on(TREATY);
        begin(&mut window, "Council approves");
        window.fill("New event date", "2024-11-06");
        focus(&mut window);
        window.settle();
        window.ctrl(Key::Enter);
        assert!(window.titles().contains(&"Council approves"), "field {at}");
        assert!(!window.has("New event title"));
        assert_eq!(window.undo_label(), "Add event “Council approves”");
    }
    // What is missing is said as by the button, and a list that is open takes Enter for itself.
    let mut window = Window::on(TREATY);
    begin(&mut window, "");
    window.ctrl(Key::Enter);
    assert!(window.shows("a title is needed") && window.field("New event title").is_focused());
    window.type_text("Council approves");
    window.click_combo("New event standing");
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    assert_eq!(window.combo("New event standing").value().as_deref(), Some(Standing::ALL[2].label()));
    window.ctrl(Key::Enter);
    assert_eq!(window.titles().len(), 4);
    // With Shift too it is another key.
    begin(&mut window, "One more");
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::Enter);
    assert_eq!(window.titles().len(), 4);
}

#[test]
fn ctrl_enter_in_the_field_of_the_source_cites_what_enter_would_take() {
    let sources = "sources: [Source(id: \"wire\", title: \"Wire report\")],\n    events: [";
    let mut window = Window::on(&TREATY.replacen("events: [", sources, 1));
    begin(&mut window, "Council approves");
    window.fill("New event date", "2024-10");
    window.fill("Source to cite", "wire rep");
    window.ctrl(Key::Enter);
    let cited = |window: &Window, title: &str| {
        let event = window.timeline().events().iter().find(|event| event.title == title).unwrap();
        event.citations.iter().map(|citation| citation.source.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(cited(&window, "Council approves"), ["wire"]);
    // The button takes what is typed as it stands: a title that is there is no second source.
    // The field of the source of the event that was added has not taken the keyboard over: N opens another form.
    begin(&mut window, "Another");
    window.fill("New event date", "2024-11");
    window.fill("Source to cite", "wire report");
    let buttons = window.query_all(By::new().label("Add event")).map(|node| node.rect().center());
    let of_form = buttons.max_by(|a, b| a.y.total_cmp(&b.y)).unwrap();
    window.click_at(of_form);
    assert_eq!((cited(&window, "Another"), window.timeline().sources().len()), (vec!["wire".to_owned()], 1));
}

#[test]
fn a_new_event_makes_way_for_what_is_selected_and_is_gone_on_with() {
    let mut setup = Setup::default();
    setup.settings.drawer = Some(DrawerTab::Table);
    let mut window = setup.on(TREATY);
    begin(&mut window, "Council approves");
    window.fill("New event date", "whenever");
    window.fill("Source to cite", "Some gazette");
    let at = row(&window, "Duma ratifies").center();
    window.click_at(at);
    assert_eq!(window.value("Title"), "Duma ratifies", "it is shown");
    assert!(!window.has("New event title") && window.shows("Unfinished new event “Council approves”"));
    // Keys are commands again, and what is selected can be worked on.
    window.fill("Place", "Moscow");
    window.key(Key::Enter);
    assert_eq!(window.event("duma").place.as_deref(), Some("Moscow"));
    window.click("Go on with the new event");
    assert!(window.field("New event title").is_focused() && !window.has("Title"));
    assert_eq!(window.value("New event title"), "Council approves");
    assert_eq!(window.value("New event date"), "whenever");
    assert_eq!(window.value("Source to cite"), "Some gazette");
    // By keys: away by a mark, back by the key that opened it.
    window.ctrl(Key::T);
    let at = window.mark("Treaty signed");
    window.click_at(at);
    assert!(window.shows("Unfinished new event") && !window.has("New event title"));
    window.key(Key::N);
    assert_eq!((window.focused().as_str(), window.titles().len()), ("New event title", 3));
    // What is put aside is kept when the window is closed, and a save that cannot take it along leads to it.
    let at = window.mark("Treaty signed");
    window.click_at(at);
    window.ctrl(Key::S);
    assert!(window.field("New event date").is_focused());
    window.click_at(at);
    assert!(close_with(&mut window, "Keep as draft"));
    let mut window = again(window, file);
    assert_eq!(window.value("New event title"), "Council approves");
    window.click("Cancel the new event");
    assert!(!window.shows("Unfinished"));
}

#[test]
fn escape_puts_a_new_event_aside_with_all_that_was_typed() {
    let leave: [fn(&mut Window); 3] = [
        |window| window.field("New event title").focus(),
        |window| window.field("New event date").focus(),
        |window| window.field("Source to cite").focus(),
    ];
    for focus in leave {
        let mut window = Window::on(TREATY);
        window.select("Treaty in force");
        window.key(Key::Delete);
        begin(&mut window, "Council approves");
        window.fill("New event date", "whenever");
        window.fill("Source to cite", "Some gazette");
        focus(&mut window);
        window.settle();
        window.key(Key::Escape);
        assert!(!window.has("New event title") && window.shows("Unfinished new event “Council approves”"));
        assert_eq!(window.undo_label(), "Delete “Treaty in force”");
        window.click("Go on with the new event");
        assert_eq!(window.focused(), "New event title");
        assert_eq!(window.value("New event title"), "Council approves");
        assert_eq!(window.value("New event date"), "whenever");
        assert_eq!(window.value("Source to cite"), "Some gazette");
        window.key(Key::Escape);
        window.key(Key::N);
        assert_eq!(window.value("New event title"), "Council approves", "by its key too");
        window.key(Key::Escape);
        assert!(window.ask_to_close().contains(&ViewportCommand::CancelClose), "it is not lost at the end either");
        window.click("Cancel");
        window.key(Key::N);
        window.click("Cancel the new event");
        assert!(!window.shows("Unfinished"), "that is what the button is for");
    }
    // Where nothing was typed there is nothing to go on with.
    let mut window = Window::on(TREATY);
    window.key(Key::N);
    window.key(Key::Escape);
    assert!(!window.has("New event title") && !window.shows("Unfinished"));
}

#[test]
fn escape_puts_a_new_source_aside() {
    let mut window = Window::on(TREATY);
    window.menu("Edit", "Add source…");
    window.type_text("A gazette");
    window.key(Key::Escape);
    assert!(!window.has("Cancel the new source") && window.shows("Unfinished new source “A gazette”"));
    window.click("Go on with the new source");
    assert_eq!(window.value("New source"), "A gazette");
    window.fill("New source", "");
    window.key(Key::Escape);
    assert!(!window.shows("Unfinished") && !window.has("Cancel the new source"));
}

#[test]
fn a_new_source_makes_way_too_and_neither_form_loses_what_is_typed_to_the_other() {
    let mut window = Window::on(TREATY);
    window.ctrl(Key::B);
    window.click("Add source…");
    window.type_text("A gazette");
    let at = window.mark("Duma ratifies");
    window.click_at(at);
    assert!(window.shows("Unfinished new source “A gazette”") && window.value("Title") == "Duma ratifies");
    begin(&mut window, "Council approves");
    assert!(window.shows("Unfinished new source") && window.has("New event title"));
    window.click("Go on with the new source");
    assert_eq!(window.value("New source"), "A gazette");
    window.key(Key::Escape);
    assert_eq!(window.value("New event title"), "Council approves");
}
