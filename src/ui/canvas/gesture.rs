//! What the pointer is doing on the track while a button is held.
//!
//! A gesture begins at a press, previews while it runs, and says at the release what it comes to; nothing is changed
//! before. Positions are instants and content heights, not pixels, so that a wheel turned meanwhile does no harm.

use super::change::{Grip, Outcome, unit_micros};
use super::eras::HeldEra;
use crate::layout::Viewport;
use crate::model::Text;
use crate::time::{Date, Instant, Precision, Zone};

/// The running gesture.
#[derive(Debug, Clone, Default)]
pub(super) enum Gesture {
    /// None.
    #[default]
    Idle,
    /// The ground is held: this instant and this height of the content stay under the pointer.
    Pan {
        /// Under the pointer at the press.
        instant: Instant,
        /// Height in the scrolled content under the pointer at the press, in points.
        content_y: f64,
        /// The window before, for Escape.
        before: Box<Viewport>,
        /// The scroll before, for Escape.
        scroll_before: f64,
    },
    /// A range to zoom to is stretched from here.
    Range {
        /// Where it began.
        from: Instant,
    },
    /// A rubber band is stretched from here: what it touches is selected.
    Band {
        /// The instant at its corner.
        from: Instant,
        /// Height in the scrolled content at its corner, in points.
        content_y: f64,
    },
    /// A stretch of time to be folded is stretched from here.
    Fold {
        /// Where it began.
        from: Instant,
    },
    /// A span for a new event is stretched from here.
    Span {
        /// Where it began.
        from: Instant,
        /// The lane in which it began.
        lane: Option<Text>,
    },
    /// A stretch of time for a new era is stretched from here.
    Era {
        /// Where it began.
        from: Instant,
    },
    /// An era is moved or resized.
    HeldEra(Box<HeldEra>),
    /// The time from one point or event to another is measured; what has been measured is kept by the canvas.
    Measure,
    /// A link is drawn from an event.
    Link {
        /// The id of the event.
        event: Text,
        /// Where the line begins, on the screen.
        at: egui::Pos2,
        /// The event under the pointer, by id.
        over: Option<Text>,
    },
    /// A band is carried by its name to another place among the bands.
    Arrange {
        /// Its position.
        band: usize,
        /// Its title: bands may be derived anew while it is held.
        title: String,
        /// How many bands stand above where it would land.
        above: usize,
    },
    /// An event is moved or resized.
    Change {
        /// The event's id.
        event: Text,
        /// What of it is held.
        grip: Grip,
        /// The band in which it is held: it may stand in several.
        band: Option<usize>,
        /// The instant under the pointer at the press.
        from: Instant,
        /// What a release would come to.
        outcome: Box<Outcome>,
    },
}

impl Gesture {
    /// Whether a button is held for it.
    pub(super) fn is_running(&self) -> bool {
        !matches!(self, Self::Idle)
    }
}

/// Points that the finest unit written by pointing must take up: below that, a hand could not tell two of them apart.
const POINTABLE_PT: f64 = 5.0;

/// The precision with which a date can be pointed at in this window, coarser in a fold.
pub(super) fn pointed_precision(viewport: &Viewport, at: Instant) -> Precision {
    let units =
        [Precision::Minute, Precision::Day, Precision::Month, Precision::Year, Precision::Decade, Precision::Century];
    let has_room = |unit: &Precision| unit_micros(*unit) / viewport.micros_per_pt_at(at) >= POINTABLE_PT;
    units.into_iter().find(has_room).unwrap_or(Precision::Millennium)
}

/// The date that pointing at an instant of the axis of `zone` means in this window.
pub(super) fn pointed_date(viewport: &Viewport, at: Instant, zone: Zone) -> Date {
    Date::at_precision(at, pointed_precision(viewport, at), zone)
}

/// The date that a stretch between two instants means in this window: a span of units as fine as can be pointed at, or one
/// such unit.
pub(super) fn pointed_span(viewport: &Viewport, from: Instant, to: Instant, zone: Zone) -> Option<Date> {
    let start = pointed_date(viewport, from.min(to), zone);
    let end = pointed_date(viewport, from.max(to), zone);
    if start == end {
        return Some(start);
    }
    Date::parse(&format!("{start}/{end}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(days_per_1000_pt: f64) -> Viewport {
        Viewport {
            origin: Instant::default(),
            micros_per_pt: days_per_1000_pt * Instant::DAY as f64 / 1000.0,
            width_pt: 1000.0,
            folds: crate::index::Folds::NONE,
        }
    }

    #[test]
    fn pointing_never_writes_finer_than_a_hand_can_point() {
        assert_eq!(pointed_precision(&window(0.1), Instant::default()), Precision::Minute);
        assert_eq!(pointed_precision(&window(2.0), Instant::default()), Precision::Day);
        assert_eq!(pointed_precision(&window(60.0), Instant::default()), Precision::Day);
        assert_eq!(pointed_precision(&window(2_000.0), Instant::default()), Precision::Month);
        assert_eq!(pointed_precision(&window(40_000.0), Instant::default()), Precision::Year);
        assert_eq!(pointed_precision(&window(9_000_000.0), Instant::default()), Precision::Millennium);
    }

    #[test]
    fn a_stretch_is_a_span_whichever_way_it_was_drawn_and_one_unit_is_that_unit() {
        let viewport = window(60.0);
        let day = |n: i64| Instant::from_micros(n * Instant::DAY + Instant::HOUR);
        let forth = pointed_span(&viewport, day(0), day(9), Zone::UTC).map(|date| date.to_string());
        let back = pointed_span(&viewport, day(9), day(0), Zone::UTC).map(|date| date.to_string());
        assert_eq!(forth.as_deref(), Some("1970-01-01/1970-01-10"));
        assert_eq!(forth, back);
        let one = pointed_span(&viewport, day(3), day(3).saturating_add(Instant::HOUR), Zone::UTC)
            .map(|date| date.to_string());
        assert_eq!(one.as_deref(), Some("1970-01-04"));
    }

    #[test]
    fn a_stretch_is_a_date_at_every_zoom_and_age() {
        for year in [-200_000, -10_000, -4_000, -44, -1, 0, 50, 999, 1970, 9_990, 12_000, 200_000] {
            for days in [0.1, 2.0, 60.0, 2_000.0, 40_000.0, 400_000.0, 4_000_000.0, 40_000_000.0] {
                let origin = Instant::from_day(crate::time::CivilDay::new(year, 3, 15)).expect("on the axis");
                let viewport = Viewport { origin, ..window(days) };
                let (from, to) = (viewport.instant_from_x(100.0), viewport.instant_from_x(700.0));
                let date = pointed_span(&viewport, from, to, Zone::UTC);
                assert!(date.is_some(), "{year}, {days} days");
            }
        }
    }
}
