//! The table of events: sorted by any column, with the columns that one chooses.

use annalist::app::OpenRequest;
use annalist::ui::DrawerTab;
use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Rect, vec2};
use egui_kittest::kittest::{AccessKitNode, By, Queryable as _};

use super::window::{Setup, Window, name};

const DOSSIER: &str = r#"Timeline(
    format: 1,
    title: "Dossier",
    lanes: [Lane(id: "z", title: "Army"), Lane(id: "a", title: "Law")],
    sources: [Source(id: "wire", title: "Wire report"), Source(id: "act", title: "An act", publisher: "Gazette")],
    events: [
        Event(id: "signing", title: "Treaty signed", date: "2024-06-19", lane: "a", tags: ["treaty", "summit"],
              citations: [Citation(source: "wire")], fields: {"Chapter": "ch 10", "Dead": "9"}),
        Event(id: "duma", title: "duma ratifies", date: "2024-10-24", lane: "a", standing: Confirmed,
              citations: [Citation(source: "act"), Citation(source: "wire")], fields: {"Chapter": "ch 2", "Dead": "14"}),
        Event(id: "council", title: "Council approves", date: "2024-11-06", lane: "z", weight: 5),
        Event(id: "seen", title: "Troops seen", date: "2024-10", standing: Alleged, fields: {"Dead": "-3"}),
        Event(id: "talks", title: "Secret talks", lane: "z", weight: 1),
    ],
)
"#;

fn setup() -> Setup {
    let mut setup = Setup { size: vec2(1400.0, 900.0), step_seconds: 0.05, ..Setup::default() };
    setup.settings.reduce_motion = true;
    setup.settings.drawer = Some(DrawerTab::Table);
    setup
}

fn window() -> Window {
    setup().on(DOSSIER)
}

/// The rectangles and names of the rows, from the top.
fn rows(window: &Window) -> Vec<(Rect, String)> {
    let all = window.query_all(By::new().role(Role::ListBoxOption));
    // Marks and undated events stand above.
    let top = window.get(By::new().role(Role::Button).label_contains("Sort by date")).rect().top();
    let below = all.filter(|node| node.rect().top() > top);
    let mut rows: Vec<(Rect, String)> = below.map(|node| (node.rect(), name(&node))).collect();
    rows.sort_by(|a, b| a.0.top().total_cmp(&b.0.top()));
    rows
}

/// The first words of the rows, from the top.
fn order(window: &Window) -> String {
    let first = |(_, name): (Rect, String)| name.split(' ').next().unwrap_or_default().to_owned();
    rows(window).into_iter().map(first).collect::<Vec<_>>().join(" ")
}

/// The headings from left to right, without which way they are sorted.
fn headings(window: &Window) -> Vec<String> {
    let all = window.query_all(By::new().role(Role::Button).label_contains("Sort by "));
    let mut headings: Vec<(f32, String)> = all.map(|node| (node.rect().left(), name(&node))).collect();
    headings.sort_by(|a, b| a.0.total_cmp(&b.0));
    let bare = |name: String| name.trim_start_matches("Sort by ").split(',').next().unwrap_or_default().to_owned();
    headings.into_iter().map(|(_, name)| bare(name)).collect()
}

fn heading(window: &Window, column: &str) -> Rect {
    let wanted = format!("Sort by {column}");
    let all = window.query_all(By::new().role(Role::Button).label_contains("Sort by "));
    let mut found = all.filter(|node| name(node).split(',').next() == Some(&wanted));
    found.next().unwrap_or_else(|| panic!("no heading {column}")).rect()
}

fn click_heading(window: &mut Window, column: &str) {
    let at = heading(window, column).center();
    window.click_at(at);
}

