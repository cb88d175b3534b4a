//! The whole program without a window: real files, real jobs, driven by accessible names and keys.

use std::path::PathBuf;

use annalist::app::{MOST_RECENT, OpenRequest, Origin, Picked, Settings};
use annalist::interchange::events::write;
use annalist::theme::ThemeName;
use annalist::time::{CivilDay, Instant};
use annalist::ui::ThemeChoice;
use egui::accesskit::Role;
use egui::{Key, Modifiers, ViewportCommand};
use egui_kittest::kittest::{By, Queryable as _};

use super::window::{Setup, TREATY, Window};

const BROKEN: &str = "Timeline(\n    format: 1,\n    title: \"Broken\",\n    events: [\n        Event(tilte: \"x\", date: \"2024\"),\n    ],\n)\n";

/// The lines that are only in the first text, and those that are only in the second.
fn changed_lines<'t>(before: &'t str, after: &'t str) -> (Vec<&'t str>, Vec<&'t str>) {
    let only = |a: &'t str, b: &str| a.lines().filter(|line| !b.lines().any(|other| other == *line)).collect();
    (only(before, after), only(after, before))
}

#[test]
fn an_edit_and_a_new_event_survive_save_and_reopening_and_change_nothing_else_in_the_file() {
    let mut window = Window::on(TREATY);
    assert_eq!(window.app().window_title(), "timeline.ron — Annalist");
    window.select("Duma ratifies");
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("duma"));

    window.fill("Title", "State Duma ratifies");
    window.key(Key::Enter);
    assert_eq!(window.titles(), ["Treaty signed", "State Duma ratifies", "Treaty in force"]);
    assert_eq!(window.app().window_title(), "• timeline.ron — Annalist");
    window.ctrl(Key::Z);
    assert_eq!(window.titles()[1], "Duma ratifies");
    assert_eq!(window.app().window_title(), "timeline.ron — Annalist");
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(window.titles()[1], "State Duma ratifies");
    window.ctrl(Key::S);
    assert_eq!(window.errors(), Vec::<&str>::new());
    assert!(!window.app().session().is_unsaved());
    let saved = window.text();
    let (gone, come) = changed_lines(TREATY, &saved);
    assert_eq!((gone.len(), come.len()), (1, 1), "{gone:?} {come:?}");
    assert!(come[0].contains("State Duma ratifies") && come[0].contains("// by 397 votes"), "{come:?}");

    let before = window.text();
    window.key(Key::N);
    window.fill("New event title", "Council approves");
    window.fill("New event date", "2024-11-06");
    window.key(Key::Enter);
    assert_eq!(window.titles().len(), 4, "{:?}", window.titles());
    window.ctrl(Key::S);
    let after = window.text();
    let (gone, come) = changed_lines(&before, &after);
    assert_eq!(gone, Vec::<&str>::new());
    assert!(come.iter().any(|line| line.contains("Council approves")), "{come:?}");
    assert!(after.starts_with("// Kept by hand.\n") && after.contains("// The spine."));

    let file = window.file();
    let reopened = Setup { folder: Some(window.crash()), ..Setup::default() }.open(OpenRequest::File(file));
    assert_eq!(reopened.titles().len(), 4);
    assert!(reopened.titles().contains(&"Council approves"));
    assert_eq!(reopened.problem_errors(), Vec::<&str>::new());
}

#[test]
fn text_that_is_still_being_typed_is_saved_too() {
    let mut window = Window::on(TREATY);
    window.select("Duma ratifies");
    window.fill("Title", "Duma votes");
    window.ctrl(Key::S);
    assert!(window.text().contains("Duma votes"), "{}", window.text());
}

#[test]
fn deleting_an_event_takes_the_links_to_it_along_and_undo_brings_both_back() {
    let mut window = Window::on(TREATY);
    window.select("Treaty signed");
    window.key(Key::Delete);
    let session = window.app().session();
    assert_eq!(window.titles(), ["Duma ratifies", "Treaty in force"]);
    assert!(session.timeline().event("duma").unwrap().links.is_empty());
    assert_eq!(session.history().undo_label(), Some("Delete “Treaty signed”"));
    assert_eq!(window.app().view().transient.selection, None);
    window.ctrl(Key::Z);
    assert_eq!(window.titles()[0], "Treaty signed");
    assert_eq!(window.app().session().timeline().event("duma").unwrap().links.len(), 1);
}

