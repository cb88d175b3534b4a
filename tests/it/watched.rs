//! The file of the open timeline changed by others: taken in, brought together with what was changed here, or said to be gone.

use std::fs;
use std::path::Path;
use std::process::Command;

use annalist::app::{OpenRequest, Picked};
use annalist::store;
use egui::Key;
use egui_kittest::kittest::NodeT as _;

use crate::window::{FILE, Setup, TREATY, Window};

/// The treaty as another program leaves it.
fn theirs(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(TREATY.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    })
}

const RETITLED: (&str, &str) = ("Treaty in force", "Treaty takes force");
const DATED: (&str, &str) = ("2024-12-04", "2024-12-05");
const ADDED: (&str, &str) = (
    "        // The spine.",
    "        Event(id: \"talks\", title: \"Talks begin\", date: \"2024-05\"),\n        // The spine.",
);

/// How another program writes a text into a file.
type Write = fn(&Path, &str);

/// A window in which a frame takes little time, so that no notice passes while others are waited for.
fn window() -> Window {
    Setup { step_seconds: 0.01, ..Setup::default() }.on(TREATY)
}

/// A timeline that is written as some editors do: beside the file, and then put in its place.
fn replace(path: &Path, text: &str) {
    let beside = path.with_extension("swp");
    fs::write(&beside, text).unwrap();
    fs::rename(beside, path).unwrap();
}

fn took_in(window: &mut Window) {
    window.wait_outside("the change was taken in", |window| window.undo_label().starts_with("Take in"));
}

#[test]
fn a_change_of_the_file_is_taken_in_with_view_and_selection_kept() {
    let ways: [(&str, Write); 2] = [("written", |path, text| fs::write(path, text).unwrap()), ("replaced", replace)];
    for (how, write) in ways {
        let mut window = window();
        window.select("Duma ratifies");
        window.key(Key::Plus);
        let (place, selection) = (window.app().view().place.clone(), window.app().view().transient.selection.clone());
        let text = theirs(&[RETITLED, ADDED]);
        write(&window.file(), &text);
        took_in(&mut window);
        assert_eq!(window.titles(), ["Talks begin", "Treaty signed", "Duma ratifies", "Treaty takes force"], "{how}");
        assert!(window.tells("timeline.ron was changed by another program: 1 event added, 1 changed"), "{how}");
        assert_eq!(window.app().view().transient.selection, selection);
        assert_eq!(window.app().view().place, place);
        assert!(!window.app().session().is_unsaved());
        window.click("Show what changed");
        assert!(window.shows("What another program changed in “timeline.ron”"));
        assert!(window.shows("+ Talks begin (May 2024)"));
        window.click("Close");
        // It can be taken back, and what is changed now goes into their text.
        window.undo();
        assert_eq!(window.titles(), ["Treaty signed", "Duma ratifies", "Treaty in force"]);
        assert!(window.app().session().is_unsaved());
        window.ctrl(Key::Y);
        assert!(!window.app().session().is_unsaved());
        window.fill("Title", "State Duma ratifies");
        window.key(Key::Enter);
        window.ctrl(Key::S);
        assert_eq!(window.text(), text.replace("Duma ratifies", "State Duma ratifies"), "{how}");
        assert_eq!(window.errors(), Vec::<&str>::new());
    }
}

#[test]
fn what_git_checks_out_is_taken_in() {
    let mut window = window();
    let folder = window.folder.path().to_owned();
    let git = |args: &[&str]| {
        let command = Command::new("git").current_dir(&folder).args(args).output().unwrap();
        assert!(command.status.success(), "{args:?}: {}", String::from_utf8_lossy(&command.stderr));
    };
    git(&["init", "-q"]);
    let commit = |message: &str| {
        git(&["add", FILE]);
        git(&["-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qm", message]);
    };
    commit("one");
    git(&["checkout", "-qb", "other"]);
    fs::write(window.file(), theirs(&[RETITLED])).unwrap();
    took_in(&mut window);
    commit("two");
    git(&["checkout", "-q", "-"]);
    window.wait_outside("what was checked out is shown", |window| window.titles()[2] == "Treaty in force");
    git(&["checkout", "-q", "other"]);
    window.wait_outside("what was checked out is shown", |window| window.titles()[2] == "Treaty takes force");
    assert!(!window.app().session().is_unsaved());
}

