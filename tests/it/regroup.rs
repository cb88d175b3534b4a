//! Bands in the window, by every gesture: what they stand for, their order, one carried by its name, one line, hidden, Others;
//! accounts with what is selected in them; gaps that are gone to; a view whose bands cannot be read.

use annalist::export::picture::{self, PictureOptions};
use annalist::layout::Folding;
use annalist::model::Grouping;
use annalist::scene::Item;
use annalist::store;
use annalist::text::Shaper;
use annalist::theme::{Theme, ThemeName};
use annalist::time::{Instant, Zone};
use egui::accesskit::Toggled;
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

/// A ship an event, and the first of them in three: the others are told of once each.
fn fleet() -> String {
    let event = |at: usize, ship: usize| {
        format!(
            r#"Event(id: "e{at}", title: "Ship {ship} sails {at}", date: "2020-{:02}-01", actors: ["ship {ship}"]),"#,
            12 - at
        )
    };
    let events: String = [1, 2, 3, 4, 5, 10, 11, 1, 1].iter().enumerate().map(|(at, ship)| event(at, *ship)).collect();
    format!(r#"Timeline(format: 1, title: "Fleet", events: [{events}])"#)
}

#[test]
fn bands_of_numbered_names_are_in_the_order_of_their_numbers() {
    let mut window = Window::on(&fleet());
    window.click("Group: Lane ▾");
    window.click("Actor");
    assert_eq!(bands(&window), ["ship 1", "ship 2", "ship 3", "ship 4", "ship 5", "ship 10", "ship 11"]);
}

#[test]
fn the_smallest_bands_are_gathered_as_others_by_mouse() {
    let mut window = Window::on(&fleet());
    window.click("Group: Lane ▾");
    window.click("Actor");
    window.click("Group: Actor ▾");
    window.click("Number of bands");
    window.click("The 5 largest, the rest as Others");
    // Of equally many events those whose name comes first have a band.
    assert_eq!(bands(&window), ["ship 1", "ship 2", "ship 3", "ship 10", "ship 11", "Others"]);
    menu_of(&mut window, "Ship 4 sails");
    window.click("Number of bands");
    window.click("All of them");
    assert_eq!(bands(&window).len(), 7);
}

#[test]
fn every_order_and_number_of_bands_is_reached_by_keys() {
    let mut window = Window::on(&fleet());
    let go = |window: &mut Window, entries: &[&str]| {
        let button = format!("Group: {} ▾", window.app().view().place.grouping.label());
        window.give_focus(&button);
        window.key(Key::Enter);
        for entry in entries {
            window.tab_to(entry);
            window.key(Key::Enter);
        }
    };
    go(&mut window, &["Actor"]);
    assert_eq!(bands(&window).len(), 7);
    go(&mut window, &["Order of bands", "By first event"]);
    // The earliest are the last in the file.
    assert_eq!(bands(&window), ["ship 1", "ship 11", "ship 10", "ship 5", "ship 4", "ship 3", "ship 2"]);
    go(&mut window, &["Order of bands", "By number of events"]);
    assert_eq!(bands(&window), ["ship 1", "ship 2", "ship 3", "ship 4", "ship 5", "ship 10", "ship 11"]);
    go(&mut window, &["Number of bands", "The 5 largest, the rest as Others"]);
    assert_eq!(bands(&window).len(), 6);
    go(&mut window, &["Order of bands", "By name"]);
    assert_eq!(bands(&window), ["ship 1", "ship 2", "ship 3", "ship 10", "ship 11", "Others"]);
    // By hand, one line high, hidden, and all shown again: keys of their own, on the band of what is selected.
    window.select("Ship 2 sails");
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowUp);
    assert_eq!(bands(&window), ["ship 2", "ship 1", "ship 3", "ship 10", "ship 11", "Others"]);
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    assert_eq!(bands(&window), ["ship 1", "ship 3", "ship 10", "ship 11", "Others"]);
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::B);
    assert_eq!(bands(&window).len(), 6);
}

