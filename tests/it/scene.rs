//! Pictures of whole timelines: nothing overlaps, nothing moves that should not, everything can be pointed at.

use std::collections::{BTreeMap, HashSet};

use annalist::export::picture::{self, PictureOptions};
use annalist::geom::{Point, Rect, Size};
use annalist::index::{Index, Spot};
use annalist::layout::Viewport;
use annalist::model::{Event, Header, Lane, Standing, Text, Timeline};
use annalist::scene::{self, Frame, Hit, Item, Plan, Scene, SceneInput, Segment};
use annalist::store;
use annalist::text::Shaper;
use annalist::theme::{Theme, ThemeName, font};
use annalist::time::{CivilDay, Date, Instant, Zone};
use proptest::prelude::*;

pub const TREATY: &str = include_str!("../../timelines/russia-dprk-treaty.ron");
const TUTORIAL: &str = include_str!("../../timelines/tutorial.ron");
/// How far outside its picture an item may lie.
const MARGIN: f64 = 200.0;

pub struct Subject {
    pub timeline: Timeline,
    pub index: Index,
    theme: Theme,
    zone: Zone,
}

/// The event of a mark or of a bar, by id.
pub fn event_of<'a>(timeline: &'a Timeline, hit: &Hit) -> Option<&'a Text> {
    matches!(hit, Hit::Event(_) | Hit::Bar(_)).then(|| hit.event(timeline)).flatten()
}

impl Subject {
    pub fn new(timeline: Timeline) -> Self {
        let zone = timeline.header().zone.as_deref().map_or(Zone::UTC, |name| Zone::parse(name).unwrap());
        let index = Index::build(&timeline, zone);
        Self { timeline, index, theme: Theme::named(ThemeName::Light), zone }
    }

    fn read(text: &str) -> Self {
        Self::new(store::read(text.to_owned()).timeline)
    }

    /// The row of an event.
    /// The position of an event.
    pub fn position(&self, id: &str) -> u32 {
        u32::try_from(self.timeline.event_position(id).unwrap()).unwrap()
    }

    pub fn spot(&self, id: &str) -> Spot {
        self.index.spot(self.timeline.event_position(id).unwrap()).unwrap()
    }

    pub fn input(&self, frame: Frame, size: Size, window: Option<(Instant, Instant)>) -> SceneInput<'_> {
        let width_pt = scene::track_width(&self.index, frame, size.width, &mut Shaper::new());
        let viewport = match window {
            Some((from, to)) => Viewport::spanning(from, to, width_pt),
            None => Viewport::fit(&self.index, width_pt),
        };
        SceneInput {
            timeline: &self.timeline,
            index: &self.index,
            theme: &self.theme,
            viewport,
            size,
            scroll_y: 0.0,
            selection: None,
            hover: None,
            matches: None,
            now: None,
            zone: self.zone,
            iso_weeks: false,
            frame,
            aspect: scene::Aspect::default(),
        }
    }
}

/// Where everything of a picture stands.
pub fn plan(input: &SceneInput<'_>) -> Plan {
    Plan::of(input, &mut Shaper::new())
}

fn day(year: i64, month: u8, day: u8) -> Instant {
    Instant::from_day(CivilDay::new(year, month, day)).unwrap()
}

fn ratification_weeks() -> (Instant, Instant) {
    (day(2024, 10, 10), day(2024, 11, 15))
}

/// Every text with its rectangle.
pub fn texts(scene: &Scene) -> Vec<(Rect, &str)> {
    let texts = scene.items.iter().filter_map(|item| match item {
        Item::Text { run, origin, .. } => {
            let top = origin.y - run.style.size_pt * 0.75;
            Some((Rect::new(origin.x, top, origin.x + run.width_pt, origin.y), &*run.text))
        }
        _ => None,
    });
    texts.collect()
}

/// The labels of events: what is drawn at body size in a window's track.
pub fn labels(scene: &Scene, track: Rect) -> Vec<(Rect, &str)> {
    let is_body = |rect: &Rect| (rect.height() - font::BODY * 0.75).abs() < 0.01;
    texts(scene).into_iter().filter(|(rect, _)| is_body(rect) && rect.x0 >= track.x0).collect()
}

