//! Asking in the window: facets, going from match to match, what only may match, and back to where one was.

use annalist::model::Text;
use annalist::ui::DrawerTab;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::window::{Window, name};

/// Two lanes, events of a day, a month and a year, sources of two publishers.
const DOSSIER: &str = r#"Timeline(format: 1, title: "Dossier",
    lanes: [Lane(id: "council", title: "Council"), Lane(id: "union", title: "Dock union")],
    sources: [
        Source(id: "wire", title: "Wire report", publisher: "Northern Wire", reliability: B),
        Source(id: "tide", title: "Tide story", publisher: "The Tide", reliability: D),
    ],
    events: [
        Event(id: "vote", title: "Council votes", date: "2024-03-12", lane: "council", place: "Aster", standing: Confirmed,
              citations: [Citation(source: "wire")]),
        Event(id: "leak", title: "Plan leaks", date: "2024-03", lane: "council", place: "North Aster",
              citations: [Citation(source: "tide"), Citation(source: "wire", stance: Denies)]),
        Event(id: "strike", title: "Strike begins", date: "2024-05-02", lane: "union", place: "Aster", standing: Alleged,
              citations: [Citation(source: "tide")], fields: {"Casualties": "0"}),
        Event(id: "talks", title: "Talks held", date: "2024", lane: "union"),
        Event(id: "end", title: "Strike ends", date: "2024-07-09", lane: "union", fields: {"Casualties": "2"}),
        Event(id: "rumour", title: "A rumour", standing: Denied),
    ],
)"#;

fn question(window: &Window) -> &str {
    &window.app().view().place.query
}

fn selection(window: &Window) -> Option<&str> {
    window.app().view().transient.selection.as_ref().map(Text::as_str)
}

/// The values that facets show, with their counts, in which this stands.
fn values(window: &Window, part: &str) -> Vec<String> {
    let boxes = window.harness.query_all_by_role(Role::CheckBox);
    let mut all: Vec<(f32, String)> = boxes.map(|node| (node.rect().top(), name(&node))).collect();
    all.retain(|(_, name)| name.starts_with(part));
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.into_iter().map(|(_, name)| name).collect()
}

fn ask(window: &mut Window, text: &str) {
    window.fill("Find events", text);
}

fn click_with(window: &mut Window, modifiers: Modifiers, name: &str) {
    window.named(name).click_modifiers(modifiers);
    window.settle();
}

#[test]
fn facets_count_under_the_question_and_a_click_narrows_it() {
    let mut window = Window::on(DOSSIER);
    assert!(values(&window, "Lane").is_empty());
    window.ctrl(Key::L);
    assert_eq!(
        values(&window, "Lane"),
        ["Lane: Dock union, 3 events", "Lane: Council, 2 events", "Lane: No lane, 1 event"]
    );
    assert_eq!(
        values(&window, "Best reliability"),
        [
            "Best reliability: B Usually reliable, 1 event",
            "Best reliability: D Not usually reliable, 2 events",
            "Best reliability: Not graded, 3 events"
        ]
    );
    window.click("Lane: Council, 2 events");
    assert_eq!(question(&window), "lane:=council");
    // The other lanes keep their counts, other facets are counted under the question.
    assert_eq!(
        values(&window, "Lane"),
        ["Lane: Dock union, 3 events", "Lane: Council, 2 events, picked", "Lane: No lane, 1 event"]
    );
    assert_eq!(values(&window, "Standing"), ["Standing: Confirmed, 1 event", "Standing: Reported, 1 event"]);
    click_with(&mut window, Modifiers::COMMAND, "Lane: Dock union, 3 events");
    assert_eq!(question(&window), "lane:=council,=union");
    click_with(&mut window, Modifiers::ALT, "Standing: Alleged, 1 event");
    assert_eq!(question(&window), "lane:=council,=union -standing:Alleged");
    assert_eq!(values(&window, "Standing: Alleged"), ["Standing: Alleged, 1 event, left out"]);
    assert!(window.shows("4 of 6 events"));
    // While what is typed cannot be read, the counts of what was asked before stand.
    ask(&mut window, "lane:=council,=union -standing:Alleged weight:");
    assert!(window.shows("Counts of the question before"));
    assert_eq!(values(&window, "Standing: Alleged"), ["Standing: Alleged, 1 event"]);
    window.click("Standing: Alleged, 1 event");
    assert_eq!(question(&window), "lane:=council,=union -standing:Alleged weight:");
    ask(&mut window, "lane:=council,=union -standing:Alleged");
    assert!(!window.shows("Counts of the question before"));
    // Again takes each of them back.
    click_with(&mut window, Modifiers::COMMAND, "Lane: Dock union, 2 events, picked");
    window.click("Lane: Council, 2 events, picked");
    assert_eq!(question(&window), "-standing:Alleged");
    click_with(&mut window, Modifiers::ALT, "Standing: Alleged, 1 event, left out");
    assert_eq!(question(&window), "");
}

