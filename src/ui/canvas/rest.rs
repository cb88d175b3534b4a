//! When a window that was moved, or whose rows were packed anew, has come to rest.

use crate::layout::Viewport;

/// How long a window stays where it is before it rests, in seconds: longer than between two turns of a wheel.
const SECONDS: f64 = 0.3;

/// Since when a window has not been moved.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rest {
    /// The window with the number of its rows, and when it was moved there, or they were packed, in seconds of egui's clock.
    since: Option<(Viewport, u64, f64)>,
    /// Whether it has been said that it rests.
    is_said: bool,
}

/// Whether a window rests.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Resting {
    /// For the first time since it was moved.
    Begins,
    /// It will in so many seconds, if nothing moves it.
    For(f64),
    /// It has done so before, or something is under way that brings frames of its own.
    Over,
}

impl Rest {
    /// Whether a window rests now; it does not where something is under way. `rows` tells apart what was packed anew.
    pub(super) fn of(&mut self, viewport: &Viewport, rows: u64, now: f64, is_busy: bool) -> Resting {
        let since = match self.since {
            Some((known, of, since)) if known == *viewport && of == rows => since,
            _ => {
                *self = Self { since: Some((*viewport, rows, now)), is_said: false };
                now
            }
        };
        if self.is_said || is_busy {
            return Resting::Over;
        }
        let left = SECONDS - (now - since);
        if left > 0.0 {
            return Resting::For(left);
        }
        self.is_said = true;
        Resting::Begins
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Folds;
    use crate::time::Instant;

    fn window(days: i64) -> Viewport {
        let origin = Instant::default().saturating_add(days * Instant::DAY);
        Viewport { origin, micros_per_pt: 1e9, width_pt: 800.0, folds: Folds::NONE }
    }

    #[test]
    fn a_window_rests_once_after_each_move() {
        let mut rest = Rest::default();
        let waits = |resting: Resting| matches!(resting, Resting::For(seconds) if seconds > 0.0);
        assert!(waits(rest.of(&window(0), 0, 0.0, false)));
        assert!(waits(rest.of(&window(1), 0, 0.25, false)));
        assert!(waits(rest.of(&window(1), 0, 0.5, false)), "moved a quarter of a second ago");
        assert_eq!(rest.of(&window(1), 0, 0.6, true), Resting::Over, "held: its release brings a frame");
        assert_eq!(rest.of(&window(1), 0, 0.6, false), Resting::Begins);
        assert_eq!(rest.of(&window(1), 0, 9.0, false), Resting::Over);
        assert!(waits(rest.of(&window(0), 0, 9.1, false)));
        assert_eq!(rest.of(&window(0), 0, 9.5, false), Resting::Begins);
        assert!(waits(rest.of(&window(0), 1, 9.6, false)), "its rows were packed anew");
    }
}