fn points(item: &Item) -> Vec<Point> {
    let corners = |rect: &Rect| vec![Point::new(rect.x0, rect.y0), Point::new(rect.x1, rect.y1)];
    match item {
        Item::Rect { rect, .. } | Item::Gradient { rect, .. } | Item::Image { rect, .. } | Item::PushClip(rect) => {
            corners(rect)
        }
        Item::Line { from, to, .. } => vec![*from, *to],
        Item::Path { segments, .. } => segments
            .iter()
            .flat_map(|segment| match segment {
                Segment::MoveTo(to) | Segment::LineTo(to) => vec![*to],
                Segment::CubicTo(a, b, to) => vec![*a, *b, *to],
                Segment::Close => vec![],
            })
            .collect(),
        Item::Text { run, origin, .. } => vec![*origin, Point::new(origin.x + run.width_pt, origin.y)],
        Item::Density { bars } => bars.iter().flat_map(|(rect, _)| corners(rect)).collect(),
        Item::PopClip => vec![],
    }
}

fn check_items(scene: &Scene) {
    let around = Rect::new(0.0, 0.0, scene.size.width, scene.size.height).expanded(MARGIN);
    let mut depth = 0_i32;
    for item in &scene.items {
        match item {
            Item::PushClip(_) => depth += 1,
            Item::PopClip => depth -= 1,
            Item::Density { bars } => assert!(!bars.is_empty()),
            Item::Rect { .. }
            | Item::Line { .. }
            | Item::Path { .. }
            | Item::Gradient { .. }
            | Item::Text { .. }
            | Item::Image { .. } => {}
        }
        assert!(depth >= 0, "a clip is popped that was not pushed");
        for point in points(item) {
            // Not a number fails this too.
            assert!(around.contains(point), "{point:?} of {item:?} lies outside {around:?}");
        }
    }
    assert_eq!(depth, 0, "a clip stays");
}

pub fn check_no_overlap(labels: &[(Rect, &str)]) {
    for (n, (a, text_a)) in labels.iter().enumerate() {
        for (b, text_b) in labels.iter().skip(n + 1) {
            assert!(!a.overlaps(*b), "\"{text_a}\" and \"{text_b}\" overlap");
        }
    }
}

#[test]
fn the_whole_treaty_shows_every_label() {
    let subject = Subject::read(TREATY);
    let input = subject.input(Frame::Window, Size::new(1280.0, 800.0), None);
    let mut shaper = Shaper::new();
    let picture = scene::build(&input, &mut shaper);
    let labels = labels(&picture, plan(&input).areas.track);
    assert_eq!(labels.len(), subject.timeline.events().len());
    check_no_overlap(&labels);
    check_items(&picture);
}

#[test]
fn the_ratification_weeks_show_every_label_whole() {
    let subject = Subject::read(TREATY);
    let (from, to) = ratification_weeks();
    let input = subject.input(Frame::Window, Size::new(1280.0, 800.0), Some((from, to)));
    let mut shaper = Shaper::new();
    let picture = scene::build(&input, &mut shaper);
    let shown: HashSet<&str> = labels(&picture, plan(&input).areas.track).into_iter().map(|(_, text)| text).collect();
    for entry in subject.index.touching(None, from, to) {
        let title = subject.timeline.events()[entry.event as usize].title.as_str();
        assert!(shown.contains(title), "\"{title}\" has no whole label");
    }
}

#[test]
fn the_labels_of_the_ratification_weeks_stand_where_they_stood() {
    let subject = Subject::read(TREATY);
    let input = subject.input(Frame::Window, Size::new(1200.0, 800.0), Some(ratification_weeks()));
    let mut shaper = Shaper::new();
    let picture = scene::build(&input, &mut shaper);
    let lines: Vec<String> = labels(&picture, plan(&input).areas.track)
        .into_iter()
        .map(|(rect, text)| format!("{:>5.0} {:>5.0}  {text}", rect.x0, rect.y1))
        .collect();
    insta::assert_snapshot!("ratification_weeks", lines.join("\n"));
}

