//! Links as lines: each in its place, none through a word, and all of them countable.

use std::collections::BTreeSet;

use annalist::export::picture::{self, LinkChoice, PictureOptions};
use annalist::geom::{Point, Rect, Size};
use annalist::index::{Links, References};
use annalist::layout::Folding;
use annalist::model::Timeline;
use annalist::scene::{self, Aspect, Frame, Hit, Item, Scene, SceneInput, Segment, ShownLinks};
use annalist::store;
use annalist::text::Shaper;
use proptest::prelude::*;

use crate::scene::{Subject, labels};

const TENDER: &str = include_str!("../data/tender.ron");
const SIZE: Size = Size::new(1360.0, 760.0);

fn tender() -> Timeline {
    store::read(TENDER.to_owned()).timeline
}

/// What a picture without links does not have: paths and lines of links, as pieces of straight lines.
fn added(plain: &Scene, linked: &Scene) -> Vec<(Point, Point)> {
    let mut added = Vec::new();
    for item in linked.items.iter().filter(|item| !plain.items.contains(item)) {
        let Item::Path { segments, .. } = item else { continue };
        let mut at = Point::default();
        for segment in segments {
            match *segment {
                Segment::MoveTo(to) => at = to,
                Segment::LineTo(to) | Segment::CubicTo(_, _, to) => {
                    added.push((at, to));
                    at = to;
                }
                Segment::Close => {}
            }
        }
    }
    added
}

fn draw(input: &SceneInput<'_>) -> (Scene, Rect) {
    let mut shaper = Shaper::new();
    let plan = scene::Plan::of(input, &mut shaper);
    (scene::draw(input, &plan, &mut shaper), plan.areas.track)
}

/// Whether a straight line goes through a rectangle.
fn goes_through(a: Point, b: Point, rect: Rect) -> bool {
    let steps = ((b.x - a.x).hypot(b.y - a.y) / 0.5).ceil().max(1.0) as u32;
    (0..=steps).any(|step| {
        let share = f64::from(step) / f64::from(steps);
        let at = Point::new(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share);
        rect.x0 < at.x && at.x < rect.x1 && rect.y0 < at.y && at.y < rect.y1
    })
}