#[test]
fn a_change_of_layout_is_taken_in_without_a_step_to_undo() {
    let mut window = window();
    let text = theirs(&[("// Kept by hand.", "// Kept by hand, with care.")]);
    fs::write(window.file(), &text).unwrap();
    window.wait_outside("the change was told", |window| window.tells("in its order or layout alone"));
    assert_eq!(window.undo_label(), "");
    window.select("Treaty signed");
    window.fill("Title", "Signed");
    window.key(Key::Enter);
    window.ctrl(Key::S);
    assert_eq!(window.text(), text.replace("Treaty signed", "Signed"));
}

#[test]
fn the_order_of_the_file_is_taken_in() {
    let mut window = window();
    let force = "        Event(id: \"force\", title: \"Treaty in force\", date: \"2024-12-04\"),\n";
    let text = TREATY.replace(force, "").replace("        // The spine.\n", &format!("{force}        // The spine.\n"));
    fs::write(window.file(), &text).unwrap();
    took_in(&mut window);
    assert_eq!(window.titles(), ["Treaty in force", "Treaty signed", "Duma ratifies"]);
    assert!(!window.app().session().is_unsaved());
}

#[test]
fn what_the_window_saves_is_no_change_of_another() {
    let mut window = window();
    window.select("Treaty signed");
    window.fill("Title", "Signed");
    window.key(Key::Enter);
    window.ctrl(Key::S);
    let saved = window.text();
    // What comes next shows that the watch has seen the save.
    fs::write(window.file(), saved.replace("Duma", "State Duma")).unwrap();
    took_in(&mut window);
    window.undo();
    assert!(!window.undo_label().is_empty() && !window.undo_label().starts_with("Take in"), "{}", window.undo_label());
    assert!(!window.tells("layout alone"));
}

#[test]
fn a_symlink_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    let (there, here) = (folder.path().join("there"), folder.path().join("here"));
    fs::create_dir(&there).unwrap();
    fs::create_dir(&here).unwrap();
    let (target, link) = (there.join("kept.ron"), here.join(FILE));
    fs::write(&target, TREATY).unwrap();
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let setup = Setup { step_seconds: 0.01, folder: Some(folder), ..Setup::default() };
    let mut window = setup.open(OpenRequest::File(link.clone()));
    fs::write(&target, theirs(&[RETITLED])).unwrap();
    took_in(&mut window);
    // The link leads elsewhere.
    let other = there.join("other.ron");
    fs::write(&other, theirs(&[DATED])).unwrap();
    fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink(&other, &link).unwrap();
    window.wait_outside("the other file is shown", |window| window.titles()[2] == "Treaty in force");
}

#[test]
fn a_file_that_cannot_be_read_stays_unread_until_it_can() {
    let mut window = window();
    let text = theirs(&[RETITLED]);
    let half = &text[..text.len() - 40];
    fs::write(window.file(), half).unwrap();
    window.wait_outside("it was told", |window| window.tells("cannot be read now: line"));
    assert_eq!(window.titles()[2], "Treaty in force");
    assert!(window.shows("The file cannot be read now"));
    // It is not written to.
    window.select("Treaty signed");
    window.fill("Title", "Signed");
    window.key(Key::Enter);
    window.ctrl(Key::S);
    window.wait_outside("the save was refused", |window| window.tells("Not saved: timeline.ron would lose"));
    assert_eq!(window.text(), half);
    // Said again it stands there once.
    let refused = |window: &Window| window.notices().iter().filter(|said| said.contains("Not saved: ")).count();
    window.ctrl(Key::S);
    window.steps(2);
    assert_eq!(refused(&window), 1, "{:?}", window.notices());
    fs::write(window.file(), &text).unwrap();
    took_in(&mut window);
    assert_eq!(window.titles(), ["Signed", "Duma ratifies", "Treaty takes force"]);
    assert!(!window.tells("cannot be read now"));
    window.ctrl(Key::S);
    assert_eq!(window.text(), text.replace("Treaty signed", "Signed"));
    assert_eq!(refused(&window), 0, "{:?}", window.notices());
}

