//! The table of events as a place to work: cells edited in place, rows selected in the order in which they stand, the menu of a
//! row.

use annalist::edit::Edit;
use annalist::model::{Event, Standing, Text, Timeline};
use annalist::ui::{Action, Command, DrawerTab, ReadOnly, table_ui};
use egui::accesskit::Role;
use egui::{Key, Modifiers, OutputCommand, Pos2, Rect, vec2};
use egui_kittest::kittest::{By, Queryable as _};

use super::window::{Setup, Window, key_event, name, panel};

const DOSSIER: &str = r#"Timeline(
    format: 1,
    title: "Dossier",
    lanes: [Lane(id: "law", title: "Law"), Lane(id: "army", title: "Army")],
    sources: [Source(id: "wire", title: "Wire report")],
    events: [
        Event(id: "signing", title: "Treaty signed", date: "2024-06-19", lane: "law", tags: ["treaty"]),
        Event(id: "duma", title: "Duma ratifies", date: "2024-10-24", lane: "law", tags: ["treaty", "vote"],
              citations: [Citation(source: "wire")], fields: {"Dead": "4"}),
        Event(id: "council", title: "Council approves", date: "2024-11-06", lane: "army"),
        Event(id: "seen", title: "Troops seen", date: "2024-10"),
        Event(id: "talks", title: "Secret talks", place: "Moscow"),
    ],
)
"#;

fn window() -> Window {
    with_columns(&[])
}

/// A window whose table has columns beside the usual ones.
fn with_columns(more: &[&str]) -> Window {
    let mut setup = Setup { size: vec2(1500.0, 900.0), step_seconds: 0.05, ..Setup::default() };
    setup.settings.reduce_motion = true;
    setup.settings.drawer = Some(DrawerTab::Table);
    let mut columns = vec!["date", "title", "lane", "standing"];
    columns.extend(more);
    let kept = columns.iter().map(|name| format!("(\"{name}\", None)")).collect::<Vec<_>>().join(", ");
    setup.settings.table = ron::from_str(&format!("[{kept}]")).unwrap();
    setup.on(DOSSIER)
}

/// The row whose name begins so.
pub fn row(window: &Window, start: &str) -> Rect {
    let all = window.query_all(By::new().role(Role::ListBoxOption));
    // Marks and undated events stand above.
    let top = window.get(By::new().role(Role::Button).label_contains("Sort by date")).rect().top();
    let mut rows = all.filter(|node| node.rect().top() > top && name(node).starts_with(start));
    rows.next().unwrap_or_else(|| panic!("no row {start}")).rect()
}

/// The middle of a cell.
pub fn cell(window: &Window, start: &str, column: &str) -> Pos2 {
    let wanted = format!("Sort by {column}");
    let all = window.query_all(By::new().role(Role::Button).label_contains("Sort by "));
    let heading = all.filter(|node| name(node).split(',').next() == Some(&wanted)).map(|node| node.rect()).next();
    Pos2::new(heading.unwrap_or_else(|| panic!("no column {column}")).center().x, row(window, start).center().y)
}

fn click(window: &mut Window, modifiers: Modifiers, at: Pos2) {
    window.press(modifiers, at);
    window.button(modifiers, at, false);
    window.frame([egui::Event::ModifiersChanged(Modifiers::NONE)]);
    window.settle();
}

pub fn edit_by_double_click(window: &mut Window, start: &str, column: &str) {
    let at = cell(window, start, column);
    window.double_click(at);
    window.settle();
}

fn selected(window: &Window) -> Vec<String> {
    let view = window.app().view();
    let is_selected = |id: &&Text| view.transient.is_selected(window.timeline(), id);
    window.timeline().events().iter().map(|event| &event.id).filter(is_selected).map(ToString::to_string).collect()
}

/// The title of the row that has the keyboard.
fn focused_row(window: &Window) -> String {
    window.focused().split(',').next().unwrap_or_default().to_owned()
}