#[test]
fn an_arrow_at_the_edge_strikes_no_label_of_a_row_half_out_of_sight() {
    let subject = Subject::new(tender());
    let references = References::build(&subject.timeline);
    let all = Links::build(&subject.timeline, &subject.index, None);
    let whole = subject.input(Frame::Window, SIZE, None);
    for scroll_y in (0..200).step_by(3).map(f64::from) {
        let plain = SceneInput { scroll_y, selection: Some("e0"), ..whole };
        let links = ShownLinks { references: Some(&references), all: Some(&all), ..ShownLinks::default() };
        let linked = SceneInput { aspect: Aspect { links, ..plain.aspect }, ..plain };
        let ((without, _), (with, track)) = (draw(&plain), draw(&linked));
        let lines = added(&without, &with);
        for (rect, text) in labels(&without, track) {
            let rect = rect.intersection(track);
            let through = lines.iter().find(|(a, b)| goes_through(*a, *b, rect));
            assert!(through.is_none(), "{through:?} goes through {text:?} in {rect:?} of {track:?} at {scroll_y}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_link_strikes_a_label_through(
        at in 0.0_f64..1.0,
        factor in 1.0_f64..12.0,
        scroll_y in prop_oneof![Just(0.0), 0.0_f64..200.0],
        event in 0_usize..25,
        is_all in any::<bool>(),
        is_picture in any::<bool>(),
    ) {
        let subject = Subject::new(tender());
        let references = References::build(&subject.timeline);
        let all = Links::build(&subject.timeline, &subject.index, None);
        let frame = if is_picture { Frame::Picture } else { Frame::Window };
        let scroll_y = if is_picture { 0.0 } else { scroll_y };
        let whole = SceneInput { scroll_y, ..subject.input(frame, SIZE, None) };
        let viewport = whole.viewport.zoomed(factor, whole.viewport.width_pt * at);
        let id = format!("e{event}");
        let plain = SceneInput { viewport, selection: Some(&id), ..whole };
        let links = ShownLinks { references: Some(&references), all: is_all.then_some(&all), ..ShownLinks::default() };
        let linked = SceneInput { aspect: Aspect { links, ..plain.aspect }, ..plain };
        let ((without, _), (with, track)) = (draw(&plain), draw(&linked));
        let lines = added(&without, &with);
        for (rect, text) in labels(&without, track) {
            // What lies outside the track is cut off.
            let rect = Rect { y1: rect.y1 + 2.0, ..rect }.intersection(track);
            let through = lines.iter().find(|(a, b)| goes_through(*a, *b, rect));
            prop_assert!(through.is_none(), "{through:?} goes through {text:?} in {rect:?}");
        }
    }
}

fn hits(scene: &Scene) -> BTreeSet<(String, String)> {
    let hit = |target: &scene::Target| match &target.subject {
        Hit::Link(link) => Some((link.from.to_string(), link.to.to_string())),
        _ => None,
    };
    scene.targets.iter().filter_map(hit).collect()
}

#[test]
fn a_selected_event_shows_its_links_and_those_that_lead_to_it() {
    let subject = Subject::new(tender());
    let references = References::build(&subject.timeline);
    let input = subject.input(Frame::Window, SIZE, None);
    let links = ShownLinks { references: Some(&references), ..ShownLinks::default() };
    let input = SceneInput { selection: Some("e17"), aspect: Aspect { links, ..input.aspect }, ..input };
    let (scene, _) = draw(&input);
    let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(hits(&scene), [pair("e16", "e17"), pair("e18", "e17"), pair("e19", "e17")].into());
    let words: Vec<&str> = scene
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Text { run, .. } if ["precedes", "supersedes"].contains(&&*run.text) => Some(&*run.text),
            _ => None,
        })
        .collect();
    assert_eq!(words, ["supersedes"], "beside the others there is no room");
    let hovered = SceneInput { selection: None, hover: Some("e16"), ..input };
    assert_eq!(hits(&draw(&hovered).0), [pair("e16", "e17")].into());
    let nothing = SceneInput { selection: None, ..input };
    assert_eq!(hits(&draw(&nothing).0), BTreeSet::new());
}

#[test]
fn links_of_one_relation_that_lead_to_an_event_are_named_once_and_end_over_its_frame() {
    let event = |at: usize| {
        let (day, month) = (3 + 4 * (at % 5), 9 + at % 3);
        format!(
            r#"Event(id: "e{at}", title: "Step {at} of the plan", date: "2024-{month:02}-{day:02}",
                links: [Link(relation: Implements, to: "plan")]),"#
        )
    };
    let events: String = (0..5).map(event).collect();
    let text = format!(
        r#"Timeline(format: 1, title: "Plan", events: [
            Event(id: "plan", title: "A plan is agreed upon", date: "2024-06-19"), {events}
            Event(id: "end", title: "End", date: "2026-03-01")])"#
    );
    let subject = Subject::new(store::read(text).timeline);
    let references = References::build(&subject.timeline);
    let input = subject.input(Frame::Window, SIZE, None);
    let links = ShownLinks { references: Some(&references), ..ShownLinks::default() };
    let input = SceneInput { selection: Some("plan"), aspect: Aspect { links, ..input.aspect }, ..input };
    let (scene, _) = draw(&input);
    let said = said(&scene);
    assert_eq!(said.iter().filter(|text| text.contains("implements")).collect::<Vec<_>>(), ["5 × implements"]);
    let last = |is: &dyn Fn(&Item) -> bool| scene.items.iter().rposition(is).expect("it is drawn");
    let selection = input.theme.selection;
    let frame = last(&|item| matches!(item, Item::Path { fill: Some(fill), .. } if *fill == selection));
    let is_head = |item: &Item| {
        matches!(item, Item::Path { segments, fill: Some(fill), stroke: Some(_) }
            if segments.len() == 4 && *fill == input.theme.background)
    };
    assert!(scene.items.iter().position(is_head).expect("arrows") > frame);
}