#[test]
fn a_damaged_file_that_is_mended_elsewhere_is_shown_anew() {
    let mut window = Setup { step_seconds: 0.01, ..Setup::default() }
        .on(&TREATY.replace("title: \"Treaty in", "tilte: \"Treaty in"));
    assert!(window.tells("read-only"));
    fs::write(window.file(), TREATY).unwrap();
    window.wait_outside("it was read again", |window| window.app().session().read_only().is_none());
    assert_eq!(window.titles().len(), 3);
    assert!(!window.tells("read-only"));
}

#[test]
fn a_timeline_that_is_read_again_keeps_its_bands_window_and_clock() {
    let views = r#"    ],
    views: [(id: "v", title: "V", window: "2024-10/2024-12", zone: "Asia/Tokyo", grouping: Actor, bands: "by count; at most 1")],
)
"#;
    let (head, _) = TREATY.rsplit_once("    ]").unwrap();
    let acted = head.replace("date: \"2024-10-24\",", "date: \"2024-10-24\", actors: [\"Duma\", \"Putin\"],");
    let mended = format!("{acted}{views}");
    assert_ne!(acted, head);
    let mut window = Setup { step_seconds: 0.01, ..Setup::default() }
        .on(&mended.replace("title: \"Treaty in", "tilte: \"Treaty in"));
    window.key(Key::Num1);
    window.settle();
    let state = |window: &Window| {
        let document = window.app().session().document(annalist::time::Instant::default());
        let bands: Vec<String> = document.index.bands().iter().map(|band| band.title.clone()).collect();
        (bands, document.zone.name(), window.app().view().place.clone())
    };
    let before = state(&window);
    assert_eq!((before.0.len(), before.1), (3, "Asia/Tokyo"), "{before:?}");
    // Mended elsewhere it is read anew as a whole, and reloaded by hand it is opened once more.
    fs::write(window.file(), &mended).unwrap();
    window.wait_outside("it was read again", |window| window.app().session().read_only().is_none());
    window.settle();
    assert_eq!(window.titles().len(), 3);
    let after = state(&window);
    assert_eq!((&after.1, &after.2), (&before.1, &before.2));
    let number = window.app().session().revision();
    window.menu("File", "Reload from disk");
    window.wait_outside("it was opened again", |window| window.app().session().revision() >> 40 != number >> 40);
    window.settle();
    assert_eq!(state(&window), after);
}

/// Changes the title of the first event in the window.
fn retitle(window: &mut Window, title: &str) {
    window.select("Treaty signed");
    window.fill("Title", title);
    window.key(Key::Enter);
}

#[test]
fn changes_of_both_sides_come_together_where_they_do_not_collide() {
    let mut window = window();
    retitle(&mut window, "Signed");
    let text = theirs(&[RETITLED, ADDED]);
    fs::write(window.file(), &text).unwrap();
    took_in(&mut window);
    assert_eq!(window.titles(), ["Talks begin", "Signed", "Duma ratifies", "Treaty takes force"]);
    assert!(window.app().session().is_unsaved());
    assert!(window.tells("What you changed is kept, and not saved yet"));
    assert_eq!(window.text(), text, "nothing is written without a save");
    window.undo();
    assert_eq!(window.titles(), ["Signed", "Duma ratifies", "Treaty in force"]);
    window.ctrl(Key::Y);
    window.ctrl(Key::S);
    assert_eq!(window.text(), text.replace("Treaty signed", "Signed"));
    assert!(!window.app().session().is_unsaved());
}

