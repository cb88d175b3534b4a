//! A short glide where a command or another panel has moved the window, so that the eye can follow.
//!
//! Marks that get other rows glide as long. The wheel and drags move the window themselves and do not glide.

use crate::layout::Viewport;

/// How long a glide lasts, in seconds.
pub(super) const SECONDS: f64 = 0.12;

/// The window on its way.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Glide {
    /// Where the last frame left the window.
    left_at: Option<Viewport>,
    /// Where the glide began, and when in seconds of egui's clock.
    from: Option<(Viewport, f64)>,
}

impl Glide {
    /// The window to show now on the way to `target`. Jumps where `still` asks for it, the width or the folds change or nothing
    /// was shown before.
    pub(super) fn shown(&mut self, target: Viewport, now: f64, still: bool) -> Viewport {
        let before =
            self.left_at.filter(|before| !still && before.width_pt == target.width_pt && before.folds == target.folds);
        let Some(before) = before else {
            *self = Self { left_at: Some(target), from: None };
            return target;
        };
        if before != target {
            // The window shown is where it had come to, if it was on its way already.
            let start = self.from.map_or(before, |(from, began)| between(from, before, progress(now - began)));
            self.from = Some((start, now));
            self.left_at = Some(target);
        }
        match self.from {
            Some((from, began)) if now - began < SECONDS => between(from, target, progress(now - began)),
            _ => {
                self.from = None;
                target
            }
        }
    }

    /// Whether it has not arrived.
    pub(super) fn is_under_way(&self) -> bool {
        self.from.is_some()
    }

    /// A gesture has moved the window to here: that is where it stays.
    pub(super) fn stop(&mut self, at: Viewport) {
        *self = Self { left_at: Some(at), from: None };
    }
}

/// Quick at first, slow at the end.
pub(super) fn progress(seconds: f64) -> f64 {
    let left = 1.0 - (seconds / SECONDS).clamp(0.0, 1.0);
    1.0 - left * left * left
}

/// Both edges on straight ways: an instant that keeps its place from one window to the other keeps it all the way.
fn between(from: Viewport, to: Viewport, share: f64) -> Viewport {
    if share >= 1.0 {
        return to;
    }
    let step = from.x_from_instant(to.origin) * share;
    let micros_per_pt = from.micros_per_pt + (to.micros_per_pt - from.micros_per_pt) * share;
    Viewport { origin: from.instant_from_x(step), micros_per_pt, ..to }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Folds;
    use crate::time::Instant;

    fn window(days_per_pt: f64) -> Viewport {
        Viewport {
            origin: Instant::default(),
            micros_per_pt: days_per_pt * Instant::DAY as f64,
            width_pt: 800.0,
            folds: Folds::NONE,
        }
    }

    #[test]
    fn a_glide_arrives_in_time_and_keeps_the_fixed_instant_in_place() {
        let start = window(1.0);
        let target = start.zoomed(2.0, 300.0);
        let fixed = start.instant_from_x(300.0);
        let mut glide = Glide::default();
        assert_eq!(glide.shown(start, 0.0, false), start);
        for frame in 1..=7_u8 {
            let now = 1.0 + f64::from(frame) * 0.016;
            let shown = glide.shown(target, now, false);
            assert!((shown.x_from_instant(fixed) - 300.0).abs() < 1e-3, "frame {frame}");
        }
        assert!(glide.is_under_way());
        assert_eq!(glide.shown(target, 1.2, false), target);
        assert!(!glide.is_under_way());
    }

    #[test]
    fn nothing_glides_where_motion_is_reduced_or_the_window_is_resized() {
        let mut glide = Glide::default();
        glide.shown(window(1.0), 0.0, false);
        assert_eq!(glide.shown(window(2.0), 0.1, true), window(2.0));
        let wider = Viewport { width_pt: 900.0, ..window(3.0) };
        assert_eq!(glide.shown(wider, 0.2, false), wider);
    }

    #[test]
    fn a_new_target_on_the_way_starts_from_where_the_window_is() {
        let mut glide = Glide::default();
        glide.shown(window(1.0), 0.0, false);
        glide.shown(window(4.0), 1.0, false);
        let on_the_way = glide.shown(window(4.0), 1.04, false);
        let turned = glide.shown(window(1.0), 1.04, false);
        assert!((turned.micros_per_pt - on_the_way.micros_per_pt).abs() < 1.0);
    }
}
