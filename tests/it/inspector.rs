//! The inspector driven by accessible names, its actions applied to a real timeline and history.

use annalist::diagnostic::Severity;
use annalist::edit::Edit;
use annalist::model::{Citation, Event, Lane, Link, Record, Relation, Source, Stance, Standing, Timeline, WebAddress};
use annalist::time::Date;
use annalist::ui::{Action, InspectorState, ReadOnly, TableState, inspector_ui, table_ui};
use egui::accesskit::Role;
use egui::{Key, vec2};
use egui_kittest::kittest::{By, Queryable as _};

use super::window::{Screen, TREATY, Window, panel};

type Desk = panel::Desk<InspectorState>;

fn desk(timeline: Timeline, selection: Option<&str>) -> Desk {
    let mut desk = Desk::new(timeline, inspector_ui);
    desk.view.transient.selection = selection.map(Into::into);
    desk
}

/// The table of events.
fn table(timeline: Timeline) -> Screen<panel::Desk<TableState>> {
    let desk = panel::Desk::new(timeline, |ui, document, view, theme, _, table, actions| {
        table_ui(ui, document, view, theme, table, actions);
    });
    desk.screen(vec2(900.0, 300.0))
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn treaty() -> Timeline {
    let mut interfax = Source::new("interfax", "Duma ratifies the treaty");
    interfax.publisher = Some("Interfax".into());
    interfax.url = Some("https://example.org/duma".into());
    let mut signing = Event::new("signing", "Treaty signed in Pyongyang", date("2024-06-19"));
    signing.lane = Some("treaty".into());
    signing.standing = Standing::Confirmed;
    let mut duma = Event::new("duma", "State Duma ratifies", date("2024-10-24"));
    duma.actors = thin_vec::thin_vec!["State Duma".into()];
    let mut vague = Citation::new("op-ed");
    vague.date = Some(Box::new(date("[2024-10-21..2024-10-31]")));
    vague.wording = Some("late October".into());
    duma.citations = thin_vec::thin_vec![Citation::new("interfax"), vague];
    duma.links = thin_vec::thin_vec![Link { to: "signing".into(), relation: Relation::Implements, note: None }];
    let mut force = Event::new("force", "Treaty enters into force", date("2024-12-04"));
    force.links = thin_vec::thin_vec![Link { to: "duma".into(), relation: Relation::PartOf, note: None }];
    Timeline::from_records(
        Timeline::empty("The treaty").header().clone(),
        vec![Lane { id: "treaty".into(), title: "Treaty".into(), color: None, note: None }],
        vec![interfax, Source::new("op-ed", "An article about the autumn")],
        vec![signing, duma, force],
        Vec::new(),
        Vec::new(),
    )
}

fn inspect(selection: Option<&str>) -> Screen<Desk> {
    inspect_desk(desk(treaty(), selection))
}

fn inspect_desk(desk: Desk) -> Screen<Desk> {
    desk.screen(vec2(320.0, 4000.0))
}

fn enter(harness: &mut Screen<Desk>, name: &str, text: &str) {
    harness.fill(name, text);
    harness.key(Key::Enter);
}

fn undo(harness: &mut Screen<Desk>) {
    harness.state_mut().undo();
    harness.settle();
}

#[test]
fn a_new_title_is_one_edit_and_undo_brings_the_old_text_back_into_the_field() {
    let mut harness = inspect(Some("duma"));
    enter(&mut harness, "Title", "State Duma votes to ratify");
    let desk = harness.state();
    assert_eq!(desk.event("duma").title, "State Duma votes to ratify");
    assert_eq!(desk.edits().len(), 1);
    assert_eq!(desk.edits()[0].0, "Change title of “State Duma ratifies”");
    undo(&mut harness);
    assert_eq!(harness.field("Title").value().as_deref(), Some("State Duma ratifies"));
    assert!(!harness.state().panel.pending());
}

#[test]
fn an_unchanged_field_commits_nothing() {
    let mut harness = inspect(Some("duma"));
    enter(&mut harness, "Title", "State Duma ratifies");
    enter(&mut harness, "Place", "");
    enter(&mut harness, "Add actors", "State Duma");
    assert!(harness.state().actions.is_empty(), "{:?}", harness.state().actions);
}

#[test]
fn a_bad_date_says_so_beside_the_field_stays_as_typed_and_commits_nothing() {
    let mut harness = inspect(Some("duma"));
    let expected = Date::parse("2024-13-01").unwrap_err().explained("2024-13-01").message;
    enter(&mut harness, "Date", "2024-13-01");
    assert!(harness.query_by_label(&expected).is_some(), "the problem is shown");
    assert_eq!(harness.field("Date").value().as_deref(), Some("2024-13-01"));
    assert!(harness.state().actions.is_empty());
    assert!(harness.state().panel.pending());
    // Another field commits beside it, and the bad text still stands.
    enter(&mut harness, "Place", "Moscow");
    assert_eq!(harness.state().event("duma").place.as_deref(), Some("Moscow"));
    assert_eq!(harness.field("Date").value().as_deref(), Some("2024-13-01"));
    enter(&mut harness, "Date", "2024-10");
    assert_eq!(harness.state().event("duma").date, Some(date("2024-10")));
    assert!(!harness.state().panel.pending());
}

#[test]
fn a_phrase_becomes_a_date_and_can_be_kept_as_wording() {
    let mut harness = inspect(Some("signing"));
    harness.fill("Date", "late October 2024");
    assert!(harness.query_by_label("Written as [2024-10-21..2024-10-31]").is_some());
    harness.click("Keep “late October 2024” as wording");
    let desk = harness.state();
    assert_eq!(desk.event("signing").date, Some(date("[2024-10-21..2024-10-31]")));
    assert_eq!(desk.event("signing").wording.as_deref(), Some("late October 2024"));
    assert_eq!(desk.edits().len(), 1);
    undo(&mut harness);
    enter(&mut harness, "Date", "June 2024");
    assert_eq!(harness.state().event("signing").wording, None);
    harness.click("Keep “June 2024” as wording");
    assert_eq!(harness.state().event("signing").wording.as_deref(), Some("June 2024"));
}

#[test]
fn a_phrase_with_two_meanings_waits_until_one_is_chosen() {
    let mut harness = inspect(Some("duma"));
    enter(&mut harness, "Date", "04/12/2024");
    assert!(harness.state().actions.is_empty());
    assert_eq!(harness.field("Date").value().as_deref(), Some("04/12/2024"));
    harness.get_by_label_contains("month first").click();
    harness.run();
    assert_eq!(harness.state().event("duma").date, Some(date("2024-04-12")));
    assert_eq!(harness.state().edits().len(), 1);
}

#[test]
fn a_time_that_came_twice_waits_until_one_is_chosen() {
    let mut harness = inspect(Some("duma"));
    enter(&mut harness, "Date", "27 Oct 2024 02:30 Berlin time");
    assert!(harness.state().actions.is_empty());
    harness.get_by_label("second, at +01:00").click();
    harness.run();
    assert_eq!(harness.state().event("duma").date, Some(date("2024-10-27T02:30+01:00[Europe/Berlin]")));
    assert!(harness.query_by_label_contains("02:30 +01:00 Europe/Berlin · 01:30 in UTC").is_some());
}

#[test]
fn escape_restores_the_text_and_commits_nothing() {
    let mut harness = inspect(Some("duma"));
    harness.fill("Title", "Something else");
    assert!(harness.state().panel.pending());
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(harness.field("Title").value().as_deref(), Some("State Duma ratifies"));
    assert!(harness.state().actions.is_empty());
    assert_eq!(harness.state().view.transient.selection.as_deref(), Some("duma"));
}

#[test]
fn a_click_that_leaves_a_field_and_does_something_else_is_one_edit_of_both() {
    let mut harness = inspect(Some("duma"));
    harness.fill("Citation 2 note", "Names no day");
    harness.click("Remove citation 1");
    let desk = harness.state();
    assert_eq!(desk.edits().len(), 1);
    let citations = &desk.event("duma").citations;
    assert_eq!(citations.len(), 1);
    assert_eq!((citations[0].source.as_str(), citations[0].note.as_deref()), ("op-ed", Some("Names no day")));
}

#[test]
fn selecting_another_event_commits_what_was_being_typed() {
    let mut harness = inspect(Some("duma"));
    harness.fill("Note", "Two thirds voted");
    harness.state_mut().view.transient.selection = Some("force".into());
    harness.run();
    assert_eq!(harness.state().event("duma").note.as_deref(), Some("Two thirds voted"));
    assert_eq!(harness.state().edits().len(), 1);
}

#[test]
fn committing_before_a_save_takes_what_is_valid() {
    let mut harness = inspect(Some("duma"));
    enter(&mut harness, "Date", "soon");
    harness.fill("Place", "Moscow");
    harness.state_mut().act(|document, _, _, inspector, actions| inspector.commit_pending(document, actions));
    let desk = harness.state();
    assert_eq!(desk.event("duma").place.as_deref(), Some("Moscow"));
    assert_eq!(desk.event("duma").date, Some(date("2024-10-24")));
    assert!(desk.panel.pending(), "the bad date still stands in its field");
}

#[test]
fn a_citation_with_a_new_source_is_one_batch() {
    let mut harness = inspect(Some("signing"));
    enter(&mut harness, "Source to cite", "Kremlin transcript");
    let desk = harness.state();
    let [(label, Edit::Batch(edits))] = desk.edits()[..] else { panic!("one batch, not {:?}", desk.edits()) };
    assert_eq!((label, edits.len()), ("Add a citation to “Treaty signed in Pyongyang”", 2));
    let source = desk.timeline.source(&desk.event("signing").citations[0].source).unwrap();
    assert_eq!(source.title, "Kremlin transcript");
    assert_eq!(harness.field("Source to cite").value().as_deref(), Some(""));
    undo(&mut harness);
    assert_eq!(harness.state().timeline.sources().len(), 2);
    assert!(harness.state().event("signing").citations.is_empty());
}

#[test]
fn a_citation_of_a_known_source_is_picked_by_typing() {
    let mut harness = inspect(Some("signing"));
    harness.fill("Source to cite", "interf");
    assert!(harness.query_by_label("Cite An article about the autumn").is_none());
    assert!(harness.query_by_label("Cite Duma ratifies the treaty").is_some());
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().event("signing").citations, [Citation::new("interfax")]);
    assert_eq!(harness.state().timeline.sources().len(), 2);
}

