//! Rows for what a window shows: while it is panned no mark changes its row, nothing touches within one, and room that is free
//! is used.

use std::collections::BTreeMap;
use std::sync::Arc;

use annalist::export::picture::{PictureOptions, render};
use annalist::geom::{Rect, Size};
use annalist::index::Spot;
use annalist::model::{Event, Header, Lane, Text, Timeline};
use annalist::scene::{Frame, Hit, Packed, Plan, Scene, SceneInput, draw};
use annalist::text::Shaper;
use annalist::time::{Date, Zone};
use proptest::prelude::*;

use crate::scale::data::{self, Shape};
use crate::scene::{Subject, check_no_overlap, event_of, labels};

/// An hour by its number, in months of four weeks.
fn hour(number: i64) -> String {
    let day = number / 24;
    format!("{}-{:02}-{:02}T{:02}:00:00Z", 2021 + day / 336, 1 + day / 28 % 12, 1 + day % 28, number % 24)
}

/// Moments, days and spans in two lanes and in none.
pub fn subject(dates: &[(i64, i64, String)]) -> Subject {
    let lane = |id: &str| Lane { id: id.into(), title: id.into(), color: None, note: None };
    let event = |(at, (from, length, title)): (usize, &(i64, i64, String))| {
        let date = match length % 3 {
            0 => hour(*from),
            1 => hour(*from).get(..10).unwrap().to_owned(),
            _ => format!("{}/{}", hour(*from), hour(from + length)),
        };
        let mut event = Event::new(format!("e{at}"), title.clone(), Date::parse(&date).unwrap());
        event.lane = (at % 3 > 0).then(|| ["north", "south"][at % 3 - 1].into());
        event
    };
    let events = dates.iter().enumerate().map(event).collect();
    let lanes = vec![lane("north"), lane("south")];
    Subject::new(Timeline::from_records(Header::new("T"), lanes, vec![], events, vec![], vec![]))
}

pub fn any_dates(most: usize) -> impl Strategy<Value = Vec<(i64, i64, String)>> {
    prop::collection::vec((0_i64..30_000, 0_i64..2_000, "[A-Za-z]{3,9}( [a-z]{2,8}){0,4}"), 1..most)
}

/// A window with what it keeps between frames.
struct View<'a> {
    subject: &'a Subject,
    packed: Option<Arc<Packed>>,
    shaper: Shaper,
}

impl<'a> View<'a> {
    fn of(subject: &'a Subject) -> Self {
        Self { subject, packed: None, shaper: Shaper::new() }
    }

    fn draw(&mut self, input: &SceneInput<'_>) -> (Plan, Scene) {
        let packed = match self.packed.take() {
            Some(packed) => Arc::unwrap_or_clone(packed).moved(input, &mut self.shaper),
            None => Packed::of(input, None, &mut self.shaper),
        };
        let packed = Arc::new(packed);
        self.packed = Some(Arc::clone(&packed));
        let plan = Plan::packed(input, packed, &mut self.shaper);
        let scene = draw(input, &plan, &mut self.shaper);
        (plan, scene)
    }

    /// The rows of the events that have marks.
    fn rows(&self, plan: &Plan, scene: &Scene) -> BTreeMap<String, Vec<Spot>> {
        let ids = scene.targets.iter().filter_map(|target| event_of(&self.subject.timeline, &target.subject));
        let ids = ids.map(Text::to_string);
        let spots = |id: String| {
            let position = self.subject.timeline.event_position(&id).unwrap();
            (id, plan.spots(&self.subject.index, position))
        };
        ids.map(spots).collect()
    }
}

/// The marks of events, by position.
fn marks(scene: &Scene) -> Vec<(u32, Rect)> {
    let marks = scene.targets.iter().filter_map(|target| match &target.subject {
        Hit::Event(at) => Some((*at, target.rect)),
        _ => None,
    });
    marks.collect()
}

