//! Where the keyboard is: seen wherever it goes, in the order of the screen, and where menus begin.

use annalist::app::Settings;
use annalist::theme::{Theme, ThemeName};
use annalist::ui::{DrawerTab, ThemeChoice, color32};
use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers, Rect, Shape, vec2};
use egui_kittest::Node;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};

use super::window::{Setup, TREATY, Window};

/// What has the keyboard; the track where that is one of its events.
fn focused(window: &Window) -> Option<Node<'_>> {
    let node = window.focus()?;
    let track = window.harness.get_by_role_and_label(Role::ListBox, "Timeline");
    let is_event = node.accesskit_node().role() == Role::ListBoxOption && track.rect().intersects(node.rect());
    Some(if is_event { track } else { node })
}

/// The rectangles that are drawn as rings in the colour of the focus.
fn rings(window: &Window, theme: &Theme) -> Vec<Rect> {
    fn collect(shape: &Shape, ink: egui::Color32, found: &mut Vec<Rect>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, ink, found)),
            Shape::Rect(rect) if rect.stroke.color == ink && rect.stroke.width >= 1.0 => found.push(rect.rect),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for clipped in &window.harness.output().shapes {
        collect(&clipped.shape, color32(theme.focus_ring), &mut found);
    }
    found
}

/// Goes through the window with Tab until it is where it began; the names and places in order.
fn walk(window: &mut Window, theme: &Theme) -> Vec<(String, Rect)> {
    let mut stops: Vec<(String, Rect)> = Vec::new();
    loop {
        assert!(stops.len() < 200, "Tab never comes back: {stops:?}");
        window.key(Key::Tab);
        let node = focused(window).expect("Tab leads somewhere");
        let stop = (node.accesskit_node().label().unwrap_or_default(), node.rect());
        if stops.first() == Some(&stop) {
            return stops;
        }
        let is_near = |ring: &Rect| ring.expand(4.0).contains_rect(stop.1) && stop.1.expand(4.0).contains_rect(*ring);
        let is_ringed = rings(window, theme).iter().any(is_near);
        assert!(is_ringed, "“{}” at {:?} has the keyboard and no ring", stop.0, stop.1);
        stops.push(stop);
    }
}

fn window(theme: ThemeChoice, drawer: Option<DrawerTab>) -> Window {
    let settings = Settings { theme, drawer, ..Settings::default() };
    Setup { settings, ..Setup::default() }.on(TREATY)
}

#[test]
fn a_ring_goes_wherever_tab_goes_and_the_bar_from_left_to_right() {
    for (choice, name) in [(ThemeChoice::Light, ThemeName::Light), (ThemeChoice::Dark, ThemeName::Dark)] {
        let theme = Theme::named(name);
        for drawer in [None, Some(DrawerTab::Table), Some(DrawerTab::Sources), Some(DrawerTab::Problems)] {
            let mut window = window(choice, drawer);
            window.key(Key::Home);
            let stops = walk(&mut window, &theme);
            let bar: Vec<&(String, Rect)> = stops.iter().filter(|(_, rect)| rect.bottom() < 44.0).collect();
            let lefts: Vec<f32> = bar.iter().map(|(_, rect)| rect.left()).collect();
            assert!(bar.len() >= 12 && lefts.is_sorted(), "{bar:?}");
            assert!(stops.iter().any(|(name, _)| name == "Timeline"), "{stops:?}");
            assert!(stops.iter().all(|(name, _)| !name.is_empty()), "{stops:?}");
        }
    }
}

/// Two events and one without a date, of which the first has what is wrong with it said.
const TRAYED: &str = r#"Timeline(
    format: 1,
    title: "Treaty",
    lanes: [Lane(id: "treaty", title: "Treaty")],
    sources: [Source(id: "wire", title: "Wire")],
    events: [
        Event(id: "signing", title: "Treaty signed", date: "2024-06-19", lane: "treaty", citations: [Citation(source: "wire")]),
        Event(id: "duma", title: "Duma ratifies", date: "2024-10-24", lane: "treaty"),
        Event(id: "talks", title: "Secret talks"),
    ],
)
"#;

/// The parts of the window in the order of the screen: from the top, and in a row from the left.
const PARTS: [&str; 8] = ["bar", "date of knowledge", "facets", "track", "tray", "inspector", "drawer", "status line"];

/// Which of these something stands in, by where the track and the drawer are.
fn place_in(window: &Window, rect: Rect) -> usize {
    let track = window.harness.get_by_role_and_label(Role::ListBox, "Timeline").rect();
    let drawer_top = window.named("Close the drawer").rect().top() - 8.0;
    let overview_bottom = window.named("Overview").rect().bottom();
    let at = rect.center();
    match () {
        () if at.y < 44.0 => 0,
        () if at.y < track.top() => 1,
        () if at.y > 840.0 - 24.0 => 7,
        () if at.x < track.left() => 2,
        () if at.x > track.right() => 5,
        () if at.y > drawer_top => 6,
        () if at.y > overview_bottom => 4,
        () => 3,
    }
}

