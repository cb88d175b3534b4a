//! What the ruler and the overview name at every zoom and width, with folds and without: names are read back as a reader would. How
//! they are painted is tested where the picture is.

use proptest::prelude::*;

use super::*;
use crate::index::{Fold, Folds};
use crate::time::CivilDay;

const UNKNOWN: Begun<'static> = Begun::UNKNOWN;
/// The margin of a fold and half a mark.
const HEADED: f64 = 4.0 * INDENT;

/// Folds one behind the other, the first so many points after `before` points left of an instant: after how many points each begins,
/// and the logarithm of how many times longer it is than it is wide.
fn folds_from(start: i64, before: f64, places: &[(f64, f64)], micros_per_pt: f64) -> Folds {
    let mut at = Instant::from_micros(start).saturating_add((-before * micros_per_pt) as i64);
    Folds::of(places.iter().map(|(free_pt, longer)| {
        let start = at.saturating_add((free_pt * micros_per_pt) as i64);
        // None is longer than a century, so that all years have up to four digits.
        let longest = (36_525 * Instant::DAY) as f64;
        at = start.saturating_add((Viewport::FOLD_PT * micros_per_pt * longer.exp()).min(longest) as i64);
        Fold { start, end: at }
    }))
}

fn labels(divisions: &[Division]) -> Vec<(f64, f64, String)> {
    let shown = divisions.iter().filter_map(|division| division.label.as_ref());
    shown.map(|(x, run)| (*x, *x + run.width_pt, run.text.to_string())).collect()
}

#[test]
fn the_ratification_weeks_are_named_by_month_and_day() {
    let day = |month, day| Instant::from_day(CivilDay::new(2024, month, day)).expect("on the axis");
    let ruler = Ruler::of(&Viewport::spanning(day(10, 10), day(11, 15), 1000.0), false, UNKNOWN, &mut Shaper::new());
    let upper: Vec<_> = labels(&ruler.upper).into_iter().map(|label| label.2).collect();
    assert_eq!(upper, ["October 2024", "November 2024"]);
    assert_eq!(ruler.lower_unit, Unit::Day);
    let lower: Vec<_> = labels(&ruler.lower).into_iter().map(|label| label.2).collect();
    assert_eq!(lower.first().map(String::as_str), Some("10"));
}

#[test]
fn iso_weeks_are_named_on_demand() {
    let day = |year, month, day| Instant::from_day(CivilDay::new(year, month, day)).expect("on the axis");
    let named = |from, to, width_pt| {
        let ruler = Ruler::of(&Viewport::spanning(from, to, width_pt), true, UNKNOWN, &mut Shaper::new());
        let names = |level| labels(level).into_iter().map(|label| label.2).collect::<Vec<_>>();
        (ruler.upper_unit, names(&ruler.upper), ruler.lower_unit, names(&ruler.lower))
    };
    // As close as days get: the full name of a week still fits.
    let (upper_unit, upper, lower_unit, lower) = named(day(2024, 12, 23), day(2025, 1, 6), 14.0 * 24.0);
    assert_eq!((upper_unit, lower_unit), (Unit::Week, Unit::Day));
    assert_eq!(upper, ["Week 52, 2024 · 23 Dec", "Week 1, 2025 · 30 Dec"]);
    assert_eq!(lower.get(7).map(String::as_str), Some("30"));
    let (upper_unit, upper, lower_unit, lower) = named(day(2024, 12, 16), day(2025, 1, 13), 4.0 * 70.0);
    assert_eq!((upper_unit, lower_unit), (Unit::Month, Unit::Week));
    assert_eq!(upper, ["December 2024", "January 2025"]);
    assert_eq!(lower, ["W51", "W52", "W1 2025", "W2"]);
    let (_, _, _, lower) = named(day(2024, 12, 16), day(2025, 1, 13), 4.0 * 40.0);
    assert_eq!(lower, ["W51", "W52", "W1", "W2"]);
    assert_eq!(named(day(2024, 1, 1), day(2030, 1, 1), 400.0).2, Unit::Years(1));
}

/// Whether words name the year of an instant, and its month and its day as far as a unit tells these apart.
fn names_a_date(words: &str, instant: Instant, unit: Unit) -> bool {
    let day = instant.day();
    let words: Vec<&str> = words.split([' ', ',']).collect();
    let month = calendar::MONTHS[usize::from(day.month) - 1];
    let has_month = words.iter().any(|word| *word == month || word.len() == 3 && month.starts_with(word));
    let has = |number: i64| words.contains(&number.to_string().as_str());
    match unit {
        Unit::Years(_) => words.iter().any(|word| word.starts_with(|first: char| first.is_ascii_digit())),
        Unit::Month | Unit::Quarter => has(day.year),
        Unit::Day | Unit::Week => has(day.year) && has_month,
        Unit::Seconds(_) | Unit::Minutes(_) | Unit::Hours(_) => has(day.year) && has_month && has(day.day.into()),
    }
}

