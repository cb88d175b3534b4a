//! Silences of an account that stand too close to be told apart: one outline of what is not there, with their number.
//!
//! ```text
//!   ┌┄┄┄┄┄┐   ◌      ┌┄┄┄┄┄┄┄┄┄┄┄┄┄┄┐
//!   ┆ 12  ┆          ┆      3       ┆      as long as they go on, and at least as long as the number is wide
//!   └┄┄┄┄┄┘          └┄┄┄┄┄┄┄┄┄┄┄┄┄┄┘
//! ```
//!
//! They all stand on the line below the rows of a band. One that is alone there is a mark as any other, however near the next is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::density::{COUNT, GAP, Strip};
use super::marks::rounded;
use super::piece::{Axis, LEAST_BODY};
use super::shown::Place;
use super::{Hit, Item, Plan, SceneInput, Stroke, Target, text_baseline};
use crate::account::{Accounts, Telling};
use crate::geom::{Point, Rect};
use crate::index::{Crowd, Sight, Single, Spot};
use crate::text::{Run, Shaper};
use crate::time::Instant;

/// Half the height of a target.
const REACH: f64 = 10.0;

/// The outline of some silences.
pub(super) struct Outline {
    crowd: Crowd,
    pub rect: Rect,
    count: Arc<Run>,
}

/// The lines below the rows of bands of accounts, which all their silences share, by band and row. One on which anything that is
/// told has come too is none of them: it is an overflow row as others.
pub(super) fn rows(input: &SceneInput<'_>, plan: &Plan, sight: &Sight) -> BTreeSet<(u32, u32)> {
    if !input.aspect.accounts.is_some_and(Accounts::has_silences) {
        return BTreeSet::new();
    }
    // In a band that is one line high what is told stands on that line too.
    let is_open = |crowd: &Crowd| input.index.bands().get(crowd.band as usize).is_some_and(|band| !band.is_collapsed);
    let piled = sight.crowds.iter().filter_map(|seen| seen.piled).filter(is_open);
    let mut rows: BTreeSet<(u32, u32)> = piled.map(|crowd| (crowd.band, crowd.row)).collect();
    let is_told = |event: usize| input.telling(event).is_some_and(|telling| telling != Telling::Silent);
    for single in sight.singles.iter().filter(|single| is_told(single.event as usize)) {
        rows.remove(&(single.band, single.row));
    }
    for run in sight.crowds.iter().filter_map(|seen| seen.piled) {
        // Silences weigh least.
        let heaviest = plan.heaviest(input.index, input.matches, &run, 1);
        if heaviest.first().is_some_and(|event| is_told(*event)) {
            rows.remove(&(run.band, run.row));
        }
    }
    rows
}

/// The outlines on these lines, from left to right on each.
pub(super) fn outlines(
    sight: &Sight,
    rows: &BTreeSet<(u32, u32)>,
    y: impl Fn(Spot) -> Option<f64>,
    track: Rect,
    axis: &Axis,
    shaper: &mut Shaper,
) -> Vec<Outline> {
    let mut runs: BTreeMap<(u32, u32), Vec<Crowd>> = BTreeMap::new();
    for run in sight.crowds.iter().filter_map(|seen| seen.piled).filter(|run| rows.contains(&(run.band, run.row))) {
        runs.entry((run.band, run.row)).or_default().push(run);
    }
    let mut outlines = Vec::new();
    for ((band, row), runs) in runs {
        let Some(y) = y(Spot { band, row }) else { continue };
        let mut of_row: Vec<Outline> = Vec::new();
        for run in runs {
            // Two runs have no silence in common: else they would be one.
            let outline = Outline::of(run, y, track, axis, shaper);
            let joined = of_row.pop_if(|before| outline.rect.x0 < before.rect.x1 + GAP).map(|before| Crowd {
                end: run.end.max(before.crowd.end),
                count: before.crowd.count + run.count,
                ..before.crowd
            });
            of_row.push(joined.map_or(outline, |joined| Outline::of(joined, y, track, axis, shaper)));
        }
        outlines.extend(of_row.into_iter().filter(|outline| outline.rect.overlaps(track)));
    }
    outlines
}

impl Outline {
    /// The silence, where there is only one.
    pub(super) fn alone(&self, input: &SceneInput<'_>, plan: &Plan) -> Option<Single> {
        let Crowd { band, row, start, end, count, .. } = self.crowd;
        let event =
            plan.heaviest(input.index, input.matches, &self.crowd, 1).into_iter().next().filter(|_| count == 1)?;
        let free = (Instant::MIN, Instant::MAX);
        Some(Single { band, row, event: u32::try_from(event).ok()?, start, end, is_prominent: true, free })
    }

    /// Where its row stands.
    pub(super) fn place(&self) -> Place {
        let Crowd { band, row, .. } = self.crowd;
        Place { spot: Spot { band, row }, y: self.rect.center().y, free: Place::FREE }
    }

    fn of(crowd: Crowd, y: f64, track: Rect, axis: &Axis, shaper: &mut Shaper) -> Self {
        let count = shaper.shape(&crowd.count.to_string(), COUNT);
        let Rect { x0, x1, .. } = Strip::of(crowd, y, (f64::NEG_INFINITY, f64::INFINITY), axis).rect;
        // What goes on beyond the window has its number in sight.
        let (x0, x1) = (x0.max(track.x0), x1.min(track.x1));
        let half = (x1 - x0).max(count.width_pt + 2.0 * GAP + 2.0) / 2.0;
        let middle = f64::midpoint(x0, x1);
        let rect = Rect::new(middle - half, y - LEAST_BODY / 2.0 - 1.0, middle + half, y + LEAST_BODY / 2.0 + 1.0);
        Self { crowd, rect, count }
    }

    /// Paints it.
    pub(super) fn paint(&self, input: &SceneInput<'_>, items: &mut Vec<Item>) {
        let color = input.theme.text_muted;
        let stroke = Stroke { width: 1.0, color, dash: Some((1.5, 2.5)) };
        items.push(Item::Path { segments: rounded(self.rect, 4.0), fill: None, stroke: Some(stroke) });
        let center = self.rect.center();
        let origin = Point::new(center.x - self.count.width_pt / 2.0, text_baseline(center.y, self.count.style));
        items.push(Item::Text { run: Arc::clone(&self.count), origin, color });
    }

    /// What can be pointed at: all of them.
    pub(super) fn target(&self, track: Rect) -> Option<Target> {
        let y = self.rect.center().y;
        let rect = Rect { y0: y - REACH, y1: y + REACH, ..self.rect }.intersection(track);
        (rect.width() > 0.0 && rect.height() > 0.0).then_some(Target { rect, subject: Hit::Crowd(self.crowd) })
    }
}
