//! Bands by the values of a list: an event stands in the band of each of its actors, tags or sources, and is one event all the
//! same.

use annalist::export::picture::{self, PictureOptions};
use annalist::geom::Point;
use annalist::index::Index;
use annalist::model::Grouping;
use annalist::scene::{Frame, Hit, Item, Scene, SceneInput, build};
use annalist::store;
use annalist::text::Shaper;
use annalist::time::{Instant, Zone};
use egui::{Key, Modifiers, Pos2, pos2, vec2};

use super::scene::Subject;
use super::window::Window;

/// Three events on the axis, the first of two actors and two sources, the last of none; and one without a date.
const ACTED: &str = r#"Timeline(
    format: 1,
    title: "Treaty",
    sources: [ Source(id: "tass", title: "TASS"), Source(id: "kcna", title: "KCNA Watch") ],
    events: [
        Event(id: "signing", title: "Treaty signed", date: "2024-06-19", actors: ["Putin", "Kim Jong Un"], tags: ["treaty"],
              citations: [Citation(source: "tass"), Citation(source: "kcna")]),
        Event(id: "duma", title: "Duma ratifies", date: "2024-10-24", actors: ["State Duma"], tags: ["treaty", "vote"],
              citations: [Citation(source: "tass")]),
        Event(id: "force", title: "Treaty in force", date: "2024-12-04"),
        Event(id: "talks", title: "Secret talks", actors: ["Putin"]),
    ],
)
"#;

fn grouped(grouping: Grouping) -> Subject {
    let mut subject = Subject::new(store::read(ACTED.to_owned()).timeline);
    subject.index = Index::grouped(&subject.timeline, Zone::UTC, grouping);
    subject
}

fn titles(index: &Index) -> Vec<&str> {
    index.bands().iter().map(|band| band.title.as_str()).collect()
}

/// The middles of an event's marks.
fn marks(scene: &Scene, event: u32) -> Vec<Point> {
    let of_event = |hit: &Hit| *hit == Hit::Event(event);
    scene.targets.iter().filter(|target| of_event(&target.subject)).map(|target| target.rect.center()).collect()
}

fn texts<'s>(scene: &'s Scene, part: &str) -> Vec<&'s str> {
    let texts = scene.items.iter().filter_map(|item| match item {
        Item::Text { run, .. } => Some(&*run.text),
        _ => None,
    });
    texts.filter(|text| text.contains(part)).collect()
}

#[test]
fn every_mark_of_an_event_can_be_pointed_at_has_its_label_and_is_shown_selected() {
    let subject = grouped(Grouping::Actor);
    assert_eq!(titles(&subject.index), ["Kim Jong Un", "Putin", "State Duma", "No actor"]);
    let input = subject.input(Frame::Window, annalist::geom::Size::new(900.0, 400.0), None);
    let draw = |selection, hover| build(&SceneInput { selection, hover, ..input }, &mut Shaper::new());
    let plain = draw(None, None);
    for (id, expected) in [("signing", 2), ("duma", 1), ("force", 1), ("talks", 0)] {
        let event = subject.position(id);
        let found = marks(&plain, event);
        assert_eq!(found.len(), expected, "{id}");
        for at in found {
            assert_eq!(plain.hit_test(at).map(|target| &target.subject), Some(&Hit::Event(event)));
        }
    }
    assert_eq!(texts(&plain, "Treaty signed").len(), 2);
    // What is selected or pointed at has a halo behind each of its marks.
    let more = |scene: &Scene| scene.items.len() - plain.items.len();
    assert_eq!((more(&draw(Some("signing"), None)), more(&draw(None, Some("signing")))), (2, 2));
    assert_eq!(more(&draw(Some("duma"), None)), 1);
}

#[test]
fn a_picture_counts_events_and_not_their_marks() {
    let timeline = store::read(ACTED.to_owned()).timeline;
    for (grouping, signed, bands) in [
        (Grouping::Actor, 2, &["Kim Jong Un", "Putin", "State Duma", "No actor"][..]),
        (Grouping::Tag, 1, &["treaty", "vote", "No tag"]),
        (Grouping::Source, 2, &["KCNA Watch", "TASS", "No source"]),
    ] {
        let options = PictureOptions { grouping, ..PictureOptions::default() };
        let picture = picture::render(&timeline, &options, &mut Shaper::new()).unwrap();
        assert_eq!(picture.remarks, [""; 0]);
        let scene = picture.scene;
        assert_eq!(texts(&scene, "3 events").len(), 1, "{grouping:?}");
        assert_eq!(texts(&scene, "2 sources in 3 citations").len(), 1);
        assert_eq!(texts(&scene, "1 undated: Secret talks").len(), 1);
        assert_eq!(texts(&scene, "Treaty signed").len(), signed, "{grouping:?}");
        assert!(bands.iter().all(|band| texts(&scene, band).len() == 1), "{grouping:?}");
    }
}

