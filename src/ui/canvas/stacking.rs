//! A mark put above or below another of the same date, which only the order of the file tells apart: where it would land while it is
//! held.
//!
//! ```text
//!     ● Duma ratifies
//!   ━━━━━━━━━━━━━━━━━━   upper half of a row: before its event; lower half: after it
//!     ● Speech
//! ```

use super::surface::Surface;
use crate::edit::{Beside, put_beside};
use crate::geom::Point;
use crate::layout::Viewport;
use crate::model::{Event, Text};
use crate::text::visible;
use crate::time::Instant;
use crate::ui::{Action, tied_nearby};

/// How far a mark may be held to the side and still be put among those of its date, in points: further, its date is meant.
const ASIDE_PT: f64 = 16.0;

/// Where a mark would land.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Landing {
    /// The event beside which it is put.
    pub(super) beside: Beside,
    /// The edge of that event's row, in the scrolled picture.
    pub(super) y: f64,
    /// The title of that event.
    title: Text,
}

impl Landing {
    /// Where the mark of an event would land that is held in a band at `from` and is at a point of the picture now; none where that is not
    /// in the row of another of its date, or where it stands there.
    pub(super) fn of(
        surface: &Surface<'_>,
        (viewport, scroll_y): (&Viewport, f64),
        (event, band): (&Event, Option<usize>),
        from: Instant,
        at: Point,
    ) -> Option<Self> {
        let doc = surface.input.doc;
        let x = at.x - surface.plan.areas.track.x0;
        if (viewport.x_from_instant(from) - x).abs() > ASIDE_PT {
            return None;
        }
        let row_of = |other: &Event| {
            let rows = surface.rows_of(&other.id, scroll_y);
            rows.into_iter().find(|(own, row)| Some(*own) == band && row.y0 <= at.y && at.y < row.y1)
        };
        let (other, (_, row)) = tied_nearby(doc, event).find_map(|other| Some((other, row_of(other)?)))?;
        let (beside, y) = if at.y < row.center().y {
            (Beside::Before(other.id.clone()), row.y0)
        } else {
            (Beside::After(other.id.clone()), row.y1)
        };
        put_beside(doc.timeline, &event.id, &beside, doc.zone).ok()?;
        Some(Self { beside, y, title: other.title.clone() })
    }

    /// What the status line says of it.
    pub(super) fn words(&self) -> String {
        let side = if matches!(self.beside, Beside::Before(_)) { "before" } else { "after" };
        format!("Will stand {side} “{}”, of the same date", visible(&self.title))
    }

    /// The one edit that a release commits.
    pub(super) fn into_action(self, surface: &Surface<'_>, event: &Text) -> Option<Action> {
        let doc = surface.input.doc;
        let put = put_beside(doc.timeline, event, &self.beside, doc.zone).ok()?;
        Some(Action::EditAndTell { label: put.label, said: put.said, edit: put.edit, select: Some(event.clone()) })
    }
}