#[test]
fn a_save_that_meets_a_change_first_brings_both_together() {
    let mut window = window();
    retitle(&mut window, "Signed");
    let text = theirs(&[RETITLED]);
    fs::write(window.file(), &text).unwrap();
    window.ctrl(Key::S);
    window.wait_outside("both are saved", |window| !window.app().session().is_unsaved());
    assert_eq!(window.text(), text.replace("Treaty signed", "Signed"));
    assert_eq!(window.errors(), Vec::<&str>::new());
}

#[test]
fn what_both_sides_added_as_sources_stays() {
    let mut window = window();
    let cited = |title: &str| theirs(&[("title: \"Treaty in force\"", title)]);
    let source = |id: &str| format!("sources: [Source(id: \"{id}\", title: \"The {id}\")],\n    events: [");
    let text = cited("title: \"Treaty in force\", citations: [Citation(source: \"wire\")]")
        .replace("events: [", &source("wire"));
    window.select("Treaty in force");
    window.fill("Source to cite", "Gazette");
    window.key(Key::Enter);
    assert_eq!(window.event("force").citations.len(), 1);
    fs::write(window.file(), &text).unwrap();
    took_in(&mut window);
    let cited: Vec<&str> = window.event("force").citations.iter().map(|citation| citation.source.as_str()).collect();
    assert_eq!(cited, ["wire", "gazette"]);
}

/// A window in which the date of an event was changed otherwise than in the file, and which asks.
fn in_conflict() -> Window {
    let mut window = window();
    window.select("Treaty in force");
    window.fill("Title", "Treaty enters into force");
    window.key(Key::Enter);
    fs::write(window.file(), theirs(&[RETITLED, ADDED])).unwrap();
    window.wait_outside("it was asked", |window| window.shows("was changed here and by another program"));
    window
}

const OURS: &str = "Yours: Treaty enters into force (Title of “Treaty enters into force”)";
const THEIRS: &str = "In the file: Treaty takes force (Title of “Treaty enters into force”)";

#[test]
fn a_conflict_is_decided_by_hand_and_nothing_before() {
    for (choice, title) in [(OURS, "Treaty enters into force"), (THEIRS, "Treaty takes force")] {
        let mut window = in_conflict();
        assert!(window.shows("In the file: 1 event added, 1 changed."));
        assert!(window.named("Merge").accesskit_node().is_disabled());
        window.click(choice);
        window.click("Merge");
        assert_eq!(window.titles(), ["Talks begin", "Treaty signed", "Duma ratifies", title]);
        assert_eq!(window.app().session().is_unsaved(), choice == OURS);
        window.ctrl(Key::S);
        assert_eq!(window.text(), theirs(&[("Treaty in force", title), ADDED]));
        window.undo();
        assert_eq!(window.titles(), ["Treaty signed", "Duma ratifies", "Treaty enters into force"]);
    }
}

#[test]
fn a_conflict_is_decided_by_keys() {
    let mut window = in_conflict();
    window.tab_to(THEIRS);
    window.key(Key::Space);
    window.tab_to("Merge");
    window.key(Key::Enter);
    assert_eq!(window.titles(), ["Talks begin", "Treaty signed", "Duma ratifies", "Treaty takes force"]);
}

#[test]
fn the_choice_of_a_conflict_has_the_keyboard_and_goes_on_by_enter() {
    let mut window = in_conflict();
    assert_eq!(window.focused(), OURS);
    window.key(Key::ArrowRight);
    assert_eq!(window.focused(), THEIRS);
    window.key(Key::ArrowRight);
    window.key(Key::ArrowDown);
    assert_eq!(window.focused(), THEIRS);
    window.key(Key::Enter);
    assert_eq!(window.focused(), "Merge");
    window.key(Key::Enter);
    assert_eq!(window.titles(), ["Talks begin", "Treaty signed", "Duma ratifies", "Treaty takes force"]);
}