#[test]
fn facets_are_reached_and_picked_by_keys() {
    let mut window = Window::on(DOSSIER);
    window.ctrl(Key::L);
    assert_eq!(window.focused(), "Facet Lane");
    window.key(Key::Tab);
    assert_eq!(window.focused(), "Lane: Dock union, 3 events");
    window.key(Key::Space);
    assert_eq!(question(&window), "lane:=union");
    window.key(Key::Tab);
    window.chord(Modifiers::COMMAND, Key::Enter);
    assert_eq!(question(&window), "lane:=union,=council");
    window.chord(Modifiers::ALT, Key::Enter);
    assert_eq!(question(&window), "lane:=union -lane:=council");
    // What is typed is what the facets show, too.
    ask(&mut window, "place:=aster -stance:denies");
    window.click("Facet Place");
    assert_eq!(
        values(&window, "Place"),
        ["Place: Aster, 2 events, picked", "Place: No place, 3 events"],
        "the one in North Aster is denied"
    );
    window.ctrl(Key::L);
    assert!(values(&window, "Lane").is_empty());
}

#[test]
fn the_menu_of_a_facet_has_the_gestures_by_name() {
    let mut window = Window::on(DOSSIER);
    window.ctrl(Key::L);
    let pick = |window: &mut Window, value: &str, entry: &str| {
        window.named(value).click_secondary();
        window.settle();
        window.reach(entry);
        assert!(!window.has(entry), "the menu is closed by what is picked from it");
    };
    pick(&mut window, "Lane: Council, 2 events", "Only this");
    assert_eq!(question(&window), "lane:=council");
    pick(&mut window, "Lane: Dock union, 3 events", "This too");
    assert_eq!(question(&window), "lane:=council,=union");
    pick(&mut window, "Standing: Alleged, 1 event", "Leave this out");
    assert_eq!(question(&window), "lane:=council,=union -standing:Alleged");
    pick(&mut window, "Lane: Dock union, 2 events, picked", "Only this");
    assert_eq!(question(&window), "lane:=union -standing:Alleged");
}

#[test]
fn what_was_selected_is_asked_for_while_one_goes_through_it() {
    let mut window = Window::on(DOSSIER);
    window.select("Council votes");
    window.option("Strike ends").click_modifiers(Modifiers::COMMAND);
    window.settle();
    ask(&mut window, "is:selected");
    assert!(window.shows("2 of 6 events"));
    window.key(Key::Enter);
    assert_eq!(selection(&window), Some("vote"));
    assert!(window.shows("2 of 6 events, match 1 of 2"), "the answer stays while another is selected");
    ask(&mut window, "is:selected -council");
    assert!(window.shows("1 of 6 events"));
    ask(&mut window, "is:selected -council place:");
    assert!(window.shows("1 of 6 events"), "what cannot be read changes nothing");
    window.key(Key::Escape);
    assert_eq!(window.app().view().transient.selected.len(), 2, "both are selected again");
    // Asked anew it is what is selected now; of nothing it finds nothing.
    window.key(Key::Escape);
    window.key(Key::Escape);
    assert_eq!(selection(&window), None);
    ask(&mut window, "is:selected OR is:contradicted");
    assert!(window.shows("1 of 6 events"));
    ask(&mut window, "is:recent");
    assert!(window.shows("0 of 6 events"));
}