#[test]
fn grades_and_stance_are_chosen_from_menus() {
    let mut harness = inspect(Some("duma"));
    harness.click("Citation 1 credibility");
    harness.click("2 Probably true");
    harness.click("Citation 1 stance");
    harness.click("Denies");
    let citation = &harness.state().event("duma").citations[0];
    assert_eq!(citation.credibility.map(u8::from), Some(2));
    assert_eq!(citation.stance, Stance::Denies);
    assert_eq!(harness.state().edits().len(), 2);
}

#[test]
fn a_competing_date_is_shown_and_taken_over_in_one_edit() {
    let mut harness = inspect(Some("duma"));
    assert_eq!(harness.query_all_by_label_contains("Another date than the event’s").count(), 1);
    harness.click("Use this date");
    let desk = harness.state();
    assert_eq!(desk.event("duma").date, Some(date("[2024-10-21..2024-10-31]")));
    assert_eq!(desk.event("duma").wording.as_deref(), Some("late October"));
    assert_eq!(desk.edits().len(), 1);
    assert_eq!(harness.query_all_by_label_contains("Another date than the event’s").count(), 0);
}

#[test]
fn a_new_id_rewrites_the_links_that_lead_to_it() {
    let mut harness = inspect(Some("duma"));
    harness.click("Record");
    enter(&mut harness, "Id", "signing");
    assert!(harness.query_by_label("another event has the id “signing”").is_some());
    assert!(harness.state().actions.is_empty());
    enter(&mut harness, "Id", "duma-vote");
    let desk = harness.state();
    assert_eq!(desk.view.transient.selection.as_deref(), Some("duma-vote"));
    assert_eq!(desk.event("force").links[0].to, "duma-vote");
    assert!(desk.timeline.event("duma").is_none());
    assert_eq!(desk.edits().len(), 1);
    undo(&mut harness);
    assert_eq!(harness.state().timeline, treaty());
}

