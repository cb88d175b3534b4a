//! Folded time: nothing that happens is folded away, whatever is folded, and the window and the command line say the same.

use std::collections::BTreeSet;

use annalist::geom::Size;
use annalist::index::{Fold, Folds};
use annalist::layout::{Folding, Viewport};
use annalist::model::{Event, Header, Timeline};
use annalist::scene::{self, Frame, Hit, Item, Scene, SceneInput, Segment};
use annalist::store;
use annalist::text::Shaper;
use annalist::time::{CivilDay, Date, Instant};
use proptest::prelude::*;

use crate::scene::{Subject, TREATY};

const SIZE: Size = Size::new(1200.0, 2_000.0);

fn timeline(dates: &[&str]) -> Timeline {
    let event =
        |(at, date): (usize, &&str)| Event::new(format!("e{at}"), format!("Event {at}"), Date::parse(date).unwrap());
    Timeline::from_records(
        Header::new("T"),
        vec![],
        vec![],
        dates.iter().enumerate().map(event).collect(),
        vec![],
        vec![],
    )
}

/// A picture of everything with the folds that a choice gives.
fn folded<'a>(subject: &'a Subject, folding: Folding) -> SceneInput<'a> {
    let input = subject.input(Frame::Window, SIZE, None);
    let width_pt = input.viewport.width_pt;
    let folds = folding.folds(&subject.timeline, &subject.index, None, width_pt);
    SceneInput { viewport: Viewport::fit_folded(subject.index.extent(), folds, width_pt), ..input }
}

fn folds(dates: &[&str]) -> Vec<String> {
    let subject = Subject::new(timeline(dates));
    let folds = folded(&subject, Folding::Auto).viewport.folds;
    let words = |fold: &Fold| format!("{} to {}", fold.start.day().year, fold.end.day().year);
    folds.as_slice().iter().map(words).collect()
}

/// The events that can be pointed at.
fn seen(picture: &Scene) -> BTreeSet<u32> {
    let seen = picture.targets.iter().filter_map(|target| match &target.subject {
        Hit::Event(at) => Some(*at),
        _ => None,
    });
    seen.collect()
}

fn texts(picture: &Scene) -> Vec<String> {
    let texts = picture.items.iter().filter_map(|item| match item {
        Item::Text { run, .. } => Some(run.text.to_string()),
        _ => None,
    });
    texts.collect()
}

#[test]
fn the_treaty_is_folded_where_nothing_happens() {
    let subject = Subject::new(store::read(TREATY.to_owned()).timeline);
    let input = folded(&subject, Folding::Auto);
    let folds = input.viewport.folds;
    assert!((2..=6).contains(&folds.as_slice().len()), "{folds:?}");
    // The year of the treaty takes up a good part of the picture, in place of a hundredth.
    let x = |year, month| input.viewport.x_from_instant(Instant::from_day(CivilDay::new(year, month, 1)).unwrap());
    assert!(x(2025, 1) - x(2024, 6) > 0.06 * input.viewport.width_pt, "{}", x(2025, 1) - x(2024, 6));
    let picture = scene::build(&input, &mut Shaper::new());
    assert!(texts(&picture).iter().any(|text| text == "34 years"), "{:?}", texts(&picture));
    // Everything that is seen unfolded is seen folded.
    let whole = scene::build(&subject.input(Frame::Window, SIZE, None), &mut Shaper::new());
    assert!(seen(&whole).is_subset(&seen(&picture)));
}

