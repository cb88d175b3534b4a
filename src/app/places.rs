//! Going to places: a date, a lane, and where one was before.

use super::App;
use crate::layout::Viewport;
use crate::model::{Grouping, Text};
use crate::time::{Date, Instant, Zone};
use crate::ui::{Command, Notice, NoticeKind, Place, go_to};

/// The longest window that shows the same moments on another clock, in microseconds: in longer ones hours do not count.
const MOMENTS_KEPT: i64 = 4 * Instant::DAY;

impl App {
    /// Brings a date into the middle of the window.
    pub(super) fn go_to(&mut self, date: &Date) {
        let zone = self.session.zone();
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

    /// Shows times on the clock of a zone; none is the timeline's. A window of a few days keeps its moments in sight, a longer one
    /// its days.
    pub(super) fn show_in(&mut self, clock: Option<Zone>) {
        let before = self.session.zone();
        // What the timeline says by itself is no choice of another clock.
        self.view.place.zone = clock.filter(|clock| *clock != self.session.timeline().zone());
        // The track follows with the next frame, or once the job of a long timeline is done.
        let after = self.session.axis(self.view.place.zone);
        let (start, end) = (self.view.place.viewport.origin, self.view.place.viewport.end());
        let span = end.saturating_since(start);
        if span < MOMENTS_KEPT && before != after {
            let middle = start.saturating_add(span / 2);
            let moved = after.position(before.moment_at(middle)).saturating_since(middle);
            self.view.transient.window_pending = Some((start.saturating_add(moved), end.saturating_add(moved)));
        }
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
        self.view.place = Place { viewport, ..place };
        self.view.transient.window_pending = Some((start, end));
    }
}
