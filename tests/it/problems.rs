//! The problems drawer, driven by accessible names and keys.

use annalist::diagnostic::Severity;
use annalist::model::Level;
use annalist::store;
use annalist::ui::{Action, ProblemsState, ReadOnly, problems_ui};
use egui::accesskit::Role;
use egui::{Key, vec2};
use egui_kittest::Node;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};

use super::window::{Screen, TREATY, Window, panel};

const MIXED: &str = r#"Timeline(
    format: 1,
    title: "Mixed",
    sources: [
        Source(id: "gazette", title: "The gazette", reliability: B),
        Source(id: "spare", title: "A spare source"),
    ],
    events: [
        Event(id: "vote", title: "The vote", date: "2024-10-24", citations: [Citation(source: "gazette", credibility: 2, date: "2024-10")]),
        Event(id: "talk", title: "The talk", date: "2024-10-25"),
        Event(id: "claim", title: "The claim", date: "2024-10-26", citations: [Citation(source: "gazete", credibility: 2, reliability: C)]),
    ],
)
"#;

type Desk = panel::Desk<ProblemsState>;

fn desk(text: &str) -> Desk {
    Desk::new(store::read(text.to_owned()).timeline, |ui, document, view, theme, _, problems, actions| {
        problems_ui(ui, document, view, theme, problems, actions);
    })
}

fn drawer(desk: Desk) -> Screen<Desk> {
    desk.screen(vec2(900.0, 300.0))
}

/// What the rows in view say, from top to bottom.
fn rows(harness: &Screen<Desk>) -> Vec<String> {
    let mut rows: Vec<(i64, String)> = harness
        .query_all(By::new().role(Role::ListBoxOption))
        .map(|node| (node.rect().top() as i64, node.accesskit_node().label().unwrap_or_default()))
        .collect();
    rows.sort();
    rows.into_iter().map(|(_, label)| label).collect()
}

fn row<'h>(harness: &'h Screen<Desk>, message: &'h str) -> Node<'h> {
    harness.get(By::new().role(Role::ListBoxOption).label_contains(message))
}

#[track_caller]
fn check_order(harness: &Screen<Desk>, expected: &[&str]) {
    let rows = rows(harness);
    let found: Vec<bool> = rows.iter().zip(expected).map(|(row, code)| row.contains(code)).collect();
    assert!(rows.len() == expected.len() && found.iter().all(|&is| is), "{rows:#?}");
}

#[test]
fn problems_are_counted_and_stand_with_the_worst_first() {
    let harness = drawer(desk(MIXED));
    for count in ["1 error", "2 warnings", "1 note"] {
        assert!(harness.query_by_label(count).is_some(), "{count}");
    }
    check_order(&harness, &["unknown-source", "date-finer-than-source", "unsourced", "unused-source"]);
    let rows = rows(&harness);
    assert!(
        rows[0].starts_with("Error: There is no source \"gazete\" (The claim · Error unknown-source · did you mean"),
        "{}",
        rows[0]
    );
    assert!(rows[0].contains(": Cite “The gazette” instead"), "{}", rows[0]);
    assert!(rows[3].starts_with("Note: "), "{}", rows[3]);
}

#[test]
fn problems_name_records_by_their_titles_and_say_dates_in_words() {
    let harness = drawer(desk(MIXED));
    let rows = rows(&harness);
    let finer = "The date 24 Oct 2024 is more precise than any source: “The gazette” says Oct 2024";
    assert!(rows[1].contains(finer), "{}", rows[1]);
    assert!(rows[1].contains(": Take Oct 2024, the date of “The gazette”"), "{}", rows[1]);
}

#[test]
fn what_is_not_listed_counts_as_what_it_is() {
    let events: String = (0..2_051).map(|n| format!("Event(id: \"e{n}\", title: \"E{n}\", date: \"2024\"),")).collect();
    let mut harness = drawer(desk(&format!("Timeline(format: 1, title: \"Many\", events: [{events}])")));
    assert!(harness.query_by_label("2051 warnings").is_some());
    assert!(!rows(&harness)[0].contains("not listed"), "the rest comes last");
    assert!(harness.query_by_label_contains("shown").is_none(), "nothing is filtered");
    harness.click("Kind of problem");
    let kind = harness.get(By::new().role(Role::Button).label_contains("unsourced"));
    assert!(kind.accesskit_node().label().is_some_and(|label| label.contains("2051")), "{kind:?}");
}

#[test]
fn a_row_leads_to_its_record() {
    let mut harness = drawer(desk(MIXED));
    row(&harness, "date-finer-than-source").click();
    harness.run();
    assert_eq!(harness.state().actions, [Action::Reveal("vote".into())]);
}

