//! An event is read before it is edited: what the inspector says of it, citations that unfold, and the way to the form and back.

use annalist::app::Settings;
use egui::Key;
use egui_kittest::kittest::{By, Queryable as _};

use super::window::{Setup, Window};

/// An event that two origins support, of which one dates it otherwise, and one denies.
const DUMA: &str = r#"Timeline(
    format: 1,
    title: "Duma",
    lanes: [Lane(id: "treaty", title: "Treaty")],
    sources: [
        Source(id: "wire", title: "Wire report", publisher: "Interfax", reliability: Some(B)),
        Source(id: "copy", title: "Copy of it", origin: "wire"),
        Source(id: "study", title: "Undated analysis"),
        Source(id: "rumour", title: "Channel"),
    ],
    events: [
        Event(id: "duma", title: "Duma ratifies", date: "2024-10-24", lane: "treaty", standing: Disputed, place: "Moscow",
            note: "The first of two votes.",
            citations: [
                Citation(source: "wire", credibility: 3, quote: "397 votes to none", note: "Says nothing of absentees", locator: "para 4"),
                Citation(source: "copy"),
                Citation(source: "study", date: "2024-10", wording: "late October"),
                Citation(source: "rumour", stance: Denies),
            ],
            links: [Link(to: "signing", relation: Implements)]),
        Event(id: "signing", title: "Treaty signed", date: "2024-06-19"),
    ],
)
"#;

fn reading() -> Window {
    Setup { reads: true, ..Setup::default() }.on(DUMA)
}

#[test]
fn an_event_opens_with_what_is_known_of_it_in_words() {
    let mut window = reading();
    window.select("Duma ratifies");
    for words in [
        "24 Oct 2024",
        "Disputed",
        "Moscow",
        "3 support, 1 denies · 2 origins · another date: late October (Undated analysis)",
        "The first of two votes.",
        "“397 votes to none” Says nothing of absentees",
        "Implements",
    ] {
        assert!(window.shows(words), "{words}");
    }
    assert!(!window.has("Title"), "no form");
    // Grades are in words, wherever they stand.
    let first = "Citation 1: Wire report, Supports · usually reliable, possibly true";
    assert!(window.has(first));
    assert!(!window.shows("para 4"), "the rest of a citation is folded");
    window.click(first);
    assert!(window.shows("Where: para 4") && window.shows("Interfax"));
    window.click(first);
    assert!(!window.shows("Where: para 4"));
}

#[test]
fn a_citation_is_unfolded_by_enter_and_leads_to_its_source() {
    let mut window = reading();
    window.select("Duma ratifies");
    let second = "Citation 2: Copy of it, Supports";
    window.give_focus(second);
    window.key(Key::Enter);
    assert!(window.shows("goes back to Wire report"));
    window.click("Show source 2");
    assert_eq!(window.app().view().transient.source.as_deref(), Some("copy"));
}

#[test]
fn the_form_is_one_key_away_and_remembered() {
    let mut window = reading();
    window.select("Duma ratifies");
    window.key(Key::E);
    assert_eq!(window.value("Title"), "Duma ratifies");
    window.select("Treaty signed");
    assert_eq!(window.value("Title"), "Treaty signed", "the next one opens so too");
    window.keep_settings();
    assert!(window.app().settings().edits);
    window.click("Read");
    assert!(!window.has("Title") && window.shows("Nobody is cited yet"));
    window.click("Edit this event");
    assert_eq!(window.value("Title"), "Treaty signed");
    let remembered = Settings { edits: true, ..Settings::default() };
    let mut window = Setup { reads: true, settings: remembered, ..Setup::default() }.on(DUMA);
    window.select("Duma ratifies");
    assert_eq!(window.value("Title"), "Duma ratifies");
}

#[test]
fn what_edits_an_event_opens_its_form_and_the_next_event_is_read_again() {
    let mut window = reading();
    for key in [Key::Enter, Key::F2, Key::D, Key::C] {
        window.select("Treaty signed");
        assert!(!window.has("Title"), "{key:?}");
        window.key(key);
        assert!(window.has("Title"), "{key:?}");
        window.key(Key::Escape);
        window.select("Duma ratifies");
        assert!(!window.has("Title") && window.shows("3 support"), "{key:?}");
    }
    // What is typed and cannot be taken keeps its field in sight.
    window.key(Key::D);
    window.fill("Date", "nonsense");
    window.key(Key::Enter);
    window.select("Treaty signed");
    window.select("Duma ratifies");
    assert_eq!(window.value("Date"), "nonsense");
}

#[test]
fn links_are_read_from_both_ends_and_lead_there() {
    let mut window = reading();
    window.select("Duma ratifies");
    window.click("Go to Treaty signed");
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("signing"));
    assert!(window.shows("implements this event"));
    window.click("Go to Duma ratifies");
    assert!(window.shows("3 support"));
}

#[test]
fn lane_and_actors_of_one_name_are_told_apart_and_a_date_is_said_once() {
    const HARBOUR: &str = r#"Timeline(
        format: 1,
        title: "Harbour",
        lanes: [Lane(id: "port", title: "Harbour authority")],
        events: [
            Event(id: "a", title: "Quay opened", date: "1902-08-01", wording: "1 August 1902", lane: "port", place: "Quay 3",
                actors: ["Harbour authority"], tags: ["works", "quay"]),
            Event(id: "b", title: "Dredging begins", date: "1901-05", wording: "in May, after the ice", actors: ["Mayor", "Crew"]),
            Event(id: "c", title: "Crane ordered", date: "[1903-03-05..]", wording: "after 4 March 1903"),
        ],
    )"#;
    let mut window = Setup { reads: true, ..Setup::default() }.on(HARBOUR);
    window.select("Quay opened");
    for words in ["Lane ", "Place ", "Actor ", "Tags ", "works, quay"] {
        assert!(window.shows(words), "{words}");
    }
    assert!(window.shows("1 Aug 1902") && !window.shows("As written"), "the wording says no more");
    window.select("Dredging begins");
    assert!(window.shows("May 1901") && window.shows("As written: “in May, after the ice”"));
    assert!(window.shows("Actors ") && window.shows("Mayor, Crew"));
    window.select("Crane ordered");
    assert!(window.shows("As written: “after 4 March 1903”"), "the source did not say \"from 5 March on\"");
}

#[test]
fn no_line_of_what_is_read_begins_with_a_separator() {
    use egui::vec2;

    // What there is of an event stands on other lines with each more letter of its place.
    for letters in 0..60 {
        let place = format!("M{}", "o".repeat(letters));
        let text = DUMA
            .replace("place: \"Moscow\"", &format!("place: \"{place}\", actors: [\"State Duma\"], tags: [\"law\"]"));
        let mut window = Setup { reads: true, size: vec2(900.0, 840.0), ..Setup::default() }.on(&text);
        window.select("Duma ratifies");
        let left = window.get(By::new().label("Disputed")).rect().left();
        let separators: Vec<_> = window.query_all(By::new().label(" · ")).map(|node| node.rect()).collect();
        assert!(separators.iter().all(|rect| rect.left() > left + 1.0), "{letters}: {separators:?}");
        // Where a line ends, none stands behind it either: they are between facts of one line.
        let has_line = |at: &egui::Rect| separators.iter().any(|rect| (rect.center().y - at.center().y).abs() < 4.0);
        let line = window.get(By::new().label("Disputed")).rect();
        assert!(has_line(&line), "{letters}: the lane has room beside the standing");
    }
}
