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
//!
//! The ruler always names a date. The upper level has a unit each of which has room for a name with its year, so in a window of
//! [`Ruler::LEAST_WIDTH`] one of them is read in full, and those cut off at the edges may be short:
//!
//! ```text
//!   │ 29 Oct        │ Wed 30 Oct 2024       │ Thu 31 Oct 2024       │ 1 Nov      upper
//!   │ 12:00         │ 00:00     │ 12:00     │ 00:00     │ 12:00     │ 00:00      lower
//! ```
//!
//! Between folds each stretch has divisions of its own and says its date anew. A name of the upper level may reach over the fold
//! right of it, whose length stands in the lower level; a stretch too narrow for a name of that one is named as finely above:
//!
//! ```text
//!   │ Jun 1961  ⌇ Feb 2000  ⌇ 2024                                               upper
//!   │  ⌇39 years⌇  ⌇24 years⌇ │ May  │ Jun  │ Jul  │ Aug                         lower
//! ```
//!
//! Where the unit next to the lower one is too short for that, the upper level is a unit further up, and a lower division that
//! begins the one between is named by it:
//!
//! ```text
//!   │ Wed 30 Oct 2024                                                            upper: days
//!   │ 13:05 │ :30   │ 13:06 │ :30   │ 13:07 │                                    lower: half minutes, named by the minute
//! ```

use std::sync::Arc;

use super::{FoldSpan, Viewport};
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
    /// The folds, left to right; the first and the last may reach out of the track.
    pub folds: Vec<FoldMark>,
}

/// A unit of the calendar on the ruler.
#[derive(Debug, Clone, PartialEq)]
pub struct Division {
    /// Its first instant.
    pub instant: Instant,
    /// Where it begins; negative where that is left of the track or in a fold.
    pub x: f64,
    /// Its name and the left end of it; none where there is no room.
    pub label: Option<(f64, Arc<Run>)>,
}

/// A fold on the ruler.
#[derive(Debug, Clone, PartialEq)]
pub struct FoldMark {
    /// Where it stands.
    pub span: FoldSpan,
    /// How long it is and the left end of that; none where there is no room.
    pub label: Option<(f64, Arc<Run>)>,
}

/// When that begins which stands first behind a fold with this end; none where nobody knows.
pub type FirstBehind<'a> = &'a dyn Fn(Instant) -> Option<Instant>;

/// A stretch of a window between folds.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    start: Instant,
    end: Instant,
    x0: f64,
    x1: f64,
    /// Where the next one begins, or the window ends.
    next_x: f64,
}

impl Stretch {
    fn all(viewport: &Viewport) -> Vec<Self> {
        let own = |(start, end): (Instant, Instant)| {
            let (x0, x1) =
                (viewport.x_from_instant(start).max(0.0), viewport.x_from_instant(end).min(viewport.width_pt));
            Self { start, end, x0, x1, next_x: viewport.width_pt }
        };
        let mut stretches: Vec<Self> = viewport.stretches().into_iter().map(own).collect();
        if let Some(last) = stretches.last_mut().filter(|last| last.end >= viewport.end()) {
            // The last boundary of a window stands on its edge, whatever rounding makes of its instant.
            last.x1 = viewport.width_pt;
        }
        let mut next_x = viewport.width_pt;
        for stretch in stretches.iter_mut().rev() {
            stretch.next_x = next_x;
            next_x = stretch.x0;
        }
        stretches
    }

    /// The boundaries of a unit in it; where it ends at a fold, that boundary is the fold's.
    fn ticks(&self, unit: Unit) -> Vec<Instant> {
        let is_before_fold = self.x1 < self.next_x;
        calendar::ticks(unit, self.start, self.end).filter(|at| !is_before_fold || *at < self.end).collect()
    }

    /// The date that heads it: that of what stands first behind the fold before it, where that is near; else that behind the
    /// margin of the fold, in a narrow one in its middle.
    fn head(&self, viewport: &Viewport, first_behind: FirstBehind<'_>) -> Instant {
        let middle = Instant::from_micros(i64::midpoint(self.start.micros(), self.end.micros()));
        let usual = viewport.beside(self.start, HEADED).min(middle);
        let is_behind_fold = viewport.folds.as_slice().iter().any(|fold| fold.end == self.start);
        let furthest = viewport.beside(self.start, 2.0 * HEADED).min(self.end);
        let first = if is_behind_fold { first_behind(self.start) } else { None };
        first.filter(|first| self.start <= *first && *first <= furthest).unwrap_or(usual)
    }

    /// The same with the one before.
    fn ticks_from_before(&self, unit: Unit) -> Vec<Instant> {
        let first = unit.floor(self.start);
        let within = self.ticks(unit).into_iter().filter(|instant| *instant > first);
        std::iter::once(first).chain(within).collect()
    }
}