#[test]
fn the_flag_of_today_covers_no_name_of_the_ruler() {
    let subject = Subject::read(TREATY);
    let whole = subject.input(Frame::Window, Size::new(1280.0, 800.0), Some((day(2021, 1, 1), day(2027, 1, 1))));
    let names = |now: Option<Instant>| {
        let input = SceneInput { now, ..whole };
        let (picture, ruler) = (scene::build(&input, &mut Shaper::new()), plan(&input).areas.ruler);
        let own = texts(&picture).into_iter().filter(|(rect, _)| ruler.y0 <= rect.y0 && rect.y1 <= ruler.y1);
        own.map(|(_, text)| text.to_owned()).collect::<Vec<String>>()
    };
    let without = names(None);
    for step in 0..60 {
        let now = day(2021, 2, 1).saturating_add(step * 36 * Instant::DAY);
        let mut with = names(Some(now));
        with.retain(|text| text != "Today");
        assert_eq!(with, without, "on day {step}");
    }
}

#[test]
fn labels_keep_their_sides_while_the_window_is_moved() {
    let subject = Subject::read(
        "Timeline(format: 1, title: \"T\", events: [Event(id: \"a\", title: \"Talks begin\", date: \"2024-06-01\"), \
         Event(id: \"b\", title: \"Talks end\", date: \"2024-11-01\")])",
    );
    let whole = subject.input(Frame::Window, Size::new(900.0, 400.0), Some((day(2024, 1, 1), day(2024, 12, 31))));
    let mut sides = scene::LabelSides::default();
    let mut side = |viewport: Viewport| {
        let input = SceneInput { viewport, ..whole };
        let plan = plan(&input);
        let picture = scene::draw_moved(&input, &plan, &mut sides, &mut Shaper::new());
        let label = labels(&picture, plan.areas.track).into_iter().find(|(_, text)| *text == "Talks begin");
        let mark = viewport.x_from_instant(day(2024, 6, 1)) + plan.areas.track.x0;
        label.map(|(rect, _)| rect.x0 > mark)
    };
    // From the right edge, where it turns left, to the left edge, where it has to turn right; and back.
    let way: Vec<f64> = (-480..=340).step_by(5).map(f64::from).collect();
    let there: Vec<bool> = way.iter().filter_map(|by| side(whole.viewport.panned(-by))).collect();
    let back: Vec<bool> = way.iter().rev().filter_map(|by| side(whole.viewport.panned(-by))).collect();
    let turns = |sides: &[bool]| sides.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert_eq!((there.first(), there.last(), turns(&there)), (Some(&false), Some(&true), 1), "{there:?}");
    assert_eq!((back.last(), turns(&back)), (Some(&false), 1), "{back:?}");
    let turned = |sides: &[bool]| sides.windows(2).position(|pair| pair[0] != pair[1]).unwrap();
    assert!(turned(&there) > there.len() * 3 / 4 && turned(&back) > back.len() * 3 / 4, "they turn when they have to");
    // At another zoom it has its usual side.
    assert_eq!(side(whole.viewport.zoomed(1.1, 300.0)), Some(true));
}

#[test]
fn the_count_of_equal_events_stands_in_the_body_that_has_their_title() {
    let equal = "Event(title: \"Shell hits the market\", date: \"2024-10-24\"),".repeat(30);
    let subject = Subject::read(&format!(
        "Timeline(format: 1, title: \"T\", events: [{equal} Event(title: \"Talks\", date: \"2024-10-25\")])"
    ));
    let options =
        PictureOptions { from: Some(day(2024, 10, 23)), to: Some(day(2024, 10, 27)), ..PictureOptions::default() };
    let picture = picture::render(&subject.timeline, &options, &mut Shaper::new()).unwrap().scene;
    let find = |wanted: &str| texts(&picture).into_iter().find(|(_, text)| *text == wanted).expect(wanted).0;
    // The title of the next day stands where that begins.
    let (title, count, next) = (find("Shell hits the market"), find("+29"), find("Talks"));
    assert!(title.x1 < count.x0 && count.x1 < next.x0 && (count.y1 - title.y1).abs() < 3.0, "{count:?}");
}

