//! The window onto the time axis.
//!
//! The axis is a piecewise linear map from time to x. Outside folds a point is the same stretch of time everywhere, so lengths can
//! be compared across folds; a fold takes a fixed width, however long it is:
//!
//! ```text
//!   time   1961 · · · · · · · · · · · · · · · · · · 2000  2001
//!               ╲                             ╱
//!   x      1961 ·⌇39 years⌇ ·  ·  ·  ·  ·  ·  · 2000  2001
//!               └Viewport::FOLD_PT┘
//! ```
//!
//! A stretch that takes no more than that width at the scale of the others is shown at this scale, so that a fold opens without
//! a jump while the window is zoomed out. Zooming in at a fold moves what stands beside it away; the fold stays under the pointer
//! and stays as wide.

use crate::index::{Fold, Folds, Index};
use crate::time::Instant;

/// Share of the extent that stays free on each side when everything is shown.
const FIT_MARGIN: f64 = 0.03;
/// The least that stays free there, in points: half of the smallest mark, with what shows that it is selected.
const LEAST_MARGIN_PT: f64 = 14.0;
/// The most, as a share of the width.
const MOST_MARGIN: f64 = 0.2;
/// The least share of a window that all there is takes up, for what is outside to be no more than a margin.
const LEAST_WITHIN: f64 = 0.25;
/// The window of an empty timeline: 2020 to 2030.
const DEFAULT_START: Instant = Instant::from_micros(18_262 * Instant::DAY);
const DEFAULT_END: Instant = Instant::from_micros(21_915 * Instant::DAY);
/// How often the scale of a folded window is halved between its bounds: as often as there are bits in it.
const HALVINGS: usize = 80;

/// Maps instants to x in points. Positions are differences to `origin`, so they stay exact at any epoch and zoom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// The instant at x = 0.
    pub origin: Instant,
    /// Microseconds per point outside folds; positive.
    pub micros_per_pt: f64,
    /// Width of the track in points.
    pub width_pt: f64,
    /// What the axis leaves out.
    pub folds: Folds,
}

/// A fold as it stands in a window, which it may reach beyond.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FoldSpan {
    /// What is left out.
    pub fold: Fold,
    /// Its left edge, in points from the left of the track.
    pub x0: f64,
    /// Its right edge.
    pub x1: f64,
}

impl Viewport {
    /// The narrowest zoom: a point is a hundredth of a second.
    pub const MIN_MICROS_PER_PT: f64 = 10_000.0;
    /// The widest zoom: a point is 500 years, so the whole axis fits a window.
    pub const MAX_MICROS_PER_PT: f64 = 500.0 * 365.2425 * Instant::DAY as f64;
    /// The width of a fold, in points: there is room in it for how long it is.
    pub const FOLD_PT: f64 = 60.0;

    /// The window from `start` to `end` across `width_pt` points, without folds.
    pub fn spanning(start: Instant, end: Instant, width_pt: f64) -> Self {
        let micros_per_pt = micros_between(start, end) as f64 / width_pt.max(1.0);
        let micros_per_pt = micros_per_pt.clamp(Self::MIN_MICROS_PER_PT, Self::MAX_MICROS_PER_PT);
        Self { origin: start, micros_per_pt, width_pt, folds: Folds::NONE }
    }

    /// The window from `start` to `end` with the folds and the width of this one.
    #[must_use]
    pub fn showing(&self, start: Instant, end: Instant) -> Self {
        Self::spanning_folded(start, end, self.folds, self.width_pt)
    }