#[test]
fn a_title_is_edited_by_two_clicks_and_enter_goes_down() {
    let mut window = window();
    edit_by_double_click(&mut window, "Duma ratifies", "title");
    assert_eq!(
        (window.focused().as_str(), window.value("Title in the table").as_str()),
        ("Title in the table", "Duma ratifies")
    );
    window.ctrl(Key::A);
    window.type_text("State Duma ratifies");
    window.key(Key::Enter);
    assert_eq!(window.event("duma").title, "State Duma ratifies");
    assert_eq!(window.undo_label(), "Change title of “Duma ratifies”");
    assert!(!window.has("Title in the table"));
    assert_eq!(focused_row(&window), "Council approves");
    // The cell below is the one that keys act on.
    window.key(Key::Enter);
    assert_eq!(window.value("Title in the table"), "Council approves");
    window.key(Key::Escape);
    assert_eq!((focused_row(&window).as_str(), window.has("Title in the table")), ("Council approves", false));
    window.undo();
    assert_eq!(window.event("duma").title, "Duma ratifies");
}

#[test]
fn the_field_stands_over_its_cell_at_the_foot_of_the_table_too() {
    let events: String = (0..40)
        .map(|at| format!("Event(id: \"e{at}\", title: \"Event {at:02}\", date: \"2024-01-{:02}\"),\n", 1 + at % 28))
        .collect();
    let mut setup = Setup { size: vec2(1500.0, 900.0), step_seconds: 0.05, ..Setup::default() };
    setup.settings.reduce_motion = true;
    setup.settings.drawer = Some(DrawerTab::Table);
    let mut window = setup.on(&format!("Timeline(format: 1, title: \"Long\", events: [{events}])"));
    edit_by_double_click(&mut window, "Event 00", "title");
    window.key(Key::Escape);
    window.key(Key::End);
    let last = focused_row(&window);
    let at = row(&window, &last);
    assert!(at.bottom() > 820.0, "it is the last row: {at:?}");
    for (column, typed) in [("date", "late October 2024"), ("title", "A title")] {
        edit_by_double_click(&mut window, &last, column);
        window.ctrl(Key::A);
        window.type_text(typed);
        window.steps(3);
        let field = window.field(&format!("{} in the table", sentence(column))).rect();
        assert!((field.center().y - at.center().y).abs() < 6.0, "{column}: {field:?} over {at:?}");
        if column == "date" {
            let reading = window.get_all(By::new().label_contains("Written as")).map(|node| node.rect());
            let beside = reading.filter(|rect| rect.left() < field.right() && rect.bottom() <= field.top() + 4.0);
            assert!(beside.count() > 0, "what is read of it stands above, as there is no room below");
        }
        window.key(Key::Escape);
    }
}

fn sentence(column: &str) -> String {
    column[..1].to_uppercase() + &column[1..]
}

#[test]
fn escape_gives_up_and_a_click_elsewhere_commits() {
    let mut window = window();
    edit_by_double_click(&mut window, "Duma ratifies", "title");
    window.type_text("Never");
    window.key(Key::Escape);
    assert_eq!((window.event("duma").title.as_str(), window.undo_label()), ("Duma ratifies", ""));
    edit_by_double_click(&mut window, "Duma ratifies", "title");
    window.ctrl(Key::A);
    window.type_text("Vote");
    let at = cell(&window, "Troops seen", "lane");
    window.click_at(at);
    assert_eq!(window.event("duma").title, "Vote");
    assert!(!window.has("Title in the table"));
    assert_eq!(focused_row(&window), "Troops seen");
}

#[test]
fn a_date_takes_words_and_a_bad_one_is_told_below_and_not_lost() {
    let mut window = window();
    edit_by_double_click(&mut window, "Duma ratifies", "date");
    assert_eq!(window.value("Date in the table"), "2024-10-24");
    window.ctrl(Key::A);
    window.type_text("late October 2024");
    assert!(window.shows("Written as [2024-10-21..2024-10-31]"));
    window.key(Key::Enter);
    assert_eq!(window.event("duma").date.as_ref().unwrap().as_str(), "[2024-10-21..2024-10-31]");
    edit_by_double_click(&mut window, "Council approves", "date");
    window.ctrl(Key::A);
    window.type_text("30 February 2024");
    window.key(Key::Enter);
    assert!(window.shows("February 2024 has 29 days"));
    assert_eq!(window.focused(), "Date in the table", "a refused text keeps the keyboard");
    // A click elsewhere leaves it there too.
    let at = cell(&window, "Troops seen", "lane");
    window.click_at(at);
    assert_eq!(window.value("Date in the table"), "30 February 2024");
    assert_eq!(window.event("council").date.as_ref().unwrap().as_str(), "2024-11-06");
    window.give_focus("Date in the table");
    window.ctrl(Key::A);
    window.type_text("2024-02-29");
    window.key(Key::Enter);
    assert_eq!(window.event("council").date.as_ref().unwrap().as_str(), "2024-02-29");
    // An emptied field takes no date away.
    edit_by_double_click(&mut window, "Troops seen", "date");
    window.ctrl(Key::A);
    window.key(Key::Delete);
    window.key(Key::Enter);
    assert!(window.shows("a date is needed") && window.event("seen").date.is_some());
}

