//! Bands in the window, by every gesture: what they stand for, their order, one carried by its name, one line, hidden, Others;
//! accounts with what is selected in them; gaps that are gone to; a view whose bands cannot be read.

use annalist::export::picture::{self, PictureOptions};
use annalist::layout::Folding;
use annalist::model::Grouping;
use annalist::scene::Item;
use annalist::store;
use annalist::text::Shaper;
use annalist::time::{Instant, Zone};
use egui::{Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::kittest::NodeT as _;

use super::window::Window;

/// Three ships, of which the second is told of most often; and two years in which nothing happens.
const SHIPS: &str = r#"Timeline(
    format: 1,
    title: "Ships",
    sources: [Source(id: "log", title: "Log"), Source(id: "wire", title: "Wire"), Source(id: "radio", title: "Radio")],
    events: [
        Event(id: "sails", title: "Aster sails", date: "2020-03-01", actors: ["Aster"], citations: [Citation(source: "log")]),
        Event(id: "meets", title: "Borealis meets Aster", date: "2020-04-01", actors: ["Borealis", "Aster"],
            citations: [Citation(source: "log"), Citation(source: "wire", date: "2020-04-09")]),
        Event(id: "stops", title: "Borealis stops", date: "2022-05-01", actors: ["Borealis"],
            citations: [Citation(source: "wire"), Citation(source: "radio", stance: Denies)]),
        Event(id: "turns", title: "Borealis turns", date: "2022-06-01", actors: ["Borealis"], citations: [Citation(source: "wire")]),
        Event(id: "sinks", title: "Calypso sinks", date: "2022-07-01", actors: ["Calypso"], citations: [Citation(source: "radio")]),
    ],
    views: [View(id: "odd", title: "Odd", window: "2020/2022", grouping: Actor, bands: "by size")],
)
"#;

/// The names of the bands, from the top.
fn bands(window: &Window) -> Vec<String> {
    let document = window.app().session().document(Instant::default());
    document.index.bands().iter().map(|band| band.title.clone()).collect()
}

fn by_actor() -> Window {
    let mut window = Window::on(SHIPS);
    window.click("Group: Lane ▾");
    window.click("Actor");
    assert_eq!(bands(&window), ["Aster", "Borealis", "Calypso"]);
    window
}

/// A point on the name of the band in which a mark stands: names begin at the left edge of the window.
fn name_beside(window: &Window, mark: &str) -> Pos2 {
    Pos2::new(24.0, window.mark(mark).y)
}

/// Opens the menu of a band's name.
fn menu_of(window: &mut Window, mark: &str) {
    let pos = name_beside(window, mark);
    window.move_to(pos);
    for pressed in [true, false] {
        let (button, modifiers) = (PointerButton::Secondary, Modifiers::NONE);
        window.frame([egui::Event::PointerButton { pos, button, pressed, modifiers }]);
    }
    window.settle();
}

#[test]
fn the_menu_of_a_name_orders_gathers_collapses_and_hides_bands() {
    let mut window = by_actor();
    menu_of(&mut window, "Calypso sinks");
    window.click("Order of bands");
    window.click("By number of events");
    assert_eq!(bands(&window), ["Borealis", "Aster", "Calypso"]);
    menu_of(&mut window, "Calypso sinks");
    window.click("Hide band");
    assert_eq!(bands(&window), ["Borealis", "Aster"]);
    menu_of(&mut window, "Borealis turns");
    window.click("Hidden bands (1)");
    window.click("Show “Calypso”");
    assert_eq!(bands(&window), ["Borealis", "Aster", "Calypso"]);
    menu_of(&mut window, "Calypso sinks");
    window.click("Move band up");
    assert_eq!(bands(&window), ["Borealis", "Calypso", "Aster"]);
    menu_of(&mut window, "Borealis turns");
    window.click("Collapse band to one line");
    let is_collapsed = |window: &Window, title: &str| {
        let document = window.app().session().document(Instant::default());
        document.index.bands().iter().any(|band| band.is_collapsed && band.title == title)
    };
    assert!(is_collapsed(&window, "Borealis") && !is_collapsed(&window, "Aster"));
}

#[test]
fn a_band_is_carried_by_its_name_to_where_the_line_says() {
    let mut window = by_actor();
    let (from, to) = (name_beside(&window, "Calypso sinks"), name_beside(&window, "Aster sails"));
    window.press(Modifiers::NONE, from);
    let above = to - vec2(0.0, 12.0);
    window.move_holding(Modifiers::NONE, from + (above - from) * 0.5);
    window.move_holding(Modifiers::NONE, above);
    window.steps(1);
    assert!(window.shows("Moves “Calypso” above “Aster”"), "the status says where it lands");
    window.button(Modifiers::NONE, above, false);
    window.settle();
    assert_eq!(bands(&window), ["Calypso", "Aster", "Borealis"]);
    // Escape leaves it where it was, and so does a release where it stands.
    let from = name_beside(&window, "Calypso sinks");
    let to = name_beside(&window, "Borealis turns") + vec2(0.0, 60.0);
    window.press(Modifiers::NONE, from);
    window.move_holding(Modifiers::NONE, to);
    window.key(Key::Escape);
    window.button(Modifiers::NONE, to, false);
    window.settle();
    assert_eq!(bands(&window), ["Calypso", "Aster", "Borealis"]);
    window.drag(Modifiers::NONE, from, vec2(0.0, 6.0));
    assert_eq!(bands(&window), ["Calypso", "Aster", "Borealis"]);
    window.drag(Modifiers::NONE, from, to - from);
    assert_eq!(bands(&window), ["Aster", "Borealis", "Calypso"]);
    assert_eq!(window.undo_label(), "", "an arrangement is no edit");
}