/// The names of the bands.
fn bands(window: &Window) -> Vec<&str> {
    titles(window.app().session().document(Instant::default()).index)
}

/// A settled window in which the bands are actors.
fn by_actor() -> Window {
    let mut window = Window::on(ACTED);
    window.click("Group: Lane ▾");
    window.click("Actor");
    assert_eq!(bands(&window), ["Kim Jong Un", "Putin", "State Duma", "No actor"]);
    window
}

/// The heights at which an event is pointed at below and above the middle of its mark, one a row.
fn rows(window: &mut Window, title: &str, id: &str) -> Vec<Pos2> {
    let mark = window.mark(title);
    let mut found: Vec<Pos2> = Vec::new();
    let mut was = false;
    for step in 0..120 {
        let at = pos2(mark.x, mark.y - 360.0 + 6.0 * step as f32);
        window.move_to(at);
        window.harness.step();
        let is = window.app().view().transient.hover.as_deref() == Some(id);
        if is && !was {
            found.push(at + vec2(0.0, 6.0));
        }
        was = is;
    }
    found
}

#[test]
fn each_mark_is_clicked_and_dragged_and_all_of_them_move() {
    let mut window = by_actor();
    let marks = rows(&mut window, "Treaty signed", "signing");
    assert_eq!(marks.len(), 2, "{marks:?}");
    for at in &marks {
        window.key(Key::Escape);
        window.click_at(*at);
        assert_eq!(window.app().view().transient.selection.as_deref(), Some("signing"));
    }
    let by = vec2(20.0 * window.day_pt(), 0.0);
    window.drag(Modifiers::NONE, marks[1], by);
    assert_eq!(window.event("signing").date_as_written(), "2024-07-09");
    assert_eq!(window.undo_label(), "Move “Treaty signed” to 9 Jul 2024");
    assert_eq!(rows(&mut window, "Treaty signed", "signing").len(), 2, "at its new date in both");
    window.undo();
    assert_eq!(window.event("signing").date_as_written(), "2024-06-19");
    assert_eq!(rows(&mut window, "Treaty signed", "signing").len(), 2);
}

#[test]
fn another_band_is_refused_with_where_actors_are_changed() {
    let mut window = by_actor();
    let marks = rows(&mut window, "Treaty signed", "signing");
    window.press(Modifiers::NONE, marks[0]);
    window.move_holding(Modifiers::NONE, marks[0] + vec2(0.0, 20.0));
    window.move_holding(Modifiers::NONE, marks[1]);
    let status = |window: &Window| window.app().view().transient.status.clone().unwrap_or_default();
    assert_eq!(status(&window), "Stays in its band: change the actors in its form");
    window.button(Modifiers::NONE, marks[1], false);
    window.steps(2);
    assert_eq!(status(&window), "Stays in its band: change the actors in its form");
    assert_eq!(window.undo_label(), "");
}

#[test]
fn keys_stop_once_at_each_event_and_bands_follow_the_form() {
    let mut window = by_actor();
    let mut stops = Vec::new();
    for key in [Key::Home, Key::Period, Key::Period, Key::Period, Key::Comma, Key::Comma, Key::Comma] {
        window.key(key);
        stops.push(window.app().view().transient.selection.clone().unwrap_or_default().to_string());
    }
    // What has no date is last.
    assert_eq!(stops, ["signing", "duma", "force", "talks", "force", "duma", "signing"]);
    let chosen = window.options("Treaty signed");
    assert_eq!(chosen.len(), 1, "one event is one option: {chosen:?}");
    let bands = |window: &Window| bands(window).join(", ");
    window.click("Actor Putin");
    window.click("Replace in this event…");
    window.type_text("State Duma");
    window.key(Key::Enter);
    window.fill("Add actors", "Lavrov");
    window.key(Key::Enter);
    assert_eq!(bands(&window), "Kim Jong Un, Lavrov, State Duma, No actor", "nobody dated has Putin now");
    assert_eq!(rows(&mut window, "Treaty signed", "signing").len(), 3);
    window.undo();
    window.undo();
    assert_eq!(bands(&window), "Kim Jong Un, Putin, State Duma, No actor");
}