/// Between the line of a division and its name.
const INDENT: f64 = space::XS;
/// How far behind a fold that stands whose date heads a stretch: the margin of the fold and half a mark.
const HEADED: f64 = 4.0 * INDENT;

impl Ruler {
    /// The style of the upper level.
    pub const UPPER: Style = Style::semibold(font::SMALL);
    /// The style of the lower level.
    pub const LOWER: Style = Style::regular(font::SMALL);

    /// The width of a window from which on a date can be read in full, in points, of years with up to four digits.
    pub const LEAST_WIDTH: f64 = 240.0;

    /// The ruler of a window; `iso_weeks` names the weeks.
    pub fn of(viewport: &Viewport, iso_weeks: bool, first_behind: FirstBehind<'_>, shaper: &mut Shaper) -> Self {
        let lower_unit = lower_unit(viewport, iso_weeks);
        let next_unit = if iso_weeks && lower_unit == Unit::Day { Unit::Week } else { lower_unit.upper() };
        let upper_unit = upper_unit(next_unit, viewport.micros_per_pt);
        let lower_names = |instant: Instant| match lower_unit {
            Unit::Week if iso_weeks => calendar::week_names(instant, true),
            _ if upper_unit != next_unit && next_unit.floor(instant) == instant => next_unit.brief_names(instant),
            unit => vec![unit.label(instant, true)],
        };
        let upper_names = |instant: Instant, is_cut: bool| match upper_unit {
            Unit::Week => calendar::week_names(instant, false),
            // "1940" in place of "1940s" would be another date where its tick does not stand.
            unit @ Unit::Years(2..) if is_cut => unit.full_names(instant),
            unit => [unit.full_names(instant), unit.brief_names(instant)].concat(),
        };
        let (mut lower, mut upper) = (Vec::new(), Vec::new());
        for stretch in Stretch::all(viewport) {
            let places = (stretch.x0, stretch.x1);
            let named = divisions(viewport, &stretch.ticks(lower_unit), places, lower_names, Self::LOWER, shaper);
            let is_named_below = named.iter().any(|division| division.label.is_some());
            lower.extend(named);
            let is_beside_fold = !viewport.folds.is_empty();
            let begun = stretch.head(viewport, first_behind);
            let names = |instant: Instant| {
                let is_first = instant <= stretch.start;
                let finer = match lower_unit {
                    _ if !is_beside_fold => Vec::new(),
                    lower if !is_named_below => narrow_names(lower, if is_first { begun } else { instant }),
                    // A decade would not tell in which year a stretch begins.
                    Unit::Years(_) if is_first => Unit::Years(1).full_names(begun),
                    _ => Vec::new(),
                };
                [finer, upper_names(instant, instant < stretch.start)].concat()
            };
            let instants = stretch.ticks_from_before(upper_unit);
            upper.extend(divisions(viewport, &instants, (stretch.x0, stretch.next_x), names, Self::UPPER, shaper));
        }
        let folds = fold_marks(viewport, shaper);
        Self { upper_unit, lower_unit, upper, lower, folds }
    }

    /// Whether the lower level of a window's ruler names times of day.
    pub fn names_times(viewport: &Viewport, iso_weeks: bool) -> bool {
        matches!(lower_unit(viewport, iso_weeks), Unit::Hours(_) | Unit::Minutes(_) | Unit::Seconds(_))
    }