#[test]
fn bands_are_moved_collapsed_hidden_and_shown_by_the_keys_of_their_names() {
    let mut window = by_actor();
    let is_collapsed = |window: &Window, title: &str| {
        let document = window.app().session().document(Instant::default());
        document.index.bands().iter().any(|band| band.is_collapsed && band.title == title)
    };
    // Names are one stop of Tab; arrows go from name to name, with Ctrl they carry the band.
    window.give_focus("Names of bands");
    window.key(Key::End);
    window.ctrl(Key::ArrowUp);
    assert_eq!(bands(&window), ["Aster", "Calypso", "Borealis"], "in an order by hand");
    window.ctrl(Key::ArrowUp);
    window.ctrl(Key::ArrowUp);
    assert_eq!(bands(&window), ["Calypso", "Aster", "Borealis"], "at the top it stays");
    window.ctrl(Key::ArrowDown);
    assert_eq!(bands(&window), ["Aster", "Calypso", "Borealis"]);
    // What else can be done with a band stands in its menu, which Shift+F10 opens; the names have the keyboard again after it.
    let choose = |window: &mut Window, entries: &[&str]| {
        window.chord(Modifiers::SHIFT, Key::F10);
        for entry in entries {
            window.tab_to(entry);
            window.key(Key::Enter);
        }
        window.settle();
        assert!(window.focused().starts_with("Band "), "{entries:?}: {}", window.focused());
    };
    choose(&mut window, &["Collapse band to one line"]);
    assert!(is_collapsed(&window, "Calypso"));
    choose(&mut window, &["Expand band"]);
    assert!(!is_collapsed(&window, "Calypso"));
    choose(&mut window, &["Move band down"]);
    assert_eq!(bands(&window), ["Aster", "Borealis", "Calypso"]);
    window.key(Key::Home);
    choose(&mut window, &["Hide band"]);
    assert_eq!(bands(&window), ["Borealis", "Calypso"]);
    choose(&mut window, &["Hidden bands (1)", "Show “Aster”"]);
    assert_eq!(bands(&window), ["Aster", "Borealis", "Calypso"]);
    window.chord(Modifiers::SHIFT, Key::F10);
    window.key(Key::Escape);
    assert_eq!(window.focused(), "Band Aster", "Escape leads back too");
}

#[test]
fn the_band_of_others_is_moved_and_collapsed_as_any_and_the_order_by_hand_is_given_up_from_the_menu() {
    let mut window = Window::on(&fleet());
    window.click("Group: Lane ▾");
    window.click("Actor");
    window.click("Group: Actor ▾");
    window.click("Number of bands");
    window.click("The 5 largest, the rest as Others");
    // It holds what has no band of its own: the keys act on it where such an event is selected.
    window.select("Ship 4 sails");
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowUp);
    assert_eq!(bands(&window), ["ship 1", "ship 2", "ship 3", "ship 10", "Others", "ship 11"]);
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    let document = window.app().session().document(Instant::default());
    assert!(document.index.bands().iter().all(|band| band.is_collapsed == (band.title == "Others")));
    window.click("Group: Actor ▾");
    window.click("Order of bands");
    assert!(window.has("By hand"), "what the order is has a tick, and an entry of its own");
    window.click("By name");
    assert_eq!(bands(&window), ["ship 1", "ship 2", "ship 3", "ship 10", "ship 11", "Others"]);
}

#[test]
fn colours_are_chosen_by_mouse_and_by_keys_and_the_menus_say_which() {
    let mut window = Window::on(SHIPS);
    let color_by = |window: &Window| window.app().view().place.color_by;
    window.click("Colour: Lane ▾");
    window.click("Actor");
    assert_eq!(color_by(&window), Grouping::Actor);
    window.give_focus("Colour: Actor ▾");
    window.key(Key::Enter);
    let is_on = |window: &Window, name: &str| window.named(name).accesskit_node().toggled() == Some(Toggled::True);
    assert!(is_on(&window, "Actor") && !is_on(&window, "Standing"), "a tick says what is chosen");
    window.tab_to("Of the sources");
    window.key(Key::Enter);
    window.tab_to("Publisher");
    window.key(Key::Enter);
    assert_eq!(color_by(&window), Grouping::Publisher);
    window.key(Key::L);
    assert!(window.shows("Legend"), "the legend says what colours stand for");
}