fn check_nothing_touches(plan: &Plan, scene: &Scene) {
    let marks = marks(scene);
    check_no_overlap(&labels(scene, plan.areas.track));
    for (n, (id, rect)) in marks.iter().enumerate() {
        for (other, its) in marks.iter().skip(n + 1) {
            let shared = rect.x1.min(its.x1) - rect.x0.max(its.x0);
            assert!(rect.y0 != its.y0 || shared <= 0.5, "{id} and {other} share {shared} points of a row");
        }
    }
}

fn check_panning(subject: &Subject, size: Size, factor: f64, x: f64, steps: impl Iterator<Item = f64>) {
    let mut view = View::of(subject);
    let whole = subject.input(Frame::Window, size, None);
    let mut input = SceneInput { viewport: whole.viewport.zoomed(factor, x), ..whole };
    let (plan, scene) = view.draw(&input);
    let mut before = view.rows(&plan, &scene);
    for dx in steps {
        input.viewport = input.viewport.panned(dx);
        let (plan, scene) = view.draw(&input);
        let rows = view.rows(&plan, &scene);
        for (id, spots) in &rows {
            assert!(
                before.get(id).is_none_or(|had| had == spots),
                "{id} stood in {:?} and stands in {spots:?}",
                before[id]
            );
        }
        before = rows;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn while_panning_no_visible_mark_changes_its_row(
        dates in any_dates(160),
        factor in 1.0_f64..200.0,
        x in 0.0_f64..1_000.0,
        steps in prop::collection::vec(-700.0_f64..700.0, 1..8),
    ) {
        check_panning(&subject(&dates), Size::new(1_200.0, 700.0), factor, x, steps.into_iter());
    }

    #[test]
    fn no_two_marks_or_labels_of_a_row_touch(
        dates in any_dates(160),
        height in 200.0_f64..1_400.0,
        factor in 1.0_f64..40.0,
        x in 0.0_f64..1_000.0,
    ) {
        let subject = subject(&dates);
        let whole = subject.input(Frame::Window, Size::new(1_200.0, height), None);
        let input = SceneInput { viewport: whole.viewport.zoomed(factor, x), ..whole };
        let (plan, scene) = View::of(&subject).draw(&input);
        check_nothing_touches(&plan, &scene);
    }

    #[test]
    fn a_taller_window_shows_no_fewer_marks(dates in any_dates(160), factor in 1.0_f64..20.0, x in 0.0_f64..1_000.0) {
        let subject = subject(&dates);
        let mut before = 0;
        for height in [300.0, 500.0, 800.0, 1_200.0, 4_000.0] {
            let whole = subject.input(Frame::Window, Size::new(1_200.0, height), None);
            let input = SceneInput { viewport: whole.viewport.zoomed(factor, x), ..whole };
            let (plan, scene) = View::of(&subject).draw(&input);
            let shown = marks(&scene).len();
            prop_assert!(shown >= before, "{shown} of {before} at {height}");
            before = shown;
            if height > 2_000.0 {
                let titles = labels(&scene, plan.areas.track).into_iter().filter(|(_, text)| !text.contains('…'));
                prop_assert!(titles.count() >= shown.min(plan.bands.height() as usize / 24) / 2);
            }
        }
    }

    #[test]
    fn of_all_time_a_taller_window_labels_no_fewer_and_a_high_one_all(dates in any_dates(160)) {
        let subject = subject(&dates);
        let mut before = 0;
        for height in [300.0, 500.0, 800.0, 1_200.0, 5_000.0] {
            let input = subject.input(Frame::Window, Size::new(1_200.0, height), None);
            let (plan, scene) = View::of(&subject).draw(&input);
            let whole = labels(&scene, plan.areas.track).into_iter().filter(|(_, text)| !text.contains('…')).count();
            prop_assert!(whole >= before, "{whole} of {before} at {height}");
            before = whole;
        }
        prop_assert_eq!(before, dates.len());
    }
}

/// So many that not all time is packed at once.
#[test]
fn panning_on_and_on_through_thousands_of_events_changes_no_row() {
    for shape in [Shape::Bursty, Shape::Uniform] {
        let plan = data::Plan::new(9_000, shape, 11);
        let events = (0..plan.events).map(|at| plan.event(at)).collect();
        let subject =
            Subject::new(Timeline::from_records(plan.header(), plan.lanes(), plan.sources(), events, vec![], vec![]));
        for factor in [30.0, 300.0] {
            let steps = [-900.0; 9].into_iter().chain([450.0; 20]).chain([-120.0; 9]);
            check_panning(&subject, Size::new(1_200.0, 800.0), factor, 600.0, steps);
        }
    }
}

/// Twenty-five events of one lane within a year.
fn dossier() -> Subject {
    let event = |at: usize| {
        let date = Date::parse(&format!("2024-{:02}-{:02}", 1 + at / 3, 1 + at * 7 % 28)).unwrap();
        Event {
            lane: Some("a".into()),
            ..Event::new(format!("e{at}"), format!("Witness {at} speaks to the press"), date)
        }
    };
    let lane = Lane { id: "a".into(), title: "Case".into(), color: None, note: None };
    let events = (0..25).map(event).collect();
    Subject::new(Timeline::from_records(Header::new("T"), vec![lane], vec![], events, vec![], vec![]))
}

#[test]
fn a_dossier_of_one_lane_shows_every_label_whole() {
    let subject = dossier();
    let input = subject.input(Frame::Window, Size::new(1_300.0, 800.0), None);
    let (plan, scene) = View::of(&subject).draw(&input);
    let labels = labels(&scene, plan.areas.track);
    let whole = labels.iter().filter(|(_, text)| text.starts_with("Witness") && text.ends_with("press"));
    assert_eq!(whole.count(), 25, "{labels:?}");
    let picture = render(&subject.timeline, &PictureOptions::default(), &mut Shaper::new()).unwrap();
    let texts = picture.scene.items.iter().filter(|item| {
        matches!(item, annalist::scene::Item::Text { run, .. } if run.text.starts_with("Witness") && run.text.ends_with("press"))
    });
    assert_eq!(texts.count(), 25);
}

/// Three hundred events of a lane in two weeks, and three years later one every ten days in each of two.
fn burst_and_quiet() -> Subject {
    let burst = (0..300).map(|at| (at, "north"));
    let quiet = (0..36).map(|at| (QUIET + at * 120, if at % 2 == 0 { "north" } else { "south" }));
    let event = |(nth, (at, lane)): (usize, (i64, &str))| {
        let date = Date::parse(&hour(at)).unwrap();
        Event { lane: Some(lane.into()), ..Event::new(format!("e{nth}"), format!("Harbour inspection {nth}"), date) }
    };
    let lane = |id: &str| Lane { id: id.into(), title: id.into(), color: None, note: None };
    let events = burst.chain(quiet).enumerate().map(event).collect();
    let lanes = vec![lane("north"), lane("south")];
    Subject::new(Timeline::from_records(Header::new("T"), lanes, vec![], events, vec![], vec![]))
}

/// The hour in which the quiet years begin.
const QUIET: i64 = 3 * 336 * 24;

#[test]
fn what_is_crowded_elsewhere_takes_no_rows_here() {
    let subject = burst_and_quiet();
    let instant = |at: i64| Date::parse(&hour(at)).unwrap().extent(Zone::UTC).earliest_start.instant().unwrap();
    let window = (instant(QUIET - 240), instant(QUIET + 35 * 120 + 1_200));
    let input = subject.input(Frame::Window, Size::new(1_300.0, 700.0), Some(window));
    let mut view = View::of(&subject);
    let (plan, scene) = view.draw(&input);
    let labels = labels(&scene, plan.areas.track);
    let whole = labels.iter().filter(|(_, text)| text.starts_with("Harbour inspection") && !text.contains('…'));
    assert_eq!(whole.count(), 36, "{labels:?}");
    assert!(plan.content_height() <= 700.0, "{:?}", view.packed.map(|packed| packed.heights().to_vec()));
}

#[test]
fn panning_from_a_quiet_stretch_into_a_crowded_one_and_back_changes_no_row() {
    let subject = burst_and_quiet();
    let steps = [500.0; 15].into_iter().chain([-500.0; 15]);
    check_panning(&subject, Size::new(1_300.0, 700.0), 8.0, 1_000.0, steps);
}

#[test]
fn the_height_that_a_picture_is_given_goes_to_labels() {
    let event = |at: usize| {
        let date = Date::parse(&format!("2024-05-{:02}", 1 + at % 28)).unwrap();
        Event::new(format!("e{at}"), format!("Witness {at} speaks to the press about what was seen"), date)
    };
    let events = (0..120).map(event).collect();
    let timeline = Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]);
    let whole = |height: u32| {
        let options = PictureOptions { height_px: Some(height), ..PictureOptions::default() };
        let picture = render(&timeline, &options, &mut Shaper::new()).unwrap();
        let is_whole = |text: &str| text.starts_with("Witness") && text.ends_with("seen");
        let texts = picture
            .scene
            .items
            .iter()
            .filter(|item| matches!(item, annalist::scene::Item::Text { run, .. } if is_whole(&run.text)));
        texts.count()
    };
    assert!(whole(700) < whole(1_000) && whole(1_000) < whole(1_600), "{:?}", [700, 1_000, 1_600].map(whole));
    assert_eq!(whole(2_400), 120);
}