#[test]
fn own_fields_and_long_lists_are_facets() {
    let events: String = (0..40)
        .map(|at| format!("Event(id: \"e{at}\", title: \"E\", date: \"2024\", place: \"Place {at:02}\", fields: {{\"Case\": \"{}\"}}),", at % 3))
        .collect();
    let mut window = Window::on(&format!("Timeline(format: 1, title: \"T\", events: [{events}])"));
    window.ctrl(Key::L);
    window.click("Facet Place");
    assert_eq!(values(&window, "Place").len(), 6, "the first of forty");
    window.click("Show all 40: Place");
    window.type_text("place 3");
    assert_eq!(values(&window, "Place").len(), 10);
    window.click("Place: Place 35, 1 event");
    assert_eq!(question(&window), "place:=\"Place 35\"");
    window.click("Show fewer: Place");
    assert!(values(&window, "Place").contains(&"Place: Place 35, 1 event, picked".to_owned()), "what is picked stays");
    window.click("Place: Place 35, 1 event, picked");
    window.click("Facet Place");
    window.click("Facet Case");
    assert_eq!(values(&window, "Case"), ["Case: 0, 14 events", "Case: 1, 13 events", "Case: 2, 13 events"]);
    window.click("Case: 1, 13 events");
    assert_eq!(question(&window), "Case:=1");
    assert!(window.shows("13 of 40 events"));
}

#[test]
fn matches_are_gone_through_in_time_and_escape_leads_back() {
    let mut window = Window::on(DOSSIER);
    window.select("Talks held");
    let before = window.app().view().place.viewport;
    ask(&mut window, "strike");
    assert!(window.shows("2 of 6 events"));
    window.key(Key::Enter);
    assert_eq!((selection(&window), window.focused().as_str()), (Some("strike"), "Find events"));
    assert!(window.shows("2 of 6 events, match 1 of 2"));
    window.key(Key::F3);
    assert_eq!(selection(&window), Some("end"));
    assert!(window.shows("match 2 of 2"));
    window.key(Key::F3);
    assert_eq!(selection(&window), Some("strike"), "behind the last comes the first");
    window.chord(Modifiers::SHIFT, Key::F3);
    assert_eq!(selection(&window), Some("end"));
    window.ctrl(Key::F);
    window.chord(Modifiers::SHIFT, Key::Enter);
    assert_eq!((selection(&window), window.focused().as_str()), (Some("strike"), "Find events"));
    window.key(Key::Escape);
    assert_eq!((question(&window), selection(&window)), ("", Some("talks")));
    assert_eq!(window.app().view().place.viewport, before);
    // Without a question there is nothing to go through, and that is said.
    window.key(Key::F3);
    assert!(window.tells("Ask for something first"));
}

#[test]
fn all_matches_are_brought_into_the_window() {
    let mut window = Window::on(DOSSIER);
    ask(&mut window, "council");
    let before = window.app().view().place.viewport;
    // M is a letter while the question field has the keyboard.
    window.key(Key::Enter);
    window.key(Key::Tab);
    window.key(Key::M);
    let after = window.app().view().place.viewport;
    assert!(after.micros_per_pt < before.micros_per_pt / 2.0, "{before:?} {after:?}");
    window.ctrl(Key::Z);
    window.chord(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::F);
    assert_eq!(question(&window), "");
    assert_eq!(window.app().view().place.viewport, before);
}

