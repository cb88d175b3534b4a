//! The strip of eras: in which row each stands, and where its name does.
//!
//! ```text
//!   ▔1961 treaty▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔│▔2000 treaty▔▔▔▔▔▔▔▔▔▔▔    a name stays in sight while its era goes on
//!        ▔▔▔Inquiry▔▔                        2024 treaty▔▔    one that is longer than its era hangs over where there is room
//! ```
//!
//! Rows are packed with names, for a zoom: while a window is moved no era changes its row.

use super::piece::Axis;
use super::sheet::Sheet;
use super::{Frame, Hit, Item, SceneInput, Target};
use crate::geom::{Point, Rect};
use crate::index::EraEntry;
use crate::layout::Viewport;
use crate::model::Era;
use crate::text::Style;
use crate::theme::{Color, Theme, font, space};
use crate::time::Instant;

const NAME: Style = Style::semibold(font::SMALL);
/// Height of a row, in points.
const ROW_HEIGHT: f64 = 20.0;
/// The share of a window that eras may take, and the most rows of it and of a picture.
const SHARE: f64 = 0.2;
const MOST_ROWS: usize = 6;
const MOST_ROWS_OF_PICTURE: usize = 12;
/// Of more eras no names are measured: they keep the rows that they have in the index.
const MOST_MEASURED: usize = 2_000;
/// Less of a name is not worth showing.
const LEAST_NAME: f64 = 24.0;

/// In which row each era of an index stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct EraRows {
    /// In the order of [`Index::eras`](crate::index::Index::eras); none for those without a row.
    rows: Vec<Option<usize>>,
    /// How many rows there are.
    pub count: usize,
}

impl EraRows {
    /// Rows for the zoom of a picture, whose names have room where they can.
    pub(super) fn of(input: &SceneInput<'_>, shaper: &mut crate::text::Shaper) -> Self {
        let most = match input.frame {
            Frame::Window => ((input.size.height * SHARE / ROW_HEIGHT) as usize).clamp(1, MOST_ROWS),
            Frame::Picture => MOST_ROWS_OF_PICTURE,
        };
        let index = input.index;
        if index.eras().len() > MOST_MEASURED {
            let rows = index.eras().iter().map(|entry| Some(entry.row as usize).filter(|row| *row < most)).collect();
            return Self { rows, count: (index.era_rows() as usize).min(most) };
        }
        // Where names turn left: at the right edge of all there is, however the window is moved.
        let viewport = input.viewport;
        let edge = Viewport::fit_folded(index.extent(), viewport.folds, viewport.width_pt).end();
        // The end of what stands in each row. Eras come by their start, so that the first row that is free takes one.
        let mut ends: Vec<Instant> = Vec::new();
        let rows = eras(input).map(|(entry, era)| {
            let width = shaper.most_width_pt(&era.title, NAME) + 2.0 * space::XS;
            let named = viewport.beside(entry.start, width);
            // One that goes on is seen up to that edge.
            let last = entry.end.min(edge).max(entry.start);
            let (from, until) = if named > last && named > edge {
                (entry.start.min(viewport.beside(last, -width)), entry.end)
            } else {
                (entry.start, entry.end.max(named))
            };
            // Eras that meet on a day share it, and the row: what began or ended on it is seen.
            let meets = viewport.beside(from, 0.5).max(from.saturating_add(Instant::DAY));
            let row = ends.iter().position(|end| *end <= meets).or_else(|| {
                let has_room = ends.len() < most;
                has_room.then(|| {
                    ends.push(Instant::MIN);
                    ends.len() - 1
                })
            })?;
            let end = ends.get_mut(row)?;
            *end = until.max(*end);
            Some(row)
        });
        let rows: Vec<Option<usize>> = rows.collect();
        Self { rows, count: ends.len() }
    }

    /// Height of the strip.
    pub(super) fn height(&self) -> f64 {
        self.count as f64 * ROW_HEIGHT
    }
}

/// An era in sight.
struct Strip<'a> {
    rect: Rect,
    era: &'a Era,
    color: Color,
}