#[test]
fn a_date_of_several_days_that_goes_through_the_window_has_its_name_on_its_line() {
    let subject = Subject::read(
        "Timeline(format: 1, title: \"T\", events: [Event(id: \"a\", title: \"Inspections every spring\", \
         date: \"{2020-04,2026-04}\"), Event(id: \"b\", title: \"Talks\", date: \"2023-06-01\")])",
    );
    let input = subject.input(Frame::Window, Size::new(900.0, 400.0), Some((day(2023, 1, 1), day(2023, 12, 31))));
    let picture = scene::build(&input, &mut Shaper::new());
    let names: Vec<&str> = labels(&picture, plan(&input).areas.track).into_iter().map(|(_, text)| text).collect();
    assert!(names.contains(&"Inspections every spring"), "{names:?}");
}

#[test]
fn rows_stay_while_panning_and_zooming() {
    let subject = Subject::read(TREATY);
    let size = Size::new(1280.0, 800.0);
    let mut rows: BTreeMap<Text, i64> = BTreeMap::new();
    let whole = subject.input(Frame::Window, size, None);
    let mut windows = vec![whole.viewport];
    for step in 0..40 {
        let last = windows[windows.len() - 1];
        windows.push(if step % 2 == 0 { last.zoomed(1.35, 1000.0) } else { last.panned(-37.0) });
    }
    for viewport in windows {
        let input = SceneInput { viewport, ..whole };
        let plan = plan(&input);
        let picture = scene::draw(&input, &plan, &mut Shaper::new());
        for target in &picture.targets {
            if let Some(id) = event_of(&subject.timeline, &target.subject) {
                // The strip of eras above is as high as their names need at the zoom.
                let y = ((target.rect.center().y - plan.areas.track.y0) * 8.0).round() as i64;
                assert_eq!(*rows.entry(id.clone()).or_insert(y), y, "{id} changed its row");
            }
        }
    }
    assert_eq!(rows.len(), subject.timeline.events().len());
}

#[test]
fn every_mark_in_the_window_can_be_pointed_at() {
    let subject = Subject::read(TREATY);
    let size = Size::new(1280.0, 800.0);
    for window in [None, Some(ratification_weeks()), Some((day(2024, 1, 1), day(2025, 12, 31)))] {
        let input = subject.input(Frame::Window, size, window);
        let picture = scene::build(&input, &mut Shaper::new());
        for entry in subject.index.touching(None, input.viewport.origin, input.viewport.end()) {
            let id = &subject.timeline.events()[entry.event as usize].id;
            let is_mark = |hit: &Hit| matches!(hit, Hit::Event(_) | Hit::EventStart(_) | Hit::EventEnd(_));
            let own = |hit: &Hit| is_mark(hit) && hit.position() == Some(entry.event);
            let mut rects = picture.targets.iter().filter(|target| own(&target.subject)).map(|target| target.rect);
            let found = rects.any(|rect| picture.hit_test(rect.center()).is_some_and(|target| own(&target.subject)));
            assert!(found, "{id} cannot be pointed at");
        }
    }
}