/// So many events of each of some lanes, on the days of a month, with titles as long as those of a chronicle.
fn chronicle(lanes: usize, events: usize) -> Timeline {
    let lane =
        |at: usize| Lane { id: format!("l{at}").into(), title: format!("Lane {at}").into(), color: None, note: None };
    let event = |at: usize| {
        let date = Date::parse(&format!("2024-05-{:02}", 1 + at % 28)).unwrap();
        let title = format!("Number {at} of the harbour's papers is read out");
        Event { lane: Some(format!("l{}", at % lanes).into()), ..Event::new(format!("e{at}"), title, date) }
    };
    let events = (0..lanes * events).map(event).collect();
    let lanes = (0..lanes).map(lane).collect();
    Timeline::from_records(Header::new("T"), lanes, vec![], events, vec![], vec![])
}

#[test]
fn a_window_that_is_scrolled_has_rows_for_every_label() {
    for (lanes, events) in [(1, 110), (4, 60), (6, 100)] {
        let subject = Subject::new(chronicle(lanes, events));
        let whole = subject.input(Frame::Window, Size::new(1_300.0, 700.0), None);
        let mut view = View::of(&subject);
        let (plan, _) = view.draw(&whole);
        assert!(plan.content_height() > 700.0, "{lanes} lanes of {events}");
        let mut whole_titles = std::collections::BTreeSet::new();
        for step in 0..(plan.content_height() / 300.0) as usize {
            let (plan, scene) = view.draw(&SceneInput { scroll_y: 300.0 * step as f64, ..whole });
            let labels = labels(&scene, plan.areas.track).into_iter().map(|(_, text)| text.to_owned());
            whole_titles.extend(labels.filter(|text| text.starts_with("Number") && text.ends_with("out")));
            assert!(!texts(&scene).iter().any(|text| text.starts_with('+')), "nothing is behind a count");
        }
        assert_eq!(whole_titles.len(), lanes * events, "{lanes} lanes of {events}");
    }
}