/// Paints the strip in its area.
pub(super) fn paint(input: &SceneInput<'_>, rows: &EraRows, area: Rect, sheet: &mut Sheet<'_>) {
    let axis = Axis::new(input.viewport, area.x0, area.x1);
    sheet.items.push(fill(area, input.theme.panel));
    sheet.items.push(Item::PushClip(area));
    let mut strips: Vec<Vec<Strip<'_>>> = Vec::new();
    strips.resize_with(rows.count, Vec::new);
    let mut hidden = 0_u32;
    for ((entry, era), row) in eras(input).zip(&rows.rows) {
        let top = area.y0 + row.unwrap_or(0) as f64 * ROW_HEIGHT;
        let rect = Rect::new(axis.x(entry.start), top, axis.x(entry.end), top + ROW_HEIGHT).intersection(area);
        if rect.width() <= 0.0 {
            continue;
        }
        match row.and_then(|row| strips.get_mut(row)) {
            Some(row) => row.push(Strip { rect, era, color: era_color(input, entry, era) }),
            None => hidden += 1,
        }
    }
    for strip in strips.iter().flatten() {
        let Strip { rect, era, color } = strip;
        sheet.items.push(fill(*rect, input.theme.era_tint(*color)));
        sheet.items.push(fill(Rect { y0: rect.y1 - 2.0, ..*rect }, color.with_alpha(150)));
        sheet.targets.push(Target { rect: *rect, subject: Hit::Era(era.id.clone()) });
    }
    for row in &strips {
        paint_names(input, row, area, sheet);
    }
    if hidden > 0 {
        let words = if hidden == 1 { "+1 era".to_owned() } else { format!("+{hidden} eras") };
        let run = sheet.shaper.shape(&words, NAME);
        let rect = Rect::new(area.x1 - run.width_pt - 2.0 * space::S, area.y1 - ROW_HEIGHT, area.x1, area.y1 - 2.0);
        sheet.items.push(fill(rect, input.theme.panel));
        sheet.text(run, rect.x0 + space::S, rect.center().y, input.theme.text_muted);
    }
    sheet.items.push(Item::PopClip);
}

/// An era as a sample in a legend, from the middle of its left edge on.
pub(super) fn sample(at: Point, width: f64, theme: &Theme) -> Vec<Item> {
    let (rect, color) = (Rect::new(at.x, at.y - 5.5, at.x + width, at.y + 5.5), theme.no_lane_color());
    vec![fill(rect, theme.era_tint(color)), fill(Rect { y0: rect.y1 - 2.0, ..rect }, color.with_alpha(150))]
}

/// The names of a row, from left to right: whole where they stand beside nothing else, over their own end if need be.
fn paint_names(input: &SceneInput<'_>, row: &[Strip<'_>], area: Rect, sheet: &mut Sheet<'_>) {
    // Where the last name ends.
    let mut free_from = area.x0;
    for (at, Strip { rect, era, .. }) in row.iter().enumerate() {
        let next = row.get(at + 1).map_or(area.x1, |next| next.rect.x0);
        let before = at.checked_sub(1).and_then(|at| row.get(at)).map_or(area.x0, |before| before.rect.x1);
        let before = before.max(free_from);
        let from = rect.x0.max(free_from) + space::XS;
        // Up to the next era, or to its own end where that is further: eras that meet share a day.
        let until = next.max(rect.x1) - space::XS;
        let whole = sheet.shaper.shape_to_fit(&era.title, NAME, f64::INFINITY);
        let turned = rect.x1 - space::XS - whole.width_pt;
        let (run, x) = if from + whole.width_pt <= until {
            (whole, from)
        } else if turned >= before {
            (whole, turned)
        } else if until - from >= LEAST_NAME {
            (sheet.shaper.shape_to_fit(&era.title, NAME, until - from), from)
        } else {
            continue;
        };
        free_from = x + run.width_pt + space::XS;
        sheet.text(run, x, rect.center().y - 1.0, input.theme.text);
    }
}

/// The eras that stand on the axis, by their start.
pub(super) fn eras<'a>(input: &SceneInput<'a>) -> impl Iterator<Item = (&'a EraEntry, &'a Era)> + use<'a> {
    let (index, timeline) = (input.index, input.timeline);
    index.eras().iter().filter_map(|entry| Some((entry, timeline.eras().get(entry.era as usize)?)))
}

/// The colour of an era: its own, or one of the palette.
pub(super) fn era_color(input: &SceneInput<'_>, entry: &EraEntry, era: &Era) -> Color {
    let own = era.color.as_deref().and_then(Color::parse);
    own.or_else(|| input.theme.lanes.get(entry.era as usize % input.theme.lanes.len().max(1)).copied())
        .unwrap_or(input.theme.text_muted)
}

fn fill(rect: Rect, color: Color) -> Item {
    Item::Rect { rect, radius: 0.0, fill: Some(color), stroke: None }
}