#[test]
fn what_was_taken_in_before_a_conflict_is_not_counted_with_it() {
    let mut window = window();
    fs::write(window.file(), theirs(&[ADDED])).unwrap();
    window.wait_outside("it came in", |window| window.tells("1 event added"));
    window.select("Treaty in force");
    window.fill("Title", "Treaty enters into force");
    window.key(Key::Enter);
    fs::write(window.file(), theirs(&[RETITLED, ADDED])).unwrap();
    window.wait_outside("it was asked", |window| window.shows("was changed here and by another program"));
    assert!(window.shows("In the file: 1 event changed."));
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_says_so_when_it_is_opened() {
    use std::os::unix::fs::PermissionsExt as _;

    let mut window = window();
    assert!(!window.app().window_title().contains("cannot be written"));
    fs::set_permissions(window.file(), fs::Permissions::from_mode(0o400)).unwrap();
    window.menu("File", "Reload from disk");
    window.wait_until("it is read again", |window| {
        window.shows("Cannot be written: it is read-only; allow writing to it")
    });
    assert!(window.app().window_title().contains("(cannot be written)"));
    fs::set_permissions(window.file(), fs::Permissions::from_mode(0o600)).unwrap();
    window.select("Treaty in force");
    window.fill("Title", "Treaty enters into force");
    window.key(Key::Enter);
    window.ctrl(Key::S);
    window.wait_until("it is saved", |window| !window.shows("Cannot be written"));
}

#[test]
fn a_conflict_left_for_later_is_never_overwritten() {
    let mut window = in_conflict();
    window.key(Key::Escape);
    assert!(window.shows("Changed here and in the file"));
    assert!(window.tells("was changed here and on disk. Nothing is saved until you merge"));
    let text = window.text();
    window.ctrl(Key::S);
    window.wait_outside("the save asks", |window| window.shows("was changed here and by another program"));
    assert_eq!(window.text(), text);
    // Merged from there, it is saved as was asked.
    window.click(OURS);
    window.click("Merge");
    window.wait_outside("it is saved", |window| !window.app().session().is_unsaved());
    assert_eq!(window.text(), theirs(&[("Treaty in force", "Treaty enters into force"), ADDED]));
    assert!(!window.shows("Changed here and in the file") && !window.tells("until you merge"));
}

#[test]
fn a_conflict_that_is_taken_back_here_lets_the_file_in() {
    let mut window = in_conflict();
    window.click("Later");
    window.undo();
    window.wait_outside("the change was taken in", |window| window.titles()[0] == "Talks begin");
    assert!(!window.app().session().is_unsaved());
}

#[test]
fn reloading_asks_once_and_can_give_up_what_was_changed_here() {
    let mut window = window();
    retitle(&mut window, "Signed");
    fs::write(window.file(), theirs(&[RETITLED])).unwrap();
    window.menu("File", "Reload from disk");
    // The watch may have been first.
    window.wait_outside("it asks or has them together", |window| {
        window.shows("was changed here and by another program") || window.undo_label().starts_with("Take in")
    });
    if window.undo_label().starts_with("Take in") {
        return;
    }
    assert!(window.shows("Nothing collides"));
    window.click("Discard mine and reload");
    assert_eq!(window.titles(), ["Treaty signed", "Duma ratifies", "Treaty takes force"]);
    assert!(!window.app().session().is_unsaved());
    window.undo();
    assert_eq!(window.titles(), ["Signed", "Duma ratifies", "Treaty in force"]);
}

#[test]
fn a_change_waits_until_a_field_is_done_with() {
    let mut window = window();
    window.select("Treaty signed");
    window.fill("Title", "Treaty sig");
    fs::write(window.file(), theirs(&[RETITLED])).unwrap();
    // Another window that watches the same file has taken it in by then.
    let mut other = Setup { step_seconds: 0.01, ..Setup::default() }.open(OpenRequest::File(window.file()));
    fs::write(window.file(), theirs(&[RETITLED, DATED])).unwrap();
    took_in(&mut other);
    window.settle();
    assert_eq!((window.titles()[2], window.value("Title").as_str()), ("Treaty in force", "Treaty sig"));
    window.type_text("ned in Pyongyang");
    window.key(Key::Enter);
    took_in(&mut window);
    assert_eq!(window.titles(), ["Treaty signed in Pyongyang", "Duma ratifies", "Treaty takes force"]);
}

#[test]
fn a_file_that_is_gone_is_said_and_never_made_again_unasked() {
    let mut window = window();
    fs::remove_file(window.file()).unwrap();
    window.wait_outside("it was told", |window| {
        window.tells("cannot find the file timeline.ron: it was moved or deleted")
    });
    assert!(window.app().session().is_unsaved());
    assert!(window.shows("The file is gone: not saved"));
    window.ctrl(Key::S);
    assert!(window.shows("“timeline.ron” is no longer there"));
    window.click("Cancel");
    assert!(!window.file().exists());
    window.ctrl(Key::S);
    window.click("Make it again");
    assert_eq!(window.text(), TREATY);
    assert!(!window.app().session().is_unsaved() && !window.tells("cannot find the file"));
    // And before the watch has seen it.
    retitle(&mut window, "Signed");
    fs::remove_file(window.file()).unwrap();
    window.ctrl(Key::S);
    assert!(window.shows("“timeline.ron” is no longer there"));
    let mine = window.path("mine.ron");
    window.answer(Picked::Path(mine.clone()));
    // A notice may offer the same.
    window.tab_to("Save as…");
    window.key(Key::Enter);
    assert!(!window.file().exists());
    assert!(fs::read_to_string(mine).unwrap().contains("Signed"));
    assert!(!window.app().session().is_unsaved());
}

#[test]
fn a_file_that_comes_back_is_well_again() {
    let mut window = window();
    fs::remove_file(window.file()).unwrap();
    window.wait_outside("it was told", |window| window.app().session().is_gone());
    fs::write(window.file(), TREATY).unwrap();
    window.wait_outside("it is back", |window| !window.app().session().is_unsaved());
    assert_eq!(window.notices(), Vec::<&str>::new());
    // As another.
    fs::remove_file(window.file()).unwrap();
    window.wait_outside("it was told", |window| window.app().session().is_gone());
    fs::write(window.file(), theirs(&[RETITLED])).unwrap();
    took_in(&mut window);
    assert!(!window.app().session().is_unsaved() && !window.tells("cannot find the file"));
}

#[test]
fn a_folder_that_is_gone_is_said_with_what_helps() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    fs::write(inner.join(FILE), TREATY).unwrap();
    let setup = Setup { step_seconds: 0.01, folder: Some(folder), ..Setup::default() };
    let mut window = setup.open(OpenRequest::File(inner.join(FILE)));
    let away = window.path("away");
    fs::rename(&inner, &away).unwrap();
    window.wait_outside("it was told", |window| window.app().session().is_gone());
    retitle(&mut window, "Signed");
    window.ctrl(Key::S);
    assert!(window.shows("is gone: moved, deleted, or on a drive") && !window.has("Make it again"));
    window.key(Key::Escape);
    fs::rename(&away, &inner).unwrap();
    window.wait_outside("it is back", |window| !window.app().session().is_gone());
    window.ctrl(Key::S);
    assert!(fs::read_to_string(inner.join(FILE)).unwrap().contains("Signed"));
}