#[test]
fn marks_that_are_too_many_for_labels_have_rows_that_can_be_scrolled_to() {
    // Some sixty rows of marks at the end of a long silence.
    let event = |at: usize| {
        let date = format!("{}-{:02}-{:02}", 1953 + at / 28, 1 + at % 12, 1 + at % 28);
        Event::new(format!("e{at}"), format!("Session of the committee {at}"), Date::parse(&date).unwrap())
    };
    let events = (0..2_000).map(event).chain([Event::new("first", "First", Date::parse("1890").unwrap())]).collect();
    let subject = Subject::new(Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]));
    let whole = subject.input(Frame::Window, Size::new(1_200.0, 700.0), None);
    let mut view = View::of(&subject);
    let (plan, _) = view.draw(&whole);
    let rows = plan.rows(&subject.index, 0);
    assert!((35..100).contains(&rows), "{rows} rows");
    let mut drawn = std::collections::BTreeSet::new();
    for step in 0..=(plan.content_height() / 300.0) as usize {
        let (_, scene) = view.draw(&SceneInput { scroll_y: 300.0 * step as f64, ..whole });
        drawn.extend(marks(&scene).into_iter().map(|(id, _)| id));
    }
    assert_eq!(drawn.len(), 2_001);
}

#[test]
fn rows_that_a_burst_of_marks_needs_have_the_labels_of_what_is_beside_it() {
    let event = |id: String, title: String, days: usize| {
        let (year, day) = (1900 + days / 336, days % 336);
        let date = format!("{year}-{:02}-{:02}", 1 + day / 28, 1 + day % 28);
        Event::new(id, title, Date::parse(&date).unwrap())
    };
    // Far more labels than a window is scrolled for, on some seventy rows of marks; and before it sixty rows of labels.
    let burst = (0..600).map(|at| event(format!("b{at}"), format!("Shot {at} is heard"), 336 * 90 + at * 5));
    let calm = (0..240).map(|at| event(format!("c{at}"), format!("Paper {at} of the harbour office"), at * 119));
    let events = burst.chain(calm).collect();
    let subject = Subject::new(Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]));
    let whole = subject.input(Frame::Window, Size::new(1_200.0, 700.0), None);
    let mut view = View::of(&subject);
    let (plan, _) = view.draw(&whole);
    let mut labelled = std::collections::BTreeSet::new();
    for step in 0..=(plan.content_height() / 300.0) as usize {
        let (plan, scene) = view.draw(&SceneInput { scroll_y: 300.0 * step as f64, ..whole });
        let labels = labels(&scene, plan.areas.track).into_iter().map(|(_, text)| text.to_owned());
        labelled.extend(labels.filter(|text| text.starts_with("Paper") && text.ends_with("office")));
    }
    // Those whose labels would run into the burst give way to its marks.
    assert!(labelled.len() >= 180, "{} of 240 on {} rows", labelled.len(), plan.rows(&subject.index, 0));
}

