//! Competing dates of the selected event: measuring lines along its row, each with the name of the source that gives it.

use std::sync::Arc;

use super::piece::{Axis, Piece, pieces};
use super::shown::Shown;
use super::{Item, SceneInput, Stroke, text_baseline};
use crate::geom::Point;
use crate::index::Entry;
use crate::layout::Label;
use crate::model::{Citation, KnownOn};
use crate::text::{Shaper, Style};
use crate::theme::{Color, font};

/// How far below or above the middle of the row a competing date is drawn.
const GHOST: f64 = 12.0;

pub(super) const GHOST_NAME: Style = Style::regular(font::SMALL);

/// Longer names of sources are cut where labels of their row would have less room for them.
const MOST_GHOST_NAME: f64 = 160.0;

/// A date that a citation of the selected event gives instead: a measuring line along its row.
pub(super) struct Ghost {
    pub pieces: Vec<Piece>,
    pub ends: (f64, f64),
    pub y: f64,
    /// The row, by band and row, and its middle.
    pub row: (u32, u32),
    pub middle: f64,
    /// Who gives it, and that cut to what is always said of it.
    pub name: Arc<str>,
    pub source: Arc<str>,
}

/// The dates that the citations of an event give instead, each once.
pub(super) fn ghosts(input: &SceneInput<'_>, selected: &Shown<'_>, axis: &Axis, shaper: &mut Shaper) -> Vec<Ghost> {
    let mut seen = vec![selected.event.date_as_written()];
    let mut ghosts = Vec::new();
    let is_out = |citation: &&Citation| KnownOn::counts(input.aspect.known_on, input.timeline, citation);
    for citation in selected.event.citations.iter().filter(is_out) {
        let Some(date) = citation.date.as_deref().filter(|date| !seen.contains(&date.as_str())) else { continue };
        seen.push(date.as_str());
        let Some(entry) = Entry::new(selected.position, selected.spot.band, date, input.zone) else { continue };
        let pieces = pieces(&entry, axis);
        let ends = pieces.iter().map(|piece| piece.ends()).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        let Some(ends) = ends else { continue };
        // Below, above, then once more with a step.
        let turn = ghosts.len();
        let step = GHOST + f64::from(u32::try_from(turn / 2).unwrap_or(0)) * 3.0;
        let y = if turn.is_multiple_of(2) { selected.y + step } else { selected.y - step };
        let source = input.timeline.source(&citation.source);
        let name = source.map_or(&citation.source, |source| source.publisher.as_ref().unwrap_or(&source.title));
        let cut = |most: f64, shaper: &mut Shaper| Arc::clone(&shaper.shape_to_fit(name, GHOST_NAME, most).text);
        let source = cut(MOST_GHOST_NAME, shaper);
        let name = cut(f64::INFINITY, shaper);
        let row = selected.row();
        ghosts.push(Ghost { pieces, ends, y, row, middle: selected.y, name, source });
    }
    ghosts
}

pub(super) fn paint_ghost(ghost: &Ghost, name: Option<&Label>, color: Color, items: &mut Vec<Item>) {
    let sharp = Stroke::solid(1.5, color);
    for piece in &ghost.pieces {
        let (x0, x1) = piece.ends();
        let (from, to) = (Point::new(x0, ghost.y), Point::new(x1, ghost.y));
        items.push(Item::Line { from, to, stroke: Stroke { dash: Some((3.0, 2.0)), ..sharp } });
        if matches!(piece, Piece::Join { .. }) {
            continue;
        }
        for x in [x0, x1] {
            let (from, to) = (Point::new(x, ghost.y - 3.0), Point::new(x, ghost.y + 3.0));
            items.push(Item::Line { from, to, stroke: sharp });
        }
    }
    if let Some(name) = name {
        let origin = Point::new(name.text_x, text_baseline(ghost.middle, name.run.style));
        items.push(Item::Text { run: Arc::clone(&name.run), origin, color });
    }
}