#[test]
fn after_a_new_id_the_part_stays_open_and_tab_leads_on() {
    let mut harness = inspect(Some("duma"));
    harness.click("Record");
    harness.fill("Id", "vote");
    harness.key_press(Key::Tab);
    harness.run();
    assert!(harness.state().timeline.event("vote").is_some());
    assert!(harness.get_by_label("Duplicate event").is_focused());
}

#[test]
fn a_source_is_edited_under_its_citation() {
    let mut harness = inspect(Some("duma"));
    harness.click("Open source 1");
    assert!(harness.query_by_label("Source, cited by 1 event").is_some());
    enter(&mut harness, "Source 1 author", "A. Reporter");
    harness.click("Source 1 reliability");
    harness.click("B Usually reliable");
    harness.click("Open Source 1 URL");
    let desk = harness.state();
    let source = desk.timeline.source("interfax").unwrap();
    assert_eq!(source.author.as_deref(), Some("A. Reporter"));
    assert_eq!(source.reliability.map(|grade| grade.letter()), Some("B"));
    assert_eq!(desk.actions.last(), Some(&Action::OpenAddress(WebAddress::parse("https://example.org/duma").unwrap())));
    assert_eq!(desk.edits().len(), 2);
}

#[test]
fn links_are_added_by_typing_and_followed_by_a_click() {
    let mut harness = inspect(Some("signing"));
    harness.click("Add link");
    harness.fill("Event to link to", "force");
    harness.click("Link to Treaty enters into force");
    let links = &harness.state().event("signing").links;
    assert_eq!((links.len(), links[0].to.as_str(), links[0].relation), (1, "force", Relation::Precedes));
    harness.click("Go to Treaty enters into force");
    assert_eq!(harness.state().actions.last(), Some(&Action::Reveal("force".into())));
}