#[test]
fn a_picture_without_a_height_has_rows_for_every_label_and_date() {
    let picture = render(&chronicle(1, 600), &PictureOptions::default(), &mut Shaper::new()).unwrap();
    let texts = texts(&picture.scene);
    let count = |of: &dyn Fn(&str) -> bool| texts.iter().filter(|text| of(text)).count();
    assert_eq!(count(&|text| text.starts_with("Number") && text.ends_with("out")), 600);
    assert_eq!(count(&|text| text.ends_with(" May")), 600);
}

#[test]
fn labels_that_turn_left_at_the_right_edge_share_rows_with_those_before_them() {
    // As many at each time of the year: no more rows at its end than in its middle, but for the room that labels take left of it.
    let event = |at: usize| {
        let date = Date::parse(&format!("2024-{:02}-{:02}", 1 + at / 25, 1 + at % 25)).unwrap();
        Event::new(format!("e{at}"), format!("Session of the committee {at}"), date)
    };
    let events = (0..300).map(event).collect();
    let subject = Subject::new(Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]));
    let input = subject.input(Frame::Window, Size::new(1_300.0, 700.0), None);
    let (plan, _) = View::of(&subject).draw(&input);
    let rows = plan.rows(&subject.index, 0);
    // Each takes some 190 of 1,200 points, and at the right edge those on both sides of a label meet.
    assert!(rows <= 82, "{rows} rows");
}

#[test]
fn where_rows_are_few_titles_that_begin_alike_have_room_for_where_they_differ() {
    let event = |at: usize| {
        let title = format!("Secretary of State Powell, Interview on Channel{at}");
        let date = format!("2024-{:02}-{:02}", 1 + at / 8, 1 + at % 8 * 3);
        Event::new(format!("e{at}"), title, Date::parse(&date).unwrap())
    };
    let events = (0..80).map(event).collect();
    let timeline = Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]);
    let options = PictureOptions { height_px: Some(480), ..PictureOptions::default() };
    let picture = render(&timeline, &options, &mut Shaper::new()).unwrap();
    let texts = texts(&picture.scene);
    let told = (0..80).filter(|at| texts.iter().any(|text| text.ends_with(&format!(" Channel{at}")))).count();
    assert!(told >= 76, "{told} of 80 are told apart");
}