#[test]
fn a_duplicate_stands_beside_its_original_and_is_selected() {
    let mut window = Window::on(TREATY);
    window.select("Treaty signed");
    window.ctrl(Key::D);
    assert_eq!(window.titles(), ["Treaty signed", "Treaty signed (copy)", "Duma ratifies", "Treaty in force"]);
    let copy = &window.app().session().timeline().events()[1];
    assert_ne!(copy.id, "signing");
    assert_eq!(window.app().view().transient.selection.as_ref(), Some(&copy.id));
}

#[test]
fn closing_with_unsaved_changes_asks_and_each_answer_is_obeyed() {
    let mut window = Window::on(TREATY);
    assert!(window.ask_to_close().contains(&ViewportCommand::CancelClose), "it looks before it closes");

    let mut window = Window::on(TREATY);
    window.select("Treaty in force");
    window.key(Key::Delete);
    assert!(window.ask_to_close().contains(&ViewportCommand::CancelClose));
    assert!(window.shows("Save the changes to “timeline.ron”?"));
    window.click("Cancel");
    assert!(!window.shows("Save the changes"));
    assert_eq!(window.text(), TREATY);

    window.ask_to_close();
    window.click("Save changes");
    assert!(!window.text().contains("Treaty in force"));
    assert!(!window.ask_to_close().contains(&ViewportCommand::CancelClose), "after saving it closes");

    let mut window = Window::on(TREATY);
    window.select("Treaty in force");
    window.key(Key::Delete);
    window.ask_to_close();
    window.click("Don’t save");
    assert_eq!(window.text(), TREATY);
    assert!(!window.ask_to_close().contains(&ViewportCommand::CancelClose));
}

#[test]
fn opening_another_file_with_unsaved_changes_asks_first() {
    let mut window = Window::on(TREATY);
    let other = window.path("other.ron");
    std::fs::write(&other, TREATY.replace("\"Treaty\",\n\n", "\"Other\",\n\n")).unwrap();
    window.select("Treaty in force");
    window.key(Key::Delete);
    window.answer(Picked::Path(other.clone()));
    window.ctrl(Key::O);
    assert!(window.shows("Save the changes to “timeline.ron”?"));
    window.click("Don’t save");
    assert_eq!(window.app().session().path(), Some(other.as_path()));
    assert_eq!(window.app().session().timeline().header().title, "Other");
    assert_eq!(window.text(), TREATY);
}

#[test]
fn a_file_that_does_not_parse_opens_read_only_and_is_never_written() {
    let mut window = Window::on(BROKEN);
    assert!(window.app().session().read_only().is_some());
    assert!(window.shows("tilte"), "the problem is listed");
    assert_eq!(window.errors().len(), 1);
    window.ctrl(Key::S);
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    window.key(Key::N);
    assert_eq!(window.text(), BROKEN);
    assert!(window.asked().is_empty(), "no path is asked for");
    assert!(window.app().session().timeline().events().is_empty());

    std::fs::write(window.file(), TREATY).unwrap();
    window.click("Reload from disk");
    assert!(window.app().session().read_only().is_none());
    assert_eq!(window.titles().len(), 3);
}

#[test]
fn of_a_damaged_file_what_could_be_read_is_shown_and_what_not_is_counted() {
    let one = TREATY.replace("title: \"Treaty signed", "tilte: \"Treaty signed");
    let two = one.replace("title: \"Treaty in force", "tilte: \"Treaty in force");
    for (text, says) in [(one, "one of its records could not be read"), (two, "2 of its records could not be read")] {
        let mut window = Window::on(&text);
        let notices = window.notices();
        assert!(notices.iter().any(|notice| notice.contains("read-only") && notice.contains(says)), "{notices:?}");
        window.select("Duma ratifies");
        assert_eq!(window.value("Title"), "Duma ratifies");
    }
}