#[test]
fn a_link_out_of_sight_says_where_it_leads() {
    let subject = Subject::new(tender());
    let references = References::build(&subject.timeline);
    let whole = subject.input(Frame::Window, SIZE, None);
    let position = subject.timeline.event_position("e24").unwrap();
    let entry = subject.index.entry(&subject.timeline, position).unwrap();
    // The report that the law implements lies before this window.
    let day = annalist::time::Instant::DAY;
    let viewport = whole.viewport.showing(entry.start.saturating_add(-9 * day), entry.start.saturating_add(9 * day));
    let links = ShownLinks { references: Some(&references), ..ShownLinks::default() };
    let input = SceneInput { viewport, selection: Some("e24"), aspect: Aspect { links, ..whole.aspect }, ..whole };
    let (scene, _) = draw(&input);
    let says = |text: &str| {
        let is_said = |item: &Item| matches!(item, Item::Text { run, .. } if run.text.contains(text));
        scene.items.iter().any(is_said)
    };
    assert!(says("implements Auditor's final report"));
    assert!(says("Law on tenders proposed"));
    assert_eq!(hits(&scene).len(), 2);
}

#[test]
fn pictures_draw_the_links_that_are_asked_for_and_explain_them() {
    let timeline = tender();
    let render = |links| {
        let options = PictureOptions { links, ..PictureOptions::default() };
        picture::render(&timeline, &options, &mut Shaper::new()).unwrap().scene
    };
    let texts = |scene: &Scene| -> BTreeSet<String> {
        let text = |item: &Item| match item {
            Item::Text { run, .. } => Some(run.text.to_string()),
            _ => None,
        };
        scene.items.iter().filter_map(text).collect()
    };
    let none = render(LinkChoice::None);
    assert!(hits(&none).is_empty() && !texts(&none).contains("Links"));
    let some = render(LinkChoice::Of(vec!["e19".into()]));
    assert_eq!(hits(&some).len(), 2);
    let said = texts(&some);
    assert!(said.contains("Links") && said.contains("Supersedes") && !said.contains("Part of"), "{said:?}");
    let all = render(LinkChoice::All);
    let count: usize = timeline.events().iter().map(|event| event.links.len()).sum();
    assert_eq!(hits(&all).len(), count);
    assert!(annalist::model::Relation::ALL.iter().all(|relation| texts(&all).contains(relation.label())));
}

#[cfg(feature = "gui")]
#[test]
fn a_line_in_the_window_leads_to_the_event_at_its_other_end() {
    let mut window = crate::window::Window::on(crate::window::TREATY);
    let name = "Duma ratifies implements Treaty signed";
    assert!(!window.has(name), "nothing is selected");
    window.select("Duma ratifies");
    window.named(name).click_accesskit();
    window.settle();
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("signing"));
    window.named(name).click_accesskit();
    window.settle();
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("duma"));
    // The pointer still rests on a mark, which shows its links too.
    window.move_to(egui::pos2(700.0, 500.0));
    window.key(egui::Key::Escape);
    assert!(!window.has(name));
    window.key(egui::Key::R);
    assert!(window.has(name), "all links are drawn");
    let line = window.named(name).rect().center();
    window.move_to(line);
    window.steps(4);
    assert!(window.shows("Click to select “Treaty signed”"));
    window.click_at(line);
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("signing"));
}

#[test]
fn a_picture_of_a_stretch_draws_the_links_that_leave_it_and_explains_no_others() {
    let timeline = store::read(crate::scene::TREATY.to_owned()).timeline;
    let instant =
        |text: &str| annalist::time::Date::parse(text).expect(text).extent(timeline.zone()).earliest_start.instant();
    let said = |from: &str, to: &str, links: LinkChoice| -> BTreeSet<String> {
        let options = PictureOptions {
            from: instant(from),
            to: instant(to),
            links,
            folding: Folding::Off,
            ..PictureOptions::default()
        };
        let scene = picture::render(&timeline, &options, &mut Shaper::new()).unwrap().scene;
        let text = |item: &Item| match item {
            Item::Text { run, .. } => Some(run.text.to_string()),
            _ => None,
        };
        scene.items.iter().filter_map(text).collect()
    };
    let leaving = |said: &BTreeSet<String>| said.iter().any(|text| text.starts_with("supersedes "));
    let of = |id: &str| LinkChoice::Of(vec![id.into()]);
    let superseding = timeline
        .events()
        .iter()
        .find(|event| event.links.iter().any(|link| link.relation == annalist::model::Relation::Supersedes));
    let id = superseding.expect("one supersedes another").id.as_str().to_owned();
    for links in [LinkChoice::All, of(&id)] {
        let said = said("2024-06-01", "2024-12-31", links);
        assert!(leaving(&said) && said.contains("Supersedes"), "{said:?}");
    }
    let elsewhere = said("1990-01-01", "1991-01-01", of(&id));
    assert!(!leaving(&elsewhere) && !elsewhere.contains("Supersedes"), "{elsewhere:?}");
}