#[test]
fn no_torn_edge_goes_through_the_name_of_an_era() {
    let subject = Subject::new(store::read(TREATY.to_owned()).timeline);
    let picture = scene::build(&folded(&subject, Folding::Auto), &mut Shaper::new());
    let names = picture.items.iter().filter_map(|item| match item {
        Item::Text { run, origin, .. } if matches!(&*run.text, "1961 treaty" | "2000 treaty") => {
            Some((origin.x..origin.x + run.width_pt, origin.y - 8.0..origin.y))
        }
        _ => None,
    });
    let names = names.collect::<Vec<_>>();
    assert_eq!(names.len(), 2);
    for item in &picture.items {
        let Item::Path { segments, fill: None, .. } = item else { continue };
        for segment in segments {
            let (Segment::MoveTo(at) | Segment::LineTo(at)) = segment else { continue };
            assert!(!names.iter().any(|(x, y)| x.contains(&at.x) && y.contains(&at.y)), "{at:?} in {names:?}");
        }
    }
}

#[test]
fn what_is_not_crowded_is_not_folded() {
    let years: Vec<String> = (1990..2020).step_by(3).map(|year| year.to_string()).collect();
    let years: Vec<&str> = years.iter().map(String::as_str).collect();
    assert_eq!(folds(&years), [""; 0]);
    assert_eq!(folds(&["1924-05-01", "2024-05-01"]), [""; 0]);
    assert_eq!(folds(&["2024-05-01"]), [""; 0]);
    assert_eq!(folds(&[]), [""; 0]);
}

#[test]
fn a_few_outliers_squeeze_nothing() {
    let days: Vec<String> =
        (1..=28).flat_map(|day| [format!("2024-05-{day:02}"), format!("2024-06-{day:02}")]).collect();
    let mut dates: Vec<&str> = days.iter().map(String::as_str).collect();
    dates.extend(["1901", "1917-11-07"]);
    assert_eq!(folds(&dates), ["1902 to 1917", "1917 to 2024"]);
    // A year of which no more is known takes its whole year.
    dates.push("1950");
    assert_eq!(folds(&dates).len(), 3);
    // Somewhere in three decades, and all through: the one is in the way, the other goes on.
    dates.push("[1918..1949]");
    assert_eq!(folds(&dates), ["1902 to 1917", "1951 to 2023"]);
    dates.push("1910-05-01/2024-05-20");
    assert_eq!(folds(&dates), ["1951 to 2023"], "the others would gain little");
}

#[test]
fn one_event_a_month_is_not_folded_nor_are_pairs_of_days() {
    let months: Vec<String> = (1..=6).map(|month| format!("2024-{month:02}-02")).collect();
    let mut dates: Vec<&str> = months.iter().map(String::as_str).collect();
    assert_eq!(folds(&dates), [""; 0]);
    dates.push("1700-01-02");
    assert_eq!(folds(&dates), ["1700 to 2023"]);
    // What may lie anywhere before a date closes no gap.
    dates.push("[..2021-05]");
    assert_eq!(folds(&dates), ["1700 to 2021"]);
    let pairs: Vec<String> = (1..=8)
        .flat_map(|month| [format!("2024-{month:02}-{:02}", month + 2), format!("2024-{month:02}-{:02}", month + 3)])
        .collect();
    let pairs: Vec<&str> = pairs.iter().map(String::as_str).collect();
    assert_eq!(folds(&pairs), [""; 0]);
}

#[test]
fn of_what_is_chosen_only_what_is_empty_is_folded() {
    let subject = Subject::new(timeline(&["1950-01-01", "1980-06-15", "2024-01-01"]));
    let at =
        |text: &str| Date::parse(text).unwrap().extent(annalist::time::Zone::UTC).earliest_start.instant().unwrap();
    let chosen = Folding::Chosen(Folds::of([Fold { start: at("1960"), end: at("2000") }]));
    let folds = chosen.folds(&subject.timeline, &subject.index, None, 1_000.0);
    let [before, after] = folds.as_slice() else { panic!("{folds:?}") };
    assert_eq!((before.start, after.end), (at("1960"), at("2000")));
    assert!(before.end < at("1980-06-15") && at("1980-06-16") < after.start);
    assert_eq!(Folding::Off.folds(&subject.timeline, &subject.index, None, 1_000.0), Folds::NONE);
    // What was worked out once is what comes of choosing it.
    assert_eq!(Folding::Chosen(folds).folds(&subject.timeline, &subject.index, None, 1_000.0), folds);
}

