//! No event is lost: what a picture or a window has no row for is counted, and a picture without a given height has rows for all.

use std::collections::BTreeSet;

use annalist::export::picture::{MOST_DRAWN, Picture, PictureOptions, render};
use annalist::export::svg;
use annalist::geom::Size;
use annalist::index::MOST_ROWS;
use annalist::model::{Event, Header, Lane, Text, Timeline};
use annalist::scene::{self, Frame, Item, Scene, SceneInput};
use annalist::text::Shaper;
use annalist::time::{Date, Instant};
use proptest::prelude::*;

use crate::scene::{Subject, event_of, plan};

fn timeline(dates: impl IntoIterator<Item = String>) -> Timeline {
    let lane = |id: &str| Lane { id: id.into(), title: id.into(), color: None, note: None };
    let event = |(at, date): (usize, String)| {
        let mut event = Event::new(format!("e{at}"), format!("Delivery {at}"), Date::parse(&date).expect(&date));
        event.lane = (at % 3 > 0).then(|| ["north", "south"][at % 3 - 1].into());
        event
    };
    let events = dates.into_iter().enumerate().map(event).collect();
    Timeline::from_records(Header::new("T"), vec![lane("north"), lane("south")], vec![], events, vec![], vec![])
}

fn picture(timeline: &Timeline, options: &PictureOptions) -> Picture {
    render(timeline, options, &mut Shaper::new()).unwrap()
}

/// How many events have marks.
fn drawn(timeline: &Timeline, scene: &Scene) -> usize {
    let events = scene.targets.iter().filter_map(|target| event_of(timeline, &target.subject));
    events.collect::<BTreeSet<_>>().len()
}

/// The sum of the counts in the track, where all events stand apart or on overflow rows: the legend comes after them.
fn counted(scene: &Scene) -> usize {
    let texts = scene.items.iter().filter_map(|item| match item {
        Item::Text { run, .. } => Some(&*run.text),
        _ => None,
    });
    let counts = texts.take_while(|text| *text != "Crowds").filter_map(|text| text.strip_prefix('+'));
    counts.map(|count| count.parse::<usize>().expect(count)).sum()
}

fn days(count: usize) -> impl Iterator<Item = String> {
    std::iter::repeat_n("2023-05-09".to_owned(), count)
}

/// Minutes of one day, decades after another event: nothing overlaps, and all lie within a pixel.
fn minutes(count: usize) -> impl Iterator<Item = String> {
    let minute = |at: usize| format!("2023-05-09T{:02}:{:02}:00Z", at / 60 % 24, at % 60);
    std::iter::once("1961".to_owned()).chain((1..count).map(minute))
}

#[test]
fn a_picture_as_high_as_its_events_need_draws_each_of_them() {
    let spans = |count: usize| (0..count).map(|at| format!("2023-05-09/20{:02}", 24 + at % 60)).collect::<Vec<_>>();
    for dates in [days(45).collect(), days(300).collect(), minutes(300).collect(), spans(150)] {
        let timeline = timeline(dates);
        let Picture { scene, remarks } = picture(&timeline, &PictureOptions::default());
        assert_eq!((drawn(&timeline, &scene), counted(&scene)), (timeline.events().len(), 0));
        assert!(remarks.is_empty(), "{remarks:?}");
    }
}

#[test]
fn a_picture_of_a_height_draws_what_fits_and_counts_the_rest() {
    for timeline in [timeline(days(45)), timeline(minutes(200))] {
        let mut before = 0;
        for height in [520, 700, 900, 1_300, 9_000] {
            let options = PictureOptions { height_px: Some(height), ..PictureOptions::default() };
            let Picture { scene, remarks } = picture(&timeline, &options);
            let (drawn, counted) = (drawn(&timeline, &scene), counted(&scene));
            assert_eq!(drawn + counted, timeline.events().len(), "{height}");
            assert!(drawn > before || counted == 0, "{height}: {drawn} are drawn");
            assert_eq!(remarks.len(), usize::from(counted > 0), "{remarks:?}");
            assert!(remarks.iter().all(|remark| remark.starts_with(&format!("{counted} of "))), "{remarks:?}");
            before = drawn;
        }
    }
}

#[test]
fn a_picture_whose_bands_have_a_height_is_as_high_as_they_and_what_frames_them() {
    let timeline = timeline(days(300));
    let whole = picture(&timeline, &PictureOptions::default());
    let options = PictureOptions { bands_pt: Some(400.0), ..PictureOptions::default() };
    let Picture { scene, remarks } = picture(&timeline, &options);
    assert_eq!(drawn(&timeline, &scene) + counted(&scene), 300);
    assert!(scene.size.height < 700.0 && whole.scene.size.height > 2_000.0, "{:?}", scene.size);
    assert!(matches!(&*remarks, [counted] if counted.ends_with("its bands have as many rows as in the window")));
}

