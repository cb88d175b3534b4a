//! The window onto the time axis.

use crate::index::Index;
use crate::time::Instant;

/// Share of the extent that stays free on each side when everything is shown.
const FIT_MARGIN: f64 = 0.03;
/// The window of an empty timeline: 2020 to 2030.
const DEFAULT_START: Instant = Instant::from_micros(18_262 * Instant::DAY);
const DEFAULT_END: Instant = Instant::from_micros(21_915 * Instant::DAY);

/// Maps instants to x in points. Positions are differences to `origin`, so they stay exact at any epoch and zoom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// The instant at x = 0.
    pub origin: Instant,
    /// Microseconds per point; positive.
    pub micros_per_pt: f64,
    /// Width of the track in points.
    pub width_pt: f64,
}

impl Viewport {
    /// The narrowest zoom: a point is a hundredth of a second.
    pub const MIN_MICROS_PER_PT: f64 = 10_000.0;
    /// The widest zoom: a point is 500 years, so the whole axis fits a window.
    pub const MAX_MICROS_PER_PT: f64 = 500.0 * 365.2425 * Instant::DAY as f64;

    /// The window from `start` to `end` across `width_pt` points.
    pub fn spanning(start: Instant, end: Instant, width_pt: f64) -> Self {
        let span = (i128::from(end.micros()) - i128::from(start.micros())) as f64;
        let micros_per_pt = (span / width_pt.max(1.0)).clamp(Self::MIN_MICROS_PER_PT, Self::MAX_MICROS_PER_PT);
        Self { origin: start, micros_per_pt, width_pt }
    }

    /// All that an index holds, with a margin on both sides for marks and labels; the 2020s where it holds nothing that is
    /// dated.
    pub fn fit(index: &Index, width_pt: f64) -> Self {
        Self::fit_extent(index.extent(), width_pt)
    }

    /// The same of a stretch of time: all that was found, for example.
    pub fn fit_extent(extent: Option<(Instant, Instant)>, width_pt: f64) -> Self {
        let (start, end) = extent.unwrap_or((DEFAULT_START, DEFAULT_END));
        let span = end.saturating_since(start);
        // A single instant still needs a window around it.
        let margin = if span == 0 { Instant::DAY } else { (span as f64 * FIT_MARGIN) as i64 };
        Self::spanning(start.saturating_add(-margin), end.saturating_add(margin), width_pt)
    }

    /// The same stretch of time across another width: what was shown stays shown, and no other time comes into sight. Where
    /// the zoom ends, the middle stays where it is.
    #[must_use]
    pub fn resized(&self, width_pt: f64) -> Self {
        // A window that has had no width yet shows nothing that could be kept.
        if width_pt == self.width_pt || self.width_pt <= 0.0 || width_pt <= 0.0 {
            return Self { width_pt, ..*self };
        }
        let middle = self.instant_from_x(self.width_pt / 2.0);
        let micros_per_pt =
            (self.micros_per_pt * self.width_pt / width_pt).clamp(Self::MIN_MICROS_PER_PT, Self::MAX_MICROS_PER_PT);
        let origin = middle.saturating_add(-(width_pt / 2.0 * micros_per_pt).round() as i64);
        Self { origin, micros_per_pt, width_pt }
    }

    /// Where an instant stands, in points from the left of the track.
    pub fn x_from_instant(&self, instant: Instant) -> f64 {
        (i128::from(instant.micros()) - i128::from(self.origin.micros())) as f64 / self.micros_per_pt
    }

    /// Which instant stands at `x`; stops at the ends of the axis.
    pub fn instant_from_x(&self, x: f64) -> Instant {
        // `as` saturates, which is what stops at the ends.
        self.origin.saturating_add((x * self.micros_per_pt).round() as i64)
    }

    /// The instant at the right edge.
    pub fn end(&self) -> Instant {
        self.instant_from_x(self.width_pt)
    }

    /// Zoomed by `factor` (above 1 shows less time) with the instant at `x` staying where it is.
    pub fn zoomed(&self, factor: f64, x: f64) -> Self {
        let micros_per_pt = (self.micros_per_pt / factor).clamp(Self::MIN_MICROS_PER_PT, Self::MAX_MICROS_PER_PT);
        let fixed = self.instant_from_x(x);
        let origin = fixed.saturating_add((-x * micros_per_pt).round() as i64);
        Self { origin, micros_per_pt, width_pt: self.width_pt }
    }

    /// Moved by `dx` points: positive shows earlier time.
    pub fn panned(&self, dx: f64) -> Self {
        Self { origin: self.instant_from_x(-dx), ..*self }
    }
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
            let resized = viewport.resized(width_pt);
            let is_at_an_end = [Viewport::MIN_MICROS_PER_PT, Viewport::MAX_MICROS_PER_PT].contains(&resized.micros_per_pt);
            let pt = |from: Instant, to: Instant| (to.micros() - from.micros()) as f64 / resized.micros_per_pt;
            let middle = |viewport: &Viewport| viewport.instant_from_x(viewport.width_pt / 2.0);
            prop_assert!(pt(middle(&viewport), middle(&resized)).abs() < 0.5);
            prop_assert!(is_at_an_end || pt(viewport.origin, resized.origin).abs() < 0.5);
            prop_assert!(is_at_an_end || pt(viewport.end(), resized.end()).abs() < 0.5);
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