fn timeline_of(events: &str) -> Timeline {
    let read = store::read(format!("Timeline(format: 1, title: \"T\", events: [{events}])"));
    assert!(
        read.diagnostics.iter().all(|problem| problem.severity != annalist::diagnostic::Severity::Error),
        "{:?}",
        read.diagnostics
    );
    read.timeline
}

/// A window with all links on some events.
fn all_links(timeline: Timeline, width: f64) -> Scene {
    let subject = Subject::new(timeline);
    let references = References::build(&subject.timeline);
    let all = Links::build(&subject.timeline, &subject.index, None);
    let input = subject.input(Frame::Window, Size::new(width, 500.0), None);
    let links = ShownLinks { references: Some(&references), all: Some(&all), ..ShownLinks::default() };
    draw(&SceneInput { aspect: Aspect { links, ..input.aspect }, ..input }).0
}

fn said(scene: &Scene) -> Vec<String> {
    let text = |item: &Item| match item {
        Item::Text { run, .. } => Some(run.text.to_string()),
        _ => None,
    };
    scene.items.iter().filter_map(text).collect()
}

#[test]
fn a_contradiction_has_its_mark_however_short_it_is() {
    let error = annalist::theme::Theme::named(annalist::theme::ThemeName::Light).error;
    let denial = |claim: &str, denied: &str| {
        timeline_of(&format!(
            "Event(id: \"a\", title: \"Ship was seen in the strait\", date: \"{claim}\"), \
             Event(id: \"b\", title: \"Owner says it was elsewhere\", date: \"{denied}\", \
             links: [Link(to: \"a\", relation: Contradicts)]), \
             Event(id: \"c\", title: \"Earlier\", date: \"2023-01-01\"), Event(id: \"d\", title: \"Later\", date: \"2026-01-01\")"
        ))
    };
    for (claim, denied) in [
        ("2024-10/..", "2024-11-07"),
        ("2024-03-01", "2024-03-02"),
        ("2024-03/2024-05", "2024-04/2024-06"),
        ("2023-06", "2025-02-03"),
    ] {
        let scene = all_links(denial(claim, denied), 900.0);
        let is_disc = |item: &&Item| matches!(item, Item::Path { fill: Some(fill), .. } if *fill == error);
        assert_eq!(scene.items.iter().filter(is_disc).count(), 1, "{claim} and {denied}");
    }
}

#[test]
fn a_name_at_the_edge_is_whole_where_there_is_room() {
    let subject = Subject::new(timeline_of(
        "Event(id: \"a\", title: \"The commission of inquiry hands its report on the collapse of the bridge to the ministry of transport\", \
         date: \"1990-05-04\"), Event(id: \"b\", title: \"Trial opens\", date: \"2024-06-04\", \
         links: [Link(to: \"a\", relation: Related)])",
    ));
    let references = References::build(&subject.timeline);
    let from = annalist::time::Instant::from_day(annalist::time::CivilDay::new(2022, 1, 1)).unwrap();
    let to = annalist::time::Instant::from_day(annalist::time::CivilDay::new(2025, 1, 1)).unwrap();
    let input = subject.input(Frame::Window, SIZE, Some((from, to)));
    let links = ShownLinks { references: Some(&references), ..ShownLinks::default() };
    let (scene, _) = draw(&SceneInput { selection: Some("b"), aspect: Aspect { links, ..input.aspect }, ..input });
    let named = said(&scene).into_iter().find(|text| text.contains("The commission")).unwrap();
    assert!(named.contains("ministry of transport, 4 May 1990"), "{named}");
}