/// Where several of the first find no row but only one of the second does not, that one has room on the overflow row.
#[test]
fn what_follows_at_once_on_an_overflow_row_is_drawn_and_not_counted_too() {
    let dates = ["2023-05-09T06:15Z/2023-09-12T19:35Z", "2023-09-12T19:36Z/2023-12-24T20:15Z"];
    for (count, fewer) in (8..18).flat_map(|count| (1..6).map(move |fewer| (count, fewer))) {
        let repeated = |(date, count): (&str, usize)| std::iter::repeat_n(date.to_owned(), 3 * count);
        let timeline = timeline(dates.into_iter().zip([count, count - fewer]).flat_map(repeated));
        let options = PictureOptions { height_px: Some(1_100), ..PictureOptions::default() };
        let Picture { scene, .. } = picture(&timeline, &options);
        assert_eq!(
            drawn(&timeline, &scene) + counted(&scene),
            timeline.events().len(),
            "{count} and {fewer} fewer in a lane"
        );
    }
}

#[test]
fn a_picture_too_low_for_a_row_says_how_many_it_does_not_show() {
    let timeline = timeline(days(45));
    let options = PictureOptions { height_px: Some(120), ..PictureOptions::default() };
    let Picture { scene, remarks } = picture(&timeline, &options);
    assert!(svg(&scene, 1.0).contains("45 events below, for which the picture is too low"));
    assert!(remarks.iter().any(|remark| remark.starts_with("45 of 45 events")), "{remarks:?}");
}

#[test]
fn a_picture_is_never_higher_than_one_can_be_and_counts_what_is_left() {
    let timeline = timeline(days(3_000));
    for (scale, width_px) in [(1.0, 1_600), (4.0, 1_600), (1.0, 50_000)] {
        let Picture { scene, remarks } =
            picture(&timeline, &PictureOptions { scale, width_px, ..PictureOptions::default() });
        assert!(scene.size.height * scale <= 65_000.0 && scene.size.height * scene.size.width * scale * scale <= 1e9);
        let (drawn, counted) = (drawn(&timeline, &scene), counted(&scene));
        assert!(drawn + counted == 3_000 && drawn > 100 && counted > 0, "{drawn} and {counted}");
        assert!(remarks.iter().any(|remark| remark.starts_with(&format!("{counted} of 3000"))), "{remarks:?}");
    }
}

#[test]
fn more_events_than_are_drawn_one_by_one_are_counted_in_a_picture_of_the_usual_size() {
    let timeline = timeline(days(MOST_DRAWN + 2_000));
    let Picture { scene, remarks } = picture(&timeline, &PictureOptions::default());
    assert_eq!(drawn(&timeline, &scene), 3 * MOST_ROWS);
    assert_eq!(drawn(&timeline, &scene) + counted(&scene), MOST_DRAWN + 2_000);
    assert!(scene.items.len() < 2_000 && scene.size.height < 4_000.0);
    assert_eq!(remarks, ["11880 of 12000 events are only counted: one picture draws up to 10000 one by one"]);
}

#[test]
fn only_what_a_picture_shows_takes_rows() {
    let timeline = timeline(minutes(300));
    let until = |text: &str| Date::parse(text).unwrap().extent(timeline.zone()).latest_end.instant();
    let options = PictureOptions { to: until("1970"), ..PictureOptions::default() };
    let Picture { scene, remarks } = picture(&timeline, &options);
    assert!(drawn(&timeline, &scene) == 1 && scene.size.height < 500.0 && remarks.is_empty());
}