#[test]
fn fields_of_the_users_own_are_added_named_anew_and_removed() {
    let own = |harness: &Screen<Desk>| -> Vec<(String, String)> {
        let fields = harness.state().event("signing").rare.fields.clone();
        fields.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect()
    };
    let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let mut harness = inspect(Some("signing"));
    harness.click("Own fields (0)");
    harness.click("Add field");
    enter(&mut harness, "Name of the new field", "Cost");
    assert!(harness.field("Own field 1 text").is_focused(), "one goes on typing");
    enter(&mut harness, "Own field 1 text", "41,300");
    assert_eq!(own(&harness), [pair("Cost", "41,300")]);
    harness.click("Add field");
    harness.fill("Name of the new field", "Cost");
    assert!(harness.query_by_label("another field is called “Cost”").is_some());
    enter(&mut harness, "Name of the new field", "Guests");
    harness.fill("Own field 1 name", "Price");
    harness.key_press(Key::Tab);
    harness.run();
    assert_eq!(own(&harness), [pair("Price", "41,300"), pair("Guests", "")]);
    assert!(harness.field("Own field 1 text").is_focused(), "what is typed next is no command");
    enter(&mut harness, "Own field 1 name", "Guests");
    assert!(harness.query_by_label("another field is called “Guests”").is_some());
    harness.key_press(Key::Escape);
    harness.run();
    harness.click("Remove own field 2");
    assert_eq!(own(&harness), [pair("Price", "41,300")]);
    undo(&mut harness);
    assert_eq!(own(&harness).len(), 2);
}

#[test]
fn images_are_named_described_opened_and_removed() {
    let mut harness = inspect(Some("signing"));
    harness.click("Images (0)");
    harness.click("Add image");
    harness.fill("File of the new image", "../x.png");
    assert!(harness.query_by_label("this path leads out of the timeline's folder").is_some());
    enter(&mut harness, "File of the new image", "pictures/handshake.jpg");
    enter(&mut harness, "Image 1 credit", "KCNA");
    let image = harness.state().event("signing").rare.images[0].clone();
    assert_eq!((&*image.file, image.credit.as_deref()), ("pictures/handshake.jpg", Some("KCNA")));
    harness.click("Open image 1");
    assert_eq!(harness.state().actions.last(), Some(&Action::OpenCapture("pictures/handshake.jpg".into())));
    harness.click("Remove image 1");
    assert!(harness.state().event("signing").rare.images.is_empty());
}