fn all_texts_in(scene: &Scene, area: Rect) -> Vec<(f64, f64, &str)> {
    use annalist::scene::Item;
    let mut is_in = false;
    let mut texts = Vec::new();
    for item in &scene.items {
        match item {
            Item::PushClip(rect) => is_in = *rect == area,
            Item::PopClip => is_in = false,
            Item::Text { run, origin, .. } if is_in => {
                texts.push((origin.x, origin.x + run.width_pt, &*run.text));
            }
            _ => {}
        }
    }
    texts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_word_is_cut_off_by_the_edge_of_the_track(
        dates in any_dates(160),
        height in 200.0_f64..1_000.0,
        factor in 1.0_f64..60.0,
        x in 0.0_f64..1_000.0,
        steps in prop::collection::vec(-300.0_f64..300.0, 0..4),
        selected in 0_usize..160,
    ) {
        let subject = subject(&dates);
        let whole = subject.input(Frame::Window, Size::new(1_000.0, height), None);
        let id = format!("e{selected}");
        let mut input = SceneInput { viewport: whole.viewport.zoomed(factor, x), selection: Some(&id), ..whole };
        let mut view = View::of(&subject);
        for step in std::iter::once(0.0).chain(steps) {
            input.viewport = input.viewport.panned(step);
            let (plan, scene) = view.draw(&input);
            let track = plan.areas.track;
            for (x0, x1, text) in all_texts_in(&scene, track) {
                prop_assert!(track.x0 - 0.01 <= x0 && x1 <= track.x1 + 0.01, "{text:?} from {x0} to {x1}");
            }
        }
    }

    #[test]
    fn counts_and_labels_of_a_low_picture_do_not_touch(dates in any_dates(160), height in 260_u32..700) {
        let subject = subject(&dates);
        let options = PictureOptions { height_px: Some(height), width_px: 900, ..PictureOptions::default() };
        let picture = render(&subject.timeline, &options, &mut Shaper::new()).unwrap();
        let legend = texts(&picture.scene).iter().position(|text| *text == "Dates").unwrap_or(usize::MAX);
        let of_track = crate::scene::texts(&picture.scene).into_iter().take(legend);
        let counts: Vec<(Rect, &str)> = of_track.filter(|(_, text)| text.starts_with('+')).collect();
        check_no_overlap(&counts);
    }
}

#[test]
fn bands_close_up_where_a_question_leaves_little_and_fold_where_it_leaves_nothing() {
    let event = |at: usize| {
        let date = Date::parse(&format!("2024-05-{:02}", 1 + at % 3)).unwrap();
        Event {
            lane: Some(["a", "b"][at % 2].into()),
            ..Event::new(format!("e{at}"), format!("Report number {at}"), date)
        }
    };
    let lane = |id: &str| Lane { id: id.into(), title: id.into(), color: None, note: None };
    let events = (0..24).map(event).collect();
    let timeline =
        Timeline::from_records(Header::new("T"), vec![lane("a"), lane("b"), lane("c")], vec![], events, vec![], vec![]);
    let subject = Subject::new(timeline);
    let all = subject.input(Frame::Window, Size::new(1_200.0, 900.0), None);
    let matches = subject.index.select(&subject.timeline, [0, 2]);
    let some = SceneInput { matches: Some(&matches), ..all };
    let rows = |input: &SceneInput<'_>| {
        let (plan, _) = View::of(&subject).draw(input);
        [0, 1, 2].map(|band| plan.rows(&subject.index, band))
    };
    let of_all = rows(&all);
    assert!(of_all[0] >= 4 && of_all[1] >= 4 && of_all[2] == 1, "{of_all:?}");
    assert_eq!(rows(&some), [1, 0, 1], "a lane without events stays, to be dropped on");
    let (plan, scene) = View::of(&subject).draw(&some);
    let folded = scene.targets.iter().find(|target| target.subject == Hit::Lane("b".into())).unwrap();
    assert!(folded.rect.height() < 30.0 && plan.band_at(folded.rect.center(), 0.0) == Some(1));
}