#[test]
fn accounts_and_gaps_are_reached_and_gone_through_by_keys() {
    let mut window = Window::on(SHIPS);
    window.give_focus("Group: Lane ▾");
    window.key(Key::Enter);
    for entry in ["Accounts side by side", "Accounts"] {
        window.tab_to(entry);
        window.key(Key::Enter);
    }
    window.steps(3);
    assert_eq!(window.app().view().place.grouping, Grouping::Accounts);
    assert_eq!(window.options("Radio denies: Borealis stops").len(), 1);
    // The track steps through what is told, event by event.
    window.key(Key::Home);
    window.key(Key::Period);
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("meets"));
    window.menu("View", "Gaps and bursts");
    let before = window.app().view().place.viewport;
    let gap = window.options("Empty, ").into_iter().next().expect("a gap");
    window.give_focus(&gap);
    window.key(Key::Enter);
    window.steps(8);
    assert!(window.app().view().place.viewport != before, "Enter goes where a click does");
    window.give_focus("Mark them on the track");
    window.key(Key::Space);
    assert!(window.app().view().transient.marks_gaps);
}

#[test]
fn the_gaps_of_accounts_are_listed_as_they_are_hatched_band_by_band() {
    let mut window = Window::on(SHIPS);
    window.click("Group: Lane ▾");
    window.click("Accounts side by side");
    window.click("Accounts");
    window.steps(3);
    window.menu("View", "Gaps and bursts");
    // Wire tells of Borealis at a date of its own, and each event is a telling of each account.
    let mut listed = window.options("Empty, ");
    listed.sort();
    assert_eq!(
        listed,
        [
            "Empty, 10 Apr 2020 – 30 Apr 2022, 2 years, Wire",
            "Empty, 2 Mar 2020 – 31 Mar 2020, 30 days, Log",
            "Empty, 2 May 2022 – 30 Jun 2022, 60 days, Radio",
        ]
    );
    assert!(!window.shows("All bands together"), "an event would count as often as it is told");
    window.click("Group: Accounts ▾");
    window.click("Actor");
    window.steps(3);
    window.click_combo("Band");
    window.click("Each band by itself");
    window.steps(3);
    let listed = window.options("Empty, ");
    assert!(listed.iter().any(|gap| gap.starts_with("Empty, 2 Apr 2020 – 30 Apr 2022") && gap.ends_with("Borealis")));
    assert!(listed.iter().any(|gap| gap.ends_with("Aster")), "{listed:?}");
}

/// Two lanes with colours of their own, and two accounts that tell of both.
const LANES: &str = r##"Timeline(format: 1, title: "Lanes",
    lanes: [Lane(id: "sea", title: "Sea", color: "#b03060"), Lane(id: "land", title: "Land", color: "#207040")],
    sources: [Source(id: "log", title: "Log"), Source(id: "wire", title: "Wire")],
    events: [
        Event(id: "a", title: "Sails", date: "2020-03-01", lane: "sea", citations: [Citation(source: "log"), Citation(source: "wire")]),
        Event(id: "b", title: "Marches", date: "2020-05-01", lane: "land", citations: [Citation(source: "log"), Citation(source: "wire")]),
    ],
)"##;

#[test]
fn tellings_have_the_colours_of_the_lanes_of_their_events_and_the_legend_says_so() {
    let timeline = store::read(LANES.to_owned()).timeline;
    let theme = Theme::named(ThemeName::Light);
    let options = PictureOptions { grouping: Grouping::Accounts, ..PictureOptions::default() };
    let picture = picture::render(&timeline, &options, &mut Shaper::new()).unwrap();
    let items = &picture.scene.items;
    let texts: Vec<&str> = items
        .iter()
        .filter_map(|item| match item {
            Item::Text { run, .. } => Some(&*run.text),
            _ => None,
        })
        .collect();
    assert!(["Lane", "Sea", "Land"].iter().all(|text| texts.contains(text)), "{texts:?}");
    let filled = |color| {
        let is = |item: &&Item| matches!(item, Item::Path { fill: Some(fill), .. } | Item::Rect { fill: Some(fill), .. } if *fill == color);
        items.iter().filter(is).count()
    };
    for (at, lane) in timeline.lanes().iter().enumerate() {
        assert_eq!(filled(theme.lane_color(Some(lane), at)), 3, "two tellings and the sample of {}", lane.title);
    }
    // By actor too: each lane once.
    let options = PictureOptions { grouping: Grouping::Actor, ..PictureOptions::default() };
    let picture = picture::render(&timeline, &options, &mut Shaper::new()).unwrap();
    let named = picture.scene.items.iter().filter(|item| matches!(item, Item::Text { run, .. } if &*run.text == "Sea"));
    assert_eq!(named.count(), 1);
}