#[test]
fn tab_goes_through_the_whole_window_in_the_order_of_the_screen_and_back() {
    let theme = Theme::named(ThemeName::Light);
    let settings = Settings { facets: true, drawer: Some(DrawerTab::Problems), ..Settings::default() };
    let mut window = Setup { settings, ..Setup::default() }.on(TRAYED);
    window.select("Treaty signed");
    window.key(Key::K);
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("signing"));
    let all = walk(&mut window, &theme);
    // The handle between two parts belongs to neither.
    let stops: Vec<(String, Rect)> = all.iter().filter(|(name, _)| name != "Resize panel").cloned().collect();
    let places: Vec<usize> = stops.iter().map(|(_, rect)| place_in(&window, *rect)).collect();
    let begun = places.iter().position(|place| *place == 0).expect("the bar has buttons");
    let mut round = places.clone();
    round.rotate_left(begun);
    // Where the walk began within the bar, the first of its stops come last.
    let back_in_bar = round.iter().rev().take_while(|place| **place == 0).count();
    round.rotate_right(back_in_bar);
    let named = || stops.iter().zip(&places).map(|((name, _), place)| format!("{}: {name}", PARTS[*place]));
    assert!(round.is_sorted(), "{:#?}", named().collect::<Vec<_>>());
    let mut met = round;
    met.dedup();
    assert_eq!(met, [0, 1, 2, 3, 4, 5, 6, 7], "every part is reached: {:#?}", named().collect::<Vec<_>>());
    // Where it goes on within a part it goes down, or to the right, but for what lies in sight only once it is scrolled to.
    for (pair, parts) in stops.windows(2).zip(places.windows(2)) {
        let [(_, before), (_, after)] = pair else { continue };
        let goes_back = after.bottom() <= before.top() && after.left() < before.right();
        let is_scrolled = PARTS[parts[0]] == "inspector" || PARTS[parts[0]] == "facets";
        assert!(parts[0] != parts[1] || is_scrolled || !goes_back, "{pair:?}");
    }
    for (name, _) in all.iter().rev().take(12) {
        window.chord(Modifiers::SHIFT, Key::Tab);
        assert_eq!(focused(&window).map(|node| super::window::name(&node)).as_ref(), Some(name));
    }
}

#[test]
fn the_buttons_of_a_dialog_are_reached_from_left_to_right() {
    let mut window = window(ThemeChoice::Light, None);
    window.select("Duma ratifies");
    window.key(Key::Delete);
    window.key(Key::N);
    window.fill("New event title", "Council approves");
    window.ask_to_close();
    let stops = walk(&mut window, &Theme::named(ThemeName::Light));
    let names: Vec<&str> = stops.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Don’t save", "Cancel", "Keep as draft", "Save changes"]);
    assert!(stops.windows(2).all(|pair| pair[0].1.right() < pair[1].1.left()));
}

/// The places of these stops among all that Tab reaches, in its order.
fn lefts(stops: &[(String, Rect)], names: &[&str]) -> Vec<f32> {
    let known: Vec<&(String, Rect)> = stops.iter().filter(|(name, _)| names.contains(&name.as_str())).collect();
    assert_eq!(known.len(), names.len(), "{stops:?}");
    known.iter().map(|(_, rect)| rect.left()).collect()
}

#[test]
fn strips_legend_and_notices_are_reached_from_left_to_right() {
    let theme = Theme::named(ThemeName::Light);
    let mut window = window(ThemeChoice::Light, None);
    window.key(Key::K);
    window.key(Key::Enter);
    let strip = [
        "As known on",
        "By publication",
        "By our record",
        "Previous publication",
        "Play or pause the replay",
        "Next publication",
        "Show all that is known",
    ];
    let stops = walk(&mut window, &theme);
    let row: Vec<&(String, Rect)> = stops.iter().filter(|(_, rect)| (44.0..80.0).contains(&rect.center().y)).collect();
    assert!(row.len() > strip.len() - 1 && row.iter().map(|(_, rect)| rect.left()).is_sorted(), "{row:?}");

    window.key(Key::L);
    assert!(lefts(&walk(&mut window, &theme), &["In the window", "All marks"]).is_sorted());
    window.key(Key::Escape);

    window.select("Duma ratifies");
    window.key(Key::Delete);
    assert!(lefts(&walk(&mut window, &theme), &["Undo", "Dismiss"]).is_sorted(), "what it offers, then the cross");
}

#[test]
fn tab_selects_the_text_of_a_line_and_leaves_the_caret_in_a_note() {
    let mut window = window(ThemeChoice::Light, None);
    window.key(Key::N);
    window.harness.event(egui::Event::Text("Council approves".to_owned()));
    window.key(Key::Tab);
    window.type_text("2024");
    window.chord(Modifiers::SHIFT, Key::Tab);
    window.key(Key::Tab);
    window.type_text("2024-11-06");
    assert_eq!(window.value("New event date"), "2024-11-06");
    window.chord(Modifiers::SHIFT, Key::Tab);
    window.type_text("Another");
    assert_eq!(window.value("New event title"), "Another", "backwards too");
    window.key(Key::Enter);

    window.fill("Note", "Long");
    window.chord(Modifiers::SHIFT, Key::Tab);
    window.key(Key::Tab);
    assert!(window.field("Note").is_focused());
    window.type_text("er");
    assert!(window.field("Note").value().is_some_and(|note| note.len() == 6));
}