#[test]
fn a_heading_sorts_up_then_down_then_leads_back_to_time() {
    let mut window = window();
    let in_time = "Treaty Troops duma Council Secret";
    assert_eq!(order(&window), in_time);
    click_heading(&mut window, "title");
    assert_eq!(order(&window), "Council duma Secret Treaty Troops", "large and small letters are one");
    assert!(window.has("Sort by title, ascending") && window.has("Sort by date"));
    click_heading(&mut window, "title");
    assert_eq!(order(&window), "Troops Treaty Secret duma Council");
    assert!(window.has("Sort by title, descending"));
    click_heading(&mut window, "title");
    assert_eq!(order(&window), in_time);
    assert!(window.has("Sort by date, ascending"));
}

#[test]
fn what_has_no_value_comes_last_either_way_and_equals_keep_the_order_of_the_file() {
    let mut window = window();
    for (column, up, down) in [
        ("lane", "Council Secret Treaty duma Troops", "Treaty duma Council Secret Troops"),
        ("standing", "duma Treaty Council Secret Troops", "Troops Treaty Council Secret duma"),
        ("sources", "duma Treaty Council Troops Secret", "Treaty duma Council Troops Secret"),
    ] {
        click_heading(&mut window, column);
        assert_eq!(order(&window), up, "{column}");
        click_heading(&mut window, column);
        assert_eq!(order(&window), down, "{column}, descending");
    }
    click_heading(&mut window, "date");
    assert_eq!(order(&window), "Treaty Troops duma Council Secret", "from another column to time order");
    click_heading(&mut window, "date");
    assert_eq!(order(&window), "Council duma Troops Treaty Secret", "what has no date stays last");
}