#[test]
fn the_name_of_a_band_is_whole_where_there_is_room_and_the_pointer_says_it_where_there_is_none() {
    let short = "Morning bulletin of the harbour office";
    let long = "Minutes of the sixth session of the joint committee for the navigation of the upper river and its mouths, \
                with the annexes that the secretary left out of the first edition";
    let text = SHIPS.replace("title: \"Wire\"", &format!("title: \"{short}\""));
    let text = text.replace("title: \"Radio\"", &format!("title: \"{}\"", long));
    let mut window = Window::on(&text);
    window.click("Group: Lane ▾");
    window.click("Of the sources");
    window.click("Source");
    window.steps(3);
    let hovers = |window: &mut Window, mark: &str, name: &str| {
        let at = name_beside(window, mark);
        window.move_to(at - vec2(2.0, 0.0));
        window.steps(3);
        window.move_to(at);
        window.steps(10);
        window.has(name)
    };
    assert!(hovers(&mut window, "Calypso sinks", long));
    assert!(!hovers(&mut window, "Borealis turns", short), "it is whole in two lines");
}

/// What an event lacks: no citation; no lane of this name; and one without a fault.
const FAULTY: &str = r#"Timeline(
    format: 1,
    title: "Faulty",
    sources: [Source(id: "log", title: "Log", reliability: Some(A))],
    events: [
        Event(id: "bare", title: "Bare", date: "2020-03-01"),
        Event(id: "astray", title: "Astray", date: "2020-04-01", lane: "nowhere"),
        Event(id: "sound", title: "Sound", date: "2020-05-01", citations: [Citation(source: "log", credibility: 2)]),
    ],
)
"#;

#[test]
fn bands_stand_for_kinds_of_problems_and_follow_what_is_mended() {
    let mut window = Window::on(FAULTY);
    window.click("Group: Lane ▾");
    window.click("Problem");
    assert_eq!(bands(&window), ["Unknown lane", "Unsourced", "No problem"]);
    let band = |window: &Window, id: &str| {
        let document = window.app().session().document(Instant::default());
        let at = window.timeline().event_position(id).unwrap();
        document.index.spots(at).map(|spot| spot.band as usize).collect::<Vec<_>>()
    };
    assert_eq!(
        (band(&window, "bare"), band(&window, "astray"), band(&window, "sound")),
        (vec![1], vec![0, 1], vec![2])
    );
    window.select("Astray");
    window.click_combo("Lane");
    window.reach("No lane");
    assert_eq!(bands(&window), ["Unsourced", "No problem"]);
    window.undo();
    assert_eq!(bands(&window), ["Unknown lane", "Unsourced", "No problem"]);
}

#[test]
fn a_band_that_a_question_empties_is_as_high_as_its_name() {
    let mut window = by_actor();
    let heights =
        |window: &Window| -> Vec<f32> { ["Aster sails", "Calypso sinks"].map(|mark| window.mark(mark).y).to_vec() };
    let before = heights(&window);
    window.ctrl(Key::F);
    window.type_text("actor:Aster,Calypso -actor:Borealis");
    window.settle();
    let after = heights(&window);
    // The middle band has nothing left: the third stands nearer to the first.
    assert!(after[1] - after[0] < before[1] - before[0] - 10.0, "{before:?} {after:?}");
    assert_eq!(bands(&window), ["Aster", "Borealis", "Calypso"]);
}

#[test]
fn what_is_folded_away_in_the_picture_is_one_line_and_what_is_not_is_as_high_as_its_rows() {
    let timeline = store::read(SHIPS.to_owned()).timeline;
    let heights = |text: &str| {
        let arrangement = std::sync::Arc::new(annalist::model::Arrangement::parse(text).unwrap());
        let options = PictureOptions { grouping: Grouping::Actor, arrangement, ..PictureOptions::default() };
        let picture = picture::render(&timeline, &options, &mut Shaper::new()).unwrap();
        let y = |title: &str| {
            picture.scene.items.iter().find_map(|item| match item {
                Item::Text { run, origin, .. } if &*run.text == title => Some(origin.y),
                _ => None,
            })
        };
        (y("Borealis").unwrap(), y("Calypso"), picture.scene.size.height)
    };
    let (plain, collapsed, hidden) = (heights(""), heights("collapsed Borealis"), heights("hidden Calypso"));
    assert!(collapsed.2 < plain.2, "{plain:?} {collapsed:?}");
    assert!(plain.1.is_some() && collapsed.1.is_some() && hidden.1.is_none());
}