#[test]
fn spans_have_edges_to_drag_and_lanes_and_the_ruler_can_be_pointed_at() {
    let subject = Subject::read(TREATY);
    let window = (day(2024, 10, 1), day(2024, 11, 1));
    let input = subject.input(Frame::Window, Size::new(1280.0, 800.0), Some(window));
    let mut shaper = Shaper::new();
    let picture = scene::build(&input, &mut shaper);
    let plan = plan(&input);
    let track = plan.areas.track;
    let row = plan.row_rect(subject.spot("troops-shipped"), input.scroll_y).unwrap();
    let start = track.x0 + input.viewport.x_from_instant(day(2024, 10, 8));
    let end = track.x0 + input.viewport.x_from_instant(day(2024, 10, 14));
    let subject_at = |x: f64, y: f64| picture.hit_test(Point::new(x, y)).map(|target| target.subject.clone());
    let shipped = subject.position("troops-shipped");
    assert_eq!(subject_at(start, row.center().y), Some(Hit::EventStart(shipped)));
    assert_eq!(subject_at(end, row.center().y), Some(Hit::EventEnd(shipped)));
    assert_eq!(subject_at(f64::midpoint(start, end), row.center().y), Some(Hit::Event(shipped)));
    assert_eq!(subject_at(20.0, row.center().y), Some(Hit::Lane("troops".into())));
    assert_eq!(subject_at(track.center().x, 4.0), Some(Hit::Ruler));
    let band = plan.band_at(row.center(), input.scroll_y).unwrap();
    assert_eq!(subject.index.bands()[band].title, subject.timeline.lane("troops").unwrap().title);
}

#[test]
fn events_that_do_not_match_are_not_drawn_and_the_others_stay_in_place() {
    let subject = Subject::read(TREATY);
    let all = subject.input(Frame::Window, Size::new(1280.0, 800.0), Some(ratification_weeks()));
    let matches = subject.index.select(&subject.timeline, subject.timeline.event_position("duma-ratified"));
    let some = SceneInput { matches: Some(&matches), ..all };
    let marks = |input: &SceneInput<'_>| -> Vec<(u32, Rect)> {
        let picture = scene::build(input, &mut Shaper::new());
        let events = picture.targets.into_iter().filter_map(|target| match target.subject {
            Hit::Event(at) => Some((at, target.rect)),
            _ => None,
        });
        events.collect()
    };
    let (all, some) = (marks(&all), marks(&some));
    assert!(!some.is_empty() && some.iter().all(|(at, _)| *at == subject.position("duma-ratified")));
    assert!(all.contains(&some[0]));
}

#[test]
fn a_picture_of_its_content_height_holds_all_its_text() {
    for text in [TREATY, TUTORIAL] {
        let subject = Subject::read(text);
        for width in [640.0, 1000.0, 1600.0, 3840.0] {
            let mut input = subject.input(Frame::Picture, Size::new(width, 0.0), None);
            let mut shaper = Shaper::new();
            input.size.height = plan(&input).content_height();
            let picture = scene::build(&input, &mut shaper);
            check_items(&picture);
            let page = Rect::new(0.0, 0.0, width, input.size.height).expanded(-20.0);
            for (rect, text) in texts(&picture) {
                let is_inside = page.x0 <= rect.x0 && rect.x1 <= page.x1 && page.y0 <= rect.y0 && rect.y1 <= page.y1;
                assert!(is_inside, "\"{text}\" at {rect:?} sticks out of {page:?}");
            }
        }
    }
}

#[test]
fn rival_dates_of_the_selected_event_are_named_after_their_sources() {
    let subject = Subject::read(TREATY);
    let plain = subject.input(Frame::Window, Size::new(1280.0, 800.0), Some(ratification_weeks()));
    let selected = SceneInput { selection: Some("duma-ratified"), ..plain };
    let event = subject.timeline.event("duma-ratified").unwrap();
    let rivals = event
        .citations
        .iter()
        .filter(|citation| citation.date.as_deref().is_some_and(|date| event.date.as_ref() != Some(date)));
    assert!(rivals.count() > 0, "the treaty's vague article dates it otherwise");
    let dashes = |input: &SceneInput<'_>| {
        let picture = scene::build(input, &mut Shaper::new());
        let is_ghost = |item: &&Item| matches!(item, Item::Line { stroke, .. } if stroke.dash.is_some() && stroke.color == subject.theme.accent);
        picture.items.iter().filter(is_ghost).count()
    };
    assert_eq!(dashes(&plain), 0);
    assert!(dashes(&selected) > 0);
    let picture = scene::build(&selected, &mut Shaper::new());
    let names = picture.items.iter().filter_map(|item| match item {
        Item::Text { run, color, .. } if *color == subject.theme.accent => Some(&*run.text),
        _ => None,
    });
    let names: Vec<&str> = names.collect();
    let title = subject.timeline.source("undated-analysis").unwrap().title.as_str();
    let is_said = |name: &&str| title.starts_with(name.trim_end_matches('…')) && name.len() > 40;
    assert!(names.len() == 1 && names.iter().all(is_said), "{names:?}");
}

