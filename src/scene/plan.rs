//! The plan of a picture: where everything of it stands, worked out once and handed to drawing, hit tests and export.
//!
//! A plan holds what is laid out and no colours, no scroll and no selection: a window keeps it while it is scrolled or pointed
//! at. Bands and rows stand in it as on an endless sheet below the top of the track; `scroll_y` says which part of the sheet
//! is in sight.
//!
//! ```text
//!                 ┌ sheet ─────────┐  ┐
//!                 │ band 0         │  │ scroll_y
//!   areas.track ┌─┼────────────────┼─┐┘
//!               │ │ band 1  row 0  │ │
//!               │ │         row 1  │ │
//!               └─┼────────────────┼─┘
//!                 │ band 2         │
//!                 └────────────────┘
//! ```
//!
//! Whoever wants another layout of the same index (pages, other rows) makes another plan.

use std::sync::Arc;

use super::areas::{Areas, Columns};
use super::eras::EraRows;
use super::legend::Legend;
use super::packed::{Packed, RowGlide};
use super::page::{Header, Omission, Page};
use super::sight::{Drawn, look_at_all, separates, separates_packed};
use super::{Frame, SceneInput, track};
use crate::geom::{Point, Rect, Size};
use crate::index::{Crowd, Index, Selection, Spot};
use crate::layout::{Bands, Viewport};
use crate::text::Shaper;

/// Where everything of a picture stands.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The whole picture.
    pub size: Size,
    /// Its parts.
    pub areas: Areas,
    /// The bands with their rows, from the top of the track while nothing is scrolled.
    pub bands: Bands,
    /// In which row each era stands.
    pub(super) eras: EraRows,
    /// The rows for what a window shows; none where they are those of the index.
    pub(super) packed: Option<Arc<Packed>>,
    /// Where marks come from that have just changed their rows.
    pub(super) glide: Option<RowGlide>,
    /// What frames a picture that stands alone; none in a window.
    pub(super) page: Option<Page>,
}

impl Plan {
    /// The plan of a picture. Of a window it depends on the index, on the size and, where there are eras, on the zoom.
    pub fn of(input: &SceneInput<'_>, shaper: &mut Shaper) -> Self {
        let columns = Columns::of(input.index, input.frame, input.size.width, shaper);
        let bands = Bands::of(input.index);
        let size = input.size;
        match input.frame {
            Frame::Window => {
                let viewport = Viewport { width_pt: columns.track_width(), ..input.viewport };
                let eras = EraRows::of(&SceneInput { viewport, ..*input }, shaper);
                let areas = Areas::of(input, columns, 0.0, &eras, &bands);
                Self { size, areas, bands, eras, packed: None, glide: None, page: None }
            }
            Frame::Picture => {
                let viewport = Viewport { width_pt: columns.track_width(), ..input.viewport };
                let input = &SceneInput { viewport, ..*input };
                let header = Header::of(input, shaper);
                let eras = EraRows::of(input, shaper);
                let areas = Areas::of(input, columns, header.height, &eras, &bands);
                // A page decides how much of the track it has room for, so its areas come last.
                let (page, areas) = Page::of(input, header, areas, &bands, shaper);
                Self { size, areas, bands, eras, packed: None, glide: None, page: Some(page) }
            }
        }
    }

    /// The plan of a window with rows for what it shows.
    pub fn packed(input: &SceneInput<'_>, packed: Arc<Packed>, shaper: &mut Shaper) -> Self {
        let columns = Columns::of(input.index, Frame::Window, input.size.width, shaper);
        // The index knows how many rows all time needs; what is in the window needs fewer.
        let bands = Bands::with_rows(packed.packing.heights().iter().copied());
        let eras = EraRows::of(input, shaper);
        let areas = Areas::of(input, columns, 0.0, &eras, &bands);
        Self { size: input.size, areas, bands, eras, packed: Some(packed), glide: None, page: None }
    }

    /// The same with marks on their way to these rows, and bands with them.
    #[must_use]
    pub fn gliding(self, glide: Option<RowGlide>) -> Self {
        let Some(glide) = glide else { return self };
        let (glide, bands) = glide.to(self.bands);
        Self { bands, glide: Some(glide), ..self }
    }

    /// How far marks have come to their rows, in thousandths.
    pub fn glided(&self) -> u64 {
        self.glide.as_ref().map_or(1_000, RowGlide::thousandths)
    }

    /// The middle of the mark of an event of a row, as [`Plan::row_center`] has it.
    pub(super) fn mark_center(&self, index: &Index, row: Spot, event: u32, scroll_y: f64) -> Option<f64> {
        // On its way a mark stands between two rows, its own of before and its own of now: `row` names only the second.
        let Some(glide) = &self.glide else { return self.row_center(row, scroll_y) };
        Some(glide.center(index, row, event)? + self.areas.track.y0 - scroll_y)
    }

    /// How many rows a band has.
    pub fn rows(&self, index: &Index, band: usize) -> u32 {
        let of_index = || index.bands().get(band).map_or(0, |band| band.rows);
        let packed = self.packed.as_ref().map(|packed| packed.packing.heights());
        packed.map_or_else(of_index, |heights| heights.get(band).copied().unwrap_or(0))
    }

