//! Going to places: a date, a lane, and where one was before.

use super::App;
use crate::layout::Viewport;
use crate::model::{Grouping, Text};
use crate::time::Date;
use crate::ui::{Command, Notice, NoticeKind, Place, go_to};

impl App {
    /// Brings a date into the middle of the window.
    pub(super) fn go_to(&mut self, date: &Date) {
        let zone = self.session.timeline().zone();
        if !go_to(date, zone, &mut self.view) {
            self.notices
                .push(Notice::new(NoticeKind::Info, format!("{} lies beyond the axis", date.describe_with(zone))));
        }
    }

    /// Brings a lane into sight, in the grouping in which there are lanes.
    pub(super) fn show_lane(&mut self, lane: Text) {
        if self.view.place.grouping != Grouping::Lane {
            self.group_by(Grouping::Lane);
        }
        self.view.transient.lane_pending = Some(lane);
    }

    /// Goes back to the place before, or forward again; `now` is in seconds.
    pub(super) fn step_place(&mut self, command: Command, now: f64) {
        let here = self.view.place.clone();
        let visited = &mut self.view.transient.visited;
        let found = if command == Command::Back { visited.back(&here, now) } else { visited.forward(&here, now) };
        let Some(place) = found else {
            let words = if command == Command::Back { "No place before this one" } else { "No place to go forward to" };
            self.notices.push(Notice::new(NoticeKind::Info, words.to_owned()));
            return;
        };
        let (start, end) = (place.viewport.origin, place.viewport.end());
        // The window may be wider or narrower now.
        let viewport = Viewport { folds: place.viewport.folds, ..here.viewport }.showing(start, end);
        self.session.group_by(place.grouping, &place.arrangement);
        self.view.place = Place { viewport, ..place };
        self.view.transient.window_pending = Some((start, end));
    }
}