#[test]
fn tab_goes_from_cell_to_cell_and_commits_each() {
    let mut window = with_columns(&["tags", "sources", "place", "own:Dead"]);
    edit_by_double_click(&mut window, "Duma ratifies", "title");
    window.ctrl(Key::A);
    window.type_text("Vote");
    window.key(Key::Tab);
    assert_eq!((window.event("duma").title.as_str(), window.focused().as_str()), ("Vote", "Lane in the table"));
    window.key(Key::Tab);
    assert_eq!(window.focused(), "Standing in the table");
    window.key(Key::Tab);
    assert_eq!(
        (window.focused().as_str(), window.value("Tags in the table").as_str()),
        ("Tags in the table", "treaty, vote")
    );
    window.ctrl(Key::A);
    window.type_text("treaty, law");
    window.key(Key::Tab);
    assert_eq!(window.event("duma").tags.as_slice(), ["treaty", "law"]);
    assert_eq!(window.focused(), "Place in the table", "sources are no field of a line");
    window.type_text("Moscow");
    window.key(Key::Tab);
    assert_eq!(
        (window.event("duma").place.as_deref(), window.focused().as_str()),
        (Some("Moscow"), "Dead in the table")
    );
    window.ctrl(Key::A);
    window.key(Key::Delete);
    window.chord(Modifiers::SHIFT, Key::Tab);
    assert_eq!((window.event("duma").rare.fields.len(), window.focused().as_str()), (0, "Place in the table"));
    window.key(Key::Tab);
    window.type_text("17");
    window.key(Key::Enter);
    assert_eq!(window.event("duma").rare.fields.get("Dead").map(Text::as_str), Some("17"));
}

#[test]
fn lanes_and_standings_are_chosen_from_their_menus() {
    let mut window = window();
    edit_by_double_click(&mut window, "Duma ratifies", "lane");
    assert!(window.has("No lane"), "the menu is open");
    window.reach("Army");
    assert_eq!(window.event("duma").lane.as_deref(), Some("army"));
    assert_eq!(focused_row(&window), "Duma ratifies");
    window.key(Key::ArrowRight);
    window.key(Key::F2);
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    assert_ne!(window.event("duma").standing, Standing::Reported);
    assert_eq!(focused_row(&window), "Duma ratifies");
    let standing = window.event("duma").standing;
    window.key(Key::F2);
    window.key(Key::Escape);
    window.key(Key::Escape);
    assert_eq!((window.event("duma").standing, focused_row(&window).as_str()), (standing, "Duma ratifies"));
}

#[test]
fn a_word_typed_in_a_cell_of_choices_is_committed_by_enter_or_tab() {
    let mut window = window();
    let type_word = |window: &mut Window, keys: &[(Key, &str)]| {
        let struck = keys.iter().flat_map(|(key, text)| {
            [key_event(*key, true), egui::Event::Text((*text).to_owned()), key_event(*key, false)]
        });
        window.frame(struck);
        window.settle();
    };
    edit_by_double_click(&mut window, "Duma ratifies", "title");
    window.key(Key::Tab);
    window.key(Key::Tab);
    type_word(&mut window, &[(Key::C, "c"), (Key::O, "o"), (Key::N, "n"), (Key::F, "f")]);
    assert_eq!((window.focused().as_str(), window.timeline().events().len()), ("Standing in the table", 5));
    assert_eq!(window.combo("Standing in the table").value().as_deref(), Some("Confirmed"));
    assert_eq!(window.event("duma").standing, Standing::Reported, "it is not committed yet");
    window.key(Key::Enter);
    assert_eq!(window.event("duma").standing, Standing::Confirmed);
    assert_eq!(focused_row(&window), "Council approves");
    // Tab commits too, Escape drops.
    window.key(Key::ArrowUp);
    edit_by_double_click(&mut window, "Duma ratifies", "title");
    window.key(Key::Tab);
    type_word(&mut window, &[(Key::A, "a"), (Key::R, "r")]);
    window.key(Key::Tab);
    assert_eq!(window.event("duma").lane.as_deref(), Some("army"));
    type_word(&mut window, &[(Key::A, "a")]);
    window.key(Key::Escape);
    assert_eq!((window.event("duma").standing, focused_row(&window).as_str()), (Standing::Confirmed, "Duma ratifies"));
}