#[test]
fn colours_stand_for_any_field_and_the_legend_says_so() {
    let timeline = store::read(SHIPS.to_owned()).timeline;
    for (color_by, words) in [
        (Grouping::Actor, "Borealis"),
        (Grouping::Source, "Wire"),
        (Grouping::Stance, "Supports"),
        (Grouping::Year, "2022"),
        (Grouping::Problem, "Ungraded"),
    ] {
        let options = PictureOptions { color_by, ..PictureOptions::default() };
        let picture = picture::render(&timeline, &options, &mut Shaper::new()).unwrap();
        let is_said = picture.scene.items.iter().any(|item| match item {
            Item::Text { run, .. } => &*run.text == words,
            _ => false,
        });
        assert!(is_said, "{color_by:?}");
    }
}

const TREATY: &str = include_str!("../../timelines/russia-dprk-treaty.ron");

/// What a picture of the accounts of the treaty shows, and what is said of it.
fn treaty_accounts(height_px: Option<u32>) -> (picture::Picture, Vec<String>) {
    // At this width two silences stand alone between others that are too close to each other.
    let options =
        PictureOptions { grouping: Grouping::Accounts, width_px: 1_300, height_px, ..PictureOptions::default() };
    let picture = picture::render(&store::read(TREATY.to_owned()).timeline, &options, &mut Shaper::new()).unwrap();
    let texts = picture.scene.items.iter().filter_map(|item| match item {
        Item::Text { run, .. } => Some(run.text.to_string()),
        _ => None,
    });
    let texts = texts.collect();
    (picture, texts)
}

/// The outlines of silences.
fn dotted(scene: &annalist::scene::Scene) -> usize {
    let is_dotted = |item: &&Item| matches!(item, Item::Path { fill: None, stroke: Some(stroke), .. } if stroke.dash == Some((1.5, 2.5)));
    scene.items.iter().filter(is_dotted).count()
}

#[test]
fn a_picture_too_low_for_silences_leaves_them_out_says_so_and_keeps_its_legend() {
    let (picture::Picture { scene, remarks }, texts) = treaty_accounts(Some(1_000));
    assert!(texts.iter().any(|text| text.contains("silences left out: the picture is too low")), "{texts:?}");
    assert!(remarks.iter().any(|remark| remark.starts_with("silences are left out")), "{remarks:?}");
    assert_eq!(dotted(&scene), 0);
    assert!(!texts.iter().any(|text| text == "Does not tell"));
    assert!(texts.iter().any(|text| text == "Dates") && texts.iter().any(|text| text.contains("below, for which")));
    let (picture, texts) = treaty_accounts(None);
    assert!(dotted(&picture.scene) > 0 && texts.iter().any(|text| text.contains("silences outlined")));
    assert!(texts.iter().any(|text| text == "Does not tell"));
}

#[test]
fn one_silence_alone_is_a_mark_and_no_count() {
    let (_, texts) = treaty_accounts(None);
    assert!(!texts.iter().any(|text| text == "1"), "{texts:?}");
}

#[test]
fn lanes_have_no_colours_of_their_own_while_colours_stand_for_something_else() {
    let timeline = store::read(LANES.to_owned()).timeline;
    let theme = Theme::named(ThemeName::Light);
    let of = |color_by| {
        let options = PictureOptions { color_by, ..PictureOptions::default() };
        let picture = picture::render(&timeline, &options, &mut Shaper::new()).unwrap();
        let lanes = timeline.lanes().iter().enumerate().map(|(at, lane)| theme.lane_color(Some(lane), at));
        let colors: Vec<_> = lanes.flat_map(|color| [color, theme.band_tint(color)]).collect();
        let is = |item: &&Item| matches!(item, Item::Rect { fill: Some(fill), .. } if colors.contains(fill));
        picture.scene.items.iter().filter(is).count()
    };
    assert_eq!(of(annalist::model::ColorBy::Lane), 6, "a tint, an edge and a sample of each");
    assert_eq!(of(annalist::model::ColorBy::Actor), 0);
}