    /// The window from `start` to `end` across `width_pt` points of a folded axis.
    pub fn spanning_folded(start: Instant, end: Instant, folds: Folds, width_pt: f64) -> Self {
        let at = |micros_per_pt: f64| Self { origin: start, micros_per_pt, width_pt, folds };
        let plain = at(Self::spanning(start, end, width_pt).micros_per_pt);
        // Folding only shortens, so no scale that is wider than the plain one can be the answer; the wider, the fewer are folded.
        let is_folded = |fold: &Fold| fold.start < end && start < fold.end && plain.is_folded(fold);
        if !folds.as_slice().iter().any(is_folded) || folds.unfolded_micros(start, end) == 0 {
            return plain;
        }
        // The wider the scale, the less room the stretch takes: halved by the logarithm until no number lies between.
        let (mut fine, mut wide) = (Self::MIN_MICROS_PER_PT.ln(), plain.micros_per_pt.ln());
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(fine, wide);
            if at(middle.exp()).x_from_instant(end) > width_pt { fine = middle } else { wide = middle }
        }
        at(wide.exp())
    }

    /// All that an index holds, with a margin on both sides for marks and labels; the 2020s where it holds nothing that is
    /// dated.
    pub fn fit(index: &Index, width_pt: f64) -> Self {
        Self::fit_extent(index.extent(), width_pt)
    }

    /// The same of a stretch of time: all that was found, for example.
    pub fn fit_extent(extent: Option<(Instant, Instant)>, width_pt: f64) -> Self {
        Self::fit_folded(extent, Folds::NONE, width_pt)
    }

    /// The same on a folded axis.
    pub fn fit_folded(extent: Option<(Instant, Instant)>, folds: Folds, width_pt: f64) -> Self {
        let (start, end) = extent.unwrap_or((DEFAULT_START, DEFAULT_END));
        let span = end.saturating_since(start);
        let least_pt = LEAST_MARGIN_PT.min(width_pt.max(1.0) * MOST_MARGIN);
        let share = FIT_MARGIN.max(least_pt / (width_pt.max(1.0) - 2.0 * least_pt));
        // A single instant still needs a window around it.
        let margin = if span == 0 { Instant::DAY } else { (span as f64 * share) as i64 };
        let plain = Self::spanning(start.saturating_add(-margin), end.saturating_add(margin), width_pt);
        let plain = Self { folds, ..plain };
        if !folds.as_slice().iter().any(|fold| plain.is_folded(fold)) {
            return plain;
        }
        let margin_pt = width_pt * share / (1.0 + 2.0 * share);
        let within = Self::spanning_folded(start, end, folds, (width_pt - 2.0 * margin_pt).max(1.0));
        Self { origin: within.instant_from_x(-margin_pt), width_pt, ..within }
    }

    /// The same stretch of time across another width: what was shown stays shown, and no other time comes into sight. Where
    /// the zoom ends, the middle stays where it is.
    #[must_use]
    pub fn resized(&self, width_pt: f64) -> Self {
        // A window that has had no width yet shows nothing that could be kept.
        if width_pt == self.width_pt || self.width_pt <= 0.0 || width_pt <= 0.0 {
            return Self { width_pt, ..*self };
        }
        if !self.folds.is_empty() {
            return Self::spanning_folded(self.origin, self.end(), self.folds, width_pt);
        }
        let middle = self.instant_from_x(self.width_pt / 2.0);
        let micros_per_pt =
            (self.micros_per_pt * self.width_pt / width_pt).clamp(Self::MIN_MICROS_PER_PT, Self::MAX_MICROS_PER_PT);
        let origin = middle.saturating_add(-(width_pt / 2.0 * micros_per_pt).round() as i64);
        Self { origin, micros_per_pt, width_pt, ..*self }
    }

    /// Where an instant stands, in points from the left of the track.
    pub fn x_from_instant(&self, instant: Instant) -> f64 {
        if self.folds.is_empty() {
            // Both stand within the axis: their difference mostly has room in 64 bits, which are turned into a number ten times as
            // fast as 128.
            let (from, to) = (self.origin.micros(), instant.micros());
            let between = to.checked_sub(from).map(|between| between as f64);
            return between.unwrap_or_else(|| micros_between(self.origin, instant) as f64) / self.micros_per_pt;
        }
        // Folded and unfolded time are summed apart, each exactly: a difference of two large sums would lose the small ones.
        let (from, to) = (self.origin.min(instant), self.origin.max(instant));
        let (mut unfolded, mut folded_pt) = (micros_between(from, to), 0.0);
        for fold in self.folds.as_slice().iter().filter(|fold| self.is_folded(fold)) {
            let part = micros_between(fold.start.max(from), fold.end.min(to));
            if part > 0 {
                unfolded -= part;
                folded_pt += Self::FOLD_PT * (part as f64 / micros_between(fold.start, fold.end) as f64);
            }
        }
        let x = unfolded as f64 / self.micros_per_pt + folded_pt;
        if instant < self.origin { -x } else { x }
    }

    /// Which instant stands at `x`; stops at the ends of the axis.
    pub fn instant_from_x(&self, x: f64) -> Instant {
        // `as` saturates, which is what stops at the ends.
        let beyond = |from: Instant, x: f64| from.saturating_add((x * self.micros_per_pt).round() as i64);
        let mut at = self.origin;
        let mut left = x.abs();
        let folds = self.folds.as_slice().iter().filter(|fold| self.is_folded(fold));
        if x >= 0.0 {
            for fold in folds.filter(|fold| fold.end > self.origin) {
                let free_pt = micros_between(at, fold.start).max(0) as f64 / self.micros_per_pt;
                if left < free_pt {
                    break;
                }
                left -= free_pt;
                at = at.max(fold.start);
                let micros_per_pt = micros_between(fold.start, fold.end) as f64 / Self::FOLD_PT;
                let folded_pt = micros_between(at, fold.end) as f64 / micros_per_pt;
                if left < folded_pt {
                    return at.saturating_add((left * micros_per_pt).round() as i64);
                }
                left -= folded_pt;
                at = fold.end;
            }
            return beyond(at, left);
        }
        for fold in folds.rev().filter(|fold| fold.start < self.origin) {
            let free_pt = micros_between(fold.end, at).max(0) as f64 / self.micros_per_pt;
            if left < free_pt {
                break;
            }
            left -= free_pt;
            at = at.min(fold.end);
            let micros_per_pt = micros_between(fold.start, fold.end) as f64 / Self::FOLD_PT;
            let folded_pt = micros_between(fold.start, at) as f64 / micros_per_pt;
            if left < folded_pt {
                return at.saturating_add(-(left * micros_per_pt).round() as i64);
            }
            left -= folded_pt;
            at = fold.start;
        }
        beyond(at, -left)
    }

    /// The instant at the right edge.
    pub fn end(&self) -> Instant {
        self.instant_from_x(self.width_pt)
    }

    /// The instant that stands `dx` points right of another, left of it where that is negative.
    pub fn beside(&self, instant: Instant, dx: f64) -> Instant {
        if self.folds.is_empty() {
            return instant.saturating_add((dx * self.micros_per_pt) as i64);
        }
        Self { origin: instant, ..*self }.instant_from_x(dx)
    }

    /// Zoomed by `factor` (above 1 shows less time) with the instant at `x` staying where it is.
    #[must_use]
    pub fn zoomed(&self, factor: f64, x: f64) -> Self {
        let micros_per_pt = (self.micros_per_pt / factor).clamp(Self::MIN_MICROS_PER_PT, Self::MAX_MICROS_PER_PT);
        let fixed = self.instant_from_x(x);
        Self { origin: fixed, micros_per_pt, ..*self }.panned(x)
    }

    /// Moved by `dx` points: positive shows earlier time.
    #[must_use]
    pub fn panned(&self, dx: f64) -> Self {
        Self { origin: self.instant_from_x(-dx), ..*self }
    }

    /// The same stretch of time with other folds, at the zoom that it then has.
    ///
    /// What is seen outside `extent`, the time in which there is anything, keeps its width: as long as it was it would be most of what
    /// is left. A window of which all is folded has the fold in its middle, and what stands beside it.
    #[must_use]
    pub fn refolded(&self, folds: Folds, extent: Option<(Instant, Instant)>) -> Self {
        let end = self.end();
        if let Some(fold) = folds.at(self.origin).filter(|fold| end <= fold.end) {
            let window = Self { folds, ..*self };
            let middle = f64::midpoint(window.x_from_instant(fold.start), window.x_from_instant(fold.end));
            return window.panned(self.width_pt / 2.0 - middle);
        }
        let (first, last) = extent.unwrap_or((self.origin, end));
        let (start, until) = (first.max(self.origin), last.min(end));
        let (x0, x1) = (self.x_from_instant(start), self.x_from_instant(until));
        if x1 - x0 < self.width_pt * LEAST_WITHIN {
            return Self::spanning_folded(self.origin, end, folds, self.width_pt);
        }
        let within = Self::spanning_folded(start, until, folds, x1 - x0);
        Self { origin: within.instant_from_x(-x0), width_pt: self.width_pt, ..within }
    }

    /// Whether a stretch that shall be folded is so at this scale: one that takes no more room unfolded is not.
    pub fn is_folded(&self, fold: &Fold) -> bool {
        micros_between(fold.start, fold.end) as f64 > Self::FOLD_PT * self.micros_per_pt
    }

    /// How much time a point is where an instant stands, in microseconds: in a fold it is more.
    pub fn micros_per_pt_at(&self, instant: Instant) -> f64 {
        let fold = self.folds.at(instant).filter(|fold| self.is_folded(fold));
        fold.map_or(self.micros_per_pt, |fold| micros_between(fold.start, fold.end) as f64 / Self::FOLD_PT)
    }

    /// The folds without those stretches that are not folded at this scale.
    pub fn folds_in_effect(&self) -> Folds {
        if self.folds.is_empty() {
            return Folds::NONE;
        }
        Folds::of(self.folds.as_slice().iter().copied().filter(|fold| self.is_folded(fold)))
    }

    /// The folds of which something is in the window, from left to right.
    pub fn folded(&self) -> impl Iterator<Item = FoldSpan> + use<'_> {
        let span = |fold: &Fold| {
            let (x0, x1) = (self.x_from_instant(fold.start), self.x_from_instant(fold.end));
            (x0 < self.width_pt && x1 > 0.0).then_some(FoldSpan { fold: *fold, x0, x1 })
        };
        self.folds.as_slice().iter().filter(|fold| self.is_folded(fold)).filter_map(span)
    }

    /// The fold at `x`.
    pub fn fold_at(&self, x: f64) -> Option<FoldSpan> {
        self.folded().find(|span| span.x0 <= x && x < span.x1)
    }

    /// The stretches of the window between its folds, from left to right, each with its first instant and the first after it.
    pub fn stretches(&self) -> Vec<(Instant, Instant)> {
        let (mut from, end) = (self.origin, self.end());
        let mut stretches = Vec::new();
        for FoldSpan { fold, .. } in self.folded() {
            stretches.push((from, fold.start.min(end)));
            from = fold.end;
        }
        stretches.push((from, end));
        stretches.retain(|(start, end)| start < end);
        stretches
    }
}