#[test]
fn the_overview_shows_each_cluster_and_the_window() {
    let subject = Subject::read(TREATY);
    let input = subject.input(Frame::Window, Size::new(1280.0, 800.0), Some(ratification_weeks()));
    let strip = scene::overview(&input, Size::new(1000.0, 56.0), &mut Shaper::new());
    check_items(&strip);
    assert!(strip.items.iter().filter(|item| matches!(item, Item::Rect { .. })).count() > 5);
    assert_eq!(strip.hit_test(Point::new(500.0, 20.0)).map(|target| &target.subject), Some(&Hit::Ruler));
}

fn any_date() -> impl Strategy<Value = String> {
    let day = (1900_i32..2100, 1_u8..=12, 1_u8..=28).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}"));
    let month = (1900_i32..2100, 1_u8..=12).prop_map(|(y, m)| format!("{y}-{m:02}"));
    let far = (-9999_i32..9999).prop_map(|y| if y < 0 { format!("-{:04}", -y) } else { format!("{y:04}") });
    let near = prop_oneof![day, month];
    prop_oneof![
        4 => near.clone(),
        1 => far,
        1 => near.clone().prop_map(|date| format!("{date}~")),
        1 => near.clone().prop_map(|date| format!("{date}?")),
        1 => near.clone().prop_map(|date| format!("{date}/..")),
        1 => near.clone().prop_map(|date| format!("/{date}")),
        1 => near.clone().prop_map(|date| format!("[..{date}]")),
        1 => (near.clone(), near.clone()).prop_map(|(a, b)| format!("[{a},{b}]")),
        1 => (near.clone(), near.clone()).prop_map(|(a, b)| format!("{{{a},{b}}}")),
        2 => (near.clone(), near).prop_map(|(a, b)| format!("{a}/{b}")),
    ]
}