#[test]
fn coordinates_are_typed_beside_the_place() {
    let mut harness = inspect(Some("signing"));
    enter(&mut harness, "Coordinates", "39.03");
    assert!(harness.query_by_label("“39.03” is not a latitude and a longitude").is_some());
    enter(&mut harness, "Coordinates", "39.03 N 125.75 E");
    let place = harness.state().event("signing").rare.coordinates.unwrap();
    assert_eq!((place.latitude(), place.longitude()), (39.03, 125.75));
    assert_eq!(harness.field("Coordinates").value().as_deref(), Some("39.03, 125.75"));
    enter(&mut harness, "Coordinates", "");
    assert_eq!(harness.state().event("signing").rare.coordinates, None);
}

#[test]
fn a_lane_is_made_where_it_is_needed() {
    let mut harness = inspect(Some("duma"));
    harness.click("Lane");
    harness.click("New lane…");
    enter(&mut harness, "New lane title", "Parliament");
    let desk = harness.state();
    assert_eq!(desk.event("duma").lane.as_deref(), Some("parliament"));
    assert_eq!(desk.timeline.lane("parliament").map(|lane| lane.title.as_str()), Some("Parliament"));
    assert_eq!(desk.edits().len(), 1);
}

#[test]
fn weight_goes_up_and_down_by_one() {
    let mut harness = inspect(Some("duma"));
    harness.click("Raise weight");
    assert_eq!(harness.state().event("duma").weight, 4);
    harness.click("Lower weight");
    assert_eq!(harness.state().event("duma").weight, 3);
}

#[test]
fn a_new_event_says_what_is_missing_and_is_added_by_enter() {
    let mut harness = inspect(None);
    harness.state_mut().panel.begin_event("2024-11-06".into(), Some("treaty".into()));
    harness.run();
    assert!(harness.field("New event title").is_focused());
    harness.click("Add event");
    assert!(harness.query_by_label("a title is needed").is_some());
    assert!(harness.state().actions.is_empty());
    enter(&mut harness, "New event title", "Federation Council approves");
    let desk = harness.state();
    let [(_, Edit::Put { record: Record::Event(event), .. })] = desk.edits()[..] else {
        panic!("one event is put, not {:?}", desk.edits())
    };
    assert_eq!((event.title.as_str(), event.date_as_written()), ("Federation Council approves", "2024-11-06"));
    assert_eq!(event.lane.as_deref(), Some("treaty"));
    assert_eq!(desk.view.transient.selection.as_deref(), Some(event.id.as_str()));
    assert!(!desk.panel.has_draft());
}

#[test]
fn a_new_event_can_be_cancelled() {
    let mut harness = inspect(None);
    harness.state_mut().panel.begin_event("2024-11-06".to_owned(), None);
    harness.run();
    harness.key_press(Key::Escape);
    harness.run();
    assert!(!harness.state().panel.has_draft(), "nothing was typed");
    harness.state_mut().panel.begin_event("2024-11-06".to_owned(), None);
    harness.run();
    harness.fill("New event title", "Never mind");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.state().panel.has_draft(), "it is put aside");
    harness.click("Go on with the new event");
    harness.click("Cancel the new event");
    assert!(!harness.state().panel.has_draft());
    assert!(harness.state().actions.is_empty());
}

#[test]
fn a_form_that_is_open_keeps_what_was_typed_when_it_is_moved_and_goes_when_left_empty() {
    let mut harness = inspect(None);
    harness.state_mut().panel.begin_event("2024-11-06".to_owned(), None);
    harness.run();
    harness.fill("New event title", "Council approves");
    harness.state_mut().panel.begin_event("2024-11-07".to_owned(), None);
    harness.run();
    assert_eq!(harness.field("New event title").value().as_deref(), Some("Council approves"));
    assert_eq!(harness.field("New event date").value().as_deref(), Some("2024-11-07"));
    harness.state_mut().view.transient.selection = Some("duma".into());
    harness.run();
    assert!(harness.state().panel.has_draft());
    assert!(!harness.has("New event title"), "it makes way for what is selected");
    harness.click("Go on with the new event");
    harness.fill("New event title", "");
    harness.state_mut().view.transient.selection = Some("signing".into());
    harness.run();
    assert!(!harness.state().panel.has_draft());
}

