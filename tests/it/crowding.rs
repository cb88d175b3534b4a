//! Marks that stand close: none lies on another, and what is seen at a place is what a click there finds.

use std::collections::BTreeSet;
use std::sync::Arc;

use annalist::export::picture::{self, MOST_DRAWN, PictureOptions};
use annalist::geom::{Rect, Size};
use annalist::index::MOST_ROWS;
use annalist::layout::Viewport;
use annalist::model::{Event, Header, Text, Timeline};
use annalist::scene::{self, Aspect, Frame, Hit, Item, Packed, Plan, Scene, SceneInput, Segment};
use annalist::text::Shaper;
use annalist::time::Date;
use proptest::prelude::*;

use crate::scene::{Subject, event_of, plan};

const SIZE: Size = Size::new(1200.0, 1100.0);
/// Marks may touch, and share a hairline.
const HAIRLINE: f64 = 1.0;

/// A minute of 2024 by its number.
fn minute(at: i64) -> String {
    let day = 1 + at / 1_440;
    format!("2024-03-{day:02}T{:02}:{:02}:00Z", at / 60 % 24, at % 60)
}

/// Times, spans of minutes, days and dates that are one of several, close together.
fn any_dates() -> impl Strategy<Value = Vec<(String, u8)>> {
    let at = 0_i64..28 * 1_440;
    let date = prop_oneof![
        4 => at.clone().prop_map(minute),
        4 => (at.clone(), 1_i64..2_000).prop_map(|(from, length)| format!("{}/{}", minute(from), minute(from + length))),
        1 => (1_u8..30).prop_map(|day| format!("2024-03-{day:02}")),
        1 => (1_u8..30).prop_map(|day| format!("2024-03-{day:02}?")),
        1 => (1_u8..28, 1_u8..3).prop_map(|(day, more)| format!("{{2024-03-{day:02},2024-03-{:02}}}", day + more)),
        1 => (1_u8..28, 1_u8..3).prop_map(|(day, more)| format!("[2024-03-{day:02},2024-03-{:02}]", day + more)),
        1 => (1_u8..30).prop_map(|day| format!("2024-03-{day:02}/")),
        1 => (1_u8..30).prop_map(|day| format!("/2024-03-{day:02}")),
    ];
    prop::collection::vec((date, 1_u8..=5), 1..160)
}

fn subject(dates: &[(String, u8)]) -> Subject {
    let events = dates.iter().enumerate().map(|(at, (date, weight))| {
        let mut event = Event::new(format!("e{at}"), format!("Event {at}"), Date::parse(date).expect(date));
        event.weight = *weight;
        event
    });
    Subject::new(Timeline::from_records(Header::new("T"), vec![], vec![], events.collect(), vec![], vec![]))
}

fn input(subject: &Subject) -> SceneInput<'_> {
    let aspect = Aspect { hides_flags: true, ..Aspect::default() };
    SceneInput { aspect, ..subject.input(Frame::Window, SIZE, None) }
}

fn build(input: &SceneInput<'_>) -> Scene {
    scene::build(input, &mut Shaper::new())
}

/// Every mark and label of an event with the row it stands in; none of the pile, where events overlap, and no strips, on
/// which labels may stand.
fn marks(subject: &Subject, picture: &Scene) -> Vec<(String, (u32, u32), Rect)> {
    let mut marks = Vec::new();
    for target in &picture.targets {
        let Some(id) = event_of(&subject.timeline, &target.subject)
            .map(Text::to_string)
            .filter(|_| !is_strip(picture, target.rect))
        else {
            continue;
        };
        let spot = subject.index.spot(subject.timeline.event_position(&id).unwrap()).unwrap();
        if (spot.row as usize) < MOST_ROWS {
            marks.push((id, (spot.band, spot.row), target.rect));
        }
    }
    marks
}

fn is_strip(picture: &Scene, target: Rect) -> bool {
    let is_same = |bar: &Rect| (bar.x0 - target.x0).abs() < 0.01 && bar.overlaps(target);
    picture.items.iter().any(|item| match item {
        Item::Density { bars } => bars.iter().any(|(bar, _)| is_same(bar)),
        _ => false,
    })
}