#[test]
fn links_to_what_has_no_date_are_counted() {
    let timeline = || {
        timeline_of(
            "Event(id: \"a\", title: \"Dated\", date: \"2024\", links: [Link(to: \"b\", relation: Causes)]), \
             Event(id: \"b\", title: \"Undated\", links: [Link(to: \"c\", relation: Causes)]), \
             Event(id: \"c\", title: \"Dated too\", date: \"2025\")",
        )
    };
    let words = "2 links lead to events without a date".to_owned();
    assert!(said(&all_links(timeline(), 900.0)).contains(&words));
    let subject = Subject::new(timeline());
    let references = References::build(&subject.timeline);
    let input = subject.input(Frame::Window, SIZE, None);
    let links = ShownLinks { references: Some(&references), ..ShownLinks::default() };
    let own = |id| {
        let input = SceneInput { selection: Some(id), aspect: Aspect { links, ..input.aspect }, ..input };
        said(&draw(&input).0).into_iter().filter(|text| text.contains("without a date")).collect::<Vec<_>>()
    };
    assert_eq!(own("a"), ["1 link leads to an event without a date"]);
    assert_eq!(own("b"), [words]);
}

/// Bars over all of the window, with events between them that are linked across these.
fn barred() -> Timeline {
    let bar = |at: usize| {
        let (day, lane) = (at + 1, if at < 2 { "north" } else { "south" });
        format!(
            "Event(id: \"bar{at}\", title: \"Blockade {at}\", date: \"2023-01-{day:02}/2025-06-{day:02}\", lane: \"{lane}\")"
        )
    };
    let bars: Vec<String> = (0..4).map(bar).collect();
    let lanes = ["north", "south"].map(|lane| format!("Lane(id: \"{lane}\", title: \"{lane}\")")).join(", ");
    let linked = "Event(id: \"a\", title: \"Convoy leaves the port\", date: \"2024-03-10\", lane: \"north\", \
                  links: [Link(to: \"b\", relation: Causes)]), \
                  Event(id: \"b\", title: \"Ceasefire proposed\", date: \"2024-05-20\", lane: \"south\")";
    let events = format!("{linked}, {}", bars.join(", "));
    store::read(format!("Timeline(format: 1, title: \"T\", lanes: [{lanes}], events: [{events}])")).timeline
}

#[test]
fn a_line_behind_the_body_of_another_event_is_faint_there_and_stops_short_of_its_outline() {
    let subject = Subject::new(barred());
    let references = References::build(&subject.timeline);
    let all = Links::build(&subject.timeline, &subject.index, None);
    let plain = subject.input(Frame::Window, Size::new(1_000.0, 500.0), None);
    let links = ShownLinks { references: Some(&references), all: Some(&all), ..ShownLinks::default() };
    let input = SceneInput { aspect: Aspect { links, ..plain.aspect }, ..plain };
    let (linked, _) = draw(&input);
    let (plain, _) = draw(&plain);
    let bodies: Vec<Rect> = linked
        .targets
        .iter()
        .filter_map(|target| match &target.subject {
            hit @ Hit::Event(_) if hit.event(&subject.timeline).unwrap().starts_with("bar") => {
                let middle = target.rect.center().y;
                Some(Rect::new(target.rect.x0, middle - 9.0, target.rect.x1, middle + 9.0))
            }
            _ => None,
        })
        .collect();
    assert_eq!(bodies.len(), 4);
    let lines = added(&plain, &linked);
    assert!(!lines.is_empty());
    for (a, b) in &lines {
        for body in &bodies {
            assert!(!goes_through(*a, *b, body.expanded(1.2)), "{a:?} to {b:?} at {body:?}");
        }
    }
    let is_faint = |item: &&Item| match item {
        Item::Line { from, to, stroke } => {
            stroke.dash.is_some() && bodies.iter().any(|body| body.contains(*from) && body.contains(*to))
        }
        _ => false,
    };
    let crossed = linked.items.iter().filter(|item| !plain.items.contains(item)).filter(is_faint).count();
    let ends = ["a", "b"].map(|id| {
        let target = linked.targets.iter().find(|target| target.subject == Hit::Event(subject.position(id)));
        target.unwrap().rect.center().y
    });
    let between = |body: &&Rect| {
        let middle = body.center().y;
        ends[0].min(ends[1]) < middle && middle < ends[0].max(ends[1])
    };
    assert_eq!(crossed, bodies.iter().filter(between).count());
    assert!(crossed > 0, "bars stand between the two");
}