#[test]
fn what_only_may_match_is_pale_and_can_be_left_out() {
    let mut window = Window::on(DOSSIER);
    ask(&mut window, "before:2024-05");
    assert!(window.shows("2 of 6 events, and 1 possibly"));
    let marks = |window: &Window| {
        let mut names: Vec<String> =
            window.harness.query_all_by_role(Role::ListBoxOption).map(|node| name(&node)).collect();
        names.sort();
        names
    };
    assert_eq!(
        marks(&window),
        [
            "Council votes, 12 Mar 2024, Confirmed, 1 source",
            "Plan leaks, Mar 2024, Reported, 1 source, contradicted",
            "Talks held, 2024, Reported, no source, only possibly a match",
        ]
    );
    window.key(Key::Enter);
    window.key(Key::Enter);
    window.key(Key::Enter);
    assert!(window.shows("match 3 of 3"), "what may match is gone through too");
    // In the table too.
    window.menu("View", "Table");
    assert_eq!(window.app().settings().drawer, Some(DrawerTab::Table));
    assert_eq!(window.options("only possibly a match").len(), 2, "on the track and in the table");
    window.menu("View", "Possible matches");
    assert!(window.options("Talks held").is_empty());
    window.menu("View", "Possible matches");
    assert_eq!(window.options("Talks held").len(), 2);
    ask(&mut window, "?before:2024-05");
    assert!(window.shows("4 of 6 events"), "a question mark makes it certain, and takes in what has no date");
    assert!(window.options("only possibly").is_empty());
}

/// What the status line says of how many events are shown.
fn status(window: &Window) -> String {
    let labels = window.harness.query_all_by_label_contains("event");
    let mut labels: Vec<(f32, String)> =
        labels.map(|node| (node.rect().top(), node.value().unwrap_or_default())).collect();
    labels.sort_by(|a, b| a.0.total_cmp(&b.0));
    labels.pop().unwrap().1
}

#[test]
fn while_the_name_of_a_field_is_typed_what_was_asked_before_stays() {
    let mut window = Window::on(DOSSIER);
    ask(&mut window, "lane:council");
    assert_eq!(status(&window), "2 of 6 events");
    // Without a colon it is a word, as the language has it.
    window.type_text(" stand");
    assert_eq!(status(&window), "0 of 6 events");
    let waiting = "2 of 6 events match “lane:council”, shown until the question can be read";
    window.type_text("i:");
    assert!(window.shows("“standi” is no field") && window.shows("did you mean standing?"), "the nearest name");
    assert_eq!(status(&window), waiting);
    assert!(window.shows("Until then the answer to “lane:council” is shown"));
    window.key(Key::Backspace);
    window.type_text("ng:");
    assert_eq!(status(&window), waiting);
    assert!(window.shows("Until then the answer to “lane:council” is shown"), "beside what it can go on with");
    // Letter by letter, up to a value that there is.
    for letter in "confirme".chars() {
        window.type_text(&letter.to_string());
        assert_eq!(status(&window), waiting, "up to {letter}");
    }
    window.type_text("d");
    assert_eq!(status(&window), "1 of 6 events");
    // The last answer that there was stays while a value is corrected.
    window.key(Key::Backspace);
    assert_eq!(
        status(&window),
        "1 of 6 events match “lane:council standing:confirmed”, shown until the question can be read"
    );
    // Of nothing that was asked before, all is shown.
    ask(&mut window, "");
    for letter in "standing:".chars() {
        window.type_text(&letter.to_string());
    }
    assert_eq!(status(&window), "6 events, 1 undated, shown until the question can be read");
    assert!(window.shows("Until then everything is shown"), "beside what it can go on with");
    ask(&mut window, "cite");
    window.type_text("(");
    assert_eq!(status(&window), "6 events, 1 undated, shown until the question can be read");
}

#[test]
fn the_search_of_sources_keeps_its_rows_while_a_name_is_typed() {
    let mut window = Window::on(DOSSIER);
    window.ctrl(Key::B);
    window.fill("Find sources", "report publisher");
    assert!(window.options("Wire report").is_empty());
    window.type_text(":");
    assert_eq!((window.options("Wire report").len(), window.options("Tide story").len()), (1, 0));
}

#[test]
fn sources_are_asked_in_the_same_language() {
    let mut window = Window::on(DOSSIER);
    window.ctrl(Key::B);
    window.fill("Find sources", "publisher:tide");
    assert_eq!(window.options("Tide story").len(), 1);
    assert!(window.options("Wire report").is_empty());
    window.fill("Find sources", "-publisher:tide reliability:>=C");
    assert_eq!(window.options("Wire report").len(), 1);
    window.fill("Find sources", "lane:x");
    assert!(window.shows("“lane” is asked of events, not of sources"));
    assert_eq!(window.options("Wire report").len(), 1, "the answer before stands");
}