#[test]
fn a_saved_view_has_bands_of_a_list() {
    let views = r#"views: [ View(id: "who", title: "Who did what", window: "2024", grouping: Source) ],"#;
    let text = ACTED.replace("    events: [", &format!("    {views}\n    events: ["));
    let mut window = Window::on(&text);
    window.click("Who did what");
    assert_eq!(window.app().view().place.grouping, Grouping::Source);
    assert_eq!(bands(&window), ["KCNA Watch", "TASS", "No source"]);
}

/// Two events with a field of their own, one without.
const OWN: &str = r#"Timeline(format: 1, title: "T", events: [
    Event(id: "a", title: "First", date: "2024-06-19", fields: {"Verified by": "Desk", "Channel": "tg"}),
    Event(id: "b", title: "Second", date: "2024-06-21", fields: {"Channel": "vk"}),
    Event(id: "c", title: "Third", date: "2024-06-23"),
],
views: [View(id: "channels", title: "By channel", window: "2024-06", grouping: Own("Channel"))])"#;

#[test]
fn fields_of_ones_own_are_in_the_menu_and_in_views() {
    let mut window = Window::on(OWN);
    window.click("Group: Lane ▾");
    window.click("Fields of your own");
    window.click("Verified by");
    assert_eq!(bands(&window), ["Desk", "No Verified by"]);
    window.click("By channel");
    assert_eq!(bands(&window), ["tg", "vk", "No Channel"]);
    window.click("Group: Channel ▾");
    window.click("Of the sources");
    window.click("Publisher");
    assert_eq!(bands(&window), ["No publisher"]);
}

/// Three sources on two events.
const TOLD: &str = r#"Timeline(format: 1, title: "T",
    sources: [Source(id: "wire", title: "Wire"), Source(id: "blog", title: "Blog"), Source(id: "radio", title: "Radio")],
    events: [
        Event(id: "start", title: "Strike begins", date: "2024-01-10",
            citations: [Citation(source: "wire"), Citation(source: "blog", date: "2024-01-20")]),
        Event(id: "end", title: "Strike ends", date: "2024-12-01",
            citations: [Citation(source: "wire"), Citation(source: "radio", stance: Denies)]),
    ],
)"#;

#[test]
fn accounts_stand_side_by_side_and_a_click_on_a_telling_selects_its_event() {
    let mut window = Window::on(TOLD);
    window.click("Group: Lane ▾");
    window.click("Accounts side by side");
    window.click("Accounts");
    window.steps(3);
    let named = window.options("");
    for name in [
        "Wire supports: Strike begins, 10 Jan 2024",
        "Blog supports: Strike begins, 20 Jan 2024",
        "Radio denies: Strike ends, 1 Dec 2024",
        "Radio does not tell: Strike begins, 10 Jan 2024",
    ] {
        assert!(named.iter().any(|option| option == name), "{name} in {named:?}");
    }
    let at = window.mark("Radio denies: Strike ends");
    window.click_at(at);
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("end"));
    // Nothing is dragged there.
    window.drag(Modifiers::NONE, at, vec2(60.0, 0.0));
    assert_eq!(window.undo_label(), "");
    window.key(Key::Escape);
    window.click("Group: Accounts ▾");
    window.click("Lane");
    assert_eq!(window.options("Strike begins").len(), 1);
}

#[test]
fn bands_are_moved_collapsed_and_hidden_by_keys_for_the_selected_event() {
    let mut window = by_actor();
    let at = window.mark("Duma");
    window.click_at(at);
    let keys = |window: &mut Window, key| window.chord(Modifiers::COMMAND | Modifiers::SHIFT, key);
    keys(&mut window, Key::ArrowUp);
    assert_eq!(bands(&window), ["Kim Jong Un", "State Duma", "Putin", "No actor"]);
    keys(&mut window, Key::L);
    let is_collapsed = |window: &Window| {
        let doc = window.app().session().document(Instant::default());
        doc.index.bands().iter().any(|band| band.is_collapsed && band.title == "State Duma")
    };
    assert!(is_collapsed(&window));
    keys(&mut window, Key::L);
    assert!(!is_collapsed(&window));
    keys(&mut window, Key::H);
    assert_eq!(bands(&window), ["Kim Jong Un", "Putin", "No actor"]);
    keys(&mut window, Key::B);
    assert_eq!(bands(&window), ["Kim Jong Un", "State Duma", "Putin", "No actor"]);
}