#[test]
fn a_change_by_another_program_is_not_overwritten() {
    let mut window = Window::on(TREATY);
    let theirs = TREATY.replace("Treaty signed", "Treaty concluded");
    window.select("Treaty signed");
    window.fill("Title", "Treaty signed (copy)");
    std::fs::write(window.file(), &theirs).unwrap();
    window.ctrl(Key::S);
    window.wait_outside("it is asked", |window| window.shows("changed here and by another program"));
    assert_eq!(window.text(), theirs);
    assert!(window.app().session().is_unsaved());
    let mine = window.path("mine.ron");
    window.answer(Picked::Path(mine.clone()));
    window.click("Save as…");
    assert!(std::fs::read_to_string(&mine).unwrap().contains("Treaty signed (copy)"));
    assert_eq!(window.app().session().path(), Some(mine.as_path()));
    assert_eq!(window.text(), theirs);
}

#[test]
fn the_sample_is_saved_as_a_file_and_our_own_dialog_stands_in_for_a_missing_one() {
    let mut window = Setup::default().open(OpenRequest::Last);
    assert_eq!(*window.app().session().origin(), Origin::Sample);
    assert_eq!(window.app().window_title(), "Sample — Annalist");
    assert_eq!(window.problem_errors(), Vec::<&str>::new());
    window.answer(Picked::Unavailable);
    window.ctrl(Key::S);
    assert!(window.shows("Save the timeline as"));
    let path = window.path("mine");
    window.fill("Path", path.to_str().unwrap());
    window.click("Save file");
    let path = path.with_extension("ron");
    assert_eq!(window.app().session().path(), Some(path.as_path()));
    assert_eq!(window.app().settings().recent, std::slice::from_ref(&path));
    assert_eq!(window.app().settings().last_file, Some(path));
}

#[test]
fn a_last_file_that_is_gone_gives_the_sample_and_says_so() {
    let gone = PathBuf::from("/nowhere/gone.ron");
    let settings = Settings { last_file: Some(gone.clone()), recent: vec![gone], ..Settings::default() };
    let window = Setup { settings, ..Setup::default() }.open(OpenRequest::Last);
    assert_eq!(*window.app().session().origin(), Origin::Sample);
    assert!(window.shows("The last file could not be opened"));
    assert!(window.app().settings().recent.is_empty());
}

#[test]
fn recent_files_are_in_the_menu_newest_first() {
    let mut window = Window::on(TREATY);
    for number in 0..MOST_RECENT {
        let path = window.path(&format!("{number}.ron"));
        std::fs::write(&path, TREATY).unwrap();
        window.answer(Picked::Path(path));
        window.ctrl(Key::O);
    }
    let names: Vec<_> = window.app().settings().recent.iter().map(|path| path.file_name().unwrap()).collect();
    assert_eq!(names.len(), MOST_RECENT);
    assert_eq!((names[0], names[9]), ("9.ron".as_ref(), "0.ron".as_ref()));
    window.click("File");
    window.click("Recent files");
    let entry = window.harness.get(By::new().role(Role::Button).label_contains("3.ron"));
    entry.click();
    window.settle();
    assert_eq!(window.app().session().path(), Some(window.path("3.ron").as_path()));
}

#[test]
fn the_query_filters_and_says_how_many_match() {
    let mut window = Window::on(TREATY);
    assert!(window.shows("3 events"));
    window.ctrl(Key::F);
    assert!(window.field("Find events").is_focused());
    window.field("Find events").type_text("ratifies duma");
    window.settle();
    assert!(window.shows("1 of 3 events"));
    let shown = window.harness.query_all(By::new().role(Role::ListBoxOption)).count();
    assert_eq!(shown, 1);
    window.click("Clear the query");
    assert!(window.shows("3 events"));
}

#[test]
fn a_question_that_cannot_be_read_says_why_and_leaves_the_last_answer() {
    let mut window = Window::on(TREATY);
    window.fill("Find events", "standing:confirmed");
    let found = window.app().view().place.query.clone();
    assert!(window.shows(" of 3 events"), "{found}");
    let confirmed = window.harness.query_all(By::new().role(Role::ListBoxOption)).count();
    window.fill("Find events", "standng:confirmed");
    assert!(window.shows("“standng” is no field"));
    assert!(window.shows("did you mean standing?"));
    assert_eq!(window.harness.query_all(By::new().role(Role::ListBoxOption)).count(), confirmed);
    window.fill("Find events", "-before:2024-11");
    assert!(!window.shows("is no field"));
}

