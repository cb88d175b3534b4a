//! A place: where one is in a timeline, which history steps through and a saved view records.

use std::sync::Arc;

use crate::index::Folds;
use crate::layout::{Folding, Viewport};
use crate::model::{Arrangement, ColorBy, DateLabels, Grouping, ImageDisplay, KnownBy, KnownOn, LinkDisplay};
use crate::time::{Date, Instant, Zone};

/// Where one is in a timeline: a window onto it and how it is looked at. Two frames with the same place and timeline show the
/// same events in the same rows and colours.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The window in time.
    pub viewport: Viewport,
    /// Which stretches of time are left out. The folds themselves stand in the viewport.
    pub folding: Folding,
    /// The zone on whose clock times are shown; none is the timeline's.
    pub zone: Option<Zone>,
    /// How far the lanes are scrolled down, in points.
    pub scroll_y: f64,
    /// The text of the query field.
    pub query: String,
    /// Whether what only may match is left out.
    pub hides_possible: bool,
    /// What the bands stand for.
    pub grouping: Grouping,
    /// How the bands are arranged.
    pub arrangement: Arc<Arrangement>,
    /// What colours stand for.
    pub color_by: ColorBy,
    /// Which links are drawn.
    pub links: LinkDisplay,
    /// Whether labels carry dates, as far as the settings let them.
    pub dates: DateLabels,
    /// Whether small images stand beside labels.
    pub images: ImageDisplay,
    /// Only what was known on this date is shown.
    pub known_on: Option<Date>,
    /// What that goes by.
    pub known_by: KnownBy,
}

impl Place {
    /// What was known on the date asked about, where one is that has an end.
    pub fn asked_on(&self, zone: Zone) -> Option<KnownOn> {
        KnownOn::of(self.known_on.as_ref()?, self.known_by, zone)
    }
}

impl Default for Place {
    /// The lanes of everything, in a window that has no width yet.
    fn default() -> Self {
        Self {
            viewport: Viewport {
                origin: Instant::default(),
                micros_per_pt: Instant::DAY as f64,
                width_pt: 0.0,
                folds: Folds::NONE,
            },
            folding: Folding::Auto,
            zone: None,
            scroll_y: 0.0,
            query: String::new(),
            hides_possible: false,
            grouping: Grouping::Lane,
            arrangement: Arc::default(),
            color_by: ColorBy::Lane,
            links: LinkDisplay::Selected,
            dates: DateLabels::Auto,
            images: ImageDisplay::Hidden,
            known_on: None,
            known_by: KnownBy::Published,
        }
    }
}