/// An hour by its number, in months of four weeks.
fn hour(number: i64) -> String {
    let day = number / 24;
    format!("{}-{:02}-{:02}T{:02}:00:00Z", 2021 + day / 336, 1 + day / 28 % 12, 1 + day % 28, number % 24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_event_of_a_picture_is_drawn_or_counted(
        dates in prop::collection::vec((0_i64..60_000, 0_i64..3_000), 1..200),
        height in prop::option::of(500_u32..3_000),
        width in 500_u32..2_000,
    ) {
        let date = |(from, length): &(i64, i64)| match length % 3 {
            0 => hour(*from),
            1 => hour(*from).get(..10).unwrap().to_owned(),
            _ => format!("{}/{}", hour(*from), hour(from + length)),
        };
        let timeline = timeline(dates.iter().map(date));
        let options = PictureOptions { height_px: height, width_px: width, ..PictureOptions::default() };
        let Picture { scene, remarks } = picture(&timeline, &options);
        prop_assert_eq!(drawn(&timeline, &scene) + counted(&scene), dates.len());
        prop_assert!(height.is_some() || counted(&scene) == 0);
        prop_assert_eq!(remarks.is_empty(), counted(&scene) == 0);
    }

    #[test]
    fn a_window_counts_whatever_lies_on_an_overflow_row(
        spans in prop::collection::vec((0_i64..4_000, 1_i64..3_000), 60..260),
        zooms in prop::collection::vec((1.0_f64..300.0, 0.0_f64..1_000.0, -300.0_f64..300.0), 4),
    ) {
        let date = |(from, length): &(i64, i64)| format!("{}/{}", hour(*from), hour(from + length));
        let events = spans.iter().map(date).enumerate();
        let event = |(at, date): (usize, String)| Event::new(format!("e{at}"), "Delivery", Date::parse(&date).unwrap());
        let events = events.map(event).collect();
        let subject = Subject::new(Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]));
        let whole = subject.input(Frame::Window, Size::new(1_000.0, 1_200.0), None);
        for (factor, x, dx) in zooms {
            let input = SceneInput { viewport: whole.viewport.zoomed(factor, x).panned(dx), ..whole };
            let mut shaper = Shaper::new();
            let scene = scene::build(&input, &mut shaper);
            let track = plan(&input).areas.track;
            let mut counts = Vec::new();
            for item in &scene.items {
                if let Item::Text { run, origin, .. } = item
                    && run.text.starts_with('+')
                    && origin.y > track.y0 + MOST_ROWS as f64 * 24.0
                {
                    counts.push((origin.x, origin.x + run.width_pt));
                }
            }
            counts.sort_by(|a, b| a.0.total_cmp(&b.0));
            prop_assert!(counts.windows(2).all(|two| two[0].1 <= two[1].0), "{counts:?}");
            prop_assert!(counts.iter().all(|count| track.x0 <= count.0 && count.1 <= track.x1), "{counts:?}");
            let drawn: BTreeSet<&str> = scene.targets.iter().filter_map(|target| {
                event_of(&subject.timeline, &target.subject).map(Text::as_str)
            }).collect();
            let (from, to) = (input.viewport.origin, input.viewport.end());
            let is_counted = |event: &annalist::index::Single| {
                event.row as usize != MOST_ROWS || drawn.contains(subject.timeline.events()[event.event as usize].id.as_str())
            };
            let all_drawn = subject.index.touching(None, from, to).all(|event| is_counted(&event));
            prop_assert!(all_drawn || !counts.is_empty());
        }
    }
}

#[test]
fn the_row_of_what_no_row_holds_says_how_many_there_are() {
    let day = Event::new("e", "Delivery", Date::parse("2023-05-09").unwrap());
    for (count, expected) in [(45, "+5"), (2_000, "+1960")] {
        let events = (0..count).map(|at| Event { id: format!("e{at}").into(), ..day.clone() }).collect();
        let subject = Subject::new(Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]));
        let whole = subject.input(Frame::Window, Size::new(1_000.0, 1_200.0), None);
        for viewport in [
            whole.viewport,
            whole.viewport.panned(700.0),
            whole.viewport.zoomed(0.001, 300.0),
            whole.viewport.zoomed(9.0, 500.0),
        ] {
            let scene = scene::build(&SceneInput { viewport, ..whole }, &mut Shaper::new());
            let is_count = |item: &&Item| matches!(item, Item::Text { run, .. } if &*run.text == expected);
            assert_eq!(scene.items.iter().filter(is_count).count(), 1, "{viewport:?}");
        }
    }
}

#[test]
fn titles_of_megabytes_and_sets_of_a_hundred_thousand_years_make_small_pictures() {
    let mut long = Event::new("e", "word ".repeat(2_000_000), Date::parse("2023-05-09").unwrap());
    long.note = Some("note ".repeat(2_000_000).into());
    let years: Vec<String> =
        (1..=100_000).map(|y| if y > 9_999 { format!("Y{y}") } else { format!("{y:04}") }).collect();
    let set = |brackets: [&str; 2]| {
        let date = Date::parse(&[brackets[0], &years.join(","), brackets[1]].concat()).unwrap();
        Event::new(format!("s{}", brackets[0]), "Comet", date)
    };
    let events = vec![long, set(["[", "]"]), set(["{", "}"])];
    let timeline = Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]);
    let Picture { scene, .. } = picture(&timeline, &PictureOptions::default());
    let image = svg(&scene, 1.0);
    assert!(scene.items.len() < 6_000 && image.len() < 1_500_000, "{} items, {} bytes", scene.items.len(), image.len());
    let subject = Subject::new(timeline);
    for window in [None, Some((Instant::from_micros(0), Instant::from_micros(100 * 366 * Instant::DAY)))] {
        let input = subject.input(Frame::Window, Size::new(1_280.0, 800.0), window);
        let scene = scene::build(&input, &mut Shaper::new());
        assert!(scene.items.len() < 6_000, "{} items", scene.items.len());
    }
}
