//! The strip that shows all time: how dense it is, and where the window stands.

use super::{Hit, Item, Scene, SceneInput, Segment, Stroke, Target, folds, text_baseline};
use crate::geom::{Point, Rect, Size};
use crate::index::Selection;
use crate::layout::{Begun, Ruler, Viewport, fold_marks};
use crate::text::Shaper;
use crate::theme::space;
use crate::time::Instant;

/// Width of a column of the density.
const COLUMN: f64 = 3.0;
/// Least width of the rectangle of the window.
const LEAST_WINDOW: f64 = 6.0;

/// The window in time that an overview of this width shows: all events with a margin.
pub fn overview_viewport(input: &SceneInput<'_>, width_pt: f64) -> Viewport {
    Viewport::fit_folded(input.index.extent(), input.viewport.folds, width_pt)
}

/// The strip; one target, [`Hit::Ruler`], covers it. [`overview_viewport`] gives its time axis.
pub fn overview(input: &SceneInput<'_>, size: Size, shaper: &mut Shaper) -> Scene {
    let all = overview_viewport(input, size.width);
    let theme = input.theme;
    let strip = Rect::new(0.0, 0.0, size.width, size.height);
    let mut items = vec![Item::PushClip(strip)];
    let begun = Begun {
        first_from: &|from| folds::first_from(input, from),
        last_before: &|before| folds::last_before(input, before),
    };
    for division in &Ruler::single_level(&all, begun, shaper) {
        if division.x >= 0.0 {
            let (from, to) = (Point::new(division.x, 0.0), Point::new(division.x, size.height));
            items.push(Item::Line { from, to, stroke: Stroke::solid(1.0, theme.grid_faint) });
        }
        if let Some((x, run)) = &division.label {
            let origin = Point::new(*x, text_baseline(size.height - 8.0, run.style));
            items.push(Item::Text { run: run.clone(), origin, color: theme.text_muted });
        }
    }
    let base = size.height - 16.0;
    let folds = fold_marks(&all, shaper);
    // Nothing begins in a fold: its length has the room of the density.
    let above = Rect { y1: base, ..strip };
    items.push(Item::PushClip(above));
    items.extend(folds::edges(&folds, above, theme.outline, |_| vec![(above.y0, above.y1)]));
    for (x, run) in folds.iter().filter_map(|mark| mark.label.as_ref()) {
        let origin = Point::new(*x, text_baseline(above.center().y, run.style));
        items.push(Item::Text { run: run.clone(), origin, color: theme.text_muted });
    }
    items.push(Item::PopClip);
    // What matches stands before all there is, at the same scale: both are seen, and how much it is of the whole.
    let of_all = density(input, None, &all);
    let most = of_all.iter().copied().max().unwrap_or(0).max(1);
    let matching = input.matches.map(|matches| density(input, Some(matches), &all));
    let faint = if matching.is_some() { theme.line } else { theme.outline };
    for (columns, fill) in [(Some(&of_all), faint), (matching.as_ref(), theme.outline)] {
        for (count, at) in columns.into_iter().flatten().zip(0_u32..).filter(|(count, _)| **count > 0) {
            // The square root keeps a lone event in sight beside a crowd.
            let height = (base - space::XS) * (f64::from(*count) / f64::from(most)).sqrt();
            let x = f64::from(at) * COLUMN;
            let rect = Rect::new(x, base - height.max(3.0), x + COLUMN - 1.0, base);
            items.push(Item::Rect { rect, radius: 0.0, fill: Some(fill), stroke: None });
        }
    }
    items.push(window(input, &all, size));
    items.push(Item::PopClip);
    Scene { size, background: theme.panel, items, targets: vec![Target { rect: strip, subject: Hit::Ruler }] }
}

/// How many events start in each column: those that match, or all.
fn density(input: &SceneInput<'_>, matches: Option<&Selection>, all: &Viewport) -> Vec<u32> {
    let mut columns = vec![0_u32; (all.width_pt.max(0.0) / COLUMN).ceil() as usize];
    if !all.folds_in_effect().is_empty() {
        // A bucket of the counts can be as long as all that is not folded.
        let bounds: Vec<Instant> = (0..=columns.len()).map(|at| all.instant_from_x(at as f64 * COLUMN)).collect();
        return input.index.begun_between(matches, &bounds);
    }
    for (instant, count) in input.index.counts(matches) {
        let x = all.x_from_instant(instant);
        if let Some(column) = columns.get_mut((x / COLUMN) as usize) {
            *column = column.saturating_add(count);
        }
    }
    columns
}

/// The window in time, or a mark at the edge where it lies outside.
fn window(input: &SceneInput<'_>, all: &Viewport, size: Size) -> Item {
    let theme = input.theme;
    let most = (size.width - LEAST_WINDOW).max(0.5);
    let x0 = all.x_from_instant(input.viewport.origin).clamp(0.5, most);
    let x1 =
        all.x_from_instant(input.viewport.end()).clamp(x0 + LEAST_WINDOW, (size.width - 0.5).max(x0 + LEAST_WINDOW));
    let (y0, y1) = (0.5, (size.height - 0.5).max(1.0));
    let corners = [Point::new(x0, y0), Point::new(x1, y0), Point::new(x1, y1), Point::new(x0, y1)];
    let segments = corners
        .into_iter()
        .enumerate()
        .map(|(at, corner)| if at == 0 { Segment::MoveTo(corner) } else { Segment::LineTo(corner) })
        .chain([Segment::Close])
        .collect();
    Item::Path { segments, fill: Some(theme.accent.with_alpha(28)), stroke: Some(Stroke::solid(1.0, theme.accent)) }
}
