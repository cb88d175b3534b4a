//! Bands, clock and colours of a long timeline, which jobs work out: what is shown until then, what is said, how it is called off, and
//! what an edit meanwhile comes to.

use annalist::model::Grouping;
use annalist::time::Instant;
use egui::Key;

use super::window::{Window, key_event};

/// Events beyond which bands are worked out by a job, and a few.
const LONG: usize = 20_100;

/// A long timeline in which one event is of a lane that there is not, and all are of two actors.
fn long() -> Window {
    let event = |at: usize| {
        let (day, actor) = (at % 28 + 1, ["Aster", "Borealis"][at % 2]);
        let lane = if at == 0 { ", lane: \"nowhere\"" } else { "" };
        format!(
            "Event(id: \"e{at}\", title: \"Event {at}\", date: \"2024-06-{day:02}\", actors: [\"{actor}\"]{lane}),\n"
        )
    };
    let events: String = (0..LONG).map(event).collect();
    Window::on(&format!("Timeline(format: 1, title: \"Many\", events: [\n{events}])"))
}

/// The names of the bands that are shown.
fn bands(window: &Window) -> Vec<String> {
    let document = window.app().session().document(Instant::default());
    document.index.bands().iter().map(|band| band.title.clone()).collect()
}

/// Chooses an entry of one of the menus of bands and colours; waits no longer than until the window says what it waits for.
fn choose(window: &mut Window, menu: &str, entry: &str, says: &str) {
    window.click(menu);
    window.named(entry).click();
    window.wait_until(says, |screen| screen.shows(says));
}

#[test]
fn the_last_bands_stand_until_others_are_worked_out_and_the_window_says_so() {
    let mut window = long();
    choose(&mut window, "Group: Lane ▾", "Actor", "Grouping by actor… Esc calls it off");
    assert_eq!(window.app().view().place.grouping, Grouping::Actor);
    assert_eq!(bands(&window), [""], "events of no lane share a band without a name");
    window.settle();
    assert_eq!(bands(&window), ["Aster", "Borealis"]);
    assert!(!window.shows("Grouping by"));
    // The choice made last is what comes of it.
    choose(&mut window, "Group: Actor ▾", "Problem", "Grouping by problem…");
    choose(&mut window, "Group: Problem ▾", "Year", "Grouping by year…");
    window.settle();
    assert_eq!(bands(&window), ["2024"]);
}

#[test]
fn escape_goes_back_to_the_bands_and_colours_that_are_shown() {
    // Where a job was quicker than the key, what it came to is chosen away again.
    let called_off = (0..20).any(|_| {
        let mut window = long();
        choose(&mut window, "Group: Lane ▾", "Problem", "Grouping by problem…");
        window.frame([key_event(Key::Escape, true), key_event(Key::Escape, false)]);
        window.settle();
        let grouping = window.app().view().place.grouping;
        assert_eq!(bands(&window).len(), if grouping == Grouping::Lane { 1 } else { 2 });
        grouping == Grouping::Lane
    });
    assert!(called_off);
    let called_off = (0..20).any(|_| {
        let mut window = long();
        window.click("Colour: Lane ▾");
        window.named("Problem").click();
        window.wait_until("it says what it waits for", |screen| screen.shows("Choosing colours by problem…"));
        window.frame([key_event(Key::Escape, true), key_event(Key::Escape, false)]);
        window.settle();
        window.app().view().place.color_by == Grouping::Lane
    });
    assert!(called_off);
}

#[test]
fn an_edit_while_bands_are_worked_out_is_in_them() {
    let mut window = long();
    window.key(Key::Home);
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("e0"));
    choose(&mut window, "Group: Lane ▾", "Problem", "Grouping by problem…");
    window.frame([key_event(Key::Delete, true), key_event(Key::Delete, false)]);
    window.settle();
    assert_eq!(window.timeline().events().len(), LONG - 1);
    assert_eq!(bands(&window), ["Unsourced"]);
    window.undo();
    assert_eq!(bands(&window), ["Unknown lane", "Unsourced"]);
}

#[test]
fn another_clock_is_worked_out_by_a_job_and_what_is_shown_follows_the_place() {
    // Names of bands are too short here for the button in the corner.
    let clock = |window: &Window| window.app().session().document(Instant::default()).zone.name();
    let choose = |window: &mut Window| {
        window.ctrl(Key::K);
        window.field("Find a command").type_text("time zone");
        window.key(Key::Enter);
        window.field("Show times in").type_text("toky");
        window.frame([key_event(Key::Enter, true), key_event(Key::Enter, false)]);
    };
    // Escape before the job has ended, or after: what is shown is what the place says.
    for steps in 0..6 {
        let mut window = long();
        choose(&mut window);
        window.steps(steps);
        window.frame([key_event(Key::Escape, true), key_event(Key::Escape, false)]);
        window.settle();
        let zone = window.app().view().place.zone;
        assert_eq!(clock(&window), if zone.is_none() { "UTC" } else { "Asia/Tokyo" });
        assert!(!window.shows("Showing times in"));
    }
    let mut window = long();
    choose(&mut window);
    window.settle();
    assert!(clock(&window) == "Asia/Tokyo" && !window.shows("Showing times in"));
    assert_eq!(bands(&window), [""]);
}

#[test]
fn a_lane_of_a_long_timeline_is_merged_and_deleted_and_comes_back() {
    let event = |at: usize| {
        let (day, lane) = (at % 28 + 1, ["army", "law", "court"][at % 3]);
        format!("Event(id: \"e{at}\", title: \"Event {at}\", date: \"2024-06-{day:02}\", lane: \"{lane}\"),\n")
    };
    let events: String = (0..LONG * 2).map(event).collect();
    let lanes = ["army", "law", "court"].map(|lane| format!("Lane(id: \"{lane}\", title: \"{lane}\")")).join(", ");
    let text = format!("Timeline(format: 1, title: \"Many\", lanes: [{lanes}], events: [\n{events}])");
    let mut window = Window::on(&text);
    let held = |window: &Window| {
        let document = window.app().session().document(Instant::default());
        (0..document.index.bands().len()).map(|band| document.index.events_in(band)).collect::<Vec<_>>()
    };
    let (third, all) = (LONG * 2 / 3, LONG * 2);
    for (entries, left, counts) in [
        (&["Merge into", "law"][..], &["law", "court"][..], vec![2 * third, third]),
        (&["Delete lane…", "Delete them too", "Delete lane"], &["law", "court"], vec![third, third]),
    ] {
        let name = window.item("Lane army").rect().center();
        window.secondary_click(name);
        for entry in entries {
            window.reach(entry);
        }
        window.settle();
        assert_eq!((bands(&window), held(&window)), (left.iter().map(|name| (*name).to_owned()).collect(), counts));
        window.undo();
        window.settle();
        assert_eq!((bands(&window).len(), held(&window), window.timeline().events().len()), (3, vec![third; 3], all));
    }
}