#[test]
fn more_at_once_than_an_index_has_rows_for_are_drawn_and_labelled_where_there_is_room() {
    let event = |at: usize| Event::new(format!("e{at}"), format!("Claim {at}"), Date::parse("2024-05-09").unwrap());
    let events = (0..45).map(event).collect();
    let subject = Subject::new(Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]));
    let input = subject.input(Frame::Window, Size::new(1_200.0, 1_200.0), None);
    let (plan, scene) = View::of(&subject).draw(&input);
    assert_eq!(marks(&scene).len(), 45);
    assert_eq!(labels(&scene, plan.areas.track).iter().filter(|(_, text)| text.starts_with("Claim")).count(), 45);
}

#[test]
fn events_that_nothing_tells_apart_are_one_mark_at_every_zoom_and_their_count_lists_them() {
    let equal = (0..40).map(|at| Event::new(format!("e{at}"), "Login", Date::parse("2024-05-09").unwrap()));
    let others = (0..3).map(|at| Event::new(format!("o{at}"), "Alarm", Date::parse("2024-05-09").unwrap()));
    let far = Event::new("far", "Logout", Date::parse("2024-06-20").unwrap());
    let events = equal.chain(others).chain([far]).collect();
    let subject = Subject::new(Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]));
    // A day is shorter than a mark, and then longer.
    for factor in [1.0, 40.0] {
        let whole = subject.input(Frame::Window, Size::new(1_200.0, 400.0), None);
        let x = whole
            .viewport
            .x_from_instant(Date::parse("2024-05-09").unwrap().extent(Zone::UTC).earliest_start.instant().unwrap());
        let input = SceneInput { viewport: whole.viewport.zoomed(factor, x), ..whole };
        let (plan, scene) = View::of(&subject).draw(&input);
        let of_titles =
            ["Login", "Alarm", "+39"].map(|title| texts(&scene).into_iter().filter(|text| *text == title).count());
        assert_eq!(of_titles, [1, 3, 1], "{factor}");
        let crowd = scene.targets.iter().find_map(|target| match &target.subject {
            Hit::Crowd(crowd) => Some(*crowd),
            _ => None,
        });
        let crowd = crowd.unwrap();
        assert_eq!((crowd.count, plan.members(&subject.index, None, &crowd).len()), (40, 40));
        assert!(!plan.separates(&subject.index, None, &crowd, &input.viewport.zoomed(1_000.0, x)), "no zoom does");
        check_nothing_touches(&plan, &scene);
    }
}

#[test]
fn who_gives_another_date_is_named_however_crowded_the_row_is() {
    let event = |at: usize| {
        let date = format!("2024-05-{:02}", 1 + at % 28);
        let mut event =
            Event::new(format!("e{at}"), format!("Witness {at} speaks to the press"), Date::parse(&date).unwrap());
        if at.is_multiple_of(7) {
            let mut citation = annalist::model::Citation::new("gazette");
            citation.date = Some(Box::new(Date::parse("2024-05-20/2024-05-23").unwrap()));
            event.citations.push(citation);
        }
        event
    };
    let events = (0..200).map(event).collect();
    let sources = vec![annalist::model::Source::new("gazette", "The Gazette")];
    let subject = Subject::new(Timeline::from_records(Header::new("T"), vec![], sources, events, vec![], vec![]));
    let whole = subject.input(Frame::Window, Size::new(1_000.0, 400.0), None);
    for at in (0..200).step_by(7) {
        let id = format!("e{at}");
        let input = SceneInput { selection: Some(&id), ..whole };
        let (_, scene) = View::of(&subject).draw(&input);
        let is_drawn = scene.targets.iter().any(|target| target.subject == Hit::Event(at));
        assert!(!is_drawn || texts(&scene).iter().any(|text| text.starts_with("The")), "{id}");
    }
}