#[test]
fn the_question_field_offers_names_and_then_values_with_counts() {
    let mut window = Window::on(TREATY);
    window.ctrl(Key::F);
    window.field("Find events").type_text("stan");
    window.settle();
    assert!(window.shows("standing:"));
    // Enter behind a word asks for the word; only an arrow reaches a name.
    window.key(Key::Enter);
    assert_eq!(window.app().view().place.query, "stan");
    window.ctrl(Key::F);
    window.settle();
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    assert_eq!(window.app().view().place.query, "standing:");
    window.settle();
    assert!(window.shows("events") && window.field("Find events").is_focused());
    window.field("Find events").type_text("conf");
    window.settle();
    window.key(Key::Enter);
    assert_eq!(window.app().view().place.query, "standing:Confirmed");
    window.settle();
    assert!(!window.shows("is no term"));
}

#[test]
fn keys_of_one_letter_are_text_while_a_field_has_the_keyboard() {
    let mut window = Window::on(TREATY);
    window.ctrl(Key::F);
    for key in [Key::N, Key::Delete, Key::Backspace, Key::Num0, Key::Enter] {
        window.key(key);
    }
    assert_eq!(window.titles().len(), 3);
    assert!(!window.app().session().is_unsaved());
    assert!(window.shows("3 events"));
}

#[test]
fn iso_weeks_are_a_setting_that_stays() {
    let mut window = Window::on(TREATY);
    for on in [true, false] {
        window.ctrl(Key::K);
        window.field("Find a command").type_text("ISO week");
        window.key(Key::Enter);
        assert_eq!(window.app().settings().iso_weeks, on);
    }
}

