//! What is derived from a timeline for drawing: bands, axis extents, rows.
//!
//! Owns the answer to "which events lie in this window, and in which row of which band". Knows neither text nor pixels;
//! rows are packed in time, so panning and zooming change no row.

use crate::model::Timeline;

/// The derived columns of a timeline.
#[derive(Debug, Clone, Default)]
pub struct Index {}

impl Index {
    /// Derives everything anew.
    pub fn build(timeline: &Timeline) -> Self {
        let _ = timeline;
        Self::default()
    }
}