#[test]
fn the_rows_below_stay_in_sight_while_an_edit_sorts_anew() {
    let mut window = window();
    let at = cell(&window, "Duma", "title");
    let heading = Pos2::new(at.x, row(&window, "Treaty signed").top() - 12.0);
    window.click_at(heading);
    // Council, Duma, Secret, Treaty, Troops.
    edit_by_double_click(&mut window, "Council approves", "title");
    window.ctrl(Key::A);
    window.type_text("Zero");
    window.key(Key::Enter);
    assert_eq!(focused_row(&window), "Duma ratifies", "the row that stood below");
}

#[test]
fn a_read_only_timeline_says_why_it_is_not_edited() {
    let mut timeline = Timeline::empty("Treaty");
    annalist::edit::apply(&mut timeline, &Edit::put_event(Event::undated("duma", "Duma ratifies"))).unwrap();
    let mut desk = panel::Desk::new(timeline, |ui, document, view, theme, _, table, actions| {
        table_ui(ui, document, view, theme, table, actions);
    });
    desk.read_only = Some(ReadOnly::Held);
    let mut screen = desk.screen_at(vec2(1000.0, 300.0), 0.05);
    let at = screen.option("Duma ratifies").rect().left_center() + vec2(300.0, 0.0);
    screen.double_click(at);
    screen.settle();
    // The command says why it cannot run.
    assert_eq!(screen.state().actions.last(), Some(&Action::Run(Command::EditEvent)));
    screen.key(Key::F2);
    assert_eq!(screen.state().actions.iter().filter(|action| **action == Action::Run(Command::EditEvent)).count(), 2);
    assert!(!screen.has("Title in the table"));
}