#[test]
fn a_menu_that_keys_open_begins_at_what_is_chosen() {
    let mut window = window(ThemeChoice::Light, Some(DrawerTab::Problems));
    window.select("Treaty signed");
    for (name, chosen) in
        [("Lane", "Treaty"), ("Standing", "Reported"), ("Order of problems", ""), ("Kind of problem", "All kinds")]
    {
        window.combo(name).focus();
        window.settle();
        window.key(Key::Enter);
        let at = focused(&window).map(|node| node.accesskit_node().label().unwrap_or_default()).unwrap_or_default();
        assert!(at.starts_with(chosen) && at != name, "{name}: {at}");
        window.key(Key::Escape);
        assert!(window.combo(name).is_focused() || name == "Kind of problem", "Escape leads back to {name}");
    }
    window.combo("Lane").focus();
    window.settle();
    window.key(Key::Space);
    window.key(Key::ArrowUp);
    window.key(Key::Enter);
    assert_eq!(window.app().session().timeline().event("signing").unwrap().lane, None, "the entry above is “No lane”");
    assert!(window.combo("Lane").is_focused());
}

#[test]
fn what_is_switched_on_says_so_in_its_menu() {
    let mut window = window(ThemeChoice::Light, Some(DrawerTab::Table));
    window.click("View");
    let is_on = |window: &Window, name: &str| {
        let entry = window.harness.get_all(By::new().role(Role::Button).label_contains(name)).next().unwrap();
        entry.accesskit_node().toggled()
    };
    assert_eq!(is_on(&window, "Inspector"), Some(Toggled::True));
    assert_eq!(is_on(&window, "ISO week numbers"), Some(Toggled::False));
    assert_eq!(is_on(&window, "Reduce motion"), Some(Toggled::False));
}

#[test]
fn the_list_of_shortcuts_fits_a_small_window_and_scrolls() {
    let mut window = window(ThemeChoice::Light, None);
    window.harness.set_size(vec2(900.0, 600.0));
    window.settle();
    window.key(Key::Questionmark);
    let screen = Rect::from_min_size(egui::Pos2::ZERO, vec2(900.0, 600.0));
    assert!(screen.contains_rect(window.harness.get_by_label("Close").rect()));
    let last = |window: &Window| window.harness.get_by_label("Size of the whole interface").rect();
    for _ in 0..4 {
        window.key(Key::PageDown);
    }
    let close = window.harness.get_by_label("Close").rect();
    assert!(last(&window).bottom() <= close.top() && screen.contains_rect(last(&window)), "{:?}", last(&window));
}

/// The part of the window in which the keyboard is, by its place.
fn part(window: &Window) -> &'static str {
    let Some(node) = window.focus() else { return "nowhere" };
    let at = node.rect().center();
    match () {
        () if at.y < 44.0 => "bar",
        () if at.x < 232.0 => "facets",
        () if at.x > 1000.0 => "inspector",
        () if at.y > 560.0 => "drawer",
        () => "track",
    }
}

#[test]
fn f6_goes_round_the_parts_of_the_window_and_back_also_out_of_a_field() {
    let settings = Settings { facets: true, drawer: Some(DrawerTab::Problems), ..Settings::default() };
    let mut window = Setup { settings, ..Setup::default() }.on(TREATY);
    let at = window.mark("Duma ratifies");
    window.click_at(at);
    let mut round = Vec::new();
    for _ in 0..6 {
        window.key(Key::F6);
        round.push(part(&window));
    }
    let around: Vec<&str> = ["track", "inspector", "drawer", "bar", "facets"].into_iter().cycle().take(12).collect();
    let begun = around.iter().position(|known| *known == round[0]).unwrap_or_else(|| panic!("{round:?}"));
    assert_eq!(round, around[begun..begun + 6], "in the order of the screen");
    let here = part(&window);
    window.chord(Modifiers::SHIFT, Key::F6);
    assert_eq!(part(&window), round[4]);
    window.key(Key::F6);
    assert_eq!(part(&window), here);
    // Where one was in a part one comes back to; typing keeps nobody there.
    window.fill("Place", "Moscow");
    window.key(Key::F6);
    assert_eq!((part(&window), window.event("duma").place.as_deref()), ("drawer", Some("Moscow")));
    window.chord(Modifiers::SHIFT, Key::F6);
    assert_eq!(window.focused(), "Place");
}

#[test]
fn a_dialog_begins_where_enter_does_what_it_is_for() {
    let mut window = window(ThemeChoice::Light, None);
    window.ctrl(Key::E);
    assert_eq!(window.focused(), "Export");
    window.key(Key::Escape);
    window.key(Key::Questionmark);
    assert_eq!(window.focused(), "Close");
    window.key(Key::Enter);
    assert!(!window.has("Close"));
}