#[test]
fn what_is_selected_together_is_shown_so_in_each_account() {
    let mut window = Window::on(SHIPS);
    window.click("Group: Lane ▾");
    window.click("Accounts side by side");
    window.click("Accounts");
    window.steps(3);
    let at = window.mark("Wire supports: Borealis meets Aster");
    window.click_at(at);
    let other = window.mark("Radio denies: Borealis stops");
    window.press(Modifiers::COMMAND, other);
    window.button(Modifiers::COMMAND, other, false);
    window.settle();
    assert_eq!(window.app().view().transient.selected.len(), 2);
    let is_selected = |window: &Window, name: &str| window.option(name).accesskit_node().is_selected() == Some(true);
    for told in
        ["Wire supports: Borealis meets Aster", "Log supports: Borealis meets Aster", "Wire supports: Borealis stops"]
    {
        assert!(is_selected(&window, told), "{told}");
    }
    assert!(!is_selected(&window, "Radio supports: Calypso sinks"));
    // Bands of accounts are moved as others are.
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowDown);
    window.steps(3);
    let ys = ["Log supports: Aster sails", "Wire supports: Borealis turns"].map(|name| window.mark(name).y);
    assert!(!window.app().view().place.arrangement.is_plain() && (ys[0] - ys[1]).abs() > 1.0, "{ys:?}");
}

#[test]
fn a_gap_of_the_list_is_gone_to_and_marked_on_the_track() {
    let mut window = by_actor();
    window.menu("View", "Gaps and bursts");
    let gaps = window.options("Empty, 2 Apr 2020");
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    let before = window.app().view().place.viewport;
    window.click(&gaps[0]);
    window.steps(8);
    let after = window.app().view().place.viewport;
    let at = |day: &str| annalist::time::Date::parse(day).unwrap().extent(Zone::UTC).earliest_start.instant().unwrap();
    assert!(after != before && after.origin < at("2020-04-02") && after.end() > at("2022-04-30"));
    window.click("Mark them on the track");
    assert!(window.app().view().transient.marks_gaps);
    window.click_combo("Band");
    window.click("Borealis");
    assert_eq!(window.options("Empty, 2 Apr 2020").len(), 1);
    assert!(window.options("Burst").is_empty());
}

#[test]
fn a_view_whose_bands_cannot_be_read_shows_all_and_is_among_the_problems() {
    let mut window = Window::on(SHIPS);
    assert!(window.problem_errors().contains(&"bad-bands"), "{:?}", window.problems());
    window.click("Odd");
    assert_eq!(window.app().view().place.grouping, Grouping::Actor);
    assert_eq!(bands(&window), ["Aster", "Borealis", "Calypso"]);
    assert!(window.errors().is_empty());
}

#[test]
fn silences_share_one_line_and_those_that_are_close_one_outline() {
    let day = |day: usize| {
        let told = if day == 1 {
            r#"Citation(source: "log"), Citation(source: "wire")"#
        } else {
            r#"Citation(source: "log")"#
        };
        format!(r#"Event(id: "e{day}", title: "Day {day}", date: "2020-03-{day:02}", citations: [{told}]),"#)
    };
    let days: String = (1..=12).map(day).collect();
    let text = format!(
        r#"Timeline(format: 1, title: "T", sources: [Source(id: "log", title: "Log"), Source(id: "wire", title: "Wire")],
            events: [{days} Event(id: "end", title: "End", date: "2023-03-01", citations: [Citation(source: "wire")])])"#
    );
    let timeline = store::read(text).timeline;
    let render = |grouping| {
        // Folded, three years would leave each day its room.
        let options = PictureOptions { grouping, folding: Folding::Off, ..PictureOptions::default() };
        picture::render(&timeline, &options, &mut Shaper::new()).unwrap()
    };
    let (accounts, plain) = (render(Grouping::Accounts), render(Grouping::Nothing));
    assert_eq!(accounts.remarks, Vec::<String>::new());
    // Log: twelve rows and a line; wire: one or two rows and a line, not eleven rows more.
    assert!(accounts.scene.size.height < plain.scene.size.height + 150.0, "{:?}", accounts.scene.size);
    let texts: Vec<&str> = accounts
        .scene
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Text { run, .. } => Some(&*run.text),
            _ => None,
        })
        .collect();
    assert!(texts.contains(&"11"), "{texts:?}");
    assert_eq!(texts.iter().filter(|text| **text == "Day 7").count(), 1, "only who tells it has its words");
}