#[test]
fn a_crash_after_a_merge_leaves_what_the_file_lacks_and_no_more() {
    let mut window = Setup { step_seconds: 0.01, keeps_state: true, ..Setup::default() }.on(TREATY);
    retitle(&mut window, "Signed");
    fs::write(window.file(), theirs(&[RETITLED, ADDED])).unwrap();
    took_in(&mut window);
    let folder = window.crash();
    let found = store::left_behind(&folder.path().join("state").join("journals"));
    assert_eq!(found.len(), 1);
    assert!(!found[0].base.is_changed(), "the journal goes on from the file as it is now");
    drop(found);
    let path = folder.path().join(FILE);
    let setup = Setup { step_seconds: 0.01, folder: Some(folder), keeps_state: true, ..Setup::default() };
    let mut window = setup.open(OpenRequest::File(path));
    assert!(!window.shows("The file was changed since"));
    assert!(window.shows("Changes of “Signed”"));
    window.click("Restore");
    assert_eq!(window.titles(), ["Talks begin", "Signed", "Duma ratifies", "Treaty takes force"]);
}

#[test]
fn a_crash_after_a_change_was_taken_in_leaves_nothing_to_restore() {
    let mut window = Setup { step_seconds: 0.01, keeps_state: true, ..Setup::default() }.on(TREATY);
    fs::write(window.file(), theirs(&[RETITLED])).unwrap();
    took_in(&mut window);
    let journals = |folder: &Path| store::left_behind(&folder.join("state").join("journals"));
    // What is changed afterwards goes on from there.
    retitle(&mut window, "Signed");
    let folder = window.crash();
    let found = journals(folder.path());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].changes.len(), 1);
    assert!(!found[0].base.is_changed());
}

