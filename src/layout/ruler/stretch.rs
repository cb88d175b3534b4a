//! The stretches of a window between its folds: where each stands, what room is beside it, and the first and the last of what
//! stands in it.

use super::INDENT;
use crate::layout::Viewport;
use crate::time::Instant;
use crate::time::calendar::{self, Unit};

/// When what a picture shows begins: the first from an instant on, and the last before one; none where nobody knows.
#[derive(Clone, Copy)]
pub struct Begun<'a> {
    /// The first from an instant on.
    pub first_from: &'a dyn Fn(Instant) -> Option<Instant>,
    /// The last before an instant.
    pub last_before: &'a dyn Fn(Instant) -> Option<Instant>,
}

impl Begun<'_> {
    /// Where nobody knows what is shown.
    pub const UNKNOWN: Self = Self { first_from: &|_| None, last_before: &|_| None };
}

/// How far from its left edge stands at most what gives a stretch its date there: the margin of the fold and a mark, twice.
const NEAR: f64 = 8.0 * INDENT;

/// A stretch of a window between folds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    pub(super) start: Instant,
    pub(super) end: Instant,
    /// Until when it is beside its left edge.
    near: Instant,
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// Where the one before ends, or the window begins.
    pub(super) previous_x: f64,
    /// Where the next one begins, or the window ends.
    pub(super) next_x: f64,
}

/// A part of a stretch from one boundary of a unit to the next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// The boundary that it begins with, which may lie before the stretch.
    pub(super) instant: Instant,
    /// What is seen of it.
    pub(super) start: Instant,
    pub(super) end: Instant,
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// Where a name of it may begin and end: over a fold beside it too.
    pub(super) room: (f64, f64),
}

impl Part {
    /// Whether its boundary stands in the stretch.
    pub(super) fn has_line(&self) -> bool {
        self.instant == self.start
    }

    pub(super) fn contains(&self, instant: Instant) -> bool {
        self.start <= instant && instant < self.end
    }

    pub(super) fn width(&self) -> f64 {
        self.x1 - self.x0
    }
}

impl Stretch {
    pub(super) fn all(viewport: &Viewport) -> Vec<Self> {
        let own = |(start, end): (Instant, Instant)| {
            let (x0, x1) =
                (viewport.x_from_instant(start).max(0.0), viewport.x_from_instant(end).min(viewport.width_pt));
            let near = viewport.beside(start, NEAR);
            Self { start, end, near, x0, x1, previous_x: 0.0, next_x: viewport.width_pt }
        };
        let mut stretches: Vec<Self> = viewport.stretches().into_iter().map(own).collect();
        if let Some(last) = stretches.last_mut().filter(|last| last.end >= viewport.end()) {
            // The last boundary of a window stands on its edge, whatever rounding makes of its instant.
            last.x1 = viewport.width_pt;
        }
        let mut previous_x = 0.0;
        for stretch in &mut stretches {
            stretch.previous_x = previous_x;
            previous_x = stretch.x1;
        }
        let mut next_x = viewport.width_pt;
        for stretch in stretches.iter_mut().rev() {
            stretch.next_x = next_x;
            next_x = stretch.x0;
        }
        stretches
    }

    /// Whether it begins at a fold.
    pub(super) fn is_behind_fold(&self) -> bool {
        self.previous_x < self.x0
    }

    /// Whether it ends at a fold.
    pub(super) fn is_before_fold(&self) -> bool {
        self.x1 < self.next_x
    }

    /// The boundaries of a unit in it; where it ends at a fold, that boundary is the fold's.
    fn ticks(&self, unit: Unit) -> Vec<Instant> {
        calendar::ticks(unit, self.start, self.end).filter(|at| !self.is_before_fold() || *at < self.end).collect()
    }

    /// What boundaries of a unit divide it into; the first part may have its boundary before the stretch.
    pub(super) fn parts(&self, unit: Unit, viewport: &Viewport) -> Vec<Part> {
        let first = unit.floor(self.start);
        let within = self.ticks(unit).into_iter().filter(|instant| *instant > first);
        let instants: Vec<Instant> = std::iter::once(first).chain(within).collect();
        let ends = instants.iter().skip(1).map(Some).chain([None]);
        let part = |(instant, end): (&Instant, Option<&Instant>)| {
            let start = (*instant).max(self.start);
            let x0 = if start == self.start { self.x0 } else { viewport.x_from_instant(start) };
            let x1 = end.map_or(self.x1, |end| viewport.x_from_instant(*end));
            let from = if start == self.start { self.previous_x } else { x0 };
            let to = if end.is_none() { self.next_x } else { x1 };
            let end = end.copied().unwrap_or(self.end);
            Part { instant: *instant, start, end, x0, x1, room: (from, to) }
        };
        instants.iter().zip(ends).map(part).collect()
    }

    /// All of it as one part.
    pub(super) fn whole(&self) -> Part {
        let Self { start, end, x0, x1, previous_x, next_x, .. } = *self;
        Part { instant: start, start, end, x0, x1, room: (previous_x, next_x) }
    }

    /// The first and the last date that name it: those of what stands first and last in it, else those of its edges.
    pub(super) fn named_dates(&self, begun: Begun<'_>) -> (Instant, Instant) {
        let last = Instant::from_micros(self.end.micros().saturating_sub(1)).max(self.start);
        let is_here = |at: &Instant| self.start <= *at && *at <= last;
        let first = (begun.first_from)(self.start).filter(is_here).unwrap_or(self.start);
        let until = (begun.last_before)(self.end).filter(is_here).unwrap_or(last);
        (first, until.max(first))
    }

    /// The date that its left edge has: that of what stands first in it, where that is near.
    pub(super) fn edge_date(&self, first: Instant) -> Instant {
        if first <= self.near { first } else { self.start }
    }
}
