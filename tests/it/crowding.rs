//! Marks that stand close: none lies on another, and what is seen at a place is what a click there finds.

use annalist::geom::{Rect, Size};
use annalist::index::MOST_ROWS;
use annalist::model::{Event, Header, Timeline};
use annalist::scene::{self, Aspect, Frame, Hit, Item, Scene, SceneInput};
use annalist::text::Shaper;
use annalist::time::Date;
use proptest::prelude::*;

use crate::scene::Subject;

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
    let of_event = |hit: &Hit| match hit {
        Hit::Event(id) => Some(id.to_string()),
        _ => None,
    };
    let mut marks = Vec::new();
    for target in &picture.targets {
        let Some(id) = of_event(&target.subject).filter(|_| !is_strip(picture, target.rect)) else { continue };
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
        let is_own = matches!(found, Some(Hit::Event(x) | Hit::EventStart(x) | Hit::EventEnd(x)) if x == id.as_str());
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
    assert!(moment.2.x0 >= before.2.x1 - 0.1 && moment.2.x0 <= before.2.x1 + 1.0, "{moment:?} after {before:?}");
}