/// A timeline of so many events, two in a year, whose titles begin so.
fn long(events: usize, title: &str) -> String {
    let event = |at: usize| {
        let (year, month) = (1000 + at / 2, 1 + at % 2 * 6);
        format!("        Event(id: \"e{at}\", title: \"{title} {at}\", date: \"{year}-{month:02}\"),\n")
    };
    let events: String = (0..events).map(event).collect();
    format!("Timeline(\n    format: 1,\n    title: \"Long\",\n    events: [\n{events}    ],\n)\n")
}

#[test]
fn a_long_file_is_taken_in_as_one_step_or_shown_anew_where_much_has_changed() {
    let text = long(6_000, "Event");
    let mut window = Setup { step_seconds: 0.01, ..Setup::default() }.on(&text);
    window.click("Group: Lane ▾");
    window.click("Standing");
    fs::write(window.file(), text.replace("Event 17\"", "Other 17\"")).unwrap();
    took_in(&mut window);
    assert_eq!(window.event("e17").title, "Other 17");
    window.undo();
    assert_eq!(window.event("e17").title, "Event 17");
    window.ctrl(Key::Y);
    assert!(!window.app().session().is_unsaved());
    fs::write(window.file(), long(6_000, "Another")).unwrap();
    window.wait_outside("it is shown anew", |window| window.tells("6000 events changed. Undo begins anew"));
    assert_eq!((window.event("e17").title.as_str(), window.undo_label()), ("Another 17", ""));
    assert_eq!(window.app().session().grouping(), window.app().view().place.grouping);
    assert!(!window.app().session().is_unsaved());
}

/// Takes a file away.
type Go = fn(&Path);