/// Every text.
fn texts(scene: &Scene) -> Vec<&str> {
    let texts = scene.items.iter().filter_map(|item| match item {
        annalist::scene::Item::Text { run, .. } => Some(&*run.text),
        _ => None,
    });
    texts.collect()
}

#[test]
fn a_contested_span_keeps_its_name_where_it_fills_the_window() {
    for standing in annalist::model::Standing::ALL {
        let mut event = Event::new("span", "Blockade of the harbour", Date::parse("2020/2030").unwrap());
        event.standing = standing;
        let subject =
            Subject::new(Timeline::from_records(Header::new("T"), vec![], vec![], vec![event], vec![], vec![]));
        let whole = subject.input(Frame::Window, Size::new(1_200.0, 400.0), None);
        let input = SceneInput { viewport: whole.viewport.zoomed(20.0, 500.0), ..whole };
        let (plan, scene) = View::of(&subject).draw(&input);
        let labels = labels(&scene, plan.areas.track);
        assert!(labels.iter().any(|(_, text)| *text == "Blockade of the harbour"), "{standing:?}: {labels:?}");
    }
}

#[test]
fn signs_stand_before_the_title_wherever_that_is() {
    use annalist::scene::{Item, Segment};
    let event = |id: &str, date: &str| Event::new(id, format!("Title of {id}"), Date::parse(date).unwrap());
    let events = vec![event("right", "2024-05-09"), event("left", "2024-12-30"), event("inside", "2024-02/2024-09")];
    let subject = Subject::new(Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]));
    let input = subject.input(Frame::Window, Size::new(1_200.0, 400.0), None);
    let (plan, scene) = View::of(&subject).draw(&input);
    let labels = labels(&scene, plan.areas.track);
    assert_eq!(labels.len(), 3);
    for (rect, title) in labels {
        // Of the triangle that says that nothing is cited.
        let has_sign = scene.items.iter().any(|item| match item {
            Item::Path { segments, fill: None, stroke: Some(_) } => segments.iter().all(|segment| match segment {
                Segment::MoveTo(at) | Segment::LineTo(at) => {
                    rect.x0 - 16.0 < at.x && at.x < rect.x0 && (at.y - rect.center().y).abs() < 12.0
                }
                Segment::CubicTo(..) => false,
                Segment::Close => true,
            }),
            _ => false,
        });
        assert!(has_sign, "{title}");
    }
}

#[cfg(feature = "gui")]
#[test]
fn of_ten_events_added_to_a_new_file_each_has_its_label() {
    use annalist::ui::OVERVIEW_PT;
    use egui::{Key, vec2};

    use crate::window::Setup;

    let mut window = Setup { size: vec2(1_600.0, 900.0), ..Setup::default() }.on("Timeline(format: 1, title: \"New\")");
    for at in 0..10 {
        window.key(Key::N);
        window.fill("New event title", &format!("Witness {at} speaks"));
        window.fill("New event date", &format!("2024-{:02}-12", 1 + at));
        window.key(Key::Enter);
    }
    window.key(Key::Escape);
    assert_eq!(window.titles().len(), 10);
    let app = window.app();
    let doc = app.session().document(Default::default());
    // The index is the one that followed each edit.
    let subject = Subject::new(Timeline::clone(app.session().timeline()));
    let size = Size::new(1_000.0, 700.0 - OVERVIEW_PT);
    let input = SceneInput { index: doc.index, ..subject.input(Frame::Window, size, None) };
    let input = SceneInput {
        viewport: annalist::layout::Viewport { width_pt: input.viewport.width_pt, ..app.view().place.viewport },
        ..input
    };
    let (plan, scene) = View::of(&subject).draw(&input);
    let labels = labels(&scene, plan.areas.track);
    let shown = labels.iter().filter(|(_, text)| text.starts_with("Witness") && text.ends_with("speaks"));
    assert_eq!(shown.count(), 10, "{labels:?}");
    assert!(scene.targets.iter().all(|target| !matches!(target.subject, Hit::Crowd(_))));
}