#[test]
fn keys_walk_extend_and_toggle_the_rows_in_their_order() {
    let mut window = window();
    let heading = Pos2::new(cell(&window, "Duma", "title").x, row(&window, "Treaty signed").top() - 12.0);
    window.click_at(heading);
    // Council, Duma, Secret, Treaty, Troops.
    let at = cell(&window, "Council", "title");
    window.click_at(at);
    window.key(Key::ArrowDown);
    assert_eq!((selected(&window), focused_row(&window).as_str()), (vec!["duma".to_owned()], "Duma ratifies"));
    window.chord(Modifiers::SHIFT, Key::ArrowDown);
    window.chord(Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(selected(&window), ["signing", "duma", "talks"]);
    window.chord(Modifiers::SHIFT, Key::ArrowUp);
    assert_eq!(selected(&window), ["duma", "talks"]);
    window.chord(Modifiers::COMMAND, Key::ArrowDown);
    assert_eq!((selected(&window).len(), focused_row(&window).as_str()), (2, "Treaty signed"), "the selection stays");
    window.chord(Modifiers::COMMAND, Key::ArrowDown);
    window.key(Key::Space);
    assert_eq!(selected(&window), ["duma", "seen", "talks"]);
    window.key(Key::Space);
    assert_eq!(selected(&window), ["duma", "talks"]);
    window.key(Key::Home);
    assert_eq!(selected(&window), ["council"]);
    window.chord(Modifiers::SHIFT, Key::End);
    assert_eq!(selected(&window).len(), 5);
    window.key(Key::Escape);
    window.ctrl(Key::A);
    assert_eq!(selected(&window).len(), 5);
}

#[test]
fn clicks_with_keys_select_rows_in_their_order() {
    let mut window = window();
    let heading = Pos2::new(cell(&window, "Duma", "title").x, row(&window, "Treaty signed").top() - 12.0);
    window.click_at(heading);
    let at = cell(&window, "Council", "title");
    window.click_at(at);
    let at = cell(&window, "Secret", "title");
    click(&mut window, Modifiers::SHIFT, at);
    assert_eq!(selected(&window), ["duma", "council", "talks"]);
    let at = cell(&window, "Duma", "title");
    click(&mut window, Modifiers::COMMAND, at);
    let at = cell(&window, "Troops", "title");
    click(&mut window, Modifiers::COMMAND, at);
    assert_eq!(selected(&window), ["council", "seen", "talks"]);
    let at = cell(&window, "Treaty", "title");
    click(&mut window, Modifiers::SHIFT, at);
    assert_eq!(selected(&window), ["signing", "seen"], "from the one chosen last");
}

#[test]
fn deleting_leaves_the_keyboard_in_the_table() {
    let mut window = window();
    let at = cell(&window, "Duma", "title");
    window.click_at(at);
    window.key(Key::Delete);
    assert_eq!(window.titles(), ["Treaty signed", "Council approves", "Troops seen", "Secret talks"]);
    assert_eq!(focused_row(&window), "Council approves");
}

#[test]
fn the_menu_of_a_row_selects_and_asks_by_its_cell() {
    let mut window = window();
    let at = cell(&window, "Duma", "lane");
    window.secondary_click(at);
    assert_eq!(selected(&window), ["duma"]);
    window.click("Select all with lane “Law”");
    assert_eq!(selected(&window), ["signing", "duma"]);
    // The menu of one of several is about all of them.
    let at = cell(&window, "Treaty", "title");
    window.secondary_click(at);
    assert_eq!(selected(&window), ["signing", "duma"]);
    window.key(Key::Escape);
    let at = cell(&window, "Duma", "lane");
    window.secondary_click(at);
    window.click("Only those with lane “Law”");
    assert_eq!(window.app().view().place.query, "lane:=law");
    let at = cell(&window, "Duma", "lane");
    window.secondary_click(at);
    window.click("Only those with lane “Law”");
    assert_eq!(window.app().view().place.query, "", "picked once more, all are there again");
    let at = cell(&window, "Troops", "lane");
    window.secondary_click(at);
    window.click("Without those with no lane");
    assert_eq!(window.app().view().place.query, "-lane:none");
}

#[test]
fn the_menu_of_a_row_opens_by_a_key() {
    let mut window = window();
    let at = cell(&window, "Duma", "title");
    window.click_at(at);
    window.key(Key::Menu);
    assert!(window.focused().starts_with("Edit event"), "{}", window.focused());
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    assert_eq!(window.value("Title in the table"), "Duma ratifies");
    window.key(Key::Escape);
    window.chord(Modifiers::SHIFT, Key::F10);
    window.key(Key::Escape);
    assert_eq!((focused_row(&window).as_str(), selected(&window)), ("Duma ratifies", vec!["duma".to_owned()]));
    window.chord(Modifiers::SHIFT, Key::F10);
    // The form of the event has such a button too.
    let last = window.query_all(By::new().role(Role::Button).label_contains("Delete event")).last();
    last.expect("an entry").click_accesskit();
    window.settle();
    assert_eq!(window.titles().len(), 4);
}

#[test]
fn what_is_shown_is_copied_in_the_order_of_the_rows() {
    let mut window = window();
    let heading = Pos2::new(cell(&window, "Duma", "title").x, row(&window, "Treaty signed").top() - 12.0);
    window.click_at(heading);
    window.click_at(heading);
    window.ctrl(Key::A);
    let at = cell(&window, "Duma", "title");
    window.secondary_click(at);
    window.named("Copy the columns shown").click();
    window.step();
    let commands = window.output().platform_output.commands.clone();
    window.settle();
    let copied = commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let wanted = "Date\tTitle\tLane\tStanding\nOct 2024\tTroops seen\t\tReported\n19 Jun 2024\tTreaty signed\tLaw\tReported\n\
                  Undated\tSecret talks\t\tReported\n24 Oct 2024\tDuma ratifies\tLaw\tReported\n\
                  6 Nov 2024\tCouncil approves\tArmy\tReported\n";
    assert_eq!(copied.as_deref(), Some(wanted));
    assert!(window.tells("Copied 5 events as rows"));
}