/// From one instant to another, in microseconds; negative where the other is earlier.
fn micros_between(start: Instant, end: Instant) -> i128 {
    i128::from(end.micros()) - i128::from(start.micros())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_viewport() -> impl Strategy<Value = Viewport> {
        let (least, most) = (Viewport::MIN_MICROS_PER_PT.ln(), Viewport::MAX_MICROS_PER_PT.ln());
        // Half of the axis, so that the window does not run past its ends.
        (i64::MIN / 2..i64::MAX / 2, least..most).prop_map(|(origin, zoom)| Viewport {
            origin: Instant::from_micros(origin),
            micros_per_pt: zoom.exp(),
            width_pt: 1000.0,
            folds: Folds::NONE,
        })
    }

    /// A window with folds in and around it, from some that are too short to be folded at its scale to some of millennia.
    fn folded_viewport() -> impl Strategy<Value = Viewport> {
        // Before each fold so many points are free; it is so many times as long as what is as wide as a fold.
        let folds = prop::collection::vec((0.5_f64..600.0, -2.0_f64..12.0), 1..8);
        let zoom = Viewport::MIN_MICROS_PER_PT.ln()..(400.0 * Instant::DAY as f64).ln();
        (-1_i64 << 60..1_i64 << 60, zoom, folds).prop_map(|(origin, zoom, folds)| {
            let micros_per_pt = zoom.exp();
            let mut at = Instant::from_micros(origin).saturating_add((-600.0 * micros_per_pt) as i64);
            let mut stretches = Vec::new();
            for (free_pt, longer) in folds {
                let start = at.saturating_add((free_pt * micros_per_pt) as i64 + 1);
                let longest = (1_i64 << 57) as f64;
                at = start.saturating_add((Viewport::FOLD_PT * micros_per_pt * longer.exp()).min(longest) as i64);
                stretches.push(Fold { start, end: at });
            }
            let folds = Folds::of(stretches);
            Viewport { origin: Instant::from_micros(origin), micros_per_pt, width_pt: 1000.0, folds }
        })
    }

    proptest! {
        #[test]
        fn a_place_and_its_instant_agree(viewport in any_viewport(), x in 0.0_f64..200.0) {
            let there_and_back = viewport.x_from_instant(viewport.instant_from_x(x));
            prop_assert!((there_and_back - x).abs() < 0.5);
        }

        #[test]
        fn zooming_keeps_what_is_under_the_pointer(viewport in any_viewport(), x in 0.0_f64..200.0, factor in 0.25_f64..4.0) {
            let fixed = viewport.instant_from_x(x);
            prop_assert!((viewport.zoomed(factor, x).x_from_instant(fixed) - x).abs() < 0.5);
        }
    }

    proptest! {
        #[test]
        fn another_width_shows_the_same_time(viewport in any_viewport(), width_pt in 200.0_f64..3000.0) {
            // What reaches past the end of the axis has no end that could stay where it is.
            prop_assume!(viewport.end() < Instant::MAX);
            let resized = viewport.resized(width_pt);
            let is_at_an_end = [Viewport::MIN_MICROS_PER_PT, Viewport::MAX_MICROS_PER_PT].contains(&resized.micros_per_pt);
            let pt = |from: Instant, to: Instant| (to.micros() - from.micros()) as f64 / resized.micros_per_pt;
            let middle = |viewport: &Viewport| viewport.instant_from_x(viewport.width_pt / 2.0);
            prop_assert!(pt(middle(&viewport), middle(&resized)).abs() < 0.5);
            prop_assert!(is_at_an_end || pt(viewport.origin, resized.origin).abs() < 0.5);
            prop_assert!(is_at_an_end || pt(viewport.end(), resized.end()).abs() < 0.5);
        }

        #[test]
        fn on_a_folded_axis_a_place_and_its_instant_agree(viewport in folded_viewport(), x in -500.0_f64..1500.0) {
            let there_and_back = viewport.x_from_instant(viewport.instant_from_x(x));
            prop_assert!((there_and_back - x).abs() < 0.5, "{x} is {there_and_back}");
        }

        #[test]
        fn later_is_further_right(viewport in folded_viewport(), mut xs in prop::collection::vec(-900.0_f64..1900.0, 2..20)) {
            xs.sort_by(f64::total_cmp);
            let instants: Vec<Instant> = xs.iter().map(|x| viewport.instant_from_x(*x)).collect();
            prop_assert!(instants.is_sorted());
            let stands: Vec<f64> = instants.iter().map(|instant| viewport.x_from_instant(*instant)).collect();
            prop_assert!(stands.is_sorted());
            for (pair, at) in stands.windows(2).zip(instants.windows(2)) {
                prop_assert!(at[0] == at[1] || pair[0] < pair[1]);
            }
        }

        #[test]
        fn what_is_not_folded_has_one_scale(viewport in folded_viewport(), at in 0.0_f64..1.0, until in 0.0_f64..1.0) {
            for (start, end) in viewport.stretches() {
                let part = |share: f64| start.saturating_add((end.saturating_since(start) as f64 * share) as i64);
                let (a, b) = (part(at.min(until)), part(at.max(until)));
                let width_pt = viewport.x_from_instant(b) - viewport.x_from_instant(a);
                let own_pt = b.saturating_since(a) as f64 / viewport.micros_per_pt;
                prop_assert!((width_pt - own_pt).abs() < 1e-3, "{width_pt} for {own_pt}");
            }
        }

        #[test]
        fn panning_moves_everything_alike(viewport in folded_viewport(), dx in -700.0_f64..700.0, x in -200.0_f64..1200.0) {
            let instant = viewport.instant_from_x(x);
            let before = viewport.x_from_instant(instant);
            let after = viewport.panned(dx).x_from_instant(instant);
            prop_assert!((after - before - dx).abs() < 0.1, "{before} moved by {dx} to {after}");
        }

        #[test]
        fn zooming_keeps_what_is_under_the_pointer_in_a_fold_too(
            viewport in folded_viewport(),
            x in 0.0_f64..1000.0,
            factor in 0.25_f64..4.0,
        ) {
            let fixed = viewport.instant_from_x(x);
            let zoomed = viewport.zoomed(factor, x);
            prop_assert!((zoomed.x_from_instant(fixed) - x).abs() < 0.5);
        }

        #[test]
        fn no_step_of_the_wheel_lets_anything_jump(
            viewport in folded_viewport(),
            x in 0.0_f64..1000.0,
            other in 0.0_f64..1000.0,
            factor in -1e-6_f64..1e-6,
        ) {
            let instant = viewport.instant_from_x(other);
            let zoomed = viewport.zoomed(1.0 + factor, x);
            let moved = zoomed.x_from_instant(instant) - viewport.x_from_instant(instant);
            // A thousand points are a thousandth of a point longer; rounding to microseconds is as little.
            prop_assert!(moved.abs() < 0.02, "{moved}");
        }

        #[test]
        fn a_stretch_fills_the_width_it_is_given(viewport in folded_viewport(), from in 0.0_f64..400.0, to in 600.0_f64..1000.0) {
            let (start, end) = (viewport.instant_from_x(from), viewport.instant_from_x(to));
            let shown = viewport.showing(start, end);
            prop_assert_eq!(shown.origin, start);
            if viewport.folds.unfolded_micros(start, end) as f64 > 1_000.0 * Viewport::MIN_MICROS_PER_PT {
                prop_assert!((shown.x_from_instant(end) - 1000.0).abs() < 0.5, "{}", shown.x_from_instant(end));
            }
        }

        #[test]
        fn another_width_shows_the_same_folded_time(viewport in folded_viewport(), width_pt in 800.0_f64..3000.0) {
            let resized = viewport.resized(width_pt);
            prop_assert_eq!(resized.origin, viewport.origin);
            if viewport.folds.unfolded_micros(viewport.origin, viewport.end()) as f64 > 3_000.0 * Viewport::MIN_MICROS_PER_PT {
                prop_assert!((resized.x_from_instant(viewport.end()) - width_pt).abs() < 0.5);
            }
        }

        #[test]
        fn without_folds_nothing_is_folded(viewport in any_viewport(), x in -200.0_f64..200.0) {
            // Folds far away change no place, and no fold is the map that was there before.
            let far = Fold { start: Instant::MAX.saturating_add(-10), end: Instant::MAX };
            let other = Viewport { folds: Folds::of([far]), ..viewport };
            prop_assert_eq!(viewport.instant_from_x(x), other.instant_from_x(x));
            let instant = viewport.instant_from_x(x);
            prop_assert!((viewport.x_from_instant(instant) - other.x_from_instant(instant)).abs() < 1e-6);
        }
    }

    #[test]
    fn everything_fits_with_a_margin() {
        let event =
            |id: &str, date: &str| crate::model::Event::new(id, id, crate::time::Date::parse(date).expect(date));
        let header = crate::model::Timeline::empty("T").header().clone();
        let events = vec![event("first", "-0043-03-15"), event("last", "2024-10")];
        let timeline = crate::model::Timeline::from_records(header, vec![], vec![], events, vec![], vec![]);
        let index = Index::build(&timeline, crate::time::Zone::UTC);
        let viewport = Viewport::fit(&index, 1000.0);
        let (start, end) = index.extent().expect("dated");
        let (x0, x1) = (viewport.x_from_instant(start), viewport.x_from_instant(end));
        assert!(20.0 < x0 && x0 < 40.0 && 960.0 < x1 && x1 < 980.0, "{x0} and {x1}");
    }

    #[test]
    fn an_empty_timeline_opens_on_the_present_decade() {
        let viewport = Viewport::fit(&Index::default(), 1000.0);
        assert!(viewport.origin <= DEFAULT_START && DEFAULT_END <= viewport.end());
    }
}