    /// Everywhere that the event at a position stands, from the top.
    pub fn spots(&self, index: &Index, position: usize) -> Vec<Spot> {
        match &self.packed {
            Some(packed) => packed.packing.spots(index, position).collect(),
            None => index.spots(position).collect(),
        }
    }

    /// The heaviest events of a crowd of its rows: see [`Index::heaviest`].
    pub fn heaviest(&self, index: &Index, matches: Option<&Selection>, crowd: &Crowd, few: usize) -> Vec<usize> {
        match &self.packed {
            Some(packed) => packed.packing.heaviest(index, matches, crowd, few),
            None => index.heaviest(matches, crowd, few),
        }
    }

    /// All events of a crowd of its rows: see [`Index::members`].
    pub fn members(&self, index: &Index, matches: Option<&Selection>, crowd: &Crowd) -> Vec<u32> {
        match &self.packed {
            Some(packed) => packed.packing.members(index, matches, crowd),
            None => index.members(matches, crowd),
        }
    }

    /// Whether a window tells the events of a crowd of its rows apart: see [`super::separates`].
    pub fn separates(&self, index: &Index, matches: Option<&Selection>, crowd: &Crowd, window: &Viewport) -> bool {
        match &self.packed {
            Some(packed) => separates_packed((index, matches), packed, crowd, window),
            None => separates(index, matches, crowd, window),
        }
    }

    /// Height at which every row shows. A window of less height scrolls by the difference.
    pub fn content_height(&self) -> f64 {
        let bottom = match &self.page {
            None => self.areas.track.y0 + self.bands.height(),
            Some(page) => page.content_height,
        };
        bottom.ceil()
    }

    /// The same no higher than its content. Nothing is cut off at the bottom of either, so nothing else changes.
    #[must_use]
    pub fn trimmed(self) -> Self {
        let height = self.size.height.min(self.content_height());
        Self { size: Size { height, ..self.size }, ..self }
    }

    /// A window in time with the width that the track has.
    pub fn viewport(&self, viewport: Viewport) -> Viewport {
        Viewport { width_pt: self.areas.track.width(), ..viewport }
    }

    /// How many of its events the picture does not draw one by one; none in a window, where that is for the reader to change.
    pub fn omission(&self) -> Option<Omission> {
        self.page.as_ref().map(|page| page.omission)
    }

    /// Whether the zone is named on whose clock times are shown: in a window always, where it is chosen.
    pub(super) fn names_zone(&self) -> bool {
        self.page.as_ref().is_none_or(|page| page.header.names_zone)
    }

    /// What occurs in the window of a picture that stands so, in rows out of sight too.
    pub fn legend(&self, input: &SceneInput<'_>) -> Legend {
        let input = &SceneInput { viewport: self.viewport(input.viewport), ..*input };
        // A page has looked already, at all its rows. A window looks at those that are scrolled away too: its legend stays as it scrolls.
        let looked;
        let sight = match &self.page {
            Some(page) => &page.sight,
            None => {
                looked = look_at_all(input, self.areas.track, &self.bands, self.packed.as_deref());
                &looked
            }
        };
        // The legend of a mark is that of all that it stands for.
        Legend::of(input, Drawn::of(sight, &input.viewport, |_| Vec::new())).with_lanes()
    }

    /// The middle of a row of a picture that is scrolled, from its top; it may lie outside the track. None where there is no
    /// such band.
    pub fn row_center(&self, row: Spot, scroll_y: f64) -> Option<f64> {
        Some(self.bands.row_center(row.band as usize, row.row)? + self.areas.track.y0 - scroll_y)
    }

    /// Where a row stands, as wide as the track; it may lie outside. None where there is no such band.
    pub fn row_rect(&self, row: Spot, scroll_y: f64) -> Option<Rect> {
        let (track, center) = (self.areas.track, self.row_center(row, scroll_y)?);
        let half = Bands::ROW_HEIGHT / 2.0;
        Some(Rect::new(track.x0, center - half, track.x1, center + half))
    }

    /// Where a band stands, as wide as an area, which is track or gutter; it may reach out of it at top and bottom. None where
    /// all of it is scrolled away.
    pub(super) fn band_rect(&self, band: usize, area: Rect, scroll_y: f64) -> Option<Rect> {
        let (top, bottom) = self.bands.band(band)?;
        // From the sheet to the picture.
        let shift = area.y0 - scroll_y;
        let rect = Rect::new(area.x0, top + shift, area.x1, bottom + shift);
        rect.overlaps(area).then_some(rect)
    }

    /// Whether the name of a band has no room for all of it beside the track.
    pub fn cuts_name(&self, index: &Index, band: usize, shaper: &mut Shaper) -> bool {
        let (name, rows) = (index.bands().get(band), self.bands.band(band));
        name.zip(rows).is_some_and(|(name, (top, bottom))| {
            track::is_name_cut(&name.title, self.areas.gutter, bottom - top, shaper)
        })
    }

    /// The band at a point of the track or the names, by its position in [`Index::bands`](crate::index::Index::bands).
    pub fn band_at(&self, at: Point, scroll_y: f64) -> Option<usize> {
        let Areas { track, gutter, .. } = self.areas;
        if !track.union(gutter).contains(at) {
            return None;
        }
        self.bands.band_at(at.y - track.y0 + scroll_y)
    }
}