#[test]
fn dates_on_labels_are_a_setting_that_stays_and_that_a_saved_view_can_ask_for() {
    let shows = |window: &Window| {
        let app = window.app();
        app.view().shows_dates(app.settings().preferences())
    };
    let mut window = Window::on(
        "Timeline(format: 1, title: \"T\", events: [Event(title: \"Signed\", date: \"2024-10-24\")],
         views: [View(id: \"bare\", title: \"Without dates\", window: \"2024-01/2024-12\", dates: Hidden)])",
    );
    assert!(shows(&window));
    for on in [false, true] {
        window.ctrl(Key::K);
        window.field("Find a command").type_text("Dates on labels");
        window.key(Key::Enter);
        assert_eq!((shows(&window), window.app().settings().hides_dates), (on, !on));
    }
    window.harness.get_by_label_contains("Without dates").click_accesskit();
    window.settle();
    assert!(!shows(&window) && !window.app().settings().hides_dates);
    window.ctrl(Key::K);
    window.field("Find a command").type_text("Dates on labels");
    window.key(Key::Enter);
    assert!(shows(&window), "whatever hid them");
}

#[test]
fn the_palette_finds_and_runs_a_command() {
    let mut window = Window::on(TREATY);
    window.ctrl(Key::K);
    window.field("Find a command").type_text("xyzzy");
    window.settle();
    assert!(window.shows("Nothing of this name"));
    window.ctrl(Key::A);
    window.field("Find a command").type_text("dark");
    window.key(Key::Enter);
    assert_eq!(window.app().settings().theme, ThemeChoice::Dark);
    assert_eq!(window.app().theme().name, ThemeName::Dark);
    assert!(!window.shows("Nothing of this name"));
}

#[test]
fn the_theme_follows_the_button_and_the_shortcuts_are_listed() {
    let settings = Settings { theme: ThemeChoice::Light, ..Settings::default() };
    let mut window = Setup { settings, ..Setup::default() }.open(OpenRequest::Sample);
    assert_eq!(window.app().theme().name, ThemeName::Light);
    window.click("Theme: dark");
    assert_eq!(window.app().theme().name, ThemeName::Dark);
    window.click("Theme: light");
    assert_eq!(window.app().theme().name, ThemeName::Light);
    window.key(Key::Questionmark);
    assert!(window.shows("Keyboard shortcuts"));
    assert!(window.shows("Ctrl+Shift+Z, Ctrl+Y"));
    window.key(Key::Escape);
    assert!(!window.shows("Ctrl+Shift+Z, Ctrl+Y"));
}

#[test]
fn a_picture_is_written_where_the_user_says() {
    let mut window = Window::on(TREATY);
    window.ctrl(Key::E);
    assert!(window.shows("Colours"));
    window.click("SVG");
    let path = window.path("treaty.svg");
    window.answer(Picked::Path(path.clone()));
    window.click("Export");
    let svg = std::fs::read_to_string(&path).unwrap();
    assert!(svg.contains("<svg") && svg.contains("Duma ratifies"));
    assert!(window.shows("treaty.svg"));
    assert_eq!(window.errors(), Vec::<&str>::new());
}

#[test]
fn a_brief_is_written_with_its_title_and_follows_the_format() {
    let mut window = Window::on(TREATY);
    window.ctrl(Key::E);
    window.click("Markdown");
    assert!(window.shows("Shown: 3 of 3 events"), "the front matter is shown before it is written");
    assert!(!window.shows("Scale"), "a brief has no scale");
    window.fill("Title of the brief", "The road to force");
    let path = window.path("brief.md");
    window.answer(Picked::Path(path.clone()));
    window.click("Choose file…");
    window.click("HTML");
    window.click("Export");
    assert!(!path.exists());
    let html = std::fs::read_to_string(path.with_extension("html")).unwrap();
    assert!(html.contains("<h1 dir=\"auto\">The road to force</h1>") && html.contains("Duma ratifies"));
    assert!(window.shows("brief.html"));
    assert_eq!(window.errors(), Vec::<&str>::new());
}

#[test]
fn events_are_written_for_another_program_and_what_it_has_no_place_for_is_told() {
    let mut window = Window::on(TREATY);
    window.ctrl(Key::E);
    window.click("Events as…");
    assert!(window.shows("3 events as CSV"), "what will be written is told before it is");
    assert!(!window.shows("Scale") && window.shows("Collectors"), "a table has the captures of sources");
    window.click_combo("Format of events");
    window.click("TimelineJS");
    assert!(window.shows("3 events as TimelineJS") && !window.shows("Collectors"));
    let path = window.path("treaty.timelinejs.json");
    window.answer(Picked::Path(path.clone()));
    window.click("Export");
    let json = std::fs::read_to_string(&path).unwrap();
    assert!(json.contains("\"headline\":\"Duma ratifies"), "{json}");
    assert!(window.tells("treaty.timelinejs.json"));
    assert_eq!(window.errors(), Vec::<&str>::new());
    window.ctrl(Key::E);
    assert!(window.shows("3 events as TimelineJS"), "the dialog remembers the format");
}

#[test]
fn a_file_dropped_on_the_window_is_opened() {
    let mut window = Setup::default().open(OpenRequest::Sample);
    let path = window.path("dropped.ron");
    std::fs::write(&path, TREATY).unwrap();
    window.drop_files(&[&path]);
    assert_eq!(window.app().session().path(), Some(path.as_path()));
}

#[test]
fn a_saved_view_takes_the_window_to_its_stretch_of_time() {
    let mut window = Setup::default().open(OpenRequest::Sample);
    window.click("Ratification weeks");
    let viewport = window.app().view().place.viewport;
    assert_eq!(viewport.origin, Instant::from_day(CivilDay::new(2024, 10, 10)).unwrap());
    assert_eq!(viewport.end().day(), CivilDay::new(2024, 11, 16));
}

#[test]
fn the_legend_is_a_panel_that_stays_open_covers_no_mark_and_closes_by_key_and_button() {
    const SHOWN: &str = "How dates, standings, sourcing and links are drawn";
    let mut window = Window::on(TREATY);
    window.key(Key::L);
    assert!(window.has(SHOWN) && window.app().settings().legend.is_open);
    let panel = window.named(SHOWN).rect();
    for title in ["Treaty signed", "Duma ratifies", "Treaty in force"] {
        assert!(!window.option(title).rect().intersects(panel), "{title} is covered");
    }
    // The window goes on beside it.
    window.select("Duma ratifies");
    window.key(Key::Period);
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("force"));
    assert!(window.has(SHOWN));
    window.click("Close");
    assert!(!window.has(SHOWN) && !window.app().settings().legend.is_open);
    window.key(Key::L);
    window.key(Key::L);
    assert!(!window.has(SHOWN));
}

#[test]
fn the_legend_leaves_a_corner_into_which_marks_come_and_says_so_where_there_are_none() {
    const SHOWN: &str = "How dates, standings, sourcing and links are drawn";
    let events: String = (1..=28)
        .map(|day| format!("Event(title: \"Note {day:02}\", date: \"2024-02-{day:02}\", weight: {}),", day % 5 + 1))
        .collect();
    let mut window = Window::on(&format!("Timeline(format: 1, title: \"T\", events: [{events}])"));
    window.key(Key::L);
    for _ in 0..6 {
        window.key(Key::ArrowLeft);
        if !window.has(SHOWN) {
            continue;
        }
        let panel = window.named(SHOWN).rect();
        for day in 1..=28 {
            let title = format!("Note {day:02}");
            let is_covered = !window.options(&title).is_empty() && window.option(&title).rect().intersects(panel);
            assert!(!is_covered, "{title} is covered");
        }
    }
    let mut empty = Window::on("Timeline(format: 1, title: \"T\")");
    empty.key(Key::L);
    assert!(empty.shows("The window shows nothing that needs explaining"));
}

#[test]
fn the_legend_is_that_of_the_file_that_is_opened_while_it_is_open() {
    const SHOWN: &str = "How dates, standings, sourcing and links are drawn";
    let mut window = Window::on("Timeline(format: 1, title: \"T\")");
    window.key(Key::L);
    assert!(window.shows("The window shows nothing that needs explaining"));
    let path = window.path("dropped.ron");
    std::fs::write(&path, TREATY).unwrap();
    window.drop_files(&[&path]);
    assert!(window.has(SHOWN), "nobody has moved the pointer");
    // Left open, and there from the first frame on.
    let legend = annalist::ui::LegendPlace { is_open: true, corner: None };
    let settings = Settings { legend, ..Settings::default() };
    assert!(Setup { settings, ..Setup::default() }.on(TREATY).has(SHOWN));
}

#[test]
fn a_picture_folds_what_the_dialog_says() {
    let text = include_str!("../../timelines/russia-dprk-treaty.ron");
    let mut window = Window::on(text);
    window.ctrl(Key::E);
    window.click("SVG");
    let path = window.path("treaty.svg");
    let folds = |window: &mut Window, choice: &str| {
        window.click(choice);
        window.answer(Picked::Path(path.clone()));
        window.click("Export");
        let svg = std::fs::read_to_string(&path).unwrap();
        window.ctrl(Key::E);
        svg.contains("34 years")
    };
    assert!(folds(&mut window, "Automatic"));
    assert!(!folds(&mut window, "None"));
    assert!(folds(&mut window, "As in the window"));
}

#[test]
fn the_legend_is_carried_into_a_corner_and_stands_there_the_next_time() {
    const SHOWN: &str = "How dates, standings, sourcing and links are drawn";
    let mut window = Window::on(TREATY);
    window.key(Key::L);
    let handle = window.named("Drag the legend into another corner").rect().center();
    // By its title towards the lower left corner.
    window.drag(Modifiers::NONE, handle, egui::pos2(80.0, 760.0) - handle);
    assert_eq!(window.app().settings().legend.corner, Some(annalist::ui::Corner::BottomLeft));
    let at = |window: &Window| window.named(SHOWN).rect().center();
    let put = at(&window);
    assert!(put.x < 500.0 && put.y > 420.0, "{put:?}");
    window.key(Key::L);
    window.key(Key::L);
    assert_eq!(at(&window), put);
}

#[test]
fn clearing_the_query_in_the_table_brings_every_mark_back() {
    let mut window = Window::on(TREATY);
    window.ctrl(Key::T);
    window.ctrl(Key::F);
    window.type_text("nothing says this");
    assert_eq!(window.harness.query_all_by_label_contains("Duma ratifies").count(), 0);
    // The first such button stands in the query field, the last in the table.
    window.harness.query_all_by_label("Clear the query").last().unwrap().click();
    window.settle();
    // Once in the table, once on the track.
    assert_eq!(window.harness.query_all_by_label_contains("Duma ratifies").count(), 2);
}

#[test]
fn a_key_mends_the_chosen_problem_and_undo_brings_it_back() {
    let text = TREATY.replace("lane: \"treaty\"),\n        Event(\n", "lane: \"traety\"),\n        Event(\n");
    assert_ne!(text, TREATY);
    let mut window = Window::on(&text);
    assert_eq!(window.problem_errors(), ["unknown-lane"]);
    window.ctrl(Key::Period);
    assert_eq!(window.problem_errors(), ["unknown-lane"], "the first time it is shown");
    assert!(window.shows("There is no lane \"traety\""));
    window.ctrl(Key::Period);
    assert_eq!(window.problem_errors(), Vec::<&str>::new());
    window.ctrl(Key::S);
    assert_eq!(changed_lines(&text, &window.text()).0.len(), 1);
    window.ctrl(Key::Z);
    assert_eq!(window.problem_errors(), ["unknown-lane"]);
    window.ctrl(Key::Period);
    window.ctrl(Key::Period);
    assert!(window.app().notices().iter().any(|notice| notice.text.starts_with("Only you can mend")));
}

#[test]
fn an_export_that_takes_its_time_is_told_and_called_off() {
    let event =
        |at: usize| format!("Event(id: \"e{at}\", title: \"Event {at}\", date: \"2024-06-{:02}\"),\n", at % 28 + 1);
    let events: String = (0..40_000).map(event).collect();
    let mut window = Window::on(&format!("Timeline(format: 1, title: \"Many\", events: [\n{events}])"));
    window.ctrl(Key::E);
    window.click("Events as…");
    let path = window.path("many.csv");
    window.answer(Picked::Path(path.clone()));
    window.named("Export").click();
    window.wait_until("the export is told", |screen| screen.shows("Cancel export"));
    window.click("Cancel export");
    assert!(window.tells("many.csv was called off"), "{:?}", window.notices());
    assert!(!path.exists());
}

#[test]
fn every_format_of_events_is_written_from_the_window() {
    let mut window = Window::on(TREATY);
    for format in &write::FORMATS {
        window.ctrl(Key::E);
        window.click("Events as…");
        window.click_combo("Format of events");
        window.click(format.label);
        assert!(window.shows(&format!("as {}", format.label)), "{}", format.id);
        let path = window.path(&format!("treaty.{}", format.extension));
        window.answer(Picked::Path(path.clone()));
        window.click("Export");
        assert!(std::fs::metadata(&path).unwrap().len() > 0, "{}", format.id);
        assert_eq!(window.errors(), Vec::<&str>::new());
    }
    assert_eq!(window.notices().len(), 1, "the last export alone is told of: {:?}", window.notices());
}

#[test]
fn that_a_file_was_not_opened_is_said_until_another_is() {
    let mut window = Window::on(TREATY);
    let open = |window: &mut Window, path: &str| {
        window.menu("File", "Open by path");
        window.fill("Path", path);
        window.click("Open file");
        window.settle();
    };
    let wrong = window.path("wrong.ron").to_str().unwrap().to_owned();
    open(&mut window, &wrong);
    assert!(window.tells("Could not open the file"), "{:?}", window.notices());
    window.menu("File", "Open by path");
    assert_eq!(window.value("Path"), wrong, "what was typed is not typed anew");
    let folder = window.folder.path().to_str().unwrap().to_owned();
    window.fill("Path", &folder);
    assert!(window.shows("This is a folder and no file"));
    window.key(Key::Escape);
    let other = window.path("other.ron");
    std::fs::write(&other, TREATY).unwrap();
    open(&mut window, other.to_str().unwrap());
    assert!(!window.tells("Could not open the file"), "{:?}", window.notices());
    window.menu("File", "Open by path");
    assert_ne!(window.value("Path"), wrong);
}