    /// The divisions of a window on a single level, whose names leave out what the one before says. The first may begin left of
    /// the track; a name may reach over divisions that have none then.
    ///
    /// ```text
    ///   │ Oct 2024      │ Nov   │ Dec   │ Jan 2025      │ Mar
    /// ```
    pub fn single_level(viewport: &Viewport, first_behind: FirstBehind<'_>, shaper: &mut Shaper) -> Vec<Division> {
        let unit = lower_unit(viewport, false);
        // A day or a month is named at the edge where it goes on there; "1955" at 1959 would be a tick that is not there.
        let goes_on = matches!(unit, Unit::Day | Unit::Month | Unit::Quarter | Unit::Years(1));
        let mut free_from = if goes_on { 0.0 } else { INDENT };
        let mut divisions = Vec::new();
        for (nth, stretch) in Stretch::all(viewport).into_iter().enumerate() {
            // Behind a fold the date is said anew, and at its edge the unit that goes on there.
            let mut named: Option<Instant> = None;
            let is_behind_fold = nth > 0 || stretch.x0 > 0.0;
            for instant in stretch.ticks_from_before(unit) {
                let x = viewport.x_from_instant(instant);
                let is_cut = x < stretch.x0;
                let left = if goes_on || is_behind_fold { x.max(stretch.x0) } else { x } + INDENT;
                let mut division = Division { instant, x: if is_cut { -1.0 } else { x }, label: None };
                if left >= free_from {
                    let name = match unit {
                        Unit::Years(_) if is_behind_fold && is_cut => {
                            Unit::Years(1).name_after(stretch.head(viewport, first_behind), named)
                        }
                        unit => unit.name_after(instant, named),
                    };
                    let run = shaper.shape(&name, Self::LOWER);
                    let right = left + run.width_pt;
                    if right <= viewport.width_pt - INDENT {
                        (named, free_from) = (Some(instant), right + space::S);
                        division.label = Some((left, run));
                    }
                }
                divisions.push(division);
            }
        }
        let is_of_clock = matches!(unit, Unit::Seconds(_) | Unit::Minutes(_) | Unit::Hours(_));
        if is_of_clock && divisions.iter().all(|division| division.label.is_none()) {
            // A narrow window may hold one tick, too far right for its time with the date: then the day is named that goes on there.
            let day = Unit::Day.floor(viewport.origin);
            let fits = |run: &Arc<Run>| 2.0 * INDENT + run.width_pt <= viewport.width_pt;
            let runs = Unit::Day.full_names(day).into_iter().map(|name| shaper.shape(&name, Self::LOWER));
            if let (Some(first), Some(run)) = (divisions.first_mut(), runs.into_iter().find(fits)) {
                *first = Division { instant: day, x: -1.0, label: Some((INDENT, run)) };
            }
        }
        divisions
    }
}

/// The folds of a window, each with its length where there is room.
pub(crate) fn fold_marks(viewport: &Viewport, shaper: &mut Shaper) -> Vec<FoldMark> {
    let mark = |span: FoldSpan| {
        let (left, right) = (span.x0.max(0.0), span.x1.min(viewport.width_pt));
        // One that is cut at an edge of the window has no room.
        let is_whole = span.x0 >= 0.0 && span.x1 <= viewport.width_pt;
        let words = if is_whole { calendar::length_names(span.fold.micros()) } else { Vec::new() };
        let fitting =
            |words: &String| Some(shaper.shape(words, Ruler::LOWER)).filter(|run| run.width_pt <= right - left - 2.0);
        let label = words.iter().find_map(fitting);
        FoldMark { span, label: label.map(|run| (f64::midpoint(left, right) - run.width_pt / 2.0, run)) }
    };
    viewport.folded().map(mark).collect()
}

/// The names of what holds an instant where no division of the lower level is named, finest first.
fn narrow_names(lower: Unit, instant: Instant) -> Vec<String> {
    match lower {
        Unit::Years(_) => Unit::Years(1).full_names(instant),
        Unit::Day => [Unit::Day.full_names(instant), Unit::Month.full_names(instant)].concat(),
        Unit::Week | Unit::Month => Unit::Month.full_names(instant),
        Unit::Quarter => Unit::Quarter.full_names(instant),
        // Of hours the day above is named anyhow.
        unit => unit.upper().full_names(instant),
    }
}

/// The finest unit whose divisions have room for their names at this zoom. Where the window stands does not matter: while it is
/// panned no unit gives way to another.
fn lower_unit(viewport: &Viewport, iso_weeks: bool) -> Unit {
    let has_room =
        |unit: &Unit| unit.shortest_micros() as f64 / viewport.micros_per_pt >= least_spacing_pt(*unit, iso_weeks);
    Unit::STEPS.into_iter().find(has_room).unwrap_or(Unit::Years(1_000_000))
}

/// The finest unit, from one on upwards, each of which has room at this zoom for a name with its year.
fn upper_unit(next: Unit, micros_per_pt: f64) -> Unit {
    let has_room = |unit: &Unit| unit.shortest_micros() as f64 / micros_per_pt >= full_name_pt(*unit);
    let up = |unit: &Unit| Some(unit.upper()).filter(|upper| upper != unit);
    std::iter::successors(Some(next), up).find(has_room).unwrap_or(next)
}

/// The room that the shortest name of a unit with its year takes, in the upper level, for years of up to four digits. A name is
/// left out where a far year makes it longer.
fn full_name_pt(unit: Unit) -> f64 {
    match unit {
        Unit::Seconds(_) | Unit::Minutes(_) | Unit::Hours(_) => 116.0,
        Unit::Day => 80.0,
        Unit::Week | Unit::Month | Unit::Quarter => 64.0,
        // Ten times as long as the lower level's years, which have room for their names.
        Unit::Years(_) => 0.0,
    }
}

/// The room that the names of a unit usually take. A longer one (a far year) is left out where it does not fit.
fn least_spacing_pt(unit: Unit, iso_weeks: bool) -> f64 {
    match unit {
        Unit::Week if iso_weeks => 40.0,
        Unit::Day | Unit::Week => 24.0,
        Unit::Seconds(_) | Unit::Month | Unit::Quarter => 36.0,
        Unit::Minutes(_) | Unit::Hours(_) => 44.0,
        // That of "2600 BCE".
        Unit::Years(..1_000) => 64.0,
        Unit::Years(_) => 84.0,
    }
}