/// The folds of a window in which only the events from a position on match.
fn folds_from(dates: &[&str], first: usize) -> Vec<String> {
    let subject = Subject::new(timeline(dates));
    let matches = subject.index.select(&subject.timeline, first..dates.len());
    let folds = Folding::Auto.folds_of_window(&subject.timeline, &subject.index, Some(&matches), 1_000.0);
    let inner = Folding::Auto.folds(&subject.timeline, &subject.index, Some(&matches), 1_000.0);
    assert!(inner.as_slice().iter().all(|fold| folds.as_slice().contains(fold)), "{inner:?} in {folds:?}");
    let words = |fold: &Fold| format!("{} to {}", fold.start.day().year, fold.end.day().year);
    folds.as_slice().iter().map(words).collect()
}

#[test]
fn what_lies_around_the_events_that_match_is_folded_in_a_window_where_it_squeezes_them() {
    let years: Vec<String> = (1950..2026).map(|year| format!("{year}-03-01")).collect();
    let days: Vec<String> = (1..=20).map(|day| format!("2025-11-{day:02}")).collect();
    let of = |last: &[String]| {
        let dates: Vec<&str> = years.iter().chain(last).map(String::as_str).collect();
        folds_from(&dates, years.len())
    };
    assert_eq!(of(&days), ["1950 to 2025"]);
    // Time after them is folded as well, and a gap between them as without all others.
    let middle: Vec<String> = (1..=20).map(|day| format!("1987-11-{day:02}")).collect();
    assert_eq!(of(&middle), ["1950 to 1987", "1987 to 2025"]);
    assert_eq!(of(&[middle.clone(), days.clone()].concat()), ["1950 to 1987", "1987 to 2025"]);
    // What may lie anywhere before a date is in the way with that date.
    let open = [vec!["[..1975-01-01]".to_owned()], days].concat();
    assert_eq!(of(&open), ["1950 to 1975", "1975 to 2025"]);
    // What is not crowded is not folded, nor is what takes up half of all time.
    assert_eq!(of(&["2024-05-01".to_owned(), "2025-05-01".to_owned()]), [""; 0]);
    let half: Vec<String> = (1980..2026).flat_map(|year| [format!("{year}-05"), format!("{year}-06")]).collect();
    assert_eq!(of(&half), [""; 0]);
}