#[test]
fn headings_are_sorted_moved_and_resized_by_keys() {
    let mut window = window();
    window.give_focus("Sort by title");
    window.key(Key::Enter);
    assert_eq!(order(&window), "Council duma Secret Treaty Troops");
    window.key(Key::Space);
    assert_eq!(order(&window), "Troops Treaty Secret duma Council");
    assert_eq!(headings(&window), ["date", "title", "lane", "standing", "sources"]);
    window.chord(Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(headings(&window), ["date", "lane", "title", "standing", "sources"]);
    assert_eq!(window.focused(), "Sort by title, descending");
    window.chord(Modifiers::SHIFT, Key::ArrowLeft);
    window.chord(Modifiers::SHIFT, Key::ArrowLeft);
    window.chord(Modifiers::SHIFT, Key::ArrowLeft);
    assert_eq!(headings(&window), ["title", "date", "lane", "standing", "sources"]);
    let before = heading(&window, "title").width();
    window.ctrl(Key::ArrowRight);
    window.ctrl(Key::ArrowRight);
    assert_eq!(heading(&window, "title").width() - before, 32.0);
    window.ctrl(Key::ArrowLeft);
    assert_eq!(heading(&window, "title").width() - before, 16.0);
}

#[test]
fn the_menu_of_a_heading_opens_by_a_key_and_gives_the_keyboard_back() {
    let mut window = window();
    window.give_focus("Sort by lane");
    window.key(Key::Menu);
    assert_eq!(window.focused(), "Sort ascending");
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    assert_eq!(order(&window), "Treaty duma Council Secret Troops");
    assert_eq!(window.focused(), "Sort by lane, descending");
    window.chord(Modifiers::SHIFT, Key::F10);
    window.key(Key::Escape);
    assert!(!window.has("Hide this column") && window.focused() == "Sort by lane, descending", "{}", window.focused());
    let at = heading(&window, "lane").center();
    window.secondary_click(at);
    window.click("Hide this column");
    assert_eq!(headings(&window), ["date", "title", "standing", "sources"]);
}

#[test]
fn columns_are_chosen_and_kept_until_the_next_start() {
    let mut window = Setup { keeps_state: true, ..setup() }.on(DOSSIER);
    window.click("Columns of the table");
    for column in ["Weight", "Chapter", "Dead", "Sources"] {
        // Elsewhere there are others of these names; an entry of the menu is switched on or off.
        let is_entry = |node: &AccessKitNode<'_>| node.role() == Role::Button && node.toggled().is_some();
        let entry = By::new().predicate(move |node| is_entry(node) && node.label().as_deref() == Some(column));
        window.get(entry).click_accesskit();
        window.settle();
    }
    window.key(Key::Escape);
    assert_eq!(headings(&window), ["date", "title", "lane", "standing", "weight", "Chapter", "Dead"]);
    click_heading(&mut window, "Chapter");
    assert_eq!(order(&window), "duma Treaty Council Troops Secret", "ch 2 comes before ch 10");
    click_heading(&mut window, "Dead");
    assert_eq!(order(&window), "Troops Treaty duma Council Secret", "numbers are numbers");
    click_heading(&mut window, "weight");
    click_heading(&mut window, "weight");
    assert_eq!(order(&window), "Council Treaty duma Troops Secret");
    let settings = window.app().settings().clone();
    let text = ron::to_string(&settings).unwrap();
    let mut again = setup();
    again.settings = ron::from_str(&text).unwrap();
    let again = again.on(DOSSIER);
    assert_eq!(headings(&again), ["date", "title", "lane", "standing", "weight", "Chapter", "Dead"]);
    assert!(!again.text().contains("weight\", "), "nothing of it is in the file");
    // In a timeline that has no such fields, their columns wait.
    let mut other = setup();
    other.settings = settings;
    let other = other.open(OpenRequest::Sample);
    assert_eq!(headings(&other), ["date", "title", "lane", "standing", "weight"]);
}

#[test]
fn a_heading_is_dragged_to_its_place_and_escape_lets_it_stay() {
    let mut window = window();
    let (from, to) = (heading(&window, "standing").center(), heading(&window, "title").left_center() + vec2(4.0, 0.0));
    window.press(Modifiers::NONE, from);
    window.move_to(to);
    window.key(Key::Escape);
    window.button(Modifiers::NONE, to, false);
    window.settle();
    assert_eq!(headings(&window), ["date", "title", "lane", "standing", "sources"]);
    window.drag(Modifiers::NONE, from, to - from);
    assert_eq!(headings(&window), ["date", "standing", "title", "lane", "sources"]);
    assert!(window.has("Sort by date, ascending"), "a drag sorts nothing");
    let (from, end) = (heading(&window, "date").center(), heading(&window, "sources").right_center() - vec2(2.0, 0.0));
    window.drag(Modifiers::NONE, from, end - from);
    assert_eq!(headings(&window), ["standing", "title", "lane", "sources", "date"]);
}

#[test]
fn a_border_makes_a_column_wider_and_two_clicks_fit_it() {
    let mut window = window();
    let border = |window: &Window, column: &str| heading(window, column).right_center();
    let (before, at) = (heading(&window, "title").width(), border(&window, "title"));
    window.drag(Modifiers::NONE, at, vec2(-100.0, 0.0));
    assert!((heading(&window, "title").width() - (before - 100.0)).abs() < 1.0, "{before}");
    assert_eq!(heading(&window, "date").left(), rows(&window)[0].0.left(), "what stands before it stays");
    let at = border(&window, "title");
    window.double_click(at);
    window.settle();
    let fitted = heading(&window, "title").width();
    assert!(90.0 < fitted && fitted < 180.0, "{fitted}");
    // Wider than the window, the table is scrolled sideways.
    let at = border(&window, "date");
    window.drag(Modifiers::NONE, at, vec2(900.0, 0.0));
    let left = heading(&window, "date").left();
    let inside = rows(&window)[0].0.left_center() + vec2(200.0, 0.0);
    window.wheel(Modifiers::NONE, inside, vec2(-300.0, 0.0));
    assert!(heading(&window, "date").left() < left - 100.0, "{left}");
}

#[test]
fn the_question_and_edits_are_followed_in_the_order_of_a_column() {
    let mut window = window();
    click_heading(&mut window, "title");
    window.fill("Find events", "lane:z");
    assert_eq!(order(&window), "Council Secret");
    window.fill("Find events", "");
    let at = rows(&window)[0].0.center();
    window.click_at(at);
    window.fill("Title", "Zero hour");
    window.key(Key::Enter);
    assert_eq!(order(&window), "duma Secret Treaty Troops Zero");
    window.undo();
    assert_eq!(order(&window), "Council duma Secret Treaty Troops");
}

#[test]
fn a_vague_date_that_may_belong_elsewhere_is_told_of() {
    let mut window = window();
    let (at, _) = rows(&window)[1];
    window.move_to(at.center());
    window.steps(30);
    assert!(window.shows("Oct 2024 could be before or after “duma ratifies”, 24 Oct 2024"));
    click_heading(&mut window, "title");
    let (at, _) = rows(&window)[4];
    window.move_to(at.center());
    window.steps(30);
    assert!(!window.shows("could be before or after"), "by title nothing is said of dates");
}

#[test]
fn a_long_timeline_keeps_its_old_order_until_a_job_has_the_new_one() {
    let event = |at: usize| {
        format!("Event(id: \"e{at}\", title: \"t{:05}\", date: \"{}\"),\n", (at * 7_919) % 20_500, 1000 + at % 900)
    };
    let events: String = (0..20_500).map(event).collect();
    let mut window = setup().on(&format!("Timeline(format: 1, title: \"Long\", events: [\n{events}])\n"));
    let first = |window: &Window| rows(window)[0].1.split(',').next().unwrap_or_default().to_owned();
    assert_eq!(first(&window), "t00000");
    let at = heading(&window, "title").center();
    window.click_at(at);
    window.click_at(at);
    assert_eq!(first(&window), "t20499");
    let at = rows(&window)[3].0.center();
    window.wheel(Modifiers::NONE, at, vec2(0.0, -2_400.0));
    let top = rows(&window)[1].1.split(',').next().unwrap_or_default().to_owned();
    let scrolled: usize = top.trim_start_matches('t').parse().unwrap();
    assert!((20_350..20_450).contains(&scrolled), "{top}");
    // To the end by the bar.
    let bar = window.named("Scroll the table").rect();
    window.drag(Modifiers::NONE, Pos2::new(bar.center().x, bar.top() + 4.0), vec2(0.0, bar.height()));
    let last = rows(&window).pop().unwrap().1;
    assert!(last.starts_with("t00000"), "{last}");
}

#[test]
fn the_row_that_keys_lead_to_is_seen_whole() {
    let events: String = (10..40).map(|at| format!("Event(title: \"Number {at}.\", date: \"20{at}\"),\n")).collect();
    let mut window = setup().on(&format!("Timeline(format: 1, title: \"Many\", events: [{events}])"));
    let first = rows(&window)[0].0.center();
    window.click_at(first);
    let foot = window.get(By::new().role(Role::ScrollBar).label("Scroll the table")).rect().bottom();
    for _ in 0..15 {
        window.key(Key::ArrowDown);
        let row = window.focus().expect("a row").rect();
        assert!(row.bottom() <= foot + 0.5, "{row:?} {foot}");
    }
    window.key(Key::F2);
    let field = window.focus().expect("a field").rect();
    assert!(field.bottom() <= foot + 4.0, "{field:?} {foot}");
}

#[test]
fn a_date_is_whole_while_the_title_has_room_to_spare() {
    let text = DOSSIER.replace("\"2024-11-06\"", "\"2024-10-25/..\"");
    for width in [1200.0, 1400.0] {
        let mut window = Setup { size: vec2(width, 900.0), ..setup() }.on(&text);
        let before = heading(&window, "date").width();
        let at = heading(&window, "date").right_center();
        window.double_click(at);
        window.settle();
        let needed = heading(&window, "date").width();
        assert!(before > 150.0 && before >= needed - 0.5, "{width}: {before} of {needed}");
    }
}