#[test]
fn the_origin_of_a_source_is_picked_by_typing_and_cleared() {
    let mut harness = inspect(Some("duma"));
    harness.click("Open source 1");
    harness.click("Choose Source 1 origin");
    harness.fill("Source 1 origin", "autumn");
    harness.click("Derive from An article about the autumn");
    assert_eq!(harness.state().timeline.source("interfax").unwrap().origin.as_deref(), Some("op-ed"));
    harness.click("Clear Source 1 origin");
    assert_eq!(harness.state().timeline.source("interfax").unwrap().origin, None);
}

#[test]
fn what_is_wrong_already_stands_beside_its_field() {
    let mut timeline = treaty();
    let mut event = timeline.event("duma").unwrap().clone();
    event.lane = Some("treat".into());
    event.links[0].to = "signin".into();
    event.citations[1].source = "op-eds".into();
    annalist::edit::apply(&mut timeline, &Edit::put_event(event)).unwrap();
    let harness = inspect_desk(desk(timeline, Some("duma")));
    let errors = || harness.state().problems.iter().filter(|problem| problem.severity == Severity::Error);
    assert_eq!(errors().count(), 3);
    for problem in errors() {
        let sentence = problem.message.replacen("there", "There", 1);
        assert!(harness.query_by_label(&sentence).is_some(), "{problem:?}");
    }
    let lane = harness.get_by_label("There is no lane \"treat\"").rect();
    let standing = harness.get_by_label("Standing").rect();
    assert!(lane.bottom() <= standing.top(), "between its field and the next");
}

#[test]
fn with_nothing_selected_the_timeline_itself_is_edited() {
    let mut harness = inspect(None);
    enter(&mut harness, "Time zone", "Europe/Mosco");
    assert!(harness.query_by_label_contains("is not a time zone").is_some());
    assert!(harness.state().actions.is_empty());
    enter(&mut harness, "Time zone", "Europe/Moscow");
    enter(&mut harness, "Timeline title", "Treaty, from signature to force");
    let header = harness.state().timeline.header();
    assert_eq!(header.zone.as_deref(), Some("Europe/Moscow"));
    assert_eq!(header.title, "Treaty, from signature to force");
}

#[test]
fn a_read_only_document_shows_everything_and_changes_nothing() {
    let mut desk = desk(treaty(), Some("duma"));
    desk.read_only = Some(ReadOnly::Held);
    let mut harness = inspect_desk(desk);
    assert!(harness.query_by_label(&ReadOnly::Held.words()).is_some());
    harness.fill("Title", "Changed");
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.query_by_label("Source to cite").is_none());
    assert!(harness.state().actions.is_empty());
    assert_eq!(harness.field("Title").value().as_deref(), Some("State Duma ratifies"));
}

#[test]
fn no_field_reaches_beyond_a_narrow_panel() {
    let mut harness = inspect(Some("duma"));
    harness.click("Open source 1");
    harness.click("Judgment");
    harness.click("Record");
    let edge = 320.0;
    let beyond: Vec<_> = harness
        .query_all(By::new().predicate(|node| node.role() != Role::Window && node.bounding_box().is_some()))
        .filter(|node| node.rect().right() > edge + 0.5 || node.rect().left() < -0.5)
        .collect();
    assert!(beyond.is_empty(), "{beyond:?}");
}

#[test]
fn the_table_is_in_time_order_and_reveals_what_is_clicked() {
    let mut harness = table(treaty());
    let titles = ["Treaty signed in Pyongyang", "State Duma ratifies", "Treaty enters into force"];
    let tops: Vec<f32> = titles.map(|title| harness.get_by_label_contains(title).rect().top()).into();
    assert!(tops.is_sorted(), "{tops:?}");
    harness.get_by_label_contains("State Duma ratifies").click();
    harness.run();
    assert_eq!(harness.state().actions, [Action::Reveal("duma".into())]);
    harness.state_mut().view.place.query = "force".to_owned();
    harness.run();
    assert!(harness.query_by_label_contains("State Duma ratifies").is_none());
}