#[test]
fn twelve_days_name_their_date_at_any_width() {
    let day = |month, day| Instant::from_day(CivilDay::new(2024, month, day)).expect("on the axis");
    for width_pt in [240.0, 600.0, 900.0, 1_100.0, 1_300.0, 1_600.0, 3_840.0] {
        let viewport = Viewport::spanning(day(10, 18), day(10, 30), width_pt);
        let ruler = Ruler::of(&viewport, false, UNKNOWN, &mut Shaper::new());
        let upper = labels(&ruler.upper);
        assert!(upper.iter().any(|(.., words)| words.contains("Oct") && words.contains("2024")), "{upper:?}");
    }
}

#[test]
fn half_minutes_are_named_by_their_minute() {
    let noon = Instant::from_day(CivilDay::new(2024, 10, 24)).expect("on the axis").saturating_add(12 * Instant::HOUR);
    let viewport = Viewport::spanning(noon, noon.saturating_add(3 * Instant::MINUTE), 6.0 * 40.0);
    let ruler = Ruler::of(&viewport, false, UNKNOWN, &mut Shaper::new());
    let names = |level| labels(level).into_iter().map(|label| label.2).collect::<Vec<_>>();
    assert_eq!(names(&ruler.upper), ["Thu 24 Oct 2024"]);
    assert_eq!(names(&ruler.lower), ["12:00", ":30", "12:01", ":30", "12:02", ":30"]);
}

#[test]
fn a_single_level_names_the_year_once_and_where_it_changes() {
    let day = |year, month, day| Instant::from_day(CivilDay::new(year, month, day)).expect("on the axis");
    let names = |from, to, width_pt| {
        let divisions = Ruler::single_level(&Viewport::spanning(from, to, width_pt), UNKNOWN, &mut Shaper::new());
        labels(&divisions).into_iter().map(|label| label.2).collect::<Vec<_>>()
    };
    let months = names(day(2024, 10, 15), day(2025, 3, 1), 4.5 * 60.0);
    assert_eq!(months, ["Oct", "Nov 2024", "Dec", "Jan 2025", "Feb"]);
    assert_eq!(names(day(2024, 6, 18), day(2024, 6, 20), 320.0), ["18 Jun 2024", "12:00", "19 Jun", "12:00"]);
}

#[test]
fn a_lone_year_between_folds_is_named_and_each_fold_says_its_length() {
    let day = |year, month, day| Instant::from_day(CivilDay::new(year, month, day)).expect("on the axis");
    let folds = Folds::of([
        Fold { start: day(1961, 7, 12), end: day(2000, 2, 2) },
        Fold { start: day(2000, 2, 16), end: day(2024, 5, 1) },
    ]);
    let viewport = Viewport::spanning_folded(day(1961, 7, 1), day(2025, 2, 1), folds, 1000.0);
    let ruler = Ruler::of(&viewport, false, UNKNOWN, &mut Shaper::new());
    let names = |level: &[Division]| labels(level).into_iter().map(|label| label.2).collect::<Vec<_>>();
    assert_eq!(names(&ruler.upper), ["1961", "2000", "2024", "2025"]);
    assert_eq!(names(&ruler.lower).join(" "), "Jul Feb May Jun Jul Aug Sep Oct Nov Dec Jan");
    let lengths: Vec<String> =
        ruler.folds.iter().filter_map(|mark| Some(mark.label.as_ref()?.1.text.to_string())).collect();
    assert_eq!(lengths, ["39 years", "24 years"]);
    assert_eq!(
        names(&Ruler::single_level(&viewport, UNKNOWN, &mut Shaper::new())).first().map(String::as_str),
        Some("Jul 1961")
    );
}

/// Whether each name of years is that of the place it begins at, or stands at its tick.
fn names_stand_where_they_say(viewport: &Viewport, labels: &[(f64, f64, String)]) -> Result<(), String> {
    for (left, right, words) in labels {
        let Some(word) = words.split(' ').next_back().filter(|word| word.len() >= 4) else { continue };
        let (digits, is_decade) = word.strip_suffix('s').map_or((word, false), |digits| (digits, true));
        let Ok(year) = digits.parse::<i64>() else { continue };
        let tick = CivilDay::new(year, 1, 1);
        let tick = Instant::from_day(tick).ok_or("beyond the axis")?;
        let at = |x: f64| viewport.instant_from_x(x).day().year;
        let length = if !is_decade {
            0
        } else if year % 100 == 0 {
            99
        } else {
            9
        };
        // One that gives way into the fold before it ends where it stands.
        let inside = if viewport.fold_at(left - INDENT).is_some() { right + INDENT } else { left + HEADED };
        let is_there = at(left - INDENT) <= year + length && year <= at(inside);
        if !is_there && (viewport.x_from_instant(tick) + INDENT - left).abs() > 1.0 {
            return Err(format!("{words} at {left}, which is {}", at(*left)));
        }
    }
    Ok(())
}