fn check(subject: &Subject, input: &SceneInput<'_>) {
    let picture = build(input);
    let marks = marks(subject, &picture);
    for (n, (id, row, rect)) in marks.iter().enumerate() {
        let found = picture.hit_test(rect.center()).map(|target| &target.subject);
        let is_label = matches!(found, Some(Hit::EventLabel(_)));
        let of_event = found.and_then(|hit| hit.event(&subject.timeline));
        let is_own = !is_label && of_event.is_some_and(|own| own == id.as_str());
        assert!(is_own, "{id} is seen at {rect:?}, where {found:?} is found");
        for (other, its_row, its_rect) in marks.iter().skip(n + 1) {
            let shared = rect.x1.min(its_rect.x1) - rect.x0.max(its_rect.x0);
            let is_apart = id == other || row != its_row || shared <= HAIRLINE;
            assert!(is_apart, "{id} at {rect:?} and {other} at {its_rect:?} share {shared} points");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_mark_lies_on_another_and_each_is_found_where_it_is_seen(
        dates in any_dates(),
        zooms in prop::collection::vec((1.0_f64..200.0, 0.0_f64..1_000.0), 3),
    ) {
        let subject = subject(&dates);
        let whole = input(&subject);
        for (factor, x) in zooms {
            check(&subject, &SceneInput { viewport: whole.viewport.zoomed(factor, x), ..whole });
        }
    }
}

#[test]
fn a_moment_right_after_something_long_is_drawn_beside_it() {
    let long = || ("2024-03-01T00:00:00Z/2024-03-10T00:00:00Z".to_owned(), 3);
    // So many that the moment has to share a row with one of them.
    let mut dates: Vec<(String, u8)> = (0..MOST_ROWS).map(|_| long()).collect();
    dates.push((minute(9 * 1_440 + 1), 3));
    let subject = subject(&dates);
    let input = input(&subject);
    check(&subject, &input);
    let id = format!("e{MOST_ROWS}");
    let marks = marks(&subject, &build(&input));
    let moment = marks.iter().find(|(own, ..)| *own == id).expect("it is drawn");
    let before = marks.iter().find(|(own, row, _)| *own != id && *row == moment.1).expect("it shares its row");
    assert!(moment.2.x0 >= before.2.x1 - 0.1 && moment.2.x0 <= before.2.x1 + 3.0, "{moment:?} after {before:?}");
}

/// Five hundred events of the very same day: most of them lie on the pile.
fn same_day() -> Subject {
    subject(&vec![("2024-03-10".to_owned(), 3); 500])
}

fn is_piled(subject: &Subject, at: &usize) -> bool {
    subject.index.spot(*at).is_some_and(|spot| spot.row as usize == MOST_ROWS)
}

#[test]
fn a_selected_event_shows_with_its_label_on_top_of_the_pile_and_in_a_crowd() {
    let piled = same_day();
    let minutes: Vec<(String, u8)> = (0..600).map(|at| (minute(at * 3), 3)).collect();
    let crowded = subject(&minutes);
    for subject in [piled, crowded] {
        let at = (0..subject.timeline.events().len()).find(|at| is_piled(&subject, at)).unwrap_or(300);
        let event = &subject.timeline.events()[at];
        for factor in [1.0, 6.0] {
            let plain = input(&subject);
            let viewport = plain.viewport.zoomed(factor, plain.viewport.width_pt / 2.0);
            let size = Size::new(1200.0, 1400.0);
            let input = SceneInput { viewport, size, selection: Some(&event.id), ..plain };
            let picture = build(&input);
            let track = plan(&input).areas.track;
            let labels = crate::scene::labels(&picture, track);
            let label = labels.iter().find(|(_, text)| *text == event.title.as_str()).expect("its label shows").0;
            let found = picture.hit_test(label.center()).map(|target| &target.subject);
            let at = at as u32;
            let is_own = |hit: &Hit| [Hit::Event(at), Hit::EventLabel(at)].contains(hit);
            assert!(found.is_some_and(is_own), "{found:?}");
            crate::scene::check_no_overlap(&labels);
        }
    }
}

#[test]
fn no_zoom_separates_what_lasts_for_the_same_time_and_all_of_it_is_listed() {
    let subject = same_day();
    let input = input(&subject);
    let picture = build(&SceneInput { size: Size::new(1200.0, 1400.0), ..input });
    let crowds = picture.targets.iter().filter_map(|target| match target.subject {
        Hit::Crowd(crowd) => Some(crowd),
        _ => None,
    });
    let crowd = crowds.max_by_key(|crowd| crowd.count).expect("a pile");
    assert_eq!(crowd.count as usize, 500 - MOST_ROWS);
    let nearer = Viewport::spanning(crowd.start, crowd.end, input.viewport.width_pt);
    assert!(!scene::separates(&subject.index, None, &crowd, &nearer));
    let members: BTreeSet<u32> = subject.index.members(None, &crowd).into_iter().collect();
    let piled: BTreeSet<u32> = (0..500).filter(|at| is_piled(&subject, at)).map(|at| at as u32).collect();
    assert_eq!(members, piled);
}

#[test]
fn a_list_of_a_crowd_comes_by_weight_and_then_by_time() {
    let minutes: Vec<(String, u8)> = (0..60).map(|at| (minute(at * 3), 1 + (at % 5) as u8)).collect();
    let subject = subject(&minutes);
    let whole = input(&subject);
    let viewport = whole.viewport.zoomed(0.01, 600.0);
    let picture = build(&SceneInput { viewport, ..whole });
    let crowds = picture.targets.iter().filter_map(|target| match target.subject {
        Hit::Crowd(crowd) => Some(crowd),
        _ => None,
    });
    let crowd = crowds.max_by_key(|crowd| crowd.count).expect("a crowd");
    let members = subject.index.members(None, &crowd);
    assert_eq!(members.len(), crowd.count as usize);
    let key = |at: &u32| {
        let event = &subject.timeline.events()[*at as usize];
        (std::cmp::Reverse(event.weight), *at)
    };
    assert!(members.is_sorted_by_key(key), "{members:?}");
    assert_eq!(members[..4], subject.index.heaviest(None, &crowd, 4).iter().map(|at| *at as u32).collect::<Vec<_>>());
}

#[test]
fn the_legend_explains_strips_and_counts_where_they_occur() {
    let far = subject(&[("2024-03-01".to_owned(), 3), ("2024-03-20".to_owned(), 3)]);
    let close: Vec<(String, u8)> = (0..40).map(|at| (minute(at), 3)).chain([("2024-03-20".to_owned(), 3)]).collect();
    let close = subject(&close);
    let of = |subject: &Subject, frame: Frame| {
        let input = SceneInput { aspect: Aspect::default(), ..subject.input(frame, SIZE, None) };
        plan(&input).legend(&input).crowds
    };
    for frame in [Frame::Window, Frame::Picture] {
        assert!(of(&far, frame).is_empty());
        assert_eq!(of(&close, frame).into_iter().collect::<Vec<_>>(), scene::Crowding::ALL);
    }
    let picture = build(&close.input(Frame::Picture, SIZE, None));
    let says =
        |label: &str| picture.items.iter().any(|item| matches!(item, Item::Text { run, .. } if *run.text == *label));
    assert!(scene::Crowding::ALL.into_iter().all(|crowding| says(crowding.label())));
}

/// What a picture says of crowds: how many more, and where; without the sample of its legend.
fn counts(picture: &Scene) -> Vec<(u32, Rect)> {
    let mut counts = Vec::new();
    for item in &picture.items {
        let Item::Text { run, origin, .. } = item else { continue };
        let rect = Rect::new(origin.x, origin.y - 8.0, origin.x + run.width_pt, origin.y);
        counts.extend(run.text.strip_prefix('+').and_then(|digits| digits.parse().ok()).map(|count| (count, rect)));
    }
    let is_sample = |text: &(u32, Rect)| {
        let is_beside = |item: &Item| {
            matches!(item, Item::Text { run, origin, .. }
                if *run.text == *scene::Crowding::Count.label() && (origin.y - text.1.y1).abs() < 4.0)
        };
        text.0 == 41 && picture.items.iter().any(is_beside)
    };
    counts.retain(|text| !is_sample(text));
    counts
}

#[test]
fn marks_and_counts_of_more_events_than_are_drawn_add_up() {
    let day = |at: usize| format!("{:04}-{:02}-{:02}", 1950 + at / 336, 1 + at / 28 % 12, 1 + at % 28);
    // All years, some days of which have several; more than one picture draws one by one.
    let dates: Vec<(String, u8)> =
        (0..MOST_DRAWN + 2_000).map(|at| (day(at * 7 % 25_200), 1 + (at % 5) as u8)).collect();
    let subject = subject(&dates);
    let options = PictureOptions { height_px: Some(800), ..PictureOptions::default() };
    let picture = picture::render(&subject.timeline, &options, &mut Shaper::new()).unwrap().scene;
    let marks: BTreeSet<&str> = picture
        .targets
        .iter()
        .filter_map(|target| event_of(&subject.timeline, &target.subject).map(Text::as_str))
        .collect();
    let counts = counts(&picture);
    let sum: u32 = counts.iter().map(|(count, _)| count).sum();
    assert_eq!(sum as usize + marks.len(), dates.len(), "{counts:?} and {} marks", marks.len());
    for (count, rect) in counts {
        let crowds = picture
            .targets
            .iter()
            .filter(|target| target.rect.overlaps(rect))
            .filter_map(|target| if let Hit::Crowd(crowd) = target.subject { Some(crowd.count) } else { None });
        let most = crowds.max().expect("a count can be pointed at");
        assert!(count <= most, "+{count} where {most} lie");
    }
}

#[test]
fn a_row_that_goes_on_out_of_sight_says_how_many_lie_in_it() {
    let minutes: Vec<(String, u8)> = (0..20_000).map(|at| (minute(at), 3)).collect();
    let subject = subject(&minutes);
    let whole = input(&subject);
    for factor in [1.0, 4.0] {
        let picture = build(&SceneInput { viewport: whole.viewport.zoomed(factor, 500.0), ..whole });
        let largest = counts(&picture).into_iter().map(|(count, _)| count).max();
        assert!(largest.is_some_and(|count| count > 400), "{largest:?} at {factor}");
    }
}

#[test]
fn what_shows_that_an_event_is_selected_goes_around_its_count() {
    let date = Date::parse("2024-03-05").unwrap();
    let mut events: Vec<Event> = (0..7)
        .map(|at| Event::new(format!("e{at}"), "Power is cut in the whole of the capital", date.clone()))
        .collect();
    // Then the others stand at the right edge, with their label on the left and their count on the right.
    events.push(Event::new("before", "Lights", Date::parse("2023-03-05").unwrap()));
    let subject = Subject::new(Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]));
    let input = SceneInput { selection: Some("e0"), ..input(&subject) };
    let mut shaper = Shaper::new();
    let packed = Arc::new(Packed::of(&input, None, &mut shaper));
    let plan = Plan::packed(&input, packed, &mut shaper);
    let scene = scene::draw(&input, &plan, &mut shaper);
    let count = scene.items.iter().find_map(|item| match item {
        Item::Text { run, origin, .. } if run.text.starts_with('+') => Some((origin.x, origin.x + run.width_pt)),
        _ => None,
    });
    let (from, to) = count.expect("a count");
    let frame = scene.items.iter().find_map(|item| match item {
        Item::Path { segments, fill, .. } if *fill == Some(input.theme.selection) => {
            let xs = || {
                segments.iter().filter_map(|segment| if let Segment::LineTo(to) = segment { Some(to.x) } else { None })
            };
            Some((xs().fold(f64::INFINITY, f64::min), xs().fold(f64::NEG_INFINITY, f64::max)))
        }
        _ => None,
    });
    let (left, right) = frame.expect("a frame");
    assert!(left < from && to < right, "{left}–{right} around {from}–{to}");
}