/// How the file of the window goes away.
fn ways_to_go() -> [(&'static str, Go); 3] {
    [
        ("removed", |file| fs::remove_file(file).unwrap()),
        ("moved", |file| fs::rename(file, file.with_extension("moved")).unwrap()),
        ("its folder moved", |file| {
            let folder = file.parent().unwrap();
            fs::rename(folder, folder.with_extension("moved")).unwrap();
        }),
    ]
}

#[test]
fn what_a_file_held_that_went_away_is_kept_beyond_a_crash_with_the_changes_on_top() {
    for (way, go) in ways_to_go() {
        for is_changed in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("inner").join(FILE);
            fs::create_dir(file.parent().unwrap()).unwrap();
            fs::write(&file, TREATY).unwrap();
            let setup =
                |folder| Setup { step_seconds: 0.01, folder: Some(folder), keeps_state: true, ..Setup::default() };
            let mut window = setup(folder).open(OpenRequest::File(file.clone()));
            if is_changed {
                retitle(&mut window, "Signed");
            }
            go(&file);
            window.wait_outside("it was told", |window| window.app().session().is_gone());
            let mut window = setup(window.crash()).open(OpenRequest::Sample);
            let state = window.path("state");
            assert!(window.shows("“timeline.ron” is gone; it is kept as it was"), "{way}, {is_changed}");
            let kept = store::versions(&state, &file).unwrap();
            assert_eq!(fs::read_to_string(&kept[0].path).unwrap(), TREATY, "{way}");
            window.click("Look first");
            window.click("Unsaved changes…");
            window.click("Restore");
            let first = if is_changed { "Signed" } else { "Treaty signed" };
            assert_eq!(window.titles(), [first, "Duma ratifies", "Treaty in force"], "{way}");
            assert_eq!(window.app().session().path(), Some(file.as_path()));
            assert!(window.shows("The file is gone: not saved"), "{way}");
            // A second crash loses as little.
            let mut window = setup(window.crash()).open(OpenRequest::Sample);
            window.click("Restore");
            assert_eq!(window.titles()[0], first, "{way}");
            if way == "its folder moved" {
                continue;
            }
            window.ctrl(Key::S);
            window.click("Make it again");
            let text = fs::read_to_string(&file).unwrap();
            assert_eq!(text, TREATY.replace("Treaty signed", first), "{way}");
            let window = setup(window.crash()).open(OpenRequest::Sample);
            assert!(!window.shows("it is kept") && !window.shows("was not saved"), "{way}");
        }
    }
}

#[test]
fn what_a_file_held_is_kept_where_the_system_ends_the_program_before_it_was_seen_to_go() {
    let mut window = Setup { step_seconds: 0.01, keeps_state: true, ..Setup::default() }.on(TREATY);
    fs::remove_file(window.file()).unwrap();
    window.app().asked_to_end().store(true, std::sync::atomic::Ordering::Relaxed);
    window.steps(1);
    let setup = Setup { folder: Some(window.crash()), keeps_state: true, ..Setup::default() };
    let window = setup.open(OpenRequest::Sample);
    assert!(window.shows("“timeline.ron” is gone; it is kept as it was"));
}

#[test]
fn a_question_about_a_gone_file_sees_that_it_is_back() {
    let mut window = Setup { step_seconds: 0.01, keeps_state: true, ..Setup::default() }.on(TREATY);
    retitle(&mut window, "Signed");
    fs::remove_file(window.file()).unwrap();
    window.ctrl(Key::S);
    assert!(window.shows("“timeline.ron” is no longer there"));
    fs::write(window.file(), TREATY).unwrap();
    window.wait_outside("it is back", |window| !window.app().session().is_gone());
    assert!(!window.shows("is no longer there") && window.app().session().is_unsaved());
    // The one after a crash, where nothing has what the file held.
    let mut window = Setup { step_seconds: 0.01, keeps_state: true, ..Setup::default() }.on(TREATY);
    retitle(&mut window, "Signed");
    let folder = window.crash();
    fs::rename(folder.path().join(FILE), folder.path().join("away")).unwrap();
    let mut window = Setup { folder: Some(folder), keeps_state: true, ..Setup::default() }.open(OpenRequest::Sample);
    assert!(window.shows("The file is gone") && window.named("Restore").accesskit_node().is_disabled());
    fs::rename(window.path("away"), window.file()).unwrap();
    window.steps(2);
    assert!(!window.shows("The file is gone"));
    window.click("Restore");
    assert_eq!(window.titles()[0], "Signed");
}