#[test]
fn every_stretch_is_headed_by_the_date_it_begins_with() {
    let day = |year, month, day| Instant::from_day(CivilDay::new(year, month, day)).expect("on the axis");
    let fold = |start, end| Fold { start, end };
    let gaps = [
        fold(day(1962, 1, 1), day(1995, 7, 1)),
        fold(day(2000, 6, 1), day(2005, 12, 1)),
        fold(day(2007, 1, 1), day(2013, 9, 1)),
        fold(day(2018, 5, 1), day(2021, 10, 1)),
    ];
    for count in 0..=gaps.len() {
        let folds = Folds::of(gaps.into_iter().take(count));
        for width_pt in (250..1_200).step_by(7) {
            for from in [day(1961, 5, 1), day(1948, 6, 1), day(1899, 2, 1)] {
                let viewport = Viewport::spanning_folded(from, day(2025, 6, 1), folds, f64::from(width_pt));
                let ruler = Ruler::of(&viewport, false, UNKNOWN, &mut Shaper::new());
                let all = [
                    labels(&ruler.upper),
                    labels(&ruler.lower),
                    labels(&Ruler::single_level(&viewport, UNKNOWN, &mut Shaper::new())),
                ];
                for level in all {
                    assert_eq!(
                        names_stand_where_they_say(&viewport, &level),
                        Ok(()),
                        "{count} folds, {width_pt} wide: {level:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_stretch_behind_a_fold_is_headed_by_the_year_of_the_mark_that_it_begins_with() {
    let day = |year, month, day| Instant::from_day(CivilDay::new(year, month, day)).expect("on the axis");
    let folds = Folds::of([Fold { start: day(1815, 1, 1), end: day(1913, 3, 1) }]);
    for width_pt in [300.0, 420.0, 700.0] {
        let viewport = Viewport::spanning_folded(day(1800, 1, 1), day(1960, 1, 1), folds, width_pt);
        let names = |first: Instant| {
            let first_from = |from: Instant| (from == day(1913, 3, 1)).then_some(first);
            let begun = Begun { first_from: &first_from, ..UNKNOWN };
            let ruler = Ruler::of(&viewport, false, begun, &mut Shaper::new());
            let single = Ruler::single_level(&viewport, begun, &mut Shaper::new());
            [labels(&ruler.upper), labels(&single)].map(|level| {
                let x = viewport.x_from_instant(day(1913, 3, 1));
                level.into_iter().find(|label| label.1 > x).map(|label| label.2)
            })
        };
        let year = Some("1914".to_owned());
        assert_eq!(names(day(1914, 6, 28)), [year.clone(), year], "{width_pt} wide");
    }
}

#[test]
fn a_narrow_window_between_two_times_names_its_day() {
    let origin = Instant::from_micros(-21_114_399_273_070_973);
    // Five minutes are nearly as wide as the window, and the only one begins in its middle.
    let five_minutes = 5.0 * Instant::MINUTE as f64;
    let viewport =
        Viewport { origin, micros_per_pt: five_minutes / 212.0, width_pt: Ruler::LEAST_WIDTH, folds: Folds::NONE };
    for panned in 0..22 {
        let viewport = viewport.panned(f64::from(panned) * 10.0);
        let single = Ruler::single_level(&viewport, UNKNOWN, &mut Shaper::new());
        let words = labels(&single);
        assert!(words.iter().any(|(.., words)| words.contains("1300")), "{words:?} after {panned}");
    }
}

#[test]
fn a_fold_cut_by_an_edge_says_no_length() {
    let day = |year| Instant::from_day(CivilDay::new(year, 1, 1)).expect("on the axis");
    let folds = Folds::of([Fold { start: day(1961), end: day(2000) }]);
    let whole = Viewport::spanning_folded(day(1950), day(2020), folds, 600.0);
    let x = whole.x_from_instant(day(1961));
    let said = |viewport: &Viewport| {
        fold_marks(viewport, &mut Shaper::new()).iter().map(|mark| mark.label.is_some()).collect::<Vec<_>>()
    };
    assert_eq!(said(&whole), [true]);
    assert_eq!(said(&whole.panned(-x - 20.0)), [false]);
    assert_eq!(said(&whole.panned(600.0 - x - 40.0)), [false]);
}

#[test]
fn millennia_before_our_era_name_each_division() {
    let instant = |year: i64| Instant::from_day(CivilDay::new(year, 1, 1)).unwrap();
    for width in (400..1_500).step_by(23) {
        let viewport = Viewport::spanning(instant(-3_099), instant(500), f64::from(width));
        let ruler = Ruler::of(&viewport, false, UNKNOWN, &mut Shaper::new());
        let whole = ruler.lower.iter().rev().skip(1).filter(|division| division.x >= 0.0);
        for division in whole {
            assert!(division.label.is_some(), "{width}: {:?} at {}", division.instant.day(), division.x);
        }
    }
}

#[test]
fn panning_over_the_year_1000_bce_keeps_the_unit() {
    let instant = |year: i64| Instant::from_day(CivilDay::new(year, 1, 1)).unwrap();
    let late = Viewport::spanning(instant(-990), instant(-290), 1_000.0);
    for micros_per_pt in [1.0, 1.1, 1.2, 1.3].map(|part| part * late.micros_per_pt) {
        let late = Viewport { micros_per_pt, ..late };
        let unit = |viewport: &Viewport| Ruler::of(viewport, false, UNKNOWN, &mut Shaper::new()).lower_unit;
        assert_eq!(unit(&late), unit(&late.panned(300.0)));
    }
}

proptest! {
    #[test]
    fn a_date_can_be_read_at_any_zoom_and_width(
        start in -30_000_000_000_000_000_i64..30_000_000_000_000_000,
        zoom in 0.0_f64..1.0,
        width_pt in Ruler::LEAST_WIDTH..4000.0,
    ) {
        // Years 1000 to 2900, from a hundredth of a second a point to five years.
        let most = 5.0 * 365.0 * Instant::DAY as f64;
        let micros_per_pt = (Viewport::MIN_MICROS_PER_PT.ln() * (1.0 - zoom) + most.ln() * zoom).exp();
        let viewport = Viewport { origin: Instant::from_micros(start), micros_per_pt, width_pt, folds: Folds::NONE };
        let ruler = Ruler::of(&viewport, false, UNKNOWN, &mut Shaper::new());
        let is_named = |division: &Division| {
            let words = division.label.as_ref().map(|(_, run)| run.text.to_string());
            words.is_some_and(|words| names_a_date(&words, division.instant, ruler.lower_unit))
        };
        prop_assert!(ruler.upper.iter().any(is_named), "{:?} over {:?}", labels(&ruler.upper), ruler.lower_unit);
        prop_assert!(!labels(&ruler.lower).is_empty());
        let single = Ruler::single_level(&viewport, UNKNOWN, &mut Shaper::new());
        let first = labels(&single);
        prop_assert!(single.iter().any(is_named), "{first:?} of {:?}", ruler.lower_unit);
        for pair in first.windows(2) {
            prop_assert!(pair[0].1 < pair[1].0, "{:?} touches {:?}", pair[0], pair[1]);
        }
    }

    #[test]
    fn ticks_rise_and_labels_never_touch(
        origin in any::<i64>(),
        zoom in 0.0_f64..1.0,
        width_pt in 50.0_f64..4000.0,
        iso_weeks in any::<bool>(),
    ) {
        let (least, most) = (Viewport::MIN_MICROS_PER_PT.ln(), Viewport::MAX_MICROS_PER_PT.ln());
        let micros_per_pt = (least + zoom * (most - least)).exp();
        let viewport = Viewport { origin: Instant::from_micros(origin), micros_per_pt, width_pt, folds: Folds::NONE };
        let ruler = Ruler::of(&viewport, iso_weeks, UNKNOWN, &mut Shaper::new());
        for level in [&ruler.upper, &ruler.lower] {
            for pair in level.windows(2) {
                prop_assert!(pair[0].instant < pair[1].instant);
                prop_assert!(pair[0].x < pair[1].x);
            }
            let labels = labels(level);
            for pair in labels.windows(2) {
                prop_assert!(pair[0].1 < pair[1].0, "{:?} touches {:?}", pair[0], pair[1]);
            }
            for (x0, x1, text) in labels {
                prop_assert!(0.0 <= x0 && x1 <= width_pt, "{text} is cut off");
            }
        }
    }

    #[test]
    fn every_stretch_between_folds_says_its_date(
        start in -30_000_000_000_000_000_i64..30_000_000_000_000_000,
        zoom in 0.0_f64..1.0,
        width_pt in Ruler::LEAST_WIDTH..4000.0,
        places in prop::collection::vec((16.0_f64..500.0, 1.1_f64..9.0), 1..6),
        before in 0.0_f64..500.0,
        iso_weeks in any::<bool>(),
    ) {
        let most = 2.0 * 365.0 * Instant::DAY as f64;
        let micros_per_pt = (Viewport::MIN_MICROS_PER_PT.ln() * (1.0 - zoom) + most.ln() * zoom).exp();
        let folds = folds_from(start, before, &places, micros_per_pt);
        let viewport = Viewport { origin: Instant::from_micros(start), micros_per_pt, width_pt, folds };
        let ruler = Ruler::of(&viewport, iso_weeks, UNKNOWN, &mut Shaper::new());
        let (upper, lower) = (labels(&ruler.upper), labels(&ruler.lower));
        for level in [&upper, &labels(&ruler.lower), &labels(&Ruler::single_level(&viewport, UNKNOWN, &mut Shaper::new()))] {
            for pair in level.windows(2) {
                prop_assert!(pair[0].1 < pair[1].0, "{:?} touches {:?}", pair[0], pair[1]);
            }
            for (x0, x1, text) in level {
                prop_assert!(0.0 <= *x0 && *x1 <= width_pt, "{text} is cut off");
            }
        }
        let is_clear = |(x0, x1, _): &(f64, f64, String)| {
            ruler.folds.iter().all(|mark| *x1 <= mark.span.x0 || mark.span.x1 <= *x0)
        };
        prop_assert!(labels(&ruler.lower).iter().all(is_clear), "a name of the lower level lies on a fold");
        for stretch in Stretch::all(&viewport) {
            let is_here = |x: f64| stretch.x0 <= x && x < stretch.next_x;
            // The name of a week can be longer than what is left of it at an edge.
            if !iso_weeks && stretch.next_x - stretch.x0 >= Viewport::FOLD_PT + 14.0 {
                prop_assert!(upper.iter().chain(&lower).any(|label| is_here(label.0) || is_here(label.1)), "{stretch:?} is unnamed among {upper:?}");
            }
            if stretch.x1 - stretch.x0 >= Ruler::LEAST_WIDTH {
                let is_named = |division: &Division| {
                    let label = division.label.as_ref().filter(|(x, run)| is_here(*x) || is_here(*x + run.width_pt));
                    label.is_some_and(|(_, run)| names_a_date(&run.text, division.instant, ruler.lower_unit))
                };
                prop_assert!(iso_weeks || ruler.upper.iter().chain(&ruler.lower).any(is_named), "{upper:?} over {:?}", ruler.lower_unit);
            }
        }
        for mark in ruler.folds.iter().filter(|mark| mark.span.x0 >= 0.0 && mark.span.x1 <= width_pt) {
            prop_assert!(mark.label.is_some(), "{mark:?} does not say how long it is");
        }
    }

    #[test]
    fn panning_moves_ticks_and_changes_none(origin in -1_i64 << 60..1_i64 << 60, zoom in 0.0_f64..0.9, shift in 0.0_f64..300.0, iso_weeks in any::<bool>()) {
        let (least, most) = (Viewport::MIN_MICROS_PER_PT.ln(), Viewport::MAX_MICROS_PER_PT.ln());
        let micros_per_pt = (least + zoom * (most - least)).exp();
        let before = Viewport { origin: Instant::from_micros(origin), micros_per_pt, width_pt: 1000.0, folds: Folds::NONE };
        let after = before.panned(-shift);
        let of = |viewport| Ruler::of(viewport, iso_weeks, UNKNOWN, &mut Shaper::new());
        let (a, b) = (of(&before), of(&after));
        let both = |ruler: &Ruler| -> Vec<Instant> {
            let instants = ruler.lower.iter().map(|division| division.instant);
            instants.filter(|at| after.origin <= *at && *at <= before.end()).collect()
        };
        prop_assert_eq!(both(&a), both(&b));
    }
}

fn day(year: i64, month: u8, day: u8) -> Instant {
    Instant::from_day(CivilDay::new(year, month, day)).expect("on the axis")
}

fn fold(start: Instant, end: Instant) -> Fold {
    Fold { start, end }
}

fn words(divisions: &[Division]) -> Vec<String> {
    labels(divisions).into_iter().map(|label| label.2).collect()
}

/// The upper level, the lower level, and the single level of a window in which events begin at these instants.
fn named(viewport: &Viewport, events: &[Instant]) -> [Vec<String>; 3] {
    let begun = Begun {
        first_from: &|from| events.iter().copied().find(|at| *at >= from),
        last_before: &|before| events.iter().copied().rev().find(|at| *at < before),
    };
    let ruler = Ruler::of(viewport, false, begun, &mut Shaper::new());
    [words(&ruler.upper), words(&ruler.lower), words(&Ruler::single_level(viewport, begun, &mut Shaper::new()))]
}

/// A window whose left edge is at an instant.
fn window(origin: Instant, days_per_pt: f64, width_pt: f64, folds: &[Fold]) -> Viewport {
    let folds = Folds::of(folds.iter().copied());
    Viewport { origin, micros_per_pt: days_per_pt * Instant::DAY as f64, width_pt, folds }
}

#[test]
fn years_too_narrow_for_their_names_are_named_by_one_that_spans_them() {
    // 18 points a year: five years have room for a name.
    let folds = [fold(day(1970, 6, 1), day(2023, 2, 1))];
    let viewport = window(day(1949, 6, 1), 365.25 / 18.0, 490.0, &folds);
    let events = [day(1950, 1, 1), day(1960, 1, 1), day(2023, 4, 1), day(2024, 6, 12), day(2024, 10, 24)];
    let [upper, lower, single] = named(&viewport, &events);
    assert_eq!(lower, ["1950", "1955", "1960", "1965"]);
    // 1970 has no room before the fold.
    assert_eq!(upper, ["1970", "2023–2024"]);
    assert_eq!(single.last().map(|name| name.starts_with("2023–")), Some(true), "{single:?}");
    assert!(single.iter().any(|name| name == "1970"), "{single:?}");
}

#[test]
fn months_beside_folds_are_named_over_them() {
    // Weeks have no room, months do.
    let folds = [fold(day(2024, 3, 7), day(2024, 5, 3)), fold(day(2024, 7, 2), day(2024, 12, 29))];
    let viewport = window(day(2023, 12, 28), 1.0 / 3.0, 700.0, &folds);
    let scale = |days_per_pt| Viewport { micros_per_pt: days_per_pt * Instant::DAY as f64, ..viewport };
    let months = scale(1.0 / 1.5);
    let events = [day(2024, 1, 1), day(2024, 3, 5), day(2024, 5, 5), day(2024, 6, 30), day(2024, 12, 31)];
    let months = Viewport { width_pt: months.x_from_instant(day(2025, 1, 4)), ..months };
    let [upper, lower, single] = named(&months, &events);
    assert_eq!(lower, ["Jan", "Feb", "May", "Jun"]);
    assert_eq!(upper, ["2024", "Mar", "2024", "Dec 2024"]);
    assert!(single.iter().any(|name| name.contains("Dec 2024")), "{single:?}");
    let weeks = scale(1.0 / 4.0);
    let weeks = Viewport { width_pt: weeks.x_from_instant(day(2025, 1, 10)), ..weeks };
    let [upper, _, single] = named(&weeks, &events);
    assert!(upper.iter().any(|name| name.starts_with("Dec")), "{upper:?}");
    assert!(single.iter().any(|name| name.contains("Dec 2024")), "{single:?}");
}

#[test]
fn a_month_cut_by_an_edge_is_named_below() {
    let folds = [fold(day(2000, 3, 1), day(2024, 10, 6))];
    let viewport = window(day(2024, 10, 1), 0.5, 460.0, &folds);
    let [upper, lower, _] = named(&viewport, &[day(2024, 10, 8)]);
    assert_eq!(lower.first().map(String::as_str), Some("Oct"), "{upper:?} {lower:?}");
    assert_eq!(upper.first().map(String::as_str), Some("2024"));
    // The same without a fold.
    let [_, lower, _] = named(&window(day(2024, 10, 6), 0.5, 460.0, &[]), &[]);
    assert_eq!(lower.first().map(String::as_str), Some("Oct"));
}

#[test]
fn what_stands_before_the_first_line_behind_a_fold_has_its_year() {
    let folds = [fold(day(2014, 5, 1), day(2017, 11, 10)), fold(day(2018, 3, 10), day(2021, 12, 1))];
    // 47 points a quarter.
    let viewport = window(day(2013, 11, 20), 91.0 / 47.0, 800.0, &folds);
    let events = [day(2014, 3, 18), day(2017, 12, 22), day(2018, 1, 20), day(2022, 2, 24)];
    let [upper, ..] = named(&viewport, &events);
    let at = |name: &str| upper.iter().position(|upper| upper == name);
    let before = at("Q4 2017").or(at("2017"));
    let joined = upper.iter().any(|name| name == "2017–2018" || name == "2017–18" || name == "Q4 2017 – Q1 2018");
    assert!(joined || before.is_some() && before < at("Q1 2018").or(at("2018")), "{upper:?}");
}

#[test]
fn the_first_and_the_last_stretch_have_a_year_though_it_is_long() {
    let folds = [
        fold(day(-11_980, 1, 1), day(-60, 1, 1)),
        fold(day(-37, 1, 1), day(1890, 1, 1)),
        fold(day(2035, 1, 1), day(12_020, 1, 1)),
    ];
    for width_pt in [420.0, 780.0] {
        let whole = Viewport::spanning_folded(day(-12_007, 1, 1), day(12_032, 1, 1), Folds::of(folds), width_pt);
        let events =
            [day(-11_999, 1, 1), day(-43, 1, 1), day(-43, 3, 15), day(1900, 1, 1), day(2032, 1, 1), day(12_026, 1, 1)];
        let [upper, lower, single] = named(&whole, &events);
        for year in ["12,000 BCE", "44 BCE", "12,026 CE"] {
            assert!(upper.iter().chain(&lower).any(|name| name == year), "{width_pt}: {upper:?} over {lower:?}");
            // A line that has room for its name has it.
            let is_named = |name: &String| name == year || year == "44 BCE" && name == "50 BCE";
            assert!(single.iter().any(is_named), "{width_pt}: {single:?}");
        }
    }
}

#[test]
fn a_year_stands_once() {
    let folds = [fold(day(1961, 9, 1), day(1994, 12, 20)), fold(day(1996, 12, 1), day(2013, 12, 20))];
    let viewport = window(day(1961, 4, 1), 365.25 / 90.0, 900.0, &folds);
    let events = [day(1961, 7, 6), day(1995, 1, 1), day(2014, 1, 1)];
    let [upper, lower, _] = named(&viewport, &events);
    let mut all = [upper.clone(), lower.clone()].concat();
    all.sort();
    let count = all.len();
    all.dedup();
    assert_eq!(all.len(), count, "{upper:?} over {lower:?}");
    for year in ["1961", "1995", "1996", "2014"] {
        assert!(all.iter().any(|name| name == year), "{year} in {upper:?} over {lower:?}");
    }
}

#[test]
fn the_name_of_a_cut_division_takes_no_room_of_the_next() {
    // 68 points a year, the first line 30 points behind the edge.
    let viewport = window(day(2007, 7, 25), 365.25 / 68.0, 1_150.0, &[]);
    let [_, lower, single] = named(&viewport, &[]);
    for level in [lower, single] {
        assert!(level.iter().any(|name| name == "2008"), "{level:?}");
    }
}

/// What a name says: from which year, month and day to which; nothing of a month or a day that it leaves out.
#[derive(Debug, Clone, Copy, Default)]
struct Said {
    years: Option<(i64, i64)>,
    months: Option<(u8, u8)>,
    day: Option<u8>,
}

fn said(words: &str) -> Said {
    let mut said = Said::default();
    for word in words.split([' ', ',']) {
        let month =
            calendar::MONTHS.iter().position(|month| *month == word || word.len() == 3 && month.starts_with(word));
        if let Some(month) = month {
            let month = u8::try_from(month).expect("of twelve") + 1;
            said.months = Some((month, month));
        } else if let Some(quarter) = word.strip_prefix('Q').and_then(|quarter| quarter.parse::<u8>().ok()) {
            said.months = Some((3 * quarter - 2, 3 * quarter));
        } else if let Some(decade) = word.strip_suffix('s').and_then(|decade| decade.parse::<i64>().ok()) {
            said.years = Some((decade, decade + if decade % 100 == 0 { 99 } else { 9 }));
        } else if let Ok(number) = word.parse::<i64>() {
            match u8::try_from(number) {
                Ok(number) => said.day = Some(number),
                Err(_) => said.years = Some((number, number)),
            }
        }
    }
    said
}

/// Whether what a name says is true of a day.
fn holds(words: &str, day: CivilDay) -> bool {
    let Some((from, to)) = words.split_once('–') else {
        let Said { years, months, day: of_month } = said(words);
        return years.is_none_or(|(from, to)| from <= day.year && day.year <= to)
            && months.is_none_or(|(from, to)| from <= day.month && day.month <= to)
            && of_month.is_none_or(|of_month| of_month == day.day);
    };
    let (mut from, mut to) = (said(from), said(to));
    if to.years.is_none() {
        // "2023–24".
        let year = from.years.expect("a year").0 / 100 * 100 + i64::from(to.day.take().expect("the end of a year"));
        to.years = Some((year, year));
    }
    from.years = from.years.or(to.years);
    from.months = from.months.or(to.months);
    let least = (from.years.expect("a year").0, from.months.map_or(0, |months| months.0), from.day.unwrap_or(0));
    let most = (to.years.expect("a year").1, to.months.map_or(13, |months| months.1), to.day.unwrap_or(32));
    least <= (day.year, day.month, day.day) && (day.year, day.month, day.day) <= most
}

/// Whether a name says the year, and as much more as a unit tells apart.
fn is_as_fine(words: &str, unit: Unit) -> bool {
    let said = said(&words.replace('–', " "));
    match unit {
        Unit::Month | Unit::Quarter => said.months.is_some(),
        Unit::Day => said.day.is_some(),
        _ => true,
    }
}

/// The stretch that a name stands at.
fn stretch_of((x0, x1, _): &(f64, f64, String), stretches: &[Stretch]) -> Option<usize> {
    let part = |stretch: &Stretch| x1.min(stretch.x1) - x0.max(stretch.x0);
    (0..stretches.len())
        .filter(|at| part(&stretches[*at]) > 0.0)
        .max_by(|a, b| part(&stretches[*a]).total_cmp(&part(&stretches[*b])))
}

/// That each point of each stretch can be read, and nothing else stands above it.
fn check_reading(viewport: &Viewport) -> Result<(), String> {
    let ruler = Ruler::of(viewport, false, UNKNOWN, &mut Shaper::new());
    let stretches = Stretch::all(viewport);
    let unit = ruler.lower_unit;
    let (upper, lower) = (labels(&ruler.upper), labels(&ruler.lower));
    let single = Ruler::single_level(viewport, UNKNOWN, &mut Shaper::new());
    let overview = labels(&single);
    let text = format!("{unit:?}: {upper:?} over {lower:?}; single {overview:?}");
    let is_interval = matches!(unit, Unit::Day | Unit::Month | Unit::Quarter | Unit::Years(1));
    for (at, stretch) in stretches.iter().enumerate() {
        let here = |label: &&(f64, f64, String)| stretch_of(label, &stretches) == Some(at);
        let above: Vec<_> = upper.iter().filter(here).collect();
        let below: Vec<_> = lower.iter().filter(here).collect();
        let strip: Vec<_> = overview.iter().filter(here).collect();
        // Nothing stands twice.
        for (nth, label) in above.iter().enumerate() {
            let others = above.iter().skip(nth + 1).chain(&below);
            if let Some(other) = others.clone().find(|other| other.2 == label.2 && label.2.len() >= 4) {
                return Err(format!("{other:?} twice: {text}"));
            }
        }
        // Neighbours that are as narrow take each other's room.
        let has_room = |x: f64| {
            let neighbour = |other: Option<&Stretch>| other.is_none_or(|other| other.x1 - other.x0 >= 160.0);
            let is_whole = |other: Option<&Stretch>, gap: f64| other.is_none() || gap >= Viewport::FOLD_PT - 1.0;
            let (before, after) = (at.checked_sub(1).and_then(|at| stretches.get(at)), stretches.get(at + 1));
            neighbour(before)
                && neighbour(after)
                && is_whole(before, stretch.x0 - stretch.previous_x)
                && is_whole(after, stretch.next_x - stretch.x1)
                && x - stretch.x0 >= HEADED
                && stretch.x1 - x >= HEADED
        };
        let parts = stretch.parts(unit, viewport);
        let mut x = stretch.x0 + 1.0;
        while x < stretch.x1 {
            let instant = viewport.instant_from_x(x);
            let date = instant.day();
            let part = parts.iter().rposition(|part| part.start <= instant).expect("in a part");
            let is_edge = part == 0 || part + 1 == parts.len();
            let is_margin = x - stretch.x0 < HEADED && stretch.is_behind_fold()
                || stretch.x1 - x < HEADED && stretch.is_before_fold();
            // No name stands over what it does not hold for.
            if is_interval && !is_margin {
                let covering = above.iter().find(|label| label.0 <= x && x <= label.1);
                if let Some(label) = covering.filter(|label| !holds(&label.2, date)) {
                    return Err(format!("{label:?} above {date:?} at {x}: {text}"));
                }
            }
            let is_told = |labels: &[&(f64, f64, String)]| {
                labels
                    .iter()
                    .any(|label| holds(&label.2, date) && is_as_fine(&label.2, unit) && said(&label.2).years.is_some())
            };
            let own = ruler.lower.iter().any(|division| {
                division.label.is_some() && unit.floor(instant) == division.instant && division.instant <= instant && {
                    let label =
                        division.label.as_ref().map(|(x, run)| (*x, *x + run.width_pt, String::new())).expect("named");
                    stretch_of(&label, &stretches) == Some(at)
                }
            });
            let year = above.iter().chain(&below).any(|label| {
                let words = &label.2;
                holds(words, date) && (said(&words.replace('–', " ")).years.is_some())
                    || said(words).years.is_none() && holds(words, date)
            });
            let lifted = above.iter().any(|label| holds(&label.2, date) && is_as_fine(&label.2, unit));
            if is_interval && (!is_edge || has_room(x)) && !(is_told(&above) || (own || lifted) && year) {
                let width = parts[part].width();
                // At an edge of the window the line beside a narrow part has its name.
                let is_window = part == 0 && at == 0 || part + 1 == parts.len() && at + 1 == stretches.len();
                if !(is_window && width < 36.0 && parts.len() > 1) {
                    return Err(format!("{date:?} at {x} cannot be read (own {own}, year {year}): {text}"));
                }
            }
            x += 3.0;
        }
        if stretch.x1 - stretch.x0 >= 40.0 && has_room((stretch.x0 + stretch.x1) / 2.0) && strip.is_empty() {
            return Err(format!("{stretch:?} is unnamed in the overview: {text}"));
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_point_between_folds_can_be_read(
        start in -30_000_000_000_000_000_i64..20_000_000_000_000_000,
        days_per_pt in -4.0_f64..3.2,
        width_pt in 300.0_f64..3_840.0,
        places in prop::collection::vec((6.0_f64..700.0, 2.0_f64..9.0), 0..6),
        before in 0.0_f64..300.0,
    ) {
        let micros_per_pt = days_per_pt.exp() * Instant::DAY as f64;
        let folds = folds_from(start, before, &places, micros_per_pt);
        let viewport = Viewport { origin: Instant::from_micros(start), micros_per_pt, width_pt, folds };
        let result = check_reading(&viewport);
        prop_assert!(result.is_ok(), "{}", result.err().unwrap_or_default());
    }
}