#[test]
fn keys_walk_the_list_reveal_and_mend() {
    let mut harness = drawer(desk(MIXED));
    harness.state_mut().panel.focus();
    harness.run();
    assert!(row(&harness, "unknown-source").is_focused());
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.run();
    assert!(row(&harness, "date-finer-than-source").is_focused());
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().actions, [Action::Reveal("vote".into())]);
    harness.key_press(Key::End);
    harness.run();
    harness.run();
    assert!(row(&harness, "unused-source").is_focused());
    harness.key_press(Key::Home);
    harness.run();
    harness.run();
    let fix = harness.state_mut().act(|document, _, _, problems, _| problems.fix_of_chosen(document));
    assert_eq!(fix.map(|fix| fix.label).as_deref(), Some("Cite “The gazette” instead"));
    harness.key_press(Key::Tab);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let state = harness.state();
    assert!(!state.codes().contains(&"unknown-source"), "{:?}", state.codes());
    assert_eq!(state.history.undo_label(), Some("Cite “The gazette” instead"));
}

#[test]
fn severities_and_kinds_are_shown_and_hidden() {
    let mut harness = drawer(desk(MIXED));
    harness.click("2 warnings");
    check_order(&harness, &["unknown-source", "unused-source"]);
    assert!(harness.query_by_label("2 of 4 shown").is_some());
    harness.click("1 error");
    harness.click("1 note");
    assert!(harness.query_by_label("The filter leaves no problem").is_some());
    harness.click("Show all problems");
    harness.click("Kind of problem");
    harness.get(By::new().role(Role::Button).label_contains("unsourced")).click();
    harness.run();
    check_order(&harness, &["unsourced"]);
    harness.click("Kind of problem");
    harness.get(By::new().role(Role::Button).label_contains("All kinds")).click();
    harness.run();
    harness.click("Order of problems");
    harness.click("By kind");
    check_order(&harness, &["unsourced", "unknown-source", "unused-source", "date-finer-than-source"]);
}

#[test]
fn the_menu_of_a_row_sets_how_much_its_kind_matters_here() {
    let mut harness = drawer(desk(MIXED));
    row(&harness, "unsourced").click_secondary();
    harness.run();
    assert!(harness.query_by_label("“unsourced” in this file").is_some());
    harness.click("Off");
    assert_eq!(harness.state().timeline.header().level("unsourced"), Level::Off);
    assert!(!harness.state().codes().contains(&"unsourced"));
    assert_eq!(harness.state().history.undo_label(), Some("Set “unsourced” to Off"));
    row(&harness, "unused-source").click_secondary();
    harness.run();
    harness.click("Error");
    let problem = harness.state().problems.iter().find(|problem| problem.code == "unused-source").unwrap().severity;
    assert_eq!(problem, Severity::Error);
    row(&harness, "unused-source").click_secondary();
    harness.run();
    harness.click("As usual: Info");
    assert_eq!(harness.state().timeline.header().checks.len(), 1);
    row(&harness, "unused-source").click_secondary();
    harness.run();
    harness.click("Show only this kind");
    check_order(&harness, &["unused-source"]);
}

#[test]
fn other_fixes_stand_in_the_menu_of_the_row() {
    let mut harness = drawer(desk(MIXED));
    let more: Vec<_> = harness.query_all_by_label("More…").collect();
    let first = more.into_iter().min_by_key(|node| node.rect().top() as i64).unwrap();
    first.click();
    harness.run();
    harness.click("Add the source “gazete”");
    assert!(harness.state().timeline.source("gazete").is_some());
}

#[test]
fn a_file_that_cannot_be_edited_offers_no_fix_and_no_level() {
    let mut desk = desk(MIXED);
    desk.read_only = Some(ReadOnly::Damaged { errors: 1, unread: 0, cut_in_line: None });
    let mut harness = drawer(desk);
    assert!(harness.query_by_label_contains("Cite “The gazette” instead").is_none());
    row(&harness, "unsourced").click_secondary();
    harness.run();
    assert!(harness.query_by_label("Off").is_none());
    assert!(harness.query_by_label("Copy").is_some());
}

#[test]
fn a_hundred_thousand_problems_are_one_screen_of_rows() {
    let mut desk = desk(MIXED);
    let one = desk.problems.get(0).unwrap().clone();
    desk.problems = vec![one; 100_000].into();
    let mut harness = drawer(desk);
    assert!(rows(&harness).len() < 20);
    harness.state_mut().panel.focus();
    harness.run();
    harness.key_press(Key::End);
    harness.run();
    harness.run();
    harness.key_press(Key::ArrowUp);
    harness.run();
    harness.run();
    assert!(rows(&harness).len() < 20);
}

#[test]
fn a_file_whose_end_is_missing_says_so_once_and_where() {
    let at = TREATY.find("links: [Link(to:").unwrap() + "links: [Link(to:".len();
    let mut window = Window::on(&TREATY[..at]);
    assert!(
        window.tells("The file ends in the middle, in line 14: what stood behind that is not there"),
        "{:?}",
        window.notices()
    );
    assert!(window.tells("earlier versions") && window.shows("Earlier versions…"));
    let never = |window: &Window| {
        window.app().session().problems().iter().filter(|problem| problem.message.contains("never closed")).count()
    };
    assert_eq!(never(&window), 1);
    assert!(window.shows("ends in line 14"));
    window.select("Treaty signed");
    assert!(!window.tells("could not be read"));
}