/// Each with the first of its names that it has room for, between two places.
fn divisions(
    viewport: &Viewport,
    instants: &[Instant],
    (from_x, to_x): (f64, f64),
    names: impl Fn(Instant) -> Vec<String>,
    style: Style,
    shaper: &mut Shaper,
) -> Vec<Division> {
    let ends = instants.iter().skip(1).map(|next| viewport.x_from_instant(*next)).chain([f64::INFINITY]);
    let mut divisions = Vec::with_capacity(instants.len());
    for (instant, end) in instants.iter().zip(ends) {
        let x = viewport.x_from_instant(*instant);
        let left = x.max(from_x) + INDENT;
        let right = end.min(to_x) - INDENT;
        let names = if left < right { names(*instant) } else { Vec::new() };
        let fitting = |name: String| Some(shaper.shape(&name, style)).filter(|run| left + run.width_pt <= right);
        let label = names.into_iter().find_map(fitting).map(|run| (left, run));
        divisions.push(Division { instant: *instant, x: if x < from_x { -1.0 } else { x }, label });
    }
    divisions
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::{Fold, Folds};
    use crate::time::CivilDay;

    const UNKNOWN: FirstBehind<'static> = &|_| None;

    fn labels(divisions: &[Division]) -> Vec<(f64, f64, String)> {
        let shown = divisions.iter().filter_map(|division| division.label.as_ref());
        shown.map(|(x, run)| (*x, *x + run.width_pt, run.text.to_string())).collect()
    }

    #[test]
    fn the_ratification_weeks_are_named_by_month_and_day() {
        let day = |month, day| Instant::from_day(CivilDay::new(2024, month, day)).expect("on the axis");
        let ruler =
            Ruler::of(&Viewport::spanning(day(10, 10), day(11, 15), 1000.0), false, UNKNOWN, &mut Shaper::new());
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
        let noon =
            Instant::from_day(CivilDay::new(2024, 10, 24)).expect("on the axis").saturating_add(12 * Instant::HOUR);
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
        assert_eq!(months, ["Oct 2024", "Dec", "Jan 2025", "Feb"]);
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
        assert_eq!(names(&ruler.upper), ["1961", "February 2000", "2024", "2025"]);
        assert_eq!(names(&ruler.lower).join(" "), "Jul May Jun Jul Aug Sep Oct Nov Dec Jan");
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
        for (left, _, words) in labels {
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
            let is_there = at(left - INDENT) <= year + length && year <= at(left + HEADED);
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
                let first_behind = |end: Instant| (end == day(1913, 3, 1)).then_some(first);
                let ruler = Ruler::of(&viewport, false, &first_behind, &mut Shaper::new());
                let single = Ruler::single_level(&viewport, &first_behind, &mut Shaper::new());
                [labels(&ruler.upper), labels(&single)].map(|level| {
                    let x = viewport.x_from_instant(day(1913, 3, 1));
                    level.into_iter().find(|label| label.0 >= x).map(|label| label.2)
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
            let ruler = Ruler::of(&viewport, false, &|_| None, &mut Shaper::new());
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
            let mut at = Instant::from_micros(start).saturating_add((-before * micros_per_pt) as i64);
            let folds = Folds::of(places.iter().map(|(free_pt, longer)| {
                let start = at.saturating_add((free_pt * micros_per_pt) as i64);
                // None is longer than a century, so that all years have up to four digits.
                let longest = (36_525 * Instant::DAY) as f64;
                at = start.saturating_add((Viewport::FOLD_PT * micros_per_pt * longer.exp()).min(longest) as i64);
                Fold { start, end: at }
            }));
            let viewport = Viewport { origin: Instant::from_micros(start), micros_per_pt, width_pt, folds };
            let ruler = Ruler::of(&viewport, iso_weeks, UNKNOWN, &mut Shaper::new());
            let upper = labels(&ruler.upper);
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
                    prop_assert!(upper.iter().any(|label| is_here(label.0)), "{stretch:?} is unnamed among {upper:?}");
                }
                if stretch.x1 - stretch.x0 >= Ruler::LEAST_WIDTH {
                    let is_named = |division: &Division| {
                        let label = division.label.as_ref().filter(|(x, _)| is_here(*x));
                        label.is_some_and(|(_, run)| names_a_date(&run.text, division.instant, ruler.lower_unit))
                    };
                    prop_assert!(iso_weeks || ruler.upper.iter().any(is_named), "{upper:?} over {:?}", ruler.lower_unit);
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
}