fn any_dates() -> impl Strategy<Value = Vec<String>> {
    let day = |number: i64| CivilDay::from_number(number).to_string();
    // Clusters of days in some of many decades, with what is vague or lasts between.
    let cluster = (0_i64..40_000, prop::collection::vec(0_i64..60, 1..12));
    let cluster = cluster.prop_map(move |(from, days)| days.iter().map(|at| day(from + at)).collect::<Vec<_>>());
    let other = prop_oneof![
        (0_i64..40_000, 1_i64..9_000).prop_map(move |(from, length)| format!("{}/{}", day(from), day(from + length))),
        (0_i64..40_000, 1_i64..2_000).prop_map(move |(from, length)| format!(
            "[{}..{}]",
            day(from),
            day(from + length)
        )),
        (1970_i64..2070).prop_map(|year| year.to_string()),
        (0_i64..40_000).prop_map(move |from| format!("{}/..", day(from))),
        (0_i64..40_000, 1_i64..9_000).prop_map(move |(from, more)| format!("[{},{}]", day(from), day(from + more))),
    ];
    let others = prop::collection::vec(other, 0..4);
    (prop::collection::vec(cluster, 1..6), others).prop_map(|(clusters, others)| [clusters.concat(), others].concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_mark_lies_in_a_fold_and_none_is_lost(dates in any_dates(), choice in prop::collection::vec((0_i64..40_000, 500_i64..9_000), 0..4)) {
        let dates: Vec<&str> = dates.iter().map(String::as_str).collect();
        let subject = Subject::new(timeline(&dates));
        let at = |day: i64| Instant::from_micros(day * Instant::DAY);
        let chosen = choice.iter().map(|(from, length)| Fold { start: at(*from), end: at(from + length) });
        let half = subject.index.select(&subject.timeline, (0..dates.len()).filter(|at| at % 3 > 0));
        let around = Folding::Auto.folds_of_window(&subject.timeline, &subject.index, Some(&half), 1_000.0);
        for position in (0..dates.len()).filter(|at| at % 3 > 0) {
            let Some(entry) = subject.index.entry(&subject.timeline, position) else { continue };
            for (fold, known) in around.as_slice().iter().flat_map(|fold| entry.known_instants().map(move |at| (fold, at))) {
                prop_assert!(known <= fold.start || fold.end <= known, "{} in {fold:?}", dates[position]);
            }
        }
        for folding in [Folding::Auto, Folding::Chosen(Folds::of(chosen))] {
            let input = folded(&subject, folding);
            for (position, event) in subject.timeline.events().iter().enumerate() {
                let Some(entry) = subject.index.entry(&subject.timeline, position) else { continue };
                for fold in input.viewport.folds.as_slice() {
                    for known in entry.known_instants() {
                        prop_assert!(known <= fold.start || fold.end <= known, "{:?} in {fold:?}", event.date);
                    }
                }
            }
            let picture = scene::build(&input, &mut Shaper::new());
            let whole = scene::build(&subject.input(Frame::Window, SIZE, None), &mut Shaper::new());
            let (seen, before) = (seen(&picture), seen(&whole));
            prop_assert!(before.is_subset(&seen), "lost {:?}", before.difference(&seen).collect::<Vec<_>>());
        }
    }
}

#[test]
fn no_gap_of_a_fold_goes_through_the_name_in_a_body() {
    let dates = ["1000/2010", "1000-03", "1000-09", "2001-02", "2001-09", "2002", "2003-02", "2004-05", "2009"];
    let mut timeline = timeline(&dates);
    let mut events: Vec<Event> = timeline.events().iter().cloned().collect();
    events[0].title = "A name that is long enough to reach over what is folded".into();
    timeline = Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]);
    let subject = Subject::new(timeline);
    let input = folded(&subject, Folding::Auto);
    let track = crate::scene::plan(&input).areas.track;
    let spans: Vec<f64> = input.viewport.folded().map(|span| track.x0 + f64::midpoint(span.x0, span.x1)).collect();
    assert!(!spans.is_empty(), "something is folded");
    let picture = scene::build(&input, &mut Shaper::new());
    let name = crate::scene::labels(&picture, track).into_iter().find(|(_, text)| text.starts_with("A name"));
    let (rect, text) = name.expect("the body has its name");
    assert!(spans.iter().all(|x| *x < rect.x0 || rect.x1 < *x), "{text} from {} to {}: {spans:?}", rect.x0, rect.x1);
}

#[test]
fn what_crowds_the_end_of_a_chronicle_folds_the_gaps_before_it_in_a_narrow_window_too() {
    // Six gaps of which each is little by itself, and sixty events in the last century.
    let mut dates: Vec<String> = ["-0300", "-0100", "0250", "0369", "0539", "1450", "1600"].map(str::to_owned).into();
    dates.extend((0..60).map(|at| format!("{}-{:02}", 1916 + at * 2, 1 + at % 12)));
    let dates: Vec<&str> = dates.iter().map(String::as_str).collect();
    let subject = Subject::new(timeline(&dates));
    for width in [900.0, 1_100.0, 1_600.0] {
        let folds = Folding::Auto.folds(&subject.timeline, &subject.index, None, width);
        assert!(folds.as_slice().len() >= 4, "{width}: {folds:?}");
    }
}
