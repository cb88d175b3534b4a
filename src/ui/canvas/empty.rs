//! What the track says where there is nothing to see.

use egui::{Align2, Painter, Rect, vec2};

use crate::index::Index;
use crate::layout::Viewport;
use crate::model::Timeline;
use crate::text::Face;
use crate::theme::{Theme, font};
use crate::ui::Document;
use crate::ui::paint::{color32, font_id};

/// Between the two lines, in points.
const GAP_PT: f32 = 4.0;

/// Why the track is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Emptiness {
    /// The timeline has no events, or none has been read yet.
    NoEvents,
    /// No event matches the query.
    NoMatches,
    /// No event has a date: they all stand in the tray.
    NothingDated,
    /// The window shows a time in which nothing happened.
    NothingHere,
}

impl Emptiness {
    /// Whether and why there is nothing to see; `matching` is how many events match the query, where there is one.
    pub(super) fn of(timeline: &Timeline, index: &Index, viewport: &Viewport, matching: Option<usize>) -> Option<Self> {
        if timeline.events().is_empty() {
            return Some(Self::NoEvents);
        }
        if matching == Some(0) {
            return Some(Self::NoMatches);
        }
        if index.undated().len() == timeline.events().len() {
            return Some(Self::NothingDated);
        }
        let something = index.is_touched(None, viewport.origin, viewport.end());
        (!something).then_some(Self::NothingHere)
    }

    /// What it says: a line, and what to do next. `is_partial` says that more of the timeline is still to come.
    pub(super) const fn words(self, doc: Document<'_>, is_partial: bool) -> (&'static str, &'static str) {
        match self {
            Self::NoEvents if is_partial => ("Reading…", "Events are shown as they come"),
            Self::NoEvents if doc.read_only.is_some() => {
                ("No events", "This file is shown as it is and cannot be edited")
            }
            Self::NoEvents => ("No events yet", "Double-click to add one"),
            Self::NoMatches if doc.known_on.is_some() => {
                ("No event that was known matches", "Choose a later date, or change the query")
            }
            Self::NoMatches => ("No event matches", "Change or clear the query"),
            Self::NothingDated if doc.read_only.is_some() => ("No event has a date", "They are listed below"),
            Self::NothingDated => ("No event has a date yet", "Drag one here from below to date it"),
            Self::NothingHere => ("No events in this window", "Press 0 to see all"),
        }
    }
}

/// Says it, in the middle of the track, on a ground that keeps the grid out of the letters.
pub(super) fn paint(painter: &Painter, track: Rect, theme: &Theme, (line, hint): (&str, &str)) {
    let ink = color32(theme.text_muted);
    let line = painter.layout_no_wrap(line.to_owned(), font_id(Face::SemiBold, font::BODY), ink);
    let hint = painter.layout_no_wrap(hint.to_owned(), font_id(Face::Regular, font::BODY), ink);
    let size = vec2(line.size().x.max(hint.size().x), line.size().y + GAP_PT + hint.size().y);
    let words = Align2::CENTER_CENTER.anchor_size(track.center(), size);
    painter.rect_filled(words.expand(12.0), 6.0, color32(theme.background));
    let line_at = Align2::CENTER_TOP.anchor_size(words.center_top(), line.size()).min;
    let hint_at = Align2::CENTER_BOTTOM.anchor_size(words.center_bottom(), hint.size()).min;
    painter.galley(line_at, line, ink);
    painter.galley(hint_at, hint, ink);
}