#[test]
fn events_of_one_day_stand_in_the_table_as_in_the_file() {
    let mut timeline = treaty();
    for (id, title) in [("z", "Zeal is reported"), ("a", "Anger is reported")] {
        let event = Event::new(id, title, Date::parse("2024-11-11").unwrap());
        annalist::edit::apply(&mut timeline, &Edit::put_event(event)).unwrap();
    }
    let harness = table(timeline);
    let top = |title: &str| harness.get_by_label_contains(title).rect().top();
    assert!(top("Zeal is reported") < top("Anger is reported"));
}

#[test]
fn a_walk_through_the_events_leaves_no_fields_behind() {
    let mut window = Window::on(TREATY);
    let kept = |window: &Window| window.harness.ctx.data(|data| data.count::<egui::text_edit::TextEditState>());
    let mut counts = Vec::new();
    for event in ["Treaty signed", "Duma ratifies", "Treaty in force", "Treaty signed"] {
        window.select(event);
        counts.push(kept(&window));
    }
    // An event with a link has a field more.
    assert_eq!((counts[3], counts[1]), (counts[0], counts[0] + 1), "{counts:?}");
}

/// A timeline in which every field of one line holds a line end.
const BROKEN_LINES: &str = r#"Timeline(
    format: 1,
    title: "The\nTimeline",
    lanes: [ Lane(id: "l", title: "La\nne") ],
    sources: [
        Source(
            id: "s", title: "So\nurce", author: "Au\nthor", publisher: "Pub\nlisher", url: "https://example.org/\na",
            archive_url: "https://example.org/\nb", language: "Rus\nsian",
        ),
    ],
    events: [
        Event(
            id: "e", title: "Treaty\n  signed", date: "2024-06-19", wording: "in\nJune", lane: "l", place: "Mos\ncow",
            actors: ["A\nb"], tags: ["c\nd", "e"],
            citations: [Citation(source: "s", locator: "p.\n3", wording: "mid\nJune")],
            links: [Link(to: "f", relation: Related, note: "no\nte")],
            images: [Image(file: "a\nb.png", caption: "Cap\ntion", credit: "Cre\ndit")],
            fields: {"Na\nme": "Val\nue"},
        ),
        Event(id: "f", title: "Another", date: "2024-07"),
    ],
)
"#;

#[test]
fn a_field_that_nobody_typed_into_is_not_rewritten_on_one_line() {
    let mut window = Window::on(BROKEN_LINES);
    assert_eq!(window.app().session().read_only(), None);
    // Each record is shown with its folded parts open, every field takes the focus once and is left.
    let go_through = |window: &mut Window| {
        for _ in 0..60 {
            window.key(Key::Tab);
        }
        window.key(Key::Escape);
    };
    go_through(&mut window);
    window.select("Treaty");
    assert_eq!(window.value("Title"), "Treaty signed");
    go_through(&mut window);
    window.select("Treaty");
    window.field("Title").focus();
    window.settle();
    window.select("Another");
    window.select("Treaty");
    window.ctrl(Key::S);
    assert_eq!((window.undo_label(), window.text().as_str()), ("", BROKEN_LINES));
    assert!(!window.app().session().is_unsaved());

    // What is typed is meant, and what is typed and taken back is not.
    window.fill("Title", "Treaty signed!");
    window.fill("Title", "Treaty signed");
    window.key(Key::Enter);
    assert_eq!(window.undo_label(), "");
    window.fill("Title", "Treaty ratified");
    window.key(Key::Enter);
    assert_eq!(window.event("e").title, "Treaty ratified");
    assert_eq!(window.event("e").place.as_deref(), Some("Mos\ncow"));
}

#[test]
fn a_part_that_is_opened_at_the_bottom_comes_into_sight() {
    let size = vec2(360.0, 420.0);
    for by_key in [true, false] {
        let mut harness = desk(treaty(), Some("duma")).screen(size);
        // The heading is scrolled to as far as that it is seen, and what is below it lies outside.
        harness.give_focus("Record");
        harness.steps(8);
        let heading = harness.named("Record").rect();
        assert!(heading.bottom() <= size.y, "{heading:?}");
        if by_key {
            harness.key(Key::Enter);
        } else {
            harness.click("Record");
        }
        harness.steps(8);
        let (heading, id) = (harness.named("Record").rect(), harness.field("Id").rect());
        assert!(heading.top() >= 0.0 && id.bottom() <= size.y, "{heading:?} {id:?}");
    }
}
