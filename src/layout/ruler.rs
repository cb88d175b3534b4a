//! The ruler: two levels of calendar divisions with labels that never touch each other.
//!
//! ```text
//!   │ October 2024                     │ November 2024           upper: names its unit, sticks to the left edge
//!   │ 21      │ 28      │              │ 4       │ 11            lower: ticks
//! ```
//!
//! On demand, ISO weeks are named where days or weeks are the lower level:
//!
//! ```text
//!   │ Week 43, 2024 · 21 Oct           │ Week 44, 2024 · 28 Oct
//!   │ 21 │ 22 │ 23 │ 24 │ …
//! ```
//!
//! Which levels are shown depends on the zoom alone, and ticks stand on calendar boundaries, so nothing jumps while panning.

use std::sync::Arc;

use super::Viewport;
use crate::text::{Run, Shaper, Style};
use crate::theme::{font, space};
use crate::time::Instant;
use crate::time::calendar::{self, Unit};

/// The divisions of a window in time. Positions are in points from the left of the track.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruler {
    /// The unit of the upper level.
    pub upper_unit: Unit,
    /// The unit of the lower level.
    pub lower_unit: Unit,
    /// The upper level, left to right; the first may begin left of the track.
    pub upper: Vec<Division>,
    /// The lower level, left to right, all within the track.
    pub lower: Vec<Division>,
}

/// A unit of the calendar on the ruler.
#[derive(Debug, Clone, PartialEq)]
pub struct Division {
    /// Its first instant.
    pub instant: Instant,
    /// Where it begins.
    pub x: f64,
    /// Its name and the left end of it; none where there is no room.
    pub label: Option<(f64, Arc<Run>)>,
}

/// Between the line of a division and its name.
const INDENT: f64 = space::XS;

impl Ruler {
    /// The style of the upper level.
    pub const UPPER: Style = Style::semibold(font::SMALL);
    /// The style of the lower level.
    pub const LOWER: Style = Style::regular(font::SMALL);

    /// The ruler of a window; `iso_weeks` names the weeks.
    pub fn of(viewport: &Viewport, iso_weeks: bool, shaper: &mut Shaper) -> Self {
        let lower_unit = lower_unit(viewport.micros_per_pt, iso_weeks);
        let upper_unit = if iso_weeks && lower_unit == Unit::Day { Unit::Week } else { lower_unit.upper() };
        let names = |unit: Unit, instant: Instant, short: bool| match unit {
            Unit::Week if iso_weeks => calendar::week_names(instant, short),
            _ => vec![unit.label(instant, short)],
        };
        let (from, to) = (viewport.origin, viewport.end());
        let lower_instants: Vec<Instant> = calendar::ticks(lower_unit, from, to).collect();
        let lower =
            divisions(viewport, &lower_instants, |instant| names(lower_unit, instant, true), Self::LOWER, shaper);
        let first = upper_unit.floor(from);
        let upper_instants: Vec<Instant> = std::iter::once(first)
            .chain(calendar::ticks(upper_unit, from, to).filter(|instant| *instant > first))
            .collect();
        let upper =
            divisions(viewport, &upper_instants, |instant| names(upper_unit, instant, false), Self::UPPER, shaper);
        Self { upper_unit, lower_unit, upper, lower }
    }
}

/// The finest unit whose divisions have room for their names at this zoom.
fn lower_unit(micros_per_pt: f64, iso_weeks: bool) -> Unit {
    let has_room = |unit: &Unit| unit.shortest_micros() as f64 / micros_per_pt >= least_spacing_pt(*unit, iso_weeks);
    Unit::STEPS.into_iter().find(has_room).unwrap_or(Unit::Years(1_000_000))
}

/// The room that the names of a unit usually take. A longer one (a far year) is left out where it does not fit.
fn least_spacing_pt(unit: Unit, iso_weeks: bool) -> f64 {
    match unit {
        Unit::Week if iso_weeks => 40.0,
        Unit::Day | Unit::Week => 24.0,
        Unit::Seconds(_) | Unit::Month | Unit::Quarter => 36.0,
        Unit::Minutes(_) | Unit::Hours(_) => 44.0,
        Unit::Years(..1_000) => 52.0,
        Unit::Years(_) => 84.0,
    }
}

/// Each with the first of its names that it has room for.
fn divisions(
    viewport: &Viewport,
    instants: &[Instant],
    names: impl Fn(Instant) -> Vec<String>,
    style: Style,
    shaper: &mut Shaper,
) -> Vec<Division> {
    let ends = instants.iter().skip(1).map(|next| viewport.x_from_instant(*next)).chain([f64::INFINITY]);
    let mut divisions = Vec::with_capacity(instants.len());
    for (instant, end) in instants.iter().zip(ends) {
        let x = viewport.x_from_instant(*instant);
        let left = x.max(0.0) + INDENT;
        let right = end.min(viewport.width_pt) - INDENT;
        let names = if left < right { names(*instant) } else { Vec::new() };
        let fitting = |name: String| Some(shaper.shape(&name, style)).filter(|run| left + run.width_pt <= right);
        let label = names.into_iter().find_map(fitting).map(|run| (left, run));
        divisions.push(Division { instant: *instant, x: x.max(-1.0), label });
    }
    divisions
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::CivilDay;

    fn labels(divisions: &[Division]) -> Vec<(f64, f64, String)> {
        let shown = divisions.iter().filter_map(|division| division.label.as_ref());
        shown.map(|(x, run)| (*x, *x + run.width_pt, run.text.to_string())).collect()
    }

    #[test]
    fn the_ratification_weeks_are_named_by_month_and_day() {
        let day = |month, day| Instant::from_day(CivilDay::new(2024, month, day)).expect("on the axis");
        let ruler = Ruler::of(&Viewport::spanning(day(10, 10), day(11, 15), 1000.0), false, &mut Shaper::new());
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
            let ruler = Ruler::of(&Viewport::spanning(from, to, width_pt), true, &mut Shaper::new());
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

    proptest! {
        #[test]
        fn ticks_rise_and_labels_never_touch(
            origin in any::<i64>(),
            zoom in 0.0_f64..1.0,
            width_pt in 50.0_f64..4000.0,
            iso_weeks in any::<bool>(),
        ) {
            let (least, most) = (Viewport::MIN_MICROS_PER_PT.ln(), Viewport::MAX_MICROS_PER_PT.ln());
            let micros_per_pt = (least + zoom * (most - least)).exp();
            let viewport = Viewport { origin: Instant::from_micros(origin), micros_per_pt, width_pt };
            let ruler = Ruler::of(&viewport, iso_weeks, &mut Shaper::new());
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
        fn panning_moves_ticks_and_changes_none(origin in -1_i64 << 60..1_i64 << 60, zoom in 0.0_f64..0.9, shift in 0.0_f64..300.0, iso_weeks in any::<bool>()) {
            let (least, most) = (Viewport::MIN_MICROS_PER_PT.ln(), Viewport::MAX_MICROS_PER_PT.ln());
            let micros_per_pt = (least + zoom * (most - least)).exp();
            let before = Viewport { origin: Instant::from_micros(origin), micros_per_pt, width_pt: 1000.0 };
            let after = before.panned(-shift);
            let of = |viewport| Ruler::of(viewport, iso_weeks, &mut Shaper::new());
            let (a, b) = (of(&before), of(&after));
            let both = |ruler: &Ruler| -> Vec<Instant> {
                let instants = ruler.lower.iter().map(|division| division.instant);
                instants.filter(|at| after.origin <= *at && *at <= before.end()).collect()
            };
            prop_assert_eq!(both(&a), both(&b));
        }
    }
}
