//! What the pointer is doing on the track while a button is held.
//!
//! A gesture begins at a press, previews while it runs, and says at the release what it comes to; nothing is changed
//! before. Positions are instants and content heights, not pixels, so that a wheel turned meanwhile does no harm.

use super::change::{Change, Grip};
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
        before: Viewport,
        /// The scroll before, for Escape.
        scroll_before: f64,
    },
    /// A range to zoom to is stretched from here.
    Range {
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
    /// An event is moved or resized.
    Change {
        /// The event's id.
        event: Text,
        /// What of it is held.
        grip: Grip,
        /// The instant under the pointer at the press.
        from: Instant,
        /// What a release would write; none while it would write nothing new.
        change: Option<Box<Change>>,
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

/// The precision with which a date can be pointed at in this window.
pub(super) fn pointed_precision(viewport: &Viewport) -> Precision {
    let units = [
        (Precision::Minute, Instant::MINUTE as f64),
        (Precision::Day, Instant::DAY as f64),
        (Precision::Month, 30.0 * Instant::DAY as f64),
        (Precision::Year, 365.0 * Instant::DAY as f64),
        (Precision::Decade, 3_652.0 * Instant::DAY as f64),
        (Precision::Century, 36_524.0 * Instant::DAY as f64),
    ];
    units
        .into_iter()
        .find(|(_, micros)| micros / viewport.micros_per_pt >= POINTABLE_PT)
        .map_or(Precision::Millennium, |(precision, _)| precision)
}

/// The date that pointing at an instant of the axis of `zone` means in this window.
pub(super) fn pointed_date(viewport: &Viewport, at: Instant, zone: Zone) -> Date {
    Date::at_precision(at, pointed_precision(viewport), zone)
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
        }
    }

    #[test]
    fn pointing_never_writes_finer_than_a_hand_can_point() {
        assert_eq!(pointed_precision(&window(0.1)), Precision::Minute);
        assert_eq!(pointed_precision(&window(2.0)), Precision::Day);
        assert_eq!(pointed_precision(&window(60.0)), Precision::Day);
        assert_eq!(pointed_precision(&window(2_000.0)), Precision::Month);
        assert_eq!(pointed_precision(&window(40_000.0)), Precision::Year);
        assert_eq!(pointed_precision(&window(9_000_000.0)), Precision::Millennium);
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
}