fn any_timeline() -> impl Strategy<Value = Timeline> {
    let lane = prop::option::of(prop::sample::select(vec!["a", "b"]));
    let event = (any_date(), "[A-Za-zДк가 ]{1,60}", lane, 0_usize..7, 1_u8..=5);
    prop::collection::vec(event, 0..40).prop_map(|events| {
        let events = events.into_iter().enumerate().filter_map(|(at, (date, title, lane, standing, weight))| {
            let mut event = Event::new(format!("e{at}"), title, Date::parse(&date).ok()?);
            event.lane = lane.map(Into::into);
            event.standing = Standing::ALL[standing];
            event.weight = weight;
            Some(event)
        });
        let lane = |id: &str| Lane { id: id.into(), title: format!("Lane {id}").into(), color: None, note: None };
        let header = Header::new("Any");
        Timeline::from_records(header, vec![lane("a"), lane("b")], vec![], events.collect(), vec![], vec![])
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn in_any_window_labels_never_overlap_and_no_coordinate_is_absurd(
        timeline in any_timeline(),
        center in -200_000_i64..200_000,
        zoom in 0.0_f64..1.0,
        width in 300.0_f64..2400.0,
        selected in 0_usize..40,
    ) {
        let subject = Subject::new(timeline);
        let (least, most) = (Viewport::MIN_MICROS_PER_PT.ln(), Viewport::MAX_MICROS_PER_PT.ln());
        let micros_per_pt = (least + zoom * (most - least)).exp();
        let mut input = subject.input(Frame::Window, Size::new(width, 900.0), None);
        let id = format!("e{selected}");
        input.selection = Some(&id);
        let origin = Instant::from_micros(center.saturating_mul(Instant::DAY)).saturating_add((-width / 2.0 * micros_per_pt) as i64);
        for viewport in [input.viewport, Viewport { origin, micros_per_pt, ..input.viewport }] {
            let input = SceneInput { viewport, ..input };
            let mut shaper = Shaper::new();
            let picture = scene::build(&input, &mut shaper);
            check_items(&picture);
            check_no_overlap(&labels(&picture, plan(&input).areas.track));
        }
    }
}

#[test]
fn a_crowd_leaves_no_gap_where_there_are_events() {
    let first = day(1900, 1, 1).day().number();
    let events = (0..12_000_i64)
        .map(|at| {
            let date = Date::from_day(CivilDay::from_number(first + at * 3));
            Event::new(format!("e{at}"), format!("Event {at}"), date)
        })
        .collect();
    let header = Header::new("Crowd");
    let subject = Subject::new(Timeline::from_records(header, vec![], vec![], events, vec![], vec![]));
    // A century in about a hundred points: dozens of events in each.
    let input = subject.input(Frame::Window, Size::new(1000.0, 700.0), Some((day(1500, 1, 1), day(2500, 1, 1))));
    let scene = scene::build(&input, &mut Shaper::new());
    let track = plan(&input).areas.track;
    let mut drawn: Vec<(f64, f64)> = scene
        .targets
        .iter()
        .filter(|target| matches!(target.subject, Hit::Event(_) | Hit::Crowd(_)))
        .map(|target| (target.rect.x0, target.rect.x1))
        .collect();
    drawn.sort_by(|a, b| a.0.total_cmp(&b.0));
    let reach = |instant| track.x0 + input.viewport.x_from_instant(instant);
    let (from, to) = (reach(day(1900, 1, 1)), reach(day(1998, 1, 1)));
    let covered =
        drawn.iter().fold(from, |covered, (x0, x1)| if *x0 <= covered + 3.0 { covered.max(*x1) } else { covered });
    assert!(covered >= to, "a gap at {covered}");
    let counted: u32 = scene
        .targets
        .iter()
        .map(|target| match &target.subject {
            // The count of a row stands for what goes on from cell to cell.
            Hit::Crowd(crowd) if crowd.is_part => crowd.count,
            _ => 0,
        })
        .sum();
    assert_eq!(counted, 12_000, "all of them are in crowds");
    let marks = scene.targets.iter().filter(|target| matches!(target.subject, Hit::Event(_))).count();
    assert!(marks < 100, "{marks} marks in a hundred points");
}

#[test]
fn images_are_framed_beside_titles_and_no_title_is_lost_for_one() {
    let mut events = String::new();
    for at in 1..=28 {
        let image = "images: [(file: \"pictures/door.png\")]";
        events
            .push_str(&format!("(id: \"e{at}\", date: \"2024-06-{at:02}\", title: \"Report number {at}\", {image}),"));
    }
    let subject = Subject::read(&format!("Timeline(format: 1, title: \"Many\", events: [{events}])"));
    for (width, height) in [(1600.0, 900.0), (700.0, 160.0), (320.0, 90.0)] {
        let drawn = |images: bool| {
            let bare = subject.input(Frame::Window, Size::new(width, height), None);
            let input = SceneInput { aspect: scene::Aspect { images, ..bare.aspect }, ..bare };
            let plan = plan(&input);
            let scene = scene::draw(&input, &plan, &mut Shaper::new());
            check_items(&scene);
            (scene, plan.areas.track)
        };
        let ((bare, track), (framed, _)) = (drawn(false), drawn(true));
        let titles = |scene: &Scene| labels(scene, track).len();
        assert!(titles(&framed) >= titles(&bare), "{width}: {} of {}", titles(&framed), titles(&bare));
        let frames: Vec<Rect> = framed
            .items
            .iter()
            .filter_map(|item| if let Item::Image { rect, .. } = item { Some(*rect) } else { None })
            .collect();
        assert!(width < 1_000.0 || !frames.is_empty(), "there is room for some");
        for (text, words) in labels(&framed, track) {
            assert!(!frames.iter().any(|frame| frame.overlaps(text)), "a frame lies over {words}");
        }
        assert!(!bare.items.iter().any(|item| matches!(item, Item::Image { .. })));
    }
}
